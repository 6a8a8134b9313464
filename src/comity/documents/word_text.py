"""The text of a Word document: its blocks in reading order, with tables, text boxes, and the notes that they call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comity.documents.formulas import MATH, formula
from comity.documents.gathered import GatheredLine, note_item, paragraph_item, table_item
from comity.documents.items import Item
from comity.documents.limits import refuse_long
from comity.documents.note_numbers import Counter, Numbering
from comity.documents.style_names import Role
from comity.documents.symbol_fonts import symbol
from comity.documents.trace import Place, Traced
from comity.documents.word_fields import Fields, is_contents
from comity.documents.word_numbering import Lists
from comity.documents.word_styles import (
    PLAIN,
    Properties,
    Style,
    W,
    attribute,
    child_of,
    is_listed,
    is_on,
    is_raised,
    list_of,
    named_children,
    outline_level,
    properties_of,
    value,
)
from comity.documents.word_tables import grid, rows_of
from comity.terms import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_T, _R, _P, _TABLE, _BOX = f"{W}t", f"{W}r", f"{W}p", f"{W}tbl", f"{W}txbxContent"
_PPR, _RPR, _SDT = f"{W}pPr", f"{W}rPr", f"{W}sdt"
_SIMPLE_FIELD = f"{W}fldSimple"
_FIELD_MARK = f"{W}fldChar"
_INSTRUCTION = f"{W}instrText"
_PAGE_END = f"{W}lastRenderedPageBreak"
_HYPHEN = f"{W}noBreakHyphen"
_SYMBOL = f"{W}sym"
_RUBY = f"{W}ruby"
_RUBY_BASE = f"{W}rubyBase"
_RUN_STYLE = f"{W}rStyle"
_HIDDEN = f"{W}vanish"
_RAISED = f"{W}vertAlign"
_FONTS = f"{W}rFonts"
_STYLE = f"{W}pStyle"
_DEL = f"{W}del"
_MOVED = f"{W}moveFrom"
_FRAME = f"{W}framePr"
_SECTION = f"{W}sectPr"
_ALTERNATE = f"{_MC}AlternateContent"
_ADDED = frozenset((f"{W}ins", f"{W}moveTo"))
_TAKEN = frozenset((f"{W}del", f"{W}moveFrom"))
_CHANGED_CELLS = tuple(f"{W}{name}" for name in ("cellIns", "cellDel", "cellMerge"))
_WRAPPERS = frozenset((*_ADDED, f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"))
_SPACES = frozenset((f"{W}tab", f"{W}ptab", f"{W}cr", f"{W}br"))
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_DRAWN = frozenset((f"{W}drawing", f"{W}pict", f"{W}object", _ALTERNATE))
# Ruby's small letters tell how a word is spoken (17.3.3.25).
_PASSED = frozenset((_PPR, _RPR, f"{W}sdtPr", f"{W}sdtEndPr", f"{W}rt", f"{W}rubyPr"))
_CITATION_TAG = "MENDELEY_CITATION"
_LONGEST_MARK = 8


class WordText:
    """A Word document while it is read.

    Attributes:
        changed: whether there were tracked changes.
        unpaged: whether notes are numbered by pages whose ends the file does not tell.
        left_out: how many charts, diagrams, embedded objects, inserted files and prompts of form fields are not read.
        instructions: of each note, by its key, the instructions of its fields.
    """

    def __init__(
        self, root: _Element, styles: dict[str, Style], lists: Lists, settings: _Element | None, name: str
    ) -> None:
        self._styles = styles
        self._lists = lists
        self._name = name
        self._labels: dict[str, str] = {}
        self._counters = {"footnote": Counter(), "endnote": Counter()}
        self._sections = [
            {kind: _numbering(kind, settings, section) for kind in self._counters}
            for section in root.iter(_SECTION)
            if (parent := section.getparent()) is not None and parent.tag in (_PPR, f"{W}body")
        ] or [{kind: _numbering(kind, settings, None) for kind in self._counters}]
        self._section = 0
        self._fields = Fields()
        self._fields.pair(root)
        self._paragraph = 0
        self._page = 1
        self._here = Place(0, 0, 1, None)
        self._paged = root.find(f".//{W}lastRenderedPageBreak") is not None
        self._style = PLAIN
        self._custom = ""  # the key of a note whose own mark is still to come
        self._own_mark = ""  # the mark that stands before the text of a note
        self._marked: set[str] = set()  # the notes with marks of their own
        self.changed = _is_changed(root)
        self.unpaged = False
        self._prompts: set[_Element] = set()
        self.left_out = {"chart": 0, "diagram": 0, "object": 0, "file": 0, "prompt": 0}
        self.instructions: dict[str, list[str]] = {}

    def items(self, body: _Element) -> Iterator[Item]:
        """Yield the blocks below an element in reading order."""
        line: GatheredLine | None = None
        boxes: list[_Element] = []
        last: _Element | None = None
        for element in self._flat(body):
            if element.tag == _TABLE:
                if line is not None and last is not None:
                    yield from self._paragraph_and_boxes(properties_of(last, _PPR), line, boxes)
                    line, boxes = None, []
                yield from self._table(element)
                continue
            line = line or GatheredLine()
            last = element
            self._paragraph += 1
            refuse_long(self._paragraph, self._name)
            properties = properties_of(element, _PPR)
            joined = self._begin(properties)
            self._gather(element, line, boxes)
            if len(self._sections) > 1 and _SECTION in properties:
                self._section = min(self._section + 1, len(self._sections) - 1)
            if joined:  # the next one goes on with it
                continue
            yield from self._paragraph_and_boxes(properties, line, boxes)
            line, boxes = None, []
        if line is not None and last is not None:
            yield from self._paragraph_and_boxes(properties_of(last, _PPR), line, boxes)

    def notes(self, root: _Element | None, kind: str) -> Iterator[Item]:
        """Yield the notes of one kind that the body calls."""
        if root is None:
            return
        self._fields = Fields()
        self._fields.pair(root)
        self._paged = False
        self.changed = self.changed or _is_changed(root)
        for note in root.findall(f"{W}{kind}"):
            key = f"{kind}-{attribute(note, 'id')}"
            if key not in self._labels:
                continue
            self._fields.told = []
            self._own_mark = self._labels[key] if key in self._marked else ""
            line = GatheredLine()
            self._gather_all(note, line, None)
            item = note_item(line, self._labels[key], key)
            if item is not None:
                self.instructions[key] = self._fields.told
                yield item

    def _flat(self, body: _Element) -> Iterator[_Element]:
        for element in body:
            tag = element.tag
            if tag in (_P, _TABLE):
                yield element
            elif tag == _SDT:
                if not self._is_empty(element):
                    yield from self._flat(element)
            elif tag in _WRAPPERS:
                yield from self._flat(element)
            elif tag == _ALTERNATE:
                yield from self._flat(_chosen(element))
            elif tag == f"{W}altChunk" or tag == f"{W}subDoc":
                self.left_out["file"] += 1

    def _is_empty(self, control: _Element) -> bool:
        """Whether a content control asks for text that nobody wrote, or holds a list of contents; what it cites is kept."""
        properties = control.find(f"{W}sdtPr")
        if properties is None:
            return False
        tag = value(properties.find(f"{W}tag"))
        if tag.startswith(_CITATION_TAG):
            self._fields.told.append(tag)
        gallery = value(properties.find(f"{W}docPartObj/{W}docPartGallery"))
        if is_on(properties.find(f"{W}showingPlcHdr")) is not True:
            return gallery == "Table of Contents"
        self._prompts.add(properties)  # a control may be met twice
        self.left_out["prompt"] = len(self._prompts)
        return True

    def _begin(self, properties: Properties) -> bool:
        """Take a paragraph's properties; return whether the next paragraph goes on with it."""
        self._style = self._styles.get(value(properties.get(_STYLE)), PLAIN)
        if self.changed and (mark := properties.get(_RPR)) is not None:
            of_mark = named_children(mark)
            if _DEL in of_mark or _MOVED in of_mark:
                return True  # its end was taken away
        frame = properties.get(_FRAME)
        return frame is not None and attribute(frame, "dropCap") in ("drop", "margin")

    def _paragraph_and_boxes(
        self, properties: Properties, line: GatheredLine, boxes: Sequence[_Element]
    ) -> Iterator[Item]:
        if self._style.role is not Role.CONTENTS:
            kind, level = self._kind(properties)
            line.page = self._page if line.page is None and self._paged else line.page
            item = paragraph_item(line, kind, level, self._paragraph, self._label(properties))
            if item is not None:
                yield item
        for box in boxes:
            yield from self._box(box)

    def _box(self, box: _Element) -> Iterator[Item]:
        """Yield the blocks of a text box, which is no part of the count of the text around it; its own labels are not sure."""
        lists, self._lists = self._lists, Lists(None, None)
        yield from self.items(box)
        self._lists = lists

    def _label(self, properties: Properties) -> str:
        """Return the label of the paragraph whose properties were taken last; one that is hidden is not counted."""
        own = list_of(properties)
        if own[0] is None and self._style.list_name is None:
            return ""
        hidden = is_on(named_children(properties.get(_RPR)).get(_HIDDEN))
        if self._style.hidden if hidden is None else hidden:
            return ""
        return self._lists.label(own, self._style)

    def _kind(self, properties: Properties) -> tuple[BlockKind | None, int]:
        style = self._style
        own = outline_level(properties)
        level = own if own is not None else style.level or 0
        if style.role is Role.TITLE:
            return BlockKind.HEADING, 1
        if level:
            return BlockKind.HEADING, level
        if style.role is Role.QUOTE:
            return BlockKind.QUOTE, 0
        listed = is_listed(properties)
        if listed is None:
            listed = style.listed if style.listed is not None else style.role is Role.LISTED
        return (BlockKind.LIST_ITEM if listed else None), 0

    def _place(self) -> Place:
        page = self._page if self._paged else None
        if self._here.line != self._paragraph or self._here.page != page:
            self._here = Place(0, self._paragraph, 1, page)
        return self._here

    def _gather_all(self, element: _Element, line: GatheredLine, inner: list[_Element] | None) -> None:
        """Gather the paragraphs of a note or a cell into one line; tables and boxes within go into `inner`, or are gathered too."""
        for block in self._flat(element):
            if block.tag == _TABLE:
                if inner is None:
                    for _, cells in rows_of(block, changed=self.changed):
                        for cell in cells:
                            self._gather_all(cell, line, None)
                else:
                    inner.append(block)
                continue
            properties = properties_of(block, _PPR)
            self._begin(properties)
            line.add(" ", None)
            label = self._label(properties) if inner is not None else ""
            if label:
                line.add(f"{label} ", self._place())
            boxes: list[_Element] = []
            self._gather(block, line, boxes)
            for box in boxes:
                if inner is None:
                    self._gather_all(box, line, None)
                else:
                    inner.append(box)

    def _gather(self, element: _Element, line: GatheredLine, boxes: list[_Element]) -> None:
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child, line, boxes)
            elif tag in _TAKEN or tag in _PASSED or not isinstance(tag, str):
                continue
            elif tag == _T:
                line.add(child.text or "", self._place())
            elif tag == _SIMPLE_FIELD:
                instruction = attribute(child, "instr")
                self._fields.told.append(instruction)
                if not is_contents(instruction):
                    self._gather(child, line, boxes)
            elif tag == _ALTERNATE:
                self._gather(_chosen(child), line, boxes)
            elif tag.startswith(MATH):
                line.add(formula(child), self._place())
            elif tag != _SDT or not self._is_empty(child):
                self._gather(child, line, boxes)

    def _run(self, run: _Element, line: GatheredLine, boxes: list[_Element]) -> None:
        fields = self._fields
        hidden, raised, font = self._look(child_of(run, _RPR))
        if not raised:
            self._custom = ""
        for child in run:
            tag = child.tag
            if tag == _RPR:
                continue
            if tag == _FIELD_MARK:
                fields.mark(child)
            elif tag == _INSTRUCTION:
                fields.instruct(child.text or "")
            elif tag == _PAGE_END:
                self._page += 1
            elif hidden or fields.hidden or (raised and fields.repeats):
                continue
            elif tag == _T:
                text = child.text or ""
                if font and not text.isascii():
                    text = "".join(symbol(font, ord(sign)) or "" for sign in text)
                self._text(text, line, raised)
            elif tag in _SPACES:
                line.add(" ", self._place())
            elif tag == _HYPHEN:
                line.add("-", self._place())
            elif tag == _SYMBOL:
                self._text(_sign(child), line, raised)
            elif tag in _NOTES:
                self._call(child, _NOTES[tag], line)
            elif tag in _DRAWN:
                boxes += self._boxes(child)
                if tag == _ALTERNATE:
                    self._text(_emoji(child), line, raised)
            elif tag in (_RUBY, _RUBY_BASE):
                self._gather(child, line, boxes)

    def _look(self, properties: _Element | None) -> tuple[bool, bool, str]:
        """Return whether a run is hidden, whether it is raised, and its font where that has signs of its own."""
        base = self._style
        hidden, raised, font = base.hidden, base.raised, ""
        if properties is None:
            return bool(hidden), bool(raised), font
        for one in properties:
            tag = one.tag
            if tag == _RUN_STYLE:
                style = self._styles.get(value(one), PLAIN)
                hidden = hidden if style.hidden is None else style.hidden
                raised = raised if style.raised is None else style.raised
            elif tag == _HIDDEN:
                hidden = is_on(one)
            elif tag == _RAISED:
                raised = is_raised(one)
            elif tag == _FONTS:
                named = attribute(one, "ascii") or attribute(one, "hAnsi")
                font = named if named in ("Symbol", "Wingdings") else ""
        return bool(hidden), bool(raised), font

    def _text(self, text: str, line: GatheredLine, raised: bool) -> None:
        mark = text.strip() if self._custom or self._own_mark else ""
        if mark and self._custom:
            key, self._custom = self._custom, ""
            if len(mark) <= _LONGEST_MARK:
                self._labels[key] = mark
                return
        if mark and self._own_mark:
            own, self._own_mark = self._own_mark, ""
            if mark == own and (raised or not own.isalnum()):
                return
            if not own.isalnum():
                text = text.lstrip().removeprefix(own)
        if raised:
            line.add_raised(text, self._place())
        else:
            line.add(text, self._place())

    def _call(self, reference: _Element, kind: str, line: GatheredLine) -> None:
        """Mark that a note is called, and give it its label."""
        key = f"{kind}-{attribute(reference, 'id')}"
        if key not in self._labels:
            if attribute(reference, "customMarkFollows") not in ("", "0", "false", "off"):
                self._labels[key], self._custom = "*", key
                self._marked.add(key)
            else:
                numbering = self._sections[self._section][kind]
                self.unpaged = self.unpaged or (numbering.restart == "eachPage" and not self._paged)
                self._labels[key] = self._counters[kind].next(numbering, self._section, self._page - 1)
        line.mark(key)

    def _boxes(self, element: _Element) -> Iterator[_Element]:
        """Yield the text boxes in a drawing, each once, and count what else it holds."""
        for child in element:
            tag = child.tag
            if tag == _BOX:
                yield child
            elif tag == _ALTERNATE:
                yield from self._boxes(_chosen(child))
            elif isinstance(tag, str) and tag != f"{_MC}Fallback":
                local = tag.rpartition("}")[2]
                kind = {"chart": "chart", "relIds": "diagram", "OLEObject": "object"}.get(local)
                if kind is not None:
                    self.left_out[kind] += 1
                yield from self._boxes(child)

    def _table(self, table: _Element) -> Iterator[Item]:
        """Yield a table; what stands in its cells and is no line of text follows it. One that only frames is read as its blocks."""
        rows = rows_of(table, changed=self.changed)
        widest = max((len(cells) for _, cells in rows), default=0)
        nested = next(table.iterdescendants(_TABLE), None) is not None and any(
            self._nests(cell) for _, cells in rows for cell in cells
        )
        if (len(rows) == 1 and widest == 1) or (nested and (len(rows) == 1 or widest == 1)):
            for _, cells in rows:
                for cell in cells:
                    yield from self.items(cell)
            return
        inner: list[_Element] = []
        placed = grid(rows, lambda cell: self._cell(cell, inner), self._name)
        if any(cell.text.text for cell in placed):
            yield table_item(placed, self._paragraph)
        for element in inner:
            if element.tag == _TABLE:
                yield from self._table(element)
            else:
                yield from self._box(element)

    def _nests(self, cell: _Element) -> bool:
        return any(element.tag == _TABLE for element in self._flat(cell))

    def _cell(self, cell: _Element, inner: list[_Element]) -> tuple[Traced, tuple[tuple[int, str], ...]]:
        self._paragraph += 1
        refuse_long(self._paragraph, self._name, "paragraphs and cells")
        line = GatheredLine()
        self._gather_all(cell, line, inner)
        return line.done()


def _is_changed(root: _Element) -> bool:
    """Whether text, rows or cells were added, moved or taken away by tracked changes."""
    return next(root.iter(*_ADDED, *_TAKEN, *_CHANGED_CELLS), None) is not None


def _chosen(alternate: _Element) -> _Element:
    """Return the first of the contents that say the same in other words (ISO/IEC 29500-3, 9.3)."""
    found = alternate.find(f"{_MC}Choice")
    if found is None:
        found = alternate.find(f"{_MC}Fallback")
    return alternate if found is None else found


def _emoji(alternate: _Element) -> str:
    """Return the letter that a run has beside an extended sign."""
    fallback = alternate.find(f"{_MC}Fallback")
    return "" if fallback is None else "".join(child.text or "" for child in fallback.findall(_T))


def _sign(element: _Element) -> str:
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return symbol(attribute(element, "font"), code) or ""


def _numbering(kind: str, settings: _Element | None, section: _Element | None) -> Numbering:
    """Return how the notes of a section are numbered; Word counts endnotes i, ii, iii unless told otherwise (17.11)."""
    told = {"numFmt": "lowerRoman" if kind == "endnote" else "decimal", "numStart": "1", "numRestart": "continuous"}
    for part in (settings, section):
        properties = None if part is None else part.find(f"{W}{kind}Pr")
        for one in properties if properties is not None else ():
            name = one.tag.removeprefix(W) if isinstance(one.tag, str) else ""
            if name in told:
                told[name] = value(one)
    start = told["numStart"]
    first = int(start) if start.isascii() and start.isdecimal() and len(start) < 6 else 1
    return Numbering(told["numFmt"], first, told["numRestart"])
