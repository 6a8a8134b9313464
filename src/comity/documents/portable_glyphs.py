"""What pdfium tells of the glyphs of a PDF's page: their characters, their boxes, and their fonts."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

# In points: what lies farther off has no place.
FARTHEST = 100_000.0
# What is no part of a word, and what is no character (Unicode 23.7) but may stand for one here.
_PLAIN = {0xAD: "-", 0x2217: "*"} | dict.fromkeys(
    [
        *range(2),
        *range(3, 32),
        *range(0x7F, 0xA1),
        *range(0x2000, 0x200C),
        0x202F,
        0x3000,
        *range(0xFDD0, 0xFDF0),
        0xFEFF,
        0xFFFD,
    ],
    " ",
)
# TeX's fonts by their numbers where a PDF does not say what they are: quotation marks, dashes and ligatures of the Cork encoding,
# which LaTeX calls T1 (TUGboat 11, 1990, no. 4, "Report on multilingual activities").
_CORK = dict(
    zip("\x10\x11\x12\x13\x14\x15\x16\x1b\x1c\x1d\x1e\x1f", "“”„«»–—\ufb00\ufb01\ufb02\ufb03\ufb04", strict=True)
)
_CORK_CODE = re.compile("[\x10-\x16\x1b-\x1f]")
_FONT_NAME = ctypes.c_char * 128
# So many glyphs of a page are asked whether their font tells what they are; where most do not, the text is no text.
_ASKED = 60
# In sizes of a font that does not tell them: how far its lines reach above and below their foot, as those of Helvetica (Adobe's AFM
# has 0.931 and 0.225 as the edges of its box).
_ASCENT, _DESCENT = 0.931, 0.225


class Box(NamedTuple):
    """A rectangle on a page in points, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@lru_cache(maxsize=1)
def doors() -> dict[str, Any]:
    """Functions of pdfium that are called for every word; called without checks of the arguments."""
    from pypdfium2 import raw

    number, pointer, real = ctypes.c_int, ctypes.c_void_p, ctypes.c_float
    kinds = {
        "FPDFText_GetLooseCharBox": (number, pointer, number, pointer),
        "FPDFText_GetUnicode": (ctypes.c_uint, pointer, number),
        "FPDFText_GetCharBox": (number, pointer, number, *[pointer] * 4),
        "FPDFText_GetCharOrigin": (number, pointer, number, pointer, pointer),
        "FPDFText_GetCharAngle": (real, pointer, number),
        "FPDFText_HasUnicodeMapError": (number, pointer, number),
        "FPDFPage_GetObject": (pointer, pointer, number),
        "FPDFPageObj_GetType": (number, pointer),
    }
    return {
        name: ctypes.CFUNCTYPE(*kind)(ctypes.cast(getattr(raw, name), pointer).value or 0)
        for name, kind in kinds.items()
    }


def loose_boxes(handle: int | None, glyphs: Sequence[int]) -> Any:
    """The loose boxes of glyphs: left, bottom, right, top."""
    import numpy as np
    from pypdfium2 import raw

    boxes = (raw.FS_RECTF * len(glyphs))()
    step, begin = ctypes.sizeof(raw.FS_RECTF), ctypes.addressof(boxes)
    places = range(begin, begin + len(glyphs) * step, step)
    list(map(doors()["FPDFText_GetLooseCharBox"], [handle] * len(glyphs), glyphs, places))
    # FS_RECTF is left, top, right, bottom (fpdfview.h).
    return np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4)[:, [0, 3, 2, 1]].astype(float)


def tight_boxes(handle: int | None, glyphs: Sequence[int]) -> list[tuple[float, ...]]:
    """The boxes of what is drawn of glyphs: left, right, bottom, top."""
    drawn = (ctypes.c_double * 4)()
    places = [ctypes.addressof(drawn) + ctypes.sizeof(ctypes.c_double) * side for side in range(4)]
    found = []
    for glyph in glyphs:
        doors()["FPDFText_GetCharBox"](handle, glyph, *places)
        found.append(tuple(drawn))
    return found


def without_measures(handle: int | None, count: int) -> bool:
    """Whether the fonts of a page do not tell how high their lines are: then loose boxes are as high as what is drawn."""
    asked = range(0, count, max(1, count // _ASKED))
    drawn = tight_boxes(handle, asked)
    same = [
        abs(loose[3] - loose[1] - top + bottom) < 0.05
        for loose, (_, _, bottom, top) in zip(loose_boxes(handle, asked), drawn, strict=True)
        if top > bottom
    ]
    return bool(2 * sum(same) > len(same))


def sized_boxes(text_page: Any, handle: int | None, glyphs: Sequence[int]) -> Any:
    """The loose boxes of glyphs, as high as the size of their fonts says; those of glyphs that are turned stay as they are."""
    boxes = loose_boxes(handle, glyphs)
    place = (ctypes.c_double * 2)()
    sides = ctypes.addressof(place), ctypes.addressof(place) + ctypes.sizeof(ctypes.c_double)
    for number, glyph in enumerate(glyphs):
        size = size_of(text_page, glyph)
        if size > 0 and doors()["FPDFText_GetCharAngle"](handle, glyph) == 0:
            doors()["FPDFText_GetCharOrigin"](handle, glyph, *sides)
            boxes[number, 1], boxes[number, 3] = place[1] - _DESCENT * size, place[1] + _ASCENT * size
    return boxes


def characters(page: Any, handle: int | None, count: int) -> str:
    """The characters of a page, one for each glyph; what is none of a word is a space."""
    from pypdfium2 import raw

    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if written != count + 1 or len(text) != count:  # characters beyond 16 bits, or glyphs without one
        codes = map(doors()["FPDFText_GetUnicode"], [handle] * count, range(count))
        text = "".join(" " if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code) for code in codes)
    if _CORK_CODE.search(text):
        fails = doors()["FPDFText_HasUnicodeMapError"]
        text = _CORK_CODE.sub(lambda m: _CORK[m[0]] if fails(handle, m.start()) == 1 else m[0], text)
    return text.translate(_PLAIN)


def is_untold(text_page: Any) -> bool:
    """Whether the fonts of a page do not tell what most of its glyphs are; what they are taken for may yet be right."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text_page.raw)
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    fails, code = doors()["FPDFText_HasUnicodeMapError"], doors()["FPDFText_GetUnicode"]
    codes = [(glyph, code(handle, glyph)) for glyph in range(0, count, max(1, count // _ASKED))]
    asked = [(glyph, found) for glyph, found in codes if found not in (9, 10, 13, 32)]
    untold = sum(fails(handle, glyph) == 1 or found == 0 or 0xE000 <= found <= 0xF8FF for glyph, found in asked)
    return bool(2 * untold > len(asked))


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

    name = _FONT_NAME()
    raw.FPDFText_GetFontInfo(text_page.raw, glyph, name, len(name), None)
    named = _is_named_bold(name.value)
    return int(raw.FPDFText_GetFontWeight(text_page.raw, glyph)) >= 600 if named is None else named


@lru_cache(maxsize=256)
def _is_named_bold(name: bytes) -> bool | None:
    """Whether a font's name says that it is bold; None where it has no name."""
    lowered = name.lower()
    return any(word in lowered for word in (b"bold", b"black", b"heavy", b"demi")) if name else None
