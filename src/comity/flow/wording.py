"""How the steps word what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return "1 event", "2 events", "1,200 events"."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def kept_uncoded(tags: Iterable[str]) -> str:
    """Return what is said of the documents whose main languages, by their tags, are not English; "" where there are none.

    "3 documents in other languages (2 French, 1 Urdu) are kept and searchable, not coded."
    """
    from comity.language import name_of_language

    names = Counter(name_of_language(tag) for tag in tags if tag not in ("en", "und"))
    if not names:
        return ""
    if names.total() == 1:
        return f"1 document in another language ({next(iter(names))}) is kept and searchable, not coded."
    told = ", ".join(f"{count:,} {name}" for name, count in sorted(names.items(), key=lambda item: (-item[1], item[0])))
    return f"{names.total():,} documents in other languages ({told}) are kept and searchable, not coded."


def left_out(unread: Iterable[tuple[str, int]]) -> str:
    """Return what is said of sentences that were not coded for their language, by its tag; "" where there are none.

    "12 sentences in French and 1 in Arabic were left out: events are coded from English alone."
    """
    from comity.language import name_of_language

    by_name: dict[str, int] = {}
    for tag, count in unread:
        by_name[name_of_language(tag)] = by_name.get(name_of_language(tag), 0) + count
    ordered = sorted(by_name.items(), key=lambda item: (-item[1], item[0]))
    if not ordered:
        return ""
    parts = [f"{counted(ordered[0][1], 'sentence')} in {ordered[0][0]}"]
    parts += [f"{count:,} in {name}" for name, count in ordered[1:]]
    listed = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    verb = "was" if sum(by_name.values()) == 1 else "were"
    return f"{listed} {verb} left out: events are coded from English alone."
