"""Money, shares, measures and counts are read with unit, scale, hedge and the interval of their digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.language import QuantityMention, find_quantities


def _only(text: str) -> QuantityMention:
    mentions = find_quantities(text)
    assert len(mentions) == 1, mentions
    return mentions[0]


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("US$ 45.2 million", "USD", "45200000"),
        ("US\\$ 2 billion", "USD", "2000000000"),
        ("U.S.$3.1 billion", "USD", "3100000000"),
        ("US $5 million", "USD", "5000000"),
        ("$2bn", "USD", "2000000000"),
        ("$750m", "USD", "750000000"),
        ("$1,860", "USD", "1860"),
        ("USD 3.4bn", "USD", "3400000000"),
        ("EUR1.5 million", "EUR", "1500000"),
        ("€1.2 trillion", "EUR", "1200000000000"),
        ("£3.45m", "GBP", "3450000"),
        ("¥300 billion", "JPY", "300000000000"),
        ("300 billion yen", "JPY", "300000000000"),
        ("2 billion dollars", "USD", "2000000000"),
        ("two billion US dollars", "USD", "2000000000"),
        ("A$5.75 million", "AUD", "5750000"),
        ("20 million Australian dollars", "AUD", "20000000"),
        ("NT$30 billion", "TWD", "30000000000"),
        ("HK$ 4 million", "HKD", "4000000"),
        ("PKR 45 million", "PKR", "45000000"),
        ("45 million INR", "INR", "45000000"),
        ("₹200 crore", "INR", "2000000000"),
        ("30 million euros", "EUR", "30000000"),
        ("5 million Swiss francs", "CHF", "5000000"),
        ("Cedi 1,350 million", "GHS", "1350000000"),
        ("Hryvnia 6 billion", "UAH", "6000000000"),
        ("Ringgit 250", "MYR", "250"),
        ("Taka 7 crore", "BDT", "70000000"),
        ("Indian Rupees 90 lakh", "INR", "9000000"),
        ("Kenya Shillings 12 billion", "KES", "12000000000"),
        ("1.8 per cent", "percent", "1.8"),
        ("1.8 percent", "percent", "1.8"),
        ("1.8%", "percent", "1.8"),
        ("-0.4%", "percent", "-0.4"),
        ("twelve per cent", "percent", "12"),
        ("2.5 percentage points", "percentage-point", "2.5"),
        ("200,000 barrels per day", "barrel-per-day", "200000"),
        ("4,50,000 tonnes", "tonne", "450000"),
        ("40 million tonnes", "tonne", "40000000"),
        ("15,000 sq. km", "square-kilometre", "15000"),
        ("120 km", "kilometre", "120"),
        ("500-megawatt", "megawatt", "500"),
        ("900 MW", "megawatt", "900"),
    ],
)
def test_a_figure_takes_its_unit_and_scale(words: str, unit: str, value: str) -> None:
    """The unit is ISO 4217 for money, and the value counts whole units."""
    mention = _only(f"The ministry put it at {words} that spring.")
    assert mention.text == words
    assert mention.quantity.unit == unit
    assert mention.quantity.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "of", "value"),
    [
        ("She toured three South Asian countries including Nepal.", "South Asian countries", 3),
        ("The two sides met.", "sides", 2),
        ("Some 5,000 troops crossed.", "troops", 5000),
        ("It issued a hundred visas.", "visas", 100),
        ("Two dozen firms signed.", "firms", 24),
        ("Twenty-five foreign ministers came.", "foreign ministers", 25),
        ("Three United Nations agencies left.", "United Nations agencies", 3),
        ("They held four France-India consultations.", "France-India consultations", 4),
    ],
)
def test_counts_say_what_is_counted(text: str, of: str, value: int) -> None:
    """A plain number counts the noun phrase behind it, up to its plural noun."""
    mention = _only(text)
    assert (mention.quantity.unit, mention.quantity.of, mention.quantity.value) == ("count", of, value)


@pytest.mark.parametrize(
    "text",
    [
        "In 2012 exports rose.",
        "Resolution 1874 binds states.",
        "After eight years they met.",
        "Two-thirds of members agreed.",
        "It is three times as large.",
        "COVID-19 cases fell.",
        "The G7 countries met.",
        "Two of the countries left.",
        "One in five people agreed.",
        "The 65th anniversaries were marked.",
        "See page 12 and vol. 3.",
        "On January 3 ministers met.",
        "Call +92-920-4423 now.",
        "The team went to Euro 2016.",
        "They asked the Real 5 million times over.",
    ],
)
def test_other_figures_are_no_quantities(text: str) -> None:
    """Dates, durations, ordinals, fractions, names and references are left alone."""
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "approximate", "bound"),
    [
        ("It cost about US$ 2 billion.", True, ""),
        ("It stood around $3 million.", True, ""),
        ("It took more than 40 tonnes.", True, "at-least"),
        ("It took over 40 tonnes.", True, "at-least"),
        ("It issued up to 20 visas.", True, "at-most"),
        ("It fell by no more than 3 per cent.", True, "at-most"),
        ("It took at least 40 tonnes.", True, "at-least"),
        ("It reached nearly $3 trillion.", True, "at-most"),
        ("It cost $3 million.", False, ""),
    ],
)
def test_hedges_are_kept(text: str, approximate: bool, bound: str) -> None:
    """The words before a figure say whether it is rough and which way it is bounded."""
    mention = _only(text)
    assert (mention.quantity.approximate, mention.bound) == (approximate, bound)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("It cost US$ 2-3 billion.", 2_000_000_000, 3_000_000_000),
        ("It cost US$ 2 billion to US$ 3 billion.", 2_000_000_000, 3_000_000_000),
        ("It fell between 2 and 3 per cent.", 2, 3),
        ("It fell 5-10%.", 5, 10),
        ("It took 2 to 3 million tonnes.", 2_000_000, 3_000_000),
    ],
)
def test_ranges_keep_both_ends(text: str, low: int, high: int) -> None:
    """A range has its lower end as quantity and its upper end beside it."""
    mention = _only(text)
    assert mention.upper is not None
    assert (mention.quantity.value, mention.upper.value) == (low, high)


def test_shared_names_take_the_only_state_that_fits() -> None:
    """Rs and Sh are the currency of the one such state that the text names, and stay open where two are named."""
    assert _only("India paid Rs. 4.5 lakh crore.").quantity.unit == "INR"
    assert _only("India paid Rs. 4.5 lakh crore.").quantity.value == Decimal("4.5e12")
    assert _only("Pakistan paid Rs 500 crore.").quantity.unit == "PKR"
    assert _only("Kenya paid Sh337.4 billion.").quantity.unit == "KES"
    assert _only("Kenya paid KSh 337.4 billion to Uganda.").quantity.unit == "KES"
    assert _only("India and Pakistan moved Rs 500 crore.").quantity.unit == "rupee"


def test_a_plain_dollar_follows_what_the_text_says() -> None:
    """A plain dollar is American unless the text says that its figures are in another one."""
    assert _only("The cost was $4 million.").quantity.unit == "USD"
    text = "All figures are in Canadian dollars. The cost was $4 million."
    assert _only(text).quantity.unit == "CAD"


def test_printed_digits_give_the_interval() -> None:
    """45.2 million lies between 45.15 and 45.25 million."""
    quantity = _only("It was US$ 45.2 million.").quantity
    assert (quantity.low, quantity.high) == (Decimal(45_150_000), Decimal(45_250_000))


@given(
    st.integers(1, 999_999),
    st.integers(0, 99),
    st.sampled_from(
        [("US$ ", "", "USD"), ("€", "", "EUR"), ("", " yen", "JPY"), ("PKR ", "", "PKR"), ("", " per cent", "percent")]
    ),
    st.sampled_from([("", 1), (" million", 10**6), (" billion", 10**9), (" lakh crore", 10**12)]),
)
def test_figures_come_back_from_print(
    whole: int, cents: int, unit: tuple[str, str, str], scale: tuple[str, int]
) -> None:
    """A figure printed with grouping, decimals, scale and unit is read as its value."""
    if unit[2] == "percent":
        scale = ("", 1)
    mention = _only(f"It was put at {unit[0]}{whole:,}.{cents:02d}{scale[0]}{unit[1]} by them.")
    assert mention.quantity.unit == unit[2]
    assert mention.quantity.value == (whole + Decimal(cents) / 100) * scale[1]


_PIECES = st.sampled_from(
    """US $ \\ € Rs . 2 3.5 1,860 - to and between million bn crore lakh per cent % percent points yen dollars km people
    countries South two dozen a hundred about more than up over Sh337.4 $2bn twenty five half of in 2016-17 ( ) ,""".split()
)


@given(st.lists(_PIECES, max_size=20).flatmap(lambda pieces: st.sampled_from(["".join(pieces), " ".join(pieces)])))
def test_any_order_of_pieces_is_read_without_harm(text: str) -> None:
    """Offsets are verbatim, mentions do not overlap, every figure has a unit."""
    place = 0
    for one in find_quantities(text):
        assert text[one.start : one.end] == one.text == one.quantity.text
        assert one.start >= place
        place = one.end
        assert one.quantity.unit
        if one.upper is not None:
            assert one.quantity.value <= one.upper.value
