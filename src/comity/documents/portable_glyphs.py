"""What pdfium tells of the glyphs of a PDF's page: their characters, their boxes, and their fonts."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from threading import get_ident
from typing import Any, NamedTuple

# In points: what lies farther off has no place.
FARTHEST = 100_000.0
# Marks of lists in the fonts Symbol (the first) and Wingdings, by the private codes (U+F000 and the font's own) that stand for them.
_MARKS_OF_LISTS = {0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF076: "❖", 0xF0D8: "➢", 0xF0FC: "✓"}
# What is no part of a word, and what is no character (Unicode 23.7) but may stand for one here.
_PLAIN = (
    {0xAD: "-", 0x2217: "*"}
    | _MARKS_OF_LISTS
    | dict.fromkeys(
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
)
# TeX's fonts by their numbers where a PDF does not say what they are: quotation marks, dashes and ligatures of the Cork encoding,
# which LaTeX calls T1 (TUGboat 11, 1990, no. 4, "Report on multilingual activities").
_CORK = dict(
    zip("\x10\x11\x12\x13\x14\x15\x16\x1b\x1c\x1d\x1e\x1f", "“”„«»–—\ufb00\ufb01\ufb02\ufb03\ufb04", strict=True)
)
_FONT_NAME = ctypes.c_char * 128
_NAME_LENGTH = ctypes.c_ulong(128)
# So many glyphs are asked for at once.
_AT_ONCE = 2048
# So many glyphs of a page are asked whether their font tells what they are; where most do not, the text is no text.
_ASKED = 60
_BLANKS = frozenset({9, 10, 13, 32})
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
    """Functions of pdfium that are called for every glyph, without checks of the arguments: they take numbers, and what `byref` gives."""
    from pypdfium2 import raw

    number, pointer, real = ctypes.c_int, ctypes.c_void_p, ctypes.c_float
    kinds: dict[str, tuple[Any, ...]] = {
        "FPDFText_GetLooseCharBox": (number,),
        "FPDFText_GetUnicode": (number,),
        "FPDFText_GetText": (number, pointer, number, number, pointer),
        "FPDFText_GetCharBox": (number,),
        "FPDFText_GetCharOrigin": (number,),
        "FPDFText_GetCharAngle": (real,),
        "FPDFText_GetFontInfo": (number,),
        "FPDFText_GetFontSize": (ctypes.c_double,),
        "FPDFText_GetFontWeight": (number,),
        "FPDFText_GetMatrix": (number,),
        "FPDFText_HasUnicodeMapError": (number,),
        "FPDFPage_GetObject": (pointer,),
        # These take what `FPDFPage_GetObject` gives, which is longer than a number.
        "FPDFPageObj_GetType": (number, pointer),
        "FPDFPageObj_GetBounds": (number, *[pointer] * 5),
        "FPDFPath_GetDrawMode": (number, *[pointer] * 3),
        "FPDFPath_CountSegments": (number, pointer),
    }
    return {
        name: ctypes.PYFUNCTYPE(*kind)(ctypes.cast(getattr(raw, name), pointer).value or 0)
        for name, kind in kinds.items()
    }


def handle_of(text_page: Any) -> Any:
    """The text of a page as the functions of `doors` take it."""
    return ctypes.byref(text_page.raw.contents)


@lru_cache(maxsize=4)
def _room(thread: int) -> tuple[Any, list[Any]]:
    """A thread's room for four numbers of each of many glyphs, and references to each: to make them takes as long as to have them filled."""
    import numpy as np

    room = (ctypes.c_double * (4 * _AT_ONCE))()
    step = ctypes.sizeof(ctypes.c_double)
    references = [ctypes.byref(room, step * at) for at in range(len(room))]
    return np.frombuffer(memoryview(room).cast("B"), dtype=np.float64), references


def _measured(door: str, handle: Any, glyphs: Sequence[int], places: int = 1) -> Iterator[tuple[Any, list[int]]]:
    """Yield what a function writes of glyphs to so many places, a row of 32 bytes for each, and what it returns; many at a time."""
    room, references = _room(get_ident())
    function = doors()[door]
    for begin in range(0, len(glyphs), _AT_ONCE):
        own = glyphs[begin : begin + _AT_ONCE]
        given = (references[place : 4 * len(own) : 4] for place in range(places))
        returned = list(map(function, repeat(handle), own, *given))
        yield room[: 4 * len(own)].reshape(-1, 4), returned


def loose_boxes(handle: Any, glyphs: Sequence[int]) -> Any:
    """The loose boxes of glyphs: left, bottom, right, top."""
    import numpy as np

    # FS_RECTF is left, top, right, bottom (fpdfview.h).
    found = [
        rows.view(np.float32)[:, [0, 3, 2, 1]].astype(float)
        for rows, _ in _measured("FPDFText_GetLooseCharBox", handle, glyphs)
    ]
    return np.concatenate(found) if found else np.zeros((0, 4))


def tight_boxes(handle: Any, glyphs: Sequence[int]) -> list[list[float]]:
    """The boxes of what is drawn of glyphs: left, right, bottom, top."""
    return [box for rows, _ in _measured("FPDFText_GetCharBox", handle, glyphs, 4) for box in rows.tolist()]


def sizes_of(handle: Any, glyphs: Sequence[int]) -> list[float]:
    """The sizes of the fonts of glyphs as they stand on the page, in points; 0 where pdfium does not tell."""
    import numpy as np

    sizes = list(map(doors()["FPDFText_GetFontSize"], repeat(handle), glyphs))
    at = 0
    for rows, told in _measured("FPDFText_GetMatrix", handle, glyphs):
        # FS_MATRIX is a, b, c, d, e, f (fpdfview.h).
        for known, (c, d) in zip(told, rows.view(np.float32)[:, 2:4].tolist(), strict=True):
            sizes[at] *= math.hypot(c, d) if known else 1.0
            at += 1
    return sizes


def without_measures(handle: Any, count: int) -> bool:
    """Whether the fonts of a page do not tell how high their lines are: then loose boxes are as high as what is drawn."""
    asked = range(0, count, max(1, count // _ASKED))
    drawn = tight_boxes(handle, asked)
    same = [
        abs(loose[3] - loose[1] - top + bottom) < 0.05
        for loose, (_, _, bottom, top) in zip(loose_boxes(handle, asked).tolist(), drawn, strict=True)
        if top > bottom
    ]
    return bool(2 * sum(same) > len(same))


def sized_boxes(handle: Any, glyphs: Sequence[int]) -> Any:
    """The loose boxes of glyphs, as high as the size of their fonts says; those of glyphs that are turned stay as they are."""
    import numpy as np

    boxes = loose_boxes(handle, glyphs)
    sizes = np.array(sizes_of(handle, glyphs))
    angles = np.array(list(map(doors()["FPDFText_GetCharAngle"], repeat(handle), glyphs)))
    feet = [rows[:, 1].copy() for rows, _ in _measured("FPDFText_GetCharOrigin", handle, glyphs, 2)]
    upright = np.flatnonzero((sizes > 0) & (angles == 0))
    foot, size = np.concatenate([*feet, [0.0]])[upright], sizes[upright]
    boxes[upright, 1], boxes[upright, 3] = foot - _DESCENT * size, foot + _ASCENT * size
    return boxes


def characters(handle: Any, count: int) -> str:
    """The characters of a page, one for each glyph; what is none of a word is a space."""
    import numpy as np

    # No array of ctypes: each length of it would be a type of its own, which takes longer to make than the text to ask for.
    buffer = np.zeros(count + 1, dtype=np.uint16)
    written = doors()["FPDFText_GetText"](handle, 0, count, buffer.ctypes.data)
    codes = buffer[:count].astype(np.uint32)
    if written != count + 1 or _are_surrogates(codes).any():  # characters beyond 16 bits, or glyphs without one
        every = map(doors()["FPDFText_GetUnicode"], repeat(handle), range(count))
        codes = np.fromiter(every, dtype=np.int32, count=count).astype(np.uint32)
        codes[_are_surrogates(codes) | (codes > 0x10FFFF)] = ord(" ")
    for at in np.flatnonzero((codes >= 0x10) & (codes < 0x20)).tolist():
        meant = _CORK.get(chr(codes[at]))
        if meant is not None and doors()["FPDFText_HasUnicodeMapError"](handle, at) == 1:
            codes[at] = ord(meant)
    plain = _plain_codes()
    codes = np.where(codes < len(plain), plain[np.minimum(codes, len(plain) - 1)], codes)
    return str(codes.astype("<u4").tobytes(), "utf-32-le")


def _are_surrogates(codes: Any) -> Any:
    return (codes & 0xFFFFF800) == 0xD800


@lru_cache(maxsize=1)
def _plain_codes() -> Any:
    """What stands for each character of up to 16 bits."""
    import numpy as np

    codes = np.arange(0x10000, dtype=np.uint32)
    codes[list(_PLAIN)] = [ord(written) for written in _PLAIN.values()]
    return codes


def is_untold(handle: Any, count: int) -> bool:
    """Whether the fonts of a page do not tell what most of its glyphs are; what they are taken for may yet be right."""
    fails, code = doors()["FPDFText_HasUnicodeMapError"], doors()["FPDFText_GetUnicode"]
    glyphs = range(0, count, max(1, count // _ASKED))
    codes = zip(glyphs, map(code, repeat(handle), glyphs), strict=True)
    asked = [(glyph, found) for glyph, found in codes if found not in _BLANKS]
    untold = [glyph for glyph, found in asked if found == 0 or 0xE000 <= found <= 0xF8FF or fails(handle, glyph) == 1]
    return 2 * len(untold) > len(asked)


def is_bold(handle: Any, glyph: int) -> bool:
    """Whether a glyph's font is bold by its name, or by its weight where it has none."""
    name = _FONT_NAME()
    doors()["FPDFText_GetFontInfo"](handle, glyph, ctypes.byref(name), _NAME_LENGTH, None)
    named = _is_named_bold(name.value)
    return bool(doors()["FPDFText_GetFontWeight"](handle, glyph) >= 600) if named is None else named


@lru_cache(maxsize=256)
def _is_named_bold(name: bytes) -> bool | None:
    """Whether a font's name says that it is bold; None where it has no name."""
    lowered = name.lower()
    return any(word in lowered for word in (b"bold", b"black", b"heavy", b"demi")) if name else None
