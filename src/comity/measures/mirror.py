"""Mirror statistics: every account of a flow of goods side by side, and the range in which the flow then lies.

The rule. (1) All accounts of the flow in a period are shown: the exporter's and the importer's, from each source. (2) An
account that is another's times one factor, to the last digit over three years or more, is no second witness, nor is a
figure that its source derived or imputed; of a source that gives an importer's figures CIF and FOB only the former are.
(3) An importer's figure with freight and insurance (CIF) is brought to the exporter's border (FOB) by the measured margin of
the pair where one is on record (OECD ITIC), else by a stated range of margins. (4) With two witnesses or more the range runs
from the lowest to the highest of them; with one, from how far the two sides' reports of flows of that size lie apart in the
world's trade. (5) Where the accounts are by years of different calendars nothing is compared across them; an account by fiscal
years is shown once more, brought to calendar years as a range, and is a witness only where that range is narrow. No account is picked.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from comity.measures.answers import Answer, Question
from comity.measures.calendar_spread import BASIS as SPREAD_BASIS
from comity.measures.calendars import in_calendar_years
from comity.measures.converted import EVEN_FLOW, ConvertedPoint
from comity.measures.lines import Candidate, Flow, Line, candidates, citation
from comity.measures.mirror_spread import BASIS, spread
from comity.measures.printed import Printed
from comity.measures.witnesses import Copy, copies
from comity.measures.wording import amount, listed, possessive, span, state_name, years_of
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Observation, Period, Source, Status, Valuation

MARGIN = "cif-fob-margin"
# Freight and insurance as a share of the CIF value where the pair's own is not on record: the 5th and 95th percentile of
# Japan's imports by partner and year, 2015-2024 (OECD, International Transport and Insurance Costs of merchandise trade).
ASSUMED_MARGIN = (Decimal("0.045"), Decimal("0.100"))
# A fiscal account brought to calendar years is a witness only where its range is no wider than this share of its middle.
WIDEST_WITNESS = Decimal("0.25")
_LEVEL = 0.8
_SHORT = 30  # characters of a producer's name
_METHOD = (
    "All accounts side by side. Accounts that are another's times one factor to the last digit over three years or more, and "
    "figures that a source derived or imputed, are no witnesses of their own; of a source that values a state's imports in two "
    "ways only those with freight are. Importers' figures are brought from CIF to FOB. With two witnesses or more the range runs from the lowest to the highest; with one it is the 80 % range of the "
    f"other side's report, from {BASIS}."
)


@dataclass(frozen=True, slots=True)
class _Account:
    """One account of the flow: whose, from which source, and its figures by period; `brought` from fiscal to calendar years."""

    candidate: Candidate
    name: str
    figures: Mapping[Period, Printed]
    inputs: Mapping[Period, tuple[str, ...]]
    second_hand: frozenset[Period]
    brought: Mapping[Period, ConvertedPoint] = field(default_factory=dict)

    @property
    def is_import(self) -> bool:
        return self.candidate.series.indicator == "imports"

    @property
    def years(self) -> str:
        """Which kind of years the source gives."""
        return years_of(self.candidate.points[0].period)

    @property
    def too_wide(self) -> frozenset[Period]:
        """The periods whose converted range is no witness."""
        widths = {period: point.relative_width for period, point in self.brought.items()}
        return frozenset(period for period, width in widths.items() if width is None or width > WIDEST_WITNESS)

    def interval(self, period: Period) -> Interval:
        """Return a figure's range: what its printed digits allow, or that of its conversion."""
        return self.brought[period].interval() if period in self.brought else self.figures[period].interval()

    def told(self, period: Period, unit: str) -> str:
        """Return the figure as the summary tells it."""
        figure = self.figures[period]
        if period in self.brought:
            return f"{self.name} of {amount(figure.low, unit)} to {amount(figure.high, unit)}"
        return f"{self.name} of {amount(figure.value, unit)}"


@dataclass(frozen=True, slots=True)
class _Margins:
    """Freight and insurance as shares of CIF values: those measured for the pair by period, with their ids, or the assumed."""

    measured: Mapping[Period, tuple[Decimal, str]]
    status: Status = Status.REPORTED

    def to_fob(self, figure: Printed, period: Period) -> Printed:
        """Return the figure at the exporter's border."""
        low, high = self._range(period)
        middle = (low + high) / 2
        return Printed(figure.low * (1 - high), figure.value * (1 - middle), figure.high * (1 - low))

    def inputs(self, period: Period) -> tuple[str, ...]:
        """The ids of the measured margins that a period's figure is brought to FOB by."""
        if period in self.measured:
            return (self.measured[period][1],)
        return tuple(one for _, one in self.measured.values())

    def _range(self, period: Period) -> tuple[Decimal, Decimal]:
        if period in self.measured:
            margin = self.measured[period][0]
            return margin, margin
        if self.measured:
            return min(one for one, _ in self.measured.values()), max(one for one, _ in self.measured.values())
        return ASSUMED_MARGIN


def mirror(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return, for each direction of trade in goods that has accounts on record, these side by side with the range."""
    held = list(observations)
    second_hand = {one.id for one in held if one.status is not Status.REPORTED}
    accounts = [one for one in candidates(dyad, held) if one.flow.family == "exports"]
    measures = []
    for origin in (dyad.first, dyad.second):
        of_flow = [one for one in accounts if one.flow == Flow("exports", origin)]
        for unit in sorted({one.series.unit for one in of_flow}):
            printed = _accounts([one for one in of_flow if one.series.unit == unit], second_hand)
            in_unit = [*printed, *_brought(printed, second_hand)]
            margins = _margins(held, importer=dyad.other(origin), exporter=origin)
            measures.append(_measure(dyad, origin, unit, in_unit, margins))
    return tuple(measures)


def _accounts(found: Sequence[Candidate], second_hand: set[str]) -> list[_Account]:
    by_reporter: dict[str, int] = defaultdict(int)
    by_source: dict[tuple[str, Source], int] = defaultdict(int)
    for one in found:
        by_reporter[one.series.reporter] += 1
        by_source[one.series.reporter, one.series.source] += 1
    accounts = []
    for one in sorted(found, key=_order):
        side = f"{possessive(state_name(one.series.reporter))} {one.series.indicator}"
        made = (
            ", not as reported" if by_source[one.series.reporter, one.series.source] > 1 and not one.is_reported else ""
        )
        others = {each.series.valuation for each in found if _is_of_one_hand(each, one)} - {one.series.valuation}
        made += f", {one.series.valuation}" if others and one.series.valuation is not Valuation.UNKNOWN else ""
        name = f"{side} ({_short(one.series.source)}{made})" if by_reporter[one.series.reporter] > 1 else side
        figures = {point.period: point.figure for point in one.points}
        inputs = {point.period: point.inputs for point in one.points}
        hand = frozenset(point.period for point in one.points if second_hand.issuperset(point.inputs))
        accounts.append(_Account(one, name, figures, inputs, hand))
    return accounts


def _is_of_one_hand(one: Candidate, other: Candidate) -> bool:
    """Whether one state's account is from the same source as the other's."""
    first, second = one.series, other.series
    return (first.reporter, first.indicator, first.source) == (second.reporter, second.indicator, second.source)


def _order(one: Candidate) -> tuple[str, ...]:
    series = one.series
    return series.indicator, series.reporter, citation(series.source), series.id, one.points[0].period.label


def _short(source: Source) -> str:
    """Return a source in few words: its title, with the producer's name where that is short."""
    named = f"{source.producer}, {source.title}" if source.title and len(source.producer) <= _SHORT else source.title
    return named or citation(source) or "source not named"


def _brought(accounts: Sequence[_Account], second_hand: set[str]) -> list[_Account]:
    """Return the accounts by fiscal years in calendar years, where others are by years of another calendar."""
    if len({one.years for one in accounts}) < 2:
        return []
    found: list[tuple[_Account, dict[Period, ConvertedPoint]]] = []
    for one in accounts:
        series = one.candidate.series
        line = Line(
            f"exports-{one.candidate.flow.origin}",
            one.name,
            series.unit,
            series.reporter,
            series.source,
            one.candidate.points,
        )
        by_period = {point.period: point for point in in_calendar_years(line).points if point.kind == EVEN_FLOW}
        found.append((one, by_period))
    held = [one.figures.keys() | by_period.keys() for one, by_period in found]
    result = []
    for place, (one, by_period) in enumerate(found):
        others = {period for other, periods in enumerate(held) if other != place for period in periods}
        brought = {period: point for period, point in by_period.items() if period in others}
        if brought:
            result.append(
                _Account(
                    one.candidate,
                    f"{one.name} (fiscal years brought to calendar years: a range)",
                    {period: point.figure for period, point in brought.items()},
                    {period: point.inputs for period, point in brought.items()},
                    frozenset(period for period, point in brought.items() if second_hand.intersection(point.inputs)),
                    brought,
                )
            )
    return result


def _margins(observations: Iterable[Observation], importer: str, exporter: str) -> _Margins:
    of_pair = [
        one
        for one in sorted(observations, key=lambda one: one.id)
        if (one.series.indicator, one.series.reporter, one.series.partner) == (MARGIN, importer, exporter)
        and one.series.unit == "percent"
        and not one.series.product
    ]
    measured = {one.period: (one.quantity.value / 100, one.id) for one in of_pair}
    # One margin that was not observed leaves open which of the rest were.
    status = next((one.status for one in of_pair if one.status is not Status.REPORTED), Status.REPORTED)
    return _Margins(measured, status)


def _measure(dyad: Dyad, origin: str, unit: str, accounts: Sequence[_Account], margins: _Margins) -> Measure:
    flow = Flow("exports", origin)
    title = f"{flow.title(dyad)}, as each side reports them"
    question = Question(f"mirror-exports-{origin}" + ("" if unit == "USD" else f"-{unit}"), title, unit, _METHOD)
    found = _copies(accounts)
    points: list[MeasurePoint] = []
    ranges: list[tuple[Period, Interval, int]] = []
    for period in sorted({period for one in accounts for period in one.figures}, key=lambda one: one.sort_key):
        present = [one for one in accounts if period in one.figures]
        points += [
            _point(period, float(one.figures[period].value), one.name, one.interval(period), one.inputs[period])
            for one in present
        ]
        witnesses = _witnesses(present, period, found)
        interval = _range(witnesses, period, unit, margins)
        if interval is not None:
            inputs = [each for one in witnesses for each in one.inputs[period]]
            inputs += [each for one in witnesses if _is_cif(one) for each in margins.inputs(period)]
            middle = math.sqrt(max(interval.low, 0.0) * interval.high)
            group = "range of the reports" if len(witnesses) > 1 else "the other side's report, 80 % range"
            points.append(_point(period, middle, group, interval, inputs))
            ranges.append((period, interval, len(witnesses)))
    caveats = _caveats(accounts, found, margins)
    if not ranges:
        small = unit == "USD"
        why = f"No range of {flow.title(dyad)} can be stated: the only report is {'below a million US dollars' if small else f'in {unit}, and how far reports lie apart is known in US dollars'}."
        return question.unanswered(dyad, why, caveats)
    period, interval, witnesses_then = max(ranges, key=lambda one: (one[2] > 1, one[0].sort_key))
    answer = Answer(None, interval, tuple(points), caveats=caveats)
    return question.answered(dyad, _summary(flow.title(dyad), unit, accounts, period, interval, witnesses_then), answer)


def _is_cif(account: _Account) -> bool:
    return account.is_import and account.candidate.series.valuation is not Valuation.FOB


def _copies(accounts: Sequence[_Account]) -> list[tuple[_Account, _Account, Copy]]:
    """Return which account is computed from which: of two, the importer's from the exporter's, else the later named."""
    found = []
    for first, second in combinations(accounts, 2):
        base, other = (second, first) if first.is_import and not second.is_import else (first, second)
        found += [(base, other, copy) for copy in copies(base.figures, other.figures)]
    return found


def _witnesses(
    present: Sequence[_Account], period: Period, found: Sequence[tuple[_Account, _Account, Copy]]
) -> list[_Account]:
    told = [one for one in present if period not in one.too_wide]
    direct = {one.candidate.series.reporter for one in told if not one.brought}
    told = [one for one in told if not (one.brought and one.candidate.series.reporter in direct)]
    # A source that values a state's imports in two ways says one thing twice.
    landed = [one for one in told if _is_cif(one) and period not in one.second_hand]
    told = [
        one
        for one in told
        if one in landed or not any(_is_of_one_hand(one.candidate, each.candidate) for each in landed)
    ]
    first_hand = [one for one in told if period not in one.second_hand] or told
    copied = [other for base, other, copy in found if period in copy.periods and base in first_hand]
    return [one for one in first_hand if one not in copied] or first_hand[:1]


def _range(witnesses: Sequence[_Account], period: Period, unit: str, margins: _Margins) -> Interval | None:
    if not witnesses or (len(witnesses) == 1 and witnesses[0].brought):
        return None
    if len(witnesses) == 1:
        (one,) = witnesses
        side = "imports" if one.is_import else "exports"
        found = spread(float(one.figures[period].value), side, _LEVEL) if unit == "USD" else None
        return None if found is None else Interval(*found, _LEVEL, "other-side")
    at_border = [
        margins.to_fob(one.figures[period], period) if _is_cif(one) else one.figures[period] for one in witnesses
    ]
    low, high = min(one.low for one in at_border), max(one.high for one in at_border)
    return Interval(float(low), float(high), 1.0, "reports")


def _summary(
    title: str, unit: str, accounts: Sequence[_Account], period: Period, interval: Interval, witnesses: int
) -> str:
    told = [one.told(period, unit) for one in accounts if period in one.figures]
    # What the other side may report is no printed figure, and no more of its digits mean anything.
    ends = [Decimal(repr(end) if witnesses > 1 else f"{end:.4g}") for end in (interval.low, interval.high)]
    low, high = amount(ends[0], unit, beside=ends[1]), amount(ends[1], unit)
    if witnesses > 1:
        return f"{title} in {period.label} are put between {low} and {high} at the exporter's border by the reports that count. All reports: {listed(told)}."
    return (
        f"Of {title[0].lower() + title[1:] if title.startswith('The ') else title} in {period.label} there is one report on record, "
        f"{told[0]}; in eight of ten such cases the other side reports between {low} and {high}."
    )


def _caveats(
    accounts: Sequence[_Account], found: Sequence[tuple[_Account, _Account, Copy]], margins: _Margins
) -> tuple[str, ...]:
    notes = [
        f"{other.name} are {copy.factor} times {base.name} in {span(copy.periods)}, to the last digit: computed from them, "
        "not a second witness."
        if copy.factor != "1.00"
        else f"{other.name} are those of {base.name} in {span(copy.periods)}, not a second witness."
        for base, other, copy in found
    ]
    notes += [
        f"{one.name} of {span(sorted(one.second_hand, key=lambda each: each.sort_key))} are derived or imputed by the source "
        "and count only where there is no other."
        for one in accounts
        if one.second_hand
    ]
    notes += _calendar_caveats(accounts)
    if any(_is_cif(one) for one in accounts):
        if margins.measured:
            shares = [float(one) * 100 for one, _ in margins.measured.values()]
            years = span(sorted(margins.measured, key=lambda each: each.sort_key))
            notes.append(
                f"Freight and insurance are {min(shares):.1f} to {max(shares):.1f} per cent of the importer's figure as "
                f"{'measured' if margins.status is Status.REPORTED else margins.status.value} for this pair in {years} (OECD); "
                "other years take the whole of that range."
            )
        else:
            low, high = (float(one) * 100 for one in ASSUMED_MARGIN)
            notes.append(
                f"Freight and insurance are assumed at {low:.1f} to {high:.1f} per cent of the importer's figure (what nine tenths of "
                "Japan's partners had in 2015-2024, OECD); none is on record for this pair."
            )
    unsaid = [one.name for one in accounts if one.is_import and one.candidate.series.valuation is Valuation.UNKNOWN]
    if unsaid:
        notes.append(f"The valuation of {listed(unsaid)} is not stated and is taken as CIF (IMTS 2010).")
    return tuple(notes)


def _calendar_caveats(accounts: Sequence[_Account]) -> list[str]:
    """Say which accounts are by which years, that these are not compared, and what brought them together."""
    if len({one.years for one in accounts}) < 2:
        return []
    told = listed([f"{one.name} by {one.years}" for one in accounts if not one.brought])
    notes = [f"The accounts are by years of different calendars and are not compared across them: {told}."]
    for one in accounts:
        if not one.brought:
            continue
        periods = sorted(one.brought, key=lambda each: each.sort_key)
        notes.append(f"{one.name} are 95 % ranges for {listed([each.label for each in periods])}, from {SPREAD_BASIS}.")
        wide = [each.label for each in periods if each in one.too_wide]
        if wide:
            notes.append(
                f"Of these, {listed(wide)} {'is' if len(wide) == 1 else 'are'} wider than {WIDEST_WITNESS * 100:.0f} per cent of the middle and no witness."
            )
        same = [
            other.candidate.series.reporter == one.candidate.series.reporter
            and not other.brought
            and other.years == "calendar years"
            for other in accounts
        ]
        if any(same):
            notes.append(
                f"{one.name} are no second witness where {possessive(state_name(one.candidate.series.reporter))} own figures of the year are on record."
            )
    return notes


def _point(period: Period, value: float, group: str, interval: Interval, inputs: Sequence[str]) -> MeasurePoint:
    identified = tuple(dict.fromkeys(inputs))
    return MeasurePoint(period.label, value, group, period.start, period.end, interval, identified)
