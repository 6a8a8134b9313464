"""What is nested deep, long or spread wide is read in time, and no text of it is lost."""

from __future__ import annotations

import time

import pytest

from comity.documents import limits, read_bytes
from comity.terms import UnreadableSource

PIECES = {
    "lists": "<ul><li>w{} talks.",
    "divisions": "<div>w{} talks.",
    "quotes": "<blockquote><p>w{} talks.</p>",
    "tables": "<table><tr><td>w{} talks.",
    "emphasis": "<b>w{} ",
    "definitions": "<dl><dd>w{} talks.",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("depth", [200, 1500])
def test_deep_pages_keep_their_text(piece: str, depth: int) -> None:
    """Text nested hundreds of elements deep is all there, its words apart."""
    page = "<html><body><p>Talks.</p>" + "".join(piece.format(level) for level in range(depth))
    begin = time.process_time()
    words = read_bytes(page.encode(), name="x.html").text.split()
    assert time.process_time() - begin < 5
    assert {f"w{level}" for level in range(depth)} <= set(words)


def test_spans_of_a_broken_page() -> None:
    """Spans that would make a table of millions of cells are not followed; its cells are read."""
    rows = "".join(f"<tr><td rowspan=200 colspan=200>w{n}</td><td>{n}</td></tr>" for n in range(300))
    begin = time.process_time()
    document = read_bytes(f"<html><body><table>{rows}</table>".encode(), name="x.html")
    assert time.process_time() - begin < 5
    assert [table.width for table in document.tables] == [2]


def test_indented_lists_are_linear() -> None:
    """A list indented hundreds of levels deep takes time by its size, not by the square of its indents."""
    taken = []
    for depth in (200, 400):
        text = "".join("  " * level + f"- Point {level} of the talks.\n" for level in range(depth))
        begin = time.process_time()
        assert len(read_bytes(text.encode(), name="x.md").passages) == depth
        taken.append(time.process_time() - begin)
    assert taken[1] < 7 * taken[0] + 0.2  # the text is four times as long


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_many_lines(between: str) -> None:
    """Ten thousand lines, with and without blank lines between, are read within seconds and all kept."""
    lines = [f"Ministers met {number} times." for number in range(10_000)]
    begin = time.process_time()
    document = read_bytes(between.join(lines).encode(), name="x.txt")
    assert time.process_time() - begin < 8
    assert sum(passage.kind.is_prose for passage in document.passages) >= 9_990


def test_too_many_cells_in_text_and_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows beyond the limit of a table are refused with the way out, whatever the file is called."""
    monkeypatch.setattr(limits, "MAX_CELLS", 1_000)
    for content in (b"Rates\n\n" + b"a\tb\n" * 501, b"<html><body><table>" + b"<tr><td>1</td><td>2</td></tr>" * 501):
        with pytest.raises(UnreadableSource, match="Keep only the rows"):
            read_bytes(content, name="x.txt")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Talks.\n" * 1_000_000, "1,000,000 lines; the limit is 400,000"),
        (b"Talks." + b"\n" * 1_000_000 + b"Talks.", "999,999 blank lines"),
        (b"<html><body>" + b"<p>x" * 4_100_000, "4,100,002 tags"),
    ],
)
def test_too_long_a_text(content: bytes, reason: str) -> None:
    """A text of more lines than a document may have is refused at once, with the way out."""
    begin = time.process_time()
    with pytest.raises(UnreadableSource, match=reason):
        read_bytes(content, name="x.txt")
    assert time.process_time() - begin < 5


def test_too_many_sentences_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit holds for sentences too, also where they stand in one line."""
    monkeypatch.setattr(limits, "MAX_LINES", 50)
    with pytest.raises(UnreadableSource, match="more than 50 sentences"):
        read_bytes(b"The ministers met in Rome again. " * 60, name="x.txt")


@pytest.mark.parametrize("piece", ["9", ".", "-", "a.", "_", "9.9-"])
def test_long_words_in_notes_and_sentences(piece: str) -> None:
    """A word of thousands of characters in a note or at a sentence's end takes no time by its square."""
    long = piece * (20_000 // len(piece))
    text = f"Ministers met.[^1]\n\nThey left {long}.\n\n[^1]: {long}, 'Talks', Post, 3 May 2012. {long}\n"
    begin = time.process_time()
    read_bytes(text.encode(), name="x.md")
    assert time.process_time() - begin < 2
