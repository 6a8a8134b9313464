"""Short forms in notes: "Ibid.", "op. cit.", "note 4 above", "Hassan, Ports, 47".

Each means the work of an earlier note, with the page that the short form gives.
A short form that could mean two works means none; the document then says so in one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from comity.documents.reference_numbers import pages_in
from comity.documents.reference_tokens import quoted, without_emphasis
from comity.terms import Citation

_LONGEST = 240  # characters of a short form
# Where in the work: "p. 44", "pp. 3-5", "44-6", "at 12", "para. 7", "ch. 3", "art. 5", "table 2".
_PINPOINT = re.compile(
    r"[\s,.:;(]*(?:at\s+)?(?P<where>(?:pp?\.?|pages?|at)?\s*(?:[A-Za-z]?\d+|[ivxlc]{1,7})(?:\s?[-–—]\s?\d+)?(?:\s?ff?\.?)?(?:(?:,|\s+and|\s*&)\s*\d+(?:\s?[-–]\s?\d+)?)*)?"
    r"(?P<other>[\s,]*(?:(?:paras?|chs?|chapters?|secs?|arts?|articles?|sections?|tables?|figs?|nn?|notes?|fn|vol|¶|§)\.?\s*[\divxlc]+(?:[-–,\s\d]|\([\w]\))*)*)[\s.,;)]*",
    re.IGNORECASE,
)
_LEAD = r"(?:(?:see(?:\s+also)?|cf\.?|also|compare)[,:]?\s+)?"
_IBID = re.compile(rf"\s*{_LEAD}(?:ibid(?:em)?|idem|id)\b\.?", re.IGNORECASE)
_SAME_PLACE = re.compile(r"\bloc\.?\s*cit\b\.?", re.IGNORECASE)
_WORK_CITED = re.compile(r"\b(?:op\.?\s*cit|loc\.?\s*cit|art\.?\s*cit)\b\.?", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\(?\b(?:supra|above|(?:as\s+)?cited\s+(?:above\s+)?in)?,?\s*(?:at\s+)?(?:foot|end)?(?:notes?|nn?\.?|fn\.?)\s*(?P<label>\d{1,4})\b,?\s*(?P<above>above|supra)?\)?",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:supra|above|op\.?\s*cit)\b|\(\s*(?:fn|nn?)\.?\s*\d|^\s*(?:see|cf\.?)?\s*(?:n\.|fn)\s*\d"
    r"|^\s*(?:see|cf\.?)\s+(?:foot|end)?note\s*\d|^\s*(?:foot|end)?note\s*\d+\s*,?\s*(?:at\b|pp?\.)",
    re.IGNORECASE,
)
_ARTICLES = frozenset("a an the on of in and de la le les der die das el il".split())
_AND_OTHERS = re.compile(r"\s*(?:et al\.?|and others)\W*$")
_BETWEEN_WORKS = re.compile(r";\s+(?:and\s+)?(?:see\s+(?:also\s+)?)?", re.IGNORECASE)
_IMPRINT = re.compile(r"\b(?:1[6-9]|20)\d\d\b|https?://|www\.")


@dataclass(frozen=True, slots=True)
class CitingNote:
    """A note as its words stand, with the works that were read in it."""

    label: str
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(slots=True)
class _Works:
    """What the notes read so far cite; `listed` are the works of the list of references, which go after these."""

    listed: Sequence[Citation] = ()
    notes: list[tuple[str, tuple[Citation, ...] | None]] = field(default_factory=list)
    known: dict[tuple[str, ...], Citation] = field(default_factory=dict)

    def learn(self, works: Iterable[Citation]) -> None:
        """Remember works that are cited in full."""
        for work in works:
            self.known.setdefault(identity(work), work)

    def previous(self) -> Citation | None:
        """Return the one work of the note before; None where it cites none or several."""
        return _only(self.notes[-1][1]) if self.notes else None

    def numbered(self, label: str, author: str) -> Citation | None:
        """Return the one work of the note with that label, of that author where one is named."""
        said = [works for name, works in self.notes if name == label]
        works = tuple(work for work in (said[-1] or ()) if not author or _is_by(work, author)) if said else ()
        return _only(works)

    def of_author(self, author: str, title: str) -> Citation | None:
        """Return the one work by that author, of that short title where one is given; cited ones go before listed ones."""
        for works in (self.known.values(), self.listed):
            found = [work for work in works if _is_by(work, author) and (not title or _shortens(title, work.title))]
            if found:
                return _only(found)
        return None

    def by(self, author: str) -> list[Citation]:
        """Return the works by that author, cited ones before listed ones."""
        return [work for work in (*self.known.values(), *self.listed) if _is_by(work, author)]

    def titled(self, title: str) -> Citation | None:
        """Return the one work without an author that has that short title."""
        long_enough = len(_content(title)) > 1
        return _only(
            [work for work in self.known.values() if not work.authors and long_enough and _shortens(title, work.title)]
        )


def parts_of_mixed(texts: Iterable[str]) -> list[str]:
    """Return the parts of those notes that cite several works, some perhaps in a short form: each may be a work in full."""
    pieces = map(_pieces, texts)
    return list(dict.fromkeys(piece for each in pieces if _is_mixed(each) for piece in each))


def resolve(
    notes: Sequence[CitingNote], full: Mapping[str, tuple[Citation, ...]], listed: Sequence[Citation] = ()
) -> tuple[list[tuple[Citation, ...]], list[str]]:
    """Return what each note cites once its short forms are led back, and the labels of notes where one could mean several works.

    Args:
        notes: the notes in their order.
        full: what each of `parts_of_mixed` cites if it is no short form.
        listed: works of a list of references; a short form may mean one of them, too.
    """
    works = _Works(listed)
    resolved: list[tuple[Citation, ...]] = []
    unclear: list[str] = []
    for note in notes:
        each = _pieces(note.text)
        said = _note(note, each, works, full)
        if said is None:
            unclear.append(note.label)
        resolved.append(said or ())
        works.notes.append((note.label, said))
        if said == note.citations:
            works.learn(said)
    return resolved, unclear


def _is_mixed(pieces: Sequence[str]) -> bool:
    """Whether a note cites several works, some of which may stand in a short form."""
    return len(pieces) > 1 and any(_looks_short(piece) for piece in pieces)


def _note(
    note: CitingNote, pieces: Sequence[str], works: _Works, full: Mapping[str, tuple[Citation, ...]]
) -> tuple[Citation, ...] | None:
    """Return the works of a note; None where a short form in it is not clear.

    Args:
        note: the note.
        pieces: the parts of the note that cite one work each.
        works: what was cited before.
        full: what each part of a mixed note cites if it is no short form.
    """
    if len(pieces) == 1:
        if len(note.citations) > 1 or len(note.text) > _LONGEST:
            return note.citations
        whole = _short(note.text, works, None)
        return note.citations if whole is _NO_SHORT_FORM else None if whole is None else (whole,)
    if not _is_mixed(pieces):
        return note.citations
    found: list[Citation] = []
    for piece in pieces:
        said = _short(piece, works, found)
        if said is None:
            return None
        if said is _NO_SHORT_FORM:
            works.learn(full[piece])
            found += full[piece]
        else:
            found.append(said)
    return tuple(found)


_NO_SHORT_FORM = Citation(text="no short form")


def _short(text: str, works: _Works, before: Sequence[Citation] | None) -> Citation | None:
    """Return the work that a short form means; None where that is not clear, `_NO_SHORT_FORM` where it is none.

    Args:
        text: the note, or the part of it that cites one work.
        works: what was cited before.
        before: what the same note cited before; "ibid." means the last of these first.
    """
    text = " ".join(text.split())
    ibid = _IBID.match(text)
    if ibid is not None:
        page = _page(text[ibid.end() :])
        if page is None:
            return _NO_SHORT_FORM
        work = before[-1] if before else works.previous()
        return None if work is None else _at(work, page, text)
    if _SAME_PLACE.match(text) and not text[_SAME_PLACE.match(text).end() :].strip(" .,"):  # type: ignore[union-attr]
        work = works.previous()
        return None if work is None else _at(work, "", text)
    if len(text) > _LONGEST:
        return _NO_SHORT_FORM
    cited = _WORK_CITED.search(text)
    numbered = _NUMBERED.search(text) if cited is not None or _REFERS.search(text) else None
    if numbered is not None:
        head = _head(text[: min(numbered.start(), cited.start() if cited else numbered.start())])
        page = _page(text[max(numbered.end(), cited.end() if cited else 0) :])
        if page is None or len(head.split()) > 12:
            return _NO_SHORT_FORM
        work = works.numbered(numbered["label"], head.split(",")[0])
        return None if work is None else _at(work, page, text)
    if cited is not None:
        page = _page(text[cited.end() :])
        author, title = _author_title(text[: cited.start()])
        if page is None or not author:
            return None
        work = works.of_author(author, title)
        return None if work is None else _at(work, page, text)
    return _by_author(text, works)


def _by_author(text: str, works: _Works) -> Citation | None:
    """Return the work that "Hassan, Ports, 47" means; `_NO_SHORT_FORM` where no known author is named so."""
    if _IMPRINT.search(text):
        return _NO_SHORT_FORM  # a year or an address: a reference in full
    match = re.search(r"(?:,\s*|\s+|\.\s*)(?:pp?\.?\s*|at\s+)?\d+(?:\s?[-–]\s?\d+)?\W*$", text)
    page = pages_in(match.group()) if match is not None else ""
    author, title = _author_title(text[: match.start()] if match is not None else text)
    if not author or not (title or page):
        return _NO_SHORT_FORM
    known = works.by(author)
    if not known:
        work = works.titled(author) if not title and page else None
        return _NO_SHORT_FORM if work is None else _at(work, page, text)
    if title and not any(_shortens(title, work.title) for work in known):
        return _NO_SHORT_FORM  # another work of that author
    work = works.of_author(author, title)
    return None if work is None else _at(work, page, text)


def _looks_short(text: str) -> bool:
    return (
        _IBID.match(text) is not None
        or _WORK_CITED.search(text) is not None
        or (_REFERS.search(text) is not None and _NUMBERED.search(text) is not None)
        or (not _IMPRINT.search(text) and len(text) < 120)
    )


def _pieces(text: str) -> list[str]:
    if ";" not in text:
        return [text]
    inside = quoted(text)
    pieces, at = [], 0
    for match in _BETWEEN_WORKS.finditer(text):
        bracketed = text.count("(", at, match.start()) > text.count(")", at, match.start())
        if not bracketed and not any(start <= match.start() < end for start, end in inside):
            pieces.append(text[at : match.start()])
            at = match.end()
    return [*pieces, text[at:]]


def _page(rest: str) -> str | None:
    """Return the page that follows a short form, "" where none does; None where other words follow."""
    match = _PINPOINT.fullmatch(rest)
    if match is None:
        return None
    return pages_in(match["where"] or "")


def _head(text: str) -> str:
    return re.sub(rf"^\s*{_LEAD}", "", f"{text} ", flags=re.IGNORECASE).strip(" ,;:(.")


def _author_title(text: str) -> tuple[str, str]:
    """Return the author and the short title of "Hassan, *Ports*" or "Holm, “Fishing Rights,”"."""
    printed = without_emphasis(_head(text))
    marked = [*quoted(printed.text), *printed.emphasised]
    if marked:
        start, end = marked[0]
        return printed.text[:start].strip(" ,;:“\"‘'"), printed.text[start:end].strip(" ,.;:")
    author, _, title = printed.text.partition(", ")
    if re.fullmatch(r"(?:[A-Z]\.[\s-]?)+", title.split(",")[0].strip() + " "):
        author, _, title = (author, "", title.partition(", ")[2])
    return author.strip(), title.strip(" ,.;:")


def _at(work: Citation, page: str, text: str) -> Citation:
    return replace(work, page=page or work.page, text=text)


def _only(works: Iterable[Citation] | None) -> Citation | None:
    found = {identity(work): work for work in works or ()}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_by(work: Citation, author: str) -> bool:
    """Whether a work is of the author that a short form names: the family names of all, or of the first with "et al."."""
    names = work.authors or work.editors
    if not names:
        return False
    asked = _asked(author)
    first = names[0]
    if first.literal:
        return asked == _letters(first.literal)
    left = f" {asked} "
    if f" {_letters(first.family)} " not in left:
        return False
    families = [_letters(name.family or name.literal) for name in names]
    given = [_letters(part) for name in names for part in name.given.split()]
    initials = [part[:1] for part in given if part]
    for known in sorted(families, key=len, reverse=True):
        left = left.replace(f" {known} ", " ", 1)
    return all(word in ("and", "eds", "ed") or word in given or word in initials for word in left.split())


@lru_cache(maxsize=256)  # it is held against every work known so far
def _asked(author: str) -> str:
    """Return the letters of an author as a short form names him."""
    return _letters(_AND_OTHERS.sub("", author))


def _shortens(title: str, whole: str) -> bool:
    """Whether the words of a short title stand in the whole one, in their order."""
    words = _content(title)
    rest = iter(_content(whole))
    return bool(words) and all(word in rest for word in words)


def _content(title: str) -> list[str]:
    return [word for word in _letters(title).split() if word not in _ARTICLES]


@lru_cache(maxsize=4096)  # names and titles of known works are held against each short form
def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def identity(work: Citation) -> tuple[str, ...]:
    """Return what makes two citations one work: its DOI, or author, title, container and year, without page and wording."""
    if work.doi:
        return ("doi", work.doi.casefold())
    names = work.authors or work.editors
    first = (names[0].family or names[0].literal) if names else ""
    if not work.title:
        return ("", work.url or _letters(work.text))
    year = "" if work.issued is None else work.issued.label
    container = _letters(work.container_title)
    return (_letters(first), _letters(work.title), container.removeprefix("the "), str(year), work.volume, work.issue)
