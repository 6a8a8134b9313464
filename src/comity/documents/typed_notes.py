"""Notes that were typed by hand in a word processor: raised numbers in the text, and paragraphs that begin with these numbers.

They are linked only where the numbers run from 1 without a gap, each begins one paragraph and is called in the text; anything less
may be a power, a unit or a list, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from comity.documents.footnotes import NOTES_HEADING
from comity.documents.inline import RAISED, plain_label
from comity.documents.items import Item
from comity.documents.trace import Traced, Tracer
from comity.terms import BlockKind

_RAISED_START = re.compile(rf"(?P<number>[{RAISED}]{{1,3}})[.)]?\s*(?=\S)")
_PLAIN_START = re.compile(r"(?P<number>\d{1,3})[.)]?\s+(?=\S)")
_CALL = re.compile(rf"(?<=\S)[{RAISED}]+(?:[,˒][{RAISED}]+)*")
# Powers: "km²", "5 m³", "10⁶".
_POWER = re.compile(r"(?:^|[\s\d(/])(?:[kcdmµ]?m|mi|ft|yd|ha|s|sec)$|(?<!\d)10$")
_BETWEEN = re.compile("[,˒]")
_STOPS = ".,;:!?)]”’"
_OPENERS = '"“‘('


def link_typed_notes(items: Sequence[Item]) -> None:
    """Make notes of the paragraphs that are ones, and take their markers out of the text."""
    notes = list(_notes(items))
    if not notes or [number for _, number, _ in notes] != list(range(1, len(notes) + 1)):
        return
    begin = {id(item) for item, _, _ in notes}
    called = [number for item in items if id(item) not in begin for number, _ in _calls(item)]
    first = list(dict.fromkeys(number for number in called if number <= len(notes)))
    if first != list(range(1, len(notes) + 1)):
        return
    for item in items:
        if id(item) not in begin and any(number <= len(notes) for number, _ in _calls(item)):
            _take_out(item, len(notes))
    for item, number, start in notes:
        text = item.clean.cut(start, len(item.clean.text)).strip()
        item.kind, item.label, item.key, item.markers = BlockKind.NOTE, str(number), _key(number), ()
        item.parts, item.raw, item.clean = [text], text, text


def _notes(items: Sequence[Item]) -> Iterator[tuple[Item, int, int]]:
    """Yield the paragraphs that begin with a number as notes do, the number, and where their text begins."""
    below = False
    for item in items:
        if item.kind is BlockKind.NOTE:
            return
        if NOTES_HEADING.fullmatch(item.text):
            below = True
        elif item.kind in (None, BlockKind.LIST_ITEM):
            match = _RAISED_START.match(item.text) or (_PLAIN_START.match(item.text) if below else None)
            if match:
                yield item, int(plain_label(match["number"])), match.end()


def _calls(item: Item) -> Iterator[tuple[int, re.Match[str]]]:
    for match in _CALL.finditer(item.text) if not item.text.isascii() else ():
        if _POWER.search(item.text[max(0, match.start() - 6) : match.start()]):
            continue
        for part in _BETWEEN.split(match.group()):
            yield int(plain_label(part)), match


def _take_out(item: Item, most: int) -> None:
    source, trace, at = item.clean, Tracer(), 0
    markers = list(item.markers)
    for match in dict.fromkeys(match for number, match in _calls(item) if number <= most):
        trace.keep(source, at, match.start())
        at = match.end()
        markers += [(len(trace), _key(int(plain_label(part)))) for part in _BETWEEN.split(match.group())]
        following = source.text[at : at + 1]
        if following.isalnum() or (following and following in _OPENERS and trace.last in _STOPS):
            trace.put(" ", source, at)
    trace.keep(source, at, len(source.text))
    text: Traced = trace.traced()
    item.clean, item.raw, item.parts, item.markers = text, text, [text], tuple(markers)


def _key(number: int) -> str:
    return f"typed-{number}"
