"""The trained network that proposes acts: which words tell an act of which type, and who does it to whom.

A small convolutional network over word vectors, in numpy alone: an embedding of each unit (word, suffix, shape, form of
mention), residual convolutions of width three with growing dilation, a look of each unit at all others before the last of
them, the chances of the sixteen types at each unit and in the whole sentence, and for each act and mention the odds of being
its actor and its recipient. training/ in the repository trains it and writes trained/weights.npz; trained/NOTICE.md says from
what.

Sentences of like length are read together, padded with rows of zeros that no convolution and no attention takes for words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from comity.coding.units import Units, distance_row, rows, setting_row
from comity.terms import EventType

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Units of a batch: what fits a core's cache together with its convolutions.
_BATCH = 1200
# A sentence longer than this is a list or a table that was read as prose.
LONGEST = 160
# Below this chance of telling any act a unit is passed over.
_FLOOR = 0.05
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
        self._dilations = [int(step) for step in weights["dilations"]]
        self._attending = [int(layer) for layer in weights["attending"]]
        self._types = [EventType(name) for name in bytes(weights["types"].tobytes()).decode().split()]
        modes = [mode.split(".") for mode in bytes(weights["modes"].tobytes()).decode().split()]
        self._modes = {
            kind: [(number, mode) for number, (name, mode) in enumerate(modes) if name == kind.value]
            for kind in self._types
        }
        self._width = self._w["bias"].shape[0]
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str | int, int] = {}
        self._vectors = self._np.zeros((1024, 4 * self._width), dtype=self._np.float32)
        self._used = 1  # row 0 pads the shorter sentences of a batch

    def _row(self, key: str | int) -> int:
        """The row of a unit's vector, made when it is seen for the first time.

        Behind the vector stands what it brings to the first convolution of the unit after it, its own, and the one before.
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
        if row == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        vector = np.maximum(vector, 0)
        first = self._w["convolution"][0].reshape(3, self._width, self._width)
        self._vectors[row] = np.concatenate([vector, *(vector @ part for part in first)])
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
        inside = index > 0
        states = self._encode(self._vectors[index], inside)
        lengths = np.array([len(units) for units in batch], dtype=np.float32)
        highest = np.where(inside[:, :, None], states, np.float32(-1e4)).max(axis=1)
        whole = np.concatenate([highest, states.sum(axis=1) / lengths[:, None]], axis=1)
        hidden = np.maximum(whole @ w["sentence_in"] + w["sentence_in_bias"], 0)
        likely = _logistic(hidden @ w["sentence_out"] + w["sentence_out_bias"])
        context = np.maximum(highest @ w["context"] + w["context_bias"], 0) @ w["type_context"] + w["type_bias"]
        chances = _logistic(states @ w["type_unit"] + context[:, None]) * inside[:, :, None]
        of, kinds, units_told = np.nonzero(chances.transpose(0, 2, 1) > _FLOOR)
        clear = chances[of, units_told, kinds].tolist()
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

    def _encode(self, rows: Floats, inside: NDArray[np.bool_]) -> Floats:
        """The state of each unit: sentence, place, width."""
        np, w, width = self._np, self._w, self._width
        size, longest = inside.shape
        x = rows[:, :, :width]
        wide = np.zeros((size, longest, 3 * width), dtype=np.float32)
        mask = inside[:, :, None].astype(np.float32)
        for layer, step in enumerate(self._dilations):
            if layer in self._attending:
                x = self._attend(x, inside, self._attending.index(layer)) * mask
            h: Floats
            if layer == 0:
                h = rows[:, :, 2 * width : 3 * width].copy()
                h[:, step:] += rows[:, :-step, width : 2 * width]
                h[:, :-step] += rows[:, step:, 3 * width :]
            else:
                wide[:] = 0
                wide[:, step:, :width] = x[:, :-step]
                wide[:, :, width : 2 * width] = x
                wide[:, :-step, 2 * width :] = x[:, step:]
                h = (wide.reshape(-1, 3 * width) @ w["convolution"][layer]).reshape(size, longest, width)
            h += w["convolution_bias"][layer]
            np.maximum(h, 0, out=h)
            h += x
            h *= w["norm_scale"][layer]
            h += w["norm_shift"][layer]
            h *= mask
            x = np.asarray(h, dtype=np.float32)
        return x

    def _attend(self, x: Floats, inside: NDArray[np.bool_], turn: int) -> Floats:
        """Every unit looks at every other of its sentence (Vaswani et al. 2017), with a bias by distance."""
        np, w = self._np, self._w
        size, longest, width = x.shape
        near = w["attend_near"][turn]
        heads, reach = near.shape[0], near.shape[1] // 2
        asked = x.reshape(-1, width) @ w["attend_in"][turn] + w["attend_in_bias"][turn]
        parts = asked.reshape(size, longest, 3, heads, width // heads).transpose(2, 0, 3, 1, 4)
        places = np.arange(longest)
        scores = parts[0] @ parts[1].swapaxes(-1, -2)
        scores *= np.float32((width // heads) ** -0.5)
        scores += near[:, np.clip(places[None] - places[:, None], -reach, reach) + reach]
        scores += np.where(inside, np.float32(0), np.float32(-1e4))[:, None, None]
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        seen = (scores @ parts[2]).transpose(0, 2, 1, 3).reshape(-1, width)
        y: Floats = x + (seen @ w["attend_out"][turn] + w["attend_out_bias"][turn]).reshape(x.shape)
        y *= w["attend_scale"][turn]
        y += w["attend_shift"][turn]
        return y

    def _sided(
        self, states: Floats, highest: Floats, batch: list[Units], acts: list[tuple[int, int, int, float]]
    ) -> Iterator[Told]:
        """Yield the acts of a batch with their modes and the chances of each mention's sides."""
        np, w = self._np, self._w
        pairs: list[tuple[int, int, int, int, int | str, int]] = []  # act, sentence, mention, distance, form, setting
        for number, (position, _, unit, _) in enumerate(acts):
            units = batch[position]
            names = len({mention.code for _, mention in units.mentions if mention.code})
            for place, (other, _) in enumerate(units.mentions):
                setting = setting_row(units, unit, place, names)
                pairs.append((number, position, other, distance_row(other - unit), units.keys[other], setting))
        act, of, mention, distance, form, setting = np.array(pairs, dtype=np.intp).T
        positions = np.array([position for position, *_ in acts], dtype=np.intp)
        kinds = np.array([kind for _, kind, _, _ in acts], dtype=np.intp)
        units_told = np.array([unit for _, _, unit, _ in acts], dtype=np.intp)
        told = states[positions, units_told]
        low, high = np.minimum(units_told[act], mention), np.maximum(units_told[act], mention)
        summed = np.zeros((states.shape[0], states.shape[1] + 1, states.shape[2]), dtype=np.float32)
        np.cumsum(states, axis=1, out=summed[:, 1:])
        between = summed[of, np.maximum(high, low + 1)] - summed[of, low + 1]
        between /= np.maximum(high - low - 1, 1).astype(np.float32)[:, None]
        at_act = told @ w["role_act"] + w["role_bias"] + w["role_type"][kinds]
        h = at_act[act] + states[of, mention] @ w["role_mention"] + between @ w["role_between"]
        h += w["role_form"][form]
        h += w["role_distance"][distance]
        h += w["role_setting"][setting]
        np.maximum(h, 0, out=h)
        h = h + np.maximum(h @ w["role_deep"] + w["role_deep_bias"], 0)
        sides = _logistic(h @ w["role_out"] + w["role_out_bias"]).tolist()
        modes = np.concatenate([told, highest[positions]], axis=1) @ w["mode"] + w["mode_bias"]
        begin = 0
        for number, (position, kind, unit, score) in enumerate(acts):
            end = begin + len(batch[position].mentions)
            yield Told(
                self._types[kind],
                self._mode(modes[number], self._types[kind]),
                unit,
                round(score, 4),
                tuple((actor, recipient) for actor, recipient in sides[begin:end]),
            )
            begin = end

    def _mode(self, scores: Floats, kind: EventType) -> str:
        """The likeliest mode of a type, or none: the class before the modes stands for none."""
        options = self._modes[kind]
        if not options:
            return ""
        number, mode = max(options, key=lambda option: float(scores[option[0] + 1]))
        return mode if scores[number + 1] > scores[0] else ""


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
