"""Text that remembers where in its file each run of characters stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """From `start` on, the text runs on from this line and column (from 1) of the file, or of this page."""

    start: int
    line: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and the places of its runs, sorted by `start`; without places the text has no lines to lead back to."""

    text: str
    places: tuple[Place, ...] = ()

    @property
    def page(self) -> int | None:
        """The page on which the text begins."""
        return self.places[0].page if self.places else None

    @property
    def line(self) -> int:
        """The line on which the text begins; 0 where that is not known."""
        return self.places[0].line if self.places else 0

    def cut(self, start: int, end: int) -> Traced:
        """Return the characters from `start` to `end`, with their places."""
        start, end = max(start, 0), min(end, len(self.text))
        if end <= start:
            return Traced("")
        return Traced(self.text[start:end], tuple(_moved(self.places, start, end, -start)))

    def strip(self) -> Traced:
        """Return the text without white space at its ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self if (left, right) == (0, len(self.text)) else self.cut(left, right)

    @staticmethod
    def join(parts: Iterable[Traced], separator: str) -> Traced:
        """Join the parts; a separator stands where the part before it ends."""
        trace = Tracer()
        for number, part in enumerate(parts):
            if number:
                trace.put(separator)
            trace.keep(part, 0, len(part.text))
        return trace.traced()


@dataclass(frozen=True, slots=True)
class TracedNumber(Traced):
    """A number that a file holds as such, as text with a point before its decimals."""


class Tracer:
    """Builds a Traced from pieces that are kept, replaced or left out."""

    __slots__ = ("_length", "_parts", "_places")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def last(self) -> str:
        """The last character so far; empty at the start."""
        return self._parts[-1][-1] if self._parts else ""

    def keep(self, source: Traced, start: int, end: int) -> None:
        """Append the characters of `source` from `start` to `end`, with their places."""
        if end <= start:
            return
        places = source.places
        if len(places) == 1 and places[0].start <= start:  # most texts stand on one line
            _, line, column, page = places[0]
            self._mark(Place(self._length, line, column + start - places[0].start, page))
        else:
            for place in _moved(places, start, end, self._length - start):
                self._mark(place)
        kept = source.text[start:end]
        self._parts.append(kept)
        self._length += len(kept)

    def begin(self, line: int, column: int, page: int | None) -> None:
        """Say where in the file what is appended next stands."""
        self._mark(Place(self._length, line, column, page))

    def put(self, text: str, source: Traced | None = None, at: int = 0) -> None:
        """Append characters that the file does not have; they stand where `source` stands at `at`."""
        if not text:
            return
        if source is not None and source.places:
            for place in _moved(source.places, at, at + 1, self._length - at):
                self._mark(place)
        self._parts.append(text)
        self._length += len(text)

    def drop_space(self) -> None:
        """Take the white space at the end away again."""
        while self._parts:
            kept = self._parts[-1].rstrip()
            self._length -= len(self._parts[-1]) - len(kept)
            if kept:
                self._parts[-1] = kept
                break
            self._parts.pop()
        while self._places and self._places[-1].start > self._length:
            self._places.pop()

    def traced(self) -> Traced:
        """Return what was built."""
        places = self._places
        while places and places[-1].start >= self._length > 0:
            places.pop()
        return Traced("".join(self._parts), tuple(places))

    def _mark(self, place: Place) -> None:
        if self._places:
            last = self._places[-1]
            if last.start == place.start:
                self._places[-1] = place
                return
            runs_on = last.column + place.start - last.start == place.column
            if runs_on and last.line == place.line and last.page == place.page:
                return
        self._places.append(place)


def _moved(places: tuple[Place, ...], start: int, end: int, by: int) -> Iterable[Place]:
    """Yield the places of the characters from `start` to `end`, their own starts moved by `by`."""
    index = max(bisect_right(places, start, key=lambda place: place.start) - 1, 0)
    for at in range(index, len(places)):  # not a slice: many small pieces of one long text are kept
        place = places[at]
        if place.start >= end:
            break
        if place.start < start:
            yield Place(start + by, place.line, place.column + start - place.start, place.page)
        else:
            yield Place(place.start + by, place.line, place.column, place.page)
