"""The lines of a plain text file, without the furniture of its pages: running heads, page numbers, rules."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from comity.documents.trace import Place, Traced

_LINE_END = re.compile(r"\r\n|\n|\r")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*\|\s*p\s?a\s?g\s?e|\d{1,4}\s+of\s+\d{1,4}|\[\s*page\s+\d{1,4}\s*\])",
    re.IGNORECASE,
)
_LONE_NUMBER = re.compile(r"\d{1,4}")
_RULE = re.compile(r"(?:[-–—_=*~]\s?){3,}")
_DIGITS = re.compile(r"\d+")
_MANY_PAGES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file.

    Attributes:
        raw: the line without its end.
        text: the line without white space at its ends, save tabs at the left (an empty first cell).
        cut: whether a page ends between the line before and this one.
    """

    raw: Traced
    text: str
    number: int
    page: int | None
    cut: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands on the line."""
        return not self.text.strip()

    @property
    def indent(self) -> int:
        """The number of spaces before the text."""
        return len(self.raw.text) - len(self.raw.text.lstrip(" "))

    @property
    def trimmed(self) -> Traced:
        """The line without white space at its ends."""
        return self.raw.strip()


def split_lines(text: str) -> list[Line]:
    """Return the lines of a file; a form feed ends a page and is left out."""
    paged = "\f" in text
    page = 1
    lines: list[Line] = []
    at = 0
    ends = [*(match.span() for match in _LINE_END.finditer(text)), (len(text), len(text))]
    for number, end in enumerate(ends, 1):
        raw, column = text[at : end[0]], 1
        at = end[1]
        cut = False
        pieces = raw.split("\f")
        for index, piece in enumerate(pieces):
            if index:
                page, cut = page + 1, True
            if piece or index == len(pieces) - 1:
                here = page if paged else None
                lines.append(Line(_line(piece, number, column, here), piece.strip(" \r\v"), number, here, cut))
            column += len(piece) + 1
    return lines


def without_furniture(lines: list[Line]) -> list[Line]:
    """Return the lines without page numbers, running heads and rules; where a page ends, the next line says so.

    A number or a repeated line is furniture only when it stands where a page ends: alone between blank lines, in a
    run of rising numbers, or beside a form feed. Anything less certain stays text.
    """
    alone = [_stands_alone(lines, index) for index in range(len(lines))]
    numbers = [i for i, line in enumerate(lines) if alone[i] and _LONE_NUMBER.fullmatch(line.text.strip())]
    furniture = {i for i, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text.strip())}
    furniture |= set(_rising(lines, numbers))
    furniture |= {i for i in numbers if _beside_cut(lines, i)}
    furniture |= _running_heads(lines, alone, furniture)
    kept: list[Line] = []
    cut = False
    for index, line in enumerate(lines):
        if index in furniture:
            cut = True
            continue
        cut = cut or line.cut
        if cut and not line.blank:
            line = Line(line.raw, line.text, line.number, line.page, True)
            cut = False
        kept.append(line)
    return kept


def is_rule(text: str) -> bool:
    """Whether a line only rules something off."""
    return _RULE.fullmatch(text.strip()) is not None


def _line(piece: str, number: int, column: int, page: int | None) -> Traced:
    return Traced(piece, (Place(0, number, column, page),))


def _stands_alone(lines: list[Line], index: int) -> bool:
    if lines[index].blank:
        return False
    before = index == 0 or lines[index].cut or lines[index - 1].blank or is_rule(lines[index - 1].text)
    after = index + 1 == len(lines) or lines[index + 1].blank or lines[index + 1].cut or is_rule(lines[index + 1].text)
    return before and after


def _beside_cut(lines: list[Line], index: int) -> bool:
    """Whether only blank lines stand between this line and a form feed."""
    for step in (-1, 1):
        at = index
        while 0 <= at < len(lines) and abs(at - index) <= 4:
            if step == 1 and at > index and lines[at].cut:
                return True
            if step == -1 and lines[at].cut:
                return True
            at += step
            if not 0 <= at < len(lines) or (not lines[at].blank and not (step == 1 and lines[at].cut)):
                break
    return False


def _rising(lines: list[Line], numbers: list[int]) -> list[int]:
    """Return the lone numbers when they are those of pages: each one more than the one before."""
    values = [int(lines[i].text.strip()) for i in numbers]
    rising = all(b == a + 1 for a, b in pairwise(values))
    far = all(b - a > 5 for a, b in pairwise(numbers))
    if len(values) >= 2 and rising and far:
        return numbers
    return [i for i in numbers if _inside_sentence(lines, i)] if len(values) == 1 else []


def _inside_sentence(lines: list[Line], index: int) -> bool:
    before = next((line.text for line in reversed(lines[:index]) if not line.blank), "")
    after = next((line.text for line in lines[index + 1 :] if not line.blank), "")
    return len(before) > 40 and before[-1] not in '.!?:;"”’)' and after[:1].islower()


def _running_heads(lines: list[Line], alone: list[bool], furniture: set[int]) -> set[int]:
    """Return the lines that stand at three page ends or more, with at most their numbers changed."""
    found: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if not line.blank and len(line.text) <= 120 and index not in furniture:
            shape = _DIGITS.sub("#", line.text.strip())
            if any(letter.isalpha() for letter in shape):
                found.setdefault(shape, []).append(index)
    repeated = {shape: places for shape, places in found.items() if len(places) >= _MANY_PAGES}
    heads: set[int] = set()
    for places in repeated.values():
        at_page_end = [i for i in places if _beside_cut(lines, i) or _beside(lines, i, furniture)]
        if len(at_page_end) >= _MANY_PAGES and 2 * len(at_page_end) > len(places):
            heads |= set(at_page_end)
        elif len(furniture) >= 2 and all(alone[i] for i in places) and _one_a_page(places, furniture):
            heads |= {i for i in places if i > min(furniture)}
    return heads


def _one_a_page(places: list[int], furniture: set[int]) -> bool:
    """Whether a page's number stands between each two of the places."""
    ends = sorted(furniture)
    return all(bisect_right(ends, a) < bisect_right(ends, b) for a, b in pairwise(places))


def _beside(lines: list[Line], index: int, furniture: set[int]) -> bool:
    """Whether only blank lines stand between this line and furniture already known."""
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(lines) and lines[at].blank and at not in furniture and abs(at - index) <= 4:
            at += step
        if at in furniture:
            return True
    return False
