"""Whose the columns of a panel are: published data sets, lists of leaders, coded acts, each with the files that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from comity.statistics import DataSource, Shelved


@dataclass(frozen=True, slots=True)
class OriginFile:
    """A file that columns were made of.

    Attributes:
        digest: SHA-256 in hexadecimal.
        count, counted: how many of what it holds (1,296,472 "figures").
        left_out: for each reason why something of it is not in the panel: a key, how often, and a sentence.
        note: words of the catalogue on its layout.
    """

    name: str
    digest: str
    count: int
    counted: str
    vintage: str = ""
    left_out: tuple[tuple[str, int, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Superseded:
    """A file that was left aside since a later vintage of it is kept too."""

    source: str
    name: str
    vintage: str
    later: str

    @property
    def sentence(self) -> str:
        """What is to be told of it."""
        return (
            f"{self.name}, the edition of {self.vintage}, is left aside: that of {self.later} is kept too and counts."
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """A source of columns, as a codebook tells of it."""

    key: str
    title: str
    citation: str
    licence: str
    url: str
    files: tuple[OriginFile, ...]
    superseded: tuple[Superseded, ...] = field(default=())


def published(entry: DataSource, files: Iterable[OriginFile], superseded: Sequence[Superseded] = ()) -> Origin:
    """Return a source of the catalogue with the files that are at hand."""
    return Origin(
        entry.key,
        f"{entry.publisher}: {entry.title}",
        entry.citation,
        entry.licence,
        entry.url,
        tuple(sorted(files, key=lambda one: (one.name, one.digest))),
        tuple(sorted((one for one in superseded if one.source == entry.key), key=lambda one: (one.name, one.vintage))),
    )


def shelved_origins(shelf: Sequence[Shelved], superseded: Sequence[Superseded] = ()) -> list[Origin]:
    """Return the sources of shelved data sets, sorted."""
    entries = {held.entry.key: held.entry for held in shelf}
    return [
        published(entries[key], [_file(held) for held in shelf if held.entry.key == key], superseded)
        for key in sorted(entries)
    ]


def _file(held: Shelved) -> OriginFile:
    return OriginFile(
        held.document,
        held.digest,
        held.figures,
        "figures",
        held.vintage,
        tuple((one.reason, one.count, one.message) for one in held.problems),
        next(layout.note for layout in held.entry.layouts if layout.name == held.layout),
    )
