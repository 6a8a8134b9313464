"""From passages to events and statements: the sentence's acts with their dates, places, contexts and provenance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from comity.coding.acts import acts_of
from comity.coding.analysis import Analysis, analyse
from comity.coding.licensing import licensed
from comity.coding.matching import Act
from comity.coding.parties import (
    Setting,
)
from comity.coding.patterns import context_words
from comity.coding.positions import Position, positions_of
from comity.coding.subjects import subject_of
from comity.coding.timing import date_of, dates_of, respective
from comity.coding.verbs import lines
from comity.language import (
    DateMention,
    Mention,
    MentionKind,
    People,
    Tokens,
    find_ordinals,
    mentions_in,
    people_among,
    sentences,
    tokenise,
)
from comity.terms import (
    Actor,
    Document,
    Event,
    EventDate,
    EventPlace,
    EventType,
    Provenance,
    Statement,
    content_id,
    digest,
)

# A passage longer than this is no sentence; what it says in its first part is still read.
_LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Coding:
    """What a document reports: events and statements of position, in the order of the text."""

    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """What all facts of one document share."""

    id: str
    digest: str
    published: date | None


def code(document: Document) -> Coding:
    """Return the events and statements that the prose of a document reports.

    Headings, captions, tables, notes and references are not coded: `BlockKind.is_prose` decides.
    """
    source = _Source(document.id, document.digest, document.published)
    passages = [(passage.start, passage.text) for passage in document.passages if passage.kind.is_prose]
    return _code(source, passages, title=document.bibliography.title)


def code_text(text: str, *, source_id: str, published: date | None = None) -> Coding:
    """Return the events and statements that a plain text reports; offsets count its characters.

    Args:
        text: running prose.
        source_id: id under which the facts are held; also their provenance.
        published: the day from which relative dates count.
    """
    source = _Source(source_id, digest(text.encode("utf-8", "surrogatepass")), published)
    return _code(source, [(sentence.start, sentence.text) for sentence in sentences(text)], title="")


def _code(source: _Source, passages: list[tuple[int, str]], *, title: str) -> Coding:
    events: list[Event] = []
    statements: list[Statement] = []
    people = People()
    setting = Setting()
    counts: Counter[str] = Counter()
    read = []
    named: set[str] = set()
    for start, text in passages:
        text = text[:_LONGEST]
        tokens = tokenise(text)
        mentions = mentions_in(tokens, on=source.published, people=people, named=named)
        fresh = [m for m in mentions if m.person and m.code and people.named(m.person) is None]
        if fresh:
            people = people | people_among(fresh)
        counts.update(m.code for m in mentions if m.kind is not MentionKind.GROUP and m.code)
        read.append((start, tokens, mentions))
    setting.focal = _focal(counts, title)
    for start, tokens, mentions in read:
        if not mentions:
            setting.last_subject = []
            continue
        if _is_sport(tokens):
            setting.last_subject = []
            continue
        mentions = licensed(tokens.text, mentions, setting)
        analysis = analyse(tokens, mentions)
        acts = _without_doubles(acts_of(analysis, setting))
        positions = positions_of(analysis, setting)
        if acts or positions:
            dates = dates_of(tokens.text, source.published)
            found = list(_events(source, start, analysis, acts, dates))
            if events and _LED.search(tokens.text):
                found = _delegates(events, found, mentions, start)
            events.extend(found)
            statements.extend(_statements(source, start, analysis, positions, acts, dates))
        setting.last_subject = _main_subject(analysis, setting)
    return Coding(tuple(_dated_by_document(events)), tuple(statements))


def _dated_by_document(events: list[Event]) -> Iterator[Event]:
    """Give an undated visit the date that the document states for it.

    Licensed only where the same named person visits the same state and the document dates exactly one such visit.
    """
    dated: dict[tuple[str, str], set[EventDate]] = {}
    for event in events:
        if "visit" in event.modes and event.date is not None and event.recipients:
            for actor in event.actors:
                if actor.person:
                    dated.setdefault((actor.person, event.recipients[0].code), set()).add(event.date)
    for event in events:
        if "visit" in event.modes and event.date is None and event.recipients:
            known = {
                date
                for actor in event.actors
                for date in dated.get((actor.person, event.recipients[0].code), ())
                if actor.person
            }
            if len({date.period for date in known}) == 1:
                period = next(iter(known)).period
                event = replace(event, date=EventDate(period), confidence=round(event.confidence - 0.05, 2))
        yield event


@lru_cache(maxsize=1)
def _markers() -> tuple[frozenset[str], frozenset[str]]:
    found: dict[str, set[str]] = {"sport": set(), "politics": set()}
    for line in lines("not_politics.tsv"):
        kind, words = line.split("\t")
        found[kind].update(words.split())
    return frozenset(found["sport"]), frozenset(found["politics"])


# "the final" as a noun: not "in the final days".
_IN_THE_FINAL = re.compile(r"\bin the final(?: of| on| at| in| after| against| for| with|[.,;])")


def _is_sport(tokens: Tokens) -> bool:
    """Whether a sentence is about sport or shows, and nothing in it is politics."""
    sport, politics = _markers()
    words = set(tokens.low)
    if words.isdisjoint(sport):
        return "final" in words and _IN_THE_FINAL.search(tokens.text) is not None and words.isdisjoint(politics)
    return words.isdisjoint(politics)


def _focal(counts: Counter[str], title: str) -> tuple[str, ...]:
    """The two states that a document is about: those named most, where a third is clearly behind."""
    top = counts.most_common(3)
    if len(top) < 2 or (len(top) > 2 and top[2][1] * 2 > top[1][1]):
        return ()
    return (top[0][0], top[1][0])


def _main_subject(analysis: Analysis, setting: Setting) -> list[Mention]:
    for index, chunk in enumerate(analysis.chunks):
        if chunk.kind == "V" and chunk.finite:
            return subject_of(analysis.chunks, index, setting)
    return []


# --- events -----------------------------------------------------------------------------------------------------


def _without_doubles(acts: list[Act]) -> list[Act]:
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


def _events(
    source: _Source, base: int, analysis: Analysis, acts: list[Act], dates: list[DateMention]
) -> Iterator[Event]:
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
        )


_LED = re.compile(
    r"\b(?:delegation|side|team)\b.{0,30}?\b(?:led|headed) by\b|\bled the .{0,30}?\b(?:delegation|side|team)\b"
)


def _delegates(events: list[Event], found: list[Event], mentions: list[Mention], base: int) -> list[Event]:
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
    found: dict[str, None] = {}
    for index, word in enumerate(low):
        for context in table.get(word, ()):
            found[context] = None
        if index + 1 < len(low):
            for context in table.get(f"{word}_{low[index + 1]}", ()):
                found[context] = None
            if low[index + 1] == "-" and index + 2 < len(low):
                for context in table.get(f"{word}-{low[index + 2]}", ()):
                    found[context] = None
    return tuple(sorted(found))


def _place(act: Act, analysis: Analysis) -> EventPlace | None:
    mention = act.place
    if mention is None:
        begin = act.trigger.first
        for chunk in analysis.chunks:
            if (
                chunk.kind == "N"
                and chunk.prep in ("in", "at", "near", "outside")
                and chunk.first > begin - 12
                and chunk.first <= act.last
            ):
                inside = [
                    m
                    for m in chunk.mentions
                    if m.code and m.kind is MentionKind.STATE and m.form in ("capital", "city", "name", "metonym")
                ]
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


def _statements(
    source: _Source, base: int, analysis: Analysis, positions: list[Position], acts: list[Act], dates: list[DateMention]
) -> Iterator[Statement]:
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
