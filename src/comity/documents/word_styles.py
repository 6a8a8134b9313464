"""The styles of a Word document by inheritance (ISO/IEC 29500-1, 17.7), as far as reading needs them."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """

    role: Role | None = None
    level: int | None = None
    listed: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

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
        )


PLAIN = Style()


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
    """Return the first child of that name, in half the time of `find`; None where there is none."""
    return next(element.iterchildren(tag), None)


def value(element: _Element | None) -> str:
    """Return the `val` of a property; empty where there is none."""
    return "" if element is None else element.get(_VAL) or ""


def attribute(element: _Element, name: str) -> str:
    """Return an attribute of the namespace; empty where there is none."""
    return element.get(W + name) or ""


def is_on(element: _Element | None) -> bool | None:
    """Return whether a property is switched on (17.17.4); None where it is not there."""
    return None if element is None else element.get(_VAL) not in _OFF


def is_raised(properties: _Element) -> bool | None:
    """Return whether the properties of a run set it above the line; None where they do not say."""
    found = properties.find(f"{W}vertAlign")
    return None if found is None else found.get(_VAL) == "superscript"


def outline_level(properties: _Element | None) -> int | None:
    """Return the outline level of a paragraph or style from 1, 0 for body text; None where it has none of its own."""
    own = value(None if properties is None else child_of(properties, _LEVEL))
    if not (own.isascii() and own.isdecimal()) or len(own) > 2:
        return None
    return int(own) + 1 if int(own) < _LEVELS else 0


def is_listed(properties: _Element | None) -> bool | None:
    """Return whether a paragraph or style is numbered or has bullets; None where it does not say."""
    numbered = None if properties is None else child_of(properties, _NUMBERED)
    return None if numbered is None else value(numbered.find(f"{W}numId")) != "0"


def styles_of(root: _Element | None) -> dict[str, Style]:
    """Return the styles by their ids, each with what it takes from those it is based on; what is based on itself ends there."""
    own: dict[str, tuple[Style, str]] = {}
    for style in root.findall(f"{W}style") if root is not None else ():
        paragraph, run = style.find(f"{W}pPr"), style.find(f"{W}rPr")
        role, level = role_of(value(style.find(f"{W}name")))
        said = outline_level(paragraph)
        own[attribute(style, "styleId")] = (
            Style(
                role,
                (level if role is Role.HEADING else None) if said is None else said,
                is_listed(paragraph),
                None if run is None else is_on(run.find(f"{W}vanish")),
                None if run is None else is_raised(run),
            ),
            value(style.find(f"{W}basedOn")),
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
