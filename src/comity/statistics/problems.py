"""What a table yielded, and what in it could not be used."""

from __future__ import annotations

from dataclasses import dataclass

from comity.statistics.mapping import TableMapping
from comity.terms import Observation


@dataclass(frozen=True, slots=True)
class TableProblem:
    """Something in a table that gave no observation, or one to look at.

    Attributes:
        document: name of the document.
        table_id: the table.
        message: what is wrong, in one sentence.
        remedy: what to do about it; "" where nothing needs doing.
        row, column: the cell from 0, as in `Provenance`; None where the whole line or table is meant.
        start, end: the place in the document's text; None for a cell without one.
        refused: whether figures were left out because of it; False for a mere flag.
    """

    document: str
    table_id: str
    message: str
    remedy: str = ""
    row: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None
    refused: bool = True

    @property
    def place(self) -> str:
        """The cell in words, counted from 1: "row 3, column 2"; "" for the whole table."""
        parts = (("row", self.row), ("column", self.column))
        return ", ".join(f"{word} {number + 1}" for word, number in parts if number is not None)


@dataclass(frozen=True, slots=True)
class TableReading:
    """The observations of a document's tables, the mappings by which they were read, and the problems."""

    observations: tuple[Observation, ...] = ()
    mappings: tuple[TableMapping, ...] = ()
    problems: tuple[TableProblem, ...] = ()
