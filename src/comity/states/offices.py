"""Titles of office, each with its rank in contacts between states and its PLOVER sector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from comity.states.spelling import key
from comity.states.tables import items, rows
from comity.terms import Rank


@dataclass(frozen=True, slots=True)
class OfficeTitle:
    """A title of office.

    Attributes:
        text: the title as written, in title case ("Minister for Foreign Affairs").
        rank: its rank where no exception is made.
        sector: PLOVER sector of its holder.
        exceptions: states in which the same title has another rank ("Foreign Secretary" in the United Kingdom).
    """

    text: str
    rank: Rank
    sector: str
    exceptions: tuple[tuple[str, Rank], ...] = ()

    def rank_in(self, code: str) -> Rank:
        """Return the title's rank in the state with that code."""
        return dict(self.exceptions).get(code, self.rank)


def _exceptions(cell: str) -> tuple[tuple[str, Rank], ...]:
    found = []
    for item in items(cell):
        codes, _, rank = item.partition("=")
        found += [(code, Rank(rank)) for code in codes.split()]
    return tuple(found)


@cache
def office_titles() -> tuple[OfficeTitle, ...]:
    """Return every title that is known, each text once."""
    found: dict[str, OfficeTitle] = {}
    for row in rows("offices"):
        for text in (row["title"], *items(row["variants"])):
            title = OfficeTitle(text, Rank(row["rank"]), row["sector"], _exceptions(row["exceptions"]))
            found.setdefault(text, title)
    for row in rows("portfolios"):
        for text in _of_portfolio(row["portfolio"], items(row["adjectives"])):
            found.setdefault(text, OfficeTitle(text, Rank.MINISTER, "GOV"))
    return tuple(found.values())


def _of_portfolio(portfolio: str, adjectives: tuple[str, ...]) -> list[str]:
    titles = [f"{adjective} Minister" for adjective in adjectives]
    for form in ("Minister of", "Minister for", "Minister of State for", "Federal Minister for", "Union Minister for"):
        titles.append(f"{form} {portfolio}")
    return titles


@cache
def _by_text() -> dict[str, OfficeTitle]:
    return {key(title.text): title for title in office_titles()}


_MINISTER = re.compile(
    r"(?:(?:[A-Z][\w'’-]*|and|&|,)\s+){1,6}Minister|"
    r"Minister\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+(?:and|&|of|the|[A-Z][\w'’-]*)|,\s+[A-Z][\w'’-]*){0,8}"
)
_LOWER_RANK = re.compile(r"\b(?:deputy|vice|assistant|junior|shadow|former|ex|acting)\b", re.IGNORECASE)


def office_title(text: str) -> OfficeTitle | None:
    """Return the title of that text, known or made after the pattern "X Minister", "Minister of X"; else None."""
    wanted = " ".join(text.split())
    if len(wanted) > 120:
        return None
    known = _by_text().get(key(wanted))
    if known is not None:
        return known
    if _MINISTER.fullmatch(wanted) and not _LOWER_RANK.search(wanted):
        return OfficeTitle(wanted, Rank.MINISTER, "GOV")
    return None
