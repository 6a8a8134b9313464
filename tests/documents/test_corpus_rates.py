"""How much of 178 files made by real programs the reader finds: floors by format, which fall only by an explicit change.

`corpus/README.md` says how the files were made. The table is printed with `pytest -s`, or by `python -m tests.documents.corpus.rates`.
"""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from tests.documents.corpus.rates import by_brief, groups, table
from tests.documents.corpus.scores import MEASURES, Score, known, names, score
from tests.documents.corpus.truth import FOLDER

FLOORS: dict[str, dict[str, float]] = tomllib.loads((FOLDER / "floors.toml").read_text(encoding="utf-8"))
MEASURED = [(group, measure) for group in FLOORS for measure in FLOORS[group] if measure != "extra"]


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    """Each file read once."""
    found = [score(name) for name in names()]
    print("\n" + table(found))
    return found


def test_the_corpus_is_there() -> None:
    """Twenty-three briefs in 178 files of eleven formats; what fails of two of the briefs was never looked at."""
    assert len(names()) == 178
    assert Counter(brief.split for brief in known().values()) == {"seen": 10, "later": 11, "blind": 2}
    assert {name.split(".")[0] for name in names()} == set(known())
    assert len({name.rsplit(".", 1)[1] for name in names()}) == 11


@pytest.mark.parametrize(("group", "measure"), MEASURED)
def test_no_rate_falls(scores: list[Score], group: str, measure: str) -> None:
    """Of what the briefs hold, this share is right in these files."""
    part = (groups(scores) | by_brief(scores))[group]
    right, there = sum(one.right[measure] for one in part), sum(one.there[measure] for one in part)
    assert measure in MEASURES and there
    wrong = [f"{one.name}: {what}" for one in part for kind, what in one.wrong if kind == measure]
    assert right / there >= FLOORS[group][measure], (
        f"{right} of {there} {measure} are right in {group}; not {wrong[:20]}"
    )


@pytest.mark.parametrize("group", FLOORS)
def test_nothing_is_made_up(scores: list[Score], group: str) -> None:
    """Sentences, notes, cells, tables and headings that no brief has are no more than these."""
    found = sum((one.extra for one in (groups(scores) | by_brief(scores))[group]), Counter[str]())
    assert found.total() <= FLOORS[group]["extra"], dict(found)


def test_every_place_is_exact(scores: list[Score]) -> None:
    """Each passage, note and cell stands verbatim at its offsets; those of lines lead to the line, those of pages to the page."""
    wrong = [f"{one.name}: {what}" for one in scores for measure, what in one.wrong if measure == "places"]
    assert not wrong, wrong[:20]
    assert sum(one.there["places"] for one in scores) > 19000
