"""What the tokens of a reference show: their form, the words and marks around them, what stands in quotation marks.

`training/references.py` and `reference_labels` read references by the same features: a change needs training anew. Features that
are told from the same facts make one group (`of_word`, `of_marks`, ...), so that a reader adds up the weights of a group once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from comity.documents.reference_tokens import Printed, ReferenceToken, quoted

OFFSETS = (-2, -1, 1, 2)
"""The neighbours whose words and classes a token shows."""

Setting = tuple[bool, bool, str, int, int]
Dress = tuple[str, int, str, int, str]
Marks = tuple[str, str, str]
Chunk = tuple[int, str, tuple[str, ...]]
Shapes = tuple[str | None, str, str | None]
Position = tuple[int, int, int]

_STOPS = frozenset('.,;:()[]{}"“”‘’«»/')
_SENTENCE_ENDS = frozenset(".?!")
_SMALL = frozenset(("xx", "x", "x-x"))
_LONGEST_WORD = 24  # characters of a word that a feature holds
_CLASS_WORDS = 3  # words of the longest name in the lists
_FAR = 4  # tokens from an end of the reference, or more


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tokens of one reference show: of each group of features one value for each token.

    Attributes:
        words: the tokens as printed.
        classes: the classes of the word lists that each belongs to.
        positions: how far along it stands: tenth, place from the beginning and from the end (4 for farther).
        settings: whether a space stands before and behind, the bracket around, years and sentences before.
        dresses: quotation marks and emphasis: its place in them, how many began so far, and whether there are any.
        marks: its shape, and the marks before and behind.
        chunks: of the words between two marks: how many, how many in small letters, their classes; None for a mark.
        shapes: its shape between those of its neighbours.
        pairs: the word with the next one.
    """

    words: list[str]
    classes: list[tuple[str, ...]]
    positions: Sequence[Position]
    settings: list[Setting]
    dresses: list[Dress]
    marks: list[Marks]
    chunks: list[Chunk | None]
    shapes: list[Shapes]
    pairs: list[tuple[str, str]]


def shown(printed: Printed, tokens: Sequence[ReferenceToken]) -> Shown:
    """Return what the tokens of a reference show."""
    texts = [token.text for token in tokens]
    words = [text.lower()[:_LONGEST_WORD] for text in texts]
    shapes = [_shape(text) for text in texts]
    classes = _classes(words)
    starts = [token.start for token in tokens]
    quotes, emphases = _places(starts, quoted(printed.text)), _places(starts, printed.emphasised)
    spaced = [False, *(before.end < start for before, start in zip(tokens, starts[1:], strict=False)), False]
    has = f"{bool(printed.emphasised):d}{any(place != 'O' for place in quotes):d}"
    stops = [index for index, text in enumerate(texts) if text in _STOPS]
    before, after = _marks(texts, stops)
    return Shown(
        texts,
        classes,
        _positions(len(tokens)),
        list(
            zip(
                spaced,
                spaced[1:],
                _brackets(texts),
                _counted(shapes, "year"),
                _sentences(texts),
                strict=False,
            )
        ),
        list(
            zip(
                quotes,
                _counted(quotes, "B"),
                emphases,
                _counted(emphases, "B"),
                [has] * len(tokens),
                strict=True,
            )
        ),
        list(zip(shapes, before, after, strict=True)),
        _chunks(stops, shapes, classes),
        list(zip([None, *shapes], shapes, [*shapes[1:], None], strict=False)),
        list(pairwise(words)),
    )


def features(printed: Printed, tokens: Sequence[ReferenceToken]) -> Iterator[list[str]]:
    """Yield for each token the names of what it shows."""
    told = shown(printed, tokens)
    words = [of_word(None)] * 2 + [of_word(word) for word in told.words] + [of_word(None)] * 2
    classes = [of_classes(())] * 2 + [of_classes(names) for names in told.classes] + [of_classes(())] * 2
    pairs = [of_pair(*pair) for pair in told.pairs]
    for index in range(len(tokens)):
        names = [*words[index + 2][0], *classes[index + 2][0]]
        for block, offset in enumerate(OFFSETS, 1):
            names += [*words[index + 2 + offset][block], *classes[index + 2 + offset][block]]
        for (group,) in (
            of_position(told.positions[index]),
            of_setting(told.settings[index]),
            of_dress(told.dresses[index]),
            of_marks(told.marks[index]),
            of_chunk(told.chunks[index]),
            of_shapes(told.shapes[index]),
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
    word, shape = text.lower()[:_LONGEST_WORD], _shape(text)
    own = (f"w={word}", f"s={shape}", f"end={word[-3:]}", f"begin={word[:3]}")
    return (own, *((f"{offset}:w={word}", f"{offset}:s={shape}") for offset in OFFSETS))


def of_classes(names: tuple[str, ...]) -> Names:
    """Return what the classes of a word show, and what a token shows of them as its neighbour."""
    own = [f"c={name}" for name in names]
    return (own, *([f"{offset}:{name}" for name in own] for offset in OFFSETS))


def of_position(position: Position) -> Names:
    """Return what the place in the reference shows."""
    tenth, first, last = position
    near = [f"first={first}"] if first < _FAR else []
    return ([f"at={tenth}", *near, *([f"last={last}"] if last < _FAR else [])],)


def of_setting(setting: Setting) -> Names:
    """Return what spaces, brackets, years and sentences show."""
    before, behind, bracket, years, sentences = setting
    return ((f"sp={before:d}{behind:d}", f"br={bracket}", f"years={years}", f"sen={sentences}"),)


def of_dress(dress: Dress) -> Names:
    """Return what quotation marks and emphasis show."""
    quote, quotes, emphasis, emphases, has = dress
    return ((f"q={quote}", f"em={emphasis}", f"qs={quotes}|{quote}|has:{has}", f"es={emphases}|{emphasis}|has:{has}"),)


def of_marks(marks: Marks) -> Names:
    """Return what the marks before and behind show, alone and with the token's shape."""
    shape, before, after = marks
    return ((f"m={before}|{after}", f"s={shape}|m={before}|{after}"),)


def of_chunk(chunk: Chunk | None) -> Names:
    """Return what the words between two marks show together."""
    if chunk is None:
        return ((),)
    length, small, classes = chunk
    return ((f"n={length}|{small}", f"small={small}", *(f"in={name}" for name in classes)),)


def of_shapes(shapes: Shapes) -> Names:
    """Return what a token's shape shows beside those of its neighbours."""
    before, here, after = shapes
    names = [] if before is None else [f"ss={before}|{here}"]
    if after is not None:
        names.append(f"s+={here}|{after}")
        if before is not None:
            names.append(f"sss={before}|{here}|{after}")
    return (names,)


def of_pair(word: str, following: str) -> tuple[str, str]:
    """Return the name that a word shows with the next one, and the name that the next one shows with it."""
    return f"w+={word}|{following}", f"ww={word}|{following}"


@lru_cache(maxsize=8192)
def _shape(word: str) -> str:
    if word.isdigit():
        return (
            "year" if len(word) == 4 and word[:2] in ("15", "16", "17", "18", "19", "20") else f"d{min(len(word), 5)}"
        )
    if word.startswith(("http", "www.", "ftp:")):
        return "url"
    if word.startswith("10.") and "/" in word:
        return "doi"
    if not word[0].isalpha():
        return word
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "roman" if set(word) <= set("IVXLC") else ("XX" if len(word) <= 3 else "XXX")
    if word[0].isupper():
        return "X-x" if "-" in word else ("Xx" if word[1:].islower() else "XxX")
    return "x-x" if "-" in word else "xx"


@lru_cache(maxsize=256)
def _positions(length: int) -> Sequence[Position]:
    return [(min(10 * index // length, 9), min(index, _FAR), min(length - 1 - index, _FAR)) for index in range(length)]


def _places(starts: Sequence[int], spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return where each token stands to the spans: at a beginning, inside, or outside."""
    places = ["O"] * len(starts)
    for start, end in spans:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        places[first:last] = "I" * (last - first)
        if first < last and starts[first] == start:
            places[first] = "B"
    return places


def _counted(values: list[str], one: str) -> list[int]:
    """Return for each value how many up to it are that one, two for more."""
    length = len(values)
    first = values.index(one) if one in values else length
    second = values.index(one, first + 1) if one in values[first + 1 :] else length
    return [0] * first + [1] * (second - first) + [2] * (length - second)


def _sentences(texts: Sequence[str]) -> list[int]:
    """Return for each token how many sentences ended before it, four for more; behind an initial none ends."""
    ends = [index for index, text in enumerate(texts) if text in _SENTENCE_ENDS and index and len(texts[index - 1]) > 2]
    found: list[int] = []
    for count, end in enumerate(ends[:4]):
        found += [count] * (end + 1 - len(found))
    return found + [min(len(ends), 4)] * (len(texts) - len(found))


def _brackets(texts: Sequence[str]) -> list[str]:
    if "(" not in texts and "[" not in texts:
        return ["-"] * len(texts)
    found, round_, square = [], 0, 0
    for text in texts:
        round_ += text == "("
        square += text == "["
        found.append("(" if round_ > 0 else "[" if square > 0 else "-")
        round_ = max(0, round_ - (text == ")"))
        square = max(0, square - (text == "]"))
    return found


def _chunks(stops: Sequence[int], shapes: Sequence[str], classes: Sequence[Collection[str]]) -> list[Chunk | None]:
    """Return what the words between two marks show together."""
    told: list[Chunk | None] = [None] * len(shapes)
    at = 0
    for index in (*stops, len(shapes)):
        length = index - at
        if length:
            small = sum(shape in _SMALL for shape in shapes[at:index])
            known = {name for names in classes[at:index] for name in names}
            share = "none" if not small else "some" if 2 * small < length else "most"
            told[at:index] = [(min(length, 8), share, tuple(sorted(known)))] * length
        at = index + 1
    return told


def _marks(texts: Sequence[str], stops: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return for each token the mark before it and the mark behind it."""
    before: list[str] = []
    after: list[str] = []
    mark = "^"
    for stop in stops:
        before += [mark] * (stop + 1 - len(before))
        mark = texts[stop]
        after += [mark] * (stop - len(after))
    return before + [mark] * (len(texts) - len(before)), after + ["$"] * (len(texts) - len(after))


def _classes(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the classes of the lists that each word belongs to, alone or with its neighbours."""
    lists = word_lists()
    found = [lists.get(word, ()) for word in words]
    begin = _first_words()
    for size in range(2, _CLASS_WORDS + 1):
        for index in range(len(words) - size + 1):
            if words[index] in begin:
                for name in lists.get("_".join(words[index : index + size]), ()):
                    for each in range(index, index + size):
                        if name not in found[each]:
                            found[each] = (*found[each], name)
    return found


@cache
def _first_words() -> frozenset[str]:
    """Return the words with which names of several words begin."""
    return frozenset(name.partition("_")[0] for name in word_lists() if "_" in name)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Return the classes of each word of trained/words.tsv."""
    found: dict[str, list[str]] = {}
    stored = files("comity.documents") / "trained" / "words.tsv"
    for line in stored.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, words = line.partition("\t")
            for word in dict.fromkeys(words.split()):
                found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}
