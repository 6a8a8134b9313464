"""Which state a code of a data set stands for in the years of a figure; what is no state of those years is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import groupby

from comity.states import all_states, dependency, existence, region, resolve, spells, state
from comity.statistics.datasets.sources import Layout
from comity.terms import WORLD, AmbiguousState, DissolvedState, StateError


class Refused(StrEnum):
    """Why a code gives no state."""

    UNKNOWN = "unknown"
    DISSOLVED = "dissolved"
    TERRITORY = "territory"
    GROUP = "group"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The state that bore a code from one year to another, or why there is none; `code` is "" where refused."""

    code: str
    first: int | None = None
    last: int | None = None
    refused: Refused | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Tenure:
    code: str
    start: date
    end: date


def bearers(layout: Layout, side: str, text: str, name: str, years: tuple[int, int] | None) -> tuple[Bearer, ...]:
    """Return who bore a code in those years, both counted; several where it passed on in a spell of years.

    Args:
        layout: the layout; its code scheme, aggregates and stand-ins count.
        side: "reporter" or "partner"; only a partner can be the world.
        text: the code as it stands in the file.
        name: the name that stands beside it; "" where the layout has none.
        years: the years of the figure; None for what holds at all times, and so is asked of today's states.

    Returns:
        One bearer for each run of years, or one refusal. In the year in which a number of COW or Gleditsch-Ward passed
        on, the state that bore it for more of the year's days counts.
    """
    if side == "partner" and text in layout.world:
        return (Bearer(WORLD),)
    if not text and not name:
        return (Bearer("", refused=Refused.EMPTY),)
    if years is None:
        return (_in_year(layout, text, name, None),)
    found = [(year, _in_year(layout, text, name, year)) for year in range(years[0], years[1] + 1)]
    kept = [(year, one) for year, one in found if one.code]
    if not kept:
        return (found[0][1],)
    if len({one.code for _, one in kept}) == 1:
        return (Bearer(kept[0][1].code),)
    runs = [(code, list(run)) for code, run in groupby(kept, key=lambda pair: pair[1].code)]
    return tuple(Bearer(code, run[0][0], run[-1][0]) for code, run in runs)


def _in_year(layout: Layout, text: str, name: str, year: int | None) -> Bearer:
    for code, until, standing in layout.stands_for:
        if text == code and year is not None and year <= until and existed(standing, year):
            return Bearer(standing)
    if not text:
        return _named(name, year)
    scheme = _SCHEMES[layout.codes]
    found = scheme(text, year)
    if found.code:
        return found
    # A pattern of groups may fit the code of a state or of a territory by chance; those are known.
    fits = text in layout.world or (bool(layout.groups) and _matches(layout.groups, text))
    is_group = found.refused is Refused.UNKNOWN and fits
    return Bearer("", refused=Refused.GROUP if is_group else found.refused, detail=_shown(text, name))


def _shown(text: str, name: str) -> str:
    return f"'{text}' ({name})" if name and name != text else f"'{text}'"


@cache
def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def existed(code: str, year: int | None) -> bool:
    """Return whether a state existed on any day of a year; with None, whether it does today."""
    return any(
        (year is None and end is None)
        or (year is not None and start.year <= year and (end is None or end.year >= year))
        for start, end in existence(code)
    )


@cache
def _alpha2() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for one in all_states():
        if one.alpha2:
            table.setdefault(one.alpha2, []).append(one.code)
    return table


def _iso3(text: str, year: int | None) -> Bearer:
    try:
        code = state(text).code
    except StateError:
        return _no_state(text)
    if existed(code, year):
        return Bearer(code)
    return Bearer("", refused=Refused.DISSOLVED, detail=text)


def _iso2(text: str, year: int | None) -> Bearer:
    candidates = _alpha2().get(text, [])
    if not candidates:
        return _no_state(text)
    existing = [code for code in candidates if existed(code, year)]
    if len(existing) == 1:
        return Bearer(existing[0])
    return Bearer("", refused=Refused.DISSOLVED, detail=text)


def _no_state(text: str) -> Bearer:
    if dependency(text) is not None:
        return Bearer("", refused=Refused.TERRITORY, detail=text)
    return Bearer("", refused=Refused.UNKNOWN, detail=text)


@cache
def _tenures(system: str) -> dict[int, tuple[_Tenure, ...]]:
    table: dict[int, list[_Tenure]] = {}
    for one in all_states():
        for spell in spells(one.code, system):
            table.setdefault(spell.number, []).append(_Tenure(one.code, spell.start, spell.end or date.max))
    return {number: tuple(sorted(held, key=lambda one: one.start)) for number, held in table.items()}


def _numbered(system: str) -> Callable[[str, int | None], Bearer]:
    def find(text: str, year: int | None) -> Bearer:
        held = _tenures(system).get(int(text), ()) if text.isdecimal() and len(text) < 5 else ()
        if not held:
            return Bearer("", refused=Refused.UNKNOWN, detail=text)
        if year is None:
            return _iso3(held[-1].code, None)
        first, last = date(year, 1, 1), date(year, 12, 31)
        days: dict[str, int] = {}
        for one in held:
            if one.start <= last and one.end >= first:
                days[one.code] = days.get(one.code, 0) + (min(one.end, last) - max(one.start, first)).days + 1
        if days:
            return Bearer(max(sorted(days), key=lambda code: days[code]))
        # Out of the list's spells (an occupation, years before recognition) the state may have existed all the same.
        existing = sorted({one.code for one in held if existed(one.code, year)})
        if len(existing) == 1:
            return Bearer(existing[0])
        return Bearer("", refused=Refused.DISSOLVED, detail=text)

    return find


def _named(text: str, year: int | None) -> Bearer:
    if region(text) is not None:
        return Bearer("", refused=Refused.GROUP, detail=f"'{text}'")
    if dependency(text) is not None:
        return Bearer("", refused=Refused.TERRITORY, detail=f"'{text}'")
    days = [None] if year is None else [date(year, 7, 1), date(year, 1, 1), date(year, 12, 31)]
    refusal = Refused.UNKNOWN
    for on in days:
        try:
            return Bearer(resolve(text, on, suggest=False).code)
        except AmbiguousState:
            return Bearer("", refused=Refused.UNKNOWN, detail=f"'{text}'")
        except StateError as error:
            refusal = Refused.DISSOLVED if isinstance(error, DissolvedState) else Refused.UNKNOWN
    return Bearer("", refused=refusal, detail=f"'{text}'")


def _by_name(text: str, year: int | None) -> Bearer:
    found = _named(text, year)
    return found if found.code else Bearer("", refused=found.refused, detail=text)


_SCHEMES: dict[str, Callable[[str, int | None], Bearer]] = {
    "iso3": _iso3,
    "iso2": _iso2,
    "cow": _numbered("COW"),
    "gw": _numbered("GW"),
    "name": _by_name,
}
