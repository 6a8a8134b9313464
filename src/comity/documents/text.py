"""Plain text and Markdown: from characters to a reading."""

from __future__ import annotations

import re

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose
from comity.documents.drafts import Reading
from comity.documents.footnotes import find_notes
from comity.documents.front_matter import with_front_matter
from comity.documents.items import Item, chunks_of, items_of, joined, tidy_items
from comity.documents.limits import refuse_lines, refuse_many
from comity.documents.lines import Line, split_lines, without_furniture
from comity.documents.wire import part_report, records_in
from comity.terms import UnreadableSource

_MARKDOWN = re.compile(
    r"^#{1,6}\s+\S|\*\*[^\s*][^*\n]{0,200}\*\*|(?<!\w)\*[^\s*][^*\n]{0,200}[^\s*]\*(?!\w)|\[\^[^\]\s]+\]|\]\(https?://"
    r"|^[ \t]*+\|?[ \t]*+:?-{3,}+:?[ \t]*+\||\\[$&#_*%\[\]]",
    re.MULTILINE,
)


def read_text(text: str, name: str) -> Reading:
    """Read plain text or Markdown.

    Raises:
        UnreadableSource: it has more lines, or its tables more cells, than a document may have, or holds several articles.
    """
    refuse_lines(text, name)
    records = records_in(text)
    if records:
        reason = f"it holds {len(records):,} articles of a database, each with a date of its own"
        raise UnreadableSource(name, reason, remedy="comity add takes each by itself.")
    report = part_report(split_lines(text))
    items, labels = typed_items(report.lines, name)
    reading = compose(items, labels, acronyms_in(text), known=report.known)
    report.complete(reading)
    reading.media_type = "text/markdown" if _MARKDOWN.search(text) else "text/plain"
    return reading


def typed_items(lines: list[Line], name: str) -> tuple[list[Item], frozenset[str]]:
    """Return the items of a text and the labels of its notes; its lines are let go, for a long text has many.

    Raises:
        UnreadableSource: its tables have more cells than a document may have.
    """
    chunks, marks = find_notes(chunks_of(without_furniture(with_front_matter(lines))))
    lines.clear()
    items: list[Item] = []
    cells = 0
    for group, chunk in enumerate(chunks):
        for item in items_of(chunk, group, marks):
            items.append(item)
            if item.cells:
                cells += len(item.cells)
                refuse_many(cells, name)
        chunk.clear()
    tidy_items(items, marks.labels)
    return joined(items, marks.labels), marks.labels
