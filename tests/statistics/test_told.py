"""What a person says of a table or of one of its lines, and what the table's own words keep of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence

import pytest

from comity.statistics import TableMapping, TableReading, read_tables
from comity.terms import Document, Dyad
from tests.statistics.conftest import DocumentMaker

Maker = Callable[..., DocumentMaker]
CAPTION = "Georgia's trade with Türkiye (US$ million)"
PAIR = Dyad("TUR", "GEO")


def trade(make: Maker, last: str, *more: str) -> Document:
    """Return a table of exports, imports and columns headed otherwise, each with figures of its own."""
    headers = ["Year", "Exports", "Imports", last, *more]
    rows = [headers, *([year, *(f"{base}{place}.5" for place in range(1, len(headers)))] for year, base in YEARS)]
    return make("brief.docx", "application/msword").table(rows, caption=CAPTION).document()


YEARS = (("2019", "20"), ("2020", "30"), ("2021", "40"))


def first_figures(reading: TableReading) -> dict[str, str]:
    """Return the figure of 2019 as printed, by indicator."""
    return {one.series.indicator: one.quantity.text for one in reading.observations if one.period.label == "2019"}


def told(reading: TableReading) -> str:
    """Return all that is said of the tables."""
    return " ".join(f"{problem.message} {problem.remedy}" for problem in reading.problems)


def advised(reading: TableReading, number: int = 0, **filled: str) -> TableMapping:
    """Return the mapping that the printed advice makes: the first list of values in it, with its blanks filled in."""
    found = re.findall(r"values = \[\{.*?\}\]", told(reading))[number]
    for item, word in filled.items():
        found = found.replace(f'{item} = "..."', f'{item} = "{word}"')
    return TableMapping.from_dict(tomllib.loads(found))


def test_an_indicator_of_the_table_leaves_columns_that_name_another(make: Maker) -> None:
    """Imports stay imports where a person says of the whole table that it is of exports."""
    reading = read_tables(trade(make, "Volume sold"), dyad=PAIR, mappings={"1": TableMapping(indicator="exports")})
    found = [(one.series.indicator, one.quantity.text) for one in reading.observations if one.period.label == "2019"]
    assert ("exports", "201.5") in found and ("imports", "202.5") in found
    assert ("exports", "202.5") not in found


@pytest.mark.parametrize("header", ["Imports of textiles", "Growth of imports", "Re-exports", "Total"])
def test_an_indicator_of_the_table_does_not_settle_a_doubt(make: Maker, header: str) -> None:
    """A column whose own words say something else than the table's indicator is never read as that."""
    given = TableMapping(indicator="exports")
    reading = read_tables(trade(make, header), dyad=PAIR, mappings={"1": given})
    exports = [one.quantity.text for one in reading.observations if one.series.indicator == "exports"]
    assert exports == ["201.5", "301.5", "401.5"]


def test_an_indicator_of_the_table_holds_where_the_columns_say_nothing(make: Maker) -> None:
    """Where only the caption says what is measured, a person's word for the table stands against it."""
    rows = [["Year", "Value"], ["2019", "20.5"], ["2020", "30.5"]]
    document = make().table(rows, caption="Georgia's exports to Türkiye (US$ million)").document()
    reading = read_tables(document, dyad=PAIR, mappings={"1": TableMapping(indicator="services-exports")})
    assert {one.series.indicator for one in reading.observations} == {"services-exports"}


def test_the_advice_for_one_column_is_about_that_column(make: Maker) -> None:
    """Following the printed advice reads the unknown column, and changes nothing of the others."""
    document = trade(make, "Volume sold")
    before = read_tables(document, dyad=PAIR)
    assert "whole table" not in told(before)
    given = advised(before, indicator="total-trade")
    assert [value.index for value in given.values] == [3] and not given.indicator
    after = read_tables(document, dyad=PAIR, mappings={"1": given})
    assert first_figures(after) == {"exports": "201.5", "imports": "202.5", "total-trade": "203.5"}
    assert not after.problems
    skipped = read_tables(document, dyad=PAIR, mappings={"1": advised(before, 1)})
    assert first_figures(skipped) == {"exports": "201.5", "imports": "202.5"}
    assert not skipped.problems


def test_the_advice_for_a_row_names_the_header_over_it(make: Maker) -> None:
    """Where rows stand under exports and under imports alike, what is advised for one block leaves the other."""
    header = ["", "Exports", "Exports", "Imports", "Imports"]
    rows = [header, ["", "2019", "2020", "2019", "2020"]]
    rows += [["Total", "20.5", "30.5", "21.5", "31.5"], ["Textiles", "2.5", "3.5", "4.5", "5.5"]]
    document = make().table(rows, caption=CAPTION).document()
    before = read_tables(document, dyad=PAIR)
    given = advised(before, 1)
    assert given.values[0].under == "Exports" and given.values[0].skip
    after = read_tables(document, dyad=PAIR, mappings={"1": given})
    assert len([one for one in after.problems if "Textiles" in one.message]) == 1


@pytest.mark.parametrize("header", ["Turnover", "Total turnover", "Trade turnover", "TURNOVER (US$ million)"])
def test_turnover_beside_exports_and_imports_is_their_sum(make: Maker, header: str) -> None:
    """A column headed Turnover is trade both ways where the two ways stand beside it."""
    reading = read_tables(trade(make, header), dyad=PAIR)
    assert first_figures(reading) == {"exports": "201.5", "imports": "202.5", "total-trade": "203.5"}
    assert not reading.problems


def test_turnover_without_exports_and_imports_is_not_taken(make: Maker) -> None:
    """A firm's turnover is no trade between two states, and "Turnover of textiles" is not all of it."""
    rows = [["Year", "Turnover", "Imports"], ["2019", "20.5", "21.5"], ["2020", "30.5", "31.5"]]
    reading = read_tables(make().table(rows, caption=CAPTION).document(), dyad=PAIR)
    assert first_figures(reading) == {"imports": "21.5"}
    assert set(first_figures(read_tables(trade(make, "Turnover of textiles"), dyad=PAIR))) == {"exports", "imports"}


def test_a_side_that_is_open_in_one_column_is_asked_for_that_column(make: Maker) -> None:
    """Where other columns name their states, the advice for a column that names none is for it alone."""
    rows: Sequence[Sequence[str]] = [
        ["Year", "Exports of Türkiye to Georgia", "Imports of Türkiye from Georgia", "Total"],
        ["2019", "20.5", "21.5", "42.0"],
        ["2020", "30.5", "31.5", "62.0"],
    ]
    document = make("t.csv", "text/csv").table(rows, unit="US$ million").document()
    before = read_tables(document, dyad=PAIR)
    after = read_tables(document, dyad=PAIR, mappings={"1": advised(before)})
    assert {(one.series.reporter, one.series.partner) for one in after.observations} >= {("TUR", "GEO")}
    assert first_figures(after)["imports"] == "21.5"


def test_a_state_does_not_trade_with_itself(make: Maker) -> None:
    """A reporter set for the table that is a column's partner makes no series of a state with itself."""
    document = trade(make, "Total")
    reading = read_tables(document, dyad=PAIR, mappings={"1": TableMapping(reporter="TUR")})
    assert all(one.series.reporter != one.series.partner for one in reading.observations)
    assert "on both sides" in told(reading)


def test_rows_that_name_their_flow_keep_it(make: Maker) -> None:
    """In a data file a row of imports stays one where a person says of the file that it is of exports."""
    rows = [["reporter", "partner", "year", "flow", "value", "unit"]]
    rows += [["GEO", "TUR", "2019", flow, figure, "USD"] for flow, figure in (("Export", "20"), ("Import", "30"))]
    document = make("rows.csv", "text/csv").table(rows).document()
    reading = read_tables(document, mappings={"1": TableMapping(indicator="exports")})
    assert first_figures(reading) == {"exports": "20", "imports": "30"}
