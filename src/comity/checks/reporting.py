"""A report as JSON, as SARIF and as lines of text: structure only, whoever prints it decides where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.checks.report import CheckReport
from comity.checks.rules import RULES
from comity.terms import Document, Finding, FindingSpan, Severity, Verdict

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def report_json(document: Document, report: CheckReport) -> dict[str, Any]:
    """Return the report in the shape of `comity check --format json`; offsets count characters of the document's text."""
    return {
        "document": {
            "id": document.id,
            "name": document.name,
            "title": document.bibliography.title,
            "published": document.published.isoformat() if document.published is not None else None,
        },
        "findings": [_finding(finding) for finding in report.findings],
        "claims": {verdict.value: report.count(verdict) for verdict in Verdict},
        "silenced": [{**_finding(each.finding), "reason": each.reason} for each in report.silenced],
        "checked": [
            {
                "rule": claim.rule,
                "kind": claim.kind,
                "verdict": claim.verdict.value,
                "reason": claim.reason,
                "spans": [_span(span) for span in claim.evidence],
            }
            for claim in report.claims
        ],
    }


def report_text(document: Document, report: CheckReport) -> Iterator[str]:
    """Yield a line `file:line:column CODE message` for each finding, with the other places indented below it."""
    for finding in report.findings:
        own = finding.spans[0]
        yield f"{document.name}:{own.line}:{own.column} {finding.code} {finding.message}"
        for span in finding.spans[1:]:
            shown = " ".join(span.text.split())
            shown = shown if len(shown) <= 90 else f"{shown[:87]}..."
            quoted = f' "{shown}"' if shown else ""
            yield f"  {span.document or document.name}:{span.line}:{span.column} {span.label}{quoted}"


def report_sarif(document: Document, report: CheckReport) -> dict[str, Any]:
    """Return the report as a SARIF log (OASIS SARIF 2.1.0): one run, one result for each finding.

    A silenced finding is a result with a suppression "inSource" and its reason, as SARIF 3.35 has it.
    """
    index = {each.code: position for position, each in enumerate(RULES)}
    results = [_result(document, finding, index) for finding in report.findings]
    for each in report.silenced:
        suppression: dict[str, Any] = {"kind": "inSource"}
        if each.reason:
            suppression["justification"] = each.reason
        results.append({**_result(document, each.finding, index), "suppressions": [suppression]})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "comity",
                        "version": _version(),
                        "rules": [
                            {
                                "id": each.code,
                                "name": each.name,
                                "shortDescription": {"text": each.summary},
                                "help": {"text": each.page, "markdown": each.page},
                                "defaultConfiguration": {"level": _LEVELS[each.severity]},
                            }
                            for each in RULES
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "spans": [_span(span) for span in finding.spans],
    }


def _span(span: FindingSpan) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "line": span.line,
        "column": span.column,
        "text": span.text,
        "label": span.label,
    }
    if span.document:
        shape["document"] = span.document
    return shape


def _result(document: Document, finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(document, finding.spans[0])],
        "relatedLocations": [
            {"id": number, **_location(document, span), "message": {"text": span.label or "held against"}}
            for number, span in enumerate(finding.spans[1:], start=1)
        ],
        "partialFingerprints": {"claim/v1": finding.claim_id},
    }


def _location(document: Document, span: FindingSpan) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": span.line, "startColumn": span.column}
    if span.text:
        region["snippet"] = {"text": span.text}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": (span.document or document.name).replace(" ", "%20")},
            "region": region,
        }
    }


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and only SARIF needs it

    try:
        return version("comity")
    except PackageNotFoundError:  # a source tree that is not installed
        return "0"
