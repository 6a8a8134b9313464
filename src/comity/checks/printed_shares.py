"""Part and whole of "Metals made up 28 per cent of imports from Turkey in 2023" where a table of the document prints both.

Only where the words match plainly: the subject is the label of one row, what it is a share of is what the caption says
the table is of, one column is that year's, and one row is the total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from comity.checks import standing, times
from comity.checks.grid import Figure, Grid
from comity.checks.reading import Reading
from comity.checks.sentence import STATE, MarkedSentence
from comity.checks.totals import NOT_ADDITIVE
from comity.terms import Quantity

_SUBJECT = re.compile(r"(?:In\s+\d{4},?\s+)?(?:[Tt]he\s+)?(?P<label>\S.{0,79}?)\s+")
_WHOLE = re.compile(
    rf"(?:(?:the|all|total)\s+)*(?P<words>(?P<noun>exports|imports)(?:\s+(?:from|to)\s+(?:the\s+)?{STATE})?)"
    r"(?:\s+in\s+\d{4})?\s*(?:$|,\s+(?:while|whereas|but|up|down|which)\b)"
)
_TOTAL = re.compile(r"(?:grand\s+)?total(?:\s+(?:exports|imports))?", re.I)
_BEFORE = (
    r"(?:table\s+\d+[.:]?\s*)?(?:(?:the\s+)?(?:structure|composition|breakdown)\s+of\s+)?(?:[^\W\d]+(?:\s[^\W\d]+)?['’]s?\s+)?"
    r"(?:(?:total|merchandise)\s+)?"
)
_AFTER = (
    r"(?:[\s,;:().–—]|\bin\b|\b(?:19|20)\d\d\b|\bby\s+(?:(?:main|commodity|product|economic)\s+)?"
    r"(?:sections?|sectors?|commodit(?:y|ies)|products?|groups?|categor(?:y|ies)|items?|divisions?|chapters?)\b"
    r"|us\$|\$|€|£|\b(?:usd|eur|gbp|us|euros?|dollars?|thousands?|millions?|billions?)\b)*"
)
_YEAR = re.compile(r"(?<!\d)(?<!\d[-–/])(?:1[89]|20)\d\d(?!\s?[-–/]\s?\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """The figures of part and whole; `listed` is what the rows beside the total come to, None where one is missing."""

    part: Figure
    whole: Figure
    listed: Quantity | None


def printed_share(reading: Reading, sentence: MarkedSentence, start: int, whole: int, end: int) -> PrintedShare | None:
    """Return what the only table prints of a share: the verb starts at `start`, the words of the whole are `whole` to `end`."""
    plain, text = sentence.plain, sentence.passage.text
    spans = list(times.spans_in(plain))
    subject = _SUBJECT.fullmatch(text[:start])
    of = _WHOLE.match(plain[whole:end])
    if subject is None or of is None or len(spans) != 1 or not spans[0].single or spans[0].first is None:
        return None
    if times.within_year(plain) or standing.doubtful(plain):
        return None
    words = text[whole + of.start("words") : whole + of.end("words")]
    caption = re.compile(_BEFORE + r"\s+".join(map(re.escape, words.split())) + _AFTER, re.I)
    found = [
        share
        for table in reading.document.tables
        if caption.fullmatch(table.caption.strip()) and (grid := Grid.of(table)) is not None
        if (share := _share(grid, subject["label"], spans[0].first)) is not None
    ]
    return found[0] if len(found) == 1 else None


def _share(grid: Grid, label: str, year: int) -> PrintedShare | None:
    column = _column(grid, year)
    parts = [row for row in grid.rows if grid.row_labels[row].casefold() == label.casefold()]
    totals = [row for row in grid.rows if _TOTAL.fullmatch(grid.row_labels[row].strip())]
    if column is None or len(parts) != 1 or len(totals) != 1 or parts == totals:
        return None
    part, whole = grid.figures.get((parts[0], column)), grid.figures.get((totals[0], column))
    if part is None or whole is None or part.quantity.unit != "count" or whole.quantity.unit != "count":
        return None
    if part.quantity.low < 0 or whole.quantity.low <= 0:
        return None
    beside = [grid.figures.get((row, column)) for row in grid.rows if row != totals[0]]
    present = [figure.quantity.number for figure in beside if figure is not None]
    listed = Quantity(sum(present, Decimal(0)), "count") if len(present) == len(beside) else None
    return PrintedShare(part, whole, listed if listed is not None and listed.low > 0 else None)


def _column(grid: Grid, year: int) -> int | None:
    """Return the only column of that year: by its header, or by the caption where no header names a year."""
    labels = {c: label for c, label in grid.column_labels.items() if not NOT_ADDITIVE.search(label)}
    if any(times.within_year(words.lower()) for words in (*grid.column_labels.values(), grid.table.caption)):
        return None
    dated = [column for column, label in labels.items() if _YEAR.findall(label) == [str(year)]]
    if not dated and not any(re.search(r"\d{4}", label) for label in labels.values()):
        dated = list(labels) if _YEAR.findall(grid.table.caption) == [str(year)] else []
    return dated[0] if len(dated) == 1 else None
