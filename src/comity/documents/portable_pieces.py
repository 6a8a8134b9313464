"""Runs of words that stand close on one line of a PDF's page, and their text with raised marks told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import eq
from statistics import median
from typing import Any, NamedTuple

from comity.documents.inline import RAISED
from comity.documents.portable_accents import TAKEN
from comity.documents.portable_words import Words

_RAISE = str.maketrans("0123456789", RAISED)
# The signs of powers ("10⁻⁶") as they are raised.
_SIGNS = {"-": "⁻", "–": "⁻", "−": "⁻", "+": "⁺"}
_POWER = re.compile(r"[-–−+]\d{1,3}")
# In heights of a line: a gap that parts two columns or cells, and the least that parts two words.
APART, _SPACE = 1.15, 0.14
# In heights of a line: a gap that parts two figures, which no sentence has side by side.
_FIGURES = 0.5
_FIGURE_ENDS = re.compile(r"(?:\d[%)]{0,2}\*{0,4}|^\*{1,4}|\.\.|…|^n\.?a\.?|^[-–—])$")
_FIGURE_BEGINS = re.compile(r"[(+−–-]?[$€£¥]?\d|\.\.|…|n\.?a\.?$|[-–—]$")
# A glyph so much smaller than the line's that stands so much higher is raised.
_SMALL, _LIFTED = 0.85, 0.12
# A word that runs over another stands so little on its line.
_BESIDE, _BACK = 0.35, -0.3
# What may be raised to call a note.
_MARK = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*|[ivxlc]{1,8}|[a-z](?:,[a-z])*|[*†‡§¶‖#]{1,4}|([a-z])\1")
# A capital with a tail makes the figure beside it look raised.
_QUARTER = re.compile(r"Q[1-4]")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_LIGATURE = re.compile("[\ufb00-\ufb06]")


class Mark(NamedTuple):
    """A raised mark in a text: from which character to which it stands, and how it is printed."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class Piece:
    """Words that stand close on a line; sizes are heights of the loose boxes of glyphs.

    Attributes:
        numbers: of its words.
        foot: on which most of its words stand.
        even: whether all its words are of one size and stand on one foot, none of them raised.
        plain: whether it reads as the page's content has it, without anything to mend.
        figure, bare: whether it is a figure, and its text without what is raised in it; None while nobody asked.
        own: how it reads on a line of its own size that stands on its own foot; None while nobody asked.
    """

    words: Words
    numbers: Sequence[int]
    left: float
    bottom: float
    right: float
    top: float
    size: float
    foot: float
    even: bool
    plain: bool
    figure: bool | None = None
    bare: str | None = None
    own: PieceText | None = None

    @property
    def middle(self) -> float:
        """Half of its height."""
        return (self.bottom + self.top) / 2

    @property
    def length(self) -> int:
        """The number of its characters."""
        return self.words.end[self.numbers[-1]] - self.words.start[self.numbers[0]]

    @property
    def extents(self) -> Iterable[tuple[float, float]]:
        """From where to where each of its words reaches."""
        left, right, numbers = self.words.left, self.words.right, self.numbers
        if isinstance(numbers, range):
            return zip(left[numbers[0] : numbers[-1] + 1], right[numbers[0] : numbers[-1] + 1], strict=True)
        return [(left[word], right[word]) for word in numbers]


class PieceText(NamedTuple):
    """How a piece reads: where in the text each word begins is told where a word is not as it stands in the page's content."""

    text: str
    marks: list[Mark]
    offsets: list[int]


def pieces_of(words: Words, numbers: Sequence[int], whites: Sequence[tuple[float, float]] = ()) -> list[Piece]:
    """Return the pieces that words make up; a word that stands right behind another on its line goes on with it.

    `whites` are the left and right of white space that no piece runs over unless its words do.
    """
    import numpy as np

    if not numbers:
        return []
    whole = isinstance(numbers, range)
    at_once: Any = slice(numbers[0], numbers[-1] + 1) if whole else np.array(numbers)
    every = words.measures
    left, bottom, right, top = (kind[at_once] for kind in (every.left, every.bottom, every.right, every.top))
    size, follows = every.size[at_once], every.follows[at_once]
    least = np.minimum(size[1:], size[:-1])
    gap = left[1:] - right[:-1]
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    near = gap <= APART * least
    for west, east in whites:
        near &= (right[:-1] > west + 1) | (left[1:] < east - 1)
    for at in np.flatnonzero((gap > _FIGURES * least) & near & (follows[1:] != 2)).tolist():
        if _FIGURE_ENDS.search(words.text(numbers[at])) and _FIGURE_BEGINS.match(words.text(numbers[at + 1])):
            near[at] = False
    torn = follows[1:] == 0
    if not whole:
        torn |= at_once[1:] != at_once[:-1] + 1
    beside = (gap > _BACK * size[:-1]) & near & (overlap > _BESIDE * least)
    apart = np.ones(len(numbers), dtype=bool)
    apart[1:] = (torn | ~near) & ~beside
    for at in (np.flatnonzero(torn & beside) + 1).tolist():  # though the content was cut between them
        words.attach(numbers[at], 1 if gap[at - 1] > _SPACE * least[at - 1] else 2)
    starts = np.flatnonzero(apart)
    ends = [*starts[1:].tolist(), len(numbers)]
    begin, end = every.start[at_once], every.end[at_once]
    fits = np.ones(len(numbers), dtype=bool)  # a word stands in the content as it is read: behind one space, or none
    fits[1:] = (begin[1:] - end[:-1]) == (every.follows[at_once][1:] != 2)
    fits[starts] = True
    raised = np.zeros(len(words.start), dtype=bool)
    raised[list(words.raised)] = True
    lifted = raised[at_once]
    boxes = zip(
        starts.tolist(),
        ends,
        np.minimum.reduceat(left, starts).tolist(),
        np.minimum.reduceat(bottom, starts).tolist(),
        np.maximum.reduceat(right, starts).tolist(),
        np.maximum.reduceat(top, starts).tolist(),
        (np.maximum.reduceat(size, starts) - np.minimum.reduceat(size, starts)).tolist(),
        (np.maximum.reduceat(bottom, starts) - np.minimum.reduceat(bottom, starts)).tolist(),
        np.logical_and.reduceat(fits, starts).tolist(),
        np.logical_or.reduceat(lifted, starts).tolist(),
        strict=True,
    )
    found: list[Piece] = []
    for first, last, west, south, east, north, sizes, feet, fitting, marked in boxes:
        own = range(numbers[first], numbers[last - 1] + 1) if whole else numbers[first:last]
        height, foot = (words.size[own[0]], words.bottom[own[0]]) if sizes < 0.1 else _measure(words, own)
        if sizes < 0.1 <= feet:
            foot = median(words.bottom[word] for word in own)
        even = sizes < 0.1 and feet < _LIFTED * height and not marked
        found.append(Piece(words, own, west, south, east, north, height, foot, even, fitting))
    return found


def piece_of(words: Words, numbers: Sequence[int]) -> Piece:
    """Return one piece of words, however they stand."""
    if len(numbers) == 1:
        word = numbers[0]
        box = words.left[word], words.bottom[word], words.right[word], words.top[word]
        size = round(words.size[word], 1)
        return Piece(words, numbers, *box, size, box[1], word not in words.raised and size <= words.size[word], True)
    first, last = numbers[0], numbers[-1] + 1
    plain = False
    if last - first == len(numbers) and all(map(eq, numbers, range(first, last))):
        left, right = min(words.left[first:last]), max(words.right[first:last])
        bottoms, sizes = words.bottom[first:last], words.size[first:last]
        bottom, top = min(bottoms), max(words.top[first:last])
        size, low, high = round(sizes[0], 1), min(sizes), max(sizes)
        plain = _is_plain(words, first, last)
        if bottom == max(bottoms) and max(high - size, size - low) < 0.05 and 0.9 * size <= low:  # all alike
            even = size <= low and words.raised.isdisjoint(numbers)
            return Piece(words, numbers, left, bottom, right, top, size, bottom, even, plain)
    else:
        left, bottom = min(words.left[word] for word in numbers), min(words.bottom[word] for word in numbers)
        right, top = max(words.right[word] for word in numbers), max(words.top[word] for word in numbers)
    size, foot = _measure(words, numbers)
    return Piece(words, numbers, left, bottom, right, top, size, foot, False, plain)


def _is_plain(words: Words, first: int, last: int) -> bool:
    """Whether each of the words stands in the page's content as it is read: behind one space, or none."""
    ends, starts, follows = words.end[first : last - 1], words.start[first + 1 : last], words.follows[first + 1 : last]
    return all(start - end == (follow != 2) for end, start, follow in zip(ends, starts, follows, strict=True))


def _measure(words: Words, numbers: Sequence[int]) -> tuple[float, float]:
    """The size of most glyphs, and the foot on which words of that size stand."""
    sizes: dict[float, int] = {}
    for word in numbers:
        size = round(words.size[word], 1)
        sizes[size] = sizes.get(size, 0) + words.end[word] - words.start[word]
    size = max(sizes, key=lambda size: (sizes[size], size)) if len(sizes) > 1 else size
    return size, median(words.bottom[word] for word in numbers if words.size[word] >= 0.9 * size)


def line_size(pieces: Sequence[Piece]) -> float:
    """The height of most glyphs of a line."""
    if len(pieces) == 1:
        return pieces[0].size
    printed = [round(piece.size, 1) for piece in pieces]
    if printed.count(printed[0]) == len(printed):
        return printed[0]
    sizes: Counter[float] = Counter()
    for size, piece in zip(printed, pieces, strict=True):
        sizes[size] += piece.length
    return max(sizes, key=lambda size: (sizes[size], size))


def line_foot(pieces: Sequence[Piece], size: float) -> float:
    """On which most pieces of a line stand."""
    if len(pieces) == 1:
        return pieces[0].foot
    return median(piece.foot for piece in pieces if piece.size >= 0.9 * size)


def read_piece(piece: Piece, size: float, foot: float) -> PieceText:
    """Return how a piece reads on a line of a size that stands on a foot."""
    if size != piece.size or foot != piece.foot:
        return _read(piece, size, foot)
    if piece.own is None:
        piece.own = _read(piece, size, foot)
    return piece.own


def _read(piece: Piece, size: float, foot: float) -> PieceText:
    words, numbers = piece.words, piece.numbers
    level = piece.even and piece.plain and (piece.size >= _SMALL * size or piece.bottom <= foot + _LIFTED * size)
    raised = {} if level else _raised(words, numbers, size, foot)
    marks: list[Mark] = []
    parts: list[str] = []
    if piece.plain:
        whole = words.text_from(numbers[0], numbers[-1])
        if not raised and whole.isascii():
            return PieceText(whole, marks, [])
        if whole.isascii() or (not _LIGATURE.search(whole) and TAKEN not in whole):
            begin, end = words.start[numbers[0]], 0
            for order, (text, label) in raised.items():
                at = words.start[numbers[order]] - begin
                if label:
                    marks.append(Mark(at, at + len(label), label))
                parts += [whole[end:at], text]
                end = at + len(text)
            return PieceText("".join([*parts, whole[end:]]), marks, [])
    offsets: list[int] = []
    length = 0
    for order, word in enumerate(numbers):
        if order and words.follows[word] != 2:
            parts.append(" ")
            length += 1
        text, label = raised[order] if order in raised else (_as_read(words, word), "")
        if label:
            marks.append(Mark(length, length + len(label), label))
        offsets.append(length)
        parts.append(text)
        length += len(text)
    return PieceText("".join(parts), marks, offsets)


def _as_read(words: Words, word: int) -> str:
    """The characters of a word, its ligatures parted."""
    text = words.text(word)
    return text if text.isascii() else text.translate(_LIGATURES)


def _raised(words: Words, numbers: Sequence[int], size: float, foot: float) -> dict[int, tuple[str, str]]:
    """How the raised words of a piece read, by their order in it, each with the label by which it may call a note; else ""."""
    found: dict[int, tuple[str, str]] = {}
    small, lifted = _SMALL * size, foot + _LIFTED * size
    sizes, bottoms, every = words.size, words.bottom, words.raised
    if every.isdisjoint(numbers) and min([sizes[word] for word in numbers]) >= small:
        return found
    power = False
    for order, word in enumerate(numbers):
        drawn = word in every
        if not drawn and (sizes[word] >= small or bottoms[word] <= lifted):
            power = False
            continue
        text, label = _as_read(words, word), ""
        bare = text.rstrip(".,;:)") if not drawn else text
        if text in _SIGNS and any(_is_exponent(words, after, size, foot) for after in numbers[order + 1 : order + 2]):
            text, power = _SIGNS[text], True
        elif power and words.follows[word] == 2:
            text = text.translate(_RAISE)
        elif order and _POWER.fullmatch(bare):
            text = _SIGNS[text[0]] + text[1:].translate(_RAISE)
        else:
            power = False
            beside = words.text(numbers[order - 1]) if order and not drawn else ""
            if _MARK.fullmatch(bare) and not _QUARTER.fullmatch(beside + bare):
                text, label = text.translate(_RAISE), bare
        found[order] = text, label
    return found


def _is_lifted(words: Words, word: int, size: float, foot: float) -> bool:
    """Whether a word is small and stands above the foot of its line."""
    return words.size[word] < _SMALL * size and words.bottom[word] > foot + _LIFTED * size


def _is_exponent(words: Words, word: int, size: float, foot: float) -> bool:
    """Whether a word is a raised figure right behind another."""
    return words.follows[word] == 2 and words.text(word)[:1].isdecimal() and _is_lifted(words, word, size, foot)


def offsets_of(piece: Piece, read: PieceText) -> list[int]:
    """Return where in the text of a piece each of its words begins."""
    first = piece.words.start[piece.numbers[0]]
    return read.offsets or [piece.words.start[word] - first for word in piece.numbers]
