"""Votes in the United Nations General Assembly as counts by year: of each state, and of each pair together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

_CHOICES = ("yes", "no", "abstain")


def make_state_votes(connection: duckdb.DuckDBPyConnection, source: str, table: str, years: tuple[int, int]) -> None:
    """Make a table of `one` (the state), `year`, `votes_yes`, `votes_no` and `votes_abstain`."""
    counts = ", ".join(f"count(*) FILTER (vote = '{choice}') AS votes_{choice}" for choice in _CHOICES)
    connection.execute(
        f"CREATE TABLE {table} AS SELECT state AS one, year, {counts} FROM ({_ballots(source, years)}) GROUP BY state, year"
    )


def make_pair_votes(connection: duckdb.DuckDBPyConnection, source: str, table: str, years: tuple[int, int]) -> None:
    """Make a table of `one`, `two` (the earlier code first), `year`, `votes_alike`, `votes_half` and `votes_opposed`.

    Pairs without a roll call in which both took part have no row.
    """
    import pandas as pd

    # States and roll calls as places in a matrix, from 0 within their year; votes as places in _CHOICES.
    cases = " ".join(f"WHEN '{choice}' THEN {place}" for place, choice in enumerate(_CHOICES))
    connection.execute(f"""
        CREATE TEMP TABLE {table}_ballots AS SELECT year, state, CASE vote {cases} END AS choice,
            dense_rank() OVER (PARTITION BY year ORDER BY state) - 1 AS row,
            dense_rank() OVER (PARTITION BY year ORDER BY rollcall) - 1 AS place
        FROM ({_ballots(source, years)})
    """)
    connection.execute(
        f"CREATE TABLE {table} (one VARCHAR, two VARCHAR, year SMALLINT, votes_alike INTEGER, votes_half INTEGER, "
        "votes_opposed INTEGER)"
    )
    held = connection.execute(
        f"SELECT year, max(place) + 1, list(DISTINCT state ORDER BY state) FROM {table}_ballots GROUP BY year ORDER BY year"
    ).fetchall()
    # A year at a time: its states and roll calls fit into a few small matrices, all pairs of it into a few more.
    for year, calls, codes in held:
        ballots = connection.execute(f"SELECT row, place, choice FROM {table}_ballots WHERE year = {year}").fetchnumpy()
        states = np.array(codes, dtype=object)
        cast = np.zeros((len(_CHOICES), len(states), calls), dtype=np.float32)
        cast[ballots["choice"], ballots["row"], ballots["place"]] = 1
        alike, half, opposed = _together(*cast)
        first, second = np.nonzero(np.triu(alike + half + opposed, k=1))
        given = pd.DataFrame(
            {
                "one": states[first],
                "two": states[second],
                "alike": alike[first, second].astype(np.int32),
                "half": half[first, second].astype(np.int32),
                "opposed": opposed[first, second].astype(np.int32),
            }
        )
        connection.register("given", given)
        connection.execute(f"INSERT INTO {table} SELECT one, two, {year}, alike, half, opposed FROM given")
        connection.unregister("given")
    connection.execute(f"DROP TABLE {table}_ballots")


def _together(
    yes: NDArray[np.float32], no: NDArray[np.float32], abstain: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return how often each two states voted alike, one abstained, and they were opposed; a row is a state, a column a roll call."""
    decided: NDArray[np.float32] = yes + no
    alike: NDArray[np.float32] = yes @ yes.T + no @ no.T + abstain @ abstain.T
    half: NDArray[np.float32] = decided @ abstain.T + abstain @ decided.T
    opposed: NDArray[np.float32] = yes @ no.T + no @ yes.T
    return alike, half, opposed


def _ballots(source: str, years: tuple[int, int]) -> str:
    """Return the query of a source's votes, each once; two files that differ on a vote give none."""
    choices = ", ".join(f"'{choice}'" for choice in _CHOICES)
    return (
        "SELECT state, rollcall, year(any_value(date)) AS year, min(vote) AS vote FROM votes "
        f"WHERE source = '{source}' AND year(date) BETWEEN {years[0]} AND {years[1]} AND vote IN ({choices}) "
        "GROUP BY state, rollcall HAVING min(vote) = max(vote) AND min(year(date)) = max(year(date))"
    )
