"""How alike the sides vote in the United Nations General Assembly, and how far apart their ideal points lie.

Both rest on observations: counts of roll calls by year (indicators `votes`, `votes-half`, `votes-opposed`) and each side's
ideal point with the bounds of its posterior (`ideal-point`, `ideal-point-low`, `ideal-point-high`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from comity.measures.answers import Answer, Question
from comity.measures.balance import wilson
from comity.measures.candidates import citation
from comity.measures.wording import listed, plural, runs, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Observation, Source

_Key = TypeVar("_Key")
# By source, year and what they are.
_Copies = dict[Source, dict[int, dict[_Key, list[Observation]]]]
ALIKE, HALF, OPPOSED = "votes", "votes-half", "votes-opposed"
IDEAL, IDEAL_LOW, IDEAL_HIGH = _IDEALS = ("ideal-point", "ideal-point-low", "ideal-point-high")
# With fewer roll calls a year has no headline: Wilson's interval of ten is up to 55 points wide.
FEWEST_VOTES = 10
_AGREEMENT = Question(
    "voting-agreement",
    "Agreement in votes of the UN General Assembly",
    "percent",
    "By year: roll calls in which both sides vote alike, and half of those in which one abstains while the other votes, over all in which both take "
    "part (Lijphart 1963, The Analysis of Bloc Voting in the General Assembly). The interval is Wilson's (1927) and takes a year's roll calls as a draw "
    f"from what could have been voted on. A year of fewer than {FEWEST_VOTES} roll calls is shown as too few, and no headline rests on it.",
)
_DISTANCE = Question(
    "ideal-point-distance",
    "Distance of the sides' ideal points in the UN General Assembly",
    "index",
    "The distance of the sides' positions on the main dimension of voting, made comparable over time by resolutions that come again (Bailey, "
    "Strezhnev and Voeten 2017, Estimating Dynamic State Preferences from United Nations Voting Data). The interval joins the two posteriors' 90 per "
    "cent bounds as if the two estimates were independent.",
)
# The share of resolutions adopted without a vote is large; those say nothing here.
_ONLY_VOTES = "Resolutions adopted without a vote, most of them, are not counted; what is put to a vote changes from year to year."


@dataclass(frozen=True, slots=True)
class Yearly(Generic[_Key]):
    """What one source has of votes, whole years only, in their order: the observations by what they are.

    In `doubtful` years copies of a figure differ, and neither is taken.
    """

    source: Source
    years: dict[int, dict[_Key, Observation]]
    doubtful: tuple[int, ...] = ()


def roll_calls(dyad: Dyad, observations: Iterable[Observation]) -> Yearly[str] | None:
    """Return the counts of roll calls of the source with most years that have all three; None without any."""
    counts: _Copies[str] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for one in sorted(observations, key=lambda one: one.id):
        year = one.period.first_year
        between = {one.series.reporter, one.series.partner} == dyad.codes
        if (
            between
            and one.series.indicator in (ALIKE, HALF, OPPOSED)
            and year is not None
            and year == one.period.last_year
        ):
            counts[one.series.source][year][one.series.indicator].append(one)
    return _longest(counts, {ALIKE, HALF, OPPOSED})


def agreement_of(counts: Mapping[str, Observation]) -> tuple[int, float]:
    """Return the number of a year's roll calls and the share of like votes, abstention counted half (0 without any)."""
    alike, half, opposed = (float(counts[key].quantity.value) for key in (ALIKE, HALF, OPPOSED))
    number = int(alike + half + opposed)
    return number, (alike + half / 2) / number if number else 0.0


def ideal_points(dyad: Dyad, observations: Iterable[Observation]) -> Yearly[tuple[str, str]] | None:
    """Return both sides' ideal points with their bounds, of the source with most years that have all; None without any."""
    held: _Copies[tuple[str, str]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for one in sorted(observations, key=lambda one: one.id):
        series, year = one.series, one.period.first_year
        whole = year is not None and year == one.period.last_year
        if whole and year is not None and series.indicator in _IDEALS and series.reporter in dyad.codes:
            held[series.source][year][series.reporter, series.indicator].append(one)
    return _longest(held, {(side, key) for side in (dyad.first, dyad.second) for key in _IDEALS})


def _longest(held: _Copies[_Key], needed: set[_Key]) -> Yearly[_Key] | None:
    found = []
    for source, years in held.items():
        whole = {year: copies for year, copies in sorted(years.items()) if needed <= copies.keys()}
        sure = {
            year: {key: _finest(ones)[0] for key, ones in copies.items()}
            for year, copies in whole.items()
            if all(_agree(ones) for ones in copies.values())
        }
        found.append(Yearly(source, sure, tuple(year for year in whole if year not in sure)))
    chosen = max(found, key=lambda one: (len(one.years), citation(one.source)), default=None)
    return chosen if chosen is not None and (chosen.years or chosen.doubtful) else None


def _finest(copies: Sequence[Observation]) -> Sequence[Observation]:
    if len(copies) == 1:
        return copies
    return sorted(copies, key=lambda one: (one.quantity.resolution, one.id))


def _agree(copies: Sequence[Observation]) -> bool:
    first, *others = _finest(copies)
    return all(first.quantity.agrees_with(one.quantity) for one in others)


def _doubts(chosen: Yearly[_Key]) -> tuple[str, ...]:
    """Say which years are left out because copies of their figures differ."""
    if not chosen.doubtful:
        return ()
    return (f"Copies of the source's figures differ for {listed(runs(chosen.doubtful))}; left out.",)


def voting_agreement(dyad: Dyad, observations: Iterable[Observation]) -> Measure:
    """Return the share of roll calls in which the sides vote alike, in per cent by year; the value is the latest year's."""
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    chosen = roll_calls(dyad, observations)
    if chosen is None:
        return _AGREEMENT.unanswered(
            dyad, f"How alike {both} vote cannot be told: no roll calls with both are on record."
        )
    if not chosen.years:
        return _AGREEMENT.unanswered(dyad, f"How alike {both} vote cannot be told.", _doubts(chosen))
    points = []
    for year, found in chosen.years.items():
        number, share = agreement_of(found)
        if not number:
            continue
        low, high = wilson(share, number)
        interval = Interval(low * 100, high * 100, 0.95, "Wilson")
        ids = tuple(found[key].id for key in (ALIKE, HALF, OPPOSED))
        span = date(year, 1, 1), date(year, 12, 31)
        points.append(
            MeasurePoint(
                str(year), share * 100, "agreement", *span, interval, ids, cases=number, too_few=number < FEWEST_VOTES
            )
        )
    if not points:
        return _AGREEMENT.unanswered(
            dyad, f"How alike {both} vote cannot be told: they took part in no common roll call."
        )
    # A year's few votes before the rest was published say little; the headline is the last year with enough.
    enough = [point for point in points if not point.too_few] or points
    latest = enough[-1]
    assert latest.interval is not None
    summary = (
        f"{both} agreed in {latest.value:.0f} per cent of the {plural(latest.cases or 0, 'roll call')} of {latest.label} in the UN General Assembly in "
        f"which both took part (95 % interval {latest.interval.low:.0f} to {latest.interval.high:.0f})"
    )
    if len(enough) > 1:
        first = enough[0]
        assert first.interval is not None
        summary += f"; in {first.label} in {first.value:.0f} per cent of {first.cases} ({first.interval.low:.0f} to {first.interval.high:.0f})"
    caveats = (_ONLY_VOTES, *_few(points), *_doubts(chosen), f"Source: {citation(chosen.source)}.")
    answer = Answer(latest.value, latest.interval, tuple(points), caveats=caveats)
    return _AGREEMENT.answered(dyad, summary + ".", answer)


def _few(points: Sequence[MeasurePoint]) -> tuple[str, ...]:
    """Say which years have too few roll calls to say much."""
    few = [f"{point.label} ({point.cases})" for point in points if point.too_few]
    if not few:
        return ()
    return (
        f"Too few roll calls to say much, fewer than {FEWEST_VOTES}, in {plural(len(few), 'year')}: {listed(few)}.",
    )


def ideal_point_distance(dyad: Dyad, observations: Iterable[Observation]) -> Measure:
    """Return how far apart the sides' ideal points lie by year; the value is the latest year's."""
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    chosen = ideal_points(dyad, observations)
    if chosen is None:
        return _DISTANCE.unanswered(
            dyad, f"How far apart {both} stand cannot be told: no ideal points of both are on record."
        )
    if not chosen.years:
        return _DISTANCE.unanswered(dyad, f"How far apart {both} stand cannot be told.", _doubts(chosen))
    points = []
    for year, found in chosen.years.items():
        ends = {key: float(one.quantity.value) for key, one in found.items()}
        gap = ends[dyad.first, IDEAL] - ends[dyad.second, IDEAL]
        # Half widths of independent estimates add as squares.
        half = (
            sum(((ends[side, IDEAL_HIGH] - ends[side, IDEAL_LOW]) / 2) ** 2 for side in (dyad.first, dyad.second))
            ** 0.5
        )
        low, high = max(0.0, abs(gap) - half), abs(gap) + half
        if abs(gap) <= half:
            low = 0.0
        ids = tuple(one.id for one in found.values())
        interval = Interval(low, high, 0.90, "posterior")
        points.append(
            MeasurePoint(
                str(year), abs(gap), "distance of ideal points", date(year, 1, 1), date(year, 12, 31), interval, ids
            )
        )
    latest, first = points[-1], points[0]
    assert latest.interval is not None and first.interval is not None
    summary = f"The ideal points of {both} lay {latest.value:.2f} apart in {latest.label} (90 % interval {latest.interval.low:.2f} to {latest.interval.high:.2f})"
    if len(points) > 1:
        moved = "nearer" if latest.interval.high < first.interval.low else "farther"
        sure = latest.interval.high < first.interval.low or latest.interval.low > first.interval.high
        summary += (
            f", {moved} than in {first.label} ({first.value:.2f})"
            if sure
            else (f"; that this differs from {first.label} ({first.value:.2f}) cannot be claimed")
        )
    caveats = (
        "All states' positions of one year have a standard deviation of 0.7 to 1.5, larger before 1980.",
        *_doubts(chosen),
        f"Source: {citation(chosen.source)}.",
    )
    return _DISTANCE.answered(
        dyad, summary + ".", Answer(latest.value, latest.interval, tuple(points), caveats=caveats)
    )
