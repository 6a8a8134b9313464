"""The tables of a Word document: which cell covers which part of the grid (ISO/IEC 29500-1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from comity.documents.drafts import GridCell
from comity.documents.limits import refuse_many
from comity.documents.trace import Traced
from comity.documents.word_styles import W, attribute, child_of, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Row = tuple["_Element", list["_Element"]]
Reader = Callable[["_Element"], tuple[Traced, Sequence[tuple[int, str]]]]
_MAX_SPAN = 200
_PROPERTIES, _SPAN, _DOWN, _ACROSS, _CHANGE = (
    f"{W}{name}" for name in ("tcPr", "gridSpan", "vMerge", "hMerge", "cellMerge")
)
_ROW = f"{W}trPr"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


def rows_of(table: _Element, *, changed: bool) -> list[Row]:
    """Return the rows with their cells; in a document that was changed, without those that a tracked change took away."""
    if not changed:
        return [(row, list(_within(row, f"{W}tc"))) for row in _within(table, f"{W}tr")]
    return [
        (row, [cell for cell in _within(row, f"{W}tc") if cell.find(f"{W}tcPr/{W}cellDel") is None])
        for row in _within(table, f"{W}tr")
        if row.find(f"{W}trPr/{W}del") is None
    ]


def grid(rows: Sequence[Row], read: Reader, name: str) -> list[GridCell]:
    """Return the cells at their columns; a cell that goes on in the row below, or to the right, is one with it."""
    cells: list[GridCell] = []
    merging: dict[int, GridCell] = {}
    heads = True
    width = 0
    for r, (row, elements) in enumerate(rows):
        properties = child_of(row, _ROW)
        heads = heads and properties is not None and is_on(properties.find(f"{W}tblHeader")) is True
        column = _number(None if properties is None else properties.find(f"{W}gridBefore"), 0)
        last: GridCell | None = None
        for element in elements:
            span, down, across = _shape(child_of(element, _PROPERTIES))
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


def _shape(properties: _Element | None) -> tuple[int, str, str]:
    """Return how many columns a cell covers, and how it is merged down and across: "restart", "continue", or empty where it is not."""
    span, down, across = 1, "", ""
    for one in properties if properties is not None else ():
        if one.tag == _SPAN:
            span = _number(one, 1)
        elif one.tag == _DOWN:
            down = value(one) or "continue"
        elif one.tag == _ACROSS:
            across = value(one) or "continue"
        elif one.tag == _CHANGE:
            down = {"cont": "continue", "rest": "restart"}.get(attribute(one, "vMerge"), "")
    return span, down, across


def _number(element: _Element | None, least: int) -> int:
    text = value(element)
    return max(least, min(int(text), _MAX_SPAN)) if text.isascii() and text.isdecimal() and len(text) < 10 else least


def _within(element: _Element, tag: str) -> Iterator[_Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)
