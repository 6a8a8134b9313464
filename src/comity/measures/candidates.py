"""The series on record that may give a line of the dyad: whose annual figures from which source, and their points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.measures.printed import Printed
from comity.measures.wording import listed, possessive, span, state_name
from comity.terms import Dyad, Observation, Period, Precision, Series, Source, Status, Valuation, parted_by_status

# Two-way trade has lines of its own, what figures are converted by is no relation between the sides, and trips are counted
# only in years in which there was one: a mean or a rate of change over those would be too high or mean nothing.
_APART = ("total-trade", "trade-balance", "exchange-rate", "exchange-rate-end", "price-index", "leader-trips")
# How each flow of goods is valued by custom (IMTS 2010, chapter IV).
CUSTOMARY = {"exports": Valuation.FOB, "imports": Valuation.CIF}
STOCKS = ("fdi-inward-stock", "fdi-outward-stock")
_ANNUAL = (Precision.YEAR, Precision.FISCAL_YEAR)
_OUT = ("exports", "fdi-outflow")
_IN = ("imports", "fdi-inflow")


@dataclass(frozen=True, slots=True)
class LinePoint:
    """One year's figure with the ids of the observations that give it."""

    period: Period
    figure: Printed
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes one way between the sides: `family` "exports" or "fdi", from the state `origin`."""

    family: str
    origin: str

    def title(self, dyad: Dyad) -> str:
        """Return the flow's name for people."""
        origin, other = state_name(self.origin), state_name(dyad.other(self.origin))
        if self.family == "exports":
            return f"{possessive(origin)} exports to {other}"
        return f"{possessive(origin)} direct investment in {other}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One series of a flow: its annual figures from one source, and what is to be said of them."""

    flow: Flow
    series: Series
    points: tuple[LinePoint, ...]
    caveats: tuple[str, ...]
    is_reported: bool = True  # whether its source says of any figure that somebody reported it

    @property
    def account(self) -> tuple[str, str, Source, Precision]:
        """Whose figures from which source these are, in which unit, by which kind of year."""
        return self.series.reporter, self.series.unit, self.series.source, self.points[0].period.precision

    @property
    def key(self) -> str:
        """The key of the line that it may give."""
        return f"{self.flow.family}-{self.flow.origin}" if self.flow.origin else self.flow.family

    @property
    def name(self) -> str:
        """Whose account it is, by its citation."""
        hand = "" if self.is_reported else ", not as reported"
        return f"{possessive(state_name(self.series.reporter))} account{hand} ({citation(self.series.source)})"

    @property
    def reach(self) -> str:
        """Whose account it is, in which unit and of which years."""
        unit = "" if self.series.unit == "count" else f" in {self.series.unit}"
        return f"{possessive(state_name(self.series.reporter))} account{unit}, {span([point.period for point in self.points])}"


def flow_of(series: Series) -> Flow | None:
    """Return which way a series' goods or investment go; None for other indicators."""
    family = "exports" if series.indicator in ("exports", "imports") else "fdi"
    if series.indicator in _OUT:
        return Flow(family, series.reporter)
    return Flow(family, series.partner) if series.indicator in _IN else None


def candidates(dyad: Dyad, observations: Iterable[Observation]) -> list[Candidate]:
    """Return every series of trade or investment between the sides that has annual figures, with these."""
    grouped: dict[tuple[str, Precision], list[Observation]] = defaultdict(list)
    for one in annual(dyad, observations):
        if flow_of(one.series) is not None:
            grouped[one.series.id, one.period.precision].append(one)
    found = []
    for of_series in parted(grouped.values()):
        flow = flow_of(of_series[0].series)
        points, caveats = points_of(of_series)
        if flow is not None and points:
            found.append(Candidate(flow, of_series[0].series, points, caveats, any_reported(of_series)))
    return found


def other_candidates(dyad: Dyad, observations: Iterable[Observation]) -> list[Candidate]:
    """Return every series of another indicator between the sides that has annual figures, with these."""
    grouped: dict[tuple[str, Precision], list[Observation]] = defaultdict(list)
    for one in annual(dyad, observations):
        if flow_of(one.series) is None and not _has_its_own_measure(one.series):
            grouped[one.series.id, one.period.precision].append(one)
    found = []
    for of_series in parted(grouped.values()):
        points, caveats = points_of(of_series)
        if points:
            series = of_series[0].series
            flow = Flow(series.indicator, series.reporter)
            found.append(Candidate(flow, series, points, caveats, any_reported(of_series)))
    return found


def investor_of(series: Series) -> str:
    """Return whose investment abroad a stock is; "" for what is no stock of investment."""
    if series.indicator not in STOCKS:
        return ""
    return series.partner if series.indicator == "fdi-inward-stock" else series.reporter


def points_of(observations: Sequence[Observation]) -> tuple[tuple[LinePoint, ...], tuple[str, ...]]:
    """Join copies of one source: copies that agree are one point, copies that disagree are left out and told.

    What the source itself did not report but derived or imputed is told too.
    """
    by_period: dict[Period, list[Observation]] = defaultdict(list)
    for one in observations:
        by_period[one.period].append(one)
    points, caveats = [], []
    for period, copies in sorted(by_period.items(), key=lambda item: item[0].sort_key):
        ordered = copies
        if len(copies) > 1:
            ordered = sorted(copies, key=lambda one: (one.quantity.resolution, one.id))
        finest = ordered[0]
        if any(not finest.quantity.agrees_with(one.quantity) for one in ordered[1:]):
            shown = listed(sorted({one.quantity.text or str(one.quantity.number) for one in ordered}))
            caveats.append(f"Copies of one source give {shown} for {period.label}; the year is left out.")
            continue
        points.append(LinePoint(period, Printed.of(finest.quantity), tuple(sorted(one.id for one in ordered))))
    return tuple(points), (*_second_hand(observations), *caveats)


def citation(source: Source) -> str:
    """Return how a source is named in a sentence."""
    return (source.citation or source.title or source.producer).rstrip(".")


def _has_its_own_measure(series: Series) -> bool:
    """Whether a figure is no amount that grows and shrinks by itself: totals, votes, and what is a share, code or distance."""
    if series.indicator in _APART or series.indicator.startswith("votes"):
        return True
    return series.unit in ("code", "index", "percent", "kilometre") or bool(series.product)


def annual(dyad: Dyad, observations: Iterable[Observation]) -> list[Observation]:
    """Return the figures of whole years between the two sides, those of single products left out."""
    between = ((dyad.first, dyad.second), (dyad.second, dyad.first))
    return [
        one
        for one in observations
        if (one.series.reporter, one.series.partner) in between
        and one.period.precision in _ANNUAL
        and not one.period.is_open
        and not one.series.product
    ]


def parted(groups: Iterable[Sequence[Observation]]) -> list[Sequence[Observation]]:
    """Return the groups, those apart that hold a source's reported figures and what it derived or imputed for the same years."""
    return [part for group in groups for part in parted_by_status(group)]


def _second_hand(observations: Sequence[Observation]) -> list[str]:
    """Say which figures are derived or imputed, in the order of their periods."""
    ordered = sorted(observations, key=lambda one: one.period.sort_key)
    told = []
    for status in (Status.DERIVED, Status.IMPUTED):
        labels = list(dict.fromkeys(one.period.label for one in ordered if one.status is status))
        if labels:
            whole = len(labels) == len({one.period for one in ordered})
            which = "All figures" if whole else f"The figures of {listed(labels)}"
            told.append(f"{which} are {status.value} by the source, not as a state reported them.")
    return told


def any_reported(observations: Iterable[Observation]) -> bool:
    """Whether the source says of any of the figures that somebody reported it."""
    return any(one.status is Status.REPORTED for one in observations)
