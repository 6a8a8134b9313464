"""Cooperation and conflict by year on the PLOVER scale."""

from __future__ import annotations

from comity.measures import conflict, cooperation, event_counts
from comity.terms import Dyad, EventType, Period

from .conftest import actor, event, visit

DYAD = Dyad("BRA", "ARG")
BRA, ARG, FRA = actor("BRA"), actor("ARG"), actor("FRA")
EVENTS = [
    visit(Period.of_day(2015, 3, 2), "BRA", "ARG"),
    event(EventType.AID, (BRA,), (ARG,), when=Period.of_year(2015), documents=("doc-1", "doc-2")),
    event(EventType.ACCUSE, (ARG,), (BRA,), when=Period.of_day(2016, 5, 1)),
    event(EventType.SANCTION, (ARG,), (BRA,)),
    event(EventType.ACCUSE, (BRA, ARG), (FRA,), when=Period.of_day(2016, 5, 1)),
]


def test_scores_are_summed_by_year_and_class() -> None:
    """A visit scores 4, aid 10, an accusation -3, a sanction -6; acts of both toward a third do not count."""
    good, bad = cooperation(DYAD, EVENTS), conflict(DYAD, EVENTS)
    assert [(point.label, point.value) for point in good.points] == [("2015", 14.0)]
    assert good.value == 14.0
    assert [(point.label, point.value) for point in bad.points] == [("2016", -3.0)]
    assert bad.value == -9.0
    assert set(bad.inputs) == {EVENTS[2].id, EVENTS[3].id}
    assert any("without a date" in caveat for caveat in bad.caveats)


def test_counts_name_acts_reports_and_documents() -> None:
    """Two reports of one act are one act, and every measure says that counts depend on what was read."""
    counts = event_counts(DYAD, EVENTS)
    assert counts.value == 4
    by_group = {point.group: point.value for point in counts.points if point.label == "2015"}
    assert by_group == {"cooperative acts": 2, "conflictual acts": 0, "reports": 3, "documents": 2}
    for measure in (counts, cooperation(DYAD, EVENTS), conflict(DYAD, EVENTS)):
        assert any("depend on which documents were read" in caveat for caveat in measure.caveats)


def test_nothing_on_record_is_said_and_not_zero() -> None:
    """Without acts there is no value."""
    for measure in (cooperation(DYAD, ()), conflict(DYAD, ()), event_counts(DYAD, ())):
        assert measure.value is None
        assert "on record" in measure.summary
