"""Some rows of a data file as they stand in it, for people who want to see where a figure comes from."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from comity.statistics.datasets.columns import columns_read
from comity.statistics.datasets.recognising import recognised
from comity.statistics.datasets.table import content_of, load, workplace
from comity.terms import UnreadableSource

# Of a file with more columns only those that its layout reads or names are shown.
_WIDEST = 40


def extract(path: Path, rows: Collection[int]) -> tuple[dict[int, str], dict[int, dict[int, str]]]:
    """Return the headers of a data file and the given rows, each as column to text, columns and rows counted as in the file.

    Raises:
        UnreadableSource: the file has no known layout, or cannot be read.
    """
    found = recognised(path)
    if found is None:
        raise UnreadableSource(path.name, "this is no file of a known data set", remedy="See comity fetch --list.")
    width = len(found.head.headers)
    columns = set(range(width))
    if width > _WIDEST:
        named = {found.head.column(header) for header in found.layout.shown}
        columns = columns_read(found.layout, found.head) | {place for place in named if place is not None}
    headers = {column: found.head.headers[column] for column in sorted(columns)}
    if not rows:
        return headers, {}
    with workplace() as (connection, work):
        load(connection, work, path, found.head, content_of(path), columns)
        shown = ", ".join(f"c{column}" for column in headers)
        listed = ", ".join(map(str, sorted(rows)))
        held = connection.execute(f"SELECT row, {shown} FROM raw WHERE row IN ({listed}) ORDER BY row").fetchall()
    return headers, {int(row): dict(zip(headers, cells, strict=True)) for row, *cells in held}
