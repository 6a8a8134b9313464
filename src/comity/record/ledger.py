"""The record itself: opened by its path, written in one transaction, read through views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import text

import comity
from comity.record.lock import held
from comity.record.store import Store
from comity.record.view import View
from comity.record.writer import Writer
from comity.terms import RecordError


class Record:
    """The record of a dyad: everything that its sources say, with what people decided about it.

    Open it with `Record.open`. Opening keeps no file open; `writing` and `view` do, while they last.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, place: Path | str, *, create: bool = False) -> Record:
        """Open the record at a path or a database's URL.

        Args:
            place: the file (`record.db`), or a SQLAlchemy URL ("postgresql+psycopg://...").
            create: make an empty record where there is none.

        Raises:
            RecordError: no record there, a damaged or foreign file, or another schema; the message says what to do.
        """
        store = Store(place)
        if store.path is not None and store.path.is_dir():
            raise RecordError(f"{store.name} is a folder.", remedy="Name the record's file in it: record.db")
        if not create:
            if store.path is not None and not store.path.exists():
                raise RecordError(f"There is no record at {store.name}.", remedy="Run the build: comity build")
            with store.reading():
                return cls(store)
        record = cls(store)
        if not store.holds_record():
            with record._alone(wait=5.0):
                store.prepare()
                with store.writing() as connection:
                    store.create_tables(connection)
        return record

    @classmethod
    def built(cls, place: Path | str) -> Record | None:
        """Return the record where a build has come to its end; None where there is none yet.

        A first build that was stopped leaves a file that holds nothing: there is no record yet then, either.

        Raises:
            RecordError: as `open`, for what stands there and is no record of ours.
        """
        store = Store(place)
        if store.path is not None and not store.path.is_dir() and not store.holds_record():
            return None
        record = cls.open(place)
        with record.view() as view:
            return record if view.version else None

    @property
    def place(self) -> str:
        """Where the record lies: its path, or its address without the password."""
        return self._store.name

    @contextmanager
    def writing(self, *, reader: str = "", wait: float = 0.5) -> Iterator[Writer]:
        """Write in one transaction: all of it stands at the end, or none of it on any exception.

        Args:
            reader: the version of what reads the sources; a source read by another version is read anew.
                By default the version of Comity.
            wait: seconds to wait for another build.

        Raises:
            RecordBusy: another build holds the record; the message names its process.
        """
        with self._alone(wait=wait), self._store.writing() as connection:
            self._store.state(connection)
            writer = Writer(connection, comity_version=comity.__version__, reader=reader or comity.__version__)
            yield writer
            writer.finish()

    def view(self) -> View:
        """Return a view of the record as it stands now; close it, or use it in a `with`."""
        return View(self._store)

    def faults(self) -> tuple[str, ...]:
        """Check the whole file for damage; empty when it is sound. Takes time in proportion to its size."""
        if self._store.path is None:
            return ()
        with self._store.troubles(), self._store.reading() as connection:
            said = connection.execute(text("PRAGMA quick_check")).scalars().all()
        return tuple(line for line in said if line != "ok")

    def _alone(self, *, wait: float) -> AbstractContextManager[None]:
        path = self._store.path
        if path is None:
            return nullcontext()  # a server's own lock is taken with the transaction
        return held(path.with_name(f"{path.name}.lock"), what=self.place, wait=wait)
