"""What a piece of work takes, by the clock and by the processor, and a table of it."""

from __future__ import annotations

import functools
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """Seconds of the clock and of the processor, all threads together; `memory` is the most that its process held, in MiB."""

    clock: float
    processor: float
    memory: float | None = None

    def __str__(self) -> str:
        shown = f"{_seconds(self.clock)} ({_seconds(self.processor)})"
        return shown if self.memory is None else f"{shown}, {self.memory:,.0f} MiB"


def _seconds(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def taken(work: Callable[[int], object], times: int = 3) -> Taken:
    """Return the medians of some runs; each is given its number, so that it need not do the same thing twice."""
    return middle([once(functools.partial(work, number)) for number in range(times)])


def once(work: Callable[[], object]) -> Taken:
    """Return what one run takes, processes that it started and that are over by then among it."""
    clock, processor = time.perf_counter(), _used()
    work()
    return Taken(time.perf_counter() - clock, _used() - processor)


def _used() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def middle(runs: Sequence[Taken]) -> Taken:
    """Return the medians of some runs, each figure's own."""
    memory = [one.memory for one in runs if one.memory is not None]
    return Taken(
        statistics.median(one.clock for one in runs),
        statistics.median(one.processor for one in runs),
        statistics.median(memory) if memory else None,
    )


# A line of the table: what was done, what was asked of it, and by whom how long it took, or why it did not.
Line = tuple[str, str, Mapping[str, "Taken | str"]]


def table(lines: Sequence[Line], who: Sequence[str]) -> str:
    """Return lines as a table in Markdown: the clock, and the processor in brackets."""
    rows = [["", "asked", *who], ["---"] * (len(who) + 2)]
    rows += [[what, asked, *(str(found.get(one, "")) for one in who)] for what, asked, found in lines]
    widths = [max(len(row[column]) for row in rows[:1] + rows[2:]) for column in range(len(rows[0]))]
    rows[1] = ["-" * width for width in widths]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    )
