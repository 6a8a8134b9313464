"""What is traded: trade in both directions within products, concentration, complementarity and revealed advantage.

All are computed on the products of one account, one classification, one level of it and one year. How many products a
classification has changes every one of these figures, so the number is said with each. A file may hold chapters beside
headings of the same goods, which would count twice: codes of one length are one level.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.measures.answers import Answer, Question
from comity.measures.candidates import CUSTOMARY, citation, points_of
from comity.measures.wording import listed, plural, possessive, state_name
from comity.terms import (
    WORLD,
    Dyad,
    Interval,
    Measure,
    MeasurePoint,
    Observation,
    Period,
    Precision,
    Series,
    Source,
    Valuation,
    parted_by_status,
)

if TYPE_CHECKING:
    import numpy as np

_ANNUAL = (Precision.YEAR, Precision.FISCAL_YEAR)
# An index over a single product says nothing of how trade is spread.
_FEWEST = 2
_MOST_SHOWN = 5
_LEVEL = "How finely products are told apart changes this index; {number} of {scheme} are on record here."
_WITHIN = Question(
    "intra-industry-trade",
    "Trade in both directions within products (Grubel-Lloyd index)",
    "ratio",
    "1 less the sum over products of |exports - imports| over the sum of exports and imports, from one account, with the range "
    "that the printed digits allow (Grubel and Lloyd 1975, Intra-Industry Trade). 0: each product goes one way only; 1: all go both ways "
    "in equal value.",
)
_NO_PRODUCTS = "no source on record gives the trade of the two by product"


# A code of digits has a level by their number; others (groups of products, names) have none.
_CODE = re.compile(r"\d[\dA-Z.]*")
# A level that holds less of the goods than this share of what another holds has only some of the products.
_WHOLE = 0.99
_Flow = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Key:
    """One account: a source's annual figures in one unit, by products of one level of a classification."""

    source: Source
    unit: str
    scheme: str
    level: int
    precision: Precision
    valuation: Valuation
    base_year: int | None

    @property
    def scheme_of(self) -> tuple[Source, str, str]:
        """Whose classification it is: of all its levels."""
        return self.source, self.unit, self.scheme

    @property
    def words(self) -> str:
        """The classification with its level."""
        scheme = self.scheme or "an unnamed classification"
        return f"{scheme} (codes of {plural(self.level, 'digit')})" if self.level else scheme


@dataclass(frozen=True, slots=True)
class _Figure:
    low: float
    value: float
    high: float
    id: str


@dataclass(frozen=True, slots=True)
class _Account:
    """What `_Products` has of some flows from one account: the periods that have them all, with the products of each."""

    key: _Key
    years: tuple[tuple[Period, tuple[Mapping[str, _Figure], ...]], ...]
    doubtful: tuple[Period, ...]


class _Products:
    """Annual figures by account, flow (reporter, partner, indicator), period and product."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        grouped: dict[_Key, dict[tuple[_Flow, str], list[Observation]]] = defaultdict(lambda: defaultdict(list))
        for one in sorted(observations, key=lambda one: one.id):
            series = one.series
            if series.product and one.period.precision in _ANNUAL and series.indicator in CUSTOMARY:
                flow = series.reporter, series.partner, series.indicator
                grouped[_key(series, one.period.precision)][flow, series.product].append(one)
        self._held: dict[_Key, dict[_Flow, dict[Period, dict[str, _Figure]]]] = {}
        # Periods in which copies of a product's figure differ: without it every index would be another.
        self._doubtful: dict[_Key, dict[_Flow, set[Period]]] = {}
        for key, flows in grouped.items():
            held = self._held[key] = defaultdict(lambda: defaultdict(dict))
            doubtful = self._doubtful[key] = defaultdict(set)
            for (flow, product), found in flows.items():
                reported = parted_by_status(found)[0]
                points, _ = points_of(reported)
                for point in points:
                    figure = point.figure
                    held[flow][point.period][product.rpartition(":")[2]] = _Figure(
                        max(float(figure.low), 0.0), float(figure.value), float(figure.high), point.inputs[0]
                    )
                doubtful[flow] |= {one.period for one in reported} - {point.period for point in points}

    def latest(self, *flows: _Flow) -> _Account | None:
        """Return the account that has all these flows, the period latest, then the products most."""
        found = [account for key in self._held if (account := self._account(key, flows)) is not None]
        coded = {account.key.scheme_of for account in found if account.key.level}
        # Beside codes of digits what has none is a group of them.
        found = [account for account in found if account.key.level or account.key.scheme_of not in coded]
        greatest: dict[tuple[object, Period], float] = {}
        for account in found:
            period, sides = account.years[-1]
            name = account.key.scheme_of, period
            greatest[name] = max(greatest.get(name, 0.0), _size(sides))

        def rank(account: _Account) -> tuple[str, bool, int, bool, str, str]:
            key, (period, sides) = account.key, account.years[-1]
            return (
                period.sort_key[1],
                _size(sides) >= _WHOLE * greatest[key.scheme_of, period],
                min(len(products) for products in sides),
                key.valuation is Valuation.UNKNOWN,
                citation(key.source),
                key.scheme,
            )

        return max(found, key=rank, default=None)

    def _account(self, key: _Key, flows: Sequence[_Flow]) -> _Account | None:
        held, doubtful = self._held[key], self._doubtful[key]
        if any(flow not in held for flow in flows):
            return None
        common = set.intersection(*(set(held[flow]) for flow in flows))
        unsure = set().union(*(doubtful[flow] for flow in flows if flow in doubtful))
        sides = {period: tuple(held[flow][period] for flow in flows) for period in common - unsure}
        years = [
            (period, sides[period])
            for period in sorted(sides, key=lambda one: one.sort_key)
            if min(len(products) for products in sides[period]) >= _FEWEST
        ]
        if not years:
            return None
        return _Account(key, tuple(years), tuple(sorted(unsure & common, key=lambda one: one.sort_key)))


def _key(series: Series, precision: Precision) -> _Key:
    scheme, _, code = series.product.rpartition(":")
    digits = len(code.replace(".", "")) if _CODE.fullmatch(code) else 0
    if scheme.startswith("HS") and digits % 2:
        digits += 1  # "901" is 0901 without its nought
    # Exports free on board and imports with freight are one account, as states report them.
    usual = series.valuation in (CUSTOMARY[series.indicator], Valuation.UNKNOWN)
    valuation = Valuation.UNKNOWN if usual else series.valuation
    return _Key(series.source, series.unit, scheme, digits, precision, valuation, series.base_year)


def _size(sides: Sequence[Mapping[str, _Figure]]) -> float:
    return sum(figure.value for products in sides for figure in products.values())


_Index = Callable[[Sequence[Mapping[str, _Figure]]], tuple[float, float, float] | None]


def intra_industry(dyad: Dyad, observations: Iterable[Observation]) -> Measure:
    """Return the Grubel-Lloyd index of the trade between the sides, by year, from the first state's account or else the second's."""
    products = _Products(observations)
    for reporter in (dyad.first, dyad.second):
        other = dyad.other(reporter)
        flows = (reporter, other, "exports"), (reporter, other, "imports")
        measure = _answered(dyad, _WITHIN, products, flows, grubel_lloyd, "{value:.2f} ({low:.2f} to {high:.2f})")
        if measure is not None:
            return measure
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    return _WITHIN.unanswered(dyad, f"How far {both} trade within products cannot be told: {_NO_PRODUCTS}.")


def concentration(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side's exports to the other, how concentrated they are on products (Herfindahl-Hirschman)."""
    products = _Products(observations)
    measures = []
    for side in (dyad.first, dyad.second):
        other = dyad.other(side)
        title = f"Concentration of {possessive(state_name(side))} exports to {state_name(other)} on products"
        question = Question(
            f"concentration-{side}",
            title,
            "ratio",
            "The sum of squared product shares (Herfindahl 1950; Hirschman 1964), with the range that the printed digits allow. 1: one "
            "product is all; 1/N: N products of one size.",
        )
        found = None
        for flow in ((side, other, "exports"), (other, side, "imports")):
            found = found or _answered(
                dyad, question, products, (flow,), herfindahl, "{value:.3f} ({low:.3f} to {high:.3f})"
            )
        measures.append(found or question.unanswered(dyad, f"{title} cannot be told: {_NO_PRODUCTS}."))
    return tuple(measures)


def complementarity(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side, how well what it exports to all matches what the other imports from all (Michaely)."""
    products = _Products(observations)
    measures = []
    for side in (dyad.first, dyad.second):
        other = dyad.other(side)
        title = f"Fit of {possessive(state_name(side))} exports to {possessive(state_name(other))} imports"
        question = Question(
            f"complementarity-{side}",
            title,
            "ratio",
            "1 less half the sum over products of |share in the other's imports - share in the side's exports|, over all partners of each "
            "(Michaely 1996, Trade Preferential Agreements in Latin America). 0: nothing that it sells abroad is bought by the other "
            "abroad; 1: the same shares.",
        )
        flows = (side, WORLD, "exports"), (other, WORLD, "imports")
        found = _answered(dyad, question, products, flows, michaely, "{value:.2f} ({low:.2f} to {high:.2f})")
        why = f"{title} cannot be told: no source on record gives the exports and imports of both sides by product."
        measures.append(found or question.unanswered(dyad, why))
    return tuple(measures)


def revealed_advantage(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side, in which products its share of exports exceeds the world's (Balassa), the highest first."""
    products = _Products(observations)
    measures = []
    for side in (dyad.first, dyad.second):
        title = f"Revealed comparative advantage of {state_name(side)}"
        question = Question(
            f"revealed-advantage-{side}",
            title,
            "ratio",
            "A product's share in the side's exports over its share in the exports of all states (Balassa 1965). Above one the side is "
            "said to have an advantage revealed by its trade; tariffs and subsidies show in it too.",
        )
        found = products.latest((side, WORLD, "exports"), (WORLD, "", "exports"))
        if found is None:
            why = f"{title} cannot be told: no source on record gives the state's exports and the world's by product."
            measures.append(question.unanswered(dyad, why))
            continue
        key = found.key
        period, (own, world) = found.years[-1]
        points = [
            MeasurePoint(
                product, value, key.words, period.start, period.end, Interval(low, high, 1.0, "printed-digits"), ids
            )
            for product, (low, value, high), ids in balassa(own, world)
        ]
        points.sort(key=lambda point: (-point.value, point.label))
        above = [point for point in points if point.interval is not None and point.interval.low > 1]
        shown = listed([f"{point.label} ({point.value:.1f})" for point in above[:_MOST_SHOWN]])
        most = f", most in {shown}" if above else ""
        summary = f"{state_name(side)} has a revealed advantage in {len(above)} of {plural(len(points), 'product')} in {period.label}{most}."
        measures.append(
            question.answered(dyad, summary, Answer(None, None, tuple(points), caveats=_notes(found, len(points))))
        )
    return tuple(measures)


def _answered(
    dyad: Dyad,
    question: Question,
    products: _Products,
    flows: Sequence[tuple[str, str, str]],
    index: _Index,
    shown: str,
) -> Measure | None:
    found = products.latest(*flows)
    if found is None:
        return None
    points = []
    for period, sides in found.years:
        values = index(sides)
        if values is not None:
            value = values[1]
            low, high = min(values), max(values)  # sums of binary fractions may differ in the last of them
            ids = tuple(sorted({figure.id for products in sides for figure in products.values()}))
            interval = Interval(low, high, 1.0, "printed-digits")
            points.append(MeasurePoint(period.label, value, question.key, period.start, period.end, interval, ids))
    if not points:
        return None
    latest = points[-1]
    assert latest.interval is not None
    words = shown.format(value=latest.value, low=latest.interval.low, high=latest.interval.high)
    summary = f"{question.title}: {words} by the printed digits in {latest.label}"
    if len(points) > 1:
        summary += f"; {points[0].value:.2f} in {points[0].label}"
    number = len(set().union(*found.years[-1][1]))
    answer = Answer(latest.value, latest.interval, tuple(points), caveats=_notes(found, number))
    return question.answered(dyad, summary + ".", answer)


def _notes(found: _Account, number: int) -> tuple[str, ...]:
    told = _LEVEL.format(number=plural(number, "product"), scheme=found.key.words)
    notes = [told, f"All figures are from one source ({citation(found.key.source)})."]
    if found.doubtful:
        labels = listed([period.label for period in found.doubtful])
        notes.append(f"Copies of its figures differ on a product in {labels}; the index is not told there.")
    return tuple(notes)


def grubel_lloyd(sides: Sequence[Mapping[str, _Figure]]) -> tuple[float, float, float] | None:
    """Return the Grubel-Lloyd index of exports and imports by product: its least, its value and its greatest.

    A product that stands on one side only is nought on the other.
    """
    import numpy as np

    exports, imports = _aligned(*sides)
    apart = np.abs(exports[1] - imports[1]).sum()
    least = np.maximum(0.0, np.maximum(exports[0] - imports[2], imports[0] - exports[2])).sum()
    most = np.maximum(exports[2] - imports[0], imports[2] - exports[0]).sum()
    size, smallest, largest = (float((exports[place] + imports[place]).sum()) for place in (1, 0, 2))
    if smallest <= 0:
        return None
    return max(0.0, 1 - most / smallest), float(1 - apart / size), float(1 - least / largest)


def herfindahl(sides: Sequence[Mapping[str, _Figure]]) -> tuple[float, float, float] | None:
    """Return the sum of squared shares of the products: its least, its value and its greatest."""
    (figures,) = _aligned(*sides)
    low, value, high = figures
    if low.sum() <= 0:
        return None
    # A share is least where its own figure is least and all others are greatest.
    least = low / (low + high.sum() - high)
    most = high / (high + low.sum() - low)
    share = value / value.sum()
    return float((least**2).sum()), float((share**2).sum()), min(1.0, float((most**2).sum()))


def michaely(sides: Sequence[Mapping[str, _Figure]]) -> tuple[float, float, float] | None:
    """Return how far two lists of products have the same shares: the least, the value and the greatest, 0 to 1."""
    import numpy as np

    shares = []
    for low, value, high in _aligned(*sides):
        if low.sum() <= 0:
            return None
        shares.append((low / (low + high.sum() - high), value / value.sum(), high / (high + low.sum() - low)))
    (a_low, a, a_high), (b_low, b, b_high) = shares
    least = np.maximum(0.0, np.maximum(a_low - b_high, b_low - a_high)).sum() / 2
    most = np.maximum(a_high - b_low, b_high - a_low).sum() / 2
    return max(0.0, float(1 - most)), float(1 - np.abs(a - b).sum() / 2), float(1 - least)


def balassa(
    own: Mapping[str, _Figure], world: Mapping[str, _Figure]
) -> list[tuple[str, tuple[float, float, float], tuple[str, ...]]]:
    """Return each product of both lists with its share in the first over that in the second, and the ids behind it."""
    total, of_all = (_aligned(side)[0].sum(axis=1) for side in (own, world))
    found: list[tuple[str, tuple[float, float, float], tuple[str, ...]]] = []
    for product in sorted(own.keys() & world.keys()):
        one, other = own[product], world[product]
        if other.low > 0 and total[0] > 0:
            low = one.low / total[2] * of_all[0] / other.high
            high = one.high / total[0] * of_all[2] / other.low
            value = one.value / total[1] * of_all[1] / other.value
            found.append((product, (min(low, value), value, max(high, value)), (one.id, other.id)))
    return found


def _aligned(*sides: Mapping[str, _Figure]) -> list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Return, for each side, three rows (low, value, high) over the products of all sides, nought where it has none."""
    import numpy as np

    names = sorted(set().union(*sides))
    zero = _Figure(0.0, 0.0, 0.0, "")
    return [
        np.array([[one.low, one.value, one.high] for one in (side.get(name, zero) for name in names)], dtype=np.float64)
        .reshape(-1, 3)
        .T
        for side in sides
    ]
