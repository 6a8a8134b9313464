"""The words by which mentions are found, laid out for one look-up a token: names, look-alikes, offices, roles.

The names come from states/ (`designations`, `office_titles`); lexicon/ beside this module adds institutions, armed
groups, cities that are not capitals, first words of compounds ("Indo-"), and names that only look like a state's.
Built once, at the first text.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from comity.language.words import tokenise
from comity.states import DesignationKind, designations, office_titles
from comity.terms import Rank


@dataclass(frozen=True, slots=True)
class Sense:
    """What one name can mean. An empty code marks a name that is no actor's."""

    code: str
    form: str
    sectors: tuple[str, ...] = ()
    group: bool = False
    start: date | None = None
    end: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether the name had this meaning on that day; without a day, whether it has it today."""
        if on is None:
            return self.end is None
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as tokens, with its senses.

    Attributes:
        words: as written.
        behind: the words behind the first, in lower case.
        acronyms: whether a word of several capitals is among them, which must be written so.
    """

    words: tuple[str, ...]
    behind: list[str]
    senses: tuple[Sense, ...]
    acronyms: bool


@dataclass(frozen=True, slots=True)
class Title:
    """An office as tokens in lower case, with its rank and sector."""

    low: tuple[str, ...]
    rank: Rank
    sector: str
    exceptions: tuple[tuple[str, Rank], ...] = ()

    def rank_in(self, code: str) -> Rank:
        """Return the office's rank in that state: a Secretary of State is a foreign minister in the United States."""
        return dict(self.exceptions).get(code, self.rank)


_FORMS = {
    DesignationKind.NAME: "name",
    DesignationKind.FORMAL: "name",
    DesignationKind.FORMER: "name",
    DesignationKind.DEMONYM: "demonym",
    DesignationKind.CAPITAL: "capital",
    DesignationKind.METONYM: "metonym",
    DesignationKind.ORGANISATION: "organisation",
}
# The Soviet Union acts as Russia, which goes on with its seat and treaties: as PLOVER's records code it.
_AS_TODAY = {"SUN": "RUS"}
# Names of states/ that mean something else far more often in running text: another place, a person, a common word.
_TOO_COMMON = frozenset(
    "victoria georgetown male hamilton kingston nice mobile gib split union market swazi emirates independence hagatna"
    " santa-isabel plymouth charlotte stanley basse rome-ny thai-am commonwealth seat majuro".split()
)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Return the rows of a CSV file of lexicon/; lines that begin with # are remarks."""
    lines = (files("comity.language") / "lexicon" / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if line and not line.startswith("#"))


def plain(text: str) -> str:
    """The text without diacritics."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _words(text: str) -> tuple[str, ...]:
    """The tokens of a name; most are plain words, for which no tokeniser is needed."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return tuple(text.split())
    return tuple(tokenise(text).words)


class Lexicon:
    """Everything that a finder looks up, by first token in lower case, longest name first."""

    def __init__(self) -> None:
        gathered: dict[tuple[str, ...], list[Sense]] = {}
        ours: set[tuple[str, ...]] = set()

        def add(text: str, sense: Sense, *, own: bool) -> None:
            for variant in {text, plain(text)}:
                words = _words(variant)
                if not words or (not own and (words in ours or (len(words) == 1 and words[0].lower() in _TOO_COMMON))):
                    continue
                if own:
                    ours.add(words)
                held = gathered.setdefault(words, [])
                if sense not in held:
                    held.append(sense)

        for row in rows("actors.csv"):
            sectors = tuple((row["sectors"] or "").split())
            form = row["form"] if row["code"] else "none"
            add(row["text"], Sense(row["code"], form, sectors, row["kind"] == "group"), own=True)
        for line in (files("comity.language") / "lexicon" / "look_alikes.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                add(line, Sense("", "none"), own=True)
        for row in rows("cities.csv"):
            for city in row["cities"].split(";"):
                add(city, Sense(row["code"], "city"), own=True)
        for item in designations():
            form = _FORMS[item.kind]
            code = _AS_TODAY.get(item.code, item.code)
            add(item.text, Sense(code, form, (), False, item.start, item.end), own=False)
        known = set(gathered)
        for row in rows("places.csv"):
            for city in row["cities"].split(";"):
                if _words(city) not in known:
                    add(city, Sense(row["code"], "city"), own=True)

        self.names: dict[str, list[Entry]] = {}
        for words, senses in gathered.items():
            low = tuple(word.lower() for word in words)
            acronyms = any(len(word) > 1 and word.isupper() for word in words)
            self.names.setdefault(low[0], []).append(Entry(words, list(low[1:]), tuple(senses), acronyms))
        for entries in self.names.values():
            entries.sort(key=lambda entry: -len(entry.words))

        titles: dict[tuple[str, ...], Title] = {}
        for row in rows("titles.csv"):
            low = tuple(tokenise(row["title"]).low)
            titles[low] = Title(low, Rank(row["rank"]), row["sector"])
        for office in office_titles():
            low = tuple(tokenise(office.text).low)
            titles[low] = Title(low, office.rank, office.sector, office.exceptions)
        self.titles: dict[str, list[Title]] = {}
        for low, title in titles.items():
            self.titles.setdefault(low[0], []).append(title)
        for found in self.titles.values():
            found.sort(key=lambda title: -len(title.low))
        self.roles: dict[str, str] = {
            noun: row["sector"] for row in rows("roles.csv") for noun in row["nouns"].split() if "-" not in noun
        }


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon, built once."""
    return Lexicon()
