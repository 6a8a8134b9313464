"""Territories that are not states of their own: each stands for the state that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from comity.states.spelling import INVERTED, LONGEST, TWO_NAMES, key
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

    Tables of figures need it: Greenland's trade is not Denmark's, though `resolve("Greenland")` gives Denmark. A name
    turned round ("Virgin Islands, British") or given twice ("Falkland Islands (Malvinas)") is found as `resolve` does.
    """
    table = _by_name()
    found = table.get(name.strip()) or table.get(key(name))
    if found is None and len(name) <= LONGEST:
        if match := INVERTED.fullmatch(name.strip()):
            found = table.get(key(f"{match[2]} {match[1]}"))
        if found is None and (match := TWO_NAMES.fullmatch(name.strip())):
            one, other = table.get(key(match[1])), table.get(key(match[2]))
            found = one if one is other else None
    return found
