"""What counts: acts and reports as the measures and the checks may use them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from comity.terms import MergedEvent


def counting(events: Iterable[MergedEvent], confirmed: Set[str]) -> tuple[MergedEvent, ...]:
    """Return the acts without the reports that only a second reader proposed and nobody confirmed.

    An act that has no other report is left out. This is the one place through which events reach a measure or a check.

    Args:
        events: the acts of a record.
        confirmed: ids of the second readers' reports that a person confirmed, as `View.confirmed` gives them.
    """
    found = []
    for act in events:
        reports = tuple(report for report in act.reports if not report.proposer or report.id in confirmed)
        if len(reports) == len(act.reports):
            found.append(act)
        elif reports:
            stands = any(report.id == act.event.id for report in reports)
            found.append(replace(act, event=act.event if stands else reports[0], reports=reports))
    return tuple(found)
