"""Reading ahead: while one document is worked on, the next are read, by several processes of which each is as `apart` has it.

Documents are given in the order in which they are asked for, and refusals too, so that nothing hangs on which of them was read
first. A further process is started only where the readers, not the work on what they read, are what is waited for.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from comity.documents.apart import READER, Apart, Ended, goes_apart, seconds_for
from comity.terms import Document

Item = TypeVar("Item")

# So many documents for each reader are read, or being read, before they are asked for: they are held in memory.
WAITING = 2
# So many items for each reader are looked at: what lies between two documents that go apart is soon done with.
_SEEN = 16
# A further reader takes some 0.3 s to start, and as much of a core; it is worth that where more was lost by waiting.
_PATIENCE = 0.6


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document that is being read, and the state of its file when that was asked for."""

    path: Path
    name: str
    recognise: bool
    state: tuple[int, ...]
    document: Future[Document] = field(default_factory=Future)


class Readers:
    """At most `jobs` processes that read; used in a `with`, at whose end they are gone.

    Args:
        jobs: how many at most.
        command: what starts one.
    """

    def __init__(self, jobs: int, command: Sequence[str] = READER) -> None:
        self._jobs = jobs
        self._command = command
        self._readers: list[Apart] = []
        self._threads: list[threading.Thread] = []
        self._queue: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._asked: dict[str, _Asked] = {}
        self._patience = _PATIENCE

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self._readers:
            reader.end()
        for _thread in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            with suppress(RuntimeError):  # Ctrl-C while it was being started: it ends by itself
                thread.join()
        for reader in self._readers:
            reader.close()

    @property
    def started(self) -> int:
        """How many processes were started."""
        return len(self._readers)

    def ahead(
        self, items: Iterable[Item], document: Callable[[Item], tuple[Path, str] | None], *, recognise: bool = False
    ) -> Iterator[Item]:
        """Yield the items in their order, and meanwhile have the documents of the next ones read.

        Args:
            items: what is worked on; for each, `read` is called at most once before the next is taken.
            document: the file that will be read for an item and what it is called; None where none will.
            recognise: as for `read`.
        """
        coming: deque[tuple[Item, str]] = deque()
        for item in items:
            while coming and (len(self._asked) >= WAITING * self._jobs or len(coming) >= _SEEN * self._jobs):
                yield from self._next(coming)
            wanted = document(item)
            name = ""
            if wanted is not None and wanted[1] not in self._asked and goes_apart(wanted[0]):
                path, name = wanted
                self._asked[name] = self._ask(path, name, recognise)
            coming.append((item, name))
        while coming:
            yield from self._next(coming)

    def read(self, path: Path, *, name: str, recognise: bool = False) -> Document:
        """Return a document as `read_apart` does; one that is being read already, unless its file was changed since.

        A file that ended its reader while others were read is read once more by itself, so that a machine that is short of
        time or memory for all of them at once refuses nothing that can be read.

        Raises:
            UnreadableSource: as `read_apart`.
        """
        from comity.documents.source import read

        asked = self._asked.pop(name, None)
        if asked is None or asked.recognise != recognise or asked.state != _state(asked.path):
            if not goes_apart(path):
                return read(path, name=name, recognise=recognise)
            asked = self._ask(path, name, recognise)
        try:
            return self._given(asked)
        except Ended:
            if self.started == 1:
                raise
            wait([other.document for other in self._asked.values()])
            return self._given(self._ask(path, name, recognise))

    def _next(self, coming: deque[tuple[Item, str]]) -> Iterator[Item]:
        item, name = coming.popleft()
        yield item
        self._asked.pop(name, None)  # it was not read after all

    def _ask(self, path: Path, name: str, recognise: bool) -> _Asked:
        asked = _Asked(path, name, recognise, _state(path))
        self._queue.put(asked)
        if not self._readers:
            self._add_reader()
        return asked

    def _given(self, asked: _Asked) -> Document:
        """Wait for a document; where that takes long and others wait to be read, another reader helps."""
        while True:
            begun = time.monotonic()
            try:
                return asked.document.result(timeout=max(0.0, self._patience))
            except TimeoutError:
                if asked.document.done():
                    return asked.document.result()
                self._patience = _PATIENCE
                if len(self._readers) < self._jobs and not self._queue.empty():
                    self._add_reader()
                begun = time.monotonic()
            finally:
                self._patience -= time.monotonic() - begun

    def _add_reader(self) -> None:
        reader = Apart(self._command)
        try:
            reader.start()
        except OSError:
            if self._readers:  # no more processes are to be had: those that run must do
                self._jobs = len(self._readers)
                return
        thread = threading.Thread(target=self._serve, args=(reader,), daemon=True)
        self._readers.append(reader)
        self._threads.append(thread)
        thread.start()

    def _serve(self, reader: Apart) -> None:
        while (asked := self._queue.get()) is not None:
            try:
                seconds = seconds_for(asked.path, recognise=asked.recognise)
                document = reader.read(asked.path, asked.name, seconds, recognise=asked.recognise)
            except BaseException as error:
                asked.document.set_exception(error)
            else:
                asked.document.set_result(document)
            del asked


def _state(path: Path) -> tuple[int, ...]:
    """What changes when a file is written anew; () where it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)
