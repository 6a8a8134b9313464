"""Tables on the pages of a PDF: their captions, cells that go over rows, and cells of several lines."""

from __future__ import annotations

from collections.abc import Sequence

from comity.documents import read_bytes
from comity.terms import BlockKind, Document, Table
from tests.documents.made import pdf

Words = tuple[float, float, float, str]
# Where the columns of most tables here begin.
COLUMNS = (72, 190, 250, 310, 370)


def page(*lines: Words) -> Document:
    """Read a page of lines: x, y, size, text."""
    return read_bytes(pdf([list(lines)]), name="port.pdf")


def row(y: float, *cells: str, size: float = 10) -> list[Words]:
    """Return the words of a table's row."""
    return [(COLUMNS[at], y, size, cell) for at, cell in enumerate(cells) if cell]


def grid(table: Table) -> list[list[str]]:
    """Return the cells of a table, row by row; what a cell covers is empty."""
    height = max(cell.row + cell.row_span for cell in table.cells)
    width = max(cell.column + cell.column_span for cell in table.cells)
    found = [["" for _ in range(width)] for _ in range(height)]
    for cell in table.cells:
        found[cell.row][cell.column] = cell.text
    return found


def figures(y: float, names: Sequence[str] = ("Beira", "Nacala", "Pemba"), step: float = 17) -> list[Words]:
    """Return the words of rows of figures, from y downwards."""
    return [word for n, name in enumerate(names) for word in row(y - n * step, name, f"{n + 4}.{n}", f"1{n}.5")]


def test_a_caption_behind_a_sentence_is_none_of_it() -> None:
    """Where rows stand farther apart than paragraphs, a numbered caption still begins a paragraph of its own."""
    document = page(
        (72, 760, 18, "Coal through the ports of Mozambique"),
        (72, 720, 10, "Malawi sends its coal by rail to three ports, and pays for it by the tonne there."),
        (72, 700, 10, "Table B2: Coal by port (thousand tonnes)"),
        *row(675, "Port", "2015", "2016"),
        *figures(655, step=20),
        (72, 590, 8, "Source: Harbour masters."),
    )
    (table,) = document.tables
    assert (table.caption, table.unit) == ("Table B2: Coal by port", "thousand tonnes")
    assert [p.text for p in document.passages if p.kind.is_prose] == [
        "Malawi sends its coal by rail to three ports, and pays for it by the tonne there."
    ]


def test_a_sentence_that_names_a_table_is_no_caption() -> None:
    """A line of prose that begins with a table's number stays in its paragraph."""
    document = page(
        (72, 760, 18, "Coal through the ports of Mozambique"),
        (72, 720, 10, "Malawi sends its coal by rail to three ports, and pays for it by the tonne there, in dollars."),
        (72, 706, 10, "Table 2 shows how much coal went through each of the ports in the two years before"),
        (72, 692, 10, "the line was washed away by the flood of the river."),
        *row(660, "Port", "2015", "2016"),
        *figures(643),
    )
    text = "Table 2 shows how much coal went through each of the ports in the two years before the line was washed away"
    assert any(p.text.startswith(text) and p.kind.is_prose for p in document.passages)


def test_a_date_below_the_title_is_no_numbered_heading() -> None:
    """A day below the title, larger than the body, is the date and no heading that a number begins."""
    document = page(
        (180, 760, 18, "Coal through the ports of Mozambique"),
        (240, 735, 12, "14 February 2016"),
        (72, 700, 14, "Ports"),
        (72, 680, 10, "Malawi sends its coal by rail to three ports, and pays for it by the tonne there."),
        (72, 667, 10, "It has built a line of its own, which is open since the rains of last year ended."),
    )
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING] == ["Ports"]
    assert document.published is not None and document.published.isoformat() == "2016-02-14"
