"""Tables whose columns a line of dashes sets, as pandoc writes them: simple and multiline ones, with headers or without.

A simple table has a row a line, and the line of dashes below its header, or above and below its rows. In a multiline table blank
lines part the rows; a whole line of dashes stands above its header and below its last row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from comity.documents.inline import tidy
from comity.documents.lines import Line
from comity.documents.trace import Traced

_BORDER = re.compile(r"\s*-{10,}\s*")
_COLUMNS = re.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_MOST_HEADER_LINES = 6
_MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class DashedTable:
    """The lines of a table by their indexes: `columns` is that of the dashes that set the columns, `end` that after its last line."""

    start: int
    columns: int
    last: int
    end: int

    @property
    def headed(self) -> bool:
        """Whether it has a header."""
        return self.columns > self.start


def dashed_table(lines: Sequence[Line], start: int) -> DashedTable | None:
    """Return the table that begins on `lines[start]`, blank lines between its rows included; None where none does."""
    text = lines[start].raw.text
    if "--" not in text and (start + 1 == len(lines) or "--" not in lines[start + 1].raw.text):
        return None
    if _BORDER.fullmatch(text):
        found = _bordered(lines, start)
    elif _COLUMNS.fullmatch(text):
        found = _headless(lines, start)
    elif (
        start + 2 < len(lines)
        and _COLUMNS.fullmatch(lines[start + 1].raw.text)
        and (not start or _ends(lines, start - 1))
    ):
        found = _simple(lines, start)
    else:
        return None
    return found if found is not None and _fits(lines, found) else None


def dashed_rows(lines: Sequence[Line], table: DashedTable) -> list[list[Traced]]:
    """Return the rows of a table: the header if it has one, then what blank lines part; without blank lines each line is a row."""
    starts = [match.start() for match in re.finditer(r"-+", lines[table.columns].raw.text)]
    body = lines[table.columns + 1 : table.last]
    runs = [list(run) for blank, run in groupby(body, key=lambda line: line.blank) if not blank]
    if len(runs) == 1 and not any(line.blank for line in body):
        runs = [[line] for line in body]
    head = [line for line in lines[table.start : table.columns] if not _BORDER.fullmatch(line.raw.text)]
    return [_row(run, starts) for run in ([head] if table.headed else []) + runs]


def _bordered(lines: Sequence[Line], start: int) -> DashedTable | None:
    columns = _column_line(lines, start)
    if not columns:
        return None
    for at in range(columns + 2, min(columns + _MOST_LINES, len(lines))):
        if _BORDER.fullmatch(lines[at].raw.text):
            return DashedTable(start, columns, at, at + 1) if _ends(lines, at + 1) else None
        if _COLUMNS.fullmatch(lines[at].raw.text):
            return None
    return None


def _headless(lines: Sequence[Line], start: int) -> DashedTable | None:
    """The table between two lines of dashes that are the same."""
    rule = lines[start].raw.text.rstrip()
    for at in range(start + 1, min(start + _MOST_LINES, len(lines))):
        text = lines[at].raw.text
        if text.rstrip() == rule:
            return DashedTable(start, start, at, at + 1) if at > start + 1 and _ends(lines, at + 1) else None
        if _COLUMNS.fullmatch(text) or _BORDER.fullmatch(text):
            return None
    return None


def _simple(lines: Sequence[Line], start: int) -> DashedTable | None:
    """The table of a line a row below a header of one line; a line of dashes may close it."""
    rule = lines[start + 1].raw.text.rstrip()
    last = start + 2
    while last < len(lines) and not _ends(lines, last) and lines[last].raw.text.rstrip() != rule:
        last += 1
    end = last + (last < len(lines) and not lines[last].blank)
    return DashedTable(start, start + 1, last, end) if last > start + 2 and _ends(lines, end) else None


def _ends(lines: Sequence[Line], at: int) -> bool:
    """Whether a blank line, or none, stands there."""
    return at >= len(lines) or lines[at].blank


def _column_line(lines: Sequence[Line], start: int) -> int:
    for at in range(start + 1, min(start + 1 + _MOST_HEADER_LINES, len(lines))):
        if _COLUMNS.fullmatch(lines[at].raw.text):
            return at if at > start + 1 else 0
        if lines[at].blank:
            return 0
    return 0


def _fits(lines: Sequence[Line], table: DashedTable) -> bool:
    """Whether no word of a row, or of the header, runs over the space before a column, and more than one column is filled."""
    starts = [match.start() for match in re.finditer(r"-+", lines[table.columns].raw.text)][1:]
    filled = False
    for line in lines[table.start : table.last]:
        text = line.raw.text
        if line.blank or not text.strip(" -"):
            continue
        for start in starts:
            at = _character(text, start)
            if 0 < at < len(text) and not text[at - 1].isspace():
                return False
            filled = filled or at < len(text)
    return filled


def _character(text: str, place: int) -> int:
    """The number of the character at a place on a line in type of one width, in which those of East Asia are two wide."""
    if text.isascii():
        return place
    at = width = 0
    while at < len(text) and width < place:
        wide = unicodedata.east_asian_width(text[at]) in "WF"
        width += 2 if wide else not unicodedata.combining(text[at])
        at += 1
    while at < len(text) and unicodedata.combining(text[at]):
        at += 1
    return at if width >= place else len(text) + place - width


def _row(run: Sequence[Line], starts: Sequence[int]) -> list[Traced]:
    bounds = [*(_character_bounds(line.raw.text, starts) for line in run)]
    cells = []
    for column in range(len(starts)):
        parts = [line.raw.cut(*at[column]).strip() for line, at in zip(run, bounds, strict=True)]
        cells.append(tidy(Traced.join([part for part in parts if part.text], " ")).text)
    return cells


def _character_bounds(text: str, starts: Sequence[int]) -> list[tuple[int, int]]:
    """From which character to which each column of a line reaches."""
    firsts = [0, *(min(_character(text, start), len(text)) for start in starts[1:]), len(text)]
    return list(pairwise(firsts))
