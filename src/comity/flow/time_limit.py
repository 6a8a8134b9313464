"""A limit of time for work that nothing but a signal ends, such as one long query."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from comity.statistics import stoppable


class TimeUp(Exception):
    """The time for a piece of work is over."""


@contextmanager
def time_up(seconds: float) -> Iterator[None]:
    """Raise TimeUp out of the block when so many seconds are over.

    The block is ended as Ctrl-C ends it, by a KeyboardInterrupt from an alarm, which DuckDB heeds within a query too. Where
    there is no alarm (Windows, or outside the main thread), or somebody else has set one, the block is left to itself.

    Args:
        seconds: how long the block may last.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    if signal.getitimer(signal.ITIMER_REAL)[0] > 0:
        yield
        return
    rang = False

    def ring(number: int, frame: FrameType | None) -> None:
        nonlocal rang
        rang = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, ring)
    try:
        # A timer of zero would be none.
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
        try:
            with stoppable():
                yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except KeyboardInterrupt:
        if rang:
            raise TimeUp from None
        raise
    finally:
        signal.signal(signal.SIGALRM, before)
