"""Plain text and Markdown: from characters to a reading."""

from __future__ import annotations

import re

from comity.documents.casing import acronyms_in
from comity.documents.composition import compose
from comity.documents.drafts import Reading
from comity.documents.footnotes import find_notes
from comity.documents.items import chunks_of, items_of, joined, tidy_items
from comity.documents.lines import split_lines, without_furniture

_MARKDOWN = re.compile(
    r"^#{1,6}\s+\S|\*\*[^\s*][^*\n]{0,200}\*\*|(?<!\w)\*[^\s*][^*\n]{0,200}[^\s*]\*(?!\w)|\[\^[^\]\s]+\]|\]\(https?://"
    r"|^\s*\|?\s*:?-{3,}:?\s*\||\\[$&#_*%\[\]]",
    re.MULTILINE,
)


def read_text(text: str) -> Reading:
    """Read plain text or Markdown."""
    chunks, marks = find_notes(chunks_of(without_furniture(split_lines(text))))
    items = [item for group, chunk in enumerate(chunks) for item in items_of(chunk, group, marks)]
    tidy_items(items, marks.labels)
    reading = compose(joined(items, marks.labels), marks.labels, acronyms_in(text))
    reading.media_type = "text/markdown" if _MARKDOWN.search(text) else "text/plain"
    return reading
