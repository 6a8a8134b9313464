"""Where the other side stands among a side's partners, and the dyad among dyads of like size: rank and percentile."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from comity.measures.answers import Answer, Question
from comity.measures.candidates import citation
from comity.measures.printed import Printed
from comity.measures.wording import amount, percent, plural, possessive, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Period, Source

_METHOD = (
    "The other side's rank among all partners for which the same data set has a figure above zero of the same year, and the share of these that lie below it, "
    "ties counted half (the mid-rank percentile). A partner with the figure zero has no rank, and one without a figure is not taken for zero. "
    "The interval is what the printed digits of all figures allow. The sum is of what the data set lists, and no total that a state reported."
)
# A smaller share is told with two places.
_SMALL = Decimal("0.01")
# A percentile among fewer partners is a rank in other words.
FEWEST_PARTNERS = 10
# The sets of nearest dyads that the dyad is compared with; the middle one gives the value.
COMPARED = (50, 100, 200)
_AMONG = Question(
    "standing-dyad",
    "The dyad's trade among dyads of like size",
    "percentile",
    f"Two-way trade by one kind of account, beside the {COMPARED[1]} dyads of the same data set and year with any trade whose product of both sides' totals (each "
    "side's trade with all partners there) is nearest in logarithms: the share of these that trade less, ties counted half (the mid-rank percentile). The product of the "
    "sizes is the mass of the gravity equation (Tinbergen 1962). The interval is the widest of what the printed digits allow and of comparing with the "
    f"{COMPARED[0]} or {COMPARED[2]} nearest. Intensity: two-way trade over the product of the totals, among all dyads with any trade of that data set and year.",
)


@dataclass(frozen=True, slots=True)
class DyadTrade:
    """A dyad's two-way trade in a year.

    Attributes:
        codes: of both sides.
        trade: in the unit of the data set.
        mass: the product of both sides' trade with all partners, in the square of that unit.
    """

    codes: tuple[str, str]
    trade: Printed
    mass: float


def standing(
    dyad: Dyad,
    side: str,
    flow: str,
    period: Period,
    unit: str,
    figures: Mapping[str, Printed],
    source: Source,
    inputs: tuple[str, ...],
) -> Measure:
    """Return the rank and percentile of the other side among those of `side`'s partners with which there is trade in one flow of one year.

    Args:
        dyad: the two sides.
        side: whose partners are compared.
        flow: "exports" or "imports" of that side.
        period: the year.
        unit: of the figures.
        figures: the side's figure with each partner, by code; none stands for a figure that is missing.
        source: the data set that they are from.
        inputs: the ids of the observations of the pair itself.
    """
    other = dyad.other(side)
    title = f"{possessive(state_name(other))} place in {possessive(state_name(side))} {flow}"
    question = Question(f"standing-{flow}-{side}", title, "percentile", _METHOD)
    if other not in figures:
        return question.unanswered(
            dyad, f"{title} cannot be told: {_named(source)} has no figure of the pair in {period.label}."
        )
    own = figures[other]
    kind = "buyer" if flow == "exports" else "supplier"
    traders = [figure for code, figure in figures.items() if code != other and figure.value > 0]
    zeros = sum(figure.value <= 0 for figure in figures.values())
    count = len(traders) + (own.value > 0)
    caveats = (f"Source: {citation(source)} ({possessive(state_name(side))} account).",)
    if own.value <= 0:
        summary = (
            f"{state_name(other)} was none of {possessive(state_name(side))} {plural(count, kind)} with any trade in {period.label}: {_named(source)} gives "
            f"zero for it{f', as for {zeros - 1} more' if zeros > 1 else ''}."
        )
        return question.answered(dyad, summary, Answer(None, None, (), inputs, caveats))
    if count < FEWEST_PARTNERS:
        why = (
            f"{title} cannot be told: {_named(source)} has figures above zero of {plural(count, 'partner')} only for {period.label}, and "
            f"{FEWEST_PARTNERS} are needed."
        )
        return question.unanswered(dyad, why)
    share = own.value / sum((figure.value for figure in figures.values()), Decimal(0))
    above = sum(figure.value > own.value for figure in traders)
    equal = sum(figure.value == own.value for figure in traders)
    middle = _percentile(sum(figure.value < own.value for figure in traders), equal, len(traders))
    low = _percentile(sum(figure.high < own.low for figure in traders), 0, len(traders))
    high = _percentile(sum(figure.low <= own.high for figure in traders), 0, len(traders))
    summary = (
        f"{state_name(other)} was {possessive(state_name(side))} {_ordinal(above + 1)}largest {kind} of {count} with any trade in {period.label}, with "
        f"{amount(own.value, unit)}, {percent(share, 1 if share >= _SMALL else 2)} of the sum of all of them, more than {_others(middle)}, by {_named(source)}"
        f"{f'; {zeros} more have the figure zero' if zeros else ''}."
    )
    interval = Interval(min(low, middle), max(high, middle), 1.0, "printed-digits")
    return question.answered(dyad, summary, Answer(middle, interval, (), inputs, caveats))


def standing_among_dyads(
    dyad: Dyad,
    period: Period,
    unit: str,
    own: DyadTrade,
    nearest: Sequence[DyadTrade],
    intensity: float,
    dyads: int,
    *,
    zeros: int,
    source: Source,
    account: str,
    inputs: tuple[str, ...],
) -> Measure:
    """Return where the dyad's two-way trade stands among dyads of like size.

    Args:
        dyad: the two sides.
        period: the year.
        unit: of the figures.
        own: the dyad's.
        nearest: other dyads with any trade of the same data set and year, the nearest in mass first.
        intensity: the mid-rank percentile of the dyad's trade over its mass among all dyads with any trade.
        dyads: the number of dyads with figures both ways, and with any trade, in the data set and year.
        zeros: the number of dyads with the figure zero both ways.
        source: the data set.
        account: whose figures they are ("importers' figures").
        inputs: the ids of the observations of the pair itself.
    """
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    why = (
        f"Where the trade of {both} stands among dyads of like size cannot be told: for {period.label} {_named(source)}"
    )
    if own.trade.value <= 0:
        return _AMONG.unanswered(dyad, f"{why} gives zero for it both ways.")
    if len(nearest) < COMPARED[1]:
        return _AMONG.unanswered(
            dyad,
            f"{why} has figures both ways, and any trade, of {plural(dyads, 'dyad')}, and {COMPARED[1] + 1} are needed.",
        )
    points = []
    for size in COMPARED:
        if size > len(nearest):
            continue
        others = nearest[:size]
        below = sum(one.trade.value < own.trade.value for one in others)
        middle = _percentile(below, sum(one.trade.value == own.trade.value for one in others), size)
        low = _percentile(sum(one.trade.high < own.trade.low for one in others), 0, size)
        high = _percentile(sum(one.trade.low <= own.trade.high for one in others), 0, size)
        interval = Interval(min(low, middle), max(high, middle), 1.0, "printed-digits")
        label = f"{size} nearest"
        points.append(MeasurePoint(label, middle, "percentile", period.start, period.end, interval, inputs))
    ranges = [point.interval for point in points if point.interval is not None]
    whole = Interval(min(one.low for one in ranges), max(one.high for one in ranges), 1.0, "comparison-sets")
    value = points[1].value
    masses = [one.mass / own.mass for one in nearest[: COMPARED[1]]]
    summary = (
        f"In {period.label} {both} traded {amount(own.trade.value, unit)}, more than {_share(value)} the {COMPARED[1]} dyads nearest in size "
        f"({_rounded(whole.low)} to {_rounded(whole.high)} over {points[0].label.split()[0]} to {points[-1].label.split()[0]} dyads); by intensity of trade it stands above "
        f"{_rounded(intensity)} per cent of all {dyads:,} dyads with any trade in {_named(source)}."
    )
    caveats = (
        f"Source: {citation(source)} ({account}).",
        f"Product of both sides' totals of the {COMPARED[1]}: {min(masses):.2f} to {max(masses):.2f} times this dyad's.",
        "Trade is the sum of both directions; dyads without a figure for either direction are not compared"
        f"{f', nor are {zeros:,} with the figure zero for both' if zeros else ''}. If a figure that is missing stands for no trade, the place among all is higher than told.",
        "Size alone is held alike: distance, borders, language and agreements are not, and neighbours trade more.",
    )
    return _AMONG.answered(dyad, summary, Answer(value, whole, tuple(points), inputs, caveats))


def _others(percentile: float) -> str:
    return "all others" if percentile == 100 else f"{_rounded(percentile)} per cent of the others"


def _rounded(percentile: float) -> str:
    """Return a percentile as a whole number; what is not all of them, nor none, is not rounded to it."""
    if 99 < percentile < 100:
        return f"{math.floor(percentile * 10) / 10:.1f}"
    if 0 < percentile < 1:
        return f"{math.ceil(percentile * 10) / 10:.1f}"
    return f"{percentile:.0f}"


def _share(percentile: float) -> str:
    return "all of" if percentile == 100 else f"{_rounded(percentile)} per cent of"


def _percentile(below: int, equal: int, others: int) -> float:
    return 100 * (below + equal / 2) / others


def _named(source: Source) -> str:
    """Return a data set as a sentence names it: title, publisher and edition."""
    edition = ", ".join(one for one in (source.producer, source.vintage) if one)
    return f"{source.title or citation(source)} ({edition})" if edition else source.title or citation(source)


def _ordinal(number: int) -> str:
    """Return what stands before "largest": nothing for the first, "2nd " for the second."""
    if number == 1:
        return ""
    if number % 100 in (11, 12, 13):
        return f"{number}th "
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') } "
