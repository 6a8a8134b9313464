"""Reading days and months: "January 3-4, 2018", "3rd of May", "December", "25/10/2009", "Tuesday"."""

from __future__ import annotations

import re

from comity.language.calendar_words import (
    COUNTED,
    DASHES,
    FUNCTION_WORDS,
    MONTHS,
    MONTHS_SHORT,
    REFERENCES,
    WEEKDAYS,
    WEEKDAYS_SHORT,
)
from comity.language.date_expressions import Expression, Form, Read, day_at, days_in, month_at, year_at
from comity.language.tokens import Tokens

_PARTS_OF_NAMES = frozenset(
    "times telegraph mail express mirror herald independent tribune guardian post world review".split()
)
MONTH_WORDS = frozenset(MONTHS) | frozenset(MONTHS_SHORT)
WEEKDAY_WORDS = frozenset(WEEKDAYS) | frozenset(WEEKDAYS_SHORT)


def counts(tokens: Tokens, index: int) -> bool:
    """Whether the token at `index` looks like something counted, so that the figure before it is no date."""
    word = tokens.word(index)
    if word in COUNTED or word in ("%", "$", "€", "£", "¥", "°"):
        return True
    return word == "-" and tokens.word(index + 1) in COUNTED | {"member", "day", "year", "strong", "man", "kilometre"}


def plural_noun(tokens: Tokens, index: int) -> bool:
    """Whether the token looks like a plural noun in lower case."""
    word = tokens.word(index)
    return (
        tokens.kind(index) == "word"
        and tokens.raw[index][0].islower()
        and word not in FUNCTION_WORDS
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
    )


def _year_after(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The year that completes a date, after an optional comma or "of": its value and the index after it."""
    step = index + 1 if tokens.word(index) in (",", "of") else index
    year = year_at(tokens, step)
    if (
        year is None
        or counts(tokens, step + 1)
        or (
            tokens.word(step + 1) in DASHES
            and tokens.glued(step + 1)
            and tokens.kind(step + 2) == "number"
            and tokens.glued(step + 2)
            and year_at(tokens, step + 2) is None
            and tokens.word(index) == ","
        )
    ):
        return None
    return year, step + 1


def _short_year(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """A year cut to two digits behind an apostrophe ("May '98")."""
    if tokens.word(index) in ("'", "‘", "’") and tokens.kind(index + 1) == "number" and tokens.glued(index + 1):
        raw = tokens.raw[index + 1]
        if len(raw) == 2 and raw.isdigit():
            return (2000 if int(raw) < 50 else 1900) + int(raw), index + 2
    return None


def _day_list(tokens: Tokens, index: int) -> tuple[list[tuple[int, int | None, int, int]], int] | None:
    """Days and day ranges from `index` on: [(first, last or None, first token, last token)], and the index after."""
    opening = day_at(tokens, index)
    if opening is None:
        return None
    items: list[tuple[int, int | None, int, int]] = []
    day, after = opening
    start = index
    while True:
        last: int | None = None
        joint = tokens.word(after)
        beyond = day_at(tokens, after + 1)
        if (joint in DASHES or joint in ("to", "through", "till", "until")) and beyond is not None and beyond[0] > day:
            last, after = beyond
            joint = tokens.word(after)
        items.append((day, last, start, after - 1))
        step = after + 1
        if joint == "," and tokens.word(step) in ("and", "&"):
            step += 1
        elif joint not in ("and", "&", ","):
            break
        following = day_at(tokens, step)
        if following is None or following[0] <= (last or day):
            break
        start, (day, after) = step, following
        if len(items) > 5:
            break
    return items, after


def read_month(tokens: Tokens, index: int) -> Read:
    """Read "January 3-4, 2018", "May 24 and 26, 2012", "December 2017", "December"."""
    month = month_at(tokens, index)
    if month is None:
        return None
    number, after = month
    short = tokens.word(index) in MONTHS_SHORT
    after_of = after + 1 if tokens.word(after) == "of" else after
    year = _year_after(tokens, after) or _short_year(tokens, after)
    if year is not None:
        return [Expression(Form.CALENDAR, index, year[1] - 1, year=year[0], month=number)]
    if tokens.word(after_of) in ("last", "this", "next") and tokens.word(after_of + 1) == "year":
        shift = {"last": -1, "this": 0, "next": 1}[tokens.word(after_of)]
        return [Expression(Form.NEAREST, index, after_of + 1, month=number, number=shift, unit="year")]
    days = _day_list(tokens, after)
    if days is not None:
        return _month_days(tokens, index, number, *days)
    licensed = not short or after > index + 1
    return [Expression(Form.CALENDAR, index, index, month=number, licensed=licensed and _month_alone(tokens, index))]


def _month_alone(tokens: Tokens, index: int) -> bool:
    """Whether a month's name without a day or year is a month here, not a verb, a given name or a title."""
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    prepositions = {
        "in",
        "since",
        "until",
        "till",
        "by",
        "during",
        "from",
        "to",
        "of",
        "between",
        "after",
        "before",
        "last",
        "next",
        "this",
        "late",
        "early",
        "mid",
        "through",
        "every",
        "each",
    }
    if before in prepositions or (before == "-" and tokens.word(index - 2) == "mid"):
        return not (before == "to" and after.isalpha() and after not in FUNCTION_WORDS and tokens.capital(index + 1))
    if before == "for" and after in ("delivery", "futures", "contract", "contracts"):
        return True
    if tokens.word(index) in ("march", "april", "may", "june", "august"):
        joined = before in ("and", "or", "-", "–", "/", ",") and (
            tokens.word(index - 2) in MONTHS or tokens.word(index - 3) in MONTHS
        )
        return joined or (after in ("and", "or", "-", "–", "/", "to", ",") and tokens.word(index + 2) in MONTHS)
    return not (
        tokens.capital(index + 1) and tokens.kind(index + 1) == "word" and before not in ("the", "a", "its", "and")
    )


def _month_days(
    tokens: Tokens, index: int, month: int, items: list[tuple[int, int | None, int, int]], after: int
) -> Read:
    year = _year_after(tokens, after) or _short_year(tokens, after)
    if year is None:
        # "In May 20 people": a day is named with "on", and a counted thing follows the figure.
        while items and (
            counts(tokens, items[-1][3] + 1)
            or (plural_noun(tokens, items[-1][3] + 1) and (len(items) > 1 or tokens.word(index - 1) == "in"))
        ):
            items = items[:-1]
        if not items:
            return [Expression(Form.CALENDAR, index, index, month=month, licensed=_month_alone(tokens, index))]
        relative = {"last": -1, "this": 0, "next": 1}.get(tokens.word(items[-1][3] + 1))
        if relative is not None and tokens.word(items[-1][3] + 2) == "year" and items[0][1] is None and len(items) == 1:
            return [
                Expression(
                    Form.NEAREST, index, items[0][3] + 2, month=month, day=items[0][0], number=relative, unit="year"
                )
            ]
    if any((last or day) > days_in(month, year[0] if year else None) for day, last, _, _ in items):
        return [Expression(Form.VAGUE, index, (year[1] if year is not None else after) - 1, licensed=False)]
    found = []
    for place, (day, last, start, end) in enumerate(items):
        first = index if place == 0 else start
        final = year[1] - 1 if year is not None and place == len(items) - 1 else end
        found.append(_day_or_range(year[0] if year else None, month, day, last, first, final))
    return found


def _day_or_range(year: int | None, month: int, day: int, last: int | None, first: int, final: int) -> Expression:
    expression = Expression(Form.CALENDAR, first, final, year=year, month=month, day=day)
    if last is not None:
        expression.to = Expression(Form.CALENDAR, first, final, year=year, month=month, day=last)
    return expression


def read_day_first(tokens: Tokens, index: int) -> Read:
    """Read "3-4 January 2018", "12 and 14 May 2012", "3rd of January", "the Fourth of July"."""
    days = _day_list(tokens, index)
    if days is None:
        return None
    items, after = days
    step = after + 1 if tokens.word(after) == "of" else after
    month = month_at(tokens, step)
    if month is None or tokens.word(index - 1) in REFERENCES:
        return None
    number, after = month
    doubtful = tokens.word(step) in ("march", "may") and tokens.word(step - 1) != "of"
    year = _year_after(tokens, after) or _short_year(tokens, after)
    if doubtful and year is None and tokens.kinds[index] == "word":
        return None
    if any((last or day) > days_in(number, year[0] if year else None) for day, last, _, _ in items):
        return [Expression(Form.VAGUE, index, (year[1] if year is not None else after) - 1, licensed=False)]
    final = (year[1] if year is not None else after) - 1
    shift = {"last": -1, "this": 0, "next": 1}.get(tokens.word(after))
    if (
        year is None
        and shift is not None
        and tokens.word(after + 1) == "year"
        and len(items) == 1
        and items[0][1] is None
    ):
        return [Expression(Form.NEAREST, index, after + 1, month=number, day=items[0][0], number=shift, unit="year")]
    return [
        _day_or_range(
            year[0] if year else None,
            number,
            day,
            last,
            index if place == 0 else start,
            final if place == len(items) - 1 else end,
        )
        for place, (day, last, start, end) in enumerate(items)
    ]


def read_numeric(tokens: Tokens, index: int) -> Read:
    """A date in digits: ISO order, or day and month with only one possible reading; other forms are left alone."""
    parts = [int(part) for part in re.split(r"[-/.]", tokens.raw[index])]
    if tokens.kinds[index] == "iso":
        year, month, day = parts
    else:
        first, second, year = parts
        dotted = "." in tokens.raw[index]
        if second > 12 and not dotted:
            month, day = first, second
        elif first > 12 or first == second or dotted:  # with stops the day always comes first
            day, month = first, second
        else:
            return None
    if not (1 <= month <= 12 and 1 <= day <= days_in(month, year) and 1000 <= year <= 2999):
        return None
    return [Expression(Form.CALENDAR, index, index, year=year, month=month, day=day)]


def read_weekday(tokens: Tokens, index: int) -> Read:
    """Read "Tuesday"; a short form only where a date follows it (joined later)."""
    if not tokens.capital(index):
        return None
    word = tokens.word(index)
    if word in WEEKDAYS:
        if tokens.word(index - 1) in ("a", "every", "each", "any", "one"):
            return None  # no particular day
        listed = tokens.word(index + 2) in ("and", "to", "-", "–", ",") and tokens.word(index + 3) in WEEKDAYS
        if listed and tokens.kind(index + 1) == "number":
            return None  # "Wednesday 3 and Thursday 4 May": the day belongs to a month that comes later
        following = tokens.word(index + 1)
        if following in _PARTS_OF_NAMES and tokens.capital(index + 1):
            return None
        if tokens.word(index - 1) in (
            "black",
            "good",
            "bloody",
            "palm",
            "ash",
            "holy",
            "easter",
            "cyber",
            "super",
            "maundy",
            "shrove",
        ) and tokens.capital(index - 1):
            return None
        return [Expression(Form.WEEKDAY, index, index, weekday=WEEKDAYS[word])]
    stop = tokens.word(index + 1) == "." and tokens.glued(index + 1)
    return [Expression(Form.WEEKDAY, index, index + (1 if stop else 0), weekday=WEEKDAYS_SHORT[word], licensed=False)]
