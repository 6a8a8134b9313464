"""The tokens of a reference, and what each shows: its form, the words and marks around it, what stands in quotation marks.

`training/references.py` and `reference_labels` read references by the same features: a change needs training anew.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TOKEN = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"”]*[^\s<>\"”.,;:)\]]"
    r"|10\.\d{4,9}/[^\s<>\"”]*[^\s<>\"”.,;)\]]"
    r"|\d+|[^\W\d_]+(?:['’][^\W\d_]+|-[^\W\d_]+)*|\S"
)
_QUOTED = re.compile(
    r"[“\"„«](?P<double>[^\"“”«»]{3,400})[\"”“»]|(?<!\w)[‘'](?P<single>\S[^\n“”\"]{2,300}?)(?<=\S)['’](?=[\s,.;:)(\]]|$)"
)
_EMPHASIS = re.compile(r"(?<![\w*])(?P<mark>\*{1,3}|_)(?=\S)(?P<words>[^*_]{2,300}?)(?<=\S)(?P=mark)(?![\w*])")
_STOPS = frozenset('.,;:()[]{}"“”‘’«»/')
_LONGEST_WORD = 24  # characters of a word that a feature holds
_CLASS_WORDS = 3  # words of the longest name in the lists


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference without its marks of emphasis, and which of its characters stood in them."""

    text: str
    emphasised: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int) -> Printed:
        """Return the characters from one offset to another."""
        inside = ((max(first, start) - start, min(last, end) - start) for first, last in self.emphasised)
        return Printed(self.text[start:end], tuple((first, last) for first, last in inside if first < last))


def without_emphasis(text: str) -> Printed:
    """Return a text with spaces single and marks of emphasis ("*The Nation*") taken out."""
    marked = " ".join(text.replace("``", "“").replace("''", "”").split())
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = length = 0
    for match in _EMPHASIS.finditer(marked):
        parts += [marked[at : match.start()], match["words"]]
        length += match.start() - at
        spans.append((length, length + len(match["words"])))
        length += len(match["words"])
        at = match.end()
    parts.append(marked[at:])
    return Printed("".join(parts), tuple(spans))


def quoted(text: str) -> list[tuple[int, int]]:
    """Return where words stand in quotation marks, the marks left out."""
    return [match.span("double") if match["double"] else match.span("single") for match in _QUOTED.finditer(text)]


@dataclass(frozen=True, slots=True)
class ReferenceToken:
    """A word, a number, a mark or an address, with the offset at which it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


def reference_tokens(text: str) -> list[ReferenceToken]:
    """Return the tokens of a reference in their order; only spaces stand between them."""
    return [ReferenceToken(match.group(), match.start()) for match in TOKEN.finditer(text)]


def features(printed: Printed, tokens: Sequence[ReferenceToken]) -> Iterator[list[str]]:
    """Yield for each token the names of what it shows."""
    words = [token.text.lower()[:_LONGEST_WORD] for token in tokens]
    shapes = [_shape(token.text) for token in tokens]
    classes = _classes(words)
    quotes = [_place(token.start, quoted_spans) for quoted_spans in (quoted(printed.text),) for token in tokens]
    emphases = [_place(token.start, printed.emphasised) for token in tokens]
    spaced = [index > 0 and tokens[index - 1].end < token.start for index, token in enumerate(tokens)]
    brackets = _brackets(tokens)
    chunks = _chunks(tokens, shapes, classes)
    before, after = _marks(tokens)
    years = quotes_seen = emphases_seen = sentences = 0
    last = len(tokens) - 1
    has = f"has:{bool(printed.emphasised):d}{any(place != 'O' for place in quotes):d}"
    for index, word in enumerate(words):
        years += shapes[index] == "year"
        quotes_seen += quotes[index] == "B"
        emphases_seen += emphases[index] == "B"
        told = [
            f"w={word}",
            f"s={shapes[index]}",
            f"end={word[-3:]}",
            f"begin={word[:3]}",
            f"sp={spaced[index]:d}{index < last and spaced[index + 1]:d}",
            f"q={quotes[index]}",
            f"em={emphases[index]}",
            f"br={brackets[index]}",
            f"at={min(10 * index // (last + 1), 9)}",
            f"first={index}" if index < 4 else "",
            f"last={last - index}" if last - index < 4 else "",
            f"years={min(years, 2)}",
            f"qs={min(quotes_seen, 2)}|{quotes[index]}|{has}",
            f"es={min(emphases_seen, 2)}|{emphases[index]}|{has}",
            f"sen={min(sentences, 4)}",
            f"m={before[index]}|{after[index]}",
            f"s={shapes[index]}|m={before[index]}|{after[index]}",
            *(f"c={name}" for name in classes[index]),
            *chunks[index],
        ]
        for offset in (-2, -1, 1, 2):
            near = index + offset
            if not 0 <= near <= last:
                told.append(f"{offset}:edge")
                continue
            told += [f"{offset}:w={words[near]}", f"{offset}:s={shapes[near]}"]
            told += [f"{offset}:c={name}" for name in classes[near]]
        if 0 < index < last:
            told.append(f"sss={shapes[index - 1]}|{shapes[index]}|{shapes[index + 1]}")
        if index:
            told += [f"ss={shapes[index - 1]}|{shapes[index]}", f"ww={words[index - 1]}|{word}"]
        if index < last:
            told += [f"s+={shapes[index]}|{shapes[index + 1]}", f"w+={word}|{words[index + 1]}"]
        sentences += word in ".?!" and index and len(tokens[index - 1].text) > 2
        yield [name for name in told if name]


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


def _place(start: int, spans: Sequence[tuple[int, int]]) -> str:
    """Where a character stands to the spans: at a beginning, inside, or outside."""
    index = bisect_right(spans, (start, 1 << 60)) - 1
    if index < 0 or start >= spans[index][1]:
        return "O"
    return "B" if start == spans[index][0] else "I"


def _brackets(tokens: Sequence[ReferenceToken]) -> list[str]:
    found, round_, square = [], 0, 0
    for token in tokens:
        round_ += token.text == "("
        square += token.text == "["
        found.append("(" if round_ > 0 else "[" if square > 0 else "-")
        round_ = max(0, round_ - (token.text == ")"))
        square = max(0, square - (token.text == "]"))
    return found


def _chunks(
    tokens: Sequence[ReferenceToken], shapes: Sequence[str], classes: Sequence[Sequence[str]]
) -> list[list[str]]:
    """Return what the words between two marks show together: how many, how many in small letters, their classes."""
    told: list[list[str]] = [[]] * len(tokens)
    at = 0
    for index in range(len(tokens) + 1):
        if index < len(tokens) and tokens[index].text not in _STOPS:
            continue
        inside = range(at, index)
        if inside:
            small = sum(shapes[each] in ("xx", "x", "x-x") for each in inside)
            known = {name for each in inside for name in classes[each]}
            share = "none" if not small else "some" if 2 * small < len(inside) else "most"
            shared = [f"n={min(len(inside), 8)}|{share}", f"small={share}", *(f"in={name}" for name in sorted(known))]
            for each in inside:
                told[each] = shared
        at = index + 1
    return told


def _marks(tokens: Sequence[ReferenceToken]) -> tuple[list[str], list[str]]:
    """Return for each token the mark before it and the mark behind it."""
    before, after = [], [""] * len(tokens)
    mark = "^"
    for token in tokens:
        before.append(mark)
        if token.text in _STOPS:
            mark = token.text
    mark = "$"
    for index in range(len(tokens) - 1, -1, -1):
        after[index] = mark
        if tokens[index].text in _STOPS:
            mark = tokens[index].text
    return before, after


def _classes(words: Sequence[str]) -> list[list[str]]:
    """Return the classes of the lists that each word belongs to, alone or with its neighbours."""
    lists = word_lists()
    found: list[list[str]] = [list(lists.get(word, ())) for word in words]
    for size in range(2, _CLASS_WORDS + 1):
        for index in range(len(words) - size + 1):
            for name in lists.get("_".join(words[index : index + size]), ()):
                for each in range(index, index + size):
                    if name not in found[each]:
                        found[each].append(name)
    return found


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
