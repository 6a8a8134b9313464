"""Texts in JSONL for runs at scale, and the command line as processes that can be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SAID = (
    "French President Hélène Marchand visited India on {day} March 2018.",
    "Brazil condemned the shelling of the border town by Argentine troops on {day} May 2019.",
    "The weather in the valley was fine for the {day}th day in a row.",
    "Kenya and Uganda signed an agreement on trade in Kampala on {day} June 2017.",
)


def write_lines(path: Path, count: int) -> Path:
    """Write so many texts, each with an id of its own, and return the path."""
    lines = (
        json.dumps({"id": f"{path.stem}-{n}", "text": SAID[n % 4].format(day=n % 27 + 1), "date": "2019-06-01"})
        for n in range(count)
    )
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def begin(*arguments: str | Path, cwd: Path, python: str = sys.executable) -> subprocess.Popen[str]:
    """Start `comity code ARGUMENTS` as a process."""
    return subprocess.Popen(
        [python, "-m", "comity", "code", *map(str, arguments)],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def receipts(folder: Path) -> set[str]:
    """Return the names of the shards that are finished."""
    return {path.stem for path in folder.glob("receipts/*.json")}


def wait_until(true: Callable[[], bool], seconds: float = 100.0) -> None:
    """Wait for something, or fail."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.005)


def parents() -> dict[int, int]:
    """Return the parent of every process of the machine; Linux only."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if after_name[0] != "Z":
            found[int(place.name)] = int(after_name[1])
    return found


def below(process: int) -> list[int]:
    """Return the processes that a process started, and those that these started."""
    found, held = [process], parents()
    for each in found:
        found += [child for child, parent in held.items() if parent == each]
    return found[1:]


def command_of(process: int) -> str:
    """Return a process's command line; empty where it is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a run's folder but the lock, which holds the number of a process."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def kill(process: int) -> None:
    """Kill a process as `kill -9` does."""
    os.kill(process, 9)
