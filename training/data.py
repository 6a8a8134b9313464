"""Labelled sentences for the event network, and the treebank that teaches it grammar."""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.coding.units import Units, units_of
from comity.language import mentions_in, tokenise
from comity.terms import EventType

TYPES = [kind.value for kind in EventType]
MODES = [f"{kind.value}.{mode}" for kind in EventType for mode in sorted(kind.modes)]

# States of the past under the codes that the labels use.
TODAY = {"YUG": "SRB", "SCG": "SRB", "CSK": "CZE", "DDR": "DEU", "VDR": "VNM", "YMD": "YEM", "SUN": "RUS"}

_BRACKET = re.compile(r"\[(?:([\d,]+):)?([^\[\]]+)\]")
_EVENT = re.compile(r"([A-Z]+)((?:[.,][a-z-]+)*) ([A-Z?,]*)>([A-Z?,]*)")
# Words inside a bracketed trigger that tell nothing by themselves.
_EMPTY = frozenset("of to the a an on in at by for with up down out off over back away into from his its their".split())


@dataclass(slots=True)
class Label:
    """One labelled event: its sides as codes and the characters that tell it."""

    type: str
    modes: list[str]
    actors: list[str]
    recipients: list[str]
    spans: list[tuple[int, int]]
    units: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """A sentence in units with its labels."""

    text: str
    units: Units
    labels: list[Label]


def parse_line(line: str) -> tuple[str, list[Label]]:
    """Return text and labels of a line `CODES | text with [triggers]`; training/README.md tells the format."""
    codes, marked = line.split(" | ")
    text, last = "", 0
    spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for match in _BRACKET.finditer(marked):
        text += marked[last : match.start()]
        begin = len(text)
        text += match[2]
        last = match.end()
        for number in (match[1] or "1").split(","):
            spans[int(number)].append((begin, len(text)))
    text += marked[last:]
    labels = []
    if codes.strip() != "-":
        for number, part in enumerate(codes.split(" ; "), start=1):
            event = _EVENT.fullmatch(part.strip())
            if event is None:
                raise ValueError(f"no event: {part!r} in {line!r}")
            sides = [[code for code in side.split(",") if code and code != "?"] for side in (event[3], event[4])]
            labels.append(Label(event[1], re.findall(r"[a-z-]+", event[2]), *sides, spans[number]))
    return text, labels


def lines_of(files: list[Path]) -> Iterator[str]:
    """Yield the labelled lines of the files."""
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line


def sentence(line: str) -> Sentence:
    """Return a labelled line with its units."""
    text, labels = parse_line(line)
    tokens = tokenise(text)
    units = units_of(tokens, mentions_in(tokens))
    for label in labels:
        inside = [
            number
            for number in range(len(units))
            if any(
                tokens.starts[units.first[number]] < end and tokens.ends[units.first[number + 1] - 1] > begin
                for begin, end in label.spans
            )
        ]
        telling = [number for number in inside if str(units.keys[number]).lower() not in _EMPTY]
        label.units = telling or inside
    return Sentence(text, units, labels)


@dataclass(slots=True)
class Parsed:
    """A sentence of a treebank: its words with part of speech and head (a word's own place marks the root)."""

    words: list[str]
    tags: list[str]
    heads: list[int]


def treebank(path: Path) -> list[Parsed]:
    """Return the sentences of a CoNLL-U file, xz-packed or not, of 3 to 60 words."""
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    found = []
    for block in data.decode("utf-8").split("\n\n"):
        rows = [row.split("\t") for row in block.split("\n") if row[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if 3 <= len(rows) <= 60:
            heads = [int(row[6]) - 1 if int(row[6]) else place for place, row in enumerate(rows)]
            found.append(Parsed([row[1] for row in rows], [row[3] for row in rows], heads))
    return found
