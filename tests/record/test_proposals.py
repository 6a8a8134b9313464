"""What a second reader proposed stands behind what the rules coded, and a person can confirm it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from comity.record import Record, View, merge
from comity.terms import Decision, Event, Judgement
from tests.record.reports import document, report, visit

PAPER = document("paper.txt", "Leroux visited New Delhi in March 2019.", "Brun went to Delhi on 9 July 2020.")
OTHER = document("other.txt", "She was in Delhi on 4 March 2019.")
CODED = visit(PAPER, "FRA Marie Leroux/foreign-minister", "IND", "2019-03", "IND")
AT = datetime(2026, 1, 2, tzinfo=UTC)


def proposed(event: Event) -> Event:
    """The event as a second reader would propose it."""
    return replace(event, id=f"prop-{event.id}", coder="second-reader:model-7", confidence=0.3)


FULLER = proposed(visit(OTHER, "FRA Marie Leroux/foreign-minister", "IND", "2019-03-04", "IND New Delhi"))
ALONE = proposed(visit(PAPER, "FRA Anne Brun/foreign-minister", "IND", "2020-07-09", "IND", sentence=1))


def decided(target: str, judgement: Judgement, **more: str) -> Decision:
    """A person's word on something."""
    return Decision(target, judgement, "ana", AT, changes=tuple(more.items()))


def viewed(record: Record, *decisions: Decision) -> View:
    """A view of a record with a coded visit, a fuller proposal of the same and a proposal that stands alone."""
    with record.writing() as writer:
        writer.store(PAPER, [CODED, ALONE])
        writer.store(OTHER, [FULLER])
        writer.apply(decisions)
    return record.view()


def test_the_rules_report_stands_for_the_act() -> None:
    """However full a proposal is, the rules' report stands, keeps its id for the act, and takes no place from it."""
    (act,) = merge([FULLER, CODED])
    (before,) = merge([CODED])
    assert (act.event, act.id) == (CODED, before.id)
    assert {each.id for each in act.reports} == {CODED.id, FULLER.id}


def test_the_fullest_proposal_stands_where_there_are_no_others() -> None:
    """Among proposals alone the fullest stands, as among the rules' reports."""
    (act,) = merge([proposed(CODED), FULLER])
    assert act.event == FULLER


def test_a_proposal_parts_nothing() -> None:
    """The rules' reports are joined as they would be without the proposal, wherever it ends up."""
    told = [
        {"doc": f"doc-{name}", "type": "CONSULT", "modes": ["visit"], "actors": [who], "recipients": ["IND"], **more}
        for name, who, more in (
            ("a", "FRA Marie Leroux/foreign-minister", {"date": "2019-03", "place": "IND New Delhi"}),
            ("b", "FRA Marie Leroux/foreign-minister", {"date": "2019-03", "place": "IND"}),
            ("c", "FRA Marie Leroux/foreign-minister", {"date": "2019-03-04", "place": "IND Mumbai"}),
        )
    ]
    first, second, third = (report(each) for each in told)
    alone = {frozenset(each.id for each in act.reports) for act in merge([first, second])}
    assert len(alone) == 1
    with_proposal = [
        frozenset(each.id for each in act.reports if each.coder == "rules")
        for act in merge([proposed(third), second, first])
    ]
    assert {ids for ids in with_proposal if ids} == alone
    # The same words from the rules would part them.
    assert len(alone & {frozenset(each.id for each in act.reports) for act in merge([third, second, first])}) == 0


def test_nobody_confirmed_anything(record: Record) -> None:
    """Without decisions no proposal is confirmed."""
    with viewed(record) as view:
        assert view.confirmed() == frozenset()
        assert len(view.events()) == 2


@pytest.mark.parametrize("judgement", [Judgement.ACCEPTED, Judgement.CORRECTED])
def test_a_person_confirms_a_proposal(record: Record, judgement: Judgement) -> None:
    """Who accepts or corrects the report stands behind it."""
    changes = {"place": "IND Mumbai"} if judgement is Judgement.CORRECTED else {}
    with viewed(record, decided(ALONE.id, judgement, **changes)) as view:
        assert view.confirmed() == {ALONE.id}


def test_a_person_confirms_a_proposal_by_its_act(record: Record) -> None:
    """The act's id does as well, where nobody else reports the act."""
    (act,) = merge([ALONE])
    with viewed(record, decided(act.id, Judgement.ACCEPTED)) as view:
        assert view.confirmed() == {ALONE.id}


def test_to_accept_a_coded_act_confirms_no_proposal(record: Record) -> None:
    """What the rules coded is accepted, not what a second reader said beside it."""
    (act,) = merge([CODED, FULLER])
    with viewed(record, decided(act.id, Judgement.ACCEPTED), decided(CODED.id, Judgement.ACCEPTED)) as view:
        assert view.confirmed() == frozenset()


@pytest.mark.parametrize(
    "decisions",
    [
        [decided(ALONE.id, Judgement.REJECTED)],
        [decided(ALONE.id, Judgement.ACCEPTED), decided(ALONE.id, Judgement.UNDECIDED)],
        [decided(ALONE.id, Judgement.CORRECTED, modes="troops")],
        [Decision(ALONE.id, Judgement.SEPARATED, "ana", AT, other=CODED.id)],
    ],
    ids=["rejected", "taken back", "a correction that cannot be made", "parted"],
)
def test_other_words_confirm_nothing(record: Record, decisions: list[Decision]) -> None:
    """Rejected, taken back, corrected in vain or parted: the proposal is not confirmed."""
    with viewed(record, *decisions) as view:
        assert view.confirmed() == frozenset()
