"""Runs of lines told apart: headings, lists, quotes, notes, tables, and paragraphs that may yet be anything."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from comity.documents.clauses import has_finite_verb
from comity.documents.dashed import dashed_table
from comity.documents.drafts import GridCell
from comity.documents.footnotes import NoteMarks
from comity.documents.front import is_front_line
from comity.documents.front_words import is_form_field, is_of_blank_page
from comity.documents.grids import grid_cells, ragged_rows, table_at
from comity.documents.headings import BOLD_LINE, NUMBERED_HEADING, STOP, ends, is_titled
from comity.documents.inline import named_markers, tidy
from comity.documents.lines import Line, is_rule
from comity.documents.trace import Traced
from comity.documents.units import is_numbered_caption, is_remark, is_source
from comity.language import awaits_name
from comity.terms import BlockKind

_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?=\S)")
_HEADING_END = re.compile(r"(?<!\s)\s++#++\s*+$")
_BULLET = re.compile(r"\s*(?:[-*+•●▪■◦‣➢►❖✓–—]|o(?=\s{2}))\s+(?=\S)")
_ENUMERATED = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.|[ivx]{1,4}\.)\s+(?=\S)")
_NUMBERED = re.compile(r"(\d{1,2})\.\s+\S")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_CUT = re.compile(r"\w[-\xad]$")
LEAST_PROSE = 40
_MOST_ABOVE = 4  # lines between a caption and its table
# Hard wraps are narrower than this: a longer line that ends with a stop is a paragraph of its own.
_LINE_IS_PARAGRAPH = 130
# The entries of a chronology: "20 October: ...", "May 3, 2015 - ...".
_DATED_ENTRY = re.compile(
    r"(?:\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:\s?[-–]\s?\d{1,2})?)(?:,?\s\d{4})?\s?[:–—]\s|\d{4}\s?[:–—]\s"
)


@dataclass(slots=True)
class Item:
    """A run of lines of one kind; `kind` is None while a paragraph may yet be a heading, a caption or part of the front.

    Attributes:
        parts: the lines, untrimmed.
        raw: the text with its mark-up; `clean` is what is left of it for reading, `markers` what was taken out.
        group: the number of the chunk between blank lines.
        label, key: for a note: its marker as printed, and what markers call it by.
        lead: how many characters stand before the first sentence.
        cells, faults: for a table: its cells, and what is wrong with its shape.
        cut: whether a page ends before the first line.
        unnoted: the Markdown markers of the whole text that lead to no note.
    """

    kind: BlockKind | None
    parts: list[Traced]
    raw: Traced
    group: int = 0
    level: int = 0
    label: str = ""
    key: str = ""
    lead: int = 0
    cells: list[GridCell] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    starts_chunk: bool = True
    cut: bool = False
    clean: Traced = field(default_factory=lambda: Traced(""))
    markers: tuple[tuple[int, str], ...] = ()
    unnoted: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The text as it reads."""
        return self.clean.text


def chunks_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines between blank lines; in a text without blank lines a long line is a paragraph of its own."""
    chunks: list[list[Line]] = [[]]
    widest = 0  # of the open chunk
    table = 0  # the index after a table whose rows blank lines part
    for index, line in enumerate(lines):
        chunk = chunks[-1]
        dashed = dashed_table(lines, index) if index >= table else None
        table = dashed.end if dashed is not None else table
        if index < table:
            chunk.append(line)
            continue
        # A rule under one line may underline it as a heading; any other only sets two blocks apart.
        rules = is_rule(line.text) and not (len(chunk) == 1 and set(line.text.strip()) <= {"=", "-"})
        if line.blank or rules:
            chunks.append([])
            widest = 0
            continue
        widest = max(widest, len(line.text))
        long_lines = chunk and "\t" not in line.text and "|" not in line.text and widest > _LINE_IS_PARAGRAPH
        if long_lines and ends(chunk[-1].text):
            chunks.append([line])
        else:
            chunk.append(line)
    return [chunk for chunk in chunks if chunk]


def items_of(chunk: Sequence[Line], group: int, marks: NoteMarks, *, tables: bool = True) -> Iterator[Item]:
    """Tell the lines of a chunk apart; without `tables` where these were told by other means."""
    open_lines: list[Line] = []
    open_kind: BlockKind | None = None
    label, skip = "", 0
    first = True

    def flush() -> Iterator[Item]:
        nonlocal open_lines, open_kind, label, skip, first
        if open_lines:
            yield from _run(open_lines, open_kind, group, label, skip, first)
            first = False
        open_lines, open_kind, label, skip = [], None, "", 0

    at = 0
    while at < len(chunk):
        line = chunk[at]
        after_note = open_kind is BlockKind.NOTE
        note = marks.note_at(line, starts_chunk=at == 0, after_note=after_note)
        if note:
            yield from flush()
            open_lines, open_kind, (label, skip) = [line], BlockKind.NOTE, note
            at += 1
            continue
        table = table_at(chunk, at) if tables and not after_note else None
        if table:
            yield from flush()
            end, grid = table
            yield Item(
                BlockKind.TABLE,
                [],
                chunk[at].trimmed,
                group,
                cells=grid_cells(grid),
                faults=ragged_rows(grid),
                starts_chunk=first,
                cut=chunk[at].cut,
            )
            first, at = False, end
            continue
        heading = _HEADING.match(line.raw.text)
        if heading:
            yield from flush()
            raw = line.trimmed.cut(len(heading.group().lstrip()), len(line.trimmed.text))
            tail = _HEADING_END.search(raw.text)
            raw = raw.cut(0, tail.start()) if tail else raw
            yield _item(BlockKind.HEADING, [line], raw, group, first, level=len(heading["marks"]))
            first = False
        elif is_rule(line.text):
            under = open_kind is None and len(open_lines) == 1 and set(line.text.strip()) <= {"=", "-"}
            if under and len(line.text.strip()) >= 3 and len(open_lines[0].text) <= 150:
                level = 1 if "=" in line.text else 2
                yield _item(BlockKind.HEADING, open_lines, open_lines[0].trimmed, group, first, level=level)
                open_lines, first = [], False
            else:
                yield from flush()
        else:
            kind, width = _line_kind(line, open_kind, open_lines)
            if kind is not open_kind or width or (kind is None and open_lines and _begins_anew(open_lines, line)):
                yield from flush()
                open_kind, skip = kind, width
            open_lines.append(line)
        at += 1
    yield from flush()


def _line_kind(line: Line, open_kind: BlockKind | None, open_lines: list[Line]) -> tuple[BlockKind | None, int]:
    """Return what a line continues or begins, and how many characters of it are a bullet."""
    quote = _QUOTE.match(line.raw.text)
    if quote and open_kind in (None, BlockKind.QUOTE):
        return BlockKind.QUOTE, 0
    may_begin = (
        not open_lines
        or open_kind is BlockKind.LIST_ITEM
        or ends(open_lines[-1].text)
        or open_lines[-1].text.endswith(";")
    )
    bullet = _BULLET.match(line.raw.text) or _ENUMERATED.match(line.raw.text)
    if bullet and may_begin and open_kind in (None, BlockKind.LIST_ITEM):
        return BlockKind.LIST_ITEM, bullet.end()
    return (open_kind if open_lines else None), 0


def _begins_anew(lines: list[Line], line: Line) -> bool:
    """Whether a line begins a paragraph: by its indent, the one before being flush, or by the date of an entry."""
    indented = line.indent >= 2 and lines[-1].indent == 0
    return (indented or _DATED_ENTRY.match(line.text) is not None) and ends(lines[-1].text)


def _run(lines: list[Line], kind: BlockKind | None, group: int, label: str, skip: int, first: bool) -> Iterator[Item]:
    """Yield the item of a run of lines; a short line set like a heading above a paragraph is one of its own."""
    if kind is BlockKind.LIST_ITEM:
        mark = lines[0].raw.text[:skip].strip()
        if len(lines) == 1 and first and NUMBERED_HEADING.match(lines[0].text) and is_titled(lines[0].text):
            yield _item(None, lines, lines[0].trimmed, group, first)
            return
        bullet = not any(character.isalnum() for character in mark)
        raw = closed(
            [
                lines[0].raw.cut(skip if bullet else 0, len(lines[0].raw.text)).strip(),
                *(line.trimmed for line in lines[1:]),
            ]
        )
        yield _item(kind, lines, raw, group, first, lead=0 if bullet else len(mark) + 1)
        return
    if kind is BlockKind.NOTE:
        raw = closed([lines[0].raw.cut(skip, len(lines[0].raw.text)).strip(), *(line.trimmed for line in lines[1:])])
        yield _item(kind, lines, raw, group, first, label=label)
        return
    if kind is BlockKind.QUOTE:
        parts = []
        for line in lines:
            quoting = _QUOTE.match(line.raw.text)
            parts.append(line.raw.cut(quoting.end() if quoting else 0, len(line.raw.text)).strip())
        yield _item(kind, lines, closed(parts), group, first)
        return
    while len(lines) > 1 and _head_stands(lines):
        yield _item(BlockKind.HEADING, lines[:1], lines[0].trimmed, group, first)
        lines, first = lines[1:], False
    yield _item(None, lines, closed([line.trimmed for line in lines]), group, first)


def _item(
    kind: BlockKind | None,
    lines: Sequence[Line],
    raw: Traced,
    group: int,
    first: bool,
    *,
    level: int = 0,
    lead: int = 0,
    label: str = "",
) -> Item:
    parts = [line.raw for line in lines]
    return Item(kind, parts, raw, group, level, label, label, lead, starts_chunk=first, cut=lines[0].cut)


def _head_stands(lines: list[Line]) -> bool:
    """Whether the first line of a chunk is a heading over the paragraph below it."""
    head, below = lines[0].text, lines[1].text
    if BOLD_LINE.fullmatch(head):
        return not (is_form_field(head.strip(" *_")) and is_form_field(below.strip(" *_")))
    short = len(head) < 0.6 * len(below) and len(below) > LEAST_PROSE
    return (
        short
        and not is_front_line(head)
        and below[:1].isupper()
        and is_titled(head)
        and len(" ".join(line.text for line in lines[1:])) > 80
    )


def closed(parts: Sequence[Traced]) -> Traced:
    """Join the lines of a paragraph; a compound that the line's end cuts at its hyphen is closed again."""
    if len(parts) == 1 and parts[0].text and len(parts[0].places) == 1 and not parts[0].places[0].start:
        return parts[0]
    joined: list[Traced] = []
    for part in parts:
        above = joined[-1].text if joined else ""
        if above[-1:] in ("-", "\xad") and _CUT.search(above[-2:]) and part.text[:1].isalnum():
            joined[-1] = Traced.join((joined[-1], part), "")
        else:
            joined.append(part)
    return Traced.join(joined, "\n")


def tidy_items(items: Sequence[Item], labels: Collection[str]) -> None:
    """Fill in the text of all the items of a document; a Markdown marker that leads to no note stays in it."""
    named = {name for item in items for name in named_markers(item.raw.text)}
    unnoted = frozenset(named - {item.label for item in items if item.kind is BlockKind.NOTE})
    for item in items:
        item.unnoted = unnoted
        tidy_item(item, labels)


def tidy_item(item: Item, labels: Collection[str]) -> None:
    """Fill in the item's text as it reads."""
    found = tidy(item.raw, labels, unnoted=item.unnoted, addresses=item.kind is BlockKind.NOTE)
    item.clean, item.markers = found.text, found.markers


def joined(items: Sequence[Item], labels: Collection[str]) -> list[Item]:
    """Return the items with every paragraph whole again that notes or a page's end, with tables at it, interrupt."""
    items = [item for item in items if not is_of_blank_page(item.text)]
    _list_numbered(items)
    result: list[Item] = []
    pieces: dict[int, list[Item]] = {}  # index in `result` -> what goes on with it
    last = -1  # index in `result` of the paragraph that may go on
    interrupted = turned = floating = False
    for index, item in enumerate(items):
        turned = turned or item.cut
        interrupted = interrupted or item.cut
        previous = len(result) - 1
        address = item.kind is None and _ADDRESS.fullmatch(item.text) is not None
        if item.kind is BlockKind.NOTE:
            result.append(item)
            interrupted = True
        elif address and previous >= 0 and result[previous].kind is BlockKind.NOTE:
            pieces.setdefault(previous, []).append(item)
        elif last >= 0 and _is_open(pieces.get(last, [result[last]])[-1]) and _floats(items, index, floating):
            result.append(item)
            floating = True
        elif (
            item.kind is None
            and last >= 0
            and (turned or not floating)
            and _goes_on(pieces.get(last, [result[last]])[-1], item, interrupted)
        ):
            pieces.setdefault(last, []).append(item)
            interrupted = turned = floating = False
        else:
            result.append(item)
            last = len(result) - 1 if item.kind in (None, BlockKind.LIST_ITEM, BlockKind.QUOTE) else -1
            interrupted = turned = floating = False
    for at, rest in pieces.items():
        whole = result[at]
        whole.raw = closed([whole.raw, *(item.raw for item in rest)])
        whole.parts = [part for item in (whole, *rest) for part in item.parts]
        tidy_item(whole, labels)
    return result


def _is_open(item: Item) -> bool:
    """Whether a paragraph may go on behind a table: it is of sentences, the last without its full stop, and no caption."""
    return STOP.search(item.text) is None and not is_numbered_caption(item.text) and has_finite_verb(item.text)


def _floats(items: Sequence[Item], at: int, floating: bool) -> bool:
    """Whether an item belongs to a table that stands where there was room for it, as at a page's top: it ends no paragraph."""
    if _is_of_table(items[at], below=floating):
        return True
    if not floating:
        return False
    # What is no sentence between a caption and its table is of the table.
    for item in items[at : at + _MOST_ABOVE]:
        if _is_of_table(item, below=True):
            return True
        if item.kind is not None or STOP.search(item.text):
            return False
    return False


def _is_of_table(item: Item, *, below: bool) -> bool:
    if item.cells or (item.kind in (None, BlockKind.HEADING) and is_numbered_caption(item.text)):
        return True
    return below and item.kind is None and (is_remark(item.text) or is_source(item.text))


def _list_numbered(items: Sequence[Item]) -> None:
    """Make entries of a list of lines that might be numbered headings, but stand one below the other and count on."""
    numbers = [_number_of(item) for item in items]
    for at, number in enumerate(numbers):
        if number is None or items[at].kind is not None:
            continue
        before = numbers[at - 1] if at else None
        if before == number - 1 or numbers[at + 1 : at + 2] == [number + 1]:
            items[at].kind, items[at].lead = BlockKind.LIST_ITEM, items[at].text.index(" ") + 1


def _number_of(item: Item) -> int | None:
    """The number before a line that may be a heading or a list's entry; None for anything else, also "2.1 Aims"."""
    found = _NUMBERED.match(item.text) if item.kind in (None, BlockKind.LIST_ITEM) else None
    return int(found[1]) if found else None


def _goes_on(before: Item, after: Item, interrupted: bool) -> bool:
    """Whether a paragraph goes on after a page's end."""
    text, following = before.text, after.text
    if len(text) < LEAST_PROSE or not following:
        return False
    ended = STOP.search(text) is not None and not awaits_name(text)
    if following[0].islower():
        return (interrupted or (len(text) > 1.5 * LEAST_PROSE and not ended)) and not _ENUMERATED.match(following)
    if not interrupted or ended or len(text.split()) < 12 or is_titled(text):
        return False
    # A new page that begins with a capital or a figure goes on with a sentence only when it is prose itself.
    return STOP.search(following) is not None and len(following.split()) >= 4


def split(items: list[Item], at: int, line: int) -> None:
    """Part an item in two before one of its lines."""
    item = items[at]
    labels = [label for _, label in item.markers]
    halves: list[Item] = []
    for parts in (item.parts[:line], item.parts[line:]):
        raw = closed([part.strip() for part in parts])
        half = replace(item, parts=parts, raw=raw, starts_chunk=item.starts_chunk and not halves)
        tidy_item(half, labels)
        halves.append(half)
    items[at : at + 1] = halves
