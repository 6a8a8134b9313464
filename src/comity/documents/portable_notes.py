"""Notes at the foot of a PDF's pages: told by their type, their rule and their place, and linked to the marks of their page.

A note is taken only where a mark that calls it stands on its page or the one beside it. What is not taken stays where it
is, for the reader of plain text to tell: notes at the end of a paper are its business.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.documents.portable_calls import Call, FootNote, calls_in, first_label
from comity.documents.portable_endnotes import link_lists, note_lists
from comity.documents.portable_rows import Row

# Notes are set so much smaller than the body, and so near to each other, in sizes of their type.
_SMALL, _NEAR = 0.93, 2.2
# The rule above notes covers so much of its column at most, and stands in the lower part of the page.
_LOWER = 0.6
# Below a table, in sizes of the type: what stands so near to it belongs to it.
_BESIDE_TABLE = 3.0
# So many lines below the authors' names stand their affiliations.
_AFFILIATIONS = 12
_ENDED = re.compile(r"[.?!…][\"”’')\]]*$")


@dataclass(slots=True)
class Foot:
    """What was told of the notes at the foot of the pages.

    Attributes:
        rows: the lines that are left.
        notes: in the order of their pages.
        edits: by the id of a row, what is written into it: from which character, to which, and what.
        starts: the ids of rows that begin what is set below a table.
    """

    rows: list[Row]
    notes: list[FootNote]
    edits: dict[int, list[tuple[int, int, str]]]
    starts: set[int]


def notes_at_foot(rows: Sequence[Row], body: float) -> Foot:
    """Tell the notes at the foot of pages, and write into the text the keys by which it calls them.

    Args:
        rows: the lines of all pages, running heads left out.
        body: the size of the body's type in points.
    """
    by_page: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_page[row.page].append(row)
    zones = {page: list(_zones(own, body)) for page, own in by_page.items()}
    marked = {id(row): found for row in rows if (found := calls_in(row))}
    raised = {
        page: {label for row in own for call in marked.get(id(row), ()) for label in call.labels}
        for page, own in by_page.items()
    }
    lists = note_lists(rows, {id(row) for found in zones.values() for zone in found for row in zone}, raised)
    listed = {row for each in lists for row in each.rows}
    zones = {
        page: [kept for zone in found if (kept := [row for row in zone if id(row) not in listed])]
        for page, found in zones.items()
    }
    taken = {id(row) for found in zones.values() for zone in found for row in zone}
    calls = {  # those in notes come last
        page: [call for row in sorted(own, key=lambda row: id(row) in taken) for call in marked.get(id(row), ())]
        for page, own in by_page.items()
    }
    answered = _answered_below(by_page, calls, listed | taken)
    calls = {page: [call for call in own if id(call) not in answered] for page, own in calls.items()}
    foot = Foot([], [], defaultdict(list), set())
    held: set[int] = set()
    for page in sorted(by_page):
        near = [calls.get(number, []) for number in (page, page - 1, page + 1)]
        printed = Counter(first[0] for zone in zones[page] for row in zone if (first := first_label(row)))
        again = {label for label, count in printed.items() if count > 1}
        for zone in zones[page]:
            _read_zone(zone, near, again, foot, held)
        _below_tables(by_page[page], calls[page], foot, held)
    ended = link_lists(lists, [call for page in sorted(calls) for call in calls[page]], len(foot.notes) + 1)
    foot.notes += ended
    held |= {id(row) for note in ended for row, _ in note.lines}
    for own_calls in calls.values():
        for call in own_calls:
            if call.keys:
                foot.edits[id(call.row)] += [_edit(call)]
    foot.rows = [row for row in rows if id(row) not in held]
    return foot


def _answered_below(
    by_page: Mapping[int, Sequence[Row]], calls: Mapping[int, Sequence[Call]], notes: set[int]
) -> set[int]:
    """The ids of the marks on the first page that a line soon below takes up: authors', whose affiliations stand there."""
    first = min(by_page, default=0)
    own = by_page.get(first, ())
    at = {id(row): number for number, row in enumerate(own)}
    lines = [
        (number, label[0])
        for number, row in enumerate(own)
        if id(row) not in notes and (label := first_label(row)) is not None and label[2]
    ]
    return {
        id(call)
        for call in calls.get(first, ())
        if any(
            label in call.labels and 0 < number - at.get(id(call.row), number) <= _AFFILIATIONS
            for number, label in lines
        )
    }


def _zones(rows: Sequence[Row], body: float) -> Iterator[list[Row]]:
    """Yield the lines at the foot of each column of a page that may be notes."""
    blocks: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        blocks[row.block].append(row)
    for block in blocks.values():
        start = len(block)
        while start and _is_small(block[start - 1], body) and not block[start - 1].tabled:
            if start < len(block):
                step = block[start - 1].bottom - block[start].bottom
                if not 0 < step < _NEAR * max(block[start - 1].size, block[start].size):
                    break
            start -= 1
        ruled = [at for at, row in enumerate(block) if row.ruled and row.top < _LOWER * row.height]
        if ruled and not any(row.tabled for row in block[ruled[-1] :]):
            start = ruled[-1] if start == len(block) or start < ruled[-1] else start
        if start < len(block):
            yield block[start:]


def _is_small(row: Row, body: float) -> bool:
    return row.size <= _SMALL * body


def _read_zone(
    zone: Sequence[Row], near: Sequence[Sequence[Call]], again: Collection[str], foot: Foot, held: set[int]
) -> None:
    """Take the notes of one column's foot; labels that are there `again` are those of so many marks in turn."""
    page = zone[0].page
    open_note = foot.notes[-1] if foot.notes and foot.notes[-1].lines[-1][0].page >= page - 1 else None
    lead: list[Row] = []
    begun = False
    used: set[str] = set()
    for row in zone:
        first = first_label(row)
        calls = [] if first is None else _calling(first[0], near, row, again, used)
        if first is not None and (calls or (first[2] and first[0].isdecimal() and _is_next(first[0], foot))):
            if not begun and lead and open_note is not None:
                _go_on(open_note, lead, foot, held)
            begun = True
            used.add(first[0])
            if not calls:  # a note that nothing here calls stays in the text
                open_note = None
                continue
            open_note = FootNote(first[0], f"f{len(foot.notes) + 1}", [(row, first[1])])
            for call in calls:
                call.keys[first[0]] = open_note.key
            foot.notes.append(open_note)
            held.add(id(row))
        elif not begun:
            lead.append(row)
        elif open_note is not None:
            open_note.lines.append((row, 0))
            held.add(id(row))
    if not begun and open_note is not None and zone[0].top < _LOWER * zone[0].height:
        _go_on(open_note, lead, foot, held)


def _calling(
    label: str, near: Sequence[Sequence[Call]], row: Row, again: Collection[str], used: set[str]
) -> list[Call]:
    """The marks that call a note: all of its page, or else the first on a page beside it; not those of its own line."""
    if label in used and label not in again:
        return []
    for order, calls in enumerate(near):
        found = [call for call in calls if label in call.labels and label not in call.keys and call.row is not row]
        if found:
            return found[-1:] if order == 1 else found[:1] if order == 2 or label in again else found
    return []


def _is_next(label: str, foot: Foot) -> bool:
    return bool(foot.notes) and foot.notes[-1].label.isdecimal() and int(label) == int(foot.notes[-1].label) + 1


def _go_on(note: FootNote, lead: Sequence[Row], foot: Foot, held: set[int]) -> None:
    """Let lines without a mark go on with the last note of the page before: it has no end yet, or they stand under the rule of notes."""
    last, start = note.lines[-1]
    if last.page == lead[0].page and last.block == lead[0].block:
        return
    begins = lead[0].text[:1]
    unended = _ENDED.search(last.text[start:]) is None
    if begins.islower() or unended or lead[0].ruled:
        note.lines += [(row, 0) for row in lead]
        held |= {id(row) for row in lead}


def _below_tables(rows: Sequence[Row], calls: Sequence[Call], foot: Foot, held: set[int]) -> None:
    """Take the marks out of a table's cells that call what stands right below it."""
    for above, row in pairwise(rows):
        if not above.tabled or row.tabled or id(row) in held or above.block != row.block:
            continue
        if above.bottom - row.top > _BESIDE_TABLE * row.size:
            continue
        cells = {id(other) for other in rows if other.table == above.table}
        for below in rows[rows.index(row) :]:
            if below.tabled or below.block != row.block or id(below) in held:
                break
            first = first_label(below)
            named = [call for call in calls if first and first[0] in call.labels and id(call.row) in cells]
            if named:
                foot.starts.add(id(below))
                for call in named:
                    call.keys[first[0] if first else ""] = ""


def _edit(call: Call) -> tuple[int, int, str]:
    """What is written where a mark stands: the keys of the notes it calls, and what is left of it."""
    parts = []
    for label in call.labels:
        key = call.keys.get(label)
        if key is None:
            parts.append(
                f"<sup>{label}</sup>"
                if not label.isdecimal()
                else label.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
            )
        elif key:
            parts.append(f"[^{key}]")
    return call.start, call.end, "".join(parts)
