"""Numbered notes: each leads from a figure or an event to the passage or the table cell that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from comity.brief.bibliography import short_reference
from comity.brief.wording import shortened
from comity.terms import Document, Event, FindingSpan, Observation, Provenance, Statement, Table

_QUOTE_LIMIT = 220


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands, ready to print.

    Attributes:
        document_id: the document, "" where it is not among the brief's documents.
        source: the document's short reference, or its name.
        where: "line 12", "page 3, line 2", "table “Trade”, row “2014”, column “Exports”".
        quote: the words or the figure that stand there, verbatim in one line.
    """

    document_id: str
    source: str
    where: str
    quote: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One reference to a note from the text: `number` is printed, `id` is where the note's back-link returns to."""

    number: int
    id: str


@dataclass(slots=True)
class Note:
    """One numbered note with the marks that lead to it."""

    number: int
    place: Place
    marks: list[Mark] = field(default_factory=list)


class Notebook:
    """Gives each place one number, in the order in which the brief first refers to it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._names = {document.name: document for document in self._documents.values()}
        self._notes: dict[tuple[object, ...], Note] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, by number."""
        return tuple(self._notes.values())

    def document(self, name: str) -> Document | None:
        """Return the brief's document of that name or id."""
        return self._names.get(name) or self._documents.get(name)

    def of_report(self, report: Event | Statement) -> Mark:
        """Refer to the passage that reports an event or a position."""
        key = (report.source_id, report.start, report.end)
        document = self._documents.get(report.source_id)
        return self._mark(key, lambda: _passage(document, report.source_id, report.start, report.end, report.text))

    def of_observation(self, observation: Observation) -> Mark:
        """Refer to the table cell, or the passage, that a figure stands in."""
        provenance = observation.provenance
        document = self._documents.get(provenance.document_id)
        printed = observation.quantity.text or str(observation.quantity.number)
        if provenance.row is not None:
            key: tuple[object, ...] = (provenance.document_id, provenance.table_id, provenance.row, provenance.column)
            return self._mark(key, lambda: _cell(document, provenance, printed))
        start, end = provenance.start or 0, provenance.end or 0
        return self._mark(
            (provenance.document_id, start, end),
            lambda: _passage(document, provenance.document_id, start, end, printed),
        )

    def of_span(self, span: FindingSpan, document: Document | None) -> Mark:
        """Refer to a place that a finding points at; `document` is the one that was checked."""
        if span.document:
            document = self.document(span.document)
        name = document.id if document is not None else span.document
        key = (name, span.start, span.end, span.line, span.column)

        def place() -> Place:
            if document is not None and span.end > span.start:
                return _passage(document, document.id, span.start, span.end, span.text)
            where = f"line {span.line}, column {span.column}" if span.line > 0 else ""
            return Place(
                document.id if document is not None else "",
                short_reference(document) if document is not None else span.document,
                where or span.label,
                shortened(span.text, _QUOTE_LIMIT),
            )

        return self._mark(key, place)

    def _mark(self, key: tuple[object, ...], place: Callable[[], Place]) -> Mark:
        note = self._notes.get(key)
        if note is None:
            note = self._notes[key] = Note(len(self._notes) + 1, place())
        mark = Mark(note.number, f"ref-{note.number}-{len(note.marks) + 1}")
        note.marks.append(mark)
        return mark


def place_in(document: Document, start: int) -> str:
    """Return where a character of a document stands for a person who opens the file: "page 3" or "line 12"."""
    at = document.locate(start)
    line = "" if not document.anchors and at.page is not None else f"line {at.line}"
    return ", ".join(part for part in (f"page {at.page}" if at.page is not None else "", line) if part)


def _passage(document: Document | None, document_id: str, start: int, end: int, text: str) -> Place:
    if document is None:
        return Place("", document_id, f"characters {start:,}–{end:,}", shortened(text, _QUOTE_LIMIT))
    return Place(document.id, short_reference(document), place_in(document, start), shortened(text, _QUOTE_LIMIT))


def _cell(document: Document | None, provenance: Provenance, printed: str) -> Place:
    row, column = provenance.row or 0, provenance.column
    words = [f"row {row + 1}"] + ([] if column is None else [f"column {column + 1}"])
    table = None if document is None else _table(document, provenance.table_id)
    if document is None:
        return Place("", provenance.document_id, ", ".join(words), printed)
    if table is not None:
        words = _cell_words(table, row, column)
    if provenance.start is not None and (document.anchors or table is None):
        words.append(place_in(document, provenance.start))
    return Place(document.id, short_reference(document), ", ".join(words), printed)


def _cell_words(table: Table, row: int, column: int | None) -> list[str]:
    name = f"table “{shortened(table.caption, 90)}”" if table.caption else "table without a caption"
    words = [name]
    side = "" if column == 0 else _plain(table, row, 0)
    head = "" if column is None else _head(table, row, column)
    words.append(f"row “{side}”" if side else f"row {row + 1}")
    if column is not None:
        words.append(f"column “{head}”" if head else f"column {column + 1}")
    return words


def _head(table: Table, row: int, column: int) -> str:
    """The words of the header cells above a cell, or of the first row where no cell is marked as a header."""
    heads = [
        cell.text
        for cell in table.cells
        if cell.header and cell.row < row and cell.column <= column < cell.column + cell.column_span
    ]
    words = " ".join(" ".join(heads).split())
    return words or ("" if row == 0 else _plain(table, 0, column))


def _plain(table: Table, row: int, column: int) -> str:
    cell = table.cell(row, column)
    return "" if cell is None else " ".join(cell.text.split())


def _table(document: Document, table_id: str) -> Table | None:
    for table in document.tables:
        if table.id == table_id:
            return table
    return None
