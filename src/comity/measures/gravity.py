"""The gravity equation of trade, estimated by pyfixest (extra "models"): PPML or OLS with fixed effects.

The library solves the equations and gives the variance before any correction for small samples; that correction is made
here, because the same estimates are published under three rules that differ in the third digit (`SmallSample`), and
because the number of effects nested in the clusters has to be counted on the columns that were estimated.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd

from comity.measures.samples import Sample, sample_of
from comity.measures.specifications import Estimator, GravitySpecification, SmallSample, in_words
from comity.measures.wording import listed, plural
from comity.terms import Interval, InvalidTerm, MissingExtra

# pyfixest's default of 25 is too few for trade with many zeros; the steps cost little.
_MOST_STEPS = 200
_LEVEL = 0.95
_PURPOSE = "Estimating the gravity of trade"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient with its clustered standard error and 95 % interval (Student t, G-1 degrees for OLS; normal for PPML)."""

    name: str
    value: float
    error: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class GravityEstimates:
    """What an estimation gave, and on how many rows.

    Attributes:
        observations: rows that were used; the others are `missing` (no figure for trade or a regressor), `without_trade`
            (zero, where the specification leaves zeros out), `singletons` (alone in an effect) and `separated` (PPML
            fits them perfectly at minus infinity; Correia, Guimarães and Zylkin 2019).
        clusters: the number of clusters in each clustering.
        parameters: the K of the small-sample rule; 0 where the rule has none.
        collinear: regressors that the effects or other regressors determine, left out.
        fit: R² for OLS; McFadden's pseudo-R² for PPML.
    """

    specification: GravitySpecification
    coefficients: tuple[Coefficient, ...]
    observations: int
    missing: int
    without_trade: int
    singletons: int
    separated: int
    clusters: tuple[int, ...]
    parameters: int
    collinear: tuple[str, ...]
    fit: float
    deviance: float | None = None
    log_likelihood: float | None = None

    def coefficient(self, name: str) -> Coefficient:
        """Return a regressor's coefficient.

        Raises:
            InvalidTerm: there is none of that name.
        """
        for one in self.coefficients:
            if one.name == name:
                return one
        raise InvalidTerm(f"no coefficient {name}: there are {listed([one.name for one in self.coefficients])}")

    @property
    def rule(self) -> str:
        """How the standard errors were made, as a sentence."""
        by = " and ".join(
            f"{in_words(name)} ({number:,})"
            for name, number in zip(self.specification.clusters, self.clusters, strict=True)
        )
        smallest = min(self.clusters)
        factor = f"{smallest:,}/{smallest - 1:,}"
        if self.specification.small_sample is not SmallSample.CLUSTERS:
            factor += f" × {self.observations - 1:,}/{self.observations - self.parameters:,}"
        return f"Standard errors clustered by {by}; variance times {factor}."


@dataclass(frozen=True, slots=True)
class NotEstimated:
    """Why a specification gave nothing, as a sentence."""

    specification: GravitySpecification
    why: str


@dataclass(frozen=True, slots=True)
class Fit:
    """An estimation before it is told: positions are those of the columns that were kept."""

    coefficients: np.ndarray[Any, np.dtype[np.float64]]
    variance: np.ndarray[Any, np.dtype[np.float64]]
    kept: tuple[int, ...]
    rows: np.ndarray[Any, np.dtype[np.int64]]
    expected: np.ndarray[Any, np.dtype[np.float64]]
    separated: int
    clusters: tuple[int, ...]
    parameters: int
    fit: float
    deviance: float | None
    log_likelihood: float | None

    def reach(self, level: float, estimator: Estimator) -> float:
        """Return how many standard errors an interval of that level goes to either side."""
        if estimator is Estimator.PPML:
            return NormalDist().inv_cdf(0.5 + level / 2)
        return float(import_module("scipy.stats").t.ppf(0.5 + level / 2, min(self.clusters) - 1))


def estimate_gravity(panel: pd.DataFrame, specification: GravitySpecification) -> GravityEstimates | NotEstimated:
    """Return the estimates of one specification, or why there are none.

    Args:
        panel: one row a flow and year, with the columns that the specification names; "exporter" and "importer" too
            where it names "pair", "year" where it names years. Row 1 in an error is the first row.
        specification: what to estimate.

    Raises:
        UnreadableTable: a column is missing, a cell is no number, trade is negative, a logarithm is asked of what is
            not above zero.
        MissingExtra: pyfixest is not installed.
    """
    library()
    sample = sample_of(panel, specification)
    fit = fit_of(sample, specification)
    if isinstance(fit, str):
        return NotEstimated(specification, fit)
    errors = np.sqrt(np.diag(fit.variance))
    reach = fit.reach(_LEVEL, specification.estimator)
    kind = f"clustered by {listed([in_words(name) for name in specification.clusters])}"
    coefficients = []
    for position, value, error in zip(fit.kept, fit.coefficients, errors, strict=True):
        interval = Interval(float(value - reach * error), float(value + reach * error), _LEVEL, kind)
        coefficients.append(Coefficient(sample.names[position], float(value), float(error), interval))
    left_out = set(range(len(sample.names))) - set(fit.kept)
    return GravityEstimates(
        specification,
        tuple(coefficients),
        len(fit.rows),
        sample.missing,
        sample.without_trade,
        len(sample.outcome) - len(fit.rows) - fit.separated,
        fit.separated,
        fit.clusters,
        fit.parameters,
        tuple(sample.names[position] for position in sorted(left_out) if sample.names[position] != "constant"),
        fit.fit,
        fit.deviance,
        fit.log_likelihood,
    )


def library() -> Any:
    """Return pyfixest, or raise MissingExtra."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module("pyfixest")
    except ImportError as error:
        raise MissingExtra("models", _PURPOSE) from error


def see_extra() -> None:
    """Raise MissingExtra where pyfixest is not installed, without the second or more that importing it takes."""
    if find_spec("pyfixest") is None:
        raise MissingExtra("models", _PURPOSE)


def fit_of(sample: Sample, specification: GravitySpecification, *, leverage: bool = False) -> Fit | str:
    """Return the fit of a sample, or a sentence that says why it has none.

    Args:
        sample: the rows.
        specification: what is estimated on them.
        leverage: whether the variance makes good that a flow pulls its own expectation towards itself (`_corrected`).
    """
    refusal = _too_little(sample, specification)
    if refusal:
        return refusal
    pyfixest = library()
    estimator = specification.estimator
    columns: dict[str, Any] = {"y": sample.outcome if estimator is Estimator.PPML else np.log(sample.outcome)}
    columns |= {f"x{number}": column for number, column in enumerate(sample.regressors)}
    columns |= {f"f{number}": codes for number, codes in enumerate(sample.effects)}
    columns |= {f"c{number}": codes for number, codes in enumerate(sample.clusters)}
    data = pd.DataFrame(columns | {"row": np.arange(len(sample.outcome))})
    right = " + ".join(f"x{number}" for number in range(len(sample.regressors)))
    effects = " + ".join(f"f{number}" for number in range(len(sample.effects)))
    asked: dict[str, Any] = {
        "vcov": {"CRV1": " + ".join(f"c{number}" for number in range(len(sample.clusters)))},
        "ssc": pyfixest.ssc(k_adj=False, G_adj=False),
    }
    if estimator is Estimator.PPML:
        # "ir" finds what the effects alone do not show; without effects the library looks for nothing.
        asked |= {"iwls_maxiter": _MOST_STEPS, "separation_check": ["fe", "ir"] if sample.effects else []}
    solve = pyfixest.fepois if estimator is Estimator.PPML else pyfixest.feols
    try:
        # What the library warns of (rows dropped, collinear columns) is counted and told in the result.
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            found = solve(f"y ~ {right} | {effects}" if effects else f"y ~ {right}", data, **asked)
    except (ValueError, np.linalg.LinAlgError) as error:
        return _words_of(error, specification)
    if estimator is Estimator.PPML and not found.convergence:
        return f"PPML did not settle within {_MOST_STEPS} steps."
    return _told(found, sample, specification, leverage)


def _told(found: Any, sample: Sample, specification: GravitySpecification, leverage: bool) -> Fit | str:
    rows = found._data["row"].to_numpy()
    # The tables that the library offers divide by errors that may be zero here; its own names and values do not.
    names = [str(name) for name in found._coefnames]
    # Without effects the library adds the constant; it stands behind the regressors here.
    kept = tuple(len(sample.names) - 1 if name == "Intercept" else int(name[1:]) for name in names)
    if not kept:
        return "No regressor varies within the effects."
    numbers = tuple(len(np.unique(codes[rows])) for codes in sample.clusters)
    if min(numbers) < 2:
        return f"Standard errors need two clusters; by {in_words(specification.clusters[0])} there is {min(numbers)}."
    effects = [codes[rows] for codes in sample.effects]
    every = len(kept) + sum(len(np.unique(codes)) for codes in effects) - max(len(effects) - 1, 0)
    if len(rows) - every < 1:
        return f"{plural(len(rows), 'row')} are too few for {every} parameters."
    nested = [codes for codes in effects if any(_nested(codes, cluster[rows]) for cluster in sample.clusters)]
    parameters = {
        SmallSample.CLUSTERS: 0,
        SmallSample.ALL: every,
        SmallSample.NESTED: every - sum(len(np.unique(codes)) - 1 for codes in nested),
    }[specification.small_sample]
    factor = min(numbers) / (min(numbers) - 1)
    if parameters:
        factor *= (len(rows) - 1) / (len(rows) - parameters)
    raw = _corrected(found, sample, rows, specification) if leverage else np.asarray(found._vcov, dtype=float)
    variance = raw * factor
    values = np.asarray(found._beta_hat, dtype=float)
    if not (np.isfinite(values).all() and np.isfinite(variance).all() and (np.diag(variance) >= 0).all()):
        return "The estimates or their variance are not finite; the regressors may be all but collinear."
    poisson = specification.estimator is Estimator.PPML
    with np.errstate(over="ignore"):
        expected = np.asarray(found._Y_hat_response if poisson else np.exp(found._Y_hat_link), dtype=float).ravel()
    return Fit(
        values,
        variance,
        kept,
        rows,
        expected,
        int(found.n_separation_na or 0) if poisson else 0,
        numbers,
        parameters,
        float(found._pseudo_r2 if poisson else found._r2),
        float(found.deviance) if poisson else None,
        float(found._loglik) if poisson else None,
    )


def _corrected(found: Any, sample: Sample, rows: np.ndarray[Any, Any], specification: GravitySpecification) -> Any:
    """Return the clustered variance with each residual divided by one less its leverage.

    That is HC3 (MacKinnon and White 1985, Journal of Econometrics 29:305-325) within clusters, which is near the jackknife.
    What an effect is estimated from is one side's flows, of which a few may be most of its trade; without the correction
    the interval of an expectation holds the truth too seldom (`benchmarks/statistics/gravity.py --coverage`). The effects' part of
    the leverage is taken as the flow's share in the weight of its sides, which is exact where all sides trade alike.
    """
    poisson = specification.estimator is Estimator.PPML
    weights = np.asarray(found._irls_weights, dtype=float).ravel() if poisson else np.ones(len(rows))
    right, bread = np.asarray(found._X, dtype=float), np.asarray(found._bread, dtype=float)
    leverage = np.einsum("ij,jk,ik->i", right, bread, right)
    for codes in sample.effects:
        of_level = codes[rows]
        leverage += weights / np.bincount(of_level, weights)[of_level]
    leverage -= max(len(sample.effects) - 1, 0) * weights / weights.sum()
    # A row that is fitted exactly, as one with a dummy of its own, has leverage one and no residual to divide.
    free = leverage < 1 - 1e-6
    scores = np.asarray(found._scores, dtype=float) / np.where(free, 1 - leverage, 1.0)[:, None]
    clusters = [codes[rows] for codes in sample.clusters]
    signed = [(codes, 1.0) for codes in clusters]
    if len(clusters) == 2:
        signed.append((clusters[0] * (int(clusters[1].max()) + 1) + clusters[1], -1.0))
    middle = np.zeros_like(bread)
    for codes, sign in signed:
        levels, place = np.unique(codes, return_inverse=True)
        sums = np.zeros((len(levels), scores.shape[1]))
        np.add.at(sums, place, scores)
        middle += sign * sums.T @ sums
    return bread @ middle @ bread


def _too_little(sample: Sample, specification: GravitySpecification) -> str:
    """Return why a sample cannot be estimated, as far as it shows before; "" where nothing speaks against it."""
    rows = len(sample.outcome)
    if rows == 0:
        return (
            f"No row is left: {sample.missing:,} lack a figure and {sample.without_trade:,} have no trade."
            if sample.missing or sample.without_trade
            else "The panel has no row in these years."
        )
    if rows <= len(sample.names):
        return f"{plural(rows, 'row')} are too few for {plural(len(sample.names), 'coefficient')}."
    if np.ptp(sample.outcome) == 0:
        return f"{specification.outcome.capitalize()} is the same in all rows, so nothing can be told from it."
    return ""


def _nested(effect: np.ndarray[Any, Any], cluster: np.ndarray[Any, Any]) -> bool:
    """Whether each level of an effect lies within one cluster."""
    pairs = np.unique(np.column_stack((effect, cluster)), axis=0)
    return len(pairs) == len(np.unique(effect))


def _words_of(error: Exception, specification: GravitySpecification) -> str:
    if "collinear" in str(error):
        return f"No regressor of {listed(list(specification.regressors))} varies within the effects."
    return f"The equations could not be solved ({' '.join(str(error).split()) or type(error).__name__})."


__all__ = [
    "Coefficient",
    "Fit",
    "GravityEstimates",
    "NotEstimated",
    "estimate_gravity",
    "fit_of",
    "library",
    "see_extra",
]
