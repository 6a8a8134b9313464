"""How much of each side's trade is with the other: shares of its totals, and the intensity of trade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from comity.measures.answers import Answer, Question
from comity.measures.lines import LinePoint, citation, points_of
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
    """One account: a source's annual figures in one unit."""

    source: Source
    unit: str
    precision: Precision


class _Totals:
    """Annual figures of trade in goods by account, reporter, partner and flow."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        grouped: dict[_Key, dict[tuple[str, str, str], list[Observation]]] = defaultdict(lambda: defaultdict(list))
        for one in sorted(observations, key=lambda one: one.id):
            series = one.series
            if series.indicator in _FLOWS and not series.product and one.period.precision in _ANNUAL:
                key = _Key(series.source, series.unit, one.period.precision)
                grouped[key][series.reporter, series.partner, series.indicator].append(one)
        self._lines: dict[_Key, dict[tuple[str, str, str], dict[Period, LinePoint]]] = {
            key: {
                flow: {point.period: point for point in points_of(parted_by_status(found)[0])[0]}
                for flow, found in flows.items()
            }
            for key, flows in grouped.items()
        }

    @property
    def accounts(self) -> tuple[_Key, ...]:
        """The accounts, by the words of their source."""
        return tuple(sorted(self._lines, key=lambda key: (citation(key.source), key.unit, key.precision.value)))

    def line(self, account: _Key, reporter: str, partner: str, flow: str) -> Mapping[Period, LinePoint]:
        """Return an account's figures by period."""
        return self._lines[account].get((reporter, partner, flow), {})


def dependence(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side, the other's share in its exports and in its imports, in per cent by year."""
    totals = _Totals(observations)
    return tuple(_dependence(dyad, side, totals) for side in (dyad.first, dyad.second))


def _dependence(dyad: Dyad, side: str, totals: _Totals) -> Measure:
    other = dyad.other(side)
    name, partner = state_name(side), state_name(other)
    title = f"{possessive(name)} dependence on {partner} in trade"
    question = Question(f"dependence-{side}", title, "percent", _SHARE_METHOD)
    best: tuple[tuple[int, str], _Key, list[MeasurePoint], dict[str, list[tuple[Period, Printed]]]] | None = None
    for account in totals.accounts:
        points: list[MeasurePoint] = []
        shares: dict[str, list[tuple[Period, Printed]]] = {}
        for flow in _FLOWS:
            part, whole = totals.line(account, side, other, flow), totals.line(account, side, WORLD, flow)
            for period in sorted(part.keys() & whole.keys(), key=lambda one: one.sort_key):
                share = _share(part[period].figure, whole[period].figure)
                if share is not None:
                    shares.setdefault(flow, []).append((period, share))
                    points.append(_point(period, share, flow, (*part[period].inputs, *whole[period].inputs)))
        if points:
            rank = len(points), max(period.sort_key[1] for found in shares.values() for period, _ in found)
            if best is None or rank > best[0]:
                best = rank, account, points, shares
    if best is None:
        return question.unanswered(
            dyad,
            f"{title} cannot be told: no source on record gives both the trade of the two and the state's total over all partners.",
        )
    _, account, points, shares = best
    told = [
        f"{found[-1][1].value:.{_places(found[-1][1])}f} per cent of its {flow} in {found[-1][0].label} "
        f"({percent_between(found[-1][1])})"
        for flow, found in shares.items()
    ]
    verb = {"exports": "took", "imports": "supplied"}
    words = " and ".join(f"{verb[flow]} {words}" for flow, words in zip(shares, told, strict=True))
    flow, latest = next((flow, found[-1]) for flow, found in shares.items())
    first = shares[flow][0]
    summary = f"Of {possessive(name)} trade {partner} {words}"
    if first[0] != latest[0]:
        summary += f"; in {first[0].label} its share of the {flow} was {percent(first[1].value / 100)}"
    answer = Answer(
        float(latest[1].value),
        latest[1].interval(),
        tuple(points),
        caveats=(f"The figures are {possessive(name)} account ({citation(account.source)}).",),
    )
    return question.answered(dyad, summary + ".", answer)


def _share(part: Printed, whole: Printed) -> Printed | None:
    """Return part of whole in per cent; None where the whole may be zero or the part surely exceeds it."""
    found = part.over(whole)
    if found is None or found.low > 1:
        return None
    return Printed(found.low, found.value, min(found.high, Decimal(1))).scaled(Decimal(100))


def _places(share: Printed) -> int:
    return 1 if share.value >= 1 else 2


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
    for account in totals.accounts:
        lines = (
            totals.line(account, side, other, "exports"),
            totals.line(account, side, WORLD, "exports"),
            totals.line(account, other, WORLD, "imports"),
            totals.line(account, WORLD, "", "imports"),
            totals.line(account, side, WORLD, "imports"),
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
