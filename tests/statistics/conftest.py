"""Documents made by hand, as documents/ hands them over: one text, tables with each cell at its characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from comity.terms import Block, BlockKind, Cell, Document, Table, digest

Rows = Sequence[Sequence[str]]


class DocumentMaker:
    """Collects paragraphs and tables and joins them into one document with true offsets."""

    def __init__(self, name: str, media_type: str) -> None:
        self._name = name
        self._media_type = media_type
        self._text = ""
        self._blocks: list[Block] = []
        self._tables: list[Table] = []

    def block(self, text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> DocumentMaker:
        """Add a paragraph, heading or other block."""
        start = len(self._text)
        self._text += text
        self._blocks.append(Block(kind, start, len(self._text), 1 if kind is BlockKind.HEADING else 0))
        self._text += "\n\n"
        return self

    def table(self, rows: Rows, *, caption: str = "", unit: str = "", source: str = "") -> DocumentMaker:
        """Add a table; its rows are as long as they are given."""
        start = place = len(self._text)
        cells = []
        for row, words in enumerate(rows):
            for column, word in enumerate(words):
                cells.append(Cell(row, column, word, place, place + len(word), header=row == 0))
                place += len(word) + 1
        self._text += "".join("\t".join(words) + "\n" for words in rows)
        end = max((cell.end for cell in cells), default=start)
        identity = f"doc-test#t{len(self._tables) + 1}"
        self._tables.append(Table(identity, caption, unit, source, tuple(cells), start, end))
        self._blocks.append(Block(BlockKind.TABLE, start, end))
        self._text += "\n"
        return self

    def document(self) -> Document:
        """Return the document."""
        return Document(
            "doc-test",
            self._name,
            self._media_type,
            digest(self._text.encode()),
            self._text,
            blocks=tuple(self._blocks),
            tables=tuple(self._tables),
        )


@pytest.fixture(scope="session")
def make() -> Callable[..., DocumentMaker]:
    """Start a document by hand."""

    def start(name: str = "brief.txt", media_type: str = "text/plain") -> DocumentMaker:
        return DocumentMaker(name, media_type)

    return start
