"""Parquet files in and out through DuckDB, which the core has anyway (ADR 3): by rows, on one thread, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.terms import UnreadableSource

if TYPE_CHECKING:
    import duckdb

# The names of Parquet files.
PARQUET = frozenset({".parquet", ".pq"})
# The bytes with which Parquet files begin and end, and their media type at IANA.
PARQUET_MARK = b"PAR1"
PARQUET_TYPE = "application/vnd.apache.parquet"

_FETCHED = 256
_ACTOR = 'STRUCT(code VARCHAR, sectors VARCHAR[], "text" VARCHAR, "start" BIGINT, "end" BIGINT)'
_DATE = 'STRUCT("start" DATE, "end" DATE, "precision" VARCHAR, "text" VARCHAR)'
# The columns of what `event_line` and `statement_line` give, with DuckDB's types: named, so that every shard of a run
# has the same ones whatever its rows hold.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "events": {
        "id": "VARCHAR",
        "source_id": "VARCHAR",
        "type": "VARCHAR",
        "modes": "VARCHAR[]",
        "actors": f"{_ACTOR}[]",
        "recipients": f"{_ACTOR}[]",
        "symmetric": "BOOLEAN",
        "date": _DATE,
        "place": 'STRUCT(code VARCHAR, "text" VARCHAR)',
        "contexts": "VARCHAR[]",
        "quad": "BIGINT",
        "scale": "DOUBLE",
        "confidence": "DOUBLE",
        "start": "BIGINT",
        "end": "BIGINT",
        "text": "VARCHAR",
        "coder": "VARCHAR",
    },
    "statements": {
        "id": "VARCHAR",
        "source_id": "VARCHAR",
        "holder": _ACTOR,
        "issue": "VARCHAR",
        "stance": "VARCHAR",
        "direction": "BIGINT",
        "about": "VARCHAR",
        "toward": f"{_ACTOR}[]",
        "strength": "DOUBLE",
        "date": _DATE,
        "confidence": "DOUBLE",
        "start": "BIGINT",
        "end": "BIGINT",
        "text": "VARCHAR",
        "decision": "VARCHAR",
    },
}


def version() -> str:
    """Return the version of DuckDB: another may write other bytes for the same rows."""
    import duckdb

    return str(duckdb.__version__)


def count_rows(path: Path) -> int:
    """Return how many rows a Parquet file of texts has, from its footer alone.

    Raises:
        UnreadableSource: it is no Parquet file, or has no columns `id` and `text`.
    """
    with _opened(path) as connection:
        columns = _columns(connection, path)
        missing = [name for name in ("id", "text") if name not in columns]
        if missing:
            raise UnreadableSource(
                str(path),
                f"has no column {' and no column '.join(missing)}; its columns are {', '.join(columns)}",
                remedy="Rename the columns to id, text and, where known, date.",
            )
        query = "SELECT sum(num_rows) FROM parquet_file_metadata(?)"
        (found,) = connection.execute(query, [_literal(path)]).fetchall()[0]
        return int(found or 0)


def rows_of(path: Path, *, first: int = 1, count: int | None = None) -> Iterator[tuple[Any, Any, Any]]:
    """Yield id, text and date of `count` rows from row `first` (from 1) on; other row groups are not read."""
    rows = count_rows(path) if count is None else count
    with _opened(path) as connection:
        day = '"date"' if "date" in _columns(connection, path) else "NULL"
        result = connection.execute(
            f'SELECT id, "text", {day} FROM read_parquet(?, file_row_number = true, hive_partitioning = false)'
            " WHERE file_row_number BETWEEN ? AND ?",
            [_literal(path), first - 1, first + rows - 2],
        )
        while fetched := result.fetchmany(_FETCHED):
            yield from fetched


def columns_of(path: Path) -> list[str]:
    """Return the names of a Parquet file's columns, from its footer alone.

    Raises:
        UnreadableSource: it is no Parquet file.
    """
    with _opened(path) as connection:
        return _columns(connection, path)


def table_of(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield every row of a Parquet file as words, in its order; what is missing is ""."""
    with _opened(path) as connection:
        result = connection.execute("SELECT * FROM read_parquet(?, hive_partitioning = false)", [_literal(path)])
        while fetched := result.fetchmany(_FETCHED):
            yield from (tuple("" if cell is None else str(cell) for cell in row) for row in fetched)


def write_parquet(lines: Path, target: Path, columns: Mapping[str, str], about: Mapping[str, str]) -> None:
    """Write a file of JSON Lines as Parquet with the columns given, and `about` in its metadata.

    One thread, so that the bytes do not hang on the machine's cores.
    """
    import duckdb

    told = ", ".join(f"{key}: {_quoted(value)}" for key, value in about.items())
    with duckdb.connect(config={"threads": 1}) as connection:
        rows = connection.read_json(_literal(lines), columns=dict(columns), format="newline_delimited")
        rows.create_view("coded")
        connection.execute(
            f"COPY coded TO {_quoted(str(target))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{told}}})"
        )


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    if not path.is_file():
        raise UnreadableSource(str(path), "there is no such file", remedy="Check the spelling.")
    try:
        with duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as connection:
            yield connection
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise UnreadableSource(str(path), f"cannot be read as Parquet ({reason})", remedy="Write it again.") from error


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    found = connection.execute(
        "DESCRIBE SELECT * FROM read_parquet(?, hive_partitioning = false)", [_literal(path)]
    ).fetchall()
    return [str(row[0]) for row in found]


def _literal(path: Path) -> str:
    """Return a path as DuckDB takes it for that one file, though its name has the signs of a pattern."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
