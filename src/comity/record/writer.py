"""What a build may do to the record: store, retire, note, apply. One writer is one build and one transaction.

The law of this file: a row is added or its marks of retirement are set or taken back; nothing else is ever written
to a fact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from comity.record import rows, schema
from comity.record.judgements import weigh
from comity.terms import Decision, Document, Event, InvalidTerm, Observation, Statement

_LIVE = "read"
_UNREAD = "unread"


class Writer:
    """One build, from its first fact to its commit. `Record.writing` makes it."""

    def __init__(self, connection: Connection, *, comity_version: str, reader: str) -> None:
        self._connection = connection
        self._reader = reader
        last = connection.execute(select(func.max(schema.builds.c.number))).scalar()
        self.build: int = (last or 0) + 1
        connection.execute(
            insert(schema.builds),
            {
                "number": self.build,
                "started": _now(),
                "finished": "",
                "comity_version": comity_version,
                "inputs": "",
                "content": "",
            },
        )

    def known_sources(self) -> dict[str, str]:
        """Return name and digest of each source that this reader has read, or tried in vain to read.

        A source whose digest is still the same need not be read again.
        """
        sources = schema.sources
        found = self._connection.execute(
            select(sources.c.name, sources.c.digest)
            .where(sources.c.retired_in.is_(None), sources.c.reader == self._reader, sources.c.digest != "")
            .order_by(sources.c.name)
        )
        return {row.name: row.digest for row in found}

    def source_names(self) -> tuple[str, ...]:
        """Return the names of all live sources, whoever read them, sorted."""
        sources = schema.sources
        return tuple(
            self._connection.execute(
                select(sources.c.name).where(sources.c.retired_in.is_(None)).order_by(sources.c.name)
            ).scalars()
        )

    def store(
        self,
        document: Document,
        events: Iterable[Event] = (),
        statements: Iterable[Statement] = (),
        observations: Iterable[Observation] = (),
        *,
        source_name: str = "",
    ) -> None:
        """Make the record hold exactly this of the document: new facts added, those no longer found retired.

        Storing the same twice is storing it once. A document that comes back brings its own rows back.

        Args:
            document: whole; its name in the record is `source_name`, or its own.
            events: reports, each with the document's id as `source_id`; statements alike.
            statements: positions.
            observations: figures whose provenance is the document.
            source_name: the file's name within the sources.

        Raises:
            InvalidTerm: a fact of another document, or one id for two different facts. Nothing was written then.
        """
        facts = {
            schema.documents: [rows.document_row(document)],
            schema.passages: [rows.passage_row(passage, place) for place, passage in enumerate(document.passages)],
            schema.events: [rows.event_row(event) for event in events],
            schema.statements: [rows.statement_row(statement) for statement in statements],
            schema.observations: [rows.observation_row(observation) for observation in observations],
        }
        checked = {table: _one_each(table, document, found) for table, found in facts.items()}
        for table, wanted in checked.items():
            self._make_hold(table, document.id, wanted)
        self._note(source_name or document.name, document.digest, _LIVE, document_id=document.id)

    def retire(self, document_id: str) -> None:
        """Retire a document with all that it says, and its sources. Nothing is erased."""
        for table in schema.FACTS:
            self._make_hold(table, document_id, {})
        sources = schema.sources
        self._retire(
            sources,
            self._connection.execute(
                select(sources.c.key).where(sources.c.document_id == document_id, sources.c.retired_in.is_(None))
            ).scalars(),
        )

    def retire_source(self, name: str) -> None:
        """Retire the source of that name; its document too, unless the same bytes lie under another name."""
        sources = schema.sources
        live = self._connection.execute(
            select(sources.c.key, sources.c.document_id).where(sources.c.name == name, sources.c.retired_in.is_(None))
        ).all()
        self._retire(sources, [key for key, _ in live])
        for _, document_id in live:
            if document_id is not None:
                self._retire_unnamed(document_id)

    def note_unread(self, name: str, digest: str, reason: str) -> None:
        """Remember a file that could not be read, and why. `digest` is empty where not even its bytes could be had.

        What an earlier reading of that file had said is retired: the file no longer says it.
        """
        self._note(name, digest, _UNREAD, reason=reason)

    def apply(self, decisions: Sequence[Decision]) -> None:
        """Make the record's decisions exactly these, in their order; the stored facts stay as they are.

        Raises:
            RecordError: a correction of a field that cannot be corrected, or to a value that is none.
        """
        weigh(decisions)
        wanted = {row["key"]: row for row in (rows.decision_row(each, place) for place, each in enumerate(decisions))}
        self._settle(schema.decisions, None, wanted)

    def finish(self) -> None:
        """Seal the build: its end, the digest of its inputs, and the digest of everything that lives in the record."""
        self._connection.execute(
            update(schema.builds).where(schema.builds.c.number == self.build),
            {"finished": _now(), "inputs": self._inputs(), "content": self._content()},
        )

    def _inputs(self) -> str:
        sources = schema.sources
        live = self._connection.execute(
            select(sources.c.name, sources.c.digest, sources.c.state)
            .where(sources.c.retired_in.is_(None))
            .order_by(sources.c.name)
        )
        return rows.key_of(*(part for source in live for part in source))

    def _content(self) -> str:
        sha = hashlib.sha256(self._inputs().encode())
        # Passages are part of their documents' bodies.
        for table in (schema.documents, schema.events, schema.statements, schema.observations, schema.decisions):
            live = select(table.c.key).where(table.c.retired_in.is_(None)).order_by(table.c.key)
            sha.update(table.name.encode())
            for key in self._connection.execute(live).scalars():
                sha.update(key.encode())
        return sha.hexdigest()

    def _note(self, name: str, digest: str, state: str, *, reason: str = "", document_id: str | None = None) -> None:
        sources = schema.sources
        row = {
            "name": name,
            "digest": digest,
            "reader": self._reader,
            "state": state,
            "reason": reason,
            "document_id": document_id,
        }
        key = rows.key_of("sources", name, digest, self._reader, state, reason, document_id or "")
        before = self._connection.execute(
            select(sources.c.document_id).where(sources.c.name == name, sources.c.retired_in.is_(None))
        ).scalars()
        earlier = [each for each in before if each is not None and each != document_id]
        self._settle(sources, sources.c.name == name, {key: {"key": key, **row}})
        for each in earlier:
            self._retire_unnamed(each)

    def _retire_unnamed(self, document_id: str) -> None:
        sources = schema.sources
        named = self._connection.execute(
            select(sources.c.key).where(sources.c.document_id == document_id, sources.c.retired_in.is_(None)).limit(1)
        ).first()
        if named is None:
            self.retire(document_id)

    def _make_hold(self, table: Table, document_id: str, wanted: dict[str, rows.Row]) -> None:
        self._settle(table, table.c.document_id == document_id, wanted)

    def _settle(self, table: Table, scope: Any, wanted: dict[str, rows.Row]) -> None:
        """Within the scope, let exactly the wanted rows live: retire, bring back, add."""
        known = select(table.c.key, table.c.retired_in)
        there = self._connection.execute(known if scope is None else known.where(scope))
        standing: dict[str, int | None] = {row.key: row.retired_in for row in there}
        self._retire(table, [key for key, retired in standing.items() if retired is None and key not in wanted])
        self._restore(table, [key for key in wanted if standing.get(key) is not None])
        new = [{**row, "first_seen": self.build} for key, row in wanted.items() if key not in standing]
        if new:
            self._connection.execute(insert(table), new)

    def _retire(self, table: Table, keys: Iterable[str]) -> None:
        marked = [{"the_key": key} for key in keys]
        if not marked:
            return
        self._connection.execute(
            update(table)
            .where(table.c.key == bindparam("the_key"))
            .values(retired_in=self.build, last_seen=self.build - 1),
            marked,
        )
        self._connection.execute(
            insert(schema.retirements),
            [{"kind": table.name, "key": mark["the_key"], "retired_in": self.build} for mark in marked],
        )

    def _restore(self, table: Table, keys: Iterable[str]) -> None:
        marked = [{"the_key": key} for key in keys]
        if not marked:
            return
        self._connection.execute(
            update(table).where(table.c.key == bindparam("the_key")).values(retired_in=None, last_seen=None), marked
        )
        self._connection.execute(
            update(schema.retirements)
            .where(
                schema.retirements.c.kind == table.name,
                schema.retirements.c.key == bindparam("the_key"),
                schema.retirements.c.restored_in.is_(None),
            )
            .values(restored_in=self.build),
            marked,
        )


def _one_each(table: Table, document: Document, found: list[rows.Row]) -> dict[str, rows.Row]:
    by_key = {row["key"]: row for row in found}
    ids: set[str] = set()
    for row in by_key.values():
        if row["document_id"] != document.id:
            raise InvalidTerm(
                f"{row['id']} comes from {row['document_id']}, not from {document.id}: it cannot be stored with it"
            )
        if row["id"] in ids:
            raise InvalidTerm(f"two different {table.name} of {document.name or document.id} bear the id {row['id']}")
        ids.add(row["id"])
    return by_key


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
