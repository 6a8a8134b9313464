"""How much one document may hold: it is for reading, and each sentence and cell of it is addressed."""

from __future__ import annotations

import re

from comity.terms import UnreadableSource

# A data set has more; its cells, each addressed, would fill the memory.
MAX_CELLS = 400_000
# Lines with text, blocks or sentences; a book of a thousand pages has some 40,000 lines.
MAX_LINES = 400_000
_MAX_BLANK_LINES = 800_000
_MAX_TAGS = 10 * MAX_LINES
_MAX_ATTRIBUTES = 2_000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SPLIT = "Split it into parts, or keep only what concerns the two states."


def refuse_many(cells: int, name: str) -> None:
    """Refuse tables of more cells than a document may have."""
    if cells > MAX_CELLS:
        raise UnreadableSource(
            name,
            f"the table has {cells:,} cells; the limit is {MAX_CELLS:,}",
            remedy="Keep only the rows of the two states, and save them as a file of their own.",
        )


def refuse_long(count: int, name: str, noun: str = "paragraphs") -> None:
    """Refuse a document of more blocks or sentences than it may have."""
    if count > MAX_LINES:
        raise UnreadableSource(name, f"it has more than {MAX_LINES:,} {noun}, which is the limit", remedy=_SPLIT)


def refuse_lines(text: str, name: str) -> None:
    """Refuse a text of more lines than a document may have, before its lines are built."""
    if text.count("\n") + text.count("\r") <= MAX_LINES:
        return
    lines = text.splitlines()
    inked = sum(map(bool, map(str.strip, lines)))
    if inked > MAX_LINES:
        reason = f"the text has {inked:,} lines; the limit is {MAX_LINES:,}"
        raise UnreadableSource(name, reason, remedy=_SPLIT)
    if len(lines) - inked > _MAX_BLANK_LINES:
        reason = f"the text has {len(lines) - inked:,} blank lines; the limit is {_MAX_BLANK_LINES:,}"
        raise UnreadableSource(name, reason, remedy="Take the blank lines out.")


def refuse_tags(page: str, name: str) -> None:
    """Refuse a page of more tags than its text can have paragraphs, or a tag of countless attributes, before it is parsed."""
    tags = page.count("<")
    if tags > _MAX_TAGS:
        raise UnreadableSource(name, f"the page has {tags:,} tags; the limit is {_MAX_TAGS:,}", remedy=_SPLIT)
    for tag in _LONG_TAG.finditer(page):
        count = len(_QUOTED.sub("", tag[0]).split())
        if count > _MAX_ATTRIBUTES:  # a parser compares each with all before it
            raise UnreadableSource(
                name,
                f"a tag of the page has {count:,} attributes; the limit is {_MAX_ATTRIBUTES:,}",
                remedy="Save the page again from the browser.",
            )
