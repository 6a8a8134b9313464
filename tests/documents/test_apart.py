"""Reading in a process apart: the same document, and nothing lost where the file hangs it or kills it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from comity.documents import read, read_apart
from comity.documents.apart import READER, Apart
from comity.terms import UnreadableSource

CORPUS = Path(__file__).parent / "corpus"


@pytest.mark.parametrize("name", ["ferry.docx", "ferry.html", "ferry.libreoffice.pdf", "ferry.md", "ferry.rtf"])
def test_the_document_is_the_same(name: str) -> None:
    """To the last character, and in all its parts."""
    assert read_apart(CORPUS / name, name=name) == read(CORPUS / name, name=name)


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    """The process is ended and begun anew."""
    with pytest.raises(UnreadableSource, match=r"took more than .* and was stopped"):
        read_apart(CORPUS / "columns.typst.pdf", name="slow.pdf", seconds=0.001)
    assert len(read_apart(CORPUS / "columns.typst.pdf").notes) == 35


@pytest.mark.parametrize(("ending", "told"), [("sys.exit(3)", "exit code 3"), ("os.kill(os.getpid(), 11)", "SIGSEGV")])
def test_a_file_that_kills_its_reader_is_named(ending: str, told: str) -> None:
    """With how the process ended, as often as it is tried."""
    deadly = Apart([sys.executable, "-c", f"import os, sys; sys.stdin.buffer.read(8); {ending}"])
    for _ in range(2):
        with pytest.raises(UnreadableSource, match=f"deadly.pdf: .*{told}"):
            deadly.read(CORPUS / "ferry.docx", "deadly.pdf", 60)
    deadly.close()


def test_refusals_are_told_as_they_are(tmp_path: Path) -> None:
    """The file, the reason and what to do, from the process apart too."""
    cut = tmp_path / "cut.docx"
    cut.write_bytes((CORPUS / "ferry.docx").read_bytes()[:3000])
    with pytest.raises(UnreadableSource, match=r"cut\.docx: the file is cut short or damaged") as told:
        read_apart(cut)
    assert told.value.remedy
    with pytest.raises(UnreadableSource, match="no such file"):
        read_apart(tmp_path / "none.pdf")


def test_nothing_of_the_working_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of sources may hold files that are named like modules."""
    for name in ("lxml.py", "resource.py", "pickle.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    fresh = Apart(READER)
    assert fresh.read(CORPUS / "ferry.docx", "ferry.docx", 60).notes
    fresh.close()
    assert not (tmp_path / "ran").exists()


def test_an_interrupted_reading_leaves_no_answer_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """After Ctrl-C the next file gets its own document."""
    fresh = Apart(READER)
    with monkeypatch.context() as patched:
        patched.setattr("comity.documents.apart._receive", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            fresh.read(CORPUS / "columns.typst.pdf", "columns.pdf", 60)
    assert fresh.read(CORPUS / "ferry.docx", "ferry.docx", 60) == read(CORPUS / "ferry.docx", name="ferry.docx")
    fresh.close()


def _interrupted(pipe: object) -> None:
    raise KeyboardInterrupt
