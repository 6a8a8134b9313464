"""Ruled grids in plain text, cells that span rows and columns included: a cell is what no rule parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from comity.documents.inline import tidy
from comity.documents.lines import Line
from comity.documents.spans import Spans
from comity.documents.trace import Traced

_RULE = re.compile(r"\+(?:[-=:]+\+)+")
_DOUBLE = re.compile(r"\+(?:[=:]+\+)+")

Rows = list[list[Traced]]


def ruled_grid(lines: Sequence[Line]) -> tuple[Rows, Spans, int | None] | None:
    """Return the rows of a ruled grid, the cells that span places, and how many rows stand above its double rule.

    None where the lines are not of one length, or their rules leave a cell that is no rectangle.
    """
    texts = [line.raw.text.strip() for line in lines]
    if len({len(text) for text in texts}) > 1 or not _RULE.fullmatch(texts[0]) or not _RULE.fullmatch(texts[-1]):
        return None
    pluses = [{match.start() for match in re.finditer(r"\+", text)} for text in texts if _RULE.search(text)]
    columns = sorted(set().union(*pluses))
    borders = [index for index, text in enumerate(texts) if _RULE.search(text)]
    bands, runs = list(pairwise(borders)), list(pairwise(columns))
    owner = {(r, c): (r, c) for r in range(len(bands)) for c in range(len(runs))}
    for r, (top, bottom) in enumerate(bands):
        for c, (left, right) in enumerate(runs):
            if c and all(texts[line][left] not in "|+" for line in range(top + 1, bottom)):
                _join(owner, (r, c - 1), (r, c))
            if r and not re.fullmatch(r"[-=:+]+", texts[top][left + 1 : right]):
                _join(owner, (r - 1, c), (r, c))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, of in owner.items():
        members.setdefault(of, []).append(place)
    rows: Rows = [[Traced("") for _ in runs] for _ in bands]
    spans: Spans = {}
    for (r, c), places in members.items():
        last_row, last_column = max(row for row, _ in places), max(column for _, column in places)
        if len(places) != (last_row - r + 1) * (last_column - c + 1):
            return None
        inside = range(bands[r][0] + 1, bands[last_row][1])
        parts = [_cut(lines[line], runs[c][0] + 1, runs[last_column][1]) for line in inside]
        rows[r][c] = Traced.join([part for part in parts if part.text], " ")
        if len(places) > 1:
            spans[r, c] = (last_row - r + 1, last_column - c + 1)
    double = next((index for index, text in enumerate(texts) if _DOUBLE.fullmatch(text)), None)
    return rows, spans, borders.index(double) if double else None


def _join(owner: dict[tuple[int, int], tuple[int, int]], first: tuple[int, int], second: tuple[int, int]) -> None:
    """Make two places one cell, which is known by its first place."""
    one, other = sorted((owner[first], owner[second]))
    for place, of in owner.items():
        if of == other:
            owner[place] = one


def _cut(line: Line, first: int, last: int) -> Traced:
    indent = len(line.raw.text) - len(line.raw.text.lstrip())
    return tidy(line.raw.cut(first + indent, last + indent).strip()).text
