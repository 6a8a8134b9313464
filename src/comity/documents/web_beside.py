"""What stands beside the text of a page's article, and whether it belongs to it: its lead, its further parts, its lists of works.

A page that marks no article sets its text as often beside the longest part as within it; what is set directly on the page is
kept there. One that marks its article is believed, save where what stands outside is plainly its text too; all other prose
outside is read and not coded, so that nobody loses it unseen.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from typing import TYPE_CHECKING

from comity.documents.footnotes import NOTES_HEADING, REFERENCES_HEADING
from comity.documents.web_furniture import Verdict, may_be_text
from comity.documents.web_weights import LEAST_RUN, Weight

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from comity.documents.web_article import Article

# What an author sets directly on a page; boxes beside the text (div, td, section) are as often the site's own.
_SET_TEXT = frozenset("p blockquote pre ul ol dl figure h1 h2 h3 h4 h5 h6".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FIGURE = re.compile(r"\s*[-−–(]?\s*[$€£¥]?\s*\d[\d.,\s]*%?\s*\)?\s*")
# So many paragraphs of prose set one below the other are a text, and no list of other pages.
_LEAST_PARAGRAPHS = 3


def judge_beside(article: Article, core: HtmlElement, notes: Collection[HtmlElement], *, marked: bool) -> None:
    """Judge what stands beside the core, up to the article's root, and what is named as furniture within the core.

    Args:
        article: the page; its verdicts and counts are completed.
        core: the element that the page marks as its article, or that holds nearly all of its prose.
        notes: the elements that hold notes; they are never furniture.
        marked: whether the page marks it.
    """
    weights, verdicts = article.weights, article.verdicts
    for element, verdict in list(verdicts.items()):
        weight = weights.get(element)
        told = verdict is Verdict.DROPPED and weight is not None and weight.is_told
        if weight is not None and told and may_be_text(element) and holds(core, element):
            verdicts[element] = Verdict.APART
            article.beside += weight.prose
        elif marked and verdict is Verdict.APART and not holds(core, element):
            verdicts[element] = Verdict.DROPPED  # what may be furniture by its name, and stands outside
    joint = _joint(core, article.title) if marked else None
    inner = core
    for parent in core.iterancestors() if core is not article.root else ():
        article.around.add(parent)
        if parent.tag == "table":
            article.flat.add(parent)
        lead = joint is not None and parent is not joint and holds(joint, parent)  # between the title and the text
        below = False
        for element in parent:
            if element is inner:
                below, lead = True, False
            elif isinstance(element.tag, str) and element not in notes and element not in verdicts:
                heads = parent is joint and not below and article.title is not None and holds(element, article.title)
                weight = weights.get(element)
                if heads or lead:
                    verdict = _leading(weight, weights[core])
                elif marked:
                    verdict = _outside(element, weight, weights)
                else:
                    verdict = _beside(element, weight, below=below)
                lead = lead or heads
                if verdict is not Verdict.KEPT:
                    verdicts[element] = verdict
                if verdict in (Verdict.APART, Verdict.BESIDE) and weight is not None:
                    article.beside += weight.prose
                if not marked or verdict is not Verdict.KEPT:
                    article.flat.update(table for table in element.iter("table") if not _has_figures(table))
        if parent is article.root:
            break
        inner = parent


def _joint(core: HtmlElement, title: HtmlElement | None) -> HtmlElement | None:
    """Return the least element that holds both the text and the title before it; None where the text holds the title."""
    if title is None or holds(core, title):
        return None
    around = set(title.iterancestors())
    inner = core
    for parent in core.iterancestors():
        if parent in around:
            before = any(holds(element, title) for element in inner.itersiblings(preceding=True))
            return parent if before else None
        inner = parent
    return None


def _leading(weight: Weight | None, core: Weight) -> Verdict:
    """Return what becomes of what stands with the title above the text, or between them: the lead is text, lines of links are not."""
    if weight is None or weight.title:
        return Verdict.KEPT
    if not weight.prose and weight.links and 2 * weight.linked >= weight.text:
        return Verdict.DROPPED
    return Verdict.KEPT if weight.is_told and weight.prose <= core.prose else Verdict.APART


def _outside(element: HtmlElement, weight: Weight | None, weights: dict[HtmlElement, Weight]) -> Verdict:
    """Return what becomes of an element outside of the article that a page marks."""
    if element.tag == "a":
        return Verdict.DROPPED
    if weight is None:
        return Verdict.KEPT
    if lists_works(element):
        return Verdict.KEPT
    if not weight.prose:
        return Verdict.DROPPED
    return Verdict.KEPT if weight.is_told and _runs_on(element, weights) else Verdict.BESIDE


def _beside(element: HtmlElement, weight: Weight | None, *, below: bool) -> Verdict:
    """Return what becomes of an element beside the core of a page that marks no article; `below` says that it stands after it."""
    if element.tag == "a":
        return Verdict.DROPPED
    if weight is None:
        return Verdict.KEPT
    if not weight.prose and weight.links and 2 * weight.linked >= weight.text:
        return Verdict.DROPPED
    if element.tag in _SET_TEXT and (below or element.tag[0] != "h"):
        return Verdict.KEPT
    return Verdict.APART


def _runs_on(element: HtmlElement, weights: dict[HtmlElement, Weight]) -> bool:
    """Whether an element is a further part of the text: paragraphs of prose one below the other, under no title or day of their own."""
    if element.tag == "article" or any(True for _ in element.iter("h1", "time", "article", "form")):
        return False
    if any(heading.find(".//a[@href]") is not None for heading in element.iter(*_HEADINGS)):
        return False
    for parent in {paragraph.getparent(): None for paragraph in element.iter("p")}:
        told = [one for one in parent if one.tag == "p" and one in weights and weights[one].is_told]
        if len(told) >= _LEAST_PARAGRAPHS and 2 * sum(weights[one].prose for one in told) >= weights[element].prose:
            return True
    return False


def lists_works(element: HtmlElement) -> bool:
    """Whether an element is a section of notes or of references: its first heading says so, and links do not fill it."""
    first = next(element.iter(*_HEADINGS), None)
    if first is None or len(first) > 3:
        return False
    words = "".join(islice(first.itertext(), 8)).strip()
    if not (NOTES_HEADING.fullmatch(words) or REFERENCES_HEADING.fullmatch(words)):
        return False
    return first.getparent() is element or len(list(islice(element.iter(*_HEADINGS), 2))) == 1


def holds(element: HtmlElement, inner: HtmlElement) -> bool:
    """Whether an element is another, or has it within."""
    return any(up is element for up in (inner, *inner.iterancestors()))


def is_stretch_of_prose(text: str, *, stops: bool) -> bool:
    """Whether a stretch of text reads as prose by its length; `stops` says that it ends as a sentence does."""
    return len(text) >= LEAST_RUN and (stops or len(text) >= 5 * LEAST_RUN)


def _has_figures(table: HtmlElement) -> bool:
    """Whether two cells of a table are figures."""
    figures = 0
    for cell in table.iter("td"):
        figures += _FIGURE.fullmatch("".join(islice(cell.itertext(), 8))[:40]) is not None
        if figures > 1:
            return True
    return False
