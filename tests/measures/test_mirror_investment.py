"""Mirror view of direct investment: both sides' accounts of one stock, and no range from one report told twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import mirror_investment, other_lines
from comity.statistics import dyad_figures, shelve
from comity.terms import Dyad, Measure, Observation, Source, Status
from tests.measures.conftest import observations

DYAD = Dyad("BRA", "ARG")
ABROAD = Source("Central Bank", "Positions", "Central Bank, Positions, 2018")
OWNER = {2013: "68.3", 2014: "60.1", 2015: "85.4"}
HOST = {2013: "114.4", 2014: "121.0", 2015: "139.5"}


def by_owner(figures: Mapping[int, str], indicator: str = "fdi-outward-stock") -> tuple[Observation, ...]:
    """Return Brazil's account of its investment in Argentina, in millions of US dollars."""
    return observations(indicator, figures)


def by_host(figures: Mapping[int, str], indicator: str = "fdi-inward-stock") -> tuple[Observation, ...]:
    """Return Argentina's account of Brazil's investment there."""
    return observations(indicator, figures, reporter="ARG", partner="BRA", source=ABROAD)


def of_brazil(*reports: tuple[Observation, ...]) -> Measure:
    """Return the one view that there is."""
    (measure,) = mirror_investment(DYAD, [one for group in reports for one in group])
    return measure


def test_both_accounts_and_their_range_are_shown() -> None:
    """The range runs from the lower to the higher account; nothing is picked, and nothing adjusted."""
    measure = of_brazil(by_owner(OWNER), by_host(HOST))
    assert measure.key == "mirror-investment-stock-BRA"
    assert measure.value is None and measure.interval is not None
    assert (measure.interval.low, measure.interval.high) == pytest.approx((85_350_000, 139_550_000))
    of_2013 = {point.group: point.value for point in measure.points if point.label == "2013"}
    assert of_2013["Brazil's figures"] == 68_300_000 and of_2013["Argentina's figures"] == 114_400_000
    assert measure.summary.startswith(
        "The stock of Brazil's direct investment in Argentina in 2015 is put between US$ 85.4 million"
    )
    assert set(measure.inputs) == {one.id for one in (*by_owner(OWNER), *by_host(HOST))}


def test_flows_are_apart_from_stocks() -> None:
    """What flowed in a year and what stood at its end are two things."""
    reports = (by_owner(OWNER), by_host(HOST), by_owner(OWNER, "fdi-outflow"), by_host(HOST, "fdi-inflow"))
    found = mirror_investment(DYAD, [one for group in reports for one in group])
    assert [one.key for one in found] == ["mirror-investment-stock-BRA", "mirror-investment-BRA"]
    assert "are put between" in found[1].summary


def test_what_a_source_derived_from_the_other_side_is_no_witness() -> None:
    """Of one report, told again as the other side's, no range can be made; it is said whose it is."""
    derived = tuple(replace(one, status=Status.DERIVED) for one in by_host(OWNER))
    measure = of_brazil(by_owner(OWNER), derived)
    assert measure.interval is None and measure.value is None
    assert "No year has two independent reports" in measure.summary
    assert "Argentina's figures are those of Brazil's figures in 2013-2015, not a second witness." in measure.caveats


def test_one_account_is_not_mirrored() -> None:
    """There is nothing to hold it against; the line itself tells it."""
    assert mirror_investment(DYAD, by_owner(OWNER)) == ()


def test_a_net_position_may_be_negative() -> None:
    """Where loans upward are larger than the stake, the position is below zero; the range holds it."""
    measure = of_brazil(by_owner({2015: "-12.0"}), by_host({2015: "5.0"}))
    assert measure.interval is not None and measure.interval.low < -11_000_000 < 5_000_000 < measure.interval.high


_stocks = st.dictionaries(st.integers(2000, 2020), st.integers(1, 10**6).map(str), min_size=1)


@given(_stocks, _stocks)
def test_the_sides_make_no_difference(owner: dict[int, str], host: dict[int, str]) -> None:
    """The dyad named the other way round has the same accounts and the same ranges, which hold every witness."""
    reports = (*by_owner(owner), *by_host(host))
    (one,), (other,) = mirror_investment(DYAD, reports), mirror_investment(Dyad("ARG", "BRA"), reports)
    assert (one.interval, one.points) == (other.interval, other.points)
    for point in one.points:
        assert point.interval is not None and point.interval.low <= point.value <= point.interval.high


def test_published_positions_of_the_united_states_in_germany(shared: Path, tmp_path: Path) -> None:
    """The IMF's file holds each report twice, once derived for the other side: two witnesses, not four."""
    shelf = [shelve(shared / "data" / name, tmp_path) for name in ("imf_dip_1.csv", "imf_dip_2.csv")]
    found = mirror_investment(Dyad("USA", "DEU"), dyad_figures(shelf, Dyad("USA", "DEU")))
    view = next(one for one in found if one.key == "mirror-investment-stock-USA")
    ranges = {point.label: point.interval for point in view.points if point.group == "range of the reports"}
    assert len(ranges) == 11
    of_2014 = ranges["2014"]
    # Germany's inward 68,280.01272000002 and the United States' outward 114,421 million US dollars, as the files print them.
    assert of_2014 is not None and (of_2014.low, of_2014.high) == pytest.approx((68_280_012_720, 114_421_500_000))
    assert sum("not a second witness" in note for note in view.caveats) == 2


def test_a_derived_stock_is_no_line_beside_the_report_it_was_derived_from() -> None:
    """One report told for both sides counts once in growth and heading; alone, or asked for, it is a line."""
    derived = tuple(replace(one, status=Status.DERIVED) for one in by_host(OWNER))
    reported = by_owner(OWNER)
    assert [one.key for one in other_lines(DYAD, (*reported, *derived))] == ["fdi-outward-stock-BRA"]
    assert [one.key for one in other_lines(DYAD, derived)] == ["fdi-inward-stock-ARG"]
    asked = other_lines(DYAD, (*reported, *derived), asked=[derived[0].series.id])
    assert {one.key for one in asked} == {"fdi-outward-stock-BRA", "fdi-inward-stock-ARG"}
    both = other_lines(DYAD, (*reported, *by_host(HOST)))
    assert {one.key for one in both} == {"fdi-outward-stock-BRA", "fdi-inward-stock-ARG"}
