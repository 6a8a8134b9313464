"""Where each side of the dyad stands among the other's partners in trade, from the data sets on the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from comity import measures, statistics
from comity.measures import Printed
from comity.statistics import Shelved
from comity.terms import WORLD, Dyad, Measure, Observation, Period, Precision, Status

_FLOWS = ("exports", "imports")


def standings(shelf: Path, dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each side and flow that a data set on record has, the other's rank and percentile among all partners.

    The latest year counts; of several data sets of that year one that reports goes before one that derives, then the one with
    most partners.
    """
    held = list(observations)
    by_digest = {one.digest: one for one in _shelved(shelf)}
    found = []
    for side in (dyad.first, dyad.second):
        for flow in _FLOWS:
            ranked = []
            for one in held:
                series, year = one.series, one.period.first_year
                is_pair = (series.reporter, series.partner) == (side, dyad.other(side)) and not series.product
                if (
                    not is_pair
                    or series.indicator != flow
                    or one.period.precision is not Precision.YEAR
                    or year is None
                ):
                    continue
                data_set = by_digest.get(one.provenance.digest)
                if data_set is not None:
                    ranked.append((year, one.status is Status.REPORTED, data_set.figures, one.id, one, data_set))
            if ranked:
                year, *_, one, data_set = max(ranked, key=lambda item: item[:4])
                figures = dict(_partners(data_set, side, flow, year, one.series.unit))
                found.append(
                    measures.standing(dyad, side, flow, Period.of_year(year), one.series.unit, figures, (one.id,))
                )
    return tuple(found)


def _shelved(shelf: Path) -> Iterator[Shelved]:
    for path in sorted(shelf.glob("*.parquet")) if shelf.is_dir() else ():
        yield statistics.shelved(path)


def _partners(data_set: Shelved, side: str, flow: str, year: int, unit: str) -> Iterator[tuple[str, Printed]]:
    """Yield the side's figure of one flow and year with each partner, as printed."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:
        statistics.figure_view(connection, [data_set])
        rows = connection.execute(
            "SELECT partner, any_value(value) FROM figures WHERE reporter = ? AND indicator = ? AND product = '' AND unit = ? "
            "AND precision = 'year' AND year(start) = ? AND partner NOT IN ('', ?) GROUP BY partner HAVING count(DISTINCT value) = 1 ORDER BY ALL",
            [side, flow, unit, year, WORLD],
        ).fetchall()
    for partner, value in rows:
        exact = Decimal(repr(value))
        yield partner, Printed(exact, exact, exact)
