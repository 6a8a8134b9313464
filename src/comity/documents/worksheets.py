"""What a worksheet's part says beside its values: merged cells, hidden rows and columns, formulas without a value."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from comity.documents.archive import parse_part, read_part
from comity.documents.sheets import Sheet
from comity.documents.spans import Spans
from comity.documents.trace import Traced

# Part 4 of ISO/IEC 29500 (transitional) and part 1 (strict) differ in the names of their namespaces; values are the same.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MOST_NAMED = 5
EMPTY = Traced("")

Rows = dict[int, list[Traced]]  # by the sheet's row, from 1; blank rows have no entry


@dataclass(slots=True)
class SheetShape:
    """A worksheet's rows and columns, from 1.

    Attributes:
        merges: merged ranges: first row, first column, last row, last column.
        rows, columns: those that are hidden.
        uncalculated: cells with a formula and no value, the first few.
        uncalculated_count: how many there are.
    """

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    uncalculated: list[str] = field(default_factory=list)
    uncalculated_count: int = 0


def sheet_parts(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the part of each sheet by the sheet's title."""
    targets = {}
    relations = parse_part(archive, "xl/_rels/workbook.xml.rels", name)
    for relation in relations if relations is not None else ():
        target = posixpath.normpath(posixpath.join("/xl", str(relation.get("Target", ""))))
        targets[str(relation.get("Id"))] = target.removeprefix("/")
    book = parse_part(archive, "xl/workbook.xml", name)
    parts = {}
    for element in book.iter("{*}sheet") if book is not None else ():
        identity = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
        parts[str(element.get("name", ""))] = targets.get(str(identity), "")
    return parts


def read_shape(content: bytes) -> SheetShape:
    """Return what the part of one worksheet says of its shape."""
    shape = SheetShape()
    for tag, element in _elements(content):
        if tag == "c":
            formula, value = element.find("{*}f"), element.find("{*}v")
            if formula is not None and (value is None or not value.text) and element.find("{*}is") is None:
                shape.uncalculated_count += element.get("t") != "str" or value is None
                if len(shape.uncalculated) < _MOST_NAMED:
                    shape.uncalculated.append(element.get("r", ""))
        elif tag == "row" and element.get("hidden") in ("1", "true"):
            shape.rows.add(int(element.get("r") or 0))
        elif tag == "col" and element.get("hidden") in ("1", "true"):
            shape.columns.update(range(int(element.get("min")), min(int(element.get("max")), 16_384) + 1))
        elif tag == "mergeCell":
            match = _REFERENCE.fullmatch(element.get("ref", ""))
            if match is not None and match[3]:
                shape.merges.append((int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3])))
    return shape


def _elements(content: bytes) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    names = [f"{{*}}{name}" for name in ("c", "row", "col", "mergeCell")]
    for _, element in etree.iterparse(io.BytesIO(content), tag=names, resolve_entities=False, huge_tree=True):
        yield etree.QName(element).localname, element
        if not element.tag.endswith("}c"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def column_number(letters: str) -> int:
    """Return the number of a column, from 1: "A" is 1, "AB" is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def as_transitional(archive: zipfile.ZipFile, content: bytes, name: str) -> bytes:
    """Return a strict workbook with the namespaces of a transitional one, which openpyxl reads; any other as it is."""
    if _STRICT[0][0] not in read_part(archive, "xl/workbook.xml", name):
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in archive.namelist():
            held = read_part(archive, part, name)
            if part.endswith((".xml", ".rels")):
                for strict, transitional in _STRICT:
                    held = held.replace(strict, transitional)
            copy.writestr(part, held)
    return out.getvalue()


def seen(title: str, rows: Rows, shape: SheetShape) -> Sheet:
    """Return the sheet without its hidden rows and columns; a blank row stands for any number of them.

    `shape` keeps only the hidden rows and columns that held something.
    """
    numbers = [number for number in sorted(rows) if number not in shape.rows]
    width = max((len(cells) for cells in rows.values()), default=0)
    columns = [column for column in range(width) if column + 1 not in shape.columns]
    shown: list[list[Traced]] = []
    places: dict[int, int] = {}  # row of the sheet -> row of what is shown
    for number in numbers:
        if places and not (shape.rows.issuperset(range(max(places) + 1, number))):
            shown.append([])
        places[number] = len(shown)
        cells = rows[number]
        shown.append([cells[column] if column < len(cells) else EMPTY for column in columns])
    orders = {column: order for order, column in enumerate(columns)}
    spans: Spans = {}
    for top, left, bottom, right in shape.merges:
        covered = [places[row] for row in range(top, min(bottom, max(places, default=0)) + 1) if row in places]
        across = [orders[column - 1] for column in range(left, min(right, width) + 1) if column - 1 in orders]
        # What a merge covers is counted only as far as rows follow each other.
        if covered and across and covered[-1] - covered[0] == len(covered) - 1:
            spans[covered[0], across[0]] = (len(covered), len(across))
    shape.rows &= rows.keys()  # only what held something is told of
    shape.columns &= set(range(1, width + 1))
    return Sheet(title, shown, spans)


def told(title: str, shape: SheetShape, scaled: list[str]) -> list[str]:
    """Say in plain words what of a sheet is not as it seems."""
    words = []
    hidden = [
        f"{noun}{'s' * (len(names) > 1)} {_listed(names)}"
        for noun, names in (
            ("row", [*map(str, sorted(shape.rows))]),
            ("column", [*map(letters, sorted(shape.columns))]),
        )
        if names
    ]
    if hidden:
        words.append(f"Sheet {title}: what is hidden was left out: {' and '.join(hidden)}.")
    if shape.uncalculated_count:
        cells = ", ".join(shape.uncalculated) + (
            " and more" if shape.uncalculated_count > len(shape.uncalculated) else ""
        )
        words.append(
            f"Sheet {title}: formulas without a value are empty here ({cells}); open the file in a spreadsheet program and save it again."
        )
    if scaled:
        cells = ", ".join(scaled[:5]) + (" and more" if len(scaled) > 5 else "")
        words.append(f"Sheet {title}: the number formats of {cells} show thousands or millions of the cells' values.")
    return words


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def letters(column: int) -> str:
    """Return the letters of a column, from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
