"""What outlook, growth and headings are worth on trade of many dyads: coverage, errors beside the naive, calibration.

Reads the Correlates of War project's dyadic trade (`data/cow_trade_ddy.parquet` under --shared). A directed dyad is
taken where it has at least 30 years with imports above zero; -9 and empty are missing, zero is a figure. An origin is a
year from 1958 on, with its figure, from which a history can be made. Pairs of states fall into two halves by a digest of
their codes, so that both directions lie in one half. --calibrate makes src/comity/measures/data/calibration.json from
the tuning half, with --peers also for the methods of the extra "models" on so many dyads; without it, everything is told of
the other half, which nothing was chosen on, with --peers beside these methods.
Usage: outlook.py --shared ../shared [--calibrate] [--peers 1500]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np

from comity.measures import (
    HEADING_YEARS,
    MODEL_METHODS,
    STEADY,
    Calibration,
    History,
    calibration,
    centre,
    forecasts,
    heading_of,
    level_ahead,
    mean_growth_of,
    skill,
    strongest_break,
)
from comity.terms import InvalidTerm

FIRST_ORIGIN = 1958
FEWEST_POSITIVE = 30
PROBABILITIES = (0.01, 0.025, *(step / 100 for step in range(5, 100, 5)), 0.975, 0.99)
TARGET = Path(__file__).resolve().parent.parent / "src/comity/measures/data/calibration.json"
SOURCE = (
    "Correlates of War, dyadic trade 1870-2014 (Barbieri and Keshk), imports in current US$; directed dyads with at "
    f"least {FEWEST_POSITIVE} years above zero, the half of the pairs whose digest is even; origins {{}} to {{}}"
)
# What stands for a fall to zero, whose logarithm has no end: no line is left with a part in a million of its size.
FLOOR = -99.0
FIELDS = ("dyad", "year", "unrest", "naive-1", "naive-2", "naive-3", "drift-1", "drift-2", "drift-3", "heading")


def in_tuning_half(first: int, second: int) -> bool:
    pair = f"{min(first, second)}-{max(first, second)}"
    return int(hashlib.sha256(pair.encode()).hexdigest(), 16) % 2 == 0


def dyads(shared: Path, *, tuning: bool) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Return the dyads of a half: name, years, imports, in the order of their codes."""
    table = (shared / "data" / "cow_trade_ddy.parquet").as_posix()
    rows = duckdb.execute(
        f"""with taken as (select ccode1, ccode2 from '{table}' where flow1 > 0 group by all
            having count(*) >= {FEWEST_POSITIVE})
        select ccode1, ccode2, list(year order by year) as years, list(flow1 order by year) as flows
        from '{table}' join taken using (ccode1, ccode2) where flow1 >= 0 group by all order by all"""
    ).fetchall()
    return [
        (f"{first}-{second}", np.array(years), np.array(flows))
        for first, second, years, flows in rows
        if in_tuning_half(first, second) is tuning
    ]


def origins(
    years: np.ndarray, flows: np.ndarray, every: int = 1, start: int = 0
) -> Iterator[tuple[History, dict[int, float]]]:
    """Yield the history at each origin of a dyad, or at one in so many, with the logarithms of the figures that came after."""
    for position in range(len(years)):
        if (position + start) % every:
            continue
        if years[position] < FIRST_ORIGIN or flows[position] <= 0:
            continue
        try:
            history = History.of(years[: position + 1].tolist(), flows[: position + 1].tolist())
        except InvalidTerm:
            continue
        with np.errstate(divide="ignore"):
            ahead = np.log(flows[position + 1 : position + 16])
        yield history, dict(zip(years[position + 1 : position + 16].tolist(), ahead.tolist(), strict=True))


def scaled_errors(half: list[tuple[str, np.ndarray, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return a row a case: scaled errors of the methods and of the heading; a fall to zero is minus infinity."""
    rows = []
    for number, (_, years, flows) in enumerate(half):
        for history, ahead in origins(years, flows):
            spread = history.spread
            row = [number, history.last, abs(history.logs[-1] - history.level) / history.scale]
            for method in ("naive", "drift"):
                points = centre(history, method)
                row += [(ahead.get(history.last + step, np.nan) - points[step - 1]) / spread for step in (1, 2, 3)]
            coming = [ahead.get(history.last + step, np.nan) for step in range(1, HEADING_YEARS + 1)]
            row.append((np.mean(coming) - level_ahead(history)) / spread)
            rows.append(row)
    return dict(zip(FIELDS, np.array(rows).T, strict=True))


def calibration_of(errors: dict[str, np.ndarray], *, until: int = 9999) -> Calibration:
    """Return the quantiles of the errors of origins whose outcome was known by the end of a year."""
    used = (errors["year"] + 3 <= until) & ~np.isnan(errors["naive-1"])
    quantiles = {}
    for what in FIELDS[3:]:
        held = np.maximum(errors[what][used & ~np.isnan(errors[what])], FLOOR)
        quantiles[what] = tuple(round(float(one), 4) for one in np.quantile(held, PROBABILITIES, method="inverted_cdf"))
    years = errors["year"][used]
    source = SOURCE.format(int(years.min()), int(years.max()))
    return Calibration(source, len(np.unique(errors["dyad"][used])), int(used.sum()), PROBABILITIES, quantiles)


def modelled_errors(cases: list[tuple[History, dict[int, float]]]) -> tuple[dict[str, tuple[float, ...]], int]:
    """Return the quantiles of the methods of the extra "models", from one origin a dyad with twelve unbroken years, and of how many."""
    found: dict[str, list[float]] = {}
    for history, ahead in cases:
        for method in MODEL_METHODS:
            try:
                points = centre(history, method)
            except InvalidTerm:
                continue
            for step in (1, 2, 3):
                error = (ahead[history.last + step] - points[step - 1]) / history.spread
                found.setdefault(f"{method}-{step}", []).append(error)
    quantiles = {
        what: tuple(round(float(one), 4) for one in np.quantile(held, PROBABILITIES)) for what, held in found.items()
    }
    return quantiles, min(len(held) for held in found.values())


def covered(errors: np.ndarray, held: Calibration, what: str, level: float) -> float:
    low, high = held.bounds(what, level)
    known = errors[~np.isnan(errors)]
    return float(np.mean((known >= low) & (known <= high)))


def tell_coverage(errors: dict[str, np.ndarray], held: Calibration, title: str, chosen: np.ndarray) -> None:
    """Print the coverage of outlook (naive, drift) and of growth, which is drift's error by the number of years."""
    count = len(np.unique(errors["dyad"][chosen]))
    print(f"\n{title}: {count:,} directed dyads, {int(chosen.sum()):,} origins")
    for method, name in (("naive", "outlook, naive"), ("drift", "outlook, drift; growth ahead")):
        for step in (1, 2, 3):
            part = errors[f"{method}-{step}"][chosen]
            shares = [covered(part, held, f"{method}-{step}", level) for level in (0.8, 0.95)]
            print(f"  {name:30} {step} ahead   80 %: {shares[0]:.1%}   95 %: {shares[1]:.1%}")


def tell_years(errors: dict[str, np.ndarray], held: Calibration) -> None:
    print("\nby decade of the origin (naive, 80 % and 95 %, one and three years ahead)")
    decades = errors["year"] // 10 * 10
    for decade in np.unique(decades):
        chosen = decades == decade
        parts = [
            f"{covered(errors[f'naive-{step}'][chosen], held, f'naive-{step}', level):.1%}"
            for step in (1, 3)
            for level in (0.8, 0.95)
        ]
        print(f"  {int(decade)}s  {int(chosen.sum()):7,} origins   {'   '.join(parts)}")


def tell_unrest(errors: dict[str, np.ndarray], held: Calibration) -> None:
    print("\nby how far the last figure lies from the last three years' level, in usual changes (naive, 80 % and 95 %)")
    for low, high in ((0.0, 0.25), (0.25, 0.75), (0.75, 1.5), (1.5, math.inf)):
        chosen = (errors["unrest"] >= low) & (errors["unrest"] < high)
        parts = [
            f"{covered(errors[f'naive-{step}'][chosen], held, f'naive-{step}', level):.1%}"
            for step in (1, 3)
            for level in (0.8, 0.95)
        ]
        print(f"  {low} to {high}  {int(chosen.sum()):7,} origins   {'   '.join(parts)}")


def sampled(half: list[tuple[str, np.ndarray, np.ndarray]], count: int) -> list[tuple[History, dict[int, float]]]:
    """Return one origin, drawn by the dyad's name, of as many dyads as asked for; the next three years have figures."""
    order = sorted(half, key=lambda one: hashlib.sha256(one[0].encode()).digest())
    drawn = []
    for name, years, flows in order:
        fit = [
            case
            for case in origins(years, flows)
            if all(math.isfinite(case[1].get(case[0].last + step, math.nan)) for step in (1, 2, 3))
        ]
        if fit:
            drawn.append(fit[int(hashlib.sha256(f"{name} origin".encode()).hexdigest(), 16) % len(fit)])
        if len(drawn) == count:
            break
    return drawn


def tell_doors(cases: list[tuple[History, dict[int, float]]]) -> None:
    """Print coverage through the public functions, at one origin a dyad."""
    print(f"\none origin a dyad, through the public functions: {len(cases)} directed dyads")
    for step in (1, 2, 3):
        hits: dict[tuple[str, float], list[bool]] = {}
        widths: dict[float, list[float]] = {}
        for history, ahead in cases:
            log = ahead[history.last + step]
            mean = 100 * math.expm1((log - history.logs[-1]) / step)
            for interval in forecasts(history)[step - 1].intervals:
                inside = interval.low <= math.exp(log) <= interval.high
                hits.setdefault(("outlook", interval.level), []).append(inside)
                widths.setdefault(interval.level, []).append(math.log(interval.high / interval.low))
            for interval in mean_growth_of(history).ahead[step - 1]:
                hits.setdefault(("growth", interval.level), []).append(interval.low <= mean <= interval.high)
        shares = "   ".join(
            f"{what} {level:.0%}: {np.mean(found):.1%}" for (what, level), found in sorted(hits.items())
        )
        width = "  ".join(f"{level:.0%}: x{math.exp(np.mean(one)):.2f}" for level, one in widths.items())
        print(f"  {step} ahead   {shares}   high over low, geometric mean {width}")


def tell_headings(half: list[tuple[str, np.ndarray, np.ndarray]]) -> None:
    """Print what was said against what came: of the cases given about that probability, how many came true."""
    said, came = [], []
    for _, years, flows in half:
        for history, ahead in origins(years, flows):
            coming = np.mean([ahead.get(history.last + step, math.nan) for step in range(1, HEADING_YEARS + 1)])
            if math.isnan(coming):
                continue
            change = coming - history.level
            heading = heading_of(history)
            said.append((heading.rising, heading.steady, heading.falling))
            edge = math.log1p(STEADY)
            came.append((change > edge, -edge <= change <= edge, change < -edge))
    told, truth = np.array(said), np.array(came, dtype=float)
    base = truth.mean(axis=0)
    print(f"\nheadings: {len(told):,} origins; what came: rising, steady, falling {np.round(base, 3)}")
    for column, name in enumerate(("rising", "steady", "falling")):
        cells = []
        for low in np.arange(0, 1, 0.1):
            chosen = (told[:, column] >= low) & (told[:, column] < low + 0.1)
            if chosen.sum() >= 200:
                cells.append(f"{told[chosen, column].mean():.2f}->{truth[chosen, column].mean():.2f}")
        print(f"  {name:8} said -> came  {'  '.join(cells)}")
    brier = ((told - truth) ** 2).sum(axis=1).mean()
    print(f"  Brier score {brier:.4f}, of the base rates {((base - truth) ** 2).sum(axis=1).mean():.4f}")


def tell_rate(half: list[tuple[str, np.ndarray, np.ndarray]]) -> None:
    """Print how often the rate's interval, widened by the root of two, holds the mean growth of the next 15 years."""
    hits = []
    for _, years, flows in half:
        for history, ahead in origins(years, flows):
            after = ahead.get(history.last + 15, math.nan)
            if math.isfinite(after) and history.reach == 15:
                found = mean_growth_of(history)
                rate, low, high = (
                    math.log1p(max(one, -99.9) / 100) for one in (found.rate, found.interval.low, found.interval.high)
                )
                mean = (after - history.logs[-1]) / 15
                hits.append(rate + math.sqrt(2) * (low - rate) <= mean <= rate + math.sqrt(2) * (high - rate))
    print(
        f"\nthe rate's 95 % interval times 1.41 holds the next 15 years' mean growth: {np.mean(hits):.1%} of {len(hits):,}"
    )


def tell_methods(cases: list[tuple[History, dict[int, float]]]) -> None:
    """Print errors of the naive, of drift, and of what is shown (drift only where its skill is sure)."""
    errors: dict[str, list[float]] = {"naive": [], "drift": [], "shown": []}
    preferred = 0
    for history, ahead in cases:
        truth = np.array([ahead[history.last + step] for step in (1, 2, 3)])
        unit = float(np.mean(np.abs(history.changes))) or math.nan
        own = {method: float(np.mean(np.abs(centre(history, method) - truth))) / unit for method in ("naive", "drift")}
        found = skill(history, "drift")
        chosen = "drift" if found is not None and found.beats_naive else "naive"
        preferred += chosen == "drift"
        for method, error in {**own, "shown": own[chosen]}.items():
            errors[method].append(error)
    print(f"\npoint forecasts, {len(cases)} directed dyads, one origin each; drift shown in {preferred}")
    tell_errors(errors)


def tell_errors(errors: dict[str, list[float]]) -> None:
    naive = np.array(errors["naive"])
    known = np.isfinite(naive)
    random = np.random.default_rng(7)
    drawn = random.integers(0, known.sum(), size=(999, known.sum()))
    for method, own in errors.items():
        part = np.array(own)[known]
        ratios = part[drawn].sum(axis=1) / naive[known][drawn].sum(axis=1)
        low, high = 1 - np.quantile(ratios, [0.975, 0.025])
        print(
            f"  {method:8} MASE {part.mean():.3f}   skill against naive {1 - part.sum() / naive[known].sum():+.1%} ({low:+.1%} to {high:+.1%})"
        )


def tell_peers(cases: list[tuple[History, dict[int, float]]]) -> None:
    """Print exponential smoothing, damped trend and Theta beside the naive: errors, and how often their intervals cover."""
    errors: dict[str, list[float]] = {"naive": [], **{method: [] for method in MODEL_METHODS}}
    hits: dict[tuple[str, int, float], list[bool]] = {}
    start = time.process_time()
    used = unfitted = 0
    for history, ahead in cases:
        try:
            points = {method: centre(history, method) for method in errors}
        except InvalidTerm as error:
            unfitted += "converges" in str(error)
            continue
        used += 1
        truth = np.array([ahead[history.last + step] for step in (1, 2, 3)])
        unit = float(np.mean(np.abs(history.changes))) or math.nan
        for method, own in errors.items():
            own.append(float(np.mean(np.abs(points[method] - truth))) / unit)
            for step in (1, 2, 3):
                for level in (0.8, 0.95):
                    low, high = calibration().bounds(f"{method}-{step}", level)
                    missed = (truth[step - 1] - points[method][step - 1]) / history.spread
                    hits.setdefault((method, step, level), []).append(bool(low <= missed <= high))
    seconds = time.process_time() - start
    print(f"\npeers, {used} directed dyads with 12 unbroken years, one origin each ({seconds:.0f} CPU seconds)")
    print(f"  a model of one of the methods does not converge on {unfitted} more")
    tell_errors(errors)
    for method in errors:
        shares = [
            f"{step} ahead {np.mean(hits[method, step, 0.8]):.1%} / {np.mean(hits[method, step, 0.95]):.1%}"
            for step in (1, 2, 3)
        ]
        print(f"  {method:8} covered at 80 % / 95 %: {'   '.join(shares)}")


def tell_speed(cases: list[tuple[History, dict[int, float]]]) -> None:
    """Print the CPU time of all that is computed for one line, warm: outlook, growth, skill, break and heading."""
    runs = [history for history, _ in cases if len(history.logs) >= 40 and np.isfinite(history.logs[-40:]).all()][:100]
    strongest_break(2000, runs[0].logs[-40:])
    start = time.process_time()
    for history in runs:
        forecasts(history)
        mean_growth_of(history)
        skill(history, "drift")
        strongest_break(2000, history.logs[-40:])
        heading_of(history)
    print(
        f"\none line of 40 years and more: {(time.process_time() - start) / len(runs) * 1000:.1f} ms CPU ({len(runs)} lines)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument(
        "--peers", type=int, default=0, help='dyads on which the methods of the extra "models" are run too'
    )
    parser.add_argument("--dyads", type=int, default=2000, help="dyads for the figures at one origin each")
    arguments = parser.parse_args()
    tuning = scaled_errors(dyads(arguments.shared, tuning=True))
    found = calibration_of(tuning)
    if arguments.calibrate:
        if arguments.peers:
            modelled, count = modelled_errors(sampled(dyads(arguments.shared, tuning=True), arguments.peers))
            found = replace(found, modelled=count, errors={**found.errors, **modelled})
        lines = ",\n".join(f"    {json.dumps(what)}: {list(one)}" for what, one in found.errors.items())
        head = {
            "source": found.source,
            "dyads": found.dyads,
            "cases": found.cases,
            "modelled": found.modelled,
            "probabilities": PROBABILITIES,
        }
        body = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items())
        TARGET.write_text(f'{{\n{body},\n  "errors": {{\n{lines}\n  }}\n}}\n', encoding="utf-8")
        print(f"{TARGET.name} from {found.dyads:,} directed dyads, {found.cases:,} origins")
        return
    other = dyads(arguments.shared, tuning=False)
    unseen = scaled_errors(other)
    everything = np.ones(len(unseen["year"]), dtype=bool)
    tell_coverage(unseen, calibration(), "unseen half", everything)
    tell_years(unseen, calibration())
    tell_unrest(unseen, calibration())
    past = calibration_of(tuning, until=2000)
    tell_coverage(
        unseen, past, "unseen half, origins after 2000, calibrated on what was known in 2000", unseen["year"] > 2000
    )
    cases = sampled(other, arguments.dyads)
    tell_doors(cases)
    tell_speed(cases)
    tell_methods(cases)
    tell_headings(other)
    tell_rate(other)
    if arguments.peers:
        tell_peers(cases[: arguments.peers])


if __name__ == "__main__":
    main()
