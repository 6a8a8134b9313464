"""Outlook and mean growth: what is refused, what the intervals rest on, and that they cover what came."""

from __future__ import annotations

import importlib.util
import math
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import (
    NAIVE,
    ON_RECORD,
    History,
    Line,
    calibration,
    centre,
    flow_lines,
    forecasts,
    mean_growth,
    mean_growth_of,
    measures_of,
    outlook,
    refusal,
    skill,
)
from comity.terms import Dyad, FiscalCalendar, InvalidTerm, MissingExtra, UnknownCode

from .conftest import observations

DYAD = Dyad("BRA", "ARG")
BENCHMARK = Path(__file__).resolve().parent.parent.parent / "benchmarks" / "outlook.py"


def line(figures: dict[int, str], indicator: str = "exports", scale: int = 1_000_000) -> Line:
    """Return Brazil's exports to Argentina, or another flow, as a line."""
    return flow_lines(DYAD, observations(indicator, figures, scale=scale))[0]


def wandering(count: int, drift: float = 0.0, size: float = 0.1, seed: int = 3) -> dict[int, str]:
    """Return figures from 1990 on whose logarithms are a random walk with a drift."""
    steps = drift + size * np.random.default_rng(seed).normal(size=count)
    return {1990 + year: f"{1000 * math.exp(one):.1f}" for year, one in enumerate(np.cumsum(steps))}


_figures = st.lists(st.integers(100, 99_999), min_size=9, max_size=30).map(
    lambda values: {1990 + year: str(value) for year, value in enumerate(values)}
)


@pytest.mark.parametrize("measure", [outlook, mean_growth])
def test_a_few_years_give_no_figure_but_a_reason(measure) -> None:  # type: ignore[no-untyped-def]
    """Five years are too few for an outlook or a mean growth, and the sentence says how many there are."""
    found = measure(DYAD, line({2012: "389", 2013: "431", 2014: "302", 2015: "236", 2016: "171.2"}))
    assert found.value is None
    assert "hold 4 yearly changes" in found.summary


def test_a_zero_among_the_last_years_is_refused_and_an_old_one_is_a_gap() -> None:
    """Ratios to zero do not exist, so that a zero within the last sixteen years leaves no outlook; an older one only a gap."""
    figures = wandering(30)
    late, early = {**figures, 2015: "0"}, {**figures, 1992: "0"}
    assert "the figure of 2015 is not above zero" in outlook(DYAD, line(late)).summary
    assert outlook(DYAD, line(early)).value is not None


def test_a_gap_is_left_empty() -> None:
    """A missing year takes two changes away and nothing stands in for it."""
    figures = {year: float(value) for year, value in wandering(16).items()}
    del figures[2000]
    history = History.of(list(figures), list(figures.values()))
    assert len(history.changes) == 13
    assert history.reach == 15
    assert refusal(list(range(1990, 2006, 2)), [1.0] * 8) != ""


def test_a_year_that_stands_twice_is_an_error() -> None:
    """Two figures of one year are refused rather than one of them taken."""
    with pytest.raises(InvalidTerm, match="stands twice"):
        refusal([2000, 2000], [1.0, 2.0])
    with pytest.raises(InvalidTerm, match="no history can be made"):
        History.of([2000, 2001], [1.0, 2.0])


@given(_figures)
def test_the_naive_outlook_is_the_last_figure_within_intervals_that_hold_each_other(figures: dict[int, str]) -> None:
    """Each year's forecast is the last figure, the 95 per cent interval holds the 80 per cent one, and both widen."""
    values = [float(value) for value in figures.values()]
    ahead = forecasts(History.of(list(figures), values))
    widths = []
    for one in ahead:
        assert math.isclose(one.value, values[-1], rel_tol=1e-9)
        inner, outer = one.intervals
        assert (inner.level, outer.level) == (0.8, 0.95)
        assert outer.low < inner.low < one.value < inner.high < outer.high
        widths.append(outer.high / outer.low)
    assert widths == sorted(widths)


@given(_figures, st.integers(0, 6))
def test_outlook_and_growth_do_not_depend_on_the_unit(figures: dict[int, str], power: int) -> None:
    """Figures a thousand times as large have an outlook a thousand times as large, and the same growth."""
    one, other = line(figures, scale=1), line(figures, scale=10**power)
    small, large = outlook(DYAD, one), outlook(DYAD, other)
    assert small.interval is not None and large.interval is not None
    assert math.isclose(small.interval.low * 10**power, large.interval.low, rel_tol=1e-6)
    slow, fast = mean_growth(DYAD, one), mean_growth(DYAD, other)
    assert slow.value is not None and fast.value is not None
    assert math.isclose(slow.value, fast.value, abs_tol=1e-6)


def test_the_naive_is_shown_where_nothing_surely_beats_it_and_drift_where_it_does() -> None:
    """A random walk is carried forward and the sentence says so; a line that grows steadily is given its drift."""
    walk = outlook(DYAD, line(wandering(40)))
    assert "did not surely beat this naive forecast" in walk.summary
    assert any("skill against the naive" in caveat for caveat in walk.caveats)
    steady = outlook(DYAD, line(wandering(40, drift=0.1, size=0.03)))
    assert "smaller than the naive forecast's" in steady.summary
    assert steady.value is not None and steady.value > float(wandering(40, drift=0.1, size=0.03)[2029]) * 1e6


def test_skill_and_mase_are_those_of_the_past_origins() -> None:
    """Skill and MASE equal a plain loop over the origins, and the same figures draw the same interval."""
    figures = wandering(25, drift=0.05)
    logs = np.log([float(value) for value in figures.values()])
    history = History.of(list(figures), np.exp(logs).tolist())
    own, naive = [], []
    for last in range(8, len(logs) - 3):
        start = max(0, last - 15)
        rate = (logs[last] - logs[start]) / (last - start)
        own.append(np.mean([abs(logs[last + step] - logs[last] - rate * step) for step in (1, 2, 3)]))
        naive.append(np.mean([abs(logs[last + step] - logs[last]) for step in (1, 2, 3)]))
    found = skill(history, "drift")
    assert found is not None and found.interval is not None
    assert found.origins == len(own)
    assert math.isclose(found.skill, 1 - sum(own) / sum(naive))
    assert math.isclose(found.mase, np.mean(own) / np.mean(np.abs(np.diff(logs[-16:]))))
    assert found.interval.low <= found.skill <= found.interval.high
    assert found == skill(history, "drift")


def test_the_interval_of_the_rate_is_students_t() -> None:
    """Where changes do not follow one another the interval of the rate is scipy's for the mean change."""
    from scipy import stats

    changes = np.array([0.1, -0.05, 0.12, -0.02, 0.15, -0.1, 0.09, 0.01, 0.11])
    logs = np.concatenate([[5.0], 5.0 + np.cumsum(changes)])
    found = mean_growth_of(History.of(list(range(2000, 2010)), np.exp(logs).tolist()))
    low, high = stats.t.interval(0.95, 8, changes.mean(), stats.sem(changes))
    assert math.isclose(found.rate, 100 * math.expm1(changes.mean()), rel_tol=1e-9)
    assert math.isclose(found.interval.low, 100 * math.expm1(low), rel_tol=2e-3)
    assert math.isclose(found.interval.high, 100 * math.expm1(high), rel_tol=2e-3)


@pytest.mark.parametrize(("follows", "least", "most"), [(0.0, 0.95, 0.99), (0.2, 0.92, 0.97)])
def test_the_interval_of_the_rate_holds_a_true_rate(follows: float, least: float, most: float) -> None:
    """On 1,000 seeded lines with a known rate the 95 per cent interval holds it about as often as it says."""
    random = np.random.default_rng(11)
    held = 0
    for _ in range(1000):
        changes = np.empty(65)
        changes[0] = 0
        for year in range(1, 65):
            changes[year] = follows * changes[year - 1] + 0.2 * random.normal()
        logs = np.cumsum(0.05 + changes[50:])
        found = mean_growth_of(History(2000, np.concatenate([[0.0], logs])))
        held += found.interval.low <= 100 * math.expm1(0.05) <= found.interval.high
    assert least <= held / 1000 <= most


def test_a_method_of_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without statsmodels, asking for exponential smoothing names the extra; a name that is none lists the known ones."""
    monkeypatch.setitem(sys.modules, "statsmodels.tools.sm_exceptions", None)
    with pytest.raises(MissingExtra, match=r"comity\[models\]"):
        outlook(DYAD, line(wandering(25)), methods=("ets",))
    with pytest.raises(UnknownCode, match="naive, drift, ets, damped, theta"):
        outlook(DYAD, line(wandering(25)), methods=("oracle",))


@pytest.mark.parametrize("method", ["ets", "damped", "theta"])
def test_the_models_forecast_a_steady_line_onward(method: str) -> None:
    """Each method of the extra takes a line that grows by a tenth a year further up, and has intervals of its own."""
    pytest.importorskip("statsmodels", reason="needs the extra [models]", exc_type=ImportError)
    figures = {1990 + year: f"{100 * 1.1**year * (1.02 if year % 2 else 0.98):.3f}" for year in range(25)}
    history = History.of(list(figures), [float(value) for value in figures.values()])
    assert centre(history, method)[-1] > history.logs[-1]
    assert outlook(DYAD, line(figures), methods=("naive", method)).value is not None


def test_exponential_smoothing_is_level_without_a_trend_and_follows_one(extra: None) -> None:
    """Of a walk without drift the chosen model carries one level forward; of a line that rises by .1 a year it rises on by that."""
    steps = np.random.default_rng(5).normal(size=40)
    flat = centre(History(1990, 0.1 * steps), "ets")
    assert np.ptp(flat) < 1e-6
    rising = centre(History(1990, 0.1 * np.arange(40) + 0.02 * steps), "ets")
    assert np.diff(rising) == pytest.approx([0.1, 0.1], abs=0.01)


@pytest.mark.parametrize("method", ["ets", "damped", "theta"])
def test_the_models_do_not_depend_on_the_unit(extra: None, method: str) -> None:
    """Figures in units and in millions have the same forecast, a factor of a million apart."""
    logs = np.cumsum(0.2 * np.random.default_rng(8).normal(size=20))
    small, large = (centre(History(1990, logs + shift), method) for shift in (0.0, math.log(1e6)))
    assert large - math.log(1e6) == pytest.approx(small, abs=1e-4)


def test_a_model_that_does_not_converge_is_not_taken(extra: None) -> None:
    """A line that never moves has no model of exponential smoothing; asked for it, the outlook stays with the naive and says so."""
    with pytest.raises(InvalidTerm, match="converges"):
        centre(History(1990, np.full(20, 3.0)), "ets")
    measure = outlook(DYAD, line({1990 + year: "100" for year in range(20)}), methods=("naive", "ets"))
    assert measure.value == 100e6
    assert any("do not converge" in caveat for caveat in measure.caveats)


def test_lines_other_than_trade_say_that_their_coverage_is_not_known() -> None:
    """Intervals were measured on trade, and the outlook of investment says so."""
    figures = wandering(20)
    assert not any("on trade;" in caveat for caveat in outlook(DYAD, line(figures)).caveats)
    assert any("on trade;" in caveat for caveat in outlook(DYAD, line(figures, "fdi-outflow")).caveats)


def test_the_page_has_an_outlook_a_mean_growth_and_a_break_for_each_line_in_any_order() -> None:
    """The panel holds the three for each line and the heading once, whatever the order of the figures."""
    given_ones = observations("exports", wandering(30)) + observations("imports", wandering(30, seed=5))
    page = measures_of(DYAD, (), given_ones)
    keys = [one.key for one in page]
    for key in ("total-trade", "exports-BRA", "exports-ARG"):
        assert {f"mean-growth-{key}", f"breaks-{key}", f"outlook-{key}"} <= set(keys)
    assert keys.count("heading") == 1
    assert page == measures_of(DYAD, (), given_ones[::-1])


def test_the_years_ahead_are_named_as_the_lines_own() -> None:
    """After a line of fiscal years the outlook is for fiscal years, and after one of calendar years for these."""
    plain = observations("exports", wandering(20))
    calendar = FiscalCalendar(7)
    fiscal = [replace(one, period=calendar.begins_in(one.period.first_year or 0)) for one in plain]
    labels = [
        list(
            dict.fromkeys(
                point.label
                for point in outlook(DYAD, flow_lines(DYAD, ones)[0]).points
                if point.group not in (NAIVE, ON_RECORD)
            )
        )
        for ones in (plain, fiscal)
    ]
    assert labels == [["2010", "2011", "2012"], ["2010-11", "2011-12", "2012-13"]]


def test_the_points_hold_the_lines_past_and_the_naive_forecast_beside_another() -> None:
    """Twenty figures of the past stand before the forecasts; the naive one stands beside only where another is shown."""
    steady = {1985 + year: f"{100 * 1.09**year + 3 * (year % 3):.1f}" for year in range(30)}
    for figures, beside in ((steady, 3), (wandering(30), 0)):
        measure = outlook(DYAD, line(figures))
        past = [point for point in measure.points if point.group == ON_RECORD]
        last = list(figures)[-20:]
        assert [int(point.label) for point in past] == last
        assert past[-1].value == pytest.approx(float(figures[last[-1]]) * 1e6)
        naive = [point for point in measure.points if point.group == NAIVE]
        assert len(naive) == beside and all(point.value == pytest.approx(past[-1].value) for point in naive)


def test_a_line_that_never_moved_has_an_outlook_and_no_skill() -> None:
    """Twenty years of one figure leave nothing to compare methods by, and the sentence says so."""
    measure = outlook(DYAD, line({1990 + year: "100" for year in range(20)}))
    assert measure.value == 100e6
    assert "no other method could be held against this naive forecast" in measure.summary
    assert mean_growth(DYAD, line({1990 + year: "100" for year in range(20)})).value == 0


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outlook_benchmark", BENCHMARK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_intervals_cover_what_came_on_dyads_not_used_to_make_them(shared: Path) -> None:
    """On more than 500 dyads of the half that nothing was chosen on, outlook and growth cover within three points of nominal."""
    benchmark = _benchmark()
    half = benchmark.dyads(shared, tuning=False)[::6]
    hits: dict[tuple[str, int, float], list[bool]] = {}
    used: set[str] = set()
    for number, (name, years, flows) in enumerate(half):
        # Each dyad from another year on: years of world-wide shocks must not make up the sample.
        for history, ahead in benchmark.origins(years, flows, every=8, start=number % 8):
            used.add(name)
            forecast, growth = forecasts(history), mean_growth_of(history)
            for step in (1, 2, 3):
                came = ahead.get(history.last + step)
                if came is None:
                    continue
                mean = 100 * math.expm1((came - history.logs[-1]) / step) if math.isfinite(came) else -100.0
                for one in forecast[step - 1].intervals:
                    hits.setdefault(("outlook", step, one.level), []).append(one.low <= math.exp(came) <= one.high)
                for one in growth.ahead[step - 1]:
                    hits.setdefault(("growth", step, one.level), []).append(one.low <= mean <= one.high)
    assert len(hits) == 12 and len(used) >= 500
    for (what, step, level), found in hits.items():
        assert abs(np.mean(found) - level) <= 0.03, (what, step, level, np.mean(found))


def test_the_calibration_tells_what_it_was_made_from() -> None:
    """The errors that come with Comity name their data and are in rising order for each probability."""
    held = calibration()
    assert "Correlates of War" in held.source
    assert held.dyads >= 500
    for quantiles in held.errors.values():
        assert list(quantiles) == sorted(quantiles)
        assert len(quantiles) == len(held.probabilities)
    with pytest.raises(UnknownCode):
        held.quantile("oracle-1", 0.5)


def test_nothing_is_foretold_of_a_state_that_is_no_more() -> None:
    """Of a dyad whose one state ended with the figures there is a past, and neither outlook nor heading."""
    figures = {year: str(400 + 9 * (year - 1970) + 30 * (year % 3)) for year in range(1970, 1992)}
    dyad = Dyad("SUN", "JPN")
    held = observations("exports", figures, reporter="SUN", partner="JPN")
    by_key = {one.key: one for one in measures_of(dyad, (), held)}
    for key in ("outlook-exports-SUN", "heading"):
        assert by_key[key].value is None and not by_key[key].points
        assert "Soviet Union ended in 1991" in by_key[key].summary
    growth = by_key["mean-growth-exports-SUN"]
    assert growth.value is not None and not growth.points
    assert "Nothing is said of the years ahead" in growth.summary
    earlier = {one.key: one for one in measures_of(dyad, (), held[:15])}
    assert earlier["outlook-exports-SUN"].value is not None
