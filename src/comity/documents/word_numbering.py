"""The numbers of a Word document's paragraphs as Word prints them (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.documents.list_labels import printed, shown
from comity.documents.word_styles import Style, W, attribute, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_LEVELS = 9
_PART = re.compile(r"%([1-9])")
# Fonts in which figures and letters are pictures.
_PICTURED = re.compile(r"symbol|(?:web|wing)dings", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list.

    Attributes:
        format: the name of its numbers' format; "" where the file says it in a way that is not read.
        text: the label, in which %1 is the number of the first level.
        restart: the level, from 1, whose entries make it begin anew; 0 where none does, None where all above do.
        legal: whether all numbers of its label are in figures.
        style: the id of the paragraphs' style that it belongs to.
    """

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it; `counted` is the definition whose numbers it goes on with, `anew` the levels that it begins itself."""

    counted: str
    levels: dict[int, _Level]
    anew: frozenset[int] = frozenset()


class Lists:
    """The lists of a document, counted while its paragraphs are read."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._english = _is_english(styles)
        self._lists = _lists(numbering, styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, own: tuple[str | None, int | None], style: Style) -> str:
        """Count a paragraph, and return its label; empty where it has none, or none that is sure.

        Args:
            own: the list and the level that the paragraph itself names.
            style: its style, which may name them too.
        """
        name = style.list_name if own[0] is None else own[0]
        found = self._lists.get(name or "")
        if found is None or name is None:
            return ""
        level = own[1]
        if level is None:
            by_style = (at for at, one in found.levels.items() if one.style and one.style == style.list_style)
            level = next(by_style, style.list_level or 0) if own[0] is None else style.list_level or 0
        if level not in found.levels:
            return ""
        self._count(name, found, level)
        return self._printed(found, level)

    def _count(self, name: str, found: _List, level: int) -> None:
        counts = self._counts.setdefault(found.counted, {})
        anew = level in found.anew and (name, level) not in self._begun
        self._begun.add((name, level))
        counts[level] = found.levels[level].start if anew or level not in counts else counts[level] + 1
        for above in range(level):  # one that was passed over counts as if it had been there
            if above in found.levels:
                counts.setdefault(above, found.levels[above].start)
        for deeper in [one for one in counts if one > level]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or level < restart:
                del counts[deeper]

    def _printed(self, found: _List, level: int) -> str:
        counts, own = self._counts[found.counted], found.levels[level]
        if own.format in ("", "bullet"):
            return ""
        label, at = "", 0
        for match in _PART.finditer(own.text):
            above = int(match[1]) - 1
            if above > level or above not in counts or above not in found.levels:
                return ""
            form = found.levels[above].format
            if form == "bullet" or not form:
                number = "" if form else None
            else:
                legal = own.legal and form != "none"
                number = printed(counts[above], "decimal" if legal else form, english=self._english)
            if number is None:
                return ""
            label, at = label + own.text[at : match.start()] + number, match.end()
        return shown(label + own.text[at:])


def _is_english(styles: _Element | None) -> bool:
    """Whether a document is written in English, as far as its styles say."""
    found = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return value(found).lower().startswith("en")


def _lists(numbering: _Element | None, styles: _Element | None) -> dict[str, _List]:
    if numbering is None:
        return {}
    defined = {attribute(one, "abstractNumId"): one for one in numbering.findall(f"{W}abstractNum")}
    nums = {attribute(one, "numId"): one for one in numbering.findall(f"{W}num")}
    linked: dict[str, str] = {}  # a style of lists -> the definition that it names
    for style in styles.findall(f"{W}style") if styles is not None else ():
        num = nums.get(value(style.find(f"{W}pPr/{W}numPr/{W}numId")))
        if attribute(style, "type") == "numbering" and num is not None:
            linked[attribute(style, "styleId")] = value(num.find(f"{W}abstractNumId"))
    found: dict[str, _List] = {}
    for name, num in nums.items():
        counted = value(num.find(f"{W}abstractNumId"))
        definition = defined.get(counted)
        link = "" if definition is None else value(definition.find(f"{W}numStyleLink"))
        if link:
            counted = linked.get(link, "")
            definition = defined.get(counted)
        if definition is not None and name != "0":  # 0 takes a paragraph out of its style's list (17.9.18)
            found[name] = _list(num, counted, definition)
    return found


def _list(num: _Element, counted: str, definition: _Element) -> _List:
    levels = {_at(one): _level(one, None) for one in definition.findall(f"{W}lvl")}
    anew: set[int] = set()
    for override in num.findall(f"{W}lvlOverride"):
        at = _at(override)
        start, own = _figure(override.find(f"{W}startOverride")), override.find(f"{W}lvl")
        if start is not None:
            anew.add(at)
        if own is not None:
            levels[at] = _level(own, start)
        elif start is not None and at in levels:
            known = levels[at]
            levels[at] = _Level(start, known.format, known.text, known.restart, known.legal, known.style)
    return _List(counted, {at: one for at, one in levels.items() if 0 <= at < _MOST_LEVELS}, frozenset(anew))


def _level(element: _Element, start: int | None) -> _Level:
    first = _figure(element.find(f"{W}start")) or 0  # zero where it is not told (17.9.25)
    form = element.find(f"{W}numFmt")
    return _Level(
        first if start is None else start,
        "" if _is_unsure(element) else "decimal" if form is None else value(form),
        value(element.find(f"{W}lvlText")),
        _figure(element.find(f"{W}lvlRestart")),
        is_on(element.find(f"{W}isLgl")) is True,
        value(element.find(f"{W}pStyle")),
    )


def _is_unsure(level: _Element) -> bool:
    """Whether a level's labels are pictures, hidden, or told in a way of later programs."""
    fonts = level.find(f"{W}rPr/{W}rFonts")
    pictured = fonts is not None and any(_PICTURED.search(str(font)) for font in fonts.values())
    later = level.find("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent") is not None
    hidden = is_on(level.find(f"{W}rPr/{W}vanish")) is True
    return pictured or later or hidden or level.find(f"{W}lvlPicBulletId") is not None


def _at(element: _Element) -> int:
    number = attribute(element, "ilvl")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 3 else -1


def _figure(element: _Element | None) -> int | None:
    number = value(element)
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else None
