"""A table's cells by row and column, with the words cleaned of markup; the cells themselves stay as printed."""

from __future__ import annotations

import re

from comity.terms import Cell, Table

_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|u)>|\*\*|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?=\s|$)")


class Grid:
    """Constant-time access to a table: a spanning cell stands at every place that it covers."""

    __slots__ = ("_cells", "height", "table", "width")

    def __init__(self, table: Table) -> None:
        self.table = table
        self._cells: dict[tuple[int, int], Cell] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    self._cells.setdefault((row, column), cell)
        self.height = max((row for row, _ in self._cells), default=-1) + 1
        self.width = max((column for _, column in self._cells), default=-1) + 1

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell at that place, None where the row is too short."""
        return self._cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """Return the words of the cell at that place without emphasis marks; "" where there is none."""
        cell = self._cells.get((row, column))
        return "" if cell is None else plain(cell.text)

    def row_length(self, row: int) -> int:
        """Return how many places of the row have a cell."""
        return sum((row, column) in self._cells for column in range(self.width))


def plain(text: str) -> str:
    """Return a cell's words without markup for emphasis; a trailing note mark such as "389*" stays."""
    if not text or ("<" not in text and "*" not in text and "_" not in text):
        return text.strip()
    without = _MARKUP.sub("", text).strip()
    # "389*" is a figure with a note mark, not emphasis.
    return text.strip() if any(char.isdigit() for char in without) and "<" not in text else without
