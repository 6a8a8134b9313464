"""One build at a time: a lock that dies with its process and names its holder.

SQLite's own write lock (BEGIN IMMEDIATE) already keeps a second writer out, but it cannot say who holds it, and it
comes only with the first write; a build first reads files for minutes. So a build first takes a lock of the operating
system on `record.db.lock`, and writes its process id there. The operating system frees it when the process ends in
any way, kill -9 included, so nobody ever has to delete a stale lock. POSIX record locks (`lockf`) are taken rather
than `flock`, since forked workers do not inherit them; as these do not hold between threads of one process, a
register of this process's own locks stands before them. On Windows a byte far behind the text is locked.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from comity.terms import RecordBusy, RecordError

_held: set[str] = set()
_register = threading.Lock()
# Far behind the process id, so that Windows, whose locks forbid reading, lets others read it.
_LOCKED_BYTE = 1 << 30


@contextmanager
def held(path: Path, *, what: str, wait: float) -> Iterator[None]:
    """Hold the lock file `path`; RecordBusy with the holder's process id when it is not free within `wait` seconds."""
    name = str(path.resolve())
    deadline = time.monotonic() + wait
    while not _claim(name):
        if time.monotonic() >= deadline:
            raise _busy(what, os.getpid())
        time.sleep(0.02)
    try:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise RecordError(
                f"{what} cannot be written: {path.parent}: {error.strerror}.",
                remedy="Give yourself leave to write in that folder, or choose another.",
            ) from error
        try:
            while not _lock(handle):
                if time.monotonic() >= deadline:
                    raise _busy(what, _holder(handle))
                time.sleep(0.02)
            _sign(handle)
            try:
                yield
            finally:
                _unlock(handle)
        finally:
            os.close(handle)
    finally:
        with _register:
            _held.discard(name)


def _claim(name: str) -> bool:
    with _register:
        if name in _held:
            return False
        _held.add(name)
        return True


def _busy(what: str, holder: int | None) -> RecordBusy:
    who = "another process" if holder is None else f"process {holder}"
    return RecordBusy(f"{what} is being written by {who}.", remedy="Wait until it has ended, then try again.")


def _holder(handle: int) -> int | None:
    try:
        text = os.pread(handle, 20, 0) if hasattr(os, "pread") else _read(handle)
        return int(text.split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _read(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 20)


def _sign(handle: int) -> None:
    # A full disk must not keep a build from saying so itself later: the process id is a courtesy.
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"{os.getpid()}\n".encode())
    except OSError:
        return


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _LOCKED_BYTE)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_UN, 1, _LOCKED_BYTE)
