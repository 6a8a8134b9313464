"""A data file goes on the shelf: its rows become the figure table of ADR 7, one Parquet file, with what was refused."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.statistics.datasets.cells import WIDTH, Cells, drop_unread, make_cells
from comity.statistics.datasets.columns import FigureColumn, columns_read, figure_columns
from comity.statistics.datasets.heads import literal
from comity.statistics.datasets.problems import DataProblem, problem
from comity.statistics.datasets.recognising import recognised
from comity.statistics.datasets.sources import DataSource, Layout, data_source, layouts
from comity.statistics.datasets.table import content_of, load, quoted, workplace
from comity.terms import UnreadableSource

if TYPE_CHECKING:
    import duckdb

ROW_GROUP: Final = 20_480
_TOLD: Final = 5
# Columns of which many files hold one value only.
_SAME: Final = (
    *("indicator", "flow", "product", "precision", "scale", "unit", "valuation", "status", "base_year", "remark"),
)
_REMAKE: Final = "Delete it: the shelf is made again from the sources."


@dataclass(frozen=True, slots=True)
class Shelved:
    """A data file on the shelf.

    Attributes:
        path: the Parquet file.
        document: name of the data file.
        layout: full name of the layout by which it was read.
        digest: SHA-256 of the data file.
        rows: rows of the data file.
        cells: cells with or without a figure in the columns that the layout reads.
        figures: rows of the Parquet file (votes, for roll calls).
        split: parts beyond one a cell, where a spell passed from one state to its successor, or a cell lists several states.
        missing: cells without a figure.
        repeated: cells that say again what another cell says, or less where the highest counts; the first one counts.
        problems: what was refused.
        vintage: edition of the data set: the folder that `comity fetch` gave it, else the catalogue's; "" where unknown.
        decimal: the decimal sign of the figures as they are printed.
        constants: the columns of the figure table that hold one value throughout, with it.
        counted: cells beyond one a figure, where the figure is the number of cells.

    `cells` + `split` = `figures` + `counted` + `missing` + `repeated` + the counts of the problems.
    """

    path: Path
    document: str
    layout: str
    digest: str
    rows: int
    cells: int
    figures: int
    split: int
    missing: int
    repeated: int
    problems: tuple[DataProblem, ...]
    vintage: str = ""
    decimal: str = "."
    constants: tuple[tuple[str, str | int | None], ...] = ()
    counted: int = 0

    @property
    def entry(self) -> DataSource:
        """The entry of the catalogue of sources."""
        return data_source(layouts()[self.layout].source)

    @property
    def document_id(self) -> str:
        """The id that the data file has as a document."""
        return f"doc-{self.digest[:16]}"

    @property
    def refused(self) -> int:
        """How many cells with figures were left out."""
        return sum(one.count for one in self.problems)


def shelve(path: Path, folder: Path, *, vintage: str = "", beside: tuple[Path, ...] = ()) -> Shelved:
    """Put a data file on the shelf, unless it stands there already: the same bytes give the same file.

    Args:
        path: the data file; it is only read.
        folder: the shelf; made where it is not there.
        vintage: the edition, where it is known.
        beside: files among which the companion of a table of votes is looked for; without any, those of its folder.

    Raises:
        UnreadableSource: the file has no known layout, or is empty, a web page, or broken.
        UnreadableTable: a column of its layout is missing.
    """
    found = recognised(path)
    if found is None:
        raise UnreadableSource(
            path.name, "this is no file of a known data set", remedy="See the catalogue of sources for those that are."
        )
    if found.layout.roll_call is not None:
        from comity.statistics.datasets.rollcalls import shelve_votes

        return shelve_votes(path, folder, found, vintage, beside)
    content = content_of(path)
    target = folder / f"{content.digest}.{found.layout.name}.{found.layout.version}.parquet"
    if target.is_file():
        return shelved(target)
    with workplace() as (connection, work):
        rows = load(connection, work, path, found.head, content, columns_read(found.layout, found.head))
        # A file of years in columns may hold a thousand indicators: what is not read goes before cells are made of it.
        columns = len(figure_columns(found.layout, found.head))
        unread = drop_unread(connection, found.layout, found.head)
        held = make_cells(connection, found.layout, found.head)
        _say_once(connection, found.layout, held, figure_columns(found.layout, found.head))
        told = _counts(connection, path.name, (rows - unread.rows) * columns)
        if unread.rows:
            place = found.head.column(found.layout.choice.column) if found.layout.choice is not None else None
            said = (unread.rows * columns, unread.first, place or 0)
            told["cells"] += unread.rows * columns
            told["problems"] += (problem(path.name, "choice", said, list(unread.labels[:_TOLD]), len(unread.labels)),)
        _make_figures(connection, found.layout, held)
        made = Shelved(
            target,
            path.name,
            found.layout.name,
            content.digest,
            rows,
            vintage=vintage or found_vintage(path, found.layout),
            decimal=held.decimal,
            constants=_constants(connection),
            **told,
        )
        write_parquet(
            connection,
            'SELECT * FROM figures ORDER BY reporter, partner, indicator, product, start, row, "column"',
            made,
        )
    return made


def found_vintage(path: Path, layout: Layout) -> str:
    """Return the folder's name in `sources/SOURCE/VINTAGE/FILE`, else the edition in the catalogue."""
    parents = [one.name for one in path.resolve().parents[:2]]
    return parents[0] if len(parents) == 2 and parents[1] == layout.source else data_source(layout.source).vintage


def _say_once(
    connection: duckdb.DuckDBPyConnection, layout: Layout, held: Cells, columns: Sequence[FigureColumn]
) -> None:
    """Make the table `said` of the table `cells`: each figure once, with the places of its cells."""
    key = ["reporter", "partner", "meaning", "time", *(name for name in held.chosen if name != "scale")]
    key += ["begins", "ends"] if held.spells else []
    keys = ", ".join(key)
    carried = ["scale", *(f"{name}_assumed" for name in held.chosen), *(["remark"] if held.remarks else [])]
    order = "(-value, place)" if layout.differing == "highest" else "place"
    # Whose highest figure counts is the pair, whichever side each is on.
    sides = "least(reporter, partner) AS reporter, greatest(reporter, partner) AS partner"
    cells = f"(SELECT * REPLACE ({sides}) FROM cells)" if layout.differing == "highest" else "cells"
    first = ", ".join(f"arg_min({name}, {order}) AS {name}" for name in carried)
    if layout.differing == "counted":
        # Two rows of one name or number are one row twice.
        figure = f"""
            SELECT {keys}, {first}, count(*) AS value, CAST(count(*) AS VARCHAR) AS printed, min(place) AS place,
                max(other) AS other, true AS agreed, sum(times) AS times, count(*) AS cells,
                list(place // {WIDTH} ORDER BY place) AS counted_rows,
                string_agg(CAST(place // {WIDTH} + 1 AS VARCHAR), ', ' ORDER BY place) AS named
            FROM (
                SELECT {keys}, {first}, min(place) AS place, max(place) AS other, count(*) AS times
                FROM cells JOIN raw ON raw.row = place // {WIDTH} WHERE reason IS NULL GROUP BY {keys}, c{columns[0].place}
            ) GROUP BY {keys}
        """
    else:
        agreed = "true" if layout.differing else "min(value) = max(value)"
        figure = f"""
            SELECT {keys}, {first}, max(value) AS value, arg_min(printed, {order}) AS printed,
                arg_min(place, {order}) AS place, max(place) AS other, {agreed} AS agreed, count(*) AS times, 1 AS cells
            FROM {cells} WHERE reason IS NULL GROUP BY {keys}
        """
    connection.execute(f"CREATE TABLE said AS {figure}")


def _counts(connection: duckdb.DuckDBPyConnection, document: str, cells: int) -> dict[str, Any]:
    """Count what of the cells became figures, and what did not."""
    parts, missing = connection.execute("SELECT count(*), count(*) FILTER (reason = 'missing') FROM cells").fetchall()[
        0
    ]
    figures, repeated, counted = connection.execute("""
        SELECT count(*) FILTER (agreed), coalesce(sum(times - cells) FILTER (agreed), 0),
            coalesce(sum(cells - 1) FILTER (agreed), 0) FROM said
    """).fetchall()[0]
    problems = (*_refusals(connection, document), *_conflicts(connection, document))
    return {
        "cells": cells,
        "figures": int(figures),
        "split": int(parts) - cells,
        "missing": int(missing),
        "repeated": int(repeated),
        "counted": int(counted),
        "problems": problems,
    }


def _refusals(connection: duckdb.DuckDBPyConnection, document: str) -> list[DataProblem]:
    found = connection.execute(f"""
        WITH which AS (
            SELECT reason, which, min(place) AS first, arg_min(coalesce(spot, place % {WIDTH}), place) AS spot, count(*) AS times
            FROM cells WHERE reason <> 'missing' GROUP BY reason, which
        )
        SELECT reason, sum(times), min(first) // {WIDTH}, arg_min(spot, first), list(which ORDER BY first)[1:{_TOLD}], count(*)
        FROM which GROUP BY reason ORDER BY min(first), reason
    """).fetchall()
    return [
        problem(document, reason, (int(times), int(row), int(column)), [one for one in which if one], int(distinct))
        for reason, times, row, column, which, distinct in found
    ]


def _conflicts(connection: duckdb.DuckDBPyConnection, document: str) -> list[DataProblem]:
    found = connection.execute(f"""
        SELECT reporter, partner, indicator, times.start, place // {WIDTH}, place % {WIDTH}, other // {WIDTH}
        FROM said JOIN times USING (time) JOIN meanings USING (meaning) WHERE NOT agreed ORDER BY place
    """).fetchmany(_TOLD)
    if not found:
        return []
    distinct, times = connection.execute("SELECT count(*), sum(times) FROM said WHERE NOT agreed").fetchall()[0]
    which = [
        f"{'-'.join(one for one in (reporter, partner) if one)} {indicator} {start.year} in rows {row + 1} and {other + 1}"
        for reporter, partner, indicator, start, row, _, other in found
    ]
    return [problem(document, "conflict", (int(times), int(found[0][4]), int(found[0][5])), which, int(distinct))]


# Rows are named as people count them: the headers are the first.
_COUNTED: Final = "concat('counted from row', CASE WHEN cells > 1 THEN 's' ELSE '' END, ' ', named, ' of the file')"


def _make_figures(connection: duckdb.DuckDBPyConnection, layout: Layout, held: Cells) -> None:
    """Make the view `figures`, the figure table, of the table `said`."""
    items = {name: f"m.{name}" for name in ("unit", "status", "product")}
    items |= {name: f"s.{name}" for name in held.chosen if name != "scale"}
    notes = [quoted(layout.note)] if layout.note else []
    notes += [f"nullif(s.{name}_assumed, '')" for name in held.chosen]
    notes += ["nullif(s.remark, '')"] if held.remarks else []
    counted = layout.differing == "counted"
    notes += [_COUNTED] if counted else []
    start, end = ("s.begins", "s.ends") if held.spells else ("t.start", 't."end"')
    connection.execute(f"""
        CREATE VIEW figures AS SELECT reporter, partner, m.indicator, m.flow, {items["product"]} AS product,
            {start} AS start, {end} AS "end", t.precision, printed, s.scale, value, {items["unit"]} AS unit, m.valuation,
            {items["status"]} AS status, m.base_year, {f"concat_ws('; ', {', '.join(notes)})" if notes else "''"} AS remark,
            place // {WIDTH} AS row, CAST(place % {WIDTH} AS SMALLINT) AS "column"{", counted_rows" if counted else ""}
        FROM said s JOIN meanings m USING (meaning) JOIN times t USING (time) WHERE agreed
    """)


def _constants(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, str | int | None], ...]:
    counted = ", ".join(f"count(DISTINCT {name}), count({name}), min({name})" for name in _SAME)
    row = connection.execute(f"SELECT count(*), {counted} FROM figures").fetchall()[0]
    found = []
    for number, name in enumerate(_SAME):
        distinct, known, value = row[1 + 3 * number : 4 + 3 * number]
        if row[0] and ((distinct, known) == (1, row[0]) or known == 0):
            found.append((name, value))
    return tuple(found)


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, made: Shelved) -> None:
    """Write what a query gives as the Parquet file of a data set, with the report in its metadata, whole or not at all."""
    made.path.parent.mkdir(parents=True, exist_ok=True)
    partial = made.path.with_name(f".{made.path.name}.{os.getpid()}.partial")
    report = asdict(made)
    report.pop("path")
    told = quoted(json.dumps(report, ensure_ascii=False))
    try:
        connection.execute(
            f"COPY ({query}) TO {quoted(str(partial))} (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, "
            f"ROW_GROUP_SIZE {ROW_GROUP}, "
            f"KV_METADATA {{comity: {told}}})"
        )
        partial.replace(made.path)
    finally:
        partial.unlink(missing_ok=True)


def is_current(path: Path) -> bool:
    """Whether a file on the shelf bears the name that `shelve` gives now: one made by an earlier layout is not read."""
    _, _, name = path.name.removesuffix(".parquet").partition(".")
    layout, _, version = name.rpartition(".")
    return layout in layouts() and layouts()[layout].version == version


def shelved(path: Path) -> Shelved:
    """Return the report of a Parquet file on the shelf, from its metadata.

    Raises:
        UnreadableSource: it is no file that `shelve` wrote.
    """
    import duckdb

    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            found = connection.execute(
                "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'comity'", [literal(path)]
            ).fetchall()
    except duckdb.Error as error:
        found = []
        reason = str(error).splitlines()[0]
        raise UnreadableSource(path.name, f"cannot be read ({reason})", remedy=_REMAKE) from error
    if not found:
        raise UnreadableSource(path.name, "this file was not written by comity", remedy=_REMAKE)
    report = json.loads(found[0][0])
    if report["layout"] not in layouts():
        raise UnreadableSource(path.name, f"its layout {report['layout']} is no longer known", remedy=_REMAKE)
    report["constants"] = tuple((name, value) for name, value in report["constants"])
    report["problems"] = tuple(DataProblem(**one) for one in report["problems"])
    return Shelved(path, **report)
