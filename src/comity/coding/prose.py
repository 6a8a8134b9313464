"""What of a document or a text is read: its prose, without the furniture around it, and in English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from comity.language import Tokens, foreign_among, furniture_in, is_furniture, sentences, tokenise
from comity.terms import Document

# A passage longer than this is no sentence, and is read in parts that the network can read.
_LONGEST, _PART = 3000, 700

Passages = list[tuple[int, str]]  # where each begins, and its text


def prose_in(document: Document) -> Passages:
    """Return the passages of a document's prose, as their kinds say."""
    return [
        (passage.start, passage.text)
        for passage in document.passages
        if passage.kind.is_prose and not is_furniture(passage.text)
    ]


def prose_of(text: str) -> Passages:
    """Return the sentences of a plain text that are prose; a line of furniture ends what stands above it."""
    found: Passages = []
    for begin, end in _stretches(text):
        piece = text if end - begin == len(text) else text[begin:end]
        found += [(begin + one.start, one.text) for one in sentences(piece) if not is_furniture(one.text)]
    return found


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where the lines between furniture begin and end."""
    if "\n" not in text:
        return [(0, len(text))]
    lines = text.split("\n")
    furniture = furniture_in(lines)
    if not any(furniture):
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    begin = place = 0
    for line, told in zip(lines, furniture, strict=True):
        if told:
            if begin < place:
                found.append((begin, place))
            begin = place + len(line) + 1
        place += len(line) + 1
    if begin < len(text):
        found.append((begin, len(text)))
    return found


def in_english(passages: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, Tokens]], tuple[tuple[str, int], ...]]:
    """Return the passages to read, in tokens, and how many were left out by their language's tag, the most first.

    A passage that is too long to be a sentence is returned in parts, cut at white space where it has any.
    """
    cut = [(start, tokenise(text)) for start, text in _parts(passages)]
    tags = foreign_among([tokens for _, tokens in cut])
    if not any(tags):
        return cut, ()
    unread = Counter(tag for tag in tags if tag)
    kept = [each for each, tag in zip(cut, tags, strict=True) if not tag]
    return kept, tuple(sorted(unread.items(), key=lambda item: (-item[1], item[0])))


def _parts(passages: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for start, text in passages:
        begin = 0
        while len(text) > _LONGEST and len(text) - begin > _PART:
            end = text.rfind(" ", begin + _PART // 2, begin + _PART) + 1 or begin + _PART
            yield start + begin, text[begin:end]
            begin = end
        yield start + begin, text[begin:] if begin else text
