"""Weekdays and days are held against the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.checks import check
from tests.checks.builders import document


def _codes(text: str) -> list[str]:
    return [finding.code for finding in check(document(text)).findings]


@pytest.mark.parametrize(
    "text",
    [
        "They met on Tuesday, January 3, 2018.",
        "They met on Tue, 3 January 2018.",
        "They met on Tuesday the 3rd of January, 2018.",
    ],
)
def test_wrong_weekday_is_found(text: str) -> None:
    """3 January 2018 was a Wednesday."""
    assert _codes(text) == ["DAT001"]


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_right_weekdays_are_confirmed(on: date) -> None:
    """The calendar's own weekday is never contradicted."""
    report = check(document(f"They met on {on:%A}, {on.day} {on:%B} {on.year}."))
    assert [claim.verdict.value for claim in report.claims] == ["confirmed"]


def test_old_dates_may_follow_another_calendar() -> None:
    """A weekday of 1850 that does not fit is left alone."""
    assert _codes("The treaty was signed on Monday, 5 February 1850.") == []


@pytest.mark.parametrize(
    "text",
    [
        "It was signed on February 30, 2017.",
        "It ran until 31 June 2015.",
        "They met on 29 February 2017.",
        "It ended on April 31.",
    ],
)
def test_impossible_dates_are_found(text: str) -> None:
    """Days that no month has are errors."""
    assert _codes(text) == ["DAT002"]


@pytest.mark.parametrize(
    "text",
    [
        "It was signed on 29 February 2016.",
        "By February 30 states had joined.",
        "There is no 30 February 2017.",
        "They met on May 24-26, 2012.",
        "In May 2012 they met.",
        "Chapter 3 March of Time, 45 minutes.",
    ],
)
def test_what_is_no_impossible_date_is_left_alone(text: str) -> None:
    """Counts, leap days and ranges raise nothing."""
    assert _codes(text) == []
