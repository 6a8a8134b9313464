"""PDF: lines by the geometry of their glyphs; running heads and page numbers out, raised digits as markers of notes.

A marker is a small glyph that stands above its line's foot; a note is a small line at a page's foot that starts with
one. The rows of a table have a tab between cells. All after the lines is the business of the reader of plain text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from contextlib import suppress
from itertools import pairwise
from statistics import median
from typing import Any

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose, merged
from comity.documents.drafts import Reading
from comity.documents.footnotes import find_notes
from comity.documents.inline import RAISED
from comity.documents.items import Item, chunks_of, items_of, joined, tidy_items
from comity.documents.lines import Line
from comity.documents.names import parse_names
from comity.documents.portable_rows import Row, rows_of
from comity.documents.portable_tables import ruled_tables
from comity.documents.portable_words import Box, is_bold, rules_of, size_of, words_of
from comity.documents.trace import Place, Traced
from comity.terms import BlockKind, Citation, UnreadableSource

MEDIA_TYPE = "application/pdf"
_RAISE = str.maketrans("0123456789", RAISED)
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?(?:\s*\|?\s*p\s?a\s?g\s?e)?",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(r"(\d{1,3})[.)]?\s+(?=[\"“'‘A-Z(*])")
_MARGIN = 0.12  # of the page's height, at top and foot, where running heads stand
_HEADING_SIZE = 1.15
# The dots of a table of contents.
_LEADERS = re.compile(r"(?:\.\s?){4,}")
# A line in bold of at most so many characters may be a heading.
_LONGEST_HEADING = 120
# The arrow by which a note on a web page leads back, and what makes it a sign instead of a picture.
_BACK_LINK = "↩\ufe0e "
_SOFT_HYPHEN = "\u00ad"


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
    gutter: float | None = None
    try:
        for number in range(count):
            try:
                found, gutter = page_rows(pdf[number], number + 1, gutter)
                rows += found
            except pypdfium2.PdfiumError:
                failed.append(number + 1)
        about = pdf.get_metadata_dict(skip_empty=True)
    finally:
        pdf.close()
    recognised: list[str] = []
    if sum(len(row.text) for row in rows) < 20 * max(count, 1) and not any(len(row.text) > 40 for row in rows):
        if not (recognise and count):
            raise UnreadableSource(
                name,
                f"the PDF's {count} pages hold no text, only pictures of it" if count else "the PDF has no pages",
                remedy="Read it by text recognition (OCR): comity add --ocr, or run it through OCRmyPDF.",
            )
        from comity.documents.scanned import recognised_rows

        rows, recognised = recognised_rows(content, name)
    reading = _compose(rows)
    reading.warnings += recognised
    known = Citation(title=_plain_title(about.get("Title", "")), authors=_plain_author(about.get("Author", "")))
    reading.bibliography = merged(reading.bibliography, known)
    reading.media_type = MEDIA_TYPE
    if failed:
        reading.warnings.append(f"Pages that could not be read: {', '.join(map(str, failed[:20]))}.")
    return reading


def _compose(rows: list[Row]) -> Reading:
    rows = _without_heads(rows)
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    body = max(0.5, max(sizes, key=lambda size: (sizes[size], size))) if sizes else 10.0
    lines, set_as = _lines(rows, body)
    chunks, marks = find_notes(chunks_of(lines))
    items = [item for group, chunk in enumerate(chunks) for item in items_of(chunk, group, marks)]
    tidy_items(items, marks.labels)
    _mark_headings(items, set_as, body)
    text = "\n".join(line.text for line in lines)
    return compose(joined(items, marks.labels), marks.labels, acronyms_in(text))


def page_rows(page: Any, number: int, gutter: float | None = None) -> tuple[list[Row], float | None]:
    """Return the lines of a page in reading order, and where its columns part; closes the page.

    `gutter` is where those of the page before part.
    """
    height = page.get_height()
    text_page = page.get_textpage()
    try:
        words = words_of(text_page)
        tables, rest = ruled_tables(words, rules_of(page)) if words else ([], words)
        rows, gutter = rows_of(rest, tables, number, height, gutter)
        for row in rows:
            row.size = size_of(text_page, row.largest) or row.size
            if not row.tabled and len(row.text) <= _LONGEST_HEADING:
                row.bold = is_bold(text_page, row.first) and is_bold(text_page, row.last)
    finally:
        text_page.close()
        page.close()
    return rows, gutter


def boxes_of(content: bytes, page: int, line: int, first: int, last: int) -> list[Box]:
    """Return the boxes of the words that stand on a line of a page from one column to another, both from 1 and included.

    `Document.locate` gives page, line and column of a character. Boxes are in points from the page's lower left corner.

    Raises:
        UnreadableSource: the PDF cannot be read, or has no such page.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableSource("the PDF", "it is damaged or encrypted", remedy="Save it again.") from error
    rows: list[Row] = []
    gutter: float | None = None
    try:
        if not 1 <= page <= len(pdf):
            raise UnreadableSource("the PDF", f"it has no page {page}", remedy="Read it again.")
        for number in range(page):
            with suppress(pypdfium2.PdfiumError):  # as when it was read
                rows, gutter = page_rows(pdf[number], number + 1, gutter)
    finally:
        pdf.close()
    row = next((row for row in rows if (row.page, row.number) == (page, line)), None)
    if row is None:
        return []
    return row.boxes(first - 1, last)


def _without_heads(rows: list[Row]) -> list[Row]:
    """Leave out running heads (the same line at the same height of several pages) and page numbers at top and foot."""
    pages = {row.page for row in rows}
    standing: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    edges: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        edges[row.page].append(row)
    outer = {id(row) for page_rows in edges.values() for row in (*page_rows[:2], *page_rows[-2:])}
    for row in rows:
        standing[_shape(row), round(row.bottom / 3)].add(row.page)
    kept = []
    for row in rows:
        margin = row.bottom > (1 - _MARGIN) * row.height or row.top < _MARGIN * row.height
        repeated = len(standing[_shape(row), round(row.bottom / 3)]) >= max(2, min(3, len(pages)))
        number = _PAGE_NUMBER.fullmatch(row.text) is not None
        if margin and id(row) in outer and not row.tabled and (repeated or number):
            continue
        kept.append(row)
    return kept


def _shape(row: Row) -> str:
    return _DIGITS.sub("#", row.text)


def _lines(rows: list[Row], body: float) -> tuple[list[Line], dict[tuple[int | None, int], tuple[float, bool]]]:
    """Return lines with blank ones between paragraphs, and by page and number the size of each and whether it is bold."""
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(row.text for row in rows)))
    steps = [a.bottom - b.bottom for a, b in pairwise(rows) if a.page == b.page and 0 < a.bottom - b.bottom < 4 * body]
    leading = float(median(steps)) if steps else 1.2 * body
    left = float(median(row.left for row in rows)) if rows else 0.0
    lines: list[Line] = []
    set_as: dict[tuple[int | None, int], tuple[float, bool]] = {}
    before: Row | None = None
    in_notes = False
    for index, row in enumerate(rows):
        turned = before is None or row.page != before.page
        in_notes = in_notes and not turned
        text = row.text.rstrip(_BACK_LINK)
        if not text:
            continue
        small = row.size <= 0.93 * body
        at_foot = row.top < 0.6 * row.height
        if small and at_foot and _NUMBER_FIRST.match(text) and (text[0] not in RAISED):
            number = _NUMBER_FIRST.match(text)
            text = text[: number.end(1)].translate(_RAISE) + text[number.end(1) :] if number else text
        if (
            before is None
            or turned
            or _parted(before, row, leading, left, body)
            or (small and text[0] in RAISED and not in_notes)
        ):
            lines.append(_line("", row, turned=False))
        in_notes = small and (in_notes or text[0] in RAISED)
        following = rows[index + 1].text if index + 1 < len(rows) else ""
        text = text if row.tabled else _closing(text, following, words)
        lines.append(_line(text, row, turned=turned and before is not None))
        set_as[row.page, row.number] = (row.size, row.bold)
        before = row
    return lines, set_as


def _parted(before: Row, row: Row, leading: float, left: float, body: float) -> bool:
    """Whether a paragraph ends between two lines: by a gap, another size, or the indent of a first line."""
    if before.tabled or row.tabled:
        return before.tabled is not row.tabled
    step = before.bottom - row.bottom
    if step > 1.3 * leading * max(1.0, min(before.size, row.size) / body) or abs(before.size - row.size) > 0.08 * body:
        return True
    ended = re.search(r"[.?!:][\"”’')\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$", before.text) is not None
    return ended and row.left > before.left + 0.8 * body and row.left > left + 0.8 * body


def _closing(text: str, following: str, words: Counter[str]) -> str:
    """Return a line whose last word runs on with its hyphen softened, unless the compound itself has one."""
    match = re.search(r"([^\W\d_]+)-$", text)
    rest = re.match(r"[^\W\d_]+", following)
    if match is None or rest is None or not rest.group()[0].islower():
        return text
    compound = f"{match.group(1)}-{rest.group()}"
    if words[compound] and not words[match.group(1) + rest.group()]:
        return text
    return text[:-1] + _SOFT_HYPHEN


def _line(text: str, row: Row, *, turned: bool) -> Line:
    return Line(Traced(text, (Place(0, row.number, 1, row.page),)), text, row.number, row.page, turned)


def _mark_headings(items: list[Item], set_as: dict[tuple[int | None, int], tuple[float, bool]], body: float) -> None:
    """Make headings of what is set larger than the body, or in bold; the larger, the higher."""
    bold_body = 3 * sum(bold for _, bold in set_as.values()) > len(set_as)
    found: dict[int, tuple[int, bool]] = {}
    for index, item in enumerate(items):
        if item.kind is not None or not item.text or len(item.text) > 250 or _LEADERS.search(item.text):
            continue
        looks = [set_as[part.page, part.line] for part in item.parts if (part.page, part.line) in set_as]
        if not looks:
            continue
        size, bold = min(size for size, _ in looks), all(bold for _, bold in looks)
        titled = bold and not bold_body and len(item.text) <= _LONGEST_HEADING and item.text[-1] not in ".,;:"
        if size >= _HEADING_SIZE * body or (titled and size > 0.9 * body and any(map(str.isalpha, item.text))):
            found[index] = (round(size), bold)
    ranks = sorted(set(found.values()), reverse=True)
    for index, look in found.items():
        items[index].kind = BlockKind.HEADING
        items[index].level = min(ranks.index(look) + 1, 6)


def _plain_title(title: str) -> str:
    generated = re.match(r"microsoft word\b|untitled|.*\.(?:docx?|indd|pdf|qxd|tex)$", title.strip(), re.IGNORECASE)
    return "" if generated else " ".join(title.split())


def _plain_author(author: str) -> tuple[Any, ...]:
    named = 2 <= len(author.split()) <= 12 and not re.search(r"user|admin|office|\d", author, re.IGNORECASE)
    return parse_names(author) if named else ()
