"""Years of one calendar in those of another: ranges that hold, assumptions that are told, and what is refused."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import (
    Line,
    LinePoint,
    Printed,
    calendar_spread,
    conversion,
    flow_lines,
    in_calendar_years,
    in_years_of,
    measures_of,
    mirror,
    other_lines,
)
from comity.states import fiscal_calendar
from comity.statistics import INDICATORS
from comity.terms import (
    Dyad,
    FiscalCalendar,
    InvalidTerm,
    Observation,
    Period,
    Precision,
    Source,
    Status,
    Valuation,
)
from tests.measures.conftest import observations

DYAD = Dyad("PAK", "JPN")
JULY = fiscal_calendar("PAK")
APRIL = fiscal_calendar("IND")
JANUARY = FiscalCalendar(1)
SURVEY = Source("Bureau of Statistics", "Yearbook", "Bureau of Statistics, Yearbook, 2018")
# Figures of ten fiscal years that usually change by less than a tenth, the last by July 2016 to June 2017.
STEADY = {2007 + place: figure for place, figure in enumerate("312 330 318 341 350 338 352 371 380 372".split())}


def line(
    figures: Mapping[int, str], calendar: FiscalCalendar = JULY, key: str = "exports-PAK", unit: str = "USD"
) -> Line:
    """Return a line of figures in whole units, each of the fiscal year that begins in its year."""
    points = tuple(
        LinePoint(_begun(calendar, year), _whole(figure), (f"obs-{year}",)) for year, figure in figures.items()
    )
    return Line(key, "Pakistan's exports to Japan", unit, "PAK", SURVEY, points)


def _begun(calendar: FiscalCalendar, year: int) -> Period:
    return Period.of_year(year) if calendar == JANUARY else calendar.begins_in(year)


def fiscal(found: Sequence[Observation], calendar: FiscalCalendar = JULY) -> tuple[Observation, ...]:
    """Return observations of calendar years as those of the fiscal years that begin in them."""
    return tuple(replace(one, period=calendar.begins_in(int(one.period.label))) for one in found)


def test_a_calendar_year_has_the_days_share_of_both_fiscal_years() -> None:
    """2016 has 182 of the 366 days of 2015-16 and 184 of the 365 days of 2016-17, and at most both together."""
    found = in_calendar_years(line({2015: "366", 2016: "730"}))
    (point,) = found.points
    assert point.period == Period.of_year(2016)
    assert point.figure.value == pytest.approx(Decimal(182 + 2 * 184))
    assert (point.figure.low, point.figure.high) == (0, 1096)
    assert (point.kind, point.level, point.inputs) == ("bounds", 1.0, ("obs-2015", "obs-2016"))
    assert any("2015 and 2017 are not converted" in note for note in found.caveats)
    assert any("needs 5 consecutive years" in note for note in found.caveats)


def test_a_steady_run_has_the_measured_range() -> None:
    """Ten years that change little give each inner calendar year the measured 95 % range of six months' shift."""
    found = in_calendar_years(line(STEADY))
    assert [point.period.label for point in found.points] == [str(year) for year in range(2008, 2017)]
    assert found.key == "exports-PAK-in-calendar-years"
    point = found.points[-1]
    assert (point.kind, point.level) == ("even-flow", 0.95)
    assert float(point.figure.low / point.figure.value) == pytest.approx(0.904)
    assert float(point.figure.high / point.figure.value) == pytest.approx(1.098)
    narrow = in_calendar_years(line(STEADY), level=0.8).points[-1]
    assert point.figure.low < narrow.figure.low < narrow.figure.high < point.figure.high
    measure = conversion(DYAD, found)
    assert measure.interval is not None and measure.interval.kind == "even-flow" and measure.interval.level == 0.95
    assert "about" in measure.summary and "95 % range" in measure.summary
    assert "assumption" in measure.method and "United States" in measure.method
    assert "These figures are converted, and no source prints them." in measure.caveats


@pytest.mark.parametrize(("key", "unit"), [("remittances-PAK", "USD"), ("exports-PAK", "tonne")])
def test_only_the_value_of_goods_has_a_measured_range(key: str, unit: str) -> None:
    """Remittances and tonnes have seasons of their own: bounds alone are told of them, however steady they are."""
    found = in_calendar_years(line(STEADY, key=key, unit=unit))
    assert {point.kind for point in found.points} == {"bounds"}
    assert any("measured for the value of trade in goods alone" in note for note in found.caveats)


def test_a_jump_has_no_measured_range() -> None:
    """Between years of which one is five times the other only the bounds are told, and the measure has no value."""
    found = in_calendar_years(line({**STEADY, 2017: "1900"}))
    assert [point.kind for point in found.points[-2:]] == ["even-flow", "bounds"]
    measure = conversion(DYAD, found)
    assert measure.value is None and "no more than that is sure" in measure.summary


@pytest.mark.parametrize(("source", "target"), [(JULY, APRIL), (APRIL, JULY), (JANUARY, JULY), (APRIL, JANUARY)])
def test_any_calendar_is_brought_to_any_other(source: FiscalCalendar, target: FiscalCalendar) -> None:
    """Each year of the target lies in two of the source's, and India's shift of a quarter gives the narrower range."""
    found = in_calendar_years(line(STEADY, source), target)
    assert len(found.points) == len(STEADY) - 1
    widths = {point.relative_width for point in found.points}
    assert all(width is not None and width < Decimal("0.21") for width in widths)


def test_years_of_a_state_follow_its_calendar_of_the_time() -> None:
    """Myanmar's years begin in April until 2018 and in October from then on; a year in which it changed is left out."""
    calendar_years = line(dict.fromkeys(range(2014, 2023), "100"), JANUARY)
    found = in_years_of(calendar_years, "MMR")
    starts = [point.period.start for point in found.points]
    assert starts == [date(year, 4, 1) for year in (2014, 2015, 2016, 2017)] + [
        date(year, 10, 1) for year in (2018, 2019, 2020)
    ]
    assert found.key == "exports-PAK-in-years-of-MMR"


_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
months = st.lists(st.integers(0, 10**9), min_size=48, max_size=120)


@given(months, st.sampled_from([1, 4, 7, 10]), st.sampled_from([1, 4, 7, 10]))
def test_what_is_sure_holds_whatever_the_months_were(flows: list[int], source: int, target: int) -> None:
    """Where the months are known and none is below zero, the sum of a converted year lies within its bounds."""
    if source == target:
        return
    by_month = {(2000 + place // 12, place % 12 + 1): flow for place, flow in enumerate(flows)}
    sums = {year: _sum(by_month, source, year) for year in range(2000, 2011)}
    figures = {year: str(found) for year, found in sums.items() if found is not None}
    converted = in_calendar_years(line(figures, FiscalCalendar(source), key="remittances-PAK"), FiscalCalendar(target))
    for point in converted.points:
        assert point.period.start is not None and point.bounds is not None
        truth = _sum(by_month, target, point.period.start.year)
        assert truth is not None and point.bounds.low <= truth <= point.bounds.high
        assert point.figure.low <= truth <= point.figure.high
        assert point.bounds.low <= point.figure.value <= point.bounds.high


def _sum(by_month: Mapping[tuple[int, int], int], start: int, year: int) -> int | None:
    wanted = [(year + (start + ahead - 1) // 12, (start + ahead - 1) % 12 + 1) for ahead in range(12)]
    return sum(by_month[one] for one in wanted) if all(one in by_month for one in wanted) else None


@given(st.lists(st.integers(1, 10**9), min_size=3, max_size=12), st.sampled_from([JULY, APRIL, FiscalCalendar(10)]))
def test_nothing_is_lost_between_the_calendars(flows: list[int], calendar: FiscalCalendar) -> None:
    """All estimates together with the outer parts of the first and the last year are the sum of the source's years."""
    held = line({2000 + place: str(flow) for place, flow in enumerate(flows)}, calendar)
    found = in_calendar_years(held)
    first, last = held.points[0].period, held.points[-1].period
    assert first.start and first.end and first.days and last.start and last.end and last.days
    before = Decimal((date(first.start.year, 12, 31) - first.start).days + 1) / first.days * flows[0]
    after = Decimal((last.end - date(last.end.year, 1, 1)).days + 1) / last.days * flows[-1]
    assert float(sum(point.figure.value for point in found.points) + before + after) == pytest.approx(float(sum(flows)))


@given(st.permutations(list(STEADY.items())))
def test_the_order_of_the_years_makes_no_difference(figures: list[tuple[int, str]]) -> None:
    """A line whose points stand in another order gives the same years."""
    assert in_calendar_years(line(dict(figures))).points == in_calendar_years(line(STEADY)).points


def test_the_measured_range_holds_on_simulated_seasons() -> None:
    """Months with growth of 4 per cent a year, a season of a fifth and noise of a tenth lie in the 95 % range as often or more."""
    draws = np.random.default_rng(7)
    held, tried = 0, 0
    for _ in range(200):
        place = np.arange(120)
        season = 1 + 0.2 * np.sin(2 * math.pi * (place / 12 + draws.random()))
        flows = 1e6 * 1.04 ** (place / 12) * season * np.exp(draws.normal(0, 0.1, 120))
        by_month = {(2000 + at // 12, at % 12 + 1): round(flow) for at, flow in enumerate(flows)}
        sums = {year: _sum(by_month, 7, year) for year in range(2000, 2010)}
        for point in in_calendar_years(line({year: str(one) for year, one in sums.items() if one is not None})).points:
            assert point.period.start is not None
            truth = _sum(by_month, 1, point.period.start.year)
            assert truth is not None and point.kind == "even-flow"
            held, tried = held + (point.figure.low <= truth <= point.figure.high), tried + 1
    assert tried == 1600 and held / tried >= 0.95


def test_the_measured_range_holds_on_partners_not_used(shared: Path) -> None:
    """Of the partners that the table was not made from, 95 of 100 true calendar years lie in the range, within 3."""
    file = shared / "data" / "census_us_trade_by_country.xlsx"
    if not file.is_file():
        pytest.skip(f"needs the monthly trade of the United States in {file} (see training/calendars.py)")
    held, tried = 0, 0
    for code, rows in pandas.read_excel(file).groupby("CTY_CODE"):
        if int(code) < 1000 or not int(hashlib.sha256(str(int(code)).encode()).hexdigest(), 16) % 2:
            continue
        for flow in "IE":
            by_month = {
                (int(row["year"]), at): round(row[flow + month] * 10)
                for _, row in rows[rows["year"].between(2003, 2023)].iterrows()
                for at, month in enumerate(_MONTHS, 1)
                if not math.isnan(row[flow + month])
            }
            sums = {year: _sum(by_month, 7, year) for year in range(2003, 2023)}
            figures = {year: str(one) for year, one in sums.items() if one is not None and one >= 10}
            for point in in_calendar_years(line(figures)).points if figures else ():
                assert point.period.start is not None
                truth = _sum(by_month, 1, point.period.start.year)
                if point.kind == "even-flow" and truth is not None:
                    held, tried = held + (point.figure.low <= truth <= point.figure.high), tried + 1
    assert tried > 3000 and held / tried == pytest.approx(0.95, abs=0.03), (held, tried)


@given(st.floats(0, 2), st.floats(-3, 3), st.integers(1, 183))
def test_a_measured_range_holds_its_estimate(usual: float, change: float, apart: int) -> None:
    """The ends lie on both sides of one, the 95 % range holds the 80 % range, and what was not measured has none."""
    wide, narrow = calendar_spread(apart, usual, change), calendar_spread(apart, usual, change, 0.8)
    assert (wide is None) == (narrow is None) == (usual >= 0.5 or abs(change) / max(usual, 0.1) >= 4)
    if wide is not None and narrow is not None:
        assert wide[0] < narrow[0] < 1 < narrow[1] < wide[1]


def test_net_flows_and_what_is_not_known_are_refused() -> None:
    """Direct investment may be taken back, students have no known date: both are a sentence without figures."""
    for key, why in (("fdi-JPN", "net flows may be below zero"), ("students-JPN", "is not known whether")):
        found = in_calendar_years(line(STEADY, key=key))
        assert found.points == () and why in found.refusals[0]
        measure = conversion(DYAD, found)
        assert measure.value is None and why in measure.summary


def test_figures_below_zero_overlapping_or_already_converted_are_refused() -> None:
    """No bounds hold for negative figures, periods that overlap, or ranges that were made by a conversion of years."""
    assert "below zero" in in_calendar_years(line({2015: "-3", 2016: "4"})).refusals[0]
    twice = replace(line(STEADY), points=(*line(STEADY).points, *line({2010: "7"}, APRIL).points))
    assert "overlap one another" in in_calendar_years(twice).refusals[0]
    assert "of these years already" in in_calendar_years(line(STEADY, JANUARY)).refusals[0]
    once = in_calendar_years(line(STEADY))
    assert "convert the source's own" in in_calendar_years(once, APRIL).refusals[0]


def test_a_measured_range_ends_where_the_bounds_do() -> None:
    """After years that change by half, a leap's range by the table would pass both years' sum, and is cut there."""
    restless = {2005 + place: figure for place, figure in enumerate("100 156 100 156 100 156 100 590".split())}
    point = in_calendar_years(line(restless, FiscalCalendar(4)), JANUARY).points[-1]
    assert point.kind == "even-flow" and point.figure.value * Decimal("1.766") > 690
    assert point.figure.high == 690


def test_a_quarter_s_shift_has_its_own_range() -> None:
    """Years from April overlap calendar years by three quarters, and their range is the narrower one measured for that."""
    point = in_calendar_years(line(STEADY, APRIL)).points[-1]
    assert float(point.figure.low / point.figure.value) == pytest.approx(0.920)
    assert float(point.figure.high / point.figure.value) == pytest.approx(1.078)


def test_a_short_year_between_two_calendars_is_wholly_in_its_calendar_year() -> None:
    """Of 2018 at least the half-year from April to September is sure, when a state moved its year from April to October."""
    april, october = FiscalCalendar(4), FiscalCalendar(10)
    short = Period(date(2018, 4, 1), date(2018, 9, 30), Precision.FISCAL_YEAR, april)
    periods = (april.begins_in(2017), short, october.begins_in(2018))
    points = tuple(LinePoint(period, _whole("100"), (f"obs-{period.label}",)) for period in periods)
    found = in_calendar_years(replace(line(STEADY), points=points))
    assert [point.period.label for point in found.points] == ["2018"]
    assert (found.points[0].figure.low, found.points[0].figure.high, found.points[0].kind) == (100, 300, "bounds")


def _whole(figure: str) -> Printed:
    return Printed(Decimal(figure), Decimal(figure), Decimal(figure))


def test_a_missing_year_leaves_its_calendar_years_out() -> None:
    """Without 2011-12 neither 2011 nor 2012 can be told, and both are named."""
    found = in_calendar_years(line({year: one for year, one in STEADY.items() if year != 2011}))
    assert {point.period.label for point in found.points}.isdisjoint({"2011", "2012"})
    assert any("2011, 2012" in note and "do not reach over the whole" in note for note in found.caveats)


def test_a_stock_lies_between_its_neighbours() -> None:
    """The stock at the end of 2016 lies between those of June 2016 and June 2017, and is not estimated."""
    found = in_calendar_years(line({2014: "90", 2015: "100", 2016: "130"}, key="fdi-inward-stock-PAK"))
    point = found.points[-1]
    assert (point.period, point.kind) == (Period.of_year(2016), "neighbours")
    assert (point.figure.low, point.figure.high, point.bounds) == (100, 130, None)
    measure = conversion(DYAD, found)
    assert measure.value is None and "if it moved one way" in measure.summary
    apart = in_calendar_years(line({2012: "80", 2015: "100", 2016: "130"}, key="fdi-inward-stock-PAK"))
    assert [one.period.label for one in apart.points] == ["2016"]


def test_only_measured_levels_are_offered() -> None:
    """A range of another level than was measured is an error."""
    with pytest.raises(InvalidTerm, match=r"0\.8 or 0\.95"):
        in_calendar_years(line(STEADY), level=0.5)


def test_kinds_agree_with_the_catalogue() -> None:
    """What is added up over a year is a flow or a count in the catalogue, and what is placed at its end a stock."""
    for indicator in INDICATORS:
        kind = in_calendar_years(line(STEADY, key=f"{indicator.key}-PAK"))
        if kind.points:
            assert (kind.points[0].kind == "neighbours") == (indicator.kind == "stock")
            assert indicator.kind in ("flow", "count", "stock")
            assert indicator.key not in ("exchange-rate", "exchange-rate-end", "price-index")


def test_lines_of_different_calendars_are_told_and_not_compared() -> None:
    """An account by fiscal years beside one by calendar years is named with its calendar; no difference is told."""
    ours = fiscal(observations("exports", STEADY, reporter="PAK", partner="JPN", source=SURVEY))
    theirs = observations("imports", {2010: "400", 2011: "410"}, reporter="JPN", partner="PAK")
    (found,) = flow_lines(DYAD, [*ours, *theirs])
    assert any(
        "is by calendar years and is not compared with fiscal years (July to June)" in one for one in found.caveats
    )
    assert not any("disagrees" in one or "agrees" in one for one in found.caveats)


def test_the_mirror_brings_fiscal_years_to_calendar_years() -> None:
    """Pakistan's fiscal account stands beside Japan's calendar years as a narrow range, and counts as a witness."""
    ours = fiscal(observations("exports", STEADY, reporter="PAK", partner="JPN", source=SURVEY))
    theirs = tuple(
        replace(one, series=replace(one.series, valuation=Valuation.FOB))
        for one in observations("imports", {2012: "400", 2013: "410"}, reporter="JPN", partner="PAK")
    )
    (measure,) = mirror(DYAD, [*ours, *theirs])
    group = "Pakistan's exports (fiscal years brought to calendar years: a range)"
    brought = {point.label: point for point in measure.points if point.group == group}
    assert brought.keys() == {"2012", "2013"}
    interval = brought["2013"].interval
    assert interval is not None and interval.kind == "even-flow" and interval.level == 0.95
    held = {point.label: point.interval for point in measure.points if point.group == "range of the reports"}
    assert held["2013"] is not None and held["2013"].low == pytest.approx(interval.low)
    assert held["2013"].high == pytest.approx(410_500_000)
    assert any("Pakistan's exports by fiscal years (July to June)" in one for one in measure.caveats)
    assert "between" in measure.summary and group in measure.summary
    assert mirror(DYAD, [*reversed(theirs), *reversed(ours)]) == (measure,)


def test_what_a_source_imputed_by_fiscal_years_is_no_witness() -> None:
    """Derived fiscal figures, or derived calendar figures beside fiscal ones, give no range of reports for the year."""
    ours = fiscal(observations("exports", STEADY, reporter="PAK", partner="JPN", source=SURVEY))
    theirs = observations("imports", {2012: "400", 2013: "410"}, reporter="JPN", partner="PAK")
    for reports in (
        ([replace(one, status=Status.DERIVED) for one in ours], theirs),
        (ours, [replace(one, status=Status.DERIVED) for one in theirs]),
    ):
        (measure,) = mirror(DYAD, [one for side in reports for one in side])
        assert any("brought to calendar years" in point.group for point in measure.points)
        assert not any(point.group == "range of the reports" for point in measure.points)
    assert not any("80 % range" in point.group and point.label in ("2012", "2013") for point in measure.points)


def test_a_wide_range_is_no_witness() -> None:
    """Where the fiscal years change by a third each year the range is shown, told as too wide, and not counted."""
    restless = {2007 + place: figure for place, figure in enumerate("300 400 290 410 300 400 310 420 300 410".split())}
    ours = fiscal(observations("exports", restless, reporter="PAK", partner="JPN", source=SURVEY))
    theirs = observations("imports", {2012: "400", 2013: "410"}, reporter="JPN", partner="PAK")
    (measure,) = mirror(DYAD, [*ours, *theirs])
    assert any("brought to calendar years" in point.group for point in measure.points)
    assert not any(point.group == "range of the reports" for point in measure.points)
    assert any("wider than 25 per cent of the middle and no witness" in one for one in measure.caveats)


def test_an_account_is_no_second_witness_of_its_own_state() -> None:
    """Pakistan's fiscal figures beside Pakistan's calendar years give no range of reports: both are one side's."""
    ours = fiscal(observations("exports", STEADY, reporter="PAK", partner="JPN", source=SURVEY))
    again = observations("exports", {2012: "350", 2013: "360"}, reporter="PAK", partner="JPN")
    (measure,) = mirror(DYAD, [*ours, *again])
    assert not any(point.group == "range of the reports" for point in measure.points)
    assert any("no second witness where Pakistan's own figures" in one for one in measure.caveats)


def test_the_page_of_measures_has_fiscal_lines_in_calendar_years_apart() -> None:
    """A line by fiscal years is one measure more under a key of its own; the line's own measures stay as they were."""
    found = fiscal(observations("exports", STEADY, reporter="PAK", partner="JPN", source=SURVEY))
    panel = {measure.key: measure for measure in measures_of(DYAD, (), found)}
    assert panel["exports-PAK-in-calendar-years"].points[-1].interval.kind == "even-flow"  # type: ignore[union-attr]
    assert "2016-17" in panel["level-exports-PAK"].summary and "converted" not in panel["level-exports-PAK"].summary
    net = fiscal(observations("fdi-inflow", STEADY, reporter="PAK", partner="JPN", source=SURVEY))
    assert not any("calendar-years" in measure.key for measure in measures_of(DYAD, (), net))


def test_rates_are_no_relation_between_the_sides() -> None:
    """An exchange rate on record between the two is what figures are converted by, and no line of theirs."""
    found = observations("exchange-rate", {2015: "0.9"}, reporter="PAK", partner="JPN", unit="PKR per JPY", scale=1)
    assert other_lines(DYAD, found) == ()


def test_constant_prices_stay_with_their_line() -> None:
    """A line of figures at the prices of a year says so, whichever flow it is of."""
    found = observations("remittances", {2015: "3", 2016: "4"}, reporter="PAK", partner="JPN")
    at_prices = [replace(one, series=replace(one.series, base_year=2010)) for one in found]
    assert [one.base_year for one in other_lines(DYAD, at_prices)] == [2010]
    assert all(point.period.precision is Precision.YEAR for one in other_lines(DYAD, found) for point in one.points)
