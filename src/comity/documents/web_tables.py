"""The tables of a page: which of them hold data, and their cells at the columns and rows that their spans leave them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from comity.documents.drafts import GridCell
from comity.documents.grids import has_stub, header_rows, uneven
from comity.documents.limits import MAX_CELLS
from comity.documents.trace import Traced
from comity.documents.web_furniture import is_hidden
from comity.documents.web_weights import Weight

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A browser takes colspans up to 1,000 (HTML Standard, 4.9.11); no table that is printed has so many.
_MAX_SPAN = 200
_LAYOUT_PROSE = 600
_GROUPS = {"thead": 0, "tfoot": 2}


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """Return the rows of a table that are shown, in the order in which they are: heads first, feet last."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table and not is_hidden(row)]
    return sorted(rows, key=lambda row: _GROUPS.get(row.getparent().tag, 1))


def is_layout(table: HtmlElement, weights: Mapping[HtmlElement, Weight]) -> bool:
    """Whether a table only lays the page out: it holds another table of its own, headings, or running text."""
    if table.get("role") in ("presentation", "none") or table.find(".//tr") is None:
        return True
    cells = [cell for row in rows_of(table) for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or table.find(".//h1") is not None or table.find(".//h2") is not None:
        return True
    if any(_count(inner) > 2 for inner in table.iter("table") if inner is not table):
        return True
    if any(cell.tag == "th" for cell in cells) or table.find("caption") is not None or table.find("thead") is not None:
        return False
    return any(
        (cell in weights and weights[cell].prose > _LAYOUT_PROSE)
        or sum(p in weights and weights[p].prose > 0 for p in cell.iter("p")) > 2
        for cell in cells
    )


def _count(table: HtmlElement) -> int:
    count = 0
    for _ in table.iter("td", "th"):
        count += 1
        if count > 2:
            break
    return count


def cells_of(rows: list[HtmlElement], text_of: Callable[[HtmlElement], Traced]) -> list[GridCell]:
    """Return the cells of a table; spans that would make more cells than a document may have are not followed."""
    cells = _grid(rows, text_of, _MAX_SPAN)
    if cells is None:
        cells = _grid(rows, text_of, 1) or []
    _mark_headers(cells)
    return cells


def _grid(rows: list[HtmlElement], text_of: Callable[[HtmlElement], Traced], span: int) -> list[GridCell] | None:
    """Return the cells of a table at their columns; None where spans make its grid too large."""
    cells: list[GridCell] = []
    covered: list[int] = []  # by column: the row up to which a cell above reaches
    ends = _group_ends(rows)
    area = 0
    for r, row in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th") or is_hidden(element):
                continue
            while column < len(covered) and covered[column] > r:
                column += 1
            # A span of 0 rows reaches to the end of its group, and none reaches further.
            down = (
                ends[r] - r
                if (element.get("rowspan") or "").strip() == "0"
                else _span(element.get("rowspan"), ends[r] - r)
            )
            down = min(down, span)
            across = _span(element.get("colspan"), span)
            area += down * across
            covered += [0] * (column + across - len(covered))
            covered[column : column + across] = [r + down] * across
            if span > 1 and (len(covered) * len(rows) > MAX_CELLS or area > MAX_CELLS):
                return None
            head = element.tag == "th" or (row.getparent() is not None and row.getparent().tag == "thead")
            cells.append(GridCell(r, column, text_of(element), head, down, across))
            column += across
    return cells


def _group_ends(rows: list[HtmlElement]) -> list[int]:
    """Return, by row, the index after the last row of its group."""
    ends = [len(rows)] * len(rows)
    for r in range(len(rows) - 2, -1, -1):
        same = rows[r].getparent() is rows[r + 1].getparent()
        ends[r] = ends[r + 1] if same else r + 1
    return ends


def _span(value: str | None, most: int) -> int:
    digits = re.match(r"\s*(\d{1,5})(?!\d)", value) if value else None
    return max(1, min(int(digits[1]) if digits else 1, most, _MAX_SPAN))


def _mark_headers(cells: list[GridCell]) -> None:
    """Tell header cells by their content where the page marks none."""
    if not cells or any(cell.header for cell in cells):
        return
    height = max(cell.row for cell in cells) + 1
    width = max(cell.column for cell in cells) + 1
    rows = [["" for _ in range(width)] for _ in range(height)]
    for cell in cells:
        rows[cell.row][cell.column] = cell.text.text
    heads = header_rows(rows)
    stub = has_stub(rows, heads)
    for cell in cells:
        cell.header = cell.row < heads or (stub and cell.column == 0 and bool(cell.text.text))


def ragged(cells: list[GridCell]) -> list[str]:
    """Say which rows have another number of cells than most."""
    widths: dict[int, int] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            widths[row] = max(widths.get(row, 0), cell.column + cell.column_span)
    rows = sorted(widths)
    return uneven([widths[row] for row in rows], [row + 1 for row in rows], "row")
