"""All measures of a dyad, in the order in which a reader asks for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from comity.measures.alignment import ideal_point_distance, voting_agreement
from comity.measures.balance import conduct_balance, share_of_acts
from comity.measures.cadence import contact_cadence
from comity.measures.calendars import fiscal_lines
from comity.measures.conduct import conflict, cooperation, event_counts
from comity.measures.contacts import contact_gap, contacts
from comity.measures.dependence import dependence, intensity
from comity.measures.dimensions import of_votes
from comity.measures.lines import BOTH_WAYS, Line, flow_lines, other_lines
from comity.measures.mirror import mirror
from comity.measures.mirror_investment import mirror_investment
from comity.measures.movement import coverage, direction, growth, level
from comity.measures.outlook import breaks, mean_growth, outlook
from comity.measures.products import complementarity, concentration, intra_industry, revealed_advantage
from comity.measures.reciprocity import reciprocity, trade_reciprocity
from comity.measures.trade import export_shares, total_line, total_trade, trade_balance
from comity.measures.trajectory import heading
from comity.terms import Dyad, Measure, MergedEvent, Observation

_OF_A_LINE: tuple[Callable[[Dyad, Line], Measure], ...] = (growth, direction, level)
_OF_A_RUN: tuple[Callable[[Dyad, Line], Measure], ...] = (mean_growth, breaks, outlook)


# What needs both directions of trade from one source, the first of them as `accounts` has them.
_BOTH_WAYS = (BOTH_WAYS, "export-shares", "trade-reciprocity")


def measures_of(
    dyad: Dyad,
    events: Sequence[MergedEvent],
    observations: Sequence[Observation],
    *,
    on: date | None = None,
    asked: Collection[str] = (),
) -> tuple[Measure, ...]:
    """Return every measure of the dyad; the order of events and observations makes no difference.

    Args:
        dyad: the two sides; balances and shares are told from the first one's side.
        events: the record's events that count, of this dyad and others: what a second reader proposed and nobody
            confirmed is left out by the caller.
        observations: the record's figures, of this dyad and others.
        on: the day of asking, for the time since the last contact; None leaves that out.
        asked: ids of the series from which lines are taken before all others.
    """
    lines = lines_of(dyad, observations, asked=asked)
    # What is said of the past movement as a whole, and of the years ahead, needs as many years as there are.
    runs = lines_of(dyad, observations, longest=True, asked=asked)
    return (
        contacts(dyad, events),
        contact_gap(dyad, events, on=on),
        contact_cadence(dyad, events, on=on),
        cooperation(dyad, events),
        conflict(dyad, events),
        event_counts(dyad, events),
        conduct_balance(dyad, events),
        share_of_acts(dyad, events),
        *reciprocity(dyad, events),
        voting_agreement(dyad, observations),
        ideal_point_distance(dyad, observations),
        total_trade(dyad, observations, asked=asked),
        trade_balance(dyad, observations, asked=asked),
        export_shares(dyad, observations, asked=asked),
        trade_reciprocity(dyad, observations, asked=asked),
        *mirror(dyad, observations),
        *mirror_investment(dyad, observations),
        *dependence(dyad, observations),
        *intensity(dyad, observations),
        intra_industry(dyad, observations),
        *concentration(dyad, observations),
        *complementarity(dyad, observations),
        *revealed_advantage(dyad, observations),
        *fiscal_lines(dyad, lines),
        *(measure(dyad, line) for line in lines for measure in _OF_A_LINE),
        *(measure(dyad, line) for line in runs for measure in _OF_A_RUN),
        heading(dyad, runs, events, others=[of_votes(dyad, observations, on=on)], on=on),
        coverage(dyad, lines),
    )


def lines_of(
    dyad: Dyad, observations: Sequence[Observation], *, longest: bool = False, asked: Collection[str] = ()
) -> list[Line]:
    """Return every line of annual figures between the sides: their trade both ways, each flow, and the other indicators.

    Args:
        dyad: the two sides.
        observations: the record's figures, of this dyad and others.
        longest: take the source with most years, whatever it says of its figures.
        asked: ids of the series from which lines are taken before all others.
    """
    total = total_line(dyad, observations, longest=longest, asked=asked)
    flows, others = (each(dyad, observations, longest=longest, asked=asked) for each in (flow_lines, other_lines))
    return [*([total] if total else []), *flows, *others]


def line_of(key: str) -> str:
    """Return the key under which `accounts` has the sources of a measure: its line's, or "trade-balance" for both directions.

    Any other key, a line's own among them, is returned as it is.
    """
    if key in _BOTH_WAYS:
        return BOTH_WAYS
    for measure in (*_OF_A_RUN, *_OF_A_LINE):
        line = key.removeprefix(f"{measure.__name__.replace('_', '-')}-")
        if line != key:
            return line
    return key.partition("-in-")[0]
