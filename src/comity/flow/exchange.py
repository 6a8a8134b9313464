"""Questions posted to an endpoint for chat completions, and its answers: bounded in time, size and address.

The law of this file: a question goes to the configured address and nowhere else. A redirect is refused, to whatever
place it leads. The other side is not trusted: it may be slow, endless, wrong or hostile, and costs no more than the
limits allow.
"""

from __future__ import annotations

import json
import os
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError

from comity.flow.endpoint import Endpoint
from comity.terms import ComityError

LARGEST_ANSWER = 256 * 1024
_ATTEMPTS = 5  # on 429 and 5xx, which mean "later"
_CONNECTIONS = 2  # on a connection that fails or drops
_LONGEST_WAIT = 60.0
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
# No other question would fare better.
_FOR_ALL = frozenset({401, 402, 403, 404, 405, 407})

Message = dict[str, str]


class NoAnswer(ComityError):
    """A question was not answered. `for_all`: nor would any other be, so that asking should end."""

    def __init__(self, reason: str, *, for_all: bool = False) -> None:
        super().__init__(reason)
        self.for_all = for_all


class _Later(Exception):
    """The exchange may be tried again, after so many seconds where the other side says so."""

    def __init__(self, reason: str, *, attempts: int, wait: float | None = None) -> None:
        super().__init__(reason)
        self.attempts = attempts
        self.wait = wait


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the answer that asks for one is treated as an error."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Return no new request."""
        return


class Exchange:
    """The questions of one build; its time runs from when it is made.

    Args:
        endpoint: whom to ask.
        first_wait: seconds before the second attempt; each wait is twice the one before.
        largest: bytes that an answer may have.
    """

    def __init__(self, endpoint: Endpoint, *, first_wait: float = 1.0, largest: int = LARGEST_ANSWER) -> None:
        self.endpoint = endpoint
        self._first_wait = first_wait
        self._largest = largest
        self._ends = time.monotonic() + endpoint.time_limit
        # Some models refuse any temperature but their own; it is left out once they have said so.
        self._options: dict[str, Any] = {"temperature": 0}
        self._key = os.environ.get(endpoint.key_variable, "").strip() if endpoint.key_variable else ""
        if endpoint.key_variable and not self._key:
            raise NoAnswer(
                f"the environment variable {endpoint.key_variable} holds no key; set it, or take key_variable out",
                for_all=True,
            )
        if not (self._key.isascii() and self._key.isprintable()):
            raise NoAnswer(f"the environment variable {endpoint.key_variable} holds no usable key", for_all=True)
        # A proxy may carry what is encrypted; what is not, and what stays on this machine, goes straight.
        proxies = urllib.request.ProxyHandler(None if endpoint.url.startswith("https:") else {})
        self._opener = urllib.request.build_opener(proxies, _StayHere())

    def ask(self, messages: Sequence[Message]) -> str:
        """Return what the model says to the messages.

        Raises:
            NoAnswer: there is none that can be used, or the time is over.
        """
        tried, wait = 0, self._first_wait
        while True:
            tried += 1
            try:
                return self._content(self._within_time(lambda: self._post(messages)))
            except _Later as later:
                pause = min(wait if later.wait is None else max(later.wait, 0.0), _LONGEST_WAIT)
                if tried >= later.attempts:
                    raise NoAnswer(str(later)) from later
                if time.monotonic() + pause >= self._ends:
                    raise NoAnswer(f"{later}; the time limit leaves no other attempt", for_all=True) from later
                time.sleep(pause)
                wait *= 2

    def _within_time(self, work: Callable[[], bytes]) -> bytes:
        """Run the work, but wait no longer than one answer may take: not for names, handshakes, nor single bytes.

        What is still running then is left to end by itself, which it does soon after: its socket has the same limit.
        """
        limit = min(self.endpoint.timeout, self._ends - time.monotonic())
        if limit <= 0:
            raise NoAnswer("the time limit is reached", for_all=True)
        got: list[bytes] = []
        failed: list[Exception] = []
        done = threading.Event()

        def run() -> None:
            try:
                got.append(work())
            except Exception as error:
                failed.append(error)
            finally:
                done.set()

        threading.Thread(target=run, daemon=True, name="second-reader").start()
        if not done.wait(limit):
            raise _Later(f"no answer within {limit:.3g} seconds", attempts=_CONNECTIONS)
        if failed:
            raise failed[0]
        return got[0]

    def _post(self, messages: Sequence[Message]) -> bytes:
        body = {"model": self.endpoint.model, "messages": list(messages), **self._options}
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "comity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(
            self.endpoint.url, json.dumps(body, ensure_ascii=False).encode(), headers, method="POST"
        )
        ends = time.monotonic() + self.endpoint.timeout
        try:
            with self._opener.open(request, timeout=self.endpoint.timeout) as response:
                return self._whole(response, ends)
        except HTTPError as error:
            with error:
                raise self._refusal(error) from error
        except (OSError, HTTPException, ValueError) as error:
            cause = error.reason if isinstance(error, URLError) else error
            if isinstance(cause, ssl.SSLCertVerificationError):
                raise NoAnswer(f"its certificate is not valid ({cause.verify_message})", for_all=True) from error
            words = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
            raise _Later(
                f"the connection failed ({self._plain(words) or type(cause).__name__})", attempts=_CONNECTIONS
            ) from error

    def _whole(self, response: HTTPResponse, ends: float) -> bytes:
        if response.status != 200:
            raise NoAnswer(f"it answered with status {response.status}, which is no answer")
        parts: list[bytes] = []
        size = 0
        while part := response.read1(65_536):
            parts.append(part)
            size += len(part)
            if size > self._largest:
                raise NoAnswer(f"the answer is longer than {self._largest:,} bytes")
            if time.monotonic() > ends:
                raise _Later(f"no whole answer within {self.endpoint.timeout:.3g} seconds", attempts=_CONNECTIONS)
        if response.length:
            raise _Later("the connection was dropped within the answer", attempts=_CONNECTIONS)
        return b"".join(parts)

    def _refusal(self, error: HTTPError) -> Exception:
        try:
            said = self._plain(error.read(2000).decode("utf-8", "replace"))
        except (OSError, HTTPException):
            said = ""
        if 300 <= error.code < 400:
            return NoAnswer("it redirects elsewhere, which is not followed; is the url the right one?", for_all=True)
        if error.code == 400 and "temperature" in self._options and "temperature" in said:
            self._options = {}
            return _Later("it refuses a temperature", attempts=_ATTEMPTS, wait=0.0)
        words = f"status {error.code}" + (f": {said[:120]}" if said else "")
        if error.code in _LATER:
            return _Later(words, attempts=_ATTEMPTS, wait=_seconds(error.headers.get("Retry-After")))
        return NoAnswer(words, for_all=error.code in _FOR_ALL)

    def _plain(self, words: str) -> str:
        """Return foreign words fit to be shown: on one line, and without the key, should they repeat it."""
        shown = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
        return shown.replace(self._key, "(key)") if self._key else shown

    def _content(self, body: bytes) -> str:
        try:
            given = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise NoAnswer("what came back is no JSON") from error
        choices = given.get("choices") if isinstance(given, dict) else None
        first = choices[0] if isinstance(choices, list) and choices else None
        message = first.get("message") if isinstance(first, dict) else None
        content = message.get("content") if isinstance(message, dict) else None
        if not isinstance(content, str):
            raise NoAnswer("what came back is no chat completion")
        return content


def _seconds(header: str | None) -> float | None:
    """Return the seconds of a Retry-After; a date there, or nonsense, is left to our own waits."""
    return float(header) if header is not None and header.isascii() and header.isdigit() and len(header) < 9 else None
