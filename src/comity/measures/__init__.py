"""Pure functions from observations and events to a Measure that names its inputs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from comity.measures.estimating import GravityProgress
    from comity.measures.expectation import gravity_expectation
    from comity.measures.gravity import Coefficient, GravityEstimates, NotEstimated, estimate_gravity
    from comity.measures.gravity_panel import GravityPanel, gravity_specifications
    from comity.measures.specifications import Estimator, GravitySpecification, SmallSample

# These bring pandas with them, which every other command would wait for; they are imported when they are asked for.
_LATER = {
    "comity.measures.estimating": ("GravityProgress",),
    "comity.measures.expectation": ("gravity_expectation",),
    "comity.measures.gravity": ("Coefficient", "GravityEstimates", "NotEstimated", "estimate_gravity"),
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
    "DIRECTION_YEARS",
    "FEWEST_YEARS",
    "HIGH_LEVEL",
    "LEVEL_YEARS",
    "Coefficient",
    "Copy",
    "Estimator",
    "GravityEstimates",
    "GravityPanel",
    "GravityProgress",
    "GravitySpecification",
    "Line",
    "LinePoint",
    "NotEstimated",
    "Printed",
    "SmallSample",
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
    "estimate_gravity",
    "event_counts",
    "export_shares",
    "flow_lines",
    "gravity_expectation",
    "gravity_specifications",
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
