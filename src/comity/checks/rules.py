"""The catalogue of rules."""

from __future__ import annotations

from comity.checks import citations, totals, weekdays
from comity.checks.rule import Rule
from comity.terms import UnknownCode

RULES: tuple[Rule, ...] = (
    totals.TOTAL,
    totals.TRUNCATED,
    citations.ISSUED,
    citations.ACCESSED,
    weekdays.WEEKDAY,
    weekdays.IMPOSSIBLE,
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
