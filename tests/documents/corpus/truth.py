"""What the briefs of the corpus say: every sentence, heading, note, table and date, as their authors meant it.

A brief is a TOML file in briefs/. Its body has a sentence a line; a blank line ends a paragraph. `# ` and `## ` begin headings, `- ` and
`1. ` entries of lists, `> ` sentences of a quotation, `[^3]` is the marker of the third note, `[table 2]` stands where the second table
stands. In rows of tables `<` continues the cell on the left and `^` the cell above; two spaces before a row's label set it in, and `^a^`
after a figure is a raised mark. `{(a)} ` or `{Q:} ` before a paragraph's first sentence is the number or the speaker that is typed there.
`| ` begins lines that are no sentences (keywords, signatures; `||` parts what stands side by side), and what stands between `[box]` and
`[end]` is in a frame.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
_MARKER = re.compile(r"\[\^(\d+)\]")
_MARK = re.compile(r"\^(\w+)\^$")
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


def shown(text: str) -> str:
    """A cell's text without its raised mark."""
    return _MARK.sub("", text)


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell, at its first row and column. `mark` is raised behind its text; a row that is `inside` is set in below its group."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    mark: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class TrueTable:
    """A table: `unit_in` says where its unit is printed, in the "caption", in a "line" below it, or in the "header".

    `remarks` stand below it, before the source. `sides` has an "l" or "r" for each column, `widths` their shares of the line, where they
    wrap. A `long` table runs on to the next page under the same header, a `wide` one spans both columns.
    """

    caption: str
    unit: str
    source: str
    rows: tuple[tuple[str, ...], ...]
    unit_in: str = "caption"
    remarks: tuple[str, ...] = ()
    sides: str = ""
    widths: tuple[int, ...] = ()
    long: bool = False
    wide: bool = False

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

    @property
    def aligned(self) -> str:
        """An "l" or "r" for each column."""
        return self.sides or "l" + "r" * (len(self.rows[0]) - 1)

    @property
    def shares(self) -> list[float]:
        """The columns' shares of the line, if it is given how wide they are."""
        return [width / sum(self.widths) for width in self.widths]

    def cells(self) -> list[TrueCell]:
        """The cells that have text."""
        return [cell for cell in self.grid() if cell.text]

    def grid(self) -> list[TrueCell]:
        """All cells with what they span."""
        found = []
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text in ("<", "^"):
                    continue
                across = next((n for n in range(c + 1, len(row)) if row[n] != "<"), len(row)) - c
                down = next((n for n in range(r + 1, len(self.rows)) if self.rows[n][c] != "^"), len(self.rows)) - r
                mark = found_mark.group(1) if (found_mark := _MARK.search(text)) else ""
                found.append(TrueCell(r, c, shown(text).strip(), down, across, mark, text.startswith("  ")))
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body: "heading", "paragraph", "item", "ordered" or "quote" with its lines, or "table" with its number from 1.

    "lines" are no sentences. "labelled" is a paragraph whose `label` is typed before it: "1.", "(a)" and "(i)" of the levels 1 to 3, or of level 0
    who speaks. Parts that are `boxed` stand in one frame.
    """

    kind: str
    lines: tuple[str, ...] = ()
    level: int = 0
    label: str = ""
    boxed: bool = False


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
    affiliations: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """The sentences of the prose in order; an entry of a list is one."""
        return [
            plain(line) for part in self.parts if part.kind not in ("heading", "table", "lines") for line in part.lines
        ]

    def labelled(self) -> dict[str, str]:
        """Sentences that begin a labelled paragraph, as they are with their label; both ways of reading them are right."""
        parts = [part for part in self.parts if part.kind == "labelled"]
        return {plain(part.lines[0]): f"{part.label} {plain(part.lines[0])}" for part in parts}

    def lines(self) -> list[str]:
        """What stands in the body and is neither sentence nor heading, so that it is not asked as what it is read."""
        given = (line for part in self.parts if part.kind == "lines" for line in part.lines)
        return [plain(piece) for line in given for piece in line.split(" || ")]

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
    boxed = False
    for block in re.split(r"\n\s*\n", body.strip("\n")):
        lines = block.strip("\n").split("\n")
        first = lines[0]
        if first in ("[box]", "[end]"):
            boxed = first == "[box]"
        elif label := re.match(r"\{(.+?)\} (.*)", first):
            level = next(
                (
                    n
                    for n, kind in enumerate((r"\d+\.", r"\([a-h]\)", r"\([ivx]+\)"), 1)
                    if re.fullmatch(kind, label[1])
                ),
                0,
            )
            parts.append(Part("labelled", (label[2], *lines[1:]), level, label[1], boxed))
        elif first.startswith("| "):
            parts.append(Part("lines", tuple(line[2:] for line in lines), boxed=boxed))
        elif heading := re.match(r"(#+) (.*)", first):
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
            parts.append(Part("paragraph", tuple(lines), boxed=boxed))
    return parts


def brief(name: str) -> Brief:
    """The brief of that name."""
    given: dict[str, Any] = tomllib.loads((FOLDER / "briefs" / f"{name}.toml").read_text(encoding="utf-8"))
    symbols, body = given.get("symbols", False), given.pop("body")
    if symbols:
        for number, symbol in enumerate(_SYMBOLS, 1):
            body = body.replace(symbol, f"[^{number}]")
    tables = []
    for one in given.pop("tables", []):
        more: dict[str, Any] = {key: tuple(one.get(key, [])) for key in ("remarks", "widths")}
        tables.append(TrueTable(**{**one, **more, "rows": tuple(map(tuple, one["rows"]))}))
    labels = [_SYMBOLS[n] if symbols else str(n + 1) for n in range(len(given["notes"]))]
    lists: dict[str, Any] = {
        key: tuple(given.pop(key, [])) for key in ("authors", "notes", "references", "affiliations")
    }
    institute = given.pop("institute", "")
    return Brief(
        name=name, parts=tuple(_parts(body)), tables=tuple(tables), labels=tuple(labels), institute=institute, **lists, **given
    )  # fmt: skip


def briefs() -> dict[str, Brief]:
    """All briefs by name."""
    return {path.stem: brief(path.stem) for path in sorted((FOLDER / "briefs").glob("*.toml"))}
