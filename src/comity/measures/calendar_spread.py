"""How far even flow within the year leads astray, as measured on the monthly trade of one state with all its partners."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from statistics import median
from typing import Final

# Quantiles of the true sum over its estimate by even flow (0.025, 0.1, 0.9, 0.975), for years that begin up to three or up to six
# months apart; by the run's usual change from year to year (the median of the absolute logarithms of its changes), and by the
# change between the two years that are parted: up to twice the usual one, and up to four times (a usual change below 0.1
# counts as 0.1). From exports and imports of the United States by partner and month, 1985-2023, flows of a million US dollars a year
# or more, in runs of ten years (U.S. Census Bureau, U.S. Trade in Goods by Country), one half of the partners. On the other half the
# ranges of 80 and 95 % hold 82.3 and 95.8 %; in runs of five years 81.4 and 95.0, of twenty 84.4 and 96.7. By size of the flow the
# 95 % range holds 90 % below ten million US dollars a year, 93 up to a hundred, 95 up to a thousand and 98 above. Made by
# training/calendars.py.
_USUAL: Final = (0.0, 0.1, 0.15, 0.2, 0.3, 0.5)
_JUMPS: Final = (0.0, 2.0, 4.0)
_LEAST_USUAL: Final = 0.1
_RATIOS: Final = {
    3: (
        ((0.920, 0.960, 1.038, 1.078), (0.883, 0.932, 1.060, 1.132)),
        ((0.868, 0.937, 1.063, 1.129), (0.825, 0.895, 1.078, 1.178)),
        ((0.818, 0.909, 1.086, 1.171), (0.749, 0.863, 1.147, 1.287)),
        ((0.752, 0.870, 1.127, 1.247), (0.625, 0.773, 1.170, 1.354)),
        ((0.656, 0.805, 1.182, 1.365), (0.448, 0.627, 1.259, 1.766)),
    ),
    6: (
        ((0.904, 0.951, 1.048, 1.098), (0.862, 0.918, 1.078, 1.138)),
        ((0.836, 0.917, 1.084, 1.157), (0.758, 0.881, 1.107, 1.209)),
        ((0.784, 0.887, 1.106, 1.211), (0.715, 0.820, 1.198, 1.328)),
        ((0.709, 0.833, 1.162, 1.280), (0.537, 0.705, 1.254, 1.459)),
        ((0.598, 0.763, 1.235, 1.408), (0.393, 0.534, 1.436, 1.636)),
    ),
}
# With fewer changes from year to year a run's usual change is not known well enough.
FEWEST_CHANGES: Final = 4
# Days of the shorter part up to which years count as three months apart (July to September has 92).
_QUARTER_DAYS: Final = 92
# What a range from this table rests on, for people.
BASIS: Final = (
    "how far even flow led astray in the monthly trade in goods of the United States with its partners in 1985-2023, for runs whose "
    "years change as much (U.S. Census Bureau); on partners that it was not made from, the 95 % range holds 96 and the 80 % range 82 of 100"
)


def usual_change(changes: Sequence[float]) -> float | None:
    """Return the median of a run's absolute logarithmic changes from year to year; None for fewer than four."""
    return median(abs(one) for one in changes) if len(changes) >= FEWEST_CHANGES else None


def calendar_spread(days_apart: int, usual: float, change: float, level: float = 0.95) -> tuple[float, float] | None:
    """Return what the estimate by even flow is to be multiplied by to give the ends of its range.

    Args:
        days_apart: how many days the two calendars' years begin apart, the shorter way round.
        usual: the run's usual change (`usual_change`).
        change: the logarithm of the second of the two overlapped years over the first.
        level: how often the range holds the true sum: 0.8 or 0.95.

    Returns:
        None where nothing was measured: a run that usually changes by more than half, a jump of more than four times the
        usual change.
    """
    outer = {0.95: 0, 0.8: 1}[level]
    band = bisect_right(_USUAL, usual) - 1
    jump = bisect_right(_JUMPS, abs(change) / max(usual, _LEAST_USUAL)) - 1
    if not math.isfinite(change) or band >= len(_USUAL) - 1 or jump >= len(_JUMPS) - 1:
        return None
    ratios = _RATIOS[3 if days_apart <= _QUARTER_DAYS else 6][band][jump]
    return ratios[outer], ratios[-1 - outer]
