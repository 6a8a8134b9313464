"""Sentences a second from raw text to events, on one core: python benchmarks/coding.py [FILE ...].

Reads plain text, one sentence a line, or the labelled sentences of training/ where no file is given; each line is coded as
a text of its own, as `comity code` does with JSONL, mentions and dates included. Says the processor's seconds (which a busy
machine hardly changes) beside the clock's, and what each stage takes.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from comity.coding import code_texts
from comity.language import find_dates, find_mentions, tokenise

SENTENCES = Path(__file__).resolve().parent.parent / "training" / "sentences"


def texts() -> list[str]:
    if len(sys.argv) > 1:
        return [
            line
            for file in sys.argv[1:]
            for line in Path(file).read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
    lines = (line for file in sorted(SENTENCES.glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines())
    return [re.sub(r"\[(?:[\d,]+:)?([^\[\]]+)\]", r"\1", line.split(" | ")[1]) for line in lines if " | " in line]


def measured(name: str, work: Callable[[], object], count: int) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{name:42} {count / processor:9,.0f} a second of processor, {count / wall:9,.0f} by the clock")


def main() -> None:
    given = texts()
    characters = sum(map(len, given)) / len(given)
    print(f"Python {sys.version.split()[0]}, {len(given):,} sentences of {characters:.0f} characters, one core")
    list(code_texts((str(number), text, None) for number, text in enumerate(given[:500])))  # what loads once
    measured("tokens", lambda: [tokenise(text) for text in given], len(given))
    measured("tokens and mentions", lambda: [find_mentions(text) for text in given], len(given))
    measured("dates", lambda: [find_dates(text) for text in given], len(given))
    measured(
        "raw text to events and positions",
        lambda: list(code_texts((str(number), text, None) for number, text in enumerate(given))),
        len(given),
    )


if __name__ == "__main__":
    main()
