"""The lines around a table: its unit, its source, its caption."""

from __future__ import annotations

import re
from functools import lru_cache

from comity.documents.imprint import imprint_dates
from comity.language import find_quantities

_UNIT_WORDS = frozenset(
    """$ us us$ usd dollar dollars c$ a$ s$ € euro euros eur £ pound pounds gbp sterling ¥ yen jpy yuan rmb cny renminbi
    rs rs. ₹ rupee rupees inr pkr lkr bdt taka npr won krw rand zar ksh kes shilling shillings ush ugx tsh naira ngn
    real reais brl r$ peso pesos ars mxn ruble rubles rouble roubles rub franc francs chf dirham dirhams aed riyal riyals sar dinar dinars
    baht thb ringgit myr rupiah idr dong vnd krona kronor sek nok dkk lira try zloty pln
    thousand thousands million millions mn mn. mln m billion billions bn bn. b trillion trillions tn crore crores lakh lakhs hundred
    per cent percent percentage % points share
    tonne tonnes ton tons metric mt kt kg kilograms barrels barrel bbl litres liters teu teus km hectares kwh gwh mwh mw gw
    cubic square sq metre metres meter meters kilometre kilometres kilometers mile miles m² m³ m3 km² km2 ha hectare acres acre acre-feet bales bushels
    cusecs cumecs bcm mcm maf tcf bcf mmcf btu mmbtu toe ktoe mtoe twh kw kv tj pj gj
    units number numbers persons people heads cases""".split()
)
_UNIT_FILL = frozenset(
    "in of and the all figures figure values value amounts amount unit units: unit: value: are is at current constant prices price cif fob c.i.f. f.o.b. as expressed otherwise unless stated a ( )".split()
)
_CORE = _UNIT_WORDS - {"share", "points", "b", "m", "hundred", "number", "numbers", "units", "a"}
_CURRENCIES = tuple(
    frozenset(names.split())
    for names in (
        "us$ usd dollar dollars $", "€ euro euros eur", "£ pound pounds gbp sterling", "¥ yen jpy", "yuan rmb cny renminbi",
        "rs rupee rupees inr pkr lkr ₹", "won krw", "rouble roubles ruble rubles rub", "franc francs chf", "peso pesos", "shilling shillings",
    )
)  # fmt: skip
# What names a currency together with the adjective before it.
_CURRENCY_NOUNS = frozenset(
    """dollar dollars franc francs dinar dinars dirham dirhams peso pesos pound pounds rupee rupees shilling shillings rial rials riyal
    riyals rouble roubles ruble rubles krona kronor krone kroner lira liras won yen yuan cedi cedis kwacha birr""".split()
)
# What is counted, in brackets: "(thousand lorries)", "(number of vessels)", "(number)".
_COUNTED = re.compile(
    r"(?:in\s+)?(?:['’]?000s?|hundreds?|thousands?|millions?|billions?|lakhs?|crores?)(?:\s+of)?(?:\s+[a-z][a-z-]+){1,3}"
    r"|(?:in\s+)?(?:[Nn]umbers?|[Nn]os?\.?)(?:\s+of(?:\s+[a-z][a-z-]+){1,3})?"
)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]\s*\.?$")
# What may follow a unit in a caption: the years, and how far the figures are settled.
_AFTER_UNIT = re.compile(
    r"[\s,;:(\[]*(?:(?:(?:in|for|from|between|during|and|to|until)\s+)?(?:FY\s?|CY\s?)?(?:1[89]|20)\d\d(?:\s?(?:[-–—/]|to|and|until)\s?\d{2,4})?"
    r"|provisional|preliminary|estimates?d?|current prices|constant(?: (?:1[89]|20)\d\d)? prices|nominal|c\.?i\.?f\.?|f\.?o\.?b\.?)[\s,;)\]]*",
    re.IGNORECASE,
)
_BEFORE_UNIT = re.compile(r"(?:[,;:]|\.|\s[-–—])\s+|(?=\sin\s)", re.IGNORECASE)
_MEASURE = re.compile(
    r"\b(?:thousands?|millions?|billions?|mn|bn|crores?|lakhs?|per ?cent|percentage|tonnes?|tons)\b|%", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_SOURCE = re.compile(
    r"(?:data\s+)?sources?\s*[:.–—-]|compiled (?:by|from)\b|based on\b|calculated (?:by|from)\b|data from\b",
    re.IGNORECASE,
)
# A letter that is a mark stands before a capital: "a Includes loans"; the article does not.
_MARKED = re.compile(r"([*†‡§]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[a-z](?=\s))\s*(?=[A-Z])")
_REMARK = re.compile(rf"(?i:(?:notes?|remarks?|n\.?b\.?)\s*[:.–—-])|[*†‡]\s*\w|{_MARKED.pattern}")
_NUMBERED = re.compile(
    r"(?:table|tab\.|figure|fig\.|chart|graph|annex|box|exhibit)\s*(?:[A-Z]?\.?\d+(?:\.\d+)*|[IVX]+)?\s*[:.–—-]?\s",
    re.IGNORECASE,
)
# A sentence goes on with a verb or the like behind the number: "Table 2 shows", "Figure 3 and Table 2".
_TOLD_OF = re.compile(r"[^\W\d_]+\.?\s*(?:[A-Z]?\.?\d+(?:\.\d+)*|[IVX]+)\s+[a-z]{2}")
_PLACE_BODY = re.compile(r"(?:^|[.,]\s+|\()[A-Z][\w .'’-]{2,30}:\s+[A-Z]")
_BODY_FIRST = re.compile(r"[A-Z][\w .&,'’-]{1,60}:\s+\S")


def unit_in(text: str) -> str:
    """Return the unit that a short line, or the brackets around one, consists of; "" where it is none."""
    bare = text.strip().strip("()[]").strip(" .:")
    plain = bare.lower().replace("1,000", " thousand ").replace("1000", " thousand ").replace("'000", " thousand ")
    words = re.sub(r"([$€£¥₹%])", r" \1 ", plain).replace("us $", "us$").split()
    if not words or len(words) > 10:
        return ""
    words = [word.strip(",;:'") for word in words]
    others = [word for word in words if word and word not in _UNIT_WORDS and word not in _UNIT_FILL]
    if others and len(others) <= 3 and _is_currency(_as_printed(bare, others)):
        return bare
    if text.strip()[:1] in ("(", "[") and _COUNTED.fullmatch(bare):
        return bare
    return bare if not others and any(word in _CORE for word in words) else ""


def _as_printed(text: str, words: list[str]) -> str:
    """Return the words as the text prints them; a currency's code has capitals."""
    return " ".join(word for word in re.split(r"[\s,;:']+", text) if word.lower() in {*words, *_CURRENCY_NOUNS})


@lru_cache(maxsize=1024)
def _is_currency(words: str) -> bool:
    """Whether the words are a currency's code or its whole name, as figures bear it: "ZMW", "Kuwaiti dinars"."""
    if not (re.fullmatch(r"[A-Z]{3}", words) or words.lower().rpartition(" ")[2] in _CURRENCY_NOUNS):
        return False
    found = find_quantities(f"1 {words}")
    return (
        len(found) == 1
        and found[0].text == f"1 {words}"
        and re.fullmatch("[A-Z]{3}", found[0].quantity.unit) is not None
    )


def unit_at_end(text: str) -> tuple[str, int]:
    """Return the unit in brackets at the end of a caption or header, and where the caption before it ends."""
    match = _BRACKETS.search(text)
    unit = unit_in(match.group().strip(" .")) if match else ""
    if match and unit and unit_of_caption(text[: match.start()]):
        return "", len(text)  # "Exports (EUR million) and their weight (tonnes)"
    return (unit, match.start()) if match and unit else ("", len(text))


def unit_of_caption(text: str) -> str:
    """Return the unit that a caption names, in brackets or as its own words: "Exports to Chad, in EUR million"; "" where none.

    What follows the unit may only be years or the like; words of a subject ("in tonnes of wheat"), or a second unit, make it none.
    """
    bare = text.strip()
    if len(bare) > 300:
        return ""
    bracketed = {unit for match in _IN_BRACKETS.finditer(bare) if (unit := _unit_before_years(match.group(1)))}
    if bracketed:
        return bracketed.pop() if len(bracketed) == 1 else ""
    for match in _BEFORE_UNIT.finditer(bare):
        if _MEASURE.search(bare, 0, match.start()):
            return ""
        unit = _unit_before_years(bare[match.end() :])
        # "Trade in dollars" may be its subject; "in million dollars", or anything after a comma, is a unit.
        if unit and (match.group() or len(re.findall(r"[^\W\d_]+|[$€£¥₹]", unit)) > 1):
            return unit
    return ""


def _unit_before_years(text: str) -> str:
    """Return the unit with which a phrase begins, where nothing but years and the like follows it."""
    pieces = re.split(r"\s*[,;]\s+", text.strip(" ."))
    while len(pieces) > 1 and _AFTER_UNIT.fullmatch(pieces[-1]):
        pieces.pop()
    while len(pieces) > 1 and _AFTER_UNIT.fullmatch(pieces[0]):
        pieces.pop(0)
    if len(pieces) != 1:
        return ""
    phrase = re.sub(r"^in\s+", "", pieces[0], flags=re.IGNORECASE)
    years = re.search(r"\s(?:(?:in|for|from|between|during)\s+)?(?:FY\s?|CY\s?)?(?:1[89]|20)\d\d\b", phrase)
    if years is not None and _AFTER_UNIT.fullmatch(phrase, years.start()):
        phrase = phrase[: years.start()]
    words = {word.strip(".,").lower() for word in phrase.split()}
    currencies = sum(bool(words & names) for names in _CURRENCIES)
    return unit_in(phrase) if currencies < 2 and not words & {"and", "the", "a", "or"} else ""


def is_numbered_caption(text: str) -> bool:
    """Whether a line calls itself a table or figure: "Table 1: ..."; a sentence about one does not."""
    return len(text) <= 300 and _NUMBERED.match(text) is not None and _TOLD_OF.match(text) is None


def is_source(text: str) -> bool:
    """Whether a line below a table says where its figures come from."""
    return len(text) <= 500 and _SOURCE.match(text) is not None


def is_remark(text: str) -> bool:
    """Whether a line below a table is a note on it."""
    return len(text) <= 500 and _REMARK.match(text) is not None


def mark_of_remark(text: str) -> str:
    """Return the mark with which a remark below a table begins, as its cells bear it: "a", "*"; "" where none does."""
    match = _MARKED.match(text)
    return match[1] if match is not None else ""


def is_citation(text: str, raw: str) -> bool:
    """Whether a short line below a table reads as a reference; `raw` still has its marks of emphasis."""
    if len(text) > 300 or not imprint_dates(text):
        return False
    quoted = text[:1] in "\"“'‘"
    named = _BODY_FIRST.match(text) is not None
    emphasised = re.search(r"[*_][^*_]{3,}[*_]", raw) is not None
    published = _PLACE_BODY.search(text) is not None
    return (
        (quoted and (published or "," in text)) or (named and (emphasised or published)) or (emphasised and published)
    )
