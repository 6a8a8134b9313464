"""The columns of a data file that its layout reads, and the labels that stand in them, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.statistics.datasets.heads import Head
from comity.statistics.datasets.sources import Choice, Layout, ValueColumn
from comity.statistics.datasets.table import quoted

if TYPE_CHECKING:
    import duckdb

# Besides what the layout names; as statistical offices and statistical programs write it.
MISSING: Final = ("", "NA", "N/A", "n.a.", "NaN", "nan", "NULL", "null", ".", "..", "...", "-", ":")
# What a row may say for itself, besides states, period and indicator.
LABELLED: Final = ("unit", "scale", "status", "product")


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures of one file: its place, what the layout says of it, and the places of its states."""

    place: int
    header: str
    value: ValueColumn
    reporter: int | None
    partner: int | None


def figure_columns(layout: Layout, head: Head) -> tuple[FigureColumn, ...]:
    """Return the columns of figures that the file has, in the layout's order."""
    found = []
    for value in layout.values:
        places = (
            [place for place, header in enumerate(head.headers) if re.fullmatch(value.column, header)]
            if value.pattern
            else [place for place in (head.column(value.column),) if place is not None]
        )
        reporter, partner = value.reporter or layout.reporter, value.partner or layout.partner
        if value.partner_code is not None:
            partner = ""
        for place in places:
            found.append(FigureColumn(place, head.headers[place], value, _place(head, reporter), _place(head, partner)))
    return tuple(found)


def _place(head: Head, header: str) -> int | None:
    return head.column(header) if header else None


def columns_read(layout: Layout, head: Head) -> set[int]:
    """Return the places of all columns that the layout reads in a file."""
    choices = [layout.choice, layout.unit, layout.scale, layout.status, layout.product]
    named = [layout.when.column, layout.when.end, layout.fallback, *layout.remark, *layout.whole]
    named += [header for choice in choices if choice is not None for header in (choice.column, choice.beside)]
    found = {place for header in named if (place := _place(head, header)) is not None}
    for column in figure_columns(layout, head):
        found |= {place for place in (column.place, column.reporter, column.partner) if place is not None}
    return found


def make_labels(
    connection: duckdb.DuckDBPyConnection, layout: Layout, head: Head, columns: Sequence[FigureColumn]
) -> None:
    """Make the table `labels`: each cell with the labels of its row as they are printed."""
    selects = []
    when, fallback = layout.when, _place(head, layout.fallback)
    choice = "''" if layout.choice is None else label_of_choice(layout.choice, head)
    remarks = [
        f"CASE WHEN c{place} NOT IN ('', 'NA') THEN concat({quoted(header)}, ' ', c{place}) END"
        for header in layout.remark
        if (place := head.column(header)) is not None
    ]
    parts = [
        f"WHEN c{place} NOT IN ({', '.join(map(quoted, codes))}) THEN concat({quoted(header + ' ')}, c{place})"
        for header, codes in layout.whole.items()
        if (place := head.column(header)) is not None
    ]
    for number, column in enumerate(columns):
        start = quoted(column.header) if when.header else _cell(_place(head, when.column))
        table, (one, two) = _by_side(layout, column)
        reporter = quoted(layout.reporter_code) if column.reporter is None else _code(one)
        partner = "''" if column.partner is None else _code(two)
        if column.value.partner_code:
            partner = quoted(column.value.partner_code)
        for label, reading in () if layout.choice is None else layout.choice.of.items():
            if reading.partner_code is not None:
                partner = f"CASE {choice} WHEN {quoted(label)} THEN {quoted(reading.partner_code)} ELSE {partner} END"
        items = {
            "number": str(number),
            '"column"': str(column.place),
            "printed": _present(column.place) if column.value.present else f"c{column.place}",
            "start_label": start,
            "end_label": _cell(_place(head, when.end)),
            "reporter_label": reporter,
            "partner_label": partner,
            "reporter_name": _cell(fallback if column.reporter is not None else None),
            "partner_name": "''",
            "alone": str(column.partner is None),
            "choice_label": choice,
            "remark": f"concat_ws('; ', {', '.join(remarks)})" if remarks else "''",
            "part_label": f"CASE {' '.join(parts)} ELSE '' END" if parts else "''",
            "start_at": str(column.place if when.header else _at(_place(head, when.column), column)),
            "reporter_at": str(_at(column.reporter, column)),
            "partner_at": str(_at(column.partner, column)),
        }
        for name in LABELLED:
            described: Choice | None = getattr(layout, name)
            if described is None:
                continue
            place = head.column(described.column)
            items[f"{name}_label"] = _cell(place)
            items[f"{name}_at"] = str(_at(place, column))
        selects.append("SELECT row, " + ", ".join(f"{sql} AS {name}" for name, sql in items.items()) + f" FROM {table}")
    connection.execute("CREATE VIEW labels AS " + " UNION ALL ".join(selects))


def _cell(place: int | None) -> str:
    return "''" if place is None else f"c{place}"


def label_of_choice(choice: Choice, head: Head) -> str:
    """Return the SQL of the label by which a row's figure is chosen."""
    label = _cell(_place(head, choice.column))
    return f"concat({label}, ' ', {_cell(_place(head, choice.beside))})" if choice.beside else label


def _code(cell: str) -> str:
    """Return the SQL of a code: statistical programs write whole numbers as "2.0"."""
    return f"regexp_replace({cell}, '\\.0+$', '')"


def _present(place: int) -> str:
    """Return the SQL of the figure that a cell of names stands for: 1, where there is a name."""
    return f"CASE WHEN c{place} IN ({', '.join(map(quoted, MISSING))}) THEN '' ELSE '1' END"


def _by_side(layout: Layout, column: FigureColumn) -> tuple[str, tuple[str, str]]:
    """Return the SQL of the rows, one for each pair where a cell lists states, and of the cells of either side."""
    table, cells = "raw", []
    for side, place in (("reporters", column.reporter), ("partners", column.partner)):
        cell = _cell(place)
        if layout.lists and place is not None:
            table += f", unnest(string_split({cell}, {quoted(layout.lists)})) AS {side}(one)"
            cell = f"trim({side}.one)"
        cells.append(cell)
    return table, (cells[0], cells[1])


def _at(place: int | None, column: FigureColumn) -> int:
    return column.place if place is None else place
