"""How the lines of a PDF go on: over tables and heads at a page's top, behind abbreviations and hyphens at a line's end."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import BlockKind, Document
from tests.documents.made import pdf

Line = tuple[float, float, float, str]
LEFT = (
    "The commission met in the port in the first",
    "week of the month and heard the pilots of the",
    "river, who told it that the channel had silted",
    "up since the flood, and that no larger ship of",
)
RIGHT = (
    "nine metres could pass the bar before dredgers",
    "had come back from the other coast of the bay.",
    "The minister asked for a plan by the summer of",
    "the year, and for the money that it would take.",
)
WIDE = (
    "The commission met in the port in the first week of the month and heard the pilots of the",
    "river, who told it that the channel had silted up since the flood and that no ship of more",
    "than nine metres could pass the bar before the dredgers came back from the other coast.",
)


def column(x: float, y: float, lines: tuple[str, ...]) -> list[Line]:
    """Return lines one below the other, from y downwards."""
    return [(x, y - 12 * n, 10, line) for n, line in enumerate(lines)]


def prose(document: Document) -> list[str]:
    """Return the passages that are coded."""
    return [passage.text for passage in document.passages if passage.kind.is_prose]


def headings(document: Document) -> list[str]:
    """Return the headings."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.HEADING]


def test_a_sentence_goes_on_over_a_table_at_the_pages_top() -> None:
    """A table with its caption, remark and source between two pages' prose does not cut the sentence, and stands behind its paragraph."""
    first = [*column(72, 780, WIDE), *column(72, 730, WIDE[:2])]
    second: list[Line] = [(72, 780, 10, "Table 1. Ships in the port (number)")]
    for row, cells in enumerate(
        (("Year", "Ours", "Theirs"), ("2015", "140", "36"), ("2016", "152", "41"), ("2017", "163", "44"))
    ):
        second += [(x, 760 - 14 * row, 10, cell) for x, cell in zip((72, 200, 300), cells, strict=True)]
    second += [
        (72, 698, 10, "Note: Barges are left out."),
        (72, 684, 10, "Source: Port Office."),
        *column(72, 640, WIDE[2:] + WIDE),
    ]
    document = read_bytes(pdf([first, second]), name="port.pdf")
    assert prose(document) == [" ".join(WIDE)] * 3
    (table,) = document.tables
    assert [cell.text for cell in table.cells][:6] == ["Year", "Ours", "Theirs", "2015", "140", "36"]
    assert table.source == "Source: Port Office."


def test_a_sentence_that_ended_does_not_go_on_behind_a_table() -> None:
    """Prose behind a table at a page's top is a paragraph of its own where the one before has its full stop."""
    first = [*column(72, 780, WIDE), *column(72, 730, WIDE)]
    second: list[Line] = [(72, 780, 10, "Table 1. Ships in the port (number)")]
    for row, cells in enumerate(
        (("Year", "Ours", "Theirs"), ("2015", "140", "36"), ("2016", "152", "41"), ("2017", "163", "44"))
    ):
        second += [(x, 760 - 14 * row, 10, cell) for x, cell in zip((72, 200, 300), cells, strict=True)]
    document = read_bytes(pdf([first, [*second, *column(72, 670, WIDE)]]), name="port.pdf")
    assert len([block for block in document.blocks if block.kind is BlockKind.PARAGRAPH]) == 3


@pytest.mark.parametrize(
    ("end", "name"),
    [("up since the flood, said Dr.", "Montgomery-Featherstonehaugh, the port's pilot."),
     ("up, as she told Anna Q.", "Montgomery-Featherstonehaugh, the port's pilot."),
     ("up, as was held in Gulf v.", "Montgomery-Featherstonehaugh & Sons in May.")],
)  # fmt: skip
def test_an_abbreviation_at_a_lines_end_ends_no_paragraph(end: str, name: str) -> None:
    """The name behind a title or an initial belongs to it, though the line is short of the margin."""
    document = read_bytes(
        pdf([[*column(72, 780, WIDE), *column(72, 720, (*LEFT[:3], end, name, *RIGHT[2:]))]]), name="pilot.pdf"
    )
    assert f"{' '.join(LEFT[:3])} {end} {name}" in prose(document)


@pytest.mark.parametrize(
    ("line", "following", "word"),
    [
        ("week of the month and heard the vice-", "minister of the river, who told it that it had", "vice-minister"),
        ("week of the month and heard the Saudi-", "led mission on the river, who told it that it", "Saudi-led"),
        ("week of the month and heard the minis-", "ter of the river, who told it that the channel", "minister"),
        ("week of the month and heard the Vice-", "roy of the river, who told it that the channel", "Viceroy"),
    ],
)
def test_compounds_at_a_lines_end_keep_their_hyphen(line: str, following: str, word: str) -> None:
    """A hyphen that only parts a word is taken out; one that the word has stays."""
    document = read_bytes(pdf([column(72, 760, (LEFT[0], line, following, *LEFT[3:], *RIGHT))]), name="port.pdf")
    assert f"heard the {word} " in document.text


def test_a_head_over_two_columns_does_not_cut_a_sentence() -> None:
    """A journal's name at the left and the page's number at the right of two pages are no text."""
    pages = [
        [
            (72, 805, 9, "Review of Harbours 14 (2)"),
            (515, 806, 9, str(number)),
            *(line for n in range(12) for line in column(72, 760 - 48 * n, LEFT)),
            *(line for n in range(12) for line in column(310, 760 - 48 * n, LEFT)),
        ]
        for number in (2, 3)
    ]
    document = read_bytes(pdf(pages), name="review.pdf")
    assert "Review of Harbours" not in document.text
    assert "of The commission" in document.text


def test_authors_and_institutes_below_a_title_are_no_headings() -> None:
    """Names set larger than the body stay front where lines in the body's size stand between them; the headings below stay."""
    first: list[Line] = [
        (72, 780, 20, "Harbours of the west coast"),
        (72, 745, 12, "Anna Quist"),
        (72, 730, 10, "Institute of Harbours, Bergen"),
        (72, 710, 12, "Juma Otieno"),
        (72, 695, 10, "Centre for the Coast, Mombasa"),
        (72, 675, 12, "May 2017"),
        (72, 640, 14, "Abstract"),
        *column(72, 620, WIDE),
        (72, 560, 14, "Argument"),
        *column(72, 540, WIDE),
    ]
    document = read_bytes(pdf([first]), name="coast.pdf")
    assert headings(document) == ["Abstract", "Argument"]
    assert document.bibliography.title == "Harbours of the west coast"


def test_a_page_left_blank_says_nothing() -> None:
    """That a page has been left blank is no title and no sentence, and does not cut the one that goes on behind it."""
    blank: list[Line] = [(150, 500, 20, "This page intentionally left blank")]
    title: list[Line] = [
        (72, 780, 18, "Harbours of the west coast"),
        *column(72, 740, WIDE),
        *column(72, 690, WIDE[:2]),
    ]
    document = read_bytes(pdf([blank, title, blank, column(72, 780, WIDE[2:] + WIDE)]), name="coast.pdf")
    assert document.bibliography.title == "Harbours of the west coast"
    assert prose(document) == [" ".join(WIDE)] * 3
    assert "blank" not in document.text
