"""The panel of all directed dyad-years 1990-2020 with trade, votes, alliances, contiguity and distance, beside pandas from CSV.

Run as `python benchmarks/statistics/panels.py --shared ../shared`. Both read the same CSV files of the same five publishers
and write the same things of every dyad-year as Parquet; each run is a process of its own. Times are of the clock and of the processor, with the
most memory that the process held. Comity is told in two parts: bringing the files to the shelf, which happens once, and the panel.
Pandas has 16 rows more: it joins states by years, and so some that were never members on one same day of 1990 (Germany and the GDR).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import duckdb
from taken import Line, Taken, middle, table

FILES = {
    "trade": "SELECT ccode1, ccode2, year, flow1, flow2 FROM 'cow_trade_ddy.parquet'",
    "alliances": "FROM 'atop_alliance.parquet'",
    "contiguity": "FROM 'cow_contdir.parquet'",
    "votes": "FROM 'un_votes.parquet'",
    "roll_calls": "FROM 'un_roll_calls.parquet'",
    "states": "FROM 'cow_states.parquet'",
    "codes": "SELECT DISTINCT ccode, iso3c FROM 'un_idealpoints.parquet' WHERE iso3c IS NOT NULL",
}
FIRST, LAST = 1990, 2020
WHO = ("Comity", "pandas from CSV")


def shelve_all(folder: Path) -> None:
    from comity.flow import find_data_sets, put_on_shelf

    put_on_shelf(find_data_sets([folder / "in"], None), folder / "shelf")


def by_comity(folder: Path) -> None:
    from comity.flow import PanelRows, find_data_sets, make_panel, put_on_shelf

    shelf, _ = put_on_shelf(find_data_sets([folder / "in"], None), folder / "shelf")
    names = ("trade", "votes", "alliances", "contiguity", "distance")
    make_panel(PanelRows((FIRST, LAST)), names, shelf, folder / "comity.parquet")


def by_pandas(folder: Path) -> None:
    """Do the same joins as one would in a notebook: by COW's numbers, distances by code."""
    import pandas as pd

    given = folder / "in"
    states = pd.read_csv(folder / "states.csv")
    states.loc[states.endyear == 2016, "endyear"] = LAST
    years = pd.DataFrame({"year": range(FIRST, LAST + 1)})
    members = states.merge(years, how="cross").query("styear <= year <= endyear")[["ccode", "year"]]
    frame = members.merge(members, on="year", suffixes=("1", "2")).query("ccode1 != ccode2")
    frame = frame[["year", "ccode1", "ccode2"]]

    trade = pd.read_csv(given / "trade.csv").query("@FIRST <= year <= @LAST").replace(-9, float("nan"))
    frame = frame.merge(trade, how="left", on=["ccode1", "ccode2", "year"])

    alliances = pd.read_csv(given / "alliances.csv").query("@FIRST <= year <= @LAST")
    turned = alliances.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1"})
    frame = frame.merge(alliances, how="left", on=["ccode1", "ccode2", "year"])
    frame = frame.merge(turned, how="left", on=["ccode1", "ccode2", "year"], suffixes=("_12", "_21"))

    borders = pd.read_csv(given / "contiguity.csv", parse_dates=["stdate", "enddate"]).merge(years, how="cross")
    borders = borders[(borders.stdate.dt.year <= borders.year) & (borders.year <= borders.enddate.dt.year)]
    borders = borders.drop_duplicates(["ccode1", "ccode2", "year"], keep="last")
    frame = frame.merge(borders[["ccode1", "ccode2", "year", "conttype"]], how="left", on=["ccode1", "ccode2", "year"])

    codes = pd.read_csv(folder / "codes.csv").drop_duplicates("ccode")
    distances = pd.read_csv(given / "distances.csv", sep=";")[["iso_o", "iso_d", "dist", "contig"]]
    for side, end in (("1", "iso_o"), ("2", "iso_d")):
        frame = frame.merge(
            codes.rename(columns={"ccode": f"ccode{side}", "iso3c": end}), how="left", on=f"ccode{side}"
        )
    frame = frame.merge(distances, how="left", on=["iso_o", "iso_d"])

    calls = pd.read_csv(given / "roll_calls.csv", usecols=["rcid", "date"], parse_dates=["date"])
    votes = pd.read_csv(given / "votes.csv", usecols=["rcid", "country_code", "vote"])
    alpha = set(votes.country_code.dropna().unique())
    votes = votes.merge(calls.assign(year=calls.date.dt.year)[["rcid", "year"]], on="rcid")
    votes = votes[votes.vote.isin(["yes", "no", "abstain"]) & votes.year.between(FIRST, LAST)]
    from comity.states import all_states

    long = {one.alpha2: one.code for one in all_states() if one.alpha2 in alpha}
    votes["code"] = votes.country_code.map(long)
    counts = []
    for year, held in votes.dropna(subset=["code"]).groupby("year"):
        pairs = held[["rcid", "code", "vote"]].merge(held[["rcid", "code", "vote"]], on="rcid", suffixes=("1", "2"))
        pairs = pairs[pairs.code1 != pairs.code2]
        alike = pairs.vote1 == pairs.vote2
        half = ~alike & ((pairs.vote1 == "abstain") | (pairs.vote2 == "abstain"))
        told = pd.DataFrame(
            {"iso_o": pairs.code1, "iso_d": pairs.code2, "alike": alike, "half": half, "opposed": ~alike & ~half}
        )
        counts.append(told.groupby(["iso_o", "iso_d"]).sum().reset_index().assign(year=year))
    frame = frame.merge(pd.concat(counts), how="left", on=["iso_o", "iso_d", "year"])
    frame["agreement"] = (frame.alike + frame.half / 2) / (frame.alike + frame.half + frame.opposed)
    frame.sort_values(["ccode1", "ccode2", "year"]).to_parquet(folder / "pandas.parquet", compression="zstd")


WORK = {"shelf": shelve_all, "comity": by_comity, "pandas": by_pandas}


def measured(name: str, folder: Path) -> Taken:
    """Run one of them in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--run", name, str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return Taken(**json.loads(done.stdout))


def run(name: str, folder: Path) -> None:
    start = time.perf_counter()
    WORK[name](folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = Taken(time.perf_counter() - start, used.ru_utime + used.ru_stime, most_held())
    print(json.dumps(asdict(found)))


def most_held() -> float:
    """Return the most memory that this process held, in MiB.

    `ru_maxrss` is not asked where there is another way: on Linux a child starts with what its parent held.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def lines(data: Path, rounds: int = 3) -> Iterator[Line]:
    """Yield what the panel takes, and the data sets before it."""
    data = data.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for file, query in FILES.items():
            place = folder if file in ("states", "codes") else folder / "in"
            duckdb.execute(f"COPY ({query.replace(chr(39), chr(39) + str(data) + '/', 1)}) TO '{place / file}.csv'")
        (folder / "in" / "distances.csv").write_bytes((data / "dist_cepii.csv").read_bytes())
        yield "the five data sets of the panel to the shelf, once", "", {"Comity": measured("shelf", folder)}
        # One after the other, so that what else the machine does touches both alike.
        both = [(measured("comity", folder), measured("pandas", folder)) for _ in range(rounds)]
        found = {who: middle([one[place] for one in both]) for place, who in enumerate(WHO)}
        shapes = [_shape(folder / f"{work}.parquet") for work in ("comity", "pandas")]
        yield f"dyad-years {FIRST}-{LAST} ({shapes[0]}; pandas {shapes[1]})", "30 s", found


def _shape(panel: Path) -> str:
    rows = duckdb.execute(f"SELECT count(*) FROM '{panel}'").fetchall()[0][0]
    columns = duckdb.execute(f"SELECT count(*) FROM (DESCRIBE FROM '{panel}')").fetchall()[0][0]
    return f"{rows:,} rows, {columns} columns"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, help="the folder of real data")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--run", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.run:
        run(chosen.run[0], Path(chosen.run[1]))
        return
    print(table(list(lines(chosen.shared / "data", chosen.rounds)), WHO))


if __name__ == "__main__":
    main()
