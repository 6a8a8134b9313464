"""Tables between two lines of dashes, as pandoc writes them: a line of dashes below the headers sets the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from comity.documents.inline import tidy
from comity.documents.lines import Line
from comity.documents.trace import Traced

_BORDER = re.compile(r"\s*-{10,}\s*")
_COLUMNS = re.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_MOST_HEADER_LINES = 6
_MOST_LINES = 1000


def dashed_end(lines: Sequence[Line], start: int) -> int:
    """Return the index after a table that begins on `lines[start]`, blank lines between its rows included; 0 where none does."""
    if not _BORDER.fullmatch(lines[start].raw.text):
        return 0
    columns = _column_line(lines, start)
    if not columns:
        return 0
    for at in range(columns + 2, min(columns + _MOST_LINES, len(lines))):
        if _BORDER.fullmatch(lines[at].raw.text):
            return at + 1 if at + 1 == len(lines) or lines[at + 1].blank else 0
        if _COLUMNS.fullmatch(lines[at].raw.text):
            return 0
    return 0


def dashed_rows(lines: Sequence[Line]) -> list[list[Traced]]:
    """Return the rows of a table from its first line of dashes to its last: the headers, then what blank lines part.

    Without blank lines each line is a row.
    """
    columns = _column_line(lines, 0)
    starts = [match.start() for match in re.finditer(r"-+", lines[columns].raw.text)]
    body = lines[columns + 1 : -1]
    runs = [list(run) for blank, run in groupby(body, key=lambda line: line.blank) if not blank]
    if len(runs) == 1 and not any(line.blank for line in body):
        runs = [[line] for line in body]
    return [_row(run, starts) for run in (lines[1:columns], *runs)]


def _column_line(lines: Sequence[Line], start: int) -> int:
    for at in range(start + 1, min(start + 1 + _MOST_HEADER_LINES, len(lines))):
        if _COLUMNS.fullmatch(lines[at].raw.text):
            return at if at > start + 1 else 0
        if lines[at].blank:
            return 0
    return 0


def _row(run: Sequence[Line], starts: Sequence[int]) -> list[Traced]:
    cells = []
    for first, last in zip([0, *starts[1:]], [*starts[1:], None], strict=True):
        parts = [line.raw.cut(first, len(line.raw.text) if last is None else last).strip() for line in run]
        cells.append(tidy(Traced.join([part for part in parts if part.text], " ")).text)
    return cells
