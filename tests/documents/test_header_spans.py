"""Headers over several columns, groups, gaps and touching figures in tables of text, Markdown and CSV."""

from __future__ import annotations

import pytest

from comity.documents import read_bytes
from comity.terms import Document, Table

PROSE = "Trade between the two states has grown, as the table below shows for recent years.\n\n"


def document_of(text: str, name: str = "x.txt") -> Document:
    """Read a text."""
    return read_bytes(text.encode(), name=name)


def only(text: str, name: str = "x.txt") -> Table:
    """Return the one table of a text."""
    (table,) = document_of(text, name).tables
    return table


def spanned(table: Table) -> dict[str, tuple[int, int, int]]:
    """Return the cells that cover several columns: row, column, and how many."""
    return {cell.text: (cell.row, cell.column, cell.column_span) for cell in table.cells if cell.column_span > 1}


@pytest.mark.parametrize(
    "lines",
    [
        "             Exports            Imports\n              2016     2017      2016     2017\nTogo           5.1      6.2       7.3      8.4\nMali           1.1      1.2       1.3      1.4\n",
        "Partner       Exports            Imports\n              2016     2017      2016     2017\nTogo           5.1      6.2       7.3      8.4\nMali           1.1      1.2       1.3      1.4\n",
        "\tExports\t\tImports\t\nPartner\t2016\t2017\t2016\t2017\nTogo\t5.1\t6.2\t7.3\t8.4\nMali\t1.1\t1.2\t1.3\t1.4\n",
    ],
)
def test_a_header_stands_over_the_columns_below_it(lines: str) -> None:
    """In text an upper header covers the columns over which it stands, and both header rows are headers."""
    table = only(PROSE + lines + "\nTrade grew again.\n")
    assert spanned(table) == {"Exports": (0, 1, 2), "Imports": (0, 3, 2)}
    assert all(cell.header for cell in table.cells if cell.row < 2)
    assert not any(cell.header for cell in table.cells if cell.row == 2 and cell.column)
    imports = table.cell(0, 4)
    assert imports is not None and imports.text == "Imports"


def test_a_total_beside_the_groups_stands_alone() -> None:
    """A last column that is in no group is not covered by the group before it."""
    table = only(
        PROSE
        + "             Exports            Imports\n"
        + "Partner       2016     2017      2016     2017    Total\n"
        + "Togo           5.1      6.2       7.3      8.4     27.0\n"
        + "Mali           1.1      1.2       1.3      1.4      5.0\n\nIt grew again.\n"
    )
    assert spanned(table) == {"Exports": (0, 1, 2), "Imports": (0, 3, 2)}


def test_empty_cells_right_of_a_header_are_its_span_in_csv() -> None:
    """In a CSV the empty cells right of an upper header belong to it where the row below has headers of its own."""
    table = only("Partner,Exports,,Imports,\n,2016,2017,2016,2017\nTogo,5,6,7,8\nMali,1,2,3,4\n", "x.csv")
    assert spanned(table) == {"Exports": (0, 1, 2), "Imports": (0, 3, 2)}
    plain = only("Year,Exports,,Remark\n2016,5,,a\n2017,6,,b\n", "x.csv")
    assert spanned(plain) == {}


def test_a_row_of_units_below_the_headers_is_a_header() -> None:
    """Units in a row of their own below a Markdown header are headers; a row of words is not."""
    table = only(PROSE + "| Year | Out |\n|---|---|\n|  | EUR million |\n| 2015 | 5 |\n| 2016 | 6 |\n")
    assert [cell.header for cell in table.cells if cell.column == 1] == [True, True, False, False]
    words = only(PROSE + "| Year | Out |\n|---|---|\n|  | rising |\n| 2015 | 5 |\n| 2016 | 6 |\n")
    assert [cell.header for cell in words.cells if cell.column == 1] == [True, False, False, False]


def test_a_ruled_grid_with_spans() -> None:
    """A ruled grid's cells that reach over rows and columns are one cell each, whose words are whole."""
    table = only(
        PROSE
        + "+-------+-------------+------+\n|       | Trade       |      |\n| Year  +------+------+ Note |\n|       | Out  | In   |      |\n"
        + "+=======+======+======+======+\n| 2011  | 4.5  | 3.1  | from |\n+-------+------+------+ May  |\n| 2012  | 4.8  | 3.0  |      |\n+-------+------+------+------+\n"
    )
    found = {(c.row, c.column): (c.text, c.row_span, c.column_span) for c in table.cells}
    assert found == {
        (0, 0): ("Year", 2, 1),
        (0, 1): ("Trade", 1, 2),
        (0, 3): ("Note", 2, 1),
        (1, 1): ("Out", 1, 1),
        (1, 2): ("In", 1, 1),
        (2, 0): ("2011", 1, 1),
        (2, 1): ("4.5", 1, 1),
        (2, 2): ("3.1", 1, 1),
        (2, 3): ("from May", 2, 1),
        (3, 0): ("2012", 1, 1),
        (3, 1): ("4.8", 1, 1),
        (3, 2): ("3.0", 1, 1),
    }
    assert [cell.header for cell in table.cells if cell.column == 1] == [True, True, False, False]


def test_figures_that_touch_are_parted() -> None:
    """Figures that only one space parts stand in the columns over which they stand, and are never one figure."""
    table = only(
        PROSE
        + "Item           2009      2010      2011\nSales           810       905     1,020\n"
        + "Purchases    12,300 1,318,000       355\nLoans            12        13        14\n\nIt grew again.\n"
    )
    assert [cell.text for cell in table.cells if cell.row == 2] == ["Purchases", "12,300", "1,318,000", "355"]


def test_leading_dots_are_no_words() -> None:
    """Dots that lead from a label to its figures are in neither, and three dots are a mark of a missing figure."""
    table = only(
        PROSE
        + "                 2009      2010\nSales ........    810       905\nOld stock....1,200,300     1,355\nLoans . . . . .    12       ...\n\nIt grew again.\n"
    )
    assert [cell.text for cell in table.cells if cell.row and cell.text] == [
        *("Sales", "810", "905"),
        *("Old stock", "1,200,300", "1,355"),
        *("Loans", "12", "..."),
    ]


def test_lines_of_a_download_are_no_table() -> None:
    """The lines of data source and date above a download's rows, and the notes below, are lines around its table."""
    document = document_of(
        '"Data Source","Trade database"\n"Last Updated","2019-07-01"\n\n"Item","2015","2016"\n"Out","5","6"\n"In","7","8"\n\n"Note: preliminary."\n"Source: Bank, 2019"\n',
        "x.csv",
    )
    (table,) = document.tables
    assert (table.height, table.width) == (3, 3)
    assert document.warnings == ()
    assert "Data Source: Trade database" in document.text
    assert table.source == "Source: Bank, 2019"


def test_the_declared_separator() -> None:
    """The line by which a spreadsheet program is told the separator is obeyed, and is no row."""
    document = document_of("sep=;\nYear;Out, net;In, net\n2015;1,5;2,5\n2016;1,7;2,8\n", "x.csv")
    (table,) = document.tables
    assert (table.height, table.width) == (3, 3)
    cell = table.cell(1, 1)
    assert cell is not None and cell.text == "1,5"
    assert (document.locate(cell.start).line, document.locate(cell.start).column) == (3, 6)


def test_tables_side_by_side() -> None:
    """A blank column parts two tables where each names its own rows; else it only sets columns apart."""
    apart = document_of("Year,Out,,Year,In\n2015,5,,2015,7\n2016,6,,2016,8\n", "x.csv")
    assert [(table.height, table.width) for table in apart.tables] == [(3, 2), (3, 2)]
    together = document_of("Year,Out,,In,Both\n2015,5,,7,12\n2016,6,,8,14\n", "x.csv")
    assert [(table.height, table.width) for table in together.tables] == [(3, 5)]


@pytest.mark.parametrize("unit", ["ZMW million", "million Kuwaiti dinars", "thousand Swiss francs", "OMR '000"])
def test_every_currency_that_prose_knows_is_a_unit(unit: str) -> None:
    """A caption's unit may name any currency whose code or name is known in prose; three capitals alone are none."""
    rows = "| Year | Value |\n|---|---|\n| 2016 | 311 |\n| 2017 | 287 |\n\n"
    assert only(PROSE + f"Table 1. Exports of Zambia ({unit})\n\n" + rows).unit == unit
    assert only(PROSE + "Table 1. Exports of Zambia (FOB)\n\n" + rows).unit == ""


def test_tables_between_lines_of_dashes() -> None:
    """A table between lines of dashes has its columns where the inner dashes stand, its rows between blank lines."""
    rows = "2014              61.4           14.9\n                                (est.)\n\n2015              55.0           16.2\n"
    border = "-------------------------------------\n"
    heads = (
        "Year        Exports to   Imports from\n            Kenya        Kenya\n------- -------------- --------------\n"
    )
    text = (
        f"{PROSE}Table 2. Trade, US$ million\n\n{border}{heads}{rows}{border}\nSource: NCSI, 2017.\n\nIt grew again.\n"
    )
    document = document_of(text, "x.md")
    (table,) = document.tables
    assert [[cell.text for cell in table.cells if cell.row == row] for row in range(table.height)] == [
        ["Year", "Exports to Kenya", "Imports from Kenya"],
        ["2014", "61.4", "14.9 (est.)"],
        ["2015", "55.0", "16.2"],
    ]
    assert (table.unit, table.source) == ("US$ million", "Source: NCSI, 2017.")
    cell = table.cell(2, 2)
    assert cell is not None and text.splitlines()[document.locate(cell.start).line - 1].endswith("16.2")
    close = only(f"{PROSE}{border}{heads}{rows.replace(chr(10) * 2, chr(10))}{border}", "x.md")
    assert close.height == 4


def test_lines_of_dashes_that_set_no_table_off() -> None:
    """Lines of dashes in prose, or around a text without columns, begin no table."""
    border = "-" * 30 + "\n"
    for text in (f"{border}They met in Rome.\n{border}\nThey left.\n", f"They met.\n\n{border}\nThey left in May.\n"):
        assert document_of(PROSE + text, "x.md").tables == ()


def test_headers_over_runs_of_other_lengths() -> None:
    """A run of columns ends where the columns' own headers begin anew; where nothing tells it no header is stretched."""
    quarters = only(
        PROSE
        + "                   2017                    2018\nPartner      Q1    Q2    Q3    Q4      Q1    Q2\n"
        + "Togo        3.1   3.4   3.8   3.5     3.3   3.6\nMali        1.1   1.4   1.8   1.5     1.3   1.6\n\nIt grew.\n"
    )
    assert spanned(quarters) == {"2017": (0, 1, 4), "2018": (0, 5, 2)}
    unsure = only(
        PROSE
        + "              Exports              Imports\nPartner     2015   2016   2017   2016   2017\n"
        + "Togo         210    222    310    324    102\nMali          12     13     14     15      2\n\nIt grew.\n"
    )
    assert spanned(unsure) == {}


def test_measures_in_brackets() -> None:
    """A line in brackets between caption and table is its unit whatever it counts, and so is "(number)" behind a caption."""
    rows = "| Year | Value |\n|---|---|\n| 2016 | 311 |\n| 2017 | 287 |\n\n"
    own = only(PROSE + "Table 3. Lorries at the border\n\n(thousand lorries)\n\n" + rows)
    assert (own.caption, own.unit) == ("Table 3. Lorries at the border", "thousand lorries")
    count = only(PROSE + "Table 3. Visitors (number)\n\n" + rows)
    assert (count.caption, count.unit) == ("Table 3. Visitors", "number")
    assert only(PROSE + "Table 3. Visitors (northern border)\n\n" + rows).unit == ""


def test_a_caption_behind_a_colon() -> None:
    """A caption below a table behind a colon, as pandoc prints it, is the table's, and the source may follow."""
    rows = "| Year | Value |\n|---|---|\n| 2016 | 311 |\n| 2017 | 287 |\n\n"
    table = only(
        PROSE + rows + ": Table 1. Exports of Chad (EUR million)\n\nSource: Customs, 2018.\n\nIt grew.\n", "x.md"
    )
    assert (table.caption, table.unit) == ("Table 1. Exports of Chad", "EUR million")
    assert table.source == "Source: Customs, 2018."
