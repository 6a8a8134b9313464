"""Anniversaries, gaps and counts are held against what the text says elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from comity.checks import Evidence, check
from comity.terms import Document, Dyad, Event, Period, Rank, Severity, Verdict
from tests.checks.builders import document, visit


@pytest.mark.parametrize(
    ("prose", "verdicts"),
    [
        ("In 2018 they marked the 45th anniversary of diplomatic ties, which they established in 1973.", ["confirmed"]),
        (
            "Last year also marked the 60th anniversary of the establishment of diplomatic relations. They have had diplomatic relations since 1947.",
            ["contradicted"],
        ),
        ("This year they celebrate the fiftieth anniversary of diplomatic relations.", ["not_checkable"]),
        (
            "The 60th anniversary of diplomatic relations is near. They have had diplomatic relations since 1947.",
            ["not_checkable"],
        ),
        (
            "Last year marked the 60th anniversary of independence. They have had diplomatic relations since 1947.",
            ["not_checkable"],
        ),
        (
            "Last year marked the 60th anniversary of diplomatic relations. They have had close ties since 1947.",
            ["not_checkable"],
        ),
        ("Last year marked the 60th anniversary of the film. They have had diplomatic relations since 1947.", []),
    ],
)
def test_anniversaries(prose: str, verdicts: list[str]) -> None:
    """An anniversary counts back to the founding year of the very same thing, or cannot be checked."""
    claims = [claim for claim in check(document(prose)).claims if claim.rule == "ANN001"]
    assert [claim.verdict.value for claim in claims] == verdicts


@pytest.mark.parametrize(
    ("prose", "verdicts"),
    [
        (
            "In 2021 the two celebrated the 160th anniversary of their relations, which date back to 1861.",
            ["confirmed"],
        ),
        (
            "In 2021 the two celebrated the 160th anniversary of their relations, which date back to 1863.",
            ["contradicted"],
        ),
        ("The 160th anniversary of relations, which began in 1861, was celebrated in 2023.", ["contradicted"]),
        ("The 160th anniversary of relations, which began in 1861, was celebrated in 2021.", ["confirmed"]),
        ("In 2021 they celebrated 160 years of ties. They have had close ties since 1861.", ["confirmed"]),
        ("In 2021 they marked 160 years of diplomatic relations, established in 1853.", ["contradicted"]),
        # Relations may be counted from the treaty or from the embassy: the text names both years.
        (
            "In 2021 they marked the 60th anniversary of relations. Relations date back to 1861, and embassies to 1961.",
            ["not_checkable"],
        ),
        (
            "In 2021 they marked the 60th anniversary of relations. Relations have improved since 2015.",
            ["not_checkable"],
        ),
        ("Some 160 years of relations have passed. Relations date back to 1853.", []),
    ],
)
def test_anniversaries_of_relations_alone(prose: str, verdicts: list[str]) -> None:
    """Relations without a word for their kind are held against what the text says of relations alone, as a warning at most."""
    report = check(document(prose), Evidence())
    assert [claim.verdict.value for claim in report.claims if claim.rule == "ANN001"] == verdicts
    if "diplomatic" not in prose:
        assert all(finding.severity is Severity.WARNING for finding in report.findings if finding.code == "ANN001")


def test_founding_year_of_another_pair_is_not_used() -> None:
    """A sentence that names a third state says nothing about this pair's founding."""
    doc = document(
        "Last year marked the 60th anniversary of diplomatic relations. Kenya and China have had diplomatic relations since 1963."
    )
    report = check(doc, Evidence(dyad=Dyad("KEN", "UGA")))
    assert [claim.verdict for claim in report.claims if claim.rule == "ANN001"] == [Verdict.NOT_CHECKABLE]


_GAP = "After a break of six years, contact at the level of foreign ministers was resumed when Kenyan Foreign Minister Anna Wekesa visited Kampala on February 7-8, 2018. "
_RENEWAL = "Kenyan Foreign Minister Anna Wekesa visited Kampala"


def _gap(more: str, *events: tuple[str, Period, Rank]) -> tuple[Document, tuple[Event, ...]]:
    doc = document(_GAP + more, published=date(2018, 3, 12))
    renewal = visit(
        doc, _RENEWAL, "KEN", "UGA", Period(date(2018, 2, 7), date(2018, 2, 8), Period.of_day(2018, 2, 7).precision)
    )
    return doc, (renewal, *(visit(doc, words, "UGA", "KEN", when, rank=rank) for words, when, rank in events))


def test_gap_with_a_contact_of_its_level_inside_is_an_error_with_both_places() -> None:
    """A foreign minister's visit of 2015 stands against six years without one; the message gives the longest gap left."""
    doc, events = _gap(
        "Ugandan minister Paul Okello came on May 14, 2012. Okello returned to Nairobi in 2015.",
        ("minister Paul Okello came", Period.of_day(2012, 5, 14), Rank.FOREIGN_MINISTER),
        ("Okello returned to Nairobi", Period.of_day(2015, 9, 3), Rank.FOREIGN_MINISTER),
    )
    (finding,) = check(doc, Evidence(events)).findings
    assert (finding.code, finding.severity) == ("GAP001", Severity.ERROR)
    assert [span.text for span in finding.spans] == ["six years", "Okello returned to Nairobi"]
    assert "3 years 3 months" in finding.message or "3 years and 3 months" in finding.message


def test_gap_that_holds_is_confirmed_with_the_contact_before_it() -> None:
    """With the last contact about six years before, the claim is confirmed."""
    doc, events = _gap(
        "Okello came on May 14, 2012.", ("Okello came on May", Period.of_day(2012, 3, 14), Rank.FOREIGN_MINISTER)
    )
    (claim,) = (claim for claim in check(doc, Evidence(events)).claims if claim.rule == "GAP001")
    assert claim.verdict is Verdict.CONFIRMED
    assert [span.text for span in claim.evidence] == ["six years", "Okello came on May"]


@pytest.mark.parametrize("rank", [Rank.AMBASSADOR, Rank.SENIOR_OFFICIAL, Rank.MILITARY_CHIEF])
def test_contacts_below_the_level_do_not_stand_against_a_gap(rank: Rank) -> None:
    """An official's visit inside the gap is no contact of foreign ministers."""
    doc, events = _gap("Okello came in 2015.", ("Okello came in 2015", Period.of_year(2015), rank))
    assert not check(doc, Evidence(events)).findings


def test_gap_without_level_or_end_is_not_checkable() -> None:
    """A hiatus of which neither level nor renewal is plain stays open."""
    report = check(document("After a hiatus of eight years the fair between Kenya and Uganda was held again."))
    assert [claim.verdict for claim in report.claims] == [Verdict.NOT_CHECKABLE]


@pytest.mark.parametrize(
    ("prose", "verdicts"),
    [
        ("He toured three South Asian countries including Pakistan, Sri Lanka, and Maldives.", ["confirmed"]),
        ("He toured four East African countries, namely Uganda, Rwanda, and Tanzania.", ["contradicted"]),
        ("He toured five East African countries including Uganda, Rwanda and Tanzania.", ["not_checkable"]),
        ("He toured two countries, Trinidad and Tobago and Bosnia and Herzegovina, in May.", ["confirmed"]),
        ("Three of India's partners, France, Japan, and Germany, sent ministers.", ["confirmed"]),
        ("He toured at least two countries, namely Uganda, Rwanda and Tanzania.", []),
        ("He saw three cities in Kenya, met the press, and left.", []),
        ("They signed two agreements, on transport and on customs.", []),
        ("Of the five countries, Kenya and Uganda trade most.", []),
        ("The two countries, France said, and Germany agreed, should talk.", []),
    ],
)
def test_counts(prose: str, verdicts: list[str]) -> None:
    """As many are listed as announced, or not, or the sentence is no list."""
    claims = [claim for claim in check(document(prose)).claims if claim.rule == "CNT001"]
    assert [claim.verdict.value for claim in claims] == verdicts


def test_durations_since_an_undated_event_are_listed_as_not_checkable() -> None:
    """A count of months after a launch is shown to the reader as a claim that nothing here decides."""
    (claim,) = check(document("In the 32 months after the launch of the corridor, nothing was said.")).claims
    assert (claim.rule, claim.verdict) == ("DUR001", Verdict.NOT_CHECKABLE)


def test_notes_and_markers_belong_together() -> None:
    """A note without a marker is an info, a marker without a note a warning."""
    doc = document("They met.[^1] They spoke.[^4]\n\n[^1]: *Herald*, 2018.\n\n[^2]: *Herald*, 2017.")
    findings = [(finding.code, finding.severity) for finding in check(doc).findings]
    assert sorted(findings) == [("NOT001", Severity.INFO), ("NOT002", Severity.WARNING)]
