"""Exponential smoothing, the damped trend and Theta of yearly logarithms; statsmodels, of the extra "models", fits them.

"ets" is the automatic choice of Hyndman and Khandakar (2008): the model of the least AICc. Its candidates are the
models without season whose errors are additive: no trend, a trend, a damped trend. On logarithms multiplicative errors
and trends would hang on the unit of the figures, and so are no candidates.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.terms import InvalidTerm, MissingExtra

Array = npt.NDArray[np.float64]

MODEL_METHODS = ("ets", "damped", "theta")
_PLAIN = {"trend": None, "damped_trend": False}
_TREND = {"trend": "add", "damped_trend": False}
_DAMPED = {"trend": "add", "damped_trend": True}
_CANDIDATES = {"ets": (_PLAIN, _TREND, _DAMPED), "damped": (_DAMPED,)}


def smoothed(logs: Array, method: str, horizon: int) -> Array:
    """Return the forecasts of the next years by a method of `MODEL_METHODS`.

    Args:
        logs: yearly logarithms without a gap.
        method: "ets", "damped" or "theta".
        horizon: the number of years.

    Raises MissingExtra where statsmodels is not installed, InvalidTerm where no model of the method converges.
    """
    try:
        from statsmodels.tools.sm_exceptions import ConvergenceWarning
    except ImportError as error:
        raise MissingExtra("models", f"forecasting by {method!r}") from error
    # About its mean, so that the start of the search, and with it the forecast, is the same in every unit.
    middle = float(logs.mean())
    around = logs - middle
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # Whether a search converged is asked of its result.
        warnings.simplefilter("ignore", ConvergenceWarning)
        ahead = _theta(around, horizon) if method == "theta" else _best(around, method, horizon)
    if ahead is None:
        raise InvalidTerm(f"no model of the method {method!r} converges on these figures.")
    return middle + ahead


def _best(logs: Array, method: str, horizon: int) -> Array | None:
    """Return the forecast of the converged candidate with the least AICc."""
    from statsmodels.tsa.api import ETSModel

    found = []
    for form in _CANDIDATES[method]:
        try:
            fitted = ETSModel(logs, error="add", **form).fit(disp=False)
        except np.linalg.LinAlgError:
            continue
        ahead, quality = _finite(fitted.forecast(horizon)), float(fitted.aicc)
        if fitted.mle_retvals["converged"] and ahead is not None and np.isfinite(quality):
            found.append((quality, ahead))
    return min(found, key=lambda one: one[0])[1] if found else None


def _theta(logs: Array, horizon: int) -> Array | None:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    return _finite(ThetaModel(logs, period=1, deseasonalize=False).fit().forecast(horizon))


def _finite(values: Any) -> Array | None:
    held = np.asarray(values, dtype=np.float64)
    return held if np.isfinite(held).all() else None
