"""Human decisions about what the machine proposed: appended to decisions.jsonl, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from comity.terms.errors import InvalidTerm


class Judgement(StrEnum):
    """What a person decided."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    MERGED = "merged"
    SEPARATED = "separated"
    UNDECIDED = "undecided"  # takes an earlier judgement back


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of decisions.jsonl.

    Attributes:
        target: id of the event, statement, observation or finding judged.
        changes: for a correction, field and new value, both as text.
        other: for a merger or separation, the id of the other report.
        user, at: who decided, and when (with time zone).
    """

    target: str
    judgement: Judgement
    user: str
    at: datetime
    changes: tuple[tuple[str, str], ...] = ()
    other: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise InvalidTerm(f"the decision on {self.target} needs a time zone")
        if (self.judgement in (Judgement.MERGED, Judgement.SEPARATED)) != bool(self.other):
            raise InvalidTerm(
                f"the decision on {self.target} is {self.judgement}: it needs `other` exactly when it joins or parts"
            )
