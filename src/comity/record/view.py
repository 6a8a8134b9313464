"""The record as readers see it: one state of it, read-only, with people's decisions applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select

from comity.record import schema
from comity.record.corrections import corrected_observation, corrected_statement
from comity.record.judgements import Docket, Ruling, weigh
from comity.record.rows import from_json
from comity.record.search import Hit, search
from comity.record.standing import Acts, Judged, judged
from comity.record.store import Store
from comity.terms import (
    BlockKind,
    Decision,
    Document,
    Dyad,
    Event,
    EventType,
    MergedEvent,
    Observation,
    Passage,
    Series,
    Statement,
)

# Rows that are fetched at once; a document's may weigh megabytes.
_FEW = 16

_Term = TypeVar("_Term", Event, Statement, Observation)


@dataclass(frozen=True, slots=True)
class SourceState:
    """A file of the sources as the last build found it.

    Attributes:
        reason: why it could not be read; empty for a file that was.
        document_id: what it became; None where it could not be read.
        first_seen: the build that first found it with these bytes.
    """

    name: str
    digest: str
    reason: str
    document_id: str | None
    reader: str
    first_seen: int

    @property
    def is_read(self) -> bool:
        """Whether the file became a document."""
        return self.document_id is not None


@dataclass(frozen=True, slots=True)
class Build:
    """One build: its number, when it ran (ISO 8601, UTC), who made it, and the digests of what went in and came out."""

    number: int
    started: str
    finished: str
    comity_version: str
    inputs: str
    content: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much lives in the record."""

    documents: int
    unread: int
    passages: int
    reports: int
    events: int
    statements: int
    observations: int
    series: int
    decisions: int


class View:
    """One state of the record, as it stood when the view was opened. `Record.view` makes it; close it after use.

    Reports that people rejected are left out, corrected ones stand corrected, joined and parted ones as they said;
    `ruling` tells what was decided. The stored rows are as the sources say.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Connection = store.connect_for_reading()

    def __enter__(self) -> View:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the record."""
        self._connection.close()

    @cached_property
    def version(self) -> str:
        """A digest of all live facts and decisions: the same sources in any order have the same version."""
        builds = schema.builds
        last = self._rows(select(builds.c.content).order_by(builds.c.number.desc()).limit(1))
        return str(last[0][0]) if last else ""

    # Sources and documents

    @cached_property
    def _sources(self) -> tuple[SourceState, ...]:
        table = schema.sources
        found = self._rows(
            select(
                table.c.name, table.c.digest, table.c.reason, table.c.document_id, table.c.reader, table.c.first_seen
            )
            .where(table.c.retired_in.is_(None))
            .order_by(table.c.name)
        )
        return tuple(SourceState(*row) for row in found)

    def sources(self) -> tuple[SourceState, ...]:
        """Return every file that the last build found, read or not, by name."""
        return self._sources

    def unread(self) -> tuple[SourceState, ...]:
        """Return the files that could not be read, with the reason."""
        return tuple(source for source in self._sources if not source.is_read)

    def names(self, document_id: str) -> tuple[str, ...]:
        """Return the names of the files that are this document, sorted; equal files are one document."""
        return tuple(source.name for source in self._sources if source.document_id == document_id)

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        bodies = self._bodies(schema.documents)
        found = (from_json(body, Document) for body in bodies)
        named = (replace(document, name=next(iter(self.names(document.id)), "")) for document in found)
        return tuple(sorted(named, key=lambda document: (document.name, document.id)))

    def documents(self) -> tuple[Document, ...]:
        """Return all documents whole, by name."""
        return self._documents

    def languages(self) -> Counter[str]:
        """Return how many documents there are of each main language, by its BCP 47 tag; one document at a time is read."""
        return Counter(from_json(body, Document).language for body in self._bodies(schema.documents))

    def document(self, document_id: str) -> Document | None:
        """Return a document by its id or by the name of a file; None where the record has none."""
        wanted = next((each.document_id for each in self._sources if each.name == document_id), None) or document_id
        table = schema.documents
        found = self._rows(select(table.c.body).where(table.c.id == wanted, table.c.retired_in.is_(None)))
        if not found:
            return None
        return replace(from_json(found[0][0], Document), name=next(iter(self.names(wanted)), ""))

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """Return the passages of a document in reading order, without reading the whole document."""
        table = schema.passages
        return self._passages(table.c.document_id == document_id)

    def passage(self, passage_id: str) -> Passage | None:
        """Return one passage; None where the record has none of that id."""
        return next(iter(self._passages(schema.passages.c.id == passage_id)), None)

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        """Return the passages that hold all the words, the best first.

        Words in double quotes are a phrase; a word that ends in `*` may go on. Case, accents and English endings
        do not count. Any text may be given; none of it is syntax.
        """
        with self._store.troubles():
            return search(self._connection, words, limit)

    # Facts

    def events(
        self,
        dyad: Dyad | None = None,
        type: EventType | str | None = None,  # noqa: A002 (the term's own word)
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[MergedEvent, ...]:
        """Return the acts, sorted by date, then id; undated acts last, and left out where days are asked for.

        Args:
            dyad: acts in which both states take part.
            type: acts of one PLOVER type.
            since: acts that touch this day or a later one.
            until: acts that touch this day or an earlier one.
        """
        return tuple(each for each in self._acts.merged if _asked_for(each.event, dyad, type, since, until))

    def event(self, event_id: str) -> MergedEvent | None:
        """Return an act by its id, by a report's id, or by an id that it had before a fuller report came."""
        return self._acts.named(event_id)

    def reports(self) -> tuple[Event, ...]:
        """Return all reports that count, corrected where people corrected them, by document and place."""
        return tuple(
            sorted(
                self._acts.reports.values(), key=lambda report: (report.source_id, report.start, report.end, report.id)
            )
        )

    def statements(
        self, dyad: Dyad | None = None, issue: str | None = None, holder: str | None = None
    ) -> tuple[Statement, ...]:
        """Return the statements of position, by issue, holder, document and place.

        Args:
            dyad: statements of one of the two states; toward the other, where anyone is named.
            issue: key of one issue.
            holder: code of who holds the position.
        """
        found = (
            each
            for each in self._statements.standing
            if (issue is None or each.issue == issue)
            and (holder is None or each.holder.code == holder)
            and (dyad is None or _between(each, dyad))
        )
        return tuple(
            sorted(found, key=lambda each: (each.issue, each.holder.code, each.source_id, each.start, each.id))
        )

    def observations(
        self,
        indicator: str | None = None,
        dyad: Dyad | None = None,
        reporter: str | None = None,
        series_id: str | None = None,
    ) -> tuple[Observation, ...]:
        """Return the figures, by series, period, document and place in it."""
        found = (
            each
            for each in self._observations.standing
            if (indicator is None or each.series.indicator == indicator)
            and (reporter is None or each.series.reporter == reporter)
            and (series_id is None or each.series.id == series_id)
            and (dyad is None or {each.series.reporter, each.series.partner} == dyad.codes)
        )
        return tuple(sorted(found, key=_by_series))

    def series(self, dyad: Dyad | None = None) -> tuple[Series, ...]:
        """Return the series that have at least one figure, by reporter, partner, indicator and id."""
        distinct = {each.series.id: each.series for each in self.observations(dyad=dyad)}
        return tuple(sorted(distinct.values(), key=lambda each: (each.reporter, each.partner, each.indicator, each.id)))

    # Decisions

    @cached_property
    def _decisions(self) -> tuple[Decision, ...]:
        table = schema.decisions
        found = self._rows(select(table.c.body).where(table.c.retired_in.is_(None)).order_by(table.c.position))
        return tuple(from_json(body, Decision) for (body,) in found)

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision in its order, taken back or not."""
        return self._decisions

    def ruling(self, fact_id: str) -> Ruling | None:
        """Return what people decided on an act, a report, a statement, an observation or a finding; None for nothing.

        For an act, a ruling on one of its reports stands where there is none on the act itself.
        """
        return self._docket.rulings.get(fact_id) or self._acts.ruling(fact_id)

    def confirmed(self) -> frozenset[str]:
        """Return the ids of the reports of second readers that a person confirmed: accepted or corrected.

        Their other reports are proposals, and stand behind no measure and no check.
        """
        return self._acts.confirmed

    def rejected(self) -> tuple[Event | Statement | Observation, ...]:
        """Return what people rejected, as the sources say it, by id."""
        gone: list[Event | Statement | Observation] = [
            *self._acts.rejected,
            *self._statements.rejected,
            *self._observations.rejected,
        ]
        return tuple(sorted(gone, key=lambda each: each.id))

    def problems(self) -> tuple[str, ...]:
        """Return the corrections that could not be made, in plain words: what they would yield is no valid term."""
        return tuple(sorted({*self._acts.problems, *self._statements.problems, *self._observations.problems}))

    # The record itself

    def builds(self) -> tuple[Build, ...]:
        """Return all builds, the first first."""
        table = schema.builds
        return tuple(
            Build(*row)
            for row in self._rows(
                select(
                    table.c.number,
                    table.c.started,
                    table.c.finished,
                    table.c.comity_version,
                    table.c.inputs,
                    table.c.content,
                ).order_by(table.c.number)
            )
        )

    def counts(self) -> Counts:
        """Return how much lives in the record."""
        return Counts(
            documents=self._count(schema.documents),
            unread=len(self.unread()),
            passages=self._count(schema.passages),
            reports=len(self._acts.reports),
            events=len(self._acts.merged),
            statements=len(self._statements.standing),
            observations=len(self._observations.standing),
            series=len(self.series()),
            decisions=len(self._decisions),
        )

    # How decisions meet facts

    @cached_property
    def _docket(self) -> Docket:
        return weigh(self._decisions)

    @cached_property
    def _acts(self) -> Acts:
        return Acts(self._all(schema.events, Event), self._docket)

    @cached_property
    def _statements(self) -> Judged[Statement]:
        return judged(self._all(schema.statements, Statement), self._docket, corrected_statement)

    @cached_property
    def _observations(self) -> Judged[Observation]:
        return judged(self._all(schema.observations, Observation), self._docket, corrected_observation)

    # Reading

    def _all(self, table: Table, kind: type[_Term]) -> tuple[_Term, ...]:
        return tuple(from_json(body, kind) for body in self._bodies(table))

    def _bodies(self, table: Table) -> Iterator[str]:
        """Yield the bodies of the live rows, a few rows at a time: all of them together weigh as much as the record."""
        live = select(table.c.body).where(table.c.retired_in.is_(None)).order_by(table.c.document_id, table.c.id)
        with self._store.troubles():
            for (body,) in self._connection.execute(live.execution_options(yield_per=_FEW)):
                yield body

    def _passages(self, where: Any) -> tuple[Passage, ...]:
        table = schema.passages
        found = self._rows(
            select(
                table.c.id,
                table.c.document_id,
                table.c.start,
                table.c.end,
                table.c.text,
                table.c.kind,
                table.c.section,
                table.c.paragraph,
                table.c.page,
            )
            .where(where, table.c.retired_in.is_(None))
            .order_by(table.c.position)
        )
        return tuple(
            Passage(passage_id, document_id, start, end, words, BlockKind(kind), section, paragraph, page)
            for passage_id, document_id, start, end, words, kind, section, paragraph, page in found
        )

    def _count(self, table: Table) -> int:
        return int(self._rows(select(func.count()).select_from(table).where(table.c.retired_in.is_(None)))[0][0])

    def _rows(self, query: Any) -> list[Any]:
        with self._store.troubles():
            return list(self._connection.execute(query))


def _asked_for(
    event: Event, dyad: Dyad | None, kind: EventType | str | None, since: date | None, until: date | None
) -> bool:
    if dyad is not None and not dyad.codes <= event.parties:
        return False
    if kind is not None and event.type.value != kind:
        return False
    if since is None and until is None:
        return True
    if event.date is None:
        return False
    period = event.date.period
    return (since is None or period.end is None or period.end >= since) and (
        until is None or period.start is None or period.start <= until
    )


def _between(statement: Statement, dyad: Dyad) -> bool:
    if statement.holder.code not in dyad.codes:
        return False
    toward = {actor.code for actor in statement.toward}
    return not toward or dyad.other(statement.holder.code) in toward


def _by_series(observation: Observation) -> tuple[Any, ...]:
    series, place = observation.series, observation.provenance
    return (
        series.reporter,
        series.partner,
        series.indicator,
        series.id,
        observation.period.sort_key,
        place.document_id,
        place.table_id,
        -1 if place.row is None else place.row,
        -1 if place.column is None else place.column,
        observation.id,
    )
