"""The acts of a former state in a record of its own: "Gorbachev visited Tokyo" in 1991 is the Soviet Union's visit, not Russia's."""

from __future__ import annotations

from dataclasses import replace

from comity.language import named_for
from comity.states import state
from comity.terms import Actor, Dyad, Event, EventDate, Statement


def under_former(
    events: tuple[Event, ...], statements: tuple[Statement, ...], dyad: Dyad | None
) -> tuple[tuple[Event, ...], tuple[Statement, ...]]:
    """Return events and statements with the code of the dyad's former state, where they are of its years.

    The coder gives them to the successor. What has no date, or lies outside the state's years, is left as it is.
    """
    codes = named_for(dyad.codes) if dyad is not None else {}
    if not codes:
        return events, statements

    def meant(code: str, when: EventDate | None) -> str:
        former = state(codes[code]) if code in codes else None
        period = when.period if when is not None else None
        if former is None or period is None or period.start is None or period.end is None:
            return code
        begun = former.start is None or former.start <= period.start
        return former.code if begun and (former.end is None or period.end <= former.end) else code

    def of_day(actors: tuple[Actor, ...], when: EventDate | None) -> tuple[Actor, ...]:
        return tuple(replace(one, code=meant(one.code, when)) for one in actors)

    return (
        tuple(
            replace(
                one,
                actors=of_day(one.actors, one.date),
                recipients=of_day(one.recipients, one.date),
                place=None if one.place is None else replace(one.place, code=meant(one.place.code, one.date)),
            )
            for one in events
        ),
        tuple(
            replace(
                one,
                holder=replace(one.holder, code=meant(one.holder.code, one.date)),
                toward=of_day(one.toward, one.date),
            )
            for one in statements
        ),
    )
