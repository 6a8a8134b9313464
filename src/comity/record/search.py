"""Full text search over passages: what a person types is words and "phrases", never the engine's own syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, inspect, select, text

from comity.record.schema import passages

# What the index returns around each found word. Private use characters, so that hardly any text holds them.
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_PART = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"\w+")
_SNIPPET = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds what was searched for.

    Attributes:
        start, end: the passage in the document's text.
        text: the passage verbatim.
        snippet: the part around the first found word, with "…" where the passage goes on.
        found: start and end of every found word, in characters of the document's text.
    """

    document_id: str
    passage_id: str
    start: int
    end: int
    text: str
    snippet: str
    found: tuple[tuple[int, int], ...]


def search(connection: Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Return the passages that hold all the words, the best first; nothing where no word was given."""
    parts = list(_parts(words))
    if not parts or limit <= 0:
        return ()
    if connection.dialect.name == "sqlite" and inspect(connection).has_table("passages_search"):
        return _by_index(connection, parts, limit)
    return by_likeness(connection, parts, limit)


def by_likeness(connection: Connection, parts: list[tuple[list[str], bool]], limit: int) -> tuple[Hit, ...]:
    """Return the passages that hold all the parts, in reading order: for a database without our full text index."""
    query = (
        select(passages.c.document_id, passages.c.id, passages.c.start, passages.c.end, passages.c.text)
        .where(
            passages.c.retired_in.is_(None),
            and_(*(passages.c.text.icontains(word, autoescape=True) for tokens, _ in parts for word in tokens)),
        )
        .order_by(passages.c.document_id, passages.c.position)
        .limit(limit)
    )
    hits = []
    for document_id, passage_id, start, end, content in connection.execute(query):
        low = content.casefold() if len(content.casefold()) == len(content) else content
        marks = [
            (match.start(), match.end())
            for tokens, _ in parts
            for word in tokens
            for match in re.finditer(re.escape(word.casefold()), low)
        ]
        hits.append(_hit(document_id, passage_id, start, end, content, sorted(set(marks))))
    return tuple(hits)


def _by_index(connection: Connection, parts: list[tuple[list[str], bool]], limit: int) -> tuple[Hit, ...]:
    # Each word in double quotes is a string to FTS5, whatever it holds (sqlite.org/fts5.html, 3.1).
    wanted = " AND ".join(f'"{" ".join(tokens)}"{"*" if prefix else ""}' for tokens, prefix in parts)
    query = text(
        'SELECT p.document_id, p.id, p.start, p."end", p.text,'
        " highlight(passages_search, 0, :opening, :closing) AS marked"
        " FROM passages_search JOIN passages AS p ON p.row = passages_search.rowid"
        " WHERE passages_search MATCH :wanted AND p.retired_in IS NULL"
        " ORDER BY bm25(passages_search), p.document_id, p.position LIMIT :limit"
    ).bindparams(bindparam("opening", _OPEN), bindparam("closing", _CLOSE))
    found = connection.execute(query, {"wanted": wanted, "limit": limit})
    return tuple(
        _hit(document_id, passage_id, start, end, content, _marks(content, marked))
        for document_id, passage_id, start, end, content, marked in found
    )


def _parts(words: str) -> Iterator[tuple[list[str], bool]]:
    """Give each part that must be found: its words in order, and whether the last one may go on ("diplom*")."""
    for phrase, word in _PART.findall(words):
        tokens = _TOKEN.findall(phrase or word)
        if tokens:
            yield tokens, bool(word) and word.endswith("*")


def _marks(content: str, marked: str) -> list[tuple[int, int]]:
    if _OPEN in content or _CLOSE in content:
        return []
    marks: list[tuple[int, int]] = []
    at = opened = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            opened = at
        elif piece == _CLOSE:
            marks.append((opened, at))
        else:
            at += len(piece)
    return marks


def _hit(document_id: str, passage_id: str, start: int, end: int, content: str, marks: list[tuple[int, int]]) -> Hit:
    first = marks[0][0] if marks else 0
    begin = 0 if len(content) <= _SNIPPET else max(0, min(first - _SNIPPET // 3, len(content) - _SNIPPET))
    snippet = content[begin : begin + _SNIPPET]
    snippet = ("…" if begin else "") + snippet + ("…" if begin + _SNIPPET < len(content) else "")
    return Hit(
        document_id=document_id,
        passage_id=passage_id,
        start=start,
        end=end,
        text=content,
        snippet=snippet,
        found=tuple((start + one, start + other) for one, other in marks),
    )
