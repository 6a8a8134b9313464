"""Tables in plain text: shapes, headers, captions, units, sources."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import Document, Table


def document_of(text: str) -> Document:
    """Read a text."""
    return read_bytes(text.encode(), name="x.txt")


def only(text: str) -> Table:
    """Return the one table of a text."""
    (table,) = document_of(text).tables
    return table


def rows_of(table: Table) -> list[list[str]]:
    """Return the table's texts, row by row."""
    height, width = (max(place) + 1 for place in zip(*((c.row, c.column) for c in table.cells), strict=True))
    rows = [[""] * width for _ in range(height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


PROSE = "Trade between the two states has grown, as the table below shows for recent years.\n\n"


def test_tabs_with_remnants_of_html() -> None:
    """Rows of tabs are a table, tags in its cells do not show, and years name the rows."""
    table = only(
        PROSE
        + "Fish trade\n\n<i>Year</i>\t<i>Norway</i>\n2015\t1,200\n2016\t1,340\n\nSource: Fish Office, 2017.\n\nIt grew again."
    )
    assert [cell.text for cell in table.cells] == ["Year", "Norway", "2015", "1,200", "2016", "1,340"]
    assert [cell.header for cell in table.cells] == [True, True, True, False, True, False]
    assert (table.caption, table.source) == ("Fish trade", "Source: Fish Office, 2017.")


def test_years_across() -> None:
    """A table with years across keeps the empty first cell of its row of values."""
    table = only(PROSE + "Aid to Nepal\n\n(US$ Million)\n\nYear\t2012-13\t2013-14\n\t30.1\t71.1\n\nIt grew again.")
    assert table.unit == "US$ Million"
    empty = table.cell(1, 0)
    assert empty is not None and empty.text == "" and empty.start == empty.end
    assert [cell.header for cell in table.cells if cell.row == 0] == [True, True, True]
    value = table.cell(1, 2)
    assert value is not None and value.text == "71.1" and not value.header


def test_the_caption_stands_before_its_offsets() -> None:
    """Caption and source have their places in the text."""
    document = document_of(
        PROSE
        + "Table 2. Visitors (thousand)\n\n| Year | Visitors |\n|---|---|\n| 2015 | 12 |\n\nSource: Border Office.\n"
    )
    (table,) = document.tables
    assert table.caption_start is not None and document.text.startswith("Table 2. Visitors", table.caption_start)
    assert (table.caption, table.unit) == ("Table 2. Visitors", "thousand")
    assert table.source_start is not None and document.text.startswith("Source: Border", table.source_start)


def test_ragged_rows_are_kept_and_reported() -> None:
    """A row that is too short keeps its cells, and the warning names it."""
    document = document_of(PROSE + "Year\tOut\tIn\n2015\t5\t7\n2016\t6\n2017\t8\t9\n")
    (table,) = document.tables
    assert [cell.text for cell in table.cells if cell.row == 2] == ["2016", "6"]
    assert table.cell(2, 2) is None
    assert document.warnings == ("Table 1: line 5 has 2 cells, where most have 3.",)


def test_grid_with_rules() -> None:
    """A ruled grid is a table, its header set off by a double rule, its tall cells whole."""
    table = only(
        PROSE
        + "+------+----------+\n| Year | Exports  |\n|      | to Chile |\n+======+==========+\n| 2011 | 4.5      |\n+------+----------+\n| 2012 | 4.8      |\n+------+----------+\n"
    )
    assert [cell.text for cell in table.cells] == ["Year", "Exports to Chile", "2011", "4.5", "2012", "4.8"]
    assert [cell.header for cell in table.cells] == [True, True, True, False, True, False]


def test_a_citation_below_is_the_source() -> None:
    """A line below the table that reads as a reference is its source, prose below is not."""
    table = only(
        PROSE
        + "A\tB\n2011\t4\n2012\t5\n\nWorld Bank: *Trade Atlas*, 2013. Washington: World Bank.\n\nThe Bank was founded in 1944: it lends to states.\n"
    )
    assert table.source == "World Bank: Trade Atlas, 2013. Washington: World Bank."
    bare = only(
        PROSE + "A\tB\n2011\t4\n2012\t5\n\nIn 2013 the figures rose again, and the ministers were content with them.\n"
    )
    assert bare.source == ""


def test_prose_with_double_spaces_is_no_table() -> None:
    """Justified prose with runs of spaces is not taken for columns."""
    document = document_of(
        "The   ministers  met in  Rome on Monday\nand   agreed  to meet  again in Paris\nbefore  the  end  of  the year  2019.\n"
    )
    assert document.tables == ()
    assert "The ministers met in Rome on Monday and agreed to meet again in Paris" in document.text


def test_a_heading_above_is_the_caption() -> None:
    """A heading right above a table stays a heading and gives the caption."""
    table = only(
        "# Report\n\n" + PROSE + "## Exports to Peru (US$ million)\n\n| Year | Total |\n|---|---|\n| 2014 | 4 |\n"
    )
    assert table.caption.startswith("Exports to Peru")


def test_rows_are_lines_with_tabs() -> None:
    """In the reading text a row is a line and a tab stands between its cells."""
    assert "Year\tOut\tIn\n2015\t5\t7" in document_of(PROSE + "Year | Out | In\n---|---|---\n2015 | 5 | 7\n").text


def test_a_caption_right_below_the_title() -> None:
    """A caption between the title and a table is the table's, and the title stays the document's."""
    rows = "| Year | Exports |\n|---|---|\n| 2016 | 311 |\n| 2017 | 287 |\n"
    for above in ("# Chile and Peru\n\n", "Chile and Peru in Figures\n\n", "Chile and Peru in Figures\n"):
        document = document_of(above + "Table 1: Chilean exports to Peru, US$ million\n\n" + rows)
        (table,) = document.tables
        assert table.caption == "Table 1: Chilean exports to Peru, US$ million"
        assert document.bibliography.title.startswith("Chile and Peru")
        assert "Table" not in document.bibliography.title
    table = only("# Chile and Peru\n\nTable 4. Exports\n\n(US$ million)\n\n" + rows)
    assert (table.caption, table.unit) == ("Table 4. Exports", "US$ million")


def test_a_line_without_figures_stays_in_its_table() -> None:
    """A line that only names the rows below it does not cut a table set in columns."""
    table = only(
        PROSE
        + "Table 3. Polish trade with Latvia (EUR million)\n\n"
        + "               2009      2010      2011\n"
        + "Sales           810       905     1 020\n"
        + "  of these\n"
        + "  food          210       222       240\n"
        + "Purchases       300       318       355\n\nTrade went on growing.\n"
    )
    rows = [[cell.text for cell in table.cells if cell.row == row] for row in range(5)]
    assert rows[0] == ["", "2009", "2010", "2011"]
    assert rows[2] == ["of these", "", "", ""]
    assert rows[3:] == [["food", "210", "222", "240"], ["Purchases", "300", "318", "355"]]
    assert (table.caption, table.unit) == ("Table 3. Polish trade with Latvia", "EUR million")


def test_two_tables_in_one_block_stay_two() -> None:
    """The title and the years of a second table do not go on with the first."""
    document = document_of(
        PROSE
        + "Year    Out    In\n2001      4     5\n2002      6     7\nTable 2. Visitors\nYear    Men    All\n2001     40    50\n2002     60    70\n"
    )
    assert [table.cell(1, 1).text for table in document.tables] == ["4", "40"]  # type: ignore[union-attr]


def test_rows_that_are_no_table_are_reported() -> None:
    """Lines that look like rows of a table, and could not be read as one, are said in words."""
    document = document_of(
        PROSE + "Sales      810     905   1 020\nbut see the remarks of the office\nImports    300     318\n"
    )
    assert document.tables == ()
    assert document.warnings == ("At line 3 2 lines look like rows of a table but could not be read as one.",)


def test_unit_and_source_in_one_line_below() -> None:
    """A line below a table may give its unit and then its source; the source is what follows "Source"."""
    rows = PROSE + "| Year | Exports |\n|---|---|\n| 2016 | 311 |\n| 2017 | 287 |\n\n"
    for line in (
        "*Values in US$ million. Source: Customs Office of Peru, 2018.*",
        "Note: Values in US$ million. Source: Customs Office of Peru, 2018.",
        "Source: Customs Office of Peru, 2018. Values in US$ million.",
    ):
        document = document_of(rows + line + "\n\nTrade fell again.\n")
        (table,) = document.tables
        assert "US$ million" in table.unit
        assert table.source.startswith("Source: Customs Office of Peru, 2018.")
        assert table.source_start is not None and document.text.startswith(table.source, table.source_start)
    prose = only(rows + "Exports fell. The main source: timber.\n\nTrade fell again.\n")
    assert (prose.unit, prose.source) == ("", "")


def test_semicolons_between_cells() -> None:
    """Lines that semicolons cut into figures are a table within a text; prose with semicolons is none."""
    table = only(
        PROSE
        + "Loans to Tonga (EUR million)\nYear;Loans;Grants\n2014;12,5;3\n2015;13,1;\n2016;14,0;4\n\nIt grew again."
    )
    assert [cell.text for cell in table.cells if cell.row == 2] == ["2015", "13,1", ""]
    assert [cell.header for cell in table.cells if cell.row == 1] == [True, False, False]
    assert (table.caption, table.unit) == ("Loans to Tonga", "EUR million")
    for text in ("They met in Rome;\nin Paris;\nand in 2014; nothing came of it.\n", "Year;Loans\n2014;12,5\n"):
        assert document_of(PROSE + text).tables == ()


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("Table 1. Exports of Chile to Peru, in EUR million", "EUR million"),
        ("Table 1. Exports of Chile to Peru in EUR million", "EUR million"),
        ("Table 1: Exports (in millions of US dollars), 2014-2018", "millions of US dollars"),
        ("Table 1: Exports (US$ million; provisional)", "US$ million"),
        ("Table 2. Rice, in thousand tonnes", "thousand tonnes"),
        ("Table 2. Rice, 1,000 tonnes, 2010 to 2014", "1,000 tonnes"),
        ("Table 3: Exports, Million US dollars", "Million US dollars"),
        ("Table 3 - Exports, US$ bn", "US$ bn"),
        ("Exports of Chile to Peru, 2014–2018: EUR million", "EUR million"),
        ("Table 4. Exports in EUR million and growth in per cent", ""),
        ("Table 4. Exports (EUR million) and their weight (tonnes)", ""),
        ("Table 4. Trade in dollars", ""),
        ("Table 4. Trade in rice, in tonnes of paddy", ""),
        ("Table 4. Sales of euros and dollars", ""),
        ("Table 4. Oil, in barrels per day", ""),
    ],
)
def test_the_unit_in_a_caption(caption: str, unit: str) -> None:
    """A caption's own words name the unit; where they name two, or a subject, there is none."""
    rows = "| Year | Value |\n|---|---|\n| 2016 | 311 |\n| 2017 | 287 |\n\n"
    table = only(f"# Chile and Peru\n\n{PROSE}{caption}\n\n{rows}It grew again.\n")
    assert table.unit == unit
    assert table.caption and caption.startswith(table.caption)


def test_the_unit_in_headers() -> None:
    """Headers that all name one unit give the table's; headers with two units give none."""
    shared = only(PROSE + "| Year | Out, EUR million | In, EUR million |\n|---|---|---|\n| 2016 | 3 | 4 |\n")
    apart = only(PROSE + "| Year | Out, EUR million | Rice, tonnes |\n|---|---|---|\n| 2016 | 3 | 4 |\n")
    assert (shared.unit, apart.unit) == ("EUR million", "")


@pytest.mark.parametrize("head", ["Year   Exports  Imports  Balance", "       Exports  Imports  Balance"])
def test_blank_cells_keep_their_columns(head: str) -> None:
    """Where most lines have a blank cell, each figure stands in the column under whose header it is printed."""
    lines = f"{head}\n2016        50       20\n2017                 30      -10\n2018        60                40\n\n"
    rows = rows_of(only(f"{PROSE}Norway and Iceland, EUR million\n\n{lines}It grew again.\n"))
    assert rows[1:] == [["2016", "50", "20", ""], ["2017", "", "30", "-10"], ["2018", "60", "", "40"]]


def test_cells_in_no_clear_column_are_not_parted() -> None:
    """Where a header has more cells than the lines and these stand under none of them surely, each line stays one cell."""
    lines = "Year  Exports  Imports  Balance\n2016  50  20\n2017  30  -10\n2018  60  40\n\n"
    rows = rows_of(only(f"{PROSE}Norway and Iceland, EUR million\n\n{lines}It grew again.\n"))
    assert rows[1:] == [["2016 50 20"], ["2017 30 -10"], ["2018 60 40"]]


def test_remarks_with_marks_below_a_table() -> None:
    """Marks of remarks are no part of a figure, the remarks no prose, and the source behind them is found."""
    document = document_of(
        PROSE
        + "Table 1. Visitors (thousand)\n\n| Year | Chad | Mali |\n|---|---|---|\n| 2015 | 1,212a | 14 |\n| 2016 | 13 | 15b |\n\n"
        "a Without the north.\n\nb Counted at the border.\n\nNote: By air.\n\nNote: By land.\n\nSource: Border Office.\n\n"
        "A ministry said more."
    )
    (table,) = document.tables
    assert rows_of(table) == [["Year", "Chad", "Mali"], ["2015", "1,212", "14"], ["2016", "13", "15"]]
    assert table.source == "Source: Border Office."
    prose = [passage.text for passage in document.passages if passage.kind.is_prose]
    assert prose == [PROSE.strip(), "A ministry said more."]


def test_a_letter_in_a_cell_that_no_remark_explains_stays() -> None:
    """A mark is taken out only where a remark below the table begins with it."""
    table = only(
        PROSE + "| Year | Flat |\n|---|---|\n| 2015 | 12a |\n| 2016 | 14b |\n\nb Sold in 2016.\n\na house was sold.\n"
    )
    assert rows_of(table) == [["Year", "Flat"], ["2015", "12a"], ["2016", "14"]]


def test_remarks_that_say_what_cells_hold() -> None:
    """A line below a table that explains a whole cell or a cell's end is of the table, and the source behind it is found."""
    document = document_of(
        PROSE + "| Port | 2015 | 2016 (e) |\n|---|---|---|\n| Arica | 12 | 14 |\n| Callao | n/a | 15 |\n\n"
        "n/a: not counted that year.\n\n(e) Estimate of May 2017.\n\nSource: Port Office.\n\n"
        "Callao: the port grew in 2016."
    )
    assert [table.source for table in document.tables] == ["Source: Port Office."]
    prose = [passage.text for passage in document.passages if passage.kind.is_prose]
    assert prose == [PROSE.strip(), "Callao: the port grew in 2016."]


def test_a_source_behind_what_cells_hold() -> None:
    """The source may stand on the line that explains a cell."""
    table = only(
        PROSE
        + "| Port | 2015 |\n|---|---|\n| Arica | 12 |\n| Callao | n/a |\n\nn/a: not counted. Source: Port Office.\n\n"
        + PROSE
    )
    assert table.source == "Source: Port Office."


@pytest.mark.parametrize("below", ["na: not counted.", "Arica: no ships came.", "12: a figure.", "(f) Estimate."])
def test_a_line_that_explains_no_cell_is_prose(below: str) -> None:
    """What no cell holds, a row's name and a figure are no keys of remarks."""
    document = document_of(
        PROSE + f"| Port | 2015 (e) |\n|---|---|\n| Arica | 12 |\n| Callao | n/a |\n\n{below}\n\n{PROSE}"
    )
    assert any(below.endswith(passage.text) for passage in document.passages if passage.kind.is_prose)


@pytest.mark.parametrize(("end", "taken"), [("Source: Port Office.", True), (PROSE.strip(), False)])
def test_numbered_remarks_run_on_to_the_source(end: str, taken: bool) -> None:
    """Lines numbered from 1 between a table and its source are remarks; without a source they may be headings."""
    remarks = ["1 Closed in May and in June.", "2 No customs post was there."]
    below = "\n\n".join([*remarks, end])
    document = document_of(PROSE + f"| Port | 2015 |\n|---|---|\n| Arica | 12 |\n| Callao | 14 |\n\n{below}\n")
    texts = [passage.text for passage in document.passages if passage.kind.is_prose]
    assert (remarks[0] not in texts) is taken and (document.tables[0].source == end) is taken


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Ships in the two ports of Chile", "Ships in the two ports of Chile"),
        ("Figures are provisional", "Ports"),
        ("Excluding fishing boats", "Ports"),
    ],
)
def test_a_caption_below_a_table(line: str, caption: str) -> None:
    """A name between a table and its source is the caption, a section's heading above is but second best; what is said of figures is none."""
    table = only(
        PROSE
        + f"# Ports\n\n| Port | 2015 |\n|---|---|\n| Arica | 12 |\n| Callao | 14 |\n\n{line}\n\nSource: Port Office.\n\n{PROSE}"
    )
    assert table.caption == caption
