"""What a file itself says of its figures' decimal sign: numbers in workbooks, semicolons between cells."""

from __future__ import annotations

import io

import pytest

from comity.documents import read_bytes
from comity.statistics import TableReading, read_tables
from comity.terms import Dyad

_TITLE = "Kenya's trade with Uganda, US$ million"


def _numbers(reading: TableReading) -> list[str]:
    return sorted(str(one.quantity.number) for one in reading.observations)


def _workbook(*rows: tuple[str | float, ...], number_format: str = "General") -> TableReading:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, float):
                cell.number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return read_tables(read_bytes(out.getvalue(), name="trade.xlsx"), dyad=Dyad("KEN", "UGA"))


def _semicolons(*rows: str) -> TableReading:
    text = "\n".join((f"{_TITLE};;", "Year;Exports;Imports", *rows, ""))
    return read_tables(read_bytes(text.encode(), name="trade.csv"), dyad=Dyad("KEN", "UGA"))


@pytest.mark.parametrize("number_format", ["General", "0.000", "#,##0.000"])
def test_a_workbooks_number_of_three_decimals_is_no_thousand(number_format: str) -> None:
    """A number cell is the number that the workbook holds, whatever its digits look like."""
    rows = [(_TITLE,), ("Year", "Exports"), ("2014", 1.961), ("2015", 2.345), ("2016", 345.612)]
    reading = _workbook(*rows, number_format=number_format)
    assert reading.problems == ()
    assert _numbers(reading) == ["1.961", "2.345", "345.612"]


def test_text_in_a_workbook_stays_in_doubt() -> None:
    """A figure that a workbook holds as text is not read by the sign of the numbers beside it."""
    reading = _workbook((_TITLE,), ("Year", "Exports", "Imports"), ("2014", "1.961", 12.5), ("2015", "2.345", 13.25))
    assert _numbers(reading) == ["12.5", "13.25"]
    assert any("may show a thousand" in problem.message for problem in reading.problems)


def test_numbers_beside_text_with_commas() -> None:
    """Text with decimal commas and numbers in one table are each read by their own sign."""
    reading = _workbook((_TITLE,), ("Year", "Exports", "Imports"), ("2014", "12,5", 1.961), ("2015", "13,5", 2.345))
    assert _numbers(reading) == ["1.961", "12.5", "13.5", "2.345"]


def test_one_decimal_comma_between_semicolons_is_enough() -> None:
    """Where a semicolon parts the cells and one of them shows a decimal comma, no figure is in doubt."""
    reading = _semicolons("2014;1,234;1.200", "2015;1,5;999", "2016;1,300;1.100")
    assert reading.problems == ()
    assert _numbers(reading) == ["1.234", "1.300", "1.5", "1100", "1200", "999"]


@pytest.mark.parametrize("cells", [("1.961", "2.345", "3.456"), ("1,961", "2,345", "3,456")])
def test_a_semicolon_alone_decides_nothing(cells: tuple[str, ...]) -> None:
    """Figures that all have three digits behind their sign stay in doubt between semicolons, by either sign."""
    reading = _semicolons(*(f"{2014 + number};{cell};17" for number, cell in enumerate(cells)))
    assert _numbers(reading) == ["17", "17", "17"]
    assert "may show a thousand as well as a fraction" in reading.problems[0].message


def test_points_between_semicolons_are_points() -> None:
    """A table between semicolons whose figures show decimal points is read by these."""
    reading = _semicolons("2014;12.5;1,961", "2015;13.25;2,045")
    assert _numbers(reading) == ["12.5", "13.25", "1961", "2045"]
