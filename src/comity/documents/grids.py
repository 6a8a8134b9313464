"""Tables in plain text: rows of tabs, Markdown's pipes, ruled grids, and columns set apart by spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from comity.documents.dashed import dashed_rows, dashed_table
from comity.documents.drafts import GridCell
from comity.documents.inline import tidy
from comity.documents.lines import Line
from comity.documents.ruled import ruled_grid
from comity.documents.spans import Extent, Spans, centred, header_spans
from comity.documents.trace import Traced
from comity.documents.units import is_numbered_caption, is_remark, is_source, unit_in

_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)+\|?\s*+|\s*+\|\s*+:?-++:?\s*+\|\s*+")
_GRID_RULE = re.compile(r"\s*\+(?:[-=]+\+)+\s*")
_GAP = re.compile(r" *(?:(?<!\d)\.{4,}|(?:(?<= )\. ){3,}\.?) *| {2,}")  # leading dots part cells as spaces do
_SPACED = re.compile(r"\d \d")
_PIECES = re.compile(r"\S(?:.*?(?=(?<=\d) (?=\d))|.*)")  # what spaces between digits part
_VALUE = re.compile(
    r"(?:(?:US|A|C|S|HK)?[$€£¥₹]|Rs\.?|USD|EUR)?\s*[(+−–-]?\s*(?:(?:US)?[$€£¥₹])?\d[\d.,' ]*\d?\s*%?\)?[*†‡]?(?:\s*\(?[pre]\)?)?|[-–—.]{1,3}|n\.?/?a\.?|nil",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:(?:FY|CY)\s?)?(?:1[89]|20)\d\d(?:\s?[-–/]\s?(?:\d{4}|\d\d))?(?:\s?\(?[A-Za-z]{1,12}\.?\)?)?[*†‡]?|(?:Q[1-4]|H[12])\s?(?:\d{4})?|FY\s?\d\d(?:[-/]\d\d)?"
)
_MAX_CELL = 60
_LEAST_ROWS = 3
_MOST_UPPER = 3
_MAX_NAMED = 10


@dataclass(slots=True)
class Grid:
    """A table's rows as printed.

    Attributes:
        headers: how many rows the layout itself sets off as headers; None where it does not say.
        spans: the cells that the layout itself shows to cover more than one place; the places that they cover are empty.
        parted: False where lines could not be parted into cells; each is one cell then.
    """

    rows: list[list[Traced]]
    headers: int | None = None
    spans: Spans = field(default_factory=dict)
    parted: bool = True


def table_at(lines: Sequence[Line], start: int) -> tuple[int, Grid] | None:
    """Return the table that begins on `lines[start]` and the index after it; None where none begins.

    `lines` has no blank lines, save within a table between lines of dashes.
    """
    text = lines[start].text
    if dashed := dashed_table(lines, start):
        return dashed.end, Grid(dashed_rows(lines, dashed), headers=1 if dashed.headed else None)
    if "\t" in text:
        return _tabbed(lines, start)
    if text.lstrip().startswith("+"):
        return _ruled(lines, start)
    if "|" in text:
        return _piped(lines, start)
    found = _aligned(lines, start) if "  " in text.strip() else None
    return found or (_separated(lines, start) if ";" in text else None)


def grid_cells(grid: Grid) -> list[GridCell]:
    """Return the cells of a grid, its header cells marked."""
    rows = [[cell.text for cell in row] for row in grid.rows]
    heads = header_rows(rows) if grid.headers is None else _with_units(rows, grid.headers)
    stub = has_stub(rows, heads)
    spans = header_spans(rows, heads) | grid.spans
    covered = {
        (r, c)
        for (row, column), (height, width) in spans.items()
        for r in range(row, row + height)
        for c in range(column, column + width)
    } - spans.keys()
    return [
        GridCell(
            r, c, cell, bool(cell.text or r < heads) and (r < heads or (c == 0 and stub)), *spans.get((r, c), (1, 1))
        )
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if (r, c) not in covered
    ]


def _with_units(rows: Sequence[Sequence[str]], heads: int) -> int:
    """Return how many rows are headers, with a row of units right below those that the layout sets off."""
    if not 0 < heads < len(rows) - 1:
        return heads
    first, *others = rows[heads] or [""]
    units = [cell for cell in others if cell]
    return heads + (bool(units) and all(map(unit_in, units)) and first.lower() in ("", "unit", "units"))


def ragged_rows(grid: Grid) -> list[str]:
    """Say in plain words which lines of the file have another number of cells than most; rows where no line is known."""
    lines = [next((cell.line for cell in row if cell.line), 0) for row in grid.rows]
    if not grid.parted:
        return [
            f"line {lines[0]} and those below have blank cells, and which is not sure; no figure is taken from them"
        ]
    return uneven([len(row) for row in grid.rows], lines if all(lines) else ())


def uneven(widths: Sequence[int], places: Sequence[int] = (), noun: str = "line") -> list[str]:
    """Say which rows have another number of cells than the commonest; `places` are their lines in the file, or numbers of that noun."""
    counts = Counter(widths)
    if len(counts) < 2:
        return []
    usual = max(counts, key=lambda width: (counts[width], width == widths[0], width))
    noun, numbers = (noun, places) if places else ("row", range(1, len(widths) + 1))
    others: dict[int, list[int]] = {}
    for number, width in zip(numbers, widths, strict=True):
        if width != usual:
            others.setdefault(width, []).append(number)
    told = "; ".join(_told(noun, places, width) for width, places in list(others.items())[:_MAX_NAMED])
    rest = sum(len(places) for places in list(others.values())[_MAX_NAMED:])
    also = f"; {rest} more have others" if rest else ""
    most = "most have" if 2 * counts[usual] > len(widths) else "the commonest number is"
    return [f"{told}{also}, where {most} {usual}"]


def _told(noun: str, places: Sequence[int], width: int) -> str:
    named = [str(place) for place in places[:_MAX_NAMED]]
    if len(places) > _MAX_NAMED:
        named.append(f"{len(places) - _MAX_NAMED:,} more")
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    plural = len(places) > 1
    return f"{noun}{'s' * plural} {listed} {'have' if plural else 'has'} {width} cell{'s' * (width != 1)}"


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top are headers: names or periods over figures."""
    if len(rows) < 2 or not any(is_value(cell) for row in rows[1:] for cell in row[1:] or row):
        return 1 if len(rows) > 1 and not any(is_value(cell) for row in rows for cell in row if cell) else 0
    count = 0
    for row in rows[: min(3, len(rows) - 1)]:
        filled = [cell for cell in row if cell]
        figures = [cell for cell in filled if is_value(cell)]
        if not filled or not all(map(is_period, figures)):
            break
        if figures and count:
            # Below a header only periods that its gaps leave room for: a body's row has a label of its own.
            above = rows[count - 1]
            gaps = sum(not cell for cell in above[1:]) + len(row) - len(above)
            if is_period(row[0]) or (row[0] and above[0]) or not gaps:
                break
        elif figures and is_period(filled[0]) and row[0]:
            break
        if count and filled == [row[0]] and all(rows[count - 1][1:]):
            break  # it names the rows below it
        count += 1
    return count


def has_stub(rows: Sequence[Sequence[str]], heads: int) -> bool:
    """Whether the first column names the rows: words or periods beside figures."""
    body = rows[heads:]
    first = [row[0] for row in body if row]
    others = [cell for row in body for cell in row[1:]]
    if not others or not any(is_value(cell) for cell in others):
        return False
    filled = [cell for cell in first if cell]
    return all(not is_value(cell) or is_period(cell) for cell in filled)


def is_value(cell: str) -> bool:
    """Whether a cell holds a figure, or the mark of a missing one."""
    return _VALUE.fullmatch(cell) is not None


def is_period(cell: str) -> bool:
    """Whether a cell holds a year, quarter or fiscal year."""
    return _PERIOD.fullmatch(cell) is not None


def _tabbed(lines: Sequence[Line], start: int) -> tuple[int, Grid] | None:
    end = start
    while end < len(lines):
        text = lines[end].text
        follows = end + 1 < len(lines) and "\t" in lines[end + 1].text
        if "\t" not in text and not (end - start >= 2 and follows and len(text) <= 40):
            break
        end += 1
    rows = [[cell.strip() for cell in _split(line.raw, "\t")] for line in lines[start:end]]
    width = max(len(row) for row in rows)
    if all(len(row) < width or not row[-1].text for row in rows):
        rows = [row[: width - 1] for row in rows]
    rows = [[_clean(cell) for cell in row] for row in rows]
    if len(rows) < 2 or sum(len([c for c in row if c.text]) >= 2 for row in rows) < 2:
        return _single(rows, start, end)
    lengths = sorted(len(cell.text) for row in rows for cell in row if cell.text)
    return None if lengths[len(lengths) // 2] > _MAX_CELL else (end, Grid(rows))


def _single(rows: list[list[Traced]], start: int, end: int) -> tuple[int, Grid] | None:
    """Take a table of two lines whose second has one figure only (a series of one year)."""
    if end - start == 2 and all(len(row) >= 2 for row in rows) and any(is_value(c.text) for c in rows[1]):
        return end, Grid(rows)
    return None


def _split(raw: Traced, separator: str) -> list[Traced]:
    cells, at = [], 0
    for piece in raw.text.split(separator):
        cells.append(raw.cut(at, at + len(piece)))
        at += len(piece) + len(separator)
    return cells


def _clean(cell: Traced) -> Traced:
    return tidy(cell).text


def _separated(lines: Sequence[Line], start: int) -> tuple[int, Grid] | None:
    """Take three lines or more that semicolons cut into as many short cells, figures below the first line."""
    width = lines[start].text.count(";")
    rows: list[list[Traced]] = []
    for at in range(start, len(lines)):
        line = lines[at]
        if line.text.count(";") != width or len(line.text) > _MAX_CELL * (width + 1) or len(line.text) > 1000:
            break
        row = [cell.strip() for cell in _split(line.raw.strip(), ";")]
        rest = [cell.text for cell in row[1:] if cell.text]
        fits = all(map(is_value, rest)) if rows else all(cell.text for cell in row[1:-1])
        if not rest or not fits or max(len(cell.text) for cell in row) > _MAX_CELL:
            break
        rows.append(row)
    if len(rows) < _LEAST_ROWS:
        return None
    end = start + len(rows)
    if all(not row[-1].text for row in rows):
        rows = [row[:-1] for row in rows]
    return end, Grid([[_clean(cell) for cell in row] for row in rows])


def unread_rows(lines: Sequence[str]) -> int:
    """Return how many lines look like rows of figures, in columns or between semicolons, that no table took."""
    return sum(_is_row(line) for line in lines if len(line) <= 400)


def _is_row(line: str) -> bool:
    """Whether figures, two of them or one beside a period, stand apart on a line and are most of it."""
    if not any(gap in line for gap in ("  ", ";", "....", " . ")):
        return False
    for cells in (_GAP.split(line.strip()), [cell.strip() for cell in line.split(";")]):
        rest = [cell for cell in cells[1:] if cell]
        figures = sum(is_value(cell) for cell in rest)
        if rest and 2 * figures > len(rest) and (figures > 1 or is_period(cells[0])):
            return True
    return False


def _pipe_cells(line: Line) -> list[Traced]:
    raw = line.raw.strip()
    edges = [match.start() for match in _PIPE.finditer(raw.text)]
    first = 1 if edges and edges[0] == 0 else 0
    last = len(raw.text) - 1 if edges and edges[-1] == len(raw.text) - 1 and len(raw.text) > 1 else len(raw.text)
    bounds = [first, *[edge for edge in edges if first <= edge < last]]
    cells, at = [], first
    for edge in [*bounds[1:], last]:
        cells.append(raw.cut(at, edge))
        at = edge + 1
    return cells


def _piped(lines: Sequence[Line], start: int) -> tuple[int, Grid] | None:
    end = start
    while end < len(lines) and _PIPE.search(lines[end].text):
        end += 1
    run = lines[start:end]
    separators = [i for i, line in enumerate(run) if _SEPARATOR.fullmatch(line.text)]
    fenced = all(line.text.strip().startswith("|") and line.text.strip().endswith("|") for line in run)
    if not separators and not (fenced and len(run) >= 2):
        return None
    if separators and separators[0] > 3:
        return None
    rows = [[_clean(c) for c in _pipe_cells(line)] for i, line in enumerate(run) if i not in separators]
    return (end, Grid(rows, separators[0] if separators else None)) if rows else None


def _ruled(lines: Sequence[Line], start: int) -> tuple[int, Grid] | None:
    if not _GRID_RULE.fullmatch(lines[start].text):
        return None
    end = start
    while end < len(lines) and lines[end].text.strip()[:1] in ("|", "+"):
        end += 1
    spanned = ruled_grid(lines[start:end])
    if spanned is not None:
        rows, spans, headers = spanned
        return (end, Grid(rows, headers, spans)) if any(rows) else None
    rows, headers = [], None
    pending: list[list[Traced]] = []
    for line in lines[start:end]:
        if not _GRID_RULE.fullmatch(line.text.strip()):
            pending.append([_clean(cell) for cell in _pipe_cells(line)])
            continue
        if pending:
            rows.append(_stacked(pending))
            pending = []
        if "=" in line.text:
            headers = len(rows)
    if pending:
        rows.append(_stacked(pending))
    return (end, Grid(rows, headers)) if rows else None


def _stacked(parts: list[list[Traced]]) -> list[Traced]:
    """Join the cells of the lines that make up one row."""
    width = max(len(part) for part in parts)
    columns = [[part[c] for part in parts if c < len(part) and part[c].text] for c in range(width)]
    return [Traced.join(column, " ") for column in columns]


def _aligned(lines: Sequence[Line], start: int) -> tuple[int, Grid] | None:
    end = start
    ruled: set[int] = set()
    pieces: list[list[tuple[int, int]]] = []
    while end < len(lines) and "\t" not in lines[end].text and len(lines[end].raw.text) <= 400:
        spans = _columns(lines[end])
        if not lines[end].text.strip(" -=_"):
            ruled.add(end)
        elif len(spans) < 2 and not (end > start and _is_inset(lines, end)):
            break
        pieces.append(spans)
        end += 1
    pieces = [spans for i, spans in enumerate(pieces, start) if i not in ruled]
    kept = [line for i, line in enumerate(lines[start:end], start) if i not in ruled]
    if sum(len(spans) > 1 for spans in pieces) < _LEAST_ROWS:
        return None
    widths = Counter(len(spans) for spans in pieces if len(spans) > 1)  # not the insets
    placed = _placed(pieces, max(widths, key=lambda width: (widths[width], width)))
    if placed is None:  # each line is one cell, from which no figure can be taken
        return end, Grid([[_clean(line.raw.strip())] for line in kept], parted=False)
    usual, columns = placed
    texts = [[line.raw.text[a:b] for a, b in spans] for line, spans in zip(kept, pieces, strict=True)]
    cells = [text for row in texts[1:] for text in row[1:]]
    above = next(  # how many lines of upper headers there are
        (
            number
            for number, row in enumerate(texts)
            if len(row) == usual or any(is_value(text) and not is_period(text) for text in row[1:])
        ),
        None,
    )
    if (
        above is None
        or above > _MOST_UPPER
        or (not columns and 2 * widths[usual] <= widths.total() - above)
        or sum(map(is_value, cells)) < 0.5 * len(cells)
    ):
        return None
    columns = columns or _extents(pieces, usual)
    grouped = any(
        _SPACED.search(text) for row, spans in zip(texts, pieces, strict=True) if len(spans) == usual for text in row
    )
    rows: list[list[Traced]] = []
    headers: Spans = {}
    for number, (line, spans) in enumerate(zip(kept, pieces, strict=True)):
        row = [Traced("") for _ in range(usual)]
        spans = _parted(line.raw.text, spans, columns, grouped) if len(spans) < usual and number >= above else spans
        runs = _runs_over(spans, columns, texts[number + 1]) if number < above else None
        for order, (a, b) in enumerate(spans):
            column = order if len(spans) >= usual else runs[order][0] if runs else _nearest(columns, a, b)
            if number < above:  # a header that is not sure to stand over more stands over one column
                headers[number, column] = (1, runs[order][1] - column if runs else 1)
            while column >= len(row):
                row.append(Traced(""))
            if row[column].text:
                return end, Grid(
                    [[_clean(line.raw.strip())] for line in kept], parted=False
                )  # two cells under one column
            row[column] = _clean(line.raw.cut(a, b))
        rows.append(row)
    return end, Grid(rows, spans=headers)


def _extents(lines: Sequence[list[Extent]], width: int) -> list[Extent]:
    """Return how far each column reaches in the lines with that many cells."""
    full = [line for line in lines if len(line) == width]
    return [(min(line[c][0] for line in full), max(line[c][1] for line in full)) for c in range(width)]


def _placed(lines: Sequence[list[Extent]], usual: int) -> tuple[int, list[Extent]] | None:
    """Return how many columns there are, and where they stand if blank cells leave that to their places; None where it is not sure.

    Blank cells show by a header with more cells than most lines, or by cells of one column that stand under those of another.
    """
    rows = [line for line in lines if len(line) > 1]
    above = list(takewhile(lambda line: len(line) != usual, rows))
    widest = max(map(len, above), default=0)
    if widest > usual:
        columns = _apart(rows[next(at for at, line in enumerate(above) if len(line) == widest) :])
        return (widest, columns) if len(columns) == widest else None
    reach = _extents(rows, usual)
    if all(last <= first for (_, last), (first, _) in pairwise(reach)):
        return usual, []
    columns = _apart(rows[1:])
    return (len(columns), columns) if len(columns) > usual else (usual, [])


def _apart(lines: Sequence[list[Extent]]) -> list[Extent]:
    """Return the columns that no cell of these lines reaches across."""
    columns: list[Extent] = []
    for start, end in sorted(extent for line in lines for extent in line):
        if columns and start < columns[-1][1]:
            columns[-1] = columns[-1][0], max(end, columns[-1][1])
        else:
            columns.append((start, end))
    return columns


def _runs_over(uppers: list[Extent], columns: list[Extent], below: Sequence[str]) -> list[Extent] | None:
    """Return the columns (first, and the one after the last) that each header of an upper line stands over; None where that is not sure."""
    stub = bool(uppers) and uppers[0][0] <= columns[0][1] and uppers[0][0] < columns[1][0]
    labels = list(below[len(below) - len(columns) + 1 :])
    runs = centred(uppers[stub:], columns[1:], labels)
    if runs is None or any(last - first < 2 for first, last in runs):
        return None
    return [(0, 1)] * stub + [(first + 1, last + 1) for first, last in runs]


def _parted(text: str, spans: list[Extent], columns: list[Extent], grouped: bool) -> list[Extent]:
    """Part cells that touch: where one reaches over two columns, at the one space that stands between these.

    Where spaces do not group digits elsewhere in the table, figures with one space between are two if that fills the row.
    """
    parted: list[Extent] = []
    for a, b in spans:
        for (_, end), (start, _) in pairwise(columns):
            spaces = [at for at in range(max(a, end - 1), min(b, start + 1)) if text[at] == " "]
            if a < end and b > start and len(spaces) == 1 and text[spaces[0] - 1].isdigit():
                parted.append((a, spaces[0]))
                a = spaces[0] + 1
        parted.append((a, b))
    if len(parted) < len(columns) and not grouped:
        apart = [(a + piece.start(), a + piece.end()) for a, b in spans for piece in _PIECES.finditer(text[a:b])]
        if len(apart) == len(columns):
            return apart
    return parted


def _is_inset(lines: Sequence[Line], at: int) -> bool:
    """Whether a line without figures only names the rows below it: "of which", "Goods", with figures right below."""
    text = lines[at].text.strip()
    if len(text) > _MAX_CELL or at + 1 == len(lines) or re.search(r"[.?!;][\"”’')]*$", text):
        return False
    if is_numbered_caption(text) or is_source(text) or is_remark(text) or not text[:1].isalpha():
        return False
    below = [lines[at + 1].raw.text[a:b] for a, b in _columns(lines[at + 1])[1:]]
    figures = [cell for cell in below if is_value(cell) and not is_period(cell)]
    return 2 * len(figures) > len(below)


def _columns(line: Line) -> list[tuple[int, int]]:
    text = line.raw.text.rstrip()
    spans, at = [], len(text) - len(text.lstrip())
    for gap in _GAP.finditer(text, at):
        spans.append((at, gap.start()))
        at = gap.end()
    return [*spans, (at, len(text))] if at < len(text) else spans


def _nearest(columns: list[tuple[int, int]], start: int, end: int) -> int:
    """Return the column that a cell shares most characters with, or else the nearest."""
    shared = [min(end, last) - max(start, first) for first, last in columns]
    return shared.index(max(shared))
