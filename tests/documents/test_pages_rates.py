"""How well pages are read: on twelve that were at hand while the reader was built, and twelve written before and held out."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.documents import read_bytes
from tests.documents.marked import Tally, judge, load

PAGES = Path(__file__).parent / "pages"
# Shares that are right, as measured; a floor falls only by an explicit change.
FLOORS = {
    "tuned": {
        "recall": 1.0,
        "precision": 0.97,
        "notes": 1.0,
        "markers": 1.0,
        "notes only": 1.0,
        "cells": 1.0,
        "fields": 1.0,
    },
    "held": {
        "recall": 1.0,
        "precision": 0.87,
        "notes": 1.0,
        "markers": 1.0,
        "notes only": 1.0,
        "cells": 1.0,
        "fields": 0.94,
    },
}


@pytest.mark.parametrize("half", FLOORS)
def test_pages_are_read_as_measured(half: str) -> None:
    """Paragraphs, notes, cells and fields of twelve pages are read no worse than when the floors were pinned."""
    tally = Tally()
    paths = sorted((PAGES / half).glob("*.html"))
    assert len(paths) == 12
    for path in paths:
        marked = load(path)
        judge(marked, read_bytes(marked.page.encode(), name=path.name), tally, path.name)
    assert set(tally.asked) == set(FLOORS[half])
    short = {what: tally.rate(what) for what, floor in FLOORS[half].items() if tally.rate(what) < floor}
    assert not short, tally.wrong
