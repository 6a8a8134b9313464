"""The chart of an outlook: the line's past, and behind it the forecast in its bands with the naive forecast beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.brief.charts import COLOURS, INK, thinned
from comity.measures import NAIVE, ON_RECORD
from comity.terms import MeasurePoint

BANDS = "dark band: 80 % interval; light band: 95 % interval"
_FORECAST = "forecast"
# Each line is told from the others by colour, dash and marker; the bands by how dark they are, also in print without colours.
_LOOKS: dict[str, tuple[str, list[int], str]] = {
    ON_RECORD: (INK, [1, 0], "circle"),
    _FORECAST: (COLOURS[0], [7, 3], "square"),
    NAIVE: (COLOURS[1], [2, 2], "triangle-up"),
}
_DARKNESS = (0.16, 0.3)


def is_fan(points: Sequence[MeasurePoint]) -> bool:
    """Whether points are an outlook's: a past, and years ahead with intervals."""
    return any(point.group == ON_RECORD for point in points) and any(_is_ahead(point) for point in points)


def fan(
    points: Sequence[MeasurePoint], scale: float, width: int, axis: Mapping[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the layers of an outlook's chart.

    Args:
        points: of `outlook`, those of the past in their order.
        scale: what values are divided by.
        width: of the plot, in pixels.
        axis: how the axis of years looks.
        y: the encoding of values.
    """
    past = [point for point in points if point.group == ON_RECORD]
    ahead = [point for point in points if _is_ahead(point)]
    naive = [point for point in points if point.group == NAIVE]
    # Without another method beside it the forecast is the naive one, and is called so.
    own = _FORECAST if naive else NAIVE
    names = [ON_RECORD, own, *([NAIVE] if naive else [])]
    labels = every_year([point.label for point in (*past, *ahead)])
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": labels,
        "scale": {"domain": labels},
        "axis": {**axis, "values": thinned(labels, width)},
    }
    from_last: dict[str, Any] = {"period": past[-1].label, "value": past[-1].value / scale}
    known = {point.label: point.value / scale for point in past}
    first, last = labels.index(past[0].label), labels.index(past[-1].label)
    # A year without a figure breaks the line.
    rows = [{"period": label, "value": known.get(label), "group": ON_RECORD} for label in labels[first : last + 1]]
    for name, group in (
        (own, {point.label: point.value for point in ahead}),
        (NAIVE, {p.label: p.value for p in naive}),
    ):
        if group:
            rows += [{**from_last, "group": name}]
            rows += [{"period": label, "value": value / scale, "group": name} for label, value in group.items()]
    layers: list[dict[str, Any]] = []
    levels = sorted({point.interval.level for point in ahead if point.interval is not None}, reverse=True)
    for level, opacity in zip(levels, _DARKNESS, strict=False):
        band = [{"period": from_last["period"], "low": from_last["value"], "high": from_last["value"]}]
        band += [
            {"period": point.label, "low": point.interval.low / scale, "high": point.interval.high / scale}
            for point in ahead
            if point.interval is not None and point.interval.level == level
        ]
        encoding = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
        mark = {"type": "area", "color": COLOURS[0], "opacity": opacity}
        layers.append({"data": {"values": band}, "mark": mark, "encoding": encoding})
    colour, dash, shape = (
        {
            "field": "group",
            "type": "nominal",
            "sort": names,
            "scale": {"domain": names, "range": [_LOOKS[name][part] for name in names]},
        }
        for part in range(3)
    )
    encoding = {"x": x, "y": y, "color": colour}
    layers.append(
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-domains"},
            "encoding": {**encoding, "strokeDash": dash},
        }
    )
    marked = [
        row
        for row in rows
        if row["value"] is not None and (row["group"] == ON_RECORD or row["period"] != from_last["period"])
    ]
    size = 50 if len(labels) <= 12 else 24
    layers.append(
        {
            "data": {"values": marked},
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": size},
            "encoding": {**encoding, "shape": shape},
        }
    )
    return layers


def _is_ahead(point: MeasurePoint) -> bool:
    return point.group not in (ON_RECORD, NAIVE) and point.interval is not None


def every_year(labels: Sequence[str]) -> list[str]:
    """Return labels that are in the order of time, each once, with the calendar or fiscal years between them that have no figure."""
    own = list(dict.fromkeys(labels))
    years = [int(label[:4]) if label[:4].isdecimal() else 0 for label in own]
    for named in (str, _fiscal):
        if own == [named(year) for year in years]:
            return [named(year) for year in range(years[0], years[-1] + 1)]
    return own


def _fiscal(year: int) -> str:
    """Return the label of the fiscal year that begins in a year, as `Period.label` has it: "2016-17", "1999-2000"."""
    after = year + 1
    return f"{year}-{after % 100:02d}" if year // 100 == after // 100 else f"{year}-{after}"
