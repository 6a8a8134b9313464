"""The periods of a data set's rows, from the few distinct labels that stand in its column of time."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from comity.statistics.datasets.sources import When
from comity.terms import InvalidTerm, Period, Precision

# SDMX 2.1, part 2, "time period": 2019, 2019-Q1, 2019-S1, 2019-03, 2019-03-31; the IMF wrote 2019Q1 and 2019M3.
_SDMX: Final = re.compile(r"(\d{4})(?:-?([QSM])(\d{1,2})|-(\d{2})(?:-(\d{2}))?)?")
# The first session of the General Assembly was that of 1946.
_FIRST_SESSION: Final = 1945


def period_of(when: When, start: str, end: str) -> Period | None:
    """Return the period of a row's labels of time; None where they name none.

    A spell needs both ends; where the end is empty it is still open.
    """
    if when.fixed is not None:
        return Period.of_year(when.fixed)
    if when.since is not None:
        return Period.since(Period.of_year(when.since))
    try:
        first = _period(when, start)
        if first is None or not when.end:
            return first
        last = _period(when, end) if end else None
        if end and last is None:
            return None
        return Period.since(first) if last is None else Period.between(first, last)
    except (InvalidTerm, ValueError):
        return None


def _period(when: When, label: str) -> Period | None:
    label = re.sub(r"\.0+$", "", label)
    if when.header and when.form == "year":
        found = re.match(r"\d{4}", label)
        return Period.of_year(int(found.group())) if found else None
    if when.form == "year":
        return Period.of_year(int(label)) if re.fullmatch(r"\d{4}", label) else None
    if when.form == "session":
        return Period.of_year(_FIRST_SESSION + int(label)) if re.fullmatch(r"\d{1,3}", label) else None
    if when.form == "date":
        return _dated(label, when.precision)
    if when.form == "yyyymm":
        if not re.fullmatch(r"\d{4}(?:\d{2})?", label):
            return None
        year, month = int(label[:4]), int(label[4:] or 0)
        return Period.of_month(year, month) if month else Period.of_year(year)
    return _sdmx(label)


def _dated(label: str, precision: str) -> Period | None:
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", label)
    if found is None:
        return None
    on = date(int(found[1]), int(found[2]), int(found[3]))
    if precision == Precision.MONTH:
        return Period.of_month(on.year, on.month)
    return Period.of_day(on.year, on.month, on.day)


def _sdmx(label: str) -> Period | None:
    found = _SDMX.fullmatch(label)
    if found is None:
        return None
    year = int(found[1])
    if found[2] == "Q":
        return Period.of_quarter(year, int(found[3]))
    if found[2] == "M" or (found[4] and not found[5]):
        return Period.of_month(year, int(found[3] or found[4]))
    if found[2] == "S":
        if found[3] not in ("1", "2"):
            return None
        first, last = (1, 6) if found[3] == "1" else (7, 12)
        return Period(date(year, first, 1), Period.of_month(year, last).end, Precision.HALF_YEAR)
    if found[5]:
        return Period.of_day(year, int(found[4]), int(found[5]))
    return Period.of_year(year)
