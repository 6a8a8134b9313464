"""Headline sentences and measures: the answers, each with its uncertainty, its method and what it rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from comity.brief.figures import theme_of
from comity.brief.material import Material
from comity.brief.notes import Mark, Notebook
from comity.brief.timeline import between, contact_rank
from comity.brief.wording import (
    counted,
    event_title,
    listed,
    number_text,
    people_text,
    period_text,
    rank_text,
    unit_text,
    with_dashes,
)
from comity.terms import EventType, Interval, Measure, MeasurePoint, MergedEvent, Observation, Rank

_MOST_MARKS = 6
# A contact at this rank or above counts as high-level.
_HIGH_LEVEL = Rank.MINISTER
_TOPICS = (("balance", "Balance"), ("gap", "Longest gap"), ("direction", "Direction"))
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence at the head of the brief. `target` is the id of the place where more stands."""

    topic: str
    sentence: str
    marks: tuple[Mark, ...]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a measure's table: its label and a cell for each group."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One measure ready to print. `rests_on` names its inputs; `numbers` are the notes of those that the brief prints."""

    id: str
    title: str
    summary: str
    value: str
    interval: str
    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: str
    method: str
    rests_on: str
    marks: tuple[Mark, ...]
    caveats: tuple[str, ...]


def headlines(material: Material, notebook: Notebook) -> tuple[Headline, ...]:
    """Return the sentences that open the brief: trade, balance, last high-level contact, longest gap, direction."""
    made = [*_trade(material, notebook)]
    by_topic: dict[str, list[Headline]] = defaultdict(list)
    inputs = _inputs(material)
    for measure in material.measures:
        topic = next((topic for word, topic in _TOPICS if word in measure.key), None)
        if topic is not None and measure.inputs:
            marks = _marks(measure.inputs, inputs, notebook)
            by_topic[topic].append(Headline(topic, with_dashes(measure.summary), marks, _anchor(measure)))
    made += by_topic["Balance"]
    made += _last_contact(material, notebook)
    made += by_topic["Longest gap"]
    made += by_topic["Direction"]
    return tuple(made)


def answers(material: Material, notebook: Notebook) -> tuple[Answer, ...]:
    """Return every measure ready to print, in the material's order."""
    inputs = _inputs(material)
    return tuple(_answer(measure, material, inputs, notebook) for measure in material.measures)


def amount_text(value: float, unit: str) -> str:
    """Return a measure's value with its unit: "US$ 2.13 billion", "3 events", "41.5 per cent"."""
    if _CURRENCY.fullmatch(unit):
        scale = _scale([value])
        return f"{unit_text(unit)} {_scaled(value, scale)}{_SCALE_WORDS[scale]}"
    if unit == "count" or not unit:
        return number_text(value)
    name = unit_text(unit)
    if value == 1 and name.endswith("s") and name != "days since":
        name = name.removesuffix("s")
    return f"{number_text(value)} {name}"


def interval_text(interval: Interval, unit: str) -> str:
    """Return an interval in words: "95 % interval 1.2 to 3.4 per cent (bootstrap)"."""
    low, high = amount_text(interval.low, unit), amount_text(interval.high, unit)
    if interval.kind == "printed-digits":
        return f"between {low} and {high}, as far as the printed digits allow"
    level = number_text(interval.level * 100, 0)
    return f"{level} % interval from {low} to {high} ({interval.kind.replace('-', ' ')})"


_SCALE_WORDS = {1.0: "", 1e6: " million", 1e9: " billion", 1e12: " trillion"}


def _scale(values: Sequence[float]) -> float:
    size = max((abs(value) for value in values), default=0.0)
    return next((scale for scale in (1e12, 1e9, 1e6) if size >= scale), 1.0)


def _scaled(value: float, scale: float) -> str:
    """The value in its scale; printed figures rarely have more than four significant digits, so no more are shown."""
    scaled = value / scale
    size = abs(scaled)
    if scale == 1.0:
        return number_text(scaled)
    text = number_text(scaled, 1 if size >= 100 else 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _trade(material: Material, notebook: Notebook) -> list[Headline]:
    """The latest year of the dyad's trade, as each reporter's account has it."""
    groups: dict[str, list[Observation]] = defaultdict(list)
    for observation in material.observations:
        series = observation.series
        if (
            {series.reporter, series.partner} == set(material.dyad.codes)
            and theme_of(series.indicator) == "trade"
            and _CURRENCY.fullmatch(series.unit)
        ):
            groups[series.reporter].append(observation)
    made = []
    for reporter in (material.dyad.first, material.dyad.second):
        members = groups.get(reporter)
        if not members:
            continue
        latest = max(members, key=lambda observation: observation.period.sort_key[::-1]).period
        figures = [observation for observation in members if observation.period.sort_key == latest.sort_key]
        sentence = _trade_sentence(figures, material)
        if sentence:
            marks = tuple(notebook.of_observation(figure) for figure in sorted(figures, key=_indicator_order))
            made.append(Headline("Trade", sentence, _distinct(marks), "trade"))
    return made


def _trade_sentence(figures: list[Observation], material: Material) -> str:
    by_kind: dict[str, list[Observation]] = defaultdict(list)
    for figure in sorted(figures, key=_indicator_order):
        by_kind[figure.series.indicator].append(figure)
    totals = [kind for kind in by_kind if "total" in kind]
    exports = [kind for kind in by_kind if "export" in kind and "total" not in kind]
    imports = [kind for kind in by_kind if "import" in kind and "total" not in kind]
    series, period = figures[0].series, period_text(figures[0].period)
    reporter, partner = material.name(series.reporter), material.name(series.partner)
    parts = []
    if exports:
        parts.append(f"exports of {_printed(by_kind[exports[0]])}")
    if imports:
        parts.append(f"imports of {_printed(by_kind[imports[0]])}")
    if totals:
        whole = f"In {period}, {reporter}’s trade with {partner} came to {_printed(by_kind[totals[0]])}"
        return f"{whole}: {' and '.join(parts)}." if parts else f"{whole}."
    return f"In {period}, {reporter} recorded {' and '.join(parts)} in its trade with {partner}." if parts else ""


def _printed(figures: list[Observation]) -> str:
    """The figure as printed, or each of them where sources differ."""
    words = []
    for figure in figures:
        quantity = figure.quantity
        unit, _, scale = unit_text(quantity.unit, quantity.scale).rpartition(" ")
        unit, scale = (unit, scale) if unit else (scale, "")
        words.append(f"{unit} {number_text(quantity.number)} {scale}".strip())
    distinct = list(dict.fromkeys(words))
    return distinct[0] if len(distinct) == 1 else f"{' or '.join(distinct)} (sources differ)"


def _indicator_order(observation: Observation) -> tuple[int, str, str]:
    key = observation.series.indicator
    return (0 if "total" in key else 1 if "export" in key else 2, key, observation.id)


def _last_contact(material: Material, notebook: Notebook) -> list[Headline]:
    codes = material.dyad.codes
    high = [
        merged
        for merged in between(material.events, codes)
        if merged.event.type is EventType.CONSULT
        and merged.event.date is not None
        and merged.event.date.period.end is not None
        and (rank := contact_rank(merged.event, codes)) is not None
        and rank.order <= _HIGH_LEVEL.order
    ]
    if not high:
        return []
    last = max(high, key=lambda merged: (_end(merged), merged.id))
    event, names = last.event, material.names
    who = people_text(event, names)
    what = event_title(event, names)
    what = f"{what} ({who})" if who else what
    date = "" if event.date is None else period_text(event.date.period)
    marks = tuple(notebook.of_report(report) for report in last.reports)
    sentence = f"The last contact at the rank of minister or above that the sources report: {date}, {what[:1].lower()}{what[1:]}."
    return [Headline("Last high-level contact", sentence, marks, last.id)]


def _end(merged: MergedEvent) -> str:
    date = merged.event.date
    return "" if date is None or date.period.end is None else date.period.end.isoformat()


def _inputs(material: Material) -> Mapping[str, Observation | MergedEvent]:
    known: dict[str, Observation | MergedEvent] = {one.id: one for one in material.observations}
    known |= {one.id: one for one in material.events}
    return known


def _marks(ids: Sequence[str], inputs: Mapping[str, Observation | MergedEvent], notebook: Notebook) -> tuple[Mark, ...]:
    """A mark for each input where these are few; none where they are many, since the measure names them all."""
    if len(ids) > _MOST_MARKS:
        return ()
    marks = []
    for one in ids:
        known = inputs.get(one)
        if isinstance(known, Observation):
            marks.append(notebook.of_observation(known))
        elif known is not None:
            marks.append(notebook.of_report(known.event))
    return _distinct(tuple(marks))


def _distinct(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(
        {mark.number: mark for mark in reversed(marks)}[number] for number in dict.fromkeys(m.number for m in marks)
    )


def _anchor(measure: Measure) -> str:
    return f"measure-{measure.key}"


def _answer(
    measure: Measure, material: Material, inputs: Mapping[str, Observation | MergedEvent], notebook: Notebook
) -> Answer:
    known = [inputs[one] for one in measure.inputs if one in inputs]
    observations = sum(isinstance(one, Observation) for one in known)
    events = len(known) - observations
    words = [counted(count, noun) for count, noun in ((observations, "figure"), (events, "event")) if count > 0]
    unknown = len(measure.inputs) - len(known)
    if unknown:
        words.append(f"{counted(unknown, 'other input')} that this brief does not print")
    groups, rows, unit = _table(measure, material)
    return Answer(
        id=_anchor(measure),
        title=measure.title,
        summary=with_dashes(measure.summary),
        value="" if measure.value is None else amount_text(measure.value, measure.unit),
        interval="" if measure.interval is None else interval_text(measure.interval, measure.unit),
        groups=groups,
        rows=rows,
        unit=unit,
        method=measure.method,
        rests_on=listed(words),
        marks=tuple(_input_mark(one, notebook) for one in known),
        caveats=measure.caveats,
    )


def _input_mark(known: Observation | MergedEvent, notebook: Notebook) -> Mark:
    return notebook.of_observation(known) if isinstance(known, Observation) else notebook.of_report(known.event)


def _table(measure: Measure, material: Material) -> tuple[tuple[str, ...], tuple[Row, ...], str]:
    if not measure.points:
        return (), (), ""
    money = _CURRENCY.fullmatch(measure.unit) is not None
    scale = _scale([point.value for point in measure.points]) if money else 1.0
    groups = tuple(dict.fromkeys(point.group for point in measure.points))
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for point in measure.points:
        text = _point_text(point, scale)
        row = cells[with_dashes(point.label)]
        row[point.group] = f"{row[point.group]}; {text}" if point.group in row else text
    rows = tuple(Row(label, tuple(row.get(group, "–") for group in groups)) for label, row in cells.items())
    unit = unit_text(measure.unit, Decimal(int(scale))) if money else unit_text(measure.unit)
    return tuple(_group_name(group, material) for group in groups), rows, unit


def _point_text(point: MeasurePoint, scale: float) -> str:
    text = _scaled(point.value, scale)
    if point.interval is None or point.interval.kind == "printed-digits":
        return text
    return f"{text} ({_scaled(point.interval.low, scale)} to {_scaled(point.interval.high, scale)})"


def _group_name(group: str, material: Material) -> str:
    """A group in words: a rank, an indicator, a state, or two states with a direction between them."""
    if group in set(Rank):
        return rank_text(Rank(group))
    if group in material.indicator_names:
        return material.indicator_names[group]
    return re.sub(r"\b[A-Z]{3}\b", lambda found: material.name(found[0]), group).replace("->", " → ") or "Value"
