"""Shares of a side's totals and the intensity of trade: parts of one account, exact to the printed digits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import dependence, intensity
from comity.terms import WORLD, Dyad, Observation, Source, Status, Valuation
from tests.measures.conftest import observations

DYAD = Dyad("BRA", "ARG")
OTHER = Source("Central Bank", "Bulletin", "Central Bank, Bulletin, 2018")


def exports(partner: str, figure: str, source: Source | None = None, year: int = 2015) -> tuple[Observation, ...]:
    """Return Brazil's exports to a partner in one year."""
    return observations("exports", {year: figure}, partner=partner, **({"source": source} if source else {}))


def test_a_share_is_the_part_over_the_whole_of_one_account() -> None:
    """Brazil sells Argentina 12.8 of 191.1: 6.70 per cent, with the range that rounding allows."""
    brazil, argentina = dependence(DYAD, [*exports("ARG", "12.8"), *exports(WORLD, "191.1")])
    assert brazil.value == pytest.approx(100 * 12.8 / 191.1)
    assert brazil.interval is not None
    assert brazil.interval.low == pytest.approx(100 * 12.75 / 191.15)
    assert brazil.interval.high == pytest.approx(100 * 12.85 / 191.05)
    assert "Argentina took 6.7 per cent of its exports in 2015" in brazil.summary
    assert argentina.value is None and "no source on record gives both" in argentina.summary


def test_totals_of_another_source_are_not_used() -> None:
    """A part from one publication over a whole from another is no share."""
    brazil, _ = dependence(DYAD, [*exports("ARG", "12.8"), *exports(WORLD, "191.1", OTHER)])
    assert brazil.value is None


def test_of_two_accounts_the_one_with_more_years_is_used() -> None:
    """The account is chosen by its years, and named."""
    short = [*exports("ARG", "12.8"), *exports(WORLD, "191.1")]
    long = [
        one
        for year, part in ((2014, "14"), (2015, "13"))
        for one in (*exports("ARG", part, OTHER, year), *exports(WORLD, "200", OTHER, year))
    ]
    brazil, _ = dependence(DYAD, [*short, *long])
    assert brazil.value == pytest.approx(6.5) and any("Central Bank" in note for note in brazil.caveats)


@given(st.decimals("0.1", "900", places=1), st.decimals("0.1", "900", places=1))
def test_a_share_lies_between_nought_and_a_hundred(part: Decimal, rest: Decimal) -> None:
    """Whatever the figures, a share and its range stay between 0 and 100."""
    brazil, _ = dependence(DYAD, [*exports("ARG", str(part)), *exports(WORLD, str(part + rest))])
    assert brazil.interval is not None and brazil.value is not None
    assert 0 <= brazil.interval.low <= brazil.value <= brazil.interval.high <= 100 + 1e-9


def imports(partner: str, figure: str, valuation: Valuation, reporter: str = "BRA") -> tuple[Observation, ...]:
    """Return imports in 2015 as the source values them, in a series of their own."""
    found = observations("imports", {2015: figure}, reporter=reporter, partner=partner)
    return tuple(
        replace(
            one,
            id=f"{one.id}-{valuation}",
            series=replace(one.series, id=f"{one.series.id}-{valuation}", valuation=valuation),
        )
        for one in found
    )


def test_imports_with_freight_and_free_on_board_are_kept_apart() -> None:
    """A source that values imports in both ways, as the IMF does, has a share by either; the customary one is told."""
    free = [*imports("ARG", "9.0", Valuation.FOB), *imports(WORLD, "90.0", Valuation.FOB)]
    landed = [*imports("ARG", "12.0", Valuation.CIF), *imports(WORLD, "100.0", Valuation.CIF)]
    for held in ([*free, *landed], [*landed, *free]):
        brazil, _ = dependence(DYAD, held)
        assert brazil.value == pytest.approx(12.0)
        assert set(brazil.inputs) == {one.id for one in landed}
    assert dependence(DYAD, free)[0].value == pytest.approx(10.0)
    # Part and whole that are valued otherwise make no share.
    assert dependence(DYAD, [*landed[:1], *free[1:]])[0].value is None
    world = [
        one
        for valuation, scale in ((Valuation.CIF, Decimal(1)), (Valuation.FOB, Decimal("0.5")))
        for partner, reporter, figure in ((WORLD, "ARG", 90), (WORLD, "BRA", 100), ("", WORLD, 1000))
        for one in imports(partner, str(figure * scale), valuation, reporter)
    ]
    brazil, _ = intensity(DYAD, [*exports("ARG", "10.0"), *exports(WORLD, "100.0"), *world])
    assert brazil.value == pytest.approx(1.0) and len(brazil.inputs) == 5


def test_a_share_within_its_range_where_rounding_makes_the_part_the_greater() -> None:
    """5.4 of 5.3, each rounded, is all of it at most."""
    brazil, _ = dependence(DYAD, [*exports("ARG", "5.4"), *exports(WORLD, "5.3")])
    assert brazil.value == 100 and brazil.interval is not None
    assert brazil.interval.low <= brazil.value <= brazil.interval.high
    assert dependence(DYAD, [*exports("ARG", "6.4"), *exports(WORLD, "5.3")])[0].value is None


def test_what_is_said_of_the_figures_is_said_of_their_share() -> None:
    """Figures that a source derived, and years in which its copies differ, are told."""
    derived = [replace(one, status=Status.DERIVED) for one in exports(WORLD, "200.0")]
    copies = [
        *observations("exports", {2014: "10"}, partner="ARG"),
        *observations("exports", {2014: "19"}, partner="ARG", document="doc-2"),
        *exports(WORLD, "200", year=2014),
    ]
    brazil, _ = dependence(DYAD, [*exports("ARG", "13.0"), *derived, *copies])
    assert brazil.value == pytest.approx(6.5)
    assert (
        "Of its exports: the other's figures: Copies of one source give 10 and 19 for 2014; the year is left out."
        in brazil.caveats
    )
    assert any("the totals: The figures of 2015 are derived by the source" in one for one in brazil.caveats)


def test_a_small_share_keeps_two_places() -> None:
    """A share below one per cent is told with two places, in the first year too."""
    held = [
        one
        for year, part in ((2010, "4"), (2015, "6"))
        for one in (*exports("ARG", part, year=year), *exports(WORLD, "1000", year=year))
    ]
    brazil, _ = dependence(DYAD, held)
    assert "took 0.60 per cent" in brazil.summary and "was 0.40 per cent" in brazil.summary


def test_intensity_is_one_where_trade_follows_size() -> None:
    """A tenth of the exports to a state that buys a tenth of what the rest of the world buys is an intensity of one."""
    held = [
        *exports("ARG", "10.0"),
        *exports(WORLD, "100.0"),
        *observations("imports", {2015: "90.0"}, reporter="ARG", partner=WORLD),
        *observations("imports", {2015: "100.0"}, reporter="BRA", partner=WORLD),
        *observations("imports", {2015: "1000.0"}, reporter=WORLD, partner=""),
    ]
    brazil, argentina = intensity(DYAD, held)
    assert brazil.value == pytest.approx(1.0) and len(brazil.inputs) == 5
    assert argentina.value is None and "cannot be told" in argentina.summary
