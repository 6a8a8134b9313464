"""Reading calendar dates: days, months, quarters, halves, seasons, years, decades and centuries, with their ranges."""

from __future__ import annotations

import re

from comity.language.calendar_words import (
    COUNTED,
    DASHES,
    DECADE_WORDS,
    FUNCTION_WORDS,
    MONTHS,
    MONTHS_SHORT,
    REFERENCES,
    SEASONS,
    UNITS,
    WEEKDAYS,
    WEEKDAYS_SHORT,
)
from comity.language.date_expressions import Expression, Form, day_at, days_in, month_at, year_at
from comity.language.numerals import cardinal_at, ordinal_at
from comity.language.tokens import Tokens

Read = list[Expression] | None

# A year directly after one of these is a year, unless what follows shows a count.
_YEAR_PREPOSITIONS = frozenset(
    """in since by of during until till from between after before circa through throughout year years early late mid
    for around beyond post pre election elections""".split()
)
_DETERMINERS = frozenset("the a an its his her their our this that these those whose".split())
_PARTS_OF_NAMES = frozenset("times telegraph mail express mirror herald independent tribune guardian post world review".split())
_JOINTS = DASHES | {"to", "and", "&", "through", "/", "or"}
_MIXED = re.compile(r"(?:(?P<q>q[1-4])(?P<qy>\d{4})|(?P<yq>\d{4})(?P<q2>q[1-4])|(?P<h>h[12])(?P<hy>\d{4})|(?P<fy>fy|cy)(?P<y>\d{4}|\d{2}))\Z")


def counts(tokens: Tokens, index: int) -> bool:
    """Whether the token at `index` looks like something counted, so that the figure before it is no date."""
    word = tokens.word(index)
    if word in COUNTED or word in ("%", "$", "€", "£", "¥", "°"):
        return True
    return word == "-" and tokens.word(index + 1) in COUNTED | {"member", "day", "year", "strong", "man", "kilometre"}


def _plural_noun(tokens: Tokens, index: int) -> bool:
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
    if year is None or counts(tokens, step + 1) or (tokens.word(step + 1) in DASHES and tokens.glued(step + 1) and tokens.kind(step + 2) == "number" and tokens.glued(step + 2) and year_at(tokens, step + 2) is None and tokens.word(index) == ","):
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
    """"January 3-4, 2018", "May 24 and 26, 2012", "December 2017", "December"."""
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
    prepositions = {"in", "since", "until", "till", "by", "during", "from", "to", "of", "between", "after", "before", "last", "next", "this", "late", "early", "mid", "through", "every", "each"}
    if before in prepositions or (before == "-" and tokens.word(index - 2) == "mid"):
        return not (before == "to" and after.isalpha() and after not in FUNCTION_WORDS and tokens.capital(index + 1))
    if tokens.word(index) in ("march", "april", "may", "june", "august"):
        joined = before in ("and", "or", "-", "–", "/", ",") and tokens.word(index - 2) in MONTHS
        return joined or (after in ("and", "or", "-", "–", "/", "to") and tokens.word(index + 2) in MONTHS)
    return not (tokens.capital(index + 1) and tokens.kind(index + 1) == "word" and before not in ("the", "a", "its", "and"))


def _month_days(tokens: Tokens, index: int, month: int, items: list[tuple[int, int | None, int, int]], after: int) -> Read:
    year = _year_after(tokens, after) or _short_year(tokens, after)
    if year is None:
        # "In May 20 people": a day is named with "on", and a counted thing follows the figure.
        while items and (counts(tokens, items[-1][3] + 1) or (_plural_noun(tokens, items[-1][3] + 1) and (len(items) > 1 or tokens.word(index - 1) == "in"))):
            items = items[:-1]
        if not items:
            return [Expression(Form.CALENDAR, index, index, month=month, licensed=_month_alone(tokens, index))]
        relative = {"last": -1, "this": 0, "next": 1}.get(tokens.word(items[-1][3] + 1))
        if relative is not None and tokens.word(items[-1][3] + 2) == "year" and items[0][1] is None and len(items) == 1:
            return [Expression(Form.NEAREST, index, items[0][3] + 2, month=month, day=items[0][0], number=relative, unit="year")]
    if any((last or day) > days_in(month, year[0] if year else None) for day, last, _, _ in items):
        return None
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
    """"3-4 January 2018", "12 and 14 May 2012", "3rd of January", "the Fourth of July"."""
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
        return None
    final = (year[1] if year is not None else after) - 1
    shift = {"last": -1, "this": 0, "next": 1}.get(tokens.word(after))
    if year is None and shift is not None and tokens.word(after + 1) == "year" and len(items) == 1 and items[0][1] is None:
        return [Expression(Form.NEAREST, index, after + 1, month=number, day=items[0][0], number=shift, unit="year")]
    return [
        _day_or_range(year[0] if year else None, number, day, last, index if place == 0 else start, final if place == len(items) - 1 else end)
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


def read_year(tokens: Tokens, index: int, previous: Expression | None) -> Read:
    """A year or range of years in digits, where what stands around it says that it is one."""
    year = year_at(tokens, index)
    if year is None:
        return None
    glued_before = tokens.glued(index) and tokens.word(index - 1) not in ("(", "[", '"', "“", "‘", "'", "*", "_", ">", "–", "—", "-", "/", "`")
    if glued_before or (tokens.glued(index) and tokens.word(index - 1) in ("-", "/", "–") and not _joins(tokens, index, previous)):
        return None
    reference = tokens.word(index - 1) in REFERENCES or (tokens.word(index - 1) == "." and tokens.word(index - 2) in REFERENCES)
    spanned = None if reference or _money_before(tokens, index) else _year_range(tokens, index, year)
    if spanned is not None:
        return [spanned]
    if reference or counts(tokens, index + 1) or (tokens.glued(index + 1) and tokens.word(index + 1) in ("/", "-", "–") and tokens.kind(index + 2) == "number"):
        return None
    quarter = re.fullmatch(r"q([1-4])", tokens.word(index + 1))
    if quarter is not None:
        return [Expression(Form.CALENDAR, index, index + 1, year=year, part=f"Q{quarter[1]}")]
    if not (_licensed(tokens, index, year) or _joins(tokens, index, previous)):
        return [Expression(Form.CALENDAR, index, index, year=year, licensed=False)]
    return [Expression(Form.CALENDAR, index, index, year=year)]


def _joins(tokens: Tokens, index: int, previous: Expression | None) -> bool:
    """Whether the year continues a list or range whose last member is a date already."""
    if previous is None or not previous.licensed or previous.year is None:
        return False
    joint = tokens.word(index - 1)
    if joint == "," or joint in _JOINTS:
        step = index - 2
        if joint in ("and", "&", "or") and tokens.word(step) == ",":
            step -= 1
        return previous.last == step and (joint != "," or previous.grain == "year")
    return False


def _money_before(tokens: Tokens, index: int) -> bool:
    before = tokens.word(index - 1)
    return before in ("$", "€", "£", "¥", "₹", "usd", "rs", "pkr", "inr", "eur", "gbp", "jpy") or (before == "." and tokens.word(index - 2) == "rs")


def _year_range(tokens: Tokens, index: int, year: int) -> Expression | None:
    """"2016-17", "2012-2017", "2016/17", "2012 to 2017"; None where the second figure is no later year."""
    joint = tokens.word(index + 1)
    second = tokens.raw[index + 2] if tokens.kind(index + 2) == "number" else ""
    if not second.isascii() or not second.isdigit():
        return None
    tight = tokens.glued(index + 1) and tokens.glued(index + 2)
    if not ((joint in DASHES) or (joint == "/" and tight)):
        return None
    if counts(tokens, index + 3) or (tokens.word(index + 3) in DASHES | {"/"} and tokens.glued(index + 3) and tokens.kind(index + 4) == "number"):
        return None
    if len(second) == 2 and tight:
        last = year // 100 * 100 + int(second)
        if last <= year:
            if not (year % 100 == 99 and second == "00"):
                return _iso_month(tokens, index, year, int(second), joint)
            last += 100
        fiscal = last == year + 1
    elif len(second) == 4 and year_at(tokens, index + 2) is not None and int(second) > year:
        last, fiscal = int(second), year % 100 == 99 and int(second) == year + 1
        if year % 50 == 0 and last % 50 == 0 and not _licensed(tokens, index, year):
            return None
        if _plural_noun(tokens, index + 3) and year % 50 == 0:
            return None
    elif len(second) == 1 and tight and joint == "/" and int(second) == year % 10 + 1:
        last, fiscal = year + 1, True
    else:
        return None
    expression = Expression(Form.CALENDAR, index, index + 2, year=year, fiscal=fiscal)
    expression.to = Expression(Form.CALENDAR, index, index + 2, year=last)
    return expression


def _iso_month(tokens: Tokens, index: int, year: int, month: int, joint: str) -> Expression | None:
    """"2018-01": a month in ISO 8601, where no range of years can be meant."""
    if joint == "-" and 1 <= month <= 12 and len(tokens.raw[index + 2]) == 2 and year >= 1900:
        return Expression(Form.CALENDAR, index, index + 2, year=year, month=month)
    return None


def _licensed(tokens: Tokens, index: int, year: int) -> bool:
    """Whether the words around a four-digit figure say that it is a year."""
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    if tokens.kind(index + 1) == "suffix" and after == "'s":
        return before not in REFERENCES
    if before in _YEAR_PREPOSITIONS or (before == "-" and tokens.word(index - 2) in ("mid", "pre", "post")):
        if before in ("election", "elections"):
            return False
        if before in ("for", "around") and (after.isalpha() and after not in FUNCTION_WORDS):
            return False
        return not (_plural_noun(tokens, index + 1) and (year % 100 == 0 or before in ("of", "by", "for")))
    if before in _DETERMINERS or tokens.kind(index - 1) == "suffix":
        return tokens.kind(index + 1) == "word" and not (year % 100 == 0 and _plural_noun(tokens, index + 1) and before != "the") and after not in ("of", "or", "and")
    if before == "(" or before == "[":
        return after in (")", "]", ",", ";", ":") or after in DASHES
    if after in (")", "]") and (tokens.capital(index - 1) or before in (",", "&", "al")):
        return tokens.kind(index - 2) != "number"
    if before == "," and tokens.kind(index - 2) not in ("number", "break"):
        closed = tokens.kind(index + 1) == "break" or after in (".", ")", ";", "]", ",", ":") or after == ""
        return closed or (after in ("&", "and") and year_at(tokens, index + 2) is not None)
    start = tokens.kind(index - 1) == "break" or before in (".", "!", "?")
    return start and after in ("was", "saw", "marked", "is", "will", "had", "brought", "has", "witnessed", "marks", "began", "ended")


def read_mixed(tokens: Tokens, index: int) -> Read:
    """"Q1 2017", "2017Q1", "FY2017", "FY 2016-17", "fiscal year 2017", "H1 2016"."""
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
    if (tokens.word(at + 1) in DASHES or tokens.word(at + 1) == "/") and tokens.kind(at + 2) == "number" and tokens.glued(at + 2):
        raw = tokens.raw[at + 2]
        last = int(raw) if len(raw) == 4 else year // 100 * 100 + int(raw) if len(raw) == 2 and raw.isdigit() else 0
        last += 100 if len(raw) == 2 and year % 100 == 99 and raw == "00" else 0
        if year < last <= year + 60:
            expression = Expression(Form.CALENDAR, first, at + 2, year=year, fiscal=last == year + 1)
            expression.to = Expression(Form.CALENDAR, first, at + 2, year=last)
            return [expression]
    return [Expression(Form.CALENDAR, first, at, year=year, fiscal=True, value=f"FY{year:04d}")]


def read_season(tokens: Tokens, index: int) -> Read:
    """"summer 2016", "the summer of 2016", "last summer"; bare "the summer" only behind a preposition."""
    word = tokens.word(index)
    part = SEASONS[word]
    step = index + 2 if tokens.word(index + 1) in ("of", ",") else index + 1
    first = index - 1 if tokens.word(index - 1) == "the" else index
    year = year_at(tokens, step)
    if year is not None and not counts(tokens, step + 1) and not (tokens.word(index + 1) == "," and tokens.word(index - 1) != "(" and not tokens.capital(index)):
        after = step + 1
        if tokens.word(after) in DASHES | {"/"} and tokens.kind(after + 1) == "number" and tokens.glued(after + 1) and len(tokens.raw[after + 1]) in (2, 4):
            second = int(tokens.raw[after + 1]) if tokens.raw[after + 1].isdigit() else -1
            if second in (year + 1, (year + 1) % 100):
                return [Expression(Form.CALENDAR, first, after + 1, year=second if second > 99 else year + 1, part=part)]
        return [Expression(Form.CALENDAR, first, step, year=year, part=part)]
    shift = {"last": -1, "this": 0, "next": 1}.get(tokens.word(step))
    if shift is not None and tokens.word(step + 1) == "year":
        return [Expression(Form.NEAREST, first, step + 1, part=part, number=shift, unit="year")]
    before = tokens.word(first - 1)
    open_to = {"in", "during", "by", "since", "until", "over", "throughout", "early", "late", "of"}
    if before in open_to and (first < index or word in ("summer", "winter")) and not tokens.capital(index + 1) and tokens.kind(index + 1) != "number":
        return [Expression(Form.CALENDAR, first, index, part=part)]
    return None


def read_decade(tokens: Tokens, index: int) -> Read:
    """"1990s", "the '90s", "the nineties"."""
    before = tokens.word(index - 1)
    if tokens.kinds[index] == "decade":
        digits = re.match(r"\d+", tokens.raw[index])
        number = int(digits[0]) if digits is not None else 0
        if len(tokens.raw[index].rstrip("s'’")) == 4 and FIRST_DECADE <= number <= LAST_DECADE:
            return [Expression(Form.DECADE, _with_the(tokens, index), index, number=number)]
        quoted = before in ("'", "’", "‘") and tokens.glued(index)
        if 20 <= number <= 90 and len(tokens.raw[index].rstrip("s'’")) == 2 and (quoted or (before in ("the", "early", "late", "-") and number >= 50)):
            first = index - 1 if quoted else index
            return [Expression(Form.DECADE, _with_the(tokens, first), index, number=1900 + number)]
        return None
    if before in ("the", "early", "late") or before == "-":
        return [Expression(Form.DECADE, _with_the(tokens, index), index, number=1900 + DECADE_WORDS[tokens.word(index)])]
    return None


FIRST_DECADE, LAST_DECADE = 1500, 2090


def _with_the(tokens: Tokens, index: int) -> int:
    return index - 1 if tokens.word(index - 1) == "the" else index


def read_ordinal(tokens: Tokens, index: int) -> Read:
    """"first quarter of 2017", "second half of the 1990s", "19th century", "first nine months of 2017", "on the 19th"."""
    ordinal = ordinal_at(tokens, index)
    if ordinal is None:
        return None
    number, after = ordinal
    step = after + 1 if tokens.word(after) == "-" else after
    noun = tokens.word(step)
    first = _with_the(tokens, index)
    if noun in ("century", "centuries") and 10 <= number <= 22:
        return [Expression(Form.CENTURY, first, step, number=number)]
    if (noun == "quarter" and number <= 4) or (noun == "half" and number <= 2 and tokens.word(step + 1) == "of"):
        return _part_of_year(tokens, first, step, f"{noun[0].upper()}{number}")
    if number == 1 and UNITS.get(tokens.word((cardinal_at(tokens, after) or _NONE).after)) == "month":
        return read_months_of(tokens, index, sign=1)
    by_preposition = tokens.word(first - 1) in ("on", "until", "till", "by", "from", "since") and first < index
    plain = {"", ".", ",", ";", ":", ")", "?", "!", "and", "to", "at", "when", "with", "but", "as", "he", "they", "for", "after", "or", "in"}
    if tokens.kinds[index] == "ordinal" and number <= 31 and by_preposition and tokens.word(after) in plain:
        return [Expression(Form.DAY_OF_MONTH, first, index, day=number)]
    return None


class _Nothing:
    after = -1


_NONE = _Nothing()


def read_months_of(tokens: Tokens, index: int, *, sign: int) -> Read:
    """"the first nine months of 2017": months counted from one end of a year."""
    count = cardinal_at(tokens, index + 1)
    if count is None or not 1 < count.value < 12 or count.value % 1 or tokens.word(count.after + 1) != "of":
        return None
    year = year_at(tokens, count.after + 2)
    if UNITS.get(tokens.word(count.after)) != "month" or year is None:
        return None
    return [Expression(Form.CALENDAR, _with_the(tokens, index), count.after + 2, year=year, months=sign * int(count.value))]


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
        return None
    if tokens.word(noun + 1) in ("of", "-"):
        return None
    return [Expression(Form.CALENDAR, first, noun, part=part)]


def read_weekday(tokens: Tokens, index: int) -> Read:
    """"Tuesday"; a short form only where a date follows it (joined later)."""
    if not tokens.capital(index):
        return None
    word = tokens.word(index)
    if word in WEEKDAYS:
        following = tokens.word(index + 1)
        if following in _PARTS_OF_NAMES and tokens.capital(index + 1):
            return None
        if tokens.word(index - 1) in ("black", "good", "bloody", "palm", "ash", "holy", "easter", "cyber", "super", "maundy", "shrove") and tokens.capital(index - 1):
            return None
        return [Expression(Form.WEEKDAY, index, index, weekday=WEEKDAYS[word])]
    stop = tokens.word(index + 1) == "." and tokens.glued(index + 1)
    return [Expression(Form.WEEKDAY, index, index + (1 if stop else 0), weekday=WEEKDAYS_SHORT[word], licensed=False)]


MONTH_WORDS = frozenset(MONTHS) | frozenset(MONTHS_SHORT)
WEEKDAY_WORDS = frozenset(WEEKDAYS) | frozenset(WEEKDAYS_SHORT)
