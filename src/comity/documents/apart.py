"""Reading in a process apart: what a hostile or broken file does to it, hanging, dying or filling the memory, it does to that alone.

PDF, Office files and pages go through libraries in C; plain text does not, and is read where it is asked for. The process is
started at the first such file, kept for the next, and begun anew when it died.
"""

from __future__ import annotations

import atexit
import os
import pickle
import re
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from comity.documents.pages import is_archive_head
from comity.terms import Document, UnreadableSource

# Seconds that a file may take, and more for each of its megabytes; a PDF of 1,000 pages takes some 30.
SECONDS, SECONDS_PER_MB = 60.0, 10.0
# Recognising a page takes some 4 s, and the pictures of pages weigh 50 KB and more each.
RECOGNISING = 20.0
# What the process may take of address space; the largest document that is read takes some 1.5 GB.
MEMORY = 6 * 1024**3
_HEAD = 1024
_MAIL = re.compile(rb"(?:\xef\xbb\xbf)?(?:From \S|[!-9;-~]{1,76}:)")  # whose pages go through lxml
_LENGTH = struct.Struct(">Q")


def read_apart(path: Path, *, name: str = "", seconds: float | None = None, recognise: bool = False) -> Document:
    """Read a file as `documents.read` does, in a process apart where a library in C takes part in it.

    Args:
        path: the file.
        name: what it is called in the record; the path when empty.
        seconds: how long it may take; by its size when None, and longer where text is recognised.
        recognise: as for `read`.

    Raises:
        UnreadableSource: as `read`; also when the process took too long, too much memory, or died.
    """
    from comity.documents.source import read

    called = name or str(path)
    if not goes_apart(path):
        return read(path, name=called, recognise=recognise)
    return _READER.read(path, called, seconds or seconds_for(path, recognise=recognise), recognise=recognise)


def goes_apart(path: Path) -> bool:
    """Whether a library in C takes part in the reading of a file, by how it begins; not where it cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False  # `read` says why
    return bool(
        head.startswith(b"PK")
        or b"%PDF-" in head
        or head.lstrip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe").startswith(b"<")
        or is_archive_head(head)
        or _MAIL.match(head)
    )


def seconds_for(path: Path, *, recognise: bool = False) -> float:
    """How long the reading of a file may take, by its size; longer where text is recognised."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    allowed = SECONDS + SECONDS_PER_MB * size / 1e6
    return RECOGNISING * allowed if recognise else allowed


class Ended(UnreadableSource):
    """The process that read a file took too long and was stopped, or died."""


class Apart:
    """The process that reads, and this side's ends of its pipes; `command` starts it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._ended = False

    def start(self) -> None:
        """Start the process, where it does not run yet."""
        with self._lock:
            self._running()

    def read(self, path: Path, name: str, seconds: float, *, recognise: bool = False) -> Document:
        """Have a file read; the process is ended where that takes longer."""
        with self._lock:
            process = self._running()
            late = threading.Event()

            def stop() -> None:
                late.set()
                process.kill()

            clock = threading.Timer(seconds, stop)
            clock.daemon = True
            clock.start()
            try:
                assert process.stdin is not None and process.stdout is not None
                with suppress(BrokenPipeError):
                    _send(process.stdin, (str(path.absolute()), name, seconds, recognise))
                answer = _receive(process.stdout)
            except BaseException:  # Ctrl-C: what is still to come must not be taken for the next file's answer
                process.kill()
                self._bury(process)
                raise
            finally:
                clock.cancel()
            if answer is None:
                code = self._bury(process)
                raise _died(name, code, seconds if late.is_set() else None)
        if isinstance(answer, Document):
            return answer
        where, place, reason, remedy = answer
        if not where:
            raise RuntimeError(reason)
        raise UnreadableSource(where, reason, place=place, remedy=remedy)

    def forget(self) -> None:
        """Begin anew, for a process that was forked off from the one that started this."""
        self._process, self._lock, self._starting = None, threading.Lock(), threading.Lock()

    def end(self) -> None:
        """End the process for good, also while another thread waits for its answer; `close` then clears up."""
        with self._starting:
            self._ended = True
            process = self._process
            if process is not None:
                process.kill()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._bury(self._process)

    def _bury(self, process: subprocess.Popen[bytes]) -> int:
        """Wait for the process's end, and return how it came to it."""
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process = None
        return code

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._bury(self._process)
        with self._starting:
            if self._ended:
                raise RuntimeError("the process that reads was ended")
            if self._process is None:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=None if sys.stderr is not None else subprocess.DEVNULL,
                )
            return self._process


# Ctrl-C reaches this process and its own ones, which are ended by this one; they may be at their imports yet.
_SERVE = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from comity.documents.apart import serve; serve()"
)
# -P: the folder that it is started in, which may be one of sources, is no place for modules.
READER = (sys.executable, "-P", "-c", _SERVE)
_READER = Apart(READER)
atexit.register(_READER.close)
if hasattr(os, "register_at_fork"):  # a process that was forked off must not write into its parent's pipe
    os.register_at_fork(after_in_child=_READER.forget)


def _died(name: str, code: int, seconds: float | None) -> Ended:
    if seconds is not None:
        return Ended(
            name,
            f"reading it took more than {seconds:,.0f} seconds and was stopped",
            remedy="Split it, or save it anew.",
        )
    told = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    reason = f"reading it ended the process that read it ({told}), as damaged or hostile files do"
    return Ended(name, reason, remedy="Open it in its program and save it anew; the other files are not affected.")


def _send(pipe: IO[bytes], value: object) -> None:
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """The next value; None where the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = pipe.read(length)
    if len(content) < length:
        return None
    return pickle.loads(content)


def serve() -> None:
    """Read files for the other side of the pipe until it is gone."""
    from comity.documents.source import read

    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while (task := _receive(sys.stdin.buffer)) is not None:
        path, name, seconds, recognise = task
        if hasattr(signal, "alarm"):  # it must end by itself where the other side was killed
            signal.alarm(int(seconds) + 30)
        answer: Document | tuple[str, str, str, str]
        try:
            answer = read(Path(path), name=name, recognise=recognise)
        except UnreadableSource as error:
            answer = (error.path, error.place, error.reason, error.remedy)
        except MemoryError:
            answer = (name, "", "it does not fit into memory", "Split the file.")
        except Exception as error:  # a fault of our own, told as one where it was asked for
            answer = ("", "", f"{type(error).__name__}: {error}", "")
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        _send(answers, answer)
