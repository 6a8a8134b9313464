"""Whether two reports tell of one act. Unclear is an answer, and the usual one where a report says little.

What must agree: the type; the modes, as far as both name them; the parties with their direction (a visit and a
symmetric meeting of the same parties in the host's country may be one act; who signs a treaty or establishes relations
with whom makes no difference, but each side ratifies for itself); the round ("third consultations"); the
state of the place. What may prove it:

- meetings and visits (CONSULT): a common day and nothing against it; or a coarser date that holds the finer one,
  with a common person, the same round, or (visits) a visitor of the same high office;
- other types, which happen often between the same parties: a common day, and evidence in common words besides; or a
  month that holds the day, and more of them.

What speaks against it: other persons or another rank on the visitor's side; days apart; other rounds; another city,
unless a common person is named; for deeds also other names and other counts in the evidence ("Tovuz", "forty").

Dates that are one day apart are one act with a disagreement only when two documents, not one, give them. For a visit a
person and the place must agree, and both dates be written out, or the later one be no more than the day of the paper:
newspapers print the next day, but a single text that names two days means two. For a deed the same count must stand in
both ("two diplomats"), and nothing say that it is one more. Two days apart are two acts.

An undated report is the act of a dated one only in the same document, with a common person or the same round.
"""

from __future__ import annotations

from enum import IntEnum

from comity.record.features import CONCLUDING, EITHER_WAY, LONGEST_DATE, LONGEST_STAY, Features
from comity.record.spelling import same_person
from comity.record.wording import Overlap, overlap_of
from comity.terms import EventType, Period, Rank


class Likeness(IntEnum):
    """How two reports relate; above UNCLEAR they are the same act, the higher the closer."""

    DIFFERENT = -1
    UNCLEAR = 0
    UNDATED = 1  # nothing but persons or round, in one document
    NEAR = 2  # one day apart
    WITHIN = 3  # one date holds the other
    COMMON_DAY = 4
    SAME_DATE = 5


class Agreement(IntEnum):
    """How far two reports agree on who acts for a state."""

    CONFLICT = -1
    UNKNOWN = 0
    RANK = 1
    NAME = 2


# Ranks that one person holds at a time; a state has many ministers and envoys.
_ONE_HOLDER = frozenset({Rank.HEAD_OF_STATE, Rank.HEAD_OF_GOVERNMENT, Rank.FOREIGN_MINISTER})
_MEETINGS = frozenset({EventType.CONSULT})
# Types whose modes are shades of one saying, which readers tell apart less surely than they read what is said.
_SAYINGS = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.REJECT})
# What is said or shot again and again: a month does not tell one from the next.
_REPEATED = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.ASSAULT, EventType.THREATEN, EventType.PROTEST})
# Contexts that most acts between states have.
_USUAL_CONTEXTS = frozenset({"diplomatic", "executive", "legislative", "military"})


def compare(one: Features, other: Features, *, stay: Period | None = None) -> Likeness:
    """Return how the two reports relate, the same whichever comes first.

    `stay` are the days of a visit to which both reports are known to belong: other days within it do not contradict.
    """
    # Dates first: they part most pairs, and cheaply.
    dates = dates_of(one, other)
    if stay is not None and dates is not Likeness.UNCLEAR and _inside(one, stay) and _inside(other, stay):
        dates = max(dates, Likeness.COMMON_DAY)
    if dates is Likeness.UNCLEAR:
        return dates
    if dates is Likeness.DIFFERENT or _differ_in_kind(one, other):
        return Likeness.DIFFERENT
    if one.parties != other.parties:
        return _same_with_fewer(one, other, dates)
    if one.event.type in _MEETINGS:
        return _same_meeting(one, other, dates)
    return _same_deed(one, other, dates)


def _differ_in_kind(one: Features, other: Features) -> bool:
    first, second = one.event, other.event
    if first.type is not second.type or not (one.parties <= other.parties or other.parties <= one.parties):
        return True
    if one.parties != other.parties and not (first.symmetric and second.symmetric):
        return True
    if first.symmetric != second.symmetric:
        other_way = first.type not in EITHER_WAY
    else:
        other_way = not first.symmetric and (one.actors, one.recipients) != (other.actors, other.recipients)
    if other_way and not _concluded(one, other):
        return True
    modes = (set(first.modes), set(second.modes))
    if first.type not in _SAYINGS and all(modes) and not (modes[0] <= modes[1] or modes[1] <= modes[0]):
        return True
    if first.ordinal is not None and second.ordinal is not None and first.ordinal != second.ordinal:
        return True
    return first.place is not None and second.place is not None and first.place.code != second.place.code


def _concluded(one: Features, other: Features) -> bool:
    """Whether both tell what the parties conclude with each other, of which each of them may be the subject."""
    return one.event.type in CONCLUDING and all(
        report.wording.by_both and not report.wording.steps and (report.event.symmetric or report.recipients)
        for report in (one, other)
    )


def _same_with_fewer(one: Features, other: Features, dates: Likeness) -> Likeness:
    """One report leaves out a party: the same day, place and matter, since on the edge of a meeting some meet apart."""
    said = overlap_of(one.wording, other.wording)
    telling = said.things >= 2 and said.share >= 0.75 and not said.contrary_names
    persons = [persons_of(one, other, code) for code in one.parties & other.parties]
    if dates >= Likeness.COMMON_DAY and telling and one.city and one.city == other.city:
        return Likeness.UNCLEAR if Agreement.CONFLICT in persons else dates
    return Likeness.UNCLEAR


def _same_meeting(one: Features, other: Features, dates: Likeness) -> Likeness:
    persons = {code: persons_of(one, other, code) for code in one.parties}
    named = any(agreement is Agreement.NAME for agreement in persons.values())
    on_a_day = dates >= Likeness.COMMON_DAY
    visitors = visitors_of(one, other)
    for code, agreement in persons.items():
        # A guest may see several hosts in one stay; but another guest is another visit.
        if agreement is Agreement.CONFLICT and (code in visitors or not (named and on_a_day)):
            return Likeness.DIFFERENT
    if one.event.symmetric != other.event.symmetric and not _at_the_host(one, other, named=named, on_a_day=on_a_day):
        return Likeness.UNCLEAR
    if cities_differ(one, other) and not (named and on_a_day):
        return Likeness.UNCLEAR if on_a_day else Likeness.DIFFERENT
    guests = visitors or one.parties
    guest = max(persons[code] for code in guests)
    if on_a_day:
        return dates if _sure_meeting(one, other, guest=guest, named=named) else Likeness.UNCLEAR
    if dates is Likeness.NEAR:
        return dates if _slipped(one, other, guest=guest, persons=persons) else Likeness.DIFFERENT
    if dates is Likeness.WITHIN:
        all_alike = min(persons.values()) >= Agreement.RANK
        sure = _meeting_within(one, other, guest=guest, all_alike=all_alike)
        return dates if sure else Likeness.UNCLEAR
    if dates is Likeness.UNDATED and (guest is Agreement.NAME or _same_round(one, other)):
        return dates
    return Likeness.UNCLEAR


def _sure_meeting(one: Features, other: Features, *, guest: Agreement, named: bool) -> bool:
    same_round = one.event.ordinal is not None and one.event.ordinal == other.event.ordinal
    if named or same_round or guest is Agreement.RANK:
        return True
    # Nobody says who came: two delegations may come on one day, each for its own matter.
    said = overlap_of(one.wording, other.wording)
    if one.bodies and other.bodies and not one.bodies & other.bodies:
        return False
    if contexts_differ(one, other) and said.share < 0.75:
        return False
    same_matter = bool(said.things or said.names or one.bodies & other.bodies or _same_context(one, other))
    if said.contrary_names or not (
        same_matter or (said.bare and (said.stems or not (one.wording.stems and other.wording.stems)))
    ):
        return False
    return (one.explicit and other.explicit) or (one.city != "" and one.city == other.city)


def _slipped(one: Features, other: Features, *, guest: Agreement, persons: dict[str, Agreement]) -> bool:
    if one.event.source_id == other.event.source_id or guest is not Agreement.NAME:
        return False
    later = one if one.period is not None and other.period is not None and other.period.precedes(one.period) else other
    if one.explicit and other.explicit:
        return same_place(one, other)
    earlier = other if later is one else one
    by_phone = all("phone" in each.event.modes for each in (one, other)) and set(persons.values()) == {Agreement.NAME}
    return earlier.explicit and not later.explicit and (same_place(one, other) or by_phone)


def _same_round(one: Features, other: Features) -> bool:
    same = one.event.ordinal is not None and one.event.ordinal == other.event.ordinal
    return same and not contexts_differ(one, other)


def _meeting_within(one: Features, other: Features, *, guest: Agreement, all_alike: bool) -> bool:
    if _same_round(one, other):
        return True
    visits = all("visit" in report.event.modes for report in (one, other))
    if guest is Agreement.NAME:
        # The same two people meet abroad several times a year; a visit by one to the other's country is rarer.
        return visits or same_place(one, other)
    if all_alike and one.city and one.city == other.city and max(one.days, other.days) <= LONGEST_STAY:
        return True
    return guest is Agreement.RANK and visits and not contexts_differ(one, other)


def _same_deed(one: Features, other: Features, dates: Likeness) -> Likeness:
    said = overlap_of(one.wording, other.wording)
    telling = said.things >= 2 and said.share >= 0.6
    named = [code for code in one.parties if one.names.get(code) and other.names.get(code)]
    persons = [persons_of(one, other, code) for code in named]
    if Agreement.CONFLICT in persons or cities_differ(one, other) or (contexts_differ(one, other) and not telling):
        return Likeness.DIFFERENT
    if said.contrary_names or said.steps or (said.contrary_counts and not (said.things >= 3 and said.share >= 0.75)):
        return Likeness.UNCLEAR
    if dates >= Likeness.COMMON_DAY:
        return dates if _deed_on_a_day(one, other, said) else Likeness.UNCLEAR
    if dates is Likeness.WITHIN:
        return dates if _deed_within(one, other, said) else Likeness.UNCLEAR
    if dates is Likeness.NEAR:
        apart = one.event.source_id != other.event.source_id and one.event.type is not EventType.ASSAULT
        alike = said.counts and said.stems >= 2 and said.stem_share >= 0.6 and not said.more
        return dates if apart and alike else Likeness.DIFFERENT
    if dates is Likeness.UNDATED and persons and said.stems >= 3 and said.stem_share >= 0.5:
        return dates
    return Likeness.UNCLEAR


def _deed_on_a_day(one: Features, other: Features, said: Overlap) -> bool:
    if said.things >= 2 and said.share >= 0.5 and said.stems >= 3:
        return True
    if one.event.source_id == other.event.source_id or not (one.explicit and other.explicit):
        return False
    modes = bool(one.event.modes) and one.event.modes == other.event.modes
    if said.things and said.share >= 0.3:
        return said.share >= 0.5 or said.counts or said.names or modes or _same_context(one, other)
    if said.bare:
        # One says nothing but that it happened: the same count or name, or the same kind of act in the same words.
        return said.counts or said.names or (said.stems >= 1 and said.stem_share >= 0.5)
    return modes and _same_context(one, other)


def _deed_within(one: Features, other: Features, said: Overlap) -> bool:
    if said.more:
        return False
    whole = said.things >= 1 and said.share == 1.0 and said.stems >= 2
    if max(one.days, other.days) > LONGEST_STAY:
        treaty = one.event.type is EventType.SUPPORT and (whole or (said.things >= 2 and said.share >= 0.75))
        return treaty or (said.things >= 4 and said.share >= 0.6)
    if one.event.type in _REPEATED:
        return said.things >= 3 and said.share >= 0.75 and (said.counts or said.names)
    if said.names and said.bare:
        return said.stem_share >= 0.6
    return whole or (said.things >= 2 and said.share >= 0.6)


def dates_of(one: Features, other: Features) -> Likeness:
    """Return how the dates of two reports relate."""
    first, second = one.period, other.period
    if first is None or second is None:
        return Likeness.UNDATED if one.event.source_id == other.event.source_id else Likeness.UNCLEAR
    if first.precedes(second) or second.precedes(first):
        near = one.by_day and other.by_day and _gap(first, second) == 1
        return Likeness.NEAR if near else Likeness.DIFFERENT
    if max(one.days, other.days) > LONGEST_DATE:
        return Likeness.UNCLEAR
    if one.by_day and other.by_day:
        return Likeness.SAME_DATE if first == second else Likeness.COMMON_DAY
    return Likeness.WITHIN if first.contains(second) or second.contains(first) else Likeness.UNCLEAR


def persons_of(one: Features, other: Features, code: str) -> Agreement:
    """Return how far two reports agree on who acts for the state."""
    first, second = one.names.get(code), other.names.get(code)
    if first and second:
        same = any(same_person(name, another) for name in first for another in second)
        return Agreement.NAME if same else Agreement.CONFLICT
    ranks = (one.ranks.get(code), other.ranks.get(code))
    if ranks[0] and ranks[1]:
        common = ranks[0] & ranks[1]
        if not common:
            return Agreement.CONFLICT
        return Agreement.RANK if common & _ONE_HOLDER else Agreement.UNKNOWN
    return Agreement.UNKNOWN


def visitors_of(one: Features, other: Features) -> frozenset[str]:
    """The codes of the guests, where at least one report says who visits whom."""
    for report in (one, other):
        if "visit" in report.event.modes and not report.event.symmetric and report.recipients:
            return report.actors
    return frozenset()


def cities_differ(one: Features, other: Features) -> bool:
    """Whether both name a city, each another."""
    return bool(one.city and other.city and one.city != other.city)


def same_place(one: Features, other: Features) -> bool:
    """Whether both name a place, and not two cities."""
    both = one.event.place is not None and other.event.place is not None
    return both and not cities_differ(one, other)


def contexts_differ(one: Features, other: Features) -> bool:
    """Whether both have contexts and share none."""
    first, second = set(one.event.contexts), set(other.event.contexts)
    return bool(first and second and not first & second)


def _same_context(one: Features, other: Features) -> bool:
    return bool(set(one.event.contexts) & set(other.event.contexts) - _USUAL_CONTEXTS)


def _at_the_host(one: Features, other: Features, *, named: bool, on_a_day: bool) -> bool:
    """Whether a symmetric meeting can be part of the other report's visit: it takes place in the host's country."""
    directed, mutual = (one, other) if other.event.symmetric else (other, one)
    if mutual.event.place is None:
        return named and on_a_day
    return mutual.event.place.code in directed.recipients


def _inside(report: Features, stay: Period) -> bool:
    return report.period is not None and report.by_day and stay.contains(report.period)


def _gap(first: Period, second: Period) -> int:
    earlier, later = (first, second) if first.precedes(second) else (second, first)
    assert earlier.end is not None and later.start is not None
    return (later.start - earlier.end).days
