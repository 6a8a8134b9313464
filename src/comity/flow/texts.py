"""Texts for coding, one a line of JSONL or a row of Parquet, read piece by piece: never a whole file in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from comity.flow.parquet import PARQUET, rows_of
from comity.flow.sources import LINES
from comity.terms import UnreadableSource

# A line longer than this is no text of the genre; it is named and passed over, so that memory stays flat.
LONGEST_LINE = 16 * 1024 * 1024

_LINE = 'A line is {"id": "...", "text": "...", "date": "2018-01-10" or null}.'
_ROW = "A row has the columns id, text and, where known, date."
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Text:
    """One text with its id and day of publication; `file` and `place` ("line 7") say where it stands."""

    file: str
    place: str
    id: str
    text: str
    published: date | None


def is_texts(path: Path) -> bool:
    """Whether a file holds many texts, a line or a row each, told by its name; any other file is one document."""
    return path.suffix.lower() in LINES or path.suffix.lower() in PARQUET


def texts_of(path: Path) -> Iterator[Text | UnreadableSource]:
    """Yield every text of a JSONL or Parquet file in order, or what is wrong with its line or row.

    Raises:
        UnreadableSource: the file itself cannot be read.
    """
    if path.suffix.lower() in PARQUET:
        yield from texts_in_rows(path, str(path))
        return
    try:
        with path.open("rb") as stream:
            yield from texts_in_lines(stream, str(path))
    except OSError as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: OSError) -> UnreadableSource:
    """Return what the operating system says about a file as an error that a person can act on."""
    return UnreadableSource(str(path), error.strerror or str(error), remedy="Check the file and its permissions.")


def texts_in_lines(
    stream: BinaryIO, file: str, *, first: int = 1, end: int | None = None
) -> Iterator[Text | UnreadableSource]:
    """Yield the texts of the lines from where the stream stands up to byte `end`; blank lines are passed over.

    Args:
        stream: JSONL in UTF-8, at the beginning of a line.
        file: how the file is called in what is said about it.
        first: the number of that line in the file.
        end: the byte at which to stop, which is the beginning of a line; None is the end of the file.
    """
    number, place = first, 0 if end is None else stream.tell()
    while end is None or place < end:
        line = stream.readline(LONGEST_LINE)
        if not line:
            return
        place += len(line)
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        if not whole:
            while rest := stream.readline(LONGEST_LINE):
                place += len(rest)
                if rest.endswith(b"\n"):
                    break
        if number == 1:
            line = line.removeprefix(_BOM)
        if not whole:
            yield _wrong(file, number, f"is longer than {LONGEST_LINE // 1024**2} MB", "Code it as a document.")
        elif line.strip():
            yield _text_of_line(line, file, number)
        number += 1


def texts_in_rows(
    path: Path, file: str, *, first: int = 1, count: int | None = None
) -> Iterator[Text | UnreadableSource]:
    """Yield the texts of `count` rows of a Parquet file from row `first`, which counts from 1."""
    for number, (given_id, text, day) in enumerate(rows_of(path, first=first, count=count), start=first):
        yield _checked(file, f"row {number}", given_id, text, day, _ROW)


def _wrong(file: str, number: int, reason: str, remedy: str = _LINE) -> UnreadableSource:
    return UnreadableSource(file, reason, place=f"line {number}", remedy=remedy)


def _text_of_line(line: bytes, file: str, number: int) -> Text | UnreadableSource:
    try:
        given = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _wrong(file, number, f"is not UTF-8 ({error.reason})", "Save it as UTF-8 text.")
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError of its own
        return _wrong(file, number, f"is not JSON ({error})")
    if not isinstance(given, dict):
        return _wrong(file, number, "has no id or no text")
    return _checked(file, f"line {number}", given.get("id"), given.get("text"), given.get("date"), _LINE)


def _checked(file: str, place: str, given_id: Any, text: Any, day: Any, remedy: str) -> Text | UnreadableSource:
    named = isinstance(given_id, (str, int)) and not isinstance(given_id, bool)
    if not named or not isinstance(text, str):
        return UnreadableSource(file, "has no id or no text", place=place, remedy=remedy)
    published = None
    if day:
        try:
            published = date.fromisoformat(str(day)[:10])
        except ValueError:
            return UnreadableSource(file, f"has the date {day!r}", place=place, remedy=remedy)
    try:
        f"{given_id}{text}".encode()
    except UnicodeEncodeError:
        # Evidence is given verbatim, and half a surrogate pair cannot be written as UTF-8.
        reason = "holds half a character (a lone surrogate)"
        return UnreadableSource(file, reason, place=place, remedy="Take the text from its source again.")
    return Text(file, place, str(given_id), text, published)
