"""Headers that hold for several lines: words over a block of columns, and words in a row of their own over the rows below."""

from __future__ import annotations

from comity.statistics.accounts import states_named
from comity.statistics.catalogue import indicators_in
from comity.statistics.figures import Missing, figure_of_any_sign, read_figure
from comity.statistics.grid import Grid
from comity.statistics.labels import names_total

_MOST_SUBHEADERS = 2


def row_header(grid: Grid, row: int, periods: int, first: int) -> tuple[str, ...]:
    """Return the words that head a row of figures: the group that it stands in, then its own cells.

    Args:
        grid: the table.
        row: the row.
        periods: the row of the periods, above it.
        first: the first column of figures; the columns before it hold labels.
    """
    own = [grid.text(row, column) for column in range(first)]
    if first > 1 and not own[0] and own[1]:
        # "Oman, Exports" above "(empty), Imports": the first column names several rows.
        above = next((r for r in range(row - 1, periods, -1) if grid.text(r, 0)), None)
        own[0] = grid.text(above, 0) if above is not None else ""
    group = _group(grid, row, periods, first)
    return tuple(dict.fromkeys(word for word in (group, *own) if word))


def _group(grid: Grid, row: int, periods: int, first: int) -> str:
    """Return the words in a row of their own that hold for this row too; "" where none do, or where that is in doubt."""
    heads = [r for r in range(periods + 1, grid.height) if heads_rows(grid, r, first)]
    above = [r for r in heads if r < row]
    if not above or row in heads:
        return ""
    group, label = grid.text(above[-1], 0), grid.text(row, 0)
    if (states_named(group) and states_named(label)) or (indicators_in(group) and indicators_in(label)):
        return ""  # a row that names the same kind of thing stands beside the words, not below them
    if names_total(label):
        # The last total may be that of all groups, unless each group has one.
        bounds = [*heads, grid.height]
        totals = [
            any(names_total(grid.text(r, 0)) for r in range(a + 1, b)) for a, b in zip(heads, bounds[1:], strict=True)
        ]
        if not all(totals):
            return ""
    return group


def heads_rows(grid: Grid, row: int, first: int) -> bool:
    """Whether a row holds words in its first column alone, with a row of figures below it."""
    if not grid.text(row, 0) or any(grid.text(row, column) for column in range(1, grid.width)):
        return False
    return row + 1 < grid.height and any(
        figure_of_any_sign(grid.text(row + 1, column)) is not None for column in range(first, grid.width)
    )


def column_headers(grid: Grid, periods: int, columns: range) -> list[tuple[str, ...]]:
    """Return, for each column, the words above the row of its period, and those in rows of headers below it."""
    below = []
    for row in range(periods + 1, min(periods + 1 + _MOST_SUBHEADERS, grid.height)):
        cells = [grid.text(row, column) for column in columns]
        filled = [cell for cell in cells if cell]
        if len(filled) * 2 <= len(cells) or any(_is_figure(cell) for cell in filled):
            break
        below.append(row)
    rows = [*range(grid.top, periods), *below]
    return [tuple(dict.fromkeys(word for row in rows if (word := grid.text(row, column)))) for column in columns]


def _is_figure(text: str) -> bool:
    return figure_of_any_sign(text) is not None or isinstance(read_figure(text), Missing)
