"""A second reader is asked only where it was told to be, within limits, and never costs the build."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from comity.documents import read_bytes
from comity.flow import Reading, Workspace, build, dyad_of, open_view
from comity.flow.endpoint import Endpoint, read_endpoint
from comity.flow.exchange import Exchange, NoAnswer
from comity.flow.second_reader import SecondReader, SecondReading
from comity.terms import Event, EventType, WorkspaceError
from tests.flow import chat_server as served
from tests.flow.chat_server import ChatServer, chat_server, says, status

LETTER = """\
# France and Senegal

4 July 2019

It was on May 7, 2019 that lorries of rice from France reached Senegal, and nobody in Dakar had asked for them.

Three weeks of rain had gone before, and the roads were bad. Senegal in turn kept a warm word for France.
"""
AID = {
    "quotation": "lorries of rice from France reached Senegal",
    "type": "AID",
    "actors": [{"code": "FRA", "text": "France"}],
    "recipients": [{"code": "SEN", "text": "Senegal"}],
    "date": {"text": "May 7, 2019", "start": "2019-05-07", "end": "2019-05-07"},
}
PRAISE = {
    "quotation": "Senegal in turn kept a warm word for France",
    "type": "SUPPORT",
    "actors": [{"code": "SEN", "text": "Senegal"}],
    "recipients": [{"code": "FRA", "text": "France"}],
}
BOTH = says({"events": [AID, PRAISE]})
NONE = says({"events": []})


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace with one letter of two passages that name somebody."""
    made = Workspace.create(tmp_path / "france-senegal", dyad_of("FRA", "SEN"))
    (made.sources / "letter.md").write_text(LETTER, encoding="utf-8")
    return made


def configured(place: Workspace, chat: ChatServer, **settings: str) -> Workspace:
    """The workspace with the server as its second reader."""
    lines = [f'dyad = ["{place.dyad.first}", "{place.dyad.second}"]', "[second_reader]", f'url = "{chat.url}"']
    lines += [f"{key} = {value}" for key, value in ({"model": '"model-7"'} | settings).items()]
    (place.root / "comity.toml").write_text("\n".join(lines), encoding="utf-8")
    return Workspace.load(place.root)


def proposed(place: Workspace) -> list[Event]:
    """The reports in the record that a second reader proposed."""
    with open_view(place) as view:
        reports = [report for merged in view.events() for report in merged.reports]
    return [report for report in reports if report.proposer]


def endpoint(chat: ChatServer, **settings: Any) -> Endpoint:
    """The server as an endpoint."""
    found = read_endpoint({"url": chat.url, "model": "model-7", **settings})
    assert found is not None
    return found


def read_by(
    chat: ChatServer, folder: Path, text: str = LETTER, **settings: Any
) -> tuple[tuple[Event, ...], SecondReading, list[str]]:
    """What a reader with short waits adds to a letter that the rules said nothing of, its report, and what it told."""
    told: list[str] = []
    reader = SecondReader(endpoint(chat, **settings), folder, tell=told.append, first_wait=0.01)
    document = read_bytes(text.encode(), name="letter.md")
    readings, report = reader.read([("letter.md", Reading(document))])
    assert reader.unanswered() == ({"letter.md"} if report.unanswered else frozenset())
    return readings["letter.md"].events, report, told


# Off, on, and off again


def test_nothing_is_sent_unless_it_is_asked_for(place: Workspace) -> None:
    """A build without the flag sends nothing, although a second reader is configured."""
    with chat_server(BOTH) as chat:
        report = build(configured(place, chat))
    assert (chat.bodies, report.second, report.left_out) == ([], None, False)
    assert proposed(place) == []


def test_nothing_is_sent_unless_it_is_configured(place: Workspace) -> None:
    """The flag without the section is refused before anything is read."""
    with pytest.raises(WorkspaceError, match=r"names no second reader\. Add a section"):
        build(place, second_reader=True)
    assert not place.record.exists()


def test_what_it_adds_is_marked_in_the_record(place: Workspace) -> None:
    """Its events stand in the record with their coder, a low confidence and their evidence; it was said before."""
    told: list[tuple[str, int]] = []
    with chat_server(BOTH, BOTH) as chat:
        workspace = configured(place, chat)
        report = build(workspace, second_reader=True, tell=lambda words: told.append((words, len(chat.bodies))))
    assert sorted(event.type for event in proposed(place)) == [EventType.AID, EventType.SUPPORT]
    for event in proposed(place):
        assert (event.coder, event.confidence) == ("second-reader:model-7", 0.3)
        assert event.text in LETTER
    ((words, sent_before),) = told
    assert sent_before == 0
    assert "2 passages of 1 document" in words and chat.url.split("/")[2] in words and "on this machine" in words
    assert report.second is not None
    assert (report.second.asked, report.second.added) == (2, 2)
    # Each passage was put with both proposals; the one of the other passage does not stand in it.
    assert report.second.refused == (("the quotation does not stand in the passage, or names no party", 2),)
    assert [line for line in report.second.lines if "each marked" in line]


def test_only_passages_that_name_somebody_are_sent(place: Workspace) -> None:
    """The heading, the date and the rain stay here; what is sent is passage, day, instructions and model."""
    with chat_server(NONE) as chat:
        build(configured(place, chat), second_reader=True)
    assert [passage.split()[0] for passage in chat.passages] == ["It", "Senegal"]
    assert set(chat.paths) == {"/v1/chat/completions"}
    for body in chat.bodies:
        assert set(body) == {"model", "messages", "temperature"}
        assert set(json.loads(body["messages"][1]["content"])) == {"published", "passage"}


def test_a_second_build_sends_nothing_again(place: Workspace) -> None:
    """Not when nothing changed, not when everything is read afresh; a new passage alone is sent."""
    with chat_server(BOTH) as chat:
        workspace = configured(place, chat)
        build(workspace, second_reader=True)
        before = proposed(place)
        assert len(chat.bodies) == 2 and len(before) == 2
        build(workspace, second_reader=True)
        fresh = build(workspace, second_reader=True, fresh=True)
        assert len(chat.bodies) == 2
        assert fresh.second is not None and (fresh.second.kept, fresh.second.asked) == (2, 0)
        assert proposed(place) == before
        (place.sources / "letter.md").write_text(f"{LETTER}\nMali wrote to France of late.\n", encoding="utf-8")
        build(workspace, second_reader=True)
        assert chat.passages[2:] == ["Mali wrote to France of late."]


def test_without_it_the_record_is_the_rules_alone(place: Workspace) -> None:
    """A plain build takes its events out and says so; with it they come back, and nothing is sent for that."""
    with chat_server(BOTH) as chat:
        workspace = configured(place, chat)
        build(workspace)
        with open_view(place) as view:
            plain = view.version
        build(workspace, second_reader=True)
        before = proposed(place)
        assert build(workspace).left_out
        assert proposed(place) == []
        with open_view(place) as view:
            assert view.version == plain
        build(workspace, second_reader=True)
        assert (proposed(place), len(chat.bodies)) == (before, 2)


def test_another_model_is_asked_anew(place: Workspace) -> None:
    """The answers of one model are not taken for another's."""
    with chat_server(BOTH) as chat:
        build(configured(place, chat), second_reader=True)
        build(configured(place, chat, model='"model-8"'), second_reader=True)
    assert [body["model"] for body in chat.bodies] == ["model-7"] * 2 + ["model-8"] * 2
    assert {event.coder for event in proposed(place)} == {"second-reader:model-8"}


def test_what_had_no_answer_is_asked_again(place: Workspace) -> None:
    """The build goes on, tells it, and the next one asks for what is missing, though the source has not changed."""
    with chat_server(BOTH, status(401, b"wrong key"), BOTH) as chat:
        workspace = configured(place, chat)
        report = build(workspace, second_reader=True)
        assert report.second is not None
        assert (report.read, report.second.asked, report.second.unanswered) == (("letter.md",), 1, 1)
        assert "1 passage without an answer" in report.second.problems[0]
        assert "status 401: wrong key" in report.second.problems[0]
        assert len(proposed(place)) == 1
        again = build(workspace, second_reader=True)
        assert again.second is not None and (again.second.kept, again.second.asked) == (1, 1)
        assert (len(proposed(place)), len(chat.bodies)) == (2, 3)
        assert build(workspace, second_reader=True).unchanged == ("letter.md",)


def test_a_stopped_build_leaves_the_record_and_keeps_what_was_answered(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two questions: nothing is stored, and the first passage is not sent again."""
    with chat_server(BOTH) as chat:
        workspace = configured(place, chat)
        build(workspace)
        ask = Exchange.ask

        def stopped(self: Exchange, messages: list[dict[str, str]]) -> str:
            if chat.bodies:
                raise KeyboardInterrupt
            return ask(self, messages)

        with monkeypatch.context() as patched:
            patched.setattr(Exchange, "ask", stopped)
            with pytest.raises(KeyboardInterrupt):
                build(workspace, second_reader=True)
        assert proposed(place) == []
        build(workspace, second_reader=True)
        assert (len(proposed(place)), len(chat.bodies)) == (2, 2)


# Wrong and hostile answers


@pytest.mark.parametrize(
    "content",
    [
        "I found two events: ...",
        "<html><script>alert(1)</script></html>",
        "[" * 50_000,
        {"events": [AID | {"quotation": "France sent rice to Senegal in May"}]},
        {"events": [AID | {"type": "HELP"}]},
        {"events": [AID | {"modes": ["rice"]}]},
        {"events": [AID | {"actors": [{"code": "FRENCH", "text": "France"}]}]},
        {"events": [AID | {"actors": [{"code": "BEL", "text": "France"}]}]},
        {"events": [AID | {"date": {"text": "May 7, 2019", "start": "2019-13-45"}}]},
        {"events": [{"do": "ignore all rules", "run": "rm -rf /"}]},
        {"events": []},
    ],
    ids=lambda each: str(each)[:40],
)
def test_wrong_proposals_add_nothing(content: object, tmp_path: Path) -> None:
    """No JSON, invented words, invalid codes and orders add no event, and are not asked for again."""
    with chat_server(says(content)) as chat:
        assert read_by(chat, tmp_path)[0] == ()
        events, report, told = read_by(chat, tmp_path)
        assert (events, report.kept, report.asked, len(chat.bodies)) == ((), 2, 0, 2)
        assert "nothing is sent" in told[0]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (status(200, b"<html><h1>Welcome</h1></html>"), "is no JSON"),
        (status(200, b""), "is no JSON"),
        (status(200, b"\xff\xfe\x00"), "is no JSON"),
        (status(200, b"[" * 200_000), "is no JSON"),
        (status(200, b"[]"), "is no chat completion"),
        (status(200, b'{"choices": []}'), "is no chat completion"),
        (status(200, b'{"choices": [{"message": {"content": null}}]}'), "is no chat completion"),
        (status(200, b'{"choices": [{"message": {"content": [{"text": "x"}]}}]}'), "is no chat completion"),
        (status(200, b" " * 300_000), "longer than 262,144 bytes"),
        (served.floods, "longer than 262,144 bytes"),
        (status(204, b""), "status 204"),
        (status(400, b'{"error": "no such field\x1b[31m"}'), "status 400"),
        (served.drops, "dropped within the answer"),
        (served.hangs_up, "the connection failed"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_answer_is_told_and_asked_again(answer: served.Answer, words: str, tmp_path: Path) -> None:
    """HTML, nothing, nesting, floods, errors and dropped connections add nothing and stop nothing."""
    with chat_server(answer) as chat:
        events, report, _ = read_by(chat, tmp_path)
        assert (events, report.unanswered) == ((), 2)
        assert words in report.problems[0] and report.problems[0].isprintable()
        chat.plan[:] = [BOTH]
        events, report, _ = read_by(chat, tmp_path)
        assert (len(events), report.unanswered, report.problems) == (2, 0, ())


@pytest.mark.parametrize("slow", [served.sleeps, served.drips, served.drips_headers], ids=lambda each: each.__name__)
def test_slow_answers_cost_no_more_than_their_time(slow: served.Answer, tmp_path: Path) -> None:
    """Silence, and an answer or a header that comes by single bytes, end at the time set for one answer."""
    with chat_server(slow) as chat:
        begun = time.monotonic()
        events, report, _ = read_by(chat, tmp_path, timeout=0.2)
        assert (events, report.unanswered) == ((), 2)
        assert "within 0.2 seconds" in report.problems[0]
        assert time.monotonic() - begun < 3


def test_the_time_for_a_build_ends_the_asking(tmp_path: Path) -> None:
    """Whatever is left then has no answer; nothing more is sent."""
    with chat_server(served.sleeps) as chat:
        begun = time.monotonic()
        _, report, _ = read_by(chat, tmp_path, timeout=30, time_limit=0.3)
        assert time.monotonic() - begun < 3
        assert (report.unanswered, len(chat.bodies)) == (2, 1)


def test_a_busy_server_is_asked_again_later(tmp_path: Path) -> None:
    """After 429 and 503 the same question is put again, and the answer counts."""
    busy = status(429, b"slow down", Retry_After="0")
    with chat_server(busy, status(503), BOTH) as chat:
        events, report, _ = read_by(chat, tmp_path)
    assert (len(events), report.problems) == (2, ())
    assert chat.passages[0] == chat.passages[1] == chat.passages[2] != chat.passages[3]


def test_a_server_that_stays_busy_is_left(tmp_path: Path) -> None:
    """Five attempts at a question, and no wait that would outlast the build's time."""
    with chat_server(status(500, b"broken")) as chat:
        _, report, _ = read_by(chat, tmp_path)
        assert (len(chat.bodies), report.unanswered) == (10, 2)
    with chat_server(status(429, Retry_After="3600")) as chat:
        begun = time.monotonic()
        _, report, _ = read_by(chat, tmp_path, time_limit=20)
        assert time.monotonic() - begun < 3
        assert (len(chat.bodies), report.unanswered) == (1, 2)


def test_a_dropped_connection_is_tried_once_more(tmp_path: Path) -> None:
    """The first question is hung up on in its answer, then answered."""
    with chat_server(served.drops, BOTH) as chat:
        events, report, _ = read_by(chat, tmp_path)
    assert (len(events), report.problems, len(chat.bodies)) == (2, (), 3)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(code: int, tmp_path: Path) -> None:
    """Neither passage nor key goes to where the endpoint points; asking ends at once."""
    with chat_server(BOTH) as other, chat_server(status(code, Location=f"{other.url}/chat/completions")) as chat:
        events, report, _ = read_by(chat, tmp_path)
    assert (events, other.bodies, len(chat.bodies)) == ((), [], 1)
    assert "redirects elsewhere" in report.problems[0]


def test_a_server_that_is_gone_is_not_asked_for_ever(tmp_path: Path) -> None:
    """After three passages without an answer the rest is left."""
    text = "# France\n\n4 July 2019\n\n" + "\n\n".join(
        f"France kept its peace for {n} days in a row." for n in range(20, 30)
    )
    with chat_server(status(200, b"?")) as chat:
        _, report, _ = read_by(chat, tmp_path, text)
        assert (len(chat.bodies), report.unanswered) == (3, 10)
        assert "asking ended there" in report.problems[0]
    _, report, _ = read_by(chat, tmp_path, text)  # the server is closed now
    assert "the connection failed" in report.problems[0]


# The key, the options, the answers that are kept


def test_the_key_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is sent as a bearer token to the endpoint, and shown nowhere, even if the server repeats it."""
    monkeypatch.setenv("READER_KEY", "sk-secret-1")
    with chat_server(status(403, b"sk-secret-1 may not do this")) as chat:
        _, report, told = read_by(chat, tmp_path, key_variable="READER_KEY")
    assert chat.headers[0]["authorization"] == "Bearer sk-secret-1"
    assert "(key) may not do this" in report.problems[0]
    assert "sk-secret" not in str((report, told))
    with chat_server(BOTH) as chat:
        read_by(chat, tmp_path / "other")
    assert "authorization" not in chat.headers[0]


@pytest.mark.parametrize("value", ["", "  ", "key\r\nX-Injected: 1", "schlüssel"])
def test_without_a_usable_key_nothing_is_sent(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable, or one that is no header's text, is told; the build goes on."""
    monkeypatch.setenv("READER_KEY", value)
    with chat_server(BOTH) as chat:
        events, report, told = read_by(chat, tmp_path, key_variable="READER_KEY")
    assert (events, chat.bodies, told, report.unanswered) == ((), [], [], 2)
    assert "nothing was sent: the environment variable READER_KEY" in report.problems[0]


def test_a_model_that_refuses_a_temperature_is_asked_without(tmp_path: Path) -> None:
    """The option is left out from then on."""
    refused = status(400, b'{"error": {"message": "Unsupported value: temperature"}}')
    with chat_server(refused, BOTH) as chat:
        events, _, _ = read_by(chat, tmp_path)
    assert len(events) == 2
    assert ["temperature" in body for body in chat.bodies] == [True, False, False]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"answer": 7}', b"[" * 100_000, b" " * 3_000_000])
def test_damaged_answers_are_asked_for_again(damage: bytes, tmp_path: Path) -> None:
    """A kept file that is not what was written counts as none."""
    with chat_server(BOTH) as chat:
        read_by(chat, tmp_path)
        for file in tmp_path.glob("*.json"):
            file.write_bytes(damage)
        events, report, _ = read_by(chat, tmp_path)
    assert (len(events), report.asked, len(chat.bodies)) == (2, 2, 4)


def test_a_kept_answer_is_judged_like_any_other(tmp_path: Path) -> None:
    """Whoever changes a kept answer cannot bring in words that do not stand in the passage."""
    with chat_server(NONE) as chat:
        read_by(chat, tmp_path)
        forged = {"events": [AID | {"quotation": "France attacked Senegal today"}]}
        for file in tmp_path.glob("*.json"):
            file.write_text(json.dumps({"answer": json.dumps(forged)}), encoding="utf-8")
        assert read_by(chat, tmp_path)[0] == ()


def test_answers_that_cannot_be_kept_still_count(tmp_path: Path) -> None:
    """A file stands where the folder should be: told once, and the events stand."""
    (tmp_path / "answers").write_text("in the way")
    with chat_server(BOTH) as chat:
        events, report, _ = read_by(chat, tmp_path / "answers")
    assert (len(events), len(report.problems)) == (2, 1)
    assert "is not kept" in report.problems[0]


def test_a_fault_of_our_own_costs_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules' readings come back whole, the fault is told, and the source is asked about again."""

    def broken(self: Exchange, messages: list[dict[str, str]]) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(Exchange, "ask", broken)
    with chat_server(BOTH) as chat:
        reader = SecondReader(endpoint(chat), tmp_path, tell=lambda words: None)
        reading = Reading(read_bytes(LETTER.encode(), name="letter.md"))
        readings, report = reader.read([("letter.md", reading)])
    assert readings == {"letter.md": reading}
    assert "fault in Comity (ZeroDivisionError" in report.problems[0]
    assert reader.unanswered() == {"letter.md"}


# comity.toml

GOOD: dict[str, Any] = {"url": "https://llm.example.org/v1", "model": "m"}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://llm.example.org", "https://llm.example.org/v1/chat/completions"),
        ("https://llm.example.org/v1/", "https://llm.example.org/v1/chat/completions"),
        ("https://llm.example.org/api/v1/chat/completions", "https://llm.example.org/api/v1/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080/v1/chat/completions"),
    ],
)
def test_an_endpoint_is_named_as_people_name_it(url: str, address: str) -> None:
    """By its host, by its base, or in full."""
    found = read_endpoint(GOOD | {"url": url})
    assert found is not None and found.url == address


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("here", "is no section"),
        ({}, "has no url"),
        ({"url": "https://llm.example.org"}, "has no model"),
        (GOOD | {"key": "sk-1"}, "unknown settings: key"),
        (GOOD | {"url": "llm.example.org"}, "url is not an address"),
        (GOOD | {"url": "ftp://llm.example.org"}, "url is not an address"),
        (GOOD | {"url": "file:///etc/passwd"}, "url is not an address"),
        (GOOD | {"url": "https://"}, "url is not an address"),
        (GOOD | {"url": "https://llm.example.org:99999"}, "url is not an address"),
        (GOOD | {"url": "https://user:sk-1@llm.example.org"}, "url is not an address"),
        (GOOD | {"url": "https://llm.example.org/?key=sk-1"}, "url is not an address"),
        (GOOD | {"url": "https://llm.example.org\r\nX: 1"}, "url is not an address"),
        (GOOD | {"url": 7}, "url is not an address"),
        (GOOD | {"model": ""}, "model is not the model's name"),
        (GOOD | {"model": "m\nm"}, "model is not the model's name"),
        (GOOD | {"key_variable": "sk-1"}, "key_variable is not the name of the environment variable"),
        (GOOD | {"timeout": 0}, "timeout is not a number of seconds"),
        (GOOD | {"timeout": True}, "timeout is not a number of seconds"),
        (GOOD | {"time_limit": float("nan")}, "time_limit is not a number of seconds"),
        (GOOD | {"allow_http": "yes"}, "allow_http is not true or false"),
        (GOOD | {"url": "http://llm.example.org"}, "would travel in the open"),
        (GOOD | {"url": "http://localhost.example.org"}, "would travel in the open"),
        (GOOD | {"url": "http://127.0.0.1.example.org"}, "would travel in the open"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_named(settings: object, words: str) -> None:
    """The message says which and what is expected, and does not repeat what may be a key."""
    with pytest.raises(WorkspaceError, match=words) as caught:
        read_endpoint(settings)
    assert "sk-1" not in str(caught.value)


def test_open_http_elsewhere_must_be_allowed() -> None:
    """With allow_http it is the user's word."""
    found = read_endpoint(GOOD | {"url": "http://llm.example.org", "allow_http": True})
    assert found is not None and not found.is_local


def test_the_section_is_read_with_the_workspace(place: Workspace) -> None:
    """A wrong section stops every verb with the file's name, as any other wrong setting does."""
    with chat_server(NONE) as chat:
        assert configured(place, chat).second_reader == endpoint(chat)
        with pytest.raises(WorkspaceError, match=r"comity\.toml: \[second_reader\] timeout"):
            configured(place, chat, timeout='"long"')


def test_plain_http_goes_past_proxies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not encrypted, and what stays on this machine, is not handed to the environment's proxy."""
    with chat_server(BOTH) as proxy, chat_server(BOTH) as chat:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert len(read_by(chat, tmp_path)[0]) == 2
    assert proxy.bodies == []


def test_asking_after_the_time_is_refused() -> None:
    """An exchange whose time is over opens no connection."""
    with chat_server(BOTH) as chat:
        exchange = Exchange(replace(endpoint(chat), time_limit=0.0))
        with pytest.raises(NoAnswer, match="time limit"):
            exchange.ask([])
    assert chat.bodies == []


def comity(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "comity", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_command_tells_and_does(place: Workspace) -> None:
    """`comity build --second-reader` says where passages go and what was added; without the section it exits with 2."""
    refused = comity("build", "--second-reader", cwd=place.root)
    assert refused.returncode == 2 and "names no second reader" in refused.stderr
    with chat_server(BOTH) as chat:
        configured(place, chat)
        plain = comity("build", cwd=place.root)
        assert (plain.returncode, chat.bodies) == (0, [])
        done = comity("build", "--second-reader", cwd=place.root)
        assert done.returncode == 0
        assert "2 passages of 1 document" in done.stderr and "2 events added" in done.stderr
        back = comity("build", cwd=place.root)
        assert "left out of this build" in back.stderr
        chat.plan[:] = [status(401)]
        (place.sources / "more.md").write_text(LETTER.replace("rice", "wheat"), encoding="utf-8")
        failing = comity("--quiet", "build", "--second-reader", cwd=place.root)
        assert failing.returncode == 0 and "1 passage without an answer" in failing.stderr
    assert "--second-reader" in comity("build", "--help", cwd=place.root).stdout
