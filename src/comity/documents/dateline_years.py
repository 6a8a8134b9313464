"""The year of a report whose dateline has none ("KAMPALA, 3 May (Reuters) - "): taken from what else dates the file, and told as inferred.

A year is taken only where everything that could give one agrees, and where the weekday of the report's first paragraph fits it. A date in
the file's name or among its properties counts where it is the dateline's own day or up to a week later, as a file is that was saved when the report came.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePath

from comity.documents.drafts import Reading
from comity.documents.front_words import dateline_of
from comity.documents.imprint import MONTHS
from comity.terms import BlockKind, Period, Precision

_DAY = re.compile(r"(?P<d1>\d{1,2})\s+(?P<m1>[A-Za-z]+)\.?|(?P<m2>[A-Za-z]+)\.?\s+(?P<d2>\d{1,2})")
_RIGHTS = re.compile(r"(?:copyright|\(c\)|©)[^\d\n]{0,40}(?P<year>(?:19|20)\d\d)(?![\d\s]*[-–—/]\s*\d)", re.IGNORECASE)
_NAMED = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sign>[-_.]?)(?P<m>[01]\d)(?P=sign)(?P<d>[0-3]\d)(?!\d)")
_CREATED = re.compile(rb"<(?:dcterms:created|meta:creation-date)[^>]*>\s*(\d{4})-(\d\d)-(\d\d)")
_WEEKDAYS = {
    word: number for number, word in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_SAVED_WITHIN = timedelta(days=7)


def date_by_dateline(reading: Reading, content: bytes, name: str) -> None:
    """Date a report whose dateline names day and month alone, where its year can be told; a warning says from what."""
    issued = reading.bibliography.issued
    if issued is not None and issued.precision is not Precision.YEAR:
        return
    first = next((draft for draft in reading.drafts if draft.kind is BlockKind.PARAGRAPH), None)
    dateline = dateline_of(first.text.text) if first is not None else None
    if first is None or dateline is None or not dateline["day"]:
        return
    found = _DAY.fullmatch(dateline["day"].strip())
    month = MONTHS.get((found["m1"] or found["m2"]).lower()) if found is not None else None
    if found is None or month is None:
        return
    day = int(found["d1"] or found["d2"])
    sources: dict[int, str] = {}
    if issued is not None and issued.start is not None:
        sources[issued.start.year] = "the year that the document bears"
    for draft in reading.drafts:
        for rights in _RIGHTS.finditer(draft.text.text):
            sources.setdefault(int(rights["year"]), f'"{rights[0]}"')
    for saved, words in _days_of_file(content, name):
        meant = _day(saved.year, month, day) or date.max
        if meant > saved:
            meant = _day(saved.year - 1, month, day) or date.max
        if timedelta() <= saved - meant <= _SAVED_WITHIN:
            sources.setdefault(meant.year, words)
    if len(sources) != 1:
        return
    ((year, source),) = sources.items()
    on = _day(year, month, day)
    if on is None or not _fits(on, first.text.text):
        return
    reading.bibliography = replace(reading.bibliography, issued=Period(on, on, Precision.DAY))
    reading.warnings.append(
        f'The dateline "{dateline["day"].strip()}" has no year; {year} is inferred from {source}, and the dates of what is told hang on it.'
    )


def _days_of_file(content: bytes, name: str) -> Iterator[tuple[date, str]]:
    """Yield the days that the file's name and its properties give, each with the words for where."""
    for found in _NAMED.finditer(PurePath(name).stem):
        with suppress(ValueError):
            yield date(int(found["y"]), int(found["m"]), int(found["d"])), "the file's name"
    words = "the file's day of creation"
    if content.startswith(b"PK"):
        with suppress(KeyError, OSError, zipfile.BadZipFile, ValueError), zipfile.ZipFile(io.BytesIO(content)) as parts:
            part = "meta.xml" if "meta.xml" in parts.namelist() else "docProps/core.xml"
            with parts.open(part) as stream:
                created = _CREATED.search(stream.read(100_000))
            if created is not None:
                yield date(*map(int, created.groups())), words
    elif b"%PDF-" in content[:1024]:
        import pypdfium2 as pdfium

        with suppress(pdfium.PdfiumError, ValueError), pdfium.PdfDocument(content) as pdf:
            told = re.match(r"D:(\d{4})(\d\d)(\d\d)", pdf.get_metadata_value("CreationDate"))
            if told is not None:
                yield date(*map(int, told.groups())), words


def _fits(on: date, text: str) -> bool:
    """Whether a weekday that the paragraph names, if it names any, is that day's or a neighbour's: reports tell of yesterday and tomorrow."""
    named = {_WEEKDAYS[found[0].lower()] for found in _WEEKDAY.finditer(text)}
    return not named or any((on + timedelta(days=shift)).weekday() in named for shift in (-1, 0, 1))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
