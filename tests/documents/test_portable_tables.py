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


def test_a_sentence_about_a_table_stays_in_its_paragraph() -> None:
    """A short line "Table 3 shows that" behind a sentence goes on below; it is no caption, and no heading."""
    document = page(
        (72, 760, 18, "Coal through the ports of Mozambique"),
        (72, 736, 10, "The two states have met three times since the spring, and both of them want the railway."),
        (72, 720, 10, "Malawi sends its coal by rail to three ports, and pays for it by the tonne there."),
        (72, 708, 10, "The ports earn from it. Table 2 shows that"),
        (72, 696, 10, "Nacala took more of this coal than any of the ports farther to the south of it."),
        (72, 684, 10, "Table 3 shows that"),
        (72, 672, 10, "Nacala was paid more for this coal than any of the ports farther to the south of it."),
    )
    assert [p.text for p in document.passages if p.kind.is_prose][-2:] == [
        "Table 2 shows that Nacala took more of this coal than any of the ports farther to the south of it.",
        "Table 3 shows that Nacala was paid more for this coal than any of the ports farther to the south of it.",
    ]
    assert not [block for block in document.blocks if block.kind in (BlockKind.HEADING, BlockKind.CAPTION)]


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


NAMES = (["Office of roads", "of the upper basin"], ["Ministry of schools", "and of sports"], ["Board of water"])


def test_cells_set_in_the_middle_of_their_rows_are_whole() -> None:
    """Lines that stand nearer than the figures of two rows are one cell, wherever its neighbours' lines stand."""
    words: list[Words] = [(72, 760, 18, "Coal through the ports of Mozambique")]
    words += [(72, 700, 10, "Body"), (190, 706, 10, "Spent in"), (190, 694, 10, "the year"), (250, 700, 10, "Left")]
    for number, lines in enumerate(NAMES):
        middle = 660 - 34 * number
        top = middle + 6 * (len(lines) - 1)
        words += [(72, top - 12 * at, 10, line) for at, line in enumerate(lines)]
        words += [(190, middle, 10, f"{number + 4}.25"), (250, middle, 10, f"1{number}.5")]
    words.append((72, 560, 8, "Source: Harbour masters."))
    (table,) = page(*words).tables
    assert grid(table) == [
        ["Body", "Spent in the year", "Left"],
        ["Office of roads of the upper basin", "4.25", "10.5"],
        ["Ministry of schools and of sports", "5.25", "11.5"],
        ["Board of water", "6.25", "12.5"],
    ]


def test_a_cell_beside_two_rows_goes_over_both() -> None:
    """A name that stands half way between two lines of figures is that of both rows, in the head and below it."""
    words: list[Words] = [(72, 760, 18, "Coal through the ports of Mozambique")]
    words += [(72, 700, 10, "Coast"), (190, 708, 10, "2015"), (250, 708, 10, "2016")]
    words += [(190, 692, 10, "tonnes"), (250, 692, 10, "tonnes")]
    for number, name in enumerate(("North", "South", "East")):
        top = 670 - 32 * number
        words += [(72, top - 8, 10, name)]
        for at in range(2):
            words += [(190, top - 16 * at, 10, f"{number + 4}.{at}"), (250, top - 16 * at, 10, f"1{number}.{at}")]
    words.append((72, 540, 8, "Source: Harbour masters."))
    (table,) = page(*words).tables
    names = {cell.text: (cell.row, cell.row_span) for cell in table.cells if cell.column == 0 and cell.text}
    assert names == {"Coast": (0, 2), "North": (2, 2), "South": (4, 2), "East": (6, 2)}
    assert [cell.text for cell in table.cells if cell.column == 1][2:] == ["4.0", "4.1", "5.0", "5.1", "6.0", "6.1"]


def test_lines_of_one_cell_as_far_apart_as_rows() -> None:
    """A line without figures whose words go on with those above it in most of its columns is no row."""
    words: list[Words] = [(72, 760, 18, "Coal through the ports of Mozambique")]
    lines = [
        ("Project", "Aim of the", "Cost"),
        ("", "works", ""),
        ("Quay in the north of", "Room for two", "60.5"),
        ("the harbour", "ships more", ""),
        ("Cranes", "Faster loading of", "12.5"),
        ("", "coal", ""),
        ("Lights", "Safety", "1.25"),
    ]
    for number, (name, aim, cost) in enumerate(lines):
        words += [(x, 700 - 14 * number, 10, text) for x, text in ((72, name), (190, aim), (320, cost)) if text]
    words.append((72, 580, 8, "Source: Harbour masters."))
    (table,) = page(*words).tables
    assert grid(table) == [
        ["Project", "Aim of the works", "Cost"],
        ["Quay in the north of the harbour", "Room for two ships more", "60.5"],
        ["Cranes", "Faster loading of coal", "12.5"],
        ["Lights", "Safety", "1.25"],
    ]


def test_words_close_behind_figures_are_a_column() -> None:
    """White space that runs down all the rows parts a column of figures from words close behind it."""
    words: list[Words] = [(72, 760, 18, "Coal through the ports of Mozambique")]
    donors = ("Lender", "World Bank", "African Development Bank", "Japan")
    for number, (year, sum_, donor) in enumerate(
        zip(("Year", "2014", "2015", "2016"), ("Loans", "60.25", "71.50", "33.75"), donors, strict=True)
    ):
        words += [(72, 700 - 15 * number, 10, year), (190, 700 - 15 * number, 10, sum_)]
        words.append((225, 700 - 15 * number, 10, donor))
    (table,) = page(*words, (72, 620, 8, "Source: Harbour masters.")).tables
    assert [row[2] for row in grid(table)] == list(donors)


def test_a_list_below_a_table_is_none_of_its_rows() -> None:
    """Bullets right below the last row begin a list."""
    document = page(
        (72, 760, 18, "Coal through the ports of Mozambique"),
        *row(700, "Port", "2015", "2016"),
        *figures(684, step=15),
        (80, 638, 10, "•"),
        (100, 638, 10, "A quay for ships that draw more water than those of today"),
        (80, 624, 10, "•"),
        (100, 624, 10, "Lights along the channel"),
    )
    (table,) = document.tables
    assert grid(table)[-1] == ["Pemba", "6.2", "12.5"]


def test_a_figure_beside_brackets_is_not_raised() -> None:
    """A figure without brackets in a row of figures in brackets keeps its digits, though these reach lower and higher."""
    document = page(
        (72, 760, 18, "Coal through the ports of Mozambique"),
        *row(700, "Item", "2015", "2016", "2017"),
        *row(684, "Trade", "(88.1)", "(90.4)", "(77.5)"),
        *row(668, "Interest", "(4.4)", "(5.0)", "(5.1)"),
        *[(72, 652, 10, "Balance"), (190, 652, 10, "(20.3)"), (250, 652, 10, "(13.3)"), (310, 654, 8, "8.3")],
    )
    (table,) = document.tables
    assert grid(table)[-1] == ["Balance", "(20.3)", "(13.3)", "8.3"]


def test_a_unit_behind_each_figure_is_no_column() -> None:
    """A unit in every row ("40 years") is of its cell, also where the white before it runs down the table."""
    words: list[Words] = [(72, 760, 18, "Miners of Mozambique"), (72, 700, 10, "Age")]
    words += [(190, 700, 10, "Men"), (250, 700, 10, "Women")]
    for number in range(6):
        y = 685 - 15 * number
        words += [(72, y, 10, f"4{number}"), (89, y, 10, "years"), (190, y, 10, f"{9 - number}.5")]
        words.append((250, y, 10, f"{7 - number}.25"))
    (table,) = page(*words, (72, 580, 8, "Source: Mines department.")).tables
    assert [row[0] for row in grid(table)] == ["Age", *(f"4{number} years" for number in range(6))]
