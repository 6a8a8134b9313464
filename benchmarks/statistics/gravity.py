"""Gravity by PPML beside plain pyfixest and gme, its expectation and limit: python benchmarks/statistics/gravity.py [--gme PYTHON] [--coverage N].

The trade is made, so that its coefficients and expectations are known: every pair of so many states in so many years, a
tenth of it zero. The libraries are warm; pyfixest is given codes made before, Comity checks the cells and makes them. gme (USITC, MIT) is no part of Comity: `python -m venv ../peers/gme && ../peers/gme/bin/pip install gme`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from taken import Line, Taken, once, table, taken

from comity.measures import (
    Estimator,
    GravityEstimates,
    GravityPanel,
    GravitySpecification,
    NotEstimated,
    estimate_gravity,
    gravity_expectation,
)
from comity.measures.expected import ExpectedTrade, Job, expected_trade
from comity.terms import Dyad

COVARIATES = ("log(dist)", "contig")
SIDES = ("exporter^year", "importer^year")
TRUE = {"log(dist)": -0.9, "contig": 0.5}
SIZES = ((16, 3), (69, 6), (69, 21), (120, 30))
WHO = ("Comity", "pyfixest", "gme")
# gme builds a dense dummy for every effect: what is larger than the second panel is not given to it.
GME_SIZES = SIZES[:2]
GME = """
import json, sys, time
import pandas as pd, gme
panel = pd.read_csv(sys.argv[1])
began, clock = time.process_time(), time.perf_counter()
data = gme.EstimationData(data_frame=panel, imp_var_name="importer", exp_var_name="exporter",
                          trade_var_name="trade", year_var_name="year")
model = gme.EstimationModel(estimation_data=data, lhs_var="trade", rhs_var=["logdist", "contig"],
                            fixed_effects=[["exporter", "year"], ["importer", "year"]], cluster_on="pair")
found = model.estimate()["all"]
print(json.dumps([time.perf_counter() - clock, time.process_time() - began, list(found.params[["logdist", "contig"]]), list(found.bse[["logdist", "contig"]])]))
"""


def trade(states: int, years: int, seed: int, zeros: float = 0.1) -> pd.DataFrame:
    """Return a made panel; `mean` and `typical` are the true expectation of a flow and of its logarithm.

    Errors are lognormal with mean one and shared in part by the years and directions of a pair, so that clusters matter.
    """
    random = np.random.default_rng(seed)
    first, second, year = (
        axis.ravel() for axis in np.meshgrid(range(states), range(states), range(years), indexing="ij")
    )
    abroad = first != second
    first, second, year = first[abroad], second[abroad], year[abroad]
    place = random.uniform(0, 10_000, (states, 2))
    away = np.hypot(*(place[first] - place[second]).T) + 200
    border = (away < 1_500).astype(float)
    size = random.normal(3, 1, (2, states, years))
    mean = np.exp(
        size[0][first, year] + size[1][second, year] + TRUE["log(dist)"] * np.log(away) + TRUE["contig"] * border
    )
    pair = np.minimum(first, second) * states + np.maximum(first, second)
    shared = random.normal(0, 0.4, states * states)[pair]
    error = shared + random.normal(0, 0.5, len(pair))
    spread = 0.4**2 + 0.5**2
    # What is kept of the trade is paid for by the rest, so that the mean stays what it is.
    kept = random.random(len(pair)) >= zeros
    flows = mean * np.exp(error - spread / 2) * kept / (1 - zeros)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = np.array([f"X{letters[number // 26]}{letters[number % 26]}" for number in range(states)], dtype=object)
    columns = {"exporter": names[first], "importer": names[second], "year": 1990 + year, "trade": flows}
    typical = mean * np.exp(-spread / 2) / (1 - zeros)
    return pd.DataFrame(columns | {"dist": away, "contig": border, "pair": pair, "mean": mean, "typical": typical})


def lines(gme: Path | None, limit: float) -> Iterator[Line]:
    """Yield what one PPML estimation takes at each size, then a dyad's expectation and how its limit holds."""
    import pyfixest

    specification = GravitySpecification("speed", Estimator.PPML, COVARIATES, SIDES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for states, years in SIZES:
            panel = trade(states, years, seed=1)
            ready = panel.assign(
                logdist=np.log(panel["dist"]),
                out=pd.factorize(panel["exporter"] + panel["year"].astype(str))[0],
                into=pd.factorize(panel["importer"] + panel["year"].astype(str))[0],
            )

            def plain(checks: list[str], ready: pd.DataFrame = ready) -> Any:
                return pyfixest.fepois(
                    "trade ~ logdist + contig | out + into", ready, vcov={"CRV1": "pair"}, separation_check=checks
                )

            ours, theirs = estimate_gravity(panel, specification), plain(["fe", "ir"])
            assert isinstance(ours, GravityEstimates)
            values = [one.value for one in ours.coefficients]
            apart = _apart(values, theirs.coef())
            found: dict[str, Taken | str] = {
                "Comity": taken(lambda number, panel=panel: estimate_gravity(panel, specification)),  # type: ignore[misc]
                "pyfixest": taken(lambda number, plain=plain: plain(["fe", "ir"])),  # type: ignore[misc]
            }
            what = f"PPML, {len(panel):,} rows"
            agreed = f"coefficients apart by {apart:.0e}"
            if gme is not None and (states, years) in GME_SIZES:
                found["gme"], told = beside_gme(gme, ready, ours, limit)
                agreed += told
            yield f"{what} ({agreed})", "", found
            bare = taken(lambda number, plain=plain: plain(["fe"]))  # type: ignore[misc]
            yield f"{what}, with one check of separation of two", "", {"pyfixest": bare}
    yield from expectation()


def _apart(one: Sequence[float], other: Iterable[float]) -> float:
    return max(abs(mine / yours - 1) for mine, yours in zip(one, other, strict=True))


def beside_gme(python: Path, ready: pd.DataFrame, ours: GravityEstimates, limit: float) -> tuple[Taken | str, str]:
    """Return what gme takes for the same panel, once, in its own interpreter, and how far its figures are from ours."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "panel.csv"
        ready[["exporter", "importer", "year", "trade", "logdist", "contig", "pair"]].to_csv(file, index=False)
        try:
            done = subprocess.run([python, "-c", GME, file], capture_output=True, text=True, check=False, timeout=limit)
        except subprocess.TimeoutExpired:
            return f"none within {limit:.0f} s", ""
    if done.returncode:
        said = done.stderr.strip().splitlines()
        return f"no answer: {said[-1] if said else done.returncode}", ""
    clock, processor, values, errors = json.loads(done.stdout.strip().splitlines()[-1])
    apart = _apart([one.value for one in ours.coefficients], values)
    wider = _apart([one.error for one in ours.coefficients], errors)
    return Taken(clock, processor), f"; gme's by {apart:.0e}, its standard errors by {wider:.0e}"


# Shorter than the estimation takes, its start included, so that the limit has something to stop.
_LIMIT = 4


def expectation() -> Iterator[Line]:
    """Yield what a dyad's expectation takes, the child's start included, and how late the limit stops it."""
    frame = trade(69, 21, seed=2)
    panel = GravityPanel(frame, COVARIATES, "USD", ("made",), 1_000_000)
    dyad = Dyad("XAB", "XAC")
    found = once(lambda: gravity_expectation(dyad, panel))
    yield f"a dyad's expectation under 5 specifications, {len(frame):,} rows", "", {"Comity": found}
    heard: list[float] = []
    began = time.monotonic()
    gravity_expectation(dyad, panel, limit=_LIMIT, progress=lambda progress: heard.append(progress.seconds))
    late = time.monotonic() - began - _LIMIT
    longest = max(after - before for before, after in itertools.pairwise(heard))
    told = f"back {late:+.2f} s from it; heard of {len(heard)} times, longest silence {longest:.2f} s"
    yield f"the same with a limit of {_LIMIT} s", "a limit, progress", {"Comity": told}


def coverage(times: int) -> None:
    """Print how often the 95 % interval of an expectation holds the true one, over as many made worlds."""
    one_year = (1990, 1990)
    for name, estimator, effects, years in (
        ("PPML, effects, one year", Estimator.PPML, ("exporter", "importer"), one_year),
        ("PPML, effects, five years", Estimator.PPML, SIDES, None),
        ("OLS of logarithms, effects, one year", Estimator.OLS, ("exporter", "importer"), one_year),
    ):
        specification = GravitySpecification(name, estimator, COVARIATES, effects, years=years)
        truth = "mean" if estimator is Estimator.PPML else "typical"
        held = asked = 0
        for seed in range(times):
            frame = trade(30, 5, seed=1_000 + seed)
            told = expected_trade(frame, Job(specification, "XAD", "XAH", 1990, 0.95))
            if isinstance(told, NotEstimated):
                continue
            assert isinstance(told, ExpectedTrade)
            of_year = frame[frame["year"] == 1990].set_index(["exporter", "importer"])[truth]
            for expected, flow in ((told.outward, ("XAD", "XAH")), (told.inward, ("XAH", "XAD"))):
                if expected is not None:
                    asked += 1
                    held += expected.low <= of_year[flow] <= expected.high
        print(f"{name}: {held} of {asked} intervals hold the true expectation ({held / asked:.1%})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gme", type=Path, help="a Python in whose environment gme is installed")
    parser.add_argument(
        "--coverage", type=int, default=0, metavar="N", help="made worlds for the coverage of intervals"
    )
    parser.add_argument("--gme-limit", type=float, default=120, metavar="S", help="seconds after which gme is stopped")
    options = parser.parse_args()
    print(table(list(lines(options.gme, options.gme_limit)), WHO))
    if options.coverage:
        coverage(options.coverage)


if __name__ == "__main__":
    main()
