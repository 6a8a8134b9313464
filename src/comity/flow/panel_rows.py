"""The rows of a panel: the states, or pairs of states, that were members of a published system of states, by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from comity import states
from comity.terms import InvalidTerm

if TYPE_CHECKING:
    import duckdb

# Both lists begin with this year; their last years are those of the editions in states/data/spells.csv.
FIRST_YEAR: Final = 1816
CLOSES: Final = {"COW": 2016, "GW": 2017}
# Gleditsch and Ward publish their microstates as a list of its own, to be joined to the main one or not.
MICROSTATES: Final = frozenset(
    {54, 55, 56, 57, 58, 60, 221, 223, 232, 331, 403, 591, 935, 970, 971, 972, 973, 983, 986, 987, 990}
)


@dataclass(frozen=True, slots=True)
class PanelRows:
    """Which rows a panel has.

    A dyad-year is there where both states were members on one day of the year at least, as in `create_dyadyears` of the R
    package peacesciencer (Miller 2022, Conflict Management and Peace Science 39(6): 755-779).

    Attributes:
        years: first and last year, both counted.
        system: "COW" (Correlates of War) or "GW" (Gleditsch-Ward).
        by_state: whether a row is a state-year and not a dyad-year.
        directed: whether each pair stands twice, once from each side; else the lower number comes first.
        dyads: pairs of alpha-3 codes; empty for all.
        states: alpha-3 codes, for state-years; empty for all.
        extend: whether those who were members when the published list closes count as members ever after.
        microstates: whether Gleditsch and Ward's microstates count.
    """

    years: tuple[int, int]
    system: str = "COW"
    by_state: bool = False
    directed: bool = True
    dyads: tuple[tuple[str, str], ...] = ()
    states: tuple[str, ...] = ()
    extend: bool = True
    microstates: bool = True

    def __post_init__(self) -> None:
        if self.system not in CLOSES:
            raise InvalidTerm(f"there is no system {self.system!r}", remedy=f"Choose one of {', '.join(CLOSES)}.")
        first, last = self.years
        if first > last:
            raise InvalidTerm(f"the years {first}-{last} run backwards", remedy="Give the earlier one first.")
        end = self.last_year
        if first < FIRST_YEAR or last > end:
            why = "the last year that is over" if self.extend else f"the year in which the {self.system} list closes"
            raise InvalidTerm(
                f"the years {first}-{last} are not all among those of the {self.system} system",
                remedy=f"Give years from {FIRST_YEAR} to {end}, {why}.",
            )

    @property
    def last_year(self) -> int:
        """The last year that a panel can have."""
        return date.today().year - 1 if self.extend else CLOSES[self.system]

    @property
    def prefix(self) -> str:
        """What the columns of the states' numbers are called: "cow" or "gw"."""
        return self.system.lower()

    @property
    def named(self) -> frozenset[str]:
        """The codes of the states that were asked for by name; empty for all."""
        return frozenset(self.states) | {code for pair in self.dyads for code in pair}


@dataclass(frozen=True, slots=True)
class _Stay:
    """A run of days of one year in which a state bore a number of the system."""

    number: int
    code: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def make_frame(connection: duckdb.DuckDBPyConnection, rows: PanelRows) -> int:
    """Make the table `frame` and return how many rows it has.

    Its columns are `year`, `number1`, `code1`, `own1` and, for dyad-years, the same with 2. `code` is the state that bore
    the number for most of the year's days as a member. Where a state had two numbers in one year (Germany and Yemen in
    1990), `own` is its code on the row of the number that it bore longer, and NULL on the other, so that the year's figures
    stand once.

    Raises:
        InvalidTerm: no row is left.
    """
    stays = list(_stays(rows))
    _table(connection, "stay", ("number", "first", "last"), [(one.number, one.first, one.last) for one in stays])
    members = list(_members(stays))
    _table(connection, "member", ("number", "year", "code", "own"), members)
    if rows.by_state:
        chosen = f"WHERE code IN {_listed(rows.states)}" if rows.states else ""
        connection.execute(
            "CREATE TABLE frame AS SELECT year::SMALLINT AS year, number::SMALLINT AS number1, code AS code1, own AS own1 "
            f"FROM member {chosen}"
        )
    else:
        _make_pairs(connection, rows)
    (count,) = connection.execute("SELECT count(*) FROM frame").fetchall()[0]
    if not count:
        first, last = rows.years
        raise InvalidTerm(
            f"no state or pair that you name was in the {rows.system} system in {first if first == last else f'{first}-{last}'}",
            remedy="Check the codes: a former state (SUN, YUG) has another one than its successors.",
        )
    return int(count)


def bearers(system: str, years: tuple[int, int]) -> dict[tuple[str, int], tuple[tuple[int, ...], int]]:
    """Return, by code and year, the numbers of a system that the state bore, and the days of that of its year's figures.

    The days are those of the number, whoever bore it: Serbia's 345 of 2006 was Serbia and Montenegro's until June.
    """
    stays = list(_stays(PanelRows(years, system)))
    days: dict[tuple[int, int], int] = defaultdict(int)
    for one in stays:
        days[one.number, one.first.year] += one.days
    numbers: dict[tuple[str, int], list[int]] = defaultdict(list)
    longest: dict[tuple[str, int], int] = {}
    for number, year, code, own in _members(stays):
        numbers[code, year].append(number)
        if own is not None:
            longest[code, year] = days[number, year]
    return {key: (tuple(numbers[key]), held) for key, held in longest.items()}


def without_rows(connection: duckdb.DuckDBPyConnection, rows: PanelRows) -> tuple[str, ...]:
    """Return which of the states or pairs asked for by name have no row ("PAK-SUN")."""
    if rows.by_state:
        found = {code for (code,) in connection.execute("SELECT DISTINCT code1 FROM frame").fetchall()}
        return tuple(code for code in rows.states if code not in found)
    if not rows.dyads:
        return ()
    pairs = {frozenset(pair) for pair in connection.execute("SELECT DISTINCT code1, code2 FROM frame").fetchall()}
    return tuple("-".join(pair) for pair in rows.dyads if frozenset(pair) not in pairs)


def _make_pairs(connection: duckdb.DuckDBPyConnection, rows: PanelRows) -> None:
    order = "<>" if rows.directed else "<"
    chosen = ""
    if rows.dyads:
        pairs = sorted({pair for one in rows.dyads for pair in (one, one[::-1])})
        chosen = f"WHERE (a.code, b.code) IN ({', '.join(_listed(pair) for pair in pairs)})"
    connection.execute(f"""
        CREATE TABLE frame AS
        WITH pair AS (
            SELECT DISTINCT a.number AS number1, b.number AS number2, year(a.first) AS year
            FROM stay a JOIN stay b ON year(a.first) = year(b.first) AND a.number {order} b.number
                AND a.first <= b.last AND b.first <= a.last
        )
        SELECT pair.year::SMALLINT AS year, number1::SMALLINT AS number1, a.code AS code1, a.own AS own1,
            number2::SMALLINT AS number2, b.code AS code2, b.own AS own2
        FROM pair JOIN member a ON a.number = number1 AND a.year = pair.year
            JOIN member b ON b.number = number2 AND b.year = pair.year
        {chosen}
    """)


def _listed(codes: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{code}'" for code in codes) + ")"


def _stays(rows: PanelRows) -> Iterator[_Stay]:
    first, last = rows.years
    for state in states.all_states():
        for spell in states.spells(state.code, rows.system):
            if not rows.microstates and rows.system == "GW" and spell.number in MICROSTATES:
                continue
            end = spell.end or date(last, 12, 31)
            for year in range(max(first, spell.start.year), min(last, end.year) + 1):
                begins, ends = max(spell.start, date(year, 1, 1)), min(end, date(year, 12, 31))
                yield _Stay(spell.number, state.code, begins, ends)


def _members(stays: list[_Stay]) -> Iterator[tuple[int, int, str, str | None]]:
    """Yield number, year, code and own code, once a number and year."""
    days: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in stays:
        days[one.number, one.first.year][one.code] += one.days
    # As for the numbers in data files (statistics): the state that bore it for more of the year's days counts.
    code_of = {key: max(sorted(borne), key=lambda code: borne[code]) for key, borne in days.items()}
    longest: dict[tuple[str, int], tuple[int, int]] = {}
    for (number, year), code in code_of.items():
        held = (days[number, year][code], -number)
        longest[code, year] = max(longest.get((code, year), held), held)
    for (number, year), code in sorted(code_of.items()):
        yield number, year, code, code if longest[code, year][1] == -number else None


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    import pandas as pd

    types = {
        "number": "INTEGER",
        "year": "INTEGER",
        "first": "DATE",
        "last": "DATE",
        "code": "VARCHAR",
        "own": "VARCHAR",
    }
    connection.register("given", pd.DataFrame(rows, columns=list(columns), dtype=object))
    cast = ", ".join(f"CAST({column} AS {types[column]}) AS {column}" for column in columns)
    connection.execute(f"CREATE TABLE {name} AS SELECT {cast} FROM given")
    connection.unregister("given")
