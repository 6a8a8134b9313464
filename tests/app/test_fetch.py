"""`comity fetch` as a person runs it, and all other verbs with every connection forbidden."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comity.flow import Workspace, dyad_of
from comity.statistics import services
from tests.app.conftest import Run
from tests.flow.data_server import DataServer, Handler, data_server, drops_after, gives, goes_on, imts, sleeps

GUARD = (
    "import socket\n"
    "def refuse(*args, **more): raise SystemExit('a connection was tried: %r' % (args[1:],))\n"
    "socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse\n"
)
NO_NAMES = (
    "import socket\n"
    "def fail(*args, **more): raise socket.gaierror(-3, 'Temporary failure in name resolution')\n"
    "socket.getaddrinfo = fail\n"
)
FIGURES = imts([("FRA", "XG_FOB_USD", "IND", "2016", "4050000000"), ("IND", "MG_CIF_USD", "FRA", "2016", "3950000000")])
REVISED = FIGURES.replace("4050000000", "4100000000")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a workspace for France and India."""
    return Workspace.create(tmp_path / "france-india", dyad_of("FRA", "IND")).root


def stand_in(home: Path, data: DataServer, source: str = "imf-imts") -> None:
    """Put the server in place of a source's service."""
    settings = f'dyad = ["FRA", "IND"]\n[fetch.{source}]\nurl = "{data.url}"\nrate = 6000\ntime_limit = 20\n'
    (home / "comity.toml").write_text(settings, encoding="utf-8")


def guarded_by(folder: Path, program: str) -> str:
    """Return a path of modules on which this program runs before any other."""
    guard = folder / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(program, encoding="utf-8")
    return os.pathsep.join(part for part in (str(guard), os.environ.get("PYTHONPATH", "")) if part)


def test_a_fetch_says_what_came_and_then_what_changed(comity: Run, home: Path) -> None:
    """The first fetch names its file and licence; a second says nothing was added; a third what was revised."""
    with data_server(gives(FIGURES), gives(FIGURES), gives(REVISED)) as data:
        stand_in(home, data)
        first, second, third = (comity("fetch", "imf-imts", cwd=home) for _ in range(3))
    assert [run.returncode for run in (first, second, third)] == [0, 0, 0], first.stderr
    assert "/imf-imts_FRA-IND.csv: 2 rows" in first.stdout and "Licence: IMF terms of use" in first.stdout
    assert "comity build" in first.stderr
    assert "Nothing was added: the same bytes came again" in second.stderr and "comity build" not in second.stderr
    assert "0 rows added, 0 gone, 1 revised." in third.stdout
    assert "FRA XG_FOB_USD IND A 2016, OBS_VALUE: 4050000000 became 4100000000" in third.stdout


def test_the_outcome_as_json(comity: Run, home: Path) -> None:
    """On stdout stands one JSON value with the file, its digest and the changes."""
    with data_server(gives(FIGURES), gives(REVISED)) as data:
        stand_in(home, data)
        first, second = (
            json.loads(
                comity("fetch", "imf-imts", "--from", "2016", "--to", "2016", "--format", "json", cwd=home).stdout
            )
            for _ in range(2)
        )
    assert (first["outcome"], first["rows"], first["changes"]) == ("fetched", 2, None)
    assert (home / "sources" / first["name"]).read_text(encoding="utf-8") == FIGURES
    assert (second["outcome"], second["changes"]["revised"]) == ("new vintage", 1)
    assert second["changes"]["largest"][0]["after"] == "4100000000"


def test_the_list_needs_no_workspace_and_no_network(comity: Run, tmp_path: Path) -> None:
    """Every source is listed with its licence, whether it can be fetched, and else how to get it by hand."""
    listed = comity("fetch", "--list", PYTHONPATH=guarded_by(tmp_path, GUARD))
    assert listed.returncode == 0, listed.stderr
    rows = json.loads(comity("fetch", "--list", "--format", "json").stdout)
    assert [row["source"] for row in rows] == list(services())
    for row in rows:
        (line,) = (line for line in listed.stdout.splitlines() if line.split()[0] == row["source"])
        assert line.split()[1] == row["fetch"] and row["licence"] in line
        assert ("comity fetch" in line) == (row["fetch"] == "yes") or row["by_hand"] in line


def test_without_network_the_way_by_hand_is_told(comity: Run, home: Path, tmp_path: Path) -> None:
    """Where no name can be resolved, exit is 2 and stderr says how to get the file by hand."""
    path = guarded_by(tmp_path, NO_NAMES)
    run = comity("fetch", "cow-trade", cwd=home, PYTHONPATH=path, https_proxy="", HTTPS_PROXY="")
    assert run.returncode == 2 and run.stdout == ""
    assert "correlatesofwar.org: it cannot be reached (Temporary failure in name resolution)." in run.stderr
    assert services()["cow-trade"].by_hand in run.stderr
    assert "comity add FILE, which recognises it" in run.stderr


def test_what_is_refused_exits_with_2(comity: Run, home: Path) -> None:
    """A web page instead of data, a source that there is not, and no source at all add nothing and exit with 2."""
    with data_server(gives("<html><head><title>Log in</title></head></html>")) as data:
        stand_in(home, data)
        page = comity("fetch", "imf-imts", cwd=home)
    assert page.returncode == 2 and 'a web page titled "Log in" came instead of data' in page.stderr
    assert comity("fetch", "imf", cwd=home).returncode == 2
    assert "comity fetch --list" in comity("fetch", cwd=home).stderr
    assert not list((home / "sources").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="signals to a process of its own are POSIX")
def test_ctrl_c_leaves_a_half_that_is_gone_on_with(comity: Run, home: Path) -> None:
    """An interrupted fetch exits with 130 and keeps what came; the next one asks for the rest under its ETag."""
    body = FIGURES + "".join(
        f"IMF.STA:IMTS(1.0.0),FRA,XG_FOB_USD,IND,A,{year},{year},6,\n" for year in range(1948, 2016)
    )

    def half(handler: Handler) -> None:
        drops_after(500, body, ETag='"v1"')(handler)
        handler.wfile.flush()
        sleeps(handler)

    with data_server(half, goes_on(body, '"v1"')) as data:
        stand_in(home, data)
        part = home / ".fetching" / "imf-imts" / "imf-imts_FRA-IND.csv.part"
        with subprocess.Popen(
            [sys.executable, "-m", "comity", "fetch", "imf-imts"],
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as run:
            ends = time.monotonic() + 30
            while not (part.exists() and part.stat().st_size) and time.monotonic() < ends:
                time.sleep(0.02)
            run.send_signal(signal.SIGINT)
            _, said = run.communicate(timeout=20)  # the server is silent for longer
        assert run.returncode == 130 and "what came is kept" in said
        again = comity("fetch", "imf-imts", cwd=home)
    assert again.returncode == 0, again.stderr
    assert data.headers[1]["range"] == "bytes=500-" and data.headers[1]["if-range"] == '"v1"'
    assert [path.read_text() for path in (home / "sources").rglob("*.csv")] == [body]


def test_no_other_verb_opens_a_connection(comity: Run, home: Path, tmp_path: Path) -> None:
    """Add, build, check, measure and brief work on fetched data with every connection forbidden."""
    with data_server(gives(FIGURES)) as data:
        stand_in(home, data)
        assert comity("fetch", "imf-imts", cwd=home).returncode == 0
    path = guarded_by(tmp_path, GUARD)
    note = tmp_path / "note.md"
    note.write_text("# France and India\n\n4 May 2018\n\nFrench exports to India reached US$ 4.05 billion in 2016.\n")
    verbs: list[tuple[str | Path, ...]] = [("add", note), ("build",), ("check", note), ("measure",), ("brief",)]
    for verb in verbs:
        run = comity(*verb, cwd=home, PYTHONPATH=path)
        assert "a connection was tried" not in run.stderr and run.returncode in (0, 1), (verb, run.stderr)
    fetch = comity("fetch", "imf-imts", cwd=home, PYTHONPATH=path)
    assert "a connection was tried" in fetch.stderr  # the guard does see connections
