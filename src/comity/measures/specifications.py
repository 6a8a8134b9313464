"""What a gravity equation is made of: the estimator, the regressors, the effects, the clusters and the rule for small samples."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comity.measures.wording import listed
from comity.terms import InvalidTerm


class Estimator(StrEnum):
    """PPML (Santos Silva and Tenreyro 2006) on trade itself, or least squares on its logarithm."""

    PPML = "PPML"
    OLS = "OLS"


class SmallSample(StrEnum):
    """By what the variance is multiplied: G clusters (the smaller number of two; N without clusters), N rows, K parameters.

    CLUSTERS: G/(G-1), as Stata's ppml, ppmlhdfe, ppml_panel_sg and glm print.
    NESTED: G/(G-1) × (N-1)/(N-K), K without effects nested in a cluster: the default of R's fixest and of reghdfe.
    ALL: the same with every effect in K, as Stata's regress prints with a dummy for each effect.
    NONE: nothing, as fixest's `ssc(adj = FALSE, cluster.adj = FALSE)`.

    Without clusters N/(N-1) × (N-1)/(N-K) is the N/(N-K) of HC1. Errors of equal variance have no G/(G-1): by NESTED and ALL
    OLS has the sum of squares over N-K, as lm and regress print, and by the other two over N-1.
    """

    CLUSTERS = "clusters"
    NESTED = "nested"
    ALL = "all"
    NONE = "none"

    @property
    def words(self) -> str:
        """By what the variance is multiplied, as words."""
        return {
            SmallSample.CLUSTERS: "G/(G-1), G being the number of clusters",
            SmallSample.NESTED: "G/(G-1) × (N-1)/(N-K), G being the number of clusters, N of rows, K of parameters "
            "without effects nested in a cluster",
            SmallSample.ALL: "G/(G-1) × (N-1)/(N-K), G being the number of clusters, N of rows, K of parameters "
            "with every effect",
            SmallSample.NONE: "nothing",
        }[self]


@dataclass(frozen=True, slots=True)
class GravitySpecification:
    """What is estimated.

    Attributes:
        name: for people; unique among the specifications of one question.
        regressors: columns, or "log(column)".
        effects: columns, or several joined: "exporter^year".
        clusters: as effects, one or two; none for errors that hold where every row stands for itself (White 1980). In both,
            "pair" stands for the two sides in either order where the panel has no column of that name.
        zeros: whether rows with zero trade are used; OLS of the logarithm never uses them.
        years: first and last year used; None for all.
        equal_variance: without clusters, the errors of the textbook: one variance for OLS, the likelihood's own for PPML.
    """

    name: str
    estimator: Estimator
    regressors: tuple[str, ...]
    effects: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ("pair",)
    small_sample: SmallSample = SmallSample.CLUSTERS
    zeros: bool = True
    outcome: str = "trade"
    years: tuple[int, int] | None = None
    equal_variance: bool = False

    def __post_init__(self) -> None:
        if not self.regressors:
            raise InvalidTerm(f"the specification {self.name} has no regressor; name one at least")
        if len(self.clusters) > 2:
            raise InvalidTerm(f"the specification {self.name} takes two clusters at most, not {len(self.clusters)}")
        if self.clusters and self.equal_variance:
            raise InvalidTerm(
                f"the specification {self.name} has clusters, whose errors are not of equal variance; give clusters=()"
            )

    @property
    def errors(self) -> str:
        """How the standard errors are made, as words: "clustered by pair"."""
        if self.clusters:
            return f"clustered by {listed([in_words(one) for one in self.clusters])}"
        return "of equal variance" if self.equal_variance else "robust to unequal variance"

    @property
    def formula(self) -> str:
        """The specification as R's fixest would write it: "trade ~ log(dist) + cntg | exporter^year"."""
        outcome = self.outcome if self.estimator is Estimator.PPML else f"log({self.outcome})"
        right = " + ".join(self.regressors)
        return f"{outcome} ~ {right} | {' + '.join(self.effects)}" if self.effects else f"{outcome} ~ {right}"

    @property
    def words(self) -> str:
        """The specification as a sentence."""
        outcome = self.outcome if self.estimator is Estimator.PPML else f"the logarithm of {self.outcome}"
        effects = f"effects of {listed([in_words(one) for one in self.effects])}" if self.effects else "no effects"
        years = "" if self.years is None else f", {self.years[0]} to {self.years[1]}"
        if self.years is not None and self.years[0] == self.years[1]:
            years = f", {self.years[0]} alone"
        kept = self.zeros and self.estimator is Estimator.PPML
        return (
            f"{self.estimator} of {outcome} on {listed(list(self.regressors))} with {effects}, "
            f"rows without trade {'kept' if kept else 'left out'}{years}."
        )


def in_words(name: str) -> str:
    """Return "exporter-year" for exporter^year."""
    return name.replace("^", "-")
