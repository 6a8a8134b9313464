"""RTF (Rich Text Format 1.9.1): paragraphs, headings by outline level or style, tables, notes where they stand, fields' results.

What a reader of RTF is told to ignore is ignored; pictures, headers and text boxes are left out, nothing is opened or run. Of
tracked changes the final text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

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

MEDIA_TYPE = "application/rtf"
_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z'\r\n])|(?P<end>\r\n|\n|\r))"
    rb"|(?P<open>\{)|(?P<close>\})|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_RAISE = str.maketrans("0123456789", RAISED)
# Destinations that hold no text of the document; the rest of those marked by \* are skipped as well.
_SKIPPED = frozenset(
    """fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc
    aftnsep aftnsepc listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping latentstyles datastore
    xmlnstbl sp sn sv fldinst listtext pntext pntxta pntxtb bkmkstart bkmkend annotation atnid atnauthor atrfstart atrfend shppict nonshppict
    filetbl tc xe mmath private1 objdata template operator""".split()
)
_SIGNS = {"~": "\u00a0", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\"}
_WORDS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": " ", "line": " ", "emspace": " ", "enspace": " ", "qmspace": " ", "softline": " ", "lbr": " ",
}  # fmt: skip
# Windows code pages of the character sets that fonts name (RTF 1.9.1, "Font Table").
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_MOST_GROUPS = 500
_LONGEST_FIELD = 1000
_CONTROLS = dict.fromkeys([*range(32), 0x7F])
_MAX_SPAN = 200
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(slots=True)
class _State:
    """What holds for the text of a group; a group within it begins with a copy."""

    skip: bool = False
    note: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    unicode_skip: int = 1
    font: int = -1
    kept: str = ""  # the field of the document's properties that the text belongs to
    named: str = ""  # "font" or "style" inside the tables of these


@dataclass(slots=True)
class _Paragraph:
    """The formatting of a paragraph."""

    level: int = 0
    style: int = 0
    listed: bool = False
    in_table: bool = False


@dataclass(slots=True)
class _Reader:
    """An RTF file while it is read."""

    name: str
    items: list[Item] = field(default_factory=list)
    notes: list[Item] = field(default_factory=list)
    line: GatheredLine = field(default_factory=GatheredLine)
    held: list[GatheredLine] = field(default_factory=list)  # the paragraph that a note interrupts
    paragraph: _Paragraph = field(default_factory=_Paragraph)
    number: int = 1
    cells: list[Traced] = field(default_factory=list)  # of the open row
    across: list[str] = field(default_factory=list)  # how each cell of the open row is merged
    rows: list[tuple[list[Traced], list[str]]] = field(default_factory=list)
    states: list[_State] = field(default_factory=lambda: [_State()])
    code_page: str = "cp1252"
    charsets: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    merge: str = ""
    in_row: bool = False  # whether a row was begun since the last one ended
    style: int = 0
    to_skip: int = 0
    high: int = 0
    endnote: bool = False
    count: list[int] = field(default_factory=lambda: [0, 0])
    changed: bool = False
    pending: bytearray = field(default_factory=bytearray)

    def read(self, content: bytes) -> None:
        """Read the file from its first token to its last."""
        at = 0
        while (match := _TOKEN.match(content, at)) is not None or at < len(content):
            if match is None:
                at += 1
                continue
            at = match.end()
            kind = match.lastgroup
            if kind != "hex" and self.pending:
                self._flush()
            if kind == "open":
                if len(self.states) > _MOST_GROUPS:
                    raise UnreadableSource(self.name, "it is nested too deep", remedy="Save it again in its program.")
                self.states.append(replace(self.states[-1]))
                self.to_skip = 0
            elif kind == "close":
                self._close()
            elif kind == "text":
                self._bytes(match["text"])
            elif kind == "hex":
                self._hex(int(match["hex"], 16))
            elif kind == "sign":
                sign = match["sign"].decode("latin-1")
                if sign == "*":
                    self.states[-1].skip = self.states[-1].skip or not _is_known(content, at)
                else:
                    self._put(_SIGNS.get(sign, ""))
            elif kind == "end":
                self._word("par", None)
            elif match["word"] is not None:
                number = None if match["number"] is None else int(match["number"])
                word = match["word"].decode("ascii")
                if word == "bin" and number is not None:
                    at += max(number, 0)
                else:
                    self._word(word, number)
        while self.held:  # the file ends within a note
            self._end_note()
        if self.paragraph.in_table and self.cells and len(self.line.trace):
            self._end_cell()
        self.paragraph.in_table = False
        self._end_paragraph()
        self._end_table()

    def _close(self) -> None:
        if len(self.states) == 1:
            return
        state = self.states.pop()
        if state.note and not self.states[-1].note and self.held:
            self._end_note()
        self.to_skip = 0
        if self.states[-1].named != "style":
            self.style = 0

    def _hex(self, byte: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.pending.append(byte)

    def _flush(self) -> None:
        page = self.charsets.get(self.states[-1].font, self.code_page)
        text = bytes(self.pending).decode(page, "replace")
        self.pending.clear()
        self._put(text)

    def _bytes(self, content: bytes) -> None:
        if self.to_skip:
            cut = min(self.to_skip, len(content))
            content, self.to_skip = content[cut:], self.to_skip - cut
        self._put(content.decode(self.charsets.get(self.states[-1].font, self.code_page), "replace"))

    def _put(self, text: str) -> None:
        state, text = self.states[-1], text.translate(_CONTROLS)
        if not text:
            return
        if state.kept:
            self.about[state.kept] = (self.about.get(state.kept, "") + text)[:_LONGEST_FIELD]
        elif state.named == "style":
            self.styles[self.style] = (self.styles.get(self.style, "") + text)[:_LONGEST_FIELD]
        elif not (state.skip or state.hidden):
            raised = state.raised and text.strip().isdecimal()
            self.line.add(text.translate(_RAISE) if raised else text, Place(0, self.number, 1))

    def _word(self, word: str, number: int | None) -> None:
        state = self.states[-1]
        on = number != 0
        if self.to_skip and word != "u":  # a word for a character may be what stands in
            self.to_skip = 0
            if word in _WORDS:
                return
        if word in ("title", "author") and len(self.states) > 2 and self.states[-2].named == "info":
            state.kept = word
        elif word in _SKIPPED:
            state.skip = True
            state.named = {"fonttbl": "font", "stylesheet": "style", "info": "info"}.get(word, "")
            self.paragraph.listed = self.paragraph.listed or word in ("listtext", "pntext")
        elif word == "ansicpg" and number:
            self.code_page = _known_page(f"cp{number}", self.code_page)
        elif word == "mac":
            self.code_page = "mac_roman"
        elif word == "f":
            state.font = number or 0
        elif word == "fcharset" and state.named == "font":
            self.charsets[state.font] = _CHARSETS.get(number or 0, self.code_page)
        elif word == "uc":
            state.unicode_skip = max(number or 0, 0)
        elif word == "u" and number is not None:
            self._unicode(number % 65536)
        elif word in _WORDS:
            self._put(_WORDS[word])
        elif state.named == "style" and word in ("s", "cs", "ds", "ts"):
            self.style = (number or 0) if word == "s" else -1
        elif not state.skip:
            self._format(word, number, state, on)

    def _format(self, word: str, number: int | None, state: _State, on: bool) -> None:
        """Take a control word that formats the text or ends something."""
        if word in ("par", "sect", "page", "column"):
            self._end_paragraph()
        elif word == "pard":
            self.paragraph = _Paragraph()
        elif word == "plain":
            state.hidden, state.raised = state.deleted, False
        elif word == "v":
            state.hidden = on or state.deleted
        elif word in ("deleted", "revised"):
            self.changed = True
            state.deleted = state.deleted or (word == "deleted" and on)
            state.hidden = state.hidden or state.deleted
        elif word in ("super", "sup", "up"):
            state.raised = on
        elif word == "nosupersub":
            state.raised = False
        elif word == "outlinelevel" and number is not None:
            self.paragraph.level = number + 1 if 0 <= number < 9 else 0
        elif word == "s":
            self.paragraph.style = number or 0
        elif word == "ls":
            self.paragraph.listed = bool(number)
        elif word == "intbl":
            self.paragraph.in_table = self.in_row = True
        elif word == "footnote":
            self._begin_note(state)
        elif word == "ftnalt":
            self.endnote = True
        elif word == "trowd":
            self.in_row = True
            self.across, self.merge = [], ""
        elif word in ("clmgf", "clmrg", "clvmgf", "clvmrg"):
            self.merge = word
        elif word == "cellx":
            self.across.append(self.merge)
            self.merge = ""
        elif word in ("cell", "nestcell"):
            self._end_cell()
        elif word in ("row", "nestrow"):
            self._end_row()

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

    def _begin_note(self, state: _State) -> None:
        if self.held:
            return  # a note in a note is one with it
        state.note = True
        key = f"note-{len(self.notes) + len(self.held)}-{sum(self.count)}"
        self.line.mark(key)
        self.held.append(self.line)
        self.line = GatheredLine()
        self.endnote = False

    def _end_note(self) -> None:
        self.line.trace.drop_space()
        text = self.line.trace.traced().strip()
        self.line = self.held.pop()
        key = self.line.markers[-1][1]
        place = self.count[self.endnote]
        self.count[self.endnote] += 1
        roman = self.endnote and place < len(_ROMAN)
        if text.text:
            label = _ROMAN[place] if roman else str(place + 1)
            self.notes.append(Item(BlockKind.NOTE, [text], text, label=label, key=key, clean=text))

    def _end_paragraph(self) -> None:
        if self.paragraph.in_table and not self.held and not self.in_row and self.rows:
            self.paragraph.in_table = False  # behind its last row, where a writer forgot to say that the table ends
        if self.held or self.paragraph.in_table:  # a paragraph of a note or of a cell goes on with the next
            self.line.add(" ", None)
            return
        self._end_table()
        item = self._item()
        if item is not None:
            self.items.append(item)
        self.number += 1
        refuse_long(self.number, self.name)

    def _item(self) -> Item | None:
        line, self.line = self.line, GatheredLine()
        line.trace.drop_space()
        text = line.trace.traced()
        if not text.text:
            return None
        markers = tuple((min(offset, len(text.text)), key) for offset, key in line.markers)
        kind, level = self._kind()
        return Item(kind, [text], text, self.number, level, clean=text, markers=markers)

    def _kind(self) -> tuple[BlockKind | None, int]:
        style = self.styles.get(self.paragraph.style, "").strip(" ;").lower()
        heading = re.fullmatch(r"heading (\d)", style)
        if style == "title":
            return BlockKind.HEADING, 1
        if heading or self.paragraph.level:
            return BlockKind.HEADING, int(heading[1]) if heading else self.paragraph.level
        if "quot" in style:
            return BlockKind.QUOTE, 0
        return (BlockKind.LIST_ITEM if self.paragraph.listed else None), 0

    def _end_cell(self) -> None:
        line, self.line = self.line, GatheredLine()
        line.trace.drop_space()
        self.cells.append(line.trace.traced())
        self.number += 1

    def _end_row(self) -> None:
        if self.cells:
            self.rows.append((self.cells, self.across))
            refuse_long(self.number, self.name, "paragraphs and cells")
        self.cells, self.in_row = [], False

    def _end_table(self) -> None:
        if self.cells:
            self._end_row()
        rows, self.rows = self.rows, []
        cells: list[GridCell] = []
        above: dict[int, GridCell] = {}
        for r, (texts, merges) in enumerate(rows):
            for c, text in enumerate(texts[:_MAX_SPAN]):
                merged_as = merges[c] if c < len(merges) else ""
                if merged_as == "clmrg" and cells and cells[-1].row == r:
                    cells[-1].column_span += 1
                elif merged_as == "clvmrg" and c in above:
                    above[c].row_span = r - above[c].row + 1
                else:
                    cell = GridCell(r, c, text)
                    cells.append(cell)
                    above[c] = cell
        if not any(cell.text.text for cell in cells):
            return
        refuse_many(len(rows) * max(cell.column + cell.column_span for cell in cells), self.name)
        faults = mark_headers(cells)
        self.items.append(Item(BlockKind.TABLE, [], Traced(""), self.number, cells=cells, faults=faults))


def _is_known(content: bytes, at: int) -> bool:
    r"""Whether the destination that \* marks is one that is read all the same."""
    return content[at : at + 9] == b"\\footnote" or content[at : at + 8] == b"\\shpinst"


def _known_page(page: str, otherwise: str) -> str:
    try:
        "".encode(page)
    except LookupError:
        return otherwise
    return page


def read_rich_text(content: bytes, name: str) -> Reading:
    """Read an RTF file.

    Raises:
        UnreadableSource: it is nested too deep, or holds more than a document may.
    """
    reader = _Reader(name)
    reader.read(content)
    items = [*_whole(reader.items), *reader.notes]
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)))
    author = " ".join(reader.about.get("author", "").split())
    named = len(author.split()) >= 2 and not re.search(r"user|admin|office|\d", author, re.IGNORECASE)
    known = Citation(
        title=" ".join(reader.about.get("title", "").split()), authors=parse_names(author) if named else ()
    )
    reading.bibliography = merged(reading.bibliography, known)
    reading.media_type = MEDIA_TYPE
    if reader.changed:
        reading.warnings.append("The document has tracked changes; it was read with all of them accepted.")
    return reading


def _whole(items: list[Item]) -> Iterator[Item]:
    """Yield the items, each table without columns that are empty in all its rows."""
    for item in items:
        if item.cells:
            last = max(cell.column + cell.column_span for cell in item.cells if cell.text.text)
            item.cells = [cell for cell in item.cells if cell.column < last]
        yield item
