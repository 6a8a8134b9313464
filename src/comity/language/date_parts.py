"""Reading parts and spans of years: quarters, halves, seasons, fiscal years, decades, centuries."""

from __future__ import annotations

import re

from comity.language.calendar_words import DASHES, DECADE_WORDS, FUNCTION_WORDS, SEASONS, UNITS
from comity.language.date_comparisons import is_half_of_year
from comity.language.date_days import counts, read_month
from comity.language.date_expressions import Expression, Form, Read, month_at, year_at
from comity.language.numerals import cardinal_at, ordinal_at
from comity.language.tokens import Tokens

FIRST_DECADE, LAST_DECADE = 1500, 2090
_MIXED = re.compile(
    r"(?:(?P<q>q[1-4])(?P<qy>\d{4})|(?P<yq>\d{4})(?P<q2>q[1-4])|(?P<h>h[12])(?P<hy>\d{4})|(?P<fy>fy|cy)(?P<y>\d{4}|\d{2}))\Z"
)


def read_mixed(tokens: Tokens, index: int) -> Read:
    """Read "Q1 2017", "2017Q1", "FY2017", "FY 2016-17", "fiscal year 2017", "H1 2016"."""
    word = tokens.word(index)
    match = _MIXED.match(word)
    if match is not None:
        part = match["q"] or match["q2"] or match["h"]
        if part:
            year = int(match["qy"] or match["yq"] or match["hy"])
            return [Expression(Form.CALENDAR, index, index, year=year, part=part.upper())]
        digits = match["y"]
        year = int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 60 else 1900 + int(digits)
        return _fiscal(tokens, index, index, year, calendar=match["fy"] == "cy")
    if word in ("q1", "q2", "q3", "q4", "h1", "h2"):
        step = index + 2 if tokens.word(index + 1) in ("of", ",", "in") else index + 1
        year_found = year_at(tokens, step)
        if year_found is None:
            return None
        return [Expression(Form.CALENDAR, index, step, year=year_found, part=word.upper())]
    step = index + 1
    if word in ("fiscal", "financial") and tokens.word(step) in ("year", "years"):
        step += 1
    elif word in ("financial",):
        return None
    year_found = year_at(tokens, step)
    return None if year_found is None else _fiscal(tokens, index, step, year_found)


def _fiscal(tokens: Tokens, first: int, at: int, year: int, *, calendar: bool = False) -> Read:
    if calendar:
        return [Expression(Form.CALENDAR, first, at, year=year)]
    if (
        (tokens.word(at + 1) in DASHES or tokens.word(at + 1) == "/")
        and tokens.kind(at + 2) == "number"
        and tokens.glued(at + 2)
    ):
        raw = tokens.raw[at + 2]
        last = int(raw) if len(raw) == 4 else year // 100 * 100 + int(raw) if len(raw) == 2 and raw.isdigit() else 0
        last += 100 if len(raw) == 2 and year % 100 == 99 and raw == "00" else 0
        if year < last <= year + 60:
            expression = Expression(Form.CALENDAR, first, at + 2, year=year, fiscal=last == year + 1)
            expression.to = Expression(Form.CALENDAR, first, at + 2, year=last)
            return [expression]
    return [Expression(Form.CALENDAR, first, at, year=year, fiscal=True, value=f"FY{year:04d}")]


def read_season(tokens: Tokens, index: int) -> Read:
    """Read "summer 2016", "the summer of 2016", "last summer"; bare "the summer" only behind a preposition."""
    word = tokens.word(index)
    part = SEASONS[word]
    step = index + 2 if tokens.word(index + 1) in ("of", ",") else index + 1
    first = index - 1 if tokens.word(index - 1) == "the" else index
    year = year_at(tokens, step)
    if (
        year is not None
        and not counts(tokens, step + 1)
        and not (tokens.word(index + 1) == "," and tokens.word(index - 1) != "(" and not tokens.capital(index))
    ):
        after = step + 1
        if (
            tokens.word(after) in DASHES | {"/"}
            and tokens.kind(after + 1) == "number"
            and tokens.glued(after + 1)
            and len(tokens.raw[after + 1]) in (2, 4)
        ):
            second = int(tokens.raw[after + 1]) if tokens.raw[after + 1].isdigit() else -1
            if second in (year + 1, (year + 1) % 100):
                return [
                    Expression(Form.CALENDAR, first, after + 1, year=second if second > 99 else year + 1, part=part)
                ]
        return [Expression(Form.CALENDAR, first, step, year=year, part=part)]
    shift = {"last": -1, "this": 0, "next": 1}.get(tokens.word(step))
    if shift is not None and tokens.word(step + 1) == "year":
        return [Expression(Form.NEAREST, first, step + 1, part=part, number=shift, unit="year")]
    before = tokens.word(first - 1)
    open_to = {"in", "during", "by", "since", "until", "over", "throughout", "early", "late"}
    noun_follows = tokens.kind(index + 1) == "number" or (
        tokens.kind(index + 1) == "word" and tokens.word(index + 1) not in FUNCTION_WORDS
    )
    if before in open_to and (first < index or word in ("summer", "winter")) and not noun_follows:
        return [Expression(Form.CALENDAR, first, index, part=part)]
    return None


def read_decade(tokens: Tokens, index: int) -> Read:
    """Read "1990s", "the '90s", "the nineties"."""
    before = tokens.word(index - 1)
    if tokens.kinds[index] == "decade":
        digits = re.match(r"\d+", tokens.raw[index])
        number = int(digits[0]) if digits is not None else 0
        if len(tokens.raw[index].rstrip("s'’")) == 4 and FIRST_DECADE <= number <= LAST_DECADE:
            return [Expression(Form.DECADE, _with_the(tokens, index), index, number=number)]
        quoted = before in ("'", "’", "‘") and tokens.glued(index)
        if (
            20 <= number <= 90
            and len(tokens.raw[index].rstrip("s'’")) == 2
            and (quoted or (before in ("the", "early", "late", "-") and number >= 50))
        ):
            first = index - 1 if quoted else index
            return [Expression(Form.DECADE, _with_the(tokens, first), index, number=1900 + number)]
        return None
    if tokens.word(index) in DECADE_WORDS and (before in ("the", "early", "late") or before == "-"):
        return [
            Expression(Form.DECADE, _with_the(tokens, index), index, number=1900 + DECADE_WORDS[tokens.word(index)])
        ]
    return None


def _with_the(tokens: Tokens, index: int) -> int:
    return index - 1 if tokens.word(index - 1) == "the" else index


def read_ordinal(tokens: Tokens, index: int) -> Read:
    """Read "first quarter of 2017", "second half of the 1990s", "19th century", "first nine months of 2017", "on the 19th"."""
    ordinal = ordinal_at(tokens, index)
    if ordinal is None:
        return None
    number, after = ordinal
    step = after + 1 if tokens.word(after) == "-" else after
    noun = tokens.word(step)
    first = _with_the(tokens, index)
    if noun in ("century", "centuries") and 10 <= number <= 22:
        return [Expression(Form.CENTURY, first, step, number=number)]
    if (noun == "quarter" and number <= 4) or (
        noun == "half" and number <= 2 and (tokens.word(step + 1) == "of" or is_half_of_year(tokens, first, step))
    ):
        return _part_of_year(tokens, first, step, f"{noun[0].upper()}{number}")
    count = cardinal_at(tokens, after)
    if number == 1 and count is not None and UNITS.get(tokens.word(count.after)) == "month":
        return read_months_of(tokens, index, sign=1)
    by_preposition = tokens.word(first - 1) in ("on", "until", "till", "by", "from", "since") and first < index
    plain = {
        "",
        ".",
        ",",
        ";",
        ":",
        ")",
        "?",
        "!",
        "and",
        "to",
        "at",
        "when",
        "with",
        "but",
        "as",
        "he",
        "they",
        "for",
        "after",
        "or",
        "in",
    }
    if tokens.kinds[index] == "ordinal" and number <= 31 and by_preposition and tokens.word(after) in plain:
        return [Expression(Form.DAY_OF_MONTH, first, index, day=number)]
    return None


def read_months_of(tokens: Tokens, index: int, *, sign: int) -> Read:
    """Read "the first nine months of 2017": months counted from one end of a year."""
    count = cardinal_at(tokens, index + 1)
    if count is None or not 1 < count.value < 12 or count.value % 1 or tokens.word(count.after + 1) != "of":
        return None
    year = year_at(tokens, count.after + 2)
    if UNITS.get(tokens.word(count.after)) != "month" or year is None:
        return None
    return [
        Expression(Form.CALENDAR, _with_the(tokens, index), count.after + 2, year=year, months=sign * int(count.value))
    ]


def _part_of_year(tokens: Tokens, first: int, noun: int, part: str) -> Read:
    """A quarter or half, of a named year, of this or last year, of a decade, or alone."""
    step = noun + 1
    if tokens.word(step) in ("of", "in"):
        step += 1
        if tokens.word(step) == "the":
            step += 1
    year = year_at(tokens, step)
    if year is None and tokens.word(step) in ("fiscal", "fy"):
        year = year_at(tokens, step + 1) or year_at(tokens, step + 2)
        return None if year is None else [Expression(Form.CALENDAR, first, noun, year=None, part="", licensed=False)]
    if year is not None:
        return [Expression(Form.CALENDAR, first, step, year=year, part=part)]
    shift = {"last": -1, "this": 0, "next": 1, "current": 0}.get(tokens.word(step))
    if shift is not None and tokens.word(step + 1) == "year":
        return [Expression(Form.NEAREST, first, step + 1, part=part, number=shift, unit="year")]
    if tokens.word(step) == "year" and step > noun + 1:
        return [Expression(Form.NEAREST, first, step, part=part, number=0, unit="year")]
    if part[0] == "H":
        if tokens.kind(step) == "decade":
            decade = read_decade(tokens, step)
            if decade:
                decade[0].first, decade[0].mod = first, "START" if part == "H1" else "END"
            return decade
        month = month_at(tokens, step)
        if month is not None:
            inner = read_month(tokens, step)
            if inner and len(inner) == 1 and inner[0].day is None:
                inner[0].first, inner[0].mod = first, "START" if part == "H1" else "END"
                inner[0].licensed = True
                return inner
        ordinal = ordinal_at(tokens, step)
        if ordinal is not None:
            century = read_ordinal(tokens, step)
            if century and century[0].form is Form.CENTURY:
                century[0].first, century[0].mod = first, "START" if part == "H1" else "END"
                return century
        return None if tokens.word(noun + 1) == "of" else [Expression(Form.CALENDAR, first, noun, part=part)]
    if tokens.word(noun + 1) in ("of", "-"):
        return None
    return [Expression(Form.CALENDAR, first, noun, part=part)]
