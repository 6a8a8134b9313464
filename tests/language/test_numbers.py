"""Numbers, ordinals and durations in digits and words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import find_durations, find_numbers, find_ordinals

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


def _in_words(number: int) -> str:
    """An independent speller, for the round trip."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{_ONES[number // 100]} hundred" + (f" and {_in_words(rest)}" if rest else "")
    rest = number % 1000
    joint = " and " if 0 < rest < 100 else " "
    return f"{_in_words(number // 1000)} thousand" + (joint + _in_words(rest) if rest else "")


@given(st.integers(2, 999_999))
def test_numbers_come_back_from_words_and_digits(number: int) -> None:
    """A number is read alike in words, in grouped digits, and in plain ones."""
    for form in (_in_words(number), f"{number:,}"):
        mentions = find_numbers(f"They counted {form} ships.")
        assert [(one.text, one.value) for one in mentions] == [(form, number)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They sent 45.2 million doses and 4,50,000 masks.", ["45200000", "450000"]),
        ("Two dozen firms, a hundred workers, two and a half tons.", ["24", "100", "2.5"]),
        ("One state left; one of them came back, and no one knew.", ["1"]),
        ("In 2012 the G20 and an F-16 met on May 3.", []),
        ("The twenty-first session was the third.", []),
        ("Two-thirds voted; one third did not.", []),
        ("See https://example.org/12/34 and +44-20-7946.", []),
    ],
)
def test_numbers_are_cardinals_only(text: str, values: list[str]) -> None:
    """Dates, names, codes, ordinals and fractions are no cardinals."""
    assert [one.value for one in find_numbers(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The 65th anniversary.", [65]),
        ("The Third Consultations and the third round.", [3, 3]),
        ("The twenty-first session, the 22nd and the 103rd.", [21, 22, 103]),
        ("The hundredth visit; the eightieth year.", [100, 80]),
        ("Two-thirds agreed, one fourth did not, and a third of them left.", []),
        ("At first they met; first of all they ate.", []),
        ("A second visit and a third visit.", [2, 3]),
    ],
)
def test_ordinals_have_their_values(text: str, values: list[int]) -> None:
    """Ordinals are read in digits and words; fractions and adverbs are none."""
    assert [one.value for one in find_ordinals(text)] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("After a hiatus of eight years they met.", [("eight years", "8", "year", "P8Y")]),
        ("An eight-year hiatus ended.", [("eight-year", "8", "year", "P8Y")]),
        ("It came 32 months after the launch.", [("32 months", "32", "month", "P32M")]),
        ("It took two and a half years.", [("two and a half years", "2.5", "year", "P2.5Y")]),
        ("It took a year and a half.", [("a year and a half", "1.5", "year", "P1.5Y")]),
        ("It lasted half a century.", [("half a century", "50", "year", "P50Y")]),
        ("It lasted a decade.", [("a decade", "1", "decade", "P1DE")]),
        ("It lasted two decades.", [("two decades", "2", "decade", "P2DE")]),
        ("For several years nothing came.", [("several years", None, "year", "PXY")]),
        ("For decades nothing came.", [("decades", None, "decade", "PXDE")]),
        ("A three-day visit of 65 hours.", [("three-day", "3", "day", "P3D"), ("65 hours", "65", "hour", "PT65H")]),
        ("The twenty-five-year-old pact.", [("twenty-five-year-old", "25", "year", "P25Y")]),
        ("Two years ago it began.", []),
        ("One day a president will see it.", []),
        ("Every year they meet; a year passed.", []),
        ("The 45 year plan.", []),
        ("Oil at 90,000 barrels a day.", []),
    ],
)
def test_durations_have_amount_and_unit(text: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    """Lengths of time are read with amount, unit and TimeML's value; dates that count back are none."""
    assert [
        (one.text, None if one.amount is None else f"{one.amount:f}", one.unit, one.timex)
        for one in find_durations(text)
    ] == expected


def test_hedged_durations_keep_their_bound() -> None:
    """More than twenty years is at least twenty."""
    mentions = find_durations("For more than 20 years, and then about two months.")
    assert [(one.amount, one.bound, one.approximate) for one in mentions] == [
        (Decimal(20), "at-least", True),
        (Decimal(2), "", True),
    ]


@given(st.integers(1, 400), st.sampled_from(["day", "week", "month", "year"]))
def test_durations_come_back(amount: int, unit: str) -> None:
    """A length in digits, with or without hyphen, is read as its amount."""
    plural = unit if amount == 1 else f"{unit}s"
    for text in (f"It took {amount} {plural} to end.", f"It was a {amount}-{unit} stay."):
        assert [(one.amount, one.unit) for one in find_durations(text)] == [(amount, unit)]


@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text: str) -> None:
    """No text stops the finders, and offsets are verbatim."""
    for one in (*find_numbers(text), *find_ordinals(text), *find_durations(text)):
        assert text[one.start : one.end] == one.text
