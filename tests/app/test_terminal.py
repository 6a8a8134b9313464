"""What a person sees on a terminal of eighty columns: whole words, nothing cut off; off a terminal each row is one line."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.app.conftest import Run

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")

TALKS = """\
# Talks of the Two Coasts

By Amina Otieno

20 May 2019

Kenya and Uganda signed an agreement on the upkeep of the road from Malaba to Kampala and of its seven weighbridges in Nairobi on 3 May 2018.
Kenya's foreign minister visited Kampala on 4 March 2019.

Kenya's Trade with Uganda (US$ million)

| Year | Exports | Imports | Total |
|------|---------|---------|-------|
| 2015 | 600     | 200     | 800   |
| 2016 | 650     | 210     | 870   |
"""


def shown(*arguments: str | Path, cwd: Path, columns: int = 80) -> str:
    """Return what `comity ARGUMENTS` shows on a terminal of so many columns."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(cwd)
        os.environ.update(COLUMNS=str(columns), TERM="dumb", NO_COLOR="1")
        os.execv(sys.executable, [sys.executable, "-m", "comity", *map(str, arguments)])
    seen = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so that the other end was closed
            break
        if not piece:
            break
        seen += piece
    os.close(terminal)
    os.waitpid(process, 0)
    return re.sub(r"\x1b\[[\d;]*m|\r", "", seen.decode())


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A draft with a long sentence and a wrong total."""
    path = tmp_path / "talks.md"
    path.write_text(TALKS, encoding="utf-8")
    return path


def words(text: str) -> list[str]:
    """The words of a text, however its lines are broken."""
    return text.split()


def widest(text: str) -> int:
    """The length of the longest line."""
    return max(map(len, text.splitlines()))


def test_events_stand_whole_with_their_evidence_below(comity: Run, talks: Path) -> None:
    """`comity code` gives each event a line, and its evidence below it in whole words."""
    seen = shown("code", talks, cwd=talks.parent)
    assert widest(seen) <= 80
    assert re.search(r"^2018-05-03 .*\bNairobi$", seen, re.MULTILINE)
    evidence = re.search(r"^ {4}Kenya and Uganda signed[^#]+?2018\.$", seen, re.MULTILINE)
    assert evidence is not None and words(evidence[0]) == words(
        next(line for line in TALKS.splitlines() if "signed" in line)
    )
    piped = comity("code", talks, COLUMNS="80").stdout
    assert "of the road from Malaba to Kampala and of its seven weighbridges in Nairobi on 3 May 2018." in piped
    # What stands below its event needs no name of a column.
    said = seen[: seen.index(" events in ")].rpartition("\n")[0]
    assert sorted(words(piped)) == sorted([*words(said), "evidence"])


def test_a_wide_terminal_shows_evidence_beside_its_event(talks: Path) -> None:
    """Where there is room for all columns the evidence stands in the event's own line."""
    seen = shown("code", talks, cwd=talks.parent, columns=240)
    assert re.search(r"^2018-05-03 .* Nairobi +Kenya and Uganda signed .* 2018\.$", seen, re.MULTILINE)


@pytest.mark.parametrize(
    "verb", [("check", "--show-confirmed", "--show-unchecked"), ("explain",), ("explain", "SUM001")]
)
def test_reports_break_between_words(comity: Run, talks: Path, verb: tuple[str, ...]) -> None:
    """What `comity check` and `explain` show at eighty columns are the words that they write to a file, none parted."""
    arguments = (*verb, talks.name) if verb[0] == "check" else verb
    seen, piped = shown(*arguments, cwd=talks.parent), comity(*arguments, cwd=talks.parent)
    assert widest(seen) <= 80
    assert sorted(words(seen)) == sorted(words(piped.stdout + piped.stderr))


def test_a_workspace_is_told_in_whole_words(comity: Run, talks: Path) -> None:
    """So are the report of `comity add`, `measure` and `status`, with a file whose name leaves little room."""
    long = talks.parent / "the-quarterly-review-of-the-trade-of-two-coasts-2019.md"
    long.write_text(TALKS.replace("Two Coasts", "Three Ports"), encoding="utf-8")
    room = talks.parent / "room"
    assert comity("init", "KEN", "UGA", room).returncode == 0
    seen = shown("add", talks, long, cwd=room)
    assert widest(seen) <= 80
    assert long.name in words(seen) and re.search(r"1\s+table\b", seen)
    assert comity("build", cwd=room).returncode == 0
    (room / "sources" / "another-paper-that-waits-for-a-build-and-has-a-long-name.md").write_text(TALKS + "\nEnd.\n")
    for verb in ("measure", "status"):
        seen, piped = shown(verb, cwd=room), comity(verb, cwd=room).stdout
        # The folder's own path may be longer than the line; it is not broken.
        assert all(len(line) <= 80 or str(room) in line for line in seen.splitlines())
        assert words(seen) == words(piped)
