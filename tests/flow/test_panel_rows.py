"""The rows of a panel are those of the published lists of states, as peacesciencer makes them; real figures stand where a plain join puts them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from comity.flow import PanelRows, make_panel
from tests.flow.panel_files import build, read

LAST = 2024


def spells(shared: Path, system: str) -> pd.DataFrame:
    """Return number, first and last day of each spell of a published list; who is a member when it closes stays one."""
    with duckdb.connect() as connection:
        if system == "COW":
            query = (
                "SELECT ccode::INTEGER AS number, make_date(styear::INTEGER, stmonth::INTEGER, stday::INTEGER) AS first, "
                "make_date(endyear::INTEGER, endmonth::INTEGER, endday::INTEGER) AS last "
                f"FROM '{shared / 'data' / 'cow_states.parquet'}'"
            )
        else:
            query = (
                "SELECT gwcode::INTEGER AS number, startdate AS first, enddate AS last "
                f"FROM '{shared / 'data' / 'gw_states.parquet'}'"
            )
        rows = connection.execute(query).fetchall()
    closes = max(last for _, _, last in rows)
    return pd.DataFrame(
        [(number, first, date(LAST, 12, 31) if last == closes else last) for number, first, last in rows],
        columns=["number", "first", "last"],
    )


def expected(shared: Path, system: str, directed: bool) -> dict[int, int]:
    """Return by year how many rows `create_dyadyears` gives: pairs whose spells touch the year, without those that share no day."""
    listed = spells(shared, system)
    counts = {}
    for year in range(1816, LAST + 1):
        here = [
            (number, max(first, date(year, 1, 1)).toordinal(), min(last, date(year, 12, 31)).toordinal())
            for number, first, last in listed.itertuples(index=False)
            if first.year <= year <= last.year
        ]
        number, first, last = np.array(here).T
        meet = np.maximum.outer(first, first) <= np.minimum.outer(last, last)
        chosen = np.not_equal.outer(number, number) if directed else np.less.outer(number, number)
        counts[year] = int((meet & chosen).sum())
    return counts


@pytest.mark.shared
@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("system", ["COW", "GW"])
def test_dyad_years_are_those_of_peacesciencer(shared: Path, tmp_path: Path, system: str, directed: bool) -> None:
    """Each year has as many rows as `create_dyadyears` gives of the same list, to its close (mry = FALSE) and after."""
    out = tmp_path / "panel.parquet"
    # The list of GW in peacesciencer's own data has no microstates.
    rows = PanelRows((1816, LAST), system, directed=directed, microstates=False)
    make_panel(rows, [], [], out)
    with duckdb.connect() as connection:
        found = dict(connection.execute(f"SELECT year, count(*) FROM '{out}' GROUP BY year").fetchall())
    assert found == expected(shared, system, directed)
    # As its vignette "Create Different Kinds of Data" prints them, of November 2021 (to 2020) and July 2025 (to 2024).
    published = {("COW", 2020): 2_063_610, ("COW", 2024): 2_214_930, ("GW", 2020): 2_029_622}
    for (of, last), count in published.items():
        if of == system:
            assert sum(number for year, number in found.items() if year <= last) == (count if directed else count // 2)


def test_state_years_are_those_that_peacesciencer_prints(tmp_path: Path) -> None:
    """State-years number as many as `create_stateyears` prints, for both lists."""
    # The same vignette: COW to 2020 and 2024; GW without microstates to 2017 (mry = FALSE).
    for rows, count in (
        (PanelRows((1816, 2020), by_state=True), 16_731),
        (PanelRows((1816, 2024), by_state=True), 17_511),
        (PanelRows((1816, 2017), "GW", by_state=True, extend=False, microstates=False), 17_767),
    ):
        report = make_panel(rows, [], [], tmp_path / "panel.csv")
        assert report.rows == count


def test_two_breakaway_regions_are_all_that_sets_the_microstates_apart(tmp_path: Path) -> None:
    """With microstates peacesciencer has more rows by exactly those of Abkhazia and South Ossetia, which are no states here."""
    out = tmp_path / "panel.parquet"
    make_panel(PanelRows((1816, 2024), "GW", by_state=True), [], [], out)
    frame = read(out)
    since = frame[frame.year >= 2008].groupby("year").size()
    assert len(frame[frame.year <= 2020]) + 2 * (2020 - 2008 + 1) == 19_864
    report = make_panel(PanelRows((1816, 2024), "GW"), [], [], out)
    assert report.rows + int((4 * since + 2).sum()) == 2_599_466


@pytest.mark.shared
def test_real_figures_stand_where_a_join_by_number_puts_them(shared: Path, tmp_path: Path) -> None:
    """Imports, borders and capabilities of 1999 to 2002 are those of pandas' own joins of the published files."""
    data = shared / "data"
    first, last = 1999, 2002
    with duckdb.connect() as connection:
        trade = connection.execute(
            f"SELECT ccode1, ccode2, year, flow1, flow2 FROM '{data / 'cow_trade_ddy.parquet'}' WHERE year BETWEEN {first} AND {last}"
        ).df()
        power = connection.execute(
            f"SELECT ccode, year, milper, tpop, upop, cinc FROM '{data / 'cow_nmc.parquet'}' WHERE year BETWEEN {first} AND {last}"
        ).df()
        border = connection.execute(f"SELECT * FROM '{data / 'cow_contdir.parquet'}'").df()
    trade.to_csv(tmp_path / "trade.csv", index=False)
    power.to_csv(tmp_path / "power.csv", index=False)
    border.to_csv(tmp_path / "border.csv", index=False)
    files = [tmp_path / f"{name}.csv" for name in ("trade", "power", "border")]
    out = tmp_path / "panel.parquet"
    build(files, PanelRows((first, last)), ["trade", "capability-index", "contiguity"], out)
    frame = read(out)
    joined = frame[["year", "cow1", "cow2"]].merge(
        trade, how="left", left_on=["cow1", "cow2", "year"], right_on=["ccode1", "ccode2", "year"]
    )
    for name, column in (("imports_12_cow_trade", "flow1"), ("imports_21_cow_trade", "flow2")):
        np.testing.assert_allclose(frame[name], joined[column].where(joined[column] != -9) * 1e6, rtol=1e-12)
    assert frame.imports_12_cow_trade.notna().sum() > 100_000
    indexed = power.set_index(["ccode", "year"]).cinc
    mine = indexed.reindex(pd.MultiIndex.from_frame(frame[["cow1", "year"]])).to_numpy()
    np.testing.assert_allclose(frame.capability_index_1_cow_nmc, mine, rtol=1e-12)
    border["begins"], border["ends"] = pd.to_datetime(border.stdate).dt.year, pd.to_datetime(border.enddate).dt.year
    lasting = border[(border.begins < first) & (border.ends > last)]
    single = lasting[~lasting.duplicated(["ccode1", "ccode2"], keep=False)]
    merged = frame.merge(single, left_on=["cow1", "cow2"], right_on=["ccode1", "ccode2"])
    assert len(merged) > 2_000 and (merged.contiguity_cow_contiguity == merged.conttype).all()
    never = frame.merge(
        border[["ccode1", "ccode2"]], how="left", left_on=["cow1", "cow2"], right_on=["ccode1", "ccode2"]
    )
    assert never[never.ccode1.isna()].contiguity_cow_contiguity.isna().all()
