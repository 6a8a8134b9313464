"""Votes of the United Nations General Assembly: a table of their own on the shelf, one row a vote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.statistics.datasets.bearers import bearers
from comity.statistics.datasets.heads import Head, literal
from comity.statistics.datasets.meanings import fill
from comity.statistics.datasets.problems import DataProblem, problem
from comity.statistics.datasets.recognising import Recognised, recognised
from comity.statistics.datasets.shelving import Shelved, found_vintage, shelved, write_parquet
from comity.statistics.datasets.sources import Layout, RollCall, layouts
from comity.statistics.datasets.table import Content, content_of, load, quoted, workplace
from comity.terms import ComityError, UnreadableSource

if TYPE_CHECKING:
    import duckdb

_TOLD: Final = 5
_NO_ROWS: Final = (
    "SELECT '' AS rollcall, DATE '1900-01-01' AS date, '' AS state, '' AS vote, false AS important WHERE false"
)


def shelve_votes(path: Path, folder: Path, found: Recognised, vintage: str, beside: tuple[Path, ...]) -> Shelved:
    """Put a table of votes on the shelf; `shelve` says what the arguments are.

    Raises:
        UnreadableSource: the file lacks the dates and no file beside it has them, or it is the list of roll calls itself.
    """
    layout, described = found.layout, found.layout.roll_call
    assert described is not None
    if layout.list_only:
        raise UnreadableSource(
            path.name,
            "this is the list of roll calls without the votes",
            remedy="Put it beside the table of votes; both are read together.",
        )
    content = content_of(path)
    companion = _companion(path, described, beside) if described.companion else None
    listed = None if companion is None else content_of(companion[0])
    both = content.digest if listed is None else hashlib.sha256(f"{content.digest}{listed.digest}".encode()).hexdigest()
    target = folder / f"{both}.{layout.name}.{layout.version}.parquet"
    if target.is_file():
        return shelved(target)
    with workplace() as (connection, work):
        rows = load(connection, work, path, found.head, content, _columns(layout, described, found.head))
        connection.execute("ALTER TABLE raw RENAME TO votes")
        if companion is not None and listed is not None:
            _load_list(connection, work, companion, listed)
        _make_cast(connection, layout, found.head, with_list=companion is not None)
        told = _settle(connection, path.name, rows)
        made = Shelved(
            target, path.name, layout.name, content.digest, rows, vintage=vintage or found_vintage(path, layout), **told
        )
        query = "SELECT rollcall, date, state, vote, important, row FROM kept ORDER BY date, rollcall, state, row"
        write_parquet(connection, query, made)
    return made


def _columns(layout: Layout, described: RollCall, head: Head) -> set[int]:
    named = (
        layout.reporter,
        layout.fallback,
        described.number,
        described.vote.column,
        described.date,
        described.important,
    )
    return {place for name in named if name and (place := head.column(name)) is not None}


def _companion(path: Path, described: RollCall, beside: tuple[Path, ...]) -> tuple[Path, Recognised]:
    wanted = layouts()[described.companion]
    candidates = beside or tuple(sorted(one for one in path.parent.iterdir() if one.is_file() and one != path))
    for one in candidates:
        try:
            found = recognised(one)
        except (ComityError, OSError):
            continue
        if found is not None and found.layout.name == wanted.name:
            return one, found
    raise UnreadableSource(
        path.name,
        "the votes name their roll calls by number only, and no list of roll calls stands beside them",
        remedy=f"Put the file with the columns {', '.join(wanted.headers[:4])} into the same folder.",
    )


def _load_list(
    connection: duckdb.DuckDBPyConnection, work: Path, companion: tuple[Path, Recognised], content: Content
) -> None:
    path, found = companion
    described = found.layout.roll_call
    assert described is not None
    load(connection, work, path, found.head, content, _columns(found.layout, described, found.head))
    number, date, important = (
        _cell(found.head, name) for name in (described.number, described.date, described.important)
    )
    connection.execute(f"""
        CREATE TABLE listed AS SELECT {_number(number)} AS number, any_value({_date(date)}) AS date,
            any_value({_flag(important)}) AS important
        FROM raw GROUP BY 1 HAVING count(DISTINCT {_date(date)}) = 1
    """)


def _cell(head: Head, name: str) -> str:
    place = head.column(name) if name else None
    return "''" if place is None else f"c{place}"


def _number(cell: str) -> str:
    return f"regexp_replace({cell}, '\\.0+$', '')"


def _date(cell: str) -> str:
    return f"TRY_CAST(left({cell}, 10) AS DATE)"


def _flag(cell: str) -> str:
    return f"CASE regexp_replace({cell}, '\\.0+$', '') WHEN '1' THEN true WHEN '0' THEN false END"


def _make_cast(connection: duckdb.DuckDBPyConnection, layout: Layout, head: Head, *, with_list: bool) -> None:
    """Make the table `cast_votes`: each vote with its state and date, or why it is refused."""
    described = layout.roll_call
    assert described is not None
    date = "l.date" if with_list else _date(_cell(head, described.date))
    important = "l.important" if with_list else _flag(_cell(head, described.important))
    number, state, name = (_cell(head, one) for one in (described.number, layout.reporter, layout.fallback))
    join = f"LEFT JOIN listed l ON l.number = {_number(number)}" if with_list else ""
    connection.execute(f"""
        CREATE TABLE given_votes AS SELECT row, {_number(number)} AS rollcall, {date} AS date, {important} AS important,
            CASE WHEN {state} IN ('NA', 'NULL') THEN '' ELSE {_number(state)} END AS code, {name} AS name,
            {_number(_cell(head, described.vote.column))} AS label
        FROM votes {join}
    """)
    asked = connection.execute(
        "SELECT DISTINCT code, name, year(date) FROM given_votes WHERE date IS NOT NULL"
    ).fetchall()
    rows = [(code, name, year, *_borne(layout, code, name, year)) for code, name, year in asked]
    types = "code VARCHAR, name VARCHAR, year INTEGER, state VARCHAR, refused VARCHAR, detail VARCHAR"
    fill(connection, "voters", types, rows)
    meanings = [(label, meaning) for label, meaning in described.vote.of.items()]
    fill(connection, "choices", "label VARCHAR, meaning VARCHAR", meanings)
    state_at, vote_at, number_at = (
        head.column(one) or 0 for one in (layout.reporter, described.vote.column, described.number)
    )
    connection.execute(f"""
        CREATE TABLE cast_votes AS SELECT row, rollcall, date, important, v.state, c.meaning AS vote,
            CASE WHEN c.meaning = '' OR g.label IN ('', 'NA') THEN 'missing'
                WHEN date IS NULL THEN 'roll-call'
                WHEN c.meaning IS NULL THEN 'vote'
                WHEN v.refused <> '' THEN v.refused END AS reason,
            CASE reason WHEN 'roll-call' THEN rollcall WHEN 'vote' THEN concat(chr(39), g.label, chr(39))
                ELSE v.detail END AS which,
            CASE reason WHEN 'roll-call' THEN {number_at} WHEN 'vote' THEN {vote_at} ELSE {state_at} END AS spot
        FROM given_votes g LEFT JOIN choices c ON c.label = g.label
        LEFT JOIN voters v ON v.code = g.code AND v.name = g.name AND v.year = year(g.date)
    """)


def _borne(layout: Layout, code: str, name: str, year: int) -> tuple[str, str, str]:
    found = bearers(layout, "reporter", code, name, (year, year))[0]
    return found.code, "" if found.refused is None else found.refused.value, found.detail


def _settle(connection: duckdb.DuckDBPyConnection, document: str, rows: int) -> dict[str, Any]:
    """Make the table `kept`: one vote a state and roll call; two that differ are refused, both."""
    connection.execute("""
        CREATE TABLE said AS SELECT rollcall, state, any_value(date) AS date, any_value(important) AS important,
            min(vote) AS vote, min(vote) = max(vote) AS agreed, count(*) AS times, min(row) AS row, max(row) AS other
        FROM cast_votes WHERE reason IS NULL GROUP BY rollcall, state
    """)
    connection.execute("CREATE VIEW kept AS SELECT * FROM said WHERE agreed")
    missing = connection.execute("SELECT count(*) FROM cast_votes WHERE reason = 'missing'").fetchall()[0][0]
    kept, repeated = connection.execute("SELECT count(*), coalesce(sum(times - 1), 0) FROM kept").fetchall()[0]
    return {
        "cells": rows,
        "figures": int(kept),
        "split": 0,
        "missing": int(missing),
        "repeated": int(repeated),
        "problems": (*_refusals(connection, document), *_conflicts(connection, document)),
    }


def _refusals(connection: duckdb.DuckDBPyConnection, document: str) -> list[DataProblem]:
    found = connection.execute(f"""
        WITH which AS (
            SELECT reason, which, min(row) AS first, arg_min(spot, row) AS spot, count(*) AS times
            FROM cast_votes WHERE reason <> 'missing' GROUP BY reason, which
        )
        SELECT reason, sum(times), min(first), arg_min(spot, first), list(which ORDER BY first)[1:{_TOLD}], count(*)
        FROM which GROUP BY reason ORDER BY min(first), reason
    """).fetchall()
    return [
        problem(document, reason, (int(times), int(row), int(column)), [one for one in which if one], int(distinct))
        for reason, times, row, column, which, distinct in found
    ]


def _conflicts(connection: duckdb.DuckDBPyConnection, document: str) -> list[DataProblem]:
    found = connection.execute(
        "SELECT state, rollcall, row, other, times FROM said WHERE NOT agreed ORDER BY row"
    ).fetchall()
    if not found:
        return []
    which = [f"{state} on {number} in rows {row + 1} and {other + 1}" for state, number, row, other, _ in found[:_TOLD]]
    return [problem(document, "conflict", (sum(int(one[4]) for one in found), int(found[0][2]), 0), which, len(found))]


def vote_view(connection: duckdb.DuckDBPyConnection, shelf: Iterable[Shelved], name: str = "votes") -> None:
    """Make a view over the votes of shelved tables in a connection.

    Its columns are `rollcall`, `date`, `state`, `vote` ("yes", "no", "abstain", "absent"), `important` (by the United
    States' State Department; NULL where the list does not say), `source` and `digest`.

    Args:
        connection: the reader's own connection.
        shelf: the shelved files; those of figures are left out.
        name: the view's name.
    """
    parts = [
        f"SELECT rollcall, date, state, vote, important, {quoted(one.entry.key)} AS source, {quoted(one.digest)} AS digest "
        f"FROM read_parquet({quoted(literal(one.path))}, hive_partitioning = false)"
        for one in shelf
        if layouts()[one.layout].roll_call is not None
    ]
    empty = f"SELECT *, '' AS source, '' AS digest FROM ({_NO_ROWS})"
    connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS ' + (" UNION ALL ".join(parts) or empty))
