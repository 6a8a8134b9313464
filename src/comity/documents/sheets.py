"""Sheets of rows as tables: what stands above and below the rows told from the rows themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.documents.grids import Grid, grid_cells, ragged_rows
from comity.documents.items import Item
from comity.documents.limits import refuse_many
from comity.documents.trace import Traced
from comity.terms import BlockKind, UnreadableSource


@dataclass(slots=True)
class Sheet:
    """A sheet's rows as printed, cells trimmed; `title` is the sheet's name, empty where it has none of its own."""

    title: str
    rows: list[list[Traced]]


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
        for block in _blocks(sheet.rows):
            items += _block_items(block, number)
    if not any(item.cells or item.text for item in items):
        raise UnreadableSource(name, "the table has no cells", remedy="Save it again, or remove it from the sources.")
    return items


def _blocks(rows: list[list[Traced]]) -> list[list[list[Traced]]]:
    """Part the rows where a row is blank."""
    blocks: list[list[list[Traced]]] = [[]]
    for row in rows:
        if any(cell.text for cell in row):
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _block_items(block: list[list[Traced]], group: int) -> list[Item]:
    """Return the lines above the rows, the rows as a table, and the lines below them."""
    filled = [sum(bool(cell.text) for cell in row) for row in block]
    wide = [index for index, count in enumerate(filled) if count > 1]
    if not wide:
        width = max(len(row) for row in block)
        if len(block) > 2 and width == 1:
            wide = [0, len(block) - 1]  # one column of figures is a table too
        else:
            return [_line(None, cell, group) for row in block for cell in row if cell.text]
    first, last = wide[0], wide[-1]
    items = [_line(None, cell, group) for row in block[:first] for cell in row if cell.text]
    rows = _trimmed(block[first : last + 1])
    grid = Grid(rows)
    items.append(Item(BlockKind.TABLE, [], Traced(""), group, cells=grid_cells(grid), faults=ragged_rows(grid)))
    return items + [_line(None, cell, group) for row in block[last + 1 :] for cell in row if cell.text]


def _trimmed(rows: list[list[Traced]]) -> list[list[Traced]]:
    """Leave out the columns at the right, and at the left, in which no cell has text."""
    width = max(len(row) for row in rows)
    right = max(index + 1 for row in rows for index, cell in enumerate(row) if cell.text)
    left = min(index for row in rows for index, cell in enumerate(row) if cell.text)
    if right == width and left == 0:
        return rows
    return [row[left:right] for row in rows]


def _line(kind: BlockKind | None, text: Traced, group: int, *, level: int = 0) -> Item:
    return Item(kind, [text], text, group, level, clean=text)
