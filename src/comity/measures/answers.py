"""How a measure is made up: its id from its content, and the answer "not computed, because"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from comity.terms import Dyad, Interval, Measure, MeasurePoint, content_id

# Names of states and of lines begin with an article ("the United States", "the stock of ..."), also where a sentence begins with them.
_OPENING = re.compile(r"(?:^|(?<=[.?!] ))the ")


def _sentences(text: str) -> str:
    """Return a text whose sentences begin with a capital also where they begin with an article."""
    return _OPENING.sub("The ", text)


@dataclass(frozen=True, slots=True)
class Question:
    """What a measure asks of a dyad, and how it is computed; `key` is unique within the dyad."""

    key: str
    title: str
    unit: str
    method: str

    def unanswered(self, dyad: Dyad, why: str, caveats: Sequence[str] = ()) -> Measure:
        """Return the measure without a value; `why` is a sentence."""
        why, told = _sentences(why), tuple(map(_sentences, caveats))
        identity = content_id("measure", dyad.label, self.key, why)
        return Measure(identity, self.key, _sentences(self.title), why, self.unit, self.method, (), caveats=told)

    def answered(self, dyad: Dyad, summary: str, answer: Answer) -> Measure:
        """Return the measure with its answer; its inputs are sorted, each once."""
        summary = _sentences(summary)
        inputs = tuple(sorted({*answer.inputs, *(one for point in answer.points for one in point.inputs)}))
        return Measure(
            content_id("measure", dyad.label, self.key, summary, inputs),
            self.key,
            _sentences(self.title),
            summary,
            self.unit,
            self.method,
            inputs,
            answer.value,
            answer.interval,
            tuple(replace(one, group=_sentences(one.group)) for one in answer.points),
            tuple(dict.fromkeys(map(_sentences, answer.caveats))),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The figures of a measure."""

    value: float | None
    interval: Interval | None = None
    points: tuple[MeasurePoint, ...] = ()
    inputs: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
