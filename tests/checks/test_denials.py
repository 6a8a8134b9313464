"""Plain denials of contacts: "no Kenyan minister visited Uganda between 2010 and 2015"."""

from __future__ import annotations

from datetime import date

import pytest

from comity.checks import CheckReport, Evidence, check
from comity.terms import Dyad, Period, Rank, Severity, Verdict
from tests.checks.builders import document, visit

_PAIR = Dyad("KEN", "UGA")
_CAME = "Kenyan Minister Anna Wekesa came to Kampala"


def _checked(
    denial: str, when: Period, *, actor: str = "KEN", host: str = "UGA", rank: Rank = Rank.MINISTER
) -> CheckReport:
    doc = document(f"{denial}\n\n{_CAME} then.")
    return check(doc, Evidence((visit(doc, _CAME, actor, host, when, rank=rank),), dyad=_PAIR))


def _verdicts(report: CheckReport) -> list[str]:
    return [claim.verdict.value for claim in report.claims if claim.rule == "GAP001"]


@pytest.mark.parametrize(
    "denial",
    [
        "No Kenyan minister visited Uganda between 2010 and 2015.",
        "Between 2010 and 2015 no Kenyan minister visited Uganda.",
        "Trade fell, and no Kenyan minister visited Uganda between 2010 and 2015.",
        "No minister visited between 2010 and 2015.",
        "No minister of either country visited the other in 2013.",
        "No Kenyan minister has visited Uganda since 2011.",
        "No minister has visited Uganda since March 2011, and none is expected.",
        "There were no ministerial visits from 2010 to 2015.",
        "There have been no visits since 2010.",
        "There have been no visits between the two countries for eight years.",
        "There has been no ministerial meeting in the last eight years.",
        "In 2013 there was not a single ministerial visit.",
    ],
)
def test_visit_in_the_denied_time_is_told_with_both_places(denial: str) -> None:
    """A minister's visit of 2013 stands against the denial, whose words come first."""
    report = _checked(denial, Period.of_day(2013, 5, 14))
    (finding,) = (finding for finding in report.findings if finding.code == "GAP001")
    assert finding.severity is Severity.ERROR
    assert finding.spans[0].text.lower().startswith(("no ", "there "))
    assert finding.spans[1].text == _CAME


@pytest.mark.parametrize(
    ("denial", "when"),
    [
        ("No Kenyan minister visited Uganda between 2010 and 2015.", Period.of_month(2015, 11)),
        ("No Kenyan minister visited Uganda between 2010 and 2015.", Period.of_day(2010, 2, 1)),
        ("No Kenyan minister has visited Uganda since 2013.", Period.of_day(2013, 5, 14)),
        ("No Kenyan minister has visited Uganda since 2013.", Period.of_day(2019, 9, 1)),
        ("There have been no visits for six years.", Period.of_day(2013, 5, 14)),
        ("No Kenyan minister visited Uganda in 2013.", Period(date(2012, 12, 30), date(2013, 1, 2), Period.of_day(2013, 1, 2).precision)),
    ],
)  # fmt: skip
def test_visit_at_the_ends_of_the_time_does_not_stand_against_a_denial(denial: str, when: Period) -> None:
    """The years that are named may or may not count themselves, and what came after publication was not denied."""
    assert _verdicts(_checked(denial, when)) == ["not_checkable"]


@pytest.mark.parametrize(
    ("denial", "actor", "host", "rank"),
    [
        ("No Ugandan minister visited Kenya between 2010 and 2015.", "KEN", "UGA", Rank.MINISTER),
        ("No minister visited Kenya between 2010 and 2015.", "KEN", "UGA", Rank.MINISTER),
        ("No Kenyan foreign minister visited Uganda between 2010 and 2015.", "KEN", "UGA", Rank.MINISTER),
        ("No Kenyan minister visited Uganda between 2010 and 2015.", "KEN", "UGA", Rank.HEAD_OF_STATE),
        ("There have been no visits since 2010.", "KEN", "UGA", Rank.SENIOR_OFFICIAL),
        ("No Kenyan minister visited Tanzania between 2010 and 2015.", "KEN", "UGA", Rank.MINISTER),
        ("There were no high-level visits between 2010 and 2015.", "KEN", "UGA", Rank.MINISTER),
    ],
)
def test_visit_of_others_does_not_stand_against_a_denial(denial: str, actor: str, host: str, rank: Rank) -> None:
    """Who went where, and at which level, must be what was denied."""
    report = _checked(denial, Period.of_day(2013, 5, 14), actor=actor, host=host, rank=rank)
    assert _verdicts(report) == ["not_checkable"]


@pytest.mark.parametrize(
    "denial",
    [
        "No Kenyan minister paid a state visit to Uganda between 2010 and 2015.",
        "There were no state visits between 2010 and 2015.",
        "There were no official visits between 2010 and 2015.",
        "There were no further visits between 2010 and 2015.",
        "There were no visits by warships between 2010 and 2015.",
        "There were no meetings between 2010 and 2015.",
        "Critics said that no Kenyan minister visited Uganda between 2010 and 2015.",
        "Critics complain that no Kenyan minister has visited Uganda since 2010.",
        "It is false that no Kenyan minister visited Uganda between 2010 and 2015.",
        "No Kenyan minister visited Uganda between 2010 and 2015 except Anna Wekesa.",
        "Apart from Wekesa, no Kenyan minister visited Uganda between 2010 and 2015.",
        "If no Kenyan minister has visited Uganda since 2010, why not?",
        "No Kenyan minister visited Uganda between 2010 and 2015 without a delegation.",
        "No Kenyan minister visited Uganda's north between 2010 and 2015.",
        "No Kenyan minister visited Gulu between 2010 and 2015.",
        "No Kenyan minister visited Uganda between the elections of 2010 and 2015.",
        "No Kenyan minister visited Uganda.",
        "No Kenyan minister had visited Uganda since 2010.",
        "No minister visited between 2010 and 2015. Tanzania was angry.",
        "No Kenyan minister for sport visited Uganda between 2010 and 2015.",
        "No Kenyan minister visited Uganda in early 2013.",
        "No Kenyan minister visited Uganda before 2015.",
        "There have been no visits since the visit of 2010.",
        "There is no visit that was announced in 2013.",
    ],
)
def test_denial_that_is_not_wholly_understood_is_left_alone(denial: str) -> None:
    """Another kind of visit, an exception, a third state, a report or a vague time: no claim is made of it."""
    assert _verdicts(_checked(denial, Period.of_day(2013, 5, 14))) == []


def test_denial_without_a_dyad_needs_both_states() -> None:
    """Where nothing says which two states a text is about, a denial must name them."""
    doc = document(f"No minister has visited Uganda since 2010.\n\n{_CAME} then.")
    event = visit(doc, _CAME, "KEN", "UGA", Period.of_year(2013), rank=Rank.MINISTER)
    assert _verdicts(check(doc, Evidence((event,)))) == []
    doc = document(f"No Kenyan minister has visited Uganda since 2010.\n\n{_CAME} then.")
    event = visit(doc, _CAME, "KEN", "UGA", Period.of_year(2013), rank=Rank.MINISTER)
    (claim,) = check(doc, Evidence((event,))).claims
    assert (claim.rule, claim.verdict) == ("GAP001", Verdict.CONTRADICTED)
