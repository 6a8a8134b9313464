"""The folder of sources: what an analyst puts in, kept as it was received."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from comity.flow.folders import walk
from comity.flow.workspace import Workspace
from comity.terms import UnreadableSource

# A document of an analyst's folder is far smaller; what is larger is a data set or not a document at all, and
# reading it whole would take the machine's memory. documents/ refuses the same size.
LARGEST = 50 * 1024 * 1024
# The names of JSON Lines, which `comity code` reads line by line.
LINES = frozenset({".jsonl", ".ndjson"})
# What pages are made of beside their text; read as prose their code would be words.
_PAGE_PARTS = frozenset(".js .mjs .css .map .svg .woff .woff2 .ttf .eot".split())
_LONGEST_LINE = 1024 * 1024


def refuse_no_document(path: Path, name: str) -> None:
    """Raise UnreadableSource for the programs and styles of web pages, by the name, and for JSON and JSON Lines.

    JSON Lines are told by the name or by a first line that is a JSON object.

    They are data for programs; read as prose their names of fields would become the text's words.
    """
    if path.suffix.lower() in _PAGE_PARTS:
        raise UnreadableSource(
            name, "is a part of a web page and not a document", remedy="Leave it out; the page itself is the source."
        )
    first = _first_object(path)
    if path.suffix.lower() not in LINES and (said := _message_in(first)):
        raise UnreadableSource(
            name,
            f"is a service's message in JSON and no data: {said}",
            remedy="Get the data again, later or otherwise.",
        )
    if path.suffix.lower() in LINES or first is not None:
        raise UnreadableSource(
            name,
            "is JSON Lines, texts for coding and not a document",
            remedy=f"Code it with: comity code {Path(name).name}"
            + ("" if path.suffix.lower() in LINES else " (as .jsonl)"),
        )
    if path.suffix.lower() == ".json":
        raise UnreadableSource(name, "is JSON, not a document", remedy="Save what it holds as CSV or as text.")


def _first_object(path: Path) -> dict[str, object] | None:
    """Return the JSON object with which a file begins; None where it begins with none."""
    with path.open("rb") as stream:
        line = stream.readline(_LONGEST_LINE).removeprefix(b"\xef\xbb\xbf")
    if not line.startswith(b"{"):
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _message_in(found: dict[str, object] | None) -> str:
    """Return the words of an error that a service answered instead of data; "" where the object is none."""
    if found is None or "text" in found:
        return ""
    for key in ("error", "errors", "message", "detail", "fault"):
        if said := found.get(key):
            return " ".join(str(said).split())[:200]
    return ""


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
    """Return the SHA-256 of a file's bytes, read a part at a time: a data set may be large."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def size_of(path: Path) -> int:
    """Return how many bytes a file has; 0 where that cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
