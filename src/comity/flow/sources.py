"""The folder of sources: what an analyst puts in, kept as it was received."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.flow.leader_files import is_leader_file, read_leader_file
from comity.flow.workspace import Workspace
from comity.flow.writing import write_whole
from comity.terms import ComityError, UnreadableSource, digest

# A document of an analyst's folder is far smaller; what is larger is a data set or not a document at all, and
# reading it whole would take the machine's memory. documents/ refuses the same size.
LARGEST = 50 * 1024 * 1024
# The names of JSON Lines, which `comity code` reads line by line.
LINES = frozenset({".jsonl", ".ndjson"})
_LONGEST_LINE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file that was to be added: `outcome` is "added", "already there" or "refused", with the reason.

    `taken_for` says what a file is that will be read neither as a document nor as tables.
    """

    path: str
    name: str
    outcome: str
    reason: str = ""
    taken_for: str = ""


def walk(paths: Sequence[Path]) -> Iterator[Path | UnreadableSource]:
    """Yield every file under the paths in a stable order, and an error for each folder or pipe that cannot be read."""
    for path in paths:
        if path.is_dir():
            errors: list[OSError] = []
            for folder, folders, files in os.walk(path, onerror=errors.append):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                yield from (_regular(Path(folder) / name) for name in sorted(files) if not _is_furniture(name))
            for error in errors:
                yield UnreadableSource(
                    str(error.filename),
                    f"cannot be opened ({error.strerror})",
                    remedy="Check the folder's permissions.",
                )
        else:
            yield _named(path, path.name)


def _named(path: Path, name: str) -> Path | UnreadableSource:
    """Return the path, or an error where that name is no text: the record keeps names as text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        return UnreadableSource(shown, "has a name that is not UTF-8", remedy="Rename it.")
    return path


def _regular(path: Path) -> Path | UnreadableSource:
    """Return the path, or an error for a pipe or device (reading one could wait for ever) or a name that is no text."""
    named = _named(path, str(path))
    if isinstance(named, UnreadableSource):
        return named
    try:
        mode = path.stat().st_mode
    except OSError:
        return path  # whoever reads it says why it cannot be read
    if stat.S_ISREG(mode):
        return path
    return UnreadableSource(str(path), "is not a regular file", remedy="Take it out of the folder.")


def _is_furniture(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in {"thumbs.db", "desktop.ini"}


def add(workspace: Workspace, paths: Sequence[Path]) -> list[Added]:
    """Copy files and folders into sources/; a file with the same bytes is not copied again.

    A file of another content but the same name gets a number (`report-2.pdf`); nothing is overwritten.
    """
    held = {digest_of(path): name_of(workspace, path) for path in files(workspace) if _size(path) <= LARGEST}
    done: list[Added] = []
    for path in walk(paths):
        if isinstance(path, UnreadableSource):
            done.append(Added(path.path, "", "refused", str(path)))
            continue
        try:
            done.append(_add_one(workspace, path, held))
        except (OSError, ComityError) as error:
            reason = f"{path}: {error.strerror or error}" if isinstance(error, OSError) else str(error)
            done.append(Added(str(path), "", "refused", reason))
    return done


def _add_one(workspace: Workspace, path: Path, held: dict[str, str]) -> Added:
    if not path.exists():
        raise UnreadableSource(str(path), "there is no such file", remedy="Check the spelling.")
    if not path.is_file():
        raise UnreadableSource(str(path), "is not a regular file", remedy="Add a file or a folder.")
    size = _size(path)
    if size == 0:
        raise UnreadableSource(str(path), "is empty", remedy="Get the file again from where it came from.")
    if size > LARGEST:
        raise UnreadableSource(
            str(path),
            f"has {size / 1024**2:,.0f} MB; a source may have at most {LARGEST // 1024**2} MB",
            remedy="Split it, or add only the part that concerns the two states.",
        )
    inside = workspace.sources.resolve() in (path.parent.resolve() / path.name).parents
    refuse_json(path, str(path))
    taken_for = read_leader_file(path).leaders.summary if is_leader_file(path) else ""
    key = digest_of(path)
    if key in held:
        return Added(str(path), held[key], "already there", taken_for=taken_for)
    if inside:
        held[key] = name_of(workspace, path)
        return Added(str(path), held[key], "already there", taken_for=taken_for)
    target = _free_name(workspace.sources / path.name)
    write_whole(target, path.read_bytes(), remedy="Make room, or see to the permissions of the folder sources/.")
    held[key] = target.name
    return Added(str(path), target.name, "added", taken_for=taken_for)


def refuse_json(path: Path, name: str) -> None:
    """Raise UnreadableSource for JSON and JSON Lines, told by the name or by a first line that is a JSON object.

    They are data for programs; read as prose their names of fields would become the text's words.
    """
    if path.suffix.lower() in LINES or _begins_with_object(path):
        raise UnreadableSource(
            name,
            "is JSON Lines, texts for coding and not a document",
            remedy=f"Code it with: comity code {path.name}" + ("" if path.suffix.lower() in LINES else " (as .jsonl)"),
        )
    if path.suffix.lower() == ".json":
        raise UnreadableSource(name, "is JSON, not a document", remedy="Save what it holds as CSV or as text.")


def _begins_with_object(path: Path) -> bool:
    with path.open("rb") as stream:
        line = stream.readline(_LONGEST_LINE).removeprefix(b"\xef\xbb\xbf")
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _free_name(target: Path) -> Path:
    number, free = 2, target
    while free.exists():
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
        number += 1
    return free


def files(workspace: Workspace) -> list[Path]:
    """Return the files in sources/, sorted by name; folders that cannot be opened are left to `walk`'s errors."""
    return [path for path in walk([workspace.sources]) if isinstance(path, Path)] if workspace.sources.is_dir() else []


def name_of(workspace: Workspace, path: Path) -> str:
    """Return a source's name: its path within sources/ with forward slashes."""
    # Only the folder is resolved: a link in it bears its own name, wherever it leads.
    return (path.parent.resolve() / path.name).relative_to(workspace.sources.resolve()).as_posix()


def named_files(workspace: Workspace) -> dict[str, Path]:
    """Return the files in sources/ by their names."""
    return {name_of(workspace, path): path for path in files(workspace)}


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    return digest(path.read_bytes())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
