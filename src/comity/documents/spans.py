"""Headers that stand over several columns: found by the gaps beside them, or by where they stand on the line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Extent = tuple[int, int]  # first character, and the one after the last
Spans = dict[tuple[int, int], tuple[int, int]]  # (row, column) of a cell -> how many rows and columns it covers


def header_spans(rows: Sequence[Sequence[str]], heads: int) -> Spans:
    """Return the header cells that also head the columns to their right, which are empty in their row.

    Only where the header row below has a word of its own for each of those columns: "Exports, (empty)" over "2016, 2017".
    """
    spans: Spans = {}
    for row in range(heads - 1):
        above, below = rows[row], rows[row + 1]
        filled = [column for column, cell in enumerate(above) if cell]
        if not filled or len(filled) == len(above):
            continue
        for column, after in zip(filled, [*filled[1:], len(below)], strict=True):
            end = column + 1
            while end < min(after, len(above), len(below)) and below[end]:
                end += 1
            if end - column > 1 and below[column]:
                spans[row, column] = (1, end - column)
    return spans


def centred(uppers: Sequence[Extent], columns: Sequence[Extent], labels: Sequence[str]) -> list[Extent] | None:
    """Return which columns (first, and the one after the last) each header of an upper line stands over.

    Args:
        uppers: where the upper headers stand on their line, in order.
        columns: where the columns below stand, the labels of the rows left out.
        labels: the columns' own headers.

    Returns:
        None where no reading is sure. The columns are shared out in the runs in which their own headers repeat ("2016
        2017 2016 2017 Total"; "Q1 Q2 Q3 Q4 Q1 Q2"), or, where no header stands twice, in equal runs; each header must
        stand above its own run.
    """
    if not 0 < len(uppers) < len(columns):
        return None
    for runs in _runs(labels, len(columns), len(uppers)):
        if all(
            columns[first][0] - 1 <= (upper[0] + upper[1]) / 2 <= columns[last - 1][1] + 1
            for upper, (first, last) in zip(uppers, runs, strict=True)
        ):
            return runs
    return None


def _runs(labels: Sequence[str], width: int, count: int) -> list[list[Extent]]:
    """Return the ways to share out the columns, the surest first."""
    if count == 1 or (width % count == 0 and len(set(labels)) == len(labels)):
        size = width // count
        return [[(number * size, (number + 1) * size) for number in range(count)]]
    found = [
        [(number * size, (number + 1) * size) for number in range(count)]
        for size in range(width // count, 1, -1)
        if all(labels[at : at + size] == labels[:size] for at in range(0, size * count, size))
    ]
    anew = [column for column, label in enumerate(labels) if label == labels[0]]
    if len(anew) == count and len(labels) == width:
        found.append(list(pairwise([*anew, width])))
    return found
