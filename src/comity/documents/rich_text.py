r"""RTF (Rich Text Format 1.9.1): paragraphs, headings by outline level or style, tables, notes where they stand, fields' results.

What a reader of RTF is told to ignore is ignored; pictures, headers and annotations are left out, nothing is opened or run. Of
tracked changes the final text is read. A text box follows its paragraph.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections import Counter as Counts
from dataclasses import dataclass, field, replace

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.csl_items import complete_notes
from comity.documents.drafts import Reading
from comity.documents.gathered import (
    ACCEPTED,
    described,
    left_out,
    refuse_empty,
)
from comity.documents.items import Item
from comity.documents.note_numbers import UNPAGED
from comity.documents.rich_text_layout import MOST_NESTED, Layout, Paragraph, Style
from comity.documents.rich_text_tables import CellShape
from comity.documents.rich_text_tokens import (
    CHARSETS,
    DOUBLE_BYTE,
    NOTE_WORD,
    NUMBER_FORMATS,
    RESTARTS,
    SIGNS,
    SKIPPED,
    TOKEN,
    WORDS,
    code_page,
    is_known,
)
from comity.documents.typed_notes import link_typed_notes
from comity.documents.word_fields import is_contents
from comity.terms import BlockKind, UnreadableSource

MEDIA_TYPE = "application/rtf"
_MOST_GROUPS = 500
_LONGEST_FIELD = 1000
_LONGEST_INSTRUCTION = 200_000
_LETTERS = frozenset("f fs plain v deleted revised super sup up nosupersub ansicpg mac pc pca deff".split())
# The words that this reader takes; the many others only change how the text looks.
_TAKEN = (
    _LETTERS | SKIPPED | WORDS.keys() | frozenset(
        """u uc title author upr ud fldinst fldrslt fcharset cpg s cs ds ts outlinelevel sbasedon par sect page softpage column cell nestcell row
        nestrow pard intbl itap trowd clmgf clmrg clvmgf clvmrg cellx trhdr ls qc fi footnote ftnalt chftn shptxt dptxbxtext""".split()
    )
)  # fmt: skip
_CONTROLS = dict.fromkeys([*range(32), 0x7F])
_ESCAPED = (b"\\", b"{", b"}")
# A backslash as a letter's second byte, and a word that often follows text.
_BEHIND = re.compile(rb"\\\\(?:par|plain|cell|row|line|tab)")


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
class _Reader:
    """An RTF file while it is read."""

    layout: Layout
    states: list[_State] = field(default_factory=lambda: [_State()])
    code_page: str = "cp1252"
    charsets: dict[int, str] = field(default_factory=dict)
    default_font: int = -1
    about: dict[str, str] = field(default_factory=dict)
    style: int = 0
    to_skip: int = 0
    high: int = 0
    instruction: list[str] = field(default_factory=list)
    comments: int = 0
    pictures: int = 0
    changed: bool = False
    pending: bytearray = field(default_factory=bytearray)

    def read(self, content: bytes) -> None:
        """Read the file from its first token to its last."""
        at = 0
        match_at = TOKEN.match
        # Behind it nothing is text of the document; before it a brace too many, or another file's begin, ends nothing.
        last = max(content.rfind(rb"\par"), content.rfind(b"{\\"))
        while (match := match_at(content, at)) is not None or at < len(content):
            if match is None:
                at += 1
                continue
            at = match.end()
            kind = match.lastgroup
            if kind == "text" or kind is None:
                self._bytes(match["text"] or b"")
                if content[at - 1] >= 0x81 and self._wants_raw(content[at : at + 8]):
                    self._bytes(content[at : at + 1])
                    self._flush()
                    at += 1
                continue
            if kind == "hex":
                self._bytes(bytes((int(match["hex"], 16),)))
                continue
            if kind == "sign" and match["sign"] in _ESCAPED and self._wants(match["sign"]):
                self._bytes(match["sign"])
                self._flush()
                continue
            if self.pending:
                self._flush()
            if kind == "open":
                self._open()
            elif kind == "close":
                self._close()
                if len(self.states) == 1 and at > last:
                    break
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
        if self.layout.held:  # the file ends within a note
            self.layout.end_note()
        while self.layout.stories:
            self.layout.end_box()
        self.layout.end_story()

    def _open(self) -> None:
        if len(self.states) > _MOST_GROUPS:
            raise UnreadableSource(self.layout.name, "it is nested too deep", remedy="Save it again in its program.")
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
        if state.note and not outer.note and self.layout.held:
            self.layout.end_note()
        if state.box and not outer.box and self.layout.stories:
            self.layout.end_box()
        if state.kept == "field" and outer.kept != "field":
            self.layout.told.append("".join(self.instruction))
        self.to_skip = 0
        if outer.named != "style":
            self.style = 0

    def _sign(self, sign: str, content: bytes, at: int) -> None:
        if sign == "*":  # at a group's begin; anywhere else it says nothing
            if content[max(at - 8, 0) : at - 2].rstrip(b"\r\n").endswith(b"{") and not is_known(content, at):
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

    def _wants(self, byte: bytes) -> str:
        r"""Return the letters so far where the last of them, of two bytes, wants this byte as its second; else nothing.

        The second byte may be that of a backslash or a brace, which looks like mark-up, whether it is escaped or not.
        """
        page = self.charsets.get(self.states[-1].font, self.code_page)
        if self.to_skip or not self.pending or page not in DOUBLE_BYTE:
            return ""
        decoder = getincrementaldecoder(page)("replace")
        letters = decoder.decode(bytes(self.pending))
        letter = decoder.decode(byte) if decoder.getstate()[0] else "\ufffd"
        return "" if "\ufffd" in letter else letters + letter

    def _wants_raw(self, following: bytes) -> bool:
        """Whether a backslash or a brace that is not escaped belongs to a letter; a lone one before a brace is of another code page."""
        if following[:1] == b"\\":
            escaped = following[1:2] in (b"'", *_ESCAPED) and not _BEHIND.match(following)
            return not escaped and bool(self._wants(b"\\"))
        return following[:1] in _ESCAPED and not self._wants(following[:1])[-2:-1].isascii()

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
            style = self.layout.styles.setdefault(self.style, Style())
            style.name = (style.name + text)[:_LONGEST_FIELD]
        elif not (state.skip or state.hidden or state.deleted):
            self.layout.put(text, state.size, raised=state.raised)

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
            self.pictures += word == "pict"
            if word in ("listtext", "pntext"):
                self.layout.story.paragraph.listed = True
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
            self.layout.styles.setdefault(self.style, Style()).level = number + 1 if 0 <= number < 9 else 0
        elif word == "sbasedon" and number is not None:
            self.layout.styles.setdefault(self.style, Style()).based = number

    def _format(self, word: str, number: int | None) -> None:
        """Take a control word that formats the text or ends something."""
        paragraph, on = self.layout.story.paragraph, number != 0
        if word in ("par", "sect", "page", "column"):
            self.layout.end_paragraph()
            self.layout.section += word == "sect"
            self.layout.page += word == "page"
        elif word in ("cell", "nestcell"):
            self.layout.end_cell(1 if word == "cell" else max(paragraph.nest, 2))
        elif word in ("row", "nestrow"):
            self.layout.end_row(1 if word == "row" else max(paragraph.nest, 2))
        elif word == "pard":
            self.layout.story.paragraph = Paragraph()
        elif word == "intbl":
            paragraph.nest = max(paragraph.nest, 1)
            self.layout.table(1).open = True
        elif word == "itap" and number is not None:
            paragraph.nest = min(max(number, 0), MOST_NESTED)
            if paragraph.nest:
                self.layout.table(paragraph.nest).open = True
        elif word == "trowd":
            self.layout.table(max(paragraph.nest, 1)).define()
        elif word in ("clmgf", "clmrg", "clvmgf", "clvmrg"):
            self.layout.table(max(paragraph.nest, 1)).merges.add(word)
        elif word == "cellx":
            table = self.layout.table(max(paragraph.nest, 1))
            table.shapes.append(CellShape(number or 0, frozenset(table.merges)))
            table.merges = set()
        elif word == "trhdr":
            self.layout.table(max(paragraph.nest, 1)).header = on
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
            self.layout.endnote = True
        elif word == "softpage":
            self.layout.page += 1
        elif word == "chftn":
            self.layout.numbered = self.layout.numbered or not self.layout.held
        elif word in ("shptxt", "dptxbxtext"):
            if not self.layout.held and len(self.layout.stories) < MOST_NESTED:  # in a note a box is text like the rest
                self._own().box = True
                self.layout.begin_box()
        else:
            self._letters(word, number, on)

    def _begin_note(self) -> None:
        state = self._own()
        if state.hidden or state.deleted:
            state.skip = True
        elif not self.layout.held:  # a note in a note is one with it
            state.note, state.raised = True, False
            self.layout.begin_note()

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
        known = self.layout.numberings[end]
        if what in NUMBER_FORMATS:
            known = replace(known, format=NUMBER_FORMATS[what])
        elif what == "start":
            known = replace(known, start=number or 1)
        else:
            known = replace(known, restart=RESTARTS[what])
        self.layout.numberings[end] = known

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


def read_rich_text(content: bytes, name: str) -> Reading:
    """Read an RTF file.

    Raises:
        UnreadableSource: it is nested too deep, has no text, or holds more than a document may.
    """
    layout = Layout(name)
    reader = _Reader(layout)
    reader.read(content)
    body = layout.story.items
    _mark_title(body, layout.looks)
    items = [*body, *layout.notes]
    comments = (reader.comments, "comment", "comments")
    refuse_empty(items, name, (comments, (reader.pictures, "picture", "pictures")))
    link_typed_notes(items)
    reading = compose(items, acronyms=acronyms_in("\n".join(item.text for item in items)))
    known = described(reader.about.get("title", ""), reader.about.get("author", ""))
    reading.bibliography = merged(reading.bibliography, known)
    reading.media_type = MEDIA_TYPE
    complete_notes(reading.drafts, layout.instructions)
    if reader.changed:
        reading.warnings.append(ACCEPTED)
    if layout.unpaged:
        reading.warnings.append(UNPAGED)
    reading.warnings += left_out((comments,))
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
