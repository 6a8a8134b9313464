"""The words of a PDF's page by the boxes of their glyphs, and the rules that are drawn on it."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Measures in heights of a glyph's loose box, which is some 1.15 times the font's size. A gap parts two words, ...
_SPACE = 0.14
# ... and this much where the file itself has a space there.
_WRITTEN_SPACE = 0.06
# What overlaps less stands on another line; what stands this far back begins a new one.
_OVERLAP, _BACK = 0.35, 0.45
# A glyph so much smaller than its neighbour is set apart: it may be a raised mark.
_SMALLER = 0.84
# In points: what is thinner is drawn as a rule, and what is shorter is none.
_THIN, _SHORT = 2.6, 6.0
_HYPHENS = (2, 0xAD, 0xFFFE)
_MOST_PATHS = 20_000


class Box(NamedTuple):
    """A rectangle on a page in points, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Word:
    """A run of glyphs with no space between them, of one size.

    Attributes:
        size: the height of its glyphs' loose boxes.
        follows: 0 where it begins a line or stands apart, 1 behind a space, 2 right behind the word before.
        first: the number of its first glyph in the page's text.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    follows: int
    first: int


@lru_cache(maxsize=1)
def _doors() -> tuple[Any, Any]:
    """Pdfium's functions for a glyph's box and character, called without the checks of every argument."""
    from pypdfium2 import raw

    box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    character = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
    return (
        box(ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0),
        character(ctypes.cast(raw.FPDFText_GetUnicode, ctypes.c_void_p).value or 0),
    )


def words_of(text_page: Any) -> list[Word]:
    """Return the words of a page in the order of its content."""
    import numpy as np
    from pypdfium2 import raw

    page = text_page.raw
    count = raw.FPDFText_CountChars(page)
    if count <= 0:
        return []
    handle = ctypes.cast(page, ctypes.c_void_p).value
    box_of, character_of = _doors()
    boxes = (raw.FS_RECTF * count)()
    step, start = ctypes.sizeof(raw.FS_RECTF), ctypes.addressof(boxes)
    list(map(box_of, [handle] * count, range(count), range(start, start + count * step, step)))
    codes = np.array(list(map(character_of, [handle] * count, range(count))), dtype=np.uint32)
    # FS_RECTF is left, top, right, bottom (fpdfview.h).
    rectangles = np.frombuffer(boxes, dtype=np.float32).reshape(count, 4)
    return _grouped(codes, rectangles.astype(np.float64))


def _grouped(codes: NDArray[np.uint32], boxes: NDArray[np.float64]) -> list[Word]:
    import numpy as np

    codes = np.where(np.isin(codes, _HYPHENS), ord("-"), codes)
    blank = (
        (codes <= 32)
        | (codes == 0xA0)
        | ((codes >= 0x2000) & (codes <= 0x200B))
        | (codes == 0x3000)
        | (codes == 0x202F)
    )
    blank |= (
        ((codes >= 0xD800) & (codes <= 0xDFFF))
        | (codes > 0x10FFFF)
        | ((codes >= 0x7F) & (codes < 0xA0))
        | (codes == 0xFEFF)
    )
    kept = np.flatnonzero(~blank)
    if not len(kept):
        return []
    left, top, right, bottom = boxes[kept].T
    size = np.maximum(top - bottom, 0.1)
    least = np.minimum(size[1:], size[:-1])
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    gap = left[1:] - right[:-1]
    written = kept[1:] - kept[:-1] > 1
    line = (overlap < _OVERLAP * least) | (left[1:] < left[:-1] - _BACK * np.maximum(size[1:], size[:-1]))
    space = (gap > _SPACE * least) | (written & (gap > _WRITTEN_SPACE * least))
    other = least < _SMALLER * np.maximum(size[1:], size[:-1])
    begins = np.concatenate([[True], line | space | other])
    starts = np.flatnonzero(begins)
    follows = np.concatenate([[0], np.where(line, 0, np.where(space, 1, 2))])[starts]
    lefts, bottoms = np.minimum.reduceat(left, starts), np.minimum.reduceat(bottom, starts)
    rights, tops = np.maximum.reduceat(right, starts), np.maximum.reduceat(top, starts)
    text = "".join(map(chr, codes[kept].tolist()))
    ends = np.append(starts[1:], len(kept)).tolist()
    words = []
    for begin, end, *box, following, first in zip(
        starts.tolist(),
        ends,
        lefts.tolist(),
        bottoms.tolist(),
        rights.tolist(),
        tops.tolist(),
        follows.tolist(),
        kept[starts].tolist(),
        strict=True,
    ):
        low, foot, high, head = box
        words.append(Word(text[begin:end], low, foot, high, head, head - foot, following, first))
    return words


def size_of(text_page: Any, glyph: int) -> float:
    """Return the size of a glyph's font as it stands on the page, in points; 0 where pdfium does not tell."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text_page.raw, glyph))
    if raw.FPDFText_GetMatrix(text_page.raw, glyph, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size


def is_bold(text_page: Any, glyph: int) -> bool:
    """Whether a glyph's font is bold by its name, or by its weight where it has none."""
    from pypdfium2 import raw

    buffer = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text_page.raw, glyph, buffer, 128, None)
    name = buffer.value.decode("latin-1").lower()
    if name:
        return any(word in name for word in ("bold", "black", "heavy", "demi"))
    return int(raw.FPDFText_GetFontWeight(text_page.raw, glyph)) >= 600


def rules_of(page: Any) -> tuple[list[Box], list[Box]]:
    """Return the horizontal and the vertical rules drawn on a page, the sides of rectangles among them."""
    from pypdfium2 import raw

    level: list[Box] = []
    upright: list[Box] = []
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_PATHS)):
        drawn = raw.FPDFPage_GetObject(page.raw, number)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(drawn, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
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
