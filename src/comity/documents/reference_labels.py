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

from comity.documents.reference_scores import Scores
from comity.documents.reference_shown import shown
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

    def best(self, emissions: _Array, counts: Sequence[int]) -> _Places:
        """Return the labels of the likeliest sequences (Viterbi 1967).

        Args:
            emissions: the score of each label for each token: the first ones of all references, the second ones, ...
            counts: how many references have a first token, a second, ...; they stand in one order.
        """
        rows = _slices(counts)
        scores = [emissions[rows[0]]]
        leaving = self.transitions[:, :, None]
        for count, at in zip(counts[1:], rows[1:], strict=True):
            # The reference is the last axis: sums and maxima then run along memory.
            reached = np.ascontiguousarray(scores[-1][:count].T)[:, None, :] + leaving
            scores.append(np.maximum.reduce(reached, axis=0).T + emissions[at])
        arriving = np.ascontiguousarray(self.transitions.T)
        path = np.empty(len(emissions), np.intp)
        state = path[rows[-1]] = scores[-1].argmax(axis=1)
        for score, at in zip(reversed(scores[:-1]), reversed(rows[:-1]), strict=True):
            going = len(state)
            came = (score[:going] + arriving[state]).argmax(axis=1)
            state = path[at] = np.concatenate((came, score[going:].argmax(axis=1))) if going < len(score) else came
        return path

    def chances(self, forward: _Array, backward: _Array, counts: Sequence[int]) -> tuple[_Array, _Array]:
        """Return the sums over all labels before each token, it included, and over all behind it, each up to a factor.

        Args:
            forward: the score of each label for each token, as in `best`.
            backward: the same from the end: the last ones of all references, the last but one, ...
            counts: as in `best`.
        """
        step = np.exp(self.transitions - self.transitions.max())
        steps = np.stack((step, step.T))
        local = np.stack((forward, backward))
        local = np.exp(local - local.max(axis=2, keepdims=True))
        before, behind = np.empty_like(forward), np.ones_like(backward)
        here = local[:, : counts[0]]
        for count, at in zip(counts, _slices(counts), strict=True):
            if at.start:
                arrived = here[:, :count] @ steps
                behind[at] = arrived[1]
                here = arrived * local[:, at]
            here = here / np.add.reduce(here, axis=2, keepdims=True)
            before[at] = here[0]
        return before, behind


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
    emissions = model.scores.of(shown(printed, references))
    forward, backward, counts = _steps(references)
    path = np.empty(len(emissions), np.intp)
    path[forward] = model.best(emissions[forward], counts)
    before, behind = np.empty_like(emissions), np.empty_like(emissions)
    before[forward], behind[backward] = model.chances(emissions[forward], emissions[backward], counts)
    both = before * behind
    chances = (both[np.arange(len(path)), path] / both.sum(axis=1)).tolist()
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


def _steps(references: Sequence[Sequence[object]]) -> tuple[_Places, _Places, list[int]]:
    """Return where the first tokens of all references stand, the second ones, ..., and the last ones, the last but one, ...

    The longest reference goes first; how many have a first token, a second, ... is told with them.
    """
    lengths = np.array([len(tokens) for tokens in references])
    order = np.argsort(-lengths, kind="stable")
    begin = (np.cumsum(lengths) - lengths)[order]
    end = begin + lengths[order] - 1
    going = np.searchsorted(-lengths[order], -np.arange(int(lengths.max())), side="left").tolist()
    forward = [begin[:count] + at for at, count in enumerate(going)]
    backward = [end[:count] - at for at, count in enumerate(going)]
    return np.concatenate(forward), np.concatenate(backward), going


def _slices(counts: Sequence[int]) -> list[slice]:
    ends = list(accumulate(counts))
    return [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]


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
