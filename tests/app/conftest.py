"""The command line as a person runs it: a process of its own; and the same in this one, for what is asked many times."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.app.cli import main

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def comity(tmp_path: Path) -> Run:
    """Run `comity ARGUMENTS` in a folder (default: an empty one) and return what it said and its exit code."""

    def run(*arguments: str | Path, cwd: Path = tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "comity", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


@pytest.fixture
def inside(tmp_path: Path) -> Run:
    """Do as `comity` does in this process, without the second that a process takes to begin."""

    def run(*arguments: str | Path, cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        given = [str(one) for one in arguments]
        data, words = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
        with (
            contextlib.chdir(cwd),
            contextlib.redirect_stdout(data),
            contextlib.redirect_stderr(words),
            pytest.raises(SystemExit) as left,
        ):
            main(given)
        assert isinstance(left.value.code, int)
        return subprocess.CompletedProcess(given, left.value.code, _text(data), _text(words))

    return run


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read().replace("\r\n", "\n")
