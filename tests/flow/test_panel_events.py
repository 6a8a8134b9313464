"""Coded acts as columns of a panel: those on record of the workspace's own dyad, and those of a coded corpus of all."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from comity.flow import (
    PanelRows,
    Workspace,
    build,
    corpus_run,
    dyad_of,
    find_beside,
    find_data_sets,
    make_panel,
    open_view,
    runner_of,
)
from comity.measures import event_counts
from comity.terms import InvalidTerm, UnreadableSource
from tests.flow.panel_files import of, read

TEXTS = {
    "one": "On 12 June 2018, the Japanese Foreign Minister Taro Kono visited Islamabad.",
    "two": "On 12 June 2018, the Japanese Foreign Minister Taro Kono visited Islamabad. Pakistan condemned Japan on 3 May 2020.",
    "three": "Japan and Pakistan held talks in Tokyo on 9 March 2020. France condemned Japan on 4 May 2019.",
    "four": "Pakistan and Japan condemned France on 7 July 2019.",
}


def workspace(folder: Path) -> Workspace:
    """Return a workspace whose record is built of the texts."""
    made = Workspace.create(folder, dyad_of("PAK", "JPN"))
    for name, text in TEXTS.items():
        (made.sources / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    build(made)
    return made


def corpus(folder: Path, form: str = "parquet") -> Path:
    """Return a folder of the coded texts."""
    lines = [json.dumps({"id": name, "text": text, "date": "2020-08-01"}) for name, text in TEXTS.items()]
    (folder / "texts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with corpus_run([folder / "texts.jsonl"], folder / form, form=form) as run:
        for _ in run.code(runner_of(1)):
            pass
        run.finish()
    return folder / form


def panel(rows: PanelRows, folder: Path, place: Workspace | None, *corpora: Path) -> pd.DataFrame:
    """Return a panel of events."""
    beside, errors = find_beside(find_data_sets(corpora, place), place, ["events"])
    assert not errors
    make_panel(rows, ["events"], [], folder / "p.parquet", beside=beside)
    return read(folder / "p.parquet")


def test_acts_on_record_stand_for_the_dyad_alone(tmp_path: Path) -> None:
    """Acts are counted once however many report them, by class and direction; no other pair has a figure, not even 0."""
    place = workspace(tmp_path / "ws")
    frame = panel(PanelRows((2016, 2022)), tmp_path, place)
    filled = frame[frame.verbal_cooperation_12_record.notna()]
    assert set(zip(filled.code1, filled.code2, strict=True)) == {("PAK", "JPN"), ("JPN", "PAK")}
    # The first act on record is of 2018, the last of 2020.
    assert sorted(filled.year.unique()) == [2018, 2019, 2020]
    visit = of(frame, "JPN", "PAK", 2018)
    assert (visit.verbal_cooperation_12_record, visit.verbal_cooperation_21_record) == (1, 0)
    assert (visit.event_reports_record, visit.event_documents_record) == (2, 2)
    turned = of(frame, "PAK", "JPN", 2018)
    assert (turned.verbal_cooperation_12_record, turned.verbal_cooperation_21_record) == (0, 1)
    quiet = of(frame, "PAK", "JPN", 2019)
    assert quiet.filter(like="_record").fillna(-1).eq(0).all()
    last = of(frame, "PAK", "JPN", 2020)
    assert (last.verbal_conflict_12_record, last.verbal_conflict_21_record) == (1, 0)
    both = [last[name] for name in frame.columns if name.endswith("_both_record")]
    assert sum(both) == 1 and last.verbal_cooperation_both_record == 1


def test_the_counts_are_those_of_the_measure(tmp_path: Path) -> None:
    """All acts of a year, from both sides and both together, are as many as the measure of events counts."""
    place = workspace(tmp_path / "ws")
    with open_view(place) as view:
        measure = event_counts(place.dyad, view.events())
    frame = panel(PanelRows((2018, 2020), dyads=(("PAK", "JPN"),), directed=False), tmp_path, place).set_index("year")
    for group, classes in (("cooperative acts", "cooperation"), ("conflictual acts", "conflict")):
        mine = frame[[name for name in frame.columns if classes in name]].sum(axis=1)
        told = {int(point.label): point.value for point in measure.points if point.group == group}
        assert {year: value for year, value in mine.items() if year in told} == told


def test_a_corpus_serves_all_dyads_and_counts_reports(tmp_path: Path) -> None:
    """Each report stands for every pair of its two ends; pairs of which no text tells are empty."""
    frame = panel(PanelRows((2018, 2020)), tmp_path, None, corpus(tmp_path))
    visit = of(frame, "JPN", "PAK", 2018)
    # Two texts tell of the one visit.
    assert (visit.verbal_cooperation_12_corpus, visit.verbal_cooperation_21_corpus) == (2, 0)
    assert visit.event_documents_corpus == 2 and "event_reports_corpus" not in frame.columns
    assert of(frame, "PAK", "JPN", 2018).verbal_cooperation_21_corpus == 2
    assert of(frame, "FRA", "JPN", 2019).verbal_conflict_12_corpus == 1
    assert of(frame, "JPN", "FRA", 2019).verbal_conflict_12_corpus == 1
    assert of(frame, "FRA", "PAK", 2019).verbal_conflict_21_corpus == 1
    signed = of(frame, "JPN", "PAK", 2020)
    assert signed.verbal_cooperation_both_corpus == of(frame, "PAK", "JPN", 2020).verbal_cooperation_both_corpus == 1
    filled = frame[frame.event_documents_corpus.notna()]
    assert len(filled) == 2 * 4
    assert of(frame, "IND", "PAK", 2019).filter(like="_corpus").isna().all()


def test_without_acts_it_is_said_where_they_come_from(tmp_path: Path) -> None:
    """No record, an empty one, an unfinished corpus, or one of lines: each is told, and no column of zeros is made."""
    place = Workspace.create(tmp_path / "ws", dyad_of("PAK", "JPN"))
    with pytest.raises(InvalidTerm, match=r"'events'.*comity code --format parquet"):
        panel(PanelRows((2018, 2020)), tmp_path, place)
    (place.sources / "note.md").write_text("# A note\n\nNothing happened.\n", encoding="utf-8")
    build(place)
    with pytest.raises(InvalidTerm, match="nothing that is given has 'events'"):
        panel(PanelRows((2018, 2020)), tmp_path, place)
    with pytest.raises(InvalidTerm, match="between two states"):
        panel(PanelRows((2018, 2020), by_state=True), tmp_path, None, corpus(tmp_path))
    for folder, words in ((corpus(tmp_path, "jsonl"), "as jsonl"), (corpus(tmp_path), "not finished")):
        if folder.name == "parquet":
            (folder / "summary.json").unlink()
        beside, (error,) = find_beside(find_data_sets([folder], None), None, ["events"])
        assert isinstance(error, UnreadableSource) and words in str(error) and not beside.events


def test_events_are_among_what_may_be_asked_for(tmp_path: Path) -> None:
    """A misspelt name is answered with a list that has the events of a record or a corpus, and not where there is none."""
    place = workspace(tmp_path / "ws")
    for given, folders, offered in (
        (place, (), True),
        (None, (corpus(tmp_path),), True),
        (None, (tmp_path / "ws" / "sources",), False),
    ):
        beside, _ = find_beside(find_data_sets(folders, given), given, ["trad"])
        with pytest.raises(InvalidTerm, match="there is no variable 'trad'") as refused:
            make_panel(PanelRows((2016, 2022)), ["trad"], [], tmp_path / "p.parquet", beside=beside)
        assert ("events" in refused.value.remedy) == offered
