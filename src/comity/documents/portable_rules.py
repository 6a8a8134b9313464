"""The rules drawn on a PDF's page."""

from __future__ import annotations

import ctypes
from typing import Any

from comity.documents.portable_glyphs import FARTHEST, Box, doors

# In points: what is thinner is drawn as a rule, and what is shorter is none.
_THIN, _SHORT = 2.6, 6.0
_MOST_PATHS = 20_000


def rules_of(page: Any, shown: Box) -> tuple[list[Box], list[Box]]:
    """Return the horizontal and the vertical rules drawn on a page, the sides of rectangles among them.

    Args:
        page: as pypdfium2 has it.
        shown: what shows of the page; the rules count from its lower left corner.
    """
    from pypdfium2 import raw

    level: list[Box] = []
    upright: list[Box] = []
    sides = [ctypes.c_float() for _ in range(4)]
    numbers = range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_PATHS))
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    drawings = list(map(doors()["FPDFPage_GetObject"], [handle] * len(numbers), numbers))
    kinds = map(doors()["FPDFPageObj_GetType"], drawings)
    for number, kind in enumerate(kinds):
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        drawn = raw.FPDFPage_GetObject(page.raw, number)
        if not raw.FPDFPageObj_GetBounds(drawn, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if not all(abs(side) < FARTHEST for side in (left, bottom, right, top)):
            continue
        left, bottom, right, top = left - shown.left, bottom - shown.bottom, right - shown.left, top - shown.bottom
        width, height = right - left, top - bottom
        if height < _THIN <= _SHORT < width:
            level.append(Box(left, bottom, right, top))
        elif width < _THIN <= _SHORT < height:
            upright.append(Box(left, bottom, right, top))
        elif width > _SHORT and height > _SHORT and _is_stroked(drawn):
            level += [Box(left, bottom, right, bottom), Box(left, top, right, top)]
            upright += [Box(left, bottom, left, top), Box(right, bottom, right, top)]
    return level, upright


def _is_stroked(drawn: Any) -> bool:
    """Whether a path is a rectangle whose outline is drawn."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(drawn, fill, stroke) or not stroke.value:
        return False
    return raw.FPDFPath_CountSegments(drawn) in (4, 5)
