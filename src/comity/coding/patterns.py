"""The dictionary of acts (dictionary/patterns.tsv), by the verb that opens each pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from comity.coding.verbs import lines
from comity.terms import EventType


@dataclass(frozen=True, slots=True)
class Pattern:
    """One act: a verb (with its particle), the nouns that its object must hold, and the type and mode it makes."""

    type: EventType
    mode: str
    lemma: str
    particle: str
    objects: frozenset[str]
    flags: frozenset[str]

    @property
    def weight(self) -> int:
        """More exact patterns first."""
        return (2 if self.objects else 0) + (1 if self.particle else 0)


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """Return the named classes of nouns."""
    return {
        parts[0]: frozenset(parts[1].split())
        for line in lines("patterns.tsv")
        if line.startswith("@")
        for parts in [line.split("\t")]
    }


@lru_cache(maxsize=1)
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """Return the patterns of each verb, the most exact first."""
    named = classes()
    found: dict[str, list[Pattern]] = {}
    for line in lines("patterns.tsv"):
        if line.startswith("@"):
            continue
        type_, mode, verbs, objects, flags = line.split("\t")
        nouns: set[str] = set()
        for word in objects.split():
            nouns |= named[word] if word.startswith("@") else ({word} if word != "-" else set())
        for verb in verbs.split():
            lemma, _, particle = verb.partition("_")
            pattern = Pattern(
                EventType(type_),
                mode,
                lemma,
                particle.replace("_", " "),
                frozenset(nouns),
                frozenset(flag for flag in flags.split() if flag != "-"),
            )
            found.setdefault(lemma, []).append(pattern)
    return {lemma: tuple(sorted(items, key=lambda item: -item.weight)) for lemma, items in found.items()}


@lru_cache(maxsize=1)
def context_words() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Return for each first word what must follow it, and the contexts that are marked so.

    "united_nations" is two words, "counter-terrorism" three tokens.
    """
    marks: dict[tuple[str, ...], list[str]] = {}
    for line in lines("contexts.tsv"):
        context, words = line.split("\t")
        for word in words.split():
            tokens = tuple(part for part in re.split("(-)|_", word) if part)
            marks.setdefault(tokens, []).append(context)
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for (first, *following), contexts in marks.items():
        found.setdefault(first, []).append((tuple(following), tuple(contexts)))
    return found
