"""What does not agree and what holds: findings and confirmed claims with every place that they rest on."""

from __future__ import annotations

from dataclasses import dataclass

from comity.brief.bibliography import short_reference
from comity.brief.material import Material
from comity.brief.notes import Mark, Notebook, place_in
from comity.brief.wording import counted, shortened, typeset
from comity.terms import Claim, Document, Finding, FindingSpan, Severity, Verdict

_BEFORE, _AFTER = 160, 160
_CITATION_DATE = "citation-date"
_SEVERITIES = {Severity.ERROR: "Contradiction", Severity.WARNING: "To look at", Severity.INFO: "Remark"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place quoted with the words around it: `before` + `words` + `after` stand verbatim in the document.

    `table` names the table for a place that is a cell; "" for all others.
    """

    label: str
    table: str
    where: str
    before: str
    words: str
    after: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding ready to print; places that are cells of one table stand together."""

    id: str
    code: str
    severity: str
    level: str
    message: str
    places: tuple[tuple[Quoted, ...], ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks said of one document."""

    document: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A claim that holds, with its evidence."""

    reason: str
    words: str
    document: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims were checked, by verdict."""

    confirmed: int
    contradicted: int
    not_checkable: int


def checked(material: Material, notebook: Notebook) -> tuple[Checked, ...]:
    """Return the findings of each document, the most serious first, in the documents' order."""
    made = []
    order = list(Severity)
    known = {document.id: document for document in material.documents}
    ids = [document.id for document in material.documents if document.id in material.findings]
    ids += sorted(set(material.findings) - set(ids))
    number = 0
    for document_id in ids:
        document = known.get(document_id)
        remarks = []
        found = material.findings[document_id]
        for finding in sorted(found, key=lambda one: (order.index(one.severity), one.spans[0].start, one.code)):
            number += 1
            remarks.append(_remark(finding, document, notebook, number))
        if remarks:
            title = document_id if document is None else short_reference(document)
            made.append(Checked(title, tuple(remarks)))
    return tuple(made)


def confirmed(material: Material, notebook: Notebook) -> tuple[Confirmed, ...]:
    """Return the claims that hold, in the order of their documents and places."""
    known = {document.id: document for document in material.documents}
    places = {document.id: index for index, document in enumerate(material.documents)}
    holding = [claim for claim in material.claims if claim.verdict is Verdict.CONFIRMED]
    holding.sort(key=lambda claim: (places.get(claim.document_id, len(places)), claim.evidence[0].start, claim.id))
    made = []
    for document_id in dict.fromkeys(claim.document_id for claim in holding):
        own = [claim for claim in holding if claim.document_id == document_id]
        # That a cited work is older than the document is the rule; one sentence says it of all of them.
        dates = [claim for claim in own if claim.kind == _CITATION_DATE]
        if len(dates) < 3:
            dates = []
        made += [_confirmed(claim, known.get(document_id), notebook) for claim in own if claim not in dates]
        if dates:
            cited = notebook.cite_spans([claim.evidence[0] for claim in dates], known.get(document_id))
            words = f"{counted(len(dates), 'cited work')} are dated before the document that cites them."
            made.append(Confirmed(words, "", made[-1].document if made else document_id, cited))
    return tuple(made)


def tally(material: Material) -> Tally:
    """Return the count of claims by verdict."""
    verdicts = [claim.verdict for claim in material.claims]
    return Tally(*(verdicts.count(verdict) for verdict in Verdict))


def _remark(finding: Finding, document: Document | None, notebook: Notebook, number: int) -> Remark:
    return Remark(
        id=f"finding-{number}",
        code=finding.code,
        severity=_SEVERITIES[finding.severity],
        level=finding.severity.value,
        message=typeset(finding.message),
        places=_grouped([_quoted(span, document, notebook) for span in finding.spans]),
    )


def _grouped(places: list[Quoted]) -> tuple[tuple[Quoted, ...], ...]:
    groups: list[list[Quoted]] = []
    for place in places:
        if groups and place.table and groups[-1][0].table == place.table:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(tuple(group) for group in groups)


def _quoted(span: FindingSpan, checked_document: Document | None, notebook: Notebook) -> Quoted:
    marks = notebook.cite_spans([span], checked_document)
    document = notebook.document(span.document) if span.document else checked_document
    label = typeset(span.label[:1].upper() + span.label[1:])
    where = f"line {span.line}, column {span.column}" if span.line > 0 else ""
    if document is None or not (0 <= span.start < span.end <= len(document.text)):
        source = f"{span.document}, {where}" if span.document else where
        return Quoted(label, "", source.strip(", "), "", shortened(span.text, 300), "", marks)
    table, cell = notebook.cell_at(span, document)
    where = cell or where or place_in(document, span.start)
    if span.document and not table:
        where = f"{short_reference(document)}, {where}"
    before, after = _around(document, span)
    return Quoted(label, table, where, before, " ".join(document.text[span.start : span.end].split()), after, marks)


def _around(document: Document, span: FindingSpan) -> tuple[str, str]:
    """The rest of the sentence on either side, cut at a word's end where it is long."""
    passage = document.passage_at(span.start)
    if passage is None or span.end > passage.end:
        return "", ""
    before = " ".join(document.text[passage.start : span.start].split())
    after = " ".join(document.text[span.end : passage.end].split())
    left = document.text[span.start - 1 : span.start].isspace() if span.start > 0 else False
    right = document.text[span.end : span.end + 1].isspace()
    if len(before) > _BEFORE:
        before = "… " + before[-_BEFORE:].partition(" ")[2]
    if len(after) > _AFTER:
        after = after[:_AFTER].rpartition(" ")[0] + " …"
    return before + (" " if before and left else ""), (" " if after and right else "") + after


def _confirmed(claim: Claim, document: Document | None, notebook: Notebook) -> Confirmed:
    return Confirmed(
        reason=typeset(claim.reason),
        words=shortened(claim.evidence[0].text, 200),
        document=claim.document_id if document is None else short_reference(document),
        marks=notebook.cite_spans(claim.evidence, document),
    )
