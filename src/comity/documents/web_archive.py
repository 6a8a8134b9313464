"""Pages saved as web archives (MHTML, RFC 2557): the page among its parts, and where and when it was saved.

Nothing that the page refers to is looked up, neither among the parts nor elsewhere; only its own text is read.
"""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from comity.documents.decoding import decode
from comity.documents.drafts import Reading
from comity.documents.pages import html_encoding, saved_from
from comity.documents.web import read_html
from comity.terms import Citation, UnreadableSource

# A saved page has some hundred parts; a reader that follows any number would be kept busy by one made for that.
MAX_PARTS = 5_000
MAX_DEPTH = 5
MAX_NESTINGS = 50
_SAVE = "Open it in the browser that saved it, and save it as a complete page."
_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_ROOTS = ("text/html", "application/xhtml+xml")


def read_web_archive(content: bytes, name: str) -> Reading:
    """Read the page of a web archive.

    Raises:
        UnreadableSource: the archive is damaged, has too many parts, or holds no page.
    """
    # A boundary that each line repeats would make as many parts before they could be counted.
    marks = re.search(rb"boundary\s*=\s*\"?([^\"\r\n;]{1,200})", content[:20_000], re.IGNORECASE)
    if marks is not None and content.count(b"--" + marks[1].strip()) > MAX_PARTS + 2:
        raise UnreadableSource(name, f"the web archive has more than {MAX_PARTS:,} parts", remedy=_SAVE)
    if len(_NESTING.findall(content)) > MAX_NESTINGS:
        raise UnreadableSource(name, "the parts of the web archive are nested too often", remedy=_SAVE)
    try:
        message = message_from_bytes(content.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.compat32)
        parts = _parts(message, name)
        root = _root(message, parts)
        page = b"" if root is None else root.get_payload(decode=True)
    except (MessageError, ValueError, LookupError, RecursionError, AttributeError) as error:
        raise UnreadableSource(name, "the web archive is damaged", remedy=_SAVE) from error
    if root is None or not isinstance(page, bytes) or not page.strip():
        raise UnreadableSource(name, "the web archive holds no page", remedy=_SAVE)
    declared = _parameter(root, "charset")
    text, warnings = decode(page, name, declared=declared or html_encoding(page))
    told = saved_from(text)
    address = _header(message, "Snapshot-Content-Location") or _header(root, "Content-Location") or told.url
    saved = Citation(
        url=address if urlsplit(address).scheme in ("http", "https") else told.url,
        accessed=_day(str(message.get("Date") or "")) or told.accessed,
    )
    reading = read_html(text, name, saved)
    reading.warnings[:0] = warnings
    if _truncated(content, message):
        reading.warnings.append("The web archive ends before its last part; it may be cut short.")
    return reading


def _parts(message: Message, name: str, depth: int = 0) -> list[Message]:
    """Return the parts that have no parts of their own, in order."""
    payload = message.get_payload()
    if not isinstance(payload, list):
        return [message]
    if depth >= MAX_DEPTH:
        raise UnreadableSource(
            name, f"the parts of the web archive are nested more than {MAX_DEPTH} deep", remedy=_SAVE
        )
    found: list[Message] = []
    for part in payload:
        if isinstance(part, Message):
            found += _parts(part, name, depth + 1)
        if len(found) > MAX_PARTS:
            raise UnreadableSource(name, f"the web archive has more than {MAX_PARTS:,} parts", remedy=_SAVE)
    return found


def _root(message: Message, parts: list[Message]) -> Message | None:
    """Return the page itself: the part that `start` names, the one saved from the archive's address, or the first page."""
    pages = [part for part in parts if part.get_content_type() in _ROOTS]
    start = _parameter(message, "start").strip("<> ")
    address = _header(message, "Snapshot-Content-Location")
    for part in pages:
        if start and _header(part, "Content-ID").strip("<> ") == start:
            return part
    for part in pages:
        if address and _header(part, "Content-Location") == address:
            return part
    return pages[0] if pages else None


def _parameter(message: Message, name: str) -> str:
    value = message.get_param(name)
    return value if isinstance(value, str) else ""


def _header(message: Message, name: str) -> str:
    """Return a header that is one word, an address or an id; long ones are folded over lines."""
    return re.sub(r"\s+", "", str(message.get(name) or ""))


def _day(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date() if text else None
    except (ValueError, TypeError, IndexError):
        return None


def _truncated(content: bytes, message: Message) -> bool:
    boundary = message.get_boundary()
    return boundary is not None and f"--{boundary}--".encode("ascii", errors="replace") not in content[-4_000:]
