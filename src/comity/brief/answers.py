"""Headline sentences and measures: the answers, each with its uncertainty, its method and what it rests on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from comity.brief.charts import NARROW, WIDE, inline
from comity.brief.figures import theme_of
from comity.brief.material import Material
from comity.brief.measure_charts import measure_specification, sources_of
from comity.brief.notes import Mark, Notebook
from comity.brief.timeline import between, contact_rank, sure
from comity.brief.wording import (
    FIXED,
    counted,
    event_title,
    listed,
    number_text,
    people_text,
    period_text,
    possessive,
    quantity_text,
    rank_text,
    typeset,
    unit_text,
)
from comity.measures import HIGH_LEVEL
from comity.terms import (
    Event,
    EventType,
    Interval,
    Measure,
    MeasurePoint,
    MergedEvent,
    Observation,
    Period,
    Rank,
    Status,
)

_MOST_MARKS = 12
# A table of more periods shows the last of them; the chart and the exported figures have all.
MOST_ROWS = 20
# A measure with more rows than this is drawn, and its table shows the last of them.
_MOST_UNDRAWN = 8
# Kinds of interval that are bounds, not probabilities.
_PRINTED_DIGITS = "printed-digits"
# A range around a middle that nobody reported.
_OTHER_SIDE = "other-side"
_ALLOWED = {
    _PRINTED_DIGITS: "printed digits",
    "coarse-dates": "dates in the sources",
    "reports": "sources' reports",
    "weights": "weights tried",
    "comparison-sets": "sets of dyads compared with",
}
# How the statistical methods are called that give the other intervals.
_METHODS = {
    "theil-sen": "Theil–Sen",
    "student-t": "Student’s t",
    _OTHER_SIDE: "how far two sides' reports lie apart",
    "order-statistics": "order statistics",
    "bootstrap": "bootstrap over acts",
}
# Measures whose points repeat, year by year, the figures that stand under the charts.
_REPEATS = ("level-", "direction-", "coverage")
# The column of how many cases a share is out of.
_CASES = "Out of"
# Units that are no words of people beside a figure, and those that stand before it.
_BARE, _BEFORE = frozenset({"", "count", "index", "ratio"}), frozenset({"probability", "percentile"})
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
    methods: tuple[int, ...]
    rests_on: str
    marks: tuple[Mark, ...]
    caveats: tuple[str, ...]
    earlier: int = 0  # rows before those that are printed
    wide: str = ""  # the chart, where there are many rows, for a wide page and for a narrow one
    narrow: str = ""


class Methods:
    """What is said of several measures alike, each thing once under a number: how they are computed, and what to mind."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        answered = [measure for measure in measures if measure.inputs]
        counts = Counter(caveat for measure in answered for caveat in dict.fromkeys(measure.caveats))
        methods = list(dict.fromkeys(measure.method for measure in answered))
        sentences = Counter(sentence for method in methods for sentence in _sentences(method))
        self._shared = {caveat for caveat, count in counts.items() if count > 1}
        self._apart = {sentence for sentence, count in sentences.items() if count > 1}
        self._numbers: dict[str, int] = {}

    @property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """Every text with its number, in the order in which the measures first refer to them."""
        return tuple((number, typeset(text)) for text, number in self._numbers.items())

    def of(self, measure: Measure) -> tuple[int, ...]:
        """Return the numbers of a measure's method and of the cautions that it shares with others."""
        sentences = _sentences(measure.method)
        own = " ".join(sentence for sentence in sentences if sentence not in self._apart)
        parts = [
            own,
            *(one for one in sentences if one in self._apart),
            *(c for c in measure.caveats if c in self._shared),
        ]
        return tuple(sorted(self._numbers.setdefault(part, len(self._numbers) + 1) for part in parts if part))

    def own_caveats(self, measure: Measure) -> tuple[str, ...]:
        """Return what is to be minded of this measure alone."""
        return tuple(typeset(caveat) for caveat in measure.caveats if caveat not in self._shared)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.)\s+(?=[A-Z])", text.strip())


def headlines(material: Material, notebook: Notebook) -> tuple[Headline, ...]:
    """Return the sentences that open the brief: trade, balance, last high-level contact, longest gap, direction."""
    return (
        *_trade(material, notebook),
        *_measured("trade-balance", "Balance", material, notebook),
        *_last_contact(material, notebook),
        *_measured("contact-gap", "Longest gap", material, notebook),
        *_measured("direction-", "Direction", material, notebook),
    )


def _measured(key: str, topic: str, material: Material, notebook: Notebook) -> list[Headline]:
    inputs = _inputs(material)
    return [
        Headline(topic, typeset(one.summary), _marks(_behind(one), inputs, notebook), _anchor(one))
        for one in material.measures
        if one.key.startswith(key) and one.inputs
    ]


def answers(material: Material, notebook: Notebook, methods: Methods) -> tuple[Answer, ...]:
    """Return every measure ready to print, in the material's order."""
    inputs = _inputs(material)
    return tuple(_answer(measure, material, inputs, notebook, methods) for measure in material.measures)


def amount_text(value: float, unit: str) -> str:
    """Return a measure's value with its unit: "US$ 2.13 billion", "3 events", "41.5 per cent"."""
    if _CURRENCY.fullmatch(unit):
        scale = _scale([value])
        return _money(_scaled(value, scale), unit, scale)
    number = number_text(value, digits_of([value]))
    if unit in _BEFORE:
        return f"{unit}{FIXED}{number}"
    if unit in _BARE:
        return number
    name = unit_text(unit)
    if abs(value) == 1:
        name = re.sub(r"^(day|event|year|contact|month|point)s\b", r"\1", name)
    return f"{number}{FIXED}{name}"


def _money(number: str, unit: str, scale: float) -> str:
    """The sign before the currency: "−US$ 1,790.2 million"."""
    sign = "−" if number.startswith("−") else ""
    return f"{sign}{unit_text(unit)}{FIXED}{number.removeprefix('−')}{_SCALE_WORDS[scale]}"


def interval_text(interval: Interval, unit: str) -> str:
    """Return an interval in words: "95 % interval from 1.2 to 3.4 per cent (Theil–Sen)"."""
    money = _CURRENCY.fullmatch(unit) is not None
    ends = [interval.low, interval.high]
    if money and interval.kind not in _ALLOWED:  # an estimate of money has no more digits than these
        ends = [float(f"{end:.4g}") for end in ends]
    scale = _scale(ends) if money else 1.0
    low, high = _told_apart([end / scale for end in ends], 3 if money else 2)
    if money:
        shown = [_money(low, unit, scale), _money(high, unit, scale)]
    else:
        name = "" if unit in (*_BARE, *_BEFORE) else f"{FIXED}{unit_text(unit)}"
        shown = [low, f"{high}{name}"]
    if interval.kind in _ALLOWED:
        return f"{shown[0]} to {shown[1]} by the {_ALLOWED[interval.kind]}"
    level = number_text(interval.level * 100, 0)
    return f"{level}{FIXED}% interval from {shown[0]} to {shown[1]} ({_METHODS.get(interval.kind, interval.kind)})"


def _told_apart(ends: Sequence[float], most: int) -> tuple[str, str]:
    """Both ends with the same places after the point, as many as tell the two apart."""
    digits = digits_of(ends, most)
    while digits < 6 and ends[0] != ends[1] and number_text(ends[0], digits) == number_text(ends[1], digits):
        digits += 1
    return number_text(ends[0], digits), number_text(ends[1], digits)


def digits_of(values: Sequence[float], most: int = 2) -> int:
    """Return how many places after the point, up to `most`, it takes to print all of these alike without false zeros."""
    size = max((abs(value) for value in values), default=0.0)
    most = 0 if size >= 10_000 else min(most, 1) if size >= 10 else most
    near = 0.5 * 10.0**-most
    return next((digits for digits in range(most) if all(abs(v - round(v, digits)) < near for v in values)), most)


_SCALE_WORDS = {1.0: "", 1e6: " million", 1e9: " billion", 1e12: " trillion"}


def _scale(values: Sequence[float]) -> float:
    """The scale in which the greatest value has up to four digits before the point."""
    size = max((abs(value) for value in values), default=0.0)
    return next((scale for scale, least in ((1e12, 1e13), (1e9, 1e10), (1e6, 1e6)) if size >= least), 1.0)


def _scaled(value: float, scale: float) -> str:
    scaled = value / scale
    return number_text(scaled, digits_of([scaled], 3))


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
        stated = [observation for observation in members if observation.series.source.is_stated]
        last = _latest(members)
        latest = _latest(stated or members)
        figures = [one for one in stated or members if one.period.sort_key == latest.sort_key]
        sentence = _trade_sentence(figures, material)
        if sentence and last.sort_key[::-1] > latest.sort_key[::-1]:
            sentence += f" Figures up to {period_text(last)} stand in files that name no source."
        if sentence:
            cited = sorted(figures, key=_indicator_order)
            made.append(Headline("Trade", sentence, notebook.cite(*cited), "trade"))
    return made


def _latest(observations: Sequence[Observation]) -> Period:
    return max(observations, key=lambda observation: observation.period.sort_key[::-1]).period


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
        whole = f"In {period}, {possessive(reporter)} trade with {partner} came to {_printed(by_kind[totals[0]])}"
        return f"{whole}: {' and '.join(parts)}." if parts else f"{whole}."
    if not parts:
        return ""
    # A figure that a source derived may be anybody's report.
    verb = "recorded" if any(one.status is Status.REPORTED for one in figures) else "had"
    return f"In {period}, {reporter} {verb} {' and '.join(parts)} in its trade with {partner}."


def _printed(figures: list[Observation]) -> str:
    """The figure as printed, or each of them where sources differ; amounts in several units are no disagreement."""
    by_unit: dict[str, list[str]] = defaultdict(list)
    for figure in figures:
        words = quantity_text(figure.quantity)
        if words not in by_unit[figure.series.unit]:
            by_unit[figure.series.unit].append(words)
    told = [each[0] if len(each) == 1 else f"{' or '.join(each)} (sources differ)" for each in by_unit.values()]
    return told[0] if len(told) == 1 else f"{told[0]} (also given as {' and '.join(told[1:])})"


def _indicator_order(observation: Observation) -> tuple[int, str, str]:
    key = observation.series.indicator
    return (0 if "total" in key else 1 if "export" in key else 2, key, observation.id)


def _last_contact(material: Material, notebook: Notebook) -> list[Headline]:
    codes = material.dyad.codes
    high = [
        merged
        for merged in sure(between(material.events, codes), material)
        if merged.event.type is EventType.CONSULT
        and merged.event.date is not None
        and merged.event.date.period.end is not None
        and contact_rank(merged.event, codes) in HIGH_LEVEL
    ]
    if not high:
        return []
    last = max(high, key=lambda merged: (_end(merged), merged.id))
    event, names = last.event, material.names
    date = "" if event.date is None else period_text(event.date.period)
    kind, _, parties = event_title(event, names).partition(": ")
    who = people_text(event, names)
    sentence = (
        f"The last contact of heads of state, heads of government or foreign ministers that the sources report is of "
        f"{date}: "
        f"{kind[:1].lower()}{kind[1:]}, {parties}{f'; {who}' if who else ''}."
    )
    return [Headline("Last high-level contact", sentence, notebook.cite(*last.reports), last.id)]


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
    return notebook.cite(*(_fact(inputs[one]) for one in ids if one in inputs))


def _behind(measure: Measure) -> tuple[str, ...]:
    """The inputs of the figure that the headline gives: all, or those of the latest point where all are too many."""
    if len(measure.inputs) <= _MOST_MARKS:
        return measure.inputs
    dated = [one for one in measure.points if one.start is not None and one.group == measure.points[0].group]
    return max(dated, key=lambda one: one.start or date.min).inputs if dated else ()


def _fact(known: Observation | MergedEvent) -> Observation | Event:
    return known if isinstance(known, Observation) else known.event


def _anchor(measure: Measure) -> str:
    return f"measure-{measure.key}"


def _answer(
    measure: Measure,
    material: Material,
    inputs: Mapping[str, Observation | MergedEvent],
    notebook: Notebook,
    methods: Methods,
) -> Answer:
    known = [inputs[one] for one in measure.inputs if one in inputs]
    observations = sum(isinstance(one, Observation) for one in known)
    events = len(known) - observations
    words = [counted(count, noun) for count, noun in ((observations, "figure"), (events, "event")) if count > 0]
    unknown = len(measure.inputs) - len(known)
    if unknown:
        words.append(f"{counted(unknown, 'other input')} that this brief does not print")
    groups, rows, unit = _table(measure, material)
    charts = _charts(measure, known) if len(rows) > _MOST_UNDRAWN else ("", "")
    earlier = max(0, len(rows) - (_MOST_UNDRAWN if charts[0] else MOST_ROWS))
    return Answer(
        id=_anchor(measure),
        title=measure.title,
        summary=typeset(measure.summary),
        value="" if measure.value is None else amount_text(measure.value, measure.unit),
        interval=_interval(measure),
        groups=groups,
        rows=rows[earlier:],
        unit=unit,
        methods=methods.of(measure) if known or unknown else (),
        rests_on=listed(words),
        marks=notebook.mention(*(_fact(one) for one in known)),
        caveats=methods.own_caveats(measure),
        earlier=earlier,
        wide=charts[0],
        narrow=charts[1],
    )


def _interval(measure: Measure) -> str:
    """Return a measure's interval in words: of printed digits only where it is wider than the value is shown."""
    found = measure.interval
    if found is None:
        return ""
    shown = {amount_text(end, measure.unit) for end in (found.low, found.high, measure.value or 0.0)}
    if found.kind == _PRINTED_DIGITS and measure.value is not None and len(shown) == 1:
        return "exact as far as shown"
    return interval_text(found, measure.unit)


def _charts(measure: Measure, known: Sequence[Observation | MergedEvent]) -> tuple[str, str]:
    """Return a measure's chart for wide and for narrow pages; "" twice where its points are no years."""
    if len({point.start for point in measure.points if point.start is not None}) <= _MOST_UNDRAWN:
        return "", ""
    sources = sources_of(measure, (one for one in known if isinstance(one, Observation)))
    drawn = []
    for width, name in ((WIDE, "wide"), (NARROW, "narrow")):
        spec = measure_specification(measure, sources=sources, width=width, titled=False)
        # The article's heading and summary stand beside it: the description tells the points.
        drawn.append(
            "" if spec is None else inline(spec, measure.title, spec["description"], f"{_anchor(measure)}-{name}")
        )
    return drawn[0], drawn[1]


def _table(measure: Measure, material: Material) -> tuple[tuple[str, ...], tuple[Row, ...], str]:
    if not measure.points or measure.key.startswith(_REPEATS):
        return (), (), ""
    money = _CURRENCY.fullmatch(measure.unit) is not None
    scale = _scale([point.value for point in measure.points]) if money else 1.0
    digits = digits_of([point.value / scale for point in measure.points])
    groups = tuple(dict.fromkeys(point.group for point in measure.points))
    cells: dict[str, dict[str, str]] = defaultdict(dict)
    for point in measure.points:
        text = _point_text(point, scale, digits)
        row = cells[typeset(point.label)]
        row[point.group] = f"{row[point.group]}; {text}" if point.group in row else text
        if point.cases is not None:
            row[_CASES] = f"{point.cases:,} (too few)" if point.too_few else f"{point.cases:,}"
    names = [_group_name(group, material) for group in groups]
    if any(point.cases is not None for point in measure.points):
        groups, names = (*groups, _CASES), [*names, _CASES]
    rows = tuple(Row(label, tuple(row.get(group, "–") for group in groups)) for label, row in cells.items())
    if money:
        unit = unit_text(measure.unit, Decimal(int(scale)))
    else:
        unit = "" if measure.unit in ("index", "ratio") else unit_text(measure.unit)
    return tuple(names), rows, unit


def _point_text(point: MeasurePoint, scale: float, digits: int) -> str:
    text = number_text(point.value / scale, digits)
    if point.interval is None or point.interval.kind == _PRINTED_DIGITS:
        return text
    low, high = (number_text(end / scale, digits) for end in (point.interval.low, point.interval.high))
    # Between dates of which one is known to the year only there is no one number of days.
    only_range = point.interval.kind in ("coarse-dates", "reports", _OTHER_SIDE)
    return f"{low} to {high}" if only_range else f"{text} ({low} to {high})"


def _group_name(group: str, material: Material) -> str:
    """A group in words: a rank, an indicator, a state, or two states with a direction between them."""
    if group in set(Rank):
        return rank_text(Rank(group))
    if group in material.indicator_names:
        return material.indicator_names[group]
    name = re.sub(r"\b[A-Z]{3}\b", lambda found: material.name(found[0]), group).replace("->", " → ") or "Value"
    return name[:1].upper() + name[1:]
