"""The running text of a page's blocks while it is gathered: white space single, line breaks told, markers taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.documents.inline import RAISED, is_power
from comity.documents.trace import Place, Traced, Tracer

_RAISE = str.maketrans("0123456789", RAISED)
# How a paragraph that follows a single line break is told: it is set in by spaces that do not collapse.
_SET_IN = re.compile(r"[\t\r\n ]*[\xa0\u2002\u2003\u3000]{2}")
_BRACKETED = re.compile(r"\s*\[\s?([0-9]{1,3}|[ivxlc]{1,6})\s?\]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph: its text, the offsets of its markers with the notes that they name, and where its lines end."""

    text: Traced
    markers: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()
    bold: bool = False

    def lines(self) -> list[tuple[Traced, tuple[tuple[int, str], ...]]]:
        """Return the lines that single line breaks make, with their markers."""
        ends = [*self.breaks, len(self.text.text)]
        found = []
        start = 0
        for end in ends:
            line = self.text.cut(start, end).strip()
            if line.text:
                first = start + len(self.text.text[start:end]) - len(self.text.text[start:end].lstrip())
                marks = tuple(
                    (min(offset - first, len(line.text)), key)
                    for offset, key in self.markers
                    if start <= offset < end or offset == end == len(self.text.text)
                )
                found.append((line, marks))
            start = end
        return found


class Inline:
    """Inline content while it is gathered; two line breaks, or one before a line that is set in, end a paragraph."""

    def __init__(self, line: int, brackets: dict[str, str] | None = None) -> None:
        """Begin at a line of the file; `brackets` names the notes that bare marks like "[3]" call."""
        self.line = line
        self.bold = 0  # of how many bold elements it is within
        self._brackets = brackets or {}
        self._done: list[Stretch] = []
        self._begin()

    def _begin(self) -> None:
        self._trace = Tracer()
        self._markers: list[tuple[int, str]] = []
        self._breaks: list[int] = []
        self._glue = False
        self._pending = 0
        self._recent = ""
        self._plain = False

    @property
    def within_word(self) -> bool:
        """Whether text stands before, and no space behind it."""
        return bool(self._recent[-1:].strip())

    def takes_power(self, digits: str) -> bool:
        """Whether digits raised here may be a power: after "km", or the base "10"."""
        return is_power(self._recent, digits)

    def add(self, text: str | None) -> None:
        """Append text."""
        if not text:
            return
        if self._brackets and "[" in text:
            at = 0
            for match in _BRACKETED.finditer(text):
                if match[1] in self._brackets and (len(self._trace) or text[at : match.start()].strip()):
                    self._put(text[at : match.start()])
                    self.mark(self._brackets[match[1]])
                    at = match.end()
            text = text[at:]
        self._put(text)

    def _put(self, text: str) -> None:
        words = text.split()
        if not words:
            self._space(text)
            return
        if self._pending and (self._pending > 1 or _SET_IN.match(text)):
            self.part()
        elif self._pending:
            self._space(" ")
            self._breaks.append(len(self._trace))
        self._pending = 0
        if text[0].isspace():
            self._space(" ")
        first = words[0][0]
        if self._glue and len(self._trace):
            if self._trace.last == " " and first in ".,;:!?)":
                self._trace.drop_space()
            elif self._trace.last not in " -–—/(" and (first.isalnum() or first in '"“‘('):
                self._trace.put(" ")
        self._glue = False
        piece = " ".join(words)
        self._plain = self._plain or (not self.bold and any(map(str.isalnum, piece)))
        place = (Place(0, self.line, 1),) if not len(self._trace) and self.line else ()
        self._trace.put(piece, Traced(piece, place) if place else None)
        self._recent = (self._recent + piece)[-12:]
        if text[-1].isspace():
            self._space(" ")

    def _space(self, text: str) -> None:
        if text and len(self._trace) and self._trace.last != " ":
            self._trace.put(" ")
            self._recent = (self._recent + " ")[-12:]

    def space(self) -> None:
        """Part what comes from what was, where a block begins or ends."""
        self._space(" ")

    def raised(self, digits: str) -> None:
        """Append digits that are raised and mark no note: a power, or a mark that leads nowhere."""
        self._put(digits.translate(_RAISE))

    def mark(self, key: str) -> None:
        """Take a marker out here."""
        self._markers.append((len(self._trace) - (self._trace.last == " "), key))
        self._glue = True

    def line_break(self) -> None:
        """End a line."""
        self._pending += 1

    def part(self) -> None:
        """End a paragraph."""
        self._trace.drop_space()
        text = self._trace.traced()
        markers = tuple((min(offset, len(text.text)), key) for offset, key in self._markers)
        if text.text:
            self._done.append(
                Stretch(text, markers, tuple(b for b in self._breaks if b < len(text.text)), not self._plain)
            )
        elif markers and self._done:  # a marker alone on its line belongs to what stands above
            above = self._done[-1]
            moved = tuple((len(above.text.text), key) for _, key in markers)
            self._done[-1] = Stretch(above.text, above.markers + moved, above.breaks)
        self._begin()

    def stretches(self) -> list[Stretch]:
        """Return the paragraphs that were gathered."""
        self.part()
        return self._done

    def whole(self) -> Stretch:
        """Return what was gathered as one paragraph."""
        parts = self.stretches()
        if len(parts) == 1:
            return parts[0]
        markers: list[tuple[int, str]] = []
        shift = 0
        for part in parts:
            markers += [(offset + shift, key) for offset, key in part.markers]
            shift += len(part.text.text) + 1
        return Stretch(Traced.join([part.text for part in parts], " "), tuple(markers))
