"""Answers of a service brought into files: asked at its rate, asked again when it says "later", resumed where it broke off.

A half answer is kept as NAME.part with a note of what it is half of. It is only ever continued under the validator of
the answer that it began (If-Range, RFC 9110 section 13.1.5); without one it is begun anew.
"""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable, Collection
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

from comity.flow.connection import LATER, Broken, Connections, parts_of, plain_words, seconds_of, within_time
from comity.flow.payloads import words_of_error
from comity.terms import FetchError, WorkspaceError

_ATTEMPTS = 6  # at a service that says "later"
_CONNECTIONS = 3  # where nothing answers, or a connection fails or drops
_LONGEST_WAIT = 60.0
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Validators:
    """What an answer says that tells it from an earlier or later one of the same address; "" for what it does not say."""

    etag: str = ""
    modified: str = ""

    @property
    def strong(self) -> str:
        """The validator that a range may be asked under: a strong ETag, else the date of the last change, else ""."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


@dataclass(frozen=True, slots=True)
class Arrived:
    """A whole answer.

    Attributes:
        path: of its body, unpacked.
        sure: whether its length was known, so that it is known to be whole.
    """

    path: Path
    url: str
    validators: Validators
    media_type: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much.

    Attributes:
        timeout: seconds in which an answer must begin, and more of it come.
        ends: the end of all, by the monotonic clock.
        largest: bytes that an answer may have, packed and unpacked.
        rate: requests a minute; 0 for as many as there are.
        first_wait: seconds before the second attempt; each wait is twice the one before.
    """

    timeout: float
    ends: float
    largest: int
    rate: int = 0
    first_wait: float = 1.0


@dataclass(frozen=True, slots=True)
class _Half:
    """The note beside a half answer: of what it is half."""

    url: str
    etag: str
    modified: str
    encoding: str
    media_type: str
    length: int  # of the whole; -1 where it was not said


class _Later(Exception):
    """It may be tried again, after so many seconds where the other side says so."""

    def __init__(self, reason: str, *, attempts: int = _CONNECTIONS, wait: float | None = None) -> None:
        super().__init__(reason)
        self.attempts = attempts
        self.wait = wait


class NothingThere(FetchError):
    """The service says that it has nothing of what was asked for."""


class Downloads:
    """The answers of one fetch.

    Args:
        url: the address of the service, or any of its host.
        hosts: whereto it may redirect.
        key: the header that holds a key, and the key.
        limits: how long and how much.
        on_bytes: called with the bytes that an answer has so far, and with those of the whole where that is known.
        tell: called with a line of words when something is waited for.
    """

    def __init__(
        self,
        url: str,
        limits: Limits,
        *,
        hosts: Collection[str] = (),
        key: tuple[str, str] | None = None,
        on_bytes: Callable[[int, int | None], None] = lambda done, of: None,
        tell: Callable[[str], None] = lambda words: None,
    ) -> None:
        self._connections = Connections(url, hosts=hosts, key=key)
        self._key = key[1] if key is not None else ""
        self._host = urlsplit(url).netloc
        self._limits = limits
        self._on_bytes = on_bytes
        self._tell = tell
        self._last = 0.0

    def get(
        self, url: str, target: Path, *, accept: str = "", packed: bool = True, known: Validators | None = None
    ) -> Arrived | None:
        """Bring the answer into `target`, and return it; None where it is still the one known (304).

        Args:
            url: what is asked.
            target: the file; a half answer stands beside it.
            accept: the media type that is asked for.
            packed: whether the answer may come packed.
            known: the validators of the answer that is there already.

        Raises:
            NothingThere: it has nothing of what was asked.
            FetchError: there is no whole answer; the message says why and what to do.
        """
        part = target.with_name(f"{target.name}.part")
        tried, wait = 0, self._limits.first_wait
        furthest = _size(part)
        while True:
            self._take_turn()
            tried += 1
            try:
                return self._once(url, target, part, accept, packed, known)
            except _Later as later:
                if _size(part) > furthest:  # it goes on, if in pieces; what came once before is no progress
                    furthest = _size(part)
                    tried, wait = 1, self._limits.first_wait
                pause = min(wait, _LONGEST_WAIT) if later.wait is None else later.wait
                left = self._limits.ends - time.monotonic()
                if tried >= later.attempts:
                    raise FetchError(f"{self._host}: {later}.", remedy=_again(part)) from later
                if pause >= left:
                    raise FetchError(
                        f"{self._host}: {later}; it would have to be asked again in {pause:,.0f} seconds, and the time "
                        "limit ends before.",
                        remedy=f"Run the same command again after {_in_words(pause)}.",
                    ) from later
                if pause >= 1:
                    self._tell(f"{self._host}: {later}; asking again in {pause:,.0f} seconds.")
                time.sleep(pause)
                wait *= 2

    def _take_turn(self) -> None:
        """Wait until the service's rate allows another request."""
        if self._limits.rate:
            pause = self._last + 60.0 / self._limits.rate - time.monotonic()
            if self._last and pause > 0:
                if time.monotonic() + pause >= self._limits.ends:
                    raise FetchError(
                        f"{self._host} allows {self._limits.rate} requests a minute, and the time limit ends before all "
                        "are made.",
                        remedy="Ask for fewer years, or set a longer time_limit in comity.toml.",
                    )
                time.sleep(pause)
            self._last = time.monotonic()

    def _once(
        self, url: str, target: Path, part: Path, accept: str, packed: bool, known: Validators | None
    ) -> Arrived | None:
        half = _half_of(part, url)
        headers = {"User-Agent": "comity", "Accept": accept or "*/*"}
        headers["Accept-Encoding"] = "gzip" if packed else "identity"
        if half is not None:
            headers["Range"] = f"bytes={_size(part)}-"
            headers["If-Range"] = Validators(half.etag, half.modified).strong
        elif known is not None:
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.modified} if known.modified else {}
        limit = min(self._limits.timeout, self._limits.ends - time.monotonic())
        if limit <= 0:
            raise FetchError(f"{self._host}: the time limit is reached.", remedy=_again(part))

        def opened(left: threading.Event) -> HTTPResponse:
            response = self._connections.open(url, headers=headers, timeout=self._limits.timeout)
            if left.is_set():
                response.close()
            return response

        try:
            response = within_time(opened, limit, name="fetch")
        except TimeoutError as error:
            raise _Later(f"no answer within {limit:.3g} seconds") from error
        except HTTPError as error:
            if error.closed:  # the way of a redirect that is followed is not read, and here it led on too often
                raise FetchError(
                    f"{self._host} sends on from one place to another without end (status {error.code}).",
                    remedy="Try again later.",
                ) from error
            with error:
                if error.code == 304:
                    return None
                if error.code == 416 and half is not None:
                    if half.length == _size(part):  # all of it had come, and only the end was not seen
                        return self._unpacked(target, part, half)
                    part.unlink(missing_ok=True)
                    raise _Later("the rest of a half answer is not to be had", wait=0.0) from error
                raise self._refusal(error) from error
        except Broken as error:
            raise self._failure(error) from error
        with ExitStack() as held:
            held.enter_context(response)
            half = self._begin(response, part, url, half)
            held.pop_all()
        self._take(response, part, half)
        return self._unpacked(target, part, half)

    def _begin(self, response: HTTPResponse, part: Path, url: str, half: _Half | None) -> _Half:
        """Make ready for the body: as the rest of what is there, or from the start."""
        if response.status == 206 and half is not None:
            told = response.headers.get("Content-Range", "")
            if told.startswith(f"bytes {_size(part)}-"):
                return half
            part.unlink(missing_ok=True)
            raise _Later("it sent another part of the answer than was asked for", wait=0.0)
        if response.status == 204:
            raise NothingThere(f"{self._host} has nothing of what was asked for (status 204).")
        if response.status != 200:
            raise FetchError(
                f"{self._host} answered with status {response.status}, which is no answer.", remedy="Try again later."
            )
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(b"")
        begun = _Half(
            url,
            response.headers.get("ETag", ""),
            response.headers.get("Last-Modified", ""),
            response.headers.get("Content-Encoding", "").strip().lower(),
            response.headers.get("Content-Type", ""),
            -1 if response.length is None else response.length,
        )
        _note(part).write_text(json.dumps(asdict(begun)), encoding="utf-8")
        if begun.length > self._limits.largest:
            raise self._too_large()
        return begun

    def _take(self, response: HTTPResponse, part: Path, half: _Half) -> None:
        """Write the body as it comes; what has come when it breaks off, stays.

        The thread that reads the response closes it: closed from here it would wait for the next byte, also after Ctrl-C.
        """

        def write(left: threading.Event) -> None:
            size = _size(part)
            with response, part.open("ab", buffering=0) as stream:
                for piece in parts_of(response):
                    if left.is_set():
                        return
                    size += len(piece)
                    if size > self._limits.largest:
                        raise self._too_large()
                    stream.write(piece)
                    self._on_bytes(size, half.length if half.length >= 0 else None)

        try:
            within_time(write, self._limits.ends - time.monotonic(), name="fetch")
        except TimeoutError as error:
            raise FetchError(
                f"{self._host}: the answer had not come to its end when the time limit was reached.",
                remedy=_again(part),
            ) from error
        except Broken as error:
            raise self._failure(error) from error
        except OSError as error:
            raise WorkspaceError(
                f"{part} cannot be written: {error.strerror or error}.", remedy="Make room, or see to the permissions."
            ) from error
        if half.length >= 0 and _size(part) != half.length:
            part.unlink(missing_ok=True)
            raise _Later("the answer has another length than it said")

    def _unpacked(self, target: Path, part: Path, half: _Half) -> Arrived:
        sure = half.length >= 0
        if half.encoding in ("gzip", "x-gzip"):
            self._gunzip(part, target)
            part.unlink()
            sure = True  # its last bytes hold its length and a sum over it
        elif half.encoding in ("", "identity"):
            part.replace(target)
        else:
            raise FetchError(
                f"{self._host} sent its answer packed as {plain_words(half.encoding)}, which was not asked for."
            )
        _note(part).unlink(missing_ok=True)
        return Arrived(target, half.url, Validators(half.etag, half.modified), half.media_type, sure)

    def _gunzip(self, part: Path, target: Path) -> None:
        size = 0
        stream = zlib.decompressobj(wbits=31)
        try:
            with part.open("rb") as packed, target.open("wb") as unpacked:
                while piece := packed.read(_MEGABYTE):
                    while piece:
                        made = stream.decompress(piece, _MEGABYTE)
                        piece = stream.unconsumed_tail
                        size += len(made)
                        if size > self._limits.largest:
                            raise self._too_large()
                        unpacked.write(made)
        except zlib.error as error:
            part.unlink(missing_ok=True)
            raise _Later("the answer cannot be unpacked") from error
        if not stream.eof:
            part.unlink(missing_ok=True)
            raise _Later("the answer was cut: its packing has no end")

    def _too_large(self) -> FetchError:
        return FetchError(
            f"{self._host}: the answer is longer than {self._limits.largest / _MEGABYTE:,.0f} MB, which such a source has "
            "never been.",
            remedy="Ask for fewer years, or get the file by hand and look at it.",
        )

    def _failure(self, error: Broken) -> Exception:
        words = plain_words(error.words, self._key)
        if error.certificate:
            return FetchError(
                f"{self._host} cannot prove that it is {self._host}: its certificate is not valid ({words}).",
                remedy="See to the clock of this machine; on a network that reads along, try another one.",
            )
        if error.unreachable:
            return _Later(f"it cannot be reached ({words})")
        return _Later(words if error.within else f"the connection failed ({words})")

    def _refusal(self, error: HTTPError) -> Exception:
        try:
            said = error.read(4000)
        except (OSError, HTTPException):
            said = b""
        words = plain_words(words_of_error(said), self._key)[:300]
        told = f": {words}" if words else ""
        if error.code in LATER:
            why = "it is asked too often" if error.code == 429 else f"it has trouble (status {error.code})"
            return _Later(f"{why}{told}", attempts=_ATTEMPTS, wait=seconds_of(error.headers.get("Retry-After")))
        if 300 <= error.code < 400:
            place = urlsplit(error.headers.get("Location", "")).netloc
            return FetchError(
                f"{self._host} sends on to {plain_words(place) or 'another place'}, which is not followed: it is not "
                "among the hosts of this source.",
                remedy="If the service has moved, its new address can stand in comity.toml: [fetch.SOURCE] url",
            )
        if error.code in (401, 402, 403, 407):
            remedy = "See that its key is valid." if self._key else "It may refuse this network, or need a key."
            return FetchError(f"{self._host} refuses the request (status {error.code}){told}.", remedy=remedy)
        if error.code == 404:
            return NothingThere(
                f"{self._host} has nothing of what was asked for (status 404){told}.",
                remedy="It may have no figures for these states and years, or its address may have changed.",
            )
        if error.code in (400, 413, 414, 422):
            return FetchError(
                f"{self._host} does not take the request (status {error.code}){told}.",
                remedy="Ask for fewer years; if that is refused too, its form may have changed.",
            )
        return FetchError(f"{self._host} answered with status {error.code}{told}.", remedy="Try again later.")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _note(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _half_of(part: Path, url: str) -> _Half | None:
    """Return the note of a half answer that can be continued for this address; any other is taken away."""
    try:
        half = _Half(**json.loads(_note(part).read_text(encoding="utf-8")))
        if half.url == url and Validators(half.etag, half.modified).strong and _size(part):
            return half
    except (OSError, ValueError, TypeError):
        pass
    part.unlink(missing_ok=True)
    return None


def _again(part: Path) -> str:
    kept = _half_kept(part)
    return "Run the same command again; it goes on from what came." if kept else "Run the same command again later."


def _half_kept(part: Path) -> bool:
    try:
        half = json.loads(_note(part).read_text(encoding="utf-8"))
        return bool(_size(part) and Validators(half["etag"], half["modified"]).strong)
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _in_words(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
