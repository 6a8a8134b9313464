"""Whether a line's level or growth changed lastingly in some year, and how sure that is.

The test is of the sup-F family (Andrews 1993): a trend with errors that follow one another (AR(1)) against the same with
one shift of level and growth in the year that fits best. Yearly figures are few and follow one another, so that the
asymptotic tables would raise false alarms: the distribution without a break is simulated for each number of years and
each size of the estimated autocorrelation, with autocorrelation evenly from 0 to 1 (`data/breaks.json`, made by
`benchmarks/breaks.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from comity.measures.histories import Array

FEWEST_BREAK_YEARS = 15
MOST_BREAK_YEARS = 40
# A break is claimed where chance alone would give one as strong at most this often.
SIGNIFICANCE = 0.05
AUTOCORRELATIONS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
# Estimates from here on are one cell of the table, since few reach the last ones.
_LAST_CELL = 6
# Years whose likelihood ratio lies within this of the best year's: 95 % (Hansen 2000, theorem 2: -2 log(1 - sqrt(0.95))).
_DATE_REACH = 7.35


@dataclass(frozen=True, slots=True)
class Break:
    """The strongest candidate for a break in a run of years.

    Attributes:
        year: the first year of the new regime.
        earliest, latest: between which the year lies with 95 % confidence, if there is a break.
        statistic: years times the log of the sum of squares without over that with the break.
        chance: how often lines without a break give a statistic as large (the p-value); 0.005 stands for that or less.
        shift: the change of the level at the break, on the scale of the values.
        before, after: the yearly growth on both sides.
        autocorrelation: of the errors, as estimated with the break.
    """

    year: int
    earliest: int
    latest: int
    statistic: float
    chance: float
    shift: float
    before: float
    after: float
    autocorrelation: float

    @property
    def claimed(self) -> bool:
        """Whether a break can be claimed."""
        return self.chance <= SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class _Design:
    """For one autocorrelation: the whitening, and orthonormal bases of the trend and of each year's break beside it."""

    whitening: Array
    trend: Array
    shifts: Array


def strongest_break(first: int, values: Array) -> Break:
    """Return the strongest candidate in an unbroken run of 15 to 40 yearly values; `first` is the run's first year.

    Raises ValueError for another number of years or a missing value.
    """
    count = len(values)
    if not FEWEST_BREAK_YEARS <= count <= MOST_BREAK_YEARS or not np.isfinite(values).all():
        raise ValueError(f"a break is sought in {FEWEST_BREAK_YEARS} to {MOST_BREAK_YEARS} years, each with a value")
    scale = float(np.std(values)) or 1.0
    column = ((values - values.mean()) / scale)[:, None]
    statistics, cells, which = break_statistics(column)
    by_year = statistics[:, 0]
    best = int(by_year.argmax())
    starts = _starts(count)
    near = np.flatnonzero(by_year >= by_year[best] - _DATE_REACH)
    rho = AUTOCORRELATIONS[which[best, 0]]
    shift, before, change = _fitted(column[:, 0] * scale, int(starts[best]), rho)
    return Break(
        first + int(starts[best]),
        first + int(starts[near[0]]),
        first + int(starts[near[-1]]),
        float(by_year[best]),
        _chance(count, int(cells[0]), float(by_year[best])),
        shift,
        before,
        before + change,
        rho,
    )


def break_statistics(
    values: Array,
) -> tuple[Array, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return, for columns of yearly values, the statistic of each candidate year (rows) in each column.

    The second array is the cell of the estimated autocorrelation without a break, for each column; the third the index
    in `AUTOCORRELATIONS` of the one estimated with the break, for each year and column.
    """
    count = len(values)
    without, with_break = [], []
    for design in _designs(count):
        white = design.whitening @ values
        rest = (white**2).sum(axis=0) - ((design.trend.T @ white) ** 2).sum(axis=0)
        gain = ((design.shifts.T @ white) ** 2).reshape(len(_starts(count)), 2, -1).sum(axis=1)
        without.append(rest)
        with_break.append(rest - gain)
    least, least_with = np.array(without), np.array(with_break)
    # A line that its trend, or one break, explains to the last digit has no error left to compare.
    floor = 1e-10 * np.maximum((values**2).sum(axis=0), 1e-300)
    own = np.maximum(least.min(axis=0), floor)
    other = np.maximum(least_with.min(axis=0), floor)
    cells = np.minimum(least.argmin(axis=0), _LAST_CELL)
    return count * np.log(own / other), cells, least_with.argmin(axis=0)


def _starts(count: int) -> npt.NDArray[np.int64]:
    """Return the positions at which a new regime may begin: at least four years, and 15 %, on each side."""
    edge = max(4, round(0.15 * count))
    return np.arange(edge, count - edge + 1)


@lru_cache(maxsize=64)
def _designs(count: int) -> tuple[_Design, ...]:
    time = np.arange(count, dtype=np.float64)
    designs = []
    for rho in AUTOCORRELATIONS:
        whitening = _whitening(count, rho)
        columns = np.column_stack([np.ones(count), time - time.mean()])
        # Where shocks last for ever the level is free, and only its growth is a column.
        trend = np.linalg.qr((whitening @ columns)[:, 1 if rho == 1 else 0 :])[0]
        shifts = []
        for start in _starts(count):
            broken = whitening @ _regime(count, int(start))
            shifts.append(np.linalg.qr(broken - trend @ (trend.T @ broken))[0])
        designs.append(_Design(whitening, trend, np.concatenate(shifts, axis=1)))
    return tuple(designs)


def _whitening(count: int, rho: float) -> Array:
    """Return the matrix that makes AR(1) errors independent (Prais and Winsten 1954)."""
    matrix = np.eye(count) - rho * np.eye(count, k=-1)
    matrix[0, 0] = np.sqrt(1 - rho**2)
    return matrix


def _regime(count: int, start: int) -> Array:
    """Return the columns of a shift and of a change of growth from a position on."""
    time = np.arange(count, dtype=np.float64)
    return np.column_stack([(time >= start).astype(np.float64), np.maximum(time - start, 0)])


def _fitted(values: Array, start: int, rho: float) -> tuple[float, float, float]:
    """Return the shift, the growth before and its change, by generalised least squares."""
    count = len(values)
    columns = np.column_stack([np.arange(count, dtype=np.float64), _regime(count, start), np.ones(count)])
    whitening = _whitening(count, rho)
    found = np.linalg.lstsq(whitening @ columns, whitening @ values, rcond=None)[0]
    return float(found[1]), float(found[0]), float(found[2])


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[float, ...], Mapping[str, list[list[float]]]]:
    held = json.loads((files("comity.measures") / "data" / "breaks.json").read_text(encoding="utf-8"))
    return tuple(held["chances"]), held["statistics"]


def _chance(count: int, cell: int, statistic: float) -> float:
    """Return how often a line without a break gives a statistic as large, between the table's least and greatest."""
    chances, by_count = _table()
    return float(np.interp(statistic, by_count[str(count)][cell], chances))
