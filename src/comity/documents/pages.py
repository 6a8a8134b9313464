"""Telling an HTML page from other text, and what browsers write around it, before any library for it is loaded."""

from __future__ import annotations

import re
from datetime import date

from comity.documents.imprint import MONTHS
from comity.terms import Citation

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|table|title|meta|ul|ol|dl|blockquote|center|font|base|link|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_META = re.compile(rb"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w-]{1,40})")
# How far browsers look for a declaration is 1,024 bytes (HTML Standard, 13.2.3.2); saved pages have scripts and styles before it.
_DECLARED_WITHIN = 200_000
# What Chrome, Edge and Internet Explorer write above a page, with the length of the address, and what SingleFile writes.
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\((\d{4,6})\)(\S{1,4000}?)\s*-->")
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>\S{1,4000})\s+saved date:\s*(?P<date>[^\n]{1,100})"
)
_DAY = re.compile(r"\w{3} (?P<month>\w{3}) (?P<day>\d{1,2}) (?P<year>\d{4})")
_COMMENTS_WITHIN = 50_000
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000})*\r?\n){1,60}")
# A mail with pictures is such a message too, but one that was sent.
_SENT = re.compile(rb"(?im)^(?:to|cc|received|delivered-to|message-id):")
_AUTHOR = re.compile(rb"(?im)^from:[^\r\n]*[\w.+-]@[\w-]+\.")
_SNAPSHOT = re.compile(rb"(?im)^snapshot-content-location:")
_RELATED = re.compile(
    rb"^(?:content-type:\s*multipart/related\b|snapshot-content-location:)", re.IGNORECASE | re.MULTILINE
)


def is_html(text: str) -> bool:
    """Whether a text is a page: it begins with a document type or a tag of one."""
    return _START.match(text[:5000]) is not None


def is_archive_head(content: bytes) -> bool:
    """Whether a file is a web archive (MHTML): it begins with the headers of a message of related parts, of and to nobody.

    A draft with pictures is such a message to nobody too, but one that has its writer's address.
    """
    match = _HEADERS.match(content[:20_000].lstrip(b"\xef\xbb\xbf\r\n"))
    if match is None or _RELATED.search(match[0]) is None or _SENT.search(match[0]) is not None:
        return False
    return _SNAPSHOT.search(match[0]) is not None or _AUTHOR.search(match[0]) is None


def html_encoding(content: bytes) -> str:
    """Return the encoding that a page declares for itself; "" where it declares none."""
    head = content[:_DECLARED_WITHIN]
    declared = _DECLARATION.match(head.lstrip(b"\xef\xbb\xbf \r\n\t"))
    bare = _COMMENT.sub(b"", head) if b"<meta" in head.lower() else b""
    for meta in _META.finditer(bare):
        match = _CHARSET.search(meta[0])
        if match is not None:
            return match[1].decode("ascii")
    return declared[1].decode("ascii") if declared is not None else ""


def saved_from(text: str) -> Citation:
    """Return from where a browser says that it saved a page, and the day where it says that."""
    head = text[:_COMMENTS_WITHIN]
    single = _SINGLE_FILE.search(head)
    if single is not None:
        return Citation(url=_address(single["url"]), accessed=_day(single["date"]))
    saved = _SAVED_FROM.search(head)
    return Citation(url=_address(saved[2][: int(saved[1])])) if saved is not None else Citation()


def _address(text: str) -> str:
    return text if re.match(r"https?://[^\s/]", text) else ""


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    month = MONTHS.get(match["month"].lower()) if match is not None else None
    try:
        return date(int(match["year"]), month, int(match["day"])) if match is not None and month is not None else None
    except ValueError:
        return None
