"""The words of a PDF's page by the boxes of their glyphs, and the rules that are drawn on it."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from comity.documents.inline import RAISED

# Measures in heights of a glyph's loose box, some 1.15 times the size of its font. A gap that parts two words, and the least where pdfium has a space.
_SPACE, _NO_SPACE = 0.14, 0.06
# What overlaps less stands on another line; what stands this far back begins a new one.
_OVERLAP, _BACK = 0.35, 0.45
# A glyph so much smaller than its neighbour is set apart: it may be a raised mark.
_SMALLER = 0.84
# A digit that is drawn so much lower than its loose box, and so far above its foot, is raised.
_DRAWN_SMALL, _DRAWN_HIGH = 0.45, 0.33
# In points: what is thinner is drawn as a rule, and what is shorter is none.
_THIN, _SHORT = 2.6, 6.0
# A line's last hyphen as pdfium writes it, and what is no part of a word.
_HYPHENS = {2: "-", 0xFFFE: "-"}
_PLAIN = {0xAD: "-"} | dict.fromkeys(
    [*range(2), *range(3, 32), *range(0x7F, 0xA1), *range(0x2000, 0x200C), 0x202F, 0x3000, 0xFEFF, 0xFFFD], " "
)
# pdfium has no line's end behind a hyphen that parts a word.
_TOKEN = re.compile(r"[^ \x02\ufffe]*[\x02\ufffe]|[^ \x02\ufffe]+")
# Figures behind a word or its stop ("visas.1", "visas.1,2"), and before one ("1Harbour Institute").
_HANGING = re.compile(r"(?<=[^\d\s])\d{1,3}(?:[,–-]\d{1,3})*$")
_LEADING = re.compile(r"\d{1,3}(?=[^\W\d_]|[\"“‘(])")
_RAISABLE = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*")
_RAISED = str.maketrans("0123456789", RAISED)
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
def _doors() -> tuple[Any, Any, Any]:
    """Functions of pdfium: a glyph's loose box, its character, and its box as drawn; called without checks of the arguments."""
    from pypdfium2 import raw

    box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    character = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
    drawn = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
    return (
        box(ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0),
        character(ctypes.cast(raw.FPDFText_GetUnicode, ctypes.c_void_p).value or 0),
        drawn(ctypes.cast(raw.FPDFText_GetCharBox, ctypes.c_void_p).value or 0),
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
    text = _characters(page, handle, count)
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token[-1].isdigit() or token[0].isdigit():
            spans += _cut(token, match.start())
        else:
            spans.append(match.span())
    if not spans:
        return []
    # The boxes of each run's first and last glyph: what stands between them is on one line with them.
    glyphs = sorted({glyph for start, end in spans for glyph in (start, end - 1)})
    boxes = (raw.FS_RECTF * len(glyphs))()
    step, begin = ctypes.sizeof(raw.FS_RECTF), ctypes.addressof(boxes)
    box_of = _doors()[0]
    list(map(box_of, [handle] * len(glyphs), glyphs, range(begin, begin + len(glyphs) * step, step)))
    flat = np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4).tolist()
    placed = dict(zip(glyphs, flat, strict=True))
    words: list[Word] = []
    last: Word | None = None
    behind = -1
    for start, end in spans:
        left, top, _, bottom = placed[start]  # FS_RECTF is left, top, right, bottom (fpdfview.h)
        right = max(placed[end - 1][2], left)
        size = max(top - bottom, 0.1)
        follows = 0
        if last is not None and left >= last.left - _BACK * max(size, last.size):
            least = min(size, last.size)
            if min(top, last.top) - max(bottom, last.bottom) >= _OVERLAP * least:
                # pdfium writes a space before a raised figure that stands right behind its word.
                follows = 2 if left - last.right < (_SPACE if start == behind else _NO_SPACE) * least else 1
        run = text[start:end]
        word = Word(
            run.translate(_HYPHENS) if run[-1] in "\x02\ufffe" else run, left, bottom, right, top, size, follows, start
        )
        if follows == 2 and last is not None and not _apart(handle, last, word):
            last.text += word.text
            last.right = right
        else:
            words.append(word)
            last = word
        behind = end
    for word in words:
        if word.text[0].isdigit() and _RAISABLE.fullmatch(word.text) and _is_raised(handle, word):
            word.text = word.text.translate(_RAISED)
    return words


def _cut(token: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where a token begins and ends, figures that hang on a word at either end apart: they may be raised."""
    end = start + len(token)
    if len(token) > 1 and token[-1].isdigit() and (hanging := _HANGING.search(token)):
        yield from _cut(token[: hanging.start()], start)
        yield start + hanging.start(), end
    elif token[0].isdigit() and (leading := _LEADING.match(token)):
        yield start, start + leading.end()
        yield start + leading.end(), end
    else:
        yield start, end


def _apart(handle: int | None, last: Word, word: Word) -> bool:
    """Whether a run that follows without a space is of another size, or one of the two is raised."""
    other = min(last.size, word.size) < _SMALLER * max(last.size, word.size)
    return other or _is_raised(handle, word) or _is_raised(handle, last)


def _is_raised(handle: int | None, word: Word) -> bool:
    """Whether figures are drawn raised and small by their font at its full size, as typst has them drawn."""
    if not word.text[0].isdigit():
        return False
    drawn = (ctypes.c_double * 4)()
    start, step = ctypes.addressof(drawn), ctypes.sizeof(ctypes.c_double)
    _doors()[2](handle, word.first, start, start + step, start + 2 * step, start + 3 * step)
    _, _, bottom, top = drawn  # left, right, bottom, top
    small = top - bottom < _DRAWN_SMALL * word.size
    return bool(top > bottom and small and bottom - word.bottom > _DRAWN_HIGH * word.size)


def _characters(page: Any, handle: int | None, count: int) -> str:
    """The characters of a page, one for each glyph; what is none of a word is a space."""
    from pypdfium2 import raw

    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if written != count + 1 or len(text) != count:  # characters beyond 16 bits, or glyphs without one
        codes = map(_doors()[1], [handle] * count, range(count))
        text = "".join(" " if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code) for code in codes)
    return text.translate(_PLAIN)


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
