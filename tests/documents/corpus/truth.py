"""What the briefs of the corpus say: every sentence, heading, note, table and date, as their authors meant it.

A brief is a TOML file in briefs/. Its body has a sentence a line; a blank line ends a paragraph. `# ` and `## ` begin headings, `- ` and
`1. ` entries of lists, `> ` sentences of a quotation, `[^3]` is the marker of the third note, `[table 2]` stands where the second table
stands. In rows of tables `<` continues the cell on the left and `^` the cell above.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_MARKER = re.compile(r"\[\^(\d+)\]")
_SYMBOLS = "*†‡§"
# pandoc and typst make quotation marks curly, TeX sets dashes and ligatures: nothing else is made equal.
_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
        "\u00a0": " ", "\u202f": " ", "…": "...", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": None,
    }
)  # fmt: skip


def normalised(text: str) -> str:
    """Text with plain quotation marks, dashes and ligatures, and single spaces."""
    return " ".join(text.translate(_PLAIN).split())


def plain(text: str) -> str:
    """A line of a brief as it is read: without markers of notes and of emphasis."""
    return normalised(_MARKER.sub("", text).replace("*", ""))


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell with text, at its first row and column."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class TrueTable:
    """A table: `unit_in` says where its unit is printed, in the "caption", in a "line" below it, or in the "header"."""

    caption: str
    unit: str
    source: str
    rows: tuple[tuple[str, ...], ...]
    unit_in: str = "caption"

    @property
    def headers(self) -> int:
        """The number of header rows."""
        return 2 if any(text == "^" for text in self.rows[1]) else 1

    @property
    def printed(self) -> str:
        """The caption as it is printed."""
        return f"{self.caption} ({self.unit})" if self.unit and self.unit_in == "caption" else self.caption

    @property
    def unit_line(self) -> str:
        """The line below the caption, if the unit stands there."""
        return f"({self.unit})" if self.unit_in == "line" else ""

    def cells(self) -> list[TrueCell]:
        """The cells with what they span."""
        found = []
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text in ("<", "^"):
                    continue
                across = next((n for n in range(c + 1, len(row)) if row[n] != "<"), len(row)) - c
                down = next((n for n in range(r + 1, len(self.rows)) if self.rows[n][c] != "^"), len(self.rows)) - r
                found.append(TrueCell(r, c, text, down, across))
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body: "heading", "paragraph", "item", "ordered" or "quote" with its lines, or "table" with its number from 1."""

    kind: str
    lines: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief: what its front says, its parts in order, its notes and tables."""

    name: str
    kind: str
    split: str
    title: str
    authors: tuple[str, ...]
    institute: str
    date: str
    issued: str
    running: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    tables: tuple[TrueTable, ...]
    references: tuple[str, ...] = ()
    numbered: bool = False
    symbols: bool = False
    labels: tuple[str, ...] = field(default=())

    def sentences(self) -> list[str]:
        """The sentences of the prose in order; an entry of a list is one."""
        return [plain(line) for part in self.parts if part.kind not in ("heading", "table") for line in part.lines]

    def headings(self) -> list[str]:
        """The headings in order."""
        return [plain(line) for part in self.parts if part.kind == "heading" for line in part.lines]

    def linked(self) -> list[tuple[str, str]]:
        """For each note the sentence up to its marker and its text."""
        found = {}
        for line in (line for part in self.parts for line in part.lines):
            for marker in _MARKER.finditer(line):
                found[int(marker.group(1))] = plain(line[: marker.start()])
        return [(found[number], plain(text)) for number, text in enumerate(self.notes, 1)]


def _parts(body: str) -> list[Part]:
    parts: list[Part] = []
    for block in re.split(r"\n\s*\n", body.strip("\n")):
        lines = block.strip("\n").split("\n")
        first = lines[0]
        if heading := re.match(r"(#+) (.*)", first):
            parts.append(Part("heading", (heading.group(2),), len(heading.group(1))))
        elif table := re.match(r"\[table (\d+)\]", first):
            parts.append(Part("table", (), int(table.group(1))))
        elif first.startswith("> "):
            parts.append(Part("quote", tuple(line[2:] for line in lines)))
        elif first.startswith("- "):
            parts.append(Part("item", tuple(line[2:] for line in lines)))
        elif re.match(r"\d+\. ", first):
            parts.append(Part("ordered", tuple(line.split(". ", 1)[1] for line in lines)))
        else:
            parts.append(Part("paragraph", tuple(lines)))
    return parts


def brief(name: str) -> Brief:
    """The brief of that name."""
    given: dict[str, Any] = tomllib.loads((FOLDER / "briefs" / f"{name}.toml").read_text(encoding="utf-8"))
    symbols, body = given.get("symbols", False), given.pop("body")
    if symbols:
        for number, symbol in enumerate(_SYMBOLS, 1):
            body = body.replace(symbol, f"[^{number}]")
    tables = [TrueTable(**{**one, "rows": tuple(map(tuple, one["rows"]))}) for one in given.pop("tables", [])]
    labels = [_SYMBOLS[n] if symbols else str(n + 1) for n in range(len(given["notes"]))]
    lists = {key: tuple(given.pop(key, [])) for key in ("authors", "notes", "references")}
    institute = given.pop("institute", "")
    return Brief(
        name=name, parts=tuple(_parts(body)), tables=tuple(tables), labels=tuple(labels), institute=institute, **lists, **given
    )  # fmt: skip


def briefs() -> dict[str, Brief]:
    """All briefs by name."""
    return {path.stem: brief(path.stem) for path in sorted((FOLDER / "briefs").glob("*.toml"))}
