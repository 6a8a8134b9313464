"""Offices on the day of the act: who is named without a title bears the one that he held then, not a later one.

A list of leaders leads a full name to its holder's office at any time ("Donald Trump" in a text of 2021). Whether he held it when he
did what is told, only the act's date says.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta

from comity.language import People, leaders
from comity.terms import Actor, Event, Period

# Lists give some terms by month only.
_SLACK = timedelta(days=31)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_ADDRESSES = frozenset({"mr", "mrs", "ms"})


def in_office(event: Event, known: People | None) -> Event:
    """Return the event with the offices that the persons whom its sentence names without one held on its date.

    known: the leaders to know; None are those of the own list. An office that the words themselves state is kept.
    """
    period = event.date.period if event.date is not None else None
    if period is None or period.start is None or period.end is None:
        return event
    people = known or leaders()
    actors = tuple(_on_the_day(actor, period, people) for actor in event.actors)
    recipients = tuple(_on_the_day(actor, period, people) for actor in event.recipients)
    if actors == event.actors and recipients == event.recipients:
        return event
    return replace(event, actors=actors, recipients=recipients)


def _on_the_day(actor: Actor, period: Period, people: People) -> Actor:
    assert period.start is not None and period.end is not None
    if not actor.person or not actor.office or _folded(actor.text) - _ADDRESSES - _folded(actor.person):
        return actor
    terms = [person for person in people.terms(actor.person) if person.code == actor.code]
    if not any(person.office == actor.office for person in terms):  # the text itself says the office elsewhere
        return actor
    held = [
        person
        for person in terms
        if (person.start is None or person.start - _SLACK <= period.end)
        and (person.end is None or period.start <= person.end + _SLACK)
    ]
    # A list without offices knows that he led the state then.
    if any(person.office in ("", actor.office) for person in held):
        return actor
    if not held:
        return replace(actor, office="", rank=None, sectors=())
    return replace(actor, office=held[-1].office, rank=held[-1].rank, sectors=held[-1].sectors)


def _folded(text: str) -> set[str]:
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return set(_WORDS.findall(plain.lower()))
