"""Mirror statistics: accounts stand side by side, copies are no witnesses, and the range says what it rests on."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.documents import read
from comity.measures import Printed, copies, mirror, spread
from comity.statistics import read_tables
from comity.terms import Dyad, Measure, Observation, Period, Quantity, Source, Status, Valuation
from tests.measures.conftest import observations

DYAD = Dyad("BRA", "ARG")
ABROAD = Source("Customs Service", "Returns", "Customs Service, Returns, 2018")
OURS = {2012: "350.1", 2013: "340.2", 2014: "322.7", 2015: "401.3"}
THEIRS = {2012: "512.4", 2013: "377.9", 2014: "401.6", 2015: "520.3"}


def exports(figures: Mapping[int, str]) -> tuple[Observation, ...]:
    """Return Brazil's report of its exports to Argentina, in millions of US dollars."""
    return observations("exports", figures)


def imports(figures: Mapping[int, str], valuation: Valuation = Valuation.CIF) -> tuple[Observation, ...]:
    """Return Argentina's report of its imports from Brazil."""
    found = observations("imports", figures, reporter="ARG", partner="BRA", source=ABROAD)
    return tuple(replace(one, series=replace(one.series, valuation=valuation)) for one in found)


def of_brazil(*reports: tuple[Observation, ...]) -> Measure:
    """Return the mirror view of Brazil's exports."""
    (measure,) = [
        one
        for one in mirror(DYAD, [one for group in reports for one in group])
        if one.key.startswith("mirror-exports-BRA")
    ]
    return measure


def test_a_source_that_values_imports_in_two_ways_is_one_witness() -> None:
    """The IMF gives imports CIF and FOB: both are shown, each by its name, and one report does not become two."""
    free = tuple(
        replace(one, id=f"{one.id}-fob", series=replace(one.series, id=f"{one.series.id}-fob"))
        for one in imports(
            {year: str(float(figure) * 0.93 + year % 7) for year, figure in THEIRS.items()}, Valuation.FOB
        )
    )
    alone, both = of_brazil(imports(THEIRS)), of_brazil(imports(THEIRS), free)
    assert alone.interval == both.interval and both.interval is not None and both.interval.level == 0.8
    shown = {point.group for point in both.points}
    assert {"Argentina's imports (CIF)", "Argentina's imports (FOB)"} <= shown
    # In any order the same; and a report of a file that names no source says so.
    assert of_brazil(free, imports(THEIRS)) == both
    bare = tuple(
        replace(one, series=replace(one.series, id=f"{one.series.id}-bare", source=Source())) for one in exports(OURS)
    )
    assert "Brazil's exports (source not named)" in of_brazil(exports(OURS), bare, imports(THEIRS)).summary


def test_both_accounts_and_their_range_are_shown() -> None:
    """Each year shows what either side reports and a range from the lower to the higher, freight and insurance taken off."""
    measure = of_brazil(exports(OURS), imports(THEIRS))
    of_2015 = {point.group: point for point in measure.points if point.label == "2015"}
    assert of_2015["Brazil's exports"].value == 401_300_000
    assert of_2015["Argentina's imports"].value == 520_300_000
    held = of_2015["range of the reports"].interval
    assert held is not None and held.kind == "reports"
    # 401.3 printed; 520.35 less 4.5 per cent of itself.
    assert (held.low, held.high) == pytest.approx((401_250_000, 520_350_000 * 0.955))
    assert measure.value is None and "Brazil's exports of US$ 401.3 million" in measure.summary
    assert any("assumed at 4.5 to 10.0 per cent" in note for note in measure.caveats)


def test_imports_at_the_border_stay_as_they_are() -> None:
    """Where the importer values free on board nothing is taken off, and nothing is assumed."""
    measure = of_brazil(exports({2015: "401.3"}), imports({2015: "520.3"}, Valuation.FOB))
    assert measure.interval is not None and measure.interval.high == pytest.approx(520_350_000)
    assert not any("Freight" in note for note in measure.caveats)


def test_a_measured_margin_goes_before_the_assumed() -> None:
    """The pair's own margin of the year brings the importer's figure to the border, and stands among the inputs."""
    margin = observations("cif-fob-margin", {2015: "8.0"}, reporter="ARG", partner="BRA", unit="percent", scale=1)
    measure = of_brazil(exports({2015: "401.3"}), imports({2015: "520.3"}), margin)
    assert measure.interval is not None and measure.interval.high == pytest.approx(520_350_000 * 0.92)
    assert margin[0].id in measure.inputs
    assert any("8.0 to 8.0 per cent of the importer's figure as measured" in note for note in measure.caveats)


def test_an_account_computed_from_another_is_no_second_witness() -> None:
    """Imports that are the exports times 1.10 to the last digit, three years long, are told and not counted."""
    computed = {year: str(Decimal(figure) * Decimal("1.1")) for year, figure in OURS.items()}
    measure = of_brazil(exports(OURS), imports(computed))
    assert any("are 1.10 times Brazil's exports in 2012-2015" in note for note in measure.caveats)
    assert not any(point.group == "range of the reports" for point in measure.points)
    assert "one report on record" in measure.summary


def test_what_a_source_imputed_is_no_witness() -> None:
    """A figure that its source derived stands beside the other but does not widen or narrow the range."""
    derived = tuple(replace(one, status=Status.DERIVED) for one in imports({2015: "900"}))
    measure = of_brazil(exports({2015: "401.3"}), derived)
    assert measure.interval is not None and measure.interval.kind == "other-side"
    assert any("derived or imputed" in note for note in measure.caveats)


def test_one_small_report_gives_no_range() -> None:
    """Below a million US dollars, and in other units, one report says nothing of the other: no range is stated."""
    for unit, figure in (("USD", "0.4"), ("EUR", "401.3")):
        measure = of_brazil(observations("exports", {2015: figure}, unit=unit))
        assert measure.value is None and measure.interval is None and "No range" in measure.summary
        assert ("million US dollars" if unit == "USD" else "in EUR") in measure.summary


@given(st.permutations([*exports(OURS), *imports(THEIRS)]))
def test_the_order_of_reports_makes_no_difference(reports: list[Observation]) -> None:
    """The same reports in any order give the same measures."""
    assert mirror(DYAD, reports) == mirror(DYAD, [*exports(OURS), *imports(THEIRS)])


@given(
    st.lists(st.integers(1_000, 90_000), min_size=3, max_size=12),
    st.decimals("0.5", "2", places=2),
)
def test_a_rounded_multiple_is_always_found(figures: list[int], factor: Decimal) -> None:
    """An account made from another by one factor and rounding is known for that, whatever the factor."""
    base = {Period.of_year(1990 + place): _printed(Decimal(figure)) for place, figure in enumerate(figures)}
    other = {period: _printed((figure.value * factor).quantize(Decimal(1))) for period, figure in base.items()}
    (copy,) = copies(base, other)
    assert copy.periods == tuple(base) and copy.low <= factor <= copy.high


@given(st.lists(st.tuples(st.integers(10_000, 90_000), st.floats(0.8, 1.25)), min_size=3, max_size=12))
def test_accounts_that_scatter_are_witnesses(rows: list[tuple[int, float]]) -> None:
    """Two accounts whose ratio moves by more than rounding from year to year are not taken for one."""
    ratios = [ratio for _, ratio in rows]
    assume(all(abs(after - before) >= 0.005 for before, after in pairwise(ratios)))
    base = {Period.of_year(1990 + place): _printed(Decimal(figure)) for place, (figure, _) in enumerate(rows)}
    other = {
        Period.of_year(1990 + place): _printed(Decimal(round(figure * ratio)))
        for place, (figure, ratio) in enumerate(rows)
    }
    assert copies(base, other) == ()


def _printed(value: Decimal) -> Printed:
    return Printed.of(Quantity(value, "USD"))


def test_the_ranges_hold_at_their_rate_on_pairs_not_used(shared: Path) -> None:
    """On the half of 2009's country pairs that the ranges were not made from they hold 80 and 95 of 100, within 2."""
    rows = _flows_of_2009(shared)
    assert len(rows) == 9_300
    assert sum(not 0.5 <= bought / sold <= 2 for _, _, sold, bought in rows) / len(rows) == pytest.approx(
        0.27, abs=0.005
    )
    unseen = [row for row in rows if int(hashlib.sha256("-".join(sorted(row[:2])).encode()).hexdigest(), 16) % 2]
    for level in (0.8, 0.95):
        for side in ("exports", "imports"):
            held = 0
            for _, _, sold, bought in unseen:
                given_report, other = (sold, bought) if side == "exports" else (bought, sold)
                ends = spread(given_report, side, level)
                assert ends is not None
                held += ends[0] <= other <= ends[1]
            assert held / len(unseen) == pytest.approx(level, abs=0.02)


def _flows_of_2009(shared: Path) -> list[tuple[str, str, float, float]]:
    reports: dict[tuple[str, str, str], float] = {}
    with (shared / "data" / "wits_trade2009_mirror_raw.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            key = row["ReporterISO3"], row["PartnerISO3"], row["TradeFlowName"]
            reports[key] = float(row["TradeValue in 1000 USD"]) * 1000
    flows = []
    for (reporter, partner, flow), sold in reports.items():
        bought = reports.get((partner, reporter, "Import"), 0.0)
        if flow == "Export" and min(sold, bought) >= 1e6:
            flows.append((reporter, partner, sold, bought))
    return flows


def test_the_correlates_of_war_repeat_pakistan_s_exports(shared: Path) -> None:
    """COW's imports of Japan from Pakistan in 2012-2014 are the brief's exports times 1.10, and are told as such."""
    brief = read_tables(read(shared / "seeds" / "issi-brief-2018.txt"), dyad=Dyad("PAK", "JPN")).observations
    rows = duckdb.execute(
        "select year, flow1 from read_parquet(?) where ccode1 = 740 and ccode2 = 770 and flow1 > 0 order by year",
        [str(shared / "data" / "cow_trade_ddy.parquet")],
    ).fetchall()
    cow = observations(
        "imports",
        {year: f"{flow:g}" for year, flow in rows},
        reporter="JPN",
        partner="PAK",
        source=Source("Correlates of War Project", "Trade", "Correlates of War, Trade"),
    )
    found = mirror(Dyad("PAK", "JPN"), [*brief, *cow])
    (measure,) = [one for one in found if one.key == "mirror-exports-PAK"]
    assert any("1.10 times" in note and "2012-2014" in note for note in measure.caveats)
