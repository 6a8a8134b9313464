"""Votes and ideal points of the United Nations, and a side's place among partners."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from comity.measures import (
    DyadTrade,
    Printed,
    ideal_point_distance,
    standing,
    standing_among_dyads,
    voting_agreement,
    wilson,
)
from comity.terms import Dyad, Observation, Period
from tests.measures.conftest import SURVEY, observations

DYAD = Dyad("BRA", "ARG")


def counts(alike: int, half: int, opposed: int) -> list[Observation]:
    """Return one year's roll calls of the two sides."""
    given_counts = (("votes", alike), ("votes-half", half), ("votes-opposed", opposed))
    return [
        one
        for indicator, number in given_counts
        for one in observations(indicator, {2015: str(number)}, unit="count", scale=1)
    ]


def test_agreement_counts_abstention_half() -> None:
    """60 alike, 20 with one abstention and 20 opposed are 70 per cent."""
    measure = voting_agreement(DYAD, counts(60, 20, 20))
    assert measure.value == pytest.approx(70.0) and len(measure.inputs) == 3
    assert "70 per cent of the 100 roll calls of 2015" in measure.summary


def test_a_year_of_few_roll_calls_is_marked_and_bears_no_headline() -> None:
    """Each share has the number of roll calls that it is out of; a year of fewer than ten is marked, named, and no headline."""
    held = [
        one
        for indicator, given in (("votes", "6 7 0"), ("votes-half", "2 3 0"), ("votes-opposed", "2 2 1"))
        for one in observations(
            indicator, dict(zip((2018, 2019, 2020), given.split(), strict=True)), unit="count", scale=1
        )
    ]
    measure = voting_agreement(DYAD, held)
    told = [(point.label, point.cases, point.too_few) for point in measure.points]
    assert told == [("2018", 10, False), ("2019", 12, False), ("2020", 1, True)]
    assert measure.points[-1].interval is not None and measure.points[-1].interval.high > 75
    assert "12 roll calls of 2019" in measure.summary and "in 2018 in 70 per cent of 10" in measure.summary
    assert any("fewer than 10, in 1 year: 2020 (1)" in caveat for caveat in measure.caveats)


def test_a_year_without_all_counts_is_left_out() -> None:
    """Where the counts of a year are not whole nothing is computed from them."""
    assert voting_agreement(DYAD, counts(60, 20, 20)[:2]).value is None


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_interval_of_a_share_is_wilson_s(hits: int, more: int) -> None:
    """The interval equals scipy's Wilson interval."""
    number = hits + more
    expected = stats.binomtest(hits, number).proportion_ci(0.95, method="wilson")
    assert wilson(hits / number, number) == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_ideal_points_that_overlap_are_not_told_apart() -> None:
    """A distance smaller than the posteriors' widths has nought as its lower end."""

    def points(side: str, middle: str, low: str, high: str) -> list[Observation]:
        keys = (("ideal-point", middle), ("ideal-point-low", low), ("ideal-point-high", high))
        return [
            one
            for key, figure in keys
            for one in observations(key, {2015: figure}, reporter=side, partner="", unit="index", scale=1)
        ]

    near = ideal_point_distance(DYAD, [*points("BRA", "0.30", "0.10", "0.50"), *points("ARG", "0.20", "0.00", "0.40")])
    assert near.value == pytest.approx(0.10) and near.interval is not None and near.interval.low == 0
    far = ideal_point_distance(DYAD, [*points("BRA", "1.30", "1.10", "1.50"), *points("ARG", "0.20", "0.00", "0.40")])
    assert far.interval is not None and far.interval.low == pytest.approx(1.1 - (2 * 0.2**2) ** 0.5)


def test_copies_that_differ_leave_their_year_out() -> None:
    """Where two files of one source differ on a year, neither is taken, and the caveat names the year; the rest is told."""

    def year(number: int, *counted: tuple[int, int, int]) -> list[Observation]:
        return [
            one
            for document, of_year in enumerate(counted)
            for indicator, count in zip(("votes", "votes-half", "votes-opposed"), of_year, strict=True)
            for one in observations(indicator, {number: str(count)}, unit="count", scale=1, document=f"doc-{document}")
        ]

    held = [*year(2014, (50, 0, 50), (50, 0, 50)), *year(2015, (57, 21, 22), (63, 21, 22))]
    measure = voting_agreement(DYAD, held)
    assert measure.value == pytest.approx(50) and [point.label for point in measure.points] == ["2014"]
    assert any("differ for 2015; left out" in note for note in measure.caveats)
    nothing = voting_agreement(DYAD, year(2015, (57, 21, 22), (63, 21, 22)))
    assert nothing.value is None and any("differ for 2015" in note for note in nothing.caveats)

    def points(side: str, middle: str, document: str = "doc-1") -> list[Observation]:
        keys = (("ideal-point", middle), ("ideal-point-low", "0.0"), ("ideal-point-high", "2.0"))
        return [
            one
            for key, figure in keys
            for one in observations(
                key, {2015: figure}, reporter=side, partner="", unit="index", scale=1, document=document
            )
        ]

    unsure = [*points("BRA", "1.30"), *points("BRA", "1.40", "doc-2"), *points("ARG", "0.20")]
    distance = ideal_point_distance(DYAD, unsure)
    assert distance.value is None and any("differ for 2015" in note for note in distance.caveats)
    assert ideal_point_distance(DYAD, unsure[:3] + unsure[6:]).value == pytest.approx(1.1)


@given(st.lists(st.tuples(*[st.integers(0, 90)] * 3), min_size=1, max_size=4))
def test_agreement_is_the_same_from_either_side(years: list[tuple[int, int, int]]) -> None:
    """Whoever is named first, and whatever is alike or opposed, agreement and its range stay within nought and a hundred."""
    held = [
        one
        for place, of_year in enumerate(years)
        for indicator, count in zip(("votes", "votes-half", "votes-opposed"), of_year, strict=True)
        for one in observations(indicator, {2010 + place: str(count)}, unit="count", scale=1)
    ]
    first, other = voting_agreement(DYAD, held), voting_agreement(Dyad("ARG", "BRA"), held)
    assert first.value == other.value and first.points == other.points
    for point in first.points:
        assert point.interval is not None and 0 <= point.interval.low <= point.value + 1e-9
        assert point.value - 1e-9 <= point.interval.high <= 100


def test_the_place_among_partners() -> None:
    """The second largest of eleven partners lies above nine of ten others."""
    figures = {f"P{place:02}": _exact(place + 1) for place in range(9)} | {"USA": _exact(99), "ARG": _exact(50)}
    measure = standing(DYAD, "BRA", "exports", Period.of_year(2015), "USD", figures, SURVEY, ("obs-1",))
    assert measure.value == 90.0 and "2nd largest buyer of 11 with any trade in 2015" in measure.summary
    # 50 of 1 + 2 + ... + 9 + 99 + 50.
    assert "25.8 per cent of the sum of all of them" in measure.summary
    assert "by Yearbook (Statistics Office)." in measure.summary
    small = figures | {"USA": _exact(99_999)}
    measure = standing(DYAD, "BRA", "exports", Period.of_year(2015), "USD", small, SURVEY, ("obs-1",))
    assert "0.05 per cent of the sum of all of them" in measure.summary
    assert measure.caveats == ("Source: Statistics Office, Yearbook, 2017 (Brazil's account).",)
    largest = standing(
        DYAD, "BRA", "exports", Period.of_year(2015), "USD", figures | {"USA": _exact(9)}, SURVEY, ("obs-1",)
    )
    assert "largest buyer of 11" in largest.summary and "more than all others" in largest.summary
    few = dict(list(figures.items())[-3:])
    assert standing(DYAD, "BRA", "exports", Period.of_year(2015), "USD", few, SURVEY, ()).value is None


def test_partners_without_trade_have_no_rank() -> None:
    """Twenty partners with the figure zero neither lift the place nor count among the partners, and are told apart."""
    figures = {f"P{place:02}": _exact(place + 1) for place in range(9)} | {"USA": _exact(99), "ARG": _exact(50)}
    zeros = {f"Z{place:02}": _exact(0) for place in range(20)}
    given = (DYAD, "BRA", "exports", Period.of_year(2015), "USD")
    without, beside = (standing(*given, held, SURVEY, ("obs-1",)) for held in (figures, figures | zeros))
    assert (beside.value, beside.interval) == (without.value, without.interval) == (90.0, without.interval)
    assert (
        "2nd largest buyer of 11 with any trade" in beside.summary
        and "; 20 more have the figure zero." in beside.summary
    )
    none = standing(*given, figures | zeros | {"ARG": _exact(0)}, SURVEY, ("obs-1",))
    assert none.value is None and none.inputs == ("obs-1",)
    assert "Argentina was none of Brazil's 10 buyers with any trade in 2015" in none.summary
    assert "gives zero for it, as for 20 more" in none.summary
    # Nine that trade are too few, however many do not.
    few = dict(list(figures.items())[-9:]) | zeros
    assert "above zero of 9 partners only" in standing(*given, few, SURVEY, ()).summary


def test_the_place_among_dyads_of_like_size() -> None:
    """Of the hundred nearest 70 trade less, of the fifty 50 and of two hundred 70: 70 per cent, between 35 and 100."""
    own = DyadTrade(("ARG", "BRA"), _exact(100), 4.0)
    trades = [*[10] * 50, *[10] * 20, *[500] * 30, *[500] * 100]
    nearest = [DyadTrade((f"A{place}", "X"), _exact(trade), 4.0 + place) for place, trade in enumerate(trades)]
    given = {"account": "importers' figures", "inputs": ("obs-1",), "zeros": 1200, "source": SURVEY}
    measure = standing_among_dyads(DYAD, Period.of_year(2015), "USD", own, nearest, 80.0, 5000, **given)  # type: ignore[arg-type]
    assert [point.value for point in measure.points] == [100.0, 70.0, 35.0]
    assert measure.value == 70.0 and measure.interval is not None
    assert (measure.interval.low, measure.interval.high) == (35.0, 100.0)
    assert measure.caveats[0] == "Source: Statistics Office, Yearbook, 2017 (importers' figures)."
    assert "1.00 to 25.75 times" in measure.caveats[1] and measure.inputs == ("obs-1",)
    assert "nor are 1,200 with the figure zero for both" in measure.caveats[2]
    assert "of all 5,000 dyads with any trade in Yearbook (Statistics Office)." in measure.summary
    # Nearly all are not all, and few are not none.
    for intensity, words in ((99.97, "above 99.9 per cent of all"), (0.02, "above 0.1 per cent of all")):
        edge = standing_among_dyads(DYAD, Period.of_year(2015), "USD", own, nearest, intensity, 5000, **given)  # type: ignore[arg-type]
        assert words in edge.summary
    few = standing_among_dyads(DYAD, Period.of_year(2015), "USD", own, nearest[:99], 80.0, 100, **given)  # type: ignore[arg-type]
    assert few.value is None and "100 dyads, and 101 are needed" in few.summary
    nothing = standing_among_dyads(
        DYAD,
        Period.of_year(2015),
        "USD",
        DyadTrade(own.codes, _exact(0), 4.0),
        nearest,
        0.0,
        5000,
        **given,  # type: ignore[arg-type]
    )
    assert nothing.value is None and "Yearbook (Statistics Office) gives zero for it both ways." in nothing.summary


def test_what_rounding_hides_widens_the_place() -> None:
    """Dyads whose printed figures overlap with the dyad's count half, and their rounding may put them on either side."""
    own = DyadTrade(("ARG", "BRA"), Printed(Decimal(95), Decimal(100), Decimal(105)), 4.0)
    nearest = [DyadTrade((f"A{place}", "X"), own.trade, 4.0) for place in range(100)]
    measure = standing_among_dyads(
        DYAD,
        Period.of_year(2015),
        "USD",
        own,
        nearest,
        50.0,
        101,
        zeros=0,
        source=SURVEY,
        account="exporters' figures",
        inputs=("obs-1",),
    )
    assert measure.value == 50.0 and measure.interval is not None
    assert (measure.interval.low, measure.interval.high) == (0.0, 100.0)


def _exact(value: int) -> Printed:
    return Printed(Decimal(value), Decimal(value), Decimal(value))
