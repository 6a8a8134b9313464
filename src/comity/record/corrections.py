"""Which fields of a fact a person may correct, and how the new value is written.

| field                 | of                            | written as                                                    |
|-----------------------|-------------------------------|---------------------------------------------------------------|
| type                  | event                         | a PLOVER type: `CONSULT`                                      |
| modes, contexts       | event                         | words with commas: `visit`; empty for none                    |
| actors, recipients    | event                         | codes with commas: `JPN, IND`; recipients may be empty        |
| symmetric             | event                         | `yes` or `no`                                                 |
| ordinal               | event                         | a whole number; empty for none                                |
| date                  | event, statement              | `2018`, `2018-01`, `2018-01-03`, `2018-01-03/2018-01-04`; empty for none |
| place                 | event                         | a state's code and, after a space, the city: `PAK Islamabad`; empty for none |
| issue, stance, about  | statement                     | the key of an issue; a stance: `concerned`; words             |
| status, remark        | observation                   | `reported`, `derived`, `imputed`; words                       |
| number                | observation                   | the figure as it should have been read: `1,961.4`             |
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from comity.terms import (
    CONTEXTS,
    Actor,
    ComityError,
    Event,
    EventDate,
    EventPlace,
    EventType,
    InvalidTerm,
    Observation,
    Period,
    Precision,
    RecordError,
    Stance,
    Statement,
    Status,
)

Changes = Iterable[tuple[str, str]]

_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def check_change(target: str, name: str, value: str) -> None:
    """Raise RecordError unless the field can be corrected and the value can stand in it."""
    reader = _READERS.get(name)
    if reader is None:
        raise RecordError(
            f"The decision on {target} corrects '{name}', which is no field that can be corrected.",
            remedy=f"Choose one of {', '.join(sorted(_READERS))}.",
        )
    try:
        reader(value)
    except ComityError as error:
        raise RecordError(f"The decision on {target} sets {name} to {value!r}: {error.message}.") from error


def corrected_event(event: Event, changes: Changes) -> Event:
    """Return the event with the changes made; InvalidTerm where they do not fit together."""
    new = {name: _READERS[name](value) for name, value in changes if name in _EVENT}
    for side in ("actors", "recipients"):
        if side in new:
            new[side] = tuple(_actor(event, code) for code in new[side])
    if new.get("symmetric") is True and "recipients" not in new:
        new["actors"] = new.get("actors", event.actors) + event.recipients
        new["recipients"] = ()
    if "type" in new and "modes" not in new:
        new["modes"] = tuple(mode for mode in event.modes if mode in new["type"].modes)
    return replace(event, **new)


def corrected_statement(statement: Statement, changes: Changes) -> Statement:
    """Return the statement with the changes made."""
    return replace(statement, **{name: _READERS[name](value) for name, value in changes if name in _STATEMENT})


def corrected_observation(observation: Observation, changes: Changes) -> Observation:
    """Return the observation with the changes made."""
    new = {name: _READERS[name](value) for name, value in changes if name in _OBSERVATION}
    number = new.pop("number", None)
    if number is not None:
        new["quantity"] = replace(observation.quantity, number=number)
    return replace(observation, **new)


def _actor(event: Event, code: str) -> Actor:
    for actor in event.actors + event.recipients:
        if actor.code == code:
            return actor
    # Whom the coder did not see has no mention of its own: the whole evidence stands for it.
    return Actor(code, (), event.text, event.start, event.end)


def _type(value: str) -> EventType:
    try:
        return EventType(value.strip().upper())
    except ValueError as error:
        raise InvalidTerm(f"PLOVER has no type {value}") from error


def _words(value: str) -> tuple[str, ...]:
    return tuple(word for word in (part.strip() for part in value.split(",")) if word)


def _modes(value: str) -> tuple[str, ...]:
    known = {mode for kind in EventType for mode in kind.modes}
    return _known(value, known, "mode")


def _contexts(value: str) -> tuple[str, ...]:
    return _known(value, CONTEXTS, "context")


def _known(value: str, known: Iterable[str], what: str) -> tuple[str, ...]:
    words = _words(value)
    unknown = set(words) - set(known)
    if unknown:
        raise InvalidTerm(f"PLOVER has no {what} {', '.join(sorted(unknown))}")
    return words


def _codes(value: str) -> tuple[str, ...]:
    codes = _words(value)
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        raise InvalidTerm(f"a code has three capital letters, not {wrong[0]!r}")
    return codes


def _some_codes(value: str) -> tuple[str, ...]:
    codes = _codes(value)
    if not codes:
        raise InvalidTerm("an event has at least one actor")
    return codes


def _yes(value: str) -> bool:
    if value.strip().lower() not in ("yes", "no"):
        raise InvalidTerm("it is yes or no")
    return value.strip().lower() == "yes"


def _ordinal(value: str) -> int | None:
    if not value.strip():
        return None
    if not value.strip().isdecimal():
        raise InvalidTerm("it is a whole number")
    return int(value)


def _date(value: str) -> EventDate | None:
    if not value.strip():
        return None
    ends = [_period(part.strip()) for part in value.split("/")]
    if len(ends) > 2:
        raise InvalidTerm("a date has at most two ends")
    return EventDate(ends[0] if len(ends) == 1 else Period.between(ends[0], ends[1]), value.strip())


def _period(value: str) -> Period:
    match = _DAY.fullmatch(value)
    if match is None:
        raise InvalidTerm("a date is written 2018, 2018-01 or 2018-01-03")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    if month is None:
        if year == 0:
            raise InvalidTerm("there is no year 0")
        return Period.of_year(year)
    if day is None:
        if not (1 <= month <= 12 and year):
            raise InvalidTerm(f"there is no month {value}")
        return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH)
    return Period.of_day(year, month, day)


def _place(value: str) -> EventPlace | None:
    code, _, city = value.strip().partition(" ")
    if not code:
        return None
    if not _CODE.fullmatch(code):
        raise InvalidTerm("a place is a state's three-letter code and, after a space, the city")
    return EventPlace(code, city.strip() or code, city.strip())


def _issue(value: str) -> str:
    if not value.strip():
        raise InvalidTerm("an issue has a key")
    return value.strip()


def _stance(value: str) -> Stance:
    try:
        return Stance(value.strip().lower())
    except ValueError as error:
        raise InvalidTerm(f"a stance is one of {', '.join(Stance)}") from error


def _status(value: str) -> Status:
    try:
        return Status(value.strip().lower())
    except ValueError as error:
        raise InvalidTerm(f"a status is one of {', '.join(Status)}") from error


def _number(value: str) -> Decimal:
    try:
        number = Decimal(value.replace(",", "").strip())
    except InvalidOperation as error:
        raise InvalidTerm("it is a figure") from error
    if not number.is_finite():
        raise InvalidTerm("it is a figure")
    return number


_EVENT: dict[str, Callable[[str], Any]] = {
    "type": _type,
    "modes": _modes,
    "contexts": _contexts,
    "actors": _some_codes,
    "recipients": _codes,
    "symmetric": _yes,
    "ordinal": _ordinal,
    "date": _date,
    "place": _place,
}
_STATEMENT: dict[str, Callable[[str], Any]] = {"issue": _issue, "stance": _stance, "about": str, "date": _date}
_OBSERVATION: dict[str, Callable[[str], Any]] = {"number": _number, "status": _status, "remark": str}
_READERS = _EVENT | _STATEMENT | _OBSERVATION
