"""Which layout a file has, by its headers alone."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from comity.statistics.datasets.heads import Head, heads, plain
from comity.statistics.datasets.sources import Layout, data_source, layouts
from comity.terms import UnreadableTable

# Headers that a table of any origin might have.
_COMMON: Final = frozenset(
    "country year date period session vote value trade flow export import exports imports total reporter partner exporter "
    "importer distance dist gdp population product unit status".split()
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file's layout with the head by which it was known."""

    layout: Layout
    head: Head


def recognise(path: Path) -> Layout | None:
    """Return the layout of a data file of a known source; None for every other file.

    Only the file's head is read. Headers count, not names or case, and further columns do not matter.

    Raises:
        UnreadableTable: the file looks like one of a known layout, but lacks a column of it; the nearest header is named.
        UnreadableSource: the file is named as data but is empty, a web page, or broken.
    """
    found = recognised(path)
    return None if found is None else found.layout


def recognised(path: Path) -> Recognised | None:
    """Return the layout of a file with its head; as `recognise`."""
    seen = heads(path)
    fits = []
    for head in seen:
        there = _headers_of(head)
        fits += [Recognised(layout, head) for layout in layouts().values() if not _lacking(layout, head, there)]
    if fits:
        # Portals use the same headers for all their data sets: the layout that knows most columns is the file's.
        found = max(fits, key=lambda one: (_known(one), one.layout.name))
        _refuse_repeated(path, found)
        return found
    for head in seen:
        if near := _nearly(head):
            _refuse(path, near[0], head, near[1:])
    return None


def _refuse_repeated(path: Path, found: Recognised) -> None:
    """Refuse a file in which a header that its layout reads stands twice: which column is meant nobody can say."""
    for header in _read(found.layout):
        places = found.head.columns(header)
        if len(places) > 1:
            raise UnreadableTable(
                path.name,
                f"the header '{header}' stands twice, over columns {' and '.join(str(place + 1) for place in places)}",
                row=found.head.above + 1,
                column=places[1] + 1,
                remedy="Get the file again, or take the wrong column out of a copy.",
            )


def _read(layout: Layout) -> tuple[str, ...]:
    """Return the headers that a layout reads, those that a file may lack too."""
    choices = (layout.choice, layout.unit, layout.scale, layout.status, layout.product)
    named = [choice.column for choice in choices if choice is not None]
    return tuple(dict.fromkeys([*layout.headers, *named, *layout.whole, *layout.remark]))


def _known(one: Recognised) -> int:
    choices = (one.layout.choice, one.layout.unit, one.layout.scale, one.layout.status, one.layout.product)
    named = {plain(header) for header in one.layout.headers}
    named |= {plain(choice.column) for choice in choices if choice is not None}
    return len(named & {plain(header) for header in one.head.headers})


def _headers_of(head: Head) -> frozenset[str]:
    return frozenset(map(plain, head.headers))


@cache
def _headers_read(layout: str) -> dict[str, str]:
    """Return the headers that files of a layout have, each with itself in plain: every table among the sources is held against them."""
    return {header: plain(header) for header in layouts()[layout].headers}


@cache
def _headers_barred(layout: str) -> frozenset[str]:
    return frozenset(map(plain, layouts()[layout].without))


def _lacking(layout: Layout, head: Head, there: frozenset[str]) -> list[str]:
    """Return the headers of a layout that a file lacks; `there` are those that it has, in plain."""
    if _headers_barred(layout.name) & there:
        return list(layout.headers)
    lacking = [header for header, shown in _headers_read(layout.name).items() if shown not in there]
    for value in layout.values:
        if value.pattern and not any(re.fullmatch(value.column, header) for header in head.headers):
            lacking.append(value.column)
    return lacking


def _nearly(head: Head) -> list[Layout]:
    """Return the layouts that the file has but for one column in four, and with two columns that tell it from others.

    The nearest, with one of each other data set that is as near: portals write the same headers over several.
    """
    near = []
    there = _headers_of(head)
    for layout in layouts().values():
        lacking = _lacking(layout, head, there)
        if len(lacking) > max(1, len(layout.headers) // 4):
            continue
        had = {plain(header) for header in layout.headers} - {plain(header) for header in lacking}
        if len(had & _telling(layout)) > 1:
            near.append((len(lacking) / len(layout.headers), layout.name, layout))
    least = min(near)[0] if near else 0.0
    nearest: dict[str, Layout] = {}
    for share, _, layout in sorted(near, key=lambda one: one[:2]):
        if share == least:
            nearest.setdefault(layout.source, layout)
    return list(nearest.values())


def _telling(layout: Layout) -> set[str]:
    """Return the headers that no layout of another publisher has, save those that any table might.

    What a publisher's portal writes over all its data sets tells the file from others' tables all the same.
    """
    own = data_source(layout.source).publisher
    others = {
        plain(header)
        for one in layouts().values()
        if data_source(one.source).publisher != own
        for header in one.headers
    }
    return {plain(header) for header in layout.headers} - others - _COMMON


def _refuse(path: Path, layout: Layout, head: Head, others: list[Layout]) -> None:
    missing = _lacking(layout, head, _headers_of(head))[0]
    known = {plain(header) for header in layout.headers}
    free = [header for header in head.headers if plain(header) not in known]
    # A header may have been renamed as a whole ("OBS_VALUE" to "value"): its words count as much as its letters.
    close = difflib.get_close_matches(plain(missing), [plain(one) for one in free], n=1, cutoff=0.5) or [
        plain(one) for one in free if set(_words(one)) & set(_words(missing))
    ]
    nearest = next((one for one in free if close and plain(one) == close[0]), None)
    place = None if nearest is None else head.column(nearest)
    hint = "" if nearest is None else f"; the nearest header is '{nearest}'"
    publication = data_source(layout.source)
    there = _headers_of(head)
    also = "".join(
        f"; or like {data_source(one.source).title}, but has no column '{_lacking(one, head, there)[0]}'"
        for one in others
    )
    raise UnreadableTable(
        path.name,
        f"this looks like {publication.publisher}, {publication.title}, but has no column '{missing}'{hint}{also}",
        row=head.above + 1,
        column=None if place is None else place + 1,
        remedy=f"Get the file again in the form that is known ({publication.format}), or give the column its name back.",
    )


def _words(header: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", plain(header)) if len(word) > 2]
