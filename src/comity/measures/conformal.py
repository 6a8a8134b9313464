"""How far past figures of many dyads fell from a forecast, in units of each line's own spread.

`data/calibration.json` holds quantiles of these scaled errors for amounts, `data/ideal-points.json` and `data/agreement.json`
for votes; `benchmarks/outlook.py` and `benchmarks/votes.py` make them with --calibrate. An interval is the forecast plus the
quantiles times the spread of the line itself: split conformal prediction with a normalised score (Papadopoulos, Gammerman
and Vovk 2008; Lei et al. 2018), each end with half of the level left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from comity.terms import UnknownCode


@dataclass(frozen=True, slots=True)
class Calibration:
    """Quantiles of scaled errors.

    Attributes:
        source: the data, the rule by which dyads were taken, and the years of the origins.
        dyads, cases: how many directed dyads, and how many origins of them.
        probabilities: in rising order.
        errors: by what was forecast ("naive-1": the naive method one year ahead), a quantile for each probability.
        modelled: of how many dyads, at one origin each, the methods of the extra "models" have their errors.
    """

    source: str
    dyads: int
    cases: int
    probabilities: tuple[float, ...]
    errors: Mapping[str, tuple[float, ...]]
    modelled: int = 0

    def quantile(self, what: str, probability: float) -> float:
        """Return a quantile of the scaled errors of `what`."""
        if what not in self.errors:
            raise UnknownCode(
                f"no errors of {what!r} were measured.", remedy=f"Known are: {', '.join(sorted(self.errors))}."
            )
        return float(np.interp(probability, self.probabilities, self.errors[what]))

    def bounds(self, what: str, level: float) -> tuple[float, float]:
        """Return the two quantiles between which the share `level` of the scaled errors lies."""
        tail = (1 - level) / 2
        return self.quantile(what, tail), self.quantile(what, 1 - tail)

    def share_below(self, what: str, error: float) -> float:
        """Return the share of scaled errors below one; never nearer to 0 or 1 than the outermost probabilities."""
        return float(np.interp(error, self.errors[what], self.probabilities))


@lru_cache(maxsize=3)
def calibration(name: str = "calibration") -> Calibration:
    """Return a calibration that comes with Comity: "calibration" for amounts, "ideal-points" or "agreement"."""
    held = json.loads((files("comity.measures") / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return Calibration(
        held["source"],
        held["dyads"],
        held["cases"],
        tuple(held["probabilities"]),
        _quantiles(held["errors"]),
        held.get("modelled", 0),
    )


def _quantiles(errors: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, ...]]:
    return {what: tuple(quantiles) for what, quantiles in errors.items()}
