"""Lists of leaders that a user brings (REIGN, Archigos): told by their columns, read, and joined to the own list.

The file is opened here, since it may be Parquet or text in two encodings at once, and since only this room may join what
`language` makes of its rows with a document of the record. It is never read as prose or as a table of statistics.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from comity.flow.parquet import PARQUET_MARK, PARQUET_TYPE, columns_of, table_of
from comity.flow.wording import counted
from comity.language import LeaderList, People, form_of_leaders, known_leaders, read_leaders
from comity.terms import Block, BlockKind, Citation, Document, Passage, UnreadableSource, content_id, digest

_HEAD = 16 * 1024
# A list is far smaller; a table of this size with such columns is something else.
_LARGEST = 20 * 1024 * 1024
_SEPARATORS = ",\t;"
# Of a list with many bad rows so many are named.
_NAMED = 20
_FORMS = (
    "Lists of leaders are REIGN's (ccode, leader, sdate, smonth, syear, emonth, eyear) and Archigos' (obsid or leadid, "
    "gwcode or ccode, leader, startdate, enddate), as CSV, TSV or Parquet."
)


@dataclass(frozen=True, slots=True)
class LeaderFile:
    """A list of leaders with the file that it stands in.

    Attributes:
        name: what the file is called.
        digest: SHA-256 of its bytes.
        warnings: what could not be used of it, by row.
    """

    name: str
    digest: str
    media_type: str
    leaders: LeaderList
    warnings: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The file as the record holds it: one line that says what it was taken for."""
        text, id_ = f"{self.leaders.summary}.", f"doc-{self.digest[:16]}"
        return Document(
            id_,
            self.name,
            self.media_type,
            self.digest,
            text,
            Citation(type="dataset", title=self.leaders.summary),
            (Block(BlockKind.TITLE, 0, len(text)),),
            (Passage(f"{id_}#p1", id_, 0, len(text), text, BlockKind.TITLE),),
            language="en",
            warnings=self.warnings,
        )


def is_leader_file(path: Path) -> bool:
    """Whether a file is a list of leaders, by its columns; False too for what cannot be opened."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        if head.startswith(PARQUET_MARK):
            return bool(form_of_leaders(columns_of(path)))
    except (OSError, UnreadableSource):
        return False
    return bool(_separator(_lines(head)))


@dataclass(frozen=True, slots=True)
class LeaderRows:
    """A list of leaders as it stands in its file.

    Attributes:
        form: "REIGN" or "Archigos".
        columns: the names in the first row.
        rows: each further row with its number; to be gone through once.
        place: what a row's number counts: "row" or "line".
        digest: SHA-256 of the file's bytes.
    """

    form: str
    columns: Sequence[str]
    rows: Iterable[tuple[int, Sequence[str]]]
    place: str
    media_type: str
    digest: str


def leader_rows(path: Path, name: str = "") -> LeaderRows:
    """Return the rows of a list of leaders.

    Raises:
        UnreadableSource: it is no list of leaders, or it cannot be opened.
    """
    called = name or str(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableSource(
                called, f"has more than {_LARGEST // 1024**2} MB", remedy="A list of leaders has less."
            )
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableSource(called, error.strerror or str(error), remedy="Check the file.") from error
    if content.startswith(PARQUET_MARK):
        place, media_type = "row", PARQUET_TYPE
        columns = columns_of(path)
        rows: Iterable[tuple[int, Sequence[str]]] = enumerate(table_of(path), start=1)
    else:
        lines = _lines(content)
        separator = _separator(lines)
        place, media_type = "line", "text/tab-separated-values" if separator == "\t" else "text/csv"
        columns, rows = _table(lines, separator or ",")
    form = form_of_leaders(columns)
    if not form:
        raise UnreadableSource(called, "is no list of leaders that Comity knows", remedy=_FORMS)
    return LeaderRows(form, columns, rows, place, media_type, digest(content))


def read_leader_file(path: Path, name: str = "") -> LeaderFile:
    """Read a list of leaders; a bad row is named in the warnings, and the rest is used.

    Raises:
        UnreadableSource: it is no list of leaders, none of its rows can be used, or it cannot be opened.
    """
    called = name or str(path)
    given = leader_rows(path, name)
    try:
        leaders = read_leaders(given.columns, given.rows)
    except csv.Error as error:
        raise UnreadableSource(called, f"cannot be read as a table ({error})", remedy="Save it as CSV anew.") from error
    warnings = [f"{given.place} {number} is not used: {words}." for number, words in leaders.problems]
    if not leaders.persons:
        first = f" ({warnings[0]})" if warnings else ""
        raise UnreadableSource(
            called, f"is a {leaders.form} leader list without a row that can be used{first}", remedy=_FORMS
        )
    if len(warnings) > _NAMED:
        more = counted(len(warnings) - _NAMED, "row is", "rows are")
        warnings = [*warnings[:_NAMED], f"{more} not used for such reasons."]
    return LeaderFile(called, given.digest, given.media_type, leaders, tuple(warnings))


@dataclass(frozen=True)
class Leaders:
    """Some lists of leaders, each content once."""

    lists: tuple[LeaderFile, ...] = ()

    @classmethod
    def among(cls, sources: Mapping[str, Path]) -> Leaders:
        """Return the lists among sources, which are given by name; what cannot be used is left to who reads that source."""
        found = []
        for name, path in sorted(sources.items()):
            if is_leader_file(path):
                with suppress(UnreadableSource):
                    found.append(read_leader_file(path, name))
        return cls(tuple(found))

    @classmethod
    def named(cls, paths: Iterable[Path]) -> Leaders:
        """Return the lists that a person named.

        Raises:
            UnreadableSource: one of them is no list of leaders, or cannot be read.
        """
        return cls(tuple(read_leader_file(path) for path in paths))

    def __or__(self, other: Leaders) -> Leaders:
        return Leaders((*self.lists, *other.lists))

    @cached_property
    def label(self) -> str:
        """What stands for the lists' content: with another, what was coded is coded anew; "" where there is no list."""
        return content_id("leaders", *sorted({each.digest for each in self.lists})) if self.lists else ""

    @cached_property
    def people(self) -> People | None:
        """The leaders of the own list and of these; None where there are no others."""
        by_digest = {each.digest: each.leaders for each in self.lists}
        return known_leaders(by_digest[key] for key in sorted(by_digest)) if by_digest else None


def _lines(content: bytes) -> list[str]:
    """The lines of a text; published lists mix encodings, so each line is read for itself."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").splitlines(keepends=True)
    return [_decoded(line) for line in content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)]


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _separator(lines: Sequence[str]) -> str:
    """What sets the columns apart where the first line names those of a list of leaders; "" for any other text."""
    for separator in _SEPARATORS if lines else "":
        try:
            if form_of_leaders(next(csv.reader(lines[:1], delimiter=separator), [])):
                return separator
        except csv.Error:
            return ""
    return ""


def _table(lines: Sequence[str], separator: str) -> tuple[list[str], Iterator[tuple[int, Sequence[str]]]]:
    reader = csv.reader(lines, delimiter=separator)
    columns = next(reader, [])
    return columns, ((reader.line_num, row) for row in reader)
