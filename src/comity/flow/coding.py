"""Event coding of files, outside any workspace: documents of any readable kind, or JSONL of texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity.coding import code_text
from comity.flow.reading import read_source
from comity.flow.sources import LINES
from comity.record import event_line, statement_line
from comity.terms import ComityError, UnreadableSource


@dataclass(frozen=True, slots=True)
class CodedSource:
    """What was coded from one document or one line: dictionaries of the documented line format."""

    source: str
    events: tuple[dict[str, Any], ...] = ()
    statements: tuple[dict[str, Any], ...] = ()
    error: ComityError | None = None


def code_files(paths: list[Path]) -> Iterator[CodedSource]:
    """Yield what each document or JSONL line holds; what cannot be read is yielded with its error and the rest goes on."""
    for path in paths:
        if path.suffix.lower() in LINES:
            yield from _code_lines(path)
            continue
        try:
            reading = read_source(path)
        except ComityError as error:
            yield CodedSource(str(path), error=error)
            continue
        yield CodedSource(
            str(path),
            tuple(event_line(event) for event in reading.events),
            tuple(statement_line(statement) for statement in reading.statements),
        )


def _code_lines(path: Path) -> Iterator[CodedSource]:
    try:
        with path.open(encoding="utf-8-sig", errors="strict") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    yield _code_line(line, path, number)
                except ComityError as error:
                    yield CodedSource(f"{path}:{number}", error=error)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else f"is not UTF-8 ({error.reason})"
        yield CodedSource(str(path), error=UnreadableSource(str(path), reason, remedy="Save it as UTF-8 text."))


def _code_line(line: str, path: Path, number: int) -> CodedSource:
    place, remedy = f"line {number}", 'A line is {"id": "...", "text": "...", "date": "2018-01-10" or null}.'
    try:
        given = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableSource(str(path), f"is not JSON ({error})", place=place, remedy=remedy) from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str) or "id" not in given:
        raise UnreadableSource(str(path), "has no id or no text", place=place, remedy=remedy)
    published = None
    if given.get("date"):
        try:
            published = date.fromisoformat(str(given["date"])[:10])
        except ValueError as error:
            raise UnreadableSource(str(path), f"has the date {given['date']!r}", place=place, remedy=remedy) from error
    coded = code_text(given["text"], source_id=str(given["id"]), published=published)
    return CodedSource(
        str(given["id"]),
        tuple(event_line(event) for event in coded.events),
        tuple(statement_line(statement) for statement in coded.statements),
    )
