"""How much text stands in each part of a page, how much of it is linked, and how much reads as prose."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.documents.web_furniture import COMMENTS, Verdict, furniture_words, is_furniture, named_verdict, words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that run along in a line; every other may hold blocks.
_RUNNING = frozenset(
    "a abbr b bdi bdo big br cite code data del dfn em i img ins kbd label mark q ruby rt rp s samp small span strike strong sub sup time tt u var wbr".split()
)
_STOP = re.compile(r"[.?!…。！？؟।:;][\"”’')\]]*\s*$")
LEAST_RUN = 40


@dataclass(slots=True)
class Weight:
    """How much text stands within an element, how much of it is linked, and how much reads as prose."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    title: bool = False

    @property
    def is_told(self) -> bool:
        """Whether it has prose, and little of its text is linked."""
        return self.prose > 0 and 4 * self.linked <= self.text

    def add(self, other: Weight) -> None:
        """Add what stands in a part."""
        self.text += other.text
        self.linked += other.linked
        self.prose += other.prose
        self.links += other.links
        self.title = self.title or other.title


def weigh(
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
            if plain >= LEAST_RUN and (_STOP.search(ending) or plain >= 5 * LEAST_RUN):
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
                told = named_verdict(element, weight)
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
    """Keep what is named as furniture and yet has the most of the page's prose: a wrapper "has-sidebar", its sections "with-ads"."""
    alike: dict[tuple[HtmlElement | None, str], list[HtmlElement]] = {}
    for element in named:
        if not words_of(element) & COMMENTS:
            key = (element.getparent(), " ".join(sorted(furniture_words(element))))
            alike.setdefault(key, []).append(element)
    most = max(alike.values(), key=lambda group: sum(named[one].prose for one in group), default=[])
    if sum(named[one].prose for one in most) <= weights[body].prose:
        return
    for element in most:
        verdicts.pop(element, None)
        for parent in element.iterancestors():
            if parent in weights:
                weights[parent].add(named[element])
            verdicts.pop(parent, None)
            if parent is body:
                break
