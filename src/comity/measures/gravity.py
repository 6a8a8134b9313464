"""The gravity equation of trade, estimated by pyfixest (extra "models"): PPML or OLS with fixed effects.

The library solves the equations and gives the variance before any correction for small samples; that correction is made
here, because the same estimates are published under three rules that differ in the third digit (`SmallSample`), and
because the number of effects nested in the clusters has to be counted on the columns that were estimated.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
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
# Its tolerances, 1e-8 of the deviance and 1e-6 within the effects, leave the second digit of a dummy's error open: within the
# effects the dummy of one flow among many is itself that small. The second one is absolute; it holds of regressors in
# units of their spread (`_units`), and tenfold either way changes the ninth digit of an interval.
_STEP_TOLERANCE = 1e-10
_EFFECT_TOLERANCE = 1e-10
_LEVEL = 0.95
_PURPOSE = "Estimating the gravity of trade"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient with its standard error and 95 % interval (for OLS Student's t, G-1 degrees, N-K without clusters; normal for PPML)."""

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
        how = self.specification.errors
        if self.clusters:
            how = "clustered by " + " and ".join(
                f"{in_words(name)} ({number:,})"
                for name, number in zip(self.specification.clusters, self.clusters, strict=True)
            )
        factors = []
        if _counts_clusters(self.specification):
            smallest = min(self.clusters, default=self.observations)
            factors.append(f"{smallest:,}/{smallest - 1:,}")
        if self.parameters:
            factors.append(f"{self.observations - 1:,}/{self.observations - self.parameters:,}")
        return f"Standard errors {how}; variance {'times ' + ' × '.join(factors) if factors else 'as it is'}."


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
    freedom: int
    fit: float
    deviance: float | None
    log_likelihood: float | None

    def reach(self, level: float, estimator: Estimator) -> float:
        """Return how many standard errors an interval of that level goes to either side."""
        if estimator is Estimator.PPML:
            return NormalDist().inv_cdf(0.5 + level / 2)
        return float(import_module("scipy.stats").t.ppf(0.5 + level / 2, self.freedom))


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
    coefficients = []
    for position, value, error in zip(fit.kept, fit.coefficients, errors, strict=True):
        interval = Interval(float(value - reach * error), float(value + reach * error), _LEVEL, specification.errors)
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


def fit_of(sample: Sample, specification: GravitySpecification, *, own: Sequence[int] | None = None) -> Fit | str:
    """Return the fit of a sample, or a sentence that says why it has none.

    Args:
        sample: the rows.
        specification: what is estimated on them.
        own: the places of the rows with a regressor of their own. Given, the variance makes good that a flow pulls its own
            expectation towards itself (`_corrected`).
    """
    refusal = _too_little(sample, specification)
    if refusal:
        return refusal
    poisson = specification.estimator is Estimator.PPML
    kept, separated = sample.told_by_effects(separate=poisson)
    if not len(kept) or np.ptp(sample.outcome[kept]) == 0:
        return "No row is left to tell anything from: the others are alone in an effect, or without trade in all of it."
    if poisson and not sample.effects and (sample.outcome == 0).any():
        # Without effects the library looks for no separation; one effect for all rows says the same and makes it look.
        looked = _solved(sample.with_one_effect(), kept, specification)
        if isinstance(looked, str):
            return looked
        kept = np.sort(looked._data["row"].to_numpy())
        separated = len(sample.outcome) - len(kept)
    found = _solved(sample, kept, specification)
    if isinstance(found, str):
        return found
    if poisson:
        separated += int(found.n_separation_na or 0)
    return _told(found, sample, specification, separated, own)


def _solved(sample: Sample, kept: np.ndarray[Any, np.dtype[np.int64]], specification: GravitySpecification) -> Any:
    """Return the library's fit of some rows of a sample, or why there is none; its column `row` tells the rows used."""
    pyfixest = library()
    poisson = specification.estimator is Estimator.PPML
    outcome = sample.outcome[kept]
    columns: dict[str, Any] = {"y": outcome if poisson else np.log(outcome)}
    units = _units(sample)
    columns |= {f"x{number}": column[kept] / units[number] for number, column in enumerate(sample.regressors)}
    columns |= {f"f{number}": codes[kept] for number, codes in enumerate(sample.effects)}
    columns |= {f"c{number}": codes[kept] for number, codes in enumerate(sample.clusters)}
    data = pd.DataFrame(columns | {"row": kept})
    right = " + ".join(f"x{number}" for number in range(len(sample.regressors)))
    effects = " + ".join(f"f{number}" for number in range(len(sample.effects)))
    asked: dict[str, Any] = {
        "vcov": _kind_of_errors(specification),
        "ssc": pyfixest.ssc(k_adj=False, G_adj=False),
        "demeaner": pyfixest.MapDemeaner(fixef_tol=_EFFECT_TOLERANCE),
    }
    if poisson:
        # Rows that the effects alone separate are gone; "ir" finds those that the regressors separate.
        asked |= {
            "iwls_tol": _STEP_TOLERANCE,
            "iwls_maxiter": _MOST_STEPS,
            "separation_check": ["ir"] if sample.effects else [],
        }
    solve = pyfixest.fepois if poisson else pyfixest.feols
    try:
        # What the library warns of (rows dropped, collinear columns) is counted and told in the result.
        with warnings.catch_warnings(record=True) as warned, np.errstate(all="ignore"):
            warnings.simplefilter("always")
            found = solve(f"y ~ {right} | {effects}" if effects else f"y ~ {right}", data, **asked)
    except (ValueError, np.linalg.LinAlgError) as error:
        return _words_of(error, specification)
    if any("separation check" in str(one.message) for one in warned):
        return "It did not settle which rows PPML can tell nothing from (separation), so no figure is given."
    if poisson and not found.convergence:
        return f"PPML did not settle within {_MOST_STEPS} steps."
    return found


def _kind_of_errors(specification: GravitySpecification) -> str | dict[str, str]:
    """Return the errors as the library is asked for them; what small samples ask for is made good afterwards."""
    if specification.clusters:
        return {"CRV1": " + ".join(f"c{number}" for number in range(len(specification.clusters)))}
    return "iid" if specification.equal_variance else "HC1"


def _units(sample: Sample) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return in what each coefficient's regressor is given to the library: a power of two, so that no digit is lost."""
    spreads = np.array([float(np.std(column)) for column in sample.regressors])
    known = np.isfinite(spreads) & (spreads > 0)
    units = np.exp2(np.round(np.log2(np.where(known, spreads, 1.0))))
    return np.append(units, np.ones(len(sample.names) - len(units)))


def _told(
    found: Any, sample: Sample, specification: GravitySpecification, separated: int, own: Sequence[int] | None
) -> Fit | str:
    rows = found._data["row"].to_numpy()
    # The tables that the library offers divide by errors that may be zero here; its own names and values do not.
    names = [str(name) for name in found._coefnames]
    # Without effects the library adds the constant; it stands behind the regressors here.
    kept = tuple(len(sample.names) - 1 if name == "Intercept" else int(name[1:]) for name in names)
    if not kept:
        return "No regressor varies within the effects."
    numbers = tuple(len(np.unique(codes[rows])) for codes in sample.clusters)
    if numbers and min(numbers) < 2:
        return f"Standard errors need two clusters; by {in_words(specification.clusters[0])} there is {min(numbers)}."
    effects = [codes[rows] for codes in sample.effects]
    every = len(kept) + sum(len(np.unique(codes)) for codes in effects) - max(len(effects) - 1, 0)
    if len(rows) - every < 1:
        return f"{plural(len(rows), 'row')} are too few for {every} parameters."
    nested = [codes for codes in effects if any(_nested(codes, cluster[rows]) for cluster in sample.clusters)]
    parameters = {
        SmallSample.CLUSTERS: 0,
        SmallSample.NONE: 0,
        SmallSample.ALL: every,
        SmallSample.NESTED: every - sum(len(np.unique(codes)) - 1 for codes in nested),
    }[specification.small_sample]
    smallest = min(numbers, default=len(rows))
    factor = smallest / (smallest - 1) if _counts_clusters(specification) else 1.0
    if parameters:
        factor *= (len(rows) - 1) / (len(rows) - parameters)
    if own is None or specification.equal_variance:
        raw = np.asarray(found._vcov, dtype=float)
    else:
        raw = _corrected(found, sample, rows, specification, own)
    units = _units(sample)[list(kept)]
    variance = raw * factor / np.outer(units, units)
    values = np.asarray(found._beta_hat, dtype=float) / units
    if not (np.isfinite(values).all() and np.isfinite(variance).all()):
        return "The estimates or their variance are not finite; the regressors may be all but collinear."
    if (np.diag(variance) < 0).any():
        # By two clusterings it is a sum less a third (Cameron, Gelbach and Miller 2011, section 2.3).
        return "The variance by two clusterings is below zero for a coefficient; cluster by one of them."
    poisson = specification.estimator is Estimator.PPML
    with np.errstate(over="ignore"):
        expected = np.asarray(found._Y_hat_response if poisson else np.exp(found._Y_hat_link), dtype=float).ravel()
    return Fit(
        values,
        variance,
        kept,
        rows,
        expected,
        separated,
        numbers,
        parameters,
        smallest - 1 if numbers else len(rows) - every,
        float(found._pseudo_r2 if poisson else found._r2),
        float(found.deviance) if poisson else None,
        float(found._loglik) if poisson else None,
    )


def _counts_clusters(specification: GravitySpecification) -> bool:
    """Whether the variance is multiplied by G/(G-1)."""
    return specification.small_sample is not SmallSample.NONE and not specification.equal_variance


def _corrected(
    found: Any, sample: Sample, rows: np.ndarray[Any, Any], specification: GravitySpecification, own: Sequence[int]
) -> Any:
    """Return the variance with each residual divided by one less its leverage.

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
    # A row with a regressor of its own has leverage one and no residual. What the solver leaves of one, divided by what it
    # leaves of one less the leverage, would be any figure.
    own_rows = np.isin(rows, own)
    free = (leverage < 1 - 1e-6) & ~own_rows
    scores = np.asarray(found._scores, dtype=float) / np.where(free, 1 - leverage, 1.0)[:, None]
    scores[own_rows] = 0.0
    clusters = [codes[rows] for codes in sample.clusters] or [np.arange(len(rows))]
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
