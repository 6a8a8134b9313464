"""The brief marks what a second reader proposed, and draws no sentence of its own from it."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from comity.brief import Material, compose
from comity.terms import Event, EventType, MergedEvent
from tests.brief.kenya_uganda import material
from tests.brief.selecting import select

MODEL = "a-model <7b>"
MARK = f"proposed by {MODEL}, not confirmed"


def _as_proposal(report: Event) -> Event:
    return replace(report, coder=f"second-reader:{MODEL}", confidence=0.3)


def _proposed(whole: Material, act: MergedEvent) -> Material:
    """The material as if a second reader alone had found the act."""
    reports = tuple(map(_as_proposal, act.reports))
    changed = replace(act, event=_as_proposal(act.event), reports=reports)
    return replace(whole, events=tuple(changed if one.id == act.id else one for one in whole.events), measures=())


def _last_contact(whole: Material) -> MergedEvent:
    """The act that the brief opens with as the last contact at high level."""
    (link,) = (
        one.get("href", "")
        for one in select(html.document_fromstring(compose(whole)), ".headlines .more")
        if one.get("href", "").startswith("#act")
    )
    return next(one for one in whole.events if one.id == link[1:])


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_nothing_is_marked_without_a_second_reader() -> None:
    """A brief of what the rules coded speaks of no proposals."""
    assert "proposed" not in compose(material())


def test_a_proposal_is_marked_in_timeline_and_contacts() -> None:
    """The mark names the model, as text, beside the event in both places; the numbers say how many there are."""
    act = _last_contact(material())
    tree = html.document_fromstring(compose(_proposed(material(), act)))
    (entry,) = select(tree, f"#{act.id}")
    assert [_text(one) for one in select(entry, ".proposal")] == [MARK]
    assert [_text(one) for one in select(tree, ".proposal")] == [MARK, MARK]
    (row,) = (one for one in select(tree, "#contacts tbody tr") if MARK in _text(one))
    assert act.event.type is EventType.CONSULT
    group = _text(select(row.getparent(), ".rank")[0])
    assert "proposed, not confirmed" in group
    assert "(1 proposed, not confirmed)" in _text(select(tree, ".standfirst")[0])
    assert "confirmed by no person; it counts in no measure" in _text(select(tree, "#timeline .lead")[0])
    assert "1 event was proposed by a language model" in _text(select(tree, "#missing")[0])
    assert "and 1 by a second reader" in _text(select(tree, "header .meta")[0])


def test_a_proposal_is_no_headline() -> None:
    """The last contact at high level is the last that the rules coded or a person confirmed."""
    act = _last_contact(material())
    without = replace(material(), events=tuple(one for one in material().events if one.id != act.id), measures=())
    assert _last_contact(_proposed(material(), act)) == _last_contact(without) != act


def test_a_confirmed_proposal_is_an_event_like_any_other() -> None:
    """Once a person has confirmed it, no mark stands and it may open the brief."""
    act = _last_contact(material())
    whole = replace(_proposed(material(), act), confirmed=frozenset(report.id for report in act.reports))
    page = compose(whole)
    assert "not confirmed" not in page and "language model" not in page
    assert _last_contact(whole).id == act.id


def test_a_proposed_report_beside_others_is_counted_apart() -> None:
    """Where the rules report the act too, the entry is not marked, but says how many of its reports are proposals."""
    act = next(one for one in material().events if len(one.reports) > 1)
    second = next(report for report in act.reports if report.id != act.event.id)
    reports = tuple(_as_proposal(one) if one.id == second.id else one for one in act.reports)
    whole = replace(
        material(),
        events=tuple(replace(act, reports=reports) if one.id == act.id else one for one in material().events),
    )
    tree = html.document_fromstring(compose(whole))
    assert not select(tree, ".proposal")
    assert "1 report proposed, not confirmed" in _text(select(tree, f"#{act.id} .meta")[0])


def test_a_proposal_opens_no_span_of_silence() -> None:
    """A year that a proposal alone makes the first does not make the years after it years of silence."""
    dated = [one for one in material().events if one.event.date is not None and one.event.date.period.first_year]
    first = min(dated, key=lambda one: one.event.date.period.sort_key if one.event.date is not None else ("", ""))
    missing = "report no dated event between the two states for"

    def silence(whole: Material) -> str:
        text = _text(select(html.document_fromstring(compose(whole)), "#missing")[0])
        return text.partition(missing)[2].partition(".")[0]

    without = replace(material(), events=tuple(one for one in material().events if one.id != first.id))
    assert silence(material()) != silence(without)
    assert silence(_proposed(material(), first)) == silence(without)
