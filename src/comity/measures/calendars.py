"""Fiscal years brought to calendar years, and years of one calendar to those of another, always as ranges.

A year of the target calendar overlaps years of the source's. What holds without any assumption, flows not being below zero:
it has at least the years that lie wholly in it, and at most all that it overlaps. The usual estimate gives it the days' share of each, as if goods went evenly
through the year; how far that leads astray was measured on monthly trade (calendar_spread.py). A stock is no flow: its
position at the end of a year is only placed between the two dates around it.
"""

from __future__ import annotations

import calendar as _months
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from comity.measures.calendar_spread import BASIS, FEWEST_CHANGES, calendar_spread, usual_change
from comity.measures.converted import BOUNDS, EVEN_FLOW, NEIGHBOURS, PRINTED, Converted, ConvertedPoint, conversion
from comity.measures.lines import Line
from comity.measures.printed import Printed, total
from comity.measures.wording import listed, plural, years_of
from comity.states import fiscal_calendar
from comity.terms import Dyad, FiscalCalendar, InvalidTerm, Measure, Period

CALENDAR_YEAR = FiscalCalendar(1)
_LEVELS = (0.8, 0.95)
# A year, with a week's grace for calendars that moved their first day.
_YEAR_DAYS = range(358, 374)
_FLOW_METHOD = (
    "Each year has the days' share of each of the source's years that it overlaps, as if the flow were even within the year: an assumption. "
    "Flows not being below zero, it surely has no more than the sum of these years and no less than those that lie wholly in it."
)
_GOODS_METHOD = f"The range is from {BASIS}; where nothing was measured it is all that is sure."
_STOCK_METHOD = (
    "The position at the end of a year lies between those on the dates before and after it, if it moved one way between them: "
    "an assumption. It is not estimated; the figure is the middle of the range."
)


@dataclass(frozen=True, slots=True)
class _Days:
    """A closed period's first and last day, as numbers."""

    first: int
    last: int

    @classmethod
    def of(cls, period: Period) -> _Days:
        if period.start is None or period.end is None:
            raise InvalidTerm(
                f"{period.label} is open at one end; only closed years can be brought to another calendar"
            )
        return cls(period.start.toordinal(), period.end.toordinal())

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    def common(self, other: _Days) -> int:
        return max(0, min(self.last, other.last) - max(self.first, other.first) + 1)


def in_calendar_years(
    run: Line | Converted, calendar: FiscalCalendar = CALENDAR_YEAR, *, level: float = 0.95
) -> Converted:
    """Return a run of annual figures in the years of another calendar, as ranges; the calendar year if none is given.

    Args:
        run: figures by years, each with the calendar that its period names.
        calendar: whose years are wanted; `comity.states.fiscal_calendar` gives a state's.
        level: of the measured range: 0.8 or 0.95.

    Raises:
        InvalidTerm: the level is another, or a period is open.
    """
    held = Converted.of(run)
    years = [_year(calendar, year) for year in _span(held)]
    words = years_of(years[0]) if years else "years"
    suffix = "in-calendar-years" if calendar == CALENDAR_YEAR else f"in-years-from-{_first_day(calendar)}"
    return _brought(held, years, suffix, words, level)


def fiscal_lines(dyad: Dyad, lines: Iterable[Line]) -> tuple[Measure, ...]:
    """Return each line by fiscal years that can be brought to calendar years as a measure of its own; others give none."""
    fiscal = [line for line in lines if any(point.period.fiscal is not None for point in line.points)]
    return tuple(conversion(dyad, found) for line in fiscal if (found := in_calendar_years(line)).points)


def in_years_of(run: Line | Converted, code: str, *, level: float = 0.95) -> Converted:
    """Return a run in the fiscal years of a state, by the calendar that it had then; years in which it changed are left out.

    Raises:
        InvalidTerm: the level is none of 0.8 and 0.95, or a period is open.
        UnknownState: no state has that code.
    """
    held = Converted.of(run)
    years: dict[Period, None] = {}
    for year in _span(held):
        for calendar in {fiscal_calendar(code, date(year, month, 1)): None for month in (1, 12)}:
            period = _year(calendar, year)
            if fiscal_calendar(code, period.start) == fiscal_calendar(code, period.end) == calendar:
                years[period] = None
    words = listed(list(dict.fromkeys(years_of(one) for one in years)))
    return _brought(held, list(years), f"in-years-of-{code}", words, level)


def _year(calendar: FiscalCalendar, year: int) -> Period:
    begun = calendar.begins_in(year)
    return Period.of_year(year) if begun.start == date(year, 1, 1) else begun


def _span(run: Converted) -> range:
    starts = [one.period.first_year for one in run.points if one.period.first_year is not None]
    ends = [one.period.last_year for one in run.points if one.period.last_year is not None]
    return range(min(starts) - 1, max(ends) + 1) if starts and ends else range(0)


def _first_day(calendar: FiscalCalendar) -> str:
    return f"{_months.month_name[calendar.start_month].lower()}-{calendar.start_day}"


def _brought(run: Converted, years: Sequence[Period], suffix: str, words: str, level: float) -> Converted:
    if level not in _LEVELS:
        raise InvalidTerm(f"ranges of years brought to another calendar have the level 0.8 or 0.95, not {level}")
    kind = run.kind
    named = replace(run, key=f"{run.key}-{suffix}", title=f"{run.title}, in {words}")
    why = _obstacle(run, kind, years)
    if why:
        return named.refused(f"{named.title}: not converted, because {why}.")
    given = sorted(run.points, key=lambda point: point.period.sort_key)
    changes = [_change(before, now) for before, now in pairwise(given) if _follows(before.period, now.period)]
    usual = usual_change([change for change in changes if change is not None])
    measured = kind == "goods" and run.is_money
    points, missing = [], []
    for year in years:
        parts = [point for point in given if _Days.of(point.period).common(_Days.of(year))]
        if kind == "stock":
            found = _position(given, year)
        elif sum(_Days.of(point.period).common(_Days.of(year)) for point in parts) < _Days.of(year).count:
            found = None
        else:
            found = _flow(year, parts, usual if measured else None, level)
        if found is not None:
            points.append(found)
        elif parts:
            missing.append(year)
    method = (_STOCK_METHOD,) if kind == "stock" else (_FLOW_METHOD, *((_GOODS_METHOD,) if measured else ()))
    was = listed(list(dict.fromkeys(years_of(point.period) for point in given)))
    remarks = [f"The source gives {was}."]
    if missing:
        remarks.append(
            f"{listed([one.label for one in missing])} {'is' if len(missing) == 1 else 'are'} not converted: the source's figures do not reach over the whole of "
            f"{'it' if len(missing) == 1 else 'them'}."
        )
    unmeasured = [point.period.label for point in points if point.kind == BOUNDS]
    if unmeasured:
        remarks.append(f"Of {listed(unmeasured)} only bounds can be told: {_unmeasured(measured, usual)}.")
    if not points:
        return named.refused(f"{named.title}: not converted. {' '.join(remarks)}")
    return replace(
        named,
        points=tuple(points),
        method=(*run.method, *method),
        caveats=(*remarks, *run.caveats),
    )


def _obstacle(run: Converted, kind: str, years: Sequence[Period]) -> str:
    """Say why a run cannot be brought to these years; "" where it can."""
    if not run.points:
        return "there are no figures to convert"
    if kind == "net":
        return "net flows may be below zero within the year, and no part of one is bounded by the whole"
    if not kind:
        return "it is not known whether its figures add up over the year or hold at its end"
    if any(point.kind != PRINTED for point in run.points):
        return "its figures are ranges from a conversion of years already; convert the source's own"
    if {point.period for point in run.points} <= set(years):
        return "its figures are of these years already"
    ordered = sorted((_Days.of(point.period) for point in run.points), key=lambda days: days.first)
    if any(before.last >= after.first for before, after in pairwise(ordered)):
        return "its periods overlap one another"
    if kind != "stock" and any(point.figure.low < 0 for point in run.points):
        return "it has figures below zero"
    return ""


def _follows(before: Period, now: Period) -> bool:
    return before.end is not None and now.start == before.end + timedelta(days=1)


def _change(before: ConvertedPoint, now: ConvertedPoint) -> float | None:
    if before.figure.value <= 0 or now.figure.value <= 0:
        return None
    return math.log(now.figure.value / before.figure.value)


def _flow(year: Period, parts: Sequence[ConvertedPoint], usual: float | None, level: float) -> ConvertedPoint:
    if len(parts) == 1 and _Days.of(parts[0].period) == _Days.of(year):
        return replace(parts[0], period=year)
    of_year = _Days.of(year)
    within = total(point.figure for point in parts if year.contains(point.period))
    whole = total(point.figure for point in parts)
    shares = [Decimal(of_year.common(days)) / days.count for days in (_Days.of(point.period) for point in parts)]
    even = total(point.figure.scaled(share) for point, share in zip(parts, shares, strict=True))
    bounds = Printed(within.low, even.value, whole.high)
    inputs = tuple(dict.fromkeys(one for point in parts for one in point.inputs))
    factors = _factors(year, parts, usual, level)
    if factors is None:
        return ConvertedPoint(year, bounds, bounds, 1.0, BOUNDS, inputs)
    low, high = (Decimal(repr(one)) for one in factors)
    figure = Printed(even.low * low, even.value, min(bounds.high, even.high * high))
    return ConvertedPoint(year, figure, bounds, level, EVEN_FLOW, inputs)


def _factors(
    year: Period, parts: Sequence[ConvertedPoint], usual: float | None, level: float
) -> tuple[float, float] | None:
    """Return by what the estimate is multiplied for the measured range; None where this was not measured."""
    if usual is None or len(parts) != 2 or any(_Days.of(point.period).count not in _YEAR_DAYS for point in parts):
        return None
    change = _change(*parts)
    if change is None:
        return None
    apart = min(_Days.of(year).common(_Days.of(point.period)) for point in parts)
    return calendar_spread(apart, usual, change, level)


def _position(given: Sequence[ConvertedPoint], year: Period) -> ConvertedPoint | None:
    """Return the range between the positions on the dates around the year's last day; the position where it is of that day."""
    end = _Days.of(year).last
    for point in given:
        if _Days.of(point.period).last == end:
            return replace(point, period=year)
    for before, after in pairwise(given):
        if _Days.of(before.period).last < end < _Days.of(after.period).last:
            if not _follows(before.period, after.period):
                return None
            low = min(before.figure.low, after.figure.low)
            high = max(before.figure.high, after.figure.high)
            inputs = tuple(dict.fromkeys((*before.inputs, *after.inputs)))
            return ConvertedPoint(year, Printed(low, (low + high) / 2, high), None, 1.0, NEIGHBOURS, inputs)
    return None


def _unmeasured(measured: bool, usual: float | None) -> str:
    if not measured:
        return "how far even flow leads astray was measured for the value of trade in goods alone"
    if usual is None:
        return f"a measured range needs {plural(FEWEST_CHANGES + 1, 'consecutive year')} above zero"
    return "the years there change more than what was measured, or are zero"
