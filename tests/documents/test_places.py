"""The reading text leads back to the file, character by character."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.documents import read_bytes
from comity.terms import Document

TEXTS = Path(__file__).parent / "texts"
WORDS = st.sampled_from(
    "Paris Delhi met in the ministers agreed trade 2018 1,860 US$ café “peace” visit, talks. over".split()
)
LINES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
CHUNKS = st.lists(LINES, min_size=1, max_size=5).map("\n".join)
DOCUMENTS = st.lists(CHUNKS, min_size=1, max_size=8).map("\n\n".join)
MARKED = st.lists(
    st.sampled_from(
        [
            "word",
            " ",
            "  ",
            "\n",
            "\n\n",
            "¹",
            "²",
            "[1]",
            "[^a]",
            "*",
            "**",
            "_",
            "\\$",
            "\\*",
            "<i>",
            "</i>",
            "<sup>1</sup>",
            "&amp;",
            "\t",
            "|",
            "---",
            "# ",
            "- ",
            "1. ",
            "> ",
            "Source: ",
            "2014",
            "(US$ Million)",
            ".",
            ",",
            "\f",
            "\r\n",
            "\u00a0",
            "é",
            "Notes",
        ]
    ),
    max_size=60,
).map("".join)


def file_lines(text: str) -> list[str]:
    """Return the lines of a file as an editor counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def assert_places(document: Document, source: str) -> None:
    """Check that every letter and digit of the reading text stands in the file where `locate` says."""
    lines = file_lines(source)
    for block in document.blocks:
        for offset in range(block.start, block.end):
            character = document.text[offset]
            if character.isalnum():
                place = document.locate(offset)
                assert lines[place.line - 1][place.column - 1] == character, (offset, place)


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_every_letter_is_where_locate_says(source: str) -> None:
    """For plain paragraphs, hard-wrapped or not, each letter's place holds that letter in the file."""
    assert_places(read_bytes(source.encode(), name="x.txt"), source)


@given(MARKED.filter(lambda text: text.strip(" \t\r\n\f\u00a0") != "" and "&amp;" not in text))
@settings(max_examples=150, deadline=None)
def test_marked_letters_are_where_locate_says(source: str) -> None:
    """Mark-up, markers, notes and tables do not shift the place of any letter."""
    assert_places(read_bytes(source.encode(), name="x.txt"), source)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(source: str) -> None:
    """Any text is read or refused in words; blocks and passages are ordered and stand verbatim in it."""
    from comity.terms import UnreadableSource

    try:
        document = read_bytes(source.encode("utf-8", "replace"), name="x.txt")
    except UnreadableSource as refused:
        assert refused.reason
        return
    ends = [0, *(block.end for block in document.blocks)]
    assert all(block.start >= end for block, end in zip(document.blocks, ends, strict=False))
    assert all(document.text[p.start : p.end] == p.text for p in document.passages)
    assert all(document.text[c.start : c.end] == c.text for table in document.tables for c in table.cells)
    assert all(document.text[n.start : n.end] == n.text for n in document.notes)


@pytest.mark.parametrize("name", sorted(path.name for path in TEXTS.iterdir()))
def test_fixtures_lead_back(name: str) -> None:
    """In the texts of this folder every letter of the reading text stands where `locate` says."""
    source = (TEXTS / name).read_text(encoding="utf-8")
    assert_places(read_bytes(source.encode(), name=name), source)


@given(DOCUMENTS)
@settings(max_examples=20, deadline=None)
def test_reading_is_deterministic(source: str) -> None:
    """The same bytes give the same document, whatever they are called."""
    first, second = (read_bytes(source.encode(), name="x.txt") for _ in range(2))
    assert first == second
    assert first.id == "doc-" + first.digest[:16]


def test_crlf_and_mark() -> None:
    """Line ends of two characters and a byte order mark do not shift places."""
    document = read_bytes(
        "\ufeffTitle of it\r\n\r\nThe minister came to Lima.\r\nShe left at once.\r\n".encode(), name="x"
    )
    offset = document.text.index("left")
    assert (document.locate(offset).line, document.locate(offset).column) == (4, 5)


def test_pages_of_form_feeds() -> None:
    """Form feeds count pages, and a sentence runs on over them."""
    text = "The delegations met for two days in Quito and agreed that the road between\f\nthe two capitals will be paved.\n"
    document = read_bytes(text.encode(), name="x")
    assert "the road between the two capitals" in document.text
    assert document.locate(document.text.index("capitals")).page == 2
