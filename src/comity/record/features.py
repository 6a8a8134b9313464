"""What of a report counts in comparing it with others, worked out once for each report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from comity.record.spelling import name_of, words_of
from comity.record.wording import Wording, wording_of
from comity.terms import NON_STATE_CODES, Event, EventType, Period, Precision, Rank

# A stay longer than a month is no visit, and a period longer than a fiscal year dates nothing.
LONGEST_STAY = 31
LONGEST_DATE = 371
# Acts that one paper tells as a visit or a grant, the other as a thing of both sides.
EITHER_WAY = frozenset({EventType.CONSULT, EventType.COOPERATE})
# Acts that both sides do where they conclude something with each other (`Wording.by_both`); else each is one side's own.
CONCLUDING = frozenset({EventType.AGREE, EventType.SUPPORT})
# PLOVER sectors that send delegations of their own; the government's are told apart by rank.
_BODIES = frozenset({"LEG", "MIL", "COP", "BUS"})
# A report may leave out some of those who meet, but where more than these meet, any two of them meet too often.
_MOST_PARTIES = 5


@dataclass(frozen=True, slots=True)
class Features:
    """What of a report counts in comparing it, worked out once.

    Attributes:
        order: a key of content alone: exactly dated reports first, the longer stay before its single day.
        where: under which keys reports of the same act can stand.
        stands: under which keys this report can be found.
        names, ranks: by state code, the persons named (each as words) and their ranks.
        bodies: sectors that send delegations of their own, as the actors or the evidence name them.
        wording: what the evidence says, apart from who and when.
        parties: the states that take part; without states, all who do.
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
    bodies: frozenset[str]
    wording: Wording
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
    mentions: set[str] = set()
    for actor in event.actors + event.recipients:
        if actor.person:
            names.setdefault(actor.code, []).append(name_of(actor.person))
            mentions.update(words_of(actor.person))
        if actor.rank is not None:
            ranks.setdefault(actor.code, set()).add(actor.rank)
        mentions.update(words_of(actor.text))
    parties = _states(event.parties)
    blocks = tuple(blocks_of(event))
    period = None if event.date is None else event.date.period
    in_document = frozenset((*block, event.source_id) for block in blocks)
    months = frozenset((*block, *month) for month in _months(period) for block in blocks)
    wording = wording_of(event.text, mentions)
    return Features(
        event=event,
        order=_order(event),
        where=months if event.date is not None else in_document,
        stands=months | in_document,
        actors=frozenset(actor.code for actor in event.actors) & parties,
        recipients=frozenset(actor.code for actor in event.recipients) & parties,
        names=names,
        ranks=ranks,
        city="" if event.place is None else " ".join(words_of(event.place.city)),
        bodies=_bodies(event, wording),
        wording=wording,
        parties=parties,
        period=period,
        days=_days(period),
        by_day=_by_day(period),
        explicit=event.date is not None and bool(event.date.text),
        is_stay="visit" in event.modes and _by_day(period) and _days(period) > 1,
    )


def _states(parties: frozenset[str]) -> frozenset[str]:
    """Without the organisations where two states meet: the one at whose assembly they do is seldom a party."""
    states = parties - NON_STATE_CODES
    return states if len(states) > 1 else parties


def _bodies(event: Event, wording: Wording) -> frozenset[str]:
    named = {sector for actor in event.actors + event.recipients for sector in actor.sectors}
    return frozenset(named & _BODIES) | wording.bodies


def blocks_of(event: Event) -> Iterator[tuple[EventType, frozenset[str]]]:
    """Yield type and parties, as all reports that may be one act with this have them; pairs where some may be left out."""
    parties = _states(event.parties)
    yield event.type, parties
    if event.symmetric and 2 < len(parties) <= _MOST_PARTIES:
        yield from ((event.type, frozenset(pair)) for pair in combinations(sorted(parties), 2))


def _by_day(period: Period | None) -> bool:
    return period is not None and period.precision is Precision.DAY and _days(period) <= LONGEST_STAY


def _days(period: Period | None) -> int:
    days = None if period is None else period.days
    return 10**6 if days is None else days


def _months(period: Period | None) -> Iterable[tuple[int, int]]:
    """The months in which a report with this date can meet another one; a day more at either end for a day's slip."""
    if period is None or period.start is None or period.end is None or _days(period) > LONGEST_DATE:
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
