"""Builds and additions whose documents several processes read ahead."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from comity.flow import Workspace, add, build, dyad_of, export
from comity.record import Record
from tests.flow import corpora

CORPUS = Path(__file__).parent.parent / "documents" / "corpus"
EXPORTS = ("events", "statements", "observations", "documents", "bibliography")
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


def fill(folder: Path) -> Path:
    """Write documents of several formats into a folder, two of them alike, one cut short and one no document."""
    folder.mkdir(exist_ok=True)
    for name in ("ferry.docx", "ferry.html", "ferry.md", "ferry.odt", "ferry.chromium.pdf"):
        (folder / name).write_bytes((CORPUS / name).read_bytes())
    (folder / "again.docx").write_bytes((CORPUS / "ferry.docx").read_bytes())
    (folder / "cut.docx").write_bytes((CORPUS / "ferry.docx").read_bytes()[:3000])
    (folder / "data.json").write_text("[1]", encoding="utf-8")
    (folder / "note.txt").write_text("French ministers visited India on 4 March 2018.\n", encoding="utf-8")
    return folder


def test_the_record_is_the_same_for_any_number_of_readers(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All exports, what is said of each source, and the order of it."""
    monkeypatch.setattr("comity.documents.ahead._PATIENCE", 0.01)
    fill(workspace.sources)
    told = []
    for jobs in (1, 3):
        (workspace.root / "record.db").unlink(missing_ok=True)
        names: list[str] = []
        report = build(workspace, jobs=jobs, on_source=names.append)
        told.append((report, names, [export(workspace, what) for what in EXPORTS]))
    assert told[0] == told[1]
    assert told[0][1] == sorted(told[0][1]) and len(told[0][0].read) == 9
    assert [name for name, _ in told[0][0].unread] == ["cut.docx", "data.json"]


def test_what_is_added_is_the_same_for_any_number_of_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each file what became of it and what it holds, in the order of the files; nothing else is left in sources/."""
    monkeypatch.setattr("comity.documents.ahead._PATIENCE", 0.01)
    folder = fill(tmp_path / "received")
    told = []
    for jobs in (1, 3):
        made = Workspace.create(tmp_path / f"with-{jobs}", dyad_of("FRA", "IND"))
        done = add(made, [folder], jobs=jobs)
        told.append((done, corpora.contents(made.sources)))
    assert told[0] == told[1]
    outcomes = {Path(one.path).name: one.outcome for one in told[0][0]}
    assert (outcomes["again.docx"], outcomes["ferry.docx"]) == ("added", "already there")
    assert outcomes["cut.docx"] == outcomes["data.json"] == "refused"
    assert len(told[0][1]) == 6


@linux
def test_ctrl_c_leaves_no_reader_behind(workspace: Workspace) -> None:
    """A build that is stopped ends with 130 and its readers with it, and the record is as it was."""
    for number in range(40):
        content = (CORPUS / "ferry.docx").read_bytes()
        (workspace.sources / f"{number}.docx").write_bytes(content + bytes(number))
    running = subprocess.Popen(
        [sys.executable, "-m", "comity", "build", "--jobs", "2"],
        cwd=workspace.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    corpora.wait_until(lambda: bool(corpora.below(running.pid)) or running.poll() is not None)
    readers = corpora.below(running.pid)
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1]
    assert (running.returncode, "Traceback" in said) == (130, False), said
    assert not any("serve()" in corpora.command_of(reader) for reader in readers)
    assert Record.built(workspace.record) is None
