"""A fact as a row and back again, with nothing lost: the JSON of the term's own dataclass, read by pydantic.

The adapters are made when they are first needed: making the one for Document takes longer than opening a record.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from comity.terms import Decision, Document, Event, InvalidTerm, Observation, Passage, Period, Statement

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Row = dict[str, Any]
_T = TypeVar("_T")


def to_json(term: object, kind: Any) -> str:
    """Return the term as canonical JSON; text that is not Unicode (a lone surrogate) is refused with InvalidTerm."""
    from pydantic_core import PydanticSerializationError

    try:
        return _adapter(kind).dump_json(term).decode()
    except (PydanticSerializationError, UnicodeError) as error:
        raise InvalidTerm(
            f"{getattr(term, 'id', 'a term')} cannot be written down: {error}",
            remedy="Read its file again: the text holds characters that are no Unicode.",
        ) from error


def from_json(body: str, kind: type[_T]) -> _T:
    """Return the term that `to_json` wrote."""
    adapter: TypeAdapter[_T] = _adapter(cast("Any", kind))
    return adapter.validate_json(body)


def key_of(*parts: str) -> str:
    """Return the SHA-256 of the parts, each set apart from the next by its length."""
    sha = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        sha.update(f"{len(encoded)}:".encode())
        sha.update(encoded)
    return sha.hexdigest()


def document_row(document: Document) -> Row:
    """Return the row of a document. Its name is the source's affair: one document may lie under two names."""
    body = to_json(replace(document, name=""), Document)
    published = document.published
    return {
        "key": key_of("documents", body),
        "id": document.id,
        "document_id": document.id,
        "digest": document.digest,
        "title": document.bibliography.title,
        "published": None if published is None else published.isoformat(),
        "body": body,
    }


def passage_row(passage: Passage, position: int) -> Row:
    """Return the row of a passage, the `position`th of its document."""
    row: Row = {
        "id": passage.id,
        "document_id": passage.document_id,
        "position": position,
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind.value,
        "section": passage.section,
        "paragraph": passage.paragraph,
        "page": passage.page,
        "text": passage.text,
    }
    return {"key": key_of("passages", *(str(value) for value in row.values())), **row}


def event_row(event: Event) -> Row:
    """Return the row of one report of an event."""
    body = to_json(event, Event)
    starts, ends = _ends(None if event.date is None else event.date.period)
    return {
        "key": key_of("events", body),
        "id": event.id,
        "document_id": event.source_id,
        "type": event.type.value,
        "parties": " ".join(sorted(event.parties)),
        "starts": starts,
        "ends": ends,
        "body": body,
    }


def statement_row(statement: Statement) -> Row:
    """Return the row of a statement of position."""
    body = to_json(statement, Statement)
    return {
        "key": key_of("statements", body),
        "id": statement.id,
        "document_id": statement.source_id,
        "holder": statement.holder.code,
        "issue": statement.issue,
        "stance": statement.stance.value,
        "body": body,
    }


def observation_row(observation: Observation) -> Row:
    """Return the row of an observation, its series with it."""
    body = to_json(observation, Observation)
    starts, ends = _ends(observation.period)
    return {
        "key": key_of("observations", body),
        "id": observation.id,
        "document_id": observation.provenance.document_id,
        "series_id": observation.series.id,
        "reporter": observation.series.reporter,
        "partner": observation.series.partner,
        "indicator": observation.series.indicator,
        "starts": starts,
        "ends": ends,
        "body": body,
    }


def decision_row(decision: Decision, position: int) -> Row:
    """Return the row of a decision at its place in decisions.jsonl, counted from 0."""
    body = to_json(decision, Decision)
    return {
        "key": key_of("decisions", str(position), body),
        "position": position,
        "target": decision.target,
        "judgement": decision.judgement.value,
        "body": body,
    }


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _ends(period: Period | None) -> tuple[str | None, str | None]:
    if period is None:
        return None, None
    return (
        None if period.start is None else period.start.isoformat(),
        None if period.end is None else period.end.isoformat(),
    )
