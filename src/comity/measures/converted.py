"""Converted runs: figures brought to other years, money, prices or units, kept apart from what sources print.

A converted run is no `Line`: it has a key of its own, says how each figure was made and how sure it is, and no measure takes it
for a source's account unawares. What could not be converted is a sentence, never a figure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext

from comity.measures.answers import Answer, Question
from comity.measures.candidates import LinePoint
from comity.measures.lines import Line
from comity.measures.printed import Printed
from comity.measures.wording import amount, between, listed, percent
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Period, Source

# More digits than any printed figure and rate have together; ends of ranges are rounded outwards.
_DIGITS = 40
# Of more periods only the number is told.
_MOST_LISTED = 4
PRINTED = "printed-digits"
EVEN_FLOW = "even-flow"
BOUNDS = "bounds"
NEIGHBOURS = "neighbours"
SOURCES = "sources"
# Rates or indices further apart than this are not two accounts of one thing: one is inverted, of another kind, or wrong.
MOST_APART = Decimal(2)

# What the figures of a line are, by the first part of its key; kinds as in the catalogue of indicators.
_GOODS = frozenset({"exports", "imports", "total-trade"})
_FLOWS = frozenset(
    {"services-exports", "services-imports", "remittances", "arms-transfers", "oda-commitments", "tourists", "visits"}
)
# Flows that months may take back: a year's part can be below zero, or above the whole.
_NET = frozenset({"fdi", "fdi-inflow", "fdi-outflow", "oda-disbursements", "trade-balance"})
# Positions at the end of the period (IMF, Balance of Payments Manual, 6th edition, chapter 7).
_STOCKS = frozenset({"fdi-inward-stock", "fdi-outward-stock"})


@dataclass(frozen=True, slots=True)
class ConvertedPoint:
    """One period's figure after conversion.

    Attributes:
        figure: the range with the estimate in it.
        bounds: what holds without any assumption; None where nothing does.
        level: how often the range holds, 1.0 where it always does.
        kind: "printed-digits" (what rounding allows), "even-flow" (measured range of the days-weighted estimate), "bounds"
            (flows not below zero), "neighbours" (a stock between two dates) or "sources" (over sources' rates or indices that differ).
        inputs: the ids of the observations behind it, rates and indices included.
    """

    period: Period
    figure: Printed
    bounds: Printed | None
    level: float
    kind: str
    inputs: tuple[str, ...]

    def interval(self) -> Interval:
        """Return the range as floats, widened to the next float."""
        low, high = math.nextafter(float(self.figure.low), -math.inf), math.nextafter(float(self.figure.high), math.inf)
        return Interval(low, high, self.level, self.kind)

    @property
    def relative_width(self) -> Decimal | None:
        """The range's width as a share of its middle; None where the middle is not above zero."""
        middle = (self.figure.low + self.figure.high) / 2
        return (self.figure.high - self.figure.low) / middle if middle > 0 else None


@dataclass(frozen=True, slots=True)
class Converted:
    """A run of converted figures of one flow from one source.

    Attributes:
        key: the line's key and what was done to it ("exports-PAK-in-calendar-years").
        subject: the line's own key.
        account, source: as in `Line`.
        method: what was done, with formula and source, a sentence for each step.
        refusals: sentences on what was not converted, and why.
        base_year: the year whose prices the figures are in; None for current prices.
    """

    key: str
    subject: str
    title: str
    unit: str
    account: str
    source: Source
    points: tuple[ConvertedPoint, ...]
    method: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    base_year: int | None = None

    @classmethod
    def of(cls, run: Line | Converted) -> Converted:
        """Return a line as a run to which nothing has been done yet; a converted run as it is."""
        if isinstance(run, Converted):
            return run
        points = tuple(_point(point) for point in run.points)
        return cls(
            run.key,
            run.key,
            run.title,
            run.unit,
            run.account,
            run.source,
            points,
            caveats=run.remarks,
            base_year=run.base_year,
        )

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids of all observations of the run, rates and indices included."""
        return tuple(dict.fromkeys(one for point in self.points for one in point.inputs))

    @property
    def kind(self) -> str:
        """What the figures are: "goods" (trade in goods), "flow", "net", "stock", or "" where it is not known."""
        for name in (self.subject, self.subject.rpartition("-")[0]):
            for kind, known in (("goods", _GOODS), ("flow", _FLOWS), ("net", _NET), ("stock", _STOCKS)):
                if name in known:
                    return kind
        return ""

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency's ISO 4217 code."""
        return is_currency(self.unit)

    def refused(self, *why: str) -> Converted:
        """Return the run without figures, and the sentences that say why."""
        return replace(self, points=(), refusals=(*self.refusals, *why))


def is_currency(unit: str) -> bool:
    """Whether a unit is written as a currency's ISO 4217 code; SIPRI's trend-indicator value is none."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper() and unit != "TIV"


def conversion(dyad: Dyad, run: Converted) -> Measure:
    """Return a converted run as a measure under its own key, with its method and remarks.

    The value is the latest figure; None where only bounds, a range between neighbours or one over sources can be told.
    """
    if not run.points:
        # What holds of figures says nothing of why there are none.
        why = " ".join(run.refusals) or f"{run.title} cannot be told: no annual figures are on record."
        return Question(run.key, run.title, run.unit, "").unanswered(dyad, why)
    question = Question(run.key, run.title, run.unit, " ".join(run.method))
    latest = run.points[-1]
    shown = amount(latest.figure.value, run.unit)
    ends = f"{amount(latest.figure.low, run.unit)} and {amount(latest.figure.high, run.unit)}"
    held = f" ({latest.level * 100:.0f} % range)" if latest.level < 1 else ""
    told = {
        PRINTED: f"{shown} in {latest.period.label} ({between(latest.figure, run.unit)})",
        EVEN_FLOW: f"about {shown} in {latest.period.label}, between {ends} ({latest.level * 100:.0f} % range)",
        BOUNDS: f"an amount between {ends} in {latest.period.label}, and no more than that is sure",
        SOURCES: f"an amount between {ends} in {latest.period.label}{held}, as what it is converted by differs between sources",
        NEIGHBOURS: f"an amount between {ends} at the end of {latest.period.label}, if it moved one way between its dates",
    }[latest.kind]
    points = tuple(
        MeasurePoint(
            point.period.label,
            float(point.figure.value),
            "converted",
            point.period.start,
            point.period.end,
            point.interval(),
            point.inputs,
        )
        for point in run.points
    )
    value = float(latest.figure.value) if latest.kind in (PRINTED, EVEN_FLOW) else None
    remark = "These figures are converted, and no source prints them."
    answer = Answer(value, latest.interval(), points, run.inputs, (remark, *run.refusals, *run.caveats))
    return question.answered(dyad, f"{run.title} came to {told}.", answer)


@dataclass(frozen=True, slots=True)
class Way:
    """A point as one source's rate or index brings it: `factor` is by how much, and `words` name the rate and its source."""

    factor: Printed
    point: ConvertedPoint
    words: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A point by all ways to it; `ways` are those that differ beyond rounding, none where they agree.

    Attributes:
        apart: the greatest factor over the least.
    """

    point: ConvertedPoint
    ways: tuple[Way, ...] = ()
    apart: Decimal = Decimal(1)


def joined(ways: Sequence[Way]) -> Joined:
    """Return the point by the finest of the ways where all agree within rounding, else the range over all of them."""
    ordered = sorted(ways, key=lambda way: ((way.factor.high - way.factor.low) / way.factor.value, way.point.inputs))
    finest = ordered[0]
    if all(way.factor.overlaps(finest.factor) for way in ordered):
        return Joined(finest.point)
    points = [way.point for way in ordered]
    bounds = [point.bounds for point in points if point.bounds is not None]
    made = replace(
        finest.point,
        figure=_range_over([point.figure for point in points]),
        bounds=_range_over(bounds) if len(bounds) == len(points) else None,
        kind=SOURCES if finest.point.kind in (PRINTED, EVEN_FLOW) else finest.point.kind,
        inputs=tuple(dict.fromkeys(one for point in points for one in point.inputs)),
    )
    ordered.sort(key=lambda way: (way.factor.value, way.words))
    return Joined(made, tuple(ordered), ordered[-1].factor.value / ordered[0].factor.value)


def told_apart(made: Sequence[Joined], what: str) -> list[str]:
    """Say in which periods what they are converted by ("rates", "indices") differs, and by how much; nothing where all agree."""
    differing = [one for one in made if one.ways]
    if not differing:
        return []
    worst = max(differing, key=lambda one: one.apart)
    labels = [one.point.period.label for one in differing]
    periods = listed(labels) if len(labels) <= _MOST_LISTED else f"{len(labels)} of {len(made)} periods"
    most = f", most in {worst.point.period.label}" if len(differing) > 1 else ""
    return [
        f"In {periods} the {what} on record differ by more than rounding explains{most}: {named_ways(worst)}, {percent(worst.apart - 1)} apart. "
        "None is picked: the range goes over all of them, and the point is its middle."
    ]


def named_ways(one: Joined) -> str:
    """Return the rates or indices that differ, with their sources."""
    return listed([way.words for way in one.ways])


def _range_over(figures: Sequence[Printed]) -> Printed:
    low, high = min(one.low for one in figures), max(one.high for one in figures)
    return Printed(low, (low + high) / 2, high)


def times(point: ConvertedPoint, factor: Printed, inputs: tuple[str, ...] = ()) -> ConvertedPoint:
    """Return a point times a factor above zero, its ends rounded outwards; `inputs` are the factor's."""
    return _scaled(point, factor, inputs, divided=False)


def over(point: ConvertedPoint, divisor: Printed, inputs: tuple[str, ...] = ()) -> ConvertedPoint:
    """Return a point over a divisor above zero, its ends rounded outwards; `inputs` are the divisor's."""
    return _scaled(point, divisor, inputs, divided=True)


def _scaled(point: ConvertedPoint, by: Printed, inputs: tuple[str, ...], *, divided: bool) -> ConvertedPoint:
    def product(figure: Printed) -> Printed:
        # A figure below zero is least where the factor is greatest.
        least, most = (by.high, by.low) if divided else (by.low, by.high)
        low = _exact(figure.low, least if figure.low >= 0 else most, ROUND_FLOOR, divided=divided)
        high = _exact(figure.high, most if figure.high >= 0 else least, ROUND_CEILING, divided=divided)
        return Printed(low, _exact(figure.value, by.value, ROUND_HALF_EVEN, divided=divided), high)

    bounds = None if point.bounds is None else product(point.bounds)
    behind = tuple(dict.fromkeys((*point.inputs, *inputs)))
    return replace(point, figure=product(point.figure), bounds=bounds, inputs=behind)


def _exact(figure: Decimal, by: Decimal, rounding: str, *, divided: bool) -> Decimal:
    with localcontext() as context:
        context.prec, context.rounding = _DIGITS, rounding
        return figure / by if divided else figure * by


def _point(point: LinePoint) -> ConvertedPoint:
    return ConvertedPoint(point.period, point.figure, point.figure, 1.0, PRINTED, point.inputs)
