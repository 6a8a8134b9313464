"""Which currency each state has, and since which year it is sure."""

from __future__ import annotations

from functools import cache

from comity.states.system import entry
from comity.states.tables import rows


@cache
def _currencies() -> dict[str, tuple[str, int]]:
    return {row["code"]: (row["currency"], int(row["since"])) for row in rows("currencies")}


def national_currency(code: str, year: int | None = None) -> str:
    """Return the ISO 4217 code of the state's one legal tender throughout a calendar year, or today's.

    "" where it is not sure: the state had another currency in that year, or has several.

    Raises:
        UnknownState: no state has that code.
    """
    currency, since = _currencies().get(entry(code).state.code, ("", 0))
    return currency if year is None or year >= since else ""
