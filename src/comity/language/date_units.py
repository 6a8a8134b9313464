"""Places in the calendar: whole units by number or around a day, and the arithmetic of days and months."""

from __future__ import annotations

import calendar as _calendar
from dataclasses import dataclass
from datetime import date

from comity.language.calendar_words import SEASON_NAMES
from comity.language.date_expressions import days_in
from comity.terms import Period, Precision

UNIT_PRECISION = {
    "day": Precision.DAY, "week": Precision.WEEK, "weekend": Precision.DAY, "month": Precision.MONTH,
    "quarter": Precision.QUARTER, "year": Precision.YEAR, "decade": Precision.DECADE, "century": Precision.CENTURY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands in the calendar: its days (None: open or unknown), and TimeML's value for it."""

    first: date | None
    last: date | None
    precision: Precision
    timex: str


def on_day(day: date) -> Place:
    """One day."""
    return Place(day, day, Precision.DAY, day.isoformat())


def within(year: int) -> int:
    """The year, held inside what `datetime.date` can carry with room for a range around it."""
    return min(max(year, 2), 9990)


def placed(year: int, month: int | None, day: int | None, value: str) -> Place:
    """A year, month or day by its numbers."""
    if month is not None and day is not None:
        return on_day(date(year, month, min(day, days_in(month, year))))
    if month is not None:
        period = Period.of_month(year, month)
        return Place(period.start, period.end, Precision.MONTH, f"{year:04d}-{month:02d}")
    period = Period.of_year(year)
    return Place(period.start, period.end, Precision.YEAR, value or f"{year:04d}")


def part_precision(part: str) -> Precision:
    """The precision of "Q1", "H2" or "SU"."""
    return {"Q": Precision.QUARTER, "H": Precision.HALF_YEAR}.get(part[0], Precision.SEASON)


def part_period(year: int, part: str) -> Period:
    """The quarter, half or season of a year as a period."""
    year = within(year)
    if part[0] == "Q":
        return Period.of_quarter(year, int(part[1]))
    if part == "H1":
        return Period(date(year, 1, 1), date(year, 6, 30), Precision.HALF_YEAR)
    if part == "H2":
        return Period(date(year, 7, 1), date(year, 12, 31), Precision.HALF_YEAR)
    return Period.of_season(year, SEASON_NAMES[part])


def shifted(day: date, number: int, unit: str) -> date:
    """The day so many units later (earlier for a negative number), on the last day of a shorter month."""
    if unit in ("day", "weekend", "hour", "minute", "night"):
        return _bounded(day, number)
    if unit == "week":
        return _bounded(day, 7 * number)
    months = number * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    total = day.year * 12 + day.month - 1 + months
    year, month = within(total // 12), total % 12 + 1
    return date(year, month, min(day.day, _calendar.monthrange(year, month)[1]))


def _bounded(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 400), date(9990, 1, 1).toordinal()))


def unit_around(day: date, number: int, unit: str, *, fiscal: bool = False) -> Place:
    """The whole unit that lies so many units from the one around `day`: its week, month, year."""
    moved = shifted(day, number, "week" if unit == "weekend" else unit)
    if unit == "day":
        return on_day(moved)
    if unit in ("week", "weekend"):
        monday = _bounded(moved, -moved.weekday())
        year, week, _ = monday.isocalendar()
        if unit == "week":
            return Place(monday, _bounded(monday, 6), Precision.WEEK, f"{year:04d}-W{week:02d}")
        return Place(_bounded(monday, 5), _bounded(monday, 6), Precision.DAY, f"{year:04d}-W{week:02d}-WE")
    if unit == "month":
        return placed(moved.year, moved.month, None, "")
    if unit == "quarter":
        quarter = (moved.month + 2) // 3
        period = Period.of_quarter(moved.year, quarter)
        return Place(period.start, period.end, Precision.QUARTER, f"{moved.year}-Q{quarter}")
    if unit == "decade":
        decade = max(moved.year // 10 * 10, 10)
        period = Period.of_decade(decade)
        return Place(period.start, period.end, Precision.DECADE, f"{decade // 10:03d}")
    if unit == "century":
        century = (moved.year + 99) // 100
        return Place(
            date(century * 100 - 99, 1, 1), date(century * 100, 12, 31), Precision.CENTURY, f"{century - 1:02d}"
        )
    return placed(moved.year, None, None, f"FY{moved.year:04d}" if fiscal else "")
