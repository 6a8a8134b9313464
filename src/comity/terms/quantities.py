"""Quantities as they were printed: number, scale, unit, and the interval that the printed digits allow.

"US$ 45.2 million" says that the value lies between 45.15 and 45.25 million: half a unit in the last printed
place either way (JCGM 100:2008, "Guide to the expression of uncertainty in measurement", 4.3.7 and F.2.2.1, on
the resolution of an indication). Arithmetic on printed figures must use these intervals, or it raises false alarms.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from comity.terms.errors import InvalidTerm


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed figure with its unit.

    Attributes:
        number: the figure as printed, without its scale ("45.2").
        unit: ISO 4217 for money ("USD"), "percent", "percentage-point", "count", or the unit's name ("tonne").
        scale: what one printed unit stands for (1000000 for "million").
        of: what is counted, for a count ("countries", "visits"); empty otherwise.
        approximate: whether the text itself hedges ("about", "around", "some").
        text: the figure verbatim.
    """

    number: Decimal
    unit: str
    scale: Decimal = Decimal(1)
    of: str = ""
    approximate: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        if not self.number.is_finite():
            raise InvalidTerm(f"a quantity must be finite, not {self.number}")
        if not self.unit:
            raise InvalidTerm(f"the figure {self.number} has no unit; no figure enters without one")
        if self.scale <= 0:
            raise InvalidTerm(f"a scale must be positive, not {self.scale}")

    @classmethod
    def printed(cls, number: str, unit: str, *, scale: int | Decimal = 1, text: str = "") -> Quantity:
        """Return the quantity that the printed digits `number` ("1,961.4") show."""
        try:
            value = Decimal(number.replace(",", "").replace(" ", ""))
        except InvalidOperation as error:
            raise InvalidTerm(f"{number!r} is not a figure") from error
        return cls(value, unit, Decimal(scale), text=text or number)

    @property
    def value(self) -> Decimal:
        """The figure in whole units: 45200000 for "US$ 45.2 million"."""
        return self.number * self.scale

    @property
    def resolution(self) -> Decimal:
        """One unit in the last printed place, in whole units."""
        exponent = self.number.as_tuple().exponent
        places = exponent if isinstance(exponent, int) else 0
        return Decimal(1).scaleb(min(places, 0)) * self.scale

    @property
    def low(self) -> Decimal:
        """The least value that rounds to the printed figure."""
        return self.value - self.resolution / 2

    @property
    def high(self) -> Decimal:
        """The greatest value that rounds to the printed figure."""
        return self.value + self.resolution / 2

    def agrees_with(self, other: Quantity) -> bool:
        """Whether one true value could have been printed both ways; quantities of other units never agree.

        Neighbours of one precision (60 and 61) do not: only the point between them could round to both.
        """
        return self.unit == other.unit and self.low < other.high and other.low < self.high
