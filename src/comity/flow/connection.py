"""Connections to other machines. The law of the house: they are opened in this file, and nowhere else.

Who asks says to which address, and to which further hosts a redirect may lead; a redirect to any other is refused, and
a key goes to the address alone. The other side is not trusted: it may be slow, endless, wrong or hostile.
"""

from __future__ import annotations

import errno
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator, Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

# Statuses that mean "later" (RFC 9110 and RFC 6585; 529 is said by busy services).
LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_AT_ONCE = 65_536
_UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.ECONNREFUSED})
# A thread that is left to end is waited for so long.
_FAREWELL = 0.5

Result = TypeVar("Result")


class Broken(Exception):
    """A connection could not be made, or failed.

    Attributes:
        words: why, as the machine says it.
        certificate: whether the other side could not prove who it is.
        unreachable: whether there is no way to it: no name, no route, nobody who listens.
        within: whether it ended within an answer.
    """

    def __init__(
        self, words: str, *, certificate: bool = False, unreachable: bool = False, within: bool = False
    ) -> None:
        super().__init__(words)
        self.words = words
        self.certificate = certificate
        self.unreachable = unreachable
        self.within = within


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to the hosts named, and no other: an answer that asks for one is else treated as an error."""

    def __init__(self, hosts: Collection[str], key: tuple[str, str] | None) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._key = key

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """Return the request to the new address, or None where it may not be followed."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        # Never from what is encrypted to what is not.
        if new.netloc.lower() not in self._hosts or new.scheme not in {"https", old.scheme}:
            return None
        fp.close()  # the library would read what stands beside the redirect, however long it is
        made = super().redirect_request(req, fp, code, msg, headers, newurl)
        if made is not None and self._key is not None and (new.scheme, new.netloc) == (old.scheme, old.netloc):
            made.add_unredirected_header(*self._key)
        return made


class Connections:
    """Opens connections to one address.

    Args:
        url: the address, or any of its host.
        hosts: where a redirect may lead to, the address's own host among them if it may redirect to itself.
        key: the header that holds a key, and the key.
    """

    def __init__(self, url: str, *, hosts: Collection[str] = (), key: tuple[str, str] | None = None) -> None:
        # A proxy may carry what is encrypted; what is not, and what stays on this machine, goes straight.
        proxies = urllib.request.ProxyHandler(None if url.startswith("https:") else {})
        self._opener = urllib.request.build_opener(proxies, _Redirects(hosts, key))
        self._key = key

    def open(self, url: str, *, headers: Mapping[str, str], timeout: float, body: bytes | None = None) -> HTTPResponse:
        """Send a request, a POST where it has a body, and return the answer with its body unread.

        Raises:
            HTTPError: the answer's status is an error, a redirect that is not followed, or 304.
            Broken: there is no answer.
        """
        request = urllib.request.Request(url, body, dict(headers), method="GET" if body is None else "POST")
        if self._key is not None:
            request.add_unredirected_header(*self._key)
        try:
            response = self._opener.open(request, timeout=timeout)
        except HTTPError:
            raise
        except (OSError, HTTPException, ValueError) as error:
            raise _broken(error) from error
        assert isinstance(response, HTTPResponse)
        return response


def parts_of(response: HTTPResponse) -> Iterator[bytes]:
    """Yield the body as it comes.

    Raises:
        Broken: it ended before its end.
    """
    try:
        while part := response.read1(_AT_ONCE):
            yield part
    except (OSError, HTTPException, ValueError) as error:
        raise _broken(error, within=True) from error
    if response.length:
        raise Broken("the connection was dropped within the answer", within=True)


def _broken(error: Exception, *, within: bool = False) -> Broken:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Broken(cause.verify_message, certificate=True)
    unreachable = isinstance(cause, socket.gaierror) or (isinstance(cause, OSError) and cause.errno in _UNREACHABLE)
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return Broken(words or type(cause).__name__, unreachable=unreachable, within=within)


def within_time(work: Callable[[threading.Event], Result], limit: float, *, name: str) -> Result:
    """Run the work in a thread, but wait no longer than `limit` seconds: not for names, handshakes, nor single bytes.

    The work is given an event that is set when nobody waits for it any more. What still runs then is left to end by
    itself, which it does soon after if its socket has a limit too.

    Raises:
        TimeoutError: the time is over.
    """
    got: list[Result] = []
    failed: list[BaseException] = []
    done, left = threading.Event(), threading.Event()

    def run() -> None:
        try:
            got.append(work(left))
        except BaseException as error:
            failed.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=run, daemon=True, name=name)
    thread.start()
    try:
        if not done.wait(max(limit, 0.0)):
            raise TimeoutError(name)
    finally:
        if not done.is_set():
            left.set()
            thread.join(_FAREWELL)
    if failed:
        raise failed[0]
    return got[0]


def seconds_of(header: str | None) -> float | None:
    """Return the seconds that a Retry-After asks to wait, in either of its forms; None for none and for nonsense."""
    if header is None:
        return None
    if header.isascii() and header.isdigit():
        return float(header) if len(header) < 9 else None
    try:
        return max(parsedate_to_datetime(header).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def plain_words(words: str, key: str = "") -> str:
    """Return foreign words fit to be shown: on one line, and without the key, should they repeat it."""
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return shown.replace(key, "(key)") if key else shown
