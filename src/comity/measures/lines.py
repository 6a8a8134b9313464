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

from comity.measures.candidates import (
    STOCKS,
    Candidate,
    Flow,
    LinePoint,
    annual,
    any_reported,
    candidates,
    citation,
    investor_of,
    other_candidates,
    parted,
    points_of,
)
from comity.measures.wording import amount, plural, possessive, state_name, years_of
from comity.terms import Dyad, Observation, Precision, Series, Source

RULE = (
    "Of several sources that say whose figures they hold, those of more years than one go first, of these those that report, then the one with most "
    "years, then the latest, then the first-named state's account; for trade, one that gives both directions goes before all others; a file that names no "
    "source is used only where there is no other."
)
# The key of both directions of trade from one source.
BOTH_WAYS = "trade-balance"


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
        if indicator in STOCKS and not is_told and investor_of(series) in reported:
            continue
        name = series.title or indicator.replace("-", " ")
        title = (
            _stock_title(series, chosen.is_reported)
            if indicator in STOCKS
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


def _stock_title(series: Series, is_reported: bool) -> str:
    """Return whose investment where a stock is, and who says so: "inward" and "outward" alone do not tell."""
    reporter, owner = state_name(series.reporter), state_name(investor_of(series))
    host = state_name(series.partner) if owner == reporter else reporter
    by = f"by {possessive(reporter)} account" if is_reported else f"as derived for {reporter}"
    return f"the stock of {possessive(owner)} direct investment in {host} {by}"


def _in_names(title: str, dyad: Dyad) -> str:
    """Return a title with the names of the two states for their codes."""
    for code in (dyad.first, dyad.second):
        title = re.sub(rf"\b{re.escape(code)}\b", state_name(code), title)
    return title


def printed_totals(
    dyad: Dyad, observations: Iterable[Observation], *, longest: bool = False, asked: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """Return the series of two-way trade that sources print themselves, the preferred first."""
    grouped: dict[tuple[str, Precision], list[Observation]] = defaultdict(list)
    for one in annual(dyad, observations):
        if one.series.indicator == "total-trade":
            grouped[one.series.id, one.period.precision].append(one)
    found = []
    for of_series in parted(grouped.values()):
        points, caveats = points_of(of_series)
        if points:
            found.append(
                Candidate(Flow("total-trade", ""), of_series[0].series, points, caveats, any_reported(of_series))
            )
    return tuple(sorted(found, key=lambda one: (one.series.id not in asked, _preference(dyad, one, longest))))


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
