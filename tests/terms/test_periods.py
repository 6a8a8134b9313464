"""Periods know calendar and fiscal years, partial dates and open ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.terms import FiscalCalendar, FiscalNaming, InvalidTerm, Period, Precision

PAKISTAN = FiscalCalendar(7, naming=FiscalNaming.END)
JAPAN = FiscalCalendar(4, naming=FiscalNaming.START)
BRITAIN = FiscalCalendar(4, 6)

days = st.dates(min_value=date(1816, 1, 1), max_value=date(2100, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a closed or open period of days."""
    first, last = sorted((draw(days), draw(days)))
    period = Period(first, last, draw(st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR])))
    return draw(st.sampled_from([period, Period.since(period), Period.until(period)]))


def test_fiscal_years_begin_where_the_state_begins_them() -> None:
    """Pakistan's 2016-17 runs from July to June, Japan's from April to March, Britain's from 6 April."""
    assert (PAKISTAN.begins_in(2016).start, PAKISTAN.begins_in(2016).end) == (date(2016, 7, 1), date(2017, 6, 30))
    assert (JAPAN.begins_in(2016).start, JAPAN.begins_in(2016).end) == (date(2016, 4, 1), date(2017, 3, 31))
    assert (BRITAIN.begins_in(2016).start, BRITAIN.begins_in(2016).end) == (date(2016, 4, 6), date(2017, 4, 5))


def test_a_single_year_names_different_fiscal_years() -> None:
    """FY2017 is Pakistan's 2016-17 but Japan's 2017-18."""
    assert PAKISTAN.named(2017) == PAKISTAN.begins_in(2016)
    assert JAPAN.named(2017) == JAPAN.begins_in(2017)


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1900, 2100))
def test_fiscal_years_tile_time(month: int, day: int, year: int) -> None:
    """One fiscal year ends the day before the next begins."""
    calendar = FiscalCalendar(month, day)
    end, start = calendar.begins_in(year).end, calendar.begins_in(year + 1).start
    assert end is not None and start is not None
    assert end + timedelta(days=1) == start


@given(periods(), periods())
def test_overlap_is_mutual_and_follows_containment(one: Period, other: Period) -> None:
    """Overlap has no direction, and a period that contains another overlaps it."""
    assert one.overlaps(other) == other.overlaps(one)
    if one.contains(other):
        assert one.overlaps(other)


@given(periods(), periods())
def test_periods_precede_or_overlap(one: Period, other: Period) -> None:
    """Of two periods one precedes the other or they overlap, never both."""
    assert one.overlaps(other) != (one.precedes(other) or other.precedes(one))


@given(periods())
def test_every_period_contains_itself_and_has_a_label(period: Period) -> None:
    """A period contains itself and can always be said in words."""
    assert period.contains(period)
    assert period.label


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.of_day(2018, 1, 3), "3 January 2018"),
        (Period.between(Period.of_day(2018, 1, 3), Period.of_day(2018, 1, 4)), "3-4 January 2018"),
        (Period.between(Period.of_day(2012, 4, 30), Period.of_day(2012, 5, 2)), "30 April 2012 to 2 May 2012"),
        (Period.of_month(2017, 12), "December 2017"),
        (Period.of_quarter(2017, 2), "Q2 2017"),
        (Period.of_season(2016, "summer"), "June 2016 to August 2016"),
        (Period.of_season(2016, "winter"), "December 2015 to February 2016"),
        (Period.of_year(2016), "2016"),
        (Period.between(Period.of_year(2012), Period.of_year(2016)), "2012-2016"),
        (PAKISTAN.begins_in(2016), "2016-17"),
        (PAKISTAN.begins_in(1999), "1999-2000"),
        (Period.of_decade(1990), "1990s"),
        (Period.since(Period.of_year(1947)), "since 1947"),
        (Period.until(Period.of_month(2010, 3)), "until March 2010"),
    ],
)
def test_labels_read_as_people_write(period: Period, label: str) -> None:
    """A period's label is what an analyst would write."""
    assert period.label == label


def test_february_has_its_own_end() -> None:
    """A month ends on its last day, leap years included."""
    assert Period.of_month(2016, 2).days == 29
    assert Period.of_month(2017, 2).days == 28


def test_impossible_periods_are_refused() -> None:
    """No 30 February, no fifth quarter, no end before the start, no period without ends, no fiscal year without calendar."""
    with pytest.raises(InvalidTerm, match="2018-02-30"):
        Period.of_day(2018, 2, 30)
    with pytest.raises(InvalidTerm, match="quarter 5"):
        Period.of_quarter(2018, 5)
    with pytest.raises(InvalidTerm, match="before it starts"):
        Period(date(2018, 1, 2), date(2018, 1, 1), Precision.DAY)
    with pytest.raises(InvalidTerm, match="needs a start"):
        Period(None, None, Precision.DAY)
    with pytest.raises(InvalidTerm, match="fiscal year"):
        Period(date(2018, 1, 1), date(2018, 12, 31), Precision.FISCAL_YEAR)


@given(st.lists(periods(), min_size=2, max_size=5))
def test_sorting_puts_open_starts_first(some: list[Period]) -> None:
    """Sorted periods never step back in their starts."""
    starts = [period.start or date.min for period in sorted(some, key=lambda period: period.sort_key)]
    assert starts == sorted(starts)
