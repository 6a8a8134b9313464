"""What workbooks hold beside values: merged and hidden cells, formats, formulas, errors, strict parts; and ODS."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from comity.documents import read_bytes
from comity.terms import Document, UnreadableSource

TRANSITIONAL = b"http://schemas.openxmlformats.org/"


def saved(fill: Callable[[Any], None]) -> bytes:
    """Return a workbook whose one sheet was filled."""
    from openpyxl import Workbook

    book = Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(fill: Callable[[Any], None]) -> Document:
    """Read a workbook whose one sheet was filled."""
    return read_bytes(saved(fill), name="x.xlsx")


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        for part in archive.namelist():
            copy.writestr(part, change(part, archive.read(part)))
    return out.getvalue()


def rows_of(document: Document) -> list[list[str]]:
    """Return the texts of the only table, row by row."""
    (table,) = document.tables
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.height)]


def plain(sheet: Any) -> None:
    """Fill a sheet with two years of exports."""
    for row in (["Year", "Exports"], [2015, 5.5], [2016, 6.5]):
        sheet.append(row)


def test_merged_headers_cover_their_columns() -> None:
    """A merged header stands over all the columns it covers, and a merged label beside all its rows."""

    def fill(sheet: Any) -> None:
        for row in (["Flow", "Oman", None], [None, 2015, 2016], ["Out", 5, 6], ["In", 7, 8]):
            sheet.append(row)
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")

    (table,) = sheet_of(fill).tables
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells if cell.row < 2}
    assert spans == {"Flow": (2, 1), "Oman": (1, 2), "2015": (1, 1), "2016": (1, 1)}
    over = table.cell(0, 2)
    assert over is not None and over.text == "Oman"


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    """What is hidden on a sheet is not read, a warning names it, and the other cells keep their addresses."""

    def fill(sheet: Any) -> None:
        for row in (["Year", "Draft", "Exports"], [2015, 1, 5], [2016, 2, 6], [2017, 3, 7]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    document = sheet_of(fill)
    assert rows_of(document) == [["Year", "Exports"], ["2015", "5"], ["2017", "7"]]
    assert document.warnings == ("Sheet Sheet: what is hidden was left out: row 3 and column B.",)
    cell = document.tables[0].cell(2, 1)
    assert cell is not None
    place = document.locate(cell.start)
    assert (place.line, place.column) == (4, 3)


def test_formulas_without_a_value_are_named() -> None:
    """A formula that was never calculated is an empty cell, and a warning names it and says what to do."""

    def fill(sheet: Any) -> None:
        plain(sheet)
        sheet["B3"] = "=B2*2"
        sheet.append([2017, 7.5])

    document = sheet_of(fill)
    assert rows_of(document)[2:] == [["2016", ""], ["2017", "7.5"]]
    (warning,) = document.warnings
    assert "B3" in warning and "save it again" in warning


@pytest.mark.parametrize(
    ("unit", "number_format", "shown"),
    [
        ("EUR", "#,##0,", "204,311,000"),
        ("EUR thousand", "#,##0,", "204,311"),
        ("EUR million", "0.0,,", "204.3"),
        ("EUR Million", "0.0,,", "204.3"),
        ("EUR Mn", "0.0,,", "204.3"),
        ("MILLION EUR", "0.0,,", "204.3"),
        ("Mio. EUR", "0.0,,", "204.3"),
        ("EUR", "#,##0.00", "204,311,000.00"),
    ],
)
def test_a_format_that_scales(unit: str, number_format: str, shown: str) -> None:
    """Where words on a sheet name a scale, a scaled figure is read as shown; else its whole value is; both are told."""

    def fill(sheet: Any) -> None:
        for row in ([f"Exports ({unit})"], ["Year", "Value"], [2015, 204311000], [2016, 204311000]):
            sheet.append(row)
        sheet["B3"].number_format = number_format

    document = sheet_of(fill)
    assert rows_of(document)[1] == ["2015", shown]
    assert any("B3" in warning for warning in document.warnings) == number_format.endswith(",")


def test_a_scale_in_another_column_leaves_a_scaled_figure_open() -> None:
    """Where only another column's header names a scale, a figure whose format scales it is not read, and its cell is named."""

    def fill(sheet: Any) -> None:
        for row in (["Exports (US$)"], ["Year", "Value", "People (million)"], [2015, 5000000, 4], [2016, 6500000, 4]):
            sheet.append(row)
        sheet["B3"].number_format = "#,##0,"

    document = sheet_of(fill)
    assert rows_of(document)[1:] == [["2015", "[?]", "4"], ["2016", "6500000", "4"]]
    assert any("B3 stand as [?]" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("mmm yyyy", "Mar 2018"), ("mmmm yy", "March 2018"), ("yyyy", "2018"), ("dd/mm/yyyy", "2018-03-01")],
)
def test_dates_as_far_as_their_format_shows_them(number_format: str, shown: str) -> None:
    """A month or a year that is kept as a date reads as the month or year, a day in full."""

    def fill(sheet: Any) -> None:
        for row in (["Month", "Value"], [date(2018, 3, 1), 4], [date(2018, 4, 1), 5]):
            sheet.append(row)
        sheet["A2"].number_format = number_format

    assert rows_of(sheet_of(fill))[1] == [shown, "4"]


def test_days_counted_from_1904() -> None:
    """A workbook that counts its days from 1904 gives the same dates."""
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    for row in (["Day", "Value"], [datetime(2018, 3, 5), 4], [datetime(2018, 4, 6), 5]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert rows_of(read_bytes(out.getvalue(), name="x.xlsx"))[1:] == [["2018-03-05", "4"], ["2018-04-06", "5"]]


def test_errors_stay_as_printed() -> None:
    """A cell that shows an error keeps its word and is no figure."""

    def fill(sheet: Any) -> None:
        plain(sheet)
        sheet["B3"] = "#DIV/0!"

    assert rows_of(sheet_of(fill))[2] == ["2016", "#DIV/0!"]


def test_a_strict_workbook() -> None:
    """A workbook in the strict form of the standard is read as one in the usual form."""

    def strict(part: str, content: bytes) -> bytes:
        if not part.endswith((".xml", ".rels")):
            return content
        main = content.replace(
            TRANSITIONAL + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        return main.replace(
            TRANSITIONAL + b"officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    content = rewritten(saved(plain), strict)
    assert rows_of(read_bytes(content, name="x.xlsx")) == [["Year", "Exports"], ["2015", "5.5"], ["2016", "6.5"]]


@pytest.mark.parametrize("dimension", [b"A1", b"A1:B2", b"A1:XFD1048576"])
def test_a_wrong_dimension(dimension: bytes) -> None:
    """What a sheet says of its own size does not cut it, nor make it wide."""

    def change(part: str, content: bytes) -> bytes:
        return content.replace(b'ref="A1:B3"', b'ref="' + dimension + b'"') if "sheet1" in part else content

    assert len(rows_of(read_bytes(rewritten(saved(plain), change), name="x.xlsx"))) == 3


def test_far_cells_cost_nothing() -> None:
    """Blank rows and columns between cells, however many, are no cells."""

    def fill(sheet: Any) -> None:
        plain(sheet)
        sheet.cell(900_000, 1, "Source: Bank, 2018")
        sheet.cell(1, 16_000, None)

    document = sheet_of(fill)
    assert [(table.height, table.width) for table in document.tables] == [(3, 2)]
    assert "Source: Bank, 2018" in document.text


def ods(rows: str, columns: str = "", kind: str = "spreadsheet") -> bytes:
    """Return an ODS whose one sheet has the given XML of columns and rows."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<table:table table:name="Sheet1">{columns}{rows}</table:table>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def ods_cell(shown: str, value: str = "", kind: str = "float", more: str = "") -> str:
    """Return the XML of a cell of a spreadsheet."""
    typed = (
        f' office:value-type="{kind}" office:{"date-value" if kind == "date" else "value"}="{value}"' if value else ""
    )
    return f"<table:table-cell{typed}{more}><text:p>{shown}</text:p></table:table-cell>"


def ods_row(*cells: str, more: str = "") -> str:
    """Return the XML of a row."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def test_an_opendocument_spreadsheet() -> None:
    """The cells of an ODS have their values with the decimals shown, whatever language the author's program has."""
    empty = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = (
        ods_row(ods_cell("Exports (EUR million)"))
        + ods_row(ods_cell("Month"), ods_cell("Wert"), ods_cell("Anteil"), empty)
        + ods_row(
            ods_cell("Mär 18", "2018-03-01", "date"),
            ods_cell("1.204,50", "1204.4999"),
            ods_cell("12,3%", "0.1229", "percentage"),
            empty,
        )
        + ods_row(ods_cell("Apr 18", "2018-04-01", "date"), ods_cell("7", "7"), ods_cell("1%", "0.01", "percentage"))
        + ods_row(empty, more=' table:number-rows-repeated="1048000"')
    )
    document = read_bytes(ods(rows), name="x.ods")
    assert rows_of(document) == [
        ["Month", "Wert", "Anteil"],
        ["Mar 2018", "1204.50", "12.3%"],
        ["Apr 2018", "7", "1%"],
    ]
    assert (document.tables[0].unit, document.media_type) == (
        "EUR million",
        "application/vnd.oasis.opendocument.spreadsheet",
    )
    cell = document.tables[0].cell(1, 1)
    assert cell is not None and document.locate(cell.start).line == 3


def test_merged_and_hidden_cells_of_an_ods() -> None:
    """Merged cells of an ODS cover their places, hidden rows are left out, and a formula without a value is told."""
    covered = "<table:covered-table-cell/>"
    rows = (
        ods_row(ods_cell("Flow"), ods_cell("Oman", more=' table:number-columns-spanned="2"'), covered)
        + ods_row(ods_cell("Year"), ods_cell("2015"), ods_cell("2016"))
        + ods_row(ods_cell("Draft"), ods_cell("1"), ods_cell("2"), more=' table:visibility="filter"')
        + ods_row(ods_cell("Out"), ods_cell("5", "5"), '<table:table-cell table:formula="of:=[.B4]*2"/>')
    )
    document = read_bytes(ods(rows), name="x.ods")
    (table,) = document.tables
    assert {cell.text: cell.column_span for cell in table.cells if cell.row == 0} == {"Flow": 1, "Oman": 2}
    assert table.height == 3
    assert any("row 3" in warning for warning in document.warnings)
    assert any("C4" in warning for warning in document.warnings)


def test_an_ods_that_is_too_large() -> None:
    """Rows that repeat beyond the limit are refused before they are built."""
    rows = ods_row(*(ods_cell(str(n), str(n)) for n in range(10)), more=' table:number-rows-repeated="1000000"')
    with pytest.raises(UnreadableSource, match="Keep only the rows"):
        read_bytes(ods(rows), name="x.ods")


@pytest.mark.parametrize(
    ("number_format", "value", "shown"),
    [
        ("# ?/?", 1.25, "1.25"),
        ("#,##0", 2.5, "3"),
        ("#,##0", -12.5, "-13"),
        ("0.00", 1.005, "1.01"),
        ('0.0"%"', 5, "5.0 %"),
        ('#,##0.00 "€"', 5, "5.00 €"),
        ("#,##0.0 [$€-407]", 5, "5.0 €"),
        ('0" est."', 5, "5 est."),
        ('0.0,,"m"', 5000000, "5.0 m"),
        ("[$-409]0.0", 5, "5.0"),
        ("[Red]0.0_);(0.0)", 5, "5.0"),
    ],
)
def test_a_number_as_its_format_prints_it(number_format: str, value: float, shown: str) -> None:
    """Figures are rounded as the sheet rounds them, fractions keep their value, and words and currencies of a format stay."""

    def fill(sheet: Any) -> None:
        for row in (["Year", "Value"], [2015, value], [2016, value]):
            sheet.append(row)
        sheet["B2"].number_format = number_format

    assert rows_of(sheet_of(fill))[1] == ["2015", shown]


def test_a_link_to_another_workbook_is_not_needed() -> None:
    """A workbook that lacks the part of such a link is read; nothing of it is asked for."""
    relation = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="/xl/gone.xml"/>'
    link = b'<externalReferences xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><externalReference r:id="rId99"/></externalReferences>'

    def linked(part: str, content: bytes) -> bytes:
        content = content.replace(
            b"</Relationships>", relation + b"</Relationships>" if "workbook" in part else b"</Relationships>"
        )
        return content.replace(b"</sheets>", b"</sheets>" + link)

    document = read_bytes(rewritten(saved(plain), linked), name="x.xlsx")
    assert rows_of(document) == rows_of(sheet_of(plain))
