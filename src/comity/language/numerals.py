"""Numerals read from tokens: cardinals and ordinals in digits and in words, with the scales of English and Indian use."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from comity.language.tokens import Tokens

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
# Scale words. Lakh and crore: Indian numbering (Oxford English Dictionary), 10^5 and 10^7.
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "lakh": Decimal(100_000),
    "lac": Decimal(100_000),
    "million": Decimal(1_000_000),
    "crore": Decimal(10_000_000),
    "billion": Decimal(1_000_000_000),
    "trillion": Decimal(1_000_000_000_000),
    "dozen": Decimal(12),
}
SCALES |= {"lakhs": SCALES["lakh"], "lacs": SCALES["lakh"], "crores": SCALES["crore"]}
_ORDINAL_UNITS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth".split(),
        start=1,
    )
}
_ORDINAL_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split(), start=2
    )
}
CARDINAL_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(SCALES)
ORDINAL_WORDS = frozenset(_ORDINAL_UNITS) | frozenset(_ORDINAL_TENS) | {"hundredth", "thousandth"}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A cardinal as printed: `number` times `scale`; `after` is the index of the token that follows.

    `printed` says whether digits stand in the text; a number in words has none.
    """

    number: Decimal
    scale: Decimal
    after: int
    printed: bool

    @property
    def value(self) -> Decimal:
        """The number meant: 45200000 for "45.2 million"."""
        return self.number * self.scale


def digits_at(tokens: Tokens, index: int) -> Decimal | None:
    """The value of a number token, its grouping commas taken out; None for any other token."""
    if tokens.kind(index) != "number":
        return None
    raw = tokens.raw[index]
    if not raw.isascii() or len(raw) > 40:
        return None
    return Decimal(raw.replace(",", ""))


def _scales_at(tokens: Tokens, index: int) -> tuple[Decimal, int]:
    """The product of the scale words from `index` on ("lakh crore"), and the index after them."""
    scale = Decimal(1)
    for _ in range(2):
        step = SCALES.get(tokens.word(index))
        if step is None:
            break
        scale *= step
        index += 1
    return scale, index


def _half_after(tokens: Tokens, index: int) -> bool:
    return tokens.word(index) == "and" and tokens.word(index + 1) in ("a", "one") and tokens.word(index + 2) == "half"


# Before "31 865 people" these words take the first figure for themselves.
_NUMBERED = frozenset(
    """page pages chapter article articles section paragraph resolution no no. number item table figure part volume vol vol. line route
    january february march april may june july august september october november december""".split()
)


def _grouped(tokens: Tokens, index: int, value: Decimal) -> tuple[Decimal, int]:
    """Read the groups of three digits that follow after a space each ("31 865", "1 234 567.5"); the value and the index after."""
    after = index + 1
    raw = tokens.raw[index]
    if not (raw.isdigit() and len(raw) <= 3 and raw[0] != "0") or tokens.word(index - 1) in _NUMBERED:
        return value, after
    digits = raw
    while tokens.kind(after) == "number" and tokens.starts[after] - tokens.ends[after - 1] == 1:
        if tokens.text[tokens.ends[after - 1]] == "\n":
            break
        whole, point, fraction = tokens.raw[after].partition(".")
        if len(whole) != 3 or not (whole.isascii() and whole.isdigit()) or (point and not fraction.isdigit()):
            break
        digits += tokens.raw[after]
        after += 1
        if point:
            break
    return (Decimal(digits), after) if after > index + 1 else (value, after)


def _cut_by_comma(tokens: Tokens, index: int) -> bool:
    """Whether the token is one half of "2,5": a decimal comma, which English text has not, so that neither half is a figure."""
    behind = tokens.word(index + 1) == "," and tokens.glued(index + 1) and tokens.glued(index + 2)
    if behind and tokens.kind(index + 2) == "number" and len(tokens.raw[index + 2]) <= 2:
        return True
    ahead = tokens.glued(index) and tokens.word(index - 1) == "," and tokens.glued(index - 1)
    return ahead and tokens.kind(index - 2) == "number" and len(tokens.raw[index]) <= 2


def cardinal_at(tokens: Tokens, index: int) -> Numeral | None:
    """Read the cardinal that begins at a token: "1,860", "45.2 million", "twenty-five", "two and a half", "a hundred"."""
    value = digits_at(tokens, index)
    if value is not None:
        if _cut_by_comma(tokens, index):
            return None
        value, after = _grouped(tokens, index, value)
        if _half_after(tokens, after):
            value, after = value + Decimal("0.5"), after + 3
        scale, after = _scales_at(tokens, after)
        return Numeral(value, scale, after, True)
    return _words_at(tokens, index)


def _words_at(tokens: Tokens, index: int) -> Numeral | None:
    word = tokens.word(index)
    if word in ("a", "an"):
        if tokens.word(index + 1) not in (
            "hundred",
            "thousand",
            "million",
            "billion",
            "trillion",
            "dozen",
            "lakh",
            "crore",
        ):
            return None
        scale, after = _scales_at(tokens, index + 1)
        return Numeral(Decimal(1), scale, after, False)
    if word not in _UNITS and word not in _TENS:
        return None
    total, current, after = 0, 0, index
    while True:
        word = tokens.word(after)
        if word in _UNITS and (
            current % 100 == 0 or (current % 100 >= 20 and current % 10 == 0 and 0 < _UNITS[word] < 10)
        ):
            current += _UNITS[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word == "hundred" and 0 < current < 100:
            current *= 100
        elif word == "thousand" and current > 0 and total == 0:
            total, current = current * 1000, 0
        else:
            break
        after += 1
        if _UNITS.get(word, 10) == 0:
            break
        joint = tokens.word(after)
        beyond = tokens.word(after + 1)
        tens_joined = joint == "-" and word in _TENS and 0 < _UNITS.get(beyond, 0) < 10
        and_joined = joint == "and" and word in ("hundred", "thousand") and (beyond in _UNITS or beyond in _TENS)
        if tens_joined or and_joined:
            after += 1
        elif joint in _UNITS and not (word in _TENS or word in ("hundred", "thousand")):
            break
    number = Decimal(total + current)
    if _half_after(tokens, after):
        number, after = number + Decimal("0.5"), after + 3
    scale, after = _scales_at(tokens, after)
    return Numeral(number, scale, after, False)


def ordinal_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Read the ordinal that begins at a token ("65th", "twenty-first"): its value and the index after it."""
    if tokens.kind(index) == "ordinal":
        return int(tokens.raw[index][:-2]), index + 1
    word = tokens.word(index)
    if word in _TENS:
        unit = tokens.word(index + 2)
        if tokens.word(index + 1) == "-" and 0 < _ORDINAL_UNITS.get(unit, 0) < 10:
            return _TENS[word] + _ORDINAL_UNITS[unit], index + 3
        unit = tokens.word(index + 1)
        if 0 < _ORDINAL_UNITS.get(unit, 0) < 10:
            return _TENS[word] + _ORDINAL_UNITS[unit], index + 2
        return None
    if word in _ORDINAL_UNITS:
        return _ORDINAL_UNITS[word], index + 1
    if word in _ORDINAL_TENS:
        return _ORDINAL_TENS[word], index + 1
    if word == "hundredth":
        return 100, index + 1
    if word == "one" and tokens.word(index + 1) in ("hundredth", "-"):
        step = index + (1 if tokens.word(index + 1) == "hundredth" else 2)
        return (100, step + 1) if tokens.word(step) == "hundredth" else None
    return None
