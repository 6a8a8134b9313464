"""Formulas (Office Math Markup, ISO/IEC 29500-1, 22.1) in one line, so that 1/2 is not read as 12."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NAMES = ("e", "num", "den", "sub", "sup", "deg", "fName")


def formula(element: _Element) -> str:
    """Return a formula, or a part of one, as text."""
    if element.tag == f"{MATH}t":
        return element.text or ""
    part = {name: "".join(map(formula, element.findall(f"{MATH}{name}"))) for name in _NAMES}
    kind = element.tag.removeprefix(MATH) if isinstance(element.tag, str) else ""
    bar = element.find(f"{MATH}fPr/{MATH}type") if kind == "f" else None
    if bar is not None and bar.get(f"{MATH}val") == "noBar":
        return f"({part['num']} over {part['den']})"
    if kind == "f":
        return f"{_closed(part['num'])}/{_closed(part['den'])}"
    if kind in ("sSup", "sSub", "sSubSup"):
        return part["e"] + _set("_", part["sub"]) + _set("^", part["sup"])
    if kind == "rad":
        return f"{part['deg']}√{_closed(part['e'])}"
    if kind == "nary":
        sign = element.find(f"{MATH}naryPr/{MATH}chr")
        return (
            ((sign.get(f"{MATH}val") if sign is not None else None) or "∫")
            + _set("_", part["sub"])
            + _set("^", part["sup"])
            + part["e"]
        )
    if kind == "d":
        ends = [element.find(f"{MATH}dPr/{MATH}{name}") for name in ("begChr", "endChr")]
        begin, end = (
            sign if mark is None else mark.get(f"{MATH}val") or "" for mark, sign in zip(ends, "()", strict=True)
        )
        return f"{begin}{', '.join(map(formula, element.findall(f'{MATH}e')))}{end}"
    return "".join(formula(child) for child in element if isinstance(child.tag, str))


def _closed(text: str) -> str:
    return text if len(text) < 2 or text.replace(".", "").replace(",", "").isdecimal() else f"({text})"


def _set(sign: str, text: str) -> str:
    return f"{sign}{_closed(text)}" if text else ""
