"""XLSX: the values of each visible sheet, printed as their number formats print them."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from comity.documents.archive import read_part
from comity.documents.composition import compose_tables
from comity.documents.drafts import Reading
from comity.documents.limits import MAX_CELLS
from comity.documents.names import parse_names
from comity.documents.sheets import Sheet, sheet_items
from comity.documents.trace import Place, Traced
from comity.terms import Citation, UnreadableSource

_FORMAT = re.compile(
    r"^(?:\"[^\"]*\"|\[[^\]]*\]|[$€£¥\s_()*-])*(?P<whole>[#0,]+)(?:\.(?P<places>[0#?]+))?(?P<percent>%)?"
)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_workbook(archive: zipfile.ZipFile, content: bytes, name: str) -> Reading:
    """Read a workbook as a document with a table for each block of rows of each visible sheet."""
    from openpyxl import load_workbook

    for part in archive.namelist():
        if part.endswith((".xml", ".rels")):
            read_part(archive, part, name)  # refuses damaged parts and entities before another parser meets them
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):  # openpyxl prints of odd styles
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that hold no values
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            found = [
                (sheet.title, sheet.sheet_state == "visible", _rows(sheet, n, name))
                for n, sheet in enumerate(book.worksheets, 1)
            ]
    except UnreadableSource:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise UnreadableSource(
            name, "the workbook is damaged", remedy="Open it in a spreadsheet program and save it again."
        ) from error
    shown = [(title, rows) for title, visible, rows in found if visible]
    titled = len(shown) > 1 or not re.fullmatch(
        r"(?:sheet|tabelle|feuil|hoja|planilha)\s?\d*", shown[0][0] if shown else "sheet", re.IGNORECASE
    )
    items = sheet_items([Sheet(title if titled else "", rows) for title, rows in shown], name)
    about = book.properties
    known = Citation(
        title=str(about.title or ""),
        authors=parse_names(str(about.creator))
        if about.creator and about.creator not in ("openpyxl", "Microsoft Office User")
        else (),
    )
    reading = compose_tables(items, known)
    reading.media_type = MEDIA_TYPE
    hidden = [title for title, visible, _ in found if not visible]
    if hidden:
        reading.warnings.append(f"Hidden sheets were left out: {', '.join(hidden)}.")
    book.close()
    return reading


def printed(value: Any, number_format: str = "General") -> str:
    """Return a cell's value as the sheet shows it: decimals and per cent as its number format has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, number_format)
    return " ".join(str(value).split())


def _number(value: int | float, number_format: str) -> str:
    match = _FORMAT.match(number_format.split(";")[0])
    if number_format == "General" or match is None or "E" in number_format:
        return (
            str(value)
            if isinstance(value, int)
            else f"{Decimal(repr(value)).normalize():f}"
            if abs(value) < 1e15
            else repr(value)
        )
    exact = Decimal(repr(value)) * (100 if match["percent"] else 1)
    places = len((match["places"] or "").replace("?", ""))
    text = f"{exact:,.{places}f}" if "," in match["whole"] else f"{exact:.{places}f}"
    return text + (match["percent"] or "")


def _rows(sheet: Any, number: int, name: str) -> list[list[Traced]]:
    rows: list[list[Traced]] = []
    count = 0
    for r, row in enumerate(sheet.iter_rows(), 1):
        cells = []
        for c, cell in enumerate(row, 1):
            text = printed(cell.value, getattr(cell, "number_format", "General") or "General")
            cells.append(Traced(text, (Place(0, r, c, number),)) if text else Traced(""))
        while cells and not cells[-1].text:
            cells.pop()
        count += len(cells)
        if count > MAX_CELLS:
            raise UnreadableSource(
                name,
                f"the workbook has more than {MAX_CELLS:,} cells",
                remedy="Keep only the rows of the two states, and save them as a file of their own.",
            )
        if cells or (rows and rows[-1]):
            rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    return [row + [Traced("")] * (width - len(row)) if row else row for row in rows]
