"""The blocks of an article put in order: its title first, what stands around it above the text, what trails off set apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from comity.documents.clauses import is_sentence
from comity.documents.front import is_front_line
from comity.documents.front_words import is_byline
from comity.documents.headings import FULL_STOP, STOP
from comity.documents.imprint import imprint_dates
from comity.documents.items import Item
from comity.documents.units import is_numbered_caption, is_remark, is_source, unit_in
from comity.terms import BlockKind, Citation

_LEAST_PROSE = 40
# How many blocks below the title a byline or a date is looked for, where a summary stands between.
_MOST_ABOVE = 10
_LONGEST_HEADING = 120
_POSTED = re.compile(
    r"(?:posted|published|issued|released?|release date|publication date|dated?)\b(?! by\b)", re.IGNORECASE
)
# What licences and journals' software print below every article.
_IMPRINT = re.compile(
    r"this (?:work|article|text|page) is licensed under|there are currently no refbacks", re.IGNORECASE
)
_SPEAKER = re.compile(r"[—–]\s*\w")


def arranged(items: Sequence[Item], title: Item | None) -> list[Item]:
    """Return the blocks with those of the front above the body, in the order in which `compose` expects them."""
    above: list[Item] = []
    if title is not None:
        at = next(index for index, item in enumerate(items) if item is title)
        above = list(items[:at])
        items = [item for item in items[at + 1 :] if item.kind is not BlockKind.HEADING or item.text != title.text]
    first = next((index for index, item in enumerate(items) if _is_body(item)), len(items))
    front: list[Item] = []
    later: list[Item] = []
    for at, item in enumerate(above):
        apart = item.kind is BlockKind.FRONT
        text = _is_told(item) if apart else _is_body(item) or any(one.cells for one in above[at + 1 : at + 2])
        if text:
            later.append(item)
        elif not apart and _is_said(item):
            front.append(item)  # all else that stands above a title is the page's own
    if title is not None:
        front.append(title)
    for index, item in enumerate(items[: max(first, _MOST_ABOVE)]):
        said = item.kind in (None, BlockKind.LIST_ITEM, BlockKind.FRONT) and _is_said(item)
        if (index < first and item.kind is None) or (said and title is not None):
            front += _lines(item)
        else:
            later.append(item)
    rest = [*later, *items[max(first, _MOST_ABOVE) :]]
    return [*front, *_trailing(_headed(rest))]


def dated(citation: Citation, items: Sequence[Item]) -> Citation:
    """Return the citation with the one day that a line "Posted on ..." above the text gives, where nothing else gave one."""
    if citation.issued is not None:
        return citation
    for item in items[:_MOST_ABOVE]:
        dates = imprint_dates(item.text) if _POSTED.match(item.text) and len(item.text) <= 2 * _LONGEST_HEADING else []
        if len({one.period for one in dates}) == 1:
            return replace(citation, issued=dates[0].period)
    return citation


def _is_body(item: Item) -> bool:
    """Whether a block is running text, or what only stands in it."""
    if item.cells or item.kind in (BlockKind.QUOTE, BlockKind.HEADING):
        return True
    if item.kind not in (None, BlockKind.LIST_ITEM) or is_front_line(item.text) or is_byline(item.text):
        return False
    if is_numbered_caption(item.text) or unit_in(item.text):
        return True
    return _is_told(item)


def _is_told(item: Item) -> bool:
    """Whether a block reads as running text."""
    words = item.text.split()
    told = len(item.text) >= _LEAST_PROSE and STOP.search(item.text) is not None and len(words) > 5
    return told or is_sentence(item.text) or len(item.text) > 5 * _LEAST_PROSE


def _is_said(item: Item) -> bool:
    """Whether a block, or a line of it, says who wrote or when."""
    if len(item.text) > 200 or item.cells:
        return False
    return any(is_byline(part.text.strip()) or is_front_line(part.text.strip()) for part in item.parts)


def _lines(item: Item) -> list[Item]:
    """Return the lines of a block of the front as blocks of one group."""
    if len(item.parts) < 2:
        return [replace(item, kind=None)]
    return [replace(item, kind=None, parts=[part], raw=part, clean=part, markers=()) for part in item.parts]


def _headed(items: list[Item]) -> list[Item]:
    """Make short bold paragraphs headings, where text follows and not a table; set apart licences and who is quoted."""
    for index, item in enumerate(items):
        said = (
            item.kind is BlockKind.QUOTE and _SPEAKER.match(item.text) is not None and not FULL_STOP.search(item.text)
        )
        if said or (item.kind in (None, BlockKind.LIST_ITEM) and _IMPRINT.match(item.text)):
            item.kind = BlockKind.FRONT
        if item.kind is None and not item.starts_chunk:
            item.starts_chunk = True
            below = items[index + 1 : index + 3]
            table = any(one.cells for one in below)
            if len(item.text) <= _LONGEST_HEADING and not FULL_STOP.search(item.text) and not table and below:
                item.kind, item.level = BlockKind.HEADING, 3
    return items


def _trailing(items: list[Item]) -> list[Item]:
    """Set apart the lines below the last of the text that are no sentences: initials, numbers, places."""
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if item.kind is BlockKind.FRONT:
            continue
        if item.kind is not None or _is_body(item) or _is_of_table(items, index) or _is_short_sentence(item.text):
            break
        item.kind = BlockKind.FRONT
    return items


def _is_short_sentence(text: str) -> bool:
    return FULL_STOP.search(text) is not None and len(re.findall(r"\w+", text)) > 3


def _is_of_table(items: list[Item], index: int) -> bool:
    near = any(item.cells for item in items[max(index - 3, 0) : index])
    text = items[index].text
    return near and (is_source(text) or is_remark(text) or bool(unit_in(text)) or is_numbered_caption(text))
