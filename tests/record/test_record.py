"""The record appends and never overwrites: what is stored comes back whole, what leaves is retired, what returns lives."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from comity.record import SCHEMA_VERSION, Record
from comity.record.schema import metadata
from comity.terms import Dyad, InvalidTerm, RecordBusy, RecordError, Stance
from tests.record.reports import document, figures, position, visit

PAPER = document("paper.txt", "Leroux visited New Delhi on 4 March 2019.", "Trade grew.", title="A visit")
NOTE = document("note.md", "The French minister was in India in March 2019.")


def fill(record: Record) -> None:
    """Store two documents with all kinds of facts."""
    with record.writing() as writer:
        writer.store(
            PAPER,
            [visit(PAPER, "FRA Marie Leroux/foreign-minister", "IND", "2019-03-04", "IND New Delhi")],
            [position(PAPER, "FRA", "nuclear", Stance.CONCERNED, "IND")],
            figures(PAPER, "FRA", "IND", {2017: "389", 2018: "431.5"}),
        )
        writer.store(NOTE, [visit(NOTE, "FRA /foreign-minister", "IND", "2019-03", "IND")])
        writer.note_unread("broken.pdf", "f" * 64, "the file ends in the middle of a page")


def rows_of(record: Record) -> Iterator[tuple[Any, ...]]:
    """Give every row of every table of facts, as it stands in the file."""
    with sqlite3.connect(record.place) as connection:
        for table in ("sources", "documents", "passages", "events", "statements", "observations", "decisions"):
            yield from ((table, *row) for row in connection.execute(f"SELECT * FROM {table}"))
    connection.close()


def test_what_is_stored_comes_back_whole(record: Record) -> None:
    """Documents, reports, statements and observations come back equal to what was stored."""
    fill(record)
    with record.view() as view:
        assert view.documents() == (NOTE, PAPER)
        assert view.document(PAPER.id) == view.document("paper.txt") == PAPER
        assert view.passages(PAPER.id) == PAPER.passages
        assert view.passage(f"{PAPER.id}#p2") == PAPER.passages[1]
        assert view.statements() == (position(PAPER, "FRA", "nuclear", Stance.CONCERNED, "IND"),)
        assert view.observations() == tuple(figures(PAPER, "FRA", "IND", {2017: "389", 2018: "431.5"}))
        assert [each.reporter for each in view.series()] == ["FRA"]
        (act,) = view.events()
        assert act.source_ids == tuple(sorted((PAPER.id, NOTE.id)))
        assert view.event(act.id) == view.event(act.reports[0].id) == view.event(act.reports[1].id) == act


def test_selections(record: Record) -> None:
    """Views select by dyad, type, days, issue, holder and indicator."""
    fill(record)
    with record.view() as view:
        assert len(view.events(Dyad("IND", "FRA"), "CONSULT", date(2019, 3, 4), date(2019, 3, 4))) == 1
        assert view.events(Dyad("IND", "PAK")) == view.events(type="AID") == view.events(since=date(2019, 3, 5)) == ()
        assert view.events(until=date(2019, 3, 3)) == ()
        assert len(view.statements(Dyad("FRA", "IND"), issue="nuclear", holder="FRA")) == 1
        assert view.statements(Dyad("FRA", "PAK")) == view.statements(holder="IND") == ()
        assert len(view.observations("exports", Dyad("IND", "FRA"), reporter="FRA")) == 2
        assert view.observations("imports") == view.observations(reporter="IND") == ()
        assert view.document("nothing") is None
        assert view.passage("nothing") is None
        assert view.event("nothing") is None


def test_storing_twice_is_storing_once(record: Record) -> None:
    """A second build of the same sources adds no row of facts, changes none, and has the same version."""
    fill(record)
    before = list(rows_of(record))
    with record.view() as view:
        version = view.version
    fill(record)
    assert list(rows_of(record)) == before
    with record.view() as view:
        assert view.version == version
        assert [build.number for build in view.builds()] == [1, 2]
        assert view.builds()[0].content == view.builds()[1].content == version


def test_removed_source_is_retired_and_comes_back(record: Record) -> None:
    """A removed source's facts leave the view but not the file; put back, they live again as the same rows."""
    fill(record)
    before = list(rows_of(record))
    with record.view() as view:
        version, acts = view.version, view.events()
    with record.writing() as writer:
        writer.retire_source("paper.txt")
    with record.view() as view:
        assert view.documents() == (NOTE,)
        assert view.search("trade") == view.statements() == view.observations() == view.series() == ()
        assert [len(act.reports) for act in view.events()] == [1]
        assert view.version != version
        # A link to the act from the time when the paper stood for it leads nowhere now: its own report is gone.
        assert view.event(acts[0].id) is None
    assert len(list(rows_of(record))) == len(before)
    fill(record)
    assert list(rows_of(record)) == before
    with record.view() as view:
        assert (view.version, view.events()) == (version, acts)


def test_retirement_leaves_its_marks(record: Record) -> None:
    """A retired row says in which build it left and when it was last seen, and a return does not forget it."""
    fill(record)
    with record.writing() as writer:
        writer.retire(PAPER.id)
    with sqlite3.connect(record.place) as connection:
        marks = connection.execute("SELECT id, first_seen, last_seen, retired_in FROM documents ORDER BY id").fetchall()
    assert sorted(marks) == sorted([(PAPER.id, 1, 1, 2), (NOTE.id, 1, None, None)])
    fill(record)
    past = connection.execute("SELECT retired_in, restored_in FROM retirements WHERE kind = 'documents'").fetchall()
    connection.close()
    assert past == [(2, 3)]


def test_known_sources(record: Record) -> None:
    """An unchanged source is known by name and digest, read or not; to another reader it is new."""
    fill(record)
    with record.writing() as writer:
        assert writer.known_sources() == {
            "paper.txt": PAPER.digest,
            "note.md": NOTE.digest,
            "broken.pdf": "f" * 64,
        }
    with record.writing(reader="another") as writer:
        assert writer.known_sources() == {}
        assert writer.source_names() == ("broken.pdf", "note.md", "paper.txt")


def test_unread_source_is_remembered(record: Record) -> None:
    """A file that could not be read stands in the view with its reason, and is forgotten when it can be read."""
    fill(record)
    with record.view() as view:
        (unread,) = view.unread()
        assert (unread.name, unread.reason) == ("broken.pdf", "the file ends in the middle of a page")
        assert view.counts().unread == 1
    with record.writing() as writer:
        writer.store(document("broken.pdf", "Whole again."))
    with record.view() as view:
        assert view.unread() == ()
        assert [source.name for source in view.sources()] == ["broken.pdf", "note.md", "paper.txt"]


def test_changed_source_replaces_what_it_said(record: Record) -> None:
    """A file with new bytes is a new document, and what its old bytes said is retired; so it is when it breaks."""
    fill(record)
    newer = document("paper.txt", "Leroux did not come.")
    with record.writing() as writer:
        writer.store(newer)
    with record.view() as view:
        assert view.documents() == (NOTE, newer)
        assert [act.source_ids for act in view.events()] == [(NOTE.id,)]
    with record.writing() as writer:
        writer.note_unread("paper.txt", "0" * 64, "it is empty")
    with record.view() as view:
        assert view.documents() == (NOTE,)


def test_languages_of_the_living_documents_are_counted(record: Record) -> None:
    """Each living document counts under its language; a retired one does not, and two names do not make two."""
    french = replace(document("note.fr.md", "Le ministre est venu."), language="fr")
    fill(record)
    with record.writing() as writer:
        writer.store(french)
        writer.store(PAPER, source_name="copy/paper.txt")
        writer.retire_source("note.md")
    with record.view() as view:
        assert view.languages() == Counter({PAPER.language: 1, "fr": 1})
        assert view.languages() == Counter(each.language for each in view.documents())


def test_same_bytes_under_two_names_are_one_document(record: Record) -> None:
    """A copy of a file adds a name, not a document; the document leaves with its last name."""
    with record.writing() as writer:
        writer.store(PAPER)
        writer.store(PAPER, source_name="copy/paper.txt")
    with record.view() as view:
        assert [each.name for each in view.documents()] == ["copy/paper.txt"]
        assert view.names(PAPER.id) == ("copy/paper.txt", "paper.txt")
    with record.writing() as writer:
        writer.retire_source("copy/paper.txt")
    with record.view() as view:
        assert view.documents() == (PAPER,)
    with record.writing() as writer:
        writer.retire_source("paper.txt")
    with record.view() as view:
        assert view.documents() == ()


def test_new_reading_retires_what_it_no_longer_finds(record: Record) -> None:
    """When a better coder reads the same bytes, its facts stand and the former ones are retired."""
    fill(record)
    better = visit(PAPER, "FRA Marie Leroux/foreign-minister", "IND", "2019-03-04/2019-03-05", "IND New Delhi")
    with record.writing(reader="2") as writer:
        writer.store(PAPER, [better])
    with record.view() as view:
        (act,) = view.events()
        assert act.event == better
        assert view.statements() == view.observations() == ()


def test_exception_leaves_the_record_as_it_was(record: Record) -> None:
    """What was written before an exception is not there after it."""
    fill(record)
    before = list(rows_of(record))
    with pytest.raises(KeyboardInterrupt), record.writing() as writer:
        writer.retire(PAPER.id)
        writer.store(document("new.txt", "New."))
        raise KeyboardInterrupt
    assert list(rows_of(record)) == before


def test_view_does_not_move(record: Record) -> None:
    """A view shows the record as it stood when the view was opened."""
    fill(record)
    with record.view() as view:
        with record.writing() as writer:
            writer.retire(PAPER.id)
        assert len(view.documents()) == 2
    with record.view() as view:
        assert len(view.documents()) == 1


def test_facts_of_another_document_are_refused(record: Record) -> None:
    """A fact that does not come from the stored document is refused, and the build may go on."""
    with record.writing() as writer:
        with pytest.raises(InvalidTerm, match="not from"):
            writer.store(PAPER, [visit(NOTE, "FRA", "IND", "2019", "IND")])
        writer.store(NOTE)
    with record.view() as view:
        assert view.documents() == (NOTE,)


def test_one_id_for_two_facts_is_refused(record: Record) -> None:
    """Two different facts of one id are refused rather than one of them lost."""
    event = visit(PAPER, "FRA", "IND", "2019", "IND")
    with record.writing() as writer, pytest.raises(InvalidTerm, match="two different events"):
        writer.store(PAPER, [event, replace(event, confidence=0.1)])


def test_text_that_is_no_unicode_is_refused(record: Record) -> None:
    """A lone surrogate in a text is refused in plain words."""
    with record.writing() as writer, pytest.raises(InvalidTerm, match="Unicode"):
        writer.store(document("x.txt", "fine").__class__("doc-1", "x", "text/plain", "1" * 64, "\udc80"))


def test_second_writer_in_the_same_process_is_told(record: Record) -> None:
    """A build started while another runs is told so, with the process that holds the record."""
    with record.writing(), pytest.raises(RecordBusy, match=f"process {os.getpid()}"), record.writing(wait=0.05):
        raise AssertionError("two builds wrote at once")
    with record.writing():
        pass


def test_no_record(tmp_path: Path) -> None:
    """Where no record is, opening says so and how to make one; nothing is created."""
    with pytest.raises(RecordError, match="comity build"):
        Record.open(tmp_path / "record.db")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RecordError, match="is a folder"):
        Record.open(tmp_path, create=True)


def test_missing_folder(tmp_path: Path) -> None:
    """A record in a folder that does not exist is refused with the folder's name."""
    with pytest.raises(RecordError, match="nowhere"):
        Record.open(tmp_path / "nowhere" / "record.db", create=True)


@pytest.mark.parametrize("create", [False, True])
def test_file_that_is_no_database(tmp_path: Path, create: bool) -> None:
    """A file that is no database is refused, with what to do, and left as it is."""
    path = tmp_path / "record.db"
    path.write_bytes(b"this is a letter to my aunt, by no means a database\n" * 100)
    content = path.read_bytes()
    with pytest.raises(RecordError, match=r"Delete .*record\.db and run the build again"):
        Record.open(path, create=create)
    assert path.read_bytes() == content


@pytest.mark.parametrize("create", [False, True])
def test_database_of_another_program(tmp_path: Path, create: bool) -> None:
    """Another program's database is refused; nobody is told to delete it."""
    path = tmp_path / "record.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(RecordError, match="another program") as caught:
        Record.open(path, create=create)
    assert "Delete" not in str(caught.value)


@pytest.mark.parametrize(("version", "word"), [(SCHEMA_VERSION + 1, "newer"), (SCHEMA_VERSION - 1, "older")])
def test_other_schema_version(record: Record, version: int, word: str) -> None:
    """A record of another schema version is refused with what to do."""
    with sqlite3.connect(record.place) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema_version'", (str(version),))
    connection.close()
    with pytest.raises(RecordError, match=word):
        Record.open(record.place)


def test_empty_file_becomes_a_record(tmp_path: Path) -> None:
    """An empty file, as an interrupted creation leaves it, is no record to a reader and becomes one to a build."""
    path = tmp_path / "record.db"
    path.touch()
    with pytest.raises(RecordError, match="holds nothing yet"):
        Record.open(path)
    record = Record.open(path, create=True)
    with record.view() as view:
        assert view.documents() == ()
        assert view.version == ""


def test_damaged_record(record: Record) -> None:
    """A record whose pages were overwritten is refused with what to do, at the latest when it is read."""
    with record.writing() as writer:
        for number in range(30):
            writer.store(document(f"{number}.txt", *(f"Sentence {line} of {number}." for line in range(20))))
    path = Path(record.place)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)

    def read_all() -> None:
        with Record.open(path).view() as view:
            view.documents()
            view.search("sentence")

    with pytest.raises(RecordError, match="run the build again"):
        read_all()


def test_faults(record: Record) -> None:
    """A sound record has no faults."""
    fill(record)
    assert record.faults() == ()


def test_full_disk(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is said in plain words, and the record is left as it was."""
    from comity.record import store

    fill(record)
    before = list(rows_of(record))
    real = store._sqlite

    def cramped(address: str) -> Any:
        connection = real(address)
        connection.execute("PRAGMA max_page_count=1")
        return connection

    monkeypatch.setattr(store, "_sqlite", cramped)
    with pytest.raises(RecordError, match="disk is full"), record.writing() as writer:
        writer.store(document("long.txt", *(f"Sentence {number}." for number in range(5000))))
    monkeypatch.undo()
    assert list(rows_of(record)) == before


def test_read_only_folder(record: Record) -> None:
    """In a folder that may not be written, a record can be read; a build is told to ask for leave."""
    fill(record)
    folder = Path(record.place).parent
    Path(f"{record.place}.lock").unlink()
    folder.chmod(0o555)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("permissions do not bind this user")
        with Record.open(record.place).view() as view:
            assert len(view.documents()) == 2
        with pytest.raises(RecordError, match="leave to write"), record.writing():
            raise AssertionError("wrote where nothing may be written")
        with pytest.raises(RecordError, match="leave to write"):
            Record.open(folder / "other.db", create=True)
    finally:
        folder.chmod(0o755)


def test_address_without_driver() -> None:
    """A database whose driver is not installed is refused with what to install."""
    with pytest.raises(RecordError, match="driver"):
        Record.open("oracle+nosuchdriver://someone:secret@host/base")


def test_schema_compiles_for_postgresql() -> None:
    """Every table and index of the schema can be written for PostgreSQL, the live rows' uniqueness with it."""
    dialect = postgresql.dialect()
    ddl = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    ddl += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in metadata.tables.values()
        for index in table.indexes
    ]
    assert len(metadata.tables) == 10
    assert not any("fts5" in statement.lower() for statement in ddl)
    assert any("UNIQUE INDEX events_live" in each and "WHERE retired_in IS NULL" in each for each in ddl)


def test_built_is_what_a_build_has_finished(tmp_path: Path) -> None:
    """No file, an empty file, and tables without a finished build are no built record; the first finished build is."""
    place = tmp_path / "record.db"
    assert Record.built(place) is None
    place.touch()
    assert Record.built(place) is None
    record = Record.open(place, create=True)
    assert Record.built(place) is None
    with pytest.raises(KeyError), record.writing():
        raise KeyError("stopped")
    assert Record.built(place) is None
    with record.writing():
        pass
    assert Record.built(place) is not None
    place.with_name("note.txt").write_text("No database at all.", encoding="utf-8")
    with pytest.raises(RecordError):
        Record.built(place.with_name("note.txt"))


def test_a_full_disk_while_the_record_is_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own error on the first page of a new record comes out as the record's, with what to do."""
    import sqlite3

    class Full(sqlite3.Connection):
        """A connection whose change to WAL meets a full disk."""

        def execute(self, sql: str, *more: object) -> sqlite3.Cursor:
            """Fail as SQLite does where no page can be written."""
            if "journal_mode" in sql:
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *more)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *place, **how: connect(*place, factory=Full, **how))
    with pytest.raises(RecordError, match="The disk is full"):
        Record.open(tmp_path / "record.db", create=True)
