"""What the labels of a data file mean: periods, states, indicators and codes, each label settled once, in small tables.

Few distinct labels stand in a million rows, so they are settled in Python, and joined to the rows in DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from comity.statistics.catalogue import entry
from comity.statistics.datasets.bearers import bearers
from comity.statistics.datasets.columns import MISSING, FigureColumn
from comity.statistics.datasets.dates import period_of
from comity.statistics.datasets.heads import Head
from comity.statistics.datasets.sources import Choice, Layout, Reading
from comity.terms import InvalidTerm, Period, Status

if TYPE_CHECKING:
    import duckdb


def make_times(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Make the tables `times`, of periods, and `periods`, of the labels that lead to them.

    Labels that lead to none have the number 0, those of periods that have not begun -1.
    """
    labels = connection.execute("SELECT DISTINCT start_label, end_label FROM labels").fetchall()
    numbers: dict[Period, int] = {}
    rows = []
    for start, end in sorted(labels):
        period = period_of(layout.when, start, "" if end in (*MISSING, *layout.missing) else end)
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


def make_bearers(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    """Make the table `bearers`: the states for which the labels of either side stand in the years of a period."""
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


def make_meanings(connection: duckdb.DuckDBPyConnection, layout: Layout, columns: Sequence[FigureColumn]) -> None:
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


def make_choice(connection: duckdb.DuckDBPyConnection, name: str, choice: Choice, head: Head) -> None:
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
