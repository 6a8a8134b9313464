"""What a page says of itself in JSON-LD, in the terms of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The types that describe a page's own work, with the CSL type of each; what schema.org has below them ends with their names.
_TYPES = (
    ("ScholarlyArticle", "article-journal"),
    ("NewsArticle", "article-newspaper"),
    ("Report", "report"),
    ("BlogPosting", "post-weblog"),
    ("Thesis", "thesis"),
    ("Chapter", "chapter"),
    ("Book", "book"),
    ("Dataset", "dataset"),
    ("SpecialAnnouncement", "webpage"),
    ("Article", "webpage"),
    ("WebPage", "webpage"),
)
_MAX_LENGTH = 1_000_000
_MAX_DEPTH = 8
_MAX_ENTRIES = 2_000


@dataclass(frozen=True, slots=True)
class Maker:
    """An author or publisher; `body` is True for an organisation."""

    name: str
    body: bool = False


@dataclass(frozen=True, slots=True)
class LinkedWork:
    """The work that a page describes; empty fields where it says nothing. `type` is one of CSL's."""

    type: str = ""
    titles: tuple[str, ...] = ()
    authors: tuple[Maker, ...] = ()
    publisher: str = ""
    container: str = ""
    published: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    url: str = ""
    doi: str = ""


def linked_work(root: HtmlElement) -> LinkedWork:
    """Return the work that a page's JSON-LD describes; of several, the one of the most telling type."""
    entries: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(script.text or "") > _MAX_LENGTH:
            continue
        try:
            data = json.loads(
                re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script.text or ""), strict=False
            )
        except (ValueError, RecursionError):
            continue
        entries += _entries(data, 0)
        if len(entries) > _MAX_ENTRIES:
            break
    by_id = {entry["@id"]: entry for entry in entries if isinstance(entry.get("@id"), str) and len(entry) > 1}
    works = [
        (rank, entry)
        for entry in entries
        if (rank := _rank(entry)) < len(_TYPES) and _text(entry.get("headline") or entry.get("name"))
    ]
    if not works:
        return LinkedWork()
    rank, work = min(works, key=lambda pair: pair[0])
    return _read(work, _TYPES[rank][1], by_id)


def _entries(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the descriptions in a graph, a list, or one within another."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for one in data[:_MAX_ENTRIES]:
            yield from _entries(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), list | dict):
                yield from _entries(data[key], depth + 1)


def _rank(entry: dict[str, Any]) -> int:
    kinds = entry.get("@type")
    names = (
        [kinds]
        if isinstance(kinds, str)
        else [kind for kind in kinds if isinstance(kind, str)]
        if isinstance(kinds, list)
        else []
    )
    return min(
        (rank for name in names for rank, (type_, _) in enumerate(_TYPES) if name.endswith(type_)), default=len(_TYPES)
    )


def _read(work: dict[str, Any], csl_type: str, by_id: dict[str, dict[str, Any]]) -> LinkedWork:
    publishers = _makers(work.get("publisher") or work.get("sourceOrganization"), by_id)
    volume, issue, container = _text(work.get("volumeNumber")), _text(work.get("issueNumber")), ""
    part: Any = work.get("isPartOf")
    for _ in range(4):
        part = part[0] if isinstance(part, list) and part else part
        part = by_id.get(str(part.get("@id")), part) if isinstance(part, dict) else None
        if part is None:
            break
        kind = str(part.get("@type"))
        volume = volume or _text(part.get("volumeNumber"))
        issue = issue or _text(part.get("issueNumber"))
        if any(name in kind for name in ("Periodical", "Newspaper", "Book")) and not any(
            name in kind for name in ("Volume", "Issue")
        ):
            container = container or _text(part.get("name"))
        part = part.get("isPartOf")
    first, last = _text(work.get("pageStart")), _text(work.get("pageEnd"))
    return LinkedWork(
        csl_type,
        tuple(dict.fromkeys(filter(None, (_text(work.get("headline")), _text(work.get("name")))))),
        tuple(_makers(work.get("author") or work.get("creator"), by_id)),
        publishers[0].name if publishers else "",
        container,
        _text(work.get("datePublished")),
        volume,
        issue,
        _text(work.get("pagination")) or "-".join(filter(None, (first, last))),
        _text(work.get("url")),
        next(
            (
                found[0]
                for value in _texts(work.get("identifier"), work.get("sameAs"))
                if (found := re.search(r"10\.\d{4,9}/\S+", value))
            ),
            "",
        ),
    )


def _makers(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> list[Maker]:
    """Return the persons or bodies that a value names: a text, a description, a reference to one, or a list of these."""
    if depth > _MAX_DEPTH:
        return []
    if isinstance(value, list):
        return [maker for one in value[:100] for maker in _makers(one, by_id, depth + 1)]
    if isinstance(value, dict):
        name = _text(value.get("name"))
        if not name and isinstance(value.get("@id"), str) and value["@id"] in by_id:
            value = by_id[value["@id"]]
            name = _text(value.get("name"))
        kind = str(value.get("@type") or "")
        return [Maker(name, "Organi" in kind)] if name else []
    name = _text(value)
    return [Maker(name)] if name and not name.startswith("http") else []


def _texts(*values: Any) -> list[str]:
    found = []
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            found.append(_text(one.get("value") if isinstance(one, dict) else one))
    return found


def _text(value: Any) -> str:
    """Return a text with its white space single; of a list, or of texts by language, the first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value")
    return (
        " ".join(unescape(str(value)).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    )
