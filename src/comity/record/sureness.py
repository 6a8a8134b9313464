"""How sure it is that reports which were joined tell of one act: a number between 0 and 1 for each act.

Each thing that two reports share, or differ in, adds to the log-odds of their being one act (`_WEIGHTS`; Fellegi and
Sunter's way of linking records, "A Theory for Record Linkage", JASA 64, 1969). The weights were fitted once on the
tuned half of the labelled pairs (tests/record/data/told_pairs.jsonl) and rounded; docs/rooms/record.md shows how often they
are right on the other half.

An act is as sure as its least sure report. A report is as sure as its best link to another one; a second document that
it also agrees with takes away a third of the doubt that is left, since sources copy each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from comity.record.features import LONGEST_STAY, Features
from comity.record.sameness import (
    Agreement,
    Likeness,
    cities_differ,
    contexts_differ,
    dates_of,
    persons_of,
    same_place,
    visitors_of,
)
from comity.record.wording import overlap_of
from comity.terms import EventType, Period

# In natural logarithms of odds. Where few pairs bear on a weight it was drawn towards none by hand.
_WEIGHTS = {
    "at first": -0.8,
    "same person": 2.2,
    "same high office": 2.0,
    "other host": -1.0,
    "same day": 1.2,
    "common day": 1.2,
    "days of one stay": 1.2,
    "same day, inferred": -0.5,
    "within a month": 0.3,
    "within a year": -1.4,
    "next day": -0.3,
    "undated": -0.5,
    "same city": 1.2,
    "same state of place": 1.0,
    "other city": -1.3,
    "same round": 1.5,
    "visit and meeting": -0.5,
    "same context": 1.2,
    "other context": -1.5,
    "same matter": 2.8,
    "same matter of talks": 1.0,
    "a common word": 2.0,
    "same count": 2.0,
    "other count": -1.3,
}

# An act of many reports: each is held against the first of them, the most exact, only.
_MOST_COMPARED = 20


def evidence(one: Features, other: Features, *, stay: Period | None = None) -> frozenset[str]:
    """Return what speaks for and against the two reports being one act, as keys of the weights."""
    found: set[str] = set()
    dates = dates_of(one, other)
    if stay is not None and dates in (Likeness.NEAR, Likeness.DIFFERENT):
        found.add("days of one stay")
    elif dates is Likeness.SAME_DATE:
        found.add("same day" if one.explicit and other.explicit else "same day, inferred")
    elif dates is Likeness.COMMON_DAY:
        found.add("common day")
    elif dates is Likeness.WITHIN:
        found.add("within a month" if max(one.days, other.days) <= LONGEST_STAY else "within a year")
    elif dates is Likeness.NEAR:
        found.add("next day")
    else:
        found.add("undated")
    found.update(_of_persons(one, other))
    if cities_differ(one, other):
        found.add("other city")
    elif one.city and other.city:
        found.add("same city")
    elif same_place(one, other):
        found.add("same state of place")
    if one.event.ordinal is not None and one.event.ordinal == other.event.ordinal:
        found.add("same round")
    if one.event.symmetric != other.event.symmetric:
        found.add("visit and meeting")
    if contexts_differ(one, other):
        found.add("other context")
    elif set(one.event.contexts) & set(other.event.contexts):
        found.add("same context")
    found.update(_of_words(one, other))
    return frozenset(found)


def _of_persons(one: Features, other: Features) -> set[str]:
    found: set[str] = set()
    visitors = visitors_of(one, other) or one.parties & other.parties
    agreements = {code: persons_of(one, other, code) for code in one.parties & other.parties}
    guest = max((agreements.get(code, Agreement.UNKNOWN) for code in visitors), default=Agreement.UNKNOWN)
    if guest is Agreement.NAME:
        found.add("same person")
    elif guest is Agreement.RANK:
        found.add("same high office")
    if Agreement.CONFLICT in agreements.values():
        found.add("other host")
    return found


def _of_words(one: Features, other: Features) -> set[str]:
    said = overlap_of(one.wording, other.wording)
    found: set[str] = set()
    if one.event.type is EventType.CONSULT:
        return {"same matter of talks"} if said.things else found
    if said.things >= 2 and said.share >= 0.5:
        found.add("same matter")
    elif said.things:
        found.add("a common word")
    if said.counts:
        found.add("same count")
    if said.contrary_counts:
        found.add("other count")
    return found


def link(one: Features, other: Features, *, stay: Period | None = None) -> float:
    """Return how sure it is that the two reports, if they were joined, are one act: 0 to 1."""
    return 1 / (1 + exp(-sum(_WEIGHTS[each] for each in evidence(one, other, stay=stay)) - _WEIGHTS["at first"]))


def joining(members: Sequence[Features], *, seeds: Sequence[Features] = ()) -> float:
    """Return how sure the joining of these reports is: 0 to 1, and 1 for one report alone.

    `seeds` are those of them that a person joined; they are sure. The members' order counts where there are many.
    """
    if len(members) < 2:
        return 1.0
    stay = next((each.period for each in members if each.is_stay), None)
    sure = {seed.event.id for seed in seeds}
    held = [member for member in members if member.event.id not in sure]
    return round(min((_support(member, members[:_MOST_COMPARED], stay) for member in held), default=1.0), 3)


def _support(member: Features, members: Sequence[Features], stay: Period | None) -> float:
    best: dict[str, float] = {}
    for other in members:
        if other is not member:
            source = other.event.source_id
            best[source] = max(best.get(source, 0.0), link(member, other, stay=stay))
    first, *further = sorted(best.values(), reverse=True)
    return first + (1 - first) * further[0] / 3 if further else first
