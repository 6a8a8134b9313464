"""Exports and lines keep their contracts."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import comity.record
from comity.record import (
    Record,
    event_line,
    export_documents,
    export_events,
    export_observations,
    export_statements,
    merge,
    merged_event_line,
)
from comity.terms import Stance
from tests.record.reports import document, figures, position, visit

PAPER = document("paper.txt", "Leroux visited New Delhi on 4 March 2019.", title="A visit")
OTHER = document("other.txt", "She came on 5 March 2019.")
VISIT = visit(PAPER, "FRA Marie Leroux/foreign-minister", "IND", "2019-03-04", "IND New Delhi")

# DESIGN.md, "Contracts that do not change without an ADR"; `coder` was added at the end.
CONTRACT = {
    "id": str,
    "source_id": str,
    "type": str,
    "modes": list,
    "actors": list,
    "recipients": list,
    "symmetric": bool,
    "date": dict,
    "place": dict,
    "contexts": list,
    "quad": int,
    "scale": float,
    "confidence": float,
    "start": int,
    "end": int,
    "text": str,
    "coder": str,
}


@pytest.fixture
def filled(record: Record) -> Record:
    """Return a record with two reports of one visit, a position and two figures."""
    with record.writing() as writer:
        writer.store(
            PAPER,
            [VISIT],
            [position(PAPER, "FRA", "nuclear", Stance.CONCERNED, "IND")],
            figures(PAPER, "FRA", "IND", {2017: "389", 2018: "431.5"}),
        )
        writer.store(OTHER, [visit(OTHER, "FRA Leroux", "IND", "2019-03-05", "IND")])
    return record


def test_event_line_keeps_the_contract() -> None:
    """The line of a report has the contract's keys in its order, with the contract's types."""
    line = event_line(VISIT)
    assert list(line) == list(CONTRACT)
    assert {key: type(value) for key, value in line.items()} == CONTRACT
    assert list(line["actors"][0]) == ["code", "sectors", "text", "start", "end"]
    assert line["date"] == {"start": "2019-03-04", "end": "2019-03-04", "precision": "day", "text": "2019-03-04"}
    assert line["place"] == {"code": "IND", "text": "New Delhi"}
    assert (line["quad"], line["scale"]) == (1, 4.0)
    assert line["text"] == PAPER.text[line["start"] : line["end"]]
    assert line["coder"] == "rules"
    json.dumps(line)


def test_merged_event_line_adds_sources_and_disagreements(filled: Record) -> None:
    """The line of an act is its fullest report's, with every report, the sources and what they differ about."""
    with filled.view() as view:
        (act,) = view.events()
        line = merged_event_line(act)
    assert list(line) == [*CONTRACT, "reports", "sources", "disagreements", "joining", "decision"]
    assert line["id"] == act.id
    assert line["sources"] == sorted([PAPER.id, OTHER.id])
    assert [each["feature"] for each in line["disagreements"]] == ["date"]
    assert line["decision"] is None


def test_every_line_says_who_coded() -> None:
    """An act's line has the coder of the report that stands for it, and each report its own."""
    proposal = replace(VISIT, id="prop-1", coder="second-reader:model-7", confidence=0.3)
    assert event_line(proposal)["coder"] == "second-reader:model-7"
    (act,) = merge([proposal, VISIT])
    line = merged_event_line(act)
    assert line["coder"] == "rules"
    assert sorted(each["coder"] for each in line["reports"]) == ["rules", "second-reader:model-7"]


def test_the_coder_is_the_last_column(filled: Record) -> None:
    """In CSV the coder stands after all columns that were there before it."""
    with filled.view() as view:
        header, row = csv.reader(io.StringIO(export_events(view, "csv").decode()))
    assert (header[-1], row[-1]) == ("coder", "rules")


def test_jsonl_and_csv_tell_the_same(filled: Record) -> None:
    """Each fact is one line of JSONL and one row of CSV, in the same order."""
    with filled.view() as view:
        for export, count in (
            (export_events, 1),
            (export_statements, 1),
            (export_observations, 2),
            (export_documents, 2),
        ):
            lines = [json.loads(line) for line in export(view).splitlines()]
            rows = list(csv.DictReader(io.StringIO(export(view, "csv").decode())))
            assert len(lines) == count
            assert [line["id"] for line in lines] == [row["id"] for row in rows]


def test_observation_in_csv(filled: Record) -> None:
    """A figure's row tells whose it is, of when, what was printed, and what the printed digits allow."""
    with filled.view() as view:
        row = list(csv.DictReader(io.StringIO(export_observations(view, "csv").decode())))[1]
    wanted = {
        "reporter": "FRA",
        "partner": "IND",
        "indicator": "exports",
        "unit": "USD",
        "period.label": "2018",
        "number": "431.5",
        "scale": "1000000",
        "value": "431500000",
        "low": "431450000",
        "high": "431550000",
        "source_id": PAPER.id,
        "table_id": "t1",
        "row": "2",
        "column": "1",
    }
    assert {key: row[key] for key in wanted} == wanted


def test_parquet_is_read_by_pandas(filled: Record, tmp_path: Path) -> None:
    """Parquet has the columns of CSV, with numbers as numbers."""
    import pyarrow.parquet as pq

    with filled.view() as view:
        path = tmp_path / "observations.parquet"
        path.write_bytes(export_observations(view, "parquet"))
        columns = export_observations(view, "csv").decode().splitlines()[0].split(",")
    table = pq.read_table(path)
    assert table.column_names == columns
    assert table.column("value").to_pylist() == [389_000_000.0, 431_500_000.0]


def test_bibliography(filled: Record) -> None:
    """The bibliography is CSL-JSON, and the lines add files and digest."""
    with filled.view() as view:
        items = json.loads(export_documents(view, "csl"))
        line = json.loads(export_documents(view).splitlines()[1])
        csv_row = list(csv.DictReader(io.StringIO(export_documents(view, "csv").decode())))[1]
    assert items[1] == {
        "id": PAPER.id,
        "type": "report",
        "title": "A visit",
        "issued": {"date-parts": [[2019, 5, 6]]},
    }
    assert line["files"] == ["paper.txt"]
    assert csv_row["issued"] == "2019-05-06"


def test_door_is_whole() -> None:
    """Every name of the door is there, and no other can be asked for."""
    assert all(getattr(comity.record, name) is not None for name in comity.record.__all__)
    with pytest.raises(AttributeError):
        _ = comity.record.nothing


def test_lines_need_no_database() -> None:
    """Lines and merging come without SQLAlchemy and pydantic, so that `comity code` starts fast."""
    code = "import sys; from comity.record import event_line, merge; print('sqlalchemy' in sys.modules, 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"
