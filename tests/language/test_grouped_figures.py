"""Figures whose thousands are set apart by spaces are one figure; a decimal comma makes none."""

from __future__ import annotations

import pytest

from comity.language import find_numbers, find_quantities


@pytest.mark.parametrize(
    ("text", "number", "scale"),
    [
        ("EUR 31 865 million", "31865", 10**6),
        ("EUR 31\u00a0865 million", "31865", 10**6),
        ("US$ 1 234 567", "1234567", 1),
        ("1 234.5 million dollars", "1234.5", 10**6),
        ("In 2015 300 million euros were paid", "300", 10**6),
    ],
)
def test_groups_of_three_digits_are_one_figure(text: str, number: str, scale: int) -> None:
    """A space before exactly three digits groups them; a year before a figure stays a year."""
    (found,) = find_quantities(text)
    assert (str(found.quantity.number), int(found.quantity.scale)) == (number, scale)


@pytest.mark.parametrize("text", ["EUR 2,5 billion", "2,5 billion euros", "EUR 1.234,5 million"])
def test_a_decimal_comma_is_no_figure(text: str) -> None:
    """Neither half of a figure with a decimal comma is read for the whole."""
    assert find_quantities(text) == []


@pytest.mark.parametrize("text", ["see page 31 865 people say", "on May 12 300 people met"])
def test_a_page_or_day_before_a_figure_stays_apart(text: str) -> None:
    """The number of a page or the day of a month is not joined to the figure behind it."""
    assert all(one.value < 1000 for one in find_numbers(text))
