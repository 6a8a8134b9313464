"""What people decided, read from decisions.jsonl and weighed: a pure function of the decisions in their order.

The law: for each target the last word counts. The last of accepted and rejected is the verdict; of each corrected
field the last value; for each pair of reports the last of merged and separated. `undecided` takes back everything
that was decided on its target before, pairs included. A verdict and a correction stand side by side: to accept a
corrected event is to accept it as corrected.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from comity.record.corrections import check_change
from comity.record.lock import held
from comity.record.rows import from_json, to_json
from comity.terms import ComityError, Decision, Judgement, RecordError

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the decisions on one target come to.

    Attributes:
        target: the id that was judged.
        verdict: ACCEPTED or REJECTED, None where only fields were corrected or reports joined or parted.
        changes: field and new value, sorted by field.
        decisions: those that still count, in their order: who decided, when and why.
    """

    target: str
    verdict: Judgement | None = None
    changes: tuple[tuple[str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def judgement(self) -> Judgement:
        """The one word for what was decided: the verdict, or else the last judgement's own."""
        if self.verdict is not None and not self.changes:
            return self.verdict
        if self.verdict is Judgement.REJECTED:
            return self.verdict
        return Judgement.CORRECTED if self.changes else self.decisions[-1].judgement

    @property
    def confirms(self) -> bool:
        """Whether a person stands behind what was judged: accepted or corrected it. Joining and parting say less."""
        return self.judgement in (Judgement.ACCEPTED, Judgement.CORRECTED)


@dataclass(frozen=True, slots=True)
class Docket:
    """All rulings by target, and the pairs of reports that people joined or parted, each pair sorted."""

    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    joined: tuple[Pair, ...] = ()
    parted: tuple[Pair, ...] = ()


def weigh(decisions: Sequence[Decision]) -> Docket:
    """Return what the decisions come to.

    Raises:
        RecordError: a correction of a field that cannot be corrected, or to a value that is none.
    """
    rulings: dict[str, Ruling] = {}
    pairs: dict[Pair, Decision] = {}
    for decision in decisions:
        target = decision.target
        if decision.judgement is Judgement.UNDECIDED:
            rulings.pop(target, None)
            pairs = {pair: each for pair, each in pairs.items() if target not in pair}
            continue
        standing = rulings.get(target, Ruling(target))
        if decision.judgement in (Judgement.MERGED, Judgement.SEPARATED):
            pairs[_pair(target, decision.other)] = decision
            continue
        if decision.judgement is Judgement.CORRECTED:
            for name, value in decision.changes:
                check_change(target, name, value)
            changes = tuple(sorted((dict(standing.changes) | dict(decision.changes)).items()))
            standing = replace(standing, changes=changes)
        else:
            standing = replace(standing, verdict=decision.judgement)
        rulings[target] = replace(standing, decisions=(*standing.decisions, decision))
    for pair, decision in pairs.items():
        for target in pair:
            standing = rulings.get(target, Ruling(target))
            rulings[target] = replace(standing, decisions=(*standing.decisions, decision))
    return Docket(
        rulings,
        tuple(sorted(pair for pair, each in pairs.items() if each.judgement is Judgement.MERGED)),
        tuple(sorted(pair for pair, each in pairs.items() if each.judgement is Judgement.SEPARATED)),
    )


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """What a decisions.jsonl holds: the decisions in their order, and an error for each line that is none."""

    decisions: tuple[Decision, ...] = ()
    faults: tuple[RecordError, ...] = ()


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a decisions.jsonl in their order; none where there is no such file.

    Raises:
        RecordError: a line that is no decision; the message names file and line, and the file is left as it is.
    """
    file = sift_decisions(path)
    if file.faults:
        raise file.faults[0]
    return file.decisions


def sift_decisions(path: Path) -> DecisionFile:
    """Return the decisions of a decisions.jsonl, and beside them the lines that are none; the file is left as it is.

    Raises:
        RecordError: the file is there and cannot be read at all.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not path.is_symlink():
            return DecisionFile()
        raise RecordError(
            f"{path} cannot be read: {error.strerror}; nothing was done, so that no decision is lost.",
            remedy="See that it is a file and that you may read it.",
        ) from error
    found: list[Decision] = []
    faults: list[RecordError] = []
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            decision = from_json(line.decode("utf-8-sig" if number == 1 else "utf-8"), Decision)
            weigh((decision,))
        except (ValueError, ComityError) as error:
            faults.append(
                RecordError(
                    f"{path}:{number}: this line is no decision: {_reason(error)}.",
                    remedy="Mend or remove that line; every other decision is kept.",
                )
            )
        else:
            found.append(decision)
    return DecisionFile(tuple(found), tuple(faults))


def append_decision(path: Path, decision: Decision) -> None:
    """Append one decision to decisions.jsonl, whole or not at all, safe against others who do the same.

    Raises:
        RecordError: the correction is none, or the file cannot be written.
    """
    weigh((decision,))
    line = to_json(decision, Decision).encode() + b"\n"
    with held(path.with_name(f"{path.name}.lock"), what=str(path), wait=5.0), _appending(path) as handle:
        size = os.fstat(handle).st_size
        if size and not _ends_a_line(path):
            line = b"\n" + line
        try:
            written = os.write(handle, line)
            if written != len(line):
                raise OSError(28, "No space left on device")
            os.fsync(handle)
        except OSError as error:
            os.ftruncate(handle, size)
            raise RecordError(
                f"{path} cannot be written: {error.strerror}; it was left as it was.",
                remedy="Make room, then try again.",
            ) from error


@contextmanager
def _appending(path: Path) -> Iterator[int]:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    except OSError as error:
        raise RecordError(
            f"{path} cannot be written: {error.strerror}.", remedy="Give yourself leave to write there."
        ) from error
    try:
        yield handle
    finally:
        os.close(handle)


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _reason(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and "https://" not in line]
    # pydantic's own notes on types stand in brackets at the end.
    return "; ".join(line.partition(" [type=")[0] for line in lines[1:3] or lines).rstrip(".")
