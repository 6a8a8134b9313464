"""How the steps word what they did."""

from __future__ import annotations


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return "1 event", "2 events", "1,200 events"."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"
