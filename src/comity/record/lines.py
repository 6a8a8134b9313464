"""Facts as lines: the dictionaries that become JSON lines, the same in `comity code`, exports and the JSON API.

`event_line` is the contract of `comity code` (DESIGN.md, "Contracts that do not change without an ADR"). The others
are documented in docs/rooms/record.md. Nothing here opens a record.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from comity.terms import (
    Actor,
    Disagreement,
    Document,
    Event,
    EventDate,
    EventPlace,
    MergedEvent,
    Observation,
    Source,
    Statement,
)

if TYPE_CHECKING:
    from comity.record.judgements import Ruling

Line = dict[str, Any]


def event_line(event: Event) -> Line:
    """Return the line of one report of an event, with the contract's keys in the contract's order."""
    return {
        "id": event.id,
        "source_id": event.source_id,
        "type": event.type.value,
        "modes": list(event.modes),
        "actors": [_actor_line(actor) for actor in event.actors],
        "recipients": [_actor_line(actor) for actor in event.recipients],
        "symmetric": event.symmetric,
        "date": _date_line(event.date),
        "place": _place_line(event.place),
        "contexts": list(event.contexts),
        "quad": int(event.quad),
        "scale": event.scale,
        "confidence": event.confidence,
        "start": event.start,
        "end": event.end,
        "text": event.text,
        "coder": event.coder,
    }


def merged_event_line(merged: MergedEvent, ruling: Ruling | None = None) -> Line:
    """Return the line of an act: its fullest report's line under the act's id, and what its sources and people say.

    `coder` is who proposed that report; `reports` holds one short entry for each report, `sources` the ids of their documents, `disagreements` what they
    differ about, `joining` how sure it is that they tell of one act, `decision` what people decided, or null.
    """
    return {
        **event_line(merged.event),
        "id": merged.id,
        "confidence": merged.confidence,
        "reports": [
            {
                "id": report.id,
                "source_id": report.source_id,
                "start": report.start,
                "end": report.end,
                "text": report.text,
                "date": _date_line(report.date),
                "coder": report.coder,
            }
            for report in merged.reports
        ],
        "sources": list(merged.source_ids),
        "disagreements": [_disagreement_line(each) for each in merged.disagreements],
        "joining": merged.joining,
        "decision": decision_line(ruling),
    }


def statement_line(statement: Statement, ruling: Ruling | None = None) -> Line:
    """Return the line of a statement of position."""
    return {
        "id": statement.id,
        "source_id": statement.source_id,
        "holder": _actor_line(statement.holder),
        "issue": statement.issue,
        "stance": statement.stance.value,
        "direction": statement.stance.direction,
        "about": statement.about,
        "toward": [_actor_line(actor) for actor in statement.toward],
        "strength": statement.strength,
        "date": _date_line(statement.date),
        "confidence": statement.confidence,
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "decision": decision_line(ruling),
    }


def observation_line(observation: Observation, ruling: Ruling | None = None) -> Line:
    """Return the line of an observation.

    `number` and `scale` are the printed figure, exact, as text; `value`, `low` and `high` are numbers in whole units,
    the last two the interval that the printed digits allow.
    """
    series, quantity, place = observation.series, observation.quantity, observation.provenance
    return {
        "id": observation.id,
        "source_id": place.document_id,
        "series_id": series.id,
        "reporter": series.reporter,
        "partner": series.partner,
        "indicator": series.indicator,
        "flow": series.flow,
        "product": series.product,
        "unit": series.unit,
        "valuation": series.valuation.value,
        "base_year": series.base_year,
        "period": {
            "start": _day(observation.period.start),
            "end": _day(observation.period.end),
            "precision": observation.period.precision.value,
            "label": observation.period.label,
        },
        "number": str(quantity.number),
        "scale": str(quantity.scale),
        "value": _number(quantity.value),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "approximate": quantity.approximate,
        "text": quantity.text,
        "status": observation.status.value,
        "remark": observation.remark,
        "source": _source_line(place.source if place.source != Source() else series.source),
        "processing": place.processing.value,
        "digest": place.digest,
        "table_id": place.table_id,
        "row": place.row,
        "column": place.column,
        "start": place.start,
        "end": place.end,
        "decision": decision_line(ruling),
    }


def document_line(document: Document, names: tuple[str, ...] = ()) -> Line:
    """Return the line of a document: its item of CSL-JSON, with the files and the digest that it was read from."""
    return {
        **document.bibliography.to_csl(document.id),
        "files": list(names or (document.name,)),
        "digest": document.digest,
        "media_type": document.media_type,
        "language": document.language,
    }


def decision_line(ruling: Ruling | None) -> Line | None:
    """Return what people decided on a target, with who, when and why of the last word; None where nobody did."""
    if ruling is None or not ruling.decisions:
        return None
    last = ruling.decisions[-1]
    return {
        "judgement": ruling.judgement.value,
        "changes": dict(ruling.changes),
        "user": last.user,
        "at": last.at.isoformat(),
        "reason": last.reason,
    }


def _actor_line(actor: Actor) -> Line:
    return {
        "code": actor.code,
        "sectors": list(actor.sectors),
        "text": actor.text,
        "start": actor.start,
        "end": actor.end,
    }


def _date_line(date: EventDate | None) -> Line | None:
    if date is None:
        return None
    return {
        "start": _day(date.period.start),
        "end": _day(date.period.end),
        "precision": date.period.precision.value,
        "text": date.text,
    }


def _place_line(place: EventPlace | None) -> Line | None:
    return None if place is None else {"code": place.code, "text": place.text}


def _disagreement_line(disagreement: Disagreement) -> Line:
    return {
        "feature": disagreement.feature,
        "readings": [{"value": value, "reports": list(reports)} for value, reports in disagreement.readings],
    }


def _source_line(source: Source) -> Line:
    return {
        "producer": source.producer,
        "title": source.title,
        "citation": source.citation,
        "url": source.url,
        "licence": source.licence,
        "vintage": source.vintage,
        "accessed": _day(source.accessed),
    }


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
