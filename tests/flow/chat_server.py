"""A server on this machine that speaks the protocol of chat completions, well or badly as a test wants it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler", dict[str, Any]], None]


@dataclass
class ChatServer:
    """What the server was sent, and how it answers: one entry of `plan` for each request, the last for all after."""

    plan: list[Answer]
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def passages(self) -> list[str]:
        """The passages that were sent, in their order."""
        return [json.loads(body["messages"][1]["content"])["passage"] for body in self.bodies]


class Handler(BaseHTTPRequestHandler):
    """Takes each POST by the next entry of the plan."""

    chat: ChatServer

    def do_POST(self) -> None:
        """Keep what came and answer as planned."""
        chat = self.chat
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chat.bodies.append(body)
        chat.headers.append({key.lower(): value for key, value in self.headers.items()})
        chat.paths.append(self.path)
        with suppress(OSError):  # whoever asked has hung up
            chat.plan[min(len(chat.bodies), len(chat.plan)) - 1](self, body)

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


def says(content: object) -> Answer:
    """Answer that the model says this; what is no text is said as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    completion = {"object": "chat.completion", "choices": [{"message": {"role": "assistant", "content": text}}]}
    return status(200, json.dumps(completion).encode())


def status(code: int, body: bytes = b"{}", **headers: str) -> Answer:
    """Answer with this status and body."""
    return lambda handler, _: handler.send(code, body, **headers)


def drops(handler: Handler, _: dict[str, Any]) -> None:
    """Promise a thousand bytes, send a few, and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')


def hangs_up(handler: Handler, _: dict[str, Any]) -> None:
    """Hang up without a word."""
    handler.close_connection = True


def sleeps(handler: Handler, _: dict[str, Any]) -> None:
    """Say nothing until the test is over."""
    handler.chat.stop.wait(30)


def drips(handler: Handler, _: dict[str, Any]) -> None:
    """Send a byte every now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.chat.stop.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def drips_headers(handler: Handler, _: dict[str, Any]) -> None:
    """Send one endless header, a byte at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Endless: ")
    while not handler.chat.stop.wait(0.02):
        handler.wfile.write(b"a")
        handler.wfile.flush()


def floods(handler: Handler, _: dict[str, Any]) -> None:
    """Send without end, as fast as it is taken."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.chat.stop.is_set():
        handler.wfile.write(b" " * 65_536)


@contextmanager
def chat_server(*plan: Answer) -> Iterator[ChatServer]:
    """Run a server with this plan on a free port of this machine."""
    chat = ChatServer(list(plan))
    handler = type("PlannedHandler", (Handler,), {"chat": chat})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    chat.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield chat
    finally:
        chat.stop.set()
        server.shutdown()
        server.server_close()
