"""Claims about each of several years: "for the third consecutive year", "in every year since 2014"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from comity.checks import times
from comity.checks.directions import Opinion
from comity.terms import Observation, Severity, Verdict

_WORDS = {
    word: number
    for number, forms in enumerate(
        (
            "two second 2nd", "three third 3rd", "four fourth 4th", "five fifth 5th", "six sixth 6th",
            "seven seventh 7th", "eight eighth 8th", "nine ninth 9th", "ten tenth 10th",
        ),
        start=2,
    )
    for word in forms.split()
}  # fmt: skip
_COUNT = "|".join(sorted(_WORDS, key=len, reverse=True))
_RUN = re.compile(
    rf"\b(?P<count>{_COUNT})\s+(?:(?:consecutive|straight|successive)\s+(?:fiscal\s+|financial\s+)?years?\b|years?\s+(?:in\s+a\s+row|in\s+succession|running)\b)"
)
_EVERY = re.compile(
    r"\b(?:(?:every|each)\s+(?:single\s+)?(?:fiscal\s+|financial\s+)?year|without\s+interruption|uninterruptedly)\b(?!\s+(?:but|except|bar|save|apart|other))"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Years one after the other in each of which something is said to have happened; `count` is None for "every year"."""

    count: int | None

    def steps(
        self, span: times.TimeSpan | None, observations: Sequence[Observation], published: date | None
    ) -> list[Observation]:
        """Return the figures whose steps are spoken of; empty where they do not reach that far."""
        if self.count is None:
            if span is None or span.single:
                return []
            chosen = times.within(span, observations, published)
        else:
            last = list(observations[-1:]) if span is None else times.within(span, observations, published)
            if len(last) != 1:
                return []
            index = next(place for place, each in enumerate(observations) if each is last[0])
            if index < self.count:
                return []
            chosen = list(observations[index - self.count : index + 1])
        years = [times.years_of(each)[0] for each in chosen]
        return chosen if all(later == earlier + 1 for earlier, later in pairwise(years)) else []


def run_in(text: str, start: int, end: int) -> Run | None:
    """Return what a lower-cased clause says of years in a row, or None."""
    found = _RUN.search(text, start, end)
    if found is not None:
        # "fell for two consecutive years before rising" does not say which two
        return (
            None
            if re.match(r"[\s,]*(?:before|and\s+then|until|after|from|between)\b", text[found.end() : end + 8])
            else Run(_WORDS[found["count"]])
        )
    return Run(None) if _EVERY.search(text, start, end) is not None else None


def stepwise(direction: int, observations: Sequence[Observation]) -> Opinion:
    """Hold "rose in each of these years" against every step from one figure to the next."""
    if len(observations) < 2:
        return Opinion(Verdict.NOT_CHECKABLE, "the figures do not reach across the years that are spoken of")
    doubtful = False
    for earlier, later in pairwise(observations):
        first, second = (earlier, later) if direction > 0 else (later, earlier)
        if second.quantity.high < first.quantity.low:
            shown = (
                f"{earlier.quantity.text or earlier.quantity.number} to {later.quantity.text or later.quantity.number}"
            )
            return Opinion(
                Verdict.CONTRADICTED,
                f"not in every year: from {earlier.period.label} to {later.period.label} they went from {shown}",
                Severity.ERROR,
            )
        doubtful = doubtful or second.quantity.low <= first.quantity.high
    if doubtful:
        return Opinion(Verdict.NOT_CHECKABLE, "in one of the years the figures hardly moved")
    return Opinion(Verdict.CONFIRMED, "each of the years went that way")
