"""How a measure is made up: its id from its content, and the answer "not computed, because"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.terms import Dyad, Interval, Measure, MeasurePoint, content_id


@dataclass(frozen=True, slots=True)
class Question:
    """What a measure asks of a dyad, and how it is computed; `key` is unique within the dyad."""

    key: str
    title: str
    unit: str
    method: str

    def unanswered(self, dyad: Dyad, why: str, caveats: Sequence[str] = ()) -> Measure:
        """Return the measure without a value; `why` is a sentence."""
        identity = content_id("measure", dyad.label, self.key, why)
        return Measure(identity, self.key, self.title, why, self.unit, self.method, (), caveats=tuple(caveats))

    def answered(self, dyad: Dyad, summary: str, answer: Answer) -> Measure:
        """Return the measure with its answer; its inputs are sorted, each once."""
        inputs = tuple(sorted({*answer.inputs, *(one for point in answer.points for one in point.inputs)}))
        return Measure(
            content_id("measure", dyad.label, self.key, summary, inputs),
            self.key,
            self.title,
            summary,
            self.unit,
            self.method,
            inputs,
            answer.value,
            answer.interval,
            answer.points,
            tuple(dict.fromkeys(answer.caveats)),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures of a measure."""

    value: float | None
    interval: Interval | None = None
    points: tuple[MeasurePoint, ...] = ()
    inputs: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
