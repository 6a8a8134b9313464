"""Charts of measures: one Vega-Lite specification for each, the same for screen, print and file.

Each carries its title, its unit, the ranges of its points, the source note and a description in words (its alternative text).
Lines differ by colour, dash and marker, so that nothing hangs on colour alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Any

from comity.brief.chart_parts import below, joined, of_years, ticks, told_apart
from comity.brief.charts import COLOURS, DASHES, FONT, INK, RULE, SHAPES, WIDE, WIDER, thinned
from comity.brief.fans import BANDS, every_year, fan, is_fan
from comity.brief.wording import number_text, rank_text, unit_text
from comity.measures import hundredths, state_name
from comity.terms import Measure, MeasurePoint, Observation, Rank

_HEIGHT = 260
# Names at the left, in pixels.
_LABEL_LIMIT = 280
# More lines or bars than this cannot be told apart; the table has them all.
_MOST_GROUPS, _MOST_BARS = 5, 15
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
# What a rounded figure allows is mostly narrower than the line is wide; where it is more than this share of the chart, it is drawn.
_ROUNDED, _VISIBLE = "printed-digits", 0.05
# Points of these are ranges only: their middle is no figure that anybody reported, and is not drawn.
_ONLY_RANGES = {
    "reports": "from the lowest to the highest report",
    "other-side": "of one report, what the other side may report",
    "sources": "from the lowest to the highest by sources' rates or indices that differ",
    "bounds": "what is sure",
    "neighbours": "between the dates before and after",
}
_VALUES: dict[str, Any] = {
    "field": "value",
    "type": "quantitative",
    "axis": {"title": None, "format": ",~f", "domain": False, "ticks": False, "gridColor": RULE, "tickCount": 6},
    "scale": {"zero": True},
}
_GREY = "#9a958a"
# What a mean of probabilities may become where its parts weigh otherwise.
_OVER_WEIGHTS = "weights"


def sources_of(measure: Measure, observations: Iterable[Observation]) -> tuple[str, ...]:
    """Return the publications that a measure's figures come from; events come from the record's documents."""
    inputs = set(measure.inputs)
    found = {each.id: each.series.source for each in observations if each.id in inputs}
    named = sorted({source.citation or source.title or source.producer for source in found.values()} - {""})
    return (*named, *(["events on record"] if inputs - found.keys() else []))


def measure_specification(
    measure: Measure, *, sources: Sequence[str] = (), width: int = WIDE, titled: bool = True
) -> dict[str, Any] | None:
    """Return the Vega-Lite 6 specification of a measure's points; None where there are fewer than two to draw.

    Args:
        measure: points with a start are drawn over time, a line for each group; ratios of several groups under the same
            labels as dots beside each other, with the line at one; others as bars, the largest first.
        sources: whose data the measure rests on, for the note below the chart.
        width: of the whole chart, in pixels.
        titled: whether the measure's title stands above the chart; the unit always does.
    """
    dated = [point for point in measure.points if point.start is not None and point.label != point.group]
    over_time = len({point.start for point in dated}) > 1
    coverage = over_time and measure.key == "coverage"
    points = dated if over_time else list(measure.points)
    drawn_groups = dict.fromkeys(point.group for point in points if not _is_only_range(point))
    beside = not over_time and measure.unit == "ratio" and len({point.label for point in points}) < len(points)
    stacked = not over_time and measure.unit == "probability" and len(drawn_groups) > 1
    # Several figures under one label ("2009": exports and imports) are bars below each other, never one on top of another.
    parted = not (over_time or beside or stacked) and _differ_in_group(points)
    most = None if coverage else _MOST_GROUPS
    groups = list(drawn_groups)[:most] if over_time or beside or stacked or parted else []
    points = [point for point in points if not (over_time or parted) or point.group in groups or _is_only_range(point)]
    if len(points) < 2:
        return None
    points = _with_visible_ranges(points)
    named = {group: _in_words(group) for group in dict.fromkeys(point.group for point in points)}
    points = [replace(point, group=named[point.group]) for point in points]
    groups = [named[group] for group in groups]
    scale, unit = _unit(measure.unit, points)
    # The words above and below begin at the plot's left edge, and so have its width; characters are counted at their width in
    # the widest usual font (charts.WIDER).
    inner = width - 90
    note = _note(sources, inner)
    if beside:
        layers = _beside(points, groups, scale, note)
    elif is_fan(points):
        layers = fan(points, scale, inner, of_years(note), _VALUES)
    elif coverage:
        layers = _held(points, groups, inner, note)
    elif stacked:
        layers = _stacked(points, groups, note)
    else:
        layers = _over_time(points, groups, scale, width, note) if over_time else _bars(points, groups, scale, note)
    shown = (
        "a mark is a year with a figure" if coverage else "; ".join(filter(None, (unit, _looks(measure.key, points))))
    )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": _description(measure, points, scale, unit),
        "title": {
            "text": wrap(measure.title, inner // 9) if titled else [],
            "subtitle": wrap(shown, inner // 7),
            "anchor": "start",
            "frame": "group",
            "fontSize": 15,
            "subtitleFontSize": 13,
            "subtitleColor": INK,
            "offset": 12,
        },
        "width": inner,
        "padding": {
            "left": 5 + WIDER * _longest_label(points, scale, over_time=over_time and not coverage),
            "right": 5,
            "top": 5,
            "bottom": 5,
        },
        "height": _HEIGHT if over_time and not coverage else {"step": 13 if beside or parted else 24},
        "background": "white",
        "layer": layers,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 13, "labelColor": INK, "labelPadding": 6},
            "legend": {
                "orient": "top",
                "title": None,
                "labelFontSize": 13,
                "labelColor": INK,
                "labelLimit": width - 60,
                "columns": 1 if any(len(group) > width // 30 for group in groups) else 3,
                "symbolSize": 90,
                "symbolStrokeWidth": 0,  # else a line's dashes are drawn around its marker
            },
        },
    }


def drawn(specification: dict[str, Any], form: str) -> bytes:
    """Return the chart as a file: "svg", "png" (at twice the size of the screen), or "json" (the specification itself)."""
    import json

    import vl_convert

    if form == "json":
        return (json.dumps(specification, ensure_ascii=False, indent=1) + "\n").encode()
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(specification, scale=2))
    return str(vl_convert.vegalite_to_svg(specification)).encode()


def _unit(unit: str, points: Sequence[MeasurePoint]) -> tuple[float, str]:
    largest = max(abs(point.value) for point in points)
    if len(unit) == 3 and unit.isupper():
        for size, word in _SCALES:
            if largest >= size:
                return size, f"{unit_text(unit)} {word}"
    return 1.0, unit_text(unit) if unit else ""


def _with_visible_ranges(points: Sequence[MeasurePoint]) -> list[MeasurePoint]:
    """Return the points without the ranges of rounding that nobody would see."""
    values = [0.0, *(point.value for point in points)]
    least = _VISIBLE * (max(values) - min(values))
    return [
        replace(point, interval=None)
        if point.interval is not None
        and point.interval.kind == _ROUNDED
        and point.interval.high - point.interval.low < least
        else point
        for point in points
    ]


def _is_only_range(point: MeasurePoint) -> bool:
    return point.interval is not None and point.interval.kind in _ONLY_RANGES


def _in_words(group: str) -> str:
    """Return a group's name for readers: a rank's, or a state's for its code."""
    if group in set(Rank):
        return rank_text(Rank(group))
    return re.sub(r"\b[A-Z]{3}\b", lambda found: state_name(found[0]).removeprefix("the "), group).replace("->", " → ")


def _looks(key: str, points: Sequence[MeasurePoint]) -> str:
    """Return what bars, bands and rings show, in words."""
    if is_fan(points):
        return BANDS
    kinds = {point.interval.kind for point in points if point.interval is not None}
    spans = [words for kind, words in _ONLY_RANGES.items() if kind in kinds]
    border = ", at the exporter's border" if key.startswith("mirror-exports") and spans else ""
    told = [f"grey bars: {'; '.join(spans)}{border}"] if spans else []
    if _OVER_WEIGHTS in kinds:
        told.append("dark lines: improving over other weights")
    ordered = sorted(_levels(points))
    for level in ordered:
        width = "thick" if len(ordered) == 2 and level == ordered[0] else "thin"
        # A range of level one holds every value that was computed; it is no interval of so many per cent.
        told.append(f"{width} bars: {f'{100 * level:.0f} % ranges' if level < 1 else 'from the lowest to the highest'}")
    if _ROUNDED in kinds:
        told.append("thin bars: what the printed digits allow")
    if any(point.too_few for point in points):
        told.append("hollow: of too few cases")
    return "; ".join(told)


def _levels(points: Sequence[MeasurePoint]) -> set[float]:
    """Return the levels of the ranges that are drawn as bars about a figure."""
    return {
        point.interval.level
        for point in points
        if point.interval is not None
        and point.interval.kind not in {_ROUNDED, _OVER_WEIGHTS}
        and not _is_only_range(point)
    }


def _over_time(
    points: Sequence[MeasurePoint], groups: Sequence[str], scale: float, width: int, note: Sequence[str]
) -> list[dict[str, Any]]:
    labels = [point.label for point in sorted(points, key=lambda point: (point.start, point.label))]
    labels = every_year(labels)
    rows = [_row(point, scale) for point in points if not _is_only_range(point)]
    levels = sorted(_levels(points))
    # Of two ranges of one figure the narrower would vanish behind the wider one.
    narrow = [
        _row(point, scale)
        for point in points
        if len(levels) == 2 and point.interval is not None and point.interval.level == levels[0]
    ]
    spans = [_row(point, scale) for point in points if _is_only_range(point)]
    axis = {**of_years(note), "values": thinned(labels, width - 90)}
    x = {"field": "period", "type": "ordinal", "sort": labels, "scale": {"domain": labels}, "axis": axis}
    many = len(groups) > 1
    legend = {} if many else {"legend": None}

    colour, dash, shape = (told_apart(groups, ends) | legend for ends in (COLOURS, DASHES, SHAPES))
    layers: list[dict[str, Any]] = []
    for found, mark in (
        (spans, {"type": "rule", "strokeWidth": 7, "color": _GREY, "opacity": 0.45}),
        ([row for row in narrow if row in rows and "low" in row], {"type": "rule", "strokeWidth": 5}),
        ([row for row in rows if "low" in row and row not in narrow], {"type": "rule", "strokeWidth": 1.5}),
    ):
        if found:
            encoding = {"x": x, "y": {**_VALUES, "field": "low"}, "y2": {"field": "high"}}
            if "color" not in mark:
                encoding["color"] = colour
            layers.append({"data": {"values": found}, "mark": mark, "encoding": encoding})
    # A share of too few cases stands for itself: hollow, and no line leads to it.
    few = {(point.label, point.group) for point in points if point.too_few}
    hollow = [row for row in rows if (row["period"], row["group"]) in few]
    lines = joined([row for row in rows if row not in hollow], labels)
    stroke = {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-domains"}
    layers.append(
        {
            "data": {"values": lines},
            "mark": stroke,
            "encoding": {"x": x, "y": _VALUES, "color": colour, "strokeDash": dash},
        }
    )
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 50 if len(labels) <= 30 else 16}
    places = {"x": x, "y": _VALUES, "color": colour, "shape": shape}
    layers.append({"data": {"values": [row for row in rows if row not in hollow]}, "mark": dot, "encoding": places})
    if hollow:
        ring = {**dot, "filled": False, "fill": "white", "strokeWidth": 1.5, "size": 50}
        layers.append({"data": {"values": hollow}, "mark": ring, "encoding": places})
    return layers


def _held(
    points: Sequence[MeasurePoint], groups: Sequence[str], width: int, note: Sequence[str]
) -> list[dict[str, Any]]:
    """Return a row for each line with a mark at each year that has a figure, so that what is missing is white."""
    labels = every_year([point.label for point in sorted(points, key=lambda point: (point.start, point.label))])
    axis = {**of_years(note), "values": thinned(labels, width)}
    x = {"field": "period", "type": "ordinal", "sort": labels, "scale": {"domain": labels}, "axis": axis}
    names = {"title": None, "ticks": False, "domain": False, "labelLimit": _LABEL_LIMIT}
    y = {"field": "group", "type": "ordinal", "sort": list(groups), "axis": names}
    rows = [{"period": point.label, "group": point.group} for point in points]
    mark = {"type": "bar", "color": COLOURS[0], "height": {"band": 0.5}, "width": {"band": 0.9}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}}]


def _differ_in_group(points: Sequence[MeasurePoint]) -> bool:
    """Whether one label has figures of several groups; two ranges of one figure are no two figures."""
    held: dict[str, set[float]] = {}
    for point in points:
        if not _is_only_range(point):
            held.setdefault(point.label, set()).add(point.value)
    return any(len(values) > 1 for values in held.values())


def _bars(
    points: Sequence[MeasurePoint], groups: Sequence[str], scale: float, note: Sequence[str]
) -> list[dict[str, Any]]:
    """Return a bar for each label, the largest first; where `groups` are given, one for each group of a label."""
    figures = [point for point in points if not _is_only_range(point)]
    largest = sorted(figures, key=lambda point: -point.value)
    order = list(dict.fromkeys(point.label for point in largest))[:_MOST_BARS]
    rows = [_row(point, scale) for point in largest if point.label in order]
    spans = [_row(point, scale) for point in points if _is_only_range(point) and point.label in order]
    y = {
        "field": "period",
        "type": "ordinal",
        "sort": order,
        "axis": {"title": None, "ticks": False, "labelLimit": _LABEL_LIMIT},
    }
    x_axis = {**below(note), "format": ",~f", "gridColor": RULE, "tickCount": 6}
    # Without this the renderer adds up what stands under one label.
    x = {"field": "value", "type": "quantitative", "axis": x_axis, "scale": {"zero": True}, "stack": None}
    parts: dict[str, Any] = {}
    if groups:
        offset = {"field": "group", "type": "nominal", "sort": list(groups), "scale": {"domain": list(groups)}}
        parts = {"yOffset": offset, "color": told_apart(groups, COLOURS)}
    layers: list[dict[str, Any]] = []
    if spans:
        reach = {"x": {"field": "low", "type": "quantitative", "axis": x_axis}, "x2": {"field": "high"}, "y": y}
        mark = {"type": "bar", "color": _GREY, "opacity": 0.45, "height": {"band": 1}}
        layers.append({"data": {"values": spans}, "mark": mark, "encoding": reach})
    bar: dict[str, Any] = {"type": "bar", "height": {"band": 0.8 if groups else 0.6}}
    across = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, **parts}
    levels = sorted(_levels(points))
    narrow = [
        _row(point, scale)
        for point in figures
        if len(levels) == 2 and point.interval is not None and point.interval.level == levels[0]
    ]
    wide = [row for row in rows if "low" in row and row not in narrow]
    look = {} if groups else {"color": COLOURS[0]}
    if narrow:  # a bar from zero would hide the thicker of two ranges
        bar = {"type": "point", "filled": True, "size": 70, "opacity": 1}
        mark = {"type": "rule", "strokeWidth": 7, "opacity": 0.45}
        layers.append({"data": {"values": narrow}, "mark": {**mark, **look}, "encoding": across})
    layers.append({"data": {"values": rows}, "mark": {**bar, **look}, "encoding": {"x": x, "y": y, **parts}})
    if wide:
        plain = {key: value for key, value in across.items() if key != "color"}
        layers.append({"data": {"values": wide}, "mark": {"type": "rule", "color": INK}, "encoding": plain})
    return layers


def _stacked(points: Sequence[MeasurePoint], groups: Sequence[str], note: Sequence[str]) -> list[dict[str, Any]]:
    """Return probabilities that sum to one as the parts of a bar for each label, each part with its colour and its figure."""
    labels = list(dict.fromkeys(point.label for point in points))
    rows, ranged = [], []
    reached = dict.fromkeys(labels, 0.0)
    # As the sentence words them: figures that add up to one.
    places = {label: [place for place, point in enumerate(points) if point.label == label] for label in labels}
    printed = {
        place: cents / 100
        for own in places.values()
        for place, cents in zip(own, hundredths([points[place].value for place in own]), strict=True)
    }
    for group in groups:
        for place, point in enumerate(points):
            if point.group != group:
                continue
            start = reached[point.label]
            reached[point.label] = end = start + point.value
            shown = f"{printed[place]:.2f}" if point.value >= 0.06 else ""
            rows.append(
                {
                    "period": point.label,
                    "group": group,
                    "from": start,
                    "to": end,
                    "at": (start + end) / 2,
                    "shown": shown,
                }
            )
            if group == groups[0] and point.interval is not None:
                ranged.append({"period": point.label, "low": point.interval.low, "high": point.interval.high})
    axis = {"title": None, "ticks": False, "labelLimit": _LABEL_LIMIT}
    y = {"field": "period", "type": "ordinal", "sort": labels, "axis": axis}
    x_axis = {**below(note), "format": ",~f", "gridColor": RULE, "tickCount": 6}
    x = {"field": "from", "type": "quantitative", "axis": x_axis, "scale": {"domain": [0, 1]}}
    bar = {"type": "bar", "height": {"band": 0.75}, "stroke": "white"}
    text = {"type": "text", "color": "white", "fontSize": 12, "dy": -1}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": rows},
            "mark": bar,
            "encoding": {"x": x, "x2": {"field": "to"}, "y": y, "color": told_apart(groups, COLOURS)},
        },
        {
            "data": {"values": rows},
            "mark": text,
            "encoding": {"x": {**x, "field": "at"}, "y": y, "text": {"field": "shown"}},
        },
    ]
    if ranged:
        encoding = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}
        mark = {"type": "rule", "color": INK, "strokeWidth": 3, "yOffset": 11}
        layers.append({"data": {"values": ranged}, "mark": mark, "encoding": encoding})
    return layers


def _beside(
    points: Sequence[MeasurePoint], groups: Sequence[str], scale: float, note: Sequence[str]
) -> list[dict[str, Any]]:
    """Return ratios as dots with their ranges, the groups of one label below each other; logarithmic where all are above 0."""
    rows = [_row(point, scale) for point in points]
    labels = list(dict.fromkeys(row["period"] for row in rows))
    axis = {
        "title": None,
        "ticks": False,
        "labelLimit": _LABEL_LIMIT,
        "grid": True,
        "gridColor": RULE,
        "tickBand": "extent",
    }
    y = {"field": "period", "type": "ordinal", "sort": labels, "axis": axis}
    offset = {"field": "group", "type": "nominal", "sort": list(groups)}
    ends = [1 / scale, *(row.get(end, row["value"]) for row in rows for end in ("low", "high"))]
    x_axis: dict[str, Any] = {**below(note), "format": ",~f", "gridColor": RULE}
    x: dict[str, Any] = {"field": "value", "type": "quantitative", "axis": x_axis}
    if min(ends) > 0:
        low, high = min(ends) / 1.15, max(ends) * 1.15
        x["scale"] = {"type": "log", "nice": False, "domain": [low, high]}
        x_axis["values"] = [tick for tick in ticks(low, high) if low <= tick <= high]
    else:
        x["scale"] = {"zero": True}
    colour, shape = told_apart(groups, COLOURS), told_apart(groups, SHAPES)
    one = {"type": "rule", "color": INK, "strokeDash": [4, 3]}
    layers: list[dict[str, Any]] = [
        {"data": {"values": [{"value": 1 / scale}]}, "mark": one, "encoding": {"x": x}},
    ]
    if ranged := [row for row in rows if "low" in row]:
        spans = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "yOffset": offset, "color": colour}
        layers.append({"data": {"values": ranged}, "mark": {"type": "rule", "strokeWidth": 1.5}, "encoding": spans})
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 50}
    places = {"x": x, "y": y, "yOffset": offset, "color": colour, "shape": shape}
    return [*layers, {"data": {"values": rows}, "mark": dot, "encoding": places}]


def _row(point: MeasurePoint, scale: float) -> dict[str, Any]:
    row: dict[str, Any] = {"period": point.label, "group": point.group, "value": point.value / scale}
    if point.interval is not None:
        row |= {"low": point.interval.low / scale, "high": point.interval.high / scale}
    return row


def _longest_label(points: Sequence[MeasurePoint], scale: float, *, over_time: bool) -> int:
    """Return how many characters the longest label at the left has: a figure over time, else a name."""
    if over_time:
        return max(len(f"{point.value / scale:,.0f}") for point in points)
    return min(_LABEL_LIMIT // 7, max(len(point.label) for point in points))


def _note(sources: Sequence[str], inner: int) -> list[str]:
    named = dict.fromkeys(source.rstrip(".") for source in sources)
    return wrap(f"Source: {'; '.join(named)}.", inner // 6) if sources else []


def _span(point: MeasurePoint, scale: float) -> str:
    """Return a range in words; its middle is no figure."""
    assert point.interval is not None
    low, high = (number_text(end / scale, 2) for end in (point.interval.low, point.interval.high))
    return f"{low} to {high} in {point.label}"


def _description(measure: Measure, points: Sequence[MeasurePoint], scale: float, unit: str) -> str:
    """Return the alternative text: the answer, then each group's first, last, lowest and highest point."""
    sentences = [f"{measure.title}.", measure.summary]
    for group in dict.fromkeys(point.group for point in points):
        own = [point for point in points if point.group == group]
        if all(_is_only_range(point) for point in own):
            sentences.append(
                f"{group[:1].upper()}{group[1:]}{f' ({unit})' if unit else ''}: {_span(own[0], scale)}, {_span(own[-1], scale)}."
            )
            continue
        low, high = min(own, key=lambda point: point.value), max(own, key=lambda point: point.value)
        ends = [
            f"{name} {number_text(point.value / scale, 2)} in {point.label}"
            for name, point in (("first", own[0]), ("last", own[-1]), ("lowest", low), ("highest", high))
        ]
        sentences.append(
            f"{group or 'All'} ({unit}): {', '.join(ends)}." if unit else f"{group or 'All'}: {', '.join(ends)}."
        )
    return " ".join(sentences)
