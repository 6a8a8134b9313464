"""Arithmetic on printed figures: every figure is an interval that its printed digits allow, exact in decimals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from comity.terms import Interval, Quantity


@dataclass(frozen=True, slots=True)
class Printed:
    """A value with the least and the greatest that rounding allows; interval arithmetic (Moore 1966)."""

    low: Decimal
    value: Decimal
    high: Decimal

    @classmethod
    def of(cls, quantity: Quantity) -> Printed:
        """Return the printed figure in whole units; a figure above zero is not rounded from below zero."""
        value, half = quantity.value, quantity.resolution / 2  # once for both ends, as `low` and `high` have them
        low = value - half if value < 0 else max(value - half, Decimal(0))
        return cls(low, value, value + half)

    def __add__(self, other: Printed) -> Printed:
        return Printed(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Printed) -> Printed:
        return Printed(self.low - other.high, self.value - other.value, self.high - other.low)

    def __neg__(self) -> Printed:
        return Printed(-self.high, -self.value, -self.low)

    def scaled(self, factor: Decimal) -> Printed:
        """Return the value times a factor above zero."""
        return Printed(self.low * factor, self.value * factor, self.high * factor)

    def share_of_sum(self, other: Printed) -> Printed | None:
        """Return self / (self + other) for two values not below zero; None where the sum may be zero."""
        if self.low < 0 or other.low < 0 or self.value + other.value <= 0 or self.low + other.high <= 0:
            return None
        high_sum = self.high + other.low
        return Printed(
            self.low / (self.low + other.high), self.value / (self.value + other.value), self.high / high_sum
        )

    def over(self, base: Printed) -> Printed | None:
        """Return self / base for a base surely above zero and a value not below zero; None otherwise."""
        if base.low <= 0 or self.low < 0:
            return None
        return Printed(self.low / base.high, self.value / base.value, self.high / base.low)

    def root(self, degree: int) -> Printed:
        """Return the root of a value not below zero."""
        if degree == 1:
            return self
        with localcontext() as context:
            context.prec = 40
            exponent = Decimal(1) / degree
            low, value, high = (part**exponent if part else Decimal(0) for part in (self.low, self.value, self.high))
        return Printed(low, value, high)

    def interval(self) -> Interval:
        """Return the range as floats, widened to the next float so that it still holds every exact value."""
        return Interval(
            math.nextafter(float(self.low), -math.inf),
            math.nextafter(float(self.high), math.inf),
            1.0,
            "printed-digits",
        )

    def overlaps(self, other: Printed) -> bool:
        """Whether one true value could lie behind both."""
        return self.low <= other.high and other.low <= self.high


ZERO = Printed(Decimal(0), Decimal(0), Decimal(0))
ONE = Printed(Decimal(1), Decimal(1), Decimal(1))


def total(values: Iterable[Printed]) -> Printed:
    """Return the sum."""
    result = ZERO
    for value in values:
        result = result + value
    return result
