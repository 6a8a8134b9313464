"""ODT (OpenDocument 1.2, part 1): paragraphs with outline levels, lists, tables with spans, notes where they stand.

Of tracked changes the final text is read: what was deleted stands apart in the file. Annotations are left out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.documents.archive import parse_part
from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.drafts import GridCell, Reading
from comity.documents.gathered import GatheredLine, mark_headers
from comity.documents.items import Item
from comity.documents.limits import refuse_long, refuse_many
from comity.documents.names import parse_names
from comity.documents.trace import Place, Traced
from comity.terms import BlockKind, Citation, UnreadableSource

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# Parts of a paragraph that are no text of it.
_APART = frozenset(
    {
        f"{_SVG}title",
        f"{_SVG}desc",
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{_TEXT}tracked-changes",
        f"{_TEXT}ruby-text",
    }
)
# What only wraps blocks: sections, indexes, changes that were accepted.
_WRAPPING = frozenset(
    f"{_TEXT}{name}"
    for name in ("section", "index-body", "index-title", "table-of-content", "bibliography", "illustration-index")
)
_MAX_SPAN = 200
_MOST_REPEATED = 1000
_MOST_DEPTH = 60
_MOST_STYLES = 30


def read_opendocument(archive: zipfile.ZipFile, name: str) -> Reading:
    """Read an OpenDocument text."""
    root = parse_part(archive, "content.xml", name)
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if root is None or body is None:
        raise UnreadableSource(name, "the document has no text", remedy="Open it in LibreOffice and save it again.")
    document = _OpenDocument(_parents(root, parse_part(archive, "styles.xml", name)), name)
    items = list(document.items(body, 0))
    items += document.notes
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)))
    reading.bibliography = merged(reading.bibliography, _properties(parse_part(archive, "meta.xml", name)))
    reading.media_type = MEDIA_TYPE
    if body.find(f"{_TEXT}tracked-changes") is not None:
        reading.warnings.append("The document has tracked changes; it was read with all of them accepted.")
    return reading


def _parents(*roots: _Element | None) -> dict[str, str]:
    """Return of each style the one that it is based on."""
    return {
        str(style.get(f"{_STYLE}name")): str(style.get(f"{_STYLE}parent-style-name") or "")
        for root in roots
        if root is not None
        for style in root.iter(f"{_STYLE}style")
    }


class _OpenDocument:
    """An OpenDocument text while its body is read."""

    def __init__(self, parents: dict[str, str], name: str) -> None:
        self._parents = parents
        self._name = name
        self._paragraph = 0
        self._noted = 0
        self.notes: list[Item] = []

    def items(self, element: _Element, depth: int, *, listed: bool = False) -> Iterator[Item]:
        """Yield the blocks below an element in reading order; the notes that they call are put aside."""
        if depth > _MOST_DEPTH:
            raise UnreadableSource(
                self._name, "it is nested too deep", remedy="Take lists and sections out of each other."
            )
        for child in element:
            if child.tag == f"{_TEXT}h" or child.tag == f"{_TEXT}p":
                yield from self._block(child, depth, listed)
            elif child.tag == f"{_TEXT}list":
                for entry in child:
                    yield from self.items(entry, depth + 1, listed=True)
            elif child.tag == f"{_TABLE}table":
                table = self._table(child, depth)
                if table is not None:
                    yield table
            elif child.tag in _WRAPPING:
                yield from self.items(child, depth + 1, listed=listed)

    def _block(self, element: _Element, depth: int, listed: bool) -> Iterator[Item]:
        self._paragraph += 1
        refuse_long(self._paragraph, self._name)
        boxes: list[_Element] = []
        line = GatheredLine()
        self._gather(element, line, Place(0, self._paragraph, 1), boxes)
        line.trace.drop_space()
        text = line.trace.traced()
        if text.text:
            markers = tuple((min(offset, len(text.text)), key) for offset, key in line.markers)
            kind, level = self._kind(element, listed)
            yield Item(kind, [text], text, self._paragraph, level, clean=text, markers=markers)
        for box in boxes:
            yield from self.items(box, depth + 1)

    def _kind(self, element: _Element, listed: bool) -> tuple[BlockKind | None, int]:
        names = self._styles(str(element.get(f"{_TEXT}style-name") or ""))
        if "Title" in names:
            return BlockKind.HEADING, 1
        level = str(element.get(f"{_TEXT}outline-level") or "")
        if element.tag == f"{_TEXT}h":
            return BlockKind.HEADING, min(int(level[:3]), 10) if level.isdecimal() else 1
        if any(name.startswith("Quotation") for name in names):
            return BlockKind.QUOTE, 0
        return (BlockKind.LIST_ITEM if listed else None), 0

    def _styles(self, name: str) -> list[str]:
        found: list[str] = []
        while name and name not in found and len(found) < _MOST_STYLES:
            found.append(name)
            name = self._parents.get(name, "")
        return found

    def _gather(
        self, element: _Element, line: GatheredLine, place: Place | None, boxes: list[_Element], *, noted: bool = False
    ) -> None:
        line.add(element.text or "", place)
        for child in element:
            if child.tag == f"{_TEXT}note":
                if not noted:  # a note in a note, which no program writes, is left out
                    line.mark(self._note(child))
            elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
                line.add(" ", place)
            elif isinstance(child.tag, str) and child.tag.endswith("}text-box"):
                boxes.append(child)
            elif isinstance(child.tag, str) and child.tag not in _APART:
                self._gather(child, line, place, boxes, noted=noted)
            line.add(child.tail or "", place)

    def _note(self, note: _Element) -> str:
        """Put a note aside, and return what its marker calls it by."""
        self._noted += 1
        key = f"note-{self._noted}"
        label = "".join(note.findtext(f"{_TEXT}note-citation") or "").strip()
        line = GatheredLine()
        body = note.find(f"{_TEXT}note-body")
        for number, paragraph in enumerate(() if body is None else _paragraphs(body)):
            if number:
                line.add(" ", None)
            self._gather(paragraph, line, None, [], noted=True)
        line.trace.drop_space()
        text = line.trace.traced().strip()
        if text.text:
            self.notes.append(Item(BlockKind.NOTE, [text], text, label=label, key=key, clean=text))
        return key

    def _table(self, table: _Element, depth: int) -> Item | None:
        cells: list[GridCell] = []
        for r, (row, head) in enumerate(self._rows(table, False)):
            column = 0
            for cell in row:
                if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                    continue
                again = min(_number(cell, "number-columns-repeated"), _MAX_SPAN)
                if cell.tag == f"{_TABLE}table-cell":
                    across, down = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
                    text = self._cell_text(cell)
                    for step in range(again if text.text else 1):
                        spans = (min(down, _MAX_SPAN), min(across, _MAX_SPAN))
                        cells.append(GridCell(r, column + step, text, head, *spans))
                column += again
            refuse_long(self._paragraph + len(cells) + r, self._name, "paragraphs, rows and cells")
        if not any(cell.text.text for cell in cells):
            return None
        cells = _without_edges(cells)
        refuse_many(
            (max(cell.row for cell in cells) + 1) * max(cell.column + cell.column_span for cell in cells), self._name
        )
        faults = mark_headers(cells)
        return Item(BlockKind.TABLE, [], Traced(""), self._paragraph, cells=cells, faults=faults)

    def _rows(self, table: _Element, head: bool) -> Iterator[tuple[_Element, bool]]:
        for child in table:
            if child.tag == f"{_TABLE}table-row":
                for _ in range(min(_number(child, "number-rows-repeated"), _MOST_REPEATED)):
                    yield child, head
            elif child.tag == f"{_TABLE}table-header-rows":
                yield from self._rows(child, True)
            elif child.tag in (f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
                yield from self._rows(child, head)

    def _cell_text(self, cell: _Element) -> Traced:
        line = GatheredLine()
        self._paragraph += 1
        for paragraph in _paragraphs(cell):
            line.add(" ", None)
            self._gather(paragraph, line, Place(0, self._paragraph, 1), [])
        line.trace.drop_space()
        return line.trace.traced()


def _number(element: _Element, name: str) -> int:
    value = str(element.get(f"{_TABLE}{name}") or "1")
    return max(1, int(value[:6])) if value.isdecimal() else 1


def _paragraphs(element: _Element) -> Iterator[_Element]:
    """Yield the paragraphs below an element, but for those within other paragraphs and in notes and annotations."""
    for child in element:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _APART and child.tag != f"{_TEXT}note":
            yield from _paragraphs(child)


def _without_edges(cells: list[GridCell]) -> list[GridCell]:
    """Leave out the empty rows below and columns behind the last cell with text, which a file may repeat without end."""
    rows = max(cell.row + cell.row_span for cell in cells if cell.text.text)
    columns = max(cell.column + cell.column_span for cell in cells if cell.text.text)
    return [cell for cell in cells if cell.row < rows and cell.column < columns]


def _properties(root: _Element | None) -> Citation:
    if root is None:
        return Citation()
    meta = root.find(f"{_OFFICE}meta")
    if meta is None:
        return Citation()
    title = " ".join((meta.findtext(f"{_DC}title") or "").split())
    creator = meta.findtext(f"{_META}initial-creator") or meta.findtext(f"{_DC}creator") or ""
    creator = " ".join(creator.split())
    named = len(creator.split()) >= 2 and not re.search(r"user|admin|office|\d", creator, re.IGNORECASE)
    return Citation(title=title, authors=parse_names(creator) if named else ())
