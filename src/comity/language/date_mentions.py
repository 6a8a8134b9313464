"""What find_dates returns: a date mention, placed in the calendar as far as the text and its publication allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.terms import FiscalCalendar, Period, Precision


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, range of dates or time that a text names; `text == whole[start:end]`.

    Attributes:
        earliest, latest: the first and last day meant; None where the text leaves the end open ("since 1947") or the
            mention cannot be placed (no publication date was given, or the words are vague).
        precision: the unit named.
        timex: TimeML's value: "2018-01-03", "2018-01", "2018-Q1", "2018-W01", "2016-SU", "199" (the 1990s), "19" (the
            20th century), "FY2017", "PAST_REF"; X for what is unknown ("XXXX-12-19"); a range as "2018-01-03/2018-01-04".
        mod: TimeML's modifier: "START" (early), "MID", "END" (late), or "".
        relation: the preposition that makes the period open: "since", "after", "until", "before", "by", or "".
        weekday: the weekday (0 is Monday) that the text itself names beside a date, right or wrong; else None.
        fiscal_form: whether the form is a fiscal year's ("2016-17", "FY2017"); the caller who knows whose it is asks
            `in_calendar`.
        named: the period named by the words without the relation ("since 1947": the year 1947).
    """

    start: int
    end: int
    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    timex: str
    mod: str = ""
    relation: str = ""
    weekday: int | None = None
    fiscal_form: bool = False
    named: Period | None = None

    @property
    def period(self) -> Period | None:
        """The mention as a period; None where it has no place in the calendar."""
        if self.earliest is None and self.latest is None:
            return None
        return Period(self.earliest, self.latest, self.precision)

    def in_calendar(self, calendar: FiscalCalendar) -> Period | None:
        """Return the fiscal year or years meant, in one state's fiscal calendar; None where the form is no fiscal year's."""
        if not self.fiscal_form or self.named is None:
            return None
        first, last = self.named.first_year, self.named.last_year
        if first is None or last is None:
            return None
        if self.timex.startswith("FY"):
            return Period.between(calendar.named(first), calendar.named(last))
        return Period.between(calendar.begins_in(first), calendar.begins_in(last - 1))
