"""A sentence as the network reads it: its tokens, each mention of an actor drawn together into one unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from comity.language import Mention, MentionKind, Tokens

# Numbers of suffix rows, frequent-word rows and mention forms are part of the trained weights: a change needs training anew.
SUFFIXES = 4000
_FORMS = ("name", "demonym", "capital", "city", "metonym", "person", "organisation", "group", "modifier")
_FORM = {form: number for number, form in enumerate(_FORMS, start=1)}
FORMS = 22
# A mention without a state keeps its form, moved behind the others.
_WITHOUT_STATE = 10
_DIGIT = re.compile(r"\d")
_FIGURE, _CAPITALS, _CAPITAL, _LETTERS, _MARK, _MENTION = 1, 2, 3, 4, 5, 6
SHAPES = 8


@dataclass(frozen=True, slots=True)
class Units:
    """A sentence in units.

    Attributes:
        keys: each unit's word as written, or for a mention the number of its form.
        first: the first token of each unit, and behind the last unit the number of tokens.
        mentions: unit and mention, for each mention of the sentence in order.
    """

    keys: list[str | int]
    first: list[int]
    mentions: list[tuple[int, Mention]]

    def __len__(self) -> int:
        return len(self.keys)


def units_of(tokens: Tokens, mentions: list[Mention]) -> Units:
    """Return the units of a sentence; `mentions` are those of the same text, in order; two of one span are two units."""
    keys: list[str | int] = []
    first: list[int] = []
    placed: list[tuple[int, Mention]] = []
    starts, written, size, position = tokens.starts, tokens.words, len(tokens.words), 0
    for mention in mentions:
        if not mention.code and mention.kind is not MentionKind.PERSON:
            continue
        begin = bisect_left(starts, mention.start, position)
        keys += written[position:begin]
        first += range(position, begin)
        position = bisect_left(starts, mention.end, begin)
        placed.append((len(keys), mention))
        keys.append(_FORM.get(mention.form, 1) + (0 if mention.code else _WITHOUT_STATE))
        first.append(begin)
    keys += written[position:]
    first += range(position, size + 1)
    return Units(keys, first, placed)


def rows(key: str | int) -> tuple[str, int, int, int]:
    """A unit's word in lower case (figures as "0", empty for a mention), and its rows of suffix, shape and form."""
    if isinstance(key, int):
        return "", 0, _MENTION, key
    if _DIGIT.search(key) is not None:
        return "0", suffix_row("0"), _FIGURE, 0
    word = key.lower()
    return word, suffix_row(word), shape_row(key), 0


def shape_row(word: str) -> int:
    """The row of the kind of a word's letters; figures are told apart before."""
    if word[0].isupper():
        return _CAPITALS if len(word) > 1 and word.isupper() else _CAPITAL
    return _LETTERS if word.isalpha() else _MARK


def suffix_row(word: str) -> int:
    """The row of a word's last four letters in the table of suffixes; the same on every machine."""
    total = 0
    for letter in word[-4:]:
        total = (total * 31 + ord(letter)) % SUFFIXES
    return total + 1


# Distance in units between the word that tells an act and a mention: nine steps to either side.
_STEPS = (0, 1, 2, 3, 5, 8, 12, 20)


def distance_row(step: int) -> int:
    """The row of a distance in units, negative where the mention stands before the word."""
    size = abs(step)
    row = next((number for number, limit in enumerate(_STEPS) if size <= limit), len(_STEPS))
    return row if step < 0 else row + 9


DISTANCES = 18
SETTINGS = 36


def standings(units: Units) -> list[int]:
    """For each mention a number from 0 to 11 that says how it stands among the others.

    It tells whether the mention is the first, whether its actor is named before, and how many different actors the sentence
    names; a mention without a code is nobody's.
    """
    codes = [mention.code for _, mention in units.mentions]
    states = min(max(len({code for code in codes if code}), 1), 3) - 1
    seen: set[str] = set()
    found = []
    for code in codes:
        found.append(((not seen) * 2 + (code in seen)) * 3 + states)
        if code:
            seen.add(code)
    return found


# A row of the settings is this often the number of actors between a mention and the act, up to two, and the standing.
STANDINGS = 12
