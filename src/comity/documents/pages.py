"""Telling an HTML page from other text, before any library for it is loaded."""

from __future__ import annotations

import re

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|table|title|meta|ul|ol|dl|blockquote)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a text is a page: it begins with a document type or a tag of one."""
    return _START.match(text[:5000]) is not None


def html_encoding(content: bytes) -> str:
    """Return the encoding that a page declares for itself; "" where it declares none."""
    match = _CHARSET.search(content[:4096])
    return match.group(1).decode("ascii") if match else ""
