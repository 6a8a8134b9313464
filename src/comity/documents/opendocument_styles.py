"""The styles of an OpenDocument text by inheritance (OpenDocument 1.2, part 1, 16), as far as reading needs them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.documents.style_names import Role, role_of

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of a paragraph or a span; None where neither it nor what it is based on says."""

    role: Role | None = None
    level: int = 0
    hidden: bool | None = None
    raised: bool | None = None


PLAIN = Style()


def named_style(name: str) -> Style:
    """Return a style that a file uses without describing it, as its name says."""
    return Style(*role_of(name)) if name else PLAIN


def styles_of(*roots: _Element | None) -> dict[tuple[str, str], Style]:
    """Return the styles by family and name; of two of one name, which only parts of their own have, the first counts."""
    own: dict[tuple[str, str], tuple[Style, str]] = {}
    for root in roots:
        for style in root.iter(f"{_STYLE}style") if root is not None else ():
            key = (str(style.get(f"{_STYLE}family")), str(style.get(f"{_STYLE}name")))
            if key not in own:
                own[key] = (_own(style), str(style.get(f"{_STYLE}parent-style-name") or ""))
    found: dict[tuple[str, str], Style] = {}
    for key in own:
        chain: list[tuple[str, str]] = []
        seen: set[tuple[str, str]] = set()
        while key in own and key not in found and key not in seen:
            chain.append(key)
            seen.add(key)
            key = (key[0], own[key][1])
        base = found.get(key, PLAIN if key in own else named_style(key[1]))
        for each in reversed(chain):
            base = found[each] = _over(own[each][0], base)
    return found


def _own(style: _Element) -> Style:
    role, level = role_of(str(style.get(f"{_STYLE}display-name") or style.get(f"{_STYLE}name") or ""))
    properties = style.find(f"{_STYLE}text-properties")
    if properties is None:
        return Style(role, level)
    position = str(properties.get(f"{_STYLE}text-position") or "")
    display = properties.get(f"{TEXT}display")
    return Style(
        role,
        level,
        None if display is None else display == "none",
        (position.startswith("super") or (position[:1].isdigit() and not position.startswith("0")))
        if position
        else None,
    )


def _over(style: Style, base: Style) -> Style:
    if style.role is None or style.role is Role.BODY:
        style = replace(style, role=base.role, level=base.level)
    return replace(
        style,
        hidden=base.hidden if style.hidden is None else style.hidden,
        raised=base.raised if style.raised is None else style.raised,
    )
