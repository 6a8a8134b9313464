r"""What the words of an RTF file make: paragraphs, cells, notes and text boxes, laid out in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from comity.documents.gathered import GatheredLine, note_item, paragraph_item, table_item
from comity.documents.items import Item
from comity.documents.limits import refuse_long
from comity.documents.note_numbers import Counter, Numbering
from comity.documents.rich_text_tables import OpenTable, Text
from comity.documents.style_names import Role, role_of
from comity.documents.trace import Place, Traced
from comity.terms import BlockKind

MOST_NESTED = 30
_LONGEST_MARK = 8
_LISTED = re.compile(r"(?P<bullet>[•●▪◦‣–-])\s+(?=\S)|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")


@dataclass(slots=True)
class Paragraph:
    """The formatting of a paragraph; `nest` is the depth of the table that it stands in, `size` its largest letters in half points."""

    level: int = 0
    style: int = 0
    listed: bool = False
    nest: int = 0
    centred: bool = False
    hanging: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class EndedParagraph:
    """A paragraph that ended, whose place in the document is still to be told: its line, formatting, label and number."""

    line: GatheredLine
    look: Paragraph
    label: str
    number: int


@dataclass(slots=True)
class Style:
    """A style as the table of styles has it; `based` is the number of the one it is based on."""

    name: str = ""
    level: int | None = None
    based: int = -1


@dataclass(slots=True)
class Story:
    """A text with its own paragraphs: the body, or a text box. `lines` and `tables` are those open, by their depth."""

    items: list[Item] = field(default_factory=list)
    lines: dict[int, GatheredLine] = field(default_factory=dict)
    tables: dict[int, OpenTable] = field(default_factory=dict)
    framed: list[EndedParagraph] = field(
        default_factory=list
    )  # of the first cell of a table, which may only frame them
    behind: list[Item] = field(default_factory=list)  # boxes, which follow the paragraph
    below: list[Item] = field(default_factory=list)  # boxes and tables in cells, which follow the table
    paragraph: Paragraph = field(default_factory=Paragraph)
    label: str = ""  # printed before the paragraph, which is still to come


@dataclass(slots=True)
class Layout:
    """The document while its words are read.

    Attributes:
        held: the line of the note that is read, if one is; `around` is the formatting of the paragraph that calls it.
        told: the instructions of the fields in that note; `instructions` has those of all, by the notes' keys.
        mark: raised text that may be a note's own mark; `own` is that of the note that is read, until it was met in it.
        numbered: whether a note's number was asked for.
        page: how many page breaks there were so far, as far as the file has them.
        unpaged: whether notes begin to count anew on pages, whose ends a file need not have.
        looks: of each paragraph, by its number, whether it is centred, and the size of its letters.
    """

    name: str
    story: Story = field(default_factory=Story)
    stories: list[Story] = field(default_factory=list)
    notes: list[Item] = field(default_factory=list)
    held: list[GatheredLine] = field(default_factory=list)
    around: Paragraph = field(default_factory=Paragraph)
    number: int = 1
    styles: dict[int, Style] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    instructions: dict[str, list[str]] = field(default_factory=dict)
    mark: str = ""
    numbered: bool = False
    own: str = ""
    label: str = ""
    key: str = ""
    endnote: bool = False
    numberings: list[Numbering] = field(default_factory=lambda: [Numbering(), Numbering("lowerRoman")])
    counters: list[Counter] = field(default_factory=lambda: [Counter(), Counter()])
    section: int = 0
    page: int = 0
    unpaged: bool = False
    looks: dict[int, tuple[bool, int]] = field(default_factory=dict)

    def put(self, text: str, size: int, *, raised: bool) -> None:
        """Take text of the document, in letters of a size in half points, raised or not."""
        if raised and self.own and self.held:
            own, self.own = self.own, ""
            if text.strip() == own:
                return
        if raised and not self.held and text.strip() and len(self.mark + text) <= _LONGEST_MARK:
            self.mark += text  # a note that follows may make a mark of it
            return
        if self.mark:
            self.settle()
        paragraph = self.story.paragraph
        if size > paragraph.size:
            paragraph.size = size
        if self.story.label and paragraph.nest and not self._may_frame(paragraph.nest):
            self._put_label()
        line = self._line()
        if raised:
            line.add_raised(text, self._place())
        else:
            line.add(text, self._place())

    def _put_label(self) -> None:
        """Put the label of a paragraph in a cell where it goes on."""
        if self.story.label and not self.held:
            self._line().add(f"{self.story.label} ", self._place())
            self.story.label = ""

    def settle(self) -> None:
        """Take raised text for text, since no note has followed."""
        if self.mark:
            text, self.mark = self.mark, ""
            self._line().add_raised(text, self._place())

    def _place(self) -> Place | None:
        return None if self.held else Place(0, self.number, 1)

    def _line(self) -> GatheredLine:
        """Return the line that the text goes on with: the note's, or that of the cell or paragraph."""
        return self.held[0] if self.held else self._open_line(self.story.paragraph.nest)

    def _open_line(self, depth: int) -> GatheredLine:
        line = self.story.lines.get(depth)
        if line is None:
            line = self.story.lines[depth] = GatheredLine()
        return line

    def begin_note(self) -> None:
        """Begin a note where it is called; what was raised just before is its own mark."""
        if self.numbered:
            self.settle()
        self.own, self.mark, self.numbered = self.mark.strip(), "", False
        self.key = f"note-{len(self.instructions) + 1}"
        self._line().mark(self.key)
        self.told = self.instructions[self.key] = []
        self.around, self.story.paragraph = self.story.paragraph, Paragraph()
        self.held, self.endnote = [GatheredLine()], False
        self.label = self.own

    def end_note(self) -> None:
        """End the note that is read."""
        line = self.held.pop()
        self.story.paragraph = self.around  # what a group says of its paragraph ends with it
        numbering = self.numberings[self.endnote]
        label = self.label or self.counters[self.endnote].next(numbering, self.section, self.page)
        self.unpaged = self.unpaged or (not self.label and numbering.restart == "eachPage")
        item = note_item(line, label, self.key)
        if item is not None:
            self.notes.append(item)
        self.own, self.told = "", []

    def begin_box(self) -> None:
        """Begin a text box."""
        self.settle()
        self.stories.append(self.story)
        self.story = Story()

    def end_box(self) -> None:
        """End a text box; it follows its paragraph, or the table that it stands in."""
        self.end_story()
        box, self.story = self.story, self.stories.pop()
        behind = self.story.below if self.story.paragraph.nest else self.story.behind
        behind += box.items

    def end_story(self) -> None:
        """End what is open at the end of the body or of a text box."""
        self.settle()
        for depth in sorted(self.story.tables, reverse=True):
            line = self.story.lines.get(depth)
            if line is not None and len(line.trace) and self.story.tables[depth].texts:
                self.end_cell(depth)
        self.story.paragraph.nest = 0 if len(self._open_line(0).trace) else self.story.paragraph.nest
        self._close_tables(1)
        for depth in sorted(self.story.lines):
            self._add_paragraph(depth)
        self._add_behind()

    def table(self, depth: int) -> OpenTable:
        """Return the open table of a depth."""
        table = self.story.tables.get(depth)
        if table is None:
            table = self.story.tables[depth] = OpenTable(begun=len(self.story.below))
        return table

    def end_paragraph(self) -> None:
        """End a paragraph."""
        self.settle()
        paragraph = self.story.paragraph
        depth = paragraph.nest
        if depth == 1 and not self.held and not self.table(1).open and self.table(1).rows:
            paragraph.nest = 0  # behind its last row, where a writer forgot to say that the table ends
        if self._may_frame(paragraph.nest):
            self._end_framed()
            return
        if paragraph.nest:
            self._put_label()
        if self.held or paragraph.nest:  # a paragraph of a note or of a cell goes on with the next
            self._line().add(" ", None)
            return
        self._close_tables(1)
        self._add_paragraph(depth)
        self._add_behind()
        self.number += 1
        refuse_long(self.number, self.name)

    def _may_frame(self, depth: int) -> bool:
        """Whether the text stands in the first cell of a table that may have no other, so that it only frames paragraphs."""
        table = self.story.tables.get(depth)
        return depth == 1 and not self.held and table is not None and table.may_frame

    def _end_framed(self) -> None:
        """End a paragraph of a cell that may only frame it."""
        label, self.story.label = self.story.label, ""
        line = self.story.lines.pop(1, None) or self.story.lines.pop(0, None) or GatheredLine()
        self.story.framed.append(EndedParagraph(line, replace(self.story.paragraph), label, self.number))
        self.story.paragraph.size = 0
        self.number += 1
        refuse_long(self.number, self.name)

    def _add_paragraph(self, depth: int) -> None:
        label, self.story.label = self.story.label, ""
        line = self.story.lines.pop(depth, GatheredLine() if label else None)
        if line is not None:
            self._add(EndedParagraph(line, self.story.paragraph, label, self.number))

    def _add(self, ended: EndedParagraph) -> None:
        """Add a paragraph to the items, as what its style and its label make it."""
        label, look = ended.label, ended.look
        role, level = self._role(look.style)
        if role is Role.CONTENTS:
            return
        kind, level = self._kind(look, role, level)
        kind = BlockKind.LIST_ITEM if label and kind is None else kind
        item = paragraph_item(ended.line, kind, level, ended.number, label)
        if item is None:
            return
        typed = look.hanging and not label and item.kind in (None, BlockKind.LIST_ITEM)
        listed = _LISTED.match(item.text) if typed else None
        if listed:  # a list whose signs were typed
            item.kind, item.lead = BlockKind.LIST_ITEM, 0 if listed["bullet"] else listed.end()
            if listed["bullet"] and not item.markers:
                item.clean = item.raw = item.clean.cut(listed.end(), len(item.text))
                item.parts = [item.raw]
        self.looks[ended.number] = (look.centred, look.size)
        self.story.items.append(item)

    def _add_behind(self) -> None:
        self.story.items += self.story.behind
        self.story.behind = []

    def _role(self, number: int) -> tuple[Role | None, int]:
        """Return what the style of that number, or one that it is based on, makes of a paragraph, and the level of a heading."""
        seen = set[int]()
        role: Role | None = None
        level: int | None = None
        while number in self.styles and number not in seen and len(seen) < MOST_NESTED:
            seen.add(number)
            style = self.styles[number]
            said, implied = role_of(style.name.strip(" ;"))
            role = said if role is None or role is Role.BODY else role
            if level is None:
                level = style.level if style.level is not None else implied if said is Role.HEADING else None
            number = style.based
        return role, level or 0

    @staticmethod
    def _kind(look: Paragraph, role: Role | None, level: int) -> tuple[BlockKind | None, int]:
        if role is Role.TITLE:
            return BlockKind.HEADING, 1
        if look.level or level:
            return BlockKind.HEADING, look.level or level
        if role is Role.QUOTE:
            return BlockKind.QUOTE, 0
        return (BlockKind.LIST_ITEM if look.listed or role is Role.LISTED else None), 0

    def end_cell(self, depth: int) -> None:
        """End a cell of the table of a depth."""
        self.settle()
        if self.held:
            return
        self._close_tables(depth + 1)
        if self._may_frame(depth):
            self._end_framed()
            self.table(depth).texts.append(_joined(self.story.framed))
            return
        lines = self.story.lines
        line = lines.pop(depth, None) or lines.pop(0, None) or GatheredLine()
        if not len(line.trace):
            line.add(self.story.label, self._place())
        self.story.label = ""
        self.table(depth).texts.append(line.done())
        self.number += 1
        refuse_long(self.number, self.name, "paragraphs and cells")

    def end_row(self, depth: int) -> None:
        """End a row of the table of a depth."""
        if not self.held:
            self.table(depth).end_row()

    def _close_tables(self, least: int) -> None:
        """End the tables of this depth and deeper; a table in a cell follows the table around it."""
        for depth in sorted((depth for depth in self.story.tables if depth >= least), reverse=True):
            table = self.story.tables.pop(depth)
            table.end_row()
            framed = self.story.framed
            if depth == 1:
                self.story.framed = []
            if depth == 1 and framed and sum(len(row.texts) for row in table.rows) <= 1:
                for ended in framed:  # it only frames them, or has no cell at all
                    self._add(ended)
                continue
            cells = table.cells(self.name) if table.rows else []
            if not any(cell.text.text for cell in cells):
                continue
            last = max(cell.column + cell.column_span for cell in cells if cell.text.text)
            item = table_item([cell for cell in cells if cell.column < last], self.number)
            if depth > 1:
                self.story.below.insert(table.begun, item)  # before those in its cells
            else:
                self.story.items.append(item)
        if least == 1:
            self.story.items += self.story.below
            self.story.below = []


def _joined(paragraphs: list[EndedParagraph]) -> Text:
    """Return the text of a cell: its paragraphs and their labels, with spaces between them."""
    whole, markers = Traced(""), list[tuple[int, str]]()
    for one in paragraphs:
        text, marked = one.line.done()
        if one.label:
            text, lead = (
                Traced.join([Traced(one.label, (Place(0, one.number, 1),)), text], " ").strip(),
                len(one.label) + 1,
            )
            marked = tuple((offset + lead, key) for offset, key in marked)
        if text.text:
            moved = len(whole.text) + 1 if whole.text else 0
            whole = Traced.join([whole, text], " ") if whole.text else text
            markers += ((offset + moved, key) for offset, key in marked)
    return whole, tuple(markers)
