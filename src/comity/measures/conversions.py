"""A line brought to what a person names: other years, another currency, the prices of one year, another unit.

The words for it are those of the command line ("JPY", "calendar-years", "years-of-IND", "constant-prices", "prices-of-2015",
"kilogram"). What would need a choice that nobody made is not converted: the choices are listed. Years come before money: a rate
or an index is of the years of the figures, and says nothing of a part of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from comity.measures.calendars import in_calendar_years, in_years_of
from comity.measures.converted import Converted, is_currency
from comity.measures.currencies import currencies_on_record, in_currency
from comity.measures.deflators import at_constant_prices, index_name, price_indices
from comity.measures.lines import Line
from comity.measures.units import alike, in_unit, unit_named
from comity.measures.wording import listed
from comity.states import state
from comity.terms import Dyad, Observation, UnknownCode

CALENDAR_YEARS = "calendar-years"
CONSTANT_PRICES = "constant-prices"
_YEARS_OF = re.compile(r"years-of-(?P<code>[A-Z]{3})")
_PRICES = re.compile(rf"(?:{CONSTANT_PRICES}|prices-of-(?P<year>\d{{4}}(?:-\d{{2}})?))(?::(?P<index>.+))?")


def convert(run: Line | Converted, steps: Sequence[str], dyad: Dyad, observations: Sequence[Observation]) -> Converted:
    """Return a line after each of the conversions in turn; what one of them refuses ends it, and says what is possible.

    Args:
        run: the line, or what was made of it.
        steps: "calendar-years", "years-of-IND", a currency's ISO 4217 code, "constant-prices" or "prices-of-2015" (":INDEX" behind
            it where several indices are on record), or a unit of the same quantity.
        dyad: the two sides, whose fiscal years and prices are offered.
        observations: the record's figures, with rates and indices among them.

    Raises:
        UnknownCode: a step is none of these, or leaves a choice open; the message lists what is possible.
        UnknownState: "years-of-" names no state.
    """
    held = Converted.of(run)
    for number, step in enumerate(steps):
        before = steps[:number]
        done = _step(held, step, dyad, observations, before)
        if not done.points:
            return done.refused(_offer(held, dyad, observations, before))
        held = done
    return held


def possible(
    run: Line | Converted, dyad: Dyad, observations: Sequence[Observation], before: Sequence[str] = ()
) -> dict[str, int]:
    """Return what a run can be brought to by what is on record, with the number of its periods for which that is so.

    Args:
        run: the line, or what was made of it.
        dyad: the two sides.
        observations: the record's figures.
        before: what was done to the line already, in the words of `convert`.
    """
    held = Converted.of(run)
    if not held.points:
        return {}
    steps = [CALENDAR_YEARS, *(f"years-of-{code}" for code in (dyad.first, dyad.second))]
    steps += currencies_on_record(held.unit, observations)
    last = held.points[-1].period.label
    for name, meant in _indices(observations).items():
        steps.append(f"{CONSTANT_PRICES if _has_base(observations, meant) else f'prices-of-{last}'}:{name}")
    steps += [unit.replace(" ", "-") for unit in alike(held.unit)]
    found = {step: len(_step(held, step, dyad, observations, before).points) for step in steps}
    return {step: count for step, count in found.items() if count}


def _out_of_order(step: str, before: Sequence[str]) -> str:
    """Say why a conversion cannot stand behind those before it without losing what its range means; "" where it can."""
    money = [one for one in before if _PRICES.fullmatch(one) or is_currency(one)]
    if money and (step == CALENDAR_YEARS or _YEARS_OF.fullmatch(step)):
        return (
            f"its figures are at {money[-1]} by rates and indices of its own years, and those of a part of a year may be others; "
            f"name the years before {money[-1]}"
        )
    if is_currency(step) and any(map(is_currency, before)):
        return "it was brought to another currency already, and no rate is crossed through a third one"
    return ""


def _step(
    run: Converted, what: str, dyad: Dyad, observations: Sequence[Observation], before: Sequence[str] = ()
) -> Converted:
    if why := _out_of_order(what, before):
        return replace(run, key=f"{run.key}-in-{what}").refused(f"{run.title}: not brought to {what}, because {why}.")
    if what == CALENDAR_YEARS:
        return in_calendar_years(run)
    if match := _YEARS_OF.fullmatch(what):
        return in_years_of(run, state(match["code"]).code)
    if _PRICES.fullmatch(what):
        return _at_prices(run, what, observations)
    if unit := unit_named(what):
        return in_unit(run, unit)
    if is_currency(what):
        return in_currency(run, what, observations)
    raise UnknownCode(f"a line is not brought to {what!r}.", remedy=_offer(run, dyad, observations, before))


def _at_prices(run: Converted, what: str, observations: Sequence[Observation]) -> Converted:
    match = _PRICES.fullmatch(what)
    year, name = (match["year"] or "", match["index"] or "") if match else ("", "")
    known = _indices(observations)
    if name and name not in known:
        shown = f"On record are: {', '.join(known)}." if known else "No price index is on record."
        raise UnknownCode(f"there is no price index {name!r} on record.", remedy=shown)
    prices = f"prices-of-{year}" if year else CONSTANT_PRICES
    if not name and len(known) > 1:
        # An index that names no base year tells only the prices of a year that a person names.
        choices = [
            f"{prices if year or _has_base(observations, meant) else 'prices-of-YEAR'}:{one}"
            for one, meant in known.items()
        ]
        raise UnknownCode(
            f"{len(known)} price indices are on record, and {what!r} names none of them.",
            remedy=f"Choose one: {', '.join(choices)}.",
        )
    if not known:
        return run.refused(f"{run.title}: not deflated, because no price index is on record.")
    code, index, base = known[name or next(iter(known))]
    return at_constant_prices(run, index, code, observations, base_year=base, prices_of=year)


def _indices(observations: Iterable[Observation]) -> dict[str, tuple[str, str, int | None]]:
    """Return the price indices on record by the names that a person gives them: state, name and, of several, base year."""
    bases: dict[tuple[str, str], set[int | None]] = {}
    for one in price_indices(observations):
        if index_name(one):
            bases.setdefault((one.series.reporter, index_name(one)), set()).add(one.series.base_year)
    found: dict[str, tuple[str, str, int | None]] = {}
    for (code, index), years in sorted(bases.items()):
        words = "-".join(re.findall(r"\w+", index.lower()))
        for base in sorted(years, key=lambda year: year or 0):
            suffix = f"-{base}" if len(years) > 1 and base else ""
            found[f"{code}-{words}{suffix}"] = code, index, base if len(years) > 1 else None
    return found


def _has_base(observations: Iterable[Observation], meant: tuple[str, str, int | None]) -> bool:
    """Whether an index says in all of its figures in which year it is 100."""
    code, index, _ = meant
    of_index = (one for one in price_indices(observations) if (one.series.reporter, index_name(one)) == (code, index))
    return all(one.series.base_year is not None for one in of_index)


def _offer(run: Converted, dyad: Dyad, observations: Sequence[Observation], before: Sequence[str]) -> str:
    """Return the sentence that says what a run can be brought to, and to what by way of calendar years."""
    offers = _counted(run, dyad, observations, before)
    brought = _step(run, CALENDAR_YEARS, dyad, observations, before)
    further = [one for one in _counted(brought, dyad, observations, (*before, CALENDAR_YEARS)) if one not in offers]
    if not offers:
        return f"Nothing on record brings {run.key} to anything else."
    after = f", and after {CALENDAR_YEARS} to {listed(further)}" if further else ""
    return f"What is on record brings {run.key} to {listed(offers)}{after}."


def _counted(run: Converted, dyad: Dyad, observations: Sequence[Observation], before: Sequence[str]) -> list[str]:
    count = len(run.points)
    found = possible(run, dyad, observations, before)
    return [step if held >= count else f"{step} ({held} of {count} periods)" for step, held in found.items()]
