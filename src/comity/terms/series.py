"""Statistics: series of observations between two states, each with its unit, period, status and cell.

The words are SDMX's (Statistical Data and Measurement eXchange, 2.1): reporter is the reference area, partner the
counterpart area; a figure that the partner's data or a formula supplied is marked so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from comity.terms.errors import InvalidTerm
from comity.terms.periods import Period
from comity.terms.provenance import Provenance, Source
from comity.terms.quantities import Quantity

# The partner of a state's total over all partners, as World Bank and UN data files write it.
WORLD: Final = "WLD"


class Valuation(StrEnum):
    """How trade is valued (IMTS 2010, chapter IV): free on board, or with cost, insurance and freight."""

    FOB = "FOB"
    CIF = "CIF"
    UNKNOWN = ""


class Status(StrEnum):
    """How a figure came about."""

    REPORTED = "reported"
    DERIVED = "derived"
    IMPUTED = "imputed"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured between a reporter and a partner; an entry of the catalogue of statistics/.

    Attributes:
        key: `exports`, `imports`, `total-trade`, `fdi-inflow`, ...
        name: for people ("Merchandise exports").
        kind: "flow", "stock" or "count"; of data sets also "index", "status" (a code while it holds) and "constant".
        directed: the way that goods or money go: "out" from reporter to partner, "in" to the reporter, "both"; "" where
            nothing goes.
    """

    key: str
    name: str
    kind: str
    directed: str


@dataclass(frozen=True, slots=True)
class Series:
    """What a run of observations has in common.

    Attributes:
        reporter, partner: state codes; the reporter is the state whose account it is. A total over all partners has the
            partner `WORLD`; a figure of one state alone (its product, a position) has the partner "".
        indicator: key of the indicator.
        flow: the way that goods, money or people go, as `Indicator.directed` says: "out" from the reporter, "in" to it,
            "both"; "" where a figure has none.
        product: the classification and code of one product ("HS2017:0901"); "" for all products together.
        unit: ISO 4217 code for money, "count", "percent", ... (never empty).
        base_year: for constant prices; None for current ones.
    """

    id: str
    reporter: str
    partner: str
    indicator: str
    unit: str
    source: Source = Source()
    valuation: Valuation = Valuation.UNKNOWN
    base_year: int | None = None
    title: str = ""
    flow: str = ""
    product: str = ""

    def __post_init__(self) -> None:
        if not self.unit:
            raise InvalidTerm(f"the series {self.id} has no unit; no figure enters without one")
        if self.reporter == self.partner:
            raise InvalidTerm(f"the series {self.id} has {self.reporter} on both sides")


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of a series in one period, as printed, with the cell it stands in."""

    id: str
    series: Series
    period: Period
    quantity: Quantity
    provenance: Provenance
    status: Status = Status.REPORTED
    remark: str = ""

    def __post_init__(self) -> None:
        if self.quantity.unit != self.series.unit:
            raise InvalidTerm(f"the observation {self.id} is in {self.quantity.unit}, its series in {self.series.unit}")


def parted_by_status(observations: Iterable[Observation]) -> tuple[tuple[Observation, ...], ...]:
    """Part figures of one source that it gives twice for one thing and period, as reported and as derived or imputed.

    The reported ones come first. Where nothing stands twice in this way all stay together, in their order.
    """
    held = tuple(observations)
    statuses: dict[tuple[str, str, str, Period], set[Status]] = defaultdict(set)
    for one in held:
        series = one.series
        statuses[series.reporter + series.partner, series.indicator, series.product, one.period].add(one.status)
    if all(len(found) == 1 for found in statuses.values()):
        return (held,)
    parts = (tuple(one for one in held if one.status is status) for status in Status)
    return tuple(part for part in parts if part)
