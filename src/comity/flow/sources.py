"""The folder of sources: what an analyst puts in, kept as it was received."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.flow.workspace import Workspace
from comity.terms import UnreadableSource, digest

# A document of an analyst's folder is far smaller; what is larger is a data set or not a document at all, and
# reading it whole would take the machine's memory. documents/ refuses the same size.
LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file that was to be added: `outcome` is "added", "already there" or "refused", with the reason."""

    path: str
    name: str
    outcome: str
    reason: str = ""


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
            yield path


def _regular(path: Path) -> Path | UnreadableSource:
    """Return the path, or an error for a pipe or device (reading one could wait for ever) or a name that is no text."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        return UnreadableSource(shown, "has a name that is not UTF-8", remedy="Rename it.")
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
        except (OSError, UnreadableSource) as error:
            reason = str(error) if isinstance(error, UnreadableSource) else f"{path}: {error.strerror or error}"
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
    key = digest_of(path)
    if key in held:
        return Added(str(path), held[key], "already there")
    if inside:
        held[key] = name_of(workspace, path)
        return Added(str(path), held[key], "already there")
    target = _free_name(workspace.sources / path.name)
    partial = target.with_name(f".{target.name}.partial")
    workspace.sources.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, partial)
    partial.replace(target)
    held[key] = target.name
    return Added(str(path), target.name, "added")


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


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    return digest(path.read_bytes())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
