"""Labels of periods in tables: years, fiscal years, quarters and months, before they are bound to a calendar."""

from __future__ import annotations

import calendar as _calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from comity.terms import FiscalCalendar, Period


class LabelKind(StrEnum):
    """How a label names its period."""

    YEAR = "year"  # 2016: a calendar year, unless the table says that years are fiscal
    FISCAL_SPAN = "fiscal-span"  # 2016-17
    FISCAL_SINGLE = "fiscal-single"  # FY2017
    QUARTER = "quarter"
    MONTH = "month"
    UNCLEAR = "unclear"  # 2011-12 among months: a fiscal year or December 2011
    ROMAN = "roman"  # 2018-III: a quarter, or a month where the others go beyond IV


@dataclass(frozen=True, slots=True)
class PeriodLabel:
    """A period as a table prints it. `part` is the number of the quarter or month; `mark` a note such as "p"."""

    kind: LabelKind
    year: int
    part: int = 0
    mark: str = ""

    @property
    def is_fiscal(self) -> bool:
        """Whether only the reporter's fiscal calendar says which days are meant."""
        return self.kind in (LabelKind.FISCAL_SPAN, LabelKind.FISCAL_SINGLE)

    def period(self, fiscal: FiscalCalendar | None) -> Period:
        """Return the days that are meant; `fiscal` is the calendar for fiscal labels and for years said to be fiscal."""
        if self.kind is LabelKind.QUARTER:
            return Period.of_quarter(self.year, self.part)
        if self.kind is LabelKind.MONTH:
            return Period.of_month(self.year, self.part)
        if fiscal is None:
            return Period.of_year(self.year)
        if self.kind is LabelKind.FISCAL_SPAN:
            return fiscal.begins_in(self.year)
        return fiscal.named(self.year)


MONTHS = {
    name.lower(): number
    for names in (_calendar.month_name, _calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_YEAR = r"(1[89]\d\d|20\d\d|2100)"
_MARKS = re.compile(
    r"\s*(\((?:[a-z]|prov\.?|provisional|prelim\.?|preliminary|revised|estimated?|est\.?)\)|[*†‡§#¹²³⁰⁴-⁹ᵃ-ᶻ]+|\[\w\]|(?<=\d)\s*/?[acdefpr]/?|(?<=\d)\s+(?:prov\.?|provisional|prelim\.?|preliminary|est\.?|revised)|(?<=\d)\s+\d/)$",
    re.I,
)
_PLAIN_YEAR = re.compile(rf"(?:cy\s*|calendar year\s*|year\s*)?{_YEAR}(?:\.0)?", re.I)
_SPAN = re.compile(rf"(?:fy\s*|fiscal year\s*|financial year\s*)?{_YEAR}\s*[-–—/]\s*(\d\d|\d{{4}})", re.I)
_FISCAL = re.compile(r"(?:fy|f\.y\.|fiscal year|financial year)\s*['’]?\s*(\d{4}|\d\d)", re.I)
_QUARTER = re.compile(rf"{_YEAR}\s*[-/ ]?\s*q([1-4])|q([1-4])\s*[-/ ,]?\s*{_YEAR}", re.I)
_ROMAN = re.compile(rf"{_YEAR}\s*[-–/ .]\s*([ivx]{{1,4}})|([ivx]{{1,4}})\s*[-–/ .]\s*{_YEAR}", re.I)
_ROMANS = {name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_MONTH_ISO = re.compile(rf"{_YEAR}\s*[-/]?m(0?[1-9]|1[0-2])|{_YEAR}[-/](0[1-9]|1[0-2])", re.I)
_MONTH_NAMED = re.compile(rf"([a-z]{{3,9}})\.?[\s,-]+{_YEAR}|{_YEAR}[\s,-]+([a-z]{{3,9}})\.?", re.I)
_TOTALS = re.compile(r"(?:grand |sub-?)?total|average|mean|cumulative|sum|overall|all years", re.I)


@lru_cache(maxsize=4096)
def read_label(text: str) -> PeriodLabel | None:
    """Return the period that a cell names, or None where it names none, or more than a year, or part of one."""
    shown = text.strip().strip("\u00a0 ").rstrip(":")
    if not shown or len(shown) > 40:
        return None
    mark = ""
    if (match := _MARKS.search(shown)) and match.start() > 0:
        mark, shown = match.group(1).strip("()/ ").lower(), shown[: match.start()].strip()
    if match := _PLAIN_YEAR.fullmatch(shown):
        return PeriodLabel(LabelKind.YEAR, int(match.group(1)), mark=mark)
    if match := _SPAN.fullmatch(shown):
        return _span(match, shown, mark)
    if match := _FISCAL.fullmatch(shown):
        year = _whole_year(match.group(1))
        return PeriodLabel(LabelKind.FISCAL_SINGLE, year, mark=mark) if year else None
    if match := _QUARTER.fullmatch(shown):
        return PeriodLabel(
            LabelKind.QUARTER, int(match.group(1) or match.group(4)), int(match.group(2) or match.group(3)), mark
        )
    if (match := _ROMAN.fullmatch(shown)) and (part := _ROMANS.get((match.group(2) or match.group(3)).lower())):
        return PeriodLabel(LabelKind.ROMAN, int(match.group(1) or match.group(4)), part, mark)
    if match := _MONTH_ISO.fullmatch(shown):
        return PeriodLabel(
            LabelKind.MONTH, int(match.group(1) or match.group(3)), int(match.group(2) or match.group(4)), mark
        )
    if match := _MONTH_NAMED.fullmatch(shown):
        month = MONTHS.get((match.group(1) or match.group(4)).lower())
        if month is not None:
            return PeriodLabel(LabelKind.MONTH, int(match.group(2) or match.group(3)), month, mark)
    return None


def _whole_year(digits: str) -> int:
    """Return the year that two or four digits name: FY98 is 1998, FY05 is 2005; 0 where the century is not sure."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 40 else 1900 + year if year >= 60 else 0


def _span(match: re.Match[str], shown: str, mark: str) -> PeriodLabel | None:
    first, second = int(match.group(1)), match.group(2)
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if len(second) == 2 and last < first:
        last += 100
    if last == first + 1:
        # 2011-12 may be the month of December as well; the labels around it decide (`settle`).
        doubtful = len(second) == 2 and 1 <= int(second) <= 12 and "-" in shown and shown[:1].isdigit()
        return PeriodLabel(LabelKind.UNCLEAR if doubtful else LabelKind.FISCAL_SPAN, first, int(second) % 100, mark)
    if len(second) == 2 and 1 <= int(second) <= 12 and shown[:1].isdigit():
        return PeriodLabel(LabelKind.MONTH, first, int(second), mark)
    return None


def settle(labels: Sequence[PeriodLabel | None]) -> tuple[PeriodLabel | None, ...]:
    """Decide labels such as 2011-12 by the others: fiscal years among fiscal years, months among months.

    2018-III is a quarter where all the numerals are I to IV, and a month where one is higher.
    Where both readings remain (labels of both kinds), the label stays unclear.
    """
    spans = any(label is not None and label.kind is LabelKind.FISCAL_SPAN for label in labels)
    months = any(label is not None and label.kind is LabelKind.MONTH for label in labels)
    numerals = [label.part for label in labels if label is not None and label.kind is LabelKind.ROMAN]
    roman = LabelKind.UNCLEAR if len(set(numerals)) < 2 else LabelKind.QUARTER if max(numerals) < 5 else LabelKind.MONTH
    settled: list[PeriodLabel | None] = []
    for label in labels:
        if label is not None and label.kind is LabelKind.ROMAN:
            settled.append(replace(label, kind=roman))
        elif label is None or label.kind is not LabelKind.UNCLEAR or (spans and months):
            settled.append(label)
        elif months:
            settled.append(PeriodLabel(LabelKind.MONTH, label.year, label.part, label.mark))
        else:
            settled.append(PeriodLabel(LabelKind.FISCAL_SPAN, label.year, mark=label.mark))
    return tuple(settled)


def names_total(text: str) -> bool:
    """Whether the cell that should name a period says that its row sums up others."""
    return _TOTALS.match(text.strip()) is not None
