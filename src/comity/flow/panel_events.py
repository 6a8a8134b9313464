"""Coded acts as columns of a panel: of the workspace's own record for its dyad, of a coded corpus for all dyads.

In a record reports of one act are joined, so that acts are counted; a corpus (`comity code --out FOLDER --format parquet`)
holds reports, which are counted as such. Of pairs and years of which nothing was read nothing is said.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.flow.counting import counting
from comity.flow.panel_origins import Origin, OriginFile
from comity.flow.panel_variables import Variable
from comity.flow.views import open_view
from comity.flow.wording import counted
from comity.flow.workspace import Workspace
from comity.terms import Dyad, Event, MergedEvent, Quad, UnreadableSource

if TYPE_CHECKING:
    import duckdb

EVENTS: Final = "events"
RECORD: Final = "record"
CORPUS: Final = "corpus"
_QUADS: Final = {quad: quad.name.lower() for quad in Quad}
_WAYS: Final = ("toward", "both")
# What the tables of acts hold of a pair, a year and a direction, besides these names.
COUNTS: Final = (*(f"{name}_{way}" for name in _QUADS.values() for way in _WAYS), "reports", "documents")


@dataclass(frozen=True, slots=True)
class CodedEvents:
    """Where acts are taken from.

    Attributes:
        source: "record" or "corpus".
        name: the workspace's or the folder's.
        digest: of the acts, or of the corpus's manifest.
        count: how many acts or reports are counted.
        years: first and last year in which one lies.
        left_out: how many lie in no one year.
        acts: of a record: one side, the other, year, way, class, and act.
        folder: of a corpus.
    """

    source: str
    name: str
    digest: str
    count: int
    years: tuple[int, int]
    left_out: int = 0
    dyad: Dyad | None = None
    acts: tuple[tuple[str, int, MergedEvent], ...] = ()
    folder: Path | None = None

    @property
    def variable(self) -> Variable:
        """What it offers to a panel."""
        return Variable(
            *(self.source, EVENTS, "", "acts" if self.source == RECORD else "reports", "", "", None, "pair", True),
            *(self.count, *self.years, (self.digest,)),
        )

    @property
    def origin(self) -> Origin:
        """What a codebook tells of it."""
        what = "acts" if self.source == RECORD else "reports"
        left_out = (
            ("date", self.left_out, f"{counted(self.left_out, what.removesuffix('s'))} without a date in one year"),
        )
        held = OriginFile(self.name, self.digest, self.count, what, left_out=left_out if self.left_out else ())
        title = (
            f"The record of the workspace {self.name}"
            if self.source == RECORD
            else f"Texts coded by comity code into {self.name}"
        )
        cited = "PLOVER manual, openeventdata, February 2024 (types and classes of acts); the documents that were read"
        return Origin(self.source, title, cited, "that of the documents that were read", "", (held,))


def record_events(workspace: Workspace) -> CodedEvents | None:
    """Return the acts on record between the workspace's two states; None where there is none with a year.

    Raises:
        WorkspaceError: there is no record yet.
    """
    with open_view(workspace) as view:
        events = counting(view.events(), view.confirmed())
    dyad = workspace.dyad
    taken = hashlib.sha256()
    acts: list[tuple[str, int, MergedEvent]] = []
    undated = 0
    for one in sorted(events, key=lambda one: one.id):
        way = _way(one.event, dyad)
        if not way:
            continue
        year = _year(one.event)
        if year is None:
            undated += 1
            continue
        taken.update(json.dumps([one.id, way, year, one.event.quad, [each.id for each in one.reports]]).encode())
        acts.append((way, year, one))
    if not acts:
        return None
    years = [year for _, year, _ in acts]
    name, span = workspace.root.name, (min(years), max(years))
    return CodedEvents(RECORD, name, taken.hexdigest(), len(acts), span, undated, dyad, tuple(acts))


def _year(event: Event) -> int | None:
    period = None if event.date is None else event.date.period
    return None if period is None or period.first_year != period.last_year else period.first_year


def _way(event: Event, dyad: Dyad) -> str:
    """Return the code of the side that acts toward the other, "both" for an act of both together, "" for any other."""
    acting = event.acting_between(dyad.codes)
    return "both" if len(acting) == 2 else next(iter(acting), "")


def is_corpus(folder: Path) -> bool:
    """Whether a folder is one that `comity code --out` wrote."""
    return (folder / "manifest.json").is_file() and (folder / "receipts").is_dir()


def corpus_events(folder: Path) -> CodedEvents | None:
    """Return the acts of a coded corpus; None where it has none with two states and a year.

    Raises:
        UnreadableSource: the run is not finished, or its files are no Parquet.
    """
    manifest = folder / "manifest.json"
    try:
        content = manifest.read_bytes()
        form = json.loads(content)["options"]["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableSource(
            str(manifest), "is no manifest of `comity code`", remedy="Code the texts anew."
        ) from error
    if not (folder / "summary.json").is_file():
        raise UnreadableSource(
            str(folder),
            "the run that writes into this folder is not finished",
            remedy="Give the same `comity code` again.",
        )
    if form != "parquet":
        raise UnreadableSource(
            str(folder), f"holds its events as {form}", remedy="A panel reads those of: comity code --format parquet"
        )
    import duckdb

    try:
        with duckdb.connect() as connection:
            query = f"SELECT count(DISTINCT id), min(year), max(year) FROM ({_reports(folder)}) WHERE year IS NOT NULL"
            count, first, last = connection.execute(query).fetchall()[0]
            undated = connection.execute(
                f"SELECT count(DISTINCT id) FROM ({_reports(folder)}) WHERE year IS NULL"
            ).fetchall()[0][0]
    except duckdb.Error as error:
        raise UnreadableSource(str(folder), str(error).splitlines()[0], remedy="Code the texts anew.") from error
    if not count:
        return None
    digest = hashlib.sha256(content).hexdigest()
    return CodedEvents(CORPUS, folder.name, digest, count, (first, last), undated, folder=folder)


def _reports(folder: Path) -> str:
    """Return the query of a corpus's reports by pair: `one` acts toward `two`, or both together (then in both orders).

    What is an act between two states is what `Event.acting_between` says.
    """
    # A name with the signs of a pattern (a folder "news [new]") is to be taken as it stands.
    files = re.sub(r"([*?\[])", r"[\1]", str(folder)).replace("'", "''") + "/events/*.parquet"
    return f"""
        WITH report AS (
            SELECT source_id || ' ' || id AS id, source_id, quad, "symmetric" AS together,
                list_distinct([actor.code for actor in actors]) AS acting,
                list_distinct([actor.code for actor in recipients]) AS receiving,
                CASE WHEN year("date"."start") = year("date"."end") THEN year("date"."start") END AS year
            FROM read_parquet('{files}', hive_partitioning = false)
        ), paired AS (
            SELECT *, unnest(acting) AS one, CASE WHEN together THEN acting ELSE receiving END AS others FROM report
        ), pair AS (SELECT *, unnest(others) AS two FROM paired)
        SELECT id, source_id, quad, year, CASE WHEN together THEN 'both' ELSE 'toward' END AS way, one, two FROM pair
        WHERE one <> two AND (together OR NOT (list_contains(receiving, one) OR list_contains(acting, two)))
    """


def make_events(connection: duckdb.DuckDBPyConnection, held: CodedEvents, table: str, years: tuple[int, int]) -> None:
    """Make a table of `one`, `two`, `year` and `COUNTS`: what `one` did toward `two`, both together, and all reports of the pair."""
    if held.folder is not None:
        _of_corpus(connection, held.folder, table, years)
        return
    import pandas as pd

    columns = ["one", "two", "year", *COUNTS]
    found = [row for row in _of_record(held) if years[0] <= row[2] <= years[1]]
    connection.register("given", pd.DataFrame(found, columns=columns, dtype=object))
    cast = ", ".join(
        f"CAST({name} AS {'VARCHAR' if name in ('one', 'two') else 'INTEGER'}) AS {name}" for name in columns
    )
    connection.execute(f"CREATE TABLE {table} AS SELECT {cast} FROM given")
    connection.unregister("given")


def _of_record(held: CodedEvents) -> Iterator[tuple[Any, ...]]:
    assert held.dyad is not None
    by_year: dict[int, list[tuple[str, MergedEvent]]] = defaultdict(list)
    for way, year, act in held.acts:
        by_year[year].append((way, act))
    first, last = held.years
    for year in range(first, last + 1):
        acts = by_year[year]
        reports = sum(len(act.reports) for _, act in acts)
        documents = len({source for _, act in acts for source in act.source_ids})
        for one in (held.dyad.first, held.dyad.second):
            counts = [
                sum(act.event.quad is quad and way == meant for way, act in acts)
                for quad in _QUADS
                for meant in (one, "both")
            ]
            yield one, held.dyad.other(one), year, *counts, reports, documents


def _of_corpus(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, years: tuple[int, int]) -> None:
    counts = ", ".join(
        f"count(DISTINCT id) FILTER (quad = {int(quad)} AND way = '{way}' AND mine) AS {name}_{way}"
        for quad, name in _QUADS.items()
        for way in _WAYS
    )
    # Each report stands on both orders of its pair: the other side's acts are that row's own in the other order.
    connection.execute(f"""
        CREATE TABLE {table} AS
        WITH report AS (SELECT * FROM ({_reports(folder)}) WHERE year BETWEEN {years[0]} AND {years[1]}),
        turned AS (
            SELECT one, two, year, id, source_id, quad, way, true AS mine FROM report
            UNION ALL SELECT two, one, year, id, source_id, quad, way, false FROM report WHERE way = 'toward'
        )
        SELECT one, two, year, {counts}, count(DISTINCT id) AS reports, count(DISTINCT source_id) AS documents
        FROM turned GROUP BY one, two, year
    """)


def event_columns(held: CodedEvents) -> Iterator[tuple[str, str, str, str, str, tuple[str, ...]]]:
    """Yield stem, side, count in the table, title, unit and notes of each column; the side is "12", "21" or "" for both."""
    of_record = held.source == RECORD
    what = "Acts" if of_record else "Reports of acts"
    unit = "acts" if of_record else "reports"
    first, last = held.years
    notes = (
        (
            f"Several reports of one act count once. Only {held.dyad.label} has figures, of {first} to {last}, the years of its first and last act on record; "
            "0 means that no document that was read tells of such an act."
            if of_record and held.dyad is not None
            else f"A report is what one sentence of a text tells; several reports of one act are not joined. Texts tell of {first} to {last}. A pair and year of which none tells is empty."
        ),
        "Counts depend on which texts were read. An act whose date leaves its year open does not count. Classes are PLOVER's (PLOVER manual, February 2024).",
    )
    for name in _QUADS.values():
        words = name.replace("_", " ")
        for side, (one, two) in {"12": ("1", "2"), "21": ("2", "1")}.items():
            yield name, side, f"{name}_toward", f"{what} of {words} by state {one} toward state {two}", unit, notes
        yield f"{name}_both", "", f"{name}_both", f"{what} of {words} by both states together", unit, notes
    if of_record:
        yield "event_reports", "", "reports", "Reports of all these acts", "reports", notes
    yield "event_documents", "", "documents", "Documents that tell of them", "documents", notes
