"""From acts and positions of one sentence to events and statements with dates, places, contexts and provenance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from comity.coding.analysis import Analysis, Chunk
from comity.coding.matching import Act
from comity.coding.patterns import context_words
from comity.coding.positions import Position
from comity.coding.timing import UNDERTAKEN, date_of, respective
from comity.language import DateMention, Mention, MentionKind, find_ordinals
from comity.terms import Actor, Event, EventDate, EventPlace, EventType, Provenance, Statement, content_id


@dataclass(frozen=True, slots=True)
class Source:
    """What all facts of one document share."""

    id: str
    digest: str
    published: date | None


# Words before the place where something is done.
_WHERE = frozenset("in at near outside inside off over around across within".split())
# "The Japanese delegation was led by X": X stands for Japan in the consultations told before.
LED = re.compile(
    r"\b(?:delegation|side|team)\b.{0,30}?\b(?:led|headed) by\b|\bled the .{0,30}?\b(?:delegation|side|team)\b"
)


def without_doubles(acts: list[Act]) -> list[Act]:
    """One act told twice in a sentence is one: same type, and the sides of one within those of the other."""
    kept: list[Act] = []
    for act in acts:
        if act.mode == "visit" and all(
            k.mode != "visit" or k.actors != act.actors or k.recipients != act.recipients for k in kept
        ):
            codes = {m.code for m in [*act.actors, *act.recipients]}
            met = next(
                (
                    k
                    for k in kept
                    if k.type is act.type and not k.mode and {m.code for m in [*k.actors, *k.recipients]} == codes
                ),
                None,
            )
            same = [
                k
                for k in kept
                if k.mode == "visit"
                and [m.code for m in k.actors] == [m.code for m in act.actors]
                and [m.code for m in k.recipients] == [m.code for m in act.recipients]
                and not _other_person(k, act)
            ]
            if met is not None:
                kept[kept.index(met)] = act
            elif not same:
                kept.append(act)
            continue
        codes = {m.code for m in [*act.actors, *act.recipients]}
        twin = next(
            (
                k
                for k in kept
                if k.type is act.type and ({m.code for m in [*k.actors, *k.recipients]} == codes or _covers(k, act))
            ),
            None,
        )
        if twin is None:
            kept.append(act)
        elif not twin.mode and act.mode and twin.type is EventType.CONSULT and act.mode == "visit":
            kept[kept.index(twin)] = act
    return kept


def _other_person(held: Act, act: Act) -> bool:
    """Whether two visits between the same states have other visitors."""
    first = {m.person for m in held.actors if m.person}
    second = {m.person for m in act.actors if m.person}
    return bool(first and second and not first & second)


def _covers(held: Act, act: Act) -> bool:
    if held.type in (EventType.CONSULT, EventType.AID):
        return False
    same_actor = {m.code for m in held.actors} == {m.code for m in act.actors}
    return same_actor and {m.code for m in act.recipients} <= {m.code for m in held.recipients}


def _actor(mention: Mention, base: int) -> Actor:
    return Actor(
        mention.code,
        tuple(s for s in mention.sectors if s),
        mention.text,
        base + mention.start,
        base + mention.end,
        mention.person,
        mention.office,
        mention.rank,
    )


def events_of(
    source: Source, base: int, analysis: Analysis, acts: list[Act], dates: list[DateMention]
) -> Iterator[Event]:
    """Yield the events of a sentence's acts; `base` is where the sentence begins in its document."""
    text = analysis.tokens.text
    turns = respective(acts, analysis, dates)
    contexts = _contexts(analysis)
    for number, act in enumerate(acts):
        when = EventDate(turns[number].period, turns[number].text) if number in turns and turns[number].period else None  # type: ignore[arg-type]
        when = when or date_of(act, analysis, dates, source.published)
        actors = tuple(_actor(m, base) for m in act.actors)
        recipients = tuple(_actor(m, base) for m in act.recipients)
        modes = (act.mode,) if act.mode else ()
        yield Event(
            id=content_id(
                "evt",
                source.id,
                base,
                base + len(text),
                act.type.value,
                act.trigger.first,
                [a.code for a in actors],
                [r.code for r in recipients],
            ),
            source_id=source.id,
            type=act.type,
            actors=actors,
            recipients=recipients,
            start=base,
            end=base + len(text),
            text=text,
            modes=modes,
            symmetric=act.symmetric,
            date=when,
            place=_place(act, analysis),
            contexts=contexts,
            confidence=round(act.confidence if when is not None else act.confidence - 0.03, 2),
            provenance=Provenance(source.id, source.digest, base, base + len(text)),
            ordinal=_ordinal(act, analysis),
            coder=act.coder,
        )


def delegates(events: list[Event], found: list[Event], mentions: list[Mention], base: int) -> list[Event]:
    """Persons who led the delegations to the consultations of the sentence before take part in that event.

    "The Japanese delegation was led by X, who had met Y in Islamabad": X and Y stand for their states in the
    consultations just reported; a meeting told in the same breath is the same occasion and takes its date.
    """
    last = events[-1]
    if last.type is not EventType.CONSULT or not last.symmetric or base - last.end > 4:
        return found
    persons: dict[str, Actor] = {}
    for mention in mentions:
        if mention.person and mention.code in last.parties:
            persons.setdefault(mention.code, _actor(mention, base))
    if not persons:
        return found
    events[-1] = replace(
        last, actors=tuple(persons.get(actor.code, actor) if not actor.person else actor for actor in last.actors)
    )
    result = []
    for event in found:
        same = event.type is EventType.CONSULT and event.parties == last.parties and event.date is None
        if same and (event.place is None or last.place is None or event.place.code == last.place.code):
            event = replace(
                event,
                actors=(*event.actors, *event.recipients),
                recipients=(),
                modes=last.modes,
                symmetric=True,
                date=last.date and EventDate(last.date.period),
                place=event.place or last.place,
                ordinal=last.ordinal,
            )
        result.append(event)
    return result


def _contexts(analysis: Analysis) -> tuple[str, ...]:
    table = context_words()
    low = analysis.tokens.low
    found: set[str] = set()
    for index in [place for place, word in enumerate(low) if word in table]:
        for following, contexts in table[low[index]]:
            if tuple(low[index + 1 : index + 1 + len(following)]) == following:
                found.update(contexts)
    return tuple(sorted(found))


def _content_between(analysis: Analysis, act: Act, chunk: Chunk) -> bool:
    """Whether a verb or "for" stands between an act's verb and a phrase: "agreed to meet in Muscat", "invited X for talks in Muscat"."""
    return (
        any(
            (each.kind == "V" and (each.infinitive or each.shape == "ing")) or each.prep in ("for", "of", "to")
            for each in analysis.chunks
            if act.trigger.last < each.first < chunk.first
        )
        or act.trigger.modal in ("will", "would")
        or act.trigger.shape == "adjective"
    )


def _place(act: Act, analysis: Analysis) -> EventPlace | None:
    mention = act.place
    if mention is None:
        begin = act.trigger.first
        for chunk in analysis.chunks:
            if chunk.kind == "N" and chunk.prep in _WHERE and chunk.first > begin - 12 and chunk.first <= act.last:
                inside = [
                    m
                    for m in chunk.mentions
                    if m.code and m.kind is MentionKind.STATE and m.form in ("capital", "city", "name", "metonym")
                ]
                if act.type in UNDERTAKEN and _content_between(analysis, act, chunk):
                    continue  # where it will be done, not where it was promised
                if act.type is not EventType.CONSULT:
                    inside = [m for m in inside if chunk.prep != "at" or m not in act.recipients]
                if inside:
                    mention = inside[0]
                    break
    if (
        mention is None
        or mention.kind is not MentionKind.STATE
        or mention.form not in ("capital", "city", "name", "metonym")
    ):
        return None
    return EventPlace(mention.code, mention.text, mention.text if mention.form in ("capital", "city") else "")


def _ordinal(act: Act, analysis: Analysis) -> int | None:
    """The round that the noun phrases around the trigger count ("the Third ... Consultations")."""
    if act.type is not EventType.CONSULT:
        return None
    tokens = analysis.tokens
    for index, chunk in enumerate(analysis.chunks):
        near = abs(index - act.order) <= 4
        if (
            near
            and chunk.kind == "N"
            and set(chunk.words)
            & {"consultations", "meeting", "talks", "round", "summit", "dialogue", "session", "conference", "visit"}
        ):
            words = tokens.text[tokens.starts[chunk.first] : tokens.ends[chunk.last]]
            for found in find_ordinals(words):
                return found.value
    return None


def statements_of(
    source: Source, base: int, analysis: Analysis, positions: list[Position], acts: list[Act], dates: list[DateMention]
) -> Iterator[Statement]:
    """Yield the statements of a sentence's positions; `base` is where the sentence begins in its document."""
    tokens = analysis.tokens
    text = tokens.text
    for position in positions:
        first, last = position.about
        about = text[tokens.starts[first] : tokens.ends[last]]
        yield Statement(
            id=content_id(
                "pos", source.id, base, position.first, position.holder.code, position.issue, position.stance.value
            ),
            source_id=source.id,
            holder=_actor(position.holder, base),
            issue=position.issue,
            stance=position.stance,
            start=base,
            end=base + len(text),
            text=text,
            about=about,
            toward=tuple(_actor(m, base) for m in position.toward),
            strength=position.strength,
            date=_statement_date(position, analysis, dates),
            confidence=position.confidence,
            provenance=Provenance(source.id, source.digest, base, base + len(text)),
        )


def _statement_date(position: Position, analysis: Analysis, dates: list[DateMention]) -> EventDate | None:
    """A date before what the position is about; a date within it belongs to its object."""
    place = analysis.tokens.starts[position.about[0]]
    for mention in dates:
        if mention.end <= place and mention.period is not None:
            return EventDate(mention.period, mention.text)
    return None
