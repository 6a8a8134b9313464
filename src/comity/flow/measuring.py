"""Measures of a workspace's dyad, from a view of its record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from comity import brief, measures
from comity.flow.converting import converted_lines
from comity.flow.counting import counting
from comity.flow.gravity_measure import GRAVITY
from comity.flow.line_sources import series_asked
from comity.flow.partners import standings
from comity.flow.views import open_view
from comity.flow.workspace import Workspace
from comity.record import View
from comity.terms import Measure, MergedEvent, Observation, UnknownCode


def measure(
    workspace: Workspace, keys: Sequence[str] = (), into: Sequence[str] = (), source: str = ""
) -> tuple[Measure, ...]:
    """Return the dyad's measures; with keys, only those, in that order; with `into`, the lines of these keys converted.

    What is computed on demand alone is not among them. A line's own key gives its figures as they are printed.

    Args:
        workspace: whose record is measured.
        keys: of measures or of lines.
        into: the conversions, in order.
        source: from which the keys' lines are taken, as `series_asked` says; "" to leave it to the rule.

    Raises:
        UnknownCode: there is no such measure, line, conversion or source.
    """
    with open_view(workspace) as view:
        return _measured(workspace, view, keys, into, source)


def _measured(
    workspace: Workspace, view: View, keys: Sequence[str], into: Sequence[str], source: str
) -> tuple[Measure, ...]:
    dyad, observations = workspace.dyad, view.observations()
    asked = series_asked(dyad, observations, keys, source) if source else frozenset()
    if into:
        return converted_lines(dyad, observations, keys, into, asked)
    every = every_measure(workspace, counting(view.events(), view.confirmed()), observations, asked)
    if not keys:
        return every
    known = {one.key for one in every}
    lines = measures.lines_of(dyad, observations, asked=asked)
    return _chosen((*every, *(measures.figures(dyad, line) for line in lines if line.key not in known)), keys)


def every_measure(
    workspace: Workspace,
    events: Sequence[MergedEvent],
    observations: Sequence[Observation],
    asked: Collection[str] = (),
) -> tuple[Measure, ...]:
    """Return all measures of the workspace's dyad: from what is on record, and among the partners on the shelf.

    `asked` are the ids of series from which lines are taken before all others.
    """
    found = measures.measures_of(workspace.dyad, events, observations, asked=asked)
    return (*found, *standings(workspace.shelf, workspace.dyad, observations))


def measure_chart(workspace: Workspace, key: str, form: str, into: Sequence[str] = (), source: str = "") -> bytes:
    """Return one measure's chart as the bytes of a file: "svg", "png" or "json" (its Vega-Lite specification).

    Raises:
        UnknownCode: there is no such measure, line, conversion or source, or it has too few points to draw.
    """
    with open_view(workspace) as view:
        one = _measured(workspace, view, [key], into, source)[0]
        return chart_of(one, brief.sources_of(one, view.observations()), form)


def chart_of(one: Measure, sources: Sequence[str], form: str) -> bytes:
    """Return a measure's chart as `measure_chart`; the sources are what its figures come from.

    Raises:
        UnknownCode: it has too few points to draw.
    """
    specification = brief.measure_specification(one, sources=sources)
    if specification is None:
        raise UnknownCode(
            f"the measure {one.key!r} has fewer than two points, which make no chart.", remedy=one.summary
        )
    return brief.drawn(specification, form)


def _chosen(every: Sequence[Measure], keys: Sequence[str]) -> tuple[Measure, ...]:
    known = {one.key for one in every}
    for key in keys:
        if key not in known:
            listed = ", ".join(sorted({*known, GRAVITY[0]}))
            raise UnknownCode(f"there is no measure {key!r}.", remedy=f"Known are: {listed}.")
    return tuple(one for key in keys for one in every if one.key == key)


def measure_line(one: Measure) -> dict[str, Any]:
    """Return a measure as JSON-ready values; dates are ISO 8601."""
    line = asdict(one)
    for point in line["points"]:
        for end in ("start", "end"):
            point[end] = point[end].isoformat() if point[end] is not None else None
    return line


def measure_rows(one: Measure) -> list[dict[str, Any]]:
    """Return a measure as flat rows, one for each point; a measure without points is one row."""
    head = {"measure": one.key, "title": one.title, "unit": one.unit}
    if not one.points:
        return [
            {
                **head,
                "label": "",
                "group": "",
                "value": one.value,
                "low": _low(one),
                "high": _high(one),
                "cases": None,
                "inputs": " ".join(one.inputs),
            }
        ]
    return [
        {
            **head,
            "label": point.label,
            "group": point.group,
            "value": point.value,
            "low": point.interval.low if point.interval is not None else None,
            "high": point.interval.high if point.interval is not None else None,
            "cases": point.cases,
            "inputs": " ".join(point.inputs),
        }
        for point in one.points
    ]


def _low(one: Measure) -> float | None:
    return one.interval.low if one.interval is not None else None


def _high(one: Measure) -> float | None:
    return one.interval.high if one.interval is not None else None
