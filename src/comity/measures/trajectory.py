"""Where a relation is heading: each dimension's probabilities, and the whole over stated and varied weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from comity.measures.answers import Answer, Question
from comity.measures.conduct import acts_by_year
from comity.measures.contacts import contacts_by_year
from comity.measures.dimensions import COUNTED, TRADE, VOTES, Dimension, Untold, is_undecided, of_counts, of_line
from comity.measures.headings import HEADING_YEARS, STEADY
from comity.measures.lines import Line
from comity.measures.votes_ahead import STEADY_AGREEMENT, STEADY_DISTANCE
from comity.measures.wording import ended, hundredths, listed, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, MergedEvent

_HEADING = Question(
    "heading",
    "Where the relationship is heading",
    "probability",
    f"For each dimension the probability that the next {HEADING_YEARS} years stand above, within {100 * STEADY:.0f} per cent of, or below the last "
    f"{HEADING_YEARS}. Amounts (trade, investment, services, aid, tourists, students): the last figure, less three tenths of what it stands above the "
    "last three years' mean, plus errors as many dyads' trade had them. Votes: the distance of ideal points, else the share of like votes, with errors "
    f"as other dyads had them; nearer is improving, and steady is a change of less than {STEADY_DISTANCE} of distance (about a tenth of the standard "
    f"deviation of all states) or {STEADY_AGREEMENT:.0f} percentage points. Acts: Poisson counts whose rate drifts. More acts of conflict count as "
    "worsening. Overall: the weighted mean of the dimensions' probabilities (linear opinion pool, Stone 1961), all kinds of dimension of equal weight, "
    "shared by the lines of a kind; the range is over leaving each kind out and giving each twice the weight.",
)


def heading(
    dyad: Dyad,
    lines: Sequence[Line],
    events: Iterable[MergedEvent],
    *,
    others: Sequence[Dimension | Untold] = (),
    on: date | None = None,
) -> Measure:
    """Return where amounts, votes, contacts, cooperation and conflict are heading, and the whole.

    The value is the probability that a dimension drawn by equal weights improves; its interval is the range over
    weightings (level 1). `others` are further dimensions, such as votes, or why they are left out. A year that is not
    over on the day `on` is left out of the counts.
    """
    held = list(events)
    gone = ended(dyad)
    if gone:
        both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
        return _HEADING.unanswered(dyad, f"Where relations of {both} are heading cannot be told: {gone}.")
    every = [
        *(one for line in lines if (one := of_line(line)) is not None),
        *others,
        of_counts("contacts", contacts_by_year(dyad, held), on),
        *(
            of_counts(name, acts_by_year(dyad, held, name), on, more_is_better=name == "cooperation")
            for name in ("cooperation", "conflict")
        ),
    ]
    known = [one for one in every if isinstance(one, Dimension)]
    left_out = [f"Not told: {one.name}: {one.why}." for one in every if isinstance(one, Untold)]
    undecided = [line.title for line in lines if is_undecided(line)]
    if undecided:
        left_out.append(f"Not counted, since a rise is by itself neither better nor worse: {listed(undecided)}.")
    if not known:
        both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
        why = f"Where relations of {both} are heading cannot be told: no dimension has figures enough."
        return _HEADING.unanswered(dyad, why, left_out)
    return _HEADING.answered(dyad, *_told(known, left_out, on))


def pooled(dimensions: Sequence[Dimension], weights: Sequence[float]) -> tuple[float, float, float]:
    """Return the weighted mean of the dimensions' probabilities: improving, steady, worsening."""
    total = sum(weights)
    parts = [one.probabilities for one in dimensions]
    improving, steady, worsening = (
        sum(weight * part[index] for weight, part in zip(weights, parts, strict=True)) / total for index in range(3)
    )
    return improving, steady, worsening


def weightings(dimensions: Sequence[Dimension]) -> tuple[tuple[float, ...], ...]:
    """Return the weights that are tried: each kind of dimension equal, each left out, each with twice the weight.

    Dimensions of one kind share its weight.
    """
    lines = Counter(one.shared for one in dimensions)
    equal = tuple(1 / lines[one.shared] for one in dimensions)
    varied = [
        tuple(weight * (factor if one.shared == kind else 1) for one, weight in zip(dimensions, equal, strict=True))
        for factor in (0.0, 2.0)
        for kind in lines
    ]
    return (equal, *(varied if len(lines) > 1 else ()))


def _told(known: Sequence[Dimension], left_out: Sequence[str], on: date | None) -> tuple[str, Answer]:
    every = [pooled(known, weights) for weights in weightings(known)]
    overall = every[0]
    ranges = [
        Interval(min(one[part] for one in every), max(one[part] for one in every), 1.0, "weights") for part in range(3)
    ]
    kinds = _kinds(known)
    ends = sorted({one.last for one in known if one.last is not None})
    apart = len(ends) > 1
    parts = [
        f"{one.name}{f' (after {one.last})' if apart and one.last else ''} improving {_shown(one.probabilities)}"
        for one in known
    ]
    summary = f"Over the next {HEADING_YEARS} years against the last {HEADING_YEARS}: {'; '.join(parts)}"
    if len(known) > 1:
        summary += f". Overall, with equal weights: improving {_shown(overall)}"
    if len(kinds) > 1:
        summary += f" (improving {ranges[0].low:.2f} to {ranges[0].high:.2f} over other weights)"
    inputs = tuple(dict.fromkeys(one for dimension in known for one in dimension.inputs))
    points = [_points(one.name, one.probabilities, one.inputs) for one in known]
    points.append(_points("overall", overall, inputs, ranges if len(kinds) > 1 else ()))
    caveats = [
        *([f"Weight {1 / len(kinds):.2f} each: {listed(kinds)}."] if len(kinds) > 1 else []),
        *(
            f"The weight of {kind} is shared by {listed([one.name for one in known if one.shared == kind])}."
            for kind, lines in Counter(one.shared for one in known).items()
            if lines > 1
        ),
        *(f"{one.name[:1].upper()}{one.name[1:]}: rests on {one.basis}." for one in known if one.basis),
        *left_out,
        *(
            [
                f"The dimensions end in different years ({ends[0]} to {ends[-1]}): the whole joins spans of time that are not the same."
            ]
            if apart
            else []
        ),
        *_reach_of(known, on),
    ]
    interval = ranges[0] if len(kinds) > 1 else None
    answer = Answer(overall[0], interval, tuple(point for group in points for point in group), inputs, tuple(caveats))
    return summary + ".", answer


def _reach_of(known: Sequence[Dimension], on: date | None) -> list[str]:
    """Say for what the probabilities were held against what came, and what may mislead."""
    kinds = {one.shared for one in known}
    told = []
    if kinds - {VOTES, *COUNTED}:
        told.append("Amounts are as printed: growth of prices counts as improvement.")
    if len(known) == 1:
        told.append("Only one dimension is known; the whole says no more than it.")
    if kinds - {VOTES, *COUNTED}:
        if TRADE in kinds:
            told.append("For trade the probabilities were held against what came on dyads not used to make them.")
        if kinds - {TRADE, VOTES, *COUNTED}:
            told.append("For amounts other than trade they were not; the errors of trade stand in for theirs.")
    if VOTES in kinds:
        told.append(
            "For votes the probabilities were held against what came on dyads of states not used to make them; the ideal points of past years were "
            "estimated with the years after them known, which may flatter what was measured."
        )
    if any(one.shared == VOTES and one.more_is_better for one in known):
        told.append(
            "High probabilities of the share of like votes came true less often than said (of 0.64 that they grow apart, 0.52)."
        )
    counted = not kinds.isdisjoint(COUNTED)
    if counted:
        told.append(
            "Counts of acts depend on which documents were read; their probabilities were tried on simulated counts alone."
        )
    if counted and on is None:
        told.append("The last year with an act is taken as over.")
    if {"contacts", "cooperation"} <= kinds:
        told.append("Contacts are acts of cooperation too, and so count in both.")
    return told


def _kinds(dimensions: Sequence[Dimension]) -> list[str]:
    return list(dict.fromkeys(one.shared for one in dimensions))


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
    improving, steady, worsening = (f"{one / 100:.2f}" for one in hundredths(probabilities))
    return f"{improving}, steady {steady}, worsening {worsening}"
