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
    """By what the clustered variance is multiplied: G clusters (the smaller number of two), N rows, K parameters.

    CLUSTERS: G/(G-1), as Stata's ppml, ppmlhdfe, ppml_panel_sg and glm print.
    NESTED: G/(G-1) × (N-1)/(N-K), K without effects nested in a cluster: the default of R's fixest and of reghdfe.
    ALL: the same with every effect in K, as Stata's regress prints with a dummy for each effect.
    """

    CLUSTERS = "clusters"
    NESTED = "nested"
    ALL = "all"

    @property
    def words(self) -> str:
        """By what the variance is multiplied, as words."""
        return {
            SmallSample.CLUSTERS: "G/(G-1), G being the number of clusters",
            SmallSample.NESTED: "G/(G-1) × (N-1)/(N-K), G being the number of clusters, N of rows, K of parameters "
            "without effects nested in a cluster",
            SmallSample.ALL: "G/(G-1) × (N-1)/(N-K), G being the number of clusters, N of rows, K of parameters "
            "with every effect",
        }[self]


@dataclass(frozen=True, slots=True)
class GravitySpecification:
    """What is estimated.

    Attributes:
        name: for people; unique among the specifications of one question.
        regressors: columns, or "log(column)".
        effects: columns, or several joined: "exporter^year".
        clusters: as effects, one or two. In both, "pair" stands for the two sides in either order where the panel has
            no column of that name.
        zeros: whether rows with zero trade are used; OLS of the logarithm never uses them.
        years: first and last year used; None for all.
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

    def __post_init__(self) -> None:
        if not self.regressors:
            raise InvalidTerm(f"the specification {self.name} has no regressor; name one at least")
        if not 1 <= len(self.clusters) <= 2:
            raise InvalidTerm(f"the specification {self.name} needs one or two clusters, not {len(self.clusters)}")

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
