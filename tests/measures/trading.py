"""A made-up world of trading states, whose gravity is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

DISTANCE = -0.9
BORDER = 0.5
SIZE = 0.8
STATES = (
    "ARG",
    "BRA",
    "CHL",
    "DEU",
    "EGY",
    "FRA",
    "GHA",
    "IND",
    "JPN",
    "KEN",
    "MEX",
    "NGA",
    "PAK",
    "POL",
    "THA",
    "USA",
)


def world(
    seed: int = 1, years: tuple[int, ...] = (2005, 2006), states: tuple[str, ...] = STATES, noise: float = 0.5
) -> pd.DataFrame:
    """Return each flow a year: trade is its expectation times an error with mean one, and distance is that of the pair."""
    random = np.random.default_rng(seed)
    size = dict(zip(states, random.normal(4.0, 1.0, len(states)), strict=True))
    place = {state: random.uniform(0, 10_000, 2) for state in states}
    rows = []
    for first in states:
        for second in states:
            if first == second:
                continue
            away = float(np.hypot(*(place[first] - place[second]))) + 200
            border = float(away < 2_500)
            for year in years:
                mean = np.exp(
                    SIZE * (size[first] + size[second])
                    + DISTANCE * np.log(away)
                    + BORDER * border
                    + 0.1 * (year - 2005)
                )
                trade = mean * random.lognormal(-(noise**2) / 2, noise)
                rows.append((first, second, year, trade, away, border, np.exp(size[first]), np.exp(size[second])))
    names = ["exporter", "importer", "year", "trade", "dist", "contig", "gdp_out", "gdp_in"]
    return pd.DataFrame(rows, columns=names)
