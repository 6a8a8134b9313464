"""Finding all expressions of a text in one pass over its tokens, and joining those that belong together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from comity.language.calendar_words import DAY_PARTS, DECADE_WORDS, MODIFIERS, RANGE_MARKS, SEASONS, UNITS
from comity.language.date_comparisons import read_day_part, read_hyphened_year, read_same_span, read_span_again
from comity.language.date_days import (
    MONTH_WORDS,
    WEEKDAY_WORDS,
    read_day_first,
    read_month,
    read_numeric,
    read_weekday,
)
from comity.language.date_expressions import Expression, Form, Read, year_at
from comity.language.date_parts import read_decade, read_mixed, read_ordinal, read_season
from comity.language.date_relatives import (
    read_ago,
    read_clock,
    read_day_word,
    read_later,
    read_modified,
    read_same,
    read_step,
    read_unit,
    read_vague,
)
from comity.language.date_years import read_year
from comity.language.numerals import ORDINAL_WORDS
from comity.language.tokens import Tokens

Reader = Callable[[Tokens, int], Read]
_MIXED = re.compile(r"(?:[qh]\d|\d{4}q|fy|cy)\d*\Z|fiscal\Z|financial\Z")

_READERS: dict[str, tuple[Reader, ...]] = {}


def _register(words: Iterable[str], *readers: Reader) -> None:
    for word in words:
        _READERS[word] = (*_READERS.get(word, ()), *readers)


_register(MONTH_WORDS, read_month)
_register(WEEKDAY_WORDS, read_weekday)
_register(ORDINAL_WORDS | {"twenty", "thirty"}, read_day_first, read_ordinal)
_register(SEASONS, read_season)
_register(DECADE_WORDS, read_decade)
_register(("fiscal", "financial", "fy", "cy", "q1", "q2", "q3", "q4", "h1", "h2"), read_mixed)
_register(("last", "this", "next", "current", "coming", "upcoming", "past", "previous", "latest"), read_step)
_register(("ago",), read_ago)
_register(("earlier", "later"), read_later)
_register(("end", "beginning", "start", "outset", "middle", "close"), read_modified)
_register(("same", "corresponding", "comparable"), read_same_span)
_register(("same", "that", "following", "preceding"), read_same)
_register(("year",), read_hyphened_year)
_register(("quarter", "month", "year"), read_span_again)
_register(("morning", "afternoon", "evening", "night"), read_day_part)
_register((word for word in UNITS if word not in ("hour", "hours", "minute", "minutes")), read_unit)
_register(("times",), read_unit)
_register(("yesterday", "today", "tomorrow", "tonight"), read_day_word)
_register(
    (
        "now",
        "currently",
        "presently",
        "nowadays",
        "recently",
        "lately",
        "present",
        "recent",
        "future",
        "moment",
        "being",
        "days",
    ),
    read_vague,
)
_register(("noon", "midday", "midnight"), read_clock)

# A text without a digit or any of these words holds no date; that look-up is all that such a text costs. Words such as
# "last" or "first" are left out: they make a date only with a unit, a month or a figure, which are in.
_PLAIN_CUES = frozenset(UNITS) | frozenset(SEASONS) | frozenset(DECADE_WORDS) | frozenset(DAY_PARTS) | frozenset(
    """times yesterday today tomorrow tonight now currently presently nowadays recently lately past future present ago
    moment fiscal financial""".split()
)  # fmt: skip
_NAME_CUES = MONTH_WORDS | WEEKDAY_WORDS
_CUES = frozenset(
    [form for word in _PLAIN_CUES for form in (word, word.capitalize(), word.upper())]
    + [form for word in _NAME_CUES for form in (word.capitalize(), word.upper())]
)
_WORD = re.compile(r"[A-Za-z]{3,10}")
_DIGIT = re.compile(r"\d")


# Words that may begin an expression, first letters of others that may ("Q3", "FY2019", "9am"), and tokens that never do.
_HEADS = frozenset(_READERS) | frozenset(MODIFIERS)
_HEADING = frozenset("0123456789fcqh")
_NEVER = frozenset({"mark", "break", "link", "code", "suffix"})


def may_hold_dates(text: str) -> bool:
    """A cheap test that is never wrong when it says no."""
    return _DIGIT.search(text) is not None or not _CUES.isdisjoint(_WORD.findall(text))


def expressions(tokens: Tokens) -> list[Expression]:
    """Return the expressions of time in order, joined and licensed; they do not overlap."""
    return _join(tokens, _scan(tokens))


def _scan(tokens: Tokens) -> list[Expression]:
    found: list[Expression] = []
    floor = 0
    words, kinds = tokens.words, tokens.kinds
    readers = _READERS
    for index, kind in [
        (place, kind)
        for place, (kind, word) in enumerate(zip(kinds, words, strict=True))
        if (word in _HEADS or word[0] in _HEADING if kind == "word" else kind not in _NEVER)
    ]:
        if index < floor:
            continue
        read: Read = None
        if kind == "word":
            word = words[index]
            for reader in readers.get(word, ()):
                read = reader(tokens, index)
                if read:
                    break
            if read is None and word in MODIFIERS:
                read = _modified(tokens, index, found[-1] if found else None)
            if read is None and (word[0].isdigit() or word[:2] in ("fy", "cy") or word[0] in "qh"):
                read = read_mixed(tokens, index) if _MIXED.match(word) else read_clock(tokens, index)
        else:
            read = _digits(tokens, index, kind, found[-1] if found else None)
        if not read or read[0].first < floor:
            continue
        while found and found[-1].last >= read[0].first:  # a later reader looked back and covers more
            found.pop()
        found.extend(read)
        floor = read[-1].last + 1
    return found


def _digits(tokens: Tokens, index: int, kind: str, previous: Expression | None) -> Read:
    if kind == "iso" or kind == "slashed":
        return read_numeric(tokens, index)
    if kind == "clock":
        return read_clock(tokens, index)
    if kind == "decade":
        return read_decade(tokens, index)
    if kind == "ordinal":
        return read_day_first(tokens, index) or read_ordinal(tokens, index)
    return read_day_first(tokens, index) or read_clock(tokens, index) or read_year(tokens, index, previous)


def _modified(tokens: Tokens, index: int, previous: Expression | None) -> Read:
    """Read "early 2012", "mid-1990s", "late March", "late last year", "the end of 2012"."""
    mod = MODIFIERS[tokens.word(index)]
    word = tokens.word(index)
    step = index + 1
    first = index
    if word in ("end", "beginning", "start", "outset", "middle", "close", "opening"):
        if tokens.word(step) not in ("of", "-"):
            return None
        step += 1
        if tokens.word(index - 1) == "the":
            first = index - 1
    elif tokens.word(step) in ("-", "–") or (word in ("early", "late") and tokens.word(step) in ("in", "on")):
        step += 1
    if tokens.word(step) == "the" or (tokens.word(step) == "to" and tokens.word(step + 1) in ("mid", "late")):
        step += 1
    year = year_at(tokens, step)
    if year is not None and word != "opening":
        read = read_year(tokens, step, previous)
        if read:
            read[0].licensed = True
    else:
        read = None
        for reader in (
            _READERS.get(tokens.word(step), ()) if tokens.kind(step) == "word" else (read_decade, read_ordinal)
        ):
            if tokens.kind(step) in ("decade", "ordinal") or tokens.kind(step) == "word":
                read = reader(tokens, step)
            if read:
                break
    if not read or len(read) != 1:
        return None
    found = read[0]
    movable = found.form in (Form.DECADE, Form.CENTURY, Form.RELATIVE, Form.NEAREST, Form.WEEKDAY)
    if not (movable or (found.form is Form.CALENDAR and found.day is None)):
        return None
    if first == index and tokens.word(index - 1) == "the":
        first = index - 1
    found.first, found.mod, found.licensed = first, mod, True
    return read


def _join(tokens: Tokens, found: list[Expression]) -> list[Expression]:
    joined: list[Expression] = []
    for one in found:
        while joined:
            merged = _merged(tokens, joined[-1], one)
            if merged is None:
                _inherit(tokens, joined, one)
                break
            joined.pop()
            one = merged  # which may join what stands before it in turn
        if one.form is Form.WEEKDAY or (one.form in _DAYS and one.to is None and not one.day_part and _is_day(one)):
            part = DAY_PARTS.get(tokens.word(one.last + 1), "")
            if part:
                (one.to or one).day_part, one.last = part, one.last + 1
        joined.append(one)
    kept = [one for one in joined if one.licensed]
    for one in kept:
        _relate(tokens, one)
    return kept


def _merged(tokens: Tokens, left: Expression, right: Expression) -> Expression | None:
    gap = [tokens.word(index) for index in range(left.last + 1, right.first)] if right.first - left.last <= 4 else None
    if gap and left.form is Form.CLOCK and gap[0] in _ZONES:
        gap = gap[2:] if gap[1:2] == ["time"] else gap[1:]
    if gap is None or any(tokens.kind(index) == "break" for index in range(left.last + 1, right.first)):
        return None
    if (
        left.form is Form.WEEKDAY
        and right.grain == "day"
        and right.form is Form.CALENDAR
        and gap in ([], [","], [",", "the"], ["the"])
    ):
        right.first, right.weekday, right.day_part = left.first, left.weekday, left.day_part
        return right
    if (
        left.grain == "day"
        and left.form is Form.CALENDAR
        and right.form is Form.WEEKDAY
        and gap == ["("]
        and tokens.word(right.last + 1) == ")"
    ):
        left.last, left.weekday = right.last + 1, right.weekday
        return left
    if (
        left.form is Form.CLOCK
        and right.form in _DAYS
        and right.to is None
        and (gap in ([], ["on"], [","]) or (gap == ["of"] and left.day_part))
        and _is_day(right)
    ):
        right.first, right.clock = left.first, left.clock
        right.day_part = left.day_part or right.day_part
        return right
    if (
        right.form is Form.CLOCK
        and left.form in _DAYS
        and left.to is None
        and (gap in ([], ["at"], [","], [",", "at"]) or (gap == ["in"] and right.day_part))
        and _is_day(left)
    ):
        left.last, left.clock = right.last, right.clock
        left.day_part = right.day_part or left.day_part
        return left
    return _range(tokens, left, right, gap)


_ZONES = frozenset("est edt cst cdt mst mdt pst pdt et gmt utc local".split())
_DAYS = (Form.CALENDAR, Form.WEEKDAY, Form.RELATIVE, Form.NEAREST, Form.ANCHORED)


def _is_day(one: Expression) -> bool:
    if one.form is Form.CALENDAR:
        return one.day is not None
    return one.weekday is not None or one.unit == "day"


def _range(tokens: Tokens, left: Expression, right: Expression, gap: list[str]) -> Expression | None:
    """Join two ends of a range: "30 April to 2 May 2012", "between 2005 and 2011", "Monday to Friday"."""
    before = tokens.word(left.first - 1) or ""
    if before == "the":
        before = tokens.word(left.first - 2)
    joint = " ".join(word for word in gap if word != "the").removeprefix(", ")
    between = joint == "and" and before == "between"
    from_until = joint in ("until", "till", "up to") and before == "from"
    if not (between or from_until or (joint in RANGE_MARKS and joint not in ("until", "till"))):
        return None
    if left.fiscal and right.fiscal and left.to is not None and right.to is not None and joint in ("to", "through"):
        left.to, left.last = right.to, right.last  # "2010-11 to 2016-17"
        return left
    if left.to is not None or right.to is not None or left.form is not right.form:
        return None
    if left.form is Form.WEEKDAY:
        if not (left.licensed and right.licensed) or joint == "—":
            return None
    elif left.form is Form.DECADE:
        if right.number is None or left.number is None or right.number <= left.number:
            return None
    elif left.form is not Form.CALENDAR or not _ends_fit(left, right):
        return None
    if joint == "to" and before != "from" and left.grain == "year" and not left.licensed:
        return None
    if not left.licensed and not right.licensed and not (left.grain == "month" and right.year is not None):
        return None
    left.to, left.last, left.licensed = right, right.last, True
    left.mod = right.mod = ""
    return left


def _ends_fit(left: Expression, right: Expression) -> bool:
    if left.grain != right.grain or left.fiscal != right.fiscal or left.months or right.months:
        return False
    if left.year is None and right.year is not None:
        left.year = right.year - (1 if _order(left) > _order(right) else 0)
    if left.year is not None and right.year is None and right.grain != "year":
        right.year = left.year + (1 if _order(left) > _order(right) else 0)
    if left.year is None or right.year is None:
        around_new_year = left.grain in ("day", "month") and (left.month or 0) >= 10 and (right.month or 13) <= 3
        return left.year is None and right.year is None and (_order(left) < _order(right) or around_new_year)
    return (left.year, *_order(left)) < (right.year, *_order(right))


def _order(one: Expression) -> tuple[int, int, str]:
    return (one.month or 0, one.day or 0, one.part)


def _inherit(tokens: Tokens, joined: list[Expression], right: Expression) -> None:
    """Give a year to the members of a list before the one that names it: "in December and January 2018"."""
    if right.form is not Form.CALENDAR or right.year is None or right.grain not in ("day", "month", "part"):
        return
    later = right
    for left in reversed(joined[-5:]):
        gap = (
            [tokens.word(index) for index in range(left.last + 1, later.first)]
            if later.first - left.last <= 4
            else ["too far"]
        )
        listed = "".join(gap) in ("and", ",", "or", "&", "/", ",and", "andon", "andin", "-", "–")
        if not listed or left.form is not Form.CALENDAR or left.year is not None or left.grain != later.grain:
            return
        if gap in ([","], ["/"]) and later is right and left.grain == "day":
            return
        year = later.year if later.year is not None else right.year
        left.year = year - (1 if _order(left) > _order(later) else 0)
        if left.to is not None and left.to.year is None:
            left.to.year = left.year
        left.licensed = True
        later = left


_RELATIONS = {
    "since": "since", "after": "after", "until": "until", "till": "until", "before": "before", "by": "by",
}  # fmt: skip


def _relate(tokens: Tokens, one: Expression) -> None:
    if one.to is not None or one.form in (Form.VAGUE, Form.STRETCH, Form.CLOCK):
        return
    before = tokens.word(one.first - 1)
    if before in ("early", "late", "mid"):
        before = tokens.word(one.first - 2)
    if before == "to" and tokens.word(one.first - 2) in ("prior", "up"):
        one.relation = "before" if tokens.word(one.first - 2) == "prior" else "until"
    elif before in _RELATIONS:
        noun_follows = (
            one.grain == "year" and tokens.kind(one.last + 1) == "word" and tokens.raw[one.last + 1][0].isupper()
        )
        one.relation = "" if noun_follows and before == "by" else _RELATIONS[before]
    beyond = " ".join(tokens.word(one.last + step) for step in (1, 2, 3))
    open_end = beyond.startswith(
        ("- present", "– present", "— present", "onward", "to date", "to present", "to the present")
    )
    from_on = before == "from" and tokens.word(one.last + 1) == "on" and tokens.word(one.last + 2) in (",", ".", "")
    if open_end or from_on:
        one.relation = "since"
