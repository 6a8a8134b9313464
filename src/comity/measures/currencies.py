"""Money brought to another currency by a rate that is itself on record, of the same period and of the right kind.

A flow is converted by the period's average rate, a stock by the rate at its date (IMF, Balance of Payments Manual, 6th edition,
chapter 3, on the conversion of currencies). No rate is crossed through a third currency, carried to another period or made up.
Where sources' rates of a period differ beyond rounding the figure is the range over all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from comity.measures.candidates import citation
from comity.measures.converted import (
    MOST_APART,
    Converted,
    ConvertedPoint,
    Joined,
    Way,
    is_currency,
    joined,
    named_ways,
    over,
    times,
    told_apart,
)
from comity.measures.lines import Line
from comity.measures.printed import Printed
from comity.measures.wording import listed, years_of
from comity.terms import InvalidTerm, Observation, Period, Status

AVERAGE_RATE = "exchange-rate"
END_RATE = "exchange-rate-end"
_PER = re.compile(r"(?P<quoted>[A-Z]{3}) per (?:(?P<units>10+) )?(?P<base>[A-Z]{3})")
_UNEVEN = (
    "A period's average rate weighs all of its days alike; where the rate moved and the flow was uneven, what changed hands differs "
    "from the figure. By how much is not known, and no part of the range."
)
_WORDS = {AVERAGE_RATE: "the average rate of the period", END_RATE: "the rate at the end of the period"}


@dataclass(frozen=True, slots=True)
class _Rate:
    """How many of the one currency stand for so many of the other, by one observation."""

    observation: Observation
    quoted: str
    base: str
    figure: Printed

    def into(self, currency: str) -> Printed:
        """Return how much of the currency one unit of the other is; only compared, never multiplied by."""
        if self.quoted == currency:
            return self.figure
        return Printed(1 / self.figure.high, 1 / self.figure.value, 1 / self.figure.low)

    def way(self, point: ConvertedPoint, currency: str) -> Way:
        """Return a point brought to the currency by this rate."""
        apply = times if self.quoted == currency else over
        rate = self.observation
        source = citation(rate.series.source) or "source not named"
        words = f"{rate.quantity.text or rate.quantity.number} {rate.series.unit} ({source})"
        return Way(self.into(currency), apply(point, self.figure, (rate.id,)), words)


def in_currency(run: Line | Converted, currency: str, observations: Iterable[Observation]) -> Converted:
    """Return a run of money in another currency, each period by its own rate on record; periods without one are told.

    Args:
        run: figures in one currency at current prices.
        currency: ISO 4217 code of the currency wanted.
        observations: the record's figures; rates are those of the indicator `exchange-rate` (averages) or
            `exchange-rate-end`, with the unit "JPY per USD" or "USD per 100 JPY".

    Raises:
        InvalidTerm: `currency` is not written as an ISO 4217 code.
    """
    if not is_currency(currency):
        raise InvalidTerm(f"{currency!r} is no currency; write its ISO 4217 code, such as USD")
    held = Converted.of(run)
    named = replace(held, key=f"{held.key}-in-{currency}", title=f"{held.title}, in {currency}")
    wanted = {"goods": AVERAGE_RATE, "flow": AVERAGE_RATE, "net": AVERAGE_RATE, "stock": END_RATE}.get(held.kind, "")
    why = _obstacle(held, currency, wanted)
    if why:
        return named.refused(f"{named.title}: not converted, because {why}.")
    rates, unread = _rates(observations, held.unit, currency)
    made: list[Joined] = []
    without: dict[str, list[str]] = {}
    for point in held.points:
        one = _brought(rates, point, wanted, held.unit, currency)
        if isinstance(one, str):
            without.setdefault(one, []).append(point.period.label)
        else:
            made.append(one)
    points = tuple(one.point for one in made)
    behind = {one for point in points for one in point.inputs}
    used = [rate.observation for rate in rates if rate.observation.id in behind]
    refusals = [
        f"{listed(labels)} {'is' if len(labels) == 1 else 'are'} not converted to {currency}: {reason}."
        for reason, labels in without.items()
    ]
    if refusals and unread:
        shown = listed([repr(one) for one in unread])
        refusals.append(f"Rates in {shown} are not used: a rate's unit is written as 'JPY per USD'.")
    method = (
        f"Each figure in {held.unit} is brought to {currency} by {_WORDS[wanted]} as it is on record for the same period, with the range that "
        "the printed digits of both allow; no rate is crossed through a third currency."
    )
    if used:
        sources = sorted({citation(one.series.source) or "source not named" for one in used})
        method += f" Rates: {listed(sources)}."
    remarks = told_apart(made, "rates")
    remarks += [_UNEVEN] if points and wanted == AVERAGE_RATE else []
    remarks += [f"Of the rate: {remark}." for remark in sorted({one.remark for one in used} - {""})]
    return replace(
        named,
        unit=currency,
        points=points,
        method=(*held.method, method),
        caveats=(*remarks, *held.caveats),
        refusals=(*held.refusals, *refusals),
    )


def currencies_on_record(unit: str, observations: Iterable[Observation]) -> list[str]:
    """Return the currencies to which a rate on record leads from a unit, in order."""
    matches = (_PER.fullmatch(one.series.unit) for one in observations if one.series.indicator in _WORDS)
    pairs = [{match["quoted"], match["base"]} for match in matches if match is not None]
    return sorted({code for pair in pairs if unit in pair for code in pair - {unit}})


def _obstacle(run: Converted, currency: str, wanted: str) -> str:
    if not run.points:
        return "there are no figures to convert"
    if not run.is_money:
        return f"its unit is {run.unit}, which is no currency"
    if run.unit == currency:
        return f"it is in {currency} already"
    if run.base_year is not None:
        return f"it is at the prices of {run.base_year}, which a rate of another year does not fit; convert the figures at current prices"
    if not wanted:
        return "it is not known whether it takes an average rate (a flow) or one at a date (a stock)"
    return ""


def _rates(observations: Iterable[Observation], unit: str, currency: str) -> tuple[list[_Rate], list[str]]:
    """Return the rates between the two currencies, either way round, and units that could not be read.

    What a source derived or imputed is no rate.
    """
    found, unread = [], set()
    for one in observations:
        if one.series.indicator not in (AVERAGE_RATE, END_RATE) or one.status is not Status.REPORTED:
            continue
        match = _PER.fullmatch(one.series.unit)
        if match is None:
            unread.add(one.series.unit)
            continue
        if {match["quoted"], match["base"]} == {unit, currency}:
            figure = Printed.of(one.quantity).scaled(1 / Decimal(match["units"] or 1))
            if figure.low > 0:
                found.append(_Rate(one, match["quoted"], match["base"], figure))
    return sorted(found, key=lambda rate: rate.observation.id), sorted(unread)


def _brought(rates: list[_Rate], point: ConvertedPoint, wanted: str, unit: str, currency: str) -> Joined | str:
    """Return a point in the currency by all rates of its period and kind; or say why there is none that can be used."""
    fits = [one for one in rates if _fits(one.observation, point.period)]
    of_kind = [one for one in fits if one.observation.series.indicator == wanted]
    if not of_kind:
        other = (
            f"; only {_WORDS[fits[0].observation.series.indicator]} is" if fits else _other_years(rates, point.period)
        )
        return f"{_WORDS[wanted]} between {unit} and {currency} is not on record{other}"
    found = joined([one.way(point, currency) for one in of_kind])
    if found.apart > MOST_APART:
        return f"the rates on record are more than twofold apart ({named_ways(found)}); keep the right one among the sources"
    return found


def _other_years(rates: list[_Rate], period: Period) -> str:
    """Say which kinds of years there are rates of, where the period is of none of them."""
    kinds = sorted({years_of(one.observation.period) for one in rates if not one.observation.period.is_open})
    if not kinds or years_of(period) in kinds:
        return ""
    return f" for {years_of(period)}; on record are rates of {listed(kinds)}"


def _fits(rate: Observation, period: Period) -> bool:
    """Whether a rate is of the period: an average over the same days, a rate at its last day."""
    if rate.series.indicator == END_RATE:
        return rate.period.end is not None and rate.period.end == period.end
    return (rate.period.start, rate.period.end) == (period.start, period.end) and not rate.period.is_open
