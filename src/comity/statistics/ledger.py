"""What one table yields: observations with their cell and source, and the problems met on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from comity.states import fiscal_calendar
from comity.statistics.catalogue import entry
from comity.statistics.decimals import Place, unsure_reason
from comity.statistics.figures import Figure, Missing, Unreadable, read_figure
from comity.statistics.grid import Grid
from comity.statistics.guessing import TableContext
from comity.statistics.problems import TableProblem
from comity.terms import (
    ComityError,
    FiscalCalendar,
    Observation,
    Period,
    Provenance,
    Quantity,
    Series,
    Source,
    Status,
    Valuation,
    content_id,
)

_EXAMPLES = {
    "unit": ('unit = "USD", scale = 1000000',),
    "decimal": ('decimal = "."', 'decimal = ","'),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure is about: everything of an observation but the figure and its cell."""

    reporter: str
    partner: str
    indicator: str
    unit: str
    scale: Decimal
    valuation: Valuation
    period: Period
    source: Source
    status: Status = Status.REPORTED
    remark: str = ""
    product: str = ""
    base_year: int | None = None


class Ledger:
    """Gathers the observations and problems of one table."""

    def __init__(self, context: TableContext, grid: Grid, number: int) -> None:
        self.context = context
        self.grid = grid
        self.number = number
        self.observations: list[Observation] = []
        self.problems: list[TableProblem] = []
        self.unsure: frozenset[Place] = frozenset()  # cells whose figure depends on a sign that is in doubt
        self._series: dict[tuple[str, str, str, str, str, Source, int | None, str], Series] = {}
        self._fiscal: dict[str, FiscalCalendar | None] = {}

    def figure(self, cell: tuple[int, int], decimal: str) -> Figure | None:
        """Return what the cell shows; None where it is empty or, with a problem, where it is no figure."""
        read = read_figure(self.grid.text(*cell), self.grid.sign(*cell, decimal))
        if isinstance(read, Missing):
            return None
        if cell in self.unsure and isinstance(read, Figure):
            read = Unreadable(unsure_reason(self.grid.text(*cell)))
        if isinstance(read, Unreadable):
            self.problem(read.reason, *cell, remedy="Correct the cell, or leave it empty where there is no figure.")
            return None
        return read

    def has_allowed_sign(self, figure: Figure, indicator: str, cell: tuple[int, int]) -> bool:
        """Whether the figure's sign makes sense for the indicator; a problem where it does not."""
        if figure.number >= 0 or entry(indicator).signed:
            return True
        self.problem(
            f"{entry(indicator).indicator.name} cannot be negative ({self.grid.text(*cell)})",
            *cell,
            remedy="Check the sign, or map the line to trade-balance if it is one.",
        )
        return False

    def fiscal_calendar(self, code: str) -> FiscalCalendar | None:
        """Return the state's fiscal calendar; None where it is the calendar year or not known."""
        if code not in self._fiscal:
            try:
                found: FiscalCalendar | None = fiscal_calendar(code)
            except ComityError:
                found = None
            if found is not None and (found.start_month, found.start_day) == (1, 1):
                found = None
            self._fiscal[code] = found
        return self._fiscal[code]

    def series_of(self, reading: Reading) -> Series:
        """Return the series that a figure belongs to; quotations of one edition of one publication are one series."""
        source = _canonical(reading.source)
        named = (reading.reporter, reading.partner, reading.indicator, reading.unit, reading.valuation.value)
        key = (*named, source, reading.base_year, reading.product)
        if key not in self._series:
            sides = [code for code in (reading.reporter, reading.partner) if code]
            identity = content_id(
                "series",
                *named,
                source.producer,
                source.title,
                source.vintage,
                source.citation,
                source.url,
                reading.base_year,
                *([reading.product] if reading.product else []),
            )
            self._series[key] = Series(
                identity,
                reading.reporter,
                reading.partner,
                reading.indicator,
                reading.unit,
                source,
                reading.valuation,
                reading.base_year,
                title=f"{entry(reading.indicator).indicator.name}, {' and '.join(sides)}",
                flow=entry(reading.indicator).indicator.directed,
                product=reading.product,
            )
        return self._series[key]

    def observe(self, figure: Figure, place: tuple[int, int], reading: Reading) -> None:
        """Add the observation of one cell."""
        cell = self.grid.cell(*place)
        if cell is None:
            return
        document, table = self.context.document, self.context.table
        start, end = (cell.start, cell.end) if cell.start < cell.end else (None, None)
        series = self.series_of(reading)
        quantity = Quantity(figure.number, reading.unit, reading.scale, text=self.grid.text(*place))
        provenance = Provenance(document.id, document.digest, start, end, table.id, *place, reading.source)
        period = reading.period
        identity = content_id(
            "obs",
            series.id,
            *period.sort_key,
            period.precision.value,
            str(figure.number),
            str(reading.scale),
            document.id,
            table.id,
            *place,
        )
        observed = Observation(identity, series, period, quantity, provenance, reading.status, reading.remark)
        self.observations.append(observed)

    def problem(
        self, message: str, row: int | None = None, column: int | None = None, *, remedy: str = "", refused: bool = True
    ) -> None:
        """Add a problem at a cell, a line or the whole table."""
        cell = self.grid.cell(row, column) if row is not None and column is not None else None
        table = self.context.table
        start, end = (cell.start, cell.end) if cell is not None and cell.start < cell.end else (table.start, table.end)
        name = self.context.document.name
        found = TableProblem(name, table.id, message, remedy, row, column, start, end, refused)
        self.problems.append(found)

    def example(self, item: str, other: str = "") -> str:
        """Return what to write for an item of a table's mapping; `other` is as in `choices`."""
        return " or ".join(self.choices(item, other)).replace(", scale", " and scale")

    def choices(self, item: str, other: str = "") -> tuple[str, ...]:
        """Return what may be set for an item; `other` is the side that is known where the item is one.

        A state is named only where the dyad says which may be meant: any other would be taken for advice.
        """
        if item not in ("reporter", "partner"):
            return _EXAMPLES[item]
        dyad = self.context.dyad
        if dyad is None:
            return (f'{item} = "..."',)
        if other in dyad.codes:
            return (f'{item} = "{dyad.other(other)}"',)
        return f'{item} = "{dyad.first}"', f'{item} = "{dyad.second}"'

    def remedy(self, setting: str, index: int | None = None) -> str:
        """Return the sentence that says what to write into comity.toml."""
        key = f'[tables."{self.context.document.name}"."{self.number}"]'
        if index is None:
            return f"Add {setting} under {key} in comity.toml."
        return f"Add {setting} under {key} in comity.toml, or for index {index} alone under its values."


def _canonical(source: Source) -> Source:
    """Return the source in one wording, so that two documents that quote one edition give one series."""
    if source.producer and source.title:
        named = ", ".join(part for part in (source.producer, source.title, source.vintage) if part)
        return replace(source, citation=named, accessed=None)
    return replace(source, accessed=None)
