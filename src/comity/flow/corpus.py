"""Coding at scale: many texts into a folder, shard by shard, so that a run can be killed at any moment and gone on with.

The folder holds

    manifest.json          what was coded with what: inputs with digests, options, the coder's version; written first
    events/00000.jsonl     one file a shard, in the order of the inputs; also statements/; or .parquet
    receipts/00000.json    one a finished shard: where it is from, counts, what could not be read; written last
    problems.jsonl         all that could not be read, when the run is done
    summary.json           the counts, when the run is done

A file is written beside its place and renamed there. A shard counts as finished when its receipt stands; a worker
killed before that leaves at most files that the next run replaces by the same bytes. So nothing is lost or doubled.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from comity.flow.leader_files import Leaders
from comity.flow.parquet import version as parquet_version
from comity.flow.runner import Lost, Runner
from comity.flow.shard_files import Order, Receipt, code_shard, coder_version, finished, name_of, replacing, tidy
from comity.flow.shards import Input, count_shards, has_changed, shards_of, survey
from comity.flow.wording import counted
from comity.record import held
from comity.terms import WorkspaceError

# Lines or rows in a shard: seconds of work, so that a kill costs seconds, and a few hundred files a million texts.
SHARD = 2000

_ANOTHER = "Name another folder with --out, or remove this one to begin anew."


@dataclass(frozen=True, slots=True)
class Summary:
    """What a finished run came to: texts read, events and statements found, and what could not be read.

    `unread` counts the sentences in other languages, by the language's tag; they were left out.
    """

    shards: int
    texts: int
    events: int
    statements: int
    problems: int
    unread: dict[str, int]


class CorpusRun:
    """One run over some files into a folder, made by `corpus_run`; `code` does what is not done yet, `finish` ends it.

    Attributes:
        total: lines, rows and documents of all inputs; blank lines count.
        done: how many of them earlier runs have finished.
    """

    def __init__(
        self, inputs: Sequence[Input], folder: Path, form: str, size: int, leaders: Sequence[Path] = ()
    ) -> None:
        self.inputs = tuple(inputs)
        self.folder = folder
        self.form = form
        self.size = size
        self.leaders = tuple(str(path.absolute()) for path in leaders)
        self.shards = count_shards(inputs, size)
        self.total = sum(given.count for given in inputs)
        self._left = [number for number in range(self.shards) if finished(folder, number, self.shards, form) is None]
        left = set(self._left)
        self.done = sum(shard.count for shard in shards_of(inputs, size) if shard.number not in left)

    @property
    def shards_left(self) -> int:
        """How many shards are not finished."""
        return len(self._left)

    def code(self, runner: Runner) -> Iterator[Receipt]:
        """Code every shard that is not finished and yield its receipt when its files stand, in any order.

        Raises:
            WorkspaceError: the folder cannot be written, or shards were given up; what is finished stays.
        """
        left = set(self._left)
        coder = coder_version()
        orders = (
            Order(shard, str(self.folder.absolute()), self.form, self.shards, coder, self.leaders)
            for shard in shards_of(self.inputs, self.size)
            if shard.number in left
        )
        lost: list[Lost[Order]] = []
        for receipt in runner.map(code_shard, orders):
            if isinstance(receipt, Lost):
                lost.append(receipt)
                continue
            if finished(self.folder, receipt.shard, self.shards, self.form) is None:
                raise WorkspaceError(
                    f"a worker wrote its shard into another folder than {self.folder.absolute()}.",
                    remedy="On a cluster the files and the folder must be at the same paths on every machine.",
                )
            yield receipt
        if lost:
            first = lost[0].task.shard
            raise WorkspaceError(
                f"{counted(len(lost), 'shard')} of {self.shards:,} not finished, the first in {first.file} from"
                f" {'row' if first.kind == 'rows' else 'line'} {first.first:,}: {lost[0].reason}.",
                remedy="The same command tries them again; --jobs 1 needs the least memory.",
            )

    def finish(self) -> Summary:
        """Write problems.jsonl and summary.json from the receipts, and return the counts.

        Raises:
            WorkspaceError: an input has changed since the run began, or the folder cannot be written.
        """
        changed = [given.file for given in self.inputs if has_changed(given)]
        if changed:
            raise WorkspaceError(f"{changed[0]} was changed while it was coded.", remedy=_ANOTHER)
        texts = events = statements = problems = 0
        unread: Counter[str] = Counter()
        with _said(self.folder):
            tidy(self.folder)
            with replacing(self.folder / "problems.jsonl") as partial, partial.open("w", encoding="utf-8") as stream:
                for number in range(self.shards):
                    receipt = finished(self.folder, number, self.shards, self.form)
                    if receipt is None:
                        name = name_of(number, self.shards)
                        raise WorkspaceError(
                            f"shard {name} is gone from {self.folder}.", remedy="The same command codes it again."
                        )
                    texts, events = texts + receipt.texts, events + receipt.events
                    statements, problems = statements + receipt.statements, problems + len(receipt.problems)
                    unread.update(receipt.unread)
                    for place, reason in receipt.problems:
                        line = {"file": receipt.file, "place": place, "reason": reason}
                        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            summary = Summary(self.shards, texts, events, statements, problems, dict(sorted(unread.items())))
            _write_json(self.folder / "summary.json", asdict(summary))
        return summary


@contextmanager
def corpus_run(
    paths: Sequence[Path], folder: Path, *, form: str = "jsonl", size: int = SHARD, leaders: Sequence[Path] = ()
) -> Iterator[CorpusRun]:
    """Begin a run, or go on with the one that the folder holds, and keep the folder from other runs meanwhile.

    Args:
        paths: JSONL and Parquet of texts, and documents; one that is named twice is taken once.
        folder: where the files go; made if need be.
        form: "jsonl" or "parquet".
        size: lines or rows in a shard.
        leaders: lists of leaders to know beside the own one.

    Raises:
        UnreadableSource: an input or a list is not there or cannot be read; nothing was begun.
        WorkspaceError: the folder holds something else, or a run with other inputs, options or another coder.
        RecordBusy: another run is writing into the folder.
    """
    unique = {path.resolve(): path for path in reversed(paths)}
    inputs = [survey(path, size) for path in reversed(unique.values())]
    with _said(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with held(folder / ".lock", what=str(folder), wait=0.0):
        with _said(folder):
            _agree(folder, _manifest(inputs, form, size, Leaders.named(leaders).label))
            tidy(folder)
            # They say that a run is done, and this one is not yet.
            for name in ("summary.json", "problems.jsonl"):
                (folder / name).unlink(missing_ok=True)
        try:
            yield CorpusRun(inputs, folder, form, size, leaders)
        finally:
            # Workers that were ended by Ctrl-C or an error had no time to; a kill -9 is tidied up after by the next run.
            with suppress(OSError):
                tidy(folder)


def _manifest(inputs: Sequence[Input], form: str, size: int, leaders: str) -> dict[str, Any]:
    from comity import __version__

    options: dict[str, Any] = {"format": form, "shard": size}
    if form == "parquet":
        options["duckdb"] = parquet_version()
    if leaders:
        options["leaders"] = leaders
    return {
        "comity": __version__,
        "coder": coder_version(),
        "options": options,
        "shards": count_shards(inputs, size),
        "inputs": [
            {"file": given.file, "sha256": given.digest, "kind": given.kind, "count": given.count} for given in inputs
        ],
    }


def _agree(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest, or see that the one that stands there says the same."""
    path = folder / "manifest.json"
    if not path.exists():
        others = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
        if others:
            raise WorkspaceError(
                f"{folder} holds other things ({', '.join(others[:3])}{', ...' if len(others) > 3 else ''}).",
                remedy="Name an empty or a new folder with --out.",
            )
        _write_json(path, manifest)
        return
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
        difference = _difference(before, manifest)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceError(f"{path} is no manifest of `comity code`.", remedy=_ANOTHER) from error
    if difference:
        raise WorkspaceError(f"{folder} was begun with {difference}.", remedy=_ANOTHER)


def _difference(before: dict[str, Any], now: dict[str, Any]) -> str:
    """Say in what the run that the folder holds differs; a file under another name is the same file."""
    for option, words in (("format", "--format"), ("shard", "--shard"), ("duckdb", "DuckDB")):
        old, new = before["options"].get(option), now["options"].get(option)
        if old != new:
            return f"{words} {old}, not {new}"
    if before["options"].get("leaders") != now["options"].get("leaders"):
        return "other lists of leaders (--leaders)"
    if before["coder"] != now["coder"]:
        return f"another version of the coder (Comity {before['comity']}, {before['coder'][:12]})"
    old_files, new_files = before["inputs"], now["inputs"]
    if len(old_files) != len(new_files):
        return f"{counted(len(old_files), 'input')}, not {len(new_files):,}"
    for old, new in zip(old_files, new_files, strict=True):
        if (old["sha256"], old["kind"]) != (new["sha256"], new["kind"]):
            return f"another content of {new['file']}" if old["file"] == new["file"] else f"{old['file']} there"
    return ""


def _write_json(path: Path, value: object) -> None:
    with replacing(path) as partial:
        partial.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Say in words what the operating system says about the folder."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WorkspaceError(
            f"{folder} cannot be written: {error.strerror or error}.",
            remedy="Make room or see to the permissions, then give the same command again.",
        ) from error
