"""The accounts that are held side by side: whose figures from which source, which are copies, and which are witnesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from comity.measures.calendars import in_calendar_years
from comity.measures.candidates import Candidate, citation
from comity.measures.converted import EVEN_FLOW, ConvertedPoint
from comity.measures.lines import Line
from comity.measures.printed import Printed
from comity.measures.witnesses import Copy, copies
from comity.measures.wording import amount, possessive, span, state_name, years_of
from comity.terms import Interval, MeasurePoint, Period, Source, Valuation

# A fiscal account brought to calendar years is a witness only where its range is no wider than this share of its middle.
WIDEST_WITNESS = Decimal("0.25")
_SHORT = 30  # characters of a producer's name


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the flow: whose, from which source, and its figures by period; `brought` from fiscal to calendar years."""

    candidate: Candidate
    name: str
    figures: Mapping[Period, Printed]
    inputs: Mapping[Period, tuple[str, ...]]
    second_hand: frozenset[Period]
    brought: Mapping[Period, ConvertedPoint] = field(default_factory=dict)

    @property
    def is_import(self) -> bool:
        """Whether it is the importer's account."""
        return self.candidate.series.indicator == "imports"

    @property
    def is_cif(self) -> bool:
        """Whether freight and insurance are in its figures: an importer's are, where nothing else is said (IMTS 2010)."""
        return self.is_import and self.candidate.series.valuation is not Valuation.FOB

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


def accounts_of(found: Sequence[Candidate], second_hand: set[str], *, noun: str = "") -> list[Account]:
    """Return the accounts with their names, each named apart from the others.

    Args:
        found: the series, of one unit.
        second_hand: ids of the figures that a source derived or imputed.
        noun: what a side's series is called; without it the indicator's key ("exports").
    """
    accounts = []
    ordered = sorted(found, key=_order)
    for one in ordered:
        others = [each for each in ordered if each is not one and each.series.reporter == one.series.reporter]
        of_source = [each for each in others if each.series.source == one.series.source]
        apart = [_short(one.series.source)] if len(others) > len(of_source) else []
        apart += ["not as reported"] if of_source and not one.is_reported else []
        alike = [each for each in of_source if each.is_reported == one.is_reported]
        apart += [one.series.valuation.value] if alike and one.series.valuation.value else []
        name = f"{possessive(state_name(one.series.reporter))} {noun or one.series.indicator}"
        name += f" ({', '.join(apart)})" if apart else ""
        figures = {point.period: point.figure for point in one.points}
        inputs = {point.period: point.inputs for point in one.points}
        hand = frozenset(point.period for point in one.points if second_hand.issuperset(point.inputs))
        accounts.append(Account(one, name, figures, inputs, hand))
    return accounts


def _order(one: Candidate) -> tuple[str, ...]:
    series = one.series
    return series.indicator, series.reporter, citation(series.source), series.id, one.points[0].period.label


def _short(source: Source) -> str:
    """Return a source in few words: its title, with the producer's name where that is short."""
    named = f"{source.producer}, {source.title}" if source.title and len(source.producer) <= _SHORT else source.title
    return named or citation(source) or "source not named"


def in_calendar(accounts: Sequence[Account], second_hand: set[str]) -> list[Account]:
    """Return the accounts by fiscal years in calendar years, where others are by years of another calendar."""
    if len({one.years for one in accounts}) < 2:
        return []
    found: list[tuple[Account, dict[Period, ConvertedPoint]]] = []
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
                Account(
                    one.candidate,
                    f"{one.name} (fiscal years brought to calendar years: a range)",
                    {period: point.figure for period, point in brought.items()},
                    {period: point.inputs for period, point in brought.items()},
                    frozenset(period for period, point in brought.items() if second_hand.intersection(point.inputs)),
                    brought,
                )
            )
    return result


def copies_among(accounts: Sequence[Account]) -> list[tuple[Account, Account, Copy]]:
    """Return which account is computed from which.

    Of two, the one that its source derived, else the importer's from the exporter's, else the later named.
    """
    found = []
    for pair in combinations(accounts, 2):
        base, other = sorted(pair, key=lambda one: (one.second_hand.issuperset(one.figures), one.is_import))
        found += [(base, other, copy) for copy in copies(base.figures, other.figures)]
    return found


def witnesses_of(
    present: Sequence[Account], period: Period, found: Sequence[tuple[Account, Account, Copy]]
) -> list[Account]:
    """Return which of a period's accounts stand on a report of their own; the first of them where none does."""
    told = [one for one in present if period not in one.too_wide]
    direct = {one.candidate.series.reporter for one in told if not one.brought}
    told = [one for one in told if not (one.brought and one.candidate.series.reporter in direct)]
    # A source that values a state's imports in two ways says one thing twice.
    landed = [one for one in told if one.is_cif and period not in one.second_hand]
    told = [one for one in told if one in landed or not any(_is_of_one_hand(one, each) for each in landed)]
    first_hand = [one for one in told if period not in one.second_hand] or told
    copied = [other for base, other, copy in found if period in copy.periods and base in first_hand]
    return [one for one in first_hand if one not in copied] or first_hand[:1]


def _is_of_one_hand(one: Account, other: Account) -> bool:
    """Whether both are one state's accounts of one thing from one source."""
    first, second = one.candidate.series, other.candidate.series
    return (first.reporter, first.indicator, first.source) == (second.reporter, second.indicator, second.source)


def copy_caveats(found: Sequence[tuple[Account, Account, Copy]]) -> list[str]:
    """Say which accounts are computed from which, and in which years."""
    return [
        f"{other.name} are {copy.factor} times {base.name} in {span(copy.periods)}, to the last digit: computed from them, "
        "not a second witness."
        if copy.factor != "1.00"
        else f"{other.name} are those of {base.name} in {span(copy.periods)}, not a second witness."
        for base, other, copy in found
    ]


def second_hand_caveats(accounts: Sequence[Account]) -> list[str]:
    """Say which years of an account its source derived or imputed."""
    return [
        f"{one.name} of {span(sorted(one.second_hand, key=lambda each: each.sort_key))} are derived or imputed by the source "
        "and count only where there is no other."
        for one in accounts
        if one.second_hand
    ]


def reported_points(present: Sequence[Account], period: Period) -> list[MeasurePoint]:
    """Return a period's figures of all accounts, each as its source prints it."""
    return [
        account_point(period, float(one.figures[period].value), one.name, one.interval(period), one.inputs[period])
        for one in present
    ]


def account_point(period: Period, value: float, group: str, interval: Interval, inputs: Sequence[str]) -> MeasurePoint:
    """Return a point of the view; `group` is the account's name, or what the range is."""
    identified = tuple(dict.fromkeys(inputs))
    return MeasurePoint(period.label, value, group, period.start, period.end, interval, identified)
