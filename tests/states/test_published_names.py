"""Names and codes as real publications write them lead to the states that the publications mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from comity.states import all_states, by_cow, by_gw, dependencies, members, resolve, states
from comity.terms import AmbiguousState, DissolvedState, StateError, UnknownState

# Codes in the files that are not ISO's, and what they stand for.
OTHER_CODES = {"TX585": "GBR", "WBG": "PSE", "NHB": "VUT", "XKX": "KOS"}

# Names by which a list calls a number through all its years although several states or other years bear them.
REFUSED_NAMES = {
    ("COW", "Yugoslavia"): DissolvedState,  # also of Serbia before 1918 and after 2006
    ("COW", "Congo"): AmbiguousState,
    ("COW", "Vietnam"): AmbiguousState,
    ("GW", "Congo"): AmbiguousState,
    ("GW", "Austria"): DissolvedState,  # also of the years under German rule
}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "code_column", "name_column"),
    [
        ("imf_dip_1.csv", "COUNTERPART_COUNTRY.ID", "COUNTERPART_COUNTRY"),
        ("kdiplo_trade_data.csv", "iso3c", "country"),
    ],
)
def test_names_in_trade_and_investment_files_mean_the_code_beside_them(
    shared: Path, file: str, code_column: str, name_column: str
) -> None:
    """No name in a real file leads to another state than its ISO code, and every state of today is found."""
    table = pd.read_csv(shared / "data" / file, usecols=[code_column, name_column], dtype=str).drop_duplicates()
    means = {one.code: one.code for one in all_states()} | OTHER_CODES
    means |= {one.code3: one.code for one in dependencies() if one.code3}
    right = 0
    for code, name in table.dropna().itertuples(index=False):
        try:
            assert resolve(name).code == means[code], (code, name)
            right += 1
        except (UnknownState, DissolvedState):  # a region, "World", a state of the past: refused, as it must be
            assert code not in {one.code for one in states()}, (code, name)
    assert right > 220


@pytest.mark.shared
@pytest.mark.parametrize("system", ["COW", "GW"])
def test_names_in_the_lists_of_the_systems_lead_to_their_numbers(shared: Path, system: str) -> None:
    """On a day of each spell the list's own name leads to the bearer of its number, or is refused for a stated reason."""
    table = pd.read_parquet(shared / "data" / f"{system.lower()}_states.parquet")
    refused = set()
    for row in table.itertuples():
        if system == "COW":
            number, name = int(row.ccode), row.statenme
            start = date(int(row.styear), int(row.stmonth), int(row.stday))
            end = date(int(row.endyear), int(row.endmonth), int(row.endday))
        else:
            number, name = int(row.gwcode), row.statename
            start, end = (date.fromisoformat(str(day)[:10]) for day in (row.startdate, row.enddate))
        for part in (0.25, 0.5, 0.9):
            on = start + (end - start) * part
            bearer = by_cow(number, on) if system == "COW" else by_gw(number, on)
            try:
                assert resolve(name, on) == bearer, (name, on)
            except StateError as error:
                refused.add(((system, name), type(error)))
    assert refused == {item for item in REFUSED_NAMES.items() if item[0][0] == system}


@pytest.mark.shared
def test_who_voted_in_the_general_assembly_was_a_member(shared: Path) -> None:
    """Each country's last vote on record falls into its membership of the United Nations."""
    votes = pd.read_parquet(shared / "data" / "un_votes.parquet", columns=["rcid", "country"])
    calls = pd.read_parquet(shared / "data" / "un_roll_calls.parquet", columns=["rcid", "date"])
    last = votes.merge(calls, on="rcid").groupby("country")["date"].max()
    checked = 0
    for name, day in last.items():
        on = date.fromisoformat(str(day)[:10])
        try:
            voter = resolve(str(name), on).code
        except DissolvedState:  # "Yugoslavia" stands for Serbia to the present, Zanzibar's dates are a session's
            continue
        assert voter in members("UN", on), (name, on)
        checked += 1
    assert checked > 190
