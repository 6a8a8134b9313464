"""Which way a run of figures went, and whether that bears out what a trend word asserts.

Two readings must agree: the change from the first to the last figure, and the median of the slopes between all pairs
of figures, which one odd year does not turn (Sen, Journal of the American Statistical Association 63, 1968,
pp. 1379-1389). A strong word needs 5 per cent a year on average or a fifth over the whole span, "stable" allows less
than 5 per cent a year. Five per cent a year is where Statistics Netherlands parts strong from moderate trends, and the
most that it calls stable, in its method TRIM (cbs.nl, "Achtergrond methode TRIM en graadmeters"; so also pecbms.info,
"Trend interpretation and classification"). TRIM asks it of the ends of a confidence interval, which a handful of printed
figures does not have; here it is asked of the figures themselves. The fifth, and the other thresholds, are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from comity.checks.trend_words import TrendWord
from comity.terms import Observation, Quantity, Severity, Verdict

_FLAT = 0.02  # an end change within 2 per cent is no movement
_FLAT_SLOPE = 0.01  # of the median figure, a year
_STRONG_YEARLY = 0.05
_STRONG_WHOLE = 0.20
_SLIGHT_WHOLE = 0.15
_STABLE_BAND = 0.10  # every figure within a tenth of the median
_FAR = 0.05  # a fall by as much breaks a steady rise; a strong word for less between any two figures is wrong


@dataclass(frozen=True, slots=True)
class Course:
    """How a run of figures went: the end change and the yearly slope, both as fractions, and the ratio of the ends.

    `step_up` and `step_down` are the largest changes from one figure to the next that the printed digits make sure of;
    `most_up` and `most_down` the largest between any figure and a later one that they allow. All as fractions.
    """

    change: float
    slope: float
    ratio: float
    years: float
    last_step: float
    band: float
    monotone: bool
    printed_apart: bool
    step_up: float
    step_down: float
    most_up: float
    most_down: float

    @classmethod
    def of(cls, observations: Sequence[Observation]) -> Course | None:
        """Return the course of two or more figures above zero, or None."""
        values = [float(observation.quantity.value) for observation in observations]
        if len(values) < 2 or min(values) <= 0:
            return None
        times = [
            observation.period.start.toordinal() / 365.25
            for observation in observations
            if observation.period.start is not None
        ]
        middle = median(values)
        slopes = [
            (values[j] - values[i]) / (times[j] - times[i])
            for i, j in combinations(range(len(values)), 2)
            if times[j] > times[i]
        ]
        if not slopes:
            return None
        first, last = observations[0].quantity, observations[-1].quantity
        printed = [(float(one.quantity.low), float(one.quantity.high)) for one in observations]
        steps = [later - earlier for earlier, later in pairwise(values)]
        return cls(
            change=values[-1] / values[0] - 1,
            slope=median(slopes) / middle,
            ratio=values[-1] / values[0],
            years=times[-1] - times[0],
            last_step=steps[-1] / values[-2],
            band=max(abs(value / middle - 1) for value in values),
            monotone=all(step >= 0 for step in steps) or all(step <= 0 for step in steps),
            printed_apart=first.high < last.low or last.high < first.low,
            step_up=max(low / high - 1 for (_, high), (low, _) in pairwise(printed)),
            step_down=max(1 - high / low if low > 0 else 0.0 for (low, _), (_, high) in pairwise(printed)),
            most_up=max(high / low - 1 if low > 0 else 1.0 for (low, _), (_, high) in combinations(printed, 2)),
            most_down=max(1 - low / high for (_, high), (low, _) in combinations(printed, 2)),
        )

    @property
    def yearly(self) -> float:
        """The average change a year, compounded, as a fraction."""
        return float(self.ratio ** (1 / self.years)) - 1 if self.years > 0 else self.change


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a claim says of a run of figures: the word, how it is qualified, and whether its span of time is plain."""

    word: TrendWord
    manner: str  # "", "slight", "strong", "steady"
    bound: str  # "", "more", "nearly": before a multiple
    explicit: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict with its reason; `severity` for a contradiction."""

    verdict: Verdict
    reason: str
    severity: Severity | None = None


def opinion(assertion: Assertion, course: Course, wider: Course | None = None) -> Opinion:
    """Hold what is asserted against how the figures went.

    `wider` begins one figure earlier: whoever says "since 2019" may count from the figure before.
    """
    word = assertion.word
    if word.direction == 0:
        return _stable(course, assertion)
    sign = word.direction
    ends, slope = course.change * sign, course.slope * sign
    if ends < -_FLAT and slope < -_FLAT_SLOPE:
        if not assertion.explicit and course.last_step * sign > _FLAT:
            return Opinion(Verdict.NOT_CHECKABLE, "the whole span went the other way, but the last step did not")
        return Opinion(Verdict.CONTRADICTED, "both ends and the slope went the other way", Severity.ERROR)
    found = _overstated(assertion, course, wider or course) or _unsteady(assertion, course)
    if found is not None:
        return found
    if ends < -_FLAT or slope < -_FLAT_SLOPE:
        if assertion.explicit and ends < -_FLAT and slope < _FLAT_SLOPE:
            return Opinion(Verdict.CONTRADICTED, "the ends went the other way", Severity.WARNING)
        return Opinion(Verdict.NOT_CHECKABLE, "the figures went both ways")
    if ends <= 0 or not course.printed_apart or slope < 0:
        return Opinion(Verdict.NOT_CHECKABLE, "the figures hardly moved")
    if word.strength == "multiple":
        return _multiple(course, assertion)
    return _size(course, assertion)


def _overstated(assertion: Assertion, course: Course, wider: Course) -> Opinion | None:
    """Contradict "plummeted" where no figure lies 5 per cent below any before it, "fell sharply" where none lies 2 below."""
    if not assertion.explicit or (assertion.word.strength != "strong" and assertion.manner != "strong"):
        return None
    bound = _FAR if assertion.word.strength == "strong" else _FLAT
    falling = assertion.word.direction < 0
    most = max(course.most_down, wider.most_down) if falling else max(course.most_up, wider.most_up)
    if most >= bound:
        return None
    reason = f"no figure lies as much as {bound * 100:.0f} per cent {'below' if falling else 'above'} one before it"
    return Opinion(Verdict.CONTRADICTED, reason, Severity.ERROR if most < _FLAT else Severity.WARNING)


def _unsteady(assertion: Assertion, course: Course) -> Opinion | None:
    """Contradict "rising steadily" where a figure fell far; without a time named, only where the last one did."""
    if assertion.manner != "steady":
        return None
    if assertion.explicit and course.change * assertion.word.direction < 0 and course.printed_apart:
        return Opinion(Verdict.CONTRADICTED, "the ends went the other way", Severity.WARNING)
    back = course.step_down if assertion.word.direction > 0 else course.step_up
    if back < _FAR or not (assertion.explicit or course.last_step * assertion.word.direction < -_FAR):
        return None
    way = "fell" if assertion.word.direction > 0 else "rose"
    return Opinion(
        Verdict.CONTRADICTED, f"from one figure to the next they {way} by more than 5 per cent", Severity.WARNING
    )


@dataclass(frozen=True, slots=True)
class Amount:
    """A percentage of change that a claim names, with half the width that its digits or its hedge allow; `end` is where it ends."""

    percent: float
    half: float
    hedge: str
    end: int
    difference: Quantity | None = None  # "rose by US$ 88 million"


def sized(amount: Amount, observations: Sequence[Observation], *, certain: bool) -> Opinion:
    """Hold a percentage against the change from the first figure to the last, with the intervals of their printed digits."""
    first, last = observations[0].quantity, observations[-1].quantity
    if amount.difference is not None:
        return _differing(amount.difference, amount.hedge, first, last, certain=certain)
    bounds = sorted(
        abs(float(end / start) - 1) * 100
        for start, end in ((first.high, last.low), (first.low, last.high))
        if start > 0
    )
    least, most = bounds[0], bounds[-1]
    shown = f"the figures give {abs(float(last.value / first.value) - 1) * 100:.1f} per cent"
    low, high = amount.percent - amount.half, amount.percent + amount.half
    if amount.hedge in ("over", "more than") and most >= amount.percent:
        high = max(high, amount.percent * 1.25)
    if least <= high and low <= most:
        return Opinion(Verdict.CONFIRMED, shown)
    slack = max(amount.half, 1.0, amount.percent / 10)
    if certain and not (least <= high + slack and low - slack <= most):
        return Opinion(Verdict.CONTRADICTED, shown, Severity.ERROR)
    return Opinion(Verdict.NOT_CHECKABLE, shown)


def _differing(claimed: Quantity, hedge: str, first: Quantity, last: Quantity, *, certain: bool) -> Opinion:
    """Hold a difference in money against the two figures, with the intervals of all printed digits."""
    if claimed.unit != last.unit or claimed.unit != first.unit:
        return Opinion(Verdict.NOT_CHECKABLE, "the difference is given in another unit than the figures")
    least = min(abs(last.low - first.high), abs(last.high - first.low))
    most = max(abs(last.low - first.high), abs(last.high - first.low))
    half = claimed.resolution / 2
    if claimed.approximate or hedge not in ("", "only", "just"):
        half = max(half, abs(claimed.value) / 10)
    shown = f"the figures differ by {abs(last.value - first.value) / first.scale:,f} in their unit"
    if hedge in ("over", "more than") and claimed.value <= most <= claimed.value * 5 / 4:
        return Opinion(Verdict.CONFIRMED, shown)
    if least <= claimed.value + half and claimed.value - half <= most:
        return Opinion(Verdict.CONFIRMED, shown)
    slack = max(half, claimed.resolution, abs(claimed.value) / 10)
    if certain and not (least <= claimed.value + half + slack and claimed.value - half - slack <= most):
        return Opinion(Verdict.CONTRADICTED, shown, Severity.ERROR)
    return Opinion(Verdict.NOT_CHECKABLE, shown)


def _size(course: Course, assertion: Assertion) -> Opinion:
    change, yearly = abs(course.change), abs(course.yearly)
    if assertion.manner == "slight":
        if change <= _SLIGHT_WHOLE:
            return Opinion(Verdict.CONFIRMED, "a small change in that direction")
        return Opinion(Verdict.NOT_CHECKABLE, "the direction holds; whether that is slight is a matter of words")
    if assertion.word.strength == "strong" or assertion.manner == "strong":
        if yearly >= _STRONG_YEARLY or change >= _STRONG_WHOLE:
            return Opinion(Verdict.CONFIRMED, "a large change in that direction")
        return Opinion(Verdict.NOT_CHECKABLE, "the direction holds; whether that is so strong is a matter of words")
    if assertion.manner == "steady" and not course.monotone:
        return Opinion(Verdict.NOT_CHECKABLE, "the direction holds, but not in every year")
    return Opinion(Verdict.CONFIRMED, "the figures went that way")


def _multiple(course: Course, assertion: Assertion) -> Opinion:
    low, high, ratio = assertion.word.low, assertion.word.high, course.ratio
    rising = assertion.word.direction > 0
    exact = round((low + high) / 2) if rising else 0.5
    if assertion.bound == "more":
        holds = ratio > exact if rising else ratio < exact
        far = ratio < exact * 0.9 if rising else ratio > exact * 1.2
    elif assertion.bound == "nearly":
        holds = exact * 0.85 <= ratio <= exact * 1.02 if rising else exact * 0.98 <= ratio <= exact * 1.2
        far = ratio < exact * 0.7 if rising else ratio > exact * 1.5
    else:
        holds = low <= ratio <= high
        far = ratio < exact * 0.75 if rising else ratio > exact * 1.4
    if holds:
        return Opinion(Verdict.CONFIRMED, f"the last figure is {ratio:.2f} times the first")
    if far and assertion.explicit:
        return (
            Opinion(Verdict.CONTRADICTED, f"the last figure is only {ratio:.2f} times the first", Severity.ERROR)
            if rising
            else Opinion(Verdict.CONTRADICTED, f"the last figure is still {ratio:.2f} times the first", Severity.ERROR)
        )
    return Opinion(Verdict.NOT_CHECKABLE, f"the last figure is {ratio:.2f} times the first")


def _stable(course: Course, assertion: Assertion) -> Opinion:
    if course.band <= _STABLE_BAND and abs(course.yearly) < _STRONG_YEARLY:
        return Opinion(Verdict.CONFIRMED, "every figure lies within a tenth of the middle one")
    same_way = course.change * course.slope > 0
    if (
        assertion.explicit
        and same_way
        and abs(course.change) > _STRONG_WHOLE
        and abs(course.slope) > _STRONG_YEARLY
        and abs(course.yearly) > _STRONG_YEARLY
    ):
        return Opinion(Verdict.CONTRADICTED, "both ends and the slope moved far", Severity.ERROR)
    return Opinion(Verdict.NOT_CHECKABLE, "the figures moved, but not clearly one way")
