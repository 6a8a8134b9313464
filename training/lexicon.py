"""The lexicon of words that tell acts (lexicon.tsv), as numbers for the words of the vocabulary."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from data import TYPES

from comity.coding.verbs import lines

CLASSES = [*TYPES, "NONE"]


def inflected(word: str, irregular: dict[str, list[str]]) -> set[str]:
    """The forms of a verb or noun, right or not: a form that is no word meets none."""
    forms = {word, *irregular.get(word, [])}
    if word.endswith("e"):
        return forms | {f"{word}s", f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return forms | {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return forms | {f"{word}es", f"{word}ed", f"{word}ing"}
    forms |= {f"{word}{ending}" for ending in ("s", "ed", "ing", "er", "ers")}
    if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in "aeiou" and word[-3] not in "aeiou":
        forms |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return forms


def read(path: Path) -> dict[str, np.ndarray]:
    """Return for each form of a single word its weight in each class: 1 for the first named, less for the next."""
    irregular = {parts[0]: parts[1:] for line in lines("verbs.txt") if len(parts := line.split()) == 3}
    found: dict[str, np.ndarray] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, kinds = line.partition("\t")
        if not kinds or " " in word:
            continue
        weights = np.zeros(len(CLASSES), np.float32)
        for place, kind in enumerate(kinds.split(",")):
            name = kind.strip().split(".")[0]
            if name in CLASSES:
                weights[CLASSES.index(name)] = max(weights[CLASSES.index(name)], 1 / (1 + 0.5 * place))
        for form in inflected(word.lower(), irregular):
            found[form] = np.maximum(found[form], weights) if form in found else weights
    return found
