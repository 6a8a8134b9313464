"""NOT001: notes without a marker. NOT002: markers without a note. NOT003: labels that two notes share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.terms import BlockKind, Severity, Verdict

_RAISED = {raised: digit for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
# A marker of Markdown, or raised digits after a word or a mark; "km²" and "10³" are no markers.
_MARKER = re.compile(r"\[\^(?P<name>[\w-]{1,20})\](?!:)|(?<=[.,;:!?\"'”’)])(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![\w])")


def judge_unmarked(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each numbered note: that its marker stands in the text."""
    for note in reading.document.notes:
        if not note.label.isdigit():
            continue
        own = reading.span(note.start, min(note.end, note.start + 80), f"note {note.label}")
        if note.marker is None:
            reason = f"Note {note.label} has no marker in the text."
            held = reading.span(note.start, min(note.end, note.start + 80), "no marker found")
            yield Ruling(reading.claim("NOT001", "note", Verdict.CONTRADICTED, reason, own, held))


def judge_unnoted(reading: Reading) -> Iterator[Ruling]:
    """Yield a contradicted claim for each marker that leads to no note."""
    labels = {note.label for note in reading.document.notes}
    if not labels:
        return  # a document whose notes were not found at all has a reader's problem, not an author's
    for block in reading.document.blocks:
        if not block.kind.is_prose and block.kind is not BlockKind.HEADING:
            continue
        for match in _MARKER.finditer(reading.text_of(block)):
            raised = match["raised"]
            label = match["name"] or "".join(str(_RAISED[sign]) for sign in raised)
            if label in labels:
                continue
            place = reading.span(block.start + match.start(), block.start + match.end(), "marker")
            last = reading.document.notes[-1]
            held = reading.span(last.start, min(last.end, last.start + 80), f"the last note, {last.label}")
            reason = f"The marker {label} leads to no note."
            yield Ruling(reading.claim("NOT002", "note", Verdict.CONTRADICTED, reason, place, held))


def judge_doubled(reading: Reading) -> Iterator[Ruling]:
    """Yield a contradicted claim for each label that a second note bears, where labels run through the document."""
    counts = Counter(note.label for note in reading.document.notes if note.label.isdigit())
    doubled = [label for label, count in counts.items() if count > 1]
    if len(doubled) > 1:
        return  # numbers that begin again on each page or in each chapter
    for label in doubled:
        first, second = [note for note in reading.document.notes if note.label == label][:2]
        own = reading.span(second.start, min(second.end, second.start + 80), f"second note {label}")
        held = reading.span(first.start, min(first.end, first.start + 80), f"first note {label}")
        reason = f"Two notes are numbered {label}."
        yield Ruling(reading.claim("NOT003", "note", Verdict.CONTRADICTED, reason, own, held))


UNMARKED = Rule(
    "NOT001", "note-without-marker", Severity.INFO, "Each numbered note has its marker in the text.", judge_unmarked
)
UNNOTED = Rule("NOT002", "marker-without-note", Severity.WARNING, "Each marker leads to a note.", judge_unnoted)
DOUBLED = Rule("NOT003", "note-number-twice", Severity.WARNING, "No two notes bear the same number.", judge_doubled)
