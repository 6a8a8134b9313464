"""Small data files of our own making, in the layouts of their publishers, and panels made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd

from comity.flow import PanelReport, PanelRows, find_data_sets, make_panel, put_on_shelf

# France 220, Germany 255, India 750, Japan 740, Pakistan 770, the Soviet Union and Russia 365.
TRADE = """\
ccode1,ccode2,year,flow1,flow2
740,770,2001,12.5,30
740,770,2002,-9,0
220,750,2001,100,200
220,365,1991,7,8
220,365,1992,9,10
"""
CONTIGUITY = """\
ccode1,ccode2,conttype,stdate,enddate
220,255,1,1990-10-01,2016-12-01
255,220,1,1990-10-01,2016-12-01
750,770,1,1947-08-01,2016-12-01
770,750,1,1947-08-01,2016-12-01
740,365,3,1992-01-01,2001-03-01
365,740,3,1992-01-01,2001-03-01
740,365,4,2001-04-01,2016-12-01
365,740,4,2001-04-01,2016-12-01
"""
CAPABILITIES = """\
ccode,year,milper,tpop,upop,cinc
740,2001,240,127000,80000,0.05
770,2001,590,140000,46000,0.01
770,2002,-9,143000,47000,0.02
"""
ALLIANCES = """\
stateA,stateB,year,defense,offense,neutral,nonagg,consul
770,740,2004,0,0,0,1,0
740,770,2004,0,0,0,1,1
"""
DISTANCES = """\
iso_o;iso_d;contig;comlang_off;colony;dist;distcap;distw
PAK;JPN;0;0;0;5980.15;5966.5;6211.29
JPN;PAK;0;0;0;5980.15;5966.5;6211.29
"""
VOTES = """\
rcid,ccode,vote,session,importantvote,date,unres
1,770,1,56,0,2001-11-01,R/56/1
1,740,1,56,0,2001-11-01,R/56/1
2,770,1,56,0,2001-11-02,R/56/2
2,740,2,56,0,2001-11-02,R/56/2
3,770,3,56,0,2001-11-03,R/56/3
3,740,1,56,0,2001-11-03,R/56/3
4,770,2,56,0,2001-11-04,R/56/4
4,740,2,56,0,2001-11-04,R/56/4
5,770,8,56,0,2001-11-05,R/56/5
5,740,1,56,0,2001-11-05,R/56/5
6,770,1,56,0,2002-02-01,R/56/6
"""


def write(folder: Path, **texts: str) -> list[Path]:
    """Write texts as CSV files and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [folder / f"{name}.csv" for name in texts]


def build(
    files: Sequence[Path], rows: PanelRows, names: Sequence[str], out: Path, shelf: Path | None = None
) -> PanelReport:
    """Make a panel of files without a workspace; every file must be a known data set."""
    found = find_data_sets(files, None)
    shelved, errors = put_on_shelf(found, shelf or out.parent / "shelf")
    assert not found.errors and not errors
    return make_panel(rows, names, shelved, out)


def panel(texts: Mapping[str, str], rows: PanelRows, names: Sequence[str]) -> pd.DataFrame:
    """Return the panel of a few data files."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "panel.parquet"
        build(write(Path(folder) / "in", **texts), rows, names, out)
        return read(out)


def read(path: Path) -> pd.DataFrame:
    """Return a panel as a frame."""
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM read_parquet('{path}')").df()


def of(frame: pd.DataFrame, first: str, second: str, year: int) -> pd.Series:
    """Return the one row of a pair and year."""
    rows = frame[(frame.code1 == first) & (frame.code2 == second) & (frame.year == year)]
    assert len(rows) == 1
    return rows.iloc[0]
