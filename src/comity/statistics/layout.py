"""Where a table's periods, headers and figures stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.statistics.figures import Missing, figure_of_any_sign, read_figure
from comity.statistics.grid import Grid
from comity.statistics.groups import RowGroups
from comity.statistics.labels import LabelKind, PeriodLabel, names_total, read_label, settle
from comity.statistics.mapping import Orientation

_PERIOD_HEADER = re.compile(
    r"(?:fiscal |financial |calendar )?(?:years?|period|time|date|months?|quarter|fy|time[_ ]period)", re.I
)

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)|(?<!\w)FY", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of figures: a column where periods run down, a row where they run across."""

    index: int
    header: str
    cells: tuple[tuple[int, int], ...]  # (row, column) of each figure, beside `Layout.labels`
    parts: tuple[str, ...] = ()  # the cells, one above or beside the other, that make up the header


@dataclass(frozen=True, slots=True)
class Layout:
    """The periods of a table and its lines of figures.

    Attributes:
        periods: the column (or row) of the periods.
        places: (row, column) of each period's label.
        labels: what each label says; None for a total or words that name no period.
        under: the header over this block of a table in which the same periods stand under several headers.
    """

    orientation: Orientation
    periods: int
    places: tuple[tuple[int, int], ...]
    labels: tuple[PeriodLabel | None, ...]
    lines: tuple[Line, ...]
    under: str = ""


def find_layout(grid: Grid, orientation: Orientation | None = None, periods: int | None = None) -> Layout | None:
    """Return where the periods stand, or None where no row or column of the table names periods.

    A person's `orientation` and `periods` narrow the search.
    """
    candidates: list[tuple[Orientation, int]] = []
    for option, count in ((Orientation.ROWS, grid.width), (Orientation.COLUMNS, grid.height)):
        if orientation in (None, option):
            candidates += [
                (option, index) for index in (_first(grid, option, count) if periods is None else (periods,))
            ]
    best: Layout | None = None
    for option, index in candidates:
        layout = _layout(grid, option, index, told=periods is not None)
        if layout is not None and (best is None or _named(layout) > _named(best)):
            best = layout
    return best


def _first(grid: Grid, orientation: Orientation, count: int) -> range:
    """Return the lines in which periods are looked for: the first three columns or rows."""
    start = 0 if orientation is Orientation.ROWS else grid.top
    return range(start, min(count, start + 3))


def _named(layout: Layout) -> int:
    return sum(label is not None for label in layout.labels)


def _layout(grid: Grid, orientation: Orientation, index: int, *, told: bool) -> Layout | None:
    down = orientation is Orientation.ROWS
    length, across = (grid.height, grid.width) if down else (grid.width, grid.height)

    def text(along: int, line: int) -> str:
        return grid.text(along, line) if down else grid.text(line, along)

    labels = [read_label(text(along, index)) for along in range(length)]
    first = next((along for along, label in enumerate(labels) if label is not None), None)
    if first is None:
        return None
    named = sum(label is not None for label in labels[first:])
    filled = sum(bool(text(along, index)) for along in range(first, length))
    headed = told or any(_PERIOD_HEADER.fullmatch(text(along, index)) for along in range(first))
    # A column of figures may look like years ("1992, 2075"): periods need a title or to stand first, and to be many.
    if (named * 2 < filled and not headed) or (named < 2 and not headed) or (index > 0 and not headed and down):
        return None
    if (
        not down
        and index > grid.top
        and any(read_label(grid.text(row, 0)) for row in range(grid.height))
        and not headed
    ):
        return None
    if len({(label.kind, label.year, label.part) for label in labels if label is not None}) < min(named, 2):
        return None
    while first > 0 and _is_unread_period([text(first - 1, line) for line in range(index, across)]):
        first -= 1
    places = tuple((along, index) if down else (index, along) for along in range(first, length))
    groups = None if down else RowGroups(grid, index, first)
    lines = []
    for line in range(across):
        if line == index:
            continue
        if not down and line < index:
            continue
        parts = _column_header(grid, first, line) if groups is None else groups.header(line)
        cells = tuple((along, line) if down else (line, along) for along in range(first, length))
        if has_figures(grid, cells):
            lines.append(Line(line, " ".join(parts), cells, parts))
    return Layout(orientation, index, places, settle(labels[first:]), tuple(lines)) if lines else None


def _is_unread_period(cells: list[str]) -> bool:
    """Whether a row above the first period that is understood has a period too: a year in its label, figures beside it."""
    label, *others = cells
    figures = [cell for cell in others if figure_of_any_sign(cell) is not None and read_label(cell) is None]
    return _YEAR.search(label) is not None and 2 * len(figures) > sum(bool(cell) for cell in others)


def _column_header(grid: Grid, first: int, column: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for row in range(first) if (word := grid.text(row, column))))


def has_figures(grid: Grid, cells: tuple[tuple[int, int], ...]) -> bool:
    """Whether the cells hold figures, and not words more often."""
    figures = others = 0
    for row, column in cells:
        text = grid.text(row, column)
        if figure_of_any_sign(text) is not None:
            figures += 1
        elif not isinstance(read_figure(text), Missing) and not any(char.isdigit() for char in text):
            others += 1
    return figures > 0 and figures >= others


def likely_periods(grid: Grid) -> tuple[Orientation, int, tuple[str, ...]] | None:
    """Return the column, or else the row, that holds periods although nothing about it says so, with its first labels.

    For a table in which `find_layout` found none: its periods stand too far in, or under a heading that is not known.
    """
    for option, count in ((Orientation.ROWS, grid.width), (Orientation.COLUMNS, grid.height)):
        for index in range(count):
            layout = _layout(grid, option, index, told=True)
            if layout is not None and _named(layout) > 1:
                return option, index, tuple(grid.text(*place) for place in layout.places[:2])
    return None


def is_total(grid: Grid, place: tuple[int, int]) -> bool:
    """Whether the cell in a period's place says that its line sums up the others."""
    return names_total(grid.text(*place))


__all__ = ["LabelKind", "Layout", "Line", "find_layout", "has_figures", "is_total", "likely_periods"]
