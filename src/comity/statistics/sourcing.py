"""Source lines under tables, and the printing conventions of the publications that they name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from comity.statistics.accounts import places_of_states
from comity.terms import Source


@dataclass(frozen=True, slots=True)
class Convention:
    """The unit of a publication's figures, and where the publisher says so."""

    title: str
    indicators: tuple[str, ...]
    unit: str
    scale: Decimal
    evidence: str


_LONGEST = 1000  # characters of a source line; what is longer is no citation
_LEAD = re.compile(r"^\W*(?:data\s+)?sources?\s*[:.\-–]\s*", re.I)
_QUOTED = re.compile(r"[\"“]([^\"”]{3,200})[\"”]|(?<!\w)[‘']([^'’]{3,200})[’'](?!\w)")
_ITALIC = re.compile(
    r"<(?:i|em)>(.{3,200}?)</(?:i|em)>|(?<![\w*])\*([^*\n]{3,200})\*(?![\w*])|(?<![\w_])_([^_\n]{3,200})_(?![\w_])"
)
_TAGS = re.compile(r"</?\w+>|[*_]")
_URL = re.compile(r"https?://[^\s)>\]]+")
_YEARS = re.compile(
    r"(?:1[89]|20)\d\d(?:\s*[-–/]\s*(?:\d{4}|\d{2}))?(?:\s*(?:,|&|and)\s*(?:1[89]|20)\d\d(?:\s*[-–/]\s*(?:\d{4}|\d{2}))?)*"
)
_PLACED = re.compile(r"(?:^|[,.;]\s*)([A-Z][\w .'-]{2,40}):\s*([A-Z][^,;:()\d]{3,120})")
_HEAD = re.compile(r"^([A-Z][^:,;\"“*]{1,120})[:,]\s")


@cache
def _catalogue() -> dict[str, Any]:
    return tomllib.loads((files("comity.statistics") / "data" / "publishers.toml").read_text("utf-8"))


def parse_source(line: str) -> Source:
    """Return the publisher, title, edition and address that a source line names; the line itself is the citation."""
    shown = _LEAD.sub("", line.strip()[:_LONGEST]).strip()
    if not shown:
        return Source()
    address = _URL.search(shown)
    words = _URL.sub("", shown).strip() if address else shown
    title, rest = _title(words)
    plain = _TAGS.sub("", rest).strip()
    publisher, _ = _known_publisher(plain) or (_publisher(plain), "")
    if not title:
        convention = convention_for(Source(citation=shown))
        title = convention.title if convention else ""
        if not title and publisher:
            title = _title_after(plain, publisher)
    # The edition stands after the title and the publisher's place; an address or a page has no part in it.
    years = list(_YEARS.finditer(plain))
    vintage = re.sub(r"\s+", " ", years[0].group()) if years else ""
    return Source(
        producer=publisher,
        title=title,
        citation=shown,
        url=address.group().rstrip(".,;") if address else "",
        vintage=vintage,
    )


def _title(words: str) -> tuple[str, str]:
    for pattern in (_QUOTED, _ITALIC):
        match = pattern.search(words)
        if match:
            title = next(group for group in match.groups() if group).strip(" ,.;")
            return _TAGS.sub("", title), f"{words[: match.start()]} {words[match.end() :]}"
    return "", words


def _known_publisher(words: str) -> tuple[str, str] | None:
    for row in _catalogue()["publisher"]:
        for name in (row["name"], *row["short"]):
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
                return row["name"], row.get("state", "")
    return None


def _publisher(words: str) -> str:
    placed = _PLACED.search(words)
    if placed:
        return placed.group(2).strip(" .")
    head = _HEAD.match(words)
    if head:
        return head.group(1).strip()
    bare = _YEARS.sub("", words).strip(" ,.;()")
    return bare if 3 <= len(bare) <= 120 and bare[0].isupper() else ""


def _title_after(words: str, publisher: str) -> str:
    """Return the first part of an unquoted line that is neither the publisher nor a place nor a year."""
    for part in re.split(r"[,;:]\s+|\.\s+", words):
        plain = _YEARS.sub("", part).strip(" ,.;:()")
        named = places_of_states(plain)
        is_place = any((start, end) == (0, len(plain)) for start, end in named)
        lead = plain.lower().startswith(("accessed", "retrieved", "various", "see", "based on", "calculated"))
        if (
            len(plain) > 3
            and plain[0].isupper()
            and not is_place
            and not lead
            and _publisher_name(plain) != publisher
            and plain not in publisher.split(". ")
        ):
            return plain
    return ""


def _publisher_name(words: str) -> str:
    known = _known_publisher(words)
    return known[0] if known else words


def publisher_state(source: Source) -> str:
    """Return the code of the state whose office published the figures, where the catalogue knows it; "" otherwise."""
    known = _known_publisher(source.citation)
    return known[1] if known else ""


def short_names(source: Source) -> tuple[str, ...]:
    """Return the short forms of the names of publishers that a source names ("IMF")."""
    words = f"{source.producer}, {source.citation}"
    rows = [row for row in _catalogue()["publisher"] if re.search(rf"(?<!\w){re.escape(row['name'])}(?!\w)", words)]
    return tuple(short for row in rows for short in row["short"])


def convention_for(source: Source) -> Convention | None:
    """Return the printing convention of the publication that the source names; None where none is known."""
    for row in _catalogue()["convention"]:
        named = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source.citation) for name in row["names"])
        known = _known_publisher(source.citation)
        if named and known is not None and known[0] == row["publisher"]:
            return Convention(
                row["title"], tuple(row["indicators"]), row["unit"], Decimal(row["scale"]), row["evidence"]
            )
    return None
