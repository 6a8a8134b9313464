"""What a page says of itself in its head: Highwire, Dublin Core and Open Graph fields, and JSON-LD."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from comity.documents.imprint import imprint_date, imprint_dates
from comity.documents.names import parse_name, parse_names
from comity.terms import Citation, InvalidTerm, Name, Period

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
_SITE_TAIL = re.compile(r"\s+[|·»–—]\s+[^|·»–—]{2,60}$|\s+-\s+[^-]{2,40}$")
_ARTICLES = frozenset(
    "Article NewsArticle ScholarlyArticle Report BlogPosting TechArticle AnalysisNewsArticle OpinionNewsArticle WebPage".split()
)


def page_citation(root: HtmlElement) -> Citation:
    """Return the bibliographic data of a page's head; empty fields where it says nothing."""
    fields = _meta(root)
    linked = _json_ld(root)

    def first(*names: str) -> str:
        return next((fields[name][0] for name in names if fields.get(name)), "")

    journal = first("citation_journal_title", "prism.publicationname")
    authors = tuple(
        _person(value)
        for name in ("citation_author", "dc.creator", "dcterms.creator")
        for value in fields.get(name, ())
    )
    if not authors:
        authors = linked.authors or _byline(first("author", "article:author", "parsely-author", "sailthru.author"))
    head = root.find(".//head/title")
    page_title = " ".join((head.text or "").split()) if head is not None else ""
    title = first("citation_title", "dc.title", "dcterms.title") or linked.title or first("og:title", "twitter:title")
    canonical = root.xpath("//link[@rel='canonical']/@href")
    first_page, last_page = first("citation_firstpage"), first("citation_lastpage")
    news = first("og:type") == "article" or linked.type == "article-newspaper"
    site = first("og:site_name", "application-name")
    return Citation(
        type="article-journal"
        if journal
        else ("article-newspaper" if linked.type == "article-newspaper" else "webpage"),
        title=title or _SITE_TAIL.sub("", page_title),
        authors=authors,
        container_title=journal or linked.container_title or (site if news else ""),
        publisher=first(
            "citation_publisher", "dc.publisher", "dcterms.publisher", "citation_technical_report_institution"
        )
        or linked.publisher
        or site,
        issued=_date(
            first(
                "citation_publication_date",
                "citation_date",
                "citation_online_date",
                "dc.date",
                "dc.date.issued",
                "dcterms.date",
                "dcterms.issued",
                "article:published_time",
                "date",
                "pubdate",
                "publish-date",
                "parsely-pub-date",
            )
        )
        or linked.issued,
        volume=first("citation_volume"),
        issue=first("citation_issue"),
        page="-".join(part for part in (first_page, last_page) if part),
        url=str(canonical[0]) if canonical else first("og:url", "citation_public_url"),
        doi=re.sub(
            r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", first("citation_doi", "dc.identifier.doi", "prism.doi")
        ),
    )


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            fields.setdefault(name, []).append(content)
    return fields


def _json_ld(root: HtmlElement) -> Citation:
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _entries(data):
            kinds = item.get("@type")
            names = {kinds} if isinstance(kinds, str) else set(kinds) if isinstance(kinds, list) else set()
            if names & _ARTICLES and isinstance(item.get("headline") or item.get("name"), str):
                return _entry(item, news=any("News" in str(name) for name in names))
    return Citation()


def _entries(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        graph = data.get("@graph")
        return [entry for entry in graph if isinstance(entry, dict)] if isinstance(graph, list) else [data]
    return [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []


def _entry(item: dict[str, Any], *, news: bool) -> Citation:
    publisher = _names_in(item.get("publisher"))
    return Citation(
        type="article-newspaper" if news else "webpage",
        title=" ".join(str(item.get("headline") or item.get("name")).split()),
        authors=tuple(_person(name) for name in _names_in(item.get("author"))),
        container_title=publisher[0] if news and publisher else "",
        publisher=publisher[0] if publisher else "",
        issued=_date(str(item.get("datePublished") or "")),
    )


def _names_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [str(value["name"])] if isinstance(value.get("name"), str) else []
    return [name for one in value for name in _names_in(one)] if isinstance(value, list) else []


def _person(text: str) -> Name:
    return (
        parse_name(text)
        if len(text.split()) <= 6
        and not re.search(r"\b(?:staff|desk|ministry|institute|bureau|agency|team|press)\b", text, re.IGNORECASE)
        else Name(literal=text)
    )


def _byline(text: str) -> tuple[Name, ...]:
    if not text or text.startswith("http") or "@" in text:
        return ()
    return parse_names(re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)) if len(text.split()) <= 12 else ()


def _date(text: str) -> Period | None:
    match = _ISO.match(text)
    if match is None:
        dates = imprint_dates(text)
        return imprint_date(text) or (dates[0].period if dates else None)
    try:
        year, month = int(match[1]), int(match[2])
        return Period.of_day(year, month, int(match[3])) if match[3] else Period.of_month(year, month)
    except InvalidTerm:
        return None
