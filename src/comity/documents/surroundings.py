"""What stands around a table: caption, unit, source and remarks."""

from __future__ import annotations

import re

from comity.documents.drafts import Draft
from comity.documents.inline import tidy
from comity.documents.items import Item, split
from comity.documents.trace import Traced
from comity.documents.units import is_citation, is_numbered_caption, is_remark, is_source, unit_at_end, unit_in
from comity.terms import BlockKind


def table_draft(items: list[Item], index: int, drafts: dict[int, Draft], done: set[int], warnings: list[str]) -> Draft:
    """Return the table at `index`; what stands around it goes into `drafts`, and its indexes into `done`."""
    number = sum(draft.kind is BlockKind.TABLE for draft in drafts.values()) + 1
    warnings += [f"Table {number}: {ragged}." for ragged in items[index].faults[:10]]
    draft = Draft(BlockKind.TABLE, Traced(""), cells=items[index].cells, page=items[index].raw.page)
    _above(items, index, draft, drafts, done)
    _below(items, index, draft, drafts, done)
    if not draft.unit:
        draft.unit = _unit_in_headers(draft)
    return draft


def _above(items: list[Item], index: int, draft: Draft, drafts: dict[int, Draft], done: set[int]) -> None:
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
            draft.caption = drafts[at] = Draft(BlockKind.HEADING, item.clean, item.level or 1, markers=item.markers)
        elif _is_caption(item):
            _set_caption(draft, item)
            drafts[at] = draft.caption or Draft(BlockKind.CAPTION, item.clean)
        else:
            return
        done.add(at)
        at -= 1
        if draft.caption is not None:
            return


def _set_caption(draft: Draft, item: Item) -> None:
    unit, end = unit_at_end(item.text)
    lines = item.parts
    if len(lines) > 1 and not unit:
        last = tidy(lines[-1].strip()).text.text
        unit = unit_in(last)
        end = len(item.text) - len(last) - 1 if unit else end
    draft.unit = draft.unit or unit
    draft.caption = Draft(BlockKind.CAPTION, item.clean, markers=item.markers)
    draft.caption_end = len(item.text[:end].rstrip(" .,:;"))


def _is_caption(item: Item) -> bool:
    text = item.text
    if is_numbered_caption(text):
        return True
    _, end = unit_at_end(text)
    bare = text[:end].rstrip()
    return (
        0 < len(bare) <= 160
        and len(item.parts) <= 3
        and not re.search(r"[.?!;,:][\"”’')]*$", bare)
        and len(bare.split()) <= 22
        and bare[0].isupper()
    )


def _below(items: list[Item], index: int, draft: Draft, drafts: dict[int, Draft], done: set[int]) -> None:
    """Take the source, the remarks and, where none stood above, the caption below a table."""
    at = index + 1
    for _ in range(4):
        while at < len(items) and items[at].kind is BlockKind.NOTE:
            at += 1
        if at >= len(items) or items[at].kind is not None:
            return
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
        elif draft.caption is None and is_numbered_caption(text) and not (at + 1 < len(items) and items[at + 1].cells):
            _set_caption(draft, item)
            drafts[at] = draft.caption or Draft(BlockKind.CAPTION, item.clean)
        else:
            return
        done.add(at)
        at += 1


def part_sources(items: list[Item]) -> None:
    """Part the lines below tables where a source or a remark begins among them."""
    at = 0
    while at < len(items):
        below = at > 0 and items[at].kind is None and _follows_table(items, at)
        if below:
            for line in range(1, len(items[at].parts)):
                text = items[at].parts[line].text.strip()
                if is_source(text) or is_remark(text):
                    split(items, at, line)
                    break
        at += 1


def _follows_table(items: list[Item], at: int) -> bool:
    for before in (items[at - 1], items[at - 2] if at > 1 else items[at - 1]):
        if before.cells:
            return True
        if before.kind is not None or not (is_source(before.text) or is_remark(before.text)):
            return False
    return False


def _unit_in_headers(draft: Draft) -> str:
    """Return the unit that the first cell or every header of a column names."""
    heads = [cell for cell in draft.cells if cell.row == 0 and cell.header]
    units = [unit_at_end(cell.text.text)[0] for cell in heads if cell.column > 0 and cell.text.text]
    if units and units[0] and all(unit == units[0] for unit in units):
        return units[0]
    corner = next((cell.text.text for cell in heads if cell.column == 0), "")
    return unit_at_end(corner)[0] or (unit_in(corner) if corner.lower() not in ("year", "") else "")
