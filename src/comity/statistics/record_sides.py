"""Who a name or code in a data file's row is: one state of the row's year, or why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from comity.states import dependency, organisation, region, resolve, state, successors
from comity.statistics.datasets.bearers import existed
from comity.terms import AmbiguousState, ComityError, DissolvedState, StateError


class NoState(StrEnum):
    """Why the words of a side are no one state, as they are told."""

    EMPTY = "the cell names no state"
    TERRITORY = "a territory: its figures are not those of its state"
    GROUP = "a group of places, or nobody in particular"
    AMBIGUOUS = "several states are called so"
    ENDED = "no such state existed in those years"
    UNKNOWN = "no name or code of a state"


@dataclass(frozen=True, slots=True)
class Side:
    """The state of one side of a row: its code, or why there is none, with the codes of those that may be meant."""

    code: str = ""
    why: NoState | None = None
    may: frozenset[str] = frozenset()


_CODE = re.compile(r"[A-Z]{3}")
_GROUP = re.compile(
    r"(?:the )?(?:world|(?:grand )?total|all (?:other )?(?:countries|partners|states)|all|rest of .+|others?(?: .+)?|un(?:specified|allocated|known)"
    r"|not specified.*|areas?,? (?:n\.?e\.?s|not).*|eu[ -]?\(?\d*\)?(?: .+)?|eurozone|euro area.*|.* countries|.*,? n\.?e\.?s\.?|wld|w00)",
    re.IGNORECASE,
)
# The first state that a name leads to on one of these days is meant: a state's first and last years are its own too.
_DAYS = ((12, 31), (7, 1), (1, 1))


@lru_cache(maxsize=65_536)
def side(name: str, year: int) -> Side:
    """Return who is meant by a name or code in a year (0: today)."""
    if not name:
        return Side(why=NoState.EMPTY)
    if dependency(name) is not None:  # Greenland's figures are not Denmark's
        return Side(why=NoState.TERRITORY)
    dated = 1816 <= year <= 9998
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
            return Side(resolve(name, date(year, month, day) if dated else None, suggest=False).code)
        except AmbiguousState as error:
            return Side(why=NoState.AMBIGUOUS, may=frozenset(error.choices))
        except DissolvedState as error:
            found = Side(why=NoState.ENDED, may=frozenset(error.choices) | _today(name))
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


def _today(name: str) -> frozenset[str]:
    try:
        return frozenset({resolve(name, suggest=False).code})
    except AmbiguousState as error:
        return frozenset(error.choices)
    except StateError:
        return frozenset()
