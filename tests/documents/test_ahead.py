"""Reading ahead: the same documents in the same order as one after the other, whatever becomes of a reader."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from comity.documents import Readers, read
from comity.terms import UnreadableSource

CORPUS = Path(__file__).parent / "corpus"
NAMES = ("ferry.chromium.pdf", "ferry.docx", "ferry.md", "ferry.html")
# A reader to which something happens at the file of that name; {what} knows the file's path.
HARMED = (
    "import os, pathlib, comity.documents.source as source\n"
    "from comity.documents import apart\n"
    "real = source.read\n"
    "def read(path, *, name='', **more):\n"
    "    if name == 'deadly.docx':\n"
    "        {what}\n"
    "    return real(path, name=name, **more)\n"
    "source.read = read\n"
    "apart.serve()"
)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Further readers are started as soon as one is waited for."""
    monkeypatch.setattr("comity.documents.ahead._PATIENCE", 0.01)


def given_by(readers: Readers, paths: list[Path]) -> list[object]:
    """Read files ahead, and return for each its document, or the words of its refusal."""
    given: list[object] = []
    for path in readers.ahead(paths, lambda path: (path, path.name)):
        try:
            given.append(readers.read(path, name=path.name))
        except UnreadableSource as error:
            given.append((str(error), error.remedy))
    return given


def in_folder(folder: Path, *more: str) -> list[Path]:
    """Copy files of the corpus into a folder, and with them a Word file under each of other names."""
    for name in NAMES:
        (folder / name).write_bytes((CORPUS / name).read_bytes())
    for name in more:
        (folder / name).write_bytes((CORPUS / "ferry.docx").read_bytes())
    return sorted(folder.iterdir())


def test_ctrl_c_while_a_reader_is_started_is_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped before the thread of its first reader runs, reading ahead ends as it was asked to, and the reader too."""

    def stopped(_: threading.Thread) -> None:
        raise KeyboardInterrupt

    readers = Readers(2)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt), readers:
        patched.setattr(threading.Thread, "start", stopped)
        given_by(readers, in_folder(tmp_path))
    assert readers.started == 1


@pytest.mark.usefixtures("impatient")
def test_documents_come_in_their_order(tmp_path: Path) -> None:
    """Several readers give the documents that one reading gives, and refuse what it refuses in the same words."""
    paths = in_folder(tmp_path)
    (tmp_path / "cut.docx").write_bytes((CORPUS / "ferry.docx").read_bytes()[:3000])
    paths = [tmp_path / "cut.docx", *paths, tmp_path / "none.pdf"]
    with Readers(3) as several:
        given = given_by(several, paths)
        assert several.started > 1
    assert given[1:-1] == [read(path, name=path.name) for path in paths[1:-1]]
    with Readers(1) as one:
        assert given == given_by(one, paths)
        assert one.started == 1


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_file_that_kills_its_readers_is_refused_alone(tmp_path: Path, jobs: int) -> None:
    """It is named with how its reader ended, and all others are read, with one reader or with several."""
    paths = in_folder(tmp_path, "deadly.docx")
    with Readers(jobs, [sys.executable, "-P", "-c", HARMED.format(what="os.kill(os.getpid(), 11)")]) as readers:
        given = dict(zip((path.name for path in paths), given_by(readers, paths), strict=True))
    words, _ = given.pop("deadly.docx")  # type: ignore[misc]
    assert "deadly.docx: reading it ended the process that read it (SIGSEGV)" in words
    assert given == {name: read(tmp_path / name, name=name) for name in NAMES}


@pytest.mark.usefixtures("impatient")
def test_a_reader_that_died_among_others_costs_nothing(tmp_path: Path) -> None:
    """A sound file whose reader was killed, as a system short of memory does, is read once more by itself."""
    paths = in_folder(tmp_path, "deadly.docx")
    once = f"told = pathlib.Path({str(tmp_path / 'died')!r}); told.exists() or (told.touch(), os.kill(os.getpid(), 9))"
    with Readers(3, [sys.executable, "-P", "-c", HARMED.format(what=once)]) as readers:
        given = given_by(readers, paths)
    assert (tmp_path / "died").exists()
    assert given == [read(path, name=path.name) for path in paths]


def test_few_documents_wait(tmp_path: Path) -> None:
    """However many files there are, at most two for each reader are read before they are asked for."""
    paths = in_folder(tmp_path, *(f"{number}.docx" for number in range(7)))
    asked: list[Path] = []
    apart = 0
    with Readers(2) as readers:

        def document(path: Path) -> tuple[Path, str]:
            asked.append(path)
            return path, path.name

        for done, path in enumerate(readers.ahead([path for path in paths if "ferry" not in path.name], document)):
            apart = max(apart, len(asked) - done)
            readers.read(path, name=path.name)
    assert apart == 4


def test_one_reader_does_where_the_work_is_slower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that nobody waits for are not started."""
    monkeypatch.setattr("comity.documents.ahead._PATIENCE", 600.0)
    with Readers(8) as readers:
        given_by(readers, in_folder(tmp_path))
        assert readers.started == 1


def test_a_folder_of_plain_text_starts_no_reader(tmp_path: Path) -> None:
    """Text is read where it is asked for."""
    (tmp_path / "note.txt").write_text("The ministers met in Muscat.\n", encoding="utf-8")
    with Readers(8) as readers:
        assert given_by(readers, [tmp_path / "note.txt"]) == [read(tmp_path / "note.txt", name="note.txt")]
        assert readers.started == 0


def test_a_file_that_changed_meanwhile_is_read_as_it_is(tmp_path: Path) -> None:
    """A document that was read ahead is not given for a file that was written anew since."""
    paths = in_folder(tmp_path)
    with Readers(1) as readers:
        coming = readers.ahead(paths, lambda path: (path, path.name))
        for path in coming:
            if path.name == "ferry.docx":
                path.write_bytes((CORPUS / "ferry.html").read_bytes())
                assert readers.read(path, name=path.name) == read(path, name=path.name)
                break


def test_an_item_that_is_not_read_after_all_frees_its_place(tmp_path: Path) -> None:
    """What is passed over in the end keeps nothing else from being read ahead."""
    paths = in_folder(tmp_path, *(f"{number}.docx" for number in range(6)))[:6]
    asked: list[Path] = []

    def document(path: Path) -> tuple[Path, str]:
        asked.append(path)
        return path, path.name

    with Readers(1) as readers:
        ahead = [len(asked) - done for done, _ in enumerate(readers.ahead(paths, document))]
    assert ahead == [2, 2, 2, 2, 2, 1]
