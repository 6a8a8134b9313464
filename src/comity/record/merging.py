"""Reports of one act become one event: a pure function of the set of reports, whatever their order.

`compare` (sameness.py) says of two reports whether they are surely the same act, surely different acts, or unclear.
Only reports that are pairwise the same are joined (complete link): a vague report never chains two acts together.
Dated reports come first, the most exact first; a report that fits two acts equally well joins neither and stands
alone, since nothing says which one it means.

Reports of other types or between other parties are never joined, so they are worked through apart, family by family:
what is made for the comparing weighs more than the reports, and is let go with each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from comity.record.features import LONGEST_STAY, Features, blocks_of, features_of
from comity.record.sameness import Likeness, compare
from comity.record.sureness import joining
from comity.terms import Disagreement, Event, MergedEvent, Period, Precision, content_id

Pair = tuple[str, str]


@dataclass(slots=True)
class _Group:
    """Reports of one act while they are being gathered; `seeds` were joined by a person and answer for the rest."""

    members: list[Features] = field(default_factory=list)
    seeds: list[Features] = field(default_factory=list)


def merge(
    reports: Sequence[Event],
    *,
    joined: Iterable[Pair] = (),
    parted: Iterable[Pair] = (),
    named_after: dict[str, Event] | None = None,
) -> tuple[MergedEvent, ...]:
    """Return the acts that the reports tell of, sorted by date, then id; undated acts last.

    Args:
        reports: in any order; a report given twice counts once.
        joined: pairs of report ids that a person says are one act.
        parted: pairs of report ids that a person says are two.
        named_after: by report id, the report as stored, where `reports` holds it corrected; ids are made from these,
            so that a correction does not change an act's id.
    """
    unique = {report.id: report for report in reports}
    stored = unique if named_after is None else {**unique, **named_after}
    together, apart = _pairs(joined), _pairs(parted)
    acts: list[MergedEvent] = []
    for family in _families(unique, together):
        # What a second reader proposed comes last: it may join the rules' reports, never keep them apart.
        found = sorted(
            (features_of(report) for report in family), key=lambda each: (bool(each.event.proposer), each.order)
        )
        acts += [_merged(group) for group in _gather(found, together, apart)]
    return tuple(sorted(_named(acts, stored), key=_chronology))


def act_id(report: Event) -> str:
    """Return the id that an act has when this report stands for it.

    Made of what stays when a second source arrives: type, parties, persons, date, place, round. An undated report
    has too little of that, so its own place in its document counts too.
    """
    period = None if report.date is None else report.date.period
    place = report.place
    return content_id(
        "act",
        report.type.value,
        sorted({_side(actor.code, actor.person) for actor in report.actors}),
        sorted({_side(actor.code, actor.person) for actor in report.recipients}),
        report.symmetric,
        sorted(report.modes),
        None if period is None else [*period.sort_key, period.precision.value],
        None if place is None else [place.code, place.city],
        report.ordinal,
        [report.source_id, report.start] if period is None else None,
    )


def _side(code: str, person: str) -> str:
    return f"{code} {person}"


def _pairs(pairs: Iterable[Pair]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in pairs}


def _families(reports: dict[str, Event], joined: set[frozenset[str]]) -> Iterator[list[Event]]:
    """Yield the reports in families such that no report of one can be an act with a report of another."""
    known = [sorted(pair) for pair in joined if pair <= reports.keys()]
    lead = _linked(
        [
            *((report.id, block) for report in reports.values() for block in blocks_of(report)),
            *((pair[0], pair[-1]) for pair in known),
        ]
    )
    families: dict[Hashable, list[Event]] = defaultdict(list)
    for report in reports.values():
        families[lead(report.id)].append(report)
    yield from families.values()


def _linked(links: Iterable[tuple[Hashable, Hashable]]) -> Callable[[Hashable], Hashable]:
    """Return what leads each thing to one and the same thing of all that are linked with it, over whatever others."""
    leader: dict[Hashable, Hashable] = {}

    def lead(thing: Hashable) -> Hashable:
        while (above := leader.setdefault(thing, thing)) != thing:
            leader[thing] = thing = leader[above]
        return thing

    for one, other in links:
        leader[lead(one)] = lead(other)
    return lead


def _gather(found: list[Features], joined: set[frozenset[str]], parted: set[frozenset[str]]) -> list[_Group]:
    groups: list[_Group] = []
    near: dict[object, set[int]] = defaultdict(set)
    seeded = _seeds(found, joined)
    for seeds in seeded:
        groups.append(_Group(list(seeds), list(seeds)))
        for seed in seeds:
            _place(near, seed, len(groups) - 1)
    taken = {seed.event.id for seeds in seeded for seed in seeds}
    for report in found:
        if report.event.id in taken:
            continue
        candidates = sorted({index for key in report.where for index in near.get(key, ())})
        fits = [(_fit(groups[index], report, parted), index) for index in candidates]
        strengths = sorted((strength for strength, _ in fits if strength is not Likeness.UNCLEAR), reverse=True)
        alone = len(strengths) == 1 or (len(strengths) > 1 and strengths[0] > strengths[1])
        if strengths and alone and strengths[0] > Likeness.UNCLEAR:
            index = next(index for strength, index in fits if strength is strengths[0])
            groups[index].members.append(report)
        else:
            groups.append(_Group([report]))
            index = len(groups) - 1
        _place(near, report, index)
    return groups


def _seeds(found: list[Features], joined: set[frozenset[str]]) -> list[list[Features]]:
    if not joined:
        return []
    present = {report.event.id for report in found}
    lead = _linked((min(pair), max(pair)) for pair in joined if pair <= present)
    together: dict[Hashable, list[Features]] = defaultdict(list)
    for report in found:
        together[lead(report.event.id)].append(report)
    return [members for members in together.values() if len(members) > 1]


def _place(near: dict[object, set[int]], report: Features, index: int) -> None:
    for key in report.stands:
        near[key].add(index)


def _fit(group: _Group, report: Features, parted: set[frozenset[str]]) -> Likeness:
    """Return how well the report fits the group: as its weakest link, and UNCLEAR where any link fails."""
    if parted and any(frozenset((report.event.id, member.event.id)) in parted for member in group.members):
        return Likeness.UNCLEAR
    stay = next((each.period for each in group.members if each.is_stay), None)
    links: list[Likeness] = []
    for member in group.members if not group.seeds else [each for each in group.members if each not in group.seeds]:
        link = compare(report, member, stay=stay)
        if link <= Likeness.UNCLEAR:
            return Likeness.UNCLEAR
        links.append(link)
    if group.seeds:
        # What a person joined need not agree: the report must be like one of them.
        links.append(max(compare(report, seed, stay=stay) for seed in group.seeds))
    return max(min(links), Likeness.UNCLEAR)


def _named(acts: list[MergedEvent], stored: dict[str, Event]) -> Iterator[MergedEvent]:
    """Yield the acts under their ids, which are made of their fullest reports as stored."""
    by_id: dict[str, list[tuple[str, MergedEvent]]] = defaultdict(list)
    for act in acts:
        first = min((stored[report.id] for report in act.reports), key=_fullness)
        by_id[act_id(first)].append((first.id, act))
    for plain, bearers in by_id.items():
        # Two acts alike in all that makes the id: the first keeps it, the others add their own report's.
        for place, (report_id, act) in enumerate(sorted(bearers, key=lambda bearer: bearer[0])):
            yield replace(act, id=plain if place == 0 else content_id("act", plain, report_id))


def _merged(group: _Group) -> MergedEvent:
    """Return the act of a group, under no id yet."""
    reports = [member.event for member in group.members]
    ordered = tuple(sorted(reports, key=lambda report: (report.source_id, report.start, report.id)))
    return MergedEvent(
        id="",
        event=_placed(min(reports, key=_fullness), ordered),
        reports=ordered,
        disagreements=_disagreements(ordered),
        # Reports copy each other, so their agreement is no independent proof: the surest one's confidence, no more.
        confidence=max(report.confidence for report in ordered),
        joining=joining(sorted(group.members, key=lambda member: member.order), seeds=group.seeds),
    )


def _placed(standing: Event, reports: tuple[Event, ...]) -> Event:
    """The report that stands for the act, with the place that the others name in unison where it names none."""
    if standing.place is not None and standing.place.city:
        return standing
    # A place that only a second reader names is not told of an act that Comity read itself.
    told = [report for report in reports if not report.proposer or standing.proposer]
    places = {(report.place.code, report.place.city): report.place for report in told if report.place is not None}
    cities = {key: place for key, place in places.items() if key[1]}
    if len({code for code, _ in places}) != 1 or len(cities or places) != 1:
        return standing
    return replace(standing, place=next(iter((cities or places).values())))


def _fullness(report: Event) -> tuple[object, ...]:
    """A key that puts what Comity read itself first, then the most exactly dated and then the most complete."""
    period = None if report.date is None else report.date.period
    persons = {actor.code for actor in report.actors + report.recipients if actor.person}
    return (
        bool(report.proposer),
        period is None,
        *_exactness(period),
        -len(persons),
        not report.modes,
        report.place is None,
        report.place is None or not report.place.city,
        report.ordinal is None,
        -report.confidence,
        -len(report.contexts),
        report.source_id,
        report.start,
        report.id,
    )


def _exactness(period: Period | None) -> tuple[int, int]:
    days = None if period is None else period.days
    if period is None or days is None:
        return 99, 0
    # Of two reports dated to days, the one that gives the whole stay says more than the one with a day of it.
    if period.precision is Precision.DAY and days <= LONGEST_STAY:
        return 0, -days
    return max(1, period.precision.fineness), days


def _disagreements(reports: tuple[Event, ...]) -> tuple[Disagreement, ...]:
    if len(reports) == 1:
        return ()
    found = [
        _differing("type", {report.id: report.type.value for report in reports}),
        _differing(
            "parties",
            {report.id: ", ".join(sorted(report.parties)) for report in reports},
        ),
        _differing("modes", {report.id: ", ".join(sorted(report.modes)) for report in reports if report.modes}),
        _date_disagreement(reports),
        _differing("place", {report.id: report.place.code for report in reports if report.place is not None})
        or _differing(
            "place",
            {report.id: report.place.city for report in reports if report.place is not None and report.place.city},
        ),
        _differing("ordinal", {report.id: str(report.ordinal) for report in reports if report.ordinal is not None}),
    ]
    return tuple(each for each in found if each is not None)


def _date_disagreement(reports: tuple[Event, ...]) -> Disagreement | None:
    periods = {report.id: report.date.period for report in reports if report.date is not None}
    distinct = list(dict.fromkeys(periods.values()))
    # A coarser date, or one day of a stay of two, contradicts nothing.
    if all(
        one.contains(other) or other.contains(one)
        for index, one in enumerate(distinct)
        for other in distinct[index + 1 :]
    ):
        return None
    return _differing("date", {report_id: period.label for report_id, period in periods.items()})


def _differing(feature: str, values: dict[str, str]) -> Disagreement | None:
    readings: dict[str, list[str]] = defaultdict(list)
    for report_id, value in values.items():
        readings[value].append(report_id)
    if len(readings) < 2:
        return None
    return Disagreement(feature, tuple((value, tuple(sorted(ids))) for value, ids in sorted(readings.items())))


def _chronology(merged: MergedEvent) -> tuple[object, ...]:
    date = merged.event.date
    return (date is None, ("", "") if date is None else date.period.sort_key, merged.id)
