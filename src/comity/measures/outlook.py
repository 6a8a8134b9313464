"""A line's next years, its mean growth and its breaks, as measures with their intervals and what these rest on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from comity.measures.answers import Answer, Question
from comity.measures.breaks import FEWEST_BREAK_YEARS, MOST_BREAK_YEARS, SIGNIFICANCE, strongest_break
from comity.measures.candidates import LinePoint
from comity.measures.conformal import calibration
from comity.measures.forecasts import CORE_METHODS, HORIZON, Forecast, Skill, centre, forecasts, skill
from comity.measures.histories import WINDOW, History, refusal
from comity.measures.lines import Line
from comity.measures.pace import mean_growth_of
from comity.measures.wording import amount, ended, plural, year_label
from comity.terms import Dyad, Interval, InvalidTerm, Measure, MeasurePoint, Period

_NAMES = {
    "naive": "the last figure carried forward",
    "drift": "the last figure with the mean growth",
    "ets": "exponential smoothing",
    "damped": "the damped trend",
    "theta": "the Theta method",
}
_TRADE = ("total-trade", "exports-")
# Groups of an outlook's points beside those of its intervals: the line's past, and the naive forecast where another is shown.
ON_RECORD, NAIVE = "on record", "naive forecast"
_PAST_SHOWN = 20
_NOMINAL = "Amounts are as printed: what prices and currencies do is part of the movement."


def outlook(dyad: Dyad, line: Line, *, methods: Sequence[str] = CORE_METHODS) -> Measure:
    """Return the next three years of a line with 80 and 95 per cent intervals; the value is the next year's.

    The points are the line's last twenty figures (`ON_RECORD`), the forecasts, one for each interval, and the naive ones
    beside them where another method is shown (`NAIVE`).

    The naive forecast is shown, unless a method's skill over the line's own past years is surely above zero; then the one
    with the greatest skill. `methods` beyond "naive" and "drift" need the extra "models" (MissingExtra) and take seconds a line.
    """
    question = Question(
        f"outlook-{line.key}",
        f"Outlook: {line.title}",
        line.unit,
        "Point forecasts on the log scale by the naive method (the last figure), drift (Hyndman and Athanasopoulos 2021) and what "
        "else is asked for; another than the naive is shown only where the 90 % interval of its skill over the line's own past "
        "years lies above zero (block bootstrap, Künsch 1989). Intervals by split conformal prediction with a normalised score "
        f"(Lei et al. 2018): quantiles of past errors of {calibration().dyads:,} directed dyads, times the line's spread (its usual yearly change, more after a jump).",
    )
    history, why = _history(line)
    if history is None:
        return question.unanswered(dyad, f"No outlook of {_in_sentence(line)} can be given: {why}.")
    gone = ended(dyad, _later(line.points[-1].period, HORIZON).end)
    if gone:
        return question.unanswered(dyad, f"No outlook of {_in_sentence(line)} can be given: {gone}.")
    found = [one for one in (_skill(history, method) for method in methods if method != "naive") if one is not None]
    better = max((one for one in found if one.beats_naive), key=lambda one: one.skill, default=None)
    method = better.method if better is not None else "naive"
    ahead = forecasts(history, method)
    last = line.points[-1].period
    periods = [_later(last, step) for step in range(1, HORIZON + 1)]
    points = [
        MeasurePoint(
            each.period.label,
            float(each.figure.value),
            ON_RECORD,
            each.period.start,
            each.period.end,
            each.figure.interval(),
            each.inputs,
        )
        for each in line.points[-_PAST_SHOWN:]
    ]
    points += [
        MeasurePoint(
            period.label,
            one.value,
            f"{interval.level * 100:.0f} % interval",
            period.start,
            period.end,
            interval,
            line.inputs,
        )
        for period, one in zip(periods, ahead, strict=True)
        for interval in one.intervals
    ]
    if better is not None:
        points += [
            MeasurePoint(period.label, one.value, NAIVE, period.start, period.end, None, line.inputs)
            for period, one in zip(periods, forecasts(history, "naive"), strict=True)
        ]
    caveats = [
        *_beside_naive(found, len([one for one in methods if one != "naive"])),
        *_errors_of(method),
        *_reach_of(line),
        _NOMINAL,
        *line.remarks,
    ]
    answer = Answer(ahead[0].value, ahead[0].intervals[-1], tuple(points), line.inputs, tuple(caveats))
    return question.answered(dyad, _told(line, periods, ahead, better, found), answer)


def mean_growth(dyad: Dyad, line: Line) -> Measure:
    """Return the mean growth of a line in per cent a year with its 95 per cent interval, and what the next years may bring."""
    question = Question(
        f"mean-growth-{line.key}",
        f"Mean growth: {line.title}",
        "percent",
        f"The mean yearly logarithmic change over up to {WINDOW} last years, as a rate. Interval of the rate: Student's t over the "
        "yearly changes, widened where they follow one another (never narrower than for independent changes). Points: the mean "
        "growth over the next one, two and three years, by split conformal prediction (Lei et al. 2018) from past errors of "
        f"{calibration().dyads:,} directed dyads, times the line's spread (its usual yearly change, more after a jump).",
    )
    history, why = _history(line)
    if history is None:
        return question.unanswered(dyad, f"No mean growth of {_in_sentence(line)} can be told: {why}.")
    found = mean_growth_of(history)
    used = tuple(point for point in line.points if _year(point) >= found.first)
    inputs = tuple(dict.fromkeys(one for point in used for one in point.inputs))
    points = []
    gone = ended(dyad, _later(line.points[-1].period, HORIZON).end)
    for years, intervals in enumerate(() if gone else found.ahead, start=1):
        start, end = _later(line.points[-1].period, 1), _later(line.points[-1].period, years)
        label = end.label if years == 1 else f"{start.label} to {end.label}"
        points += [
            MeasurePoint(label, found.rate, f"{one.level * 100:.0f} % interval", start.start, end.end, one, inputs)
            for one in intervals
        ]
    shown = round(found.rate, 1)
    verb = "grew" if shown > 0 else "shrank" if shown < 0 else "hardly grew or shrank"
    by = f" by {abs(shown):.1f} per cent a year" if shown else ""
    wide = found.ahead[-1][0]
    summary = (
        f"{_start(line)} {verb}{by} on average over {used[0].period.label} to {used[-1].period.label} (95 % interval of the "
        f"rate {found.interval.low:+.1f} to {found.interval.high:+.1f})"
    )
    summary += (
        f". Nothing is said of the years ahead: {gone}."
        if gone
        else f"; over the next three years a mean growth between {wide.low:+.1f} and {wide.high:+.1f} per cent a year has a chance of 80 per cent."
    )
    sure = (
        ""
        if found.interval.low > 0 or found.interval.high < 0
        else "The interval holds zero: growth and decline both fit."
    )
    caveats = [
        "The interval of the rate holds if one rate lay behind these years; the range of the next years needs no such rate.",
        *([sure] if sure else []),
        *_reach_of(line),
        _NOMINAL,
        *line.remarks,
    ]
    return question.answered(dyad, summary, Answer(found.rate, found.interval, tuple(points), inputs, tuple(caveats)))


def breaks(dyad: Dyad, line: Line) -> Measure:
    """Return whether a break of a line's level or growth can be claimed; the value is the shift of the level in per cent."""
    question = Question(
        f"breaks-{line.key}",
        f"Break: {line.title}",
        "percent",
        f"The greatest likelihood ratio over all years (the sup-F family, Andrews 1993) of one shift of level and growth, with errors "
        f"that follow one another (AR(1)), on the log scale, over up to {MOST_BREAK_YEARS} last years without a gap; its chance without "
        "a break is simulated for this number of years and estimated autocorrelation. Years: all whose likelihood ratio "
        "lies within 7.35 of the best (Hansen 2000).",
    )
    run = _run(line)
    if len(run) < FEWEST_BREAK_YEARS:
        return question.unanswered(
            dyad,
            f"No break of {_in_sentence(line)} can be claimed: {plural(len(run), 'year')} without a gap and above zero "
            f"{'is' if len(run) == 1 else 'are'} on record, and {FEWEST_BREAK_YEARS} are needed.",
        )
    found = strongest_break(_year(run[0]), np.log([float(point.figure.value) for point in run]))
    inputs = tuple(dict.fromkeys(one for point in run for one in point.inputs))
    over = f"{run[0].period.label} to {run[-1].period.label}"
    label = {_year(point): point.period.label for point in run}
    chance = "0.005 at most" if found.chance <= 0.005 else f"{found.chance:.2f}"
    caveats = [
        "One shock that lasted looks the same as a break, and lines with rare large shocks give false alarms more often than stated.",
        "Only the strongest break is sought.",
        _NOMINAL,
        *line.remarks,
    ]
    if not found.claimed:
        summary = (
            f"No break of {_in_sentence(line)} can be claimed over {over}: lines without one show a "
            f"candidate as strong as {label[found.year]} with probability {chance}."
        )
        return question.answered(dyad, summary, Answer(None, None, (), inputs, tuple(caveats)))
    shift, before, after = (100 * float(np.expm1(one)) for one in (found.shift, found.before, found.after))
    years = (
        f"{label[found.year]}"
        if found.earliest == found.latest
        else f"{label[found.year]} (95 % between {label[found.earliest]} and {label[found.latest]})"
    )
    summary = (
        f"{_start(line)} broke in {years}: the level shifted by {shift:+.0f} per cent, and yearly growth went from {before:+.1f} to "
        f"{after:+.1f} per cent (lines without a break show one as strong with probability {chance}; claimed at {SIGNIFICANCE})."
    )
    points = tuple(
        MeasurePoint(
            point.period.label, shift, "shift of the level", point.period.start, point.period.end, None, inputs
        )
        for point in run
        if _year(point) == found.year
    )
    return question.answered(dyad, summary, Answer(shift, None, points, inputs, tuple(caveats)))


def _history(line: Line) -> tuple[History | None, str]:
    """Return a line's history, or None and why there is none."""
    years = [_year(point) for point in line.points]
    values = [float(point.figure.value) for point in line.points]
    why = refusal(years, values, lambda year: year_label(year, line.points[0].period))
    return (None, why) if why else (History.of(years, values), "")


def _skill(history: History, method: str) -> Skill | None:
    """Return how a method did over past years; None where it did not, or cannot forecast from the last year."""
    try:
        centre(history, method)
        return skill(history, method)
    except InvalidTerm:
        return None


def _run(line: Line) -> tuple[LinePoint, ...]:
    """Return the last years without a gap and above zero."""
    run: list[LinePoint] = []
    for point in reversed(line.points):
        if point.figure.value <= 0 or (run and _year(run[-1]) - _year(point) != 1) or len(run) == MOST_BREAK_YEARS:
            break
        run.append(point)
    return tuple(reversed(run))


def _year(point: LinePoint) -> int:
    return point.period.start.year if point.period.start is not None else 0


def _later(period: Period, years: int) -> Period:
    """Return the year so many years after one."""
    year = (period.first_year or 0) + years
    return period.fiscal.begins_in(year) if period.fiscal is not None else Period.of_year(year)


def _told(
    line: Line, periods: Sequence[Period], ahead: Sequence[Forecast], better: Skill | None, found: Sequence[Skill]
) -> str:
    def range_of(interval: Interval) -> str:
        return f"{_amount(interval.low, line.unit, interval.high)} to {_amount(interval.high, line.unit)}"

    near, far = (one.intervals[0] for one in (ahead[0], ahead[-1]))
    by = _NAMES[better.method if better is not None else "naive"]
    summary = (
        f"{_start(line)}, by {by}: {_amount(ahead[0].value, line.unit)} in {periods[0].label} (80 % interval {range_of(near)})"
        f" and {_amount(ahead[-1].value, line.unit)} in {periods[-1].label} ({range_of(far)})"
    )
    if better is not None:
        return f"{summary}; over {better.origins} past years its errors were {100 * better.skill:.0f} per cent smaller than the naive forecast's."
    if not found:
        return f"{summary}; no other method could be held against this naive forecast over past years."
    tried = " or ".join(_NAMES[one.method] for one in found)
    return f"{summary}; {tried} did not surely beat this naive forecast over past years."


def _beside_naive(found: Sequence[Skill], asked: int) -> list[str]:
    """Say how each method did at the line's own past origins."""
    told = []
    for one in found:
        sure = (
            f"90 % interval {_in_percent(one.interval.low)} to {_in_percent(one.interval.high)}"
            if one.interval is not None
            else "too few for an interval"
        )
        told.append(
            f"{_NAMES[one.method][:1].upper()}{_NAMES[one.method][1:]}: skill against the naive {_in_percent(one.skill)} per cent over "
            f"{plural(one.origins, 'past origin')} ({sure}), MASE {one.mase:.2f}."
        )
    if len(found) < asked:
        told.append(
            "Methods that are not named had too few years without a gap, or their models do not converge on them."
        )
    return told


def _errors_of(method: str) -> list[str]:
    if method in CORE_METHODS:
        return []
    return [f"The intervals of {_NAMES[method]} rest on {calibration().modelled:,} of these dyads, at one year each."]


def _reach_of(line: Line) -> list[str]:
    """Say for what the intervals' coverage was measured."""
    told = [
        "Intervals are as wide as past errors of trade between many pairs of states, 1958 to 2013; in years of world-wide "
        "shocks (the 1970s) they covered less than stated."
    ]
    if not line.key.startswith(_TRADE):
        told.append("Their coverage was measured on trade; for this line it is not known.")
    return told


def _in_percent(ratio: float) -> str:
    """Return a whole per cent with its sign; none for nought."""
    whole = round(100 * ratio)
    return f"{whole:+d}" if whole else "0"


def _amount(value: float, unit: str, beside: float = 0.0) -> str:
    return amount(Decimal(f"{value:.4g}"), unit, 3, beside=Decimal(f"{beside:.4g}"))


def _start(line: Line) -> str:
    return line.title[:1].upper() + line.title[1:]


def _in_sentence(line: Line) -> str:
    return line.title[:1].lower() + line.title[1:] if line.title.startswith("Trade ") else line.title


__all__ = ["NAIVE", "ON_RECORD", "breaks", "mean_growth", "outlook"]
