"""Where each side of the dyad stands among the other's partners in trade, and the dyad among dyads, from the data sets on the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from comity import measures, statistics
from comity.measures import COMPARED, DyadTrade, Printed
from comity.statistics import Shelved
from comity.terms import WORLD, Dyad, Measure, Observation, Period, Precision, Quantity, Source, Status, Valuation

_FLOWS = ("exports", "imports")
# Two-way trade of every two states with figures both ways, the sum of it as each side's size, and the dyads nearest in size.
_DYADS = """
    WITH flows AS (
        SELECT reporter, partner, any_value(value) AS value
        FROM read_parquet($file, hive_partitioning = false)
        WHERE indicator = $flow AND product = '' AND unit = $unit AND valuation = $valuation AND precision = 'year'
            AND start >= make_date($year, 1, 1) AND start < make_date($year + 1, 1, 1) AND partner NOT IN ('', $world)
        GROUP BY reporter, partner HAVING count(DISTINCT value) = 1),
    dyads AS (
        SELECT a.reporter AS one, a.partner AS other, a.value AS out, b.value AS back, a.value + b.value AS trade
        FROM flows a JOIN flows b ON a.reporter = b.partner AND a.partner = b.reporter WHERE a.reporter < a.partner),
    sizes AS (
        SELECT state, sum(trade) AS size
        FROM (SELECT one AS state, trade FROM dyads UNION ALL SELECT other, trade FROM dyads) GROUP BY state),
    masses AS (
        SELECT dyads.*, first.size * second.size AS mass, trade / mass AS intensity
        FROM dyads JOIN sizes first ON one = first.state JOIN sizes second ON other = second.state
        WHERE first.size > 0 AND second.size > 0),
    own AS (SELECT mass, intensity FROM masses WHERE one = $one AND other = $other),
    trading AS (FROM masses WHERE trade > 0)
    SELECT one, other, out, back, masses.mass, (SELECT count(*) FROM trading),
        (SELECT count(*) FILTER (t.intensity < own.intensity) + count(*) FILTER (t.intensity = own.intensity) / 2 - 0.5 FROM trading t),
        (SELECT count(*) FROM dyads WHERE trade = 0)
    FROM masses, own WHERE trade > 0 OR (one = $one AND other = $other)
    ORDER BY one <> $one OR other <> $other, abs(ln(masses.mass / own.mass)), one, other LIMIT $limit
"""
# How each flow is valued by custom (IMTS 2010, chapter IV): exports free on board, imports with insurance and freight.
_CUSTOMARY = {"exports": Valuation.FOB, "imports": Valuation.CIF}


def standings(shelf: Path, dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side and flow that a data set on record has, the other's rank and percentile among all partners, and the dyad's among dyads.

    Of the data sets with partners enough the latest year counts; of several of that year one that reports goes before one that
    derives, then the one with most figures; of figures of one data set that are valued in two ways, those valued as is usual for the flow.
    """
    held = _held(shelf, dyad, observations)
    found = []
    for side in (dyad.first, dyad.second):
        for flow in _FLOWS:
            ranked = sorted(
                (one for one in held if (one.side, one.flow) == (side, flow)),
                key=lambda each: each.preference,
                reverse=True,
            )
            # A data set that was fetched for the pair alone has no other partners, and says nothing of the place among them.
            answers = (_standing(dyad, one) for one in _one_a_data_set(ranked))
            found += _first_answered(answers)
    return (*found, *_first_answered(_among_dyads(dyad, held)))


def _standing(dyad: Dyad, one: _Held) -> Measure:
    period, inputs = Period.of_year(one.year), (one.observation.id,)
    return measures.standing(dyad, one.side, one.flow, period, one.unit, dict(_partners(one)), one.source, inputs)


def _one_a_data_set(ranked: Iterable[_Held]) -> list[_Held]:
    """Return the first of each data set: a place among partners is told of its latest year, and not sought in earlier ones."""
    first: dict[str, _Held] = {}
    for one in ranked:
        first.setdefault(one.data_set.digest, one)
    return list(first.values())


def _first_answered(answers: Iterable[Measure]) -> list[Measure]:
    """Return the first that rests on figures, else the first that says why not; none where there is none."""
    untold: list[Measure] = []
    for one in answers:
        if one.inputs:
            return [one]
        untold.append(one)
    return untold[:1]


@dataclass(frozen=True, slots=True)
class _Held:
    """A yearly figure of the pair that comes from a data set on the shelf."""

    observation: Observation
    data_set: Shelved
    year: int

    @property
    def side(self) -> str:
        return self.observation.series.reporter

    @property
    def flow(self) -> str:
        return self.observation.series.indicator

    @property
    def unit(self) -> str:
        return self.observation.series.unit

    @property
    def valuation(self) -> Valuation:
        return self.observation.series.valuation

    @property
    def source(self) -> Source:
        return self.observation.series.source

    @property
    def preference(self) -> tuple[int, bool, int, bool, str]:
        is_customary = self.valuation is _CUSTOMARY[self.flow]
        reported = self.observation.status is Status.REPORTED
        return self.year, reported, self.data_set.figures, is_customary, self.observation.id


def _held(shelf: Path, dyad: Dyad, observations: Iterable[Observation]) -> list[_Held]:
    by_digest = {one.digest: one for one in _shelved(shelf)}
    found = []
    for one in _undisputed(observations):
        series, year = one.series, one.period.first_year
        is_pair = {series.reporter, series.partner} == dyad.codes and not series.product
        if not is_pair or series.indicator not in _FLOWS or one.period.precision is not Precision.YEAR or year is None:
            continue
        data_set = by_digest.get(one.provenance.digest)
        if data_set is not None:
            found.append(_Held(one, data_set, year))
    return found


def _undisputed(observations: Iterable[Observation]) -> Iterator[Observation]:
    """Yield the figures of which no copy says otherwise: of two editions that differ on the pair neither is picked."""
    copies: dict[tuple[str, Period, Status], list[Observation]] = {}
    for one in observations:
        copies.setdefault((one.series.id, one.period, one.status), []).append(one)
    for held in copies.values():
        if len(held) == 1:
            yield held[0]
            continue
        finest = min(held, key=lambda one: (one.quantity.resolution, one.id))
        if all(finest.quantity.agrees_with(one.quantity) for one in held):
            yield from held


def _among_dyads(dyad: Dyad, held: Sequence[_Held]) -> Iterator[Measure]:
    """Yield the dyad's place among dyads of like size, of each data set; importers' figures go before exporters' of the same data set and year."""
    both: dict[tuple[str, int, str, str, str], list[_Held]] = {}
    for each in held:
        key = each.data_set.digest, each.year, each.flow, each.unit, each.valuation.value
        both.setdefault(key, []).append(each)
    whole = [found for found in both.values() if {one.side for one in found} == dyad.codes]
    whole.sort(
        key=lambda found: (*min(one.preference for one in found)[:4], found[0].flow, found[0].unit), reverse=True
    )
    for one in _one_a_data_set(found[0] for found in whole):
        key = one.data_set.digest, one.year, one.flow, one.unit, one.valuation.value
        rows = _nearest(one.data_set, one.flow, one.unit, one.valuation.value, one.year, dyad)
        if rows:
            yield _among(dyad, one, rows, tuple(sorted(each.observation.id for each in both[key])))


def _among(dyad: Dyad, one: _Held, rows: Sequence[tuple[Any, ...]], inputs: tuple[str, ...]) -> Measure:
    *_, dyads, below, zeros = rows[0]
    compared = [_dyad_trade(one, row) for row in rows]
    return measures.standing_among_dyads(
        dyad,
        Period.of_year(one.year),
        one.unit,
        compared[0],
        compared[1:],
        100 * below / max(dyads - 1, 1),
        dyads,
        zeros=zeros,
        source=one.source,
        account=f"{'importers' if one.flow == 'imports' else 'exporters'}' figures",
        inputs=inputs,
    )


@lru_cache(maxsize=64)
def _nearest(data_set: Shelved, flow: str, unit: str, valuation: str, year: int, dyad: Dyad) -> list[tuple[Any, ...]]:
    """Return a row a dyad, the workspace's own first, then the nearest in size with any trade; none where its own is in doubt."""
    first, second = sorted(dyad.codes)
    rows = statistics.shelf_cursor().execute(
        _DYADS,
        {
            "file": statistics.figure_file(data_set),
            "flow": flow,
            "unit": unit,
            "valuation": valuation,
            "year": year,
            "world": WORLD,
            "one": first,
            "other": second,
            "limit": max(COMPARED) + 1,
        },
    )
    found = rows.fetchall()
    return found if found and found[0][:2] == (first, second) else []


def _dyad_trade(one: _Held, row: Sequence[Any]) -> DyadTrade:
    first, second, out, back, mass, *_ = row
    scale = one.observation.quantity.scale
    there, again = (Printed.of(_quantity(figure, one.unit, scale)) for figure in (out, back))
    return DyadTrade((first, second), there + again, mass)


def _quantity(value: float, unit: str, scale: Decimal) -> Quantity:
    """Return a figure of the shelf in the scale of its data set; noughts at its end are not known to be printed."""
    return Quantity(Decimal(f"{value / float(scale):.15g}"), unit, scale)


def _shelved(shelf: Path) -> Iterator[Shelved]:
    for path in sorted(shelf.glob("*.parquet")) if shelf.is_dir() else ():
        if statistics.is_current(path):
            yield _report(path)


@lru_cache(maxsize=256)
def _report(path: Path) -> Shelved:
    # A file on the shelf never changes under its name, which is the digest of what it was made from.
    return statistics.shelved(path)


def _partners(one: _Held) -> Iterator[tuple[str, Printed]]:
    """Yield the side's figure of one flow and year with each partner, as printed; none where copies of it differ."""
    rows = statistics.shelf_cursor().execute(
        "SELECT partner, any_value(value) FROM read_parquet(?, hive_partitioning = false) WHERE reporter = ? AND indicator = ? "
        "AND product = '' AND unit = ? AND valuation = ? AND precision = 'year' AND start >= make_date(?, 1, 1) AND start < make_date(?, 1, 1) "
        "AND partner NOT IN ('', ?) GROUP BY partner HAVING count(DISTINCT value) = 1 ORDER BY ALL",
        [
            statistics.figure_file(one.data_set),
            one.side,
            one.flow,
            one.unit,
            one.valuation.value,
            one.year,
            one.year + 1,
            WORLD,
        ],
    )
    for partner, value in rows.fetchall():
        yield partner, Printed.of(_quantity(value, one.unit, one.observation.quantity.scale))
