"""`comity code --out` at scale: sentences a second for one and two jobs, and the most memory of parent and workers.

Sentences are made here from patterns with many names, so that nothing is downloaded and each is different. A run is a
process of its own, its start included; memory is the highest resident set of each process (VmHWM), looked up every
tenth of a second, so Linux only. CPU seconds are those of the whole run: where a machine is busy with other things, they
tell what the wall seconds would be on a quiet one. Usage: scale.py [--sentences 10000 100000] [--jobs 1 2] [--format jsonl] [--million]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STATES = "France India Brazil Argentina Kenya Uganda Japan Norway Vietnam Ghana Chile Nepal Egypt Poland".split()
OFFICES = ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "Ambassador")
# Surnames are put together from these, a hundred thousand of them: what remembers words must not grow with them.
SYLLABLES = "ka mo re lin to sa vi du na be ro ha mi ste gor ban ze fu al ter".split()
TOPICS = ("trade", "water", "nuclear safety", "migration", "fisheries", "rail links", "counter-terrorism", "tariffs")
SAID = (
    "{a}'s {office} {name} visited {b} on {day} {month} {year} to discuss {topic}.",
    "{a} and {b} signed an agreement on {topic} in {month} {year}, officials said.",
    "{a} accused {b} of breaking the accord on {topic}, which {name} called regrettable.",
    "The {office} of {a}, {name}, said talks with {b} on {topic} would resume next week.",
    "Prices of coffee rose for the {day}th day, and {name} expected {topic} to matter little.",
    "Farmers in the north waited for rain, while schools reopened after {day} days of holidays.",
    "{a} rejected a proposal by {b} to widen the treaty on {topic} before {month} {year}.",
    "Troops of {a} shelled a village across the border of {b} on {month} {day}, witnesses said.",
)
MONTHS = "January February March April May June July August September October November December".split()


def write_sentences(path: Path, count: int, seed: int = 7) -> None:
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            a, b = chance.sample(STATES, 2)
            text = chance.choice(SAID).format(
                a=a,
                b=b,
                office=chance.choice(OFFICES),
                name="".join(chance.choices(SYLLABLES, k=4)).capitalize(),
                topic=chance.choice(TOPICS),
                day=chance.randint(1, 28),
                month=chance.choice(MONTHS),
                year=chance.randint(1990, 2024),
            )
            stream.write(json.dumps({"id": f"s{number}", "text": text, "date": "2024-12-31"}) + "\n")


def status_of(process: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return {}
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def below(process: int) -> list[int]:
    try:
        words = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [each for child in map(int, words) for each in (child, *below(child))]


def measured(command: list[str], *, place: Path | None = None) -> tuple[float, float, int, list[int]]:
    """Run a command in a folder; return its wall and CPU seconds, and the highest MB of the process and of each of its children.

    A command that ends with 1 left some of the files out, which it names on stderr; it did the rest.
    """
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    most: dict[int, int] = {}
    with tempfile.TemporaryFile("w+") as words:  # a pipe that nobody reads would fill and hold the command up
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=words, text=True, cwd=place)
        while running.poll() is None:
            for process in (running.pid, *below(running.pid)):
                if high := status_of(process).get("VmHWM"):
                    most[process] = int(high.split()[0]) // 1024
            time.sleep(0.1)
        if running.returncode not in (0, 1):
            words.seek(0)
            sys.exit(f"{' '.join(command)} ended with {running.returncode}:\n{words.read()[-4000:]}")
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    parent = most.pop(running.pid, 0)
    return seconds, processor, parent, sorted(most.values(), reverse=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sentences", type=int, nargs="+", default=[10_000, 100_000])
    asked.add_argument("--million", action="store_true", help="1,000,000 sentences too")
    asked.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    asked.add_argument("--format", default="jsonl")
    given = asked.parse_args()
    cores = len(os.sched_getaffinity(0))
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Python {platform.python_version()}, {platform.machine()}, {cores} cores, load {load} before")
    print(
        f"{'sentences':>10} {'jobs':>4} {'seconds':>8} {'a second':>9} {'CPU s':>7} {'parent MB':>9} {'each worker MB'}"
    )
    for count in [*given.sentences, *([1_000_000] if given.million else [])]:
        with tempfile.TemporaryDirectory() as folder:
            texts = Path(folder) / "texts.jsonl"
            write_sentences(texts, count)
            for jobs in given.jobs:
                out = Path(folder) / f"out-{jobs}"
                command = [sys.executable, "-m", "comity", "code", str(texts), "--out", str(out)]
                seconds, processor, parent, workers = measured(
                    [*command, "--jobs", str(jobs), "--format", given.format]
                )
                row = f"{count:>10,} {jobs:>4} {seconds:>8.1f} {count / seconds:>9,.0f} {processor:>7.1f} {parent:>9}"
                print(row, " ", " ".join(map(str, workers)), flush=True)


if __name__ == "__main__":
    main()
