"""Data files in records as they come: what is wrong in a row is refused with its place, and nothing of it is coerced."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.statistics import TableReading, read_tables
from comity.terms import Dyad
from tests.statistics.conftest import DocumentMaker

Make = Callable[..., DocumentMaker]
HEAD = ["reporter", "partner", "year", "flow", "value", "unit"]
DYAD = Dyad("KEN", "UGA")


def _read(rows: list[list[str]], head: list[str] = HEAD, dyad: Dyad | None = DYAD) -> TableReading:
    return read_tables(DocumentMaker("trade.csv", "text/csv").table([head, *rows]).document(), dyad=dyad)


def _row(**other: str) -> list[str]:
    usual = {
        "reporter": "KEN",
        "partner": "UGA",
        "year": "2015",
        "flow": "Exports",
        "value": "5",
        "unit": "US$ million",
    }
    return [*(usual | other).values()]


@pytest.mark.parametrize(
    ("cell", "words", "column"),
    [
        ({"reporter": "Kenja"}, "'Kenja': no name or code of a state", 0),
        ({"reporter": "404"}, "'404': no name or code of a state", 0),
        ({"partner": ""}, "names no state", 1),
        ({"partner": "KEN"}, "one state on both sides", 1),
        ({"year": "1950"}, "no such state existed", 0),
        ({"year": "42005"}, "no period that is understood", 2),
        ({"year": "2099"}, "has not begun", 4),
        ({"flow": "Exports of tea"}, "'tea'", 3),
        ({"flow": "Export growth"}, "rate", 3),
        ({"flow": "Exports (Jan-Jun)"}, "Jan-Jun", 3),
        ({"value": "5 apples"}, "no unit", 4),
        ({"value": "€5"}, "another unit", 4),
        ({"value": "5f"}, "forecast", 4),
        ({"value": "#DIV/0!"}, "error of the spreadsheet", 4),
        ({"value": "9" * 40}, "more digits", 4),
        ({"value": "-5"}, "cannot be negative", 4),
        ({"unit": "bananas"}, "no unit or scale that is known", 5),
        ({"unit": "per cent"}, "share", 5),
        ({"unit": "US$ million, constant 2015 prices"}, "constant prices", 5),
        ({"unit": "US$ per capita"}, "rate", 5),
        ({"unit": "million"}, "no currency", 5),
    ],
)
def test_a_bad_row_of_the_dyad_is_told_with_its_place(cell: dict[str, str], words: str, column: int) -> None:
    """Each fault of one row is a problem with row, column, its words and a remedy, and the other row is taken."""
    reading = _read([_row(year="2014"), _row(**cell)])
    assert [one.period.label for one in reading.observations] == ["2014"]
    (problem,) = reading.problems
    assert words in problem.message
    assert (problem.row, problem.column) == (2, column)
    assert problem.remedy


@pytest.mark.parametrize(
    ("name", "dyad", "choices"),
    [("Korea", Dyad("KOR", "JPN"), "KOR or PRK"), ("Congo", Dyad("COD", "JPN"), "COD or COG")],
)
def test_a_name_of_two_states_is_told_with_both_codes(name: str, dyad: Dyad, choices: str) -> None:
    """A name that two states bear gives no figure, and the remedy names the two codes."""
    (problem,) = _read([_row(reporter=name, partner="JPN")], dyad=dyad).problems
    assert f"'{name}'" in problem.message
    assert choices in problem.remedy


def test_what_is_of_no_concern_is_passed_over_and_aggregates_are_told_once() -> None:
    """Rows of other states are passed over in silence; groups of partners are told once and need nothing."""
    rows = [_row(partner="FRA"), _row(reporter="Burma", partner="JPN"), _row(reporter="Kenja", partner="JPN")]
    assert _read(rows).problems == ()
    (problem,) = _read([_row(partner="World"), _row(partner="EU27"), _row(partner="Rest of Africa")]).problems
    assert "'World', 'EU27', 'Rest of Africa'" in problem.message
    assert "3 rows" in problem.message
    assert not problem.refused


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("item", "Tea"),
        ("sector", "Textiles"),
        ("month", "1"),
        ("period", "2015-03"),
        ("frequency", "M"),
        ("adjustment", "Seasonally adjusted"),
        ("transformation", "Percent change"),
        ("price base", "Constant"),
        ("port", "Mombasa"),
        ("status", "forecast"),
    ],
)
def test_a_column_that_limits_a_row_keeps_its_figure_out(header: str, cell: str) -> None:
    """A figure of one product, month, sector or port, of other prices or of a forecast is none of the whole year's flow."""
    reading = _read([[*_row(), cell]], [*HEAD, header])
    assert reading.observations == ()
    (problem,) = reading.problems
    assert f"'{cell.lower() if header == 'status' else cell}'" in problem.message
    assert (problem.row, problem.column) == (1, 6)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("item", "Total"),
        ("sector", "All sectors"),
        ("month", ""),
        ("frequency", "Annual"),
        ("price base", "V"),
        ("status", "A"),
    ],
)
def test_a_column_that_says_the_whole_limits_nothing(header: str, cell: str) -> None:
    """Totals, annual figures and current prices are what the flow names, and bear no remark."""
    reading = _read([[*_row(), cell]], [*HEAD, header])
    assert [one.remark for one in reading.observations] == [""]
    assert reading.problems == ()


def test_words_in_an_unknown_column_stand_with_the_figure() -> None:
    """What a column of unknown meaning says of a row is the figure's remark; one of figures is told as not read."""
    reading = _read([[*_row(), "without fuel", "77"]], [*HEAD, "coverage", "weight"])
    assert [one.remark for one in reading.observations] == ["coverage: without fuel"]
    (problem,) = reading.problems
    assert ("'weight'" in problem.message, problem.column, problem.refused) == (True, 7, False)


def test_marks_of_figures_and_years_are_remarks() -> None:
    """A provisional mark beside a figure, a year or in the column of status is kept."""
    rows = [[*_row(value="5 (p)"), ""], [*_row(year="2016p"), ""], [*_row(year="2017"), "P"]]
    remarks = [one.remark for one in _read(rows, [*HEAD, "status"]).observations]
    assert remarks == ["marked '(p)' in the table", "marked 'p' in the table", "status: P"]


def test_the_same_number_at_two_scales_is_no_repetition() -> None:
    """Five million and five thousand dollars for one year differ, and one billion and a thousand million do not."""
    reading = _read([_row(), _row(reporter="Kenya", unit="US$ thousand")])
    assert reading.observations == ()
    assert "stands twice" in reading.problems[0].message
    same = _read([_row(value="1", unit="US$ billion"), _row(value="1000")])
    assert [one.quantity.value for one in same.observations] == [10**9]
    assert [problem.refused for problem in same.problems] == [False]


def test_a_row_with_too_many_cells_is_refused_whole() -> None:
    """A thousand's comma that makes two cells of a figure does not make a figure of its first half."""
    head = ["reporter", "partner", "year", "flow", "TradeValue in 1000 USD"]
    rows = [["KEN", "UGA", str(year), "Exports", "7"] for year in (2013, 2014)]
    reading = _read([*rows, ["KEN", "UGA", "2015", "Exports", "1", "234"]], head)
    assert [one.period.label for one in reading.observations] == ["2013", "2014"]
    assert any("6 cells, most have 5" in problem.message and problem.row == 3 for problem in reading.problems)


def test_a_header_that_stands_twice_leaves_the_column_open() -> None:
    """Two columns of one header whose cells differ give nothing until a person says which is meant."""
    reading = _read([[*_row(), "6"]], [*HEAD, "value"])
    assert reading.observations == ()
    assert "columns 5 and 7" in reading.problems[0].message
    assert len(_read([[*_row(), "5"]], [*HEAD, "value"]).observations) == 1


@pytest.mark.parametrize(
    ("scale", "factor"), [("6", 10**6), ("0", 1), ("1000", 1000), ("Millions", 10**6), ("Units", 1), ("", 1)]
)
def test_scales_in_a_column_are_powers_of_ten_or_words(scale: str, factor: int) -> None:
    """A scale of 6 is a million, as in SDMX; words and powers of ten are what they say."""
    reading = _read([[*_row(unit="USD"), scale]], [*HEAD, "scale"])
    assert [one.quantity.value for one in reading.observations] == [5 * factor]


@pytest.mark.parametrize("scale", ["1", "7", "bogus", "1.5"])
def test_a_scale_that_is_not_sure_gives_no_figure(scale: str) -> None:
    """A scale that is no power of ten, or may be ten as well as one, is refused at its cell."""
    reading = _read([[*_row(unit="USD"), scale]], [*HEAD, "scale"])
    assert reading.observations == ()
    assert "no unit or scale that is known" in reading.problems[0].message


def _table(rows: list[list[str]], caption: str, dyad: Dyad) -> TableReading:
    return read_tables(DocumentMaker("trade.csv", "text/csv").table(rows, caption=caption).document(), dyad=dyad)


def test_figures_of_a_former_state_are_not_its_successors() -> None:
    """The row of the Soviet Union gives Russia no figure, and Russia has none of years before it existed."""
    rows = [["Partner", "1985", "2005"], ["Soviet Union", "10", "11"], ["Russia", "1", "2"]]
    reading = _table(rows, "France's exports (US$ million)", Dyad("FRA", "RUS"))
    assert [(one.period.label, str(one.quantity.number)) for one in reading.observations] == [("2005", "2")]
    (problem,) = reading.problems
    assert "RUS did not exist" in problem.message
    assert (problem.row, problem.column) == (2, 1)


def test_numbers_of_rows_are_no_figures() -> None:
    """A column headed "No." over 1, 2, 3 is no trade, and one over other figures counts what the caption says."""
    rows = [["No.", "Year", "Exports", "Imports"], *([str(n), str(2014 + n), "10", "20"] for n in (1, 2, 3))]
    reading = _table(rows, "Kenya's trade with Uganda (US$ million)", DYAD)
    assert {one.series.indicator for one in reading.observations} == {"exports", "imports"}
    assert any("numbers the rows" in problem.message and problem.column == 0 for problem in reading.problems)
    counts = [["Year", "No."], ["2014", "120"], ["2015", "140"]]
    assert len(_table(counts, "Tourist arrivals in Kenya from Uganda", DYAD).observations) == 2


def test_one_period_in_two_units_is_taken_from_neither_cell() -> None:
    """Five million dollars and five billion, or five million shillings, for one year are told apart by more than the number."""
    rows = [["Year", "Exports of Kenya to Uganda"]]
    rows += [["2014", "US$ 5 million"], ["2014", "US$ 5 billion"], ["2015", "US$ 5 million"], ["2015", "EUR 5 million"]]
    rows += [["2016", "US$ 1 billion"], ["2016", "US$ 1,000 million"]]
    reading = _table(rows, "", DYAD)
    assert [one.period.label for one in reading.observations] == ["2016"]
    assert [problem.refused for problem in reading.problems] == [True, True, False]


_CELLS = {
    "reporter": st.sampled_from(["KEN", "Kenya", "UGA", "Kenja", "World", "", "Korea", "SUN"]),
    "partner": st.sampled_from(["UGA", "Uganda", "KEN", "EU", "404"]),
    "year": st.sampled_from(["2013", "2014", "2015.0", "1950", "2099", "soon", "2014-Q1", "2014/15"]),
    "flow": st.sampled_from(["Exports", "Imports", "Export growth", "X", ""]),
    "value": st.sampled_from(["0", "5", "5.0", "1,234.5", "-5", "(5)", "n.a.", "", "5kg", "#REF!", "5 (p)", "1e3"]),
    "unit": st.sampled_from(["US$ million", "US$ thousand", "KES million", "%", "", "bananas"]),
    "surplus": st.sampled_from(["", "", "", "7"]),
}


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.fixed_dictionaries(_CELLS), max_size=12), order=st.randoms(use_true_random=False))
def test_every_row_is_a_figure_or_told_and_their_order_changes_only_places(
    rows: list[dict[str, str]], order: object
) -> None:
    """Each figure stands at its cell with unit and source, each other row is counted among the problems, in any order."""
    table = [[*row.values()][:6] + ([row["surplus"]] if row["surplus"] else []) for row in rows]
    usual = [
        [*_row(year=str(year))] for year in range(1990, 2004)
    ]  # so that most rows have as many cells as the header
    reading = _read([*usual, *table], dyad=None)
    for one in reading.observations:
        row, column = one.provenance.row, one.provenance.column
        assert row is not None
        assert column == HEAD.index("value")
        assert one.quantity.text == [HEAD, *usual, *table][row][column]
        assert one.quantity.unit
        assert one.series.source.citation
    at_rows = {one.provenance.row for one in reading.observations}
    refused_rows = sum(_rows_of(problem.message) for problem in reading.problems)
    silent = [
        place
        for place, row in enumerate(table, len(usual) + 1)
        if place not in at_rows and len(row) == 6 and row[4] not in ("", "n.a.") and row[0] != ""
    ]
    assert refused_rows >= len(silent)
    shuffled = table[:]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    again = _read([*usual, *shuffled], dyad=None)
    assert _said(again) == _said(reading)


def _rows_of(message: str) -> int:
    """How many rows a problem speaks of; a disputed figure is of two."""
    if "stands twice" in message:
        return 2
    words = message.rpartition(" (")[2].removesuffix(" rows)").removesuffix(" figures)").replace(",", "")
    return int(words) if words.isdecimal() else 1


def _said(reading: TableReading) -> list[tuple[object, ...]]:
    return sorted(
        (
            one.series.reporter,
            one.series.partner,
            one.series.indicator,
            one.period.sort_key,
            one.quantity.unit,
            one.quantity.value,
        )
        for one in reading.observations
    )


def test_thousands_of_unknown_names_are_read_in_no_more_time_than_known_ones() -> None:
    """A file whose names are all unknown is refused row by row without a search for names spelt alike."""
    rows = [_row(reporter=f"Nowhere {number}") for number in range(3_000)]
    began = time.process_time()
    found = _read(rows)
    assert time.process_time() - began < 1.5
    assert found.problems[0].message.endswith("no name or code of a state (3,000 rows)")


def test_a_file_of_which_no_header_is_known_is_told() -> None:
    """Records whose rows name what they measure are not passed over because all headers are in other words."""
    renamed = ["rapporteur", "partenaire", "annee", "flux", "valeur", "unite"]
    reading = _read([_row()], renamed)
    assert not reading.observations
    (problem,) = reading.problems
    assert "no column or row of the table names years" in problem.message
    two = _read([_row(), _row(year="2016")], renamed).problems
    assert [problem.column for problem in two] == [2]
    assert "'annee' looks like the table's periods" in two[0].message
    # A table about something else stays none of this room's.
    assert not _read([["A", "B", "3"], ["C", "D", "4"]], ["who", "where", "times"]).problems
