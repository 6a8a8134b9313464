"""Where on a page its article is, and what around and within it is furniture.

The page's own marks go first (`main`, `article`, roles, names of classes); where it has none, prose is told from lists of
links by how much of it is linked. What is surely furniture is dropped; what only may be is kept, and set apart from what
is coded.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.documents.web_beside import holds, judge_beside
from comity.documents.web_furniture import EXPLICIT, Verdict, is_furniture
from comity.documents.web_weights import Weight, weigh

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLE = re.compile(
    r"(?:^|\s)(?:MsoTitle|(?:page|entry|post|article|story)?[-_]?(?:title|headline|heading))(?:$|\s)", re.IGNORECASE
)


@dataclass(slots=True)
class Article:
    """The article of a page.

    Attributes:
        root: the page's body, which is read.
        title: the heading that is its title.
        core: the element that the page marks as its article, or that holds nearly all of the prose.
        marked: whether the page marks it.
        body: the element within the core that the page names as the text; what follows it is set apart.
        verdicts: what becomes of the elements that are not simply kept.
        around: the elements around the core.
        flat: the tables that only lay the page out, as far as that is told by where they stand.
        beside: how many characters of prose in boxes beside the core, or named as furniture in it, are set apart.
    """

    root: HtmlElement
    title: HtmlElement | None
    core: HtmlElement
    marked: bool
    body: HtmlElement | None = None
    verdicts: dict[HtmlElement, Verdict] = field(default_factory=dict)
    weights: dict[HtmlElement, Weight] = field(default_factory=dict)
    around: set[HtmlElement] = field(default_factory=set)
    flat: set[HtmlElement] = field(default_factory=set)
    beside: int = 0


def find_article(page: HtmlElement, titles: Collection[str], notes: Collection[HtmlElement]) -> Article:
    """Return where the article of a page is.

    Args:
        page: the page's root.
        titles: what its head says its title is, white space single.
        notes: the elements that hold notes; they are never furniture.
    """
    body = page.find("body")
    body = page if body is None else body
    title = _title(body, titles)
    weights, verdicts = weigh(body, title, notes)
    total = weights[body].prose
    region = _region(body, weights, verdicts, total)
    named = _named_body(region, weights)
    core = _core(body, weights, title, named) if region is body else region
    article = Article(body, title, core, region is not body, named, verdicts, weights)
    for element in (core, *core.iterancestors(), article.body):
        if element is not None:
            verdicts.pop(element, None)
    judge_beside(article, core, notes, marked=article.marked)
    _by_links(article, weights, notes)
    return article


def _title(body: HtmlElement, titles: Collection[str]) -> HtmlElement | None:
    """Return the heading that the head's titles name, or else the first that is marked as a title and no furniture holds."""
    first = marked = None
    wanted = {_bare(title) for title in titles if title}
    for heading in body.iter("h1", "h2", "h3", "h4", "p", "div", "span", "td"):
        named = _TITLE.search(f"{heading.get('class') or ''} {heading.get('itemprop') or ''}") is not None
        named = named or (heading.tag == "p" and first is None and _is_set_as_title(heading))
        if not (named or heading.tag[0] == "h") or any(is_furniture(up) for up in heading.iterancestors()):
            continue
        words = _bare("".join(heading.itertext())[:1000])
        if words and (words in wanted or any(title.startswith(words) and len(words) > 12 for title in wanted)):
            return heading
        if heading.tag == "p" and named and first is None and len(words) > 3:
            return heading  # a word processor's title
        if heading.tag == "h1" and words and (first is None or _within_header(first)):
            first = heading
        elif (
            named
            and marked is None
            and 8 < len(words) < 300
            and not any(up.tag == "a" for up in heading.iterancestors())
        ):
            marked = heading
    return first if first is not None and not _within_header(first) else marked if marked is not None else first


def _is_set_as_title(paragraph: HtmlElement) -> bool:
    """Whether a paragraph is centred and all set in large letters, as word processors write a title without a style of its own."""
    if (paragraph.get("align") or "").lower() != "center":
        return False
    large = [font for font in paragraph.iter("font") if (font.get("size") or "") in ("5", "6", "7")]
    return len(large) == 1 and _bare("".join(large[0].itertext())) == _bare("".join(paragraph.itertext())) != ""


def _within_header(heading: HtmlElement) -> bool:
    """Whether a heading is that of the site: it links to the front page, or stands in a header named as such."""
    link = heading.find(".//a")
    parent = heading.getparent()
    link = link if link is not None else parent if parent is not None and parent.tag == "a" else None
    return link is not None and (link.get("href") or "").rstrip("/").count("/") in (0, 2)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _region(
    body: HtmlElement, weights: dict[HtmlElement, Weight], verdicts: dict[HtmlElement, Verdict], total: int
) -> HtmlElement:
    """Return the element that the page marks as its article, where that holds most of the prose; or else the body."""
    best = body
    most = 0
    for element in body.iter("article", "main", "div", "section"):
        if element.tag in ("div", "section") and element.get("role") != "main":
            continue
        weight = weights.get(element)
        if weight is None or any(up in verdicts for up in element.iterancestors()):
            continue
        if weight.prose > 0 and 2 * weight.prose >= total and (weight.prose > most or 10 * weight.prose >= 9 * most):
            best, most = element, max(weight.prose, most)
    return best


def _named_body(region: HtmlElement, weights: dict[HtmlElement, Weight]) -> HtmlElement | None:
    """Return the element that the page names as the text of its article, where it holds most of the prose."""
    best = None
    for element in region.iter("div", "section", "td"):
        weight = weights.get(element)
        about = f"{element.get('class') or ''}"
        named = "articleBody" in (element.get("itemprop") or "").split() or (EXPLICIT.search(about) is not None)
        if named and weight is not None and weight.prose and 10 * weight.prose >= 6 * weights[region].prose:
            best = element
    return best


def _core(
    body: HtmlElement, weights: dict[HtmlElement, Weight], title: HtmlElement | None, named: HtmlElement | None
) -> HtmlElement:
    """Return the least element that holds the prose and the title, on a page that marks no article."""
    core = body
    while True:
        inner = [
            child
            for child in core
            if child in weights and 20 * weights[child].prose >= 19 * max(weights[body].prose, 1)
        ]
        if not inner or (
            inner[0].tag in ("p", "ul", "ol", "blockquote", "tr", "tbody") and inner[0].tag not in ("tr", "tbody")
        ):
            break
        core = inner[0]
    if named is not None:
        while core is not body and not any(up is core for up in (named, *named.iterancestors())):
            core = core.getparent()
    while core is not body and (core.tag in ("tr", "tbody", "table") or (title is not None and not holds(core, title))):
        core = core.getparent()
    return core


def _by_links(article: Article, weights: dict[HtmlElement, Weight], notes: Collection[HtmlElement]) -> None:
    """Set apart what consists of links: lists of other pages, columns of a menu, a paragraph "Read more"."""
    for element in article.root.iter():
        weight = weights.get(element)
        if weight is None or not weight.links or element is article.root or weight.title or element in notes:
            continue
        if element.tag in (
            "table",
            "tbody",
            "thead",
            "tr",
            "li",
            "dt",
            "dd",
            "figure",
            "figcaption",
            "caption",
        ) or re.fullmatch(r"h[1-6]", element.tag):
            continue
        plain = weight.text - weight.linked
        whole = element is article.body or (article.title is not None and holds(element, article.title))
        if weight.prose == 0 and plain <= 0.25 * weight.text and element not in article.verdicts and not whole:
            article.verdicts[element] = Verdict.APART
