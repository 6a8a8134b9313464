"""Tables with rules on a PDF's page: what the rules enclose, cell by cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from comity.documents.portable_words import Box, Word

# In points: rules so near are one, or touch.
_NEAR = 3.0
_MOST_RULES = 3000


@dataclass(slots=True)
class RuledTable:
    """A table: its box, and of each row of cells the words in each, in reading order."""

    box: Box
    cells: list[list[list[Word]]]


def ruled_tables(words: Sequence[Word], rules: tuple[list[Box], list[Box]]) -> tuple[list[RuledTable], list[Word]]:
    """Return the tables that rules enclose on a page, and the words outside them."""
    level, upright = rules
    if len(level) < 3 or len(upright) < 3 or len(level) + len(upright) > _MOST_RULES:
        return [], list(words)
    tables: list[RuledTable] = []
    rest = list(words)
    for sides, posts in _clusters(level, upright):
        xs, ys = (
            _distinct([(rule.left + rule.right) / 2 for rule in posts]),
            _distinct([(rule.bottom + rule.top) / 2 for rule in sides]),
        )
        if len(xs) < 3 or len(ys) < 3:
            continue
        inside = [word for word in rest if xs[0] < (word.left + word.right) / 2 < xs[-1]]
        inside = [word for word in inside if ys[0] < (word.bottom + word.top) / 2 < ys[-1]]
        cells = _cells(inside, xs, ys, posts)
        filled = sum(bool(cell) for row in cells for cell in row)
        rows = sum(any(row) for row in cells)
        if rows < 2 or filled < 4 or filled < 0.3 * rows * (len(xs) - 1):
            continue  # a frame around prose
        held = {id(word) for word in inside}
        rest = [word for word in rest if id(word) not in held]
        tables.append(RuledTable(Box(xs[0], ys[0], xs[-1], ys[-1]), [row for row in cells if any(row)]))
    return tables, rest


def _clusters(level: Sequence[Box], upright: Sequence[Box]) -> list[tuple[list[Box], list[Box]]]:
    """Rules that touch, directly or through others."""
    rules = [(rule, False) for rule in level] + [(rule, True) for rule in upright]
    rules.sort(key=lambda each: each[0].left)
    parent = list(range(len(rules)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, (rule, _) in enumerate(rules):
        for other in range(number + 1, len(rules)):
            after = rules[other][0]
            if after.left > rule.right + _NEAR:
                break
            if after.bottom <= rule.top + _NEAR and after.top >= rule.bottom - _NEAR:
                parent[root(other)] = root(number)
    found: dict[int, tuple[list[Box], list[Box]]] = {}
    for number, (rule, post) in enumerate(rules):
        found.setdefault(root(number), ([], []))[post].append(rule)
    return list(found.values())


def _distinct(places: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _cells(
    words: Sequence[Word], xs: Sequence[float], ys: Sequence[float], posts: Sequence[Box]
) -> list[list[list[Word]]]:
    """The words by row, from the top, and column; a cell over several columns keeps its words in the first of them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    cells: list[list[list[Word]]] = [[[] for _ in range(columns)] for _ in range(rows)]
    for word in words:
        column = min(max(bisect_right(xs, (word.left + word.right) / 2) - 1, 0), columns - 1)
        row = min(max(bisect_right(ys, (word.bottom + word.top) / 2) - 1, 0), rows - 1)
        middle = (ys[row] + ys[row + 1]) / 2
        while column and not any(
            abs((post.left + post.right) / 2 - xs[column]) <= _NEAR and post.bottom - 1 <= middle <= post.top + 1
            for post in posts
        ):
            column -= 1
        cells[rows - 1 - row][column].append(word)
    return [[_in_lines(cell) for cell in row] for row in cells]


def _in_lines(words: list[Word]) -> list[Word]:
    """The words of a cell line by line; the first of a line does not hang on the one before."""
    words.sort(key=lambda word: -word.bottom)
    lines: list[list[Word]] = []
    for word in words:
        line = lines[-1] if lines else None
        if line and min(line[0].top, word.top) - max(line[0].bottom, word.bottom) > 0.35 * min(line[0].size, word.size):
            line.append(word)
        else:
            lines.append([word])
    for line in lines:
        line.sort(key=lambda word: word.left)
        if line[0].follows == 2:
            line[0].follows = 1
    return [word for line in lines for word in line]
