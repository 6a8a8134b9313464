"""Periods of time as documents name them: calendar and fiscal, exact and partial, closed and open.

A period is a closed interval of days. `None` at an end means that the text leaves this end open ("since 1947"
has no end). The precision says in which unit the ends were named; nothing is made more exact than it was said.
"""

from __future__ import annotations

import calendar as _calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from comity.terms.errors import InvalidTerm


class Precision(StrEnum):
    """The unit in which a period's ends were named, finest first."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF_YEAR = "half-year"
    YEAR = "year"
    FISCAL_YEAR = "fiscal-year"
    DECADE = "decade"
    CENTURY = "century"

    @property
    def fineness(self) -> int:
        """Rank from 0 (a day) upwards; a larger number is coarser."""
        return list(Precision).index(self)


class FiscalNaming(StrEnum):
    """Which calendar year a single-year label of a fiscal year ("FY2017") stands for."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """When a state's fiscal year begins, and how it is named by a single year.

    `FiscalCalendar(7, naming=FiscalNaming.END)` is Pakistan's: FY2017 runs from 1 July 2016 to 30 June 2017.
    """

    start_month: int
    start_day: int = 1
    naming: FiscalNaming = FiscalNaming.END

    def __post_init__(self) -> None:
        try:
            date(2001, self.start_month, self.start_day)
        except ValueError as error:
            raise InvalidTerm(f"no fiscal year starts on day {self.start_day} of month {self.start_month}") from error

    def begins_in(self, year: int) -> Period:
        """Return the fiscal year that begins in the calendar year `year`."""
        start = date(year, self.start_month, self.start_day)
        end = date(year + 1, self.start_month, self.start_day) - timedelta(days=1)
        return Period(start, end, Precision.FISCAL_YEAR, self)

    def named(self, year: int) -> Period:
        """Return the fiscal year that this state calls by the single year `year`."""
        if self.naming is FiscalNaming.START or (self.start_month, self.start_day) == (1, 1):
            return self.begins_in(year)
        return self.begins_in(year - 1)


# Months of the meteorological seasons of the northern hemisphere. Winter begins in December of the year before,
# except when a text says "Winter 2016": journals use that for the issue at either end, so the label's year counts.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}


@dataclass(frozen=True, slots=True)
class Period:
    """A closed interval of days, as precisely as it was named; `None` is an open end."""

    start: date | None
    end: date | None
    precision: Precision
    fiscal: FiscalCalendar | None = None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise InvalidTerm("a period needs a start, an end or both")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise InvalidTerm(f"a period cannot end ({self.end}) before it starts ({self.start})")
        if (self.precision is Precision.FISCAL_YEAR) != (self.fiscal is not None):
            raise InvalidTerm("a fiscal year needs its calendar, and only a fiscal year has one")

    @classmethod
    def of_day(cls, year: int, month: int, day: int) -> Period:
        """Return one day."""
        on = _date(year, month, day)
        return cls(on, on, Precision.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        """Return one calendar month."""
        first = _date(year, month, 1)
        return cls(first, date(year, month, _calendar.monthrange(year, month)[1]), Precision.MONTH)

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Period:
        """Return one calendar quarter, 1 to 4."""
        if quarter not in (1, 2, 3, 4):
            raise InvalidTerm(f"there is no quarter {quarter}; quarters are 1 to 4")
        last = cls.of_month(year, quarter * 3).end
        return cls(_date(year, quarter * 3 - 2, 1), last, Precision.QUARTER)

    @classmethod
    def of_season(cls, year: int, season: str) -> Period:
        """Return a season of the northern hemisphere: spring, summer, autumn, or winter, which begins the December before."""
        if season not in _SEASONS:
            raise InvalidTerm(f"there is no season {season!r}; choose one of {', '.join(_SEASONS)}")
        first, last = _SEASONS[season]
        begin = year - 1 if season == "winter" else year
        return cls(_date(begin, first, 1), cls.of_month(year, last).end, Precision.SEASON)

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Return one calendar year."""
        return cls(_date(year, 1, 1), _date(year, 12, 31), Precision.YEAR)

    @classmethod
    def of_decade(cls, year: int) -> Period:
        """Return the decade that `year` begins (1990: the 1990s)."""
        return cls(_date(year, 1, 1), _date(year + 9, 12, 31), Precision.DECADE)

    @classmethod
    def between(cls, first: Period, last: Period) -> Period:
        """Return the period from the start of `first` to the end of `last`, with the coarser precision of the two."""
        coarser = max(first.precision, last.precision, key=lambda precision: precision.fineness)
        if coarser is Precision.FISCAL_YEAR:
            return cls(first.start, last.end, coarser, first.fiscal or last.fiscal)
        return cls(first.start, last.end, coarser)

    @classmethod
    def since(cls, first: Period) -> Period:
        """Return the period that starts with `first` and has no end."""
        return replace(first, end=None)

    @classmethod
    def until(cls, last: Period) -> Period:
        """Return the period that ends with `last` and has no start."""
        return replace(last, start=None)

    @property
    def is_open(self) -> bool:
        """Whether an end is missing."""
        return self.start is None or self.end is None

    @property
    def days(self) -> int | None:
        """The number of days, both ends counted; None for an open period."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    @property
    def first_year(self) -> int | None:
        """The calendar year of the start."""
        return None if self.start is None else self.start.year

    @property
    def last_year(self) -> int | None:
        """The calendar year of the end."""
        return None if self.end is None else self.end.year

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day; an open end reaches for ever."""
        return (self.start is None or other.end is None or self.start <= other.end) and (
            other.start is None or self.end is None or other.start <= self.end
        )

    def contains(self, other: Period) -> bool:
        """Whether every day of `other` lies in this period."""
        starts = self.start is None or (other.start is not None and self.start <= other.start)
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return starts and ends

    def precedes(self, other: Period) -> bool:
        """Whether this period is surely over before `other` begins."""
        return self.end is not None and other.start is not None and self.end < other.start

    @property
    def label(self) -> str:
        """The period in plain words: "3-4 January 2018", "2016", "2016-17", "since 1947"."""
        if self.start is None or self.end is None:
            return (
                f"until {_end_label(self.end, self)}" if self.start is None else f"since {_end_label(self.start, self)}"
            )
        return _closed_label(self.start, self.end, self.precision)

    @property
    def sort_key(self) -> tuple[str, str]:
        """A key that orders periods by start, then end; an open start comes first, an open end last."""
        return (
            self.start.isoformat() if self.start is not None else "",
            self.end.isoformat() if self.end is not None else "9999-12-31",
        )


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InvalidTerm(f"there is no day {year:04d}-{month:02d}-{day:02d}") from error


def _day_label(on: date) -> str:
    return f"{on.day} {_calendar.month_name[on.month]} {on.year}"


def _end_label(on: date | None, period: Period) -> str:
    if on is None:
        return "an open date"
    if period.precision.fineness >= Precision.YEAR.fineness:
        return str(on.year)
    if period.precision is Precision.DAY:
        return _day_label(on)
    return f"{_calendar.month_name[on.month]} {on.year}"


def _closed_label(start: date, end: date, precision: Precision) -> str:
    if precision in (Precision.DAY, Precision.WEEK):
        if start == end:
            return _day_label(start)
        if (start.year, start.month) == (end.year, end.month):
            return f"{start.day}-{end.day} {_calendar.month_name[start.month]} {start.year}"
        return f"{_day_label(start)} to {_day_label(end)}"
    if precision in (Precision.YEAR, Precision.DECADE, Precision.CENTURY):
        if precision is Precision.DECADE and end.year - start.year == 9:
            return f"{start.year}s"
        return str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    if precision is Precision.FISCAL_YEAR:
        return (
            f"{start.year}-{end.year % 100:02d}" if start.year // 100 == end.year // 100 else f"{start.year}-{end.year}"
        )
    if precision is Precision.QUARTER and (end.month - start.month, end.year) == (2, start.year):
        return f"Q{(start.month + 2) // 3} {start.year}"
    first = f"{_calendar.month_name[start.month]} {start.year}"
    last = f"{_calendar.month_name[end.month]} {end.year}"
    return first if first == last else f"{first} to {last}"
