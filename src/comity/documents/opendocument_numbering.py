"""The numbers of an OpenDocument text's headings and entries of lists (OpenDocument 1.2, part 1, 5.3 and 16.30 to 16.34)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.documents.list_labels import printed, shown
from comity.documents.opendocument_styles import TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_LATER = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_P, _H, _LIST = f"{TEXT}p", f"{TEXT}h", f"{TEXT}list"
# What holds paragraphs of the text around it.
_PASSED = frozenset((f"{TEXT}section", f"{TEXT}list-header", *(
    f"{_TABLE}{name}" for name in "table table-rows table-row-group table-header-rows table-row table-cell".split()
)))  # fmt: skip
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_PART = re.compile(r"%(\d{1,2})%")
_OUTLINE = "the outline"  # no name of a style has a space
_LETTERS = 26
_MOST_DEPTH = 150


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: its first number, its numbers' format, and its label; `pattern` has %1% for the first level's number."""

    start: int
    format: str
    prefix: str
    suffix: str
    shown: int
    pattern: str | None
    synced: bool


@dataclass(slots=True)
class _Counts:
    """The numbers of a list so far, by its levels; `top` is the first that is its own."""

    top: int = 1
    at: dict[int, int] = field(default_factory=dict)

    def count(self, levels: Mapping[int, _Level], level: int, first: int, *, anew: bool) -> None:
        """Count an entry; one above that was passed over counts as if it had been there, those below begin anew."""
        for above in range(self.top, level):
            if above in levels:
                self.at.setdefault(above, levels[above].start)
        self.at[level] = first if anew or level not in self.at else self.at[level] + 1
        for deeper in [one for one in self.at if one > level]:
            del self.at[deeper]


@dataclass(frozen=True, slots=True)
class _Open:
    """A list that is open."""

    style: str
    level: int
    counts: _Counts


def labels_of(body: _Element, *roots: _Element | None) -> dict[_Element, str]:
    """Return the labels of the paragraphs that have one; the styles are in the roots, of two of one name the first counts."""
    numbering = _Numbering(_styles(roots), _own_lists(roots))
    numbering.walk(body, None, 0)
    return numbering.labels


class _Numbering:
    """The lists of a document while they are counted."""

    def __init__(self, styles: Mapping[str, dict[int, _Level]], own: Mapping[str, str | None]) -> None:
        self._styles = styles
        self._own = own
        self._outline = _Counts()
        self._last: dict[str, _Counts] = {}  # by a list's style
        self._named: dict[str, _Counts] = {}
        self.labels: dict[_Element, str] = {}

    def walk(self, element: _Element, within: _Open | None, depth: int) -> None:
        """Count what stands below an element; text boxes and notes count for themselves, and have no sure labels."""
        if depth > _MOST_DEPTH:
            return
        for child in element:
            tag = child.tag
            if tag == _LIST:
                self._list(child, within, depth)
            elif tag == _H and element.tag != f"{TEXT}list-item" and element.tag != f"{TEXT}list-header":
                self._heading(child)
            elif tag in _PASSED and child.get(f"{TEXT}display") != "none":
                self.walk(child, within if tag == f"{TEXT}list-header" else None, depth + 1)

    def _list(self, element: _Element, around: _Open | None, depth: int) -> None:
        style = str(element.get(f"{TEXT}style-name") or (around.style if around else ""))
        counts: _Counts | None
        if around is not None and around.style == style:
            counts = around.counts
        elif element.get(f"{TEXT}continue-numbering") == "true":
            counts = self._last.get(style)
        else:
            counts = self._named.get(str(element.get(f"{TEXT}continue-list") or ""))
        level = around.level + 1 if around else 1
        opened = _Open(style, level, counts or _Counts(level))
        self._last[style] = opened.counts
        if (name := element.get(_ID)) is not None:
            self._named[str(name)] = opened.counts
        for entry in element:
            if entry.tag == f"{TEXT}list-item":
                first = next(iter(entry), None)
                if first is not None and first.tag in (_P, _H):
                    self._entry(entry, first, opened)
            if isinstance(entry.tag, str):
                self.walk(entry, opened, depth + 1)

    def _entry(self, entry: _Element, first: _Element, opened: _Open) -> None:
        levels = self._styles.get(opened.style, {})
        level = levels.get(opened.level)
        told = _figure(entry, f"{TEXT}start-value")
        start = told if told is not None else level.start if level is not None else 1
        opened.counts.count(levels, opened.level, start, anew=told is not None)
        if entry.get(f"{TEXT}style-override") is None:
            self._put(first, opened.style, opened.level, opened.counts)

    def _heading(self, heading: _Element) -> None:
        depth = _figure(heading, f"{TEXT}outline-level") or 1
        level = self._styles.get(_OUTLINE, {}).get(depth)
        own = self._own.get(str(heading.get(f"{TEXT}style-name") or ""))
        if level is None or own is not None or heading.get(f"{TEXT}is-list-header") == "true":
            return
        told = _figure(heading, f"{TEXT}start-value") if heading.get(f"{TEXT}restart-numbering") == "true" else None
        anew = heading.get(f"{TEXT}restart-numbering") == "true"
        self._outline.count(self._styles[_OUTLINE], depth, level.start if told is None else told, anew=anew)
        self._put(heading, _OUTLINE, depth, self._outline)

    def _put(self, paragraph: _Element, style: str, level: int, counts: _Counts) -> None:
        label = _label(self._styles.get(style, {}), level, counts)
        if label:
            self.labels[paragraph] = label


def _label(levels: Mapping[int, _Level], level: int, counts: _Counts) -> str:
    own = levels.get(level)
    if own is None or own.format == "none":
        return ""
    if own.pattern is not None:
        wanted = [int(match[1]) for match in _PART.finditer(own.pattern)]
    else:
        wanted = list(range(max(level - own.shown, 0) + 1, level + 1))
    numbers: dict[int, str] = {}
    for one in wanted:
        known = levels.get(one)
        if known is None:  # one with bullets has no number
            numbers[one] = ""
            continue
        number = None if one > level or one not in counts.at else printed(counts.at[one], known.format)
        beyond = "Letter" in known.format and counts.at.get(one, 0) > _LETTERS and not known.synced
        if number is None or beyond:
            return ""
        numbers[one] = number
    if own.pattern is not None:
        return shown(_PART.sub(lambda match: numbers[int(match[1])], own.pattern))
    return shown(own.prefix + ".".join(number for number in numbers.values() if number) + own.suffix)


def _styles(roots: tuple[_Element | None, ...]) -> dict[str, dict[int, _Level]]:
    """Return the levels with numbers of the styles of lists, by their names."""
    found: dict[str, dict[int, _Level]] = {}
    for root in roots:
        for style in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style") if root is not None else ():
            outline = style.tag == f"{TEXT}outline-style"
            name = _OUTLINE if outline else str(style.get(f"{_STYLE}name") or "")
            if name in found or style.get(f"{TEXT}consecutive-numbering") == "true":
                continue
            kind = f"{TEXT}outline-level-style" if outline else f"{TEXT}list-level-style-number"
            found[name] = {_figure(one, f"{TEXT}level") or 1: _level(one) for one in style.findall(kind)}
    return found


def _level(element: _Element) -> _Level:
    start, depth = _figure(element, f"{TEXT}start-value"), _figure(element, f"{TEXT}display-levels")
    pattern = element.get(f"{_STYLE}num-list-format") or element.get(f"{_LATER}num-list-format")
    return _Level(
        1 if start is None else start,
        _FORMATS.get(str(element.get(f"{_STYLE}num-format") or ""), ""),
        str(element.get(f"{_STYLE}num-prefix") or ""),
        str(element.get(f"{_STYLE}num-suffix") or ""),
        depth or 1,
        None if pattern is None else str(pattern),
        element.get(f"{_STYLE}num-letter-sync") == "true",
    )


def _own_lists(roots: tuple[_Element | None, ...]) -> dict[str, str | None]:
    """Return for each style of paragraphs the list that it, or one that it is based on, names; empty where it has none on purpose."""
    own: dict[str, tuple[str | None, str]] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            if style.get(f"{_STYLE}family") == "paragraph":
                named = style.get(f"{_STYLE}list-style-name")
                parent = str(style.get(f"{_STYLE}parent-style-name") or "")
                own.setdefault(str(style.get(f"{_STYLE}name") or ""), (None if named is None else str(named), parent))
    found: dict[str, str | None] = {}
    for name in own:
        at, seen = name, set[str]()
        while at in own and own[at][0] is None and at not in seen:
            seen.add(at)
            at = own[at][1]
        found[name] = own[at][0] if at in own else None
    return found


def _figure(element: _Element, name: str) -> int | None:
    number = str(element.get(name) or "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else None
