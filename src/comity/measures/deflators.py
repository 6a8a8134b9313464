"""Figures brought to the prices of one year by a named price index that is on record for each of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from comity.measures.converted import Converted, over
from comity.measures.lines import Line, citation
from comity.measures.printed import Printed
from comity.measures.wording import listed, possessive, state_name
from comity.states import state
from comity.terms import Observation, Period, Status

PRICE_INDEX = "price-index"
_HUNDRED = Decimal(100)
# "index": of prices in the state's own currency; "index of prices in USD": of those in another.
_UNIT = re.compile(r"index(?: of prices in (?P<currency>[A-Z]{3}))?")


def at_constant_prices(
    run: Line | Converted, index: str, code: str, observations: Iterable[Observation], *, base_year: int | None = None
) -> Converted:
    """Return a flow of money at the prices of the index's base year: all of its periods, or a sentence why not.

    Args:
        run: figures of a flow in one currency at current prices.
        index: which index, as its series names it: "GDP deflator", "Export unit values", "Consumer prices", ...
        code: the state whose prices it measures.
        observations: the record's figures; indices are those of the indicator `price-index`, whose series names the index as its
            product or else in its title, the base year, and "index" as its unit (prices in the state's own currency) or "index of prices in USD".
        base_year: which base, where the index is on record on several.
    """
    held = Converted.of(run)
    named = replace(
        held,
        key=f"{held.key}-at-constant-prices",
        title=f"{held.title}, at constant prices ({index}, {state_name(code)})",
    )
    on_record = [
        one
        for one in observations
        if one.series.indicator == PRICE_INDEX and one.series.reporter == code and one.status is Status.REPORTED
    ]
    found = [one for one in on_record if index.strip() and _plain(_name(one)) == _plain(index)]
    why = _obstacle(held, index)
    if not why and not found:
        others = sorted({_name(one) for one in on_record if _name(one)})
        why = f"no {index} of {state_name(code)} is on record" + (f"; on record: {listed(others)}" if others else "")
    chosen = why or _chosen(held, code, index, [one for one in found if base_year in (None, one.series.base_year)])
    if isinstance(chosen, str):
        return named.refused(f"{named.title}: not deflated, because {chosen}.")
    used = [chosen[_days(point.period)] for point in held.points]
    points = tuple(
        over(point, Printed.of(one.quantity).scaled(1 / _HUNDRED), (one.id,))
        for point, one in zip(held.points, used, strict=True)
    )
    base = used[0].series.base_year
    whose = f"{possessive(state_name(code))} {index}"
    sources = listed(sorted({citation(one.series.source) or "source not named" for one in used}))
    method = (
        f"Value at prices of {base} = value at current prices x 100 / {whose} ({base} = 100; {sources}), period by period, with the range that "
        "the printed digits of both allow."
    )
    remarks = [
        f"Another index would give other figures: {whose} measures the prices of what it covers, not of this flow."
    ]
    if not any(_is_base(one) for one in chosen.values()):
        remarks.append(
            f"That the index is 100 in {base} is as its source says; its figure of that year is not on record."
        )
    return replace(
        named,
        key=f"{held.key}-at-{base}-prices",
        title=f"{held.title}, at prices of {base}",
        points=points,
        method=(*held.method, method),
        caveats=(*remarks, *held.caveats),
        base_year=base,
    )


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


def _chosen(run: Converted, code: str, index: str, found: Sequence[Observation]) -> Mapping[_Days, Observation] | str:
    """Return the index by period on the one base on which it reaches over the whole run; or say why there is none."""
    whose = f"{possessive(state_name(code))} {index}"
    for one in found:
        match = _UNIT.fullmatch(one.series.unit)
        if match is None:
            return f"the unit of {whose} is {one.series.unit}, not 'index' or 'index of prices in {run.unit}'"
        # A national currency's code begins with its state's (ISO 4217).
        measured = match["currency"] or state(code).alpha2
        if not measured or not run.unit.startswith(measured):
            return (
                f"{whose} does not measure prices in {run.unit}; convert the figures to its currency first, or use an "
                f"index of prices in {run.unit}"
            )
    if any(one.series.base_year is None for one in found):
        return f"{whose} names no base year"
    by_base: dict[int | None, dict[_Days, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(found, key=lambda one: (one.quantity.resolution, one.id)):
        by_base[one.series.base_year][_days(one.period)].append(one)
    needed = {_days(point.period): point.period.label for point in run.points}
    whole = [levels for levels in by_base.values() if needed.keys() <= levels.keys()]
    if not whole:
        missing = [label for days, label in needed.items() if all(days not in levels for levels in by_base.values())]
        if missing:
            return f"{whose} is not on record for {listed(missing)}"
        return f"the base of {whose} changes within the run ({listed(sorted(str(base) for base in by_base))})"
    if len(whole) > 1:
        return f"{whose} is on record with the bases {listed(sorted(str(base) for base in by_base))}; name one"
    return _sound(whole[0], whose)


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


def _name(one: Observation) -> str:
    return one.series.product or one.series.title


def _is_base(one: Observation) -> bool:
    return one.period == Period.of_year(one.series.base_year or 0) if one.series.base_year else False


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _days(period: Period) -> _Days:
    return period.start, period.end
