"""Amounts in other units: exact factors of one quantity, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import Line, LinePoint, Printed, conversion, in_unit
from comity.terms import Dyad, Period, Quantity
from tests.measures.conftest import SURVEY

MASS = ("gram", "kilogram", "tonne", "pound", "short ton", "long ton", "troy ounce", "carat")
VOLUME = ("litre", "cubic metre", "US gallon", "barrel", "cubic foot")


def line(number: str, unit: str) -> Line:
    """Return a line of one year with a figure as printed."""
    figure = Printed.of(Quantity.printed(number, unit))
    return Line(
        "exports-BRA", "Brazil's exports", unit, "BRA", SURVEY, (LinePoint(Period.of_year(2016), figure, ("obs",)),)
    )


@pytest.mark.parametrize(
    ("unit", "other", "factor"),
    [
        ("tonne", "kilogram", "1000"),
        ("barrel", "litre", "158.987294928"),
        ("barrel", "US gallon", "42"),
        ("pound", "kilogram", "0.45359237"),
        ("short ton", "pound", "2000"),
        ("long ton", "pound", "2240"),
        ("mile", "kilometre", "1.609344"),
        ("kilowatt hour", "joule", "3600000"),
        ("square kilometre", "hectare", "100"),
    ],
)
def test_one_unit_is_exactly_so_many_of_the_other(unit: str, other: str, factor: str) -> None:
    """Factors are the exact ones of NIST's Special Publication 811, and the method names it."""
    found = in_unit(line("1", unit), other)
    assert found.points[0].figure.value == Decimal(factor)
    assert found.points[0].figure.low == Decimal(factor) / 2
    assert (found.unit, found.key) == (other, f"exports-BRA-in-{other.replace(' ', '-')}")
    assert "NIST Special Publication 811" in found.method[0]


@pytest.mark.parametrize(
    ("unit", "other", "why"),
    [
        ("barrel", "tonne", "only by a density"),
        ("bale", "tonne", "no exact factor"),
        ("USD", "tonne", "no exact factor"),
        ("tonne", "tonne", "in tonne already"),
    ],
)
def test_other_units_are_refused(unit: str, other: str, why: str) -> None:
    """A volume is no mass, a bale has no fixed weight: a sentence and no figure."""
    found = in_unit(line("7", unit), other)
    measure = conversion(Dyad("BRA", "ARG"), found)
    assert found.points == () and measure.value is None and why in measure.summary


@given(
    st.decimals(min_value=0, max_value=10**12, places=3),
    st.one_of(st.tuples(*[st.sampled_from(MASS)] * 2), st.tuples(*[st.sampled_from(VOLUME)] * 2)),
)
def test_there_and_back_is_the_same_figure(number: Decimal, units: tuple[str, str]) -> None:
    """An amount brought to another unit and back is itself, and its range is no narrower than it was."""
    unit, other = units
    if unit == other:
        return
    held = line(str(number), unit)
    (point,) = in_unit(in_unit(held, other), unit).points
    first = held.points[0].figure
    assert point.figure.value == pytest.approx(first.value, rel=Decimal("1e-30"))
    assert point.figure.low <= first.low and first.high <= point.figure.high
    assert point.figure.high == pytest.approx(first.high, rel=Decimal("1e-30"))


@given(st.decimals(min_value=0, max_value=10**12, places=3))
def test_powers_of_ten_come_back_exactly(number: Decimal) -> None:
    """Tonnes to kilograms and back are the same figure to the last digit."""
    held = line(str(number), "tonne")
    assert in_unit(in_unit(held, "kilogram"), "tonne").points[0].figure == held.points[0].figure
