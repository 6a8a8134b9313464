"""A draft held against its own tables and notes and, inside a workspace, against the record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from comity import checks
from comity.checks import CheckReport, Evidence
from comity.flow.counting import counting
from comity.flow.reading import Reading, read_source
from comity.flow.workspace import Workspace
from comity.terms import Document


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with what was found in it; `warnings` are what could not be read of it."""

    document: Document
    report: CheckReport
    warnings: tuple[str, ...] = ()


def check_file(path: Path, workspace: Workspace | None = None) -> Checked:
    """Check one file. Inside a workspace that has a record, the record's facts are evidence too."""
    dyad = workspace.dyad if workspace is not None else None
    reading = read_source(path, name=str(path), dyad=dyad)
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
