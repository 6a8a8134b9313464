"""Furniture among the paragraphs of a body: what `comity.language` tells as such becomes a block that nobody codes."""

from __future__ import annotations

from collections.abc import Sequence

from comity.documents.footnotes import NOTES_HEADING, REFERENCES_HEADING
from comity.documents.items import Item, split
from comity.documents.units import is_remark
from comity.language import furniture_in
from comity.terms import BlockKind

_MAY_BE = (None, BlockKind.LIST_ITEM, BlockKind.QUOTE)
# What stands so near to a table is its caption, its source, or a remark on it.
_NEAR = 4


def set_apart(items: Sequence[Item], begin: int) -> list[Item]:
    """Return the items of the body, from index `begin` on, furniture parted from prose and marked as front matter."""
    lines: list[str] = []
    places: list[tuple[int, int]] = []  # where each item's lines begin and end in `lines`
    near = _near_tables(items)
    for index, item in enumerate(items):
        if REFERENCES_HEADING.fullmatch(item.text) or NOTES_HEADING.fullmatch(item.text):
            break
        if item.starts_chunk or item.kind not in _MAY_BE:
            lines.append("")
        first = len(lines)
        if not item.cells and item.kind is not BlockKind.NOTE and index not in near:
            lines += [part.text for part in item.parts]
        places.append((first, len(lines)))
    told = furniture_in(lines)
    body: list[Item] = []
    for index, item in enumerate(items[begin:], begin):
        first, end = places[index] if index < len(places) else (0, 0)
        marks = told[first:end]
        if item.kind not in _MAY_BE or not any(marks):
            body.append(item)
            continue
        parted = [item]
        runs = [marks[0]]
        for line in range(len(marks) - 1, 0, -1):
            if marks[line] != marks[line - 1]:
                split(parted, 0, line)
                runs.insert(1, marks[line])
        for one, furniture in zip(parted, runs, strict=True):
            one.kind = BlockKind.FRONT if furniture else one.kind
            body.append(one)
    return body


def _near_tables(items: Sequence[Item]) -> set[int]:
    near: set[int] = set()
    for index, item in enumerate(items):
        if item.cells:
            last = index + _NEAR
            while last < len(items) and is_remark(items[last].text):
                last += 1
            near.update(range(index - _NEAR, last + 1))
    return near
