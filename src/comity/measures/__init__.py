"""Pure functions from observations and events to a Measure that names its inputs."""

from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.contacts import HIGH_LEVEL, contact_gap, contacts
from comity.measures.lines import Line, LinePoint, flow_lines, other_lines, trade_lines
from comity.measures.mirror import mirror
from comity.measures.mirror_spread import spread
from comity.measures.movement import DIRECTION_YEARS, FEWEST_YEARS, LEVEL_YEARS, coverage, direction, growth, level
from comity.measures.panel import measures_of
from comity.measures.printed import Printed
from comity.measures.trade import export_shares, total_line, total_trade, trade_balance
from comity.measures.witnesses import Copy, copies

__all__ = [
    "DIRECTION_YEARS",
    "FEWEST_YEARS",
    "HIGH_LEVEL",
    "LEVEL_YEARS",
    "Copy",
    "Line",
    "LinePoint",
    "Printed",
    "conflict",
    "contact_gap",
    "contacts",
    "cooperation",
    "copies",
    "coverage",
    "direction",
    "event_counts",
    "export_shares",
    "flow_lines",
    "growth",
    "level",
    "measures_of",
    "mirror",
    "other_lines",
    "spread",
    "total_line",
    "total_trade",
    "trade_balance",
    "trade_lines",
]
