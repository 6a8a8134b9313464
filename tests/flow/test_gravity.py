"""The gravity expectation from the data sets among the sources: whose figures, which years, and what is said where it fails."""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import comity.measures
from comity.flow import GravityAnswer, GravityAsked, Workspace, chart_of, measure_gravity
from comity.measures import GravityPanel, gravity_expectation
from comity.terms import Dyad, InvalidTerm, Measure, MissingExtra
from tests.flow.gravity_files import DYAD, YEARS, cepii_gravity, cow_trade, flows, gdp, geodist, place, ties, wits
from tests.flow.panel_files import ALLIANCES
from tests.measures.conftest import extra as extra
from tests.measures.conftest import in_this_process as in_this_process

COVARIATES = ("log(dist)", "contig", "language", "tie")


def asked(workspace: Workspace, **changes: object) -> GravityAnswer:
    """Return the answer."""
    return measure_gravity(workspace, GravityAsked(**changes))  # type: ignore[arg-type]


def ratios(measure: Measure) -> dict[tuple[str, str], float]:
    """Return the ratio of each specification and direction."""
    return {(point.label, point.group): point.value for point in measure.points}


def panel_of(monkeypatch: pytest.MonkeyPatch, workspace: Workspace, **changes: object) -> GravityPanel:
    """Return the panel that would be estimated on, for which the extra is not needed."""
    caught: list[GravityPanel] = []

    def catch(dyad: Dyad, panel: GravityPanel, **rest: object) -> Measure:
        caught.append(panel)
        return comity.measures.no_expectation(dyad, "it was only looked at.")

    with monkeypatch.context() as only:
        only.setattr(comity.measures, "gravity_expectation", catch)
        only.setattr(comity.measures, "see_extra", lambda: None)
        asked(workspace, **changes)
    (panel,) = caught
    return panel


def without(monkeypatch: pytest.MonkeyPatch, workspace: Workspace, **changes: object) -> tuple[str, str]:
    """Return what is said where nothing is to be estimated, for which the extra is not needed."""
    monkeypatch.setattr(comity.measures, "see_extra", lambda: None)
    answer = asked(workspace, **changes)
    assert answer.measure.key == "gravity-expectation"
    assert answer.measure.interval is None and not answer.measure.points and not answer.measure.inputs
    return answer.measure.summary, answer.unfinished


@pytest.mark.usefixtures("in_this_process")
def test_the_answer_is_that_of_the_same_panel_made_by_hand(tmp_path: Path) -> None:
    """Files of three publishers give the ratios and intervals of the flows that they were written from."""
    frame = flows()
    languages, colonies = np.array([ties(*pair) for pair in zip(frame["exporter"], frame["importer"], strict=True)]).T
    frame = frame.assign(language=languages, tie=colonies)
    by_hand = gravity_expectation(
        DYAD, GravityPanel(frame, COVARIATES, "USD", ("hand",), 1_000_000, ("gdp_out", "gdp_in"))
    )
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame), gdp=gdp(frame))
    answer = asked(workspace)
    found = answer.measure
    assert not answer.errors and not answer.unfinished
    assert len(ratios(by_hand)) == 21 and ratios(found) == pytest.approx(ratios(by_hand), rel=1e-6)
    assert found.interval is not None and by_hand.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx(
        (by_hand.interval.low, by_hand.interval.high), rel=1e-6
    )
    assert found.summary == by_hand.summary and "in 1998" in found.summary
    notes = "\n".join(found.caveats)
    assert "Trade: cow-trade, the importers' figures (derived), 1990, 1994, 1998, up to 240 pairs a year." in notes
    assert "Years: 1990, 1994, 1998; every fourth of twenty" in notes
    assert "719 have a figure of trade, 1 of these zero." in notes
    assert "Products: wdi, in current prices." in notes
    for path in workspace.sources.iterdir():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert f"({path.name}, SHA-256 {digest})" in notes
        assert f"doc-{digest[:16]}" in found.inputs
    assert len(answer.citations) == 3


def test_the_panel_holds_each_flow_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every flow stands from exporter to importer with both products, Germany's of 1990 too, and in all years with its ties."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame), gdp=gdp(frame))
    panel = panel_of(monkeypatch, workspace)
    assert panel.covariates == ("log(distance_weighted)", "contiguity", "common_language", "colonial_tie")
    assert (panel.unit, panel.scale, panel.sizes) == ("USD", 1, ("product_exporter", "product_importer"))
    keys = ["exporter", "importer", "year"]
    assert not panel.frame.duplicated(keys).any()
    joined = frame.merge(panel.frame, on=keys, how="left", suffixes=("", "_held"), validate="one_to_one")
    same = {"trade_held": frame["trade"] * 1e6, "distance_weighted": frame["dist"], "contiguity": frame["contig"]}
    same |= {"product_exporter": frame["gdp_out"], "product_importer": frame["gdp_in"]}
    for name, values in same.items():
        np.testing.assert_allclose(joined[name], values, rtol=1e-12)
    held = list(zip(joined["common_language"], joined["colonial_tie"], strict=True))
    assert held == [ties(*pair) for pair in zip(frame["exporter"], frame["importer"], strict=True)]
    others = panel.frame.merge(frame[keys], on=keys, how="left", indicator=True)
    assert others.loc[others["_merge"] == "left_only", "trade"].isna().all()


def test_one_data_set_may_hold_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CEPII's Gravity gives trade, distance and ties; a tie that changes stands in its own years, and what is lacking is told."""
    frame = flows()
    panel = panel_of(monkeypatch, place(tmp_path / "w", gravity=cepii_gravity(frame)))
    assert panel.covariates == ("log(distance)", "contiguity", "common_language") and panel.sizes is None
    pair = panel.frame[(panel.frame["exporter"] == "KEN") & (panel.frame["importer"] == "GHA")]
    assert dict(zip(pair["year"], pair["contiguity"], strict=True)) == {1990: 0, 1994: 1, 1998: 1}
    assert panel.frame["trade"].notna().sum() == frame["trade"].notna().sum()
    told = "\n".join(panel.notes)
    assert "no data set in sources/ has colonial tie of all pairs as 0 or 1" in told
    assert "figures (reported), 1990, 1994, 1998" in panel.notes[0] and "(derived)" in panel.notes[1]


def test_the_whole_of_cepiis_gravity_serves_every_specification(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file has weighted distances, ties and products, these are taken, and equal those of a file of their own."""
    frame = flows()
    panel = panel_of(monkeypatch, place(tmp_path / "w", gravity=cepii_gravity(frame, whole=True)))
    assert panel.covariates == ("log(distance_harmonic)", "contiguity", "common_language", "colonial_tie")
    assert panel.sizes is not None
    apart = panel_of(monkeypatch, place(tmp_path / "v", gravity=cepii_gravity(frame), gdp=gdp(frame)))
    assert apart.sizes is not None
    keys = ["exporter", "importer", "year"]
    both = panel.frame.merge(apart.frame, on=keys, suffixes=("", "_apart"))
    assert len(both) == len(panel.frame)
    for mine, other in zip(panel.sizes, apart.sizes, strict=True):
        theirs = other if other not in panel.frame else f"{other}_apart"
        assert both[mine].to_numpy() == pytest.approx(both[theirs].to_numpy(), nan_ok=True)


def test_the_source_that_goes_on_longest_is_taken_of_those_wide_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half as many pairs as the widest source suffice, fewer do not; the order of the files makes no difference."""
    frame = flows(zero=False)
    early, late = frame[frame["year"] < 1998], frame[frame["year"] == 1998]
    codes = sorted(frame["exporter"].unique())
    few = late[late["exporter"].isin(["PAK", "JPN", *codes[:4]])]
    many = late[late["exporter"].isin(["PAK", "JPN", *codes[:7]])]
    for name, part, source, year in (("few", few, "cow-trade", 1994), ("many", many, "wits", 1998)):
        texts = {"a": cow_trade(early), "b": wits(part)}
        for folder, files in ((name, texts), (f"{name}-turned", {"b": texts["a"], "a": texts["b"]})):
            workspace = place(tmp_path / folder, **files, distances=geodist(frame))
            panel = panel_of(monkeypatch, workspace)
            assert panel.notes[0].startswith(f"Trade: {source}, ") and panel.last_year == year
            given = panel.frame[panel.frame["trade"].notna()]
            assert len(given) == (len(early) if source == "cow-trade" else len(part))


def test_a_copy_of_a_data_set_is_no_second_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that lies in the sources under two names is one data set: the panel and its inputs are the same, and it is cited once."""
    frame = flows()
    texts = {"trade": cow_trade(frame), "distances": geodist(frame)}
    once = panel_of(monkeypatch, place(tmp_path / "once", **texts))
    twice = panel_of(monkeypatch, place(tmp_path / "twice", **texts, trade_again=texts["trade"]))
    assert twice.inputs == once.inputs and len(twice.notes) == len(once.notes)
    assert twice.frame.equals(once.frame)


@pytest.mark.usefixtures("in_this_process")
def test_sources_of_trade_are_never_mixed(tmp_path: Path) -> None:
    """Of two sources as wide and as late the one that reports is used, or the one that is named; the other is told."""
    frame = flows(zero=False)
    doubled = frame.assign(trade=2 * frame["trade"])
    workspace = place(tmp_path / "w", cow=cow_trade(frame), wits=wits(doubled), distances=geodist(frame))
    reported, named = asked(workspace).measure, asked(workspace, trade_from="cow-trade").measure
    again = asked(workspace, trade_from="imports_cow_trade").measure
    # Twice the trade of all is the same ratio: each source gives it whole, and a mixture would not.
    assert ratios(reported) == pytest.approx(ratios(named), rel=1e-6)
    assert (again.id, again.summary) == (named.id, named.summary)
    assert reported.caveats[0].startswith("Trade: wits, the exporters' figures (FOB, reported)")
    assert "cow-trade, the importers' figures" in reported.caveats[1] and "--trade-from" in reported.caveats[1]
    assert named.caveats[0].startswith("Trade: cow-trade") and "wits" in named.caveats[1]
    amounts = [measure.summary.split("US$ ")[1].split(" in 1998")[0] for measure in (reported, named)]
    assert amounts[0] != amounts[1]
    with pytest.raises(InvalidTerm, match=r"from 'imf'.* There are: cow-trade, exports_wits, imports_cow_trade, wits"):
        asked(workspace, trade_from="imf")


@pytest.mark.usefixtures("in_this_process")
def test_a_narrow_source_waits_for_a_wide_one(tmp_path: Path) -> None:
    """A source that goes on longer, but has fewer than half the pairs, is not taken; the year asked about may be earlier."""
    frame = flows()
    late = frame[(frame["year"] == 1998) & (frame["exporter"].isin(["PAK", "JPN"]))]
    early = frame[frame["year"] < 1998]
    workspace = place(tmp_path / "w", cow=cow_trade(early), wits=wits(late), distances=geodist(frame))
    measure = asked(workspace).measure
    assert measure.caveats[0].startswith("Trade: cow-trade") and "in 1994" in measure.summary
    assert "Years: 1990, 1994;" in "\n".join(measure.caveats)
    assert any(
        "No specification with products" in one and "comity fetch wdi --all-pairs" in one for one in measure.caveats
    )
    before = asked(workspace, year=1990).measure
    assert "in 1990" in before.summary and any("Years: 1990 alone" in one for one in before.caveats)


@pytest.mark.usefixtures("in_this_process")
def test_the_latest_of_several_vintages_counts(tmp_path: Path) -> None:
    """Of two editions that were fetched, the earlier one changes nothing."""
    frame = flows()
    only = place(tmp_path / "a", **{"cow-trade__2021-01-01__t": cow_trade(frame)}, distances=geodist(frame))
    wrong = frame.assign(trade=frame["trade"] * (1 + (frame["exporter"] == "PAK")))
    both = place(
        tmp_path / "b",
        **{"cow-trade__2021-01-01__t": cow_trade(frame), "cow-trade__2019-01-01__t": cow_trade(wrong)},
        distances=geodist(frame),
    )
    found, expected = asked(both).measure, asked(only).measure
    assert found.summary == expected.summary and found.inputs == expected.inputs
    assert ratios(found) == pytest.approx(ratios(expected), rel=1e-6)


@pytest.mark.usefixtures("extra")
def test_the_limit_leaves_what_is_estimated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Specifications that the limit leaves no time for are told in the notes, and by the answer in one sentence."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame))
    clock, ahead = time.monotonic, [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock() + ahead[0])

    def hear(progress: object) -> None:
        if getattr(progress, "done", 0) == 2:
            ahead[0] = 10_000.0

    answer = asked(workspace, limit=5_000.0, on_progress=hear)
    assert answer.unfinished.startswith("Stopped at the limit of 5000 s, ") and "--time-limit" in answer.unfinished
    assert {label for label, _ in ratios(answer.measure)} == {
        "PPML, effects, 1998",
        "PPML, effects, trade above zero, 1998",
    }
    late = [
        one for one in answer.measure.caveats if one.endswith("not estimated. Stopped at the limit of 5000 seconds.")
    ]
    assert len(late) == 3 and "2 specifications" in answer.measure.summary


@pytest.mark.usefixtures("in_this_process")
def test_a_pair_without_trade_is_zero_times_its_expectation(tmp_path: Path) -> None:
    """Zero is a figure; a missing one leaves its direction without a ratio, and its expectation is told all the same."""
    frame = flows()
    workspace = place(tmp_path / "w", Dyad("KEN", "CHL"), trade=cow_trade(frame), distances=geodist(frame))
    measure = asked(workspace).measure
    assert {value for (_, way), value in ratios(measure).items() if way == "KEN to CHL"} == {0.0}
    drawn = chart_of(measure, ["Made up"], "svg")
    assert b"Kenya to Chile" in drawn and b"Made up" in drawn
    other = place(tmp_path / "o", Dyad("KEN", "POL"), trade=cow_trade(frame), distances=geodist(frame))
    groups = {way for _, way in ratios(asked(other).measure)}
    assert groups == {"POL to KEN"}


def test_without_the_extra_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be estimated for want of pyfixest says how to install it."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame))
    monkeypatch.setitem(sys.modules, "pyfixest", None)
    with pytest.raises(MissingExtra, match=r"pip install 'comity\[models\]'"):
        asked(workspace)


def test_what_is_missing_is_named_with_what_to_fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No trade, trade of the two alone, trade of others alone, no distances: each has a sentence of its own."""
    frame = flows()
    own = frame[frame["exporter"].isin(["PAK", "JPN"]) & frame["importer"].isin(["PAK", "JPN"])]
    rest = frame[~frame.index.isin(own.index)]
    whole = {"trade": cow_trade(frame), "distances": geodist(frame)}
    far = geodist(frame[~frame.index.isin(own.index)])
    for name, texts, words in (
        (
            "empty",
            {},
            "no data set in sources/ has yearly trade between pairs of states. Get one that has all pairs: comity fetch cow-trade",
        ),
        ("own", whole | {"trade": wits(own)}, "none has other pairs to hold the two against"),
        ("rest", whole | {"trade": wits(rest)}, "none has a figure between Pakistan and Japan"),
        ("near", {"trade": whole["trade"]}, "no data set in sources/ has distances between states"),
        ("far", whole | {"distances": far}, "(cepii-geodist) have none between Pakistan and Japan"),
    ):
        summary, unfinished = without(monkeypatch, place(tmp_path / name, **texts))
        assert summary.startswith("Trade of Pakistan and Japan has no expectation: ") and words in summary, summary
        assert "comity fetch" in summary and not unfinished


def test_a_year_without_a_figure_is_told_with_those_that_have_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The year asked about must have a figure of the dyad in the source that is used."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame))
    summary, _ = without(monkeypatch, workspace, year=1996)
    assert "no figure between Pakistan and Japan in 1996; it has figures in 1990, 1994, 1998." in summary


def test_the_limit_may_be_over_before_anything_is_estimated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then no figure is given, and the answer says at which step it stopped."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame))
    summary, unfinished = without(monkeypatch, workspace, limit=1e-6)
    assert "stopped at the limit of 1e-06 s, before the data sets were read." in summary
    assert unfinished.startswith("Stopped at the limit") and "--time-limit" in unfinished


@pytest.mark.usefixtures("extra")
def test_a_file_that_cannot_be_read_is_among_the_errors(tmp_path: Path) -> None:
    """A data set that lacks a column is told, and the others are used."""
    frame = flows()
    broken = ALLIANCES.replace("consul", "consulting")
    workspace = place(tmp_path / "w", trade=cow_trade(frame), broken=broken)
    answer = asked(workspace)
    assert any("broken.csv" in str(error) and "no column 'consul'" in str(error) for error in answer.errors)
    assert "no data set in sources/ has distances" in answer.measure.summary


def test_a_state_outside_the_system_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel's rows are those of the Correlates of War system, and who has no place there is told."""
    frame = flows().replace({"exporter": {"PAK": "PSE"}, "importer": {"PAK": "PSE"}})
    frame = frame[frame["year"] == 1998].assign(year=2016)
    texts = {"trade": wits(frame), "distances": geodist(frame.assign(year=YEARS[0]))}
    summary, _ = without(monkeypatch, place(tmp_path / "w", Dyad("PSE", "JPN"), **texts))
    assert "Palestine had no place in the Correlates of War system of states" in summary
