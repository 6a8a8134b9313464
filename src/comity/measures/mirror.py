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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from comity.measures.answers import Answer, Question
from comity.measures.calendar_spread import BASIS as SPREAD_BASIS
from comity.measures.candidates import Flow, candidates
from comity.measures.mirror_accounts import (
    WIDEST_WITNESS,
    Account,
    account_point,
    accounts_of,
    copies_among,
    copy_caveats,
    in_calendar,
    reported_points,
    second_hand_caveats,
    witnesses_of,
)
from comity.measures.mirror_spread import BASIS, spread
from comity.measures.printed import Printed
from comity.measures.witnesses import Copy
from comity.measures.wording import amount, listed, possessive, span, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Observation, Period, Status, Valuation

MARGIN = "cif-fob-margin"
# Freight and insurance as a share of the CIF value where the pair's own is not on record: the 5th and 95th percentile of
# Japan's imports by partner and year, 2015-2024 (OECD, International Transport and Insurance Costs of merchandise trade).
ASSUMED_MARGIN = (Decimal("0.045"), Decimal("0.100"))
_LEVEL = 0.8
_METHOD = (
    "All accounts side by side. Accounts that are another's times one factor to the last digit over three years or more, and "
    "figures that a source derived or imputed, are no witnesses of their own; of a source that values a state's imports in two "
    "ways only those with freight are. Importers' figures are brought from CIF to FOB. With two witnesses or more the range runs "
    "from the lowest to the highest; with one it is the 80 % range of the "
    f"other side's report, from {BASIS}."
)


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
            printed = accounts_of([one for one in of_flow if one.series.unit == unit], second_hand)
            in_unit = [*printed, *in_calendar(printed, second_hand)]
            margins = _margins(held, importer=dyad.other(origin), exporter=origin)
            measures.append(_measure(dyad, origin, unit, in_unit, margins))
    return tuple(measures)


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


def _measure(dyad: Dyad, origin: str, unit: str, accounts: Sequence[Account], margins: _Margins) -> Measure:
    flow = Flow("exports", origin)
    title = f"{flow.title(dyad)}, as each side reports them"
    question = Question(f"mirror-exports-{origin}" + ("" if unit == "USD" else f"-{unit}"), title, unit, _METHOD)
    found = copies_among(accounts)
    points: list[MeasurePoint] = []
    ranges: list[tuple[Period, Interval, int]] = []
    for period in sorted({period for one in accounts for period in one.figures}, key=lambda one: one.sort_key):
        present = [one for one in accounts if period in one.figures]
        points += reported_points(present, period)
        witnesses = witnesses_of(present, period, found)
        interval = _range(witnesses, period, unit, margins)
        if interval is not None:
            inputs = [each for one in witnesses for each in one.inputs[period]]
            inputs += [each for one in witnesses if one.is_cif for each in margins.inputs(period)]
            middle = math.sqrt(max(interval.low, 0.0) * interval.high)
            group = "range of the reports" if len(witnesses) > 1 else "the other side's report, 80 % range"
            points.append(account_point(period, middle, group, interval, inputs))
            ranges.append((period, interval, len(witnesses)))
    caveats = _caveats(accounts, found, margins)
    if not ranges:
        small = unit == "USD"
        why = f"No range of {flow.title(dyad)} can be stated: the only report is {'below a million US dollars' if small else f'in {unit}, and how far reports lie apart is known in US dollars'}."
        return question.unanswered(dyad, why, caveats)
    period, interval, witnesses_then = max(ranges, key=lambda one: (one[2] > 1, one[0].sort_key))
    answer = Answer(None, interval, tuple(points), caveats=caveats)
    return question.answered(dyad, _summary(flow.title(dyad), unit, accounts, period, interval, witnesses_then), answer)


def _range(witnesses: Sequence[Account], period: Period, unit: str, margins: _Margins) -> Interval | None:
    if not witnesses or (len(witnesses) == 1 and witnesses[0].brought):
        return None
    if len(witnesses) == 1:
        (one,) = witnesses
        side = "imports" if one.is_import else "exports"
        found = spread(float(one.figures[period].value), side, _LEVEL) if unit == "USD" else None
        return None if found is None else Interval(*found, _LEVEL, "other-side")
    at_border = [
        margins.to_fob(one.figures[period], period) if one.is_cif else one.figures[period] for one in witnesses
    ]
    low, high = min(one.low for one in at_border), max(one.high for one in at_border)
    return Interval(float(low), float(high), 1.0, "reports")


def _summary(
    title: str, unit: str, accounts: Sequence[Account], period: Period, interval: Interval, witnesses: int
) -> str:
    told = [one.told(period, unit) for one in accounts if period in one.figures]
    # What the other side may report is no printed figure, and no more of its digits mean anything.
    ends = [Decimal(repr(end) if witnesses > 1 else f"{end:.4g}") for end in (interval.low, interval.high)]
    low, high = amount(ends[0], unit, beside=ends[1]), amount(ends[1], unit)
    if witnesses > 1:
        return f"{title} in {period.label} are put between {low} and {high} at the exporter's border by the reports that count. All reports: {listed(told)}."
    return (
        f"Of {title} in {period.label} there is one report on record, "
        f"{told[0]}; in eight of ten such cases the other side reports between {low} and {high}."
    )


def _caveats(
    accounts: Sequence[Account], found: Sequence[tuple[Account, Account, Copy]], margins: _Margins
) -> tuple[str, ...]:
    notes = [*copy_caveats(found), *second_hand_caveats(accounts)]
    notes += _calendar_caveats(accounts)
    if any(one.is_cif for one in accounts):
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


def _calendar_caveats(accounts: Sequence[Account]) -> list[str]:
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
