"""The words of a PDF's page by the boxes of their glyphs, in the direction in which they are set, and the rules drawn on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple

from comity.documents.portable_accents import TAKEN, with_accents
from comity.documents.portable_glyphs import (
    FARTHEST,
    Box,
    characters,
    doors,
    handle_of,
    loose_boxes,
    sized_boxes,
    tight_boxes,
    without_measures,
)

# Measures in heights of a glyph's loose box, some 1.15 times the size of its font. A gap that parts two words, and the least where pdfium has a space.
_SPACE, _NO_SPACE = 0.14, 0.06
# What overlaps less stands on another line; what stands this far back begins a new one.
_OVERLAP, _BACK = 0.35, 0.45
# A glyph so much smaller than its neighbour is set apart: it may be a raised mark.
_SMALLER = 0.84
# Nothing raised is so much smaller.
_FLAT = 0.25
# A digit that is drawn so much lower than its loose box, and so far above its foot, is raised.
_DRAWN_SMALL, _DRAWN_HIGH = 0.45, 0.33
# In points: so far beyond the page's edges a word still shows; what is drawn again stands so near.
_EDGE, _SAME = 6.0, 0.5
# In degrees: what is set so far from level and upright is a stamp or a watermark across the page.
_ASLANT = 15.0
# A line's last hyphen as pdfium writes it; what is no part of a word.
_WRITTEN = {2: "-", 0xFFFE: "-", ord(TAKEN): None}
# pdfium has no line's end behind a hyphen that parts a word: these end it.
_ENDS = "\x02\ufffe"
# Figures behind a word or its stop ("visas.1", "visas.1,2"), and before one ("1Harbour Institute").
_HANGING = re.compile(r"(?<=[^\d\s])\d{1,3}(?:[,–-]\d{1,3})*$")
# Figures behind a word with what closes behind them ("honour22,", "Wang1*,").
_ENCLOSED = re.compile(r"(?<=[^\W\d_])\d{1,3}(?:[,–-]\d{1,3})*(?=[,*†‡§¶‖.;:!?)\]”\"’']{1,4}$)")
_CLOSING = "*†‡§¶‖"
_LEADING = re.compile(r"\d{1,3}(?=[^\W\d_]|[\"“‘(])")
# A letter behind a stop ("visas.a"), or before a capital ("aHarbour Institute"), or by itself: it may be raised.
_STOPS = ".,;:!?)]”\"’'"
# How longer words are parted is not remembered.
_REMEMBERED = 40
_RAISABLE = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*")


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
        if found.isascii() and found[-1] != _ENDS[0]:
            return found
        return found.translate(_WRITTEN) if found[-1] in _ENDS or TAKEN in found else found

    def text_from(self, first: int, last: int) -> str:
        """The characters from one word to another, as they stand in the page's content."""
        found = self.page[self.start[first] : self.end[last]]
        return found.translate(_WRITTEN) if "\x02" in found or "\ufffe" in found else found

    def box(self, word: int) -> Box:
        """Where a word stands on the page as it lies in the file."""
        return self.frame.back(Box(self.left[word], self.bottom[word], self.right[word], self.top[word]))


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
    handle = handle_of(text_page)
    text = with_accents(handle, characters(handle, count))
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bounds = _bounds(handle, text, codes)
    if not len(bounds):
        return []
    # The boxes of each run's first and last glyph: what stands between them is on one line with them.
    glyphs = (bounds - np.array([0, 1])).reshape(-1).tolist()
    measured = sized_boxes if without_measures(handle, count) else loose_boxes
    bounds, boxes = _by_size(handle, codes, bounds, measured(handle, glyphs).reshape(-1, 2, 4), measured)
    origin = np.array([page.left, page.bottom, page.left, page.bottom])
    boxes = np.where(np.isnan(boxes), -FARTHEST, boxes.clip(-FARTHEST, FARTHEST)) - origin
    width, height = page.right - page.left, page.top - page.bottom
    middle = (boxes[:, 0, :2] + boxes[:, 1, 2:]) / 2
    shown = ((middle > -_EDGE) & (middle < np.array([width, height]) + _EDGE)).all(axis=1)
    if 2 * shown.sum() < len(shown):
        shown[:] = np.abs(boxes).max(axis=(1, 2)) < FARTHEST / 2  # the page's box says little of what stands on it
    shown &= _are_first(codes[bounds[:, 0]], boxes)
    quarters = _quarters(handle, bounds[:, 0], boxes)
    found: list[Words] = []
    for turn in np.unique(quarters):
        kept = np.flatnonzero(shown & (quarters == turn))
        if turn >= 0 and len(kept):
            found.append(_set_upright(handle, text, codes, bounds[kept], boxes[kept], Frame(int(turn), width, height)))
    return sorted(found, key=lambda words: -len(words.start))


def _are_first(codes: Any, boxes: Any) -> Any:
    """Which runs are not drawn again over others, as shadows and layers are: by their first characters and their boxes."""
    import numpy as np

    west, south, east = boxes[:, 0, 0], np.round(boxes[:, 0, 1]), boxes[:, 1, 2]
    order = np.lexsort((west, south, codes))
    before, after = order[:-1], order[1:]
    again = (codes[before] == codes[after]) & (south[before] == south[after])
    again &= (np.abs(west[before] - west[after]) < _SAME) & (np.abs(east[before] - east[after]) < _SAME)
    found = np.ones(len(codes), dtype=bool)
    found[np.maximum(before, after)[again]] = False
    return found


def _by_size(
    handle: Any, codes: Any, bounds: Any, boxes: Any, measured: Callable[[Any, Sequence[int]], Any]
) -> tuple[Any, Any]:
    """Part the runs that begin and end in different sizes where the size changes: a mark is raised behind its word."""
    import numpy as np

    heights = boxes[:, :, 3] - boxes[:, :, 1]
    uneven = heights.min(axis=1) < _SMALLER * heights.max(axis=1)
    uneven &= ~_among(codes[bounds[:, 1] - 1], _ENDS)  # pdfium gives a line's hyphen no box
    cuts: dict[int, tuple[int, Any]] = {}
    runs = np.flatnonzero(uneven)
    if not len(runs):
        return bounds, boxes
    within = measured(handle, [glyph for start, end in bounds[runs].tolist() for glyph in range(start, end)])
    reach = 0
    for run in runs.tolist():
        start, end = bounds[run].tolist()
        inner = within[reach : reach + end - start]
        reach += end - start
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


def _quarters(handle: Any, glyphs: Any, boxes: Any) -> Any:
    """How many quarters each run must be turned clockwise to read upright; -1 where it stands aslant."""
    import numpy as np

    step = boxes[:, 1] - boxes[:, 0]
    level = (np.abs(step[:, 1]) < 0.2 * (boxes[:, 0, 3] - boxes[:, 0, 1])) & (step[:, 0] > -1)
    found = np.zeros(len(glyphs), dtype=int)
    if level.all():
        return found
    angle = doors()["FPDFText_GetCharAngle"]
    # pdfium counts angles from a y axis that points down: what reads upwards has three quarters (seen in its release 5.15).
    asked = np.flatnonzero(~level | (step == 0).all(axis=1))
    turned = np.zeros(len(glyphs))
    turned[asked] = np.degrees([angle(handle, glyph) for glyph in glyphs[asked].tolist()])
    turned = np.where(np.isfinite(turned), turned, 0.0)
    nearest = np.round(turned / 90)
    aslant = np.abs(turned - 90 * nearest) > _ASLANT
    return np.where(aslant, -1, (-nearest.astype(int)) % 4)


def _set_upright(handle: Any, text: str, codes: Any, bounds: Any, boxes: Any, frame: Frame) -> Words:
    """The words of one direction with their boxes as the page is turned to read them."""
    import numpy as np

    # Each side as an array of its own: strides through all of them take longer.
    first, last = (np.ascontiguousarray(_turned(boxes[:, side], frame).T) for side in (0, 1))
    left, bottom, _, top = first
    right = np.maximum(last[2], left)
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
    full = np.where(least < _FLAT * most, most, least)  # pdfium's box of a hyphen may be as flat as its stroke
    close = np.where(behind, gap < _SPACE * full, (gap < _NO_SPACE * least) & (smaller | digit[1:]))
    follows[1:] = np.where(on_line, np.where(close, 2, 1), 0)
    asked = [
        word
        for word in (np.flatnonzero(digit | alone).tolist() if frame.quarters == 0 else ())
        if alone[word] or _RAISABLE.fullmatch(text, starts[word], ends[word])
    ]
    raised = frozenset(
        compress(asked, _are_raised(handle, [starts[word] for word in asked], bottom[asked], size[asked]))
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


def _bounds(handle: Any, text: str, codes: Any) -> Any:
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
    digits |= (
        _among(last, _STOPS + _CLOSING)
        & ~_among(first, "([")
        & (_are_digits(before_last) | _among(before_last, _CLOSING + ","))
    )
    trailing = ~digits & (single | _among(before_last, _STOPS)) & _are_small(last)
    leading = ~digits & ~single & ~trailing & _are_small(first)
    leading &= ((second >= ord("A")) & (second <= ord("Z"))) | _among(second, '"“')
    bounds = np.stack([starts, ends], axis=1)
    if digits.any():
        # How figures are parted from a word hangs on where they stand in it, not on which they are.
        nought, nine = ord("0"), ord("9")
        alike = np.where((codes > nought) & (codes <= nine), np.uint32(nought), codes)
        shapes = str(alike.tobytes(), "utf-32-le", "surrogatepass")
        parted = [
            (start + first, start + last)
            for start, end in bounds[digits].tolist()
            for first, last in (_known_cut if end - start <= _REMEMBERED else _cut)(shapes[start:end])
        ]
        bounds = np.concatenate([bounds[~digits], np.array(parted)])
        bounds = bounds[np.argsort(bounds[:, 0])]
    letters = [*(ends[trailing] - 1).tolist(), *starts[leading].tolist()]
    return _cut_letters(handle, codes, bounds, letters)


def _among(codes: Any, characters: str) -> Any:
    """Which codes are those of one of a few characters."""
    import numpy as np

    members = _membership(characters)
    return members[np.minimum(codes, len(members) - 1)]


@lru_cache(maxsize=8)
def _membership(characters: str) -> Any:
    """For each character up to the last of some whether it is one of them; the last entry is for all beyond."""
    import numpy as np

    members = np.zeros(max(map(ord, characters)) + 2, dtype=bool)
    members[list(map(ord, characters))] = True
    return members


def _are_small(codes: Any) -> Any:
    """Which codes are those of small letters from a to z."""
    return (codes >= ord("a")) & (codes <= ord("z"))


def _are_digits(codes: Any) -> Any:
    """Which codes are those of digits, raised ones and those of other scripts too."""
    import numpy as np

    found = (codes >= ord("0")) & (codes <= ord("9"))
    others = [code for code in set(codes[codes > 0x7F].tolist()) if chr(code).isdigit()]
    return found | np.isin(codes, others) if others else found


def _cut(token: str) -> tuple[tuple[int, int], ...]:
    """Return from where to where the parts of a token reach, figures that hang on a word at either end apart: they may be raised."""
    end = len(token)
    if token.isdecimal():
        return ((0, end),)
    if end > 1 and token[-1].isdigit() and (hanging := _HANGING.search(token)):
        return *_cut(token[: hanging.start()]), (hanging.start(), end)
    if enclosed := _ENCLOSED.search(token):
        return *_cut(token[: enclosed.start()]), enclosed.span(), (enclosed.end(), end)
    if token[0].isdigit() and (leading := _LEADING.match(token)):
        return (0, leading.end()), (leading.end(), end)
    return ((0, end),)


_known_cut = lru_cache(maxsize=4096)(_cut)


def _cut_letters(handle: Any, codes: Any, bounds: Any, letters: Sequence[int]) -> Any:
    """Set letters apart that the font itself draws raised; where there are any, each word's last letter may be one."""
    import numpy as np

    raised = set(compress(letters, _stand_high(handle, letters))) if letters else set()
    if not raised:
        return bounds
    small = _are_small(codes[bounds[:, 1] - 1]) & (bounds[:, 1] - bounds[:, 0] > 1)
    lasts = (bounds[small, 1] - 1).tolist()
    high = set(compress(lasts, _stand_high(handle, lasts)))
    parted: list[tuple[int, int]] = []
    for start, end in bounds.tolist():
        if end - start > 1 and start in raised:
            parted += [(start, start + 1), (start + 1, end)]
        elif end - 1 in high:
            parted += [(start, end - 1), (end - 1, end)]
        else:
            parted.append((start, end))
    return np.array(parted)


def _stand_high(handle: Any, glyphs: Sequence[int]) -> list[bool]:
    import numpy as np

    boxes = loose_boxes(handle, glyphs)
    return _are_raised(handle, glyphs, boxes[:, 1], np.maximum(boxes[:, 3] - boxes[:, 1], 0.1))


def _are_raised(handle: Any, glyphs: Sequence[int], feet: Any, sizes: Any) -> list[bool]:
    """Whether glyphs are each drawn raised and small by their font at the font's full size, as typst has figures drawn."""
    import numpy as np

    drawn = np.array(tight_boxes(handle, glyphs)).reshape(-1, 4)
    height = drawn[:, 3] - drawn[:, 2]
    raised: list[bool] = (
        (height > 0) & (height < _DRAWN_SMALL * sizes) & (drawn[:, 2] - feet > _DRAWN_HIGH * sizes)
    ).tolist()
    return raised


def turned_rules(rules: tuple[list[Box], list[Box]], frame: Frame) -> tuple[list[Box], list[Box]]:
    """The rules of a page as they stand when it is turned."""
    import numpy as np

    if not frame.quarters:
        return rules
    turned = [[Box(*box) for box in _turned(np.array(kind).reshape(-1, 4), frame).tolist()] for kind in rules]
    return (turned[1], turned[0]) if frame.quarters % 2 else (turned[0], turned[1])
