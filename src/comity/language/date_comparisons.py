"""Reading what business and court reports compare with: "the year-ago quarter", "the same period last year", "the quarter".

Such words name a span of the length of one named before, a year earlier or the same one again; and the end of a year,
and a part of the day without its day.
"""

from __future__ import annotations

from comity.language.calendar_words import DAY_PARTS, FUNCTION_WORDS
from comity.language.date_expressions import Expression, Form, Read, year_at
from comity.language.tokens import Tokens

# Marks of an expression that lies a year before the span compared, and of one that does where such a span was just named.
YEAR_AGO, COMPARED = "year-ago", "compared"
_SPANS = {"quarter": "quarter", "month": "month", "half": "half", "week": "week", "period": "", "time": ""}
_COMPARED = frozenset("from than with against versus million billion trillion percent share cents points pct".split())
_GAMES = frozenset("goal goals match scored striker coach touchdown halftime minute game games cup league team".split())


def _closed(tokens: Tokens, index: int) -> bool:
    """Whether no noun follows for which the words before would only be an attribute."""
    word = tokens.word(index)
    return (tokens.kind(index) in ("break", "mark") and word not in ("-", "–")) or word in FUNCTION_WORDS


def read_hyphened_year(tokens: Tokens, index: int) -> Read:
    """Read "the year-ago quarter", "year-earlier", "year-end", "year-end 1989"."""
    if tokens.word(index + 1) != "-" or not tokens.glued(index + 1):
        return None
    first = index - 1 if tokens.word(index - 1) in ("the", "a") else index
    second = tokens.word(index + 2)
    if second == "end":
        year = year_at(tokens, index + 3)
        if year is not None:
            return [Expression(Form.CALENDAR, first, index + 3, year=year, mod="END")]
        if not _closed(tokens, index + 3):
            return None
        return [Expression(Form.RELATIVE, first, index + 2, number=0, unit="year", mod="END")]
    if second not in ("ago", "earlier"):
        return None
    noun = _SPANS.get(tokens.word(index + 3))
    last = index + 2 if noun is None else index + 3
    return [Expression(Form.ANCHORED, first, last, number=-1, unit=noun or "", value=YEAR_AGO)]


def read_same_span(tokens: Tokens, index: int) -> Read:
    """Read "the same quarter last year", "the corresponding period a year earlier", "the same month of last year"."""
    noun = _SPANS.get(tokens.word(index + 1))
    if noun is None or tokens.word(index - 1) != "the":
        return None
    step = index + 2
    if tokens.word(step) in ("of", "in"):
        step += 1
    if tokens.word(step) == "the":
        step += 1
    words = (tokens.word(step), tokens.word(step + 1), tokens.word(step + 2))
    if words[:2] in (("last", "year"), ("previous", "year")):
        last = step + 1
    elif words[:2] in (("a", "year"), ("one", "year")) and words[2] in ("ago", "earlier", "before"):
        last = step + 2
    else:
        return None
    return [Expression(Form.ANCHORED, index - 1, last, number=-1, unit=noun, value=YEAR_AGO)]


def read_span_again(tokens: Tokens, index: int) -> Read:
    """Read "for the quarter", "in the year": the span named before, where nothing else says which."""
    word = tokens.word(index)
    if tokens.word(index - 1) != "the" or tokens.word(index - 2) not in ("for", "in", "during"):
        return None
    following = tokens.word(index + 1)
    if following in ("ended", "ending") or (word == "quarter" and _closed(tokens, index + 1)):
        return [Expression(Form.ANCHORED, index - 1, index, number=0, unit=word)]
    if tokens.word(index - 2) == "for" and following in (",", ".", ""):
        return [Expression(Form.ANCHORED, index - 1, index, number=0, unit=word)]
    return None


def compares(tokens: Tokens, first: int) -> bool:
    """Whether "a year earlier" at token `first` stands beside a figure that it compares with."""
    before = tokens.word(first - 1)
    return before in _COMPARED or tokens.kind(first - 1) == "number" or before == "%"


def is_half_of_year(tokens: Tokens, first: int, last: int) -> bool:
    """Whether "the second half" at these tokens is one of the year, not of a match."""
    if tokens.word(last + 1) in (
        "profit",
        "profits",
        "results",
        "earnings",
        "sales",
        "revenue",
        "loss",
        "net",
        "growth",
    ):
        return True
    if tokens.word(first - 1) not in ("in", "for", "during", "by", "through", "of") or not _closed(tokens, last + 1):
        return False
    around = range(max(0, first - 20), min(len(tokens), last + 20))
    return not any(tokens.words[index] in _GAMES for index in around)


def read_day_part(tokens: Tokens, index: int) -> Read:
    """Read "in the morning", "into the night": a part of a day whose day is named elsewhere, if at all."""
    if tokens.word(index - 1) != "the" or tokens.word(index - 2) not in ("in", "into", "during", "on", "through", "by"):
        return None
    if not _closed(tokens, index + 1):
        return None
    return [Expression(Form.CLOCK, index - 1, index, day_part=DAY_PARTS[tokens.word(index)])]
