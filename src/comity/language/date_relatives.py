"""Reading expressions relative to the publication or to a date named before: last year, two days ago, the same day, now."""

from __future__ import annotations

import re

from comity.language.calendar_words import DAY_PARTS, FUNCTION_WORDS, SEASONS, UNITS, WEEKDAYS
from comity.language.date_comparisons import COMPARED, compares
from comity.language.date_expressions import Expression, Form, Read, month_at, year_at
from comity.language.date_parts import read_months_of
from comity.language.numerals import cardinal_at
from comity.language.tokens import Tokens

_VAGUE_AMOUNTS = frozenset({"few", "several", "some", "many", "couple"})
_PLURALS = frozenset({"days", "weeks", "months", "years", "decades", "centuries", "times", "quarters"})
_STEP = {
    "last": -1,
    "this": 0,
    "next": 1,
    "current": 0,
    "coming": 1,
    "past": -1,
    "previous": -1,
    "upcoming": 1,
    "latest": -1,
}
_CALENDAR_UNITS = frozenset({"week", "weekend", "month", "quarter", "year", "decade", "century"})


def _the(tokens: Tokens, index: int) -> int:
    return index - 1 if tokens.word(index - 1) == "the" else index


def _amount_before(tokens: Tokens, index: int) -> tuple[int | None, int] | None:
    """The amount that ends just before `index` and the token it begins at; None as amount for "several"."""
    word = tokens.word(index - 1)
    if word in ("a", "an", "one"):
        return 1, index - 1
    if word in _VAGUE_AMOUNTS or (word == "of" and tokens.word(index - 2) == "couple"):
        first = index - 1 if word != "of" else index - 2
        return None, first - 1 if tokens.word(first - 1) in ("a", "the") else first
    if word == "a" or (word in ("century", "decade") and tokens.word(index - 2) == "a"):
        return None
    for start in range(max(0, index - 6), index):
        count = cardinal_at(tokens, start)
        if count is not None and count.after == index and tokens.kind(start - 1) != "number":
            if count.value > 5000 or count.value % 1:
                return None
            return int(count.value), start
    return None


def read_ago(tokens: Tokens, index: int) -> Read:
    """Read "two days ago", "a year ago", "several years ago", "years ago", "half a century ago"."""
    unit = UNITS.get(tokens.word(index - 1))
    if unit is None:
        if tokens.word(index - 1) in ("long", "time"):
            first = index - 2 if tokens.word(index - 1) == "time" and tokens.word(index - 2) == "some" else index - 1
            return [Expression(Form.VAGUE, first, index, value="PAST_REF")]
        return None
    amount = _amount_before(tokens, index - 1)
    if amount is None:
        if tokens.word(index - 1) in _PLURALS:
            return [Expression(Form.VAGUE, index - 1, index, value="PAST_REF")]
        return None
    number, first = amount
    if unit in ("decade", "century") and number == 1 and tokens.word(first - 1) == "half":
        return [Expression(Form.RELATIVE, first - 1, index, number=-5 if unit == "decade" else -50, unit="year")]
    if number is None:
        return [Expression(Form.VAGUE, first, index, value="PAST_REF")]
    return _compared(tokens, _so_many(unit, -number, first, index))


def _compared(tokens: Tokens, read: Read) -> Read:
    """Mark "a year earlier" beside a figure: it is the same month or quarter of that year, where one was just named."""
    for one in read or ():
        if one.unit == "year" and one.number == -1 and compares(tokens, one.first):
            one.value = COMPARED
    return read


def _so_many(unit: str, number: int, first: int, last: int, form: Form = Form.RELATIVE) -> Read:
    factors = {"fortnight": ("week", 2)}
    unit, factor = factors.get(unit, (unit, 1))
    if unit in ("hour", "minute"):
        unit, number = "day", 0
    if unit == "night":
        unit = "day"
    return [Expression(form, first, last, number=number * factor, unit=unit)]


def read_later(tokens: Tokens, index: int) -> Read:
    """Read "two days later", "a year earlier", and "earlier this year", "later in the month"."""
    later = tokens.word(index) == "later"
    unit = UNITS.get(tokens.word(index - 1))
    if unit is not None:
        amount = _amount_before(tokens, index - 1)
        if amount is None or amount[0] is None or unit in ("hour", "minute"):
            return None
        return _compared(tokens, _so_many(unit, amount[0] if later else -amount[0], amount[1], index, Form.ANCHORED))
    mod = "END" if later else "START"
    following = tokens.word(index + 1)
    if following in ("this", "last", "next"):
        found = read_step(tokens, index + 1)
        if found and found[0].form in (Form.RELATIVE, Form.NEAREST):
            found[0].first, found[0].mod = index, mod
            return found
        return None
    if following in ("in", "on") and tokens.word(index + 2) == "the":
        unit = UNITS.get(tokens.word(index + 3))
        if unit in ("week", "month", "year", "decade", "day"):
            return [Expression(Form.RELATIVE, index, index + 3, number=0, unit=unit, mod=mod)]
    return None


def read_modified(tokens: Tokens, index: int) -> Read:
    """Read "the end of the year", "the beginning of next month": a part of a unit named relative to the publication."""
    if tokens.word(index + 1) != "of":
        return None
    step = index + 2
    first = _the(tokens, index)
    mod = {"end": "END", "close": "END", "middle": "MID"}.get(tokens.word(index), "START")
    if tokens.word(step) == "the" and tokens.word(step + 1) in (
        "week",
        "month",
        "year",
        "decade",
        "century",
        "quarter",
    ):
        if tokens.word(step + 2) in ("of", "-"):
            return None
        return [Expression(Form.RELATIVE, first, step + 1, number=0, unit=tokens.word(step + 1), mod=mod)]
    if tokens.word(step) in _STEP:
        found = read_step(tokens, step)
        if found and found[0].form in (Form.RELATIVE, Form.NEAREST):
            found[0].first, found[0].mod = first, mod
            return found
    return None


def read_step(tokens: Tokens, index: int) -> Read:
    """Read "last year", "this week", "next Tuesday", "last December", "the past five years", "this morning"."""
    word = tokens.word(index)
    step = index + 1
    first = _the(tokens, index)
    determined = first < index
    if (
        word == "this"
        and tokens.word(step) in ("past", "last", "coming", "current")
        and tokens.word(step + 1)
        in (
            *_CALENDAR_UNITS,
            *WEEKDAYS,
            *SEASONS,
        )
    ):
        inner = read_step(tokens, step)
        if inner and inner[0].form is not Form.STRETCH:
            inner[0].first = index
            return inner
        return None
    if word == "last" and tokens.word(step) == "quarter" and tokens.word(step + 1) == "of":
        year = year_at(tokens, step + 2)
        return None if year is None else [Expression(Form.CALENDAR, first, step + 2, year=year, part="Q4")]
    count = cardinal_at(tokens, step) if word != "latest" else None
    vague = tokens.word(step) in ("few", "several", "couple")
    if count is not None or vague:
        return _stretch(tokens, word, first, step, None if vague or count is None else count.after, count)
    noun = tokens.word(step)
    if (
        noun in ("fiscal", "financial")
        and tokens.word(step + 1) == "year"
        and word in ("last", "this", "next", "current", "previous", "latest")
    ):
        return [Expression(Form.RELATIVE, first, step + 1, number=_STEP[word], unit="year", fiscal=True)]
    unit = UNITS.get(noun)
    if unit is not None:
        return _unit_step(tokens, word, noun, unit, first, step, determined=determined)
    if noun in WEEKDAYS and tokens.capital(step) and word in ("last", "this", "next", "past", "coming"):
        number = {"past": -1, "coming": 1}.get(word, _STEP[word])
        return [
            Expression(
                Form.NEAREST,
                first if word in ("past", "coming") else index,
                step,
                weekday=WEEKDAYS[noun],
                number=number,
            )
        ]
    month = month_at(tokens, step)
    if month is not None and word in ("last", "this", "next", "past", "coming"):
        number = _STEP[word]
        if tokens.kind(month[1]) == "number" and len(tokens.raw[month[1]]) == 4:
            return None
        return [Expression(Form.NEAREST, index, month[1] - 1, month=month[0], number=number, unit="")]
    if noun in SEASONS and word in ("last", "this", "next", "past", "coming"):
        return [
            Expression(
                Form.NEAREST,
                first if word in ("past", "coming") else index,
                step,
                part=SEASONS[noun],
                number=_STEP[word],
            )
        ]
    if noun in DAY_PARTS and word == "this" and noun in ("morning", "afternoon", "evening"):
        return [Expression(Form.RELATIVE, index, step, number=0, unit="day", day_part=DAY_PARTS[noun])]
    if noun in ("morning", "afternoon", "evening") and word in ("next", "previous") and determined:
        return [Expression(Form.ANCHORED, first, step, number=_STEP[word], unit="day", day_part=DAY_PARTS[noun])]
    closed = noun in ("", ".", ",", ";", ":", ")") or noun in FUNCTION_WORDS
    if word == "past" and determined and tokens.word(first - 1) == "in" and closed:
        return [Expression(Form.VAGUE, first, index, value="PAST_REF")]
    return None


def _unit_step(tokens: Tokens, word: str, noun: str, unit: str, first: int, step: int, *, determined: bool) -> Read:
    index = step - 1
    if word == "last" and noun == "night":
        return [Expression(Form.RELATIVE, index, step, number=-1, unit="day", day_part="NI")]
    if noun in _PLURALS:
        if word in ("coming", "upcoming", "next"):
            return [Expression(Form.VAGUE, first, step, value="FUTURE_REF")]
        if word in ("past", "last", "previous") and determined:
            return [Expression(Form.VAGUE, first, step, value="PAST_REF")]
        return None
    if word == "next" and unit in ("day", "night"):
        part = "NI" if unit == "night" else DAY_PARTS.get(tokens.word(step + 1), "")
        last = step + 1 if part and unit == "day" else step
        return [Expression(Form.ANCHORED, first, last, number=1, unit="day", day_part=part)]
    if unit not in _CALENDAR_UNITS:
        return None
    if tokens.word(step + 1) == "of" and not (word == "this" and unit in ("year", "week")):
        return None
    if word == "previous":
        return [Expression(Form.ANCHORED, first, step, number=-1, unit=unit)] if determined else None
    if word == "past" or (word == "last" and determined):
        return (
            [Expression(Form.STRETCH, first if determined else index, step, number=-1, unit=unit)]
            if unit != "weekend"
            else [Expression(Form.RELATIVE, first, step, number=-1, unit=unit)]
        )
    if word in ("last", "this", "next") or determined:
        return [
            Expression(
                Form.RELATIVE,
                first if word in ("current", "coming", "upcoming", "next", "latest") else index,
                step,
                number=_STEP[word],
                unit=unit,
            )
        ]
    return None


def _stretch(tokens: Tokens, word: str, first: int, step: int, after: int | None, count: object) -> Read:
    """Read "the past five years", "the last several months", "the next 12 months", "the last three months of 2016"."""
    if after is None:
        after = step + 1
        if tokens.word(step) == "couple":
            if tokens.word(after) != "of":
                return None
            after += 1
        number: int | None = None
    else:
        numeral = cardinal_at(tokens, step)
        if numeral is None or numeral.value > 5000 or numeral.value % 1:
            return None
        number = int(numeral.value)
    unit = UNITS.get(tokens.word(after))
    if unit is None or unit in ("hour", "minute", "night", "weekend") or word in ("this", "current", "previous"):
        return None
    if word == "last" and number is not None and unit == "month" and tokens.word(after + 1) == "of":
        return read_months_of(tokens, step - 1, sign=-1)
    if tokens.word(after + 1) == "of" and word == "last":
        return None
    sign = 1 if word in ("next", "coming", "upcoming") else -1
    if unit == "fortnight":
        unit, number = "week", None if number is None else number * 2
    return [
        Expression(
            Form.STRETCH,
            first,
            after,
            number=None if number is None else sign * number,
            unit=unit,
            value="-" if sign < 0 else "+",
        )
    ]


def read_same(tokens: Tokens, index: int) -> Read:
    """Read "the same day", "that year", "the following month", "the day before", "the previous week"."""
    word = tokens.word(index)
    part = DAY_PARTS.get(tokens.word(index + 1), "")
    unit = "night" if part in ("MO", "AF", "EV") else UNITS.get(tokens.word(index + 1))
    if unit not in ("day", "week", "month", "year", "night", "decade") or tokens.word(index + 1) in _PLURALS:
        return None
    if tokens.word(index + 1) == "day" and tokens.word(index + 2) == "-":
        return None
    first = _the(tokens, index)
    if word == "that":
        if tokens.word(index - 1) in ("said", "say", "says", "so", "fact") or unit == "decade":
            return None
        return [
            Expression(
                Form.ANCHORED, index, index + 1, number=0, unit="day" if unit == "night" else unit, day_part=part
            )
        ]
    if first == index and not (word == "same" and tokens.word(index - 1) in ("that", "this")):
        return None
    number = {"same": 0, "following": 1, "preceding": -1}[word]
    return [
        Expression(
            Form.ANCHORED, first, index + 1, number=number, unit="day" if unit == "night" else unit, day_part=part
        )
    ]


def read_unit(tokens: Tokens, index: int) -> Read:
    """Read "the day before yesterday", "the day after", "the year before", "years to come", "the years ahead"."""
    word = tokens.word(index)
    following = tokens.word(index + 1)
    first = _the(tokens, index)
    if word in _PLURALS:
        if following == "to" and tokens.word(index + 2) == "come":
            return [Expression(Form.VAGUE, first, index + 2, value="FUTURE_REF")]
        if following == "ahead":
            return [Expression(Form.VAGUE, first, index + 1, value="FUTURE_REF")]
        return None
    if (
        word == "weekend"
        and first < index
        and tokens.word(first - 1) in ("over", "at", "on", "during", "of", "through", "for", "into")
    ):
        return [Expression(Form.RELATIVE, first, index, number=-1, unit="weekend", value="latest")]
    if first == index or following not in ("before", "after"):
        return None
    sign = -1 if following == "before" else 1
    beyond = tokens.word(index + 2)
    if word == "day" and beyond == ("yesterday" if sign < 0 else "tomorrow"):
        return [Expression(Form.RELATIVE, first, index + 2, number=2 * sign, unit="day")]
    if beyond in ("", ".", ",", ";", ")") and word in ("day", "week", "month", "year"):
        return [Expression(Form.ANCHORED, first, index + 1, number=sign, unit=word)]
    return None


def read_day_word(tokens: Tokens, index: int) -> Read:
    """Read "yesterday", "today", "tomorrow morning", "tonight"."""
    word = tokens.word(index)
    if (
        word == "today"
        and tokens.kind(index + 1) == "suffix"
        and tokens.word(index + 2) in ("world", "society", "generation", "youth", "standards", "global", "era", "age")
    ):
        return [Expression(Form.VAGUE, index, index, value="PRESENT_REF")]
    if (
        tokens.capital(index)
        and tokens.capital(index - 1)
        and tokens.kind(index - 1) == "word"
        and tokens.word(index - 1) not in FUNCTION_WORDS
    ):
        return None  # a newspaper: "Pakistan Today", "USA Today"
    number = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if word == "tonight":
        return [Expression(Form.RELATIVE, index, index, number=0, unit="day", day_part="NI")]
    part = DAY_PARTS.get(tokens.word(index + 1), "")
    return [Expression(Form.RELATIVE, index, index + (1 if part else 0), number=number, unit="day", day_part=part)]


_VAGUE = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "presently": "PRESENT_REF", "nowadays": "PRESENT_REF",
    "recently": "PAST_REF", "lately": "PAST_REF",
}  # fmt: skip


def _from_now(tokens: Tokens, index: int) -> Read:
    """Read "five years from now"."""
    unit = UNITS.get(tokens.word(index - 2))
    amount = None if unit is None else _amount_before(tokens, index - 2)
    if unit is None or amount is None:
        return None
    if amount[0] is None:
        return [Expression(Form.VAGUE, amount[1], index, value="FUTURE_REF")]
    return _so_many(unit, amount[0], amount[1], index)


_NOWADAYS = {"moment": ("the",), "days": ("these",)}


def read_vague(tokens: Tokens, index: int) -> Read:
    """Read "now", "currently", "recently", "at present", "in recent years", "in the near future"."""
    word = tokens.word(index)
    if word == "now" and tokens.word(index - 1) == "from":
        return _from_now(tokens, index)
    if word in _VAGUE:
        if tokens.word(index + 1) == "-" or (
            word == "now"
            and (tokens.word(index + 1) in ("that", "known", "defunct") or tokens.word(index - 1) == "just")
        ):
            return None
        return [Expression(Form.VAGUE, index, index, value=_VAGUE[word])]
    if word in _NOWADAYS:
        first = index - len(_NOWADAYS[word])
        said = tuple(tokens.word(step) for step in range(first, index))
        if said != _NOWADAYS[word] or (word != "days" and tokens.word(first - 1) not in ("at", "for")):
            return None
        if word == "moment" and tokens.word(index + 1) in ("of", "when", "that", "he", "she", "it", "they", "-"):
            return None
        return [Expression(Form.VAGUE, first, index, value="PRESENT_REF")]
    if word == "present":
        if tokens.word(index - 1) == "at":
            return [Expression(Form.VAGUE, index - 1, index, value="PRESENT_REF")]
        return None
    if word == "recent":
        if tokens.word(index + 1) in _PLURALS:
            return [Expression(Form.VAGUE, _the(tokens, index), index + 1, value="PAST_REF")]
        return None
    if word == "future":
        first = index
        if tokens.word(first - 1) in ("near", "foreseeable", "immediate", "distant"):
            first -= 1
        if tokens.word(first - 1) == "the" and tokens.word(first - 2) in ("in", "for", "into", "of", "about", "to"):
            following = tokens.word(index + 1)
            if following in ("", ".", ",", ";", ":", ")") or following in FUNCTION_WORDS:
                return [Expression(Form.VAGUE, first - 1, index, value="FUTURE_REF")]
    return None


_HOUR = re.compile(r"(\d{1,2})(?:[.:]([0-5]\d))?(am|pm)?\Z")


def read_clock(tokens: Tokens, index: int) -> Read:
    """Read "3 p.m.", "3:30 pm", "at 15:30", "noon": a time of day, joined to its day later."""
    word = tokens.word(index)
    if word in ("noon", "midday", "midnight"):
        behind = tokens.word(index - 1) in ("at", "by", "until", "before", "after", "around", "since")
        if not behind and not (tokens.word(index + 1) in WEEKDAYS and tokens.capital(index + 1)):
            return None
        return [Expression(Form.CLOCK, index, index, clock="T24:00" if word == "midnight" else "T12:00")]
    if len(word) == 4 and tokens.word(index + 1) in ("gmt", "utc") and word.isascii() and word.isdigit():
        if int(word[:2]) > 24 or int(word[2:]) > 59:
            return None
        return [Expression(Form.CLOCK, index, index + 1, clock=f"T{word[:2]}:{word[2:]}")]
    match = _HOUR.match(word)
    if match is None:
        return None
    last = index
    half = match[3]
    minutes = match[2]
    if half is None:
        following = tokens.word(index + 1)
        if following in ("am", "pm", "a.m.", "p.m."):
            half, last = following[0] + "m", index + 1
        elif tokens.kinds[index] == "clock":
            if not (
                tokens.word(index - 1) in ("at", "by", "until", "from", "since", "before", "after", "around", "about")
                or following in ("hrs", "hours", "gmt", "utc", "local", "ist", "pst", "cet")
            ):
                return None
            if following in ("hrs", "hours", "gmt", "utc"):
                last = index + 1
        else:
            return None
    hour = int(match[1])
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24:
        return None
    return [Expression(Form.CLOCK, index, last, clock=f"T{hour:02d}:{minutes or '00'}")]
