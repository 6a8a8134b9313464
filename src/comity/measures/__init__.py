"""Pure functions from observations and events to a Measure that names its inputs."""

from comity.measures.alignment import ideal_point_distance, voting_agreement
from comity.measures.balance import conduct_balance, share_of_acts, wilson
from comity.measures.cadence import contact_cadence
from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.contacts import HIGH_LEVEL, contact_gap, contacts
from comity.measures.dependence import dependence, intensity
from comity.measures.lines import Line, LinePoint, flow_lines, other_lines, trade_lines
from comity.measures.mirror import mirror
from comity.measures.mirror_spread import spread
from comity.measures.movement import DIRECTION_YEARS, FEWEST_YEARS, LEVEL_YEARS, coverage, direction, growth, level
from comity.measures.panel import measures_of
from comity.measures.printed import Printed
from comity.measures.products import complementarity, concentration, intra_industry, revealed_advantage
from comity.measures.reciprocity import reciprocity, trade_reciprocity
from comity.measures.standing import standing
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
    "complementarity",
    "concentration",
    "conduct_balance",
    "conflict",
    "contact_cadence",
    "contact_gap",
    "contacts",
    "cooperation",
    "copies",
    "coverage",
    "dependence",
    "direction",
    "event_counts",
    "export_shares",
    "flow_lines",
    "growth",
    "ideal_point_distance",
    "intensity",
    "intra_industry",
    "level",
    "measures_of",
    "mirror",
    "other_lines",
    "reciprocity",
    "revealed_advantage",
    "share_of_acts",
    "spread",
    "standing",
    "total_line",
    "total_trade",
    "trade_balance",
    "trade_lines",
    "trade_reciprocity",
    "voting_agreement",
    "wilson",
]
