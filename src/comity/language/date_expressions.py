"""Expressions of time as the text words them, not yet placed in the calendar.

An `Expression` keeps only what was said ("December 19": a month and a day, no year). Reading never looks at the
publication date; placing (date_placing) never looks at words other than the cues around an expression.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comity.language.calendar_words import MONTHS, MONTHS_SHORT
from comity.language.numerals import ordinal_at
from comity.language.tokens import Tokens

FIRST_YEAR, LAST_YEAR = 1500, 2100


class Form(StrEnum):
    """What kind of statement about time an expression makes."""

    CALENDAR = "calendar"  # names a day, month, quarter, season, half-year or year
    DECADE = "decade"
    CENTURY = "century"
    WEEKDAY = "weekday"
    RELATIVE = "relative"  # so many units from the publication: last year, two weeks ago
    NEAREST = "nearest"  # the last or next month, season or weekday of that name
    ANCHORED = "anchored"  # so many units from the date named before: the same day, a year earlier
    STRETCH = "stretch"  # the past five years
    DAY_OF_MONTH = "day-of-month"  # on the 19th
    VAGUE = "vague"  # now, recently, in the past
    CLOCK = "clock"  # 3 p.m.


@dataclass(slots=True)
class Expression:
    """One expression, from token `first` to token `last`, both included.

    Attributes:
        part: TimeML's part of a year: "Q1".."Q4", "H1", "H2", "SP", "SU", "FA", "WI"; or of a day: "MO", "NI", ...
        number: first year of a decade, number of a century, offset in units, length of a stretch (None: vague).
        unit: "day", "week", "weekend", "month", "quarter", "year", "decade", "century".
        mod: TimeML's START, MID or END.
        clock: "15:00" where a time of day is named.
        to: the other end of a range.
        months: for "the first nine months of 2017", the months from the start (negative: from the end).
    """

    form: Form
    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str = ""
    day_part: str = ""
    number: int | None = None
    unit: str = ""
    mod: str = ""
    clock: str = ""
    relation: str = ""
    fiscal: bool = False
    value: str = ""
    months: int = 0
    to: Expression | None = None
    licensed: bool = True

    @property
    def grain(self) -> str:
        """The finest field that a calendar expression names."""
        if self.form is not Form.CALENDAR:
            return self.form.value
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "part" if self.part else "year"


def year_at(tokens: Tokens, index: int) -> int | None:
    """The year that a bare four-digit token could be; whether it is one depends on what stands around it."""
    if tokens.kind(index) == "number":
        raw = tokens.raw[index]
        if len(raw) == 4 and raw.isascii() and raw.isdigit() and FIRST_YEAR <= int(raw) <= LAST_YEAR:
            return int(raw)
    return None


def day_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The day of a month at a token ("3", "3rd", "third") and the index after it."""
    kind = tokens.kind(index)
    if kind == "number":
        raw = tokens.raw[index]
        if len(raw) <= 2 and raw.isascii() and raw.isdigit() and 1 <= int(raw) <= 31:
            return int(raw), index + 1
        return None
    ordinal = ordinal_at(tokens, index) if kind in ("ordinal", "word") else None
    if ordinal is not None and 1 <= ordinal[0] <= 31:
        return ordinal
    return None


def month_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The month at a token and the index after it, an abbreviation's stop included; capital letter required."""
    word = tokens.word(index)
    if not tokens.capital(index):
        return None
    if word in MONTHS:
        return MONTHS[word], index + 1
    if word in MONTHS_SHORT:
        stop = tokens.word(index + 1) == "." and tokens.glued(index + 1)
        return MONTHS_SHORT[word], index + (2 if stop else 1)
    return None


def days_in(month: int, year: int | None) -> int:
    """The number of days of a month; 29 for a February of an unknown year."""
    if month == 2:
        return 29 if year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) else 28
    return 30 if month in (4, 6, 9, 11) else 31


Read = list[Expression] | None  # what a reader returns: the expressions that begin at a token, or None
