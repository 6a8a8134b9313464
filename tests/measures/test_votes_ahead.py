"""Headings of votes: nearer, as far, farther, from ideal points or from the share of like votes."""

from __future__ import annotations

import importlib.util
import math
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import (
    Dimension,
    Untold,
    calibration,
    heading_of_agreement,
    heading_of_distance,
    measures_of,
    of_votes,
)
from comity.terms import Dyad, InvalidTerm, Observation
from tests.measures.conftest import observations

DYAD = Dyad("BRA", "ARG")
BENCHMARK = Path(__file__).resolve().parent.parent.parent / "benchmarks" / "votes.py"
_gaps = st.lists(st.floats(-3, 3), min_size=9, max_size=25).map(
    lambda values: {1990 + year: value for year, value in enumerate(values)}
)


def points(first: dict[int, float], second: dict[int, float]) -> list[Observation]:
    """Return both sides' ideal points by year, with bounds of a tenth."""
    return [
        one
        for side, figures in (("BRA", first), ("ARG", second))
        for key, shift in (("ideal-point", 0.0), ("ideal-point-low", -0.1), ("ideal-point-high", 0.1))
        for one in observations(
            key,
            {year: f"{value + shift:.4f}" for year, value in figures.items()},
            reporter=side,
            partner="",
            unit="index",
            scale=1,
        )
    ]


def calls(shares: dict[int, int]) -> list[Observation]:
    """Return 100 roll calls a year, of which so many were voted alike."""
    counted = [("votes", shares), ("votes-half", dict.fromkeys(shares, 0))]
    counted.append(("votes-opposed", {year: 100 - share for year, share in shares.items()}))
    return [
        one
        for indicator, figures in counted
        for one in observations(
            indicator, {year: str(number) for year, number in figures.items()}, unit="count", scale=1
        )
    ]


@given(_gaps)
def test_it_does_not_matter_which_side_is_named_first(gaps: dict[int, float]) -> None:
    """The distance's probabilities sum to one and are the same for the gap the other way round."""
    one, other = heading_of_distance(gaps), heading_of_distance({year: -gap for year, gap in gaps.items()})
    assert math.isclose(one.rising + one.steady + one.falling, 1)
    assert (one.rising, one.steady, one.falling) == pytest.approx((other.rising, other.steady, other.falling))


@given(st.lists(st.floats(0, 100), min_size=9, max_size=25))
def test_probabilities_of_agreement_sum_to_one(shares: list[float]) -> None:
    """Any shares, all and none among them, have three probabilities of which none is below zero."""
    found = heading_of_agreement({1990 + year: share for year, share in enumerate(shares)})
    assert math.isclose(found.rising + found.steady + found.falling, 1)
    assert min(found.rising, found.steady, found.falling) >= 0


def test_sides_that_stand_together_cannot_draw_nearer() -> None:
    """A distance smaller than the steady band can only grow; always voting alike cannot become more."""
    together = heading_of_distance({1990 + year: 0.02 * (-1) ** year for year in range(12)})
    assert together.falling == 0 and together.rising > 0
    alike = heading_of_agreement(dict.fromkeys(range(1990, 2002), 100.0))
    assert alike.rising == 0 and alike.falling > 0


def test_a_jump_of_the_last_year_makes_its_direction_likelier() -> None:
    """Where the last year lies farther than the years before, farther is likelier than nearer."""
    gaps = {1990 + year: 0.5 for year in range(12)}
    away, toward = heading_of_distance(gaps | {2002: 1.0}), heading_of_distance(gaps | {2002: 0.2})
    assert away.rising > away.falling and toward.falling > toward.rising


def test_few_years_have_no_heading() -> None:
    """Fewer than eight yearly changes give a reason and no probability."""
    with pytest.raises(InvalidTerm, match="7 yearly changes"):
        heading_of_distance({1990 + year: 0.5 for year in range(8)})
    short = of_votes(DYAD, calls({2010 + year: 80 for year in range(5)}))
    assert isinstance(short, Untold) and "roll calls: the last 16 years to 2014 hold 4 yearly changes" in short.why
    assert isinstance(of_votes(DYAD, ()), Untold)


def test_ideal_points_go_before_shares_of_like_votes() -> None:
    """With enough years of ideal points the dimension rests on these, with too few on roll calls; only one counts."""
    years = range(1995, 2015)
    roll_calls = calls({year: 70 + year % 3 for year in years})
    long = points(dict.fromkeys(years, 0.4), dict.fromkeys(years, 0.1))
    short = points({2013: 0.4, 2014: 0.4}, {2013: 0.1, 2014: 0.1})
    both, one = of_votes(DYAD, [*roll_calls, *long]), of_votes(DYAD, [*roll_calls, *short])
    assert isinstance(both, Dimension) and isinstance(one, Dimension)
    assert "ideal points 1995 to 2014" in both.basis and not both.more_is_better
    assert "like votes 1995 to 2014" in one.basis and one.more_is_better
    unfinished = of_votes(DYAD, roll_calls, on=date(2014, 6, 1))
    assert isinstance(unfinished, Dimension) and "1995 to 2013" in unfinished.basis


def test_votes_are_a_dimension_of_the_heading() -> None:
    """The heading of the page shows votes, says what they rest on, and leads back to each ideal point."""
    held = points(dict.fromkeys(range(1995, 2015), 0.4), dict.fromkeys(range(1995, 2015), 0.1))
    (measure,) = (one for one in measures_of(DYAD, (), held) if one.key == "heading")
    assert {point.label for point in measure.points} == {"votes", "overall"}
    assert any(one.startswith("Votes: rests on the distance of ideal points 1995 to 2014") for one in measure.caveats)
    assert {one.id for one in held if one.series.indicator == "ideal-point"} <= set(measure.inputs)


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("votes_benchmark", BENCHMARK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Its dataclass looks its module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_probabilities_are_better_than_base_rates_on_states_not_used(shared: Path) -> None:
    """On dyads of the half of the states that nothing was chosen on, votes' probabilities have a lower Brier score than how often each came."""
    benchmark = _benchmark()
    kind = benchmark.KINDS[0]
    said, came = [], []
    for _, _, held, ahead in benchmark.origins(kind, shared, tuning=False, every=40):
        found = kind.heading(held)
        said.append((found.rising, found.steady, found.falling))
        came.append(benchmark.outcome(kind, held, ahead)[1])
    truth = benchmark.outcomes(np.array(came), kind.band)
    own, base = (((one - truth) ** 2).sum(axis=1).mean() for one in (np.array(said), truth.mean(axis=0)))
    assert len(truth) > 2000 and own < base - 0.03
    # Overall each of the three is said about as often as it comes.
    assert np.array(said).mean(axis=0) == pytest.approx(truth.mean(axis=0), abs=0.05)


@pytest.mark.parametrize("name", ["ideal-points", "agreement"])
def test_the_calibration_of_votes_tells_what_it_was_made_from(name: str) -> None:
    """The errors of votes name their data, are in rising order, and come from more than 500 dyads."""
    held = calibration(name)
    assert "General Assembly" in held.source and held.dyads > 500
    assert list(held.errors["heading"]) == sorted(held.errors["heading"])
