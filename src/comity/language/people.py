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
    """abbas abdallah abdel abdul abdulaziz abdullah adams ahmad ahmed ala alexandre ali alvarado alvarez amin
    andersson andrei annette anson anthony antony araujo arias arthur asif aung austin aye azad aziz baird baker
    bakr ban banana barak bare barrow baz bella benedict benjamin berger bio bird bishop blah blanco bo bolton
    borne bot brown browne bryant bui burnham burns butler c.y. campbell cano cao cardenas carlos carney carr
    carrie cassis castaneda castillo cato cem chambers chan chand chang charles chaves chea chen chi chiang
    chien cho choe choi chou chris christie christopher chung clark cohen colombo compton conte cook cooper
    cordova costa cowen cruz cubas dai dan davis desai diallo diop do doe donald dong douglas drew duong duran
    elizabeth english eric estrada evans faisal fang farooq faye fernandez fino fletcher flores ford fox francis
    franco franks fraser fredrick gabriel gandhi garcia gates geng gold gomes gong gonzalez granger green guo
    gutierrez guzman habib hadi hague haider haley hamad hamid hammond han haq harper harris hasan hassan hau
    hayashi hayden he healey heath heng henry hernandez higgins hill ho hong hor horn hossain howard howe hsiao
    hua huang hun hunt hurd hussain hussein husseini hwang ibrahim ieng ii iii ikeda inada isa islam ismail iv
    jackson jamali james jang jason jenkins jeong jibril jihad jimmy jo john johnson jonathan jorge joseph joshi
    joshua jr juliana junior kamel kan kang karki kem kenny kern key khaled khalid khalifa khalil khan khatib
    khieu kim king kirk kong kono koo krishna kumar ky kyaw lagos lai laird lake lange laurel le lee lei leo
    leon leung li liang lien lim lin liu lobo lon lopez lu luong lwin lynch ma maas madrid mahdi majid major
    malik manning mansour marin marquez martin mas masri maung may mazen medina mendez menon mercado merz meta
    michel miki miller mills minh mishra mitchell mock mohamad mohamed mohammad mohammed moi monteiro montenegro
    monti moon moore moro morrison muhammad muhammed muller musa mustafa mya nakamura nakatani nathan nelson
    nepal neves ng nguyen nidal nong nori norman norodom nova nuon nur nuri okada omar oo osmani owen paek pak
    palmer park patil patterson paul pavel payne paz pena pereira perez perry peters petersen pham phan philip
    philippe pierre ping pol power prak price prince qiao qin qureshi rahman ram ramirez rangel rao rasheed
    rashid rasmussen reina rene reyes reynolds ri rice roberto robertson robinson rockefeller rodriguez rogers
    roman romero rosa rosario ross royal saab sabri saeed said salah salam salim salinas salman sam santos sato
    sattar sawyer sayyaf schulz schuster scott serra sha shah shahabuddin shalom sharif sharma sharon shea shen
    sherman shwe silva sin singh sinha smith solis son song spencer spring stevens strauss straw suarez suga
    sullivan sultan sun suzuki swe ta taha tal tan tanaka tang tariq tatar taylor teng than thapa thorn to
    toledo ton tong torres tran truong tung turk umar ung uno van vaz vazquez velasquez ver vi vieira viola vo
    wade wallace wan wang watanabe wei wen william williams wilson win wine wong wu xiv xvi yadav yang yassin ye
    yen yeo yon yoshida youssouf yu yun yunus yusuf zeng zhai zhang zhao""".split()
)
# What the holder of such an office stands for; anybody else on the list of leaders acts for a government.
_SECTORS = {"rebel leader": ("REB",), "opposition leader": ("OPP",)}
_ORGANISATIONS = frozenset({"UNO", "EUR", "IGO"})


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
        """Return the one person, or the latest of several of one state, whom that surname leads to.

        One person who has served two states in turn (Tusk, Shevardnadze) leads, without a date, to the later listed.
        """
        found = [person for person in self._by_surname.get(surname.lower(), ()) if person.serves(on)]
        if not found:
            return None
        names: dict[str, set[str]] = {}
        for person in found:
            names.setdefault(person.code, set()).add(person.name)
        if len(names) > 1 and (not set.intersection(*names.values()) or any(person.start is None for person in found)):
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


def leader_surnamed(surname: str, on: date | None) -> Person | None:
    """Return the serving leader whom a bare surname can only mean; common words and common names mean nobody."""
    return None if surname.lower() in _COMMON_SURNAMES else leaders().surnamed(surname, on)
