"""DOCX: paragraphs with their styles, tables with merged cells, notes at their references; of tracked changes the final text."""

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
from comity.documents.inline import RAISED
from comity.documents.items import Item
from comity.documents.limits import refuse_long, refuse_many
from comity.documents.names import parse_names
from comity.documents.trace import Place, Traced
from comity.terms import BlockKind, Citation, UnreadableSource

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The strict variant of ISO/IEC 29500 has the same names in another namespace.
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
}
_GONE = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "pPr", "rPr"))
_RAISE = str.maketrans("0123456789", RAISED)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_MAX_SPAN = 200


def read_word(archive: zipfile.ZipFile, name: str) -> Reading:
    """Read a Word document."""
    root = parse_part(archive, "word/document.xml", name)
    body = None if root is None else next(_named(root, "body"), None)
    if body is None:
        raise UnreadableSource(name, "the document has no body", remedy="Open it in Word and save it again.")
    document = _Word(_styles(parse_part(archive, "word/styles.xml", name)), name)
    items = list(document.items(body))
    for kind in ("footnote", "endnote"):
        items += document.notes(parse_part(archive, f"word/{kind}s.xml", name), kind)
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)))
    reading.bibliography = merged(reading.bibliography, _properties(parse_part(archive, "docProps/core.xml", name)))
    reading.media_type = MEDIA_TYPE
    if document.changed:
        reading.warnings.append("The document has tracked changes; it was read with all of them accepted.")
    return reading


def _local(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _named(element: _Element, local: str) -> Iterator[_Element]:
    return (child for child in element if _local(child) == local)


def _child(element: _Element | None, *path: str) -> _Element | None:
    for local in path:
        if element is None:
            return None
        element = next(_named(element, local), None)
    return element


def _value(element: _Element | None) -> str:
    if element is None:
        return ""
    return str(element.get(f"{_W}val") or element.get(f"{_STRICT}val") or "")


def _attribute(element: _Element, local: str) -> str:
    return str(element.get(f"{_W}{local}") or element.get(f"{_STRICT}{local}") or "")


def _on(element: _Element | None) -> bool:
    return element is not None and _value(element) not in ("0", "false", "off", "none")


def _styles(root: _Element | None) -> dict[str, tuple[str, int]]:
    """Return each paragraph style's name in lower case, and its outline level (0 for none), by the style's id."""
    if root is None:
        return {}
    own: dict[str, tuple[str, str, str]] = {}
    for style in _named(root, "style"):
        level = _value(_child(style, "pPr", "outlineLvl"))
        own[_attribute(style, "styleId")] = (
            _value(_child(style, "name")).lower(),
            level,
            _value(_child(style, "basedOn")),
        )
    found: dict[str, tuple[str, int]] = {}
    for key, (name, level, based) in own.items():
        seen = {key}
        while not level and based in own and based not in seen:
            seen.add(based)
            _, level, based = own[based]
        found[key] = (name, int(level) + 1 if level.isdecimal() and int(level) < 9 else 0)
    return found


class _Word:
    """A Word document while its body is read."""

    def __init__(self, styles: dict[str, tuple[str, int]], name: str) -> None:
        self._styles = styles
        self._name = name
        self._labels: dict[str, str] = {}
        self._count = {"footnote": 0, "endnote": 0}
        self._paragraph = 0
        self._page = 1
        self._paged = False
        self.changed = False

    def items(self, body: _Element) -> Iterator[Item]:
        """Yield the blocks of the body in reading order."""
        open_line: GatheredLine | None = None
        for element in self._flat(body):
            if _local(element) == "tbl":
                item = self._table(element)
                if item is not None:
                    yield item
                continue
            line = open_line or GatheredLine()
            self._paragraph += 1
            refuse_long(self._paragraph, self._name)
            boxes: list[_Element] = []
            self._gather(element, line, self._place(), boxes)
            if _child(element, "pPr", "rPr", "del") is not None:
                self.changed, open_line = True, line  # the paragraph's end was deleted: the next one joins it
                continue
            open_line = None
            yield from self._item(element, line)
            for box in boxes:
                yield from self.items(box)

    def notes(self, root: _Element | None, kind: str) -> Iterator[Item]:
        """Yield the notes of one kind that the body refers to."""
        for note in _named(root, kind) if root is not None else ():
            key = f"{kind}-{_attribute(note, 'id')}"
            if key not in self._labels:
                continue
            line = GatheredLine()
            for number, paragraph in enumerate(p for p in note.iter() if _local(p) == "p"):
                if number:
                    line.add(" ", None)
                self._gather(paragraph, line, None, [])
            line.trace.drop_space()
            text = line.trace.traced().strip()
            if text.text:
                yield Item(BlockKind.NOTE, [text], text, label=self._labels[key], key=key, clean=text)

    def _flat(self, body: _Element) -> Iterator[_Element]:
        for element in body:
            local = _local(element)
            if local in ("p", "tbl"):
                yield element
            elif local in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                yield from self._flat(element)

    def _place(self) -> Place:
        return Place(0, self._paragraph, 1, self._page if self._paged else None)

    def _gather(self, element: _Element, line: GatheredLine, place: Place | None, boxes: list[_Element]) -> None:
        for child in element:
            local = _local(child)
            if local in ("del", "ins", "moveFrom", "moveTo"):
                self.changed = True
            if local in _GONE:
                continue
            if local == "r":
                self._run(child, line, place, boxes)
            elif local == "t":
                line.add(child.text or "", place)
            else:
                self._gather(child, line, place, boxes)

    def _run(self, run: _Element, line: GatheredLine, place: Place | None, boxes: list[_Element]) -> None:
        properties = _child(run, "rPr")
        if _on(_child(properties, "vanish")):
            return
        raised = _value(_child(properties, "vertAlign")) == "superscript"
        for child in run:
            local = _local(child)
            if local == "t":
                text = child.text or ""
                line.add(text.translate(_RAISE) if raised and text.strip().isdecimal() else text, place)
            elif local in ("tab", "br", "cr"):
                if local == "br" and _attribute(child, "type") == "page":
                    self._turn()
                line.add(" ", place)
            elif local == "lastRenderedPageBreak":
                self._turn()
            elif local == "noBreakHyphen":
                line.add("-", place)
            elif local in ("footnoteReference", "endnoteReference"):
                line.mark(self._reference(local.removesuffix("Reference"), _attribute(child, "id")))
            elif local in ("drawing", "pict", "AlternateContent", "object"):
                boxes += [box for box in child.iter() if _local(box) == "txbxContent" and not self._in_fallback(box)]

    def _turn(self) -> None:
        self._page += 1
        self._paged = True

    @staticmethod
    def _in_fallback(element: _Element) -> bool:
        return any(_local(parent) == "Fallback" for parent in element.iterancestors())

    def _reference(self, kind: str, number: str) -> str:
        key = f"{kind}-{number}"
        if key not in self._labels:
            count = self._count[kind]
            self._count[kind] = count + 1
            roman = kind == "endnote" and count < len(_ROMAN)  # Word numbers endnotes i, ii, iii unless told otherwise
            self._labels[key] = _ROMAN[count] if roman else str(count + 1)
        return key

    def _item(self, element: _Element, line: GatheredLine) -> Iterator[Item]:
        line.trace.drop_space()
        text = line.trace.traced()
        if not text.text:
            return
        markers = tuple((min(offset, len(text.text)), key) for offset, key in line.markers)
        kind, level = self._kind(element)
        yield Item(kind, [text], text, self._paragraph, level, clean=text, markers=markers)

    def _kind(self, element: _Element) -> tuple[BlockKind | None, int]:
        properties = _child(element, "pPr")
        style, level = self._styles.get(_value(_child(properties, "pStyle")), ("", 0))
        own = _value(_child(properties, "outlineLvl"))
        if own.isdecimal() and int(own) < 9:
            level = int(own) + 1
        if style == "title":
            return BlockKind.HEADING, 1
        heading = re.fullmatch(r"heading (\d)", style)
        if heading or level:
            return BlockKind.HEADING, int(heading[1]) if heading else level
        if "quote" in style:
            return BlockKind.QUOTE, 0
        if _child(properties, "numPr") is not None and _value(_child(properties, "numPr", "numId")) != "0":
            return BlockKind.LIST_ITEM, 0
        return (BlockKind.LIST_ITEM if re.match(r"list (?:bullet|number)", style) else None), 0

    def _table(self, table: _Element) -> Item | None:
        cells: list[GridCell] = []
        merging: dict[int, GridCell] = {}
        for r, row in enumerate(self._rows(table)):
            properties = _child(row, "trPr")
            head = _on(_child(properties, "tblHeader"))
            before = _value(_child(properties, "gridBefore"))
            column = min(int(before), _MAX_SPAN) if before.isdecimal() else 0
            for cell in self._cells(row):
                refuse_long(self._paragraph, self._name, "paragraphs and cells")
                about = _child(cell, "tcPr")
                across = _value(_child(about, "gridSpan"))
                span = max(1, min(int(across), _MAX_SPAN)) if across.isdecimal() else 1
                merge = _child(about, "vMerge")
                if merge is not None and _value(merge) != "restart" and column in merging:
                    merging[column].row_span = r - merging[column].row + 1
                else:
                    made = GridCell(r, column, self._cell_text(cell), head, 1, span)
                    cells.append(made)
                    merging.pop(column, None)
                    if merge is not None:
                        merging[column] = made
                column += span
        if not any(cell.text.text for cell in cells):
            return None
        grid = (max(cell.row for cell in cells) + 1) * max(cell.column + cell.column_span for cell in cells)
        refuse_many(grid, self._name)
        faults = mark_headers(cells)
        return Item(BlockKind.TABLE, [], Traced(""), self._paragraph, cells=cells, faults=faults)

    def _rows(self, table: _Element) -> Iterator[_Element]:
        for element in table:
            local = _local(element)
            if local == "tr":
                if _child(element, "trPr", "del") is not None:
                    self.changed = True
                else:
                    yield element
            elif local in ("sdt", "sdtContent", "customXml", "ins"):
                yield from self._rows(element)

    def _cells(self, row: _Element) -> Iterator[_Element]:
        for element in row:
            local = _local(element)
            if local == "tc":
                yield element
            elif local in ("sdt", "sdtContent", "customXml", "ins"):
                yield from self._cells(element)

    def _cell_text(self, cell: _Element) -> Traced:
        line = GatheredLine()
        self._paragraph += 1
        for paragraph in (p for p in cell.iter() if _local(p) == "p"):
            line.add(" ", None)
            self._gather(paragraph, line, self._place(), [])
        line.trace.drop_space()
        return line.trace.traced()


def _properties(root: _Element | None) -> Citation:
    if root is None:
        return Citation()
    title = " ".join((root.findtext(_CORE["title"]) or "").split())
    creator = " ".join((root.findtext(_CORE["creator"]) or "").split())
    named = len(creator.split()) >= 2 and not re.search(r"user|admin|office|python-docx|\d", creator, re.IGNORECASE)
    generated = re.match(r"microsoft word\b|word document\b|document\d*$", title, re.IGNORECASE)
    return Citation(title="" if generated else title, authors=parse_names(creator) if named else ())
