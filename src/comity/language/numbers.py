"""Numbers and ordinals that a text names, in digits and in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from comity.language.dates import find_dates
from comity.language.numerals import ORDINAL_WORDS, cardinal_at, ordinal_at
from comity.language.tokens import Tokens, token_lists


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A cardinal number: "1,860", "three", "twenty-five", "45.2 million"."""

    start: int
    end: int
    text: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class OrdinalMention:
    """An ordinal number: "65th", "third", "twenty-first"."""

    start: int
    end: int
    text: str
    value: int


_NOT_ONE_BEFORE = frozenset(
    "no this that the any each every some which another only than or either neither first".split()
)
_NOT_ONE_AFTER = frozenset(
    """of another has have had is was are were be can could must should may might would will to by who that which and
    or but cannot does did in on at day time""".split()
)  # fmt: skip
_CUT_SCALES = frozenset({"k", "m", "b", "mn", "bn", "tn", "cr"})  # "$40K": the digits alone are not the number
_AFTER_NO_ORDINAL = frozenset({"hand", "party", "parties", "guess", "thought", "nature"})


def _pronoun(tokens: Tokens, index: int, after: int) -> bool:
    """Whether "one" stands for a person or thing rather than for the number."""
    if after != index + 1 or tokens.word(index) != "one":
        return False
    return (
        tokens.word(index - 1) in _NOT_ONE_BEFORE
        or tokens.word(after) in _NOT_ONE_AFTER
        or tokens.kind(after) not in ("word", "number")
    )


def attached(tokens: Tokens, first: int, after: int) -> bool:
    """Whether the figure is part of a name or code: "F-16", "G20", "COVID-19", "page3"."""
    if tokens.glued(first):
        before = tokens.word(first - 1)
        if before in ("-", "/", "#", "_", "+", "=", "&", ":", "^", "."):
            return tokens.glued(first - 1) or before in ("#", "^", "_")
        if before == "[" and tokens.word(after) == "]":
            return True
        return tokens.kind(first - 1) in ("word", "number", "code", "suffix")
    return False


def _fraction(tokens: Tokens, index: int, after: int) -> bool:
    """Whether the number counts parts: "one third", "two-thirds"."""
    step = after + 1 if tokens.word(after) == "-" else after
    word = tokens.word(step)
    return word.rstrip("s") in (
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "quarter",
        "half",
    ) and (word.endswith("s") or tokens.word(index) == "one")


def find_numbers(text: str) -> list[NumberMention]:
    """Return the cardinals of a text in order; figures that belong to dates, codes, addresses and fractions are left out."""
    tokens = token_lists(text)
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    found: list[NumberMention] = []
    index = place = 0
    while index < len(tokens):
        numeral = cardinal_at(tokens, index)
        if numeral is None:
            index += 1
            continue
        ordinal = ordinal_at(tokens, index) if not numeral.printed else None
        if ordinal is not None:
            index = ordinal[1]
            continue
        start, end = tokens.starts[index], tokens.ends[numeral.after - 1]
        while place < len(dates) and dates[place][1] <= start:
            place += 1
        in_date = place < len(dates) and dates[place][0] < end
        kept = not (
            in_date
            or _pronoun(tokens, index, numeral.after)
            or (numeral.printed and attached(tokens, index, numeral.after))
            or (tokens.glued(numeral.after) and tokens.word(numeral.after) in _CUT_SCALES)
            or (not numeral.printed and _fraction(tokens, index, numeral.after))
        )
        if kept:
            found.append(NumberMention(start, end, text[start:end], numeral.value))
        index = numeral.after
    return found


def find_ordinals(text: str) -> list[OrdinalMention]:
    """Return the ordinals of a text in order; fractions ("two-thirds", "one third") and "at first" are none."""
    tokens = token_lists(text)
    found: list[OrdinalMention] = []
    index = 0
    kinds, words = tokens.kinds, tokens.words
    while index < len(tokens):
        if kinds[index] != "ordinal" and words[index] not in _ORDINAL_STARTS:
            index += 1
            continue
        ordinal = ordinal_at(tokens, index)
        if ordinal is None:
            index += 1
            continue
        value, after = ordinal
        if not _no_ordinal(tokens, index, after):
            start, end = tokens.starts[index], tokens.ends[after - 1]
            found.append(OrdinalMention(start, end, text[start:end], value))
        index = after
    return found


_ORDINAL_STARTS = ORDINAL_WORDS | frozenset("twenty thirty forty fifty sixty seventy eighty ninety one".split())


def _no_ordinal(tokens: Tokens, index: int, after: int) -> bool:
    word, before = tokens.word(index), tokens.word(index - 1)
    if word == "first" and (
        before == "at" or (tokens.word(after) in ("of", "and") and tokens.word(after + 1) in ("all", "foremost"))
    ):
        return True
    step = after + 1 if tokens.word(after) == "-" else after
    if tokens.word(step) in _AFTER_NO_ORDINAL or (word == "second" and tokens.kind(index - 1) == "number"):
        return True
    if before == "-":
        before = tokens.word(index - 2) if cardinal_at(tokens, index - 2) is not None else ""
    if word in ("first", "second"):
        return word == "second" and (before in ("a", "per") and tokens.word(after) in (".", ",", "of", ""))
    numeral = cardinal_at(tokens, index - 1) if before == tokens.word(index - 1) else cardinal_at(tokens, index - 2)
    counted = numeral is not None and not numeral.printed and numeral.value < 20
    return (
        (counted or before in ("a", "an")) and tokens.kind(index) == "word" and (counted or tokens.word(after) == "of")
    )
