"""The gravity equation recovers what made the data, agrees with statsmodels, and says why where it cannot be estimated."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from comity.measures import (
    Estimator,
    GravityEstimates,
    GravitySpecification,
    NotEstimated,
    SmallSample,
    estimate_gravity,
)
from comity.terms import InvalidTerm, MissingExtra, UnreadableTable

from .trading import BORDER, DISTANCE, SIZE, world

COVARIATES = ("log(dist)", "contig")
SIDES = ("exporter^year", "importer^year")


def asked(estimator: Estimator, **changes: object) -> GravitySpecification:
    """Return the usual specification with changes."""
    values: dict[str, object] = {"name": "asked", "estimator": estimator, "regressors": COVARIATES, "effects": SIDES}
    return GravitySpecification(**(values | changes))  # type: ignore[arg-type]


def estimated(panel: pd.DataFrame, specification: GravitySpecification) -> GravityEstimates:
    """Return the estimates, which there must be."""
    found = estimate_gravity(panel, specification)
    assert isinstance(found, GravityEstimates), found
    return found


def refused(panel: pd.DataFrame, specification: GravitySpecification) -> str:
    """Return why there are no estimates."""
    found = estimate_gravity(panel, specification)
    assert isinstance(found, NotEstimated), found
    return found.why


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("estimator", Estimator)
@pytest.mark.parametrize("seed", range(3))
def test_known_coefficients_are_recovered(estimator: Estimator, seed: int) -> None:
    """Both estimators find the coefficients that made the trade, with effects and with products."""
    panel = world(seed, years=(2004, 2005, 2006))
    found = estimated(panel, asked(estimator))
    for name, true in (("log(dist)", DISTANCE), ("contig", BORDER)):
        one = found.coefficient(name)
        assert abs(one.value - true) < 4 * one.error, (name, one)
        assert one.error < 0.2
    sized = asked(estimator, regressors=(*COVARIATES, "log(gdp_out)", "log(gdp_in)"), effects=("year",))
    found = estimated(panel, sized)
    for name in ("log(gdp_out)", "log(gdp_in)"):
        one = found.coefficient(name)
        assert abs(one.value - SIZE) < 4 * one.error, (name, one)


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("estimator", Estimator)
def test_estimates_agree_with_statsmodels(estimator: Estimator) -> None:
    """A dummy for each effect in statsmodels gives the same coefficients and clustered errors."""
    models = pytest.importorskip("statsmodels.api")
    panel = world()
    found = estimated(panel, asked(estimator))
    columns = [np.log(panel["dist"]).rename("log(dist)"), panel["contig"]]
    exporters = pd.get_dummies(panel["exporter"] + panel["year"].astype(str), dtype=float)
    importers = pd.get_dummies(panel["importer"] + panel["year"].astype(str), dtype=float)
    # One importer effect a year is given by the others.
    importers = importers.drop(columns=[name for name in importers if name.startswith("ARG")])
    right = np.column_stack([*columns, exporters, importers])
    pairs = ["".join(sorted(sides)) for sides in zip(panel["exporter"], panel["importer"], strict=True)]
    clusters = {"groups": pd.factorize(np.array(pairs))[0], "use_correction": False}
    if estimator is Estimator.PPML:
        model = models.GLM(panel["trade"].to_numpy(), right, family=models.families.Poisson())
        oracle = model.fit(cov_type="cluster", cov_kwds=clusters, tol=1e-12)
    else:
        oracle = models.OLS(np.log(panel["trade"].to_numpy()), right).fit(cov_type="cluster", cov_kwds=clusters)
    number = len(set(pairs))
    for place, one in enumerate(found.coefficients):
        assert one.value == pytest.approx(oracle.params[place], rel=1e-6)
        assert one.error == pytest.approx(oracle.bse[place] * np.sqrt(number / (number - 1)), rel=1e-4)
    assert found.clusters == (number,)


@pytest.mark.usefixtures("extra")
def test_the_three_rules_differ_by_their_factors_alone() -> None:
    """K counts no effect, those outside the clusters, or all; the coefficients are the same under each rule."""
    panel = world()
    effects = ("exporter", "importer^year")
    found = {
        rule: estimated(panel, asked(Estimator.PPML, effects=effects, clusters=("exporter",), small_sample=rule))
        for rule in SmallSample
    }
    # 16 exporters lie each within one cluster and keep one parameter; 32 importer-years, less one, and 2 regressors.
    assert [found[rule].parameters for rule in SmallSample] == [0, 2 + 1 + 31, 2 + 16 + 31, 0]
    rows = len(panel)
    plain = found[SmallSample.CLUSTERS].coefficient("log(dist)")
    for rule in (SmallSample.NESTED, SmallSample.ALL):
        one = found[rule].coefficient("log(dist)")
        assert one.value == plain.value
        ratio = (rows - 1) / (rows - found[rule].parameters)
        assert one.error**2 == pytest.approx(plain.error**2 * ratio, rel=1e-9)
        assert found[rule].rule.endswith(f"variance times 16/15 × {rows - 1}/{rows - found[rule].parameters}.")
    bare = found[SmallSample.NONE].coefficient("log(dist)")
    assert bare.error**2 * 16 / 15 == pytest.approx(plain.error**2, rel=1e-9)
    assert found[SmallSample.NONE].rule == "Standard errors clustered by exporter (16); variance as it is."


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("estimator", Estimator)
@pytest.mark.parametrize("kind", ["two clusters", "robust", "equal variance"])
def test_other_errors_agree_with_statsmodels(estimator: Estimator, kind: str) -> None:
    """Two clusterings, rows that stand for themselves, and errors of equal variance: as statsmodels has them, rule by rule."""
    models = pytest.importorskip("statsmodels.api")
    panel = world()
    effects = ("exporter", "importer", "year")
    rows, columns = len(panel), 2 + 16 + 15 + 1
    sides = [pd.factorize(panel[side])[0] for side in ("exporter", "importer")]
    poisson = estimator is Estimator.PPML
    fitting: dict[str, object] = {"tol": 1e-12} if poisson else {}
    # What the smallest rule multiplies by, beyond what statsmodels has in its figures already.
    clusters: tuple[str, ...] = ()
    if kind == "two clusters":
        clusters = ("exporter", "importer")
        fitting |= {"cov_type": "cluster", "cov_kwds": {"groups": np.column_stack(sides), "use_correction": False}}
        factors = {SmallSample.NONE: 1.0, SmallSample.CLUSTERS: 16 / 15}
        factors[SmallSample.ALL] = 16 / 15 * (rows - 1) / (rows - columns)
        factors[SmallSample.NESTED] = 16 / 15 * (rows - 1) / (rows - (2 + 1 + 1))
    elif kind == "robust":
        fitting |= {"cov_type": "HC0"}
        factors = {SmallSample.NONE: 1.0, SmallSample.CLUSTERS: rows / (rows - 1)}
        factors |= dict.fromkeys((SmallSample.ALL, SmallSample.NESTED), rows / (rows - columns))
    else:
        base = 1.0 if poisson else (rows - columns) / (rows - 1)  # statsmodels divides by N-K
        factors = dict.fromkeys((SmallSample.NONE, SmallSample.CLUSTERS), base)
        factors |= dict.fromkeys((SmallSample.ALL, SmallSample.NESTED), base * (rows - 1) / (rows - columns))
    dummies = [pd.get_dummies(panel[name], drop_first=name != "exporter", dtype=float) for name in effects]
    right = np.column_stack([np.log(panel["dist"]), panel["contig"], *dummies])
    trade = panel["trade"].to_numpy()
    model = models.GLM(trade, right, family=models.families.Poisson()) if poisson else models.OLS(np.log(trade), right)
    oracle = model.fit(**fitting)
    for rule, factor in factors.items():
        found = estimated(
            panel,
            asked(
                estimator,
                effects=effects,
                clusters=clusters,
                small_sample=rule,
                equal_variance=kind == "equal variance",
            ),
        )
        for place, one in enumerate(found.coefficients):
            assert one.value == pytest.approx(oracle.params[place], rel=1e-6)
            assert one.error == pytest.approx((oracle.cov_params()[place, place] * factor) ** 0.5, rel=1e-5)
        assert found.rule.startswith(
            {
                "two clusters": "Standard errors clustered by exporter (16) and importer (16); variance",
                "robust": "Standard errors robust to unequal variance; variance",
                "equal variance": "Standard errors of equal variance; variance",
            }[kind]
        )
    if kind == "equal variance" and not poisson:
        low, high = oracle.conf_int()[0]
        whole = estimated(
            panel, asked(estimator, effects=effects, clusters=(), small_sample=SmallSample.ALL, equal_variance=True)
        ).coefficients[0]
        assert (whole.interval.low, whole.interval.high) == pytest.approx((low, high), rel=1e-6)


@pytest.mark.usefixtures("extra")
def test_what_trade_cannot_tell_is_separated() -> None:
    """A regressor that is one only on zero trade is left out with its rows; the rest is as if they were not there."""
    panel = world()
    only = (panel["exporter"] == "GHA") & panel["importer"].isin(["CHL", "POL"])
    panel.loc[only, "trade"] = 0.0
    panel["embargo"] = only.astype(float)
    with_embargo = estimated(panel, asked(Estimator.PPML, regressors=(*COVARIATES, "embargo")))
    assert with_embargo.separated == only.sum()
    assert with_embargo.collinear == ("embargo",)
    without = estimated(panel[~only], asked(Estimator.PPML))
    for one, other in zip(with_embargo.coefficients, without.coefficients, strict=True):
        assert one.value == pytest.approx(other.value, rel=1e-7)


@pytest.mark.usefixtures("extra")
def test_a_state_that_sends_nothing_is_separated() -> None:
    """An exporter without any trade in a year tells PPML nothing, and its rows are counted as separated."""
    panel = world()
    silent = (panel["exporter"] == "KEN") & (panel["year"] == 2006)
    panel.loc[silent, "trade"] = 0.0
    found = estimated(panel, asked(Estimator.PPML))
    assert (found.separated, found.observations) == (silent.sum(), len(panel) - silent.sum())


@pytest.mark.usefixtures("extra")
def test_every_row_is_accounted_for() -> None:
    """Missing figures stay missing and zeros zero; rows used and left out sum to the panel."""
    panel = world()
    panel.loc[[3, 5], "trade"] = np.nan
    panel.loc[7, "dist"] = np.nan
    panel.loc[[10, 11, 12], "trade"] = 0.0
    alone = pd.DataFrame([["XKX", "ARG", 2005, 4.0, 900.0, 0.0, 1.0, 1.0]], columns=panel.columns)
    panel = pd.concat([panel, alone], ignore_index=True)
    kept = estimated(panel, asked(Estimator.PPML))
    dropped = estimated(panel, asked(Estimator.PPML, zeros=False))
    logarithms = estimated(panel, asked(Estimator.OLS))
    assert (kept.missing, kept.without_trade, kept.singletons) == (3, 0, 1)
    assert (dropped.missing, dropped.without_trade, dropped.singletons) == (3, 3, 1)
    assert (logarithms.missing, logarithms.without_trade, logarithms.singletons) == (3, 3, 1)
    for found in (kept, dropped, logarithms):
        left_out = found.missing + found.without_trade + found.singletons + found.separated
        assert found.observations + left_out == len(panel)


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("estimator", Estimator)
def test_too_little_gives_a_sentence(estimator: Estimator) -> None:
    """No rows, too few rows, no variation and one cluster give no figure but the reason."""
    panel = world()
    assert "no row in these years" in refused(panel, asked(estimator, years=(1950, 1951)))
    assert "lack a figure" in refused(panel.assign(trade=np.nan), asked(estimator))
    assert "too few" in refused(panel.iloc[:2], asked(estimator))
    some = panel[panel["exporter"].isin(["ARG", "BRA"]) & panel["importer"].isin(["CHL", "DEU"])]
    assert "too few" in refused(some, asked(estimator)) or "varies" in refused(some, asked(estimator))
    assert "same in all rows" in refused(panel.assign(trade=5.0), asked(estimator))
    assert "varies within the effects" in refused(panel, asked(estimator, regressors=("log(gdp_out)",)))
    assert "two clusters" in refused(panel.assign(one=1), asked(estimator, clusters=("one",)))


@pytest.mark.usefixtures("extra")
def test_a_regressor_that_the_effects_give_is_named() -> None:
    """The exporter's product says nothing beside exporter-year effects; it is left out and named."""
    found = estimated(world(), asked(Estimator.PPML, regressors=(*COVARIATES, "log(gdp_out)")))
    assert found.collinear == ("log(gdp_out)",)
    with pytest.raises(InvalidTerm, match="contig"):
        found.coefficient("log(gdp_out)")


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("trade", -3.0, "trade is negative -3"),
        ("trade", np.inf, "infinite"),
        ("dist", 0.0, "no logarithm"),
        ("contig", "yes", "'yes' is no number"),
    ],
)
def test_a_wrong_cell_is_told_by_its_row_and_column(column: str, cell: object, words: str) -> None:
    """A negative, infinite or textual cell is refused with its place, and nothing is coerced."""
    panel = world()
    panel[column] = panel[column].astype(object)
    panel.loc[41, column] = cell
    if not isinstance(cell, str):
        panel[column] = panel[column].astype(float)
    with pytest.raises(UnreadableTable, match=words) as caught:
        estimate_gravity(panel, asked(Estimator.PPML))
    assert (caught.value.row, caught.value.column) == (42, list(panel.columns).index(column) + 1)


@pytest.mark.usefixtures("extra")
def test_a_missing_column_is_named() -> None:
    """A column that is not there is refused with those that are."""
    with pytest.raises(UnreadableTable, match=r"no column language.*exporter, importer"):
        estimate_gravity(world(), asked(Estimator.PPML, regressors=("language",)))


def test_a_specification_says_itself() -> None:
    """Formula and words name estimator, logarithm, effects, zeros and years."""
    ppml = asked(Estimator.PPML, years=(2006, 2006))
    assert ppml.formula == "trade ~ log(dist) + contig | exporter^year + importer^year"
    assert ppml.words == (
        "PPML of trade on log(dist) and contig with effects of exporter-year and importer-year, "
        "rows without trade kept, 2006 alone."
    )
    ols = asked(Estimator.OLS, effects=())
    assert ols.formula == "log(trade) ~ log(dist) + contig"
    assert "logarithm of trade" in ols.words and "left out" in ols.words


def test_a_specification_needs_regressors_and_clusters() -> None:
    """Without a regressor, with three clusters, or with clusters of equal variance, there is no specification."""
    with pytest.raises(InvalidTerm, match="no regressor"):
        asked(Estimator.PPML, regressors=())
    with pytest.raises(InvalidTerm, match="two clusters at most"):
        asked(Estimator.PPML, clusters=("pair", "exporter", "importer"))
    with pytest.raises(InvalidTerm, match=r"give clusters=\(\)"):
        asked(Estimator.PPML, equal_variance=True)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyfixest is not installed, the error names the extra and the command."""
    monkeypatch.setitem(sys.modules, "pyfixest", None)
    with pytest.raises(MissingExtra, match=r"pip install 'comity\[models\]'"):
        estimate_gravity(world(), asked(Estimator.PPML))
