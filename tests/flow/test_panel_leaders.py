"""Leaders as columns of a panel: who holds office when the year ends, since when, and how many there were."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from comity.flow import PanelReport, PanelRows, find_beside, find_data_sets, make_panel
from comity.terms import InvalidTerm
from tests.flow.panel_files import TRADE, build, of, read, write

# France 220, Ghana 452, the Soviet Union and Russia 365, Serbia 340, Yugoslavia and what became of it 345.
ARCHIGOS = """\
obsid,gwcode,leadid,leader,startdate,enddate,entry,exit
A,452,p1,Abe,2000-03-01,2003-12-31,Regular,Regular
B,452,p2,Bo,2003-12-31,2005-06-30,Irregular,Irregular
C,452,p3,Cy,2005-06-30,2005-09-01,Irregular,Foreign
D,452,p2,Bo,2005-09-01,2007-02-01,Regular,Natural Death
E,452,p4,Dee,2008-05-01,2010-12-31,Unknown,Still in Office
F,345,p5,Ivo,2003-01-01,2006-06-04,Regular,Regular
G,340,p5,Ivo,2006-06-05,2010-12-31,Regular,Still in Office
H,220,p6,Jean,2001-02-01,2010-12-31,Regular,Still in Office
I,9999,p7,Nobody,2001-02-01,2010-12-31,Regular,Still in Office
J,220,p8,Paul,2005-02-01,2004-12-31,Regular,Regular
K,220,p8,Paul,1. 2. 2005,2004-12-31,Regular,Regular
"""
REIGN = """\
ccode,leader,sdate,smonth,syear,emonth,eyear
452,Abe (1st time),1,3,2000,12,2003
452,Abe (2nd time),15,1,2004,3,2006
452,Bo,1,3,2006,,
220,Jean,1,2,2001,12,2005
220,Lou,27,12,2005,2,2007
220,Max,1,2,2007,,
260,Kay,1,10,1982,10,1990
255,Kay,3,10,1990,10,1998
"""


def leaders(text: str, rows: PanelRows, folder: Path) -> tuple[PanelReport, pd.DataFrame]:
    """Return a panel of one list of leaders."""
    (path,) = write(folder / "in", list=text)
    beside, errors = find_beside(find_data_sets([path], None), None, ["leaders"])
    assert not errors
    out = folder / "panel.parquet"
    report = make_panel(rows, ["leaders"], [], out, beside=beside)
    return report, read(out)


def test_the_leader_of_the_year_s_end_has_a_tenure_and_a_beginning(tmp_path: Path) -> None:
    """Who enters on 31 December holds office at its end; a new time in office counts from its own first day."""
    frame = leaders(ARCHIGOS, PanelRows((2002, 2010), "GW", by_state=True, states=("GHA",)), tmp_path)[1]
    frame = frame.set_index("year")
    assert frame.leader_archigos.fillna("").tolist() == ["Abe", "Bo", "Bo", "Bo", "Bo", "", "Dee", "Dee", "Dee"]
    assert frame.leaders_in_year_archigos.to_dict() == dict.fromkeys(range(2002, 2011), 1) | {2003: 2, 2005: 2}
    assert [frame.leader_new_archigos[year] for year in (2002, 2003, 2004, 2005, 2006)] == [0, 1, 0, 1, 0]
    assert frame.leader_tenure_archigos[2005] == round((date_of("2005-12-31") - date_of("2005-09-01")) / 365.25, 2)
    assert frame.leader_irregular_entries_archigos[2005] == 1 and frame.leader_irregular_exits_archigos[2005] == 1
    assert pd.isna(frame.leader_irregular_entries_archigos[2008]) and frame.leader_irregular_exits_archigos[2008] == 0


def date_of(text: str) -> int:
    """Return the number of a day."""
    return pd.Timestamp(text).toordinal()


def test_rows_that_cannot_be_used_are_named_and_the_rest_counts(tmp_path: Path) -> None:
    """A wrong number, a term that runs backwards and a day that is none are told by row, in the codebook too."""
    report, frame = leaders(ARCHIGOS, PanelRows((2005, 2005), "GW"), tmp_path)
    assert of(frame, "FRA", "GHA", 2005).leader_1_archigos == "Jean"
    assert of(frame, "FRA", "GHA", 2005).leader_2_archigos == "Bo"
    book = Path(f"{report.path}.codebook.md").read_text(encoding="utf-8")
    for words in (
        "line 10 is not used",
        "line 11 is not used: the term of Paul ends",
        "line 12 is not used: startdate",
    ):
        assert words in book
    assert "Goemans" in book and "Miller 2022" in book
    assert any("list.csv: 3 terms left out" in warning for warning in report.warnings)


@pytest.mark.parametrize("form", ["archigos", "reign"])
def test_the_last_year_of_the_calendar_is_no_end(tmp_path: Path, form: str) -> None:
    """Who is said to leave office in 9999 is still in it; words behind a date make it none."""
    text = {
        "archigos": (
            "obsid,gwcode,leadid,leader,startdate,enddate,entry,exit\n"
            "A,345,p1,Milo,2000-03-01 00:00:00,9999-12-31,Regular,Still in Office\n"
            "B,340,p1,Milo,2006-06-05T00:00:00Z,9999-12-31,Regular,Still in Office\n"
            "C,220,p2,Jean,2001-02-01,2008-12-31,Regular,Regular\n"
            "D,220,p3,Paul,2005-02-01 or later,2009-12-31,Regular,Regular\n"
        ),
        "reign": (
            "ccode,leader,sdate,smonth,syear,emonth,eyear\n345,Milo,1,3,2000,12,9999\n220,Jean,1,2,2001,12,2008\n"
        ),
    }[form]
    system = "GW" if form == "archigos" else "COW"
    report, frame = leaders(text, PanelRows((2004, 2008), system, by_state=True, states=("FRA", "SRB")), tmp_path)
    held = frame.set_index(["code", "year"])[f"leader_{form}"]
    assert held["SRB", 2008] == "Milo" and held["FRA", 2007] == "Jean"
    if form == "archigos":
        assert (
            "line 5 is not used: startdate is '2005-02-01 or later'" in Path(f"{report.path}.codebook.md").read_text()
        )


@pytest.mark.parametrize("number", ["452.5", "nan", "inf", "Ghana"])
def test_a_number_with_a_part_is_not_cut_to_a_whole_one(tmp_path: Path, number: str) -> None:
    """A state's number that is no whole number is told with its line, and its row is not used."""
    report, frame = leaders(REIGN + f"{number},Zed,1,1,1960,,\n", PanelRows((1990, 1991)), tmp_path)
    book = Path(f"{report.path}.codebook.md").read_text(encoding="utf-8")
    assert f"line 10 is not used: ccode is '{number}', not a whole number" in book
    assert "Zed" not in frame.to_string()


def test_a_list_says_nothing_of_years_that_it_does_not_know_whole(tmp_path: Path) -> None:
    """Before a list begins and after it breaks off all stays empty."""
    rows = PanelRows((1870, 2012), by_state=True, states=("FRA", "GHA"))
    frame = leaders(ARCHIGOS.replace("2001-02-01", "1871-02-01"), rows, tmp_path)[1]
    held = frame[frame.leader_archigos.notna() & (frame.code == "FRA")]
    assert (held.year.min(), held.year.max()) == (1875, 2010)
    frame = leaders(REIGN, PanelRows((2005, 2010), by_state=True, states=("FRA",)), tmp_path)[1]
    # The last date of that list lies in February 2007.
    assert frame[frame.leader_reign.notna()].year.tolist() == [2005, 2006]


def test_an_exit_of_which_only_the_month_is_known_decides_nothing(tmp_path: Path) -> None:
    """Who left in December without a successor in it leaves the year's end open; who had one does not."""
    frame = leaders(REIGN, PanelRows((2003, 2006), by_state=True, states=("FRA", "GHA")), tmp_path)[1]
    ghana = frame[frame.code == "GHA"].set_index("year")
    assert pd.isna(ghana.leader_reign[2003]) and pd.isna(ghana.leader_new_reign[2003])
    assert ghana.leaders_in_year_reign.to_dict() == {2003: 1, 2004: 1, 2005: 1, 2006: 2}
    france = frame[frame.code == "FRA"].set_index("year")
    assert france.leader_reign.tolist() == ["Jean", "Jean", "Lou", "Lou"]
    assert "leader_irregular_exits_reign" not in frame.columns


def test_who_goes_on_under_a_new_number_of_the_state_is_not_new(tmp_path: Path) -> None:
    """Germany's number changed in October 1990, its chancellor did not; the figures stand on one of its two rows."""
    frame = leaders(REIGN, PanelRows((1990, 1991), by_state=True, states=("DEU",)), tmp_path)[1].set_index(
        ["year", "cow"]
    )
    assert pd.isna(frame.leader_reign[1990, 255]) and frame.leader_reign[1990, 260] == "Kay"
    assert frame.leader_new_reign[1990, 260] == 0 and frame.leader_new_reign[1991, 255] == 0
    assert frame.leader_tenure_reign[1991, 255] == 9.25
    assert frame.leaders_in_year_reign[1990, 260] == 1


def test_a_year_of_which_the_list_has_a_part_under_the_number_has_no_counts(tmp_path: Path) -> None:
    """Serbia's 2006 begins under another state's number in Archigos, and not in Correlates of War's list."""
    report, frame = leaders(ARCHIGOS, PanelRows((2006, 2007), by_state=True, states=("SRB",)), tmp_path)
    frame = frame.set_index("year")
    assert frame.leader_archigos.tolist() == ["Ivo", "Ivo"]
    assert pd.isna(frame.leaders_in_year_archigos[2006]) and frame.leaders_in_year_archigos[2007] == 1
    assert any("In 1 year a state bore the GW number" in warning for warning in report.warnings)


def test_lists_stand_beside_data_sets_and_each_other(tmp_path: Path) -> None:
    """Two sources have columns of their own; two lists of one source are not chosen between."""
    files = write(tmp_path / "in", one=ARCHIGOS, two=REIGN, trade=TRADE)
    found = find_data_sets([tmp_path / "in"], None)
    assert [path.name for path in found.leaders] == ["one.csv", "two.csv"] and len(found.files) == 1
    beside, _ = find_beside(found, None)
    make_panel(PanelRows((2001, 2001)), ["leaders"], [], tmp_path / "p.parquet", beside=beside)
    row = of(read(tmp_path / "p.parquet"), "GHA", "FRA", 2001)
    assert (row.leader_1_archigos, row.leader_1_reign) == ("Abe", "Abe (1st time)")
    write(tmp_path / "in", other=REIGN + "220,Ned,1,1,2009,,\n")
    with pytest.raises(InvalidTerm, match=r"several of reign: other.csv, two.csv"):
        find_beside(find_data_sets([tmp_path / "in"], None), None)
    with pytest.raises(InvalidTerm, match=r"leaders.*Archigos and REIGN"):
        build(files[2:], PanelRows((2001, 2001)), ["leaders"], tmp_path / "q.csv")


# The count of add_archigos (R/add_archigos.R of peacesciencer), day by day: the first and the last leader-day of the year.
SUMMARY = """
    WITH spell AS (SELECT *, file_row_number AS r FROM read_parquet('{path}', file_row_number = true)),
    day AS (
        SELECT gwcode::INTEGER AS gw, year, obsid, leader, leadid, r, greatest(startdate, make_date(year, 1, 1)) AS begins,
            least(enddate, make_date(year, 12, 31)) AS ends
        FROM spell, (SELECT unnest(range(1875, 2016)) AS year) WHERE year(startdate) <= year AND year(enddate) >= year
    )
    SELECT gw, year, arg_min(obsid, (begins, r)) AS jan1, arg_max(obsid, (ends, r)) AS dec31, arg_max(leader, (ends, r)) AS leader,
        max(ends) AS until, min(begins) AS since, count(DISTINCT leadid) AS n_leaders
    FROM day GROUP BY gw, year
"""


@pytest.mark.shared
def test_leaders_are_counted_as_peacesciencer_counts_them(shared: Path, tmp_path: Path) -> None:
    """Of all state-years of Archigos: as many leaders, the same one at the end where one is in office, the same transitions."""
    path = shared / "data" / "archigos.parquet"
    beside, _ = find_beside(find_data_sets([path], None), None)
    out = tmp_path / "p.parquet"
    make_panel(PanelRows((1875, 2015), "GW", by_state=True, microstates=False), ["leaders"], [], out, beside=beside)
    theirs = duckdb.execute(SUMMARY.format(path=path)).df()
    both = read(out).merge(theirs, on=["gw", "year"])
    assert len(both) == 13_925
    assert (both.leaders_in_year_archigos == both.n_leaders).all()
    # Where nobody was in office any more when the year ended there is no leader of its end; add_archigos gives the last.
    gone = both[both.leader_archigos.isna()]
    assert len(gone) == 47 and (gone.until.dt.strftime("%m-%d") != "12-31").all()
    here = both[both.leader_archigos.notna()]
    assert (here.leader_archigos == here.leader).all()
    # The first leader of a state is new here and no transition there, and so is who entered on 1 January.
    apart = here[(here.jan1 != here.dec31).astype(int) != here.leader_new_archigos]
    assert len(apart) == 265 and (apart.leader_new_archigos == 1).all() and (apart.jan1 == apart.dec31).all()
