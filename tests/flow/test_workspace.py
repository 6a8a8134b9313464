"""A workspace is one folder for one dyad, found from anywhere inside it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.flow import Workspace, dyad_of, state_name
from comity.flow.mappings import read_mappings
from comity.terms import ComityError, Dyad, WorkspaceError

_KEYS = st.sampled_from(["1", "unit", "scale", "values", "columns", "index", "table", "basis", "skip", "reporter"])


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4)


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
        ('dyad = ["FRA", "IND"]\ntitle = 3', "title is 3; expected text"),
        ('dyad = ["FRA", "IND"]\ntables = 3', r"\[tables\] is 3; expected a section for each file"),
        ('dyad = ["FRA", "IND"]\n[read]\nocr = "yes"', r"\[read\] knows two settings, ocr"),
        ('dyad = ["FRA", "IND"]\n[read]\njobs = 0', r"\[read\] knows two settings, ocr .* and jobs"),
        ('dyad = ["FRA", "IND"]\n[read]\njobs = true', r"\[read\] knows two settings, ocr .* and jobs"),
        ('dyad = ["FRA", "IND"]\n[tables]\nx = 3', r'\[tables."x"\] is 3; expected a section for each of its tables'),
    ],
)
def test_broken_settings_name_the_file(tmp_path: Path, text: str, words: str) -> None:
    """A setting that cannot be understood is an error that names the file and the setting."""
    (tmp_path / "comity.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=words) as raised:
        Workspace.find(tmp_path)
    assert "comity.toml" in str(raised.value)


def test_text_recognition_is_kept_in_the_settings(workspace: Workspace) -> None:
    """It is off; turned on it is written below what stands in comity.toml, and what is set to false stays false."""
    assert not workspace.recognise
    before = (workspace.root / "comity.toml").read_text(encoding="utf-8")
    assert workspace.recognising().recognise
    after = (workspace.root / "comity.toml").read_text(encoding="utf-8")
    assert after.startswith(before.rstrip()) and Workspace.load(workspace.root).recognise
    (workspace.root / "comity.toml").write_text(after.replace("ocr = true", "ocr = false"), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="does not turn text recognition on"):
        Workspace.load(workspace.root).recognising()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("unit = 3", "unit is 3; expected a unit in quotes"),
        ('unit = "XYZ"', 'unit "XYZ" is not known. A unit is a currency'),
        ('unit = "usd"', 'is "USD" meant'),
        ('unit = "US$ million"', "go into scale"),
        ("scale = true", "scale is true; expected a number"),
        ('scale = "many"', "scale is a number"),
        ('skip = "false"', 'skip is "false"; expected true or false'),
        ("periods = -1", "periods is -1; expected a whole number"),
        ("columns = 3", "columns is 3; expected"),
        ('columns = { value = "x" }', 'columns.value is "x"; expected'),
        ("values = 3", "values is 3; expected a list"),
        ("values = [3]", "values, number 1, is 3; expected"),
        ("values = [{ index = 1, unit = 2 }]", "values, number 1, unit is 2; expected"),
        ("orientation = []", "orientation is a list; expected"),
        ("basis = 3", "basis is 3; expected"),
        ('reporter = "France"', 'reporter is "France"; expected a state\'s code'),
        ('indicator = "export"', 'indicator is "export"; known are exports'),
        ('colour = "red"', "no item colour"),
    ],
)
def test_a_wrong_item_of_a_mapping_is_named(tmp_path: Path, line: str, words: str) -> None:
    """A wrong value under [tables] is an error that names file, section, item and what is expected."""
    text = f'dyad = ["FRA", "IND"]\n[tables."trade.csv"."1"]\n{line}\n'
    (tmp_path / "comity.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as raised:
        Workspace.find(tmp_path)
    said = str(raised.value)
    assert words in said
    assert "comity.toml" in said and '[tables."trade.csv"."1"]' in said


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), _nested, max_leaves=12))
def test_whatever_stands_under_tables_is_said_or_taken(value: object) -> None:
    """No value under [tables] does anything but become mappings or raise a WorkspaceError."""
    with suppress(WorkspaceError):
        read_mappings(value)


@pytest.mark.parametrize("unit", ["USD", "MNT", "DEM", "XAF", "percent", "tonne", "TIV", "carat", "kilowatt-hour"])
def test_units_that_there_are_pass(tmp_path: Path, unit: str) -> None:
    """Currencies of today and of the last century, usual units, and names of rare ones can be set."""
    text = f'dyad = ["FRA", "IND"]\n[tables."trade.csv"."1"]\nunit = "{unit}"\n'
    (tmp_path / "comity.toml").write_text(text, encoding="utf-8")
    assert Workspace.find(tmp_path).mappings["trade.csv"]["1"].unit == unit


def test_codes_have_names_for_people() -> None:
    """States and PLOVER's other actors have names; an unknown code stays itself."""
    assert (state_name("FRA"), state_name("UNO"), state_name("QQQ")) == ("France", "United Nations", "QQQ")


def test_how_it_stands_and_its_record_are_told_without_what_reads_documents() -> None:
    """A fresh process that tells how a workspace stands, or opens its record, loads no reader of documents and no coder."""
    program = (
        "import sys; from comity.flow import open_view, status;"
        "print('comity.documents' in sys.modules, 'comity.coding' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "False"]
