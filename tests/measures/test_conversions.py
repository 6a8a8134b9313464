"""A line brought to what a person names: step by step, with what is possible, and never by a choice nobody made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import (
    AVERAGE_RATE,
    PRICE_INDEX,
    Converted,
    Line,
    LinePoint,
    Printed,
    at_constant_prices,
    conversion,
    convert,
    fiscal_lines,
    lines_of,
    possible,
)
from comity.states import fiscal_calendar
from comity.terms import Dyad, Observation, Period, Source, UnknownCode, UnknownState
from tests.measures.conftest import SURVEY, observations

DYAD = Dyad("IND", "JPN")
BANK = Source("Central Bank", "Rates", "Central Bank, Rates, 2018")
YEARS = range(2010, 2018)


def fiscal(figures: Mapping[int, str]) -> Line:
    """Return India's exports by its fiscal years, in millions of US dollars."""
    calendar = fiscal_calendar("IND")
    points = tuple(
        LinePoint(calendar.begins_in(year), Printed.of(one.quantity), (one.id,))
        for year, one in zip(figures, observations("exports", figures, reporter="IND", partner="JPN"), strict=True)
    )
    return Line("exports-IND", "India's exports to Japan", "USD", "IND", SURVEY, points)


def rates(figures: Mapping[int, str], unit: str = "JPY per USD") -> tuple[Observation, ...]:
    """Return average rates of calendar years."""
    return observations(AVERAGE_RATE, figures, reporter="JPN", partner="", unit=unit, scale=1, source=BANK)


def index(
    figures: Mapping[int, str], name: str = "GDP deflator", base_year: int | None = None, code: str = "USA"
) -> tuple[Observation, ...]:
    """Return a price index by calendar years."""
    found = observations(
        PRICE_INDEX, figures, reporter=code, partner="", unit="index", scale=1, source=BANK, product=name
    )
    return tuple(
        replace(one, id=f"{one.id}-{base_year}", series=replace(one.series, base_year=base_year)) for one in found
    )


EXPORTS = fiscal({year: f"{1000 + 10 * (year - 2010)}.0" for year in YEARS})
YEN = rates(dict.fromkeys(range(2011, 2017), "100.00"))
DEFLATOR = index({year: f"{90 + 2 * (year - 2010)}.0" for year in YEARS})
ON_RECORD = (*YEN, *DEFLATOR)


def test_steps_are_taken_in_order() -> None:
    """Fiscal years are brought to calendar years, these to yen by their own rates, each range times its rate."""
    years = convert(EXPORTS, ("calendar-years",), DYAD, ON_RECORD)
    yen = convert(EXPORTS, ("calendar-years", "JPY"), DYAD, ON_RECORD)
    assert [point.period.label for point in years.points] == [str(year) for year in range(2011, 2018)]
    assert [point.period.label for point in yen.points] == [str(year) for year in range(2011, 2017)]
    first, brought = years.points[0].figure, yen.points[0].figure
    # 90 of the 365 days of 2010-11, and 275 of the 366 of 2011-12.
    assert float(first.value) == pytest.approx(1_000_000_000 * 90 / 365 + 1_010_000_000 * 275 / 366)
    assert brought.value == first.value * 100
    assert float(brought.low) == pytest.approx(float(first.low) * 99.995, rel=1e-12)
    assert float(brought.high) == pytest.approx(float(first.high) * 100.005, rel=1e-12)
    assert (yen.key, yen.unit) == ("exports-IND-in-calendar-years-in-JPY", "JPY")
    assert "2017 is not converted to JPY" in yen.refusals[0]
    told = conversion(DYAD, yen)
    assert "95 % range" in told.summary and any("weighs all of its days alike" in one for one in told.caveats)
    assert "Rates: Central Bank, Rates, 2018." in told.method and YEN[0].id in told.inputs


def test_calendar_years_are_those_of_the_page_of_measures() -> None:
    """What is asked for by name is the measure that stands on the page of measures by itself."""
    (of_page,) = fiscal_lines(DYAD, [EXPORTS])
    assert conversion(DYAD, convert(EXPORTS, ("calendar-years",), DYAD, ON_RECORD)) == of_page


def test_what_is_possible_is_what_gives_figures() -> None:
    """Each thing offered has so many figures as is said, and a refusal lists the offers, those by way of calendar years too."""
    offers = possible(EXPORTS, DYAD, ON_RECORD)
    assert offers["calendar-years"] == 7 and "JPY" not in offers
    for step, count in offers.items():
        assert len(convert(EXPORTS, (step,), DYAD, ON_RECORD).points) == count
    refused = convert(EXPORTS, ("JPY",), DYAD, ON_RECORD)
    (why, offer) = refused.refusals
    assert refused.points == () and conversion(DYAD, refused).value is None
    assert "not on record for fiscal years (April to March); on record are rates of calendar years" in why
    assert "calendar-years (7 of 8 periods)" in offer
    assert "after calendar-years to JPY (6 of 7 periods) and prices-of-2017:USA-gdp-deflator" in offer


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (("calendar-years", "JPY", "years-of-JPN"), "name the years before JPY"),
        (("calendar-years", "prices-of-2015", "calendar-years"), "name the years before prices-of-2015"),
        (("calendar-years", "JPY", "USD"), "no rate is crossed through a third one"),
        (("calendar-years", "prices-of-2015", "JPY"), "at the prices of 2015"),
        (("calendar-years", "years-of-IND"), "ranges from a conversion of years already"),
        (("calendar-years", "JPY", "prices-of-2015"), "does not measure prices in JPY"),
        (("calendar-years", "prices-of-1999"), "not on record for 1999, the year whose prices are wanted"),
        (("calendar-years", "constant-prices"), "names no base year; name the year whose prices are wanted"),
        (("prices-of-2015",), "not on record for 2010-11"),
        (("kilogram",), "no exact factor is known from USD to kilogram"),
    ],
)
def test_a_chain_that_would_lose_its_range_is_refused_in_words(steps: tuple[str, ...], why: str) -> None:
    """Where a step does not follow from those before it there is a sentence, and no figure."""
    found = convert(EXPORTS, steps, DYAD, ON_RECORD)
    assert found.points == () and why in found.refusals[-2]
    assert conversion(DYAD, found).value is None


def test_a_choice_that_nobody_made_is_asked_for() -> None:
    """Of several price indices none is taken: they are listed as they are to be written, and each of them works."""
    both = (*ON_RECORD, *index({year: f"{100 + year - 2010}.0" for year in YEARS}, "Consumer prices", 2010))
    years = convert(EXPORTS, ("calendar-years",), DYAD, both)
    with pytest.raises(UnknownCode, match="2 price indices are on record") as raised:
        convert(years, ("constant-prices",), DYAD, both)
    assert raised.value.remedy == "Choose one: constant-prices:USA-consumer-prices, prices-of-YEAR:USA-gdp-deflator."
    for step in ("constant-prices:USA-consumer-prices", "prices-of-2015:USA-gdp-deflator"):
        assert len(convert(years, (step,), DYAD, both).points) == 7
    with pytest.raises(UnknownCode, match="no price index 'USA-wages'"):
        convert(years, ("constant-prices:USA-wages",), DYAD, both)
    two_bases = (*index({2015: "100.0"}, base_year=2015), *index({2015: "110.0"}, base_year=2010))
    with pytest.raises(UnknownCode) as raised:
        convert(years, ("prices-of-2015",), DYAD, two_bases)
    assert "prices-of-2015:USA-gdp-deflator-2010, prices-of-2015:USA-gdp-deflator-2015" in (raised.value.remedy or "")


def test_words_that_name_nothing_list_what_there_is() -> None:
    """A misspelt conversion is an error that says what the line can be brought to; so is a state that there is not."""
    with pytest.raises(UnknownCode, match="'yen'") as raised:
        convert(EXPORTS, ("yen",), DYAD, ON_RECORD)
    assert "calendar-years (7 of 8 periods)" in (raised.value.remedy or "")
    with pytest.raises(UnknownState):
        convert(EXPORTS, ("years-of-XYZ",), DYAD, ON_RECORD)


def test_without_an_index_or_a_rate_nothing_is_offered() -> None:
    """A line by calendar years alone, with no rate, index or exact unit, is brought to nothing, and that is said."""
    line = lines_of(DYAD, observations("exports", {2015: "5.0"}, reporter="USA", partner="JPN"))
    assert line == []
    (alone,) = lines_of(Dyad("BRA", "ARG"), observations("exports", {2015: "5.0"}))
    assert possible(alone, Dyad("BRA", "ARG"), ()) == {}
    for step in ("EUR", "constant-prices"):
        found = convert(alone, (step,), Dyad("BRA", "ARG"), ())
        assert found.points == () and found.refusals[-1].startswith("Nothing on record brings exports-BRA")


@given(st.randoms())
def test_of_one_source_s_currencies_the_dollar_s_is_the_line(random: Random) -> None:
    """Where one source gives the same years in rupees and in dollars, the line is in dollars, whatever the order of the figures."""
    found = [
        one
        for unit in ("INR", "USD")
        for indicator in ("exports", "imports")
        for one in observations(indicator, {2015: "5.0", 2016: "6.0"}, reporter="IND", partner="JPN", unit=unit)
    ]
    random.shuffle(found)
    assert {line.unit for line in lines_of(DYAD, found)} == {"USD"}


def test_units_are_named_with_hyphens_and_keep_their_factor() -> None:
    """A short ton is written short-ton; a tonne is 1000 kilograms and 1000 / 907.18474 short tons."""
    line = replace(EXPORTS, unit="tonne")
    assert convert(line, ("kilogram",), DYAD, ()).points[0].figure.value == 10**12
    tons = convert(line, ("short-ton",), DYAD, ()).points[0].figure.value
    assert float(tons) == pytest.approx(1e9 / 0.90718474)


levels = st.lists(st.integers(1, 10**6), min_size=4, max_size=4)


def at_prices(figures: list[int], figures_of_index: list[int], year: int) -> Converted:
    """Return exact figures of 2010 to 2013 at the prices of a year."""
    points = tuple(
        LinePoint(Period.of_year(2010 + number), Printed(Decimal(one), Decimal(one), Decimal(one)), (f"o{number}",))
        for number, one in enumerate(figures)
    )
    line = Line("exports-IND", "Exports", "USD", "IND", SURVEY, points)
    known = index({2010 + number: f"{one}.00" for number, one in enumerate(figures_of_index)})
    return at_constant_prices(line, "GDP deflator", "USA", known, prices_of=str(year))


@given(levels, levels, st.integers(2010, 2013), st.integers(2, 9))
def test_prices_of_a_year_do_not_depend_on_the_base(
    figures: list[int], indices: list[int], year: int, factor: int
) -> None:
    """An index on another base gives the same figures; in the year of the prices each is what it was, and the range holds it."""
    found = at_prices(figures, indices, year)
    rebased = at_prices(figures, [one * factor for one in indices], year)
    for point, other, figure, level in zip(found.points, rebased.points, figures, indices, strict=True):
        exact = Decimal(figure) * indices[year - 2010] / level
        assert float(point.figure.value) == pytest.approx(float(exact), rel=1e-12)
        assert float(other.figure.value) == pytest.approx(float(exact), rel=1e-12)
        assert point.figure.low <= point.figure.value <= point.figure.high
        if point.period == Period.of_year(year):
            assert point.figure.value == point.figure.low == point.figure.high == figure
    assert found.base_year == year and "only the ratio of its years is used" in " ".join(found.caveats)


@given(st.lists(st.integers(0, 10**6), min_size=36, max_size=36), st.integers(1, 10**5))
def test_what_is_sure_of_a_calendar_year_stays_sure_in_another_currency(flows: list[int], rate: int) -> None:
    """Whatever went in which month, the calendar year's flow at its rate lies within the bounds of both conversions."""
    calendar = fiscal_calendar("IND")
    totals = [sum(flows[12 * number : 12 * number + 12]) for number in range(3)]
    points = tuple(
        LinePoint(calendar.begins_in(2010 + number), Printed(Decimal(one), Decimal(one), Decimal(one)), (f"o{number}",))
        for number, one in enumerate(totals)
    )
    line = Line("exports-IND", "Exports", "USD", "IND", SURVEY, points)
    known = rates({2011: str(rate), 2012: str(rate)})
    found = convert(line, ("calendar-years", "JPY"), DYAD, known)
    assert [point.period.start for point in found.points] == [date(2011, 1, 1), date(2012, 1, 1)]
    for number, point in enumerate(found.points):
        # April 2010 is the first month; January 2011 the tenth.
        true = sum(flows[9 + 12 * number : 21 + 12 * number]) * rate
        assert point.bounds is not None and point.bounds.low <= true <= point.bounds.high


def test_editions_without_a_base_year_that_differ_give_a_range() -> None:
    """Two editions of an index without a base year that agree are one; two that differ give the range over both, but not in the year itself."""
    years = convert(EXPORTS, ("calendar-years",), DYAD, DEFLATOR)
    figures = {one.period.first_year or 0: one.quantity.text for one in DEFLATOR}
    again = tuple(
        replace(one, id=f"{one.id}-b", series=replace(one.series, id="later", source=SURVEY)) for one in DEFLATOR
    )
    revised = index({year: f"{Decimal(level) + 20}" for year, level in figures.items()})
    revised = tuple(replace(one, id=f"{one.id}-c", series=replace(one.series, id="revised")) for one in revised)
    step = ("prices-of-2015",)
    once = convert(years, step, DYAD, DEFLATOR)
    assert [one.figure for one in convert(years, step, DYAD, (*DEFLATOR, *again)).points] == [
        one.figure for one in once.points
    ]
    each = [convert(years, step, DYAD, edition).points for edition in (DEFLATOR, revised)]
    found = convert(years, step, DYAD, (*DEFLATOR, *revised))
    assert len(found.points) == len(once.points) == 7
    for point, one, other in zip(found.points, *each, strict=True):
        assert point.figure.low == min(one.figure.low, other.figure.low)
        assert point.figure.high == max(one.figure.high, other.figure.high)
        assert point.kind == (one.kind if point.period.label == "2015" else "sources")
    assert "In 6 of 7 periods the levels of the index on record differ" in found.caveats[0]
    assert "100.0 for 2015 against 92.0 (Central Bank, Rates, 2018)" in found.caveats[0]


def test_an_index_of_a_union_s_member_measures_its_currency() -> None:
    """Figures in euros are deflated by a German index, but not those of a year before the euro."""
    known = index({1998: "95.0", 2015: "100.0", 2016: "101.0"}, code="DEU")
    points = (LinePoint(Period.of_year(2016), Printed(Decimal(1), Decimal(1), Decimal(1)), ("o",)),)
    line = Line("exports-DEU", "Exports", "EUR", "DEU", SURVEY, points)
    found = at_constant_prices(line, "GDP deflator", "DEU", known, prices_of="2015")
    assert float(found.points[0].figure.value) == pytest.approx(100 / 101)
    before = replace(line, points=(replace(points[0], period=Period.of_year(1998)),))
    assert at_constant_prices(before, "GDP deflator", "DEU", known, prices_of="2015").points == ()
