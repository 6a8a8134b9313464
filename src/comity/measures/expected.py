"""What one specification of the gravity equation expects two states to trade, as the trade of all other dyads implies it.

The dyad is kept out of its own expectation by a dummy for each of its flows (Salkever 1976, Journal of Econometrics 4:
393-397): the coefficient is the logarithm of the flow over its expectation, and its clustered variance is that of the
expectation, effects included. A figure that is put in for the flow therefore changes nothing but the coefficient.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from comity.measures.gravity import Fit, NotEstimated, fit_of
from comity.measures.samples import Sample, sample_of
from comity.measures.specifications import Estimator, GravitySpecification, in_words

_NINE_IN_TEN = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Expected:
    """An expected amount, in the panel's figures, with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ExpectedTrade:
    """What a specification expects of a dyad in a year.

    Attributes:
        outward, inward: from the dyad's first state to the second, and back; None where `gaps` says why not.
        both: the sum of the two.
        spread: between how many times their expectation nine in ten of the other flows of that year lie, and their number.
        observations, clusters: rows used, and the number of clusters in each clustering.
        left_out: why rows of its years were not used, as words with their number ("3 without trade").
    """

    specification: GravitySpecification
    outward: Expected | None
    inward: Expected | None
    both: Expected | None
    gaps: tuple[str, ...]
    spread: tuple[float, float] | None
    others: int
    observations: int
    clusters: tuple[int, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One specification to be asked about the flows between two states in a year."""

    specification: GravitySpecification
    first: str
    second: str
    year: int
    level: float


def expected_trade(panel: pd.DataFrame, job: Job) -> ExpectedTrade | NotEstimated:
    """Return what a specification expects of the dyad, or why it expects nothing.

    Raises:
        UnreadableTable: as `estimate_gravity`.
        MissingExtra: pyfixest is not installed.
    """
    specification = job.specification
    exporter, importer = (panel[side].to_numpy(dtype=object) for side in ("exporter", "importer"))
    of_year = (panel["year"] == job.year).to_numpy()
    directions = (
        (exporter == job.first) & (importer == job.second),
        (exporter == job.second) & (importer == job.first),
    )
    own = np.flatnonzero(directions[0] | directions[1])
    flows = [np.flatnonzero(direction & of_year) for direction in directions]
    asked = [int(rows[0]) for rows in flows if len(rows)]
    stand_in = _stand_in(panel, specification)
    sample = sample_of(panel, specification, asked=asked, stand_in=stand_in)
    sample = sample.without([int(row) for row in own if row not in asked])
    gaps: list[str] = []
    positions: list[int | None] = []
    for rows, (source, target) in zip(flows, ((job.first, job.second), (job.second, job.first)), strict=True):
        position, gap = _place(sample, rows, f"{source} to {target}", asked, specification)
        positions.append(position)
        gaps += [gap] if gap else []
    told = [position for position in positions if position is not None]
    if not told:
        return NotEstimated(specification, " ".join(dict.fromkeys(gaps)))
    sample, told_rows = _with_dummies(sample, told, [row for row in asked if row not in told])
    fit = fit_of(sample, specification, own=told_rows)
    if isinstance(fit, str):
        return NotEstimated(specification, fit)
    first_dummy = len(sample.regressors) - len(told)
    places: list[int | None] = []
    for position in positions:
        number = None if position is None else first_dummy + told.index(position)
        if number is not None and number not in fit.kept:
            gaps.append("The effects of one of its sides are not identified by the other flows.")
            number = None
        places.append(None if number is None else fit.kept.index(number))
    reach = fit.reach(job.level, specification.estimator)
    amounts = [
        None
        if place is None
        else _expected(stand_in * math.exp(-fit.coefficients[place]), math.sqrt(fit.variance[place, place]), reach)
        for place in places
    ]
    if amounts[0] is None and amounts[1] is None:
        return NotEstimated(specification, " ".join(dict.fromkeys(gaps)))
    both = None
    if amounts[0] is not None and amounts[1] is not None:
        chosen = [place for place in places if place is not None]
        shares = np.array([amount.value for amount in amounts if amount is not None])
        total = float(shares.sum())
        shares = shares / total
        error = math.sqrt(max(float(shares @ fit.variance[np.ix_(chosen, chosen)] @ shares), 0.0))
        both = _expected(total, error, reach)
    others = np.isin(sample.rows[fit.rows], np.flatnonzero(of_year)) & ~np.isin(fit.rows, told_rows)
    others &= sample.outcome[fit.rows] > 0
    ratios = sample.outcome[fit.rows][others] / fit.expected[others]
    spread = np.quantile(ratios, _NINE_IN_TEN) if len(ratios) else None
    return ExpectedTrade(
        specification,
        amounts[0],
        amounts[1],
        both,
        tuple(dict.fromkeys(gaps)),
        None if spread is None else (float(spread[0]), float(spread[1])),
        len(ratios),
        len(fit.rows) - len(told),
        fit.clusters,
        _left_out(sample, fit),
    )


def _left_out(sample: Sample, fit: Fit) -> tuple[str, ...]:
    alone = len(sample.outcome) - len(fit.rows) - fit.separated
    counts = (
        (sample.missing, "without a figure of trade or of a covariate"),
        (sample.without_trade, "without trade"),
        (alone, "alone in an effect"),
        # PPML fits them perfectly at minus infinity (Correia, Guimarães and Zylkin 2019).
        (fit.separated, "separated"),
    )
    return tuple(f"{count:,} {words}" for count, words in counts if count)


def _stand_in(panel: pd.DataFrame, specification: GravitySpecification) -> float:
    """Return a figure of the usual size of the panel's trade, which keeps the arithmetic well conditioned."""
    if specification.outcome not in panel.columns or not pd.api.types.is_numeric_dtype(panel[specification.outcome]):
        return 1.0
    trade = panel[specification.outcome].to_numpy(dtype=float, na_value=np.nan)
    # In order, so that the sum has the same last digit however the panel's rows are sorted.
    positive = np.sort(trade[np.isfinite(trade) & (trade > 0)])
    return float(np.exp(np.log(positive).mean())) if len(positive) else 1.0


def _place(
    sample: Sample, rows: np.ndarray, flow: str, asked: Sequence[int], specification: GravitySpecification
) -> tuple[int | None, str]:
    """Return the panel's row of a flow that can be asked about, or why it cannot."""
    if not len(rows):
        return None, f"The panel has no row for {flow}, so its distance and other covariates are not known."
    place = np.flatnonzero(sample.rows == rows[0])
    if not len(place):
        return None, f"The row for {flow} lacks a covariate, or lies outside the years."
    others = ~np.isin(sample.rows, asked)
    for name, codes in zip(specification.effects, sample.effects, strict=True):
        same = others & (codes == codes[place[0]])
        if not same.any():
            return None, f"No other row of the panel shares the {in_words(name)} effect of {flow}."
        if specification.estimator is Estimator.PPML and not (sample.outcome[same] > 0).any():
            return None, f"All other flows that share the {in_words(name)} effect of {flow} are zero."
    return int(rows[0]), ""


def _with_dummies(sample: Sample, told: Sequence[int], untold: Sequence[int]) -> tuple[Sample, list[int]]:
    """Return the sample with a dummy for each row that is asked about, and the places of these rows."""
    sample = sample.without(untold)
    places = [int(np.flatnonzero(sample.rows == row)[0]) for row in told]
    dummies = []
    for place in places:
        dummy = np.zeros(len(sample.outcome))
        dummy[place] = 1.0
        dummies.append(dummy)
    return sample.with_regressors([f"flow {number}" for number in range(len(places))], dummies), places


def _expected(value: float, error: float, reach: float) -> Expected:
    """Return an amount with its interval, symmetric in logarithms."""
    return Expected(value, value * math.exp(-reach * error), value * math.exp(reach * error))
