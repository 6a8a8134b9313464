"""The tags of a page as written: what is nested too deep for a parser is set side by side first."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table figure figcaption address hr details summary center tr td th thead tbody tfoot caption body html".split()
)
# Of elements within elements, so many are kept; parsers give up at 256, and no author nests so deep by intent.
MAX_NESTED = 120
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1\s*>|\Z)|<(?P<close>/)?(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?(?P<alone>/)?>",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
# What a tag closes where the page leaves its end out.
_ENDS = {
    "p": {"p"},
    "li": {"li", "p"},
    "dd": {"dd", "dt", "p"},
    "dt": {"dd", "dt", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "tr": {"td", "th", "tr", "p"},
    "option": {"option"},
}

# What is removed from a text, or no longer holds (HTML Standard, 4.7.2 and 4.5.5; `strike` is the old name).
_STRUCK = "//body//*[self::del or self::s or self::strike or contains(@style, 'line-through')]"

# Pictures and fonts that a saved page has within it. A parser takes ten million characters of one value and no more.
_DATA = re.compile(r"(data:[\w/+.;=-]{0,100}base64,)[A-Za-z0-9+/=%]{200,}", re.IGNORECASE)


def without_data(page: str) -> str:
    """Return a page without the pictures and fonts that stand in it as data; its lines stay as they are."""
    return _DATA.sub(r"\1", page) if "base64," in page else page


def without_struck(root: HtmlElement) -> int:
    """Take what a page strikes out from its tree; returns how many characters of text that was."""
    length = 0
    for element in root.xpath(_STRUCK):
        if any(parent is root for parent in element.iterancestors()):  # else it went with what was around it
            length += len("".join(element.itertext()).strip())
            element.clear(keep_tail=True)
    return length


def flattened(page: str) -> str:
    """Return a page without the tags that stand deeper than MAX_NESTED; a block there becomes a paragraph, no text is lost."""
    parts: list[str] = []
    opened: list[str] = []
    counts: Counter[str] = Counter()
    at = 0
    for match in _PIECE.finditer(page):
        tag = (match["tag"] or "").lower()
        if not tag or tag in _VOID:
            continue
        deep = False
        if match["close"]:
            if not counts[tag]:
                continue
            while opened:
                deep = deep or len(opened) > MAX_NESTED
                last = opened.pop()
                counts[last] -= 1
                if last == tag:
                    break
        else:
            while opened and opened[-1] in _ENDS.get(tag, ()):
                counts[opened.pop()] -= 1
            opened.append(tag)
            counts[tag] += 1
            deep = len(opened) > MAX_NESTED
        if deep:
            parts.append(page[at : match.start()])
            parts.append("<p>" if tag in BLOCKS else "")
            at = match.end()
    return "".join([*parts, page[at:]])
