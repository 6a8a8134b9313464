"""Leaders as columns of a panel: who was in office on 31 December, since when, and how many there were in the year.

Counted as in `add_archigos` of the R package peacesciencer (Miller 2022, Conflict Management and Peace Science 39(6):
755-779): the leader of the year's end, and the number of different persons in the year. Entries and exits are told of the
year in which they happened, each by itself.
"""

from __future__ import annotations

import csv
import math
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.flow.leader_files import leader_rows
from comity.flow.panel_origins import Origin, OriginFile, Superseded, published
from comity.flow.panel_rows import PanelRows, bearers
from comity.flow.panel_variables import Variable
from comity.flow.wording import counted
from comity.language import listed_day
from comity.states import by_cow, by_gw
from comity.statistics import data_source
from comity.terms import StateError, UnreadableSource

if TYPE_CHECKING:
    import duckdb

LEADERS: Final = "leaders"
_SOURCES: Final = {"Archigos": "archigos", "REIGN": "reign"}
_SYSTEMS: Final = {"archigos": "GW", "reign": "COW"}
# Before, the lists hold only leaders who were still in office then (Goemans, Gleditsch and Chiozza 2009: 269; Bell 2016: 2).
_BEGINS: Final = {"archigos": 1875, "reign": 1950}
_ROUND: Final = re.compile(r"\([^)]*\)?")
_YEAR: Final = 365.25
_PRACTICE: Final = "add_archigos is of the R package peacesciencer (Miller 2022, Conflict Management and Peace Science 39(6): 755-779)."
# Of many bad rows so many are named.
_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Term:
    """A row of a list.

    Attributes:
        person: what tells one person from another in the list.
        start, end: first and last day; where only a month is known, its first and its last day. `end` is None for who is still in office.
        to_the_day: whether the days of start and end are known.
        entry, exit: the list's codes, in lower case; "" where it gives none.
    """

    number: int
    leader: str
    person: str
    start: date
    end: date | None
    to_the_day: tuple[bool, bool] = (True, True)
    entry: str = ""
    exit: str = ""


@dataclass(frozen=True, slots=True)
class LeaderTerms:
    """A list of leaders as a panel takes it.

    Attributes:
        source: key in the catalogue of sources.
        years: the first and last year of which it knows every leader.
        has_manner: whether it tells how leaders entered and left.
        left_out: rows that could not be used, a sentence each.
    """

    source: str
    name: str
    digest: str
    vintage: str
    terms: tuple[Term, ...]
    years: tuple[int, int]
    has_manner: bool
    left_out: tuple[str, ...] = ()

    @property
    def variable(self) -> Variable:
        """What it offers to a panel."""
        first, last = self.years
        return Variable(
            self.source, LEADERS, "", "terms", "", "", None, "alone", True, len(self.terms), first, last, (self.digest,)
        )

    def origin(self, superseded: Sequence[Superseded] = ()) -> Origin:
        """Return what a codebook tells of it."""
        left_out = tuple(("row", 1, words) for words in self.left_out[:_NAMED])
        if more := len(self.left_out) - _NAMED:
            left_out += (("row", more, f"{counted(more, 'more row')} not used"),) if more > 0 else ()
        held = OriginFile(self.name, self.digest, len(self.terms), "terms", self.vintage, left_out)
        return published(data_source(self.source), [held], superseded)


def read_terms(path: Path, name: str = "") -> LeaderTerms:
    """Read a list of leaders for a panel; a bad row is named, and the rest is used.

    Raises:
        UnreadableSource: it is no list of leaders, none of its rows can be used, or it cannot be opened.
    """
    called = name or path.name
    given = leader_rows(path, called)
    source = _SOURCES[given.form]
    read = _archigos if source == "archigos" else _reign
    names = [one.strip().strip('"').lower() for one in given.columns]
    terms, left_out = [], []
    try:
        for number, cells in given.rows:
            row = dict.fromkeys(names, "") | {key: cell.strip() for key, cell in zip(names, cells, strict=False)}
            if not any(row.values()):
                continue
            try:
                term = read(row)
                if not term.leader:
                    raise ValueError("it names no leader")
                if term.end is not None and term.end < term.start:
                    raise ValueError(f"the term of {term.leader} ends ({term.end}) before it begins ({term.start})")
                (by_gw if _SYSTEMS[source] == "GW" else by_cow)(term.number)
                terms.append(term)
            except (ValueError, StateError) as error:
                left_out.append(f"{given.place} {number} is not used: {error}")
    except csv.Error as error:
        raise UnreadableSource(called, f"cannot be read as a table ({error})", remedy="Save it as CSV anew.") from error
    if not terms:
        first = f" ({left_out[0]})" if left_out else ""
        raise UnreadableSource(called, f"has no row that can be used{first}", remedy="Get the list again.")
    days = [day for one in terms for day in (one.start, one.end) if day is not None]
    # Of the year that the list breaks off in it does not know the end, and of years to come nothing.
    last = min(max(days).year - (max(days) < date(max(days).year, 12, 31)), date.today().year - 1)
    parents = [one.name for one in path.resolve().parents[:2]]
    vintage = parents[0] if parents[1:] == [source] else data_source(source).vintage
    manner = {"entry", "exit"} <= set(names)
    return LeaderTerms(
        source, called, given.digest, vintage, tuple(terms), (_BEGINS[source], last), manner, tuple(left_out)
    )


def _archigos(row: Mapping[str, str]) -> Term:
    start = _day(row, "startdate")
    if start is None:
        raise ValueError("it has no startdate")
    return Term(
        _whole(row, "gwcode" if row.get("gwcode") else "ccode"),
        row["leader"],
        row.get("leadid") or row["leader"].casefold(),
        start,
        _day(row, "enddate"),
        entry=row.get("entry", "").lower(),
        exit=row.get("exit", "").lower(),
    )


def _reign(row: Mapping[str, str]) -> Term:
    start = date(_whole(row, "syear"), _whole(row, "smonth"), _whole(row, "sdate") if row.get("sdate") else 1)
    end = None
    if (row["eyear"] or row["emonth"]) and not row["eyear"].startswith("9999"):
        year, month = _whole(row, "eyear"), _whole(row, "emonth")
        end = date(year, month, 1)
        end = end.replace(day=monthrange(year, month)[1])
    # A second time in office is another row of the same person: "Tofilau Eti Alesana (2nd time)".
    person = " ".join(_ROUND.sub(" ", row["leader"]).casefold().split())
    exact = (bool(row.get("sdate")), False)
    return Term(_whole(row, "ccode"), " ".join(row["leader"].split()), person, start, end, exact)


def _whole(row: Mapping[str, str], column: str) -> int:
    try:
        number = float(row[column])
    except ValueError:
        number = math.nan
    if not number.is_integer():
        raise ValueError(f"{column} is {row[column]!r}, not a whole number")
    return int(number)


def _day(row: Mapping[str, str], column: str) -> date | None:
    try:
        return listed_day(row[column])
    except ValueError as error:
        raise ValueError(f"{column} {error}") from None


@dataclass(frozen=True, slots=True)
class _OfYear:
    """What a list says of a state and year."""

    leader: str | None
    tenure: float | None
    new: int | None
    leaders: int | None
    entries: int | None
    exits: int | None


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Sentences on what a list leaves open: who held office at the end of years, and how many did in them."""

    holders: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()


def make_leaders(connection: duckdb.DuckDBPyConnection, held: LeaderTerms, table: str, rows: PanelRows) -> LeftOpen:
    """Make a table of `one` (the state), `year` and the attributes of a year; return what was left open."""
    import pandas as pd

    system = _SYSTEMS[held.source]
    first, last = max(held.years[0], rows.years[0]), min(held.years[1], rows.years[1])
    found: list[tuple[Any, ...]] = []
    several = partly = 0
    if first <= last:
        listed, own = bearers(system, (first, last)), bearers(rows.system, (first, last))
        by_code = _terms_by_code(held.terms, system, held.years)
        for (code, year), (numbers, days) in listed.items():
            terms = by_code.get(code, ())
            of_year, clash = _of_year([one for one in terms if one.number in numbers], year, held.has_manner)
            if of_year is None:
                continue
            several += clash
            if (code, year) in own and own[code, year][1] > days:
                # Under this number the list has only a part of the year that the row stands for.
                of_year = replace(of_year, leaders=None, entries=None, exits=None)
                partly += 1
            found.append((code, year, *(getattr(of_year, name) for name in _OfYear.__slots__)))
    columns = ["one", "year", *_OfYear.__slots__]
    connection.register("given", pd.DataFrame(found, columns=columns, dtype=object))
    types = {"one": "VARCHAR", "leader": "VARCHAR", "tenure": "DOUBLE"}
    cast = ", ".join(f"CAST({name} AS {types.get(name, 'INTEGER')}) AS {name}" for name in columns)
    connection.execute(f"CREATE TABLE {table} AS SELECT {cast} FROM given")
    connection.unregister("given")
    holders = f"In {counted(several, 'year')} of a state the list leaves open who held office at the end; they are left empty."
    counts = (
        f"In {counted(partly, 'year')} a state bore the {system} number of the list for fewer days than that of the row: who led "
        "in the rest stands under another number; they are left empty."
    )
    return LeftOpen((holders,) if several else (), (counts,) if partly else ())


def _terms_by_code(terms: Iterable[Term], system: str, years: tuple[int, int]) -> dict[str, list[Term]]:
    """Return the terms under any number that a state bore; who goes on under a new number of it has been there all along."""
    by_number: dict[int, list[Term]] = defaultdict(list)
    for one in terms:
        by_number[one.number].append(one)
    numbers: dict[str, set[int]] = defaultdict(set)
    for (code, _), (borne, _) in bearers(system, years).items():
        numbers[code].update(borne)
    found = {}
    for code, ever in numbers.items():
        held = sorted((one for number in ever for one in by_number[number]), key=lambda one: one.start)
        for place, one in enumerate(held):
            for other in held[:place]:
                goes_on = other.end is not None and one.start <= other.end + timedelta(days=1)
                if other.number != one.number and other.person == one.person and goes_on:
                    held[place] = replace(one, start=other.start, to_the_day=(other.to_the_day[0], one.to_the_day[1]))
                    break
        found[code] = held
    return found


def _of_year(terms: Iterable[Term], year: int, has_manner: bool) -> tuple[_OfYear | None, bool]:
    """Return what the terms of a number say of a year, and whether they leave open who held office at its end."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    here = [one for one in terms if one.start <= last and (one.end is None or one.end >= first)]
    if not here:
        return None, False
    holder = _at_the_end(here, last)
    tenure = None
    if holder is not None and holder.to_the_day[0]:
        tenure = round((last - holder.start).days / _YEAR, 2)
    entered = [one.entry for one in here if one.start >= first]
    left = [one.exit for one in here if one.end is not None and one.end <= last]
    return (
        _OfYear(
            None if holder is None else holder.leader,
            tenure,
            None if holder is None else int(holder.start >= first),
            len({one.person for one in here}),
            _irregular(entered) if has_manner else None,
            _irregular(left) if has_manner else None,
        ),
        holder is None and any(one.end is None or one.end >= last for one in here),
    )


def _at_the_end(here: Sequence[Term], last: date) -> Term | None:
    """Return who held office when the year ended; None where the list leaves it open, or nobody did."""
    staying = [one for one in here if one.end is None or one.end > last]
    if staying:
        return staying[0] if len(staying) == 1 else None
    # Who left on the day itself held office on it; of two who did, the one who came last.
    leaving = sorted((one for one in here if one.end == last), key=lambda one: one.start)
    if not leaving or not all(one.to_the_day[1] for one in leaving):
        return None
    return None if len(leaving) > 1 and leaving[-2].start == leaving[-1].start else leaving[-1]


def _irregular(codes: Sequence[str]) -> int | None:
    return None if any(code in ("", "unknown") for code in codes) else codes.count("irregular")


def leader_columns(held: LeaderTerms, left_open: LeftOpen) -> Iterator[tuple[str, str, str, str, str, tuple[str, ...]]]:
    """Yield stem, attribute in the table, kind, title, unit and notes of each column that a list gives."""
    about = (
        f"From the terms that the list gives under the state's {_SYSTEMS[held.source]} number, of {held.years[0]} to {held.years[1]}, "
        "the years of which it knows every leader; who counts as leader is its own rule."
    )
    holder = (about, *left_open.holders)
    if any(not one.to_the_day[1] for one in held.terms):
        holder = (
            *holder,
            "Of exits it gives the month and not the day: of a state whose leader left in December and had no successor in it the column is empty.",
        )
    counts = (about, *left_open.counts)
    manner = (
        *counts,
        "Foreign imposition and removal by another state are codes of their own; where a code is unknown there is no figure.",
    )
    tenure = (*holder, f"Days since the first day in office, over {_YEAR}; an earlier time in office does not count.")
    new = (
        *holder,
        _PRACTICE,
        "A change of leader between the year's first and last day, as in add_archigos; a state's first leader is new too.",
    )
    title = "Leader in office at the end of 31 December, as the list names them"
    yield "leader", "leader", "string", title, "name", holder
    yield "leader_tenure", "tenure", "number", "Years since that leader entered office, on 31 December", "years", tenure
    yield "leader_new", "new", "integer", "1 where that leader entered office in the year, else 0", "1 or 0", new
    title = "Persons in office on any day of the year, each once, as in add_archigos"
    yield "leaders_in_year", "leaders", "integer", title, "persons", (*counts, _PRACTICE)
    if held.has_manner:
        title = "Leaders who entered office irregularly in the year, as the list codes it"
        yield "leader_irregular_entries", "entries", "integer", title, "persons", manner
        title = "Leaders who left office irregularly in the year, as the list codes it"
        yield "leader_irregular_exits", "exits", "integer", title, "persons", manner
