"""Volumes, issues and pages as references print them: "vol. 27, no. 8", "31(3/4):", "XII, 2", "pp. 45–61"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RANGE = r"\d+[A-Za-z]?(?:\s?[/&–-]\s?\d+)?"
_VOLUME = r"(?:[A-Za-z]{0,2}\d+[A-Za-z]?|[IVXLC]+)"
_FORMS = (
    re.compile(
        rf"\b(?:vol(?:ume)?s?|v|band|bd|tome?)\b\.?\s*(?P<volume>{_VOLUME}(?:\s?[–-]\s?\d+)?)"
        rf"(?:.{{0,6}}?\b(?:no|nr|num|number|issue|iss|n)s?\b[.°º]?\s*(?P<issue>{_RANGE})|\s*[(:./]\s*(?P<inner>{_RANGE})\s*\)?)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?P<volume>{_VOLUME})\W{{0,3}}\b(?:no|nr|num|number|issue|iss|n)s?\b[.°º]?\s*(?P<issue>{_RANGE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*(?P<volume>{_VOLUME})\s*\(\s*(?:no\.?\s*|issue\s*)?(?P<issue>[\w.]{{1,8}}(?:\s?[/&–,-]\s?\w{{1,6}})?)\s*\)",
        re.IGNORECASE,
    ),
    re.compile(r"^\W*(?P<volume>\d+)\s?[.:/]\s?(?P<issue>\d+(?:[–-]\d+)?)(?!\d)"),
    re.compile(rf"^\W*\(?\b(?:no|nr|num|number|issue|iss|n)s?\b[.°º]?\s*(?P<issue>{_RANGE})", re.IGNORECASE),
    re.compile(rf"^\W*(?P<volume>{_VOLUME})\W*(?:(?P<issue>\d+)\W*)?$"),
    re.compile(rf"^\W*(?P<volume>{_VOLUME})\b"),
)
_PAGES = re.compile(r"(?P<first>[A-Za-z]{0,2}\d+)(?:\s?[-–—‐‑]+\s?(?P<last>[A-Za-z]{0,2}\d+))?")
_PAGE_WORD = re.compile(r"(?<!\w)(?:pp?|pages?|pgs?|seiten?|s)\.?\s*p?\.?\s*(?=[A-Za-z]{0,2}\d)", re.IGNORECASE)


def volume_in(parts: Sequence[str]) -> tuple[str, str]:
    """Return volume and issue, each "" where the parts that name them have no form of one."""
    text = " ".join(parts)
    if not text:
        return "", ""
    if re.fullmatch(r"\W*(?:1[6-9]|20)\d\d\W*", text):
        return "", ""  # a year, not a volume
    for form in _FORMS:
        match = form.search(text)
        if match is not None:
            named = match.groupdict()
            issue = named.get("issue") or named.get("inner") or ""
            return named.get("volume") or "", re.sub(r"\s?([/&–,-])\s?", r"\1", issue)
    return "", ""


def pages_in(text: str) -> str:
    """Return pages as "45-61", or "" where there are none."""
    word = _PAGE_WORD.search(text)
    match = _PAGES.search(text, word.end() if word is not None else 0)
    if match is None:
        return ""
    first = match["first"] if match["first"][:1].lower() != "p" else match["first"][1:]
    return f"{first}-{match['last']}" if match["last"] else first
