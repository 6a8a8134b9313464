"""The notes of a page and what calls them: links both ways, roles, notes in the margin, and marks that link nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from comity.documents.footnotes import NOTES_HEADING
from comity.documents.inline import is_power

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LABEL = re.compile(
    r"[\[(]?\s*(?:(?:note|nb|n|fn|lower-alpha|upper-alpha)[\s.]?)?(\d{1,3}|[ivxlc]{1,6}|[a-z]|[*†‡§]{1,3})\s*[\])]?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"foot-?note|end-?note|side-?note|note-?ref|cite_note|(?:^|[\W_])(?:s?d?ftnt?|e?dn|s?d?fn|notes?|refs?|references?|reflist)(?=$|[\W_\d])",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"[\s↩↑^⤴⏎↵←⬆\ufe0e\ufe0f\[\]()]*(?:(?:jump|go|return|back)(?: (?:up|back|to|the|text|content|top|article|reference|\d+))*)?[\s↩↑^⤴\ufe0e\[\]().]*",
    re.IGNORECASE,
)
_BACK_CLASS = re.compile(
    r"back-?(?:link|ref)|reverse-?footnote|footnote-back|(?:to|back)-top|doc-backlink", re.IGNORECASE
)
# Notes that stand where they are called, and are set into the margin or a box by the page's style.
_ASIDE = re.compile(
    r"(?:^|[\s_])(?:sidenote|side-note|marginnote|margin-note|footnote__note|modern-footnotes-footnote__note|inline-?footnote)(?=$|\s)"
)
_TOGGLE = re.compile(r"(?:^|\s)margin-toggle(?=$|\s)")
_LEAD = re.compile(r"\s*(?:\[\s?([0-9]{1,3}|[ivxlc]{1,6}|[a-z])\s?\]|\(([0-9]{1,3})\)|([0-9]{1,3})[.)]?(?=\s))")
_BARE = re.compile(r"\[\s?([0-9]{1,3}|[ivxlc]{1,6})\s?\]")
_SUPER = re.compile(r"vertical-align:\s*(?:super|top)|MsoFootnoteReference|superscript", re.IGNORECASE)
_HOMES = frozenset("li p dd aside div td".split())
_EDGES = frozenset("body article main html".split())
LONGEST_NOTE = 3000
_MAX_CLIMB = 6


@dataclass(slots=True)
class PageNote:
    """A note: its marker's label, and the element that holds its text."""

    label: str
    home: HtmlElement


@dataclass(slots=True)
class PageNotes:
    """The notes of a page.

    Attributes:
        notes: by the key that their markers name them by.
        markers: the elements that are markers, with the keys of their notes.
        homes: the elements that hold notes, with their keys; they are no part of the body.
        asides: of these, those that stand where they are called.
        brackets: the notes that bare marks in the text ("[3]") call, by label.
        dropped: what only switches a note on and off, or leads back from one.
    """

    notes: dict[str, PageNote] = field(default_factory=dict)
    markers: dict[HtmlElement, str] = field(default_factory=dict)
    homes: dict[HtmlElement, str] = field(default_factory=dict)
    asides: set[HtmlElement] = field(default_factory=set)
    brackets: dict[str, str] = field(default_factory=dict)
    dropped: set[HtmlElement] = field(default_factory=set)

    def put(self, key: str, label: str, home: HtmlElement) -> None:
        """Add a note."""
        self.notes[key] = PageNote(label, home)
        self.homes[home] = key


def find_notes(root: HtmlElement) -> PageNotes:
    """Return the notes of a page, those of links first; marks without links are taken for markers only where notes answer them."""
    found = PageNotes()
    _beside(root, found)
    _linked(root, found)
    _unlinked(root, found)
    return found


def _beside(root: HtmlElement, found: PageNotes) -> None:
    """Find the notes that stand where they are called."""
    for element in root.iter("span", "small", "aside", "div"):
        about = element.get("class") or ""
        if not about or not _ASIDE.search(about) or any(parent in found.homes for parent in element.iterancestors()):
            continue
        if not is_short(element):
            continue
        label = str(len(found.asides) + 1)
        before = element.getprevious()
        if before is not None and not (before.tail or "").strip() and before.tag in ("sup", "a", "span"):
            printed = _label(before)
            if printed:
                label = printed
                found.dropped.add(before)
        key = f"beside-{len(found.asides) + 1}"
        found.put(key, label, element)
        found.asides.add(element)
    for element in root.iter("label", "input"):
        if _TOGGLE.search(element.get("class") or ""):
            found.dropped.add(element)


def _linked(root: HtmlElement, found: PageNotes) -> None:
    """Find the notes that markers link to."""
    by_id: dict[str, HtmlElement] = {}
    for element in root.xpath("//*[@id or @name]"):
        for name in (element.get("id"), element.get("name")):
            if name:
                by_id.setdefault(name, element)
    links: list[tuple[HtmlElement, str, str]] = []  # link, key, label
    homes: dict[str, HtmlElement | None] = {}
    back: dict[str, frozenset[str]] = {}
    taken: set[HtmlElement] = set()
    for link in root.iter("a"):
        key = _fragment(link, by_id)
        label = _label(link) if key else ""
        # A marker stands in running text; what links from a note to another, or back into the text, is none.
        if not label or any(parent in taken for parent in link.iterancestors()):
            continue
        if key not in homes:
            homes[key] = home = _home(by_id[key])
            back[key] = frozenset() if home is None else _targets(home)
        home = homes[key]
        if home is None or home is link or _within(link, home) or not _calls(link, key, home, back[key]):
            continue
        if _leads(link) and not _leads(by_id[key]):
            continue
        links.append((link, key, label))
        taken.add(home)
    counts = Counter(parent for home in taken for parent in _nearest(home))
    for link, key, label in links:
        home = homes[key]
        if home is None or any(parent in taken for parent in link.iterancestors()):
            continue
        if key not in found.notes:
            home = _whole(home, counts)
            if home in found.homes or _within(link, home):
                continue
            found.put(key, label, home)
        found.markers[_raised(link)] = key
    _way_back(found)


def _way_back(found: PageNotes) -> None:
    """Find the links with which notes lead back."""
    for key, note in found.notes.items():
        for link in note.home.iter("a"):
            target = link.get("href") or ""
            words = "".join(link.itertext()).strip()
            about = f"{link.get('class') or ''} {link.get('role') or ''} {link.get('rev') or ''}"
            inner = "#" in target and len(words) <= 24
            if (inner or not target) and (
                _BACK.fullmatch(words)
                or _BACK_CLASS.search(about)
                or (inner and _label(link) and target.partition("#")[2] != key)
            ):
                found.dropped.add(_raised(link))
        for span in note.home.iter("span"):
            if "cite-backlink" in (span.get("class") or ""):
                found.dropped.add(span)


def _unlinked(root: HtmlElement, found: PageNotes) -> None:
    """Find the notes that raised or bracketed marks without links call, where the notes begin with the same marks."""
    raised = [
        sup
        for sup in root.iter("sup")
        if sup not in found.markers
        and sup.find(".//a[@href]") is None
        and sup not in found.dropped
        and (label := _label(sup))
        and not (label.isdecimal() and is_power(_before(sup), label))
    ]
    leading = {sup: home for sup in raised if (home := _led(sup)) is not None}
    called: dict[str, list[HtmlElement]] = {}
    for sup in raised:
        if sup not in leading and not any(parent in found.homes for parent in sup.iterancestors()):
            called.setdefault(_label(sup), []).append(sup)
    homes: dict[str, HtmlElement] = {}
    leads: dict[HtmlElement, HtmlElement] = {}
    for sup, home in leading.items():
        homes.setdefault(_label(sup), home)
        leads.setdefault(home, sup)
    below = False
    bare = _bare_marks(root)
    brackets: set[str] = set()
    for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "div", "strong", "b", "ol"):
        if element.tag == "ol":
            if below:
                _numbered(element, called, homes)
            continue
        if element.tag not in ("p", "li", "div"):
            words = "".join(element.itertext()) if len(element) < 5 else ""
            below = below or NOTES_HEADING.fullmatch(words.strip()) is not None
            continue
        lead = _LEAD.match(element.text or "")
        if (
            lead is None
            or element in found.homes
            or not is_short(element)
            or (element.tag == "div" and len(element) > 3)
        ):
            continue
        label = next(filter(None, lead.groups()))
        if lead[1] and label not in homes and (label in called or label in bare):
            homes[label] = element
            brackets.add(label)
        elif below and label in called:
            homes.setdefault(label, element)
    for label, home in homes.items():
        if home in found.homes or any(parent in found.homes for parent in home.iterancestors()):
            continue
        markers = [sup for sup in called.get(label, ()) if not _within(sup, home)]
        if not markers and label not in brackets:
            continue
        key = f"mark-{label}"
        found.put(key, label, home)
        found.dropped.update([leads[home]] if home in leads else [])
        found.markers.update(dict.fromkeys(markers, key))
        if label in brackets:
            found.brackets[label] = key


def _bare_marks(root: HtmlElement) -> set[str]:
    """Return the labels of the bracketed marks that stand behind words."""
    found: set[str] = set()
    for element in root.iter():
        if isinstance(element.tag, str) and element.text and "[" in element.text:
            found.update(match[1] for match in _BARE.finditer(element.text) if element.text[: match.start()].strip())
        if element.tail and "[" in element.tail:
            found.update(match[1] for match in _BARE.finditer(element.tail))
    return found


def _numbered(element: HtmlElement, called: dict[str, list[HtmlElement]], homes: dict[str, HtmlElement]) -> None:
    """Take the entries of a list below "Notes" for the notes, where they are just those that are called."""
    entries = [entry for entry in element if entry.tag == "li"]
    numbers = {label for label in called if label.isdecimal()}
    if entries and numbers == {str(number) for number in range(1, len(entries) + 1)} and not numbers & set(homes):
        homes.update((str(number), entry) for number, entry in enumerate(entries, 1) if is_short(entry))


def _led(sup: HtmlElement) -> HtmlElement | None:
    """Return the block that a raised mark begins; None where words stand before it."""
    one = sup
    for _ in range(_MAX_CLIMB):
        parent = one.getparent()
        if parent is None or (parent.text or "").strip() or one.getprevious() is not None:
            return None
        if parent.tag in _HOMES:
            rest = is_short(parent) and len("".join(parent.itertext()).strip()) > len("".join(sup.itertext()).strip())
            return parent if rest else None
        one = parent
    return None


def _before(element: HtmlElement) -> str:
    """Return the words right before an element in its block."""
    one = element
    for _ in range(_MAX_CLIMB):
        previous, parent = one.getprevious(), one.getparent()
        if previous is not None:
            return str(previous.tail or "".join(islice(previous.itertext(), 20)))
        if parent is None or parent.text or parent.tag in _HOMES or parent.tag in _EDGES:
            return "" if parent is None else str(parent.text or "")
        one = parent
    return ""


def _leads(element: HtmlElement) -> bool:
    """Whether no words stand before an element in its block."""
    one = element
    for _ in range(_MAX_CLIMB):
        if one.tag in _HOMES or one.tag in _EDGES:
            return True
        parent = one.getparent()
        if parent is None:
            return True
        if (parent.text or "").strip() or any(
            (before.tail or "").strip() or _inked(before) for before in islice(one.itersiblings(preceding=True), 3)
        ):
            return False
        one = parent
    return False


def _inked(element: HtmlElement) -> bool:
    return any(piece.strip() for piece in islice(element.itertext(), 20))


def _fragment(link: HtmlElement, by_id: dict[str, HtmlElement]) -> str:
    """Return the id in the page that a link leads to; "" where it leads elsewhere."""
    _, mark, target = (link.get("href") or "").partition("#")
    if not mark or not target:
        return ""
    return target if target in by_id else (unquote(target) if unquote(target) in by_id else "")


def _label(element: HtmlElement) -> str:
    """Return the label that an element consists of; "" where it says more."""
    words = ""
    for piece in element.itertext():
        words += piece
        if len(words) > 40:
            return ""
    match = _LABEL.fullmatch(words.strip())
    return match[1] if match is not None else ""


def _calls(link: HtmlElement, key: str, home: HtmlElement, back: frozenset[str]) -> bool:
    """Whether a link is set as a marker: raised, in brackets beside a way back, or named as one."""
    parent = link.getparent()
    style = f"{link.get('style') or ''} {link.get('class') or ''} {parent.get('class') if parent is not None else ''}"
    raised = any(up.tag == "sup" for up in (link, *_nearest(link, 2))) or link.find(".//sup") is not None
    about = " ".join(filter(None, (link.get("class"), link.get("role"), link.get("rel"), key)))
    role = (
        f"{home.get('role') or ''} {home.get('{http://www.idpf.org/2007/ops}type') or ''} {home.get('epub:type') or ''}"
    )
    return bool(raised or _SUPER.search(style) or _WORDS.search(about) or "note" in role or _leads_back(link, back))


def _leads_back(link: HtmlElement, back: frozenset[str]) -> bool:
    """Whether a note's own links lead to where it is called."""
    return bool(back) and any(
        name in back
        for up in (link, *_nearest(link, 3))
        if up.tag not in _EDGES
        for name in (up.get("id"), up.get("name"))
        if name
    )


def _targets(home: HtmlElement) -> frozenset[str]:
    """Return the ids that the links of an element lead to."""
    return frozenset(unquote((link.get("href") or "").partition("#")[2]) for link in home.iter("a")) - {""}


def _home(element: HtmlElement) -> HtmlElement | None:
    """Return the block that a marker's target stands for: itself, or the list item, paragraph or cell around it."""
    for one in (element, *element.iterancestors()):
        if one.tag in _HOMES:
            if not is_short(one):
                return None
            inked = any(piece.strip() for piece in one.itertext())
            # An empty anchor of its own line stands before its note.
            following = one.getnext()
            if not inked or (one is element and _label(one) and following is not None):
                parent = one.getparent()
                return (
                    parent
                    if one.tag == "td" and parent is not None and parent.tag == "tr" and is_short(parent)
                    else following
                )
            return one
        if one.tag in _EDGES or one.tag == "section":
            return None
    return None


def _whole(home: HtmlElement, counts: Counter[HtmlElement]) -> HtmlElement:
    """Return the element around a note's block that holds all of it and no other note."""
    best = home
    for parent in _nearest(home):
        if counts[parent] > 1 or parent.tag in _EDGES or not is_short(parent):
            break
        about = f"{parent.get('id') or ''} {parent.get('class') or ''} {parent.get('style') or ''} {parent.get('role') or ''}"
        if (
            parent.tag == "li"
            or (parent.tag == "tr" and best.tag == "td")
            or (
                parent.tag in ("div", "aside", "section")
                and _WORDS.search(about)
                and not re.search(r"footnotes|endnotes|-list|_list|references|reflist|wrapper", about, re.IGNORECASE)
            )
        ):
            best = parent
    return best


def _raised(link: HtmlElement) -> HtmlElement:
    """Return the element around a marker that holds nothing else: its raising, its brackets."""
    best = link
    for parent in _nearest(link, 4):
        if parent.tag not in ("sup", "span", "b", "i", "em", "strong", "small") or not _label(parent):
            break
        best = parent
    return best


def _nearest(element: HtmlElement, most: int = _MAX_CLIMB) -> Iterator[HtmlElement]:
    for count, parent in enumerate(element.iterancestors()):
        if count >= most:
            return
        yield parent


def _within(element: HtmlElement, home: HtmlElement) -> bool:
    return any(parent is home for parent in element.iterancestors())


def is_short(element: HtmlElement) -> bool:
    """Whether an element has some text, and no more than a note has; a whole page is not gathered to tell."""
    length = 0
    for one in element.iter():
        # Styles within a note, and the spaces that set its source in, are none of its text.
        own = one.text if isinstance(one.tag, str) and one.tag not in ("style", "script") else None
        for piece in (own, one.tail if one is not element else None):
            length += len(piece.strip()) if piece else 0
        if length >= LONGEST_NOTE:
            return False
    return length > 0
