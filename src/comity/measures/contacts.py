"""Contacts between the two sides: who met, of what rank, and the longest silence at high level."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.measures.answers import Answer, Question
from comity.measures.wording import duration, listed, plural, state_name
from comity.terms import (
    Actor,
    Dyad,
    Event,
    EventType,
    Interval,
    Measure,
    MeasurePoint,
    MergedEvent,
    Period,
    Precision,
    Rank,
)

HIGH_LEVEL = (Rank.HEAD_OF_STATE, Rank.HEAD_OF_GOVERNMENT, Rank.FOREIGN_MINISTER)
_UNRANKED = "rank not named"
_READ_ONLY = "Only contacts that the sources read report are counted; an absence here is no proof of an absence."
_CONTACTS = Question(
    "contacts",
    "Contacts by rank and year",
    "events",
    "Counts the record's CONSULT events (PLOVER) between the sides, not those of both with others. A contact has the rank of its "
    "highest person on each side; where both sides' ranks are known, the lower of the two.",
)
_GAP = Question(
    "contact-gap",
    "Longest gap between high-level contacts",
    "days",
    "Days from the end of one contact of heads of state or government or foreign ministers to the start of the "
    "next dated one. A date known only to the month or year gives the gap as a range.",
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A CONSULT event of both sides, with the rank at which they met and its date."""

    event: MergedEvent
    rank: Rank | None
    period: Period | None

    @property
    def is_high_level(self) -> bool:
        """Whether heads of state or government or foreign ministers met."""
        return self.rank in HIGH_LEVEL


def contacts(dyad: Dyad, events: Iterable[MergedEvent]) -> Measure:
    """Return the contacts between the sides, a point for each year and rank; the value is their number."""
    found = contacts_between(dyad, events)
    if not found:
        return _CONTACTS.unanswered(dyad, f"No contact between {_both(dyad)} is on record.", (_READ_ONLY,))
    grouped: dict[tuple[int, str], list[str]] = defaultdict(list)
    without_year = 0
    for one in found:
        year = _one_year(one.period)
        if year is None:
            without_year += 1
        else:
            grouped[year, one.rank.value if one.rank else _UNRANKED].append(one.event.id)
    points = tuple(
        MeasurePoint(str(year), len(ids), rank, date(year, 1, 1), date(year, 12, 31), inputs=tuple(sorted(ids)))
        for (year, rank), ids in sorted(grouped.items(), key=lambda item: (item[0][0], _rank_order(item[0][1])))
    )
    caveats = [_READ_ONLY]
    if without_year:
        were = "contact has" if without_year == 1 else "contacts have"
        caveats.append(f"{without_year} {were} no date that lies in one year; they are counted in the total only.")
    high = [one for one in found if one.is_high_level]
    years = sorted({int(point.label) for point in points})
    when = f" from {years[0]} to {years[-1]}" if len(years) > 1 else f" in {years[0]}" if years else ""
    summary = (
        f"{plural(len(found), 'contact')} between {_both(dyad)} {'is' if len(found) == 1 else 'are'} on record{when}, "
    )
    count = "none of them " if not high else f"{len(high)} of them "
    if len(found) == len(high):
        count = {1: "", 2: "both of them "}.get(len(high), "all of them ")
    summary += f"{count}at high level (head of state or government, or foreign minister)"
    dated = sorted((one for one in high if one.period), key=lambda one: one.period.sort_key if one.period else ("", ""))
    if dated:
        summary += f"{'; the latest of these' if len(high) > 1 else ''}: {_described(dated[-1], dyad)}"
    ids = tuple(one.event.id for one in found)
    return _CONTACTS.answered(dyad, summary + ".", Answer(float(len(found)), None, points, ids, tuple(caveats)))


def contacts_by_year(dyad: Dyad, events: Iterable[MergedEvent]) -> dict[int, tuple[str, ...]]:
    """Return the ids of the contacts between the sides by the year in which they lie."""
    by_year: dict[int, list[str]] = defaultdict(list)
    for one in contacts_between(dyad, events):
        year = _one_year(one.period)
        if year is not None:
            by_year[year].append(one.event.id)
    return {year: tuple(sorted(ids)) for year, ids in sorted(by_year.items())}


def contact_gap(dyad: Dyad, events: Iterable[MergedEvent], *, on: date | None = None) -> Measure:
    """Return the longest gap between dated high-level contacts, a point for each gap.

    Args:
        dyad: the two sides.
        events: the record's events.
        on: the day of asking; with it, the time since the last contact is told too.
    """
    high = [one for one in contacts_between(dyad, events) if one.is_high_level]
    closed = [(one, one.period) for one in high if one.period is not None and not one.period.is_open]
    if on is not None:
        closed = [(one, period) for one, period in closed if period.start is not None and period.start <= on]
    placed = [_Placed(one, *_place(period)) for one, period in closed]
    undated = len(high) - len(closed)
    caveats = [_READ_ONLY]
    if undated:
        caveats.append(f"{plural(undated, 'high-level contact')} without a closed date cannot end a gap here.")
    if len(placed) < 2:
        why = "no dated high-level contact is" if not placed else "only one dated high-level contact is"
        return _GAP.unanswered(dyad, f"No gap can be measured: {why} on record between {_both(dyad)}.", caveats)
    gaps = _gaps(placed)
    if not gaps:
        return _GAP.unanswered(
            dyad, "No gap can be measured: the dates of the high-level contacts are too coarse to order them.", caveats
        )
    longest = max(gaps, key=lambda gap: (gap.low, gap.high))
    if any(gap is not longest and gap.high > longest.low for gap in gaps):
        caveats.append("Coarse dates leave open whether another gap was longer.")
    points = tuple(
        MeasurePoint(
            f"{gap.before.label} to {gap.after.label}",
            (gap.low + gap.high) / 2,
            "gap",
            gap.before.last,
            gap.after.first,
            None if gap.low == gap.high else Interval(float(gap.low), float(gap.high), 1.0, "coarse-dates"),
            (gap.before.contact.event.id, gap.after.contact.event.id),
        )
        for gap in gaps
    )
    exact = longest.low == longest.high
    length = duration(longest.low) if exact else f"between {duration(longest.low)} and {duration(longest.high)}"
    summary = (
        f"The longest gap between high-level contacts on record lasted {length}, from {longest.before.label} "
        f"({_people(longest.before.contact, dyad)}) to {longest.after.label} ({_people(longest.after.contact, dyad)})"
    )
    if on is not None:
        last = max(placed, key=lambda one: one.last)
        if last.last <= on:
            summary += f"; the last one ended {duration((on - last.last).days)} before {on.isoformat()}"
    value = (longest.low + longest.high) / 2
    interval = None if exact else Interval(float(longest.low), float(longest.high), 1.0, "coarse-dates")
    inputs = tuple(one.contact.event.id for one in placed)
    return _GAP.answered(dyad, summary + ".", Answer(value, interval, points, inputs, tuple(caveats)))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A dated contact: when it may have begun (first to first_latest) and ended (last_earliest to last)."""

    contact: Contact
    first: date
    first_latest: date
    last_earliest: date
    last: date

    @property
    def label(self) -> str:
        return self.contact.period.label if self.contact.period is not None else ""


@dataclass(frozen=True, slots=True)
class _Gap:
    before: _Placed
    after: _Placed
    low: int
    high: int


def _place(period: Period) -> tuple[date, date, date, date]:
    assert period.start is not None and period.end is not None
    if period.precision is Precision.DAY:
        return period.start, period.start, period.end, period.end
    # Somewhere within the period: one day of it at least.
    return period.start, period.end, period.start, period.end


def _gaps(placed: Sequence[_Placed]) -> list[_Gap]:
    """Return the gaps that surely exist: between all contacts surely before and all surely after."""
    ordered = sorted(placed, key=lambda one: (one.first, one.last, one.contact.event.id))
    gaps = []
    reach = ordered[0].last
    for position in range(1, len(ordered)):
        earlier, later = ordered[:position], ordered[position:]
        if later[0].first > reach:
            before = max(earlier, key=lambda one: (one.last, one.last_earliest))
            after = min(later, key=lambda one: (one.first, one.first_latest))
            low = (after.first - reach).days
            high = (min(one.first_latest for one in later) - max(one.last_earliest for one in earlier)).days
            gaps.append(_Gap(before, after, low, max(low, high)))
        reach = max(reach, ordered[position].last)
    return gaps


def contacts_between(dyad: Dyad, events: Iterable[MergedEvent]) -> list[Contact]:
    """Return the contacts of the two sides, by date; those without one last."""
    found = []
    for merged in events:
        event = merged.event
        if event.type is EventType.CONSULT and event.acting_between(dyad.codes):
            found.append(Contact(merged, _rank(event, dyad), event.date.period if event.date else None))
    return sorted(found, key=lambda one: (one.period.sort_key if one.period else ("9999", ""), one.event.id))


def _rank(event: Event, dyad: Dyad) -> Rank | None:
    """Return the rank of a contact: the lower of the two sides' highest; of one side where the other names nobody."""
    best = []
    for code in (dyad.first, dyad.second):
        ranks = [
            actor.rank for actor in event.actors + event.recipients if actor.code == code and actor.rank is not None
        ]
        if ranks:
            best.append(min(ranks, key=lambda rank: rank.order))
    return max(best, key=lambda rank: rank.order) if best else None


def _one_year(period: Period | None) -> int | None:
    if period is None or period.start is None or period.end is None or period.start.year != period.end.year:
        return None
    return period.start.year


def _rank_order(rank: str) -> int:
    return len(Rank) if rank == _UNRANKED else Rank(rank).order


def _described(contact: Contact, dyad: Dyad) -> str:
    when = contact.period.label if contact.period else "undated"
    place = contact.event.event.place
    where = f" in {place.city or place.text}" if place is not None else ""
    people = _people(contact, dyad)
    # The place is the meeting's, not the office's: "Narendra Modi, Prime Minister, in Paris".
    return f"{people}{',' if where and ', ' in people else ''}{where}, {when}"


def _people(contact: Contact, dyad: Dyad) -> str:
    event = contact.event.event
    named: Counter[str] = Counter()
    for actor in event.actors + event.recipients:
        if actor.code in dyad.codes and actor.person:
            named[_person(actor)] += 1
    return listed(list(named)[:3]) if named else _both(dyad)


def _person(actor: Actor) -> str:
    return f"{actor.person}, {actor.office}" if actor.office else f"{actor.person} of {state_name(actor.code)}"


def _both(dyad: Dyad) -> str:
    return f"{state_name(dyad.first)} and {state_name(dyad.second)}"


__all__ = ["HIGH_LEVEL", "Contact", "contact_gap", "contacts", "contacts_between"]
