"""Where each dimension of a relation is heading, as probabilities, and how the whole depends on the weights.

The question: will the level of the next three years stand above, at, or below that of the last three? "Steady" is a
stated band about no change. What is asked is seen three years later, so that the probabilities can be held against
what came.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.measures.conformal import Calibration, calibration
from comity.measures.histories import LEVEL_SPAN, Array, History

HEADING_YEARS = LEVEL_SPAN
STEADY = 0.05
_GIVEN_BACK = 0.3
_LEAST_RATE = 0.02
_GRID = 80
_LEAST_BELIEF = 1e-250
_STEPS = (0.0, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class Heading:
    """The probabilities that the next three years stand above, at or below the last three; they sum to one."""

    rising: float
    steady: float
    falling: float


def level_ahead(history: History) -> float:
    """Return the level expected of the next three years, on the log scale: the last figure, less a part of its gain.

    The part that lines give back of what the last year stood above or below the last three years' mean was fitted on the
    tuning half of the dyads of benchmarks/outlook.py.
    """
    return float(history.logs[-1]) - _GIVEN_BACK * (float(history.logs[-1]) - history.level)


def heading_of(history: History, *, band: float = STEADY, errors: Calibration | None = None) -> Heading:
    """Return where a history of figures above zero is heading.

    The mean of the next three logarithms is `level_ahead` plus the spread times an error, whose distribution is that
    of past errors of many dyads. Steady is a change of the level by less than the band (a ratio), up or down.
    """
    held = errors or calibration()
    gained = level_ahead(history) - history.level
    edge = math.log1p(band)
    falling = held.share_below("heading", (-edge - gained) / history.spread)
    rising = 1 - held.share_below("heading", (edge - gained) / history.spread)
    return Heading(rising, max(1 - rising - falling, 0.0), falling)


def heading_of_counts(counts: Sequence[int], *, band: float = STEADY) -> Heading:
    """Return where yearly counts of acts are heading, zeros included, in the order of the years.

    Counts are Poisson, and the logarithm of their rate is a random walk (a state-space model of counts, Durbin and Koopman
    2012, chapter 9), filtered on a grid; sizes of its yearly step from none to 0.8 are averaged by how well they foretold
    the counts. Steady is within the band of the last three years' number, or the same number.
    """
    now = sum(counts[-HEADING_YEARS:])
    room = max(band * now, 0.5)
    rates = np.linspace(math.log(_LEAST_RATE), math.log(4 * max(counts, default=0) + 4), _GRID)
    seen = np.array([[_log_poisson(count, rate) for rate in rates] for count in counts])
    ahead = np.exp(rates) * HEADING_YEARS
    above = 1 - _poisson_below(math.floor(now + room) + 1, ahead)
    below = _poisson_below(math.ceil(now - room), ahead)
    fits, shares = [], []
    for step in _STEPS:
        moves = _moves(rates, step)
        belief, fit = np.full(_GRID, 1 / _GRID), 0.0
        for logs in seen:
            # Of large counts the likelihoods are beyond what a float holds; so is the belief in a rate that leapt.
            belief = np.maximum(belief @ moves, _LEAST_BELIEF) * np.exp(logs - logs.max())
            fit += math.log(belief.sum()) + float(logs.max())
            belief = belief / belief.sum()
        # The middle one of the next three years stands for them.
        belief = belief @ moves @ moves
        fits.append(fit)
        shares.append((belief @ above, belief @ below))
    weight = np.exp(np.array(fits) - max(fits))
    rising, falling = (float(part) for part in weight @ np.array(shares) / weight.sum())
    return Heading(rising, max(1 - rising - falling, 0.0), falling)


def _moves(rates: Array, step: float) -> Array:
    """Return how a rate on the grid moves in a year: a row for each rate it may have, which sums to one."""
    if step == 0:
        return np.eye(len(rates))
    moves = np.exp(-(((rates[:, None] - rates[None, :]) / step) ** 2) / 2)
    return np.asarray(moves / moves.sum(axis=1, keepdims=True), dtype=np.float64)


def _log_poisson(count: int, log_rate: float) -> float:
    return count * log_rate - math.exp(log_rate) - math.lgamma(count + 1)


def _poisson_below(count: int, rates: Array) -> Array:
    """Return the probability of fewer than so many acts, for each rate."""
    numbers = np.arange(max(count, 0))
    logs = np.array([math.lgamma(number + 1) for number in numbers.tolist()])
    return np.asarray(np.exp(numbers * np.log(rates)[:, None] - rates[:, None] - logs).sum(axis=1), dtype=np.float64)
