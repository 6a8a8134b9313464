"""The test for a break: its table, its false alarms and its power on simulated lines.

--table makes src/comity/measures/data/breaks.json: for each number of years and each cell of the estimated
autocorrelation, the statistics that lines without a break exceed with the chances given. Without it, lines from other
seeds are tested: how often a break is claimed where there is none, and where there is one, and how often the stated years
hold it. Usage: breaks.py [--table] [--lines 2000] [--years 20 25 40]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from comity.measures.breaks import (
    FEWEST_BREAK_YEARS,
    MOST_BREAK_YEARS,
    break_statistics,
    strongest_break,
)

TARGET = Path(__file__).resolve().parent.parent / "src/comity/measures/data/breaks.json"
CHANCES = (
    1.0,
    0.9,
    0.75,
    0.5,
    0.4,
    0.3,
    0.25,
    0.2,
    0.15,
    0.125,
    0.1,
    0.075,
    0.06,
    0.05,
    0.04,
    0.03,
    0.025,
    0.02,
    0.01,
    0.005,
)
CELLS = 7


def lines(
    count: int, number: int, rho: float | np.ndarray, random: np.random.Generator, freedom: int = 0
) -> np.ndarray:
    """Return so many columns of AR(1) values; rho 1 is a random walk; `freedom` gives Student's shocks, 0 normal ones."""
    rho = np.broadcast_to(np.asarray(rho, dtype=float), number)
    shocks = random.standard_t(freedom, (count, number)) if freedom else random.normal(size=(count, number))
    values = np.empty((count, number))
    values[0] = shocks[0] / np.sqrt(np.where(rho < 1, 1 - rho**2, 1))
    for year in range(1, count):
        values[year] = rho * values[year - 1] + shocks[year]
    return values


def make_table(draws: int) -> None:
    statistics = {}
    for count in range(FEWEST_BREAK_YEARS, MOST_BREAK_YEARS + 1):
        random = np.random.default_rng(count)
        found: list[np.ndarray] = []
        cells: list[np.ndarray] = []
        for _ in range(-(-draws // 2000)):
            by_year, cell, _ = break_statistics(lines(count, 2000, random.uniform(0, 1, 2000), random))
            found.append(by_year.max(axis=0))
            cells.append(cell)
        values, where = np.concatenate(found), np.concatenate(cells)
        rows = [np.quantile(values[where == cell], [1 - one for one in CHANCES]) for cell in range(CELLS)]
        statistics[str(count)] = [[round(float(one), 2) for one in row] for row in rows]
        print(
            count,
            np.bincount(where, minlength=CELLS),
            statistics[str(count)][0][13],
            statistics[str(count)][-1][13],
            flush=True,
        )
    body = ",\n".join(f"    {json.dumps(count)}: {json.dumps(rows)}" for count, rows in statistics.items())
    TARGET.write_text(f'{{\n  "chances": {list(CHANCES)},\n  "statistics": {{\n{body}\n  }}\n}}\n', encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--draws", type=int, default=40_000)
    parser.add_argument("--lines", type=int, default=2000)
    parser.add_argument("--years", type=int, nargs="+", default=[20, 25, 40])
    arguments = parser.parse_args()
    if arguments.table:
        make_table(arguments.draws)
        return
    for count in arguments.years:
        random = np.random.default_rng(1_000_003 + count)
        print(f"\n{count} years, {arguments.lines} lines each; claimed at 5 %")
        for name, rho, freedom in (
            ("white", 0.0, 0),
            ("AR .5", 0.5, 0),
            ("AR .8", 0.8, 0),
            ("random walk", 1.0, 0),
            ("AR .5, Student's t4 shocks", 0.5, 4),
            ("random walk, Student's t4 shocks", 1.0, 4),
        ):
            found = [strongest_break(2000, one) for one in lines(count, arguments.lines, rho, random, freedom).T]
            print(f"  no break, {name:34} {np.mean([one.claimed for one in found]):.1%}")
        time = np.arange(count)
        for name, rho in (("white", 0.0), ("AR .5", 0.5), ("random walk", 1.0)):
            for what, size in (("level", 3.0), ("level", 5.0), ("growth", 0.5), ("growth", 1.0)):
                start = count // 2
                shape = (time >= start) * size if what == "level" else np.maximum(time - start + 1, 0) * size
                values = lines(count, arguments.lines // 4, rho, random) + shape[:, None]
                found = [strongest_break(2000, one) for one in values.T]
                claimed = [one for one in found if one.claimed]
                held = (
                    np.mean([one.earliest <= 2000 + start <= one.latest for one in claimed])
                    if claimed
                    else float("nan")
                )
                print(
                    f"  {what} changes by {size} shocks, {name:12} {np.mean([one.claimed for one in found]):.1%} claimed; the years hold it in {held:.1%}"
                )


if __name__ == "__main__":
    main()
