r"""The tables of RTF: rows of cells, each with the right edge of its column, as the cells of a grid (RTF 1.9.1, "Table Definitions")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comity.documents.drafts import GridCell
from comity.documents.limits import refuse_many
from comity.documents.trace import Traced

# Edges closer than this (2 points, in twips) are one: no letter stands between them.
_SAME_EDGE = 40

Text = tuple[Traced, tuple[tuple[int, str], ...]]


@dataclass(slots=True)
class CellShape:
    """A cell of a row's definition: its right edge in twips, and the words that merge it with its neighbours."""

    edge: int
    merges: frozenset[str]


@dataclass(slots=True)
class Row:
    """A row: the texts of its cells, their shapes as far as they were defined, and whether it repeats on each page."""

    texts: list[Text]
    shapes: Sequence[CellShape]
    header: bool = False


@dataclass(slots=True)
class OpenTable:
    r"""A table while its rows are read.

    Attributes:
        texts: of the open row's cells.
        shapes: of the row that was last defined; a row without a definition has that of the one before it.
        merges: the words for the cell that \cellx ends.
        open: whether a row was begun since the last one ended.
        begun: how many tables and boxes of cells were read before it.
    """

    rows: list[Row] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    shapes: list[CellShape] = field(default_factory=list)
    merges: set[str] = field(default_factory=set)
    header: bool = False
    open: bool = False
    begun: int = 0

    def define(self) -> None:
        """Begin the definition of a row."""
        self.open, self.header = True, False
        self.shapes, self.merges = [], set()

    @property
    def may_frame(self) -> bool:
        """Whether its first cell is read, which may be its only one."""
        return not self.rows and not self.texts and len(self.shapes) <= 1

    def end_row(self) -> None:
        """End the open row."""
        if self.texts:
            self.rows.append(Row(self.texts, self.shapes, self.header))
        self.texts, self.open = [], False

    def cells(self, name: str) -> list[GridCell]:
        """Return the cells of the rows so far, at the columns that their edges make."""
        edges = _edges(self.rows)
        cells: list[GridCell] = []
        above: dict[int, GridCell] = {}
        widest, heads = 0, True
        for r, row in enumerate(self.rows):
            heads = heads and row.header
            column, last = 0, None
            for at, (text, markers) in enumerate(row.texts):
                shape = row.shapes[at] if at < len(row.shapes) else None
                end = column + 1
                if edges and shape is not None:
                    end = max(bisect_left(edges, shape.edge - _SAME_EDGE) + 1, end)
                merges = shape.merges if shape is not None else frozenset()
                if "clmrg" in merges and last is not None:
                    last.column_span = end - last.column
                elif "clvmrg" in merges and column in above:
                    last = above[column]
                    last.row_span = r - last.row + 1
                else:
                    last = GridCell(r, column, text, heads, 1, end - column, markers)
                    cells.append(last)
                    above[column] = last
                column = end
            widest = max(widest, column)
            refuse_many((r + 1) * widest, name)
        return cells


def _edges(rows: Sequence[Row]) -> list[int]:
    """Return the right edges of the columns; nothing where a row's cells have none, or none that grow to the right."""
    found: set[int] = set()
    for row in rows:
        edges = [shape.edge for shape in row.shapes[: len(row.texts)]]
        if len(edges) < len(row.texts) or any(b - a <= _SAME_EDGE for a, b in pairwise(edges)):
            return []
        found.update(edges)
    kept: list[int] = []
    for edge in sorted(found):
        if not kept or edge - kept[-1] > _SAME_EDGE:
            kept.append(edge)
    return kept
