"""A line from the source that a person asks for: the others stay beside it, and the rule holds where nothing is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.measures import accounts, line_of, lines_of, measures_of, mirror, total_line, trade_lines
from comity.statistics import named_by
from comity.terms import Dyad, Observation, Source, Status

from .conftest import SURVEY, observations

DYAD = Dyad("BRA", "ARG")
FUND = Source("Fund", "Directions", "Fund, Directions, 2019")
PAPER = Source("Paper", "Totals", "Paper, Totals, 2018")
YEARS = range(2001, 2018)


def long(source: Source, indicator: str, reporter: str, level: int, years: range = YEARS) -> tuple[Observation, ...]:
    """Return a series of a source that grows evenly."""
    partner = "ARG" if reporter == "BRA" else "BRA"
    figures = {year: f"{level + year - 2000}.0" for year in years}
    return observations(indicator, figures, reporter=reporter, partner=partner, source=source)


OWN = (*long(SURVEY, "exports", "BRA", 100), *long(SURVEY, "imports", "BRA", 200))
SHORT = range(2010, 2015)
OTHER = tuple(
    replace(one, status=Status.DERIVED)
    for one in (*long(FUND, "imports", "ARG", 300, SHORT), *long(FUND, "imports", "BRA", 400, SHORT))
)
STUDENTS = (
    *observations("students", {2010: "500", 2011: "510"}, unit="count", scale=1),
    *observations("students", {2011: "480"}, unit="count", scale=1, source=FUND),
)
HELD = (*OWN, *OTHER, *STUDENTS)


def ids(source: Source, *held: Observation) -> frozenset[str]:
    """Return the ids of a source's series."""
    return frozenset(one.series.id for one in held if one.series.source == source)


def test_a_source_that_is_asked_for_goes_first_and_the_others_are_told() -> None:
    """Every line that the source holds is its own, with what the rule would take and where the others disagree."""
    by_rule = {line.key: line for line in lines_of(DYAD, HELD)}
    assert {line.source for line in by_rule.values()} == {SURVEY}
    for longest in (False, True):
        asked = {line.key: line for line in lines_of(DYAD, HELD, asked=ids(FUND, *HELD), longest=longest)}
        assert asked.keys() == by_rule.keys() == {"total-trade", "exports-BRA", "exports-ARG", "students-BRA"}
        assert {line.source for line in asked.values()} == {FUND}
        line = asked["exports-BRA"]
        assert [point.period.label for point in line.points] == [str(year) for year in SHORT]
        assert line.remarks[0] == "Source: Fund, Directions, 2019 (Argentina's account)."
        assert line.caveats == (
            "All figures are derived by the source, not as a state reported them.",
            "This source was asked for; the rule would take Brazil's account (Statistics Office, Yearbook, 2017).",
            "Brazil's account (Statistics Office, Yearbook, 2017) disagrees in 5 of 5 common years, most in 2010: US$ 110 million against "
            "US$ 310 million used here.",
        )


def test_what_the_rule_takes_anyway_is_not_said_to_be_asked_for() -> None:
    """Asking for the source that the rule takes changes nothing."""
    assert lines_of(DYAD, HELD, asked=ids(SURVEY, *HELD)) == lines_of(DYAD, HELD)


def test_one_direction_may_come_from_a_source_that_has_no_other() -> None:
    """A source of one direction gives that line, and leaves the balance and the other line to the rule."""
    only = long(FUND, "imports", "ARG", 300)
    asked = ids(FUND, *only)
    lines = {line.key: line for line in lines_of(DYAD, (*OWN, *only), asked=asked)}
    assert lines["exports-BRA"].source == FUND and lines["exports-ARG"].source == SURVEY
    both = trade_lines(DYAD, (*OWN, *only), asked=asked)
    assert both is not None and {line.source for line in both} == {SURVEY}
    assert {one.series.source for one in accounts(DYAD, (*OWN, *only))["trade-balance"]} == {SURVEY}


def test_a_total_that_a_source_prints_alone_may_be_asked_for() -> None:
    """A printed total is taken where its source is asked for, though another gives both directions."""
    printed = observations("total-trade", {2015: "999.0", 2016: "998.0"}, source=PAPER)
    held = (*OWN, *printed)
    line, by_rule = total_line(DYAD, held, asked=ids(PAPER, *held)), total_line(DYAD, held)
    assert by_rule is not None and by_rule.source == SURVEY
    assert line is not None and line.source == PAPER and "This source was asked for" in line.caveats[0]
    assert {one.series.source for one in accounts(DYAD, held)["total-trade"]} == {SURVEY, PAPER}


def test_measures_of_a_line_follow_and_the_mirror_keeps_all() -> None:
    """Growth, direction, level, mean growth, break, outlook, balance and shares rest on the source asked for; the mirror is the same."""
    asked = ids(FUND, *HELD)
    fund = {one.id for one in HELD if one.series.source == FUND}
    found = {one.key: one for one in measures_of(DYAD, (), HELD, asked=asked)}
    keys = [key for key, one in found.items() if line_of(key) in ("exports-BRA", "trade-balance") and one.inputs]
    assert {
        "growth-exports-BRA",
        "direction-exports-BRA",
        "level-exports-BRA",
        "trade-balance",
        "export-shares",
    } <= set(keys)
    assert all(set(found[key].inputs) <= fund for key in keys)
    for one in mirror(DYAD, HELD):
        assert found[one.key] == one and {each.series.source for each in HELD if each.id in one.inputs} == {
            SURVEY,
            FUND,
        }


def test_of_one_source_in_two_currencies_either_may_be_asked_for() -> None:
    """The rule takes the dollars; words that name the other currency lead to that table, and the sentence tells the two apart."""
    reais = observations("exports", {2015: "300.0", 2016: "310.0"}, unit="BRL")
    held = (*OWN, *reais)
    (series,) = {one.id: one for one in named_by("yearbook BRL", [one.series for one in held])}.values()
    lines = {line.key: line for line in lines_of(DYAD, held, asked={series.id})}
    assert lines["exports-BRA"].unit == "BRL" and lines["exports-ARG"].unit == "USD"
    assert lines["exports-BRA"].caveats[0].endswith("Brazil's account (Statistics Office, Yearbook, 2017) in USD.")
    assert {line.unit for line in lines_of(DYAD, held)} == {"USD"}


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("mean-growth-exports-BRA", "exports-BRA"),
        ("breaks-fdi-inward-stock-ARG", "fdi-inward-stock-ARG"),
        ("total-trade", "total-trade"),
        ("export-shares", "trade-balance"),
        ("exports-BRA-in-calendar-years", "exports-BRA"),
        ("mirror-exports-BRA", "mirror-exports-BRA"),
    ],
)
def test_the_line_of_a_measure(key: str, line: str) -> None:
    """A measure's key leads to the line that it is of; one of several lines leads to none."""
    assert line_of(key) == line


def test_every_measure_that_names_its_line_s_source_says_which() -> None:
    """Each measure of a line says whose figures it rests on."""
    found = measures_of(DYAD, (), OWN)
    named = [one for one in found if one.inputs and line_of(one.key) == "exports-BRA"]
    assert len(named) == 6
    for one in named:
        assert "Source: Statistics Office, Yearbook, 2017 (Brazil's account)." in one.caveats, one.key
