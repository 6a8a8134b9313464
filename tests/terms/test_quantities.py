"""Quantities keep what was printed and the interval that its digits allow."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.terms import InvalidTerm, Quantity

figures = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


def test_printed_digits_allow_half_a_last_place() -> None:
    """US$ 45.2 million lies between 45.15 and 45.25 million."""
    quantity = Quantity.printed("45.2", "USD", scale=1_000_000)
    assert (quantity.low, quantity.value, quantity.high) == (45_150_000, 45_200_000, 45_250_000)


def test_whole_numbers_allow_half_a_unit_of_their_scale() -> None:
    """US$ 2 billion lies between 1.5 and 2.5 billion."""
    quantity = Quantity.printed("2", "USD", scale=10**9)
    assert (quantity.low, quantity.high) == (Decimal("1.5e9"), Decimal("2.5e9"))


@given(figures, st.integers(0, 2))
def test_rounding_a_figure_keeps_it_within_the_printed_interval(figure: Decimal, places: int) -> None:
    """What a figure is rounded to agrees with the figure."""
    rounded = round(figure, places)
    assert Quantity(rounded, "USD").agrees_with(Quantity(figure, "USD"))


@given(figures, figures)
def test_agreement_is_mutual(one: Decimal, other: Decimal) -> None:
    """If one figure agrees with another, the other agrees with it."""
    assert Quantity(one, "USD").agrees_with(Quantity(other, "USD")) == Quantity(other, "USD").agrees_with(
        Quantity(one, "USD")
    )


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_figures_of_one_precision_agree_only_if_they_are_the_same(number: int, places: int) -> None:
    """61 is not 60, nor 6.1 6.0: no rounding of one figure to one precision prints both."""
    one, next_one = (Quantity(Decimal(each).scaleb(-places), "USD") for each in (number, number + 1))
    assert one.agrees_with(one) and not one.agrees_with(next_one)


def test_other_units_never_agree() -> None:
    """One dollar is not one rupee."""
    assert not Quantity(Decimal(1), "USD").agrees_with(Quantity(Decimal(1), "PKR"))


def test_a_figure_without_a_unit_is_refused() -> None:
    """No figure enters without a unit, and no words enter as a figure."""
    with pytest.raises(InvalidTerm, match="no unit"):
        Quantity(Decimal(1), "")
    with pytest.raises(InvalidTerm, match="not a figure"):
        Quantity.printed("many", "USD")
    with pytest.raises(InvalidTerm, match="finite"):
        Quantity(Decimal("NaN"), "USD")
    with pytest.raises(InvalidTerm, match="scale"):
        Quantity(Decimal(1), "USD", Decimal(0))
