"""PDF: lines by the geometry of their glyphs; running heads and page numbers out, raised marks linked to notes.

A marker is a small glyph that stands above its line's foot; a note is a small line at a page's foot that starts with
one. Tables are told on their page. All after the lines is the business of the reader of plain text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.compounds import keeps_hyphen
from comity.documents.drafts import Draft, Reading
from comity.documents.footnotes import find_notes
from comity.documents.items import Item, chunks_of, items_of, joined, tidy_items
from comity.documents.lines import Line
from comity.documents.names import parse_creators
from comity.documents.portable_cells import PageTable, parted_at_tables, table_item
from comity.documents.portable_headings import are_one_heading, mark_headings
from comity.documents.portable_heads import without_asides, without_heads
from comity.documents.portable_notes import Foot, notes_at_foot
from comity.documents.portable_page import page_rows
from comity.documents.portable_pictures import Shown, laid_under, numbers, without_text
from comity.documents.portable_remarks import left_out
from comity.documents.portable_rows import Row
from comity.documents.trace import Place, Traced, Tracer
from comity.documents.units import is_numbered_caption
from comity.language import awaits_name, language_of
from comity.terms import BlockKind, Citation, UnreadableSource

MEDIA_TYPE = "application/pdf"
_BELOW_TABLE = re.compile(r"(?:data\s)?(?:sources?|notes?)\s?:\s", re.IGNORECASE)
# A caption's number and what stands behind it; a sentence goes on without: "Table 2 shows".
_LABELLED = re.compile(r"\w+\.?\s(?:[A-Z]?\.?\d+(?:\.\d+)*|[IVX]+)\s?[:.–—-]\s", re.IGNORECASE)
# The arrow by which a note on a web page leads back, and what makes it a sign instead of a picture.
_BACK_LINK = "↩\ufe0e "
# Of its column's width: a line that is no paragraph's last.
_FULL = 0.75
# A step from line to line that is so much greater than the usual one ends a paragraph.
_COMMON = 1.3
# The end of a sentence, and marks of notes behind it.
_ENDED = re.compile(r"[.?!:;…][\"”’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§¶‖#]*$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SOFT_HYPHEN = "\u00ad"
# A line that stands for a table until the items are told apart: no character (Unicode 23.7) begins it, which no PDF's text holds.
_TABLE = "\ufdd0"


def read_pdf(content: bytes, name: str, *, recognise: bool = False) -> Reading:
    """Read a PDF; `recognise` says whether one that holds only pictures of pages is read by text recognition.

    Raises:
        UnreadableSource: it is damaged, encrypted, or holds only pictures of pages.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
        count = len(pdf)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableSource(name, "the PDF is encrypted", remedy="Save it without a password.") from error
        raise UnreadableSource(
            name, "the PDF is cut short or damaged", remedy="Download or export it again."
        ) from error
    rows: list[Row] = []
    failed: list[int] = []
    suspect: dict[int, str] = {}
    shown: dict[int, Shown] = {}
    hidden: list[int] = []
    remarks: dict[int, tuple[int, int]] = {}
    gutter: float | None = None
    try:
        for number in range(count):
            try:
                page = page_rows(pdf[number], number + 1, gutter)
            except pypdfium2.PdfiumError:
                failed.append(number + 1)
                continue
            gutter = page.gutter
            remarks[number + 1] = page.remarks
            if page.shown is not None:
                shown[number + 1] = page.shown
            elif page.hidden:
                hidden.append(number + 1)
            if page.untold:
                suspect[number + 1] = language_of(" ".join(row.text for row in page.rows))
            for row in page.rows:
                row.placed = []  # the words themselves are asked for again where a box is wanted
            rows += page.rows
        title, author = _field(pdf, "Title"), _field(pdf, "Author")
    finally:
        pdf.close()
    untold = [page for page, language in suspect.items() if language == "und"]
    if 2 * len(untold) < len(suspect):  # what is too short to be told on one page is as on the others
        untold = []
    rows = [row for row in rows if row.page not in untold] if untold else rows
    if untold and 2 * len(untold) >= count and not recognise:
        raise UnreadableSource(
            name,
            "the PDF's fonts do not tell which letters they show, so its text is not text",
            remedy="Export it again with searchable text, or read it by text recognition (OCR): comity add --ocr, or OCRmyPDF.",
        )
    if failed and len(failed) == count:
        raise UnreadableSource(name, "none of the PDF's pages can be read", remedy="Download or export it again.")
    said: list[str] = []
    scans = [page for page, what in shown.items() if what is Shown.PICTURES]
    if not any(row.text.strip() for row in rows if row.page not in scans):
        if not (recognise and count):
            raise _without_text(name, count, shown)
        from comity.documents.scanned import recognised_rows

        rows, said = recognised_rows(content, name)
    elif scans and recognise:
        from comity.documents.scanned import recognised_rows

        found, said = recognised_rows(content, name, scans)
        rows = sorted([row for row in rows if row.page not in scans] + found, key=lambda row: row.page)
    elif scans:
        said = [without_text(scans)]
    reading = _compose(rows)
    if not reading.drafts:
        raise UnreadableSource(name, "the PDF's pages hold nothing but their numbers", remedy="Leave it out.")
    reading.warnings += said
    if hidden:
        reading.warnings.append(laid_under(hidden))
    reading.warnings += left_out(remarks)
    known = Citation(title=_plain_title(title), authors=parse_creators(author))
    reading.bibliography = merged(reading.bibliography, known)
    reading.media_type = MEDIA_TYPE
    if failed:
        reading.warnings.append(f"Pages that could not be read: {numbers(failed)}.")
    if untold:
        reading.warnings.append(
            f"Pages left out, because their fonts do not tell which letters they show: {numbers(untold)}."
        )
    return reading


def _field(pdf: Any, key: str) -> str:
    """A field of the PDF's own about it; empty where its letters are none."""
    try:
        return str(pdf.get_metadata_value(key))
    except UnicodeDecodeError:
        return ""


def _without_text(name: str, count: int, shown: Mapping[int, Shown]) -> UnreadableSource:
    """Why a PDF without text is refused, and what to do."""
    if not count:
        return UnreadableSource(name, "the PDF has no pages", remedy="Download or export it again.")
    if set(shown.values()) <= {Shown.NOTHING}:
        pages = "only page is" if count == 1 else f"{count} pages are"
        return UnreadableSource(name, f"the PDF's {pages} empty", remedy="Leave it out, or export it again.")
    pages = "only page holds" if count == 1 else f"{count} pages hold"
    of = "pictures of it" if Shown.PICTURES in shown.values() else "drawings"
    return UnreadableSource(
        name,
        f"the PDF's {pages} no text, only {of}",
        remedy="Read it by text recognition (OCR): comity add --ocr, or run it through OCRmyPDF.",
    )


def _compose(rows: list[Row]) -> Reading:
    rows, asides = without_asides(without_heads(rows))
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    body = max(0.5, max(sizes, key=lambda size: (sizes[size], size))) if sizes else 10.0
    script = _Script(notes_at_foot(rows, body), body)
    chunks, marks = find_notes(chunks_of(script.lines), flat=False)
    labels = marks.labels | {note.key for note in script.foot.notes}
    items: list[Item] = []
    for group, chunk in enumerate(chunks):
        if chunk[0].text.startswith(_TABLE):
            table = script.tables[int(chunk[0].text[1:])]
            items.append(table_item(table, group, labels, script.traced, script.closing))
        else:
            items += items_of(chunk, group, marks, tables=False)
    for item in items:
        if item.kind is None and item.parts and (item.parts[0].page, item.parts[0].line) in script.listed:
            item.kind = BlockKind.LIST_ITEM
    tidy_items([item for item in items if not item.cells], labels)
    printed = {note.key: note.label for note in script.foot.notes}
    for item in items:
        item.label = printed.get(item.key, item.label)
    mark_headings(items, script.set_as, body)
    text = "\n".join(line.text for line in script.lines)
    reading = compose(joined(items, labels), labels, acronyms_in(text))
    reading.drafts += [Draft(BlockKind.FRONT, script.traced(row, 0, len(row.text))) for row in asides]
    return reading


class _Script:
    """The lines of a PDF as the reader of plain text takes them: blank ones between paragraphs, notes last, tables by a line each.

    Attributes:
        set_as: by page and number, the size of each line and whether it is bold.
        listed: by page and number, the lines that begin the entries of a list whose bullets are drawn.
    """

    def __init__(self, foot: Foot, body: float) -> None:
        self.foot = foot
        self.lines: list[Line] = []
        self.tables: list[PageTable] = []
        self.set_as: dict[tuple[int | None, int], tuple[float, bool]] = {}
        self.listed: set[tuple[int | None, int]] = set()
        self._body = body
        rows = foot.rows
        self._compounds: Counter[str] | None = None
        self._leading = _leading(rows, body)
        self._edges = _edges(rows)
        full = [row for row in rows if self._is_full(row)]
        self._prose = next(((row.page, row.number) for row in full), None)
        self._flush = {(row.page, row.block): row.left for row in sorted(full, key=lambda row: -row.left)}
        self._add_body(parted_at_tables(rows))
        for note in foot.notes:
            self._blank(note.lines[0][0])
            for order, (row, start) in enumerate(note.lines):
                following = note.lines[order + 1][0].text if order + 1 < len(note.lines) else ""
                text = self._written(row, start, len(row.text.rstrip(_BACK_LINK)), following)
                self._add(text if order else _headed(f"[^{note.key}]: ", text), row)

    def _add_body(self, parts: Iterable[Row | PageTable]) -> None:
        """Add what stands above the notes."""
        given = list(parts)
        before: Row | None = None
        begun: Row | None = None  # the first line of the paragraph
        last_page = 0
        for index, part in enumerate(given):
            row = part if isinstance(part, Row) else part.rows[0]
            turned = 0 < last_page != row.page
            last_page = row.page
            if isinstance(part, PageTable):
                self._blank(row)
                self._add(Traced(f"{_TABLE}{len(self.tables)}"), row, turned=turned)
                self.tables.append(part)
                self._blank(row)
                before, last_page = None, part.rows[-1].page
                continue
            end = len(row.text.rstrip(_BACK_LINK))
            if not end:
                continue
            entry = before is not None and self._is_entry(before, row)
            if entry and begun is not None:
                self.listed |= {(begun.page, begun.number), (row.page, row.number)}
            if (
                before is None
                or entry
                or (turned and not self._runs_on(before, row))
                or id(row) in self.foot.starts
                or _BELOW_TABLE.match(row.text)
                or self._is_caption(before, row)
                or _begins_caption(before, row, given[index + 1] if index + 1 < len(given) else None, turned=turned)
                or _parted(before, row, self._leading, self._edges[row.page, row.block], self._body)
            ):
                self._blank(row)
                begun = row
            after = given[index + 1] if index + 1 < len(given) else None
            following = after.text if isinstance(after, Row) else ""
            self._add(self._written(row, 0, end, following), row, turned=turned)
            self.set_as[row.page, row.number] = (row.size, row.bold)
            before = row

    def _is_entry(self, before: Row, row: Row) -> bool:
        """Whether a line begins an entry of an indented list below another: there was room for its first word on the line before."""
        if (before.page, before.block) != (row.page, row.block) or abs(before.left - row.left) > 1:
            return False
        if self._prose is None or (row.page, row.number) < self._prose:
            return False  # what stands above all prose is the front
        indented = row.left > self._flush.get((row.page, row.block), row.left) + 0.8 * self._body
        alike = all(abs(one.size - self._body) < 0.08 * self._body and not one.bold for one in (before, row))
        return (
            indented
            and alike
            and not awaits_name(before.text)
            and _is_cut_short(before, row, self._edges[row.page, row.block], self._body)
        )

    def _is_caption(self, before: Row, row: Row) -> bool:
        """Whether a line is a table's numbered caption that ends short of its column, with a paragraph below it."""
        left, right = self._edges[before.page, before.block]
        if not row.text[0].isupper() or not is_numbered_caption(before.text):
            return False
        return before.right - left < _FULL * (right - left)

    def _is_full(self, row: Row) -> bool:
        """Whether a line of the body's size runs over most of its column."""
        left, right = self._edges[row.page, row.block]
        return row.right - row.left > _FULL * (right - left) and abs(row.size - self._body) < 0.08 * self._body

    def _runs_on(self, before: Row, row: Row) -> bool:
        """Whether a paragraph runs on over a page's end: its line is full and no sentence ends there."""
        left, right = self._edges[before.page, before.block]
        full = before.right - left > _FULL * (right - left)
        alike = abs(before.size - row.size) < 0.08 * self._body and before.bold == row.bold
        return full and alike and not _ends(before.text)

    def traced(self, row: Row, start: int, end: int) -> Traced:
        """Return the characters of a row with their places, marks written as the text has them."""
        edits = self.foot.edits.get(id(row))
        if edits is None:
            return Traced(row.text[start:end], (Place(0, row.number, 1 + start, row.page),))
        source = Traced(row.text, (Place(0, row.number, 1, row.page),))
        trace = Tracer()
        at = start
        for first, last, written in sorted(edits):
            if start <= first and last <= end:
                trace.keep(source, at, first)
                trace.put(written, source, first)
                at = last
        trace.keep(source, at, end)
        return trace.traced()

    def closing(self, text: str, following: str) -> str:
        """Return a line whose last word runs on with its hyphen softened, unless the compound itself has one."""
        if not text.endswith("-"):
            return text
        return _closing(text, following, self._words())

    def _words(self) -> Counter[str]:
        """The words of the lines and the notes, compounds whole."""
        if self._compounds is None:
            rows = [*self.foot.rows, *(row for note in self.foot.notes for row, _ in note.lines)]
            tokens = {token for row in rows for token in row.text.split()}
            self._compounds = Counter(_COMPOUND.findall(" ".join(tokens)))
        return self._compounds

    def _written(self, row: Row, start: int, end: int, following: str) -> Traced:
        found = self.traced(row, start, end)
        if found.text[-1:] != "-":
            return found
        return Traced(self.closing(found.text, following), found.places)

    def _blank(self, row: Row) -> None:
        self.lines.append(Line(Traced(""), "", row.number, row.page))

    def _add(self, text: Traced, row: Row, *, turned: bool = False) -> None:
        self.lines.append(Line(text, text.text, row.number, row.page, turned))


def _begins_caption(before: Row, row: Row, after: Row | PageTable | None, *, turned: bool) -> bool:
    """Whether a line behind the end of a sentence, or of a page, is a table's numbered caption, and no sentence itself."""
    if (_ENDED.search(before.text) is None and not turned) or not is_numbered_caption(row.text):
        return False
    return _LABELLED.match(row.text) is not None or (isinstance(after, PageTable) and _ENDED.search(row.text) is None)


def _headed(mark: str, text: Traced) -> Traced:
    """A note's first line with the mark that names it."""
    return Traced.join((Traced(mark), text), "")


def _leading(rows: Sequence[Row], body: float) -> float:
    """The step from line to line within a paragraph: of those that are common the least, and what comes near it."""
    steps: list[float] = []
    for above, below in pairwise(rows):
        step = above.bottom - below.bottom
        alike = abs(above.size - body) < 0.08 * body and abs(below.size - body) < 0.08 * body
        if (above.page, above.block) == (below.page, below.block) and alike and 0.8 * body < step < 4 * body:
            steps.append(step)
    if not steps:
        return 1.2 * body
    steps.sort()
    least = steps[len(steps) // 10]
    return float(median(step for step in steps if least <= step < _COMMON * least))


def _edges(rows: Sequence[Row]) -> dict[tuple[int, int], tuple[float, float]]:
    """Where most of the text of each block of a page begins, and how far to the right it reaches."""
    begun: defaultdict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    reached: defaultdict[tuple[int, int], float] = defaultdict(float)
    for row in rows:
        block = (row.page, row.block)
        begun[block][round(row.left)] += len(row.text)
        reached[block] = max(reached[block], row.right)
    return {block: (float(max(lefts, key=lambda left: lefts[left])), reached[block]) for block, lefts in begun.items()}


def _parted(before: Row, row: Row, leading: float, edges: tuple[float, float], body: float) -> bool:
    """Whether a paragraph ends between two lines: by a gap, another size, the indent of a first line, or a last line cut short."""
    step = before.bottom - row.bottom
    if are_one_heading(before, row, body):
        return False
    if (
        step > _COMMON * leading * max(1.0, min(before.size, row.size) / body)
        or (step < -body and (before.page, before.block) == (row.page, row.block))  # beside it
        or abs(before.size - row.size) > 0.08 * body
    ):
        return True
    if not _ends(before.text):
        return False
    if row.left > before.left + 0.8 * body and row.left > edges[0] + 0.8 * body:
        return True
    return _is_cut_short(before, row, edges, body)


def _ends(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDED.search(text) is not None and not awaits_name(text)


def _is_cut_short(before: Row, row: Row, edges: tuple[float, float], body: float) -> bool:
    """Whether a line ends though there was room for the first word of the next, which begins with a capital."""
    first = len(row.text.split(None, 1)[0]) + 2  # with a space, and some more
    needed = first * (row.right - row.left) / max(len(row.text), 1) + body
    return row.text[0].isupper() and edges[1] - before.right > needed


def _closing(text: str, following: str, words: Counter[str]) -> str:
    """Return a line whose last word runs on with its hyphen softened, unless the compound itself has one."""
    if not text.endswith("-"):
        return text
    match = re.search(r"([^\W\d_]+)-$", text)
    rest = re.match(r"[^\W\d_]+", following)
    if match is None or rest is None or not rest.group()[0].islower():
        return text
    compound = f"{match.group(1)}-{rest.group()}"
    if not words[match.group(1) + rest.group()] and (words[compound] or keeps_hyphen(match.group(1), rest.group())):
        return text
    return text[:-1] + _SOFT_HYPHEN


def _plain_title(title: str) -> str:
    generated = re.match(r"microsoft word\b|untitled|.*\.(?:docx?|indd|pdf|qxd|tex)$", title.strip(), re.IGNORECASE)
    return "" if generated else " ".join(title.split())
