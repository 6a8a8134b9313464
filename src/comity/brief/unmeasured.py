"""Measures without a figure, those that lack it for one reason told together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.brief.wording import listed
from comity.terms import Measure


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Measures that nothing on record answers, for one reason.

    Attributes:
        measures: in the order of the page.
        title: their titles; what stands alike before or after the colon of several is said once.
        why: of one measure its sentence; of several the reason that their sentences share.
    """

    measures: tuple[Measure, ...]
    title: str
    why: str


def unmeasured(measures: Sequence[Measure]) -> tuple[Unmeasured, ...]:
    """Return the measures without inputs by their reason, in the order of the first of each.

    The reason is what a measure's sentence says after its first colon; a sentence without one stands alone.
    """
    by_reason: dict[str, list[Measure]] = {}
    for one in measures:
        if not one.inputs:
            _, _, reason = one.summary.partition(": ")
            by_reason.setdefault(reason or one.id, []).append(one)
    return tuple(
        Unmeasured(
            tuple(found),
            _titles([one.title for one in found]),
            reason[:1].upper() + reason[1:] if len(found) > 1 else found[0].summary,
        )
        for reason, found in by_reason.items()
    )


def _titles(titles: Sequence[str]) -> str:
    """Return titles as one: "Mean growth and Outlook: Trade, Exports" where both are asked of the same two lines."""
    of_head: dict[str, list[str]] = {}
    for title in titles:
        head, _, line = title.partition(": ")
        of_head.setdefault(head, []).append(line)
    heads: dict[tuple[str, ...], list[str]] = {}
    for head, lines in of_head.items():
        heads.setdefault(tuple(lines), []).append(head)
    named = ((lines, _listed(alike)) for lines, alike in heads.items())
    return "; ".join(f"{alike}: {', '.join(lines)}" if all(lines) else alike for lines, alike in named)


def _listed(titles: Sequence[str]) -> str:
    """Return titles as one list; an article has its capital at the beginning only."""
    first, *others = titles
    return listed([first, *(f"the {one[4:]}" if one.startswith("The ") else one for one in others)])
