"""PDF: lines, pages, heads, notes, headings, hyphens."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document
from tests.documents.made import pdf

HEAD = (72, 810, 9, "Papers of the Harbour Institute")


@pytest.fixture(scope="module")
def paper() -> Document:
    """A paper of three pages with heads, page numbers, a raised marker and a note at the foot."""
    first = [
        HEAD,
        (72, 740, 22, "Oman and the Gulf of Trade"),
        (72, 700, 12, "12 March 2014"),
        (72, 660, 12, "The foreign minister came to Muscat on 3 March 2014 and met his"),
        (72, 645, 12, "counterpart for two hours of talks on the sea lanes, on fish and on"),
        (72, 630, 12, "visas."),
        (106.0, 635, 7, "1"),
        (112, 630, 12, "They agreed to meet again, and their officials began to draft a"),
        (72, 90, 8, "1"),
        (80, 90, 8, "\x22Minister in Muscat\x22, Gulf Post (Muscat), 4 March 2014."),
        (290, 30, 9, "1"),
    ]
    second = [
        HEAD,
        (72, 740, 12, "common paper on customs, so that the two ports could work toge-"),
        (72, 725, 12, "ther from the summer on."),
        (72, 690, 16, "What remains"),
        (72, 660, 12, "The harbour dues are not settled, and neither side expects that they"),
        (72, 645, 12, "will be settled soon."),
        (290, 30, 9, "2"),
    ]
    third = [
        HEAD,
        (72, 740, 12, "In the end both ministers were content with the outcome of the visit."),
        (290, 30, 9, "3"),
    ]
    return read_bytes(pdf([first, second, third]), name="paper")


def test_sentences_run_over_pages(paper: Document) -> None:
    """A page's end, its number, its head and its notes do not cut a sentence; a word's hyphen is closed."""
    assert "began to draft a common paper on customs, so that the two ports could work together from" in paper.text
    assert "Harbour Institute" not in paper.text


def test_headings_by_size(paper: Document) -> None:
    """The largest line is the title, larger lines are headings, the date is read."""
    assert paper.bibliography.title == "Oman and the Gulf of Trade"
    assert [paper.text[b.start : b.end] for b in paper.blocks if b.kind is BlockKind.HEADING] == ["What remains"]
    assert paper.published is not None and paper.published.isoformat() == "2014-03-12"


def test_raised_digits_are_markers(paper: Document) -> None:
    """A small raised digit is a marker, linked to the small line at the foot that starts with it."""
    (note,) = paper.notes
    assert "visas. They agreed" in paper.text
    assert paper.text[: note.marker].endswith("visas.")
    assert note.text.startswith('"Minister in Muscat"')


def test_pages_are_located(paper: Document) -> None:
    """A place in the text leads to its page."""
    assert paper.locate(paper.text.index("foreign minister")).page == 1
    assert paper.locate(paper.text.index("harbour dues")).page == 2
