"""A server on this machine that gives data as publishers' services do, well or badly as a test wants it."""

from __future__ import annotations

import gzip
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]

IMTS_HEADERS = "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,STATUS"


@dataclass
class DataServer:
    """What the server was asked, and how it answers: one entry of `plan` for each request, the last for all after."""

    plan: list[Answer]
    url: str = ""
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        """The host with its port."""
        return self.url.removeprefix("http://")


class Handler(BaseHTTPRequestHandler):
    """Takes each GET by the next entry of the plan."""

    data: DataServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Keep what was asked and answer as planned."""
        data = self.data
        data.paths.append(self.path)
        data.headers.append({key.lower(): value for key, value in self.headers.items()})
        with suppress(OSError):  # whoever asked has hung up
            data.plan[min(len(data.paths), len(data.plan)) - 1](self)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        """Say nothing."""


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer with this status and body."""
    return lambda handler: handler.send(code, body, **headers)


def gives(body: str | bytes, **headers: str) -> Answer:
    """Answer with this content."""
    return status(200, body.encode() if isinstance(body, str) else body, **headers)


def gives_packed(body: str, cut: int | None = None, **headers: str) -> Answer:
    """Answer with this content packed by gzip, with `cut` bytes left out at its end."""
    packed = gzip.compress(body.encode(), mtime=0)
    return status(200, packed[: None if cut is None else -cut], Content_Encoding="gzip", **headers)


def drops_after(number: int, body: str | bytes, **headers: str) -> Answer:
    """Promise the whole body, send so many bytes of it, and hang up."""
    whole = body.encode() if isinstance(body, str) else body

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        for key, value in headers.items():
            handler.send_header(key.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(whole)))
        handler.end_headers()
        handler.wfile.write(whole[:number])
        handler.close_connection = True

    return answer


def goes_on(body: str | bytes, etag: str) -> Answer:
    """Answer a request for the rest with the rest, if it is asked for under this ETag, and else with the whole."""
    whole = body.encode() if isinstance(body, str) else body

    def answer(handler: Handler) -> None:
        asked = handler.headers.get("Range", "")
        if not asked or handler.headers.get("If-Range") != etag:
            handler.send(200, whole, ETag=etag)
            return
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        handler.send(206, whole[start:], ETag=etag, Content_Range=f"bytes {start}-{len(whole) - 1}/{len(whole)}")

    return answer


def without_length(body: str | bytes) -> Answer:
    """Answer without saying how long the answer is, and hang up at its end."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body.encode() if isinstance(body, str) else body)
        handler.close_connection = True

    return answer


def hangs_up(handler: Handler) -> None:
    """Hang up without a word."""
    handler.close_connection = True


def sleeps(handler: Handler) -> None:
    """Say nothing until the test is over."""
    handler.data.stop.wait(30)


def drips(handler: Handler) -> None:
    """Send a byte every now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.data.stop.wait(0.02):
        handler.wfile.write(b"x")
        handler.wfile.flush()


def floods(handler: Handler) -> None:
    """Send without end, as fast as it is taken."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.data.stop.is_set():
        handler.wfile.write(b"x" * 65_536)


def not_modified_for(etag: str, otherwise: Answer) -> Answer:
    """Answer 304 to who knows this ETag."""

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            otherwise(handler)

    return answer


def imts(rows: Sequence[tuple[str, str, str, str, str]], headers: str = IMTS_HEADERS) -> str:
    """Return an SDMX-CSV answer of the IMF: rows of reporter, indicator, counterpart, year and value."""
    lines = [f"IMF.STA:IMTS(1.0.0),{a},{kind},{b},A,{year},{value},6," for a, kind, b, year, value in rows]
    return "\n".join([headers, *lines]) + "\n"


def zipped(**members: bytes) -> bytes:
    """Return a zip with members in a folder; two underscores in a name stand for a full stop."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"folder/{name.replace('__', '.')}", content)
    return made.getvalue()


def wdi_page(rows: Sequence[tuple[str, str, str | None]], *, page: int, pages: int, total: int) -> str:
    """Return a page of the World Bank's service: rows of state, year and the figure as it is written."""
    head = {"page": page, "pages": pages, "per_page": 2, "total": total, "lastupdated": "2025-07-01"}
    # The figure goes in as it is written: digits that a float would lose must come through.
    written = ", ".join(
        f'{{"indicator": {{"id": "NY.GDP.MKTP.CD", "value": "GDP"}}, "country": {{"id": "{state[:2]}", "value": "{state}"}}, '
        f'"countryiso3code": "{state}", "date": "{year}", "value": {value or "null"}, "decimal": 0}}'
        for state, year, value in rows
    )
    return f"[{json.dumps(head)}, [{written}]]"


def comtrade(year: str, rows: Sequence[tuple[str, str, str, str]], **more: Any) -> str:
    """Return an answer of UN Comtrade: rows of reporter's code, flow, partner's code and value."""
    data = [
        {
            "period": year,
            "reporterCode": int(reporter),
            "reporterISO": "",
            "flowCode": flow,
            "partnerCode": int(partner),
            "partnerISO": "",
            "partner2Code": 0,
            "classificationCode": "H5",
            "cmdCode": "TOTAL",
            "customsCode": "C00",
            "motCode": 0,
            "cifvalue": None,
            "primaryValue": float(value),
        }
        for reporter, flow, partner, value in rows
    ]
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(data), "data": data, "error": ""} | more)


@contextmanager
def data_server(*plan: Answer) -> Iterator[DataServer]:
    """Run a server with this plan on a free port of this machine."""
    data = DataServer(list(plan))
    handler = type("PlannedHandler", (Handler,), {"data": data})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    data.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield data
    finally:
        data.stop.set()
        server.shutdown()
        server.server_close()
