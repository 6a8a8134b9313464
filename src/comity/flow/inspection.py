"""Whether the installation is sound."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from comity import record
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
        name = name.strip().split("[")[0].rstrip(" <>=!~.,0123456789")
        if "extra ==" in condition:
            extras.setdefault(condition.split("extra ==")[1].strip(" '\""), []).append(name)
        else:
            found.append(_library(name))
    try:
        found.append(Sign("store", True, True, record.describe_store()))
    except ComityError as error:
        found.append(Sign("store", False, True, str(error)))
    for extra, names in sorted(extras.items()):
        missing = [name for name in names if not _library(name).sound]
        words = f"not installed; pip install 'comity[{extra}]'" if missing else "installed"
        found.append(Sign(f"extra [{extra}]", not missing, False, words))
    return found


def _library(name: str) -> Sign:
    try:
        return Sign(name, True, True, version(name))
    except PackageNotFoundError:
        return Sign(name, False, True, f"not installed; pip install {name}")
