"""Indices over products: published definitions, their bounds, and what they say when products are missing."""

from __future__ import annotations

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


def test_without_products_nothing_is_claimed() -> None:
    """Totals alone give no index over products, and each sentence says why."""
    held = observations("exports", {2015: "100"})
    for measure in (intra_industry(DYAD, held), *concentration(DYAD, held), *complementarity(DYAD, held)):
        assert measure.value is None and "cannot be told" in measure.summary
