"""Contacts by rank and year, and the longest gap between high-level ones."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from comity.measures import contact_gap, contacts
from comity.terms import Dyad, EventType, MergedEvent, Period, Precision, Rank

from .conftest import actor, event, visit

DYAD = Dyad("BRA", "ARG")


def test_contacts_are_counted_by_year_and_rank() -> None:
    """A contact has the lower of the two sides' ranks, and only acts of both sides count."""
    events = [
        visit(Period.of_day(2015, 3, 2), "BRA", "ARG", rank=Rank.FOREIGN_MINISTER, host_rank=Rank.HEAD_OF_STATE),
        visit(Period.of_day(2015, 9, 2), "ARG", "BRA", rank=Rank.AMBASSADOR, host_rank=Rank.HEAD_OF_GOVERNMENT),
        visit(Period.of_year(2016), "ARG", "BRA", rank=None),
        visit(Period.of_day(2016, 1, 1), "BRA", "FRA"),
        visit(None, "BRA", "ARG", rank=Rank.MINISTER),
    ]
    measure = contacts(DYAD, events)
    assert measure.value == 4
    assert {(point.label, point.group, point.value) for point in measure.points} == {
        ("2015", "foreign-minister", 1),
        ("2015", "ambassador", 1),
        ("2016", "rank not named", 1),
    }
    assert set(measure.inputs) == {events[0].id, events[1].id, events[2].id, events[4].id}
    assert "1 of them at high level" in measure.summary
    assert "1 of them" not in contacts(DYAD, events[:1]).summary
    assert "none of them at high level" in contacts(DYAD, events[1:3]).summary
    assert any("no date" in caveat for caveat in measure.caveats)


def test_an_empty_record_says_why_there_is_no_answer() -> None:
    """Without contacts there is no value but a sentence."""
    for measure in (contacts(DYAD, ()), contact_gap(DYAD, ())):
        assert measure.value is None
        assert "on record" in measure.summary


def test_the_longest_gap_runs_from_the_end_of_one_visit_to_the_start_of_the_next() -> None:
    """The gap counts whole days between dated contacts of high rank; others do not end it."""
    two_days = Period(date(2012, 5, 24), date(2012, 5, 26), Precision.DAY)
    events = [
        visit(Period.of_day(2009, 10, 12), "BRA", "ARG"),
        visit(two_days, "ARG", "BRA"),
        visit(Period.of_day(2014, 5, 1), "BRA", "ARG", rank=Rank.AMBASSADOR),
        visit(Period.of_day(2018, 1, 3), "BRA", "ARG"),
    ]
    measure = contact_gap(DYAD, events, on=date(2018, 1, 10))
    assert measure.value == (date(2018, 1, 3) - date(2012, 5, 26)).days
    assert measure.interval is None
    assert "24-26 May 2012" in measure.summary
    assert "7 days before 2018-01-10" in measure.summary
    assert len(measure.points) == 2


def test_a_coarse_date_makes_the_gap_a_range() -> None:
    """A visit dated to a year leaves open how long the gap before and after it was."""
    events = [visit(Period.of_year(2005), "BRA", "ARG"), visit(Period.of_day(2009, 10, 12), "BRA", "ARG")]
    measure = contact_gap(DYAD, events)
    assert measure.interval is not None
    assert measure.interval.low == (date(2009, 10, 12) - date(2005, 12, 31)).days
    assert measure.interval.high == (date(2009, 10, 12) - date(2005, 1, 1)).days
    assert "between" in measure.summary


def test_contacts_in_one_coarse_year_have_no_order() -> None:
    """Two contacts that may have been on the same day have no gap that can be measured."""
    events = [visit(Period.of_year(2005), "BRA", "ARG"), visit(Period.of_year(2005), "ARG", "BRA", person="C. Other")]
    assert contact_gap(DYAD, events).value is None


_days = st.dates(date(1950, 1, 1), date(2020, 12, 31))


@given(st.lists(_days, min_size=2, max_size=8, unique=True))
def test_exact_days_give_the_largest_difference(days: list[date]) -> None:
    """With days known exactly the gap is the largest difference between neighbours."""
    events = [visit(Period.of_day(day.year, day.month, day.day), "BRA", "ARG") for day in days]
    ordered = sorted(days)
    expected = max((later - earlier).days for earlier, later in pairwise(ordered))
    assert contact_gap(DYAD, events).value == expected


@given(
    st.lists(
        st.tuples(st.integers(1950, 2020), st.integers(0, 364)), min_size=2, max_size=6, unique_by=lambda one: one[0]
    )
)
def test_the_range_of_a_gap_holds_what_really_happened(truth: list[tuple[int, int]]) -> None:
    """Whatever days within their years the contacts fell on, that gap lies in its stated range."""
    events = [visit(Period.of_year(year), "BRA", "ARG") for year, _ in truth]
    days = sorted(date(year, 1, 1).toordinal() + day for year, day in truth)
    measure = contact_gap(DYAD, events)
    real = {str(date.fromordinal(one).year): one for one in days}
    for point in measure.points:
        before, _, after = point.label.partition(" to ")
        low, high = (point.interval.low, point.interval.high) if point.interval else (point.value, point.value)
        assert low <= real[after] - real[before] <= high


def test_a_meeting_of_all_is_a_contact_too() -> None:
    """A symmetric meeting has all parties as actors and counts once."""
    meeting = event(
        EventType.CONSULT,
        (actor("BRA", "X", Rank.HEAD_OF_STATE), actor("ARG", "Y", Rank.HEAD_OF_STATE), actor("FRA")),
        when=Period.of_day(2010, 1, 1),
        modes=("multilateral",),
        symmetric=True,
    )
    events: list[MergedEvent] = [meeting]
    assert contacts(DYAD, events).value == 1
    assert contacts(Dyad("ARG", "BRA"), events).value == 1
