"""How much of each side's trade is with the other: shares of its totals, and the intensity of trade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from comity.measures.answers import Answer, Question
from comity.measures.candidates import CUSTOMARY, LinePoint, citation, points_of
from comity.measures.printed import Printed
from comity.measures.wording import over, percent, percent_between, possessive, state_name
from comity.terms import (
    WORLD,
    Dyad,
    Interval,
    Measure,
    MeasurePoint,
    Observation,
    Period,
    Precision,
    Source,
    Valuation,
    parted_by_status,
)

_ANNUAL = (Precision.YEAR, Precision.FISCAL_YEAR)
_SHARE_METHOD = (
    "The side's exports to (imports from) the other as a share of its exports to (imports from) all partners, both from one account, "
    "by year, with the range that the printed digits allow. Of several accounts the one with most years is used, then the latest."
)
_INTENSITY_METHOD = (
    "The share of the first state's exports that go to the second, over the second's share in the imports of the world without "
    "the first: (Xij / Xi) / (Mj / (Mw - Mi)) (Brown 1949; Kojima 1964). One says that they trade as much as their sizes in world "
    "trade let expect; no distance, treaty or language is taken account of."
)
_FLOWS = ("exports", "imports")


@dataclass(frozen=True, slots=True)
class _Key:
    """One account: a source's annual figures in one unit, at the prices of one year or current ones."""

    source: Source
    unit: str
    precision: Precision
    base_year: int | None


@dataclass(frozen=True, slots=True)
class _Valued:
    """An account's figures of one flow, valued in one way: by reporter, partner and period, and what is to be said of them."""

    figures: Mapping[tuple[str, str], Mapping[Period, LinePoint]]
    remarks: Mapping[tuple[str, str], tuple[str, ...]]

    def line(self, reporter: str, partner: str) -> Mapping[Period, LinePoint]:
        """Return the figures by period."""
        return self.figures.get((reporter, partner), {})


class _Totals:
    """Annual figures of trade in goods by account and flow; those that are valued in different ways are kept apart."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        grouped: dict[_Key, dict[tuple[str, Valuation], dict[tuple[str, str], list[Observation]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        for one in sorted(observations, key=lambda one: one.id):
            series = one.series
            if series.indicator in _FLOWS and not series.product and one.period.precision in _ANNUAL:
                key = _Key(series.source, series.unit, one.period.precision, series.base_year)
                of_flow = grouped[key][series.indicator, series.valuation]
                of_flow[series.reporter, series.partner].append(one)
        self._flows = {key: {flow: _valued(found) for flow, found in flows.items()} for key, flows in grouped.items()}

    @property
    def accounts(self) -> tuple[_Key, ...]:
        """The accounts, by the words of their source."""
        return tuple(
            sorted(
                self._flows,
                key=lambda key: (citation(key.source), key.unit, key.precision.value, key.base_year or 0),
            )
        )

    def valued(self, account: _Key, flow: str) -> list[_Valued]:
        """Return an account's figures of a flow by how they are valued, those as is customary first."""
        found = self._flows[account]
        valuations = sorted({valuation for name, valuation in found if name == flow}, key=lambda one: one.value)
        valuations.sort(key=lambda one: one is not CUSTOMARY[flow])
        return [found[flow, valuation] for valuation in valuations]

    def both_ways(self) -> Iterator[tuple[_Key, _Valued, _Valued]]:
        """Yield each account with its exports and its imports, those valued as is customary first."""
        for account in self.accounts:
            for exports, imports in product(*(self.valued(account, flow) for flow in _FLOWS)):
                yield account, exports, imports


def _valued(found: Mapping[tuple[str, str], Sequence[Observation]]) -> _Valued:
    joined = {sides: points_of(parted_by_status(of_sides)[0]) for sides, of_sides in found.items()}
    return _Valued(
        {sides: {point.period: point for point in points} for sides, (points, _) in joined.items()},
        {sides: remarks for sides, (_, remarks) in joined.items()},
    )


def dependence(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side, the other's share in its exports and in its imports, in per cent by year."""
    totals = _Totals(observations)
    return tuple(_dependence(dyad, side, totals) for side in (dyad.first, dyad.second))


def _dependence(dyad: Dyad, side: str, totals: _Totals) -> Measure:
    other = dyad.other(side)
    name, partner = state_name(side), state_name(other)
    title = f"{possessive(name)} dependence on {partner} in trade"
    question = Question(f"dependence-{side}", title, "percent", _SHARE_METHOD)
    best: tuple[tuple[int, str, int], _Key, dict[str, _Shares]] | None = None
    for account in totals.accounts:
        shares: dict[str, _Shares] = {}
        for flow in _FLOWS:
            found = [_shares(side, other, one) for one in totals.valued(account, flow)]
            longest = max(found, key=lambda one: len(one.by_period), default=None)
            if longest is not None and longest.by_period:
                shares[flow] = longest
        if shares:
            periods = {period for one in shares.values() for period, _, _ in one.by_period}
            rank = len(periods), max(period.sort_key[1] for period in periods), len(shares)
            if best is None or rank > best[0]:
                best = rank, account, shares
    if best is None:
        return question.unanswered(
            dyad,
            f"{title} cannot be told: no source on record gives both the trade of the two and the state's total over all partners.",
        )
    _, account, shares = best
    lasts = {flow: found.by_period[-1] for flow, found in shares.items()}
    verb = {"exports": "took", "imports": "supplied"}
    words = " and ".join(
        f"{verb[flow]} {_shown(share)} of its {flow} in {period.label} ({percent_between(share)})"
        for flow, (period, share, _) in lasts.items()
    )
    flow = next(iter(shares))
    (start, before, _), (end, now, _) = shares[flow].by_period[0], lasts[flow]
    summary = f"Of {possessive(name)} trade {partner} {words}"
    if start != end:
        summary += f"; in {start.label} its share of the {flow} was {_shown(before)}"
    points = [
        _point(period, share, flow, inputs)
        for flow, found in shares.items()
        for period, share, inputs in found.by_period
    ]
    remarks = [f"Of its {flow}: {remark}" for flow, found in shares.items() for remark in found.remarks]
    caveats = (f"The figures are {possessive(name)} account ({citation(account.source)}).", *remarks)
    return question.answered(
        dyad, summary + ".", Answer(float(now.value), now.interval(), tuple(points), caveats=caveats)
    )


@dataclass(frozen=True, slots=True)
class _Shares:
    """The other's share in one flow by period, with the ids behind it, and what is to be said of the figures."""

    by_period: tuple[tuple[Period, Printed, tuple[str, ...]], ...]
    remarks: tuple[str, ...]


def _shares(side: str, other: str, flow: _Valued) -> _Shares:
    part, whole = flow.line(side, other), flow.line(side, WORLD)
    found = []
    for period in sorted(part.keys() & whole.keys(), key=lambda one: one.sort_key):
        share = _share(part[period].figure, whole[period].figure)
        if share is not None:
            found.append((period, share, (*part[period].inputs, *whole[period].inputs)))
    named = (("the other's figures", other), ("the totals", WORLD))
    remarks = [f"{words}: {told}" for words, partner in named for told in flow.remarks.get((side, partner), ())]
    return _Shares(tuple(found), tuple(remarks))


def _share(part: Printed, whole: Printed) -> Printed | None:
    """Return part of whole in per cent; None where the whole may be zero or the part surely exceeds it."""
    found = part.over(whole)
    if found is None or found.low > 1:
        return None
    # A part may look greater than its whole by the rounding of both.
    return Printed(found.low, *(min(one, Decimal(1)) for one in (found.value, found.high))).scaled(Decimal(100))


def _shown(share: Printed) -> str:
    return percent(share.value / 100, 1 if share.value >= 1 else 2)


def intensity(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side's exports to the other, the index of trade intensity by year.

    The imports of all states together are figures whose reporter is `WORLD` and whose partner is "".
    """
    totals = _Totals(observations)
    return tuple(_intensity(dyad, side, totals) for side in (dyad.first, dyad.second))


def _intensity(dyad: Dyad, side: str, totals: _Totals) -> Measure:
    other = dyad.other(side)
    title = f"Intensity of {possessive(state_name(side))} exports to {state_name(other)}"
    question = Question(f"intensity-{side}", title, "ratio", _INTENSITY_METHOD)
    best: tuple[tuple[int, str], _Key, list[MeasurePoint], list[tuple[Period, Printed]]] | None = None
    for account, exports, imports in totals.both_ways():
        lines = (
            exports.line(side, other),
            exports.line(side, WORLD),
            imports.line(other, WORLD),
            imports.line(WORLD, ""),
            imports.line(side, WORLD),
        )
        points: list[MeasurePoint] = []
        indices: list[tuple[Period, Printed]] = []
        for period in sorted(set.intersection(*(set(line) for line in lines)), key=lambda one: one.sort_key):
            index = _index(*(line[period].figure for line in lines))
            if index is not None:
                indices.append((period, index))
                points.append(
                    _point(period, index, "intensity", [one for line in lines for one in line[period].inputs])
                )
        if indices:
            rank = len(indices), indices[-1][0].sort_key[1]
            if best is None or rank > best[0]:
                best = rank, account, points, indices
    if best is None:
        return question.unanswered(
            dyad, f"{title} cannot be told: no source on record gives both sides' totals and the world's imports."
        )
    _, account, points, indices = best
    period, index = indices[-1]
    summary = (
        f"{state_name(side)} sold {state_name(other)} {index.value:.2f} times what their shares in world trade let expect in {period.label}"
        f" ({index.low:.3g} to {index.high:.3g} by the printed digits)"
    )
    if len(indices) > 1:
        values = [float(one.value) for _, one in indices]
        summary += f"; over {over([one for one, _ in indices])} between {min(values):.2f} and {max(values):.2f} times"
    caveats = (f"All figures are from one source ({citation(account.source)}).",)
    answer = Answer(float(index.value), index.interval(), tuple(points), caveats=caveats)
    return question.answered(dyad, summary + ".", answer)


def _index(to_other: Printed, exports: Printed, bought: Printed, world: Printed, own: Printed) -> Printed | None:
    share = to_other.over(exports)
    market = bought.over(world - own)
    return None if share is None or market is None else share.over(market)


def _point(period: Period, value: Printed, group: str, inputs: Sequence[str]) -> MeasurePoint:
    return MeasurePoint(
        period.label,
        float(value.value),
        group,
        period.start,
        period.end,
        Interval(float(value.low), float(value.high), 1.0, "printed-digits"),
        tuple(dict.fromkeys(inputs)),
    )
