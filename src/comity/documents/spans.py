"""Headers that stand over several columns: found by the gaps beside them, or by where they stand on the line."""

from __future__ import annotations

from collections.abc import Sequence

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
        if len(filled) == len(above):
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
        None where no reading is sure. The columns are shared out in equal runs, the runs being those in which the
        columns' own headers repeat ("2016 2017 2016 2017 Total"); each header must stand above its own run.
    """
    if not 0 < len(uppers) < len(columns):
        return None
    count = len(uppers)
    sizes = [size for size in range(len(columns) // count, 1, -1) if _repeats(labels, size, count)]
    if count == 1 or (not sizes and len(columns) % count == 0):
        sizes = [len(columns) // count]
    for size in sizes:
        runs = [(number * size, (number + 1) * size) for number in range(count)]
        if all(
            columns[first][0] - 1 <= (upper[0] + upper[1]) / 2 <= columns[last - 1][1] + 1
            for upper, (first, last) in zip(uppers, runs, strict=True)
        ):
            return runs
    return None


def _repeats(labels: Sequence[str], size: int, count: int) -> bool:
    """Whether the first `count` runs of `size` labels are the same."""
    first = list(labels[:size])
    return count > 1 and all(list(labels[at : at + size]) == first for at in range(0, size * count, size))
