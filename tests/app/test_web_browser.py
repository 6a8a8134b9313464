"""The pages in a real browser: nothing overflows, nothing foreign is asked for, nothing is said on the console."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.app.web import make_app
from comity.record import Record
from tests.brief.kenya_uganda import BRIEF, REPORT, material

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of a record, served on this machine."""
    import uvicorn

    record = Record.open(tmp_path_factory.mktemp("pages") / "record.db", create=True)
    whole = material()
    with record.writing() as writer:
        for document in (BRIEF, REPORT):
            writer.store(
                document,
                [one for merged in whole.events for one in merged.reports if one.source_id == document.id],
                [one for one in whole.statements if one.source_id == document.id],
                [one for one in whole.observations if one.provenance.document_id == document.id],
            )
    listener = socket.create_server(("127.0.0.1", 0))
    app = make_app(record.view, workspace_name="kenya-uganda", material_of=lambda view: whole)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


def test_the_pages_in_chromium(address: str) -> None:
    """At the width of a phone and of a desk every kind of page fits; the place asked for is in view."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM.exists():
        pytest.skip(f"needs Chromium at {CHROMIUM}")
    series = material().observations[0].series.id
    start = REPORT.text.index("Legislators of both")
    place = f"/document/{REPORT.id}?start={start}&end={start + 11}#focus"
    paths = [
        "/",
        "/events",
        "/statements",
        "/series",
        f"/series/{series}",
        "/documents",
        f"/document/{BRIEF.id}",
        place,
    ]
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for width in (375, 1200):
            page = chromium.new_page(viewport={"width": width, "height": 800})
            asked: list[str] = []
            said: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("console", lambda message, said=said: said.append(message.text))
            for path in [*paths, "/search?q=Kampala", "/brief"]:
                page.goto(address + path)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                if path == place:
                    playwright.expect(page.locator("mark.focus").last).to_be_in_viewport()
            assert [one for one in asked if not one.startswith(address)] == []
            assert said == []
            page.close()
        chromium.close()
