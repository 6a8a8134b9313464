"""The build: the record brought up to date with sources/ and decisions.jsonl, in one transaction."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import comity
from comity import record
from comity.documents import READER, Readers
from comity.flow.datasets import superseded, title_of_data_set
from comity.flow.editions import contradictions
from comity.flow.folders import PageParts, walk
from comity.flow.leader_files import Leaders
from comity.flow.reading import Fault, Reading, read_source, readers
from comity.flow.sources import LARGEST, digest_of, named_files, size_of
from comity.flow.views import open_view, strays
from comity.flow.wording import counted, kept_uncoded
from comity.flow.workspace import Workspace
from comity.record import Record, Writer
from comity.terms import ComityError, UnreadableSource, WorkspaceError, content_id

if TYPE_CHECKING:
    from comity.flow.second_reader import SecondReader, SecondReading


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        read, unchanged, retired: names of sources.
        unread: name and reason of each source that could not be read, now or in an earlier build.
        warnings: name and words: what was not understood in a source that was read.
        guesses: name and words: how its tables were understood, so that a wrong guess is seen.
        undecided: what was said of each line of decisions.jsonl that is no decision; all others were applied.
        second: what the second reader did; None for a build without one.
        abroad: what is said of the documents in other languages; "" where there are none.
        left_out: whether a second reader's answers are kept from before but this build, without one, leaves them out.
    """

    read: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    guesses: tuple[tuple[str, str], ...] = ()
    events: int = 0
    statements: int = 0
    observations: int = 0
    undecided: tuple[str, ...] = ()
    second: SecondReading | None = None
    left_out: bool = False
    abroad: str = ""

    @property
    def readable(self) -> int:
        """How many sources the record holds."""
        return len(self.read) + len(self.unchanged)

    @property
    def summary(self) -> str:
        """One line for people."""
        done = f"{len(self.read)} read, {len(self.unchanged)} unchanged"
        done += f", {len(self.retired)} retired" if self.retired else ""
        done += f", {len(self.unread)} not read" if self.unread else ""
        held = f"{counted(self.events, 'event')}, {counted(self.statements, 'position')}"
        return f"{done}. The record holds {held}, {counted(self.observations, 'figure')}."


def build(
    workspace: Workspace,
    *,
    on_source: Callable[[str], None] = lambda name: None,
    fresh: bool = False,
    second_reader: bool = False,
    jobs: int | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> BuildReport:
    """Bring the record up to date and say what was done; on any exception the record stays as it was.

    Args:
        workspace: whose sources are read.
        on_source: called with each source's name before it is read.
        fresh: read unchanged sources again too.
        second_reader: let the endpoint of comity.toml propose events too; without it nothing is sent anywhere.
        jobs: how many processes read documents at most; as comity.toml says when None, else one a core. The record and all
            that is said are the same for any number.
        tell: called with a line of words before anything is sent, and while answers are awaited.

    Raises:
        WorkspaceError: there are no sources, or a second reader is asked for and comity.toml names none.
        RecordBusy: another build holds the record.
        RecordError: the record is damaged, or decisions.jsonl cannot be read at all.
    """
    if not workspace.sources.is_dir():
        raise WorkspaceError(
            f"{workspace.sources} is not there; the record was left as it is.",
            remedy="Put the folder back, or make an empty one if its sources are really to go.",
        )
    decisions = record.sift_decisions(workspace.decisions)
    sources = named_files(workspace)
    closed = _closed(workspace)
    leaders = Leaders.among(sources)
    # A corrected mapping, another dyad or another list of leaders changes what a source means, so its facts are taken
    # from it again.
    settings = content_id(
        "settings", workspace.dyad.label, repr(sorted((k, sorted(v.items())) for k, v in workspace.mappings.items()))
    )
    second = _second_reader(workspace, tell) if second_reader else None
    parts = (
        comity.__version__,
        f"reader-{READER}",
        settings,
        leaders.label,
        second.label if second is not None else "",
        "ocr" if workspace.recognise else "",
        superseded(sources),
    )
    label = "+".join(part for part in parts if part)
    with (
        Record.open(workspace.record, create=True).writing(reader=label) as writer,
        readers(jobs or workspace.jobs) as reading,
    ):
        known = {} if fresh else writer.known_sources()
        steps = _Steps(workspace, writer, known, leaders, second, reading, tuple(sources.values()))
        # What lies in a folder that cannot be opened is not gone: its facts stay until somebody can look.
        retired = tuple(
            name for name in writer.source_names() if name not in sources and not _lies_within(name, closed)
        )
        for name in retired:
            writer.retire_source(name)
        for name, path in reading.ahead(sources.items(), steps.document, recognise=workspace.recognise):
            on_source(name)
            steps.take(name, path)
        steps.ask()
        steps.unread.extend((error.path, str(error)) for error in closed.values())
        writer.apply(decisions.decisions)
    with open_view(workspace) as view:
        counts = view.counts()
        unread = dict(steps.unread) | {source.name: source.reason for source in view.sources() if source.reason}
        return BuildReport(
            tuple(steps.read),
            tuple(name for name in steps.unchanged if name not in unread),
            retired,
            tuple(sorted(unread.items())),
            (*steps.warnings, *_passed(workspace), *strays(workspace, sources, view), *contradictions(sources, view)),
            tuple(steps.guesses),
            counts.events,
            counts.statements,
            counts.observations,
            tuple(str(fault) for fault in decisions.faults),
            steps.second_reading,
            second is None and bool(steps.read) and workspace.answers.is_dir(),
            kept_uncoded(view.languages().elements()),
        )


class _Steps:
    """The work of one build, source by source."""

    def __init__(
        self,
        workspace: Workspace,
        writer: Writer,
        known: dict[str, str],
        leaders: Leaders,
        second: SecondReader | None,
        reading: Readers,
        beside: tuple[Path, ...],
    ) -> None:
        self.workspace = workspace
        self.writer = writer
        # What had no answer is asked about again, so its source is read again.
        again = frozenset[str]() if second is None else second.unanswered()
        self.known = {name: digest for name, digest in known.items() if name not in again}
        self.leaders = leaders
        self.second = second
        self.reading = reading
        self.beside = beside
        self.digests: dict[str, str] = {}
        self.second_reading: SecondReading | None = None
        self.waiting: list[tuple[str, Reading]] = []
        self.held = frozenset(writer.source_names())
        self.read: list[str] = []
        self.unchanged: list[str] = []
        self.unread: list[tuple[str, str]] = []
        self.warnings: list[tuple[str, str]] = []
        self.guesses: list[tuple[str, str]] = []

    def document(self, source: tuple[str, Path]) -> tuple[Path, str] | None:
        """Return the file of a source that is new or changed, and its name; its digest is taken before it is read."""
        name, path = source
        if size_of(path) > LARGEST or self._is_data_set(path):
            return None
        with suppress(OSError):  # `take` meets it again, and says so
            self.digests[name] = digest_of(path)
        return None if self.known.get(name) == self.digests.get(name) else (path, name)

    def take(self, name: str, path: Path) -> None:
        """Read and store one source, or note why it cannot be read."""
        digest = ""
        try:
            if path.stat().st_size <= LARGEST or self._is_data_set(path):
                digest = self.digests.pop(name, "") or digest_of(path)
                if self.known.get(name) == digest:
                    self.unchanged.append(name)
                    return
            reading = read_source(
                path,
                name=name,
                dyad=self.workspace.dyad,
                mappings=self.workspace.mappings.get(name, {}),
                leaders=self.leaders.people,
                recognise=self.workspace.recognise,
                read=self.reading.read,
                shelf=self.workspace.shelf,
                beside=self.beside,
            )
        except OSError as error:
            reason = UnreadableSource(
                name, error.strerror or str(error), remedy="Check that it is there and that you may read it."
            )
            if name in self.held:
                self.unread.append((name, f"{reason} What it said when it was last read stays in the record."))
            else:
                self._leave(name, digest, str(reason))
        except ComityError as error:
            self._leave(name, "" if isinstance(error, Fault) else digest, str(error))
        else:
            if self.second is None:
                self._store(name, reading)
            else:
                # All are read before any is sent, so that it can be said how much is sent.
                self.waiting.append((name, reading))

    @staticmethod
    def _is_data_set(path: Path) -> bool:
        """Whether a file is a published data set, which is read row by row and may be large."""
        try:
            return bool(title_of_data_set(path))
        except UnreadableSource:
            return True

    def ask(self) -> None:
        """Let the second reader, where there is one, add to what was read, and store it."""
        if self.second is None:
            return
        readings, self.second_reading = self.second.read(self.waiting, leaders=self.leaders.people)
        for name, _ in self.waiting:
            self._store(name, readings[name])

    def _leave(self, name: str, digest: str, reason: str) -> None:
        self.writer.note_unread(name, digest, reason)
        self.unread.append((name, reason))

    def _store(self, name: str, reading: Reading) -> None:
        self.writer.store(reading.document, reading.events, reading.statements, reading.observations, source_name=name)
        self.read.append(name)
        self.warnings.extend((name, warning) for warning in reading.warnings)
        self.guesses.extend((name, guess) for guess in reading.guesses)


def _second_reader(workspace: Workspace, tell: Callable[[str], None]) -> SecondReader:
    from comity.flow.second_reader import second_reader_of

    return second_reader_of(workspace.second_reader, workspace.answers, tell=tell)


def _closed(workspace: Workspace) -> dict[str, UnreadableSource]:
    """Return what in sources/ cannot be looked at, by its name there; "." is the whole folder."""
    found = (each for each in walk([workspace.sources]) if isinstance(each, UnreadableSource))
    return {Path(os.path.relpath(error.path, workspace.sources)).as_posix(): error for error in found}


def _passed(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield the folders in sources/ that hold the parts of saved pages, which are not read, and how many these are."""
    for each in walk([workspace.sources]):
        if isinstance(each, PageParts):
            name = Path(os.path.relpath(each.path, workspace.sources)).as_posix()
            yield name, f"{counted(each.number, 'file')}, the parts of {each.page}, not read by themselves."


def _lies_within(name: str, folders: Iterable[str]) -> bool:
    return any(folder == "." or name == folder or name.startswith(f"{folder}/") for folder in folders)
