"""Rates of exchange in tables: taken where both currencies and the kind are named, else left with the reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from comity.statistics import TableMapping, TableReading, ValueMapping, read_tables
from comity.statistics.rates import Rate, read_rate
from comity.terms import Dyad, Period
from tests.statistics.conftest import DocumentMaker

PAIR = Dyad("IND", "JPN")
AVERAGE, END = "exchange-rate", "exchange-rate-end"


def reading(header: str, caption: str = "", *, labels: tuple[str, ...] = ("2015", "2016")) -> TableReading:
    """Read a table with one column of figures."""
    rows = [["Year", header], *([label, f"6{number}.1234"] for number, label in enumerate(labels))]
    document = DocumentMaker("rates.docx", "application/msword").table(rows, caption=caption).document()
    return read_tables(document, dyad=PAIR)


@pytest.mark.parametrize(
    ("header", "caption", "expected"),
    [
        ("Exchange rate, rupees per US dollar, average", "", (AVERAGE, "INR per USD", "IND")),
        ("Exchange rate (Rs per US$, period average)", "", (AVERAGE, "INR per USD", "IND")),
        ("Average exchange rate: yen per dollar", "", (AVERAGE, "JPY per USD", "JPN")),
        ("RBI reference rate (Rs. per US Dollar), annual average", "", (AVERAGE, "INR per USD", "IND")),
        ("Exchange rate (INR per 100 JPY), end of period", "", (END, "INR per 100 JPY", "IND")),
        ("Exchange rate, rupees per 1,000 yen, average", "", (AVERAGE, "INR per 1000 JPY", "IND")),
        ("Average", "Exchange rate (rupees per US dollar)", (AVERAGE, "INR per USD", "IND")),
        ("End-year", "Exchange rate (rupees per US dollar)", (END, "INR per USD", "IND")),
        ("Rate of the year", "Average exchange rates, US dollars per 100 yen", (AVERAGE, "USD per 100 JPY", "JPN")),
        (
            "Japanese Yen (100)",
            "Exchange rate of the Indian rupee, annual average (rupees per unit of foreign currency)",
            (AVERAGE, "INR per 100 JPY", "IND"),
        ),
    ],
)
def test_a_rate_is_known_by_its_words(header: str, caption: str, expected: tuple[str, str, str]) -> None:
    """Header and caption together name the currencies and the kind; the figures are of the state whose currency is quoted."""
    found = reading(header, caption)
    assert [(one.series.indicator, one.series.unit, one.series.reporter) for one in found.observations] == [
        expected
    ] * 2
    assert {one.series.partner for one in found.observations} == {""}
    assert [one.quantity.value for one in found.observations] == [Decimal("60.1234"), Decimal("61.1234")]
    assert not found.problems


@pytest.mark.parametrize(
    ("header", "caption", "why"),
    [
        ("Exchange rate, rupees per US dollar", "", "whether the rate is the period's average or that at its end"),
        ("Exchange rate, rupees per US dollar, average and end of period", "", "average or that at its end"),
        ("USD/INR exchange rate, average", "", "two currencies with 'per' between them"),
        ("Exchange rate, average", "", "two currencies with 'per' between them"),
        ("Exchange rate (LCU per US$, period average)", "", "do not name two currencies that are sure"),
        ("Exchange rate, thousand rupees per US dollar, average", "", "do not name two currencies that are sure"),
        ("Exchange rate, euros per pound sterling, average", "", "is the currency of one of the states"),
        ("Exchange rate, rupees per rupee, average", "", "INR stands on both sides"),
        ("Real effective exchange rate, average, rupees per US dollar", "", "'Real' makes it another thing"),
        ("Change of the exchange rate, rupees per US dollar, average", "", "'Change' makes it another thing"),
        ("Exchange rate gains, rupees per US dollar, average", "", "'gains' makes it another thing"),
        ("Exchange rate, rupees per US dollar, average, H1", "", "a part of the year"),
        ("Exchange rate, rupees per US dollar, as on 31 March", "", "it names 'March'"),
        ("Exchange rate, rupees per US dollar, average of April-March", "", "it names 'April'"),
    ],
)
def test_what_is_not_clear_is_left_with_the_reason(header: str, caption: str, why: str) -> None:
    """A rate whose currencies, kind or time are in doubt gives no figure, and the problem says what is missing."""
    found = reading(header, caption)
    assert found.observations == () and any(why in one.message for one in found.problems)


def test_two_states_of_one_currency_have_its_rates() -> None:
    """Euros for a dollar are read in a record of France and Germany; without two states nobody says whose of many it is."""
    for words, unit in (("euros per US dollar", "EUR per USD"), ("US dollars per euro", "USD per EUR")):
        found = read_rate(f"Exchange rate, {words}, average", (), {"FRA", "DEU"}, of_years=True)
        assert found == Rate(AVERAGE, unit, "DEU")
        assert read_rate(f"Exchange rate, {words}, average", (), (), of_years=True) == (
            f"neither {unit[:3]} nor {unit[-3:]} is the currency of one state alone"
        )


def test_trade_beside_words_on_rates_is_no_rate() -> None:
    """Exports valued at the average rate, and a column of another currency below a caption on rates, are no rates."""
    for header, caption in (
        ("Exports to Japan (Rs crore, at the average exchange rate, rupees per US dollar)", ""),
        ("Exports to Japan (US$ million)", "India's trade and exchange rate, rupees per US dollar, average"),
        ("Pound sterling", "Exchange rate, rupees per US dollar, average"),
    ):
        assert not [one for one in reading(header, caption).observations if one.series.unit.endswith(" per USD")]


def test_a_rate_beside_exports_leaves_them_as_they_are() -> None:
    """A table of exports with a column of rates gives both, each with its own unit."""
    rows = [
        ["Year", "Exports to Japan (US$ million)", "Exchange rate (rupees per US dollar, average)"],
        ["2015-16", "4,662.9", "65.4685"],
        ["2016-17", "3,853.8", "67.0720"],
    ]
    maker = DocumentMaker("brief.docx", "application/msword").table(rows, caption="India's exports to Japan")
    found = read_tables(maker.document(), dyad=PAIR)
    assert {(one.series.indicator, one.series.unit) for one in found.observations} == {
        ("exports", "USD"),
        (AVERAGE, "INR per USD"),
    }
    assert {one.period.label for one in found.observations} == {"2015-16", "2016-17"}
    assert all(one.period.fiscal is not None for one in found.observations)


def test_a_price_index_of_a_mapping_is_named_by_its_header() -> None:
    """A person says that a column is a price index; its header names it, and a calendar base year is taken from it."""
    rows = [
        ["Year", "Wholesale prices (2015 = 100)", "GDP deflator (2011-12 = 100)"],
        ["2015", "100.0", "114.9"],
        ["2016", "101.7", "118.6"],
    ]
    document = DocumentMaker("prices.docx", "application/msword").table(rows).document()
    values = tuple(ValueMapping(index, indicator="price-index", unit="index") for index in (1, 2))
    table = document.tables[0].id
    found = read_tables(document, dyad=PAIR, mappings={table: TableMapping(table, reporter="IND", values=values)})
    assert {(one.series.product, one.series.base_year) for one in found.observations} == {
        ("Wholesale prices (2015 = 100)", 2015),
        ("GDP deflator (2011-12 = 100)", None),
    }
    assert {one.period for one in found.observations} == {Period.of_year(2015), Period.of_year(2016)}
