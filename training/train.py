"""Train the event network and write src/comity/coding/trained/weights.npz; training/README.md tells from what.

python training/train.py --vectors vectors.npz --treebank en_ewt-ud-train.conllu.xz
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterable
from pathlib import Path

import lexicon
import numpy as np
import torch
from data import MODES, TYPES, lines_of, sentence, treebank
from model import ATTENDING, DILATIONS, Example, Net, Vocabulary, example, grammar_loss, loss_of, parsed_example
from torch import nn

HERE = Path(__file__).resolve().parent
# Share of the running mean of the weights that a step leaves in place.
RUNNING = 0.998
TRAINED = HERE.parent / "src" / "comity" / "coding" / "trained" / "weights.npz"


def vocabulary_of(path: Path, size: int, own: dict[str, np.ndarray]) -> tuple[Vocabulary, np.ndarray, np.ndarray]:
    """Return the `size` most frequent words and those of the lexicon, their vectors, and their weights in the lexicon."""
    stored = np.load(path)
    words = bytes(stored["words"].tobytes()).decode("utf-8").split("\n")
    keep = [place for place, word in enumerate(words) if place < size or word in own]
    vocabulary = Vocabulary([words[place] for place in keep])
    vectors = np.zeros((len(vocabulary), stored["vectors"].shape[1]), np.float32)
    vectors[2:] = stored["vectors"][keep]
    vectors *= 0.5 / vectors[2:].std()
    weights = np.zeros((len(vocabulary), len(lexicon.CLASSES)), np.float32)
    for word, row in vocabulary.row.items():
        if word in own:
            weights[row] = own[word]
    return vocabulary, vectors, weights


def fit(net: Net, examples: list[Example], epochs: int, rate: float, size: int) -> None:
    """Train on labelled sentences; what remains is the running mean of the weights, which errs less than the last."""
    steps = epochs * ((len(examples) + size - 1) // size)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps + 1, pct_start=0.15)
    mean = {name: value.clone() for name, value in net.state_dict().items()}
    begun, step = time.time(), 0
    for epoch in range(epochs):
        random.shuffle(examples)
        total = 0.0
        for start in range(0, len(examples), size):
            loss = loss_of(net, examples[start : start + size])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5)
            optimiser.step()
            schedule.step()
            step += 1
            keep = min(RUNNING, step / (10 + step))
            for name, value in net.state_dict().items():
                if value.dtype.is_floating_point:
                    mean[name].mul_(keep).add_(value, alpha=1 - keep)
                else:
                    mean[name].copy_(value)
            total += loss.item() * size / len(examples)
        print(f"epoch {epoch + 1}: loss {total:.3f}, {time.time() - begun:.0f} s", flush=True)
    net.load_state_dict(mean)


def learn_grammar(net: Net, examples: list[Example], epochs: int, rate: float, size: int) -> None:
    """Train part of speech and heads first: the treebank's grammar is what the sides of an act rest on."""
    steps = epochs * len(examples) // size
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps + 1)
    for step in range(steps):
        loss, right = grammar_loss(net, random.sample(examples, size))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimiser.step()
        schedule.step()
        if step % 200 == 0 or step == steps - 1:
            print(f"grammar {step}/{steps}: loss {loss.item():.3f}, heads right {right:.3f}", flush=True)


def packed(rows: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Return rows as bytes with a scale each."""
    values = rows.detach().numpy()
    scale = np.maximum(np.abs(values).max(axis=1), 1e-8) / 127
    return np.round(values / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def folded(norms: Iterable[nn.BatchNorm1d]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return scale and shift of each normalisation, a row each."""
    scales = [norm.weight / torch.sqrt(norm.running_var + norm.eps) for norm in norms]
    shifts = [norm.bias - norm.running_mean * scale for norm, scale in zip(norms, scales, strict=True)]
    return torch.stack(scales), torch.stack(shifts)


def export(net: Net, vocabulary: Vocabulary, path: Path) -> None:
    """Write what the running network needs: all that depends on the word alone is folded into one table."""
    net.eval()
    own = net.frequent.embedding_dim
    edges = np.cumsum([0, net.vectors.shape[1], own, 16, 6, 16, net.lexicon.shape[1]])
    into = [net.into.weight[:, begin:end] for begin, end in itertools.pairwise(edges)]
    frequent = torch.zeros(len(vocabulary), own)
    frequent[: net.frequent.num_embeddings] = net.frequent.weight[: len(vocabulary)]
    frequent[net.frequent.num_embeddings :] = net.frequent.weight[1]
    table, table_scale = packed(net.vectors @ into[0].T + frequent @ into[1].T + net.lexicon @ into[5].T)
    suffix, suffix_scale = packed(net.suffix.weight @ into[2].T)
    scales, shifts = folded(net.norms)
    looks = list(net.attentions)
    look_scales, look_shifts = folded([look.norm for look in looks])

    width = net.into.out_features
    arrays = {
        "bias": net.into.bias,
        "shape": net.shape.weight @ into[3].T,
        "form": net.form.weight @ into[4].T,
        "convolution": torch.stack([layer.weight.T for layer in net.convolutions]),
        "convolution_bias": torch.stack([layer.bias for layer in net.convolutions]),
        "norm_scale": scales,
        "norm_shift": shifts,
        "attend_in": torch.stack([look.into.weight.T for look in looks]),
        "attend_in_bias": torch.stack([look.into.bias for look in looks]),
        "attend_near": torch.stack([look.near for look in looks]),
        "attend_out": torch.stack([look.out.weight.T for look in looks]),
        "attend_out_bias": torch.stack([look.out.bias for look in looks]),
        "attend_scale": look_scales,
        "attend_shift": look_shifts,
        "type_unit": net.kind.weight[:, :width].T,
        "type_context": net.kind.weight[:, width:].T,
        "type_bias": net.kind.bias,
        "context": net.context.weight.T,
        "context_bias": net.context.bias,
        "sentence_in": net.sentence[0].weight.T,
        "sentence_in_bias": net.sentence[0].bias,
        "sentence_out": net.sentence[3].weight.T,
        "sentence_out_bias": net.sentence[3].bias,
        "mode": net.mode.weight.T,
        "mode_bias": net.mode.bias,
        "role_act": net.role_act.weight.T,
        "role_mention": net.role_mention.weight.T,
        "role_between": net.role_between.weight.T,
        "role_bias": net.role_act.bias + net.role_mention.bias + net.role_between.bias,
        "role_distance": net.role_distance.weight,
        "role_type": net.role_type.weight,
        "role_form": net.role_form.weight,
        "role_setting": net.role_setting.weight,
        "role_deep": net.role_deep.weight.T,
        "role_deep_bias": net.role_deep.bias,
        "role_out": net.role_out.weight.T,
        "role_out_bias": net.role_out.bias,
    }
    path.parent.mkdir(exist_ok=True)
    np.savez(
        path,
        **{name: np.ascontiguousarray(value.detach().numpy().astype(np.float32)) for name, value in arrays.items()},
        table=table,
        table_scale=table_scale,
        suffix=suffix,
        suffix_scale=suffix_scale,
        dilations=np.array(DILATIONS),
        attending=np.array(ATTENDING),
        words=np.frombuffer("\n".join(vocabulary.words).encode(), np.uint8),
        types=np.frombuffer(" ".join(TYPES).encode(), np.uint8),
        modes=np.frombuffer(" ".join(MODES).encode(), np.uint8),
    )
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vectors", type=Path, required=True, help="made by training/vectors.py")
    parser.add_argument("--treebank", type=Path, required=True, help="CoNLL-U, xz or not")
    parser.add_argument("--sentences", type=Path, default=HERE / "sentences")
    parser.add_argument("--extra", type=Path, nargs="*", default=[], help="more labelled files")
    parser.add_argument("--out", type=Path, default=TRAINED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--vocabulary", type=int, default=50_000)
    parser.add_argument("--drop", type=float, default=0.25)
    given = parser.parse_args()
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    own = lexicon.read(HERE / "lexicon.tsv")
    vocabulary, vectors, weights = vocabulary_of(given.vectors, given.vocabulary, own)
    net = Net(vectors, weights, given.width, given.drop)
    grammar = [parsed_example(parsed, vocabulary) for parsed in treebank(given.treebank)]
    learn_grammar(net, grammar, epochs=4, rate=3e-3, size=48)
    files = sorted(given.sentences.glob("*.txt")) + given.extra
    examples = [example(made, vocabulary) for made in map(sentence, lines_of(files)) if 0 < len(made.units) <= 100]
    print(f"{len(examples)} sentences from {len(files)} files, {len(vocabulary)} words")
    fit(net, examples, given.epochs, 3e-3, 48)
    export(net, vocabulary, given.out)


if __name__ == "__main__":
    main()
