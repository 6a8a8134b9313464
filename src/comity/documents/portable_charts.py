"""Charts: the figures along their axes stand in lines and columns as those of a table do, and are none."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

_TICK = re.compile(r"[-–−+]?[$€£¥]?(?P<figure>\d{1,3}(?:[, ]\d{3}){1,4}|\d{1,9}(?:\.\d{1,6})?)\s?%?")
# An axis has so many figures, and one along the foot so many; what lies between these is a year.
_UP, _ALONG = 4, 5
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
# The steps of an axis, times a power of ten.
_STEPS = (1.0, 2.0, 2.5, 5.0)


def is_chart(rows: Sequence[Sequence[tuple[int, str]]]) -> bool:
    """Whether rows of cells, each with its column, hold an axis.

    Its figures fall by round steps from line to line, or rise from nought along the foot.
    """
    columns: defaultdict[int, list[float | None]] = defaultdict(list)
    for row in rows:
        for column, text in row:
            columns[column].append(_tick(text))
    if any(_is_axis([tick for tick in ticks if tick is not None]) for ticks in columns.values()):
        return True
    for row in rows[-2:]:
        found = [tick for _, text in row if (tick := _tick(text)) is not None]
        if len(found) >= _ALONG and found[0] == 0 and _falls(found[::-1]):
            return True
    return False


def _tick(text: str) -> float | None:
    match = _TICK.fullmatch(text.strip())
    if match is None:
        return None
    value = float(re.sub(r"[, ]", "", match["figure"]))
    return -value if text.strip()[0] in "-–−" else value


def _is_axis(ticks: Sequence[float]) -> bool:
    """Whether all the figures of a column fall by one round step; what stands below them may be of the axis along the foot."""
    return any(len(own) >= _UP and _falls(own) for own in (ticks, ticks[:-1]))


def _falls(ticks: Sequence[float]) -> bool:
    """Whether figures fall by one round step, each a whole number of times the step, and are no years."""
    step = ticks[0] - ticks[1]
    if step <= 0 or all(_FIRST_YEAR < tick < _LAST_YEAR and tick.is_integer() for tick in ticks):
        return False
    power = 10.0 ** math.floor(math.log10(step))
    if not any(math.isclose(step, one * power, rel_tol=1e-6) for one in _STEPS):
        return False
    return all(
        math.isclose(above - below, step, rel_tol=1e-6) and abs(below / step - round(below / step)) < 1e-6
        for above, below in pairwise(ticks)
    )
