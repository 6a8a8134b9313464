"""Units as tables name them: "US$ million", "Rs. crore", "in thousand tonnes", "per cent"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from comity.language import find_quantities

_SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "thousands": 10**3,
    "'000": 10**3,
    "’000": 10**3,
    "000s": 10**3,
    "000": 10**3,
    "1000": 10**3,
    "1,000": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "lac": 10**5,
    "million": 10**6,
    "millions": 10**6,
    "thou.": 10**3,
    "000'": 10**3,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "100 million": 10**8,
    "hundred million": 10**8,
    "milliard": 10**9,
    "milliards": 10**9,
    "billion": 10**9,
    "billions": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "trillion": 10**12,
    "trillions": 10**12,
    "trn": 10**12,
    "tn": 10**12,
}
_OTHERS = {
    "percent": "percent",
    "per cent": "percent",
    "percentage": "percent",
    "pct": "percent",
    "%": "percent",
    "metric tons": "tonne",
    "metric tonnes": "tonne",
    "tonnes": "tonne",
    "tonne": "tonne",
    "tons": "tonne",
    "kilograms": "kilogram",
    "kg": "kilogram",
    "barrels": "barrel",
    "bales": "bale",
    "persons": "count",
    "people": "count",
    "number": "count",
    "numbers": "count",
    "nos.": "count",
    "head": "count",
    "tiv": "TIV",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its scale. `unit` is "" where the words give a scale alone; `scale` is None where they give none."""

    unit: str
    scale: Decimal | None
    text: str
    constant_prices: bool = False


@dataclass(frozen=True, slots=True)
class TwoUnits:
    """Words that name more than one unit, or a sign that may mean several currencies; `reason` says which."""

    reason: str


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, str], dict[str, Mapping[str, object]]]:
    content = tomllib.loads((files("comity.statistics") / "data" / "currencies.toml").read_text("utf-8"))
    known = {word: row["code"] for row in content["currency"] for word in row["words"]} | _OTHERS
    shared = {word: row for row in content["shared"] for word in row["words"]}
    words = sorted({*known, *shared, *_SCALES}, key=len, reverse=True)
    alternatives = []
    for word in words:
        left = r"(?<![\w])" if word[0].isalnum() else ""
        right = r"(?![a-z])" if word[-1].isalpha() else r"(?![\d,.]*\d)" if word[-1].isdigit() else ""
        alternatives.append(left + re.escape(word) + right)
    return re.compile("|".join(alternatives)), known, shared


# "US$ m", "EUR bn", "£m": a letter for the scale stands right behind the currency.
_LETTER_SCALE = re.compile(r"([$€£¥₹]|(?<![A-Za-z])[A-Z]{3})( ?)(m|b|k)(?![\w.])", re.IGNORECASE)
_LETTERS = {"m": " million", "b": " billion", "k": " thousand"}
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")


def _spelt(match: re.Match[str]) -> str:
    sign, letter = match.group(1), match.group(3)
    money = not sign.isalpha() or sign.lower() in _lexicon()[1] or (sign.isupper() and _is_currency(sign))
    return sign + _LETTERS[letter.lower()] if money else match.group()


@cache
def _is_currency(code: str) -> bool:
    """Whether three capitals are a currency's code, as figures in prose bear it."""
    found = find_quantities(f"{code} 1")
    return len(found) == 1 and found[0].quantity.unit == code


_CONSTANT = re.compile(r"(?:constant|real)\s+(?:\d{4}\s+)?(?:prices|us|usd|\$|dollars)|\b(?:at|in)\s+\d{4}\s+prices")

# What is told for each of these is a rate, and no amount: "US$ per head", "barrels per day".
_RATE = re.compile(
    r"(?:\bper|/)\s?(?:days?|weeks?|months?|hours?|capita|heads?|persons?|inhabitants?|workers?|households?|tonnes?|tons?|kg|kilograms?|barrels?|lit(?:re|er)s?"
    r"|hectares?|units?|1,?000|100,?000|million)\b"
)


def read_unit(text: str, parties: Iterable[str] = ()) -> Unit | TwoUnits | None:
    """Return the unit that the words name, or None where they name none.

    Args:
        text: a unit line, a header, a caption: other words than units are passed over.
        parties: the two states' codes; they decide what "Rs" or "$" stands for.
    """
    shown = _LETTER_SCALE.sub(_spelt, text[:400])
    lower = shown.lower()
    rate = _RATE.search(lower)
    if rate is not None:
        return TwoUnits(f"{rate.group().strip()!r} makes it a rate")
    pattern, known, shared = _lexicon()
    units: list[str] = [code for code in _CODE.findall(shown) if code.lower() not in known and _is_currency(code)]
    scales: list[str] = []
    for match in pattern.finditer(lower):
        word = match.group()
        if word in _SCALES:
            scales.append(word)
        elif word in known:
            units.append(known[word])
        else:
            code = _shared_currency(shared[word], frozenset(parties))
            if code is None:
                return TwoUnits(f"{match.group()!r} may mean several currencies here")
            units.append(code)
    if len(set(units)) > 1:
        return TwoUnits(f"two units stand together: {', '.join(sorted(set(units)))}")
    if len(set(scales)) > 2 or (len(scales) == 2 and not _multiplies(scales)):
        return TwoUnits(f"two scales stand together: {', '.join(scales)}")
    if not units and not scales:
        return None
    scale = Decimal(1)
    for word in dict.fromkeys(scales):
        scale *= _SCALES[word]
    return Unit(units[0] if units else "", scale if scales else None, text.strip(), bool(_CONSTANT.search(lower)))


def _multiplies(scales: list[str]) -> bool:
    """Whether two scale words form one number ("lakh crore", "thousand million") or repeat each other."""
    first, second = scales
    return _SCALES[first] < _SCALES[second] or first == second


def _shared_currency(row: Mapping[str, object], parties: frozenset[str]) -> str | None:
    users = row["users"]
    assert isinstance(users, dict)
    meant = {code for code, states in users.items() if parties & set(states)}
    default = row.get("default")
    if not meant and isinstance(default, str):
        return default
    # A dollar between the United States and another dollar's country stays open.
    return meant.pop() if len(meant) == 1 and not (isinstance(default, str)) else None


def is_money(unit: str) -> bool:
    """Whether the unit is a currency's ISO 4217 code."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper() and unit != "TIV"
