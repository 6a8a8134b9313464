"""Dates of one day as they are printed, right or wrong: a reader of dates passes over "30 February", a check must not."""

from __future__ import annotations

import calendar as _calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {name.lower(): number for number, name in enumerate(_calendar.month_name) if name} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = tuple(name.lower() for name in _calendar.day_name)

_MONTH = "(?:" + "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:1[5-9]|20)\d\d)\b"
# "January 3, 2018", "Jan. 3", "3 January 2018", "3rd of January, 2018"; of "January 3-4, 2018" the first day.
_WRITTEN = re.compile(
    rf"(?:\b(?P<m1>{_MONTH})\s+{_DAY.format('d1')}(?P<r1>\s?[-–]\s?[0-3]?\d(?:st|nd|rd|th)?)?(?!\d|[.:]\d|,\d{{3}}\b)(?:,?\s*{_YEAR.format('y1')})?"
    rf"|(?<![\d.,/-])\b{_DAY.format('d2')}(?P<r2>\s?[-–]\s?[0-3]?\d(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?P<m2>{_MONTH})(?:,?\s+{_YEAR.format('y2')})?)"
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed. `on` is None where the year is missing or the calendar has no such day."""

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    last_day: int | None = None

    @property
    def on(self) -> date | None:
        """The day, where there is one."""
        if self.year is None or not 1 <= self.day <= days_in(self.month, self.year):
            return None
        return date(self.year, self.month, self.day)


def days_in(month: int, year: int | None) -> int:
    """Return how many days the month has; without a year, the most that it ever has."""
    return _calendar.monthrange(2000 if year is None else year, month)[1]


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Yield every day that is printed with its month in words, whether the calendar has it or not."""
    for match in _WRITTEN.finditer(text):
        which = "1" if match["m1"] else "2"
        last = match[f"r{which}"]
        digits = re.findall(r"\d+", last) if last else []
        yield PrintedDate(
            match.start(),
            match.end(),
            match.group(),
            int(match[f"d{which}"]),
            MONTHS[match[f"m{which}"].rstrip(".").lower()],
            int(match[f"y{which}"]) if match[f"y{which}"] else None,
            int(digits[0]) if digits else None,
        )


def in_words(on: date) -> str:
    """Return "3 January 2018"."""
    return f"{on.day} {_calendar.month_name[on.month]} {on.year}"
