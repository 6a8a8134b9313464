"""Headings: probabilities of each dimension, and of the whole over weights."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import (
    Dimension,
    Heading,
    History,
    heading,
    heading_of,
    heading_of_counts,
    measures_of,
    pooled,
    total_line,
    weightings,
)
from comity.terms import Dyad, EventType, Measure, MergedEvent, Period

from .conftest import actor, event, observations, visit

DYAD = Dyad("BRA", "ARG")
_shares = st.tuples(*[st.floats(0.01, 1)] * 3).map(
    lambda parts: Heading(parts[0] / sum(parts), parts[1] / sum(parts), parts[2] / sum(parts))
)


def visits(first: int, counts: list[int]) -> tuple[MergedEvent, ...]:
    """Return so many visits a year."""
    return tuple(
        visit(Period.of_day(first + year, 1 + number % 12, 1 + number // 12), "BRA", "ARG")
        for year, count in enumerate(counts)
        for number in range(count)
    )


def trade(growth: float) -> tuple:  # type: ignore[type-arg]
    """Return exports and imports that grow by so much a year from 2000 to 2015."""
    figures = {2000 + year: f"{1000 * math.exp(growth * year):.2f}" for year in range(16)}
    return observations("exports", figures) + observations("imports", figures)


def of(events: tuple[MergedEvent, ...], growth: float | None = 0.1, on: date | None = date(2016, 6, 1)) -> Measure:
    """Return the heading of trade that grows so and the events."""
    given_ones = trade(growth) if growth is not None else ()
    total = total_line(DYAD, given_ones)
    return heading(DYAD, [total] if total is not None else [], events, on=on)


@given(st.lists(st.integers(50, 9999), min_size=9, max_size=25))
def test_probabilities_of_amounts_sum_to_one(values: list[int]) -> None:
    """Rising, steady and falling exhaust what can come, and none is called impossible."""
    found = heading_of(History.of(list(range(2000, 2000 + len(values))), [float(one) for one in values]))
    assert math.isclose(found.rising + found.steady + found.falling, 1)
    assert found.rising > 0 and found.falling > 0 and found.steady >= 0


@given(st.lists(st.integers(0, 60), min_size=6, max_size=20))
def test_probabilities_of_counts_sum_to_one(counts: list[int]) -> None:
    """Years without an act are counts like others."""
    found = heading_of_counts(counts)
    assert math.isclose(found.rising + found.steady + found.falling, 1)
    assert min(found.rising, found.steady, found.falling) >= -1e-9


def test_a_wider_band_makes_steady_likelier() -> None:
    """What counts as steady is stated, and with a wider band more is."""
    history = History.of(list(range(2000, 2012)), [100, 103, 99, 104, 101, 98, 103, 105, 99, 100, 104, 101])
    assert heading_of(history, band=0.02).steady < heading_of(history, band=0.1).steady
    assert heading_of_counts([20] * 10, band=0.02).steady < heading_of_counts([20] * 10, band=0.3).steady


def test_counts_that_leap_by_thousands_have_probabilities() -> None:
    """Counts whose likelihood no float holds (2,000 acts, then 3, then 50,000) are headed somewhere all the same."""
    for counts in ([2000, 100, 3000, 2500, 2600, 2400], [50_000, 3, 40_000, 0, 50_000, 45_000]):
        found = heading_of_counts(counts)
        assert found.rising + found.steady + found.falling == pytest.approx(1)
        assert min(found.rising, found.steady, found.falling) >= 0


def test_growth_is_likelier_to_go_on_than_to_turn() -> None:
    """A line that grew by a tenth each year is likelier to stand higher, and one that shrank is less so."""
    up, down = of((), 0.1), of((), -0.1)
    assert up.value is not None and down.value is not None
    assert up.value > 0.65 > 0.45 > down.value
    assert up.interval is None


@given(st.lists(_shares, min_size=2, max_size=6))
def test_the_whole_lies_between_its_dimensions_for_any_weights(parts: list[Heading]) -> None:
    """A weighted mean lies within the dimensions' probabilities, and equal weights within the range over weights."""
    dimensions = [Dimension(str(number), part, ()) for number, part in enumerate(parts)]
    every = [pooled(dimensions, weights) for weights in weightings(dimensions)]
    for improving, steady, worsening in every:
        assert math.isclose(improving + steady + worsening, 1)
        assert min(one.rising for one in parts) - 1e-9 <= improving <= max(one.rising for one in parts) + 1e-9
    assert len(every) == 1 + 2 * len(parts)


def test_more_conflict_is_worsening() -> None:
    """Acts of conflict that become many make the relationship worsen, and acts of cooperation improve."""
    accusations = tuple(
        event(EventType.ACCUSE, (actor("BRA"),), (actor("ARG"),), when=Period.of_day(2006 + year, 1 + number, 1))
        for year, count in enumerate([1, 1, 1, 1, 1, 2, 4, 6, 8, 10])
        for number in range(count)
    )
    measure = of(accusations, None)
    told = {point.group: point.value for point in measure.points if point.label == "conflict"}
    assert told["worsening"] > told["improving"]


def test_weights_are_shown_and_varied() -> None:
    """With several dimensions the whole has its weights in a caveat and its range over other weights in the sentence."""
    measure = of(visits(2000, [5, 4, 6, 5, 5, 4, 5, 6, 4, 5, 5, 6, 5, 4, 5, 2]))
    assert measure.interval is not None and measure.interval.kind == "weights"
    assert measure.interval.low < measure.value < measure.interval.high  # type: ignore[operator]
    assert any(caveat.startswith("Weight 0.33 each: trade, contacts and cooperation") for caveat in measure.caveats)
    assert "over other weights" in measure.summary
    labels = list(dict.fromkeys(point.label for point in measure.points))
    assert labels == ["trade", "contacts", "cooperation", "overall"]


def test_a_further_dimension_counts_with_the_others() -> None:
    """Votes, given as a dimension of their own, stand beside trade and enter the whole."""
    votes = Dimension("votes", Heading(0.2, 0.7, 0.1), ("vote-1",))
    total = total_line(DYAD, trade(0.1))
    assert total is not None
    measure = heading(DYAD, [total], (), others=[votes])
    told = {(point.label, point.group): point.value for point in measure.points}
    assert told["votes", "steady"] == 0.7
    assert math.isclose(told["overall", "improving"], (told["trade", "improving"] + 0.2) / 2)
    assert "vote-1" in measure.inputs


def test_dimensions_that_end_in_different_years_say_after_which_their_next_years_begin() -> None:
    """Trade up to 2015 and votes up to 2023 are no one span of time; dimensions that end together need no word on it."""
    total = total_line(DYAD, trade(0.1))
    assert total is not None
    last = total.points[-1].period.last_year
    assert last is not None
    later = heading(DYAD, [total], (), others=[Dimension("votes", Heading(0.2, 0.7, 0.1), ("vote-1",), last=last + 8)])
    assert f"trade (after {last}) improving" in later.summary and f"votes (after {last + 8}) improving" in later.summary
    assert any("not the same" in one for one in later.caveats)
    alike = heading(DYAD, [total], (), others=[Dimension("votes", Heading(0.2, 0.7, 0.1), ("vote-1",), last=last)])
    assert "after" not in alike.summary and not any("not the same" in one for one in alike.caveats)


def test_lines_of_one_kind_share_a_weight() -> None:
    """Two lines of investment weigh together as much as trade, and are left out together."""
    parts = [
        Dimension("trade", Heading(0.5, 0.3, 0.2), ()),
        *(Dimension(name, Heading(0.9, 0.05, 0.05), (), kind="investment") for name in ("out", "in")),
    ]
    equal, *varied = weightings(parts)
    assert pooled(parts, equal)[0] == pytest.approx(0.7)
    assert [pooled(parts, one)[0] for one in varied] == pytest.approx(
        [0.9, 0.5, (2 * 0.5 + 0.9) / 3, (0.5 + 2 * 0.9) / 3]
    )


def test_investment_and_students_count_and_arms_are_named_as_left_out() -> None:
    """Each line of amounts says which years it rests on; arms transfers have no better or worse."""
    figures = {2000 + year: f"{100 + 5 * year}" for year in range(16)}
    held = [
        *observations("fdi-outflow", figures),
        *observations("students", figures, unit="count", scale=1),
        *observations("arms-transfers", figures),
    ]
    (measure,) = (one for one in measures_of(DYAD, (), held) if one.key == "heading")
    labels = {point.label for point in measure.points}
    assert len(labels) == 3 and "overall" in labels
    assert sum("rests on 2000 to 2015 (Statistics Office, Yearbook, 2017)" in one for one in measure.caveats) == 2
    assert any(one.startswith("Not counted") and "rms" in one for one in measure.caveats)
    assert any("Not told: votes: no ideal points" in one for one in measure.caveats)


def test_what_cannot_be_told_is_named() -> None:
    """A few acts in a few years give no probability; the sentence says why, and nothing stands for the missing ones."""
    nothing = of(visits(2014, [1, 2]), None)
    assert nothing.value is None
    assert "no dimension has figures enough" in nothing.summary
    assert any("contacts: 3 contacts in 2 full years" in caveat for caveat in nothing.caveats)
    assert any(caveat.startswith("Not told: contacts") for caveat in of(visits(2014, [1, 2])).caveats)


def test_a_year_that_is_not_over_does_not_count() -> None:
    """Acts of the current year are left out, and years since the last act count as years without one."""
    steady = [4] * 10
    full = of(visits(2006, steady), None)
    assert full.points == of(visits(2006, [*steady, 1]), None).points
    late = of(visits(2006, steady), None, on=date(2020, 6, 1))
    assert {point.value for point in late.points} != {point.value for point in full.points}


def test_counts_come_true_as_often_as_said_where_their_model_holds() -> None:
    """On 600 seeded counts whose rate drifts, the probability of a rise is right on average to within six points."""
    random = np.random.default_rng(4)
    said, came = [], []
    for _ in range(600):
        rates = 8 * np.exp(np.cumsum(0.25 * random.normal(size=15)))
        counts = random.poisson(rates)
        said.append(heading_of_counts(counts[:12].tolist()).rising)
        now = counts[9:12].sum()
        came.append(counts[12:].sum() > now + max(0.05 * now, 0.5))
    assert abs(np.mean(said) - np.mean(came)) <= 0.06
    upper = np.array(said) >= np.median(said)
    assert np.mean(np.array(came)[upper]) > np.mean(np.array(came)[~upper])


@pytest.mark.parametrize("growth", [0.1, None])
def test_the_same_inputs_give_the_same_measure(growth: float | None) -> None:
    """Events in another order change nothing."""
    events = visits(2000, [5, 4, 6, 5, 5, 4, 5, 6])
    assert of(events, growth) == of(events[::-1], growth)
