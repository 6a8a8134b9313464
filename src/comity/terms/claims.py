"""What a text claims, and what was found when the claim was held against the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comity.terms.errors import InvalidTerm


class Verdict(StrEnum):
    """The outcome of one check of one claim."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not_checkable"


class Severity(StrEnum):
    """How serious a finding is: an error contradicts the evidence, a warning needs a look, an info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class FindingSpan:
    """A place that a finding or a confirmation points at.

    Attributes:
        start, end: characters of the document's text; both 0 with an empty text for a cell of a data file.
        line, column: where that stands in the file, from 1.
        document: name of the document when it is another one than the checked; "" for the checked one.
        label: what the place is ("claim", "table cell, 2014", "visit of 24-26 May 2012").
    """

    start: int
    end: int
    line: int
    column: int
    text: str
    document: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something a text asserts that can be held against evidence, with the verdict and the evidence.

    Attributes:
        rule: code of the rule that read and judged it.
        kind: "total", "trend", "level", "share", "count", "duration", "anniversary", "citation-date", "weekday", ...
        reason: one sentence: why it holds, why not, or why it cannot be checked.
        evidence: the claim's own place first, then what it was held against.
    """

    id: str
    document_id: str
    rule: str
    kind: str
    verdict: Verdict
    reason: str
    evidence: tuple[FindingSpan, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise InvalidTerm(f"the claim {self.id} has no place in its document")
        if self.verdict is not Verdict.NOT_CHECKABLE and len(self.evidence) < 2:
            raise InvalidTerm(f"the claim {self.id} is {self.verdict} but names nothing that it was held against")


@dataclass(frozen=True, slots=True)
class Finding:
    """A report to the author: what does not agree, with both places."""

    code: str
    severity: Severity
    message: str
    spans: tuple[FindingSpan, ...]
    claim_id: str = ""

    def __post_init__(self) -> None:
        if not self.spans:
            raise InvalidTerm(f"the finding {self.code} points at no place")
