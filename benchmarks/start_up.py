"""Seconds that a person waits for the command line, process start included: median and range of several runs.

Seconds of the clock, with the median of the processor's beside them, which a busy machine moves less. A command that
fails stops the benchmark: what it takes to fail is no measurement.
"""

from __future__ import annotations

import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = Path(sys.executable).with_name("comity")
# Where no script is installed beside this Python, its own module is what a person starts.
COMITY = [str(SCRIPT)] if SCRIPT.is_file() else [sys.executable, "-m", "comity"]
BRIEF = ROOT / "examples" / "pakistan-japan" / "sources" / "issue-brief-2018.md"
RUNS = 9


def seconds(command: list[str], folder: Path) -> tuple[list[float], float]:
    """Return the clock's seconds of each run, sorted, and the processor's median; the first (which fills the disk's cache) is left out."""
    taken, used = [], []
    for _ in range(RUNS + 1):
        start, before = time.perf_counter(), _processor()
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        taken.append(time.perf_counter() - start)
        used.append(_processor() - before)
        if done.returncode > 1:  # 1 says that there are findings
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return sorted(taken[1:]), statistics.median(used[1:])


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    drafts = [Path(argument) for argument in sys.argv[1:]] or [BRIEF]
    print(f"Python {platform.python_version()}, {platform.machine()}, {RUNS} runs each")
    commands = {"python -c pass": [sys.executable, "-c", "pass"]}
    commands |= {f"comity {words}": [*COMITY, *words.split()] for words in ("--version", "--help", "status")}
    commands |= {f"comity check {draft.name}": [*COMITY, "check", str(draft.resolve())] for draft in drafts}
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name) / "workspace"
        subprocess.run([*COMITY, "init", "PAK", "JPN", str(workspace)], check=True, capture_output=True)
        for shown, command in commands.items():
            taken, used = seconds(command, workspace)
            print(
                f"{shown:45} median {statistics.median(taken):.2f} s, range {taken[0]:.2f} to {taken[-1]:.2f} s; "
                f"processor {used:.2f} s"
            )


if __name__ == "__main__":
    main()
