"""The bibliographic data of a document, from what its front says."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from comity.documents.casing import title_case
from comity.documents.front import Front
from comity.terms import Citation, Name


def front_citation(front: Front, acronyms: Collection[str] = ()) -> Citation:
    """Return the bibliographic data of a front; what "How to cite" says completes what the lines say."""
    publisher = title_case(front.named_body or ", ".join(_together(front.institutes)), acronyms)
    said = Citation(
        type=_type(front),
        title=front.title,
        authors=_distinct(front.authors),
        editors=_distinct(front.editors),
        container_title=front.container,
        publisher=publisher,
        issued=front.issued,
        volume=front.volume,
        issue=front.issue,
        doi=front.doi,
        url=front.url,
        genre=title_case(front.genre.upper(), acronyms) if front.genre else "",
    )
    cited = front.cited
    if cited is None:
        return said
    return replace(
        said,
        type=cited.type if cited.type != "document" else said.type,
        title=said.title or cited.title,
        authors=said.authors or cited.authors,
        editors=said.editors or cited.editors,
        container_title=cited.container_title or said.container_title,
        publisher=said.publisher or cited.publisher,
        issued=said.issued or cited.issued,
        volume=cited.volume or said.volume,
        issue=cited.issue or said.issue,
        page=cited.page,
        url=cited.url or said.url,
        doi=cited.doi or said.doi,
        text=cited.text,
    )


def _distinct(names: Sequence[Name]) -> tuple[Name, ...]:
    """Return the names without those that the front gives twice, the fuller form kept."""
    return tuple({name.full.casefold(): name for name in reversed(names)}.values())[::-1]


def _together(institutes: list[tuple[int, str]]) -> list[str]:
    """Return the first institute, with the lines of its own block (a ministry and its government)."""
    return [text for group, text in institutes if group == institutes[0][0]]


def _type(front: Front) -> str:
    genre = front.genre.lower()
    if front.message:
        return "personal_communication"
    if front.newspaper:
        return "article-newspaper"
    if front.volume:
        return "article-journal"
    if re.match(r"(?:remarks|speech|address|keynote|lecture)\b.* (?:by|of)\b", front.title, re.IGNORECASE):
        return "speech"
    if re.search(r"speech|remarks", genre):
        return "speech"
    if "interview" in genre:
        return "interview"
    if re.search(r"press|media|news release|communiqu|statement|transcript|readout|note verbale", genre):
        return "document"
    if genre or front.institutes or front.named_body or re.match(r"minutes\b", front.title, re.IGNORECASE):
        return "report"
    return "document"
