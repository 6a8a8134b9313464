"""How far a long run is, on stderr: a bar with rate and time left where a person looks, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from comity.app.output import is_quiet, say

# Off a terminal (a log, a batch system) so many seconds pass between two lines.
_SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def pace(words: str, *, total: int, done: int, noun: str = "texts") -> Iterator[Callable[[int], None]]:
    """Show a run's progress while the block runs; yield what is called with each number of texts that are done.

    Args:
        words: what is done, in a word or two.
        total: how many texts there are.
        done: how many earlier runs have done; they count for the bar and not for the rate.
        noun: what the texts are called.
    """
    if is_quiet():
        yield lambda _: None
        return
    if not sys.stderr.isatty():
        yield _Log(total, done, noun).step
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    rate = _Rate(total, done, noun)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=done)

        def step(count: int) -> None:
            rate.add(count)
            bar.update(task, advance=count, description=rate.words)

        yield step


class _Rate:
    """Texts a second of this run, and what that leaves to wait."""

    def __init__(self, total: int, done: int, noun: str) -> None:
        self.total = total
        self.done = done
        self._noun = noun
        self._earlier = done
        self._begun = time.monotonic()

    def add(self, count: int) -> None:
        self.done += count

    @property
    def words(self) -> str:
        a_second = (self.done - self._earlier) / max(time.monotonic() - self._begun, 1e-6)
        left = timedelta(seconds=round((self.total - self.done) / a_second)) if a_second > 0 else "unknown"
        return f"{a_second:,.{0 if a_second >= 10 else 1}f} {self._noun}/s, {left} left"


class _Log:
    """The same for a place where lines stay."""

    def __init__(self, total: int, done: int, noun: str) -> None:
        self._rate = _Rate(total, done, noun)
        self._told = time.monotonic()

    def step(self, count: int) -> None:
        self._rate.add(count)
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            say(f"{self._rate.done:,} of {self._rate.total:,}, {self._rate.words}.")
