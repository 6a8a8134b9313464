"""What lies in a folder: the files that are sources, and a word on each that cannot be one."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.terms import UnreadableSource

# What would break or turn a line in which the name stands: controls, separators, marks of direction.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069/\\\\]+")
# The end of the name of the note beside a fetched file: where it came from. It is no source.
NOTE = ".source.json"
# So many bytes a name may have in the file systems in use; a number must still fit behind it.
_LONGEST_NAME = 240
# What browsers and word processors put behind a page's name for the folder of its parts, in their languages
# (Microsoft, "Managing the File System", connected files: https://learn.microsoft.com/en-us/windows/win32/shell/manage).
_OF_PAGE = (
    *("_files", ".files", "-files", "-dateien", "_dateien", "_fichiers", "_bestanden", "_file", "_archivos", "-filer"),
    *("_filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_ficheiros", "_arquivos", "_dosyalar", "_datoteke"),
    *("_fitxers", "_failid", "_fails", "_bylos", "_fajlovi", "_fitxategiak"),
)


@dataclass(frozen=True, slots=True)
class PageParts:
    """The folder beside a saved page that holds its pictures, styles, programs and advertisements: no sources.

    Attributes:
        path: of the folder.
        page: the name of the page's file.
        number: how many files it holds.
    """

    path: str
    page: str
    number: int


def page_of(folder: str, beside: Collection[str]) -> str:
    """Return which of the files beside a folder is the saved page whose parts it holds; "" where none is."""
    lower = folder.lower()
    stems = {lower[: -len(suffix)] for suffix in _OF_PAGE if lower.endswith(suffix)} - {""}
    pages = (name for name in sorted(beside) if name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")))
    return next((name for name in pages if name.lower().rpartition(".")[0] in stems), "")


def walk(paths: Sequence[Path], *, received: bool = False) -> Iterator[Path | PageParts | UnreadableSource]:
    """Yield every file under the paths in a stable order, and an error for each folder, link or pipe that is no source.

    A folder of a saved page's parts is not walked where the page stands beside it; it is yielded itself.

    Args:
        paths: files, and folders that are walked with their sub-folders; links to folders are not followed.
        received: whether the folders come from elsewhere: a link that leads out of one is then refused, for it could
            bring in any file of this machine.
    """
    for path in paths:
        if path.is_dir():
            errors: list[OSError] = []
            root = path.resolve()
            if (parts := _parts(path)) is not None:
                yield parts
                continue
            for folder, folders, files in os.walk(path, onerror=errors.append):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in folders:
                    if (Path(folder) / name).is_symlink() and received:
                        yield UnreadableSource(
                            str(Path(folder) / name),
                            "is a link to a folder, which is not followed",
                            remedy="Add the folder that it leads to.",
                        )
                passed = {name: page for name in folders if (page := page_of(name, files))}
                folders[:] = [name for name in folders if name not in passed]
                for name, page in passed.items():
                    yield PageParts(str(Path(folder) / name), page, _number(Path(folder) / name))
                for name in sorted(files):
                    if not is_furniture(name) and not name.endswith(NOTE):
                        yield _regular(Path(folder) / name, root if received else None)
            for error in errors:
                yield UnreadableSource(
                    str(error.filename),
                    f"cannot be opened ({error.strerror})",
                    remedy="Check the folder's permissions.",
                )
        else:
            yield _named(path, path.name)


def _parts(path: Path) -> PageParts | None:
    """Return the folder as a saved page's parts, where the page stands beside it."""
    place = path.resolve()
    if not place.name.lower().endswith(_OF_PAGE):
        return None
    try:
        page = page_of(place.name, [each.name for each in place.parent.iterdir()])
    except OSError:
        return None
    return PageParts(str(path), page, _number(path)) if page else None


def _number(folder: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(folder))


def is_furniture(name: str) -> bool:
    """Whether a file of that name is left by a program for itself, or hidden: nobody means it as a source."""
    return name.startswith((".", "~$")) or name.lower() in {"thumbs.db", "desktop.ini"}


def plain_name(name: str) -> str:
    """Return a file's name as a source may bear it: on one line, of no folder, and short enough to have a number behind it."""
    plain = _BREAKING.sub("_", name.encode("utf-8", "replace").decode()).strip(" ") or "source"
    stem, dot, extension = plain.rpartition(".")
    if not stem or len(extension.encode()) > 20:
        stem, dot, extension = plain, "", ""
    room = _LONGEST_NAME - len(f"{dot}{extension}".encode())
    plain = stem.encode()[:room].decode("utf-8", "ignore") + dot + extension
    return f"_{plain}" if is_furniture(plain) else plain


def _named(path: Path, name: str) -> Path | UnreadableSource:
    """Return the path, or an error where that name is no text: the record keeps names as text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        return UnreadableSource(shown, "has a name that is not UTF-8", remedy="Rename it.")
    return path


def _regular(path: Path, root: Path | None) -> Path | UnreadableSource:
    """Return the path, or an error for a pipe or device (reading one could wait for ever), a link out, or an odd name."""
    named = _named(path, str(path))
    if isinstance(named, UnreadableSource):
        return named
    try:
        if root is not None and path.is_symlink() and not path.resolve().is_relative_to(root):
            return UnreadableSource(
                str(path), "is a link that leads out of the folder", remedy="Add the file that it leads to."
            )
        mode = path.stat().st_mode
    except (OSError, RuntimeError):
        return path  # whoever reads it says why it cannot be read
    if stat.S_ISREG(mode):
        return path
    return UnreadableSource(str(path), "is not a regular file", remedy="Take it out of the folder.")
