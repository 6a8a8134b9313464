"""Published lists of leaders (REIGN, Archigos) as persons with state and term: what their columns, numbers and names mean.

A list is told by its columns, never by the name of a file. It names most leaders by surname alone and gives no offices, so
its persons stand behind those of the own list, which also knows better where both know one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from comity.language.people import People, Person, leaders
from comity.states import all_states, by_cow, by_gw, spells
from comity.terms import StateError

# What the columns of each list are called. Archigos numbers states after Gleditsch and Ward, whatever it calls the column.
_REIGN = frozenset({"ccode", "leader", "smonth", "syear", "emonth", "eyear"})
_ARCHIGOS = frozenset({"leader", "startdate", "enddate"})
_ARCHIGOS_NUMBER = ("gwcode", "ccode")
_ARCHIGOS_ID = frozenset({"obsid", "leadid"})
_SYSTEMS = {"REIGN": ("COW", "Correlates of War"), "Archigos": ("GW", "Gleditsch-Ward")}
# Texts are read so that the Soviet Union stands under Russia's code (lexicon/actors.csv).
_IN_TEXTS = {"SUN": "RUS"}
# A surname of one or two letters, or of a particle, is no name by which somebody is known.
_LEAST = 3
_NUMERAL = re.compile(r"[IVX]+")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")
# Who "led" where nobody did: "Council of Ministers", "Military Junta".
_BODY = re.compile(r"(?i)\b(?:council|government|ministers|regency|junta|committee|of)\b")
_FIRST_YEAR = 1000
# Statistical programs write a day with a time of day behind it.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")


@dataclass(frozen=True, slots=True)
class LeaderList:
    """A list as read.

    Attributes:
        form: "REIGN" or "Archigos".
        persons: each with name, state and term; one whose state's number passed to another code stands once for each.
        problems: the rows that were left out: number, and why.
        leaders, states, years: how many it holds, and its first and last year.
    """

    form: str
    persons: tuple[Person, ...]
    problems: tuple[tuple[int, str], ...]
    leaders: int
    states: int
    years: tuple[int, int]

    @property
    def summary(self) -> str:
        """One line for people: "REIGN leader list: 2,300 leaders of 201 states, 1950-2021"."""
        who = f"{self.leaders:,} leader{'' if self.leaders == 1 else 's'}"
        whose = f"{self.states:,} state{'' if self.states == 1 else 's'}"
        return f"{self.form} leader list: {who} of {whose}, {self.years[0]}-{self.years[1]}"


def form_of_leaders(columns: Sequence[str]) -> str:
    """Return which list of leaders has these columns, "REIGN" or "Archigos"; "" for any other table."""
    names = {_column(name) for name in columns}
    if names >= _REIGN:
        return "REIGN"
    if names >= _ARCHIGOS and not names.isdisjoint(_ARCHIGOS_NUMBER) and not names.isdisjoint(_ARCHIGOS_ID):
        return "Archigos"
    return ""


def read_leaders(columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> LeaderList:
    """Return the leaders of a table, whose columns `form_of_leaders` knows; a bad row is named and the rest is used.

    Args:
        columns: the names in the first row.
        rows: for each further row its number, for people, and its cells.
    """
    form = form_of_leaders(columns)
    read = _read_reign if form == "REIGN" else _read_archigos
    names = [_column(name) for name in columns]
    terms: list[_Term] = []
    problems: list[tuple[int, str]] = []
    for number, cells in rows:
        row = dict.fromkeys(names, "") | {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if not any(row.values()):
            continue
        try:
            terms.append(read(row))
        except _BadRow as error:
            problems.append((number, str(error)))
    alone = {(term.number, term.name) for term in terms if " " not in term.name}
    persons = [person for term in terms for person in _persons(term, alone)]
    years = [day.year for term in terms for day in (term.start, term.end) if day is not None]
    return LeaderList(
        form,
        tuple(persons),
        tuple(problems),
        len({(term.number, name) for term in terms for name in term.name.split(" and ")}),
        len({term.number for term in terms}),
        (min(years, default=0), max(years, default=0)),
    )


def known_leaders(lists: Iterable[LeaderList]) -> People:
    """Return the leaders of the own list joined by those of the lists.

    A leader whose term a list leaves open serves until the end that the own list gives for the same surname and state, if
    any. Where a number passed from state to state (Yugoslavia, Serbia), the own list says whose leader one was.
    """
    own: dict[str, list[Person]] = {}
    for person in leaders():
        own.setdefault(person.surname, []).append(person)
    joined: list[Person] = []
    for person in (person for each in lists for person in each.persons):
        same = [other for other in own.get(person.surname, ()) if _meet(person, other)]
        if any(other.code != person.code and other.code in _relations(person.code) for other in same):
            continue
        if person.end is None:
            ends = [other.end for other in same if other.code == person.code]
            if ends and None not in ends:
                person = replace(person, end=max(end for end in ends if end is not None))
        joined.append(person)
    return People([*joined, *leaders()])


class _BadRow(Exception):
    """A row that cannot be used; its words say why."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A row: who led the state of that number in a system, from when to when."""

    name: str
    family: str
    number: tuple[str, int]
    spans: tuple[tuple[str, date, date | None], ...]
    start: date
    end: date | None


def _column(name: str) -> str:
    return name.strip().strip('"').lower()


def _read_reign(row: Mapping[str, str]) -> _Term:
    year, month = _figure(row, "syear"), _figure(row, "smonth")
    start = _day(year, month, _figure(row, "sdate") if row.get("sdate") else 1, "begins")
    end = None
    if (row["eyear"] or row["emonth"]) and not row["eyear"].startswith("9999"):
        year, month = _figure(row, "eyear"), _figure(row, "emonth")
        end = _day(year, month, 1, "ends")
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return _term("REIGN", row["leader"], row["ccode"], start, end)


def _read_archigos(row: Mapping[str, str]) -> _Term:
    number = row.get("gwcode") or row.get("ccode") or ""
    start, end = (_iso(row, name) for name in ("startdate", "enddate"))
    if start is None:
        raise _BadRow("it has no startdate")
    return _term("Archigos", row["leader"], number, start, end)


def _term(form: str, leader: str, number: str, start: date, end: date | None) -> _Term:
    name, family = _name_of(leader)
    if not name:
        raise _BadRow("it names no leader")
    if _BODY.search(name):
        raise _BadRow(f"{leader!r} is no person")
    if end is not None and end < start:
        raise _BadRow(f"the term of {leader} ends ({end}) before it begins ({start})")
    system, words = _SYSTEMS[form]
    try:
        value = int(float(number))
    except (ValueError, OverflowError):
        raise _BadRow(f"{number!r} is no {words} number of a state") from None
    spans = _spans(system, value, start, end)
    if not spans:
        known = (system, value) in _bearers()
        raise _BadRow(
            f"no state had the {words} number {value} between {start} and {end or 'today'}"
            if known
            else f"there is no state with the {words} number {value}"
        )
    return _Term(name, family, (system, value), spans, start, end)


def _figure(row: Mapping[str, str], column: str) -> int:
    try:
        return int(float(row[column]))
    except (ValueError, OverflowError):
        raise _BadRow(f"{column} is {row[column]!r}, not a number") from None


def _day(year: int, month: int, day: int, verb: str) -> date:
    if year >= _FIRST_YEAR:
        try:
            return date(year, month, day)
        except ValueError:
            pass
    raise _BadRow(f"the term {verb} on a day that there is not ({day}.{month}.{year})")


def _iso(row: Mapping[str, str], column: str) -> date | None:
    try:
        return listed_day(row[column])
    except ValueError as error:
        raise _BadRow(f"{column} {error}") from None


def listed_day(words: str) -> date | None:
    """Return the day that a cell of a list names, as 1999-12-31; None for none, an empty cell or a day of the year 9999.

    Raises:
        ValueError: it is no such day; the message goes on after the column's name.
    """
    if not words:
        return None
    wrong = f"is {words!r}, not a date such as 1999-12-31"
    if not _DAY.fullmatch(words):
        raise ValueError(wrong)
    try:
        day = date.fromisoformat(words[:10])
    except ValueError:
        raise ValueError(wrong) from None
    # Databases write the last year of the calendar for an end that has not come.
    return None if day.year == date.max.year else day


@lru_cache(maxsize=1)
def _bearers() -> dict[tuple[str, int], tuple[tuple[str, date, date | None], ...]]:
    """By system and number the codes of the states that bore it, with their spells."""
    found: dict[tuple[str, int], list[tuple[str, date, date | None]]] = {}
    for state in all_states():
        for spell in spells(state.code):
            found.setdefault((spell.system, spell.number), []).append((state.code, spell.start, spell.end))
    return {key: tuple(value) for key, value in found.items()}


@cache
def _relations(code: str) -> frozenset[str]:
    """The states that share a number of a system with this one: those that went before it and came after."""
    shared = [{_IN_TEXTS.get(one, one) for one, _, _ in bearers} for bearers in _bearers().values()]
    return frozenset(one for codes in shared if code in codes for one in codes)


def _spans(system: str, number: int, start: date, end: date | None) -> tuple[tuple[str, date, date | None], ...]:
    """The states that bore the number in a term, each with its part of the term; none for a number that nobody bore."""
    bearers = _bearers().get((system, number), ())
    codes = {code for code, _, _ in bearers}
    if len(codes) == 1:
        return ((_in_texts(next(iter(codes))), start, end),)
    turns = {first for _, first, _ in bearers} | {
        last + timedelta(days=1) for _, _, last in bearers if last is not None
    }
    days = [start, *sorted(day for day in turns if start < day and (end is None or day <= end))]
    bearer = by_cow if system == "COW" else by_gw
    found: list[tuple[str, date, date | None]] = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        last = end if following is None else following - timedelta(days=1)
        try:
            code = _in_texts(bearer(number, day).code)
        except StateError:
            continue
        if found and found[-1][0] == code and found[-1][2] == day - timedelta(days=1):
            found[-1] = (code, found[-1][1], last)
        else:
            found.append((code, day, last))
    return tuple(found)


def _in_texts(code: str) -> str:
    return _IN_TEXTS.get(code, code)


def _name_of(printed: str) -> tuple[str, str]:
    """A name as text has it, and the surname where the print tells it: "Yoshida, Shigeru", "Thorn G.", "D.Barrow"."""
    name = re.sub(r"\([^)]*\)?", " ", printed)
    name = " ".join(re.sub(r"\.(?=[A-Z][a-z])", ". ", name).replace("_", " ").split()).strip(" ,;")
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        whole = "" if given.endswith("-") else given
        return f"{whole} {family}".strip(), family.split()[-1] if family else ""
    words = name.split()
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]) and words[-1].endswith("."):
        rest = " ".join(words[:-1])
        return f"{words[-1]} {rest}", words[-2]
    if len(words) == 2 and _INITIALS.fullmatch(words[0]) and "." in words[0]:
        return name, words[1]
    return name, ""


def _persons(term: _Term, alone: Container[tuple[tuple[str, int], str]]) -> Iterable[Person]:
    """A term's persons, each once for every state; a word by which the list names a leader of that state alone is a surname."""
    for name in term.name.split(" and "):
        yield from _person(term, name, alone)


def _person(term: _Term, name: str, alone: Container[tuple[tuple[str, int], str]]) -> Iterable[Person]:
    family, words = term.family, name.split()
    if not family and len(words) == 2 and (term.number, words[0]) in alone and (term.number, words[1]) not in alone:
        family = words[0]
        if not _NUMERAL.fullmatch(words[1]):
            name = f"{words[1]} {words[0]}"
    if not family and len(words) > 1 and _NUMERAL.fullmatch(words[-1]):
        family = words[0]
    for code, start, end in term.spans:
        person = Person(name, code, start=start, end=end, family=family)
        if len(person.surname) < _LEAST:
            person = replace(person, family=name)
        yield person


def _meet(one: Person, other: Person) -> bool:
    """Whether two terms have a day in common; an unknown end is open."""
    return (one.start is None or other.end is None or one.start <= other.end) and (
        other.start is None or one.end is None or other.start <= one.end
    )
