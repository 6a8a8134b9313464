"""What tags, roles and names of classes say of a part of a page: the article's own, around it, or furniture."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from comity.documents.web_weights import Weight

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
COMMENTS = frozenset("comments commentlist commentarea disqus respond replies".split())
# Of the words of furniture those that are lists of links, or lead to another page: what has text of its own and no link is neither.
_LISTS = frozenset("toc nav navigation jump skip tags".split())
_LEADS = frozenset("teaser teasers".split())
# ... and those whose text is never the document's.
_NEVER = frozenset(
    "cookie cookies consent gdpr share sharing sharedaddy social addtoany newsletter subscribe subscription signup paywall popup modal footer upsell outbrain taboola".split()
)
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
EXPLICIT = re.compile(
    r"(?:^|\s)(?:(?:entry|post|article|story|news|release|press-release|field-name-body|body)[-_]{0,2}(?:content|body|text)(?:-?inner)?|"
    r"articlebody|storybody|mw-parser-output|field--name-body|field-name-body|available-content|govspeak|post__content|article__content|e-content|contentdisplay|"
    r"td-post-content|rich-?text-?body)(?:$|\s)",
    re.IGNORECASE,
)
_LEAST_RUN = 40
_WORD_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


class Verdict(Enum):
    """What becomes of an element."""

    KEPT = auto()
    APART = auto()  # read, but not coded
    BESIDE = auto()  # outside of the article that the page marks: its prose is read, but not coded
    DROPPED = auto()


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


def words_of(element: HtmlElement) -> set[str]:
    """Return the words that the class and the id of an element are made of, in small letters."""
    about = f"{element.get('class') or ''} {element.get('id') or ''}"[:1000]
    return {word.lower() for word in _WORD_PARTS.findall(about)} | set(about.lower().split())


def named_verdict(element: HtmlElement, weight: Weight) -> Verdict:
    """Return what the names of an element say that it is; text of its own without links is no list and leads nowhere."""
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
    if about == " " or EXPLICIT.search(about):
        return Verdict.KEPT
    words = words_of(element)
    if words & COMMENTS:
        return Verdict.DROPPED
    named = words & _FURNITURE
    if (
        named
        and weight.prose
        and ((named <= _LEADS and 20 * weight.linked <= weight.text) or (named <= _LISTS and weight.is_told))
    ):
        named = set()
    if named:
        return Verdict.DROPPED if tag != "p" else Verdict.APART
    if words & _APART or _APART_PAIRS.search(about[:1000]):
        return Verdict.APART
    return Verdict.KEPT


def furniture_words(element: HtmlElement) -> set[str]:
    """Return the words of an element's names that are those of furniture."""
    return words_of(element) & _FURNITURE


def may_be_text(element: HtmlElement) -> bool:
    """Whether an element that is named as furniture may have text of the document all the same."""
    return not words_of(element) & (_NEVER | COMMENTS)
