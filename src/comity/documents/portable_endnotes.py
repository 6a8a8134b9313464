"""Notes at the end of a PDF or of its chapters: lists whose numbers run from one on, and that the text calls.

Such a list stands below a heading that says so, or ends the text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from comity.documents.footnotes import NOTES_HEADING, REFERENCES_HEADING
from comity.documents.portable_calls import Call, FootNote, first_label
from comity.documents.portable_rows import Row

# In sizes of the type: a heading is so much larger, and what stands so far below the last note is none of it.
_LARGER, _APART = 1.06, 2.4
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LONGEST_HEADING = 60


@dataclass(slots=True)
class NoteList:
    """Notes in turn, numbered from one on; `headed` says that a heading announces them."""

    headed: bool
    notes: list[FootNote] = field(default_factory=list)

    @property
    def rows(self) -> set[int]:
        """The ids of the lines."""
        return {id(row) for note in self.notes for row, _ in note.lines}


def note_lists(rows: Sequence[Row], zones: set[int], called: Mapping[int, Collection[str]]) -> list[NoteList]:
    """Return the lists of notes that a text holds, called or not.

    Args:
        rows: the lines of all pages, running heads left out.
        zones: the ids of those that may be notes at the foot of their page.
        called: by page, the labels that stand raised on it.
    """
    found: list[NoteList] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        heading = len(row.text) <= _LONGEST_HEADING and not row.tabled and NOTES_HEADING.fullmatch(row.text)
        heading = heading or (len(row.text) <= _LONGEST_HEADING and REFERENCES_HEADING.fullmatch(row.text))
        if not heading:
            at += 1
            continue
        at, lists = _lists_from(rows, at + 1)
        found += lists
    if found:
        return found
    # Without a heading: the lines from the last "1" to the end.
    for start in range(len(rows) - 1, -1, -1):
        label = first_label(rows[start])
        if label is not None and label[0] in ("1", "i"):
            end, lists = _lists_from(rows, start)
            whole = end >= len(rows) and len(lists) == 1 and len(lists[0].notes) > 1
            near = {*called.get(rows[start].page, ()), *called.get(rows[start].page - 1, ())}
            at_foot = whole and lists[0].rows <= zones and all(note.label in near for note in lists[0].notes)
            if whole and not at_foot:
                lists[0].headed = False
                return lists
            break
    return []


def _lists_from(rows: Sequence[Row], start: int) -> tuple[int, list[NoteList]]:
    """The lists of notes that begin on a line or soon below it, and the number of the line behind them."""
    lists: list[NoteList] = []
    current: NoteList | None = None
    number = 0
    at = start
    while at < len(rows):
        row = rows[at]
        label = None if row.tabled else first_label(row)
        last = rows[at - 1]
        size = current.notes[0].lines[0][0].size if current is not None else row.size
        if label is not None and current is not None and _is_number(label[0], number + 1):
            number += 1
            current.notes.append(FootNote(label[0], "", [(row, label[1])]))
        elif label is not None and _is_number(label[0], 1) and (current is None or _begins_anew(last, row)):
            current = NoteList(True)
            lists.append(current)
            number = 1
            current.notes.append(FootNote(label[0], "", [(row, label[1])]))
        elif current is None:
            if at - start > 3:
                break
        elif row.tabled or row.size > _LARGER * size:
            # A chapter's heading among the notes, or the end of them.
            if not _goes_on(rows, at + 1):
                break
        elif last.page == row.page and last.block == row.block and last.bottom - row.bottom > _APART * row.size:
            if not _goes_on(rows, at + 1) and not _goes_on_at(rows, at, number + 1):
                break
            if not _goes_on_at(rows, at, number + 1):
                at += 1
                continue
            current.notes[-1].lines.append((row, 0))
        elif current.notes[-1].lines[-1][0] is last:
            current.notes[-1].lines.append((row, 0))
        at += 1
    return at, lists


def _begins_anew(last: Row, row: Row) -> bool:
    """Whether a number one begins another list: below a heading, on another page or apart from the line before."""
    return last.page != row.page or last.bottom - row.bottom > 1.5 * row.size or last.size > _LARGER * row.size


def _goes_on(rows: Sequence[Row], at: int) -> bool:
    """Whether another list begins within two lines."""
    return any((label := first_label(row)) is not None and _is_number(label[0], 1) for row in rows[at : at + 2])


def _goes_on_at(rows: Sequence[Row], at: int, number: int) -> bool:
    """Whether the list's next number follows within a page."""
    return any((label := first_label(row)) is not None and _is_number(label[0], number) for row in rows[at : at + 60])


def _is_number(label: str, number: int) -> bool:
    return label == str(number) or label == _roman(number)


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        while number >= value and len(found) < 8:
            found += letters
            number -= value
    return found


def link_lists(lists: Sequence[NoteList], calls: Sequence[Call], first: int) -> list[FootNote]:
    """Give the notes of lists and the marks that call them their keys; return the notes of the lists that are called.

    Args:
        lists: in the order of the text.
        calls: the marks that no note at the foot of a page has taken, in the order of the text.
        first: the number of the first key.
    """
    own = [{id(row) for note in each.notes for row, _ in note.lines} for each in lists]
    outside = [call for call in calls if not any(id(call.row) in rows for rows in own)]
    runs = _runs(outside) if len(lists) > 1 else [outside]
    if len(runs) != len(lists):
        runs = [outside] if len(lists) == 1 else []
    linked: list[FootNote] = []
    for each, run in zip(lists, runs, strict=False):
        wanted = {label for call in run for label in call.labels if label not in call.keys}
        called = sum(note.label in wanted for note in each.notes)
        if not called or 2 * called < len(each.notes):
            continue
        for note in each.notes:
            note.key = f"f{first + len(linked)}"
            linked.append(note)
        keys = {note.label: note.key for note in each.notes}
        for call in run:
            for label in call.labels:
                if label in keys and label not in call.keys:
                    call.keys[label] = keys[label]
    return linked


def _runs(calls: Sequence[Call]) -> list[list[Call]]:
    """The marks of each chapter: where they count from one again a chapter begins."""
    runs: list[list[Call]] = []
    for call in calls:
        again = call.labels[0] in ("1", "i") and (not runs or runs[-1][-1].labels[-1] not in ("1", "i"))
        if not runs or again:
            runs.append([])
        runs[-1].append(call)
    return runs
