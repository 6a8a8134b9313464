"""What the readers of word processors' files share: a paragraph while it is gathered, notes, tables, and what a file says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.documents.drafts import GridCell
from comity.documents.grids import has_stub, header_rows, uneven
from comity.documents.inline import RAISED, SYMBOLS
from comity.documents.items import Item
from comity.documents.list_labels import put_label, stands_alone
from comity.documents.names import parse_creators
from comity.documents.trace import Place, Traced, Tracer
from comity.terms import BlockKind, Citation, UnreadableSource

# Begins the key of a marker that still stands in the text: a symbol set above the line.
RAISED_SYMBOL = "raised "
ACCEPTED = "The document has tracked changes; it was read with all of them accepted."
_ODD_SPACE = re.compile(r"[^\S ]\s*| \s+")
_RAISE = str.maketrans("0123456789", RAISED)
# Signs without width are no letters; ligatures, which come from copied pages, are their letters; a hyphen that
# does not break is a hyphen.
_PLAIN = dict.fromkeys((173, *range(8203, 8208), 8288, 65279)) | {
    0x2011: "-", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_ODD_SIGN = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_GENERATED = re.compile(
    r"microsoft word\b|word document\b|document\d*$|untitled\b|.{1,80}\.(?:docx?|odt|rtf)$", re.IGNORECASE
)
PICTURED = (
    "If its pictures show pages of text, save it as PDF and use comity add --ocr; else remove it from the sources."
)


@dataclass(slots=True)
class GatheredLine:
    """The text of a paragraph while it is gathered.

    Attributes:
        markers: where a note was called, and the note's key.
        page: the page on which the text now stands, as far as it was told.
    """

    trace: Tracer = field(default_factory=Tracer)
    markers: list[tuple[int, str]] = field(default_factory=list)
    marked: bool = False
    page: int | None = None

    def add(self, text: str, place: Place | None) -> None:
        """Append text, white space single; a space stays between two words that only a marker parted."""
        if not text.isascii() and _ODD_SIGN.search(text):
            text = text.translate(_PLAIN)
        if "  " in text or not text.isprintable():  # of white space only the space itself is printable
            text = _ODD_SPACE.sub(" ", text)
        trace = self.trace
        last = trace.last
        if text[:1] == " " and last in ("", " "):
            text = text[1:]
        if not text:
            return
        if self.marked and last not in ("", " ") and (text[0].isalnum() or text[0] in '"“‘('):
            trace.put(" ")
        self.marked = False
        if place is not None and (not last or place.page != self.page):
            self.page = place.page
            trace.begin(place.line, len(trace) + 1, place.page)
        trace.put(text)

    def add_raised(self, text: str, place: Place | None) -> None:
        """Append text set above the line: a number as raised digits, anything else ("th") as it is; a symbol may call a note."""
        mark = text.strip()
        if mark.isdecimal():
            text = text.translate(_RAISE)
        elif mark and not mark.strip(SYMBOLS):
            self.markers.append((len(self.trace), f"{RAISED_SYMBOL}{mark}"))
        self.add(text, place)

    def mark(self, key: str) -> None:
        """Note that a reference to a note stands here."""
        self.markers.append((len(self.trace) - (self.trace.last == " "), key))
        self.marked = True

    def done(self, *, symbols: bool = False) -> tuple[Traced, tuple[tuple[int, str], ...]]:
        """Return the text without white space at its end, and where its markers stood; with raised symbols if they may be ones."""
        self.trace.drop_space()
        text = self.trace.traced()
        if not self.markers:
            return text, ()
        return text, tuple(
            (min(offset, len(text.text)), key)
            for offset, key in self.markers
            if symbols or not key.startswith(RAISED_SYMBOL)
        )


def paragraph_item(line: GatheredLine, kind: BlockKind | None, level: int, number: int, label: str = "") -> Item | None:
    """Return a paragraph as an item, behind the label that its program made up for it; None where it has no text."""
    text, markers = line.done(symbols=True)
    if not text.text and not stands_alone(label):
        return None
    kind = None if not text.text and kind is BlockKind.LIST_ITEM else kind
    item = Item(kind, [text], text, number, level, clean=text, markers=markers)
    if label:
        put_label(item, label, Place(0, number, 1, line.page))
    return item


def note_item(line: GatheredLine, label: str, key: str) -> Item | None:
    """Return a note as an item; None where it has no text."""
    text = line.done()[0].strip()
    return Item(BlockKind.NOTE, [text], text, label=label, key=key, clean=text) if text.text else None


def table_item(cells: list[GridCell], number: int) -> Item:
    """Return a table as an item, its header cells told."""
    return Item(BlockKind.TABLE, [], Traced(""), number, cells=cells, faults=mark_headers(cells))


def mark_headers(cells: list[GridCell]) -> list[str]:
    """Tell header cells by their content where no row is marked; return what is wrong with the table's shape."""
    height = max(cell.row for cell in cells) + 1
    width = max(cell.column + cell.column_span for cell in cells)
    rows = [["" for _ in range(width)] for _ in range(height)]
    widths = [0] * height
    for cell in cells:
        rows[cell.row][cell.column] = cell.text.text
        for row in range(cell.row, min(cell.row + cell.row_span, height)):
            widths[row] = max(widths[row], cell.column + cell.column_span)
    marked = max((cell.row + 1 for cell in cells if cell.header), default=0)
    heads = marked or header_rows(rows)
    stub = has_stub(rows, heads)
    for cell in cells:
        cell.header = cell.row < heads or (stub and cell.column == 0 and bool(cell.text.text))
    return uneven(widths)


def described(title: str, creator: str) -> Citation:
    """Return what a file's properties say of it; a title that a program made up and the name of an account say nothing.

    When it was made, which templates and copies carry on, is not when it was published, and is not taken.
    """
    title, creator = " ".join(title.split()), " ".join(creator.split())
    return Citation(title="" if _GENERATED.match(title) else title, authors=parse_creators(creator))


def refuse_empty(
    items: Sequence[Item], name: str, held: Sequence[tuple[int, str, str]], remedy: str = PICTURED
) -> None:
    """Refuse a document without text, of which nothing would be found, and nobody told why; `held` is what it has, as for `left_out`."""
    if any(item.text or item.cells for item in items):
        return
    kinds = [many for count, _, many in held if count]
    only = f", only {kinds[0] if len(kinds) == 1 else ', '.join(kinds[:-1]) + ' and ' + kinds[-1]}" if kinds else ""
    raise UnreadableSource(name, f"the document has no text outside its headers and footers{only}", remedy=remedy)


def left_out(counts: Sequence[tuple[int, str, str]]) -> list[str]:
    """Say what of a document was left out; each count with what it counts, one and many."""
    told = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return (
        [f"The document has {told[0] if len(told) == 1 else ', '.join(told[:-1]) + ' and ' + told[-1]}, left out here."]
        if told
        else []
    )
