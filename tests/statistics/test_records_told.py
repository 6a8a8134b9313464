"""What an analyst's file in records says wrongly or not at all: refused or told with its place, and what it says plainly is read."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from comity.documents import read_bytes
from comity.statistics import TableReading, read_tables
from comity.terms import Dyad
from tests.statistics.conftest import DocumentMaker

DYAD = Dyad("KEN", "UGA")
HEAD = ["reporter", "partner", "year", "flow", "value", "unit"]


def _read(head: list[str], *rows: list[str], dyad: Dyad = DYAD) -> TableReading:
    return read_tables(DocumentMaker("t.csv", "text/csv").table([head, *rows]).document(), dyad=dyad)


def _row(reporter: str, year: str = "2010", partner: str = "FRA", unit: str = "US$ million") -> list[str]:
    return [reporter, partner, year, "Exports", "5", unit]


@pytest.mark.parametrize(
    ("name", "code", "last", "later"),
    [
        ("West Germany", "DEU", "1990", "1995"),
        ("Yemen Arab Republic", "YEM", "1989", "1995"),
        ("Tanganyika", "TZA", "1963", "1980"),
    ],
)
def test_a_part_of_todays_state_is_not_the_state_after_its_end(name: str, code: str, last: str, later: str) -> None:
    """West Germany's figures of 1995 are not Germany's: nothing is taken, and the row is named."""
    reading = _read(HEAD, _row(name, last), _row(name, later), dyad=Dyad(code, "FRA"))
    assert [one.period.label for one in reading.observations] == [last]
    (problem,) = reading.problems
    assert f"'{name}': no such state existed" in problem.message
    assert (problem.row, problem.column, problem.refused) == (2, 0, True)


def test_a_name_out_of_use_is_taken_and_told() -> None:
    """Zaire in 2010 is the same state under a name that it no longer had: its figure stands, with a word to check it."""
    reading = _read(HEAD, _row("Zaire", "1990"), _row("Zaire", "2010"), dyad=Dyad("COD", "FRA"))
    assert [one.series.reporter for one in reading.observations] == ["COD", "COD"]
    (problem,) = reading.problems
    assert "'Zaire': a name that COD no longer had" in problem.message
    assert (problem.row, problem.column, problem.refused) == (2, 0, False)


def test_a_name_that_was_another_states_in_its_year_is_told() -> None:
    """Russia's figures of 1985 are the Soviet Union's: for a dyad of Russia's the row is not dropped in silence."""
    reading = _read(HEAD, _row("Russia", "1985"), _row("Russia", "1995"), dyad=Dyad("RUS", "FRA"))
    assert [one.period.label for one in reading.observations] == ["1995"]
    (problem,) = reading.problems
    assert "'Russia': no such state existed" in problem.message


@pytest.mark.parametrize("name", ["Paris", "Nairobi", "the Kremlin", "Washington"])
def test_a_city_is_not_its_state(name: str) -> None:
    """A city or an institution on one side of a row gives no figure of its state."""
    reading = _read(HEAD, [name.removeprefix("the "), "UGA", "2010", "Exports", "5", "US$ million"])
    assert reading.observations == ()
    assert "a city or an institution" in reading.problems[0].message


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("US$ million, 2015 prices", "constant prices"),
        ("2015 US$ million", "constant prices"),
        ("US$ million (2010 = 100)", "constant prices"),
        ("PPP dollars, million", "weighed by what it buys"),
        ("USD million, seasonally adjusted", "'seasonally'"),
        ("USD million, annualised", "'annualised'"),
        ("k USD", "more than one scale"),
        ("MM USD", "more than one scale"),
        ("USD 千", "more than one scale"),
    ],
)
def test_a_unit_that_is_not_wholly_understood_gives_no_figure(unit: str, words: str) -> None:
    """Prices of another year, purchasing power, averages and scales of other languages are refused in the row's unit."""
    reading = _read(HEAD, _row("KEN", partner="UGA", unit=unit))
    assert reading.observations == ()
    (problem,) = reading.problems
    assert words in problem.message
    assert (problem.row, problem.column) == (1, 5)


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("miles de euros", 5_000),
        ("millions d'euros", 5_000_000),
        ("Tausend EUR", 5_000),
        ("тыс. USD", 5_000),
        ("million US dollars at current prices and exchange rates", 5_000_000),
        ("US dollars, exchange rate converted", 5),
    ],
)
def test_scales_of_other_languages_are_read(unit: str, value: int) -> None:
    """A plain scale of another language multiplies, and words that change nothing are no doubt."""
    (one,) = _read(HEAD, _row("KEN", partner="UGA", unit=unit)).observations
    assert one.quantity.value == value


def test_an_empty_scale_among_scales_gives_no_figure() -> None:
    """Where other rows say a scale, an empty cell is not taken for one."""
    head = ["reporter", "partner", "year", "flow", "value", "currency", "scale"]
    rows = [["KEN", "UGA", "2010", "Exports", "5", "USD", "6"], ["KEN", "UGA", "2011", "Exports", "5", "USD", ""]]
    reading = _read(head, *rows)
    assert [one.quantity.value for one in reading.observations] == [5_000_000]
    (problem,) = reading.problems
    assert "scale is empty" in problem.message
    assert (problem.row, problem.column) == (2, 6)


@pytest.mark.parametrize(
    ("header", "unit", "scale"),
    [
        ("Value (US$ million)", "USD", 10**6),
        ("value_usd_m", "USD", 10**6),
        ("Trade value, EUR '000", "EUR", 10**3),
        ("Amount in KES", "KES", 1),
    ],
)
def test_a_unit_in_the_header_of_the_figures_is_read(header: str, unit: str, scale: int) -> None:
    """A column of figures is known by its header with a unit in it, which is the unit of all its rows."""
    (one,) = _read(
        ["Reporter", "Partner", "Year", "Flow", header], ["Kenya", "Uganda", "2010", "Exports", "5"]
    ).observations
    assert (one.quantity.unit, one.quantity.scale) == (unit, Decimal(scale))


def test_figures_in_two_currencies_are_of_two_series() -> None:
    """Two columns of values in two currencies both enter, each in its own."""
    head = ["Reporter", "Partner", "Year", "Flow", "Value (US$ million)", "Value (KSh million)", "Value (%)"]
    reading = _read(head, ["Kenya", "Uganda", "2010", "Exports", "5", "400", "7"])
    assert [(int(one.quantity.value), one.quantity.unit) for one in reading.observations] == [
        (5_000_000, "USD"),
        (400_000_000, "KES"),
    ]
    (problem,) = reading.problems
    assert (problem.column, problem.refused) == (6, False)


def test_a_file_whose_figures_no_header_names_says_where_they_stand() -> None:
    """The remedy names the column in which figures stand, and not any column."""
    reading = _read(["Reporter", "Partner", "Year", "Flow", "Wert"], ["Kenya", "Uganda", "2010", "Exports", "5"])
    (problem,) = reading.problems
    assert "figures stand below 'Wert'" in problem.message
    assert "columns = { value = 4 }" in problem.remedy
    assert (problem.row, problem.column) == (0, 4)


@pytest.mark.parametrize(
    ("header", "cell"), [("hs4", "0902"), ("chapter", "09"), ("Description", "Tea"), ("Product group", "Beverages")]
)
def test_a_column_of_goods_under_any_name_limits_a_row(header: str, cell: str) -> None:
    """A row of one chapter of the tariff is none of all exports, whatever its column is called; a total is."""
    head = ["origin", "destination", "year", header, "value_usd"]
    reading = _read(head, ["KEN", "UGA", "2010", cell, "5"], ["KEN", "UGA", "2011", "Total", "6"])
    assert [one.quantity.value for one in reading.observations] == [6]
    (problem,) = reading.problems
    assert f"'{cell}': the row is about a part only" in problem.message
    assert (problem.row, problem.column) == (1, 3)


def test_the_code_of_a_total_is_one() -> None:
    """The code "_T" in a column of products says all of them (SDMX), and loses no low line as an emphasis."""
    head = ["reporter", "partner", "commodity", "year", "flow", "value", "unit"]
    assert len(_read(head, ["KEN", "UGA", "_T", "2010", "Exports", "5", "USD"]).observations) == 1


def test_rows_refused_for_one_reason_are_all_named() -> None:
    """Of rows that are refused together each is found by its number."""
    rows = [_row("KEN", str(year), "UGA") for year in range(2010, 2020)]
    for at in (1, 4, 5, 6):
        rows[at][2] = "soon"
    (problem,) = _read(HEAD, *rows).problems
    assert problem.message.endswith("(4 rows)")
    assert problem.remedy.startswith("Rows 3, 6-8. Write a year")


def test_a_row_of_a_total_is_told_once() -> None:
    """A "Total" beside an empty partner is a group, and nobody is asked to name the partner."""
    reading = _read(HEAD, _row("KEN", partner="UGA"), ["Total", "", "2010", "Exports", "5", "US$ million"])
    assert [problem.refused for problem in reading.problems] == [False]


@pytest.mark.parametrize(
    "header", ["Value (constant 2015 US$)", "Value (2015 US$ million)", "Exports (US$ million, PPP)"]
)
def test_a_header_of_other_money_gives_no_figure(header: str) -> None:
    """Prices of another year in the header of the figures are refused, at the header."""
    reading = _read(["Reporter", "Partner", "Year", "Flow", header], ["Kenya", "Uganda", "2010", "Exports", "5"])
    assert reading.observations == ()
    assert (reading.problems[0].row, reading.problems[0].column) == (0, 4)


@pytest.mark.parametrize("note", ["Jan-Jun only", "first nine months", "forecast"])
def test_a_note_beside_a_figure_that_limits_it_keeps_it_out(note: str) -> None:
    """A word in a column of notes by which a figure is of a part of its year, or of none yet, counts as a mark does."""
    reading = _read([*HEAD, "Note"], [*_row("KEN", partner="UGA"), note], [*_row("KEN", "2011", "UGA"), "estimate"])
    assert [(one.period.label, one.remark) for one in reading.observations] == [("2011", "Note: estimate")]
    (problem,) = reading.problems
    assert f"'{note}'" in problem.message
    assert (problem.row, problem.column) == (1, 6)


def test_a_column_that_names_the_flows_is_known_by_its_cells() -> None:
    """Under "Type" stand exports and imports: they are what the rows measure, and not all one thing that a person set."""
    head = ["Reporter", "Partner", "Year", "Type", "Value (US$ million)"]
    reading = _read(head, ["Kenya", "Uganda", "2010", "Exports", "5"], ["Kenya", "Uganda", "2010", "Imports", "6"])
    assert [one.series.indicator for one in reading.observations] == ["exports", "imports"]


def test_categories_that_name_flows_are_flows() -> None:
    """Under "Category", which may be of goods, exports and imports are what the rows measure."""
    head = ["Reporter", "Partner", "Year", "Category", "Value (US$ million)"]
    reading = _read(head, ["Kenya", "Uganda", "2010", "Exports", "5"], ["Kenya", "Uganda", "2010", "Imports", "6"])
    assert [one.series.indicator for one in reading.observations] == ["exports", "imports"]


def test_a_status_that_names_a_part_of_the_year_keeps_a_figure_out() -> None:
    """A row whose status is "Jan-Sep" is not of its year."""
    reading = _read([*HEAD, "Status"], [*_row("KEN", partner="UGA"), "Jan-Sep"], [*_row("KEN", "2011", "UGA"), "final"])
    assert [one.period.label for one in reading.observations] == ["2011"]
    assert (reading.problems[0].row, reading.problems[0].column) == (1, 6)


def test_figures_under_the_header_of_a_flow_are_named_as_the_likely_ones() -> None:
    """In a gravity file the column of trade is proposed, and not the first other one with figures."""
    (problem,) = _read(["iso3_o", "iso3_d", "year", "tradeflow", "gdp_o"], ["KEN", "UGA", "2010", "5", "40"]).problems
    assert "columns = { value = 3 }" in problem.remedy


def test_a_figure_merged_over_two_rows_is_of_neither() -> None:
    """One figure in a cell over the rows of two years is entered for none of them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Reporter", "Partner", "Year", "Flow", "Value (US$ million)"])
    for year, value in ((2015, 1), (2016, None), (2017, 3)):
        sheet.append(["Kenya", "Uganda", year, "Exports", value])
    sheet.merge_cells("E2:E3")
    book.save(content := io.BytesIO())
    reading = read_tables(read_bytes(content.getvalue(), name="t.xlsx"), dyad=DYAD)
    assert [one.period.label for one in reading.observations] == ["2017"]
    (problem,) = reading.problems
    assert "merged over 2 rows" in problem.message
