"""A data file as a table of text in DuckDB: only the columns that its layout reads, each row with its number."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from comity.statistics.datasets.heads import Head, literal
from comity.terms import UnreadableSource

if TYPE_CHECKING:
    import duckdb

_BLOCK: Final = 1 << 20
# Enough for a file of some million rows; what is more is laid off to disk, beside the work's own table.
_MEMORY: Final = "1GB"


@dataclass(frozen=True, slots=True)
class Content:
    """What a pass over all bytes of a file tells.

    Attributes:
        digest: SHA-256 in hexadecimal.
        is_utf8: whether all of it is UTF-8.
    """

    digest: str
    is_utf8: bool


def content_of(path: Path) -> Content:
    """Return the digest of a file and whether it is UTF-8, a block at a time."""
    taken = hashlib.sha256()
    decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            taken.update(block)
            if decoder is not None:
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    decoder = None
    return Content(taken.hexdigest(), decoder is not None)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C be Ctrl-C: DuckDB makes an error of its own of it while a query runs."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from error
        raise


@contextmanager
def workplace() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Open a database of its own for one file's work, and a folder for what goes with it; both are gone afterwards."""
    import duckdb

    with stoppable(), TemporaryDirectory(prefix="comity-shelf-") as folder:
        settings: dict[str, Any] = {"memory_limit": _MEMORY, "temp_directory": str(Path(folder) / "spilled")}
        with duckdb.connect(str(Path(folder) / "work.duckdb"), config=settings) as connection:
            yield connection, Path(folder)


def load(
    connection: duckdb.DuckDBPyConnection, folder: Path, path: Path, head: Head, content: Content, columns: set[int]
) -> int:
    """Make the table `raw` of a file: `row` from 1, and `c0`, `c1`, ... as text without outer spaces; missing cells are "".

    Returns:
        The number of rows.

    Raises:
        UnreadableSource: a row has not as many cells as there are headers, or the file breaks off, or has none.
    """
    import duckdb

    taken = sorted(columns)
    try:
        if head.form == "parquet":
            _from_parquet(connection, path, head, taken)
        else:
            _from_text(connection, folder, path, head, content, taken)
    except duckdb.Error as error:
        raise _unreadable(path, error) from error
    (rows,) = connection.execute("SELECT count(*) FROM raw").fetchall()[0]
    if not rows and head.form == "csv":
        raise UnreadableSource(path.name, "there are headers and no rows", remedy="Get the file again.")
    return int(rows)


def _from_parquet(connection: duckdb.DuckDBPyConnection, path: Path, head: Head, taken: list[int]) -> None:
    # A whole number in a column of fractions has no decimals that anyone printed.
    shown = ", ".join(
        f"coalesce(regexp_replace(CAST({quoted_name(head.headers[one])} AS VARCHAR), '\\.0$', ''), '') AS c{one}"
        for one in taken
    )
    connection.execute(
        f"CREATE TABLE raw AS SELECT file_row_number + 1 AS row, {shown} "
        "FROM read_parquet(?, file_row_number = true, hive_partitioning = false)",
        [literal(path)],
    )


def _from_text(
    connection: duckdb.DuckDBPyConnection, folder: Path, path: Path, head: Head, content: Content, taken: list[int]
) -> None:
    encoding = head.encoding if head.encoding == "utf-16" else "utf-8" if content.is_utf8 else "latin-1"
    if encoding != "utf-8":
        copy = folder / "source.csv"
        with path.open(encoding=encoding, newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
            while block := source.read(_BLOCK):
                target.write(block)
        path = copy
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(head.headers)))
    shown = ", ".join(f"coalesce(trim(c{one}, ' \t\u00a0'), '') AS c{one}" for one in taken)
    connection.execute(
        f"CREATE TABLE raw AS SELECT row_number() OVER () AS row, {shown} FROM read_csv(?, auto_detect = false, "
        f"header = false, skip = {head.above + 1}, delim = {quoted(head.separator)}, quote = '\"', escape = '\"', "
        f"strict_mode = true, columns = {{{names}}})",
        [literal(path)],
    )


def _unreadable(path: Path, error: duckdb.Error) -> UnreadableSource:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith(("Expected Number", "Value with unterminated"))), "")
    place = next((line.split("Error on Line: ")[1] for line in lines if "Error on Line: " in line), "")
    reason = told or (lines[0] if lines else "it cannot be read")
    return UnreadableSource(
        path.name,
        f"a row is broken ({reason})",
        place=f"line {place}" if place else "",
        remedy="If the download broke off, get the file again; else repair that row in a copy.",
    )


def quoted(words: str) -> str:
    """Return a text as a literal of SQL."""
    return "'" + words.replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    """Return a column's name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'
