"""What the tokens of references show: their form, the words and marks around them, what stands in quotation marks.

The tokens of many references stand after each other in arrays, so that what is told of one token is told of all at once.
`reference_features` gives what is shown its names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from comity.documents.reference_tokens import Printed, ReferenceToken, quoted

FAR = 4
"""Tokens from an end of the reference, or more."""
LONGEST_WORD = 24
"""Characters of a word that a feature holds."""

Chunk = tuple[int, str, tuple[str, ...]]
_Array = NDArray[np.intp]
_Flags = NDArray[np.bool_]
_Words = Sequence[Sequence[ReferenceToken]]

_CLASS_WORDS = 3  # words of the longest name in the lists
# Shapes by their numbers: what is told of many tokens at once is told by comparing these. The first is no shape; then come the marks
# that end sentences and those that part words, of which the full stop is both.
_ENDS, _STOPS, _SMALL = "?!.", '.,;:()[]{}"“”‘’«»/', ("xx", "x", "x-x")
SHAPES = ["", *_ENDS, *_STOPS[1:], *_SMALL, "year", "^", "$"]
"""The shapes of words met so far; a mark is its own, and "^" and "$" stand for the ends of a reference."""
_SHAPE_OF = {shape: number for number, shape in enumerate(SHAPES)}
_ADDING = Lock()
_FIRST_STOP, _LAST_STOP = _SHAPE_OF[_STOPS[0]], _SHAPE_OF[_STOPS[-1]]
_FIRST_SMALL, _LAST_SMALL = _SHAPE_OF[_SMALL[0]], _SHAPE_OF[_SMALL[-1]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tokens of references show, all after each other: of each group of features a value, or a row of numbers, for a token.

    Attributes:
        lengths: how many tokens each reference has.
        words: the tokens as printed.
        small: the words in small letters, as features hold them.
        classes: the classes of the word lists that each belongs to.
        positions: how far along it stands: tenth, place from the beginning and from the end (`FAR` for farther).
        settings: whether a space stands before and behind, the bracket around (1 round, 2 square), years so far (2 for more), and
            sentences before (4 for more).
        dresses: quotation marks (1 where words in them begin, 2 inside), how many began so far (2 for more), the same of emphasis, and
            what the reference has at all: 1 for quotation marks, 2 for emphasis.
        marks: its shape, and the marks before and behind, as places in `SHAPES`.
        chunks: of the words between two marks: how many, how many in small letters, their classes; None for a mark.
        chunk_of: the place of each token's in `chunks`.
        shapes: its shape between those of its neighbours, as places in `SHAPES`.
    """

    lengths: list[int]
    words: list[str]
    small: list[str]
    classes: list[tuple[str, ...]]
    positions: _Array
    settings: _Array
    dresses: _Array
    marks: _Array
    chunks: list[Chunk | None]
    chunk_of: _Array
    shapes: _Array


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where references stand among the tokens: of each token the first and the last place of its reference."""

    begins: _Array
    first: _Array
    last: _Array

    def counted(self, flags: _Flags, most: int) -> _Array:
        """Return for each token how many flags its reference has up to it, at most so many."""
        total = np.cumsum(flags)
        found: _Array = np.minimum(total - (total - flags)[self.first], most)
        return found

    def inside(self, opened: _Flags, closed: _Flags) -> _Flags:
        """Return whether each token stands in brackets, which are tokens, too; one that closes nothing is passed over."""
        # Each reference counts from a level below all that the one before can reach, so that the least so far is its own.
        level = -(self.first * 2)
        depth = np.cumsum(opened.astype(np.intp) - closed)
        depth += level - (depth - opened + closed)[self.first]
        depth -= np.minimum.accumulate(np.minimum(depth, level))
        within: _Flags = depth > 0
        within[1:] |= within[:-1] & closed[1:] & (self.first[1:] == self.first[:-1])
        return within


def shown(printed: Sequence[Printed], tokens: _Words) -> Shown:
    """Return what the tokens of references show."""
    texts = [token[0] for each in tokens for token in each]
    lengths = [len(each) for each in tokens]
    if not texts:
        none = np.empty((0, 5), np.intp)
        return Shown(lengths, [], [], [], none[:, :3], none, none, none[:, :3], [None], none[:, 0], none[:, :3])
    sizes = np.array([length for length in lengths if length])
    last = np.cumsum(sizes) - 1
    begins = last + 1 - sizes
    rows = _Rows(begins, np.repeat(begins, sizes), np.repeat(last, sizes))
    small, shape_of, known, opens = zip(*map(_of_word, texts), strict=True)
    shapes = np.array(shape_of)
    classes = list(known)
    _add_names(classes, small, np.flatnonzero(opens).tolist(), rows.last)
    places, offsets = _offsets(printed, tokens)
    ends = places + np.fromiter(map(len, texts), np.intp, len(texts))
    stops = (shapes >= _FIRST_STOP) & (shapes <= _LAST_STOP)
    chunks, chunk_of = _chunks(stops, shapes, classes, rows)
    return Shown(
        lengths,
        texts,
        list(small),
        classes,
        _positions(rows),
        _settings(shapes, places, ends, rows),
        _dresses(printed, places, offsets, rows, sizes, lengths),
        np.stack((shapes, *_marks(stops, shapes, rows)), axis=1),
        chunks,
        chunk_of,
        np.stack((*_neighbours(shapes, rows), shapes), axis=1)[:, (0, 2, 1)],
    )


def _offsets(printed: Sequence[Printed], tokens: _Words) -> tuple[_Array, list[int]]:
    """Return where each token stands in the texts of all references after each other, and where each of these begins."""
    offsets: list[int] = []
    places: list[int] = []
    at = 0
    for one, each in zip(printed, tokens, strict=True):
        offsets.append(at)
        places += [at + token[1] for token in each]
        at += len(one.text) + 1
    return np.array(places), offsets


@lru_cache(maxsize=8192)
def _of_word(text: str) -> tuple[str, int, tuple[str, ...], bool]:
    """Return a word in small letters, the place of its shape, its classes, and whether it begins a name of several words."""
    word, shape = text.lower()[:LONGEST_WORD], shape_of(text)
    with _ADDING:
        if shape not in _SHAPE_OF:
            SHAPES.append(shape)
            _SHAPE_OF[shape] = len(SHAPES) - 1
    return word, _SHAPE_OF[shape], word_lists().get(word, ()), word in _first_words()


def shape_of(word: str) -> str:
    """Return what the letters of a word look like; a mark looks like itself."""
    if word.isdigit():
        return (
            "year" if len(word) == 4 and word[:2] in ("15", "16", "17", "18", "19", "20") else f"d{min(len(word), 5)}"
        )
    if word.startswith(("http", "www.", "ftp:")):
        return "url"
    if word.startswith("10.") and "/" in word:
        return "doi"
    if not word[0].isalpha():
        return word
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "roman" if set(word) <= set("IVXLC") else ("XX" if len(word) <= 3 else "XXX")
    if word[0].isupper():
        return "X-x" if "-" in word else ("Xx" if word[1:].islower() else "XxX")
    return "x-x" if "-" in word else "xx"


def _positions(rows: _Rows) -> _Array:
    at = np.arange(len(rows.first))
    index, length = at - rows.first, rows.last + 1 - rows.first
    return np.stack((10 * index // length, np.minimum(index, FAR), np.minimum(rows.last - at, FAR)), axis=1)


def _settings(shapes: _Array, places: _Array, ends: _Array, rows: _Rows) -> _Array:
    at = np.arange(len(shapes))
    inner = at > rows.first
    spaced = np.zeros(len(shapes) + 1, np.intp)
    spaced[1:-1] = (ends[:-1] < places[1:]) & inner[1:]
    round_ = rows.inside(shapes == _SHAPE_OF["("], shapes == _SHAPE_OF[")"])
    square = rows.inside(shapes == _SHAPE_OF["["], shapes == _SHAPE_OF["]"])
    full = (shapes > 0) & (shapes <= len(_ENDS)) & inner
    full[1:] &= (ends - places)[:-1] > 2  # behind an initial no sentence ends
    ended = rows.counted(full, len(shapes)) - full
    years = rows.counted(shapes == _SHAPE_OF["year"], 2)
    return np.stack((spaced[:-1], spaced[1:], np.where(round_, 1, 2 * square), years, np.minimum(ended, 4)), axis=1)


def _dresses(
    printed: Sequence[Printed],
    places: _Array,
    offsets: Sequence[int],
    rows: _Rows,
    sizes: _Array,
    lengths: Sequence[int],
) -> _Array:
    quotes = _inside(places, [quoted(one.text) for one in printed], offsets)
    emphases = _inside(places, [one.emphasised for one in printed], offsets)
    has = np.maximum.reduceat((quotes > 0).astype(np.intp), rows.begins)
    has += [2 * bool(one.emphasised) for one, length in zip(printed, lengths, strict=True) if length]
    counts = [rows.counted(found == 1, 2) for found in (quotes, emphases)]
    return np.stack((quotes, counts[0], emphases, counts[1], np.repeat(has, sizes)), axis=1)


def _inside(places: _Array, spans: Sequence[Sequence[tuple[int, int]]], offsets: Sequence[int]) -> _Array:
    """Return where each token stands to the spans of its reference: 1 at a beginning, 2 inside, 0 outside."""
    found = np.zeros(len(places), np.intp)
    every = [(begin + start, begin + end) for begin, each in zip(offsets, spans, strict=True) for start, end in each]
    if every:
        edges = np.searchsorted(places, every).tolist()
        for (first, last), (start, _) in zip(edges, every, strict=True):
            found[first:last] = 2
            if first < last and places[first] == start:
                found[first] = 1
    return found


def _neighbours(shapes: _Array, rows: _Rows) -> tuple[_Array, _Array]:
    """Return the shapes before and behind each token; 0 where its reference begins and ends."""
    at = np.arange(len(shapes))
    before, behind = np.zeros_like(shapes), np.zeros_like(shapes)
    before[1:], behind[:-1] = shapes[:-1], shapes[1:]
    before[at == rows.first] = behind[at == rows.last] = 0
    return before, behind


def _marks(stops: _Flags, shapes: _Array, rows: _Rows) -> tuple[_Array, _Array]:
    """Return for each token the mark before it and the mark behind it."""
    length = len(shapes)
    at = np.arange(length)
    last = np.full(length, -1)
    last[1:] = np.maximum.accumulate(np.where(stops, at, -1))[:-1]
    following = np.full(length, length)
    following[:-1] = np.minimum.accumulate(np.where(stops, at, length)[::-1])[::-1][1:]
    before = np.where(last < rows.first, _SHAPE_OF["^"], shapes[last])
    behind = np.where(following > rows.last, _SHAPE_OF["$"], shapes[np.minimum(following, length - 1)])
    return before, behind


def _chunks(
    stops: _Flags, shapes: _Array, classes: Sequence[tuple[str, ...]], rows: _Rows
) -> tuple[list[Chunk | None], _Array]:
    """Return what the words between two marks show together, and which of it is each token's."""
    begins = ~stops
    begins[1:] &= stops[:-1] | (rows.first[1:] > np.arange(len(stops) - 1))
    chunk_of = np.where(stops, 0, np.cumsum(begins))
    most = int(chunk_of.max(initial=0)) + 1
    known: dict[int, set[str]] = {}
    for at, chunk in enumerate(chunk_of.tolist()):
        if chunk and classes[at]:
            known.setdefault(chunk, set()).update(classes[at])
    small = np.bincount(chunk_of[(shapes >= _FIRST_SMALL) & (shapes <= _LAST_SMALL)], minlength=most).tolist()
    counts = np.bincount(chunk_of, minlength=most).tolist()
    told: list[Chunk | None] = [None]
    for chunk in range(1, most):
        share = "none" if not small[chunk] else "some" if 2 * small[chunk] < counts[chunk] else "most"
        told.append((min(counts[chunk], 8), share, tuple(sorted(known.get(chunk, ())))))
    return told, chunk_of


def _add_names(classes: list[tuple[str, ...]], words: Sequence[str], firsts: Sequence[int], last: _Array) -> None:
    """Add the classes of names of several words to those of their words."""
    lists = word_lists()
    ends = last[firsts].tolist() if firsts else []
    for size in range(2, _CLASS_WORDS + 1):
        for index, end in zip(firsts, ends, strict=True):
            if index + size - 1 > end:
                continue
            for name in lists.get("_".join(words[index : index + size]), ()):
                for each in range(index, index + size):
                    if name not in classes[each]:
                        classes[each] = (*classes[each], name)


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which names of several words begin."""
    return frozenset(name.partition("_")[0] for name in word_lists() if "_" in name)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Return the classes of each word of trained/words.tsv."""
    found: dict[str, list[str]] = {}
    stored = files("comity.documents") / "trained" / "words.tsv"
    for line in stored.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition("\t")
            for word in dict.fromkeys(words.split()):
                found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}
