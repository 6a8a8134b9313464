"""The catalogue of issues on which states hold positions (dictionary/issues.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from comity.coding.verbs import lines


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of position: key, name for people, and the words that mark it (phrases with spaces).

    Attributes:
        words: those that mark it surely.
        hints: those that mark it where nothing else is marked.
    """

    key: str
    name: str
    words: tuple[str, ...]
    hints: tuple[str, ...] = ()


def _read() -> Mapping[str, Issue]:
    found = {}
    for line in lines("issues.tsv"):
        key, name, *marks = line.split("\t")
        words, hints = ([word.replace("_", " ") for word in mark.split()] for mark in (*marks, "")[:2])
        found[key] = Issue(key, name, tuple(words), tuple(hints))
    return MappingProxyType(found)


ISSUES: Mapping[str, Issue] = _read()


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[tuple[list[str], str, int]]]:
    """By its first word each phrase, with its issue and weight: two for each word, one for a hint."""
    found: dict[str, list[tuple[list[str], str, int]]] = {}
    for issue in ISSUES.values():
        for phrase in (*issue.words, *issue.hints):
            parts = phrase.replace("-", " - ").split()
            weight = 1 if phrase in issue.hints else 2 * len(phrase.split())
            found.setdefault(parts[0], []).append((parts, issue.key, weight))
    return found


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(_by_first_word())


def may_be_on_an_issue(words: list[str]) -> bool:
    """Whether one of the words begins a phrase that marks an issue; `words` in lower case."""
    return not _first_words().isdisjoint(words)


def issue_of(words: list[str], least: int = 1) -> str:
    """Return the issue that the words mark most, each phrase by its length; empty where none is marked.

    Args:
        words: in lower case.
        least: 1, or 2 where hints alone do not tell.
    """
    marks: dict[str, int] = {}
    table = _by_first_word()
    for index, word in enumerate(words):
        for parts, key, weight in table.get(word, ()):
            if words[index : index + len(parts)] == parts:
                marks[key] = marks.get(key, 0) + weight
    best = max(marks.values(), default=0)
    return next(key for key in ISSUES if marks.get(key) == best) if best >= least else ""
