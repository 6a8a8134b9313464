"""The styles of a Word document by inheritance (ISO/IEC 29500-1, 17.7), as far as reading needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from comity.documents.style_names import Role, role_of

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The strict variant of ISO/IEC 29500 has the same names in another namespace.
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_STRICT_MATH = "{http://purl.oclc.org/ooxml/officeDocument/math}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL, _LEVEL, _NUMBERED = f"{W}val", f"{W}outlineLvl", f"{W}numPr"
_OFF = frozenset(("0", "false", "off", "none"))
# An outline level of 9 makes a paragraph body text (17.3.1.20).
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of a paragraph or a run; None where neither it nor what it is based on says.

    Attributes:
        role: what its name says.
        level: the level of a heading, from 1; 0 for body text.
        listed: whether its paragraphs are entries of a list.
        hidden, raised: whether its text is hidden, or set above the line.
        list_name, list_level: the list of its paragraphs, and their level in it; `list_style` is the id of the style that says so.
    """

    role: Role | None = None
    level: int | None = None
    listed: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    list_name: str | None = None
    list_level: int | None = None
    list_style: str = ""

    def over(self, base: Style) -> Style:
        """Return this style as it is where it is based on another."""
        role = base.role if self.role is None or self.role is Role.BODY else self.role
        level = base.level if self.level is None else self.level
        return Style(
            role,
            level,
            base.listed if self.listed is None else self.listed,
            base.hidden if self.hidden is None else self.hidden,
            base.raised if self.raised is None else self.raised,
            base.list_name if self.list_name is None else self.list_name,
            base.list_level if self.list_level is None else self.list_level,
            self.list_style or base.list_style,
        )


PLAIN = Style()
Properties = Mapping[str, "_Element"]
"""Properties of a paragraph, a run or a style by their names."""
_NONE: Properties = MappingProxyType({})


def transitional(root: _Element | None) -> _Element | None:
    """Return a part with the names of the transitional variant, which all programs but a few write."""
    if root is None or _STRICT[1:-1] not in root.nsmap.values():
        return root
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.startswith(_STRICT):
            element.tag = W + element.tag[len(_STRICT) :]
        elif element.tag.startswith(_STRICT_MATH):
            element.tag = _MATH + element.tag[len(_STRICT_MATH) :]
        for key in [str(key) for key in element.attrib]:
            if key.startswith(_STRICT):
                element.set(W + key[len(_STRICT) :], element.attrib.pop(key))
    return root


def child_of(element: _Element, tag: str) -> _Element | None:
    """Return the first child of that name; None where there is none. Properties, which stand first, take a tenth of the time of `find`."""
    count = len(element)
    if not count:
        return None
    first = element[0]
    if first.tag == tag:
        return first
    return next(element.iterchildren(tag), None) if count > 1 else None


def properties_of(element: _Element | None, tag: str) -> Properties:
    """Return the properties that the first child of that name holds; none where there is no such child."""
    return named_children(None if element is None else child_of(element, tag))


def named_children(element: _Element | None) -> Properties:
    """Return the children of an element by their names, of each name the first."""
    if element is None or not len(element):
        return _NONE
    found: dict[str, _Element] = {}
    for child in element:
        found.setdefault(child.tag, child)
    return found


def value(element: _Element | None) -> str:
    """Return the `val` of a property; empty where there is none."""
    return "" if element is None else element.get(_VAL) or ""


def attribute(element: _Element, name: str) -> str:
    """Return an attribute of the namespace; empty where there is none."""
    return element.get(W + name) or ""


def is_on(element: _Element | None) -> bool | None:
    """Return whether a property is switched on (17.17.4); None where it is not there."""
    return None if element is None else element.get(_VAL) not in _OFF


def is_raised(alignment: _Element | None) -> bool | None:
    """Return whether a run's vertical alignment sets it above the line; None where it has none."""
    return None if alignment is None else alignment.get(_VAL) == "superscript"


def outline_level(properties: Properties) -> int | None:
    """Return the outline level of a paragraph or style from 1, 0 for body text; None where it has none of its own."""
    own = value(properties.get(_LEVEL))
    if not (own.isascii() and own.isdecimal()) or len(own) > 2:
        return None
    return int(own) + 1 if int(own) < _LEVELS else 0


def is_listed(properties: Properties) -> bool | None:
    """Return whether a paragraph or style is numbered or has bullets; None where it does not say."""
    numbered = properties.get(_NUMBERED)
    return None if numbered is None else value(numbered.find(f"{W}numId")) != "0"


def list_of(properties: Properties) -> tuple[str | None, int | None]:
    """Return the list that a paragraph or style names and its level in it, from 0; None where it does not say."""
    numbered = properties.get(_NUMBERED)
    if numbered is None:
        return None, None
    name, level = numbered.find(f"{W}numId"), value(numbered.find(f"{W}ilvl"))
    known = level.isascii() and level.isdecimal() and len(level) < 3
    return None if name is None else value(name), int(level) if known else None


def styles_of(root: _Element | None) -> dict[str, Style]:
    """Return the styles by their ids, each with what it takes from those it is based on; what is based on itself ends there."""
    own: dict[str, tuple[Style, str]] = {}
    for style in root.iterchildren(f"{W}style") if root is not None else ():
        told = named_children(style)
        paragraph, run = named_children(told.get(f"{W}pPr")), named_children(told.get(f"{W}rPr"))
        role, level = role_of(value(told.get(f"{W}name")))
        said = outline_level(paragraph)
        key, (list_name, list_level) = attribute(style, "styleId"), list_of(paragraph)
        own[key] = (
            Style(
                role,
                (level if role is Role.HEADING else None) if said is None else said,
                is_listed(paragraph),
                is_on(run.get(f"{W}vanish")),
                is_raised(run.get(f"{W}vertAlign")),
                list_name,
                list_level,
                key if list_name is not None or list_level is not None else "",
            ),
            value(told.get(f"{W}basedOn")),
        )
    found: dict[str, Style] = {}
    for key in own:
        chain: list[str] = []
        seen: set[str] = set()
        while key in own and key not in found and key not in seen:
            chain.append(key)
            seen.add(key)
            key = own[key][1]
        base = found.get(key, PLAIN)
        for each in reversed(chain):
            base = found[each] = own[each][0].over(base)
    return {key: _settled(style) for key, style in found.items()}


def _settled(style: Style) -> Style:
    """Return a style whose headings are told by their level: one that is based on a heading but set to body text is none."""
    if style.role is Role.HEADING and style.level == 0:
        return replace(style, role=None)
    return style
