"""GAP001: "after a hiatus of eight years" held against the contacts between. DUR001: "32 months after ...".

What stands against a gap is a contact of the same two states, at the level that the claim names, that begins well
inside the gap: later than a careless count of years could excuse. Denials ("no minister visited") are read in `denials`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from comity.checks import denials
from comity.checks.calendar import in_words
from comity.checks.contacts import Contact, contacts_of, level_in
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.language import DurationMention, find_durations
from comity.terms import Event, EventType, FindingSpan, Passage, Rank, Severity, Verdict

_GAP = r"(?:hiatus|gap|break|lull|pause|silence|interval|interruption|standstill|freeze|absence|lapse|drought)"
_GAP_OF = re.compile(rf"\b{_GAP}\s+(?:of|lasting)\s+(?:about\s+|almost\s+|nearly\s+|more\s+than\s+|over\s+|some\s+)?$")
_GAP_AFTER = re.compile(rf"^[\s-]+(?:long[\s-]+)?{_GAP}\b")
_DAYS = {
    "day": Decimal(1),
    "week": Decimal(7),
    "month": Decimal("30.44"),
    "year": Decimal("365.25"),
    "decade": Decimal("3652.5"),
}
_CONTACT = re.compile(
    r"\b(?:contacts?|visits?|exchanges?|dialogue|talks|meetings?|engagement|diplomacy|consultations?|relations)\b"
)
_AFTER_WHAT = re.compile(r"^\s+(?P<word>after|since|from)\s+(?:the\s+)?(?P<what>[^,.;]{3,80})")


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A gap as claimed: how long, at which level, up to which day, between which states."""

    passage: Passage
    duration: DurationMention
    ranks: frozenset[Rank]
    level: str
    until: date
    pair: frozenset[str]
    renewal: Event | None


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each gap that the prose asserts in the contacts of two states, and for each plain denial of them."""
    yield from denials.judge(reading)
    trigger = re.compile(_GAP)
    for passage in reading.prose:
        plain = passage.text.lower()
        if trigger.search(plain) is None:
            continue
        for duration in find_durations(passage.text):
            if not (_GAP_OF.search(plain, 0, duration.start) or _GAP_AFTER.search(plain[duration.end :])):
                continue
            own = reading.span(passage.start + duration.start, passage.start + duration.end, "claim")
            claimed = _claimed(reading, passage, plain, duration)
            if claimed is None:
                reason = "The sentence does not say plainly what paused, between whom, and until when."
                yield Ruling(reading.claim("GAP001", "duration", Verdict.NOT_CHECKABLE, reason, own))
                continue
            yield _ruled(reading, own, claimed)


def _claimed(reading: Reading, passage: Passage, plain: str, duration: DurationMention) -> _Claimed | None:
    found = level_in(plain)
    if found is None or _CONTACT.search(plain) is None or duration.unit not in _DAYS or duration.amount is None:
        return None
    codes = {state.code for state in reading.marked(passage).states.values()}
    inside = [
        event
        for event in reading.evidence.events
        if event.source_id == reading.document.id
        and event.start < passage.end
        and passage.start < event.end
        and event.date is not None
        and event.date.period.start is not None
        and event.type is EventType.CONSULT
    ]
    renewal = max(
        inside, key=lambda event: event.date.period.sort_key if event.date is not None else ("", ""), default=None
    )
    pair = frozenset(codes)
    if len(pair) != 2 and renewal is not None and len(renewal.parties) == 2:
        pair = renewal.parties
    if len(pair) != 2:
        if reading.pair is None or not codes <= reading.pair:
            return None
        pair = reading.pair
    if renewal is not None and renewal.date is not None and renewal.date.period.start is not None:
        if not pair <= renewal.parties:
            return None
        return _Claimed(passage, duration, found[0], found[1], renewal.date.period.start, pair, renewal)
    return None


def _ruled(reading: Reading, own: FindingSpan, claimed: _Claimed) -> Ruling:
    days = int((claimed.duration.amount or 0) * _DAYS[claimed.duration.unit])
    contacts = contacts_of(reading, claimed.pair, claimed.ranks, but=claimed.renewal)
    against = [contact for contact in contacts if _stands_against(contact, claimed, days)]
    name = f"contact at the level of {claimed.level}"
    if against:
        told = "; ".join(contact.label for contact in against)
        reason = (
            f'"{claimed.duration.text}" without {name} before {in_words(claimed.until)}: but there was {told}. '
            f"{_longest(contacts, claimed.until)}"
        )
        places = [reading.span_of_event(contact.event, contact.label) for contact in against]
        own_word = any(contact.event.source_id == reading.document.id for contact in against)
        severity = Severity.ERROR if own_word else Severity.WARNING
        return Ruling(reading.claim("GAP001", "duration", Verdict.CONTRADICTED, reason, own, *places), severity)
    before = [contact for contact in contacts if contact.last < claimed.until]
    if before and not any(contact.last > claimed.until - timedelta(days=days * 3 // 4) for contact in before):
        last = max(before, key=lambda contact: contact.last)
        gap = (claimed.until - last.last).days
        year = 366 if claimed.duration.unit in ("year", "decade") else 45
        if abs(gap - days) <= max(year, days // 10):
            reason = f"The last {name} before {in_words(claimed.until)} that is known was {last.label}."
            place = reading.span_of_event(last.event, last.label)
            return Ruling(reading.claim("GAP001", "duration", Verdict.CONFIRMED, reason, own, place))
    reason = f"No {name} is known from which this time could be counted."
    return Ruling(reading.claim("GAP001", "duration", Verdict.NOT_CHECKABLE, reason, own))


def _stands_against(contact: Contact, claimed: _Claimed, days: int) -> bool:
    """Whether the contact falls inside the gap, whichever way its length was counted."""
    until = claimed.until
    if contact.last >= until - timedelta(days=30):
        return False  # part of the same renewal
    renewal = claimed.renewal
    dated = contact.event.date
    if (
        renewal is not None
        and renewal.date is not None
        and dated is not None
        and renewal.date.period.overlaps(dated.period)
    ):
        return False
    gap = (until - contact.first).days
    if claimed.duration.unit in ("year", "decade"):
        years = days / 365.25
        return until.year - contact.first.year < years and gap < days - 182
    return gap < days * 3 // 4


def _longest(contacts: list[Contact], until: date) -> str:
    """Return a sentence on the longest time without contact that the known contacts leave before the renewal."""
    known = [contact for contact in contacts if contact.last < until]
    ends = [(contact.last, later.first) for contact, later in pairwise(known)]
    ends.append((known[-1].last, until))
    start, end = max(ends, key=lambda pair: (pair[1] - pair[0]).days)
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    years, rest = divmod(max(months, 0), 12)
    parts = [f"{n} {word}{'s' if n != 1 else ''}" for n, word in ((years, "year"), (rest, "month")) if n]
    return f"The longest gap between the contacts that are known is {' and '.join(parts) or 'less than a month'} ({in_words(start)} to {in_words(end)})."


def judge_durations(reading: Reading) -> Iterator[Ruling]:
    """Yield "32 months after the launch" as claims; they are checkable only where the start is dated."""
    for passage in reading.prose:
        plain = passage.text.lower()
        if " after " not in plain and " since " not in plain:
            continue
        for duration in find_durations(passage.text):
            what = _AFTER_WHAT.match(plain[duration.end :])
            if (
                what is None
                or duration.unit not in _DAYS
                or what["what"].split()[0] in ("then", "that", "this", "which")
            ):
                continue
            own = reading.span(passage.start + duration.start, passage.start + duration.end + what.end(), "claim")
            reason = "Neither the document nor the record dates the start of this time."
            yield Ruling(reading.claim("DUR001", "duration", Verdict.NOT_CHECKABLE, reason, own))


GAP = Rule(
    "GAP001",
    "gap-against-contacts",
    Severity.ERROR,
    "A gap in contacts that the text asserts holds no contact of that level.",
    judge,
)
DURATION = Rule(
    "DUR001",
    "time-since-event",
    Severity.WARNING,
    "The time since an event that the text states agrees with the event's date.",
    judge_durations,
)
