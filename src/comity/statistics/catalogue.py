"""The catalogue of indicators: what can be measured between two states, and the words that tables use for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.terms import Indicator, InvalidTerm


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator with what is needed to recognise it in words; see data/indicators.toml for the fields."""

    indicator: Indicator
    measured: str
    family: str
    signed: bool
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedIndicator:
    """Words that name an indicator, at `start` to `end` of the text searched; `loose` words leave its exact kind open."""

    key: str
    start: int
    end: int
    text: str
    loose: bool


@cache
def entries() -> Mapping[str, Entry]:
    """Return the catalogue's entries by key, in its order."""
    return _load()[0]


@cache
def _load() -> tuple[dict[str, Entry], dict[str, tuple[str, bool]], re.Pattern[str]]:
    content = tomllib.loads((files("comity.statistics") / "data" / "indicators.toml").read_text("utf-8"))
    found: dict[str, Entry] = {}
    words: dict[str, tuple[str, bool]] = {}
    for row in content["indicator"]:
        indicator = Indicator(row["key"], row["name"], row["kind"], row["directed"])
        found[row["key"]] = Entry(indicator, row["measured"], row["family"], row["signed"], row["roles"])
        words |= dict.fromkeys(row["words"], (row["key"], False))
        words |= dict.fromkeys(row.get("loose", ()), (row["key"], True))
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w])")
    return found, words, pattern


def indicators_in(text: str) -> list[NamedIndicator]:
    """Return the indicators that the text names, in its order, the longest phrase at each place."""
    _, words, pattern = _load()
    found = []
    lower = text.lower()
    if len(lower) != len(text):  # a few letters, such as the dotted capital I, grow when they are lowered
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    for match in pattern.finditer(lower):
        key, loose = words[match.group()]
        found.append(NamedIndicator(key, match.start(), match.end(), text[match.start() : match.end()], loose))
    return found


def entry(key: str) -> Entry:
    """Return one entry of the catalogue.

    Raises:
        InvalidTerm: there is no such indicator; the message lists the keys.
    """
    known = entries()
    if key not in known:
        raise InvalidTerm(f"there is no indicator {key!r}; choose one of {', '.join(known)}")
    return known[key]


# Every indicator that a series can have, in the catalogue's order.
INDICATORS: tuple[Indicator, ...] = tuple(one.indicator for one in entries().values())
