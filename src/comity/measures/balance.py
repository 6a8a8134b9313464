"""Conduct corrected for how much was reported: figures that do not grow when more is read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from comity.measures.answers import Answer, Question
from comity.measures.conduct import between, year_of
from comity.measures.wording import plural, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, MergedEvent

# Fewer scored acts give a balance that any one of them could turn.
FEWEST_ACTS = 5
_DRAWS = 2000
_BALANCE = Question(
    "conduct-balance",
    "Balance of cooperation and conflict, whatever the volume of reporting",
    "ratio",
    "(C - K) / (C + K), where C sums the PLOVER scores of cooperative acts between the sides and K those of conflictual acts, sign left out: "
    "reading twice as much doubles both. 1: cooperation only; -1: conflict only. The 95 % interval is a percentile bootstrap over "
    f"acts ({_DRAWS} draws; Efron 1979); it does not show that conflict is reported more readily than cooperation.",
)
_SHARE = Question(
    "share-of-acts",
    "Acts between the sides as a share of all acts on record",
    "percent",
    "Acts between the sides over all acts that the same documents report, by year, with Wilson's 95 % interval (1927): a busy "
    "year of reporting raises both.",
)


def conduct_balance(dyad: Dyad, events: Iterable[MergedEvent]) -> Measure:
    """Return the balance of cooperation and conflict by year, -1 to 1; the value is that of all years together."""
    found = [one for one in between(dyad, events) if one.event.scale]
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    if len(found) < FEWEST_ACTS:
        return _BALANCE.unanswered(
            dyad,
            f"The balance of conduct between {both} cannot be told: {plural(len(found), 'scored act')} on record, "
            f"fewer than {FEWEST_ACTS}.",
        )
    by_year: dict[int, list[MergedEvent]] = defaultdict(list)
    for one in found:
        year = year_of(one)
        if year is not None:
            by_year[year].append(one)
    points = []
    for year, acts in sorted(by_year.items()):
        value, interval = _balance(acts)
        ids = tuple(one.id for one in acts)
        points.append(MeasurePoint(str(year), value, "balance", date(year, 1, 1), date(year, 12, 31), interval, ids))
    value, whole = _balance(found)
    spread = f" ({whole.low:+.2f} to {whole.high:+.2f})" if whole is not None else ""
    summary = (
        f"Of {plural(len(found), 'scored act')} between {both} the balance is {value:+.2f}{spread}, where "
        "+1 is cooperation only and -1 conflict only; it does not depend on how much was reported."
    )
    if whole is None:
        summary += " No interval can be given: all acts lie on one side."
    ids = tuple(one.id for one in found)
    return _BALANCE.answered(dyad, summary, Answer(value, whole, tuple(points), ids))


def _balance(acts: Sequence[MergedEvent]) -> tuple[float, Interval | None]:
    import numpy as np

    scores = np.array([one.event.scale for one in sorted(acts, key=lambda one: one.id)])
    value = float(scores.sum() / np.abs(scores).sum())
    # Where all acts lie on one side every draw gives the same: a range without width would claim what nobody knows.
    if len(scores) < FEWEST_ACTS or abs(value) == 1:
        return value, None
    seed = hashlib.sha256(repr([one.id for one in acts]).encode()).digest()
    drawn = np.random.default_rng(int.from_bytes(seed[:8], "big")).integers(0, len(scores), (_DRAWS, len(scores)))
    samples = scores[drawn]
    balances = samples.sum(axis=1) / np.abs(samples).sum(axis=1)
    low, high = np.quantile(balances, [0.025, 0.975])
    return value, Interval(float(low), float(high), 0.95, "bootstrap")


def share_of_acts(dyad: Dyad, events: Iterable[MergedEvent]) -> Measure:
    """Return the sides' acts as a share of all acts on record by year, in per cent; the value is that of all years."""
    held = list(events)
    found = between(dyad, held)
    both = f"{state_name(dyad.first)} and {state_name(dyad.second)}"
    if not found:
        return _SHARE.unanswered(dyad, f"The share of acts between {both} cannot be told: none is on record.")
    of_all: dict[int, int] = defaultdict(int)
    of_dyad: dict[int, list[str]] = defaultdict(list)
    for one in held:
        year = year_of(one)
        if year is not None:
            of_all[year] += 1
    for one in found:
        year = year_of(one)
        if year is not None:
            of_dyad[year].append(one.id)
    points = []
    for year, number in sorted(of_all.items()):
        acts = of_dyad.get(year, [])
        low, high = wilson(len(acts) / number, number)
        interval = Interval(low * 100, high * 100, 0.95, "Wilson")
        share = 100 * len(acts) / number
        ids = tuple(sorted(acts))
        points.append(
            MeasurePoint(str(year), share, "share", date(year, 1, 1), date(year, 12, 31), interval, ids, number)
        )
    low, high = wilson(len(found) / len(held), len(held))
    share = 100 * len(found) / len(held)
    summary = (
        f"{len(found)} of the {plural(len(held), 'act')} on record, {share:.0f} per cent, "
        f"{'is' if len(found) == 1 else 'are'} between {both}."
    )
    caveats = (
        "The documents were chosen for this dyad, so the share says how it moves from year to year, not how large it is.",
    )
    ids = tuple(one.id for one in found)
    answer = Answer(share, Interval(low * 100, high * 100, 0.95, "Wilson"), tuple(points), ids, caveats)
    return _SHARE.answered(dyad, summary, answer)


def wilson(share: float, number: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share of `number` (Wilson 1927, JASA 22: 209-212)."""
    z = 1.959964  # the normal distribution's 97.5th percentile
    middle = (share + z * z / (2 * number)) / (1 + z * z / number)
    half = z / (1 + z * z / number) * (share * (1 - share) / number + z * z / (4 * number * number)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)
