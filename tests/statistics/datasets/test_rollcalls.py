"""Votes in the General Assembly stand in a table of their own, with dates from the list beside them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from comity.statistics import Shelved, dyad_figures, shelve, vote_view
from comity.terms import Dyad, UnreadableSource
from tests.statistics.datasets.conftest import is_whole, reasons

VOTES = """rcid,country,country_code,vote
3,Russia,RU,no
9,Russia,RU,no
9,Japan,JP,yes
9,Federal Republic of Germany,NA,abstain
9,Ukraine,UA,no
8,Japan,JP,yes
9,Pakistan,PK,perhaps
"""
LIST = "rcid,session,importantvote,date,unres,amend,para\n3,1,0,1946-01-01,R/1,1,0\n9,49,1,1994-12-01,R/2,0,0\n"


def rows(shelf: Shelved) -> list[tuple[object, ...]]:
    """Return the votes of a shelved table."""
    with duckdb.connect() as connection:
        vote_view(connection, [shelf])
        return connection.execute(
            "SELECT rollcall, year(date), state, vote, important FROM votes ORDER BY rollcall, state"
        ).fetchall()


def test_votes_take_their_dates_from_the_list_beside_them(tmp_path: Path) -> None:
    """Votes and list are read together; one name of two states in turn is the one of the vote's year."""
    (tmp_path / "votes.csv").write_text(VOTES)
    (tmp_path / "list.csv").write_text(LIST)
    shelf = shelve(tmp_path / "votes.csv", tmp_path / "shelf")
    assert rows(shelf) == [
        ("3", 1946, "SUN", "no", False),
        ("9", 1994, "DEU", "abstain", True),
        ("9", 1994, "JPN", "yes", True),
        ("9", 1994, "RUS", "no", True),
        ("9", 1994, "UKR", "no", True),
    ]
    assert reasons(shelf) == {"roll-call": 1, "vote": 1}
    assert is_whole(shelf)
    assert dyad_figures([shelf], Dyad("PAK", "JPN")) == []


def test_votes_without_their_list_are_refused(tmp_path: Path) -> None:
    """Votes by number alone have no date, and say which file they need; the list alone says so too."""
    (tmp_path / "votes.csv").write_text(VOTES)
    with pytest.raises(UnreadableSource, match="importantvote"):
        shelve(tmp_path / "votes.csv", tmp_path / "shelf")
    (tmp_path / "list.csv").write_text(LIST)
    with pytest.raises(UnreadableSource, match="beside"):
        shelve(tmp_path / "list.csv", tmp_path / "shelf")


def test_the_dataverse_file_has_votes_and_dates(tmp_path: Path) -> None:
    """The publisher's own file needs no list; absent is a vote of its own, and no member is none."""
    text = (
        "rcid,ccode,member,vote,session,importantvote,date,unres\n"
        "9,740,1,1,49,1,1994-12-01,R/2\n9,770,1,8,49,1,1994-12-01,R/2\n9,713,0,9,49,1,1994-12-01,R/2\n"
        "9,740,1,1,49,1,1994-12-01,R/2\n"
    )
    (tmp_path / "UNVotes.csv").write_text(text)
    shelf = shelve(tmp_path / "UNVotes.csv", tmp_path / "shelf")
    assert [(state, vote) for _, _, state, vote, _ in rows(shelf)] == [("JPN", "yes"), ("PAK", "absent")]
    assert (shelf.missing, shelf.repeated) == (1, 1)
    assert is_whole(shelf)
