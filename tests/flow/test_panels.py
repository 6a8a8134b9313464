"""Panels: every figure stands where its source puts it, nothing else stands anywhere, and the rows are the published ones."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.flow import (
    PanelRows,
    Workspace,
    dyad_of,
    find_beside,
    find_data_sets,
    make_panel,
    panel_offers,
    put_on_shelf,
    read_pairs,
    read_states,
)
from comity.terms import ComityError, DissolvedState, InvalidTerm, WorkspaceError
from tests.flow.panel_files import (
    ALLIANCES,
    CAPABILITIES,
    CONTIGUITY,
    DISTANCES,
    TRADE,
    VOTES,
    build,
    of,
    panel,
    read,
    write,
)

NUMBERS = {"JPN": 740, "PAK": 770, "IND": 750, "FRA": 220}


def test_each_side_has_its_own_figure_of_each_source() -> None:
    """A flow stands as the reporter's on both rows of the pair; zero stays zero, and what is missing stays empty."""
    frame = panel({"trade": TRADE}, PanelRows((2001, 2002)), ["trade"])
    assert list(frame.columns[:5]) == ["year", "code1", "code2", "cow1", "cow2"]
    assert list(frame.columns[5:]) == ["imports_12_cow_trade", "imports_21_cow_trade"]
    row = of(frame, "JPN", "PAK", 2001)
    assert (row.cow1, row.cow2) == (740, 770)
    assert (row.imports_12_cow_trade, row.imports_21_cow_trade) == (12_500_000, 30_000_000)
    other = of(frame, "PAK", "JPN", 2001)
    assert (other.imports_12_cow_trade, other.imports_21_cow_trade) == (30_000_000, 12_500_000)
    later = of(frame, "JPN", "PAK", 2002)
    assert pd.isna(later.imports_12_cow_trade) and later.imports_21_cow_trade == 0
    assert int(frame.imports_12_cow_trade.notna().sum()) == 5


def test_two_sources_never_share_a_column() -> None:
    """The same indicator of two sources has columns of its own for each."""
    wits = (
        "Nomenclature,ReporterISO3,ProductCode,ReporterName,PartnerISO3,PartnerName,Year,TradeFlowName,TradeFlowCode,"
        "TradeValue in 1000 USD\n"
        "H3,JPN,Total,Japan,PAK,Pakistan,2001,Import,5,11\nH3,JPN,Total,Japan,WLD,World,2001,Export,6,99\n"
    )
    frame = panel({"trade": TRADE, "wits": wits}, PanelRows((2001, 2001)), ["imports", "exports"])
    row = of(frame, "JPN", "PAK", 2001)
    assert (row.imports_12_cow_trade, row.imports_12_wits) == (12_500_000, 11_000)
    assert row.exports_1_world_wits == 99_000 and pd.isna(row.exports_2_world_wits)
    alone = panel({"wits": wits}, PanelRows((2001, 2001), by_state=True, states=("JPN",)), ["trade"])
    assert alone.to_dict("records") == [{"year": 2001, "code": "JPN", "cow": 740, "exports_world_wits": 99_000.0}]


def test_a_former_state_has_its_own_figures() -> None:
    """The rows of a number bear the code of the state that it stood for in the year."""
    frame = panel({"trade": TRADE}, PanelRows((1991, 1992)), ["imports"])
    assert of(frame, "FRA", "SUN", 1991).imports_12_cow_trade == 7_000_000
    assert of(frame, "FRA", "RUS", 1992).imports_12_cow_trade == 9_000_000
    assert frame[(frame.cow1 == 365) & (frame.year == 1992)].code1.unique().tolist() == ["RUS"]


def test_spells_count_in_every_year_that_they_touch() -> None:
    """A border stands in the years of its spell, the code of most days where it changes, and in no other year."""
    frame = panel({"contiguity": CONTIGUITY}, PanelRows((2000, 2018)), ["contiguity"])
    column = "contiguity_cow_contiguity"
    assert [of(frame, "JPN", "RUS", year)[column] for year in (2000, 2001, 2002, 2016)] == [3, 4, 4, 4]
    assert of(frame, "IND", "PAK", 2016)[column] == 1
    assert pd.isna(of(frame, "IND", "PAK", 2017)[column])
    assert pd.isna(of(frame, "JPN", "PAK", 2000)[column])


def test_a_spell_without_contiguity_says_nothing() -> None:
    """Spells of type 0 reach over those of a border, and are no figure: a border that ends in the year stands, and then nothing."""
    text = "ccode1,ccode2,conttype,stdate,enddate\n770,750,0,1990-01-01,2005-12-01\n770,750,1,2000-01-01,2001-03-01\n"
    frame = panel({"contiguity": text}, PanelRows((1999, 2002)), ["contiguity"])
    found = [of(frame, "IND", "PAK", year).contiguity_cow_contiguity for year in range(1999, 2003)]
    assert pd.isna(found[0]) and found[1:3] == [1, 1] and pd.isna(found[3])


def test_codes_that_hold_equally_long_are_not_chosen_between() -> None:
    """Where a source says two things of the same days, neither stands."""
    text = "ccode1,ccode2,conttype,stdate,enddate\n770,750,1,2000-01-01,2001-12-01\n770,750,2,2001-01-01,2001-12-01\n"
    frame = panel({"contiguity": text}, PanelRows((2000, 2001)), ["contiguity"])
    assert of(frame, "IND", "PAK", 2000).contiguity_cow_contiguity == 1
    assert pd.isna(of(frame, "IND", "PAK", 2001).contiguity_cow_contiguity)


def test_a_state_of_two_numbers_in_one_year_has_its_figures_once() -> None:
    """Germany's 1990 has a row for each of its two numbers; the year's figures stand on one, what holds on both."""
    trade = "ccode1,ccode2,year,flow1,flow2\n220,260,1990,5,6\n"
    texts = {"trade": trade, "contiguity": CONTIGUITY}
    frame = panel(texts, PanelRows((1990, 1990)), ["trade", "contiguity"])
    rows = frame[(frame.code1 == "FRA") & (frame.code2 == "DEU")].set_index("cow2")
    assert sorted(rows.index) == [255, 260]
    assert rows.imports_12_cow_trade[260] == 5_000_000 and pd.isna(rows.imports_12_cow_trade[255])
    assert rows.contiguity_cow_contiguity.tolist() == [1, 1]


def test_a_distance_stands_in_every_year() -> None:
    """What a source gives for all times stands in all years, once for the pair."""
    frame = panel({"distances": DISTANCES}, PanelRows((1990, 1991)), ["distance"])
    assert of(frame, "PAK", "JPN", 1990).distance_cepii_geodist == 5980.15
    assert of(frame, "JPN", "PAK", 1991).distance_cepii_geodist == 5980.15
    assert frame.distance_cepii_geodist.notna().sum() == 4


def test_pledges_of_one_side_stay_its_own() -> None:
    """An alliance's pledges stand for the side that made them; families stand for all their indicators."""
    frame = panel({"alliances": ALLIANCES}, PanelRows((2004, 2005)), ["alliances"])
    row = of(frame, "PAK", "JPN", 2004)
    assert (row.alliance_consultation_12_atop, row.alliance_consultation_21_atop) == (0, 1)
    assert len([name for name in frame.columns if name.startswith("alliance_")]) == 10
    assert frame[frame.year == 2005].filter(like="alliance_").isna().all().all()


def test_conflicts_and_rivalries_have_one_column_for_the_pair() -> None:
    """What holds between two states stands on both rows of the pair in the years of the source, and nowhere as zero."""
    conflicts = (
        "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,intensity_level,type_of_conflict\n"
        '218,1999,750,,770,,1,2\n420,2003,"900, 200, 2",,645,,2,2\n'
    )
    rivalries = (
        "tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,interventionary\n"
        "107,India-Pakistan,750,770,1947,2020,1,1,,\n"
    )
    frame = panel({"c": conflicts, "r": rivalries}, PanelRows((1999, 2003)), ["conflict", "rivalries"])
    assert [of(frame, *pair, 1999).armed_conflict_ucdp_conflicts for pair in (("IND", "PAK"), ("PAK", "IND"))] == [1, 1]
    assert of(frame, "USA", "IRQ", 2003).armed_conflict_ucdp_conflicts == 2
    assert frame.armed_conflict_ucdp_conflicts.notna().sum() == 8
    assert of(frame, "PAK", "IND", 2003).rivalry_strategic_rivalries == 1
    assert frame.rivalry_strategic_rivalries.notna().sum() == 10
    assert "rivalry_ideological_strategic_rivalries" not in frame


def test_trips_are_counted_each_way() -> None:
    """Trips of either side's leaders stand as whole numbers for the side that travelled; a pair without one is empty."""
    trips = (
        "TripID,LeaderCountryISO,LeaderRole,CountryVisitedISO,TripYear\n"
        "1,PAK,G,JPN,2005\n2,PAK,S,JPN,2005\n3,JPN,G,PAK,2005\n"
    )
    frame = panel({"trips": trips}, PanelRows((2005, 2006)), ["visits"])
    row = of(frame, "PAK", "JPN", 2005)
    assert (row.leader_trips_12_leader_travel, row.leader_trips_21_leader_travel) == (2, 1)
    assert frame.leader_trips_12_leader_travel.notna().sum() == 2


def test_representations_stand_for_the_side_that_sent_them() -> None:
    """Diplomatic exchange has a column a side: the level of what state 1 has at state 2, with zero where the file says so."""
    text = "ccode1,ccode2,year,DR_at_1,DR_at_2\n740,770,2005,3,0\n"
    frame = panel({"exchange": text}, PanelRows((2005, 2005)), ["diplomacy"])
    row = of(frame, "PAK", "JPN", 2005)
    sent = "diplomatic_representation_{}_cow_diplomatic_exchange"
    assert (row[sent.format(12)], row[sent.format(21)]) == (3, 0)


def test_figures_of_one_state_stand_on_both_sides() -> None:
    """What is a state's own has a column a side, whole numbers as such; a state-year has one."""
    frame = panel({"nmc": CAPABILITIES}, PanelRows((2001, 2002)), ["capabilities"])
    row = of(frame, "PAK", "JPN", 2001)
    assert (row.population_1_cow_nmc, row.population_2_cow_nmc) == (140_000_000, 127_000_000)
    assert row.capability_index_2_cow_nmc == 0.05
    states = panel({"nmc": CAPABILITIES}, PanelRows((2001, 2002), by_state=True, states=("PAK",)), ["population"])
    assert states.to_dict("records") == [
        {"year": 2001, "code": "PAK", "cow": 770, "population_cow_nmc": 140_000_000},
        {"year": 2002, "code": "PAK", "cow": 770, "population_cow_nmc": 143_000_000},
    ]


def test_votes_are_counted_by_pair_and_year() -> None:
    """Alike, one abstaining, opposed, and Lijphart's agreement; an absence is no part in a roll call."""
    frame = panel({"votes": VOTES}, PanelRows((2001, 2002)), ["votes"])
    row = of(frame, "PAK", "JPN", 2001)
    assert (row.votes_alike_unga_votes, row.votes_half_unga_votes, row.votes_opposed_unga_votes) == (2, 1, 1)
    assert row.votes_agreement_unga_votes == pytest.approx(2.5 / 4)
    assert frame[frame.year == 2002].votes_alike_unga_votes.isna().all()
    states = panel({"votes": VOTES}, PanelRows((2001, 2002), by_state=True, states=("PAK",)), ["votes"])
    assert states.filter(like="votes_").to_numpy().tolist() == [[2, 1, 1], [1, 0, 0]]


@settings(max_examples=12)
@given(
    ballots=st.dictionaries(
        st.tuples(st.integers(1, 12), st.sampled_from(sorted(NUMBERS.values()))), st.sampled_from("1238"), min_size=1
    )
)
def test_votes_equal_a_count_by_hand(ballots: dict[tuple[int, int], str]) -> None:
    """The counts of each pair are those of going through its roll calls one by one."""
    lines = [f"{call},{state},{vote},56,0,2001-11-{call:02},R/{call}" for (call, state), vote in ballots.items()]
    text = "\n".join(["rcid,ccode,vote,session,importantvote,date,unres", *lines, ""])
    frame = panel({"votes": text}, PanelRows((2001, 2001), dyads=(("JPN", "PAK"), ("FRA", "IND"))), ["votes"])
    for row in frame.itertuples():
        both = [
            {ballots.get((call, row.cow1)), ballots.get((call, row.cow2))}
            for call in range(1, 13)
            if {ballots.get((call, row.cow1)), ballots.get((call, row.cow2))} <= set("123")
        ]
        alike = sum(len(one) == 1 for one in both)
        half = sum(len(one) == 2 and "2" in one for one in both)
        told = (row.votes_alike_unga_votes, row.votes_half_unga_votes, row.votes_opposed_unga_votes)
        if both:
            assert told == (alike, half, len(both) - alike - half)
            assert row.votes_agreement_unga_votes == pytest.approx((alike + half / 2) / len(both))
        else:
            assert all(pd.isna(one) for one in told)


FLOWS = st.dictionaries(
    st.tuples(st.sampled_from(sorted(NUMBERS.values())), st.sampled_from(sorted(NUMBERS.values())), st.integers(2000, 2002))
    .filter(lambda key: key[0] < key[1]),
    st.tuples(st.integers(0, 99), st.integers(0, 99)),
    min_size=1,
)  # fmt: skip


@settings(max_examples=12)
@given(flows=FLOWS)
def test_what_goes_in_comes_out(flows: dict[tuple[int, int, int], tuple[int, int]]) -> None:
    """Undirected is half of directed, sides change places with the order, and the totals are those of the file."""
    lines = [f"{first},{second},{year},{one},{two}" for (first, second, year), (one, two) in flows.items()]
    texts = {"trade": "\n".join(["ccode1,ccode2,year,flow1,flow2", *lines, ""])}
    directed = panel(texts, PanelRows((2000, 2002)), ["trade"])
    undirected = panel(texts, PanelRows((2000, 2002), directed=False), ["trade"])
    assert len(directed) == 2 * len(undirected)
    assert (undirected.cow1 < undirected.cow2).all()
    key, figures = ["cow1", "cow2", "year"], ["imports_12_cow_trade", "imports_21_cow_trade"]
    turned = directed.rename(
        columns={"cow1": "cow2", "cow2": "cow1", "code1": "code2", "code2": "code1"}
        | dict(zip(figures, figures[::-1], strict=True))
    )
    pd.testing.assert_frame_equal(
        directed.sort_values(key, ignore_index=True), turned[directed.columns].sort_values(key, ignore_index=True)
    )
    half = directed[directed.cow1 < directed.cow2].reset_index(drop=True)
    pd.testing.assert_frame_equal(half, undirected)
    total = sum(one + two for one, two in flows.values())
    assert directed[figures[0]].sum() == total * 1_000_000
    assert undirected[figures].sum().sum() == total * 1_000_000
    assert directed[figures[0]].notna().sum() == 2 * len(flows)


def test_figures_that_differ_between_files_of_a_source_stay_empty(tmp_path: Path) -> None:
    """Two editions that disagree on a figure give none, and the report says how many and of which column."""
    later = TRADE.replace("740,770,2001,12.5,30", "740,770,2001,13,30")
    files = write(tmp_path / "in", first=TRADE, second=later)
    report = build(files, PanelRows((2001, 2001)), ["trade"], tmp_path / "panel.parquet")
    row = of(read(tmp_path / "panel.parquet"), "JPN", "PAK", 2001)
    assert pd.isna(row.imports_12_cow_trade) and row.imports_21_cow_trade == 30_000_000
    assert any("In 1 case the 2 files" in warning for warning in report.warnings)


def test_of_several_vintages_the_latest_counts(tmp_path: Path) -> None:
    """What `comity fetch` kept of an earlier edition is left aside, with a word in the report and in the codebook."""
    workspace = Workspace.create(tmp_path / "ws", dyad_of("PAK", "JPN"))
    later = TRADE.replace("740,770,2001,12.5,30", "740,770,2001,13,30")
    for vintage, text in (("2020-01-01", TRADE), ("2021-01-01", later)):
        write(workspace.sources / "cow-trade" / vintage, trade=text)
    found = find_data_sets([], workspace)
    assert [path.parent.name for path in found.files] == ["2021-01-01"]
    beside, _ = find_beside(found, workspace)
    shelf, _ = put_on_shelf(found, tmp_path / "shelf")
    report = make_panel(PanelRows((2001, 2001)), ["trade"], shelf, tmp_path / "p.parquet", beside=beside)
    assert of(read(tmp_path / "p.parquet"), "JPN", "PAK", 2001).imports_12_cow_trade == 13_000_000
    told = "trade.csv, the edition of 2020-01-01, is left aside: that of 2021-01-01 is kept too and counts."
    assert told in report.warnings
    assert f"- {told}" in (tmp_path / "p.parquet.codebook.md").read_text(encoding="utf-8")
    (source,) = json.loads((tmp_path / "p.parquet.codebook.json").read_text(encoding="utf-8"))["sources"]
    assert source["superseded"] == [{"name": "trade.csv", "vintage": "2020-01-01", "counts": "2021-01-01"}]
    assert [file["vintage"] for file in source["files"]] == ["2021-01-01"]


def test_only_folders_of_vintages_are_editions(tmp_path: Path) -> None:
    """Files of one name in other folders are parts of a whole; files that are named each count, whatever their folder."""
    for part, text in (("2001", TRADE), ("2002", TRADE.replace("740,770,2001,12.5,30\n", ""))):
        write(tmp_path / "parts" / part, trade=text)
    assert len(find_data_sets([tmp_path / "parts"], None).files) == 2
    (tmp_path / "parts").rename(tmp_path / "cow-trade")
    assert [path.parent.name for path in find_data_sets([tmp_path], None).files] == ["2002"]
    named = [tmp_path / "cow-trade" / part / "trade.csv" for part in ("2001", "2002")]
    assert len(find_data_sets(named, None).files) == 2


def test_figures_of_parts_of_years_are_refused() -> None:
    """Months may stand several times in a year, and are not added up."""
    months = (
        "period,reporterISO,partnerISO,flowCode,cmdCode,customsCode,motCode,primaryValue\n"
        "200101,JPN,PAK,X,TOTAL,C00,0,5\n200102,JPN,PAK,X,TOTAL,C00,0,6\n"
    )
    with pytest.raises(InvalidTerm, match="not of whole calendar years"):
        panel({"comtrade": months}, PanelRows((2001, 2001)), ["exports"])
    both = months + "2001,JPN,PAK,X,TOTAL,C00,0,70\n"
    frame = panel({"comtrade": both}, PanelRows((2001, 2001)), ["exports"])
    assert of(frame, "JPN", "PAK", 2001).exports_12_un_comtrade == 70


def test_single_products_are_not_taken_for_the_whole() -> None:
    """Several products without a total are refused; with one, the total stands."""
    products = (
        "period,reporterISO,partnerISO,flowCode,cmdCode,customsCode,motCode,primaryValue\n"
        "2001,JPN,PAK,X,87,C00,0,5\n2001,JPN,PAK,X,84,C00,0,6\n"
    )
    with pytest.raises(InvalidTerm, match="single products"):
        panel({"comtrade": products}, PanelRows((2001, 2001)), ["exports"])
    frame = panel({"comtrade": products + "2001,JPN,PAK,X,TOTAL,C00,0,20\n"}, PanelRows((2001, 2001)), ["exports"])
    assert of(frame, "JPN", "PAK", 2001).exports_12_un_comtrade == 20


def test_the_codebook_tells_of_every_column(tmp_path: Path) -> None:
    """Each column has its unit, source, licence, digest and share of rows with a value; the same inputs give the same bytes."""
    files = write(tmp_path / "in", trade=TRADE, distances=DISTANCES, nmc=CAPABILITIES, votes=VOTES)
    names = ["trade", "distance", "population", "votes"]
    out = tmp_path / "panel.csv"
    build(files, PanelRows((2001, 2002)), names, out)
    endings = ("", ".codebook.json", ".codebook.md")
    first = [(tmp_path / f"panel.csv{ending}").read_bytes() for ending in endings]
    book = json.loads(first[1])
    resource = book["resources"][0]
    frame = pd.read_csv(out)
    assert [field["name"] for field in resource["schema"]["fields"]] == list(frame.columns)
    assert resource["rows"] == len(frame)
    keys = resource["schema"]["primaryKey"]
    assert keys == ["year", "cow1", "cow2"] and not frame.duplicated(keys).any()
    for field in resource["schema"]["fields"][5:]:
        assert field["unit"] and field["citation"] and field["licence"] and len(field["files_sha256"]) == 1
        assert field["share_filled"] == round(float(frame[field["name"]].notna().mean()), 6)
        assert f"### {field['name']}\n" in first[2].decode()
    years = {field["name"]: field["years_filled"] for field in resource["schema"]["fields"][5:]}
    assert years["imports_12_cow_trade"] == [2001, 2002] and years["votes_alike_unga_votes"] == [2001, 2001]
    assert {source["name"] for source in book["sources"]} == {"cow-trade", "cepii-geodist", "cow-nmc", "unga-votes"}
    build(files[::-1], PanelRows((2001, 2002)), names, out, shelf=tmp_path / "another")
    assert [(tmp_path / f"panel.csv{ending}").read_bytes() for ending in endings] == first


def test_csv_and_parquet_hold_the_same(tmp_path: Path) -> None:
    """The form of the file changes nothing in it."""
    files = write(tmp_path / "in", trade=TRADE, nmc=CAPABILITIES)
    for name in ("panel.csv", "panel.parquet"):
        build(files, PanelRows((2001, 2001), "GW"), ["trade", "capabilities"], tmp_path / name)
    with duckdb.connect() as connection:
        differing = connection.execute(
            f"SELECT count(*) FROM (FROM '{tmp_path / 'panel.csv'}' EXCEPT FROM '{tmp_path / 'panel.parquet'}')"
        ).fetchall()
    assert differing == [(0,)]
    assert list(read(tmp_path / "panel.parquet").columns[3:5]) == ["gw1", "gw2"]


def test_what_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    """A panel that is stopped while it is made leaves the one before as it was, and no other file."""
    files = write(tmp_path / "in", trade=TRADE)
    out = tmp_path / "out" / "panel.parquet"
    build(files, PanelRows((2001, 2001)), ["trade"], out, shelf=tmp_path / "shelf")
    before = {path.name: path.read_bytes() for path in out.parent.iterdir()}
    shelf, _ = put_on_shelf(find_data_sets(files, None), tmp_path / "shelf")

    def stop(words: str) -> None:
        if words == "Joining and writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_panel(PanelRows((1990, 2001)), ["trade"], shelf, out, on_step=stop)
    assert {path.name: path.read_bytes() for path in out.parent.iterdir()} == before


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    """Quotation marks and the signs of patterns in the names of folders are nothing but signs."""
    folder = tmp_path / "the states' [new] * panel?"
    report = build(write(folder / "in", trade=TRADE), PanelRows((2001, 2001)), ["trade"], folder / "a[1].csv")
    assert report.path.name == "a[1].csv"
    assert len((folder / "a[1].csv").read_text().splitlines()) == report.rows + 1


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file where a folder must be made is an error that names it."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(WorkspaceError, match="taken"):
        make_panel(PanelRows((2001, 2001)), [], [], tmp_path / "taken" / "panel.csv")


@pytest.mark.parametrize(
    ("years", "system", "extend"),
    [((2001, 2000), "COW", True), ((1815, 1900), "GW", True), ((2000, 2017), "COW", False)],
)
def test_years_outside_the_list_are_refused(years: tuple[int, int], system: str, extend: bool) -> None:
    """Years run forwards, and lie where the list says who was a member; without extending, not after it closes."""
    with pytest.raises(InvalidTerm, match=f"{years[0]}-{years[1]}"):
        PanelRows(years, system, extend=extend)


def test_names_that_mean_nothing_are_refused_with_those_that_do(tmp_path: Path) -> None:
    """A misspelt variable lists what there is, a known one without figures the sources that have it."""
    files = write(tmp_path / "in", trade=TRADE)
    shelf, _ = put_on_shelf(find_data_sets(files, None), tmp_path / "shelf")
    out = tmp_path / "panel.csv"
    with pytest.raises(InvalidTerm, match=r"'tarde'.*imports, trade"):
        make_panel(PanelRows((2001, 2001)), ["tarde"], shelf, out)
    with pytest.raises(InvalidTerm, match=r"'gdp'.*wdi"):
        make_panel(PanelRows((2001, 2001)), ["gdp"], shelf, out)
    with pytest.raises(InvalidTerm, match="between two states"):
        make_panel(PanelRows((2001, 2001), by_state=True), ["trade"], shelf, out)
    with pytest.raises(InvalidTerm, match="no state or pair"):
        make_panel(PanelRows((2001, 2001), dyads=(("PAK", "SUN"),)), ["trade"], shelf, out)
    assert not out.exists()
    assert [row["variable"] for row in panel_offers(shelf)] == ["imports"]


def test_pairs_are_read_by_code_and_name() -> None:
    """Pairs may be named in any usual spelling; what is no pair of two states is refused."""
    assert read_pairs("all") == ()
    assert read_pairs("PAK-JPN, India-France") == (("PAK", "JPN"), ("IND", "FRA"))
    assert read_pairs("Guinea-Bissau-Portugal") == (("GNB", "PRT"),)
    assert read_pairs("Yugoslavia-East Germany,Soviet Union-Japan", (1980, 1995)) == (("YUG", "DDR"), ("SUN", "JPN"))
    assert read_states("Czechoslovakia, CSK", (1918, 2000)) == ("CSK", "CSK")
    with pytest.raises(DissolvedState, match="CZE"):
        read_states("Czechoslovakia", (2001, 2010))
    for text in ("PAK", "PAK-PAK", "PAK-XYZ"):
        with pytest.raises(ComityError):
            read_pairs(text)
