"""Claims of years are held against yearly figures, whatever other figures lie beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from comity.checks import CheckReport, Evidence, check
from comity.terms import Document, Dyad, Observation, Period, Severity
from tests.checks.builders import document, observations

_YEARS = document(
    "Caption: Chile's Trade with Peru (US$ million)\n\n| Year | Exports | Imports | Total |\n|--|--|--|--|\n"
    "| 2012 | 300.1 | 210.4 | 510.5 |\n| 2013 | 325.4 | 200.0 | 525.4 |\n| 2014 | 310.0 | 190.2 | 500.2 |",
    name="years.csv",
)
_LATER = document(
    "Caption: Chile's Trade with Peru (US$ million)\n\n| Year | Exports | Imports | Total |\n|--|--|--|--|\n"
    "| 2016 | 22.1 | 17.0 | 39.1 |\n| 2017 | 25.3 | 18.1 | 43.4 |\n| 2018 | 27.9 | 19.9 | 47.8 |",
    name="later.csv",
)
_COLUMNS = {1: "exports", 2: "imports", 3: "total-trade"}


def _figures(source: Document) -> tuple[Observation, ...]:
    return tuple(
        replace(each, id=f"{source.id}-{each.id}", series=replace(each.series, id=f"{source.id}-{each.series.id}"))
        for each in observations(source, reporter="CHL", partner="PER", indicators=_COLUMNS)
    )


def _in_months(figures: Iterable[Observation], year: int) -> tuple[Observation, ...]:
    """Take the figures of 2016 to 2018 for those of January to March."""
    return tuple(
        replace(each, period=Period.of_month(year, each.period.start.year - 2015))
        for each in figures
        if each.period.start
    )


def _report(prose: str, figures: tuple[Observation, ...]) -> CheckReport:
    return check(document(prose), Evidence(observations=figures, documents=(_YEARS, _LATER), dyad=Dyad("CHL", "PER")))


_CLAIMS = [
    ("Chile's exports to Peru were US$ 345.4 million in 2013.", "LVL001", "contradicted"),
    ("Chile's exports to Peru were US$ 325.4 million in 2013.", "LVL001", "confirmed"),
    ("Chile's exports to Peru fell in 2013.", "TRD001", "contradicted"),
    ("Chile's exports to Peru rose in 2013.", "TRD001", "confirmed"),
    ("Chile's exports to Peru peaked in 2012.", "EXT001", "contradicted"),
    ("Chile's exports to Peru peaked in 2013.", "EXT001", "confirmed"),
    ("Chile's trade surplus with Peru was US$ 225.4 million in 2013.", "BAL001", "contradicted"),
    ("Chile's trade surplus with Peru was US$ 125.4 million in 2013.", "BAL001", "confirmed"),
    ("Chile's exports to Peru made up 81.9 per cent of total trade in 2013.", "SHR001", "contradicted"),
    ("Chile's exports to Peru made up 61.9 per cent of total trade in 2013.", "SHR001", "confirmed"),
]
_BESIDE = {
    "alone": (),
    "months of a later year": _in_months(_figures(_LATER), 2014),
    "months of that year": _in_months(_figures(_LATER), 2013),
    "years that do not reach it": _figures(_LATER),
}


@pytest.mark.parametrize("beside", list(_BESIDE))
@pytest.mark.parametrize(("prose", "rule", "verdict"), _CLAIMS)
def test_figures_of_other_times_silence_no_claim_of_a_year(beside: str, prose: str, rule: str, verdict: str) -> None:
    """A claim of 2013 gets the same verdict whether or not a series of months or of other years stands in the record."""
    report = _report(prose, (*_figures(_YEARS), *_BESIDE[beside]))
    assert [claim.verdict.value for claim in report.claims if claim.rule == rule] == [verdict]


@pytest.mark.parametrize("months", [1, 3])
@pytest.mark.parametrize(
    "prose",
    [
        *(prose for prose, _, _ in _CLAIMS),
        "Chile's exports to Peru exceeded US$ 300 million in 2013.",
        "Chile's exports to Peru were US$ 22.1 million in 2013.",
    ],
)
def test_months_alone_say_nothing_of_their_year(prose: str, months: int) -> None:
    """One month or three of a year neither bear out nor contradict what is said of the year."""
    figures = _in_months(_figures(_LATER), 2013)
    report = _report(prose, tuple(each for each in figures if each.period.end and each.period.end.month <= months))
    assert {claim.verdict.value for claim in report.claims} <= {"not_checkable"}


def test_months_in_the_series_of_the_years_say_nothing_of_a_year() -> None:
    """Where one series has yearly and monthly figures, the yearly ones answer for a year."""
    years, months = _figures(_YEARS), _in_months(_figures(_LATER), 2013)
    series = {each.series.indicator: each.series for each in years}
    mixed = tuple(replace(each, series=series[each.series.indicator]) for each in months)
    report = _report("Chile's exports to Peru were US$ 345.4 million in 2013.", (*years, *mixed))
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("LVL001", Severity.WARNING)
    assert [span.text for span in finding.spans[1:]] == ["325.4"]


def test_two_accounts_of_one_year_that_differ_contradict_only_together() -> None:
    """A level that one state's account bears out is confirmed, though the other's does not."""
    other = tuple(
        replace(each, series=replace(each.series, id=f"{each.series.id}-b"), period=Period.of_year(2013))
        for each in _figures(_LATER)
        if each.period.start and each.period.start.year == 2016
    )
    both = (*_figures(_YEARS), *other)
    for figure, verdict in (("325.4", "confirmed"), ("22.1", "confirmed"), ("345.4", "contradicted")):
        report = _report(f"Chile's exports to Peru were US$ {figure} million in 2013.", both)
        assert [claim.verdict.value for claim in report.claims] == [verdict]
