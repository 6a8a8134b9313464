"""Figures brought to the prices of one year by a named price index that is on record for each of them.

The year is the index's own base, or any other that is on record: what a series on one base says of two years is their
ratio, which does not depend on the base.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from comity.measures.candidates import citation
from comity.measures.converted import (
    MOST_APART,
    Converted,
    ConvertedPoint,
    Way,
    joined,
    named_ways,
    over,
    times,
    told_apart,
)
from comity.measures.lines import Line
from comity.measures.printed import ONE, Printed
from comity.measures.wording import listed, possessive, state_name
from comity.states import national_currency, state
from comity.terms import Observation, Period, Status

PRICE_INDEX = "price-index"
_HUNDRED = Decimal(100)
_BASE = Printed(_HUNDRED, _HUNDRED, _HUNDRED)
# "index": of prices in the state's own currency; "index of prices in USD": of those in another.
_UNIT = re.compile(r"index(?: of prices in (?P<currency>[A-Z]{3}))?")


def at_constant_prices(
    run: Line | Converted,
    index: str,
    code: str,
    observations: Iterable[Observation],
    *,
    base_year: int | None = None,
    prices_of: str = "",
) -> Converted:
    """Return a flow of money at the prices of one year: all of its periods, or a sentence why not.

    Args:
        run: figures of a flow in one currency at current prices.
        index: which index, as its series names it: "GDP deflator", "Export unit values", "Consumer prices", ...
        code: the state whose prices it measures.
        observations: the record's figures; indices are those of the indicator `price-index`, whose series names the index as its
            product or else in its title, the base year if it has one, and "index" as its unit (prices in the state's own currency) or "index of prices in USD".
        base_year: which base, where the index is on record on several.
        prices_of: the year whose prices are wanted, as the record labels it ("2015", "2015-16"), whatever the index's base;
            "" for the base year itself.
    """
    held = Converted.of(run)
    named = replace(
        held,
        key=f"{held.key}-at-constant-prices",
        title=f"{held.title}, at constant prices ({index}, {state_name(code)})",
    )
    on_record = [one for one in price_indices(observations) if one.series.reporter == code]
    found = [one for one in on_record if index.strip() and _plain(index_name(one)) == _plain(index)]
    why = _obstacle(held, index)
    if not why and not found:
        others = sorted({index_name(one) for one in on_record if index_name(one)})
        why = f"no {index} of {state_name(code)} is on record" + (f"; on record: {listed(others)}" if others else "")
    found = [one for one in found if base_year in (None, one.series.base_year)]
    chosen = why or _chosen(held, code, index, found, prices_of)
    if isinstance(chosen, str):
        return named.refused(f"{named.title}: not deflated, because {chosen}.")
    whose = f"{possessive(state_name(code))} {index}"
    made = [joined([one.way(point) for one in chosen]) for point in held.points]
    if wrong := next((one for one in made if one.apart > MOST_APART), None):
        return named.refused(
            f"{named.title}: not deflated, because {whose} of {wrong.point.period.label} is on record with levels that are more than twofold apart "
            f"({named_ways(wrong)}); keep the right one among the sources."
        )
    points = tuple(one.point for one in made)
    behind = {one for point in points for one in point.inputs}
    sources = listed(sorted({_source(one) for one in found if one.id in behind}))
    year = prices_of or str(chosen[0].base)
    if not prices_of:
        formula = f"value at current prices x 100 / {whose} ({year} = 100; {sources})"
    else:
        formula = f"value at current prices x {whose} of {year} / {whose} of the period ({sources})"
    method = f"Value at prices of {year} = {formula}, period by period, with the range that the printed digits of both allow."
    remarks = told_apart(made, "levels of the index")
    remarks += [
        f"Another index would give other figures: {whose} measures the prices of what it covers, not of this flow."
    ]
    if any(one.base is None for one in chosen):
        remarks.append(
            f"{whose} names no base year; only the ratio of its years is used, which holds if all of them are on one base and of one method."
        )
    elif not prices_of and not any(_is_base(level) for one in chosen for level in one.levels.values()):
        remarks.append(
            f"That the index is 100 in {year} is as its source says; its figure of that year is not on record."
        )
    return replace(
        named,
        key=f"{held.key}-at-{year}-prices",
        title=f"{held.title}, at prices of {year}",
        points=points,
        method=(*held.method, method),
        caveats=(*remarks, *held.caveats),
        base_year=int(year[:4]),
    )


def price_indices(observations: Iterable[Observation]) -> list[Observation]:
    """Return the figures of price indices that a source reports; what it derived or imputed deflates nothing."""
    return [one for one in observations if one.series.indicator == PRICE_INDEX and one.status is Status.REPORTED]


def index_name(one: Observation) -> str:
    """Return how the series of an index names it: its product, or else its title."""
    return one.series.product or one.series.title


def _obstacle(run: Converted, index: str) -> str:
    if not run.points:
        return "there are no figures to deflate"
    if not index.strip():
        return "no index is named; say which (GDP deflator, export unit values, consumer prices)"
    if not run.is_money:
        return f"its unit is {run.unit}, which is no currency"
    if run.base_year is not None:
        return f"it is at the prices of {run.base_year} already"
    if run.kind not in ("goods", "flow", "net"):
        return "it is no flow over the periods whose prices the index tells"
    return ""


_Days = tuple[object, object]


@dataclass(frozen=True, slots=True)
class _Index:
    """An index by period on one base, and its figure of the year whose prices are wanted; None for the base itself."""

    levels: Mapping[_Days, Observation]
    base: int | None
    of_year: Observation | None = None

    def way(self, point: ConvertedPoint) -> Way:
        """Return a point at the wanted prices, by how much it is multiplied, and the levels behind it."""
        level = self.levels[_days(point.period)]
        own = Printed.of(level.quantity)
        if self.of_year is None:
            return Way(_relative(_BASE, own), self.deflated(point, level), f"{_text(level)} ({_source(level)})")
        factor = ONE if level is self.of_year else _relative(Printed.of(self.of_year.quantity), own)
        words = f"{_text(self.of_year)} for {self.of_year.period.label} against {_text(level)} ({_source(level)})"
        return Way(factor, self.deflated(point, level), words)

    def deflated(self, point: ConvertedPoint, level: Observation) -> ConvertedPoint:
        """Return a point at the wanted prices; in the year whose prices these are it stays what it is."""
        if self.of_year is None:
            return over(point, Printed.of(level.quantity).scaled(1 / _HUNDRED), (level.id,))
        if level is self.of_year:
            return times(point, ONE, (level.id,))
        wanted = times(point, Printed.of(self.of_year.quantity), (self.of_year.id,))
        return over(wanted, Printed.of(level.quantity), (level.id,))


def _chosen(run: Converted, code: str, index: str, found: Sequence[Observation], prices_of: str) -> list[_Index] | str:
    """Return the index by period as it reaches over the whole run, once for each source that differs; or say why there is none."""
    whose = f"{possessive(state_name(code))} {index}"
    for one in found:
        match = _UNIT.fullmatch(one.series.unit)
        if match is None:
            return f"the unit of {whose} is {one.series.unit}, not 'index' or 'index of prices in {run.unit}'"
        if not _measures(match["currency"] or "", code, run):
            return (
                f"{whose} does not measure prices in {run.unit}; convert the figures to its currency first, or use an "
                f"index of prices in {run.unit}"
            )
    if not prices_of and any(one.series.base_year is None for one in found):
        return f"{whose} names no base year; name the year whose prices are wanted"
    # Levels of several sources stand together only on one base; without one each series stands for itself.
    by_base: dict[int | str, dict[_Days, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    labels = {one.period.label: _days(one.period) for one in found}
    for one in sorted(found, key=lambda one: (one.quantity.resolution, one.id)):
        by_base[one.series.base_year or one.series.id][_days(one.period)].append(one)
    needed = {_days(point.period): point.period.label for point in run.points}
    if prices_of:
        if prices_of not in labels:
            return f"{whose} is not on record for {prices_of}, the year whose prices are wanted"
        needed[labels[prices_of]] = prices_of
    whole = {base: levels for base, levels in by_base.items() if needed.keys() <= levels.keys()}
    bases = sorted({str(one.series.base_year) for one in found if one.series.base_year})
    if not whole:
        missing = [label for days, label in needed.items() if all(days not in levels for levels in by_base.values())]
        if missing:
            return f"{whose} is not on record for {listed(missing)}"
        return f"the base of {whose} changes within the run ({listed(bases) or 'no series of it has all years'})"
    if len(whole) > 1 and not prices_of:
        return f"{whose} is on record with the bases {listed(bases)}; name one"
    chosen: list[_Index] = []
    for base, levels in whole.items():
        for one_source in _by_source(levels, needed):
            sound = _sound(one_source, whose)
            if isinstance(sound, str):
                return sound
            of_year = sound[labels[prices_of]] if prices_of else None
            chosen.append(_Index(sound, base if isinstance(base, int) else None, of_year))
    return chosen or f"sources of {whose} differ, and none of them has all periods"


def _by_source(
    levels: Mapping[_Days, Sequence[Observation]], needed: Iterable[_Days]
) -> list[Mapping[_Days, Sequence[Observation]]]:
    """Return an index's levels as they are where all copies agree, else those of each source that reaches over all periods."""
    if all(copies[0].quantity.agrees_with(one.quantity) for copies in levels.values() for one in copies):
        return [levels]
    series = sorted({one.series.id for copies in levels.values() for one in copies})
    apart = [
        {days: own for days, copies in levels.items() if (own := [one for one in copies if one.series.id == each])}
        for each in series
    ]
    return [one for one in apart if set(needed) <= one.keys()] if len(series) > 1 else [levels]


def _relative(one: Printed, other: Printed) -> Printed:
    """Return one level over another, both above zero."""
    return Printed(one.low / other.high, one.value / other.value, one.high / other.low)


def _text(level: Observation) -> str:
    return level.quantity.text or str(level.quantity.number)


def _source(level: Observation) -> str:
    return citation(level.series.source) or "source not named"


def _measures(currency: str, code: str, run: Converted) -> bool:
    """Whether an index of prices in a currency ("" for the state's own) is one of prices in the run's."""
    if currency:
        return run.unit == currency
    # A national currency's code begins with its state's (ISO 4217); that of a union does not.
    alpha2 = state(code).alpha2
    years = [point.period.first_year for point in run.points]
    return bool(alpha2 and run.unit.startswith(alpha2)) or all(
        year is not None and national_currency(code, year) == run.unit for year in years
    )


def _sound(levels: Mapping[_Days, Sequence[Observation]], whose: str) -> Mapping[_Days, Observation] | str:
    """Return the finest copy of each period; or say what is wrong with the index."""
    for copies in levels.values():
        finest = copies[0]
        shown = finest.quantity.text or str(finest.quantity.number)
        if any(not finest.quantity.agrees_with(one.quantity) for one in copies):
            return f"copies of {whose} for {finest.period.label} differ"
        if finest.quantity.low <= 0:
            return f"{whose} is not surely above zero in {finest.period.label} ({shown})"
        if _is_base(finest) and not finest.quantity.low <= _HUNDRED <= finest.quantity.high:
            return f"{whose} is said to be 100 in {finest.series.base_year}, but is {shown} there"
    return {days: copies[0] for days, copies in levels.items()}


def _is_base(one: Observation) -> bool:
    return one.period == Period.of_year(one.series.base_year or 0) if one.series.base_year else False


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _days(period: Period) -> _Days:
    return period.start, period.end
