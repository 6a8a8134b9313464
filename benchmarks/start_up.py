"""Seconds that a person waits for the command line, process start included: median and range of several runs."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMITY = Path(sys.executable).with_name("comity")
BRIEF = ROOT / "examples" / "pakistan-japan" / "sources" / "issue-brief-2018.md"
RUNS = 9


def seconds(command: list[str]) -> list[float]:
    """Return the wall seconds of each run, the first (which fills the disk's cache) left out."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False, cwd="/")
        taken.append(time.perf_counter() - start)
    return sorted(taken[1:])


def main() -> None:
    drafts = [Path(argument) for argument in sys.argv[1:]] or [BRIEF]
    print(f"Python {platform.python_version()}, {platform.machine()}, {RUNS} runs each")
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "comity --help": [str(COMITY), "--help"]}
    commands |= {f"comity check {draft.name}": [str(COMITY), "check", str(draft.resolve())] for draft in drafts}
    for name, command in commands.items():
        taken = seconds(command)
        print(f"{name:45} median {statistics.median(taken):.2f} s, range {taken[0]:.2f} to {taken[-1]:.2f} s")


if __name__ == "__main__":
    main()
