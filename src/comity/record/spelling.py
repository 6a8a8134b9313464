"""Whether two spellings can be one name: "Yusuf al-Harthy" and "Youssef Al Harthi", "S. Abe" and "Shinzo Abe".

Names come out of other scripts in many ways, which differ in vowels, doubled letters and h. So two words are one when
their consonants agree so read and at most two letters differ besides; "Nimal" and "Kamal", "Hassan" and "Hussein" do not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = re.compile(r"[^\W\d_]+")
# Parts of many names, which make no two of them one.
_PARTICLES = frozenset("abu al bin bint da das de del den der di dos du el ibn la le van von y".split())
_VOWELS = frozenset("aeiouy")
_FEWEST_CONSONANTS = 3
_MOST_SLIPS = 2


def plain(text: str) -> str:
    """Small letters without accents: "Erdoğan" and "Erdogan" are one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the words of a name in small letters without accents."""
    return _LETTERS.findall(plain(text))


def name_of(person: str) -> frozenset[str]:
    """Return the words that make a person's name, without its particles if others are left."""
    words = frozenset(words_of(person))
    return words - _PARTICLES or words


def same_person(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names can be one person's: one within the other, or two words in common, as spellings vary."""
    shorter, longer = sorted((one, other), key=len)
    left = [word for word in shorter if word not in longer]
    if not left:
        return True
    unmatched = [word for word in left if not any(same_word(word, each) for each in longer)]
    if not unmatched or len(shorter) - len(unmatched) >= 2:
        return True
    # "S. Abe" is "Shinzo Abe".
    return len(unmatched) < len(shorter) and all(any(_initial(word, each) for each in longer) for word in unmatched)


@lru_cache(maxsize=65536)
def same_word(one: str, other: str) -> bool:
    """Whether two words in small letters can be one name in two spellings."""
    if one == other:
        return True
    if not one or not other or one[0] != other[0] or abs(len(one) - len(other)) > _MOST_SLIPS:
        return False
    frame = _frame(one)
    return (
        len(frame) >= _FEWEST_CONSONANTS
        and frame == _frame(other)
        and _slips(_single(one), _single(other)) <= _MOST_SLIPS
    )


def _initial(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) == 1 and longer.startswith(shorter)


def _frame(word: str) -> str:
    """The first letter and the consonants after it, without h, none doubled."""
    frame = word[0]
    for letter in word[1:]:
        if letter not in _VOWELS and letter != "h" and letter != frame[-1]:
            frame += letter
    return frame


def _single(word: str) -> str:
    """The word with no letter doubled."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


def _slips(one: str, other: str) -> int:
    """The number of letters to change, add or leave out between the words (Levenshtein's distance)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, another in enumerate(other, start=1):
            change = before + (letter != another)
            before = row[place]
            row[place] = min(change, row[place] + 1, row[place - 1] + 1)
    return row[-1]
