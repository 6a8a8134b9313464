"""Which of several accounts of one thing are witnesses of their own, and which are computed from another.

An account whose figures are another's times one factor, to the last printed digit and over several years, is no second
witness: trade data sets fill a missing importer's report with the exporter's and a flat rate for freight and insurance
(ten per cent in the IMF's Direction of Trade Statistics until 2018, six since: Marini, Dippelsman and Stanger, "New Estimates
for Direction of Trade Statistics", IMF Working Paper 18/16).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from comity.measures.printed import Printed
from comity.terms import Period

# In so few common years one factor may fit two independent accounts by chance.
FEWEST_YEARS = 3
# Figures with too few digits fit nearly any factor: the ratio of each year must be known to so much of itself.
_SHARPEST = Decimal("0.02")
# A file's binary fractions are no printed digits: 106.26000000000001 is 106.26.
_SLACK = Decimal("1e-6")


@dataclass(frozen=True, slots=True)
class Copy:
    """That one account is another's times a factor, in consecutive common years; `factor` is as narrow as the digits allow."""

    low: Decimal
    high: Decimal
    periods: tuple[Period, ...]

    @property
    def factor(self) -> str:
        """The factor in as few digits as lie within its range ("1.1", "1")."""
        for places in range(1, 9):
            middle = ((self.low + self.high) / 2).quantize(Decimal(1).scaleb(-places))
            if self.low <= middle <= self.high:
                return f"{middle:.2f}" if places < 2 else f"{middle}"
        return f"{(self.low + self.high) / 2:.8f}"


def copies(base: Mapping[Period, Printed], other: Mapping[Period, Printed]) -> tuple[Copy, ...]:
    """Return the runs of consecutive common periods in which `other` is `base` times one factor, within the printed digits."""
    common = sorted(base.keys() & other.keys(), key=lambda period: period.sort_key)
    found: list[Copy] = []
    run: list[Period] = []
    low, high = Decimal(0), Decimal("Infinity")
    for period in common:
        ratio = _ratio(base[period], other[period])
        if ratio is not None and run and ratio[0] <= high and low <= ratio[1]:
            run, low, high = [*run, period], max(low, ratio[0]), min(high, ratio[1])
            continue
        found += _kept(run, low, high)
        run, low, high = ([period], *ratio) if ratio is not None else ([], Decimal(0), Decimal("Infinity"))
    return (*found, *_kept(run, low, high))


def _kept(run: Sequence[Period], low: Decimal, high: Decimal) -> list[Copy]:
    return [Copy(low, high, tuple(run))] if len(run) >= FEWEST_YEARS else []


def _ratio(base: Printed, other: Printed) -> tuple[Decimal, Decimal] | None:
    if base.low <= 0 or other.low <= 0:
        return None
    low, high = other.low / base.high, other.high / base.low
    if (high - low) / low > _SHARPEST:
        return None
    return low * (1 - _SLACK), high * (1 + _SLACK)
