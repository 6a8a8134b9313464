"""The brief of a workspace's dyad, from its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from comity import brief, checks, coding, statistics
from comity.brief import Material, Unread
from comity.checks import CheckReport, Evidence
from comity.flow.counting import counting
from comity.flow.measuring import every_measure
from comity.flow.views import open_view
from comity.flow.wording import kept_uncoded
from comity.flow.workspace import Workspace, state_name
from comity.flow.writing import write_whole
from comity.record import View
from comity.terms import WORLD, Document, MergedEvent, Observation


def write_brief(workspace: Workspace, output: Path | None = None) -> Path:
    """Write the brief as one HTML file and return its absolute path; by default out/brief.html in the workspace."""
    with open_view(workspace) as view:
        material = material_of(workspace, view, shown_only=True)
    return write_material(workspace, material, output)


def write_material(workspace: Workspace, material: Material, output: Path | None = None) -> Path:
    """Write the brief of material that is already gathered; else as `write_brief`."""
    content = bytearray()
    for piece in brief.pieces(material):
        content += piece.encode()
    return write_whole(output or workspace.out / "brief.html", content)


def material_of(workspace: Workspace, view: View, *, shown_only: bool = False) -> Material:
    """Gather everything that the record, the measures and the checks say about the dyad.

    Args:
        workspace: whose dyad it is.
        view: the record.
        shown_only: whether of each document only that is kept which a brief shows; the whole is let go once it is checked.
    """
    events, observations = view.events(), view.observations()
    documents = tuple(map(_as_source, view.each_document())) if shown_only else view.documents()
    statements = view.statements()
    confirmed = view.confirmed()
    standing = counting(events, confirmed)
    codes = {code for merged in events for code in merged.event.parties}
    codes |= {series.reporter for series in view.series()} | {series.partner for series in view.series()}
    codes |= {actor.code for one in statements for actor in (one.holder, *one.toward)}
    codes |= {merged.event.place.code for merged in events if merged.event.place is not None}
    reports = {
        document.id: checks.check(document, _evidence(document, workspace, documents, standing, observations))
        for document in (view.each_document() if shown_only else documents)
        if not document.media_type.startswith(_DATA)
    }
    if shown_only:
        documents = tuple(_with_shown(documents, view, reports, observations))
    return Material(
        dyad=workspace.dyad,
        names={code: state_name(code) for code in sorted(codes | workspace.dyad.codes)} | {WORLD: "all partners"},
        documents=documents,
        events=events,
        statements=statements,
        observations=observations,
        measures=every_measure(workspace, standing, observations),
        findings={key: report.findings for key, report in reports.items() if report.findings},
        claims=tuple(claim for report in reports.values() for claim in report.claims),
        unread=tuple(Unread(source.name, source.reason) for source in view.sources() if source.reason),
        record_version=view.version,
        title=workspace.title,
        issue_names={issue.key: issue.name for issue in coding.ISSUES.values()},
        indicator_names={indicator.key: indicator.name for indicator in statistics.INDICATORS},
        reviewed=frozenset(
            decision.target for decision in view.decisions() if view.ruling(decision.target) is not None
        ),
        confirmed=confirmed,
        abroad=kept_uncoded(document.language for document in documents),
    )


def _as_source(document: Document) -> Document:
    """The document without what only its own check and the words around its findings need."""
    return replace(document, blocks=(), passages=(), tables=(), references=())


def _with_shown(
    documents: tuple[Document, ...],
    view: View,
    reports: Mapping[str, CheckReport],
    observations: tuple[Observation, ...],
) -> Iterator[Document]:
    """Yield the documents again, with their tables where figures or claims lead to them, and whole where findings do."""
    found = {key: report for key, report in reports.items() if report.findings}
    quoted = {span.document for report in found.values() for finding in report.findings for span in finding.spans}
    cited = {span.document for report in reports.values() for claim in report.claims for span in claim.evidence}
    cited |= {place.provenance.document_id for place in observations}
    for document in documents:
        whole = document.id in found or not quoted.isdisjoint((document.id, document.name))
        claims = document.id in reports and reports[document.id].claims
        if whole or claims or not cited.isdisjoint((document.id, document.name)):
            read = view.document(document.id)
            assert read is not None
            yield read if whole else replace(_as_source(read), tables=read.tables)
        else:
            yield document


# A table of figures makes no claims; its totals are checked where they are read.
_DATA = ("text/csv", "text/tab-separated-values", "application/vnd.openxmlformats-officedocument.spreadsheetml")


def _evidence(
    document: Document,
    workspace: Workspace,
    documents: tuple[Document, ...],
    events: tuple[MergedEvent, ...],
    observations: tuple[Observation, ...],
) -> Evidence:
    return Evidence(
        events=tuple(report for merged in events for report in merged.reports),
        observations=observations,
        documents=tuple(other for other in documents if other.id != document.id),
        dyad=workspace.dyad,
    )
