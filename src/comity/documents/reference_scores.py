"""How much each label scores for each token of a reference: the weights of all that the token shows, added up.

The weights of a group of features are added up once and kept, under the facts that the group is told from; what is then left for a
token is to add up a dozen rows. Weights are multiples of 1/32, so that the order of adding changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.documents.reference_features import (
    OFFSETS,
    Names,
    of_chunk,
    of_classes,
    of_dress,
    of_marks,
    of_pair,
    of_position,
    of_setting,
    of_shapes,
    of_word,
)
from comity.documents.reference_shown import Shown

_MOST = 8192  # sums of one group that are kept
_BITS = 60  # of the number that tells one row of numbers from another
_BEYOND = 2  # tokens before and behind a reference that its own can show
_Array = NDArray[np.float32]
_Places = NDArray[np.intp]
Facts = TypeVar("Facts", bound=Hashable)


class Scores:
    """The scores of labels by a model's weights.

    Args:
        names: the features that the model knows.
        weights: a row for each of them, with a weight for each label; the last row is that of what is not known.

    Attributes:
        rows: the row of `weights` of each feature.
    """

    def __init__(self, names: Sequence[str], weights: _Array) -> None:
        self.rows = rows = {name: row for row, name in enumerate(names)}
        self.weights = weights
        self._words = _Sums(of_word, rows, weights, 1 + len(OFFSETS))
        self._classes = _Sums(of_classes, rows, weights, 1 + len(OFFSETS))
        self._positions = _NumberedSums(of_position, rows, weights)
        self._settings = _NumberedSums(of_setting, rows, weights)
        self._dresses = _NumberedSums(of_dress, rows, weights)
        self._marks = _NumberedSums(of_marks, rows, weights)
        self._chunks = _Sums(of_chunk, rows, weights)
        self._shapes = _NumberedSums(of_shapes, rows, weights)
        self._first_of_pair = _pairs(rows, of_pair("", "")[0])
        self._second_of_pair = _pairs(rows, of_pair("", "")[1])

    def of(self, shown: Shown) -> _Array:
        """Return the score of each label for each token, the tokens of all references after each other."""
        # Words stand with what lies beyond their reference before and behind them: it is shown as a neighbour, too.
        words: list[str | None] = [None] * _BEYOND
        classes: list[tuple[str, ...]] = [()] * _BEYOND
        first = 0
        for length in shown.lengths:
            words += [*shown.words[first : first + length], *[None] * _BEYOND]
            classes += [*shown.classes[first : first + length], *[()] * _BEYOND]
            first += length
        at = np.arange(first) + _BEYOND * (1 + np.repeat(np.arange(len(shown.lengths)), shown.lengths))
        scores = self._paired(shown)
        word_at, classes_at = self._words.places(words), self._classes.places(classes)
        chunk_at = self._chunks.places(shown.chunks)[shown.chunk_of]  # before `held`, which it may replace
        for block, offset in enumerate((0, *OFFSETS)):
            scores += self._words.held[word_at[at + offset], block]
            scores += self._classes.held[classes_at[at + offset], block]
        scores += self._positions.of(shown.positions)
        scores += self._settings.of(shown.settings)
        scores += self._dresses.of(shown.dresses)
        scores += self._marks.of(shown.marks)
        scores += self._chunks.held[chunk_at, 0]
        scores += self._shapes.of(shown.shapes)
        return scores

    def _paired(self, shown: Shown) -> _Array:
        """Return the scores of pairs of words, few of which are known, for the first and the second of each."""
        ends = set(accumulate(shown.lengths))
        pairs = [("", "") if at in ends else pair for at, pair in enumerate(pairwise(shown.small), 1)]
        first = [self._first_of_pair.get(pair, -1) for pair in pairs]
        second = [self._second_of_pair.get(pair, -1) for pair in pairs]
        return self.weights[[*first, *[-1] * bool(shown.small)]] + self.weights[[*[-1] * bool(shown.small), *second]]


def _pairs(rows: Mapping[str, int], bare: str) -> dict[tuple[str, str], int]:
    """Return the rows of the names of pairs by their words; `bare` is such a name without words: what stands before and between them."""
    begin, mark = bare[:-1], bare[-1]
    found: dict[tuple[str, str], int] = {}
    for name, row in rows.items():
        if name.startswith(begin):
            words = name.removeprefix(begin).split(mark)
            for at in range(1, len(words)):  # a word may hold the mark: only one of the ways to part them is met
                found[mark.join(words[:at]), mark.join(words[at:])] = row
    return found


class _Sums(Generic[Facts]):
    """The sums of the weights of a group's features, each made when it is first asked for.

    Attributes:
        held: for each set of facts, each block of names, and each label the sum.
    """

    def __init__(
        self, names: Callable[[Facts], Names], rows: Mapping[str, int], weights: _Array, blocks: int = 1
    ) -> None:
        self._names, self._rows, self._weights = names, rows, weights
        self._at: dict[Facts, int] = {}
        self.held = np.zeros((256, blocks, weights.shape[1]), np.float32)

    def places(self, facts: Sequence[Facts]) -> _Places:
        """Return where in `held` each set of facts stands."""
        try:
            return np.fromiter(map(self._at.__getitem__, facts), np.intp, len(facts))
        except KeyError:
            if len(self._at) > _MOST:
                self._at.clear()
            self._add([one for one in dict.fromkeys(facts) if one not in self._at])
            return np.fromiter(map(self._at.__getitem__, facts), np.intp, len(facts))

    def _add(self, lacking: Sequence[Facts]) -> None:
        get = self._rows.get
        found = [
            [row for name in block if (row := get(name)) is not None] or [-1]
            for one in lacking
            for block in self._names(one)
        ]
        starts = np.cumsum([0, *(len(rows) for rows in found[:-1])])
        every = np.fromiter(chain.from_iterable(found), np.intp)
        sums = np.add.reduceat(self._weights[every], starts, axis=0)
        first, last = len(self._at), len(self._at) + len(lacking)
        if last > len(self.held):
            grown = np.zeros((2 * last, *self.held.shape[1:]), np.float32)
            grown[:first] = self.held[:first]
            self.held = grown
        self.held[first:last] = sums.reshape(len(lacking), *self.held.shape[1:])
        self._at |= zip(lacking, range(first, last), strict=True)


class _NumberedSums:
    """The sums of the weights of a group's features, whose facts are rows of a few small numbers."""

    def __init__(self, names: Callable[[tuple[int, ...]], Names], rows: Mapping[str, int], weights: _Array) -> None:
        self._sums = _Sums(names, rows, weights)

    def of(self, facts: _Places) -> _Array:
        """Return the sums for each row of numbers."""
        bits = _BITS // facts.shape[1]
        codes = np.zeros(len(facts), np.intp)
        for column in facts.T:
            codes = (codes << bits) | column
        _, first, each = np.unique(codes, return_index=True, return_inverse=True)
        places = self._sums.places(list(map(tuple, facts[first].tolist())))
        found: _Array = self._sums.held[places[each], 0]
        return found
