"""A data set is fetched only when it is asked for, and what is there already is never overwritten."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.flow import Workspace, build, fetch
from comity.flow.payloads import Table
from comity.flow.vintages import changes_between
from comity.statistics import service, services
from comity.terms import FetchError, WorkspaceError, digest
from tests.flow import data_server as served
from tests.flow.data_server import data_server, gives, imts, wdi_page, zipped
from tests.flow.fetched import FRA_IND, fetched_from, held, note_of, served_by

# What is asked, and what is kept


def test_both_directions_and_the_world_are_asked_for(place: Workspace) -> None:
    """One request names both states as reporters, and both and the world as partners, with the years."""
    with data_server(gives(FRA_IND)) as data:
        fetched_from(place, data, start=2015, end=2017)
    assert data.paths == [
        "/external/sdmx/2.1/data/IMF.STA,IMTS/FRA+IND.XG_FOB_USD+MG_CIF_USD+MG_FOB_USD.FRA+IND+G001.A"
        "?startPeriod=2015&endPeriod=2017"
    ]
    assert data.headers[0]["accept"] == "application/vnd.sdmx.data+csv;version=1.0.0"


def test_all_pairs_are_asked_for_where_the_service_allows_it(place: Workspace) -> None:
    """With all pairs the states are left open; a source that does not offer it says so and asks nothing."""
    with data_server(gives(FRA_IND)) as data:
        fetched = fetched_from(place, data, all_pairs=True, start=2016, end=2016)
        assert "/.XG_FOB_USD+MG_CIF_USD+MG_FOB_USD..A?" in data.paths[0]
        assert fetched.name.endswith("/imf-imts_all-pairs_2016-2016.csv")
        with pytest.raises(WorkspaceError, match="cannot be fetched for all pairs"):
            fetched_from(place, data, "un-comtrade", all_pairs=True, start=2016, end=2016)
        assert len(data.paths) == 1


def test_a_file_comes_with_its_note(place: Workspace) -> None:
    """The bytes stand in sources/SOURCE/VINTAGE/FILE as they came; the note says from where, when and what."""
    changed = "Wed, 03 Sep 2025 10:00:00 GMT"
    with data_server(gives(FRA_IND, ETag='"v1"', Last_Modified=changed)) as data:
        fetched = fetched_from(place, data)
    assert (fetched.outcome, fetched.vintage, fetched.rows) == ("fetched", "2025-09-03", 5)
    assert fetched.name == "imf-imts/2025-09-03/imf-imts_FRA-IND.csv"
    assert (place.sources / fetched.name).read_bytes() == FRA_IND.encode()
    note = note_of(place, fetched)
    assert (note["source"], note["etag"], note["rows"], note["bytes"]) == ("imf-imts", '"v1"', 5, len(FRA_IND))
    assert note["digest"] == digest(FRA_IND.encode()) == fetched.digest
    assert note["licence"] == service("imf-imts").licence
    assert note["url"] == data.url + data.paths[0] and note["service"] == data.host
    assert note["request"]["dyad"] == ["FRA", "IND"]
    assert note["retrieved"].startswith("20") and note["changes"] is None
    assert held(place) == [fetched.name, f"{fetched.name}.source.json"]


def test_a_packed_answer_is_kept_unpacked(place: Workspace) -> None:
    """What comes by gzip stands in sources/ as the table that it is."""
    with data_server(served.gives_packed(FRA_IND)) as data:
        fetched = fetched_from(place, data)
    assert "gzip" in data.headers[0]["accept-encoding"]
    assert (place.sources / fetched.name).read_text() == FRA_IND


def test_a_file_of_a_zip_is_taken_out(place: Workspace) -> None:
    """Of a published zip the wanted file is kept under its own name, also out of a zip within the zip."""
    nmc = b"stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\nFRA,220,2010,1,2,3,4,5,6,0.02,2021\n"
    inner = zipped(**{"NMC-70-abridged__csv": nmc})
    with data_server(gives(zipped(**{"readme__txt": b"read me", "NMC-v7-abridged__zip": inner}))) as data:
        fetched = fetched_from(place, data, "cow-nmc")
    assert fetched.name.endswith("/NMC-70-abridged.csv")
    assert (place.sources / fetched.name).read_bytes() == nmc
    with data_server(gives(zipped(other__csv=b"a,b\n1,2\n"))) as data, pytest.raises(FetchError) as refused:
        fetched_from(place, data, "cow-trade")
    assert "the zip has no Dyadic_COW_4.0.csv; it has folder/other.csv" in str(refused.value)


def test_pages_become_one_table_with_the_digits_of_the_service(place: Workspace) -> None:
    """All pages are asked for; every figure keeps the digits that were written, and a missing one stays empty."""
    rows = [("FRA", "2017", "2595151045197.65"), ("FRA", "2016", "2.470408e12"), ("IND", "2017", None)]
    pages = [wdi_page(rows[:2], page=1, pages=2, total=3), wdi_page(rows[2:], page=2, pages=2, total=3)]
    with data_server(*map(gives, pages)) as data:
        fetched = fetched_from(place, data, "wdi", start=2016, end=2017)
    assert [path.rpartition("page=")[2] for path in data.paths] == ["1", "2"]
    assert "/country/FRA;IND/indicator/" in data.paths[0] and "date=2016:2017" in data.paths[0]
    assert fetched.vintage == "2025-07-01"
    lines = (place.sources / fetched.name).read_text().splitlines()
    assert lines[0] == "indicator.id,indicator.value,country.id,country.value,countryiso3code,date,value,decimal"
    assert [line.split(",")[6] for line in lines[1:]] == ["2595151045197.65", "2.470408e12", ""]
    assert [one["url"].rpartition("page=")[2] for one in note_of(place, fetched)["request"]["answers"]] == ["1", "2"]


def test_the_codes_of_a_service_are_its_own(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comtrade is asked a year at a time by the codes of its own lists, all that a state has had; the key is optional."""
    monkeypatch.delenv("COMTRADE_KEY", raising=False)
    reporters = {"results": [("FRA", 251), ("IND", 699), ("IND", 356), ("DEU", 276)]}
    lists = [
        json.dumps({"results": [{name: iso, code: number} for iso, number in reporters["results"]]})
        for name, code in (("reporterCodeIsoAlpha3", "reporterCode"), ("PartnerCodeIsoAlpha3", "PartnerCode"))
    ]
    years = [served.comtrade(year, [("251", "X", "699", "5.5"), ("699", "M", "0", "7")]) for year in ("2016", "2017")]
    with data_server(*map(gives, [*lists, *years])) as data:
        fetched = fetched_from(place, data, "un-comtrade", start=2016, end=2017)
    assert [path.partition("?")[0] for path in data.paths[:2]] == [
        "/files/v1/app/reference/Reporters.json",
        "/files/v1/app/reference/partnerAreas.json",
    ]
    assert data.paths[2].startswith(
        "/public/v1/preview/C/A/HS?reporterCode=251,699,356&partnerCode=251,699,356,0&period=2016&"
    )
    assert "period=2017" in data.paths[3]
    assert fetched.rows == 4 and not any("ocp-apim-subscription-key" in sent for sent in data.headers)
    with (
        data_server(*map(gives, [*lists, *years])) as data,
        pytest.raises(WorkspaceError, match="the years must be named"),
    ):
        fetched_from(place, data, "un-comtrade")


def test_sdmx_json_becomes_a_table(place: Workspace) -> None:
    """A direction that the service has nothing of is left out, the others are laid out by their codes."""

    def answer(reporter: str, partner: str, kind: str) -> str:
        names = (
            ("FREQ", "A"),
            ("REPORTER", reporter),
            ("PARTNER", partner),
            ("PRODUCTCODE", "Total"),
            ("INDICATOR", kind),
        )
        dimensions = {
            "series": [{"id": name, "values": [{"id": code}]} for name, code in names],
            "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2016"}, {"id": "2017"}]}],
        }
        sets = [{"series": {"0:0:0:0:0": {"observations": {"0": [4050.125], "1": [None]}}}}]
        return json.dumps({"dataSets": sets, "structure": {"dimensions": dimensions}})

    def by_path(handler: served.Handler) -> None:
        _, reporter, partner, _, kind = handler.path.split("/")[-2].split(".")
        if partner == "fra":
            handler.send(404, b"<error><Text>No data</Text></error>")
        else:
            handler.send(200, answer(reporter.upper(), partner.upper(), kind).encode())

    with data_server(by_path) as data:
        workspace = served_by(place, data, "wits")
        fetched = fetch(workspace, "wits", start=2016, end=2017, first_wait=0.01)
    asked = {path.split("/")[-2] for path in data.paths}
    assert {"A.fra.ind.Total.XPRT-TRD-VL", "A.ind.fra.Total.MPRT-TRD-VL", "A.fra.wld.Total.MPRT-TRD-VL"} <= asked
    assert (len(data.paths), fetched.rows) == (8, 12)
    table = (place.sources / fetched.name).read_text().splitlines()
    assert table[0] == "FREQ,REPORTER,PARTNER,PRODUCTCODE,INDICATOR,TIME_PERIOD,OBS_VALUE"
    assert table[1:3] == ["A,FRA,IND,Total,XPRT-TRD-VL,2016,4050.125", "A,FRA,IND,Total,XPRT-TRD-VL,2017,"]


# A second fetch


def test_the_same_bytes_add_nothing(place: Workspace) -> None:
    """A second fetch of the same content adds no file and says so."""
    with data_server(gives(FRA_IND)) as data:
        first = fetched_from(place, data)
        before = held(place)
        again = fetched_from(place, data)
    assert (again.outcome, again.name, held(place)) == ("unchanged", first.name, before)
    assert "the same bytes came again" in again.remarks[0]


def test_a_service_that_says_nothing_changed_is_believed(place: Workspace) -> None:
    """The ETag of the file that is there is sent, and 304 adds nothing; a file that somebody changed is fetched anew."""
    answer = served.not_modified_for('"v1"', gives(FRA_IND, ETag='"v1"'))
    with data_server(answer) as data:
        first = fetched_from(place, data)
        again = fetched_from(place, data)
        assert data.headers[1]["if-none-match"] == '"v1"'
        assert (again.outcome, again.name) == ("unchanged", first.name)
        (place.sources / first.name).write_text(FRA_IND.replace("4050", "9999"))
        anew = fetched_from(place, data)
        assert "if-none-match" not in data.headers[2]
    assert anew.outcome == "new vintage" and (place.sources / anew.name).read_text() == FRA_IND
    assert "9999" in (place.sources / first.name).read_text()
    assert "somebody changed it" in anew.remarks[0]


def test_other_bytes_are_a_new_vintage_with_its_changes(place: Workspace) -> None:
    """What was there stays; rows added, gone and revised are counted, and the largest revisions come first."""
    later = imts(
        [
            ("FRA", "XG_FOB_USD", "IND", "2015", "3100000001.0"),
            ("FRA", "XG_FOB_USD", "IND", "2016", "2000000000"),
            ("FRA", "XG_FOB_USD", "G001", "2016", "501000000001"),
            ("IND", "MG_CIF_USD", "FRA", "2017", "4100000000"),
            ("FRA", "XG_FOB_USD", "IND", "2018", "5"),
        ]
    )
    with data_server(gives(FRA_IND), gives(later)) as data:
        first = fetched_from(place, data)
        second = fetched_from(place, data)
    assert second.vintage == f"{first.vintage}-2" and second.outcome == "new vintage"
    assert (place.sources / first.name).read_text() == FRA_IND
    changes = second.changes
    assert changes is not None and not changes.whole_rows
    assert (changes.added, changes.gone, changes.revised, changes.since) == (1, 1, 3, first.vintage)
    shown = [(one.key, one.before, one.after) for one in changes.largest]
    assert shown == [
        ("IND MG_CIF_USD FRA A 2017", "", "4100000000"),
        ("FRA XG_FOB_USD IND A 2016", "4050000000.25", "2000000000"),
        ("FRA XG_FOB_USD G001 A 2016", "501000000000", "501000000001"),
    ]
    assert note_of(place, second)["changes"]["revised"] == 3


def test_what_a_publisher_takes_back_is_a_new_vintage(place: Workspace) -> None:
    """Where the bytes of the first vintage come again after a second, the second is not left as the last word."""
    later = FRA_IND.replace("4050000000.25", "4060000000")
    with data_server(gives(FRA_IND), gives(later), gives(FRA_IND)) as data:
        outcomes = [fetched_from(place, data) for _ in range(3)]
    assert [one.outcome for one in outcomes] == ["fetched", "new vintage", "new vintage"]
    last = outcomes[-1].changes
    assert last is not None and [one.after for one in last.largest] == ["4050000000.25"]
    assert len({one.name for one in outcomes}) == 3


def test_the_same_rows_in_another_order_add_nothing(place: Workspace) -> None:
    """A service that gives the same rows in another order, or 3100000001.0 for 3100000001, has changed nothing."""
    head, *rows = FRA_IND.splitlines()
    turned = "\n".join([head, *reversed(rows)]).replace("3100000001", "3100000001.0") + "\n"
    with data_server(gives(FRA_IND), gives(turned)) as data:
        fetched_from(place, data)
        again = fetched_from(place, data)
    assert again.outcome == "unchanged" and "another order" in again.remarks[0]
    assert len(held(place)) == 2


def test_further_columns_are_kept_and_told(place: Workspace) -> None:
    """A column that the source did not have is no fault; it is named among the changes."""
    more = (
        "\n".join(f"{line},{'NOTE' if number == 0 else 'x'}" for number, line in enumerate(FRA_IND.splitlines())) + "\n"
    )
    with data_server(gives(FRA_IND), gives(more)) as data:
        fetched_from(place, data)
        second = fetched_from(place, data)
    assert second.changes is not None and second.changes.new_columns == ("NOTE",)


def test_rows_that_keys_do_not_tell_apart_are_compared_whole(place: Workspace) -> None:
    """Where two rows have one key no figure is called revised: rows were added and are gone."""
    twice = [("FRA", "XG_FOB_USD", "IND", "2015", "1"), ("FRA", "XG_FOB_USD", "IND", "2015", "2")]
    with data_server(gives(imts(twice)), gives(imts([*twice[:1], ("FRA", "XG_FOB_USD", "IND", "2015", "3")]))) as data:
        fetched_from(place, data)
        second = fetched_from(place, data)
    changes = second.changes
    assert changes is not None and changes.whole_rows
    assert (changes.added, changes.gone, changes.revised) == (1, 1, 0)


NAMES = st.sampled_from(["FRA", "IND", "G001", 'a, "b"', ""])
FIGURES = st.sampled_from(["", "..", "c", "0", "1", "1.0", "-3", "2.50", "7e3"])
VINTAGE = st.dictionaries(st.tuples(NAMES, NAMES), FIGURES, max_size=8)


@settings(max_examples=30)
@given(VINTAGE, VINTAGE)
def test_changes_are_what_two_tables_differ_in(
    tmp_path_factory: pytest.TempPathFactory, old: dict[tuple[str, str], str], new: dict[tuple[str, str], str]
) -> None:
    """Rows added, gone and revised are those that two dictionaries differ in, whatever stands in them and in any order."""
    folder = tmp_path_factory.mktemp("vintages")
    for name, rows in (("old", old), ("new", dict(reversed(new.items())))):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("from", "to", "figure"), *((*key, value) for key, value in rows.items())])
    table = Table(("from", "to", "figure"), ",", "utf-8-sig", len(new))
    changes = changes_between(
        folder / "old.csv", folder / "new.csv", table, since="1", keys=("from", "to"), values=("figure",)
    )

    def number(words: str) -> float | str:
        return words if words in ("", "..", "c") else float(words)

    revised = [key for key in old if key in new and number(old[key]) != number(new[key])]
    assert (changes.added, changes.gone) == (len(new.keys() - old.keys()), len(old.keys() - new.keys()))
    assert changes.revised == len(revised) and not changes.whole_rows
    assert {one.key for one in changes.largest} == {" ".join(key) for key in revised}
    assert changes.is_none == ({k: number(v) for k, v in old.items()} == {k: number(v) for k, v in new.items()})


# What else there is


def test_a_note_is_no_source(place: Workspace) -> None:
    """The build reads the fetched table and passes over the note beside it without a word."""
    with data_server(gives(FRA_IND)) as data:
        fetched = fetched_from(place, data)
    report = build(place)
    assert (report.read, report.unread) == ((fetched.name,), ())
    assert not any("source.json" in name for name, _ in report.warnings)


def test_two_fetches_do_not_write_into_each_other(place: Workspace) -> None:
    """While one fetch of a source is at work, another of the same is refused."""
    import subprocess
    import sys

    with data_server(gives(FRA_IND)) as data:
        workspace = served_by(place, data)
        folder = workspace.underway / "imf-imts"
        folder.mkdir(parents=True)
        hold = (
            "import fcntl, sys; h = open(sys.argv[1], 'a'); fcntl.lockf(h, fcntl.LOCK_EX); print('held', flush=True); "
            "sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", hold, str(folder / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None and other.stdout.readline() == "held\n"
            with pytest.raises(FetchError, match="another fetch of imf-imts is at work"):
                fetch(workspace, "imf-imts")
            other.communicate("")
    assert data.paths == []


@pytest.mark.parametrize("key", services())
def test_every_declaration_can_be_asked(key: str) -> None:
    """Every service has an https address whose questions are filled in whole, and a way by hand."""
    one = service(key)
    assert one.by_hand.startswith("Open http") and one.licence and one.title
    if not one.kind:
        return
    codes = {side: {"FRA": "251", "IND": "699"} for side in ("reporter", "partner")} if one.codes else None
    asked = list(one.questions("FRA", "IND", start=2015, end=2016, codes=codes))
    assert len({question.url for question in asked}) == len(asked) >= 1
    for question in asked:
        assert question.url.startswith("https://")
        assert "{" not in question.url.replace("{page}", "")
        named = any(code in question.url.upper() for code in ("FRA", "IND", "251"))
        assert named == (one.kind != "file")
    assert one.largest and one.headers and set(one.keys).isdisjoint(one.values)
    assert one.kind == "file" or (one.rate and one.rate_from)


@pytest.mark.parametrize(
    ("source", "file", "rows"),
    [("oecd-itic", "oecd_itic_jpn_cif_fob.csv", 2254), ("reign", "reign_leaderlist_2021_3.csv", 2524)],
)
def test_real_files_are_accepted(source: str, file: str, rows: int, place: Workspace, shared: Path) -> None:
    """Files as their publishers give them come through every check, and stay byte for byte."""
    content = (shared / "data" / file).read_bytes()
    with data_server(gives(content)) as data:
        first = fetched_from(place, data, source)
        again = fetched_from(place, data, source)
    assert (first.rows, again.outcome) == (rows, "unchanged")
    assert (place.sources / first.name).read_bytes() == content


def test_revisions_of_a_real_file_are_found(place: Workspace, shared: Path) -> None:
    """Of a real table with one figure changed and one row taken out, exactly these are told."""
    content = (shared / "data" / "oecd_itic_jpn_cif_fob.csv").read_text(encoding="utf-8-sig")
    lines = content.splitlines(keepends=True)
    fields = lines[5].split(",")
    place_of_value = lines[0].split(",").index("OBS_VALUE")
    before, fields[place_of_value] = fields[place_of_value], "99.5"
    changed = "".join([*lines[:5], ",".join(fields), *lines[7:]])
    with data_server(gives(content), gives(changed)) as data:
        fetched_from(place, data, "oecd-itic")
        changes = fetched_from(place, data, "oecd-itic").changes
    assert changes is not None and not changes.whole_rows
    assert (changes.added, changes.gone, changes.revised) == (0, 1, 1)
    assert [(one.column, one.before, one.after) for one in changes.largest] == [("OBS_VALUE", before, "99.5")]
