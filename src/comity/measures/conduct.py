"""Cooperation and conflict between the sides by year, on the PLOVER scale, with what the counts rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from comity.measures.answers import Answer, Question
from comity.measures.wording import plural, state_name
from comity.terms import Dyad, Measure, MeasurePoint, MergedEvent, Quad

_SCALE = "the PLOVER scale (PLOVER manual, February 2024: -10 conflict to 10 cooperation); several reports of one act count once"
_QUESTIONS = {
    "cooperation": Question(
        "cooperation",
        "Cooperation by year",
        "PLOVER score",
        f"Sums the scores of verbal and material cooperation (quads 1 and 2) between the sides by year on {_SCALE}.",
    ),
    "conflict": Question(
        "conflict",
        "Conflict by year",
        "PLOVER score",
        f"Sums the scores of verbal and material conflict (quads 3 and 4) between the sides by year on {_SCALE}.",
    ),
}
_COUNTS = Question(
    "event-counts",
    "Events, reports and documents by year",
    "events",
    "Counts the acts between the sides by PLOVER quad class, the reports of them and the documents that report them.",
)
_WHAT_WAS_READ = "Counts and sums depend on which documents were read; a busy year may be a well-covered year."
_QUADS = {
    "cooperation": (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION),
    "conflict": (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT),
}


def cooperation(dyad: Dyad, events: Iterable[MergedEvent]) -> Measure:
    """Return the yearly sums of cooperative acts between the sides; the value is the sum over all years."""
    return _scored(dyad, events, "cooperation")


def conflict(dyad: Dyad, events: Iterable[MergedEvent]) -> Measure:
    """Return the yearly sums of conflictual acts between the sides, below zero; the value is the sum over all years."""
    return _scored(dyad, events, "conflict")


def event_counts(dyad: Dyad, events: Iterable[MergedEvent]) -> Measure:
    """Return how many acts, reports and documents each year rests on; the value is the number of acts."""
    found = between(dyad, events)
    if not found:
        return _COUNTS.unanswered(dyad, f"No act between {_both(dyad)} is on record.", (_WHAT_WAS_READ,))
    by_year, undated = _by_year(found)
    points = []
    for year, of_year in sorted(by_year.items()):
        sizes = {
            "cooperative acts": sum(one.event.quad in _QUADS["cooperation"] for one in of_year),
            "conflictual acts": sum(one.event.quad in _QUADS["conflict"] for one in of_year),
            "reports": sum(len(one.reports) for one in of_year),
            "documents": len({source for one in of_year for source in one.source_ids}),
        }
        ids = tuple(sorted(one.id for one in of_year))
        points += [_point(year, size, group, ids) for group, size in sizes.items()]
    reports = sum(len(one.reports) for one in found)
    documents = len({source for one in found for source in one.source_ids})
    summary = (
        f"{plural(len(found), 'act')} between {_both(dyad)} {'is' if len(found) == 1 else 'are'} on record, "
        f"from {plural(reports, 'report')} in {plural(documents, 'document')}."
    )
    ids = tuple(one.id for one in found)
    answer = Answer(float(len(found)), None, tuple(points), ids, (_WHAT_WAS_READ, *_undated(undated)))
    return _COUNTS.answered(dyad, summary, answer)


def acts_by_year(dyad: Dyad, events: Iterable[MergedEvent], which: str) -> dict[int, tuple[str, ...]]:
    """Return the ids of the acts of "cooperation" or "conflict" between the sides by the year in which they lie."""
    found = [one for one in between(dyad, events) if one.event.quad in _QUADS[which]]
    return {year: tuple(sorted(one.id for one in of_year)) for year, of_year in sorted(_by_year(found)[0].items())}


def _scored(dyad: Dyad, events: Iterable[MergedEvent], which: str) -> Measure:
    question = _QUESTIONS[which]
    found = [one for one in between(dyad, events) if one.event.quad in _QUADS[which]]
    if not found:
        return question.unanswered(dyad, f"No act of {which} between {_both(dyad)} is on record.", (_WHAT_WAS_READ,))
    by_year, undated = _by_year(found)
    points = tuple(
        _point(year, sum(one.event.scale for one in of_year), which, tuple(sorted(one.id for one in of_year)))
        for year, of_year in sorted(by_year.items())
    )
    total = sum(one.event.scale for one in found)
    reports = sum(len(one.reports) for one in found)
    documents = len({source for one in found for source in one.source_ids})
    years = f"{min(by_year)} to {max(by_year)}" if len(by_year) > 1 else str(*by_year) if by_year else "undated"
    summary = (
        f"{plural(len(found), 'act')} of {which} between {_both(dyad)} ({years}) {'sums' if len(found) == 1 else 'sum'} to {total:+.1f} on the PLOVER scale, "
        f"from {plural(reports, 'report')} in {plural(documents, 'document')}."
    )
    ids = tuple(one.id for one in found)
    return question.answered(dyad, summary, Answer(total, None, points, ids, (_WHAT_WAS_READ, *_undated(undated))))


def between(dyad: Dyad, events: Iterable[MergedEvent]) -> list[MergedEvent]:
    """Return the acts between the sides (`Event.acting_between`), by id."""
    found = [one for one in events if one.event.acting_between(dyad.codes)]
    return sorted(found, key=lambda one: one.id)


def _by_year(events: Iterable[MergedEvent]) -> tuple[dict[int, list[MergedEvent]], int]:
    by_year: dict[int, list[MergedEvent]] = defaultdict(list)
    undated = 0
    for one in events:
        year = year_of(one)
        if year is None:
            undated += 1
        else:
            by_year[year].append(one)
    return by_year, undated


def year_of(act: MergedEvent) -> int | None:
    """Return the year in which an act surely lies; None where its date leaves that open."""
    period = act.event.date.period if act.event.date is not None else None
    return None if period is None or period.first_year != period.last_year else period.first_year


def _undated(count: int) -> tuple[str, ...]:
    return (f"{plural(count, 'act')} without a date in one year: counted in the total only.",) if count else ()


def _point(year: int, value: float, group: str, inputs: tuple[str, ...]) -> MeasurePoint:
    return MeasurePoint(str(year), float(value), group, date(year, 1, 1), date(year, 12, 31), inputs=inputs)


def _both(dyad: Dyad) -> str:
    return f"{state_name(dyad.first)} and {state_name(dyad.second)}"
