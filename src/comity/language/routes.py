"""Places that only name a road, a railway or a pipeline between them: "the Baku-Tbilisi-Ceyhan pipeline"."""

from __future__ import annotations

import re

from comity.language.words import Tokens

_WAYS = frozenset(
    """pipeline pipelines railway railways railroad railroads rail line lines road roads highway highways motorway motorways expressway expressways
    corridor corridors route routes flight flights bus buses train trains ferry ferries cable cables canal canals link links interconnector""".split()
)
_BETWEEN = r"(?:\s+(?:oil|gas|natural|crude|freight|passenger|high-speed|electric|power|sea|air|bus|trunk|main|new|old|rail)){0,2}"
_ROUTE = re.compile(
    rf"[A-Z][\w'’]+(?:\s?[-–—/]\s?[A-Z][\w'’]+)+{_BETWEEN}\s+(?:{'|'.join(sorted(_WAYS, key=len, reverse=True))})\b"
)


def routes_in(tokens: Tokens) -> list[tuple[int, int]]:
    """Return where the names of such routes begin and end in the text."""
    if _WAYS.isdisjoint(tokens.words):
        return []
    return [match.span() for match in _ROUTE.finditer(tokens.text)]
