"""Whole texts of several kinds are read right: front, sections, notes and tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.documents import bibliography, read, read_bytes
from comity.terms import BlockKind, Document

TEXTS = Path(__file__).parent / "texts"


def blocks(document: Document, kind: BlockKind) -> list[str]:
    """Return the texts of the blocks of one kind."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def called(document: Document) -> dict[str, str]:
    """Return, by label, the twelve characters before each note's marker."""
    return {note.label: document.text[max(0, (note.marker or 0) - 12) : note.marker or 0] for note in document.notes}


@pytest.fixture(scope="module")
def french() -> Document:
    """A Markdown brief on France and India."""
    return read(TEXTS / "brief_france_india.md")


@pytest.fixture(scope="module")
def lakes() -> Document:
    """A brief on Kenya and Uganda with pages, running heads and notes at the foot."""
    return read(TEXTS / "brief_kenya_uganda.txt")


def test_markdown_front(french: Document) -> None:
    """A Markdown brief gives title, authors without their titles, institute, genre and date."""
    about = french.bibliography
    assert about.title == "Paris and Delhi After the Submarines"
    assert [(name.full, name.title) for name in about.authors] == [("Ananya Rao", "Dr."), ("Luc Bernard", "")]
    assert about.publisher == "Centre for Maritime Dialogue"
    assert (about.genre, about.type) == ("Policy Brief", "report")
    assert french.published is not None and french.published.isoformat() == "2021-03-14"
    assert french.media_type == "text/markdown"


def test_markdown_body(french: Document) -> None:
    """Headings, list items and quotes are told apart, and marks of emphasis, links and escapes do not show."""
    assert blocks(french, BlockKind.HEADING) == ["Where the partnership stands", "Trade in figures", "Outlook"]
    assert blocks(french, BlockKind.LIST_ITEM)[1] == "a shared satellite for maritime surveillance, worth €320 million;"
    assert blocks(french, BlockKind.QUOTE) == ["We are natural partners, the minister said."]
    assert "roughly US$ 2.8 billion, as customs data show." in french.text


def test_markdown_notes(french: Document) -> None:
    """Markdown notes are linked to where their markers stood and cite what they cite."""
    assert called(french) == {"1": "bruary 2021.", "2": "r September."}
    paper, journal = (note.citation for note in french.notes)
    assert paper is not None and journal is not None
    assert (paper.type, paper.container_title, paper.publisher_place) == (
        "article-newspaper",
        "The Ledger",
        "New Delhi",
    )
    assert (journal.type, journal.volume, journal.issue, journal.page) == ("article-journal", "8", "2", "33-51")


def test_markdown_table(french: Document) -> None:
    """A pipe table has its caption without the unit, its unit and its source."""
    (table,) = french.tables
    assert (table.caption, table.unit) == ("Table 1: India's trade with France", "US$ million")
    assert table.source.startswith("Source: Ministry of Commerce")
    cell = table.cell(3, 2)
    assert cell is not None and cell.text == "4,203" and not cell.header
    assert french.text[cell.start : cell.end] == "4,203"


def test_page_ends(lakes: Document) -> None:
    """Page numbers, running heads and notes at the foot do not cut a sentence."""
    assert "has usually been led by the Principal Secretary for Transport." in lakes.text
    assert lakes.text.count("LAKE REGION PAPERS") == 1
    assert called(lakes) == {"*": "ed in hours.", "1": "rther north.", "2": "s are below."}
    assert lakes.notes[2].text.endswith("(Arusha: EAC Secretariat, 2019), p. 44.")
    assert lakes.warnings == ()


def test_by_line_editor_and_month(lakes: Document) -> None:
    """The lines "By" and "Edited by" give author and editor, and a month is no more exact than it was printed."""
    about = lakes.bibliography
    assert about.title == "Kenya and Uganda: A Border That Works"
    assert [(name.full, name.title) for name in about.authors] == [("Grace Wanjiku", "Amb. (Retd)")]
    assert [name.full for name in about.editors] == ["Peter Okello"]
    assert about.publisher == "East African Policy Institute"
    assert about.issued is not None and about.issued.label == "August 2019"


def test_aligned_table(lakes: Document) -> None:
    """Columns set apart by spaces are a table, with the caption above, unit and source below in one chunk."""
    (table,) = lakes.tables
    assert (table.caption, table.unit) == ("Uganda's imports from Kenya", "US$ million")
    assert table.source == "Source: Uganda Bureau of Statistics, Statistical Abstract 2019."
    assert [[table.cell(row, column).text for column in range(4)] for row in (0, 3)] == [  # type: ignore[union-attr]
        ["Year", "Cement", "Steel", "Fuel"],
        ["2018", "52.0", "81.4", "140.2"],
    ]
    assert [cell.header for cell in table.cells if cell.row == 1] == [True, False, False, False]


def test_numbered_headings_and_references(lakes: Document) -> None:
    """Numbered lines are headings, and entries under "References" are references."""
    assert blocks(lakes, BlockKind.HEADING) == ["1. Goods in Transit", "2. What Remains", "References"]
    assert len(blocks(lakes, BlockKind.REFERENCE)) == 2


def test_press_release() -> None:
    """A ministry's press release gives the ministry, the genre, the date beside the place, and the title."""
    document = read(TEXTS / "release_brazil_argentina.txt")
    about = document.bibliography
    assert about.title == "Foreign Minister of Argentina visits Brasília"
    assert about.publisher == "Ministry of External Relations, Federative Republic of Brazil"
    assert about.genre == "Press Release"
    assert document.published is not None and document.published.isoformat() == "2022-10-17"
    assert blocks(document, BlockKind.PARAGRAPH)[0].startswith("The Minister of Foreign Affairs of Argentina")


def test_news_report() -> None:
    """A news report without blank lines gives headline, byline, agency and the dateline's day; the dateline stays."""
    document = read(TEXTS / "report_reuters_style.txt")
    about = document.bibliography
    assert about.title == "Kenya, Ethiopia agree to share power line"
    assert [name.full for name in about.authors] == ["Daniel Otieno"]
    assert (about.type, about.container_title) == ("article-newspaper", "Wire")
    assert document.published is not None and document.published.isoformat() == "2020-03-03"
    assert "NAIROBI, March 3, 2020 (Wire) - Kenya and Ethiopia agreed" in document.text


def test_message() -> None:
    """An e-mail gives its subject as title, its sender as author and its day."""
    document = read(TEXTS / "message.txt")
    about = document.bibliography
    assert (about.title, about.type) == ("Hungarian visit to Warsaw", "personal_communication")
    assert [name.full for name in about.authors] == ["Marta Nowak"]
    assert document.published is not None and document.published.isoformat() == "2015-05-05"


def test_minutes() -> None:
    """Minutes give title and date, their points as headings and lettered points as list items."""
    document = read(TEXTS / "minutes.txt")
    assert document.bibliography.title == "Minutes of the Fifth Meeting of the Joint Commission of Chile and Peru"
    assert document.published is not None and document.published.isoformat() == "2016-04-12"
    assert blocks(document, BlockKind.HEADING) == ["1. Opening", "2. Border traffic", "3. Next meeting"]
    assert blocks(document, BlockKind.LIST_ITEM) == ["(a) Peru pays for the road;", "(b) Chile pays for the bridge."]
    items = [passage.text for passage in document.passages if passage.kind is BlockKind.LIST_ITEM]
    assert items == ["Peru pays for the road;", "Chile pays for the bridge."]


def test_sections_of_passages(lakes: Document) -> None:
    """A passage knows the heading above it."""
    passage = next(p for p in lakes.passages if p.text.startswith("Smuggling"))
    assert passage.section == "2. What Remains"
    assert passage.id == f"{lakes.id}#p{lakes.passages.index(passage) + 1}"


def test_csl_items(french: Document) -> None:
    """The bibliography holds the document and what its notes cite, each under its own id."""
    items = bibliography(french)
    assert [item["id"] for item in items] == [french.id, *(note.id for note in french.notes)]
    assert items[0]["issued"] == {"date-parts": [[2021, 3, 14]]}
    assert items[0]["author"][0] == {"family": "Rao", "given": "Ananya"}


def test_joint_statement() -> None:
    """The numbered points of a joint statement are list items, and its first line the title."""
    document = read(TEXTS / "joint_statement.txt")
    assert document.bibliography.title == "Joint Statement on the Visit of the Prime Minister of Vietnam to Japan"
    assert document.published is not None and document.published.isoformat() == "2017-06-04"
    assert len(blocks(document, BlockKind.LIST_ITEM)) == 5
    assert any(passage.text.startswith("The two sides welcomed") for passage in document.passages)


def test_newspaper_with_a_paragraph_a_line() -> None:
    """A report with one line a paragraph keeps its paragraphs apart; newspaper and day stand on one line."""
    document = read(TEXTS / "report_athens.txt")
    about = document.bibliography
    assert (about.type, about.container_title) == ("article-newspaper", "The Daily Chronicle")
    assert [name.full for name in about.authors] == ["Maria Pappas"]
    assert len(blocks(document, BlockKind.PARAGRAPH)) == 3
    (table,) = document.tables
    assert (table.caption, table.unit, table.source) == ("Trade volume", "in million euros", "Source: ELSTAT")


def test_paper_with_three_kinds_of_markers() -> None:
    """Fields at the top, a thanks-note on the title and three forms of markers in one sentence are read."""
    document = read(TEXTS / "paper_nile.md")
    assert document.bibliography.title == "Water and War: Egypt, Ethiopia and the Dam"
    assert [name.full for name in document.bibliography.authors] == ["Jane Roe"]
    assert document.published is not None and document.published.isoformat() == "2020-05-01"
    assert called(document) == {"*": " and the Dam", "1": "n July 2020.", "2": "pt protested", "3": "uncil to act"}
    assert "asked the Security Council to act." in document.text
    assert document.tables[0].source == "Source: Nile Basin Initiative (2021)."


def test_chronology() -> None:
    """The years of a chronology are headings, none of them its date, and each dated entry is a paragraph."""
    document = read(TEXTS / "chronology.txt")
    assert document.bibliography.title == "Chronology of India-Nepal Relations"
    assert document.published is None
    assert blocks(document, BlockKind.HEADING) == ["1950", "2015", "May 2020"]
    assert len(blocks(document, BlockKind.PARAGRAPH)) == 4


def test_speech() -> None:
    """A speech is typed as one; its place and day stand on one line."""
    document = read(TEXTS / "speech.txt")
    assert document.bibliography.type == "speech"
    assert document.published is not None and document.published.isoformat() == "2003-09-12"
    assert blocks(document, BlockKind.PARAGRAPH)[0] == "Excellencies, ladies and gentlemen,"


def test_the_number_of_an_issue_is_no_title() -> None:
    """The line with the number of an issue is neither the title nor part of it, and the day below goes before its month."""
    body = "\n\nThe two governments opened a bridge in 2013, and the ferries stopped in the year after that.\n"
    for line in ("No. 9 - June 2014", "Issue 9 | June 2014", "Nr. 9", "ISSUE NO. 9, JUNE 2014"):
        text = f"BALTIC TRADE LETTER\n{line}\n\nFerries between Finland and Estonia\n\nTallinn, 4 June 2014{body}"
        about = read_bytes(text.encode(), name="x.txt").bibliography
        assert about.title == "Ferries between Finland and Estonia"
        assert (about.container_title, about.issue) == ("BALTIC TRADE LETTER", "9")
        assert about.issued is not None and about.issued.start.isoformat() == "2014-06-04"
    about = read_bytes(f"Ferries in the Gulf\nNo. 9 - June 2014{body}".encode(), name="x.txt").bibliography
    assert about.title == "Ferries in the Gulf"
    assert about.issued is not None and about.issued.label == "June 2014"
    about = read_bytes(f"No. 10: The House and Its Neighbours{body}".encode(), name="x.txt").bibliography
    assert about.title == "No. 10: The House and Its Neighbours"
