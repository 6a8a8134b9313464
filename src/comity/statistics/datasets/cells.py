"""The cells of a data file, each joined with what its row says of it: states, period, indicator, unit; or why it is refused.

Few distinct labels stand in a million rows, so labels are settled in Python, one by one, and joined to the rows in DuckDB.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from comity.statistics.catalogue import entry
from comity.statistics.datasets.bearers import bearers
from comity.statistics.datasets.dates import period_of
from comity.statistics.datasets.heads import Head
from comity.statistics.datasets.sources import Choice, Layout, Reading, ValueColumn
from comity.statistics.datasets.table import quoted
from comity.terms import InvalidTerm, Period, Status

if TYPE_CHECKING:
    import duckdb

# A cell is numbered row by row, as if each row had so many columns.
WIDTH: Final = 10_000
# Besides what the layout names; as statistical offices and statistical programs write it.
_MISSING: Final = ("", "NA", "N/A", "n.a.", "NaN", "nan", "NULL", "null", ".", "..", "...", "-", ":")
_NUMBER: Final = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_GROUPED: Final = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
_COMMA: Final = r"[+-]?\d+,\d+"
# No amount, in any currency's smallest unit, is as large; what is written so is a slip.
_LARGEST: Final = "1e25"
_LABELLED: Final = ("unit", "scale", "status", "product")


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
    known, label = ", ".join(quoted(label) for label in layout.choice.of), _chosen(layout.choice, head)
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
    _make_labels(connection, layout, head, columns)
    decimal, doubts = _decimal(connection, head, columns)
    _make_times(connection, layout)
    _make_bearers(connection, layout)
    _make_meanings(connection, layout, columns)
    chosen = [name for name in _LABELLED if getattr(layout, name) is not None]
    for name in chosen:
        _make_choice(connection, name, getattr(layout, name), head)
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
    marks = (*_MISSING, *layout.missing, *(f"{mark}.0" for mark in layout.missing if re.fullmatch(r"-?\d+", mark)))
    missing = ", ".join(map(quoted, marks))
    point = "replace(l.printed, ',', '.')" if decimal == "," else "replace(l.printed, ',', '')"
    shapes = [_COMMA, r"[+-]?\d+"] if decimal == "," else [_NUMBER] if head.separator == ";" else [_GROUPED, _NUMBER]
    shape = quoted("|".join(f"({one})" for one in shapes))
    doubted = f"regexp_full_match(l.printed, {quoted('|'.join(doubts))})" if doubts else "false"
    items = ["l.*", "d.meaning", "d.scale AS reading_scale", "d.signed", "p.time"]
    items += ["a.code AS reporter", "a.refused AS reporter_refused", "a.detail AS reporter_detail"]
    items += ["b.code AS partner", "b.refused AS partner_refused", "b.detail AS partner_detail"]
    items += ["greatest(t.start, a.first, b.first) AS begins", 'least(t."end", a.last, b.last) AS ends']
    items += [f"l.printed IN ({missing}) AS absent"]
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


def _make_labels(
    connection: duckdb.DuckDBPyConnection, layout: Layout, head: Head, columns: Sequence[FigureColumn]
) -> None:
    """Make the table `labels`: each cell with the labels of its row as they are printed."""
    selects = []
    when, fallback = layout.when, _place(head, layout.fallback)
    choice = "''" if layout.choice is None else _chosen(layout.choice, head)
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
        reporter = quoted(layout.reporter_code) if column.reporter is None else _code(column.reporter)
        partner = "''" if column.partner is None else _code(column.partner)
        if column.value.partner_code:
            partner = quoted(column.value.partner_code)
        for label, reading in () if layout.choice is None else layout.choice.of.items():
            if reading.partner_code is not None:
                partner = f"CASE {choice} WHEN {quoted(label)} THEN {quoted(reading.partner_code)} ELSE {partner} END"
        items = {
            "number": str(number),
            '"column"': str(column.place),
            "printed": f"c{column.place}",
            "start_label": start,
            "end_label": _cell(_place(head, when.end)),
            "reporter_label": reporter,
            "partner_label": partner,
            "reporter_name": _cell(fallback if column.reporter is not None else None),
            "partner_name": "''",
            "choice_label": choice,
            "remark": f"concat_ws('; ', {', '.join(remarks)})" if remarks else "''",
            "part_label": f"CASE {' '.join(parts)} ELSE '' END" if parts else "''",
            "start_at": str(column.place if when.header else _at(_place(head, when.column), column)),
            "reporter_at": str(_at(column.reporter, column)),
            "partner_at": str(_at(column.partner, column)),
        }
        for name in _LABELLED:
            described: Choice | None = getattr(layout, name)
            if described is None:
                continue
            place = head.column(described.column)
            items[f"{name}_label"] = _cell(place)
            items[f"{name}_at"] = str(_at(place, column))
        selects.append("SELECT row, " + ", ".join(f"{sql} AS {name}" for name, sql in items.items()) + " FROM raw")
    connection.execute("CREATE VIEW labels AS " + " UNION ALL ".join(selects))


def _cell(place: int | None) -> str:
    return "''" if place is None else f"c{place}"


def _chosen(choice: Choice, head: Head) -> str:
    """Return the SQL of the label by which a row's figure is chosen."""
    label = _cell(_place(head, choice.column))
    return f"concat({label}, ' ', {_cell(_place(head, choice.beside))})" if choice.beside else label


def _code(place: int) -> str:
    """Return the SQL of a code: statistical programs write whole numbers as "2.0"."""
    return f"regexp_replace(c{place}, '\\.0+$', '')"


def _at(place: int | None, column: FigureColumn) -> int:
    return column.place if place is None else place


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
    places = sorted({column.place for column in columns})
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


def _make_times(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Make the tables `times`, of periods, and `periods`, of the labels that lead to them.

    Labels that lead to none have the number 0, those of periods that have not begun -1.
    """
    labels = connection.execute("SELECT DISTINCT start_label, end_label FROM labels").fetchall()
    numbers: dict[Period, int] = {}
    rows = []
    for start, end in sorted(labels):
        period = period_of(layout.when, start, "" if end in (*_MISSING, *layout.missing) else end)
        number = 0 if period is None else numbers.setdefault(period, len(numbers) + 1)
        if period is not None and period.start is not None and period.start > date.today():
            number = -1
        rows.append((start, end, number, *_years(layout, period)))
    fill(
        connection, "periods", "start_label VARCHAR, end_label VARCHAR, time INTEGER, year INTEGER, until INTEGER", rows
    )
    known = [
        (
            number,
            None if period.start is None else period.start.isoformat(),
            None if period.end is None else period.end.isoformat(),
            period.precision.value,
        )
        for period, number in numbers.items()
    ]
    fill(connection, "times", 'time INTEGER, start DATE, "end" DATE, precision VARCHAR', known)


# The last year to which an open spell is followed: the lists of states close some years ago, and states rarely end.
_FOLLOWED: Final = 2017


def _years(layout: Layout, period: Period | None) -> tuple[int, int]:
    """Return the years in which the states of a figure must exist; 0 where they are asked of today."""
    if period is None or layout.when.since is not None or period.first_year is None:
        return (0, 0)
    return (period.first_year, period.last_year or max(period.first_year, _FOLLOWED))


def _make_bearers(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    rows: list[tuple[Any, ...]] = []
    for side in ("reporter", "partner"):
        asked = connection.execute(f"""
            SELECT DISTINCT l.{side}_label, l.{side}_name, p.year, p.until FROM labels l
            JOIN periods p ON p.start_label = l.start_label AND p.end_label = l.end_label WHERE p.time > 0
        """).fetchall()
        for label, name, year, until in asked:
            rows += [
                (side, label, name, year, until, *found) for found in _borne(layout, side, label, name, year, until)
            ]
    types = (
        "side VARCHAR, label VARCHAR, name VARCHAR, year INTEGER, until INTEGER, code VARCHAR, "
        "first DATE, last DATE, refused VARCHAR, detail VARCHAR"
    )
    fill(connection, "bearers", types, rows)


def _borne(layout: Layout, side: str, label: str, name: str, year: int, until: int) -> Iterable[tuple[Any, ...]]:
    monadic = side == "partner" and not layout.partner and not any(value.partner for value in layout.values)
    if side == "partner" and not label and (monadic or any(value.partner_code == "" for value in layout.values)):
        return [("", None, None, "", "")]
    if side == "partner" and label == "WLD" and any(value.partner_code == label for value in layout.values):
        return [(label, None, None, "", "")]
    if side == "reporter" and label == layout.reporter_code != "":
        layout = replace(layout, codes="iso3")
    found = bearers(layout, side, label, name, None if year == 0 else (year, until))
    last = len(found) - 1
    return [
        (
            one.code,
            None if one.first is None or number == 0 else f"{one.first:04d}-01-01",
            None if one.last is None or number == last else f"{one.last:04d}-12-31",
            "" if one.refused is None else one.refused.value,
            one.detail,
        )
        for number, one in enumerate(found)
    ]


def _make_meanings(connection: duckdb.DuckDBPyConnection, layout: Layout, columns: Sequence[FigureColumn]) -> None:
    """Make the tables `meanings`, of all that columns and codes say of a figure, and `readings`, which lead to them."""
    known: Mapping[str, Reading] = {"": Reading()} if layout.choice is None else layout.choice.of
    numbers: dict[tuple[Any, ...], int] = {}
    rows = []
    for number, column in enumerate(columns):
        for label, reading in known.items():
            merged = _merged(column.value.reading, reading, layout.common)
            if merged.indicator is None or (merged.unit is None and layout.unit is None):
                raise InvalidTerm(f"the layout {layout.name} names no indicator or no unit for {column.header}")
            described = entry(merged.indicator)
            meaning = (
                merged.indicator,
                described.indicator.directed,
                merged.unit,
                "" if merged.valuation is None else merged.valuation.value,
                Status.REPORTED.value if merged.status is None else merged.status.value,
                merged.product or "",
                merged.base_year,
            )
            scale = 1 if merged.scale is None else merged.scale
            rows.append((number, label, numbers.setdefault(meaning, len(numbers) + 1), scale, described.signed))
    fill(connection, "readings", "number INTEGER, label VARCHAR, meaning INTEGER, scale BIGINT, signed BOOLEAN", rows)
    types = (
        "meaning INTEGER, indicator VARCHAR, flow VARCHAR, unit VARCHAR, valuation VARCHAR, status VARCHAR, "
        "product VARCHAR, base_year SMALLINT"
    )
    fill(connection, "meanings", types, [(number, *meaning) for meaning, number in numbers.items()])


def _merged(*readings: Reading) -> Reading:
    """Return what the first of the readings says that says anything, item by item."""
    items = {
        item.name: next((said for one in readings if (said := getattr(one, item.name)) is not None), None)
        for item in fields(Reading)
    }
    return Reading(**items)


def _make_choice(connection: duckdb.DuckDBPyConnection, name: str, choice: Choice, head: Head) -> None:
    """Make a table of what each label means; a label that is not known has no meaning in it."""
    labels = [str(row[0]) for row in connection.execute(f"SELECT DISTINCT {name}_label FROM labels").fetchall()]
    rows: list[tuple[str, str | None, str]] = []
    for label in labels:
        if head.column(choice.column) is None:
            rows.append((label, None if choice.absent is None else str(choice.absent), choice.assumed))
        elif label in choice.of:
            rows.append((label, str(choice.of[label]), ""))
        else:
            rows.append((label, None if choice.prefix is None or not label else choice.prefix + label, ""))
    fill(connection, f"choice_{name}", "label VARCHAR, meaning VARCHAR, assumed VARCHAR", rows)


def fill(connection: duckdb.DuckDBPyConnection, name: str, types: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Make a small table of rows."""
    import pandas as pd

    connection.execute(f"CREATE TABLE {name} ({types})")
    if rows:
        names = [part.split()[0].strip('"') for part in types.split(", ")]
        frame = pd.DataFrame(rows, columns=names, dtype=object)
        connection.register("given", frame)
        cast = ", ".join(
            f'CAST("{one}" AS {part.split()[1]})' for one, part in zip(names, types.split(", "), strict=True)
        )
        connection.execute(f"INSERT INTO {name} SELECT {cast} FROM given")
        connection.unregister("given")
