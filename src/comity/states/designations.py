"""The whole lexicon of words that mean a state or an organisation, for the room that reads texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from comity.states.dependencies import dependencies
from comity.states.names import StateNames, names_of
from comity.states.organisations import organisations
from comity.states.system import Entry, entries
from comity.states.tables import rows


class DesignationKind(StrEnum):
    """In which way a word means its bearer."""

    NAME = "name"
    FORMAL = "formal"
    FORMER = "former"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    METONYM = "metonym"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Designation:
    """A word or phrase that means a state or an organisation.

    Attributes:
        code: of the state, or PLOVER's UNO, EUR or IGO for an organisation.
        start, end: days between which it had that meaning; None where it is not bounded on that side.
        body: code of the organisation that is meant ("ASEAN"); empty for a state.
        sector: PLOVER sector of who is meant by a metonym (GOV, LEG, MIL, SPY); empty otherwise.
    """

    text: str
    code: str
    kind: DesignationKind
    start: date | None
    end: date | None
    body: str = ""
    sector: str = ""


@cache
def designations() -> tuple[Designation, ...]:
    """Return every designation; one text can stand in several rows, with other codes, kinds or days."""
    return tuple(_all())


def _all() -> Iterator[Designation]:
    for one in entries().values():
        yield from _of_state(one, names_of(one.state.code))
    for territory in dependencies():
        for text in (territory.name, *territory.variants):
            yield Designation(text, territory.code, DesignationKind.NAME, None, None)
        for text in territory.people:
            yield Designation(text, territory.code, DesignationKind.DEMONYM, None, None)
    for row in rows("metonyms"):
        code = row["code"]
        bodies = {"EUR": "EU", "UNO": "UN"}
        yield Designation(row["text"], code, DesignationKind.METONYM, None, None, bodies.get(code, ""), row["sector"])
    for body in organisations():
        for text in dict.fromkeys((body.name, *body.short_names)):
            yield Designation(
                text, body.plover_code, DesignationKind.ORGANISATION, body.founded, body.dissolved, body.code
            )


def _of_state(entry: Entry, names: StateNames) -> Iterator[Designation]:
    code = entry.state.code
    # A name of today's state is never bounded: texts use it of the past too ("India under the British"). A former
    # state's name is bounded by the state, so that "Germany" means East Germany in its own years only.
    start, end = (None, None) if entry.exists(None) else (entry.state.start, entry.state.end)
    called: set[str] = set()
    for kind, texts in (
        (DesignationKind.NAME, (names.short, *names.variants)),
        (DesignationKind.FORMAL, (names.formal,)),
    ):
        for text in texts:
            if text and text not in called:
                called.add(text)
                yield Designation(text, code, kind, start, end)
    for name in names.former:
        kind = DesignationKind.NAME if name.end is None else DesignationKind.FORMER
        yield Designation(name.text, code, kind, name.start or start, name.end or end)
    for text in names.demonyms:
        if text not in called:
            yield Designation(text, code, DesignationKind.DEMONYM, start, end)
    for capital in names.capitals:
        for text in (capital.name, *capital.variants):
            if text not in called:
                yield Designation(text, code, DesignationKind.CAPITAL, capital.start or start, capital.end or end)
