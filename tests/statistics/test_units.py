"""The scale that the words of a table name, alone or with a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from comity.statistics import TableReading, read_tables
from comity.terms import Dyad
from tests.statistics.conftest import DocumentMaker

Maker = Callable[..., DocumentMaker]


def _read(make: Maker, words: str) -> TableReading:
    rows = [["Year", "Value"], ["2016", "5"], ["2017", "6"]]
    document = make().table(rows, caption=f"China's exports to Oman ({words})").document()
    return read_tables(document, dyad=Dyad("CHN", "OMN"))


@pytest.mark.parametrize(
    ("words", "unit", "scale"),
    [
        ("US$ 10,000", "USD", 10**4),
        ("10 000 USD", "USD", 10**4),
        ("US$ MILLION", "USD", 10**6),
        ("EUR 1.000", "EUR", 10**3),
        ("10 thousand US dollars", "USD", 10**4),
        ("US$ 100,000", "USD", 10**5),
        ("US$ '000", "USD", 10**3),
        ("USD 000s", "USD", 10**3),
        ("$ 000 000", "USD", 10**6),
        ("100 million yen", "JPY", 10**8),
        ("hundred million yuan", "CNY", 10**8),
        ("10 billion yen", "JPY", 10**10),
        ("£10m", "GBP", 10**7),
        ("US$ 10bn", "USD", 10**10),
        ("k€", "EUR", 10**3),
        ("M€", "EUR", 10**6),
    ],
)
def test_numbers_before_a_scale_multiply_it(make: Maker, words: str, unit: str, scale: int) -> None:
    """A power of ten is a scale, and multiplies the scale word right behind it."""
    observed = _read(make, words).observations
    assert [(one.quantity.unit, one.quantity.scale) for one in observed] == [(unit, scale)] * 2


@pytest.mark.parametrize(
    "words",
    [
        "USD '0000",
        "5,000 USD",
        "US$ 100",
        "2.5 million US$",
        "ten thousand US$",
        "tens of thousands of US$",
        "10^6 USD",
        "Table 10 million US$",
        "population in thousand, exports in US$ million",
        "Mrd. EUR",
    ],
)
def test_a_scale_that_is_not_sure_is_refused(make: Maker, words: str) -> None:
    """Where numbers and words do not make up one sure scale nothing is observed, and the table is told of."""
    reading = _read(make, words)
    assert (reading.observations, bool(reading.problems)) == ((), True)


def test_the_base_of_an_index_is_no_scale(make: Maker) -> None:
    """The number behind an equals sign scales nothing."""
    observed = _read(make, "US$ million; 2015=1,000").observations
    assert {one.quantity.scale for one in observed} == {10**6}


def test_currencies_in_cells_do_not_hide_the_scale_of_a_table(make: Maker) -> None:
    """Where the cells name a currency and the caption a scale alone, no figure is taken without its scale."""
    rows = [["Year", "Value"], ["2016", "5.0 €"], ["2017", "6.5 €"]]
    document = make().table(rows, caption="China's exports to Oman (million)").document()
    reading = read_tables(document, dyad=Dyad("CHN", "OMN"))
    assert (reading.observations, bool(reading.problems)) == ((), True)
