"""What a note or reference cites, as CSL items: its parts are labelled, and what is not sure stays empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from comity.documents.citation_types import TALK, citation_type
from comity.documents.clauses import is_sentence
from comity.documents.imprint import ImprintDate, day_of, imprint_dates
from comity.documents.names import parse_authors
from comity.documents.reference_labels import Part, label_references
from comity.documents.reference_numbers import pages_in, volume_in
from comity.documents.reference_tokens import Printed, quoted, without_emphasis
from comity.terms import Citation, Name, Period

LONGEST = 6_000
"""Characters; what is longer is no note that cites, and is not read as one."""

_SURE = 0.55  # the least mean probability of a part that is taken
_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"”]*[^\s<>\"”.,;:)\]]")
_DOI = re.compile(
    r"(?:\bdoi:?\s*|https?://(?:dx\.)?doi\.org/|(?<!\w))(10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)])", re.IGNORECASE
)
# What parts one work from the next: "; see also", ", cited in", ". See".
_NEXT_WORK = re.compile(
    r"(?P<mark>;)\s+(?:and\s+)?(?:see,?\s+(?:also|further|e\.g\.)?,?\s*|cf\.?\s+)?"
    r"|[.;,]?\s+\(?(?:(?:as\s+)?(?:quoted|cited|reprinted)\s+in:?)\s+|\.\s+(?:See(?:\s+also)?|Cf\.|Also)[,:]?\s+",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\s*(?:(?:for\s+(?:more|details|further details|the background)[^,.;:]{0,40}?,?\s*)?"
    r"(?:see(?:,?\s+(?:also|for example|e\.g\.))?|cf\.?|(?:as\s+)?(?:quoted|cited)\s+in|e\.g\.|also)[,:]?\s+)",
    re.IGNORECASE,
)
_OPENS_WORK = frozenset({"author", "editor", "title", "journal", "container", "publisher", "genre", "location"})
_BEHIND_TITLE = re.compile(r"(?:(?<=,)[”\"’']|[”\"’'],)\s+(?=[A-Z]\w+)")
_SAYING = re.compile(r"(?:it|he|she|they|we|there|this|these|those)\s", re.IGNORECASE)
_SPEAKERS = re.compile(r"\b(?:speech|remarks|address|statement|lecture|talks?|keynote)\b", re.IGNORECASE)


def parse_citation(text: str, published: date | None = None) -> Citation:
    """Return what a note or reference cites first, as far as it can be read; nothing but `text` where it is prose.

    Args:
        text: the note; marks of emphasis (`*The Nation*`) help to tell the container's title.
        published: when the citing document appeared. It never changes a date that is printed, even one that lies
            after it: such a date is for the checks to report.
    """
    printed = without_emphasis(text)
    works = parse_citations(text)
    if works:
        return replace(works[0], text=printed.text)
    found = Citation()
    if len(printed.text) <= LONGEST:
        (parts,) = label_references([printed])
        told = _Reference(printed, parts)
        found = told.read() if told.is_reference() else found
    return replace(found, text=printed.text)


def parse_citations(text: str) -> tuple[Citation, ...]:
    """Return the works that a note cites, in their order; none where it is prose, or where no work can be told.

    `Citation.text` is the part of the note that cites the work.
    """
    (works,) = parse_each([text])
    return works


def parse_each(texts: Sequence[str]) -> list[tuple[Citation, ...]]:
    """Return for each of many notes what `parse_citations` does for one, in less time."""
    notes = {text: without_emphasis(text) for text in texts}
    read = {text: printed for text, printed in notes.items() if len(printed.text) <= LONGEST}
    references: list[tuple[str, Printed]] = []
    for (text, printed), works in zip(read.items(), _works(list(read.values())), strict=True):
        for start, end in works:
            lead = _LEAD.match(printed.text, start, end)
            references.append((text, printed.part(lead.end() if lead else start, end)))
    found: dict[str, list[Citation]] = {text: [] for text in notes}
    for (text, printed), parts in zip(references, label_references([each for _, each in references]), strict=True):
        citation = _Reference(printed, parts).read()
        if _is_work(citation):
            found[text].append(citation)
    return [tuple(found[text]) for text in texts]


def _works(notes: Sequence[Printed]) -> Iterator[list[tuple[int, int]]]:
    """Yield for each note where its works are cited: a new one begins where its author or title follows what already has one."""
    breaks = [_breaks(printed.text) for printed in notes]
    labelled = iter(label_references([printed for printed, found in zip(notes, breaks, strict=True) if found]))
    for printed, places in zip(notes, breaks, strict=True):
        yield _parted(printed.text, places, next(labelled)) if places else [(0, len(printed.text))]


def _breaks(text: str) -> list[re.Match[str]]:
    """Return the marks and words outside quotation marks that may part two works."""
    return [match for match in _NEXT_WORK.finditer(text) if not _inside(match.start(), quoted(text))]


def _parted(text: str, breaks: Iterable[re.Match[str]], parts: Sequence[Part]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for match in breaks:
        before = {part.label for part in parts if start <= part.start < match.start()}
        following = next((part.label for part in parts if part.end > match.end() + 1), "")
        named = {part.label for part in parts if part.end > match.end() + 1}
        whole = {"title", "url", "genre"} & before and (before - {"title", "author", "note"})
        bracketed = text.count("(", start, match.start()) > text.count(")", start, match.start())
        if whole and following in _OPENS_WORK and {"title", "url"} & named and (match["mark"] is None or not bracketed):
            found.append((start, match.start()))
            start = match.end()
    return [*found, (start, len(text))]


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


@dataclass(slots=True)
class _Reference:
    """One reference while its parts are read."""

    printed: Printed
    parts: Sequence[Part]
    by_label: dict[str, list[Part]] = field(init=False)

    def __post_init__(self) -> None:
        self.parts = [part for part in self.parts if part.sure >= _SURE]
        self.by_label = {}
        for part in self.parts:
            self.by_label.setdefault(part.label, []).append(part)

    def is_reference(self) -> bool:
        """Whether most of it is labelled as parts of a reference, of two kinds at least; prose is not."""
        told = [part for part in self.parts if part.label not in ("note", "number")]
        length = sum(part.end - part.start for part in told)
        return len({part.label for part in told}) > 1 and 2 * length > len(self.printed.text)

    def read(self) -> Citation:
        """Return what was read."""
        text = self.printed.text
        doi = _DOI.search(text)
        url = _URL.search(text)
        volume, issue = volume_in([self._words(part) for part in self._all("volume")])
        container = self._container()
        known = {
            "title": self._title(),
            "container_title": container,
            "publisher": _plain(self._first("publisher")),
            "publisher_place": _plain(self._first("location")),
            "volume": volume,
            "issue": issue,
            "page": pages_in(self._first("pages")),
            "doi": doi.group(1) if doi else "",
            "url": url.group() if url and not (doi and "doi.org" in url.group()) else "",
            "genre": _plain(self._first("genre")),
        }
        if known["url"] and container and not (known["title"] or volume or known["page"] or known["publisher"]):
            known |= {"title": container, "container_title": ""}  # of a page the whole is named, no part of it
        if known["publisher"] and not (known["title"] or volume or known["page"]):
            known |= {"title": container, "container_title": ""}  # "Nets (Oslo: Fjord Press, 2001)": a book of one word
        authors, editors = self._names("author"), self._names("editor")
        if authors and not known["container_title"] and self._is_emphasised("author"):
            authors, known["container_title"] = (), _plain(self._first("author"))  # persons are not set in italics
        if self._is_sentence(known["title"]) and not (
            known["container_title"] or known["publisher"] or known["url"] or any(name.given for name in authors)
        ):
            known["title"] = ""  # a remark
        dates = imprint_dates(text)
        issued = self._issued([found for found in dates if not found.access])
        accessed = next((day for found in dates if found.access and (day := day_of(found.period)) is not None), None)
        told: dict[str, Any] = known | {
            "authors": authors,
            "editors": editors,
            "issued": issued,
            "accessed": accessed,
            "text": text.strip(" ;,"),
        }
        return Citation(citation_type(Citation(**told), self.by_label), **told)

    def _all(self, *labels: str) -> list[Part]:
        if len(labels) == 1:
            return self.by_label.get(labels[0], [])
        return [part for part in self.parts if part.label in labels]

    def _words(self, part: Part) -> str:
        return self.printed.text[part.start : part.end]

    def _first(self, *labels: str) -> str:
        found = self._all(*labels)
        return self._words(found[0]) if found else ""

    def _title(self) -> str:
        titles = self._all("title")
        if not titles:
            return ""
        best = titles[0]
        before = self.printed.text[: best.start].rstrip()
        if before[-1:].isalnum() and not self._follows(best, "date", "number", "note", "volume", "pages", "genre"):
            return ""  # no mark parts it from the words before: its beginning is not sure
        for start, end in quoted(self.printed.text):
            inside = min(end, best.end) - max(start, best.start)
            if best.start in (start - 1, start) and end < best.end and _BEHIND_TITLE.match(self.printed.text, end):
                return _plain(self.printed.text[start:end])  # what follows the marks is none of the title
            if inside > 0.7 * max(end - start, best.end - best.start):
                return _plain(self.printed.text[start:end])  # the marks say where a title ends
        return _plain(self._words(best))

    def _is_sentence(self, title: str) -> bool:
        """Whether a title that nothing sets apart says something: it is no title."""
        text = self.printed.text
        marked = any(title in text[start:end] for start, end in (*quoted(text), *self.printed.emphasised))
        return not marked and _SAYING.match(title) is not None and is_sentence(f"{title}.")

    def _follows(self, part: Part, *labels: str) -> bool:
        before = [other for other in self.parts if other.end <= part.start]
        starts = any(part.start == start for start, _ in self.printed.emphasised)
        return starts or not before or before[-1].label in labels

    def _container(self) -> str:
        words = self._first("journal", "container")
        titles = self._all("title")
        for start, end in quoted(self.printed.text) if titles and not words else ():
            if (
                titles[0].start in (start - 1, start)
                and end < titles[0].end
                and (behind := _BEHIND_TITLE.match(self.printed.text, end))
            ):
                words = self.printed.text[behind.end() : titles[0].end]
        if not words and len(titles) > 1 and self._follows(titles[1], "editor"):
            words = self._words(titles[1])  # "Title. In A. Roe (ed.), Whole"
        return _plain(re.sub(r"^\W*(?:in|im|dans|en)\b:?\s+", "", words, flags=re.IGNORECASE))

    def _is_emphasised(self, label: str) -> bool:
        parts = self._all(label)
        bare = self._words(parts[0]).strip(" ,.;:") if parts else ""
        return any(self.printed.text[start:end].strip(" ,.;:") == bare for start, end in self.printed.emphasised)

    def _names(self, role: str) -> tuple[Name, ...]:
        parts = self._all(role)
        if not parts:
            return ()
        first, last = parts[0], parts[0]
        for part in parts[1:]:
            if part.start - last.end > 4:
                break
            last = part
        return parse_authors(self.printed.text[first.start : last.end])

    def _issued(self, dates: list[ImprintDate]) -> Period | None:
        """Return the date of publication: what is labelled so; the year in brackets behind an author goes first."""
        labelled = self._all("date")
        told = [found for found in dates if any(part.start < found.end and found.start < part.end for part in labelled)]
        full = {found.period for found in dates if found.end - found.start > 5}
        if len(full) > 1 and (TALK.search(self.printed.text) or _SPEAKERS.match(self.printed.text)):
            return None  # several talks, several dates: none of them is the date of all
        if not told:
            marked = [*quoted(self.printed.text), *((part.start, part.end) for part in self._all("title", "note"))]
            outside = [found for found in dates if not _inside(found.start, marked)]
            return outside[0].period if len({found.period for found in outside}) == 1 else None
        early = [found for found in told if found.enclosed and found.start < len(self.printed.text) / 2]
        longer = [found for found in told if found.end - found.start > 5]
        return (early or longer or told)[0].period


def _is_work(found: Citation) -> bool:
    """Whether enough was read to be a work: a title with something beside it, an address, or a place in a periodical."""
    if found.url or found.doi:
        return True
    beside = (found.authors, found.editors, found.container_title, found.publisher, found.publisher_place, found.issued)
    if found.title:
        return any(beside) or bool(found.page or found.volume or found.genre)
    if found.issued is None:
        return False
    spoken = found.type in ("interview", "personal_communication")
    numbered = bool(found.genre) and re.search(r"\d", found.genre) is not None
    others = (*beside[:2], found.publisher, found.publisher_place, found.genre, found.volume, found.page)
    if found.authors and day_of(found.issued) is not None:
        return True  # a wire's or a ministry's text of that day
    return bool(found.container_title) or spoken or numbered or sum(map(bool, others)) > 1


def _plain(text: str) -> str:
    """Return a part without the marks around it; brackets and quotation marks inside stay in pairs."""
    words = " ".join(text.split()).strip(" ,;:*_/|")
    while True:
        bare = words.strip(" ,;:")
        bare = bare.strip('“”„«»"') if bare[:1] in '“„«"' or bare[-1:] in '”»"' else bare
        if bare[:1] in "‘'`" and (bare[-1:] in "’'" or bare.count("’") == 0):
            bare = bare[1:].removesuffix("’").removesuffix("'")
        if bare.endswith(".") and not re.search(r"(?:\b[A-Z]|\.\w+|\b(?:Inc|Ltd|Co|Jr|St|ed))\.$", bare):
            bare = bare[:-1]
        for opening, closing in ("()", "[]"):
            if bare.startswith(opening) and (closing not in bare or bare.endswith(closing)):
                bare = bare[1:].removesuffix(closing)
            elif bare.endswith(closing) and opening not in bare:
                bare = bare[:-1]
            elif opening in bare and closing not in bare:
                bare = bare[: bare.rindex(opening)] if bare.rindex(opening) > len(bare) - 4 else bare
        if bare == words:
            return bare
        words = bare
