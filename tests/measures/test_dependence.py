"""Shares of a side's totals and the intensity of trade: parts of one account, exact to the printed digits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import dependence, intensity
from comity.terms import WORLD, Dyad, Observation, Source
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
