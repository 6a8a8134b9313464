"""Statements of position: who holds what view on which issue, toward whom, and where that is said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comity.terms.actors import Actor
from comity.terms.errors import InvalidTerm
from comity.terms.events import EventDate
from comity.terms.provenance import Provenance


class Stance(StrEnum):
    """Which way a position points."""

    SUPPORTS = "supports"
    WILLING = "willing"
    CONDITIONAL = "conditional"
    INDIFFERENT = "indifferent"
    CONCERNED = "concerned"
    OPPOSES = "opposes"

    @property
    def direction(self) -> int:
        """1 for a favourable position, 0 for neither, -1 for an unfavourable one."""
        return {"supports": 1, "willing": 1, "concerned": -1, "opposes": -1}.get(self.value, 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """A position that a state (or who speaks for it) holds on an issue.

    Attributes:
        issue: key of the issue in the catalogue of coding/ ("nuclear", "terrorism", ...).
        about: the object in the text's words ("the Japanese-Indian nuclear deal").
        toward: the states or bodies that the position is about or addressed to, the holder not among them.
        strength: 0 to 1; how strongly the words put it.
    """

    id: str
    source_id: str
    holder: Actor
    issue: str
    stance: Stance
    start: int
    end: int
    text: str
    about: str = ""
    toward: tuple[Actor, ...] = ()
    strength: float = 0.5
    date: EventDate | None = None
    confidence: float = 1.0
    provenance: Provenance | None = None
    coder: str = "rules"

    def __post_init__(self) -> None:
        if not self.issue:
            raise InvalidTerm(f"the statement {self.id} names no issue")
        for name, value in (("strength", self.strength), ("confidence", self.confidence)):
            if not 0.0 <= value <= 1.0:
                raise InvalidTerm(f"the {name} of {self.id} must lie between 0 and 1, not at {value}")
        if self.end - self.start != len(self.text):
            raise InvalidTerm(
                f"the evidence of {self.id} has {len(self.text)} characters but spans {self.start} to {self.end}"
            )
