"""Published gravity tables, to their last printed digit: each test names the table, the data and the rule behind its errors.

Yotov, Piermartini, Monteiro and Larch 2016, An Advanced Guide to Trade Policy Analysis, chapter 1: table 1 (traditional
gravity), table 2 (the distance puzzle, coefficients alone) and table 3 (trade agreements); four digits as pachadotdev/tradepolicy prints them, three in the book.
Correia, Guimarães and Zylkin 2020, Stata Journal 20:95-115, example 3 (ppmlhdfe). Bergé, walkthrough and "On
standard-errors" of R's fixest. Stata's figures carry their own rules: regress counts every dummy, ppml and ppmlhdfe none.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from comity.measures import Estimator, GravityEstimates, GravitySpecification, SmallSample, estimate_gravity

pytestmark = pytest.mark.shared
pytest.importorskip("pyfixest", reason="needs the extra [models]", exc_type=ImportError)

GEOGRAPHY = ("log(dist)", "cntg", "lang", "clny")
SIDES = ("exporter^year", "importer^year")


def table(shared: Path, name: str) -> pd.DataFrame:
    """Return one of the real data sets, or skip."""
    file = shared / "data" / f"{name}.parquet"
    if not file.is_file():
        pytest.skip(f"needs {file}, which is not here")
    pytest.importorskip("pyarrow", reason="needs pyarrow to read Parquet")
    return pd.read_parquet(file)


@pytest.fixture(scope="module")
def guide(shared: Path) -> pd.DataFrame:
    """Return the Guide's panel in the years that its tables use."""
    panel = table(shared, "agtpa_applications")
    return panel[panel["year"].isin(range(1986, 2007, 4))].reset_index(drop=True)


@pytest.fixture(scope="module")
def abroad(guide: pd.DataFrame) -> pd.DataFrame:
    """Return the Guide's international trade."""
    return guide[guide["exporter"] != guide["importer"]].reset_index(drop=True)


@pytest.fixture(scope="module")
def europe(shared: Path) -> pd.DataFrame:
    """Return the trade of the EU's fifteen that fixest ships."""
    return table(shared, "fixest_trade")


def estimated(panel: pd.DataFrame, specification: GravitySpecification) -> GravityEstimates:
    """Return the estimates, which there must be."""
    found = estimate_gravity(panel, specification)
    assert isinstance(found, GravityEstimates), found
    return found


def printed(found: GravityEstimates, digits: int) -> dict[str, tuple[str, str]]:
    """Return each coefficient and standard error as a table with that many digits prints them."""
    return {one.name: (f"{one.value:.{digits}f}", f"{one.error:.{digits}f}") for one in found.coefficients}


def test_guide_table_1_ppml(abroad: pd.DataFrame) -> None:
    """Column 4: Stata's ppml clustered by pair, whose variance is multiplied by G/(G-1) alone."""
    found = estimated(abroad, GravitySpecification("4", Estimator.PPML, GEOGRAPHY, SIDES, ("pair_id",)))
    assert printed(found, 4) == {
        "log(dist)": ("-0.8409", "0.0317"),
        "cntg": ("0.4374", "0.0832"),
        "lang": ("0.2475", "0.0765"),
        "clny": ("-0.2225", "0.1162"),
    }
    assert found.observations == 28_152
    assert found.rule == "Standard errors clustered by pair_id (2,346); variance times 2,346/2,345."


def test_guide_table_1_ols(abroad: pd.DataFrame) -> None:
    """Column 3: the coefficients to four digits; the book's three-digit errors are regress's, tradepolicy's those without K."""
    book = estimated(abroad, GravitySpecification("3", Estimator.OLS, GEOGRAPHY, SIDES, ("pair_id",), SmallSample.ALL))
    assert printed(book, 3) == {
        "log(dist)": ("-1.216", "0.038"),
        "cntg": ("0.223", "0.203"),
        "lang": ("0.661", "0.082"),
        "clny": ("0.670", "0.149"),
    }
    package = estimated(abroad, GravitySpecification("3", Estimator.OLS, GEOGRAPHY, SIDES, ("pair_id",)))
    assert printed(package, 4) == {
        "log(dist)": ("-1.2156", "0.0376"),
        "cntg": ("0.2232", "0.1995"),
        "lang": ("0.6609", "0.0807"),
        "clny": ("0.6705", "0.1470"),
    }
    assert f"{package.fit:.4f}" == "0.8432"
    assert (package.observations, package.without_trade) == (25_689, 2_463)


def test_guide_table_1_ols_with_sizes(guide: pd.DataFrame) -> None:
    """Columns 1 and 2: without effects, with output and expenditure, and with remoteness."""
    panel = guide.copy()
    for side, name in (("exporter", "output"), ("importer", "expenditure")):
        panel[name] = panel.groupby([side, "year"])["trade"].transform("sum")
    for side, size, name in (("exporter", "expenditure", "remote_out"), ("importer", "output", "remote_in")):
        total = panel.groupby([side, "year"])[size].transform("sum").groupby(panel["year"]).transform("max")
        far = panel["dist"] * total / panel[size]
        panel[name] = far.groupby([panel[side], panel["year"]]).transform("sum")
    panel = panel[panel["exporter"] != panel["importer"]]
    sizes = ("log(output)", "log(expenditure)")
    found = estimated(panel, GravitySpecification("1", Estimator.OLS, (*GEOGRAPHY, *sizes), (), ("pair_id",)))
    assert printed(found, 4) == {
        "constant": ("-11.2831", "0.2958"),
        "log(dist)": ("-1.0016", "0.0273"),
        "cntg": ("0.5738", "0.1847"),
        "lang": ("0.8015", "0.0821"),
        "clny": ("0.7349", "0.1442"),
        "log(output)": ("1.1902", "0.0095"),
        "log(expenditure)": ("0.9076", "0.0099"),
    }
    assert f"{found.fit:.7f}" == "0.7585251"
    remote = (*GEOGRAPHY, *sizes, "log(remote_out)", "log(remote_in)")
    found = estimated(panel, GravitySpecification("2", Estimator.OLS, remote, (), ("pair_id",)))
    assert printed(found, 4) == {
        "constant": ("-35.2185", "1.9859"),
        "log(dist)": ("-1.1848", "0.0313"),
        "cntg": ("0.2466", "0.1769"),
        "lang": ("0.7394", "0.0784"),
        "clny": ("0.8425", "0.1502"),
        "log(output)": ("1.1643", "0.0095"),
        "log(expenditure)": ("0.9026", "0.0099"),
        "log(remote_out)": ("0.9718", "0.0682"),
        "log(remote_in)": ("0.2737", "0.0598"),
    }


def test_guide_table_2_distance(guide: pd.DataFrame, abroad: pd.DataFrame) -> None:
    """The distance puzzle: a coefficient of distance a year, abroad alone and beside each state's trade with itself."""
    years = range(1986, 2007, 4)
    panel = guide.copy()
    own = panel["exporter"] == panel["importer"]
    for year in years:
        panel[f"far_{year}"] = np.where((panel["year"] == year) & ~own, np.log(panel["dist"]), 0.0)
    panel["within"] = np.where(own, np.log(panel["dist"]), 0.0)
    panel["home"] = own.astype(float)
    panel["own"] = panel["exporter"].where(own, "abroad")
    outward = panel[~own].reset_index(drop=True)
    far, rest = tuple(f"far_{year}" for year in years), ("cntg", "lang", "clny")

    def values(found: GravityEstimates) -> list[str]:
        return [f"{one.value:.3f}" for one in found.coefficients if one.name not in rest]

    ols = estimated(outward, GravitySpecification("1", Estimator.OLS, (*far, *rest), SIDES, ("pair_id",)))
    assert values(ols) == ["-1.168", "-1.155", "-1.211", "-1.248", "-1.241", "-1.261"]
    ppml = estimated(outward, GravitySpecification("2", Estimator.PPML, (*far, *rest), SIDES, ("pair_id",)))
    assert values(ppml) == ["-0.859", "-0.834", "-0.835", "-0.847", "-0.848", "-0.836"]
    within = GravitySpecification("3", Estimator.PPML, (*far, *rest, "within"), SIDES, ("pair_id",))
    assert values(estimated(panel, within)) == ["-0.980", "-0.940", "-0.915", "-0.887", "-0.884", "-0.872", "-0.488"]
    home = GravitySpecification("4", Estimator.PPML, (*far, *rest, "within", "home"), SIDES, ("pair_id",))
    assert values(estimated(panel, home)) == [
        *("-0.857", "-0.819", "-0.796", "-0.770", "-0.767", "-0.754"),
        *("-0.602", "1.689"),
    ]
    states = GravitySpecification("5", Estimator.PPML, (*far, *rest), (*SIDES, "own"), ("pair_id",))
    found = estimated(panel, states)
    assert values(found) == ["-0.910", "-0.879", "-0.860", "-0.833", "-0.829", "-0.811"]
    assert found.observations == 28_566


def test_guide_table_3_agreements(abroad: pd.DataFrame) -> None:
    """Columns 1 and 2: agreements by OLS and by PPML, international trade only."""
    found = estimated(abroad, GravitySpecification("1", Estimator.OLS, (*GEOGRAPHY, "rta"), SIDES, ("pair_id",)))
    assert printed(found, 4)["rta"] == ("-0.0044", "0.0531")
    found = estimated(abroad, GravitySpecification("2", Estimator.PPML, (*GEOGRAPHY, "rta"), SIDES, ("pair_id",)))
    assert printed(found, 4) == {
        "log(dist)": ("-0.8216", "0.0310"),
        "cntg": ("0.4155", "0.0828"),
        "lang": ("0.2499", "0.0767"),
        "clny": ("-0.2054", "0.1143"),
        "rta": ("0.1907", "0.0658"),
    }
    assert found.observations == 28_152


@pytest.mark.parametrize(
    ("regressors", "expected"),
    [
        (("rta",), {"rta": ("0.5572", "0.1022")}),
        (("rta", "rta_lead4"), {"rta": ("0.5200", "0.0859"), "rta_lead4": ("0.0774", "0.0921")}),
        (
            ("rta", "rta_lag4", "rta_lag8", "rta_lag12"),
            {
                "rta": ("0.2914", "0.0892"),
                "rta_lag4": ("0.4135", "0.0672"),
                "rta_lag8": ("0.1687", "0.0431"),
                "rta_lag12": ("0.1189", "0.0301"),
            },
        ),
    ],
)
def test_guide_table_3_with_effects_of_pairs(
    guide: pd.DataFrame, regressors: tuple[str, ...], expected: dict[str, tuple[str, str]]
) -> None:
    """Columns 4 to 6: with effects of pairs, a state's trade with itself included; pairs without trade are separated."""
    effects = (*SIDES, "pair_id")
    found = estimated(guide, GravitySpecification("4", Estimator.PPML, regressors, effects, ("pair_id",)))
    assert printed(found, 4) == expected
    assert (found.observations, found.separated) == (28_482, 84)


def test_guide_table_3_globalization(guide: pd.DataFrame) -> None:
    """Column 7: agreements with their lags beside a border effect for each year but the last."""
    panel = guide.copy()
    years = (1986, 1990, 1994, 1998, 2002)
    for year in years:
        panel[f"border_{year}"] = ((panel["exporter"] != panel["importer"]) & (panel["year"] == year)).astype(float)
    regressors = ("rta", "rta_lag4", "rta_lag8", "rta_lag12", *(f"border_{year}" for year in years))
    found = estimated(panel, GravitySpecification("7", Estimator.PPML, regressors, (*SIDES, "pair_id"), ("pair_id",)))
    assert printed(found, 4) == {
        "rta": ("0.1157", "0.0867"),
        "rta_lag4": ("0.2877", "0.0617"),
        "rta_lag8": ("0.0693", "0.0482"),
        "rta_lag12": ("0.0024", "0.0291"),
        "border_1986": ("-0.7056", "0.0478"),
        "border_1990": ("-0.4803", "0.0429"),
        "border_1994": ("-0.3665", "0.0335"),
        "border_1998": ("-0.1581", "0.0233"),
        "border_2002": ("-0.1409", "0.0169"),
    }


def test_ppmlhdfe_example_of_agreements(shared: Path) -> None:
    """Stata's output for example 3: coefficient, error, interval, deviance, likelihood, pseudo-R² and clusters."""
    panel = table(shared, "ppmlhdfe_trade_fta")
    panel = panel[panel["category"] == "TOTAL"]
    effects = ("isoimp^year", "isoexp^year", "isoimp^isoexp")
    found = estimated(panel, GravitySpecification("example 3", Estimator.PPML, ("fta",), effects, ("isoimp^isoexp",)))
    fta = found.coefficient("fta")
    assert (f"{fta.value:.7f}", f"{fta.error:.7f}") == ("0.1924455", "0.0419527")
    assert (f"{fta.interval.low:.7f}", f"{fta.interval.high:.7f}") == ("0.1102197", "0.2746713")
    assert found.deviance is not None and f"{found.deviance:.1f}" == "377332502.3"
    assert found.log_likelihood is not None and f"{found.log_likelihood:.1f}" == "-188710931.7"
    assert f"{found.fit:.4f}" == "0.9938"
    assert (found.observations, found.clusters) == (5_950, (1_190,))


@pytest.mark.parametrize(
    ("clusters", "error"),
    [(("Origin",), "0.115678"), (("Origin", "Destination"), "0.130734"), (("Product",), "0.098294")],
)
def test_fixest_walkthrough(europe: pd.DataFrame, clusters: tuple[str, ...], error: str) -> None:
    """Fixest's fepois with four effects under three clusterings, by its default rule for nested effects."""
    effects = ("Origin", "Destination", "Product", "Year")
    found = estimated(
        europe,
        GravitySpecification(
            "fepois", Estimator.PPML, ("log(dist_km)",), effects, clusters, SmallSample.NESTED, outcome="Euros"
        ),
    )
    distance = found.coefficient("log(dist_km)")
    assert (f"{distance.value:.5f}", f"{distance.error:.6f}") == ("-1.52787", error)
    assert found.log_likelihood is not None and f"{found.log_likelihood:.3e}" == "-7.025e+11"
    assert (found.observations, f"{found.fit:.5f}") == (38_325, "0.76403")


def test_fixest_standard_errors(europe: pd.DataFrame) -> None:
    """Fixest's feols of logarithms with two clusterings, as its page on standard errors prints it."""
    effects = ("Destination", "Origin", "Product", "Year")
    found = estimated(
        europe,
        GravitySpecification(
            "feols",
            Estimator.OLS,
            ("log(dist_km)",),
            effects,
            ("Destination", "Origin"),
            SmallSample.NESTED,
            outcome="Euros",
        ),
    )
    distance = found.coefficient("log(dist_km)")
    assert (f"{distance.value:.5f}", f"{distance.error:.6f}") == ("-2.16988", "0.171367")
    assert found.rule.endswith("variance times 15/14 × 38,324/38,295.")
    bare = estimated(
        europe,
        GravitySpecification(
            "feols, ssc(adj = FALSE, cluster.adj = FALSE)",
            Estimator.OLS,
            ("log(dist_km)",),
            effects,
            ("Destination", "Origin"),
            SmallSample.NONE,
            outcome="Euros",
        ),
    )
    assert f"{bare.coefficient('log(dist_km)').error:.6f}" == "0.165494"


@pytest.mark.parametrize(
    ("estimator", "equal", "error"),
    # Of equal variance the Poisson's own error is the likelihood's: far too small for trade, which is no count.
    [
        (Estimator.OLS, True, "0.0209275"),
        (Estimator.OLS, False, "0.0182117"),
        (Estimator.PPML, True, "0.0000019"),
        (Estimator.PPML, False, "0.0218473"),
    ],
)
def test_fixest_errors_without_clusters(europe: pd.DataFrame, estimator: Estimator, equal: bool, error: str) -> None:
    """Vcov "iid" and "hetero" as pyfixest 0.60 prints them by the default rule."""
    effects = ("Destination", "Origin", "Product", "Year")
    asked = GravitySpecification(
        "without clusters",
        estimator,
        ("log(dist_km)",),
        effects,
        (),
        SmallSample.NESTED,
        outcome="Euros",
        equal_variance=equal,
    )
    assert f"{estimated(europe, asked).coefficient('log(dist_km)').error:.7f}" == error


@pytest.mark.parametrize(
    ("effects", "value", "error", "fit"),
    [
        ((), "-1.029", "0.1580", "0.18502"),
        (("Year",), "-1.029", "0.1581", "0.18833"),
        (("Year", "Destination"), "-1.226", "0.2045", "0.35826"),
        (("Year", "Destination", "Origin"), "-1.518", "0.1282", "0.59312"),
    ],
)
def test_fixest_more_and_more_effects(
    europe: pd.DataFrame, effects: tuple[str, ...], value: str, error: str, fit: str
) -> None:
    """Fixest's table of four models with one effect more each, clustered by origin and destination."""
    found = estimated(
        europe,
        GravitySpecification(
            "csw0",
            Estimator.PPML,
            ("log(dist_km)",),
            effects,
            ("Origin", "Destination"),
            SmallSample.NESTED,
            outcome="Euros",
        ),
    )
    distance = found.coefficient("log(dist_km)")
    assert (f"{distance.value:.3f}", f"{distance.error:.4f}", f"{found.fit:.5f}") == (value, error, fit)
