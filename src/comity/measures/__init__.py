"""Pure functions from observations and events to a Measure that names its inputs."""

from comity.measures.alignment import ideal_point_distance, voting_agreement
from comity.measures.balance import conduct_balance, share_of_acts, wilson
from comity.measures.cadence import contact_cadence
from comity.measures.calendar_spread import calendar_spread
from comity.measures.calendars import fiscal_lines, in_calendar_years, in_years_of
from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.contacts import HIGH_LEVEL, contact_gap, contacts
from comity.measures.converted import Converted, ConvertedPoint, conversion
from comity.measures.currencies import AVERAGE_RATE, END_RATE, in_currency
from comity.measures.deflators import PRICE_INDEX, at_constant_prices
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
from comity.measures.units import in_unit
from comity.measures.witnesses import Copy, copies

__all__ = [
    "AVERAGE_RATE",
    "DIRECTION_YEARS",
    "END_RATE",
    "FEWEST_YEARS",
    "HIGH_LEVEL",
    "LEVEL_YEARS",
    "PRICE_INDEX",
    "Converted",
    "ConvertedPoint",
    "Copy",
    "Line",
    "LinePoint",
    "Printed",
    "at_constant_prices",
    "calendar_spread",
    "complementarity",
    "concentration",
    "conduct_balance",
    "conflict",
    "contact_cadence",
    "contact_gap",
    "contacts",
    "conversion",
    "cooperation",
    "copies",
    "coverage",
    "dependence",
    "direction",
    "event_counts",
    "export_shares",
    "fiscal_lines",
    "flow_lines",
    "growth",
    "ideal_point_distance",
    "in_calendar_years",
    "in_currency",
    "in_unit",
    "in_years_of",
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
