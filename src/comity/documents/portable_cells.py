"""The tables of a PDF: the rows of its pages as cells, tables that go on over a page's end made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from comity.documents.drafts import GridCell
from comity.documents.gathered import mark_headers
from comity.documents.grids import is_value
from comity.documents.inline import tidy
from comity.documents.items import Item, closed
from comity.documents.portable_rows import APART, Row, RowCell
from comity.documents.trace import Traced
from comity.documents.units import is_numbered_caption, is_remark, is_source
from comity.terms import BlockKind

_CONTINUED = re.compile(r".{0,120}\b(?:continued|contd?\.?|cont['’]d)\b[.)\]]*", re.IGNORECASE)
_LONGEST_CONTINUED = 150
# So many lines at most of a table stand alone at a page's foot, and so many rows name columns.
_MOST_BEGUN, _MOST_HEADS = 8, 3


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
    for part in _with_ends(_with_beginnings(found)):
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
                rows = part.rows[_repeated(open_table, part) :]
                if rows and _is_rest(rows[0], open_table.rows[-1]):
                    rows[0].joins = True
                open_table.rows += rows
                between = []
                continue
            yield open_table
            yield from between
        open_table, between = part, []
    if open_table is not None:
        yield open_table
        yield from between


def _with_beginnings(found: Sequence[Row | PageTable]) -> list[Row | PageTable]:
    """Give tables that run over a page's end the rows at the foot of the page that are too few for a table, or only name others.

    These stand below the head of the table, or below the part of it that stands on that page.
    """
    kept: list[Row | PageTable] = []
    for part in found:
        if isinstance(part, PageTable):
            above: list[Row] = []
            while len(above) < _MOST_BEGUN and kept and isinstance(row := kept[-1], Row):
                if row.page != part.rows[0].page - 1:
                    break
                above.insert(0, row)
                kept.pop()
            last = kept[-1] if kept else None
            begun = _begun(above, part)
            if begun is not None:
                start, heads, first = begun
                above = above[:start]
                part.rows[heads:heads] = first
            elif isinstance(last, PageTable) and len(above) <= _MOST_HEADS and _goes_on(last, part):
                rows = [None if _is_beside(row.text) else _as_row(row, last) for row in above]
                if None not in rows:
                    last.rows += [row for row in rows if row is not None]
                    above = []
            kept += above
        kept.append(part)
    return kept


def _with_ends(found: Sequence[Row | PageTable]) -> list[Row | PageTable]:
    """Give tables the rows that stand below their repeated heads at the top of the next page, too few for a table."""
    kept: list[Row | PageTable] = []
    at = 0
    while at < len(found):
        table = found[at]
        kept.append(table)
        at += 1
        if isinstance(table, PageTable):
            top: list[Row] = []
            for part in found[at : at + _MOST_BEGUN]:
                if not isinstance(part, Row) or part.page != table.rows[-1].page + 1:
                    break
                top.append(part)
            heads, _ = _head_lines(top, table)
            rows: list[Row] = []
            for line in top[heads:] if heads else ():
                row = None if _is_beside(line.text) else _as_row(line, table)
                if row is None or (not rows and len(row.cells) < 2):
                    break
                rows.append(row)
            if rows:
                table.rows += rows
                at += heads + len(rows)
    return kept


def _head_lines(lines: Sequence[Row], table: PageTable) -> tuple[int, int]:
    """How many lines hold together the words of a table's first rows, and of how many rows; 0 where they do not."""
    for heads in range(1, min(_MOST_HEADS, len(table.rows) - 1) + 1):
        named = Counter(word for row in table.rows[:heads] for word in row.text.split())
        words: Counter[str] = Counter()
        for number, line in enumerate(lines, 1):
            words.update(line.text.split())
            if words == named and len(named) > 1:
                return number, heads
    return 0, 0


def _is_beside(text: str) -> bool:
    """Whether a line stands above or below a table."""
    return is_source(text) or is_remark(text) or is_numbered_caption(text) or _CONTINUED.fullmatch(text) is not None


def _begun(above: Sequence[Row], table: PageTable) -> tuple[int, int, list[Row]] | None:
    """Where among the lines above the head of a table begins, how many rows it has, and the rows behind it."""
    for start in range(len(above)):
        lines, heads = _head_lines(above[start:], table)
        if lines:
            first = [_as_row(row, table) for row in above[start + lines :]]
            return None if None in first else (start, heads, [row for row in first if row is not None])
    return None


def _as_row(line: Row, table: PageTable) -> Row | None:
    """A line as a row of a table: one that only names others, or one that fills all columns; None where it is neither."""
    pieces = line.text.split(APART)
    near = abs(min(row.left for row in table.rows) - line.left) < 3 * line.size
    if not near or len(pieces) not in (1, _width(table)) or len(line.text) > _LONGEST_CONTINUED:
        return None
    cells: list[RowCell] = []
    start = 0
    for column, piece in enumerate(pieces):
        cells.append(RowCell(column, [(start, start + len(piece))]))
        start += len(piece) + len(APART)
    joins = len(pieces) == 1 and line.text[0].islower()
    return replace(line, table=table.rows[0].table, cells=cells, joins=joins)


def _is_rest(row: Row, last: Row) -> bool:
    """Whether a table's first row on a page only goes on with cells of the last before it, by its look."""
    begun = {cell.column for cell in last.cells}
    if len(row.cells) >= len(last.cells) or any(cell.column not in begun for cell in row.cells):
        return False
    begins = [
        (cell.column, row.text[cell.parts[0][0] :]) for cell in row.cells
    ]  # what has brackets elsewhere is a figure
    return all(text[:1].islower() or (column == 0 and text.startswith(("(", "&"))) for column, text in begins)


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
