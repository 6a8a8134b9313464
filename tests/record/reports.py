"""Reports, documents and figures for this room's tests, made from a few words."""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from comity.terms import (
    Actor,
    Citation,
    Document,
    Event,
    EventDate,
    EventPlace,
    EventType,
    Observation,
    Passage,
    Period,
    Precision,
    Provenance,
    Quantity,
    Rank,
    Series,
    Stance,
    Statement,
    content_id,
    digest,
)

DATA = Path(__file__).parent / "data"


def document(name: str, *sentences: str, title: str = "") -> Document:
    """Return a document of one sentence a line."""
    text = "\n".join(sentences)
    file_digest = digest(text.encode())
    document_id = f"doc-{file_digest[:16]}"
    passages = []
    at = 0
    for number, sentence in enumerate(sentences, start=1):
        passages.append(Passage(f"{document_id}#p{number}", document_id, at, at + len(sentence), sentence))
        at += len(sentence) + 1
    return Document(
        document_id,
        name,
        "text/plain",
        file_digest,
        text,
        bibliography=Citation(type="report", title=title, issued=Period.of_day(2019, 5, 6)),
        passages=tuple(passages),
    )


def report(spec: Mapping[str, Any], *, number: int = 0) -> Event:
    """Return a report from a spec as in data/pairs.jsonl: "FRA Marie Leroux/foreign-minister", "2019-03-04/2019-03-06".

    After "|" an actor may have the words that name it in the text: "FRA Leroux/foreign-minister|the French minister".
    """
    text = spec.get("text") or "The two sides are said to have been in touch."
    source = spec["doc"]
    when = spec.get("date", "")
    actors = tuple(_actor(words) for words in spec["actors"])
    recipients = tuple(_actor(words) for words in spec.get("recipients", ()))
    return Event(
        id=content_id("event", json.dumps(dict(spec), sort_keys=True), number),
        source_id=source,
        type=EventType(spec["type"]),
        actors=actors,
        recipients=recipients,
        start=number * 1000,
        end=number * 1000 + len(text),
        text=text,
        modes=tuple(spec.get("modes", ())),
        symmetric=bool(spec.get("sym")),
        date=EventDate(period(when), "" if spec.get("inferred") else when) if when else None,
        place=_place(spec.get("place", "")),
        contexts=tuple(spec.get("contexts", ())),
        ordinal=spec.get("ordinal"),
        provenance=Provenance(source, "0" * 64, number * 1000, number * 1000 + len(text)),
    )


def visit(of: Document, guest: str, host: str, when: str, place: str, *, sentence: int = 0) -> Event:
    """Return the visit that a sentence of the document reports."""
    passage = of.passages[sentence]
    actors = (_actor(guest, passage),)
    return Event(
        id=content_id("event", of.id, passage.start, guest, host, when),
        source_id=of.id,
        type=EventType.CONSULT,
        actors=actors,
        recipients=(_actor(host, passage),),
        start=passage.start,
        end=passage.end,
        text=passage.text,
        modes=("visit",),
        date=EventDate(period(when), when),
        place=_place(place),
        confidence=0.9,
        provenance=Provenance(of.id, of.digest, passage.start, passage.end),
    )


def position(of: Document, holder: str, issue: str, stance: Stance, toward: str = "") -> Statement:
    """Return a position that the first sentence of the document reports."""
    passage = of.passages[0]
    return Statement(
        id=content_id("statement", of.id, holder, issue, stance.value),
        source_id=of.id,
        holder=_actor(holder, passage),
        issue=issue,
        stance=stance,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        toward=(_actor(toward, passage),) if toward else (),
        provenance=Provenance(of.id, of.digest, passage.start, passage.end),
    )


def figures(of: Document, reporter: str, partner: str, values: Mapping[int, str]) -> list[Observation]:
    """Return yearly exports in million US dollars, one cell each."""
    series = Series(content_id("series", reporter, partner, "exports"), reporter, partner, "exports", "USD")
    return [
        Observation(
            id=content_id("observation", of.id, series.id, year),
            series=series,
            period=Period.of_year(year),
            quantity=Quantity.printed(value, "USD", scale=1_000_000),
            provenance=Provenance(of.id, of.digest, table_id="t1", row=row, column=1),
        )
        for row, (year, value) in enumerate(values.items(), start=1)
    ]


def period(words: str) -> Period:
    """Return the period of "2019", "2019-03", "2019-03-04", or of two of them with "/" between."""
    ends = [_end(part) for part in words.split("/")]
    return ends[0] if len(ends) == 1 else Period.between(*ends)


def pairs() -> Sequence[dict[str, Any]]:
    """Return the labelled pairs of reports."""
    return [json.loads(line) for line in (DATA / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]


def told_pairs(half: str) -> Sequence[dict[str, Any]]:
    """Return the labelled pairs with their sentences: the "tuned" half, or the "unseen" one that no rule was made by.

    All pairs about one affair stand in one half, so no sentence is in both; the hash of the affair's name decides.
    """
    found = [json.loads(line) for line in (DATA / "told_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    return [pair for pair in found if half_of(pair["case"]) == half]


def half_of(case: str) -> str:
    """Return the half in which the pairs of this affair stand."""
    return "unseen" if int(digest(case.encode())[0], 16) % 2 else "tuned"


def million(value: str) -> Decimal:
    """Return so many millions."""
    return Decimal(value) * 1_000_000


def _end(words: str) -> Period:
    parts = [int(part) for part in words.split("-")]
    if len(parts) == 1:
        return Period.of_year(parts[0])
    if len(parts) == 2:
        last = calendar.monthrange(parts[0], parts[1])[1]
        return Period(date(parts[0], parts[1], 1), date(parts[0], parts[1], last), Precision.MONTH)
    return Period.of_day(*parts)


def _actor(words: str, passage: Passage | None = None) -> Actor:
    meant, _, told = words.partition("|")
    named, _, rank = meant.partition("/")
    code, _, person = named.strip().partition(" ")
    start = 0 if passage is None else passage.start
    mention = told or person or code if passage is None else passage.text[:3]
    return Actor(code, (), mention, start, start + len(mention), person=person, rank=Rank(rank) if rank else None)


def _place(words: str) -> EventPlace | None:
    code, _, city = words.partition(" ")
    return EventPlace(code, city or code, city) if code else None
