"""ODS (OpenDocument 1.2, part 1, chapter 9): the values of each visible sheet, with as many decimals as the sheet shows."""

from __future__ import annotations

import calendar
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from comity.documents.archive import parse_part
from comity.documents.composition import compose_tables
from comity.documents.drafts import Reading
from comity.documents.limits import refuse_many
from comity.documents.sheets import sheet_items
from comity.documents.trace import Place, Traced, TracedNumber
from comity.documents.worksheets import EMPTY, Rows, SheetShape, letters, seen, told
from comity.terms import Citation

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_WIDEST = 16_384
_PLAIN_NAME = re.compile(r"(?:sheet|tabelle|feuille|hoja|planilha)\s?\d*", re.IGNORECASE)


def read_opendocument_sheets(archive: zipfile.ZipFile, name: str) -> Reading:
    """Read an OpenDocument spreadsheet as a document with a table for each block of rows of each visible sheet."""
    root = parse_part(archive, "content.xml", name)
    tables = [] if root is None else root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    hidden_styles = {
        style.get(f"{_STYLE}name")
        for style in (root.iter(f"{_STYLE}style") if root is not None else ())
        for properties in style.iter(f"{_STYLE}table-properties")
        if properties.get(f"{_TABLE}display") == "false"
    }
    shown, hidden, remarks = [], [], []
    for number, table in enumerate(tables, 1):
        title = str(table.get(f"{_TABLE}name", ""))
        if table.get(f"{_TABLE}style-name") in hidden_styles:
            hidden.append(title)
            continue
        rows, shape = _read(table, number, name)
        shown.append(seen(title, rows, shape))
        remarks += told(title, shape, [])
    if len(shown) == 1 and _PLAIN_NAME.fullmatch(shown[0].title):
        shown[0].title = ""
    reading = compose_tables(sheet_items(shown, name), Citation())
    reading.media_type = MEDIA_TYPE
    if hidden:
        reading.warnings.append(f"Hidden sheets were left out: {', '.join(hidden)}.")
    reading.warnings += remarks
    return reading


def _read(table: _Element, number: int, name: str) -> tuple[Rows, SheetShape]:
    shape = SheetShape()
    at = 1
    for column in table.iter(f"{_TABLE}table-column"):
        count = _repeated(column, "columns")
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            shape.columns.update(range(at, min(at + count, _WIDEST)))
        at += count
    rows: Rows = {}
    row, cells = 1, 0
    for element in table.iter(f"{_TABLE}table-row"):
        count = _repeated(element, "rows")
        found = list(_cells(element, row, shape, name))
        if found:
            cells += count * (found[-1][0] + 1)
            refuse_many(cells, name)
            if element.get(f"{_TABLE}visibility") in ("collapse", "filter"):
                shape.rows.update(range(row, row + count))
            for again in range(row, row + count):
                filled = rows.setdefault(again, [])
                for column_at, text, kind in found:
                    filled += [EMPTY] * (column_at - len(filled))
                    filled.append(kind(text, (Place(0, again, column_at + 1, number),)))
        row += count
    return rows, shape


def _cells(row: _Element, number: int, shape: SheetShape, name: str) -> Iterator[tuple[int, str, type[Traced]]]:
    """Yield the column, from 0, the text of each cell with text, and what it is; merged cells and formulas go into the shape."""
    at = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        count = _repeated(cell, "columns")
        text = printed(cell)
        if text:
            refuse_many(count, name)
        if text and cell.tag == f"{_TABLE}table-cell":
            kind = TracedNumber if _value(cell) is not None else Traced
            yield from ((at + more, text, kind) for more in range(count))
            height, width = (int(cell.get(f"{_TABLE}number-{side}-spanned") or 1) for side in ("rows", "columns"))
            if (height, width) != (1, 1):
                shape.merges.append((number, at + 1, number + height - 1, at + width))
        elif cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            shape.uncalculated.append(f"{letters(at + 1)}{number}")
            shape.uncalculated_count += 1
        at += count


def _repeated(element: _Element, side: str) -> int:
    return max(int(element.get(f"{_TABLE}number-{side}-repeated") or 1), 1)


def printed(cell: _Element) -> str:
    """Return a cell's value with the decimals that the sheet shows, in English digits whatever the author's language."""
    shown = " ".join(" ".join("".join(map(str, p.itertext())).split()) for p in cell.iterchildren(f"{_TEXT}p")).strip()
    kind = cell.get(f"{_OFFICE}value-type")
    value = _value(cell)
    if value is not None:
        return _number(value * (100 if kind == "percentage" else 1), shown) + "%" * (kind == "percentage")
    if kind == "date":
        return _day(str(cell.get(f"{_OFFICE}date-value") or ""), shown)
    return shown


def _value(cell: _Element) -> Decimal | None:
    """Return the number that a cell holds; None where it holds none."""
    if cell.get(f"{_OFFICE}value-type") not in ("float", "currency", "percentage"):
        return None
    with suppress(InvalidOperation):
        return Decimal(cell.get(f"{_OFFICE}value") or "")
    return None


def _number(value: Decimal, shown: str) -> str:
    digits = re.sub(r"[^\d.,]", "", shown)
    for sign in (".", ","):
        whole, _, fraction = digits.partition(sign)
        # A percentage or a scaled figure shows other digits than its value; then the whole value is printed.
        if fraction.isdigit() or not fraction:
            rounded = f"{abs(value):.{len(fraction)}f}"
            if rounded.replace(".", "") == re.sub(r"\D", "", whole) + fraction:
                return f"{value:.{len(fraction)}f}"
    return f"{value.normalize():f}"


def _day(value: str, shown: str) -> str:
    """Return a date as far as the sheet shows it: "Jan 2018" and "2018" where no day shows; else in full."""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return shown
    if "T" in value and not value.endswith("T00:00:00"):
        return value.replace("T", " ")[:16]
    numbers = re.findall(r"\d+", shown)
    if len(numbers) == 1 and int(numbers[0]) % 100 == day.year % 100 and re.search(r"[^\W\d_]{3}", shown):
        return f"{calendar.month_abbr[day.month]} {day.year}"
    return str(day.year) if shown == str(day.year) else day.isoformat()
