"""The sections [fetch.SOURCE] of comity.toml: another address for a publisher's service, whose key is used, and limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from comity.flow.endpoint import is_local, is_seconds, is_url
from comity.terms import WorkspaceError


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What a workspace says of fetching one source.

    Attributes:
        url: stands in for scheme, host and port of the service's address (a mirror, or a service on this machine); ""
            for the service itself.
        key_variable: the environment variable with the key, in place of the service's own; "" for that one.
        timeout: seconds in which an answer must begin, and in which more of it must come.
        time_limit: seconds that one fetch may take.
        rate: requests a minute, for those whom the service allows another number; None for the declared one.
    """

    url: str = ""
    key_variable: str = ""
    timeout: float = 120.0
    time_limit: float = 1800.0
    rate: int | None = None

    def address(self, url: str) -> str:
        """Return a service's address, at the host that the workspace names."""
        if not self.url:
            return url
        parts = urlsplit(url)
        return self.url.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")


def read_fetch_settings(sections: object) -> dict[str, FetchSettings]:
    """Return the settings by the source's key.

    Raises:
        WorkspaceError: a section or setting is unknown, or of a wrong kind; the message names it and what is expected.
    """
    from comity.statistics import services

    if not isinstance(sections, dict) or not all(isinstance(one, dict) for one in sections.values()):
        raise WorkspaceError("[fetch] has settings; expected a section for each source: [fetch.imf-imts].")
    if unknown := sorted(set(sections) - set(services())):
        raise WorkspaceError(
            f"[fetch.{unknown[0]}] is for no source that is known.", remedy="List the sources with: comity fetch --list"
        )
    return {key: _settings(f"[fetch.{key}]", section) for key, section in sections.items()}


def _settings(name: str, section: Mapping[str, object]) -> FetchSettings:
    if unknown := sorted(set(section) - set(_KINDS)):
        raise WorkspaceError(
            f"{name} has unknown settings: {', '.join(unknown)}.", remedy=f"Known are: {', '.join(_KINDS)}."
        )
    for key, value in section.items():
        holds, expected = _KINDS[key]
        if not holds(value):
            raise WorkspaceError(f"{name} {key} is not {expected}.")
    url, variable = str(section.get("url", "")), str(section.get("key_variable", ""))
    parts = urlsplit(url)
    if parts.scheme == "http" and not is_local(parts.hostname or ""):
        raise WorkspaceError(
            f"{name} url is http to {parts.netloc}: what comes could be changed on its way.",
            remedy="Use https; http is for this machine alone.",
        )
    limits = {
        key: float(value) for key in ("timeout", "time_limit") if isinstance(value := section.get(key), int | float)
    }
    rate = section.get("rate")
    return FetchSettings(url, variable, rate=rate if isinstance(rate, int) else None, **limits)


_KINDS: dict[str, tuple[Callable[[object], bool], str]] = {
    "url": (is_url, 'an address in quotes, without name, key or query: "https://mirror.example.org"'),
    "key_variable": (
        lambda value: isinstance(value, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", value) is not None,
        'the name of the environment variable that holds the key: "COMTRADE_KEY"',
    ),
    "timeout": (is_seconds, "a number of seconds without anything coming: 120"),
    "time_limit": (is_seconds, "a number of seconds for one fetch: 1800"),
    "rate": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 60_000,
        "a whole number of requests a minute: 60",
    ),
}
