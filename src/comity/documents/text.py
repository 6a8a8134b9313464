"""Plain text and Markdown: from lines to blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from comity.documents.casing import acronyms_in
from comity.documents.citations import parse_citation
from comity.documents.drafts import Draft, Reading
from comity.documents.footnotes import NOTES_HEADING, REFERENCES_HEADING, NoteMarks, find_notes
from comity.documents.front import (
    Front,
    FrontLine,
    Role,
    block_kind,
    dateline_of,
    front_citation,
    is_byline,
    is_cite_label,
    is_front_line,
    is_front_paragraph,
    read_front,
)
from comity.documents.grids import Grid, grid_cells, ragged_rows, table_at
from comity.documents.imprint import imprint_dates
from comity.documents.inline import tidy
from comity.documents.lines import Line, is_rule, split_lines, without_furniture
from comity.documents.trace import Traced
from comity.documents.units import is_citation, is_numbered_caption, is_remark, is_source, unit_at_end, unit_in
from comity.terms import BlockKind, Citation

_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})\s+(?=\S)")
_HEADING_END = re.compile(r"\s+#+\s*$")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)(?=\S)[^*_\n]{2,120}(?<=\S)\1:?\s*")
_BULLET = re.compile(r"\s*(?:[-*+•●▪◦‣–—]|o(?=\s{2}))\s+(?=\S)")
_ENUMERATED = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.|[ivx]{1,4}\.)\s+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_NUMBERED_HEADING = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?|(?P<roman>[IVX]{1,5})[.:)]|[A-H]\.)\s+(?=[A-Z“\"])"
)
_MARKDOWN = re.compile(
    r"^#{1,6}\s+\S|\*\*[^\s*][^*\n]{0,200}\*\*|(?<!\w)\*[^\s*][^*\n]{0,200}[^\s*]\*(?!\w)|\[\^[^\]\s]+\]|\]\(https?://|^\s*\|?\s*:?-{3,}:?\s*\||\\[$&#_*%\[\]]",
    re.MULTILINE,
)
_STOP = re.compile(r"[.?!…][\"”’')\]]*$|:$")
_LEAST_PROSE = 40
_LINE_IS_PARAGRAPH = 160


@dataclass(slots=True)
class _Item:
    """A run of lines of one kind; `kind` is None while a paragraph may still be a heading, a caption or a line of the front."""

    kind: BlockKind | None
    lines: list[Line]
    raw: Traced
    group: int = 0
    level: int = 0
    label: str = ""
    lead: int = 0
    grid: Grid | None = None
    starts_chunk: bool = True
    clean: Traced = field(default_factory=lambda: Traced(""))
    markers: tuple[tuple[int, str], ...] = ()

    @property
    def text(self) -> str:
        """The text as it reads."""
        return self.clean.text

    @property
    def cut(self) -> bool:
        """Whether a page ends before the first line."""
        return self.lines[0].cut


def read_text(text: str, name: str) -> Reading:
    """Read plain text or Markdown; `name` is for messages."""
    chunks = _chunks(without_furniture(split_lines(text)))
    chunks, marks = find_notes(chunks)
    items = [item for group, chunk in enumerate(chunks) for item in _items(chunk, group, marks)]
    for item in items:
        _tidy(item, marks)
    items = [item for item in _joined(items, marks) if item.text or item.grid is not None]
    acronyms = acronyms_in(text)
    begin = _body_start(items)
    front = read_front(list(_front_lines(items[:begin], marks)), acronyms)
    bibliography = _dateline(front_citation(front, acronyms), items[begin:])
    drafts = [*_front_drafts(front)]
    drafts += _notes(items[:begin], bibliography)
    reading = Reading("text/markdown" if _MARKDOWN.search(text) else "text/plain", drafts, bibliography)
    reading.drafts += _body(items[begin:], bibliography, reading.warnings)
    _warn_of_markers(reading)
    return reading


# --- lines to items -------------------------------------------------------------------------------------------------


def _chunks(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines between blank lines; in a text without blank lines a long line is a paragraph of its own."""
    chunks: list[list[Line]] = [[]]
    for line in lines:
        if line.blank:
            chunks.append([])
            continue
        chunk = chunks[-1]
        long_lines = (
            chunk
            and "\t" not in line.text
            and "|" not in line.text
            and max(len(line.text), len(chunk[-1].text)) > _LINE_IS_PARAGRAPH
        )
        if long_lines and _ends(chunk[-1].text):
            chunks.append([line])
        else:
            chunk.append(line)
    return [chunk for chunk in chunks if chunk]


def _items(chunk: Sequence[Line], group: int, marks: NoteMarks) -> Iterator[_Item]:
    open_lines: list[Line] = []
    open_kind: BlockKind | None = None
    label, skip = "", 0
    first = True

    def flush() -> Iterator[_Item]:
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
        table = None if after_note else table_at(chunk, at)
        if table:
            yield from flush()
            end, grid = table
            yield _Item(BlockKind.TABLE, list(chunk[at:end]), Traced(""), group, grid=grid, starts_chunk=first)
            first, at = False, end
            continue
        heading = _HEADING.match(line.raw.text)
        if heading:
            yield from flush()
            raw = line.trimmed.cut(len(heading.group().lstrip()), len(line.trimmed.text))
            tail = _HEADING_END.search(raw.text)
            raw = raw.cut(0, tail.start()) if tail else raw
            yield _Item(BlockKind.HEADING, [line], raw, group, level=len(heading["marks"]), starts_chunk=first)
            first = False
        elif is_rule(line.text):
            under = open_kind is None and len(open_lines) == 1 and set(line.text.strip()) <= {"=", "-"}
            if under and len(line.text.strip()) >= 3 and len(open_lines[0].text) <= 150:
                level = 1 if "=" in line.text else 2
                yield _Item(
                    BlockKind.HEADING, open_lines, open_lines[0].trimmed, group, level=level, starts_chunk=first
                )
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
        or _ends(open_lines[-1].text)
        or open_lines[-1].text.endswith(";")
    )
    bullet = _BULLET.match(line.raw.text) or _ENUMERATED.match(line.raw.text)
    if bullet and may_begin and open_kind in (None, BlockKind.LIST_ITEM):
        return BlockKind.LIST_ITEM, bullet.end()
    return (open_kind if open_lines else None), 0


def _begins_anew(lines: list[Line], line: Line) -> bool:
    """Whether a line begins a paragraph by its indent, the paragraph before being flush and ended."""
    indented = line.indent >= 2 and lines[-1].indent == 0
    return indented and _ends(lines[-1].text)


def _run(lines: list[Line], kind: BlockKind | None, group: int, label: str, skip: int, first: bool) -> Iterator[_Item]:
    """Yield the item of a run of lines; a short line set like a heading above a paragraph is one of its own."""
    if kind is BlockKind.LIST_ITEM:
        mark = lines[0].raw.text[:skip].strip()
        if len(lines) == 1 and first and _NUMBERED_HEADING.match(lines[0].text) and _titled(lines[0].text):
            yield _Item(None, lines, lines[0].trimmed, group, starts_chunk=first)
            return
        bullet = not any(character.isalnum() for character in mark)
        raw = _paragraph(
            [
                lines[0].raw.cut(skip if bullet else 0, len(lines[0].raw.text)).strip(),
                *(line.trimmed for line in lines[1:]),
            ]
        )
        yield _Item(kind, lines, raw, group, lead=0 if bullet else len(mark) + 1, starts_chunk=first)
        return
    if kind is BlockKind.NOTE:
        raw = _paragraph(
            [lines[0].raw.cut(skip, len(lines[0].raw.text)).strip(), *(line.trimmed for line in lines[1:])]
        )
        yield _Item(kind, lines, raw, group, label=label, starts_chunk=first)
        return
    if kind is BlockKind.QUOTE:
        parts = []
        for line in lines:
            mark = _QUOTE.match(line.raw.text)
            parts.append(line.raw.cut(mark.end() if mark else 0, len(line.raw.text)).strip())
        yield _Item(kind, lines, _paragraph(parts), group, starts_chunk=first)
        return
    while len(lines) > 1 and _heads(lines):
        yield _Item(BlockKind.HEADING, lines[:1], lines[0].trimmed, group, level=0, starts_chunk=first)
        lines, first = lines[1:], False
    yield _Item(None, lines, _paragraph([line.trimmed for line in lines]), group, starts_chunk=first)


def _heads(lines: list[Line]) -> bool:
    """Whether the first line of a chunk is a heading over the paragraph below it."""
    head, below = lines[0].text, lines[1].text
    if _BOLD_LINE.fullmatch(head):
        return True
    short = len(head) < 0.6 * len(below) and len(below) > _LEAST_PROSE
    return (
        short
        and not is_front_line(head)
        and below[:1].isupper()
        and _titled(head)
        and len(" ".join(line.text for line in lines[1:])) > 80
    )


def _paragraph(parts: Sequence[Traced]) -> Traced:
    """Join the lines of a paragraph; a compound that the line's end cuts at its hyphen is closed again."""
    joined: list[Traced] = []
    for part in parts:
        closing = joined and re.search(r"\w-$", joined[-1].text) and part.text[:1].isalnum()
        if closing:
            joined[-1] = Traced.join((joined[-1], part), "")
        else:
            joined.append(part)
    return Traced.join(joined, "\n")


def _tidy(item: _Item, marks: NoteMarks) -> None:
    found = tidy(item.raw, marks.labels, addresses=item.kind is BlockKind.NOTE)
    item.clean, item.markers = found.text, found.markers


# --- paragraphs that a page's end cuts ------------------------------------------------------------------------------


def _joined(items: Sequence[_Item], marks: NoteMarks) -> list[_Item]:
    """Return the items with every paragraph whole again that notes or a page's end interrupt."""
    result: list[_Item] = []
    last = -1  # index in `result` of the paragraph that may go on
    interrupted = False
    for item in items:
        interrupted = interrupted or item.cut
        if item.kind is BlockKind.NOTE:
            previous = result[-1] if result else None
            if previous is not None and previous.kind is BlockKind.NOTE and not item.label:
                _append(previous, item, marks)
            else:
                result.append(item)
            interrupted = True
            continue
        address = item.kind is None and re.fullmatch(r"(?:https?://|www\.)\S+", item.text) is not None
        if address and result and result[-1].kind is BlockKind.NOTE:
            _append(result[-1], item, marks)
            continue
        runs_on = item.kind is None or (item.kind is BlockKind.LIST_ITEM and interrupted and item.lead == 0 and False)
        if runs_on and last >= 0 and _goes_on(result[last], item, interrupted):
            _append(result[last], item, marks)
            interrupted = False
            continue
        result.append(item)
        last = len(result) - 1 if item.kind in (None, BlockKind.LIST_ITEM, BlockKind.QUOTE) else -1
        interrupted = False
    return result


def _goes_on(before: _Item, after: _Item, interrupted: bool) -> bool:
    text, following = before.text, after.text
    if len(text) < _LEAST_PROSE or not following:
        return False
    ended = _STOP.search(text) is not None
    if following[0].islower():
        return len(text) > 2 * _LEAST_PROSE and (not ended or interrupted) and not _ENUMERATED.match(following)
    if not interrupted or ended or len(text.split()) < 12 or _titled(text):
        return False
    # A new page that begins with a capital or a figure goes on with a sentence only when it is prose itself.
    return _STOP.search(following) is not None and len(following.split()) >= 4


def _append(before: _Item, after: _Item, marks: NoteMarks) -> None:
    before.raw = _paragraph([before.raw, after.raw])
    before.lines = [*before.lines, *after.lines]
    _tidy(before, marks)


# --- front and body -------------------------------------------------------------------------------------------------


def _body_start(items: list[_Item]) -> int:
    """Return the index of the first item of the body; a chunk that holds the front's end and the body is split."""
    titled = False
    cite = False
    at = 0
    while at < len(items):
        item = items[at]
        if item.kind is BlockKind.HEADING:
            if titled or NOTES_HEADING.fullmatch(item.text):
                return at
            titled = titled or item.level == 1 or not item.level
            if not titled:
                return at if any(i.kind is None for i in items[:at]) else at + 1
        elif item.kind is None:
            if cite or is_cite_label(item.lines[0].text):
                cite = is_cite_label(item.lines[0].text) and len(item.lines) == 1
                _split_at_prose(items, at, min(2, len(item.lines)))
            elif not (is_front_paragraph(item.text) or _enclosed(item.text)):
                split = _prose_from(item)
                if split == 0:
                    return at
                if split is not None:
                    _split(items, at, split)
                    return at + 1
                if titled and _is_section(item.text):
                    return at
        elif item.kind not in (BlockKind.NOTE,):
            return at
        at += 1
    return at


def _is_section(text: str) -> bool:
    return (
        re.fullmatch(
            r"(?:\d{1,2}\.?\s+)?(?:abstract|summary|executive summary|introduction|background|key (?:points|findings|messages)|overview)\W*",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def _enclosed(text: str) -> bool:
    return text[:1] in "([" and text[-1:] in ")]" and len(text) < 600


def _prose_from(item: _Item) -> int | None:
    """Return the index of the line from which an item is running prose: 0 for the whole; None where it is none."""
    texts = [line.text.strip() for line in item.lines]
    for start in range(len(texts)):
        rest = texts[start:]
        if is_front_line(texts[start]) or is_byline(texts[start]):
            continue
        widest = max(len(text) for text in rest)
        wrapped = all(len(text) >= 0.6 * widest for text in rest[:-1])
        if wrapped and _is_prose(" ".join(rest) if start else item.text):
            return start
    return None


def _is_prose(text: str) -> bool:
    words = text.split()
    if dateline_of(text) is not None and len(words) > 8:
        return True
    stop = re.search(r"[.?!…][\"”’')\]]*$", text) is not None
    if len(words) < 4 or (not stop and (len(words) < 25 or text[-1:] in ",")):
        return re.match(r"(?:dear|sir|madam|excellency|colleagues)\b.*,$", text, re.IGNORECASE) is not None
    low = sum(word[0].islower() for word in words)
    return 2 * low >= len(words) or len(words) >= 12


def _split(items: list[_Item], at: int, line: int) -> None:
    item = items[at]
    head, tail = item.lines[:line], item.lines[line:]
    parts = []
    for lines in (head, tail):
        raw = _paragraph([one.trimmed for one in lines])
        found = tidy(raw, [label for _, label in item.markers])
        parts.append(
            replace(item, lines=lines, raw=raw, clean=found.text, markers=found.markers, starts_chunk=lines is head)
        )
    items[at : at + 1] = parts


def _split_at_prose(items: list[_Item], at: int, start: int) -> None:
    """Part the citation below "How to cite" from prose that follows in the same chunk."""
    item = items[at]
    for line in range(start, len(item.lines)):
        rest = " ".join(one.text for one in item.lines[line:])
        if len(item.lines[line - 1].text) > 60 and len(rest.split()) > 30 and not imprint_dates(rest[:80]):
            _split(items, at, line)
            return


def _front_lines(items: Sequence[_Item], marks: NoteMarks) -> Iterator[FrontLine]:
    for item in items:
        if item.kind is BlockKind.HEADING:
            yield FrontLine(item.clean, item.group, item.level or 1, markers=item.markers)
        elif item.kind is None:
            whole = len(item.lines) > 1 and (is_front_paragraph(item.text) or _enclosed(item.text))
            if whole or len(item.lines) == 1:
                yield FrontLine(item.clean, item.group, 0, whole or len(item.text) > 200, markers=item.markers)
                continue
            for line in item.lines:
                found = tidy(line.trimmed, marks.labels)
                yield FrontLine(found.text, item.group, markers=found.markers)


def _front_drafts(front: Front) -> Iterator[Draft]:
    """Yield the lines of the front as blocks; lines that make one title together are one block."""
    title: Draft | None = None
    for line in front.lines:
        kind = block_kind(line.role)
        if line.role is Role.TITLE and title is not None:
            shift = len(title.text.text) + 1
            title.text = Traced.join((title.text, line.text), " ")
            title.markers = [*title.markers, *((offset + shift, key) for offset, key in line.markers)]
            continue
        draft = Draft(kind, line.text, level=1 if kind is BlockKind.TITLE else 0, markers=line.markers)
        if line.role is Role.TITLE:
            title = draft
        yield draft


def _dateline(bibliography: Citation, items: Sequence[_Item]) -> Citation:
    """Complete the bibliography from a news report's dateline: "ISLAMABAD, Jan 4, 2018 (Reuters) - ..."."""
    first = next((item for item in items if item.kind is None), None)
    match = dateline_of(first.text) if first is not None else None
    if match is None:
        return bibliography
    agency = match["agency"] or match["wire"] or ""
    dates = imprint_dates(match["day"] or "")
    kind = bibliography.type if bibliography.type != "document" or bibliography.genre else "article-newspaper"
    return replace(
        bibliography,
        type=kind,
        container_title=bibliography.container_title or agency,
        issued=bibliography.issued or (dates[0].period if dates else None),
    )


def _notes(items: Sequence[_Item], bibliography: Citation) -> list[Draft]:
    return [_note(item, bibliography) for item in items if item.kind is BlockKind.NOTE]


def _note(item: _Item, bibliography: Citation) -> Draft:
    marked = tidy(item.raw, emphasis=True, addresses=True).text.text
    published = bibliography.issued.end if bibliography.issued is not None else None
    return Draft(
        BlockKind.NOTE, item.clean, key=item.label, label=item.label, citation=parse_citation(marked, published)
    )


# --- the body's blocks ----------------------------------------------------------------------------------------------


def _body(items: list[_Item], bibliography: Citation, warnings: list[str]) -> Iterator[Draft]:
    """Yield the body's blocks: headings and captions told from paragraphs, tables with what stands around them."""
    drafts: dict[int, Draft] = {}
    done: set[int] = set()
    for index, item in enumerate(items):
        if item.grid is not None:
            drafts[index] = _table(items, index, drafts, done, warnings)
    references = False
    tables = 0
    for index, item in enumerate(items):
        if index in drafts:
            tables += item.grid is not None
            yield drafts[index]
        elif item.kind is BlockKind.NOTE:
            yield _note(item, bibliography)
        elif item.kind is BlockKind.HEADING or (item.kind is None and _is_heading(items, index)):
            references = REFERENCES_HEADING.fullmatch(item.text) is not None
            yield Draft(BlockKind.HEADING, item.clean, _level(item), markers=item.markers)
        elif references and item.kind in (None, BlockKind.LIST_ITEM):
            yield from _references(item)
        else:
            kind = item.kind or (
                BlockKind.CAPTION
                if is_numbered_caption(item.text) and len(item.lines) == 1 and not _STOP.search(item.text)
                else BlockKind.PARAGRAPH
            )
            yield Draft(kind, item.clean, markers=item.markers, lead=min(item.lead, len(item.text)))


def _references(item: _Item) -> Iterator[Draft]:
    """Yield the entries of a bibliography; a line that begins an entry begins a block."""
    entries: list[list[Traced]] = []
    for line in item.lines:
        begins = line.indent == item.lines[0].indent and (
            not entries or _ends(entries[-1][-1].text) or line.text.startswith("[")
        )
        if begins:
            entries.append([line.trimmed])
        else:
            entries[-1].append(line.trimmed)
    for entry in entries:
        yield Draft(BlockKind.REFERENCE, tidy(_paragraph(entry), addresses=True).text)


def _is_heading(items: Sequence[_Item], index: int) -> bool:
    """Whether a paragraph standing alone is a heading: short, no stop at its end, set as a title, prose or a table below."""
    item = items[index]
    text = item.text
    if len(item.lines) > 2 or not 1 < len(text) <= 120 or not item.starts_chunk:
        return False
    if index + 1 == len(items) or re.search(r"[.,;]$", text):
        return False
    if _BOLD_LINE.fullmatch(item.raw.text):
        return True
    following = next((i for i in items[index + 1 :] if i.kind is not BlockKind.NOTE), None)
    if following is None or NOTES_HEADING.fullmatch(text) or REFERENCES_HEADING.fullmatch(text):
        return True
    if len(text.split()) > 14 or text[-1] in ":" and len(text.split()) > 6:
        return False
    if _titled(text):
        return True
    # "The road ahead": in sentence case a heading is told by its shortness and by the paragraph that follows.
    sentence_case = text[0].isupper() and text[-1].isalnum() and len(text.split()) <= 8
    return (
        sentence_case
        and following.kind is None
        and len(following.text) > 2 * len(text)
        and following.text[:1].isupper()
        and _STOP.search(following.text) is not None
    )


def _titled(text: str) -> bool:
    """Whether a short line is set as a title: all capitals, a number before it, or capital initials."""
    if len(text) > 120 or re.search(r"[.,;][\"”’')]*$", text.strip()):
        return False
    number = _NUMBERED_HEADING.match(text)
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text[number.end() :] if number else text)]
    if not words or len(words) > 14:
        return False
    if text.isupper():
        return True
    major = [word for word in words if len(word) > 3 or word[0].isupper()]
    capital = sum(word[0].isupper() for word in major)
    return words[0][0].isupper() and (
        capital == len(major)
        or (len(major) > 4 and capital >= 0.8 * len(major))
        or (number is not None and len(words) <= 10)
    )


def _level(item: _Item) -> int:
    if item.level:
        return item.level
    number = _NUMBERED_HEADING.match(item.text)
    if number and number["number"]:
        return number["number"].count(".") + 1
    return 1


def _ends(text: str) -> bool:
    return re.search(rf"[.?!:…][\"”’')\]*_]*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^?\w+\])?$", text.rstrip()) is not None


# --- tables and what stands around them -----------------------------------------------------------------------------


def _table(items: list[_Item], index: int, drafts: dict[int, Draft], done: set[int], warnings: list[str]) -> Draft:
    grid = items[index].grid
    assert grid is not None
    number = sum(draft.kind is BlockKind.TABLE for draft in drafts.values()) + 1
    warnings += [f"Table {number}: {ragged}." for ragged in ragged_rows(grid)]
    draft = Draft(BlockKind.TABLE, Traced(""), cells=grid_cells(grid), page=items[index].lines[0].page)
    _above(items, index, draft, drafts, done)
    _below(items, index, draft, drafts, done)
    if not draft.unit:
        draft.unit = _unit_in_headers(draft)
    return draft


def _above(items: list[_Item], index: int, draft: Draft, drafts: dict[int, Draft], done: set[int]) -> None:
    """Take the caption and the unit that stand above a table."""
    at = index - 1
    for _ in range(4):
        while at >= 0 and items[at].kind is BlockKind.NOTE:
            at -= 1
        if at < 0 or at in done or items[at].kind not in (None, BlockKind.HEADING):
            return
        item = items[at]
        unit = unit_in(item.text)
        if unit and not draft.unit:
            draft.unit = unit
            drafts[at] = Draft(BlockKind.CAPTION, item.clean, markers=item.markers)
        elif item.kind is BlockKind.HEADING:
            draft.caption = drafts[at] = Draft(BlockKind.HEADING, item.clean, _level(item), markers=item.markers)
        elif _is_caption(item):
            _set_caption(draft, item)
            drafts[at] = draft.caption or Draft(BlockKind.CAPTION, item.clean)
        else:
            return
        done.add(at)
        at -= 1
        if draft.caption is not None:
            return


def _set_caption(draft: Draft, item: _Item) -> None:
    unit, end = unit_at_end(item.text)
    lines = item.lines
    if len(lines) > 1 and not unit:
        last = tidy(lines[-1].trimmed).text.text
        unit = unit_in(last)
        end = len(item.text) - len(last) - 1 if unit else end
    draft.unit = draft.unit or unit
    draft.caption = Draft(BlockKind.CAPTION, item.clean, markers=item.markers)
    draft.caption_end = len(item.text[:end].rstrip(" .,:;"))


def _is_caption(item: _Item) -> bool:
    text = item.text
    if is_numbered_caption(text):
        return True
    unit, end = unit_at_end(text)
    bare = text[:end].rstrip()
    return (
        0 < len(bare) <= 160
        and len(item.lines) <= 3
        and not re.search(r"[.?!;,:][\"”’')]*$", bare)
        and len(bare.split()) <= 22
        and bare[0].isupper()
    )


def _below(items: list[_Item], index: int, draft: Draft, drafts: dict[int, Draft], done: set[int]) -> None:
    """Take the source, the remarks and, where none stood above, the caption below a table."""
    at = index + 1
    for _ in range(4):
        while at < len(items) and items[at].kind is BlockKind.NOTE:
            at += 1
        if at >= len(items) or items[at].kind is not None:
            return
        _part_lines(items, at)
        item = items[at]
        text = item.text
        unit = unit_in(text)
        source = is_source(text) or is_citation(text, item.raw.text)
        if source and draft.source is None:
            draft.source = drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
        elif unit and not draft.unit:
            draft.unit = unit
            drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
        elif is_remark(text):
            drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
            draft.unit = draft.unit or unit_in(re.sub(r"^\w+\s*[:.–—-]\s*", "", text))
        elif draft.caption is None and is_numbered_caption(text) and not (at + 1 < len(items) and items[at + 1].grid):
            _set_caption(draft, item)
            drafts[at] = draft.caption or Draft(BlockKind.CAPTION, item.clean)
        else:
            return
        done.add(at)
        at += 1


def _part_lines(items: list[_Item], at: int) -> None:
    """Part lines below a table that begin a source or a remark of their own."""
    item = items[at]
    for line in range(1, len(item.lines)):
        if is_source(item.lines[line].text) or is_remark(item.lines[line].text):
            # The item is replaced by two; what was told of later items is found again from the items themselves.
            _split(items, at, line)
            return


def _unit_in_headers(draft: Draft) -> str:
    """Return the unit that the first cell or every header of a column names."""
    heads = [cell for cell in draft.cells if cell.row == 0 and cell.header]
    units = [unit_at_end(cell.text.text)[0] for cell in heads if cell.column > 0 and cell.text.text]
    if units and units[0] and all(unit == units[0] for unit in units):
        return units[0]
    corner = next((cell.text.text for cell in heads if cell.column == 0), "")
    return unit_at_end(corner)[0] or (unit_in(corner) if corner.lower() not in ("year", "") else "")


def _warn_of_markers(reading: Reading) -> None:
    notes = {draft.key for draft in reading.drafts if draft.kind is BlockKind.NOTE}
    called = [key for draft in reading.drafts for _, key in draft.markers]
    lost = [key for key in dict.fromkeys(called) if key not in notes]
    if lost:
        reading.warnings.append(
            f"No note was found for the marker{'s' if len(lost) > 1 else ''} {', '.join(lost[:10])}."
        )
    silent = [draft.label for draft in reading.drafts if draft.kind is BlockKind.NOTE and draft.key not in called]
    if silent:
        reading.warnings.append(
            f"No marker was found for the note{'s' if len(silent) > 1 else ''} {', '.join(silent[:10])}."
        )
