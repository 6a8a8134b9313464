"""What sets a line as a heading."""

from __future__ import annotations

import re

BOLD_LINE = re.compile(r"\s*(\*\*|__)(?=\S)[^*_\n]{2,120}(?<=\S)\1:?\s*")
NUMBERED_HEADING = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?|(?P<roman>[IVX]{1,5})[.:)]|[A-H]\.)\s+(?=[A-Z“\"])"
)
_ENDED = re.compile(r"[.?!:…][\"”’')\]*_]*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\^?\w+\])?$")
_UNNOTED = r"(?:\[\^[^\]\s]{1,40}\])*"  # markers that stay in the text because they lead to no note
STOP = re.compile(rf"[.?!…][\"”’')\]]*{_UNNOTED}$|:$")
FULL_STOP = re.compile(rf"[.?!…][\"”’')\]]*{_UNNOTED}$")
BREAK = re.compile(rf"[.?!;,:][\"”’')]*{_UNNOTED}$")
PAUSE = re.compile(rf"[.,;]{_UNNOTED}$")


def is_titled(text: str) -> bool:
    """Whether a short line is set as a title: all capitals, a number before it, or capital initials."""
    if len(text) > 120 or re.search(r"[.,;][\"”’')]*$", text.strip()):
        return False
    number = NUMBERED_HEADING.match(text)
    words = re.findall(r"[^\W\d_][\w'’-]*", text[number.end() :] if number else text)
    if not words or len(words) > 14:
        return False
    if text.isupper():
        return True
    major = [word for word in words if len(word) > 3 or word[0].isupper()]
    capital = sum(word[0].isupper() for word in major)
    return words[0][0].isupper() and (
        capital == len(major)
        or (len(major) > 4 and capital >= 0.8 * len(major))
        or (number is not None and len(words) <= 10)
    )


def ends(text: str) -> bool:
    """Whether a line ends with a full stop or the like, its marks and markers aside."""
    return _ENDED.search(text.rstrip()) is not None
