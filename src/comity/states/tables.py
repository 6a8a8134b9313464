"""The room's data files: CSV with a header row, after comment lines that name the source. Read once, when first needed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the data file `name`, each as column to text."""
    text = (files("comity.states") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    lines = csv.reader([line for line in text.splitlines() if not line.startswith("#")])
    header = next(lines)
    return (dict(zip(header, line, strict=True)) for line in lines)


def items(cell: str) -> tuple[str, ...]:
    """Return the entries of a cell whose list is parted by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip()) if cell else ()


def day(cell: str, *, last: bool = False) -> date | None:
    """Return the day that a cell names; a year alone is its first day, or with `last` its last one; empty is None."""
    if not cell:
        return None
    if len(cell) == 4:
        return date(int(cell), 12, 31) if last else date(int(cell), 1, 1)
    return date.fromisoformat(cell)


def span(cell: str) -> tuple[date | None, date | None]:
    """Return the days of `FIRST..LAST`, where either may be left out."""
    first, _, last = cell.partition("..")
    return day(first), day(last, last=True)


def covers(start: date | None, end: date | None, on: date | None) -> bool:
    """Whether `on` lies in the closed interval; None is an open end, and `on=None` asks for what holds today."""
    if on is None:
        return end is None
    return (start is None or start <= on) and (end is None or on <= end)
