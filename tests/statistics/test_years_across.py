"""Files of records with the years across: each row names its states and what it measures, each column its year."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comity.statistics import TableReading, read_tables
from comity.terms import Dyad
from tests.statistics.conftest import DocumentMaker

DYAD = Dyad("KEN", "UGA")
YEARS = ("2010", "2011", "2012")


def _read(*rows: list[str], dyad: Dyad = DYAD) -> TableReading:
    return read_tables(DocumentMaker("t.csv", "text/csv").table(list(rows)).document(), dyad=dyad)


def _told(reading: TableReading) -> set[tuple[str, ...]]:
    return {
        (
            one.series.reporter,
            one.series.partner,
            one.series.indicator,
            one.series.unit,
            one.period.label,
            str(one.quantity.value),
        )
        for one in reading.observations
    }


def test_each_figure_has_its_row_and_the_year_over_it() -> None:
    """The figure's cell is its own; what is missing, of a group or of a wrong sign is told with its cell."""
    reading = _read(
        ["reporter", "partner", "flow", "unit", *YEARS],
        ["KEN", "UGA", "Exports", "US$ million", "5", "6", "-7"],
        ["KEN", "UGA", "Imports", "KSh million", "50", "60", ".."],
        ["KEN", "EU27", "Exports", "US$ million", "1", "2", "3"],
        ["KEN", "TZA", "Exports", "US$ million", "8", "8", "8"],
    )
    places = {
        (one.series.indicator, one.period.label): (one.provenance.row, one.provenance.column)
        for one in reading.observations
    }
    assert places == {
        ("exports", "2010"): (1, 4),
        ("exports", "2011"): (1, 5),
        ("imports", "2010"): (2, 4),
        ("imports", "2011"): (2, 5),
    }
    assert {one.series.unit for one in reading.observations} == {"USD", "KES"}
    told = {(one.row, one.column): one.message for one in reading.problems}
    assert "cannot be negative" in told[1, 6]
    assert "a group of places" in told[3, 1]


def test_the_unit_may_stand_behind_what_is_measured() -> None:
    """A unit in brackets or behind a comma is the row's ("Exports (US$ million)"); a row without any is refused."""
    reading = _read(
        ["Reporter", "Partner", "Flow", *YEARS],
        ["Kenya", "Uganda", "Exports (US$ million)", "1", "2", "3"],
        ["Kenya", "Uganda", "Imports, US$ thousand", "4", "5", "6"],
        ["Uganda", "Kenya", "Exports", "7", "8", "9"],
    )
    assert ("KEN", "UGA", "exports", "USD", "2012", "3000000") in _told(reading)
    assert ("KEN", "UGA", "imports", "USD", "2012", "6000") in _told(reading)
    assert len(reading.observations) == 6
    assert any("names no unit" in one.message and one.row == 3 for one in reading.problems)


def test_a_state_is_that_of_each_year() -> None:
    """Of one row the years after a state's end are refused, and those before stand."""
    reading = _read(
        ["exporter", "importer", "unit", "1985", "1988", "2005"],
        ["Soviet Union", "Japan", "US$ million", "10", "11", "12"],
        dyad=Dyad("SUN", "JPN"),
    )
    assert [one.period.label for one in reading.observations] == ["1985", "1988"]
    assert any("no such state existed" in one.message for one in reading.problems)


def test_fiscal_years_and_quarters_may_stand_across() -> None:
    """Headers such as 2019-20 and 2020 Q1 are periods; words are none."""
    fiscal = _read(
        ["reporter", "partner", "flow", "unit", "2018-19", "2019-20"],
        ["PAK", "JPN", "Exports", "US$ million", "1", "2"],
        dyad=Dyad("PAK", "JPN"),
    )
    assert [one.period.fiscal is not None for one in fiscal.observations] == [True, True]
    quarters = _read(
        ["reporter", "partner", "flow", "unit", "2020 Q1", "2020 Q2", "note"],
        ["PAK", "JPN", "Exports", "US$ million", "1", "2", "revised"],
        dyad=Dyad("PAK", "JPN"),
    )
    assert [one.period.label for one in quarters.observations] == ["Q1 2020", "Q2 2020"]
    assert all("revised" in one.remark for one in quarters.observations)


_FIGURES = st.lists(st.lists(st.integers(0, 10**6).map(str), min_size=3, max_size=3), min_size=2, max_size=2)


@given(_FIGURES)
def test_the_same_file_with_years_down_says_the_same(figures: list[list[str]]) -> None:
    """Turning a file of years across into one row a year changes no figure, series or period."""
    flows = ("Exports", "Imports")
    wide = _read(
        ["reporter", "partner", "flow", "unit", *YEARS],
        *(["KEN", "UGA", flow, "US$ million", *row] for flow, row in zip(flows, figures, strict=True)),
    )
    long = _read(
        ["reporter", "partner", "flow", "unit", "year", "value"],
        *(
            ["KEN", "UGA", flow, "US$ million", year, figure]
            for flow, row in zip(flows, figures, strict=True)
            for year, figure in zip(YEARS, row, strict=True)
        ),
    )
    assert _told(wide) == _told(long)
    assert len(wide.observations) == 6


def test_tables_that_say_in_words_whose_they_are_stay_as_they_were() -> None:
    """A table of one state's partners over the years, told by its caption, is no file of records."""
    reading = read_tables(
        DocumentMaker("t.csv", "text/csv")
        .table(
            [["Partner", *YEARS], ["Uganda", "5", "6", "7"]],
            caption="Kenya's exports by partner, US$ million",
        )
        .document(),
        dyad=DYAD,
    )
    assert [(one.series.reporter, one.series.partner) for one in reading.observations] == [("KEN", "UGA")] * 3
