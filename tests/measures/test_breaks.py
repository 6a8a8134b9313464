"""Breaks: false alarms, power, the years, and the statistic against an independent computation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.measures import Break, Line, breaks, flow_lines, strongest_break
from comity.terms import Dyad

from .conftest import observations

DYAD = Dyad("BRA", "ARG")


def line(values: np.ndarray, first: int = 1990) -> Line:
    """Return Brazil's exports to Argentina with the exponentials of the values."""
    figures = {first + year: f"{1000 * math.exp(value):.3f}" for year, value in enumerate(values)}
    return flow_lines(DYAD, observations("exports", figures))[0]


def wandering(count: int, follows: float, random: np.random.Generator) -> np.ndarray:
    """Return values whose errors follow one another so much; 1 is a random walk."""
    values = np.empty(count)
    values[0] = random.normal() / (math.sqrt(1 - follows**2) if follows < 1 else 1)
    for year in range(1, count):
        values[year] = follows * values[year - 1] + random.normal()
    return values


def claims(count: int, follows: float, lines: int, shift: float = 0.0) -> list[Break]:
    """Return the claimed breaks of seeded lines with a shift of the level in the middle."""
    random = np.random.default_rng(77)
    steps = shift * (np.arange(count) >= count // 2)
    found = [strongest_break(1990, wandering(count, follows, random) + steps) for _ in range(lines)]
    return [one for one in found if one.claimed]


@pytest.mark.parametrize("follows", [0.0, 0.5, 0.8, 1.0])
def test_lines_without_a_break_are_seldom_given_one(follows: float) -> None:
    """Of 400 seeded lines of 25 years without a break, white or wandering for ever, about one in twenty is given one."""
    assert len(claims(25, follows, 400)) / 400 <= 0.085


@pytest.mark.parametrize(("follows", "least"), [(0.0, 0.75), (1.0, 0.6)])
def test_a_great_shift_is_found_and_the_years_hold_it(follows: float, least: float) -> None:
    """A shift of five shocks in 25 years is claimed in most lines, and the stated years hold it in nearly all of these."""
    found = claims(25, follows, 200, shift=5)
    assert len(found) / 200 >= least
    assert np.mean([one.earliest <= 2002 <= one.latest for one in found]) >= 0.95


def test_few_years_and_plain_lines_have_no_break_to_claim() -> None:
    """Ten years cannot show a break, and 25 plain ones do not; both sentences say that none can be claimed."""
    random = np.random.default_rng(5)
    few = breaks(DYAD, line(random.normal(size=10) * 0.1))
    plain = breaks(DYAD, line(random.normal(size=25) * 0.1))
    for measure in (few, plain):
        assert measure.value is None
        assert "can be claimed" in measure.summary
    assert "15 are needed" in few.summary
    assert plain.inputs


def test_a_break_is_told_with_its_year_shift_and_chance() -> None:
    """A line that falls by half in one year and stays there is told to have broken then, by about half."""
    random = np.random.default_rng(5)
    values = random.normal(size=30) * 0.05 + math.log(0.5) * (np.arange(30) >= 14)
    measure = breaks(DYAD, line(values))
    assert measure.value is not None and -56 < measure.value < -44
    assert "broke in 2004" in measure.summary
    assert "with probability 0.005 at most" in measure.summary


def test_a_gap_or_a_zero_ends_the_run() -> None:
    """Only the years after the last gap or zero are used, for nothing is filled in."""
    figures = {1990 + year: "100" for year in range(30)} | {2010: "0"}
    measure = breaks(DYAD, flow_lines(DYAD, observations("exports", figures))[0])
    assert "9 years without a gap" in measure.summary


@given(st.integers(0, 10**6), st.floats(-2, 2), st.floats(0.1, 50))
def test_the_test_does_not_depend_on_unit_or_trend(seed: int, growth: float, factor: float) -> None:
    """A line times a factor with any steady growth added has the same break, statistic and chance."""
    values = wandering(20, 0.5, np.random.default_rng(seed))
    one, other = strongest_break(1990, values), strongest_break(1990, factor * values + growth * np.arange(20) + 7)
    assert math.isclose(one.statistic, other.statistic, rel_tol=1e-5, abs_tol=1e-5)
    assert math.isclose(one.chance, other.chance, abs_tol=1e-4)


@pytest.mark.parametrize("values", [[1.0] * 20, list(range(20)), [0.0] * 10 + [1.0] * 10])
def test_lines_without_error_have_an_answer(values: list[float]) -> None:
    """A constant, a straight line and a clean step give an answer; only the step is claimed."""
    found = strongest_break(1990, np.array(values, dtype=float))
    assert found.claimed == (len(set(values)) == 2)


def test_the_statistic_is_that_of_least_squares_over_years_and_autocorrelations() -> None:
    """The statistic equals a plain search with least squares, one year and one autocorrelation at a time."""
    values = wandering(24, 0.6, np.random.default_rng(9))
    time = np.arange(24.0)

    def least(columns: list[np.ndarray], rho: float) -> float:
        def white(one: np.ndarray) -> np.ndarray:
            return np.concatenate([[math.sqrt(1 - rho**2) * one[0]], one[1:] - rho * one[:-1]])

        design = np.column_stack([white(one) for one in columns])
        target = white(values)
        return float(((target - design @ np.linalg.lstsq(design, target, rcond=None)[0]) ** 2).sum())

    grid = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
    plain = [np.ones(24), time]
    without = min(least(plain, rho) for rho in grid)
    by_year = {
        start: min(least([*plain, (time >= start) * 1.0, np.maximum(time - start, 0)], rho) for rho in grid)
        for start in range(4, 21)
    }
    best = min(by_year, key=lambda start: by_year[start])
    found = strongest_break(1990, values)
    assert found.year == 1990 + best
    assert math.isclose(found.statistic, 24 * math.log(without / by_year[best]), rel_tol=1e-9)


def test_ruptures_places_a_clear_break_in_the_same_year() -> None:
    """The library ruptures, which knows no autocorrelation, places a great break in the same year."""
    ruptures = pytest.importorskip("ruptures")
    random = np.random.default_rng(21)
    for start in (8, 12, 17):
        values = random.normal(size=25) + 8.0 * (np.arange(25) >= start)
        places = ruptures.Dynp(model="l2", min_size=4, jump=1).fit(values[:, None]).predict(n_bkps=1)
        assert strongest_break(1990, values).year == 1990 + places[0] == 1990 + start
