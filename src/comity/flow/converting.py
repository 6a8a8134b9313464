"""Lines of annual figures brought to other years, currencies, prices or units, from a view of the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from comity import measures
from comity.terms import Dyad, Measure, Observation, UnknownCode


def converted_lines(
    dyad: Dyad,
    observations: Sequence[Observation],
    keys: Sequence[str],
    into: Sequence[str],
    asked: Collection[str] = (),
) -> tuple[Measure, ...]:
    """Return each of the lines that the keys name after the conversions, in order, as a measure.

    `asked` are the ids of series from which the lines are taken before all others.

    Raises:
        UnknownCode: there is no such line, or no such conversion; the message lists what there is.
    """
    lines = {line.key: line for line in measures.lines_of(dyad, observations, asked=asked)}
    for key in keys or ("",):
        if key not in lines:
            raise UnknownCode(
                f"there is no line {key!r} to convert." if key else "no line is named to convert.", remedy=_known(lines)
            )
    return tuple(
        measures.conversion(dyad, measures.convert(lines[key], into, dyad, observations)) for key in dict.fromkeys(keys)
    )


def _known(lines: dict[str, measures.Line]) -> str:
    if not lines:
        return "No line of annual figures between the two states is on record."
    named = (f"{key} ({line.title}, {line.unit})" for key, line in lines.items())
    return f"Lines on record are: {', '.join(named)}."
