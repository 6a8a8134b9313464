"""One line of annual figures for each flow of a dyad, chosen among sources by a stated rule.

The rule: of the sources that cover a flow, those that say whose figures they hold go before files that do not; those of more years
than one before those of a single year, which is no line; those that report before those whose figures are derived, unless the
longest run of years is asked for; of these the one with most years is used; of several with as many, the one that ends latest;
then the account of the state that the dyad names first; then the first by citation; of one source's tables in several currencies
then that in US dollars. An account that gives both directions of trade is used for each of them. Nothing is averaged. Every other source is named in the caveats, with where it disagrees beyond what rounding explains.

A person may ask for a source (`asked`: the ids of its series). It goes before all others wherever it has the flow, and within it the rule holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from comity.measures.printed import Printed
from comity.measures.wording import amount, listed, plural, possessive, span, state_name, years_of
from comity.terms import Dyad, Observation, Period, Precision, Series, Source, Status, parted_by_status

RULE = (
    "Of several sources that say whose figures they hold, those of more years than one go first, of these those that report, then the one with most "
    "years, then the latest, then the first-named state's account; for trade, one that gives both directions goes before all others; a file that names no "
    "source is used only where there is no other."
)
# Two-way trade has lines of its own, what figures are converted by is no relation between the sides, and trips are counted
# only in years in which there was one: a mean or a rate of change over those would be too high or mean nothing.
_APART = ("total-trade", "trade-balance", "exchange-rate", "exchange-rate-end", "price-index", "leader-trips")
# The key of both directions of trade from one source.
BOTH_WAYS = "trade-balance"
_ANNUAL = (Precision.YEAR, Precision.FISCAL_YEAR)
_OUT = ("exports", "fdi-outflow")
_IN = ("imports", "fdi-inflow")
_STOCKS = ("fdi-inward-stock", "fdi-outward-stock")


@dataclass(frozen=True, slots=True)
class LinePoint:
    """One year's figure with the ids of the observations that give it."""

    period: Period
    figure: Printed
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A run of annual figures of one flow from one source.

    Attributes:
        key: `exports-PAK` (from Pakistan to the other side), `total-trade`, `fdi-JPN`, ...
        title: for people ("Pakistan's exports to Japan").
        account: the state whose account it is; "" for both.
        points: by period, each period once.
        caveats: other sources and where they disagree, figures left out.
        base_year: for constant prices; None for current ones.
    """

    key: str
    title: str
    unit: str
    account: str
    source: Source
    points: tuple[LinePoint, ...]
    caveats: tuple[str, ...] = ()
    base_year: int | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The ids of all observations of the line."""
        return tuple(dict.fromkeys(one for point in self.points for one in point.inputs))

    @property
    def remarks(self) -> tuple[str, ...]:
        """Whose figures these are, and the caveats."""
        named = citation(self.source) or "not named"
        whose = f" ({possessive(state_name(self.account))} account)" if self.account else ""
        return f"Source: {named}{whose}.", *self.caveats

    def last(self, years: int) -> tuple[LinePoint, ...]:
        """Return the last `years` points."""
        return self.points[-years:]


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes one way between the sides: `family` "exports" or "fdi", from the state `origin`."""

    family: str
    origin: str

    def title(self, dyad: Dyad) -> str:
        """Return the flow's name for people."""
        origin, other = state_name(self.origin), state_name(dyad.other(self.origin))
        if self.family == "exports":
            return f"{possessive(origin)} exports to {other}"
        return f"{possessive(origin)} direct investment in {other}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One series of a flow: its annual figures from one source, and what is to be said of them."""

    flow: Flow
    series: Series
    points: tuple[LinePoint, ...]
    caveats: tuple[str, ...]
    is_reported: bool = True  # whether its source says of any figure that somebody reported it

    @property
    def account(self) -> tuple[str, str, Source, Precision]:
        """Whose figures from which source these are, in which unit, by which kind of year."""
        return self.series.reporter, self.series.unit, self.series.source, self.points[0].period.precision

    @property
    def key(self) -> str:
        """The key of the line that it may give."""
        return f"{self.flow.family}-{self.flow.origin}" if self.flow.origin else self.flow.family

    @property
    def name(self) -> str:
        """Whose account it is, by its citation."""
        hand = "" if self.is_reported else ", not as reported"
        return f"{possessive(state_name(self.series.reporter))} account{hand} ({citation(self.series.source)})"

    @property
    def reach(self) -> str:
        """Whose account it is, in which unit and of which years."""
        unit = "" if self.series.unit == "count" else f" in {self.series.unit}"
        return f"{possessive(state_name(self.series.reporter))} account{unit}, {span([point.period for point in self.points])}"


def flow_of(series: Series) -> Flow | None:
    """Return which way a series' goods or investment go; None for other indicators."""
    family = "exports" if series.indicator in ("exports", "imports") else "fdi"
    if series.indicator in _OUT:
        return Flow(family, series.reporter)
    return Flow(family, series.partner) if series.indicator in _IN else None


def accounts(dyad: Dyad, observations: Sequence[Observation]) -> dict[str, tuple[Candidate, ...]]:
    """Return, by the key of each line, every series on record that may give it.

    "trade-balance" stands for what needs both directions from one source; "total-trade" may also be printed as such.
    """
    trade = candidates(dyad, observations)
    found: dict[str, list[Candidate]] = defaultdict(list)
    for one in (*trade, *other_candidates(dyad, observations)):
        found[one.key].append(one)
    sources = {one.series.source: [each for each in trade if each.series.source == one.series.source] for one in trade}
    both = [one for of_source in sources.values() if _trade_account(dyad, of_source, False) for one in of_source]
    found[BOTH_WAYS] = [one for one in both if one.flow.family == "exports"]
    found["total-trade"] = [*found[BOTH_WAYS], *printed_totals(dyad, observations)]
    return {
        key: tuple(sorted(held, key=lambda one: _preference(dyad, one, False)))
        for key, held in sorted(found.items())
        if held
    }


def flow_lines(
    dyad: Dyad, observations: Iterable[Observation], *, longest: bool = False, asked: Collection[str] = ()
) -> tuple[Line, ...]:
    """Return a line for each flow of trade and investment between the sides that has annual figures."""
    found = candidates(dyad, observations)
    by_rule, account = _trade_account(dyad, found, longest), _asked_account(dyad, found, longest, asked)
    lines = []
    for family in ("exports", "fdi"):
        for origin in (dyad.first, dyad.second):
            of_flow = [one for one in found if one.flow == Flow(family, origin)]
            if of_flow:
                usual = _chosen(dyad, of_flow, by_rule, longest, ())
                lines.append(_line(dyad, _chosen(dyad, of_flow, account, longest, asked), of_flow, usual))
    return tuple(lines)


def trade_lines(
    dyad: Dyad, observations: Iterable[Observation], *, longest: bool = False, asked: Collection[str] = ()
) -> tuple[Line, Line] | None:
    """Return both directions of trade from one account, first the exports of the dyad's first state.

    None where no one source gives both directions for at least one common year.
    """
    found = candidates(dyad, observations)
    by_rule, account = _trade_account(dyad, found, longest), _asked_account(dyad, found, longest, asked)
    if account is None or by_rule is None:
        return None
    lines = []
    for origin in (dyad.first, dyad.second):
        of_flow = [one for one in found if one.flow == Flow("exports", origin)]
        usual, chosen = (next(one for one in of_flow if _is_of(one, each)) for each in (by_rule, account))
        lines.append(_line(dyad, chosen, of_flow, usual))
    return lines[0], lines[1]


def other_lines(
    dyad: Dyad, observations: Iterable[Observation], *, longest: bool = False, asked: Collection[str] = ()
) -> tuple[Line, ...]:
    """Return a line for each other indicator between the sides (remittances, tourists, aid, ...), by reporter.

    A stock of investment that a source derived is no line beside one that a side reported, unless it is asked for.
    """
    grouped: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in other_candidates(dyad, observations):
        grouped[one.flow.family, one.flow.origin].append(one)
    lines = []
    reported = {investor_of(one.series) for found in grouped.values() for one in found if one.is_reported}
    for (indicator, reporter), found in sorted(grouped.items()):
        usual, chosen = (_chosen(dyad, found, None, longest, each) for each in ((), asked))
        series = chosen.series
        is_told = chosen.is_reported or series.id in asked
        if indicator in _STOCKS and not is_told and investor_of(series) in reported:
            continue
        name = series.title or indicator.replace("-", " ")
        title = (
            _stock_title(series, chosen.is_reported)
            if indicator in _STOCKS
            else _in_names(name, dyad)
            if series.title
            else f"{name.capitalize()}, {state_name(reporter)} and {state_name(series.partner)}"
        )
        lines.append(
            Line(
                chosen.key,
                title,
                series.unit,
                reporter if chosen.is_reported else "",
                series.source,
                chosen.points,
                _remarks(chosen, found, usual),
                series.base_year,
            )
        )
    return tuple(lines)


def other_candidates(dyad: Dyad, observations: Iterable[Observation]) -> list[Candidate]:
    """Return every series of another indicator between the sides that has annual figures, with these."""
    grouped: dict[tuple[str, Precision], list[Observation]] = defaultdict(list)
    for one in _annual(dyad, observations):
        if flow_of(one.series) is None and not _has_its_own_measure(one.series):
            grouped[one.series.id, one.period.precision].append(one)
    found = []
    for of_series in _parted(grouped.values()):
        points, caveats = points_of(of_series)
        if points:
            series = of_series[0].series
            flow = Flow(series.indicator, series.reporter)
            found.append(Candidate(flow, series, points, caveats, _any_reported(of_series)))
    return found


def _stock_title(series: Series, is_reported: bool) -> str:
    """Return whose investment where a stock is, and who says so: "inward" and "outward" alone do not tell."""
    reporter, owner = state_name(series.reporter), state_name(investor_of(series))
    host = state_name(series.partner) if owner == reporter else reporter
    by = f"by {possessive(reporter)} account" if is_reported else f"as derived for {reporter}"
    return f"the stock of {possessive(owner)} direct investment in {host} {by}"


def investor_of(series: Series) -> str:
    """Return whose investment abroad a stock is; "" for what is no stock of investment."""
    if series.indicator not in _STOCKS:
        return ""
    return series.partner if series.indicator == "fdi-inward-stock" else series.reporter


def _in_names(title: str, dyad: Dyad) -> str:
    """Return a title with the names of the two states for their codes."""
    for code in (dyad.first, dyad.second):
        title = re.sub(rf"\b{re.escape(code)}\b", state_name(code), title)
    return title


def _has_its_own_measure(series: Series) -> bool:
    """Whether a figure is no amount that grows and shrinks by itself: totals, votes, and what is a share, code or distance."""
    if series.indicator in _APART or series.indicator.startswith("votes"):
        return True
    return series.unit in ("code", "index", "percent", "kilometre") or bool(series.product)


def printed_totals(
    dyad: Dyad, observations: Iterable[Observation], *, longest: bool = False, asked: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """Return the series of two-way trade that sources print themselves, the preferred first."""
    grouped: dict[tuple[str, Precision], list[Observation]] = defaultdict(list)
    for one in _annual(dyad, observations):
        if one.series.indicator == "total-trade":
            grouped[one.series.id, one.period.precision].append(one)
    found = []
    for of_series in _parted(grouped.values()):
        points, caveats = points_of(of_series)
        if points:
            found.append(
                Candidate(Flow("total-trade", ""), of_series[0].series, points, caveats, _any_reported(of_series))
            )
    return tuple(sorted(found, key=lambda one: (one.series.id not in asked, _preference(dyad, one, longest))))


def _annual(dyad: Dyad, observations: Iterable[Observation]) -> list[Observation]:
    between = ((dyad.first, dyad.second), (dyad.second, dyad.first))
    return [
        one
        for one in observations
        if (one.series.reporter, one.series.partner) in between
        and one.period.precision in _ANNUAL
        and not one.period.is_open
        and not one.series.product
    ]


def candidates(dyad: Dyad, observations: Iterable[Observation]) -> list[Candidate]:
    """Return every series of trade or investment between the sides that has annual figures, with these."""
    grouped: dict[tuple[str, Precision], list[Observation]] = defaultdict(list)
    for one in _annual(dyad, observations):
        if flow_of(one.series) is not None:
            grouped[one.series.id, one.period.precision].append(one)
    found = []
    for of_series in _parted(grouped.values()):
        flow = flow_of(of_series[0].series)
        points, caveats = points_of(of_series)
        if flow is not None and points:
            found.append(Candidate(flow, of_series[0].series, points, caveats, _any_reported(of_series)))
    return found


def _parted(groups: Iterable[Sequence[Observation]]) -> list[Sequence[Observation]]:
    """Return the groups, those apart that hold a source's reported figures and what it derived or imputed for the same years."""
    return [part for group in groups for part in parted_by_status(group)]


def points_of(observations: Sequence[Observation]) -> tuple[tuple[LinePoint, ...], tuple[str, ...]]:
    """Join copies of one source: copies that agree are one point, copies that disagree are left out and told.

    What the source itself did not report but derived or imputed is told too.
    """
    by_period: dict[Period, list[Observation]] = defaultdict(list)
    for one in observations:
        by_period[one.period].append(one)
    points, caveats = [], []
    for period, copies in sorted(by_period.items(), key=lambda item: item[0].sort_key):
        ordered = copies
        if len(copies) > 1:
            ordered = sorted(copies, key=lambda one: (one.quantity.resolution, one.id))
        finest = ordered[0]
        if any(not finest.quantity.agrees_with(one.quantity) for one in ordered[1:]):
            shown = listed(sorted({one.quantity.text or str(one.quantity.number) for one in ordered}))
            caveats.append(f"Copies of one source give {shown} for {period.label}; the year is left out.")
            continue
        points.append(LinePoint(period, Printed.of(finest.quantity), tuple(sorted(one.id for one in ordered))))
    return tuple(points), (*_second_hand(observations), *caveats)


def _second_hand(observations: Sequence[Observation]) -> list[str]:
    """Say which figures are derived or imputed, in the order of their periods."""
    ordered = sorted(observations, key=lambda one: one.period.sort_key)
    told = []
    for status in (Status.DERIVED, Status.IMPUTED):
        labels = list(dict.fromkeys(one.period.label for one in ordered if one.status is status))
        if labels:
            whole = len(labels) == len({one.period for one in ordered})
            which = "All figures" if whole else f"The figures of {listed(labels)}"
            told.append(f"{which} are {status.value} by the source, not as a state reported them.")
    return told


def _trade_account(dyad: Dyad, found: Sequence[Candidate], longest: bool) -> tuple[str, str, Source, Precision] | None:
    """Return the account that gives both directions of trade for most common years (see the module's rule)."""
    by_account: dict[tuple[str, str, Source, Precision], dict[str, Candidate]] = defaultdict(dict)
    for one in found:
        if one.flow.family == "exports":
            by_account[one.account].setdefault(one.flow.origin, one)
    for unit, source, precision in {account[1:] for account in by_account}:
        accounts = [by_account[account] for account in by_account if account[1:] == (unit, source, precision)]
        # A data set that has each flow once, as the importer or the exporter reports it, is an account of nobody's own.
        if len(accounts) == 2 and all(len(found) == 1 for found in accounts):
            by_account["", unit, source, precision] = accounts[0] | accounts[1]
    ranked = []
    for account, by_origin in by_account.items():
        if len(by_origin) == 2:
            first, second = by_origin[dyad.first], by_origin[dyad.second]
            common = {point.period for point in first.points} & {point.period for point in second.points}
            if common:
                end = max(period.sort_key[1] for period in common)
                rank = (
                    -len(common),
                    _reversed(end),
                    account[0] != dyad.first,
                    citation(account[2]),
                    _unit_rank(account[1]),
                )
                derived = not longest and not (first.is_reported and second.is_reported)
                single = len(common) == 1
                ranked.append((not account[2].is_stated, single, derived, rank, account))
    return min(ranked, key=lambda item: item[:4])[4] if ranked else None


def _asked_account(
    dyad: Dyad, found: Sequence[Candidate], longest: bool, asked: Collection[str]
) -> tuple[str, str, Source, Precision] | None:
    """Return the account of both directions of trade within what was asked for, else the one by the rule."""
    meant = [one for one in found if one.series.id in asked]
    return _trade_account(dyad, meant, longest) or _trade_account(dyad, found, longest)


def _chosen(
    dyad: Dyad,
    of_flow: Sequence[Candidate],
    account: tuple[str, str, Source, Precision] | None,
    longest: bool,
    asked: Collection[str],
) -> Candidate:
    """Return the series of a flow that is used: of what was asked for, if it has any, that of the account, else by the rule."""
    meant = [one for one in of_flow if one.series.id in asked] or of_flow
    own = [one for one in meant if account is not None and one.flow.family == "exports" and _is_of(one, account)]
    return own[0] if own else min(meant, key=lambda one: _preference(dyad, one, longest))


def _is_of(one: Candidate, account: tuple[str, str, Source, Precision]) -> bool:
    return account[0] in ("", one.series.reporter) and one.account[1:] == account[1:]


def _any_reported(observations: Iterable[Observation]) -> bool:
    return any(one.status is Status.REPORTED for one in observations)


def _preference(
    dyad: Dyad, one: Candidate, longest: bool
) -> tuple[bool, bool, bool, int, tuple[int, ...], bool, str, tuple[bool, str], str]:
    return (
        not one.series.source.is_stated,
        len(one.points) == 1,
        not longest and not one.is_reported,
        -len(one.points),
        _reversed(one.points[-1].period.sort_key[1]),
        one.series.reporter != dyad.first,
        citation(one.series.source),
        _unit_rank(one.series.unit),
        one.series.id,
    )


def _unit_rank(unit: str) -> tuple[bool, str]:
    """Return what puts dollars before any other unit in which one source gives the same flow."""
    return unit != "USD", unit


def _reversed(day: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in day.split("-"))


def citation(source: Source) -> str:
    """Return how a source is named in a sentence."""
    return (source.citation or source.title or source.producer).rstrip(".")


def _line(dyad: Dyad, chosen: Candidate, of_flow: Sequence[Candidate], usual: Candidate) -> Line:
    return Line(
        chosen.key,
        chosen.flow.title(dyad),
        chosen.series.unit,
        chosen.series.reporter,
        chosen.series.source,
        chosen.points,
        _remarks(chosen, of_flow, usual),
        chosen.series.base_year,
    )


def _remarks(chosen: Candidate, of_flow: Sequence[Candidate], usual: Candidate) -> tuple[str, ...]:
    """Return what is to be said of a line: its own figures, what the rule would take, the other sources."""
    rule = usual.name if usual.series.unit == chosen.series.unit else f"{usual.name} in {usual.series.unit}"
    asked = () if chosen is usual else (f"This source was asked for; the rule would take {rule}.",)
    return (*chosen.caveats, *asked, *_comparison(chosen, [one for one in of_flow if one is not chosen]))


def _comparison(chosen: Candidate, others: Sequence[Candidate]) -> tuple[str, ...]:
    """Say which other sources there are, and where they disagree with the chosen one beyond rounding."""
    figures = {point.period: point.figure for point in chosen.points}
    caveats = []
    for other in sorted(others, key=lambda one: (citation(one.series.source), one.series.id)):
        name = other.name
        if chosen.series.source.is_stated and not other.series.source.is_stated:
            years = f"{plural(len(chosen.points), 'year')} against its {len(other.points)}"
            caveats.append(f"{name} names no source, so one that does is used before it, with {years}.")
        if other.series.unit != chosen.series.unit:
            caveats.append(f"{name} is in {other.series.unit} and is not compared.")
            continue
        common = [point for point in other.points if point.period in figures]
        apart = [point for point in common if not point.figure.overlaps(figures[point.period])]
        kinds = [years_of(one.points[0].period) for one in (other, chosen)]
        if kinds[0] != kinds[1]:
            caveats.append(f"{name} is by {kinds[0]} and is not compared with {kinds[1]}.")
        elif not common:
            caveats.append(f"{name} covers other periods and is not used here.")
        elif not apart:
            caveats.append(
                f"{name} agrees in {'the one common year' if len(common) == 1 else f'all {len(common)} common years'}."
            )
        else:
            worst = max(apart, key=lambda point: abs(point.figure.value - figures[point.period].value))
            unit = chosen.series.unit
            caveats.append(
                f"{name} disagrees in {len(apart)} of {len(common)} common years, most in {worst.period.label}: "
                f"{amount(worst.figure.value, unit)} against {amount(figures[worst.period].value, unit)} used here."
            )
    return tuple(caveats)
