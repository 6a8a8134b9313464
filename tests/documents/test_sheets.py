"""CSV, TSV and XLSX become documents with a table for each block of rows."""

from __future__ import annotations

from datetime import date

import pytest

from comity.documents import read_bytes
from comity.terms import UnreadableSource
from tests.documents.made import xlsx


def test_csv_cells_and_places() -> None:
    """Each cell of a CSV leads to its line and column, quoted cells included."""
    document = read_bytes(b'year,exports,remark\n2015,"1,200","said ""yes"""\n2016,1300,\n', name="trade.csv")
    (table,) = document.tables
    assert document.media_type == "text/csv"
    assert [cell.text for cell in table.cells if cell.row == 1] == ["2015", "1,200", 'said "yes"']
    cell = table.cell(1, 1)
    assert cell is not None and document.text[cell.start : cell.end] == "1,200"
    place = document.locate(cell.start)
    assert (place.line, place.column) == (2, 7)


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_any_separator(separator: str) -> None:
    """The separator is told from the content, a decimal comma is left as it is."""
    decimal = "1.5" if separator == "," else "1,5"
    rows = [["year", "partner", "value"], ["2015", "FRA", decimal], ["2016", "FRA", decimal]]
    document = read_bytes("\n".join(separator.join(row) for row in rows).encode(), name="data.csv")
    (table,) = document.tables
    assert (table.height, table.width) == (3, 3)
    value = table.cell(2, 2)
    assert value is not None and value.text == decimal


def test_lines_around_the_rows() -> None:
    """Lines above the rows are caption and unit, a line below is the source; blank rows part tables."""
    content = "Trade of Ghana with Togo,,\n(US$ million),,\nYear,Out,In\n2015,5,7\n2016,6,8\nSource: Customs 2017,,\n,,\nYear,Aid\n2015,3\n2016,4\n"
    document = read_bytes(content.encode(), name="t.csv")
    first, second = document.tables
    assert (first.caption, first.unit, first.source) == (
        "Trade of Ghana with Togo",
        "US$ million",
        "Source: Customs 2017",
    )
    assert (second.width, second.height) == (2, 3)


def test_a_list_of_sentences_is_no_csv() -> None:
    """Prose with a comma in each line is text, whatever the file is called."""
    document = read_bytes(
        b"The envoy came to Rome, and left.\nHe saw the minister, who smiled.\nThey ate, then parted.\n", name="x.txt"
    )
    assert document.tables == ()


def test_ragged_csv_is_reported() -> None:
    """A row with too few cells is kept and reported."""
    document = read_bytes(b"year,out,in\n2015,5,7\n2016,6\n2017,8,9\n", name="x.csv")
    assert document.warnings == ("Table 1: line 3 has 2 cells, where most have 3.",)


def test_xlsx() -> None:
    """Each visible sheet's rows are a table, values printed as shown; hidden sheets are named in a warning."""
    rows = [["Aid to Nepal"], ["Year", "USD", "Day"], [2015, 1.5, date(2015, 3, 1)], [2016, 2, date(2016, 3, 1)]]
    document = read_bytes(xlsx({"Aid": rows, "Old": [["x", 1], ["y", 2]]}, hidden=["Old"]), name="x")
    (table,) = document.tables
    assert table.caption == "Aid to Nepal"
    assert [cell.text for cell in table.cells] == [
        "Year",
        "USD",
        "Day",
        "2015",
        "1.5",
        "2015-03-01",
        "2016",
        "2",
        "2016-03-01",
    ]
    assert document.warnings == ("Hidden sheets were left out: Old.",)


def test_too_many_cells() -> None:
    """A data set that is too large for a document is refused with the way out."""
    content = b"a,b\n" + b"1,2\n" * 220_000
    with pytest.raises(UnreadableSource, match="Keep only the rows"):
        read_bytes(content, name="big.csv")


def test_the_commonest_width_is_told() -> None:
    """What a ragged table is held against is the commonest number of cells, not the greatest; all its lines are named."""
    rows = ["Aid to Nepal", "", "year,out", "2015,5,7", *(f"{year},6" for year in range(2016, 2031)), "2031,1,2,3"]
    document = read_bytes("\n".join(rows).encode(), name="x.csv")
    assert document.warnings == ("Table 1: line 4 has 3 cells; line 20 has 4 cells, where most have 2.",)
    many = ["year,out,in", *(f"{year},6" for year in range(1990, 2005)), *(f"{year},6,7" for year in range(2005, 2025))]
    (warning,) = read_bytes("\n".join(many).encode(), name="x.csv").warnings
    assert warning.startswith("Table 1: lines 2, 3, 4,") and warning.endswith(
        "and 5 more have 2 cells, where most have 3."
    )
