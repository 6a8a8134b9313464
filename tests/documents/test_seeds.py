"""The two real texts beside a developer's checkout are read as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.documents import read
from comity.terms import BlockKind, Document
from tests.documents.test_places import assert_places

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def brief(shared: Path) -> Document:
    """The issue brief."""
    return read(shared / "seeds" / "issi-brief-2018.txt")


def test_brief_front(brief: Document) -> None:
    """The brief has its title, author, editor, institute and date."""
    about = brief.bibliography
    assert about.title.casefold() == "pakistan-japan ties: moving towards a positive trajectory"
    assert [(name.title, name.full) for name in about.authors] == [("Dr", "Ahmad Rashid Malik")]
    assert [name.full for name in about.editors] == ["Najam Rafique"]
    assert about.publisher == "Institute of Strategic Studies Islamabad"
    assert brief.published is not None and brief.published.isoformat() == "2018-01-10"


def test_brief_notes_and_tables(brief: Document) -> None:
    """Nine notes are linked to nine markers, and both tables have caption and source."""
    assert len({note.marker for note in brief.notes}) == len(brief.notes) == 9
    assert all(note.marker is not None for note in brief.notes)
    trade, investment = brief.tables
    assert [len([cell for cell in table.cells if not cell.header and cell.text]) for table in (trade, investment)] == [
        15,
        5,
    ]
    assert (trade.caption, investment.unit) == ("Pakistan's Trade with Japan", "US$ Million")
    assert trade.source.startswith("IMF:") and investment.source.startswith('"Country Wise')
    assert brief.warnings == ()


def test_brief_sections_and_sentences(brief: Document) -> None:
    """The sections are told, and the sentence that a page's foot breaks is whole."""
    headings = [brief.text[b.start : b.end] for b in brief.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["Trade Relations", "Weakening Investment", "Conclusion"]
    assert any(
        "around US$ 2 billion" in p.text
        and p.text.endswith("exports to Japan have plummeted as explained in Table below.")
        for p in brief.passages
    )


def test_abstract(shared: Path) -> None:
    """The journal's page has its author, day, journal, volume and issue."""
    about = read(shared / "seeds" / "ciss-abstract-2014.txt").bibliography
    assert about.title.startswith("Pakistan Japan Relations and Prospects for Peace")
    assert [name.full for name in about.authors] == ["Salma Malik"]
    assert about.issued is not None and about.issued.label == "6 October 2014"
    assert (about.type, about.container_title, about.volume, about.issue) == (
        "article-journal",
        "CISS Insight Journal",
        "2",
        "2&3",
    )


def test_places(shared: Path) -> None:
    """Every letter of both leads back to its place in the file."""
    for path in (shared / "seeds").glob("*.txt"):
        assert_places(read(path), path.read_text(encoding="utf-8"))
