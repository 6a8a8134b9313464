"""Who a name or code in a data file's row is: one state of the row's year, or why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from comity.states import (
    DesignationKind,
    dependency,
    designations,
    organisation,
    region,
    resolve,
    state,
    successors,
)
from comity.statistics.datasets.bearers import existed
from comity.terms import AmbiguousState, ComityError, DissolvedState, StateError


class NoState(StrEnum):
    """Why the words of a side are no one state, as they are told."""

    EMPTY = "the cell names no state"
    TERRITORY = "a territory: its figures are not those of its state"
    PLACE = "a city or an institution: its figures are not those of its state"
    GROUP = "a group of places, or nobody in particular"
    AMBIGUOUS = "several states are called so"
    ENDED = "no such state existed in those years"
    UNKNOWN = "no name or code of a state"


@dataclass(frozen=True, slots=True)
class Side:
    """The state of one side of a row: its code, or why there is none, with the codes of those that may be meant.

    `is_former` says that the name was no longer the state's in the year.
    """

    code: str = ""
    why: NoState | None = None
    may: frozenset[str] = frozenset()
    is_former: bool = False


_CODE = re.compile(r"[A-Z]{3}")
_GROUP = re.compile(
    r"(?:the )?(?:world|(?:grand |sub-?)?total(?: .+)?|.+ total|all (?:other )?(?:countries|partners|states)|all|rest of .+|others?(?: .+)?|un(?:specified|allocated|known)"
    r"|.*not specified.*|areas?,? (?:n\.?e\.?s|not).*|eu[ -]?\(?\d*\)?(?: .+)?|eurozone|euro area.*|.* (?:countries|economies)|.*,? n\.?e\.?s\.?|wld|w00"
    r"|(?:ship'?s? )?(?:bunkers?|stores?)(?: .+)?|free zones?|special categories|(?:intra|extra)[- ].+|confidential.*|high seas)",
    re.IGNORECASE,
)
# Names of a state that was only a part of the one that bears its code today, with the last year in which it was.
_PARTS = {
    "west germany": 1990,
    "german federal republic": 1990,
    "bonn republic": 1990,
    "north vietnam": 1976,
    "north viet nam": 1976,
    "north yemen": 1990,
    "yemen arab republic": 1990,
    "tanganyika": 1964,
    "malaya": 1963,
    "federation of malaya": 1963,
}
_PART = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_PARTS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
# The first state that a name leads to on one of these days is meant: a state's first and last years are its own too.
_DAYS = ((12, 31), (7, 1), (1, 1))


@lru_cache(maxsize=65_536)
def side(name: str, year: int) -> Side:
    """Return who is meant by a name or code in a year (0: today)."""
    if not name:
        return Side(why=NoState.EMPTY)
    if dependency(name) is not None:  # Greenland's figures are not Denmark's
        return Side(why=NoState.TERRITORY)
    if name.casefold() in _places():
        return Side(why=NoState.PLACE)
    dated = 1816 <= year <= 9998
    if dated and year > last_year_of_a_part(name):
        return Side(why=NoState.ENDED, may=named_today(name))
    if _CODE.fullmatch(name) and not _GROUP.fullmatch(name):
        try:
            code = state(name).code
        except StateError:
            return _no_state(name)
        if existed(code, year if dated else None):
            return Side(code)
        return Side(why=NoState.ENDED, may=frozenset({code, *(one.code for one in successors(code))}))
    found = Side(why=NoState.UNKNOWN)
    for month, day in _DAYS if dated else ((0, 0),):
        try:
            code = resolve(name, date(year, month, day) if dated else None, suggest=False).code
            return Side(code, is_former=dated and year > _last_year(name.casefold(), code))
        except AmbiguousState as error:
            return Side(why=NoState.AMBIGUOUS, may=frozenset(error.choices))
        except DissolvedState as error:
            found = Side(why=NoState.ENDED, may=frozenset(error.choices) | named_today(name) | _ever_named(name))
        except StateError:
            return _no_state(name)
    return found


def _no_state(name: str) -> Side:
    grouped = _GROUP.fullmatch(name) or region(name) is not None or _is_organisation(name)
    return Side(why=NoState.GROUP if grouped else NoState.UNKNOWN)


def _is_organisation(name: str) -> bool:
    try:
        organisation(name)
    except ComityError:
        return False
    return True


@lru_cache(maxsize=4096)
def named_today(name: str) -> frozenset[str]:
    """Return the codes of the states that may be meant by a name today."""
    try:
        return frozenset({resolve(name, suggest=False).code})
    except AmbiguousState as error:
        return frozenset(error.choices)
    except StateError:
        return frozenset()


def why_no_state(words: str) -> str:
    """Return why a header that should name a partner names no state of today: a group, a territory, several; "" if it may be one."""
    found = side(words, 0)
    if found.why is NoState.AMBIGUOUS:
        return f"{found.why} ({' and '.join(sorted(found.may))})"
    return str(found.why) if found.why in (NoState.GROUP, NoState.TERRITORY, NoState.ENDED) else ""


def last_year_of_a_part(words: str) -> int:
    """Return the last year of a state that words name and that was only a part of today's ("West Germany"); else 9999."""
    found = _PART.search(words)
    return 9999 if found is None else _PARTS[found.group().lower()]


@cache
def _places() -> frozenset[str]:
    """Return the names of capitals and of institutions that are no state's name."""
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for one in designations():
        named[one.kind in (DesignationKind.CAPITAL, DesignationKind.METONYM)].add(one.text.casefold())
    return frozenset(named[True] - named[False])


def _ever_named(name: str) -> frozenset[str]:
    """Return the codes of the states that ever bore a name, ended ones among them ("SUN" for "Soviet Union")."""
    return frozenset(code for text, code in _former() if text == name.casefold())


@cache
def _former() -> dict[tuple[str, str], int]:
    """Return the last year of each name that a state no longer has, by name and code."""
    last: dict[tuple[str, str], int] = {}
    for one in designations():
        if one.kind is not DesignationKind.ORGANISATION:
            key = (one.text.casefold(), one.code)
            last[key] = max(last.get(key, 0), 9999 if one.end is None else one.end.year)
    return {key: year for key, year in last.items() if year < 9999}


def _last_year(name: str, code: str) -> int:
    return _former().get((name, code), 9999)
