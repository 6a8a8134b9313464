"""All measures of a dyad, in the order in which a reader asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.contacts import contact_gap, contacts
from comity.measures.lines import Line, flow_lines, other_lines
from comity.measures.movement import coverage, direction, growth, level
from comity.measures.outlook import breaks, mean_growth, outlook
from comity.measures.trade import export_shares, total_line, total_trade, trade_balance
from comity.measures.trajectory import heading
from comity.terms import Dyad, Measure, MergedEvent, Observation

_OF_A_LINE: tuple[Callable[[Dyad, Line], Measure], ...] = (
    growth,
    mean_growth,
    direction,
    level,
    breaks,
    outlook,
)


def measures_of(
    dyad: Dyad, events: Sequence[MergedEvent], observations: Sequence[Observation], *, on: date | None = None
) -> tuple[Measure, ...]:
    """Return every measure of the dyad; the order of events and observations makes no difference.

    Args:
        dyad: the two sides; balances and shares are told from the first one's side.
        events: the record's events that count, of this dyad and others: what a second reader proposed and nobody
            confirmed is left out by the caller.
        observations: the record's figures, of this dyad and others.
        on: the day of asking, for the time since the last contact; None leaves that out.
    """
    total = total_line(dyad, observations)
    lines = [*([total] if total else []), *flow_lines(dyad, observations), *other_lines(dyad, observations)]
    return (
        contacts(dyad, events),
        contact_gap(dyad, events, on=on),
        cooperation(dyad, events),
        conflict(dyad, events),
        event_counts(dyad, events),
        total_trade(dyad, observations),
        trade_balance(dyad, observations),
        export_shares(dyad, observations),
        *(measure(dyad, line) for line in lines for measure in _OF_A_LINE),
        heading(dyad, lines, events, on=on),
        coverage(dyad, lines),
    )
