"""Reading without the search for circles of objects that Python makes again and again while objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_paused() -> Iterator[None]:
    """Put the search off while one file is read.

    Readers make hundreds of thousands of objects that stay, and hardly a circle: each search goes through them for nothing.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
