"""The files of one shard: what a worker writes, in what order, and how it is known that they are whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from comity.flow.coding import CodedSource, code_document, code_texts_of
from comity.flow.leader_files import Leaders
from comity.flow.parquet import COLUMNS, write_parquet
from comity.flow.shards import Shard
from comity.language import People
from comity.terms import ComityError, UnreadableSource, WorkspaceError

_WHAT = ("events", "statements")
# What of the package decides which bytes come out for a text.
_CODER = ("terms", "states", "language", "documents", "coding", "record/lines.py")
_CODER_IN_FLOW = ("coding.py", "leader_files.py", "parquet.py", "shard_files.py", "texts.py")


@dataclass(frozen=True, slots=True)
class Order:
    """What a worker is asked: a shard, and where its files go.

    Attributes:
        coder: the version that it must have.
        leaders: the paths of the lists of leaders to know.
    """

    shard: Shard
    folder: str
    form: str
    shards: int
    coder: str
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a shard.

    Attributes:
        texts: texts that were coded.
        count: lines, rows or documents of the shard, blank ones included.
        problems: place ("line 7") and reason of each that was not.
        files: for each file its size in bytes and its SHA-256.
        unread: sentences in other languages, which are left out, by the language's tag.
    """

    shard: int
    file: str
    kind: str
    first: int
    count: int
    texts: int
    events: int
    statements: int
    problems: tuple[tuple[str, str], ...]
    files: Mapping[str, tuple[int, str]]
    unread: Mapping[str, int]


def name_of(number: int, shards: int) -> str:
    """Return a shard's name: its number, as wide as the last one's, so that names sort as the inputs do."""
    return f"{number:0{max(5, len(str(max(0, shards - 1))))}d}"


def code_shard(order: Order) -> Receipt:
    """Code one shard and put its files in their places, the receipt last.

    Raises:
        WorkspaceError: they cannot be written, the input cannot be read any more, or this is another coder.
    """
    if coder_version() != order.coder:
        raise WorkspaceError(
            "a worker has another version of the coder than the process that began the run.",
            remedy="Install the same Comity on every machine, and do not change it during a run.",
        )
    try:
        return _coded(order)
    except UnreadableSource as error:
        # That error cannot be sent between processes as it is.
        raise WorkspaceError(error.message, remedy=error.remedy) from error
    except OSError as error:
        raise WorkspaceError(
            f"{order.folder} cannot be written: {error.strerror or error}.",
            remedy="Make room or see to the permissions; the same command then goes on from where it stopped.",
        ) from error


def finished(folder: Path, number: int, shards: int, form: str) -> Receipt | None:
    """Return the receipt of a shard whose files stand whole, by their sizes; None where it is to be coded (again)."""
    name = name_of(number, shards)
    try:
        held = json.loads((folder / "receipts" / f"{name}.json").read_text(encoding="utf-8"))
        receipt = Receipt(
            **{
                **held,
                "problems": tuple((str(place), str(reason)) for place, reason in held["problems"]),
                "files": {what: (int(size), str(digest)) for what, (size, digest) in held["files"].items()},
            }
        )
        whole = all(
            (folder / what / f"{name}.{form}").stat().st_size == receipt.files[f"{what}/{name}.{form}"][0]
            for what in _WHAT
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return receipt if whole and receipt.shard == number else None


def tidy(folder: Path) -> None:
    """Remove what killed workers left half written."""
    for place in (folder, *(folder / name for name in (*_WHAT, "receipts"))):
        for partial in place.glob(".*.partial"):
            partial.unlink(missing_ok=True)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a path beside the target to write to; it takes the target's place at the end, or is removed on a failure."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        yield partial
        # A renamed file whose bytes are still on their way is empty after a power cut.
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@lru_cache(maxsize=1)
def coder_version() -> str:
    """Return the digest of all that decides what is coded: code and dictionaries, whatever the version's number."""
    home = Path(__file__).resolve().parents[1]
    found = hashlib.sha256()
    places = [home / part for part in _CODER] + [home / "flow" / name for name in _CODER_IN_FLOW]
    files = [file for place in places for file in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            found.update(f"{file.relative_to(home).as_posix()}\n".encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def _coded(order: Order) -> Receipt:
    shard, folder = order.shard, Path(order.folder)
    name = name_of(shard.number, order.shards)
    counts, problems, texts, unread = dict.fromkeys(_WHAT, 0), list[tuple[str, str]](), 0, Counter[str]()
    with ExitStack() as places:
        targets = {what: folder / what / f"{name}.{order.form}" for what in _WHAT}
        partials = {what: places.enter_context(replacing(target)) for what, target in targets.items()}
        lines = dict(partials)
        if order.form == "parquet":
            lines = {what: places.enter_context(_passing(partial)) for what, partial in partials.items()}
        with ExitStack() as streams:
            files = {
                what: streams.enter_context(lines[what].open("w", encoding="utf-8", newline="\n")) for what in _WHAT
            }
            for source in _sources(shard, _leaders(order.leaders)):
                if source.error is not None:
                    problems.append(_problem(source.error))
                    continue
                texts += 1
                unread.update(dict(source.unread))
                for what, rows in (("events", source.events), ("statements", source.statements)):
                    files[what].writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                    counts[what] += len(rows)
        if order.form == "parquet":
            about = {"input": shard.file, "first": str(shard.first), "count": str(shard.count), "coder": order.coder}
            for what in _WHAT:
                write_parquet(lines[what], partials[what], COLUMNS[what], about)
        written = {f"{what}/{name}.{order.form}": _measured(partials[what]) for what in _WHAT}
    receipt = Receipt(
        shard.number, shard.file, shard.kind, shard.first, shard.count, texts, counts["events"], counts["statements"],
        tuple(problems), written, dict(sorted(unread.items())),
    )  # fmt: skip
    with replacing(folder / "receipts" / f"{name}.json") as partial:
        partial.write_text(json.dumps(_plain(receipt), ensure_ascii=False) + "\n", encoding="utf-8")
    return receipt


def _sources(shard: Shard, leaders: People | None) -> Iterator[CodedSource]:
    if shard.kind == "document":
        yield code_document(Path(shard.path), leaders=leaders)
    else:
        yield from code_texts_of(shard.texts(), leaders=leaders)


@lru_cache(maxsize=1)
def _leaders(paths: tuple[str, ...]) -> People | None:
    """The leaders to know; a worker joins them once for all its shards."""
    return Leaders.named(Path(path) for path in paths).people


def _problem(error: ComityError) -> tuple[str, str]:
    if isinstance(error, UnreadableSource):
        return error.place, error.reason
    return "", error.message


def _plain(receipt: Receipt) -> dict[str, Any]:
    return {name: getattr(receipt, name) for name in Receipt.__slots__}


@contextmanager
def _passing(target: Path) -> Iterator[Path]:
    """Yield a path beside the target for what is needed only meanwhile."""
    path = target.with_name(f"{target.name.removesuffix('.partial')}.lines.partial")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _measured(path: Path) -> tuple[int, str]:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1024 * 1024):
            found.update(block)
    return path.stat().st_size, found.hexdigest()
