"""Quantities that a text states: money, shares, measures and counts, each with its unit and its hedge."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from comity.language.calendar_words import COUNTED, DASHES, FUNCTION_WORDS, REFERENCES, UNITS
from comity.language.dates import find_dates
from comity.language.hedges import hedge_before
from comity.language.money import lexicon
from comity.language.numbers import attached
from comity.language.numerals import SCALES, Numeral, cardinal_at, ordinal_at
from comity.language.tokens import Tokens, token_lists
from comity.terms import Quantity


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A figure with its unit; `text == whole[start:end]`, hedges not included.

    Attributes:
        quantity: the figure; of a range ("US$ 2-3 billion") its lower end.
        upper: the upper end of a range, else None.
        bound: "at-least" ("more than", "over"), "at-most" ("up to", "nearly"), or "".
    """

    start: int
    end: int
    text: str
    quantity: Quantity
    upper: Quantity | None = None
    bound: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit and the index of the token after it."""

    unit: str
    after: int
    of: str = ""


_SHORT_SCALES = {
    "bn": Decimal(10) ** 9, "bln": Decimal(10) ** 9, "b": Decimal(10) ** 9, "mn": Decimal(10) ** 6, "m": Decimal(10) ** 6,
    "mln": Decimal(10) ** 6, "tn": Decimal(10) ** 12, "trn": Decimal(10) ** 12, "k": Decimal(1000), "cr": Decimal(10) ** 7,
}  # fmt: skip
# Currencies whose name is a common word as well, or that of a cup, a rule or a think tank.
_ALSO_WORDS = frozenset("won real euro euros rand dong dollar dollars pound pounds".split())
_DOLLAR_SIGNS = frozenset("$€£¥₹₩₽₺₪₫₦₱৳฿")
_DOLLAR_PREFIXES = frozenset({"US", "U.S.", "C", "CA", "A", "AU", "NZ", "HK", "S", "NT", "R"})
# Which state's currency "Rs" or "Sh" is, told by the only such state that the text names.
_SHARED_NAMES = {
    "rupee": (("PKR", r"Pakistan"), ("INR", r"India(?!n Ocean)|Indian rupee|New Delhi"), ("LKR", r"Sri Lanka"), ("NPR", r"Nepal"), ("MUR", r"Mauriti")),
    "shilling": (("KES", r"Kenya"), ("UGX", r"Uganda"), ("TZS", r"Tanzania"), ("SOS", r"Somali")),
}  # fmt: skip
_DOLLARS_MEANT = re.compile(
    r"\b(?:figures|amounts|values|prices|dollars?)\b[^.\n]{0,50}\b(Australian|Canadian|New Zealand|Singapore|Hong Kong) dollars"
)
_DOLLAR_CODES = {"Australian": "AUD", "Canadian": "CAD", "New Zealand": "NZD", "Singapore": "SGD", "Hong Kong": "HKD"}
_IRREGULAR_PLURALS = frozenset(
    "people men women children personnel troops police aircraft data criteria media staff crew".split()
)
_COLLECTIVES = frozenset({"crew", "staff", "police", "data", "media", "army"})  # "six crew members"
_NO_NOUNS = frozenset(
    """times is was has does says remains others ones less as this his its hers yours thus plus minus perhaps always
    various overseas besides towards afterwards sometimes years months days weeks hours minutes seconds decades centuries
    quarters nights weekends fortnights percent thirds fourths fifths us gas crisis basis analysis status process business
    press progress access success loss class address congress focus campus virus bus consensus bonus surplus census bias
    politics economics series species means news physics ethics premises lens politics across across unless
    million billion mins hrs secs yrs""".split()
)


def find_quantities(text: str) -> list[QuantityMention]:
    """Return the quantities of a text in order: money (ISO 4217), percentages, measures, and counts of things.

    A plain "$" is USD unless the text says otherwise; "Rs" and "Sh" take the currency of the one state with that
    currency that the text names, and stay "rupee" or "shilling" where it names none or several.
    """
    tokens = token_lists(text)
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    found: list[QuantityMention] = []
    index = floor = place = 0
    while index < len(tokens):
        kind = tokens.kinds[index]
        if kind != "number" and (kind != "word" or tokens.words[index] not in _NUMBER_STARTS):
            index += 1
            continue
        numeral = cardinal_at(tokens, index)
        if numeral is None:
            index += 1
            continue
        while place < len(dates) and dates[place][1] <= tokens.starts[index]:
            place += 1
        in_date = place < len(dates) and dates[place][0] < tokens.ends[numeral.after - 1]
        read = None if in_date else _read(tokens, index, numeral, floor)
        if read is None:
            index = numeral.after
            continue
        mention, floor = read
        found.append(mention)
        index = floor
    return _resolved(text, found)


_NUMBER_STARTS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety a an""".split()
)


def _read(tokens: Tokens, index: int, numeral: Numeral, floor: int) -> tuple[QuantityMention, int] | None:
    """The quantity around a numeral, and the index after it."""
    before = _currency_before(tokens, index, floor)
    first = index if before is None else before[1]
    if before is None and numeral.printed and (attached(tokens, index, numeral.after) and not _minus(tokens, index)):
        return None
    if not numeral.printed and ordinal_at(tokens, index) is not None:
        return None
    low, high = _scaled(tokens, numeral), None
    second = _second(tokens, low, first)
    if second is not None:
        high = _scaled(tokens, second)
        if high.number * high.scale < low.number * low.scale or (low.scale == 1 and high.number < low.number):
            high = None
        elif low.scale == 1:
            low = replace(low, scale=high.scale)
    after = (high or low).after
    unit = _Unit(before[0], after) if before is not None else _unit_after(tokens, after, short=numeral.printed)
    if unit is None and high is not None:
        high, after = None, low.after
        unit = _unit_after(tokens, after, short=numeral.printed)
    if unit is None:
        return None
    if before is not None and before[0] == "USD":
        named = _name_at(tokens, after)
        unit = named if named is not None and named.unit != "USD" else unit
    if unit.unit == "count" and (low.number * low.scale < 2 or _no_count(tokens, first, unit.after - 1)):
        return None
    minus = before is None and numeral.printed and _minus(tokens, index)
    if minus:
        first = index - 1
    start, end = tokens.starts[first], tokens.ends[unit.after - 1]
    hedge = hedge_before(tokens, first)
    text = tokens.text[start:end]
    quantity = Quantity(-low.number if minus else low.number, unit.unit, low.scale, unit.of, hedge.approximate, text)
    upper = None if high is None else Quantity(high.number, unit.unit, high.scale, unit.of, hedge.approximate, text)
    return QuantityMention(start, end, text, quantity, upper, hedge.bound), unit.after


def _no_count(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the figure is the whole of a ratio ("one in five people") or a reference ("Resolution 1874 binds")."""
    if tokens.word(first - 1) in REFERENCES:
        return True
    raw = tokens.raw[first]
    if len(raw) == 4 and raw.isdigit() and 1500 <= int(raw) <= 2100 and tokens.word(last) not in COUNTED:
        return True  # it may as well be a year
    if tokens.capital(first) and tokens.kind(first - 1) == "word":
        return True  # part of a name: "the Seven Habits"
    return tokens.word(first - 1) in ("in", "of") and tokens.word(first - 2) in _NUMBER_STARTS - {"a", "an"}


def _minus(tokens: Tokens, index: int) -> bool:
    return tokens.word(index - 1) in ("-", "−") and tokens.glued(index) and not tokens.glued(index - 1)


def _scaled(tokens: Tokens, numeral: Numeral) -> Numeral:
    """The numeral with a scale cut short behind it: "2bn", "3.4 m"."""
    if numeral.scale == 1 and numeral.printed:
        word = tokens.word(numeral.after)
        scale = _SHORT_SCALES.get(word)
        if scale is not None and (tokens.glued(numeral.after) or len(word) > 1):
            return replace(numeral, scale=scale, after=numeral.after + 1)
        if word == "-" and tokens.word(numeral.after + 1) in SCALES and tokens.glued(numeral.after):
            return replace(numeral, scale=SCALES[tokens.word(numeral.after + 1)], after=numeral.after + 2)
    return numeral


def _second(tokens: Tokens, low: Numeral, first: int) -> Numeral | None:
    """The upper end of a range: "2-3 billion", "between 2 and 3 per cent", "US$ 2 billion to US$ 3 billion"."""
    joint = tokens.word(low.after)
    if joint not in DASHES and joint != "to" and not (joint == "and" and tokens.word(first - 1) == "between"):
        return None
    step = low.after + 1
    for _ in range(3):  # the currency said again
        if tokens.word(step) in ("us", "$", "\\", "€", "£", "¥", "rs", "."):
            step += 1
    high = cardinal_at(tokens, step)
    if high is None or (joint in DASHES and not high.printed and not low.printed):
        return None
    return high


def _currency_before(tokens: Tokens, index: int, floor: int) -> tuple[str, int] | None:
    """The currency that stands before a figure and the token it begins at."""
    words = lexicon()
    left = index - 1
    if left < floor:
        return None
    raw = tokens.raw[left]
    if raw in _DOLLAR_SIGNS:
        return _sign(tokens, left, raw, floor)
    if raw == "." and left - 1 >= floor and tokens.raw[left - 1] in ("Rs", "Re", "Sh", "Shs", "Tk", "KSh", "Ksh"):
        return words.signs[tokens.raw[left - 1]], left - 1
    if raw in words.signs and raw not in ("S", "R"):
        return words.signs[raw], left
    if raw in words.codes:
        return raw, left
    return _name_before(tokens, index, floor)


def _name_before(tokens: Tokens, index: int, floor: int) -> tuple[str, int] | None:
    """A currency's name as the genre prints it before a figure: "Birr 2,410 million", "Indian Rupees 500 crore".

    A capital is asked for, and where the word may be another ("Euro 2016", "Won 3 seats") a figure that only money has.
    """
    left = index - 1
    if tokens.kind(left) != "word" or not tokens.capital(left):
        return None
    words = lexicon()
    for length in (3, 2, 1):
        first = index - length
        code = words.names.get(tuple(tokens.words[first:index])) if first >= floor else None
        if code is None or not tokens.capital(first):
            continue
        numeral = cardinal_at(tokens, index)
        if numeral is None or not numeral.printed:
            return None
        raw = tokens.raw[index]
        year = numeral.scale == 1 and len(raw) == 4 and raw.isdigit()
        if length == 1 and (year or (tokens.word(left) in _ALSO_WORDS and numeral.scale == 1)):
            return None
        if tokens.word(left) in ("won", "real") and (
            tokens.kind(left - 1) != "word" or tokens.word(left - 1) in ("the", "a", "an")
        ):
            return None  # a sentence that begins "Won 3 million votes", or "the Real 5 million question"
        return code, first
    return None


def _sign(tokens: Tokens, left: int, raw: str, floor: int) -> tuple[str, int]:
    signs = lexicon().signs
    if raw != "$":
        return signs[raw], left
    prefix = left - 1
    if prefix >= floor and tokens.raw[prefix] == "\\":
        left, prefix = prefix, prefix - 1
    if prefix >= floor and tokens.raw[prefix] in _DOLLAR_PREFIXES:
        glued = tokens.glued(left)
        if glued or tokens.raw[prefix] in ("US", "U.S."):
            return signs.get(tokens.raw[prefix] + "$", "USD"), prefix
    if prefix >= floor and tokens.raw[prefix] in lexicon().codes:
        return tokens.raw[prefix], prefix
    return "USD", left


def _name_at(tokens: Tokens, index: int) -> _Unit | None:
    """A currency's name or code behind a figure."""
    words = lexicon()
    if tokens.raw[index : index + 1] and tokens.raw[index] in words.codes:
        return _Unit(tokens.raw[index], index + 1)
    for length in (3, 2, 1):
        code = words.names.get(tuple(tokens.words[index : index + length]))
        if code is not None and index + length <= len(tokens):
            return _Unit(code, index + length)
    return None


def _unit_after(tokens: Tokens, index: int, *, short: bool) -> _Unit | None:
    """The unit behind a figure: percent, a currency, a measure, or what is counted."""
    word = tokens.word(index)
    if word == "%" or word in ("percent", "pct", "pc"):
        if word == "percent" and tokens.word(index + 1) in ("point", "points"):
            return _Unit("percentage-point", index + 2)
        return _Unit("percent", index + 1)
    if word == "per" and tokens.word(index + 1) == "cent":
        return _Unit("percent", index + 2)
    if word == "percentage" and tokens.word(index + 1) in ("point", "points"):
        return _Unit("percentage-point", index + 2)
    step = index + 1 if word == "-" and tokens.glued(index) else index
    if tokens.word(step) == "of" and step == index:
        return None
    currency = _name_at(tokens, step)
    if currency is not None:
        return currency
    words = lexicon()
    for length in (3, 2, 1):
        unit = words.units.get(tuple(tokens.words[step : step + length]))
        if unit is not None and step + length <= len(tokens) and (short or len(tokens.words[step]) > 2):
            return _Unit(unit, step + length)
    return None if step > index else _counted(tokens, index)


def _counted(tokens: Tokens, index: int) -> _Unit | None:
    """The head-noun phrase behind a number up to its plural noun: "South Asian countries"."""
    step = index
    for _ in range(7):
        if tokens.kind(step) != "word":
            if tokens.word(step) == "-" and step > index and tokens.glued(step) and tokens.glued(step + 1):
                step += 1
                continue
            return None
        word = tokens.word(step)
        if word in FUNCTION_WORDS or word in UNITS or word in _NUMBER_STARTS:
            return None
        if _plural(tokens, step):
            noun_follows = (
                tokens.kind(step + 1) == "word" and _plural(tokens, step + 1) and not tokens.capital(step + 1)
            )
            name_goes_on = noun_follows and (tokens.capital(step) or word in _COLLECTIVES)
            if not name_goes_on and not (tokens.word(step + 1) in DASHES and tokens.glued(step + 1)):
                return _Unit("count", step + 1, tokens.span(index, step))
        step += 1
    return None


def _plural(tokens: Tokens, index: int) -> bool:
    word = tokens.word(index)
    if word in _IRREGULAR_PLURALS:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "sis", "ous"))
        and word not in _NO_NOUNS
        and tokens.kind(index) == "word"
        and not tokens.raw[index].isupper()
    )


def _resolved(text: str, found: list[QuantityMention]) -> list[QuantityMention]:
    """Say which rupee, shilling or dollar is meant, where the text as a whole tells."""
    units = {mention.quantity.unit for mention in found}
    meant: dict[str, str] = {}
    for name in units & set(_SHARED_NAMES):
        fitting = [code for code, pattern in _SHARED_NAMES[name] if re.search(rf"\b(?:{pattern})|\b{code}\b", text)]
        if len(fitting) == 1:
            meant[name] = fitting[0]
    if "USD" in units:
        told = _DOLLARS_MEANT.search(text)
        if told is not None:
            meant["$"] = _DOLLAR_CODES[told[1]]
    return [_renamed(mention, meant) for mention in found] if meant else found


def _renamed(mention: QuantityMention, meant: dict[str, str]) -> QuantityMention:
    unit = mention.quantity.unit
    key = "$" if unit == "USD" and mention.text.startswith(("$", "\\$")) else unit
    if key not in meant:
        return mention
    upper = None if mention.upper is None else replace(mention.upper, unit=meant[key])
    return replace(mention, quantity=replace(mention.quantity, unit=meant[key]), upper=upper)
