"""Periods under several headers, groups of rows, units in dispute, and what marks and labels mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comity.documents import read_bytes
from comity.statistics import TableMapping, TableReading, ValueMapping, read_tables


def read_csv(text: str, mappings: dict[str, TableMapping] | None = None) -> TableReading:
    """Read the tables of a CSV."""
    return read_tables(read_bytes(text.encode(), name="x.csv"), mappings=mappings)


def figures(reading: TableReading) -> dict[tuple[str, str, str, str], str]:
    """Return each printed figure by reporter, partner, indicator and period."""
    return {
        (one.series.reporter, one.series.partner, one.series.indicator, one.period.label): str(one.quantity.number)
        for one in reading.observations
    }


OVER = "Oman's trade (US$ million),,,,\nPartner,Exports,,Imports,\n,2016,2017,2016,2017\nYemen,5,6,7,8\n"


def test_the_same_periods_under_two_headers() -> None:
    """Years under "Exports" and again under "Imports" are two accounts, each figure at its own cell."""
    reading = read_csv(OVER)
    assert figures(reading) == {
        ("OMN", "YEM", "exports", "2016"): "5",
        ("OMN", "YEM", "exports", "2017"): "6",
        ("OMN", "YEM", "imports", "2016"): "7",
        ("OMN", "YEM", "imports", "2017"): "8",
    }
    places = {one.quantity.text: (one.provenance.row, one.provenance.column) for one in reading.observations}
    assert places == {"5": (2, 1), "6": (2, 2), "7": (2, 3), "8": (2, 4)}
    assert [value.under for value in reading.mappings[0].values] == ["Exports", "Imports"]


def test_a_person_sets_one_block() -> None:
    """A mapping of a line may name the header that it stands under, and then holds for that block alone."""
    given = TableMapping(values=(ValueMapping(2, under="Imports", skip=True),))
    assert {key[2] for key in figures(read_csv(OVER, {"1": given}))} == {"exports"}
    both = TableMapping(values=(ValueMapping(2, partner="QAT"),))
    assert {key[1] for key in figures(read_csv(OVER, {"1": both}))} == {"QAT"}
    assert TableMapping.from_dict(given.to_dict()) == given


def test_the_same_period_under_headers_that_do_not_differ_in_kind() -> None:
    """Two headers that give one series two figures for a period give none, and a problem names both."""
    reading = read_csv(
        "Oman's exports to Yemen (US$ million),,,,\nItem,Annual,,Yearly,\n,2016,2017,2016,2017\nValue,5,6,5,8\n"
    )
    assert figures(reading) == {("OMN", "YEM", "exports", "2016"): "5"}
    assert any("6 and 8" in problem.message for problem in reading.problems)


def test_years_above_the_flows() -> None:
    """Years that stand over "Exports" and "Imports" are the periods, and the headers below them say what is meant."""
    reading = read_csv(
        "Oman's trade with Yemen (US$ million),,,,\nItem,2016,,2017,\n,Exports,Imports,Exports,Imports\nValue,5,7,6,8\n"
    )
    assert figures(reading)[("OMN", "YEM", "imports", "2016")] == "7"
    assert len(reading.observations) == 4


GROUPS = "Oman: trade by partner (US$ million),,\n,2016,2017\nExports,,\nYemen,5,6\nQatar,7,8\n{total}Imports,,\nYemen,3,4\n{last}"


def test_groups_of_rows() -> None:
    """Words in a row of their own hold for the rows below, up to the next such row."""
    reading = read_csv(GROUPS.format(total="", last=""))
    assert figures(reading)[("OMN", "QAT", "exports", "2017")] == "8"
    assert figures(reading)[("OMN", "YEM", "imports", "2016")] == "3"
    assert len(reading.observations) == 6


@pytest.mark.parametrize("total", ["", "Total,12,14\n"])
def test_a_total_is_no_partner(total: str) -> None:
    """Totals by partner give no figure, whether each group has one or the table ends with one."""
    reading = read_csv(GROUPS.format(total=total, last="Total,15,18\n"))
    assert len(reading.observations) == 6
    assert any("Total" in problem.message for problem in reading.problems)


def test_the_last_total_is_of_no_group() -> None:
    """A total at the end of a table whose groups have none may sum up all of them, and is not the last group's."""
    rows = "Oman's trade with Yemen (US$ million),,\n,2016,2017\nExports,,\nOil,5,6\nFish,7,8\nImports,,\nFood,3,4\nTotal,15,18\n"
    assert not any(key[2] == "imports" for key in figures(read_csv(rows)))


def test_a_row_without_figures_heads_no_rows_of_its_own_kind() -> None:
    """A partner whose figures are missing is not taken for the heading of the partners below it."""
    reading = read_csv("Oman's exports (US$ million),,\n,2016,2017\nYemen,5,6\nQatar,,\nKuwait,7,8\n")
    assert {key[1] for key in figures(reading)} == {"YEM", "KWT"}


def test_labels_in_two_columns() -> None:
    """A label of the first column holds for the rows below it whose own is empty."""
    reading = read_csv(
        "Oman's trade (US$ million),,,\nPartner,Flow,2016,2017\nYemen,Exports,5,6\n,Imports,7,8\nQatar,Exports,1,2\n,Imports,3,4\n"
    )
    assert figures(reading)[("OMN", "YEM", "imports", "2016")] == "7"
    assert figures(reading)[("OMN", "QAT", "imports", "2017")] == "4"


def test_groups_of_years() -> None:
    """Years that run down the page again under a second word are of that word."""
    reading = read_csv(
        "Oman's trade with Yemen (US$ million),\nYear,Value\nExports,\n2016,5\n2017,6\nImports,\n2016,7\n2017,8\n"
    )
    assert figures(reading)[("OMN", "YEM", "exports", "2017")] == "6"
    assert figures(reading)[("OMN", "YEM", "imports", "2016")] == "7"
    assert len(reading.observations) == 4


@pytest.mark.parametrize(
    ("caption", "header", "taken"),
    [
        ("US$ million", "Exports (KSh million)", False),
        ("US$ million", "Exports (US$ billion)", False),
        ("US$ million", "Exports (US$ million)", True),
        ("US$ million", "Exports", True),
        ("US$ million unless otherwise stated", "Exports (KSh million)", True),
    ],
)
def test_a_caption_and_a_header_that_disagree(caption: str, header: str, taken: bool) -> None:
    """Where the caption and every header name different units there is none, and a problem says so."""
    reading = read_csv(f"Kenya's trade with Uganda ({caption}),\nYear,{header}\n2016,5\n2017,6\n")
    assert bool(reading.observations) == taken
    assert any("unit" in problem.message for problem in reading.problems) != taken


@pytest.mark.parametrize(
    ("words", "unit", "scale"),
    [
        ("US$ m", "USD", 10**6),
        ("£m", "GBP", 10**6),
        ("EUR bn", "EUR", 10**9),
        ("US$ tn", "USD", 10**12),
        ("US$'000", "USD", 10**3),
        ("ZMW million", "ZMW", 10**6),
        ("Rs. lakh crore", "INR", 10**12),
        ("¥ 100 million", "JPY", 10**8),
        ("FCFA million", "XAF", 10**6),
    ],
)
def test_units_of_money(words: str, unit: str, scale: int) -> None:
    """Currencies by sign, code or name, and scales by word or letter, are read from the unit line."""
    states = {"INR": "India's exports to France", "JPY": "Japan's exports to France", "XAF": "Chad's exports to France"}
    reading = read_csv(f"{states.get(unit, 'Zambia’s exports to France')} ({words}),\nYear,Exports\n2016,5\n2017,6\n")
    quantity = reading.observations[0].quantity
    assert (quantity.unit, int(quantity.scale)) == (unit, scale)


@pytest.mark.parametrize(
    "words",
    ["% of GDP", "per cent of total", "index, 2010=100", "constant 2015 US$ million", "per 1,000"],
)
def test_what_is_no_amount_of_money(words: str) -> None:
    """Shares, indexes, weights and constant prices are no exports in money."""
    assert read_csv(f"Zambia's exports to France,\nYear,Exports ({words})\n2016,5\n2017,6\n").observations == ()


@pytest.mark.parametrize(
    ("cell", "number", "mark"),
    [
        ("1,234*", "1234", "*"),
        ("1,234ᵃ", "1234", "ᵃ"),
        ("1,234 (a)", "1234", "(a)"),
        ("1,234[1]", "1234", "[1]"),
        ("(5.3)", "-5.3", ""),
        ("5.3-", "-5.3", ""),
        ("−5.3", "-5.3", ""),
        ("1'234", "1234", ""),
        ("12,34,567", "1234567", ""),
        ("1\u202f234.5", "1234.5", ""),
        ("0", "0", ""),
    ],
)
def test_figures_with_marks_and_signs(cell: str, number: str, mark: str) -> None:
    """Notes' marks are kept apart from figures, and each way to print a minus or groups of digits is read."""
    reading = read_csv(f"Zambia's trade balance with France (US$ million)\nYear\tBalance\n2016\t9.5\n2017\t{cell}\n")
    last = reading.observations[-1]
    assert last.quantity.number == Decimal(number)
    assert (f"marked '{mark}'" in last.remark) == bool(mark)


@pytest.mark.parametrize("cell", ["< 0.5", "≥ 9", "~8", "about 7", "#DIV/0!", "5 6", "12 (3)"])
def test_a_bound_is_no_figure(cell: str) -> None:
    """A bound, an estimate in words, an error or two numbers are refused at their cell."""
    reading = read_csv(f"Zambia's exports to France (US$ million)\t\nYear\tExports\n2016\t9.5\n2017\t{cell}\n")
    assert len(reading.observations) == 1
    assert [(problem.row, problem.column, problem.refused) for problem in reading.problems] == [(2, 1, True)]


@pytest.mark.parametrize("cell", ["nil", "(z)", "N/A", "n/a", "...", "x", "*", "(D)"])
def test_marks_of_missing_figures(cell: str) -> None:
    """What offices print for a figure that is missing, secret or too small is neither a figure nor a problem; "nil" is no zero."""
    reading = read_csv(f"Zambia's exports to France (US$ million)\t\nYear\tExports\n2016\t9.5\n2017\t{cell}\n")
    assert (len(reading.observations), reading.problems) == (1, ())


def test_a_marks_note_is_kept_with_the_figure() -> None:
    """What the notes below a table say of a mark stands with the figure that bears it."""
    reading = read_csv(
        "Zambia's exports to France (US$ million),\nYear,Exports\n2016,9.5*\n2017 (p),7\n2018,8 (a)\n\nNote: * Includes gold. p = provisional. (a) Without copper.\n"
    )
    assert [one.remark for one in reading.observations] == [
        "marked '*' in the table: Includes gold",
        "marked 'p' in the table: provisional",
        "marked '(a)' in the table: Without copper",
    ]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("2018-I", "2018-II", "2018-IV"), ("2018-01-01", "2018-04-01", "2018-10-01")),
        (("2018-I", "2018-IV", "2018-VII"), ("2018-01-01", "2018-04-01", "2018-07-01")),
        (("2016", "2017E", "2018 (est.)"), ("2016-01-01", "2017-01-01", "2018-01-01")),
        (("2016/2017", "2017/2018", "FY2018/19"), ()),
    ],
)
def test_labels_of_periods(labels: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Roman numerals are quarters unless one goes beyond IV; marks of estimates leave the year; fiscal years need a calendar."""
    rows = "".join(f"{label},{5 + number}\n" for number, label in enumerate(labels))
    reading = read_csv(f"Zambia's exports to France (US$ million),\nPeriod,Exports\n{rows}")
    assert tuple(str(one.period.start) for one in reading.observations) == expected


@pytest.mark.parametrize("label", ["2014-16", "2014 (Jan-Sep)", "Apr-Dec 2018", "H1 2018", "July-March"])
def test_spans_that_are_no_one_year(label: str) -> None:
    """Several years, or some months of one, are refused at their cell rather than taken for a year."""
    reading = read_csv(f"Zambia's exports to France (US$ million),\nPeriod,Exports\n2016,5\n2017,6\n{label},7\n")
    assert len(reading.observations) == 2
    assert [(problem.row, problem.refused) for problem in reading.problems] == [(3, True)]


def test_regions_gather_partners() -> None:
    """A region's or an organisation's name over rows of partners is no part of what they are; goods in its place are."""
    rows = "Kenya's exports (US$ million),,\n,2016,2017\n{},,\nUganda,5,6\nTanzania,7,8\n"
    for words in ("EAC", "East Africa", "of which:", "Main partners"):
        assert len(read_csv(rows.format(words)).observations) == 4, words
    assert read_csv(rows.format("Tea")).observations == ()


def test_columns_without_a_header_of_their_own() -> None:
    """Where headers stand over some of the columns, the figures of the others are not taken, and a problem says so."""
    reading = read_csv(
        "Kenya's trade (US$ million),,,,\n,,Exports,Imports,\nPartner,2015,2016,2016,2017\nUganda,5,6,7,8\n"
    )
    assert figures(reading) == {
        ("KEN", "UGA", "exports", "2016"): "6",
        ("KEN", "UGA", "imports", "2016"): "7",
        ("KEN", "UGA", "imports", "2017"): "8",
    }
    assert any("no header stands over" in problem.message for problem in reading.problems)


def test_a_row_with_a_surplus_cell_below_years() -> None:
    """A thousand's comma that parts a cell in two shifts a row, which is refused whole; the other rows stand."""
    reading = read_csv("Kenya's exports (US$ million)\nPartner,2015,2016,2017\nUganda,1,204,5,6\nTanzania,7,8,9\n")
    assert {key[1] for key in figures(reading)} == {"TZA"}
    assert any("5 cells" in problem.message for problem in reading.problems)


@pytest.mark.parametrize(
    "above",
    [
        "Actual,,Projection,",
        "Jan-Jun,,Jul-Dec,",
        "% change,,Share,",
        "Approved,,Planned,",
        "Quantity,,Constant 2015 US$,",
    ],
)
def test_headers_that_narrow_their_columns(above: str) -> None:
    """Figures under a header of projections, parts of years, rates or quantities are no exports."""
    reading = read_csv(
        f"Kenya's trade with Uganda (US$ million),,,,\n,{above}\n,2016,2017,2016,2017\nExports,5,6,7,8\n"
    )
    assert reading.observations == ()
    assert reading.problems


@pytest.mark.parametrize(
    "rows",
    [
        ",2017,2018\n,Q1,Q1\nExports,5,6\n",
        ",2017,2018\nJanuary,5,6\nFebruary,7,8\nTotal,12,14\n",
        ",2017,2018\nQ1,5,6\nQ2,7,8\nTotal,12,14\n",
        ",2017,,2018,\n,Jan,Feb,Jan,Feb\nExports,5,6,7,8\n",
    ],
)
def test_parts_of_a_year_under_the_year(rows: str) -> None:
    """Months and quarters beside or below a year's label are no figures of the year, nor is what sums up some of them."""
    reading = read_csv(f"Kenya's exports to Uganda (US$ million),,\n{rows}")
    assert reading.observations == ()
    assert reading.problems
