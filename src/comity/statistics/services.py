"""The publishers' services from which data sets can be had: what is asked for, how often, and what an answer has.

The declarations stand in data/services.toml, which says what each item means; what holds for a source however it is had
stands in the catalogue of sources. Nothing here opens a connection.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any
from urllib.parse import urlsplit

from comity.statistics.datasets import data_sources
from comity.terms import InvalidTerm

# Where in a JSON answer a thing stands: names of objects' items and positions in arrays.
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A service's own list of codes for states, a JSON document: where its rows stand, and the names of two items."""

    url: str
    rows: Place
    alpha3: str
    code: str


@dataclass(frozen=True, slots=True)
class Question:
    """One request of a fetch: its address, "{page}" standing in it where it has pages, and what it asks for in words."""

    url: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """How a source is fetched, or got by hand; data/services.toml says what each item means.

    Attributes:
        source: key of the source in the catalogue.
        kind: "file", "sdmx-csv", "sdmx-json" or "json-pages"; "" where it can only be got by hand.
        rate: requests a minute; 0 for a single file.
        cap: rows at which an answer is cut; 0 for none.
        largest: bytes that an answer may have.
    """

    source: str
    title: str
    licence: str
    by_hand: str
    kind: str = ""
    url: str = ""
    url_with_key: str = ""
    accept: str = ""
    years: str = ""
    first: int = 0
    pairs: str = ""
    world: str = ""
    world_reporter: str = ""
    joint: str = ""
    case: str = ""
    every: str | None = None
    indicators: tuple[str, ...] = ("",)
    rate: int = 0
    rate_from: str = ""
    cap: int = 0
    cap_with_key: int = 0
    rows: Place = ()
    total: Place = ()
    pages: Place = ()
    extracted: Place = ()
    error: Place = ()
    codes: Mapping[str, CodeList] = field(default_factory=dict)
    key_variable: str = ""
    key_header: str = ""
    member: tuple[str, ...] = ()
    name: str = ""
    headers: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    separator: str = ","
    hosts: tuple[str, ...] = ()
    largest: int = 0

    @property
    def file_name(self) -> str:
        """The name of a published file as it stands in sources/."""
        named = self.name or (self.member[-1] if self.member else urlsplit(self.url).path.rpartition("/")[2])
        return named.rpartition("/")[2]

    def questions(
        self,
        first: str,
        second: str,
        *,
        start: int,
        end: int,
        all_pairs: bool = False,
        with_key: bool = False,
        codes: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Iterator[Question]:
        """Yield the requests that get the figures of two states, both ways, and of each with the world.

        Args:
            first: alpha-3 code of a state.
            second: alpha-3 code of the other.
            start: the first year.
            end: the last year.
            all_pairs: ask for all states instead.
            with_key: ask at the address for those who have a key.
            codes: for "reporter" and "partner" the service's code of each state; the alpha-3 codes where None.
        """
        template = self.url_with_key if with_key and self.url_with_key else self.url
        sides = [
            [one if codes is None else codes[side][one] for one in (first, second)] for side in ("reporter", "partner")
        ]
        if self.case == "lower":
            sides = [[code.lower() for code in side] for side in sides]
        for reporter, partner in self._pairs(*sides, all_pairs=all_pairs):
            spans = [(year, year) for year in range(start, end + 1)] if self.years == "each" else [(start, end)]
            for (begin, until), indicator in product(spans, self.indicators):
                url = template
                for place, value in (
                    ("{reporter}", reporter),
                    ("{partner}", partner),
                    ("{indicator}", indicator),
                    ("{start}", str(begin)),
                    ("{end}", str(until)),
                    ("{year}", str(begin)),
                ):
                    url = url.replace(place, value)
                words = " ".join(part for part in (reporter, partner, indicator) if part and self.pairs == "each")
                yield Question(url, words or (str(begin) if self.years == "each" else ""))

    def _pairs(self, reporters: list[str], partners: list[str], *, all_pairs: bool) -> list[tuple[str, str]]:
        if not self.pairs:
            return [("", "")]
        if all_pairs:
            assert self.every is not None
            return [(self.every, self.every)]
        if self.pairs == "joined":
            more_reporters = [self.world_reporter] if self.world_reporter else []
            more_partners = [self.world] if self.world else []
            return [(self.joint.join(reporters + more_reporters), self.joint.join(partners + more_partners))]
        both = [(reporters[0], partners[1]), (reporters[1], partners[0])]
        return [*both, *((reporter, self.world) for reporter in reporters if self.world)]


@cache
def services() -> Mapping[str, Service]:
    """Return how each source of the catalogue is had, by its key, sorted."""
    content = tomllib.loads((files("comity.statistics") / "data" / "services.toml").read_text("utf-8"))
    if strange := sorted(set(content) - set(data_sources())):
        raise InvalidTerm(f"services are declared for sources that are not in the catalogue: {', '.join(strange)}")
    found: dict[str, Service] = {}
    for key, source in data_sources().items():
        row = content.get(key, {})
        lists = {
            side: CodeList(one["url"], tuple(one["rows"]), one["alpha3"], one["code"])
            for side, one in row.pop("codes", {}).items()
        }
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
        }
        title = source.title if source.title.startswith(source.publisher) else f"{source.publisher}: {source.title}"
        found[key] = Service(key, title, source.licence, source.obtain, codes=lists, **plain)
    return found


def service(key: str) -> Service:
    """Return how one source is had.

    Raises:
        InvalidTerm: there is none; the message lists the keys.
    """
    if key not in services():
        raise InvalidTerm(f"there is no source {key!r} to fetch; choose one of {', '.join(services())}")
    return services()[key]
