"""A text cut once into tokens: words, figures, marks, each with its characters; all else in this room looks tokens up."""

from __future__ import annotations

import re
from dataclasses import dataclass

# An abbreviation with points ("U.S."), the possessive ending, a word, a figure, or a single mark.
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|['’`]s\b|[^\W\d_]+|\d+(?:[.,]\d+)*|\S")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text as parallel lists: as written, in lower case, and their characters."""

    text: str
    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.words)


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens; `text[starts[i]:ends[i]] == words[i]`."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    return Tokens(text, words, [word.lower() for word in words], starts, ends)
