"""Data files in records: each row names its own states, period, flow and figure, as statistical offices publish.

The plain long format is read: reporter and partner (or exporter and importer), a period, a flow and a value. A file
whose rows name one state only, or that names no unit, needs a person's mapping; the problem says what to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from comity.states import dependency
from comity.statistics.accounts import territory_reason
from comity.statistics.catalogue import indicators_in
from comity.statistics.context import TableContext
from comity.statistics.decimals import Place, decimal_signs
from comity.statistics.figures import figure_of_any_sign
from comity.statistics.grid import Grid
from comity.statistics.guessing import Guess, valuation_in
from comity.statistics.labels import LabelKind, PeriodLabel, read_label
from comity.statistics.mapping import Orientation, TableMapping, ValueMapping
from comity.statistics.marks import limited_by_note
from comity.statistics.record_columns import is_value, limits, periods_across, role_of, unit_of_header, without_unit
from comity.statistics.record_limits import flow_of, limit_of
from comity.statistics.record_refusals import Refusal, RefusedRows
from comity.statistics.record_sides import NoState, Side, named_today, side
from comity.statistics.units import TwoUnits, Unit, at_constant_prices, is_money, read_unit, unit_doubt, unknown_words
from comity.terms import Status, Valuation

# By role, what names a whole and what a publisher derived, forecast or filled in (SDMX code list CL_OBS_STATUS).
_FORECAST = re.compile(r"f|forecasts?|project(?:ed|ions?)|budget(?:ed)?|targets?|planned", re.IGNORECASE)
_SAYS_NOTHING = re.compile(r"a|normal(?: value)?|reported.*|official.*|final|actuals?|published", re.IGNORECASE)
# Scales as powers of ten (SDMX code list CL_UNIT_MULT); 1 may be ten or one, and is not taken.
_POWERS = {"0": 0, "2": 2, "3": 3, "6": 6, "9": 9, "12": 12}
_ONES = re.compile(r"units?|ones?|single(?: units?)?", re.IGNORECASE)
_CORRECT_UNIT = "Correct the unit, or take the row out."
_LONGEST_REMARK = 120
_ANOTHER_KIND = re.compile(r"re-?\s?(?:ex|im)port", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
# What stands in brackets, or behind a comma, at the end of the words for what a row measures.
_BESIDE = re.compile(r"(?:[(\[]([^()\[\]]+)[)\]]|,\s*([^,()]+))\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a data file, its items as printed and its states resolved ("" where they are not states)."""

    row: int
    column: int
    reporter: str
    partner: str
    indicator: str
    period: PeriodLabel
    unit: str
    scale: Decimal | None
    valuation: Valuation
    status: Status
    source: str
    remark: str


def guess_records(context: TableContext, grid: Grid, columns: dict[str, int], given: str = "") -> Guess:
    """Guess the mapping of a data file in records from its headers.

    An indicator that a person has set for the whole file (`given`) is that of a column whose header names none.
    """
    doubts: dict[tuple[int, str], str] = {}
    basis = {f"columns.{role}": f"header: '{grid.text(grid.top, column)}'" for role, column in columns.items()}
    taken = set(columns.values())
    across = periods_across(grid, columns)
    values = [ValueMapping(column, label=grid.text(grid.top, column)) for column in across]
    if "value" in columns:
        values.append(ValueMapping(columns["value"], label=grid.text(grid.top, columns["value"])))
        if is_value(values[0].label):
            # "Value (US$)" beside "Value (EUR)": the same figures in two currencies, each of its own series.
            others = [column for column in range(grid.width) if column not in taken]
            labels = {column: grid.text(grid.top, column) for column in others}
            values += [ValueMapping(column, label=label) for column, label in labels.items() if is_value(label)]
    elif not across:
        # Several columns of figures, each headed by its indicator.
        for column in range(grid.width):
            header = grid.text(grid.top, column).replace("_", " ")
            named = indicators_in(header)
            if column not in taken and len(named) == 1 and not _without(header, named[0].text):
                values.append(ValueMapping(column, label=grid.text(grid.top, column), indicator=named[0].key))
                basis[f"{column}.indicator"] = f"header: '{header}'"
    completed = []
    body = range(grid.top + 1, min(grid.height, 2000))
    columned = [grid.printed((row, value.index) for row in body) for value in values]
    signs = decimal_signs(columned, context.table.separator)
    unsure: frozenset[Place] = frozenset().union(*(sign.unsure for sign in signs))
    for value, sign in zip(values, signs, strict=True):
        unit = unit_of_header(value.label) or read_unit(context.table.unit)
        if isinstance(unit, TwoUnits):
            doubts[value.index, "unit"] = unit.reason
        elif unit is not None and (unit.constant_prices or at_constant_prices(value.label)):
            doubts[value.index, "unit"] = "the figures are at constant prices, which series do not hold yet"
        elif unit is not None and unit.unit:
            value = replace(value, unit=unit.unit, scale=unit.scale or Decimal(1))
            basis[f"{value.index}.unit"] = f"header: '{value.label}'"
        completed.append(replace(value, decimal=sign.sign, indicator=value.indicator or given))
        if sign.doubt:
            doubts[value.index, "decimal"] = sign.doubt
    mapping = TableMapping(
        table=context.table.id,
        orientation=Orientation.RECORDS,
        periods=columns.get("period", grid.top),
        values=tuple(completed),
        columns=tuple(columns.items()),
        basis=tuple(basis.items()),
    )
    return Guess(mapping, doubts, unsure)


def _without(header: str, words: str) -> str:
    rest = re.sub(r"value|total", " ", re.sub(re.escape(words), " ", header, flags=re.I), flags=re.I)
    return re.sub(r"\W+", "", without_unit(rest))


class Records:
    """The rows of a data file, read by its mapping; what cannot be read is gathered by reason.

    `given` is what a person has set, which stands against what the rows say.
    """

    def __init__(self, context: TableContext, grid: Grid, mapping: TableMapping, given: TableMapping) -> None:
        self._context = context
        self._grid = grid
        # What is set of each column, with what is set of the whole file: asked for at every row.
        self._values = tuple(mapping.value(value.index) for value in mapping.values)
        self._given = {value.index: given.value(value.index) for value in mapping.values}
        self.columns = dict(mapping.columns)
        self._refused: dict[str, RefusedRows] = {}
        self._length = grid.usual_length
        roles = [role_of(grid, column) for column in range(grid.width)]
        read = {*self.columns.values(), *(value.index for value in mapping.values)}
        self._periods = tuple(place for place, role in enumerate(roles) if role == "period" and place not in read)
        scales = self.columns.get("scale")
        self._has_scales = scales is not None and any(
            grid.text(row, scales) for row in range(grid.top + 1, grid.height)
        )
        self._of_goods = limits(grid, read)
        read |= set(self._of_goods)
        self._unread = tuple(place for place, role in enumerate(roles) if role in ("", "value") and place not in read)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The rows left out so far, one entry a reason."""
        return tuple(one.told(reason) for reason, one in self._refused.items())

    @property
    def unread(self) -> tuple[int, ...]:
        """The columns that are not read although figures stand in them."""
        rows = range(self._grid.top + 1, self._grid.height)
        return tuple(
            column
            for column in self._unread
            if any((words := self._grid.text(row, column)) and figure_of_any_sign(words) is not None for row in rows)
        )

    def refuse(
        self, reason: str, row: int, column: int, remedy: str = "", name: str = "", *, needs_doing: bool = True
    ) -> None:
        """Note that a row gives no observation; `name` is the word in it that is meant."""
        known = self._refused.get(reason)
        if known is None:
            known = self._refused[reason] = RefusedRows(row, column, remedy, needs_doing)
        known.rows.add(row)
        if name:
            known.names[name] = None

    def rows(self) -> Iterator[Row]:
        """Yield each row that concerns the dyad (all rows without one), for each column of figures."""
        for row in range(self._grid.top + 1, self._grid.height):
            for value in self._values:
                record = None if value.skip else self._row(row, value)
                if record is not None:
                    yield record

    def _text(self, row: int, role: str) -> str:
        column = self.columns.get(role)
        return "" if column is None else self._grid.text(row, column)

    def period_place(self, row: int, column: int) -> Place:
        """Return where the period of a figure stands: in its row, or over its column."""
        return (row, self.columns["period"]) if "period" in self.columns else (self._grid.top, column)

    def period(self, row: int, column: int) -> str:
        """Return the period of a figure as it is printed."""
        return self._grid.text(*self.period_place(row, column))

    def _row(self, row: int, value: ValueMapping) -> Row | None:
        sides = ("exporter", "importer") if "exporter" in self.columns and "importer" in self.columns else None
        roles = sides or ("reporter", "partner")
        names = self._text(row, roles[0]), self._text(row, roles[1])
        length = self._grid.row_length(row)
        if not any(names) and not any(self._grid.text(row, column) for column in range(self._grid.width)):
            return None
        if not any(names) and not (value.reporter and value.partner):
            self.refuse("the row names no states", row, self.columns.get(roles[0], 0))
            return None
        if length != self._length:
            reason = f"the row has {length} cells, most have {self._length}; its figures are not taken"
            remedy = "Add the missing cells (empty where there is no figure), or take the surplus ones out."
            self.refuse(reason, row, 0, remedy)
            return None
        codes = self._codes(row, value, roles, names)
        if codes is None:
            return None
        cell = self._grid.cell(row, value.index)
        if cell is not None and cell.row_span > 1:
            reason = f"the figure stands in a cell merged over {cell.row_span} rows; of which it is, is not known"
            self.refuse(reason, row, value.index, "Part the cell, and write the figure where it belongs.", cell.text)
            return None
        label = read_label(self.period(row, value.index))
        limit = limit_of(self._grid, row, self.columns, self._periods, label, self._of_goods)
        if limit is not None:
            reason, words, column = limit
            self.refuse(
                reason,
                row,
                column,
                "Nothing needs doing, unless the figure is of the whole: then empty that cell.",
                words,
            )
            return None
        if label is None:
            remedy = "Write a year, a fiscal year such as 2016-17, a quarter or a month."
            reason = "no period that is understood here"
            self.refuse(
                reason, *self.period_place(row, value.index), remedy, self.period(row, value.index) or "(empty)"
            )
            return None
        return self._record(row, value, codes, label, sides is not None)

    def _codes(
        self, row: int, value: ValueMapping, roles: tuple[str, str], names: tuple[str, str]
    ) -> tuple[str, str] | None:
        """Return the two states of a row; None where they are not the dyad's, or none, which is then told."""
        year = _YEAR.search(self.period(row, value.index))
        given = (value.reporter, value.partner)
        found = [
            Side(of_file) if of_file and not name else side(name, int(year.group()) if year else 0)
            for name, of_file in zip(names, given, strict=True)
        ]
        dyad = self._context.dyad
        if dyad is not None:
            found = [self._of_the_dyad(one, name) for one, name in zip(found, names, strict=True)]
        codes = {one.code for one in found}
        if dyad is not None and codes - {""} - dyad.codes:
            return None  # of a third state: none of the dyad's business
        for one, name, role in zip(found, names, roles, strict=True):
            if one.code:
                continue
            if role not in self.columns:
                remedy = f"Set {role} (a state's code) for this table in comity.toml."
                self.refuse(f"the rows name no {role}", row, 0, remedy)
            elif one.why is NoState.EMPTY and any(other.why is NoState.GROUP for other in found):
                continue  # "Total" beside an empty cell says what it is
            elif one.why is not None and (dyad is None or not one.may or one.may & dyad.codes):
                self._tell_of_side(one, name, row, self.columns[role])
        if "" in codes:
            return None
        if len(codes) == 1:
            reason = "the row has one state on both sides"
            self.refuse(reason, row, self.columns.get(roles[1], 0), "Correct the state.", found[0].code)
            return None
        for one, name, role in zip(found, names, roles, strict=True):
            if one.is_former:
                reason = f"a name that {one.code} no longer had in those years; the figures are taken as its own"
                self.refuse(reason, row, self.columns[role], "Check that this state is meant.", name, needs_doing=False)
        return found[0].code, found[1].code

    def _of_the_dyad(self, one: Side, name: str) -> Side:
        """Return who is meant; none where the name is that of a state of the dyad today, and was another's then ("Russia" in 1985)."""
        dyad = self._context.dyad
        if not one.code or dyad is None or one.code in dyad.codes or not (meant := named_today(name) & dyad.codes):
            return one
        return Side(why=NoState.ENDED, may=meant)

    def _tell_of_side(self, one: Side, name: str, row: int, column: int) -> None:
        dyad = self._context.dyad
        territory = dependency(name) if one.why is NoState.TERRITORY else None
        if territory is not None:
            if dyad is None or territory.code in dyad.codes:
                self.refuse(territory_reason(name, territory.code), row, column)
            return
        remedy = {
            NoState.GROUP: "Nothing needs doing.",
            NoState.ENDED: "Name the state of those years; such figures are not moved to a predecessor or successor.",
            NoState.AMBIGUOUS: f"Write the code of the one that is meant: {' or '.join(sorted(one.may))}.",
        }.get(one.why or NoState.UNKNOWN, "Write the state's name or its ISO 3166-1 alpha-3 code.")
        self.refuse(str(one.why), row, column, remedy, name, needs_doing=one.why is not NoState.GROUP)

    def _record(
        self, row: int, value: ValueMapping, codes: tuple[str, str], label: PeriodLabel, directed: bool
    ) -> Row | None:
        flow = self._text(row, "flow").replace("_", " ")
        indicator = value.indicator
        remarks = [value.remark] if value.remark else []
        if directed:
            indicator = indicator or "exports"
            remarks = remarks or ["a flow from exporter to importer; the file does not say whose report it is"]
        elif flow:
            # What the row itself names stands: a file of exports and imports is not all the one that was set for it.
            named, doubt = flow_of(flow)
            of_another_kind = len(named) > 1 or _ANOTHER_KIND.search(flow)
            if of_another_kind or not (named or indicator):
                doubt = f"'{flow}' is no one indicator of the catalogue"
            elif doubt:
                doubt = f"'{flow}' is not taken: {doubt}"
            if doubt:
                remedy = "Where it is one, write the indicator's own name into the cell: Exports, Imports, ..."
                self.refuse(doubt, row, self.columns["flow"], remedy)
                return None
            indicator = named[0] if named else indicator
        if not indicator:
            remedy = self._remedy('indicator = "..." with the name of what all of them measure,')
            self.refuse("nothing says what the figures measure", row, value.index, remedy)
            return None
        unit = self._unit(row, value, codes, indicator)
        if unit is None:
            return None
        kind = self._text(row, "kind").lower()
        if _FORECAST.fullmatch(kind):
            reason = "a forecast or a budget is no figure that was recorded"
            self.refuse(reason, row, self.columns["kind"], "Nothing needs doing.", kind)
            return None
        of_a_year = label.kind not in (LabelKind.QUARTER, LabelKind.MONTH)
        if reason := limited_by_note(kind, of_a_year=of_a_year):
            self.refuse(reason, row, self.columns["kind"], "Nothing needs doing, unless the words are wrong.", kind)
            return None
        derived = "derived" in kind or kind in ("i", "e") or "imputed" in kind or "estimate" in kind
        if kind and not derived and not _SAYS_NOTHING.fullmatch(kind):
            remarks.append(f"{self._grid.text(self._grid.top, self.columns['kind'])}: {self._text(row, 'kind')}")
        beside = [*self._words_beside(row)]
        for column, words in beside:
            if reason := limited_by_note(words, of_a_year=of_a_year):
                self.refuse(reason, row, column, "Nothing needs doing, unless the words are wrong.", words)
                return None
        remarks += [
            f"{self._grid.text(self._grid.top, column) or f'column {column + 1}'}: {words[:_LONGEST_REMARK]}"
            for column, words in beside
        ]
        return Row(
            row,
            value.index,
            *codes,
            indicator,
            label,
            *unit,
            value.valuation or valuation_in(flow),
            (Status.IMPUTED if "imputed" in kind or kind == "i" else Status.DERIVED) if derived else Status.REPORTED,
            self._text(row, "source"),
            "; ".join(remarks),
        )

    def _words_beside(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield what columns without a known header say of a row: it may limit what the figure is of."""
        for column in self._unread:
            words = self._grid.text(row, column)
            if words and figure_of_any_sign(words) is None:
                yield column, words

    def _unit(
        self, row: int, value: ValueMapping, codes: tuple[str, str], indicator: str
    ) -> tuple[str, Decimal | None] | None:
        """Return unit and scale of a row's figures ("" where only the figure's own cell may name one); None if refused.

        What a person has set stands; else the header's unit and the row's own must agree.
        """
        told = self._given[value.index]
        column = self.columns.get("unit", self.columns.get("scale", value.index))
        if told.unit:
            return told.unit, value.scale or Decimal(1)
        scale_words = self._text(row, "scale")
        power = _scale_of(scale_words)
        named = self._text(row, "unit") or _unit_of_flow(self._text(row, "flow"), codes)
        words = f"{scale_words if power is None else ''} {named}".strip()
        read = _unit_in(words, codes) if words else None
        reason = ""
        if isinstance(read, TwoUnits):
            reason = read.reason
        elif (words and read is None and not _ONES.fullmatch(words)) or _is_no_scale(scale_words, power):
            reason = "no unit or scale that is known"
        elif read is not None and read.constant_prices:
            reason = "the figures are at constant prices, which series do not hold yet"
        elif read is not None and (is_money(read.unit) or not read.unit) and (unknown := unknown_words(words)):
            reason = f"the unit has a word that is not understood here ('{unknown}') and may change it"
        elif read is not None and power is not None and read.scale not in (None, power):
            reason = (
                f"the unit has another scale than the column '{self._grid.text(self._grid.top, self.columns['scale'])}'"
            )
        if not reason and self._lacks_scale(scale_words, read, value):
            reason, column = "the row's scale is empty, and other rows have one", self.columns["scale"]
        if reason:
            self.refuse(reason, row, column, _CORRECT_UNIT, words)
            return None
        own = read if isinstance(read, Unit) else Unit("", None, "")
        unit, scale = own.unit or value.unit, own.scale if own.scale is not None else power
        if value.unit and ((own.unit and own.unit != value.unit) or (scale is not None and scale != value.scale)):
            reason = f"another unit than the header's ({value.unit} x {value.scale})"
            self.refuse(reason, row, column, _CORRECT_UNIT, words or scale_words)
            return None
        if value.unit:
            scale = value.scale
        if doubt := unit_doubt(indicator, unit, scale):
            self.refuse(doubt, row, column, _CORRECT_UNIT, words)
            return None
        return unit, scale

    def _lacks_scale(self, words: str, read: Unit | TwoUnits | None, value: ValueMapping) -> bool:
        """Whether nothing names the scale of a row in a file that has a column of scales."""
        named = words or value.unit or (isinstance(read, Unit) and read.scale is not None)
        return not named and "scale" in self.columns and self._has_scales

    def _remedy(self, setting: str) -> str:
        key = f'[tables."{self._context.document.name}"."{self._context.number}"]'
        return f"Add {setting} under {key} in comity.toml."


@lru_cache(maxsize=4096)
def _unit_in(words: str, codes: tuple[str, str]) -> Unit | TwoUnits | None:
    """Return the unit of a row's cells; the same words stand in most rows."""
    return read_unit(words, codes)


def _unit_of_flow(words: str, codes: tuple[str, str]) -> str:
    """Return the unit that a row names beside what it measures ("Exports (US$ million)"); "" for none."""
    found = _BESIDE.search(words)
    named = "" if found is None else found[1] or found[2]
    return named if named and _unit_in(named, codes) is not None else ""


def _is_no_scale(words: str, power: Decimal | None) -> bool:
    """Whether a cell of scales says something that is none."""
    if not words or power is not None or _ONES.fullmatch(words):
        return False
    read = read_unit(words)
    return not isinstance(read, Unit) or read.scale is None


def _scale_of(words: str) -> Decimal | None:
    """Return the scale that a cell of scales says by a number; None where it says it in words, or not surely."""
    if words in _POWERS:
        return Decimal(10) ** _POWERS[words]
    return Decimal(words) if re.fullmatch(r"10{2,12}", words) else None
