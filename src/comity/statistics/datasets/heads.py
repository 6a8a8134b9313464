"""The head of a data file: its form, encoding, separator and headers, read from its first bytes alone."""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.terms import UnreadableSource

_BYTES: Final = 1 << 17
_SEPARATORS: Final = (",", ";", "\t", "|")
# Files of the World Bank have four lines above their headers.
_PREAMBLE: Final = 8
_PAGE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TABULAR: Final = frozenset({".csv", ".tsv", ".tab", ".txt", ".parquet"})


@dataclass(frozen=True, slots=True)
class Head:
    """What the first bytes of a data file tell.

    Attributes:
        form: "csv" or "parquet".
        headers: the headers as printed, in order.
        encoding: "utf-8", "utf-16" or "latin-1", for text; the whole file may show that "utf-8" is wrong.
        separator: the sign between the cells.
        above: lines above the headers.
    """

    form: str
    headers: tuple[str, ...]
    encoding: str = "utf-8"
    separator: str = ","
    above: int = 0

    def column(self, header: str) -> int | None:
        """Return the place of a header, case and outer spaces aside; None where it is not there."""
        return next(iter(self.columns(header)), None)

    def columns(self, header: str) -> tuple[int, ...]:
        """Return all places of a header: those written just so (files of the OECD have "MEASURE" and "Measure"), else any case."""
        exact = tuple(place for place, one in enumerate(self.headers) if one.lstrip("\ufeff") == header)
        wanted = plain(header)
        return exact or tuple(place for place, one in enumerate(self.headers) if plain(one) == wanted)


def plain(header: str) -> str:
    """Return a header without what does not count: case, outer spaces, quotation marks, a byte order mark."""
    return header.lstrip("\ufeff").strip().strip('"').strip().casefold()


def heads(path: Path) -> list[Head]:
    """Return the ways in which the file's first lines can be its headers; none for what is no table of records.

    Raises:
        UnreadableSource: a file named as data is empty or a web page.
    """
    with path.open("rb") as file:
        start = file.read(_BYTES)
    named = path.suffix.lower() in _TABULAR - {".txt"}
    if start[:4] == b"PAR1":
        return [_parquet(path)]
    if not start.strip():
        if named:
            raise UnreadableSource(path.name, "the file is empty", remedy="Get it again, or leave it out.")
        return []
    encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "") or _encoding(start)
    if encoding == "utf-16":
        start = start[: len(start) // 2 * 2]
    text = start.decode(encoding, errors="ignore").lstrip("\ufeff")
    if _PAGE.match(text):
        if named:
            raise UnreadableSource(
                path.name,
                "this is a web page and no data; the service answered with a page, perhaps an error",
                remedy="Open the file to see what it says, and get the data again.",
            )
        return []
    if path.suffix.lower() not in _TABULAR or "\x00" in text[:4096]:
        return []
    return [one for above in range(_PREAMBLE) if (one := _delimited(text, encoding, above)) is not None]


def _encoding(start: bytes) -> str:
    """Return "utf-8" where the bytes are that (the last sign may be cut off), else "latin-1"."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _delimited(text: str, encoding: str, above: int) -> Head | None:
    lines = text.split("\n", above + 1)
    if len(lines) <= above:
        return None
    body = "\n".join(lines[above:])
    first = body.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    if not first.count(separator):
        return None
    try:
        headers = next(csv.reader(io.StringIO(body, newline=""), delimiter=separator))
    except (csv.Error, StopIteration):
        return None
    return Head("csv", tuple(header.strip() for header in headers), encoding, separator, above)


def _parquet(path: Path) -> Head:
    import duckdb

    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            query = "SELECT * FROM read_parquet(?, hive_partitioning = false) LIMIT 0"
            described = connection.execute(query, [literal(path)]).description
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise UnreadableSource(path.name, f"cannot be read as Parquet ({reason})", remedy="Get it again.") from error
    return Head("parquet", tuple(str(column[0]) for column in described or ()))


def literal(path: Path) -> str:
    """Return a path as DuckDB takes it for that one file, though its name has the signs of a pattern."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))
