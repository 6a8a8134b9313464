r"""RTF (Rich Text Format 1.9.1): paragraphs, headings by outline level or style, tables, notes where they stand, fields' results.

What a reader of RTF is told to ignore is ignored; pictures, headers and annotations are left out, nothing is opened or run. Of
tracked changes the final text is read. A text box follows its paragraph.
"""

from __future__ import annotations

import re
from collections import Counter as Counts
from dataclasses import dataclass, field, replace

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.csl_items import cited, completed
from comity.documents.drafts import Reading
from comity.documents.gathered import (
    ACCEPTED,
    GatheredLine,
    described,
    left_out,
    note_item,
    paragraph_item,
    table_item,
)
from comity.documents.items import Item
from comity.documents.limits import refuse_long
from comity.documents.note_numbers import Counter, Numbering
from comity.documents.rich_text_tables import CellShape, OpenTable
from comity.documents.rich_text_tokens import (
    CHARSETS,
    NOTE_WORD,
    NUMBER_FORMATS,
    SIGNS,
    SKIPPED,
    TOKEN,
    WORDS,
    code_page,
    is_known,
)
from comity.documents.style_names import Role, role_of
from comity.documents.trace import Place
from comity.documents.typed_notes import link_typed_notes
from comity.documents.word_fields import is_contents
from comity.terms import BlockKind, Citation, UnreadableSource

MEDIA_TYPE = "application/rtf"
_MOST_GROUPS = 500
_MOST_NESTED = 30
_LONGEST_FIELD = 1000
_LONGEST_INSTRUCTION = 200_000
_LONGEST_MARK = 8
_LETTERS = frozenset("f fs plain v deleted revised super sup up nosupersub ansicpg mac pc pca deff".split())
# The words that this reader takes; the many others only change how the text looks.
_TAKEN = (
    _LETTERS | SKIPPED | WORDS.keys() | frozenset(
        """u uc title author upr ud fldinst fldrslt fcharset cpg s cs ds ts outlinelevel sbasedon par sect page column cell nestcell row
        nestrow pard intbl itap trowd clmgf clmrg clvmgf clvmrg cellx trhdr ls qc fi footnote ftnalt chftn shptxt dptxbxtext""".split()
    )
)  # fmt: skip
_CONTROLS = dict.fromkeys([*range(32), 0x7F])
_LISTED = re.compile(r"(?P<bullet>[•●▪◦‣–-])\s+(?=\S)|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+(?=\S)")


@dataclass(slots=True)
class _State:
    """What holds for the text of a group; a group within it begins with a copy."""

    skip: bool = False
    note: bool = False
    box: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    unicode_skip: int = 1
    font: int = -1
    size: int = 24
    kept: str = ""  # the field of the document's properties that the text belongs to, or "field" for instructions
    named: str = ""  # "font", "style" or "info" inside these
    either: bool | None = None  # within \upr: whether the group around it is skipped


@dataclass(slots=True)
class _Paragraph:
    """The formatting of a paragraph; `nest` is the depth of the table that it stands in, `size` its largest letters in half points."""

    level: int = 0
    style: int = 0
    listed: bool = False
    nest: int = 0
    centred: bool = False
    hanging: bool = False
    size: int = 0


@dataclass(slots=True)
class _Style:
    name: str = ""
    level: int | None = None
    based: int = -1


@dataclass(slots=True)
class _Story:
    """A text with its own paragraphs: the body, or a text box. `lines` and `tables` are those open, by their depth."""

    items: list[Item] = field(default_factory=list)
    lines: dict[int, GatheredLine] = field(default_factory=dict)
    tables: dict[int, OpenTable] = field(default_factory=dict)
    behind: list[Item] = field(default_factory=list)  # boxes, which follow the paragraph
    below: list[Item] = field(default_factory=list)  # boxes and tables in cells, which follow the table
    paragraph: _Paragraph = field(default_factory=_Paragraph)


@dataclass(slots=True)
class _Reader:
    """An RTF file while it is read."""

    name: str
    story: _Story = field(default_factory=_Story)
    stories: list[_Story] = field(default_factory=list)  # those that a text box interrupts
    notes: list[Item] = field(default_factory=list)
    held: list[GatheredLine] = field(default_factory=list)  # the note that is read
    number: int = 1
    states: list[_State] = field(default_factory=lambda: [_State()])
    code_page: str = "cp1252"
    charsets: dict[int, str] = field(default_factory=dict)
    default_font: int = -1
    styles: dict[int, _Style] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    style: int = 0
    to_skip: int = 0
    high: int = 0
    instruction: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # the instructions of the fields in the note that is read
    instructions: dict[str, list[str]] = field(default_factory=dict)
    mark: str = ""  # raised text that may be a note's own mark
    numbered: bool = False  # whether a note's number was asked for
    own: str = ""  # the own mark of the note that is read, until it was met in it
    label: str = ""
    key: str = ""
    endnote: bool = False
    numberings: list[Numbering] = field(default_factory=lambda: [Numbering(), Numbering("lowerRoman")])
    counters: list[Counter] = field(default_factory=lambda: [Counter(), Counter()])
    section: int = 0
    looks: dict[int, tuple[bool, int]] = field(default_factory=dict)  # by paragraph: centred, size
    comments: int = 0
    changed: bool = False
    pending: bytearray = field(default_factory=bytearray)

    def read(self, content: bytes) -> None:
        """Read the file from its first token to its last."""
        at = 0
        match_at = TOKEN.match
        while (match := match_at(content, at)) is not None or at < len(content):
            if match is None:
                at += 1
                continue
            at = match.end()
            kind = match.lastgroup
            if kind == "text" or kind is None:
                self._bytes(match["text"] or b"")
                continue
            if kind == "hex":
                self._bytes(bytes((int(match["hex"], 16),)))
                continue
            if self.pending:
                self._flush()
            if kind == "open":
                self._open()
            elif kind == "close":
                self._close()
            elif kind == "sign":
                self._sign(match["sign"].decode("latin-1"), content, at)
            elif kind == "end":
                self._word("par", None)
            else:
                number = None if match["number"] is None else int(match["number"])
                word = match["word"].decode("ascii")
                if word == "bin" and number is not None:
                    at += max(number, 0)
                else:
                    self._word(word, number)
        self._finish()

    def _finish(self) -> None:
        if self.pending:
            self._flush()
        if self.held:  # the file ends within a note
            self._end_note()
        while self.stories:
            self._end_box()
        self._end_story()

    def _open(self) -> None:
        if len(self.states) > _MOST_GROUPS:
            raise UnreadableSource(self.name, "it is nested too deep", remedy="Save it again in its program.")
        self.to_skip = 0
        state = self.states[-1]
        self.states.append(state)  # copied when it is changed
        if state.either is not None:
            own = self._own()
            own.skip, own.either = True, None

    def _own(self) -> _State:
        """Return the state of the open group, apart from that of the group around it."""
        states = self.states
        if len(states) > 1 and states[-1] is states[-2]:
            states[-1] = replace(states[-1])
        return states[-1]

    def _close(self) -> None:
        if len(self.states) == 1:
            return
        state = self.states.pop()
        outer = self.states[-1]
        if state is outer:
            self.to_skip = 0
            return
        if state.note and not outer.note and self.held:
            self._end_note()
        if state.box and not outer.box and self.stories:
            self._end_box()
        if state.kept == "field" and outer.kept != "field":
            self.told.append("".join(self.instruction))
        self.to_skip = 0
        if outer.named != "style":
            self.style = 0

    def _sign(self, sign: str, content: bytes, at: int) -> None:
        if sign == "*":
            if not is_known(content, at):
                self._own().skip = True
        else:
            self._put(SIGNS.get(sign, ""))

    def _flush(self) -> None:
        page = self.charsets.get(self.states[-1].font, self.code_page)
        text = self.pending.decode(page, "replace")
        self.pending.clear()
        self._put(text)

    def _bytes(self, content: bytes) -> None:
        """Take bytes; a letter of two of them may stand in two tokens."""
        if self.to_skip:
            cut = min(self.to_skip, len(content))
            content, self.to_skip = content[cut:], self.to_skip - cut
        self.pending += content

    def _put(self, text: str) -> None:
        state = self.states[-1]
        if not text.isprintable():
            text = text.translate(_CONTROLS)
        if not text:
            return
        if state.kept == "field":
            if len(self.instruction) < _LONGEST_INSTRUCTION:
                self.instruction.append(text)
        elif state.kept:
            self.about[state.kept] = (self.about.get(state.kept, "") + text)[:_LONGEST_FIELD]
        elif state.named == "style":
            style = self.styles.setdefault(self.style, _Style())
            style.name = (style.name + text)[:_LONGEST_FIELD]
        elif not (state.skip or state.hidden or state.deleted):
            self._print(text, state)

    def _print(self, text: str, state: _State) -> None:
        if state.raised and self.own and self.held:
            own, self.own = self.own, ""
            if text.strip() == own:
                return
        if state.raised and not self.held and text.strip() and len(self.mark + text) <= _LONGEST_MARK:
            self.mark += text  # a note that follows may make a mark of it
            return
        if self.mark:
            self._settle()
        paragraph = self.story.paragraph
        if state.size > paragraph.size:
            paragraph.size = state.size
        line = self._line()
        if state.raised:
            line.add_raised(text, self._place())
        else:
            line.add(text, self._place())

    def _settle(self) -> None:
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

    def _word(self, word: str, number: int | None) -> None:
        if self.to_skip and word != "u":  # a word for a character may be what stands in
            self.to_skip = 0
            if word in WORDS:
                return
        if word not in _TAKEN:
            if "ftn" in word and not self.states[-1].skip and (match := NOTE_WORD.fullmatch(word)):
                self._number_notes(match["end"] == "a", match["what"], number)
            return
        state = self.states[-1]
        if word in WORDS:
            self._put(WORDS[word])
        elif word == "u" and number is not None:
            self._unicode(number % 65536)
        elif word == "uc":
            self._own().unicode_skip = max(number or 0, 0)
        elif word in ("title", "author") and state.named == "info" and not state.kept:
            own = self._own()
            own.kept, own.skip = word, False
            self.about[word] = ""
        elif word == "upr":
            self._own().either = state.skip
        elif word == "ud":
            # What stands beside it for older readers was skipped; this is read as the group around both is.
            self._own().skip = any(one.either for one in self.states[-2:-1])
        elif word == "fldinst":
            if not state.kept:
                self._own().kept, self.instruction = "field", []
        elif word == "fldrslt":
            if is_contents("".join(self.instruction)):
                self._own().skip = True
        elif word in SKIPPED:
            own = self._own()
            own.skip = True
            own.named = {"fonttbl": "font", "stylesheet": "style", "info": "info"}.get(word, "")
            self.comments += word == "annotation"
            if word in ("listtext", "pntext"):
                self.story.paragraph.listed = True
        elif state.named in ("font", "style"):
            self._define(word, number, state.named)
        elif not state.skip:
            self._format(word, number)
        elif word == "f":
            self._own().font = number or 0

    def _define(self, word: str, number: int | None, table: str) -> None:
        """Take a word of the table of fonts or of styles."""
        state = self._own()
        if word == "f":
            state.font = number or 0
        elif table == "font":
            if word == "fcharset":
                self.charsets[state.font] = CHARSETS.get(number or 0, self.code_page)
            elif word == "cpg" and number:
                self.charsets[state.font] = code_page(number, self.code_page)
        elif word in ("s", "cs", "ds", "ts"):
            self.style = (number or 0) if word == "s" else -1
        elif word == "outlinelevel" and number is not None:
            self.styles.setdefault(self.style, _Style()).level = number + 1 if 0 <= number < 9 else 0
        elif word == "sbasedon" and number is not None:
            self.styles.setdefault(self.style, _Style()).based = number

    def _format(self, word: str, number: int | None) -> None:
        """Take a control word that formats the text or ends something."""
        paragraph, on = self.story.paragraph, number != 0
        if word in ("par", "sect", "page", "column"):
            self._end_paragraph()
            self.section += word == "sect"
        elif word in ("cell", "nestcell"):
            self._end_cell(1 if word == "cell" else max(paragraph.nest, 2))
        elif word in ("row", "nestrow"):
            self._end_row(1 if word == "row" else max(paragraph.nest, 2))
        elif word == "pard":
            self.story.paragraph = _Paragraph()
        elif word == "intbl":
            paragraph.nest = max(paragraph.nest, 1)
            self._table(1).open = True
        elif word == "itap" and number is not None:
            paragraph.nest = min(max(number, 0), _MOST_NESTED)
            if paragraph.nest:
                self._table(paragraph.nest).open = True
        elif word == "trowd":
            self._table(max(paragraph.nest, 1)).define()
        elif word in ("clmgf", "clmrg", "clvmgf", "clvmrg"):
            self._table(max(paragraph.nest, 1)).merges.add(word)
        elif word == "cellx":
            table = self._table(max(paragraph.nest, 1))
            table.shapes.append(CellShape(number or 0, frozenset(table.merges)))
            table.merges = set()
        elif word == "trhdr":
            self._table(max(paragraph.nest, 1)).header = on
        elif word == "outlinelevel" and number is not None:
            paragraph.level = number + 1 if 0 <= number < 9 else 0
        elif word == "s":
            paragraph.style = number or 0
        elif word == "ls":
            paragraph.listed = bool(number)
        elif word == "qc":
            paragraph.centred = True
        elif word == "fi":
            paragraph.hanging = (number or 0) < 0
        elif word == "footnote":
            self._begin_note()
        elif word == "ftnalt":
            self.endnote = True
        elif word == "chftn":
            self.numbered = self.numbered or not self.held
        elif word in ("shptxt", "dptxbxtext"):
            self._begin_box()
        else:
            self._letters(word, number, on)

    def _letters(self, word: str, number: int | None, on: bool) -> None:
        """Take a control word for the letters, or for the whole document."""
        state = self._own()
        if word == "f":
            state.font = number or 0
        elif word == "fs":
            state.size = number or 24
        elif word == "plain":
            state.hidden, state.raised, state.font, state.size = False, False, self.default_font, 24
        elif word == "v":
            state.hidden = on
        elif word == "deleted":
            self.changed = True
            state.deleted = on
        elif word == "revised":
            self.changed = self.changed or on
        elif word in ("super", "sup", "up"):
            state.raised = on
        elif word == "nosupersub":
            state.raised = False
        elif word == "ansicpg" and number:
            self.code_page = code_page(number, self.code_page)
        elif word in ("mac", "pc", "pca"):
            self.code_page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "deff":
            self.default_font = state.font = number or 0

    def _number_notes(self, end: bool, what: str, number: int | None) -> None:
        known = self.numberings[end]
        if what in NUMBER_FORMATS:
            known = replace(known, format=NUMBER_FORMATS[what])
        elif what == "start":
            known = replace(known, start=number or 1)
        else:
            known = replace(known, restart="eachSect" if what == "restart" else "continuous")
        self.numberings[end] = known

    def _unicode(self, code: int) -> None:
        self.to_skip = self.states[-1].unicode_skip
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000:
            if self.high:
                self._put(chr(0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00))
            self.high = 0
        else:
            self._put(chr(code))

    def _begin_note(self) -> None:
        state = self._own()
        if state.hidden or state.deleted:
            state.skip = True
            return
        if self.held:
            return  # a note in a note is one with it
        if self.numbered:
            self._settle()
        state.note = True
        state.raised = False
        self.own, self.mark, self.numbered = self.mark.strip(), "", False
        self.key = f"note-{len(self.instructions) + 1}"
        self._line().mark(self.key)
        self.told = self.instructions[self.key] = []
        self.held, self.endnote = [GatheredLine()], False
        self.label = self.own

    def _end_note(self) -> None:
        line = self.held.pop()
        label = self.label or self.counters[self.endnote].next(self.numberings[self.endnote], self.section, 0)
        item = note_item(line, label, self.key)
        if item is not None:
            self.notes.append(item)
        self.own, self.told = "", []

    def _begin_box(self) -> None:
        if self.held or len(self.stories) >= _MOST_NESTED:
            return  # in a note a box is text like the rest
        self._settle()
        self._own().box = True
        self.stories.append(self.story)
        self.story = _Story()

    def _end_box(self) -> None:
        self._end_story()
        box, self.story = self.story, self.stories.pop()
        behind = self.story.below if self.story.paragraph.nest else self.story.behind
        behind += box.items

    def _end_story(self) -> None:
        """End what is open at the end of the body or of a text box."""
        self._settle()
        for depth in sorted(self.story.tables, reverse=True):
            line = self.story.lines.get(depth)
            if line is not None and len(line.trace) and self.story.tables[depth].texts:
                self._end_cell(depth)
        self.story.paragraph.nest = 0 if len(self._open_line(0).trace) else self.story.paragraph.nest
        self._close_tables(1)
        for depth in sorted(self.story.lines):
            self._add_paragraph(depth)
        self._add_behind()

    def _table(self, depth: int) -> OpenTable:
        table = self.story.tables.get(depth)
        if table is None:
            table = self.story.tables[depth] = OpenTable()
        return table

    def _end_paragraph(self) -> None:
        self._settle()
        paragraph = self.story.paragraph
        depth = paragraph.nest
        if depth == 1 and not self.held and not self._table(1).open and self._table(1).rows:
            paragraph.nest = 0  # behind its last row, where a writer forgot to say that the table ends
        if self.held or paragraph.nest:  # a paragraph of a note or of a cell goes on with the next
            self._line().add(" ", None)
            return
        self._close_tables(1)
        self._add_paragraph(depth)
        self._add_behind()
        self.number += 1
        refuse_long(self.number, self.name)

    def _add_paragraph(self, depth: int) -> None:
        line = self.story.lines.pop(depth, None)
        role, level = self._role()
        if line is None or role is Role.CONTENTS:
            return
        item = paragraph_item(line, *self._kind(role, level), self.number)
        if item is None:
            return
        listed = (
            _LISTED.match(item.text)
            if self.story.paragraph.hanging and item.kind in (None, BlockKind.LIST_ITEM)
            else None
        )
        if listed:  # a list whose signs were typed
            item.kind, item.lead = BlockKind.LIST_ITEM, 0 if listed["bullet"] else listed.end()
            if listed["bullet"] and not item.markers:
                item.clean = item.raw = item.clean.cut(listed.end(), len(item.text))
                item.parts = [item.raw]
        self.looks[self.number] = (self.story.paragraph.centred, self.story.paragraph.size)
        self.story.items.append(item)

    def _add_behind(self) -> None:
        self.story.items += self.story.behind
        self.story.behind = []

    def _role(self) -> tuple[Role | None, int]:
        """Return what the paragraph's style, or one that it is based on, makes of it, and the level of a heading."""
        number, seen = self.story.paragraph.style, set[int]()
        role: Role | None = None
        level: int | None = None
        while number in self.styles and number not in seen and len(seen) < _MOST_NESTED:
            seen.add(number)
            style = self.styles[number]
            said, implied = role_of(style.name.strip(" ;"))
            role = said if role is None or role is Role.BODY else role
            if level is None:
                level = style.level if style.level is not None else implied if said is Role.HEADING else None
            number = style.based
        return role, level or 0

    def _kind(self, role: Role | None, level: int) -> tuple[BlockKind | None, int]:
        paragraph = self.story.paragraph
        if role is Role.TITLE:
            return BlockKind.HEADING, 1
        if paragraph.level or level:
            return BlockKind.HEADING, paragraph.level or level
        if role is Role.QUOTE:
            return BlockKind.QUOTE, 0
        return (BlockKind.LIST_ITEM if paragraph.listed or role is Role.LISTED else None), 0

    def _end_cell(self, depth: int) -> None:
        self._settle()
        if self.held:
            return
        self._close_tables(depth + 1)
        lines = self.story.lines
        line = lines.pop(depth, None) or lines.pop(0, None) or GatheredLine()
        self._table(depth).texts.append(line.done())
        self.number += 1
        refuse_long(self.number, self.name, "paragraphs and cells")

    def _end_row(self, depth: int) -> None:
        if not self.held:
            self._table(depth).end_row()

    def _close_tables(self, least: int) -> None:
        """End the tables of this depth and deeper; a table in a cell follows the table around it."""
        for depth in sorted((depth for depth in self.story.tables if depth >= least), reverse=True):
            table = self.story.tables.pop(depth)
            table.end_row()
            cells = table.cells(self.name) if table.rows else []
            if not any(cell.text.text for cell in cells):
                continue
            last = max(cell.column + cell.column_span for cell in cells if cell.text.text)
            item = table_item([cell for cell in cells if cell.column < last], self.number)
            if depth > 1:
                self.story.below.append(item)
            else:
                self.story.items.append(item)
        if least == 1:
            self.story.items += self.story.below
            self.story.below = []


def read_rich_text(content: bytes, name: str) -> Reading:
    """Read an RTF file.

    Raises:
        UnreadableSource: it is nested too deep, or holds more than a document may.
    """
    reader = _Reader(name)
    reader.read(content)
    body = reader.story.items
    _mark_title(body, reader.looks)
    items = [*body, *reader.notes]
    link_typed_notes(items)
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)))
    known = described(reader.about.get("title", ""), reader.about.get("author", ""))
    reading.bibliography = merged(reading.bibliography, known)
    reading.media_type = MEDIA_TYPE
    for draft in reading.drafts:
        data = cited(reader.instructions.get(draft.key, ())) if draft.key else None
        if data is not None:
            draft.citation = completed(data, draft.citation or Citation())
    if reader.changed:
        reading.warnings.append(ACCEPTED)
    reading.warnings += left_out(((reader.comments, "comment", "comments"),))
    return reading


def _mark_title(items: list[Item], looks: dict[int, tuple[bool, int]]) -> None:
    """Make a title of the first paragraph where it is centred and its letters are larger than those of the text."""
    if not items or items[0].kind is not None:
        return
    sizes: Counts[int] = Counts()
    for item in items:
        if not item.cells and item.group in looks:
            sizes[looks[item.group][1]] += len(item.text)
    centred, size = looks.get(items[0].group, (False, 0))
    if centred and sizes and size > max(sizes, key=lambda one: sizes[one]):
        items[0].kind, items[0].level = BlockKind.HEADING, 1
