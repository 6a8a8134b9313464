"""What a page says of itself: Highwire, Dublin Core, PRISM and Open Graph fields, JSON-LD, microdata and its links.

Each field is decided by itself, and the first of these that gives it is trusted:

1. Highwire (`citation_...`), which publishers write for reference managers;
2. Dublin Core and PRISM, which libraries and ministries write;
3. JSON-LD, then Open Graph and `article:...`, which are written for search and sharing;
4. microdata, `<time>`, `rel=author` and other `<meta>` names;
5. what the page prints (title, byline, date), read by `front`;
6. `<title>`, without the name of the site.

The canonical address goes before any other. A date of modification is none of publication, and a time in a zone is of the day that it
prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from comity.documents.imprint import imprint_date, imprint_dates
from comity.documents.linked_data import LinkedWork, linked_work
from comity.documents.names import is_person, parse_name, parse_names
from comity.terms import Citation, InvalidTerm, Name, Period

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ISO = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?|(\d\d)(\d\d)(?!\d))(?![\d/-])")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_SITE_TAIL = re.compile(r"\s+[|·»–—:]\s+[^|·»–—]{2,60}$|\s+-\s+[^-]{2,60}$")
_BODY_WORDS = re.compile(
    r"\b(?:staff|desk|minist\w+|institut\w+|bureau|agency|team|press|department|office|embassy|council|commission|university|cent(?:re|er)|government|"
    r"contributors|editors?|board|foundation|news|correspondents?|secretariat|association|bank|committee)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|webmaster|user|office user|author|no author|unknown|editor|root|default|guest|null|none|n/?a)\d*",
    re.IGNORECASE,
)
# "By" in the languages of whose pages some reach an analyst.
_BY = re.compile(r"(?:by|von|par|por)\s+(?=\S)", re.IGNORECASE)
_DATES = (
    ("citation_publication_date", "citation_cover_date", "citation_date", "citation_online_date", "citation_year"),
    (
        "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "prism.publicationdate",
        "dcterms.available",
    ),
    ("article:published_time", "article:published", "og:published_time", "og:article:published_time"),
    (
        "datepublished", "date", "pubdate", "publish-date", "publish_date", "publishdate", "publication_date", "parsely-pub-date", "sailthru.date",
        "article.published", "dcsext.articlefirstpublished", "cxenseparse:recs:publishtime",
    ),
)  # fmt: skip
# So many letters a title has that stands below a kicker.
_KICKED = 12
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the head of a page says.

    Attributes:
        citation: the bibliographic data; its title is left to be chosen.
        titles: what may be the title, the most trusted first.
        page_title: `<title>` without the name of the site, for a page that prints no title.
    """

    citation: Citation
    titles: tuple[str, ...] = ()
    page_title: str = ""

    def title(self, printed: str) -> str:
        """Return the title: of those that the head gives, the one that the page prints, or else the most trusted."""
        wanted = _bare(printed)
        for one in self.titles if wanted else ():
            if _bare(one) != wanted and len(_bare(one)) > _KICKED and wanted.endswith(_bare(one)):
                return one  # what stands above it in the heading is a kicker
            if _bare(one) == wanted or (_bare(one).startswith(wanted) and _bare(_SITE_TAIL.sub("", one)) == wanted):
                return printed if _bare(one) != wanted or not one.isupper() else one
        return (
            _SITE_TAIL.sub("", self.titles[0])
            if self.titles and _same_tail(self.titles[0], self.citation)
            else next(iter(self.titles), printed)
        )


def page_head(root: HtmlElement, saved: Citation | None = None) -> PageHead:
    """Return what a page's head says; `saved` is what the file around the page says of where and when it was saved."""
    fields = _Fields(root)
    linked = linked_work(root)
    saved = saved or Citation()
    kind = _type(fields, linked)
    site = fields.first("og:site_name", "application-name", "dcterms.source.website")
    first_page, last_page = (
        fields.first("citation_firstpage", "prism.startingpage"),
        fields.first("citation_lastpage", "prism.endingpage"),
    )
    journal = fields.first(
        "citation_journal_title", "citation_conference_title", "citation_inbook_title", "prism.publicationname"
    )
    if not journal and kind == "article-journal":
        journal = fields.first("dc.source", "dcterms.ispartof")
    news = kind in ("article-newspaper", "post-weblog", "webpage") and (
        fields.first("og:type") == "article" or kind != "webpage"
    )
    container = journal or linked.container or ((linked.publisher or site) if news else "")
    publisher = (
        fields.first(
            "citation_publisher",
            "dc.publisher",
            "dcterms.publisher",
            "citation_technical_report_institution",
            "citation_dissertation_institution",
        )
        or linked.publisher
        or site
    )
    address = _address(root, fields, linked, saved.url)
    head = root.find(".//head/title")
    page_title = " ".join((head.text or "").split()) if head is not None else ""
    titles = [
        fields.first("citation_title"), fields.first("dc.title", "dcterms.title", "prism.title"), *linked.titles,
        fields.first("og:title"), fields.first("twitter:title"), fields.first("headline"),
    ]  # fmt: skip
    said = [title for title in dict.fromkeys(titles) if title]
    return PageHead(
        Citation(
            type=kind,
            authors=_authors(root, fields, linked, _own_names(site, publisher, address)),
            container_title=container,
            publisher=publisher,
            issued=_issued(root, fields, linked),
            volume=fields.first("citation_volume", "dc.source.volume", "prism.volume") or linked.volume,
            issue=fields.first("citation_issue", "dc.source.issue", "prism.number", "prism.issueidentifier")
            or linked.issue,
            page="-".join(part for part in (first_page, last_page) if part)
            or fields.first("dc.identifier.pagenumber", "prism.pagerange")
            or linked.page,
            url=address,
            doi=_doi(fields) or linked.doi,
            accessed=saved.accessed,
        ),
        tuple(said),
        _SITE_TAIL.sub("", page_title),
    )


class _Fields:
    """The `<meta>` fields of a page by their names in small letters."""

    def __init__(self, root: HtmlElement) -> None:
        self._fields: dict[str, list[str]] = {}
        for element in root.iter("meta"):
            # Some programs write entities within entities.
            content = " ".join(unescape((element.get("content") or "")[:5000]).split())
            names = f"{element.get('name') or ''} {element.get('property') or ''} {element.get('itemprop') or ''}"
            for name in dict.fromkeys(names[:500].lower().split()) if content else ():
                self._fields.setdefault(name.replace("dc:", "dc.").replace("dcterms:", "dcterms."), []).append(content)

    def first(self, *names: str) -> str:
        """Return the first value of the first of these fields that the page has."""
        return next((self._fields[name][0] for name in names if name in self._fields), "")

    def all(self, *names: str) -> list[str]:
        """Return all values of the first of these fields that the page has."""
        return next((self._fields[name] for name in names if name in self._fields), [])


def _type(fields: _Fields, linked: LinkedWork) -> str:
    """Return the CSL type: a journal's fields make an article of it, then what JSON-LD calls it."""
    for name, kind in (
        ("citation_journal_title", "article-journal"),
        ("citation_conference_title", "paper-conference"),
        ("citation_dissertation_institution", "thesis"),
        ("citation_technical_report_institution", "report"),
        ("citation_inbook_title", "chapter"),
        ("prism.publicationname", "article-journal"),
        ("dc.source.issn", "article-journal"),
        ("dc.source.volume", "article-journal"),
    ):
        if fields.first(name):
            return kind
    said = fields.first("dc.type", "dcterms.type").lower()
    if "serial.journal" in said or said == "journal article":
        return "article-journal"
    if said in ("dataset", "report", "thesis"):
        return said
    if linked.type and linked.type != "webpage":
        return linked.type
    return "webpage"


def _authors(root: HtmlElement, fields: _Fields, linked: LinkedWork, bodies: set[str]) -> tuple[Name, ...]:
    """Return the authors of the most trusted source that names any; the site itself is none."""
    marked = fields.all("citation_author") or [
        part for value in fields.all("citation_authors") for part in value.split(";")
    ]
    marked = marked or fields.all("dc.creator.personalname", "dc.creator", "dcterms.creator", "prism.author")
    found = [_person(value) for value in marked if not _NOBODY.fullmatch(value.strip())]
    if not found:
        found = [
            Name(literal=one.name) if one.body else _person(one.name)
            for one in linked.authors
            if not _NOBODY.fullmatch(one.name)
        ]
        if len(found) == 1 and _bare(found[0].full) in bodies:
            found = []
    for value in (
        fields.all("author", "byl", "byline", "article:author", "parsely-author", "sailthru.author")
        if not found
        else ()
    ):
        if _bare(value) not in bodies and not _NOBODY.fullmatch(value):
            found += _byline(value)
    return tuple(dict.fromkeys(found or _linked_authors(root)))


def _own_names(site: str, publisher: str, address: str) -> set[str]:
    """Return what a site calls itself, without marks and spaces: it is no author of its pages."""
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return {_bare(name) for name in (site, publisher, host)} - {""}


def _linked_authors(root: HtmlElement) -> list[Name]:
    """Return whom links of the page call its author; none where they call many, as on a page of many articles."""
    names = {
        " ".join("".join(link.itertext()).split()): None
        for link in root.iter("a")
        if "author" in (link.get("rel") or "").lower().split()
    }
    said = [
        name
        for name in names
        if 1 < len(name.split()) <= 5 and not _NOBODY.fullmatch(name) and not _BODY_WORDS.search(name)
    ]
    return [parse_name(name) for name in said] if len(said) <= 3 else []


def _issued(root: HtmlElement, fields: _Fields, linked: LinkedWork) -> Period | None:
    """Return the day of publication that the head gives, or else the one day of `<time>` that the article's head has."""
    groups = [fields.first(name) for names in _DATES[:2] for name in names]
    groups += [linked.published, *(fields.first(name) for names in _DATES[2:] for name in names)]
    for value in groups:
        period = date_said(value)
        if period is not None:
            return period
    return _timed(root)


def _timed(root: HtmlElement) -> Period | None:
    marked: list[str] = []
    bare: list[str] = []
    for element in root.iter("time", "span", "meta", "abbr", "div"):
        about = f"{element.get('itemprop') or ''} {element.get('class') or ''} {'pubdate' if element.get('pubdate') is not None else ''}"
        value = (
            element.get("datetime")
            or element.get("content")
            or (element.get("title") if element.tag == "abbr" else "")
            or ""
        )
        if not value or "modified" in about.lower() or "updated" in (element.get("class") or "").split():
            continue
        if re.search(r"datepublished|dt-published|entry-date|pubdate|published", about, re.IGNORECASE):
            marked.append(value)
        elif element.tag == "time" and not any(
            up.tag in ("aside", "footer", "nav", "li") or "comment" in (up.get("class") or "")
            for up in element.iterancestors()
        ):
            bare.append(value)
    for values in (marked[:1], bare):
        periods = {date_said(value) for value in values}
        if len(periods) == 1:
            return periods.pop()
    return None


def date_said(text: str) -> Period | None:
    """Return the day, month or year that a field gives; None where it gives none, or what programs write for none."""
    text = text[:200]
    match = _ISO.match(text)
    if match is None:
        other = _DAY_FIRST.match(text)
        if other is not None:
            return _day(int(other[3]), int(other[2]), int(other[1]))
        dates = imprint_dates(text)
        return imprint_date(text) or (dates[0].period if dates else None)
    return _day(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5] or 0))


def _day(year: int, month: int, day: int) -> Period | None:
    if year < 1500 or (year, month, day) == (1970, 1, 1):
        return None
    try:
        return Period.of_day(year, month, day) if day else Period.of_month(year, month)
    except InvalidTerm:
        return None


def _address(root: HtmlElement, fields: _Fields, linked: LinkedWork, saved: str) -> str:
    links = [
        link.get("href") or "" for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    said = [
        *links,
        fields.first("og:url"),
        fields.first("citation_abstract_html_url", "citation_public_url", "citation_fulltext_html_url"),
    ]
    said += [linked.url, saved]
    for value in said:
        whole = _joined(saved, value.strip()) if value else ""
        if re.match(r"https?://[^\s/]", whole):
            return whole
    return ""


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _doi(fields: _Fields) -> str:
    said = fields.first("citation_doi", "dc.identifier.doi", "prism.doi", "bepress_citation_doi")
    for value in (said, *fields.all("dc.identifier"), *fields.all("dcterms.identifier")):
        match = _DOI.search(value)
        if match is not None:
            return match[0]
    return ""


def _person(text: str) -> Name:
    text = " ".join(text.split())
    return parse_name(text) if len(text.split()) <= 6 and not _BODY_WORDS.search(text) else Name(literal=text)


def _byline(text: str) -> tuple[Name, ...]:
    if not text or text.startswith(("http", "//", "@")) or "@" in text or len(text.split()) > 12:
        return ()
    text = _BY.sub("", text, count=1) if _BY.match(text) else text
    if not _BODY_WORDS.search(text):
        return parse_names(text)
    # "Jane Roe, Senior Staff Writer": the persons are those before the first that is none.
    parts = list(
        takewhile(lambda part: is_person(part) and not _BODY_WORDS.search(part), re.split(r"\s*,\s*|\s+and\s+", text))
    )
    return tuple(map(parse_name, parts)) or (Name(literal=text),)


def _same_tail(title: str, citation: Citation) -> bool:
    """Whether what stands behind the last bar or dash of a title is the name of the site."""
    tail = _SITE_TAIL.search(title)
    return tail is not None and _bare(tail[0]) in _bares((citation.container_title, citation.publisher))


def _bares(texts: Iterable[str]) -> set[str]:
    return {_bare(text) for text in texts if text}


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def with_title(citation: Citation, title: str) -> Citation:
    """Return a citation under a title, where it has none."""
    return citation if citation.title or not title else replace(citation, title=title)
