"""Parts that the charts of measures share: axes, what tells groups apart, and lines that break."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from comity.brief.charts import INK, RULE


def joined(rows: Sequence[dict[str, Any]], labels: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows that lines go through, with an empty one where a group has no value, so that its line breaks there."""
    held: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        held.setdefault(row["group"], {})[row["period"]] = row
    joined = []
    for group, own in held.items():
        places = [place for place, label in enumerate(labels) if label in own]
        for label in labels[places[0] : places[-1] + 1]:
            joined.append(own.get(label) or {"period": label, "group": group, "value": None})
    return joined


def of_years(note: Sequence[str]) -> dict[str, Any]:
    """Return how an axis of years looks, with the source note below it."""
    return {**below(note), "labelAngle": 0, "tickColor": RULE, "domainColor": "#77736a", "labelOverlap": False}


def told_apart(groups: Sequence[str], ends: Sequence[Any]) -> dict[str, Any]:
    """Return the encoding by which groups are told apart, such as by `ends` that are colours or markers."""
    domain = {"domain": list(groups), "range": list(ends[: len(groups)])}
    return {"field": "group", "type": "nominal", "sort": list(groups), "scale": domain}


def ticks(low: float, high: float) -> list[float]:
    """Return 1, 2 and 5 in each power of ten; over many powers, these alone."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [step * 10.0**power for power in powers for step in ((1, 2, 5) if len(powers) < 6 else (1,))]


def below(note: Sequence[str]) -> dict[str, Any]:
    """Return the axis title that holds the source note, so that every medium keeps it below the chart."""
    if not note:
        return {"title": None}
    plain = {"titleAlign": "left", "titleFontSize": 11, "titleFontWeight": 400, "titleColor": INK}
    return {"title": list(note), "titleAnchor": "start", "titlePadding": 14, **plain}
