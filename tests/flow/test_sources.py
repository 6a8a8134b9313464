"""Adding files copies them once each, overwrites nothing, and goes on after a bad one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.flow import Workspace, add, files


def outcomes(workspace: Workspace, *paths: Path) -> list[tuple[str, str]]:
    """Return name and outcome of each file added."""
    return [(added.name, added.outcome) for added in add(workspace, paths)]


def test_a_file_is_added_once(workspace: Workspace, tmp_path: Path) -> None:
    """The same bytes are not copied again, under another name neither."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Paris and Delhi agree.", encoding="utf-8")
    twin = tmp_path / "twin.txt"
    twin.write_bytes(letter.read_bytes())
    assert outcomes(workspace, letter) == [("letter.txt", "added")]
    assert outcomes(workspace, letter, twin) == [("letter.txt", "already there"), ("letter.txt", "already there")]


def test_another_file_of_the_same_name_gets_a_number(workspace: Workspace, tmp_path: Path) -> None:
    """Nothing is overwritten."""
    other = tmp_path / "visits.md"
    other.write_text("Another text.", encoding="utf-8")
    before = (workspace.sources / "visits.md").read_bytes()
    assert outcomes(workspace, other) == [("visits-2.md", "added")]
    assert (workspace.sources / "visits.md").read_bytes() == before


def test_folders_are_walked(workspace: Workspace, tmp_path: Path) -> None:
    """A folder's files are added, hidden files and a desktop's furniture are not."""
    folder = tmp_path / "papers" / "old"
    folder.mkdir(parents=True)
    for name in ("one.txt", ".hidden", "Thumbs.db", "~$draft.docx"):
        (folder / name).write_text(f"Text of {name}", encoding="utf-8")
    assert outcomes(workspace, tmp_path / "papers") == [("one.txt", "added")]


def test_a_file_inside_sources_is_already_there(workspace: Workspace) -> None:
    """A file of sources/ is not copied into sources/ again."""
    assert outcomes(workspace, workspace.sources / "trade.csv") == [("trade.csv", "already there")]
    assert len(files(workspace)) == 2


def test_a_bad_file_does_not_stop_the_others(workspace: Workspace, tmp_path: Path) -> None:
    """A missing, an empty, an endless and a huge file are refused with their names; the rest is added."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with (tmp_path / "huge.csv").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    (tmp_path / "good.txt").write_text("Good.", encoding="utf-8")
    names = ("missing.txt", "empty.txt", "loop.txt", "huge.csv", "good.txt")
    done = add(workspace, [tmp_path / name for name in names])
    assert [added.outcome for added in done] == ["refused"] * 4 + ["added"]
    assert all(name in added.reason for name, added in zip(names[:4], done[:4], strict=True))
    assert "200 MB" in done[3].reason


def test_a_name_that_is_no_text_is_refused_when_named_itself(workspace: Workspace, tmp_path: Path) -> None:
    """A file named on the command line whose name is not UTF-8 is refused with a clear word; the others go on."""
    odd, good = tmp_path / os.fsdecode(b"odd-\xff.txt"), tmp_path / "good.txt"
    good.write_text("Good.", encoding="utf-8")
    try:
        odd.write_text("Odd.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    done = add(workspace, [odd, good])
    assert [added.outcome for added in done] == ["refused", "added"]
    assert "not UTF-8" in done[0].reason
    done[0].reason.encode()
