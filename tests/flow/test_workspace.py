"""A workspace is one folder for one dyad, found from anywhere inside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.flow import Workspace, dyad_of, state_name
from comity.terms import ComityError, Dyad, WorkspaceError


def test_a_workspace_is_found_from_inside(workspace: Workspace) -> None:
    """From a folder deep inside, the workspace above is found, with its dyad."""
    deep = workspace.sources / "letters" / "2019"
    deep.mkdir(parents=True)
    found = Workspace.find(deep)
    assert found.root == workspace.root
    assert found.dyad == Dyad("FRA", "IND")


def test_outside_there_is_none(tmp_path: Path) -> None:
    """Where there is no workspace, the error says how to make one."""
    assert Workspace.find_or_none(tmp_path) is None
    with pytest.raises(WorkspaceError, match="comity init"):
        Workspace.find(tmp_path)


def test_making_it_twice_changes_nothing(workspace: Workspace) -> None:
    """The same dyad again, in either order, leaves the settings as they are; another dyad is refused."""
    before = (workspace.root / "comity.toml").read_text(encoding="utf-8")
    assert Workspace.create(workspace.root, Dyad("IND", "FRA")).dyad == Dyad("FRA", "IND")
    assert (workspace.root / "comity.toml").read_text(encoding="utf-8") == before
    with pytest.raises(WorkspaceError, match="FRA-IND"):
        Workspace.create(workspace.root, Dyad("FRA", "BRA"))


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("PAK", "JPN", "PAK-JPN"),
        ("pakistan", "Japan", "PAK-JPN"),
        ("South Korea", "the Netherlands", "KOR-NLD"),
        ("fra", "ind", "FRA-IND"),
    ],
)
def test_states_are_named_as_people_name_them(first: str, second: str, label: str) -> None:
    """Codes in any case and names in any usual spelling lead to the same dyad."""
    assert dyad_of(first, second).label == label


@pytest.mark.parametrize(("first", "second"), [("Korea", "Japan"), ("Atlantis", "Japan"), ("PAK", "Pakistan")])
def test_doubtful_names_are_refused(first: str, second: str) -> None:
    """A name of two states, an unknown one, or one state twice makes no workspace."""
    with pytest.raises(ComityError):
        dyad_of(first, second)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dyad = [", "not valid TOML"),
        ("", "names no dyad"),
        ('dyad = ["FRA"]', "names no dyad"),
        ('dyad = ["FRA", "IND"]\ntitel = "x"', "titel"),
        ('dyad = ["FRA", "Atlantis"]', "Atlantis"),
    ],
)
def test_broken_settings_name_the_file(tmp_path: Path, text: str, words: str) -> None:
    """A setting that cannot be understood is an error that names the file and the setting."""
    (tmp_path / "comity.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=words) as raised:
        Workspace.find(tmp_path)
    assert "comity.toml" in str(raised.value)


def test_codes_have_names_for_people() -> None:
    """States and PLOVER's other actors have names; an unknown code stays itself."""
    assert (state_name("FRA"), state_name("UNO"), state_name("QQQ")) == ("France", "United Nations", "QQQ")
