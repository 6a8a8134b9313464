"""The cells of a data file, each joined with what its row says of it: states, period, indicator, unit; or why it is refused.

What the labels of the rows mean stands in the small tables of `meanings`; they are joined here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.statistics.datasets.bearers import Refused
from comity.statistics.datasets.columns import (
    LABELLED,
    MISSING,
    FigureColumn,
    figure_columns,
    label_of_choice,
    make_labels,
)
from comity.statistics.datasets.heads import Head
from comity.statistics.datasets.meanings import make_bearers, make_choice, make_meanings, make_times
from comity.statistics.datasets.sources import Layout
from comity.statistics.datasets.table import quoted

if TYPE_CHECKING:
    import duckdb

# A cell is numbered row by row, as if each row had so many columns.
WIDTH: Final = 10_000
_NUMBER: Final = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_GROUPED: Final = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
_COMMA: Final = r"[+-]?\d+,\d+"
# No amount, in any currency's smallest unit, is as large; what is written so is a slip.
_LARGEST: Final = "1e25"


@dataclass(frozen=True, slots=True)
class Cells:
    """What the table `cells` holds beside what it always does.

    Attributes:
        chosen: those of unit, scale, status and product that the rows themselves say.
        remarks: whether it has a column `remark`.
        spells: whether it has the columns `begins` and `ends`.
        decimal: the decimal sign of the figures.
    """

    chosen: tuple[str, ...]
    remarks: bool
    spells: bool
    decimal: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Rows of indicators that a layout does not read: how many, the first one, and the indicators in their order."""

    rows: int = 0
    first: int = 0
    labels: tuple[str, ...] = ()


def drop_unread(connection: duckdb.DuckDBPyConnection, layout: Layout, head: Head) -> Unread:
    """Take the rows of indicators that the layout does not read out of the table `raw`."""
    if layout.choice is None:
        return Unread()
    known, label = ", ".join(quoted(label) for label in layout.choice.of), label_of_choice(layout.choice, head)
    found = connection.execute(f"""
        SELECT {label}, count(*), min(row) FROM raw WHERE {label} NOT IN ({known}) GROUP BY 1 ORDER BY 3
    """).fetchall()
    if not found:
        return Unread()
    connection.execute(f"DELETE FROM raw WHERE {label} NOT IN ({known})")
    labels = tuple(f"'{label}'" for label, _, _ in found)
    return Unread(sum(int(count) for _, count, _ in found), int(found[0][2]), labels)


def make_cells(connection: duckdb.DuckDBPyConnection, layout: Layout, head: Head) -> Cells:
    """Make the table `cells` of the table `raw`: one row a cell (more where a spell passes from state to state).

    Its column `reason` is NULL for a figure, "missing" for an empty cell, else why the cell is refused; `which` is the
    label that it is refused for, `spot` the column of that label. What a figure is about stands in the small tables
    `meanings` and `times`, of which it has the numbers.
    """
    columns = figure_columns(layout, head)
    make_labels(connection, layout, head, columns)
    decimal, doubts = _decimal(connection, head, columns)
    make_times(connection, layout)
    make_bearers(connection, layout)
    make_meanings(connection, layout, columns)
    chosen = [name for name in LABELLED if getattr(layout, name) is not None]
    for name in chosen:
        make_choice(connection, name, getattr(layout, name), head)
    spells = bool(layout.when.end)
    kept = ["printed", "reporter", "partner", "meaning", "time"]
    kept += [*(name for name in chosen if name != "scale"), *(f"{name}_assumed" for name in chosen)]
    kept += ["remark"] if layout.remark else []
    scale = "chosen_scale" if "scale" in chosen else "reading_scale"
    connection.execute(f"""
        CREATE TABLE cells AS
        WITH joined AS ({_joined(layout, head, chosen, decimal, doubts)})
        SELECT row * {WIDTH} + "column" AS place, {", ".join(kept)}, {scale} AS scale, figure * {scale} AS value,
            {"begins, ends," if spells else ""}
            CASE WHEN absent THEN 'missing'
                WHEN part_label <> '' THEN 'part'
                WHEN time = 0 THEN 'period'
                WHEN time < 0 THEN 'future'
                WHEN reporter_refused <> '' THEN reporter_refused
                WHEN partner_refused <> '' THEN partner_refused
                WHEN partner_label = '' AND NOT alone THEN '{Refused.EMPTY}'
                WHEN reporter = partner THEN 'same'
                {"".join(f"WHEN {'chosen_scale' if name == 'scale' else name} IS NULL THEN '{name}' " for name in chosen)}
                WHEN figure IS NULL OR NOT isfinite(figure) OR abs(figure) >= {_LARGEST}
                    OR (figure = 0 AND regexp_matches(printed, '^[^eE]*[1-9]')) THEN 'number'
                WHEN figure < 0 AND NOT signed THEN 'negative' END AS reason,
            CASE reason WHEN 'period' THEN {_shown("start_label")} WHEN 'future' THEN {_shown("start_label")} WHEN 'part' THEN part_label
                WHEN 'same' THEN reporter WHEN 'number' THEN {_shown("left(printed, 40)")} WHEN 'negative' THEN printed
                {"".join(f"WHEN '{name}' THEN {_shown(name + '_label')} " for name in chosen)}
                WHEN reporter_refused THEN reporter_detail WHEN partner_refused THEN partner_detail END AS which,
            CASE reason WHEN 'period' THEN start_at WHEN 'future' THEN start_at WHEN 'same' THEN partner_at
                {"".join(f"WHEN '{name}' THEN {name}_at " for name in chosen)}
                WHEN reporter_refused THEN reporter_at WHEN partner_refused THEN partner_at END AS spot
        FROM joined {"WHERE begins IS NULL OR ends IS NULL OR begins <= ends" if spells else ""}
    """)
    if layout.scale is not None and head.column(layout.scale.column) is None:
        _doubt_scale(connection, "status" in chosen)
    return Cells(tuple(chosen), bool(layout.remark), spells, decimal)


# How far above the state's own total over all partners a figure shows that it is not of the total's scale: positions
# can offset each other, so that one may well be above the total, but not by so much.
_BEYOND: Final = 10


def _doubt_scale(connection: duckdb.DuckDBPyConnection, has_status: bool) -> None:
    """Refuse figures of an assumed scale that their state's own total does not bear out.

    Publishers mix scales within one data set and say so in a column that a download may lack: the IMF's direct
    investment positions are in millions, and those of some pairs in units. A pair with one figure far above its state's
    total is refused as a whole, and so is a figure for whose period there is no total.
    """
    series = "reporter, meaning" + (", status" if has_status else "")
    connection.execute(f"""
        CREATE TABLE totals AS SELECT {series}, time, max(abs(value)) AS total
        FROM cells WHERE reason IS NULL AND partner = 'WLD' GROUP BY ALL
    """)
    connection.execute(f"""
        CREATE TABLE beyond AS SELECT DISTINCT {series}, partner FROM cells JOIN totals USING ({series}, time)
        WHERE reason IS NULL AND abs(value) > {_BEYOND} * total
    """)
    joined = " AND ".join(f"x.{name} = cells.{name}" for name in series.split(", "))
    connection.execute(f"""
        UPDATE cells SET reason = 'doubtful', which = concat(reporter, ' and ', partner)
        WHERE reason IS NULL AND (EXISTS (SELECT 1 FROM beyond x WHERE {joined} AND x.partner = cells.partner)
            OR NOT EXISTS (SELECT 1 FROM totals x WHERE {joined} AND x.time = cells.time))
    """)


def _shown(label: str) -> str:
    return f"concat(chr(39), {label}, chr(39))"


def _joined(layout: Layout, head: Head, chosen: Sequence[str], decimal: str, doubts: Sequence[str]) -> str:
    """Return the SQL that joins each cell with what its labels mean."""
    # Statistical programs write a number that stands for a missing figure as "-9.0".
    marks = (*MISSING, *layout.missing, *(f"{mark}.0" for mark in layout.missing if re.fullmatch(r"-?\d+", mark)))
    missing = ", ".join(map(quoted, marks))
    point = "replace(l.printed, ',', '.')" if decimal == "," else "replace(l.printed, ',', '')"
    shapes = [_COMMA, r"[+-]?\d+"] if decimal == "," else [_NUMBER] if head.separator == ";" else [_GROUPED, _NUMBER]
    shape = quoted("|".join(f"({one})" for one in shapes))
    doubted = f"regexp_full_match(l.printed, {quoted('|'.join(doubts))})" if doubts else "false"
    items = ["l.*", "d.meaning", "d.scale AS reading_scale", "d.signed", "p.time"]
    items += ["a.code AS reporter", "a.refused AS reporter_refused", "a.detail AS reporter_detail"]
    items += ["b.code AS partner", "b.refused AS partner_refused", "b.detail AS partner_detail"]
    items += ["greatest(t.start, a.first, b.first) AS begins", 'least(t."end", a.last, b.last) AS ends']
    sides = f" OR l.reporter_label IN ({missing}) OR l.partner_label IN ({missing})" if layout.lists else ""
    items += [f"l.printed IN ({missing}){sides} AS absent"]
    items += [
        f"CASE WHEN regexp_full_match(l.printed, {shape}) AND NOT {doubted} THEN TRY_CAST({point} AS DOUBLE) END AS figure"
    ]
    joins = []
    for name in chosen:
        items.append(
            "CAST(scale.meaning AS BIGINT) AS chosen_scale" if name == "scale" else f"{name}.meaning AS {name}"
        )
        items.append(f"{name}.assumed AS {name}_assumed")
        joins.append(f"LEFT JOIN choice_{name} {name} ON {name}.label = l.{name}_label")
    for side, alias in (("reporter", "a"), ("partner", "b")):
        joins.append(
            f"LEFT JOIN bearers {alias} ON {alias}.side = '{side}' AND {alias}.label = l.{side}_label "
            f"AND {alias}.name = l.{side}_name AND {alias}.year = p.year AND {alias}.until = p.until"
        )
    return f"""
        SELECT {", ".join(items)} FROM labels l
        LEFT JOIN readings d ON d.number = l.number AND d.label = l.choice_label
        LEFT JOIN periods p ON p.start_label = l.start_label AND p.end_label = l.end_label
        LEFT JOIN times t ON t.time = p.time {" ".join(joins)}
    """


# Which sign a figure proves to be the decimal one; "1.234" and "1,234" prove none.
_PROOFS: Final = {
    ".": r"[+-]?(\d*\.(\d{1,2}|\d{4,})|(\d{4,}|0?)\.\d+|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})",
    ",": r"[+-]?(\d+,(\d{1,2}|\d{4,})|(\d{4,}|0),\d+|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})",
}
_OPEN: Final = {".": r"[+-]?[1-9]\d{0,2}\.\d{3}", ",": r"[+-]?[1-9]\d{0,2},\d{3}"}


def _decimal(
    connection: duckdb.DuckDBPyConnection, head: Head, columns: Sequence[FigureColumn]
) -> tuple[str, tuple[str, ...]]:
    """Return the decimal sign, and the shapes of figures that may be thousands as well as fractions in this file.

    A comma is it between semicolons alone, where figures prove it and none proves the point. Where figures prove both,
    "1,234" and "1.234" are in doubt; between semicolons they are so too where none proves either.
    """
    if head.form != "csv":
        return ".", ()
    places = sorted({column.place for column in columns if not column.value.present})
    if not places:
        return ".", ()
    if head.separator == ",":  # only quoted figures can have a comma
        commas = " OR ".join(f"contains(c{place}, ',')" for place in places)
        if not connection.execute(f"SELECT count(*) FROM raw WHERE {commas}").fetchall()[0][0]:
            return ".", ()
    proved = {}
    for sign, proof in _PROOFS.items():
        shown = " OR ".join(f"regexp_full_match(c{place}, {quoted(proof)})" for place in places)
        proved[sign] = bool(connection.execute(f"SELECT count(*) FROM raw WHERE {shown}").fetchall()[0][0])
    if proved["."] and proved[","]:
        return ".", tuple(_OPEN.values())
    if head.separator != ";":
        return ".", tuple(_OPEN.values()) if proved[","] else ()
    if proved[","]:
        return ",", ()
    return ".", () if proved["."] else tuple(_OPEN.values())
