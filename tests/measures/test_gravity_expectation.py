"""A dyad's trade against its gravity expectation: a range over specifications, made from all other dyads."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from comity.measures import (
    Estimator,
    GravityPanel,
    GravityProgress,
    GravitySpecification,
    gravity_expectation,
    gravity_specifications,
)
from comity.terms import Dyad, InvalidTerm, Measure, MissingExtra, UnreadableTable

from .trading import world

DYAD = Dyad("PAK", "JPN")
COVARIATES = ("log(dist)", "contig")
ONE = (GravitySpecification("only", Estimator.PPML, COVARIATES, ("exporter^year", "importer^year")),)


def panel_of(frame: pd.DataFrame, sizes: tuple[str, str] | None = None) -> GravityPanel:
    """Return the panel in millions of US dollars."""
    return GravityPanel(frame, COVARIATES, "USD", ("dataset-1",), 1_000_000, sizes)


def cells(frame: pd.DataFrame, exporter: str, importer: str, year: int | None = None) -> pd.Series[bool]:
    """Return which rows are a flow's."""
    found = (frame["exporter"] == exporter) & (frame["importer"] == importer)
    return found if year is None else found & (frame["year"] == year)


def ratios(measure: Measure, direction: str) -> dict[str, float]:
    """Return each specification's ratio in one direction."""
    return {point.label: point.value for point in measure.points if point.group == direction}


@pytest.mark.usefixtures("in_this_process")
def test_the_answer_is_a_range_over_specifications() -> None:
    """Every specification gives its own ratio and interval; the measure has no single value and rests on the inputs."""
    frame = world()
    frame.loc[cells(frame, "ARG", "BRA", 2006), "trade"] = 0.0
    panel = panel_of(frame, ("gdp_out", "gdp_in"))
    measure = gravity_expectation(DYAD, panel)
    names = [one.name for one in gravity_specifications(panel, 2006)]
    assert len(names) == 7
    assert list(ratios(measure, "both ways")) == names
    assert measure.value is None and measure.unit == "ratio" and measure.inputs == ("dataset-1",)
    own = [point for point in measure.points if point.group == "both ways"]
    assert measure.interval is not None
    assert measure.interval.low == min(point.interval.low for point in own if point.interval)
    assert measure.interval.high == max(point.interval.high for point in own if point.interval)
    assert all(point.interval and point.interval.low < point.value < point.interval.high for point in measure.points)
    assert "7 specifications" in measure.summary and "in 2006" in measure.summary
    assert sum("expects PAK to JPN US$" in caveat for caveat in measure.caveats) == 7
    assert any("Rows left out: 1 without trade." in caveat for caveat in measure.caveats)
    assert "Small samples: the variance is multiplied by G/(G-1), G being the number of clusters." in (measure.caveats)


def test_what_would_be_asked_twice_is_asked_once() -> None:
    """Where no flow of the year is zero, PPML of trade above zero is no specification of its own."""
    frame = world()
    names = {one.name for one in gravity_specifications(panel_of(frame), 2006)}
    frame.loc[cells(frame, "ARG", "BRA", 2006), "trade"] = 0.0
    more = {one.name for one in gravity_specifications(panel_of(frame), 2006)}
    assert more - names == {"PPML, effects, trade above zero, 2006"} and names < more


@pytest.mark.usefixtures("in_this_process")
def test_the_notes_of_a_panel_come_first() -> None:
    """How a panel was made stands before all other caveats, where there is an answer and where there is none."""
    panel = replace(panel_of(world()), notes=("Made by hand.",))
    assert gravity_expectation(DYAD, panel, specifications=ONE).caveats[0] == "Made by hand."
    assert gravity_expectation(Dyad("PAK", "AUS"), panel).caveats == ("Made by hand.",)
    assert gravity_expectation(DYAD, panel, specifications=ONE, limit=0.05).caveats[0] == "Made by hand."


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("estimator", Estimator)
def test_the_expectation_is_that_of_all_other_dyads(estimator: Estimator) -> None:
    """Statsmodels, fitted without the dyad and asked to predict it, gives the same ratio, and its HC3 errors the interval."""
    models = pytest.importorskip("statsmodels.api")
    frame = world(years=(2006,))
    specification = GravitySpecification("one", estimator, COVARIATES, ("exporter", "importer"))
    measure = gravity_expectation(DYAD, panel_of(frame), specifications=(specification,))
    exporters = pd.get_dummies(frame["exporter"], dtype=float)
    importers = pd.get_dummies(frame["importer"], dtype=float).drop(columns="ARG")
    right = np.column_stack([np.log(frame["dist"]), frame["contig"], exporters, importers])
    own = (cells(frame, "PAK", "JPN") | cells(frame, "JPN", "PAK")).to_numpy()
    pairs = np.array(["".join(sorted(one)) for one in zip(frame["exporter"], frame["importer"], strict=True)])
    trade = frame["trade"].to_numpy()
    if estimator is Estimator.PPML:
        oracle = models.GLM(trade[~own], right[~own], family=models.families.Poisson()).fit(tol=1e-12)
        weights, errors = oracle.fittedvalues, trade[~own] - oracle.fittedvalues
        reach = 1.959964
    else:
        oracle = models.OLS(np.log(trade[~own]), right[~own]).fit()
        weights, errors = np.ones(int((~own).sum())), oracle.resid
        reach = pytest.importorskip("scipy.stats").t.ppf(0.975, 119)
    bread = np.linalg.inv((right[~own] * weights[:, None]).T @ right[~own])
    leverage = weights * np.einsum("ij,jk,ik->i", right[~own], bread, right[~own])
    scores = right[~own] * (errors / (1 - leverage))[:, None]
    sums = pd.DataFrame(scores).groupby(pairs[~own]).sum().to_numpy()
    number = len(np.unique(pairs))
    variance = bread @ (sums.T @ sums) @ bread * number / (number - 1)
    for direction, row in (("PAK to JPN", cells(frame, "PAK", "JPN")), ("JPN to PAK", cells(frame, "JPN", "PAK"))):
        point = next(one for one in measure.points if one.group == direction)
        asked = right[row.to_numpy()][0]
        actual = float(trade[row.to_numpy()][0])
        assert point.value == pytest.approx(actual / np.exp(float(asked @ oracle.params)), rel=1e-5)
        error = float(np.sqrt(asked @ variance @ asked))
        assert point.interval is not None
        # The effects' part of the leverage is approximate, and with it the interval's width by less than a tenth.
        assert np.log(point.interval.high / point.value) == pytest.approx(reach * error, rel=0.1)
        assert np.log(point.value / point.interval.low) == pytest.approx(reach * error, rel=0.1)


@pytest.mark.usefixtures("in_this_process")
def test_a_dyads_own_trade_does_not_move_its_expectation() -> None:
    """Trade ten times as large in every year is ten times its expectation as before, in both directions together."""
    frame = world()
    more = frame.copy()
    own = cells(frame, "PAK", "JPN") | cells(frame, "JPN", "PAK")
    more.loc[own, "trade"] *= 10
    before = gravity_expectation(DYAD, panel_of(frame), specifications=ONE)
    after = gravity_expectation(DYAD, panel_of(more), specifications=ONE)
    for direction in ("PAK to JPN", "JPN to PAK", "both ways"):
        assert ratios(after, direction)["only"] == pytest.approx(10 * ratios(before, direction)["only"], rel=1e-6)


@pytest.mark.usefixtures("in_this_process")
def test_zero_and_missing_trade_differ() -> None:
    """No trade is zero times its expectation; a missing figure has no ratio, and its expectation is told all the same."""
    frame = world()
    frame.loc[cells(frame, "PAK", "JPN", 2006), "trade"] = 0.0
    frame.loc[cells(frame, "JPN", "PAK", 2006), "trade"] = np.nan
    measure = gravity_expectation(DYAD, panel_of(frame), specifications=ONE)
    assert ratios(measure, "PAK to JPN") == {"only": 0.0}
    assert not ratios(measure, "JPN to PAK") and not ratios(measure, "both ways")
    assert any("JPN to PAK US$" in caveat for caveat in measure.caveats)


@pytest.mark.usefixtures("in_this_process")
def test_effects_that_no_other_flow_identifies_are_told() -> None:
    """An exporter that sends nothing else has no effect to expect by; products expect from outside the sample."""
    frame = world()
    silent = (frame["exporter"] == "PAK") & (frame["importer"] != "JPN")
    frame.loc[silent, "trade"] = 0.0
    by_products = replace(
        ONE[0], name="products", regressors=(*COVARIATES, "log(gdp_out)", "log(gdp_in)"), effects=("year",)
    )
    panel = panel_of(frame, ("gdp_out", "gdp_in"))
    measure = gravity_expectation(DYAD, panel, specifications=(*ONE, by_products))
    assert ratios(measure, "JPN to PAK").keys() == {"only", "products"}
    assert ratios(measure, "PAK to JPN").keys() == {"products"}
    assert any(
        "All other flows that share the exporter-year effect of PAK to JPN are zero" in one for one in measure.caveats
    )


@pytest.mark.usefixtures("in_this_process")
def test_a_dyad_without_rows_has_no_expectation() -> None:
    """Where the panel has no row for the pair, its distance is not known and nothing is expected."""
    frame = world()
    frame = frame[~(cells(frame, "PAK", "JPN") | cells(frame, "JPN", "PAK"))]
    measure = gravity_expectation(DYAD, panel_of(frame), specifications=ONE)
    assert measure.value is None and measure.interval is None and not measure.points
    assert "No specification gives an expectation" in measure.summary
    assert any("no row for PAK to JPN" in caveat for caveat in measure.caveats)


@pytest.mark.usefixtures("in_this_process")
def test_a_state_outside_the_panel_is_named() -> None:
    """A side that the panel does not know is named in the answer."""
    measure = gravity_expectation(Dyad("PAK", "AUS"), panel_of(world()))
    assert (
        measure.summary == "Trade of Pakistan and Australia has no expectation: Australia is not in the panel of trade."
    )


@pytest.mark.usefixtures("extra")
def test_the_limit_ends_the_estimation_with_a_sentence() -> None:
    """At the limit the child is stopped, and each specification that was not done says so."""
    began = time.monotonic()
    measure = gravity_expectation(DYAD, panel_of(world()), specifications=ONE, limit=0.05)
    assert time.monotonic() - began < 60
    assert measure.interval is None
    assert "only: not estimated. Stopped at the limit of 0.05 seconds." in measure.caveats


@pytest.mark.usefixtures("extra")
def test_progress_is_told_from_start_to_end() -> None:
    """The caller hears of the beginning, of each specification that runs, and of the end."""
    heard: list[GravityProgress] = []
    two = (*ONE, replace(ONE[0], name="second", zeros=False))
    gravity_expectation(DYAD, panel_of(world()), specifications=two, progress=heard.append)
    assert (heard[0].done, heard[0].running, heard[0].total) == (0, "", 2)
    assert {one.running for one in heard} == {"", "only", "second"}
    assert heard[-1].done == 2
    assert [one.done for one in heard] == sorted(one.done for one in heard)
    assert [one.seconds for one in heard] == sorted(one.seconds for one in heard)


@pytest.mark.usefixtures("extra")
def test_a_child_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the estimating process ends without an answer, as for want of memory, the measure says so and does not wait."""
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def recording(*given: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(start(*given, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", recording)
    measure = gravity_expectation(DYAD, panel_of(world()), specifications=ONE, progress=lambda heard: started[0].kill())
    assert any("ended without an answer" in caveat for caveat in measure.caveats)


@pytest.mark.usefixtures("extra")
def test_a_script_without_a_guard_can_ask() -> None:
    """A plain script, without the guard that multiprocessing wants, gets its answer."""
    script = (
        "from tests.measures.test_gravity_expectation import DYAD, ONE, panel_of, world\n"
        "from comity.measures import gravity_expectation\n"
        "print(len(gravity_expectation(DYAD, panel_of(world()), specifications=ONE).points))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"


@pytest.mark.usefixtures("in_this_process")
def test_a_wrong_cell_is_told_by_its_row_in_the_panel() -> None:
    """A negative figure is refused by its row in the caller's frame, a state's trade with itself counted along."""
    frame = world()
    home = pd.DataFrame([["ARG", "ARG", 2005, 9.0, 0.0, 0.0, 1.0, 1.0]], columns=frame.columns)
    frame = pd.concat([home, frame], ignore_index=True)
    measure = gravity_expectation(DYAD, panel_of(frame), specifications=ONE)
    assert "1 row of a state's trade with itself left out." in measure.caveats
    frame.loc[30, "trade"] = -1.0
    with pytest.raises(UnreadableTable, match="trade is negative") as caught:
        gravity_expectation(DYAD, panel_of(frame), specifications=ONE)
    assert (caught.value.row, caught.value.column) == (31, 4)


def test_a_panel_without_unit_input_or_covariate_is_refused() -> None:
    """No expectation is made of figures without unit or source."""
    frame = world()
    with pytest.raises(InvalidTerm, match="no unit"):
        GravityPanel(frame, COVARIATES, "", ("dataset-1",))
    with pytest.raises(InvalidTerm, match="no input"):
        GravityPanel(frame, COVARIATES, "USD", ())
    with pytest.raises(InvalidTerm, match="no covariate"):
        GravityPanel(frame, (), "USD", ("dataset-1",))


def test_a_panel_with_broken_keys_is_refused() -> None:
    """A flow that stands twice, an empty state, half a year and a missing column are refused, with the row where one is."""
    frame = world()
    with pytest.raises(UnreadableTable, match="ARG BRA 2005 stands twice") as caught:
        panel_of(pd.concat([frame, frame.iloc[:1]]))
    assert caught.value.row == len(frame) + 1
    empty = frame.copy()
    empty.loc[4, "importer"] = None
    with pytest.raises(UnreadableTable, match="importer is empty") as caught:
        panel_of(empty)
    assert (caught.value.row, caught.value.column) == (5, 2)
    with pytest.raises(UnreadableTable, match="whole number"):
        panel_of(frame.assign(year=2005.5))
    with pytest.raises(UnreadableTable, match="no column trade"):
        panel_of(frame.drop(columns="trade"))


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyfixest is not installed, the expectation names the extra and the command, and starts nothing."""
    monkeypatch.setitem(sys.modules, "pyfixest", None)
    with pytest.raises(MissingExtra, match=r"pip install 'comity\[models\]'"):
        gravity_expectation(DYAD, panel_of(world()))
