"""The section [second_reader] of comity.toml: which endpoint may be asked, on what terms, and whose key is used.

The key itself never stands in the file: only the name of the environment variable that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from comity.terms import WorkspaceError

_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint for chat completions.

    Attributes:
        url: the whole address to which questions are posted.
        model: as the endpoint calls it.
        key_variable: the environment variable with the key; "" where the endpoint needs none.
        timeout: seconds that one answer may take.
        time_limit: seconds that all questions of one build may take together.
    """

    url: str
    model: str
    key_variable: str = ""
    timeout: float = 60.0
    time_limit: float = 600.0

    @property
    def host(self) -> str:
        """Whom the questions go to, as people read it: the host, with its port where one is named."""
        return urlsplit(self.url).netloc

    @property
    def is_local(self) -> bool:
        """Whether the questions stay on this machine."""
        return is_local(urlsplit(self.url).hostname or "")


def read_endpoint(section: object) -> Endpoint | None:
    """Return the endpoint that the section names, or None where there is no section.

    Raises:
        WorkspaceError: a setting is missing, unknown or of a wrong kind; the message names it and what is expected.
    """
    if section is None:
        return None
    if not isinstance(section, dict):
        raise WorkspaceError("[second_reader] is no section; expected [second_reader] with url and model.")
    unknown = sorted(set(section) - set(_KINDS))
    if unknown:
        raise WorkspaceError(
            f"[second_reader] has unknown settings: {', '.join(unknown)}.", remedy=f"Known are: {', '.join(_KINDS)}."
        )
    for key in ("url", "model"):
        if key not in section:
            raise WorkspaceError(f"[second_reader] has no {key}; expected {_KINDS[key][1]}.")
    for key, value in section.items():
        holds, expected = _KINDS[key]
        if not holds(value):
            # What stands there is not repeated: it may be a key, put where it does not belong.
            raise WorkspaceError(f"[second_reader] {key} is not {expected}.")
    url = _address(section["url"])
    parts = urlsplit(url)
    if parts.scheme == "http" and not (is_local(parts.hostname or "") or section.get("allow_http", False)):
        raise WorkspaceError(
            f"[second_reader] url is http to {parts.netloc}: passages and key would travel in the open.",
            remedy="Use https, or write allow_http = true.",
        )
    return Endpoint(
        url,
        section["model"],
        section.get("key_variable", ""),
        float(section.get("timeout", 60)),
        float(section.get("time_limit", 600)),
    )


def _address(url: str) -> str:
    """Return the address for chat completions of an endpoint named as usual: its host, its base (/v1), or in full."""
    bare = url.rstrip("/")
    if bare.endswith(_PATH):
        return bare
    return bare + (_PATH if urlsplit(bare).path else f"/v1{_PATH}")


def is_local(host: str) -> bool:
    """Whether a host is this machine."""
    import ipaddress  # every verb reads comity.toml; few need this

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_url(value: object) -> bool:
    """Whether a setting is an address without name, key or query."""
    if not isinstance(value, str) or not re.fullmatch(r"https?://[!-~]+", value):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname) and port != 0 and "\\" not in value
    # A name, a password or a key in the address would be shown wherever the address is.
    return named and "@" not in parts.netloc and not parts.query and not parts.fragment


def is_seconds(value: object) -> bool:
    """Whether a setting is a number of seconds, a day at most."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 86_400


_KINDS: dict[str, tuple[Callable[[object], bool], str]] = {
    "url": (is_url, 'an address in quotes, without name, key or query: "https://llm.example.org/v1"'),
    "model": (
        lambda value: isinstance(value, str) and bool(value.strip()) and value.isprintable() and len(value) <= 200,
        'the model\'s name in quotes: "mistral-small"',
    ),
    "key_variable": (
        lambda value: isinstance(value, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", value) is not None,
        'the name of the environment variable that holds the key: "SECOND_READER_KEY"',
    ),
    "timeout": (is_seconds, "a number of seconds for one answer: 60"),
    "time_limit": (is_seconds, "a number of seconds for one build: 600"),
    "allow_http": (lambda value: isinstance(value, bool), "true or false"),
}
