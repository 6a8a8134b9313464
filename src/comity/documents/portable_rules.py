"""The rules drawn on a PDF's page."""

from __future__ import annotations

import ctypes
from itertools import repeat
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
    import numpy as np
    from pypdfium2 import raw

    level: list[Box] = []
    upright: list[Box] = []
    numbers = range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_PATHS))
    every = list(map(doors()["FPDFPage_GetObject"], repeat(ctypes.byref(page.raw.contents)), numbers))
    kinds = map(doors()["FPDFPageObj_GetType"], every)
    drawings = [drawn for drawn, kind in zip(every, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_PATH]
    if not drawings:
        return level, upright
    bounds = np.zeros((len(drawings), 4), dtype=np.float32)
    begin, side = bounds.ctypes.data, bounds.itemsize
    sides = (range(begin + at * side, begin + bounds.nbytes, 4 * side) for at in range(4))
    told = np.array(list(map(doors()["FPDFPageObj_GetBounds"], drawings, *sides)), dtype=bool)
    boxes = bounds.astype(float)
    told &= (np.abs(boxes) < FARTHEST).all(axis=1)
    boxes[~told] = 0.0
    boxes -= [shown.left, shown.bottom, shown.left, shown.bottom]
    told &= (boxes[:, 2:] - boxes[:, :2] > _SHORT).any(axis=1)
    for number in np.flatnonzero(told).tolist():
        left, bottom, right, top = boxes[number].tolist()
        width, height = right - left, top - bottom
        if height < _THIN <= _SHORT < width:
            level.append(Box(left, bottom, right, top))
        elif width < _THIN <= _SHORT < height:
            upright.append(Box(left, bottom, right, top))
        elif width > _SHORT and height > _SHORT and _is_stroked(drawings[number]):
            level += [Box(left, bottom, right, bottom), Box(left, top, right, top)]
            upright += [Box(left, bottom, left, top), Box(right, bottom, right, top)]
    return level, upright


def _is_stroked(drawn: int) -> bool:
    """Whether a path is a rectangle whose outline is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    told = doors()["FPDFPath_GetDrawMode"](drawn, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(told and stroke.value and doors()["FPDFPath_CountSegments"](drawn) in (4, 5))
