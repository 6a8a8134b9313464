"""What `comity add` refused, kept in refused.jsonl until the same file is added, so that nobody must remember it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from comity.flow.workspace import Workspace
from comity.flow.writing import write_whole
from comity.terms import WorkspaceError

if TYPE_CHECKING:
    from comity.flow.adding import Added


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not added.

    Attributes:
        name: where it was found, as it was told.
        reason: why it was refused.
        day: when, as an ISO date.
        digest: SHA-256 of its bytes; "" where they were not read.
    """

    name: str
    reason: str
    day: str
    digest: str = ""


def refused_files(workspace: Workspace) -> list[Refused]:
    """Return what was refused and has not been added since, in the order in which it was refused.

    Raises:
        WorkspaceError: the file cannot be read, or a line of it is no such entry.
    """
    place = workspace.refused
    try:
        lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
        return [Refused(**_texts(json.loads(line))) for line in lines if line.strip()]
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise WorkspaceError(
            f"{place} cannot be used: {error}.", remedy="Remove it, and add the files again that were refused."
        ) from error


def keep_refused(workspace: Workspace, outcomes: Iterable[Added]) -> None:
    """Bring the file up to date with what became of the files that were to be added.

    An entry goes where its bytes are among the sources, or a file of its name was added; what is refused now takes the
    place of an earlier entry for the same file.
    """
    outcomes = list(outcomes)
    done = [added for added in outcomes if added.outcome in ("added", "already there")]
    today = date.today().isoformat()
    new = [Refused(one.path, one.reason, today, one.digest) for one in outcomes if one.outcome == "refused"]
    names = {Path(added.path).name for added in done if added.outcome == "added"}
    digests = ({added.digest for added in done} | {one.digest for one in new}) - {""}
    paths = {one.name for one in new}
    before = refused_files(workspace)
    kept = [
        one
        for one in before
        if Path(one.name).name not in names and one.digest not in digests and one.name not in paths
    ]
    if before == (after := [*kept, *new]):
        return
    content = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in after)
    write_whole(workspace.refused, content.encode(), remedy="Make room, or see to the permissions of the folder.")


def _texts(entry: object) -> dict[str, str]:
    if not isinstance(entry, dict) or not all(isinstance(each, str) for each in entry.values()):
        raise ValueError("a line is no entry of a refused file")
    return entry
