"""Small data files of our own making, put on a shelf."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from comity.statistics import Shelved, shelve

Shelve = Callable[..., Shelved]


@pytest.fixture
def put(tmp_path: Path) -> Shelve:
    """Write a text as a data file and put it on a shelf; `encoding` and `name` may be given."""

    def write(text: str, *, name: str = "data.csv", encoding: str = "utf-8") -> Shelved:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.write_bytes(text.encode(encoding))
        return shelve(path, tmp_path / "shelf")

    return write


def is_whole(one: Shelved) -> bool:
    """Whether every cell of a data file is a figure, counted in one, missing, said before, or refused with a reason."""
    return one.cells + one.split == one.figures + one.counted + one.missing + one.repeated + one.refused


def reasons(one: Shelved) -> dict[str, int]:
    """Return how many cells were refused, by reason."""
    return {each.reason: each.count for each in one.problems}
