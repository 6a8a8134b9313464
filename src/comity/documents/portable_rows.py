"""A PDF page's lines in reading order: columns told apart, raised marks lifted, tables laid out by their rules or columns."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from comity.documents.grids import is_value
from comity.documents.inline import RAISED
from comity.documents.portable_tables import RuledTable
from comity.documents.portable_words import Box, Word

_RAISE = str.maketrans("0123456789", RAISED)
# In heights of a line: a gap that parts two columns or cells.
_APART = 1.15
# A glyph so much smaller than the line's that stands so much higher is raised.
_SMALL, _LIFTED = 0.85, 0.12
# A column of prose has so many lines, and they fill so much of its width; so few lines in ten may cross the gutter.
_LEAST_LINES, _FILLED, _CROSSING = 6, 0.5, 0.3
_LEAST_ROWS = 3
_MOST_CUTS = 2
# In points; a page of ISO A0 is 3,370 high. What lies far off the page is no column.
_WIDEST = 20_000


@dataclass(slots=True)
class Row:
    """A line of a page: its text, where it stands, and the height of most of its glyphs.

    Attributes:
        size: of most of its glyphs; first the height of their loose boxes, then that of their font.
        first, last: the numbers of the first glyph of its first and of its last word in the page's text; `largest` is that of
            a word of the line's size.
        placed: where in the text each word stands.
        tabled: whether it is a row of a table, its cells set apart by tabs.
        bold: whether it begins and ends in bold.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    height: float
    first: int
    last: int
    largest: int
    placed: list[tuple[int, Word]]
    tabled: bool = False
    bold: bool = False
    number: int = 0

    def boxes(self, first: int, last: int) -> list[Box]:
        """The boxes of the words that stand between two characters of the text."""
        return [
            Box(word.left, word.bottom, word.right, word.top)
            for start, word in self.placed
            if start < last and start + len(word.text) > first
        ]


@dataclass(slots=True)
class _Piece:
    """Words on one line with no wide gap between them, or a table with rules."""

    words: list[Word]
    left: float
    bottom: float
    right: float
    top: float
    size: float
    foot: float
    table: RuledTable | None = None

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(slots=True)
class _Text:
    """A line's text while it is put together."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    placed: list[tuple[int, Word]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def rows_of(
    words: Sequence[Word], tables: Sequence[RuledTable], page: int, height: float, usual: float | None = None
) -> tuple[list[Row], float | None]:
    """Return the lines of a page in reading order, and where two columns part, if they do.

    Args:
        words: those outside the tables.
        tables: those with rules.
        page: its number, from 1.
        height: of the page, in points.
        usual: where the columns of the pages before part: a last page may have too few lines to show it.
    """
    pieces = [*_pieces(words), *map(_as_piece, tables)]
    gutter = _gutter(pieces)
    if gutter is None and usual is not None and _keeps_free(pieces, usual):
        gutter = usual
    rows = [row for block in _blocks(pieces, gutter, 0) for row in _laid_out(block, page, height)]
    rows = [row for row in rows if row.text.strip()]
    for order, row in enumerate(rows, 1):
        row.number = order
    return rows, gutter


def _keeps_free(pieces: Sequence[_Piece], gutter: float) -> bool:
    """Whether hardly a line crosses a gutter and lines of prose stand on either side of it."""
    crossing = sum(piece.left < gutter - 1 and piece.right > gutter + 1 for piece in pieces)
    sides = {piece.left > gutter for piece in pieces if len(piece.words) > 2}
    return len(sides) == 2 and 8 * crossing < len(pieces)


def _as_piece(table: RuledTable) -> _Piece:
    sizes = [word.size for row in table.cells for cell in row for word in cell]
    return _Piece([], *table.box, median(sizes), table.box.bottom, table)


def _pieces(words: Sequence[Word]) -> list[_Piece]:
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        apart = last is None or word.follows == 0 or word.left - last.right > _APART * min(last.size, word.size)
        if apart and last is not None and _beside(last, word):
            apart = False
        if apart:
            runs.append([word])
        else:
            runs[-1].append(word)
    return [_piece(run) for run in runs]


def _beside(last: Word, word: Word) -> bool:
    """Whether a word stands right behind another on its line, though the content was cut between them."""
    overlap = min(last.top, word.top) - max(last.bottom, word.bottom)
    gap = word.left - last.right
    close = -0.3 * last.size < gap <= _APART * min(last.size, word.size)
    if close and overlap > 0.35 * min(last.size, word.size):
        word.follows = 1 if gap > 0.14 * min(last.size, word.size) else 2
        return True
    return False


def _piece(words: list[Word]) -> _Piece:
    size = _size(words)
    return _Piece(
        words,
        min(word.left for word in words),
        min(word.bottom for word in words),
        max(word.right for word in words),
        max(word.top for word in words),
        size,
        _foot(words, size),
    )


def _size(words: Sequence[Word]) -> float:
    """The height of most glyphs."""
    if max(word.size for word in words) - min(word.size for word in words) < 0.1:
        return words[0].size
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def _foot(words: Sequence[Word], size: float) -> float:
    return median(word.bottom for word in words if word.size >= 0.9 * size)


def _blocks(pieces: list[_Piece], gutter: float | None, depth: int) -> Iterator[list[_Piece]]:
    """Yield the pieces of each column and of what stands across them, from top to foot and from left to right."""
    if gutter is None:
        yield pieces
        return
    left: list[_Piece] = []
    right: list[_Piece] = []
    across: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if piece.left < gutter - 1 and piece.right > gutter + 1:
            if left or right:
                yield from _columns(left, depth)
                yield from _columns(right, depth)
                left, right = [], []
            across.append(piece)
            continue
        level = across and piece.middle > across[-1].bottom  # beside what stands across
        if level:
            across.append(piece)
            continue
        if across:
            yield across
            across = []
        (left if piece.right <= gutter + 1 else right).append(piece)
    if across:
        yield across
    yield from _columns(left, depth)
    yield from _columns(right, depth)


def _columns(pieces: list[_Piece], depth: int) -> Iterator[list[_Piece]]:
    """A column's pieces; it may be parted again."""
    if pieces:
        yield from _blocks(pieces, _gutter(pieces) if depth < _MOST_CUTS else None, depth + 1)


def _gutter(pieces: Sequence[_Piece]) -> float | None:
    """Return where a page is parted into two columns of prose; None where it is not."""
    if len(pieces) < 2 * _LEAST_LINES:
        return None
    first, last = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = int(last - first)
    if not 60 <= width <= _WIDEST:
        return None
    covered = [0] * (width + 3)
    for piece in pieces:
        covered[max(int(piece.left - first) + 1, 0)] += 1
        covered[min(int(piece.right - first) + 1, width + 2)] -= 1
    crossing, count = [], 0
    for change in covered:
        count += change
        crossing.append(count)
    size = median(piece.size for piece in pieces)
    best: tuple[float, float] | None = None
    start = None
    limit = max(1, int(_CROSSING * len(pieces) / 2))
    for x in range(int(0.2 * width), int(0.8 * width) + 2):
        free = x <= int(0.8 * width) and crossing[x] <= limit
        if free and start is None:
            start = x
        if not free and start is not None:
            least = min(crossing[start:x])
            runs = [at for at in range(start, x) if crossing[at] == least]
            middle = first + (runs[0] + runs[-1]) / 2
            if len(runs) >= 0.4 * size and _parts(pieces, middle, first, last):
                score = least - len(runs) / 100
                best = min(best, (score, middle)) if best is not None else (score, middle)
            start = None
    return None if best is None else best[1]


def _parts(pieces: Sequence[_Piece], x: float, first: float, last: float) -> bool:
    """Whether lines of prose fill both sides of x: the cells of a table are narrower than its columns."""
    for side, width in (
        ([piece for piece in pieces if piece.right <= x + 1], x - first),
        ([piece for piece in pieces if piece.left >= x - 1], last - x),
    ):
        lines = [piece for piece in side if len(piece.words) > 2]
        if len(lines) < _LEAST_LINES or len(lines) < 0.5 * len(side):
            return False
        if median(piece.right - piece.left for piece in lines) < _FILLED * width:
            return False
    return True


def _laid_out(block: Sequence[_Piece], page: int, height: float) -> Iterator[Row]:
    """Yield the lines of a column, the rows of its tables with a tab between cells."""
    lines: list[list[_Piece]] = []
    for piece in sorted(block, key=lambda piece: (-piece.foot, piece.left)):
        if lines and _on_line(lines[-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda piece: piece.left)
    at = 0
    while at < len(lines):
        table = lines[at][0].table
        if table is not None:
            for cells in table.cells:
                if any(cells):
                    yield _tabled([[_piece(cell)] if cell else [] for cell in cells], page, height)
            at += 1
            continue
        end, columns = _table_at(lines, at)
        if not columns and at + 1 < len(lines):  # names over the columns that stand too close to be told apart alone
            end, columns = _table_at(lines, at + 1)
            head = _headed(lines[at], lines[at + 1], columns) if columns else []
            if head:
                yield _tabled(head, page, height)
                at += 1
            else:
                columns = []
        if not columns:
            yield _line(lines[at], page, height)
            at += 1
            continue
        for line in lines[at:end]:
            row: list[list[_Piece]] = [[] for _ in columns]
            for piece in line:
                row[_column_of(columns, piece)].append(piece)
            yield _tabled(row, page, height)
        at = end


def _on_line(line: Sequence[_Piece], other: _Piece) -> bool:
    if other.table is not None or line[0].table is not None:
        return False
    top, bottom = max(piece.top for piece in line), min(piece.bottom for piece in line)
    overlap = min(top, other.top) - max(bottom, other.bottom)
    apart = all(other.left >= piece.right - 1 or other.right <= piece.left + 1 for piece in line)
    return apart and overlap > 0.6 * min(top - bottom, other.top - other.bottom)


def _table_at(lines: Sequence[Sequence[_Piece]], start: int) -> tuple[int, list[tuple[float, float]]]:
    """Return where a table without rules that begins on a line ends, and its columns; none where none begins."""
    if len(lines[start]) < 2:
        return start, []
    end, many = start, 0
    while end < len(lines) and lines[end][0].table is None:
        line = lines[end]
        if end > start and lines[end - 1][0].foot - line[0].foot > 3.2 * max(line[0].size, lines[end - 1][0].size):
            break
        if len(line) < 2 and not (
            end + 1 < len(lines) and len(lines[end + 1]) > 1 and _is_inset(line[0], lines[start])
        ):
            break
        many += len(line) > 1
        end += 1
    if many < _LEAST_ROWS:
        return start, []
    widths = Counter(len(line) for line in lines[start:end] if len(line) > 1)
    usual = max(widths, key=lambda width: (widths[width], width))
    full = [line for line in lines[start:end] if len(line) == usual]
    columns = [
        (min(line[column].left for line in full), max(line[column].right for line in full)) for column in range(usual)
    ]
    if any(second[0] < first[1] - 1 for first, second in itertools.pairwise(columns)):
        return start, []
    cells = [_words(piece) for line in lines[start + 1 : end] for piece in line[1:]]
    figures = sum(is_value(cell) for cell in cells)
    return (end, columns) if 2 * figures >= len(cells) else (start, [])


def _headed(
    line: Sequence[_Piece], below: Sequence[_Piece], columns: Sequence[tuple[float, float]]
) -> list[list[_Piece]]:
    """Cut a line above a table into the names of its columns; empty where it is none such."""
    words = [word for piece in line for word in piece.words]
    if line[0].foot - below[0].foot > 3 * max(line[0].size, below[0].size) or len(words) > 8 * len(columns):
        return []
    named = [is_value(_words(piece)) for piece in below[1:]]
    if 2 * sum(named) < len(named):
        return []  # the table has names over its columns
    one_each = len(words) == len(columns)  # as browsers set a table, with hardly a space between the names
    cells: list[list[Word]] = [[] for _ in columns]
    last = -1
    for number, word in enumerate(words):
        shared = [min(right, word.right) - max(left, word.left) for left, right in columns]
        column = shared.index(max(shared))
        gap = word.left - words[number - 1].right if number else 0.0
        if number and column != last and gap < 0.5 * word.size and not one_each:
            return []  # a phrase that runs over two columns
        if column < last:
            return []
        cells[column].append(word)
        last = column
    filled = [cell for cell in cells if cell]
    return [[_piece(cell)] if cell else [] for cell in cells] if len(filled) >= max(2, len(columns) - 1) else []


def _is_inset(piece: _Piece, head: Sequence[_Piece]) -> bool:
    """Whether a line of one piece only names the rows of a table below it."""
    return len(_words(piece)) < 50 and piece.left < head[-1].left and not _words(piece).endswith((".", ":"))


def _words(piece: _Piece) -> str:
    return " ".join(word.text for word in piece.words)


def _column_of(columns: Sequence[tuple[float, float]], piece: _Piece) -> int:
    """The column that a piece shares most of its width with, or else the nearest."""
    shared = [min(right, piece.right) - max(left, piece.left) for left, right in columns]
    return shared.index(max(shared))


def _line(line: Sequence[_Piece], page: int, height: float) -> Row:
    words = [word for piece in line for word in piece.words]
    size = _size(words)
    text = _Text()
    for order, piece in enumerate(line):
        if order:
            text.add("   ")
        _put(text, piece, size, _foot(words, size))
    return _row(text, line, page, height, words, size)


def _tabled(cells: Sequence[Sequence[_Piece]], page: int, height: float) -> Row:
    words = [word for cell in cells for piece in cell for word in piece.words]
    text = _Text()
    for order, cell in enumerate(cells):
        if order:
            text.add("\t")
        for number, piece in enumerate(cell):
            if number:
                text.add(" ")
            _put(text, piece, piece.size, piece.foot)
    row = _row(text, [piece for cell in cells for piece in cell], page, height, words, _size(words))
    row.tabled = True
    return row


def _row(text: _Text, pieces: Sequence[_Piece], page: int, height: float, words: Sequence[Word], size: float) -> Row:
    return Row(
        "".join(text.parts),
        min(piece.left for piece in pieces),
        max(piece.right for piece in pieces),
        min(piece.bottom for piece in pieces),
        max(piece.top for piece in pieces),
        size,
        page,
        height,
        words[0].first,
        words[-1].first,
        next((word.first for word in words if word.size >= 0.9 * size), words[0].first),
        text.placed,
    )


def _put(text: _Text, piece: _Piece, size: float, foot: float) -> None:
    """Append the words of a piece, raised figures as such."""
    for order, word in enumerate(piece.words):
        if order and word.follows != 2:
            text.add(" ")
        raised = word.size < _SMALL * size and word.bottom > foot + _LIFTED * size
        text.placed.append((text.length, word))
        text.add(word.text.translate(_RAISE) if raised else word.text)
