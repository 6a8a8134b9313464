"""The catalogue of rules."""

from __future__ import annotations

from comity.checks import (
    anniversaries,
    arithmetic,
    balances,
    citations,
    counts,
    extremes,
    hiatus,
    levels,
    markers,
    shares,
    totals,
    trends,
    weekdays,
)
from comity.checks.rule import Rule
from comity.terms import UnknownCode

RULES: tuple[Rule, ...] = (
    totals.TOTAL,
    totals.TRUNCATED,
    trends.TREND,
    levels.LEVEL,
    extremes.EXTREME,
    balances.BALANCE,
    shares.SHARE,
    arithmetic.ARITHMETIC,
    citations.ISSUED,
    citations.ACCESSED,
    anniversaries.ANNIVERSARY,
    hiatus.GAP,
    hiatus.DURATION,
    counts.COUNT,
    weekdays.WEEKDAY,
    weekdays.IMPOSSIBLE,
    markers.UNMARKED,
    markers.UNNOTED,
    markers.DOUBLED,
)

_BY_CODE = {each.code: each for each in RULES}


def rule(code: str) -> Rule:
    """Return the rule with that code, in either case.

    Raises:
        UnknownCode: no rule has it; the message lists those there are.
    """
    found = _BY_CODE.get(code.strip().upper())
    if found is None:
        raise UnknownCode(f"no rule has the code {code!r}.", remedy=f"The rules are {', '.join(sorted(_BY_CODE))}.")
    return found
