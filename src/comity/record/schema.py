"""Every table of the record, with the schema's version: read docs/adr/0001-the-record.md before you change one.

A row is a fact. Rows are added and never changed, but for the marks of retirement: `retired_in` (the build that no
longer found the fact), `last_seen` (the build before it). Both are empty while the fact lives. `retirements` keeps
the marks of facts that came back. `key` is the SHA-256 of what the row holds, so the same fact is the same row in
every build and on every machine; `id` is the fact's public id, of which only one row lives in a document at a time.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    DDL,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
)

SCHEMA_VERSION: Final = 1
# Written into SQLite's header (PRAGMA application_id), so that a foreign database is known without a guess: "COMI".
APPLICATION_ID: Final = 0x434F4D49

metadata = MetaData()


def _row() -> Column[int]:
    # An explicit number: the full text index refers to it, and SQLite may renumber implicit ones on VACUUM.
    return Column("row", Integer, primary_key=True, autoincrement=True)


def _key() -> Column[str]:
    return Column("key", String(64), nullable=False, unique=True)


def _marks() -> tuple[Column[int], Column[int], Column[int]]:
    return (
        Column("first_seen", Integer, ForeignKey("builds.number"), nullable=False),
        Column("last_seen", Integer, nullable=True),
        Column("retired_in", Integer, nullable=True),
    )


meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

builds = Table(
    "builds",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("started", String(40), nullable=False),
    Column("finished", String(40), nullable=False),
    Column("comity_version", String(40), nullable=False),
    Column("inputs", String(64), nullable=False),
    Column("content", String(64), nullable=False),
)

sources = Table(
    "sources",
    metadata,
    _row(),
    _key(),
    Column("name", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reader", String(80), nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("document_id", Text, nullable=True),
    *_marks(),
)

documents = Table(
    "documents",
    metadata,
    _row(),
    _key(),
    Column("id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("published", String(10), nullable=True),
    Column("body", Text, nullable=False),
    *_marks(),
)

passages = Table(
    "passages",
    metadata,
    _row(),
    _key(),
    Column("id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("section", Text, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("page", Integer, nullable=True),
    Column("text", Text, nullable=False),
    *_marks(),
)

events = Table(
    "events",
    metadata,
    _row(),
    _key(),
    Column("id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("type", String(12), nullable=False),
    Column("parties", Text, nullable=False),
    Column("starts", String(10), nullable=True),
    Column("ends", String(10), nullable=True),
    Column("body", Text, nullable=False),
    *_marks(),
)

statements = Table(
    "statements",
    metadata,
    _row(),
    _key(),
    Column("id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("holder", String(3), nullable=False),
    Column("issue", Text, nullable=False),
    Column("stance", String(12), nullable=False),
    Column("body", Text, nullable=False),
    *_marks(),
)

observations = Table(
    "observations",
    metadata,
    _row(),
    _key(),
    Column("id", Text, nullable=False),
    Column("document_id", Text, nullable=False),
    Column("series_id", Text, nullable=False),
    Column("reporter", Text, nullable=False),
    Column("partner", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("starts", String(10), nullable=True),
    Column("ends", String(10), nullable=True),
    Column("body", Text, nullable=False),
    *_marks(),
)

decisions = Table(
    "decisions",
    metadata,
    _row(),
    _key(),
    Column("position", Integer, nullable=False),
    Column("target", Text, nullable=False),
    Column("judgement", String(12), nullable=False),
    Column("body", Text, nullable=False),
    *_marks(),
)

retirements = Table(
    "retirements",
    metadata,
    _row(),
    Column("kind", String(20), nullable=False),
    Column("key", String(64), nullable=False),
    Column("retired_in", Integer, nullable=False),
    Column("restored_in", Integer, nullable=True),
)
Index("retirements_of", retirements.c.kind, retirements.c.key)

# What a document says: all of it lives and retires with the document.
FACTS: Final = (documents, passages, events, statements, observations)

for _table in FACTS:
    _live = _table.c.retired_in.is_(None)
    Index(
        f"{_table.name}_live",
        _table.c.document_id,
        _table.c.id,
        unique=True,
        sqlite_where=_live,
        postgresql_where=_live,
    )
    Index(f"{_table.name}_document", _table.c.document_id)
for _table, _column in ((sources, "name"), (decisions, "position")):
    _live = _table.c.retired_in.is_(None)
    Index(f"{_table.name}_live", _table.c[_column], unique=True, sqlite_where=_live, postgresql_where=_live)
Index("passages_id", passages.c.id)
Index("sources_document", sources.c.document_id)

# The index reads its text from `passages` (external content, sqlite.org/fts5.html 4.4.3), so no text is kept twice.
# Passages are never deleted or changed: one trigger on insertion is enough. Retired ones are left out by the query.
for _statement in (
    "CREATE VIRTUAL TABLE passages_search USING fts5("
    "text, content='passages', content_rowid='row', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER passages_indexed AFTER INSERT ON passages BEGIN "
    "INSERT INTO passages_search(rowid, text) VALUES (new.row, new.text); END",
):
    _only_sqlite = DDL(_statement).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]
    event.listen(metadata, "after_create", _only_sqlite)
