"""A printed table as rows and columns of figures: which cells are labels, which are figures, in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from comity.terms import Cell, Quantity, Table

# Thousands with commas, thin or plain spaces, or none; decimals with a point. A comma as the decimal sign cannot be
# told from one for thousands ("1,842"), so a table that uses it is left alone.
_FIGURE = re.compile(
    r"(?P<open>\()?\s*(?:US\$|\$|€|£|¥|Rs\.?)?\s*(?P<sign>[-–−+])?\s*(?P<digits>\d{1,3}(?:[,   ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s*(?P<percent>%|per cent|percent)?\s*(?P<close>\))?\s*(?:\[[a-z0-9]\]|[*†‡])?"
)
_YEAR_LABEL = re.compile(
    r"(?:FY\s?)?(?:1[89]|20)\d\d(?:\s?[-–/]\s?(?:\d{2}|\d{4}))?\s*(?:\(?(?:p|e|r|est\.?|prov\.?)\)?)?\*?", re.I
)
_MISSING = re.compile(r"\s*(?:|[-–—−.…*]+|n\.?\s?/?a\.?|nil|not available|not applicable)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that prints one figure."""

    cell: Cell
    quantity: Quantity

    @property
    def half(self) -> Decimal:
        """Half a unit in the last printed place."""
        return self.quantity.resolution / 2

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cell."""
        return self.cell.row, self.cell.column


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's figures by row and column, with the labels of both; `figures` has no entry where there is none."""

    table: Table
    figures: dict[tuple[int, int], Figure]
    missing: frozenset[tuple[int, int]]
    row_labels: dict[int, str]
    column_labels: dict[int, str]
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @classmethod
    def of(cls, table: Table) -> Grid | None:
        """Read the table, or return None where it has no rectangle of figures under labels."""
        height, width = table.height, table.width
        if height < 2 or width < 2 or height * width > 20_000:
            return None
        text = {(cell.row, cell.column): cell for cell in table.cells}
        wide = [cell for cell in table.cells if cell.row_span > 1 or cell.column_span > 1]
        if any(_figure(cell.text) is not None and not (cell.header and is_period(cell.text)) for cell in wide):
            return None
        header_rows = _header_rows(text, height, width)
        label_columns = _label_columns(text, header_rows, height, width)
        if header_rows == height or label_columns == width:
            return None
        figures: dict[tuple[int, int], Figure] = {}
        missing: set[tuple[int, int]] = set()
        for row in range(header_rows, height):
            for column in range(label_columns, width):
                cell = text.get((row, column))
                if cell is None or _MISSING.fullmatch(cell.text):
                    missing.add((row, column))
                    continue
                quantity = _figure(cell.text)
                if quantity is not None:
                    figures[row, column] = Figure(cell, quantity)
        column_labels = {
            column: " ".join(filter(None, (_covering(table, row, column) for row in range(header_rows))))
            for column in range(label_columns, width)
        }
        row_labels = {
            row: " ".join(text[row, column].text for column in range(label_columns) if (row, column) in text).strip()
            for row in range(header_rows, height)
        }
        return cls(
            table,
            figures,
            frozenset(missing),
            row_labels,
            column_labels,
            tuple(range(header_rows, height)),
            tuple(range(label_columns, width)),
        )


def is_period(label: str) -> bool:
    """Whether a label names a year or fiscal year and nothing else."""
    return _YEAR_LABEL.fullmatch(label.strip()) is not None


def _figure(text: str) -> Quantity | None:
    match = _FIGURE.fullmatch(text.strip())
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    digits = re.sub(r"[,   ]", "", match["digits"])
    number = Decimal(digits)
    if match["open"] is not None or match["sign"] in ("-", "–", "−"):
        number = -number
    return Quantity(number, "percent" if match["percent"] else "count", text=text.strip())


def _header_rows(text: dict[tuple[int, int], Cell], height: int, width: int) -> int:
    """Return how many rows at the top are headers: marked so, or without a figure beside the first column."""
    rows = 0
    while rows < height - 1:
        cells = [text[rows, column] for column in range(width) if (rows, column) in text]
        marked = bool(cells) and all(cell.header for cell in cells if cell.text.strip())
        beyond = [cell.text for cell in cells if cell.column > 0 and cell.text.strip()]
        words = all(_figure(word) is None or is_period(word) for word in beyond)
        if not (marked or words):
            break
        rows += 1
        if not marked and beyond and rows >= 1:
            break
    return rows


def _label_columns(text: dict[tuple[int, int], Cell], first: int, height: int, width: int) -> int:
    """Return how many columns at the left hold labels."""
    columns = 0
    while columns < width - 1:
        cells = [text[row, columns].text for row in range(first, height) if (row, columns) in text]
        if columns == 0 and all(not cell.strip() for cell in cells):
            return 1
        labels = all(_figure(cell) is None or is_period(cell) for cell in cells)
        if not labels or not any(cell.strip() for cell in cells):
            break
        columns += 1
    return columns


def _covering(table: Table, row: int, column: int) -> str:
    cell = table.cell(row, column)
    return "" if cell is None else cell.text.strip()
