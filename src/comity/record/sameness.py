"""Whether two reports tell of one act. Unclear is an answer, and the usual one where a report says little.

What must agree: the type; the modes, as far as both name them; the parties with their direction (a visit and a
symmetric meeting of the same parties in the host's country may be one act); the round ("third consultations"); the
state of the place. What may prove it:

- meetings and visits (CONSULT): a common day and nothing against it; or a coarser date that holds the finer one,
  with a common person, the same round, or (visits) a visitor of the same high office;
- other types, which happen often between the same parties: a common day, and evidence in common words besides.

What speaks against it: other persons or another rank on the visitor's side; days apart; other rounds; another city,
unless a common person is named. Dates that are one day apart are one act with a disagreement only when two documents,
not one, give them, a person and the place agree, and both dates are written out: newspapers print the next day, but a
single text that names two days means two. Two days apart are two acts.

An undated report is the act of a dated one only in the same document, with a common person or the same round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from comity.terms import Event, EventType, Period, Precision, Rank


class Likeness(IntEnum):
    """How two reports relate; above UNCLEAR they are the same act, the higher the closer."""

    DIFFERENT = -1
    UNCLEAR = 0
    UNDATED = 1  # nothing but persons or round, in one document
    NEAR = 2  # one day apart
    WITHIN = 3  # one date holds the other
    COMMON_DAY = 4
    SAME_DATE = 5


class _Agreement(IntEnum):
    CONFLICT = -1
    UNKNOWN = 0
    RANK = 1
    NAME = 2


# A stay longer than a month is no visit, and a period longer than a fiscal year dates nothing.
LONGEST_STAY = 31
_LONGEST_DATE = 371
# Ranks that one person holds at a time; a state has many ministers and envoys.
_ONE_HOLDER = frozenset({Rank.HEAD_OF_STATE, Rank.HEAD_OF_GOVERNMENT, Rank.FOREIGN_MINISTER})
_MEETINGS = frozenset({EventType.CONSULT})
_EITHER_WAY = frozenset({EventType.CONSULT, EventType.COOPERATE})
_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = re.compile(r"[^\W\d_]+")
# Words that say nothing of what an act was about.
_EMPTY = frozenset(
    """about after again against also among another because been before being between both called country countries
    could during each earlier expressed foreign from government have having held into january february march april
    june july august september october november december last later made meeting minister more most nation national
    officials other over president prime said same several since some state states such than that their them there
    these they this those toward towards under until upon visit visited were what when where which while will with
    would year years
    accuse accused agreed asked blamed called condemned criticised criticized demanded denounced described promised
    rejected signed told urged warned""".split()
)


@dataclass(frozen=True, slots=True)
class Features:
    """What of a report counts in comparing it, worked out once.

    Attributes:
        order: a key of content alone: exactly dated reports first, the longer stay before its single day.
        where: under which keys reports of the same act can stand.
        stands: under which keys this report can be found.
        names, ranks: by state code, the persons named (each as words) and their ranks.
        words: stems of the evidence that tell what the act was about.
        period: when, as the report says; None where it does not.
        days: how long that is; very long for an open period.
        by_day: whether it is a day or a stay of days.
        explicit: whether the date is written in the report rather than inferred.
        is_stay: whether it is a visit of several days, within which further meetings can lie.
    """

    event: Event
    order: tuple[object, ...]
    where: frozenset[object]
    stands: frozenset[object]
    actors: frozenset[str]
    recipients: frozenset[str]
    names: dict[str, list[frozenset[str]]]
    ranks: dict[str, set[Rank]]
    city: str
    words: frozenset[str]
    parties: frozenset[str]
    period: Period | None
    days: int
    by_day: bool
    explicit: bool
    is_stay: bool


def features_of(event: Event) -> Features:
    """Return what of the report counts in comparing it."""
    names: dict[str, list[frozenset[str]]] = {}
    ranks: dict[str, set[Rank]] = {}
    for actor in event.actors + event.recipients:
        if actor.person:
            names.setdefault(actor.code, []).append(frozenset(_words(actor.person)))
        if actor.rank is not None:
            ranks.setdefault(actor.code, set()).add(actor.rank)
    mentions = {word for actor in event.actors + event.recipients for word in _words(f"{actor.text} {actor.person}")}
    block = (event.type, event.parties)
    in_document = frozenset({(*block, event.source_id)})
    months = frozenset((*block, *month) for month in _months(None if event.date is None else event.date.period))
    period = None if event.date is None else event.date.period
    return Features(
        event=event,
        order=_order(event),
        where=months if event.date is not None else in_document,
        stands=months | in_document,
        actors=frozenset(actor.code for actor in event.actors),
        recipients=frozenset(actor.code for actor in event.recipients),
        names=names,
        ranks=ranks,
        city="" if event.place is None else " ".join(_words(event.place.city)),
        words=frozenset(
            word[:6] for word in _WORD.findall(_plain(event.text)) if word not in _EMPTY and word not in mentions
        ),
        parties=event.parties,
        period=period,
        days=_days(period),
        by_day=_by_day(period),
        explicit=event.date is not None and bool(event.date.text),
        is_stay="visit" in event.modes and _by_day(period) and _days(period) > 1,
    )


def compare(one: Features, other: Features, *, stay: Period | None = None) -> Likeness:
    """Return how the two reports relate, the same whichever comes first.

    `stay` are the days of a visit to which both reports are known to belong: other days within it do not contradict.
    """
    # Dates first: they part most pairs, and cheaply.
    dates = _dates(one, other)
    if stay is not None and dates is not Likeness.UNCLEAR and _inside(one, stay) and _inside(other, stay):
        dates = max(dates, Likeness.COMMON_DAY)
    if dates is Likeness.UNCLEAR:
        return dates
    if dates is Likeness.DIFFERENT or _differ_in_kind(one, other):
        return Likeness.DIFFERENT
    if one.event.type in _MEETINGS:
        return _same_meeting(one, other, dates)
    return _same_deed(one, other, dates)


def _differ_in_kind(one: Features, other: Features) -> bool:
    first, second = one.event, other.event
    if first.type is not second.type or one.parties != other.parties:
        return True
    if first.symmetric != second.symmetric:
        if first.type not in _EITHER_WAY:
            return True
    elif not first.symmetric and (one.actors, one.recipients) != (other.actors, other.recipients):
        return True
    modes = (set(first.modes), set(second.modes))
    if all(modes) and not (modes[0] <= modes[1] or modes[1] <= modes[0]):
        return True
    if first.ordinal is not None and second.ordinal is not None and first.ordinal != second.ordinal:
        return True
    return first.place is not None and second.place is not None and first.place.code != second.place.code


def _same_meeting(one: Features, other: Features, dates: Likeness) -> Likeness:
    persons = {code: _persons(one, other, code) for code in one.parties}
    named = any(agreement is _Agreement.NAME for agreement in persons.values())
    on_a_day = dates >= Likeness.COMMON_DAY
    visitors = _visitors(one, other)
    for code, agreement in persons.items():
        # A guest may see several hosts in one stay; but another guest is another visit.
        if agreement is _Agreement.CONFLICT and (code in visitors or not (named and on_a_day)):
            return Likeness.DIFFERENT
    if one.event.symmetric != other.event.symmetric and not _at_the_host(one, other, named=named, on_a_day=on_a_day):
        return Likeness.UNCLEAR
    if _cities_differ(one, other) and not (named and on_a_day):
        return Likeness.UNCLEAR if on_a_day else Likeness.DIFFERENT
    guests = visitors or one.parties
    guest = max(persons[code] for code in guests)
    same_round = one.event.ordinal is not None and one.event.ordinal == other.event.ordinal
    if on_a_day:
        written = one.explicit and other.explicit
        sure = written or named or same_round or guest is _Agreement.RANK or (one.city != "" and one.city == other.city)
        return dates if sure else Likeness.UNCLEAR
    if dates is Likeness.NEAR:
        apart = one.event.source_id != other.event.source_id
        written = one.explicit and other.explicit
        sure = apart and written and guest is _Agreement.NAME and _same_place(one, other)
        return dates if sure else Likeness.DIFFERENT
    if dates is Likeness.WITHIN:
        return dates if _meeting_within(one, other, guest=guest, same_round=same_round) else Likeness.UNCLEAR
    if dates is Likeness.UNDATED and (guest is _Agreement.NAME or (same_round and not _contexts_differ(one, other))):
        return dates
    return Likeness.UNCLEAR


def _meeting_within(one: Features, other: Features, *, guest: _Agreement, same_round: bool) -> bool:
    if same_round and not _contexts_differ(one, other):
        return True
    visits = all("visit" in report.event.modes for report in (one, other))
    if guest is _Agreement.NAME:
        # The same two people meet abroad several times a year; a visit by one to the other's country is rarer.
        return visits or _same_place(one, other)
    return guest is _Agreement.RANK and visits and not _contexts_differ(one, other)


def _same_deed(one: Features, other: Features, dates: Likeness) -> Likeness:
    common = len(one.words & other.words)
    if common < 2 and not (one.event.modes and one.event.contexts):
        return Likeness.UNCLEAR
    named = [code for code in one.parties if one.names.get(code) and other.names.get(code)]
    persons = [_persons(one, other, code) for code in named]
    if _Agreement.CONFLICT in persons or _cities_differ(one, other) or _contexts_differ(one, other):
        return Likeness.DIFFERENT
    share = common / max(1, min(len(one.words), len(other.words)))
    if dates >= Likeness.COMMON_DAY:
        alike = common >= 3 and share >= 0.5
        if one.event.source_id != other.event.source_id and one.explicit and other.explicit:
            modes = bool(one.event.modes) and one.event.modes == other.event.modes
            contexts = bool(set(one.event.contexts) & set(other.event.contexts))
            alike = alike or (common >= 2 and share >= 0.3) or (modes and contexts)
        return dates if alike else Likeness.UNCLEAR
    if dates is Likeness.WITHIN:
        long = max(one.days, other.days) > LONGEST_STAY
        alike = (common >= 4 and share >= 0.6) if long else (common >= 3 and share >= 0.5)
        return dates if alike else Likeness.UNCLEAR
    if dates is Likeness.UNDATED and persons and common >= 3 and share >= 0.5:
        return dates
    return Likeness.UNCLEAR


def _dates(one: Features, other: Features) -> Likeness:
    first, second = one.period, other.period
    if first is None or second is None:
        return Likeness.UNDATED if one.event.source_id == other.event.source_id else Likeness.UNCLEAR
    if first.precedes(second) or second.precedes(first):
        near = one.by_day and other.by_day and _gap(first, second) == 1
        return Likeness.NEAR if near else Likeness.DIFFERENT
    if max(one.days, other.days) > _LONGEST_DATE:
        return Likeness.UNCLEAR
    if one.by_day and other.by_day:
        return Likeness.SAME_DATE if first == second else Likeness.COMMON_DAY
    return Likeness.WITHIN if first.contains(second) or second.contains(first) else Likeness.UNCLEAR


def _persons(one: Features, other: Features, code: str) -> _Agreement:
    first, second = one.names.get(code), other.names.get(code)
    if first and second:
        same = any(_same_person(name, another) for name in first for another in second)
        return _Agreement.NAME if same else _Agreement.CONFLICT
    ranks = (one.ranks.get(code), other.ranks.get(code))
    if ranks[0] and ranks[1]:
        common = ranks[0] & ranks[1]
        if not common:
            return _Agreement.CONFLICT
        return _Agreement.RANK if common & _ONE_HOLDER else _Agreement.UNKNOWN
    return _Agreement.UNKNOWN


def _same_person(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names can be one person's: one within the other, or two words in common (spellings vary)."""
    shorter, longer = sorted((one, other), key=len)
    unmatched = [word for word in shorter if word not in longer]
    if not unmatched:
        return True
    if len(shorter) - len(unmatched) >= 2:
        return True
    # "S. Abe" is "Shinzo Abe".
    return len(unmatched) < len(shorter) and all(any(_initial(word, each) for each in longer) for word in unmatched)


def _initial(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) == 1 and longer.startswith(shorter)


def _visitors(one: Features, other: Features) -> frozenset[str]:
    """The codes of the guests, where at least one report says who visits whom."""
    for report in (one, other):
        if "visit" in report.event.modes and not report.event.symmetric and report.recipients:
            return report.actors
    return frozenset()


def _at_the_host(one: Features, other: Features, *, named: bool, on_a_day: bool) -> bool:
    """Whether a symmetric meeting can be part of the other report's visit: it takes place in the host's country."""
    directed, mutual = (one, other) if other.event.symmetric else (other, one)
    if mutual.event.place is None:
        return named and on_a_day
    return mutual.event.place.code in directed.recipients


def _cities_differ(one: Features, other: Features) -> bool:
    return bool(one.city and other.city and one.city != other.city)


def _same_place(one: Features, other: Features) -> bool:
    both = one.event.place is not None and other.event.place is not None
    return both and not _cities_differ(one, other)


def _contexts_differ(one: Features, other: Features) -> bool:
    first, second = set(one.event.contexts), set(other.event.contexts)
    return bool(first and second and not first & second)


def _inside(report: Features, stay: Period) -> bool:
    return report.period is not None and report.by_day and stay.contains(report.period)


def _by_day(period: Period | None) -> bool:
    return period is not None and period.precision is Precision.DAY and _days(period) <= LONGEST_STAY


def _days(period: Period | None) -> int:
    days = None if period is None else period.days
    return 10**6 if days is None else days


def _gap(first: Period, second: Period) -> int:
    earlier, later = (first, second) if first.precedes(second) else (second, first)
    assert earlier.end is not None and later.start is not None
    return (later.start - earlier.end).days


def _months(period: Period | None) -> Iterable[tuple[int, int]]:
    """The months in which a report with this date can meet another one; a day more at either end for a day's slip."""
    if period is None or period.start is None or period.end is None or _days(period) > _LONGEST_DATE:
        return
    first = period.start - timedelta(days=1) if period.start > date.min else period.start
    last = period.end + timedelta(days=1) if period.end < date.max else period.end
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield divmod(number, 12)


def _order(event: Event) -> tuple[object, ...]:
    period = None if event.date is None else event.date.period
    days = _days(period)
    by_day = _by_day(period)
    return (
        period is None,
        not by_day,
        -days if by_day else days,
        ("", "") if period is None else period.sort_key,
        -sum(1 for actor in event.actors + event.recipients if actor.person),
        "visit" not in event.modes,
        event.source_id,
        event.start,
        event.id,
    )


def _words(text: str) -> list[str]:
    return _LETTERS.findall(_plain(text))


def _plain(text: str) -> str:
    """Small letters without accents: "Erdoğan" and "Erdogan" are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
