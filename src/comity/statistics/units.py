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
from comity.states import resolve
from comity.statistics.catalogue import entry
from comity.terms import StateError

_SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "thousands": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "lac": 10**5,
    "million": 10**6,
    "millions": 10**6,
    "thou.": 10**3,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "crore": 10**7,
    "crores": 10**7,
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
    # As offices write them whose tables are not in English; "mil", "md" and the like mean more than one (`_STRANGE`).
    "miles de": 10**3,
    "milliers": 10**3,
    "milhares": 10**3,
    "migliaia": 10**3,
    "tausend": 10**3,
    "тыс.": 10**3,
    "тыс": 10**3,
    "millones": 10**6,
    "milhões": 10**6,
    "milhoes": 10**6,
    "milioni": 10**6,
    "millionen": 10**6,
    "miljoen": 10**6,
    "млн": 10**6,
    "milliarden": 10**9,
    "miliardi": 10**9,
    "млрд": 10**9,
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
        left = "" if not word[0].isalnum() else r"(?<![^\W\d])" if word in _SCALES else r"(?<!\w)"
        right = r"(?![a-z])" if word[-1].isalpha() else ""
        alternatives.append(left + re.escape(word) + right)
    return re.compile("|".join(alternatives)), known, shared


# "US$ m", "EUR bn", "£10m": a letter for the scale stands right behind the currency.
_LETTER_SCALE = re.compile(
    r"([$€£¥₹]|(?<![A-Za-z])[A-Z]{3})( ?(?:\d[\d,.]*)?)( ?)(m|b|k)(?![\w.])|(?<!\w)([mk])(?=[$€£¥₹])", re.IGNORECASE
)
_LETTERS = {"m": " million ", "b": " billion ", "k": " thousand "}
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
# Numbers that scale: "'000", "000,000", "10,000", "10 000", "1.000", and those before a scale word ("10 thousand").
_NUMBER = re.compile(
    r"(?<![\w,.=^])(?P<quoted>['’‘`])?(?P<digits>\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)(?:['’]?s(?![a-z])|['’])?"
)
_THOUSANDS = re.compile(r"000(?:[ ,.]?000)?")
_COUNTED = re.compile(
    r"(?<![a-z])(?:ten|tens|hundreds|dozens?|one|two|three|four|five|six|seven|eight|nine|twenty|fifty|several|half(?: an?)?)(?: of)?[ -]$"
)
_NUMBERED = re.compile(r"(?<![a-z])(?:tab(?:le|\.)|figure|fig\.|chart|graph|annex|appendix|box|panel|no\.?|series)\s*$")
# Beside a currency these are scales of other languages, or of more than one meaning ("mil." is a thousand in Spanish).
_STRANGE = r"(?:mrd|mia|md|mld|tsd|tds|mils?|mills?|bil|bill|thd|thds|ths|th|thous|tys|tis|bin|mm|k|m|t)"
_OPEN_SCALE = re.compile(
    r"[千万萬亿億]|"
    rf"(?:[$€£¥₹]|(?<![A-Za-z])[A-Z]{{3}}) ?(?i:{_STRANGE})\.?(?!\w)|(?<!\w)(?i:{_STRANGE})(?![a-zA-Z])\.? ?(?:[$€£¥₹]|[A-Z]{{3}}(?![A-Za-z]))|10 ?(?:\^|[²³⁴-⁹])|(?<!\w)[x×] ?100?(?!\d)"
)


def _spelt(match: re.Match[str]) -> str:
    if match.group(5):
        return _LETTERS[match.group(5).lower()]
    sign, number, letter = match.group(1), match.group(2), match.group(4)
    money = not sign.isalpha() or sign.lower() in _lexicon()[1] or (sign.isupper() and _is_currency(sign))
    return sign + number + _LETTERS[letter.lower()] if money else match.group()


@cache
def _is_currency(code: str) -> bool:
    """Whether three capitals are a currency's code, as figures in prose bear it."""
    found = find_quantities(f"{code} 1")
    return len(found) == 1 and found[0].quantity.unit == code


_CONSTANT = re.compile(
    r"(?:constant|real)\s+(?:\d{4}\s+)?(?:prices|us|usd|\$|dollars|terms|values?)|\bconstant\b|\bdeflated\b|\binflation[- ]adjusted\b"
    r"|\bchain(?:ed|[- ]linked)\b|\b(?:19|20)\d\d\s+prices|\bprices\s+of\s+(?:19|20)\d\d|\b(?:19|20)\d\d\s*=\s*100\b"
    # "(2015 US$ million)": dollars of a year.
    r"|(?:^|[(\[,;:]|\bin)\s*(?:19|20)\d\d\s+(?:us\s?\$|usd|u\.?s\.?\s+dollars?|dollars?|euros?|eur|[$€£¥])"
)
_PARITY = re.compile(r"\bppps?\b|\bpurchasing[- ]power\b|\bint(?:ernationa|')l\.?\s+(?:dollars?|\$)|\bgeary")

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
    if parity := _PARITY.search(lower):
        return TwoUnits(f"{parity.group()!r} is no money: it is weighed by what it buys")
    if open_scale := _OPEN_SCALE.search(shown):
        return TwoUnits(f"{open_scale.group().strip()!r} may name more than one scale")
    pattern, known, shared = _lexicon()
    units: list[str] = [code for code in _CODE.findall(shown) if code.lower() not in known and _is_currency(code)]
    words: list[re.Match[str]] = []
    for match in pattern.finditer(lower):
        word = match.group()
        if word in _SCALES:
            words.append(match)
        elif word in known:
            units.append(known[word])
        else:
            code = _shared_currency(shared[word], frozenset(parties))
            if code is None:
                return TwoUnits(f"{match.group()!r} may mean several currencies here")
            units.append(code)
    if len(set(units)) > 1:
        return TwoUnits(f"two units stand together: {', '.join(sorted(set(units)))}")
    scale = _scale(lower, words)
    if isinstance(scale, TwoUnits):
        return scale
    if not units and scale is None:
        return None
    return Unit(units[0] if units else "", scale, text.strip(), bool(_CONSTANT.search(lower)))


# What may stand in a cell of units beside them and changes nothing.
_SAYS_NO_MORE = frozenset(
    "in of the at a an us u s united states american current prices price nominal value values amount money unit units currency exchange rate"
    " rates converted market official fob cif f o b c i free on board cost insurance freight and basis mio mill terms dollar dollars euro"
    " euros pound pounds yen franc francs rupee rupees shilling shillings estimated estimate provisional revised de des d di del en"
    " thou th".split()
)


def unknown_words(text: str) -> str:
    """Return the first word of a cell of units that is no part of one and may change it ("deflated", "kUSD"); "" if none."""
    pattern, known, _ = _lexicon()
    lower = _LETTER_SCALE.sub(_spelt, text).lower()
    kept = pattern.sub(" ", lower)
    for word in re.findall(r"[^\W\d_]+", kept):
        named = word in _SAYS_NO_MORE or word in known or (len(word) == 3 and _is_currency(word.upper()))
        if not named and not _is_demonym(word):
            return str(word)
    return ""


@cache
def _is_demonym(word: str) -> bool:
    try:
        resolve(word, suggest=False)
    except StateError:
        return False
    return True


def at_constant_prices(text: str) -> bool:
    """Whether the words say that amounts are at the prices of another year; the years must still stand in them."""
    return _CONSTANT.search(text[:400].lower()) is not None


def _scale(lower: str, words: list[re.Match[str]]) -> Decimal | TwoUnits | None:
    """Return the one scale that words and numbers make up, side by side; None where there are none."""
    starts = {match.start() for match in words}
    parts = [(match.start(), match.end(), match.group(), Decimal(_SCALES[match.group()])) for match in words]
    for match in _NUMBER.finditer(lower):
        value = _of_number(match)
        end = match.end() + len(lower[match.end() :]) - len(lower[match.end() :].lstrip(" -"))
        counts = end in starts
        numbered = counts and _NUMBERED.search(lower[: match.start()])
        if numbered or (value is None and (counts or match["quoted"])):
            return TwoUnits(f"{lower[match.start() : end + 12].strip()!r} is no scale that is sure")
        if value is None:
            if re.fullmatch(r"\d{1,3}(?:[ ,.'’\u00a0\u202f]000)+", match["digits"]):
                return TwoUnits(f"{match.group()!r} is no scale that is sure")
        elif counts or value >= 1000:
            parts.append((match.start(), match.end(), match.group(), value))
        elif value > 1 and re.search(r"[$€£¥₹×x] ?$", lower[: match.start()]):
            return TwoUnits(f"{match.group()!r} is no scale that is sure")
    found: dict[Decimal, str] = {}
    for start, end, word, value in _joined(lower, sorted(parts)):
        if _COUNTED.search(lower[:start]):
            return TwoUnits(f"{lower[max(0, start - 12) : end].strip()!r} is no scale that is sure")
        found.setdefault(value, word)
    if len(found) > 1:
        return TwoUnits(f"two scales stand together: {', '.join(found.values())}")
    return next(iter(found), None)


def _of_number(match: re.Match[str]) -> Decimal | None:
    """Return what a number scales by: "'000" and "1,000" by a thousand; None for one that is no power of ten."""
    digits = match["digits"]
    if _THOUSANDS.fullmatch(digits):
        return Decimal(10 ** re.sub(r"\D", "", digits).count("0"))
    grouped = re.fullmatch(r"\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+|\d+", digits)
    plain = re.sub(r"\D", "", digits)
    return Decimal(plain) if grouped and re.fullmatch(r"10*", plain) and not match["quoted"] else None


_Part = tuple[int, int, str, Decimal]


def _joined(lower: str, parts: list[_Part]) -> list[_Part]:
    """Multiply scales that stand side by side, the lower first: "lakh crore", "thousand million", "10 billion"."""
    joined: list[_Part] = []
    for part in parts:
        if joined:
            start, end, word, value = joined[-1]
            if not lower[end : part[0]].strip(" -") and value < part[3]:
                joined[-1] = (start, part[1], f"{word} {part[2]}", value * part[3])
                continue
        joined.append(part)
    return joined


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


def unit_doubt(key: str, unit: str, scale: Decimal | None) -> str:
    """Return why figures of an indicator cannot be in that unit; "" where they can, or where no unit is named yet."""
    measured = entry(key).measured
    if measured == "count" and unit not in ("", "count"):
        return f"the table's unit is {unit}, but {key} are counted"
    if measured != "count" and unit in ("percent", "count"):
        return f"the figures are in {unit}: a share or a count, not the amount itself"
    if measured != "count" and not unit and scale is not None:
        return "the table names a scale but no currency"
    return ""
