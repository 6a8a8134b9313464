"""A text cut once into tokens: words, figures, marks, each with its characters; all else in this room looks tokens up."""

from __future__ import annotations

import re
from dataclasses import dataclass

# An abbreviation with points ("U.S."), a word, the possessive ending, a figure, or a single mark.
_TOKEN = re.compile(r"[A-Za-z](?:\.(?:[A-Za-z]\.)+|[^\W\d_]*)|[^\W\d_]+|['’`]s\b|\d+(?:[.,]\d+)*|\S")
# The same for texts without other letters and quotes, which is quicker.
_TOKEN_ASCII = re.compile(r"[A-Za-z](?:\.(?:[A-Za-z]\.)+|[A-Za-z]*)|['`]s\b|\d+(?:[.,]\d+)*|\S", re.ASCII)

# What is left of a page's mark-up in a text is passed over: "<b>", "&nbsp;".
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,300}>|&(?:[A-Za-z]{2,8}|#\d{1,7});")


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


def words_alone(text: str) -> Tokens:
    """Cut a text into tokens as `tokenise` does, without their characters."""
    if "<" in text or "&" in text:
        return tokenise(text)
    words = (_TOKEN_ASCII if text.isascii() else _TOKEN).findall(text)
    return Tokens(text, words, list(map(str.lower, words)), [], [])


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens; `text[starts[i]:ends[i]] == words[i]`."""
    words = (_TOKEN_ASCII if text.isascii() else _TOKEN).findall(text)
    starts, ends = [], []
    find, end = text.find, 0
    for word in words:  # between tokens stands white space alone
        start = find(word, end)
        end = start + len(word)
        starts.append(start)
        ends.append(end)
    if "<" in text or "&" in text:
        spans = _without_markup(text, list(zip(starts, ends, strict=True)))
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        words = [text[start:end] for start, end in spans]
    return Tokens(text, words, list(map(str.lower, words)), starts, ends)


def _without_markup(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    position = 0
    for match in _MARKUP.finditer(text):
        while position < len(spans) and spans[position][0] < match.start():
            kept.append(spans[position])
            position += 1
        while position < len(spans) and spans[position][0] < match.end():
            position += 1
    return kept + spans[position:]
