"""Where a relation is heading: each dimension's probabilities, and the whole over stated and varied weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from comity.measures.answers import Answer, Question
from comity.measures.conduct import acts_by_year
from comity.measures.contacts import contacts_by_year
from comity.measures.headings import HEADING_YEARS, STEADY, Heading, heading_of, heading_of_counts
from comity.measures.histories import History, refusal
from comity.measures.lines import Line
from comity.measures.wording import listed, plural, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, MergedEvent

# Below six years or ten acts the probabilities of counts are little but the prior.
FEWEST_COUNT_YEARS = 6
FEWEST_ACTS = 10
_DIMENSIONS = ("total-trade", "fdi-")
_COUNTED = ("contacts", "cooperation", "conflict")
_HEADING = Question(
    "heading",
    "Where the relationship is heading",
    "probability",
    f"For each dimension the probability that the next {HEADING_YEARS} years stand above, within {STEADY:.0%} of, or below the last "
    f"{HEADING_YEARS}. Trade and investment: the last figure, less three tenths of what it stands above the last three years' mean, plus errors "
    "as many dyads' trade had them. Acts: Poisson counts whose rate drifts. More acts of conflict count as worsening. Overall: the "
    "weighted mean of the dimensions' probabilities (linear opinion pool, Stone 1961), all weights equal; the range is over "
    "leaving each dimension out and giving each twice the weight.",
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a relation with its probabilities.

    Attributes:
        name: for people ("trade", "contacts").
        heading: what its figures do.
        inputs: the ids of what it rests on.
        more_is_better: False where a rise is a worsening (conflict).
    """

    name: str
    heading: Heading
    inputs: tuple[str, ...]
    more_is_better: bool = True

    @property
    def probabilities(self) -> tuple[float, float, float]:
        """Improving, steady, worsening."""
        rising, steady, falling = self.heading.rising, self.heading.steady, self.heading.falling
        return (rising, steady, falling) if self.more_is_better else (falling, steady, rising)


@dataclass(frozen=True, slots=True)
class _Gathered:
    known: list[Dimension] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def heading(
    dyad: Dyad,
    lines: Sequence[Line],
    events: Iterable[MergedEvent],
    *,
    others: Sequence[Dimension] = (),
    on: date | None = None,
) -> Measure:
    """Return where trade, investment, contacts, cooperation and conflict are heading, and the whole.

    The value is the probability that a dimension drawn by equal weights improves; its interval is the range over
    weightings (level 1). `others` are further dimensions, such as votes. A year that is not over on the day `on` is left
    out of the counts.
    """
    gathered = _Gathered()
    for line in lines:
        if line.key.startswith(_DIMENSIONS):
            _add_line(gathered, line)
    held = list(events)
    _add_counts(gathered, "contacts", contacts_by_year(dyad, held), on)
    for name in ("cooperation", "conflict"):
        _add_counts(gathered, name, acts_by_year(dyad, held, name), on, more_is_better=name == "cooperation")
    gathered.known.extend(others)
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    if not gathered.known:
        why = f"Where relations of {both} are heading cannot be told: no dimension has figures enough."
        return _HEADING.unanswered(dyad, why, [f"Not told: {one}." for one in gathered.unknown])
    return _HEADING.answered(dyad, *_told(gathered, on))


def pooled(dimensions: Sequence[Dimension], weights: Sequence[float]) -> tuple[float, float, float]:
    """Return the weighted mean of the dimensions' probabilities: improving, steady, worsening."""
    total = sum(weights)
    parts = [one.probabilities for one in dimensions]
    improving, steady, worsening = (
        sum(weight * part[index] for weight, part in zip(weights, parts, strict=True)) / total for index in range(3)
    )
    return improving, steady, worsening


def weightings(dimensions: Sequence[Dimension]) -> tuple[tuple[float, ...], ...]:
    """Return the weights that are tried: equal, each dimension left out, each with twice the weight."""
    count = len(dimensions)
    equal = (1.0,) * count
    varied = [
        tuple(factor if place == one else 1.0 for place in range(count))
        for factor in (0.0, 2.0)
        for one in range(count)
    ]
    return (equal, *(varied if count > 1 else ()))


def _add_line(gathered: _Gathered, line: Line) -> None:
    name = "trade" if line.key == "total-trade" else line.title
    years = [point.period.start.year if point.period.start is not None else 0 for point in line.points]
    values = [float(point.figure.value) for point in line.points]
    why = refusal(years, values)
    if why:
        gathered.unknown.append(f"{name}: {why}")
    else:
        gathered.known.append(Dimension(name, heading_of(History.of(years, values)), line.inputs))


def _add_counts(
    gathered: _Gathered, name: str, by_year: dict[int, tuple[str, ...]], on: date | None, *, more_is_better: bool = True
) -> None:
    years = sorted(year for year in by_year if on is None or year < on.year)
    last = on.year - 1 if on is not None else years[-1] if years else 0
    counts = [len(by_year.get(year, ())) for year in range(years[0], last + 1)] if years else []
    acts = "contact" if name == "contacts" else f"act of {name}"
    if len(counts) < FEWEST_COUNT_YEARS or sum(counts) < FEWEST_ACTS:
        found = f"{sum(counts)} {acts if sum(counts) == 1 else acts.replace('contact', 'contacts').replace('act of', 'acts of')}"
        gathered.unknown.append(
            f"{name}: {found} in {plural(len(counts), 'full year')} on record, and {FEWEST_ACTS} in {FEWEST_COUNT_YEARS} are needed"
        )
        return
    inputs = tuple(one for year in years for one in by_year[year])
    gathered.known.append(Dimension(name, heading_of_counts(counts), inputs, more_is_better))


def _told(gathered: _Gathered, on: date | None) -> tuple[str, Answer]:
    known = gathered.known
    every = [pooled(known, weights) for weights in weightings(known)]
    overall = every[0]
    ranges = [
        Interval(min(one[part] for one in every), max(one[part] for one in every), 1.0, "weights") for part in range(3)
    ]
    parts = [f"{one.name} improving {_shown(one.probabilities)}" for one in known]
    summary = f"Over the next {HEADING_YEARS} years against the last {HEADING_YEARS}: {'; '.join(parts)}"
    if len(known) > 1:
        summary += f". Overall, with equal weights: improving {_shown(overall)} (improving {ranges[0].low:.2f} to {ranges[0].high:.2f} over other weights)"
    inputs = tuple(dict.fromkeys(one for dimension in known for one in dimension.inputs))
    points = [_points(one.name, one.probabilities, one.inputs) for one in known]
    points.append(_points("overall", overall, inputs, ranges if len(known) > 1 else ()))
    caveats = [
        *(f"Weight {1 / len(known):.2f} each: {listed([one.name for one in known])}." for _ in [0] if len(known) > 1),
        *(f"Not told: {one}." for one in gathered.unknown),
        "Amounts are as printed: growth of prices counts as improvement.",
    ]
    if len(known) == 1:
        caveats.append("Only one dimension is known; the whole says no more than it.")
    if any(one.name not in _COUNTED for one in known):
        caveats.append(
            "For trade the probabilities were held against what came on dyads not used to make them; for other amounts not."
        )
    counted = any(one.name in _COUNTED for one in known)
    if counted:
        caveats.append(
            "Counts of acts depend on which documents were read; their probabilities were tried on simulated counts alone."
        )
    if counted and on is None:
        caveats.append("The last year with an act is taken as over.")
    if {"contacts", "cooperation"} <= {one.name for one in known}:
        caveats.append("Contacts are acts of cooperation too, and so count in both.")
    interval = ranges[0] if len(known) > 1 else None
    answer = Answer(overall[0], interval, tuple(point for group in points for point in group), inputs, tuple(caveats))
    return summary + ".", answer


def _points(
    name: str,
    probabilities: tuple[float, float, float],
    inputs: tuple[str, ...],
    ranges: Sequence[Interval] = (),
) -> tuple[MeasurePoint, ...]:
    groups = ("improving", "steady", "worsening")
    return tuple(
        MeasurePoint(name, value, group, interval=ranges[place] if ranges else None, inputs=inputs)
        for place, (group, value) in enumerate(zip(groups, probabilities, strict=True))
    )


def _shown(probabilities: tuple[float, float, float]) -> str:
    """Return the three with two places that add up to one: what rounding leaves over goes to the largest."""
    cents = [round(100 * one) for one in probabilities]
    cents[cents.index(max(cents))] += 100 - sum(cents)
    improving, steady, worsening = (f"{one / 100:.2f}" for one in cents)
    return f"{improving}, steady {steady}, worsening {worsening}"
