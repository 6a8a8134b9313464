"""References in the full-note style: a bibliography's entry and a note's short form, both from one Citation.

The order of parts is the one that notes-and-bibliography styles share: author, title, container, volume and number,
place and publisher, date, pages, address. A reference with no title of its own is given as the source words it.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.brief.wording import listed, period_text, shortened, typeset
from comity.terms import Citation, Document, Name

_ARTICLES = frozenset(
    {"article", "article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference"}
)
_QUOTED = _ARTICLES | {"webpage", "post", "post-weblog", "speech"}
_INITIAL_STOP = (".", "?", "!", "…", ".”", "?”", "!”")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a formatted reference: plain, in italics, or a link."""

    text: str
    italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One formatted reference. `sort_key` orders a bibliography."""

    parts: tuple[Part, ...]
    sort_key: tuple[str, str, str]

    @property
    def text(self) -> str:
        """The reference as plain text."""
        return "".join(part.text for part in self.parts)


def document_title(document: Document) -> str:
    """Return the document's title, or its file's name where it has none."""
    return document.bibliography.title or document.name or document.id


def short_reference(document: Document) -> str:
    """Return the form that notes use: author's family name, short title in quotation marks, year."""
    cited = document.bibliography
    parts = []
    who = cited.authors or cited.editors
    if who:
        names = [name.literal or name.family or name.given for name in who[:3]]
        parts.append(f"{names[0]} and others" if len(who) > 3 else listed(names))
    parts.append(f"“{shortened(document_title(document), 70)}”" if cited.title else document_title(document))
    text = ", ".join(parts)
    year = None if cited.issued is None else cited.issued.last_year or cited.issued.first_year
    return text if year is None else f"{text} ({year})"


def reference(cited: Citation, *, fallback: str = "") -> Reference:
    """Return the bibliography's entry for a citation.

    Args:
        cited: what is cited.
        fallback: what to print where the citation has neither a title nor the words of its source.
    """
    if not cited.title:
        words = " ".join((cited.text or fallback).split())
        return Reference((Part(words),), (words.casefold(), "", ""))
    parts: list[Part] = []
    authors = _people(cited.authors)
    if authors:
        parts += [Part(_stopped(authors)), Part(" ")]
    parts += _title(cited)
    parts += _rest(cited)
    address = _address(cited)
    if address:
        parts += [Part(" "), Part(address, href=address), Part(".")]
    if cited.accessed is not None:
        on = cited.accessed
        parts.append(Part(f" Accessed {on.day} {on:%B} {on.year}."))
    who = cited.authors[0] if cited.authors else None
    first = "" if who is None else (who.family or who.literal or who.given)
    issued = "" if cited.issued is None else cited.issued.sort_key[0]
    return Reference(tuple(parts), ((first or cited.title).casefold(), cited.title.casefold(), issued))


def _title(cited: Citation) -> list[Part]:
    if cited.type in _QUOTED:
        return [Part(f"“{_stopped(cited.title)}”")]
    return [Part(cited.title, italic=True), Part("" if cited.title.endswith(("?", "!", ".")) else ".")]


def _rest(cited: Citation) -> list[Part]:
    parts: list[Part] = []
    if cited.editors:
        editors = _people(cited.editors, inverted=False)
        parts.append(Part(f" Edited by {_stopped(editors)}"))
    issued = "" if cited.issued is None else period_text(cited.issued)
    pages = typeset(cited.page)
    if cited.type in _ARTICLES and cited.container_title:
        parts += [
            Part(" In " if cited.type in ("chapter", "paper-conference") else " "),
            Part(cited.container_title, italic=True),
        ]
        number = ""
        if cited.publisher_place and cited.type == "article-newspaper":
            number += f" ({cited.publisher_place})"
        if cited.volume:
            number += f" {cited.volume}"
        if cited.issue:
            number += f", no. {cited.issue}"
        scholarly = cited.type == "article-journal" and bool(cited.volume or cited.issue)
        if issued:
            number += f" ({issued})" if scholarly else f", {issued}"
        if pages:
            number += f": {pages}" if scholarly else f", {pages}"
        parts.append(Part(f"{number}."))
        return parts
    if cited.container_title:
        parts += [Part(" "), Part(cited.container_title, italic=True), Part(".")]
    if cited.genre:
        parts.append(Part(f" {_stopped(cited.genre[:1].upper() + cited.genre[1:])}"))
    imprint = ": ".join(part for part in (cited.publisher_place, cited.publisher) if part)
    imprint = ", ".join(part for part in (imprint, issued, pages) if part)
    parts.append(Part(f" {_stopped(imprint)}" if imprint else " Undated."))
    return parts


def _people(names: tuple[Name, ...], *, inverted: bool = True) -> str:
    words = []
    for index, name in enumerate(names):
        if inverted and index == 0 and name.family and name.given and not name.literal:
            words.append(f"{name.family}, {name.given}")
        else:
            words.append(name.full)
    return listed(word for word in words if word)


def _stopped(text: str) -> str:
    return text if text.endswith(_INITIAL_STOP) else f"{text}."


def _address(cited: Citation) -> str:
    if cited.doi:
        doi = cited.doi.removeprefix("https://doi.org/").removeprefix("http://dx.doi.org/").removeprefix("doi:")
        return f"https://doi.org/{doi.strip()}"
    # Only addresses of the web become links: a document cannot smuggle in another scheme.
    return cited.url if cited.url.startswith(("https://", "http://")) else ""
