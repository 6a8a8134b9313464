"""How a line of yearly figures moves: growth, direction with its confidence interval, level, and what is missing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from statistics import NormalDist, median

from comity.measures.answers import Answer, Question
from comity.measures.candidates import LinePoint
from comity.measures.lines import RULE, Line
from comity.measures.printed import ONE, Printed, total
from comity.measures.wording import (
    absent,
    amount,
    between,
    listed,
    over,
    percent,
    percent_between,
    plural,
    span,
    state_name,
    where,
    without_figure,
)
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Period

DIRECTION_YEARS = 10
LEVEL_YEARS = 5
# With fewer than five points even a rise in every year has a chance above 5 per cent to come about without a
# trend: 2/4! for four (Kendall 1938, exact distribution of tau).
FEWEST_YEARS = 5
_LEVEL_OF_CONFIDENCE = 0.95
# What follows the noun that a title is about.
_HEAD_ENDS = re.compile(r",| (?:between|of|in|to|from|by) ")


def growth(dyad: Dyad, line: Line) -> Measure:
    """Return the compound annual growth of a line in per cent, with the change of each year as points."""
    question = Question(
        f"growth-{line.key}",
        f"Growth: {line.title}",
        "percent",
        "Compound annual growth rate from the first to the last year, and the change on the year before, each with the "
        f"range that the printed digits allow. {RULE}",
    )
    if len(line.points) < 2:
        return question.unanswered(dyad, f"Growth of {_in_sentence(line)} needs two years; {_held(line)}.")
    first, last = line.points[0], line.points[-1]
    years = _year(last.period) - _year(first.period)
    ratio = last.figure.over(first.figure)
    caveats = [*line.remarks]
    points = []
    for before, now in zip(line.points, line.points[1:], strict=False):
        change = now.figure.over(before.figure)
        if change is None or _year(now.period) - _year(before.period) != 1:
            continue
        points.append(_point(now.period, _percent(change), "change on the year before", (*before.inputs, *now.inputs)))
    if ratio is None or years < 1:
        return question.answered(
            dyad,
            f"No compound growth of {_in_sentence(line)} can be told: {_without_rate(first, last)}.",
            Answer(None, None, tuple(points), line.inputs, tuple(caveats)),
        )
    rate = _percent(ratio.root(years))
    if years + 1 > len(line.points):
        missing = years + 1 - len(line.points)
        caveats.append(f"{plural(missing, 'year')} between the two ends {'has' if missing == 1 else 'have'} no figure.")
    caveats.append("A compound rate depends on its two end years alone.")
    ends = span([first.period, last.period])
    places = 1 if abs(rate.value) >= Decimal("0.05") else 2
    summary = (
        f"{_sentence_start(line)} {'grew' if rate.value > 0 else 'shrank' if rate.value < 0 else 'did not change'} by "
        f"{percent(abs(rate.value) / 100, places)} a year over {ends} (compound; "
        f"{percent_between(rate, signed=True)}), from {amount(first.figure.value, line.unit)} to {amount(last.figure.value, line.unit)}."
    )
    if rate.value == 0:
        summary = summary.replace("did not change by 0.00 per cent a year", "did not change")
    answer = Answer(float(rate.value), rate.interval(), tuple(points), line.inputs, tuple(caveats))
    return question.answered(dyad, summary, answer)


def _without_rate(first: LinePoint, last: LinePoint) -> str:
    """Return why two figures have no compound rate."""
    below = [point for point in (first, last) if point.figure.value < 0]
    if below:
        labels = listed(list(dict.fromkeys(point.period.label for point in below)))
        return f"{'the figures' if len(below) > 1 else 'the figure'} of {labels} {'are' if len(below) > 1 else 'is'} below zero"
    if first.figure.value == 0:
        return "the first figure is zero"
    return "rounding leaves open whether the first figure is above zero"


def direction(dyad: Dyad, line: Line, *, years: int = DIRECTION_YEARS) -> Measure:
    """Return the direction of a line over its last years: its Theil–Sen slope in per cent of the median level a year.

    "Rising" or "falling" is said only where the 95 per cent interval of the slope excludes zero.
    """
    question = Question(
        f"direction-{line.key}",
        f"Direction: {line.title}",
        "percent per year",
        f"Theil–Sen slope (the median of all pairwise slopes, Sen 1968) over up to {years} last years with its 95 % "
        "interval from the distribution of Kendall's tau with its correction for ties, in per cent of the median level; a direction is named only where the interval excludes zero.",
    )
    recent = line.last(years)
    if len(recent) < FEWEST_YEARS:
        return question.unanswered(
            dyad,
            f"No direction of {_in_sentence(line)} can be told: {_held(line)}, and with fewer than {FEWEST_YEARS} even a "
            "steady rise may be chance.",
        )
    values = [float(point.figure.value) for point in recent]
    slope, low, high = _theil_sen([_year(point.period) for point in recent], values)
    middle = median(abs(value) for value in values)
    if middle == 0:
        return question.unanswered(dyad, f"No direction of {_in_sentence(line)} can be told: most figures are zero.")
    word = "rising" if low > 0 else "falling" if high < 0 else "no clear direction"
    unit = line.unit
    widest = max(abs(low), abs(high))
    rate, least, most = (part / middle * 100 for part in (slope, low, high))
    summary = (
        f"{_sentence_start(line)} {'show' if word.startswith('no') else 'have been'} {word} over {over([point.period for point in recent])}: {_slope(slope, unit, slope)} "
        f"a year ({_signed(rate)} per cent), 95 % interval {_slope(low, unit, widest)} to {_slope(high, unit, widest)}"
    )
    caveats = ["The interval takes the years as independent; yearly figures often are not, so it may be too narrow."]
    if len(recent) < 8:
        caveats.append(
            f"{len(recent)} years show a direction only if nearly every pair of years points the same way; "
            "no clear direction does not mean steady."
        )
    caveats += _gaps(recent)
    points = tuple(_point(point.period, point.figure, line.title, point.inputs) for point in recent)
    interval = Interval(least, most, _LEVEL_OF_CONFIDENCE, "theil-sen")
    inputs = tuple(one for point in recent for one in point.inputs)
    answer = Answer(rate, interval, _as_percent_of(points, middle), inputs, (*caveats, *line.remarks))
    return question.answered(dyad, _grammar(summary, line) + ".", answer)


def _theil_sen(years: Sequence[int], values: Sequence[float]) -> tuple[float, float, float]:
    """Return the median of all pairwise slopes and its 95 % interval (Sen 1968).

    Written out because loading scipy.stats takes longer than everything else that a brief computes; the tests hold
    it against scipy.stats.theilslopes.
    """
    pairs = combinations(zip(years, values, strict=True), 2)
    slopes = sorted((second[1] - first[1]) / (second[0] - first[0]) for first, second in pairs)

    def spread(count: int) -> int:
        return count * (count - 1) * (2 * count + 5)

    ties = sum(spread(count) for count in Counter(values).values())
    reach = NormalDist().inv_cdf(0.5 + _LEVEL_OF_CONFIDENCE / 2) * math.sqrt((spread(len(values)) - ties) / 18)
    low = max(round((len(slopes) - reach) / 2) - 1, 0)
    high = min(round((len(slopes) + reach) / 2), len(slopes) - 1)
    return median(slopes), slopes[low], slopes[high]


def level(dyad: Dyad, line: Line, *, years: int = LEVEL_YEARS) -> Measure:
    """Return the mean and the range of a line's last years."""
    question = Question(
        f"level-{line.key}",
        f"Level: {line.title}",
        line.unit,
        f"Arithmetic mean of the last {years} years with a figure, with the range that the printed digits allow; least "
        "and greatest year beside it.",
    )
    recent = line.last(years)
    if not recent:
        return question.unanswered(dyad, f"No figure of {_in_sentence(line)} is on record.")
    mean = total(point.figure for point in recent).scaled(Decimal(1) / len(recent))
    low = min(recent, key=lambda point: point.figure.value)
    high = max(recent, key=lambda point: point.figure.value)
    unit = line.unit
    summary = (
        f"{_sentence_start(line)}: {amount(mean.value, unit)} in {low.period.label} ({between(mean, unit)}), the only year with a figure in the source used."
        if len(recent) == 1
        else f"{_sentence_start(line)} averaged {amount(mean.value, unit)} over {over([point.period for point in recent])} "
        f"({between(mean, unit)}), from {amount(low.figure.value, unit)} ({low.period.label}) to "
        f"{amount(high.figure.value, unit)} ({high.period.label})."
    )
    points = tuple(_point(point.period, point.figure, line.title, point.inputs) for point in recent)
    gaps = _gaps(recent)
    answer = Answer(float(mean.value), mean.interval(), points, caveats=(*gaps, *line.remarks))
    return question.answered(dyad, summary, answer)


def figures(dyad: Dyad, line: Line) -> Measure:
    """Return a line as its source prints it, by year; the value is the latest figure."""
    question = Question(line.key, line.title, line.unit, f"Annual figures of one source, as it prints them. {RULE}")
    if not line.points:
        return question.unanswered(dyad, f"No figure of {_in_sentence(line)} is on record.")
    latest = line.points[-1]
    summary = (
        f"{_sentence_start(line)} came to {amount(latest.figure.value, line.unit)} in {latest.period.label} "
        f"({between(latest.figure, line.unit)})"
    )
    if len(line.points) > 1:
        low = min(line.points, key=lambda point: point.figure.value)
        high = max(line.points, key=lambda point: point.figure.value)
        years = [(point.period.label, point.figure.value) for point in line.points]
        summary += (
            f"; over {over([point.period for point in line.points])} between {amount(low.figure.value, line.unit)} "
            f"({where(years, low.figure.value)}) and {amount(high.figure.value, line.unit)} ({where(years, high.figure.value)})"
        )
    points = tuple(_point(point.period, point.figure, line.title, point.inputs) for point in line.points)
    caveats = (*_gaps(line.points), *line.remarks)
    answer = Answer(float(latest.figure.value), latest.figure.interval(), points, caveats=caveats)
    return question.answered(dyad, summary + ".", answer)


def coverage(dyad: Dyad, lines: Sequence[Line]) -> Measure:
    """Return which years each line has figures for; the value is the number of missing years within the lines."""
    question = Question(
        "coverage",
        "Years without figures",
        "years",
        "Counts, for each line used, the years between its first and last figure that have none.",
    )
    if not lines:
        both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
        return question.unanswered(dyad, f"No annual figures on {both} are on record.")
    points = []
    words = []
    gaps = 0
    for line in lines:
        periods = [point.period for point in line.points]
        missing = absent(periods)
        gaps += len(without_figure(periods))
        points += [
            MeasurePoint(point.period.label, 1.0, line.title, point.period.start, point.period.end, inputs=point.inputs)
            for point in line.points
        ]
        years = span(periods)
        without = f" without {missing}" if missing else ""
        words.append(f"{line.title}: {plural(len(line.points), 'year')} ({years}{without})")
    summary = f"Figures in the sources used: {'; '.join(words)}."
    return question.answered(dyad, summary, Answer(float(gaps), None, tuple(points)))


def _year(period: Period) -> int:
    return period.start.year if period.start is not None else 0


def _gaps(points: Sequence[LinePoint]) -> list[str]:
    missing = absent([point.period for point in points])
    return [f"No figure for {missing}."] if missing else []


def _percent(ratio: Printed) -> Printed:
    return (ratio - ONE).scaled(Decimal(100))


def _as_percent_of(points: Sequence[MeasurePoint], middle: float) -> tuple[MeasurePoint, ...]:
    """Return the points as an index with the median at 100, so that they fit the measure's unit."""
    return tuple(
        MeasurePoint(
            point.label,
            point.value / middle * 100,
            "level, median = 100",
            point.start,
            point.end,
            None
            if point.interval is None
            else Interval(
                point.interval.low / middle * 100, point.interval.high / middle * 100, 1.0, point.interval.kind
            ),
            point.inputs,
        )
        for point in points
    )


def _point(period: Period, value: Printed, group: str, inputs: Sequence[str]) -> MeasurePoint:
    return MeasurePoint(
        period.label,
        float(value.value),
        group,
        period.start,
        period.end,
        value.interval(),
        tuple(dict.fromkeys(inputs)),
    )


def _held(line: Line) -> str:
    return f"the source used has {plural(len(line.points), 'year')} with a figure"


def _slope(value: float, unit: str, beside: float) -> str:
    """Return an estimated change with its sign and three significant digits, in the scale of what stands beside it."""
    sign = "+" if value > 0 else "-" if value < 0 else ""
    rounded = abs(Decimal(f"{value:.3g}"))
    return f"{sign}{amount(rounded, unit, 3, beside=Decimal(beside))}"


def _signed(value: float | Decimal) -> str:
    return f"{float(value):+.1f}"


def _sentence_start(line: Line) -> str:
    return line.title[:1].upper() + line.title[1:]


def _in_sentence(line: Line) -> str:
    return line.title[:1].lower() + line.title[1:] if line.title.startswith("Trade ") else line.title


def _grammar(summary: str, line: Line) -> str:
    """Give a singular title ("Trade between ...", "... investment in ...") its verb."""
    head = _HEAD_ENDS.split(line.title, maxsplit=1)[0]
    if head.endswith("s"):  # exports, students; a state's name behind it may end so too
        return summary
    return summary.replace(" show no clear", " shows no clear", 1).replace(" have been ", " has been ", 1)


__all__ = ["DIRECTION_YEARS", "FEWEST_YEARS", "LEVEL_YEARS", "coverage", "direction", "figures", "growth", "level"]
