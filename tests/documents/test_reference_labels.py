"""Many references labelled at once are labelled as each is alone, from the features that the weights were trained on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from comity.documents import parse_citations, read_bytes
from comity.documents.reference_features import features
from comity.documents.reference_labels import label_references, trained
from comity.documents.reference_shown import shown
from comity.documents.reference_tokens import Printed, reference_tokens, without_emphasis
from tests.documents.references_score import Labelled, notes

REFERENCES = [without_emphasis(one.text) for one in notes()]


def test_together_as_alone() -> None:
    """References of all lengths, empty ones among them, get the same labels together and alone."""
    every = [Printed(""), *REFERENCES, Printed(" "), Printed("Ports")]
    together = label_references(every)
    assert together[0] == together[-2] == []
    for one, parts in zip(every, together, strict=True):
        (alone,) = label_references([one])
        assert [(part.label, part.start, part.end) for part in parts] == [(p.label, p.start, p.end) for p in alone]
        assert [part.sure for part in parts] == pytest.approx([part.sure for part in alone], abs=1e-4)


def test_likeliest_of_all_labels() -> None:
    """No single token of a reference can be given another label for a better score of the whole."""
    model = trained()
    for one in REFERENCES[:20]:
        tokens = reference_tokens(one.text)
        emissions = model.scores.of(shown([one], [tokens]))
        (parts,) = label_references([one])
        path = [model.labels.index(next(p.label for p in parts if p.start <= token.start < p.end)) for token in tokens]

        def total(labels: list[int], emissions: np.ndarray = emissions) -> float:
            steps = sum(float(model.transitions[a, b]) for a, b in pairwise(labels))
            return steps + sum(float(emissions[at, label]) for at, label in enumerate(labels))

        best = total(path)
        for at in range(len(path)):
            for label in range(len(model.labels)):
                assert total([*path[:at], label, *path[at + 1 :]]) <= best + 1e-3


def test_scores_are_those_of_the_trained_features() -> None:
    """Scores that are added up by groups are the sums of the weights of the features that training names."""
    model = trained()
    rows, weights = model.scores.rows, model.scores.weights
    every = [Printed(""), *REFERENCES, Printed("")]
    tokens = [reference_tokens(one.text) for one in every]
    together = iter(model.scores.of(shown(every, tokens)))
    for one, each in zip(every, tokens, strict=True):
        for names in features(one, each):
            assert np.array_equal(next(together), weights[[rows.get(name, -1) for name in names]].sum(0))
    assert next(together, None) is None


def test_notes_of_a_document_cite_what_each_cites() -> None:
    """Each note of a document cites the works that its text cites alone."""
    texts = [one.text for one in notes() if _plain(one)][:60]
    marks = "".join(f"The ministers met in town {n}.[^{n}] " for n in range(len(texts)))
    body = "\n\n".join(f"[^{n}]: {text}" for n, text in enumerate(texts))
    document = read_bytes(f"# Ports\n\n{marks}\n\n{body}\n".encode(), name="ports.md")
    assert len(document.notes) == len(texts) > 40
    for note, text in zip(document.notes, texts, strict=True):
        assert [work.title for work in note.citations] == [work.title for work in parse_citations(text)]


def _plain(one: Labelled) -> bool:
    """Whether a note is read from Markdown as it is printed, and cites by no short form."""
    return bool(one.works) and all(work.get("title") and work.get("year") for work in one.works)
