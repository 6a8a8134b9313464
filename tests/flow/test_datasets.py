"""Published data sets among the sources: added whole, read by rows, and what is about the dyad stands in the record with its cell."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import pytest

from comity.flow import Workspace, add, build, dyad_of, measure, open_view, status
from comity.flow.editions import contradictions
from comity.record import View
from comity.terms import Status

# The columns of the Correlates of War's directed trade: flow1 is what the first state imports from the second.
COW = """ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2
740,770,2012,428,1860,428,1860
740,770,2013,474,1561,474,1561
770,740,2012,1860,428,1860,428
770,740,2013,1561,474,1561,474
2,20,2012,324000,292000,324000,292000
"""
WITS = """Nomenclature;ReporterISO3;ProductCode;ReporterName;PartnerISO3;PartnerName;Year;TradeFlowName;TradeFlowCode;TradeValue in 1000 USD
NC;PAK; Total;Pakistan;JPN;Japan;2009;Export;6;96.608
"""
VOTES = """rcid,country,country_code,vote
1,Japan,JP,yes
1,Pakistan,PK,yes
2,Japan,JP,no
2,Pakistan,PK,yes
3,Japan,JP,abstain
3,Pakistan,PK,yes
"""
LIST = (
    "rcid,session,importantvote,date,unres,amend,para\n"
    "1,70,0,2015-10-01,R/1,0,0\n2,70,0,2015-10-02,R/2,0,0\n3,70,1,2015-10-03,R/3,0,0\n"
)


@pytest.fixture
def room(tmp_path: Path) -> Workspace:
    """An empty workspace of Pakistan and Japan."""
    return Workspace.create(tmp_path / "room", dyad_of("PAK", "JPN"))


def put(room: Workspace, tmp_path: Path, **files: str) -> None:
    """Add files by their names without the ending."""
    paths = []
    for name, text in files.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    assert {one.outcome for one in add(room, paths)} == {"added"}


def figures(view: View) -> dict[tuple[str, str, str, int | None], str]:
    """Return the record's figures as printed, by reporter, partner, indicator and year."""
    return {
        (one.series.reporter, one.series.partner, one.series.indicator, one.period.first_year): one.quantity.text
        for one in view.observations()
    }


def test_the_dyad_s_rows_come_into_the_record(room: Workspace, tmp_path: Path) -> None:
    """Of the file's rows the pair's are figures, each once, that lead to row and column of the file; others stay on the shelf."""
    put(room, tmp_path, trade=COW)
    report = build(room)
    assert report.read == ("trade.csv",) and not report.unread
    assert any("Trade Data Set" in guess and "4 of them about PAK and JPN" in guess for _, guess in report.guesses)
    with open_view(room) as view:
        held = figures(view)
        assert held == {
            ("JPN", "PAK", "imports", 2012): "428",
            ("JPN", "PAK", "imports", 2013): "474",
            ("PAK", "JPN", "imports", 2012): "1860",
            ("PAK", "JPN", "imports", 2013): "1561",
        }
        (one,) = [each for each in view.observations() if each.quantity.text == "474"]
        place = one.provenance
        assert COW.splitlines()[place.row or 0].split(",")[place.column or 0] == "474"
        document = view.document(place.document_id)
        assert document is not None and document.text[place.start : place.end] == "474"
        assert one.series.source.licence and one.series.source.citation and one.series.flow == "in"
    assert len(list(room.shelf.glob("*.parquet"))) == 1


def test_the_record_is_the_same_without_the_shelf(room: Workspace, tmp_path: Path) -> None:
    """The shelf can be deleted: a build from sources alone makes it, and the same record, again."""
    put(room, tmp_path, trade=COW)
    build(room)
    with open_view(room) as view:
        before = view.observations()
    for file in room.shelf.iterdir():
        file.unlink()
    build(room, fresh=True)
    with open_view(room) as view:
        assert view.observations() == before


def test_both_directions_of_a_data_set_are_one_account(room: Workspace, tmp_path: Path) -> None:
    """A data set that has each flow once gives the total and the balance, and says whose report each is."""
    put(room, tmp_path, trade=COW)
    build(room)
    total, balance = measure(room, ["total-trade", "trade-balance"])
    assert total.value == 2_035_000_000 and balance.value == -1_087_000_000
    assert any("each flow once" in note and "Japan's for Pakistan's exports" in note for note in balance.caveats)


def test_votes_are_counted_with_their_list(room: Workspace, tmp_path: Path) -> None:
    """A table of votes finds its list of roll calls among the sources; the pair's votes are counted by year, as derived."""
    put(room, tmp_path, votes=VOTES, list=LIST)
    report = build(room)
    assert not report.unread
    with open_view(room) as view:
        counts = {one.series.indicator: int(one.quantity.value) for one in view.observations()}
        assert counts == {"votes": 1, "votes-half": 1, "votes-opposed": 1}
        assert {one.status for one in view.observations()} == {Status.DERIVED}
    (agreement,) = measure(room, ["voting-agreement"])
    assert agreement.value == 50.0


def test_counted_trips_show_their_rows(room: Workspace, tmp_path: Path) -> None:
    """The document of a table of trips shows every row that a count names, and no mean is taken over years without one."""
    head = "TripID,LeaderCountryISO,LeaderRole,LeaderFullName,CountryVisitedISO,TripYear\n"
    rows = ["1,PAK,G,Ann,JPN,2005", "2,PAK,G,Ann,CHN,2005", "3,PAK,S,Ben,JPN,2005", "4,PAK,S,Cyd,JPN,2009"]
    put(room, tmp_path, trips=head + "\n".join(rows) + "\n")
    build(room)
    with open_view(room) as view:
        found = {one.period.first_year: one for one in view.observations()}
        assert {year: one.quantity.text for year, one in found.items()} == {2005: "2", 2009: "1"}
        document = view.document(found[2005].provenance.document_id)
        assert document is not None
        assert all(name in document.text for name in ("Ann", "Ben", "Cyd")) and "CHN" not in document.text
        assert "counted from rows 2, 4 of the file" in found[2005].remark
    assert not [one.key for one in measure(room) if "trips" in one.key]


def test_what_is_left_out_is_told_by_its_kind(room: Workspace, tmp_path: Path) -> None:
    """Re-exports and territories need nothing done, and are not called one by the name of the other."""
    head = (
        "Classification,Year,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Partner Code,Partner,Commodity Code,"
        "Commodity,Trade Value (US$),Flag\n"
    )
    row = "H5,2017,{},Flow,392,Japan,586,{},TOTAL,All,30,0\n"
    rows = [(2, "Pakistan"), (3, "Pakistan"), (3, "India"), (2, "Greenland")]
    put(room, tmp_path, trade=head + "".join(row.format(*one) for one in rows))
    report = build(room)
    told = [words for _, words in report.warnings]
    assert told[0].startswith("row 3, column 3 first: 2 figures, or cells without one, of '3', which is not read.")
    assert told[1:] == ["1 figure left out, and nothing needs doing: 1 of territories."]


def test_a_changed_column_is_named(room: Workspace, tmp_path: Path) -> None:
    """A file that looks like a known data set but lacks a column is refused with the column's name; the rest is read."""
    (tmp_path / "trade.csv").write_text(WITS.replace("PartnerISO3", "Partner"), encoding="utf-8")
    (tmp_path / "good.csv").write_text(COW, encoding="utf-8")
    outcomes = {one.name or "refused": one for one in add(room, [tmp_path / "trade.csv", tmp_path / "good.csv"])}
    assert outcomes["good.csv"].outcome == "added"
    assert "PartnerISO3" in outcomes["refused"].reason


def test_a_data_set_may_be_larger_than_a_document(
    room: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit on a document's size does not hold for a data set, which is read row by row."""
    for module in ("comity.flow.adding", "comity.flow.building", "comity.flow.standing"):
        monkeypatch.setattr(f"{module}.LARGEST", 10)
    put(room, tmp_path, trade=COW)
    assert build(room).read == ("trade.csv",)
    assert status(room).waiting == ()
    (room.sources / "trade.csv").write_text(COW.replace("428", "431"), encoding="utf-8")
    assert status(room).waiting == ("trade.csv",)


def test_a_data_set_in_an_archive_is_one_too(room: Workspace, tmp_path: Path) -> None:
    """A data set that comes in a zip archive is kept as such, and read by rows."""
    with zipfile.ZipFile(tmp_path / "cow.zip", "w") as archive:
        archive.writestr("trade.csv", COW)
    (added, opened) = add(room, [tmp_path / "cow.zip"])
    assert (added.outcome, opened.outcome) == ("added", "opened") and "Trade Data Set" in added.taken_for
    assert build(room).read == ("trade.csv",)
    with open_view(room) as view:
        assert len(figures(view)) == 4


def test_of_two_vintages_the_later_counts(room: Workspace, tmp_path: Path) -> None:
    """Of a file kept in two editions the later one's figures stand in the record, also when it comes after a build."""
    for vintage, text in (("2024-01-05", COW), ("2025-02-01", COW.replace("428", "431"))):
        folder = room.sources / "cow-trade" / vintage
        folder.mkdir(parents=True)
        (folder / "trade.csv").write_text(text, encoding="utf-8")
        build(room)
        with open_view(room) as view:
            held = figures(view)
            assert len(held) == 4 and held["JPN", "PAK", "imports", 2012] == ("431" if "431" in text else "428")
            assert {one.series.source.vintage for one in view.observations()} == {vintage}


def test_two_editions_that_differ_are_told(room: Workspace, tmp_path: Path) -> None:
    """Files of one data set that contradict each other are named with the number of figures, by build and by status; agreeing ones are not."""
    newer = COW.replace("428", "430") + "740,770,2014,500,1600,500,1600\n"
    put(room, tmp_path, trade=COW, newer=newer, same=COW + "\n")
    told = [words for name, words in build(room).warnings if name == "newer.csv"]
    assert len(told) == 2 and {"same.csv" in words for words in told} == {True, False}
    assert all("in 1 figure of the two states" in words and "cow-trade/EDITION/NAME" in words for words in told)
    assert any("newer.csv: says otherwise than trade.csv" in words for words in status(room).problems)
    (line,) = measure(room, ["total-trade"])
    assert any("for 2012; the year is left out" in note for note in line.caveats)
    (room.sources / "newer.csv").unlink()
    assert not [words for _, words in build(room).warnings if "otherwise" in words]


def test_a_file_in_millions_agrees_with_one_in_dollars(room: Workspace, tmp_path: Path) -> None:
    """A figure printed in millions with one decimal and the same in whole dollars are no difference; one that is not its rounding is."""
    head = "COUNTRY.ID,DV_TYPE.ID,INDICATOR.ID,COUNTERPART_COUNTRY.ID,TIME_PERIOD,OBS_VALUE,SCALE.ID\n"
    row = "JPN,O,OTWD_D_NETAL_FALL_ALL,PAK,{},{},{}\n"
    millions = head + row.format(2019, "19.5", 6) + row.format(2020, "21.5", 6)
    dollars = head + row.format(2019, 19523456, 0) + row.format(2020, 25523456, 0)
    put(room, tmp_path, millions=millions, dollars=dollars)
    (told,) = [words for _, words in build(room).warnings if "otherwise" in words]
    assert "in 1 figure of the two states" in told


def test_a_list_of_roll_calls_is_no_second_edition(room: Workspace, tmp_path: Path) -> None:
    """Votes with the list of their roll calls are one edition: nothing is told, and the record's figures are not looked through for it."""
    put(room, tmp_path, votes=VOTES, roll_calls=LIST)
    build(room)
    sources = {path.name: path for path in room.sources.iterdir()}
    with open_view(room) as view, pytest.MonkeyPatch.context() as patched:
        patched.setattr(View, "observations", lambda self: pytest.fail("looked through"))
        assert not list(contradictions(sources, view))


def test_ctrl_c_ends_a_build_within_a_query(room: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a data set is put on the shelf ends the build, and is not taken for a fault that leaves the file out."""

    def interrupted(*given: object) -> int:
        raise RuntimeError("Query interrupted")  # what DuckDB makes of it

    put(room, tmp_path, trade=COW)
    monkeypatch.setattr("comity.statistics.datasets.shelving.load", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(room)
    monkeypatch.undo()
    assert build(room).read == ("trade.csv",)


def test_what_is_derived_does_not_contradict_what_is_reported(room: Workspace, tmp_path: Path) -> None:
    """A position that one file has as reported and another as derived from counterparts is no difference of editions."""
    head = "COUNTRY.ID,DV_TYPE.ID,INDICATOR.ID,COUNTERPART_COUNTRY.ID,TIME_PERIOD,OBS_VALUE,SCALE.ID\n"
    row = "JPN,{},OTWD_D_NETAL_FALL_ALL,PAK,2019,{},6\n"
    put(room, tmp_path, reported=head + row.format("O", 5), derived=head + row.format("SCC", 7))
    assert not [words for _, words in build(room).warnings if "otherwise" in words]


def test_the_place_among_partners_comes_from_the_shelf(room: Workspace, tmp_path: Path) -> None:
    """Of a data set's eleven partners of Pakistan Japan is the second largest buyer; the whole data set counts, not the record."""
    head = WITS.splitlines()[0]
    partners = "JPN USA CHN GBR DEU FRA ITA ESP ARE AFG BGD".split()
    rows = [
        f"NC;PAK; Total;Pakistan;{code};{code};2009;Export;6;{1000 - 90 * place}.5"
        for place, code in enumerate(partners)
    ]
    rows[1] = rows[1].replace("910.5", "9910.5")
    put(room, tmp_path, wits="\n".join([head, *rows]) + "\n")
    build(room)
    (one,) = measure(room, ["standing-exports-PAK"])
    assert "2nd largest buyer of 11 with any trade in 2009" in one.summary and one.value == 90.0
    assert "UN Comtrade trade data through WITS" in one.summary
    # What an earlier layout made of the file, and what one that is gone did, may stay on the shelf; neither is read.
    (held,) = room.shelf.glob("*.parquet")
    now = held.stem.rpartition(".")[0]
    for name in (f"{now}.zz-earlier.parquet", f"{now}-gone.zz.parquet"):
        (room.shelf / name).write_bytes(b"PAR1 of another time")
    assert measure(room, ["standing-exports-PAK"]) == (one,)


def test_a_later_data_set_of_the_pair_alone_tells_no_place(room: Workspace, tmp_path: Path) -> None:
    """Where the latest figures are of the pair alone the place comes from the data set that has other partners."""
    partners = "JPN USA CHN GBR DEU FRA ITA ESP ARE AFG BGD".split()
    rows = [
        f"NC;PAK; Total;Pakistan;{code};{code};2009;Import;5;{1000 - 90 * place}.5"
        for place, code in enumerate(partners)
    ]
    put(room, tmp_path, wits="\n".join([WITS.splitlines()[0], *rows]) + "\n", trade=COW)
    build(room)
    (one,) = measure(room, ["standing-imports-PAK"])
    assert "largest supplier of 11 with any trade in 2009" in one.summary and "WITS" in one.summary
    (untold,) = measure(room, ["standing-imports-JPN"])
    assert (
        untold.value is None
        and "Trade Data Set (Correlates of War Project, 4.0) has figures above zero of 1 partner only" in untold.summary
    )


def test_of_two_editions_that_differ_on_the_pair_neither_gives_a_place(room: Workspace, tmp_path: Path) -> None:
    """Where editions of a data set contradict each other on the pair's figure no place among partners rests on it."""
    partners = "JPN USA CHN GBR DEU FRA ITA ESP ARE AFG BGD".split()
    rows = [
        f"NC;PAK; Total;Pakistan;{code};{code};{year};Export;6;{1000 - 90 * place}.5"
        for year in (2008, 2009)
        for place, code in enumerate(partners)
    ]
    text = "\n".join([WITS.splitlines()[0], *rows]) + "\n"
    put(room, tmp_path, wits=text, later=text.replace("JPN;JPN;2009;Export;6;1000.5", "JPN;JPN;2009;Export;6;77.5"))
    build(room)
    (one,) = measure(room, ["standing-exports-PAK"])
    assert "largest buyer of 11 with any trade in 2008" in one.summary


def test_figures_of_one_flow_valued_in_two_ways_are_ranked_apart(room: Workspace, tmp_path: Path) -> None:
    """Where a data set has imports both with and without freight the usual value counts, of every partner, as it is printed."""
    partners = "JPN USA CHN GBR DEU FRA ITA ESP ARE AFG BGD".split()
    cif = {code: f"{1000 - 90 * place}" for place, code in enumerate(partners)} | {"USA": "1000.3"}
    lines = [f"PAK,MG_CIF_USD,{code},A,2019,{figure},O" for code, figure in cif.items()]
    lines += [f"PAK,MG_FOB_USD,{code},A,2019,{1 + place},O" for place, code in enumerate(partners)]
    lines += ["PAK,MG_CIF_USD,G001,A,2019,8000.0,O", "PAK,MG_FOB_USD,G001,A,2019,7000.0,O"]
    head = "COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,DERIVATION_TYPE\n"
    put(room, tmp_path, imts=head + "\n".join(lines) + "\n")
    build(room)
    (one,) = measure(room, ["standing-imports-PAK"])
    assert "2nd largest supplier of 11 with any trade in 2019, with USD 1,000, " in one.summary.replace("US$", "USD")
    (share,) = measure(room, ["dependence-PAK"])
    assert share.value is not None, share.summary
    assert abs(share.value - 12.5) < 1e-9
    # 1000 may be as much as 1000.3 before rounding.
    assert one.value == 90.0 and one.interval is not None and (one.interval.low, one.interval.high) == (90.0, 100.0)


def test_the_place_among_dyads_comes_from_the_shelf(room: Workspace, tmp_path: Path) -> None:
    """Of the exports of sixteen states the dyad's place among the hundred dyads of nearest size is that of a plain computation."""
    states = "PAK JPN USA CHN GBR DEU FRA ITA ESP ARE AFG BGD IND BRA ARG KEN".split()
    size = {code: 1.0 + 7 * place for place, code in enumerate(states)}
    trade = {
        (one, other): round(size[one] * size[other] * (1 + (13 * first + 29 * second) % 17) / 10, 1)
        for first, one in enumerate(states)
        for second, other in enumerate(states)
        if one != other
    }
    rows = [f"NC;{one}; Total;{one};{other};{other};2009;Export;6;{value}" for (one, other), value in trade.items()]
    put(room, tmp_path, wits="\n".join([WITS.splitlines()[0], *rows]) + "\n")
    build(room)
    (found,) = measure(room, ["standing-dyad"])
    both = {
        frozenset(pair): trade[pair] + trade[pair[::-1]]
        for pair in trade
        if states.index(pair[0]) < states.index(pair[1])
    }
    totals = {code: sum(value for pair, value in both.items() if code in pair) for code in states}
    mass = {pair: math.prod(totals[code] for code in pair) for pair in both}
    own = frozenset(("PAK", "JPN"))
    others = sorted((pair for pair in both if pair != own), key=lambda pair: abs(math.log(mass[pair] / mass[own])))
    below = sum(both[pair] < both[own] for pair in others[:100])
    assert len(others) == 119 and found.value == pytest.approx(below)
    stronger = sum(both[pair] / mass[pair] < both[own] / mass[own] for pair in others)
    assert f"above {100 * stronger / 119:.0f} per cent of all 120 dyads with any trade in UN Comtrade" in found.summary
    assert "(exporters' figures)" in found.caveats[0] and len(found.inputs) == 2


def test_a_data_set_of_few_dyads_gives_no_place_among_dyads(room: Workspace, tmp_path: Path) -> None:
    """Where only the pair's own figures are on the shelf the measure says how many dyads there are."""
    rows = [
        f"NC;{one}; Total;{one};{other};{other};2009;Export;6;10.5" for one, other in (("PAK", "JPN"), ("JPN", "PAK"))
    ]
    put(room, tmp_path, wits="\n".join([WITS.splitlines()[0], *rows]) + "\n")
    build(room)
    (found,) = measure(room, ["standing-dyad"])
    assert found.value is None and "1 dyad, and 101 are needed" in found.summary


def test_names_that_are_no_codes_are_told_by_name(room: Workspace, tmp_path: Path) -> None:
    """A data set whose states are written otherwise, or whose flows are, is not passed off as one of groups alone."""
    source = tmp_path / "wits.csv"
    source.write_text(
        "ReporterISO3,ProductCode,PartnerISO3,Year,TradeFlowName,TradeValue in 1000 USD\n"
        "Pakistan,Total,Japan,2011,Export,5\nPAK,Total,JPN,2012,export,5\nPAK,Total,EUN,2012,Export,5\n",
        encoding="utf-8",
    )
    add(room, [source])
    build(room)
    document = open_view(room).document("wits.csv")
    assert document is not None
    warnings = " ".join(document.warnings)
    assert "row 2, column 1 first: 1 figure of 'Pakistan', which is no code or name of a state" in warnings
    assert "row 3, column 5 first" in warnings
    assert "'export'" in warnings
    assert "1 figure left out, and nothing needs doing: 1 of groups of places." in warnings
