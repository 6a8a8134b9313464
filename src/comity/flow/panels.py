"""Panels of dyad-years and state-years from published data sets, as Parquet or CSV with a codebook (ADR 7, 5).

The rows never pass through Python: DuckDB joins and sorts them in bounded memory, and lays off beside the output.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from comity import states
from comity.flow.datasets import later_vintage
from comity.flow.folders import walk
from comity.flow.leader_files import is_leader_file
from comity.flow.panel_codebook import Codebook, Written
from comity.flow.panel_columns import Column, Columns, Joiner
from comity.flow.panel_events import EVENTS, CodedEvents, corpus_events, is_corpus, record_events
from comity.flow.panel_leaders import LeaderTerms, read_terms
from comity.flow.panel_origins import Origin, Superseded, shelved_origins
from comity.flow.panel_rows import PanelRows, make_frame, without_rows
from comity.flow.panel_variables import Variable, chosen, offered
from comity.flow.wording import counted
from comity.flow.workspace import Workspace, code_of
from comity.statistics import Shelved, recognise, shelve, stoppable
from comity.terms import ComityError, DissolvedState, InvalidTerm, StateError, UnreadableSource, WorkspaceError

if TYPE_CHECKING:
    import duckdb

# With the program itself less than the 2 GB that a panel may take.
_MEMORY: Final = "1.5GB"
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class PanelReport:
    """What was written.

    Attributes:
        path: the panel's file; its codebook stands beside it, as `FILE.codebook.json` and `FILE.codebook.md`.
        title: what a row is.
        rows: how many there are.
        columns: how many there are, those that name a row among them.
        warnings: sentences on what differs, or is not there.
    """

    path: Path
    title: str
    rows: int
    columns: int
    warnings: tuple[str, ...]


def read_pairs(text: str, years: tuple[int, int] | None = None) -> tuple[tuple[str, str], ...]:
    """Return the pairs of "PAK-JPN,FRA-IND", as alpha-3 codes; none for "all".

    Args:
        text: codes or names.
        years: in which a former state may be meant by its name; by its code it always may.

    Raises:
        ComityError: a part is no pair of two states.
    """
    return () if text.strip() == "all" else tuple(_pair(part.strip(), years) for part in text.split(","))


def read_states(text: str, years: tuple[int, int] | None = None) -> tuple[str, ...]:
    """Return the codes of "PAK,JPN"; none for "all"."""
    return () if text.strip() == "all" else tuple(_code(part.strip(), years) for part in text.split(","))


def _code(name: str, years: tuple[int, int] | None) -> str:
    try:
        return code_of(name)
    except DissolvedState:
        for year in range(years[1], years[0] - 1, -1) if years else ():
            with suppress(StateError):
                return states.resolve(name, date(year, 1, 1)).code
        raise


def _pair(text: str, years: tuple[int, int] | None) -> tuple[str, str]:
    parts = text.split("-")
    # The name of a state may have a hyphen of its own (Guinea-Bissau).
    for place in range(1, len(parts)):
        try:
            first, second = _code("-".join(parts[:place]), years), _code("-".join(parts[place:]), years)
        except ComityError:
            if len(parts) == 2:
                raise
            continue
        if first != second:
            return first, second
    raise WorkspaceError(f"{text!r} is no pair of two states.", remedy="Write two codes or names: PAK-JPN")


@dataclass(frozen=True, slots=True)
class DataSets:
    """What a panel can be made of, as it was found.

    Attributes:
        files: data sets of known sources.
        companions: files that only stand beside another.
        errors: of what was named and cannot be used, or cannot be read.
        leaders: lists of leaders.
        corpora: folders that `comity code --out` wrote.
        superseded: data sets and lists that were left aside since a later vintage is there too.
    """

    files: tuple[Path, ...]
    companions: tuple[Path, ...]
    errors: tuple[ComityError, ...]
    leaders: tuple[Path, ...] = ()
    corpora: tuple[Path, ...] = ()
    superseded: tuple[Superseded, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a panel takes besides the figures of data sets; `unread` names what there is too, and was not asked for."""

    leaders: tuple[LeaderTerms, ...] = ()
    events: tuple[CodedEvents, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def variables(self) -> list[Variable]:
        """What it offers."""
        return [*(one.variable for one in self.leaders), *(one.variable for one in self.events)]

    @property
    def origins(self) -> list[Origin]:
        """Whose it is."""
        return [one.origin(self.superseded) for one in self.leaders] + [one.origin for one in self.events]


def find_data_sets(paths: Sequence[Path], workspace: Workspace | None) -> DataSets:
    """Return the data sets among files and folders given, or, where none is given, among a workspace's sources.

    A file that is given by name and is no known data set is an error; in a folder it is passed over. Of several vintages of
    a file that `comity fetch` kept (`SOURCE/VINTAGE/FILE`) the latest counts, unless each is given by name.
    """
    companions: list[Path] = []
    errors: list[ComityError] = []
    corpora = [path for path in paths if path.is_dir() and is_corpus(path)]
    given = [path for path in paths if path not in corpora]
    if not paths and workspace is not None:
        given = [workspace.sources]
    # By path: the source whose file it is ("" for a list of leaders until it is read), and whether it was named.
    found: dict[Path, tuple[str, bool]] = {}
    lists: set[Path] = set()
    for path, named in _files(given, errors):
        try:
            layout = recognise(path)
        except (ComityError, OSError) as error:
            errors.append(error if isinstance(error, ComityError) else _cannot_open(path, error))
            continue
        if layout is not None and layout.list_only:
            companions.append(path)
        elif layout is not None:
            found[path] = (layout.source, named)
        elif is_leader_file(path):
            found[path] = (path.parent.parent.name, named)
            lists.add(path)
        elif named:
            remedy = "Leave it out, or get a file that the catalogue of sources knows."
            errors.append(UnreadableSource(str(path), "this is no file of a known data set", remedy=remedy))
    walked = [path for path, (_, named) in found.items() if not named]
    # In a folder of the user's own such names may mean anything: there only the names that `comity fetch` gives do.
    aside = {
        path: Superseded(source, path.name, path.parent.name, later)
        for path, (source, named) in found.items()
        if not named and (not paths or path.parent.parent.name == source) and (later := later_vintage(path, walked))
    }
    kept = [path for path in found if path not in aside]
    return DataSets(
        tuple(path for path in kept if path not in lists),
        tuple(companions),
        tuple(errors),
        tuple(path for path in kept if path in lists),
        tuple(corpora),
        tuple(aside.values()),
    )


def find_beside(
    found: DataSets, workspace: Workspace | None, names: Sequence[str] | None = None
) -> tuple[Beside, list[ComityError]]:
    """Read lists of leaders, and acts where they are asked for; return them with the errors of those that could not be.

    Args:
        found: what there is.
        workspace: whose record's acts count.
        names: what the panel is asked for; None for all that there is.
    """
    errors: list[ComityError] = []
    leaders: dict[str, LeaderTerms] = {}
    for path in found.leaders:
        try:
            one = read_terms(path)
        except ComityError as error:
            errors.append(error)
            continue
        leaders.setdefault(one.digest, one)
    events: list[CodedEvents] = []
    unread: tuple[str, ...] = ()
    if names is not None and EVENTS not in names:
        has_record = workspace is not None and workspace.record.exists()
        unread = (EVENTS,) if has_record or found.corpora else ()
    else:
        if workspace is not None and workspace.record.exists() and (acts := record_events(workspace)) is not None:
            events.append(acts)
        for folder in found.corpora:
            try:
                if (reports := corpus_events(folder)) is not None:
                    events.append(reports)
            except ComityError as error:
                errors.append(error)
    for kind in (list(leaders.values()), events):
        for source in sorted({one.source for one in kind}):
            if sum(one.source == source for one in kind) > 1:
                raise InvalidTerm(
                    f"there are several of {source}: {', '.join(sorted(one.name for one in kind if one.source == source))}",
                    remedy="Give the one that you mean by its name, with the data sets that you want beside it.",
                )
    return Beside(tuple(leaders.values()), tuple(events), found.superseded, unread), errors


def _files(paths: Sequence[Path], errors: list[ComityError]) -> Iterator[tuple[Path, bool]]:
    for path in paths:
        if not path.is_dir():
            yield path, True
            continue
        for found in walk([path]):
            if isinstance(found, Path):
                yield found, False
            elif isinstance(found, ComityError):
                errors.append(found)


def _cannot_open(path: Path, error: OSError) -> UnreadableSource:
    return UnreadableSource(str(path), f"cannot be opened: {error.strerror}", remedy="See that it is there.")


@contextmanager
def panel_shelf(workspace: Workspace | None, beside: Path) -> Iterator[Path]:
    """Give the folder of the shelf: the workspace's, which stays; without one, a folder that is gone afterwards."""
    if workspace is not None:
        yield workspace.shelf
        return
    with _working_folder(beside) as folder:
        yield folder


def put_on_shelf(
    found: DataSets, folder: Path, on_file: Callable[[str], None] = lambda name: None
) -> tuple[list[Shelved], list[ComityError]]:
    """Shelve data sets, each once; return them with the errors of those that could not be."""
    shelf: dict[Path, Shelved] = {}
    errors: list[ComityError] = []
    for path in found.files:
        on_file(path.name)
        try:
            one = shelve(path, folder, beside=found.companions)
        except (ComityError, OSError) as error:
            errors.append(error if isinstance(error, ComityError) else _cannot_open(path, error))
        else:
            shelf[one.path] = one
    return [shelf[path] for path in sorted(shelf)], errors


def panel_offers(shelf: Sequence[Shelved], beside: Beside = Beside()) -> list[dict[str, str]]:
    """Return what data sets and the rest offer to a panel, a row a variable, with the name by which it is asked for."""
    with _database(Path()) as connection:
        held = [*offered(connection, shelf), *beside.variables]
    rows: dict[tuple[object, ...], dict[str, str]] = {}
    for one in held:
        between = {"pair": "pair", "world": "state with all partners", "alone": "state"}[one.shape]
        years = f"{one.first}-{'' if one.last is None else one.last}"
        rows[one.indicator, one.source, one.shape, one.mark, one.yearly] = {
            "variable": one.indicator,
            "family": one.family,
            "source": one.source + (f" ({one.mark.replace('_', ' ')})" if one.mark else ""),
            "of": between,
            "unit": one.unit,
            "years": years if one.yearly else f"{years}, not of whole calendar years",
            "figures": f"{one.figures:,}",
        }
    return [rows[key] for key in sorted(rows, key=str)]


def make_panel(
    rows: PanelRows,
    names: Sequence[str],
    shelf: Sequence[Shelved],
    out: Path,
    *,
    beside: Beside = Beside(),
    on_step: Callable[[str], None] = lambda words: None,
) -> PanelReport:
    """Write a panel with its codebook, whole or not at all; the same inputs give the same bytes.

    Args:
        rows: which rows it has.
        names: families of the catalogue of indicators, or keys of indicators; what the shelf holds of them becomes
            columns, one for each source, indicator and side.
        shelf: the shelved data sets.
        out: a name that ends in .parquet or .csv.
        beside: leaders, acts, and what was left aside.
        on_step: called with what is done next.

    Raises:
        InvalidTerm: a name means nothing that the data sets hold, or no row is left.
        WorkspaceError: the file cannot be written, or the work needs more memory or disk than there is.
    """
    import duckdb

    target = out.resolve()
    try:
        with panel_database(out) as (connection, folder):
            on_step("Laying out the rows")
            make_frame(connection, rows)
            missing = without_rows(connection, rows)
            held = [*offered(connection, shelf), *beside.variables]
            variables = chosen(names, held, by_state=rows.by_state, unread=beside.unread)
            on_step("Bringing the figures to years")
            columns = Joiner(connection, shelf, rows, beside.leaders, beside.events).columns(variables)
            on_step("Joining and writing")
            written = _write(connection, columns, rows, folder, target.suffix.lower())
            panel = folder / f"panel{target.suffix.lower()}"
            origins = [*shelved_origins(shelf, beside.superseded), *beside.origins]
            book = Codebook(
                target.name, _FORMS[target.suffix.lower()], _digest(panel), rows, columns.columns, written, origins
            )
            # The panel comes last: where it stands, its codebook does.
            for suffix, text in ((".codebook.json", book.to_json()), (".codebook.md", book.to_markdown())):
                partial = folder / suffix[1:]
                partial.write_text(text, encoding="utf-8")
                partial.replace(target.with_name(target.name + suffix))
            panel.replace(target)
    except duckdb.Error as error:
        raise _cannot_make(out, str(error).splitlines()[0]) from error
    except OSError as error:
        raise _cannot_make(out, error.strerror or str(error)) from error
    warnings = [f"{name} was in the system in none of these years, and has no row." for name in missing]
    used = {column.variable.source for column in columns.columns if column.variable is not None}
    warnings += [one.sentence for one in beside.superseded if one.source in used]
    warnings += [*_left_out(columns.columns, origins), *_told(columns.columns)]
    return PanelReport(target, book.title, written.rows, len(columns.columns), tuple(warnings))


_FORMS: Final = {".parquet": "parquet", ".csv": "csv"}


def _left_out(columns: Sequence[Column], origins: Sequence[Origin]) -> list[str]:
    used = {digest for column in columns if column.variable is not None for digest in column.variable.digests}
    counts = [(file, sum(count for _, count, _ in file.left_out)) for one in origins for file in one.files]
    return [
        f"{file.name}: {counted(count, file.counted.removesuffix('s'))} left out; the codebook says why."
        for file, count in counts
        if file.digest in used and count
    ]


def _told(columns: Sequence[Column]) -> list[str]:
    """Return what was left empty, each sentence once, with the first column that it is about."""
    found: dict[tuple[Variable, str], str] = {}
    for column in columns:
        for note in column.notes:
            if column.variable is not None and "left empty" in note:
                key = (
                    (column.variable, note)
                    if column.variable.indicator == "leaders"
                    else (column.variable, column.name + note)
                )
                found.setdefault(key, f"{column.name}: {note}")
    return list(found.values())


def _cannot_make(out: Path, reason: str) -> WorkspaceError:
    return WorkspaceError(
        f"{out} cannot be made: {reason.rstrip('.')}.",
        remedy="Make room on the disk, see to the permissions, or ask for fewer years and variables.",
    )


def _write(
    connection: duckdb.DuckDBPyConnection, columns: Columns, rows: PanelRows, folder: Path, suffix: str
) -> Written:
    """Write the panel into the folder, and count what stands in its columns."""
    shown = ", ".join(f'{column.expression} AS "{column.name}"' for column in columns.columns)
    order = "f.number1, f.year" if rows.by_state else "f.number1, f.number2, f.year"
    parquet = folder / "panel.parquet"
    connection.execute(
        f"COPY (SELECT {shown} FROM frame f {' '.join(columns.joins)} ORDER BY {order}) TO {_literal(parquet)} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )
    # A name with the signs of a pattern (a folder "panels [new]") is to be taken as it stands where files are read.
    taken = _literal(Path(re.sub(r"([*?\[])", r"[\1]", str(parquet))))
    read = f"read_parquet({taken}, hive_partitioning = false)"
    figures = [column.name for column in columns.columns if column.variable is not None]
    counts = ", ".join(
        f'count("{name}"), min(year) FILTER ("{name}" IS NOT NULL), max(year) FILTER ("{name}" IS NOT NULL)'
        for name in figures
    )
    (found,) = connection.execute(f"SELECT count(*){', ' if counts else ''}{counts} FROM {read}").fetchall()
    filled = {name: (found[1 + 3 * place], *found[2 + 3 * place : 4 + 3 * place]) for place, name in enumerate(figures)}
    if suffix == ".csv":
        connection.execute(f"COPY (SELECT * FROM {read}) TO {_literal(folder / 'panel.csv')} (FORMAT csv, HEADER)")
    return Written(int(found[0]), filled)


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _digest(path: Path) -> str:
    taken = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            taken.update(block)
    return taken.hexdigest()


@contextmanager
def panel_database(out: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """Give a database in bounded memory, and a folder beside the output for its work that is gone afterwards.

    Raises:
        WorkspaceError: the folder cannot be made.
    """
    with stoppable(), _working_folder(out) as folder, _database(folder) as connection:
        yield connection, folder


@contextmanager
def _working_folder(out: Path) -> Iterator[Path]:
    """Give a folder beside the output, on the same disk, that is gone afterwards, whatever happens."""
    try:
        parent = out.resolve().parent
        parent.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix=".comity-panel-", dir=parent)
    except OSError as error:
        raise _cannot_make(out, error.strerror or str(error)) from error
    with folder as name:
        yield Path(name)


@contextmanager
def _database(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    settings: dict[str, Any] = {"memory_limit": _MEMORY, "temp_directory": str(folder.absolute() / "laid-off")}
    with duckdb.connect(config=settings) as connection:
        yield connection
