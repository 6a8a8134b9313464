"""Sentences with exact offsets: where a full stop ends one and where it does not.

A stop ends a sentence unless something speaks against it: an abbreviation, an initial, a list number, a lower-case
continuation. A blank line or the start of a bullet always ends one; a single line break never does. The work is
linear in the length of the text: every look back or ahead is bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.language.abbreviations import (
    AFTER_HOUR,
    CARDINALS,
    FINITE,
    GOES_ON,
    INVERTED,
    INVERTED_SUBJECTS,
    LEADING,
    MONTHS_SHORT,
    NUMBERED,
    OPEN,
    STARTERS,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence verbatim: `text == whole[start:end]`, without the white space around it."""

    start: int
    end: int
    text: str


# A run of stops with the closing quotes, brackets, emphasis and note markers that hang on it; or a hard break; or the stop
# of a script that has no other use for it.
_SURE = "。！？｡।॥۔።"
# All begin with one of a few characters, which are looked for first: that is quicker than to try each kind everywhere.
_CANDIDATE = re.compile(
    rf"""[\n.?!…{_SURE}](?:
        (?<=\n)(?P<hard>[^\S\n]*\n\s*|(?=[^\S\n]{{0,8}}(?:[•▪◦●‣·]|[-*–—][^\S\n]|\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,5}})[.)][^\S\n])))
      | (?<=[{_SURE}])(?P<sure>[{_SURE}]*["'”’»)\]」』]*)
      | (?<=[.?!…])(?P<more>[.?!…]*)(?P<closers>["'”’»)\]*_¹²³⁰⁴⁵⁶⁷⁸⁹]*(?:\[\d{{1,3}}\]|\^\d{{1,3}}|\[\^[^\]\s]{{1,12}}\])*))""",
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘'—–/]*\Z")
_NEXT = re.compile(r"(\s*)([\"'“‘«(\[*_¿¡¹²³⁰⁴⁵⁶⁷⁸⁹]{0,6})([^\W\d_][\w'’.-]{0,40}|\d[\d,.]{0,20}|\S|\Z)")
_ROMAN = re.compile(r"[IVXLC]{1,6}\b")
_LOWER_NAME = re.compile(
    r"(?:al|el|ul|ad|an|ar|as|ash|at|az)-[A-Z]|(?:bin|ibn|von|van|de|da|di|del|la|le|ul)\s[A-Z]|[a-z][A-Z]"
)
_LIST_NUMBER = re.compile(r"(?:\A|\n)[^\S\n]{0,8}\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\Z")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")
_GLUED_NOTE = re.compile(r"\d{1,3}(?=\s+[\"“‘(]?[A-Z])")
_PRONOUN = re.compile(r"I(?:['’](?:m|d|ve|ll))?")  # an initial or a figure would have a stop
_CONTRACTED = re.compile(r"['’](?:s|re|ve|ll|d)\Z")
# "At 6 p.m. I left": no sentence yet, but when or where it was.
_ADVERBIAL = re.compile(
    r"\W*(?:at|by|from|since|until|till|before|after|around|about|on|in)\s[^,;:]*?(?:[^\W\d_]\.)+[^\W\d_]",
    re.IGNORECASE,
)
# The same within a sentence, "they said that at 6 p.m. Mr. Roe left", or where a clause that comes first is open: "When it rang at 6 p.m. Mr. Roe ...".
_PLACED = re.compile(
    r"(?:[,;:–—]|\b(?:that|and|but|or|when|where|while|because|as|if|which|who|not|only))\s+(?:at|by|from|since|until|till|before|after|around|about|on|in)\s+"
    r"(?:(?:about|around|shortly|early|late|mid)[\s-])?[\d.:]{0,5}\s?[^\W\d_]*(?:\.[^\W\d_]+)*\Z",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\W*(?:after|although|as|because|before|if|once|since|though|until|when|while)\s", re.IGNORECASE
)
_ADVERBIAL_OPEN = re.compile(r"\W*(?:about|around|at|by|from|in|on|till)\s[^,;:]*", re.IGNORECASE)
_HOUR = re.compile(r"\d\s?[ap]\.?m\Z", re.IGNORECASE)
_WORD_AFTER = re.compile(r"\.?\s+([^\W\d_]+)")
_QUESTION = re.compile(r"[^.?!]{0,200}\?")
_PERSON = frozenset("mr mrs ms dr".split())
# "No. TG/2022/4", "Doc. A/76/L.3", "Fig. B": what is numbered need not begin with a figure.
_SYMBOL = re.compile(r"(?=\S{0,24}\d)[A-Z]{1,8}(?:[./-]\S|\d)|[B-HJ-Z]\b(?!\.)")
_LETTERED = frozenset(
    "plan vitamin group class annex appendix article table part section schedule phase war type category zone block point grade figure track".split()
)


def _ends(text: str, stop: int, stops: str, closers: str, after: int, floor: int) -> bool:
    """Whether the stops at `stop` end the sentence that began at or after `floor`; `after` follows the closers."""
    ahead = _NEXT.match(text, after)
    if ahead is None or not ahead[3]:
        return True
    space, opener, word = ahead[1], ahead[2], ahead[3]
    previous = _word_before(text[max(floor, stop - 48) : stop])
    if not space:
        return _ends_unspaced(text, after, previous, stops, word)
    lower = word[0].islower()
    if lower and not (_LOWER_NAME.match(word) or _LOWER_NAME.match(text, after + len(space) + len(opener))):
        return False
    if stops[-1] in "?!":
        return True
    if len(stops) > 1 or stops[0] == "…":
        if stops in ("...", "…") and not closers and text[stop - 1 : stop].isspace():
            return word.lower() in STARTERS  # set apart by spaces it stands for what is left out, or for a pause
        return not (closers[:1] in ("]", ")") and not previous)
    if stop - floor < 48 and _PRONOUN.fullmatch(word) and _ADVERBIAL.fullmatch(text, floor, stop):
        return False
    return _full_stop_ends(text, max(floor, stop - 300), stop, previous, ahead, closers)


def _word_before(text: str) -> str:
    """The word at the end of a text; "" where none ends there."""
    if not text or text[-1].isspace():
        return ""
    word = text.rsplit(None, 1)[-1]
    if word.isalnum():
        return word
    before = _WORD_BEFORE.search(word)
    return before[0] if before is not None else ""


def _ends_unspaced(text: str, after: int, previous: str, stops: str, word: str) -> bool:
    """A stop with no space behind it: ends only where a space was plainly lost ("the region.The talks")."""
    if stops[-1] not in ".?!" or len(previous) < 3 or not previous[-3:].isalpha() or not previous.islower():
        return False
    return (
        word[0].isupper()
        and word.lower() in STARTERS
        and len(word) > 1
        and text[after + len(word) : after + len(word) + 1] in (" ", ",")
    )


def _full_stop_ends(text: str, floor: int, stop: int, previous: str, ahead: re.Match[str], closers: str) -> bool:
    """A single full stop before a space and a word that could begin a sentence, the third group of `ahead`."""
    key, word = previous.lower().strip("*_’'\""), ahead[3]
    lower = word[0].islower()
    if not previous:
        return bool(closers) or stop == 0 or text[stop - 1] in "\"'”’)]"
    if len(previous) < 6 and _LIST_NUMBER.search(text[max(0, stop - 16) : stop]):
        return False
    if closers:
        bracketed = closers == ")" and floor < stop - len(previous) - 1 and text[stop - len(previous) - 1] == "("
        return not (bracketed and key in OPEN) or _begins(text, ahead)  # "Gen. (ret.) A. Roe"
    if previous.isalpha() and previous.isupper() and not word.isupper() and _is_acronym(key):
        return True
    if key in LEADING:
        return False
    if len(key) == 1 and previous.isupper():
        return _initial_ends(text, stop, starter=_begins(text, ahead))
    if previous == "Sec" and not word[0].isdigit():
        return _begins(text, ahead)  # of State or of Defence, and no section
    if key in NUMBERED:
        figure = word[0].isdigit() or _ROMAN.fullmatch(word.rstrip(".")) is not None
        return not (figure or (previous[0].isupper() and _SYMBOL.match(text, ahead.start(3)) is not None))
    if key == "etc":
        return not lower
    if key in MONTHS_SHORT:
        return _begins(text, ahead) or _begins_after_time(text, floor, stop, ahead)
    if key in OPEN or _DOTTED.match(previous):
        hour = _HOUR.search(text[max(floor, stop - 8) : stop]) is not None
        return not lower and (_begins(text, ahead) or (hour and _begins_after_time(text, floor, stop, ahead)))
    return True


def _begins(text: str, ahead: re.Match[str]) -> bool:
    """Whether a word begins sentences and hardly ever follows an abbreviation inside one: "The", "It's", "Is that ...?", "Three ships"."""
    word = ahead[3]
    if _PRONOUN.fullmatch(word) is not None:
        return True
    if (len(word) == 2 and word[1] == ".") or word[0].isdigit():
        return False
    bare = _CONTRACTED.sub("", word.lower().rstrip("."))
    if bare in STARTERS:
        return True
    after = _WORD_AFTER.match(text, ahead.end(3))
    if after is None or word[0].islower():
        return False
    if bare in INVERTED:
        return after[1].lower() in INVERTED_SUBJECTS and _QUESTION.match(text, ahead.end(3)) is not None
    return bare in CARDINALS and after[1][0].islower()


def _begins_after_time(text: str, floor: int, stop: int, ahead: re.Match[str]) -> bool:
    """Whether a word behind an hour or a month begins a sentence: "ended at 2 p.m. Lunch was late"; but "At 2 p.m. Lagos was" does not."""
    word = ahead[3]
    bare, after = word.lower().rstrip("."), _WORD_AFTER.match(text, ahead.end(3))
    if after is None or bare in AFTER_HOUR or word.isupper() or not word[0].isupper():
        return False
    if not (after[1] in GOES_ON or (bare in _PERSON and after[1][0].isupper())):
        return False
    before = text[floor:stop]
    opened = _SUBORDINATE.match(before) or (_ADVERBIAL_OPEN.fullmatch(before) and FINITE.isdisjoint(before.split()))
    return not opened and _PLACED.search(before[-64:]) is None


def _is_acronym(key: str) -> bool:
    """Whether a word in capitals that reads as an abbreviation is rather an acronym: "the PA", "the SEC", but "DR." and "JAN."."""
    return (len(key) > 2 or key in OPEN) and len(key) > 1 and key not in MONTHS_SHORT and key not in NUMBERED


def _initial_ends(text: str, stop: int, *, starter: bool) -> bool:
    """A single capital before the stop: an initial ("A. Q. Khan"), or a label that ends ("Plan B. The ...")."""
    if not starter:
        return False
    words = text[max(0, stop - 32) : stop - 1].split()
    return bool(words) and (words[-1].lower() in _LETTERED or words[-1].islower())


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order, verbatim and trimmed; together they hold all that is not white space."""
    found: list[Sentence] = []
    begin = 0
    for match in _CANDIDATE.finditer(text):
        if match.end() <= begin:
            continue
        if match["hard"] is not None:
            _add(found, text, begin, match.start())
            begin = match.end()
            continue
        end = match.end()
        if match["sure"] is not None:
            _add(found, text, begin, end)
            begin = end
            continue
        if (text[match.start()] == "." and text[match.start() - 1 : match.start()].isalpha()) or match["closers"]:
            note = _GLUED_NOTE.match(text, end)
            end = note.end() if note is not None else end
        stops = text[match.start() : match.end("more")]
        if _ends(text, match.start(), stops, match["closers"] or text[match.end() : end], end, begin):
            _add(found, text, begin, end)
            begin = end
    _add(found, text, begin, len(text))
    return found


def awaits_name(text: str) -> bool:
    """Whether a text ends with an abbreviation or an initial that a name follows, and so with no sentence: "Gov.", "Dr. M."."""
    if text[-1:] != ".":
        return False
    stop = len(text) - 1
    previous = _word_before(text[max(0, stop - 48) : stop])
    if len(previous) == 1 and previous.isupper():
        return not _initial_ends(text, stop, starter=True)
    return previous.lower().strip("*_’'\"") in LEADING


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    trimmed = piece.strip()
    if trimmed:
        start += len(piece) - len(piece.lstrip())
        found.append(Sentence(start, start + len(trimmed), trimmed))
