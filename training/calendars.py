"""How far even flow within the year leads astray: the table of src/comity/measures/calendar_spread.py.

    python training/calendars.py country.xlsx

The workbook is the U.S. Census Bureau's "U.S. Trade in Goods by Country" (https://www.census.gov/foreign-trade/balance/country.xlsx):
exports and imports with each partner by month since 1985, in millions of US dollars. Years that begin in January, April, July or
October are summed from the months and brought to years that begin three, six or nine months later by days-weighted means (here by
months), and held against the true sums. Runs are cut into pieces of ten years, as tables of documents hold them. Partners are
split in two by a digest of their codes: the quantiles come from one half, and how often they hold is printed for the other.
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np
import pandas as pd

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
LEVELS = (0.025, 0.1, 0.9, 0.975)
# A run's usual change: the median of its absolute logarithmic changes from year to year; the last edge is where the table ends.
USUAL = (0.0, 0.1, 0.15, 0.2, 0.3, 0.5)
# The change between the two years as a multiple of the usual one (of 0.1 where that is less).
JUMPS = (0.0, 2.0, 4.0)
LEAST_USUAL = 0.1
# Below a million US dollars a year the file's one decimal place is too coarse.
LEAST_FLOW = 1.0
LAST_YEAR = 2023
FIRST_PARTNER = 1000  # lower codes are regions and groups of states


def monthly(path: str) -> dict[tuple[int, str], tuple[int, np.ndarray]]:
    """Return each partner's first year and its months, by code and flow ("I", "E", or "IE" for both)."""
    table = pd.read_excel(path)
    table = table[(table["CTY_CODE"].astype(int) >= FIRST_PARTNER) & (table["year"] <= LAST_YEAR)]
    found = {}
    for code, rows in table.groupby("CTY_CODE"):
        by_year = rows.set_index("year")
        by_year = by_year.reindex(range(by_year.index.min(), by_year.index.max() + 1))
        both = {flow: by_year[[flow + month for month in MONTHS]].to_numpy(float).ravel() for flow in "IE"}
        for flow, months in (*both.items(), ("IE", both["I"] + both["E"])):
            found[int(code), flow] = int(by_year.index.min()), months
    return found


def errors(series: dict[tuple[int, str], tuple[int, np.ndarray]], piece: int) -> pd.DataFrame:
    """Return, for each year that can be checked, the true sum over its estimate with what the table goes by."""
    rows = []
    for (code, flow), (_, months) in series.items():
        unseen = bool(int(hashlib.sha256(str(code).encode()).hexdigest(), 16) % 2)
        for start in (0, 3, 6, 9):
            count = (len(months) - start) // 12
            years = months[start : start + 12 * count].reshape(count, 12).sum(axis=1)
            for first in range(0, count - piece + 1, piece - 1):
                run = years[first : first + piece]
                if not np.all(run >= LEAST_FLOW):
                    continue
                changes = np.abs(np.diff(np.log(run)))
                usual = float(np.median(changes))
                for place, change in enumerate(changes):
                    begin = start + 12 * (first + place)
                    for shift in (3, 6, 9):
                        true = months[begin + shift : begin + shift + 12].sum()
                        estimate = ((12 - shift) * run[place] + shift * run[place + 1]) / 12
                        rows.append((flow, unseen, min(shift, 12 - shift), usual, change, true / estimate, estimate))
    return pd.DataFrame(rows, columns=["flow", "unseen", "shift", "usual", "change", "ratio", "estimate"])


def cells(table: pd.DataFrame) -> pd.Series:
    """Return each row's place in the table: shift, band of usual change, band of jump; the last of each is beyond it."""
    usual = np.digitize(table["usual"], USUAL) - 1
    jump = np.digitize(table["change"] / np.maximum(table["usual"], LEAST_USUAL), JUMPS) - 1
    inside = (usual < len(USUAL) - 1) & (jump < len(JUMPS) - 1)
    return pd.Series(np.where(inside, table["shift"] * 100 + usual * 10 + jump, -1), index=table.index)


def main() -> None:
    """Print the table and its coverage."""
    series = monthly(sys.argv[1])
    known = errors(series, 10)
    known = known[~known["unseen"] & (known["flow"] != "IE")]
    place = cells(known)
    cuts = known["ratio"].groupby(place).quantile(LEVELS).unstack().drop(index=-1)
    for cell, row in cuts.iterrows():
        shift, usual, jump = int(cell) // 100, USUAL[int(cell) // 10 % 10], JUMPS[int(cell) % 10]
        print(
            f"{shift} months, usual {usual}, jump {jump}: {', '.join(f'{cut:.3f}' for cut in row)}; {(place == cell).sum()}"
        )
    for piece in (5, 10, 20):
        tried = errors(series, piece)
        tried = tried[tried["unseen"]]
        place = cells(tried)
        print(f"pieces of {piece}: {(place == -1).mean():.1%} of {len(tried)} beyond the table")
        tried, place = tried[place != -1], place[place != -1]
        for wide, (low, high) in (("95", LEVELS[::3]), ("80", LEVELS[1:3])):
            held = (tried["ratio"] >= cuts[low].reindex(place).to_numpy()) & (
                tried["ratio"] <= cuts[high].reindex(place).to_numpy()
            )
            size = pd.cut(tried["estimate"], [0, 10, 100, 1000, 1e9])
            jump = place % 10
            for name, group in (("flow", tried["flow"]), ("shift", tried["shift"]), ("size", size), ("jump", jump)):
                print(f"  {wide} % by {name}: {held.groupby(group, observed=True).mean().round(3).to_dict()}")
            one_way = tried["flow"] != "IE"
            print(f"  {wide} % range, one direction: holds {held[one_way].mean():.1%} of {one_way.sum()}")


if __name__ == "__main__":
    main()
