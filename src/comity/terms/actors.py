"""States, dyads, and those who act for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.terms.errors import InvalidTerm

_ISO3 = re.compile(r"[A-Z]{3}")

# PLOVER manual, chapter "Actor codes": sectors of two frequencies.
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
# PLOVER manual, same chapter: codes that stand in a state's place for an actor that is not one.
NON_STATE_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


class Rank(StrEnum):
    """The rank of an office in contacts between states, highest first."""

    HEAD_OF_STATE = "head-of-state"
    HEAD_OF_GOVERNMENT = "head-of-government"
    FOREIGN_MINISTER = "foreign-minister"
    MINISTER = "minister"
    SENIOR_OFFICIAL = "senior-official"
    MILITARY_CHIEF = "military-chief"
    AMBASSADOR = "ambassador"
    LEGISLATOR = "legislator"
    OFFICIAL = "official"
    OTHER = "other"

    @property
    def order(self) -> int:
        """0 for a head of state, rising as the rank falls."""
        return list(Rank).index(self)


@dataclass(frozen=True, slots=True)
class State:
    """A state with its years in the international system.

    Attributes:
        code: ISO 3166-1 alpha-3; for former states the transitional code (SUN, YUG, ...) or one that states/ documents.
        name: short English name.
        start, end: first and last day of existence as states/ documents it; `end` is None for a state of today.
        cow: Correlates of War number, None where COW has none.
        gw: Gleditsch-Ward number, None where there is none.
        alpha2: ISO 3166-1 alpha-2, empty where there is none.
    """

    code: str
    name: str
    start: date
    end: date | None = None
    cow: int | None = None
    gw: int | None = None
    alpha2: str = ""

    def __post_init__(self) -> None:
        if not _ISO3.fullmatch(self.code):
            raise InvalidTerm(f"a state's code has three capital letters, not {self.code!r}")
        if not self.name:
            raise InvalidTerm(f"the state {self.code} has no name")
        if self.end is not None and self.end < self.start:
            raise InvalidTerm(f"the state {self.code} cannot end before it starts")

    def exists(self, on: date) -> bool:
        """Whether the state existed on that day."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two different states, in the order in which the analyst named them."""

    first: str
    second: str

    def __post_init__(self) -> None:
        for code in (self.first, self.second):
            if not _ISO3.fullmatch(code):
                raise InvalidTerm(f"a dyad is made of three-letter state codes, not {code!r}")
        if self.first == self.second:
            raise InvalidTerm(f"a dyad needs two different states, not {self.first} twice")

    @property
    def codes(self) -> frozenset[str]:
        """Both codes, without order."""
        return frozenset((self.first, self.second))

    @property
    def label(self) -> str:
        """`PAK-JPN`."""
        return f"{self.first}-{self.second}"

    def other(self, code: str) -> str:
        """Return the state on the other side from `code`."""
        if code not in self.codes:
            raise InvalidTerm(f"{code} is not part of the dyad {self.label}")
        return self.second if code == self.first else self.first


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted upon, as one passage names it.

    Attributes:
        code: state code, or a PLOVER code of a non-state actor (UNO, EUR, IGO, NGO, IMG, MNC, ISM).
        sectors: PLOVER sectors, most specific first.
        text, start, end: the mention verbatim and its characters in the document's text.
        person: the person's name where one is named or was resolved ("Taro Kono").
        office: the office held, as named ("Foreign Minister").
        rank: the office's rank; None where no person or office is meant.
    """

    code: str
    sectors: tuple[str, ...]
    text: str
    start: int
    end: int
    person: str = ""
    office: str = ""
    rank: Rank | None = None

    def __post_init__(self) -> None:
        if not _ISO3.fullmatch(self.code):
            raise InvalidTerm(f"an actor's code has three capital letters, not {self.code!r}")
        unknown = set(self.sectors) - SECTORS
        if unknown:
            raise InvalidTerm(f"PLOVER has no sector {', '.join(sorted(unknown))}")
        if not 0 <= self.start < self.end:
            raise InvalidTerm(f"the mention {self.text!r} cannot run from {self.start} to {self.end}")

    @property
    def is_state(self) -> bool:
        """Whether the actor is or acts for a state."""
        return self.code not in NON_STATE_CODES
