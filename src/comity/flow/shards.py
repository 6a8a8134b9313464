"""The inputs of a large run, cut into shards: stretches of lines or rows, or one document each, that are coded apart and in any order."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.flow.parquet import PARQUET, count_rows
from comity.flow.sources import LINES
from comity.flow.texts import Text, texts_in_lines, texts_in_rows, unreadable
from comity.terms import UnreadableSource

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a run as it was when the run was planned.

    Attributes:
        file: its path as it was given.
        digest: SHA-256 of its bytes.
        count: its lines or rows; 1 for a document.
        kind: "lines", "rows" or "document".
        cuts: for lines, the byte at which each shard begins, and the end of the file.
        stamp: size and time of the last change, by which a change during the run is noticed.
    """

    file: str
    digest: str
    count: int
    kind: str
    cuts: tuple[int, ...]
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of one file: `count` lines or rows from `first` (from 1), for lines between two bytes.

    `file` is the path as it was given, for what is said about it; `path` the absolute one, for workers elsewhere.
    """

    number: int
    file: str
    path: str
    kind: str
    first: int
    count: int
    begin: int = 0
    end: int = 0

    def texts(self) -> Iterator[Text | UnreadableSource]:
        """Yield the shard's texts, or what is wrong with a line or row."""
        path = Path(self.path)
        if self.kind == "rows":
            yield from texts_in_rows(path, self.file, first=self.first, count=self.count)
            return
        try:
            with path.open("rb") as stream:
                stream.seek(self.begin)
                yield from texts_in_lines(stream, self.file, first=self.first, end=self.end)
        except OSError as error:
            raise unreadable(path, error) from error


def survey(path: Path, size: int) -> Input:
    """Read a file once from end to end, a block at a time, and return its digest and where its shards begin.

    Args:
        path: a file of JSONL or Parquet, or any document.
        size: lines or rows in a shard.

    Raises:
        UnreadableSource: the file is not there, cannot be read, or is no regular file.
    """
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            remedy = "Name files; a folder's files are named with a pattern: news/*.jsonl."
            raise UnreadableSource(str(path), "is not a regular file", remedy=remedy)
        digest, lines, cuts = _read_through(path, size)
    except OSError as error:
        raise unreadable(path, error) from error
    stamp = (before.st_size, before.st_mtime_ns)
    if path.suffix.lower() in PARQUET:
        return Input(str(path), digest, count_rows(path), "rows", (), stamp)
    if path.suffix.lower() in LINES:
        return Input(str(path), digest, lines, "lines", cuts, stamp)
    return Input(str(path), digest, 1, "document", (), stamp)


def has_changed(given: Input) -> bool:
    """Whether a file is another one than was planned for, by its size and time."""
    try:
        now = Path(given.file).stat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != given.stamp


def shards_of(inputs: Sequence[Input], size: int) -> Iterator[Shard]:
    """Yield the shards of all files in order; they do not hang on how many workers there are."""
    number = 0
    for given in inputs:
        path = str(Path(given.file).absolute())
        if given.kind == "document":
            yield Shard(number, given.file, path, given.kind, 1, 1)
            number += 1
            continue
        for begun in range(0, given.count, size):
            count = min(size, given.count - begun)
            ends = given.cuts[begun // size : begun // size + 2] if given.kind == "lines" else (0, 0)
            yield Shard(number, given.file, path, given.kind, begun + 1, count, *ends)
            number += 1


def count_shards(inputs: Sequence[Input], size: int) -> int:
    """Return how many shards `shards_of` yields."""
    return sum(-(-given.count // size) for given in inputs)


def _read_through(path: Path, size: int) -> tuple[str, int, tuple[int, ...]]:
    """Return digest, number of lines, and the bytes at which every `size`-th line begins, with the end as the last."""
    digest, lines, place = hashlib.sha256(), 0, 0
    cuts = [0]
    last = b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            found = block.count(b"\n")
            missing = size - lines % size
            at = 0
            while missing <= found:
                for _ in range(missing):
                    at = block.index(b"\n", at) + 1
                cuts.append(place + at)
                lines, found, missing = lines + missing, found - missing, size
            lines += found
            place += len(block)
            last = block[-1:]
    if last != b"\n":
        lines += 1
    if cuts[-1] != place:
        cuts.append(place)
    return digest.hexdigest(), lines, tuple(cuts)
