"""`comity panel` on the command line: what it writes, what it says, and what it refuses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.app.conftest import Run
from tests.flow.panel_files import ALLIANCES, CAPABILITIES, DISTANCES, TRADE, write


def test_a_panel_of_files_without_a_workspace(comity: Run, tmp_path: Path) -> None:
    """Files that are given become a panel with its codebook, and nothing else is left in the folder."""
    files = write(tmp_path / "in", trade=TRADE, distances=DISTANCES)
    (tmp_path / "out").mkdir()
    arguments = ("panel", *files, "--dyads", "PAK-JPN", "--undirected", "--years", "2001-2002")
    done = comity(*arguments, "--with", "trade,distance", "--out", "panel.csv", cwd=tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Undirected dyad-years" in done.stderr and "2 rows, 8 columns" in done.stderr
    names = {"panel.csv", "panel.csv.codebook.json", "panel.csv.codebook.md"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert (tmp_path / "out" / "panel.csv").read_text().splitlines() == [
        "year,code1,code2,cow1,cow2,imports_12_cow_trade,imports_21_cow_trade,distance_cepii_geodist",
        "2001,JPN,PAK,740,770,12500000.0,30000000.0,5980.15",
        "2002,JPN,PAK,740,770,,0.0,5980.15",
    ]


def test_a_workspace_gives_its_data_sets_and_keeps_the_shelf(comity: Run, tmp_path: Path) -> None:
    """Without FILEs the sources' data sets count, found from any folder within; documents among them are passed over."""
    comity("init", "PAK", "JPN", ".")
    write(tmp_path / "sources" / "cow", nmc=CAPABILITIES)
    (tmp_path / "sources" / "note.md").write_text("# A note\n\nJapan and Pakistan.\n", encoding="utf-8")
    within = tmp_path / "work"
    within.mkdir()
    done = comity("panel", "--states", "PAK", "--years", "2001", "--with", "population", "--out", "p.csv", cwd=within)
    assert done.returncode == 0, done.stderr
    assert (within / "p.csv").read_text().splitlines() == ["year,code,cow,population_cow_nmc", "2001,PAK,770,140000000"]
    assert len(list((tmp_path / "shelf").glob("*.parquet"))) == 1
    added = comity("add", "shelf")
    assert added.returncode == 2 and "no file to add in shelf" in added.stderr


def test_a_file_that_is_no_data_set_is_refused_by_name(comity: Run, tmp_path: Path) -> None:
    """What cannot be read is named, the rest goes on, and the exit code tells of it."""
    files = write(tmp_path, trade=TRADE, other="a,b\n1,2\n", broken=ALLIANCES.replace("consul", "consulting"), empty="")
    done = comity(
        "panel", *files, "gone.csv", "--dyads", "all", "--years", "2001", "--with", "trade", "--out", "p.parquet"
    )
    assert done.returncode == 1
    for name, words in (
        ("other.csv", "no file of a known data set"),
        ("broken.csv", "no column 'consul'"),
        ("empty.csv", "the file is empty"),
        ("gone.csv", "cannot be opened"),
    ):
        assert any(name in line and words in line for line in done.stderr.splitlines()), done.stderr
    assert (tmp_path / "p.parquet").is_file()


def test_the_variables_are_listed(comity: Run, tmp_path: Path) -> None:
    """`--list` names each variable of the data sets with its family, source, unit and years, and writes nothing."""
    files = write(tmp_path, trade=TRADE, nmc=CAPABILITIES)
    before = set(tmp_path.iterdir())
    done = comity("panel", *files, "--list")
    assert done.returncode == 0
    lines = {line.split()[0]: line.split() for line in done.stdout.splitlines()}
    assert lines["imports"] == ["imports", "trade", "cow-trade", "pair", "USD", "1991-2002", "9"]
    assert {"capability-index", "population", "urban-population", "military-personnel"} <= lines.keys()
    assert set(tmp_path.iterdir()) == before


def test_leaders_and_acts_come_with_the_workspace(inside: Run, tmp_path: Path) -> None:
    """In a workspace its lists of leaders and its record are offered and become columns; a record of nothing gives none."""
    inside("init", "PAK", "JPN", ".")
    sources = tmp_path / "sources"
    write(
        sources, reign="ccode,leader,sdate,smonth,syear,emonth,eyear\n740,Abe,26,12,2012,9,2020\n740,Suga,16,9,2020,,\n"
    )
    (sources / "visit.md").write_text(
        "# A visit\n\nOn 12 June 2018, the Japanese Foreign Minister Taro Kono visited Islamabad.\n", encoding="utf-8"
    )
    whole = ("panel", "--dyads", "JPN-PAK", "--undirected", "--years", "2018-2019", "--with", "leaders,events", "--out")
    before = inside(*whole, "p.csv")
    assert (before.returncode, before.stdout) == (2, "") and "Run `comity build`" in before.stderr
    assert inside("build").returncode == 0
    listed = inside("panel", "--list")
    assert listed.returncode == 0
    lines = {line.split()[0]: line.split() for line in listed.stdout.splitlines()}
    assert lines["leaders"][:4] == ["leaders", "leaders", "reign", "state"]
    assert lines["events"][:4] == ["events", "events", "record", "pair"]
    done = inside(*whole, "p.csv")
    assert done.returncode == 0, done.stderr
    header, *rows = (tmp_path / "p.csv").read_text().splitlines()
    first, second = (dict(zip(header.split(","), row.split(","), strict=True)) for row in rows)
    assert (first["leader_1_reign"], first["leader_tenure_1_reign"], first["leader_2_reign"]) == ("Abe", "6.01", "")
    # The list breaks off in September 2020; of the record 2018 is the first year and the last.
    assert (first["verbal_cooperation_12_record"], first["verbal_cooperation_21_record"]) == ("1", "0")
    assert second["leader_1_reign"] == "Abe" and second["verbal_cooperation_12_record"] == ""


def test_what_is_asked_wrongly_is_refused(inside: Run, tmp_path: Path) -> None:
    """A wrong dyad, year, variable, or name of the file is told, with what to write; nothing is written."""
    (trade,) = write(tmp_path / "in", trade=TRADE)
    whole = {"--dyads": "all", "--years": "2001", "--with": "trade", "--out": "p.csv"}
    for wrong, words in (
        ({"--dyads": "PAK-XYZ"}, "XYZ"),
        ({"--dyads": "PAK"}, "PAK-JPN"),
        ({"--states": "all"}, "Say what a row is"),
        ({"--years": "2001-1990"}, "run backwards"),
        ({"--years": "2001-2999"}, "1816 to"),
        ({"--years": "lately"}, "--years 1990-2020"),
        ({"--with": "tarde"}, "imports, trade"),
        ({"--out": "p.xlsx"}, ".parquet or .csv"),
        ({"--system": "un"}, "cow"),
    ):
        given = [part for pair in (whole | wrong).items() for part in pair]
        done = inside("panel", trade, *given)
        assert (done.returncode, done.stdout) == (2, ""), wrong
        assert words in done.stderr and "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_ctrl_c_leaves_nothing_half(tmp_path: Path) -> None:
    """A panel that is stopped while the rows are made leaves no file and no folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "comity", "panel", "--dyads", "all", "--years", "1816-2020", "--out", "p.csv"],
        cwd=tmp_path,
        env=os.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".comity-panel-*/*")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "stopped" in said and list(tmp_path.iterdir()) == []
