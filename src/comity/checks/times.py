"""The years that a claim speaks of, and the figures that lie in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comity.terms import Observation, Precision

_Y = r"(?P<{0}>(?:1[89]|20)\d\d)"
_DASH = r"\s?[-–—/]\s?"
_FY = rf"(?:{_DASH}(?:\d\d)?\d\d(?!\d))?"  # "between 2013-14 and 2016-17"
_COUNT_WORDS = {
    word: number
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
} | {"fifteen": 15, "twenty": 20, "decade": 10}
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(_COUNT_WORDS) + ")"
_SPAN = re.compile(
    rf"\b(?:between\s+{_Y.format('b1')}{_FY}\s+and\s+{_Y.format('b2')}(?P<b3>{_FY})"
    rf"|(?:in|during|for)\s+(?P<each>(?:1[89]|20)\d\d(?:\s*,\s*(?:1[89]|20)\d\d)*,?\s+(?:and|or)\s+(?:again\s+)?(?:in\s+)?(?:1[89]|20)\d\d)(?!{_DASH}\d|\d)"
    rf"|(?:until|till|up\s+to|through|by)\s+(?:the\s+end\s+of\s+)?{_Y.format('u1')}(?!{_DASH}\d|\d|s\b|['’]s)"
    rf"|fy\s?{_Y.format('n1')}(?!{_DASH}\d|\d)"
    rf"|(?:fiscal|financial)\s+year\s+{_Y.format('n2')}(?!{_DASH}\d|\d)"
    rf"|from\s+{_Y.format('f1')}{_FY}\s+(?:to|until|through)\s+{_Y.format('f2')}(?P<f3>{_FY})"
    rf"|(?:in|during|over|for|through|throughout|across)?\s*(?:the\s+(?:period|years?|fiscal\s+years?)\s+)?(?:of\s+)?(?:fy\s?)?{_Y.format('r1')}{_DASH}(?P<r2>(?:1[89]|20)\d\d|\d\d)(?!\d|-\d)"
    rf"|since\s+{_Y.format('s1')}|after\s+{_Y.format('a1')}"
    rf"|(?:in|over|during|for|within)\s+the\s+(?:past|last|previous|recent)\s+(?:{_COUNT}\s+years|(?P<decade>decade))"
    rf"|(?:in|during|for|of)\s+(?:the\s+)?(?:calendar\s+)?(?:year\s+)?{_Y.format('y1')}(?!{_DASH}\d|\d|s\b|['’]s)"
    r"|(?P<back>last\s+year|the\s+previous\s+year)"
    r"|(?:over|throughout|during)\s+the\s+(?:whole|entire)\s+period)"
)
_CALENDAR_NOUN = re.compile(
    r"\b(?:years?|period|end|close|course|beginning|start|half|quarters?|months?|[a-z]+ber|january|february|march|april|may|june|july|august)\s+$"
)
# Before a year that is only compared with: "more than in 2016", "double the level of 2020", "against US$ 2 billion in 2013".
_BASE = re.compile(
    r"(?:\bthan\s+(?!(?:half|an?|one|two|three|four|five|twice|thrice|doubl|tripl|trebl|quadrupl|quintupl|ever)\b|[a-z]+ed\b)[^,;.⟦⟪]*|\bthan\s+"
    r"|\b(?:compared|comparison|against|versus|relative\s+to|(?:double|twice|times|half)\s+(?:as|the|that|those|what|its|their)|(?:that|those)\s+of)\b"
    r"(?:[^,;.]|,(?=\s+the\s+(?:level|figure|peak|low|year)\b))*"
    r"|\b(?:levels?|figures?)(?:\s+(?:seen|reached|recorded))?\s+)$"
)

# Times that no annual figure answers: parts of a year, and words that leave the years open.
_WITHIN_YEAR = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|(?:in|of|since|by|until|from|to)\s+may"
    r"|quarters?|half\s+of|h[12]|q[1-4]|months?|weeks?|spring|summer|autumn|winter)\b"
)
_OPEN = re.compile(
    r"\b(?:recent(?:ly)?|lately|this\s+year|next\s+year|decades?|initially|at\s+first|until|before|earlier|ago|once|historically|traditionally|formerly"
    r"|briefly|temporarily|for\s+a\s+(?:while|time)|at\s+times|(?:1[89]|20)\d0s|overnight|today|currently|meanwhile|in\s+the\s+past|so\s+far|year-on-year|a\s+year)\b"
)


def within_year(text: str) -> bool:
    """Whether a lower-cased text speaks of months, quarters or halves of a year."""
    return _WITHIN_YEAR.search(text) is not None


def open_time(text: str) -> bool:
    """Whether a lower-cased text names a time that does not say which years."""
    return _OPEN.search(text) is not None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Years as a claim names them, at offsets of its passage.

    Attributes:
        first, last: calendar years; None where the words leave them open or count back from publication.
        count: for "the past five years".
        fiscal: "2016-17" may be one fiscal year or two calendar years; the figures tell which.
        single: one year.
        until: the first year is left open: "by 2019", "until 2018".
        each: several years, each for itself: "in 2014, 2015 and 2016".
        named: one fiscal year that is called by one calendar year: "FY2018".
        back: "last year", which only the date of publication places.
    """

    start: int
    end: int
    first: int | None = None
    last: int | None = None
    count: int | None = None
    fiscal: bool = False
    single: bool = False
    until: bool = False
    each: tuple[int, ...] = ()
    named: bool = False
    back: bool = False

    @property
    def plain(self) -> bool:
        """Whether the words alone say exactly which years are meant."""
        return not (self.until or self.named or self.back or self.count is not None)


def compared(text: str, span: TimeSpan, start: int) -> bool:
    """Whether the span, in a lower-cased text, names what is compared with, not when the thing said from `start` on happened."""
    if _BASE.search(text, max(start, span.start - 60), span.start) is not None:
        return True
    # "the peak of 2014", "2013's US$ 2 billion"; but "the end of 2014", "the period of 2012-2016".
    return text.startswith("of ", span.start) and not _CALENDAR_NOUN.search(text, start, span.start)


def spans_in(text: str) -> Iterator[TimeSpan]:
    """Yield the spans of years in a lower-cased text."""
    for match in _SPAN.finditer(text):
        start, end = match.span()
        if match["b1"]:
            yield TimeSpan(start, end, int(match["b1"]), int(match["b2"]) + bool(match["b3"]))
        elif match["f1"]:
            yield TimeSpan(start, end, int(match["f1"]), int(match["f2"]) + bool(match["f3"]))
        elif match["r1"]:
            first, short = int(match["r1"]), match["r2"]
            last = int(short) if len(short) == 4 else first // 100 * 100 + int(short)
            if last == first // 100 * 100 and first % 100 == 99:
                last += 100  # 1999-00
            if last > first:
                yield TimeSpan(start, end, first, last, fiscal=last == first + 1)
        elif match["each"]:
            years = tuple(int(year) for year in re.findall(r"\d{4}", match["each"]))
            yield TimeSpan(start, end, min(years), max(years), each=years)
        elif match["u1"]:
            yield TimeSpan(start, end, None, int(match["u1"]), until=True)
        elif match["n1"] or match["n2"]:
            year = int(match["n1"] or match["n2"])
            yield TimeSpan(start, end, year, year, named=True)
        elif match["back"]:
            yield TimeSpan(start, end, back=True)
        elif match["s1"] or match["a1"]:
            yield TimeSpan(start, end, int(match["s1"] or match["a1"]))
        elif match["count"] or match["decade"]:
            word = match["count"] or match["decade"]
            yield TimeSpan(start, end, count=int(word) if word.isdigit() else _COUNT_WORDS[word])
        elif match["y1"]:
            yield TimeSpan(start, end, int(match["y1"]), int(match["y1"]), single=True)
        else:
            yield TimeSpan(start, end)


def years_of(observation: Observation) -> tuple[int, int]:
    """Return the first and the last calendar year of a figure's period."""
    period = observation.period
    assert period.start is not None and period.end is not None  # Flows takes no open periods
    return period.start.year, period.end.year


def within(span: TimeSpan, observations: Sequence[Observation], published: date | None) -> list[Observation]:
    """Return the figures that the span covers whole; empty where the series does not reach across it."""
    if span.count is not None:
        if published is not None and years_of(observations[-1])[1] < published.year - 3:
            return []
        return list(observations[-span.count :]) if len(observations) >= span.count - 1 else []
    if span.back:
        year = None if published is None else published.year - 1
        return [o for o in observations if years_of(o) == (year, year)]
    if span.until and span.last is not None:
        found = [o for o in observations if years_of(o)[1] <= span.last]
        return found if found and years_of(found[-1])[1] == span.last else []
    if span.named:
        # "FY2018" is no calendar year, and ends in 2018 in most countries, not in all.
        return [o for o in observations if years_of(o) == ((span.last or 0) - 1, span.last)]
    if span.each:
        found = [o for o in observations if years_of(o)[0] in span.each and years_of(o)[1] in span.each]
        return found if len(found) == len(set(span.each)) else []
    if span.first is None:
        return list(observations)
    fiscal = observations[0].period.precision is Precision.FISCAL_YEAR
    last = span.last if span.last is not None else years_of(observations[-1])[1]
    if span.fiscal and fiscal:
        return [o for o in observations if years_of(o) == (span.first, last)]
    if span.single:
        # A fiscal year that is called by one calendar year only is not guessed.
        return [o for o in observations if years_of(o) == (span.first, span.first)]
    covered = [o for o in observations if span.first <= years_of(o)[0] and years_of(o)[1] <= last]
    if not covered:
        return []
    slack = 1 if fiscal else 0
    reaches = years_of(covered[0])[0] <= span.first + slack and years_of(covered[-1])[1] >= last - slack
    return covered if reaches else []


def with_the_one_before(
    span: TimeSpan, observations: Sequence[Observation], published: date | None
) -> list[Observation]:
    """Return the figure of one year and that of the year before it: "fell in 2015" compares the two; empty if one is missing."""
    own = within(span, observations, published)
    if len(own) != 1:
        return []
    index = next(place for place, each in enumerate(observations) if each is own[0])
    if index == 0 or years_of(observations[index - 1])[0] != years_of(own[0])[0] - 1:
        return []
    return [observations[index - 1], own[0]]


def label(observations: Sequence[Observation]) -> str:
    """Return "2012 to 2016" for a run of figures, "2016" for one."""
    first, last = observations[0].period.label, observations[-1].period.label
    return first if first == last else f"{first} to {last}"
