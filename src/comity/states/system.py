"""The states since 1816, their days of existence, and their membership in the two published systems.

A number of the Correlates of War or of Gleditsch and Ward can pass from one code to another (COW 345: Serbia,
Yugoslavia, Serbia and Montenegro, Serbia); `by_cow` and `by_gw` therefore take a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.states.tables import covers, day, rows, span
from comity.terms import AmbiguousState, DissolvedState, State, UnknownState


@dataclass(frozen=True, slots=True)
class Spell:
    """An unbroken run of days as a member of a system.

    Attributes:
        system: "COW" (Correlates of War) or "GW" (Gleditsch-Ward).
        number: the state's number in that system.
        start, end: first and last day; `end` is None for a member at the close of the published list.
    """

    system: str
    number: int
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table of states: the state, every spell of its existence, its successors."""

    state: State
    existence: tuple[tuple[date, date | None], ...]
    successors: tuple[str, ...]
    other_codes: tuple[str, ...]

    def exists(self, on: date | None) -> bool:
        """Whether the state existed on that day, gaps in its existence left out; None asks for today's states."""
        return any(covers(start, end, on) for start, end in self.existence)


@cache
def entries() -> dict[str, Entry]:
    """Return the table of states by code."""
    table: dict[str, Entry] = {}
    for row in rows("states"):
        spells = tuple((start or date.min, end) for start, end in map(span, row["existence"].split()))
        state = State(
            row["code"],
            row["name"],
            spells[0][0],
            spells[-1][1],
            int(row["cow"]) if row["cow"] else None,
            int(row["gw"]) if row["gw"] else None,
            row["alpha2"],
        )
        table[state.code] = Entry(state, spells, tuple(row["successors"].split()), tuple(row["other_codes"].split()))
    return table


@cache
def code_of_other_codes() -> dict[str, str]:
    """Return today's code by withdrawn or alternative alpha-3 code (ZAR, BUR, ROM, XKX, ...)."""
    return {other: code for code, entry in entries().items() for other in entry.other_codes}


def entry(code: str) -> Entry:
    """Return the row of the state with that code.

    Raises:
        UnknownState: no state, present or former, has that code.
    """
    found = entries().get(code) or entries().get(code_of_other_codes().get(code, ""))
    if found is None:
        raise UnknownState(
            f"No state has the code {code!r}.",
            name=code,
            remedy="Give an ISO 3166-1 alpha-3 code in capitals, or look a name up with resolve().",
        )
    return found


def state(code: str) -> State:
    """Return the state with that alpha-3 code, present or former; withdrawn codes (ZAR, BUR) lead to today's state.

    Raises:
        UnknownState: no state has that code.
    """
    return entry(code).state


def states(on: date | None = None) -> tuple[State, ...]:
    """Return the states that existed on that day, or those of today; sorted by code."""
    found = (row.state for row in entries().values() if row.exists(on))
    return tuple(sorted(found, key=lambda one: one.code))


def all_states() -> tuple[State, ...]:
    """Return every state since 1816, sorted by code."""
    return tuple(sorted((row.state for row in entries().values()), key=lambda one: one.code))


def existence(code: str) -> tuple[tuple[date, date | None], ...]:
    """Return the first and last days of each spell in which the state existed; the last end is None for one of today."""
    return entry(code).existence


@cache
def _memberships() -> tuple[tuple[str, Spell], ...]:
    return tuple(
        (row["code"], Spell(row["system"], int(row["number"]), day(row["start"]) or date.min, day(row["end"])))
        for row in rows("spells")
    )


def spells(code: str, system: str | None = None) -> tuple[Spell, ...]:
    """Return the state's spells of system membership, in COW, in Gleditsch-Ward, or (without `system`) in both."""
    wanted = entry(code).state.code
    return tuple(
        spell for member, spell in _memberships() if member == wanted and (system is None or spell.system == system)
    )


def by_cow(number: int, on: date | None = None) -> State:
    """Return the state that bore that Correlates of War number on that day; without a day, its latest bearer.

    Raises:
        UnknownState: the list has no such number.
        DissolvedState: nobody bore it on that day.
    """
    return _by_number("COW", number, on)


def by_gw(number: int, on: date | None = None) -> State:
    """Return the state that bore that Gleditsch-Ward number on that day; without a day, its latest bearer.

    Raises:
        UnknownState: the list has no such number.
        DissolvedState: nobody bore it on that day.
    """
    return _by_number("GW", number, on)


def _by_number(system: str, number: int, on: date | None) -> State:
    bearers = [(code, spell) for code, spell in _memberships() if (spell.system, spell.number) == (system, number)]
    if not bearers:
        raise UnknownState(f"{system} has no state with the number {number}.", name=str(number))
    if on is None:
        return state(max(bearers, key=lambda bearer: bearer[1].start)[0])
    for code, spell in bearers:
        if covers(spell.start, spell.end, on):
            return state(code)
    # Outside the list's spells (an occupation, the years before recognition) the state may have existed all the same.
    existing = sorted({code for code, _ in bearers if entry(code).exists(on)})
    if len(existing) == 1:
        return state(existing[0])
    choices = tuple(sorted({code for code, _ in bearers}))
    kind = AmbiguousState if existing else DissolvedState
    raise kind(f"No state had the {system} number {number} on {on}.", name=str(number), choices=choices)


def successors(code: str, on: date | None = None) -> tuple[State, ...]:
    """Return the states that followed upon a former state: those of today, or those that existed on that day.

    A successor that itself ended is followed further (Yugoslavia leads to Serbia and to Montenegro). A state that has
    not ended has no successors.
    """
    found: dict[str, State] = {}

    def follow(code: str) -> None:
        for name in entry(code).successors:
            if entry(name).exists(on):
                found.setdefault(name, state(name))
            else:
                follow(name)

    follow(entry(code).state.code)
    return tuple(found.values())
