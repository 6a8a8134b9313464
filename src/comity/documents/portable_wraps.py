"""Tables without rules where lines of one cell stand as far apart as rows: which line goes on with the row above.

A line of figures begins a row. A line without goes on with the row above where each of its cells stands right below one that had
no room for its first word, and where its words go on by their look.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.documents.grids import is_period
from comity.documents.portable_columns import GridCell, GridRow, goes_on, is_figure, piece_text
from comity.documents.portable_gutters import White
from comity.documents.portable_pieces import Piece
from comity.documents.units import unit_in

# In heights of a line: the least space between two words of a cell; what stands nearer to the left than the indent is level.
_SPACE, _INDENT = 0.2, 0.4
# In heights of a line: what stands farther below is no next line of a cell.
_NEXT = 2.0
# In heights of a line: the lines of a cell begin, end or have their middles so near each other.
_ALIGNED = 0.3
# In steps from line to line: lines of one cell stand as near.
_EVEN = 1.15
# In heights of a line: what stands nearer below another line is in the middle of its cell.
STAGGER = 0.9
# In steps from row to row: lines of one cell stand nearer.
_TIGHT = 0.9


@dataclass(slots=True)
class TallCell:
    """The lines of a cell, from the top."""

    column: int
    pieces: list[Piece]
    span: int = 1

    @property
    def top(self) -> float:
        """The top of its first line."""
        return self.pieces[0].top

    @property
    def bottom(self) -> float:
        """The foot of its last line."""
        return self.pieces[-1].bottom


class _Room:
    """How much room the cells of each column have."""

    def __init__(self, lines: Sequence[Sequence[GridCell]], columns: int) -> None:
        self._left = [1e9] * columns
        self._right = [-1e9] * columns
        own: list[list[Piece]] = [[] for _ in range(columns)]
        for line in lines:
            for cell in line:
                if cell.span == 1:
                    own[cell.column] += cell.pieces
        self._flush = [False] * columns
        for column, pieces in enumerate(own):
            if pieces:
                self._left[column] = min(piece.left for piece in pieces)
                self._right[column] = max(piece.right for piece in pieces)
                level = sum(piece.left < self._left[column] + _INDENT * piece.size for piece in pieces)
                self._flush[column] = column == 0 or 2 * level > len(pieces)

    def fits(self, column: int, above: Piece, below: Piece) -> bool:
        """Whether the first word of a line had room behind the line above it, so that it does not go on with that.

        A comma or a little word at the end of the line shows that it does.
        """
        if goes_on(piece_text(above)):
            return False
        begun = above.left if self._flush[column] else self._left[column]
        word = below.numbers[0]
        needed = below.words.right[word] - below.words.left[word] + _SPACE * below.size
        return above.right - above.left + needed < self._right[column] - begun


def placed(piece: Piece, whites: Sequence[White]) -> GridCell:
    """Return a piece as the cell of the columns over which it stands."""
    middles = [white.middle for white in whites]
    first, last = bisect_right(middles, piece.left + 1), bisect_right(middles, piece.right - 1)
    return GridCell(first, [piece], max(last - first, 0) + 1)


def is_body(line: Sequence[Piece]) -> bool:
    """Whether a line has figures beside its name, and not periods alone."""
    if len(line) < 2:
        return False
    figures = [piece for piece in line if is_figure(piece)]
    return any(not is_period(piece_text(piece)) for piece in figures[line[0] in figures :])


def wrapped_rows(lines: Sequence[Sequence[Piece]], first: int, whites: Sequence[White]) -> list[GridRow] | None:
    """Return the rows that lines make up, those from `first` on below the names of columns; None where two cells would be one."""
    grid: list[list[GridCell]] = []
    for number, line in enumerate(lines):
        if number > first and lines[number - 1][0].foot - line[0].foot < STAGGER * line[0].size:
            return None  # cells stand in the middle of their rows
        cells = [placed(piece, whites) for piece in line]
        places = [place for cell in cells for place in range(cell.column, cell.column + cell.span)]
        if len(places) != len(set(places)):
            return None
        grid.append(cells)
    room = _Room(grid, len(whites) + 1)
    names = [cells[0] for cells in grid[first:] if len(cells) == 1 and cells[0].column == 0 and cells[0].span > 1]
    step = _row_gap(lines[first:])
    heads = _heads(grid[:first], room, step[0], _named_on(grid[:first], grid[first:], len(whites) + 1, step))
    if heads is None:
        return None
    rows: list[GridRow] = []
    for cells in grid[first:]:
        last = rows[-1].cells if rows else []
        if last and not any(is_figure(cell.pieces[0]) for cell in cells if cell.column):
            if _all_go_on(cells, last, room, step):
                _append(cells, last)
                continue
        elif len(last) == 1 and last[0].column == 0 and _is_named_above(cells, last[0], room):
            last[0].pieces += cells[0].pieces
            last += cells[1:]
            continue
        elif len(last) == 1 and last[0].column == 0 < cells[0].column:
            above, below = last[0].pieces[-1], cells[0].pieces[0]
            if above.foot - below.foot < _TIGHT * step[0]:
                return None  # the name of a row begins above its figures
        rows.append(GridRow(cells))
    for name in names:  # what names the rows below may run over their figures
        name.span = 1
    return heads + rows


def _row_gap(lines: Sequence[Sequence[Piece]]) -> tuple[float, bool]:
    """How near two rows stand that have a line each, and whether the lines of one cell stand nearer."""
    rows: list[float] = []
    others: list[float] = []
    next_rows: list[float] = []
    for above, line in pairwise(lines):
        if is_body(above):
            (rows if is_body(line) else others).append(above[0].foot - line[0].foot)
        elif is_body(line):
            next_rows.append(above[0].foot - line[0].foot)
    if not rows and others and next_rows and max(others) < _TIGHT * min(next_rows):  # no row has one line
        return min(next_rows), True
    least = min(rows, default=0.0)
    return least, any(gap < _TIGHT * least for gap in others)


def _append(cells: Sequence[GridCell], above: Sequence[GridCell]) -> None:
    """Let cells go on with those above them."""
    held = {cell.column: cell for cell in above}
    for cell in cells:
        held[cell.column].pieces += cell.pieces


def _is_next(above: Piece, below: Piece) -> bool:
    """Whether a piece stands on the line right below another."""
    return 0 < above.foot - below.foot < _NEXT * below.size


def _looks_on(above: Piece, below: Piece) -> bool:
    """Whether a line goes on with the one above by its look: a small letter, a bracket, or a comma or little word before it."""
    text = piece_text(below)
    return text[0].islower() or text[0] in "(&" or goes_on(piece_text(above))


def _all_go_on(cells: Sequence[GridCell], above: Sequence[GridCell], room: _Room, step: tuple[float, bool]) -> bool:
    """Whether a line without figures goes on with the row above it."""
    held = {cell.column: cell for cell in above if cell.span == 1}
    for cell in cells:
        if cell.span > 1 or cell.column not in held:
            return False
        over, below = held[cell.column].pieces[-1], cell.pieces[0]
        if is_figure(over) or not _is_next(over, below):
            return False
        tight = over.foot - below.foot < _TIGHT * step[0]
        if tight is not step[1] or (not tight and room.fits(cell.column, over, below)):
            return False
    if step[1]:
        return True
    looks = [_looks_on(held[cell.column].pieces[-1], cell.pieces[0]) for cell in cells]
    return cells[0].column > 0 or any(looks)


def _is_named_above(cells: Sequence[GridCell], name: GridCell, room: _Room) -> bool:
    """Whether a row's name begins on the line above its figures."""
    if cells[0].column or not _is_next(name.pieces[-1], cells[0].pieces[0]):
        return False
    over, below = name.pieces[-1], cells[0].pieces[0]
    return _looks_on(over, below) and not room.fits(0, over, below)


def _named_on(
    heads: Sequence[Sequence[GridCell]], body: Sequence[Sequence[GridCell]], columns: int, step: tuple[float, bool]
) -> set[int]:
    """The lines that go on with the names of columns above them: each stands over its column, edge below edge or middle below middle.

    Args:
        heads: the lines above the first figures.
        body: those from there on.
        columns: how many there are.
        step: how near two rows stand, and whether the lines of one cell stand nearer.
    """
    spread = [number for number, line in enumerate(heads) if any(cell.span > 1 for cell in line)]
    start = spread[-1] + 1 if spread else 0
    own: list[list[Piece]] = [[] for _ in range(columns)]
    for line in body:
        for cell in line:
            if cell.span == 1:
                own[cell.column] += cell.pieces
    last: dict[int, Piece] = {}
    found: set[int] = set()
    for number, line in enumerate(heads[start:], start):
        pieces = [(cell.column, cell.pieces[0]) for cell in line]
        for column, piece in pieces:
            beside = own[column]
            if not (column in last and _stands_under(last[column], piece)) and not (
                beside and _is_level(piece, min(one.left for one in beside), max(one.right for one in beside))
            ):
                return set()
        below = [(last[column], piece) for column, piece in pieces if column in last]
        if number > start:
            told = any(is_figure(piece) or is_period(piece_text(piece)) for _, piece in pieces)
            told = told or any(is_period(piece_text(over)) for over, _ in below)
            told = told or 2 * sum(_is_unit(piece_text(piece)) for _, piece in pieces) > len(pieces)
            if (
                told
                or not below
                or not all(_is_next(over, under) and _stands_under(over, under) for over, under in below)
            ):
                return set()
            if step[1] and any(over.foot - under.foot >= _TIGHT * step[0] for over, under in below):
                return set()
            found.add(number)
        last.update(pieces)
    return found


def _stands_under(above: Piece, below: Piece) -> bool:
    """Whether a line of a cell stands under another as its cell is aligned."""
    return _is_level(below, above.left, above.right)


def _is_level(piece: Piece, left: float, right: float) -> bool:
    """Whether a piece begins where something begins, ends where it ends, or has the same middle."""
    near = _ALIGNED * piece.size
    return (
        min(abs(piece.left - left), abs(piece.right - right), abs(piece.left + piece.right - left - right) / 2) < near
    )


def _heads(
    lines: Sequence[Sequence[GridCell]], room: _Room, step: float, continued: Collection[int]
) -> list[GridRow] | None:
    """The names of columns: what goes on with the line above by its look, where there was no room for it, is one name.

    `continued` are the numbers of lines that do by where they stand.
    """
    feet = [line[0].pieces[0].foot for line in lines]
    staggered = any(
        above - foot < STAGGER * line[0].pieces[0].size
        for above, foot, line in zip(feet, feet[1:], lines[1:], strict=False)
    )
    least = _least_step(lines)
    open_cells: dict[int, TallCell] = {}
    found: list[TallCell] = []
    for number, line in enumerate(lines):
        below = [cell for cell in line if cell.span == 1 and cell.column in open_cells]
        units = 2 * sum(_is_unit(piece_text(cell.pieces[0])) for cell in below) > len(below)
        on = [cell for cell in below if not units and _goes_on(open_cells[cell.column].pieces[-1], cell, room)]
        if number in continued:
            on = below
        elif staggered:
            on = [cell for cell in below if _is_close(open_cells[cell.column].pieces[-1], cell.pieces[0], least)]
        elif len(below) == len(line) and (2 * len(on) > len(line) or _all_tight(open_cells, line, step)):
            on = below
        elif 2 * len(on) > len(line):
            on = []
        for cell in line:
            if any(cell is one for one in on):
                open_cells[cell.column].pieces += cell.pieces
                continue
            tall = TallCell(cell.column, list(cell.pieces), cell.span)
            found.append(tall)
            for column in range(cell.column, cell.column + cell.span):
                open_cells.pop(column, None)
            if cell.span == 1:
                open_cells[cell.column] = tall
    rows: list[GridRow] = []
    for band in bands_of(found):
        levels = levels_of(band)
        if levels is None:
            return None
        rows += levels
    _lift_stub(rows)
    return rows


def _all_tight(above: Mapping[int, TallCell], line: Sequence[GridCell], step: float) -> bool:
    """Whether the words of a line stand nearer to those above them than rows do, and none is a figure or a unit."""
    pairs = [(above[cell.column].pieces[-1], cell.pieces[0]) for cell in line]
    near = all(over.foot - under.foot < _TIGHT * step for over, under in pairs)
    return near and not any(is_figure(under) or is_period(piece_text(over)) for over, under in pairs)


def _lift_stub(rows: list[GridRow]) -> None:
    """Let the name of the first column that stands alone in the middle of three or more rows of names go over them all."""
    middle = rows[len(rows) // 2].cells if len(rows) > 2 and len(rows) % 2 else []
    if not middle or middle[0].column or middle[0].span > 1:
        return
    if any(cell.column == 0 for row in rows for cell in row.cells if cell is not middle[0]):
        return
    stub = middle.pop(0)
    if not middle:
        del rows[len(rows) // 2]
    stub.row_span = len(rows)
    rows[0].cells.insert(0, stub)


def _is_unit(text: str) -> bool:
    """Whether a line is a unit, whole in its brackets."""
    return text.count("(") == text.count(")") and bool(unit_in(text))


def _least_step(lines: Sequence[Sequence[GridCell]]) -> float:
    """The least step from line to line within a column."""
    above: dict[int, float] = {}
    least = 1e9
    for line in lines:
        for cell in line:
            foot = cell.pieces[0].foot
            least = min(least, above.get(cell.column, 1e9) - foot) if cell.column in above else least
            above[cell.column] = foot
    return least


def _is_close(above: Piece, below: Piece, least: float) -> bool:
    """Whether two lines of names that stand in the middle of their cells are of one."""
    return not is_figure(above) and not is_figure(below) and above.foot - below.foot < _EVEN * least


def _goes_on(over: Piece, below: GridCell, room: _Room) -> bool:
    """Whether a line of a column's name goes on with the one above it."""
    under = below.pieces[0]
    if not _is_next(over, under) or is_period(piece_text(over)):
        return False
    return _looks_on(over, under) and not room.fits(below.column, over, under)


def bands_of(cells: list[TallCell]) -> Iterator[list[TallCell]]:
    """Yield the cells that stand beside each other, from the top."""
    row: list[TallCell] = []
    bottom = 0.0
    for cell in sorted(cells, key=lambda cell: -cell.top):
        if row and min(cell.top, row[0].top) - bottom < 0.25 * cell.pieces[0].size:
            yield row
            row = []
        bottom = min(bottom, cell.bottom) if row else cell.bottom
        row.append(cell)
    if row:
        yield row


def levels_of(row: Sequence[TallCell]) -> list[GridRow] | None:
    """Part a band where a column has several cells: the others go over all these rows. None where that is not sure."""
    by_column: dict[int, list[TallCell]] = {}
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
