"""Where on a page its article is, and what around and within it is furniture.

The page's own marks go first (`main`, `article`, roles, names of classes); where it has none, prose is told from lists of
links by how much of it is linked. What is surely furniture is dropped; what only may be is kept, and set apart from what
is coded.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What a browser shows no text of, or only as a control.
DROPPED = frozenset(
    "script style noscript template nav button input select textarea iframe svg math canvas object embed video audio map head dialog menu datalist xml".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo complementary search menu menubar toolbar tablist dialog alertdialog doc-toc doc-index".split()
)
# Words of class names and ids. They name furniture wherever they stand ...
_FURNITURE = frozenset(
    """nav navbar navigation subnav menu submenu breadcrumb breadcrumbs crumb crumbs footer cookie cookies consent gdpr share sharing sharedaddy
    social addtoany related relatedposts recommended recommendations newsletter subscribe subscription signup advert advertisement ad ads advertorial
    promo promos promotion promoted sponsor sponsored teaser teasers banner popup modal overlay toolbar pagination pager tags tagcloud sidebar masthead
    editsection navbox toc ambox catlinks printfooter noprint siteSub sitesub skiplink skip jump paywall outbrain taboola trending popular mostread
    upsell hatnote rellink magnify sitenotice sistersitebox""".split()
)
_COMMENTS = frozenset("comments commentlist commentarea disqus respond replies".split())
_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?reader(?:-text)?|screen_reader|element-invisible|assistive-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
# ... and these what belongs to the article, and is no report of its own.
_APART = frozenset(
    "bio bios biography biographies contributor contributors keywords doi orcid galley galleys license licence copyright citations refbacks downloads colophon corrections".split()
)
_APART_PAIRS = re.compile(
    r"about-?(?:the-?)?author|author-?(?:box|info|card|bio)|(?:entry|post|article)-?tags?|tag-?list|tagged|read-?(?:more|next|also)|"
    r"more-?(?:on|from|like|stories|news)|you-?may|see-?also|comment-?(?:list|form|body|area|thread)|latest-?news|pull-?quote|release-?lang|back-?to-?top|cta-|"
    r"citation_(?:display|formats)|item citation|infobox",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(
    r"(?:^|\s)(?:(?:entry|post|article|story|news|release|press-release|field-name-body|body)[-_]{0,2}(?:content|body|text)(?:-?inner)?|"
    r"articlebody|storybody|mw-parser-output|field--name-body|field-name-body|available-content|govspeak|post__content|article__content|e-content|contentdisplay|"
    r"td-post-content|rich-?text-?body)(?:$|\s)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:^|\s)(?:MsoTitle|(?:page|entry|post|article|story)?[-_]?(?:title|headline|heading))(?:$|\s)", re.IGNORECASE
)
# Elements that run along in a line; every other may hold blocks.
_RUNNING = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em i img ins kbd label mark q ruby rt rp s samp small span strike strong sub sup time tt u var wbr".split()
)
_STOP = re.compile(r"[.?!…。！？؟।:;][\"”’')\]]*\s*$")
_LEAST_RUN = 40
# What an author sets directly on a page; boxes beside the text (div, td, section) are as often the site's own.
_SET_TEXT = frozenset("p blockquote pre ul ol dl figure h1 h2 h3 h4 h5 h6".split())
_FIGURE = re.compile(r"\s*[-−–(]?\s*[$€£¥]?\s*\d[\d.,\s]*%?\s*\)?\s*")
_WORD_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


class Verdict(Enum):
    """What becomes of an element."""

    KEPT = auto()
    APART = auto()  # read, but not coded
    DROPPED = auto()


@dataclass(slots=True)
class Weight:
    """How much text stands within an element, how much of it is linked, and how much reads as prose."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    title: bool = False

    def add(self, other: Weight) -> None:
        """Add what stands in a part."""
        self.text += other.text
        self.linked += other.linked
        self.prose += other.prose
        self.links += other.links
        self.title = self.title or other.title


@dataclass(slots=True)
class Article:
    """The article of a page.

    Attributes:
        root: the element to be read.
        title: the heading that is its title; it may stand outside of the root.
        body: the element within the root that the page names as the text; what follows it is set apart.
        verdicts: what becomes of the elements that are not simply kept.
        around: the elements around the one that holds nearly all of the prose, on a page that marks no article.
        flat: the tables that only lay the page out, as far as that is told by where they stand.
        beside: how many characters of prose stand in boxes beside that element; they are set apart.
    """

    root: HtmlElement
    title: HtmlElement | None = None
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
    weights, verdicts = _weigh(body, title, notes)
    total = weights[body].prose
    region = _region(body, weights, verdicts, total)
    article = Article(region, title, None, verdicts, weights)
    article.body = _named_body(region, weights, verdicts)
    core = _core(body, weights, title, article.body) if region is body else region
    for element in (core, *core.iterancestors(), article.body):
        if element is not None:
            verdicts.pop(element, None)
    if region is body:
        _judge_beside(article, core, notes)
    _by_links(article, weights, notes)
    return article


def _title(body: HtmlElement, titles: Collection[str]) -> HtmlElement | None:
    """Return the heading that the head's titles name, or else the first that is marked as a title and no furniture holds."""
    first = marked = None
    wanted = {_bare(title) for title in titles if title}
    for heading in body.iter("h1", "h2", "h3", "h4", "p", "div", "span", "td"):
        named = _TITLE.search(f"{heading.get('class') or ''} {heading.get('itemprop') or ''}") is not None
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


def _within_header(heading: HtmlElement) -> bool:
    """Whether a heading is that of the site: it links to the front page, or stands in a header named as such."""
    link = heading.find(".//a")
    parent = heading.getparent()
    link = link if link is not None else parent if parent is not None and parent.tag == "a" else None
    return link is not None and (link.get("href") or "").rstrip("/").count("/") in (0, 2)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _weigh(
    body: HtmlElement, title: HtmlElement | None, notes: Collection[HtmlElement]
) -> tuple[dict[HtmlElement, Weight], dict[HtmlElement, Verdict]]:
    """Return how much text stands in each element that may hold blocks, and what names and tags tell of them."""
    from lxml import etree

    weights: dict[HtmlElement, Weight] = {}
    verdicts: dict[HtmlElement, Verdict] = {}
    named: dict[HtmlElement, Weight] = {}
    frames: list[tuple[HtmlElement, Weight]] = []
    run = [0, 0]
    ending = ""
    linked = breaks = 0
    hidden: HtmlElement | None = None

    def close() -> None:
        nonlocal ending
        plain = run[0] - run[1]
        if frames and run[0]:
            weight = frames[-1][1]
            weight.text += run[0]
            weight.linked += run[1]
            if plain >= _LEAST_RUN and (_STOP.search(ending) or plain >= 5 * _LEAST_RUN):
                weight.prose += plain
        run[0] = run[1] = 0
        ending = ""

    def take(text: str | None) -> None:
        nonlocal ending, breaks
        if not text:
            return
        length = len(text.strip())
        if length:
            if breaks > 1:
                close()
            breaks = 0
            run[0] += length
            run[1] += length if linked else 0
            ending = text[-12:]

    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            if hidden is None and event == "end":
                take(element.tail)
            continue
        if event == "start":
            if hidden is not None:
                continue
            if element is not body and is_furniture(element):
                hidden = element
                verdicts[element] = Verdict.DROPPED
                continue
            if tag == "a":
                linked += 1
                if frames:
                    frames[-1][1].links += 1
            elif tag == "br":
                breaks += 1
            elif tag not in _RUNNING or element in notes:
                close()
                frames.append((element, Weight(title=element is title)))
            take(element.text)
            continue
        if hidden is not None:
            if hidden is element:
                hidden = None
                take(element.tail)
            continue
        if tag == "a":
            linked -= 1
        elif frames and frames[-1][0] is element:
            close()
            _, weight = frames.pop()
            weights[element] = weight
            told = Verdict.KEPT
            if not weight.title and element not in notes and element is not body:
                told = _named(element)
            if told is Verdict.KEPT or tag == "p" or not frames:
                if frames:
                    frames[-1][1].add(weight)
            else:
                named[element] = weight
                verdicts[element] = told
        take(element.tail)
    _spare(weights, verdicts, named, body)
    return weights, verdicts


def _spare(
    weights: dict[HtmlElement, Weight],
    verdicts: dict[HtmlElement, Verdict],
    named: dict[HtmlElement, Weight],
    body: HtmlElement,
) -> None:
    """Keep what is named as furniture and yet has the most of the page's prose: a wrapper "has-sidebar" holds the article."""
    for element, weight in sorted(named.items(), key=lambda pair: -pair[1].prose)[:1]:
        if weight.prose > weights[body].prose and not _words(element) & _COMMENTS:
            del verdicts[element]
            for parent in element.iterancestors():
                if parent in weights:
                    weights[parent].add(weight)
                verdicts.pop(parent, None)
                if parent is body:
                    break


def is_furniture(element: HtmlElement) -> bool:
    """Whether an element is furniture by its tag, its role or because it is not shown."""
    tag = element.tag
    if not isinstance(tag, str) or tag in DROPPED:
        return True
    if (
        tag == "footer"
        and element.getparent() is not None
        and element.getparent().tag not in ("blockquote", "figure", "table")
    ):
        return True
    if element.get("role") in _ROLES and tag not in ("main", "article", "body"):
        return True
    return is_hidden(element)


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element is not shown."""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("class") or ""):
        return True
    style = element.get("style")
    if style:
        style = style[:2000].replace(" ", "").lower()
        if "display:none" in style or "visibility:hidden" in style or "mso-list:ignore" in style:
            return True
    return element.get("aria-hidden") == "true" and len("".join(element.itertext())[:80].strip()) < _LEAST_RUN


def _words(element: HtmlElement) -> set[str]:
    about = f"{element.get('class') or ''} {element.get('id') or ''}"[:1000]
    return {word.lower() for word in _WORD_PARTS.findall(about)} | set(about.lower().split())


def _named(element: HtmlElement) -> Verdict:
    """Return what the names of an element say that it is."""
    tag = element.tag
    if tag in ("article", "main", "body", "html", "tr", "tbody", "thead", "tfoot", "th", "dd", "dt") or re.fullmatch(
        r"h[1-6]", tag
    ):
        return Verdict.KEPT
    if tag == "aside":
        return Verdict.APART
    if tag == "form":
        return Verdict.KEPT
    about = f"{element.get('class') or ''} {element.get('id') or ''}"
    if about == " " or _EXPLICIT.search(about):
        return Verdict.KEPT
    words = _words(element)
    if words & _COMMENTS:
        return Verdict.DROPPED
    if words & _FURNITURE:
        return Verdict.DROPPED if tag != "p" else Verdict.APART
    if words & _APART or _APART_PAIRS.search(about[:1000]):
        return Verdict.APART
    return Verdict.KEPT


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


def _named_body(
    region: HtmlElement, weights: dict[HtmlElement, Weight], verdicts: dict[HtmlElement, Verdict]
) -> HtmlElement | None:
    """Return the element that the page names as the text of its article, where it holds most of the prose."""
    best = None
    for element in region.iter("div", "section", "td"):
        weight = weights.get(element)
        about = f"{element.get('class') or ''}"
        named = "articleBody" in (element.get("itemprop") or "").split() or (_EXPLICIT.search(about) is not None)
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
    while core is not body and (
        core.tag in ("tr", "tbody", "table") or (title is not None and not _holds(core, title))
    ):
        core = core.getparent()
    return core


def _holds(element: HtmlElement, inner: HtmlElement) -> bool:
    return any(up is element for up in (inner, *inner.iterancestors()))


def _judge_beside(article: Article, core: HtmlElement, notes: Collection[HtmlElement]) -> None:
    """Judge what stands beside the core, up to the article's root: text set there is kept, boxes are set apart, links go."""
    inner = core
    for parent in core.iterancestors() if core is not article.root else ():
        article.around.add(parent)
        if parent.tag == "table":
            article.flat.add(parent)
        below = False
        for element in parent:
            if element is inner:
                below = True
            elif isinstance(element.tag, str) and element not in notes and element not in article.verdicts:
                verdict = _beside(element, article.weights.get(element), below=below)
                if verdict is not Verdict.KEPT:
                    article.verdicts[element] = verdict
                if verdict is Verdict.APART:
                    article.beside += article.weights[element].prose
                article.flat.update(table for table in element.iter("table") if not _has_figures(table))
        if parent is article.root:
            break
        inner = parent


def _beside(element: HtmlElement, weight: Weight | None, *, below: bool) -> Verdict:
    """Return what becomes of an element beside the core; `below` says that it stands after it."""
    if element.tag == "a":
        return Verdict.DROPPED
    if weight is None:
        return Verdict.KEPT
    if not weight.prose and weight.links and 2 * weight.linked >= weight.text:
        return Verdict.DROPPED
    if element.tag in _SET_TEXT and (below or element.tag[0] != "h"):
        return Verdict.KEPT
    return Verdict.APART


def _has_figures(table: HtmlElement) -> bool:
    """Whether two cells of a table are figures."""
    figures = 0
    for cell in table.iter("td"):
        figures += _FIGURE.fullmatch("".join(islice(cell.itertext(), 8))[:40]) is not None
        if figures > 1:
            return True
    return False


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
        whole = element is article.body or (article.title is not None and _holds(element, article.title))
        if weight.prose == 0 and plain <= 0.25 * weight.text and element not in article.verdicts and not whole:
            article.verdicts[element] = Verdict.APART
