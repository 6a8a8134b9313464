"""The trained network that proposes acts: which words tell an act of which type, and who does it to whom.

A small convolutional network over word vectors, in numpy alone: an embedding of each unit (word, suffix, shape, form of
mention), residual convolutions of width three with growing dilation, a score of the seventeen classes (no act, and the
types) at each unit and of the types for the whole sentence, and for each act and mention the odds of being its actor and
its recipient. training/ in the repository trains it and writes trained/weights.npz; trained/NOTICE.md says from what.

The sentences of a batch lie one after another with empty rows between, so that no convolution reads across two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from comity.coding.units import Units, distance_row, setting_row, suffix_row
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
_FLOOR = 0.15
# Words seen anew are kept with their vectors up to this number.
_REMEMBERED = 60_000


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
    """The trained weights, ready to read."""

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
        self._gap = max(self._dilations)
        self._types = [EventType(name) for name in bytes(weights["types"].tobytes()).decode().split()]
        modes = [mode.split(".") for mode in bytes(weights["modes"].tobytes()).decode().split()]
        self._modes = {
            kind: [(number, mode) for number, (name, mode) in enumerate(modes) if name == kind.value]
            for kind in self._types
        }
        self._width = self._w["bias"].shape[0]
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[tuple[str, int, int], int] = {}
        self._vectors = self._np.zeros((1024, self._width), dtype=self._np.float32)
        self._used = 1  # row 0 stands between sentences

    def _row(self, word: str, shape: int, form: int) -> int:
        """The row of a unit's vector, made when it is seen for the first time."""
        np, row = self._np, self._used
        number = self._word_row.get(word)
        if number is None and word.endswith("ise"):
            number = self._word_row.get(word[:-3] + "ize")
        number = number or 1
        vector = (
            self._w["bias"]
            + self._table[number] * self._table_scale[number]
            + self._w["shape"][shape]
            + self._w["form"][form]
        )
        if word:
            suffix = suffix_row(word)
            vector = vector + self._suffix[suffix] * self._suffix_scale[suffix]
        else:
            vector = vector + self._suffix[0] * self._suffix_scale[0]
        if row == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._vectors[row] = np.maximum(vector, 0)
        self._rows[word, shape, form] = row
        self._used += 1
        return row

    def read(self, sentences: Sequence[Units], threshold: float) -> list[list[Told]]:
        """Return for each sentence the acts whose score reaches the threshold, in the order of the text."""
        found: list[list[Told]] = [[] for _ in sentences]
        batch: list[int] = []
        size = 0
        for number, units in enumerate(sentences):
            if not units.mentions or len(units) > LONGEST:
                continue
            batch.append(number)
            size += len(units) + self._gap
            if size > _BATCH:
                self._read(sentences, batch, threshold, found)
                batch, size = [], 0
        if batch:
            self._read(sentences, batch, threshold, found)
        return found

    def _read(self, sentences: Sequence[Units], batch: list[int], threshold: float, found: list[list[Told]]) -> None:
        np, gap = self._np, self._gap
        if self._used > _REMEMBERED:
            self._forget()
        known = self._rows
        rows: list[int] = [0] * gap
        starts: list[int] = []
        for number in batch:
            units = sentences[number]
            starts.append(len(rows))
            for key in zip(units.words, units.shapes, units.forms, strict=True):
                row = known.get(key)
                rows.append(self._row(*key) if row is None else row)
            rows.extend([0] * gap)
        index = np.array(rows, dtype=np.intp)
        inside = (index > 0).astype(np.float32)[:, None]
        states = self._encode(self._vectors[index], inside)
        lengths = [len(sentences[number]) for number in batch]
        bounds = np.empty(2 * len(batch), dtype=np.intp)
        bounds[0::2] = starts
        bounds[1::2] = np.array(starts) + np.array(lengths)
        highest = np.maximum.reduceat(states, bounds)[::2]
        sums = np.add.reduceat(states, bounds)[::2]
        means = sums / np.array(lengths, dtype=np.float32)[:, None]
        w = self._w
        whole = np.concatenate([highest, means], axis=1)
        hidden = np.maximum(whole @ w["sentence_in"] + w["sentence_in_bias"], 0)
        likely = _logistic(hidden @ w["sentence_out"] + w["sentence_out_bias"])
        context = np.maximum(highest @ w["context"] + w["context_bias"], 0) @ w["type_context"] + w["type_bias"]
        scores = states @ w["type_unit"]
        of = np.repeat(np.arange(len(batch)), lengths)
        places = np.concatenate(
            [np.arange(start, start + length) for start, length in zip(starts, lengths, strict=True)]
        )
        chances = _softmax(scores[places] + context[of])
        hits = np.nonzero(1 - chances[:, 0] > _FLOOR)[0]
        kinds = chances[hits, 1:].argmax(axis=1)
        clear = chances[hits, kinds + 1].tolist()
        sentence_of, unit_of, kind_of = (
            of[hits].tolist(),
            (places[hits] - np.array(starts)[of[hits]]).tolist(),
            kinds.tolist(),
        )
        acts: list[tuple[int, int, int, float]] = []  # sentence of the batch, type, unit, score
        begin = 0
        while begin < len(hits):
            position, end = sentence_of[begin], begin
            while end < len(hits) and sentence_of[end] == position:
                end += 1
            chances_whole = likely[position]
            acts += [
                (position, kind, unit, score)
                for kind, unit, score in _grouped(
                    unit_of[begin:end], kind_of[begin:end], clear[begin:end], chances_whole
                )
                if score >= threshold
            ]
            begin = end
        if acts:
            self._sided(states, highest, sentences, batch, starts, acts, found)

    def _encode(self, x: Floats, inside: Floats) -> Floats:
        np, w = self._np, self._w
        length, width = x.shape
        wide = np.zeros((length, 3 * width), dtype=np.float32)
        for layer, step in enumerate(self._dilations):
            wide[step:, :width] = x[:-step]
            wide[:step, :width] = 0
            wide[:, width : 2 * width] = x
            wide[:-step, 2 * width :] = x[step:]
            wide[-step:, 2 * width :] = 0
            h = wide @ w["convolution"][layer]
            h += w["convolution_bias"][layer]
            np.maximum(h, 0, out=h)
            h += x
            h *= w["norm_scale"][layer]
            h += w["norm_shift"][layer]
            h *= inside
            x = h
        return x

    def _sided(
        self,
        states: Floats,
        highest: Floats,
        sentences: Sequence[Units],
        batch: list[int],
        starts: list[int],
        acts: list[tuple[int, int, int, float]],
        found: list[list[Told]],
    ) -> None:
        """Add the acts of a batch to `found`, with their modes and the chances of each mention's sides."""
        np, w = self._np, self._w
        rows: list[tuple[int, int, int, int, int, int]] = []  # act, its state, the mention's, distance, form, setting
        for number, (position, _, unit, _) in enumerate(acts):
            units, start = sentences[batch[position]], starts[position]
            names = len({mention.code for _, mention in units.mentions if mention.code})
            for place, (other, _) in enumerate(units.mentions):
                setting = setting_row(units, unit, place, names)
                rows.append(
                    (number, start + unit, start + other, distance_row(other - unit), units.forms[other], setting)
                )
        act, at, mention, distance, form, setting = np.array(rows, dtype=np.intp).T
        low, high = np.minimum(at, mention), np.maximum(at, mention)
        after = low + 1
        summed = np.zeros((len(states) + 1, states.shape[1]), dtype=np.float64)
        np.cumsum(states, axis=0, out=summed[1:])
        between = (summed[np.maximum(high, after)] - summed[after]) / np.maximum(high - after, 1)[:, None]
        told = np.array([start_of + unit for start_of, unit in ((starts[p], u) for p, _, u, _ in acts)], dtype=np.intp)
        kinds = np.array([kind for _, kind, _, _ in acts], dtype=np.intp)
        at_act = states[told] @ w["role_act"] + w["role_bias"] + w["role_type"][kinds + 1]
        h = at_act[act] + states[mention] @ w["role_mention"] + between.astype(np.float32) @ w["role_between"]
        h += w["role_form"][form]
        h += w["role_distance"][distance]
        h += w["role_setting"][setting]
        np.maximum(h, 0, out=h)
        h = h + np.maximum(h @ w["role_deep"] + w["role_deep_bias"], 0)
        sides = _logistic(h @ w["role_out"] + w["role_out_bias"]).tolist()
        context = highest[np.array([position for position, *_ in acts], dtype=np.intp)]
        modes = np.concatenate([states[told], context], axis=1) @ w["mode"] + w["mode_bias"]
        begin = 0
        for number, (position, kind, unit, score) in enumerate(acts):
            size = len(sentences[batch[position]].mentions)
            found[batch[position]].append(
                Told(
                    self._types[kind],
                    self._mode(modes[number], self._types[kind]),
                    unit,
                    round(score, 4),
                    tuple((actor, recipient) for actor, recipient in sides[begin : begin + size]),
                )
            )
            begin += size

    def _mode(self, scores: Floats, kind: EventType) -> str:
        """The likeliest mode of a type, or none: the class before the modes stands for none."""
        options = self._modes[kind]
        if not options:
            return ""
        number, mode = max(options, key=lambda option: float(scores[option[0] + 1]))
        return mode if scores[number + 1] > scores[0] else ""


def _grouped(
    units: list[int], kinds: list[int], chances: list[float], sentence: Floats
) -> Iterator[tuple[int, int, float]]:
    """Draw neighbouring units of one type together: type, the clearest unit, and the act's score."""
    run: tuple[int, int, float, int] | None = None  # type, clearest unit, its chance, last unit
    for unit, kind, chance in zip(units, kinds, chances, strict=True):
        if run is not None and run[0] == kind and unit - run[3] <= 2:
            run = (kind, unit, chance, unit) if chance > run[2] else (kind, run[1], run[2], unit)
            continue
        if run is not None:
            yield run[0], run[1], (run[2] + float(sentence[run[0]])) / 2
        run = (kind, unit, chance, unit)
    if run is not None:
        yield run[0], run[1], (run[2] + float(sentence[run[0]])) / 2


def _softmax(scores: Floats) -> Floats:
    import numpy as np

    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _logistic(scores: Floats) -> Floats:
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)


@lru_cache(maxsize=1)
def network() -> Network:
    """Return the network with the weights that ship with the package, loaded once."""
    import numpy as np

    with (files("comity.coding") / "trained" / "weights.npz").open("rb") as stored, np.load(stored) as weights:
        return Network({name: weights[name] for name in weights.files})
