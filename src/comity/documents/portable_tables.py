"""Tables with rules on a PDF's page: what the rules enclose, cell by cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from comity.documents.grids import is_value
from comity.documents.portable_glyphs import Box
from comity.documents.portable_words import Words

# In points: rules so near are one, or touch.
_NEAR = 3.0
_MOST_RULES, _MOST_CELLS = 3000, 40_000
# A cell longer than this holds no figure.
_LONGEST_FIGURE = 40
# In heights of the smaller of two words: what overlaps more stands on one line.
_ON_LINE = 0.35


@dataclass(slots=True)
class RuledCell:
    """The words of a cell, a list for each of its lines."""

    column: int
    lines: list[list[int]]
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class RuledTable:
    """A table: its box on the turned page, and the cells of each row."""

    box: Box
    rows: list[list[RuledCell]]
    columns: int

    @property
    def words(self) -> list[int]:
        """The numbers of all its words."""
        return [word for row in self.rows for cell in row for line in cell.lines for word in line]


def ruled_tables(words: Words, rules: tuple[list[Box], list[Box]]) -> tuple[list[RuledTable], list[int]]:
    """Return the tables that rules enclose on a page, and the numbers of the words outside them."""
    import numpy as np

    level, upright = rules
    if len(level) < 3 or len(upright) < 3 or len(level) + len(upright) > _MOST_RULES:
        return [], list(range(len(words.start)))
    every = words.measures
    across, upwards = (every.left + every.right) / 2, (every.bottom + every.top) / 2
    outside = np.ones(len(words.start), dtype=bool)
    tables: list[RuledTable] = []
    for sides, posts in _clusters(level, upright):
        xs = _distinct([(rule.left + rule.right) / 2 for rule in posts])
        ys = _distinct([(rule.bottom + rule.top) / 2 for rule in sides])
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
            continue
        held = outside & (xs[0] < across) & (across < xs[-1]) & (ys[0] < upwards) & (upwards < ys[-1])
        inside = np.flatnonzero(held)
        columns = np.clip(np.searchsorted(xs, across[inside], "right") - 1, 0, len(xs) - 2).tolist()
        levels = np.clip(np.searchsorted(ys, upwards[inside], "right") - 1, 0, len(ys) - 2).tolist()
        placed = zip(inside.tolist(), levels, columns, strict=True)
        rows = _rows(words, placed, len(ys) - 1, len(xs) - 1, _Borders(xs, ys, sides, posts))
        filled = sum(bool(cell.lines) for row in rows for cell in row)
        if len(rows) < 2 or filled < 4 or filled < 0.3 * len(rows) * (len(xs) - 1):
            continue  # a frame around prose
        outside &= ~held
        tables.append(RuledTable(Box(xs[0], ys[0], xs[-1], ys[-1]), rows, len(xs) - 1))
    return tables, np.flatnonzero(outside).tolist()


def _clusters(level: Sequence[Box], upright: Sequence[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Rules that touch, directly or through others."""
    import numpy as np

    rules = [(rule, False) for rule in level] + [(rule, True) for rule in upright]
    rules.sort(key=lambda each: each[0].left)
    left, bottom, right, top = np.array([rule for rule, _ in rules]).T
    after = (left <= right[:, None] + _NEAR) & (bottom <= top[:, None] + _NEAR) & (top >= bottom[:, None] - _NEAR)
    order = np.arange(len(rules))
    after &= order > order[:, None]
    touching = after | after.T
    left_over = np.ones(len(rules), dtype=bool)
    found: list[tuple[list[Box], list[Box]]] = []
    for number in range(len(rules)):
        if not left_over[number]:
            continue
        cluster, reached = np.zeros_like(left_over), np.zeros_like(left_over)
        reached[number] = True
        while reached.any():
            cluster |= reached
            reached = touching[reached].any(axis=0) & ~cluster
        left_over &= ~cluster
        found.append(([], []))
        for each in np.flatnonzero(cluster).tolist():
            rule, post = rules[each]
            found[-1][post].append(rule)
    return found


def _distinct(places: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


class _Borders:
    """Between which cells of a grid a rule stands; rows count from the foot."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], sides: Sequence[Box], posts: Sequence[Box]) -> None:
        self._beside = [bytearray(len(ys)) for _ in xs]
        self._below = [bytearray(len(xs)) for _ in ys]
        for post in posts:
            at = _nearest(xs, (post.left + post.right) / 2)
            for row in range(_first_middle(ys, post.bottom - 1), _first_middle(ys, post.top + 1)):
                self._beside[at][row] = 1
        for side in sides:
            at = _nearest(ys, (side.bottom + side.top) / 2)
            for column in range(_first_middle(xs, side.left - 1), _first_middle(xs, side.right + 1)):
                self._below[at][column] = 1

    def left_of(self, row: int, column: int) -> bool:
        """Whether a rule stands on the left of a cell."""
        return self._beside[column][row] == 1

    def under(self, row: int, column: int) -> bool:
        """Whether a rule stands under a cell."""
        return self._below[row][column] == 1


def _nearest(places: Sequence[float], place: float) -> int:
    """The first of the places that a rule may belong to."""
    return min(bisect_left(places, place - _NEAR), len(places) - 1)


def _first_middle(places: Sequence[float], place: float) -> int:
    """The number of the first interval between places whose middle lies at a place or behind it."""
    at = max(bisect_right(places, place) - 1, 0)
    while at < len(places) - 1 and (places[at] + places[at + 1]) / 2 < place:
        at += 1
    return min(at, len(places) - 1)


def _rows(
    words: Words, placed: Iterable[tuple[int, int, int]], rows: int, columns: int, borders: _Borders
) -> list[list[RuledCell]]:
    """The rows that hold words, from the top; a cell over several columns or rows stands at its first.

    `placed` has for each word its number, and the row and the column of the grid, which has so many of them, where it stands.
    """
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    held: dict[tuple[int, int], list[int]] = {}
    for word, row, column in placed:
        home = homes.get((row, column))
        if home is None:
            first, top = column, row
            while first and not borders.left_of(row, first):
                first -= 1
            while top + 1 < rows and not borders.under(top + 1, first):
                top += 1
            home = homes[row, column] = top, first
        held.setdefault(home, []).append(word)
    found: list[tuple[int, list[list[RuledCell]]]] = []
    for row in sorted({row for row, _ in held}, reverse=True):
        cells: list[RuledCell] = []
        for column in range(columns):
            if (row, column) not in held:
                continue
            width, height = 1, 1
            while column + width < columns and not borders.left_of(row, column + width):
                width += 1
            while row - height >= 0 and not borders.under(row - height + 1, column):
                height += 1
            cells.append(RuledCell(column, _in_lines(words, held[row, column]), height, width))
        found.append((row, _by_lines(words, cells)))
    # A cell that goes down over grid rows without words of their own counts only those that are left.
    told = [row for row, _ in found]
    for row, parts in found:
        for cell in (cell for cell in parts[0] if cell.row_span > 1):
            cell.row_span = max(1, sum(row - cell.row_span < other <= row for other in told)) if len(parts) == 1 else 1
    return [cells for _, parts in found for cells in parts]


def _by_lines(words: Words, cells: list[RuledCell]) -> list[list[RuledCell]]:
    """Part a row that holds several lines of figures, as where only the columns are ruled."""
    if any(cell.row_span > 1 for cell in cells):
        return [cells]
    tops, bottoms = words.top, words.bottom
    placed = [
        (tops[line[0]], bottoms[line[0]], number, line)
        if len(line) == 1
        else (max([tops[word] for word in line]), min([bottoms[word] for word in line]), number, line)
        for number, cell in enumerate(cells)
        for line in cell.lines
    ]
    placed.sort(key=itemgetter(1), reverse=True)
    highest = placed[0][1]
    if len(placed) == len(cells) and all(top - highest > 0.5 * (top - bottom) for top, bottom, _, _ in placed[1:]):
        return [cells]  # all on one line
    bands: list[tuple[float, dict[int, list[int]]]] = []
    for top, bottom, number, line in placed:
        if bands and number not in bands[-1][1] and top - bands[-1][0] > 0.5 * (top - bottom):
            bands[-1][1][number] = line
        else:
            bands.append((bottom, {number: line}))
    if len(bands) < 2:
        return [cells]
    figured = [sum(_is_figure(words, line) for line in band.values()) for _, band in bands]
    filled = [len(band) for _, band in bands]
    if sum(figured) * 2 < sum(filled) - len(bands) or sum(count > 0 for count in figured) < max(2, 0.7 * len(bands)):
        return [cells]
    if min(filled) < 2 and sum(count > 1 for count in filled) < 0.7 * len(bands):
        return [cells]
    return [
        [RuledCell(cells[number].column, [line], 1, cells[number].column_span) for number, line in sorted(band.items())]
        for _, band in bands
    ]


def _is_figure(words: Words, line: Sequence[int]) -> bool:
    text = " ".join(words.text(word) for word in line[:8])
    return len(text) <= _LONGEST_FIGURE and is_value(text)


def _in_lines(words: Words, cell: list[int]) -> list[list[int]]:
    """The words of a cell line by line."""
    if len(cell) == 1:
        return [cell]
    lines: list[list[int]] = []
    fallen = sorted(cell, key=words.bottom.__getitem__, reverse=True)
    least = min([words.top[word] for word in cell]) - words.bottom[fallen[0]]  # what any two of them overlap
    if least > _ON_LINE * max([words.size[word] for word in cell]):
        lines, fallen = [fallen], []
    for word in fallen:
        first = lines[-1][0] if lines else None
        if first is not None:
            overlap = min(words.top[first], words.top[word]) - max(words.bottom[first], words.bottom[word])
            if overlap > _ON_LINE * min(words.size[first], words.size[word]):
                lines[-1].append(word)
                continue
        lines.append([word])
    for line in lines:
        line.sort(key=words.left.__getitem__)
    return lines
