"""Dates that a text names, with their TimeML values, placed relative to the publication date.

The work is one pass: a search for any trigger word (a text without one costs nothing more), tokens, expressions read
by the words that head them, joined to ranges, and placed in the calendar in reading order, so that "December 19" can
lean on the "December 2017" before it. The values follow TimeML 1.2.1 (TIMEX3, after ISO 8601).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from comity.language.date_expressions import Expression
from comity.language.date_joining import expressions, may_hold_dates
from comity.language.date_mentions import DateMention
from comity.language.date_placing import Calendar
from comity.language.tokens import token_lists


@lru_cache(maxsize=8)
def _expressions(text: str) -> tuple[Expression, ...]:
    """The expressions of a text, kept for the finders of numbers and quantities, which leave dates out; never changed."""
    return tuple(expressions(token_lists(text)))


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """Return the dates, times and ranges of dates that a text names, in order, without overlaps.

    Args:
        text: any text; a whole document is better than single sentences, since later dates lean on earlier ones.
        published: the date of publication, from which "last year" and "on Tuesday" count. Without it, or where the
            words are vague, a mention has no earliest and no latest day.
    """
    if not may_hold_dates(text):
        return []
    calendar = Calendar(token_lists(text), published)
    placed = (calendar.place(one) for one in _expressions(text))
    return [mention for mention in placed if mention is not None]
