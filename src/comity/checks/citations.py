"""CIT001: what a document cites was issued before the document. CIT002: what it cites was read after it was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from comity.checks.calendar import dates_in, in_words
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.terms import FindingSpan, Note, Period, Precision, Severity, Verdict

_AHEAD = re.compile(r"\b(forthcoming|in press|to appear|scheduled|upcoming|advance (?:copy|access)|early view)\b", re.I)
_TITLE_YEAR = re.compile(
    r"\b(?:vision|agenda|horizon|plan|strategy|outlook|goals?|roadmap|by|towards?|beyond|until)\W+(?:\w+\W+)?20\d\d\b",
    re.I,
)
_ACCESSED = re.compile(
    r"\b(?:accessed|retrieved|last visited|visited|viewed|consulted)(?:\s+(?:on|in))?[:,]?\s*$", re.I
)
# Journals and magazines carry a cover date ahead of the day on which they come out, by up to a quarter.
_COVER_DATE = timedelta(days=92)
# A paper's site may carry tomorrow's date east of the writer: one day is no contradiction.
_TIME_ZONES = timedelta(days=1)


def judge_issued(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each note that cites something dated, held against the document's own date."""
    published, own_date = reading.document.published, reading.publication
    if published is None or own_date is None:
        return
    for note in reading.document.notes:
        for issued, place in _issue_dates(reading, note):
            start = issued.start
            if start is None:
                continue
            if start <= published:
                reason = (
                    f"Note {note.label} cites what is dated {issued.label}; the document is of {in_words(published)}."
                )
                yield Ruling(reading.claim("CIT001", "citation-date", Verdict.CONFIRMED, reason, place, own_date))
                continue
            if (
                _AHEAD.search(note.text)
                or _named_year(note, issued, published)
                or start - published <= (_TIME_ZONES if issued.precision is Precision.DAY else _COVER_DATE)
            ):
                reason = (
                    f"Note {note.label} is dated {issued.label}, shortly after the document or as still to come; "
                    "cover dates and announcements run ahead."
                )
                yield Ruling(reading.claim("CIT001", "citation-date", Verdict.NOT_CHECKABLE, reason, place))
                continue
            reason = (
                f"Note {note.label} cites what is dated {issued.label}, but the document is of {in_words(published)}"
                f"{_suggestion(start, published, issued.precision)}."
            )
            yield Ruling(reading.claim("CIT001", "citation-date", Verdict.CONTRADICTED, reason, place, own_date))


def _named_year(note: Note, issued: Period, published: date) -> bool:
    """Whether a year alone may belong to a title ("Vision 2030") rather than say when the work was issued."""
    if issued.precision is not Precision.YEAR or issued.start is None:
        return False
    years = [int(year) for year in re.findall(r"\b(?:1[89]|20)\d\d\b", note.text)]
    return any(year <= published.year for year in years) or _TITLE_YEAR.search(note.text) is not None


def judge_accessed(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each note that says when its source was read."""
    published, own_date = reading.document.published, reading.publication
    for note in reading.document.notes:
        accessed = _accessed(note)
        if accessed is None:
            continue
        on, start, end = accessed
        place = reading.span(note.start + start, note.start + end, f"note {note.label}, accessed")
        issued = note.citation.issued if note.citation is not None else None
        first = issued.start if issued is not None else None
        if published is not None and own_date is not None and on > published + _TIME_ZONES:
            reason = (
                f"Note {note.label} was accessed on {in_words(on)}, after the document's own {in_words(published)}."
            )
            yield Ruling(reading.claim("CIT002", "access-date", Verdict.CONTRADICTED, reason, place, own_date))
        elif issued is not None and first is not None and on + _TIME_ZONES < first and first != on:
            held = _place(reading, note, issued)
            reason = (
                f"Note {note.label} was accessed on {in_words(on)}, before what it cites was issued ({issued.label})."
            )
            yield Ruling(reading.claim("CIT002", "access-date", Verdict.CONTRADICTED, reason, place, held))
        elif published is not None and own_date is not None:
            reason = f"Note {note.label} was accessed on {in_words(on)}, before the document's {in_words(published)}."
            yield Ruling(reading.claim("CIT002", "access-date", Verdict.CONFIRMED, reason, place, own_date))


def _issue_dates(reading: Reading, note: Note) -> Iterator[tuple[Period, FindingSpan]]:
    issued = note.citation.issued if note.citation is not None else None
    # "Ibid." has the date of the note that it means, and is judged there.
    if issued is not None and any(day is not None and str(day.year) in note.text for day in (issued.start, issued.end)):
        yield issued, _place(reading, note, issued)


def _place(reading: Reading, note: Note, issued: Period) -> FindingSpan:
    """Return where the note prints that date; the whole note where the words are not found."""
    label = f"note {note.label}"
    for found in dates_in(note.text):
        if found.on is not None and found.on in (issued.start, issued.end):
            return reading.span(note.start + found.start, note.start + found.end, label)
    if issued.start is not None:
        year = re.search(rf"\b{issued.start.year}\b", note.text)
        if year is not None and issued.precision is not Precision.DAY:
            return reading.span(note.start + year.start(), note.start + year.end(), label)
    return reading.span(note.start, note.end, label)


def _accessed(note: Note) -> tuple[date, int, int] | None:
    for found in dates_in(note.text):
        if found.on is not None and _ACCESSED.search(note.text, max(0, found.start - 24), found.start):
            return found.on, found.start, found.end
    return None


def _suggestion(start: date, published: date, precision: Precision) -> str:
    """Return the reading that a slip of the year would explain; a person decides."""
    if precision is not Precision.DAY:
        return ""
    year = published.year if (start.month, start.day) <= (published.month, published.day) else published.year - 1
    if start.year - year > 2 or (start.month, start.day) == (2, 29):
        return ""
    return f"; if the year slipped, {in_words(start.replace(year=year))} is the nearest date before it"


ISSUED = Rule(
    "CIT001",
    "cited-after-publication",
    Severity.ERROR,
    "A note cites only what was issued before the document itself.",
    judge_issued,
)
ACCESSED = Rule(
    "CIT002",
    "accessed-out-of-order",
    Severity.WARNING,
    "A source was accessed after it was issued and before the document was.",
    judge_accessed,
)
