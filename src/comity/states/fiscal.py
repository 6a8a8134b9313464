"""When the fiscal years of the states begin, and how they are named."""

from __future__ import annotations

from datetime import date
from functools import cache

from comity.states.system import entry
from comity.states.tables import covers, day, rows
from comity.terms import FiscalCalendar, FiscalNaming

_CALENDAR_YEAR = FiscalCalendar(1)


@cache
def _calendars() -> dict[str, list[tuple[date | None, date | None, FiscalCalendar]]]:
    table: dict[str, list[tuple[date | None, date | None, FiscalCalendar]]] = {}
    for row in rows("fiscal"):
        calendar = FiscalCalendar(int(row["month"]), int(row["day"]), FiscalNaming(row["naming"]))
        table.setdefault(row["code"], []).append((day(row["start"]), day(row["end"]), calendar))
    return table


def fiscal_calendar(code: str, on: date | None = None) -> FiscalCalendar:
    """Return the fiscal calendar of the state's central government on that day, or today's.

    A state for which no other is known has the calendar year.

    Raises:
        UnknownState: no state has that code.
    """
    for start, end, calendar in _calendars().get(entry(code).state.code, ()):
        if covers(start, end, on):
            return calendar
    return _CALENDAR_YEAR
