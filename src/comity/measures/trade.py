"""Trade between the sides: balance, each side's share, and the total both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from comity.measures.answers import Answer, Question
from comity.measures.candidates import LinePoint, citation
from comity.measures.lines import RULE, Line, printed_totals, trade_lines
from comity.measures.printed import Printed, total
from comity.measures.wording import (
    absent,
    amount,
    between,
    over,
    percent,
    percent_between,
    possessive,
    state_name,
    where,
)
from comity.terms import Dyad, Measure, MeasurePoint, Observation, Period, Source

_BALANCE = Question(
    "trade-balance",
    "Balance of trade",
    "",
    "Exports of the first state to the second less its imports from it, by year and cumulated, both from one source; "
    f"intervals add what the printed digits allow (Moore 1966, interval arithmetic). {RULE}",
)
_SHARES = Question(
    "export-shares",
    "Each side's exports as a share of two-way trade",
    "percent",
    "A side's exports over the sum of both sides' exports, by year, with the range that the printed digits allow. "
    + RULE,
)
_TOTAL = Question(
    "total-trade",
    "Total trade",
    "",
    "The sum of both directions by year, from one source; the source's own total where it prints no directions. "
    + RULE,
)
_NO_ACCOUNT = "no source on record gives both directions of their trade for one common year"


def trade_balance(dyad: Dyad, observations: Iterable[Observation], *, asked: Collection[str] = ()) -> Measure:
    """Return the balance of trade as the dyad's first state sees it; the value is the latest year's."""
    lines = trade_lines(dyad, observations, asked=asked)
    if lines is None:
        return _BALANCE.unanswered(dyad, f"The balance of trade of {_both(dyad)} cannot be computed: {_NO_ACCOUNT}.")
    outward, inward = lines
    years = common_years(outward, inward)
    balances = [(period, out.figure - back.figure, (*out.inputs, *back.inputs)) for period, out, back in years]
    points = [_point(period, value, "balance", inputs) for period, value, inputs in balances]
    cumulated: list[Printed] = []
    inputs_so_far: tuple[str, ...] = ()
    for period, value, inputs in balances:
        cumulated.append(total([*cumulated[-1:], value]))
        inputs_so_far = (*inputs_so_far, *inputs)
        points.append(_point(period, cumulated[-1], "cumulated", inputs_so_far))
    period, latest, _ = balances[-1]
    unit = outward.unit
    first, second = state_name(dyad.first), state_name(dyad.second)
    summary = f"{first} ran {_surplus(latest, unit)} in trade with {second} in {period.label} ({_range(latest, unit)})"
    if len(balances) > 1:
        summary += (
            f"; over {over([one[0] for one in balances])} its balance sums to {amount(cumulated[-1].value, unit)}"
        )
    answer = Answer(
        float(latest.value), latest.interval(), tuple(points), caveats=caveats_of_both(outward, inward, years)
    )
    return _in_unit(_BALANCE, unit).answered(dyad, summary + ".", answer)


def export_shares(dyad: Dyad, observations: Iterable[Observation], *, asked: Collection[str] = ()) -> Measure:
    """Return each side's exports as a share of the two-way trade in per cent; the value is the first state's latest."""
    lines = trade_lines(dyad, observations, asked=asked)
    if lines is None:
        return _SHARES.unanswered(dyad, f"Shares in the trade of {_both(dyad)} cannot be computed: {_NO_ACCOUNT}.")
    outward, inward = lines
    years = common_years(outward, inward)
    points: list[MeasurePoint] = []
    shares: list[tuple[Period, Printed]] = []
    for period, out, back in years:
        share = out.figure.share_of_sum(back.figure)
        other = back.figure.share_of_sum(out.figure)
        if share is None or other is None:
            continue
        inputs = (*out.inputs, *back.inputs)
        shares.append((period, share))
        points.append(_point(period, share.scaled(Decimal(100)), dyad.first, inputs))
        points.append(_point(period, other.scaled(Decimal(100)), dyad.second, inputs))
    if not shares:
        return _SHARES.unanswered(
            dyad, f"Shares in the trade of {_both(dyad)} cannot be computed: it is zero throughout."
        )
    (start, before), (end, now) = shares[0], shares[-1]
    name = possessive(state_name(dyad.first))
    summary = (
        f"{name} exports made up {percent(now.value)} of the two-way trade with {state_name(dyad.second)} in {end.label} "
        f"({percent_between(now.scaled(Decimal(100)))})"
    )
    if len(shares) > 1:
        first = before.scaled(Decimal(100))
        # Of small figures rounding leaves much open: one million and none are any share from a third up.
        loose = f" ({percent_between(first)})" if first.high - first.low >= 1 else ""
        summary += f", after {percent(before.value)} in {start.label}{loose}"
    latest = now.scaled(Decimal(100))
    answer = Answer(
        float(latest.value), latest.interval(), tuple(points), caveats=caveats_of_both(outward, inward, years)
    )
    return _SHARES.answered(dyad, summary + ".", answer)


def total_trade(dyad: Dyad, observations: Iterable[Observation], *, asked: Collection[str] = ()) -> Measure:
    """Return the trade both ways by year; the value is the latest year's."""
    held = list(observations)
    line = total_line(dyad, held, asked=asked)
    if line is None:
        return _TOTAL.unanswered(
            dyad, f"The total trade of {_both(dyad)} cannot be told: {_NO_ACCOUNT}, and none prints a total."
        )
    latest = line.points[-1]
    points = tuple(_point(point.period, point.figure, "total", point.inputs) for point in line.points)
    summary = (
        f"Trade between {_both(dyad)} came to {amount(latest.figure.value, line.unit)} in {latest.period.label} "
        f"({between(latest.figure, line.unit)})"
    )
    if len(line.points) > 1:
        years = [(point.period.label, point.figure.value) for point in line.points]
        low = min(line.points, key=lambda point: point.figure.value)
        high = max(line.points, key=lambda point: point.figure.value)
        summary += (
            f"; over {over([point.period for point in line.points])} it lay between "
            f"{amount(low.figure.value, line.unit)} ({where(years, low.figure.value)}) and "
            f"{amount(high.figure.value, line.unit)} ({where(years, high.figure.value)})"
        )
    account = _account(line) if line.account else line.remarks[0]
    answer = Answer(float(latest.figure.value), latest.figure.interval(), points, caveats=(account, *line.caveats))
    return _in_unit(_TOTAL, line.unit).answered(dyad, summary + ".", answer)


def total_line(
    dyad: Dyad, observations: Sequence[Observation], *, longest: bool = False, asked: Collection[str] = ()
) -> Line | None:
    """Return the line of two-way trade: the sum of both directions, or the total that a source prints alone."""
    lines = trade_lines(dyad, observations, longest=longest, asked=asked)
    printed = printed_totals(dyad, observations, longest=longest, asked=asked)
    title = f"Trade between {_both(dyad)}"
    asks_printed = (
        lines is not None
        and bool(printed)
        and printed[0].series.id in asked
        and printed[0].series.source != lines[0].source
    )
    if lines is None or asks_printed:
        if not printed:
            return None
        chosen = printed[0]
        asked_for = ("This source was asked for; the rule would take one that gives both directions.",)
        caveats = (
            *chosen.caveats,
            *(asked_for if asks_printed else ()),
            "The total is as the source prints it; its directions are not on record.",
        )
        return Line(
            "total-trade",
            title,
            chosen.series.unit,
            "",
            chosen.series.source,
            chosen.points,
            caveats,
            chosen.series.base_year,
        )
    outward, inward = lines
    years = common_years(outward, inward)
    points = tuple(
        LinePoint(period, out.figure + back.figure, (*out.inputs, *back.inputs)) for period, out, back in years
    )
    account = outward.account if outward.account == inward.account else ""
    notes = list(caveats_of_both(outward, inward, years)[1 if account else 0 :])
    for series in printed:
        if series.series.source == outward.source and series.series.unit == outward.unit:
            notes += _disagreeing_totals(points, series.points, outward.unit)
    return Line("total-trade", title, outward.unit, account, outward.source, points, tuple(notes), outward.base_year)


def _disagreeing_totals(sums: Sequence[LinePoint], printed: Sequence[LinePoint], unit: str) -> list[str]:
    by_period = {point.period: point.figure for point in sums}
    return [
        f"The source prints {amount(point.figure.value, unit)} as the total of {point.period.label}; its directions sum to "
        f"{amount(by_period[point.period].value, unit)}, more apart than rounding explains."
        for point in printed
        if point.period in by_period and not point.figure.overlaps(by_period[point.period])
    ]


def common_years(outward: Line, inward: Line) -> list[tuple[Period, LinePoint, LinePoint]]:
    """Return the periods that both directions have, with the points of either."""
    back = {point.period: point for point in inward.points}
    return [(point.period, point, back[point.period]) for point in outward.points if point.period in back]


def caveats_of_both(
    outward: Line, inward: Line, years: Sequence[tuple[Period, LinePoint, LinePoint]]
) -> tuple[str, ...]:
    """Return what is to be said of both directions of trade from one source: whose account, left-out years, the caveats of either."""
    notes = [_account(outward) if outward.account == inward.account else _accounts(outward, inward)]
    if len(years) < max(len(outward.points), len(inward.points)):
        notes.append("Years for which one direction is missing are left out.")
    if missing := absent([period for period, _, _ in years]):
        notes.append(f"No figure for {missing}.")
    return (*notes, *outward.caveats, *inward.caveats)


def _accounts(outward: Line, inward: Line) -> str:
    sides = f"{possessive(state_name(outward.account))} for {outward.title} and {possessive(state_name(inward.account))} for {inward.title}"
    return f"The source has each flow once: the account is {sides} ({_named(outward.source)})."


def _account(line: Line) -> str:
    return f"The figures are {possessive(state_name(line.account))} account ({_named(line.source)})."


def _named(source: Source) -> str:
    return citation(source) or "source not named"


def _surplus(value: Printed, unit: str) -> str:
    if value.low > 0:
        return f"a surplus of {amount(value.value, unit)}"
    if value.high < 0:
        return f"a deficit of {amount(-value.value, unit)}"
    return f"a balance of {amount(value.value, unit)}, whose sign rounding leaves open,"


def _range(value: Printed, unit: str) -> str:
    return between(-value if value.high < 0 else value, unit)


def _in_unit(question: Question, unit: str) -> Question:
    return Question(question.key, question.title, unit, question.method)


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


def _both(dyad: Dyad) -> str:
    return f"{state_name(dyad.first)} and {state_name(dyad.second)}"
