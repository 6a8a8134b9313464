"""A table's cells by row and column, with the words cleaned of markup; the cells themselves stay as printed.

Data files often hold their title, unit and source in rows of their own, above and below the figures; `framed` takes
these for what they are. Rows keep their numbers, so that every cell is still found in the file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from comity.statistics.notes import with_unit_of_notes
from comity.terms import Cell, Table

_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|u)>|\*\*|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?=\s|$)")


class Grid:
    """Constant-time access to a table: a spanning cell stands at every place that it covers."""

    __slots__ = ("_cells", "_lengths", "_texts", "height", "table", "top", "width")

    def __init__(self, table: Table) -> None:
        self.table = table
        self._cells: dict[tuple[int, int], Cell] = {}
        self._texts: dict[tuple[int, int], str] = {}  # filled as they are asked for, which happens several times
        for cell in table.cells:
            if cell.row_span == cell.column_span == 1:
                self._cells.setdefault((cell.row, cell.column), cell)
                continue
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    self._cells.setdefault((row, column), cell)
        self._lengths = Counter(row for row, _ in self._cells)
        self.top = min(self._lengths, default=0)  # the first row that is left
        self.height = max(self._lengths, default=-1) + 1
        self.width = max((column for _, column in self._cells), default=-1) + 1

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell at that place, None where the row is too short."""
        return self._cells.get((row, column))

    def text(self, row: int, column: int) -> str:
        """Return the words of the cell at that place without emphasis marks; "" where there is none."""
        place = (row, column)
        text = self._texts.get(place)
        if text is None:
            cell = self._cells.get(place)
            text = self._texts[place] = "" if cell is None else plain(cell.text)
        return text

    def sign(self, row: int, column: int, decimal: str) -> str:
        """Return the decimal sign of a cell of a column whose sign is `decimal`: a number that the file holds as one has the point."""
        cell = self._cells.get((row, column))
        return "." if cell is not None and cell.numeric else decimal

    def printed(self, places: Iterable[tuple[int, int]]) -> list[tuple[tuple[int, int], str]]:
        """Return the places and words of the cells that hold text, and so may have either decimal sign."""
        return [(place, self.text(*place)) for place in places if not self.sign(*place, "")]

    def row_length(self, row: int) -> int:
        """Return how many places of the row have a cell."""
        return self._lengths[row]

    @property
    def usual_length(self) -> int:
        """The length that most rows have, the first row's where two are as frequent: a longer row is the odd one."""
        lengths = Counter(self.row_length(row) for row in range(self.top, self.height))
        return max(lengths, key=lambda length: lengths[length], default=0)


def plain(text: str) -> str:
    """Return a cell's words without markup for emphasis; a trailing note mark such as "389*" stays."""
    if not text or ("<" not in text and "*" not in text and "_" not in text):
        return text.strip()
    without = _MARKUP.sub("", text).strip()
    # "389*" is a figure with a note mark, not emphasis.
    return text.strip() if any(char.isdigit() for char in without) and "<" not in text else without


_SOURCE = re.compile(r"\W*(?:data )?sources?\s*:", re.I)
_NOTE = re.compile(r"\W*(?:(?:data )?sources?|notes?)\s*:", re.I)


def framed(table: Table) -> Table:
    """Return the table with rows of a single filled cell above and below it taken as its caption and source."""
    filled: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.text.strip():
            filled[cell.row].append(cell)
    for cells in filled.values():
        if len(cells) > 1 and _NOTE.match(cells[0].text):
            # "Source: Office, Survey 2020" in a file whose commas part cells.
            whole = ", ".join(cell.text.strip() for cell in sorted(cells, key=lambda cell: cell.column))
            cells[:] = [replace(cells[0], text=whole)]
    body = [row for row, cells in sorted(filled.items()) if len(cells) > 1]
    if not body:
        return table
    above = [cells[0].text.strip() for row, cells in sorted(filled.items()) if row < body[0]]
    below = [cells[0].text.strip() for row, cells in sorted(filled.items()) if row > body[-1]]
    # A single cell below may be a period whose figures are missing; only what is no period is a note.
    notes = [words for words in below if not words[:4].isdigit()]
    if not above and not notes:
        return table
    source = next((words for words in (*notes, *above) if _SOURCE.match(words)), "")
    titles = [words for words in above if words != source]
    noted = {row for row, cells in filled.items() if row > body[-1] and cells[0].text.strip() in notes}
    framed = replace(
        table,
        caption=table.caption or " ".join(titles),
        source=table.source or source,
        cells=tuple(cell for cell in table.cells if cell.row >= body[0] and cell.row not in noted),
    )
    return with_unit_of_notes(framed, (words for words in notes if words != source))
