"""Labels of paragraphs that were typed: "1.2", "4.", "(a)". No sentence begins with one, so that a text reads the same in every format.

A figure or a letter is a label only where another paragraph counts on from it, or to it: "3.5 Mt were shipped" begins a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from comity.documents.items import Item

_LABEL = re.compile(
    r"(?P<open>\()?(?P<above>(?:\d{1,2}\.)*)(?:(?P<number>\d{1,3})|(?P<letter>[a-z]))(?P<close>[.)])?\s+(?=[\"“‘'(]?[^\W\d_])"
)


def typed_leads(items: Sequence[Item]) -> dict[int, int]:
    """Return for each paragraph with a typed label how many characters stand before its first sentence, by its index."""
    found: dict[int, tuple[tuple[str, ...], int, int]] = {}
    for index, item in enumerate(items):
        match = _LABEL.match(item.text) if item.kind is None and not item.cells else None
        if match is not None and (told := _told(match)) is not None:
            found[index] = (*told, match.end())
    counted = {(form, ordinal) for form, ordinal, _ in found.values()}
    return {
        index: end for index, (form, ordinal, end) in found.items() if not counted.isdisjoint(_beside(form, ordinal))
    }


def _told(match: re.Match[str]) -> tuple[tuple[str, ...], int] | None:
    """Return how a label is written and its place in the count; None for a bare figure or letter, and for what only looks like one."""
    opened, above, close = match["open"] or "", match["above"], match["close"] or ""
    if (opened and close != ")") or not (above or close) or (match["letter"] and close != ")"):
        return None
    if not close and not match.string[match.end() :].lstrip("\"“‘'(")[:1].isupper():
        return None  # "3.5 million"
    return (opened, above, close, "n" if match["number"] else "a"), int(match["number"] or ord(match["letter"]))


def _beside(form: tuple[str, ...], ordinal: int) -> Iterable[tuple[tuple[str, ...], int]]:
    return ((form, ordinal - 1), (form, ordinal + 1))
