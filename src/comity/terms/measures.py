"""Measures of a relationship: a figure with its uncertainty, what it rests on, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.terms.errors import InvalidTerm


@dataclass(frozen=True, slots=True)
class Interval:
    """A range with its stated probability (`level`, 0 to 1) and what kind of range it is.

    `kind` is "printed-digits" for what rounding allows, "coarse-dates" for what coarse dates leave open, "reports" for the span of
    several sources' reports, "weights" for that over weights and "comparison-sets" for that over what is compared with (all at
    level 1.0), "sources" for the span of what several sources' rates or indices give, or the statistical method's name.
    """

    low: float
    high: float
    level: float
    kind: str

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise InvalidTerm(f"an interval cannot run from {self.low} down to {self.high}")
        if not 0.0 < self.level <= 1.0:
            raise InvalidTerm(f"an interval's level lies between 0 and 1, not at {self.level}")


@dataclass(frozen=True, slots=True)
class MeasurePoint:
    """One point of a measure that has many: a value in a group (a state, an indicator, a rank) and a period.

    `label` is the period or category for people; `start` orders and places it on an axis; `inputs` are the ids of
    the observations or events behind this very point. A share has the number of cases that it is out of (`cases`); where
    these are fewer than the measure's method asks for, `too_few` is set and no headline rests on the point.
    """

    label: str
    value: float
    group: str = ""
    start: date | None = None
    end: date | None = None
    interval: Interval | None = None
    inputs: tuple[str, ...] = ()
    cases: int | None = None
    too_few: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """The answer to one question about a dyad.

    Attributes:
        key: `trade-balance`, `contacts`, `direction-exports`, ...
        title: for people.
        summary: one sentence that states the answer with its uncertainty, or says why there is none.
        value: the headline figure; None where the measure has only points or could not be computed.
        unit: of value and points ("USD", "percent", "events", "PLOVER score", "days").
        method: how it was computed, in one or two sentences, with the source of the method.
        inputs: ids of the observations and events that it rests on.
        caveats: what a careful reader must know before quoting it.
    """

    id: str
    key: str
    title: str
    summary: str
    unit: str
    method: str
    inputs: tuple[str, ...]
    value: float | None = None
    interval: Interval | None = None
    points: tuple[MeasurePoint, ...] = ()
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.value is not None and not self.inputs:
            raise InvalidTerm(f"the measure {self.key} has a value but names no input")
