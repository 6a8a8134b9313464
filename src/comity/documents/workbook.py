"""XLSX: the values of each visible sheet, printed as their number formats print them; formulas and macros are never run."""

from __future__ import annotations

import calendar
import contextlib
import io
import re
import warnings
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from comity.documents.archive import read_part
from comity.documents.composition import compose_tables
from comity.documents.drafts import Reading
from comity.documents.limits import MAX_CELLS
from comity.documents.names import parse_names
from comity.documents.sheets import sheet_items
from comity.documents.trace import Place, Traced, TracedNumber
from comity.documents.worksheets import EMPTY, Rows, as_transitional, letters, read_shape, seen, sheet_parts, told
from comity.terms import Citation, UnreadableSource

_FORMAT = re.compile(
    r"^(?:\"[^\"]*\"|\[[^\]]*\]|[$€£¥\s_()*-])*(?P<whole>[#0,]+)(?:\.(?P<places>[0#?]+))?(?P<percent>%)?"
)
# Commas after the last digit of a number format: each shows a thousandth of the value (ECMA-376 part 1, 18.8.31).
_SCALING = re.compile(r"[0#?](,+)(?![0#?,])")
# A format's parts: quoted and escaped text, spaces as wide as a character, fills, currencies and other brackets, digits.
_TOKEN = re.compile(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<sign>[€£¥₹])|(?P<digits>General|[0#?])"
)
_TELLS = re.compile(r"[^\W\d_]|[%€£¥₹$]")
_SCALE_WORDS = re.compile(
    r"(?i:\b(?:thous|thd|tsd|th\.|mil|mio|mln|mn|mrd|bil|bln|bn|tril|trn|crore|lakh|lac\b|hundred)|\b0?00\b|\b10?[,. ]?000\b|000s|\b10 ?(?:\^|[²³⁴-⁹]))"
    r"|(?:[$€£¥₹]|\b[A-Za-z]{3}) ?[mbkMBK]\b|\b[mMkK](?:[$€£¥₹]|\b)"
)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_workbook(archive: zipfile.ZipFile, content: bytes, name: str) -> Reading:
    """Read a workbook as a document with a table for each block of rows of each visible sheet."""
    from openpyxl import load_workbook

    for part in archive.namelist():
        if part.endswith((".xml", ".rels")):
            read_part(archive, part, name)  # refuses damaged parts and entities before another parser meets them
    remarks: list[str] = []
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):  # openpyxl prints of odd styles
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that hold no values
            held = as_transitional(archive, content, name)
            book = load_workbook(io.BytesIO(held), read_only=True, data_only=True, keep_links=False)
            parts = sheet_parts(archive, name)
            shown, hidden = [], []
            for number, sheet in enumerate(book.worksheets, 1):
                if sheet.sheet_state != "visible":
                    hidden.append(sheet.title)
                    continue
                rows, scaled, unsure = _rows(sheet, number, name)
                shape = read_shape(read_part(archive, parts.get(sheet.title, ""), name))
                shown.append(seen(sheet.title, rows, shape))
                remarks += told(sheet.title, shape, scaled)
                if unsure:
                    remarks.append(
                        f"Sheet {sheet.title}: {', '.join(unsure[:5])}{' and more' * (len(unsure) > 5)} stand as [?]: "
                        "whether the scale named elsewhere on the sheet is theirs is not sure; write it into their header."
                    )
    except UnreadableSource:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise UnreadableSource(
            name, "the workbook is damaged", remedy="Open it in a spreadsheet program and save it again."
        ) from error
    titled = len(shown) > 1 or not re.fullmatch(
        r"(?:sheet|tabelle|feuil|hoja|planilha)\s?\d*", shown[0].title if shown else "sheet", re.IGNORECASE
    )
    items = sheet_items([sheet if titled else replace(sheet, title="") for sheet in shown], name)
    about = book.properties
    known = Citation(
        title=str(about.title or ""),
        authors=parse_names(str(about.creator))
        if about.creator and about.creator not in ("openpyxl", "Microsoft Office User")
        else (),
    )
    reading = compose_tables(items, known)
    reading.media_type = MEDIA_TYPE
    if hidden:
        reading.warnings.append(f"Hidden sheets were left out: {', '.join(hidden)}.")
    reading.warnings += remarks
    book.close()
    return reading


def printed(value: Any, number_format: str = "General") -> str:
    """Return a cell's value as the sheet shows it: decimals and per cent as its number format has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        at_midnight = value.time() == time(0)
        return _day(value.date(), number_format) if at_midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return _day(value, number_format)
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int | float):
        before, after = _literals(number_format)
        thousands = _thousands(number_format) if before or after else 0  # a scaled figure with its scale beside it
        return f"{before} {_number(value, number_format, thousands)} {after}".strip()
    return " ".join(str(value).split())


def _literals(number_format: str) -> tuple[str, str]:
    """Return the words, currencies and per cent signs that a format prints before and behind the digits (ECMA-376 part 1, 18.8.31)."""
    shown: list[str] = ["", ""]
    behind = 0
    for match in _TOKEN.finditer(number_format.split(";")[0]):
        if match["digits"]:
            behind = 1
        shown[behind] += match["quoted"] or match["escaped"] or match["currency"] or match["sign"] or ""
    before, after = (words.strip() if _TELLS.search(words) else "" for words in shown)
    return before, after


def _number(value: int | float, number_format: str, thousands: int = 0) -> str:
    match = _FORMAT.match(number_format.split(";")[0])
    if number_format == "General" or match is None or "E" in number_format or "/" in number_format:
        return (
            str(value)
            if isinstance(value, int)
            else f"{Decimal(repr(value)).normalize():f}"
            if abs(value) < 1e15
            else repr(value)
        )
    exact = Decimal(repr(value)) * (100 if match["percent"] else 1) / 1000**thousands
    places = len((match["places"] or "").replace("?", ""))
    exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)  # as spreadsheets round, 2.5 to 3
    text = f"{exact:,f}" if "," in match["whole"] else f"{exact:f}"
    return text + (match["percent"] or "")


def _day(value: date, number_format: str) -> str:
    """Return a date as far as its format shows it: "Jan 2018" and "2018" where it has no day; else in full."""
    shown = re.sub(r"\"[^\"]*\"|\[[^\]]*\]|\\\\.", "", number_format.split(";")[0].lower())
    if "d" in shown or "y" not in shown or "h" in shown:
        return value.isoformat()
    if "m" not in shown:
        return str(value.year)
    return f"{calendar.month_name[value.month] if 'mmmm' in shown else calendar.month_abbr[value.month]} {value.year}"


def _rows(sheet: Any, number: int, name: str) -> tuple[Rows, list[str], list[str]]:
    """Return a sheet's rows by their number, the cells that show only the thousands or millions of their values, and the unsure of these.

    Words on the sheet speak of what it shows: where those that stand with such a figure (above it, left of it, alone in a
    row above) name a scale it is printed as shown; where none on the sheet does, its whole value is; where only words
    elsewhere do, it is not sure which is meant, and "[?]" stands for it.
    """
    rows: Rows = {}
    scaled: list[tuple[int, int, Any, str]] = []
    named: list[tuple[int, int]] = []  # cells with words for a scale
    count = 0
    sheet.reset_dimensions()  # what a file says of them may be wrong
    for r, row in enumerate(sheet.iter_rows(), 1):
        cells: list[Traced] = []
        for c, cell in enumerate(row, 1):
            value = cell.value
            if value is None:
                continue
            number_format = getattr(cell, "number_format", "General") or "General"
            text = printed(value, number_format)
            if isinstance(value, str):
                if _SCALE_WORDS.search(text):
                    named.append((r, c - 1))
            elif isinstance(value, int | float) and _thousands(number_format) and not any(_literals(number_format)):
                scaled.append((r, c - 1, value, number_format))
            if text:
                cells += [EMPTY] * (c - 1 - len(cells))
                kind = TracedNumber if isinstance(value, int | float) and not isinstance(value, bool) else Traced
                cells.append(kind(text, (Place(0, r, c, number),)))
        count += len(cells)
        if count > MAX_CELLS:
            raise UnreadableSource(
                name,
                f"the workbook has more than {MAX_CELLS:,} cells",
                remedy="Keep only the rows of the two states, and save them as a file of their own.",
            )
        if cells:
            rows[r] = cells
    alone = {r for r, cells in rows.items() if sum(bool(cell.text) for cell in cells) == 1}
    above = min((r for r, _ in named if r in alone), default=None)
    columns: dict[int, int] = {}
    lefts: dict[int, int] = {}
    for r, c in named:
        columns[c] = min(r, columns.get(c, r))
        lefts[r] = min(c, lefts.get(r, c))
    unsure: list[str] = []
    for r, c, value, number_format in scaled if named else ():
        with_it = (above or r) < r or columns.get(c, r) < r or lefts.get(r, c) < c
        text = _number(value, number_format, _thousands(number_format)) if with_it else "[?]"
        rows[r][c] = (TracedNumber if with_it else Traced)(text, rows[r][c].places)
        if not with_it:
            unsure.append(f"{letters(c + 1)}{r}")
    return rows, [f"{letters(c + 1)}{r}" for r, c, _, _ in scaled], unsure


def _thousands(number_format: str) -> int:
    """Return by how many thousands a format scales what it shows: "#,##0," by one, "0.0,," by two."""
    match = _SCALING.search(re.sub(r"\"[^\"]*\"|\[[^\]]*\]|\\\\.", "", number_format.split(";")[0]))
    return len(match.group(1)) if match else 0
