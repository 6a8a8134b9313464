"""What the pages show: one state of the record, read once and kept until the record has another version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from comity.brief import Material
from comity.terms import Claim, Document, Dyad, Finding, MergedEvent, Observation, Statement

if TYPE_CHECKING:
    from comity.record import Ruling, SourceState, View

MaterialOf = Callable[["View"], Material]


@dataclass(frozen=True, slots=True)
class Holdings:
    """One state of the record, ready for the pages.

    Attributes:
        dyad: None where nobody said which states the record is about.
        names: code to name; a code without one is shown as it is.
        material: the brief's material, where the caller can make one; it carries findings and claims.
        rulings: what people decided, by the id of the act, position or figure.
        problems: the corrections of people that could not be made, in plain words.
        confirmed: ids of the second readers' reports that a person confirmed; their others are marked as proposals.
    """

    version: str
    documents: Mapping[str, Document]
    events: tuple[MergedEvent, ...]
    statements: tuple[Statement, ...]
    observations: tuple[Observation, ...]
    sources: tuple[SourceState, ...]
    names: Mapping[str, str]
    issue_names: Mapping[str, str] = field(default_factory=dict)
    indicator_names: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    dyad: Dyad | None = None
    material: Material | None = None
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    confirmed: frozenset[str] = frozenset()

    def event(self, event_id: str) -> MergedEvent | None:
        """Return an act by the id that it has now."""
        return next((one for one in self.events if one.id == event_id), None)

    def title(self, document_id: str) -> str:
        """Return a document's title, or its name, or its id."""
        document = self.documents.get(document_id)
        return document_id if document is None else document.bibliography.title or document.name or document_id


class Shelf:
    """Keeps the holdings of the record's newest version; several requests may ask at once."""

    def __init__(self, material_of: MaterialOf | None) -> None:
        self._material_of = material_of
        self._lock = Lock()
        self._last: Holdings | None = None

    def holdings(self, view: View) -> Holdings:
        """Return the holdings of the view's version, read anew only where the version has changed."""
        with self._lock:
            if self._last is None or self._last.version != view.version:
                self._last = _read(view, self._material_of)
            return self._last


def _read(view: View, material_of: MaterialOf | None) -> Holdings:
    documents = {document.id: document for document in view.documents()}
    events, statements, observations = view.events(), view.statements(), view.observations()
    ids = [one.id for group in (events, statements, observations) for one in group] if view.decisions() else []
    found = ((fact_id, view.ruling(fact_id)) for fact_id in ids)
    rulings = {fact_id: ruling for fact_id, ruling in found if ruling is not None}
    if material_of is None:
        return Holdings(
            view.version,
            documents,
            events,
            statements,
            observations,
            view.sources(),
            _names(events, statements, observations),
            rulings=rulings,
            problems=view.problems(),
            confirmed=view.confirmed(),
        )
    material = material_of(view)
    return Holdings(
        view.version,
        documents,
        events,
        statements,
        observations,
        view.sources(),
        material.names,
        material.issue_names,
        material.indicator_names,
        material.findings,
        material.claims,
        material.dyad,
        material,
        rulings,
        view.problems(),
        view.confirmed(),
    )


def _names(
    events: tuple[MergedEvent, ...], statements: tuple[Statement, ...], observations: tuple[Observation, ...]
) -> dict[str, str]:
    from comity.flow import state_name

    codes = {code for merged in events for code in merged.event.parties}
    codes |= {merged.event.place.code for merged in events if merged.event.place is not None}
    codes |= {actor.code for one in statements for actor in (one.holder, *one.toward)}
    codes |= {code for one in observations for code in (one.series.reporter, one.series.partner)}
    return {code: state_name(code) for code in sorted(codes)}
