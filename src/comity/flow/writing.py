"""Files that stand whole or not at all: written beside their place, then put there."""

from __future__ import annotations

import os
from pathlib import Path

from comity.terms import WorkspaceError

_ELSEWHERE = "Make room or see to the permissions, or name another file with --output."


def write_whole(target: Path, content: bytes | bytearray, *, remedy: str = _ELSEWHERE) -> Path:
    """Write a file, making folders on the way, and return its absolute path; after a failure all is as it was.

    What is no regular file (a device, a pipe) is written into, never replaced.

    Raises:
        WorkspaceError: it cannot be written; the message says why.
    """
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return target.absolute()
        place = target.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        _put(place, content)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:  # a RuntimeError is a link that leads to itself
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise WorkspaceError(f"{target} cannot be written: {reason}.", remedy=remedy) from error
    return place


def _put(place: Path, content: bytes | bytearray) -> None:
    partial = place.with_name(f".{place.name[:60]}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as stream:
            stream.write(content)
        if place.exists():
            partial.chmod(place.stat().st_mode & 0o7777)
        partial.replace(place)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
