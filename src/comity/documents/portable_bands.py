"""Tables without rules whose cells run over several lines: lines that stand nearer than the figures of two rows make one row.

A program that sets cells in the middle of their rows lets the lines of neighbours overlap, so that a line of the page is no row of
the table. The figures tell how far rows stand apart; what stands nearer in one column is one cell, and cells that stand beside
each other are one row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations, pairwise

from comity.documents.grids import is_period, is_value
from comity.documents.portable_columns import (
    Column,
    Grid,
    GridRow,
    goes_on_above,
    is_entry,
    is_figure,
    join_lone,
    piece_text,
    spread_heads,
)
from comity.documents.portable_gutters import White
from comity.documents.portable_pieces import APART, Piece, piece_of
from comity.documents.portable_wraps import STAGGER, TallCell, bands_of, is_body, levels_of, placed, wrapped_rows
from comity.documents.units import is_numbered_caption, is_remark, is_source, unit_in

# In heights of a line: rows farther apart are not of one table; lines of one cell stand nearer than that.
_FARTHEST, _LINE_STEP = 3.2, 2.0
# In steps from row to row: lines of one cell stand nearer. In steps from line to line: they stand as near in all cells.
_TIGHT, _EVEN = 0.92, 1.15
# So many lines of names at most, those of neighbours counted apart, stand above the first figures.
_MOST_HEAD = 20
# In heights of a line: the least white between two columns; a space between words is half as wide, and what
# parts whole figures from whole words as narrow.
_WHITE, _NARROW = 0.45, 0.2
_LONGEST_LINE, _MOST_LINES = 60, 1000
# In heights of a line: justified lines set words no farther apart.
_JUSTIFIED = 4.0
# In steps of the names of columns, and such a step at least in heights of a line: what stands farther above them is none.
_APART_STEP, _LINE = 1.6, 1.6
# In heights of a line: what stands under a name stands no farther from its edge or middle. So many words at most hold names that touch.
_ALIGNED, _MOST_NAMES = 0.3, 12
# In steps from row to row: a blank row leaves as much.
_BLANK = 2.3
_LEAST_ROWS, _MANY = 3, 8
# Of the lines that white space parts: where so many have one word beside it, it is no column's.
_SAME = 0.8


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
        fresh = start >= self._break
        stop = _end(lines, start) if fresh else self._break
        if stop - start < 2 or (fresh and _is_none_of_it(lines, start)):
            return None
        self._break = stop
        end = min(stop, start + _MOST_LINES)
        self._wide = max(self._wide, start)
        while self._wide < end and len(lines[self._wide]) < 2:
            self._wide += 1
        if self._wide == end or (not fresh and _is_none_of_it(lines, start)):
            return None
        first = next((at for at in range(start, min(end, start + _MOST_HEAD)) if self._has_figures(at)), end)
        return _banded_table(lines, start, first, end) if end - first > 1 else None

    def _has_figures(self, at: int) -> bool:
        known = self._figures[at]
        if known is None:
            known = self._figures[at] = _has_figures(self._lines[at])
        return known


def _banded_table(lines: Sequence[Sequence[Piece]], start: int, first: int, end: int) -> Grid | None:
    """The table from one line to another, whose first figures stand on the line `first`; None where they make none."""
    if _is_apart(lines, start, first):
        return Grid([], 0, start + 1)
    body = [line for line in lines[first:end] if is_body(line)]
    whites = _narrowed(_whites(body), lines[start:end]) if len(body) >= _LEAST_ROWS else []
    if len(body) < _MANY:  # few lines of figures show less than all lines
        whites = max(whites, _whites(lines[start:end]), _whites(lines[first:end]), key=len)
        whites = _held(whites, lines[start:first], lines[first:end])
    while whites and first > start + 1 and _names_rows(lines[first - 1], whites[0]):
        first -= 1
    begun = _begun_at(lines[start:end])
    cut = [
        list(line)
        if len(line) == 1 and number >= first - start
        else _merged([part for piece in line for part in _cut(piece, whites)], whites, begun, number < first - start)
        for number, line in enumerate(lines[start:end])
    ]
    step = _row_step(cut[first - start :]) if whites else None
    if step is None:
        return None
    head = first - start
    extents = _spread(cut[head:], whites)
    cut[:head] = [[part for piece in line for part in _named(piece, whites, extents)] for line in cut[:head]]
    staggered = any(0 < above[0].foot - line[0].foot < STAGGER * line[0].size for above, line in pairwise(cut))
    grid = None if staggered else _wrapped(cut, head, whites)
    tight = staggered or any(0 < above[0].foot - line[0].foot < _TIGHT * step for above, line in pairwise(cut))
    if grid is None and tight:
        grid = _grid(list(bands_of(_cells(cut, whites, step))), len(whites) + 1)
    if grid is not None:
        spread_heads(grid.rows, _extents(grid))
        join_lone(grid.rows)
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


def _is_none_of_it(lines: Sequence[Sequence[Piece]], start: int) -> bool:
    """Whether no table begins on a line: it stands above or below one, is its unit, or goes on from the line above."""
    text = piece_text(lines[start][0])
    return _is_beside(text) or (len(lines[start]) == 1 and unit_in(text) != "") or goes_on_above(lines, start)


def _is_apart(lines: Sequence[Sequence[Piece]], start: int, first: int) -> bool:
    """Whether a line stands so far above the names of columns that it is none of them, as the head of a page does."""
    if first - start < 2:
        return False
    steps = [above[0].foot - line[0].foot for above, line in pairwise(lines[start : first + 1])]
    return steps[0] > _APART_STEP * max(*steps[1:], _LINE * lines[start][0].size)


def _has_figures(line: Sequence[Piece]) -> bool:
    """Whether a word of a line is a figure and no period."""
    for piece in line:
        if is_period(piece_text(piece)):
            continue
        for word in piece.numbers:
            text = piece.words.text(word)
            if any(map(str.isdigit, text)) and is_value(text) and not is_period(text):
                return True
    return False


def _end(lines: Sequence[Sequence[Piece]], start: int) -> int:
    """The number of the line behind those that may be the table's."""
    step = 0.0  # from row to row
    for at in range(start + 1, len(lines)):
        above, line = lines[at - 1], lines[at]
        gap = above[0].foot - line[0].foot
        if gap > _FARTHEST * max(line[0].size, above[0].size) and not (gap < _BLANK * step and is_body(line)):
            return at
        text = piece_text(line[0]) if len(line) == 1 else ""
        if text.isdecimal() and at > start + 1 and line[0].left > above[0].left and _is_below(lines, at):
            return at  # the number of the page
        if len(text) >= _LONGEST_LINE or (text and _is_beside(text)) or is_entry(line):
            return at
        step = gap if is_body(line) and is_body(above) and gap < _FARTHEST * line[0].size else step
    return len(lines)


def _is_below(lines: Sequence[Sequence[Piece]], at: int) -> bool:
    """Whether a line stands farther below the one above it than that stands below its own."""
    before, above, line = lines[at - 2 : at + 1]
    return above[0].foot - line[0].foot > _APART_STEP * (before[0].foot - above[0].foot)


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
    spans = sorted(extent for line in lines for piece in line for extent in piece.extents)
    found: list[White] = []
    reach = spans[0][1]
    size = lines[0][0].size
    for left, right in spans:
        if left - reach >= _NARROW * size:
            found.append(White(reach, left))
        reach = max(reach, right)
    return [
        white
        for white in found
        if white.right - white.left > APART * size
        or (
            (white.right - white.left >= _WHITE * size or _is_before_figures(lines, white))
            and sum(_parts(line, white) for line in lines) > 1
            and not _is_in_phrase(lines, white)
        )
    ]


def _is_before_figures(lines: Sequence[Sequence[Piece]], white: White) -> bool:
    """Whether narrow white space parts whole pieces on all lines, and figures stand right behind it."""
    behind: list[Piece] = []
    for line in lines:
        if any(piece.left < white.left and piece.right > white.right for piece in line):
            return False
        behind += [piece for piece in line if piece.left >= white.right - 0.1][:1]
    return len(behind) >= _LEAST_ROWS and all(map(is_figure, behind))


def _held(whites: Sequence[White], head: Sequence[Sequence[Piece]], body: Sequence[Sequence[Piece]]) -> list[White]:
    """White space without that beside columns that hold nothing below their names, or that words of justified lines leave."""
    found = list(whites)
    column = 0
    while len(found) > 1 and column <= len(found):
        left = found[column - 1].right if column else -1e9
        right = found[column].left if column < len(found) else 1e9
        words = [_words_between(line, left, right) for line in body]
        if any(words) and not (column and _is_justified(found, column, words, head, body)):
            column += 1
            continue
        beside = [number for number in (column - 1, column) if 0 <= number < len(found)]
        del found[column - 1 if any(words) else min(beside, key=lambda n: found[n].right - found[n].left)]
        column = 0
    return found


def _words_between(line: Sequence[Piece], left: float, right: float) -> list[str]:
    """The words of a line from one place to another."""
    return [
        words.text(word)
        for piece in line
        for words in (piece.words,)
        for word in piece.numbers
        if left - 1 < words.left[word] and words.right[word] < right + 1
    ]


def _is_justified(
    whites: Sequence[White],
    column: int,
    words: Sequence[Sequence[str]],
    head: Sequence[Sequence[Piece]],
    body: Sequence[Sequence[Piece]],
) -> bool:
    """Whether a column that has no name and no figure holds but words that justified lines set apart from those before them."""
    white = whites[column - 1]
    right = whites[column].left if column < len(whites) else 1e9
    if white.right - white.left > _JUSTIFIED * body[0][0].size:
        return False
    if any(piece.left < right and piece.right > white.right for line in head for piece in line):
        return False
    before = whites[column - 2].right if column > 1 else -1e9
    beside = [_words_between(line, before, white.left) for line, own in zip(body, words, strict=True) if own]
    return not any(map(is_value, (word for own in words for word in own))) and all(
        own and not all(map(is_value, own)) for own in beside
    )


def _is_in_phrase(lines: Sequence[Sequence[Piece]], white: White) -> bool:
    """Whether white space parts the same word from what stands close to it, line for line: "40 years", "1 - 2"."""
    before: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for piece in (piece for line in lines for piece in line if piece.left < white.left and piece.right > white.right):
        words = piece.words
        for left, right in pairwise(piece.numbers):
            if words.right[left] <= white.left + 0.1 and words.left[right] >= white.right - 0.1:
                before[words.text(left)] += 1
                behind[words.text(right)] += 1
    return any(
        count >= _LEAST_ROWS and count >= _SAME * side.total() and not any(map(str.isdigit, word))
        for side in (before, behind)
        for word, count in side.most_common(1)
    )


def _spread(lines: Sequence[Sequence[Piece]], whites: Sequence[White]) -> list[Column]:
    """From where to where the figures and words of each column reach."""
    found = [Column(1e9, -1e9) for _ in range(len(whites) + 1)]
    for line in lines:
        for cell in (placed(piece, whites) for piece in line):
            if cell.span == 1 and len(line) > 1:
                own = found[cell.column]
                own.left = min(own.left, cell.pieces[0].left)
                own.right = max(own.right, cell.pieces[0].right)
    return found


def _named(piece: Piece, whites: Sequence[White], columns: Sequence[Column]) -> list[Piece]:
    """Part the names of columns that stand as near as words do, where each stands as the figures below it do: left, right or middle."""
    cell = placed(piece, whites)
    count, words = len(piece.numbers), piece.words
    if not 1 < cell.span <= count <= _MOST_NAMES:
        return [piece]
    own = columns[cell.column : cell.column + cell.span]
    near = _ALIGNED * piece.size
    for cuts in combinations(range(1, count), cell.span - 1):
        edges = [
            (words.left[piece.numbers[begin]], words.right[piece.numbers[end - 1]])
            for begin, end in pairwise((0, *cuts, count))
        ]
        pairs = list(zip(edges, own, strict=True))
        if (
            all(abs(left - column.left) < near for (left, _), column in pairs)
            or all(abs(right - column.right) < near for (_, right), column in pairs)
            or all(abs(left + right - column.left - column.right) < 2 * near for (left, right), column in pairs)
        ):
            return [piece_of(words, list(piece.numbers[a:b])) for a, b in pairwise((0, *cuts, count))]
    return [piece]


def _names_rows(line: Sequence[Piece], white: White) -> bool:
    """Whether a line right above the figures names the rows below it, and no column."""
    return len(line) == 1 and line[0].left < white.left and not piece_text(line[0])[0].islower()


def _narrowed(whites: Sequence[White], lines: Sequence[Sequence[Piece]]) -> list[White]:
    """White space between the figures without what stands in it on other lines, unless that runs over it."""
    inside: list[list[tuple[float, float]]] = [[] for _ in whites]
    rights = [white.right for white in whites]
    for line in lines:
        for piece in line:
            for left, right in piece.extents:
                at = bisect_right(rights, left)
                while at < len(whites) and whites[at].left < right:
                    white = whites[at]
                    if left > white.left + 1 or right < white.right - 1:
                        inside[at].append((left, right))
                    at += 1
    found: list[White] = []
    for white, extents in zip(whites, inside, strict=True):
        reach, free = white.left, White(white.left, white.left)
        for left, right in [*sorted(extents), (white.right, white.right)]:
            if left - reach > free.right - free.left:
                free = White(reach, left)
            reach = max(reach, right)
        found.append(free if free.right - free.left >= _WHITE * lines[0][0].size else white)
    return found


def _parts(line: Sequence[Piece], white: White) -> bool:
    """Whether a line has words on both sides of white space."""
    return line[0].left < white.left and line[-1].right > white.right


def _cut(piece: Piece, whites: Sequence[White]) -> list[Piece]:
    """Part a piece at the white space that its words leave free."""
    whites = [white for white in whites if white.left + 0.1 >= piece.left and white.right - 0.1 <= piece.right]
    if not whites:
        return [piece]
    words = piece.words
    parts: list[list[int]] = [[piece.numbers[0]]]
    for before, word in pairwise(piece.numbers):
        if any(words.right[before] <= white.left + 0.1 and words.left[word] >= white.right - 0.1 for white in whites):
            parts.append([])
        parts[-1].append(word)
    return [piece] if len(parts) == 1 else [piece_of(words, part) for part in parts]


def _begun_at(lines: Sequence[Sequence[Piece]]) -> set[int]:
    """Where, in points, pieces behind others begin on most lines, and not with the same word: no justified lines do."""
    found: dict[int, set[str]] = {}
    for line in lines:
        for piece in line[1:]:
            found.setdefault(round(piece.left), set()).add(piece_text(piece))
    return {left for left, texts in found.items() if len(texts) >= max(_LEAST_ROWS, len(lines) / 2)}


def _merged(line: Sequence[Piece], whites: Sequence[White], begun: Collection[int], names: bool) -> list[Piece]:
    """Join words of one column that stand far apart on a line, as those of justified cells do; figures are cells of their own.

    Lines of prose may look so: there must be a figure beside them, or no other column, unless they name columns.
    """
    found: list[Piece] = []
    for piece in line:
        if found and not is_figure(piece) and not is_figure(found[-1]) and round(piece.left) not in begun:
            before, cell = placed(found[-1], whites), placed(piece, whites)
            near = piece.left - found[-1].right < _JUSTIFIED * piece.size
            if near and before.span == cell.span == 1 and before.column == cell.column:
                found[-1] = piece_of(piece.words, [*found[-1].numbers, *piece.numbers])
                continue
        found.append(piece)
    return found if names or len(found) == 1 or any(map(is_figure, line)) else list(line)


def _cells(lines: Sequence[Sequence[Piece]], whites: Sequence[White], step: float) -> list[TallCell]:
    """The cells, lines of words that stand near in a column joined."""
    middles = [white.middle for white in whites]
    columns: list[list[Piece]] = [[] for _ in range(len(whites) + 1)]
    found: list[TallCell] = []
    for line in lines:
        for piece in line:
            first, last = bisect_right(middles, piece.left + 1), bisect_right(middles, piece.right - 1)
            if last > first:
                found.append(TallCell(first, [piece], last - first + 1))
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
                found.append(TallCell(number, [piece]))
    return found


def _step(above: Piece, below: Piece) -> float | None:
    """How far the lines of what may be one cell stand apart; None where they cannot be one."""
    apart = above.foot - below.foot
    near = 0.5 * below.size < apart < _LINE_STEP * below.size
    return apart if near and not (is_figure(above) and is_figure(below)) else None


def _grid(rows: list[list[TallCell]], columns: int) -> Grid | None:
    """The rows as a grid; None where they make no table."""
    while rows and not any(is_figure(piece) for cell in rows[-1] for piece in cell.pieces):
        rows.pop()  # what stands below the last figures is no part of it
    if len(rows) < _LEAST_ROWS or len(rows[0]) < 2:
        return None
    found: list[GridRow] = []
    for row in rows:
        levels = levels_of(row)
        if levels is None:
            return None
        found += levels
    return Grid(found, columns, 0) if _is_table(found) else None


def _wrapped(lines: Sequence[Sequence[Piece]], first: int, whites: Sequence[White]) -> Grid | None:
    """The table whose rows begin each with a line of figures, where lines of one cell stand as far apart as rows."""
    rows = wrapped_rows(lines, first, whites)
    while rows and not any(is_figure(piece) for cell in rows[-1].cells for piece in cell.pieces):
        rows.pop()
    if not rows or len(rows[0].cells) < 2 or not _is_table(rows):
        return None
    return Grid(rows, len(whites) + 1, 0)


def _is_odd(row: GridRow) -> bool:
    """Whether a row has one cell, and not the name of others: as the scale of a chart."""
    return len(row.cells) == 1 and (row.cells[0].column > 0 or is_figure(row.cells[0].pieces[0]))


def _is_table(rows: Sequence[GridRow]) -> bool:
    """Whether enough of the cells are figures."""
    others = [cell for row in rows[1:] for cell in row.cells if cell.column]
    figures = sum(all(map(is_figure, cell.pieces)) for cell in others)
    return len(rows) >= _LEAST_ROWS and 3 * figures >= len(others) and 4 * sum(map(_is_odd, rows)) < len(rows)
