"""Which part of a reference is its author, its title, its journal: labels by a linear-chain conditional random field.

The model is that of Lafferty, McCallum and Pereira (2001); `training/references.py` trains it, `trained/NOTICE.md` says from what.
Here it is only applied: the best sequence of labels (Viterbi), and how sure each of them is (forward and backward sums). References
are labelled many at once: step by step along all of them, the longest first, so that those that still go on stand together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate, groupby

import numpy as np
from numpy.typing import NDArray

from comity.documents.reference_features import shown
from comity.documents.reference_scores import Scores
from comity.documents.reference_tokens import Printed, reference_tokens

WEIGHTS: Traversable = files("comity.documents") / "trained" / "references.npz"
_STEP = 32.0  # weights are stored in steps of 1/32
_MOST = 256  # references labelled at once
_Array = NDArray[np.float32]
_Places = NDArray[np.intp]


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
    scores: Scores
    transitions: _Array

    def best(self, emissions: _Array, steps: Sequence[_Places]) -> _Places:
        """Return the labels of the likeliest sequences (Viterbi 1967).

        Args:
            emissions: the score of each label for each token of all references.
            steps: for the first, second, ... token the rows of `emissions` that hold it, in the order of the references.
        """
        arriving = np.ascontiguousarray(self.transitions.T)
        came = np.zeros(emissions.shape, np.intp)
        score = emissions[steps[0]]
        for rows in steps[1:]:
            reached = score[: len(rows), None, :] + arriving
            came[rows] = reached.argmax(axis=2)
            score[: len(rows)] = np.maximum.reduce(reached, axis=2) + emissions[rows]
        state = score.argmax(axis=1)
        path = np.empty(len(emissions), np.intp)
        for rows in reversed(steps):
            path[rows] = state[: len(rows)]
            state[: len(rows)] = came[rows, state[: len(rows)]]
        return path

    def chances(self, emissions: _Array, steps: Sequence[_Places]) -> _Array:
        """Return the probability of each label for each token, given its whole reference; arguments as those of `best`."""
        step = np.exp(self.transitions - self.transitions.max())
        back = np.ascontiguousarray(step.T)
        local = np.exp(emissions - emissions.max(axis=1, keepdims=True))
        forward, backward = np.empty_like(local), np.ones_like(local)
        here = local[steps[0]]
        here /= np.add.reduce(here, axis=1, keepdims=True)
        forward[steps[0]] = here
        for rows in steps[1:]:
            here = (here[: len(rows)] @ step) * local[rows]
            here /= np.add.reduce(here, axis=1, keepdims=True)
            forward[rows] = here
        for rows, following in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
            here = (backward[following] * local[following]) @ back
            backward[rows[: len(following)]] = here / np.add.reduce(here, axis=1, keepdims=True)
        both = forward * backward
        told: _Array = both / both.sum(axis=1, keepdims=True)
        return told


def label_references(printed: Sequence[Printed]) -> list[list[Part]]:
    """Return the parts of each reference in their order; spaces stand between them."""
    found: list[list[Part]] = []
    for first in range(0, len(printed), _MOST):
        found += _labelled(printed[first : first + _MOST])
    return found


def _labelled(printed: Sequence[Printed]) -> Iterator[list[Part]]:
    references = [reference_tokens(one.text) for one in printed]
    ends = list(accumulate(map(len, references)))
    if not ends or not ends[-1]:
        yield from ([] for _ in references)
        return
    model = trained()
    emissions = model.scores.of([shown(*each) for each in zip(printed, references, strict=True)])
    steps = _steps(references)
    path = model.best(emissions, steps)
    chances = model.chances(emissions, steps)[np.arange(len(path)), path].tolist()
    labels = path.tolist()
    for tokens, end in zip(references, ends, strict=True):
        begin = end - len(tokens)
        parts = []
        for label, run in groupby(range(begin, end), key=labels.__getitem__):
            inside = list(run)
            sure = sum(chances[inside[0] : inside[-1] + 1]) / len(inside)
            parts.append(
                Part(model.labels[label], tokens[inside[0] - begin].start, tokens[inside[-1] - begin].end, sure)
            )
        yield parts


def _steps(references: Sequence[Sequence[object]]) -> list[_Places]:
    """Return for the first, second, ... token the places of those tokens among all, those of the longest reference first."""
    lengths = np.array([len(tokens) for tokens in references])
    order = np.argsort(-lengths, kind="stable")
    begin = (np.cumsum(lengths) - lengths)[order]
    going = np.searchsorted(-lengths[order], -np.arange(int(lengths.max())), side="left")
    return [begin[:count] + at for at, count in enumerate(going.tolist())]


@cache
def trained() -> _Model:
    """Return the model of `WEIGHTS`, read once; `trained.cache_clear()` makes it read others."""
    with WEIGHTS.open("rb") as stored, np.load(stored) as held:
        labels = tuple(bytes(held["labels"]).decode().split("\n"))
        names = bytes(held["names"]).decode().split("\n")
        weights = np.zeros((len(names) + 1, len(labels)), np.float32)  # the last row is that of what is not known
        rows = np.repeat(np.arange(len(names)), held["counts"])
        weights[rows, held["columns"]] = held["weights"] / _STEP
        return _Model(labels, Scores(names, weights), held["transitions"])
