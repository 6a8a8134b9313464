"""Pure functions from observations and events to a Measure that names its inputs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from comity.measures.alignment import ideal_point_distance, voting_agreement
from comity.measures.balance import conduct_balance, share_of_acts, wilson
from comity.measures.breaks import FEWEST_BREAK_YEARS, MOST_BREAK_YEARS, Break, strongest_break
from comity.measures.cadence import contact_cadence
from comity.measures.calendar_spread import calendar_spread
from comity.measures.calendars import fiscal_lines, in_calendar_years, in_years_of
from comity.measures.candidates import Candidate, LinePoint, citation
from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.conformal import Calibration, calibration
from comity.measures.contacts import HIGH_LEVEL, contact_gap, contacts
from comity.measures.conversions import convert, possible
from comity.measures.converted import Converted, ConvertedPoint, conversion
from comity.measures.currencies import AVERAGE_RATE, END_RATE, in_currency
from comity.measures.deflators import PRICE_INDEX, at_constant_prices
from comity.measures.dependence import dependence, intensity
from comity.measures.dimensions import Dimension, Untold, of_votes
from comity.measures.forecasts import CORE_METHODS, MODEL_METHODS, Forecast, Skill, centre, forecasts, skill
from comity.measures.headings import HEADING_YEARS, STEADY, Heading, heading_of, heading_of_counts, level_ahead
from comity.measures.histories import History, refusal
from comity.measures.lines import BOTH_WAYS, Line, accounts, flow_lines, other_lines, trade_lines
from comity.measures.mirror import mirror
from comity.measures.mirror_investment import mirror_investment
from comity.measures.mirror_spread import spread
from comity.measures.movement import (
    DIRECTION_YEARS,
    FEWEST_YEARS,
    LEVEL_YEARS,
    coverage,
    direction,
    figures,
    growth,
    level,
)
from comity.measures.outlook import NAIVE, ON_RECORD, breaks, mean_growth, outlook
from comity.measures.pace import MeanGrowth, mean_growth_of
from comity.measures.panel import line_of, lines_of, measures_of
from comity.measures.printed import Printed
from comity.measures.products import complementarity, concentration, intra_industry, revealed_advantage
from comity.measures.reciprocity import reciprocity, trade_reciprocity
from comity.measures.standing import COMPARED, DyadTrade, standing, standing_among_dyads
from comity.measures.trade import export_shares, total_line, total_trade, trade_balance
from comity.measures.trajectory import heading, pooled, weightings
from comity.measures.units import in_unit
from comity.measures.votes_ahead import (
    STEADY_AGREEMENT,
    STEADY_DISTANCE,
    Expected,
    arc,
    expected_agreement,
    expected_gap,
    heading_of_agreement,
    heading_of_distance,
    votes_refusal,
)
from comity.measures.witnesses import Copy, copies
from comity.measures.wording import hundredths, runs, state_name

if TYPE_CHECKING:
    from comity.measures.estimating import GravityProgress
    from comity.measures.expectation import gravity_expectation, no_expectation
    from comity.measures.gravity import Coefficient, GravityEstimates, NotEstimated, estimate_gravity, see_extra
    from comity.measures.gravity_panel import GravityPanel, gravity_specifications
    from comity.measures.specifications import Estimator, GravitySpecification, SmallSample

# These bring pandas with them, which every other command would wait for; they are imported when they are asked for.
_LATER = {
    "comity.measures.estimating": ("GravityProgress",),
    "comity.measures.expectation": ("gravity_expectation", "no_expectation"),
    "comity.measures.gravity": ("Coefficient", "GravityEstimates", "NotEstimated", "estimate_gravity", "see_extra"),
    "comity.measures.gravity_panel": ("GravityPanel", "gravity_specifications"),
    "comity.measures.specifications": ("Estimator", "GravitySpecification", "SmallSample"),
}


def __getattr__(name: str) -> Any:
    """Return what is imported only when it is asked for."""
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "AVERAGE_RATE",
    "BOTH_WAYS",
    "COMPARED",
    "CORE_METHODS",
    "DIRECTION_YEARS",
    "END_RATE",
    "FEWEST_BREAK_YEARS",
    "FEWEST_YEARS",
    "HEADING_YEARS",
    "HIGH_LEVEL",
    "LEVEL_YEARS",
    "MODEL_METHODS",
    "MOST_BREAK_YEARS",
    "NAIVE",
    "ON_RECORD",
    "PRICE_INDEX",
    "STEADY",
    "STEADY_AGREEMENT",
    "STEADY_DISTANCE",
    "Break",
    "Calibration",
    "Candidate",
    "Coefficient",
    "Converted",
    "ConvertedPoint",
    "Copy",
    "Dimension",
    "DyadTrade",
    "Estimator",
    "Expected",
    "Forecast",
    "GravityEstimates",
    "GravityPanel",
    "GravityProgress",
    "GravitySpecification",
    "Heading",
    "History",
    "Line",
    "LinePoint",
    "MeanGrowth",
    "NotEstimated",
    "Printed",
    "Skill",
    "SmallSample",
    "Untold",
    "accounts",
    "arc",
    "at_constant_prices",
    "breaks",
    "calendar_spread",
    "calibration",
    "centre",
    "citation",
    "complementarity",
    "concentration",
    "conduct_balance",
    "conflict",
    "contact_cadence",
    "contact_gap",
    "contacts",
    "conversion",
    "convert",
    "cooperation",
    "copies",
    "coverage",
    "dependence",
    "direction",
    "estimate_gravity",
    "event_counts",
    "expected_agreement",
    "expected_gap",
    "export_shares",
    "figures",
    "fiscal_lines",
    "flow_lines",
    "forecasts",
    "gravity_expectation",
    "gravity_specifications",
    "growth",
    "heading",
    "heading_of",
    "heading_of_agreement",
    "heading_of_counts",
    "heading_of_distance",
    "hundredths",
    "ideal_point_distance",
    "in_calendar_years",
    "in_currency",
    "in_unit",
    "in_years_of",
    "intensity",
    "intra_industry",
    "level",
    "level_ahead",
    "line_of",
    "lines_of",
    "mean_growth",
    "mean_growth_of",
    "measures_of",
    "mirror",
    "mirror_investment",
    "no_expectation",
    "of_votes",
    "other_lines",
    "outlook",
    "pooled",
    "possible",
    "reciprocity",
    "refusal",
    "revealed_advantage",
    "runs",
    "see_extra",
    "share_of_acts",
    "skill",
    "spread",
    "standing",
    "standing_among_dyads",
    "state_name",
    "strongest_break",
    "total_line",
    "total_trade",
    "trade_balance",
    "trade_lines",
    "trade_reciprocity",
    "votes_refusal",
    "voting_agreement",
    "weightings",
    "wilson",
]
