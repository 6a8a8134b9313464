"""One brief in the formats that real programs make of it is one document: the same prose, notes, table and acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.coding import code
from comity.documents import read
from comity.terms import BlockKind, Document

CORPUS = Path(__file__).parent / "corpus"
FERRY = sorted(path.name for path in CORPUS.glob("ferry.*"))


def ferry(name: str) -> Document:
    """The brief as one of the programs wrote it."""
    return read(CORPUS / name)


def test_the_brief_is_there_in_all_formats() -> None:
    """Else the tests below would pass with nothing to read."""
    assert len(FERRY) == 7


def plain(text: str) -> str:
    """Text with plain quotation marks, which pandoc makes curly."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def prose(document: Document) -> list[str]:
    """The sentences of the prose."""
    return [plain(passage.text) for passage in document.passages if passage.kind.is_prose]


@pytest.mark.parametrize("name", FERRY)
def test_the_prose_is_the_same(name: str) -> None:
    """No sentence is broken, joined or lost, and no note or figure stands in one."""
    assert prose(ferry(name)) == prose(ferry("ferry.md"))


@pytest.mark.parametrize("name", FERRY)
def test_headings_and_front_are_the_same(name: str) -> None:
    """Title, author, date and the three headings."""
    document = ferry(name)
    about = document.bibliography
    assert (about.title, [author.full for author in about.authors]) == (
        "Ports and Power in the Gulf of Aden",
        ["Jane Roe"],
    )
    assert document.published is not None and document.published.isoformat() == "2018-05-03"
    headings = [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["Introduction", "Trade in figures", "Outlook"]


@pytest.mark.parametrize("name", FERRY)
def test_notes_are_linked(name: str) -> None:
    """Each of the three notes has its text and stands behind the same words."""
    document = ferry(name)
    behind = [document.text[: note.marker].split()[-1] for note in document.notes if note.marker is not None]
    assert behind == ["ports.", "it.", "year."]
    assert [plain(note.text).replace("*", "") for note in document.notes] == [
        '"Ferry line agreed", Gulf Post (Muscat), 3 May 2018.',
        "Ali Hassan, Ports of the Horn (London: Harbour Press, 2016), p. 44.",
        "Interview with an official of the customs office, Muscat, 12 March 2018.",
    ]


@pytest.mark.parametrize("name", FERRY)
def test_every_cell_is_in_its_place(name: str) -> None:
    """The table of five rows and four columns, its unit and source."""
    (table,) = ferry(name).tables
    assert (table.unit, table.source) == ("US$ million", "Source: Oman Customs, 2017.")
    assert table.caption.endswith("Merchandise trade of Oman with Djibouti")
    rows = [["Year", "Exports", "Imports", "Balance"], ["2013", "12.4", "3.1", "9.3"], ["2014", "14.0", "3.6", "10.4"]]
    rows += [["2015", "11.8", "n.a.", "n.a."], ["2016", "17.5", "4.4", "13.1"]]
    assert {(cell.row, cell.column): cell.text for cell in table.cells} == {
        (r, c): text for r, row in enumerate(rows) for c, text in enumerate(row)
    }


@pytest.mark.parametrize("name", FERRY)
def test_the_acts_are_the_same(name: str) -> None:
    """What is coded does not hang on the format."""

    def told(document: Document) -> list[tuple[str, frozenset[str], str]]:
        coding = code(document)
        acts = [
            (event.type.value, frozenset(event.parties), event.date.text if event.date else "")
            for event in coding.events
        ]
        return [*acts, *((one.issue, frozenset({one.holder.code}), one.stance.value) for one in coding.statements)]

    assert told(ferry(name)) == told(ferry("ferry.md"))
    assert told(ferry(name))


def test_notes_at_the_feet_of_two_columns_are_linked() -> None:
    """All 35, the last of them on a page whose right column has two lines; the table stands in a column."""
    document = read(CORPUS / "columns.typst.pdf")
    assert [note.label for note in document.notes] == [str(number) for number in range(1, 36)]
    assert all(note.marker is not None for note in document.notes)
    assert all(note.text.startswith(f"Harbour Institute, Report {note.label} (Muscat") for note in document.notes)
    assert [len(table.cells) for table in document.tables] == [16]
    assert all(sentence.endswith((".", ".”")) for sentence in prose(document))
