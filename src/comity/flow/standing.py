"""How the workspace stands: what the record holds, what was not read, what waits for a build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from comity.flow.editions import contradictions
from comity.flow.refused import Refused, refused_files
from comity.flow.sources import LARGEST, digest_of, files, name_of
from comity.flow.views import strays, view_if_built
from comity.flow.wording import counted, kept_uncoded
from comity.flow.workspace import Workspace
from comity.record import sift_decisions
from comity.terms import RecordError, WorkspaceError

# Of more sources that wait for a build only the first are named in words.
_MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a workspace.

    Attributes:
        version: digest of everything that lives in the record; "" where there is no record.
        counts: what the record holds.
        unread: name and reason of what lies in sources/ and could not be read.
        refused: what was refused when it was to be added, and has not been added since.
        waiting: sources that are new or changed since the last build.
        gone: sources that the record still holds but the folder does not.
        problems: what comity.toml and decisions.jsonl say that cannot be used.
        languages: how many documents the record holds in each language, by its BCP 47 tag ("und": too short to tell).
    """

    workspace: str
    dyad: str
    version: str
    counts: dict[str, int]
    unread: tuple[tuple[str, str], ...] = ()
    waiting: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    languages: dict[str, int] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the state as JSON-ready values; among `unread`, what was refused has the day on which it was."""
        told = asdict(self)
        refused = [{"name": one.name, "reason": one.reason, "refused_on": one.day} for one in self.refused]
        del told["refused"]
        return told | {"unread": [{"name": name, "reason": reason} for name, reason in self.unread] + refused}

    def lines(self) -> Iterator[str]:
        """Yield the state in words."""
        yield f"{self.dyad} in {self.workspace}"
        if self.version:
            yield f"record {self.version[:12]}: " + ", ".join(
                counted(number, kind.removesuffix("s")) for kind, number in self.counts.items()
            )
        else:
            yield "no record yet; run: comity build"
        abroad = kept_uncoded(tag for tag, number in self.languages.items() for _ in range(number))
        if abroad:
            yield abroad
        for name, reason in self.unread:
            yield f"not read: {reason}" if name in reason else f"not read: {name}: {reason}"
        for one in self.refused:
            reason = one.reason if Path(one.name).name in one.reason else f"{one.name}: {one.reason}"
            yield f"not added on {one.day}: {reason}"
        shown = self.waiting if len(self.waiting) <= _MOST_WAITING else self.waiting[: _MOST_WAITING // 2]
        for name in shown:
            yield f"waits for a build: {name}"
        if len(shown) < len(self.waiting):
            yield f"and {len(self.waiting) - len(shown):,} more wait for a build"
        for name in self.gone:
            yield f"gone from sources/, still in the record until the next build: {name}"
        yield from self.problems


def status(workspace: Workspace) -> Standing:
    """Return how the workspace stands; changes nothing."""
    present = {name_of(workspace, path): path for path in files(workspace)}
    problems = _undecided(workspace)
    refused: tuple[Refused, ...] = ()
    try:
        refused = tuple(refused_files(workspace))
    except WorkspaceError as error:
        problems.append(str(error))
    opened = view_if_built(workspace)
    if opened is None:
        return Standing(
            str(workspace.root),
            workspace.dyad.label,
            "",
            {},
            waiting=tuple(present),
            problems=tuple(problems),
            refused=refused,
        )
    with opened as view:
        told = (*strays(workspace, present, view), *contradictions(present, view))
        problems.extend(f"{name}: {words}" for name, words in told)
        held = {source.name: source for source in view.sources()}
        waiting = []
        for name, path in present.items():
            try:
                # A larger file has a digest on record only where it is a data set, which was read row by row.
                was_read = name in held and bool(held[name].digest)
                digest = digest_of(path) if was_read or path.stat().st_size <= LARGEST else ""
            except OSError:
                digest = ""
            if name not in held or held[name].digest != digest:
                waiting.append(name)
        languages, counts = view.languages(), view.counts()
        return Standing(
            str(workspace.root),
            workspace.dyad.label,
            view.version,
            {
                "documents": languages.total(),
                "events": counts.events,
                "positions": counts.statements,
                "figures": counts.observations,
            },
            tuple((name, source.reason) for name, source in held.items() if source.reason),
            tuple(waiting),
            tuple(name for name in held if name not in present),
            tuple(problems),
            dict(sorted(languages.items())),
            refused,
        )


def _undecided(workspace: Workspace) -> list[str]:
    try:
        return [str(fault) for fault in sift_decisions(workspace.decisions).faults]
    except RecordError as error:
        return [str(error)]
