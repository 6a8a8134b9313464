"""Where two states' votes in the UN General Assembly are heading: their ideal points, or how often they vote alike.

Ideal points are compared as they are, and what may come of the gap between the two sides is told on either side of
nought, so that sides that stand near each other can only part. Shares of like votes are compared as arcs (the arcsine of
their root, Fisher 1922), on which a change weighs alike near the ends and in the middle. What errors to expect is
that of dyads of the half of the states that `benchmarks/votes.py` tunes on, and it measures the other half.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.measures.conformal import Calibration, calibration
from comity.measures.headings import Heading
from comity.measures.histories import FEWEST_CHANGES, LEVEL_SPAN, WINDOW
from comity.terms import InvalidTerm

# About a tenth of the standard deviation of all states' ideal points of one year.
STEADY_DISTANCE = 0.1
# Percentage points of agreement.
STEADY_AGREEMENT = 2.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """How a kind of yearly figure moves; chosen on the tuning half of benchmarks/votes.py.

    Attributes:
        errors: the calibration's name.
        prior_size: the usual yearly change as if `prior_changes` more years had shown it.
        prior_changes: the number of these years.
        after_shock: how much of the last figure's distance from its level adds to the spread.
        given_back: the part of that distance that is expected to be given back.
        toward_mean: the part of the level's distance from the window's mean that is.
    """

    errors: str
    prior_size: float
    prior_changes: int
    after_shock: float
    given_back: float
    toward_mean: float


_POINTS = _Scale("ideal-points", 0.2, 8, 0.5, 0.4, 0.0)
_AGREEMENT = _Scale("agreement", 0.12, 8, 0.5, 0.5, 0.1)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the mean of the next three years is expected to be: its centre, the unit of its errors, and the last level."""

    centre: float
    spread: float
    level: float


def votes_refusal(figures: Mapping[int, float]) -> str:
    """Return why yearly figures of votes have no heading, in words that continue a sentence; "" where they have one."""
    if not figures:
        return "no year has a figure"
    last = max(figures)
    changes = sum(year in figures and year + 1 in figures for year in range(last - WINDOW, last))
    if changes < FEWEST_CHANGES:
        return f"the last {WINDOW + 1} years to {last} hold {changes} yearly change{'' if changes == 1 else 's'}, and {FEWEST_CHANGES} are needed"
    return ""


def expected_gap(gaps: Mapping[int, float]) -> Expected:
    """Return what is expected of the gap between two ideal points (first less second), by year.

    Raises InvalidTerm where `votes_refusal` has a reason.
    """
    return _expected(gaps, _POINTS)


def expected_agreement(shares: Mapping[int, float]) -> Expected:
    """Return what is expected of the share of like votes (per cent by year), as an arc.

    Raises InvalidTerm where `votes_refusal` has a reason.
    """
    return _expected({year: arc(share) for year, share in shares.items()}, _AGREEMENT)


def heading_of_distance(
    gaps: Mapping[int, float], *, band: float = STEADY_DISTANCE, errors: Calibration | None = None
) -> Heading:
    """Return where the distance of two sides' ideal points is heading; `gaps` are first less second, by year.

    Compared are the distances of the sides' mean positions of three years; steady is a change of less than the band.
    """
    ahead = expected_gap(gaps)
    # The side that stands higher may be either; errors are counted away from the other.
    sign = -1.0 if ahead.level < 0 else 1.0
    held = errors or calibration(_POINTS.errors)

    def below(gap: float) -> float:
        return held.share_below("heading", (gap - sign * ahead.centre) / ahead.spread)

    upper, lower = abs(ahead.level) + band, abs(ahead.level) - band
    rising = 1 - (below(upper) - below(-upper))
    falling = below(lower) - below(-lower) if lower > 0 else 0.0
    return Heading(rising, max(1 - rising - falling, 0.0), falling)


def heading_of_agreement(
    shares: Mapping[int, float], *, band: float = STEADY_AGREEMENT, errors: Calibration | None = None
) -> Heading:
    """Return where the share of like votes is heading; `shares` are per cent by year.

    Compared are the means of three years; steady is a change of less than the band, in percentage points.
    """
    ahead = expected_agreement(shares)
    held = errors or calibration(_AGREEMENT.errors)
    now = 100 * math.sin(ahead.level) ** 2

    def below(share: float) -> float:
        if share <= 0 or share >= 100:
            return float(share >= 100)
        return held.share_below("heading", (arc(share) - ahead.centre) / ahead.spread)

    rising, falling = 1 - below(now + band), below(now - band)
    return Heading(rising, max(1 - rising - falling, 0.0), falling)


def arc(share: float) -> float:
    """Return the arcsine of the root of a share in per cent."""
    return math.asin(math.sqrt(min(max(share, 0.0), 100.0) / 100))


def _expected(figures: Mapping[int, float], scale: _Scale) -> Expected:
    why = votes_refusal(figures)
    if why:
        raise InvalidTerm(f"votes have no heading: {why}.")
    last = max(figures)
    window = np.array([figures.get(year, np.nan) for year in range(last - WINDOW, last + 1)])
    changes = np.abs(np.diff(window))
    changes = changes[~np.isnan(changes)]
    usual = (changes.sum() + scale.prior_changes * scale.prior_size) / (len(changes) + scale.prior_changes)
    level = float(np.nanmean(window[-LEVEL_SPAN:]))
    gained = float(window[-1]) - level
    centre = float(window[-1]) - scale.given_back * gained - scale.toward_mean * (level - float(np.nanmean(window)))
    return Expected(centre, float(np.hypot(usual, scale.after_shock * gained)), level)
