"""Headings of a PDF: what is set larger than the body, or in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.documents.headings import NUMBERED_HEADING, ends
from comity.documents.imprint import imprint_date
from comity.documents.items import Item
from comity.documents.portable_rows import Row
from comity.terms import BlockKind

# In sizes of the body: a heading is so large.
_HEADING_SIZE = 1.15
# The dots of a table of contents.
_LEADERS = re.compile(r"(?:\.\s?){4,}")
# A line in bold of at most so many characters may be a heading.
LONGEST_HEADING = 120
# In sizes of the type: the lines of one heading stand so near, and those of a title, so much larger than the body, with double space
# at most.
_HEADING_STEP, _TITLE_STEP, _TITLE_SIZE = 1.45, 2.1, 1.5
# A title is so much larger than what stands above it.
_LARGEST = 1.2
# So many lines may stand above a title.
_MOST_ABOVE = 12


def are_one_heading(above: Row, below: Row, body: float) -> bool:
    """Whether two lines, one below the other, larger than the body and alike, are of one heading."""
    alike = abs(above.size - below.size) < 0.02 * below.size and above.bold == below.bold
    if not alike or min(above.size, below.size) < _HEADING_SIZE * body or above.tabled or below.tabled:
        return False
    step = _TITLE_STEP if below.size >= _TITLE_SIZE * body else _HEADING_STEP
    near = 0 < above.bottom - below.bottom < step * below.size
    beside = (above.page, above.block) == (below.page, below.block)
    ended = above.text.endswith((".", "?", "!", ":")) or NUMBERED_HEADING.match(below.text) is not None
    return near and beside and not ended


def mark_headings(items: list[Item], set_as: dict[tuple[int | None, int], tuple[float, bool]], body: float) -> None:
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
        titled = bold and not bold_body and len(item.text) <= LONGEST_HEADING and item.text[-1] not in ".,;:"
        if size >= _HEADING_SIZE * body or (titled and size > 0.9 * body and any(map(str.isalpha, item.text))):
            found[index] = (round(size), bold)
    _spare_front(found, items)
    _spare_above(found, items)
    ranks = sorted(set(found.values()), reverse=True)
    for index, look in found.items():
        items[index].kind = BlockKind.HEADING
        items[index].level = min(ranks.index(look) + 1, 6)


def _spare_front(found: dict[int, tuple[int, bool]], items: Sequence[Item]) -> None:
    """Take the lines below the title out of the headings where nothing further down the text is set as they are: author, institute, date.

    A numbered line stays a heading, "30 January 2018" being none.
    """
    last = next(
        (index for index in range(len(items)) if index not in found and not _is_front(items[index])), len(items)
    )
    last = min(last, _MOST_ABOVE)
    below = {look for index, look in found.items() if index > last}
    front = [index for index in range(last) if index in found]
    title = max((found[index] for index in front), default=None)
    for index in front:
        numbered = NUMBERED_HEADING.match(items[index].text) and imprint_date(items[index].text) is None
        if found[index] not in (title, *below) and not numbered:
            del found[index]


def _is_front(item: Item) -> bool:
    """Whether a line that is set as the body may stand between those of the front: an institute below its author."""
    return item.kind is None and not item.cells and len(item.text) <= LONGEST_HEADING and not ends(item.text)


def _spare_above(found: dict[int, tuple[int, bool]], items: Sequence[Item]) -> None:
    """Take the lines above the title out of the headings: a journal's name and number, a logo, a department."""
    first = next((part.page for item in items for part in item.parts), None)
    page = [index for index in sorted(found) if items[index].parts[0].page == first]
    title = max(page, key=lambda index: (found[index][0], -index), default=None)
    if title is None or title > _MOST_ABOVE:
        return
    for index in page:
        if index < title and found[index][0] * _LARGEST <= found[title][0]:
            del found[index]
