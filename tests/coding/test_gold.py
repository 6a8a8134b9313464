"""The gate: measured scores on the shared gold sentences may not fall below the floors pinned here."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comity.coding import code_text
from tests.coding.labelled import common_scores, prediction_lines

# Reached when pinned: type 0.73, full 0.49, silence 0.53. Of the 34 sentences without an event most tell one by today's
# convention ("Obama and Putin said they will attack Iraq"); test_labelled.py holds silence. A floor falls only by an
# explicit edit here: silence fell from 0.76 when the network was added.
FLOORS = {"type": 0.71, "full": 0.47, "silence": 0.47}


@pytest.mark.shared
def test_scores_on_gold_sentences_do_not_fall(shared: Path, tmp_path: Path) -> None:
    """The scorer's figures for type, full match and silence stay at or above their floors."""
    gold = shared / "gold" / "events_dev.jsonl"
    predictions = tmp_path / "predictions.jsonl"
    with predictions.open("w", encoding="utf-8") as out:
        for line in gold.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            published = date.fromisoformat(row["date"]) if row["date"] else None
            events = code_text(row["text"], source_id=row["id"], published=published).events
            out.writelines(f"{each}\n" for each in prediction_lines(row["id"], events))
    reached = common_scores(shared, gold, predictions)
    scores = {name: reached[name] for name in FLOORS}
    assert {name: score for name, score in scores.items() if score < FLOORS[name]} == {}
