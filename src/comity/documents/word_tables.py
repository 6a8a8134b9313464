"""The tables of a Word document: which cell covers which part of the grid (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from comity.documents.drafts import GridCell
from comity.documents.limits import refuse_many
from comity.documents.trace import Traced
from comity.documents.word_styles import W, attribute, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Row = tuple["_Element", list["_Element"]]
Reader = Callable[["_Element"], tuple[Traced, Sequence[tuple[int, str]]]]
_MAX_SPAN = 200
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


def rows_of(table: _Element) -> list[Row]:
    """Return the rows with their cells, without those that a tracked change took away."""
    return [
        (row, [cell for cell in _within(row, f"{W}tc") if cell.find(f"{W}tcPr/{W}cellDel") is None])
        for row in _within(table, f"{W}tr")
        if row.find(f"{W}trPr/{W}del") is None
    ]


def is_changed(table: _Element) -> bool:
    """Whether rows or cells were added or taken away by tracked changes."""
    return any(
        table.find(f".//{W}{name}") is not None
        for name in ("trPr/" + W + "del", "trPr/" + W + "ins", "cellIns", "cellDel", "cellMerge")
    )


def grid(rows: Sequence[Row], read: Reader, name: str) -> list[GridCell]:
    """Return the cells at their columns; a cell that goes on in the row below, or to the right, is one with it."""
    cells: list[GridCell] = []
    merging: dict[int, GridCell] = {}
    heads = True
    width = 0
    for r, (row, elements) in enumerate(rows):
        properties = row.find(f"{W}trPr")
        heads = heads and properties is not None and is_on(properties.find(f"{W}tblHeader")) is True
        column = _number(None if properties is None else properties.find(f"{W}gridBefore"), 0)
        last: GridCell | None = None
        for element in elements:
            about = element.find(f"{W}tcPr")
            span = _number(None if about is None else about.find(f"{W}gridSpan"), 1)
            down, across = ("", "") if about is None else (_merged(about, "vMerge"), _merged(about, "hMerge"))
            text, markers = read(element)
            if across == "continue" and last is not None:
                last.column_span += span
            elif down == "continue" and column in merging:
                last = merging[column]
                last.row_span = r - last.row + 1
            else:
                last = GridCell(r, column, text, heads, 1, span, markers)
                cells.append(last)
                merging.pop(column, None)
                if down:
                    merging[column] = last
            column += span
        width = max(width, column)
        refuse_many((r + 1) * width, name)
    return cells


def _merged(properties: _Element, kind: str) -> str:
    """Return whether a cell begins ("restart") or goes on with ("continue") a merged one; empty for a cell of its own."""
    change = properties.find(f"{W}cellMerge")
    if kind == "vMerge" and change is not None:
        return {"cont": "continue", "rest": "restart"}.get(attribute(change, "vMerge"), "")
    found = properties.find(f"{W}{kind}")
    return "" if found is None else value(found) or "continue"


def _number(element: _Element | None, least: int) -> int:
    text = value(element)
    return max(least, min(int(text), _MAX_SPAN)) if text.isascii() and text.isdecimal() and len(text) < 10 else least


def _within(element: _Element, tag: str) -> Iterator[_Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)
