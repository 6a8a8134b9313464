"""What an analyst's table over years says of its figures as a whole, and where that changes within it."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from comity.documents import read_bytes
from comity.statistics import TableReading, read_tables
from comity.terms import BlockKind, Dyad
from tests.statistics.conftest import DocumentMaker

DYAD = Dyad("KEN", "UGA")
TITLE = "Kenya's exports to Uganda"


def _csv(*lines: str, dyad: Dyad = DYAD) -> TableReading:
    return read_tables(read_bytes("\n".join(lines).encode(), name="t.csv"), dyad=dyad)


def _values(reading: TableReading) -> list[int]:
    return [int(one.quantity.value) for one in reading.observations]


@pytest.mark.parametrize(
    "note",
    ["Note: figures in thousands of US dollars", "All values are in KSh million", "Unit: EUR million"],
)
def test_a_note_that_names_another_unit_leaves_none(note: str) -> None:
    """A caption in millions above a note in thousands is a contradiction: no figure enters."""
    reading = _csv(f"{TITLE} (US$ million),", "Year,Exports", "2015,100", "2016,110", f"{note},")
    assert reading.observations == ()
    assert "no unit is known" in reading.problems[0].message
    assert "stand together" in reading.problems[0].message


@pytest.mark.parametrize("note", ["Note: figures in US$ million", "In US$ million", "Unit: US$ million"])
def test_a_note_names_the_unit_of_a_table_without_one(note: str) -> None:
    """The unit that only the note below names is the figures'."""
    assert _values(_csv(f"{TITLE},", "Year,Exports", "2015,100", "2016,110", f"{note},")) == [10**8, 11 * 10**7]


def test_a_note_below_a_table_in_a_text_is_read_too() -> None:
    """A note in a block of its own contradicts the caption as one in the table does."""
    maker = DocumentMaker("t.md", "text/markdown")
    maker.table([["Year", "Exports"], ["2015", "100"], ["2016", "110"]], caption=TITLE, unit="US$ million")
    document = maker.block("Note: figures in thousands of US dollars.", BlockKind.TABLE_NOTE).document()
    assert read_tables(document, dyad=DYAD).observations == ()


def test_a_source_with_commas_is_a_source() -> None:
    """A source that the file's own commas part is put together, and is no line of figures."""
    (first, *_) = (
        reading := _csv(f"{TITLE} (US$ million),,", "Item,2015,2016", "Exports,1,2", "Source: Office, Survey 2020,")
    ).observations
    assert first.series.source.producer == "Office"
    assert reading.problems == ()


def test_figures_behind_another_unit_are_not_taken() -> None:
    """A unit that stands among figures parts them: what follows may be in it."""
    reading = _csv(f"{TITLE},", "Year,Exports (US$ million)", "2015,100", ",(EUR million)", "2017,120", "2018,130")
    assert _values(reading) == [10**8]
    (problem,) = reading.problems
    assert "'(EUR million)' stands among the figures" in problem.message
    assert problem.place == "row 3, column 2"


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} (US$ million - 2015 prices)",
        f"{TITLE} (2015 US$ million)",
        f"{TITLE} (US$ million; inflation-adjusted)",
        f"{TITLE} (US$ million; 2015 = 100)",
    ],
)
def test_prices_of_another_year_are_not_todays(title: str) -> None:
    """Dollars of 2015 are no current dollars, and the remedy does not ask to call them so."""
    reading = _csv(f"{title},", "Year,Exports", "2015,100", "2016,110")
    assert reading.observations == ()
    (problem,) = reading.problems
    assert "constant prices" in problem.message
    assert 'unit = "USD"' not in problem.remedy


def test_a_year_before_the_unit_is_no_price_base() -> None:
    """The years of the figures do not make their dollars those of a year."""
    assert len(_csv(f"{TITLE} 2015-2016 (US$ million),", "Year,Exports", "2015,100", "2016,110").observations) == 2


def test_thousands_in_another_language_are_thousands() -> None:
    """The words "miles de euros" are thousands of euros, and not euros."""
    reading = _csv(
        "Exports of Spain to Mexico (miles de euros);", "Year;Exports", "2015;3.456,7", dyad=Dyad("ESP", "MEX")
    )
    assert _values(reading) == [3_456_700]


def test_a_leap_of_scale_is_told() -> None:
    """Figures that become a million times larger in one year are taken, and the cell is named."""
    reading = _csv(
        f"{TITLE} (US$ million),", "Year,Exports", "2015,100", "2016,110", "2017,120000000", "2018,130000000"
    )
    assert len(reading.observations) == 4
    (problem,) = reading.problems
    assert "120000000 x 1,000,000 in 2017 stands after 110 x 1,000,000 in 2016" in problem.message
    assert (problem.place, problem.refused) == ("row 4, column 2", False)


def test_growth_is_no_leap() -> None:
    """Trade that grows tenfold, or from next to nothing, is none."""
    assert _csv(f"{TITLE} (US$ million),", "Year,Exports", "2015,0.1", "2016,60", "2017,700").problems == ()


def test_a_figure_merged_over_two_years_is_of_neither() -> None:
    """One figure in a cell over two years is not entered for both."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ((f"{TITLE} (US$ million)",), ("Year", "Exports"), (2014, 90), (2015, 100), (2016, None), (2017, 120)):
        sheet.append(row)
    sheet.merge_cells("B4:B5")
    book.save(content := io.BytesIO())
    reading = read_tables(read_bytes(content.getvalue(), name="t.xlsx"), dyad=DYAD)
    assert [one.period.label for one in reading.observations] == ["2014", "2017"]
    (problem,) = reading.problems
    assert "'100' stands in a cell merged over 2 places" in problem.message
    assert problem.remedy


def test_west_germany_is_not_germany_of_a_later_year() -> None:
    """A line of a state that was a part of today's ends with it, and each later cell is named."""
    lines = ("Exports of France by country (EUR million),,", "Country,1985,1995", "West Germany,100,110")
    reading = _csv(*lines, dyad=Dyad("DEU", "FRA"))
    assert [one.period.label for one in reading.observations] == ["1985"]
    (problem,) = reading.problems
    assert "'West Germany' names a state that ended in 1990" in problem.message
    assert problem.place == "row 2, column 3"


def test_a_group_among_partners_is_called_one() -> None:
    """A column of a group of states is no unknown indicator, and no remedy would make its figures the partner's."""
    title = "Exports of Kenya by country (US$ million)"
    reading = _csv(f"{title},,,", "Year,Uganda,EAC,World", "2015,100,200,1000", "2016,110,220,1100")
    assert _values(reading) == [10**8, 11 * 10**7]
    for problem, name in zip(reading.problems, ("EAC", "World"), strict=True):
        assert problem.message.startswith(f"'{name}': a group of places")
        assert "indicator" not in problem.remedy
        assert not problem.refused


def test_a_name_of_two_states_among_partners_asks_which() -> None:
    """A row of "Korea" is told with the codes of both."""
    lines = ("Exports of Japan by country (US$ million),,", "Country,2010,2011", "Korea,100,110", "South Korea,120,130")
    reading = _csv(*lines, dyad=Dyad("KOR", "JPN"))
    assert len(reading.observations) == 2
    (problem,) = reading.problems
    assert "'Korea': several states are called so (KOR and PRK)" in problem.message
    assert problem.remedy == "Write the code of the one that is meant."


def test_the_article_before_a_state_is_no_product() -> None:
    """Exports "of the United States" are of no product "the"."""
    lines = ("Exports of the United States by partner (US$ million),,", "Partner,2010,2011", "China,1,2")
    assert _values(_csv(*lines, dyad=Dyad("CHN", "USA"))) == [10**6, 2 * 10**6]


def test_rows_behind_an_empty_row_are_not_lost_in_silence() -> None:
    """Rows that an empty row parts from their headers are told with their place."""
    rows = ("reporter,partner,year,flow,value,unit", "", "KEN,UGA,2015,Exports,5,USD", "KEN,UGA,2016,Exports,5,USD")
    reading = _csv(*rows)
    assert reading.observations == ()
    (problem,) = reading.problems
    assert "stand apart from the headers" in problem.message
    assert problem.place == "row 1, column 1"
    assert problem.remedy.startswith("Take the empty row out")


def test_a_row_of_two_states_is_a_group() -> None:
    """Belgium-Luxembourg is not Belgium, and no remedy says so."""
    lines = (
        "Exports of France by partner (EUR million),,",
        "Partner,2004,2005",
        "Belgium-Luxembourg,10,11",
        "Belgium,8,9",
    )
    reading = _csv(*lines, dyad=Dyad("BEL", "FRA"))
    assert _values(reading) == [8 * 10**6, 9 * 10**6]
    (problem,) = reading.problems
    assert problem.message.startswith("'Belgium-Luxembourg': a group of places")
    assert "reporter" not in problem.remedy


def test_years_under_their_header_are_read_among_other_rows() -> None:
    """Under "Year" two years are read although most rows are sums and spans, and each of these is told with its place."""
    lines = ("Year,Exports", "2010-2014,100", "2015,110", "2016,120", "All,230", "Aggregate,330", "CAGR,9")
    reading = _csv(f"{TITLE} (US$ million),", *lines)
    assert [one.period.label for one in reading.observations] == ["2015", "2016"]
    assert [problem.row for problem in reading.problems] == [1, 4, 5, 6]


def test_a_row_whose_note_limits_it_is_left_out() -> None:
    """A note beside a figure by which it is of half the year, or of a year to come, keeps its row out, with the place."""
    lines = ("Year,Exports,Note", "2015,100,revised", "2016,110,first half only", "2017,120,forecast")
    reading = _csv(f"{TITLE} (US$ million),,", *lines)
    assert [one.period.label for one in reading.observations] == ["2015"]
    assert [problem.place for problem in reading.problems] == ["row 3, column 3", "row 4, column 3"]
