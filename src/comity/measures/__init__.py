"""Pure functions from observations and events to a Measure that names its inputs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.contacts import HIGH_LEVEL, contact_gap, contacts
from comity.measures.lines import Line, LinePoint, flow_lines, other_lines, trade_lines
from comity.measures.movement import DIRECTION_YEARS, FEWEST_YEARS, LEVEL_YEARS, coverage, direction, growth, level
from comity.measures.panel import measures_of
from comity.measures.printed import Printed
from comity.measures.trade import export_shares, total_line, total_trade, trade_balance

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
    "conflict",
    "contact_gap",
    "contacts",
    "cooperation",
    "coverage",
    "direction",
    "estimate_gravity",
    "event_counts",
    "export_shares",
    "flow_lines",
    "gravity_expectation",
    "gravity_specifications",
    "growth",
    "level",
    "measures_of",
    "other_lines",
    "total_line",
    "total_trade",
    "trade_balance",
    "trade_lines",
]
