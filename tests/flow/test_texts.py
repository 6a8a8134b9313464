"""Texts of JSONL: read whole or in stretches they are the same, and a bad line costs only itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity import coding
from comity.flow import code_files
from comity.flow.shards import count_shards, shards_of, survey
from comity.flow.texts import Text, texts_of
from comity.terms import UnreadableSource, digest

LINE = st.one_of(
    st.binary(max_size=12).map(lambda content: content.replace(b"\n", b" ")),
    st.sampled_from([b"", b"\r", b"   ", b"\xef\xbb\xbf", b"null", b"[1]", b'{"id": 1}', b"1" * 5000]),
    st.builds(
        lambda name, text, day: json.dumps({"id": name, "text": text, "date": day}).encode(),
        st.one_of(st.integers(), st.text(max_size=3), st.none(), st.booleans()),
        st.text(max_size=20),
        st.sampled_from([None, "2018-01-03", "2018-01-03T10:00:00Z", "soon", 7]),
    ),
)


def seen(entries: list[Text | UnreadableSource]) -> list[object]:
    """Return what can be compared of texts and errors."""
    return [entry if isinstance(entry, Text) else str(entry) for entry in entries]


@given(lines=st.lists(LINE, max_size=30), size=st.integers(1, 12), ended=st.booleans())
def test_shards_hold_every_line_once(lines: list[bytes], size: int, ended: bool) -> None:
    """The shards of a file, in order, hold the texts and the bad lines of the whole file, with the same numbers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.jsonl"
        path.write_bytes(b"\n".join(lines) + (b"\n" if ended else b""))
        surveyed = survey(path, size)
        shards = list(shards_of([surveyed], size))
        assert len(shards) == count_shards([surveyed], size)
        assert seen([text for shard in shards for text in shard.texts()]) == seen(list(texts_of(path)))
        content = path.read_bytes()
        assert (
            sum(shard.count for shard in shards)
            == surveyed.count
            == content.count(b"\n") + (content[-1:] not in (b"", b"\n"))
        )
        assert surveyed.digest == digest(path.read_bytes())


def test_a_line_beyond_all_measure_costs_only_itself(tmp_path: Path) -> None:
    """A line of 40 MB is named and passed over; the line behind it is read under its number."""
    path = tmp_path / "long.jsonl"
    path.write_bytes(b'{"id": "a", "text": "' + b"x" * (40 * 1024 * 1024) + b'"}\n{"id": "b", "text": "Rain."}')
    first, second = texts_of(path)
    assert isinstance(first, UnreadableSource) and first.place == "line 1" and "longer" in first.reason
    assert isinstance(second, Text) and (second.id, second.place) == ("b", "line 2")
    assert len(list(shards_of([survey(path, 1)], 1))) == 2


def test_half_a_character_is_named(tmp_path: Path) -> None:
    """A lone surrogate cannot be written as evidence; its line is named and the next one is coded."""
    path = tmp_path / "cut.jsonl"
    path.write_text('{"id": "a", "text": "France \\ud83d"}\n{"id": "b", "text": "India and Nepal."}\n')
    first, second = code_files([path])
    assert first.error is not None and "line 1" in str(first.error) and "surrogate" in str(first.error)
    assert (second.source, second.error) == ("b", None)


def test_a_fault_in_the_coder_costs_one_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that Comity itself fails on is named with its line and the fault; the texts around it are coded."""
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": f"Text {n}."}) + "\n" for n in range(5)), "utf-8")
    right = coding.code_text

    def failing(text: str, **rest: Any) -> coding.Coding:
        if "3" in text:
            raise IndexError("out of range")
        return right(text, **rest)

    def failing_together(texts: Iterable[tuple[str, str, Any]]) -> Iterator[coding.Coding]:
        return (failing(text, source_id=name, published=day) for name, text, day in texts)

    monkeypatch.setattr("comity.flow.coding.code_text", failing)
    monkeypatch.setattr("comity.flow.coding.code_texts", failing_together, raising=False)
    coded = list(code_files([path]))
    assert [source.source for source in coded if source.error is None] == ["0", "1", "2", "4"]
    assert "line 4" in str(coded[3].error) and "fault in Comity (IndexError: out of range)" in str(coded[3].error)
