"""Published data sets among the sources: told by their headers, put on the shelf, and what of them is about the dyad."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from comity import statistics
from comity.flow.parquet import PARQUET_MARK, PARQUET_TYPE
from comity.flow.sources import digest_of
from comity.flow.wording import counted
from comity.statistics import DataSource, Shelved
from comity.terms import (
    Block,
    BlockKind,
    Cell,
    Citation,
    Document,
    Dyad,
    Observation,
    Passage,
    Table,
    content_id,
)

_HARMLESS = "Nothing needs doing"
# By reason, what the figures are that are left out without anything to do.
_LEFT_OUT = {
    "territory": "of territories",
    "group": "of groups of places",
    "same": "of a state with itself",
    "part": "that are parts of others",
}
_BY_NAME = ("unknown", "choice")
# A record shows the rows of a data set that are about its dyad; more than this are no page for people.
_MOST_ROWS = 20_000


def title_of_data_set(path: Path) -> str:
    """Return the title of the data set that a file is of, by its headers; "" for every other file.

    Raises:
        UnreadableSource: the file looks like a known data set but lacks a column of it.
    """
    try:
        layout = statistics.recognise(path)
    except (OSError, UnicodeError):
        return ""
    return "" if layout is None else statistics.data_source(layout.source).title


def on_shelf(path: Path, shelf: Path, beside: Iterable[Path] = ()) -> Shelved:
    """Put a data file on the workspace's shelf, where it is not there already."""
    return statistics.shelve(path, shelf, beside=tuple(beside))


def read_data_set(
    path: Path, name: str, dyad: Dyad, shelf: Path, beside: Iterable[Path] = ()
) -> tuple[Document, tuple[Observation, ...], str]:
    """Read a data file: a document of its rows about the dyad, their figures, and what the file was taken for.

    Raises:
        UnreadableSource: it cannot be read, or lacks a column.
    """
    layout = statistics.recognise(path)
    if layout is not None and layout.list_only:
        return _list_of_roll_calls(path, name, statistics.data_source(layout.source))
    others = tuple(beside)
    if later := later_vintage(path, others):
        title = path.name if layout is None else statistics.data_source(layout.source).title
        words = f"{title}: the edition of {path.parent.name}; that of {later} is kept too and counts."
        return _without_figures(path, name, words, Citation(type="dataset", title=title)), (), words
    held = on_shelf(path, shelf, others)
    found = [*statistics.dyad_figures([held], dyad), *statistics.agreements([held], dyad)]
    named = {one.provenance.row for one in found if one.provenance.row is not None}
    rows = sorted(named | statistics.counted_rows([held], dyad))[:_MOST_ROWS]
    headers, cells = statistics.extract(path, rows)
    document = _document(held, name, path, dyad, headers, cells, len(found))
    (table,) = document.tables
    by_place = {(cell.row, cell.column): cell for cell in table.cells}
    placed = tuple(_placed(one, table, by_place) for one in found)
    taken_for = f"{held.entry.title}: {counted(held.figures, 'figure')}, {len(found):,} of them about {dyad.first} and {dyad.second}"
    return document, placed, taken_for


def later_vintage(path: Path, others: Iterable[Path]) -> str:
    """Return the latest vintage of a file kept as `SOURCE/VINTAGE/FILE`, if it is later than this one's; else ""."""
    source = path.parent.parent
    vintages = [one.parent.name for one in others if one.name == path.name and one.parent.parent == source]
    latest = max(vintages, default="")
    return latest if len(vintages) > 1 and latest > path.parent.name else ""


def superseded(sources: Mapping[str, Path]) -> str:
    """Return what stands for the files of which a later vintage is kept: when one comes, their figures go; "" for none."""
    others = tuple(sources.values())
    names = [name for name, path in sorted(sources.items()) if name.count("/") > 1 and later_vintage(path, others)]
    return content_id("vintages", *names) if names else ""


def _list_of_roll_calls(path: Path, name: str, entry: DataSource) -> tuple[Document, tuple[Observation, ...], str]:
    """Return what stands in the record for a list that is read with the table of votes beside it."""
    words = f"{entry.title}: the list of roll calls, read together with the table of votes."
    cited = Citation(type="dataset", title=entry.title, publisher=entry.publisher, url=entry.url)
    return _without_figures(path, name, words, cited), (), words


def _without_figures(path: Path, name: str, words: str, cited: Citation) -> Document:
    """Return a document of one sentence for a data file that gives the record no figure of its own."""
    key = digest_of(path)
    passage = Passage(f"doc-{key[:16]}#p1", f"doc-{key[:16]}", 0, len(words), words, BlockKind.PARAGRAPH)
    block = Block(BlockKind.PARAGRAPH, 0, len(words))
    return Document(f"doc-{key[:16]}", name, _media_type(path), key, words, cited, (block,), (passage,), language="en")


def _media_type(path: Path) -> str:
    with path.open("rb") as content:
        return PARQUET_TYPE if content.read(len(PARQUET_MARK)) == PARQUET_MARK else "text/csv"


def _document(
    held: Shelved,
    name: str,
    path: Path,
    dyad: Dyad,
    headers: dict[int, str],
    cells: dict[int, dict[int, str]],
    figures: int,
) -> Document:
    entry = held.entry
    lead = (
        f"{entry.title}. {entry.publisher}{', ' + held.vintage if held.vintage else ''}. "
        f"{counted(held.rows, 'row')}; below are the {len(cells):,} from which {counted(figures, 'figure')} about {dyad.first} and {dyad.second} "
        "are taken. The place of each figure counts rows and columns of the file."
    )
    text, made = lead + "\n\n", []
    start = len(text)
    for row, found in ((0, headers), *sorted(cells.items())):
        for column, words in found.items():
            made.append(Cell(row, column, words, len(text), len(text) + len(words), header=row == 0))
            text += words + "\t"
        text = text[:-1] + "\n"
    table = Table(f"{held.document_id}#t1", entry.title, "", entry.citation, tuple(made), start, len(text.rstrip("\n")))
    return Document(
        held.document_id,
        name,
        _media_type(path),
        held.digest,
        text,
        Citation(
            type="dataset",
            title=entry.title,
            publisher=entry.publisher,
            url=entry.url,
        ),
        (Block(BlockKind.PARAGRAPH, 0, len(lead)), Block(BlockKind.TABLE, start, table.end)),
        (Passage(f"{held.document_id}#p1", held.document_id, 0, len(lead), lead, BlockKind.PARAGRAPH),),
        (),
        (table,),
        language="en",
        warnings=_warnings(held),
    )


def _warnings(held: Shelved) -> tuple[str, ...]:
    """Say what of the file was not taken: a line for each reason that asks for something, one for all others."""
    # Names that are not known, and indicators that are not read, may be a person's slip: they are told by name.
    harmless = [one for one in held.problems if one.remedy.startswith(_HARMLESS) and one.reason not in _BY_NAME]
    told = [f"{one.place} first: {one.message}. {one.remedy}" for one in held.problems if one not in harmless]
    if harmless:
        count = sum(one.count for one in harmless)
        kinds = ", ".join(f"{one.count:,} {_LEFT_OUT.get(one.reason, 'of another kind')}" for one in harmless)
        told.append(f"{counted(count, 'figure')} left out, and nothing needs doing: {kinds}.")
    return tuple(told)


def _placed(one: Observation, table: Table, cells: Mapping[tuple[int, int], Cell]) -> Observation:
    """Return the observation with the table, and the characters of its cell where this shows the figure."""
    place = one.provenance
    cell = cells.get((place.row or 0, place.column or 0))
    if cell is None or cell.start == cell.end:
        return replace(one, provenance=replace(place, table_id=table.id))
    return replace(one, provenance=replace(place, table_id=table.id, start=cell.start, end=cell.end))
