"""Titles set in capitals, as a bibliography writes them."""

from __future__ import annotations

import re
from collections.abc import Collection

_SMALL = frozenset("a an and as at but by for from in nor of on or the to via vs with".split())
_ROMAN = re.compile(r"[IVX]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CAPITALS = re.compile(r"\b[A-Z]{2}[A-Z0-9]*+s?\b")


def acronyms_in(text: str) -> frozenset[str]:
    """Return the words that mixed prose writes in capitals: they stay so in a title."""
    found: set[str] = set()
    for line in text.split("\n"):
        capitals = _CAPITALS.findall(line)
        if capitals and sum(map(str.islower, line)) > 4 * sum(map(len, capitals)):
            found.update(capitals)
    return frozenset(found)


def title_case(text: str, acronyms: Collection[str] = ()) -> str:
    """Return a title in capitals with capital initials; one in mixed case is returned as it is."""
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or sum(letter.isupper() for letter in letters) < 0.9 * len(letters):
        return text
    if len(letters) < 4 or (" " not in text and text in acronyms):
        return text
    matches = list(_WORD.finditer(text))
    parts, at = [], 0
    for index, match in enumerate(matches):
        parts.append(text[at : match.start()])
        before = text[max(0, match.start() - 2) : match.start()]
        first = index in (0, len(matches) - 1) or any(mark in before for mark in ":.?!—–")
        parts.append(_cased(match.group(), text, match.end(), first, acronyms))
        at = match.end()
    return "".join([*parts, text[at:]])


def _cased(word: str, text: str, end: int, first: bool, acronyms: Collection[str]) -> str:
    if word in acronyms or _ROMAN.fullmatch(word) or (len(word) == 1 and text[end : end + 1] == "."):
        return word
    low = word.lower()
    if low in _SMALL and not first:
        return low
    return low[:1].upper() + low[1:]
