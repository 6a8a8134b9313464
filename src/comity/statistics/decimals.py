"""Which decimal sign the figures of a table's columns have, from the whole table; what stays in doubt is named by its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from comity.statistics.figures import sign_evidence

Place = tuple[int, int]  # row and column from 0

# How often the one sign must stand for each time that the other does, before the other is the odd one out.
_MAJORITY = 2
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class DecimalSign:
    """The decimal sign of one column.

    Attributes:
        sign: "." or ","; "" where it is in doubt.
        doubt: why, with the cells that make it so; "" where nothing is in doubt.
        unsure: cells such as "1,961" in a column that has both signs: a thousand by the one, a fraction by the other.
    """

    sign: str
    doubt: str = ""
    unsure: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cell:
    place: Place
    text: str
    shows: str

    @property
    def name(self) -> str:
        return f"row {self.place[0] + 1}, column {self.place[1] + 1} ('{self.text.strip()[:30]}')"


def decimal_signs(columns: Sequence[Sequence[tuple[Place, str]]], separator: str = "") -> tuple[DecimalSign, ...]:
    """Return the decimal sign of each column of figures, given the cells of all columns of the table that hold text.

    A column's own figures decide; where they do not, those of the whole table; where these do not either, the sign is
    the point, as in English, save for figures such as "1.961", which then stay in doubt. Where a column has both signs, the one that stands at least twice as often is the
    column's, and the cells with the other are left to be refused one by one.

    `separator` is what parts the cells in the file. A semicolon spares the comma for the decimals: programs write it where the
    comma is the decimal sign. Together with one decimal comma, and no point, it leaves no doubt; alone it makes "1,961" doubtful.
    """
    read = [[_Cell(place, text, sign_evidence(text)) for place, text in column] for column in columns]
    shown = Counter(cell.shows for column in read for cell in column)
    mixed = bool(shown["."] and shown[","])
    if separator == ";" and not shown["."]:
        return tuple(_spared(column, bool(shown[","])) for column in read)
    return tuple(_decided(column, _prevailing(shown["."], shown[","]), mixed) for column in read)


def _prevailing(point: int, comma: int) -> str:
    """Return the sign that prevails; "" where none does."""
    more, less = max(point, comma), min(point, comma)
    if not more or (less and more < _MAJORITY * less):
        return ""
    return "." if point > comma else ","


def _spared(cells: Sequence[_Cell], comma: bool) -> DecimalSign:
    """Return the sign of a column in a table between semicolons that shows no point; `comma`: whether it shows a decimal comma."""
    either = [cell for cell in cells if cell.shows in ("point or group", "comma or group")]
    if either and not comma:
        return DecimalSign("", _either(either))
    return DecimalSign("," if comma else ".")


def _decided(cells: Sequence[_Cell], of_table: str, mixed: bool) -> DecimalSign:
    by_sign = {sign: [cell for cell in cells if cell.shows == sign] for sign in (".", ",")}
    either = [cell for cell in cells if cell.shows in ("point or group", "comma or group")]
    point, comma = by_sign["."], by_sign[","]
    if point or comma:
        own = _prevailing(len(point), len(comma))
        if not own:
            reason = f"it has both a decimal point in {_named(point)} and a decimal comma in {_named(comma)}"
            return DecimalSign("", reason)
        thousands = [cell for cell in either if cell.shows == "comma or group"]
        # In English a comma parts thousands: one figure such as "1,5" among them is sooner a slip than the rule.
        if own == "," and thousands and len(comma) < max(_MAJORITY, len(thousands)):
            return DecimalSign("", f"only {_named(comma)} shows a decimal comma, and {_either(thousands)}")
        odd = min(len(point), len(comma))
        return DecimalSign(own, unsure=frozenset(cell.place for cell in either) if odd > 1 else frozenset())
    if mixed and not of_table and either:
        reason = f"the table has both decimal points and decimal commas, and {_either(either)}"
        return DecimalSign("", reason)
    sign = of_table or "."
    kind = "comma or group" if sign == "," else "point or group"
    thousandths = [cell for cell in either if cell.shows == kind]
    # Three places after the sign throughout may as well be thousands, unless figures of another column show the point.
    if thousandths and (of_table != "." or any(cell.shows == "whole" for cell in cells)):
        return DecimalSign("", _either(thousandths))
    return DecimalSign(sign)


def _named(cells: Sequence[_Cell]) -> str:
    shown = ", ".join(cell.name for cell in cells[:_MOST_NAMED])
    more = len(cells) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _either(cells: Sequence[_Cell]) -> str:
    """Return that the figures of these cells may be thousands or fractions."""
    return f"{_named(cells)} may show a thousand as well as a fraction of three places"


def unsure_reason(text: str) -> str:
    """Return why a cell is refused whose figure depends on the sign in a column that has both."""
    return f"'{text.strip()[:30]}' may show a thousand as well as a fraction: its column has both decimal points and commas"


__all__ = ["DecimalSign", "Place", "decimal_signs", "unsure_reason"]
