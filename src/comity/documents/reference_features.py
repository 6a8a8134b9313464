"""The names of what the tokens of references show, by which weights are trained and kept.

`training/references.py` and `reference_labels` read references by the same features: a change needs training anew. Features that
are told from the same facts make one group (`of_word`, `of_marks`, ...), so that a reader adds up the weights of a group once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from comity.documents.reference_shown import FAR, LONGEST_WORD, SHAPES, Chunk, shape_of, shown
from comity.documents.reference_tokens import Printed, ReferenceToken

OFFSETS = (-2, -1, 1, 2)
"""The neighbours whose words and classes a token shows."""

_PLACES = "OBI"  # outside, at a beginning, inside
_BRACKETS = "-(["


def features(printed: Printed, tokens: Sequence[ReferenceToken]) -> Iterator[list[str]]:
    """Yield for each token the names of what it shows."""
    told = shown([printed], [tokens])
    words = [of_word(None)] * 2 + [of_word(word) for word in told.words] + [of_word(None)] * 2
    classes = [of_classes(())] * 2 + [of_classes(names) for names in told.classes] + [of_classes(())] * 2
    pairs = [of_pair(*pair) for pair in pairwise(told.small)]
    for index in range(len(tokens)):
        names = [*words[index + 2][0], *classes[index + 2][0]]
        for block, offset in enumerate(OFFSETS, 1):
            names += [*words[index + 2 + offset][block], *classes[index + 2 + offset][block]]
        for (group,) in (
            of_position(told.positions[index].tolist()),
            of_setting(told.settings[index].tolist()),
            of_dress(told.dresses[index].tolist()),
            of_marks(told.marks[index].tolist()),
            of_chunk(told.chunks[told.chunk_of[index]]),
            of_shapes(told.shapes[index].tolist()),
        ):
            names += group
        if index:
            names.append(pairs[index - 1][1])
        if index < len(pairs):
            names.append(pairs[index][0])
        yield names


Names = tuple[Sequence[str], ...]
"""The names of the features of one group; of one that neighbours show too, those for each of `OFFSETS` follow."""


def of_word(text: str | None) -> Names:
    """Return what a word shows, and what a token shows of it as its neighbour; None is what lies beyond the reference."""
    if text is None:
        return ((), *((f"{offset}:edge",) for offset in OFFSETS))
    word, shape = text.lower()[:LONGEST_WORD], shape_of(text)
    own = (f"w={word}", f"s={shape}", f"end={word[-3:]}", f"begin={word[:3]}")
    return (own, *((f"{offset}:w={word}", f"{offset}:s={shape}") for offset in OFFSETS))


def of_classes(names: tuple[str, ...]) -> Names:
    """Return what the classes of a word show, and what a token shows of them as its neighbour."""
    own = [f"c={name}" for name in names]
    return (own, *([f"{offset}:{name}" for name in own] for offset in OFFSETS))


def of_position(position: Sequence[int]) -> Names:
    """Return what the place in the reference shows."""
    tenth, first, last = position
    near = [f"first={first}"] if first < FAR else []
    return ([f"at={tenth}", *near, *([f"last={last}"] if last < FAR else [])],)


def of_setting(setting: Sequence[int]) -> Names:
    """Return what spaces, brackets, years and sentences show."""
    before, behind, bracket, years, sentences = setting
    return ((f"sp={before}{behind}", f"br={_BRACKETS[bracket]}", f"years={years}", f"sen={sentences}"),)


def of_dress(dress: Sequence[int]) -> Names:
    """Return what quotation marks and emphasis show."""
    quote, emphasis, has = _PLACES[dress[0]], _PLACES[dress[2]], f"{dress[4]:02b}"
    return (
        (f"q={quote}", f"em={emphasis}", f"qs={dress[1]}|{quote}|has:{has}", f"es={dress[3]}|{emphasis}|has:{has}"),
    )


def of_marks(marks: Sequence[int]) -> Names:
    """Return what the marks before and behind show, alone and with the token's shape."""
    shape, before, after = (SHAPES[place] for place in marks)
    return ((f"m={before}|{after}", f"s={shape}|m={before}|{after}"),)


def of_chunk(chunk: Chunk | None) -> Names:
    """Return what the words between two marks show together."""
    if chunk is None:
        return ((),)
    length, small, classes = chunk
    return ((f"n={length}|{small}", f"small={small}", *(f"in={name}" for name in classes)),)


def of_shapes(shapes: Sequence[int]) -> Names:
    """Return what a token's shape shows beside those of its neighbours."""
    before, here, after = (SHAPES[place] for place in shapes)
    names = [f"ss={before}|{here}"] if before else []
    if after:
        names.append(f"s+={here}|{after}")
        if before:
            names.append(f"sss={before}|{here}|{after}")
    return (names,)


def of_pair(word: str, following: str) -> tuple[str, str]:
    """Return the name that a word shows with the next one, and the name that the next one shows with it."""
    return f"w+={word}|{following}", f"ww={word}|{following}"
