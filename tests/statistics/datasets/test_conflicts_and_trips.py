"""Conflicts, rivalries and trips: cells that list several states, cells that only say that something is there, and rows counted."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from comity.statistics import Shelved, counted_rows, dyad_figures, figure_view
from comity.terms import Dyad, Status
from tests.statistics.datasets.conftest import is_whole, reasons

Shelve = Callable[..., Shelved]

CONFLICTS = """\
conflict_id,location,side_a,side_b,incompatibility,year,intensity_level,type_of_conflict,start_date,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,gwno_loc,region,version
218,"India, Pakistan",Government of India,Government of Pakistan,1,1999,1,2,1948-01-01,750,,770,,"750, 770",3,25.1
420,Iraq,"Government of Australia, Government of United Kingdom, Government of United States of America",Government of Iraq,2,2003,2,2,2003-03-20,"900, 200, 2",,645,,645,2,25.1
333,Afghanistan,Government of Afghanistan,Taleban,2,2005,2,4,1978-04-27,700,"2, 200",,,700,3,25.1
13246,Ukraine,Government of Ukraine,DPR,1,2014,1,4,2014-04-13,369,,,365,369,1,25.1
13247,Ukraine,Government of Ukraine,LPR,1,2014,2,4,2014-04-13,369,,,365,369,1,25.1
"""
RIVALRIES = """\
tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,interventionary,principal,aprin
107,India-Pakistan,750,770,1947,2020,1,1,NA,NA,1,NA
4,Ottoman E-Venice,324,640,1494,1717,1,1,NA,NA,NA,1
"""
TRIPS = """\
TripID,LeaderID,LeaderCountryOrIGO,LeaderCountryISO,LeaderRole,LeaderFullName,CountryVisited,CountryVisitedISO,TripYear,MetHostHoGS
1-PAK-JPN-1,1,Pakistan,PAK,G,A,Japan,JPN,2005,Yes
1-PAK-CHN-1,1,Pakistan,PAK,G,A,China,CHN,2005,Yes
1-PAK-JPN-2,1,Pakistan,PAK,GS,B,Japan,JPN,2005,No
1-PAK-JPN-2,1,Pakistan,PAK,GS,B,Japan,JPN,2005,No
2-JPN-PAK-1,2,Japan,JPN,G,C,Pakistan,PAK,2007,Yes
3-JPN-PAK-1,3,Japan,JPN,F,D,Pakistan,PAK,2018,Yes
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
    assert one.remark.endswith("conflict_id 13247") and one.provenance.column == 6
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
