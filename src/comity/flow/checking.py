"""A draft held against its own tables and notes and, inside a workspace, against the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from comity import checks
from comity.checks import CheckReport, Evidence
from comity.flow.counting import counting
from comity.flow.leader_files import Leaders
from comity.flow.reading import Reading, read_source
from comity.flow.sources import named_files
from comity.flow.workspace import Workspace
from comity.language import People
from comity.terms import Document


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with what was found in it; `warnings` are what could not be read of it."""

    document: Document
    report: CheckReport
    warnings: tuple[str, ...] = ()


def leaders_for(workspace: Workspace | None, paths: Sequence[Path] = ()) -> People | None:
    """Return the leaders to know in a draft: those of the lists at `paths` and in the workspace; None where there is no list.

    Raises:
        UnreadableSource: one of `paths` is no list of leaders. One in sources/ that cannot be used is left to the build.
    """
    within = Leaders.among(named_files(workspace)) if workspace is not None else Leaders()
    return (Leaders.named(paths) | within).people


def check_file(path: Path, workspace: Workspace | None = None, *, leaders: People | None = None) -> Checked:
    """Check one file. Inside a workspace that has a record, the record's facts are evidence too.

    leaders: the leaders to know, as `leaders_for` returns them; None are those of the own list.
    """
    dyad = workspace.dyad if workspace is not None else None
    recognise = workspace is not None and workspace.recognise
    reading = read_source(path, name=str(path), dyad=dyad, leaders=leaders, recognise=recognise)
    evidence = Evidence(events=reading.events, observations=reading.observations, dyad=dyad)
    if workspace is not None and workspace.record.is_file():
        evidence = _with_record(reading, workspace) or evidence
    return Checked(reading.document, checks.check(reading.document, evidence), reading.warnings)


def _with_record(reading: Reading, workspace: Workspace) -> Evidence | None:
    """Add what the record holds from other documents; the draft itself may be in the record and counts once.

    None where no build has come to its end yet.
    """
    from comity.record import Record  # brings SQLAlchemy, a third of a second that a draft alone need not wait for

    record = Record.built(workspace.record)
    if record is None:
        return None
    with record.view() as view:
        own = reading.document.id
        events = counting(view.events(), view.confirmed())
        reports = tuple(report for merged in events for report in merged.reports if report.source_id != own)
        figures = tuple(o for o in view.observations() if o.provenance.document_id != own)
        others = tuple(document for document in view.documents() if document.id != own)
    return Evidence(
        events=reading.events + reports,
        observations=reading.observations + figures,
        documents=others,
        dyad=workspace.dyad,
    )
