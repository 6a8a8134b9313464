"""Train the reader of references and write src/comity/documents/trained/references.npz; training/README.md tells from what.

python training/references.py ../shared/gold/citations_core.xml            the weights that ship: all of the core set
python training/references.py ../shared/gold/citations_core.xml --half     from its half that is not held out, for measuring
python training/references.py ../shared/gold/citations_core.xml --folds 5  cross-validation with its spread, nothing written
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pycrfsuite
from reference_styles import invented

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.documents.references_score import FIELDS, NOTES, Labelled, core, labelled_notes, score  # noqa: E402

from comity.documents import parse_citations, reference_labels  # noqa: E402
from comity.documents.reference_features import features  # noqa: E402
from comity.documents.reference_tokens import (  # noqa: E402
    Printed,
    reference_tokens,
    without_emphasis,
)

TRAINED = HERE.parent / "src" / "comity" / "documents" / "trained" / "references.npz"
INVENTED = 2500
# Labels of the sets that are one to the reader.
ONE = {
    "citation-number": "number", "container-title": "container", "collection-title": "collection", "issue": "volume", "accessed": "note",
    "medium": "note", "director": "note", "producer": "note", "source": "note", "isbn": "note",
}  # fmt: skip
_CONFERENCE = re.compile(
    r"\b(?:proceedings|conference|symposium|convention|congress|meeting|workshop|dialogue)\b", re.IGNORECASE
)
_VOLUME_WORDS = frozenset("vol volume v no nr n° issue number bd band".split())
_PAGE_WORDS = frozenset("p pp page pages s".split())
_EDITING = frozenset("ed eds edited by hrsg".split())


@dataclass(frozen=True, slots=True)
class Example:
    """A reference as the trainer takes it: what its tokens show, and their labels."""

    shown: list[list[str]]
    labels: list[str]


def sequence(printed: Printed, spans: Sequence[tuple[int, int, str]]) -> Example:
    """Return the tokens of a printed reference with the labels of the spans; what no span covers takes a neighbour's."""
    tokens = reference_tokens(printed.text)
    labels = ["" for _ in tokens]
    at = 0
    for index, token in enumerate(tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if at < len(spans) and token.start < spans[at][1] and token.end > spans[at][0]:
            labels[index] = ONE.get(spans[at][2], spans[at][2])
    for index, token in enumerate(tokens):
        if labels[index]:
            continue
        following = next((label for label in labels[index + 1 :] if label), "note")
        before = labels[index - 1] if index else following
        word = token.text.lower()
        if not any(letter.isalnum() for letter in word):
            # An opening mark belongs to what it opens, any other to what it closes.
            apart = index == 0 or tokens[index - 1].end < token.start
            opens = word in "“‘«([<" or (word in "\"'" and apart)
            labels[index] = following if opens else before
        elif word in _VOLUME_WORDS and following == "volume":
            labels[index] = "volume"
        elif word in _PAGE_WORDS and following == "pages":
            labels[index] = "pages"
        elif word in _EDITING:
            labels[index] = "editor"
        elif word == "in" and following in ("container", "editor"):
            labels[index] = following
        elif word == "and" and before == following:
            labels[index] = before
        else:
            labels[index] = "note"
    return Example(list(features(printed, tokens)), labels)


def varied(one: Labelled, chance: random.Random) -> Iterator[Example]:
    """Yield a reference of the core set as it stands, and once more in another dress: emphasis, quotation marks, fewer spaces."""
    yield sequence(Printed(one.text), one.spans)
    text, spans, emphasised = "", [], []
    dressed = chance.random() < 0.5
    marked = chance.random() < 0.25
    has_container = any(tag in ("journal", "container-title") for _, _, tag in one.spans)
    for start, end, tag in one.spans:
        words = one.text[start:end]
        glued = tag in ("pages", "volume") and text[-1:] in ":(," and chance.random() < 0.4
        text += "" if not text or glued else " "
        begin = len(text)
        inner = re.match(r"(?P<lead>(?:[Ii]n:?\s+)?)(?P<words>.*?)(?P<tail>[\s.,;:]*)$", words, re.DOTALL)
        assert inner is not None
        if (
            tag == "title"
            and marked
            and has_container
            and not re.search("[\"“”‘'«]", words)
            and len(inner["words"]) > 3
        ):
            words = f"“{inner['words']}{inner['tail']}”"
        text += words
        whole = tag in ("journal", "container-title") or (tag == "title" and not has_container)
        if dressed and whole and len(inner["words"]) > 2:
            emphasised.append((begin + len(inner["lead"]), begin + len(inner["lead"]) + len(inner["words"])))
        spans.append((begin, len(text), tag))
    yield sequence(Printed(text, tuple(emphasised)), spans)


def of_note(one: Labelled, chance: random.Random) -> Iterator[Example]:
    """Yield a note with its marks of emphasis, and without."""
    container = next((one.text[start:end] for start, end, tag in one.spans if tag == "container"), "")
    edited = any(tag == "editor" for _, _, tag in one.spans) or _CONFERENCE.search(container) is not None
    for text in dict.fromkeys((one.text, one.text.replace("*", ""))):
        spans = []  # offsets move with the marks: the words are found again
        printed = without_emphasis(text)
        at = 0
        for start, end, tag in one.spans:
            words = one.text[start:end]
            begin = printed.text.find(words, at)
            if begin < 0:
                continue
            at = begin + len(words)
            spans.append((begin, at, "journal" if tag == "container" and not edited else tag))
        if printed.text:
            yield sequence(printed, spans)


def prose(count: int, chance: random.Random) -> Iterator[Example]:
    """Yield sentences that cite nothing."""
    lines = [
        line.partition(" | ")[2]
        for path in sorted((HERE / "sentences").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if " | " in line
    ]
    for line in chance.sample(lines, count):
        text = re.sub(r"\[(?:\d+:)?([^\]]*)\]", r"\1", line)
        yield sequence(Printed(" ".join(text.split())), [(0, len(text), "note")])


def examples(references: Iterable[Labelled], own: Iterable[Labelled], seed: int) -> list[Example]:
    """Return what the reader is trained on."""
    chance = random.Random(seed)
    found = [each for one in references for each in varied(one, chance)]
    for one in own:
        found += [each for each in of_note(one, chance) for _ in range(2)]
    for one in labelled_notes(f"invented | {text}" for text in invented(INVENTED, seed)):
        found.append(next(iter(of_note(one, chance))))
    found += prose(250, chance)
    return [each for each in found if each.labels]


def fit(found: Sequence[Example], path: str, steps: int) -> None:
    """Train a linear-chain conditional random field (L-BFGS, an elastic net's penalties)."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in found:
        trainer.append(one.shown, one.labels)
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": 0.1,
            "c2": 0.01,
            "max_iterations": steps,
            "feature.minfreq": 2,
            "feature.possible_transitions": True,
            "linesearch": "StrongBacktracking",
        }
    )
    trainer.train(path)


def pack(path: str, target: Path) -> None:
    """Write the weights as arrays: names of features, and the weights that are not nothing, in 1/32 steps."""
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    told = tagger.info()
    labels = sorted(told.labels, key=lambda name: int(told.labels[name]))
    place = {name: index for index, name in enumerate(labels)}
    state = {
        key: weight for key, weight in told.state_features.items() if abs(weight) >= 1 / 64
    }  # (feature, label) -> weight
    names = sorted({feature for feature, _ in state})
    row = {name: index for index, name in enumerate(names)}
    keys = sorted(state, key=lambda key: (row[key[0]], place[key[1]]))
    transitions = np.zeros((len(labels), len(labels)), np.float32)
    for (first, second), weight in told.transitions.items():
        transitions[place[first], place[second]] = weight
    np.savez_compressed(
        target,
        labels=np.frombuffer("\n".join(labels).encode(), np.uint8),
        names=np.frombuffer("\n".join(names).encode(), np.uint8),
        counts=np.array([sum(1 for key in keys if key[0] == name) for name in ()], np.uint8)
        if not keys
        else np.bincount([row[feature] for feature, _ in keys], minlength=len(names)).astype(np.uint8),
        columns=np.array([place[label] for _, label in keys], np.uint8),
        weights=np.array([round(float(state[key]) * 32) for key in keys]).clip(-32768, 32767).astype(np.int16),
        transitions=transitions,
    )
    print(f"{target}: {target.stat().st_size:,} bytes, {len(names):,} features, {len(keys):,} weights")


def right(path: str, held_out: Sequence[Example]) -> tuple[int, int]:
    """Return how many labels of the tokens are right, of how many."""
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    hits = [label == found for one in held_out for label, found in zip(one.labels, tagger.tag(one.shown), strict=True)]
    return sum(hits), len(hits)


def cross_validate(
    references: Sequence[Labelled], own: Sequence[Labelled], folds: int, seed: int, steps: int, folder: Path
) -> None:
    """Train on all parts but one, read that one, each in turn; print the mean of each figure with the lowest and the highest."""
    model = folder / "model.crf"
    found: dict[str, list[float]] = {}
    for fold in range(folds):
        test = [one for one in references if one.fold(folds) == fold]
        fit(examples([one for one in references if one.fold(folds) != fold], own, seed), str(model), steps)
        hits, total = right(str(model), [sequence(Printed(one.text), one.spans) for one in test])
        reference_labels.WEIGHTS = folder / f"{fold}.npz"
        reference_labels.trained.cache_clear()
        pack(str(model), reference_labels.WEIGHTS)
        tallies = score(test, parse_citations)
        figures = {"labels": hits / total}
        for name in (*FIELDS, "works"):
            if tallies[name].labelled:
                figures |= {f"{name} precision": tallies[name].precision, f"{name} recall": tallies[name].recall}
        for name, figure in figures.items():
            found.setdefault(name, []).append(figure)
        print(f"fold {fold + 1}: {len(test)} references, {hits / total:.4f} of {total} labels right", flush=True)
    for name, shares in found.items():
        spread = statistics.stdev(shares) if len(shares) > 1 else 0.0
        print(f"{name:20} {statistics.mean(shares):.3f} ± {spread:.3f} ({min(shares):.3f} to {max(shares):.3f})")


def main() -> None:
    """Train as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("core", type=Path)
    parser.add_argument("--half", action="store_true")
    parser.add_argument("--folds", type=int, default=0, help="how many parts, two at least")
    parser.add_argument("--steps", type=int, default=110)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=TRAINED)
    chosen = parser.parse_args()
    references = core(chosen.core)
    # The held-out half of the notes is never trained on: the tests measure what ships on it.
    own = [one for one in labelled_notes(NOTES.read_text(encoding="utf-8").splitlines()) if not one.held_out]
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model.crf")
        if chosen.folds:
            cross_validate(references, own, chosen.folds, chosen.seed, chosen.steps, Path(folder))
            return
        if chosen.half:
            references = [one for one in references if not one.held_out]
        fit(examples(references, own, chosen.seed), model, chosen.steps)
        if chosen.half:
            hits, total = right(
                model, [sequence(Printed(one.text), one.spans) for one in core(chosen.core) if one.held_out]
            )
            print(f"held out: {hits / total:.4f} of {total} labels")
        pack(model, chosen.output)


if __name__ == "__main__":
    main()
