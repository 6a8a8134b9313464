"""Notes that were typed by hand in a word processor: raised numbers or symbols in the text, and paragraphs that begin with these.

They are linked only where the numbers run from 1 without a gap, each begins one paragraph and is called in the text; anything less
may be a power, a unit or a list, and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from comity.documents.footnotes import NOTES_HEADING
from comity.documents.gathered import RAISED_SYMBOL
from comity.documents.inline import RAISED, SYMBOLS, is_power, plain_label
from comity.documents.items import Item
from comity.documents.trace import Traced, Tracer
from comity.terms import BlockKind

_RAISED_START = re.compile(rf"(?P<number>[{RAISED}]{{1,3}})[.)]?\s*(?=\S)")
_PLAIN_START = re.compile(r"(?P<number>\d{1,3})[.)]?\s+(?=\S)")
_SYMBOL_START = re.compile(rf"(?P<symbol>[{SYMBOLS}]{{1,3}})\s*(?=[^\s{SYMBOLS}])")
_CALL = re.compile(rf"(?<=\S)[{RAISED}]+(?:[,˒][{RAISED}]+)*")
_BETWEEN = re.compile("[,˒]")
_STOPS = ".,;:!?)]”’"
_OPENERS = '"“‘('


def link_typed_notes(items: Sequence[Item]) -> None:
    """Make notes of the paragraphs that are ones, and take their markers out of the text."""
    _link_numbers(items)
    _link_symbols(items)


def _link_symbols(items: Sequence[Item]) -> None:
    """Link the raised symbols (*, †) that stand once in the text and begin one paragraph below."""
    calls: dict[str, list[Item]] = {}
    begun: dict[str, list[Item]] = {}
    for item in items:
        for offset, key in item.markers if item.kind is not BlockKind.NOTE else ():
            if offset and key.startswith(RAISED_SYMBOL):
                calls.setdefault(key, []).append(item)
        match = _SYMBOL_START.match(item.text) if item.kind in (None, BlockKind.LIST_ITEM) else None
        if match and RAISED_SYMBOL + match["symbol"] in calls:
            begun.setdefault(RAISED_SYMBOL + match["symbol"], []).append(item)
    sure = {key for key, found in begun.items() if len(found) == len(calls[key]) == 1}
    for item in items:
        if any(key.startswith(RAISED_SYMBOL) for _, key in item.markers):
            _drop_symbols(item, sure)
    for key in sure:
        symbol = key.removeprefix(RAISED_SYMBOL)
        _make_note(begun[key][0], symbol, len(symbol))


def _drop_symbols(item: Item, sure: set[str]) -> None:
    """Take the symbols that call notes out of a text; others are no markers."""
    source, trace, at = item.clean, Tracer(), 0
    markers: list[tuple[int, str]] = []
    for offset, key in item.markers:
        trace.keep(source, at, offset)
        at = max(at, offset)
        if not key.startswith(RAISED_SYMBOL):
            markers.append((len(trace), key))
        elif key in sure and offset:
            markers.append((len(trace), _key(key.removeprefix(RAISED_SYMBOL))))
            at = offset + len(key) - len(RAISED_SYMBOL)
    trace.keep(source, at, len(source.text))
    text = trace.traced()
    item.clean, item.raw, item.parts, item.markers = text, text, [text], tuple(markers)


def _make_note(item: Item, label: str, start: int) -> None:
    text = item.clean.cut(start, len(item.clean.text)).strip()
    item.kind, item.label, item.key, item.markers = BlockKind.NOTE, label, _key(label), ()
    item.parts, item.raw, item.clean = [text], text, text


def _link_numbers(items: Sequence[Item]) -> None:
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
        _make_note(item, str(number), start)


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
        if is_power(item.text[max(0, match.start() - 8) : match.start()], match.group()):
            continue
        for part in _BETWEEN.split(match.group()):
            yield int(plain_label(part)), match


def _take_out(item: Item, most: int) -> None:
    """Take the numbers that call notes out of a text; the markers that it has move with what stands before them."""
    source, trace, at = item.clean, Tracer(), 0
    known = list(item.markers)
    markers: list[tuple[int, str]] = []

    def keep(end: int) -> None:
        nonlocal at
        while known and known[0][0] <= end:
            offset, key = known.pop(0)
            trace.keep(source, at, offset)
            at = max(at, offset)
            markers.append((len(trace), key))
        trace.keep(source, at, end)
        at = max(at, end)

    for match in dict.fromkeys(match for number, match in _calls(item) if number <= most):
        keep(match.start())
        at = match.end()
        markers += [(len(trace), _key(str(int(plain_label(part))))) for part in _BETWEEN.split(match.group())]
        following = source.text[at : at + 1]
        if following.isalnum() or (following and following in _OPENERS and trace.last in _STOPS):
            trace.put(" ", source, at)
    keep(len(source.text))
    text: Traced = trace.traced()
    item.clean, item.raw, item.parts, item.markers = text, text, [text], tuple(markers)


def _key(label: str) -> str:
    return f"typed-{label}"
