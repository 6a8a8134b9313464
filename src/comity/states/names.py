"""What the states are called: names of today and of former times, demonyms, capitals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.states.system import entries, entry
from comity.states.tables import covers, day, items, rows, span
from comity.terms import DissolvedState


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name no longer in official use, with the first and last day of use where these are known."""

    text: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Capital:
    """A capital, with its first and last day where it moved, and other spellings of its name."""

    name: str
    start: date | None
    end: date | None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateNames:
    """The names of one state.

    Attributes:
        short, formal: "Denmark", "Kingdom of Denmark"; `formal` is empty where there is none of its own.
        variants: other names and abbreviations in use ("UK", "Holland").
        former: dated former names ("Ceylon").
        adjectives, people: "Danish"; "Dane", "Danes".
        capitals: in order of time.
    """

    code: str
    short: str
    formal: str
    variants: tuple[str, ...]
    former: tuple[FormerName, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[Capital, ...]

    @property
    def demonyms(self) -> tuple[str, ...]:
        """Adjectives and names of the people, each once."""
        return tuple(dict.fromkeys(self.adjectives + self.people))


# States that English calls with an article: those that ISO 3166-1 (2020) lists with "(the)", save Niger and Sudan, whose names
# newspapers print without it, with the Maldives, the Solomon Islands and former states, which they print with it.
_WITH_ARTICLE = frozenset(
    {"ARE", "BHS", "CAF", "COD", "COG", "COM", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "USA", "VAT"}
    | {"OFS", "PAP", "SIC", "SUN", "TRA", "UPC"}
)


def in_text(code: str) -> str:
    """Return a state's short name as it stands within a sentence: "the United States", "Japan".

    Raises:
        UnknownState: no state, present or former, has that code.
    """
    one = entry(code).state
    return f"the {one.name}" if one.code in _WITH_ARTICLE else one.name


def _former(cell: str) -> FormerName:
    name, _, days = cell.rpartition(" ")
    return FormerName(name, *span(days)) if ".." in days else FormerName(cell, None, None)


@cache
def _names() -> dict[str, StateNames]:
    capitals: dict[str, list[Capital]] = {}
    for row in rows("capitals"):
        capital = Capital(row["capital"], day(row["start"]), day(row["end"]), items(row["variants"]))
        capitals.setdefault(row["code"], []).append(capital)
    return {
        row["code"]: StateNames(
            row["code"],
            entries()[row["code"]].state.name,
            row["formal"],
            items(row["variants"]),
            tuple(map(_former, items(row["former"]))),
            items(row["adjectives"]),
            items(row["people"]),
            tuple(capitals.get(row["code"], ())),
        )
        for row in rows("names")
    }


def names_of(code: str) -> StateNames:
    """Return the names of the state with that code, present or former.

    Raises:
        UnknownState: no state has that code.
    """
    return _names()[entry(code).state.code]


def capital(code: str, on: date | None = None) -> str:
    """Return the state's capital on that day; without a day, today's or the former state's last one.

    Raises:
        UnknownState: no state has that code.
        DissolvedState: the state had no capital on that day because it did not exist.
    """
    names = names_of(code)
    if on is None:
        return names.capitals[-1].name
    if entry(code).exists(on):
        for one in names.capitals:
            if covers(one.start, one.end, on):
                return one.name
    raise DissolvedState(
        f"{names.short} had no capital on {on}.",
        name=names.short,
        choices=entry(code).successors,
        remedy="Ask for a day on which the state existed.",
    )
