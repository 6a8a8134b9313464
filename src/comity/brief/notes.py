"""Numbered notes: each leads from a figure or an event to the passage or the table cell that it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from comity.brief.bibliography import short_reference
from comity.brief.wording import listed, period_text, shortened
from comity.terms import Cell, Document, Event, FindingSpan, Observation, Provenance, Statement, Table

_QUOTE_LIMIT = 220
# A line of a data set whose rows are not together is told by its first and last row.
_MOST_RUNS = 6
# A first column that names its rows: words, a year ("2014") or a pair of years ("2013-14"), rather than a figure.
_ROW_NAME = re.compile(r"[^\W\d]|^(1[5-9]|20)\d\d([-–/]\d{2,4})?$")

Fact = Event | Statement | Observation


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
    """One numbered note with the marks that lead to it.

    Attributes:
        place: where the fact stands; of a line of a published data set, the line's own words follow from `cells`.
        cells: of such a line, each cell of the file that a figure comes from: by row and column the figure's period and
            the column's header.
    """

    number: int
    place: Place
    marks: list[Mark] = field(default_factory=list)
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


class Notebook:
    """Gives each place one number, in the order in which the brief first refers to it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._names = {document.name: document for document in self._documents.values()}
        self._notes: dict[tuple[object, ...], Note] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, by number."""
        return tuple(_whole(note) for note in self._notes.values())

    def document(self, name: str) -> Document | None:
        """Return the brief's document of that name or id."""
        return self._names.get(name) or self._documents.get(name)

    def cite(self, *facts: Fact) -> tuple[Mark, ...]:
        """Refer to the places of these facts: one mark for each distinct place, by number."""
        return tuple(self._marked(note) for note in self._notes_of(facts))

    def mention(self, *facts: Fact) -> tuple[Mark, ...]:
        """Name the notes of these facts; only a note that is new here gets a way back to this place."""
        found = self._notes_of(facts)
        return tuple(Mark(note.number, "") if note.marks else self._marked(note) for note in found)

    def cite_spans(self, spans: Iterable[FindingSpan], document: Document | None) -> tuple[Mark, ...]:
        """Refer to the places that a finding or a claim points at; `document` is the one that was checked."""
        distinct = {note.number: note for note in [self._of_span(span, document) for span in spans]}
        return tuple(self._marked(distinct[number]) for number in sorted(distinct))

    def cell_at(self, span: FindingSpan, document: Document | None) -> tuple[str, str]:
        """Return which table and which of its cells the span is, in words; twice "" where it is none."""
        found = None if document is None else _cell_of(document, span.start, span.end)
        if found is None:
            return "", ""
        table, *cell = _cell_words(found[0], found[1].row, found[1].column)
        return table, ", ".join(cell)

    def is_one_line(self, observations: Sequence[Observation]) -> bool:
        """Whether these are more than one figure, all of one line of a published data set: they share a note."""
        lines = {self._line(one) for one in observations}
        return len(observations) > 1 and len(lines) == 1 and None not in lines

    def _notes_of(self, facts: Iterable[Fact]) -> list[Note]:
        distinct = {note.number: note for note in [self._of(fact) for fact in facts]}
        return [distinct[number] for number in sorted(distinct)]

    def _of(self, fact: Fact) -> Note:
        if not isinstance(fact, Observation):
            document = self._documents.get(fact.source_id)
            return self._passage(document, fact.source_id, fact.start, fact.end, fact.text)
        provenance = fact.provenance
        document = self._documents.get(provenance.document_id)
        printed = fact.quantity.text or str(fact.quantity.number)
        line = self._line(fact)
        if line is not None and document is not None and provenance.row is not None:
            note = self._note(line, lambda: Place(document.id, short_reference(document), "", printed))
            column = provenance.column or 0
            table = _table(document, provenance.table_id)
            head = "" if table is None else _head(table, provenance.row, column)
            note.cells[provenance.row, column] = (period_text(fact.period), head)
            return note
        if provenance.row is not None:
            key = (provenance.document_id, provenance.table_id, provenance.row, provenance.column)
            return self._note(key, lambda: _cell(document, provenance, printed))
        return self._passage(document, provenance.document_id, provenance.start or 0, provenance.end or 0, printed)

    def _line(self, one: Observation) -> tuple[object, ...] | None:
        """Return what names the line of a published data set that a figure belongs to; None for any other figure."""
        document = self._documents.get(one.provenance.document_id)
        if document is None or document.bibliography.type != "dataset" or one.provenance.row is None:
            return None
        return ("line", document.id, one.series)

    def _of_span(self, span: FindingSpan, document: Document | None) -> Note:
        if span.document:
            document = self.document(span.document)
        if document is None or span.end <= span.start:
            where = f"line {span.line}, column {span.column}" if span.line > 0 else span.label
            source = span.document if document is None else short_reference(document)
            known = "" if document is None else document.id
            key = (source, span.start, span.end, span.line, span.column)
            return self._note(key, lambda: Place(known, source, where, shortened(span.text, _QUOTE_LIMIT)))
        found = _cell_of(document, span.start, span.end)
        if found is None:
            return self._passage(document, document.id, span.start, span.end, span.text)
        table, cell = found
        provenance = Provenance(document.id, document.digest, span.start, span.end, table.id, cell.row, cell.column)
        return self._note(
            (document.id, table.id, cell.row, cell.column), lambda: _cell(document, provenance, cell.text)
        )

    def _passage(self, document: Document | None, document_id: str, start: int, end: int, text: str) -> Note:
        return self._note((document_id, start, end), lambda: _passage(document, document_id, start, end, text))

    def _note(self, key: tuple[object, ...], place: Callable[[], Place]) -> Note:
        note = self._notes.get(key)
        if note is None:
            note = self._notes[key] = Note(len(self._notes) + 1, place())
        return note

    @staticmethod
    def _marked(note: Note) -> Mark:
        mark = Mark(note.number, f"ref-{note.number}-{len(note.marks) + 1}")
        note.marks.append(mark)
        return mark


def _whole(note: Note) -> Note:
    """Return the note with its line's cells in words: rows of one column, columns of one row, or the first and the last."""
    if not note.cells:
        return note
    rows, columns = ({cell[end] for cell in note.cells} for end in (0, 1))
    if len(columns) == 1:
        ends = {row: f"{row + 1} ({period})" for (row, _), (period, _) in note.cells.items()}
        where = f"{_column(note, min(note.cells))}, {_runs('row', ends)}"
    elif len(rows) == 1:
        ends = {cell[1]: _column(note, cell).removeprefix("column ") for cell in note.cells}
        where = f"row {min(rows) + 1}, {_runs('column', ends)}"
    else:
        first, last = min(note.cells), max(note.cells)
        ends = {0: f"{_column(note, first)}, row {first[0] + 1}", 1: f"{_column(note, last)}, row {last[0] + 1}"}
        where = f"{len(note.cells)} cells from {ends[0]} to {ends[1]}; comity export names each"
    quote = note.place.quote if len(note.cells) == 1 else ""
    return Note(note.number, Place(note.place.document_id, note.place.source, where, quote), note.marks, note.cells)


def _column(note: Note, cell: tuple[int, int]) -> str:
    head = note.cells[cell][1]
    return f"column “{head}”" if head else f"column {cell[1] + 1}"


def _runs(noun: str, names: Mapping[int, str]) -> str:
    """Return rows or columns in words, those that follow one another as one run; of many runs the first and the last."""
    runs: list[list[int]] = []
    for place in sorted(names):
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    low, high = min(names), max(names)
    if len(runs) > _MOST_RUNS:
        return f"{len(names)} {noun}s from {names[low]} to {names[high]}; comity export names each"
    spans = [names[low] if low == high else f"{names[low]} to {names[high]}" for low, high in runs]
    return f"{noun if len(names) == 1 else f'{noun}s'} {listed(spans)}"


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
    side = "" if column == 0 else _side(table, row)
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


def _side(table: Table, row: int) -> str:
    """What the first column calls a row; "" where the first column holds figures."""
    words = _plain(table, row, 0)
    return words if _ROW_NAME.search(words) else ""


def _plain(table: Table, row: int, column: int) -> str:
    cell = table.cell(row, column)
    return "" if cell is None else " ".join(cell.text.split())


def _table(document: Document, table_id: str) -> Table | None:
    for table in document.tables:
        if table.id == table_id:
            return table
    return None


def _cell_of(document: Document, start: int, end: int) -> tuple[Table, Cell] | None:
    for table in document.tables:
        if table.start <= start < table.end:
            for cell in table.cells:
                if cell.start <= start and end <= cell.end:
                    return table, cell
    return None
