"""Which column of a data file in records holds what, by its header: roles, columns of figures, and what limits a row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from comity.statistics.figures import figure_of_any_sign
from comity.statistics.grid import Grid
from comity.statistics.labels import LabelKind, read_label
from comity.statistics.record_limits import flow_of
from comity.statistics.units import TwoUnits, Unit, is_money, read_unit

_PLAIN = re.compile(r"[\s._\-()]+")
# Roles of which a file has one column; a header that stands over two leaves open which is meant.
_ONCE = ("reporter", "partner", "exporter", "importer", "period", "flow", "value", "unit", "scale")
# Headers of columns that say of which goods a row is, beside those that are listed.
_OF_GOODS = re.compile(
    r"(?:hs|sitc|cpc|bec|isic|naics|nace|cn|tariff)(?:[ _-]?\d+)?(?:[ _-]?codes?)?"
    r"|.*(?:product|commodit|chapter|heading|description|\bgoods?\b|\bsection|\bcategor|\bsub-?group|\bindustr|\bsector).*",
    re.IGNORECASE,
)
# Kinds of headers that are surely periods: a bare number may be a month, or no period at all.
_PERIODS = (LabelKind.YEAR, LabelKind.FISCAL_SPAN, LabelKind.FISCAL_SINGLE, LabelKind.QUARTER)
# Words of a header that name a unit together with others, or say no more than that it is one.
_OF_UNITS = frozenset(
    "in of us u.s usd m mn bn k mio mln million millions thousand thousands billion billions current prices nominal".split()
)


@cache
def _column_names() -> dict[str, str]:
    content = tomllib.loads((files("comity.statistics") / "data" / "record_columns.toml").read_text("utf-8"))
    return {name: role for role, names in content.items() for name in names}


def find_columns(grid: Grid) -> dict[str, int]:
    """Return which column of a data file holds what, by role; empty where the table is not made of records."""
    order = {name: place for place, name in enumerate(_column_names())}
    found: dict[str, tuple[int, int]] = {}
    for column in range(grid.width):
        header = _plain_header(grid, column)
        role = _column_names().get(header)
        if role is None and is_value(grid.text(grid.top, column)):
            role, header = "value", "value"
        if role is not None and (role not in found or order[header] < found[role][0]):
            found[role] = (order[header], column)
    columns = {role: column for role, (_, column) in found.items()}
    one_state = {"reporter", "partner", "exporter", "importer"} & set(columns)
    if not one_state:
        return {}
    # "tradeflow" over figures is what flows, and no name of a flow.
    if "flow" in columns and "value" not in columns and columns["flow"] in likely_values(grid, set()):
        del columns["flow"]
    if "flow" not in columns:
        read = {column for role, column in columns.items() if role not in ("sector", "product")}
        flow = _column_of_flows(grid, read)
        if flow is not None:
            columns = {role: column for role, column in columns.items() if column != flow} | {"flow": flow}
    return columns if "period" in columns or periods_across(grid, columns) else {}


def periods_across(grid: Grid, columns: Mapping[str, int]) -> tuple[int, ...]:
    """Return the columns that periods head, where each row names both its states and what it measures; none of other tables.

    A table that says these in its caption or over its columns is no file of records.
    """
    is_told = {"reporter", "partner", "flow"} <= columns.keys() or {"exporter", "importer"} <= columns.keys()
    if not is_told or {"period", "value"} & columns.keys():
        return ()
    labels = {column: read_label(grid.text(grid.top, column)) for column in range(grid.width)}
    found = [column for column, label in labels.items() if label is not None and label.kind in _PERIODS]
    return tuple(column for column in found if column not in columns.values()) if len(found) > 1 else ()


def _column_of_flows(grid: Grid, read: set[int]) -> int | None:
    """Return the one column whose every cell names what its row measures, whatever its header says ("Type": "Exports")."""
    rows = range(grid.top + 1, min(grid.height, grid.top + 200))
    found = []
    for column in range(grid.width):
        cells = {words for row in rows if (words := grid.text(row, column))} if column not in read else set()
        if cells and all(flow_of(words)[0] for words in cells):
            found.append(column)
    return found[0] if len(found) == 1 else None


def is_value(header: str) -> bool:
    """Whether a header names figures of money in a unit and says no more: "Value (US$ million)", "value_usd_m", "Amount, EUR"."""
    unit = unit_of_header(header)
    if not isinstance(unit, Unit) or (unit.unit and not is_money(unit.unit)):
        return False
    return _column_names().get(_PLAIN.sub("", without_unit(header).lower())) == "value"


def unit_of_header(header: str) -> Unit | TwoUnits | None:
    """Return the unit that a header names; programs write it behind low lines ("value_usd_m")."""
    return read_unit(header.replace("_", " "))


def without_unit(header: str) -> str:
    """Return what is left of a header without its unit and what stands in brackets."""
    shown = re.sub(r"[(\[].*?[)\]]", " ", header.replace("_", " "))
    words = re.split(r"[\s,:/;-]+", shown)
    return " ".join(
        word for word in words if word.lower().strip(".'’0") not in _OF_UNITS and not isinstance(read_unit(word), Unit)
    ).strip()


def limits(grid: Grid, read: set[int]) -> tuple[int, ...]:
    """Return the columns beside those that are `read` whose headers say that they name goods or parts of them."""
    return tuple(
        column
        for column in range(grid.width)
        if column not in read and not role_of(grid, column) and _OF_GOODS.fullmatch(grid.text(grid.top, column))
    )


def likely_values(grid: Grid, read: set[int]) -> tuple[int, ...]:
    """Return the columns beside those that are `read` that hold figures more often than not."""
    rows = range(grid.top + 1, min(grid.height, grid.top + 200))
    found = []
    for column in range(grid.width):
        cells = [words for row in rows if (words := grid.text(row, column))]
        figures = sum(figure_of_any_sign(words) is not None for words in cells)
        if column not in read and figures * 2 > len(cells):
            found.append(column)
    return tuple(found)


def role_of(grid: Grid, column: int) -> str:
    """Return the role that a column's header names; "" for none."""
    return _column_names().get(_plain_header(grid, column), "")


def _plain_header(grid: Grid, column: int) -> str:
    return _PLAIN.sub("", grid.text(grid.top, column).lower().lstrip("\ufeff"))


def repeated_headers(grid: Grid, columns: dict[str, int], given: frozenset[str]) -> tuple[str, tuple[int, ...]] | None:
    """Return the header of a role that stands over several columns with different cells; None where none does.

    Roles in `given`, whose columns a person has set, are not in doubt.
    """
    for role in _ONCE:
        if role not in columns or role in given:
            continue
        header = _plain_header(grid, columns[role])
        places = tuple(column for column in range(grid.width) if header and _plain_header(grid, column) == header)
        if len(places) < 2:
            continue
        rows = range(grid.top + 1, grid.height)
        if any(len({grid.text(row, column) for column in places}) > 1 for row in rows):
            return grid.text(grid.top, columns[role]), places
    return None
