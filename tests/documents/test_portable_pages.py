"""Pages of a PDF as publishers and ministries set them: heads, stamps in the margin, titles, powers, and what is no text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document
from tests.documents.made import pdf

Line = tuple[float, float, float, str]
PROSE = (
    "The commission met in the port in the first week of the month and heard the pilots of the",
    "river, who told it that the channel had silted up since the flood and that no ship of more",
    "than nine metres could pass the bar before the dredgers came back from the other coast.",
)


def prose(y: float, lines: Sequence[str] = PROSE) -> list[Line]:
    """Return a paragraph of full lines, from y downwards."""
    return [(72, y - 13 * n, 10, line) for n, line in enumerate(lines)]


def kinds(document: Document) -> list[tuple[str, str]]:
    """The blocks of a document with their kinds."""
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def test_a_power_stays_in_the_text() -> None:
    """Raised digits that lead to no note are no marker: they stay, with the sign before them."""
    page = [
        *prose(760),
        (72, 700, 10, "The dose was set at 7 x 10"),
        (191, 704, 6, "-22"),
        (203, 700, 10, "of it for each x"),
        (265.5, 704, 6, "4"),
        (271, 700, 10, "in the water."),
    ]
    document = read_bytes(pdf([page]), name="dose.pdf")
    assert "7 x 10⁻²² of it for each x⁴ in the water." in document.text
    assert document.warnings == ("No note was found for the marker 4.",)


def test_a_note_is_called_by_figures_before_a_comma() -> None:
    """A raised figure between a word and a comma that stand in one run is a marker."""
    page = [
        *prose(760),
        (72, 700, 10, "They came from the Middle Class"),
        (220.9, 704, 6, "12"),
        (227.6, 700, 10, ", and from no other."),
        (72, 80, 8, "12 Harbour books, p. 4."),
    ]
    document = read_bytes(pdf([page]), name="class.pdf")
    assert "They came from the Middle Class, and from no other." in document.text
    assert [(note.label, note.text) for note in document.notes] == [("12", "Harbour books, p. 4.")]


def test_running_heads_of_several_lines_are_left_out() -> None:
    """A journal's name and its address one above the other are heads, also far from the page's edge."""
    pages = [
        [
            (72, 722, 8, "Rao et al. Journal of Harbours 2011, 11:124"),
            (72, 712, 8, "http://www.example.org/1471/11/124"),
            *prose(680),
            *prose(620, [f"On page {number} the report goes on to speak of what the pilots said of the bar."]),
        ]
        for number in range(1, 6)
    ]
    text = read_bytes(pdf(pages), name="journal.pdf").text
    assert "Rao et al." not in text.partition("The commission")[2]
    assert "example.org" not in text.partition("The commission")[2]
    assert "On page 4 the report" in text


def test_an_imprint_at_the_foot_does_not_cut_a_sentence() -> None:
    """A line of copyright at a page's foot stands behind the text, and the sentence that goes on overleaf is whole."""
    first = [
        (72, 780, 20, "Harbours of the west coast"),
        *prose(720, PROSE[:2]),
        (72, 40, 12, "978-0-7695-3958-4/10 $26.00 © 2010 Harbour Press"),
    ]
    document = read_bytes(pdf([first, prose(760, PROSE[2:] + PROSE)]), name="harbours.pdf")
    whole = " ".join(PROSE)
    assert any(passage.text == whole for passage in document.passages)
    assert kinds(document)[-1] == ("front", "978-0-7695-3958-4/10 $26.00 © 2010 Harbour Press")


def test_a_title_set_with_double_space_is_one() -> None:
    """Lines alike and much larger than the body are one title, however wide they are set."""
    page = [
        (180, 760, 24, "A Comparison of"),
        (160, 712, 24, "Ports and Harbours"),
        (200, 664, 24, "in the West"),
        (240, 610, 12, "Jane Roe"),
        *prose(560),
        *prose(500),
    ]
    document = read_bytes(pdf([page]), name="ports.pdf")
    assert document.bibliography.title == "A Comparison of Ports and Harbours in the West"
    assert [block.kind for block in document.blocks][:1] == [BlockKind.TITLE]


def test_a_journals_number_above_is_not_the_title() -> None:
    """What is set larger than the body above the title, but smaller than it, is the front's and not the title."""
    page = [
        (72, 790, 12.5, "HR 29,2"),
        (110, 720, 22, "Shift work in the harbours"),
        *prose(660),
        *prose(600),
    ]
    assert read_bytes(pdf([page]), name="hr.pdf").bibliography.title == "Shift work in the harbours"


def test_text_drawn_twice_is_read_once() -> None:
    """What is drawn again in the same place, as a shadow or another layer, is the same text."""
    page = [*prose(760), *prose(760), (72, 700, 10, "Nine of nine ships came in.")]
    document = read_bytes(pdf([page]), name="twice.pdf")
    assert [passage.text for passage in document.passages] == [" ".join(PROSE), "Nine of nine ships came in."]


def test_the_axis_of_a_chart_is_no_table() -> None:
    """Figures that fall by round steps on either side of a chart are not read as a table's."""
    page = [*prose(760), (72, 700, 10, "Figure 1. Ships and cargo by year")]
    for line in range(6):
        page += [(72, 670 - 20 * line, 9, f"{500 - 100 * line}"), (400, 670 - 20 * line, 9, f"{50 - 10 * line}")]
    page += [(100 + 70 * n, 550, 9, str(2001 + 2 * n)) for n in range(5)]
    assert read_bytes(pdf([page]), name="chart.pdf").tables == ()


def test_a_table_that_falls_with_the_years_is_one() -> None:
    """Years that count down, and figures of which some fall evenly, make no axis."""
    page = [*prose(760), (72, 700, 10, "Table 1. Ships by year"), (72, 682, 9, "Year"), (200, 682, 9, "Ships")]
    for line, ships in enumerate((500, 490, 480, 470, 290, 281)):
        page += [(72, 665 - 16 * line, 9, str(2010 - line)), (200, 665 - 16 * line, 9, str(ships))]
    (table,) = read_bytes(pdf([page]), name="years.pdf").tables
    assert [cell.text for cell in table.cells if cell.column == 1] == [
        "Ships",
        "500",
        "490",
        "480",
        "470",
        "290",
        "281",
    ]


def test_a_table_across_two_columns_is_whole() -> None:
    """Where the white between two columns of prose runs through a table, its names and its figures stay together."""
    halves = (
        "The pilots of the river told the men",
        "that the bar had silted up and that no",
        "ship of more than nine metres came in",
    )
    page = [(x, 780 - 12 * n, 9, halves[n % 3]) for x in (72, 320) for n in range(15)]
    for line, name in enumerate(("Beira", "Nacala", "Pemba", "Quelimane", "Chinde")):
        page += [
            (72, 570 - 14 * line, 9, name),
            (330, 570 - 14 * line, 9, f"{line}12"),
            (430, 570 - 14 * line, 9, f"{line}.5"),
        ]
    page += [(330, 585, 9, "Ships"), (430, 585, 9, "Metres"), (72, 585, 9, "Port")]
    page += [(x, 470 - 12 * n, 9, halves[n % 3]) for x in (72, 320) for n in range(15)]
    (table,) = read_bytes(pdf([page]), name="across.pdf").tables
    assert [cell.text for cell in table.cells if cell.row == 0] == ["Port", "Ships", "Metres"]
    assert [cell.text for cell in table.cells if cell.row == 5] == ["Chinde", "412", "4.5"]


def test_a_unit_line_at_the_top_of_pages_is_no_running_head() -> None:
    """The unit below a caption at the top of each page is the table's."""
    pages = []
    for number in range(1, 5):
        page = [(72, 800, 10, f"Table {number}. Ships of port {number}"), (72, 788, 10, "[In thousands]")]
        for line, cells in enumerate(
            (("Year", "In", "Out"), ("2015", "3.5", "4.5"), ("2016", "2.5", "1.5"), ("2017", "9.5", "8.5"))
        ):
            page += [(72 + 90 * at, 760 - 14 * line, 10, cell) for at, cell in enumerate(cells)]
        pages.append([*page, *prose(660)])
    document = read_bytes(pdf(pages), name="units.pdf")
    assert [table.unit for table in document.tables] == ["In thousands"] * 4


def test_a_name_over_the_columns_does_not_hide_the_caption() -> None:
    """Where a short line stands between a numbered caption and its table, the caption and its unit are still the table's."""
    page = [
        *prose(800),
        (72, 700, 10, "Table 1. Ships by flag, 2015 to 2017 (thousands)"),
        (230, 680, 10, "Flag of the ship"),
    ]
    for line, cells in enumerate(
        (("Year", "Own", "Other"), ("2015", "3.5", "4.5"), ("2016", "2.5", "1.5"), ("2017", "9.5", "8.5"))
    ):
        page += [(72 + 90 * at, 640 - 14 * line, 10, cell) for at, cell in enumerate(cells)]
    (table,) = read_bytes(pdf([page]), name="flags.pdf").tables
    assert (table.caption, table.unit) == ("Table 1. Ships by flag, 2015 to 2017", "thousands")


def test_a_paragraph_that_begins_with_a_source_is_body() -> None:
    """A whole sentence behind "Source:" tells something; the name of a source does not."""
    told = "Source: AP reporters who were in the hall when the vote was taken said that the envoys left."
    page = [
        (72, 780, 16, "Talks end in the port"),
        *prose(740),
        (72, 680, 10, told),
        *prose(650),
        (72, 600, 10, "Source: AP"),
    ]
    found = {text: kind for kind, text in kinds(read_bytes(pdf([page]), name="talks.pdf"))}
    assert (found[told], found["Source: AP"]) == ("paragraph", "front")


@pytest.mark.parametrize(
    ("author", "full", "literal"),
    [
        ("World Bank", "World Bank", True),
        ("The African Development Bank", "The African Development Bank", True),
        ("Office of Border Trade", "Office of Border Trade", True),
        ("Jane Bank", "Jane Bank", False),
        ("Microsoft Office User", "", False),
        ("Administrator", "", False),
        ("Port Admin", "", False),
    ],
)
def test_a_body_in_the_properties_is_no_person(author: str, full: str, literal: bool) -> None:
    """An organisation that made a file stands whole as its author, a person has a family name, and a machine is nobody."""
    names = read_bytes(pdf([prose(760)], author=author), name="a.pdf").bibliography.authors
    assert [(name.full, bool(name.literal)) for name in names] == ([(full, literal)] if full else [])
