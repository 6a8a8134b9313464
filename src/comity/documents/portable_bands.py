"""Tables without rules whose cells run over several lines: lines that stand nearer than the figures of two rows make one row.

A program that sets cells in the middle of their rows lets the lines of neighbours overlap, so that a line of the page is no row of
the table. The figures tell how far rows stand apart; what stands nearer in one column is one cell, and cells that stand beside
each other are one row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comity.documents.grids import is_period, is_value
from comity.documents.portable_columns import (
    Column,
    Grid,
    GridCell,
    GridRow,
    goes_on,
    is_entry,
    is_figure,
    piece_text,
    spread_heads,
)
from comity.documents.portable_gutters import White
from comity.documents.portable_pieces import APART, Piece, piece_of
from comity.documents.units import is_numbered_caption, is_remark, is_source, unit_in

# In heights of a line: rows farther apart are not of one table; lines of one cell stand nearer than that.
_FARTHEST, _LINE_STEP = 3.2, 2.0
# In steps from row to row: lines of one cell stand nearer. In steps from line to line: they stand as near in all cells.
_TIGHT, _EVEN = 0.9, 1.15
# So many lines of names at most, those of neighbours counted apart, stand above the first figures.
_MOST_HEAD = 20
# In heights of a line: the least white between two columns; a space between words is half as wide.
_WHITE = 0.45
_LONGEST_LINE, _MOST_LINES = 60, 1000
_LEAST_ROWS = 3
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class _Cell:
    """The lines of a cell, from the top."""

    column: int
    pieces: list[Piece]
    span: int = 1

    @property
    def top(self) -> float:
        return self.pieces[0].top

    @property
    def bottom(self) -> float:
        return self.pieces[-1].bottom


@dataclass(slots=True)
class _Band:
    """Cells that stand beside each other."""

    cells: list[_Cell] = field(default_factory=list)


class BandedTables:
    """The tables of a block whose cells run over several lines."""

    def __init__(self, lines: Sequence[Sequence[Piece]]) -> None:
        self._lines = lines
        self._figures: list[bool | None] = [None] * len(lines)
        self._break = 0
        self._wide = 0  # the next line of several pieces

    def begun_at(self, start: int) -> Grid | None:
        """Return the table that begins on a line if some of its cells run over several lines; None where there is none such."""
        lines = self._lines
        if _is_beside(piece_text(lines[start][0])):
            return None
        if start >= self._break:
            self._break = _end(lines, start)
        end = min(self._break, start + _MOST_LINES)
        first = next((at for at in range(start, min(end, start + _MOST_HEAD)) if self._has_figures(at)), end)
        if end - first < 2:
            return None
        if self._wide < start:
            self._wide = start
        while self._wide < end and len(lines[self._wide]) < 2:
            self._wide += 1
        if self._wide >= end:
            return None
        return _banded_table(lines, start, first, end)

    def _has_figures(self, at: int) -> bool:
        known = self._figures[at]
        if known is None:
            known = self._figures[at] = _has_figures(self._lines[at])
        return known


def _banded_table(lines: Sequence[Sequence[Piece]], start: int, first: int, end: int) -> Grid | None:
    """The table from one line to another, whose first figures stand on the line `first`; None where they make none."""
    whites = max(_whites(lines[start:end]), _whites(lines[first:end]), key=len)
    cut = [[part for piece in line for part in _cut(piece, whites)] for line in lines[start:end]]
    step = _row_step(cut[first - start :]) if whites else None
    if step is None:
        return None
    tight = any(0 < above[0].foot - line[0].foot < _TIGHT * step for above, line in pairwise(cut))
    parted = any(len(after) > len(before) for before, after in zip(lines[first:end], cut[first - start :], strict=True))
    rows = list(_rows(_cells(cut, whites, step))) if tight or parted else []
    grid = _grid(rows, len(whites) + 1, parted) or _anchored(cut, whites)
    if grid is not None:
        spread_heads(grid.rows, _extents(grid))
        last = min(piece.bottom for cell in grid.rows[-1].cells for piece in cell.pieces)
        grid.end = next((at for at in range(start, end) if lines[at][0].top < last), end)
    return grid


def _extents(grid: Grid) -> list[Column]:
    """Where the columns of a grid stand, by the cells that go over one alone."""
    found: list[Column] = []
    for number in range(grid.columns):
        own = [
            piece
            for row in grid.rows
            for cell in row.cells
            if cell.column == number and cell.span == 1
            for piece in cell.pieces
        ]
        left = min((piece.left for piece in own), default=found[-1].right if found else 0.0)
        found.append(Column(left, max((piece.right for piece in own), default=left)))
    return found


def _is_beside(text: str) -> bool:
    """Whether a line stands above or below a table."""
    return is_source(text) or is_remark(text) or is_numbered_caption(text)


def _has_figures(line: Sequence[Piece]) -> bool:
    """Whether a word of a line is a figure and no period."""
    for piece in line:
        words, numbers = piece.words, piece.numbers
        whole = words.page[words.start[numbers[0]] : words.end[numbers[-1]]] if isinstance(numbers, range) else ""
        if whole.isascii() and whole and _DIGIT.search(whole) is None:
            continue
        for word in numbers:
            text = words.text(word)
            if any(map(str.isdigit, text)) and is_value(text) and not is_period(text):
                return True
    return False


def _end(lines: Sequence[Sequence[Piece]], start: int) -> int:
    """The number of the line behind those that may be the table's."""
    for at in range(start + 1, len(lines)):
        above, line = lines[at - 1], lines[at]
        if above[0].foot - line[0].foot > _FARTHEST * max(line[0].size, above[0].size):
            return at
        text = piece_text(line[0]) if len(line) == 1 else ""
        if len(text) >= _LONGEST_LINE or (text and _is_beside(text)) or is_entry(line):
            return at
    return len(lines)


def _row_step(body: Sequence[Sequence[Piece]]) -> float | None:
    """How near two rows stand at least: figures below each other are never one cell."""
    above: list[Piece] = []  # the last figures of each column, the newest last
    steps: list[float] = []
    for line in body:
        for piece in filter(is_figure, line):
            for figure in reversed(above):
                if figure.left < piece.right and piece.left < figure.right:
                    steps.append(figure.foot - piece.foot)
                    above.remove(figure)
                    break
            above.append(piece)
    return min(steps) if len(steps) > 1 else None


def _whites(lines: Sequence[Sequence[Piece]]) -> list[White]:
    """The white space that runs down all the lines, where more of them show cells apart than words together."""
    if not lines:
        return []
    spans = sorted(
        (piece.words.left[word], piece.words.right[word]) for line in lines for piece in line for word in piece.numbers
    )
    found: list[White] = []
    reach = spans[0][1]
    least = _WHITE * lines[0][0].size
    for left, right in spans:
        if left - reach >= least:
            found.append(White(reach, left))
        reach = max(reach, right)
    wide = APART * lines[0][0].size
    return [
        white for white in found if white.right - white.left > wide or sum(_parts(line, white) for line in lines) > 1
    ]


def _parts(line: Sequence[Piece], white: White) -> bool:
    """Whether a line has words on both sides of white space."""
    return line[0].left < white.left and line[-1].right > white.right


def _cut(piece: Piece, whites: Sequence[White]) -> list[Piece]:
    """Part a piece at the white space that its words leave free."""
    words = piece.words
    parts: list[list[int]] = [[piece.numbers[0]]]
    for before, word in pairwise(piece.numbers):
        if any(words.right[before] <= white.left + 0.1 and words.left[word] >= white.right - 0.1 for white in whites):
            parts.append([])
        parts[-1].append(word)
    return [piece] if len(parts) == 1 else [piece_of(words, part) for part in parts]


def _cells(lines: Sequence[Sequence[Piece]], whites: Sequence[White], step: float) -> list[_Cell]:
    """The cells, lines of words that stand near in a column joined."""
    middles = [white.middle for white in whites]
    columns: list[list[Piece]] = [[] for _ in range(len(whites) + 1)]
    found: list[_Cell] = []
    for line in lines:
        for piece in line:
            first, last = bisect_right(middles, piece.left + 1), bisect_right(middles, piece.right - 1)
            if last > first:
                found.append(_Cell(first, [piece], last - first + 1))
            else:
                columns[first].append(piece)
    steps = [_step(above, below) for column in columns for above, below in pairwise(column)]
    least = min((apart for apart in steps if apart is not None), default=0.0)
    for number, column in enumerate(columns):
        for order, piece in enumerate(column):
            apart = _step(column[order - 1], piece) if order else None
            if apart is not None and apart < min(_TIGHT * step, _EVEN * least):
                found[-1].pieces.append(piece)
            else:
                found.append(_Cell(number, [piece]))
    return found


def _step(above: Piece, below: Piece) -> float | None:
    """How far the lines of what may be one cell stand apart; None where they cannot be one."""
    apart = above.foot - below.foot
    near = 0.5 * below.size < apart < _LINE_STEP * below.size
    return apart if near and not (is_figure(above) and is_figure(below)) else None


def _rows(cells: list[_Cell]) -> Iterator[list[_Cell]]:
    """Yield the cells that stand beside each other, from the top."""
    row: list[_Cell] = []
    bottom = 0.0
    for cell in sorted(cells, key=lambda cell: -cell.top):
        if row and min(cell.top, row[0].top) - bottom < 0.25 * cell.pieces[0].size:
            yield row
            row = []
        bottom = min(bottom, cell.bottom) if row else cell.bottom
        row.append(cell)
    if row:
        yield row


def _grid(rows: list[list[_Cell]], columns: int, parted: bool) -> Grid | None:
    """The rows as a grid; None where they make no table, or where no cells were joined, nor `parted` that were taken for one."""
    while rows and not any(is_figure(piece) for cell in rows[-1] for piece in cell.pieces):
        rows.pop()  # what stands below the last figures is no part of it
    if len(rows) < _LEAST_ROWS or len(rows[0]) < 2:
        return None
    found: list[GridRow] = []
    for row in rows:
        levels = _levels(row)
        if levels is None:
            return None
        found += levels
    several = parted or any(cell.row_span > 1 or len(cell.pieces) > 1 for row in found for cell in row.cells)
    return Grid(found, columns, 0) if several and _is_table(found) else None


def _is_table(rows: Sequence[GridRow]) -> bool:
    """Whether enough of the cells are figures."""
    others = [cell for row in rows[1:] for cell in row.cells if cell.column]
    figures = sum(all(map(is_figure, cell.pieces)) for cell in others)
    return len(rows) >= _LEAST_ROWS and 3 * figures >= len(others)


def _anchored(lines: Sequence[Sequence[Piece]], whites: Sequence[White]) -> Grid | None:
    """The table whose rows begin each with a line of figures, where lines of one cell stand as far apart as rows.

    A line without figures goes on with the row above where its words do; None where no line does so beside the names of rows.
    """
    middles = [white.middle for white in whites]
    rows: list[GridRow] = []
    several = False
    for number, line in enumerate(lines):
        if number and lines[number - 1][0].foot - line[0].foot < 0.5 * line[0].size:
            return None  # cells stand in the middle of their rows
        cells: list[GridCell] = []
        for piece in line:
            begins, ends = bisect_right(middles, piece.left + 1), bisect_right(middles, piece.right - 1)
            cells.append(GridCell(begins, [piece], max(ends - begins, 0) + 1))
        columns = [cell.column for cell in cells]
        if len(set(columns)) < len(columns):
            return None
        above = {cell.column: cell for cell in rows[-1].cells} if rows else {}
        if above and not any(map(is_figure, line)) and _all_go_on(cells, above):
            for cell in cells:
                above[cell.column].pieces += cell.pieces
            several = several or columns != [0]
            continue
        rows.append(GridRow(cells))
    while rows and not any(is_figure(piece) for cell in rows[-1].cells for piece in cell.pieces):
        rows.pop()
    if not several or not rows or len(rows[0].cells) < 2 or not _is_table(rows):
        return None
    return Grid(rows, len(whites) + 1, 0)


def _all_go_on(cells: Sequence[GridCell], above: dict[int, GridCell]) -> bool:
    """Whether the words of a line go on with the cells above them: most of them by their look, and most of them no units."""
    if any(cell.span > 1 or cell.column not in above or above[cell.column].span > 1 for cell in cells):
        return False
    texts = [(piece_text(above[cell.column].pieces[-1]), piece_text(cell.pieces[0])) for cell in cells]
    if 2 * sum(bool(unit_in(text)) or is_period(over) for over, text in texts) > len(texts):
        return False
    going = sum(text[0].islower() or text[0] in "(&" or goes_on(over) for over, text in texts)
    return 2 * going > len(texts)


def _levels(row: Sequence[_Cell]) -> list[GridRow] | None:
    """Part a band where a column has several cells: the others go over all these rows. None where that is not sure."""
    by_column: dict[int, list[_Cell]] = {}
    for cell in row:
        for column in range(cell.column, cell.column + cell.span):
            by_column.setdefault(column, []).append(cell)
    count = max(map(len, by_column.values()))
    if count == 1:
        return [
            GridRow([GridCell(cell.column, cell.pieces, cell.span) for cell in sorted(row, key=lambda c: c.column)])
        ]
    marks = next(cells for cells in by_column.values() if len(cells) == count)
    levels: list[list[GridCell]] = [[] for _ in range(count)]
    for cell in sorted(row, key=lambda c: c.column):
        level = [
            n
            for n, mark in enumerate(marks)
            if cell.bottom < mark.top - 0.25 * mark.pieces[0].size
            and cell.top > mark.bottom + 0.25 * mark.pieces[0].size
        ]
        if not level or level != list(range(level[0], level[-1] + 1)):
            return None
        levels[level[0]].append(GridCell(cell.column, cell.pieces, cell.span, len(level)))
    for cells in levels:
        places = [column for one in cells for column in range(one.column, one.column + one.span)]
        if not cells or len(places) != len(set(places)):
            return None
    return [GridRow(cells) for cells in levels]
