"""The years that a claim speaks of, and the figures that lie in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from comity.terms import Observation, Precision

_Y = r"(?P<{0}>(?:1[89]|20)\d\d)"
_DASH = r"\s?[-–—/]\s?"
_COUNT_WORDS = {
    word: number
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
} | {"fifteen": 15, "twenty": 20, "decade": 10}
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(_COUNT_WORDS) + ")"
_SPAN = re.compile(
    rf"\b(?:between\s+{_Y.format('b1')}\s+and\s+{_Y.format('b2')}"
    rf"|from\s+{_Y.format('f1')}\s+(?:to|until|through)\s+{_Y.format('f2')}"
    rf"|(?:in|during|over|for|through|throughout|across)?\s*(?:the\s+(?:period|years?|fiscal\s+years?)\s+)?(?:of\s+)?(?:fy\s?)?{_Y.format('r1')}{_DASH}(?P<r2>(?:1[89]|20)\d\d|\d\d)(?!\d|-\d)"
    rf"|since\s+{_Y.format('s1')}|after\s+{_Y.format('a1')}"
    rf"|(?:in|over|during|for|within)\s+the\s+(?:past|last|previous|recent)\s+(?:{_COUNT}\s+years|(?P<decade>decade))"
    rf"|(?:in|during|by|for|of|fy)\s+(?:the\s+)?(?:(?:fiscal|financial|calendar)\s+)?(?:year\s+)?(?:fy\s?)?{_Y.format('y1')}(?!{_DASH}\d|\d|s\b|['’]s)"
    r"|(?:over|throughout|during)\s+the\s+(?:whole|entire)\s+period)"
)

# Times that no annual figure answers: parts of a year, and words that leave the years open.
_WITHIN_YEAR = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|(?:in|of|since|by|until|from|to)\s+may"
    r"|quarters?|half\s+of|h[12]|q[1-4]|months?|weeks?|spring|summer|autumn|winter)\b"
)
_OPEN = re.compile(
    r"\b(?:recent(?:ly)?|lately|last\s+year|this\s+year|next\s+year|decades?|initially|at\s+first|until|before|earlier|ago|once|historically|traditionally|formerly"
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
    """

    start: int
    end: int
    first: int | None = None
    last: int | None = None
    count: int | None = None
    fiscal: bool = False
    single: bool = False


def spans_in(text: str) -> Iterator[TimeSpan]:
    """Yield the spans of years in a lower-cased text."""
    for match in _SPAN.finditer(text):
        start, end = match.span()
        if match["b1"]:
            yield TimeSpan(start, end, int(match["b1"]), int(match["b2"]))
        elif match["f1"]:
            yield TimeSpan(start, end, int(match["f1"]), int(match["f2"]))
        elif match["r1"]:
            first, short = int(match["r1"]), match["r2"]
            last = int(short) if len(short) == 4 else first // 100 * 100 + int(short)
            if last == first // 100 * 100 and first % 100 == 99:
                last += 100  # 1999-00
            if last > first:
                yield TimeSpan(start, end, first, last, fiscal=last == first + 1)
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


def label(observations: Sequence[Observation]) -> str:
    """Return "2012 to 2016" for a run of figures, "2016" for one."""
    first, last = observations[0].period.label, observations[-1].period.label
    return first if first == last else f"{first} to {last}"
