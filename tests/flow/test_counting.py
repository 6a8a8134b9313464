"""What only a second reader proposed counts in no measure and stands behind no claim until a person confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comity.documents import read_bytes
from comity.flow import Workspace, check_file, material_of, measure, open_view
from comity.flow.counting import counting
from comity.measures import measures_of
from comity.record import Record, merge
from comity.terms import (
    Actor,
    Claim,
    Decision,
    Document,
    Dyad,
    Event,
    EventDate,
    EventType,
    Judgement,
    Measure,
    Period,
    Provenance,
    Rank,
    Verdict,
)

LETTER = """\
France and India established diplomatic relations in 1959.

French Foreign Minister Marc Delorme visited New Delhi on March 4, 2015.

French Foreign Minister Marc Delorme visited New Delhi on May 6, 2012.
"""
DRAFT = """\
In 2019 France and India celebrated the 60th anniversary of diplomatic relations.

After a break of six years, contact at the level of foreign ministers was resumed when French Foreign Minister Claire
Bonnet visited New Delhi on February 7-8, 2018.
"""
MODEL = "second-reader:model-7"
AT = datetime(2026, 1, 2, tzinfo=UTC)


def reported(
    of: Document, words: str, kind: EventType, when: Period, *, coder: str = "rules", modes: tuple[str, ...] = ()
) -> Event:
    """The event that a line of the document reports, as surely coded as can be."""
    start = of.text.index(words)
    french = Actor("FRA", ("GOV",), words[:6], start, start + 6, "Marc Delorme", "", Rank.FOREIGN_MINISTER)
    indian = Actor("IND", ("GOV",), words[-4:], start + len(words) - 4, start + len(words))
    return Event(
        id=f"evt-{coder}-{start}",
        source_id=of.id,
        type=kind,
        actors=(french,),
        recipients=(indian,),
        start=start,
        end=start + len(words),
        text=words,
        modes=modes,
        date=EventDate(when, "as said"),
        confidence=0.9,
        provenance=Provenance(of.id, of.digest, start, start + len(words)),
        coder=coder,
    )


def letter(coder: str) -> tuple[Document, tuple[Event, ...]]:
    """The letter with the founding and two visits, as one coder has them."""
    document = read_bytes(LETTER.encode(), name="letter.txt")
    founding, later, earlier = (line for line in LETTER.splitlines() if line)
    return document, (
        reported(document, founding, EventType.AGREE, Period.of_year(1959), coder=coder),
        reported(document, later, EventType.CONSULT, Period.of_day(2015, 3, 4), coder=coder, modes=("visit",)),
        reported(document, earlier, EventType.CONSULT, Period.of_day(2012, 5, 6), coder=coder, modes=("visit",)),
    )


def stored(workspace: Workspace, coder: str, decisions: Sequence[Decision] = ()) -> tuple[Event, ...]:
    """Put the letter into the workspace's record as one coder has it."""
    document, events = letter(coder)
    with Record.open(workspace.record, create=True).writing() as writer:
        writer.store(document, events)
        writer.store(read_bytes(DRAFT.encode(), name="draft.txt"))
        writer.apply(decisions)
    return events


def accepted(*events: Event) -> list[Decision]:
    """A person's acceptance of each of them."""
    return [Decision(event.id, Judgement.ACCEPTED, "ana", AT) for event in events]


def claims(workspace: Workspace, folder: Path) -> dict[str, Claim]:
    """What a check of the draft says of its anniversary and of its gap."""
    draft = folder / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    return {claim.rule: claim for claim in check_file(draft, workspace).report.claims}


def of_events(measures: Sequence[Measure]) -> dict[str, Measure]:
    """The measures that rest on events, by key."""
    keys = ("contacts", "contact-gap", "cooperation", "conflict", "event-counts")
    return {one.key: one for one in measures if one.key in keys}


def test_what_the_rules_coded_counts(workspace: Workspace, tmp_path: Path) -> None:
    """The same events from the rules are measured, and claims are held against them."""
    stored(workspace, "rules")
    assert [measure(workspace, [key])[0].value for key in ("contacts", "event-counts")] == [2, 3]
    found = claims(workspace, tmp_path)
    assert found["ANN001"].verdict is Verdict.CONFIRMED
    assert found["GAP001"].verdict is Verdict.CONTRADICTED


def test_a_proposal_counts_in_no_measure(workspace: Workspace) -> None:
    """Every measure is as it would be without the proposals, in `comity measure` and in the brief."""
    stored(workspace, MODEL)
    without = of_events(measures_of(workspace.dyad, (), ()))
    assert of_events(measure(workspace)) == without
    with open_view(workspace) as view:
        material = material_of(workspace, view)
    assert len(material.events) == 3
    assert of_events(material.measures) == without


def test_a_proposal_stands_behind_no_claim(workspace: Workspace, tmp_path: Path) -> None:
    """A draft is neither confirmed nor contradicted by it, in `comity check` and in the brief."""
    stored(workspace, MODEL)
    found = claims(workspace, tmp_path)
    assert {rule: claim.verdict for rule, claim in found.items()} == {
        "ANN001": Verdict.NOT_CHECKABLE,
        "GAP001": Verdict.NOT_CHECKABLE,
    }
    with open_view(workspace) as view:
        material = material_of(workspace, view)
    assert {claim.verdict for claim in material.claims} == {Verdict.NOT_CHECKABLE}
    assert material.findings == {}


def test_what_a_person_confirmed_counts(workspace: Workspace, tmp_path: Path) -> None:
    """Accepted proposals are measured and checked with as the rules' events are; the others still are not."""
    _, events = letter(MODEL)
    stored(workspace, MODEL, accepted(*events[:2]))
    assert [measure(workspace, [key])[0].value for key in ("contacts", "event-counts")] == [1, 2]
    found = claims(workspace, tmp_path)
    assert found["ANN001"].verdict is Verdict.CONFIRMED
    assert found["GAP001"].verdict is Verdict.CONTRADICTED


def test_a_proposal_beside_the_rules_adds_no_report() -> None:
    """An act that the rules report too counts, with their reports only."""
    _, coded = letter("rules")
    _, proposals = letter(MODEL)
    elsewhere = [replace(one, source_id="doc-2") for one in proposals]
    acts = merge([*coded, *elsewhere])
    # The visits are joined; the two tellings of the founding in different documents are not.
    assert sorted(len(act.reports) for act in acts) == [1, 1, 2, 2]
    dyad = Dyad("FRA", "IND")
    assert measures_of(dyad, counting(acts, frozenset()), ()) == measures_of(dyad, merge(coded), ())


def test_of_two_proposals_the_confirmed_one_stands() -> None:
    """What was not confirmed stands for no act that counts, though it be fuller."""
    document, _ = letter(MODEL)
    words = LETTER.splitlines()[2]
    fuller = reported(document, words, EventType.CONSULT, Period.of_day(2015, 3, 4), coder=MODEL, modes=("visit",))
    vague = replace(fuller, id="prop-vague", date=EventDate(Period.of_year(2015), "2015"), source_id="doc-2")
    (act,) = merge([fuller, vague])
    assert act.event == fuller
    (counted,) = counting([act], {vague.id})
    assert (counted.event, counted.reports, counted.id) == (vague, (vague,), act.id)
    assert counting([act], frozenset()) == ()


@pytest.mark.parametrize("coder", ["second-reader:", "another", ""])
def test_whoever_is_not_the_rules_is_a_second_reader(coder: str) -> None:
    """A coder without a model's name, or of another kind, is not taken for the rules."""
    _, events = letter(coder)
    assert counting(merge(events), frozenset()) == ()
    assert all(event.proposer for event in events)
