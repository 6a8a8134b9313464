"""The tokens of a reference, its words in quotation marks and in marks of emphasis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"”]*[^\s<>\"”.,;:)\]]"
    r"|10\.\d{4,9}/[^\s<>\"”]*[^\s<>\"”.,;)\]]"
    r"|\d+|[^\W\d_]+(?:['’][^\W\d_]+|-[^\W\d_]+)*|\S"
)
_QUOTED = re.compile(
    r"[“\"„«](?P<double>[^\"“”«»]{3,400})[\"”“»]|(?<!\w)[‘'](?P<single>\S[^\n“”\"]{2,300}?)(?<=\S)['’](?=[\s,.;:)(\]]|$)"
)
_EMPHASIS = re.compile(r"(?<![\w*])(?P<mark>\*{1,3}|_)(?=\S)(?P<words>[^*_]{2,300}?)(?<=\S)(?P=mark)(?![\w*])")
_KEPT = 2_000  # characters; what is asked of longer texts is not kept


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


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return where words stand in quotation marks, the marks left out."""
    return _quoted(text) if len(text) < _KEPT else _quoted.__wrapped__(text)


@lru_cache(maxsize=256)  # it is asked several times of one reference
def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span("double") if match["double"] else match.span("single") for match in _QUOTED.finditer(text))


class ReferenceToken(NamedTuple):
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
