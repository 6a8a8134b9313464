"""Questions posted to an endpoint for chat completions, and its answers: bounded in time, size and address.

The law of this file: a question goes to the configured address and nowhere else. A redirect is refused, to whatever
place it leads. The other side is not trusted: it may be slow, endless, wrong or hostile, and costs no more than the
limits allow.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError

from comity.flow.connection import LATER, Broken, Connections, parts_of, plain_words, seconds_of, within_time
from comity.flow.endpoint import Endpoint
from comity.terms import ComityError

LARGEST_ANSWER = 256 * 1024
_ATTEMPTS = 5  # on 429 and 5xx, which mean "later"
_CONNECTIONS = 2  # on a connection that fails or drops
_LONGEST_WAIT = 60.0
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
        # No further host is named: no redirect is followed.
        self._connections = Connections(endpoint.url)

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
        """Run the work, but wait no longer than one answer may take."""
        limit = min(self.endpoint.timeout, self._ends - time.monotonic())
        if limit <= 0:
            raise NoAnswer("the time limit is reached", for_all=True)

        def run(_: threading.Event) -> bytes:
            return work()

        try:
            return within_time(run, limit, name="second-reader")
        except TimeoutError as error:
            raise _Later(f"no answer within {limit:.3g} seconds", attempts=_CONNECTIONS) from error

    def _post(self, messages: Sequence[Message]) -> bytes:
        body = {"model": self.endpoint.model, "messages": list(messages), **self._options}
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "comity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        ends = time.monotonic() + self.endpoint.timeout
        try:
            with self._connections.open(
                self.endpoint.url,
                headers=headers,
                timeout=self.endpoint.timeout,
                body=json.dumps(body, ensure_ascii=False).encode(),
            ) as response:
                return self._whole(response, ends)
        except HTTPError as error:
            with error:
                raise self._refusal(error) from error
        except Broken as error:
            if error.certificate:
                raise NoAnswer(f"its certificate is not valid ({error.words})", for_all=True) from error
            raise _Later(
                f"the connection failed ({plain_words(error.words, self._key)})", attempts=_CONNECTIONS
            ) from error

    def _whole(self, response: HTTPResponse, ends: float) -> bytes:
        if response.status != 200:
            raise NoAnswer(f"it answered with status {response.status}, which is no answer")
        parts: list[bytes] = []
        size = 0
        for part in parts_of(response):
            parts.append(part)
            size += len(part)
            if size > self._largest:
                raise NoAnswer(f"the answer is longer than {self._largest:,} bytes")
            if time.monotonic() > ends:
                raise _Later(f"no whole answer within {self.endpoint.timeout:.3g} seconds", attempts=_CONNECTIONS)
        return b"".join(parts)

    def _refusal(self, error: HTTPError) -> Exception:
        try:
            said = plain_words(error.read(2000).decode("utf-8", "replace"), self._key)
        except (OSError, HTTPException):
            said = ""
        if 300 <= error.code < 400:
            return NoAnswer("it redirects elsewhere, which is not followed; is the url the right one?", for_all=True)
        if error.code == 400 and "temperature" in self._options and "temperature" in said:
            self._options = {}
            return _Later("it refuses a temperature", attempts=_ATTEMPTS, wait=0.0)
        words = f"status {error.code}" + (f": {said[:120]}" if said else "")
        if error.code in LATER:
            return _Later(words, attempts=_ATTEMPTS, wait=seconds_of(error.headers.get("Retry-After")))
        return NoAnswer(words, for_all=error.code in _FOR_ALL)

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
