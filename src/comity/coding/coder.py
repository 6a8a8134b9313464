"""From passages to events and statements: the sentence's acts with their dates, places, contexts and provenance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from comity.coding.analysis import analyse
from comity.coding.anaphora import resolved
from comity.coding.facts import LED, Source, delegates, events_of, statements_of
from comity.coding.licensing import licensed
from comity.coding.network import Told, network
from comity.coding.office_holders import OfficeHolders, publishing_state
from comity.coding.parties import Setting
from comity.coding.positions import may_voice, positions_of
from comity.coding.prose import Passages, in_english, prose_in, prose_of
from comity.coding.terms_of_office import in_office
from comity.coding.timing import dates_of
from comity.coding.told import HINT, acts_told
from comity.coding.units import Units, units_of
from comity.coding.verbs import lines
from comity.language import (
    Mention,
    MentionKind,
    People,
    Tokens,
    mentions_in,
    people_among,
)
from comity.terms import (
    Document,
    Event,
    EventDate,
    Statement,
    digest,
)

# Sentences that the network reads in one go where texts are short.
_TOGETHER = 256


@dataclass(frozen=True, slots=True)
class Coding:
    """What a document reports: events and statements of position, in the order of the text.

    Attributes:
        unread: how many sentences were left out because they are not in English, by their language's BCP 47 tag ("und"
            for a script that is not known), the most first.
    """

    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()


def code(document: Document, *, leaders: People | None = None) -> Coding:
    """Return the events and statements that the prose of a document reports.

    Headings, captions, tables, notes and references are not coded: `BlockKind.is_prose` decides. `leaders` are those to
    know; None are those of the own list.
    """
    source = Source(document.id, document.digest, document.published)
    publisher = publishing_state(document.bibliography)
    return _code(source, prose_in(document), leaders, title=document.bibliography.title, publisher=publisher)


def code_text(text: str, *, source_id: str, published: date | None = None, leaders: People | None = None) -> Coding:
    """Return the events and statements that a plain text reports; offsets count its characters.

    Args:
        text: running prose.
        source_id: id under which the facts are held; also their provenance.
        published: the day from which relative dates count.
        leaders: the leaders to know; None are those of the own list.
    """
    source = Source(source_id, digest(text.encode("utf-8", "surrogatepass")), published)
    return _code(source, prose_of(text), leaders, title="")


def code_texts(texts: Iterable[tuple[str, str, date | None]], *, leaders: People | None = None) -> Iterator[Coding]:
    """Yield the coding of each text, in order: `code_text` for many short texts, which the network reads together.

    Args:
        texts: for each text its source id, the text, and the day from which relative dates count.
        leaders: the leaders to know; None are those of the own list.
    """
    waiting: list[_Prepared] = []
    size = 0
    for source_id, text, published in texts:
        source = Source(source_id, digest(text.encode("utf-8", "surrogatepass")), published)
        prepared = _prepare(source, prose_of(text), leaders, title="")
        waiting.append(prepared)
        size += len(prepared.sentences)
        if size >= _TOGETHER:
            yield from _finish(waiting)
            waiting, size = [], 0
    yield from _finish(waiting)


def _code(source: Source, passages: Passages, leaders: People | None, *, title: str, publisher: str = "") -> Coding:
    (coding,) = _finish([_prepare(source, passages, leaders, title=title, publisher=publisher)])
    return coding


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A passage with the actors that are known in it; none where it is sport."""

    start: int
    tokens: Tokens
    mentions: list[Mention]
    units: Units


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A document whose actors are found; its acts are not read yet."""

    source: Source
    setting: Setting
    sentences: list[_Sentence]
    unread: tuple[tuple[str, int], ...]
    leaders: People | None


def _prepare(
    source: Source, passages: Passages, leaders: People | None, *, title: str, publisher: str = ""
) -> _Prepared:
    people = People()
    setting = Setting()
    counts: Counter[str] = Counter()
    read = []
    named: set[str] = set()
    english, unread = in_english(passages)
    for start, tokens in english:
        mentions = mentions_in(tokens, on=source.published, people=people, named=named, leaders=leaders)
        fresh = [m for m in mentions if m.person and m.code and people.named(m.person) is None]
        if fresh:
            people.learn(people_among(fresh))
        counts.update(m.code for m in mentions if m.kind is not MentionKind.GROUP and m.code)
        read.append((start, tokens, mentions))
    setting.focal = _focal(counts, title)
    known = []
    before: list[Mention] = []
    holders = OfficeHolders((mentions for _, _, mentions in read), publisher)
    for start, tokens, mentions in read:
        if mentions:
            mentions = licensed(tokens.text, mentions, setting)
        mentions = holders.resolved(tokens, resolved(tokens, mentions, before))
        if mentions and _is_sport(tokens):
            mentions = []
        before = mentions
        known.append(_Sentence(start, tokens, mentions, units_of(tokens, mentions)))
    return _Prepared(source, setting, known, unread, leaders)


def _finish(documents: list[_Prepared]) -> Iterator[Coding]:
    units = [sentence.units for document in documents for sentence in document.sentences]
    told = iter(network().read(units, HINT) if any(each.mentions for each in units) else [[]] * len(units))
    for document in documents:
        yield _coding(document, [next(told) for _ in document.sentences])


def _coding(document: _Prepared, told: list[list[Told] | None]) -> Coding:
    source, setting = document.source, document.setting
    events: list[Event] = []
    statements: list[Statement] = []
    for sentence, hints in zip(document.sentences, told, strict=True):
        start, tokens, mentions = sentence.start, sentence.tokens, sentence.mentions
        if not mentions:
            continue
        voiced = may_voice(tokens, mentions)
        if hints is not None and not hints and not voiced:
            continue
        analysis = analyse(tokens, mentions)
        positions = positions_of(analysis, setting) if voiced else []
        # Where the network sees no act at all the grammar's would be none: it was asked for positions alone.
        acts = acts_told(analysis, sentence.units, hints, setting, positions) if hints is None or hints else []
        if acts or positions:
            dates = dates_of(tokens.text, source.published)
            found = list(events_of(source, start, analysis, acts, dates))
            if events and LED.search(tokens.text):
                found = delegates(events, found, mentions, start)
            events.extend(found)
            statements.extend(statements_of(source, start, analysis, positions, acts, dates))
    dated = (in_office(event, document.leaders) for event in _dated_by_document(events))
    return Coding(tuple(dated), tuple(statements), document.unread)


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
