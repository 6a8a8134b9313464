"""A made-up world of trade as its publishers' files would hold it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from comity import states
from comity.flow import Workspace
from comity.terms import Dyad
from tests.measures.trading import world

DYAD = Dyad("PAK", "JPN")
# Germany has two numbers in 1990, and GeoDist dates its codes of borders, languages and ties from 2004.
YEARS = (1990, 1994, 1998)


def flows(zero: bool = True) -> pd.DataFrame:
    """Return each flow a year in millions of US dollars; one flow of the last year is zero, and one is missing."""
    frame = world(years=YEARS)
    if zero:
        last = frame["year"] == YEARS[-1]
        frame.loc[last & (frame["exporter"] == "KEN") & (frame["importer"] == "CHL"), "trade"] = 0.0
        frame.loc[last & (frame["exporter"] == "KEN") & (frame["importer"] == "POL"), "trade"] = np.nan
    return frame


def number(code: str, year: int) -> int:
    """Return the number that a state bore for most of a year in the Correlates of War system."""
    held = [
        (min(spell.end or date(year, 12, 31), date(year, 12, 31)) - max(spell.start, date(year, 1, 1)), spell.number)
        for spell in states.spells(code, "COW")
        if spell.start.year <= year and (spell.end is None or spell.end.year >= year)
    ]
    return max(held)[1]


def cow_trade(frame: pd.DataFrame) -> str:
    """Return the flows as the Correlates of War Project lays them out: each state's imports from the other."""
    given = {(row.exporter, row.importer, row.year): row.trade for row in frame.itertuples()}
    lines = ["ccode1,ccode2,year,flow1,flow2"]
    for exporter, importer, year in given:
        one, two = number(exporter, year), number(importer, year)
        if one < two:
            sent, bought = given[exporter, importer, year], given[importer, exporter, year]
            lines.append(f"{one},{two},{year},{_cell(bought)},{_cell(sent)}")
    return "\n".join(lines) + "\n"


def _cell(figure: float) -> str:
    return "-9" if np.isnan(figure) else repr(float(figure))


def wits(frame: pd.DataFrame) -> str:
    """Return the flows as WITS gives them, in thousands: the exporters' reports; what is missing has no row."""
    lines = [
        "Nomenclature,ReporterISO3,ProductCode,ReporterName,PartnerISO3,PartnerName,Year,TradeFlowName,TradeFlowCode,"
        "TradeValue in 1000 USD"
    ]
    lines += [
        f"H3,{row.exporter},Total,x,{row.importer},x,{row.year},Export,6,{row.trade * 1000!r}"
        for row in frame.itertuples()
        if not np.isnan(row.trade)
    ]
    return "\n".join(lines) + "\n"


def geodist(frame: pd.DataFrame) -> str:
    """Return the distances as GeoDist has them; language and ties hold for a few pairs."""
    lines = ["iso_o;iso_d;contig;comlang_off;colony;dist;distcap;distw"]
    for row in frame[frame["year"] == YEARS[0]].itertuples():
        language, tie = ties(row.exporter, row.importer)
        away = repr(float(row.dist))
        lines.append(f"{row.exporter};{row.importer};{row.contig:.0f};{language};{tie};{away};{away};{away}")
    return "\n".join(lines) + "\n"


def cepii_gravity(frame: pd.DataFrame, *, whole: bool = False) -> str:
    """Return flows and distances as CEPII's Gravity has them, in thousands; Kenya and Ghana share a border from 1994 on.

    Args:
        frame: the flows.
        whole: with weighted distances, ties and products, as the edition of 2022 has them; else without.
    """
    lines = [
        "year,iso3_o,iso3_d,country_exists_o,country_exists_d,dist,distcap,contig,comlang_off,fta_wto,"
        "tradeflow_comtrade_o,tradeflow_comtrade_d,tradeflow_baci"
        + (",distw_harmonic,distw_arithmetic,col_dep_ever,pop_o,pop_d,gdp_o,gdp_d" if whole else "")
    ]
    for row in frame.itertuples():
        border = row.contig if {row.exporter, row.importer} != {"GHA", "KEN"} else row.year >= 1994
        sent = "" if np.isnan(row.trade) else repr(row.trade * 1000)
        away, (language, tie) = repr(float(row.dist)), ties(row.exporter, row.importer)
        more = f",{away},{away},{tie},1,1,{row.gdp_out / 1000!r},{row.gdp_in / 1000!r}" if whole else ""
        lines.append(
            f"{row.year},{row.exporter},{row.importer},1,1,{away},{away},{int(border)},{language},0,{sent},{sent},{sent}{more}"
        )
    return "\n".join(lines) + "\n"


def ties(exporter: str, importer: str) -> tuple[int, int]:
    """Return whether two states share a language, and whether one was the other's colony, in the made-up world."""
    pair = {exporter, importer}
    return int(pair <= {"GHA", "IND", "KEN", "NGA", "PAK", "USA"}), int("FRA" in pair and "EGY" in pair)


def gdp(frame: pd.DataFrame) -> str:
    """Return the products as an indicator's file of the World Bank has them, years in columns."""
    lines = ["Country Name,Country Code,Indicator Name,Indicator Code," + ",".join(map(str, YEARS))]
    for code, own in frame.groupby("exporter"):
        figures = own.groupby("year")["gdp_out"].first()
        lines.append(f"x,{code},GDP,NY.GDP.MKTP.CD," + ",".join(repr(float(figures[year])) for year in YEARS))
    return "\n".join(lines) + "\n"


def place(folder: Path, dyad: Dyad = DYAD, **texts: str) -> Workspace:
    """Make a workspace with these texts as CSV files among its sources; "a__b" is the file b in the folder a."""
    made = Workspace.create(folder, dyad)
    for name, text in texts.items():
        path = made.sources / f"{name.replace('__', '/')}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return made
