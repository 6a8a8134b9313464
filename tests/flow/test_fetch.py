"""A data set is fetched only when it is asked for, only from its service, and only what can be stood for is kept."""

from __future__ import annotations

import csv
import json
import time
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.flow import Fetched, Workspace, build, dyad_of, fetch
from comity.flow.connection import Connections, parts_of, seconds_of
from comity.flow.payloads import Table
from comity.flow.vintages import changes_between
from comity.statistics import service, services
from comity.terms import ComityError, FetchError, WorkspaceError, digest
from tests.flow import data_server as served
from tests.flow.data_server import DataServer, data_server, drops_after, gives, imts, status, wdi_page, zipped

FRA_IND = imts(
    [
        ("FRA", "XG_FOB_USD", "IND", "2015", "3100000001"),
        ("FRA", "XG_FOB_USD", "IND", "2016", "4050000000.25"),
        ("FRA", "XG_FOB_USD", "G001", "2016", "501000000000"),
        ("IND", "MG_CIF_USD", "FRA", "2016", "3950000000"),
        ("IND", "MG_CIF_USD", "FRA", "2017", ""),
    ]
)
REIGN = "ccode,leadid,leader,sdate,smonth,syear,emonth,eyear\n" + "".join(
    f"{code},A{code},Leader of {code},1,2,{1990 + code % 30},3,{1995 + code % 30}\n" for code in range(2, 400)
)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace for France and India without sources."""
    return Workspace.create(tmp_path / "france-india", dyad_of("FRA", "IND"))


def served_by(place: Workspace, data: DataServer, source: str = "imf-imts", **settings: Any) -> Workspace:
    """The workspace with the server in place of the source's service; it may be asked as often as one likes."""
    limits = {"rate": 60_000} | settings
    lines = [f'dyad = ["{place.dyad.first}", "{place.dyad.second}"]', f"[fetch.{source}]", f'url = "{data.url}"']
    lines += [f"{key} = {json.dumps(value)}" for key, value in limits.items()]
    (place.root / "comity.toml").write_text("\n".join(lines), encoding="utf-8")
    return Workspace.load(place.root)


def fetched_from(place: Workspace, data: DataServer, source: str = "imf-imts", **options: Any) -> Fetched:
    """What comes of a fetch with short waits."""
    limits = {key: options.pop(key) for key in ("timeout", "time_limit", "key_variable", "rate") if key in options}
    return fetch(served_by(place, data, source, **limits), source, first_wait=0.01, **options)


def note_of(place: Workspace, fetched: Fetched) -> dict[str, Any]:
    """What stands in the note beside a fetched file."""
    found: dict[str, Any] = json.loads((place.sources / f"{fetched.name}.source.json").read_text(encoding="utf-8"))
    return found


def held(place: Workspace) -> list[str]:
    """The files in sources/."""
    return sorted(path.relative_to(place.sources).as_posix() for path in place.sources.rglob("*") if path.is_file())


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
FIGURES = st.sampled_from(["", "0", "1", "1.0", "-3", "2.50", "7e3"])
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

    def number(words: str) -> float | None:
        return float(words) if words else None

    revised = [key for key in old if key in new and number(old[key]) != number(new[key])]
    assert (changes.added, changes.gone) == (len(new.keys() - old.keys()), len(old.keys() - new.keys()))
    assert changes.revised == len(revised) and not changes.whole_rows
    assert {one.key for one in changes.largest} == {" ".join(key) for key in revised}
    assert changes.is_none == ({k: number(v) for k, v in old.items()} == {k: number(v) for k, v in new.items()})


# A service that has trouble


def test_a_busy_service_is_asked_again_when_it_says(place: Workspace) -> None:
    """After 429 it is asked again when Retry-After allows, after 500 after a wait that grows; what then comes counts."""
    busy = status(429, b'{"statusCode": 429, "message": "Rate limit is exceeded."}', Retry_After="1")
    told: list[str] = []
    with data_server(busy, status(500), gives(FRA_IND)) as data:
        begun = time.monotonic()
        workspace = served_by(place, data)
        fetched = fetch(workspace, "imf-imts", first_wait=0.01, tell=told.append)
    assert fetched.outcome == "fetched" and len(data.paths) == 3
    assert time.monotonic() - begun >= 1
    assert "asked too often: Rate limit is exceeded." in told[0]


def test_a_wait_that_outlasts_the_limit_is_not_begun(place: Workspace) -> None:
    """A service that asks to come back in an hour is left, and the person told when to try again."""
    with data_server(status(429, Retry_After="3600")) as data, pytest.raises(FetchError, match="after 60 minutes"):
        fetched_from(place, data, time_limit=20)
    assert len(data.paths) == 1


def test_the_rate_of_the_service_is_kept(place: Workspace) -> None:
    """Two requests to a service that allows 600 a minute are a tenth of a second apart."""
    rows = [("FRA", "2017", "1"), ("FRA", "2016", "2")]
    pages = [wdi_page(rows[:1], page=1, pages=2, total=2), wdi_page(rows[1:], page=2, pages=2, total=2)]
    moments: list[float] = []

    def clocked(page: str) -> served.Answer:
        def answer(handler: served.Handler) -> None:
            moments.append(time.monotonic())
            handler.send(200, page.encode())

        return answer

    with data_server(*map(clocked, pages)) as data:
        workspace = served_by(place, data, "wdi", rate=600)
        fetch(workspace, "wdi", start=2016, end=2017)
    assert moments[1] - moments[0] >= 0.09


def test_a_dropped_download_goes_on_where_it_broke_off(place: Workspace) -> None:
    """The rest is asked for under the ETag of what came, and the two halves are the file."""
    with data_server(drops_after(3000, REIGN, ETag='"r1"'), served.goes_on(REIGN, '"r1"')) as data:
        fetched = fetched_from(place, data, "reign")
    assert data.headers[1]["range"] == "bytes=3000-" and data.headers[1]["if-range"] == '"r1"'
    assert (place.sources / fetched.name).read_text() == REIGN


@pytest.mark.parametrize(
    "second",
    [gives(REIGN, ETag='"r1"'), served.goes_on(REIGN, '"r2"')],
    ids=["a server without ranges", "a file that has changed since"],
)
def test_a_download_that_cannot_go_on_begins_anew(second: served.Answer, place: Workspace) -> None:
    """Where the whole comes instead of the rest, the half is thrown away and never joined with it."""
    other = REIGN.replace("Leader of 2,", "Somebody else,")
    with data_server(drops_after(3000, other, ETag='"r1"'), second) as data:
        fetched = fetched_from(place, data, "reign")
    assert (place.sources / fetched.name).read_text() == REIGN


@settings(max_examples=12)
@given(st.lists(st.integers(1, len(REIGN) - 1), min_size=1, max_size=4))
def test_however_it_is_dropped_the_file_is_the_file(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    """A download that is dropped at any places comes to the bytes of the file."""
    whole = REIGN.encode()

    def piece(handler: served.Handler) -> None:
        start = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", '"r1"')
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(whole) - 1}/{len(whole)}")
        handler.send_header("Content-Length", str(len(whole) - start))
        handler.end_headers()
        end = cuts[len(handler.data.paths) - 1] if len(handler.data.paths) <= len(cuts) else len(whole)
        handler.wfile.write(whole[start : max(end, start)])
        handler.close_connection = True

    place = Workspace.create(tmp_path_factory.mktemp("ws"), dyad_of("FRA", "IND"))
    with data_server(piece) as data:
        fetched = fetched_from(place, data, "reign")
    assert (place.sources / fetched.name).read_bytes() == whole


def test_half_an_answer_without_a_mark_is_not_joined(place: Workspace) -> None:
    """An answer without ETag or date may have changed; it is asked for from its start."""
    with data_server(drops_after(3000, REIGN), served.goes_on(REIGN, '"r1"')) as data:
        fetched = fetched_from(place, data, "reign")
    assert "range" not in data.headers[1]
    assert (place.sources / fetched.name).read_text() == REIGN


def test_a_stopped_download_goes_on_in_the_next_run(place: Workspace) -> None:
    """Ctrl-C leaves what came, out of sources/; the next fetch asks for the rest alone."""
    with data_server(drops_after(3000, REIGN, ETag='"r1"'), served.goes_on(REIGN, '"r1"')) as data:

        def stop(done: int, of: int | None) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            fetched_from(place, data, "reign", on_bytes=stop)
        assert held(place) == []
        fetched = fetched_from(place, data, "reign")
    assert int(data.headers[1]["range"].removeprefix("bytes=").rstrip("-")) > 0
    assert (place.sources / fetched.name).read_text() == REIGN
    assert [path.name for path in place.underway.rglob("*") if path.is_file()] == ["lock"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (served.hangs_up, "the connection failed"),
        (served.sleeps, "no answer within 0.3 seconds"),
        (served.drips, "had not come to its end when the time limit was reached"),
        (status(503, b"<html><title>Maintenance</title></html>"), "has trouble \\(status 503\\): Maintenance"),
    ],
    ids=["hangs up", "silence", "single bytes", "always busy"],
)
def test_a_service_that_does_not_answer_is_left_in_time(answer: served.Answer, words: str, place: Workspace) -> None:
    """Silence, single bytes and trouble without end cost no more than their limits, and nothing is added."""
    begun = time.monotonic()
    with data_server(answer) as data, pytest.raises(FetchError, match=words):
        fetched_from(place, data, "reign", timeout=0.3, time_limit=3.0)
    assert time.monotonic() - begun < 10
    assert held(place) == []


# What is refused


CUT_ROW = FRA_IND[: FRA_IND.rindex(",2017") - 3]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (gives("<!DOCTYPE html><html><head><title>Log in</title></head><body>"), 'a web page titled "Log in" came'),
        (gives(b""), "the answer is empty"),
        (gives(b"\xef\xbb\xbf \n"), "the answer is empty"),
        (gives(FRA_IND.splitlines()[0] + "\n"), "headers and no rows"),
        (gives(CUT_ROW), "its last row has 4 columns of 9"),
        (served.without_length(FRA_IND.rstrip("\n")[:-1]), "came without its length|its last row"),
        (
            gives(FRA_IND.replace("OBS_VALUE", "VALUE")),
            "OBS_VALUE is not among the columns. Expected were COUNTRY, .* came DATAFLOW, COUNTRY, ",
        ),
        (
            gives(FRA_IND.replace("FRA,XG_FOB_USD,IND,A,2015", "FRA,2015")),
            "line 2 of the answer has 6 columns, and the first has 9",
        ),
        (
            gives(
                '<?xml version="1.0"?><mes:Error><mes:ErrorMessage code="140"><com:Text>Syntax error in key</com:Text></mes:ErrorMessage></mes:Error>'
            ),
            "a message came instead of data: Syntax error in key",
        ),
        (
            gives('{"errors": [{"code": 140, "detail": "No such dataflow"}]}'),
            "a message came instead of data: No such dataflow",
        ),
        (served.gives_packed(FRA_IND, cut=6), "packing has no end"),
        (gives(b"x" * 50, Content_Encoding="gzip"), "cannot be unpacked"),
        (gives(FRA_IND, Content_Encoding="br"), "packed as br"),
        (status(204), "nothing of what was asked for"),
        (status(404, b"<mes:Error><com:Text>NoRecordsFound</com:Text></mes:Error>"), "status 404\\): NoRecordsFound"),
        (status(403, b"denied"), "refuses the request \\(status 403\\): denied"),
        (
            status(400, b'{"message": "period is too long"}'),
            "does not take the request \\(status 400\\): period is too long",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_data_is_refused(
    answer: served.Answer, words: str, place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages, messages, nothing, cut answers and changed schemas add nothing; it is said what came, on one line."""
    monkeypatch.setattr("comity.flow.downloading._ATTEMPTS", 2)
    with data_server(answer) as data, pytest.raises(FetchError, match=words) as refused:
        fetched_from(place, data)
    assert held(place) == [] and str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (gives(wdi_page([("FRA", "2016", "1")], page=1, pages=1, total=1)[:-9]), "is no whole JSON"),
        (gives(wdi_page([("FRA", "2016", "1")], page=1, pages=1, total=5)), "speaks of 5 rows, and 1 came"),
        (
            gives('[{"message": [{"id": "120", "key": "Invalid value", "value": "The parameter is not valid"}]}]'),
            "The parameter is not valid",
        ),
        (
            gives('[{"page": 1, "pages": 1, "total": 1}, [{"name": "x"}]]'),
            "indicator.id, countryiso3code, date, value are not",
        ),
        (gives("[" * 100_000), "is no whole JSON"),
    ],
    ids=["half", "too few", "message", "schema", "deep"],
)
def test_half_and_other_json_is_refused(answer: served.Answer, words: str, place: Workspace) -> None:
    """JSON that is cut, has fewer rows than it says, is a message, or has other items, adds nothing."""
    with data_server(answer) as data, pytest.raises(FetchError, match=words):
        fetched_from(place, data, "wdi")
    assert held(place) == []


def test_an_answer_cut_at_the_services_limit_is_refused(place: Workspace) -> None:
    """As many rows as the service gives at most are not taken for all that there are."""
    codes = {
        "results": [
            {"reporterCodeIsoAlpha3": "FRA", "reporterCode": 251, "PartnerCodeIsoAlpha3": "FRA", "PartnerCode": 251}
        ]
    }
    codes["results"].append(
        {"reporterCodeIsoAlpha3": "IND", "reporterCode": 699, "PartnerCodeIsoAlpha3": "IND", "PartnerCode": 699}
    )
    full = served.comtrade("2016", [("251", "X", str(partner), "1") for partner in range(500)])
    listed = gives(json.dumps(codes))
    with (
        data_server(listed, listed, gives(full)) as data,
        pytest.raises(FetchError, match="cuts its answers at 500 rows"),
    ):
        fetched_from(place, data, "un-comtrade", start=2016, end=2016)


def test_an_endless_answer_ends_at_the_sources_size(place: Workspace) -> None:
    """More bytes than such a file has ever had are not taken."""
    with data_server(served.floods) as data, pytest.raises(FetchError, match="longer than 20 MB"):
        fetched_from(place, data, "reign")
    assert held(place) == []


def test_a_packed_answer_may_not_grow_without_end(place: Workspace) -> None:
    """The size limit holds for what an answer is unpacked, not only for what comes over the line."""
    with (
        data_server(served.gives_packed("x" * 30_000_000)) as data,
        pytest.raises(FetchError, match="longer than 20 MB"),
    ):
        fetched_from(place, data, "reign")


# Where it asks


def test_a_time_to_come_back_may_be_a_date() -> None:
    """Retry-After is understood as seconds and as a date, and nonsense is left to our own waits."""
    in_a_minute = formatdate(time.time() + 60, usegmt=True)
    assert 55 <= (seconds_of(in_a_minute) or 0) <= 60
    assert seconds_of("7") == 7.0 and seconds_of(formatdate(0, usegmt=True)) == 0.0
    assert [seconds_of(header) for header in (None, "", "soon", "-3", "9" * 40)] == [None] * 5


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_redirect_to_a_foreign_host_is_followed(code: int, place: Workspace) -> None:
    """A redirect to a host that is not the source's own is refused, and the host named; nothing is asked there."""
    with data_server(gives(FRA_IND)) as other:
        sent_on = status(code, Location=f"{other.url}/data")
        with data_server(sent_on) as data, pytest.raises(FetchError, match=f"sends on to {other.host}, which is not"):
            fetched_from(place, data)
    assert other.paths == [] and len(data.paths) == 1


def test_a_redirect_to_the_same_host_is_followed_with_the_key(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is sent to the service's own host, before and after a redirect there."""
    monkeypatch.setenv("MY_KEY", "secret-7")
    with (
        data_server(
            lambda handler: handler.send(302, b"", Location="/elsewhere"), status(403, b"secret-7 is not known")
        ) as data,
        pytest.raises(FetchError) as refused,
    ):
        fetched_from(place, data, "un-comtrade", start=2016, end=2016, key_variable="MY_KEY")
    assert [sent.get("ocp-apim-subscription-key") for sent in data.headers] == ["secret-7", "secret-7"]
    assert "secret-7" not in str(refused.value) and "(key) is not known" in str(refused.value)


def test_a_key_goes_to_no_other_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect to a further host of the service is followed without the key."""
    with data_server(gives("here")) as other, data_server(status(302, Location=f"{other.url}/x")) as data:
        connections = Connections(data.url, hosts={other.host}, key=("X-Key", "secret-7"))
        with connections.open(f"{data.url}/a", headers={}, timeout=5) as response:
            assert b"".join(parts_of(response)) == b"here"
    assert data.headers[0]["x-key"] == "secret-7" and "x-key" not in other.headers[0]


def test_a_service_that_cannot_be_reached_is_told_with_the_way_by_hand(place: Workspace) -> None:
    """Without a way to the service it is said how to get the file by hand, and that add recognises it."""
    with data_server(gives(FRA_IND)) as data:
        pass  # nobody listens there any more
    with pytest.raises(FetchError, match="cannot be reached") as refused:
        fetched_from(place, data)
    assert service("imf-imts").by_hand in str(refused.value)
    assert "comity add FILE, which recognises it" in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_source_without_a_service_says_how_to_get_it(place: Workspace) -> None:
    """A source that Comity cannot ask for is refused with the way by hand."""
    with pytest.raises(FetchError, match=r"unctad has no service that Comity uses\. By hand: Open https://unctadstat"):
        fetch(place, "unctad")


def test_an_unknown_source_is_refused_with_those_there_are(place: Workspace) -> None:
    """A misspelt source names the ones that are known."""
    with pytest.raises(ComityError, match=r"no source 'imf' to fetch; choose one of .*imf-imts"):
        fetch(place, "imf")


@pytest.mark.parametrize(
    ("source", "years", "words"),
    [
        ("cow-trade", {"start": 1990}, "one file of all years"),
        ("imf-imts", {"start": 2020, "end": 2010}, "2020 to 2010 is no span"),
    ],
)
def test_years_that_make_no_sense_are_refused(source: str, years: dict[str, int], words: str, place: Workspace) -> None:
    """Years of a source that has none to choose, and years that run backwards, are refused before anything is asked."""
    with data_server(gives("")) as data, pytest.raises(WorkspaceError, match=words):
        fetched_from(place, data, source, **years)
    assert data.paths == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('[fetch.imf]\nurl = "https://a.example"', r"\[fetch.imf\] is for no source"),
        ('[fetch.wdi]\nurl = "http://mirror.example"', "could be changed on its way"),
        ('[fetch.wdi]\nurl = "https://u:p@a.example"', "without name, key or query"),
        ('[fetch.wdi]\naddress = "https://a.example"', "unknown settings: address"),
        ("[fetch.wdi]\ntimeout = true", "timeout is not a number of seconds"),
        ("fetch = 7", "expected a section for each source"),
    ],
)
def test_wrong_settings_are_refused(lines: str, words: str, place: Workspace) -> None:
    """A section for no source, http to elsewhere, a key in an address and unknown settings are named."""
    above = f"{lines}\n" if lines.startswith("fetch") else ""
    (place.root / "comity.toml").write_text(
        f'{above}dyad = ["FRA", "IND"]\n{"" if above else lines}\n', encoding="utf-8"
    )
    with pytest.raises(WorkspaceError, match=words):
        Workspace.load(place.root)


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
