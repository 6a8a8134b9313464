"""A brief as pandoc's document tree (API 1.22.2.1), from which pandoc writes DOCX, ODT, RTF, HTML, Markdown and text."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import Any

from tests.documents.corpus.truth import Brief, Part, TrueTable

Node = dict[str, Any]
_TOKEN = re.compile(r"\[\^(\d+)\]|\*([^*]+)\*|([^\s*\[]+|\[|\*)|(\s+)")


def curly(text: str) -> str:
    """Text with curly quotation marks."""
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", r"\1‘", text).replace("'", "’")


def _words(text: str) -> list[Node]:
    found: list[Node] = []
    for word in re.split(r"( +)", text):
        if word:
            found.append({"t": "Space"} if word.isspace() else {"t": "Str", "c": word})
    return found


def _frame(blocks: list[Node]) -> Node:
    """A table of one cell."""
    empty = ["", [], []]
    cell = [empty, {"t": "AlignLeft"}, 1, 1, blocks]
    body = [[empty, 0, [], [[empty, [cell]]]]]
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": 1.0}]]
    return {"t": "Table", "c": [empty, [None, []], columns, [empty, []], body, [empty, []]]}


class Tree:
    """Makes the tree; the options are the ways in which people write.

    Args:
        typed: notes are typed: raised numbers and a list "Notes" at the end, nothing that the program knows of.
        bold: headings are bold paragraphs, not headings.
        captions: captions are the program's own, else paragraphs.
        straight: quotation marks stay straight.
        fitted: columns of tables share the width of the text, else they are as wide as they need.
        lists: labels such as "1." and "(a)" are those of lists, else they are typed.
        framed: a frame is a table of one cell, as people make it, else a part of a style of its own.
    """

    def __init__(
        self,
        brief: Brief,
        *,
        typed: bool = False,
        bold: bool = False,
        captions: bool = True,
        straight: bool = False,
        fitted: bool = False,
        lists: bool = False,
        framed: bool = False,
    ) -> None:
        self._brief, self._typed, self._bold, self._captions = brief, typed or brief.symbols, bold, captions
        self._quotes = (lambda text: text) if straight else curly
        self._fitted, self._lists, self._framed = fitted, lists, framed
        self._numbers = [0, 0]
        self._first = 1

    def inlines(self, line: str) -> list[Node]:
        """The words of a line, with its emphasis and markers."""
        found: list[Node] = []
        for piece in re.split(r"(\[\^\d+\]|\*[^*]+\*)", self._quotes(line)):
            if marker := re.fullmatch(r"\[\^(\d+)\]", piece):
                number = int(marker.group(1))
                if self._typed:
                    found.append({"t": "Superscript", "c": [{"t": "Str", "c": self._brief.labels[number - 1]}]})
                else:
                    found.append({"t": "Note", "c": [self.paragraph(self._brief.notes[number - 1])]})
            elif len(piece) > 2 and piece.startswith("*") and piece.endswith("*"):
                found.append({"t": "Emph", "c": _words(piece[1:-1])})
            else:
                found += _words(piece)
        return found

    def paragraph(self, *lines: str) -> Node:
        """A paragraph of some sentences."""
        found: list[Node] = []
        for line in lines:
            found += [{"t": "Space"}] * bool(found) + self.inlines(line)
        return {"t": "Para", "c": found}

    def heading(self, text: str, level: int) -> Node:
        """A heading, numbered where the brief's are."""
        if self._brief.numbered:
            self._numbers[level - 1] += 1
            if level == 1:
                self._numbers[1] = 0
            text = ".".join(map(str, self._numbers[:level])) + ("." if level == 1 else "") + " " + text
        if self._bold:
            return {"t": "Para", "c": [{"t": "Strong", "c": _words(text)}]}
        return {"t": "Header", "c": [level, ["", [], []], _words(text)]}

    def table(self, table: TrueTable) -> list[Node]:
        """A table with its caption, unit and source."""
        own = self._captions and not table.unit_line
        rows: list[list[Any]] = [[["", [], []], []] for _ in table.rows]
        named = ["AlignLeft" if side == "l" else "AlignRight" for side in table.aligned]
        for cell in table.grid():
            side = "AlignCenter" if cell.column and cell.column_span > 1 else named[cell.column]
            text = _words("\u00a0" * 4 * cell.inside + cell.text)
            text += [{"t": "Superscript", "c": [{"t": "Str", "c": cell.mark}]}] if cell.mark else []
            content = [{"t": "Plain", "c": text}]
            rows[cell.row][1].append([["", [], []], {"t": side}, cell.row_span, cell.column_span, content])
        sides = [{"t": side} for side in named]
        longest = [max(len(row[n]) for row in table.rows) + 3 for n in range(len(sides))]
        widths: list[Node] = [{"t": "ColWidth", "c": length / sum(longest)} for length in longest]
        if table.widths:
            widths = [{"t": "ColWidth", "c": share} for share in table.shares]
        elif not self._fitted:
            widths = [{"t": "ColWidthDefault"}] * len(sides)
        caption = [{"t": "Plain", "c": _words(self._quotes(table.printed))}] if own else []
        body = [[["", [], []], 0, [], rows[table.headers :]]]
        node = {
            "t": "Table",
            "c": [["", [], []], [None, caption], [list(pair) for pair in zip(sides, widths, strict=True)],
                  [["", [], []], rows[: table.headers]], body, [["", [], []], []]],
        }  # fmt: skip
        above = [] if own else [self.paragraph(line) for line in (table.printed, table.unit_line) if line]
        remarks: list[Node] = [{"t": "Para", "c": _words(self._quotes(remark))} for remark in table.remarks]
        return [*above, node, *remarks, self.paragraph(table.source)]

    def blocks(self) -> list[Node]:
        """The body, and what follows it."""
        found: list[Node] = []
        for boxed, given in groupby(self._brief.parts, lambda part: part.boxed):
            made = self._blocks(list(given))
            found += [_frame(made) if self._framed else {"t": "Div", "c": [["", ["box"], []], made]}] if boxed else made
        if self._brief.references:
            found += [self.heading("References", 1), *map(self.paragraph, self._brief.references)]
        if self._typed and self._brief.notes:
            if not self._brief.symbols:
                found.append(self.heading("Notes", 1))
            for label, note in zip(self._brief.labels, self._brief.notes, strict=True):
                found.append(self.paragraph(f"{label} {note}" if self._brief.symbols else f"{label}. {note}"))
        return found

    def _blocks(self, parts: list[Part]) -> list[Node]:
        found: list[Node] = []
        for listed, given in groupby(parts, lambda part: self._lists and part.kind == "labelled" and part.level > 0):
            if listed:
                points = list(given)
                self._first = int(points[0].label[:-1])
                found += self._points(points)
            else:
                found += (block for part in given for block in self._block(part))
        return found

    def _block(self, part: Part) -> list[Node]:
        if part.kind == "heading":
            return [self.heading(part.lines[0], part.level)]
        if part.kind == "table":
            return self.table(self._brief.tables[part.level - 1])
        if part.kind == "quote":
            return [{"t": "BlockQuote", "c": [self.paragraph(*part.lines)]}]
        if part.kind in ("item", "ordered"):
            entries = [[{"t": "Plain", "c": self.inlines(line)}] for line in part.lines]
            style = [1, {"t": "Decimal"}, {"t": "Period"}]
            ordered = {"t": "OrderedList", "c": [style, entries]}
            return [ordered if part.kind == "ordered" else {"t": "BulletList", "c": entries}]
        if part.kind == "lines":
            return [self._lines(*column) for column in zip(*(line.split(" || ") for line in part.lines), strict=True)]
        paragraph = self.paragraph(*part.lines)
        if part.label:
            words = _words(self._quotes(part.label))
            paragraph["c"][:0] = [*(words if part.level else [{"t": "Strong", "c": words}]), {"t": "Space"}]
        return [paragraph]

    def _lines(self, *lines: str) -> Node:
        found: list[Node] = []
        for line in lines:
            found += [{"t": "LineBreak"}] * bool(found) + self.inlines(line)
        return {"t": "Para", "c": found}

    def _points(self, parts: list[Part]) -> list[Node]:
        """Points that follow each other as a list, with the points of lower levels inside them."""
        level, entries = parts[0].level, list[list[Node]]()
        while parts:
            entry: list[Node] = [self.paragraph(*parts.pop(0).lines)]
            inner = next((n for n, part in enumerate(parts) if part.level <= level), len(parts))
            entry += self._points(parts[:inner]) if inner else []
            entries.append(entry)
            parts = parts[inner:]
        kinds = {1: ("Decimal", "Period"), 2: ("LowerAlpha", "TwoParens"), 3: ("LowerRoman", "TwoParens")}
        style = [self._first if level == 1 else 1, *({"t": kind} for kind in kinds[level])]
        return [{"t": "OrderedList", "c": [style, entries]}]

    def json(self) -> str:
        """The tree as pandoc reads it with `--from json`."""

        def text(value: str) -> Node:
            return {"t": "MetaInlines", "c": _words(self._quotes(value))}

        about = {"title": text(self._brief.title), "date": text(self._brief.date), "lang": text("en-GB")}
        about["author"] = {"t": "MetaList", "c": [text(author) for author in self._brief.authors]}
        return json.dumps({"pandoc-api-version": [1, 22, 2, 1], "meta": about, "blocks": self.blocks()})
