"""Money in another currency: only by a rate on record, of the same period and of the right kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.documents import read
from comity.measures import (
    AVERAGE_RATE,
    END_RATE,
    PRICE_INDEX,
    Line,
    LinePoint,
    Printed,
    conversion,
    in_calendar_years,
    in_currency,
    other_lines,
    trade_lines,
)
from comity.states import fiscal_calendar
from comity.statistics import INDICATORS, TableMapping, read_tables
from comity.terms import Dyad, InvalidTerm, Observation, Period, Quantity, Source, Status
from tests.measures.conftest import SURVEY, observations

DYAD = Dyad("BRA", "ARG")
BANK = Source("Central Bank", "Rates", "Central Bank, Rates, 2018")


def rates(
    figures: dict[int, str], unit: str = "JPY per USD", indicator: str = AVERAGE_RATE, source: Source = BANK
) -> tuple[Observation, ...]:
    """Return rates on record, one a year."""
    return observations(indicator, figures, reporter="JPN", partner="", unit=unit, scale=1, source=source)


def exports(figures: dict[int, str]) -> Line:
    """Return Brazil's exports in millions of US dollars."""
    back = observations("imports", figures)
    lines = trade_lines(DYAD, [*observations("exports", figures), *back])
    assert lines is not None
    return lines[0]


def test_each_year_has_its_own_rate_and_both_roundings() -> None:
    """US$ 2.0 million at 110.0 and 3.0 at 120.0 yen are 220 and 360 million, with the least and the greatest of both digits."""
    on_record = rates({2015: "110.0", 2016: "120.0"})
    found = in_currency(exports({2015: "2.0", 2016: "3.0"}), "JPY", on_record)
    assert [point.figure.value for point in found.points] == [220_000_000, 360_000_000]
    first = found.points[0].figure
    assert (first.low, first.high) == (Decimal("1950000") * Decimal("109.95"), Decimal("2050000") * Decimal("110.05"))
    assert (found.key, found.unit) == ("exports-BRA-in-JPY", "JPY")
    assert on_record[0].id in found.points[0].inputs and on_record[1].id not in found.points[0].inputs
    measure = conversion(DYAD, found)
    assert "¥ 360 million in 2016" in measure.summary and "average rate" in measure.method
    assert set(measure.inputs) >= {one.id for one in on_record}


def test_a_rate_works_either_way_round() -> None:
    """A rate of dollars for a hundred yen brings dollars to yen by division."""
    found = in_currency(exports({2016: "3.0"}), "JPY", rates({2016: "0.80"}, "USD per 100 JPY"))
    assert found.points[0].figure.value == 375_000_000
    assert float(found.points[0].figure.low) == pytest.approx(2_950_000 / 0.00805)


def test_without_a_rate_there_is_a_sentence_and_no_figure() -> None:
    """No rate of the year, of the pair, or a rate that its source derived: the year is told and not converted."""
    held = exports({2016: "3.0"})
    derived = tuple(replace(one, status=Status.DERIVED) for one in rates({2016: "110"}))
    crossed = (*rates({2016: "110"}, "EUR per USD"), *rates({2016: "110"}, "JPY per EUR"))
    for on_record in ((), rates({2015: "110"}), derived, crossed):
        found = in_currency(held, "JPY", on_record)
        measure = conversion(DYAD, found)
        assert found.points == () and measure.value is None and not measure.inputs
        assert (
            "2016 is not converted to JPY: the average rate of the period between USD and JPY is not on record"
            in measure.summary
        )


def test_a_flow_takes_no_rate_at_a_date_and_a_stock_no_average() -> None:
    """Where only the other kind of rate is on record the refusal names it."""
    at_end = rates({2015: "120.4", 2016: "117.0"}, indicator=END_RATE)
    found = in_currency(exports({2016: "3.0"}), "JPY", at_end)
    assert found.points == () and "only the rate at the end of the period is" in found.refusals[0]
    (stock,) = other_lines(DYAD, observations("fdi-inward-stock", {2016: "3.0"}))
    assert "only the average rate of the period is" in in_currency(stock, "JPY", rates({2016: "110"})).refusals[0]
    assert in_currency(stock, "JPY", at_end).points[0].figure.value == 351_000_000


def test_a_rate_of_another_kind_of_year_is_not_of_the_period() -> None:
    """The average of calendar 2016 does not convert the fiscal year 2016-17; that of the same days does."""
    held = exports({2016: "3.0"})
    fiscal = fiscal_calendar("PAK").begins_in(2016)
    by_fiscal_year = replace(held, points=(replace(held.points[0], period=fiscal),))
    assert in_currency(by_fiscal_year, "JPY", rates({2016: "110", 2017: "112"})).points == ()
    same_days = tuple(
        replace(one, period=Period(fiscal.start, fiscal.end, fiscal.precision, fiscal.fiscal))
        for one in rates({2016: "110"})
    )
    assert len(in_currency(by_fiscal_year, "JPY", same_days).points) == 1


def test_rates_that_differ_give_a_range_over_all_of_them() -> None:
    """Two rates of one year further apart than rounding are told with their sources and give the range over both, either way round."""
    held = exports({2015: "2.0", 2016: "3.0"})
    first, other = rates({2015: "120.0", 2016: "110.2"}), rates({2016: "112.5"}, source=SURVEY)
    inverse = rates({2016: "0.0089"}, "USD per JPY", source=SURVEY)
    found = in_currency(held, "JPY", [*first, *other])
    alone, both = found.points
    assert (alone.kind, alone.figure.value) == ("printed-digits", 240_000_000)
    assert (both.kind, both.level, set(both.inputs[1:])) == ("sources", 1.0, {first[1].id, other[0].id})
    assert both.figure.low == 2_950_000 * Decimal("110.15") and both.figure.high == 3_050_000 * Decimal("112.55")
    assert both.figure.value == (both.figure.low + both.figure.high) / 2
    assert found.caveats[0].startswith(
        "In 2016 the rates on record differ by more than rounding explains: 110.2 JPY per USD (Central Bank, Rates, 2018) and "
        "112.5 JPY per USD (Statistics Office, Yearbook, 2017), 2.1 per cent apart. None is picked"
    )
    measure = conversion(DYAD, found)
    assert measure.value is None and "an amount between ¥ 324.9 million and ¥ 343.3 million in 2016" in measure.summary
    assert "Central Bank, Rates, 2018 and Statistics Office, Yearbook, 2017" in measure.method
    turned = in_currency(held, "JPY", [*first, *inverse]).points[1]
    assert turned.kind == "sources" and float(turned.figure.high) == pytest.approx(3_050_000 / 0.00885)


def test_a_rate_the_wrong_way_round_is_no_second_account() -> None:
    """Rates more than twofold apart, such as yen for a dollar written as dollars for a yen, give no figure and are told."""
    wrong = rates({2016: "110.2"}, "USD per JPY", source=SURVEY)
    found = in_currency(exports({2016: "3.0"}), "JPY", [*rates({2016: "110.2"}), *wrong])
    assert found.points == () and "more than twofold apart" in found.refusals[0]
    assert "110.2 USD per JPY (Statistics Office, Yearbook, 2017)" in found.refusals[0]


def test_differing_rates_keep_the_level_of_a_range_of_years() -> None:
    """A 95 % range of a calendar year by two rates is the range over both, still of 95 %, and says so."""
    held = exports(dict.fromkeys(range(2008, 2017), "30.0"))
    points = tuple(replace(one, period=fiscal_calendar("PAK").begins_in(int(one.period.label))) for one in held.points)
    years = in_calendar_years(replace(held, points=points))
    at = [in_currency(years, "JPY", rates({2012: rate})).points[0].figure for rate in ("80.0", "90.0")]
    found = in_currency(years, "JPY", [*rates({2012: "80.0"}), *rates({2012: "90.0"}, source=SURVEY)])
    (point,) = found.points
    assert (point.kind, point.level) == ("sources", 0.95)
    assert (point.figure.low, point.figure.high) == (at[0].low, at[1].high)
    assert "(95 % range)" in conversion(DYAD, found).summary


def test_rates_that_agree_and_units_that_cannot_be_read() -> None:
    """Of two rates within rounding the finer is used; a rate in a unit without two currencies is named."""
    finer = rates({2016: "110.24"}, source=SURVEY)
    assert (
        in_currency(exports({2016: "3.0"}), "JPY", [*rates({2016: "110.2"}), *finer]).points[0].inputs[-1]
        == finer[0].id
    )
    unread = in_currency(exports({2016: "3.0"}), "JPY", rates({2016: "110"}, "yen to the dollar"))
    assert any("'yen to the dollar' are not used" in one for one in unread.refusals)


def test_what_is_no_money_or_of_another_year_s_prices_is_refused() -> None:
    """Counts, constant prices, the same currency and things that are neither flow nor stock are sentences."""
    held = exports({2016: "3.0"})
    cases = (
        (replace(held, unit="tonne"), "no currency"),
        (replace(held, base_year=2010), "prices of 2010"),
        (replace(held, unit="JPY"), "in JPY already"),
        (replace(held, key="ideal-point-BRA"), "not known whether"),
    )
    for run, why in cases:
        found = in_currency(run, "JPY", rates({2016: "110"}))
        assert found.points == () and why in found.refusals[0]
    with pytest.raises(InvalidTerm, match="ISO 4217"):
        in_currency(held, "yen", ())


def test_a_conversion_of_years_can_be_brought_to_another_currency() -> None:
    """A range of a calendar year keeps its kind and level, and both conversions are told."""
    figures = dict.fromkeys(range(2008, 2017), "30.0")
    held = exports(figures)
    points = tuple(replace(one, period=fiscal_calendar("PAK").begins_in(int(one.period.label))) for one in held.points)
    found = in_currency(in_calendar_years(replace(held, points=points)), "JPY", rates({2012: "80.0"}))
    (point,) = found.points
    assert (point.kind, point.level, found.key) == ("even-flow", 0.95, "exports-BRA-in-calendar-years-in-JPY")
    assert len(found.method) == 3
    assert found.refusals[0].startswith("2009, 2010, 2011, 2013, 2014, 2015 and 2016 are not converted to JPY")


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
positive = st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=4)


@given(amounts, positive)
def test_there_and_back_holds_the_first_figure(figure: Decimal, rate: Decimal) -> None:
    """A figure brought to yen and back by the same rate lies in the range that comes back, whatever its sign."""
    quantity = Quantity(figure, "USD")
    held = Line(
        "fdi-BRA",
        "Investment",
        "USD",
        "BRA",
        SURVEY,
        (LinePoint(Period.of_year(2016), Printed.of(quantity), ("obs",)),),
    )
    on_record = rates({2016: str(rate)})
    back = in_currency(in_currency(held, "JPY", on_record), "USD", on_record)
    (point,) = back.points
    assert point.figure.low <= held.points[0].figure.low and held.points[0].figure.high <= point.figure.high
    assert point.figure.value == pytest.approx(figure, rel=Decimal("1e-30"), abs=Decimal("1e-30"))


def test_a_table_that_names_no_currencies_is_read_by_a_mapping(tmp_path: Path) -> None:
    """The words "Exchange rate" alone make no table one of rates; a person's mapping does, and its figures then convert."""
    file = tmp_path / "rates.csv"
    file.write_text("Year,Exchange rate\n2015,110.2\n2016,120.1\n", "utf-8")
    document = read(file)
    assert read_tables(document, dyad=Dyad("PAK", "JPN")).observations == ()
    table = document.tables[0].id
    given = TableMapping(
        table=table, reporter="JPN", partner="PAK", indicator=AVERAGE_RATE, unit="JPY per USD", scale=Decimal(1)
    )
    on_record = read_tables(document, dyad=Dyad("PAK", "JPN"), mappings={table: given}).observations
    found = in_currency(exports({2015: "2.0", 2016: "3.0"}), "JPY", on_record)
    assert [point.figure.value for point in found.points] == [220_400_000, 360_300_000]
    assert {AVERAGE_RATE, END_RATE, PRICE_INDEX} <= {indicator.key for indicator in INDICATORS}


def test_the_order_of_rates_makes_no_difference() -> None:
    """The same rates in any order give the same run."""
    on_record: Sequence[Observation] = [*rates({2015: "110.2", 2016: "120.0"}), *rates({2016: "120.00"}, source=SURVEY)]
    held = exports({2015: "2.0", 2016: "3.0"})
    assert in_currency(held, "JPY", on_record) == in_currency(held, "JPY", on_record[::-1])
