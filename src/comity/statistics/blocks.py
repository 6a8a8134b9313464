"""A table whose periods stand under several headers, or in several groups of rows, parted into a layout for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.statistics.catalogue import indicators_in
from comity.statistics.grid import Grid
from comity.statistics.groups import column_headers, heads_rows
from comity.statistics.labels import names_total
from comity.statistics.layout import Layout, Line, has_figures
from comity.statistics.mapping import Orientation

_PLAIN = frozenset(
    {"year", "years", "period", "periods", "fiscal year", "fiscal years", "calendar year", "calendar years"}
)


def blocks(grid: Grid, layout: Layout) -> tuple[tuple[Layout, ...], tuple[int, ...]]:
    """Return the layout, or one for each header that stands over a part of its periods, with that header in its lines'.

    "Exports" over 2016 and 2017 beside "Imports" over 2016 and 2017 gives two; so do rows of "Exports" and "Imports",
    each with the years below it. The second item are columns that no header stands over, while over others one says
    what is measured: nobody can say of what their figures are.
    """
    headers = _over_columns(grid, layout) if layout.orientation is Orientation.COLUMNS else _over_rows(grid, layout)
    if not any(headers):
        return (layout,), ()
    across = layout.orientation is Orientation.COLUMNS
    measured = across and any(indicators_in(" ".join(header)) for header in headers if header)
    bare = [index for index, header in enumerate(headers) if measured and header == () and layout.labels[index]]
    found = []
    for header in dict.fromkeys(headers):
        if header is None or (measured and not header):
            continue
        chosen = [index for index, other in enumerate(headers) if other == header]
        part = _part(grid, layout, header, chosen)
        if part.lines and any(label is not None for label in part.labels):
            found.append(part)
    return (tuple(found) or (layout,)), tuple(layout.places[index][1] for index in bare)


def _part(grid: Grid, layout: Layout, header: tuple[str, ...], chosen: Sequence[int]) -> Layout:
    lines = []
    for line in layout.lines:
        cells = tuple(line.cells[index] for index in chosen)
        if has_figures(grid, cells):
            parts = tuple(dict.fromkeys((*header, *line.parts)))
            lines.append(Line(line.index, " ".join(parts), cells, parts))
    return replace(
        layout,
        places=tuple(layout.places[index] for index in chosen),
        labels=tuple(layout.labels[index] for index in chosen),
        lines=tuple(lines),
        under=" ".join(header),
    )


def _over_columns(grid: Grid, layout: Layout) -> list[tuple[str, ...] | None]:
    columns = range(layout.places[0][1], layout.places[-1][1] + 1)
    headers = column_headers(grid, layout.periods, columns)
    return [tuple(word for word in words if word.lower() not in _PLAIN) for words in headers]


def _over_rows(grid: Grid, layout: Layout) -> list[tuple[str, ...] | None]:
    """Return the header of each row, None for a row that is one."""
    current: tuple[str, ...] = ()
    found: list[tuple[str, ...] | None] = []
    for (row, column), label in zip(layout.places, layout.labels, strict=True):
        words = grid.text(row, column)
        if label is None and column == 0 and not names_total(words) and heads_rows(grid, row, 1):
            current = (words,)
            found.append(None)
        else:
            found.append(current)
    # The rows above the first such header stand under words that end the table's own headers.
    first = layout.places[0][0]
    if any(found) and first and heads_rows(grid, first - 1, 1):
        found = [(grid.text(first - 1, 0),) if header == () else header for header in found]
    return found
