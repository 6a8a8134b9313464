"""What an analyst drops is looked at file by file: read, copied into sources/ where it can be read, and told of either way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comity import documents
from comity.flow.containers import Member, is_wholly_held, members_of
from comity.flow.datasets import title_of_data_set
from comity.flow.folders import PageParts, plain_name, walk
from comity.flow.leader_files import is_leader_file, read_leader_file
from comity.flow.reading import readers
from comity.flow.refused import keep_refused
from comity.flow.sources import LARGEST, digest_of, files, name_of, refuse_no_document, size_of
from comity.flow.wording import counted
from comity.flow.workspace import CONFIGURATION, Workspace
from comity.flow.writing import write_whole
from comity.language import name_of_language
from comity.terms import ComityError, Document, UnreadableSource, WorkspaceError, digest

_KINDS = {
    "application/pdf": "PDF",
    "application/rtf": "RTF",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument sheets",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "message/rfc822": "mail",
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": "text",
    "text/rtf": "RTF",
    "text/tab-separated-values": "TSV",
}
_SHEETS = frozenset({"Excel", "OpenDocument sheets"})
_ROOM = "Make room, or see to the permissions of the folder sources/."


@dataclass(frozen=True, slots=True)
class Contents:
    """What a source was found to hold; `language` is a BCP 47 tag, and `published` a date in words or ""."""

    kind: str
    title: str
    published: str
    language: str
    pages: int
    words: int
    tables: int
    notes: int
    warnings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The contents in a few words: "PDF, 12 pages, 4,310 words, 3 tables, in French"."""
        # The pages of a workbook are its sheets.
        page = "sheet" if self.kind in _SHEETS else "page"
        counts = ((self.pages, page), (self.words, "word"), (self.tables, "table"), (self.notes, "note"))
        told = [self.kind, *(counted(number, noun) for number, noun in counts if number)]
        if self.language not in ("en", "und", ""):
            told.append(f"in {name_of_language(self.language)}")
        return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file that was to be added.

    Attributes:
        path: where it was found; a file within another has the other's path before its own.
        name: what it is called in sources/; "" for what is not there.
        outcome: "added", "already there", "refused", "opened" for a file that only holds others, or "passed over" for a
            folder of a saved page's parts.
        reason: why it was refused or passed over.
        taken_for: what a file is that will be read neither as a document nor as tables.
        contents: what was read in it; None for what was not read now.
        container: the file that holds it, where it came in another one.
        digest: SHA-256 of its bytes; "" where they were not read.
    """

    path: str
    name: str
    outcome: str
    reason: str = ""
    taken_for: str = ""
    contents: Contents | None = None
    container: str = ""
    digest: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-ready values."""
        told = {"path": self.path, "name": self.name, "outcome": self.outcome, "reason": self.reason}
        if self.container:
            told["container"] = self.container
        if self.taken_for:
            told["taken_for"] = self.taken_for
        if self.contents is None:
            return told
        names = ("kind", "title", "published", "language", "pages", "words", "tables", "notes")
        return told | {name: getattr(self.contents, name) for name in names} | {"warnings": [*self.contents.warnings]}


def add(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    recognise: bool = False,
    jobs: int | None = None,
    on_file: Callable[[int, int], None] = lambda done, of: None,
) -> list[Added]:
    """Read files and folders, and copy what can be read into sources/; a file with the same bytes is not copied again.

    A file of another content but the same name gets a number (`report-2.pdf`); nothing is overwritten. Archives, mailboxes
    and downloads of many articles are opened, and each file in them is added by itself; so are the attachments of mails.

    Args:
        workspace: whose sources are added to.
        paths: files and folders; of the workspace's own folder only what is not the workspace's own (its settings, its
            record, its briefs).
        recognise: whether pictures of pages are read by text recognition.
        jobs: how many processes read documents at most; as comity.toml says when None, else one a core.
        on_file: called with how many files are done, and of how many.
    """
    named = {path for path in paths if not path.is_dir()}
    found = [
        path
        for path in walk(paths, received=True)
        if isinstance(path, UnreadableSource | PageParts) or path in named or not _is_own(workspace, path)
    ]
    done: list[Added] = []
    with readers(jobs or workspace.jobs) as reading:
        adding = _Adding(workspace, recognise, reading)
        for number, path in enumerate(reading.ahead(found, adding.document, recognise=recognise)):
            on_file(number, len(found))
            if isinstance(path, UnreadableSource):
                done.append(Added(path.path, "", "refused", str(path)))
            elif isinstance(path, PageParts):
                done.append(_passed(path))
            else:
                done += adding.take(path)
    on_file(len(found), len(found))
    with suppress(WorkspaceError):  # what was done is told, whether or not it can be kept
        keep_refused(workspace, done)
    return done


class _Adding:
    """One run: what sources/ holds already, by digest, and the work on each file."""

    def __init__(self, workspace: Workspace, recognise: bool, reading: documents.Readers) -> None:
        self.workspace = workspace
        self.recognise = recognise
        self.reading = reading
        self.foreseen: set[str] = set()
        self.held = {digest_of(path): name_of(workspace, path) for path in files(workspace)}

    def document(self, path: Path | PageParts | UnreadableSource) -> tuple[Path, str] | None:
        """Return a file that is likely to be read when its turn comes, and what it is then called."""
        if not isinstance(path, Path) or self._is_inside(path) or _is_own(self.workspace, path):
            return None
        try:
            if title_of_data_set(path):
                return None
            content = _content(path)
        except (OSError, ComityError):
            return None
        key = digest(content)
        if key in self.held or key in self.foreseen or is_wholly_held(content):
            return None
        self.foreseen.add(key)
        return path, str(path)

    def _is_inside(self, path: Path) -> bool:
        return self.workspace.sources.resolve() in (path.parent.resolve() / path.name).parents

    def take(self, path: Path) -> Iterator[Added]:
        """Add a file and what it holds."""
        content = b""
        try:
            if _is_own(self.workspace, path):
                raise UnreadableSource(
                    str(path), "is a file of the workspace itself", remedy="Add what it was made from."
                )
            if title := _title_of_data_set(path):
                yield self._data_set(path, title)
                return
            content = _content(path)
            if self._is_inside(path) and not is_wholly_held(content):
                key = digest(content)
                name = self.held.setdefault(key, name_of(self.workspace, path))
                refuse_no_document(path, str(path))
                yield Added(str(path), name, "already there", digest=key)
                return
            yield from self._take(Member(str(path), content))
        except (OSError, ComityError) as error:
            reason = f"{path}: {error.strerror or error}" if isinstance(error, OSError) else str(error)
            yield Added(str(path), "", "refused", reason, digest=digest(content) if content else "")

    def _data_set(self, path: Path, title: str) -> Added:
        """Copy a published data set of any size; its rows are read when the record is built."""
        key = digest_of(path)
        taken_for = _as_data_set(title)
        if self._is_inside(path):
            self.held.setdefault(key, name_of(self.workspace, path))
        if key in self.held:
            return Added(str(path), self.held[key], "already there", taken_for=taken_for, digest=key)
        with self._unseen(path.name) as unseen:
            try:
                shutil.copyfile(path, unseen)
            except OSError as error:
                reason = error.strerror or str(error)
                raise WorkspaceError(f"{path} could not be copied into sources/: {reason}.", remedy=_ROOM) from error
            name = self._keep(unseen, path.name, key)
        return Added(str(path), name, "added", taken_for=taken_for, digest=key)

    @contextmanager
    def _unseen(self, name: str) -> Iterator[Path]:
        """Give a place in sources/ that nobody sees, for a file on its way; what is still there afterwards goes."""
        self.workspace.sources.mkdir(exist_ok=True)
        unseen = self.workspace.sources / f".{os.getpid()}.adding{Path(plain_name(name)).suffix}"
        try:
            yield unseen
        finally:
            with suppress(OSError):
                unseen.unlink(missing_ok=True)

    def _keep(self, unseen: Path, name: str, key: str) -> str:
        """Let everybody see the file, under a name that is free."""
        target = _free_name(self.workspace.sources / plain_name(name))
        unseen.rename(target)
        self.held[key] = target.name
        return target.name

    def _take(self, file: Member) -> Iterator[Added]:
        if is_wholly_held(file.content):
            told = False
            opened = False
            for one in members_of(file.content, file.path, LARGEST):
                told, opened = True, opened or not isinstance(one, UnreadableSource)
                yield from self._member(one, file.path)
            if opened:
                yield Added(file.path, "", "opened", digest=digest(file.content))
            elif not told:
                yield Added(file.path, "", "refused", f"{file.path}: holds no files. Get it again, or leave it out.")
            return
        yield self._one(file)
        for one in members_of(file.content, file.path, LARGEST):
            yield from self._member(one, file.path)

    def _member(self, one: Member | PageParts | UnreadableSource, container: str) -> Iterator[Added]:
        if isinstance(one, UnreadableSource):
            yield Added(one.path, "", "refused", str(one), container=container)
        elif isinstance(one, PageParts):
            yield replace(_passed(one), container=container)
        elif not is_wholly_held(one.content):  # what such a one holds comes by itself
            try:
                yield replace(self._one(one), container=container)
            except (OSError, ComityError) as error:
                key = digest(one.content) if one.content else ""
                yield Added(one.path, "", "refused", str(error), container=container, digest=key)

    def _one(self, file: Member) -> Added:
        """Read a file from a copy in sources/ that nobody sees, and keep the copy where it could be read."""
        key = digest(file.content)
        if key in self.held:
            return Added(file.path, self.held[key], "already there", digest=key)
        if not file.content:
            raise UnreadableSource(file.path, "is empty", remedy="Get the file again from where it came from.")
        with self._unseen(file.name) as unseen:
            write_whole(unseen, file.content, remedy=_ROOM)
            refuse_no_document(unseen, file.path)
            taken_for, contents = "", None
            if is_leader_file(unseen):
                taken_for = read_leader_file(unseen, file.path).leaders.summary
            elif title := title_of_data_set(unseen):
                taken_for = _as_data_set(title)
            else:
                contents = _contents(self._read(unseen, file.path))
            name = self._keep(unseen, file.name, key)
        return Added(file.path, name, "added", taken_for=taken_for, contents=contents, digest=key)

    def _read(self, path: Path, name: str) -> Document:
        try:
            return self.reading.read(path, name=name, recognise=self.recognise)
        except ComityError:
            raise
        except MemoryError as error:
            raise UnreadableSource(name, "does not fit into memory", remedy="Split the file.") from error
        except OSError:
            raise
        except Exception as error:
            raise UnreadableSource(
                name,
                f"could not be read because of a fault in Comity ({type(error).__name__}: {error})",
                remedy="Please report it; the other files are not affected.",
            ) from error


def _passed(parts: PageParts) -> Added:
    return Added(
        parts.path, "", "passed over", f"{parts.path}: {counted(parts.number, 'file')}, the parts of {parts.page}"
    )


def _is_own(workspace: Workspace, path: Path) -> bool:
    """Whether a file is what Comity keeps or made: settings, the record with what lies beside it, decisions, answers, briefs."""
    where, root = path.parent.resolve() / path.name, workspace.root.resolve()
    if not where.is_relative_to(root):
        return False
    first = where.relative_to(root).parts[0]
    record = workspace.record.name
    own = {CONFIGURATION, record, workspace.out.name}
    kept = (workspace.decisions, workspace.answers, workspace.refused, workspace.shelf, workspace.underway)
    own |= {path.name for path in kept}
    return first in own or first.startswith((f"{record}-", f"{record}."))


def _as_data_set(title: str) -> str:
    return f"{title}, a published data set"


def _title_of_data_set(path: Path) -> str:
    return title_of_data_set(path) if path.is_file() and path.stat().st_size else ""


def _content(path: Path) -> bytes:
    if not path.exists():
        raise UnreadableSource(str(path), "there is no such file", remedy="Check the spelling.")
    if not path.is_file():
        raise UnreadableSource(str(path), "is not a regular file", remedy="Add a file or a folder.")
    size = size_of(path)
    if size == 0:
        raise UnreadableSource(str(path), "is empty", remedy="Get the file again from where it came from.")
    if size > LARGEST:
        raise UnreadableSource(
            str(path),
            f"has {size / 1024**2:,.0f} MB; a source may have at most {LARGEST // 1024**2} MB",
            remedy="Split it, or add only the part that concerns the two states.",
        )
    return path.read_bytes()


def _contents(document: Document) -> Contents:
    pages = max((anchor.page or 0 for anchor in document.anchors), default=0)
    published = document.bibliography.issued
    return Contents(
        _KINDS.get(document.media_type, document.media_type),
        document.bibliography.title,
        published.label if published is not None else "",
        document.language,
        pages,
        len(document.text.split()),
        len(document.tables),
        len(document.notes),
        document.warnings,
    )


def _free_name(target: Path) -> Path:
    number, free = 2, target
    while free.exists() or free.is_symlink():
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
        number += 1
    return free
