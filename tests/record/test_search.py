"""Search finds passages by their words, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.record import Record, View
from comity.record.search import _parts, by_likeness
from comity.terms import Document
from tests.record.reports import document

PAPER = document(
    "paper.txt",
    'The minister said "nuclear cooperation" would go on.',
    "Cooperation on trade was discussed; nuclear matters were not.",
    "Çağlar Öztürk flew to Baku.",
    "He visited the port.",
    "word " * 200 + "needle" + " word" * 200,
    "100 % of the O'Brien report (AND NOT the rest) is a:b*c.",
)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    """Return a view of a record with one document."""
    record = Record.open(tmp_path_factory.mktemp("search") / "record.db", create=True)
    with record.writing() as writer:
        writer.store(PAPER)
    return record.view()


def found(view: View, words: str) -> set[int]:
    """Return the numbers of the passages found."""
    return {int(hit.passage_id.rpartition("#p")[2]) for hit in view.search(words)}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("cooperation nuclear", {1, 2}),
        ('"nuclear cooperation"', {1}),
        ("NUCLEAR", {1, 2}),
        ("nuclear trade", {2}),
        ("nuclear Baku", set()),
        ("caglar ozturk", {3}),
        ("visits", {4}),
        ("discuss*", {2}),
        ("O'Brien", {6}),
        ("NOT", {2, 6}),
        ("a:b", {6}),
        ("100 %", {6}),
        ("", set()),
        ("?!", set()),
        ('"', set()),
        ('""', set()),
        ('"nuclear', {1, 2}),
        ("nuclear OR", set()),
        ("passages_search:nuclear", set()),
        ("{text}: nuclear", set()),
        ("nuclear)", {1, 2}),
        ("\x00nuclear", {1, 2}),
        ("-nuclear ^nuclear +nuclear", {1, 2}),
    ],
)
def test_words(view: View, words: str, numbers: set[int]) -> None:
    """Words, phrases, beginnings and odd signs find the passages that hold the words, and are never syntax."""
    assert found(view, words) == numbers


def test_hit_leads_to_the_words(view: View) -> None:
    """A hit's offsets are of the document's text, and its snippet shows the found word in a long passage."""
    (hit,) = view.search("needle")
    assert [PAPER.text[start:end] for start, end in hit.found] == ["needle"]
    assert PAPER.text[hit.start : hit.end] == hit.text
    assert "needle" in hit.snippet
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert len(hit.snippet) <= 202


def test_limit(view: View) -> None:
    """No more passages come than were asked for."""
    assert len(view.search("nuclear", 1)) == 1
    assert view.search("nuclear", 0) == ()


@settings(max_examples=150, deadline=None)
@given(words=st.text(max_size=40))
def test_nothing_typed_raises(view: View, words: str) -> None:
    """Whatever is typed, search answers, and each found span is in its passage."""
    for hit in view.search(words):
        assert all(hit.start <= start < end <= hit.end for start, end in hit.found)


def test_without_the_index(view: View) -> None:
    """A database without our index finds the same plain words by likeness, with their offsets."""
    connection = view._connection
    hits = by_likeness(connection, list(_parts("NUCLEAR cooperation")), 20)
    assert [hit.passage_id for hit in hits] == [PAPER.passages[0].id, PAPER.passages[1].id]
    assert {PAPER.text[start:end].lower() for hit in hits for start, end in hit.found} == {"nuclear", "cooperation"}
    assert by_likeness(connection, list(_parts("100_% ")), 20) == ()


def test_sentinels_in_a_text_do_no_harm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A text that holds the very signs that mark found words is found whole, without offsets."""
    record = Record.open(tmp_path_factory.mktemp("odd") / "record.db", create=True)
    odd: Document = document("odd.txt", "a \ue0f0 strange \ue0f1 text")
    with record.writing() as writer:
        writer.store(odd)
    with record.view() as view:
        (hit,) = view.search("strange")
        assert (hit.text, hit.found) == (odd.text, ())
