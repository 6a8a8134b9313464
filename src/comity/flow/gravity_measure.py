"""The dyad's trade against its gravity expectation, from the data sets among a workspace's sources.

It is computed when it is asked for by its key: it needs the extra [models] and may take minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.flow.gravity_data import (
    Geography,
    Trade,
    chosen_trade,
    distances_held,
    product_held,
    ties_held,
    trade_held,
)
from comity.flow.panel_columns import Column, Columns, Joiner
from comity.flow.panel_rows import CLOSES, PanelRows, make_frame
from comity.flow.panel_variables import Variable, offered
from comity.flow.panels import find_data_sets, panel_database, put_on_shelf
from comity.flow.time_limit import TimeUp, time_up
from comity.flow.wording import counted
from comity.flow.workspace import Workspace, state_name
from comity.measures import runs
from comity.statistics import Shelved, entry
from comity.terms import ComityError, Dyad, Measure, WorkspaceError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from comity.measures import GravityPanel, GravityProgress

# By these the measure is asked for; the second is its key among the measures.
GRAVITY: Final = ("gravity", "gravity-expectation")
GRAVITY_SECONDS: Final = 300.0
# The years of Yotov, Piermartini, Monteiro and Larch 2016, An Advanced Guide to Trade Policy Analysis, tables 1 to 3, are
# 1986, 1990, ... 2006: every fourth of twenty.
_APART: Final = 4
_BACK: Final = 20
_MORE: Final = "--time-limit gives it more."
_FETCH_TRADE: Final = "comity fetch cow-trade, or comity fetch imf-imts --all-pairs --from YEAR --to YEAR"
_FETCH_DISTANCE: Final = "get dist_cepii by hand (comity fetch cepii-geodist says how) and comity add dist_cepii.csv, or comity fetch cepii-gravity"


@dataclass(frozen=True, slots=True)
class GravityAsked:
    """How the measure is asked for.

    Attributes:
        trade_from: the source of trade, "cow-trade" or "imports_cow_trade"; "" to leave it to the rule.
        year: the year asked about; None for the last with figures.
        limit: seconds for all of it. It ends the estimation, and what comes before as Ctrl-C would; where there is no alarm
            (Windows, or outside the main thread) the steps before are ended between one and the next.
        on_step: called with what is done next.
        on_progress: hears of the estimation, at least once a second.
        began: since when the limit counts, by `time.monotonic`; None for the call.
    """

    trade_from: str = ""
    year: int | None = None
    limit: float = GRAVITY_SECONDS
    on_step: Callable[[str], None] = lambda words: None
    on_progress: Callable[[GravityProgress], None] = lambda progress: None
    began: float | None = None


@dataclass(frozen=True, slots=True)
class GravityAnswer:
    """The measure, the publications that it rests on, and what is wrong with the run.

    Attributes:
        errors: of data sets that could not be read.
        unfinished: a sentence where the time limit, or the end of the process, left something undone; else "".
    """

    measure: Measure
    citations: tuple[str, ...] = ()
    errors: tuple[ComityError, ...] = ()
    unfinished: str = ""


class _NoPanel(Exception):
    """The panel cannot be made of what there is; says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is joined into one panel."""

    trade: Trade
    years: tuple[int, ...]
    distance: Geography
    ties: tuple[Geography, ...]
    without: tuple[str, ...]
    product: Variable | None

    @property
    def variables(self) -> tuple[Variable, ...]:
        pairs = [one.variable for one in (self.distance, *self.ties)]
        return (self.trade.variable, *pairs, *([] if self.product is None else [self.product]))


def measure_gravity(workspace: Workspace, asked: GravityAsked) -> GravityAnswer:
    """Return how many times its gravity expectation the dyad's trade is; where it cannot be told, why.

    Raises:
        MissingExtra: pyfixest is not installed.
        InvalidTerm: no data set has trade from the source asked for.
        WorkspaceError: the work needs more memory or disk than there is.
    """
    began = time.monotonic() if asked.began is None else asked.began
    from comity.measures import GravityProgress, gravity_expectation, no_expectation, see_extra

    see_extra()

    def left() -> float:
        return asked.limit - (time.monotonic() - began)

    errors: list[ComityError] = []
    step = "the data sets were read"
    try:
        with time_up(left()):
            shelf = _shelf(workspace, asked, left, errors)
            step = "anything was estimated"
            panel, parts, used = _panel(workspace, shelf, asked, left)
    except _NoPanel as none:
        return GravityAnswer(no_expectation(workspace.dyad, str(none)), (), tuple(errors))
    except TimeUp:
        why = f"stopped at the limit of {asked.limit:g} s, before {step}."
        unfinished = f"{why[0].upper()}{why[1:]} {_MORE}"
        return GravityAnswer(no_expectation(workspace.dyad, why), (), tuple(errors), unfinished)
    last = GravityProgress(0, 0, "", 0.0)

    def hear(progress: GravityProgress) -> None:
        nonlocal last
        last = progress
        asked.on_progress(progress)

    measure = gravity_expectation(
        workspace.dyad, panel, year=parts.years[-1], limit=asked.limit, progress=hear, began=began
    )
    unfinished = ""
    if last.done < last.total:
        left_out = f"{last.total - last.done} of {counted(last.total, 'specification')} not estimated"
        unfinished = f"Stopped at the limit of {asked.limit:g} s, {left_out}. {_MORE}"
        if left() > 0:
            unfinished = f"The estimation broke off, {left_out}; the notes say why."
    citations = tuple(dict.fromkeys(one.entry.citation for one in used))
    return GravityAnswer(measure, citations, tuple(errors), unfinished)


def _shelf(
    workspace: Workspace, asked: GravityAsked, left: Callable[[], float], errors: list[ComityError]
) -> list[Shelved]:
    """Return the data sets among the sources, shelved, the latest of those of which several vintages were fetched.

    What cannot be read goes to `errors` as it is met, so that it is told of where the limit ends the rest.
    """
    found = find_data_sets((), workspace)
    shelved: dict[Path, Shelved] = {}  # equal files are one
    errors += found.errors
    for path in found.files:
        _see_time(left)
        one, wrong = put_on_shelf(
            replace(found, files=(path,)), workspace.shelf, lambda name: asked.on_step(f"Reading {name}")
        )
        shelved |= {each.path: each for each in one}
        errors += wrong
    return [shelved[path] for path in sorted(shelved)]


def _see_time(left: Callable[[], float]) -> None:
    if left() <= 0:
        raise TimeUp


def _panel(
    workspace: Workspace, shelf: Sequence[Shelved], asked: GravityAsked, left: Callable[[], float]
) -> tuple[GravityPanel, _Parts, tuple[Shelved, ...]]:
    """Return the panel, what it is made of, and the files that this is from.

    Raises:
        _NoPanel: something that it needs is not on the shelf.
        TimeUp: no time is left.
    """
    import duckdb

    from comity.measures import GravityPanel

    dyad = workspace.dyad
    _see_time(left)
    try:
        with panel_database(workspace.shelf / "gravity") as (connection, _):
            asked.on_step("Looking through the data sets")
            held = offered(connection, shelf)
            trade = trade_held(connection, held, dyad)
            parts = _parts(connection, held, trade, dyad, asked)
            _see_time(left)
            asked.on_step("Laying out the panel of trade")
            rows = PanelRows((parts.years[0], parts.years[-1]))
            make_frame(connection, rows)
            years = ", ".join(map(str, parts.years))
            # A state with two numbers in one year has its figures on the row of one of them only.
            connection.execute(f"DELETE FROM frame WHERE year NOT IN ({years}) OR own1 IS NULL OR own2 IS NULL")
            constant = [one.variable for one in (parts.distance, *parts.ties) if one.constant]
            _see_time(left)
            asked.on_step("Joining what explains the trade")
            columns = Joiner(connection, shelf, rows, always=constant).columns(parts.variables)
            frame = _read(connection, parts, columns)
    except duckdb.Error as error:
        raise WorkspaceError(
            f"The panel of trade cannot be made: {str(error).splitlines()[0]}",
            remedy="Make room on the disk and in memory.",
        ) from error
    _see_time(left)
    digests = {digest for one in parts.variables for digest in one.digests}
    sources = {one.source for one in parts.variables}
    used = tuple(one for one in shelf if one.digest in digests and one.entry.key in sources)
    _see_dyad(dyad, frame, parts)
    covariates = (f"log({_name(parts.distance)})", *(_name(one) for one in parts.ties))
    panel = GravityPanel(
        frame,
        covariates,
        parts.trade.variable.unit,
        tuple(one.document_id for one in used),
        sizes=None if parts.product is None else ("product_exporter", "product_importer"),
        notes=tuple(_notes(frame, parts, trade, columns.columns, used)),
    )
    return panel, parts, used


def _parts(
    connection: duckdb.DuckDBPyConnection,
    held: Sequence[Variable],
    found: Sequence[Trade],
    dyad: Dyad,
    asked: GravityAsked,
) -> _Parts:
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    trade = chosen_trade(found, asked.trade_from)
    if trade is None:
        meant = [one for one in found if asked.trade_from in ("", one.variable.source, one.name)]
        if not meant:
            raise _NoPanel(
                f"no data set in sources/ has yearly trade between pairs of states. Get one that has all pairs: {_FETCH_TRADE}."
            )
        told = ", ".join(dict.fromkeys(one.variable.source for one in meant))
        lacks = (
            "none has other pairs to hold the two against"
            if any(one.own for one in meant)
            else f"none has a figure between {both}"
        )
        raise _NoPanel(f"of the trade in sources/ ({told}) {lacks}. Get all pairs: {_FETCH_TRADE}.")
    if asked.year is not None and asked.year not in trade.own:
        raise _NoPanel(
            f"{trade.variable.source} has no figure between {both} in {asked.year}; it has figures in {', '.join(runs(trade.own))}."
        )
    last = trade.last if asked.year is None else asked.year
    assert last is not None
    years = tuple(year for year in range(last - _BACK, last + 1, _APART) if trade.pairs.get(year))
    distances = distances_held(connection, held, dyad)
    if not distances:
        raise _NoPanel(f"no data set in sources/ has distances between states: {_FETCH_DISTANCE}.")
    if not distances[0].has_dyad:
        sources = ", ".join(dict.fromkeys(one.variable.source for one in distances))
        raise _NoPanel(
            f"the distances in sources/ ({sources}) have none between {both}. GeoDist has the states of 2004; CEPII Gravity has those "
            "to 2020: comity fetch cepii-gravity."
        )
    ties, without = ties_held(connection, held, dyad, distances[0].variable.source)
    return _Parts(
        trade,
        years,
        distances[0],
        tuple(ties),
        tuple(without),
        product_held(connection, held, dyad, last, trade.variable.unit),
    )


def _read(connection: duckdb.DuckDBPyConnection, parts: _Parts, columns: Columns) -> pd.DataFrame:
    """Return the panel as a frame, one row a directed pair and year."""

    def of(one: Variable) -> list[str]:
        return [column.expression for column in columns.columns if column.variable == one]

    # Of a pair's columns the first is state 1 on state 2; imports are those of state 2 from state 1.
    trade = of(parts.trade.variable)[1 if parts.trade.variable.indicator == "imports" else 0]
    shown = [f"{trade} AS trade"]
    shown += [f"{of(one.variable)[0]} AS {_name(one)}" for one in (parts.distance, *parts.ties)]
    if parts.product is not None:
        sides = of(parts.product)
        if parts.product.indicator == "gdp-log":
            sides = [f"exp({side})" for side in sides]
        shown += [f"{side} AS product_{name}" for side, name in zip(sides, ("exporter", "importer"), strict=True)]
    return connection.execute(
        f"SELECT f.code1 AS exporter, f.code2 AS importer, f.year::INTEGER AS year, {', '.join(shown)} "
        f"FROM frame f {' '.join(columns.joins)} ORDER BY f.year, f.number1, f.number2"
    ).df()


def _name(one: Geography) -> str:
    return one.variable.stem


def _see_dyad(dyad: Dyad, frame: pd.DataFrame, parts: _Parts) -> None:
    """Refuse a panel without the dyad's rows, in words that say what is missing."""
    asked = frame[frame["year"] == parts.years[-1]]
    outside = [state_name(code) for code in (dyad.first, dyad.second) if not (asked["exporter"] == code).any()]
    if outside:
        closes = CLOSES["COW"]
        raise _NoPanel(
            f"{' and '.join(outside)} had no place in the Correlates of War system of states (as of {closes}) in {parts.years[-1]}, "
            "by which the panel's rows are made."
        )


def _notes(
    frame: pd.DataFrame,
    parts: _Parts,
    found: Sequence[Trade],
    columns: Iterable[Column],
    used: Sequence[Shelved],
) -> Iterator[str]:
    """Yield how the panel was made: whose figures, which years, how many rows, and what is not in it."""
    yield f"Trade: {parts.trade.words}."
    if others := [one for one in found if one is not parts.trade]:
        yield (
            f"Trade not used, since neither two sources nor both sides' reports are mixed: {'; '.join(one.words for one in others)}. Of "
            "those that have the dyad and half as many pairs as the widest of them, the one that goes on longest is used; "
            "--trade-from names another."
        )
    years = ", ".join(map(str, parts.years))
    if len(parts.years) > 1:
        yield (
            f"Years: {years}; every fourth of twenty up to the one asked about, as Yotov et al. 2016 (tables 1 to 3) take them. (For "
            "effects of trade agreements Egger, Larch and Yotov 2022, Economica 89:44-61, hold that all years do better.)"
        )
    else:
        yield f"Years: {years} alone; nothing is said over several years."
    given = frame["trade"].notna()
    zeros = int((frame["trade"] == 0).sum())
    yield (
        f"Rows: {len(frame):,} directed pairs of states and years, members of the Correlates of War system; {int(given.sum()):,} have "
        f"a figure of trade, {zeros:,} of these zero. A missing figure is left out and never taken for zero."
    )
    yield from _covariates(parts)
    for column in columns:
        if column.variable is not None:
            yield from (f"{column.name}: {note}" for note in column.notes if "left empty" in note)
    for one in used:
        edition = f", {one.vintage}" if one.vintage else ""
        refused = f"; {counted(one.refused, 'figure')} of the file left out" if one.refused else ""
        yield f"Source: {one.entry.publisher}, {one.entry.title}{edition} ({one.document}, SHA-256 {one.digest}){refused}."


def _covariates(parts: _Parts) -> Iterator[str]:
    held = (parts.distance, *parts.ties)
    by_source: dict[str, list[str]] = {}
    for one in held:
        name = entry(one.variable.indicator).indicator.name
        by_source.setdefault(one.variable.source, []).append(name[0].lower() + name.removesuffix(", ever")[1:])
    told = "; ".join(f"{', '.join(names)} from {source}" for source, names in by_source.items())
    moving = [entry(one.variable.indicator).indicator.name for one in held if not one.constant]
    always = "Each has one value for a pair at all times in its source, which is taken for all years."
    if moving:
        always = f"{', '.join(moving)} as of each year, the rest as one value for a pair, which is taken for all years."
    yield f"Covariates: {told}. {always} Trade agreements are not among them."
    if parts.without:
        yield (
            f"Covariates missing: no data set in sources/ has {' or '.join(parts.without)} of all pairs as 0 or 1. "
            f"To have them, {_FETCH_DISTANCE}."
        )
    if parts.product is None:
        yield (
            f"No specification with products: no data set in sources/ has the gross domestic product of both states in "
            f"{parts.years[-1]}, in {parts.trade.variable.unit}. Get it for all states: comity fetch wdi --all-pairs."
        )
    elif parts.product.base_year is not None:
        yield (
            f"Products: {parts.product.source}, in prices of {parts.product.base_year}, while trade is in prices of each year; effects "
            "of years take up what prices grew in common."
        )
    else:
        yield f"Products: {parts.product.source}, in current prices."
