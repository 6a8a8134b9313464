"""Events as a reader meets them: a timeline by year, contacts by rank, and positions by issue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.brief.material import Material
from comity.brief.notes import Mark, Notebook
from comity.brief.wording import (
    counted,
    event_title,
    kind_text,
    opening,
    people_text,
    period_text,
    place_apart,
    place_text,
    precision_text,
    proposal_text,
    rank_text,
    sides,
    stance_text,
    state_name,
    typeset,
)
from comity.terms import Event, EventDate, EventType, MergedEvent, Precision, Rank, Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that some of the reports give for a feature on which they differ."""

    value: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the timeline, ready to print. `proposal` says that a second reader proposed it, where one did."""

    id: str
    date: str
    date_remark: str
    title: str
    people: str
    place: str
    quote: str
    marks: tuple[Mark, ...]
    reports: str
    disagreements: tuple[tuple[str, tuple[Reading, ...]], ...]
    reviewed: bool
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """The events of one year, or those without a date."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """One meeting or call between the two states. `proposal` says that a second reader proposed it, where one did."""

    date: str
    who: str
    kind: str
    place: str
    marks: tuple[Mark, ...]
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class RankGroup:
    """The contacts at one rank. `span` says how many there are, and from when to when."""

    name: str
    span: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One statement of position, ready to print."""

    id: str
    holder: str
    stance: str
    about: str
    toward: str
    date: str
    quote: str
    marks: tuple[Mark, ...]
    direction: int


@dataclass(frozen=True, slots=True)
class Issue:
    """The positions on one issue."""

    name: str
    positions: tuple[Position, ...]


def sort_key(event: MergedEvent) -> tuple[str, str, str]:
    """Order events by date; those without one come last."""
    date = event.event.date
    start, end = ("9999", "9999") if date is None else date.period.sort_key
    return start, end, event.id


def between(events: Iterable[MergedEvent], codes: frozenset[str]) -> tuple[MergedEvent, ...]:
    """Return the acts between the two states (`Event.acting_between`)."""
    return tuple(event for event in events if event.event.acting_between(codes))


def sure(events: Iterable[MergedEvent], material: Material) -> tuple[MergedEvent, ...]:
    """Return the events without those that only a second reader proposed and no person confirmed."""
    return tuple(event for event in events if not proposal_text(event.event, material.confirmed))


def years(events: Sequence[MergedEvent], material: Material, notebook: Notebook) -> tuple[Year, ...]:
    """Return the events by year of their start, in order, those without a date last."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for event in sorted(events, key=sort_key):
        groups[_year_label(event.event.date)].append(entry(event, material, notebook))
    return tuple(Year(label, tuple(entries)) for label, entries in groups.items())


def entry(merged: MergedEvent, material: Material, notebook: Notebook) -> Entry:
    """Return one event ready to print, with a note for each of its reports."""
    event, names = merged.event, material.names
    ordered = [event, *(report for report in merged.reports if report is not event and report != event)]
    marks = notebook.cite(*ordered)
    disagreements = []
    for one in merged.disagreements:
        readings = []
        for value, ids in one.readings:
            cited = [report for report in ordered if report.id in ids]
            readings.append(Reading(typeset(value) or "not stated", notebook.cite(*cited)))
        disagreements.append((one.feature, tuple(readings)))
    date, remark = _date(event.date)
    return Entry(
        id=merged.id,
        date=date,
        date_remark=remark,
        title=event_title(event, names),
        people=people_text(event, names),
        place=place_apart(event, names),
        quote=" ".join(event.text.split()),
        marks=marks,
        reports="" if len(merged.reports) == 1 else _reports(merged, material),
        disagreements=tuple(disagreements),
        reviewed=merged.id in material.reviewed or any(report.id in material.reviewed for report in merged.reports),
        proposal=proposal_text(event, material.confirmed),
    )


def reports_text(merged: MergedEvent) -> str:
    """Return "1 event, 3 reports in 2 documents"."""
    reports, sources = len(merged.reports), len(merged.source_ids)
    return f"1 event, {counted(reports, 'report')} in {counted(sources, 'document')}"


def _reports(merged: MergedEvent, material: Material) -> str:
    proposed = sum(bool(proposal_text(report, material.confirmed)) for report in merged.reports)
    own = "" if proposed in (0, len(merged.reports)) else f"; {counted(proposed, 'report')} proposed, not confirmed"
    return reports_text(merged) + own


def contact_rank(event: Event, codes: frozenset[str]) -> Rank | None:
    """Return a contact's rank as measures/ counts it: of each side the highest person, and of both the lower one.

    None where the reports name no office.
    """
    highest: dict[str, Rank] = {}
    for actor in event.actors + event.recipients:
        if actor.rank is not None and actor.code in codes:
            known = highest.get(actor.code)
            highest[actor.code] = actor.rank if known is None or actor.rank.order < known.order else known
    return max(highest.values(), key=lambda rank: rank.order, default=None)


def contacts(material: Material, notebook: Notebook) -> tuple[RankGroup, ...]:
    """Return the meetings, visits and calls between the two states by rank."""
    codes = material.dyad.codes
    groups: dict[Rank | None, list[MergedEvent]] = defaultdict(list)
    for merged in sorted(between(material.events, codes), key=sort_key):
        if merged.event.type is EventType.CONSULT:
            groups[contact_rank(merged.event, codes)].append(merged)
    made = []
    for rank in [*Rank, None]:
        members = groups.get(rank)
        if not members:
            continue
        rows = tuple(_contact(merged, material, notebook) for merged in members)
        name = "Rank not stated" if rank is None else rank_text(rank)
        made.append(RankGroup(name, _span(members, material), rows))
    return tuple(made)


def issues(material: Material, notebook: Notebook) -> tuple[Issue, ...]:
    """Return the positions that either state holds, by issue, then holder and date."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in material.statements:
        if statement.holder.code in material.dyad.codes:
            groups[statement.issue].append(statement)
    named = {
        key: material.issue_names.get(key) or key.replace("_", " ").replace("-", " ").capitalize() for key in groups
    }
    return tuple(
        Issue(
            named[key], tuple(position(statement, material, notebook) for statement in sorted(groups[key], key=_held))
        )
        for key in sorted(groups, key=lambda key: (named[key].casefold(), key))
    )


def position(statement: Statement, material: Material, notebook: Notebook) -> Position:
    """Return one position ready to print, with its note."""
    holder = state_name(statement.holder.code, material.names)
    person = " ".join(part for part in (statement.holder.office, statement.holder.person) if part)
    return Position(
        id=statement.id,
        holder=f"{holder} ({person})" if person else holder,
        stance=stance_text(statement.stance),
        about=_object(statement.about),
        toward=sides(statement.toward, material.names),
        date=_date(statement.date)[0],
        quote=" ".join(statement.text.split()),
        marks=notebook.cite(statement),
        direction=statement.stance.direction,
    )


def _object(about: str) -> str:
    """The object of a position without the punctuation and the loose words at its ends."""
    words = " ".join(about.split()).strip(" ,.;:–-")
    for loose in (" and", " or", " but", ","):
        words = words.removesuffix(loose)
    return words


def _contact(merged: MergedEvent, material: Material, notebook: Notebook) -> Contact:
    event, names = merged.event, material.names
    who = people_text(event, names) or opening(event_title(event, names).partition(": ")[2])
    return Contact(
        _date(event.date)[0],
        who,
        kind_text(event),
        place_text(event, names),
        notebook.cite(*merged.reports),
        proposal_text(event, material.confirmed),
    )


def _span(members: Sequence[MergedEvent], material: Material) -> str:
    proposed = len(members) - len(sure(members, material))
    if proposed == len(members):
        return f"{proposed:,} proposed, not confirmed"
    words = _standing_span(sure(members, material))
    return f"{words}; {proposed:,} more proposed, not confirmed" if proposed else words


def _standing_span(members: Sequence[MergedEvent]) -> str:
    words = counted(len(members), "contact")
    dated = [merged.event.date.period for merged in members if merged.event.date is not None]
    if not dated:
        return f"{words}, none dated"
    if len(dated) == 1:
        return f"{words}, {period_text(dated[0])}"
    return f"{words}, the last {period_text(max(dated, key=lambda period: period.sort_key))}"


def _date(date: EventDate | None) -> tuple[str, str]:
    if date is None:
        return "No date", "no date was found in the sources"
    if not date.text:
        return period_text(date.period), f"{precision_text(date.period)}, inferred"
    return period_text(date.period), "" if date.period.precision is Precision.DAY else precision_text(date.period)


def _year_label(date: EventDate | None) -> str:
    if date is None:
        return "Without a date"
    year = date.period.first_year or date.period.last_year
    if date.period.precision in (Precision.DECADE, Precision.CENTURY) or date.period.is_open:
        return period_text(date.period)
    return str(year)


def _held(statement: Statement) -> tuple[str, tuple[str, str], str]:
    date = ("9999", "9999") if statement.date is None else statement.date.period.sort_key
    return statement.holder.code, date, statement.id
