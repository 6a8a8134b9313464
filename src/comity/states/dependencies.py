"""Territories that are not states of their own: each stands for the state that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from comity.states.spelling import key
from comity.states.tables import items, rows


@dataclass(frozen=True, slots=True)
class Dependency:
    """A dependency, constituent country or breakaway region.

    Attributes:
        code: alpha-3 of the state that it stands for.
        code3: the territory's own ISO 3166-1 alpha-3 code; empty where it has none.
        breakaway: whether it declared itself a state; PLOVER then gives its actors the sector PRE.
    """

    name: str
    code: str
    code3: str
    breakaway: bool
    variants: tuple[str, ...]
    people: tuple[str, ...]


@cache
def dependencies() -> tuple[Dependency, ...]:
    """Return the known dependencies and breakaway regions."""
    return tuple(
        Dependency(
            row["name"],
            row["code"],
            row["code3"],
            row["kind"] == "breakaway",
            items(row["variants"]),
            items(row["people"]),
        )
        for row in rows("dependencies")
    )


@cache
def _by_name() -> dict[str, Dependency]:
    table: dict[str, Dependency] = {}
    for one in dependencies():
        for name in (one.name, *one.variants):
            table[key(name)] = one
        if one.code3:
            table[one.code3] = one
    return table


def dependency(name: str) -> Dependency | None:
    """Return the dependency of that name or ISO alpha-3 code (in capitals), or None.

    Tables of figures need it: Greenland's trade is not Denmark's, though `resolve("Greenland")` gives Denmark.
    """
    return _by_name().get(name.strip()) or _by_name().get(key(name))
