"""Fetched files as they are kept: sources/SOURCE/VINTAGE/FILE with a note of where it came from, never overwritten."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from comity.flow.folders import NOTE
from comity.flow.payloads import Table
from comity.flow.writing import write_whole
from comity.statistics import stoppable
from comity.terms import WorkspaceError

_REMEDY = "Make room, or see to the permissions of the folder sources/."
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Vintage:
    """A fetched file that is kept, with what its note says."""

    path: Path
    note: Mapping[str, Any]

    @property
    def is_whole(self) -> bool:
        """Whether the file is as it was fetched."""
        return self.path.is_file() and digest_of_file(self.path) == self.note.get("digest")


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that changed: the row's key, the column, and what stood and stands there."""

    key: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a vintage has otherwise than the one before it.

    Attributes:
        since: the vintage before.
        added, gone, revised: how many rows.
        largest: the revisions that change most, by the ratio of the two figures.
        new_columns, lost_columns: headers.
        whole_rows: whether rows were compared as wholes, for their keys do not tell them apart; none is "revised" then.
    """

    since: str
    added: int
    gone: int
    revised: int
    largest: tuple[Revision, ...] = ()
    new_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()
    whole_rows: bool = False

    @property
    def is_none(self) -> bool:
        """Whether the two have the same rows, if in another order."""
        return not (self.added or self.gone or self.revised or self.new_columns or self.lost_columns)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON-ready values."""
        return asdict(self) | {name: list(getattr(self, name)) for name in ("new_columns", "lost_columns")}


def vintages(sources: Path, source: str, name: str) -> list[Vintage]:
    """Return the vintages of a file that are kept, the latest first."""
    found = []
    for note in (sources / source).glob(f"*/{_literal(name)}{NOTE}"):
        try:
            content = json.loads(note.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            continue
        path = note.with_name(name)
        if isinstance(content, dict) and path.exists():
            found.append(Vintage(path, content))
    return sorted(found, key=lambda one: str(one.note.get("retrieved", "")), reverse=True)


def freeze(made: Path, sources: Path, source: str, vintage: str, name: str, note: Mapping[str, Any]) -> Path:
    """Put a file into its place, with its note, and return the place; what stands there already stays.

    Raises:
        WorkspaceError: it cannot be put there.
    """
    folder = sources / source / vintage
    number = 2
    while (folder / name).exists():
        folder = sources / source / f"{vintage}-{number}"
        number += 1
    # The note comes first: a file without one would be a source of which nobody knows where it came from.
    content = json.dumps({**note, "vintage": folder.name}, ensure_ascii=False, indent=2) + "\n"
    write_whole(folder / f"{name}{NOTE}", content.encode(), remedy=_REMEDY)
    try:
        made.replace(folder / name)
    except OSError as error:
        raise WorkspaceError(f"{folder / name} cannot be written: {error.strerror}.", remedy=_REMEDY) from error
    return folder / name


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file of any size."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def changes_between(
    before: Path, after: Path, table: Table, *, since: str, keys: tuple[str, ...], values: tuple[str, ...]
) -> Changes:
    """Return what two vintages of a table differ in; both are read by DuckDB, which works in a file beside the later one.

    Args:
        before: the earlier table, delimited as the later one.
        after: the later table.
        table: how the later one is written.
        since: the name of the earlier vintage.
        keys: the columns that tell rows apart.
        values: the columns of figures.
    """
    import duckdb

    # In a file, so that tables larger than the memory allowed can be compared.
    place = after.with_name(f"{after.name}.duckdb")
    place.unlink(missing_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 2,
        "memory_limit": "1GB",
        "preserve_insertion_order": False,
    }
    headers = {name: _headers(path, table) for name, path in (("old", before), ("new", after))}
    # To DuckDB a column "Measure" is the same as "MEASURE"; OECD's files have both.
    columns = {header: f"c{number}" for number, header in enumerate(dict.fromkeys([*headers["old"], *headers["new"]]))}
    shared = [header for header in headers["new"] if header in headers["old"]]
    new_columns = tuple(header for header in headers["new"] if header not in shared)
    lost_columns = tuple(header for header in headers["old"] if header not in shared)
    rest = [header for header in shared if header not in keys]
    with stoppable(), duckdb.connect(place, config=config) as connection:
        for name, path in (("old", before), ("new", after)):
            connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, delim = ?, quote = '\"', escape = '\"', header = true, "
                "all_varchar = true, auto_detect = false, columns = ?, encoding = ?, ignore_errors = false)",
                [
                    _one(path),
                    table.separator,
                    {columns[header]: "VARCHAR" for header in headers[name]},
                    "latin-1" if table.encoding == "latin-1" else "utf-8",
                ],
            )
        told = [columns[key] for key in keys if key in shared]
        if not told or len(told) < len(keys) or any(_repeats(connection, name, told) for name in ("old", "new")):
            rows = ", ".join(columns[header] for header in shared)
            added = _count(connection, f"SELECT {rows} FROM new EXCEPT ALL SELECT {rows} FROM old")
            gone = _count(connection, f"SELECT {rows} FROM old EXCEPT ALL SELECT {rows} FROM new")
            return Changes(since, added, gone, 0, (), new_columns, lost_columns, True)
        same = " AND ".join(f"old.{key} IS NOT DISTINCT FROM new.{key}" for key in told)
        added = _count(connection, f"SELECT 1 FROM new ANTI JOIN old ON {same}")
        gone = _count(connection, f"SELECT 1 FROM old ANTI JOIN new ON {same}")
        differs = " OR ".join(_differs(columns[one], figure=one in values) for one in rest)
        revised = _count(connection, f"SELECT 1 FROM old JOIN new ON {same} WHERE {differs}") if rest else 0
        figures = {one: columns[one] for one in values if one in rest}
        largest = _largest(connection, same, told, figures) if revised else ()
    return Changes(since, added, gone, revised, largest, new_columns, lost_columns)


def _largest(connection: Any, same: str, keys: list[str], figures: Mapping[str, str]) -> tuple[Revision, ...]:
    """Return the revisions that change a figure most: first those to or from none or zero, then by ratio."""
    found: list[tuple[float, Revision]] = []
    key = " || ' ' || ".join(f"coalesce(new.{one}, '')" for one in keys)
    for header, column in figures.items():
        old, new = f"try_cast(old.{column} AS DOUBLE)", f"try_cast(new.{column} AS DOUBLE)"
        beyond = f"{new} IS NULL OR {old} IS NULL OR {new} = 0 OR {old} = 0 OR sign({new}) <> sign({old})"
        query = (
            f"SELECT CASE WHEN {beyond} THEN 1e300 ELSE abs(ln(abs({new}) / abs({old}))) END AS size, {key} AS key, "
            f"coalesce(old.{column}, ''), coalesce(new.{column}, '') FROM old JOIN new ON {same} "
            f"WHERE {_differs(column, figure=True)} ORDER BY size DESC, key LIMIT {_SHOWN}"
        )
        for size, words, was, now in connection.execute(query).fetchall():
            found.append((size, Revision(words, header, was, now)))
    found.sort(key=lambda one: (-one[0], one[1].key, one[1].column))
    return tuple(revision for _, revision in found[:_SHOWN])


def _differs(column: str, *, figure: bool) -> str:
    """Return the condition that a column was changed; a figure written otherwise (1.50 for 1.5) is the same."""
    other = f"old.{column} IS DISTINCT FROM new.{column}"
    if not figure:
        return other
    old, new = f"try_cast(old.{column} AS DOUBLE)", f"try_cast(new.{column} AS DOUBLE)"
    return f"({other} AND ({old} IS NULL OR {new} IS NULL OR {old} <> {new}))"


def _repeats(connection: Any, name: str, keys: list[str]) -> bool:
    return bool(_count(connection, f"SELECT 1 FROM {name} GROUP BY {', '.join(keys)} HAVING count(*) > 1"))


def _count(connection: Any, query: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({query})").fetchone()[0])


def _headers(path: Path, table: Table) -> list[str]:
    """Return the headers of a file, each once: an empty or repeated one bears its place."""
    with path.open(encoding=table.encoding, newline="") as stream:
        found = next(csv.reader(stream, delimiter=table.separator), [])
    named: dict[str, None] = {}
    for number, header in enumerate(found, 1):
        name = header.strip() or f"column {number}"
        named[name if name not in named else f"{name} ({number})"] = None
    return list(named)


def _one(path: Path) -> str:
    """Return a path as DuckDB takes it for that one file, though its name has the signs of a pattern."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def _literal(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
