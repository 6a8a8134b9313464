"""A workspace of a former state: its acts and figures are its own, in the record and in what is checked."""

from __future__ import annotations

from pathlib import Path

from tests.app.conftest import Run

NOTE = """# Soviet and Japanese diplomacy

Soviet President Mikhail Gorbachev visited Tokyo on 16 April 1991.

Soviet Foreign Minister Eduard Shevardnadze visited Tokyo on 15 January 1986.

Russian President Boris Yeltsin visited Tokyo on 12 October 1993.

| Year | Exports of the Soviet Union to Japan (US$ million) |
|---|---|
| 1989 | 2,990 |
| 1990 | 3,370 |

Source: Statistics Office, Yearbook, 1992.
"""
DRAFT = """# A draft

The Soviet Union's exports to Japan came to US$ 3,370 million in 1990. Soviet exports to Japan came to US$ 9,370 million in 1989.
"""


def test_the_acts_of_a_former_state_are_its_own(inside: Run, tmp_path: Path) -> None:
    """Gorbachev's visit is the Soviet Union's, Yeltsin's of 1993 is none of its; claims on Soviet exports are held against its figures."""
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    assert inside("init", "SUN", "JPN", "soviet").returncode == 0
    there = tmp_path / "soviet"
    assert inside("add", "../note.md", cwd=there).returncode == 0
    assert inside("build", cwd=there).returncode == 0
    contacts = inside("measure", "contacts", cwd=there).stdout
    assert "2 contacts between the Soviet Union and Japan are on record from 1986 to 1991" in contacts
    checked = inside("check", "--show-confirmed", "../draft.md", cwd=there)
    assert checked.returncode == 1
    assert "LVL001 confirmed: The figures bear this out: 3,370 in 1990." in checked.stdout
    assert 'LVL001 "US$ 9,370 million" does not agree with the figures: 2,990 in 1989.' in checked.stdout


def test_a_record_of_the_successor_is_as_before(inside: Run, tmp_path: Path) -> None:
    """In a record of Russia the coder's code stands."""
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    assert inside("init", "RUS", "JPN", "russia").returncode == 0
    there = tmp_path / "russia"
    assert inside("add", "../note.md", cwd=there).returncode == 0
    inside("build", cwd=there)
    assert "3 contacts between Russia and Japan" in inside("measure", "contacts", cwd=there).stdout


def test_a_former_state_named_by_its_name_is_answered_with_codes(inside: Run) -> None:
    """Whoever starts a record of the Soviet Union by name learns that its code does it, and which successors there are."""
    refused = inside("init", "Soviet Union", "Japan", "soviet")
    assert refused.returncode == 2
    assert "SUN (1922-1991)" in refused.stderr and "give its code" in refused.stderr and "RUS" in refused.stderr
    assert inside("init", "SUN", "Japan", "soviet").returncode == 0
