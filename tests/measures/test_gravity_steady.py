"""The gravity equation gives the same figures however its rows stand, and looks for separation on the rows that are left."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from comity.measures import Estimator, GravityEstimates, GravitySpecification, NotEstimated, estimate_gravity, gravity
from comity.measures.expected import ExpectedTrade, Job, expected_trade

from .conftest import extra as extra
from .trading import world

pytestmark = pytest.mark.usefixtures("extra")
COVARIATES = ("log(dist)", "contig")
SIDES = ("exporter^year", "importer^year")


def asked(estimator: Estimator = Estimator.PPML, **changes: object) -> GravitySpecification:
    """Return the usual specification with changes."""
    values: dict[str, object] = {"name": "asked", "estimator": estimator, "regressors": COVARIATES, "effects": SIDES}
    return GravitySpecification(**(values | changes))  # type: ignore[arg-type]


def estimated(panel: pd.DataFrame, specification: GravitySpecification) -> GravityEstimates:
    """Return the estimates, which there must be."""
    found = estimate_gravity(panel, specification)
    assert isinstance(found, GravityEstimates), found
    return found


def shuffled(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in another order."""
    return panel.sample(frac=1, random_state=3).reset_index(drop=True)


@pytest.mark.parametrize("estimator", Estimator)
@pytest.mark.parametrize("effects", [SIDES, ("year",), ()])
def test_the_order_of_the_rows_changes_no_digit(estimator: Estimator, effects: tuple[str, ...]) -> None:
    """Coefficients, errors and expectations of shuffled rows are the same to the last bit."""
    panel = world()
    # Both ways of a pair without trade are alike in all but their effects.
    idle = panel["exporter"].isin(["KEN", "CHL"]) & panel["importer"].isin(["KEN", "CHL"])
    panel.loc[idle, "trade"] = 0.0
    specification = asked(estimator, effects=effects)
    one, other = (estimated(each, specification) for each in (panel, shuffled(panel)))
    assert one.coefficients == other.coefficients and one.fit == other.fit
    job = Job(specification, "PAK", "JPN", 2006, 0.95)
    expected = [expected_trade(each, job) for each in (panel, shuffled(panel))]
    assert isinstance(expected[0], ExpectedTrade) and expected[0] == expected[1]


def test_what_the_solver_leaves_of_a_fitted_flow_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A residue in the row of a flow with a dummy of its own, which depends on when the solver stops, moves no interval."""
    panel = world(years=(2006,))
    job = Job(asked(effects=("exporter", "importer")), "PAK", "JPN", 2006, 0.95)
    solved, residue = gravity._solved, [0.0]

    def with_residue(*given: Any) -> Any:
        found = solved(*given)
        found._scores = found._scores.copy()
        # The dummies are the last regressors, and each is far larger in its own row than in any other.
        for column in (-2, -1):
            found._scores[np.argmax(np.abs(found._X[:, column])), column] += residue[0]
        return found

    monkeypatch.setattr(gravity, "_solved", with_residue)
    exact = expected_trade(panel, job)
    residue[0] = 1e-3
    assert isinstance(exact, ExpectedTrade) and expected_trade(panel, job) == exact


def test_a_row_alone_hides_no_separation() -> None:
    """Rows that a regressor separates are found beside a row that is alone in its effect, which shifted the library's rows."""
    panel = world()
    only = (panel["exporter"] == "GHA") & panel["importer"].isin(["CHL", "POL"])
    panel.loc[only, "trade"] = 0.0
    panel["embargo"] = only.astype(float)
    alone = pd.DataFrame([["XKX", "ARG", 2005, 0.0, 900.0, 0.0, 1.0, 1.0, 0.0]], columns=panel.columns)
    beside = pd.concat([alone, panel], ignore_index=True)
    specification = asked(regressors=(*COVARIATES, "embargo"))
    one, other = estimated(panel, specification), estimated(beside, specification)
    assert one.separated == other.separated == only.sum() and other.singletons == 1
    assert one.coefficients == other.coefficients and other.collinear == ("embargo",)


def test_without_effects_separation_is_found_too() -> None:
    """A regressor that is one on zero trade alone has no coefficient in a plain PPML either; the rest is as without its rows."""
    panel = world()
    only = (panel["exporter"] == "GHA") & panel["importer"].isin(["CHL", "POL"])
    panel.loc[only, "trade"] = 0.0
    panel.loc[(panel["exporter"] == "KEN") & (panel["importer"] == "POL"), "trade"] = 0.0
    panel["embargo"] = only.astype(float)
    found = estimated(panel, asked(regressors=(*COVARIATES, "embargo"), effects=()))
    assert found.separated == only.sum() and found.collinear == ("embargo",)
    rest = estimated(panel[~only], asked(effects=()))
    for one, other in zip(found.coefficients, rest.coefficients, strict=True):
        assert (one.name, one.value) == (other.name, pytest.approx(other.value, rel=1e-9))


def test_rows_that_leave_others_alone_go_with_them() -> None:
    """An effect without trade is separated, and a row that this leaves alone in its other effect is counted as alone."""
    panel = world(years=(2006,))
    more = pd.DataFrame(
        [
            ["XKX", "ARG", 2006, 0.0, 900.0, 0.0, 1.0, 1.0],
            ["XKX", "MLT", 2006, 0.0, 950.0, 0.0, 1.0, 1.0],
            ["POL", "MLT", 2006, 5.0, 990.0, 0.0, 1.0, 1.0],
        ],
        columns=panel.columns,
    )
    found = estimated(pd.concat([panel, more], ignore_index=True), asked())
    assert (found.separated, found.singletons, found.observations) == (2, 1, len(panel))
    assert found.coefficients == estimated(panel, asked()).coefficients


@pytest.mark.parametrize("estimator", Estimator)
def test_the_unit_of_a_regressor_scales_its_coefficient_alone(estimator: Estimator) -> None:
    """A regressor in billions of its unit, as products in dollars are, is estimated as well as one near one."""
    panel = world()
    panel["distance"] = panel["dist"] / 1_000
    plain = estimated(panel, asked(estimator, regressors=("distance", "contig")))
    large = estimated(
        panel.assign(distance=panel["distance"] * 1e12), asked(estimator, regressors=("distance", "contig"))
    )
    assert large.coefficient("distance").value == pytest.approx(plain.coefficient("distance").value / 1e12, rel=1e-8)
    assert large.coefficient("contig").error == pytest.approx(plain.coefficient("contig").error, rel=1e-8)


def test_separation_that_does_not_settle_gives_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library gives up its search for separated rows, no estimate is handed out."""
    import pyfixest.estimation.models.fepois_ as inside

    panel = world()
    panel.loc[panel["exporter"].eq("GHA") & panel["importer"].eq("CHL"), "trade"] = 0.0
    monkeypatch.setattr(inside._check_for_separation_ir, "__defaults__", (1e-4, 0))
    found = estimate_gravity(panel, asked())
    assert isinstance(found, NotEstimated) and "separation" in found.why


def test_the_child_gives_the_same_figures_whatever_the_environment() -> None:
    """Seeds of hashes and numbers of threads of the caller make no difference to the process that estimates."""
    script = (
        "from comity.measures.estimating import expect_within; from comity.measures.expected import Job;"
        "from comity.measures import Estimator, GravitySpecification; from tests.measures.trading import world;"
        f"s = GravitySpecification('a', Estimator.PPML, {COVARIATES!r}, {SIDES!r});"
        "print(expect_within(120, world(), [Job(s, 'PAK', 'JPN', 2006, 0.95)]))"
    )

    def said(environment: Mapping[str, str]) -> str:
        told = subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | environment | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return told.stdout

    # Under these two a set of the names of two effects has another order.
    seeds = [said({"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": seed}) for seed in ("1", "4")]
    assert "outward=Expected" in seeds[0] and seeds[0] == seeds[1]
