"""Reading the shelf: a dyad's figures as observations, and all figures of an indicator for panels."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from comity.states import national_currency
from comity.statistics.catalogue import entry
from comity.statistics.datasets.heads import literal
from comity.statistics.datasets.shelving import Shelved
from comity.statistics.datasets.sources import layouts
from comity.statistics.datasets.table import quoted_name
from comity.terms import (
    WORLD,
    Dyad,
    Observation,
    Period,
    Precision,
    Provenance,
    Quantity,
    Series,
    Source,
    Status,
    Valuation,
    content_id,
)

if TYPE_CHECKING:
    import duckdb

_COLUMNS: Final = (
    *("reporter", "partner", "indicator", "flow", "product", "start", "end", "precision", "printed", "scale", "unit"),
    *("valuation", "status", "base_year", "remark", "row", "column"),
)
# The figure table of ADR 7, for a shelf on which no file has any.
_EMPTY: Final = (
    "SELECT '' AS reporter, '' AS partner, '' AS indicator, '' AS flow, '' AS product, DATE '1900-01-01' AS start, "
    "DATE '1900-01-01' AS \"end\", '' AS precision, '' AS printed, 1::BIGINT AS scale, 0.0::DOUBLE AS value, '' AS unit, "
    "'' AS valuation, '' AS status, 0::SMALLINT AS base_year, '' AS remark, 0::BIGINT AS row, 0::SMALLINT AS \"column\", "
    "'' AS source, '' AS digest WHERE false"
)
# Whose prices are read beside the two sides': what most trade is printed in measures them.
_PRICES, _DOLLARS = "price-index", "USA"
# How a publisher writes a state's own currency, without saying which that is.
_LOCAL: Final = "LCU per "
# The enumeration's own look-up takes longer than the making of a figure's quantity.
_STATUSES: Final = {one.value: one for one in Status}


def dyad_figures(shelf: Iterable[Shelved], dyad: Dyad) -> list[Observation]:
    """Return what the shelf holds of a dyad: each side's figures on the other, on the world and of itself alone.

    The price indices of the United States come with them: figures in dollars are brought to constant prices by them. A rate in
    "local currency units" is one of the state's currency where it had one legal tender in all of that year, and says so;
    else it keeps its publisher's unit.

    Returns:
        The observations, file by file in the order given, each with the row and column of the data file, from 0, the
        header's row being 0, and the source as the catalogue has it.
    """
    found: list[Observation] = []
    for one in shelf:
        if _holds_figures(one):
            found += _observations(one, dyad)
    return found


def _holds_figures(one: Shelved) -> bool:
    return layouts()[one.layout].roll_call is None


def counted_rows(shelf: Iterable[Shelved], dyad: Dyad) -> set[int]:
    """Return the rows of data files from which figures of a dyad were counted; none of figures that stand in a cell."""
    found: set[int] = set()
    for one in shelf:
        if _is_counted(one):
            rows = shelf_cursor().execute(
                "SELECT DISTINCT unnest(counted_rows) FROM read_parquet(?, hive_partitioning = false) "
                "WHERE reporter IN (?, ?) AND partner IN (?, ?)",
                [literal(one.path), *dyad.codes, *dyad.codes],
            )
            found |= {int(row) for (row,) in rows.fetchall()}
    return found


def _is_counted(one: Shelved) -> bool:
    return layouts()[one.layout].differing == "counted"


def _observations(one: Shelved, dyad: Dyad) -> list[Observation]:
    first, second = dyad.codes
    # What is the same in all figures of the file need not be read again for each.
    same: dict[str, Any] = dict(one.constants)
    read = [name for name in _COLUMNS if name not in same]
    prices = f" OR (reporter = '{_DOLLARS}' AND indicator = '{_PRICES}')" if _holds_prices(one.layout) else ""
    rows = shelf_cursor().execute(
        f"SELECT {', '.join(quoted_name(name) for name in read)} FROM read_parquet(?, hive_partitioning = false) "
        f"WHERE (reporter IN (?, ?) AND partner IN (?, ?, ?, '')){prices}",
        [literal(one.path), first, second, first, second, WORLD],
    )
    # What a figure's row in the file, column, start and states are: no two figures share all of them.
    order = itemgetter(*(read.index(name) for name in ("row", "column", "start", "reporter", "partner")))
    made, constants = _Maker(one), tuple(same.values())
    whole = itemgetter(*((*read, *same).index(name) for name in _COLUMNS))
    return [made.observation(*whole(row + constants)) for row in sorted(rows.fetchall(), key=order)]


@cache
def _holds_prices(layout: str) -> bool:
    """Whether files of a layout may hold price indices."""
    described = layouts()[layout]
    read = [described.common, *(value.reading for value in described.values)]
    read += [] if described.choice is None else described.choice.of.values()
    return any(reading.indicator == _PRICES for reading in read)


_local = threading.local()


@cache
def _shelf() -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(config={"threads": 1, "memory_limit": "512MB"})


def shelf_cursor() -> duckdb.DuckDBPyConnection:
    """Return this thread's connection, which keeps the Parquet files' footers in mind."""
    import duckdb

    found: duckdb.DuckDBPyConnection | None = getattr(_local, "cursor", None)
    if found is None:
        found = _local.cursor = _shelf().cursor()
        # Files on the shelf never change under their name: what was read of them stays true. A version of DuckDB that
        # lacks one of the settings is only slower.
        for setting in (
            "LOAD parquet",
            "SET parquet_metadata_cache = true",
            "SET validate_external_file_cache = 'NO_VALIDATION'",
        ):
            with suppress(duckdb.Error):
                found.execute(setting)
    return found


def figure_file(one: Shelved) -> str:
    """Return the name by which a query of `shelf_cursor` reads a file, as `read_parquet(?, hive_partitioning = false)`."""
    return literal(one.path)


class _Maker:
    """Makes the observations of one file; series and periods recur from row to row."""

    def __init__(self, one: Shelved) -> None:
        self._decimal = one.decimal
        self._document, self._digest = one.document_id, one.digest
        self._source = source_of(one)
        self._series: dict[tuple[Any, ...], Series] = {}

    def observation(
        self,
        reporter: str,
        partner: str,
        indicator: str,
        flow: str,
        product: str,
        start: date,
        end: date | None,
        precision: str,
        printed: str,
        scale: int,
        unit: str,
        valuation: str,
        status: str,
        base_year: int | None,
        remark: str,
        row: int,
        column: int,
    ) -> Observation:
        if unit.startswith(_LOCAL) and (own := _own_unit(unit, reporter, start, end)):
            remark = "; ".join(filter(None, (remark, f"{unit}: the local currency is taken for {own[:3]}")))
            unit = own
        key = (reporter, partner, indicator, flow, product, unit, valuation, base_year)
        series = self._series.get(key) or self._series.setdefault(key, self._named(*key))
        number = printed.replace(",", "." if self._decimal == "," else "")
        period, dates = _period(start, end, precision)
        provenance = Provenance(self._document, self._digest, row=row, column=column, source=self._source)
        identity = content_id("obs", series.id, *dates, precision, number, str(scale), self._document, "", row, column)
        quantity = Quantity(Decimal(number), unit, _scale(scale), text=printed)
        return Observation(identity, series, period, quantity, provenance, _STATUSES[status], remark)

    def _named(
        self,
        reporter: str,
        partner: str,
        indicator: str,
        flow: str,
        product: str,
        unit: str,
        valuation: str,
        base_year: int | None,
    ) -> Series:
        source = self._source
        identity = content_id(
            "series", reporter, partner, indicator, unit, valuation, source.producer, source.title, source.vintage,
            source.citation, source.url, base_year, *([product] if product else []),
        )  # fmt: skip
        sides = " and ".join(one for one in (reporter, "all partners" if partner == WORLD else partner) if one)
        title = f"{entry(indicator).indicator.name}, {sides}"
        return Series(
            identity, reporter, partner, indicator, unit, source, Valuation(valuation), base_year, title, flow, product
        )


def source_of(one: Shelved) -> Source:
    """Return the publication that a shelved file is of, as the catalogue has it."""
    described = one.entry
    return Source(
        described.publisher, described.title, described.citation, described.url, described.licence, one.vintage
    )


def _own_unit(unit: str, reporter: str, start: date, end: date | None) -> str:
    """Return a rate's unit with the state's own currency named; "" where this is not sure."""
    base = unit.removeprefix(_LOCAL)
    own = national_currency(reporter, start.year)
    return f"{own} per {base}" if own not in ("", base) and end is not None else ""


@lru_cache(maxsize=4096)
def _period(start: date, end: date | None, precision: str) -> tuple[Period, tuple[str, str]]:
    period = Period(start, end, Precision(precision))
    return period, period.sort_key


@lru_cache(maxsize=256)
def _scale(scale: int) -> Decimal:
    return Decimal(scale)


def of_indicator(shelf: Iterable[Shelved], indicators: Sequence[str] = ()) -> dict[str, tuple[Shelved, ...]]:
    """Return, by indicator, the files on the shelf that hold figures of it; for panels, which read them by DuckDB.

    Args:
        shelf: the shelved files.
        indicators: keys of indicators; none for all that there are.
    """
    found: dict[str, list[Shelved]] = {}
    for one in shelf:
        if not _holds_figures(one) or not one.figures:
            continue
        held = shelf_cursor().execute(
            "SELECT DISTINCT indicator FROM read_parquet(?, hive_partitioning = false) ORDER BY indicator",
            [literal(one.path)],
        )
        for (indicator,) in held.fetchall():
            if not indicators or indicator in indicators:
                found.setdefault(indicator, []).append(one)
    return {indicator: tuple(held) for indicator, held in found.items()}


def figure_view(connection: duckdb.DuckDBPyConnection, shelf: Iterable[Shelved], name: str = "figures") -> None:
    """Make a view over the figures of shelved files in a connection: the columns of ADR 7, `source` and `digest`.

    Args:
        connection: the reader's own connection, with the limit of memory that it wants.
        shelf: the files; tables of votes are left out.
        name: the view's name.
    """
    parts = [
        f"SELECT *{' EXCLUDE (counted_rows)' if _is_counted(one) else ''}, '{one.entry.key}' AS source, '{one.digest}' AS digest "
        f"FROM read_parquet('{literal(one.path).replace(chr(39), chr(39) * 2)}', hive_partitioning = false)"
        for one in shelf
        if _holds_figures(one)
    ]
    connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS ' + (" UNION ALL ".join(parts) or _EMPTY))
