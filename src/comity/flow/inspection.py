"""Whether the installation is sound."""

from __future__ import annotations

import platform
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from comity.record import Record
from comity.terms import ComityError


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at: whether it is sound, and whether Comity cannot work without it."""

    subject: str
    sound: bool
    needed: bool
    words: str


def examine() -> list[Sign]:
    """Look at Python, the libraries, the store and the extras, without importing what is heavy."""
    found = [
        Sign("Python", sys.version_info >= (3, 11), True, f"{platform.python_version()} (3.11 or newer is needed)"),
        Sign("Comity", True, True, version("comity")),
    ]
    extras: dict[str, list[str]] = {}
    for requirement in requires("comity") or []:
        name, _, condition = requirement.partition(";")
        name = re.split(r"[\s\[<>=!~]", name.strip())[0]
        if "extra ==" in condition:
            extras.setdefault(condition.split("extra ==")[1].strip(" '\""), []).append(name)
        else:
            found.append(_library(name))
    found.append(_store())
    tesseract = shutil.which("tesseract")
    words = tesseract or "not installed; apt install tesseract-ocr, or brew install tesseract"
    found.append(Sign("tesseract (scanned pages)", tesseract is not None, False, words))
    for extra, names in sorted(extras.items()):
        missing = [name for name in names if not _library(name).sound]
        words = f"not installed; pip install 'comity[{extra}]'" if missing else "installed"
        found.append(Sign(f"extra [{extra}]", not missing, False, words))
    return found


def _store() -> Sign:
    """Make a record in a temporary folder and search it, as a build would."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            record = Record.open(Path(folder) / "record.db", create=True)
            with record.writing():
                pass
            with record.view() as view:
                view.search("word")
        except ComityError as error:
            return Sign("store", False, True, str(error))
    return Sign("store", True, True, "SQLite with full text search works")


def _library(name: str) -> Sign:
    try:
        return Sign(name, True, True, version(name))
    except PackageNotFoundError:
        return Sign(name, False, True, f"not installed; pip install {name}")
