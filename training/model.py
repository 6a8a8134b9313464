"""The network in PyTorch, as it is trained; comity.coding.network is the same in numpy, as it runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from data import MODES, TODAY, TYPES, Parsed, Sentence
from torch import Tensor, nn
from torch.nn import functional

from comity.coding.units import (
    DISTANCES,
    FORMS,
    SETTINGS,
    SHAPES,
    STANDINGS,
    SUFFIXES,
    distance_row,
    rows,
    shape_row,
    standings,
    suffix_row,
)

FREQUENT = 6000  # words with a vector of their own besides the given one
TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
DILATIONS = (1, 2, 4, 1)
ATTENDING = (3,)  # the convolutions before which each unit looks at all others
HEADS, REACH = 4, 16  # how many looks, and the distance in units up to which each has a bias of its own


@dataclass(slots=True)
class Example:
    """A sentence as arrays: unit ids, types told by each unit and by the whole, modes, pairs of act and mention."""

    ids: np.ndarray
    labels: np.ndarray | None = None
    types: np.ndarray | None = None
    modes: np.ndarray | None = None  # rows: unit, mode (0 none)
    pairs: np.ndarray | None = (
        None  # unit, unit of mention, distance, type, form, is actor, is recipient, group, setting
    )
    groups: int = 0
    source: Sentence | None = None
    tags: np.ndarray | None = None
    heads: np.ndarray | None = None


class Vocabulary:
    """Rows of words: 0 for none, 1 for unknown, then the words in order."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.row = {word: number for number, word in enumerate(words, start=2)}

    def __len__(self) -> int:
        return len(self.words) + 2

    def __getitem__(self, word: str) -> int:
        row = self.row.get(word)
        if row is None and word.endswith("ise"):
            row = self.row.get(word[:-3] + "ize")
        return row or 1


def example(sentence: Sentence, vocabulary: Vocabulary) -> Example:
    """Return the arrays of a labelled sentence."""
    units = sentence.units
    ids = np.array(
        [
            (vocabulary[word] if word else 1, shape, suffix, form)
            for word, suffix, shape, form in (rows(key) for key in units.keys)
        ],
        dtype=np.int64,
    ).T
    labels = np.zeros((len(units), len(TYPES)), np.float32)
    for label in sentence.labels:
        labels[label.units, TYPES.index(label.type)] = 1
    modes, pairs, groups = [], [], 0
    standing = standings(units)
    for label in sentence.labels:
        if not label.units:
            continue
        act, kind = label.units[0], TYPES.index(label.type)
        if any(mode.startswith(f"{label.type}.") for mode in MODES):
            mode = f"{label.type}.{label.modes[0]}" if label.modes else ""
            modes.append((act, MODES.index(mode) + 1 if mode in MODES else 0))
        codes: list[str] = []
        for number, (unit, mention) in enumerate(units.mentions):
            code = TODAY.get(mention.code, mention.code)
            if not code:
                continue
            if code not in codes:
                codes.append(code)
            first, last = min(act, unit), max(act, unit)
            between = sum(first < place < last and other.code != "" for place, other in units.mentions)
            pairs.append(
                (
                    *(act, unit, distance_row(unit - act), kind, units.keys[unit]),
                    *(code in label.actors, code in label.recipients, groups + codes.index(code)),
                    min(between, 2) * STANDINGS + standing[number],
                )
            )
        groups += len(codes)
    return Example(
        ids,
        labels,
        labels.max(axis=0),
        np.array(modes, dtype=np.int64).reshape(-1, 2),
        np.array(pairs, dtype=np.int64).reshape(-1, 9),
        groups,
        sentence,
    )


def parsed_example(parsed: Parsed, vocabulary: Vocabulary) -> Example:
    """Return the arrays of a sentence of the treebank."""
    low = ["0" if any(c.isdigit() for c in word) else word.lower() for word in parsed.words]
    shapes = [1 if word == "0" else shape_row(written) for word, written in zip(low, parsed.words, strict=True)]
    ids = np.array([[vocabulary[w] for w in low], shapes, [suffix_row(w) for w in low], [0] * len(low)], dtype=np.int64)
    tags = np.array([TAGS.index(tag) if tag in TAGS else len(TAGS) for tag in parsed.tags])
    return Example(ids, tags=tags, heads=np.array(parsed.heads))


@dataclass(slots=True)
class Batch:
    """Sentences one after another: ids, where a neighbour at each distance stands (or the empty row), whose unit it is."""

    ids: Tensor
    neighbours: dict[int, Tensor]
    of: Tensor
    starts: np.ndarray
    size: int


def batch(examples: list[Example]) -> Batch:
    """Return the examples as one batch."""
    ids = np.concatenate([example.ids for example in examples], axis=1)
    lengths = np.array([example.ids.shape[1] for example in examples])
    starts = np.concatenate([[0], lengths.cumsum()[:-1]])
    of = np.repeat(np.arange(len(examples)), lengths)
    total = ids.shape[1]
    place = np.arange(total) - starts[of]
    neighbours = {}
    for step in set(DILATIONS):
        neighbours[-step] = torch.from_numpy(np.where(place >= step, np.arange(total) - step, total))
        neighbours[step] = torch.from_numpy(np.where(place + step < lengths[of], np.arange(total) + step, total))
    return Batch(torch.from_numpy(ids), neighbours, torch.from_numpy(of), starts, len(examples))


class Attention(nn.Module):
    """Each unit looks at all units of its sentence (Vaswani et al. 2017), with a learned bias by distance."""

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.into, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.near = nn.Parameter(torch.zeros(HEADS, 2 * REACH + 1))
        self.norm, self.drop = nn.BatchNorm1d(width), nn.Dropout(drop)

    def forward(self, x: Tensor, b: Batch) -> Tensor:
        """The states after looking around."""
        width = x.shape[1]
        longest = int(np.diff(np.append(b.starts, len(x))).max())
        place = torch.arange(len(x)) - torch.from_numpy(b.starts)[b.of]
        asked, inside = torch.zeros(b.size, longest, 3 * width), torch.zeros(b.size, longest, dtype=torch.bool)
        asked[b.of, place], inside[b.of, place] = self.into(x), True
        query, key, value = asked.view(b.size, longest, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        step = torch.arange(longest)[None] - torch.arange(longest)[:, None]
        scores = (
            query @ key.transpose(2, 3) * (width // HEADS) ** -0.5 + self.near[:, step.clamp(-REACH, REACH) + REACH]
        )
        looks = self.drop(scores.masked_fill(~inside[:, None, None], -1e4).softmax(-1))
        seen = (looks @ value).transpose(1, 2).reshape(b.size, longest, width)[b.of, place]
        return self.norm(x + self.drop(self.out(seen)))


class Net(nn.Module):
    """See comity.coding.network for what it computes."""

    def __init__(self, vectors: np.ndarray, lexicon: np.ndarray, width: int, drop: float) -> None:
        super().__init__()
        own = 24
        self.register_buffer("vectors", torch.from_numpy(vectors))
        self.register_buffer("lexicon", torch.from_numpy(lexicon))
        self.frequent = nn.Embedding(FREQUENT + 2, own)
        self.suffix = nn.Embedding(SUFFIXES + 1, 16)
        self.shape = nn.Embedding(SHAPES, 6)
        self.form = nn.Embedding(FORMS, 16)
        for table in (self.frequent, self.suffix):
            nn.init.normal_(table.weight, 0, 0.1)
        self.into = nn.Linear(vectors.shape[1] + own + 16 + 6 + 16 + lexicon.shape[1], width)
        self.drop = nn.Dropout(drop)
        self.convolutions = nn.ModuleList([nn.Linear(3 * width, width) for _ in DILATIONS])
        self.norms = nn.ModuleList([nn.BatchNorm1d(width) for _ in DILATIONS])
        self.attentions = nn.ModuleList([Attention(width, drop) for _ in ATTENDING])
        self.kind = nn.Linear(2 * width, len(TYPES))
        self.context = nn.Linear(width, width)
        self.mode = nn.Linear(2 * width, len(MODES) + 1)
        self.sentence = nn.Sequential(nn.Linear(2 * width, 96), nn.ReLU(), nn.Dropout(drop), nn.Linear(96, len(TYPES)))
        role = 96
        self.role_act, self.role_mention, self.role_between = (nn.Linear(width, role) for _ in range(3))
        self.role_distance, self.role_type = nn.Embedding(DISTANCES, role), nn.Embedding(len(TYPES), role)
        self.role_form, self.role_setting = nn.Embedding(FORMS, role), nn.Embedding(SETTINGS, role)
        for table in (self.role_distance, self.role_type, self.role_form, self.role_setting):
            nn.init.normal_(table.weight, 0, 0.3)
        self.role_deep, self.role_out = nn.Linear(role, role), nn.Linear(role, 2)
        self.tag = nn.Linear(width, len(TAGS) + 1)
        self.as_head, self.as_dependent = nn.Linear(width, 64), nn.Linear(width, 64)

    def encode(self, b: Batch) -> Tensor:
        """The state of every unit."""
        words, shapes, suffixes, forms = b.ids
        own = torch.where(words < FREQUENT + 2, words, torch.ones_like(words))
        known = words
        if self.training:  # words are hidden now and then, so that the network reads the others too
            words = torch.where(torch.rand(words.shape) < 0.06, torch.ones_like(words), words)
            own = torch.where(torch.rand(own.shape) < 0.15, torch.ones_like(own), own)
            known = torch.where(torch.rand(known.shape) < 0.06, torch.ones_like(known), known)
        parts = [
            self.vectors[words],
            self.frequent(own),
            self.suffix(suffixes),
            self.shape(shapes),
            self.form(forms),
            self.lexicon[known],
        ]
        x = functional.relu(self.into(self.drop(torch.cat(parts, -1))))
        empty = torch.zeros(1, x.shape[1])
        for turn, (step, convolution, norm) in enumerate(zip(DILATIONS, self.convolutions, self.norms, strict=True)):
            if turn in ATTENDING:
                x = self.attentions[ATTENDING.index(turn)](x, b)
            padded = torch.cat([x, empty])
            near = torch.cat([padded[b.neighbours[-step]], x, padded[b.neighbours[step]]], 1)
            x = norm(x + self.drop(functional.relu(convolution(near))))
        return x

    def summary(self, x: Tensor, b: Batch) -> tuple[Tensor, Tensor]:
        """Highest and mean state of each sentence."""
        index = b.of[:, None].expand_as(x)
        highest = torch.full((b.size, x.shape[1]), -1e4).scatter_reduce(0, index, x, "amax")
        count = torch.zeros(b.size).index_add(0, b.of, torch.ones(len(b.of)))[:, None]
        return highest, torch.zeros(b.size, x.shape[1]).index_add(0, b.of, x) / count

    def roles(self, x: Tensor, pairs: Tensor) -> Tensor:
        """Scores of actor and recipient for rows of pairs."""
        act, mention = pairs[:, 0], pairs[:, 1]
        low, high = torch.minimum(act, mention), torch.maximum(act, mention)
        summed = torch.cat([torch.zeros(1, x.shape[1]), x.cumsum(0)])
        after = low + 1
        between = (summed[torch.maximum(high, after)] - summed[after]) / (high - after).clamp(min=1)[:, None]
        h = self.role_act(x[act]) + self.role_mention(x[mention]) + self.role_between(between)
        h = h + self.role_distance(pairs[:, 2]) + self.role_type(pairs[:, 3]) + self.role_form(pairs[:, 4])
        h = functional.relu(h + self.role_setting(pairs[:, 8]))
        return self.role_out(self.drop(h + functional.relu(self.role_deep(self.drop(h)))))


def loss_of(net: Net, examples: list[Example], nothing: float = 0.4) -> Tensor:
    """The loss of a batch: units, sentence, modes and sides; `nothing` weighs units that tell no act."""
    b = batch(examples)
    x = net.encode(b)
    highest, mean = net.summary(x, b)
    scores = net.kind(torch.cat([x, functional.relu(net.context(highest))[b.of]], -1))
    labels = torch.from_numpy(np.concatenate([e.labels for e in examples]))
    weights = torch.where(labels.amax(1, keepdim=True) > 0, 1.0, nothing)  # one word may tell two acts ("jailed")
    loss = (
        functional.binary_cross_entropy_with_logits(scores, labels, weights.expand_as(labels), reduction="sum") / b.size
    )
    types = torch.from_numpy(np.stack([e.types for e in examples]))
    whole = net.sentence(torch.cat([highest, mean], -1))
    loss = loss + 0.5 * len(TYPES) * functional.binary_cross_entropy_with_logits(whole, types)
    modes = np.concatenate([e.modes + np.array([start, 0]) for e, start in zip(examples, b.starts, strict=True)])
    if len(modes):
        units = torch.from_numpy(modes[:, 0])
        guess = net.mode(torch.cat([x[units], highest[b.of[units]]], -1))
        loss = loss + 0.5 * functional.cross_entropy(guess, torch.from_numpy(modes[:, 1]), reduction="sum") / b.size
    first = np.cumsum([0, *(e.groups for e in examples)])
    pairs = np.concatenate(
        [
            e.pairs + np.array([start, start, 0, 0, 0, 0, 0, group, 0])
            for e, start, group in zip(examples, b.starts, first, strict=False)
        ]
    )
    if len(pairs):  # a state counts where its best mention stands
        rows = torch.from_numpy(pairs)
        index = rows[:, 7:8].expand(-1, 2)
        best = torch.full((int(first[-1]), 2), -1e4).scatter_reduce(0, index, net.roles(x, rows), "amax")
        truth = torch.zeros(int(first[-1]), 2).scatter_reduce(0, index, rows[:, 5:7].float(), "amax")
        loss = loss + functional.binary_cross_entropy_with_logits(best, truth, reduction="sum") / b.size
    return loss


def grammar_loss(net: Net, examples: list[Example]) -> tuple[Tensor, float]:
    """The loss in part of speech and head on sentences of the treebank, and the share of right heads."""
    b = batch(examples)
    x = net.encode(b)
    longest = max(e.ids.shape[1] for e in examples)
    place = torch.zeros(b.size, longest, dtype=torch.long)
    tags, heads = torch.full((b.size, longest), -1), torch.full((b.size, longest), -1)
    inside = torch.zeros(b.size, longest)
    for row, (e, start) in enumerate(zip(examples, b.starts, strict=True)):
        size = e.ids.shape[1]
        place[row, :size] = torch.arange(start, start + size)
        tags[row, :size], heads[row, :size] = torch.from_numpy(e.tags), torch.from_numpy(e.heads)
        inside[row, :size] = 1
    states = x[place]
    loss = functional.cross_entropy(net.tag(states).flatten(0, 1), tags.flatten(), ignore_index=-1)
    arcs = torch.einsum("bih,bjh->bij", net.as_dependent(states), net.as_head(states)) / 8 + (inside[:, None] - 1) * 1e4
    loss = loss + functional.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-1)
    right = ((arcs.argmax(-1) == heads) & (heads >= 0)).sum() / (heads >= 0).sum()
    return loss, float(right)
