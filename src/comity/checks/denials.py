"""GAP001 for plain denials: "no Kenyan minister visited Uganda between 2010 and 2015", "there have been no visits since 2012".

A denial is read only where the whole clause is understood: who did not visit whom, at which level, and in what time. An adjective
that is not known here ("no state visits", "no further meetings"), words that report or doubt, and exceptions leave it alone.
What stands against it is a contact that begins after the time's first unit and ends before its last one, so that the years named may or
may not count themselves.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from comity.checks.calendar import in_words
from comity.checks.contacts import HIGH, MINISTERS, SUMMIT, Contact, contacts_of
from comity.checks.reading import Reading
from comity.checks.rule import Ruling
from comity.language import DateMention, find_dates, find_durations, find_mentions
from comity.terms import Passage, Precision, Rank, Severity, Verdict

_OFFICES = (
    (r"heads?\s+of\s+state\s+or\s+(?:of\s+)?government|heads?\s+of\s+government|leaders?", SUMMIT, "head of state or government"),
    (r"heads?\s+of\s+state|presidents?", frozenset({Rank.HEAD_OF_STATE}), "head of state"),
    (r"prime\s+ministers?|premiers?", frozenset({Rank.HEAD_OF_GOVERNMENT}), "prime minister"),
    (r"foreign\s+ministers?", frozenset({Rank.FOREIGN_MINISTER}), "foreign minister"),
    (r"ministers?", MINISTERS, "minister"),
)  # fmt: skip
_LEVELS = (
    (r"summit|top[\s-]level", SUMMIT, "head of state or government"),
    (r"high[\s-]level", HIGH, "head of state or government or foreign minister"),
    (r"foreign[\s-]ministerial", frozenset({Rank.FOREIGN_MINISTER}), "foreign minister"),
    (r"ministerial", MINISTERS, "minister"),
)
_ANY = HIGH | MINISTERS
_NONE = r"\b[Nn]o(?:t\s+(?:one|a\s+single))?\s+"
_STATE = r"(?:the\s+)?(?P<{0}>(?:[A-Z]\.){{2,}}|[^\W\d_][\w'’-]*(?:\s+[A-Z][\w'’-]*){{0,3}})"
_EITHER = r"(?:of|from)\s+(?:either\s+(?:side|country|state)|the\s+two\s+(?:countries|states|sides))"
_OFFICE = "|".join(f"(?P<office{number}>{words})" for number, (words, _, _) in enumerate(_OFFICES))
_LEVEL = "|".join(f"(?P<level{number}>{words})" for number, (words, _, _) in enumerate(_LEVELS))
_NOBODY = re.compile(
    rf"{_NONE}(?:(?P<adjective>[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)?)\s+)?(?:(?i:{_OFFICE}))(?:\s+(?P<either>{_EITHER}))?"
    r"\s+(?P<perfect>ha(?:s|ve)\s+(?:ever\s+)?)?visited\b"
    rf"(?:\s+(?:the\s+other(?:\s+(?:side|country|state))?(?![\w’'-])|(?!(?:for|in|since|between|from|during|over)\b){_STATE.format('host')}))?"
)
_NOTHING = re.compile(
    rf"\b[Tt]here\s+(?P<perfect>ha(?:s|ve)\s+been|was|were)\s+{_NONE}(?:(?:{_LEVEL})\s+)?(?P<what>visits?|meetings?|contacts?|talks)"
    r"(?:\s+between\s+the\s+two\s+(?:countries|states|sides))?(?![\w’'-])"
)
_BEFORE = re.compile(r"^(?:(?P<time>(?:Since|Between|From|In|During|For|Over)\s[^,;:]{2,60}?),?\s+)?$")
_CLAUSE = re.compile(r"(?:^|[,;:]\s+(?:and|but|while|yet|though|although)\s+|;\s+)$")
_REST = re.compile(r"^(?:\s*(?:[.;,]|$)|\[|\s+and\s)")
_LED = re.compile(r"^\s+(?P<word>since|between|from|in|during|for|over)\s+", re.I)
# Who reports, doubts or makes exceptions does not plainly deny.
_NOT_PLAIN = re.compile(
    r"\b(?:sa(?:y|ys|id)|claim(?:s|ed)?|report(?:s|ed|edly)?|alleg\w+|complain\w*|believ\w+|accord\w+|den(?:y|ies|ied)|false\w*|wrong\w*|myth"
    r"|mistaken\w*|contrary|if|whether|unless|until|except\w*|other\s+than|apart|besides|but\s+for|aside|without|only|almost|hardly|as\s+though)\b"
    r"|[?\"“”]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Denied:
    """What is denied: contacts of whom and at which level, and in what time.

    `visitor` and `host` are codes or ""; contacts count that begin after `after` and end before `before`.
    """

    start: int
    end: int
    ranks: frozenset[Rank]
    level: str
    visits: bool
    visitor: str
    host: str
    pair: frozenset[str]
    after: date
    before: date


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each plain denial of contacts between two states in a stated time."""
    for passage in reading.prose:
        plain = passage.text.lower()
        if "visit" not in plain and "there " not in plain:
            continue
        denied = _denied(reading, passage)
        if denied is not None:
            yield _ruled(reading, passage, denied)


def _ruled(reading: Reading, passage: Passage, denied: _Denied) -> Ruling:
    own = reading.span(passage.start + denied.start, passage.start + denied.end, "claim")
    name = f"{'visit' if denied.visits else 'contact'} at the level of {denied.level}"
    against = [
        contact for contact in contacts_of(reading, denied.pair, denied.ranks) if _stands_against(contact, denied)
    ]
    if not against:
        reason = f"No {name} in this time is known; that none is known does not show that there was none."
        return Ruling(reading.claim("GAP001", "denial", Verdict.NOT_CHECKABLE, reason, own))
    told = "; ".join(contact.label for contact in against)
    times = f"between {in_words(denied.after)} and {in_words(denied.before)}"
    reason = f'"{own.text}" denies any {name} {times}: but there was {told}.'
    places = [reading.span_of_event(contact.event, contact.label) for contact in against]
    own_word = any(contact.event.source_id == reading.document.id for contact in against)
    severity = Severity.ERROR if own_word else Severity.WARNING
    return Ruling(reading.claim("GAP001", "denial", Verdict.CONTRADICTED, reason, own, *places), severity)


def _stands_against(contact: Contact, denied: _Denied) -> bool:
    if not denied.after < contact.first or not contact.last < denied.before:
        return False
    event = contact.event
    if denied.visits and "visit" not in event.modes:
        return False
    lead = {actor.code for actor in event.actors if actor.rank in denied.ranks}
    if denied.visits and not lead & denied.pair:
        return False
    if denied.visitor and denied.visitor not in lead:
        return False
    hosts = {actor.code for actor in event.recipients} | ({event.place.code} if event.place is not None else set())
    return not denied.host or denied.host in hosts


def _denied(reading: Reading, passage: Passage) -> _Denied | None:
    text = passage.text
    nobody, nothing = _NOBODY.search(text), _NOTHING.search(text)
    found = nobody or nothing
    if found is None or (nobody is not None and nothing is not None) or _NOT_PLAIN.search(text):
        return None
    visitor = host = ""
    if nobody is not None:
        ranks, level = next(_OFFICES[n][1:] for n in range(len(_OFFICES)) if nobody[f"office{n}"])
        visits = True
        if nobody["adjective"] and not (visitor := _state(text, nobody.start("adjective"), nobody.end())):
            return None
        if nobody["host"] and not (host := _state(text, nobody.start("host"), nobody.end("host"))):
            return None
    else:
        assert nothing is not None
        visits = nothing["what"].startswith("visit")
        ranks, level = next(
            (_LEVELS[n][1:] for n in range(len(_LEVELS)) if nothing[f"level{n}"]), (_ANY, "minister or above")
        )
        if not visits and ranks is _ANY:
            return None  # a meeting of whom?
    pair = _pair(reading, passage, frozenset(code for code in (visitor, host) if code))
    times = _times(reading, passage, found)
    if pair is None or times is None or visitor == host != "":
        return None
    other = {code: next(iter(pair - {code})) for code in pair}
    if nobody is not None and not nobody["either"] and (visitor or host):
        visitor, host = visitor or other[host], host or other[visitor]
    return _Denied(found.start(), times[2], ranks, level, visits, visitor, host, pair, times[0], times[1])


def _state(text: str, start: int, end: int) -> str:
    """Return the one state that a stretch of the sentence names; "" where it names none, several, or a town."""
    codes = [
        each
        for each in find_mentions(text)
        if each.start < end and start < each.end and each.code and each.form != "city"
    ]
    named = {each.code for each in codes if each.start <= start + 4}
    return next(iter(named)) if len(named) == 1 else ""


def _pair(reading: Reading, passage: Passage, named: frozenset[str]) -> frozenset[str] | None:
    """Return the two states that the denial is about: those that it names, or else the document's, if no third one is near."""
    codes = reading.marked(passage).codes | {each.code for each in find_mentions(passage.text) if each.code}
    if len(named) == 2 and codes <= named:
        return named
    if reading.pair is None:
        return None
    for near in reading.prose:
        if near.paragraph == passage.paragraph and near.section == passage.section:
            codes |= {each.code for each in find_mentions(near.text) if each.code}
    return reading.pair if codes <= reading.pair and named <= reading.pair else None


def _times(reading: Reading, passage: Passage, found: re.Match[str]) -> tuple[date, date, int] | None:
    """Return the days between which contacts are denied, and where the denial ends in the sentence; None where that is unsure."""
    text, published = passage.text, reading.document.published
    perfect = (found["perfect"] or "").startswith("ha")
    dates = find_dates(text, published)
    before, rest = text[: found.start()], text[found.end() :]
    fronted = _BEFORE.match(before)
    if fronted is not None and fronted["time"]:
        word, first, last = fronted["time"].split()[0].lower(), 0, fronted.end("time")
        if not _REST.match(rest):
            return None
    elif fronted is not None or _CLAUSE.search(before):
        led = _LED.match(rest)
        if led is None:
            return None
        word, first, last = led["word"].lower(), found.end() + led.start("word"), len(text)
    else:
        return None
    inside = [each for each in dates if first <= each.start and each.end <= last]
    if word in ("for", "over", "in") and perfect and published is not None:
        length = next((each for each in find_durations(text) if 0 < each.start - first <= len(word) + 18), None)
        if length is not None and length.amount is not None and length.unit in ("year", "decade"):
            days = int(length.amount * (3652 if length.unit == "decade" else 365))
            # A careless count of years may begin half a year early.
            bounds = published - timedelta(days=days - 183), published + timedelta(days=1)
            return _closed(text, length.end, found, bounds)
    # "since the visit of May 2012" names no time of its own.
    if len(dates) != 1 or len(inside) != 1 or inside[0].start - first > len(word) + 5:
        return None
    return _closed(text, inside[0].end, found, _bounds(inside[0], word, perfect, published))


def _closed(
    text: str, end: int, found: re.Match[str], bounds: tuple[date, date] | None
) -> tuple[date, date, int] | None:
    """Return the days with the place where the denial ends; None where the clause goes on behind it."""
    if bounds is None:
        return None
    if end <= found.start():
        return *bounds, found.end()
    return (*bounds, end) if _REST.match(text[end:]) else None


def _bounds(when: DateMention, word: str, perfect: bool, published: date | None) -> tuple[date, date] | None:
    named, first, last = when.named, when.earliest, when.latest
    if named is None or when.mod or named.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return None
    if word == "since" and when.relation == "since" and perfect and published is not None and named.end is not None:
        return (named.end, published + timedelta(days=1)) if named.end < published else None
    if when.relation or first is None or last is None:
        return None
    if word in ("between", "from") and "/" in when.timex:
        return _end(first, named.precision), _start(last, named.precision)
    if word in ("in", "during") and "/" not in when.timex and named.precision is not Precision.DAY:
        return first - timedelta(days=1), last + timedelta(days=1)
    return None


def _end(day: date, unit: Precision) -> date:
    """Return the last day of the unit that begins on a day."""
    if unit is Precision.YEAR:
        return date(day.year, 12, 31)
    if unit is Precision.MONTH:
        return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    return day


def _start(day: date, unit: Precision) -> date:
    """Return the first day of the unit that ends on a day."""
    if unit is Precision.YEAR:
        return date(day.year, 1, 1)
    return date(day.year, day.month, 1) if unit is Precision.MONTH else day
