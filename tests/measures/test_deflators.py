"""Constant prices: by a named index on record for every period, on one base, in the same currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import PRICE_INDEX, Line, at_constant_prices, conversion, trade_lines
from comity.terms import Dyad, Observation, Source, Status
from tests.measures.conftest import observations

DYAD = Dyad("BRA", "ARG")
OFFICE = Source("Statistics Office", "Prices", "Statistics Office, Prices, 2018")
DEFLATOR = "GDP deflator"
LEVELS = {2010: "100.0", 2011: "125.0", 2012: "160.0"}


def index(
    figures: Mapping[int, str],
    base_year: int | None = 2010,
    *,
    title: str = DEFLATOR,
    unit: str = "index",
    reporter: str = "BRA",
) -> tuple[Observation, ...]:
    """Return a price index on record, one figure a year."""
    found = observations(PRICE_INDEX, figures, reporter=reporter, partner="", unit=unit, scale=1, source=OFFICE)
    return tuple(
        replace(one, series=replace(one.series, title=title, base_year=base_year), id=f"{one.id}-{base_year}")
        for one in found
    )


def exports(figures: Mapping[int, str], unit: str = "BRL") -> Line:
    """Return Brazil's exports in millions."""
    found = [*observations("exports", figures, unit=unit), *observations("imports", figures, unit=unit)]
    lines = trade_lines(DYAD, found)
    assert lines is not None
    return lines[0]


HELD = {2010: "50.0", 2011: "50.0", 2012: "80.0"}


def test_each_year_is_over_its_own_index() -> None:
    """At prices of 2010, 50 at an index of 125 are 40 and 80 at 160 are 50; formula, base and index stand in the result."""
    found = at_constant_prices(exports(HELD), DEFLATOR, "BRA", index(LEVELS))
    assert [point.figure.value for point in found.points] == [50_000_000, 40_000_000, 50_000_000]
    middle = found.points[1].figure
    assert float(middle.low) == pytest.approx(49_950_000 / 1.2505) and float(middle.high) == pytest.approx(
        50_050_000 / 1.2495
    )
    assert (found.key, found.base_year, found.unit) == ("exports-BRA-at-2010-prices", 2010, "BRL")
    measure = conversion(DYAD, found)
    assert "value at current prices x 100 / Brazil's GDP deflator (2010 = 100" in measure.method
    assert "at prices of 2010" in measure.summary
    assert set(measure.inputs) > {one.id for one in index(LEVELS)}


def refusal(line: Line, *on_record: Observation, name: str = DEFLATOR, base_year: int | None = None) -> str:
    """Return why a line is not deflated; no figure may come with it."""
    found = at_constant_prices(line, name, "BRA", on_record, base_year=base_year)
    assert found.points == () and conversion(DYAD, found).value is None
    return found.refusals[0]


def test_an_index_that_misses_a_year_or_changes_its_base_is_refused() -> None:
    """All periods are deflated on one base or none is."""
    assert "not on record for 2012" in refusal(exports(HELD), *index({2010: "100", 2011: "125"}))
    rebased = (*index({2010: "100", 2011: "125"}), *index({2012: "104.0"}, 2011))
    assert "the base of Brazil's GDP deflator changes within the run (2010 and 2011)" in refusal(
        exports(HELD), *rebased
    )


def test_of_two_whole_bases_one_must_be_named() -> None:
    """An index on two bases is taken only on the one that is asked for."""
    both = (*index(LEVELS), *index({2010: "80.0", 2011: "100.0", 2012: "128.0"}, 2011))
    assert "bases 2010 and 2011; name one" in refusal(exports(HELD), *both)
    found = at_constant_prices(exports(HELD), DEFLATOR, "BRA", both, base_year=2011)
    assert found.base_year == 2011 and found.points[0].figure.value == 62_500_000


def test_the_index_must_be_named_and_on_record() -> None:
    """No name, another index, an index without a base year: sentences, with what is on record."""
    assert "no index is named" in refusal(exports(HELD), *index(LEVELS), name=" ")
    assert "on record: GDP deflator" in refusal(exports(HELD), *index(LEVELS), name="Consumer prices")
    assert "names no base year" in refusal(exports(HELD), *index(LEVELS, None))
    derived = [replace(one, status=Status.IMPUTED) for one in index(LEVELS)]
    assert "no GDP deflator of Brazil is on record" in refusal(exports(HELD), *derived)


def test_an_index_measures_prices_in_one_currency() -> None:
    """Brazil's deflator is of prices in reais; figures in dollars need an index of prices in dollars."""
    assert "does not measure prices in USD" in refusal(exports(HELD, "USD"), *index(LEVELS))
    found = at_constant_prices(exports(HELD, "USD"), DEFLATOR, "BRA", index(LEVELS, unit="index of prices in USD"))
    assert len(found.points) == 3
    assert "not 'index'" in refusal(exports(HELD), *index(LEVELS, unit="percent"))


def test_an_index_that_contradicts_itself_is_refused() -> None:
    """A base year that is not 100, copies that differ, a level of zero: none is used."""
    assert "said to be 100 in 2010, but is 98.7" in refusal(exports(HELD), *index({**LEVELS, 2010: "98.7"}))
    copies = (*index(LEVELS), *(replace(one, id=f"{one.id}-again") for one in index({2011: "127.0"})))
    assert "copies of Brazil's GDP deflator for 2011 differ" in refusal(exports(HELD), *copies)
    assert "not surely above zero" in refusal(exports(HELD), *index({**LEVELS, 2011: "0"}))


def test_sources_of_one_base_that_differ_give_a_range() -> None:
    """Each source's index deflates by itself, and the range goes over both; one that lacks a period is no second account."""
    other_office = Source("Central Bank", "Bulletin", "Central Bank, Bulletin, 2019")

    def other(figures: Mapping[int, str]) -> tuple[Observation, ...]:
        return tuple(
            replace(one, id=f"{one.id}-bank", series=replace(one.series, id="bank", source=other_office))
            for one in index(figures)
        )

    both = (*index(LEVELS), *other({**LEVELS, 2011: "128.0"}))
    found = at_constant_prices(exports(HELD), DEFLATOR, "BRA", both)
    first, middle, last = found.points
    assert (first.kind, middle.kind, last.kind) == ("printed-digits", "sources", "printed-digits")
    assert float(middle.figure.low) == pytest.approx(49_950_000 / 1.2805)
    assert float(middle.figure.high) == pytest.approx(50_050_000 / 1.2495)
    assert (
        "In 2011 the levels of the index on record differ" in found.caveats[0]
        and "2.4 per cent apart" in found.caveats[0]
    )
    assert "Central Bank, Bulletin, 2019 and Statistics Office, Prices, 2018" in found.method[-1]
    short = (*index(LEVELS), *other({2011: "128.0"}))
    assert [one.kind for one in at_constant_prices(exports(HELD), DEFLATOR, "BRA", short).points] == [
        "printed-digits"
    ] * 3
    neither = (*index({2010: "100.0", 2011: "125.0"}), *other({2011: "128.0", 2012: "160.0"}))
    assert "differ, and none of them has all periods" in refusal(exports(HELD), *neither)
    wild = (*index(LEVELS), *other({**LEVELS, 2012: "16.0"}))
    assert "more than twofold apart" in refusal(exports(HELD), *wild)


def test_a_data_set_names_its_index_as_a_product() -> None:
    """Where the series has a product, that is the index's name, in any case and spacing, and not the series' title."""
    on_record = [
        replace(one, series=replace(one.series, product="GDP deflator", title="Price index, BRA"))
        for one in index(LEVELS)
    ]
    assert len(at_constant_prices(exports(HELD), "gdp  Deflator", "BRA", on_record).points) == 3
    assert "on record: GDP deflator" in refusal(exports(HELD), *on_record, name="Price index, BRA")


def test_counts_stocks_and_constant_prices_are_refused() -> None:
    """Only flows of money at current prices are deflated."""
    cases = (
        (replace(exports(HELD), unit="count"), "no currency"),
        (replace(exports(HELD), base_year=2005), "prices of 2005 already"),
        (replace(exports(HELD), key="fdi-inward-stock-BRA"), "no flow"),
    )
    for line, why in cases:
        assert why in refusal(line, *index(LEVELS))


@given(st.lists(st.integers(1, 10**6), min_size=3, max_size=3), st.integers(1, 5))
def test_an_index_twice_as_high_halves_the_figures(levels: list[int], factor: int) -> None:
    """Real figures fall in the proportion in which the index rises."""
    years = range(2011, 2014)
    held = exports(dict.fromkeys(years, "50.0"))
    once = at_constant_prices(held, DEFLATOR, "BRA", index(dict(zip(years, map(str, levels), strict=True))))
    more = index({year: str(level * factor) for year, level in zip(years, levels, strict=True)})
    times = at_constant_prices(held, DEFLATOR, "BRA", more)
    for first, second in zip(once.points, times.points, strict=True):
        assert second.figure.value * factor == pytest.approx(first.figure.value, rel=Decimal("1e-20"))
    assert any("is as its source says" in one for one in once.caveats)
