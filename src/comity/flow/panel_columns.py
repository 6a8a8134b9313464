"""The columns of a panel: each source's figures brought to pairs and years in DuckDB, and joined to the rows from both sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.flow.panel_events import CodedEvents, event_columns, make_events
from comity.flow.panel_leaders import LeaderTerms, leader_columns, make_leaders
from comity.flow.panel_rows import PanelRows
from comity.flow.panel_variables import CONSTANT, HELD, Variable
from comity.flow.panel_votes import make_pair_votes, make_state_votes
from comity.flow.wording import counted
from comity.statistics import Shelved, entry, figure_view
from comity.terms import InvalidTerm

if TYPE_CHECKING:
    import duckdb

# How figures come to years: as the year's own, in each year that they touch, or in all years.
_YEARLY: Final = "yearly"
_HELD: Final = "held"
_ALWAYS: Final = "always"
_SIDES: Final = {"12": ("1", "2"), "21": ("2", "1")}
_COUNTS: Final = {
    "pair": {
        "votes_alike": "Roll calls of the UN General Assembly in which both voted alike (yes, no or abstained)",
        "votes_half": "Roll calls in which one side abstained while the other voted yes or no",
        "votes_opposed": "Roll calls in which one side voted yes and the other no",
    },
    "alone": {
        "votes_yes": "Roll calls of the UN General Assembly in which the state voted yes",
        "votes_no": "Roll calls in which the state voted no",
        "votes_abstain": "Roll calls in which the state abstained",
    },
}
_AGREEMENT: Final = (
    "Roll calls in which both voted alike and half of those in which one side abstained, over all in which both took part "
    "(Lijphart 1963, American Political Science Review 57(4): 902-917)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a panel.

    Attributes:
        name: as it stands in the file.
        kind: "integer", "number" or "string".
        title: what it holds, in a sentence.
        unit: of its figures; "" for what names a row.
        variable: whose figures they are; None for what names a row.
        notes: how it was made.
        expression: what it is in DuckDB.
    """

    name: str
    kind: str
    title: str
    unit: str = ""
    variable: Variable | None = None
    notes: tuple[str, ...] = ()
    expression: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a panel, and the joins of the tables that their expressions name to `frame f`."""

    columns: tuple[Column, ...]
    joins: tuple[str, ...]


def naming_columns(rows: PanelRows) -> list[Column]:
    """Return the columns that name a row: year, codes, numbers."""
    held = (
        "The number's bearer for most of the year's days as a member. A state that bore two numbers in one year has two rows; "
        "the year's figures stand on that of the number that it bore longer."
    )
    made = [Column("year", "integer", "Calendar year", expression="f.year")]
    sides = [""] if rows.by_state else ["1", "2"]
    for side in sides:
        who = f"state {side}" if side else "the state"
        title = f"ISO 3166-1 alpha-3 code of {who}; of former states the withdrawn code"
        made.append(Column(f"code{side}", "string", title, notes=(held,), expression=f"f.code{side or 1}"))
    for side in sides:
        title = f"Number of {f'state {side}' if side else 'the state'} in the {rows.system} system"
        made.append(Column(f"{rows.prefix}{side}", "integer", title, expression=f"f.number{side or 1}"))
    return made


class Joiner:
    """Makes the tables of the variables, and the columns and joins that read them.

    Args:
        connection: in which `frame` stands, and the view `figures`.
        shelf: the shelved data sets.
        rows: those of `frame`.
        always: variables that are taken for all years, although their source dates them.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        shelf: Sequence[Shelved],
        rows: PanelRows,
        leaders: Sequence[LeaderTerms] = (),
        events: Sequence[CodedEvents] = (),
        always: Iterable[Variable] = (),
    ) -> None:
        self._connection = connection
        self._shelf = shelf
        self._leaders = {one.variable: one for one in leaders}
        self._events = {one.variable: one for one in events}
        self._rows = rows
        self._always = frozenset(always)
        self._columns = naming_columns(rows)
        self._joins: list[str] = []
        self._tables = 0

    def columns(self, variables: Sequence[Variable]) -> Columns:
        """Return the columns of the variables, in their order.

        Raises:
            InvalidTerm: two columns would have one name.
        """
        made: dict[Variable, list[Column]] = {}
        groups: dict[tuple[str, str, str], list[Variable]] = defaultdict(list)
        for one in variables:
            if one.is_roll_call:
                made[one] = self._votes(one)
            elif one in self._leaders:
                made[one] = self._in_office(self._leaders[one])
            elif one in self._events:
                made[one] = self._acts(self._events[one])
            else:
                groups[one.source, one.shape, self._way(one)].append(one)
        for (source, shape, way), group in groups.items():
            made |= self._figures(source, shape, way, group)
        ordered = (*self._columns, *(column for one in variables for column in made[one]))
        names = [column.name for column in ordered]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise InvalidTerm(f"two columns would be called {twice[0]}", remedy="Ask for one of the two variables.")
        return Columns(ordered, tuple(self._joins))

    def _way(self, one: Variable) -> str:
        if one in self._always:
            return _ALWAYS
        if one.kind == HELD:
            return _HELD
        if one.kind != CONSTANT:
            return _YEARLY
        # A distance that its source gives anew each year (weighted by the year's populations) is of those years.
        return _YEARLY if is_moving(self._connection, one) else _ALWAYS

    def _figures(self, source: str, shape: str, way: str, group: Sequence[Variable]) -> dict[Variable, list[Column]]:
        table = self._table()
        name = f"{table}_figures"
        wanted = {digest for one in group for digest in one.digests}
        figure_view(self._connection, [one for one in self._shelf if one.digest in wanted], f"{name}_all")
        cases = " ".join(f"WHEN {condition(one)} THEN {number}" for number, one in enumerate(group))
        codes = _among(self._rows, shape)
        self._connection.execute(
            f'CREATE VIEW {name} AS SELECT reporter AS one, partner AS two, start, "end", value, CASE {cases} END AS which '
            f"FROM {name}_all WHERE which IS NOT NULL{codes}"
        )
        keys = ["one", "two"] if shape == "pair" else ["one"]
        keys += [] if way == _ALWAYS else ["year"]
        self._make(table, name, way, keys, len(group))
        self._connection.execute(f"DROP VIEW {name}; DROP VIEW {name}_all")
        files = len(wanted)
        return {one: self._placed(one, table, f"v{number}", way, files) for number, one in enumerate(group)}

    def _make(self, table: str, view: str, way: str, keys: Sequence[str], number: int) -> None:
        first, last = self._rows.years
        key = ", ".join(keys)
        if way == _HELD and not self._is_by_year(view):
            query = f"""
                WITH spell AS (
                    SELECT one, two, which, value, start, coalesce("end", DATE '{last}-12-31') AS stop FROM {view}
                    WHERE start <= DATE '{last}-12-31' AND ("end" IS NULL OR "end" >= DATE '{first}-01-01')
                ), held AS (
                    SELECT {key}, which, value,
                        sum(least(stop, make_date(year, 12, 31)) - greatest(start, make_date(year, 1, 1)) + 1) AS days
                    FROM spell JOIN (SELECT unnest(range({first}, {last} + 1)) AS year) y
                        ON year BETWEEN year(start) AND year(stop)
                    GROUP BY {key}, which, value
                )
                SELECT {key}, {", ".join(_most_days(one) for one in range(number))} FROM held GROUP BY {key}
            """
        else:
            years = f"WHERE year(start) BETWEEN {first} AND {last}" if way != _ALWAYS else ""
            year = ", year(start) AS year" if way != _ALWAYS else ""
            query = f"""
                SELECT {key}, {", ".join(_agreed(one) for one in range(number))}
                FROM (SELECT one, two, value, which{year} FROM {view} {years}) GROUP BY {key}
            """
        self._connection.execute(f"CREATE TABLE {table} AS {query}")

    def _is_by_year(self, view: str) -> bool:
        """Whether all figures are of whole years, each of one, so that no days need be counted."""
        (other,) = self._connection.execute(
            f"SELECT count(*) FROM {view} WHERE NOT coalesce(month(start) = 1 AND day(start) = 1 "
            'AND "end" = make_date(year(start), 12, 31), false)'
        ).fetchall()[0]
        return not other

    def _placed(self, one: Variable, table: str, value: str, way: str, files: int) -> list[Column]:
        """Return the columns of a variable: one, or one a side."""
        kind = self._kind(one, table, value)
        notes = [*_notes(one, way), *self._differing(table, value, way, files)]
        name = entry(one.indicator).indicator.name
        if self._rows.by_state:
            side = "world" if one.shape == "world" else ""
            title = name + (", with all partners" if side else "")
            return [self._column(one, (one.stem, side), kind, title, notes, [self._join(table, way, "1")], value)]
        if one.shape != "pair":
            world = "_world" if one.shape == "world" else ""
            partners = " with all partners" if world else ""
            return [
                self._column(
                    one, (one.stem, side + world), kind, f"{name}, of state {side}{partners}", notes, [join], value
                )
                for side, join in ((side, self._join(table, way, side)) for side in ("1", "2"))
            ]
        joins = {side: self._join(table, way, side) for side in _SIDES}
        if entry(one.indicator).indicator.directed == "both" and not self._lopsided(table, value, way):
            return [self._column(one, (one.stem,), kind, f"{name} of the two states", notes, [*joins.values()], value)]
        titles = {
            side: f"{name}, of state {reporter} (reporter) with state {partner} (partner)"
            for side, (reporter, partner) in _SIDES.items()
        }
        return [self._column(one, (one.stem, side), kind, titles[side], notes, [joins[side]], value) for side in _SIDES]

    def _column(
        self,
        one: Variable,
        stem: Iterable[str],
        kind: str,
        title: str,
        notes: Sequence[str],
        aliases: Sequence[str],
        value: str,
    ) -> Column:
        read = ", ".join(f"{alias}.{value}" for alias in aliases)
        read = read if len(aliases) == 1 else f"coalesce({read})"
        expression = f"CAST({read} AS BIGINT)" if kind == "integer" else read
        name = "_".join(filter(None, (*stem, one.tail)))
        return Column(name, kind, title, one.unit, one, tuple(notes), expression)

    def _kind(self, one: Variable, table: str, value: str) -> str:
        if entry(one.indicator).measured not in ("code", "count"):
            return "number"
        (broken,) = self._connection.execute(
            f"SELECT count(*) FROM {table} WHERE {value} <> trunc({value})"
        ).fetchall()[0]
        return "number" if broken else "integer"

    def _lopsided(self, table: str, value: str, way: str) -> bool:
        """Whether the two orders of a pair ever have different figures."""
        year = "" if way == _ALWAYS else " AND a.year = b.year"
        (differing,) = self._connection.execute(
            f"SELECT count(*) FROM {table} a JOIN {table} b ON a.one = b.two AND a.two = b.one{year} "
            f"WHERE a.{value} <> b.{value}"
        ).fetchall()[0]
        return bool(differing)

    def _differing(self, table: str, value: str, way: str, files: int) -> list[str]:
        (count,) = self._connection.execute(f"SELECT count(*) FROM {table} WHERE {value}_several").fetchall()[0]
        if not count:
            return []
        if way == _HELD:
            return [
                f"In {counted(count, 'case')} several codes held in one year: the one for most of its days stands, and none where two "
                "held as long."
            ]
        between = f" the {files} files" if files > 1 else " the file"
        return [
            f"In {counted(count, 'case')}{between} of this source had different figures for the same cell; it is left empty."
        ]

    def _join(self, table: str, way: str, side: str) -> str:
        """Return the alias under which a table is joined for a side ("1", "2", "12", "21"), and join it once."""
        alias = f"{table}_{side}"
        # What is of one year counts once for a state, what holds or always holds on each of its rows.
        code = "own" if way == _YEARLY else "code"
        ends = [f"{alias}.{end} = f.{code}{state}" for end, state in zip(("one", "two"), side, strict=False)]
        ends += [] if way == _ALWAYS else [f"{alias}.year = f.year"]
        join = f"LEFT JOIN {table} {alias} ON {' AND '.join(ends)}"
        if join not in self._joins:
            self._joins.append(join)
        return alias

    def _votes(self, one: Variable) -> list[Column]:
        table = self._table()
        notes = (
            "Only roll calls in which both took part by voting yes or no or abstaining; absences and resolutions adopted "
            "without a vote do not count."
            if one.shape == "pair"
            else "Absences and resolutions adopted without a vote do not count.",
        )
        if one.shape == "pair":
            make_pair_votes(self._connection, one.source, table, self._rows.years)
            # The table has each pair once, the earlier code first; with an empty code no row fits.
            first, second = ("CASE WHEN f.own1 < f.own2 THEN f.own1 ELSE f.own2 END",
                             "CASE WHEN f.own1 < f.own2 THEN f.own2 ELSE f.own1 END")  # fmt: skip
            ends = f"{table}.one = {first} AND {table}.two = {second}"
        else:
            make_state_votes(self._connection, one.source, table, self._rows.years)
            ends = f"{table}.one = f.own1"
        self._joins.append(f"LEFT JOIN {table} ON {ends} AND {table}.year = f.year")
        columns = [
            Column(f"{stem}_{one.tail}", "integer", title, one.unit, one, notes, f"{table}.{stem}")
            for stem, title in _COUNTS[one.shape].items()
        ]
        if one.shape == "pair":
            share = f"({table}.votes_alike + {table}.votes_half / 2) / ({table}.votes_alike + {table}.votes_half + {table}.votes_opposed)"
            columns.append(Column(f"votes_agreement_{one.tail}", "number", _AGREEMENT, "share", one, notes, share))
        return columns

    def _in_office(self, held: LeaderTerms) -> list[Column]:
        table, one = self._table(), held.variable
        left_open = make_leaders(self._connection, held, table, self._rows)
        made = []
        for side in [""] if self._rows.by_state else ["1", "2"]:
            alias = self._join(table, _YEARLY, side or "1")
            for stem, value, kind, title, unit, notes in leader_columns(held, left_open):
                name = "_".join(filter(None, (stem, side, one.tail)))
                whose = f"{title}, of state {side}" if side else title
                made.append(Column(name, kind, whose, unit, one, notes, f"{alias}.{value}"))
        return made

    def _acts(self, held: CodedEvents) -> list[Column]:
        table, one = self._table(), held.variable
        make_events(self._connection, held, table, self._rows.years)
        aliases = {side: self._join(table, _YEARLY, side) for side in _SIDES}
        return [
            Column(
                "_".join(filter(None, (stem, side, one.tail))),
                *("integer", title, unit, one, notes, f"{aliases[side or '12']}.{value}"),
            )
            for stem, side, value, title, unit, notes in event_columns(held)
        ]

    def _table(self) -> str:
        self._tables += 1
        return f"t{self._tables}"


def is_moving(connection: duckdb.DuckDBPyConnection, one: Variable) -> bool:
    """Whether a source ever has two figures for one pair at different times."""
    (moving,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM figures WHERE {condition(one)} GROUP BY reporter, partner "
        "HAVING min(value) <> max(value))"
    ).fetchall()[0]
    return bool(moving)


def condition(one: Variable) -> str:
    """Return the variable's figures as a condition of SQL on the view `figures`."""
    partner = {"world": "partner = 'WLD'", "alone": "partner = ''", "pair": "partner NOT IN ('WLD', '')"}[one.shape]
    parts = [
        partner,
        *(f"{name} = {_quoted(getattr(one, name))}" for name in ("source", "indicator", "product", "unit")),
    ]
    parts += [f"{name} = {_quoted(getattr(one, name))}" for name in ("valuation", "status")]
    parts.append("base_year IS NULL" if one.base_year is None else f"base_year = {one.base_year}")
    if one.kind not in (HELD, CONSTANT):
        parts.append("precision = 'year' AND month(start) = 1 AND day(start) = 1")
        parts.append('"end" = make_date(year(start), 12, 31)')
    return " AND ".join(parts)


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _among(rows: PanelRows, shape: str) -> str:
    """Return the condition that leaves out all states but those that a small panel names."""
    if not rows.named:
        return ""
    codes = ", ".join(f"'{code}'" for code in sorted(rows.named))
    return f" AND reporter IN ({codes})" + (f" AND partner IN ({codes})" if shape == "pair" else "")


def _agreed(number: int) -> str:
    """Return the columns of one variable: its figure, NULL where two files differ, and whether they do."""
    least, most = (f"{way}(value) FILTER (which = {number})" for way in ("min", "max"))
    return f"CASE WHEN {least} = {most} THEN {least} END AS v{number}, {least} <> {most} AS v{number}_several"


def _most_days(number: int) -> str:
    """Return the columns of one variable: the code of most days, NULL where two held as long, and whether several held."""
    mine = f"FILTER (which = {number})"
    least, most = (f"arg_max(value, (days, {sign}value)) {mine}" for sign in ("-", ""))
    return f"CASE WHEN {least} = {most} THEN {most} END AS v{number}, count(DISTINCT value) {mine} > 1 AS v{number}_several"


def _notes(one: Variable, way: str) -> list[str]:
    notes = []
    if way == _HELD:
        notes.append("A code of the source (see its codebook), for every year in which it held on any day.")
    elif way == _ALWAYS:
        notes.append("The source gives one figure for all times; it stands in every year.")
    if one.status:
        notes.append(f"Status: {one.status}.")
    if one.valuation:
        notes.append(f"Valuation: {one.valuation}.")
    if one.base_year:
        notes.append(f"In prices of {one.base_year}.")
    if one.product:
        notes.append(f"Product: {one.product}.")
    if one.products:
        notes.append(f"All products together; {one.products:,} single products of the source are left out.")
    if one.finer:
        notes.append(
            f"Figures of whole calendar years; {one.finer:,} of quarters, months or fiscal years are left out."
        )
    return notes
