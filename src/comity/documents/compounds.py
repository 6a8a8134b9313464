"""Compounds whose hyphen stays where a line ends at it: "vice-minister", "Saudi-led"."""

from __future__ import annotations

# What is always joined by a hyphen to the word behind it; words that only look as if they began so.
_FIRST = frozenset("vice self quasi".split())
_CLOSED = frozenset("roy roys royal regal regent ish ishly ishness less lessly lessness hood same".split())
# Behind a name these make an adjective.
_BEHIND_NAMES = frozenset(
    """led based backed born brokered controlled funded held made owned run sponsored style supplied supported trained wide
    speaking dominated administered occupied aligned allied""".split()
)


def keeps_hyphen(first: str, second: str) -> bool:
    """Whether a line's last word and the first of the next are a compound that is written with a hyphen, whichever line it stands on."""
    if first.lower() in _FIRST:
        return second not in _CLOSED
    return len(first) > 2 and first[0].isupper() and second in _BEHIND_NAMES
