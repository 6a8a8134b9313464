"""What a second reader proposes, held against the passage: only what stands there verbatim, in valid codes, counts.

A second reader is a language model somewhere else; what it answers is not believed. Its quotation must stand in the
passage word for word; each party, date and place must be words of the passage; and where Comity itself reads those
words, it must read the same state and the same days. One wrong code refuses the whole proposal: an event that was put
right by guessing would be nobody's. What passes is marked with its coder and a low confidence.

Nothing here opens a connection: questions.py words what is asked, flow/ asks, this module judges the answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from comity import states
from comity.coding.questions import Question
from comity.language import Mention, MentionKind, find_dates
from comity.terms import (
    CONTEXTS,
    NON_STATE_CODES,
    SECTORS,
    Actor,
    ComityError,
    Event,
    EventDate,
    EventPlace,
    EventType,
    Passage,
    Provenance,
    content_id,
)

# Stated, not estimated: below the half from which an event may stand against an author's claim.
CONFIDENCE = 0.3
_MOST_PROPOSALS = 10
_MOST_PARTIES = 20
_SHORTEST_QUOTATION = 3  # words

# Types whose acts two sides can do together, so that all parties are actors.
_MUTUAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.COOPERATE, EventType.ASSAULT})
_NEEDS_RECIPIENT = frozenset({EventType.CONSULT, EventType.COOPERATE, EventType.AID, EventType.SANCTION})
# Codes of which only the kind is told; there is no name to hold them against.
_KINDS_OF_ACTOR = NON_STATE_CODES - {"UNO", "EUR"}


class Refusal(StrEnum):
    """Why an answer, or one proposal in it, does not count."""

    ANSWER = "the answer is not the JSON that was asked for"
    SHAPE = "a proposal has not the fields that were asked for"
    QUOTATION = "the quotation does not stand in the passage, or names no party"
    TYPE = "there is no such type or mode"
    CODE = "there is no such context or sector"
    PARTY = "a party is not what the passage names"
    SIDES = "the sides do not fit the type"
    DATE = "the date is not what the passage says"
    PLACE = "the place is not what the passage says"
    REPEATED = "the event is coded already"


@dataclass(frozen=True, slots=True)
class Proposals:
    """What of one answer counts, and why the rest does not, in the order of the answer."""

    events: tuple[Event, ...] = ()
    refused: tuple[Refusal, ...] = ()


def proposals(answer: str, question: Question, *, model: str, coded: Sequence[Event] = ()) -> Proposals:
    """Return the events of an answer that count; never raises, whatever the answer is.

    Args:
        answer: what the model said: JSON as `INSTRUCTIONS` asks for, perhaps in one code fence.
        question: what it was asked.
        model: its name; the events' `coder` is "second-reader:" and this.
        coded: the events that the document is known to report already; what repeats one of them adds nothing.
    """
    found: list[Event] = []
    refused: list[Refusal] = []
    try:
        given = json.loads(_unfenced(answer))
    except (ValueError, RecursionError):
        return Proposals((), (Refusal.ANSWER,))
    listed = given.get("events") if isinstance(given, dict) else None
    if not isinstance(listed, list):
        return Proposals((), (Refusal.ANSWER,))
    for item in listed[:_MOST_PROPOSALS]:
        try:
            event = _Proposal(question, item).event(model)
            if any(_repeats(event, other, question.passage) for other in (*coded, *found)):
                raise _Refused(Refusal.REPEATED)
        except _Refused as error:
            refused.append(error.refusal)
        except ComityError:  # a law of the event's own type
            refused.append(Refusal.SHAPE)
        else:
            found.append(event)
    refused.extend(Refusal.SHAPE for _ in listed[_MOST_PROPOSALS:])
    return Proposals(tuple(found), tuple(refused))


class _Refused(ComityError):
    """One proposal does not count."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class _Proposal:
    """One proposal while it is judged."""

    def __init__(self, question: Question, item: object) -> None:
        if not isinstance(item, dict):
            raise _Refused(Refusal.SHAPE)
        self.question = question
        self.text = question.passage.text
        self.item: dict[str, Any] = item
        self.span = self._quotation()

    def event(self, model: str) -> Event:
        """Return the event, or raise _Refused at the first thing that is wrong."""
        kind, modes = self._type()
        contexts = self._codes("contexts", CONTEXTS)
        actors, recipients = self._party_list("actors"), self._party_list("recipients")
        symmetric = self.item.get("symmetric", False)
        if not isinstance(symmetric, bool):
            raise _Refused(Refusal.SHAPE)
        self._check_sides(kind, modes, actors, recipients, symmetric=symmetric)
        when, place = self._date(), self._place()
        source, base = self.question, self.question.passage.start
        start, end = base + self.span[0], base + self.span[1]
        coder = f"second-reader:{model}"
        return Event(
            # Another prefix than the rules' "evt": a report's id tells its reader wherever only ids are shown.
            id=content_id(
                "prop",
                source.document_id,
                start,
                end,
                kind.value,
                [actor.code for actor in actors],
                [recipient.code for recipient in recipients],
                coder,
            ),
            source_id=source.document_id,
            type=kind,
            actors=actors,
            recipients=recipients,
            start=start,
            end=end,
            text=self.text[self.span[0] : self.span[1]],
            modes=modes,
            symmetric=symmetric,
            date=when,
            place=place,
            contexts=contexts,
            confidence=CONFIDENCE,
            provenance=Provenance(source.document_id, source.digest, start, end),
            coder=coder,
        )

    def _quotation(self) -> tuple[int, int]:
        quotation = self.item.get("quotation")
        if not isinstance(quotation, str) or len(re.findall(r"\w+", quotation)) < _SHORTEST_QUOTATION:
            raise _Refused(Refusal.QUOTATION)
        quotation = quotation.strip()
        span = next(_places(self.text, quotation), None)
        if span is None:
            raise _Refused(Refusal.QUOTATION)
        return span

    def _words(self, words: object, refusal: Refusal) -> tuple[int, int]:
        """Return where the words stand: in the quotation if they can, else elsewhere in the passage."""
        if not isinstance(words, str) or not any(character.isalnum() for character in words):
            raise _Refused(refusal)
        found: tuple[int, int] | None = None
        for place in _places(self.text, words.strip()):
            if self.span[0] <= place[0] and place[1] <= self.span[1]:
                return place
            found = found or place
        if found is None:
            raise _Refused(refusal)
        return found

    def _type(self) -> tuple[EventType, tuple[str, ...]]:
        name = self.item.get("type")
        if not isinstance(name, str) or name not in EventType.__members__:
            raise _Refused(Refusal.TYPE)
        kind = EventType(name)
        modes = self._list("modes")
        if len(modes) > 1 or any(not isinstance(mode, str) or mode not in kind.modes for mode in modes):
            raise _Refused(Refusal.TYPE)
        return kind, tuple(modes)

    def _codes(self, key: str, known: frozenset[str]) -> tuple[str, ...]:
        return _known(self._list(key), known)

    def _list(self, key: str) -> list[Any]:
        value = self.item.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > max(_MOST_PARTIES, len(CONTEXTS)):
            raise _Refused(Refusal.SHAPE)
        return value

    def _party_list(self, key: str) -> tuple[Actor, ...]:
        listed = self._list(key)
        if len(listed) > _MOST_PARTIES:
            raise _Refused(Refusal.SHAPE)
        parties: dict[tuple[str, int], Actor] = {}
        for item in listed:
            party = self._party(item)
            parties.setdefault((party.code, party.start), party)
        return tuple(parties.values())

    def _party(self, item: object) -> Actor:
        if not isinstance(item, dict):
            raise _Refused(Refusal.SHAPE)
        start, end = self._words(item.get("text"), Refusal.PARTY)
        code = self._code(item.get("code"), start, end, Refusal.PARTY)
        sectors = item.get("sectors") or []
        if not isinstance(sectors, list) or len(sectors) > len(SECTORS):
            raise _Refused(Refusal.SHAPE)
        proposed = _known(sectors, SECTORS)
        mention = next((each for each in self._mentions(start, end) if each.code == code), None)
        base = self.question.passage.start
        text = self.text[start:end]
        if mention is None:
            return Actor(code, proposed, text, base + start, base + end)
        # What Comity reads itself in these words goes before what was proposed.
        own = tuple(sector for sector in mention.sectors if sector in SECTORS)
        named = mention.start >= start and mention.end <= end
        return Actor(
            code,
            own or proposed,
            text,
            base + start,
            base + end,
            mention.person if named else "",
            mention.office if named else "",
            mention.rank if named else None,
        )

    def _code(self, code: object, start: int, end: int, refusal: Refusal) -> str:
        """Return the code if Comity reads it in these words too, or reads nothing in them and the document names it."""
        if not isinstance(code, str) or not _is_actor_code(code):
            raise _Refused(refusal)
        read = {mention.code for mention in self._mentions(start, end)}
        if code in read or (not read and (code in self.question.named or code in _KINDS_OF_ACTOR)):
            return code
        raise _Refused(refusal)

    def _mentions(self, start: int, end: int) -> Iterator[Mention]:
        return (each for each in self.question.mentions if each.start < end and start < each.end)

    def _check_sides(
        self,
        kind: EventType,
        modes: tuple[str, ...],
        actors: tuple[Actor, ...],
        recipients: tuple[Actor, ...],
        *,
        symmetric: bool,
    ) -> None:
        first, second = {actor.code for actor in actors}, {actor.code for actor in recipients}
        parties = (*actors, *recipients)
        wrong = (
            not actors
            or not any(party.is_state for party in parties)
            or bool(first & second)
            or (symmetric and (bool(recipients) or len(first) < 2 or kind not in _MUTUAL or "visit" in modes))
            or (not symmetric and not recipients and kind in _NEEDS_RECIPIENT)
        )
        base = self.question.passage.start
        quoted = any(self.span[0] <= party.start - base and party.end - base <= self.span[1] for party in parties)
        if wrong or not quoted:
            raise _Refused(Refusal.SIDES if wrong else Refusal.QUOTATION)

    def _date(self) -> EventDate | None:
        """Return the date as Comity reads its words; None where there is none or Comity cannot read them."""
        given = self.item.get("date")
        if given is None:
            return None
        if not isinstance(given, dict):
            raise _Refused(Refusal.DATE)
        start, end = self._words(given.get("text"), Refusal.DATE)
        first, last = _day(given.get("start")), _day(given.get("end") or given.get("start"))
        if last < first:
            raise _Refused(Refusal.DATE)
        read = [
            each for each in find_dates(self.text, self.question.published) if each.start < end and start < each.end
        ]
        periods = [each.period for each in read if each.period is not None]
        if len(periods) != 1 or periods[0].start is None or periods[0].end is None:
            return None
        period = periods[0]
        assert period.start is not None and period.end is not None
        # The proposed days may be finer or coarser than the words; other days are another date.
        within = period.start <= first and last <= period.end
        around = first <= period.start and period.end <= last
        if not (within or around):
            raise _Refused(Refusal.DATE)
        return EventDate(period, self.text[read[0].start : read[0].end])

    def _place(self) -> EventPlace | None:
        given = self.item.get("place")
        if given is None:
            return None
        if not isinstance(given, dict):
            raise _Refused(Refusal.PLACE)
        start, end = self._words(given.get("text"), Refusal.PLACE)
        code = given.get("code")
        if not isinstance(code, str):
            raise _Refused(Refusal.PLACE)
        mention = next(
            (
                each
                for each in self._mentions(start, end)
                if each.code == code and each.kind is MentionKind.STATE and each.form in ("name", "capital", "city")
            ),
            None,
        )
        if mention is None:
            raise _Refused(Refusal.PLACE)
        return EventPlace(code, mention.text, mention.text if mention.form in ("capital", "city") else "")


def _repeats(event: Event, other: Event, passage: Passage) -> bool:
    """Whether the proposal tells of an event that is coded: the same act of the same parties, here or on the same days.

    Within one passage the parties of one may be among those of the other: a coder may leave a third party out.
    """
    if event.type is not other.type:
        return False
    if other.start < passage.end and passage.start < other.end:
        return event.parties <= other.parties or other.parties <= event.parties
    if event.date is None or other.date is None:
        return False
    return event.parties == other.parties and event.date.period.overlaps(other.date.period)


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield each place where the words stand whole: "Oman" does not stand in "Romania"."""
    if not words:
        return
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        begins = start == 0 or not (text[start - 1].isalnum() and words[0].isalnum())
        ends = end == len(text) or not (text[end].isalnum() and words[-1].isalnum())
        if begins and ends:
            yield start, end
        start = text.find(words, start + 1)


def _known(values: list[Any], known: frozenset[str]) -> tuple[str, ...]:
    if any(not isinstance(value, str) or value not in known for value in values):
        raise _Refused(Refusal.CODE)
    return tuple(dict.fromkeys(values))


def _is_actor_code(code: str) -> bool:
    if code in NON_STATE_CODES:
        return True
    try:
        return states.state(code).code == code
    except ComityError:
        return False


def _day(value: object) -> date:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise _Refused(Refusal.DATE)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _Refused(Refusal.DATE) from error


def _unfenced(answer: str) -> str:
    """Return what stands in the one code fence that encloses the whole answer, or the answer itself."""
    stripped = answer.strip()
    if stripped.startswith("```") and stripped.endswith("```") and len(stripped) > 6:
        return stripped[3:-3].removeprefix("json").strip()
    return stripped
