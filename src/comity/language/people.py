"""Persons that a text introduces with state and office, so that a bare surname later in it leads to them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from comity.terms import Rank

# States whose names put the family name first: the first word is the one that is repeated ("Xi", "Kishida" is not).
_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "HKG", "KHM"})
# Leaders' surnames that are also common words or common names: they count only with the first name or an office.
_COMMON_SURNAMES = frozenset(
    "may brown major johnson khan harper park moon kim lee gandhi barak sharon jonathan ahmed hussein moi morrison"
    " castro reagan abbas li wen lula marcos sharif carney suga modi-ji merz".split()
) - {"reagan", "castro"}


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the state that he or she acts for.

    Attributes:
        name: as fully as it was given ("Taro Kono").
        code: the state or organisation acted for.
        start, end: the term of office where it is known; None leaves it open.
    """

    name: str
    code: str
    office: str = ""
    rank: Rank | None = None
    sectors: tuple[str, ...] = ("GOV",)
    start: date | None = None
    end: date | None = None

    @property
    def surname(self) -> str:
        """The word by which the person is named again, in lower case."""
        words = self.name.split()
        if not words:
            return ""
        return (words[0] if self.code in _FAMILY_FIRST and len(words) > 1 else words[-1]).lower()

    def serves(self, on: date | None) -> bool:
        """Whether the person held the office on that day; True where either is unknown."""
        if on is None:
            return True
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


class People:
    """Persons known by full name and by surname; a surname that leads to two states leads to nobody."""

    __slots__ = ("_by_name", "_by_surname", "_persons")

    def __init__(self, persons: Iterable[Person] = ()) -> None:
        self._persons: dict[tuple[str, str, str], Person] = {}
        self._by_name: dict[str, Person] = {}
        self._by_surname: dict[str, list[Person]] = {}
        for person in persons:
            self._add(person)

    def with_person(self, person: Person) -> People:
        """Return these people and one more."""
        return People([*self._persons.values(), person])

    def _add(self, person: Person) -> None:
        key = (person.name.lower(), person.code, str(person.start or ""))
        held = self._persons.get(key)
        if held is not None and (held.office or not person.office):
            return
        self._persons[key] = person
        if " " in person.name:
            self._by_name[person.name.lower()] = person
        surname = person.surname
        # A surname alone ("Kono") that repeats a person known in full teaches nothing new.
        others = [
            other
            for other in self._by_surname.get(surname, [])
            if other.name.lower() != person.name.lower() or other.start != person.start
        ]
        if " " not in person.name and any(other.code == person.code for other in others):
            return
        self._by_surname[surname] = [*others, person]

    def named(self, name: str) -> Person | None:
        """Return the person of that full name."""
        return self._by_name.get(name.lower())

    def surnamed(self, surname: str, on: date | None = None) -> Person | None:
        """Return the one person, or the latest of several of one state, whom that surname leads to."""
        found = [person for person in self._by_surname.get(surname.lower(), ()) if person.serves(on)]
        if not found or len({person.code for person in found}) > 1:
            return None
        return found[-1]

    def __or__(self, other: People) -> People:
        return People([*self._persons.values(), *other._persons.values()])

    def __iter__(self) -> Iterator[Person]:
        return iter(self._persons.values())

    def __len__(self) -> int:
        return len(self._persons)

    def __bool__(self) -> bool:
        return bool(self._persons)


@lru_cache(maxsize=1)
def leaders() -> People:
    """Heads of state and government of states much in the news, with their terms (lexicon/leaders.csv)."""
    lines = (files("comity.language") / "lexicon" / "leaders.csv").read_text(encoding="utf-8").splitlines()
    persons = [
        Person(
            row["name"],
            row["code"],
            row["office"],
            Rank(row["rank"]),
            ("GOV",),
            date.fromisoformat(row["start"]) if row["start"] else None,
            date.fromisoformat(row["end"]) if row["end"] else None,
        )
        for row in csv.DictReader(line for line in lines if line and not line.startswith("#"))
    ]
    return People(persons)


def leader_surnamed(surname: str, on: date | None) -> Person | None:
    """Return the serving leader whom a bare surname can only mean; common words and common names mean nobody."""
    return None if surname.lower() in _COMMON_SURNAMES else leaders().surnamed(surname, on)
