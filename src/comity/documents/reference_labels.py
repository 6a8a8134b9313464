"""Which part of a reference is its author, its title, its journal: labels by a linear-chain conditional random field.

The model is that of Lafferty, McCallum and Pereira (2001); `training/references.py` trains it, `trained/NOTICE.md` says from what.
Here it is only applied: the best sequence of labels (Viterbi), and how sure each of them is (forward and backward sums).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from comity.documents.reference_tokens import Printed, features, reference_tokens

WEIGHTS: Traversable = files("comity.documents") / "trained" / "references.npz"
_STEP = 32.0  # weights are stored in steps of 1/32
_Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a reference with one label ("author", "title", "journal", ...; "note" for what is no field).

    Attributes:
        sure: the mean probability of the label over its tokens, from 0 to 1.
    """

    label: str
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class _Model:
    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: _Array
    transitions: _Array

    def emissions(self, shown: Sequence[Sequence[str]]) -> _Array:
        """Return the score of each label for each token."""
        rows = self.rows
        found = [[row for name in names if (row := rows.get(name)) is not None] or [-1] for names in shown]
        starts = np.cumsum([0, *(len(each) for each in found[:-1])])
        every = np.fromiter(chain.from_iterable(found), np.intp)
        sums: _Array = np.add.reduceat(self.weights[every], starts, axis=0)
        return sums

    def best(self, emissions: _Array) -> list[int]:
        """Return the labels of the likeliest sequence (Viterbi 1967)."""
        score = emissions[0]
        came: list[NDArray[np.intp]] = []
        for here in emissions[1:]:
            reached = score[:, None] + self.transitions
            came.append(reached.argmax(axis=0))
            score = reached.max(axis=0) + here
        path = [int(score.argmax())]
        for back in reversed(came):
            path.append(int(back[path[-1]]))
        return path[::-1]

    def chances(self, emissions: _Array) -> _Array:
        """Return the probability of each label for each token, given the whole reference."""
        size = len(emissions)
        step = np.exp(self.transitions - self.transitions.max())
        local = np.exp(emissions - emissions.max(axis=1, keepdims=True))
        forward, backward = np.empty_like(local), np.empty_like(local)
        forward[0] = local[0] / local[0].sum()
        for index in range(1, size):
            here = (forward[index - 1] @ step) * local[index]
            forward[index] = here / here.sum()
        backward[-1] = 1.0
        for index in range(size - 2, -1, -1):
            here = step @ (backward[index + 1] * local[index + 1])
            backward[index] = here / here.sum()
        both = forward * backward
        told: _Array = both / both.sum(axis=1, keepdims=True)
        return told


def label_reference(printed: Printed) -> list[Part]:
    """Return the parts of a reference in their order; spaces stand between them."""
    tokens = reference_tokens(printed.text)
    if not tokens:
        return []
    model = _model()
    emissions = model.emissions(list(features(printed, tokens)))
    path = model.best(emissions)
    chances = model.chances(emissions)
    parts: list[Part] = []
    first = 0
    for index in range(1, len(tokens) + 1):
        if index < len(tokens) and path[index] == path[first]:
            continue
        sure = float(np.mean([chances[each, path[first]] for each in range(first, index)]))
        parts.append(Part(model.labels[path[first]], tokens[first].start, tokens[index - 1].end, sure))
        first = index
    return parts


@cache
def _model() -> _Model:
    with WEIGHTS.open("rb") as stored, np.load(stored) as held:
        labels = tuple(bytes(held["labels"]).decode().split("\n"))
        names = bytes(held["names"]).decode().split("\n")
        weights = np.zeros((len(names) + 1, len(labels)), np.float32)  # the last row is that of what is not known
        rows = np.repeat(np.arange(len(names)), held["counts"])
        weights[rows, held["columns"]] = held["weights"] / _STEP
        return _Model(labels, {name: row for row, name in enumerate(names)}, weights, held["transitions"])
