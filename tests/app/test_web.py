"""The record in a browser: every page, its JSON, its links, and what it refuses."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from lxml import html

from comity.app.web import make_app
from comity.brief import Material
from comity.record import Record, View
from comity.terms import Block, BlockKind, Decision, Document, Judgement, Passage, digest
from tests.brief.kenya_uganda import BRIEF, NAMES, REPORT, material
from tests.brief.selecting import select

PAGES = ["/", "/events", "/statements", "/series", "/documents", "/search?q=Kampala"]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' {{ 7*7 }}"


class Visitor:
    """Asks the application for pages, in this process and without a socket."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Ask for a page."""
        return self.ask("GET", path, headers)

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Ask with any method; an error inside becomes the answer that a browser would get."""

        async def asked() -> httpx.Response:
            """Ask within one event loop."""
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8750") as client:
                return await client.request(method, path, headers=headers)

        return asyncio.run(asked())


def _hostile() -> Document:
    text = f"{HOSTILE}\n{HOSTILE} visited Kampala."
    start = text.index("\n") + 1
    name = "doc-0000000000000bad"
    return Document(
        name,
        f"{HOSTILE}.txt",
        "text/plain",
        digest(text.encode()),
        text,
        blocks=(Block(BlockKind.TITLE, 0, start - 1), Block(BlockKind.PARAGRAPH, start, len(text))),
        passages=(Passage(f"{name}#p1", name, start, len(text), text[start:]),),
        warnings=(HOSTILE,),
    )


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of Kenya and Uganda, one file of which could not be read."""
    made = Record.open(tmp_path_factory.mktemp("web") / "record.db", create=True)
    whole = material()
    with made.writing() as writer:
        for document in (*whole.documents, _hostile()):
            writer.store(
                document,
                [one for merged in whole.events for one in merged.reports if one.source_id == document.id],
                [one for one in whole.statements if one.source_id == document.id],
                [one for one in whole.observations if one.provenance.document_id == document.id],
            )
        writer.note_unread("scans/treaty.pdf", "0" * 64, "it holds pictures and no text")
    return made


def _material(view: View) -> Material:
    return replace(
        material(), documents=view.documents(), events=view.events(), record_version=view.version, measures=()
    )


@pytest.fixture(scope="module")
def client(record: Record) -> Visitor:
    """A visitor of the pages, with the brief's material at hand."""
    return Visitor(make_app(record.view, workspace_name="kenya-uganda", material_of=_material))


def _tree(client: Visitor, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.document_fromstring(answer.text)


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_its_json(client: Visitor, path: str) -> None:
    """Every page stands, has one h1, and leads to the same page as JSON."""
    tree = _tree(client, path)
    assert len(select(tree, "h1")) == 1
    link = select(tree, "footer a")[0].get("href")
    answer = client.get(link)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json(), dict)


def test_all_links_of_the_pages_lead_somewhere(client: Visitor) -> None:
    """Walking every link from the first page meets no error, and every fragment has its target."""
    seen: set[str] = set()
    left = ["/"]
    while left:
        address = left.pop()
        path, _, fragment = address.partition("#")
        answer = client.get(path)
        assert answer.status_code == 200, address
        if "text/html" not in answer.headers["content-type"]:
            continue
        tree = html.document_fromstring(answer.text)
        if fragment:
            assert select(tree, f"[id='{fragment}']"), address
        if path == "/brief":
            continue
        for link in select(tree, "a[href]"):
            target = link.get("href")
            target = path.partition("?")[0] + target if target.startswith("?") else target
            target = path + target if target.startswith("#") else target
            if target.startswith("/") and target not in seen:
                seen.add(target)
                left.append(target)
    assert len(seen) > 60


def test_the_first_page_tells_what_was_read_and_what_not(client: Visitor) -> None:
    """Counts, findings, latest events, and files with the reason why one was not read."""
    words = _text(select(_tree(client, "/"), "main")[0])
    assert "Kenya and Uganda" in words
    assert "Not read: it holds pictures and no text" in words
    assert "exports rose from 541.3 in 2017 to 610 in 2018" in words
    index = client.get("/index.json").json()
    assert index["dyad"] == ["KEN", "UGA"]
    assert index["counts"]["documents"] == 3 and index["counts"]["unread"] == 1
    assert index["counts"]["statements"] == 4


def test_an_event_page_leads_to_the_exact_words(client: Visitor) -> None:
    """From an event's report the link goes to the document with exactly the evidence highlighted."""
    events = client.get("/events.json").json()["events"]
    chosen = next(one for one in events if len(one["reports"]) == 2)
    tree = _tree(client, f"/event/{chosen['id']}")
    assert "1 event, 2 reports" in _text(tree)
    links = [link.get("href") for link in select(tree, "main a[href^='/document/']")]
    assert len(links) == 2
    for report, link in zip(chosen["reports"], links, strict=True):
        page = _tree(client, link.partition("#")[0])
        shown = "".join(
            mark.text for mark in select(page, "mark.focus") if mark.getparent().get("class") != "legend meta"
        )
        assert shown == report["text"]
        assert select(page, "#focus")


def test_a_document_page_holds_the_whole_text(client: Visitor) -> None:
    """Nothing of the text is lost or doubled: prose, tables, notes, in their order."""
    for document in (BRIEF, REPORT):
        tree = _tree(client, f"/document/{document.id}")
        article = select(tree, "article")[0]
        for extra in [*select(article, "sup"), *select(article, "caption"), *select(article, "a")]:
            extra.drop_tree()
        shown = re.sub(r"\s+", "", article.text_content())
        assert shown == re.sub(r"\s+", "", document.text)


def test_note_markers_stand_where_they_stood(client: Visitor) -> None:
    """A footnote's raised number follows the very words that it followed in the file, and leads to the note."""
    tree = _tree(client, f"/document/{BRIEF.id}")
    for note in BRIEF.notes:
        marker = next(link for link in select(tree, "sup.ref a") if link.get("href") == f"#{note.id}")
        before = "".join(marker.xpath("preceding::text()[not(ancestor::sup)]"))
        assert note.marker is not None
        assert BRIEF.text[: note.marker].endswith(before[-40:])
        assert select(tree, f"[id='{note.id}']")


def test_tables_are_tables(client: Visitor) -> None:
    """A table of the document is a table of the page, with its headers."""
    tree = _tree(client, f"/document/{BRIEF.id}")
    first = select(tree, "article table")[0]
    assert [_text(cell) for cell in select(first, "th[scope='col']")] == ["Year", "Exports", "Imports", "Total"]
    assert len(select(first, "tr")) == 6


def test_a_figure_leads_to_its_cell(client: Visitor) -> None:
    """From a figure of a series the link goes to the cell that it stands in."""
    series = client.get("/series.json").json()["series"]
    exports = next(one for one in series if one["indicator"] == "exports")
    tree = _tree(client, f"/series/{exports['id']}")
    row = next(row for row in select(tree, "tbody tr") if _text(row).startswith("2017"))
    page = _tree(client, select(row, "a")[0].get("href").partition("#")[0])
    assert [mark.text for mark in select(page, "td mark.focus")] == ["541.3"]
    assert select(tree, "svg")


def test_a_states_own_figures_have_a_page(tmp_path: Path) -> None:
    """The population of one state is of no pair, and its page shows the figures without a chart of one."""
    made = Record.open(tmp_path / "record.db", create=True)
    document = material().documents[0]
    first = next(one for one in material().observations if one.provenance.document_id == document.id)
    own = replace(
        first, id="obs-own", series=replace(first.series, id="series-own", partner="", indicator="population")
    )
    with made.writing() as writer:
        writer.store(document, [], [], [own])
    tree = _tree(Visitor(make_app(made.view, workspace_name="kenya")), "/series/series-own")
    assert _text(select(tree, "tbody tr")[0]).startswith(own.period.label)


@pytest.mark.parametrize("query", ["?start=5", "?start=9&end=3", "?start=0&end=99999999"])
def test_places_that_are_none_highlight_nothing(client: Visitor, query: str) -> None:
    """A span that the text does not have is left aside; the document still shows."""
    assert not select(_tree(client, f"/document/{BRIEF.id}{query}"), "article mark.focus")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/event/none.json", 404, "not_found"),
        ("/series/none.json", 404, "not_found"),
        ("/document/none.json", 404, "not_found"),
        ("/nowhere.json", 404, "not_found"),
        ("/events.json?page=0", 422, "bad_request"),
        ("/events.json?page=x", 422, "bad_request"),
        ("/events.json?page=99", 404, "not_found"),
    ],
)
def test_errors_have_one_shape(client: Visitor, path: str, status: int, code: str) -> None:
    """An error in JSON is `{"error": {"code", "message", "status"}}`; in HTML it is a page that leads back."""
    answer = client.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "status"}
    assert (error["code"], error["status"]) == (code, status)
    assert error["message"].endswith(".")
    page = client.get(path.replace(".json", ""))
    assert page.status_code == status
    assert "Back to the record" in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_pages_only_read(client: Visitor, method: str) -> None:
    """No page takes anything but GET and HEAD."""
    answer = client.ask(method, "/events.json")
    assert answer.status_code == 405
    assert answer.json()["error"]["code"] == "method_not_allowed"
    assert client.ask("HEAD", "/events").status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/index.json", "/style.css", "/nowhere", "/brief"])
def test_every_answer_is_locked_down(client: Visitor, path: str) -> None:
    """Each answer forbids scripts and foreign content, and tells nobody where it was read."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "script-src" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("localhost:8750", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8750", 200),
        ("127.0.0.1.evil.example", 421),
    ],
)
def test_only_this_machine_is_answered(client: Visitor, host: str, status: int) -> None:
    """A foreign name that leads to this machine (DNS rebinding) is refused."""
    assert client.get("/index.json", headers={"host": host}).status_code == status


def test_a_hostile_document_cannot_write_html(client: Visitor) -> None:
    """What a document says is printed as words on every page that shows it."""
    for path in ("/documents", "/", f"/document/{_hostile().id}", "/search?q=script", f"/search?q={HOSTILE}"):
        tree = _tree(client, path)
        assert not select(tree, "script"), path
        assert not select(tree, "img"), path
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert HOSTILE in _text(select(_tree(client, f"/document/{_hostile().id}"), "article")[0])


def test_no_page_asks_for_anything_foreign(client: Visitor) -> None:
    """The pages name no address of another machine for the browser to fetch."""
    for path in PAGES:
        tree = _tree(client, path)
        fetched = [one.get("src") or one.get("href") for one in select(tree, "script, img, link, iframe")]
        assert fetched == ["/style.css"]
    assert "url(" not in client.get("/style.css").text


def test_search_marks_the_words(client: Visitor) -> None:
    """A search shows the passage with the word marked; no hits and no words have their own sentence."""
    tree = _tree(client, "/search?q=Kampala")
    assert {mark.text for mark in select(tree, "main mark")} == {"Kampala", "KAMPALA"}
    assert "No passage holds" in _text(_tree(client, "/search?q=zebra"))
    assert "Type words" in _text(_tree(client, "/search?q="))
    assert client.get("/search.json?q=Kampala").json()["total"] >= 2


def test_the_brief_is_served(client: Visitor) -> None:
    """With the material at hand the brief itself stands at /brief."""
    assert "Kenya and Uganda: the record to 2020" in _text(select(_tree(client, "/brief"), "h1")[0])


def test_without_material_the_record_still_shows(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """An application over a view alone shows everything but findings and the brief."""
    monkeypatch.setattr("comity.flow.state_name", lambda code: NAMES.get(code, code), raising=False)
    visitor = Visitor(make_app(record.view, workspace_name="kenya-uganda"))
    for path in PAGES:
        assert visitor.get(path).status_code == 200
    assert visitor.get("/brief").status_code == 404
    assert "What does not agree" not in visitor.get("/").text


def test_a_record_that_fails_is_said_in_words() -> None:
    """When the record cannot be opened each page says so, without a trace of the inside."""
    from comity.terms import RecordError

    def broken() -> Any:
        raise RecordError("The record holds nothing yet.", remedy="Run the build: comity build")

    answer = Visitor(make_app(broken, workspace_name="w")).get("/events.json")
    assert answer.status_code == 503
    assert answer.json()["error"]["message"] == "The record holds nothing yet. Run the build: comity build"


def test_a_new_version_is_seen(tmp_path: Path) -> None:
    """A build that happens while the pages are open is seen at the next click."""
    made = Record.open(tmp_path / "record.db", create=True)
    with made.writing() as writer:
        writer.store(BRIEF)
    visitor = Visitor(make_app(made.view, workspace_name="w"))
    assert visitor.get("/index.json").json()["counts"]["documents"] == 1
    with made.writing() as writer:
        writer.store(REPORT)
    assert visitor.get("/index.json").json()["counts"]["documents"] == 2


def test_what_people_decided_stands_beside_the_fact(tmp_path: Path) -> None:
    """Events show who accepted or corrected them, when and why; a correction that failed stands on the first page."""
    made = Record.open(tmp_path / "record.db", create=True)
    whole = material()
    events = [one for merged in whole.events for one in merged.reports if one.source_id == BRIEF.id]
    chosen, failing = events[0].id, events[-1].id
    assert chosen != failing
    at = datetime(2026, 1, 2, tzinfo=UTC)
    decisions = [
        Decision(
            chosen, Judgement.CORRECTED, "ana", at, changes=(("place", "UGA Entebbe"),), reason="so says the <b>log"
        ),
        Decision(chosen, Judgement.ACCEPTED, "ben", at),
        Decision(failing, Judgement.CORRECTED, "ana", at, changes=(("modes", "troops"),)),
    ]
    with made.writing() as writer:
        writer.store(BRIEF, events)
        writer.apply(decisions)
    visitor = Visitor(make_app(made.view, workspace_name="w"))
    with made.view() as view:
        act, other = view.event(chosen), view.event(failing)
        (problem,) = view.problems()
    assert act is not None and other is not None and act.id != other.id
    page = _text(select(_tree(visitor, f"/event/{act.id}"), "main")[0])
    assert "Corrected by ana, 2 January 2026; place is UGA Entebbe; so says the <b>log" in page
    assert "Accepted by ben, 2 January 2026" in page
    listed = [_text(one) for one in select(_tree(visitor, "/events"), ".ruling")]
    assert listed.count("Corrected by ben, 2 January 2026") == 1
    assert listed.count("Corrected by ana, 2 January 2026; the correction could not be made") == 1
    assert problem in _text(select(_tree(visitor, f"/event/{other.id}"), "main")[0])
    first = _text(select(_tree(visitor, "/"), "main")[0])
    assert "Corrections that could not be made" in first and problem in first
    assert visitor.get("/index.json").json()["problems"] == [problem]


def test_nothing_is_said_of_decisions_where_there_are_none(client: Visitor) -> None:
    """Without decisions no page speaks of them, but an event's page says that nobody has looked at it."""
    assert "could not be made" not in client.get("/").text
    assert not select(_tree(client, "/events"), ".ruling")
    event = client.get("/events.json").json()["events"][0]["id"]
    assert "by nobody yet" in client.get(f"/event/{event}").text


def test_a_proposal_is_marked_until_a_person_confirms_it(tmp_path: Path) -> None:
    """Lists, the event's page and the document name the model; after an acceptance only its page's coding line does."""
    made = Record.open(tmp_path / "record.db", create=True)
    coded = [one for merged in material().events for one in merged.reports if one.source_id == BRIEF.id]
    dated = [one for one in coded if one.date is not None]
    proposal = replace(dated[-1], coder="second-reader:model-7", confidence=0.3)
    with made.writing() as writer:
        writer.store(BRIEF, [proposal, *(one for one in coded if one.id != proposal.id)])
    visitor = Visitor(make_app(made.view, workspace_name="w"))
    mark = "proposed by model-7, not confirmed"
    with made.view() as view:
        act = view.event(proposal.id)
    assert act is not None
    assert [_text(one) for one in select(_tree(visitor, "/events"), ".proposal")] == [mark]
    page = _tree(visitor, f"/event/{act.id}")
    assert [_text(one) for one in select(page, ".proposal")] == [mark, mark]
    assert mark in visitor.get(f"/document/{BRIEF.id}").text
    line = visitor.get(f"/event/{act.id}.json").json()
    assert line["coder"] == line["reports"][0]["coder"] == "second-reader:model-7"
    with made.writing() as writer:
        writer.apply([Decision(proposal.id, Judgement.ACCEPTED, "ana", datetime(2026, 1, 2, tzinfo=UTC))])
    for path in ("/", "/events", f"/event/{act.id}", f"/document/{BRIEF.id}"):
        assert mark not in visitor.get(path).text
    assert "by second-reader:model-7" in visitor.get(f"/event/{act.id}").text
