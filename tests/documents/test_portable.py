"""PDF: lines, pages, heads, notes, headings, hyphens."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.documents import boxes_of, read, read_bytes
from comity.terms import BlockKind, Document, UnreadableSource
from tests.documents.made import pdf

CORPUS = Path(__file__).parent / "corpus"
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


LEFT = [
    "The foreign ministers of both states met in",
    "Muscat in May and agreed to open a line of",
    "ferries between their ports. Officials said",
    "that it would begin to run in the autumn of",
    "the year, and that a second ship would come",
    "if the traffic allowed it. The harbour dues",
    "are not settled, and neither side hopes for",
]
RIGHT = [
    "much before the summer. Trade has grown for",
    "some years, although from a low level, with",
    "cement and fish sold on the one side and on",
    "the other livestock and hides. The ports of",
    "the region may delay an understanding since",
    "they compete for the same ships. Both sides",
    "want a committee that meets in the new year.",
]


def columns(last: int = 7) -> list[tuple[float, float, float, str]]:
    """A page of two columns below a line across both; the right one has so many lines."""
    lines = [(72.0, 700.0 - 14 * n, 10.0, text) for n, text in enumerate(LEFT)]
    lines += [(310.0, 700.0 - 14 * n, 10.0, text) for n, text in enumerate(RIGHT[:last])]
    return [
        (
            72.0,
            740.0,
            10.0,
            "A report on the ferries of the Gulf which was written in the spring of the year, for its readers.",
        ),
        *lines,
    ]


def test_columns_are_read_one_after_the_other() -> None:
    """A line across stands first, then the left column, then the right; a last page with a short column too."""
    document = read_bytes(pdf([columns(), columns(2)]), name="columns")
    assert "neither side hopes for much before the summer." in document.text
    first, second = document.text.split("A report on the ferries")[1:]
    assert first.index("new year") > first.index("neither side")
    assert second.index("much before the summer") > second.index("neither side")


TABLE = [
    (72, 640, 10, "Table 1: Exports of Oman (US$ million)"),
    *((x, 600, 10, text) for x, text in ((80, "Year"), (160, "To Djibouti"), (300, "To Kenya"))),
    *((x, 580, 10, text) for x, text in ((80, "2013"), (160, "12.4"), (300, "3.1"))),
    *((x, 560, 10, text) for x, text in ((80, "2014"), (300, "3.6"))),
    *((x, 540, 10, text) for x, text in ((80, "2015"), (160, "11.8"), (300, "4.0"))),
]
PROSE = [
    (72, 740, 10, "The exports of Oman to the two states of the Horn have grown for some years, although"),
    (72, 726, 10, "from a low level, and they may grow on when the line of ferries has begun to run."),
]


def cells(document: Document) -> dict[tuple[int, int], str]:
    """The text of each cell of the one table."""
    (table,) = document.tables
    assert (table.caption, table.unit) == ("Table 1: Exports of Oman", "US$ million")
    return {(cell.row, cell.column): cell.text for cell in table.cells}


@pytest.mark.parametrize("ruled", [True, False])
def test_a_cell_keeps_its_column_where_the_one_before_is_empty(ruled: bool) -> None:
    """By the rules that enclose it, and without rules by where it stands."""
    level = [(72, y, 380, y) for y in (615, 594, 574, 554, 534)]
    upright = [(x, 534, x, 615) for x in (72, 150, 290, 380)]
    document = read_bytes(pdf([[*PROSE, *TABLE]], rules=[*level, *upright] if ruled else []), name="table")
    found = cells(document)
    assert [found[0, column] for column in range(3)] == ["Year", "To Djibouti", "To Kenya"]
    assert (found.get((2, 1), ""), found[2, 2], found[3, 1]) == ("", "3.6", "11.8")


def test_a_frame_around_prose_is_no_table() -> None:
    """A box with a line under its heading holds no cells."""
    frame = [(60, y, 540, y) for y in (760, 735, 700)] + [(x, 700, x, 760) for x in (60, 540)]
    assert read_bytes(pdf([PROSE], rules=frame), name="frame").tables == ()


def test_numbered_lines_at_the_end_are_the_notes_that_the_text_cites() -> None:
    """Without a heading over them, as browsers print them; each with its arrow taken off."""
    body = [*PROSE, (429.6, 731, 6, "1"), (72, 712, 10, "The dues are not settled."), (182.8, 717, 6, "2")]
    notes = [
        (80, 650, 10, "1. Gulf Post (Muscat), 4 March 2014."),
        (80, 630, 10, "2. Gulf Post (Muscat), 5 March 2014."),
    ]
    document = read_bytes(pdf([[*body, *notes]]), name="notes")
    assert [(note.label, note.text) for note in document.notes] == [
        ("1", "Gulf Post (Muscat), 4 March 2014."),
        ("2", "Gulf Post (Muscat), 5 March 2014."),
    ]
    assert all(note.marker is not None for note in document.notes)


def test_a_place_in_the_text_leads_to_its_box_on_the_page() -> None:
    """Page, line and column lead to the boxes of the words that stand there."""
    content = pdf([[*PROSE, *TABLE]])
    document = read_bytes(content, name="boxes")
    place = document.locate(document.text.index("11.8"))
    assert place.page == 1
    (box,) = boxes_of(content, place.page, place.line, place.column, place.column + 3)
    assert abs(box.left - 160) < 2
    assert box.bottom < 543 < box.top
    with pytest.raises(UnreadableSource, match="no page 2"):
        boxes_of(content, 2, 1, 1, 1)


def test_names_of_rows_over_several_lines_and_names_over_several_columns() -> None:
    """Without rules: a name that goes on below its figures is one cell, a name over two columns spans them."""
    rows = [
        *((x, 620, 10, text) for x, text in ((235, "Exports"), (375, "Imports"))),
        *(
            (x, 605, 10, text)
            for x, text in ((80, "Partner"), (220, "2013"), (280, "2014"), (360, "2013"), (420, "2014"))
        ),
        *(
            (x, 590, 10, text)
            for x, text in ((80, "Kenya, Uganda and"), (220, "12.4"), (280, "13.0"), (360, "5.5"), (420, "6.0"))
        ),
        (80, 578, 10, "the Republic of Tanzania"),
        *(
            (x, 562, 10, text)
            for x, text in ((80, "Somalia"), (220, "1,234"), (280, "(3.0)"), (360, "n.a."), (420, "8.1"))
        ),
        *(
            (x, 546, 10, text)
            for x, text in ((80, "Total"), (220, "1,246"), (280, "10.0"), (360, "5.5"), (420, "14.1"))
        ),
    ]
    (table,) = read_bytes(pdf([[*PROSE, *rows]]), name="table").tables
    found = {(cell.row, cell.column): cell for cell in table.cells}
    assert (found[0, 1].text, found[0, 1].column_span, found[0, 3].text, found[0, 3].column_span) == (
        "Exports",
        2,
        "Imports",
        2,
    )
    assert [found[2, column].text for column in range(5)] == [
        "Kenya, Uganda and the Republic of Tanzania",
        "12.4",
        "13.0",
        "5.5",
        "6.0",
    ]
    assert [found[3, column].text for column in range(5)] == ["Somalia", "1,234", "(3.0)", "n.a.", "8.1"]


def row(y: float, *cells: tuple[float, str]) -> list[tuple[float, float, float, str]]:
    """A line of a table without rules."""
    return [(x, y, 10, text) for x, text in cells]


FIGURES = [
    *row(580, (80, "2013"), (180, "12.4"), (260, "3.1"), (340, "9.3")),
    *row(566, (80, "2014"), (180, "13.4"), (260, "4.1"), (340, "9.3")),
    *row(552, (80, "2015"), (180, "15.4"), (260, "5.1"), (340, "10.3")),
    *row(538, (80, "2016"), (180, "16.4"), (260, "6.1"), (340, "10.3")),
]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        # "Exports (tons)" ends some 5 points before "Imports" begins: nearer than cells stand, farther than words.
        (
            row(598, (80, "Year"), (180, "Exports (tons)"), (252, "Imports"), (340, "Net")),
            ["Exports (tons)", "Imports"],
        ),
        (
            [*row(604, (80, "Fiscal"), (180, "Exports"), (260, "Imports")), *row(594, (80, "year"), (180, "of fish"))],
            ["Exports of fish", "Imports"],
        ),
    ],
)
def test_names_of_columns_that_stand_close_or_on_several_lines(
    head: list[tuple[float, float, float, str]], names: list[str]
) -> None:
    """Without rules, names nearer to each other than cells are told apart, and lines nearer than rows are one name."""
    (table,) = read_bytes(pdf([[*PROSE, *head, *FIGURES]]), name="table").tables
    found = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert [found[0, 1], found[0, 2]] == names
    assert [found[1, column] for column in range(4)] == ["2013", "12.4", "3.1", "9.3"]


def test_a_year_with_a_hyphen_over_two_columns_is_one_name() -> None:
    """A name over two columns is not cut where the columns part, and spans them."""
    heads = [
        *row(612, (80, "Good"), (208, "2014-15"), (365, "2015-16")),
        *row(596, (180, "Value"), (240, "Share"), (340, "Value"), (400, "Share")),
        *row(580, (80, "Fish"), (180, "12.4"), (240, "3.1"), (340, "9.3"), (400, "4.4")),
        *row(564, (80, "Hides"), (180, "13.4"), (240, "4.1"), (340, "9.9"), (400, "5.4")),
        *row(548, (80, "Salt"), (180, "15.4"), (240, "5.1"), (340, "8.3"), (400, "6.4")),
    ]
    (table,) = read_bytes(pdf([[*PROSE, *heads]]), name="table").tables
    found = {(cell.row, cell.column): cell for cell in table.cells}
    assert [(found[0, column].text, found[0, column].column_span) for column in (1, 3)] == [
        ("2014-15", 2),
        ("2015-16", 2),
    ]
    assert [found[1, column].text for column in range(1, 5)] == ["Value", "Share", "Value", "Share"]


def test_tables_side_by_side_below_their_captions_are_two() -> None:
    """Each with its own caption, unit and rows."""
    lines = [
        *row(630, (72, "Table 1: Trade by year (tons)"), (320, "Table 2: Trade by good (tons)")),
        *row(610, (72, "Year"), (130, "Exports"), (190, "Imports"), (320, "Good"), (380, "2015"), (430, "2016")),
        *row(596, (72, "2013"), (130, "12.4"), (190, "3.1"), (320, "Fish"), (380, "1.4"), (430, "1.7")),
        *row(582, (72, "2014"), (130, "13.4"), (190, "3.3"), (320, "Hides"), (380, "2.4"), (430, "2.7")),
        *row(568, (72, "2015"), (130, "14.4"), (190, "3.5"), (320, "Salt"), (380, "3.4"), (430, "3.7")),
        *row(554, (72, "2016"), (130, "15.4"), (190, "3.9")),
    ]
    first, second = read_bytes(pdf([[*PROSE, *lines]]), name="tables").tables
    assert (first.caption, first.unit, second.caption, second.unit) == (
        "Table 1: Trade by year",
        "tons",
        "Table 2: Trade by good",
        "tons",
    )
    assert [cell.text for cell in first.cells if cell.row == 4] == ["2016", "15.4", "3.9"]
    assert [cell.text for cell in second.cells if cell.row == 3] == ["Salt", "3.4", "3.7"]


def test_a_head_beside_its_page_number_does_not_cut_a_sentence() -> None:
    """A line with the page's number at its other end is no text, though its page is the only one with it."""
    first = [
        (72, 740, 10, "The exports of Oman to the two states of the Horn have grown for some years, although"),
        (72, 726, 10, "from a low level, and they may grow on when the line of ferries between Salalah and the"),
        (290, 30, 10, "1"),
    ]
    second = [
        (72, 800, 10, "Harbour Papers 31"),
        (480, 800, 10, "2"),
        (72, 740, 10, "ports of Djibouti has begun to run."),
        (72, 700, 10, "The harbour dues are not settled."),
    ]
    document = read_bytes(pdf([first, second]), name="heads")
    assert "Salalah and the ports of Djibouti" in document.text
    assert "Harbour Papers" not in document.text


def test_an_accent_drawn_over_its_letter_is_read_with_it() -> None:
    """Before the letter or behind it in the file; an accent over no letter stays."""
    lines = [
        (72, 700, 10, "The ministers wrote ´ by hand,"),
        (231, 700, 10, "´"),
        (230, 700, 10, "etude, and met in"),
        (320, 700, 10, "Pozna"),
        (348.4, 700, 10, "n"),
        (349.5, 700, 10, "´"),
        (358, 700, 10, "and"),
        (380, 700, 10, "Evora."),
        (381, 702.1, 10, "´"),
    ]
    text = read_bytes(pdf([[*PROSE, *lines]]), name="accents").text
    assert "The ministers wrote ´ by hand, étude, and met in Poznań and Évora." in text


def test_short_lines_of_an_indented_list_are_its_entries() -> None:
    """Its bullets are drawn, so that the text has none; a line that goes on below is one entry with it."""
    lines = [
        (72, 700, 10, "Three steps would help."),
        (100, 680, 10, "A hotline between the two coast guards"),
        (100, 668, 10, "A shared register of the boats of both states, with the names of those who own them and"),
        (100, 656, 10, "those who sail them"),
        (100, 644, 10, "Loans for trawlers"),
        (72, 620, 10, "A ban on both sides is the only lasting answer, and until then each case will be a matter for"),
        (72, 608, 10, "the two capitals."),
    ]
    document = read_bytes(pdf([[*PROSE, *lines]]), name="list")
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.LIST_ITEM] == [
        "A hotline between the two coast guards",
        "A shared register of the boats of both states, with the names of those who own them and those who sail them",
        "Loans for trawlers",
    ]


def test_a_few_lines_side_by_side_and_three_columns_are_read_one_after_the_other() -> None:
    """Two short paragraphs beside each other, then full lines, then three columns: no sentence is put together of two."""
    document = read(CORPUS / "beside.typst.pdf")
    found = [passage.text for passage in document.passages]
    assert found[1:3] == [
        "India recalled its ambassador from Muscat on Tuesday after the talks had failed in the night.",
        "Oman expelled three diplomats of India on the next day and closed its post in Mumbai.",
    ]
    assert found[4:] == [
        f"Delegation {n} of the two states inspected the harbour of Duqm and found that its {n} cranes were ready for work."
        for n in range(1, 13)
    ]
    assert not document.warnings
