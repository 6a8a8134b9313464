"""What one table yields: observations with their cell and source, and the problems met on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from comity.states import existence, fiscal_calendar
from comity.statistics.catalogue import entry
from comity.statistics.context import TableContext
from comity.statistics.decimals import Place, unsure_reason
from comity.statistics.figures import Figure, Missing, Unreadable, read_figure
from comity.statistics.grid import Grid
from comity.statistics.labels import LabelKind, PeriodLabel
from comity.statistics.marks import meaning_of, other_than_a_year
from comity.statistics.problems import TableProblem
from comity.statistics.units import Unit, read_unit
from comity.terms import (
    WORLD,
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
_WRITE_UNIT = "Write the figure alone, and its unit into the header."
_WRITE_STATE = "Name the state that is meant in these years; figures are not moved to a predecessor or successor."
# Trade of two states seldom grows so much from one year to the next; a scale that changes from millions to thousands does.
_LEAP = 300
_CORRECT_PERIOD = "Correct the period, or leave the figure out."


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
        self._out_of_time: dict[str, list[tuple[int, int]]] = {}

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

    def unit_of(
        self,
        figure: Figure,
        unit: str,
        scale: Decimal | None,
        sides: tuple[str, str],
        cell: tuple[int, int],
        *,
        scale_named: bool = False,
    ) -> tuple[str, Decimal] | None:
        """Return unit and scale of one cell: its line's, or its own where the line names none; None, with a problem, where neither is sure.

        `scale_named` says that the table's words name a scale, which a unit in the cell leaves open.
        """
        if not figure.unit:
            if unit:
                return unit, scale or Decimal(1)
            self.problem("the figure has no unit, although others of its line have", *cell, remedy=_WRITE_UNIT)
            return None
        own = read_unit(figure.unit, sides)
        shown = self.grid.text(*cell)
        reason = ""
        if not isinstance(own, Unit):
            reason = "holds words that are no unit"
        elif unit:
            if own.unit not in ("", unit) or (own.scale is not None and own.scale != (scale or Decimal(1))):
                reason = f"is in another unit than its line ({unit} x {scale or 1}); it is not taken"
        elif own.unit and own.scale is None and scale_named:
            reason = "names a unit, and the table's words a scale; whether it is meant is not sure"
        elif not own.unit:
            reason = "names no unit"
        elif isinstance(own, Unit):
            return own.unit, own.scale or Decimal(1)
        if reason:
            self.problem(f"'{shown}' {reason}", *cell, remedy=_WRITE_UNIT)
            return None
        return unit, scale or Decimal(1)

    def is_told_otherwise(self, mark: str, label: PeriodLabel, cell: tuple[int, int]) -> bool:
        """Whether the note of a mark says that a figure is none of the whole period, with a problem."""
        meaning = meaning_of(mark, self.context.document, self.context.table)
        of_a_year = label.kind not in (LabelKind.MONTH, LabelKind.QUARTER)
        reason = other_than_a_year(mark, meaning, of_a_year=of_a_year)
        if reason:
            self.problem(
                f"the figure is marked '{mark}'" + (f" ('{meaning}')" if meaning else "") + f": {reason}",
                *cell,
                remedy="Name the period that it is of, or leave the cell empty.",
            )
        return bool(reason)

    def marked(self, mark: str) -> str:
        """Return the remark on a figure that bears a mark, with what the notes say of it."""
        meaning = meaning_of(mark, self.context.document, self.context.table)
        return f"marked '{mark}' in the table" + (f": {meaning}" if meaning else "")

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
        if reason := _out_of_time(reading):
            self._out_of_time.setdefault(reason, []).append(place)
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

    def settle(self) -> None:
        """Tell of the figures that were left out for their period, one problem a reason with the first cell."""
        for reason, places in self._out_of_time.items():
            more = f" ({len(places):,} figures)" if len(places) > 1 else ""
            self.problem(f"{reason}{more}", *min(places), remedy=_WRITE_STATE if "exist" in reason else _CORRECT_PERIOD)
        self._out_of_time.clear()
        self._tell_of_leaps()

    def _tell_of_leaps(self) -> None:
        """Tell of a figure that is hundreds of times the one before it in its series: the scale may have changed there."""
        by_series: dict[tuple[str, str], list[Observation]] = {}
        for one in self.observations:
            if one.quantity.unit not in ("count", "percent") and abs(one.quantity.number) >= 1:
                by_series.setdefault((one.series.id, one.period.precision.value), []).append(one)
        for found in by_series.values():
            found.sort(key=lambda one: one.period.sort_key)
            for before, after in pairwise(found):
                small, large = sorted((abs(before.quantity.value), abs(after.quantity.value)))
                if large < _LEAP * small:
                    continue
                self.problem(
                    f"{_scaled(after)} in {after.period.label} stands after {_scaled(before)} in {before.period.label}, hundreds of "
                    "times as much or as little; both are taken as they stand",
                    after.provenance.row,
                    after.provenance.column,
                    remedy="Check that both are in the same scale and currency, and leave out what is not.",
                    refused=False,
                )

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


def _scaled(one: Observation) -> str:
    """Return a figure as printed, with its scale."""
    return one.quantity.text + (f" x {one.quantity.scale:,}" if one.quantity.scale != 1 else "")


Taken = tuple[Figure, tuple[int, int], Reading]


def same_amount(one: Taken, other: Taken) -> bool:
    """Whether two cells of one period say the same: the number with its scale, and the unit."""
    return (one[0].number * one[2].scale, one[2].unit) == (other[0].number * other[2].scale, other[2].unit)


def _out_of_time(reading: Reading) -> str:
    """Return why there can be no figure of the period: a state did not exist, or the period has not begun; "" if there can."""
    start, end = reading.period.start, reading.period.end
    if start is not None and start > date.today():
        return "the period has not begun: a forecast is no figure that was recorded"
    for code in (one for one in (reading.reporter, reading.partner) if one not in ("", WORLD)):
        if not _existed(code, start, end):
            return f"{code} did not exist in these years"
    return ""


@lru_cache(maxsize=4096)
def _existed(code: str, start: date | None, end: date | None) -> bool:
    """Whether a state existed on a day at least of a period; the same states and years stand in most rows."""
    return any(
        (end is None or first <= end) and (last is None or start is None or last >= start)
        for first, last in existence(code)
    )


@lru_cache(maxsize=256)
def _canonical(source: Source) -> Source:
    """Return the source in one wording, so that two documents that quote one edition give one series."""
    if source.producer and source.title:
        named = ", ".join(part for part in (source.producer, source.title, source.vintage) if part)
        return replace(source, citation=named, accessed=None)
    return replace(source, accessed=None)
