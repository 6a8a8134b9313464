"""Sheets of rows as tables: what stands above and below the rows told from the rows themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from comity.documents.grids import Grid, grid_cells, has_stub, ragged_rows
from comity.documents.items import Item
from comity.documents.limits import refuse_many
from comity.documents.spans import Spans
from comity.documents.trace import Traced
from comity.terms import BlockKind, UnreadableSource

_FIELD = re.compile(
    r"(?:data\s*)?sources?(?:\s+(?:note|name))?|(?:last\s+)?updated?(?:\s+(?:on|date))?|(?:date\s+)?(?:extracted|downloaded|accessed|created)(?:\s+on)?"
    r"|(?:database|dataset|data\s*set|title|publisher|units?|notes?|frequency|licen[cs]e|contact|link|url)\s*:?$|\w[\w ]{0,30}:$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Sheet:
    """A sheet's rows as printed, cells trimmed.

    Attributes:
        title: the sheet's name, empty where it has none of its own.
        spans: merged cells, by row and column from 0: how many rows and columns each covers.
    """

    title: str
    rows: list[list[Traced]]
    spans: Spans = field(default_factory=dict)


def sheet_items(sheets: Sequence[Sheet], name: str) -> list[Item]:
    """Return tables and the lines around them, in the order of the sheets.

    Raises:
        UnreadableSource: there are no cells at all, or more than a document may have.
    """
    refuse_many(sum(len(row) for sheet in sheets for row in sheet.rows), name)
    items: list[Item] = []
    for number, sheet in enumerate(sheets):
        if sheet.title:
            items.append(_line(BlockKind.HEADING, Traced(sheet.title), number, level=1))
        for top, left, block in _blocks(sheet.rows):
            items += _block_items(block, number, _moved(sheet.spans, top, left))
    if not any(item.cells or item.text for item in items):
        raise UnreadableSource(name, "the table has no cells", remedy="Save it again, or remove it from the sources.")
    return items


def _moved(spans: Spans, down: int, right: int) -> Spans:
    """Return the spans as the block counts that begins so many rows down and columns to the right."""
    return {(r - down, c - right): span for (r, c), span in spans.items() if r >= down and c >= right}


def _blocks(rows: list[list[Traced]]) -> Iterator[tuple[int, int, list[list[Traced]]]]:
    """Yield the blocks that blank rows part, and within these what stands side by side; with their first row and column."""
    for blank, grouped in groupby(enumerate(rows), key=lambda numbered: not any(cell.text for cell in numbered[1])):
        if blank:
            continue
        numbered = list(grouped)
        block = [row for _, row in numbered]
        for first, last in _side_by_side(block):
            yield numbered[0][0], first, [row[first:last] for row in block]


def _side_by_side(block: list[list[Traced]]) -> list[tuple[int, int]]:
    """Return the columns (first, and the one after the last) of each table of a block: more than one where blank columns part it.

    A blank column may as well only set columns apart; what stands right of it is a table of its own where its first
    column names its rows, as the first of all does.
    """
    width = max(len(row) for row in block)
    inked = {column for row in block for column, cell in enumerate(row) if cell.text}
    runs = [list(run) for ink, run in groupby(range(width), key=inked.__contains__) if ink]
    if len(runs) < 2:
        return [(0, width)]
    starts = [0]
    for run in runs[1:]:
        part = [[cell.text for cell in row[run[0] : run[-1] + 1]] for row in block]
        whole = [row for row in part if sum(map(bool, row)) > 1]
        if len(run) > 1 and len(whole) > 1 and has_stub(whole, 1) and _names_rows(row[0] for row in whole[1:]):
            starts.append(run[0])
    return list(pairwise([*starts, width]))


def _names_rows(cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and len(set(filled)) == len(filled)


def _block_items(block: list[list[Traced]], group: int, spans: Spans) -> list[Item]:
    """Return the lines above the rows, the rows as a table, and the lines below them."""
    filled = [sum(bool(cell.text) for cell in row) for row in block]
    wide = [index for index, count in enumerate(filled) if count > 1]
    if not wide:
        width = max(len(row) for row in block)
        if len(block) > 2 and width == 1:
            wide = [0, len(block) - 1]  # one column of figures is a table too
        else:
            return [_line(None, cell, group) for row in block for cell in row if cell.text]
    if all(count <= 2 for count in filled) and all(map(_is_field, block)):
        return [_field(row, group) for row in block]
    first, last = wide[0], wide[-1]
    items = [_line(None, cell, group) for row in block[:first] for cell in row if cell.text]
    rows, left = _trimmed(block[first : last + 1])
    inside = {
        (r, c): (min(height, len(rows) - r), min(width, len(rows[r]) - c))
        for (r, c), (height, width) in _moved(spans, first, left).items()
        if r < len(rows) and c < len(rows[r]) and rows[r][c].text
    }
    grid = Grid(rows, spans={place: span for place, span in inside.items() if span != (1, 1)})
    items.append(Item(BlockKind.TABLE, [], Traced(""), group, cells=grid_cells(grid), faults=ragged_rows(grid)))
    return items + [_line(None, cell, group) for row in block[last + 1 :] for cell in row if cell.text]


def _is_field(row: list[Traced]) -> bool:
    """Whether a row of a download says something of the whole file: "Data source, Trade database"."""
    words = [cell.text for cell in row if cell.text]
    return bool(row) and bool(row[0].text) and (len(words) == 1 or _FIELD.match(words[0]) is not None)


def _field(row: list[Traced], group: int) -> Item:
    words = [cell for cell in row if cell.text]
    if len(words) == 1:
        return _line(None, words[0], group)
    return _line(None, Traced.join(words, " " if words[0].text.endswith(":") else ": "), group)


def _trimmed(rows: list[list[Traced]]) -> tuple[list[list[Traced]], int]:
    """Leave out the columns at the right, and at the left, in which no cell has text; say how many at the left."""
    width = max(len(row) for row in rows)
    right = max(index + 1 for row in rows for index, cell in enumerate(row) if cell.text)
    left = min(index for row in rows for index, cell in enumerate(row) if cell.text)
    if right == width and left == 0:
        return rows, 0
    return [row[left:right] for row in rows], left


def _line(kind: BlockKind | None, text: Traced, group: int, *, level: int = 0) -> Item:
    return Item(kind, [text], text, group, level, clean=text)
