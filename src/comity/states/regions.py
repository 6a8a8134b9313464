"""Regions of the world by name and by adjective, as the UN Statistics Division draws them (standard M49)."""

from __future__ import annotations

from functools import cache

from comity.states.spelling import key
from comity.states.tables import items, rows


@cache
def _regions() -> dict[str, frozenset[str]]:
    drawn: dict[str, frozenset[str]] = {}
    table: dict[str, frozenset[str]] = {}
    for row in rows("regions"):
        codes = frozenset(row["states"].split())
        for part in items(row["parts"]):
            codes |= drawn[part]
        drawn[row["name"]] = codes
        for name in (row["name"], *items(row["variants"]), *items(row["adjectives"])):
            table[key(name)] = codes
    return table


def region(name: str) -> frozenset[str] | None:
    """Return the codes of today's states in a region named by noun or adjective ("South Asia", "South Asian"), or None."""
    return _regions().get(key(name))


@cache
def regions() -> tuple[str, ...]:
    """Return the names and adjectives of all regions that are known, as written in the table."""
    return tuple(
        name for row in rows("regions") for name in (row["name"], *items(row["variants"]), *items(row["adjectives"]))
    )
