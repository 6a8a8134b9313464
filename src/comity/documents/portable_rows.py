"""A PDF page's lines in reading order: columns told apart, raised marks lifted, tables laid out by their rules or columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from comity.documents.portable_bands import BandedTables
from comity.documents.portable_charts import is_chart
from comity.documents.portable_columns import Grid, piece_text, tables_beside, unruled_table
from comity.documents.portable_glyphs import Box
from comity.documents.portable_gutters import prose_beside, tables_across, whites_of
from comity.documents.portable_pieces import (
    Mark,
    Piece,
    line_foot,
    line_size,
    offsets_of,
    piece_of,
    read_piece,
)
from comity.documents.portable_tables import RuledTable
from comity.documents.portable_words import Words

# Of the height of a line: a cell's words are no smaller unless they are raised.
_FULL = 0.72
# What stands between pieces of a line that stand apart.
APART = "   "
# The numbers that each column of a page has for the blocks within it.
_BLOCKS = 10_000
# Where lines seem to begin a table and do not, so many more of the same stretch are tried.
_TRIES = 8


@dataclass(slots=True)
class RowCell:
    """A cell of a table's row: where in the text of the row each of its lines stands."""

    column: int
    parts: list[tuple[int, int]]
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class Row:
    """A line of a page: its text, where it stands, and the height of most of its glyphs.

    Attributes:
        size: of most of its glyphs; first the height of their loose boxes, then that of their font.
        height: of the page as it is turned to read the line.
        first, last: the numbers of the first glyph of its first and of its last word in the page's text; `largest` is that of
            a word of the line's size.
        marks: what is raised in it.
        placed: where in the text each of its pieces stands, and the size and foot by which it was read.
        block: the number of the column, or of what stands across the page, that it belongs to.
        table: for a row of a table, the table's number on the page; `cells` are its cells, `joins` says that it goes on with
            the row above.
        bold: whether it begins and ends in bold.
        ruled: whether a rule that is shorter than its column stands right above it, as above notes.
        aside: whether it is set in another direction than most of the page.
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
    marks: list[Mark]
    placed: list[tuple[int, Piece, float, float]]
    block: int = 0
    table: int = 0
    cells: list[RowCell] = field(default_factory=list)
    joins: bool = False
    bold: bool = False
    ruled: bool = False
    aside: bool = False
    number: int = 0

    @property
    def tabled(self) -> bool:
        """Whether it is a row of a table."""
        return self.table > 0

    def boxes(self, first: int, last: int) -> list[Box]:
        """The boxes of the words that stand between two characters of the text, on the page as it lies in the file."""
        found: list[Box] = []
        for start, piece, size, foot in self.placed:
            read = read_piece(piece, size, foot)
            words = piece.words
            runs: list[tuple[int, int, Box]] = []  # what stands close and in one size is one word
            offsets = offsets_of(piece, read)
            for offset, end, word in zip(offsets, [*offsets[1:], len(read.text)], piece.numbers, strict=True):
                box = words.box(word)
                close = runs and words.follows[word] == 2 and not {word, word - 1} & words.raised
                if close and abs(words.size[word] - words.size[word - 1]) < 0.1:
                    offset, _, (west, south, east, north) = runs.pop()
                    box = Box(min(west, box.left), min(south, box.bottom), max(east, box.right), max(north, box.top))
                runs.append((offset, end, box))
            found += [box for offset, end, box in runs if start + offset < last and start + end > first]
        return found


@dataclass(slots=True)
class _Element:
    """What stands on a page: a piece, or a table with rules."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    foot: float
    count: int
    piece: Piece | None = None
    table: RuledTable | None = None

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def rows_of(
    words: Words, outside: Sequence[int], tables: Sequence[RuledTable], page: int, usual: float | None = None
) -> tuple[list[Row], float | None]:
    """Return the lines of a page in reading order, and where two columns part, if they do.

    Args:
        words: those of one direction.
        outside: the numbers of those outside the tables.
        tables: those with rules.
        page: its number, from 1.
        usual: where the columns of the pages before part: a last page may have too few lines to show it.
    """
    whole: Sequence[int] = range(len(words.start)) if len(outside) == len(words.start) else outside
    whites, pieces = whites_of(words, whole, usual)
    elements = [_of_piece(piece) for piece in pieces]
    elements += [_of_table(words, table) for table in tables]
    layout = _Layout(words, page)
    for number, block in enumerate(_columns(elements, [white.middle for white in whites])):
        layout.block = number * _BLOCKS
        layout.lay_out(block)
    rows = [row for row in layout.rows if row.text.strip()]
    return rows, whites[0].middle if whites else None


def _of_piece(piece: Piece) -> _Element:
    return _Element(piece.left, piece.bottom, piece.right, piece.top, piece.size, piece.foot, len(piece.numbers), piece)


def _of_table(words: Words, table: RuledTable) -> _Element:
    size = median(words.size[word] for word in table.words)
    return _Element(*table.box, size, table.box.bottom, 0, None, table)


def _columns(elements: list[_Element], gutters: Sequence[float]) -> Iterator[list[_Element]]:
    """Yield what each column holds and what stands across them, from top to foot and from left to right."""
    for order, gutter in enumerate(gutters):
        before = any(element.right <= gutter + 1 for element in elements)
        if before and any(element.left >= gutter - 1 for element in elements):
            yield from _blocks(elements, gutter, gutters[order + 1 :])
            return
    if elements:
        yield elements


def _blocks(elements: list[_Element], gutter: float, others: Sequence[float]) -> Iterator[list[_Element]]:
    left: list[_Element] = []
    right: list[_Element] = []
    across: list[_Element] = []
    tables = tables_across([element.piece for element in elements if element.piece is not None], gutter)
    for element in sorted(elements, key=lambda element: -element.middle):
        tabled = any(low < element.middle < high for low, high in tables)
        if tabled or (element.left < gutter - 1 and element.right > gutter + 1):
            if left or right:
                yield from _columns(left, others)
                yield from _columns(right, others)
                left, right = [], []
            across.append(element)
            continue
        level = across and element.middle > across[-1].bottom  # beside what stands across
        if level:
            across.append(element)
            continue
        if across:
            yield across
            across = []
        (left if element.right <= gutter + 1 else right).append(element)
    if across:
        yield across
    yield from _columns(left, others)
    yield from _columns(right, others)


class _Layout:
    """Lays the blocks of a page out as rows."""

    def __init__(self, words: Words, page: int) -> None:
        self.rows: list[Row] = []
        self.block = 0
        self._words = words
        self._page = page
        self._tables = 0

    def lay_out(self, block: Sequence[_Element]) -> None:
        """Add the lines of a block, the rows of its tables with a tab between cells."""
        lines: list[list[Piece]] = []
        for group in _grouped(block):
            if group[0].table is None:
                lines.append([element.piece for element in group if element.piece is not None])
                continue
            self._add_lines(lines)
            lines = []
            self._add_ruled(group[0].table)
        self._add_lines(lines)

    def _add_lines(self, lines: Sequence[Sequence[Piece]]) -> None:
        at, tries, known = 0, 0, -1
        banded = BandedTables(lines)
        while at < len(lines):
            beside = tables_beside(lines, at)
            if beside is not None:
                self._add_beside(lines[at : beside[0]], beside[1] - 1)
                at, tries, known = beside[0], 0, -1
                continue
            found = banded.begun_at(at)
            if found is None and (tries < _TRIES or at >= known):
                found = unruled_table(lines, at)
            if found is None or not found.rows:
                if found is not None and found.end > at:
                    tries = tries + 1 if at < known else 1
                    known = max(known, found.end)
                beside = prose_beside(lines, at)
                if beside is not None:
                    self._add_beside(lines[at : beside[0]], beside[1])
                    at, tries, known = beside[0], 0, -1
                    continue
                self._add_line(lines[at])
                at += 1
                continue
            if is_chart(
                [[(cell.column, " ".join(map(piece_text, cell.pieces))) for cell in row.cells] for row in found.rows]
            ):
                for line in lines[at : found.end]:
                    self._add_line(line)
            else:
                self._add_unruled(found)
            at, tries, known = found.end, 0, -1

    def _add_beside(self, lines: Sequence[Sequence[Piece]], second: float) -> None:
        """Add what stands left of an x, and then what stands right of it, as blocks of their own."""
        for first in (True, False):
            self.block += 1
            parts = ([piece for piece in line if (piece.left < second) is first] for line in lines)
            self._add_lines([part for part in parts if part])
        self.block += 1

    def _add_line(self, line: Sequence[Piece]) -> None:
        size = line_size(line)
        text = _Text(size, line_foot(line, size))
        for order, piece in enumerate(line):
            if order:
                text.add(APART)
            text.put(piece)
        self._add(text, line)

    def _add_unruled(self, grid: Grid) -> None:
        self._tables += 1
        for row in grid.rows:
            pieces = [piece for cell in row.cells for piece in cell.pieces]
            size = line_size(pieces)
            foot = line_foot(pieces, size)
            text = _Text(size, foot)
            cells: list[RowCell] = []
            column = 0
            for cell in row.cells:
                text.add("\t" * (cell.column - column))
                column = cell.column
                parts: list[tuple[int, int]] = []
                for order, piece in enumerate(cell.pieces):
                    below = order > 0 and cell.pieces[order - 1].foot - piece.foot > 0.5 * piece.size
                    if order:
                        text.add(" ")
                    start = parts.pop()[0] if order and not below else text.length
                    if below or not order:  # brackets beside it make a figure look small; what is raised is smaller
                        own = abs(piece.foot - foot) > 0.5 * size or piece.size > _FULL * size
                        text.size, text.foot = (piece.size, piece.foot) if own else (size, foot)
                    text.put(piece)
                    parts.append((start, text.length))
                cells.append(RowCell(cell.column, parts, cell.row_span, cell.span))
            text.add("\t" * (grid.columns - 1 - column))
            self._add(text, pieces, cells, row.joins)

    def _add_ruled(self, table: RuledTable) -> None:
        self._tables += 1
        for row in table.rows:
            text = _Text(0.0, 0.0)
            cells: list[RowCell] = []
            pieces: list[Piece] = []
            column = 0
            for cell in row:
                text.add("\t" * (cell.column - column))
                column = cell.column
                parts: list[tuple[int, int]] = []
                for order, line in enumerate(cell.lines):
                    if order:
                        text.add(" ")
                    piece = piece_of(self._words, line)
                    pieces.append(piece)
                    text.size, text.foot = piece.size, piece.foot
                    start = text.length
                    text.put(piece)
                    parts.append((start, text.length))
                cells.append(RowCell(cell.column, parts, cell.row_span, cell.column_span))
            text.add("\t" * (table.columns - 1 - column))
            self._add(text, pieces, cells)

    def _add(
        self, text: _Text, pieces: Sequence[Piece], cells: list[RowCell] | None = None, joins: bool = False
    ) -> None:
        words = self._words
        size = line_size(pieces)
        full = pieces[0]
        left, bottom, right, top = full.left, full.bottom, full.right, full.top
        if len(pieces) > 1:
            left, bottom = min([piece.left for piece in pieces]), min([piece.bottom for piece in pieces])
            right, top = max([piece.right for piece in pieces]), max([piece.top for piece in pieces])
            full = next((piece for piece in pieces if piece.size >= 0.9 * size), full)
        largest = full.numbers[0]
        if not full.even:
            largest = next((word for word in full.numbers if words.size[word] >= 0.9 * size), largest)
        self.rows.append(
            Row(
                "".join(text.parts),
                left,
                right,
                bottom,
                top,
                size,
                self._page,
                words.frame.top,
                words.start[pieces[0].numbers[0]],
                words.start[pieces[-1].numbers[-1]],
                words.start[largest],
                text.marks,
                text.placed,
                self.block,
                self._tables if cells is not None else 0,
                cells or [],
                joins,
            )
        )


@dataclass(slots=True)
class _Text:
    """A line's text while it is put together."""

    size: float
    foot: float
    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    placed: list[tuple[int, Piece, float, float]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append characters that the page does not have."""
        self.parts.append(text)
        self.length += len(text)

    def put(self, piece: Piece) -> None:
        """Append a piece."""
        read = read_piece(piece, self.size, self.foot)
        self.placed.append((self.length, piece, self.size, self.foot))
        if read.marks:
            self.marks += [Mark(start + self.length, end + self.length, label) for start, end, label in read.marks]
        self.add(read.text)


def _grouped(block: Sequence[_Element]) -> Iterator[list[_Element]]:
    """Yield what stands on one line, from the left, line by line."""
    line: list[_Element] = []
    lefts: list[float] = []
    rights: list[float] = []
    top = bottom = 0.0
    for element in sorted(block, key=lambda element: (-element.foot, element.left)):
        at = bisect_left(lefts, element.left)
        overlap = min(top, element.top) - max(bottom, element.bottom)
        fits = (
            bool(line)
            and element.table is None
            and line[0].table is None
            and overlap > 0.6 * min(top - bottom, element.top - element.bottom)
            and (at == 0 or rights[at - 1] <= element.left + 1)
            and (at == len(lefts) or lefts[at] >= element.right - 1)
        )
        if fits:
            line.insert(at, element)
            lefts.insert(at, element.left)
            rights.insert(at, element.right)
            top, bottom = max(top, element.top), min(bottom, element.bottom)
            continue
        if line:
            yield line
        line, lefts, rights = [element], [element.left], [element.right]
        top, bottom = element.top, element.bottom
    if line:
        yield line
