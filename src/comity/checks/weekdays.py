"""DAT001: the weekday that a text gives a date. DAT002: dates that no calendar has."""

from __future__ import annotations

import calendar as _calendar
import re
from collections.abc import Iterator

from comity.checks.calendar import WEEKDAYS, PrintedDate, dates_in, days_in, in_words
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.terms import BlockKind, Severity, Verdict

_WEEKDAY = re.compile(
    r"\b(?P<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,?\s+(?:the\s+|on\s+)?$"
)
# Greece was the last European state to take the Gregorian calendar, in 1923 (Richards, Mapping Time, 1998, p. 247):
# a weekday that does not fit an older date may be right in the calendar that its writer used.
_GREGORIAN_EVERYWHERE = 1924
_READ = (
    BlockKind.FRONT,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.QUOTE,
    BlockKind.NOTE,
    BlockKind.REFERENCE,
    BlockKind.TABLE_NOTE,
)


def _printed(reading: Reading) -> Iterator[tuple[int, str, PrintedDate]]:
    for block in reading.blocks(*_READ):
        text = reading.text_of(block)
        for found in dates_in(text):
            yield block.start, text, found


def judge_weekdays(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each date that carries its weekday."""
    published = reading.document.published
    for offset, text, found in _printed(reading):
        named = _WEEKDAY.search(text, max(0, found.start - 20), found.start)
        if named is None:
            continue
        weekday = next(index for index, name in enumerate(WEEKDAYS) if name.startswith(named["name"].lower()))
        own = reading.span(offset + named.start(), offset + found.end, "claim")
        on = found.on
        if on is None:
            if found.year is None and published is not None:
                reason = "The date has no year of its own, so its weekday cannot be checked."
                yield Ruling(reading.claim("DAT001", "weekday", Verdict.NOT_CHECKABLE, reason, own))
            continue
        actual = _calendar.day_name[on.weekday()]
        held = reading.span(offset + found.start, offset + found.end, f"{in_words(on)} is a {actual}")
        if on.weekday() == weekday:
            reason = f"{in_words(on)} was a {actual}."
            yield Ruling(reading.claim("DAT001", "weekday", Verdict.CONFIRMED, reason, own, held))
        elif on.year < _GREGORIAN_EVERYWHERE:
            reason = f"{in_words(on)} was a {actual} in the Gregorian calendar; the text may use another one."
            yield Ruling(reading.claim("DAT001", "weekday", Verdict.NOT_CHECKABLE, reason, own))
        else:
            reason = (
                f"{in_words(on)} was a {actual}, not a {_calendar.day_name[weekday]}: the weekday or the date is wrong."
            )
            yield Ruling(reading.claim("DAT001", "weekday", Verdict.CONTRADICTED, reason, own, held))


def judge_impossible(reading: Reading) -> Iterator[Ruling]:
    """Yield a contradicted claim for each date that does not exist."""
    for offset, text, found in _printed(reading):
        month = _calendar.month_name[found.month]
        days = days_in(found.month, found.year)
        before = text[max(0, found.start - 12) : found.start].lower()
        after = text[found.end : found.end + 1]
        if found.year is None and not (re.search(r"\b(?:on|until|by|from|dated)\s$", before) and after in ".,;)"):
            continue  # "by February 30 states had joined"
        if re.search(r"\bno\s$", before):
            continue
        last = found.last_day if found.last_day is not None else found.day
        if not 1 <= found.day <= days or not 1 <= last <= days:
            year = f" {found.year}" if found.year is not None else ""
            label = f"{month}{year} has {days} days"
            reason = f"There is no such day: {label}."
        elif last < found.day and found.year is not None:
            label = f"from {found.day} back to {last}"
            reason = f"The range runs backwards, {label} {month}."
        else:
            continue
        own = reading.span(offset + found.start, offset + found.end, "claim")
        held = reading.span(offset + found.start, offset + found.end, label)
        yield Ruling(reading.claim("DAT002", "date", Verdict.CONTRADICTED, reason, own, held))


WEEKDAY = Rule(
    "DAT001",
    "weekday-of-date",
    Severity.ERROR,
    "A date that is given with a weekday fell on that weekday.",
    judge_weekdays,
)
IMPOSSIBLE = Rule("DAT002", "impossible-date", Severity.ERROR, "Every date exists in the calendar.", judge_impossible)
