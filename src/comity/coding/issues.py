"""The catalogue of issues on which states hold positions (dictionary/issues.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from comity.coding.verbs import lines


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of position: key, name for people, and the words that mark it (phrases with spaces)."""

    key: str
    name: str
    words: tuple[str, ...]


def _read() -> Mapping[str, Issue]:
    found = {}
    for line in lines("issues.tsv"):
        key, name, words = line.split("\t")
        found[key] = Issue(key, name, tuple(word.replace("_", " ") for word in words.split()))
    return MappingProxyType(found)


ISSUES: Mapping[str, Issue] = _read()


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for issue in ISSUES.values():
        for phrase in issue.words:
            parts = tuple(phrase.replace("-", " - ").split())
            found.setdefault(parts[0], []).append((parts, issue.key))
    return {first: tuple(items) for first, items in found.items()}


def issue_of(words: list[str]) -> str:
    """Return the issue that most of the words mark; empty where none is marked."""
    marks: dict[str, int] = {}
    table = _by_first_word()
    for index, word in enumerate(words):
        for parts, key in table.get(word, ()):
            if tuple(words[index : index + len(parts)]) == parts:
                marks[key] = marks.get(key, 0) + (len(parts) if "-" not in parts else 1)
    if not marks:
        return ""
    best = max(marks.values())
    return next(key for key in ISSUES if marks.get(key) == best)
