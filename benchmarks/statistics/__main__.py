"""Statistics and measures beside what else one would take, in one run: python benchmarks/statistics --shared ../shared [--gme PYTHON].

One table: what was done, what was asked of it, and what it took Comity, pandas from CSV (and with the table held in memory),
plain pyfixest and gme (USITC; in an environment of its own: `python -m venv ../peers/gme && ../peers/gme/bin/pip install gme`).
Times are medians of the clock, with those of the processor in brackets, which a busy machine moves less. Minutes.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
from collections.abc import Iterator
from pathlib import Path

import gravity
import pages
import panels
import shelving
from taken import Line, table

WHO = ("Comity", "pandas from CSV", "pandas in memory", "pyfixest", "gme")


def lines(data: Path, rounds: int, gme: Path | None, limit: float) -> Iterator[Line]:
    yield from shelving.lines(data)
    yield from pages.lines(data)
    yield from panels.lines(data, rounds)
    try:
        importlib.metadata.version("pyfixest")
    except importlib.metadata.PackageNotFoundError:
        missing = 'pip install "comity[models]"'
        yield "PPML", "", {"Comity": missing, "pyfixest": missing}
        return
    yield from gravity.lines(gme, limit)


def main() -> None:
    options = argparse.ArgumentParser(prog="python benchmarks/statistics", description=__doc__)
    options.add_argument("--shared", type=Path, required=True, help="the folder of real data")
    options.add_argument("--rounds", type=int, default=3, help="of the panel")
    options.add_argument("--gme", type=Path, help="a Python in whose environment gme is installed")
    options.add_argument("--gme-limit", type=float, default=120, metavar="S", help="seconds after which gme is stopped")
    chosen = options.parse_args()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load} before", flush=True)
    found = []
    for line in lines(chosen.shared / "data", chosen.rounds, chosen.gme, chosen.gme_limit):
        print(f"... {line[0]}", flush=True)
        found.append(line)
    print(table(found, WHO))
    print(f"load {', '.join(f'{one:.1f}' for one in os.getloadavg())} after")


if __name__ == "__main__":
    main()
