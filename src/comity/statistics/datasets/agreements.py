"""How two states voted, roll call by roll call, counted by year from a shelved table of votes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from comity.statistics.catalogue import entry
from comity.statistics.datasets.heads import literal
from comity.statistics.datasets.shelving import Shelved
from comity.statistics.datasets.slices import shelf_cursor, source_of
from comity.statistics.datasets.sources import layouts
from comity.terms import Dyad, Observation, Period, Provenance, Quantity, Series, Status, content_id

# Both vote alike; one abstains while the other votes; one votes for and the other against.
KINDS: Final = ("votes", "votes-half", "votes-opposed")
_COUNTED: Final = """
    SELECT year(a.date) AS year, count(*) FILTER (a.vote = b.vote),
        count(*) FILTER (a.vote <> b.vote AND 'abstain' IN (a.vote, b.vote)),
        count(*) FILTER (a.vote <> b.vote AND 'abstain' NOT IN (a.vote, b.vote)), min(a.row)
    FROM read_parquet($file, hive_partitioning = false) a JOIN read_parquet($file, hive_partitioning = false) b
        ON a.rollcall = b.rollcall AND a.date = b.date
    WHERE a.state = $first AND b.state = $second AND a.vote <> 'absent' AND b.vote <> 'absent'
    GROUP BY ALL ORDER BY year
"""
_REMARK: Final = "counted over the year's roll calls in which both took part; the cell is the first of them"


def agreements(shelf: Iterable[Shelved], dyad: Dyad) -> list[Observation]:
    """Return, for each year of each shelved table of votes, how often the sides voted alike, half alike and opposed.

    The counts are derived; their place is the first side's first vote of the year.
    """
    found: list[Observation] = []
    for one in shelf:
        if layouts()[one.layout].roll_call is None:
            continue
        source = source_of(one)
        given = {"file": literal(one.path), "first": dyad.first, "second": dyad.second}
        for year, *counts, row in shelf_cursor().execute(_COUNTED, given).fetchall():
            for indicator, count in zip(KINDS, counts, strict=True):
                series = Series(
                    content_id("series", dyad.first, dyad.second, indicator, source.citation, source.vintage),
                    dyad.first,
                    dyad.second,
                    indicator,
                    "count",
                    source,
                    title=f"{entry(indicator).indicator.name}, {dyad.first} and {dyad.second}",
                    flow=entry(indicator).indicator.directed,
                )
                found.append(
                    Observation(
                        content_id("obs", series.id, year, count, one.document_id),
                        series,
                        Period.of_year(year),
                        Quantity(Decimal(count), "count", text=f"{count:,}"),
                        Provenance(one.document_id, one.digest, row=row, column=0, source=source),
                        Status.DERIVED,
                        _REMARK,
                    )
                )
    return found
