"""The outcome of a check, and the check itself: each rule's claims, and a finding for each that does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from comity.checks.reading import Evidence, Reading
from comity.checks.rule import Ruling
from comity.checks.rules import RULES, rule
from comity.checks.silence import Ignore, Silenced, ignore_for, ignores_in
from comity.terms import Claim, Document, Finding, Severity, Verdict


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found.

    Attributes:
        findings: in reading order of their claims.
        claims: every claim that was read, with its verdict and evidence, in the same order.
        silenced: findings that a comment in the file silences, each with the reason given.
    """

    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    silenced: tuple[Silenced, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many claims got that verdict."""
        return sum(claim.verdict is verdict for claim in self.claims)

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the findings."""
        order = list(Severity)
        return min((finding.severity for finding in self.findings), key=order.index, default=None)


def check(document: Document, evidence: Evidence | None = None, *, ignores: Iterable[Ignore] = ()) -> CheckReport:
    """Hold each claim of the document against its own tables and notes, the calendar, and the evidence.

    Args:
        document: the text under check.
        evidence: events and observations coded from it (and from the record); none by default.
        ignores: silencing comments of the file (`read_ignores`) beside those in the document's text.
    """
    reading = Reading(document, evidence if evidence is not None else Evidence())
    rulings: dict[str, Ruling] = {}
    for each in RULES:
        for ruling in each.judge(reading):
            rulings.setdefault(ruling.claim.id, ruling)
    ordered = sorted(
        rulings.values(),
        key=lambda ruling: (ruling.claim.evidence[0].start, ruling.claim.evidence[0].end, ruling.claim.rule),
    )
    known = (*ignores, *ignores_in(document))
    findings: list[Finding] = []
    silenced: list[Silenced] = []
    for ruling in ordered:
        if ruling.claim.verdict is not Verdict.CONTRADICTED:
            continue
        finding = _finding(ruling)
        ignore = ignore_for(finding, document, known)
        if ignore is None:
            findings.append(finding)
        else:
            silenced.append(Silenced(finding, ignore.reason))
    return CheckReport(tuple(findings), tuple(ruling.claim for ruling in ordered), tuple(silenced))


def _finding(ruling: Ruling) -> Finding:
    claim = ruling.claim
    severity = ruling.severity if ruling.severity is not None else rule(claim.rule).severity
    return Finding(claim.rule, severity, claim.reason, claim.evidence, claim.id)
