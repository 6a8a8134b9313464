"""What stands on every page of a PDF: running heads and page numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from comity.documents.portable_rows import APART, Row
from comity.documents.units import is_numbered_caption, unit_in

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|\s]*(?:(?:[A-Z]-)?\d{1,4}|[ivxl]{1,6})[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?(?:\s*\|?\s*p\s?a\s?g\s?e)?",
    re.IGNORECASE,
)
# A year at a page's foot may name the rows of a table; that a number counts on with other pages' is told by itself.
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_MARGIN = 0.12  # of the page's height, at top and foot, where running heads stand
_HEAD_APART = 1.5  # in sizes of their type, from the text
# Running heads are of so many lines at most; beyond the margins they stand in one place on so many pages, and on so many of all.
_LEVELS, _EVERYWHERE, _OFTEN = 3, 3, 0.3
_SAME_LEVEL = 2.0  # in points
# Of a page's characters: what is set in another direction stands beside the text where it has fewer.
_BESIDE = 0.1
_IMPRINT = re.compile(
    r"©|\(c\) ?(?:19|20)\d\d|\bcopyright\b|\bDOI\b|\bISSN\b|\bISBN\b|^97[89][-\d]{10,}", re.IGNORECASE
)
_LONGEST_IMPRINT = 120


def without_heads(rows: list[Row]) -> list[Row]:
    """Leave out running heads (the same line at the same height of several pages) and page numbers at top and foot."""
    pages = {row.page for row in rows}
    inner: defaultdict[int, list[float]] = defaultdict(list)
    for row in rows:
        inner[row.page].append(row.bottom)
    for levels in inner.values():
        levels.sort()
    outermost = {page: (_third(levels), _third(levels[::-1])) for page, levels in inner.items()}
    standing: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    edges: defaultdict[int, list[Row]] = defaultdict(list)
    outer: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        margin = _in_margin(row)
        if margin:
            edges[row.page].append(row)
        lowest, highest = outermost[row.page]
        if not lowest < row.bottom < highest:
            outer[row.page].append(row)
        if margin or not lowest < row.bottom < highest:
            standing[_shape(row), round(row.bottom / 3)].add(row.page)
            standing[row.text, round(row.bottom / 3)].add(row.page)
    least = max(2, min(_EVERYWHERE, len(pages)))
    left_out: set[int] = set()
    for page, candidates in outer.items():
        levels = list(inner[page])
        # From the text outwards: of heads over several lines only the innermost stands apart from it.
        for row in sorted(candidates, key=lambda row: abs(row.bottom - 0.5 * row.height)):
            same = len(standing[row.text, round(row.bottom / 3)])
            # A line of the text may chance to look like one, but it stands no farther from the next than lines do.
            apart = _gap(row, levels) > _HEAD_APART * row.size
            if _in_margin(row):
                repeated = len(standing[_shape(row), round(row.bottom / 3)]) >= least
                numbered = _PAGE_NUMBER.fullmatch(row.text) and not _YEAR.fullmatch(row.text)
                repeated = repeated or bool(numbered)
                repeated = repeated and (apart or same >= max(4, 0.6 * len(pages)))
            else:
                often = same >= max(_EVERYWHERE, _OFTEN * len(pages))
                # What ends as a sentence does is of the text, though pages may begin alike.
                repeated = often and apart and not row.text.endswith((".", "]", ")", ":"))
            repeated = repeated and not (is_numbered_caption(row.text) or unit_in(row.text))
            if repeated and not row.tabled:
                left_out.add(id(row))
                levels.remove(row.bottom)
    left_out |= _page_numbers(rows) | _numbered_heads(edges, inner)
    return [row for row in rows if id(row) not in left_out]


def without_asides(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the lines without what stands beside the text, and that: a few lines set upwards, and imprints at top and foot.

    Neither belongs between the lines of a paragraph that goes on over the page's end.
    """
    turned: defaultdict[int, list[Row]] = defaultdict(list)
    lengths: defaultdict[int, int] = defaultdict(int)
    feet: defaultdict[int, list[float]] = defaultdict(list)
    for row in rows:
        lengths[row.page] += len(row.text)
        if row.aside:
            turned[row.page].append(row)
        else:
            feet[row.page].append(row.bottom)
    beside: set[int] = set()
    for page, own in turned.items():
        few = sum(len(row.text) for row in own) < _BESIDE * lengths[page]
        if few and not any(row.tabled for row in own):
            beside |= {id(row) for row in own}
    for levels in feet.values():
        levels.sort()
    for row in rows:
        if row.tabled or not _in_margin(row) or not _IMPRINT.search(row.text) or len(row.text) > _LONGEST_IMPRINT:
            continue
        levels = feet[row.page]
        if not _third(levels) < row.bottom < _third(levels[::-1]) and _gap(row, levels) > row.size:
            beside.add(id(row))
    once: dict[tuple[str, int], Row] = {}  # the same in the same place of many pages is one stamp
    for row in rows:
        if id(row) in beside:
            once.setdefault((row.text, round(row.bottom / 3)), row)
    return [row for row in rows if id(row) not in beside], list(once.values())


def _in_margin(row: Row) -> bool:
    return row.bottom > (1 - _MARGIN) * row.height or row.top < _MARGIN * row.height


def _third(levels: Sequence[float]) -> float:
    """The third place of lines one above the other, from the first of a page on."""
    kept = list(levels[:1])
    for level in levels:
        if abs(level - kept[-1]) > _SAME_LEVEL:
            kept.append(level)
        if len(kept) == _LEVELS:
            break
    return kept[-1]


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
        levels = inner[page]
        for line in _lines(margin):
            parts = [part for row in line for part in row.text.split(APART)]
            numbers = {part for part in (parts[0], parts[-1]) if len(part) <= 4 and part.isdecimal()}
            upper = line[0].bottom > 0.5 * line[0].height
            inmost = (min if upper else max)(line, key=lambda row: row.bottom)
            apart = _gap(inmost, levels) > _HEAD_APART * inmost.size and not any(row.tabled for row in line)
            if len(numbers) == 1 and apart:
                found[int(numbers.pop()) - page].setdefault(page, []).extend(line)
    return {id(row) for pages in found.values() if len(pages) > 1 for rows in pages.values() for row in rows}


def _lines(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that stand beside each other, as over two columns, by their lines, each from left to right."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.bottom):
        if lines and row.bottom - lines[-1][-1].bottom < _SAME_LEVEL:
            lines[-1].append(row)
        else:
            lines.append([row])
    return [sorted(line, key=lambda row: row.left) for line in lines]


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
