"""The words of a PDF's page by the boxes of their glyphs, in the direction in which they are set, and the rules drawn on it."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

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
# In points: so far beyond the page's edges a word still shows; and what lies farther off has no place.
_EDGE, _FARTHEST = 6.0, 100_000.0
# In degrees: what is set so far from level and upright is a stamp or a watermark across the page.
_ASLANT = 15.0
# A line's last hyphen as pdfium writes it, and what is no part of a word.
_HYPHENS = {2: "-", 0xFFFE: "-"}
_PLAIN = {0xAD: "-", 0x2217: "*"} | dict.fromkeys(
    [*range(2), *range(3, 32), *range(0x7F, 0xA1), *range(0x2000, 0x200C), 0x202F, 0x3000, 0xFEFF, 0xFFFD], " "
)
# pdfium has no line's end behind a hyphen that parts a word: these end it.
_ENDS = "\x02\ufffe"
# Figures behind a word or its stop ("visas.1", "visas.1,2"), and before one ("1Harbour Institute").
_HANGING = re.compile(r"(?<=[^\d\s])\d{1,3}(?:[,–-]\d{1,3})*$")
_LEADING = re.compile(r"\d{1,3}(?=[^\W\d_]|[\"“‘(])")
# A letter behind a stop ("visas.a"), or before a capital ("aHarbour Institute"), or by itself: it may be raised.
_STOPS = ".,;:!?)]”\"’'"
_RAISABLE = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*")
# TeX's fonts by their numbers where a PDF does not say what they are: quotation marks, dashes and ligatures of the Cork encoding,
# which LaTeX calls T1 (TUGboat 11, 1990, no. 4, "Report on multilingual activities").
_CORK = dict(
    zip("\x10\x11\x12\x13\x14\x15\x16\x1b\x1c\x1d\x1e\x1f", "“”„«»–—\ufb00\ufb01\ufb02\ufb03\ufb04", strict=True)
)
_CORK_CODE = re.compile("[\x10-\x16\x1b-\x1f]")
_MOST_PATHS = 20_000
_FONT_NAME = ctypes.c_char * 128
# So many glyphs of a page are asked whether their font tells what they are; where most do not, the text is no text.
_ASKED = 60


class Box(NamedTuple):
    """A rectangle on a page in points, from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Frame(NamedTuple):
    """How a page must be turned for words to read upright: so many quarters clockwise, and the page's own width and height."""

    quarters: int
    width: float
    height: float

    @property
    def top(self) -> float:
        """The height of the page as it is turned."""
        return self.width if self.quarters % 2 else self.height

    def back(self, box: Box) -> Box:
        """Return where a box stands on the page as it lies in the file."""
        left, bottom, right, top = box
        if self.quarters == 1:
            return Box(self.width - top, left, self.width - bottom, right)
        if self.quarters == 2:
            return Box(self.width - right, self.height - top, self.width - left, self.height - bottom)
        if self.quarters == 3:
            return Box(bottom, self.height - right, top, self.height - left)
        return box


class Measures(NamedTuple):
    """The lists of `Words` by the same names as arrays."""

    start: Any
    end: Any
    left: Any
    bottom: Any
    right: Any
    top: Any
    size: Any
    follows: Any


@dataclass(slots=True)
class Words:
    """The words of a page that are set in one direction, in the order of its content; each list has an entry for each word.

    A word is a run of glyphs with no space between them, of one size.

    Attributes:
        page: the characters of the page, one for each glyph.
        start, end: the numbers of the first glyph of a word and of that behind its last.
        left, bottom, right, top: its box on the page as its frame turns it.
        size: the height of its glyphs' loose boxes.
        follows: 0 where it begins a line or stands apart, 1 behind a space, 2 right behind the word before.
        raised: the words that the font itself draws raised.
        kept: the lists as arrays, once `measures` has made them.
    """

    page: str
    frame: Frame
    start: list[int]
    end: list[int]
    left: list[float]
    bottom: list[float]
    right: list[float]
    top: list[float]
    size: list[float]
    follows: list[int]
    raised: frozenset[int]
    kept: Measures | None = None

    @property
    def measures(self) -> Measures:
        """The lists as arrays."""
        import numpy as np

        if self.kept is None:
            lists = (self.start, self.end, self.left, self.bottom, self.right, self.top, self.size, self.follows)
            self.kept = Measures(*map(np.array, lists))
        return self.kept

    def attach(self, word: int, follows: int) -> None:
        """Let a word follow the one before it though the page's content was cut between them."""
        self.follows[word] = follows
        self.measures.follows[word] = follows

    def text(self, word: int) -> str:
        """The characters of a word."""
        found = self.page[self.start[word] : self.end[word]]
        return found.translate(_HYPHENS) if found[-1] in "\x02\ufffe" else found

    def text_from(self, first: int, last: int) -> str:
        """The characters from one word to another, as they stand in the page's content."""
        found = self.page[self.start[first] : self.end[last]]
        return found.translate(_HYPHENS) if "\x02" in found or "\ufffe" in found else found

    def box(self, word: int) -> Box:
        """Where a word stands on the page as it lies in the file."""
        return self.frame.back(Box(self.left[word], self.bottom[word], self.right[word], self.top[word]))


@lru_cache(maxsize=1)
def _doors() -> dict[str, Any]:
    """Functions of pdfium that are called for every word; called without checks of the arguments."""
    from pypdfium2 import raw

    number, pointer, real = ctypes.c_int, ctypes.c_void_p, ctypes.c_float
    kinds = {
        "FPDFText_GetLooseCharBox": (number, pointer, number, pointer),
        "FPDFText_GetUnicode": (ctypes.c_uint, pointer, number),
        "FPDFText_GetCharBox": (number, pointer, number, *[pointer] * 4),
        "FPDFText_GetCharAngle": (real, pointer, number),
        "FPDFText_HasUnicodeMapError": (number, pointer, number),
        "FPDFPage_GetObject": (pointer, pointer, number),
        "FPDFPageObj_GetType": (number, pointer),
    }
    return {
        name: ctypes.CFUNCTYPE(*kind)(ctypes.cast(getattr(raw, name), pointer).value or 0)
        for name, kind in kinds.items()
    }


def words_of(text_page: Any, page: Box) -> list[Words]:
    """Return the words of a page, those of each direction apart, the direction with the most first.

    Args:
        text_page: the page's text.
        page: what shows of the page; its corners need not be at (0, 0).
    """
    import numpy as np
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text_page.raw)
    if count <= 0:
        return []
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    text = _characters(text_page.raw, handle, count)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bounds = _bounds(handle, text, codes)
    if not len(bounds):
        return []
    # The boxes of each run's first and last glyph: what stands between them is on one line with them.
    glyphs = (bounds - np.array([0, 1])).reshape(-1).tolist()
    bounds, boxes = _by_size(handle, codes, bounds, _boxes(handle, glyphs).reshape(-1, 2, 4))
    origin = np.array([page.left, page.bottom, page.left, page.bottom])
    boxes = np.clip(np.nan_to_num(boxes, nan=-_FARTHEST), -_FARTHEST, _FARTHEST) - origin
    width, height = page.right - page.left, page.top - page.bottom
    middle = (boxes[:, 0, :2] + boxes[:, 1, 2:]) / 2
    shown = ((middle > -_EDGE) & (middle < np.array([width, height]) + _EDGE)).all(axis=1)
    if 2 * shown.sum() < len(shown):
        shown[:] = np.abs(boxes).max(axis=(1, 2)) < _FARTHEST / 2  # the page's box says little of what stands on it
    quarters = _quarters(handle, bounds[:, 0], boxes)
    found: list[Words] = []
    for turn in np.unique(quarters):
        kept = np.flatnonzero(shown & (quarters == turn))
        if turn >= 0 and len(kept):
            found.append(_set_upright(handle, text, codes, bounds[kept], boxes[kept], Frame(int(turn), width, height)))
    return sorted(found, key=lambda words: -len(words.start))


def _boxes(handle: int | None, glyphs: Sequence[int]) -> Any:
    """The loose boxes of glyphs: left, bottom, right, top."""
    import numpy as np
    from pypdfium2 import raw

    boxes = (raw.FS_RECTF * len(glyphs))()
    step, begin = ctypes.sizeof(raw.FS_RECTF), ctypes.addressof(boxes)
    places = range(begin, begin + len(glyphs) * step, step)
    list(map(_doors()["FPDFText_GetLooseCharBox"], [handle] * len(glyphs), glyphs, places))
    # FS_RECTF is left, top, right, bottom (fpdfview.h).
    return np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4)[:, [0, 3, 2, 1]].astype(float)


def _by_size(handle: int | None, codes: Any, bounds: Any, boxes: Any) -> tuple[Any, Any]:
    """Part the runs that begin and end in different sizes where the size changes: a mark is raised behind its word."""
    import numpy as np

    heights = boxes[:, :, 3] - boxes[:, :, 1]
    uneven = heights.min(axis=1) < _SMALLER * heights.max(axis=1)
    uneven &= ~_among(codes[bounds[:, 1] - 1], _ENDS)  # pdfium gives a line's hyphen no box
    cuts: dict[int, tuple[int, Any]] = {}
    for run in np.flatnonzero(uneven).tolist():
        start, end = bounds[run].tolist()
        inner = _boxes(handle, range(start, end))
        tall = inner[:, 3] - inner[:, 1]
        small_first = tall[0] < tall[-1]
        like_small = tall < (tall[0] + tall[-1]) / 2
        # Only the outermost small glyphs are cut off.
        length = int(np.argmin(like_small if small_first else like_small[::-1]))
        if 0 < length < end - start:
            at = length if small_first else end - start - length
            cuts[run] = start + at, inner[[at - 1, at]]
    if not cuts:
        return bounds, boxes
    parts = np.ones(len(bounds), dtype=int)
    parts[list(cuts)] = 2
    places = np.cumsum(parts) - parts
    bounds, boxes = np.repeat(bounds, parts, axis=0), np.repeat(boxes, parts, axis=0)
    for run, (cut, (before, after)) in cuts.items():
        first, second = places[run], places[run] + 1
        bounds[first, 1] = bounds[second, 0] = cut
        boxes[first, 1], boxes[second, 0] = before, after
    return bounds, boxes


def _quarters(handle: int | None, glyphs: Any, boxes: Any) -> Any:
    """How many quarters each run must be turned clockwise to read upright; -1 where it stands aslant."""
    import numpy as np

    step = boxes[:, 1] - boxes[:, 0]
    level = (np.abs(step[:, 1]) < 0.2 * (boxes[:, 0, 3] - boxes[:, 0, 1])) & (step[:, 0] > -1)
    found = np.zeros(len(glyphs), dtype=int)
    if level.all():
        return found
    angle = _doors()["FPDFText_GetCharAngle"]
    # pdfium counts angles from a y axis that points down: what reads upwards has three quarters (seen in its release 5.15).
    asked = np.flatnonzero(~level | (step == 0).all(axis=1))
    turned = np.zeros(len(glyphs))
    turned[asked] = np.degrees([angle(handle, glyph) for glyph in glyphs[asked].tolist()])
    turned = np.where(np.isfinite(turned), turned, 0.0)
    nearest = np.round(turned / 90)
    aslant = np.abs(turned - 90 * nearest) > _ASLANT
    return np.where(aslant, -1, (-nearest.astype(int)) % 4)


def _set_upright(handle: int | None, text: str, codes: Any, bounds: Any, boxes: Any, frame: Frame) -> Words:
    """The words of one direction with their boxes as the page is turned to read them."""
    import numpy as np

    first, last = (_turned(boxes[:, side], frame) for side in (0, 1))
    left, bottom, top = first[:, 0], first[:, 1], first[:, 3]
    right = np.maximum(last[:, 2], left)
    size = np.maximum(top - bottom, 0.1)
    starts, ends = bounds[:, 0].tolist(), bounds[:, 1].tolist()
    bottoms, sizes = bottom.tolist(), size.tolist()
    digit = _are_digits(codes[bounds[:, 0]])
    alone = _are_small(codes[bounds[:, 0]]) & (bounds[:, 1] - bounds[:, 0] == 1)
    follows = np.zeros(len(left), dtype=int)
    least, most = np.minimum(size[1:], size[:-1]), np.maximum(size[1:], size[:-1])
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    on_line = (left[1:] >= left[:-1] - _BACK * most) & (overlap >= _OVERLAP * least)
    behind = bounds[1:, 0] == bounds[:-1, 1]
    gap = left[1:] - right[:-1]
    # pdfium writes a space before a raised mark that stands right behind its word.
    smaller = least < _SMALLER * most
    close = np.where(behind, gap < _SPACE * least, (gap < _NO_SPACE * least) & (smaller | digit[1:]))
    follows[1:] = np.where(on_line, np.where(close, 2, 1), 0)
    raised = frozenset(
        word
        for word in (np.flatnonzero(digit | alone).tolist() if frame.quarters == 0 else ())
        if (alone[word] or _RAISABLE.fullmatch(text, starts[word], ends[word]))
        and _is_raised(handle, starts[word], bottoms[word], sizes[word])
    )
    following = follows.tolist()
    measures = Measures(bounds[:, 0], bounds[:, 1], left, bottom, right, top, size, follows)
    return Words(
        text,
        frame,
        starts,
        ends,
        left.tolist(),
        bottoms,
        right.tolist(),
        top.tolist(),
        sizes,
        following,
        raised,
        measures,
    )


def _turned(boxes: Any, frame: Frame) -> Any:
    """Boxes as they stand when the page is turned."""
    import numpy as np

    left, bottom, right, top = boxes.T
    if frame.quarters == 1:
        return np.stack([bottom, frame.width - right, top, frame.width - left], axis=1)
    if frame.quarters == 2:
        return np.stack([frame.width - right, frame.height - top, frame.width - left, frame.height - bottom], axis=1)
    if frame.quarters == 3:
        return np.stack([frame.height - top, left, frame.height - bottom, right], axis=1)
    return boxes


def _bounds(handle: int | None, text: str, codes: Any) -> Any:
    """Where the runs of a page's characters begin and end, an array of two columns: what may be raised is a run of its own."""
    import numpy as np

    letter, closing = codes != 32, _among(codes, _ENDS)
    begins, stops = letter.copy(), letter.copy()
    begins[1:] &= ~letter[:-1] | closing[:-1]
    stops[:-1] &= ~letter[1:] | closing[:-1]
    starts, ends = np.flatnonzero(begins), np.flatnonzero(stops) + 1
    if not len(starts):
        return np.zeros((0, 2), dtype=int)
    first, last = codes[starts], codes[ends - 1]
    digits = _are_digits(first) | _are_digits(last)
    single = ends - starts == 1
    second, before_last = codes[np.minimum(starts + 1, ends - 1)], codes[np.maximum(ends - 2, starts)]
    trailing = ~digits & (single | _among(before_last, _STOPS)) & _are_small(last)
    leading = ~digits & ~single & ~trailing & _are_small(first)
    leading &= ((second >= ord("A")) & (second <= ord("Z"))) | _among(second, '"“')
    bounds = np.stack([starts, ends], axis=1)
    if digits.any():
        parted = [span for start, end in bounds[digits].tolist() for span in _cut(text[start:end], start)]
        bounds = np.concatenate([bounds[~digits], np.array(parted)])
        bounds = bounds[np.argsort(bounds[:, 0])]
    letters = [*(ends[trailing] - 1).tolist(), *starts[leading].tolist()]
    return _cut_letters(handle, text, bounds, letters)


def _among(codes: Any, characters: str) -> Any:
    """Which codes are those of one of a few characters."""
    import numpy as np

    return np.isin(codes, [ord(character) for character in characters])


def _are_small(codes: Any) -> Any:
    """Which codes are those of small letters from a to z."""
    return (codes >= ord("a")) & (codes <= ord("z"))


def _are_digits(codes: Any) -> Any:
    """Which codes are those of digits, raised ones and those of other scripts too."""
    import numpy as np

    found = (codes >= ord("0")) & (codes <= ord("9"))
    others = [code for code in np.unique(codes[codes > 0x7F]).tolist() if chr(code).isdigit()]
    return found | np.isin(codes, others) if others else found


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


def _cut_letters(handle: int | None, text: str, bounds: Any, letters: Sequence[int]) -> Any:
    """Set letters apart that the font itself draws raised; where there are any, each word's last letter may be one."""
    import numpy as np

    raised = {glyph for glyph in letters if _stands_high(handle, glyph)}
    if not raised:
        return bounds
    parted: list[tuple[int, int]] = []
    for start, end in bounds.tolist():
        if end - start > 1 and start in raised:
            parted += [(start, start + 1), (start + 1, end)]
        elif end - start > 1 and "a" <= text[end - 1] <= "z" and _stands_high(handle, end - 1):
            parted += [(start, end - 1), (end - 1, end)]
        else:
            parted.append((start, end))
    return np.array(parted)


def _stands_high(handle: int | None, glyph: int) -> bool:
    _, bottom, _, top = _boxes(handle, [glyph])[0]
    return _is_raised(handle, glyph, bottom, max(top - bottom, 0.1))


def _is_raised(handle: int | None, glyph: int, foot: float, size: float) -> bool:
    """Whether a glyph is drawn raised and small by its font at the font's full size, as typst has figures drawn."""
    drawn = (ctypes.c_double * 4)()
    start, step = ctypes.addressof(drawn), ctypes.sizeof(ctypes.c_double)
    _doors()["FPDFText_GetCharBox"](handle, glyph, start, start + step, start + 2 * step, start + 3 * step)
    _, _, bottom, top = drawn  # left, right, bottom, top
    return bool(top > bottom and top - bottom < _DRAWN_SMALL * size and bottom - foot > _DRAWN_HIGH * size)


def _characters(page: Any, handle: int | None, count: int) -> str:
    """The characters of a page, one for each glyph; what is none of a word is a space."""
    from pypdfium2 import raw

    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if written != count + 1 or len(text) != count:  # characters beyond 16 bits, or glyphs without one
        codes = map(_doors()["FPDFText_GetUnicode"], [handle] * count, range(count))
        text = "".join(" " if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code) for code in codes)
    if _CORK_CODE.search(text):
        fails = _doors()["FPDFText_HasUnicodeMapError"]
        text = _CORK_CODE.sub(lambda m: _CORK[m[0]] if fails(handle, m.start()) == 1 else m[0], text)
    return text.translate(_PLAIN)


def is_untold(text_page: Any) -> bool:
    """Whether the fonts of a page do not tell what most of its glyphs are; what they are taken for may yet be right."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(text_page.raw)
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    fails, code = _doors()["FPDFText_HasUnicodeMapError"], _doors()["FPDFText_GetUnicode"]
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
    drawings = list(map(_doors()["FPDFPage_GetObject"], [handle] * len(numbers), numbers))
    kinds = map(_doors()["FPDFPageObj_GetType"], drawings)
    for number, kind in enumerate(kinds):
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        drawn = raw.FPDFPage_GetObject(page.raw, number)
        if not raw.FPDFPageObj_GetBounds(drawn, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if not all(abs(side) < _FARTHEST for side in (left, bottom, right, top)):
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


def turned_rules(rules: tuple[list[Box], list[Box]], frame: Frame) -> tuple[list[Box], list[Box]]:
    """The rules of a page as they stand when it is turned."""
    import numpy as np

    if not frame.quarters:
        return rules
    turned = [[Box(*box) for box in _turned(np.array(kind).reshape(-1, 4), frame).tolist()] for kind in rules]
    return (turned[1], turned[0]) if frame.quarters % 2 else (turned[0], turned[1])


def _is_stroked(drawn: Any) -> bool:
    """Whether a path is a rectangle whose outline is drawn."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(drawn, fill, stroke) or not stroke.value:
        return False
    return raw.FPDFPath_CountSegments(drawn) in (4, 5)
