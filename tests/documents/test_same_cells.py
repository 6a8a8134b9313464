"""One table in five formats: the same cells, each at its characters and place, and the same observations."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.documents import read_bytes
from comity.statistics import read_tables
from comity.terms import Document
from tests.documents.made import xlsx

CAPTION = "Kenya's trade with Uganda (US$ million)"
PROSE = "The bank has published the figures of the trade of both countries for some years.\n\n"

numbers = st.decimals(min_value=0, max_value=99_999, places=1).map(lambda number: f"{number:,}")
figures = st.one_of(numbers, numbers, numbers, st.sampled_from(["n.a.", "..", "-"]))
names = st.sampled_from(["Exports", "Imports", "Trade balance", "FDI inflows", "Remittances"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Return the rows of a table: years down the page, a column for each indicator."""
    heads = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    start = draw(st.integers(1990, 2010))
    years = range(start, start + draw(st.integers(3, 7)))
    first = [draw(numbers) for _ in heads]
    rows = [[str(year), *(first if year == start else [draw(figures) for _ in heads])] for year in years]
    return [["Year", *heads], *rows]


def as_markdown(rows: list[list[str]]) -> bytes:
    """Write a table between pipes."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return f"{PROSE}{CAPTION}\n\n{chr(10).join(lines)}\n\nTrade grew again.\n".encode()


def as_grid(rows: list[list[str]]) -> bytes:
    """Write a table as a ruled grid."""
    widths = [max(len(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    rule = "+" + "+".join("-" * width for width in widths) + "+"
    lines = [rule]
    for number, row in enumerate(rows):
        lines.append("|" + "|".join(f" {cell:<{width - 1}}" for cell, width in zip(row, widths, strict=True)) + "|")
        lines.append(rule if number else rule.replace("-", "="))
    return f"{PROSE}{CAPTION}\n\n{chr(10).join(lines)}\n\nTrade grew again.\n".encode()


def as_columns(rows: list[list[str]]) -> bytes:
    """Write a table in columns that spaces set apart, figures to the right."""
    widths = [max(len(row[column]) for row in rows) + 3 for column in range(len(rows[0]))]
    lines = ["".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True))[3:] for row in rows]
    return f"{PROSE}{CAPTION}\n\n{chr(10).join(lines)}\n\nTrade grew again.\n".encode()


def as_csv(rows: list[list[str]]) -> bytes:
    """Write a table between commas below its caption."""
    out = io.StringIO()
    csv.writer(out).writerows([[CAPTION], *rows])
    return out.getvalue().encode()


def as_workbook(rows: list[list[str]]) -> bytes:
    """Write a table on a sheet below its caption."""
    return xlsx({"Sheet1": [[CAPTION], *rows]})


WRITERS = (
    (as_markdown, "x.md"),
    (as_grid, "x.md"),
    (as_columns, "x.txt"),
    (as_csv, "x.csv"),
    (as_workbook, "x.xlsx"),
)


def observed(document: Document) -> list[tuple[str, ...]]:
    """Return what the document's tables say, without where it stands."""
    found = read_tables(document).observations
    return sorted(
        (one.series.indicator, one.period.label, one.quantity.text, one.quantity.unit, str(one.quantity.scale))
        for one in found
    )


@given(rows=tables())
@settings(max_examples=25, deadline=None)
def test_one_table_in_five_formats(rows: list[list[str]]) -> None:
    """However a table is written, its cells, their characters and places, and its observations are the same."""
    readings = []
    for write, name in WRITERS:
        content = write(rows)
        document = read_bytes(content, name=name)
        (table,) = document.tables
        assert [[cell.text for cell in table.cells if cell.row == row] for row in range(table.height)] == rows, name
        assert (table.unit, table.caption) == ("US$ million", "Kenya's trade with Uganda")
        lines = content.decode().splitlines() if name != "x.xlsx" else []
        for cell in table.cells:
            assert document.text[cell.start : cell.end] == cell.text
            place = document.locate(cell.start)
            if lines:
                assert lines[place.line - 1][place.column - 1 :].startswith(cell.text)
            else:
                assert (place.line, place.column, place.page) == (cell.row + 2, cell.column + 1, 1)
        readings.append(observed(document))
    assert all(reading == readings[0] for reading in readings)
    printed = sum(re.search(r"\d", cell) is not None for row in rows[1:] for cell in row[1:])
    assert len(readings[0]) == printed
