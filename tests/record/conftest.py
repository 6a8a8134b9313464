"""Fixtures of this room's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.record import Record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Return an empty record."""
    return Record.open(tmp_path / "record.db", create=True)
