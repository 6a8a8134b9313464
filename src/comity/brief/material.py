"""What a brief is made of: everything that the record, the measures and the checks say about one dyad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.terms import (
    Claim,
    Document,
    Dyad,
    Finding,
    InvalidTerm,
    Measure,
    MergedEvent,
    Observation,
    Statement,
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A source that could not be read, and why, in plain words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Material:
    """The whole input of a brief; the same material gives the same brief, byte for byte.

    Attributes:
        dyad: the two states; facts about others are shown apart.
        names: state or organisation code to the name that readers know ({"KEN": "Kenya"}); a code without a name is
            printed as the code.
        documents: what was read.
        events, statements, observations, measures: what the record and the measures hold.
        findings: document id to what does not agree in it.
        claims: every claim that was checked, with its verdict.
        unread: the sources that could not be read.
        abroad: a sentence on the documents in other languages, which nobody coded; empty where there are none.
        record_version: the version of the record that the brief was written from, as the record gives it.
        title: the brief's title; empty for one made from the states' names.
        issue_names, indicator_names: key to the name that readers know ("nuclear": "Nuclear questions").
        reviewed: ids of the events, statements and observations that a person has judged.
        confirmed: ids of the reports of second readers that a person accepted or corrected; what else they proposed is
            marked as a proposal. Measures and claims are made without those.
    """

    dyad: Dyad
    names: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    events: tuple[MergedEvent, ...] = ()
    statements: tuple[Statement, ...] = ()
    observations: tuple[Observation, ...] = ()
    measures: tuple[Measure, ...] = ()
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    record_version: str = ""
    title: str = ""
    issue_names: Mapping[str, str] = field(default_factory=dict)
    indicator_names: Mapping[str, str] = field(default_factory=dict)
    reviewed: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    abroad: str = ""

    def __post_init__(self) -> None:
        ids = [document.id for document in self.documents]
        if len(ids) != len(set(ids)):
            raise InvalidTerm("a brief's material holds the same document twice; give each document once")

    def name(self, code: str) -> str:
        """Return the name of a state or body for readers, or its code where no name was given."""
        return self.names.get(code, code)
