"""How the steps word what they did."""

from __future__ import annotations

from collections.abc import Iterable


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return "1 event", "2 events", "1,200 events"."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


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
