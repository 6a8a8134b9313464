"""A document under check with its evidence: what several rules need of both, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from comity.checks.flows import Flows
from comity.checks.sentence import MarkedSentence, mark
from comity.language import named_for
from comity.terms import (
    Block,
    BlockKind,
    Claim,
    Document,
    Dyad,
    Event,
    FindingSpan,
    Observation,
    Passage,
    Verdict,
    content_id,
)

# What runs longer is no sentence (a dump, a list without stops), and patterns over it would take too long.
_LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What claims may be held against.

    Attributes:
        events: coded from the very document under check, and from the record where there is one; what a second reader
            proposed and nobody confirmed is left out by the caller.
        observations: likewise; those of a table in the document lead to its cells.
        documents: other documents that `events` and `observations` come from, for names and places.
        dyad: the pair that the workspace is about; None where there is none.
    """

    events: tuple[Event, ...] = ()
    observations: tuple[Observation, ...] = ()
    documents: tuple[Document, ...] = ()
    dyad: Dyad | None = None


# Indicators whose keys are no words; the other keys are, once their hyphens are spaces.
_NAMES = {"fdi": "FDI", "oda": "ODA", "inflow": "inflows", "outflow": "outflows"}


def _indicator_words(key: str) -> str:
    """Return "FDI inflows" for "fdi-inflow", "total trade" for "total-trade"."""
    return " ".join(_NAMES.get(part, part) for part in key.split("-"))


class Reading:
    """One document with its evidence, for the time of one check."""

    def __init__(self, document: Document, evidence: Evidence) -> None:
        self.document = document
        self.evidence = evidence
        self._marked: dict[str, MarkedSentence] = {}
        self._others = {other.id: other for other in evidence.documents if other.id != document.id}

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The sentences that report or claim something, in reading order."""
        return tuple(
            passage
            for passage in self.document.passages
            if passage.kind.is_prose and len(passage.text) <= _LONGEST and not passage.text.startswith("<!--")
        )

    @cached_property
    def flows(self) -> Flows:
        """The flows between states for which there are figures."""
        return Flows(self)

    @cached_property
    def pair(self) -> frozenset[str] | None:
        """The two states that the document is about: the workspace's dyad, or the only pair of its tables."""
        if self.evidence.dyad is not None:
            return self.evidence.dyad.codes
        return next(iter(self.flows.pairs)) if len(self.flows.pairs) == 1 else None

    @cached_property
    def _former(self) -> dict[str, str]:
        """In a workspace of a former state, the code under which its name is read, with its own."""
        return named_for(self.evidence.dyad.codes) if self.evidence.dyad is not None else {}

    def marked(self, passage: Passage) -> MarkedSentence:
        """Return the passage with its states and figures found; each passage is read once."""
        found = self._marked.get(passage.id)
        if found is None:
            found = self._marked[passage.id] = mark(passage, self._former)
        return found

    def blocks(self, *kinds: BlockKind) -> Iterable[Block]:
        """Yield the blocks of these kinds in reading order."""
        return (block for block in self.document.blocks if block.kind in kinds)

    def text_of(self, block: Block) -> str:
        """Return a block's own words."""
        return self.document.text[block.start : block.end]

    def span(self, start: int, end: int, label: str = "") -> FindingSpan:
        """Return a place in the document under check."""
        place = self.document.locate(start)
        return FindingSpan(start, end, place.line, place.column, self.document.text[start:end], "", label)

    def span_of_event(self, event: Event, label: str) -> FindingSpan:
        """Return the place where an event is reported, in this document or in another."""
        if event.source_id == self.document.id:
            return self.span(event.start, event.end, label)
        other = self._others.get(event.source_id)
        if other is None:
            return FindingSpan(event.start, event.end, 1, 1, event.text, event.source_id, label)
        place = other.locate(event.start)
        return FindingSpan(event.start, event.end, place.line, place.column, event.text, other.name, label)

    def span_of_observation(self, observation: Observation, label: str = "") -> FindingSpan:
        """Return the cell or passage where a figure stands, in this document or in another."""
        where = observation.provenance
        label = label or f"{_indicator_words(observation.series.indicator)}, {observation.period.label}"
        printed = observation.quantity.text or str(observation.quantity.number)
        here = where.document_id == self.document.id
        if where.start is not None and where.end is not None:
            if here:
                return self.span(where.start, where.end, label)
            other = self._others.get(where.document_id)
            if other is not None:
                place = other.locate(where.start)
                return FindingSpan(where.start, where.end, place.line, place.column, printed, other.name, label)
        other_name = "" if here else self._name(where.document_id)
        row = 1 if where.row is None else where.row + 1
        column = 1 if where.column is None else where.column + 1
        return FindingSpan(0, 0, row, column, "" if here else printed, other_name, label)

    def claim(self, rule: str, kind: str, verdict: Verdict, reason: str, *evidence: FindingSpan) -> Claim:
        """Return a claim of this document; its own place comes first among the evidence."""
        own = evidence[0]
        identity = content_id("claim", self.document.id, rule, kind, own.start, own.end, own.label)
        return Claim(identity, self.document.id, rule, kind, verdict, reason, tuple(evidence))

    def _name(self, document_id: str) -> str:
        other = self._others.get(document_id)
        return document_id if other is None else other.name

    @cached_property
    def publication(self) -> FindingSpan | None:
        """The place of the document's own date; the head of the text where the date's words were not found."""
        published = self.document.published
        if published is None:
            return None
        from comity.checks.calendar import dates_in

        label = f"the document's own date, {published.isoformat()}"
        for block in self.blocks(BlockKind.FRONT, BlockKind.TITLE, BlockKind.REFERENCE):
            for found in dates_in(self.text_of(block)):
                if found.on == published:
                    return self.span(block.start + found.start, block.start + found.end, label)
        head = next(iter(self.document.blocks), None)
        if head is None:
            return self.span(0, min(len(self.document.text), 1), label)
        return self.span(head.start, head.end, label)
