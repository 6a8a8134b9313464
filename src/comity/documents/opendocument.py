"""ODT (OpenDocument 1.2, part 1), zipped or flat: paragraphs with outline levels, lists, tables with spans, notes where they stand.

Of tracked changes the final text is read: what was deleted stands apart in the file. Annotations are left out, and so are lists of
contents and indexes, which repeat the text. Text boxes and shapes follow their paragraph.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from comity.documents.archive import parse_part, parse_xml
from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.csl_items import complete_notes
from comity.documents.drafts import GridCell, Reading
from comity.documents.gathered import (
    ACCEPTED,
    GatheredLine,
    described,
    left_out,
    note_item,
    paragraph_item,
    refuse_empty,
    table_item,
)
from comity.documents.items import Item
from comity.documents.limits import refuse_long, refuse_many
from comity.documents.opendocument_styles import TEXT, Style, named_style, styles_of
from comity.documents.style_names import Role
from comity.documents.trace import Place
from comity.documents.typed_notes import link_typed_notes
from comity.terms import BlockKind, Citation, UnreadableSource

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_P, _H, _SPAN = f"{TEXT}p", f"{TEXT}h", f"{TEXT}span"
_ANNOTATION = f"{_OFFICE}annotation"
# Parts of a paragraph that are no text of it.
_APART = frozenset(
    {f"{_SVG}title", f"{_SVG}desc", _ANNOTATION, f"{_OFFICE}annotation-end", f"{TEXT}tracked-changes", f"{TEXT}ruby-text", f"{TEXT}placeholder"}
)  # fmt: skip
_SPACES = frozenset((f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"))
_CHANGES = frozenset((f"{TEXT}change-start", f"{TEXT}change-end"))
# What only wraps blocks.
_WRAPPING = frozenset(f"{TEXT}{name}" for name in ("section", "index-body", "index-title", "bibliography"))
_ROWS = frozenset(f"{_TABLE}{name}" for name in ("table-rows", "table-row-group"))
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_MAX_SPAN = 200
_MOST_REPEATED = 1000
_MOST_DEPTH = 60


def read_opendocument(archive: zipfile.ZipFile, name: str) -> Reading:
    """Read an OpenDocument text.

    Raises:
        UnreadableSource: it is encrypted or damaged, has no text, or holds more than a document may.
    """
    if _is_encrypted(archive):
        raise UnreadableSource(name, "the file is encrypted", remedy="Save it without a password.")
    content = parse_part(archive, "content.xml", name)
    return _read(content, parse_part(archive, "styles.xml", name), parse_part(archive, "meta.xml", name), name)


def _is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the manifest, which older programs give a document type, says how the parts are encrypted."""
    with suppress(
        KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error
    ):
        return b"encryption-data" in archive.read("META-INF/manifest.xml")
    return False


def is_flat(content: bytes) -> bool:
    """Whether a file is an OpenDocument text in one file of XML (.fodt)."""
    head = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<office:document" in head and b"application/vnd.oasis.opendocument.text" in head


def read_flat(content: bytes, name: str) -> Reading:
    """Read an OpenDocument text that is one file of XML; raises as `read_opendocument`."""
    root = parse_xml(content, "content", name)
    return _read(root, None, root, name)


def _read(root: _Element | None, styles: _Element | None, meta: _Element | None, name: str) -> Reading:
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if root is None or body is None:
        raise UnreadableSource(name, "the document has no text", remedy="Open it in LibreOffice and save it again.")
    document = _OpenDocument(styles_of(root, styles), _deletions(body), name)
    items = [*document.items(body, 0), *document.notes]
    comments = sum(1 for _ in body.iter(_ANNOTATION))
    counts = ((comments, "comment", "comments"), (document.objects, "embedded object", "embedded objects"))
    refuse_empty(items, name, (*counts, (sum(1 for _ in body.iter(f"{_DRAW}image")), "picture", "pictures")))
    link_typed_notes(items)
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)))
    reading.bibliography = merged(reading.bibliography, _properties(meta))
    reading.media_type = MEDIA_TYPE
    complete_notes(reading.drafts, document.instructions)
    if body.find(f"{TEXT}tracked-changes/{TEXT}changed-region") is not None:
        reading.warnings.append(ACCEPTED)
    reading.warnings += left_out(counts)
    return reading


class _OpenDocument:
    """An OpenDocument text while its body is read.

    Attributes:
        notes: those called so far.
        instructions: of each note, by its key, the data that reference managers left in it.
        objects: how many charts, formulas and other objects were left out.
    """

    def __init__(self, styles: dict[tuple[str, str], Style], deletions: set[str], name: str) -> None:
        self._styles = styles
        self._deletions = deletions
        self._gone: set[str] = (
            set()
        )  # the deletions that are open where the text stands: a program may leave them in place
        self._name = name
        self._paragraph = 0
        self._noted = 0
        self._told: list[str] = []
        self.notes: list[Item] = []
        self.instructions: dict[str, list[str]] = {}
        self.objects = 0

    def items(self, element: _Element, depth: int, *, listed: bool = False) -> Iterator[Item]:
        """Yield the blocks below an element in reading order; the notes that they call are put aside."""
        if depth > _MOST_DEPTH:
            raise UnreadableSource(
                self._name, "it is nested too deep", remedy="Take lists and sections out of each other."
            )
        for child in element:
            tag = child.tag
            if tag in (_P, _H):
                yield from self._block(child, depth, listed)
            elif tag == f"{TEXT}list":
                for entry in child:
                    yield from self.items(entry, depth + 1, listed=True)
            elif tag == f"{TEXT}numbered-paragraph":
                yield from self.items(child, depth + 1, listed=True)
            elif tag == f"{_TABLE}table":
                yield from self._table(child, depth)
            elif tag in _WRAPPING:
                if child.get(f"{TEXT}display") != "none":
                    yield from self.items(child, depth + 1, listed=listed)
            elif tag in _CHANGES:
                self._change(child)
            elif isinstance(tag, str) and tag.startswith(_DRAW):
                for box in self._boxes(child):
                    yield from self.items(box, depth + 1)

    def _style(self, element: _Element, family: str) -> Style:
        key = (family, str(element.get(f"{TEXT}style-name") or ""))
        return self._styles.get(key) or named_style(key[1])

    def _block(self, element: _Element, depth: int, listed: bool) -> Iterator[Item]:
        self._paragraph += 1
        refuse_long(self._paragraph, self._name)
        boxes: list[_Element] = []
        line = GatheredLine()
        style = self._style(element, "paragraph")
        self._gather(element, line, self._place(), boxes, style)
        if style.role is not Role.CONTENTS:
            item = paragraph_item(line, *self._kind(element, style, listed), self._paragraph)
            if item is not None:
                yield item
        for box in boxes:
            yield from self.items(box, depth + 1)

    def _place(self) -> Place:
        return Place(0, self._paragraph, 1)

    def _kind(self, element: _Element, style: Style, listed: bool) -> tuple[BlockKind | None, int]:
        if style.role is Role.TITLE:
            return BlockKind.HEADING, 1
        level = str(element.get(f"{TEXT}outline-level") or "")
        if element.tag == _H:
            return BlockKind.HEADING, min(int(level[:3]), 10) if level.isascii() and level.isdecimal() else 1
        if style.role is Role.HEADING:
            return BlockKind.HEADING, style.level
        if style.role is Role.QUOTE:
            return BlockKind.QUOTE, 0
        return (BlockKind.LIST_ITEM if listed or style.role is Role.LISTED else None), 0

    def _gather(
        self,
        element: _Element,
        line: GatheredLine,
        place: Place | None,
        boxes: list[_Element],
        style: Style,
        *,
        noted: bool = False,
    ) -> None:
        """Gather the text of an element; the style is that of its letters."""
        self._put(element.text, line, place, style)
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}note":
                if (
                    not noted and not style.hidden and not self._gone
                ):  # a note in a note, which no program writes, is left out
                    line.mark(self._note(child))
            elif tag in _SPACES:
                self._put(" ", line, place, style)
            elif tag == _SPAN:
                own = self._style(child, "text")
                hidden = style.hidden if own.hidden is None else own.hidden
                raised = style.raised if own.raised is None else own.raised
                self._gather(child, line, place, boxes, Style(hidden=hidden, raised=raised), noted=noted)
            elif not isinstance(tag, str) or tag in _APART:
                pass
            elif tag.startswith(_DRAW) and tag != f"{_DRAW}a":
                boxes += self._boxes(child)
            elif tag in _CHANGES:
                self._change(child)
            elif tag == f"{TEXT}reference-mark-start":
                self._told.append(str(child.get(f"{TEXT}name") or ""))
            elif tag == f"{_FIELD}fieldmark-start":
                self._told += [str(one.get(f"{_FIELD}value") or "") for one in child.findall(f"{_FIELD}param")]
            elif child.get(f"{TEXT}is-hidden") == "true" or (tag == f"{TEXT}note-ref" and style.raised):
                pass  # a note's second call is no figure
            else:
                self._gather(child, line, place, boxes, style, noted=noted)
            self._put(child.tail, line, place, style)

    def _change(self, mark: _Element) -> None:
        """Take the start or the end of a change; what was deleted but still stands there is no text."""
        change = str(mark.get(f"{TEXT}change-id"))
        if mark.tag == f"{TEXT}change-end":
            self._gone.discard(change)
        elif change in self._deletions:
            self._gone.add(change)

    def _put(self, text: str | None, line: GatheredLine, place: Place | None, style: Style) -> None:
        if not text or style.hidden or self._gone:
            return
        if style.raised:
            line.add_raised(text, place)
        else:
            line.add(text, place)

    def _boxes(self, drawing: _Element) -> Iterator[_Element]:
        """Yield what holds paragraphs in a drawing: text boxes and shapes; count the objects, which are not read."""
        if drawing.find(_P) is not None or drawing.tag == f"{_DRAW}text-box":
            yield drawing
            return
        for child in drawing:
            if child.tag in (f"{_DRAW}object", f"{_DRAW}object-ole"):
                self.objects += 1
            elif isinstance(child.tag, str) and child.tag.startswith(_DRAW):
                yield from self._boxes(child)

    def _note(self, note: _Element) -> str:
        """Put a note aside, and return what its marker calls it by."""
        self._noted += 1
        key = f"note-{self._noted}"
        citation = note.find(f"{TEXT}note-citation")
        label = (
            ""
            if citation is None
            else "".join(map(str, citation.itertext())).strip() or citation.get(f"{TEXT}label") or ""
        )
        line = GatheredLine()
        body = note.find(f"{TEXT}note-body")
        told, self._told = self._told, []
        if body is not None:
            self._gather_all(body, line, None, None)
        self.instructions[key], self._told = self._told, told
        item = note_item(line, str(label), key)
        if item is not None:
            self.notes.append(item)
        return key

    def _gather_all(
        self, element: _Element, line: GatheredLine, place: Place | None, inner: list[_Element] | None
    ) -> None:
        """Gather the paragraphs of a note or a cell into one line; tables and boxes within go into `inner`, or are gathered too."""
        for child in element:
            tag = child.tag
            if tag in (_P, _H):
                line.add(" ", None)
                boxes: list[_Element] = []
                self._gather(child, line, place, boxes, self._style(child, "paragraph"), noted=inner is None)
            elif isinstance(tag, str) and tag.startswith(_DRAW):
                boxes = list(self._boxes(child))
            elif tag == f"{_TABLE}table" and inner is not None:
                inner.append(child)
                continue
            elif isinstance(tag, str) and tag not in _APART:
                self._gather_all(child, line, place, inner)
                continue
            else:
                continue
            for box in boxes:
                if inner is None:
                    self._gather_all(box, line, place, None)
                else:
                    inner.append(box)

    def _table(self, table: _Element, depth: int) -> Iterator[Item]:
        """Yield a table; tables and boxes in its cells follow it. One that only frames is read as its blocks."""
        rows = list(_rows(table, False))
        widest = max((sum(cell.tag in _CELLS for cell in row) for row, _ in rows), default=0)
        nested = any(cell.find(f"{_TABLE}table") is not None for row, _ in rows for cell in row)
        if (len(rows) == 1 and widest == 1) or (nested and (len(rows) == 1 or widest == 1)):
            for row, _ in rows:
                for cell in row:
                    yield from self.items(cell, depth + 1)
            return
        inner: list[_Element] = []
        cells = self._cells(rows, inner)
        if cells:
            yield table_item(cells, self._paragraph)
        for element in inner:
            if element.tag == f"{_TABLE}table":
                yield from self._table(element, depth + 1)
            else:
                yield from self.items(element, depth + 1)

    def _cells(self, rows: list[tuple[_Element, bool]], inner: list[_Element]) -> list[GridCell]:
        """Return the cells at their columns; none where they have no text."""
        cells: list[GridCell] = []
        r = widest = 0
        for row, head in rows:
            begun, column = len(cells), 0
            for cell in row:
                if cell.tag not in _CELLS:
                    continue
                again = _number(cell, "number-columns-repeated")
                if cell.tag == f"{_TABLE}table-cell":
                    self._paragraph += 1
                    line = GatheredLine()
                    self._gather_all(cell, line, self._place(), inner)
                    text, markers = line.done()
                    spans = (
                        min(_number(cell, "number-rows-spanned"), _MAX_SPAN),
                        min(_number(cell, "number-columns-spanned"), _MAX_SPAN),
                    )
                    refuse_many(len(cells) + (again if text.text else 1), self._name)
                    cells += [
                        GridCell(r, column + step, text, head, *spans, markers)
                        for step in range(again if text.text else 1)
                    ]
                column += again
            told = any(cell.text.text for cell in cells[begun:])
            again = _number(row, "number-rows-repeated")
            if again > 1 and told:
                refuse_many(len(cells) + (len(cells) - begun) * again, self._name)
                cells += [
                    GridCell(r + step, one.column, one.text, head, one.row_span, one.column_span)
                    for step in range(1, again)
                    for one in cells[begun:]
                ]
            r += again if told or again <= _MOST_REPEATED else 1
            widest = max(widest, column)
            refuse_long(self._paragraph + r, self._name, "paragraphs, rows and cells")
        if not any(cell.text.text for cell in cells):
            return []
        cells = _without_edges(cells)
        refuse_many(
            (max(cell.row for cell in cells) + 1) * max(cell.column + cell.column_span for cell in cells), self._name
        )
        return cells


def _deletions(body: _Element) -> set[str]:
    """Return the ids of the deletions whose text still stands between two marks."""
    regions = body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region")
    deleted = {str(one.get(f"{TEXT}id") or one.get(_ID)) for one in regions if one.find(f"{TEXT}deletion") is not None}
    return deleted & {str(mark.get(f"{TEXT}change-id")) for mark in body.iter(f"{TEXT}change-end")}


def _rows(table: _Element, head: bool) -> Iterator[tuple[_Element, bool]]:
    """Yield the rows that are shown, and whether each is a header."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            if child.get(f"{_TABLE}visibility") not in ("collapse", "filter"):
                yield child, head
        elif child.tag == f"{_TABLE}table-header-rows":
            yield from _rows(child, True)
        elif child.tag in _ROWS:
            yield from _rows(child, head)


def _number(element: _Element, name: str) -> int:
    value = str(element.get(f"{_TABLE}{name}") or "1")
    return max(1, int(value[:6])) if value.isascii() and value.isdecimal() else 1


def _without_edges(cells: list[GridCell]) -> list[GridCell]:
    """Leave out the empty rows below and columns behind the last cell with text, which a file may repeat without end."""
    rows = max(cell.row + cell.row_span for cell in cells if cell.text.text)
    columns = max(cell.column + cell.column_span for cell in cells if cell.text.text)
    return [cell for cell in cells if cell.row < rows and cell.column < columns]


def _properties(root: _Element | None) -> Citation:
    meta = None if root is None else root.find(f"{_OFFICE}meta")
    if meta is None:
        return Citation()
    creator = meta.findtext(f"{_META}initial-creator") or meta.findtext(f"{_DC}creator") or ""
    return described(meta.findtext(f"{_DC}title") or "", creator)
