"""The lines of a page of a PDF in reading order, and where its words stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from comity.documents.portable_glyphs import Box, handle_of, is_bold, is_untold, sizes_of
from comity.documents.portable_headings import LONGEST_HEADING
from comity.documents.portable_pictures import FEW, Shown, is_laid_under, shown_on
from comity.documents.portable_rows import Row, rows_of
from comity.documents.portable_rules import rules_of
from comity.documents.portable_tables import ruled_tables
from comity.documents.portable_words import turned_rules, words_of
from comity.terms import UnreadableSource

# In points and sizes of the type: how near the rule above notes stands, and of its column's width how long it may be.
_RULE_ASIDE, _RULE_ABOVE, _RULE_LENGTH = 6.0, 2.0, 0.8
_MOST_RULES = 200


@dataclass(slots=True)
class PageRows:
    """The lines of a page in reading order, and what is to be known of it.

    Attributes:
        gutter: where its columns part.
        untold: whether its fonts do not tell its letters.
        hidden: whether its text does not show.
        shown: for a page with hardly any text, what it shows instead.
    """

    rows: list[Row]
    gutter: float | None
    untold: bool = False
    hidden: bool = False
    shown: Shown | None = None


def page_rows(page: Any, number: int, gutter: float | None = None) -> PageRows:
    """Return the lines of a page; closes the page.

    What is set in another direction than most of a page follows the rest. `gutter` is where the columns of the page before part.
    """
    from pypdfium2 import raw

    shown = Box(*page.get_bbox())
    text_page = page.get_textpage()
    found: list[Row] = []
    parts: float | None = None
    instead: Shown | None = None
    try:
        handle = handle_of(text_page)
        hidden = is_laid_under(text_page)
        untold = is_untold(handle, raw.FPDFText_CountChars(text_page.raw))
        for order, words in enumerate(words_of(text_page, shown)):
            rules = turned_rules(rules_of(page, shown) if order == 0 or words.frame.quarters else ([], []), words.frame)
            tables, outside = ruled_tables(words, rules)
            rows, parting = rows_of(words, outside, tables, number, gutter if order == 0 else None)
            parts = parting if order == 0 else parts
            _mark_ruled(rows, rules[0])
            blocks = max((row.block for row in found), default=-1) + 1
            numbered = max((row.table for row in found), default=0)
            for row in rows:
                row.aside = order > 0
                row.block += blocks
                row.table += numbered if row.table else 0
            found += rows
        sizes = sizes_of(handle, [row.largest for row in found])
        for order, row in enumerate(found, 1):
            row.number = order
            row.size = sizes[order - 1] or row.size
            if not row.tabled and len(row.text) <= LONGEST_HEADING:
                row.bold = is_bold(handle, row.first) and is_bold(handle, row.last)
        if sum(len(row.text) for row in found) < FEW:
            instead = shown_on(page, shown)
    finally:
        text_page.close()
        page.close()
    return PageRows(found, parts, untold, hidden, instead)


def _mark_ruled(rows: Sequence[Row], rules: Sequence[Box]) -> None:
    """Mark the lines right above which a short rule stands."""
    columns: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        columns[row.block].append(row)
    for column in columns.values():
        left, right = min(row.left for row in column), max(row.right for row in column)
        for rule in rules[:_MOST_RULES]:
            if abs(rule.left - left) > _RULE_ASIDE or rule.right - rule.left > _RULE_LENGTH * (right - left):
                continue
            below = max((row for row in column if row.bottom < rule.bottom), key=lambda row: row.bottom, default=None)
            if below is not None and rule.bottom - below.top < _RULE_ABOVE * below.size:
                below.ruled = True


def boxes_of(content: bytes, page: int, line: int, first: int, last: int) -> list[Box]:
    """Return the boxes of the words that stand on a line of a page from one column to another, both from 1 and included.

    `Document.locate` gives page, line and column of a character. Boxes are in points from the lower left corner of what shows
    of the page, as it lies in the file, before a viewer turns it.

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
                found = page_rows(pdf[number], number + 1, gutter)
                rows, gutter = found.rows, found.gutter
    finally:
        pdf.close()
    row = next((row for row in rows if (row.page, row.number) == (page, line)), None)
    if row is None:
        return []
    return row.boxes(first - 1, last)
