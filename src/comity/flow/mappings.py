"""The sections [tables] of comity.toml: what may stand in them, and whether they lead to a table."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from comity import states
from comity.flow.units import doubt_of, fault_of
from comity.statistics import INDICATORS, TableMapping
from comity.terms import ComityError, WorkspaceError

if TYPE_CHECKING:
    from comity.record import View

Mappings = Mapping[str, Mapping[str, TableMapping]]


def read_mappings(tables: object) -> dict[str, dict[str, TableMapping]]:
    """Return the mappings by document and table.

    Raises:
        WorkspaceError: a value is of a wrong kind or not known; the message names its key and says what is expected.
    """
    found: dict[str, dict[str, TableMapping]] = {}
    for document, of_document in _section(
        tables, "[tables]", 'a section for each file: [tables."trade.csv"."1"]'
    ).items():
        name = f"[tables.{_quoted(document)}]"
        sections = _section(of_document, name, f'a section for each of its tables: [tables.{_quoted(document)}."1"]')
        found[document] = {
            table: _mapping(fields, table, f"[tables.{_quoted(document)}.{_quoted(table)}]")
            for table, fields in sections.items()
        }
    return found


def stray_mappings(mappings: Mappings, sources: Collection[str], view: View) -> Iterator[str]:
    """Yield a line for each mapping that leads to no table, and for each unit that is no usual one.

    Args:
        mappings: as `read_mappings` gave them.
        sources: the names of the files in sources/.
        view: the record after the build.
    """
    for name, tables in mappings.items():
        section = f"[tables.{_quoted(name)}]"
        if name not in sources:
            near = difflib.get_close_matches(name, list(sources), 1)
            yield f"{section} is for a file that is not in sources/" + (f"; is {near[0]} meant?" if near else ".")
            continue
        document = view.document(name)
        known: dict[str, int] = {}
        for number, table in enumerate(document.tables if document is not None else (), 1):
            known |= dict.fromkeys((table.id, table.id.rpartition("#")[2], str(number), f"t{number}"), number)
        for key, mapping in tables.items():
            if document is not None and key not in known:
                numbers = ", ".join(f'"{number}"' for number in sorted(set(known.values())))
                has = f"its tables are {numbers}" if numbers else "it has none"
                yield f"[tables.{_quoted(name)}.{_quoted(key)}] is for a table that {name} does not have; {has}."
            for unit in sorted({mapping.unit, *(value.unit for value in mapping.values)}):
                if doubt := doubt_of(unit):
                    yield f"[tables.{_quoted(name)}.{_quoted(key)}]: {doubt}"


def _mapping(fields: object, table: str, name: str) -> TableMapping:
    plain = _section(fields, name, 'the items of that table, such as unit = "USD"')
    _check(plain, name, _OF_TABLE)
    for role, column in plain.get("columns", {}).items():
        _expect(column, _is_place, f"{name} columns.{role}", _PLACE)
    for number, row in enumerate(plain.get("values", []), 1):
        _check(_section(row, f"{name} values, number {number},", _VALUE), f"{name} values, number {number},", _OF_VALUE)
    try:
        return TableMapping.from_dict({"table": table, **plain})
    except ComityError as error:
        raise WorkspaceError(f"{name}: {error}") from error


def _check(plain: Mapping[str, Any], name: str, kinds: Mapping[str, tuple[Callable[[Any], bool], str]]) -> None:
    for key, value in plain.items():
        if key in kinds:
            _expect(value, kinds[key][0], f"{name} {key}", kinds[key][1])
    for side in ("reporter", "partner"):
        if plain.get(side):
            try:
                states.state(plain[side])
            except ComityError as error:
                words = f"{name} {side} is {_quoted(plain[side])}; expected {_COMMON[side][1]}."
                raise WorkspaceError(words) from error
    indicator = plain.get("indicator")
    known = [each.key for each in INDICATORS]
    if indicator and indicator not in known:
        raise WorkspaceError(f'{name} indicator is "{indicator}"; known are {", ".join(known)}.')
    fault = fault_of(plain.get("unit", ""))
    if fault:
        raise WorkspaceError(f"{name} {fault}")


def _section(value: object, name: str, expected: str) -> dict[str, Any]:
    _expect(value, lambda each: isinstance(each, dict), name, expected)
    assert isinstance(value, dict)
    return value


def _expect(value: object, holds: Callable[[Any], bool], name: str, expected: str) -> None:
    if not holds(value):
        raise WorkspaceError(f"{name} is {_shown(value)}; expected {expected}.")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, list):
        return "a list"
    return str(value).lower() if isinstance(value, bool) else _quoted(value) if isinstance(value, str) else str(value)


def _quoted(words: str) -> str:
    return '"' + "".join(each if each.isprintable() and each not in '"\\' else repr(each)[1:-1] for each in words) + '"'


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_place(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


_TEXT = "text in quotes"
_PLACE = "a whole number; columns and rows count from 0"
_VALUE = 'a section with the line\'s index: { index = 1, unit = "USD" }'
_COMMON: dict[str, tuple[Callable[[Any], bool], str]] = {
    "reporter": (_is_text, 'a state\'s code in quotes: "FRA"'),
    "partner": (_is_text, 'a state\'s code in quotes: "FRA"'),
    "indicator": (_is_text, 'an indicator in quotes: "exports"'),
    "unit": (_is_text, 'a unit in quotes: "USD"'),
    "scale": (_is_number, "a number: 1000000"),
    "calendar": (_is_text, '"calendar" or "fiscal"'),
    "valuation": (_is_text, '"FOB" or "CIF"'),
    "decimal": (_is_text, '"." or ","'),
    "skip": (lambda value: isinstance(value, bool), "true or false"),
    "remark": (_is_text, _TEXT),
}
_OF_TABLE = _COMMON | {
    "table": (_is_text, _TEXT),
    "orientation": (_is_text, '"periods-in-rows", "periods-in-columns" or "records"'),
    "periods": (_is_place, _PLACE),
    "columns": (lambda value: isinstance(value, dict), "the column of each role: { period = 2, value = 3 }"),
    "values": (lambda value: isinstance(value, list), f"a list of sections, each {_VALUE}"),
    "basis": (lambda value: isinstance(value, dict), "a section of words"),
}
_OF_VALUE = _COMMON | {"index": (_is_place, _PLACE), "label": (_is_text, _TEXT)}
