"""Charts: one Vega-Lite specification for each panel, drawn as SVG by vl-convert without a browser or a network.

The colours are Okabe and Ito's set for colour-blind readers, darkened so that a label in its line's colour reaches
4.5 : 1 on white; every line also has its own dash and marker, so that nothing hangs on colour alone.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise, takewhile
from math import floor, log10
from typing import Any

from comity.brief.figures import Line, Panel
from comity.brief.wording import number_text, period_text

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"
COLOURS = ("#0060a0", "#a84300", "#00694f", "#8a3d70", "#5c5200")
DASHES: tuple[list[int], ...] = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
INK, RULE = "#3a3a3a", "#d9d6cf"
_HEIGHT = 250
_LABEL_GAP = 17
_MOST_BARS = 14
# The renderer measures text in its own narrow font. A reader without Helvetica, Arial or Liberation Sans sees DejaVu Sans, the widest
# of the usual substitutes: this many pixels more for each character of a label of 13 pixels, and of one that is bold.
WIDER, _WIDER_BOLD = 1.0, 1.5
WIDE, NARROW = 690, 340

_ID = re.compile(r'\bid="([^"]+)"')
_ROLE = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')
_HEAD = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


def specification(panel: Panel, *, width: int = WIDE) -> dict[str, Any] | None:
    """Return the Vega-Lite 6 specification of a panel, `width` pixels in all; None where there is too little to draw."""
    if sum(figure is not None for line in panel.lines for figure in line.figures) < 2 or len(panel.periods) < 2:
        return None
    labels = [period_text(period) for period in panel.periods]
    values = [float(figure.value) for line in panel.lines for figure in line.figures if figure is not None]
    ticks = _ticks(min(0.0, *values), max(0.0, *values))
    bars = len(panel.lines) == 1 and len(labels) <= _MOST_BARS
    names = _names(panel, narrow=width < 500)
    longest = 0 if len(panel.lines) == 1 else max(len(part) for name in names for part in name.split("\n"))
    room = 24 + 6.6 * longest if longest else 0
    digits = max(len(number_text(tick)) for tick in ticks)
    axis_room = 14 + 7.2 * digits
    left, right = 2 + WIDER * digits, 4 + _WIDER_BOLD * longest
    # The names begin beside the last point, which stands half a step before the right end.
    share = 1.0 if len(panel.lines) == 1 else 1 - 0.5 / len(labels)
    inner = max(120, int((width - room - axis_room - left - right - 2) / share))
    x_axis = {
        "title": None,
        "labelAngle": 0,
        "values": thinned(labels, inner),
        "labelOverlap": False,
        "ticks": True,
        "tickColor": RULE,
        "domainColor": "#77736a",
    }
    x = {"field": "period", "type": "ordinal", "sort": labels, "axis": x_axis, "scale": {"domain": labels}}
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [ticks[0], ticks[-1]], "nice": False},
        "axis": {"title": None, "values": ticks, "format": ",~f", "domain": False, "ticks": False, "gridColor": RULE},
    }
    layers = _bars(panel, labels, x, y) if bars else _lines(panel, labels, names, ticks, x, y)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": inner,
        "height": _HEIGHT,
        "background": "transparent",
        "padding": {"left": left, "right": right, "top": 12, "bottom": 4},
        "layer": layers,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 13, "labelColor": INK, "labelPadding": 6},
            "text": {"fontSize": 13},
        },
    }


def drawing(panel: Panel, *, width: int, key: str) -> str:
    """Return the panel's chart as an SVG element for inlining, named for those who do not see it; "" where there is none.

    The bytes depend on the panel alone: the running ids that the renderer gives are replaced by ids made of `key`.
    """
    spec = specification(panel, width=width)
    return "" if spec is None else inline(spec, panel.title, f"{_kind(panel)} {panel.unit}. {panel.description}", key)


def inline(spec: dict[str, Any], title: str, description: str, key: str) -> str:
    """Return the chart of a specification as an SVG element for a page, its ids made of `key`."""
    svg = _svg(json.dumps(spec, sort_keys=True))
    svg = _ROLE.sub("", svg)
    for index, old in enumerate(dict.fromkeys(_ID.findall(svg)), start=1):
        svg = re.sub(rf'(id="|url\(#|href="#){re.escape(old)}(?=["\)])', rf"\g<1>{key}-part-{index}", svg)
    view = _VIEW.search(svg)
    wide, high = (float(view[1]), float(view[2])) if view else (float(WIDE), float(_HEIGHT))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'role="img" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(description)}</desc>'
        '<g aria-hidden="true">'
    )
    body = _HEAD.sub("", svg, count=1)
    return f"{head}{body.removesuffix('</svg>')}</g></svg>"


@lru_cache(maxsize=128)
def _svg(spec: str) -> str:
    """Return the drawing of a specification in JSON; a page that is asked for again is not drawn again."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.loads(spec)))


def _kind(panel: Panel) -> str:
    return "Bar chart." if len(panel.lines) == 1 and len(panel.periods) <= _MOST_BARS else "Line chart."


def _bars(panel: Panel, labels: list[str], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    line = panel.lines[0]
    rows = [
        {"period": label, "value": float(figure.value), "text": figure.text}
        for label, figure in zip(labels, line.figures, strict=True)
        if figure is not None
    ]
    below = [row for row in rows if isinstance(row["value"], float) and row["value"] < 0]
    above = [row for row in rows if row not in below]
    mark = {"type": "bar", "color": COLOURS[0], "width": {"band": 0.58}}
    layers: list[dict[str, Any]] = [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}}]
    for part, baseline, shift in ((above, "bottom", -4), (below, "top", 4)):
        if part:
            text = {"type": "text", "baseline": baseline, "dy": shift, "color": INK, "fontSize": 13}
            encoding = {"x": x, "y": y, "text": {"field": "text", "type": "nominal"}}
            layers.append({"data": {"values": part}, "mark": text, "encoding": encoding})
    return layers


def _lines(
    panel: Panel, labels: list[str], names: list[str], ticks: list[float], x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []
    places = _label_places(panel.lines, ticks, 1 + max(name.count("\n") for name in names))
    for index, line in enumerate(panel.lines):
        colour = COLOURS[index % len(COLOURS)]
        rows = [
            {"period": label, "value": None if figure is None else float(figure.value)}
            for label, figure in zip(labels, line.figures, strict=True)
        ]
        stroke = {
            "type": "line",
            "color": colour,
            "strokeWidth": 2,
            "strokeDash": DASHES[index % len(DASHES)],
            "invalid": "break-paths-show-path-domains",
        }
        layers.append({"data": {"values": rows}, "mark": stroke, "encoding": {"x": x, "y": y}})
        known = [row for row in rows if row["value"] is not None]
        point = {
            "type": "point",
            "shape": SHAPES[index % len(SHAPES)],
            "color": colour,
            "fill": colour,
            "size": 46 if len(labels) <= 30 else 14,
            "opacity": 1,
        }
        layers.append({"data": {"values": known}, "mark": point, "encoding": {"x": x, "y": y}})
        if len(panel.lines) > 1:
            text = {
                "type": "text",
                "align": "left",
                "dx": 10,
                "color": colour,
                "fontSize": 13,
                "fontWeight": 600,
                "lineBreak": "\n",
                "baseline": "middle",
            }
            rows = [{"period": labels[-1], "value": places[index], "name": names[index]}]
            encoding = {"x": x, "y": y, "text": {"field": "name", "type": "nominal"}}
            layers.append({"data": {"values": rows}, "mark": text, "encoding": encoding})
    return layers


def _label_places(lines: tuple[Line, ...], ticks: list[float], rows: int) -> list[float]:
    """Heights, in data units, at which the lines' names do not cover one another, each near its line's last figure."""
    low, high = ticks[0], ticks[-1]
    gap = _LABEL_GAP * rows * (high - low) / _HEIGHT
    ends = [
        next((float(figure.value) for figure in reversed(line.figures) if figure is not None), low) for line in lines
    ]
    order = sorted(range(len(lines)), key=lambda index: ends[index])
    places = list(ends)
    for below, above in pairwise(order):
        places[above] = max(places[above], places[below] + gap)
    if order and places[order[-1]] > high:
        places[order[-1]] = high
        for above, below in pairwise(reversed(order)):
            places[below] = min(places[below], places[above] - gap)
    return places


def _names(panel: Panel, *, narrow: bool) -> list[str]:
    """Return what the lines are called at their ends: in full, else by what sets them apart, else over two lines."""
    limit = 12 if narrow else 30
    full = [line.short_name for line in panel.lines]
    apart = _apart(full)
    for names in (full, apart, [_last_word(name) for name in full]):
        if len(set(names)) == len(names) and max(map(len, names)) <= limit:
            return names
    return ["\n".join(textwrap.wrap(name, limit, max_lines=2, placeholder="…")) for name in apart]


def _apart(names: Sequence[str]) -> list[str]:
    """Return names without the words that all begin with: "Inward stock" of "Foreign direct investment, inward stock"."""
    words = [name.split() for name in names]
    same = sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*words, strict=False)))
    rest = [" ".join(one[same:]) for one in words]
    return [one[:1].upper() + one[1:] for one in rest] if all(rest) else list(names)


def _last_word(name: str) -> str:
    """Return "Exports" for "Merchandise exports", "Trade" for "Merchandise trade, both ways"."""
    return (name.partition(",")[0].split() or [name])[-1].capitalize()


def _ticks(low: float, high: float) -> list[float]:
    """Four to seven round values that hold both ends."""
    span = (high - low) or 1.0
    size = 10.0 ** floor(log10(span / 4))
    step = next(size * factor for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if span / (size * factor) <= 5)
    first = floor(low / step + 1e-9)
    last = -floor(-high / step + 1e-9)
    if last == first:
        last += 1
    return [round(step * index, 10) for index in range(first, last + 1)]


def thinned(labels: list[str], width: int) -> list[str]:
    """Every label where they fit, or else every second, third, ...; always with the last."""
    fits = max(2, width // (14 + 8 * max(len(label) for label in labels)))
    step = -(-len(labels) // fits)
    return list(reversed(labels[::-1][::step]))
