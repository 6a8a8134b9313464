"""Data sets and their shelf: how long a file takes to get there, and a dyad's slice to be read, warm.

Run as `python benchmarks/statistics/shelving.py --shared ../shared`. Times are medians, of the clock and of the processor;
beside them stands what a query of nothing costs on the same machine, since both rise together where it is busy.
"""

from __future__ import annotations

import argparse
import functools
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pandas as pd
from taken import Line, once, table, taken

from comity.statistics import Shelved, dyad_figures, shelve
from comity.terms import Dyad

TRADE = "cow_trade_ddy.parquet"

FILES = (
    TRADE,
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


NUMBERS = ((770, 740), (2, 20), (220, 255), (501, 500), (140, 160), (750, 710), (385, 380))
WHO = ("Comity", "pandas from CSV", "pandas in memory")


def lines(data: Path, names: Sequence[str] = (TRADE,), times: int = 70) -> Iterator[Line]:
    """Yield what data sets take to the shelf, and a dyad's slice of COW's trade from there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shelf: dict[str, Shelved] = {}

        def put(file: str) -> None:
            shelf[file] = shelve(data / file, folder)

        for file in names:
            found = once(functools.partial(put, file))
            yield f"{file} to the shelf, {shelf[file].rows:,} rows, once", "", {"Comity": found}
        nothing = duckdb.connect(config={"threads": 1})
        query = taken(lambda number: nothing.execute("SELECT 1").fetchall(), times)
        yield "a query of nothing", "", {"Comity": query}
        if TRADE in shelf:
            yield _slice(data, folder, shelf[TRADE], times)


def _slice(data: Path, folder: Path, trade: Shelved, times: int) -> Line:
    dyads = [Dyad(*pair) for pair in PAIRS]
    for dyad in dyads:
        dyad_figures([trade], dyad)
    csv = folder / "cow.csv"
    duckdb.execute(f"COPY (FROM '{data / TRADE}') TO '{csv}'")
    held = pd.read_csv(csv)
    found = {
        "Comity": taken(lambda number: dyad_figures([trade], dyads[number % len(dyads)]), times),
        "pandas from CSV": taken(lambda number: by_pandas(pd.read_csv(csv), number)),
        "pandas in memory": taken(lambda number: by_pandas(held, number), times),
    }
    return "a dyad's slice of COW's trade, as observations (pandas: as records)", "5 ms", found


def by_pandas(trade: pd.DataFrame, number: int) -> list[dict[str, object]]:
    """Return the rows of a pair, in whichever order."""
    pair = NUMBERS[number % len(NUMBERS)]
    return trade[trade.ccode1.isin(pair) & trade.ccode2.isin(pair)].to_dict("records")  # type: ignore[return-value]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, required=True, help="the folder of real data")
    options.add_argument("--only", nargs="*", default=FILES, help="names of files")
    options.add_argument("--times", type=int, default=70)
    chosen = options.parse_args()
    data = chosen.shared / "data"
    print(table(list(lines(data, chosen.only, chosen.times)), WHO))
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen.only:
            one = shelve(data / name, Path(folder))
            refused = ", ".join(f"{each.reason} {each.count:,}" for each in one.problems) or "nothing"
            print(
                f"{name}: {one.rows:,} rows, {one.cells:,} cells: {one.figures:,} figures, {one.missing:,} missing, "
                f"{one.repeated:,} repeated, {one.split:,} split; refused: {refused}; {one.path.stat().st_size:,} bytes"
            )


if __name__ == "__main__":
    main()
