"""Persons that a text introduces with state and office, so that a bare surname later in it leads to them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from comity.terms import Rank

# States whose names put the family name first: the first word is the one that is repeated ("Xi", "Kishida" is not).
_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "HKG", "KHM"})
# What the holder of such an office stands for; anybody else on the list of leaders acts for a government.
_SECTORS = {"rebel leader": ("REB",), "opposition leader": ("OPP",)}
_ORGANISATIONS = frozenset({"UNO", "EUR", "IGO"})
# Offices whose holders are named by title and first name ("King Hussein"), with what else such a holder is called.
_RULERS = {
    **dict.fromkeys(
        ("king", "queen", "emperor", "empress", "shah", "pope", "grand duke", "grand duchess", "prince"),
        tuple[str, ...](),
    ),
    **dict.fromkeys(("emir", "amir", "sultan"), ("sheikh", "shaikh", "emir", "amir")),
}
_SHEIKH = frozenset({"sheikh", "shaikh"})
# Words that end a ruler's first name: "Hussein bin Talal", "Jaber al-Ahmed".
_FILIATION = frozenset({"bin", "ibn", "bint", "ben", "al", "el"})
_NUMERAL = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii".split())
# Terms are known to the month, so one who changes office may hold both for some of it; two namesakes do so for longer.
_PASSING_OVER = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the state that he or she acts for.

    Attributes:
        name: as fully as it was given ("Taro Kono").
        code: the state or organisation acted for.
        start, end: the term of office where it is known; None leaves it open.
        family: the word by which the person is named again, where the order of the name does not tell it.
    """

    name: str
    code: str
    office: str = ""
    rank: Rank | None = None
    sectors: tuple[str, ...] = ("GOV",)
    start: date | None = None
    end: date | None = None
    family: str = ""

    @property
    def surname(self) -> str:
        """The word by which the person is named again, in lower case."""
        if self.family:
            return self.family.lower()
        words = self.name.split()
        if not words:
            return ""
        return (words[0] if self.code in _FAMILY_FIRST and len(words) > 1 else words[-1]).lower()

    @property
    def regnal(self) -> str:
        """The first name by which a ruler is named behind the title ("Hassan" for Hassan II), in lower case; "" for others.

        A list that names no offices tells its rulers by a numeral or by "bin" and the like.
        """
        name, office = self.name.lower().replace("-", " "), self.office.lower()
        if office and office not in _RULERS and not name.startswith(("sheikh ", "shaikh ")):
            return ""
        title = next((each for each in (office, *_SHEIKH) if each and name.startswith(f"{each} ")), "")
        words = name.removeprefix(title).split()
        cut = next((at for at, word in enumerate(words) if at and (word in _FILIATION or word in _NUMERAL)), None)
        if not (title in _SHEIKH or office in _RULERS or (not office and cut is not None)):
            return ""
        return " ".join(words[:cut])

    def is_called(self, title: str) -> bool:
        """Whether a ruler of that title ("king") can be meant by this person."""
        office = self.office.lower()
        if title in _SHEIKH and self.name.lower().startswith(("sheikh ", "shaikh ")):
            return True
        return title == office or title in _RULERS.get(office, ()) or (not office and title != "pope")

    def covers(self, other: Person) -> bool:
        """Whether the other's term lies within this person's; a person without a term covers all."""
        if other.start is None and other.end is None:
            return True
        first = self.start is None or (other.start is not None and self.start <= other.start)
        return first and (self.end is None or (other.end is not None and other.end <= self.end))

    def serves(self, on: date | None) -> bool:
        """Whether the person held the office on that day; True where either is unknown."""
        if on is None:
            return True
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


class People:
    """Persons known by full name and by surname; a surname that leads to two states leads to nobody."""

    __slots__ = ("_by_name", "_by_regnal", "_by_surname", "_persons")

    def __init__(self, persons: Iterable[Person] = ()) -> None:
        self._persons: dict[tuple[str, str, str, str], Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._by_regnal: dict[str, list[Person]] = {}
        for person in persons:
            self._add(person)

    def learn(self, persons: Iterable[Person]) -> None:
        """Add persons to these, in place: for a reader's own people, which nobody else holds."""
        for person in persons:
            self._add(person)

    def _add(self, person: Person) -> None:
        key = (person.name.lower(), person.code, str(person.start or ""), str(person.end or ""))
        held = self._persons.get(key)
        if held is not None and (held.office or not person.office):
            return
        self._persons[key] = person
        if " " in person.name:
            _place(self._by_name, _folded(person.name), person)
        if person.regnal:
            _place(self._by_regnal, _folded(person.regnal), person)
        surname = _folded(person.surname)
        self._add_surname(surname, person)
        if surname.startswith(("al-", "el-")) and len(surname) > 5:
            self._add_surname(surname[3:], person)

    def _add_surname(self, surname: str, person: Person) -> None:
        # A surname alone ("Kono") that repeats a person known in full teaches nothing new, unless its term is another.
        others = [
            other
            for other in self._by_surname.get(surname, [])
            if (other.name.lower(), other.code, other.start, other.end)
            != (person.name.lower(), person.code, person.start, person.end)
        ]
        if " " not in person.name and any(other.code == person.code and other.covers(person) for other in others):
            return
        self._by_surname[surname] = [*others, person]

    def named(self, name: str, on: date | None = None) -> Person | None:
        """Return the person of that full name, in the office held on that day.

        A full name counts at any time: outside all terms it leads to the office held before, or else to the first to come.
        Between offices of two states it leads to nobody. Without a day the later listed is meant.
        """
        held = self._by_name.get(_folded(name))
        if held is None or on is None or len(held) == 1:
            return held[-1] if held else None
        serving = [person for person in held if person.serves(on)]
        serving = [person for person in serving if person.start is not None or person.end is not None] or serving
        if serving:
            return _one_of(serving)
        before = [person for person in held if person.end is not None and person.end < on]
        after = [person for person in held if person.start is not None and on < person.start]
        last = max(before, key=lambda person: person.end or date.max, default=None)
        first = min(after, key=lambda person: person.start or date.min, default=None)
        if last is not None and first is not None and last.code != first.code:
            return None
        return last or first

    def terms(self, name: str) -> tuple[Person, ...]:
        """Return each office of the person of that full name, in the order of the list."""
        return tuple(self._by_name.get(_folded(name), ()))

    def surnamed(self, surname: str, on: date | None = None) -> Person | None:
        """Return the one person, or the latest of several of one state, whom that surname leads to.

        One person who has served two states in turn (Tusk, Shevardnadze) leads, without a date, to the later listed.
        """
        found = self._serving(surname, on)
        if not found:
            return None
        names: dict[str, set[str]] = {}
        for person in found:
            names.setdefault(person.code, set()).add(person.name)
        if len(names) > 1:
            shared = set.intersection(*names.values())
            if not shared or any(person.start is None for person in found):
                return None
            # On one day only who passes from one office to the next is one person; others are namesakes.
            if on is not None and (not any(" " in name for name in shared) or _one_of(found) is None):
                return None
        return next((person for person in reversed(found) if person.office), found[-1])

    def has_serving(self, surname: str, on: date) -> bool:
        """Whether anybody of that surname is in office on that day, of one state or several."""
        return bool(self._serving(surname, on))

    def _serving(self, surname: str, on: date | None) -> list[Person]:
        return [person for person in self._by_surname.get(_folded(surname), ()) if person.serves(on)]

    def ruler(self, title: str, name: str, on: date | None = None) -> Person | None:
        """Return the one ruler in office whom title and first name mean ("King", "Hussein"); of two states' nobody.

        With a numeral ("Faisal II") it is the ruler of that whole name, at any time.
        """
        if title.lower() not in _RULERS and title.lower() not in _SHEIKH:
            return None
        if not _NUMERAL.isdisjoint(name.lower().split()):
            return self.named(f"{title} {name}", on)
        held = self._by_regnal.get(_folded(name.replace("-", " ")), ())
        found = [person for person in held if person.serves(on) and person.is_called(title.lower())]
        if not found or len({person.code for person in found}) > 1:
            return None
        return next((person for person in reversed(found) if person.office), found[-1])

    def __or__(self, other: People) -> People:
        return People([*self._persons.values(), *other._persons.values()])

    def __iter__(self) -> Iterator[Person]:
        return iter(self._persons.values())

    def __len__(self) -> int:
        return len(self._persons)

    def __bool__(self) -> bool:
        return bool(self._persons)


@lru_cache(maxsize=1)
def _common_surnames() -> frozenset[str]:
    """Surnames that are also common words or common names (lexicon/common_surnames.txt)."""
    lines = (files("comity.language") / "lexicon" / "common_surnames.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1)
def leaders() -> People:
    """Persons who stand for a state or organisation in the news, with their terms (lexicon/leaders.csv)."""
    lines = (files("comity.language") / "lexicon" / "leaders.csv").read_text(encoding="utf-8").splitlines()
    persons = [
        Person(
            row["name"],
            row["code"],
            row["office"],
            Rank(row["rank"]),
            () if row["code"] in _ORGANISATIONS else _SECTORS.get(row["office"], ("GOV",)),
            date.fromisoformat(row["start"]) if row["start"] else None,
            date.fromisoformat(row["end"]) if row["end"] else None,
        )
        for row in csv.DictReader(line for line in lines if line and not line.startswith("#"))
    ]
    return People(persons)


def leader_surnamed(surname: str, on: date | None, known: People | None = None) -> Person | None:
    """Return the serving leader whom a bare surname can only mean; common words and common names mean nobody.

    known: the leaders, where more are known than the own list has; without a day only those of the own list count, since
        such a list goes back too far for a surname alone.
    """
    if surname.lower() in _common_surnames():
        return None
    return (leaders() if known is None or on is None else known).surnamed(surname, on)


def leader_in_office(surname: str, on: date | None, known: People | None = None) -> Person | None:
    """Return the leader whom an office with a surname means: one who serves, or else one of the own list at any time."""
    if on is not None and (leaders() if known is None else known).has_serving(surname, on):
        return leader_surnamed(surname, on, known)
    return leader_surnamed(surname, None)


def _folded(name: str) -> str:
    """A name in lower case and without accents."""
    low = name.lower()
    if low.isascii():
        return low
    return "".join(letter for letter in unicodedata.normalize("NFKD", low) if not unicodedata.combining(letter))


def _place(index: dict[str, list[Person]], key: str, person: Person) -> None:
    """Put a person behind those of the same key; one of the same state and beginning is replaced."""
    others = [other for other in index.get(key, ()) if (other.code, other.start) != (person.code, person.start)]
    index[key] = [*others, person]


def _one_of(serving: Sequence[Person]) -> Person | None:
    """The office last begun of several held at once; nobody where two states' overlap for long, as namesakes' do."""
    latest = max(serving, key=lambda person: person.start or date.min)
    for person in serving:
        if person.code != latest.code and (
            person.end is None or latest.start is None or person.end - latest.start > _PASSING_OVER
        ):
            return None
    return latest
