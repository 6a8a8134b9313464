"""Events in the PLOVER ontology: what was done, by whom, to whom, when, where, and the passage that says so.

Types, quad classes, scores and modes are those of the PLOVER manual (openeventdata/PLOVER, PLOVER_MANUAL.tex,
February 2024), with two decisions on its contradictions: SANCTION is material conflict (quad 4), as in the
manual's own section and summary table; ACCUSE scores -3, since the table's 3 stands against modes of -2 to -3.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from comity.terms.actors import Actor
from comity.terms.errors import InvalidTerm
from comity.terms.periods import Period
from comity.terms.provenance import Provenance


class Quad(IntEnum):
    """PLOVER's four classes of events."""

    VERBAL_COOPERATION = 1
    MATERIAL_COOPERATION = 2
    VERBAL_CONFLICT = 3
    MATERIAL_CONFLICT = 4


class EventType(StrEnum):
    """PLOVER's sixteen event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"

    @property
    def quad(self) -> Quad:
        """The class of the type."""
        return _QUAD[self]

    @property
    def modes(self) -> frozenset[str]:
        """The modes that the manual allows for the type; empty for the five types without modes."""
        return frozenset(_MODES[self])

    def scale(self, modes: tuple[str, ...] = ()) -> float:
        """The PLOVER score from -10 (conflict) to 10 (cooperation): the first scored mode's, or else the type's."""
        for mode in modes:
            score = _MODES[self].get(mode)
            if score is not None:
                return score
        return _SCORE[self]


_QUAD = {
    EventType(name): quad
    for quad, names in {
        Quad.VERBAL_COOPERATION: "AGREE CONSULT SUPPORT CONCEDE",
        Quad.MATERIAL_COOPERATION: "COOPERATE AID RETREAT",
        Quad.VERBAL_CONFLICT: "REQUEST ACCUSE REJECT THREATEN",
        Quad.MATERIAL_CONFLICT: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }.items()
    for name in names.split()
}

# PLOVER manual, summary table of event types.
_SCORE = {
    EventType.AGREE: 2.5,
    EventType.CONSULT: 2.5,
    EventType.SUPPORT: 5.0,
    EventType.CONCEDE: 4.5,
    EventType.COOPERATE: 9.5,
    EventType.AID: 10.0,
    EventType.RETREAT: 6.5,
    EventType.REQUEST: 0.0,
    EventType.ACCUSE: -3.0,
    EventType.REJECT: -2.0,
    EventType.THREATEN: -3.5,
    EventType.PROTEST: -5.0,
    EventType.SANCTION: -6.0,
    EventType.MOBILIZE: -5.5,
    EventType.COERCE: -7.0,
    EventType.ASSAULT: -9.0,
}

# PLOVER manual, table of modes. PROTEST vandalize has no score there and takes its type's.
_MODES: dict[EventType, dict[str, float | None]] = {
    EventType.AGREE: {},
    EventType.CONSULT: {"visit": 4.0, "third-party": 1.0, "multilateral": 4.0, "phone": 1.5},
    EventType.SUPPORT: {},
    EventType.CONCEDE: {},
    EventType.COOPERATE: {},
    EventType.AID: {},
    EventType.RETREAT: {
        "withdraw": 8.0,
        "release": 6.5,
        "disarm": 10.0,
        "ceasefire": 7.5,
        "access": 6.5,
        "resign": 4.5,
    },
    EventType.REQUEST: {"assist": 0.5, "change": -1.0, "yield": -1.0, "meet": 0.0},
    EventType.ACCUSE: {"disapprove": -2.0, "investigate": -3.5, "allege": -3.5},
    EventType.REJECT: {"assist": -1.5, "change": -2.0, "yield": -2.0, "meet": -2.0},
    EventType.THREATEN: {
        "restrict": -3.0,
        "arrest": -3.5,
        "relations": -3.5,
        "expel": -3.5,
        "territory": -4.0,
        "violence": -3.5,
    },
    EventType.PROTEST: {
        "demo": -5.0,
        "riot": -7.0,
        "strike": -5.0,
        "hunger": -4.5,
        "boycott": -4.5,
        "obstruct": -4.5,
        "vandalize": None,
    },
    EventType.SANCTION: {"convict": -6.0, "expel": -5.5, "withdraw": -6.0, "discontinue": -6.0},
    EventType.MOBILIZE: {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6.0},
    EventType.COERCE: {
        "seize": -7.0,
        "restrict": -7.0,
        "censor": -6.5,
        "curfew": -6.5,
        "martial-law": -7.5,
        "arrest": -7.0,
        "deport": -7.0,
        "withhold": -7.0,
        "misinformation": -6.5,
        "cyber": -7.0,
    },
    EventType.ASSAULT: {
        "abduct": -8.5,
        "beat": -7.5,
        "torture": -8.5,
        "sexual": -8.5,
        "targeted": -9.5,
        "destroy": -8.5,
        "primitive": -8.0,
        "firearms": -9.0,
        "explosives": -9.0,
        "suicide-attack": -9.5,
        "aerial": -9.5,
        "drone": -9.5,
        "heavy-weapons": -9.5,
        "crowd-control": -7.5,
        "unconventional": -10.0,
    },
}

# PLOVER manual, chapter "Contexts".
CONTEXTS = frozenset(
    """military intelligence executive legislative election political_institutions pro_democracy pro_autocracy
    economic legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity
    inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource environment
    technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking""".split()
)


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event happened, with the words that say so. `text` is empty where the date was inferred."""

    period: Period
    text: str = ""


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event happened: the state that the place lies in, the words, and the city where one is named."""

    code: str
    text: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One act, as one passage reports it.

    Several passages may report the same act; the record joins them into a `MergedEvent`.

    Attributes:
        actors, recipients: for a symmetric act all parties are actors and recipients is empty; a visitor is the
            actor and the host the recipient.
        contexts: PLOVER contexts.
        confidence: 0 to 1; how sure the coder is of type and parties together.
        start, end, text: the evidence verbatim, in characters of the document's text.
        ordinal: the round, where the text counts ("the third consultations": 3).
        coder: who read the event: "rules" (the grammar), "network" (the trained network that ships with Comity), or
            "second-reader:" and the name of a language model that the user named.
    """

    id: str
    source_id: str
    type: EventType
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    start: int
    end: int
    text: str
    modes: tuple[str, ...] = ()
    symmetric: bool = False
    date: EventDate | None = None
    place: EventPlace | None = None
    contexts: tuple[str, ...] = ()
    confidence: float = 1.0
    provenance: Provenance | None = None
    ordinal: int | None = None
    coder: str = "rules"

    def __post_init__(self) -> None:
        if not self.actors:
            raise InvalidTerm(f"the event {self.id} has no actor")
        if self.symmetric and self.recipients:
            raise InvalidTerm(f"the event {self.id} is symmetric: its parties are all actors, none a recipient")
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidTerm(f"the confidence of {self.id} must lie between 0 and 1, not at {self.confidence}")
        wrong = set(self.modes) - self.type.modes
        if wrong:
            raise InvalidTerm(f"{self.type} has no mode {', '.join(sorted(wrong))}")
        unknown = set(self.contexts) - CONTEXTS
        if unknown:
            raise InvalidTerm(f"PLOVER has no context {', '.join(sorted(unknown))}")
        if self.end - self.start != len(self.text):
            raise InvalidTerm(
                f"the evidence of {self.id} has {len(self.text)} characters but spans {self.start} to {self.end}"
            )

    @property
    def quad(self) -> Quad:
        """The event's PLOVER class."""
        return self.type.quad

    @property
    def scale(self) -> float:
        """The event's PLOVER score, -10 to 10."""
        return self.type.scale(self.modes)

    @property
    def proposer(self) -> str:
        """The name of the second reader that proposed the event; "" for one that Comity read itself."""
        return (
            "" if self.coder in ("rules", "network") else self.coder.removeprefix("second-reader:") or "a second reader"
        )

    @property
    def parties(self) -> frozenset[str]:
        """The codes of all who take part, on either side."""
        return frozenset(actor.code for actor in self.actors + self.recipients)

    def acting_between(self, pair: frozenset[str]) -> frozenset[str]:
        """Return who of two states acts in what is an act between them; nobody where it is none.

        One state for an act of it toward the other; both for a symmetric act of both. What both do together toward others
        ("India and France condemned Russia") is no act between them, nor is one in which only one of them takes part.

        Args:
            pair: the codes of the two states (`Dyad.codes`).
        """
        actors = pair & {actor.code for actor in self.actors}
        if self.symmetric:
            return actors if actors == pair else frozenset()
        recipients = pair & {actor.code for actor in self.recipients}
        return actors if len(actors) == len(recipients) == 1 and actors != recipients else frozenset()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more sources differ about one feature of an event ("date", "place", ...); `readings` maps value to report ids."""

    feature: str
    readings: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """One act with every report of it; nothing of any report is lost.

    `event` stands for the act: its fullest report, with the place on which the others agree where that one names none.
    `confidence` is the surest report's, 0 to 1: that the act is read right. `joining`, 0 to 1, is how sure it is that the
    reports tell of one act; 1 where there is one report, or where a person joined them.
    """

    id: str
    event: Event
    reports: tuple[Event, ...]
    disagreements: tuple[Disagreement, ...] = ()
    confidence: float = 1.0
    joining: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.joining <= 1.0:
            raise InvalidTerm(f"the joining of {self.id} must lie between 0 and 1, not at {self.joining}")
        if all(report.id != self.event.id for report in self.reports):
            raise InvalidTerm(f"the merged event {self.id} is represented by a report that it does not hold")

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the documents that report the event, each once, sorted."""
        return tuple(sorted({report.source_id for report in self.reports}))
