"""A dyad's trade beside what the gravity equation expects: a range over specifications, never one number alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from comity.measures.answers import Answer, Question
from comity.measures.estimating import GravityProgress, expect_within
from comity.measures.expected import Expected, ExpectedTrade, Job
from comity.measures.gravity import NotEstimated, see_extra
from comity.measures.gravity_panel import GravityPanel, gravity_specifications
from comity.measures.specifications import Estimator, GravitySpecification
from comity.measures.wording import amount, listed, plural, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint

LIMIT_SECONDS = 120.0
_LEVEL = 0.95
# Clustered standard errors are too small with few clusters; "few" is fewer than 20 to 50 (Cameron and Miller 2015,
# Journal of Human Resources 50:317-372, section VI). The upper end is taken.
_FEW_CLUSTERS = 50
_QUESTION = Question(
    "gravity-expectation",
    "Trade against its gravity expectation",
    "ratio",
    "Actual trade over the trade that the gravity equation expects from all other dyads: PPML (Santos Silva and Tenreyro "
    "2006) and OLS of logarithms, with effects of the sides (Yotov et al. 2016) or their products, estimated by pyfixest. "
    "A dummy for each of the dyad's flows keeps them out of their own expectation (Salkever 1976). Each specification's "
    "95 % interval is that of the expectation, clustered by pair if the specification names no other errors, residuals corrected for "
    "leverage (HC3, MacKinnon and White 1985); the interval of the measure runs from the lowest to the "
    "highest end of them.",
)
_MEAN_OR_TYPICAL = (
    "OLS of logarithms expects a typical (geometric mean) flow and PPML a mean one, which is larger where flows scatter; "
    "logarithms also leave flows of zero out (Santos Silva and Tenreyro 2006)."
)
_NO_RESISTANCE = (
    "Specifications with products instead of effects leave out how far each side is from all its other partners "
    "(multilateral resistance, Anderson and van Wincoop 2003)."
)
_NOT_CAUSES = (
    "A ratio away from one says that trade differs from that of dyads alike in the covariates; it does not say why, and the "
    "intervals do not hold errors of the figures themselves."
)


def gravity_expectation(
    dyad: Dyad,
    panel: GravityPanel,
    *,
    year: int | None = None,
    specifications: Sequence[GravitySpecification] | None = None,
    limit: float = LIMIT_SECONDS,
    progress: Callable[[GravityProgress], None] | None = None,
    began: float | None = None,
) -> Measure:
    """Return how many times its gravity expectation the dyad's trade is, as a range over specifications.

    The value is always None: the answer is the interval and the points, one a specification and direction.

    Args:
        dyad: the two sides.
        panel: trade of all dyads.
        year: the year asked about; the last with figures by default.
        specifications: what the expectation is made by; those of `gravity_specifications` by default.
        limit: seconds; specifications that are not done by then are named in the caveats.
        progress: hears which specification runs, at least once a second.
        began: since when the limit counts, by `time.monotonic`, where the panel took a part of it; None for now.

    Raises:
        MissingExtra: pyfixest is not installed.
        UnreadableTable: the panel has a cell that cannot be estimated with, as `estimate_gravity`.
    """
    see_extra()
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    asked_year = panel.last_year if year is None else year
    if asked_year is None:
        return no_expectation(dyad, "the panel has no figure of trade.", panel.notes)
    frame = panel.between_states()
    absent = [
        state_name(code)
        for code in (dyad.first, dyad.second)
        if not ((frame["exporter"] == code) | (frame["importer"] == code)).any()
    ]
    if absent:
        verb = "are" if len(absent) > 1 else "is"
        return no_expectation(dyad, f"{listed(absent)} {verb} not in the panel of trade.", panel.notes)
    chosen = tuple(gravity_specifications(panel, asked_year) if specifications is None else specifications)
    began = time.monotonic() if began is None else began
    for specification in chosen:
        # What is wrong with a cell is told here, with its row in the caller's frame, before a process is started.
        if time.monotonic() - began < limit:
            panel.see(specification)
    jobs = [Job(one, dyad.first, dyad.second, asked_year, _LEVEL) for one in chosen]
    answers = expect_within(limit, frame, jobs, progress, began)
    told = [one for one in answers if isinstance(one, ExpectedTrade)]
    reasons = [
        f"{one.specification.name}: not estimated. {one.why}" for one in answers if isinstance(one, NotEstimated)
    ]
    if not told:
        return _QUESTION.unanswered(
            dyad,
            f"No specification gives an expectation of the trade of {both} in {asked_year}.",
            (*panel.notes, *reasons),
        )
    return _answer(dyad, panel, frame, asked_year, told, reasons)


def no_expectation(dyad: Dyad, why: str, notes: Sequence[str] = ()) -> Measure:
    """Return the measure without an answer; `why` ends the sentence "Trade of the two has no expectation: "."""
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    return _QUESTION.unanswered(dyad, f"Trade of {both} has no expectation: {why}", notes)


def _answer(
    dyad: Dyad,
    panel: GravityPanel,
    frame: pd.DataFrame,
    year: int,
    told: Sequence[ExpectedTrade],
    reasons: Sequence[str],
) -> Measure:
    actual = _actual(dyad, frame, year)
    directions = (f"{dyad.first} to {dyad.second}", f"{dyad.second} to {dyad.first}", "both ways")
    points: list[MeasurePoint] = []
    ranges: dict[str, list[Interval]] = {}
    ratios: dict[str, list[float]] = {}
    for one in told:
        for direction, traded, expected in zip(directions, actual, (one.outward, one.inward, one.both), strict=True):
            if traded is None or expected is None:
                continue
            interval = Interval(traded / expected.high, traded / expected.low, _LEVEL, one.specification.errors)
            ranges.setdefault(direction, []).append(interval)
            ratios.setdefault(direction, []).append(traded / expected.value)
            points.append(
                MeasurePoint(
                    one.specification.name,
                    traded / expected.value,
                    direction,
                    date(year, 1, 1),
                    date(year, 12, 31),
                    interval,
                    panel.inputs,
                )
            )
    caveats = _caveats(dyad, panel, told, reasons, len(panel.frame) - len(frame))
    headline = next((one for one in reversed(directions) if one in ranges), None)
    if headline is None:
        both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
        summary = f"The panel has no figure of the trade of {both} in {year} to hold against its expectation."
        return _QUESTION.answered(dyad, summary, Answer(None, None, (), panel.inputs, caveats))
    traded = actual[directions.index(headline)]
    assert traded is not None
    whole = Interval(
        min(one.low for one in ranges[headline]),
        max(one.high for one in ranges[headline]),
        _LEVEL,
        "from the lowest to the highest end of the specifications' intervals",
    )
    summary = _summary(dyad, headline, year, _money(traded, panel), ratios[headline], whole)
    return _QUESTION.answered(
        dyad, summary + _others(told, year), Answer(None, whole, tuple(points), panel.inputs, caveats)
    )


def _actual(dyad: Dyad, frame: pd.DataFrame, year: int) -> tuple[float | None, float | None, float | None]:
    """Return the trade out, back, and both ways, in the panel's figures; None where there is none."""
    of_year = frame[frame["year"] == year]
    found: list[float | None] = []
    for exporter, importer in ((dyad.first, dyad.second), (dyad.second, dyad.first)):
        trade = of_year.loc[(of_year["exporter"] == exporter) & (of_year["importer"] == importer), "trade"]
        found.append(float(trade.iloc[0]) if len(trade) and not np.isnan(trade.iloc[0]) else None)
    out, back = found
    return out, back, None if out is None or back is None else out + back


def _summary(dyad: Dyad, headline: str, year: int, traded: str, ratios: Sequence[float], whole: Interval) -> str:
    first, second = state_name(dyad.first), state_name(dyad.second)
    if headline == "both ways":
        what = f"Trade of {first} and {second} both ways, {traded} in {year},"
    else:
        source, target = (first, second) if headline.startswith(dyad.first) else (second, first)
        what = f"{source} to {target}, {traded} in {year},"
    many = plural(len(ratios), "specification")
    least, most = _times(min(ratios)), _times(max(ratios))
    span = f"{least} to {most} times" if least != most else f"{least} times"
    if whole.low > 1:
        verdict = "above its expectation under every one"
    elif whole.high < 1:
        verdict = "below its expectation under every one"
    else:
        verdict = "so it cannot be said to lie above or below"
    return (
        f"{what} is {span} what {many} of the gravity equation {'expect' if len(ratios) > 1 else 'expects'} "
        f"(95 % intervals {_times(whole.low)} to {_times(whole.high)}), {verdict}"
    )


def _others(told: Sequence[ExpectedTrade], year: int) -> str:
    """Return how other flows scatter around their expectation, which puts a ratio into proportion."""
    spreads = [one.spread for one in told if one.spread is not None]
    if not spreads:
        return "."
    low, high = min(low for low, _ in spreads), max(high for _, high in spreads)
    return f"; nine in ten other flows above zero of {year} lie between {_times(low)} and {_times(high)} times theirs."


def _caveats(
    dyad: Dyad, panel: GravityPanel, told: Sequence[ExpectedTrade], reasons: Sequence[str], domestic: int
) -> tuple[str, ...]:
    found = [*panel.notes, _NOT_CAUSES]
    if len({one.specification.estimator for one in told}) > 1:
        found.append(_MEAN_OR_TYPICAL)
    elif told[0].specification.estimator is Estimator.OLS:
        found.append("OLS of logarithms expects a typical (geometric mean) flow and leaves flows of zero out.")
    if panel.sizes is not None:
        found.append(_NO_RESISTANCE)
    for one in told:
        expectations = [
            f"{words} {_range(expected, panel)}"
            for words, expected in (
                (f"{dyad.first} to {dyad.second}", one.outward),
                (f"{dyad.second} to {dyad.first}", one.inward),
            )
            if expected is not None
        ]
        clusters = " and ".join(f"{number:,}" for number in one.clusters)
        errors = f"{clusters} clusters" if clusters else f"errors {one.specification.errors}"
        found.append(
            f"{one.specification.name} ({one.specification.formula}; {one.observations:,} rows, {errors}) expects "
            f"{'; '.join(expectations)}." + (f" Rows left out: {', '.join(one.left_out)}." if one.left_out else "")
        )
        found += [f"{one.specification.name}: {gap}" for gap in one.gaps]
        if one.clusters and min(one.clusters) < _FEW_CLUSTERS:
            found.append(
                f"{one.specification.name}: {min(one.clusters)} clusters are few, and its interval is probably too narrow "
                "(Cameron and Miller 2015)."
            )
    for rule in dict.fromkeys(one.specification.small_sample for one in told):
        found.append(f"Small samples: the variance is multiplied by {rule.words}.")
    if domestic:
        found.append(f"{plural(domestic, 'row')} of a state's trade with itself left out.")
    return (*found, *reasons)


def _range(expected: Expected, panel: GravityPanel) -> str:
    return f"{_money(expected.value, panel)} ({_money(expected.low, panel)} to {_money(expected.high, panel)})"


def _money(figure: float, panel: GravityPanel) -> str:
    return amount(Decimal(figure) * panel.scale, panel.unit, 3)


def _times(ratio: float) -> str:
    """Return a ratio with two digits that count, and whole from ten on."""
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2g}"


__all__ = ["LIMIT_SECONDS", "gravity_expectation", "no_expectation"]
