"""The house stands as docs/architecture.md draws it: a room imports only rooms below, and only by their doors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "comity"

BELOW: dict[str, set[str]] = {
    "terms": set(),
    "states": {"terms"},
    "language": {"terms", "states"},
    "documents": {"terms", "language"},
    "coding": {"terms", "states", "language"},
    "statistics": {"terms", "states", "language"},
    "record": {"terms"},
    "measures": {"terms", "states"},
    "checks": {"terms", "states", "language", "measures"},
    "brief": {"terms", "measures", "checks"},
    "flow": {
        *("terms", "states", "language", "documents", "coding", "statistics", "record", "measures", "checks", "brief"),
    },
    "app": {"terms", "record", "flow", "brief"},
}


def imports_of(file: Path) -> set[str]:
    """Return the dotted names of ours that a file imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively; write the full name"
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name for name in names if name.split(".")[0] == "comity"}


def files_of(room: str) -> list[Path]:
    """Return the Python files of a room."""
    return sorted((SOURCE / room).rglob("*.py"))


def test_every_folder_is_a_room() -> None:
    """Each folder of the package is a room that the house knows."""
    assert {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").is_file()} == set(BELOW)


@pytest.mark.parametrize("room", BELOW)
def test_a_room_imports_only_rooms_below(room: str) -> None:
    """No import goes up in the house, and so there is no circle of rooms."""
    for file in files_of(room):
        for name in imports_of(file):
            other = name.split(".")[1] if "." in name else ""
            allowed = other in BELOW[room] or other == room or not other
            assert allowed, f"{file.relative_to(SOURCE)} imports {name}: {room} may import {sorted(BELOW[room])}"


@pytest.mark.parametrize("room", BELOW)
def test_a_room_enters_others_by_the_door(room: str) -> None:
    """A room imports another room's package, never a module inside it."""
    for file in files_of(room):
        for name in imports_of(file):
            parts = name.split(".")
            inside = len(parts) > 2 and parts[1] != room
            assert not inside, f"{file.relative_to(SOURCE)} imports {name}; import from comity.{parts[1]}"


def test_only_the_record_opens_the_store() -> None:
    """SQLAlchemy and sqlite3 are imported in record/ alone."""
    for file in SOURCE.rglob("*.py"):
        if file.relative_to(SOURCE).parts[0] == "record":
            continue
        text = file.read_text(encoding="utf-8")
        assert "import sqlalchemy" not in text and "from sqlalchemy" not in text, file
        assert "import sqlite3" not in text, file


# Modules that can open a connection, and their classes that cannot.
OPENERS = ("socket", "urllib.request", "http.client", "ftplib", "smtplib", "requests", "httpx", "urllib3", "aiohttp")
HARMLESS = {"http.client.HTTPException", "http.client.HTTPResponse", "http.client.HTTPMessage"}
# `comity serve` listens on this machine, and a cluster is asked about its own machines' names.
LISTENERS = {"app/commands/serve.py", "flow/runner_ray.py"}


def test_only_one_file_opens_connections() -> None:
    """What can open a connection to elsewhere is imported in flow/connection.py alone."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        names: set[str] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
            elif isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
        if any(f"{name}.".startswith(f"{opener}.") for name in names - HARMLESS for opener in OPENERS):
            found.add(file.relative_to(SOURCE).as_posix())
    assert found == LISTENERS | {"flow/connection.py"}


def test_no_file_is_too_long() -> None:
    """No module is longer than about 500 lines: a longer one is two nouns."""
    long = {
        str(file.relative_to(SOURCE)): n
        for file in SOURCE.rglob("*.py")
        if (n := len(file.read_text().splitlines())) > 520
    }
    assert not long


def test_names_are_of_the_field() -> None:
    """No module is called by a name that says nothing of the field."""
    empty = {"utils", "util", "helpers", "helper", "misc", "common", "core", "manager"}
    assert not [file for file in SOURCE.rglob("*.py") if file.stem in empty]
