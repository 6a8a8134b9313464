"""International organisations and blocs, with the states that belong to them and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.states.spelling import is_abbreviation, key
from comity.states.system import entry
from comity.states.tables import covers, day, items, rows
from comity.terms import UnknownCode


@dataclass(frozen=True, slots=True)
class Organisation:
    """An international organisation, bloc or treaty body.

    Attributes:
        code: Comity's code of it ("EU", "ASEAN").
        short_names: abbreviations and other names.
        plover_code: the PLOVER code of an actor that speaks for it: UNO, EUR or IGO.
        founded, dissolved: first and last day, or the first or last day of the year where only that is known.
        predecessor: code of the body whose place it took; empty where there was none.
        lists_members: whether `members` knows who belongs to it.
    """

    code: str
    name: str
    short_names: tuple[str, ...]
    plover_code: str
    founded: date | None = None
    dissolved: date | None = None
    predecessor: str = ""
    lists_members: bool = False


@cache
def organisations() -> tuple[Organisation, ...]:
    """Return every organisation that Comity knows, of today and of former times."""
    return tuple(
        Organisation(
            row["code"],
            row["name"],
            items(row["short"]),
            row["plover"],
            day(row["founded"]),
            day(row["dissolved"], last=True),
            row["predecessor"],
            row["lists"] == "yes",
        )
        for row in rows("organisations")
    )


@cache
def _by_name() -> dict[str, Organisation]:
    table: dict[str, Organisation] = {}
    for one in organisations():
        for name in (one.code, one.name, *one.short_names):
            table.setdefault(name if is_abbreviation(name) else key(name), one)
    return table


def organisation(name: str) -> Organisation:
    """Return the organisation of that name, abbreviation or code; abbreviations count in capitals only.

    Raises:
        UnknownCode: no organisation is called so.
    """
    wanted = name.strip()
    found = _by_name().get(wanted) or _by_name().get(key(wanted))
    if found is None:
        raise UnknownCode(f"No organisation is called {name!r}.", remedy="organisations() lists those that are known.")
    return found


@cache
def _memberships() -> dict[str, list[tuple[str, date | None, date | None]]]:
    table: dict[str, list[tuple[str, date | None, date | None]]] = {}
    for row in rows("memberships"):
        for code in row["states"].split():
            span = (code, day(row["start"]), day(row["end"], last=True))
            table.setdefault(row["organisation"], []).append(span)
    return table


def members(organisation_code: str, on: date | None = None) -> frozenset[str]:
    """Return the codes of the states that belonged to the organisation on that day, or do today.

    Where the list knows a year only, membership counts from its first and to its last day.

    Raises:
        UnknownCode: no organisation is called so, or its members are not listed.
    """
    body = organisation(organisation_code)
    if not body.lists_members:
        raise UnknownCode(
            f"The members of the {body.name} are not listed.",
            remedy="members() knows the organisations whose `lists_members` is true.",
        )
    return frozenset(code for code, start, end in _memberships().get(body.code, ()) if covers(start, end, on))


def memberships(state_code: str, on: date | None = None) -> frozenset[str]:
    """Return the codes of the listed organisations to which the state belonged on that day, or belongs today.

    Raises:
        UnknownState: no state has that code.
    """
    wanted = entry(state_code).state.code
    return frozenset(
        body
        for body, spans in _memberships().items()
        if any(code == wanted and covers(start, end, on) for code, start, end in spans)
    )
