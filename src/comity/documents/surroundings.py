"""What stands around a table: caption, unit, source and remarks."""

from __future__ import annotations

import re

from comity.documents.drafts import Draft
from comity.documents.headings import BREAK
from comity.documents.inline import tidy
from comity.documents.items import Item, split
from comity.documents.trace import Traced
from comity.documents.units import (
    is_citation,
    is_numbered_caption,
    is_remark,
    is_source,
    mark_of_remark,
    unit_at_end,
    unit_in,
    unit_of_caption,
)
from comity.terms import BlockKind

_SOURCE_INSIDE = re.compile(r"(?<=[.;,)] )(?:data\s+)?sources?\s*:", re.IGNORECASE)
# What stands alone in brackets between a caption and its table belongs to the caption: years, a unit that is not known.
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]")
_FIGURE = re.compile(r"[(+−–-]?(?:[A-Z]{0,3}[$€£¥]\s?)?\d[\d.,  ]*%?\)?\s?")
_MOST_BELOW = 12  # remarks and a source
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
# What a cell holds, or ends with, before its meaning; a name in the same place begins a sentence: "Oman: exports fell".
_KEYED = re.compile(r"(?P<end>\([a-z]{1,2}\))\s+\w|(?P<whole>[^\s\dA-Z:=]{1,5}|[A-Z]{1,3})\s?[:=]\s")
# So begins what is said of a table's figures, which is no name of it: "Excluding gold", "Provisional figures".
_TOLD_OF_FIGURES = re.compile(
    r"(?:[A-Z][a-z-]+ing|provisional|preliminary|estimate[sd]?|rounded|data|figures|values|numbers|totals|all|in|at|of|as|without|with|from|see)\b"
    r"|.*\s(?:is|are|was|were|has|have|includes?|excludes?)\s",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(\d{1,2})\s+(?=[A-Z])")
_REMARK_LABEL = re.compile(r"^(?:notes?|remarks?|units?|n\.?b\.?)\s*[:.–—-]\s*", re.IGNORECASE)


def table_draft(items: list[Item], index: int, drafts: dict[int, Draft], done: set[int], warnings: list[str]) -> Draft:
    """Return the table at `index`; what stands around it goes into `drafts`, and its indexes into `done`."""
    number = sum(draft.kind is BlockKind.TABLE for draft in drafts.values()) + 1
    warnings += [f"Table {number}: {ragged}." for ragged in items[index].faults]
    draft = Draft(BlockKind.TABLE, Traced(""), cells=items[index].cells, page=items[index].raw.page)
    if not _takes_marked(items, index, draft, drafts, done):
        _above(items, index, draft, drafts, done)
    _below(items, index, draft, drafts, done)
    if not draft.unit:
        draft.unit = _unit_in_headers(draft)
    return draft


def _takes_marked(items: list[Item], index: int, draft: Draft, drafts: dict[int, Draft], done: set[int]) -> bool:
    """Take the caption that stands behind a colon right above or below a table, as pandoc writes them."""
    for at in (index - 1, index + 1):
        item = items[at] if 0 <= at < len(items) else None
        if item is not None and item.kind is None and at not in done and item.text.startswith(": "):
            item.clean = item.clean.cut(2, len(item.text)).strip()
            _set_caption(draft, item)
            drafts[at] = draft.caption or Draft(BlockKind.CAPTION, item.clean)
            done.add(at)
            return True
    return False


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
        elif _IN_BRACKETS.fullmatch(item.text) and draft.caption is None:
            drafts[at] = Draft(BlockKind.CAPTION, item.clean, markers=item.markers)
        elif item.kind is BlockKind.HEADING and not (is_numbered_caption(item.text) or unit_at_end(item.text)[0]):
            draft.caption = drafts[at] = Draft(BlockKind.HEADING, item.clean, item.level or 1, markers=item.markers)
            draft.unit = draft.unit or unit_of_caption(item.text)
        elif item.kind is BlockKind.HEADING or _is_caption(item):
            _set_caption(draft, item)
            drafts[at] = draft.caption or Draft(BlockKind.CAPTION, item.clean)
        else:
            return
        done.add(at)
        at -= 1
        if draft.caption is not None:
            if at >= 0 and at not in done and not is_numbered_caption(item.text) and _names_table(items[at]):
                # What stands between is a name over the columns.
                _set_caption(draft, items[at])
                drafts[at] = draft.caption
                done.add(at)
            return


def _names_table(item: Item) -> bool:
    """Whether an item is a table's numbered caption."""
    told = item.kind in (None, BlockKind.HEADING) and is_numbered_caption(item.text)
    return told and item.text[:5].lower() == "table"


def _set_caption(draft: Draft, item: Item) -> None:
    unit, end = unit_at_end(item.text)
    lines = item.parts
    if len(lines) > 1 and not unit:
        last = tidy(lines[-1].strip(), unnoted=item.unnoted).text.text
        unit = unit_in(last)
        end = len(item.text) - len(last) - 1 if unit else end
    draft.unit = draft.unit or unit or unit_of_caption(item.text)
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
        and not BREAK.search(bare)
        and len(bare.split()) <= 22
        and bare[0].isupper()
    )


def _below(items: list[Item], index: int, draft: Draft, drafts: dict[int, Draft], done: set[int]) -> None:
    """Take the source, the remarks and, where none stood above, the caption below a table."""
    at = index + 1
    counted = 0
    for _ in range(_MOST_BELOW):
        while at < len(items) and items[at].kind is BlockKind.NOTE:
            at += 1
        if at < len(items) and at in done:  # the caption
            at += 1
        if at >= len(items) or (items[at].kind is not None and not _explains(items[at], draft)):
            return
        item = items[at]
        text = item.text
        explains = _explains(item, draft) or _counts_on(items, at, counted)
        inside = _SOURCE_INSIDE.search(text) if explains else None
        if explains and inside is None:
            counted = _count_of(item) or counted
            drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
            done.add(at)
            at += 1
            continue
        unit = unit_in(text)
        begin = inside.start() if inside is not None else _source_start(text)
        if begin and draft.source is None:
            draft.source = drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
            draft.source_start = begin
            draft.unit = draft.unit or _unit_beside(text[:begin])
            done.add(at)
            at += 1
            continue
        source = is_source(text) or is_citation(text, item.raw.text)
        if source and draft.source is None:
            draft.source = drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
            draft.unit = draft.unit or _unit_beside(text)
        elif unit and not draft.unit:
            draft.unit = unit
            drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
        elif is_remark(text):
            drafts[at] = Draft(BlockKind.TABLE_NOTE, item.clean, markers=item.markers)
            draft.unit = draft.unit or _unit_beside(text)
            if mark := mark_of_remark(text):
                _take_out(mark, draft)
        elif _is_captioned_below(items, at, draft, first=at == index + 1):
            _set_caption(draft, item)
            drafts[at] = draft.caption or Draft(BlockKind.CAPTION, item.clean)
        else:
            return
        done.add(at)
        at += 1


def _is_captioned_below(items: list[Item], at: int, draft: Draft, *, first: bool) -> bool:
    """Whether a line below a table is its caption: one that is numbered, or the `first` that names something, its remarks or source below it."""
    text, below = items[at].text, items[at + 1] if at + 1 < len(items) else None
    if draft.caption is None and is_numbered_caption(text):
        return below is None or not below.cells
    # A section's heading is but second best.
    named = draft.caption is not None and draft.caption.kind is not BlockKind.HEADING
    if named or not first or below is None or below.kind is not None or not _is_caption(items[at]):
        return False
    if _TOLD_OF_FIGURES.match(text):
        return False
    return is_source(below.text) or is_remark(below.text) or _explains(below, draft)


def _explains(item: Item, draft: Draft) -> bool:
    """Whether a line says what stands in cells of the table: "n/a: not known" or "c = closed" for whole cells, "(e) Estimate" for their ends."""
    match = _KEYED.match(item.text) if item.kind in (None, BlockKind.LIST_ITEM) and len(item.text) <= 500 else None
    if match is None:
        return False
    if match["end"]:
        return any(cell.text.text.endswith(match["end"]) for cell in draft.cells)
    return any(cell.column > 0 and cell.text.text == match["whole"] for cell in draft.cells)


def _count_of(item: Item) -> int:
    """The figure before a remark, "1 Closed in May."; 0 where none stands there."""
    match = _COUNTED.match(item.text) if item.kind is None and len(item.text) <= 500 else None
    return int(match[1]) if match is not None else 0


def _counts_on(items: list[Item], at: int, counted: int) -> bool:
    """Whether remarks that are numbered on from `counted` run from here to a source: what stands before it is of the table."""
    begin = at
    while at < len(items) and _count_of(items[at]) == counted + 1:
        at, counted = at + 1, counted + 1
    return begin < at < len(items) and items[at].kind is None and is_source(items[at].text)


def _take_out(mark: str, draft: Draft) -> None:
    """Take a mark that leads to a remark below the table out of the figures that bear it: "2,690.3a"."""
    for cell in draft.cells:
        text = cell.text
        if text.text.endswith(mark) and _FIGURE.fullmatch(text.text, 0, len(text.text) - len(mark)):
            cell.text = text.cut(0, len(text.text) - len(mark)).strip()
            cell.markers = tuple((min(offset, len(cell.text.text)), key) for offset, key in cell.markers)


def _source_start(text: str) -> int:
    """Return where "Source:" begins a sentence within a line whose first words are a unit or a remark; 0 where none does."""
    match = _SOURCE_INSIDE.search(text) if len(text) <= 500 else None
    if match is None:
        return 0
    before = text[: match.start()]
    return match.start() if _unit_beside(before) or is_remark(before) else 0


def _unit_beside(text: str) -> str:
    """Return the unit that one of the sentences of a line below a table is: "Note: Figures in US$ million."."""
    for sentence in _SENTENCE_END.split(text.strip()):
        unit = unit_in(_REMARK_LABEL.sub("", sentence))
        if unit:
            return unit
    return ""


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
    units = [_unit_of(cell.text.text) for cell in heads if cell.column > 0 and cell.text.text]
    if units and units[0] and all(unit == units[0] for unit in units):
        return units[0]
    corner = next((cell.text.text for cell in heads if cell.column == 0), "")
    return _unit_of(corner) or (unit_in(corner) if corner.lower() not in ("year", "") else "")


def _unit_of(header: str) -> str:
    return unit_at_end(header)[0] or unit_of_caption(header)
