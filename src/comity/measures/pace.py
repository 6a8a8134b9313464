"""Mean growth with its statistical interval, and the growth of the next years that past errors allow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from comity.measures.conformal import Calibration, calibration
from comity.measures.forecasts import HORIZON, LEVELS
from comity.measures.histories import Array, History
from comity.terms import Interval

CONFIDENCE = 0.95
# Fifteen changes cannot tell stronger autocorrelation from a drifting rate.
_MOST_AUTOCORRELATION = 0.8


@dataclass(frozen=True, slots=True)
class MeanGrowth:
    """Growth on average over a window; all in per cent a year.

    Attributes:
        first, last: the window's years.
        rate: the mean of the yearly logarithmic changes, as a rate.
        interval: of the rate about which growth varied, if that rate stayed the same (Student's t, "student-t").
        ahead: for the mean growth over the next one, two and three years, its conformal intervals at `LEVELS`.
    """

    first: int
    last: int
    rate: float
    interval: Interval
    ahead: tuple[tuple[Interval, ...], ...]


def mean_growth_of(
    history: History, *, level: float = CONFIDENCE, horizon: int = HORIZON, errors: Calibration | None = None
) -> MeanGrowth:
    """Return the mean growth over the window with both kinds of intervals.

    The interval of the rate takes changes as independent, or, where they show it, as following one another
    (autocorrelation at lag one, corrected for its bias after Marriott and Pope 1954): it is never narrower than for
    independent changes.
    """
    changes = history.changes
    rate, reach = history.growth, _half_width(changes, level)
    ends = _percent(rate - reach), _percent(rate + reach)
    held, spread = errors or calibration(), history.spread
    ahead = []
    for years in range(1, horizon + 1):
        intervals = []
        for one in LEVELS:
            # An error of drift so many years ahead is so many times the error of the mean growth over these years.
            low, high = (rate + spread * end / years for end in held.bounds(f"drift-{years}", one))
            intervals.append(Interval(_percent(low), _percent(high), one, "conformal"))
        ahead.append(tuple(intervals))
    return MeanGrowth(
        history.last - history.reach, history.last, _percent(rate), Interval(*ends, level, "student-t"), tuple(ahead)
    )


def _half_width(changes: Array, level: float) -> float:
    count = len(changes)
    apart = changes - changes.mean()
    spread = float(apart @ apart)
    if spread == 0:
        return 0.0
    follows = float(apart[1:] @ apart[:-1]) / spread
    follows = min(max(follows + (1 + 3 * follows) / count, 0.0), _MOST_AUTOCORRELATION)
    error = math.sqrt(spread / (count - 1) / count * (1 + follows) / (1 - follows))
    return _student(0.5 + level / 2, count - 1) * error


def _student(probability: float, freedom: int) -> float:
    """Return a quantile of Student's t by its expansion (Abramowitz and Stegun 1964, 26.7.5), good from 5 degrees on.

    Written out because scipy is no part of the core; the tests hold it against scipy.stats.t.
    """
    x = NormalDist().inv_cdf(probability)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + math.fsum(term / freedom**power for power, term in enumerate(terms, start=1))


def _percent(rate: float) -> float:
    return 100 * math.expm1(rate)
