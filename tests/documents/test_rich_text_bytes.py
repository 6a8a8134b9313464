r"""RTF: bytes that look like mark-up, what stands behind the end, notes that are numbered by pages, the order of tables in cells."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from tests.documents.test_rich_text import SENTENCE, grid, rtf, texts

_HEAD = rb"{\rtf1\ansi\ansicpg932\deff0{\fonttbl{\f0\fcharset128 Mincho;}{\f1\fcharset0 Arial;}}"


def _plain(text: str) -> bytes:
    return text.encode("cp932")


def _escaped(text: str) -> bytes:
    return b"".join(b"\\" + bytes((byte,)) if byte in rb"\{}" else bytes((byte,)) for byte in text.encode("cp932"))


def _in_figures(text: str) -> bytes:
    return b"".join(rb"\'%02x" % byte for byte in text.encode("cp932"))


def _half_in_figures(text: str) -> bytes:
    return b"".join(rb"\'%02x" % byte if byte > 0x7F else _escaped(chr(byte)) for byte in text.encode("cp932"))


@pytest.mark.parametrize("text", ["会議の予定表", "表示する", "ソ連と構成", "申し込み", "実施ー本"])
@pytest.mark.parametrize("write", [_plain, _escaped, _in_figures, _half_in_figures])
@pytest.mark.parametrize("end", [rb"\par}", rb" \b0 of 2018.\par}"])
def test_second_bytes_that_look_like_mark_up(text: str, write: object, end: bytes) -> None:
    """A backslash or a brace that is the second byte of a letter is read as one, however the program wrote it."""
    assert callable(write)
    document = read_bytes(_HEAD + write(text) + end, name="a.rtf")
    assert document.text.strip() == text + (" of 2018." if b"2018" in end else "")


def test_a_letter_of_another_code_page_takes_no_brace() -> None:
    """A group ends where its brace stands, also behind a letter that in this code page would want a second byte."""
    document = read_bytes(_HEAD + rb"{\b caf" + b"\xe9}" + rb"{\i caf\'e9} Both sides met.\par}", name="a.rtf")
    assert document.text.strip() == "caf\ufffdcaf\ufffd Both sides met."


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        (b"\x00\x07\xef\xbf\xbd8 left over", []),
        (rb"} They met again.\par", ["They met again."]),
        (rb"{\rtf1\ansi\pard They met again.\par}", ["They met again."]),
    ],
)
def test_what_stands_behind_the_last_brace(behind: bytes, found: list[str]) -> None:
    """It is no text, unless paragraphs stand there: then a brace was one too many, or another file follows."""
    document = read_bytes(rb"{\rtf1\ansi\pard " + SENTENCE.encode() + rb"\par}" + behind, name="a.rtf")
    assert texts(document) == found


def test_notes_that_are_numbered_by_pages() -> None:
    """They begin anew at each page break that the file has, and the reader is told that there may be more."""
    note = r"{{\super\chftn{{\footnote\pard {{\super\chftn}} {}.}}}}"
    body = rf"\pard {SENTENCE}{note.format('One')}{note.format('Two')}\par\page {SENTENCE}{note.format('Three')}\softpage They met.{note.format('Four')}\par"
    document = rtf(rf"\ftnrstpg {body}")
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "One."), ("2", "Two."), ("1", "Three."), ("1", "Four."),
    ]  # fmt: skip
    assert any("numbered anew on each page" in warning for warning in document.warnings)
    assert not rtf(body).warnings


def test_tables_in_the_cells_of_tables_in_cells() -> None:
    """Each follows the table that it stands in."""
    nested = r"{\*\nesttableprops\trowd\cellx2000\cellx4000\nestrow}"
    deep = rf"\pard\intbl\itap3 1\nestcell 2\nestcell {nested}"
    middle = rf"\pard\intbl\itap2 3\nestcell \pard\intbl\itap2 4\par {deep}\pard\intbl\itap2 5\nestcell {nested}"
    document = rtf(
        rf"\pard {SENTENCE}\par\trowd\cellx4000\cellx8000\pard\intbl 6\cell {middle}\pard\intbl\itap1 7\cell\row\pard Both sides met.\par"
    )
    assert [[text for text, _, _ in grid(document, at).values()] for at in range(3)] == [
        ["6", "7"], ["3", "4 5"], ["1", "2"],
    ]  # fmt: skip


def test_a_star_that_begins_no_group() -> None:
    """Only what a group begins with is marked to be ignored; text behind a star within it is read."""
    document = rtf(
        rf"\pard {{\i0\*\cs7 {SENTENCE}}}\par{{\*\xyz gone}}{{\n\*\xyz gone}} They met again.\par".replace(r"\n", "\n")
    )
    assert document.text == f"{SENTENCE}\n\nThey met again."
