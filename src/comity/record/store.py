"""The database behind a record: how it is opened, begun, told from a foreign file, and how its troubles are worded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from comity.record import schema
from comity.terms import RecordBusy, RecordError

_REBUILD = "Delete {path} and run the build again: the record is built from the sources; decisions are kept apart."


class Store:
    """Where a record lies, and how connections to it are made. SQLite by its path, another database by its URL."""

    def __init__(self, place: Path | str) -> None:
        self._engines: dict[str, Engine] = {}
        self.path: Path | None = None
        self.url: URL | None = None
        if isinstance(place, str) and "://" in place and not place.startswith("sqlite"):
            try:
                self.url = make_url(place)
            except ArgumentError as error:
                raise RecordError(f"{place!r} is no address of a database.") from error
        else:
            self.path = Path(str(place).removeprefix("sqlite:///"))

    @property
    def name(self) -> str:
        """The path or the address, without its password."""
        return str(self.path) if self.url is None else self.url.render_as_string(hide_password=True)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in one exclusive transaction: committed at the end, rolled back on any exception."""
        with self.troubles(), self._engine("rwc").connect() as connection, connection.begin():
            if self.path is None:
                self._alone(connection)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that cannot write and sees one state of the record until it is closed."""
        connection = self.connect_for_reading()
        try:
            yield connection
        finally:
            connection.close()

    def connect_for_reading(self) -> Connection:
        """Return such a connection; who asks for it closes it."""
        connection, state = self._first_read()
        if state == "empty":
            connection.close()
            raise RecordError(f"{self.name} holds nothing yet.", remedy="Run the build: comity build")
        return connection

    def holds_record(self) -> bool:
        """Whether a record of ours stands there; False for nothing or an empty database, an error for anything else."""
        if self.path is not None and not self.path.exists():
            return False
        connection, state = self._first_read()
        connection.close()
        return state == "ours"

    def prepare(self) -> None:
        """Bring a SQLite file into WAL, which cannot be done inside a transaction."""
        if self.path is None:
            return
        import sqlite3

        with self.troubles():
            connection = self._engine("rwc").connect()
            try:
                connection.connection.dbapi_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
            except sqlite3.Error as error:  # past SQLAlchemy, which would wrap it
                raise self._trouble(str(error)) from error
            finally:
                connection.close()

    def create_tables(self, connection: Connection) -> None:
        """Create every table; does nothing where the record's own tables stand."""
        if self.state(connection) == "ours":
            return
        schema.metadata.create_all(connection)
        connection.execute(schema.meta.insert(), [{"name": "schema_version", "value": str(schema.SCHEMA_VERSION)}])
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"PRAGMA application_id={schema.APPLICATION_ID}"))

    def state(self, connection: Connection) -> str:
        """Return "ours" or "empty"; a record of another schema version or a foreign database is refused.

        Raises:
            RecordError: with what to do.
        """
        if connection.dialect.name == "sqlite":
            mark = connection.execute(text("PRAGMA application_id")).scalar_one()
            tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
            if tables == 0 and mark == 0:
                return "empty"
            if mark != schema.APPLICATION_ID:
                raise RecordError(
                    f"{self.name} is a database of another program, not a record.",
                    remedy=f"Move it away; Comity keeps its record at {self.name} and builds it from the sources.",
                )
        elif not inspect(connection).has_table("meta"):
            return "empty"
        found = connection.execute(
            select(schema.meta.c.value).where(schema.meta.c.name == "schema_version")
        ).scalar_one_or_none()
        if found is None or not found.isdigit():
            raise self.damaged("its schema has no version")
        if int(found) > schema.SCHEMA_VERSION:
            raise RecordError(
                f"{self.name} was written by a newer Comity (schema {found}; this one knows {schema.SCHEMA_VERSION}).",
                remedy=f"Update Comity. Or: {self._rebuild()}",
            )
        if int(found) < schema.SCHEMA_VERSION:
            raise RecordError(
                f"{self.name} was written by an older Comity (schema {found}, now {schema.SCHEMA_VERSION}).",
                remedy=self._rebuild(),
            )
        return "ours"

    def damaged(self, reason: str) -> RecordError:
        """Return the error for a file that cannot be trusted."""
        return RecordError(f"{self.name} is damaged or is no record: {reason}.", remedy=self._rebuild())

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Turn what the database reports into errors of ours that say what to do."""
        try:
            yield
        except DBAPIError as error:
            raise self._trouble(str(error.orig)) from error
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise RecordError(
                f"{self.name} cannot be opened: {error}.", remedy="Install the driver of that database."
            ) from error

    def _trouble(self, said: str) -> RecordError:
        low = said.lower()
        if "full" in low:
            return RecordError(
                f"The disk is full: {self.name} was left as it was.", remedy="Make room, then run the build again."
            )
        if "readonly" in low:
            return RecordError(
                f"{self.name} cannot be written: it or its folder is read-only.",
                remedy="Give yourself leave to write there, or choose another folder.",
            )
        if "unable to open" in low:
            return RecordError(
                f"{self.name} cannot be opened.",
                remedy="See that its folder exists and that you may read and write it.",
            )
        if "i/o error" in low:
            return RecordError(
                f"{self.name} cannot be read or written: {said}.",
                remedy=f"See that the disk has room and is sound, then try again. If this stays: {self._rebuild()}",
            )
        if "locked" in low or "busy" in low:
            return RecordBusy(f"{self.name} is being written by another process.", remedy="Wait, then try again.")
        if any(word in low for word in ("not a database", "malformed", "corrupt", "no such table", "no such column")):
            return self.damaged(said)
        return RecordError(
            f"{self.name} cannot be read or written: {said}.", remedy=f"If this stays: {self._rebuild()}"
        )

    def _rebuild(self) -> str:
        return _REBUILD.format(path=self.name)

    def _first_read(self) -> tuple[Connection, str]:
        with self.troubles():
            try:
                return self._begun("ro")
            except DBAPIError:
                # A reader of a WAL database must be able to create its -shm file. In a folder that forbids this
                # nobody else writes either, unless a -wal file tells so.
                path = self.path
                if path is None or not path.is_file() or path.with_name(f"{path.name}-wal").exists():
                    raise
                return self._begun("ro&immutable=1")

    def _begun(self, mode: str) -> tuple[Connection, str]:
        connection = self._engine(mode).connect()
        try:
            connection.begin()
            # The snapshot is taken by the first read, which this is, not by BEGIN.
            return connection, self.state(connection)
        except BaseException:
            connection.close()
            raise

    def _alone(self, connection: Connection) -> None:
        # The same law on a server: an advisory lock that ends with the transaction, and so with the process.
        number = schema.APPLICATION_ID
        taken = connection.execute(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": number})
        if not taken.scalar_one():
            holder = connection.execute(
                text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = :number AND granted"),
                {"number": number},
            ).scalar()
            raise RecordBusy(
                f"{self.name} is being written by the server's process {holder}.",
                remedy="Wait until it has ended, then try again.",
            )

    def _engine(self, mode: str) -> Engine:
        # Kept, since an engine keeps the statements that it has compiled; NullPool keeps no connection.
        if mode not in self._engines:
            self._engines[mode] = self._made(mode)
        return self._engines[mode]

    def _made(self, mode: str) -> Engine:
        if self.url is not None:
            return create_engine(self.url, poolclass=NullPool, isolation_level="REPEATABLE READ")
        assert self.path is not None
        address = self.path.absolute().as_uri() + f"?mode={mode}"
        engine = create_engine("sqlite://", poolclass=NullPool, creator=lambda: _sqlite(address))
        begin = "BEGIN" if mode.startswith("ro") else "BEGIN IMMEDIATE"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine


def _sqlite(address: str) -> Any:
    import sqlite3

    # isolation_level None: BEGIN is ours alone to say. A view may be read by the web server's threads in turn.
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=1.0, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys=ON")
    # In WAL this cannot damage the record on power loss; at worst the last build is missing (sqlite.org/pragma.html).
    connection.execute("PRAGMA synchronous=NORMAL")
    return connection
