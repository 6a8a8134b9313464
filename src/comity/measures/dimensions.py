"""The dimensions of a relation whose heading can be told: amounts, votes, and counts of acts, each with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.measures.alignment import FEWEST_VOTES, IDEAL, agreement_of, ideal_points, roll_calls
from comity.measures.candidates import citation
from comity.measures.headings import Heading, heading_of, heading_of_counts
from comity.measures.histories import History, refusal
from comity.measures.lines import Line
from comity.measures.votes_ahead import heading_of_agreement, heading_of_distance, votes_refusal
from comity.measures.wording import plural, year_label
from comity.terms import Dyad, Observation

# Below six years or ten acts the probabilities of counts are little but the prior.
FEWEST_COUNT_YEARS = 6
FEWEST_ACTS = 10
TRADE, VOTES = "trade", "votes"
COUNTED = ("contacts", "cooperation", "conflict")
# By the beginning of a line's key. Of these more is counted as better: the sides have more to do with each other.
_KINDS = {
    "total-trade": TRADE,
    "services-": "services",
    "fdi-": "investment",
    "oda-": "aid",
    "tourists-": "people",
    "students-": "people",
}
# Of these more is neither better nor worse by itself.
_UNDECIDED = ("arms-transfers-", "migrants-", "remittances-")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a relation with its probabilities.

    Attributes:
        name: for people ("trade", "contacts").
        heading: what its figures do.
        inputs: the ids of what it rests on.
        more_is_better: False where a rise is a worsening (conflict, the distance of votes).
        kind: dimensions of one kind share one weight; "" for one of its own.
        basis: what it rests on, for people: years and source.
        last: the last year that it rests on, after which its next years begin; None where it is not known.
    """

    name: str
    heading: Heading
    inputs: tuple[str, ...]
    more_is_better: bool = True
    kind: str = ""
    basis: str = ""
    last: int | None = None

    @property
    def probabilities(self) -> tuple[float, float, float]:
        """Improving, steady, worsening."""
        rising, steady, falling = self.heading.rising, self.heading.steady, self.heading.falling
        return (rising, steady, falling) if self.more_is_better else (falling, steady, rising)

    @property
    def shared(self) -> str:
        """The kind whose weight it shares."""
        return self.kind or self.name


@dataclass(frozen=True, slots=True)
class Untold:
    """A dimension that has no probabilities, and why, in words that continue a sentence."""

    name: str
    why: str


def is_undecided(line: Line) -> bool:
    """Whether a rise of the line is neither better nor worse by itself, so that it is left out."""
    return line.key.startswith(_UNDECIDED)


def of_line(line: Line) -> Dimension | Untold | None:
    """Return the dimension of a line of amounts; None for a line that is none."""
    kind = next((kind for start, kind in _KINDS.items() if line.key.startswith(start)), None)
    if kind is None:
        return None
    name = TRADE if kind == TRADE else line.title
    years = [point.period.start.year if point.period.start is not None else 0 for point in line.points]
    values = [float(point.figure.value) for point in line.points]
    why = refusal(years, values, lambda year: year_label(year, line.points[0].period))
    if why:
        return Untold(name, why)
    basis = f"{line.points[0].period.label} to {line.points[-1].period.label} ({citation(line.source)})"
    return Dimension(
        name,
        heading_of(History.of(years, values)),
        line.inputs,
        kind=kind,
        basis=basis,
        last=line.points[-1].period.last_year,
    )


def of_votes(dyad: Dyad, observations: Sequence[Observation], *, on: date | None = None) -> Dimension | Untold:
    """Return the dimension of votes in the UN General Assembly: nearer is better.

    The distance of ideal points, which resolutions that come again make comparable over the years, goes before the share of
    like votes, which changes with what is put to a vote; only one of the two counts. A year that is not over on the day
    `on` is left out.
    """
    before = on.year if on is not None else 9999
    points = ideal_points(dyad, observations)
    gaps = {}
    if points is not None:
        for year, found in points.years.items():
            if year < before:
                first, second = (float(found[side, IDEAL].quantity.value) for side in (dyad.first, dyad.second))
                gaps[year] = first - second
        if not votes_refusal(gaps):
            inputs = tuple(one.id for year in gaps for one in points.years[year].values())
            basis = f"the distance of ideal points {_span(gaps)} ({citation(points.source)})"
            return Dimension(
                VOTES, heading_of_distance(gaps), inputs, more_is_better=False, basis=basis, last=max(gaps)
            )
    calls = roll_calls(dyad, observations)
    counted = {year: agreement_of(found) for year, found in calls.years.items()} if calls is not None else {}
    shares = {
        year: 100 * share for year, (number, share) in counted.items() if number >= FEWEST_VOTES and year < before
    }
    if calls is not None and not votes_refusal(shares):
        inputs = tuple(one.id for year in shares for one in calls.years[year].values())
        basis = f"the share of like votes {_span(shares)} ({citation(calls.source)})"
        return Dimension(VOTES, heading_of_agreement(shares), inputs, basis=basis, last=max(shares))
    if not gaps and not shares:
        return Untold(VOTES, "no ideal points of both sides and no roll calls with both are on record")
    what = "ideal points" if gaps else "roll calls"
    return Untold(VOTES, f"{what}: {votes_refusal(gaps or shares)}")


def of_counts(
    name: str, by_year: Mapping[int, tuple[str, ...]], on: date | None, *, more_is_better: bool = True
) -> Dimension | Untold:
    """Return the dimension of acts by year, years without one included; a year not over on the day `on` is left out."""
    years = sorted(year for year in by_year if on is None or year < on.year)
    last = on.year - 1 if on is not None else years[-1] if years else 0
    counts = [len(by_year.get(year, ())) for year in range(years[0], last + 1)] if years else []
    acts = "contact" if name == "contacts" else f"act of {name}"
    many = acts.replace("contact", "contacts").replace("act of", "acts of")
    found = f"{sum(counts)} {acts if sum(counts) == 1 else many}"
    if len(counts) < FEWEST_COUNT_YEARS or sum(counts) < FEWEST_ACTS:
        return Untold(
            name,
            f"{found} in {plural(len(counts), 'full year')} on record, and {FEWEST_ACTS} in {FEWEST_COUNT_YEARS} are needed",
        )
    inputs = tuple(one for year in years for one in by_year[year])
    basis = f"{found} on record, {years[0]} to {last}"
    return Dimension(name, heading_of_counts(counts), inputs, more_is_better, basis=basis, last=last)


def _span(figures: Mapping[int, float]) -> str:
    return f"{min(figures)} to {max(figures)}"
