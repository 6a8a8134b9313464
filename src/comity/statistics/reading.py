"""From a document's tables to observations: each figure with its states, period, unit, source and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from comity.statistics.catalogue import entry, indicators_in
from comity.statistics.figures import Figure, Missing, Unreadable, read_figure
from comity.statistics.grid import Grid
from comity.statistics.guessing import Guess, TableContext, guess_mapping
from comity.statistics.labels import LabelKind, PeriodLabel, read_label
from comity.statistics.layout import Layout, Line, find_layout, is_total
from comity.statistics.mapping import Orientation, TableMapping, ValueMapping
from comity.statistics.problems import TableProblem, TableReading
from comity.statistics.records import Records, Row, find_columns, guess_records
from comity.statistics.sourcing import parse_source
from comity.statistics.units import Unit, read_unit
from comity.terms import (
    Cell,
    ComityError,
    Document,
    Dyad,
    FiscalCalendar,
    Observation,
    Period,
    Provenance,
    Quantity,
    Series,
    Source,
    Status,
    Table,
    Valuation,
    content_id,
)

# Above this a table is a data file: one that is not made of records is refused rather than searched cell by cell.
LARGEST_PRINTED_TABLE = 5000


def read_tables(
    document: Document,
    *,
    dyad: Dyad | None = None,
    mappings: Mapping[str, TableMapping] | None = None,
) -> TableReading:
    """Read every table of a document that holds statistics on two states.

    Args:
        document: a document or data file with its tables.
        dyad: take only figures between these two states; it also says who is meant where a table names one side.
        mappings: what a person has set, by the table's id or its number in the document from 1 ("1"); what is set
            stands, the rest is guessed.

    Returns:
        The observations, the mapping by which each table was read, and what could not be used, with row and column.
        Tables without figures over time are passed over in silence.
    """
    observations: list[Observation] = []
    used: list[TableMapping] = []
    problems: list[TableProblem] = []
    given = mappings or {}
    for number, table in enumerate(document.tables, 1):
        reader = _TableReader(
            TableContext(document, table, _source(document, table), dyad),
            given.get(table.id) or given.get(str(number)) or TableMapping(),
            number,
        )
        mapping = reader.read()
        if mapping is not None:
            used.append(mapping)
        observations += reader.observations
        problems += reader.problems
    return TableReading(tuple(observations), tuple(used), tuple(problems))


def _source(document: Document, table: Table) -> Source:
    """Return the source that the table names, or else the document that prints it."""
    if table.source.strip():
        return parse_source(table.source)
    bibliography = document.bibliography
    authors = ", ".join(name.full for name in bibliography.authors)
    return Source(
        producer=bibliography.publisher or bibliography.container_title or authors,
        title=bibliography.title or document.name,
        citation=bibliography.text or bibliography.title or document.name,
        url=bibliography.url,
        vintage=bibliography.issued.label if bibliography.issued else "",
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one cell is about to become an observation of."""

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


class _TableReader:
    """One table on its way to observations; gathers them and the problems."""

    def __init__(self, context: TableContext, given: TableMapping, number: int) -> None:
        self.context = context
        self.given = given
        self.number = number
        self.grid = Grid(context.table)
        self.observations: list[Observation] = []
        self.problems: list[TableProblem] = []
        self._series: dict[str, Series] = {}
        self._fiscal: dict[str, FiscalCalendar | None] = {}

    def read(self) -> TableMapping | None:
        """Read the table; return the mapping used, None for a table without statistics."""
        if self.given.skip:
            return self.given
        columns = dict(self.given.columns) | (find_columns(self.grid) if not self._is_periodic() else {})
        if columns and "period" in columns:
            return self._read_records(guess_records(self.context, self.grid, columns))
        if self.grid.height > LARGEST_PRINTED_TABLE:
            self._problem(
                f"the table has {self.grid.height} rows and no columns for states and periods that are known",
                remedy=self._remedy("columns = { reporter = 0, partner = 1, period = 2, value = 3 }"),
            )
            return None
        layout = find_layout(self.grid, self.given.orientation, self.given.periods)
        if layout is None:
            self._tell_if_statistics()
            return None
        return self._read_periodic(layout, guess_mapping(self.context, self.grid, layout))

    def _is_periodic(self) -> bool:
        return self.given.orientation in (Orientation.ROWS, Orientation.COLUMNS)

    def _tell_if_statistics(self) -> None:
        header = " ".join(self.grid.text(0, column) for column in range(self.grid.width))
        words = f"{self.context.table.caption} {header}"
        has_figures = any(
            isinstance(read_figure(self.grid.text(row, column)), Figure)
            for row in range(1, min(self.grid.height, 20))
            for column in range(self.grid.width)
        )
        if has_figures and indicators_in(words):
            self._problem(
                "no column or row of the table names years, quarters or months",
                remedy=self._remedy("periods = 0"),
                refused=True,
            )

    # -- tables with periods ------------------------------------------------------------------------------------

    def _read_periodic(self, layout: Layout, guess: Guess) -> TableMapping:
        mapping = self.given.over(guess.mapping)
        usable = [line for line in layout.lines if self._is_complete(mapping.value(line.index), line, guess, layout)]
        self._tell_of_ragged_rows(layout)
        totals = [position for position, place in enumerate(layout.places) if is_total(self.grid, place)]
        for position in totals:
            self._problem(
                "the row sums up the others; its figures are not taken", *layout.places[position], refused=False
            )
        for line in usable:
            self._read_line(layout, line, mapping.value(line.index), set(totals))
        return mapping

    def _is_complete(self, value: ValueMapping, line: Line, guess: Guess, layout: Layout) -> bool:
        if value.skip:
            return False
        where = {"column": line.index} if layout.orientation is Orientation.ROWS else {"row": line.index}
        for item in ("indicator", "reporter", "partner", "unit", "decimal"):
            if getattr(value, item):
                continue
            reason = (
                guess.doubts.get((line.index, item)) or guess.doubts.get((line.index, "reporter")) or "nothing says it"
            )
            if item == "unit" and self._cells_name_units(line):
                continue
            label = f"'{line.header}'" if line.header else "the figures"
            words = {"decimal": "decimal sign"}.get(item, item)
            self._problem(
                f"no {words} is known for {label}: {reason}",
                where.get("row"),
                where.get("column"),
                remedy=self._remedy(_EXAMPLES[item], line.index),
            )
            return False
        if value.indicator:
            entry(value.indicator)
        dyad = self.context.dyad
        return dyad is None or {value.reporter, value.partner} == dyad.codes

    def _cells_name_units(self, line: Line) -> bool:
        return any(
            isinstance(figure, Figure) and figure.unit and isinstance(read_unit(figure.unit), Unit)
            for figure in (read_figure(self.grid.text(*cell)) for cell in line.cells)
        )

    def _tell_of_ragged_rows(self, layout: Layout) -> None:
        if layout.orientation is not Orientation.ROWS:
            return
        for row, _ in layout.places:
            length = self.grid.row_length(row)
            if length < self.grid.width and any(self.grid.text(row, column) for column in range(self.grid.width)):
                self._problem(
                    f"the row has {length} cells, the table {self.grid.width} columns",
                    row,
                    remedy="Check that no figure has slipped into another column.",
                    refused=True,
                )

    def _read_line(self, layout: Layout, line: Line, value: ValueMapping, totals: set[int]) -> None:
        by_period: dict[Period, tuple[Figure, tuple[int, int], _Reading]] = {}
        disputed: set[Period] = set()
        for position, cell in enumerate(line.cells):
            if position in totals or not self._row_is_whole(layout, layout.places[position]):
                continue
            figure = self._figure(cell, value.decimal or ".")
            if figure is None:
                continue
            label = layout.labels[position]
            period = self._period(label, value, layout.places[position], cell)
            if period is None or label is None:
                continue
            unit = self._unit_of_cell(figure, value, cell)
            if unit is None or not self._has_allowed_sign(figure, value, cell):
                continue
            marks = [word for word in (figure.mark, label.mark) if word]
            remark = "; ".join(
                [value.remark] * bool(value.remark) + [f"marked '{mark}' in the table" for mark in marks]
            )
            reading = _Reading(
                value.reporter,
                value.partner,
                value.indicator,
                unit[0],
                unit[1],
                value.valuation,
                period,
                self.context.source,
                remark=remark,
            )
            if period in by_period:
                earlier, place, _ = by_period[period]
                if earlier.number != figure.number:
                    disputed.add(period)
                    self._problem(
                        f"{period.label} stands twice, with {earlier.number} (row {place[0] + 1}) and {figure.number}; "
                        "neither is taken",
                        *cell,
                        remedy="Remove or correct one of the two.",
                    )
                else:
                    self._problem(f"{period.label} stands twice with the same figure", *cell, refused=False)
                continue
            by_period[period] = (figure, cell, reading)
        for period, (figure, cell, reading) in by_period.items():
            if period not in disputed:
                self._observe(figure, cell, reading)

    def _row_is_whole(self, layout: Layout, place: tuple[int, int]) -> bool:
        # In a row with fewer cells than the table nobody can say to which column a figure belongs.
        return layout.orientation is not Orientation.ROWS or self.grid.row_length(place[0]) == self.grid.width

    def _figure(self, cell: tuple[int, int], decimal: str) -> Figure | None:
        read = read_figure(self.grid.text(*cell), decimal)
        if isinstance(read, Missing):
            return None
        if isinstance(read, Unreadable):
            self._problem(read.reason, *cell, remedy="Correct the cell, or leave it empty where there is no figure.")
            return None
        return read

    def _period(
        self, label: PeriodLabel | None, value: ValueMapping, place: tuple[int, int], cell: tuple[int, int]
    ) -> Period | None:
        if label is None:
            shown = self.grid.text(*place)
            words = f"'{shown}' is no period that is understood" if shown else "the figure has no period beside it"
            self._problem(words, *cell, remedy="Write a year, a fiscal year such as 2016-17, a quarter or a month.")
            return None
        if label.kind is LabelKind.UNCLEAR:
            self._problem(f"'{self.grid.text(*place)}' may be a fiscal year or a month", *cell)
            return None
        if not label.is_fiscal and (
            label.kind is not LabelKind.YEAR or value.calendar != "fiscal" or self._mixed(value)
        ):
            return label.period(None)
        fiscal = self._fiscal_calendar(value.reporter)
        if fiscal is None:
            self._problem(
                f"'{self.grid.text(*place)}' names a fiscal year, but {value.reporter}'s is the calendar year or not known",
                *cell,
                remedy="Check which state's account the table is.",
            )
            return None
        return label.period(fiscal)

    def _mixed(self, value: ValueMapping) -> bool:
        """Whether single years stand among fiscal ones without a person having said that they are fiscal too."""
        own = next((one.calendar for one in self.given.values if one.index == value.index), "") or self.given.calendar
        return own != "fiscal"

    def _fiscal_calendar(self, code: str) -> FiscalCalendar | None:
        from comity.states import fiscal_calendar

        if code not in self._fiscal:
            try:
                found: FiscalCalendar | None = fiscal_calendar(code)
            except ComityError:
                found = None
            if found is not None and (found.start_month, found.start_day) == (1, 1):
                found = None
            self._fiscal[code] = found
        return self._fiscal[code]

    def _unit_of_cell(self, figure: Figure, value: ValueMapping, cell: tuple[int, int]) -> tuple[str, Decimal] | None:
        if figure.unit:
            own = read_unit(figure.unit, (value.reporter, value.partner))
            if not isinstance(own, Unit):
                self._problem(f"'{self.grid.text(*cell)}' holds words that are no unit", *cell)
                return None
            if value.unit and (
                own.unit not in ("", value.unit) or (own.scale is not None and own.scale != value.scale)
            ):
                self._problem(
                    f"the cell is in {own.text}, its column in {value.unit} x {value.scale}: two units in one column",
                    *cell,
                )
                return None
            if not value.unit:
                if not own.unit:
                    self._problem(f"'{self.grid.text(*cell)}' names no unit", *cell)
                    return None
                return own.unit, own.scale or Decimal(1)
        if not value.unit:
            self._problem("the figure has no unit, although others of its column have", *cell)
            return None
        return value.unit, value.scale or Decimal(1)

    def _has_allowed_sign(self, figure: Figure, value: ValueMapping, cell: tuple[int, int]) -> bool:
        if figure.number >= 0 or entry(value.indicator).signed:
            return True
        self._problem(
            f"{entry(value.indicator).indicator.name} cannot be negative ({self.grid.text(*cell)})",
            *cell,
            remedy="Check the sign, or map the column to trade-balance if it is one.",
        )
        return False

    # -- data files in records ----------------------------------------------------------------------------------

    def _read_records(self, guess: Guess) -> TableMapping:
        mapping = self.given.over(guess.mapping)
        if not mapping.values:
            self._problem(
                "no column of figures is known in this file",
                remedy=self._remedy("columns = { value = 3 }"),
            )
            return mapping
        for value in mapping.values:
            if not mapping.value(value.index).decimal:
                self._problem(
                    f"no decimal sign is known for '{value.label}': {guess.doubts.get((value.index, 'decimal'), '')}",
                    None,
                    value.index,
                    remedy=self._remedy(_EXAMPLES["decimal"], value.index),
                )
                return mapping
        records = Records(self.context, self.grid, mapping)
        taken: dict[tuple[str, Period], tuple[Figure, tuple[int, int], _Reading]] = {}
        disputed: set[tuple[str, Period]] = set()
        for row in records.rows():
            cell = (row.row, row.column)
            reading = self._record(row, mapping.value(row.column), records)
            if reading is None:
                continue
            figure = self._figure(cell, mapping.value(row.column).decimal)
            if figure is None or not self._has_allowed_sign(
                figure, replace(ValueMapping(0), indicator=row.indicator), cell
            ):
                continue
            key = (self._series_of(reading).id, reading.period)
            if key in taken:
                earlier, place, _ = taken[key]
                if earlier.number != figure.number:
                    disputed.add(key)
                    self._problem(
                        f"{reading.reporter}-{reading.partner} {reading.indicator} {reading.period.label} stands twice, with "
                        f"{earlier.number} (row {place[0] + 1}) and {figure.number}; neither is taken",
                        *cell,
                    )
                continue
            taken[key] = (figure, cell, reading)
        for key, (figure, cell, reading) in taken.items():
            if key not in disputed:
                self._observe(figure, cell, reading)
        for refusal in records.refusals:
            more = f" ({refusal.count} rows)" if refusal.count > 1 else ""
            self._problem(f"{refusal.reason}{more}", refusal.row, refusal.column)
        return mapping

    def _record(self, row: Row, value: ValueMapping, records: Records) -> _Reading | None:
        if not row.indicator:
            records.refuse("nothing says which indicator the rows hold; set indicator", row.row, row.column)
            return None
        if not row.unit:
            unit_remedy = self._remedy(_EXAMPLES["unit"])
            records.refuse(f"the file names no unit for its figures; {unit_remedy}", row.row, row.column)
            return None
        label = read_label(row.period)
        fiscal = self._fiscal_calendar(row.reporter) if label is not None and label.is_fiscal else None
        if label is None or label.kind is LabelKind.UNCLEAR or (label.is_fiscal and fiscal is None):
            records.refuse(f"'{row.period}' is no period that is understood", row.row, row.column)
            return None
        if value.calendar == "fiscal" and label.kind is LabelKind.YEAR:
            fiscal = self._fiscal_calendar(row.reporter)
        source = parse_source(row.source) if row.source else self.context.source
        return _Reading(
            row.reporter,
            row.partner,
            row.indicator,
            row.unit,
            row.scale or Decimal(1),
            row.valuation,
            label.period(fiscal),
            source,
            row.status,
            row.remark,
        )

    # -- observations and problems ------------------------------------------------------------------------------

    def _series_of(self, reading: _Reading) -> Series:
        source = reading.source
        identity = content_id(
            "series",
            reading.reporter,
            reading.partner,
            reading.indicator,
            reading.unit,
            reading.valuation.value,
            source.producer,
            source.title,
            source.citation,
            source.vintage,
            None,
        )
        if identity not in self._series:
            name = entry(reading.indicator).indicator.name
            self._series[identity] = Series(
                identity,
                reading.reporter,
                reading.partner,
                reading.indicator,
                reading.unit,
                source,
                reading.valuation,
                title=f"{name}, {reading.reporter} and {reading.partner}",
            )
        return self._series[identity]

    def _observe(self, figure: Figure, place: tuple[int, int], reading: _Reading) -> None:
        cell = self.grid.cell(*place)
        if cell is None:
            return
        document, table = self.context.document, self.context.table
        start, end = (cell.start, cell.end) if cell.start < cell.end else (None, None)
        series = self._series_of(reading)
        quantity = Quantity(figure.number, reading.unit, reading.scale, text=self.grid.text(*place))
        provenance = Provenance(document.id, document.digest, start, end, table.id, place[0], place[1], reading.source)
        period = reading.period
        identity = content_id(
            "obs",
            series.id,
            *period.sort_key,
            period.precision.value,
            str(quantity.value),
            document.id,
            table.id,
            *place,
        )
        self.observations.append(
            Observation(identity, series, period, quantity, provenance, reading.status, reading.remark)
        )

    def _problem(
        self, message: str, row: int | None = None, column: int | None = None, *, remedy: str = "", refused: bool = True
    ) -> None:
        cell: Cell | None = self.grid.cell(row, column) if row is not None and column is not None else None
        table = self.context.table
        span = (cell.start, cell.end) if cell is not None and cell.start < cell.end else (table.start, table.end)
        name = self.context.document.name
        self.problems.append(TableProblem(name, table.id, message, remedy, row, column, *span, refused=refused))

    def _remedy(self, setting: str, index: int | None = None) -> str:
        name = self.context.document.name
        key = f'[tables."{name}"."{self.number}"]'
        if index is None or setting.startswith("columns"):
            return f"Add {setting} under {key} in comity.toml."
        return f"Add {setting} (or the same in values for index {index}) under {key} in comity.toml."


_EXAMPLES = {
    "indicator": 'indicator = "exports" for the whole table, or skip = true for this line',
    "reporter": 'reporter = "KEN"',
    "partner": 'partner = "UGA"',
    "unit": 'unit = "USD" and scale = 1000000',
    "decimal": 'decimal = "."',
}

__all__ = ["LARGEST_PRINTED_TABLE", "read_tables"]
