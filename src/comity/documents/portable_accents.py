"""Accents that are drawn over their letters as glyphs by themselves, as TeX's older fonts have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from comity.documents.portable_glyphs import loose_boxes, tight_boxes

# In heights of a glyph's loose box: what is nearer than a space, what stands this far back, and how much of it stands on one line.
_SPACE, _BACK, _OVERLAP = 0.14, 0.45, 0.35
# What stands for a glyph whose character another glyph's has taken in: no character (Unicode 23.7), which no PDF's text holds.
TAKEN = "\ufdd1"
# Accents that are glyphs by themselves, and how they are written above or below a letter (Unicode 7.9.1, "Spacing Clones of Diacritical Marks").
_ACCENTS = dict(
    zip(
        "`´^ˆ~˜¯˘˙¨˚˝ˇ¸˛",
        "\u0300\u0301\u0302\u0302\u0303\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328",
        strict=True,
    )
)
_ACCENT = re.compile("[`´^ˆ~˜¯˘˙¨˚˝ˇ¸˛\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0327\u0328]")
_BELOW = "¸˛\u0327\u0328"
_DOTLESS = {"ı": "i", "ȷ": "j"}
# So much of the narrower of the two is common to a letter and its accent.
_ACCENTED = 0.5
# In heights of the letter: an accent stands no farther above or below it. So many glyphs away it may be told, for so many of a page.
_ACCENT_ABOVE, _ACCENT_ASTRAY, _MOST_ASTRAY = 0.5, 200, 200


def with_accents(handle: Any, text: str) -> str:
    """Give the letters the accents that are drawn over them as glyphs by themselves; what stands for those is `TAKEN`."""
    if not _ACCENT.search(text):
        return text
    written = list(text)
    searched = 0
    for found in _ACCENT.finditer(text):
        at, above = found.start(), found[0] not in _BELOW
        beside = [
            glyph
            for glyph in (at + 1, at + 2, at - 1, at - 2)
            if 0 <= glyph < len(text)
            and text[glyph].isalpha()
            and text[min(at, glyph) + 1 : max(at, glyph)].strip() == ""
        ]
        tight = tight_boxes(handle, [at, *beside])
        common = [_common(tight[0], box, above) for box in tight[1:]]
        if not beside or max(common) < _ACCENTED:
            # pdfium sets an accent that stands above the others of its line somewhere else on it.
            searched += 1
            around = range(max(0, at - _ACCENT_ASTRAY), min(len(text), at + _ACCENT_ASTRAY))
            beside = [glyph for glyph in around if text[glyph].isalpha()] if searched < _MOST_ASTRAY else []
            common = [_common(tight[0], box, above) for box in tight_boxes(handle, beside)]
            if not beside or max(common) < _ACCENTED:
                continue
        letter = beside[common.index(max(common))]
        base = written[letter]
        whole = unicodedata.normalize("NFC", _DOTLESS.get(base, base) + _ACCENTS.get(found[0], found[0]))
        if len(whole) > 1:
            continue
        written[letter] = whole
        if abs(letter - at) > 2:
            written[at] = " "
            continue
        written[at] = TAKEN
        first, last = min(at, letter), max(at, letter)
        written[first + 1 : last] = TAKEN * (last - first - 1)
        # pdfium writes a space where the accent stands before the letter's own place.
        if first > 1 and text[first - 1] == " " and not text[first - 2].isspace():
            before, accented = loose_boxes(handle, [first - 2, letter])
            height = accented[3] - accented[1]
            level = min(before[3], accented[3]) - max(before[1], accented[1]) > _OVERLAP * height
            if level and -_BACK * height < accented[0] - before[2] < _SPACE * height:
                written[first - 1] = TAKEN
    return "".join(written)


def _common(accent: Sequence[float], letter: Sequence[float], above: bool) -> float:
    """How much of the narrower of two glyphs' widths both have in common; 0 where the accent is not above the letter, or below it."""
    width = min(accent[1] - accent[0], letter[1] - letter[0])
    apart = max(accent[2], letter[2]) - min(accent[3], letter[3])
    higher = accent[2] + accent[3] > letter[2] + letter[3]
    if width <= 0 or apart > _ACCENT_ABOVE * (letter[3] - letter[2]) or higher is not above:
        return 0.0
    return (min(accent[1], letter[1]) - max(accent[0], letter[0])) / width
