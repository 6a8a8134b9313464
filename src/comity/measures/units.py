"""Amounts of goods in other units of the same thing, by factors that are exact by definition."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from comity.measures.converted import Converted, over, times
from comity.measures.lines import Line
from comity.measures.printed import Printed

# What one unit is in kilograms, cubic metres, metres, square metres or joules: all exact by definition (NIST Special
# Publication 811, 2008 edition, appendix B.8; the barrel of petroleum is 42 US gallons of 231 cubic inches).
_EXACT: Final = {
    "mass": {
        "gram": "0.001",
        "kilogram": "1",
        "tonne": "1000",
        "pound": "0.45359237",
        "short ton": "907.18474",
        "long ton": "1016.0469088",
        "troy ounce": "0.0311034768",
        "carat": "0.0002",
    },
    "volume": {
        "litre": "0.001",
        "cubic metre": "1",
        "US gallon": "0.003785411784",
        "barrel": "0.158987294928",
        "cubic foot": "0.028316846592",
    },
    "length": {"metre": "1", "kilometre": "1000", "mile": "1609.344", "nautical mile": "1852"},
    "area": {"square metre": "1", "hectare": "10000", "square kilometre": "1000000"},
    "energy": {
        "joule": "1",
        "kilowatt hour": "3600000",
        "megawatt hour": "3600000000",
        "gigawatt hour": "3600000000000",
    },
}
_SOURCE: Final = "NIST Special Publication 811 (2008), appendix B"


def in_unit(run: Line | Converted, unit: str) -> Converted:
    """Return a run in another unit of the same quantity (mass, volume, length, area, energy); any other is refused in a sentence.

    Units are written as observations have them: "tonne", "kilogram", "barrel" (of petroleum), "litre", "hectare", ...
    """
    held = Converted.of(run)
    named = replace(held, key=f"{held.key}-in-{unit.replace(' ', '-')}", title=f"{held.title}, in {unit}")
    given, wanted = _quantity(held.unit), _quantity(unit)
    if not given or given != wanted or held.unit == unit:
        if held.unit == unit:
            why = f"it is in {unit} already"
        elif given and wanted:
            why = f"{held.unit} is a {given} and {unit} a {wanted}; the one is the other only by a density, which is not on record"
        else:
            why = f"no exact factor is known from {held.unit} to {unit}"
        return named.refused(f"{named.title}: not converted, because {why}.")
    multiplier, divisor = Decimal(_EXACT[given][held.unit]), Decimal(_EXACT[given][unit])
    points = tuple(over(times(point, _exact(multiplier)), _exact(divisor)) for point in held.points)
    method = f"One {held.unit} is {multiplier} / {divisor} {unit}, exactly ({_SOURCE})."
    return replace(named, unit=unit, points=points, method=(*held.method, method))


def alike(unit: str) -> tuple[str, ...]:
    """Return the other units of the same quantity that `in_unit` knows; none for a unit that it does not know."""
    return tuple(one for one in _EXACT.get(_quantity(unit), ()) if one != unit)


def unit_named(words: str) -> str:
    """Return the unit that the words name, written with spaces or hyphens; "" where `in_unit` knows none."""
    return next(
        (unit for units in _EXACT.values() for unit in units if unit.replace(" ", "-") == words.replace(" ", "-")), ""
    )


def _quantity(unit: str) -> str:
    return next((quantity for quantity, units in _EXACT.items() if unit in units), "")


def _exact(factor: Decimal) -> Printed:
    return Printed(factor, factor, factor)
