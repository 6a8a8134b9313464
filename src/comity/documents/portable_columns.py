"""Tables without rules on a PDF's page: lines whose pieces stand under each other, most of them figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from comity.documents.grids import is_period, is_value
from comity.documents.portable_pieces import Piece, piece_of, read_piece
from comity.documents.units import is_numbered_caption

_LEAST_ROWS = 3
# In heights of a line: rows farther apart are not of one table; the names of columns stand so near to its figures.
_FARTHEST, _HEAD = 3.2, 3.0
# A cell longer than this holds no figure; a line that only names rows is shorter than that.
_LONGEST_FIGURE, _LONGEST_NAME = 40, 60
# In heights of a line: names of columns stand so far apart at least, farther than the words of one.
_NAMES_APART = 0.5
# Lines of one name stand so near to each other, in heights of a line, and are so many at most.
_LINE_STEP, _NAME_LINES = 1.5, 3
# In heights of a line: how near lines of a caption begin or have their middles. In steps from line to line: what follows stands farther.
_ALIGNED, _APART_STEP = 0.3, 1.25
_MOST_LINES = 3000
# So many rows of names at most stand over others.
_HEAD_ROWS = 3
# In steps from row to row: lines of one cell stand nearer.
_TIGHT = 0.85
# What stands before the entries of a list; the last two are those of Symbol and Wingdings as fonts hold them.
_BULLETS = frozenset("•◦▪‣●○■□–—-*·\uf0b7\uf0a7")
# A line that goes on below: it ends with a comma or a little word.
_GOES_ON = re.compile(r"(?:[,–&/-]|\b(?:and|or|of|the|in|for|to|with|from|by|on|at|other))$", re.IGNORECASE)


@dataclass(slots=True)
class GridCell:
    """A cell: its column, and over how many columns and rows it goes."""

    column: int
    pieces: list[Piece]
    span: int = 1
    row_span: int = 1


@dataclass(slots=True)
class GridRow:
    """A line of a table; `joins` says that its cells go on with those of the line above."""

    cells: list[GridCell]
    joins: bool = False


@dataclass(slots=True)
class Grid:
    """A table: its rows, and the number of the line behind it; without rows the lines up to there make no table."""

    rows: list[GridRow]
    columns: int
    end: int


@dataclass(slots=True)
class Column:
    """From where to where a column reaches."""

    left: float
    right: float


@dataclass(slots=True)
class _Lines:
    """The lines of a block from which a table may be made."""

    lines: Sequence[Sequence[Piece]]
    start: int
    end: int
    columns: list[Column] = field(default_factory=list)


def tables_beside(lines: Sequence[Sequence[Piece]], at: int) -> tuple[int, float] | None:
    """Return the number of the line behind tables that stand side by side below their captions, and where the second of them begins."""
    line = lines[at]
    if len(line) < 2 or not all(is_numbered_caption(piece_text(piece)) for piece in line):
        return None
    second = line[1].left
    end = at + 1
    while end < len(lines) and not any(piece.left < second - 1 < piece.right for piece in lines[end]):
        end += 1
    return end, second


def unruled_table(lines: Sequence[Sequence[Piece]], start: int) -> Grid | None:
    """Return the table that begins on a line or right below it; None where nothing like it begins."""
    head: list[GridRow] = []
    found = _stretch(lines, start)
    if found is None or not found.columns:
        below = _stretch(lines, start + 1) if start + 1 < len(lines) and not goes_on_above(lines, start) else None
        if below is None or not below.columns:
            return None if found is None else Grid([], 0, found.end)
        # Names over the columns may stand too close to be told apart alone.
        named = _headed(lines[start], lines[start + 1], below.columns)
        if named is None:
            return None if found is None else Grid([], 0, found.end)
        head, found = [named], below
    rows = head + _placed(found)
    spread_heads(rows, found.columns)
    _join(rows)
    join_lone(rows)
    return Grid(rows, len(found.columns), found.end)


def goes_on_above(lines: Sequence[Sequence[Piece]], at: int) -> bool:
    """Whether a line of one piece stands nearer to the only piece above it than to what stands below: a caption's next line."""
    if not 0 < at < len(lines) - 1 or len(lines[at]) > 1 or len(lines[at - 1]) > 1:
        return False
    above, piece, below = lines[at - 1][0], lines[at][0], lines[at + 1][0]
    near = _ALIGNED * piece.size
    level = abs(above.left - piece.left) < near or abs(above.left + above.right - piece.left - piece.right) < 2 * near
    apart = above.foot - piece.foot
    return level and apart < _LINE_STEP * piece.size and _APART_STEP * apart < piece.foot - below.foot


def _stretch(lines: Sequence[Sequence[Piece]], start: int) -> _Lines | None:
    """The lines from one with two pieces on that may be a table's; its columns are empty where they are not."""
    if len(lines[start]) < 2:
        return None
    end, many = start, 0
    while end < len(lines) and end - start < _MOST_LINES:
        line = lines[end]
        if end > start and lines[end - 1][0].foot - line[0].foot > _FARTHEST * max(
            line[0].size, lines[end - 1][0].size
        ):
            break
        if is_entry(line) or (len(line) < 2 and not (end > start and _is_inset(lines, start, end))):
            break
        many += len(line) > 1
        end += 1
    found = _Lines(lines, start, end)
    if many < _LEAST_ROWS:
        return found
    figures = cells = 0
    for line in lines[start + 1 : end]:
        for piece in line[1:]:
            cells += 1
            figures += is_figure(piece)
    if 2 * figures < cells:
        return found
    columns = _columns(lines[start:end])
    if len(columns) > 1:
        found.columns = columns
    return found


def _is_inset(lines: Sequence[Sequence[Piece]], start: int, at: int) -> bool:
    """Whether a line of one piece only names rows of the table, or goes on with the name of one."""
    piece = lines[at][0]
    if piece.left >= lines[start][-1].left and piece.left >= max(
        line[1].left for line in lines[start:at] if len(line) > 1
    ):
        return False
    text = piece_text(piece)
    if (
        len(text) >= _LONGEST_NAME
        or text.endswith((".", ":"))
        or re.match(r"(?:sources?|notes?)\b", text, re.IGNORECASE)
    ):
        return False
    # A name may run over several lines.
    below = next((n for n in range(at + 1, min(at + _NAME_LINES + 1, len(lines))) if len(lines[n]) > 1), None)
    steps = [above[0].foot - line[0].foot for above, line in pairwise(lines[at - 1 : (below or at) + 1])]
    if below is not None and (below == at + 1 or max(steps[:-1]) < _LINE_STEP * piece.size):
        return True
    # The last row's name may go on below it.
    before = lines[at - 1]
    close = before[0].foot - piece.foot < _LINE_STEP * piece.size
    return close and len(before) > 1 and (text[0].islower() or _GOES_ON.search(piece_text(before[0])) is not None)


def _columns(lines: Sequence[Sequence[Piece]]) -> list[Column]:
    """Where the columns stand: as in the lines with the commonest number of pieces, and those that only other lines fill."""
    widths = Counter(len(line) for line in lines if len(line) > 1)
    usual = max(widths, key=lambda width: (widths[width], width))
    for width in sorted({width for width in widths if width >= usual}, reverse=True):
        # A few lines with more cells show columns that are empty in most.
        full = [line for line in lines if len(line) == width]
        columns = [
            Column(min(line[n].left for line in full), max(line[n].right for line in full)) for n in range(width)
        ]
        if all(second.left >= first.right - 1 for first, second in pairwise(columns)):
            figured = [line for line in full if any(is_figure(piece) for piece in line[1:])]
            if width == usual or (figured and _fits(lines, columns)):
                return columns
    return []


def _fits(lines: Sequence[Sequence[Piece]], columns: Sequence[Column]) -> bool:
    """Whether the figures of all lines stand each under one of the columns."""
    for line in lines:
        for piece in line[1:]:
            if is_figure(piece) and len(_shared(columns, piece)) > 1:
                return False
    return True


def _shared(columns: Sequence[Column], piece: Piece) -> list[int]:
    """The columns over which a piece stands."""
    first = bisect_right([column.right for column in columns], piece.left + 1)
    found = []
    while first < len(columns) and columns[first].left < piece.right - 1:
        found.append(first)
        first += 1
    return found


def _placed(found: _Lines) -> list[GridRow]:
    """The lines as rows, each piece in its column; a piece that runs over columns is cut where they part, if all its words fit."""
    rows: list[GridRow] = []
    head = True
    for line in found.lines[found.start : found.end]:
        cells: dict[int, list[Piece]] = {}
        head = head and not any(is_figure(piece) and not is_period(piece_text(piece)) for piece in line[1:])
        for piece in line:
            names = _names(piece, found.columns) if head else []
            for part in names or _cut(piece, found.columns):
                cells.setdefault(_nearest(found.columns, part), []).append(part)
        rows.append(GridRow([GridCell(column, cells[column]) for column in sorted(cells)]))
    return rows


def _names(piece: Piece, columns: Sequence[Column]) -> list[Piece]:
    """The names of columns that a piece above figures holds, parted where they stand apart; empty where it is one name."""
    words = piece.words
    parts: list[list[int]] = [[piece.numbers[0]]]
    for before, word in pairwise(piece.numbers):
        if words.left[word] - words.right[before] >= _NAMES_APART * words.size[word]:
            parts.append([])
        parts[-1].append(word)
    if len(parts) < 2:
        return []
    named = [piece_of(words, part) for part in parts]
    homes = [_nearest(columns, part) for part in named]
    own = all(len(_shared(columns, part)) < 2 for part in named)
    return named if own and all(first < second for first, second in pairwise(homes)) else []


def _cut(piece: Piece, columns: Sequence[Column]) -> list[Piece]:
    shared = _shared(columns, piece)
    if len(shared) < 2 or len(piece.numbers) < 2:
        return [piece]
    words = piece.words
    homes: list[int] = []
    for order, word in enumerate(piece.numbers):
        at = [c for c in shared if words.left[word] < columns[c].right and words.right[word] > columns[c].left]
        if len(at) != 1:
            return [piece]
        if order and words.follows[word] == 2 and at[0] != homes[-1]:
            return [piece]  # "2015-16" is one word
        homes.append(at[0])
    if homes != sorted(homes):
        return [piece]
    parted = [
        piece_of(words, [w for w, home in zip(piece.numbers, homes, strict=True) if home == c])
        for c in sorted(set(homes))
    ]
    return parted if all(is_figure(part) for part in parted[1:]) else [piece]


def _nearest(columns: Sequence[Column], piece: Piece) -> int:
    """The column that a piece shares most of its width with, or else the nearest."""
    at = bisect_right([column.left for column in columns], (piece.left + piece.right) / 2)
    near = range(max(0, at - 2), min(len(columns), at + 2))
    return max(near, key=lambda c: min(columns[c].right, piece.right) - max(columns[c].left, piece.left))


def _headed(line: Sequence[Piece], below: Sequence[Piece], columns: Sequence[Column]) -> GridRow | None:
    """Cut a line above a table into the names of its columns; None where it is none such."""
    count = sum(len(piece.numbers) for piece in line)
    if line[0].foot - below[0].foot > _HEAD * max(line[0].size, below[0].size) or count > 8 * len(columns):
        return None
    named = [is_figure(piece) for piece in below[1:]]
    if 2 * sum(named) < len(named):
        return None  # the table has names over its columns
    words = line[0].words
    numbers = [word for piece in line for word in piece.numbers]
    one_each = len(numbers) == len(columns)  # as browsers set a table, with hardly a space between the names
    cells: dict[int, list[int]] = {}
    last = -1
    for order, word in enumerate(numbers):
        shared = [min(column.right, words.right[word]) - max(column.left, words.left[word]) for column in columns]
        column = shared.index(max(shared))
        gap = words.left[word] - words.right[numbers[order - 1]] if order else 0.0
        if order and column != last and gap < 0.5 * words.size[word] and not one_each:
            return None  # a phrase that runs over two columns
        if column < last:
            return None
        cells.setdefault(column, []).append(word)
        last = column
    if len(cells) < max(2, len(columns) - 1):
        return None
    return GridRow([GridCell(column, [piece_of(words, held)]) for column, held in sorted(cells.items())])


def spread_heads(rows: Sequence[GridRow], columns: Sequence[Column]) -> None:
    """Let names that stand over the middle of several columns go over them all; the lower rows first."""
    heads_end = next((number for number, row in enumerate(rows) if _has_figure(row)), len(rows))
    for number in reversed(range(min(_HEAD_ROWS, heads_end, len(rows) - 1))):
        row = rows[number]
        below = {cell.column + over for cell in rows[number + 1].cells for over in range(cell.span)} - {0}
        # A name with nothing below it stands over its own column.
        heads = [cell for cell in row.cells if below & set(range(cell.column, cell.column + cell.span)) - {0}]
        if not heads or len(heads) >= len(below):
            continue
        middles = [(cell.pieces[0].left + cell.pieces[0].right) / 2 for cell in heads]
        groups: list[list[int]] = [[] for _ in heads]
        for column in sorted(below):
            centre = (columns[column].left + columns[column].right) / 2
            groups[min(range(len(heads)), key=lambda n: abs(middles[n] - centre))].append(column)
        spreads = []
        for middle, group in zip(middles, groups, strict=True):
            if not group or group[-1] - group[0] + 1 > len(group):
                break
            left, right = columns[group[0]].left, columns[group[-1]].right
            if abs((left + right) / 2 - middle) > 0.3 * (right - left) + 2:
                break
            spreads.append(group)
        if len(spreads) == len(heads):
            for cell, group in zip(heads, spreads, strict=True):
                cell.column, cell.span = group[0], len(group)
            row.cells.sort(key=lambda cell: cell.column)


def _has_figure(row: GridRow) -> bool:
    return any(is_figure(piece) and not is_period(piece_text(piece)) for cell in row.cells for piece in cell.pieces)


def _join(rows: Sequence[GridRow]) -> None:
    """Mark the lines that go on with the row above: names of rows that run over several lines."""
    steps = [above.cells[0].pieces[0].foot - row.cells[0].pieces[0].foot for above, row in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    head = True
    for number in range(1, len(rows)):
        above, row = rows[number - 1], rows[number]
        head = head and not any(
            is_figure(piece) for one in (above, row) for cell in one.cells[1:] for piece in cell.pieces
        )
        # A name over several columns leaves some of them empty; names over several lines do not.
        own = {cell.column for cell in row.cells} <= {0, *(cell.column for cell in above.cells if cell.span == 1)}
        if head and own and 0 < steps[number - 1] < _TIGHT * usual:
            row.joins = True
            continue
        only_name = len(row.cells) == 1 and row.cells[0].column == 0
        only_name_above = len(above.cells) == 1 and above.cells[0].column == 0
        if not row.cells or not above.cells or not (only_name or only_name_above):
            continue
        if row.cells[0].column != 0 or above.cells[0].column != 0:
            continue
        text, over = piece_text(row.cells[0].pieces[0]), piece_text(above.cells[0].pieces[-1])
        tight = 0 < steps[number - 1] < _TIGHT * usual
        runs_on = text[0].islower() or text[0] in "(&" or _GOES_ON.search(over) is not None
        if runs_on or (tight and only_name):
            row.joins = True


def join_lone(rows: Sequence[GridRow]) -> None:
    """Mark the lines of one cell alone that go on with the cell above.

    Either the line is a name that begins in lower case; or it stands among the names of columns, below one of them and above a line that
    names others: the name of that column is set in the middle of two lines.
    """
    body = next((at for at, row in enumerate(rows) if at and sum(map(_holds_figure, row.cells)) > 1), len(rows))
    for number in range(1, len(rows)):
        above, row = rows[number - 1], rows[number]
        if row.joins or len(row.cells) != 1 or not above.cells:
            continue
        (cell,) = row.cells
        if cell.column == 0:
            begins_low = piece_text(cell.pieces[0])[0].islower()
            row.joins = begins_low and number > body and above.cells[0].column == 0
        elif number + 1 < body:
            over = any(one.column == cell.column and one.span == 1 for one in above.cells)
            below = {one.column for one in rows[number + 1].cells}
            row.joins = over and len(below) > 1 and cell.column not in below


def _holds_figure(cell: GridCell) -> bool:
    return any(is_figure(piece) and not is_period(piece_text(piece)) for piece in cell.pieces)


def is_entry(line: Sequence[Piece]) -> bool:
    """Whether a line begins an entry of a list: a bullet, and words that are no figure."""
    return len(line) == 2 and piece_text(line[0]) in _BULLETS and not is_figure(line[1])


def goes_on(text: str) -> bool:
    """Whether a line of a cell goes on below: it ends with a comma or a little word."""
    return _GOES_ON.search(text) is not None


def is_figure(piece: Piece) -> bool:
    """Whether a piece is a figure, or the mark of a missing one."""
    if piece.figure is None:
        piece.figure = piece.length <= _LONGEST_FIGURE and is_value(piece_text(piece))
    return piece.figure


def piece_text(piece: Piece) -> str:
    """The text of a piece without what is raised in it."""
    if piece.bare is None:
        read = read_piece(piece, piece.size, piece.foot)
        text = read.text
        for mark in reversed(read.marks):
            if mark.start:
                text = text[: mark.start] + text[mark.end :]
        piece.bare = text.strip() or read.text
    return piece.bare
