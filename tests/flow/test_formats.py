"""A brief in the formats of several programs, put through the whole build: the record and the findings do not hang on the format."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from comity.flow import Workspace, build, check_file, dyad_of, export
from tests.documents.corpus.truth import FOLDER, normalised

EXPORTS = ("events", "statements", "observations", "documents")
# Which file it is, and where in it: all that may differ between formats.
PLACES = {"id", "source_id", "document_id", "table_id", "digest", "files", "sources", "name", "media_type", "line"}
DYADS = {"ferry": ("OMN", "DJI"), "ties": ("KEN", "TZA")}
MARKDOWN = {"ferry": "ferry.md", "ties": "made/ties.typed-hand.md"}
OTHERS = (
    "ferry.docx",
    "ferry.odt",
    "ferry.rtf",
    "ferry.html",
    "ferry.libreoffice.pdf",
    "ferry.chromium.pdf",
    "made/ties.pandoc.docx",
    "made/ties.office.odt",
    "made/ties.office.rtf",
    "made/ties.pandoc.html",
    "made/ties.office-ruled.pdf",
    "made/ties.typst.pdf",
    "made/ties.latex-two.pdf",
)


def without_places(value: Any) -> Any:
    """A value of JSON without ids, offsets in the text and names of files; quotation marks are plain."""
    if isinstance(value, dict):
        return {
            key: without_places(one)
            for key, one in value.items()
            if key not in PLACES and not (key in ("start", "end") and isinstance(one, int))
        }
    if isinstance(value, list):
        return [without_places(one) for one in value]
    return normalised(value) if isinstance(value, str) else value


@cache
def findings(file: str) -> list[tuple[str, ...]]:
    """The claims that a check reads with its verdicts, and the findings, with the words that they point at."""
    report = check_file(FOLDER / file).report
    claims = [(c.rule, c.verdict.value, c.reason, *(span.text for span in c.evidence)) for c in report.claims]
    found = [(f.code, f.severity.value, f.message, *(span.text for span in f.spans)) for f in report.findings]
    return sorted(tuple(map(normalised, row)) for row in [*claims, *found])


def record(file: str, folder: Path) -> dict[str, list[str]]:
    """What a build makes of one file, each row as sorted JSON."""
    path = FOLDER / file
    workspace = Workspace.create(folder / path.name, dyad_of(*DYADS[path.name.split(".")[0]]))
    shutil.copyfile(path, workspace.sources / path.name)
    report = build(workspace)
    assert (report.read, report.unread) == ((path.name,), ())
    found = {}
    for what in EXPORTS:
        rows = [without_places(json.loads(line)) for line in export(workspace, what).decode().splitlines()]
        for row in rows:
            if what == "documents":
                del row["type"]  # a page of HTML is a "webpage"
        found[what] = sorted(json.dumps(row, sort_keys=True) for row in rows)
    return found


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What the Markdown of each brief gives."""
    return {brief: record(file, tmp_path_factory.mktemp(brief)) for brief, file in MARKDOWN.items()}


def test_the_briefs_give_something_to_compare(records: dict[str, dict[str, list[str]]]) -> None:
    """Acts, figures and a document each; four errors planted in one brief are found among fifteen claims."""
    counts = {
        brief: [len(rows[what]) for what in ("events", "observations", "documents")] for brief, rows in records.items()
    }
    assert counts == {"ferry": [2, 10, 1], "ties": [4, 15, 1]}
    errors = [row[0] for row in findings(MARKDOWN["ties"]) if row[1] == "error"]
    assert errors == ["CIT001", "EXT001", "SUM001", "TRD001"]
    assert sum(row[1] in ("confirmed", "contradicted") for row in findings(MARKDOWN["ties"])) == 15


@pytest.mark.parametrize("file", OTHERS)
def test_the_record_is_the_same(file: str, records: dict[str, dict[str, list[str]]], tmp_path: Path) -> None:
    """Events, positions, observations, author, date and title, claims and findings are those of the Markdown, apart from places."""
    brief = Path(file).name.split(".")[0]
    assert record(file, tmp_path) == records[brief]
    assert findings(file) == findings(MARKDOWN[brief])
