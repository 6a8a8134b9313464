"""How often the sides meet at each rank, and whether the present pause is longer than usual."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from comity.measures.answers import Answer, Question
from comity.measures.contacts import Contact, contacts_between
from comity.measures.wording import duration, plural, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, MergedEvent, Precision, Rank

# Fewer pauses than this have no middle worth telling.
FEWEST_PAUSES = 3
_LEVELS = (
    ("leaders", "contacts of heads of state or government", (Rank.HEAD_OF_STATE, Rank.HEAD_OF_GOVERNMENT)),
    ("foreign ministers", "contacts of foreign ministers", (Rank.FOREIGN_MINISTER,)),
)
_CADENCE = Question(
    "contact-cadence",
    "How often they meet, by rank",
    "days",
    "The median of the days from one contact to the next at a rank, both dated to the month or finer, with the interval that order statistics give "
    "it at 95 per cent or more where there are enough (the sign test's; Conover 1999, Practical Nonparametric Statistics, 3.2).",
)


def contact_cadence(dyad: Dyad, events: Iterable[MergedEvent], *, on: date | None = None) -> Measure:
    """Return the median pause between contacts at each rank, a point for each.

    Args:
        dyad: the two sides.
        events: the record's events.
        on: the day of asking; with it the present pause is set beside the earlier ones.
    """
    found = contacts_between(dyad, events)
    points, told = [], []
    for group, name, ranks in (*_LEVELS, ("all contacts", "contacts of any rank", None)):
        dated = _dated([one for one in found if ranks is None or one.rank in ranks], on)
        pauses = [(after - before).days for (before, _), (after, _) in pairwise(dated)]
        if len(pauses) < FEWEST_PAUSES:
            continue
        ids = tuple(one.event.id for _, one in dated)
        middle = float(median(pauses))
        points.append(MeasurePoint(group, middle, group, dated[0][0], dated[-1][0], _interval(pauses), ids))
        words = f"{name} every {duration(middle)} in the median of {plural(len(pauses), 'pause')}"
        if on is not None:
            present = (on - dated[-1][0]).days
            longer = sum(pause >= present for pause in pauses)
            words += f", the present one of {duration(present)} longer than {'all' if not longer else f'{len(pauses) - longer}'} of them"
        told.append(words)
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    if not points:
        return _CADENCE.unanswered(
            dyad,
            f"How often {both} meet cannot be told: no rank has {FEWEST_PAUSES + 1} contacts dated to the month on record.",
        )
    caveats = ("Meetings that no source on record reports make pauses look longer.",)
    summary = f"{both} had {'; '.join(told)}."
    return _CADENCE.answered(dyad, summary, Answer(None, None, tuple(points), caveats=caveats))


def _dated(contacts: Sequence[Contact], on: date | None) -> list[tuple[date, Contact]]:
    """Return the contacts whose month is known, with their first day; of several on one day the first."""
    found: dict[date, Contact] = {}
    for one in contacts:
        period = one.period
        if period is None or period.start is None or period.precision.fineness > Precision.MONTH.fineness:
            continue
        if on is None or period.start <= on:
            found.setdefault(period.start, one)
    return sorted(found.items(), key=lambda item: item[0])


def _interval(pauses: Sequence[int]) -> Interval | None:
    """Return the order statistics between which the median lies at 95 % or more; None where there are too few."""
    ordered, number = sorted(pauses), len(pauses)
    below = 0.0
    for place in range(number // 2):
        below += math.comb(number, place) / 2**number
        if 2 * below > 0.05:
            if place == 0:
                return None
            return Interval(float(ordered[place - 1]), float(ordered[number - place]), 0.95, "order-statistics")
    return None
