"""Durations that a text names: "eight years", "an eight-year hiatus", "two and a half decades"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from comity.language.calendar_words import TIMEX_UNITS, UNITS
from comity.language.hedges import Hedge, hedge_before
from comity.language.numerals import cardinal_at
from comity.language.tokens import Tokens, token_lists

_DURATION_UNITS = {word: unit for word, unit in UNITS.items() if unit not in ("weekend", "fortnight")} | {
    "seconds": "second"
}
_SINGULAR = frozenset(word for word in _DURATION_UNITS if word in TIMEX_UNITS)
_VAGUE = frozenset({"several", "few", "many", "some", "couple", "numerous"})


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A length of time; `text == whole[start:end]`.

    Attributes:
        amount: how many units; None where the text does not say ("several years", "decades").
        unit: "day", "week", "month", "quarter", "year", "decade", "century", "hour", "minute", "second", "night".
        timex: TimeML's value: "P8Y", "P32M", "PT2H", "P2DE" (two decades), "PXY" (several years).
        approximate, bound: the hedge before it: "about", or "at-least" ("more than"), "at-most" ("up to"), "".
    """

    start: int
    end: int
    text: str
    amount: Decimal | None
    unit: str
    timex: str
    approximate: bool = False
    bound: str = ""


def _timex(amount: Decimal | None, unit: str) -> str:
    letter = "T" if unit in ("hour", "minute", "second") else ""
    figure = "X" if amount is None else f"{amount.normalize():f}"
    return f"P{letter}{figure}{TIMEX_UNITS[unit]}"


def find_durations(text: str) -> list[DurationMention]:
    """Return the lengths of time of a text in order; what counts back from a date ("two years ago") is a date instead."""
    tokens = token_lists(text)
    found: list[DurationMention] = []
    floor = 0
    for index, word in enumerate(tokens.words):
        unit = _DURATION_UNITS.get(word)
        if unit is None or index < floor:
            continue
        read = _duration(tokens, index, unit, floor)
        if read is None:
            continue
        first, last, amount, unit, hedge = read
        start, end = tokens.starts[first], tokens.ends[last]
        found.append(
            DurationMention(
                start, end, text[start:end], amount, unit, _timex(amount, unit), hedge.approximate, hedge.bound
            )
        )
        floor = last + 1
    return found


_Reading = tuple[int, int, Decimal | None, str, Hedge]


def _duration(tokens: Tokens, index: int, unit: str, floor: int) -> _Reading | None:
    word = tokens.word(index)
    if tokens.word(index + 1) in ("ago", "hence"):
        return None
    hyphenated = tokens.word(index - 1) in ("-", "‑", "–") and tokens.glued(index) and tokens.glued(index - 1)
    end = index - 1 if hyphenated else index
    last = index
    if hyphenated and tokens.word(index + 1) == "-" and tokens.word(index + 2) in ("old", "long", "olds"):
        last = index + 2
    half = _half(tokens, index, unit, floor)
    if half is not None:
        return half
    amount = _amount(tokens, end, floor)
    if amount is not None:
        value, first = amount
        before = tokens.word(first - 1)
        if (
            tokens.word(first) == "one"
            and word == "day"
            and before not in ("for", "in", "within", "after", "than", "took")
        ):
            return None  # "one day" is some day
        if value is not None and word in _SINGULAR and not hyphenated and value > 1:
            return None
        if (
            first < index - 1
            and tokens.kind(first) == "number"
            and tokens.glued(first)
            and tokens.word(first - 1) in ("-", "/", ".", "$")
        ):
            return None
        return first, last, value, unit, hedge_before(tokens, first)
    before = tokens.word(index - 1)
    if word in ("a", "an") or tokens.kind(index - 1) == "break":
        return None
    if before in ("a", "an", "one") and word in _SINGULAR:
        return _single(tokens, index, unit)
    if word not in _SINGULAR and before in (
        "for", "after", "over", "within", "took", "takes", "take", "last", "lasted", "spent",
    ):  # fmt: skip
        closed = before == "for" or tokens.word(index + 1) in ("of", ".", ",", ";", "", "and", "to", "before", "later")
        if closed:
            return index, index, None, unit, Hedge()
    return None


def _single(tokens: Tokens, index: int, unit: str) -> _Reading | None:
    """Read "a year": a duration, but not "a day" in "a day later", "$5 a day" or "once a year"."""
    before, following = tokens.word(index - 2), tokens.word(index + 1)
    if (
        unit in ("night", "quarter")
        or tokens.kind(index - 2) == "number"
        or before in ("once", "twice", "times", "day")
    ):
        return None
    if before in (
        "for",
        "in",
        "within",
        "after",
        "over",
        "about",
        "than",
        "nearly",
        "almost",
        "least",
        "lasted",
        "took",
        "take",
        "last",
        "under",
        "roughly",
        "around",
    ) or (following in ("long", "-", "of") and tokens.word(index + 2) in ("long", "talks", "negotiations", "")):
        return index - 1, index, Decimal(1), unit, hedge_before(tokens, index - 1)
    if before in ("barrels", "tonnes", "tons", "million", "billion", "percent", "dollars", "cent", "people"):
        return None
    if following in ("of", "without", "since", "after") and unit != "day":
        return index - 1, index, Decimal(1), unit, Hedge()
    if unit in ("decade", "century"):
        return index - 1, index, Decimal(1), unit, Hedge()
    return None


def _half(tokens: Tokens, index: int, unit: str, floor: int) -> _Reading | None:
    """Read "half a century", "half-century", "a year and a half"."""
    and_a_half = [tokens.word(index + step) for step in (1, 2, 3)] == ["and", "a", "half"]
    if and_a_half and tokens.word(index - 1) in ("a", "an", "one"):
        return index - 1, index + 3, Decimal("1.5"), unit, hedge_before(tokens, index - 1)
    first = index - 2
    if first >= floor and tokens.word(first) == "half" and tokens.word(index - 1) in ("a", "-"):
        if tokens.word(first - 1) == "and":
            return None
        whole = {"century": (Decimal(50), "year"), "decade": (Decimal(5), "year")}.get(unit, (Decimal("0.5"), unit))
        return first, index, whole[0], whole[1], hedge_before(tokens, first)
    return None


def _amount(tokens: Tokens, end: int, floor: int) -> tuple[Decimal | None, int] | None:
    """The amount whose last token stands just before `end`, and its first token; None as amount for "several"."""
    before = tokens.word(end - 1)
    if before in _VAGUE or (before == "of" and tokens.word(end - 2) == "couple"):
        first = end - 1 if before != "of" else end - 2
        if before == "some" and tokens.word(end) not in UNITS:
            return None
        return None, first - 1 if tokens.word(first - 1) == "a" and first - 1 >= floor else first
    if tokens.kind(end - 1) not in ("number", "word"):
        return None
    for start in range(max(floor, end - 6), end):
        numeral = cardinal_at(tokens, start)
        if numeral is not None and numeral.after == end:
            if tokens.word(start) == "one" and end == start + 1 and tokens.word(start - 1) in ("and", "-"):
                return None
            return numeral.value, start
    return None
