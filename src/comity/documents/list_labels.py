"""Labels that a program makes up for headings and entries of lists: "12.", "(a)", "II.", "Article 5".

They are put where a typed label would stand, so that a text reads the same in every format. A bullet is no label, and neither is one
that is not sure; both are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from comity.documents.items import Item
from comity.documents.note_numbers import FORMATS
from comity.documents.trace import Place, Traced
from comity.terms import BlockKind

_WORD = re.compile(r"[^\W\d_]{3,}")
_ROMAN = frozenset("ivxlcdm")
_LONGEST = 60
_ONES = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}  # fmt: skip


def shown(label: str) -> str:
    """Return a label as it is printed, its white space single; empty where it is none: a bullet, or longer than labels are."""
    label = " ".join(label.split())
    return label if any(map(str.isalnum, label)) and len(label) <= _LONGEST else ""


def stands_alone(label: str) -> bool:
    """Whether a label has a word of its own ("Article 5"), so that it is text also where nothing stands behind it."""
    words = (word.lower() for word in _WORD.findall(label))
    return any(len(set(word)) > 1 and not set(word) <= _ROMAN for word in words)


def put_label(item: Item, label: str, place: Place | None = None) -> None:
    """Put a label before the text of an item; no sentence of an entry begins with it. `place` is that of a text that is empty."""
    text = item.clean
    if not text.text:
        whole, moved = Traced(label, () if place is None else (place,)), 0
    else:
        # "Article 5" before ". The parties ..." was made to be read as one.
        lead = label if text.text[0] in ".,:;)" else f"{label} "
        moved = len(lead)
        places = (*text.places[:1], *(_behind(one, moved) for one in text.places[1:]))
        whole = Traced(lead + text.text, places)
    item.clean, item.raw, item.parts = whole, whole, [whole]
    item.markers = tuple((offset + moved, key) for offset, key in item.markers)
    item.lead = moved if item.kind in (BlockKind.LIST_ITEM, BlockKind.QUOTE) else 0


def _behind(place: Place, by: int) -> Place:
    return Place(place.start + by, place.line, place.column + by, place.page)


def _cardinal(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal(number: int) -> str:
    """Return a number's English ordinal in figures: 22 is "22nd"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _ordinal_word(number: int) -> str:
    before, hyphen, last = _cardinal(number).rpartition("-")
    word = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return before + hyphen + word


# Names of ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat); those of the second group are printed in the language of the text.
_ANY_LANGUAGE = FORMATS | {"decimalZero": lambda number: f"{number:02}"}
_ENGLISH: dict[str, Callable[[int], str]] = {
    "ordinal": _ordinal,
    "cardinalText": lambda number: _cardinal(number).capitalize(),
    "ordinalText": lambda number: _ordinal_word(number).capitalize(),
}


def printed(number: int, form: str, *, english: bool = False) -> str | None:
    """Return a number in a format of ISO/IEC 29500-1, 17.18.59; None where it is not known how it is printed."""
    if form in _ANY_LANGUAGE:
        # Letters and Roman numerals begin at 1.
        return _ANY_LANGUAGE[form](number) if number > 0 or form in ("decimal", "decimalZero", "none") else None
    known = english and form in _ENGLISH and (0 < number < 100 or form == "ordinal")
    return _ENGLISH[form](number) if known else None
