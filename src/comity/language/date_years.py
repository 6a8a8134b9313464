"""Reading years and ranges of years in digits, where what stands around a figure says that it is a year."""

from __future__ import annotations

import re

from comity.language.calendar_words import AMOUNT_WORDS, DASHES, FUNCTION_WORDS, REFERENCES
from comity.language.date_days import counts, plural_noun
from comity.language.date_expressions import Expression, Form, Read, year_at
from comity.language.tokens import Tokens

# A year directly after one of these is a year, unless what follows shows a count.
_YEAR_PREPOSITIONS = frozenset(
    """in since by of during until till from between after before circa through throughout year years early late mid
    for around beyond post pre election elections""".split()
)
_DETERMINERS = frozenset("the a an its his her their our this that these those whose".split())
_JOINTS = DASHES | {"to", "and", "&", "through", "/", "or"}


def read_year(tokens: Tokens, index: int, previous: Expression | None) -> Read:
    """A year or range of years in digits, where what stands around it says that it is one."""
    year = year_at(tokens, index)
    if year is None:
        return None
    glued_before = tokens.glued(index) and tokens.word(index - 1) not in (
        "(",
        "[",
        '"',
        "“",
        "‘",
        "'",
        "*",
        "_",
        ">",
        "–",
        "—",
        "-",
        "/",
        "`",
    )
    prefixed = tokens.word(index - 2) in ("mid", "early", "late", "pre", "post")
    if glued_before or (
        tokens.glued(index)
        and tokens.word(index - 1) in ("-", "/", "–")
        and not prefixed
        and not _joins(tokens, index, previous)
    ):
        return None
    reference = tokens.word(index - 1) in REFERENCES | AMOUNT_WORDS or (
        tokens.word(index - 1) == "." and tokens.word(index - 2) in REFERENCES
    )
    spanned = None if reference or _money_before(tokens, index) else _year_range(tokens, index, year)
    if spanned is not None:
        return [spanned]
    if (
        reference
        or counts(tokens, index + 1)
        or (
            tokens.glued(index + 1) and tokens.word(index + 1) in ("/", "-", "–") and tokens.kind(index + 2) == "number"
        )
    ):
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
    return before in ("$", "€", "£", "¥", "₹", "usd", "rs", "pkr", "inr", "eur", "gbp", "jpy") or (
        before == "." and tokens.word(index - 2) == "rs"
    )


def _year_range(tokens: Tokens, index: int, year: int) -> Expression | None:
    """Read "2016-17", "2012-2017", "2016/17", "2012 to 2017"; None where the second figure is no later year."""
    joint = tokens.word(index + 1)
    second = tokens.raw[index + 2] if tokens.kind(index + 2) == "number" else ""
    if not second.isascii() or not second.isdigit():
        return None
    tight = tokens.glued(index + 1) and tokens.glued(index + 2)
    if not ((joint in DASHES) or (joint == "/" and tight)):
        return None
    if counts(tokens, index + 3) or (
        tokens.word(index + 3) in DASHES | {"/"} and tokens.glued(index + 3) and tokens.kind(index + 4) == "number"
    ):
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
        if plural_noun(tokens, index + 3) and year % 50 == 0:
            return None
    elif len(second) == 1 and tight and joint == "/" and int(second) == year % 10 + 1:
        last, fiscal = year + 1, True
    else:
        return None
    expression = Expression(Form.CALENDAR, index, index + 2, year=year, fiscal=fiscal)
    expression.to = Expression(Form.CALENDAR, index, index + 2, year=last)
    return expression


def _iso_month(tokens: Tokens, index: int, year: int, month: int, joint: str) -> Expression | None:
    """Read "2018-01": a month in ISO 8601, where no range of years can be meant."""
    if joint == "-" and 1 <= month <= 12 and len(tokens.raw[index + 2]) == 2 and year >= 1900:
        return Expression(Form.CALENDAR, index, index + 2, year=year, month=month)
    return None


def _licensed(tokens: Tokens, index: int, year: int) -> bool:
    """Whether the words around a four-digit figure say that it is a year."""
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    if after in DASHES and tokens.word(index + 2) in ("present", "date"):
        return before not in REFERENCES
    if before == "to" and tokens.word(index - 2) in ("up", "prior", "back"):
        return not after.isalpha() or after in FUNCTION_WORDS
    if tokens.kind(index + 1) == "suffix" and after == "'s":
        return before not in REFERENCES
    if before in _YEAR_PREPOSITIONS or (before == "-" and tokens.word(index - 2) in ("mid", "pre", "post")):
        if before in ("election", "elections"):
            return False
        if before in ("for", "around") and (after.isalpha() and after not in FUNCTION_WORDS):
            return False
        return not (plural_noun(tokens, index + 1) and (year % 100 == 0 or before in ("of", "by", "for")))
    if before in _DETERMINERS or tokens.kind(index - 1) == "suffix":
        if after in (",", "and", "or", "&") and year_at(tokens, index + 2) is not None:
            return _licensed(tokens, index + 2, year) or _list_ends_in_noun(tokens, index + 2)
        return (
            tokens.kind(index + 1) == "word"
            and not (year % 100 == 0 and plural_noun(tokens, index + 1) and before != "the")
            and after not in ("of", "or", "and")
        )
    if before == "(" or before == "[":
        return after in (")", "]", ",", ";", ":") or after in DASHES
    if after in (")", "]") and (tokens.capital(index - 1) or before in (",", "&", "al")):
        return tokens.kind(index - 2) != "number"
    if before == "," and tokens.kind(index - 2) not in ("number", "break"):
        closed = tokens.kind(index + 1) == "break" or after in (".", ")", ";", "]", ",", ":") or after == ""
        return closed or (after in ("&", "and") and year_at(tokens, index + 2) is not None)
    start = tokens.kind(index - 1) == "break" or before in (".", "!", "?")
    return start and after in (
        "was",
        "saw",
        "marked",
        "is",
        "will",
        "had",
        "brought",
        "has",
        "witnessed",
        "marks",
        "began",
        "ended",
    )


def _list_ends_in_noun(tokens: Tokens, index: int) -> bool:
    """Whether a list of years leads to a noun ("his 2012 and 2013 visits")."""
    for step in range(index, index + 12, 2):
        if year_at(tokens, step) is None:
            return False
        joint = tokens.word(step + 1)
        if joint not in (",", "and", "or", "&"):
            return tokens.kind(step + 1) == "word" and joint not in FUNCTION_WORDS
    return False
