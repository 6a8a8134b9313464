"""The trained network that proposes acts: which words tell an act of which type, and who does it to whom.

A small convolutional network over word vectors, in numpy alone: an embedding of each unit (word, suffix, shape, form of
mention), residual convolutions of width three with growing dilation, a look of each unit at all others before the last of
them, the chances of the sixteen types at each unit and in the whole sentence, and for each act and mention the odds of being
its actor and its recipient. training/ in the repository trains it and writes trained/weights.npz; trained/NOTICE.md says from
what.

Sentences of like length are read together, padded with rows of zeros that no convolution and no attention takes for words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from comity.coding.units import STANDINGS, Units, distance_row, rows, standings
from comity.terms import EventType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Units of a batch: what fits a core's cache together with its convolutions.
_BATCH = 800
# A sentence longer than this is a list or a table that was read as prose.
LONGEST = 160
# Below these odds of telling an act of a type, a chance of 0.05, a unit is passed over.
_FLOOR = math.log(0.05 / 0.95)
# No odds of attention are steeper: exp of it, summed over a sentence, stays within 32 bits.
_STEEPEST = 60.0
# Words seen anew are kept with their vectors up to this number.
_REMEMBERED = 30_000


@dataclass(frozen=True, slots=True)
class Told:
    """An act as the network reads it.

    Attributes:
        type, mode: the mode is empty where the type has none or none is likely.
        unit: the unit that tells it most clearly.
        score: the mean of the chance at the unit and in the sentence, 0 to 1; what it is worth is measured in docs.
        sides: for each mention of the sentence the chances that it is an actor and a recipient.
    """

    type: EventType
    mode: str
    unit: int
    score: float
    sides: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Attention:
    """Weights of a layer's look at the other units: into question, key and value, and out of what was seen."""

    weights: Floats
    bias: Floats
    near: Floats
    out: Floats


@dataclass(frozen=True, slots=True)
class _Layer:
    """A residual convolution of width three: what it is multiplied with, and what stands where there is no unit.

    Attributes:
        weights: none for the first layer, whose products are kept with the words.
        least, empty, padding: see `Network._fold`; before the convolution and behind it.
    """

    step: int
    weights: Floats | None
    least: Floats
    empty: Floats
    padding: Floats
    attention: _Attention | None


class Network:
    """The trained weights, ready to read; one thread at a time, since it remembers the words seen."""

    def __init__(self, weights: dict[str, NDArray[np.generic]]) -> None:
        import numpy as np

        self._np = np
        words = bytes(weights["words"].tobytes()).decode("utf-8").split("\n")
        self._word_row = {word: row for row, word in enumerate(words, start=2)}
        self._table = weights["table"]
        self._table_scale = weights["table_scale"]
        self._suffix = weights["suffix"]
        self._suffix_scale = weights["suffix_scale"]
        self._w = {
            name: np.ascontiguousarray(value, dtype=np.float32)
            for name, value in weights.items()
            if value.dtype == np.float32
        }
        self._types = [EventType(name) for name in bytes(weights["types"].tobytes()).decode().split()]
        modes = [mode.split(".") for mode in bytes(weights["modes"].tobytes()).decode().split()]
        # Of each type the modes with their places among the scores, of which the first is that of none.
        self._modes = [
            [(number, mode) for number, (name, mode) in enumerate(modes, start=1) if name == kind.value]
            for kind in self._types
        ]
        # Of a negative distance the row stands at the end, where a negative index finds it.
        self._distances = np.array([distance_row(step) for step in (*range(LONGEST), *range(-LONGEST, 0))])
        self._width = self._w["bias"].shape[0]
        self._fold([int(step) for step in weights["dilations"]], [int(layer) for layer in weights["attending"]])
        self._forget()

    def _fold(self, steps: list[int], attending: list[int]) -> None:
        """Make the layers from the weights, the scale and shift that ends each drawn into the next one's weights.

        With `scale * (x + shift)` for what enters a layer, the layer gives that of the next from x alone:
        x + relu(convolution) becomes x + maximum(convolution, least), and what stands at a place without a unit is -shift.
        """
        np, w, width = self._np, self._w, self._width
        heads, reach = w["attend_near"].shape[1], w["attend_near"].shape[2] // 2
        places = np.arange(LONGEST)
        distances = np.clip(places[None] - places[:, None], -reach, reach)
        scale, shift = np.ones(width), np.zeros(width)
        self._layers: list[_Layer] = []
        for layer, step in enumerate(steps):
            attention = None
            if layer in attending:
                turn = attending.index(layer)
                bias = w["attend_in_bias"][turn] + (scale * shift) @ w["attend_in"][turn]
                into = scale[:, None] * w["attend_in"][turn]
                into[:, :width] *= (width // heads) ** -0.5
                bias[:width] *= (width // heads) ** -0.5
                # Behind each head's values a one that adds up what its chances are divided by.
                ends = np.arange(3 * width, 2 * width, -(width // heads))
                ones = np.append(bias[: 2 * width], np.zeros(width))
                attention = _Attention(
                    np.ascontiguousarray(np.insert(into, ends, 0, axis=1), dtype=np.float32),
                    np.insert(ones, ends, 1).astype(np.float32),
                    np.ascontiguousarray(w["attend_near"][turn][:, distances + reach]),
                    np.ascontiguousarray(w["attend_out"][turn] / scale, dtype=np.float32),
                )
                shift = shift + (bias[2 * width :] @ w["attend_out"][turn] + w["attend_out_bias"][turn]) / scale
                scale = scale * w["attend_scale"][turn]
                shift = shift + w["attend_shift"][turn] / scale
            taps = w["convolution"][layer]
            weights = np.tile(scale, 3)[:, None] * taps / scale
            bias = (w["convolution_bias"][layer] + np.tile(scale * shift, 3) @ taps) / scale
            empty, scale = -shift, scale * w["norm_scale"][layer]
            shift = shift + bias + w["norm_shift"][layer] / scale
            self._layers.append(
                _Layer(
                    step,
                    np.ascontiguousarray(weights, dtype=np.float32) if layer else None,
                    (-bias).astype(np.float32),
                    empty.astype(np.float32),
                    (-shift).astype(np.float32),
                    attention,
                )
            )
        self._scale, self._shift = scale.astype(np.float32), shift.astype(np.float32)

    def _forget(self) -> None:
        self._rows: dict[str | int, int] = {}
        self._vectors = self._np.zeros((4, 1024, self._width), dtype=self._np.float32)
        self._used = 1  # row 0 pads the shorter sentences of a batch

    def _row(self, key: str | int) -> int:
        """The row of a unit's vector, made when it is seen for the first time.

        Beside the vector stands what it brings to the first convolution of the unit after it, its own, and the one before.
        """
        np, row = self._np, self._used
        word, suffix, shape, form = rows(key)
        number = self._word_row.get(word)
        if number is None and word.endswith("ise"):
            number = self._word_row.get(word[:-3] + "ize")
        number = number or 1
        vector = (
            self._w["bias"]
            + self._table[number] * self._table_scale[number]
            + self._suffix[suffix] * self._suffix_scale[suffix]
            + self._w["shape"][shape]
            + self._w["form"][form]
        )
        if row == self._vectors.shape[1]:
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)], axis=1)
        vector = np.maximum(vector, 0)
        first = self._w["convolution"][0].reshape(3, self._width, self._width)
        self._vectors[:, row] = [vector, *(vector @ part for part in first)]
        self._rows[key] = row
        self._used += 1
        return row

    def read(self, sentences: Sequence[Units], threshold: float) -> list[list[Told] | None]:
        """Return for each sentence the acts whose score reaches the threshold, in the order of the text.

        None for a sentence that is too long to be one, and is not read.
        """
        found: list[list[Told]] = [[] for _ in sentences]
        wanted = [number for number, units in enumerate(sentences) if units.mentions and len(units) <= LONGEST]
        wanted.sort(key=lambda number: len(sentences[number]))  # of like length together: little is padded
        begin = 0
        while begin < len(wanted):
            end = begin + 1
            while end < len(wanted) and (end - begin + 1) * len(sentences[wanted[end]]) <= _BATCH:
                end += 1
            self._read([sentences[number] for number in wanted[begin:end]], wanted[begin:end], threshold, found)
            begin = end
        return [None if len(units) > LONGEST else acts for units, acts in zip(sentences, found, strict=True)]

    def _read(self, batch: list[Units], numbers: list[int], threshold: float, found: list[list[Told]]) -> None:
        """Add the acts of a batch of sentences, the longest last, to `found` at their numbers."""
        np, w = self._np, self._w
        if self._used > _REMEMBERED:
            self._forget()
        known, longest = self._rows, len(batch[-1])
        at: list[int | None] = []
        for units in batch:
            read = list(map(known.get, units.keys))
            if None in read:
                read = [self._row(key) if row is None else row for key, row in zip(units.keys, read, strict=True)]
            at += read
            at += [0] * (longest - len(read))
        index = np.array(at, dtype=np.intp).reshape(len(batch), longest)
        states, padding = self._encode(index), np.flatnonzero(index == 0)
        flat = states.reshape(-1, self._width)
        flat[padding] = -np.inf
        highest = states.max(axis=1)
        flat[padding] = 0
        lengths = np.array([len(units) for units in batch], dtype=np.float32)
        whole = np.concatenate([highest, states.sum(axis=1) / lengths[:, None]], axis=1)
        hidden = np.maximum(whole @ w["sentence_in"] + w["sentence_in_bias"], 0)
        likely = _logistic(hidden @ w["sentence_out"] + w["sentence_out_bias"])
        context = np.maximum(highest @ w["context"] + w["context_bias"], 0) @ w["type_context"] + w["type_bias"]
        odds = flat @ w["type_unit"]
        odds[padding] = -np.inf
        odds = odds.reshape(len(batch), longest, -1) + context[:, None]
        of, units_told, kinds = np.nonzero(odds > _FLOOR)
        order = np.lexsort((units_told, kinds, of))
        of, units_told, kinds = of[order], units_told[order], kinds[order]
        clear = _logistic(odds[of, units_told, kinds]).tolist()
        hits = zip(of.tolist(), kinds.tolist(), units_told.tolist(), clear, strict=True)
        acts: list[tuple[int, int, int, float]] = []  # sentence of the batch, type, unit, score
        for (position, kind), run in groupby(hits, key=itemgetter(0, 1)):
            whole_chance = float(likely[position, kind])
            for unit, chance in _clearest((unit, chance) for _, _, unit, chance in run):
                if (chance + whole_chance) / 2 >= threshold:
                    acts.append((position, kind, unit, (chance + whole_chance) / 2))
        if acts:
            for (position, *_), told in zip(acts, self._sided(states, highest, batch, acts), strict=True):
                found[numbers[position]].append(told)

    def _encode(self, index: NDArray[np.intp]) -> Floats:
        """The state of each unit: sentence, place, width; zeros where a shorter sentence is padded."""
        np, width = self._np, self._width
        size, longest = index.shape
        padding = np.flatnonzero(index == 0)
        x, *products = (vectors.take(index, axis=0) for vectors in self._vectors)
        wide = np.empty((size, longest, 3 * width), dtype=np.float32)
        for layer in self._layers:
            step, empty = layer.step, layer.empty
            if layer.attention is not None:
                x = self._attend(x, padding, layer.attention)
                x.reshape(-1, width)[padding] = empty
            if layer.weights is None:
                h = products[1]
                h[:, step:] += products[0][:, :-step]
                h[:, :-step] += products[2][:, step:]
            else:
                wide[:, :step, :width] = empty
                wide[:, step:, :width] = x[:, :-step]
                wide[:, :, width : 2 * width] = x
                wide[:, :-step, 2 * width :] = x[:, step:]
                wide[:, -step:, 2 * width :] = empty
                h = (wide.reshape(-1, 3 * width) @ layer.weights).reshape(size, longest, width)
            np.maximum(h, layer.least, out=h)
            h += x
            h.reshape(-1, width)[padding] = layer.padding
            x = h
        x += self._shift
        x *= self._scale
        return x

    def _attend(self, x: Floats, padding: NDArray[np.intp], attention: _Attention) -> Floats:
        """Every unit looks at every other of its sentence (Vaswani et al. 2017), with a bias by distance."""
        np = self._np
        size, longest, width = x.shape
        heads = len(attention.near)
        each = width // heads
        asked = x.reshape(-1, width) @ attention.weights
        asked += attention.bias
        asked[padding, 2 * width :] = 0
        query, key = (
            asked[:, part * width : (part + 1) * width].reshape(size, longest, heads, each).transpose(0, 2, 1, 3)
            for part in (0, 1)
        )
        value = asked[:, 2 * width :].reshape(size, longest, heads, each + 1).transpose(0, 2, 1, 3)
        scores = query @ key.swapaxes(-1, -2)
        scores += attention.near[:, :longest, :longest]
        np.clip(scores, -_STEEPEST, _STEEPEST, out=scores)
        np.exp(scores, out=scores)
        summed = scores @ value
        seen = np.empty((size, longest, heads, each), dtype=np.float32)
        np.divide(summed[..., :each], summed[..., each:], out=seen.transpose(0, 2, 1, 3))
        y: Floats = (seen.reshape(-1, width) @ attention.out).reshape(x.shape)
        y += x
        return y

    def _sided(
        self, states: Floats, highest: Floats, batch: list[Units], acts: list[tuple[int, int, int, float]]
    ) -> Iterator[Told]:
        """Yield the acts of a batch with their modes and the chances of each mention's sides."""
        np, w = self._np, self._w
        positions, kinds, units_told = np.array([act[:3] for act in acts], dtype=np.intp).T
        act, mention, form, setting = self._pairs(batch, acts, states.shape[1])
        of, unit_told = positions[act], units_told[act]
        low, high = np.minimum(unit_told, mention), np.maximum(unit_told, mention)
        told = states[positions, units_told]
        longest = states.shape[1]
        summed = np.tri(longest + 1, longest, -1, dtype=np.float32) @ states  # of all units before each
        between = summed[of, np.maximum(high, low + 1)] - summed[of, low + 1]
        between /= np.maximum(high - low - 1, 1).astype(np.float32)[:, None]
        at_act = told @ w["role_act"] + w["role_bias"] + w["role_type"][kinds]
        h = at_act[act] + states[of, mention] @ w["role_mention"] + between @ w["role_between"]
        h += w["role_form"][form]
        h += w["role_distance"][self._distances[mention - unit_told]]
        h += w["role_setting"][setting]
        np.maximum(h, 0, out=h)
        h = h + np.maximum(h @ w["role_deep"] + w["role_deep_bias"], 0)
        sides = _logistic(h @ w["role_out"] + w["role_out_bias"]).tolist()
        modes = (np.concatenate([told, highest[positions]], axis=1) @ w["mode"] + w["mode_bias"]).tolist()
        begin = 0
        for (position, kind, unit, score), scores in zip(acts, modes, strict=True):
            end = begin + len(batch[position].mentions)
            yield Told(
                self._types[kind],
                self._mode(scores, kind),
                unit,
                round(score, 4),
                tuple(map(tuple, sides[begin:end])),
            )
            begin = end

    def _pairs(
        self, batch: list[Units], acts: list[tuple[int, int, int, float]], longest: int
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Return each act with each mention of its sentence: numbers of acts, units, forms and settings of the mentions."""
        np = self._np
        counts = np.array([len(batch[position].mentions) for position, *_ in acts])
        begins: dict[int, int] = {}
        mentions: list[tuple[int, int | str, int]] = []  # of each sentence with an act: unit, form, standing
        coded = np.zeros((len(batch), longest + 2), dtype=np.intp)
        for position in sorted({position for position, *_ in acts}):
            units = batch[position]
            begins[position] = len(mentions)
            placed = zip(units.mentions, standings(units), strict=True)
            mentions += [(unit, units.keys[unit], standing) for (unit, _), standing in placed]
            coded[position, [unit + 1 for unit, mention in units.mentions if mention.code]] = 1
        act = np.repeat(np.arange(len(acts)), counts)
        starts = np.array([begins[position] for position, *_ in acts])
        number = np.arange(len(act)) - np.repeat(np.cumsum(counts) - counts - starts, counts)
        unit, form, standing = np.array(mentions, dtype=np.intp)[number].T
        of, told = np.array([(position, unit) for position, _, unit, _ in acts])[act].T
        before = np.cumsum(coded, axis=1)  # the actors before each unit
        between = before[of, np.maximum(unit, told)] - before[of, np.minimum(unit, told) + 1]
        return act, unit, form, np.clip(between, 0, 2) * STANDINGS + standing

    def _mode(self, scores: list[float], kind: int) -> str:
        """The likeliest mode of a type, or none: the class before the modes stands for none."""
        best, found = scores[0], ""
        for number, mode in self._modes[kind]:
            if scores[number] > best:
                best, found = scores[number], mode
        return found


def _clearest(told: Iterable[tuple[int, float]]) -> Iterator[tuple[int, float]]:
    """Draw neighbouring units that tell one type together: the clearest of them and its chance."""
    best: tuple[int, float] | None = None
    last = 0
    for unit, chance in told:
        if best is not None and unit - last > 2:
            yield best
            best = None
        if best is None or chance > best[1]:
            best = (unit, chance)
        last = unit
    if best is not None:
        yield best


def _logistic(scores: Floats) -> Floats:
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the network with the weights that ship with the package, loaded once."""
    import numpy as np

    with (files("comity.coding") / "trained" / "weights.npz").open("rb") as stored, np.load(stored) as weights:
        return Network({name: weights[name] for name in weights.files})
