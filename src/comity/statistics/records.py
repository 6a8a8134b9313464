"""Data files in records: each row names its own states, period, flow and figure, as statistical offices publish.

The plain long format is read: reporter and partner (or exporter and importer), a period, a flow and a value. A file
whose rows name one state only, or that names no unit, needs a person's mapping; the problem says what to add.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from comity.states import dependency, resolve, state
from comity.statistics.accounts import territory_reason
from comity.statistics.catalogue import indicators_in
from comity.statistics.decimals import Place, decimal_signs
from comity.statistics.grid import Grid
from comity.statistics.guessing import Guess, TableContext, valuation_in
from comity.statistics.mapping import Orientation, TableMapping, ValueMapping
from comity.statistics.units import TwoUnits, Unit, read_unit
from comity.terms import StateError, Status, Valuation

_PLAIN = re.compile(r"[\s._\-()]+")
_EVERYTHING = frozenset(
    {"total", "_t", "all", "all products", "all commodities", "c", "commodities", "", "total trade"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a data file, its items as printed and its states resolved ("" where they are not states)."""

    row: int
    column: int
    reporter: str
    partner: str
    indicator: str
    period: str
    unit: str
    scale: Decimal | None
    valuation: Valuation
    status: Status
    source: str
    remark: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, or many rows of one kind, that give no observation, with the first place."""

    reason: str
    row: int
    column: int
    remedy: str = ""
    count: int = 1


@cache
def _column_names() -> dict[str, str]:
    content = tomllib.loads((files("comity.statistics") / "data" / "record_columns.toml").read_text("utf-8"))
    return {name: role for role, names in content.items() for name in names}


def find_columns(grid: Grid) -> dict[str, int]:
    """Return which column of a data file holds what, by role; empty where the table is not made of records."""
    order = {name: place for place, name in enumerate(_column_names())}
    found: dict[str, tuple[int, int]] = {}
    for column in range(grid.width):
        header = _PLAIN.sub("", grid.text(grid.top, column).lower().lstrip("\ufeff"))
        role = _column_names().get(header)
        if role is not None and (role not in found or order[header] < found[role][0]):
            found[role] = (order[header], column)
    columns = {role: column for role, (_, column) in found.items()}
    one_state = {"reporter", "partner", "exporter", "importer"} & set(columns)
    if "period" not in columns or not one_state:
        return {}
    return columns


def guess_records(context: TableContext, grid: Grid, columns: dict[str, int], given: str = "") -> Guess:
    """Guess the mapping of a data file in records from its headers.

    An indicator that a person has set for the whole file (`given`) is that of a column whose header names none.
    """
    doubts: dict[tuple[int, str], str] = {}
    basis = {f"columns.{role}": f"header: '{grid.text(grid.top, column)}'" for role, column in columns.items()}
    taken = set(columns.values())
    values = []
    if "value" in columns:
        values.append(ValueMapping(columns["value"], label=grid.text(grid.top, columns["value"])))
    else:
        # Several columns of figures, each headed by its indicator.
        for column in range(grid.width):
            header = grid.text(grid.top, column).replace("_", " ")
            named = indicators_in(header)
            if column not in taken and len(named) == 1 and not re.sub(r"\W+", "", _without(header, named[0].text)):
                values.append(ValueMapping(column, label=grid.text(grid.top, column), indicator=named[0].key))
                basis[f"{column}.indicator"] = f"header: '{header}'"
    completed = []
    body = range(grid.top + 1, min(grid.height, 2000))
    columned = [grid.printed((row, value.index) for row in body) for value in values]
    signs = decimal_signs(columned, context.table.separator)
    unsure: frozenset[Place] = frozenset().union(*(sign.unsure for sign in signs))
    for value, sign in zip(values, signs, strict=True):
        unit = read_unit(value.label) or read_unit(context.table.unit)
        if isinstance(unit, TwoUnits):
            doubts[value.index, "unit"] = unit.reason
        elif unit is not None and unit.unit:
            value = replace(value, unit=unit.unit, scale=unit.scale or Decimal(1))
            basis[f"{value.index}.unit"] = f"header: '{value.label}'"
        completed.append(replace(value, decimal=sign.sign, indicator=value.indicator or given))
        if sign.doubt:
            doubts[value.index, "decimal"] = sign.doubt
    mapping = TableMapping(
        table=context.table.id,
        orientation=Orientation.RECORDS,
        periods=columns["period"],
        values=tuple(completed),
        columns=tuple(columns.items()),
        basis=tuple(basis.items()),
    )
    return Guess(mapping, doubts, unsure)


def _without(header: str, words: str) -> str:
    unit = re.compile(r"\(.*?\)|us\$|usd|million|billion|thousand|value|total", re.I)
    return unit.sub(" ", header.replace(words, " "))


class Records:
    """The rows of a data file, read by its mapping; what cannot be read is gathered by reason."""

    def __init__(self, context: TableContext, grid: Grid, mapping: TableMapping) -> None:
        self._context = context
        self._grid = grid
        self._mapping = mapping
        self._columns = dict(mapping.columns)
        self._states: dict[tuple[str, int], str] = {}
        self._refused: dict[str, Refusal] = {}

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The rows left out so far, one entry a reason."""
        return tuple(self._refused.values())

    def refuse(self, reason: str, row: int, column: int, remedy: str = "") -> None:
        """Note that a row gives no observation."""
        known = self._refused.get(reason)
        self._refused[reason] = (
            Refusal(reason, row, column, remedy) if known is None else replace(known, count=known.count + 1)
        )

    def rows(self) -> Iterator[Row]:
        """Yield each row that concerns the dyad (all rows without one), for each column of figures."""
        values = [self._mapping.value(value.index) for value in self._mapping.values]
        for row in range(self._grid.top + 1, self._grid.height):
            for value in values:
                record = None if value.skip else self._row(row, value)
                if record is not None:
                    yield record

    def _text(self, row: int, role: str) -> str:
        column = self._columns.get(role)
        return "" if column is None else self._grid.text(row, column)

    def _row(self, row: int, value: ValueMapping) -> Row | None:
        sides = ("exporter", "importer") if "exporter" in self._columns and "importer" in self._columns else None
        first, second = sides or ("reporter", "partner")
        names = self._text(row, first), self._text(row, second)
        if not any(names):
            if any(self._grid.text(row, column) for column in range(self._grid.width)):
                self.refuse("the row names no states", row, self._columns.get(first, 0))
            return None
        year = re.search(r"\d{4}", self._text(row, "period"))
        on = int(year.group()) if year else 0
        codes = []
        for name, role, given in zip(names, (first, second), (value.reporter, value.partner), strict=True):
            code = given if given and not name else self._state(name, on)
            codes.append(code)
            territory = None if code else dependency(name)
            if territory is not None and role in self._columns:
                if self._context.dyad is None or territory.code in self._context.dyad.codes:
                    self.refuse(territory_reason(name, territory.code), row, self._columns[role])
            elif not code and role not in self._columns:
                remedy = f"Set {role} (a state's code) for this table in comity.toml."
                self.refuse(f"the rows name no {role}", row, 0, remedy)
            elif not code and self._context.dyad is None:
                reason = f"'{name}' is not a state" if name else f"the cell of the {role} is empty"
                self.refuse(reason, row, self._columns[role])
        if not all(codes):
            return None
        dyad = self._context.dyad
        if codes[0] == codes[1] or (dyad is not None and {*codes} != dyad.codes):
            return None
        if self._is_part(row):
            return None
        return self._record(row, value, codes[0], codes[1], sides is not None)

    def _is_part(self, row: int) -> bool:
        """Whether the row is about some goods only, or a period that is not stated by the period column."""
        product = self._text(row, "product").strip().lower()
        if product not in _EVERYTHING:
            self.refuse(
                f"the row is about the product '{self._text(row, 'product')}' only", row, self._columns["product"]
            )
            return True
        return False

    def _record(self, row: int, value: ValueMapping, reporter: str, partner: str, directed: bool) -> Row | None:
        flow = self._text(row, "flow").replace("_", " ")
        indicator, remark = value.indicator, value.remark
        if directed:
            indicator = indicator or "exports"
            remark = remark or "a flow from exporter to importer; the file does not say whose report it is"
        elif flow:
            # What the row itself names stands: a file of exports and imports is not all the one that was set for it.
            named = {one.key for one in indicators_in(flow) if not one.loose}
            of_another_kind = len(named) > 1 or re.search(r"(?i)re-?\s?(?:ex|im)port", flow)
            if of_another_kind or not (named or indicator):
                self.refuse(f"'{flow}' is no one indicator of the catalogue", row, self._columns["flow"])
                return None
            indicator = named.pop() if named else indicator
        unit, scale = value.unit, value.scale
        words = f"{self._text(row, 'scale')} {self._text(row, 'unit')}".strip()
        if words and not (unit and scale):
            read = read_unit(words, (reporter, partner))
            if isinstance(read, Unit):
                unit, scale = unit or read.unit, scale or read.scale or (Decimal(1) if read.unit else None)
        kind = self._text(row, "kind").lower()
        derived = "derived" in kind or kind in ("i", "e") or "imputed" in kind or "estimate" in kind
        return Row(
            row,
            value.index,
            reporter,
            partner,
            indicator,
            self._text(row, "period"),
            unit,
            scale,
            value.valuation or valuation_in(flow),
            (Status.IMPUTED if "imputed" in kind or kind == "i" else Status.DERIVED) if derived else Status.REPORTED,
            self._text(row, "source"),
            remark,
        )

    def _state(self, name: str, year: int) -> str:
        key = (name, year)
        if key not in self._states:
            self._states[key] = _resolve(name, year)
        return self._states[key]


def _resolve(name: str, year: int) -> str:
    """Return the code of the state that a record names by code or name; "" where it is none, or several, or ended."""
    if not name or dependency(name) is not None:  # Greenland's figures are not Denmark's
        return ""
    try:
        if re.fullmatch(r"[A-Z]{3}", name):
            return state(name).code
        return resolve(name, date(year, 12, 31) if 1816 <= year <= 9998 else None).code
    except StateError:
        return ""
