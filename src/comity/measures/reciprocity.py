"""Who answers whom: whether one side's acts are followed by acts of the same kind from the other, beyond chance."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from comity.measures.answers import Answer, Question
from comity.measures.balance import wilson
from comity.measures.lines import trade_lines
from comity.measures.printed import Printed
from comity.measures.trade import caveats_of_both, common_years
from comity.measures.wording import over, plural, possessive, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, MergedEvent, Observation, Precision

if TYPE_CHECKING:
    import numpy as np

# Within so many days an act counts as an answer; events are reported to the day at best, and diplomacy takes weeks.
ANSWER_DAYS = 30
# With fewer dated acts of either side no answer can be told from chance.
FEWEST_ACTS = 10
_SHIFTS = 999
_FINE = (Precision.DAY, Precision.WEEK)
_FLOWS = Question(
    "trade-reciprocity",
    "Reciprocity of trade",
    "ratio",
    "Twice the smaller of the two directions over their sum, by year, both from one account: 1 where the sides sell each other as "
    "much, 0 where only one sells (the reciprocated weight of a link, Squartini et al. 2013, Reciprocity of weighted networks).",
)


def reciprocity(dyad: Dyad, events: Iterable[MergedEvent]) -> tuple[Measure, ...]:
    """Return, for each side, how often its acts are answered in kind by the other within `ANSWER_DAYS`, and what chance gives."""
    acts = _acts(dyad, events)
    return tuple(_answered(dyad, side, acts) for side in (dyad.first, dyad.second))


def _acts(dyad: Dyad, events: Iterable[MergedEvent]) -> dict[str, list[tuple[int, int, str]]]:
    """Return each side's dated acts toward the other: day, sign of the score (1 cooperation, -1 conflict), id."""
    acts: dict[str, list[tuple[int, int, str]]] = {dyad.first: [], dyad.second: []}
    for merged in events:
        event = merged.event
        acting = event.acting_between(dyad.codes)
        period = event.date.period if event.date is not None else None
        if len(acting) != 1:
            continue
        if period is None or period.start is None or period.precision not in _FINE or event.scale == 0:
            continue
        (side,) = acting
        acts[side].append((period.start.toordinal(), 1 if event.scale > 0 else -1, merged.id))
    return {side: sorted(found) for side, found in acts.items()}


def _answered(dyad: Dyad, side: str, acts: dict[str, list[tuple[int, int, str]]]) -> Measure:
    other = dyad.other(side)
    title = f"Answers of {state_name(other)} to {possessive(state_name(side))} acts"
    question = Question(
        f"answers-{other}",
        title,
        "percent",
        f"The share of the one side's dated acts toward the other that are followed within {ANSWER_DAYS} days by an act of the other toward it "
        "with the same sign on the PLOVER scale, against the share when the other's acts are shifted in time as a whole "
        f"({_SHIFTS} circular shifts, which keep their own rhythm: a permutation test). Acts of both together (they meet, sign, clash) ask and answer nothing and do not count.",
    )
    given, answers = acts[side], acts[other]
    if min(len(given), len(answers)) < FEWEST_ACTS:
        return question.unanswered(
            dyad,
            f"Whether {state_name(other)} answers {state_name(side)} cannot be told: {plural(len(given), 'act')} and "
            f"{plural(len(answers), 'act')} with a day are on record, and fewer than {FEWEST_ACTS} of a side say nothing.",
        )
    if len({day for day, _, _ in given + answers}) < 2:
        return question.unanswered(
            dyad,
            f"Whether {state_name(other)} answers {state_name(side)} cannot be told: all acts with a day are of one day.",
        )
    share, by_chance, chance_high, p = _against_chance(given, answers)
    ids = tuple(one[2] for one in given + answers)
    beyond = p <= 0.05
    summary = (
        f"{state_name(other)} answered {share:.0%} of {possessive(state_name(side))} {len(given)} dated acts in kind within "
        f"{ANSWER_DAYS} days; by chance {by_chance:.0%} would have been (in 19 of 20 shifts at most {chance_high:.0%})"
    ).replace("%", " per cent")
    summary += (
        f", so it answers beyond chance (p = {p:.3f})."
        if beyond
        else f": no answering beyond chance can be claimed (p = {p:.2f})."
    )
    interval = Interval(*wilson(share, len(given)), 0.95, "Wilson")
    return question.answered(dyad, summary, Answer(share * 100, _percent(interval), (), ids))


def _against_chance(
    given: Sequence[tuple[int, int, str]], answers: Sequence[tuple[int, int, str]]
) -> tuple[float, float, float, float]:
    """Return the share answered, the mean and the 95th percentile by chance, and the p value of as many or more."""
    import numpy as np

    first = min(given[0][0], answers[0][0])
    length = max(given[-1][0], answers[-1][0]) - first + 1
    # The window beyond the last day is cut for true answers, and so it is for shifted ones.
    days = np.array([one[0] - first for one in given])
    signs = np.array([one[1] for one in given])
    other_days = np.array([one[0] - first for one in answers])
    other_signs = np.array([one[1] for one in answers])
    seed = hashlib.sha256(repr((given, answers)).encode()).digest()
    shifts = np.random.default_rng(int.from_bytes(seed[:8], "big")).integers(1, length, _SHIFTS)
    shares = np.array([_share(days, signs, (other_days + shift) % length, other_signs) for shift in (0, *shifts)])
    observed, chance = float(shares[0]), shares[1:]
    p = (1 + int((chance >= observed).sum())) / (_SHIFTS + 1)
    return observed, float(chance.mean()), float(np.quantile(chance, 0.95)), p


def _share(
    days: np.ndarray[tuple[int], np.dtype[np.int64]],
    signs: np.ndarray[tuple[int], np.dtype[np.int64]],
    other_days: np.ndarray[tuple[int], np.dtype[np.int64]],
    other_signs: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> float:
    import numpy as np

    answered = np.zeros(len(days), dtype=bool)
    for sign in (1, -1):
        own = np.sort(other_days[other_signs == sign])
        # An act on the same day may be the question; an answer comes after it.
        later = np.searchsorted(own, days, side="right")
        within = np.searchsorted(own, days + ANSWER_DAYS, side="right")
        answered |= (within > later) & (signs == sign)
    return float(answered.mean())


def _percent(interval: Interval) -> Interval:
    return Interval(interval.low * 100, interval.high * 100, interval.level, interval.kind)


def trade_reciprocity(dyad: Dyad, observations: Iterable[Observation], *, asked: Collection[str] = ()) -> Measure:
    """Return how far the two directions of trade are alike, by year; the value is the latest year's."""
    lines = trade_lines(dyad, observations, asked=asked)
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    if lines is None:
        return _FLOWS.unanswered(
            dyad,
            f"The reciprocity of trade of {both} cannot be told: no source gives both directions for a common year.",
        )
    outward, inward = lines
    years = common_years(outward, inward)
    points = []
    for period, out, back in years:
        shares = (out.figure.share_of_sum(back.figure), back.figure.share_of_sum(out.figure))
        if shares[0] is not None and shares[1] is not None:
            smaller = min(shares, key=lambda one: one.value if one else 0)
            assert smaller is not None
            points.append((period, _doubled(smaller), (*out.inputs, *back.inputs)))
    if not points:
        return _FLOWS.unanswered(dyad, f"The reciprocity of trade of {both} cannot be told: it is zero throughout.")
    period, latest, _ = points[-1]
    weaker = min((outward, inward), key=lambda line: next(p.figure.value for p in line.points if p.period == period))
    summary = (
        f"The reciprocity of trade of {both} was {latest.value:.2f} in {period.label} (1: each sells the other as much), the smaller "
        f"flow being {weaker.title}"
    )
    if len(points) > 1:
        values = [float(one.value) for _, one, _ in points]
        summary += f"; over {over([one for one, _, _ in points])} between {min(values):.2f} and {max(values):.2f}"
    shown = tuple(
        MeasurePoint(each.label, float(value.value), "reciprocity", each.start, each.end, value.interval(), inputs)
        for each, value, inputs in points
    )
    caveats = caveats_of_both(outward, inward, years)
    return _FLOWS.answered(dyad, summary + ".", Answer(float(latest.value), latest.interval(), shown, caveats=caveats))


def _doubled(share: Printed) -> Printed:
    """Return twice a share of a half at most: rounding cannot make the smaller flow the larger part."""
    return Printed(share.low * 2, share.value * 2, min(share.high * 2, Decimal(1)))
