"""Growth, direction, level and coverage of yearly figures."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.measures import FEWEST_YEARS, Line, coverage, direction, flow_lines, growth, level, measures_of, other_lines
from comity.measures.wording import amount
from comity.states import fiscal_calendar
from comity.terms import Dyad, Measure

from .conftest import observations

DYAD = Dyad("BRA", "ARG")


def line(figures: dict[int, str]) -> Line:
    """Return Brazil's exports to Argentina as a line."""
    return flow_lines(DYAD, observations("exports", figures))[0]


_figures = st.dictionaries(
    st.integers(1990, 2009),
    st.integers(1, 99_999).map(str) | st.sampled_from(["30", "45"]),
    min_size=FEWEST_YEARS,
    max_size=12,
)


def test_growth_is_compound_and_each_years_change_a_point() -> None:
    """From 100 to 121 in two years is 10 per cent a year, with the digits' range about it."""
    measure = growth(DYAD, line({2014: "100", 2015: "105", 2016: "121"}))
    assert measure.value is not None and abs(measure.value - 10) < 1e-9
    assert measure.interval is not None and measure.interval.low < 10 < measure.interval.high
    assert [(point.label, round(point.value, 2)) for point in measure.points] == [("2015", 5.0), ("2016", 15.24)]
    assert "10.0 per cent a year" in measure.summary


def test_growth_from_zero_or_from_one_year_has_no_value() -> None:
    """Nothing grows from zero, and one year is no growth; the measure says so."""
    assert growth(DYAD, line({2014: "0", 2015: "105"})).value is None
    assert "the first figure is zero." in growth(DYAD, line({2014: "0", 2015: "105"})).summary
    single = growth(DYAD, line({2014: "10"}))
    assert single.value is None
    assert "needs two years; the source used has 1 year with a figure" in single.summary


def test_growth_says_which_figure_is_below_zero() -> None:
    """Investment that was taken back has no compound rate, and the sentence names the year; it does not speak of rounding."""

    def flow(figures: dict[int, str]) -> str:
        return growth(DYAD, flow_lines(DYAD, observations("fdi-outflow", figures))[0]).summary

    assert flow({2014: "-12.5", 2015: "105"}).endswith("can be told: the figure of 2014 is below zero.")
    assert flow({2014: "12.5", 2015: "-105"}).endswith("can be told: the figure of 2015 is below zero.")
    assert flow({2014: "-12.5", 2015: "-1"}).endswith("can be told: the figures of 2014 and 2015 are below zero.")


def test_a_slow_growth_is_not_told_as_none() -> None:
    """A rate below a twentieth of a per cent keeps two places: "grew by 0.0 per cent" says nothing."""
    slow = growth(DYAD, line({2004: "10000.0", 2014: "10030.0"})).summary
    assert "grew by 0.03 per cent a year" in slow
    assert "did not change over 2004-2014" in growth(DYAD, line({2004: "10", 2014: "10"})).summary


def test_the_level_of_one_year_is_no_average() -> None:
    """One year's figure is told once, with its year, and not as a mean with a range from itself to itself."""
    measure = level(DYAD, line({2014: "10"}))
    assert measure.value == 10_000_000
    assert measure.summary.count("2014") == 1 and "averaged" not in measure.summary


def test_a_stock_of_investment_says_whose_it_is_and_where() -> None:
    """Brazil's inward stock is Argentina's investment in Brazil, its outward stock Brazil's in Argentina, by Brazil's account."""
    for indicator, title in (
        ("fdi-inward-stock", "the stock of Argentina's direct investment in Brazil by Brazil's account"),
        ("fdi-outward-stock", "the stock of Brazil's direct investment in Argentina by Brazil's account"),
    ):
        (found,) = other_lines(DYAD, observations(indicator, {2014: "10"}))
        assert found.title == title
        assert growth(DYAD, found).title == f"Growth: {title}"
        assert level(DYAD, found).summary.startswith(f"T{title[1:]}: US$ 10 million")


@given(_figures, st.integers(0, 9))
def test_growth_does_not_depend_on_the_unit(figures: dict[int, str], power: int) -> None:
    """Figures in other units grow alike."""
    one = growth(DYAD, line(figures))
    scaled = growth(DYAD, flow_lines(DYAD, observations("exports", figures, scale=10**power))[0])
    assert (one.value is None) == (scaled.value is None)
    if one.value is not None and scaled.value is not None:
        assert math.isclose(one.value, scaled.value, abs_tol=1e-9)


def oracle_slope(figures: dict[int, str]) -> float:
    """Return the median of all pairwise slopes, as Sen (1968) defines it."""
    points = sorted((year, float(figure)) for year, figure in figures.items())
    return median((second[1] - first[1]) / (second[0] - first[0]) for first, second in combinations(points, 2))


@settings(max_examples=60, deadline=None)
@given(_figures)
def test_direction_is_the_median_slope_and_named_only_where_its_interval_excludes_zero(figures: dict[int, str]) -> None:
    """The slope equals an independent computation, lies in its interval, and the words follow the interval."""
    recent = dict(sorted(figures.items())[-10:])
    measure = direction(DYAD, line(figures))
    assert measure.value is not None and measure.interval is not None
    middle = median(float(one) for one in recent.values())
    assert math.isclose(measure.value, oracle_slope(recent) / middle * 100, rel_tol=1e-9, abs_tol=1e-9)
    assert measure.interval.low <= measure.value <= measure.interval.high
    if measure.interval.low > 0:
        assert "rising" in measure.summary
    elif measure.interval.high < 0:
        assert "falling" in measure.summary
    else:
        assert "no clear direction" in measure.summary


@settings(max_examples=60, deadline=None)
@given(_figures)
def test_the_interval_of_the_slope_is_that_of_scipy(figures: dict[int, str]) -> None:
    """Slope and interval equal scipy.stats.theilslopes to nine digits, ties included."""
    from scipy.stats import theilslopes

    recent = sorted(figures.items())[-10:]
    values = [float(figure) * 1e6 for _, figure in recent]
    expected = theilslopes(values, [year for year, _ in recent], 0.95)
    measure = direction(DYAD, line(figures))
    assert measure.value is not None and measure.interval is not None
    middle = median(values)
    ours = (measure.value, measure.interval.low, measure.interval.high)
    theirs = (expected.slope, expected.low_slope, expected.high_slope)
    assert all(math.isclose(a, b / middle * 100, rel_tol=1e-9, abs_tol=1e-9) for a, b in zip(ours, theirs, strict=True))


def test_a_steady_rise_of_five_years_is_a_direction_and_a_broken_one_is_not() -> None:
    """Five years show a direction only if all of them point one way."""
    steady = direction(DYAD, line({2012: "10", 2013: "12", 2014: "13", 2015: "16", 2016: "17"}))
    broken = direction(DYAD, line({2012: "389", 2013: "431", 2014: "302", 2015: "236", 2016: "171.2"}))
    assert "rising" in steady.summary
    assert "no clear direction" in broken.summary
    assert any("5 years" in caveat for caveat in broken.caveats)
    few = direction(DYAD, line({2013: "1", 2014: "2", 2015: "3", 2016: "4"}))
    assert few.value is None
    assert "may be chance" in few.summary


def test_a_random_line_is_seldom_given_a_direction() -> None:
    """On 400 seeded lines of pure noise over ten years at most one in fourteen is called rising or falling."""
    import random

    source = random.Random(7)
    called = 0
    for _ in range(400):
        figures = {2000 + year: str(source.randint(1000, 9999)) for year in range(10)}
        measure: Measure = direction(DYAD, line(figures))
        called += "no clear direction" not in measure.summary
    assert called <= 400 / 14


def test_level_is_the_mean_with_least_and_greatest_year() -> None:
    """The last five years' mean, least and greatest stand in the sentence."""
    measure = level(DYAD, line({2011: "9000", 2012: "2249", 2013: "1992", 2014: "2075", 2015: "2078", 2016: "2132"}))
    assert measure.value is not None and math.isclose(measure.value, 2105.2e6)
    assert "US$ 1,992 million (2013)" in measure.summary
    assert "US$ 2,249 million (2012)" in measure.summary


def test_coverage_names_the_missing_years() -> None:
    """Years without a figure between the first and the last are counted and named."""
    measure = coverage(DYAD, [line({2010: "1", 2011: "2", 2014: "3"})])
    assert measure.value == 2
    assert "without 2012-2013" in measure.summary
    assert coverage(DYAD, []).value is None


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("2132600000", "USD", "US$ 2,132.6 million"),
        ("45200000", "EUR", "€ 45.2 million"),
        ("-1790200000", "GBP", "-£ 1,790.2 million"),
        ("12400000000", "KES", "KES 12.4 billion"),
        ("860", "USD", "US$ 860"),
    ],
)
def test_an_amount_keeps_the_unit_in_which_tables_print_it(value: str, unit: str, words: str) -> None:
    """Millions stay millions up to ten thousand of them, and a currency has the sign that the brief gives it."""
    assert amount(Decimal(value), unit) == words


def test_the_verb_goes_with_the_noun_and_not_with_a_states_name() -> None:
    """Trade with a state whose name ends in s "has been rising"; students "have been", and are of states, not of codes."""
    rising = {year: str(100 * (year - 2000)) for year in range(2010, 2016)}
    dyad = Dyad("MEX", "USA")
    held = (
        *observations("exports", rising, reporter="MEX", partner="USA"),
        *observations("imports", rising, reporter="MEX", partner="USA"),
        *(
            replace(one, series=replace(one.series, title="Students, MEX and USA"))
            for one in observations("students", rising, reporter="MEX", partner="USA", unit="count")
        ),
    )
    found = {one.key: one.summary for one in measures_of(dyad, (), held)}
    assert found["direction-total-trade"].startswith("Trade between Mexico and the United States has been rising")
    assert found["direction-students-MEX"].startswith("Students, Mexico and the United States have been rising")
    assert found["direction-exports-MEX"].startswith("Mexico's exports to the United States have been rising")


def test_a_missing_fiscal_year_is_named_as_one() -> None:
    """Of fiscal years 2016-17 is missing, or zero, and not 2016, which other years are called."""
    calendar = fiscal_calendar("USA")
    assert calendar is not None
    figures = {year: "0" if year == 2013 else "120" for year in range(2000, 2020) if year != 2016}
    made = observations("students", figures, reporter="USA", partner="MEX", unit="count")
    held = [replace(one, period=calendar.begins_in(one.period.start.year)) for one in made if one.period.start]
    found = {one.key: one for one in measures_of(Dyad("USA", "MEX"), (), held)}
    assert "without 2016-17)" in found["coverage"].summary
    assert "No figure for 2016-17." in found["level-students-USA"].caveats
    assert "the figure of 2013-14 is not above zero" in found["outlook-students-USA"].summary
    assert "1 year between the two ends has no figure." in found["growth-students-USA"].caveats
