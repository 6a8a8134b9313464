"""Pure functions from observations and events to a Measure that names its inputs."""

from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.contacts import HIGH_LEVEL, contact_gap, contacts
from comity.measures.lines import Line, LinePoint, flow_lines, other_lines, trade_lines
from comity.measures.movement import DIRECTION_YEARS, FEWEST_YEARS, LEVEL_YEARS, coverage, direction, growth, level
from comity.measures.panel import measures_of
from comity.measures.printed import Printed
from comity.measures.trade import export_shares, total_line, total_trade, trade_balance

__all__ = [
    "DIRECTION_YEARS",
    "FEWEST_YEARS",
    "HIGH_LEVEL",
    "LEVEL_YEARS",
    "Line",
    "LinePoint",
    "Printed",
    "conflict",
    "contact_gap",
    "contacts",
    "cooperation",
    "coverage",
    "direction",
    "event_counts",
    "export_shares",
    "flow_lines",
    "growth",
    "level",
    "measures_of",
    "other_lines",
    "total_line",
    "total_trade",
    "trade_balance",
    "trade_lines",
]
