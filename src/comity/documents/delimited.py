"""Delimited text (CSV, TSV): any separator, quoted cells, each cell at its line and column."""

from __future__ import annotations

import re
from collections import Counter

from comity.documents.composition import compose_tables
from comity.documents.drafts import Reading
from comity.documents.limits import refuse_many
from comity.documents.sheets import Sheet, sheet_items
from comity.documents.trace import Place, Traced, Tracer

_SEPARATORS = "\t;,|"
_EXTENSIONS = (".csv", ".tsv", ".tab")
_FIGURE = re.compile(r'\s*"?[-+(]?[\d.,\s]*\d%?\)?"?\s*')
_SAMPLE_LINES = 200
# Characters that control devices and are no letters: a figure with one in it is damaged, and shows so.
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127], "\ufffd")
# The line by which spreadsheet programs are told the separator.
_DECLARED = re.compile(r"\ufeff?\"?sep=(?P<separator>[\t;,|])\"?\r?\n", re.IGNORECASE)


def separator_of(text: str, name: str) -> str:
    """Return the character that separates the cells of a text; "" where the text is not delimited.

    The content decides; an extension that promises a table only lets ragged rows pass.
    """
    lines = [line for line in text[:200_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    if len(lines) < 2:
        return ""
    if declared := _DECLARED.match(text):
        return declared["separator"]
    promised = name.lower().endswith(_EXTENSIONS)
    best, best_score = "", 0.0
    for separator in _SEPARATORS:
        rows = [_fields(line, separator) for line in lines]
        widths = Counter(len(row) for row in rows)
        width, count = max(
            ((w, c) for w, c in widths.items() if w > 1), key=lambda pair: (pair[1], pair[0]), default=(1, 0)
        )
        share = count / len(lines)
        cells = [cell for row in rows for cell in row if cell.strip()]
        short = bool(cells) and sum(map(len, cells)) / len(cells) <= 40
        figures = sum(_FIGURE.fullmatch(cell) is not None for cell in cells) / max(len(cells), 1)
        if promised:
            # A download has titles and notes of one cell above and below its rows.
            celled = sum(len(row) > 1 for row in rows)
            accepted = share >= 0.4 or (count > 1 and count >= 0.4 * celled and 4 * celled >= len(lines))
        else:
            accepted = (
                len(lines) >= 3
                and share == 1.0
                and short
                and figures >= 0.2
                and (separator != "|" or "|" not in text[:1])
            )
        score = share * width
        if accepted and score > best_score and not (separator == "|" and lines[0].lstrip().startswith("|")):
            best, best_score = separator, score
    return best


def read_delimited(text: str, separator: str, name: str) -> Reading:
    """Read delimited text as one table for each block of rows between blank lines."""
    if '"' not in text:  # a data set is refused before its cells are built
        refuse_many(text.count(separator) + text.count("\n"), name)
    rows = _rows(text.translate(_CONTROLS), separator)
    items = sheet_items([Sheet("", rows)], name)
    reading = compose_tables(items)
    for draft in reading.drafts:
        draft.separator = separator if draft.cells else ""
    reading.media_type = "text/tab-separated-values" if separator == "\t" else "text/csv"
    return reading


def _fields(line: str, separator: str) -> list[str]:
    """Cut one line of the sample; a quoted cell may hold the separator."""
    if '"' not in line:
        return line.split(separator)
    return [match.group(1) for match in re.finditer(_field_pattern(separator), line)]


def _field_pattern(separator: str) -> str:
    mark = re.escape(separator)
    return rf'(?:^|(?<={mark}))(\s*"(?:[^"]|"")*"[^{mark}]*|[^{mark}]*)'


def _rows(text: str, separator: str) -> list[list[Traced]]:
    mark = re.escape(separator)
    quoted = re.compile(r'[ ]*"((?:[^"]|"")*)"[ ]*')
    plain = re.compile(rf"[^{mark}\r\n]*")
    rows: list[list[Traced]] = [[]]
    at, line, column = 0, 1, 1
    if declared := _DECLARED.match(text):
        at, line = declared.end(), 2
    while at <= len(text):
        match = quoted.match(text, at)
        following = text[match.end() : match.end() + 1] if match else ""
        if match and (following in ("", "\r", "\n", separator)):
            rows[-1].append(_unquoted(match.group(1), line, column + match.start(1) - at))
        else:
            match = plain.match(text, at)
            assert match is not None
            rows[-1].append(_bare(match.group(), line, column))
        breaks = match.group().count("\n")
        line += breaks
        column = match.end() - text.rfind("\n", 0, match.end()) if breaks else column + match.end() - at
        at = match.end()
        if at >= len(text):
            break
        if text[at] == separator:
            at, column = at + 1, column + 1
        else:
            at += 2 if text.startswith("\r\n", at) else 1
            line, column = line + 1, 1
            rows.append([])
    return rows


def _bare(cell: str, line: int, column: int) -> Traced:
    return Traced(cell, (Place(0, line, column),)).strip() if cell.strip() else Traced("")


def _unquoted(cell: str, line: int, column: int) -> Traced:
    """Return a quoted cell: doubled quotes single, line ends as spaces."""
    if '"' not in cell and "\n" not in cell and "\r" not in cell:
        return _bare(cell, line, column)
    trace = Tracer()
    at = 0
    for match in re.finditer(r'""|\s*[\r\n]+\s*', cell):
        trace.keep(Traced(cell[at : match.start()], (Place(0, line, column),)), 0, match.start() - at)
        column += match.start() - at
        trace.put('"' if match.group() == '""' else " ", Traced(match.group(), (Place(0, line, column),)), 0)
        breaks = match.group().count("\n")
        line += breaks
        column = len(match.group()) - match.group().rfind("\n") if breaks else column + len(match.group())
        at = match.end()
    trace.keep(Traced(cell[at:], (Place(0, line, column),)), 0, len(cell) - at)
    return trace.traced().strip()
