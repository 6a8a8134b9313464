"""Pure functions from observations and events to a Measure that names its inputs."""

from comity.measures.breaks import FEWEST_BREAK_YEARS, MOST_BREAK_YEARS, Break, strongest_break
from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.conformal import Calibration, calibration
from comity.measures.contacts import HIGH_LEVEL, contact_gap, contacts
from comity.measures.forecasts import CORE_METHODS, MODEL_METHODS, Forecast, Skill, centre, forecasts, skill
from comity.measures.headings import (
    HEADING_YEARS,
    STEADY,
    Heading,
    heading_of,
    heading_of_counts,
    level_ahead,
)
from comity.measures.histories import History, refusal
from comity.measures.lines import Line, LinePoint, flow_lines, other_lines, trade_lines
from comity.measures.movement import DIRECTION_YEARS, FEWEST_YEARS, LEVEL_YEARS, coverage, direction, growth, level
from comity.measures.outlook import breaks, mean_growth, outlook
from comity.measures.pace import MeanGrowth, mean_growth_of
from comity.measures.panel import measures_of
from comity.measures.printed import Printed
from comity.measures.trade import export_shares, total_line, total_trade, trade_balance
from comity.measures.trajectory import Dimension, heading, pooled, weightings

__all__ = [
    "CORE_METHODS",
    "DIRECTION_YEARS",
    "FEWEST_BREAK_YEARS",
    "FEWEST_YEARS",
    "HEADING_YEARS",
    "HIGH_LEVEL",
    "LEVEL_YEARS",
    "MODEL_METHODS",
    "MOST_BREAK_YEARS",
    "STEADY",
    "Break",
    "Calibration",
    "Dimension",
    "Forecast",
    "Heading",
    "History",
    "Line",
    "LinePoint",
    "MeanGrowth",
    "Printed",
    "Skill",
    "breaks",
    "calibration",
    "centre",
    "conflict",
    "contact_gap",
    "contacts",
    "cooperation",
    "coverage",
    "direction",
    "event_counts",
    "export_shares",
    "flow_lines",
    "forecasts",
    "growth",
    "heading",
    "heading_of",
    "heading_of_counts",
    "level",
    "level_ahead",
    "mean_growth",
    "mean_growth_of",
    "measures_of",
    "other_lines",
    "outlook",
    "pooled",
    "refusal",
    "skill",
    "strongest_break",
    "total_line",
    "total_trade",
    "trade_balance",
    "trade_lines",
    "weightings",
]
