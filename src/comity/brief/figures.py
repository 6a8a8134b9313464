"""Statistics as panels: one set of lines that may share an axis, with its table, its words and its source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from comity.brief.bibliography import short_reference
from comity.brief.material import Material
from comity.brief.notes import Mark, Notebook
from comity.brief.wording import (
    listed,
    number_text,
    period_text,
    possessive,
    quantity_text,
    state_name,
    unit_text,
)
from comity.terms import Document, Observation, Period, Precision, Series, Status, parted_by_status

_MOST_LINES = 5
_ANNUAL = (Precision.YEAR, Precision.FISCAL_YEAR)


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure: its number in the panel's scale, the figure as printed with its remark, and its observations."""

    value: Decimal
    text: str
    remark: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One series in a panel. `figures` holds one entry for each of the panel's periods, None where there is no figure."""

    name: str
    short_name: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What one chart and one table show together.

    Attributes:
        key: a name that is unique within the brief, for ids.
        theme: "trade", "investment" or "other".
        title: "Kenya’s trade with Uganda, 2012–2016".
        unit: "US$ million".
        periods: in order; of annual figures also the years between that have none.
        lines: at most five.
        sources: the source notes, each a sentence.
        about_dyad: whether both sides are the brief's own states.
    """

    key: str
    theme: str
    title: str
    unit: str
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    sources: tuple[str, ...]
    about_dyad: bool

    @property
    def missing(self) -> tuple[Period, ...]:
        """The periods between the first and the last for which no line has a figure."""
        return tuple(
            period
            for index, period in enumerate(self.periods)
            if all(line.figures[index] is None for line in self.lines)
        )

    @property
    def description(self) -> str:
        """What the chart shows, in sentences: the alternative text."""
        sentences = []
        for line in self.lines:
            known = [(p, f) for p, f in zip(self.periods, line.figures, strict=True) if f is not None]
            if not known:
                continue
            (first, start), (last, end) = known[0], known[-1]
            if len(known) == 1:
                sentences.append(f"{line.name}: {start.text} in {period_text(first)}.")
                continue
            low = min(known, key=lambda item: item[1].value)
            high = max(known, key=lambda item: item[1].value)
            sentences.append(
                f"{line.name}: {start.text} in {period_text(first)}, {end.text} in {period_text(last)}; "
                f"lowest {low[1].text} ({period_text(low[0])}), highest {high[1].text} ({period_text(high[0])})."
            )
        if self.missing:
            sentences.append(f"No figures for {listed(period_text(period) for period in self.missing)}.")
        return " ".join(sentences)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two documents print different figures for the same thing."""

    what: str
    readings: tuple[tuple[str, str, tuple[Mark, ...]], ...]


def theme_of(indicator: str) -> str:
    """Return the section that an indicator's figures belong in: "trade", "investment" or "other"."""
    words = indicator.casefold()
    if any(word in words for word in ("fdi", "invest")):
        return "investment"
    return "trade" if any(word in words for word in ("export", "import", "trade")) else "other"


def panels(material: Material) -> tuple[Panel, ...]:
    """Return the panels of all observations, the dyad's own first, then by theme, title and source."""
    made: list[Panel] = []
    for members in _groups(filter(_is_shown, material.observations)):
        parts = [members]
        if _differences_in(members):
            by_document: dict[str, list[Observation]] = defaultdict(list)
            for observation in members:
                by_document[observation.provenance.document_id].append(observation)
            parts = list(by_document.values())
        made += [panel for part in parts for panel in _panels_of(part, material)]
    order = {"trade": 0, "investment": 1, "other": 2}
    made.sort(key=lambda panel: (not panel.about_dyad, order[panel.theme], panel.title, panel.sources))
    return tuple(_keyed(panel, index) for index, panel in enumerate(made, start=1))


def differences(material: Material, notebook: Notebook) -> tuple[Difference, ...]:
    """Return where two places print different figures for one series, source and period."""
    found = []
    titles = {document.id: short_reference(document) for document in material.documents}
    for members in _groups(material.observations):
        for clash in _differences_in(members):
            series, period = clash[0].series, clash[0].period
            readings = [
                (
                    quantity_text(o.quantity),
                    titles.get(o.provenance.document_id, o.provenance.document_id),
                    notebook.cite(o),
                )
                for o in clash
            ]
            name = line_name(series, material.names, material.indicator_names)
            what = f"{name}, {possessive(state_name(series.reporter, material.names))} account, {period_text(period)}"
            found.append(Difference(what, tuple(readings)))
    return tuple(found)


def line_name(series: Series, names: Mapping[str, str], indicators: Mapping[str, str]) -> str:
    """Return what a series counts, from the reporter's side: "Exports to Uganda", "FDI inflow from Kenya"."""
    partner = state_name(series.partner, names)
    name = indicators.get(series.indicator) or series.indicator.replace("-", " ").capitalize()
    words = series.indicator.casefold()
    if "import" in words or words.endswith(("inflow", "inflows", "inward")):
        link = "from"
    elif "export" in words or "trips" in words:
        link = "to"
    elif words.endswith(("outflow", "outflows", "outward")):
        link = "in"
    elif "trade" in words:
        link = "with"
    else:
        return name
    head, comma, tail = name.partition(",")
    return f"{head} {link} {partner}{comma}{tail}"


def _order(observation: Observation) -> tuple[str, ...]:
    return (
        observation.series.reporter,
        observation.series.indicator,
        *observation.period.sort_key,
        observation.provenance.document_id,
        observation.id,
    )


def _is_shown(observation: Observation) -> bool:
    """Whether a figure makes a chart between two states: no code, index or count of votes, and none of one state alone."""
    series = observation.series
    return bool(series.partner) and series.unit not in ("code", "index") and not series.indicator.startswith("votes")


def _groups(observations: Iterable[Observation]) -> list[list[Observation]]:
    """The figures that make one chart; what a source both gives as reported and derived itself is two."""
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for observation in sorted(observations, key=_order):
        groups[_group(observation)].append(observation)
    return [list(part) for members in groups.values() for part in parted_by_status(members)]


def _group(observation: Observation) -> tuple[object, ...]:
    series = observation.series
    source = (series.source.producer, series.source.title, series.source.vintage)
    return (
        series.reporter,
        series.partner,
        theme_of(series.indicator),
        series.unit,
        source if any(source) else observation.provenance.document_id,
        series.valuation.value,
        series.base_year,
        _frequency(observation.period),
    )


def _frequency(period: Period) -> str:
    """What kind of period this is; figures of different kinds do not share an axis."""
    calendar = "" if period.fiscal is None else f" from {period.fiscal.start_month}-{period.fiscal.start_day}"
    return f"{period.precision.value}{calendar}"


def _differences_in(members: Sequence[Observation]) -> list[list[Observation]]:
    cells: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for observation in members:
        cells[(observation.series.indicator, observation.period.sort_key)].append(observation)
    return [
        cell
        for cell in cells.values()
        if any(not one.quantity.agrees_with(two.quantity) for one, two in combinations(cell, 2))
    ]


def _panels_of(members: list[Observation], material: Material) -> list[Panel]:
    scales = [observation.quantity.scale for observation in members]
    scale = max(sorted(set(scales)), key=scales.count)
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for observation in members:
        by_indicator[observation.series.indicator].append(observation)
    periods = _periods(members)
    indicators = sorted(by_indicator, key=_indicator_order)
    made = []
    for first in range(0, len(indicators), _MOST_LINES):
        chosen = indicators[first : first + _MOST_LINES]
        lines = tuple(_line(by_indicator[indicator], periods, scale, material) for indicator in chosen)
        made.append(_panel(members[0].series, members, periods, lines, scale, material))
    return made


def _indicator_order(indicator: str) -> tuple[int, str]:
    words = indicator.casefold()
    rank = 2 if "total" in words or "balance" in words else 1 if "import" in words else 0
    return rank, words


def _periods(members: list[Observation]) -> tuple[Period, ...]:
    found = {observation.period.sort_key: observation.period for observation in members}
    periods = [found[key] for key in sorted(found)]
    if any(period.precision not in _ANNUAL or period.start is None for period in periods):
        return tuple(periods)
    filled: list[Period] = []
    for period in periods:
        while filled and _year(period) - _year(filled[-1]) > 1:
            year = _year(filled[-1]) + 1
            filled.append(Period.of_year(year) if period.fiscal is None else period.fiscal.begins_in(year))
        filled.append(period)
    return tuple(filled)


def _year(period: Period) -> int:
    return period.first_year or 0


def _line(members: list[Observation], periods: tuple[Period, ...], scale: Decimal, material: Material) -> Line:
    series = members[0].series
    by_period: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for observation in members:
        by_period[observation.period.sort_key].append(observation)
    figures = tuple(_figure(by_period.get(period.sort_key, []), scale) for period in periods)
    name = line_name(series, material.names, material.indicator_names)
    short = material.indicator_names.get(series.indicator) or series.indicator.replace("-", " ").capitalize()
    return Line(name, short, figures)


def _figure(observations: list[Observation], scale: Decimal) -> Figure | None:
    if not observations:
        return None
    # The most exactly printed of figures that agree stands for them; all of them are cited.
    fullest = min(observations, key=lambda observation: (observation.quantity.resolution, observation.id))
    quantity = fullest.quantity
    number = quantity.number if quantity.scale == scale else quantity.value / scale
    words = [] if fullest.status is Status.REPORTED else [fullest.status.value]
    words += _remarks(observations)
    text = ("about " if quantity.approximate else "") + number_text(number)
    return Figure(number, text, ", ".join(words), tuple(observations))


# What statistics/ says of a figure whose unit its own table does not name, up to the next remark.
_INFERRED = re.compile(r"(?:^|; )unit inferred: .*?(?=; marked '|$)")


def _remarks(observations: Sequence[Observation]) -> list[str]:
    """The remarks on figures that agree: of all of them, but a unit is inferred only if no table of theirs names it."""
    remarks = [observation.remark for observation in observations]
    if not all(_INFERRED.search(remark) for remark in remarks):
        remarks = [_INFERRED.sub("", remark).removeprefix("; ") for remark in remarks]
    return list(dict.fromkeys(remark for remark in remarks if remark))


def _panel(
    series: Series,
    members: list[Observation],
    periods: tuple[Period, ...],
    lines: tuple[Line, ...],
    scale: Decimal,
    material: Material,
) -> Panel:
    theme = theme_of(series.indicator)
    reporter, partner = state_name(series.reporter, material.names), state_name(series.partner, material.names)
    # What a source derived, imputed or counted itself the state did not report.
    statuses = sorted({one.status for one in members})
    reported = Status.REPORTED in statuses
    span = f"{'' if reported else f', from {possessive(reporter)} side ({listed(statuses)})'}, {_span(periods)}"
    if theme == "trade" and len(lines) > 1:
        title = f"{possessive(reporter)} trade with {partner}{span}"
    elif len(lines) == 1:
        title = f"{lines[0].name}{f', as {reporter} reports it' if reported else ''}{span}"
    else:
        title = f"{'Investment between' if theme == 'investment' else 'Figures on'} {reporter} and {partner}{span}"
    unit = unit_text(series.unit, scale)
    extra = [
        part for part in (series.valuation.value, f"prices of {series.base_year}" if series.base_year else "") if part
    ]
    return Panel(
        key="",
        theme=theme,
        title=title,
        unit=", ".join([unit, *extra]),
        periods=periods,
        lines=lines,
        sources=_sources(members, material),
        about_dyad={series.reporter, series.partner} == set(material.dyad.codes),
    )


def _span(periods: tuple[Period, ...]) -> str:
    first, last = period_text(periods[0]), period_text(periods[-1])
    if first == last:
        return first
    return f"{first} to {last}" if "–" in first or " " in first else f"{first}–{last}"


def _sources(members: list[Observation], material: Material) -> tuple[str, ...]:
    titles = {document.id: short_reference(document) for document in material.documents}
    own = {document.id: _own_names(document) for document in material.documents}
    printed_in: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for observation in members:
        source = observation.series.source
        words = source.citation or ", ".join(part for part in (source.producer, source.title, source.vintage) if part)
        words = " ".join(words.split()).rstrip(".")
        place = observation.provenance.document_id
        if words.casefold() in own.get(place, ()):
            words = ""  # a table that names no source has its document for one; to name it twice says nothing
        licence = f" Licence: {source.licence}." if source.licence else ""
        accessed = "" if source.accessed is None else f" Retrieved {source.accessed.day} {source.accessed:%B %Y}."
        printed_in[words, licence + accessed][titles.get(place, place)] = None
    sentences = []
    for (words, rights), documents in printed_in.items():
        if words:
            sentences.append(f"{words}. As printed in {listed(documents)}.{rights}")
        else:
            sentences.append(
                f"{listed(documents)}, which {'names' if len(documents) == 1 else 'name'} no other source.{rights}"
            )
    return tuple(sentences)


def _own_names(document: Document) -> frozenset[str]:
    """Every way in which a document is named where it stands in as the source of its own tables."""
    cited = document.bibliography
    names = (document.name, cited.title, cited.text, short_reference(document))
    return frozenset(" ".join(name.split()).rstrip(".").casefold() for name in names if name)


def _keyed(panel: Panel, index: int) -> Panel:
    return Panel(
        f"figure-{index}",
        panel.theme,
        panel.title,
        panel.unit,
        panel.periods,
        panel.lines,
        panel.sources,
        panel.about_dyad,
    )
