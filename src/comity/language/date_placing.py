"""Placing expressions in the calendar, relative to the publication date and to what the text named before.

The rules, in their order:
- what names its own year stands by itself;
- a month or day without a year takes the year under which the same month was named before in the paragraph ("in
  December 2017 ... on December 19"), then the year that opens the sentence ("In 2011, ... in February"), then the
  latest such day up to the publication, or the next one where its clause looks ahead (date_tense);
- a weekday is the latest such day up to the publication, the day itself included, or the next one where its clause
  looks ahead; "last Friday" excludes the day itself, "next Friday" is that of the next week;
- "last week" runs from Monday to Sunday; "the past five years" from the same day five years before to the publication.
Nothing is placed without its anchor: without a publication date "last year" has no earliest and no latest day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from comity.language.calendar_words import FUNCTION_WORDS, TIMEX_UNITS
from comity.language.date_comparisons import COMPARED, YEAR_AGO
from comity.language.date_expressions import Expression, Form, days_in
from comity.language.date_mentions import DateMention
from comity.language.date_tense import ends_sentence, tense
from comity.language.date_units import (
    UNIT_PRECISION,
    Place,
    on_day,
    part_period,
    part_precision,
    placed,
    shifted,
    unit_around,
    within,
)
from comity.language.tokens import Tokens
from comity.terms import Period, Precision

_SPAN_PRECISION = {"quarter": Precision.QUARTER, "month": Precision.MONTH, "half": Precision.HALF_YEAR}
_SPANS = frozenset(_SPAN_PRECISION.values())
_RECENT = 45  # a day so near behind is the one meant, whatever the verb: "faces charges over a fire on Jan. 3"
_NEAR = 60  # a time of day leans on a day named so many tokens before
_COMING = frozenset("delivery futures contract contracts settlement".split())
_MONTH_PREPOSITIONS = frozenset("in by until till before after during through from of next early late mid".split())
_EVENTS = frozenset(
    "deadline election elections vote summit meeting referendum ballot poll polls start target talks".split()
)


class Calendar:
    """Places the expressions of one text in order; remembers what later ones may refer to."""

    def __init__(self, tokens: Tokens, published: date | None) -> None:
        self.tokens = tokens
        self.published = published
        self.anchor: Place | None = None
        self.day_anchor: Place | None = None
        self.day_at = 0
        self.spans: dict[Precision, Place] = {}  # the last quarter, half and month named
        self.compared: Place | None = None  # the last of them in this sentence
        self.month_years: dict[int, int] = {}
        self.last_month: tuple[int, int] | None = None
        self.frame: int | None = None
        self.frame_in_sentence = False
        self._done = 0

    def place(self, one: Expression) -> DateMention | None:
        """Return the mention, or None where words refer to a date that the text has not named."""
        self._move_to(one)
        where = self._range(one) if one.to is not None else self._single(one)
        if where is None:
            return None
        self._remember(one, where)
        return self._mention(one, where)

    def _move_to(self, one: Expression) -> None:
        """Forget the sentence's or the paragraph's anchors where a new one has begun since the last expression."""
        tokens = self.tokens
        for index in range(self._done, one.first):
            if tokens.kinds[index] == "break":
                self.compared = None
                if tokens.raw[index] != "\t":
                    self.frame, self.last_month = None, None
                    self.frame_in_sentence = False
                    if self.published is not None:
                        self.month_years = {}
            elif ends_sentence(tokens, index):
                self.frame_in_sentence = False
                self.compared = None
        self._done = max(self._done, one.last + 1)

    def _remember(self, one: Expression, where: Place) -> None:
        if where.first is None or where.last is None or one.value in (YEAR_AGO, COMPARED):
            return
        if one.form is not Form.STRETCH:
            self.anchor = where
            if where.precision is Precision.DAY and where.first == where.last:
                self.day_anchor, self.day_at = where, one.last
        if where.precision in _SPANS:
            self.spans[where.precision] = where
            self.compared = where
        if one.form is not Form.CALENDAR:
            if one.form in (Form.WEEKDAY, Form.NEAREST, Form.RELATIVE) and where.precision is Precision.DAY:
                self.last_month = (where.last.year, where.last.month)
            return
        if one.month is not None:
            self.month_years[where.last.month] = where.last.year
            self.month_years[where.first.month] = where.first.year
            self.last_month = (where.last.year, where.last.month)
        elif one.grain == "year" and one.to is None and self._opens_sentence(one):
            self.frame, self.frame_in_sentence = one.year, True

    def _opens_sentence(self, one: Expression) -> bool:
        tokens = self.tokens
        index = one.first - 1
        if tokens.word(index) not in ("in", "during"):
            return False
        index -= 1
        if tokens.word(index) == ",":
            index -= 1
        if tokens.word(index) in ("earlier", "later", "back", "then", "again", "but", "and", "already", "previously"):
            index -= 1
        return index < 0 or tokens.kinds[index] == "break" or ends_sentence(tokens, index)

    # What names a place of its own ------------------------------------------------------------------------------

    def _single(self, one: Expression) -> Place | None:
        where = {
            Form.CALENDAR: self._calendar,
            Form.DECADE: self._decade,
            Form.CENTURY: self._century,
            Form.WEEKDAY: self._weekday,
            Form.RELATIVE: self._relative,
            Form.NEAREST: self._nearest,
            Form.ANCHORED: self._anchored,
            Form.STRETCH: self._stretch,
            Form.DAY_OF_MONTH: self._day_of_month,
            Form.VAGUE: self._vague,
            Form.CLOCK: self._clock,
        }[one.form](one)
        if where is not None and where.precision is Precision.DAY:
            if one.clock:
                where = replace(where, timex=where.timex + one.clock)
            elif one.day_part:
                where = replace(where, timex=f"{where.timex}T{one.day_part}")
        return where

    def _calendar(self, one: Expression) -> Place | None:
        year = one.year
        if (
            year is None
            and one.day is not None
            and one.month == 9
            and one.day == 11
            and self.tokens.word(one.last + 1) in ("attacks", "attack", "terrorist", "terror")
        ):
            year = 2001
        if one.part:
            return self._part(one, year)
        if one.months and year is not None:
            first, last = (1, one.months) if one.months > 0 else (13 + one.months, 12)
            whole = Period.between(Period.of_month(year, first), Period.of_month(year, last))
            return Place(whole.start, whole.end, Precision.MONTH, f"{year}-{first:02d}/{year}-{last:02d}")
        if year is None:
            year = self._year_for(one)
        if year is None:
            tail = f"-{one.day:02d}" if one.day is not None else ""
            return Place(None, None, Precision.DAY if one.day else Precision.MONTH, f"XXXX-{one.month:02d}{tail}")
        return placed(year, one.month, one.day, one.value)

    def _year_for(self, one: Expression) -> int | None:
        """The year of a month or day that names none; None where nothing tells."""
        month = one.month or 1
        if month in self.month_years:
            return self.month_years[month]
        if self.frame is not None and (
            self.frame_in_sentence or self.published is None or self.published.year - self.frame >= 2
        ):
            return self.frame
        if self.published is None:
            if self.last_month is not None and month >= self.last_month[1]:
                return self.last_month[0]
            return None
        return self._year_by_publication(one, month, self.published)

    def _year_by_publication(self, one: Expression, month: int, published: date) -> int:
        day = min(one.day or 1, days_in(month, published.year))
        this = date(published.year, month, day)
        ahead = this > published if one.day is not None else (month > published.month)
        behind = (one.day is not None and this < published) or (one.day is None and month < published.month)
        looks = tense(self.tokens, one.first, one.last)
        if one.day is None:
            looks = self._attributive(one) or looks
        elif looks == "past" and 0 < (this - published).days <= 7:
            looks = ""  # nobody names a day of next week to mean that of a year ago
        if looks == "future":
            if one.day is not None:
                behind = behind and (published - this).days > _RECENT
            return published.year + 1 if behind else published.year
        if ahead and not (looks == "" and one.day is not None and (this - published).days <= 45):
            return published.year - 1
        return published.year

    def _attributive(self, one: Expression) -> str:
        """Which way a month before a noun looks: "July sales" are past, "January delivery" is to come."""
        following = self.tokens.word(one.last + 1)
        if following in _COMING:
            return "future"
        if one.first != one.last or self.tokens.word(one.first - 1) in _MONTH_PREPOSITIONS or following in _EVENTS:
            return ""
        noun = self.tokens.kind(one.last + 1) == "word" and following not in FUNCTION_WORDS
        return "past" if noun and not self.tokens.capital(one.last + 1) else ""

    def _part(self, one: Expression, year: int | None) -> Place | None:
        if year is None:
            if self.published is None:
                return Place(None, None, part_precision(one.part), f"XXXX-{one.part}")
            year = self.published.year
            if self.frame is not None and self.frame_in_sentence:
                year = self.frame
            else:
                begins = part_period(year, one.part).start
                ahead = begins is not None and begins > self.published
                year -= ahead and tense(self.tokens, one.first, one.last) != "future"
        period = part_period(year, one.part)
        return Place(period.start, period.end, period.precision, f"{year}-{one.part}")

    def _decade(self, one: Expression) -> Place | None:
        period = Period.of_decade(one.number or 0)
        return Place(period.start, period.end, Precision.DECADE, f"{(one.number or 0) // 10}")

    def _century(self, one: Expression) -> Place | None:
        number = one.number or 1
        return Place(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31), Precision.CENTURY, f"{number - 1:02d}")

    # What refers to the publication -----------------------------------------------------------------------------

    def _weekday(self, one: Expression) -> Place | None:
        wanted = one.weekday or 0
        if self.published is None:
            return Place(None, None, Precision.DAY, f"XXXX-WXX-{wanted + 1}")
        back = (self.published.weekday() - wanted) % 7
        day = self.published - timedelta(days=back)
        if tense(self.tokens, one.first, one.last) == "future":
            day = self.published + timedelta(days=(wanted - self.published.weekday()) % 7)
        return on_day(day)

    def _relative(self, one: Expression) -> Place | None:
        if self.published is None:
            ref = "PAST_REF" if (one.number or 0) < 0 else "FUTURE_REF" if (one.number or 0) > 0 else "PRESENT_REF"
            return Place(None, None, UNIT_PRECISION[one.unit], ref)
        number = one.number or 0
        if one.value == COMPARED and self.compared is not None:
            return _year_before(self.compared)
        if one.value == "latest" and (
            self.published.weekday() >= 5 or tense(self.tokens, one.first, one.last) == "future"
        ):
            number = 0  # the weekend that the publication falls on, or the one to come
        return unit_around(self.published, number, one.unit, fiscal=one.fiscal)

    def _nearest(self, one: Expression) -> Place | None:
        """Read "last December", "next Tuesday", "this summer", "May last year", "the first quarter of this year"."""
        shift = one.number or 0
        published = self.published
        if published is None:
            return Place(None, None, _nearest_precision(one), _unplaced(one))
        if one.unit == "year":
            year = within(published.year + shift)
            if one.part:
                return self._part(one, year)
            return placed(year, one.month, min(one.day, days_in(one.month or 1, year)) if one.day else None, "")
        if one.weekday is not None:
            back = (published.weekday() - one.weekday) % 7
            if shift < 0:
                return on_day(published - timedelta(days=back or 7))
            if shift > 0:  # that of the next week, from Monday on; what is left of this week is named without "next"
                return on_day(published + timedelta(days=7 - published.weekday() + one.weekday))
            return on_day(published + timedelta(days=one.weekday - published.weekday()))
        if one.part:
            return self._nearest_season(one, shift, published)
        month = one.month or 1
        year = published.year
        if shift < 0 and month >= published.month:
            year -= 1
        if shift > 0 and month <= published.month:
            year += 1
        return placed(within(year), month, None, "")

    def _nearest_season(self, one: Expression, shift: int, published: date) -> Place | None:
        years = range(within(published.year - 2), within(published.year + 2) + 1)
        periods = [(year, part_period(year, one.part)) for year in years]
        if shift < 0:
            fitting = [pair for pair in periods if pair[1].end is not None and pair[1].end < published][-1:]
        elif shift > 0:
            fitting = [pair for pair in periods if pair[1].start is not None and pair[1].start > published][:1]
        else:
            fitting = [pair for pair in periods if pair[0] == published.year]
        if not fitting:
            return None
        year, period = fitting[0]
        return Place(period.start, period.end, period.precision, f"{year}-{one.part}")

    def _stretch(self, one: Expression) -> Place | None:
        letter = "T" if one.unit in ("hour", "minute") else ""
        precision = UNIT_PRECISION.get(one.unit, Precision.DAY)
        back = one.number < 0 if one.number is not None else one.value == "-"
        amount = "X" if one.number is None else str(abs(one.number))
        timex = f"P{letter}{amount}{TIMEX_UNITS[one.unit]}"
        if self.published is None:
            return Place(None, None, precision, timex)
        other = None if one.number is None else shifted(self.published, one.number, one.unit)
        first, last = (other, self.published) if back else (self.published, other)
        return Place(first, last, precision, timex)

    def _vague(self, one: Expression) -> Place | None:
        return Place(None, None, Precision.YEAR, one.value)

    def _clock(self, one: Expression) -> Place | None:
        """A time alone: TimeML counts it to the day of publication, but nothing says so: it gets no day."""
        before = one.first - 1
        if self.tokens.kind(before) in ("slashed", "number", "code"):
            return None  # behind a date that could not be read
        day = "XXXX-XX-XX" if self.published is None else self.published.isoformat()
        anchor = self.day_anchor
        if anchor is not None and anchor.first is not None:
            between = range(self.day_at, one.first)
            near = one.first - self.day_at <= _NEAR and (self.published is None or anchor.first <= self.published)
            if near or not any(ends_sentence(self.tokens, index) for index in between[:_NEAR]):
                day = anchor.timex[:10]
        return Place(None, None, Precision.DAY, day)

    # What refers to a date named before --------------------------------------------------------------------------

    def _anchored(self, one: Expression) -> Place | None:
        if one.value == YEAR_AGO:
            return self._year_ago(one)
        if one.value == COMPARED and self.compared is not None:
            return _year_before(self.compared)
        again = one.number == 0 and one.unit == "quarter"
        fineness = UNIT_PRECISION[one.unit].fineness
        for anchor in (self.spans.get(Precision.QUARTER) if again else None, self.anchor, self.day_anchor):
            if anchor is None or anchor.first is None or anchor.last is None or fineness < anchor.precision.fineness:
                continue
            base = anchor.last if (one.number or 0) > 0 else anchor.first
            return unit_around(base, one.number or 0, one.unit)
        if self.anchor is not None or self.published is None:
            return None
        reported = again or (one.number == 0 and one.unit == "year" and self.published.month <= 3)
        where = unit_around(self.published, -1 if reported else one.number or 0, one.unit)
        return Place(None, None, where.precision, where.timex)  # TimeML counts from the publication; nothing says so

    def _year_ago(self, one: Expression) -> Place | None:
        """The quarter, month or half a year before the one named last; "period" is the last of any of them."""
        precision = _SPAN_PRECISION.get(one.unit)
        if precision is None:
            base = self.compared or self.spans.get(Precision.QUARTER) or self.spans.get(Precision.HALF_YEAR)
        else:
            base = self.spans.get(precision)
        if base is not None:
            return _year_before(base)
        if self.published is None:
            return None
        if one.unit in ("quarter", "month", "week"):
            ended = -1 if one.unit == "quarter" else 0
            return _year_before(unit_around(self.published, ended, one.unit))
        return unit_around(self.published, -1, "year")

    def _day_of_month(self, one: Expression) -> Place | None:
        day = one.day or 1
        if self.last_month is not None:
            year, month = self.last_month
            return placed(year, month, day, "") if day <= days_in(month, year) else None
        if self.published is None:
            return Place(None, None, Precision.DAY, f"XXXX-XX-{day:02d}")
        year, month = self.published.year, self.published.month
        if day > self.published.day and tense(self.tokens, one.first, one.last) != "future":
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return placed(year, month, day, "") if day <= days_in(month, year) else None

    # Ranges ------------------------------------------------------------------------------------------------------

    def _range(self, one: Expression) -> Place | None:
        end = one.to
        if end is None:
            return None
        start = replace(one, to=None)
        if one.form is Form.CALENDAR and one.year is None and one.month is not None:
            last = self._single(replace(end, first=one.first, last=one.last))
            if last is None or last.last is None:
                first = self._single(start)
                return (
                    None
                    if first is None or last is None
                    else Place(None, None, last.precision, f"{first.timex}/{last.timex}")
                )
            earlier = (one.month, one.day or 0) > (end.month or 0, end.day or 0)
            start = replace(start, year=last.last.year - (1 if earlier else 0))
            first = self._single(start)
        else:
            first, last = self._single(start), self._single(end)
        if first is None or last is None:
            return None
        if one.form is Form.WEEKDAY and first.first is not None and last.first is not None and last.first < first.first:
            later = first.first + timedelta(days=((end.weekday or 0) - first.first.weekday()) % 7)
            last = on_day(later)
        precision = max(first.precision, last.precision, key=lambda precision: precision.fineness)
        if first.first is not None and last.last is not None and last.last < first.first:
            return None
        timex = f"{first.timex}/{last.timex}"
        return Place(first.first, last.last, precision, timex)

    # Cues and results --------------------------------------------------------------------------------------------

    def _mention(self, one: Expression, where: Place) -> DateMention:
        tokens = self.tokens
        start, end = tokens.starts[one.first], tokens.ends[one.last]
        earliest, latest = where.first, where.last
        named = None
        if earliest is not None and latest is not None:
            named = Period(earliest, latest, where.precision)
        relation = one.relation if named is not None or one.form is not Form.VAGUE else ""
        if named is not None and relation:
            earliest, latest = _opened(named, relation)
        return DateMention(
            start, end, tokens.text[start:end], earliest, latest, where.precision, where.timex, one.mod, relation,
            one.weekday if one.form is Form.CALENDAR else None, one.fiscal, named,
        )  # fmt: skip


def _opened(named: Period, relation: str) -> tuple[date | None, date | None]:
    """The first and last day that a preposition leaves: "after 2013" begins on 1 January 2014."""
    if named.start is None or named.end is None:
        return named.start, named.end
    if relation == "since":
        return named.start, None
    if relation == "after":
        return (named.end + timedelta(days=1) if named.end < date.max else named.end), None
    if relation == "before":
        return None, (named.start - timedelta(days=1) if named.start > date.min else named.start)
    return None, named.end


def _year_before(where: Place) -> Place:
    """The same month, quarter, half or week of the year before."""
    first = where.first
    if first is None:
        return where
    if where.precision is Precision.HALF_YEAR:
        period = part_period(first.year - 1, "H1" if first.month < 7 else "H2")
        return Place(period.start, period.end, period.precision, f"{first.year - 1}-{where.timex[-2:]}")
    unit = {Precision.QUARTER: "quarter", Precision.WEEK: "week"}.get(where.precision, "month")
    return unit_around(shifted(first, -1, "year"), 0, unit)


def _nearest_precision(one: Expression) -> Precision:
    if one.part:
        return part_precision(one.part)
    return Precision.DAY if one.weekday is not None or one.day is not None else Precision.MONTH


def _unplaced(one: Expression) -> str:
    if one.weekday is not None:
        return f"XXXX-WXX-{one.weekday + 1}"
    if one.part:
        return f"XXXX-{one.part}"
    return f"XXXX-{one.month or 0:02d}" + (f"-{one.day:02d}" if one.day else "")
