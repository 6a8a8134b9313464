"""Indices over products: published definitions, their bounds, and what they say when products are missing."""

from __future__ import annotations

import random as random_module
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import complementarity, concentration, intra_industry, revealed_advantage
from comity.terms import WORLD, Dyad, Observation
from tests.measures.conftest import observations

DYAD = Dyad("BRA", "ARG")


def products(indicator: str, figures: dict[str, str], reporter: str = "BRA", partner: str = "ARG") -> list[Observation]:
    """Return a year's figures by product of the Harmonized System."""
    return [
        one
        for code, figure in figures.items()
        for one in observations(indicator, {2015: figure}, reporter=reporter, partner=partner, product=f"HS2012:{code}")
    ]


def test_grubel_lloyd_by_hand() -> None:
    """Cars 60 and 40, soya 0 and 20: 1 - (20 + 20) / 120 = 2/3."""
    held = [*products("exports", {"87": "60"}), *products("imports", {"87": "40", "12": "20"})]
    assert intra_industry(DYAD, held).value is None  # one product of exports is no spread
    held = [*products("exports", {"87": "60", "12": "0"}), *products("imports", {"87": "40", "12": "20"})]
    measure = intra_industry(DYAD, held)
    assert measure.value == pytest.approx(2 / 3)
    assert any("2 products of HS2012" in note for note in measure.caveats)


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=2, max_size=8))
def test_indices_keep_their_bounds(pairs: list[tuple[int, int]]) -> None:
    """Every index lies in its printed-digit range, and that between 0 and 1."""
    codes = [f"{place:02}" for place in range(len(pairs))]
    out = {code: str(pair[0]) for code, pair in zip(codes, pairs, strict=True)}
    back = {code: str(pair[1]) for code, pair in zip(codes, pairs, strict=True)}
    held = [*products("exports", out), *products("imports", back)]
    held += [*products("exports", out, partner=WORLD), *products("imports", back, "ARG", WORLD)]
    for measure in (intra_industry(DYAD, held), concentration(DYAD, held)[0], complementarity(DYAD, held)[0]):
        assert measure.value is not None and measure.interval is not None
        assert -1e-9 <= measure.interval.low <= measure.value <= measure.interval.high <= 1 + 1e-9


@given(st.integers(2, 40))
def test_equal_products_have_the_least_concentration(number: int) -> None:
    """N products of one size have an index of 1/N, and the same shares on both sides fit wholly."""
    same = {f"{place:02}": "250" for place in range(number)}
    held = [*products("exports", same), *products("exports", same, partner=WORLD)]
    held += products("imports", same, "ARG", WORLD)
    assert concentration(DYAD, held)[0].value == pytest.approx(1 / number)
    assert complementarity(DYAD, held)[0].value == pytest.approx(1.0)


def test_revealed_advantage_by_hand() -> None:
    """Soya is half of Brazil's exports and a tenth of the world's: an advantage of 5; cars 50 of 90 hundredths, 0.56."""
    held = [
        *products("exports", {"12": "50", "87": "50"}, partner=WORLD),
        *products("exports", {"12": "1000", "87": "9000"}, reporter=WORLD, partner=""),
    ]
    brazil, argentina = revealed_advantage(DYAD, held)
    assert {point.label: round(point.value, 3) for point in brazil.points} == {"12": 5.0, "87": 0.556}
    assert "advantage in 1 of 2 products" in brazil.summary and "12 (5.0)" in brazil.summary
    assert argentina.value is None and not argentina.points


def test_headings_beside_their_chapters_count_once() -> None:
    """Chapters 09 and 87 with their headings: the finest level that has all of the goods is used, and named."""
    chapters = {"09": "100", "87": "300"}
    headings = {"0901": "60", "0902": "40", "8703": "200", "8708": "100"}
    alone = concentration(DYAD, products("exports", headings))[0]
    both = concentration(DYAD, products("exports", {**chapters, **headings}))[0]
    assert both.value == alone.value == pytest.approx((0.15**2) + 0.1**2 + 0.5**2 + 0.25**2)
    assert any("4 products of HS2012 (codes of 4 digits)" in note for note in both.caveats)
    # Headings of one chapter alone are not all of the trade.
    part = {"0901": "50", "0902": "30", "0903": "20"}
    some = concentration(DYAD, products("exports", {**chapters, **part}))[0]
    assert some.value == pytest.approx(0.25**2 + 0.75**2)
    assert any("2 products of HS2012 (codes of 2 digits)" in note for note in some.caveats)
    # A nought that a spreadsheet took away makes no level of its own, and what has no code is a group.
    bare = {"901": "60", "902": "40", "8703": "200", "8708": "100", "AG4": "400"}
    assert concentration(DYAD, products("exports", bare))[0].value == pytest.approx(alone.value)


def test_copies_that_differ_leave_their_year_without_an_index() -> None:
    """Of two copies of a product's figure neither is picked: the year before is told, and the caveat says why."""
    earlier = [
        one
        for code, figure in (("09", "50"), ("87", "50"))
        for one in observations("exports", {2014: figure}, product=f"HS2012:{code}")
    ]
    now = products("exports", {"09": "10", "87": "90"})
    again = observations("exports", {2015: "70"}, product="HS2012:09", document="doc-2")
    found = concentration(DYAD, [*earlier, *now, *again])[0]
    assert found.value == pytest.approx(0.5) and [point.label for point in found.points] == ["2014"]
    assert any("differ on a product in 2015" in note for note in found.caveats)
    same = observations("exports", {2015: "10.0"}, product="HS2012:09", document="doc-2")
    assert concentration(DYAD, [*earlier, *now, *same])[0].value == pytest.approx(0.82)


@given(
    st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=2, max_size=6),
    st.integers(2, 9),
    st.randoms(use_true_random=False),
)
def test_indices_do_not_hang_on_sides_units_or_order(
    pairs: list[tuple[int, int]], power: int, random: random_module.Random
) -> None:
    """Grubel and Lloyd's index is the same from either side, and every index in any unit and any order of products."""
    codes = [f"{place:02}" for place in range(len(pairs))]
    out = {code: str(pair[0]) for code, pair in zip(codes, pairs, strict=True)}
    back = {code: str(pair[1]) for code, pair in zip(codes, pairs, strict=True)}
    held = [*products("exports", out), *products("imports", back)]
    turned = [*products("exports", back), *products("imports", out)]
    assert intra_industry(DYAD, held).value == pytest.approx(intra_industry(DYAD, turned).value)
    shuffled = list(held)
    random.shuffle(shuffled)
    scaled = [replace(one, quantity=replace(one.quantity, scale=one.quantity.scale * 10**power)) for one in shuffled]
    for measure in (intra_industry, lambda dyad, figures: concentration(dyad, figures)[0]):
        first, other = measure(DYAD, held), measure(DYAD, scaled)
        assert first.value == pytest.approx(other.value)
        assert first.interval is not None and other.interval is not None
        assert (first.interval.low, first.interval.high) == pytest.approx((other.interval.low, other.interval.high))


def test_without_products_nothing_is_claimed() -> None:
    """Totals alone give no index over products, and each sentence says why."""
    held = observations("exports", {2015: "100"})
    for measure in (intra_industry(DYAD, held), *concentration(DYAD, held), *complementarity(DYAD, held)):
        assert measure.value is None and "cannot be told" in measure.summary
