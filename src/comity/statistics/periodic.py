"""Tables whose rows or columns are periods, read by their mapping."""

from __future__ import annotations

import re
from decimal import Decimal

from comity.statistics.catalogue import entry, indicators_in
from comity.statistics.figures import Figure, Missing, figure_of_any_sign, read_figure
from comity.statistics.guessing import Guess, guess_mapping
from comity.statistics.labels import LabelKind, PeriodLabel
from comity.statistics.layout import Layout, Line, is_total
from comity.statistics.ledger import Ledger, Reading, same_amount
from comity.statistics.mapping import Orientation, TableMapping, ValueMapping
from comity.statistics.marks import limited_by_note
from comity.statistics.narrowing import without_years
from comity.statistics.rates import names_rate
from comity.statistics.record_sides import NoState, last_year_of_a_part
from comity.statistics.units import Unit, read_unit, unknown_words
from comity.terms import Period

_PRICES = "price-index"
# An index is named by its header; of a fiscal base ("2011-12 = 100") no calendar year is 100.
_BASE = re.compile(r"(?<![\d/–-])((?:19|20)\d\d)\s*=\s*100(?![\d.])")


class PeriodicTable:
    """One table with periods on its way to observations."""

    def __init__(self, ledger: Ledger, layout: Layout, given: TableMapping) -> None:
        self.ledger = ledger
        self.grid = ledger.grid
        self.layout = layout
        self.given = given
        # Where periods stand across, their own row says how long a row is.
        self._shared: set[tuple[int, int]] = set()
        self._limited: set[int] = set()
        self._usual_length = self.grid.usual_length if self._runs_down else self.grid.row_length(layout.periods)

    def read(self) -> TableMapping:
        """Read the figures into the ledger; return the mapping by which they were read."""
        guess = guess_mapping(self.ledger.context, self.grid, self.layout, self.given)
        mapping = self.given.over(guess.mapping)
        told = {value.index for value in self.given.values if value.decimal}
        cells = {cell: line.index for line in self.layout.lines for cell in line.cells}
        if not self.given.decimal:
            self.ledger.unsure |= frozenset(cell for cell in guess.unsure if cells[cell] not in told)
        if not self._names_an_indicator(mapping):
            self.ledger.problem(
                "the table names no indicator of the catalogue; nothing is taken from it",
                remedy=self.ledger.remedy(
                    'skip = true, or, where all its figures are of one kind, indicator = "..." with its name,'
                ),
            )
            return mapping
        usable = [
            line
            for line in self.layout.lines
            if self._is_complete(mapping.value(line.index, self.layout.under), line, guess)
        ]
        if not usable:
            return self._gathered(mapping)
        self._tell_of_ragged_rows()
        totals = {place for place in self.layout.places if is_total(self.grid, place)}
        for place in sorted(totals):
            self.ledger.problem("the line sums up the others; its figures are not taken", *place, refused=False)
        self._tell_of_shared_cells(usable)
        self._tell_of_limits()
        for line in usable:
            self._read_line(line, mapping.value(line.index, self.layout.under), totals)
        return self._gathered(mapping)

    def _gathered(self, mapping: TableMapping) -> TableMapping:
        """Return the mapping shorter, unless it is to stand beside those of the table's other blocks."""
        return mapping if self.layout.under else mapping.gathered()

    def _names_an_indicator(self, mapping: TableMapping) -> bool:
        words = " / ".join([self.ledger.context.caption[0], *(line.header for line in self.layout.lines)])
        given = any(mapping.value(line.index, self.layout.under).indicator for line in self.layout.lines)
        told = any(value.indicator or value.skip for value in mapping.values)
        return given or told or bool(indicators_in(words) or names_rate(words))

    @property
    def _runs_down(self) -> bool:
        return self.layout.orientation is Orientation.ROWS

    def _is_complete(self, value: ValueMapping, line: Line, guess: Guess) -> bool:
        """Whether everything is known that makes the line's figures observations; else a problem says what is not."""
        if value.skip:
            return False
        if value.indicator:
            entry(value.indicator)
        dyad = self.ledger.context.dyad
        sides = {value.reporter, value.partner} - {""}
        if dyad is not None and sides and not sides <= dyad.codes:
            return False
        if value.indicator and value.reporter and value.reporter == value.partner:
            row, column = (None, line.index) if self._runs_down else (line.index, None)
            remedy = self._remedy("reporter", "", line)
            self.ledger.problem(f"'{line.header}' has {value.reporter} on both sides", row, column, remedy=remedy)
            return False
        if line.index in guess.parts and value.indicator and not (value.reporter and value.partner):
            if dyad is None or guess.parts[line.index] in dyad.codes:
                self._tell_of_part(line, guess.doubts[line.index, "part"])
            return False
        for item in ("indicator", "reporter", "partner", "unit", "decimal"):
            if getattr(value, item) or (item == "unit" and self._cells_name_units(line)):
                continue
            if item == "partner" and value.indicator and not entry(value.indicator).indicator.directed:
                continue  # a figure of one state alone
            doubts = guess.doubts
            sides_doubt = (doubts.get((line.index, "reporter")) or "") if item in ("reporter", "partner") else ""
            reason = doubts.get((line.index, item)) or sides_doubt or "nothing says it"
            label = f"'{line.header}'" if line.header else "the figures"
            words = "decimal sign" if item == "decimal" else item
            row, column = (None, line.index) if self._runs_down else (line.index, None)
            other = value.partner if item == "reporter" else value.reporter
            # What is known of other lines must not be lost to what is said for this one.
            alone = item == "indicator" or any(getattr(one, item) for one in guess.mapping.values)
            remedy = (
                self._remedy(item, other, line)
                if alone
                else self.ledger.remedy(self.ledger.example(item, other), line.index)
            )
            if item == "unit" and "constant prices" in reason:
                remedy = f"Get them at current prices, or leave them out. {self.ledger.remedy(self._line_items(line, 'skip = true'))}"
            if reason.startswith(tuple(NoState)):
                skip = self.ledger.remedy(self._line_items(line, "skip = true"))
                is_several = reason.startswith(NoState.AMBIGUOUS)
                remedy = (
                    "Write the code of the one that is meant." if is_several else f"To leave it out silently: {skip}"
                )
            if item == "decimal":
                remedy = f"Correct these cells, or state the sign. {remedy}"
            told = f"no {words} is known for {label}: {reason}"
            if reason.startswith(tuple(NoState)):
                told = f"{label}: {reason}"
            self.ledger.problem(told, row, column, remedy=remedy, refused=not reason.startswith(NoState.GROUP))
            return False
        return True

    def _remedy(self, item: str, other: str, line: Line) -> str:
        """Return what to write for one line alone."""
        settings = ['indicator = "..."', "skip = true"] if item == "indicator" else self.ledger.choices(item, other)
        return self.ledger.remedy(" or ".join(self._line_items(line, setting) for setting in settings))

    def _line_items(self, line: Line, setting: str) -> str:
        under = f', under = "{self.layout.under}"' if self.layout.under else ""
        return f"values = [{{ index = {line.index}{under}, {setting} }}]"

    def _tell_of_part(self, line: Line, reason: str) -> None:
        label = f"'{line.header}'" if line.header else "the figures"
        row, column = (None, line.index) if self._runs_down else (line.index, None)
        remedy = self.ledger.remedy(self._line_items(line, "skip = true"))
        self.ledger.problem(f"{label} is left out: {reason}", row, column, remedy=f"To leave it out silently: {remedy}")

    def _cells_name_units(self, line: Line) -> bool:
        figures = (figure_of_any_sign(self.grid.text(*cell)) for cell in line.cells)
        return any(
            one is not None and one.unit and isinstance(unit := read_unit(one.unit), Unit) and unit.unit
            for one in figures
        )

    def _tell_of_ragged_rows(self) -> None:
        rows = {cell[0] for line in self.layout.lines for cell in line.cells}
        for row in sorted(rows):
            filled = any(self.grid.text(row, column) for column in range(self.grid.width))
            if filled and not self._is_whole(row):
                length = self.grid.row_length(row)
                self.ledger.problem(
                    f"the row has {length} cells, most have {self._usual_length}; its figures are not taken",
                    row,
                    remedy="Add the missing cells (empty where there is no figure), or take the surplus ones out.",
                )

    def _tell_of_limits(self) -> None:
        """Leave out the rows beside which words stand by which their figures are of a part of the year, or of none yet."""
        if not self._runs_down:
            return
        read = {self.layout.periods, *(line.index for line in self.layout.lines)}
        for place, label in zip(self.layout.places, self.layout.labels, strict=True):
            of_a_year = label is not None and label.kind not in (LabelKind.MONTH, LabelKind.QUARTER)
            for column in (column for column in range(self.grid.width) if column not in read):
                words = self.grid.text(place[0], column)
                if label is None or not (reason := limited_by_note(words, of_a_year=of_a_year)):
                    continue
                self._limited.add(place[0])
                self.ledger.problem(
                    f"'{words[:80]}': {reason}; the row is not taken",
                    place[0],
                    column,
                    remedy="Nothing needs doing, unless the words are wrong.",
                )
                break

    def _tell_of_shared_cells(self, lines: list[Line]) -> None:
        """Refuse a figure whose merged cell stands for several periods or lines: of which one it is nobody can say."""
        places: dict[int, list[tuple[tuple[int, int], tuple[int, object]]]] = {}
        for line in lines:
            for cell, place in zip(line.cells, self.layout.places, strict=True):
                spanning = self.grid.cell(*cell)
                if spanning is not None and (spanning.row_span > 1 or spanning.column_span > 1):
                    # A period may be merged over the same rows; the figure is then of it alone.
                    meant = (line.index, self.grid.cell(*place))
                    places.setdefault(id(spanning), []).append((cell, meant))
        for found in places.values():
            if len({(index, id(period)) for _, (index, period) in found}) < 2:
                continue
            first = found[0][0]
            if figure_of_any_sign(self.grid.text(*first)) is None:
                continue
            self._shared.update(cell for cell, _ in found)
            self.ledger.problem(
                f"'{self.grid.text(*first)}' stands in a cell merged over {len(found)} places; of which it is the figure is not "
                "known, and it is not taken",
                *first,
                remedy="Part the cell, and write the figure where it belongs.",
            )

    def _is_whole(self, row: int) -> bool:
        # In a row with fewer or more cells than the others nobody can say to which column a figure belongs.
        return self.grid.row_length(row) == self._usual_length

    def _read_line(self, line: Line, value: ValueMapping, totals: set[tuple[int, int]]) -> None:
        taken: dict[Period, tuple[Figure, tuple[int, int], Reading]] = {}
        disputed: set[Period] = set()
        for cell, place, label in zip(line.cells, self.layout.places, self.layout.labels, strict=True):
            if place in totals or cell in self._shared or cell[0] in self._limited or not self._is_whole(cell[0]):
                continue
            if self._switches_unit(cell):
                self.ledger.problem(
                    f"'{self.grid.text(*cell)}' stands among the figures of '{line.header}': those behind it may be in that unit, and "
                    "are not taken",
                    *cell,
                    remedy="Put them into a column of their own, with their unit in its header.",
                )
                break
            figure = self.ledger.figure(cell, value.decimal or ".")
            if figure is None:
                continue
            reading = self._reading(figure, label, value, place, cell)
            if reading is None:
                continue
            period = reading.period
            if period not in taken:
                taken[period] = figure, cell, reading
            elif not same_amount(taken[period], (figure, cell, reading)):
                disputed.add(period)
                first = taken[period][1]
                self.ledger.problem(
                    f"{period.label} stands twice, with {self.grid.text(*first)} in row {first[0] + 1}, column {first[1] + 1} "
                    f"and {self.grid.text(*cell)} here; neither is taken",
                    *cell,
                    remedy="Remove or correct one of the two.",
                )
            else:
                self.ledger.problem(f"{period.label} stands twice with the same figure", *cell, refused=False)
        for period, (figure, cell, reading) in taken.items():
            if period not in disputed:
                self.ledger.observe(figure, cell, reading)

    def _switches_unit(self, cell: tuple[int, int]) -> bool:
        """Whether a cell among figures holds a unit and no figure: "(EUR million)"."""
        words = self.grid.text(*cell)
        if not words or any(char.isdigit() for char in words) or isinstance(read_figure(words), Missing):
            return False
        return read_unit(words) is not None and not unknown_words(words)

    def _reading(
        self,
        figure: Figure,
        label: PeriodLabel | None,
        value: ValueMapping,
        place: tuple[int, int],
        cell: tuple[int, int],
    ) -> Reading | None:
        period = self._period(label, value, place, cell)
        unit = self._unit(figure, value, cell) if period is not None else None
        if period is not None and self._is_of_a_part(value, period, cell):
            return None
        if period is None or unit is None or not self.ledger.has_allowed_sign(figure, value.indicator, cell):
            return None
        marks = [mark for mark in (figure.mark, label.mark if label else "") if mark]
        if label is not None and any(self.ledger.is_told_otherwise(mark, label, cell) for mark in marks):
            return None
        remarks = ([value.remark] if value.remark else []) + [self.ledger.marked(mark) for mark in marks]
        return Reading(
            value.reporter,
            value.partner,
            value.indicator,
            unit[0],
            unit[1],
            value.valuation,
            period,
            self.ledger.context.source,
            remark="; ".join(remarks),
            product=" ".join(value.label.split()) if value.indicator == _PRICES else "",
            base_year=self._base_year(value) if value.indicator == _PRICES else None,
        )

    def _is_of_a_part(self, value: ValueMapping, period: Period, cell: tuple[int, int]) -> bool:
        """Whether the words name a state that was a part of today's and had ended ("West Germany" in 1995), with a problem."""
        context = self.ledger.context
        last = min(map(last_year_of_a_part, (value.label, context.caption[0])))
        if period.start is None or period.start.year <= last:
            return False
        self.ledger.problem(
            f"'{value.label or context.caption[0]}' names a state that ended in {last}; its figures are not moved to a successor",
            *cell,
            remedy="Name the state that is meant in this year.",
        )
        return True

    def _base_year(self, value: ValueMapping) -> int | None:
        """Return the calendar year in which an index is 100, where its words name one ("2010 = 100"), and one alone."""
        context = self.ledger.context
        words = " ".join((value.label, context.table.unit, context.caption[0]))
        years = {int(year) for year in _BASE.findall(words)}
        return years.pop() if len(years) == 1 else None

    def _period(
        self, label: PeriodLabel | None, value: ValueMapping, place: tuple[int, int], cell: tuple[int, int]
    ) -> Period | None:
        shown = self.grid.text(*place)
        if label is None:
            words = f"'{shown}' is no period that is understood" if shown else "the figure has no period beside it"
            self.ledger.problem(
                words, *cell, remedy="Write a year, a fiscal year such as 2016-17, a quarter or a month."
            )
            return None
        if label.kind is LabelKind.UNCLEAR:
            self.ledger.problem(f"'{shown}' may be a fiscal year or a month", *cell, remedy="Write the month's name.")
            return None
        if not label.is_fiscal and not (label.kind is LabelKind.YEAR and self._years_are_fiscal(value)):
            return label.period(None)
        fiscal = self.ledger.fiscal_calendar(value.reporter)
        if fiscal is None:
            self.ledger.problem(
                f"'{shown}' names a fiscal year, but {value.reporter}'s is the calendar year or is not known",
                *cell,
                remedy=self.ledger.remedy("the reporter whose fiscal years these are"),
            )
            return None
        return label.period(fiscal)

    def _years_are_fiscal(self, value: ValueMapping) -> bool:
        """Whether a person has said that single years are fiscal; years beside "2016-17" are not taken for it."""
        own = next((one.calendar for one in self.given.values if one.index == value.index), "")
        return (own or self.given.calendar) == "fiscal"

    def _unit(self, figure: Figure, value: ValueMapping, cell: tuple[int, int]) -> tuple[str, Decimal] | None:
        """Return unit and scale of one cell: its column's, or its own where the column names none."""
        sides = (value.reporter, value.partner)
        named = bool(figure.unit) and not value.unit and self._names_a_scale(value)
        return self.ledger.unit_of(figure, value.unit, value.scale, sides, cell, scale_named=named)

    def _names_a_scale(self, value: ValueMapping) -> bool:
        """Whether header, unit line or caption name a scale, or what may be one."""
        context = self.ledger.context
        read = [read_unit(without_years(words)) for words in (value.label, context.table.unit, context.caption[0])]
        return any(unit is not None and (not isinstance(unit, Unit) or unit.scale is not None) for unit in read)
