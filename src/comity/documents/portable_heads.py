"""What stands on every page of a PDF: running heads and page numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from comity.documents.portable_rows import APART, Row

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?(?:\s*\|?\s*p\s?a\s?g\s?e)?",
    re.IGNORECASE,
)
_MARGIN = 0.12  # of the page's height, at top and foot, where running heads stand
_HEAD_APART = 1.5  # in sizes of their type, from the text


def without_heads(rows: list[Row]) -> list[Row]:
    """Leave out running heads (the same line at the same height of several pages) and page numbers at top and foot."""
    pages = {row.page for row in rows}
    standing: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    edges: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.bottom > (1 - _MARGIN) * row.height or row.top < _MARGIN * row.height:
            edges[row.page].append(row)
            standing[_shape(row), round(row.bottom / 3)].add(row.page)
            standing[row.text, round(row.bottom / 3)].add(row.page)
    least = max(2, min(3, len(pages)))
    inner: defaultdict[int, list[float]] = defaultdict(list)
    for row in rows:
        inner[row.page].append(row.bottom)
    left_out: set[int] = set()
    for page, margin in edges.items():
        levels = sorted(inner[page])
        highest, lowest = sorted(margin, key=lambda row: -row.bottom), sorted(margin, key=lambda row: row.top)
        for row in {id(row): row for row in (*highest[:2], *lowest[:2])}.values():
            repeated = len(standing[_shape(row), round(row.bottom / 3)]) >= least
            if row.tabled or not (repeated or _PAGE_NUMBER.fullmatch(row.text)):
                continue
            # A line of the text may chance to look like one, but it stands no farther from the next than lines do.
            always = len(standing[row.text, round(row.bottom / 3)]) >= max(4, 0.6 * len(pages))
            if _gap(row, levels) > _HEAD_APART * row.size or always:
                left_out.add(id(row))
    left_out |= _page_numbers(rows) | _numbered_heads(edges, inner)
    return [row for row in rows if id(row) not in left_out]


def _gap(row: Row, levels: Sequence[float]) -> float:
    """How far the next line of the page stands from one at its top or foot; `levels` are the feet of its lines, rising."""
    if row.bottom > 0.5 * row.height:
        at = bisect_left(levels, row.bottom - 0.1)
        return row.bottom - levels[at - 1] if at else 1e9
    at = bisect_right(levels, row.bottom + 0.1)
    return levels[at] - row.bottom if at < len(levels) else 1e9


def _numbered_heads(edges: Mapping[int, Sequence[Row]], inner: Mapping[int, Sequence[float]]) -> set[int]:
    """The ids of the lines at top and foot with the page's number at one end, apart from the rest, that count on with other pages'."""
    found: defaultdict[int, dict[int, list[Row]]] = defaultdict(dict)
    for page, margin in edges.items():
        levels = sorted(inner[page])
        for row in margin:
            parts = row.text.split(APART)
            numbers = {part for part in (parts[0], parts[-1]) if len(part) <= 4 and part.isdecimal()}
            if len(numbers) == 1 and not row.tabled and _gap(row, levels) > _HEAD_APART * row.size:
                found[int(numbers.pop()) - page].setdefault(page, []).append(row)
    return {id(row) for pages in found.values() if len(pages) > 1 for rows in pages.values() for row in rows}


def _page_numbers(rows: Sequence[Row]) -> set[int]:
    """The ids of the numbers that stand alone at the foot or top of pages and rise with them, wherever their margins end."""
    outermost: dict[tuple[int, bool], Row] = {}
    for row in rows:
        top, foot = (row.page, True), (row.page, False)
        if top not in outermost or row.bottom > outermost[top].bottom:
            outermost[top] = row
        if foot not in outermost or row.bottom < outermost[foot].bottom:
            outermost[foot] = row
    found: defaultdict[tuple[bool, int], set[int]] = defaultdict(set)
    for (page, upper), row in outermost.items():
        if len(row.text) <= 4 and row.text.isdecimal() and not row.tabled:
            found[upper, int(row.text) - page].add(id(row))
    return {number for numbers in found.values() if len(numbers) > 1 for number in numbers}


def _shape(row: Row) -> str:
    return _DIGITS.sub("#", row.text)
