"""The tables of a PDF: the rows of its pages as cells, tables that go on over a page's end made whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from comity.documents.drafts import GridCell
from comity.documents.gathered import mark_headers
from comity.documents.grids import is_value
from comity.documents.inline import tidy
from comity.documents.items import Item, closed
from comity.documents.portable_rows import Row
from comity.documents.trace import Traced
from comity.terms import BlockKind

_CONTINUED = re.compile(r".{0,120}\b(?:continued|contd?\.?|cont['’]d)\b[.)\]]*", re.IGNORECASE)
_LONGEST_CONTINUED = 150


@dataclass(slots=True)
class PageTable:
    """The rows of a table, from one page or several."""

    rows: list[Row]


def parted_at_tables(rows: Sequence[Row]) -> Iterator[Row | PageTable]:
    """Yield the lines and the tables of a document; a table that goes on at the top of the next page is one."""
    found: list[Row | PageTable] = []
    for row in rows:
        last = found[-1] if found else None
        if not row.tabled:
            found.append(row)
        elif isinstance(last, PageTable) and (last.rows[-1].page, last.rows[-1].table) == (row.page, row.table):
            last.rows.append(row)
        else:
            found.append(PageTable([row]))
    open_table: PageTable | None = None
    between: list[Row] = []
    for part in found:
        if isinstance(part, Row):
            between.append(part)
            if open_table is not None and (len(between) > 1 or not _is_continued(part)):
                yield open_table
                yield from between
                open_table, between = None, []
            elif open_table is None:
                yield part
                between = []
            continue
        if open_table is not None:
            if _goes_on(open_table, part):
                heads = _repeated(open_table, part)
                open_table.rows += part.rows[heads:]
                between = []
                continue
            yield open_table
            yield from between
        open_table, between = part, []
    if open_table is not None:
        yield open_table
        yield from between


def _is_continued(row: Row) -> bool:
    return len(row.text) < _LONGEST_CONTINUED and _CONTINUED.fullmatch(row.text) is not None


def _width(table: PageTable) -> int:
    return max(cell.column + cell.column_span for row in table.rows for cell in row.cells)


def _repeated(first: PageTable, second: PageTable) -> int:
    """How many rows the second table has in common with the head of the first."""
    count = 0
    for above, below in zip(first.rows, second.rows, strict=False):
        if above.text.split() != below.text.split():
            break
        count += 1
    return count


def _goes_on(first: PageTable, second: PageTable) -> bool:
    """Whether a table goes on with one of the page before: its head stands there again, or it has none."""
    if second.rows[0].page != first.rows[-1].page + 1 or _width(first) != _width(second):
        return False
    if _repeated(first, second):
        return True
    top = second.rows[0]
    texts = [top.text[a:b] for cell in top.cells if cell.column for a, b in cell.parts]
    near = abs(first.rows[0].left - top.left) < 3 * top.size
    return near and bool(texts) and all(map(is_value, texts)) and len(top.cells) == _width(second)


def table_item(
    table: PageTable,
    group: int,
    labels: Collection[str],
    traced: Callable[[Row, int, int], Traced],
    closing: Callable[[str, str], str],
) -> Item:
    """Return a table as an item.

    Args:
        table: its rows.
        group: the number of its chunk.
        labels: the marks by which the text calls its notes.
        traced: gives the text of a row from one character to another with its places, marks written as the text has them.
        closing: gives a line's text with its last hyphen softened where the word goes on in the line behind it.
    """
    cells: list[GridCell] = []
    parts: dict[tuple[int, int], list[Traced]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    number = -1
    for row in table.rows:
        number += not (row.joins and number >= 0)
        for cell in row.cells:
            parts.setdefault((number, cell.column), []).extend(traced(row, a, b) for a, b in cell.parts)
            spans.setdefault((number, cell.column), (cell.row_span, cell.column_span))
    width, height = _width(table), number + 1
    covered: set[tuple[int, int]] = set()
    for (r, c), lines in sorted(parts.items()):
        if (r, c) in covered:
            continue
        down, across = spans[r, c]
        down, across = min(down, height - r), min(across, width - c)
        covered |= {(r + i, c + j) for i in range(down) for j in range(across)}
        for at in range(len(lines) - 1):
            closed_text = closing(lines[at].text, lines[at + 1].text)
            lines[at] = Traced(closed_text, lines[at].places) if len(closed_text) == len(lines[at].text) else lines[at]
        found = tidy(closed([line.strip() for line in lines]), labels)
        cells.append(GridCell(r, c, found.text, row_span=down, column_span=across, markers=found.markers))
    cells += [GridCell(r, c, Traced("")) for r in range(height) for c in range(width) if (r, c) not in covered]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    faults = mark_headers(cells)
    first = traced(table.rows[0], 0, len(table.rows[0].text))
    return Item(BlockKind.TABLE, [], first, group, cells=cells, faults=faults)
