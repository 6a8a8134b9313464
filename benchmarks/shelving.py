"""Data sets and their shelf: how long a file takes to get there, and a dyad's slice to be read, warm.

Run as `python benchmarks/shelving.py --shared ../shared`. Times are medians, of the clock and of the processor; beside
them stands what a query of nothing costs on the same machine, since both rise together where it is busy.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median as middle

import duckdb
import pandas as pd

from comity.statistics import dyad_figures, shelve
from comity.terms import Dyad

FILES = (
    "cow_trade_ddy.parquet",
    "wits_trade2009_mirror_raw.csv",
    "imf_dip_1.csv",
    "imf_dip_2.csv",
    "oecd_itic_jpn_cif_fob.csv",
    "kdiplo_trade_data.csv",
    "dist_cepii.csv",
    "cow_contdir.parquet",
    "cow_nmc.parquet",
    "atop_alliance.parquet",
    "un_idealpoints.parquet",
    "un_votes.parquet",
    "gravity_zeros.parquet",
    "agtpa_applications.parquet",
    "cow_sdp_gdp.parquet",
)
PAIRS = (("PAK", "JPN"), ("USA", "CAN"), ("FRA", "DEU"), ("KEN", "UGA"), ("BRA", "ARG"), ("IND", "CHN"), ("NOR", "SWE"))


def median(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """Return the median milliseconds of the clock and of the processor."""
    clock, processor = [], []
    for number in range(times):
        start, busy = time.perf_counter(), time.process_time()
        work(number)
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - busy) * 1000)
    return middle(clock), middle(processor)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, required=True, help="the folder of real data")
    options.add_argument("--only", nargs="*", default=FILES, help="names of files")
    options.add_argument("--times", type=int, default=70)
    chosen = options.parse_args()
    data = chosen.shared / "data"
    with tempfile.TemporaryDirectory() as folder:
        shelf = {}
        for name in chosen.only:
            start, busy = time.perf_counter(), time.process_time()
            one = shelf[name] = shelve(data / name, Path(folder))
            took, used = time.perf_counter() - start, time.process_time() - busy
            refused = ", ".join(f"{each.reason} {each.count:,}" for each in one.problems) or "nothing"
            print(
                f"{name}: {one.rows:,} rows, {one.cells:,} cells: {one.figures:,} figures, {one.missing:,} missing, "
                f"{one.repeated:,} repeated, {one.split:,} split; refused: {refused}; "
                f"{one.path.stat().st_size:,} bytes; {took:.1f} s, {used:.1f} s of the processor"
            )
        nothing = duckdb.connect(config={"threads": 1})
        print(
            "a query of nothing: {:.2f} ms, {:.2f} ms of the processor".format(
                *median(lambda _: nothing.execute("SELECT 1").fetchall(), 70)
            )
        )
        if "cow_trade_ddy.parquet" not in shelf:
            return
        trade = shelf["cow_trade_ddy.parquet"]
        dyads = [Dyad(*pair) for pair in PAIRS]
        for dyad in dyads:
            dyad_figures([trade], dyad)
        sliced = median(lambda number: dyad_figures([trade], dyads[number % len(dyads)]), chosen.times)
        print("a dyad's slice of COW's trade, as observations: {:.2f} ms, {:.2f} ms of the processor".format(*sliced))
        columns = 'reporter, partner, start, "end", printed, row, "column"'
        query = f"SELECT {columns} FROM read_parquet(?) WHERE reporter IN (?, ?) AND partner IN (?, ?, 'WLD', '')"
        nothing.execute("SET parquet_metadata_cache = true")
        rows = median(
            lambda number: nothing.execute(query, [str(trade.path), *PAIRS[number % 7], *PAIRS[number % 7]]).fetchall(),
            chosen.times,
        )
        print("its rows alone: {:.2f} ms, {:.2f} ms of the processor".format(*rows))
        copy = Path(folder) / "cow.csv"
        duckdb.execute(f"COPY (SELECT * FROM '{data / 'cow_trade_ddy.parquet'}') TO '{copy}'")
        start, busy = time.perf_counter(), time.process_time()
        table = pd.read_csv(copy)
        table[table.ccode1.isin((770, 740)) & table.ccode2.isin((770, 740))].to_dict("records")
        took, used = time.perf_counter() - start, time.process_time() - busy
        print(f"the same slice by pandas from CSV: {took * 1000:.0f} ms, {used * 1000:.0f} ms of the processor")


if __name__ == "__main__":
    main()
