"""A service that is slow, broken, changed or hostile costs no more than its limits, and nothing of it is kept."""

from __future__ import annotations

import gzip
import json
import time
from email.utils import formatdate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.flow import Workspace, dyad_of, fetch
from comity.flow.connection import Connections, parts_of, seconds_of
from comity.statistics import service
from comity.terms import ComityError, FetchError, WorkspaceError
from tests.flow import data_server as served
from tests.flow.data_server import data_server, drops_after, gives, status, wdi_page
from tests.flow.fetched import FRA_IND, REIGN, fetched_from, held, served_by

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
    """The second of two requests to a service that allows one a second comes no sooner than after a second."""
    rows = [("FRA", "2017", "1"), ("FRA", "2016", "2")]
    pages = [wdi_page(rows[:1], page=1, pages=2, total=2), wdi_page(rows[1:], page=2, pages=2, total=2)]
    with data_server(*map(gives, pages)) as data:
        begun = time.monotonic()
        fetched_from(place, data, "wdi", start=2016, end=2017, rate=60)
    assert len(data.paths) == 2 and time.monotonic() - begun >= 1


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
@given(st.sets(st.integers(1, len(REIGN) - 1), min_size=1, max_size=4).map(sorted))
def test_however_it_is_dropped_the_file_is_the_file(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    """A download that is dropped again and again, each time further on, comes to the bytes of the file."""
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


@pytest.mark.parametrize("range_given", ["bytes 0-3/4", "bytes 60-70/999999"])
def test_a_service_that_never_gets_further_is_left(place: Workspace, range_given: str) -> None:
    """A service that gives the same beginning again and again, and a wrong rest, is asked as often as one that drops."""

    def answer(handler: served.Handler) -> None:
        if handler.headers.get("Range"):
            handler.send(206, b"JUNK", ETag='"a"', Content_Range=range_given)
        else:
            drops_after(60, FRA_IND, ETag='"a"')(handler)

    with data_server(answer) as data, pytest.raises(FetchError):
        fetched_from(place, data, time_limit=20)
    assert len(data.paths) < 8
    assert held(place) == []


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
        (gives(gzip.compress(FRA_IND.encode())), "packed by gzip and does not say so"),
        (gives(FRA_IND.replace("STATUS", "OBS_VALUE", 1)), "OBS_VALUE stands over two columns"),
        (lambda handler: handler.send(302, b"", Location=handler.path), "from one place to another without end"),
        (lambda handler: handler.send(302, b"", Location=f"{handler.path}x"), "from one place to another without end"),
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
        (gives('[{"page": 1, "pages": 1}, [{"name": "x"}]]'), "does not say how many rows there are"),
        (gives("[" * 100_000), "is no whole JSON"),
    ],
    ids=["half", "too few", "message", "schema", "uncounted", "deep"],
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


def test_a_key_for_the_publisher_is_not_shown_to_a_stand_in(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The publisher's key in the environment stays there where comity.toml names another address and no key."""
    monkeypatch.setenv("COMTRADE_KEY", "secret-7")
    with data_server(status(403)) as data, pytest.raises(FetchError):
        fetched_from(place, data, "un-comtrade", start=2016, end=2016)
    assert "ocp-apim-subscription-key" not in data.headers[0]


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
