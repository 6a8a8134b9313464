"""The shape of a person's name in running text."""

from __future__ import annotations

from collections.abc import Callable

from comity.language.words import Tokens

# Capitalised words that never belong to a name: openings of sentences, days, months, nouns of institutions.
NOT_NAMES = frozenset(
    """the a an this that these those his her its their our my your he she it they we i you who which what when where
    while after before during since although though but and or nor so yet if as at by for from in into of on onto over
    to with without under between among against about also earlier later then last next both all some many most several
    one two three four five six seven eight nine ten however meanwhile moreover conversely additionally despite
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today yesterday tomorrow not no there here said says will would has had have is
    are was were be been do did does can could may might shall should must let because
    government ministry minister embassy parliament congress senate party council commission court army navy police
    union united nations republic kingdom state states department office house bank corporation company agency
    administration foundation group forum summit conference agreement treaty act deal plan talks meeting visit
    international national""".split()
)
_PARTICLES = frozenset(
    "al bin ibn bint binti de da do dos das del della di la le van von der den el ul ur e arap ben abu y du zu ter".split()
)
_HONORIFICS = frozenset(
    "mr mrs ms dr sir lord sheikh gen general lt col colonel maj major adm admiral capt captain prof hon ayatollah maulana shaikh brig marshal field lieutenant".split()
)
_MOST_WORDS = 8


def name_after(tokens: Tokens, index: int, stops: Callable[[int], bool], *, comma: bool) -> tuple[str | None, int, int]:
    """Return the name that begins at token `index` (after a comma where allowed), and its first and last token."""
    words, low = tokens.words, tokens.low
    size = len(words)
    after_comma = False
    if comma and index < size and low[index] == ",":
        index += 1
        after_comma = True
    while index < size and low[index] in _HONORIFICS and words[index][0].isupper():
        index += 1
        if index < size and low[index] == ".":
            index += 1
    first = position = index
    last = -1
    count = 0
    while position < size and count < _MOST_WORDS:
        word = words[position]
        if word[0].isalpha():
            if word[0].isupper() and not stops(position):
                last = position
                count += 1
            elif (
                low[position] in _PARTICLES
                and position + 1 < size
                and (words[position + 1][0].isupper() or words[position + 1] == "-" or low[position + 1] in _PARTICLES)
            ):
                pass
            elif (
                position > first and words[position - 1] == "-" and tokens.starts[position] == tokens.ends[position - 1]
            ):
                last = position
            else:
                break
        elif (word == "." and position > first and len(words[position - 1].rstrip(".")) == 1) or (
            word in ("-", "'", "’", "`")
            and position > first
            and tokens.starts[position] == tokens.ends[position - 1]
            and position + 1 < size
            and tokens.starts[position + 1] == tokens.ends[position]
            and words[position + 1][0].isalpha()
            and words[position + 1] not in ("s",)
        ):
            pass
        else:
            break
        position += 1
    if last < first or not words[first][0].isalpha():
        return None, index, index
    if after_comma:
        closes = (
            last + 1 >= size or low[last + 1] in (",", "who", "(") or tokens.text[tokens.ends[last] :].strip() == ""
        )
        if last == first or not closes:
            return None, index, index
    name = tokens.text[tokens.starts[first] : tokens.ends[last]]
    if len(name) < 2:
        return None, index, index
    return " ".join(name.split()), first, last


def name_before(tokens: Tokens, index: int, stops: Callable[[int], bool]) -> tuple[str, int] | None:
    """Return the name that stands in apposition before token `index` ("Taro Kono, the Japanese foreign minister")."""
    words, low = tokens.words, tokens.low
    position = index - 1
    if position >= 0 and low[position] in ("the", "then"):
        position -= 1
    if position < 1 or low[position] != ",":
        return None
    end = position - 1
    first = end + 1
    count = 0
    while first - 1 >= 0 and count < _MOST_WORDS:
        word = words[first - 1]
        if word[0].isalpha() and word[0].isupper() and not stops(first - 1):
            first -= 1
            count += 1
        elif (low[first - 1] in _PARTICLES and first <= end) or (
            word == "-" and first <= end and first - 2 >= 0 and words[first - 2][0].isalpha()
        ):
            first -= 1
        else:
            break
    while first <= end and ((low[first] in _PARTICLES and low[first] != "al") or words[first] == "-"):
        first += 1
    if end - first < 1:
        return None
    return " ".join(tokens.text[tokens.starts[first] : tokens.ends[end]].split()), first
