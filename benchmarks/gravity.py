"""Gravity by PPML beside plain pyfixest and gme, its expectation and limit: python benchmarks/gravity.py [--gme PYTHON] [--coverage N].

The trade is made, so that its coefficients and expectations are known: every pair of so many states in so many years, a
tenth of it zero. Seconds are those of the processor, threads together, median of three with the lowest and highest; the
libraries are warm. gme (USITC, MIT) is no part of Comity: `python -m venv ../peers/gme && ../peers/gme/bin/pip install gme`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

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
# gme builds a dense dummy for every effect: it is given the smallest panel alone.
GME = """
import json, sys, time
import pandas as pd, gme
began = time.process_time()
data = gme.EstimationData(data_frame=pd.read_csv(sys.argv[1]), imp_var_name="importer", exp_var_name="exporter",
                          trade_var_name="trade", year_var_name="year")
model = gme.EstimationModel(estimation_data=data, lhs_var="trade", rhs_var=["logdist", "contig"],
                            fixed_effects=[["exporter", "year"], ["importer", "year"]], cluster_on="pair")
found = model.estimate()["all"]
print(json.dumps([time.process_time() - began, list(found.params[["logdist", "contig"]]), list(found.bse[["logdist", "contig"]])]))
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


def seconds(work: Callable[[], object], rounds: int = 3) -> str:
    """Return the processor's seconds of a piece of work: median (lowest to highest)."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return f"{statistics.median(taken):7.2f} ({min(taken):.2f} to {max(taken):.2f})"


def speed(gme: Path | None) -> None:
    """Print the seconds of one PPML estimation, and how far its figures are from each other."""
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

            def plain(checks: list[str], ready: pd.DataFrame = ready) -> object:
                return pyfixest.fepois(
                    "trade ~ logdist + contig | out + into", ready, vcov={"CRV1": "pair"}, separation_check=checks
                )

            ours = estimate_gravity(panel, specification)
            assert isinstance(ours, GravityEstimates)
            print(f"{states} states, {years} years: {len(panel):,} rows, {ours.separated} separated")
            print(
                f"  Comity                                    {seconds(lambda panel=panel: estimate_gravity(panel, specification))}"
            )
            print(f"  pyfixest, both checks of separation       {seconds(lambda: plain(['fe', 'ir']))}")
            print(f"  pyfixest as it comes                      {seconds(lambda: plain(['fe']))}")
            theirs = plain(["fe", "ir"])
            apart = max(
                abs(one.value / value - 1)
                for one, value in zip(ours.coefficients, theirs.coef(), strict=True)  # type: ignore[attr-defined]
            )
            print(f"  coefficients apart by {apart:.1e} at most")
            if gme is not None and (states, years) == SIZES[0]:
                beside_gme(gme, ready, ours)


def beside_gme(python: Path, ready: pd.DataFrame, ours: GravityEstimates) -> None:
    """Print what gme takes for the same panel, in its own interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "panel.csv"
        ready[["exporter", "importer", "year", "trade", "logdist", "contig", "pair"]].to_csv(file, index=False)
        done = subprocess.run([python, "-c", GME, file], capture_output=True, text=True, check=False)
    if done.returncode:
        print(
            f"  gme gave no answer: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
        )
        return
    took, values, errors = json.loads(done.stdout.strip().splitlines()[-1])
    apart = max(abs(one.value / value - 1) for one, value in zip(ours.coefficients, values, strict=True))
    wider = max(abs(one.error / error - 1) for one, error in zip(ours.coefficients, errors, strict=True))
    print(f"  gme, once                                 {took:7.2f}")
    print(f"  gme's coefficients apart by {apart:.1e}, its standard errors by {wider:.1e} at most")


def expectation() -> None:
    """Print the seconds of a dyad's expectation, the child's start included, and how late the limit stops it."""
    frame = trade(69, 21, seed=2)
    panel = GravityPanel(frame, COVARIATES, "USD", ("made",), 1_000_000)
    dyad = Dyad("XAB", "XAC")
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    measure = gravity_expectation(dyad, panel)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"expectation under 5 specifications, {len(frame):,} rows: {took:.1f} s of the processor, {wall:.1f} s of wall"
    )
    print(f"  memory of the child at most: {after.ru_maxrss / 1024:.0f} MB")
    print(f"  {measure.summary}")
    heard: list[float] = []
    began = time.monotonic()
    gravity_expectation(dyad, panel, limit=8, progress=lambda progress: heard.append(progress.seconds))
    late = time.monotonic() - began - 8
    longest = max(after - before for before, after in itertools.pairwise(heard))
    print(f"  limit of 8 s: back {late:+.2f} s from it; longest silence {longest:.2f} s")


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
    options = parser.parse_args()
    speed(options.gme)
    expectation()
    if options.coverage:
        coverage(options.coverage)


if __name__ == "__main__":
    main()
