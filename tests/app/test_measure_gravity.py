"""`comity measure gravity` on the command line: on demand, with progress, and with words where it cannot be told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.conftest import Run
from tests.flow.gravity_files import cow_trade, flows, geodist, place
from tests.measures.conftest import extra as extra


@pytest.mark.usefixtures("extra")
def test_it_is_told_as_any_other_measure(comity: Run, tmp_path: Path) -> None:
    """Text and JSON hold it, and stderr says how far it is, step by step, unless it is to be quiet."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame))
    told = comity("measure", "gravity", cwd=workspace.root)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Trade against its gravity expectation (gravity-expectation)\n")
    assert "Note: Trade: cow-trade" in told.stdout and "Note: Years: 1990, 1994, 1998" in told.stdout
    for words in ("Reading trade.csv", "Laying out the panel of trade", "Estimating PPML, effects, 1998 (1 of 5)"):
        assert words in told.stderr
    as_json = comity("measure", "gravity-expectation", "--format", "json", "-q", cwd=workspace.root)
    (line,) = json.loads(as_json.stdout)
    assert as_json.stderr == "" and line["key"] == "gravity-expectation" and line["summary"] in told.stdout
    assert len(line["points"]) == 15 and all(point["interval"] for point in line["points"])


@pytest.mark.usefixtures("extra")
def test_its_chart_is_a_file(inside: Run, tmp_path: Path) -> None:
    """The chart has a dot and a range for each specification and direction, and the sources below."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame), distances=geodist(frame))
    done = inside("measure", "gravity", "--chart", "g.json", cwd=workspace.root)
    assert done.returncode == 0 and done.stdout == "", done.stderr
    spec = json.loads((workspace.root / "g.json").read_text(encoding="utf-8"))
    dots = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert [len(layer["data"]["values"]) for layer in dots] == [15]
    assert "Keshk" in json.dumps(spec)


def test_it_is_not_among_all_measures(inside: Run, tmp_path: Path) -> None:
    """Without its key it is not computed; with other keys it stands in their order."""
    workspace = place(tmp_path / "w")
    (workspace.sources / "note.md").write_text("# A note\n\nJapan and Pakistan.\n", encoding="utf-8")
    assert inside("build", cwd=workspace.root).returncode == 0
    every = json.loads(inside("measure", "--format", "json", cwd=workspace.root).stdout)
    assert "gravity-expectation" not in {one["key"] for one in every}
    both = inside("measure", "contacts", "gravity", "coverage", "--format", "json", cwd=workspace.root)
    assert [one["key"] for one in json.loads(both.stdout)] == ["contacts", "gravity-expectation", "coverage"]
    wrong = inside("measure", "gravitas", cwd=workspace.root)
    assert wrong.returncode == 2 and ", gravity," in wrong.stderr


@pytest.mark.usefixtures("extra")
def test_without_data_it_says_what_to_fetch(inside: Run, tmp_path: Path) -> None:
    """It needs no record; without data sets it is a sentence, and no chart."""
    workspace = place(tmp_path / "w")
    done = inside("measure", "gravity", cwd=workspace.root)
    assert done.returncode == 0, done.stderr
    assert "has no expectation: no data set in sources/ has yearly trade" in done.stdout
    assert "comity fetch cow-trade" in done.stdout and "Traceback" not in done.stderr
    chart = inside("measure", "gravity", "--chart", "g.png", cwd=workspace.root)
    assert chart.returncode == 2 and "make no chart" in chart.stderr
    assert not (workspace.root / "g.png").exists()


def test_the_limit_is_told_and_shows_in_the_exit_code(comity: Run, tmp_path: Path) -> None:
    """A run that the limit ends says so, and its exit code tells of it."""
    frame = flows()
    workspace = place(tmp_path / "w", trade=cow_trade(frame))
    slow = comity("measure", "gravity", "--time-limit", "0.5", cwd=workspace.root)
    assert slow.returncode == 2 and "--time-limit" in slow.stderr and "Traceback" not in slow.stderr


def test_its_options_go_with_its_key(inside: Run, tmp_path: Path) -> None:
    """A source, a year or a limit for other measures is refused."""
    workspace = place(tmp_path / "w")
    for option in (("--trade-from", "wits"), ("--year", "2009"), ("--time-limit", "9")):
        done = inside("measure", "contacts", *option, cwd=workspace.root)
        assert done.returncode == 2 and "go with the KEY gravity" in done.stderr
