"""How a table is to be read: guessed, shown to people, and corrected by them in comity.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from comity.terms import InvalidTerm, Valuation


class Orientation(StrEnum):
    """Where the periods stand."""

    ROWS = "periods-in-rows"  # each row is a period, each column of figures a series
    COLUMNS = "periods-in-columns"  # each column is a period, each row of figures a series
    RECORDS = "records"  # each row is one record that names its own states and period


_STATE = re.compile(r"[A-Z]{3}")
_CALENDARS = ("", "calendar", "fiscal")
_DECIMALS = ("", ".", ",")


@dataclass(frozen=True, slots=True)
class ValueMapping:
    """What one line of figures means. An empty item takes the table's own; `scale` None likewise.

    Attributes:
        index: the column from 0 (the row, when periods stand in columns).
        label: the header as printed, for people.
        unit: ISO 4217 for money ("USD"), "count", or the unit's name.
        scale: what one printed unit stands for (1000000 for "million").
        calendar: "calendar" or "fiscal": what a year in the period column means.
        decimal: "." or ",": the decimal sign of these figures.
        skip: take no figures from here.
        remark: what a reader of each figure must know ("unit inferred from ...").
        under: where the same periods stand under several headers ("Exports" and "Imports" over the years), the one
            that is meant; "" for all of them.
    """

    index: int
    label: str = ""
    reporter: str = ""
    partner: str = ""
    indicator: str = ""
    unit: str = ""
    scale: Decimal | None = None
    calendar: str = ""
    valuation: Valuation = Valuation.UNKNOWN
    decimal: str = ""
    skip: bool = False
    remark: str = ""
    under: str = ""

    def __post_init__(self) -> None:
        _validate(self)
        if self.index < 0:
            raise InvalidTerm(f"columns and rows count from 0, not from {self.index}")

    def filled_from(self, other: ValueMapping) -> ValueMapping:
        """Return this mapping with its empty items taken from `other`."""
        empty = {
            item.name: getattr(other, item.name)
            for item in fields(self)
            if item.name not in ("index", "under") and getattr(self, item.name) in ("", None, False)
        }
        return replace(self, **empty)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is read. Items set here hold for every line of figures that does not set its own.

    Attributes:
        table: id of the table in its document.
        orientation: where the periods stand; None leaves it to be guessed.
        periods: the column (or row) that holds the periods, from 0; None leaves it to be guessed.
        columns: for records, which column holds what ("reporter", "partner", "exporter", "importer", "period",
            "flow", "value", "unit", ...), by role.
        basis: for each guessed item, the words that it was guessed from.
        skip: take nothing from this table.
    """

    table: str = ""
    orientation: Orientation | None = None
    periods: int | None = None
    reporter: str = ""
    partner: str = ""
    indicator: str = ""
    unit: str = ""
    scale: Decimal | None = None
    calendar: str = ""
    valuation: Valuation = Valuation.UNKNOWN
    decimal: str = ""
    skip: bool = False
    remark: str = ""
    values: tuple[ValueMapping, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()
    basis: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        _validate(self)

    def value(self, index: int, under: str = "") -> ValueMapping:
        """Return the full meaning of one line of figures: its own items, then the table's."""
        own = [value for value in self.values if value.index == index and (value.under in ("", under) or not under)]
        exact = [value for value in own if value.under == under]
        return next(iter(exact or own), ValueMapping(index, under=under)).filled_from(self._common(index))

    def over(self, guess: TableMapping) -> TableMapping:
        """Return this mapping completed by a guess: what is set here stands, the rest is the guess's.

        An indicator set for the whole table is left to the guess, which gives it to the lines that name none: it never
        stands against a line that names another.
        """
        table_items = {name: getattr(self, name) for name in _COMMON if getattr(self, name) not in ("", None, False)}
        if guess.values:
            table_items.pop("indicator", None)
        by_line = {(value.index, value.under): value for value in self.values}
        used = set()
        merged = []
        for guessed in guess.values:
            # An item that a person set for the whole table stands against a guess for one column.
            stripped = replace(guessed, **{name: _EMPTY[name] for name in table_items})
            key = next((key for key in ((guessed.index, guessed.under), (guessed.index, "")) if key in by_line), None)
            own = ValueMapping(guessed.index) if key is None else by_line[key]
            used.add(key)
            if own.unit or "unit" in table_items:
                stripped = replace(stripped, remark=_without_inference(stripped.remark))
            merged.append(replace(own.filled_from(stripped), under=guessed.under))
        merged.extend(
            replace(value, indicator=value.indicator or self.indicator)
            for key, value in by_line.items()
            if key not in used
        )
        table_items["skip"] = self.skip or guess.skip
        return replace(
            guess,
            orientation=self.orientation or guess.orientation,
            periods=guess.periods if self.periods is None else self.periods,
            values=tuple(sorted(merged, key=lambda value: (value.index, value.under))),
            columns=tuple((dict(guess.columns) | dict(self.columns)).items()),
            basis=(*guess.basis, *((item, "set by hand") for item in table_items if item != "skip" or self.skip)),
            **table_items,
        )

    def gathered(self) -> TableMapping:
        """Return the mapping with the items that all its lines share moved to the table, which reads shorter."""
        if len(self.values) < 2:
            return self
        shared = {}
        for name in _COMMON:
            items = {getattr(value, name) for value in self.values}
            if len(items) == 1 and name != "skip" and items != {_EMPTY[name]}:
                shared[name] = items.pop()
        blank = {name: _EMPTY[name] for name in shared}
        return replace(self, values=tuple(replace(value, **blank) for value in self.values), **shared)

    def to_dict(self) -> dict[str, Any]:
        """Return the mapping as plain values for TOML or JSON; empty items are left out."""
        plain: dict[str, Any] = {"table": self.table} if self.table else {}
        if self.orientation is not None:
            plain["orientation"] = self.orientation.value
        if self.periods is not None:
            plain["periods"] = self.periods
        plain |= _plain_items(self)
        if self.columns:
            plain["columns"] = dict(self.columns)
        if self.values:
            plain["values"] = [
                {"index": value.index}
                | {name: words for name in ("label", "under") if (words := getattr(value, name))}
                | _plain_items(value)
                for value in self.values
            ]
        if self.basis:
            plain["basis"] = dict(self.basis)
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> TableMapping:
        """Return the mapping that `to_dict` or a person wrote.

        Raises:
            InvalidTerm: an item is unknown or has a wrong value; the message names it.
        """
        known = {"table", "orientation", "periods", "columns", "values", "basis", *_COMMON}
        _refuse_unknown(plain, known)
        orientation = plain.get("orientation")
        if orientation is not None and orientation not in list(Orientation):
            raise InvalidTerm(f"a table's orientation is one of {', '.join(Orientation)}, not {orientation!r}")
        values = []
        for row in plain.get("values", ()):
            _refuse_unknown(row, {"index", "label", "under", *_COMMON})
            if "index" not in row:
                raise InvalidTerm("each of a table's values needs its index: the column (or row) from 0")
            label, under = (str(row.get(name, "")) for name in ("label", "under"))
            values.append(ValueMapping(int(row["index"]), label=label, under=under, **_read_items(row)))
        return cls(
            table=str(plain.get("table", "")),
            orientation=None if orientation is None else Orientation(orientation),
            periods=None if plain.get("periods") is None else int(plain["periods"]),
            columns=tuple((str(role), int(column)) for role, column in plain.get("columns", {}).items()),
            values=tuple(values),
            basis=tuple((str(item), str(words)) for item, words in plain.get("basis", {}).items()),
            **_read_items(plain),
        )

    def _common(self, index: int) -> ValueMapping:
        return ValueMapping(index, **{name: getattr(self, name) for name in _COMMON})


# The items that a table and each of its lines of figures have in common.
_COMMON = ("reporter", "partner", "indicator", "unit", "scale", "calendar", "valuation", "decimal", "skip", "remark")
_EMPTY: dict[str, Any] = {
    name: None if name == "scale" else False if name == "skip" else Valuation.UNKNOWN if name == "valuation" else ""
    for name in _COMMON
}


# The start of a remark on a unit that was inferred; a unit set by a person needs no such remark.
INFERRED = "unit inferred: "


def _without_inference(remark: str) -> str:
    return "; ".join(part for part in remark.split("; ") if not part.startswith(INFERRED))


def _validate(mapping: TableMapping | ValueMapping) -> None:
    for name in ("reporter", "partner"):
        code = getattr(mapping, name)
        if code and not _STATE.fullmatch(code):
            raise InvalidTerm(f"the {name} of a table is a three-letter state code, not {code!r}")
    if mapping.calendar not in _CALENDARS:
        raise InvalidTerm(f"a table's calendar is 'calendar' or 'fiscal', not {mapping.calendar!r}")
    if mapping.decimal not in _DECIMALS:
        raise InvalidTerm(f"a table's decimal sign is '.' or ',', not {mapping.decimal!r}")
    if mapping.scale is not None and not (mapping.scale.is_finite() and mapping.scale > 0):
        raise InvalidTerm(f"a table's scale is a number above 0, not {mapping.scale}")


def _plain_items(mapping: TableMapping | ValueMapping) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name in _COMMON:
        item = getattr(mapping, name)
        if item in ("", None, False):
            continue
        if isinstance(item, Decimal):
            plain[name] = int(item) if item == item.to_integral_value() else str(item)
        else:
            plain[name] = item.value if isinstance(item, Valuation) else item
    return plain


def _read_items(plain: Mapping[str, Any]) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for name in _COMMON:
        if name not in plain:
            continue
        raw = plain[name]
        if name == "scale":
            try:
                items[name] = Decimal(str(raw))
            except InvalidOperation as error:
                raise InvalidTerm(f"a table's scale is a number, not {raw!r}") from error
        elif name == "valuation":
            if raw not in list(Valuation):
                raise InvalidTerm(f"a valuation is FOB or CIF, not {raw!r}")
            items[name] = Valuation(raw)
        elif name == "skip":
            items[name] = bool(raw)
        else:
            items[name] = str(raw)
    return items


def _refuse_unknown(plain: Mapping[str, Any], known: set[str]) -> None:
    unknown = set(plain) - known
    if unknown:
        raise InvalidTerm(
            f"a table's mapping has no item {', '.join(sorted(unknown))}",
            remedy=f"Choose from {', '.join(sorted(known))}.",
        )
