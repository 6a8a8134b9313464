"""Words that narrow what a header or caption names to a part of it: a product, a half of the year, a rate."""

from __future__ import annotations

import re

from comity.statistics.accounts import places_of_states
from comity.statistics.catalogue import indicators_in
from comity.statistics.labels import MONTHS
from comity.statistics.units import Unit, read_unit

_NEUTRAL = re.compile(
    r"(?:value|values|number|numbers|nos?|count|persons|people|arrivals|amount|figure|figures|volume|annual|yearly|merchandise|goods|in|of|the|to|from|with|net|gross|total"
    r"|year|years|item|period|country|indicator|source|fiscal|calendar|fob|cif|f\.o\.b\.?|c\.i\.f\.?|current|prices|data|by|and|for|at"
    r"|rs|us|provisional|revised)(?!\w)",
    re.I,
)
_PRODUCT_BEFORE = re.compile(r"([A-Za-z][\w-]+)\s+$")
_PLAIN_BEFORE = frozenset(
    """the of in and total merchandise goods bilateral annual yearly two-way overall net gross official direct trade value volume
    values wise its their for to by on our mutual foreign country-wise year-wise quarterly monthly growing declining rising falling
    recent table figure balance both fob cif main""".split()
)
_PRODUCT_AFTER = re.compile(r"\s+of\s+(?:the\s+)?(?!the\s)([a-z][\w-]+)")
_PLAIN_AFTER = frozenset(
    "goods merchandise services both all value trade fdi each total us usd in million billion thousand the".split()
)
# Beside an indicator these say nothing more; "volume" and "net" do.
_SAYS_NO_MORE = re.compile(
    r"(?:values?|amounts?|figures?|annual|yearly|merchandise|goods|in|of|the|to|from|with|and|for|at|by|its|their|total|overall|gross|bilateral|mutual|two-way"
    r"|country-wise|year-wise|flows?|year|fiscal|calendar|financial|fob|cif|current|prices|nominal|actual|actuals|revised|provisional|preliminary|final|data|reported|recorded"
    r"|inward|outward|inflows?|outflows?|net|both|ways|line|item|partner|country|partners?)(?!\w)",
    re.I,
)
_SIGNED = re.compile(r"\bnet\s+imports?\b|\b(?:reported|recorded)\s+by\b", re.I)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_MONTHS = re.compile(rf"\b({_MONTH})\.?\s*(?:[-–—/]|to|through|until)\s*({_MONTH})\b", re.I)
_PART = re.compile(
    r"\b(?:first|second|third|last|1st|2nd)\s+(?:half|quarter|(?:three|six|eight|nine|ten|eleven|\d+)\s+months)\b|\bh[12]\b|\bq[1-4]\s*[-–]\s*q[1-4]\b|\bhalf-year(?:ly)?\b"
    r"|\b(?:per|a|each)\s+(?:month|quarter|week|day)\b|\bmonthly\b|\bquarterly\b|\bytd\b|\byear\s+to\s+date\b",
    re.I,
)


_PART_NAME = re.compile(
    rf"(?:{_MONTH})|q\s?[1-4]|[1-4]\s?q|h\s?[12]|(?:i|ii|iii|iv)|(?:(?:first|second|third|fourth|1st|2nd|3rd|4th|i|ii|iii|iv)\s+(?:quarter|half|qtr\.?))",
    re.I,
)


def part_of_a_year(words: str) -> str:
    """Return the words by which figures under a year's label are those of a part of it; "" if none."""
    words = words[:800]
    for match in _MONTHS.finditer(words):
        first, last = (MONTHS[name.lower()] for name in match.groups())
        if (last - first) % 12 != 11:  # "April-March" is a whole year
            return match.group()
    part = _PART.search(words)
    return part.group() if part is not None else ""


def names_part(words: str) -> bool:
    """Whether words are the name of a month, a quarter or a half of a year and nothing else: "March", "Q1"."""
    return _PART_NAME.fullmatch(words.strip(" .:")) is not None


def narrowed(words: str) -> str:
    """Return the word by which a header says more than its indicator, its states and its unit; "" if none.

    "Exports, first half", "Exports y/y", "Trade deficit" and "Exports to the EU" are other figures than exports.
    """
    words = words[:400]
    if match := _SIGNED.search(words):
        return match.group()
    rest = words
    covered = [(one.start, one.end) for one in indicators_in(words)] + list(places_of_states(words))
    for start, end in sorted(covered, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = re.sub(r"['’]s\b", " ", rest)
    if found := re.search(r"[Δ∆±]|\b[ymq]/[ymq]\b|\+\s*/\s*[-–−]|%", rest):
        return found.group()
    for word in re.findall(r"[A-Za-z][\w.$£€/-]+", bare(rest)):
        shown = str(word).strip(".-")
        if len(shown) < 2 or _SAYS_NO_MORE.fullmatch(shown) or isinstance(read_unit(shown), Unit):
            continue
        if read_unit(words) is not None and any(shown.lower() in piece.lower() for piece in _units(words)):
            continue
        return shown
    return ""


def _units(words: str) -> list[str]:
    """Return the pieces of a header, in brackets or behind a comma, that name a unit."""
    pieces = re.findall(r"[(\[]([^)\]]*)[)\]]|[,;:]\s*([^,;:()]*)|\bin\s+(.*)$", words)
    flat = [piece for group in pieces for piece in group if piece]
    return [piece for piece in flat if read_unit(piece) is not None]


def product(words: str) -> str:
    """Return the word that narrows an indicator to one kind of goods ("cotton" in "cotton exports"); "" if none."""
    words = words[:400]
    named_states = places_of_states(words)
    for one in indicators_in(words):
        match = _PRODUCT_BEFORE.search(words[: one.start])
        if match and match.group(1).lower() not in _PLAIN_BEFORE:
            covered = any(start <= match.start(1) < end for start, end in named_states)
            if not covered and not read_unit(match.group(1)):
                return match.group(1)
        after = _PRODUCT_AFTER.match(words[one.end :])
        if after and after.group(1) not in _PLAIN_AFTER:
            start = one.end + after.start(1)
            if not any(first <= start < end for first, end in named_states):
                return after.group(1)
    return ""


def is_neutral(words: str) -> bool:
    """Whether a header says nothing of what is measured beyond states, units and words such as "value"."""
    rest = words
    for start, end in sorted(places_of_states(words), reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    return not re.search(r"[A-Za-z]{2,}", _NEUTRAL.sub(" ", bare(rest)))


def bare(words: str) -> str:
    """Return the words without units, scales, brackets and years."""
    bare = without_years(words)
    bare = re.sub(
        r"(?i)us\$|u\.s\.|(?<![a-z])(?:usd|eur|inr|pkr|rs\.?)(?![a-z])|[$€£¥₹%]|\b(?:million|billion|thousand|crore|lakh|mn|bn|dollars?|euros?|rupees?|yen|per cent|percent)s?\b",
        " ",
        bare,
    )
    return re.sub(r"[()\[\]:,.;*†‡'’/-]+", " ", bare).strip()


def without_years(words: str) -> str:
    """Return the words without years and spans of years."""
    return re.sub(r"(?<!\d)(?:1[89]|20)\d\d(?:\s*[-–/]\s*\d{2,4})?(?!\d)", " ", words)
