"""How much each label scores for each token of a reference: the weights of all that the token shows, added up.

The weights of a group of features are added up once and kept, under the facts that the group is told from; what is then left for a
token is to add up a dozen rows. Weights are multiples of 1/32, so that the order of adding changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.documents.reference_features import (
    OFFSETS,
    Names,
    Shown,
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

_MOST = 8192  # sums of one group that are kept
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
        self._positions = _Sums(of_position, rows, weights)
        self._settings = _Sums(of_setting, rows, weights)
        self._dresses = _Sums(of_dress, rows, weights)
        self._marks = _Sums(of_marks, rows, weights)
        self._chunks = _Sums(of_chunk, rows, weights)
        self._shapes = _Sums(of_shapes, rows, weights)

    def of(self, references: Sequence[Shown]) -> _Array:
        """Return the score of each label for each token, the tokens of all references after each other."""
        # Words stand with what lies beyond their reference before and behind them: it is shown as a neighbour, too.
        words: list[str | None] = [None] * _BEYOND
        classes: list[tuple[str, ...]] = [()] * _BEYOND
        pairs: list[tuple[str, str] | None] = []
        places: list[int] = []
        for one in references:
            places += range(len(words), len(words) + len(one.words))
            words += [*one.words, *[None] * _BEYOND]
            classes += [*one.classes, *[()] * _BEYOND]
            pairs += [*one.pairs, None] if one.words else []
        at = np.array(places, np.intp)
        scores = self._paired(pairs)
        word_at, classes_at = self._words.places(words), self._classes.places(classes)
        for block, offset in enumerate((0, *OFFSETS)):
            scores += self._words.held[word_at[at + offset], block]
            scores += self._classes.held[classes_at[at + offset], block]
        scores += self._positions.of(chain.from_iterable(one.positions for one in references))
        scores += self._settings.of(chain.from_iterable(one.settings for one in references))
        scores += self._dresses.of(chain.from_iterable(one.dresses for one in references))
        scores += self._marks.of(chain.from_iterable(one.marks for one in references))
        scores += self._chunks.of(chain.from_iterable(one.chunks for one in references))
        scores += self._shapes.of(chain.from_iterable(one.shapes for one in references))
        return scores

    def _paired(self, pairs: Sequence[tuple[str, str] | None]) -> _Array:
        """Return the scores of pairs of words, few of which are known, for the first and the second of each."""
        names = [("", "") if pair is None else of_pair(*pair) for pair in pairs]
        first = [self.rows.get(name, -1) for name, _ in names]
        second = [-1, *(self.rows.get(name, -1) for _, name in names[:-1])]
        return self.weights[first] + self.weights[second]


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

    def of(self, facts: Iterable[Facts]) -> _Array:
        """Return the sums of the first block for each set of facts."""
        places = self.places(list(facts))
        found: _Array = self.held[places, 0]
        return found

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
