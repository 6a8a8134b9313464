"""Tables become observations with their states, periods, units, sources and cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.statistics import INDICATORS, TableMapping, TableReading, frame, read_tables
from comity.terms import BlockKind, Document, Dyad, Precision, Status, Valuation

from .conftest import DocumentMaker

Maker = Callable[..., DocumentMaker]

TRADE = [["Year", "Exports", "Imports", "Total"], ["2014", "120.5", "310", "430.5"], ["2015", "131", "298", "429"]]


def sides(reading: TableReading) -> set[tuple[str, str, str]]:
    """Return reporter, partner and indicator of every observation."""
    return {(one.series.reporter, one.series.partner, one.series.indicator) for one in reading.observations}


def one_table(make: Maker, caption: str, rows: list[list[str]], unit: str = "US$ million", **more: str) -> Document:
    """Return a document with one table."""
    return make().table(rows, caption=caption, unit=unit, source=more.get("source", "")).document()


def test_a_trade_table_gives_each_figure_with_its_cell(make: Maker) -> None:
    """Every figure of a trade table leads back to the cell and the characters that show it."""
    document = one_table(make, "Kenya's Trade with Uganda", TRADE)
    reading = read_tables(document)
    assert reading.problems == ()
    assert sides(reading) == {("KEN", "UGA", "exports"), ("KEN", "UGA", "imports"), ("KEN", "UGA", "total-trade")}
    assert len(reading.observations) == 6
    for one in reading.observations:
        place = one.provenance
        assert place.row is not None and place.column is not None
        assert document.text[place.start : place.end] == TRADE[place.row][place.column]
        assert one.quantity.unit == one.series.unit == "USD"
        assert one.quantity.scale == 1_000_000
        assert place.digest == document.digest
    first = reading.observations[0]
    assert (first.period.start, first.period.end) == (date(2014, 1, 1), date(2014, 12, 31))
    assert (first.quantity.number, first.quantity.low, first.quantity.high) == (
        Decimal("120.5"),
        Decimal("120450000"),
        Decimal("120550000"),
    )


def test_each_series_says_which_way_its_figures_go(make: Maker) -> None:
    """In a table of trade exports go out from the reporter, imports come in, and their total goes both ways."""
    trade = read_tables(one_table(make, "Kenya's Trade with Uganda", TRADE)).observations
    assert {(one.series.indicator, one.series.flow) for one in trade} == {
        ("exports", "out"),
        ("imports", "in"),
        ("total-trade", "both"),
    }


@pytest.mark.parametrize(
    ("caption", "header", "expected"),
    [
        ("Exports of Kenya to Uganda", "Value", ("KEN", "UGA", "exports")),
        ("Exports from Kenya to Uganda", "Value", ("KEN", "UGA", "exports")),
        ("Kenyan exports to Uganda, 2014-2016", "US$ million", ("KEN", "UGA", "exports")),
        ("Imports of Kenya from Uganda", "Value", ("KEN", "UGA", "imports")),
        ("Brazil's imports from Argentina", "", ("BRA", "ARG", "imports")),
        ("Table 3: Brazil's trade with Argentina", "Exports", ("BRA", "ARG", "exports")),
        ("Trade of Brazil with Argentina", "Imports", ("BRA", "ARG", "imports")),
        ("Trade of Brazil with Argentina", "Balance", ("BRA", "ARG", "trade-balance")),
        ("Trade between France and India", "Indian exports to France", ("IND", "FRA", "exports")),
        ("India-France trade", "Exports to India", ("FRA", "IND", "exports")),
        ("India-France trade", "India's imports from France", ("IND", "FRA", "imports")),
        ("India-France trade", "Total", ("IND", "FRA", "total-trade")),
        ("FDI in India from France", "Inflow", None),
        ("FDI in India from France", "", ("IND", "FRA", "fdi-inflow")),
        ("France's FDI in India", "Amount", ("IND", "FRA", "fdi-inflow")),
        ("French foreign direct investment in India", "", ("IND", "FRA", "fdi-inflow")),
        ("FDI inflows into India from France", "", ("IND", "FRA", "fdi-inflow")),
        ("FDI outflows from France to India", "", ("FRA", "IND", "fdi-outflow")),
        ("Remittances from France to India", "", ("IND", "FRA", "remittances")),
        ("ODA disbursements of France to Kenya", "", ("FRA", "KEN", "oda-disbursements")),
        ("Arms exports of France to India", "", ("FRA", "IND", "arms-transfers")),
    ],
)
def test_captions_and_headers_say_whose_account_a_column_is(
    make: Maker, caption: str, header: str, expected: tuple[str, str, str] | None
) -> None:
    """The words around a state decide whether it reports or is the partner."""
    reading = read_tables(one_table(make, caption, [["Year", header], ["2014", "10"], ["2015", "12"]]))
    assert sides(reading) == ({expected} if expected else set())
    assert bool(reading.problems) == (expected is None)


@pytest.mark.parametrize(
    ("caption", "header"),
    [
        ("India-France trade", "Exports"),
        ("Kenya's cotton exports to Uganda", "Value"),
        ("Kenya's trade with Uganda", "Exports of tea"),
        ("Kenya's trade with Uganda", "Growth of exports (%)"),
        ("Kenya's trade with Uganda", "Re-exports"),
        ("Aid to Kenya from France", ""),
        ("Outward FDI of France to Kenya", ""),
        ("Kenya's exports", "Value"),
        ("Exports and imports", "Value"),
    ],
)
def test_doubtful_words_give_no_observation_but_a_problem_with_a_remedy(make: Maker, caption: str, header: str) -> None:
    """Where whose figure it is or what it measures is open, nothing is taken and the problem says what to add."""
    reading = read_tables(one_table(make, caption, [["Year", header], ["2014", "10"], ["2015", "12"]]))
    assert reading.observations == ()
    assert reading.problems
    assert all("comity.toml" in problem.remedy for problem in reading.problems)


def test_students_and_tourists_are_counted_without_a_unit(make: Maker) -> None:
    """A count of people needs no unit, and its account is the host's."""
    rows = [["Year", "Number"], ["2014", "1,204"], ["2015", "1,310"]]
    reading = read_tables(one_table(make, "Indian students in France", rows, unit=""))
    assert sides(reading) == {("FRA", "IND", "students")}
    assert [one.quantity.value for one in reading.observations] == [1204, 1310]
    assert reading.observations[0].series.unit == "count"


def test_the_investors_own_source_makes_a_loose_investment_an_outflow(make: Maker) -> None:
    """The words "France's FDI in India" by a French source is France's outflow; by default it is India's inflow."""
    rows = [["Year", ""], ["2014", "10"], ["2015", "12"]]
    own = one_table(make, "France's FDI in India", rows, source="Source: Bank of France, Annual Report, Paris, 2016")
    host = one_table(make, "France's FDI in India", rows, source="Source: Reserve Bank of India, 2016")
    assert sides(read_tables(own)) == {("FRA", "IND", "fdi-outflow")}
    assert sides(read_tables(host)) == {("IND", "FRA", "fdi-inflow")}


def test_a_pair_is_reported_by_the_state_whose_office_is_the_source(make: Maker) -> None:
    """The caption "India-France trade" with exports and imports is India's account when an Indian ministry publishes it."""
    document = one_table(make, "India-France trade", TRADE, source="Source: Ministry of Commerce, Government of India")
    assert ("IND", "FRA", "exports") in sides(read_tables(document))


def test_the_dyad_completes_and_limits_what_is_read(make: Maker) -> None:
    """A table that names one side is completed by the dyad, and tables on other pairs give nothing."""
    document = (
        make()
        .table(TRADE, caption="Trade with Uganda", unit="US$ million")
        .table(TRADE, caption="Kenya's trade with Tanzania", unit="US$ million")
        .document()
    )
    reading = read_tables(document, dyad=Dyad("UGA", "KEN"))
    assert sides(reading) == {("KEN", "UGA", "exports"), ("KEN", "UGA", "imports"), ("KEN", "UGA", "total-trade")}


def test_fiscal_years_are_the_reporters_own(make: Maker) -> None:
    """2015-16 of India's account runs from April to March, and a state without a fiscal year of its own is refused."""
    rows = [["Year", "2014-15", "2015-16", "FY2017"], ["Exports", "10", "12", "14"]]
    reading = read_tables(one_table(make, "India's exports to France", rows))
    assert [(one.period.start, one.period.end) for one in reading.observations] == [
        (date(2014, 4, 1), date(2015, 3, 31)),
        (date(2015, 4, 1), date(2016, 3, 31)),
        (date(2016, 4, 1), date(2017, 3, 31)),
    ]
    assert {one.period.precision for one in reading.observations} == {Precision.FISCAL_YEAR}
    refused = read_tables(one_table(make, "France's exports to India", rows))
    assert refused.observations == ()
    assert {(problem.row, problem.column) for problem in refused.problems} == {(1, 1), (1, 2), (1, 3)}


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2014 (p)", "2014-01-01", "2014-12-31"),
        ("Q3 2014", "2014-07-01", "2014-09-30"),
        ("2014Q3", "2014-07-01", "2014-09-30"),
        ("March 2014", "2014-03-01", "2014-03-31"),
        ("2014-M03", "2014-03-01", "2014-03-31"),
        ("Mar-2014", "2014-03-01", "2014-03-31"),
    ],
)
def test_period_labels(make: Maker, label: str, start: str, end: str) -> None:
    """Years, quarters and months are read as printed."""
    reading = read_tables(one_table(make, "Brazil's exports to Argentina", [["Period", "Value"], [label, "10"]]))
    assert [(str(one.period.start), str(one.period.end)) for one in reading.observations] == [(start, end)]


@pytest.mark.parametrize("label", ["2012-17", "2014 (Jan-Jun)", "1900-1950", "spring", "20144"])
def test_a_label_that_is_no_one_period_gives_a_problem_at_its_row(make: Maker, label: str) -> None:
    """A span of several years, a part of a year or other words beside a figure are refused with the cell."""
    rows = [["Year", "Value"], ["2012", "9"], ["2013", "10"], [label, "11"]]
    reading = read_tables(one_table(make, "Brazil's exports to Argentina", rows))
    assert [one.period.label for one in reading.observations] == ["2012", "2013"]
    assert [(problem.row, problem.column) for problem in reading.problems] == [(3, 1)]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,860", "1860"),
        ("1 860", "1860"),
        ("12,34,567", "1234567"),
        ("1'860.5", "1860.5"),
        ("389*", "389"),
        ("2,132 (p)", "2132"),
        ("171.20", "171.20"),
        ("0", "0"),
        ("US$ 45.2", "45.2"),
        ("1.2e3", "1.2E+3"),
    ],
)
def test_printed_figures(make: Maker, cell: str, number: str) -> None:
    """Figures keep the digits as printed; marks and grouping do not change them."""
    rows = [["Year", "Value"], ["2012", "9.5"], ["2013", cell]]
    reading = read_tables(one_table(make, "Brazil's exports to Argentina", rows))
    assert reading.observations[-1].quantity.number == Decimal(number)
    assert str(reading.observations[-1].quantity.number) == number
    assert reading.observations[-1].quantity.text == cell


@pytest.mark.parametrize("cell", ["", "-", "n.a.", "..", "…", "NA", "–"])
def test_missing_marks_give_neither_observation_nor_problem(make: Maker, cell: str) -> None:
    """A cell that says that there is no figure is no observation, and no zero."""
    rows = [["Year", "Value"], ["2012", "9.5"], ["2013", cell]]
    reading = read_tables(one_table(make, "Brazil's exports to Argentina", rows))
    assert len(reading.observations) == 1
    assert reading.problems == ()


@pytest.mark.parametrize(
    "cell", ["about ten", "10/12", "10 to 12", "see note", "Rs. 30 crore", "12 billion", "(45)", "-3", "1,86"]
)
def test_what_is_no_such_figure_is_refused_with_row_and_column(make: Maker, cell: str) -> None:
    """Text, two numbers, another unit or a negative export are refused at their cell, and the others stand."""
    rows = [["Year", "Value"], ["2012", "9.5"], ["2013", cell], ["2014", "1,204.5"]]
    reading = read_tables(one_table(make, "Brazil's exports to Argentina", rows))
    assert [one.period.label for one in reading.observations] == ["2012", "2014"]
    assert [(problem.row, problem.column, problem.refused) for problem in reading.problems] == [(2, 1, True)]
    assert reading.problems[0].place == "row 3, column 2"


def test_negative_investment_and_balances_are_figures(make: Maker) -> None:
    """Net flows and balances may be negative, also in an accountant's brackets."""
    rows = [["Year", "Balance"], ["2012", "(45)"], ["2013", "-3.5"]]
    reading = read_tables(one_table(make, "Brazil's trade with Argentina", rows))
    assert [one.quantity.value for one in reading.observations] == [-45_000_000, -3_500_000]


def test_the_decimal_comma_is_decided_for_the_column(make: Maker) -> None:
    """A figure such as "1.961,4" makes the column's points groups; points that may be either are refused for the whole column."""
    rows = [["Year", "Value"], ["2012", "1.961,4"], ["2013", "2.132"], ["2014", "45,2"]]
    reading = read_tables(one_table(make, "Brazil's exports to Argentina", rows))
    assert [str(one.quantity.number) for one in reading.observations] == ["1961.4", "2132", "45.2"]
    doubtful = [["Year", "Value"], ["2012", "1.961"], ["2013", "2.132"], ["2014", "845"]]
    refused = read_tables(one_table(make, "Brazil's exports to Argentina", doubtful))
    assert refused.observations == ()
    assert "decimal" in refused.problems[0].remedy


def test_periods_that_stand_twice(make: Maker) -> None:
    """Two figures for one period are both refused; the same figure twice is taken once and flagged."""
    rows = [["Year", "Value"], ["2012", "9"], ["2012", "10"], ["2013", "11"], ["2013", "11"]]
    reading = read_tables(one_table(make, "Brazil's exports to Argentina", rows))
    assert [one.period.label for one in reading.observations] == ["2013"]
    assert [(problem.row, problem.refused) for problem in reading.problems] == [(2, True), (4, False)]


def test_a_ragged_row_is_refused_whole(make: Maker) -> None:
    """In a row that is too short nobody can say to which column a figure belongs."""
    rows = [*TRADE, ["2016", "140", "300"]]
    reading = read_tables(one_table(make, "Kenya's Trade with Uganda", rows))
    assert {one.period.label for one in reading.observations} == {"2014", "2015"}
    assert [problem.row for problem in reading.problems] == [3]


def test_a_row_that_is_too_long_does_not_cost_the_others(make: Maker) -> None:
    """One surplus cell refuses its own row; the surplus column, which has no header, gives no figure."""
    rows = [*TRADE, ["2016", "140", "300", "440", "7"]]
    reading = read_tables(one_table(make, "Kenya's Trade with Uganda", rows))
    assert {one.period.label for one in reading.observations} == {"2014", "2015"}
    assert len(reading.observations) == 6
    assert 3 in {problem.row for problem in reading.problems}


def test_a_row_of_totals_is_no_period(make: Maker) -> None:
    """A last row that sums up the years is flagged and not taken."""
    reading = read_tables(one_table(make, "Kenya's Trade with Uganda", [*TRADE, ["Total", "251.5", "608", "859.5"]]))
    assert len(reading.observations) == 6
    assert [(problem.row, problem.refused) for problem in reading.problems] == [(3, False)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("US$ Million", ("USD", 10**6)),
        ("in thousand US dollars", ("USD", 10**3)),
        ("US$ '000", ("USD", 10**3)),
        ("EUR bn", ("EUR", 10**9)),
        ("Rs. crore", ("INR", 10**7)),
        ("₹ lakh crore", ("INR", 10**12)),
        ("million euros", ("EUR", 10**6)),
        ("thousand tonnes", ("tonne", 10**3)),
        ("$ million", ("USD", 10**6)),
    ],
)
def test_units(make: Maker, unit: str, expected: tuple[str, int]) -> None:
    """Currency and scale are read from the unit line; the rupee is that of the state in the pair that has one."""
    reading = read_tables(
        one_table(make, "India's exports to France", [["Year", "Value"], ["2014", "10"], ["2015", "1"]], unit)
    )
    quantity = reading.observations[0].quantity
    assert (quantity.unit, quantity.scale) == expected


@pytest.mark.parametrize("unit", ["Rs. million", "US$ million and Rs. crore", "million", "per cent", ""])
def test_units_in_doubt_are_refused(make: Maker, unit: str) -> None:
    """The rupee between India and Pakistan, two currencies, a bare scale, a share or no unit at all give nothing."""
    rows = [["Year", "Value"], ["2014", "10"], ["2015", "11"]]
    reading = read_tables(one_table(make, "India's exports to Pakistan", rows, unit))
    assert reading.observations == ()
    assert "unit" in reading.problems[0].message


def test_a_columns_own_unit_stands_over_the_tables(make: Maker) -> None:
    """A header with a unit of its own is read in that unit."""
    rows = [["Year", "Exports (EUR million)", "Imports"], ["2014", "10", "20"], ["2015", "11", "21"]]
    reading = read_tables(one_table(make, "India's trade with France", rows, "US$ million"))
    assert {(one.series.indicator, one.series.unit) for one in reading.observations} == {
        ("exports", "EUR"),
        ("imports", "USD"),
    }


def test_valuation_is_read_from_the_header(make: Maker) -> None:
    """The words "(f.o.b.)" and "(c.i.f.)" in a header are the series' valuation."""
    rows = [["Year", "Exports (f.o.b.)", "Imports (c.i.f.)"], ["2014", "10", "20"], ["2015", "11", "21"]]
    reading = read_tables(one_table(make, "India's trade with France", rows))
    assert {(one.series.indicator, one.series.valuation) for one in reading.observations} == {
        ("exports", Valuation.FOB),
        ("imports", Valuation.CIF),
    }


def test_a_unit_is_inferred_from_the_paragraph_that_introduces_the_table(make: Maker) -> None:
    """A sum in the prose that fits the table at one scale only gives its unit, and each figure says so."""
    prose = "Bilateral trade between Kenya and Uganda stood at about US$ 430 million in both years."
    document = make().block(prose).table(TRADE, caption="Kenya's Trade with Uganda").document()
    reading = read_tables(document)
    assert {(one.quantity.unit, one.quantity.scale) for one in reading.observations} == {("USD", 10**6)}
    assert all("US$ 430 million" in one.remark for one in reading.observations)
    assert any("US$ 430 million" in words for _, words in reading.mappings[0].basis)


@pytest.mark.parametrize(
    "prose",
    [
        "Foreign direct investment from Kenya in Uganda came to US$ 430 million.",
        "Trade between Kenya and Uganda was worth US$ 7 trillion.",
        "Trade came to US$ 430 million, or EUR 380 million.",
        "Trade between Kenya and Uganda grew.",
    ],
)
def test_a_unit_is_not_inferred_without_evidence(make: Maker, prose: str) -> None:
    """A sum on another subject, of another size, or in two currencies is no evidence."""
    reading = read_tables(make().block(prose).table(TRADE, caption="Kenya's Trade with Uganda").document())
    assert reading.observations == ()
    assert "unit" in reading.problems[0].remedy


def test_a_sum_in_another_section_is_no_evidence(make: Maker) -> None:
    """The paragraph that gives the unit stands in the table's own section."""
    document = (
        make()
        .block("Trade with Uganda came to US$ 430 million.")
        .block("Another matter", BlockKind.HEADING)
        .table(TRADE, caption="Kenya's Trade with Uganda")
        .document()
    )
    assert read_tables(document).observations == ()


def test_a_unit_may_follow_from_the_publications_usage(make: Maker) -> None:
    """The IMF prints its Direction of Trade Statistics in millions of US dollars, and each figure says so."""
    source = "IMF, Direction of Trade Statistics Yearbook, 2016"
    reading = read_tables(one_table(make, "Kenya's Trade with Uganda", TRADE, "", source=source))
    assert {(one.quantity.unit, one.quantity.scale) for one in reading.observations} == {("USD", 10**6)}
    assert all("Direction of Trade Statistics" in one.remark for one in reading.observations)
    series = reading.observations[0].series
    assert (series.source.producer, series.source.title) == (
        "International Monetary Fund",
        "Direction of Trade Statistics",
    )


def test_a_persons_mapping_stands_over_the_guess(make: Maker) -> None:
    """What a person sets for a table is used, the rest is guessed, by the table's number or id."""
    document = one_table(make, "India-France trade", TRADE, "")
    for key in ("1", "t1", "doc-test#t1"):
        given = TableMapping.from_dict({"reporter": "FRA", "partner": "IND", "unit": "EUR", "scale": 1000})
        reading = read_tables(document, mappings={key: given})
        assert sides(reading) == {("FRA", "IND", "exports"), ("FRA", "IND", "imports"), ("FRA", "IND", "total-trade")}
        assert {(one.quantity.unit, one.quantity.scale) for one in reading.observations} == {("EUR", 1000)}
    skipped = read_tables(document, mappings={"1": TableMapping(skip=True)})
    assert (skipped.observations, skipped.problems) == ((), ())
    one_column = {"reporter": "FRA", "partner": "IND", "unit": "EUR", "values": [{"index": 2, "skip": True}]}
    reading = read_tables(document, mappings={"1": TableMapping.from_dict(one_column)})
    assert "imports" not in {indicator for _, _, indicator in sides(reading)}


def test_single_years_are_fiscal_where_a_person_says_so(make: Maker) -> None:
    """The label "2015" is a calendar year unless the mapping says that the years are fiscal."""
    document = one_table(make, "India's exports to France", [["Year", "Value"], ["2014", "10"], ["2015", "11"]])
    reading = read_tables(document, mappings={"1": TableMapping(calendar="fiscal")})
    assert reading.observations[0].period.precision is Precision.FISCAL_YEAR


def test_ids_follow_from_content(make: Maker) -> None:
    """Reading twice gives the same ids, another figure another id, and quotations of one edition one series."""
    source = "Source: IMF, Direction of Trade Statistics, 2016"
    first = read_tables(one_table(make, "Kenya's Trade with Uganda", TRADE, source=source))
    again = read_tables(one_table(make, "Kenya's Trade with Uganda", TRADE, source=source))
    other_words = "IMF: *Direction of Trade Statistics*, 2016. Washington: International Monetary Fund"
    quoted = read_tables(one_table(make, "Kenya's Trade with Uganda", TRADE, source=other_words))
    assert [one.id for one in first.observations] == [one.id for one in again.observations]
    assert len({one.id for one in first.observations}) == len(first.observations)
    assert {one.series.id for one in first.observations} == {one.series.id for one in quoted.observations}
    assert {one.series for one in first.observations} == {one.series for one in quoted.observations}


def test_the_document_itself_is_the_source_where_a_table_names_none(make: Maker) -> None:
    """No figure enters without a source: the document that prints it stands in."""
    reading = read_tables(one_table(make, "Kenya's Trade with Uganda", TRADE))
    assert reading.observations[0].series.source.title == "brief.txt"


def test_other_tables_are_passed_over(make: Maker) -> None:
    """Tables of words, of figures without years and empty tables give nothing and no noise."""
    document = (
        make()
        .table([["Name", "Office"], ["A. Person", "Minister"]], caption="Visits between Kenya and Uganda")
        .table([["City", "People"], ["Kampala", "1,500,000"]], caption="Cities")
        .table([], caption="")
        .document()
    )
    assert read_tables(document) == TableReading()


def test_a_data_file_in_records_is_read_by_its_columns(make: Maker) -> None:
    """A file with reporter, partner, year, flow and value gives an observation a row; aggregates are told once."""
    rows = [
        ["ReporterISO3", "PartnerISO3", "Year", "TradeFlowName", "TradeValue in 1000 USD"],
        ["KEN", "UGA", "2014", "Export", "120500"],
        ["KEN", "UGA", "2014", "Import", "310000.25"],
        ["KEN", "World", "2014", "Export", "9000000"],
        ["KEN", "World", "2015", "Export", "9100000"],
        ["KEN", "UGA", "2015", "Re-Export", "10"],
        ["FRA", "IND", "2015", "Export", "77"],
    ]
    document = make("trade.csv", "text/csv").table(rows).document()
    reading = read_tables(document)
    assert sides(reading) == {("KEN", "UGA", "exports"), ("KEN", "UGA", "imports"), ("FRA", "IND", "exports")}
    assert {(one.quantity.unit, one.quantity.scale) for one in reading.observations} == {("USD", 1000)}
    assert any("World" in problem.message and "2 rows" in problem.message for problem in reading.problems)
    limited = read_tables(document, dyad=Dyad("UGA", "KEN"))
    assert sides(limited) == {("KEN", "UGA", "exports"), ("KEN", "UGA", "imports")}


def test_title_and_source_rows_of_a_data_file_are_its_caption_and_source(make: Maker) -> None:
    """A file with a title above and a source below is read like a printed table, and keeps its row numbers."""
    rows = [
        ["Kenya's Trade with Uganda (US$ million)", "", "", ""],
        *TRADE,
        ["2016", "", "", ""],
        ["Source: Kenya National Bureau of Statistics, Economic Survey, 2017", "", "", ""],
    ]
    reading = read_tables(make("trade.csv", "text/csv").table(rows).document())
    assert reading.problems == ()
    assert len(reading.observations) == 6
    assert reading.observations[0].provenance.row == 2
    assert reading.observations[0].series.source.producer == "Kenya National Bureau of Statistics"


def test_a_files_name_may_say_what_it_holds(make: Maker) -> None:
    """A data file without a title is read by its name, and the mapping says so."""
    rows = [["Year", "Exports (US$ million)"], ["2014", "10"], ["2015", "11"]]
    reading = read_tables(make("kenya-trade-with-uganda.csv", "text/csv").table(rows).document())
    assert sides(reading) == {("KEN", "UGA", "exports")}
    assert any(words.startswith("file name") for _, words in reading.mappings[0].basis)


def test_exporter_and_importer_files_are_flows_out_of_the_exporter(make: Maker) -> None:
    """A file by exporter and importer gives exports, and says that it does not know whose report it is."""
    rows = [["exporter", "importer", "year", "value", "unit"], ["France", "India", "2014", "12.5", "US$ million"]]
    reading = read_tables(make("flows.csv", "text/csv").table(rows).document())
    assert sides(reading) == {("FRA", "IND", "exports")}
    assert "whose report" in reading.observations[0].remark
    assert reading.observations[0].quantity.value == 12_500_000


def test_a_file_without_a_unit_or_a_second_state_says_what_to_add(make: Maker) -> None:
    """Rows that lack a unit or a side are refused once, and a mapping supplies them."""
    rows = [["country", "year", "export", "import"], ["India", "2014", "10", "20"], ["India", "2015", "11", "21"]]
    document = make("partners.csv", "text/csv").table(rows).document()
    for dyad in (None, Dyad("FRA", "IND")):
        refused = read_tables(document, dyad=dyad)
        assert refused.observations == ()
        assert any("name no partner" in problem.message and problem.remedy for problem in refused.problems)
    given = TableMapping.from_dict({"columns": {"partner": 0}, "reporter": "FRA", "unit": "USD", "scale": 1000000})
    reading = read_tables(document, mappings={"1": given})
    assert sides(reading) == {("FRA", "IND", "exports"), ("FRA", "IND", "imports")}


def test_derived_figures_are_marked(make: Maker) -> None:
    """A file that says how a figure came about keeps it in the status."""
    rows = [
        ["REF_AREA", "COUNTERPART_AREA", "TIME_PERIOD", "INDICATOR", "OBS_VALUE", "UNIT_MEASURE", "DV_TYPE"],
        ["JPN", "PAK", "2014", "Exports", "12", "USD", "Derived using counterparty information"],
        ["JPN", "PAK", "2015", "Exports", "13", "USD", "Reported official data"],
    ]
    reading = read_tables(make("sdmx.csv", "text/csv").table(rows).document())
    assert [one.status for one in reading.observations] == [Status.DERIVED, Status.REPORTED]


_cells = st.one_of(
    st.sampled_from(
        ["2014", "2015-16", "Year", "Exports", "1,204.5", "(3)", "", "n.a.", "Total", "Kenya", "US$ 3 million"]
    ),
    st.text(max_size=12),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(_cells, min_size=1, max_size=5), max_size=6), _cells)
def test_whatever_stands_in_a_table_nothing_breaks_and_figures_are_verbatim(
    rows: list[list[str]], caption: str
) -> None:
    """Any table is read without an error, each observation at its cell, and twice the same."""
    maker = DocumentMaker("brief.txt", "text/plain").table(
        rows, caption=f"Kenya's trade with Uganda {caption}", unit="US$ million"
    )
    document = maker.document()
    reading = read_tables(document)
    assert reading == read_tables(document)
    for one in reading.observations:
        assert one.provenance.row is not None and one.provenance.column is not None
        assert (
            document.text[one.provenance.start : one.provenance.end] == rows[one.provenance.row][one.provenance.column]
        )


@pytest.mark.parametrize("noise", ["x" * 100_000, " " * 100_000 + "1", "1," * 50_000, "exports " * 12_000, "\x00\x01"])
def test_hostile_cells_and_captions_are_read_quickly(make: Maker, noise: str) -> None:
    """A cell or caption of a hundred thousand characters neither hangs the reader nor gives a figure."""
    for document in (
        one_table(make, "Kenya's exports to Uganda", [["Year", noise], ["2014", noise], ["2015", noise]]),
        one_table(make, noise, [["Year", "Value"], ["2014", "1"], ["2015", noise]], noise, source=noise),
    ):
        read_tables(document)


def test_the_frame_holds_one_row_an_observation(make: Maker) -> None:
    """The DataFrame has a row for each observation with its value, interval and cell."""
    reading = read_tables(one_table(make, "Kenya's Trade with Uganda", TRADE))
    table = frame(reading.observations)
    assert len(table) == 6
    assert table.loc[0, "value"] == 120_500_000
    assert list(table["reporter"].unique()) == ["KEN"]
    assert list(frame(()).columns) == list(table.columns)


def test_the_catalogue_has_what_dyads_are_measured_by() -> None:
    """The catalogue's keys are unique and hold trade, investment, aid, people and politics."""
    keys = [indicator.key for indicator in INDICATORS]
    assert len(keys) == len(set(keys))
    assert {"exports", "imports", "total-trade", "fdi-inflow", "oda-commitments", "students", "votes"} <= set(keys)
    # A figure of one state alone has no direction.
    assert {indicator.directed for indicator in INDICATORS} == {"out", "in", "both", ""}


@pytest.mark.shared
def test_the_seeds_tables(shared: Path) -> None:
    """The brief's two tables give 15 trade figures of Pakistan's account and 5 of Pakistan's inflow by fiscal year."""
    from comity.documents import read

    reading = read_tables(read(shared / "seeds" / "issi-brief-2018.txt"), dyad=Dyad("PAK", "JPN"))
    assert reading.problems == ()
    trade = [one for one in reading.observations if one.series.indicator != "fdi-inflow"]
    investment = [one for one in reading.observations if one.series.indicator == "fdi-inflow"]
    assert (len(trade), len(investment)) == (15, 5)
    assert {(one.series.reporter, one.series.partner) for one in reading.observations} == {("PAK", "JPN")}
    assert {(one.quantity.unit, one.quantity.scale) for one in reading.observations} == {("USD", 10**6)}
    assert sorted({one.period.label for one in trade}) == ["2012", "2013", "2014", "2015", "2016"]
    assert [one.period.label for one in investment] == ["2012-13", "2013-14", "2014-15", "2015-16", "2016-17"]
    assert (investment[-1].period.start, investment[-1].period.end) == (date(2016, 7, 1), date(2017, 6, 30))
    assert [str(one.quantity.number) for one in investment] == ["30.1", "30.1", "71.1", "35.4", "45.2"]
    assert {one.series.source.producer for one in trade} == {"International Monetary Fund"}
    assert {one.series.source.producer for one in investment} == {"Board of Investment"}
    abstract = read_tables(read(shared / "seeds" / "ciss-abstract-2014.txt"))
    assert abstract == TableReading()


@pytest.mark.shared
def test_a_published_file_of_mirror_trade(shared: Path, make: Maker) -> None:
    """The WITS file of 2009 gives both sides' reports of one dyad as published."""
    import csv

    with (shared / "data" / "wits_trade2009_mirror_raw.csv").open(newline="", encoding="utf-8-sig") as lines:
        rows = [row for number, row in enumerate(csv.reader(lines, delimiter=";")) if number < 20_000 or "PAK" in row]
    reading = read_tables(make("wits.csv", "text/csv").table(rows).document(), dyad=Dyad("JPN", "PAK"))
    figures = {
        (one.series.reporter, one.series.indicator): round(float(one.quantity.value) / 1e6, 1)
        for one in reading.observations
    }
    assert figures == {
        ("JPN", "exports"): 981.6,
        ("PAK", "imports"): 1265.8,
        ("PAK", "exports"): 96.6,
        ("JPN", "imports"): 167.2,
    }
