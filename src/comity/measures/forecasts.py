"""Point forecasts of a history, how they did at its past origins, and how sure it is that one beat the naive.

The naive method carries the last figure forward; drift adds the window's mean growth (Hyndman and Athanasopoulos 2021,
section 5.2). "ets" (Hyndman and Khandakar 2008), "damped" (the damped trend of Gardner and McKenzie 1985) and "theta"
(Assimakopoulos and Nikolopoulos 2000) are fitted by statsmodels, in the extra "models". All work on the log scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.measures.conformal import Calibration, calibration
from comity.measures.histories import FEWEST_CHANGES, Array, History
from comity.measures.smoothing import MODEL_METHODS, smoothed
from comity.terms import Interval, InvalidTerm, UnknownCode

HORIZON = 3
LEVELS = (0.8, 0.95)
CORE_METHODS = ("naive", "drift")
# A method is preferred to the naive one only where the interval of its skill at this level lies above zero.
SKILL_LEVEL = 0.9
_FEWEST_ORIGINS = 8
_FEWEST_MODELLED = 12
_DRAWS = 999


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a method says about a year ahead, in the unit of the figures, with its intervals at `LEVELS`."""

    year: int
    value: float
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Skill:
    """How a method did at a history's past origins, beside the naive method.

    Attributes:
        method: its name.
        origins: the number of past years from which one to three years ahead were forecast.
        mase: its mean absolute error over the mean absolute yearly change (Hyndman and Koehler 2006), log scale.
        skill: 1 less its mean absolute error over the naive one's; above zero where it was better.
        interval: of the skill, by resampling blocks of three origins (Künsch 1989); None below eight origins.
    """

    method: str
    origins: int
    mase: float
    skill: float
    interval: Interval | None

    @property
    def beats_naive(self) -> bool:
        """Whether the interval of the skill lies above zero."""
        return self.interval is not None and self.interval.low > 0


def forecasts(
    history: History, method: str = "naive", *, horizon: int = HORIZON, errors: Calibration | None = None
) -> tuple[Forecast, ...]:
    """Return a method's forecasts of the next one to three years with their conformal intervals."""
    held = errors or calibration()
    points, spread = centre(history, method, horizon), history.spread
    ahead = []
    for step, point in enumerate(points, start=1):
        intervals = []
        for level in LEVELS:
            low, high = held.bounds(f"{method}-{step}", level)
            ends = np.exp(point + spread * np.array([low, high]))
            intervals.append(Interval(_figure(ends[0]), _figure(ends[1]), level, "conformal"))
        ahead.append(Forecast(history.last + step, _figure(np.exp(point)), tuple(intervals)))
    return tuple(ahead)


def _figure(value: float) -> float:
    """Return a figure without what the way over its logarithm adds in the last digits."""
    return float(f"{value:.12g}")


def centre(history: History, method: str, horizon: int = HORIZON) -> Array:
    """Return a method's point forecasts on the log scale, one a year.

    Raises MissingExtra for a method of the extra "models" where it is not installed, UnknownCode for no method's name,
    InvalidTerm where such a method has too few years without a gap or does not converge.
    """
    steps = np.arange(1, horizon + 1)
    if method == "naive":
        return np.full(horizon, history.logs[-1])
    if method == "drift":
        return np.asarray(history.logs[-1] + history.growth * steps, dtype=np.float64)
    return _modelled(history, method, horizon)


def skill(history: History, method: str, *, horizon: int = HORIZON) -> Skill | None:
    """Return how a method did at the past origins of a history; None where there is no origin.

    An origin is a year with a figure and at least eight yearly changes in the fifteen years before it, and a figure in
    each of the next years up to the horizon; the models of the extra "models" also need twelve years without a gap before
    it, and an origin on which they do not converge is passed over. Its loss is the mean absolute error over these.
    """
    losses, naive, unit = [], [], float(np.mean(np.abs(history.changes)))
    for position in range(FEWEST_CHANGES, len(history.logs) - horizon):
        future = history.logs[position + 1 : position + 1 + horizon]
        past = History(history.first, history.logs[: position + 1])
        if np.isnan(future).any() or np.isnan(past.logs[-1]) or len(past.changes) < FEWEST_CHANGES:
            continue
        if method not in CORE_METHODS and len(_unbroken(past.logs)) < _FEWEST_MODELLED:
            continue
        try:
            points = centre(past, method, horizon)
        except InvalidTerm:
            continue
        losses.append(np.mean(np.abs(future - points)))
        naive.append(np.mean(np.abs(future - past.logs[-1])))
    if not losses or unit == 0 or not sum(naive):
        return None
    own, other = np.array(losses), np.array(naive)
    interval = None
    if len(own) >= _FEWEST_ORIGINS:
        drawn = _blocks(len(own), horizon, history.seed)
        with np.errstate(divide="ignore", invalid="ignore"):
            skills = 1 - own[drawn].sum(axis=1) / other[drawn].sum(axis=1)
        tail = (1 - SKILL_LEVEL) / 2
        low, high = np.quantile(skills[np.isfinite(skills)], [tail, 1 - tail])
        interval = Interval(float(low), float(high), SKILL_LEVEL, "block-bootstrap")
    return Skill(method, len(own), float(own.mean() / unit), float(1 - own.sum() / other.sum()), interval)


def _blocks(count: int, length: int, seed: int) -> np.ndarray:
    """Return draws of positions in circular blocks, one row a draw."""
    random = np.random.default_rng(seed)
    starts = random.integers(0, count, size=(_DRAWS, -(-count // length)))
    return ((starts[:, :, None] + np.arange(length)) % count).reshape(_DRAWS, -1)[:, :count]


def _unbroken(logs: Array) -> Array:
    """Return the years up to the last without a gap."""
    gaps = np.flatnonzero(np.isnan(logs))
    return logs[gaps[-1] + 1 :] if len(gaps) else logs


def _modelled(history: History, method: str, horizon: int) -> Array:
    logs = _unbroken(history.logs)
    if method not in MODEL_METHODS:
        known: Sequence[str] = (*CORE_METHODS, *MODEL_METHODS)
        raise UnknownCode(f"there is no method {method!r} of forecasting.", remedy=f"Known are: {', '.join(known)}.")
    if len(logs) < _FEWEST_MODELLED:
        raise InvalidTerm(
            f"the method {method!r} needs {_FEWEST_MODELLED} years without a gap, and {len(logs)} end in {history.last}."
        )
    return smoothed(logs, method, horizon)


__all__ = [
    "CORE_METHODS",
    "HORIZON",
    "LEVELS",
    "MODEL_METHODS",
    "SKILL_LEVEL",
    "Forecast",
    "Skill",
    "centre",
    "forecasts",
    "skill",
]
