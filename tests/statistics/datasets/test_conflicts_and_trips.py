"""Conflicts, rivalries and trips: cells that list several states, cells that only say that something is there, and rows counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from comity.statistics import Shelved, counted_rows, dyad_figures, extract, figure_view
from comity.terms import Dyad, Status
from tests.statistics.datasets.conftest import is_whole, reasons

Shelve = Callable[..., Shelved]

# The publisher's headers, word for word; of the columns that are not read some stand empty below.
HEADERS = (
    "conflict_id,location,side_a,side_a_id,side_a_2nd,side_b,side_b_id,side_b_2nd,incompatibility,territory_name,year,"
    "intensity_level,cumulative_intensity,type_of_conflict,start_date,start_prec,start_date2,start_prec2,ep_end,ep_end_date,"
    "ep_end_prec,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,gwno_loc,region,version\n"
)


def conflict(number: int, year: int, intensity: int, kind: int, *sides: str) -> str:
    """Return a row as the publisher writes it: empty cells and lists stand in quotation marks."""
    lists = ",".join(one if one.isdigit() else f'"{one}"' for one in sides)
    return (
        f'{number},"Here, There",Government of Here,1,"",Government of There,2,"",1,Land,{year},{intensity},1,{kind},1948-01-01,1,'
        f'1999-05-08,1,0,"","",{lists},"750, 770",3,25.1\n'
    )


CONFLICTS = (
    HEADERS
    + conflict(218, 1999, 1, 2, "750", "", "770", "")
    + conflict(420, 2003, 2, 2, "900, 200, 2", "", "645", "")
    + conflict(333, 2005, 2, 4, "700", "2, 200", "", "")
    + conflict(13246, 2014, 1, 4, "369", "", "", "365")
    + conflict(13247, 2014, 2, 4, "369", "", "", "365")
)
RIVALRIES = """\
tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,interventionary,principal,aprin
107,India-Pakistan,750,770,1947,2020,1,1,NA,NA,1,NA
4,Ottoman E-Venice,324,640,1494,1717,1,1,NA,NA,NA,1
"""
TRIPS = """\
TripID,LeaderID,LeaderCountryOrIGO,LeaderCountryISO,LeaderRegion,LeaderSubregion,LeaderRole,LeaderTitle,LeaderSurname,LeaderFullName,Exiled,CountryVisited,CountryVisitedISO,RegionVisited,SubRegionVisited,DisputedTerritory,SemiAutoTerritory,TripYear,TripStartDate,TripEndDate,TripDuration,MetHostHoGS,AttendedMultilatEvent
1-PAK-JPN-1,1,Pakistan,PAK,Asia,South Asia,G,,,Ann A,0,Japan,JPN,Asia,East Asia,No,No,2005,2005-01-02,2005-01-03,2,Yes,No
1-PAK-CHN-1,1,Pakistan,PAK,Asia,South Asia,G,,,Ann A,0,China,CHN,Asia,East Asia,No,No,2005,2005-02-02,2005-02-03,2,Yes,No
1-PAK-JPN-2,1,Pakistan,PAK,Asia,South Asia,GS,,,Ben B,0,Japan,JPN,Asia,East Asia,No,No,2005,2005-03-02,TBD,TBD,No,Yes
1-PAK-JPN-2,1,Pakistan,PAK,Asia,South Asia,GS,,,Ben B,0,Japan,JPN,Asia,East Asia,No,No,2005,2005-03-02,TBD,TBD,No,Yes
2-JPN-PAK-1,2,Japan,JPN,Asia,East Asia,G,,,Cyd C,0,Pakistan,PAK,Asia,South Asia,No,No,2007,2007-01-02,2007-01-03,2,Yes,No
3-JPN-PAK-1,3,Japan,JPN,Asia,East Asia,F,,,Dee D,0,Pakistan,PAK,Asia,South Asia,No,No,2018,2018-01-02,2018-01-03,2,Yes,No
"""


def told(shelf: Shelved, *codes: str) -> set[tuple[str, str, int | None, str, int | None]]:
    """Return indicator, reporter, first year, printed figure and row of what a file says of a pair."""
    return {
        (one.series.indicator, one.series.reporter, one.period.first_year, one.quantity.text, one.provenance.row)
        for one in dyad_figures([shelf], Dyad(*codes))
        if one.series.partner
    }


def test_states_on_opposite_sides_are_the_pair_of_a_conflict(put: Shelve) -> None:
    """Each state of one side has the conflict with each of the other; those of one side have none with each other."""
    shelf = put(CONFLICTS)
    assert told(shelf, "IND", "PAK") == {("armed-conflict", "IND", 1999, "1", 1)}
    assert told(shelf, "USA", "IRQ") == {("armed-conflict", "IRQ", 2003, "2", 2)}
    assert told(shelf, "AUS", "IRQ") == {("armed-conflict", "AUS", 2003, "2", 2)}
    assert told(shelf, "USA", "GBR") == told(shelf, "USA", "AFG") == set()
    assert is_whole(shelf) and shelf.problems == ()


def test_of_a_pairs_conflicts_in_one_year_the_most_intense_counts(put: Shelve) -> None:
    """Where a state's troops fight beside others within a state, the pair has the higher of two intensities, with its own row."""
    shelf = put(CONFLICTS)
    assert told(shelf, "UKR", "RUS") == {("armed-conflict-support", "RUS", 2014, "2", 5)}
    (one,) = dyad_figures([shelf], Dyad("UKR", "RUS"))
    assert one.remark.endswith("conflict_id 13247") and one.provenance.column == 11
    assert shelf.repeated == 1


def test_a_rivalry_holds_in_the_years_of_its_row(put: Shelve) -> None:
    """A row says that there is a rivalry, its further columns of which kinds; a state that there is no more is refused."""
    shelf = put(RIVALRIES)
    assert told(shelf, "IND", "PAK") == {
        ("rivalry", "IND", 1947, "1", 1),
        ("rivalry-positional", "IND", 1947, "1", 1),
        ("rivalry-spatial", "IND", 1947, "1", 1),
    }
    (one,) = [each for each in dyad_figures([shelf], Dyad("IND", "PAK")) if each.series.indicator == "rivalry"]
    assert (one.period.last_year, one.remark, one.provenance.column) == (2020, "rivalry India-Pakistan", 0)
    assert (shelf.missing, reasons(shelf)) == (4, {"unknown": 3})
    assert is_whole(shelf)


def test_trips_are_counted_and_the_count_names_its_rows(put: Shelve) -> None:
    """A figure is the number of rows, derived, and says which; a row that stands twice is one trip, a minister's is none."""
    shelf = put(TRIPS)
    assert told(shelf, "PAK", "JPN") == {
        ("leader-trips", "PAK", 2005, "2", 1),
        ("leader-trips", "JPN", 2007, "1", 5),
    }
    first, second = dyad_figures([shelf], Dyad("PAK", "JPN"))
    assert first.status is Status.DERIVED and first.quantity.value == 2
    assert first.remark.endswith("counted from rows 2, 4 of the file")
    assert second.remark.endswith("counted from row 6 of the file")
    assert counted_rows([shelf], Dyad("PAK", "JPN")) == {1, 3, 5}
    assert (shelf.figures, shelf.counted, shelf.repeated, reasons(shelf)) == (3, 1, 1, {"choice": 1})
    assert is_whole(shelf)


def test_a_year_without_a_trip_is_not_zero(put: Shelve) -> None:
    """Of years and pairs without a row there is no figure."""
    assert {year for _, _, year, _, _ in told(put(TRIPS), "PAK", "JPN")} == {2005, 2007}


@pytest.mark.parametrize("text", [CONFLICTS, RIVALRIES, TRIPS])
def test_figures_of_every_kind_of_file_are_one_table(put: Shelve, text: str) -> None:
    """Panels read counts, conflicts and rivalries as they do the figures of every other file."""
    shelf = [put("ccode,year,milper,tpop,upop,cinc\n740,2001,1,2,3,0.5\n", name="nmc.csv"), put(text)]
    with duckdb.connect() as connection:
        figure_view(connection, shelf)
        found = connection.execute("SELECT count(*) FROM figures").fetchall()
    assert found == [(sum(one.figures for one in shelf),)]


def test_of_a_wide_table_of_trips_who_travelled_and_when_is_shown(put: Shelve, tmp_path: Path) -> None:
    """Of a table with more columns than a page has room for, the leader and the days stand beside what is read."""
    head, first, *_ = TRIPS.splitlines()
    wide = [
        line + "," + ",".join(f"{word}{number}" for number in range(1, 34))
        for line, word in ((head, "SourceLink"), (first, "x"))
    ]
    put("\n".join(wide) + "\n", name="wide.csv")
    headers, rows = extract(tmp_path / "in" / "wide.csv", [1])
    assert {"TripID", "LeaderFullName", "TripStartDate", "TripEndDate"} <= set(headers.values())
    assert "SourceLink1" not in headers.values() and "Ann A" in rows[1].values()
