"""The years that a claim speaks of are read from its own words."""

from __future__ import annotations

import pytest

from comity.checks.times import compared, spans_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("between 2013-14 and 2016-17", (2013, 2017)),
        ("from 2015/16 to 2018/19", (2015, 2019)),
        ("between 2013 and 2017", (2013, 2017)),
        ("in 2014, 2015 and 2016", (2014, 2016)),
        ("until 2018", (None, 2018)),
        ("in 2016", (2016, 2016)),
    ],
)
def test_spans_of_years(text: str, years: tuple[int | None, int]) -> None:
    """A span runs from the first year named to the last, a fiscal year to the calendar year it ends in."""
    (span,) = spans_in(text)
    assert (span.first, span.last) == years


@pytest.mark.parametrize(
    ("text", "is_base"),
    [
        ("exports rose to more than in 2016", True),
        ("exports rose to double the level of 2016", True),
        ("exports rose by more than half in 2016", False),
        ("exports rose by the end of 2016", False),
        ("exports more than doubled in 2016", False),
    ],
)
def test_a_year_that_is_compared_with_is_told_apart(text: str, is_base: bool) -> None:
    """A year behind "than" or "the level of" is what is compared with; one behind an amount is not."""
    (span,) = spans_in(text)
    assert compared(text, span, 0) is is_base
