"""What fuzzing found (tests/fuzz): inputs that once broke a reader or kept it busy without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.documents import read
from comity.terms import UnreadableSource

FOUND = sorted((Path(__file__).parent / "fuzzed").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
@pytest.mark.timeout(20)
def test_what_fuzzing_found_is_read_or_refused(path: Path) -> None:
    """Each is read, or refused by name with what to do."""
    try:
        document = read(path)
    except UnreadableSource as refusal:
        assert refusal.remedy, refusal
    else:
        assert document.text
        assert "\x00" not in document.text
