"""A dyad's page of measures, warm, beside pandas: python benchmarks/statistics/pages.py --shared ../shared.

A workspace holds the 1.3 million rows of COW's trade; then the tables of votes, ideal points and capabilities too. `comity
measure` is timed as every call of it does its work: the record is opened, its figures are read, all measures are made, and
the other partners are read from the shelf. Pages of the web are asked for in this process, without a socket.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import httpx
import pandas as pd
from fastapi import FastAPI
from taken import Line, Taken, once, table, taken

from comity.app.web import make_app
from comity.flow import Workspace, add, build, material_of, measure, open_view
from comity.terms import Dyad

TRADE = "cow_trade_ddy.parquet"
OTHERS = ("un_votes.parquet", "un_roll_calls.parquet", "un_idealpoints.parquet", "cow_nmc.parquet")
DYAD, NUMBERS = Dyad("PAK", "JPN"), (770, 740)
PAGES = ("/", "/series", "/brief")
WHO = ("Comity", "pandas from CSV", "pandas in memory")


def lines(data: Path, times: int = 9) -> Iterator[Line]:
    """Yield what the pages take."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv = folder / "trade.csv"
        duckdb.execute(f"COPY (FROM '{data / TRADE}') TO '{csv}'")
        held = pd.read_csv(csv)
        workspace = Workspace.create(folder / "workspace", DYAD)
        yield "COW's trade into the record, once", "", {"Comity": once(lambda: fill(workspace, data, (TRADE,)))}
        count, warm = page(workspace, times)
        beside: dict[str, Taken | str] = {
            "Comity": warm,
            "pandas from CSV": taken(lambda number: by_pandas(pd.read_csv(csv))),
            "pandas in memory": taken(lambda number: by_pandas(held), times),
        }
        yield f"{count} measures of a dyad, COW's trade on the shelf (pandas: 6 of them)", "300 ms", beside
        fill(workspace, data, OTHERS)
        count, warm = page(workspace, times)
        yield f"{count} measures, votes, ideal points and capabilities beside it", "300 ms", {"Comity": warm}
        for path, first, warm in served(workspace, times):
            yield f"web page {path} of it, the first time", "", {"Comity": first}
            yield f"web page {path} of it, warm", "", {"Comity": warm}


def fill(workspace: Workspace, data: Path, names: tuple[str, ...]) -> None:
    list(add(workspace, [data / name for name in names]))
    build(workspace)


def page(workspace: Workspace, times: int) -> tuple[int, Taken]:
    count = len(measure(workspace))
    return count, taken(lambda number: measure(workspace), times)


def by_pandas(trade: pd.DataFrame) -> list[pd.Series]:
    """Make what a notebook would: both flows, their total, balance, and each side's imports from the other as a share of all its imports.

    The file has each pair both ways round, so that `flow1` alone holds every state's imports.
    """
    first, second = NUMBERS
    pair = trade[(trade.ccode1 == first) & (trade.ccode2 == second)].set_index("year")
    found = [pair.flow1, pair.flow2, pair.flow1 + pair.flow2, pair.flow2 - pair.flow1]
    for number, imports in ((first, pair.flow1), (second, pair.flow2)):
        found.append(imports / trade[trade.ccode1 == number].groupby("year").flow1.sum())
    return found


def asked(app: FastAPI, path: str, _: int = 0) -> None:
    """Get a page, as a browser on the same machine would."""

    async def get() -> None:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://localhost:8750"
        ) as client:
            (await client.get(path)).raise_for_status()

    asyncio.run(get())


def served(workspace: Workspace, times: int) -> Iterator[tuple[str, Taken, Taken]]:
    """Yield what each page of the web takes: first and warm."""
    for path in PAGES:
        app = make_app(
            functools.partial(open_view, workspace),
            workspace_name=workspace.root.name,
            material_of=functools.partial(material_of, workspace),
        )

        get = functools.partial(asked, app, path)
        yield path, once(get), taken(get, times)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, required=True, help="the folder of real data")
    print(table(list(lines(options.parse_args().shared / "data")), WHO))


if __name__ == "__main__":
    main()
