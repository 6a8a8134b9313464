"""The files that the sources publish, as they are: what stands on the shelf agrees with cells read by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from comity.statistics import Shelved, dyad_figures, figure_view, recognise, shelve, vote_view
from comity.terms import Dyad, Observation, Status, Valuation
from tests.statistics.datasets.conftest import is_whole

pytestmark = pytest.mark.shared

DYAD = Dyad("PAK", "JPN")
Open = Callable[[str], Shelved]


@pytest.fixture(scope="module")
def opened(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Open:
    """Put a file of ../shared/data on a shelf, once for all tests."""
    folder = tmp_path_factory.mktemp("shelf")

    def put(name: str) -> Shelved:
        return shelve(shared / "data" / name, folder)

    return put


def told(found: list[Observation], year: int) -> dict[tuple[str, str, str], Decimal]:
    """Return the values of a year by reporter, partner and indicator."""
    return {
        (one.series.reporter, one.series.partner, one.series.indicator): one.quantity.value
        for one in found
        if one.period.first_year == year
    }


def test_wits_has_both_sides_of_a_pair(opened: Open) -> None:
    """In 2009 Japan exported 981.6 million to Pakistan, which imported 1,265.8 million: four reports of two flows."""
    shelf = opened("wits_trade2009_mirror_raw.csv")
    found = [one for one in dyad_figures([shelf], DYAD) if one.series.partner != "WLD"]
    assert told(found, 2009) == {
        ("JPN", "PAK", "exports"): Decimal("981606.004") * 1000,
        ("PAK", "JPN", "imports"): Decimal("1265815.695") * 1000,
        ("PAK", "JPN", "exports"): Decimal("96608.605") * 1000,
        ("JPN", "PAK", "imports"): Decimal("167237.641") * 1000,
    }
    assert {one.series.valuation for one in found if one.series.indicator == "imports"} == {Valuation.CIF}
    assert is_whole(shelf)


@pytest.mark.parametrize("name", ["wits_trade2009_mirror_raw.csv", "imf_dip_2.csv", "oecd_itic_jpn_cif_fob.csv"])
def test_a_cell_leads_back_to_the_line_of_the_file(opened: Open, shared: Path, name: str) -> None:
    """The row and the column of an observation are those of its figure in the file."""
    import csv

    separator = ";" if name.startswith("wits") else ","
    with (shared / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=separator))
    found = dyad_figures([opened(name)], DYAD)
    assert found
    for one in found:
        row, column = one.provenance.row, one.provenance.column
        assert row is not None and column is not None
        assert lines[row][column].strip() == one.quantity.text


def test_japans_position_in_pakistan_is_derived(opened: Open) -> None:
    """Of Japan's positions in Pakistan only what counterparts reported is there: 955.6 million in 2024."""
    outward = [one for one in dyad_figures([opened("imf_dip_2.csv")], DYAD) if one.series.partner == "PAK"]
    assert {one.status for one in outward} == {Status.DERIVED}
    assert [round(one.quantity.value, -5) for one in outward if one.period.first_year == 2024] == [955_600_000]
    inward = [one for one in dyad_figures([opened("imf_dip_1.csv")], DYAD) if one.series.partner == "PAK"]
    assert {one.status for one in inward} == {Status.DERIVED}


def test_chinas_positions_in_units_are_not_taken_for_millions(opened: Open) -> None:
    """Korea's direct investment in China stands in units in a file of millions without a column that says so."""
    shelf = opened("imf_dip_1.csv")
    found = dyad_figures([shelf], Dyad("CHN", "KOR"))
    assert {one.status for one in found if one.series.partner == "KOR"} == {Status.DERIVED}
    assert max(one.quantity.value for one in found) < Decimal(10) ** 13
    assert {one.reason for one in shelf.problems} >= {"doubtful", "territory", "group"}


def test_the_margin_of_japans_imports_from_pakistan(opened: Open) -> None:
    """The OECD's margin lies between 7.4 and 8.4 percent from 2015 to 2024, imputed throughout."""
    found = dyad_figures([opened("oecd_itic_jpn_cif_fob.csv")], DYAD)
    values = [one.quantity.value for one in found]
    assert len(values) == 10
    assert Decimal("7.4") < min(values) and max(values) < Decimal("8.4")
    assert {one.status for one in found} == {Status.IMPUTED}


def test_distance_between_pakistan_and_japan(opened: Open) -> None:
    """CEPII has 5,980.15 kilometres both ways."""
    found = dyad_figures([opened("dist_cepii.csv")], DYAD)
    assert {one.quantity.value for one in found if one.series.indicator == "distance"} == {Decimal("5980.15")}


def test_cow_trade_is_read_once_a_flow(opened: Open) -> None:
    """Of 1,347,308 rows each flow is taken once; Pakistan's imports from Japan in 2012 are 1,860 million."""
    shelf = opened("cow_trade_ddy.parquet")
    assert shelf.rows == 1_347_308
    assert is_whole(shelf)
    assert told(dyad_figures([shelf], DYAD), 2012) == {
        ("JPN", "PAK", "imports"): 428_000_000,
        ("PAK", "JPN", "imports"): 1_860_000_000,
    }


def test_the_general_assemblys_votes(opened: Open) -> None:
    """870,109 votes are read with their dates, and the Soviet Union's stand under its own name."""
    shelf = opened("un_votes.parquet")
    assert shelf.rows == 870_109
    assert is_whole(shelf)
    with duckdb.connect() as connection:
        vote_view(connection, [shelf])
        counted = connection.execute("""
            SELECT count(*) FILTER (state = 'SUN' AND year(date) > 1991), count(*) FILTER (state = 'RUS' AND year(date) < 1991),
                count(*) FILTER (state = 'SUN') > 1000, count(*) FILTER (state = 'PAK') > 5000 FROM votes
        """).fetchall()
    assert counted == [(0, 0, True, True)]


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("kdiplo_trade_data.csv", "kdiplo.korea"),
        ("cow_contdir.parquet", "cow-contiguity.spells"),
        ("cow_nmc.parquet", "cow-nmc.years"),
        ("un_idealpoints.parquet", "unga-idealpoints.years"),
        ("gravity_zeros.parquet", "gravity-zeros.cross-section"),
        ("cow_sdp_gdp.parquet", "sdp-gdp.cow-years"),
        ("agtpa_applications.parquet", "agtpa.panel"),
        ("ucdp_acd.parquet", "ucdp-conflicts.years"),
        ("tss_rivalries.parquet", "strategic-rivalries.spells"),
    ],
)
def test_every_other_data_set_stands_on_the_shelf(opened: Open, name: str, layout: str) -> None:
    """Each file has its layout, gives figures, and loses no cell without a reason."""
    shelf = opened(name)
    assert shelf.layout == layout
    assert shelf.figures > 0
    assert is_whole(shelf)


def test_korea_and_pakistan_in_two_sources(opened: Open) -> None:
    """Korea exported 769,963,000 dollars to Pakistan in 2014, as its own statistics have it."""
    found = dyad_figures([opened("kdiplo_trade_data.csv")], Dyad("KOR", "PAK"))
    assert told(found, 2014)["KOR", "PAK", "exports"] == 769_963_000
    assert told(found, 2014)["KOR", "WLD", "exports"] == 572_664_607_000


def test_files_that_are_no_statistics_have_no_layout(shared: Path) -> None:
    """Lists of states, leaders and capitals are left to others."""
    for name in ("cow_states", "gw_states", "archigos", "cow_capitals"):
        assert recognise(shared / "data" / f"{name}.parquet") is None
    assert recognise(shared / "data" / "reign_leaderlist_2021_3.csv") is None


def test_conflicts_equal_a_count_from_the_file(opened: Open, shared: Path) -> None:
    """By pair and year the shelf has the most intense conflict in which two states stood on opposite sides, and no other."""
    import pandas as pd

    from comity.states import all_states, spells

    rows = pd.read_parquet(shared / "data" / "ucdp_acd.parquet")
    numbers = {
        spell.number: one.code
        for one in sorted(all_states(), key=lambda each: each.code)
        for spell in spells(one.code, "GW")
        if spell.end is None
    }
    expected: dict[tuple[str, str, int, str], int] = {}
    for row in rows.to_dict("records"):
        for left, right in (
            ("gwno_a", "gwno_b"),
            ("gwno_a", "gwno_b_2nd"),
            ("gwno_a_2nd", "gwno_b"),
            ("gwno_a_2nd", "gwno_b_2nd"),
        ):
            if pd.isna(row[left]) or pd.isna(row[right]) or row[left] == row[right] or row["year"] < 2000:
                continue
            first, second = sorted(numbers[int(row[side])] for side in (left, right))
            kind = "armed-conflict" if (left, right) == ("gwno_a", "gwno_b") else "armed-conflict-support"
            key = (first, second, int(row["year"]), kind)
            expected[key] = max(expected.get(key, 0), int(row["intensity_level"]))
    with duckdb.connect() as connection:
        figure_view(connection, [opened("ucdp_acd.parquet")])
        found = connection.execute(
            "SELECT reporter, partner, year(start), indicator, value FROM figures WHERE year(start) >= 2000"
        ).fetchall()
    assert {tuple(one[:4]): int(one[4]) for one in found} == expected
    assert len(expected) > 100


def test_rivalries_equal_the_rows_of_the_file(opened: Open) -> None:
    """India and Pakistan are rivals from 1947 to 2020, in position and in space."""
    found = dyad_figures([opened("tss_rivalries.parquet")], Dyad("IND", "PAK"))
    assert {one.series.indicator for one in found} == {"rivalry", "rivalry-positional", "rivalry-spatial"}
    assert {(one.period.first_year, one.period.last_year) for one in found} == {(1947, 2020)}
