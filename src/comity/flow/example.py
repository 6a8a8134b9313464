"""The example workspace that ships with Comity, copied and built."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from comity.flow.briefing import material_of, write_material
from comity.flow.building import build
from comity.flow.views import open_view
from comity.flow.wording import counted
from comity.flow.workspace import CONFIGURATION, Workspace
from comity.flow.writing import write_whole
from comity.terms import Severity, WorkspaceError

NAME = "pakistan-japan"


@dataclass(frozen=True, slots=True)
class Example:
    """The built example: its brief's path and what was done, in words."""

    brief: Path
    lines: tuple[str, ...]


def make_example(folder: Path) -> Example:
    """Copy the example to `folder`/pakistan-japan, build it, check its issue brief and write the brief.

    Safe to run twice: a file that a person has changed stays as it is, and is named.
    """
    root = folder / NAME
    if root.exists() and not (root / CONFIGURATION).is_file():
        raise WorkspaceError(
            f"{root} exists and is no Comity workspace.", remedy="Choose another folder: comity demo --to FOLDER"
        )
    kept = _copy(_shipped(), root)
    workspace = Workspace.load(root)
    report = build(workspace)
    with open_view(workspace) as view:
        material = material_of(workspace, view)
    lines = [f"kept as you changed it: {root / name} (take it away to get the example's again)" for name in kept]
    lines += [report.summary, *(f"not read: {reason}" for _, reason in report.unread)]
    for document in material.documents:
        findings = material.findings.get(document.id, ())
        worth = sum(finding.severity is not Severity.INFO for finding in findings)
        if worth:
            lines.append(
                f"{document.name}: {counted(worth, 'claim')} {'does' if worth == 1 else 'do'} not agree with the evidence"
                f" (see the brief, or in {root}: comity check sources/{document.name})."
            )
    return Example(write_material(workspace, material), tuple(lines))


def _copy(source: Path, target: Path) -> list[str]:
    """Copy what is not there; return the names of the files that are there and differ."""
    kept = []
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if not path.is_file() or name.parts[0] == "out" or name.parts[0].startswith("record.db"):
            continue
        content, there = path.read_bytes(), target / name
        if not there.exists():
            write_whole(there, content, remedy="Choose another folder: comity demo --to FOLDER")
        elif not there.is_file() or there.read_bytes() != content:
            kept.append(name.as_posix())
    return kept


def _shipped() -> Path:
    """Return the example's folder: inside the package when installed, beside it in a checkout."""
    installed = Path(str(resources.files("comity"))) / "examples" / NAME
    checkout = Path(__file__).resolve().parents[3] / "examples" / NAME
    for place in (installed, checkout):
        if (place / CONFIGURATION).is_file():
            return place
    raise WorkspaceError("the example did not come with this installation.", remedy="Install Comity again.")
