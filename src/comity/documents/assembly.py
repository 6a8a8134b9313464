"""From loose blocks to a Document: one running text, and every block, sentence, note and cell at its characters."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.documents.drafts import Draft, Reading
from comity.documents.limits import refuse_long
from comity.documents.trace import Place, TracedNumber
from comity.language import language_of, sentences
from comity.terms import Anchor, Block, BlockKind, Cell, Document, Note, Passage, Table

_BLANK_LINE = "\n\n"


@dataclass(slots=True)
class _Layout:
    """The running text while it grows."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    anchors: list[Anchor] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)  # id() of a draft -> its start
    cells: dict[int, tuple[Cell, ...]] = field(default_factory=dict)
    markers: defaultdict[str, deque[int]] = field(
        default_factory=lambda: defaultdict(deque)
    )  # a note's key -> its calls

    def add(self, draft: Draft) -> None:
        if self.parts:
            self._append(_BLANK_LINE)
        start = self.length
        self.starts[id(draft)] = start
        if draft.kind is BlockKind.TABLE:
            self._add_table(draft)
        else:
            self._mark(draft.text.places, start)
            self._append(draft.text.text)
            self._call(draft.markers, start)
        page = draft.page if draft.page is not None else draft.text.page
        self.blocks.append(Block(draft.kind, start, self.length, draft.level, page))
        self.drafts.append(draft)

    def _add_table(self, draft: Draft) -> None:
        height = max(cell.row for cell in draft.cells) + 1
        widths = [0] * height
        at: dict[tuple[int, int], int] = {}
        for index, cell in enumerate(draft.cells):
            at[cell.row, cell.column] = index
            for row in range(cell.row, min(cell.row + cell.row_span, height)):
                widths[row] = max(widths[row], cell.column + cell.column_span)
        placed: list[Cell] = []
        for row in range(height):
            if row:
                self._append("\n")
            for column in range(widths[row]):
                if column:
                    self._append("\t")
                index = at.get((row, column), -1)
                if index < 0:
                    continue
                cell = draft.cells[index]
                start = self.length
                self._mark(cell.text.places, start)
                self._append(cell.text.text)
                self._call(cell.markers, start)
                spans = (cell.row_span, cell.column_span)
                numeric = isinstance(cell.text, TracedNumber)
                placed.append(Cell(row, column, cell.text.text, start, self.length, cell.header, *spans, numeric))
        self.cells[id(draft)] = tuple(placed)

    def _call(self, markers: Sequence[tuple[int, str]], start: int) -> None:
        for offset, key in markers:
            self.markers[key].append(start + offset)

    def _mark(self, places: tuple[Place, ...], start: int) -> None:
        self.anchors += [Anchor(place.start + start, place.line, place.column, place.page) for place in places]

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def assemble(reading: Reading, *, name: str, digest: str) -> Document:
    """Lay the blocks of a reading out as one Document; notes go after the body."""
    document_id = f"doc-{digest[:16]}"
    layout = _Layout()
    drafts = [draft for draft in reading.drafts if draft.text.text or draft.cells]
    for draft in drafts:
        if draft.kind is not BlockKind.NOTE:
            layout.add(draft)
    for draft in drafts:
        if draft.kind is BlockKind.NOTE:
            layout.add(draft)
    text = "".join(layout.parts)
    warnings = list(reading.warnings)
    return Document(
        id=document_id,
        name=name,
        media_type=reading.media_type,
        digest=digest,
        text=text,
        bibliography=reading.bibliography,
        blocks=tuple(layout.blocks),
        passages=_passages(document_id, name, text, layout),
        notes=_notes(document_id, layout),
        tables=_tables(document_id, layout),
        language=language_of(text),
        anchors=tuple(_distinct(layout.anchors)),
        warnings=tuple(dict.fromkeys(warnings)),
        references=reading.references,
    )


def _distinct(anchors: list[Anchor]) -> list[Anchor]:
    kept: list[Anchor] = []
    for anchor in anchors:
        if kept and kept[-1].start == anchor.start:
            kept[-1] = anchor
        else:
            kept.append(anchor)
    return kept


def _passages(document_id: str, name: str, text: str, layout: _Layout) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    section = ""
    for index, (block, draft) in enumerate(zip(layout.blocks, layout.drafts, strict=True)):
        if block.kind is BlockKind.TABLE:
            continue
        if block.kind is BlockKind.HEADING:
            section = text[block.start : block.end]
        if block.kind is BlockKind.NOTE:
            section = ""
        first = block.start + draft.lead
        spans = [(first, block.end)]
        if block.kind.is_prose:
            found = [(first + s.start, first + s.end) for s in sentences(text[first : block.end])]
            spans = found or spans
            refuse_long(len(passages) + len(spans), name, "sentences")
        for start, end in spans:
            if start < end:
                number = len(passages) + 1
                passages.append(
                    Passage(
                        f"{document_id}#p{number}",
                        document_id,
                        start,
                        end,
                        text[start:end],
                        block.kind,
                        section,
                        index,
                        block.page,
                    )
                )
    return tuple(passages)


def _notes(document_id: str, layout: _Layout) -> tuple[Note, ...]:
    notes: list[Note] = []
    for block, draft in zip(layout.blocks, layout.drafts, strict=True):
        if draft.kind is BlockKind.NOTE:
            standing = layout.markers[draft.key]
            marker = standing.popleft() if standing else None
            number = len(notes) + 1
            notes.append(
                Note(
                    f"{document_id}#n{number}",
                    draft.label,
                    block.start,
                    block.end,
                    draft.text.text,
                    marker,
                    draft.citations[0] if draft.citations else None,
                    draft.citations[1:],
                )
            )
    return tuple(notes)


def _tables(document_id: str, layout: _Layout) -> tuple[Table, ...]:
    tables: list[Table] = []
    for block, draft in zip(layout.blocks, layout.drafts, strict=True):
        if draft.kind is not BlockKind.TABLE:
            continue
        cells = layout.cells[id(draft)]
        caption, source = draft.caption, draft.source
        source_start = None if source is None else layout.starts.get(id(source))
        tables.append(
            Table(
                f"{document_id}#t{len(tables) + 1}",
                caption.text.text[: draft.caption_end] if caption is not None else "",
                draft.unit,
                source.text.text[draft.source_start :] if source is not None else "",
                cells,
                min(cell.start for cell in cells),
                max(cell.end for cell in cells),
                block.page,
                None if caption is None else layout.starts.get(id(caption)),
                None if source_start is None else source_start + draft.source_start,
                draft.separator,
            )
        )
    return tuple(tables)
