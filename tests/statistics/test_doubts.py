"""What stays in doubt in a table is named by its cell, and costs no more than it must."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.statistics import TableMapping, TableReading, read_tables
from comity.terms import Dyad
from tests.statistics.conftest import DocumentMaker, Rows

Maker = Callable[..., DocumentMaker]
_CAPTION = "Kenya's trade with Uganda"
_DYAD = Dyad("KEN", "UGA")


def _read(
    make: Maker, rows: Rows, caption: str = _CAPTION, *, dyad: Dyad | None = _DYAD, mapping: object = None
) -> TableReading:
    document = make().table(rows, caption=caption, unit="US$ million").document()
    mappings = {"1": TableMapping.from_dict(mapping)} if isinstance(mapping, dict) else {}
    return read_tables(document, dyad=dyad, mappings=mappings)


def _numbers(reading: TableReading) -> list[str]:
    return [str(one.quantity.number) for one in reading.observations]


def _column(*figures: str) -> Rows:
    return [["Year", "Exports"], *([str(2010 + index), figure] for index, figure in enumerate(figures))]


def test_two_odd_cells_are_refused_and_the_others_kept(make: Maker) -> None:
    """Of a column with two decimal commas among points only these two cells are left out, each by its place."""
    reading = _read(make, _column("12.5", "13.5", "14,5", "1.534,5", "16.5", "17.5"))
    assert _numbers(reading) == ["12.5", "13.5", "16.5", "17.5"]
    assert [(one.place, one.refused) for one in reading.problems] == [
        ("row 4, column 2", True),
        ("row 5, column 2", True),
    ]


def test_a_thousand_or_a_fraction_is_refused_in_a_column_with_both_signs(make: Maker) -> None:
    """In a column with several odd cells a figure that depends on the sign is not guessed."""
    reading = _read(make, _column("1.5", "12,3", "3.5", "4,5", "1,961", "2.2", "2.4"))
    assert "1961" not in _numbers(reading)
    assert any(one.place == "row 6, column 2" and "thousand" in one.message for one in reading.problems)


def test_a_column_without_a_prevailing_sign_names_its_cells(make: Maker) -> None:
    """A column that is left out as a whole says which cells made it so, and how the sign is stated."""
    rows = _column("12.5", "14,5", "1,534.5", "15,5")
    (problem,) = _read(make, rows).problems
    for cell in ("row 2, column 2 ('12.5')", "row 3, column 2 ('14,5')", "row 5, column 2 ('15,5')"):
        assert cell in problem.message
    assert 'decimal = ","' in problem.remedy
    assert _numbers(_read(make, rows, mapping={"decimal": ","})) == ["14.5", "15.5"]


def test_a_table_with_decimal_commas_is_read(make: Maker) -> None:
    """Commas in one column leave no doubt about points between thousands in another."""
    rows = [["Year", "Exports", "Imports"], ["2014", "12,5", "2.345"], ["2015", "1.234,5", "3.456"]]
    reading = _read(make, rows)
    assert reading.problems == ()
    assert sorted(_numbers(reading)) == ["12.5", "1234.5", "2345", "3456"]


def test_a_column_of_english_thousands_in_a_table_with_decimal_commas_is_refused(make: Maker) -> None:
    """A figure such as "1,961" beside a column with decimal commas is refused with its cells, and can be stated."""
    rows = [["Year", "Exports", "Imports"], ["2014", "12,5", "1,961"], ["2015", "1.234,5", "1,860"]]
    reading = _read(make, rows)
    assert sorted(_numbers(reading)) == ["12.5", "1234.5"]
    assert "row 2, column 3 ('1,961')" in reading.problems[0].message
    stated = _read(make, rows, mapping={"values": [{"index": 2, "decimal": "."}]})
    assert sorted(_numbers(stated)) == ["12.5", "1234.5", "1860", "1961"]


def test_a_data_files_odd_cell_is_named(make: Maker) -> None:
    """In a file of records the doubt about the decimal sign names its rows."""
    head = ["reporter", "partner", "year", "flow", "value", "unit"]
    rows = [head] + [
        ["KEN", "UGA", str(2010 + index), "Exports", figure, "US$ million"]
        for index, figure in enumerate(("1.5", "2,5", "3.5", "4,5"))
    ]
    reading = read_tables(make("trade.csv", "text/csv").table(rows).document())
    assert reading.observations == ()
    assert "row 3, column 5 ('2,5')" in reading.problems[0].message


def test_years_under_a_heading_that_is_not_known_are_pointed_at(make: Maker) -> None:
    """A table whose years stand in its last column under a strange word says which column, and reads it when told."""
    rows = [["Partner", "Exports", "Saison"], ["Uganda", "12.5", "2014"], ["Uganda", "13.0", "2015"]]
    (problem,) = _read(make, rows).problems
    assert problem.place == "column 3"
    assert "'Saison'" in problem.message
    assert "periods = 2" in problem.remedy
    assert _numbers(_read(make, rows, mapping={"periods": 2})) == ["12.5", "13.0"]


def test_a_table_without_any_period_says_that_it_lacks_them(make: Maker) -> None:
    """Where no column holds years, no setting is proposed that could not help."""
    (problem,) = _read(make, [["Season", "Exports"], ["dry", "12.5"], ["wet", "13.0"]]).problems
    assert "have no period" in problem.message
    assert "periods =" not in problem.remedy


@pytest.mark.parametrize(("dyad", "expected"), [(Dyad("PER", "CHL"), ("PER", "CHL")), (None, ())])
def test_a_hint_names_the_states_of_the_dyad_or_none(make: Maker, dyad: Dyad | None, expected: tuple[str, ...]) -> None:
    """What to write into comity.toml never proposes states that the workspace is not about."""
    (problem,) = _read(make, _column("1", "2"), caption="", dyad=dyad).problems
    assert all(f'"{code}"' in problem.remedy for code in expected)
    assert "KEN" not in problem.remedy and "UGA" not in problem.remedy


def _sides(reading: TableReading) -> set[tuple[str, str]]:
    return {(one.series.reporter, one.series.partner) for one in reading.observations}


@pytest.mark.parametrize(
    ("caption", "header"),
    [
        ("Greenland's trade with Japan", "Exports"),
        ("Greenland", "Exports to Japan"),
        ("Trade with Japan", "Greenland's exports to Japan"),
        ("Faroese exports to Japan", "Value"),
        ("Exports of Denmark and Greenland to Japan", "Exports"),
    ],
)
@pytest.mark.parametrize("dyad", [None, Dyad("DNK", "JPN")])
def test_a_territorys_figures_are_not_the_states(make: Maker, caption: str, header: str, dyad: Dyad | None) -> None:
    """Figures of Greenland or the Faroes are left out with a word, and never become Denmark's."""
    reading = _read(make, [["Year", header], ["2014", "1"], ["2015", "2"]], caption, dyad=dyad)
    assert reading.observations == ()
    (problem,) = reading.problems
    assert "not the whole state's" in problem.message
    assert "skip = true" in problem.remedy


def test_a_territory_beside_the_state_costs_only_its_own_column(make: Maker) -> None:
    """The state's own column is read, and a territory that is said to be left out of it changes nothing."""
    rows = [
        ["Year", "Greenland's exports to Japan", "Denmark's exports to Japan"],
        ["2014", "1", "2"],
        ["2015", "1", "3"],
    ]
    assert _numbers(_read(make, rows, "Trade with Japan", dyad=None)) == ["2", "3"]
    reading = _read(make, _column("1", "2"), "Denmark's trade with Japan, excluding Greenland", dyad=None)
    assert _sides(reading) == {("DNK", "JPN")}


def test_a_city_or_a_constituent_country_is_not_the_state(make: Maker) -> None:
    """The exports of Scotland are not those of the United Kingdom, nor those of Marseille France's."""
    for caption in ("Scotland's exports to India", "Exports of Marseille to India"):
        assert _read(make, _column("1", "2"), caption, dyad=None).observations == ()


def test_a_territory_of_no_concern_is_passed_over_in_silence(make: Maker) -> None:
    """A table on a territory of a third state is none of the dyad's business."""
    reading = _read(make, _column("1", "2"), "Greenland's trade with Norway", dyad=Dyad("KEN", "UGA"))
    assert (reading.observations, reading.problems) == ((), ())


def test_records_of_a_territory_are_kept_apart(make: Maker) -> None:
    """In a data file the rows of a territory, by name or code, are refused and those of the state taken."""
    rows = [
        ["reporter", "partner", "year", "flow", "value", "unit"],
        ["Greenland", "Japan", "2014", "Exports", "12", "US$ million"],
        ["Denmark", "Japan", "2014", "Exports", "99", "US$ million"],
        ["GRL", "JPN", "2015", "Exports", "13", "US$ million"],
        ["JPN", "Faroe Islands", "2015", "Imports", "14", "US$ million"],
    ]
    reading = read_tables(make("trade.csv", "text/csv").table(rows).document(), dyad=Dyad("DNK", "JPN"))
    assert _numbers(reading) == ["99"]
    assert [one.place for one in reading.problems] == ["row 2, column 1", "row 4, column 1", "row 5, column 2"]


@pytest.mark.parametrize("unit", ["US$ per head", "US$ million per month", "USD/capita"])
def test_a_rate_is_no_amount(make: Maker, unit: str) -> None:
    """What is told for each person or month is not taken for the flow of the year."""
    document = make().table(_column("12.5", "13.5"), caption=_CAPTION, unit=unit).document()
    reading = read_tables(document, dyad=_DYAD)
    assert reading.observations == ()
    assert any("rate" in problem.message for problem in reading.problems)


@pytest.mark.parametrize(
    "figures", [("1,234", "1,5", "1,300"), ("1.961", "2.345", "3.456"), ("1.961", "999", "3.456"), ("1,234", "0,5")]
)
def test_one_cell_or_none_does_not_decide_the_decimal_sign(make: Maker, figures: tuple[str, ...]) -> None:
    """Figures that may be thousands or fractions are left out where one cell or none shows the sign."""
    reading = _read(make, _column(*figures))
    assert _numbers(reading) == []
    assert any("thousand" in one.message for one in reading.problems)


def test_another_column_shows_the_decimal_point(make: Maker) -> None:
    """Fractions of three places are read where another column of the table shows the point."""
    rows = [["Year", "Exports", "Imports"], ["2010", "1.961", "1.5"], ["2011", "2.345", "2.4"]]
    assert sorted(_numbers(_read(make, rows))) == ["1.5", "1.961", "2.345", "2.4"]


@pytest.mark.parametrize(
    ("note", "taken"),
    [
        ("* April to September", False),
        ("* Apr.–Sept. 2018", False),
        ("* First nine months.", False),
        ("* Forecast of the ministry", False),
        ("* Provisional", True),
        ("* April-March", True),
    ],
)
def test_what_a_note_says_of_a_year_is_heard(make: Maker, note: str, taken: bool) -> None:
    """A figure whose mark means a part of the year or a forecast is left out with a problem; other marks are remarks."""
    rows = [["Year", "Exports"], ["2016", "50"], ["2017", "60"], ["2018*", "3"]]
    document = make().table(rows, caption=_CAPTION, unit="US$ million").block(note).document()
    reading = read_tables(document, dyad=_DYAD)
    assert ("3" in _numbers(reading), any("'*'" in one.message for one in reading.problems)) == (taken, not taken)


@pytest.mark.parametrize("label", ["2018 (forecast)", "2018 (budget)", "2018 f", "2018 (f)"])
def test_a_forecast_is_no_figure(make: Maker, label: str) -> None:
    """A year that is marked as a forecast or a budget gives no observation, and says so."""
    reading = _read(make, [["Year", "Exports"], ["2016", "50"], ["2017", "60"], [label, "7"]])
    assert (_numbers(reading), bool(reading.problems)) == (["50", "60"], True)


def test_fiscal_years_of_two_digits_stand_in_their_century(make: Maker) -> None:
    """FY98 is the fiscal year of 1998 and FY01 that of 2001; where the century is not sure there is no figure."""
    rows = [["Year", "Exports"], ["FY98", "5"], ["FY99", "6"], ["FY00", "7"], ["FY01", "8"], ["FY50", "9"]]
    observed = _read(make, rows).observations
    assert [one.period.label for one in observed] == ["1997-98", "1998-99", "1999-2000", "2000-01"]


def test_periods_above_the_first_that_is_understood_are_told_of(make: Maker) -> None:
    """Figures beside periods that are not understood are named as problems, also above the first that is understood."""
    rows = [["Year", "Exports"], ["2014-16", "50"], ["2015-17", "60"], ["2018", "5"], ["2019", "7"]]
    reading = _read(make, rows)
    assert _numbers(reading) == ["5", "7"]
    assert [one.place for one in reading.problems] == ["row 2, column 2", "row 3, column 2"]


def test_periods_across_that_are_not_understood_are_told_of(make: Maker) -> None:
    """Left of the first period that is understood too, figures under a period that is none are named."""
    rows = [["Item", "2014-16", "2018", "2019"], ["Exports", "50", "5", "7"]]
    reading = _read(make, rows)
    assert _numbers(reading) == ["5", "7"]
    assert any("2014-16" in one.message for one in reading.problems)
