"""The contacts of two states at a level, as the events tell them: what claims of gaps and denials are held against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from comity.checks.reading import Reading
from comity.terms import Event, EventType, Rank

SUMMIT = frozenset({Rank.HEAD_OF_STATE, Rank.HEAD_OF_GOVERNMENT})
HIGH = SUMMIT | {Rank.FOREIGN_MINISTER}
MINISTERS = frozenset({Rank.FOREIGN_MINISTER, Rank.MINISTER})
_LEVELS = (
    (
        re.compile(r"\bsummits?\b|\bheads?\s+of\s+(?:state|government)\b|\b(?:top|highest)[\s-]level\b|\bleaders['’]?\s+(?:level|meetings?|contacts?)"),
        SUMMIT,
        "head of state or government",
    ),
    (
        re.compile(r"\bhigh(?:er)?[\s-]level\b|\bhigh[\s-]ranking\b"),
        HIGH,
        "head of state or government or foreign minister",
    ),
    (
        re.compile(r"\bforeign[\s-]ministers?['’]?[\s-]+(?:level|contacts?|meetings?|exchanges?)\b|\blevel\s+of\s+(?:the\s+)?foreign\s+ministers?\b|\bforeign[\s-]ministerial\b"),
        frozenset({Rank.FOREIGN_MINISTER}),
        "foreign minister",
    ),
    (
        re.compile(r"\bministerial\b|\bministers['’]?\s+(?:level|contacts?|exchanges?)"),
        MINISTERS,
        "minister",
    ),
)  # fmt: skip
_SURE = 0.5  # an event that its coder doubts stands against nothing
_APART = frozenset({"phone", "multilateral", "third-party"})


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact: the event, its first and last day, and what it is called in a message."""

    event: Event
    first: date
    last: date
    label: str


def level_in(plain: str) -> tuple[frozenset[Rank], str] | None:
    """Return the ranks that lower-cased words name as a level ("ministerial"), with its name; None where they name none."""
    return next(((ranks, name) for words, ranks, name in _LEVELS if words.search(plain)), None)


def contacts_of(
    reading: Reading, pair: frozenset[str], ranks: frozenset[Rank], *, but: Event | None = None
) -> list[Contact]:
    """Return the contacts of a pair in which somebody of these ranks took part, each act once, in order of time.

    Telephone calls, meetings of many states and those that a third one arranged are left out, and so is what is dated no better than by
    a span of more than a year.

    Args:
        reading: the document with its evidence.
        pair: the codes of both states.
        ranks: of whom one of the pair's people must have one.
        but: an event that does not count.
    """
    found: dict[tuple[date, date, frozenset[str]], Contact] = {}
    for event in reading.evidence.events:
        if event is but or event.type is not EventType.CONSULT or event.date is None or event.confidence < _SURE:
            continue
        if _APART & set(event.modes) or not event.acting_between(pair):
            continue
        people = [actor for actor in event.actors + event.recipients if actor.code in pair and actor.rank in ranks]
        first, last = event.date.period.start, event.date.period.end
        if not people or first is None or last is None or (last - first).days > 400:
            continue
        lead = people[0]
        who = " ".join(part for part in (lead.office, lead.person) if part) or lead.text
        where = (
            f" to {event.place.city or event.place.text}" if event.place is not None and "visit" in event.modes else ""
        )
        label = f"{'the visit of ' if 'visit' in event.modes else 'the meeting with '}{who}{where} ({event.date.period.label})"
        key = (first, last, event.parties)
        if key not in found or event.source_id == reading.document.id:
            found[key] = Contact(event, first, last, label)
    return sorted(found.values(), key=lambda contact: (contact.first, contact.last))
