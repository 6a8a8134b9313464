"""A line's yearly figures as logarithms on a grid of years, with the size of their usual yearly change.

Money is compared by ratio: a change counts on the log scale, and a line with a figure that is not above zero among its
last years has none. Years without a figure stay empty; nothing is filled in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.terms import InvalidTerm

Array = npt.NDArray[np.float64]

WINDOW = 15
# Below eight changes the size of a usual change is hardly known; benchmarks/outlook.py measures coverage from here on.
FEWEST_CHANGES = 8
# A usual change is the mean of the window's absolute changes, drawn toward what trade of two states does (a quarter on
# the log scale) as if four more years had shown that: without it, lines quiet by chance get intervals too narrow. Both
# were chosen on the tuning half of the dyads of benchmarks/outlook.py.
_PRIOR_CHANGES = 4
_PRIOR_SIZE = 0.25
LEVEL_SPAN = 3
# How much of the last figure's distance from its level adds to the spread; chosen there too, so that errors in that unit
# spread alike after quiet and after unquiet years.
_AFTER_SHOCK = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Yearly figures above zero, as natural logarithms.

    Attributes:
        first: the year of the first grid point; `last` that of the last, which always has a figure.
        logs: one value a year, NaN where there is none.
    """

    first: int
    logs: Array

    @classmethod
    def of(cls, years: Sequence[int], values: Sequence[float]) -> History:
        """Return the history of figures by year; figures that are not above zero leave their year empty.

        Raises InvalidTerm where years repeat, where the lengths differ, or where `refusal` has a reason.
        """
        why = refusal(years, values)
        if why:
            raise InvalidTerm(f"no history can be made: {why}.")
        held = {year: value for year, value in zip(years, values, strict=True) if value > 0}
        first = min(held)
        logs = np.full(max(held) - first + 1, np.nan)
        for year, value in held.items():
            logs[year - first] = np.log(value)
        return cls(first, logs)

    @property
    def last(self) -> int:
        """The year of the last figure."""
        return self.first + len(self.logs) - 1

    @property
    def recent(self) -> Array:
        """The window: the last year and up to fifteen years before it."""
        return self.logs[-(WINDOW + 1) :]

    @property
    def changes(self) -> Array:
        """The window's changes from one year to the next on the log scale; years without a neighbour give none."""
        changes = np.diff(self.recent)
        return changes[~np.isnan(changes)]

    @property
    def scale(self) -> float:
        """The size of a usual yearly change on the log scale."""
        changes = np.abs(self.changes)
        return float((changes.sum() + _PRIOR_CHANGES * _PRIOR_SIZE) / (len(changes) + _PRIOR_CHANGES))

    @property
    def level(self) -> float:
        """The level of the last three years: the mean logarithm of those with a figure."""
        recent = self.logs[-LEVEL_SPAN:]
        return float(recent[~np.isnan(recent)].mean())

    @property
    def spread(self) -> float:
        """The unit of errors to come: a usual yearly change, more where the last figure lies far from the last level."""
        return float(np.hypot(self.scale, _AFTER_SHOCK * (self.logs[-1] - self.level)))

    @property
    def reach(self) -> int:
        """The years from the window's first figure to the last."""
        held = np.flatnonzero(~np.isnan(self.recent))
        return int(held[-1] - held[0])

    @property
    def growth(self) -> float:
        """The mean yearly growth over the window on the log scale, from its first figure to its last."""
        recent = self.recent
        return float((recent[-1] - recent[len(recent) - 1 - self.reach]) / self.reach)

    @property
    def seed(self) -> int:
        """A number made from the figures, so that what is drawn by chance is drawn alike each time."""
        # Rounded, so that two machines whose logarithms differ in the last bit draw the same.
        rounded = np.round(np.nan_to_num(self.logs, nan=-1e9), 9) + 0.0
        return int.from_bytes(hashlib.sha256(rounded.tobytes()).digest()[:8], "big")


def refusal(years: Sequence[int], values: Sequence[float], name: Callable[[int], str] = str) -> str:
    """Return why figures have no history on the log scale, in words that continue a sentence; "" where they have one.

    name: what a year is called ("2016-17" for the fiscal year that begins in 2016).
    """
    if len(years) != len(values):
        raise InvalidTerm(f"{len(years)} years cannot go with {len(values)} values")
    if len(set(years)) != len(years):
        raise InvalidTerm("a year stands twice among the years of a history")
    if not years:
        return "no year has a figure"
    last = max(years)
    window = {year: value for year, value in zip(years, values, strict=True) if year >= last - WINDOW}
    low = sorted(year for year, value in window.items() if not value > 0)
    if low:
        return f"the figure of {name(low[0])} is not above zero, and growth is measured by ratios"
    changes = sum(year + 1 in window for year in window)
    if changes < FEWEST_CHANGES:
        return f"the last {WINDOW + 1} years hold {changes} yearly change{'' if changes == 1 else 's'}, and {FEWEST_CHANGES} are needed"
    return ""
