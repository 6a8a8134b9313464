"""A document's text with its evidence: runs of words, each with what rests on it, for the page to print."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.terms import Block, BlockKind, Cell, Document, Note, Table


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the text on which something rests: `kind` is "event", "statement", "claim" or "focus"."""

    start: int
    end: int
    kind: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one and the same evidence.

    Attributes:
        kinds: the kinds of evidence that cover the words, sorted; none for plain words.
        anchors: ids of the spans that begin here ("c120-180"), "focus" among them for the one asked for.
        ends: the evidence that ends after these words and can be followed.
        notes: the notes whose markers stand after these words.
    """

    text: str
    kinds: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    ends: tuple[Evidence, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell of a table with its runs."""

    cell: Cell
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of the page: runs of text, or the rows of a table; `note` is the note that the block holds."""

    kind: str
    level: int
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[PageCell, ...], ...] = ()
    caption: str = ""
    note: Note | None = None


def page_blocks(document: Document, evidence: Iterable[Evidence]) -> tuple[PageBlock, ...]:
    """Return the whole text in reading order, nothing left out, with its evidence and its notes' markers.

    Evidence outside the text is left aside. Every piece that is longer than nothing appears once.
    """
    size = len(document.text)
    spans = sorted(
        {one for one in evidence if 0 <= one.start < one.end <= size},
        key=lambda one: (one.start, -one.end, one.kind, one.href),
    )
    writer = _Writer(document, spans)
    made: list[PageBlock] = []
    position = 0
    for block in sorted(document.blocks, key=lambda block: (block.start, block.end)):
        if block.end <= position:
            continue
        made += writer.loose(position, block.start)
        start = max(block.start, position)
        table = writer.table_in(block, start)
        if table is None:
            made.append(writer.block(block, start))
            position = block.end
        else:
            made += writer.loose(start, table.start)
            made.append(writer.table(table))
            position = max(start, table.end)
            made += writer.loose(position, block.end)
            position = max(position, block.end)
    made += writer.loose(position, size)
    return tuple(made)


class _Writer:
    def __init__(self, document: Document, spans: Sequence[Evidence]) -> None:
        self._document = document
        self._spans = spans
        self._starts = [one.start for one in spans]
        # The greatest end of this and all earlier spans: where it is too small, nothing earlier can reach.
        self._reach: list[int] = []
        for one in spans:
            self._reach.append(max(one.end, self._reach[-1] if self._reach else 0))
        marked = [note for note in document.notes if note.marker is not None]
        self._markers = sorted(marked, key=lambda note: (note.marker or 0, note.id))
        self._marker_at = [note.marker or 0 for note in self._markers]
        self._anchored: set[str] = set()

    def loose(self, start: int, end: int) -> list[PageBlock]:
        """The text that lies in no block: one paragraph for each line that holds anything."""
        made = []
        for line in self._document.text[start:end].splitlines(keepends=True):
            if line.strip():
                made.append(PageBlock("paragraph", 0, self.runs(start, start + len(line.rstrip("\r\n")))))
            start += len(line)
        return made

    def table_in(self, block: Block, start: int) -> Table | None:
        """The table that a block holds, or begins to hold."""
        if block.kind is not BlockKind.TABLE:
            return None
        return next((one for one in self._document.tables if start <= one.start < block.end), None)

    def block(self, block: Block, start: int) -> PageBlock:
        note = None
        if block.kind is BlockKind.NOTE:
            note = next((one for one in self._document.notes if start <= one.start < block.end), None)
        return PageBlock(block.kind.value, block.level, self.runs(start, block.end), note=note)

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The words from start to end, cut where evidence begins or ends or a note's marker stands."""
        first = bisect_right(self._reach, start)
        covering = [one for one in self._spans[first : bisect_left(self._starts, end)] if one.end > start]
        notes = self._markers[bisect_left(self._marker_at, start + 1) : bisect_right(self._marker_at, end)]
        cuts = {start, end} | {note.marker for note in notes if note.marker is not None}
        for one in covering:
            cuts |= {max(one.start, start), min(one.end, end)}
        made = []
        for left, right in pairwise(sorted(cuts)):
            here = [one for one in covering if one.start < right and left < one.end]
            made.append(
                Run(
                    self._document.text[left:right],
                    tuple(sorted({one.kind for one in here})),
                    self._anchors(one for one in here if one.start == left),
                    tuple(one for one in here if one.end == right and one.href),
                    tuple(note for note in notes if note.marker == right),
                )
            )
        return tuple(made)

    def _anchors(self, begun: Iterable[Evidence]) -> tuple[str, ...]:
        """Ids for the spans that begin here, each id once in the page."""
        names = []
        for one in begun:
            for name in (f"c{one.start}-{one.end}", *(("focus",) if one.kind == "focus" else ())):
                if name not in self._anchored:
                    self._anchored.add(name)
                    names.append(name)
        return tuple(names)

    def table(self, table: Table) -> PageBlock:
        rows: dict[int, list[PageCell]] = {}
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            runs = self.runs(cell.start, cell.end) if cell.end > cell.start else (Run(cell.text),)
            rows.setdefault(cell.row, []).append(PageCell(cell, runs))
        return PageBlock(BlockKind.TABLE.value, 0, rows=tuple(map(tuple, rows.values())), caption=table.caption)
