"""What the headings of UN votes are worth on thousands of dyads, and their calibration.

Reads ideal points (`data/un_idealpoints.parquet`, Bailey, Strezhnev and Voeten) and roll calls (`data/un_votes.parquet`,
`data/un_roll_calls.parquet`, Voeten, Strezhnev and Bailey) under --shared. States, not dyads, fall into two halves by a
digest of their codes or names: a state's turn moves all its dyads, so that dyads of one state in both halves would tell on each
other. A dyad belongs to a half with both sides; dyads across are not used. An origin is a year with a figure from which
a heading can be made and three years with figures after it. A year with fewer than ten common roll calls has no agreement.
--calibrate makes src/comity/measures/data/ideal-points.json and agreement.json from the tuning half; without it, everything is told
of the other half, which nothing was chosen on.
Usage: votes.py --shared ../shared [--calibrate]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from comity.measures import (
    STEADY_AGREEMENT,
    STEADY_DISTANCE,
    Calibration,
    Expected,
    Heading,
    arc,
    calibration,
    expected_agreement,
    expected_gap,
    heading_of_agreement,
    heading_of_distance,
    votes_refusal,
)

PROBABILITIES = (0.01, 0.025, *(step / 100 for step in range(5, 100, 5)), 0.975, 0.99)
FOLDER = Path(__file__).resolve().parent.parent / "src/comity/measures/data"
FEWEST_VOTES = 10
RULE = "dyads whose two states both fall into the half whose digest is even; origins {} to {}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of figure: what is expected of it, its heading, and what came of it."""

    name: str
    source: str
    read: Callable[[Path], tuple[list[str], int, np.ndarray]]
    expected: Callable[[Mapping[int, float]], Expected]
    heading: Callable[..., Heading]
    band: float


def ideal_points(shared: Path) -> tuple[list[str], int, np.ndarray]:
    """Return states, first year, and the gap of each two states by year; NaN where there is none."""
    table = (shared / "data" / "un_idealpoints.parquet").as_posix()
    rows = duckdb.execute(
        f"select ccode, year::int, idealpointall from '{table}' where idealpointall is not null order by all"
    ).fetchall()
    states = sorted({str(code) for code, _, _ in rows})
    first, last = min(year for _, year, _ in rows), max(year for _, year, _ in rows)
    held = np.full((len(states), last - first + 1), np.nan)
    place = {state: number for number, state in enumerate(states)}
    for code, year, point in rows:
        held[place[str(code)], year - first] = point
    return states, first, held[:, None, :] - held[None, :, :]


def agreement(shared: Path) -> tuple[list[str], int, np.ndarray]:
    """Return states, first year, and the share of like votes of each two states by year, in per cent."""
    folder = (shared / "data").as_posix()
    held = duckdb.execute(
        f"""select country, rcid, vote, year(date)::int as year from '{folder}/un_votes.parquet'
        join '{folder}/un_roll_calls.parquet' using (rcid) order by all"""
    ).df()
    states = sorted(held["country"].unique())
    place = {state: number for number, state in enumerate(states)}
    first, last = int(held["year"].min()), int(held["year"].max())
    shares = np.full((len(states), len(states), last - first + 1), np.nan)
    for year, cast in held.groupby("year"):
        calls = {call: number for number, call in enumerate(cast["rcid"].unique())}
        sides, columns = cast["country"].map(place).to_numpy(), cast["rcid"].map(calls).to_numpy()
        votes = {}
        for vote in ("yes", "no", "abstain"):
            votes[vote] = np.zeros((len(states), len(calls)))
            chosen = (cast["vote"] == vote).to_numpy()
            votes[vote][sides[chosen], columns[chosen]] = 1
        part = votes["yes"] + votes["no"] + votes["abstain"]
        common, alike = part @ part.T, np.sum([one @ one.T for one in votes.values()], axis=0)
        against = votes["yes"] @ votes["no"].T
        half = common - alike - against - against.T
        with np.errstate(divide="ignore", invalid="ignore"):
            shares[:, :, int(str(year)) - first] = np.where(
                common >= FEWEST_VOTES, 100 * (alike + half / 2) / common, np.nan
            )
    return states, first, shares


KINDS = (
    Kind(
        "ideal-points",
        "Ideal points of all votes in the UN General Assembly (Bailey, Strezhnev and Voeten, file of July 2025)",
        ideal_points,
        expected_gap,
        heading_of_distance,
        STEADY_DISTANCE,
    ),
    Kind(
        "agreement",
        "Roll calls of the UN General Assembly 1946-2019 (Voeten, Strezhnev and Bailey), shares of like votes as arcs",
        agreement,
        expected_agreement,
        heading_of_agreement,
        STEADY_AGREEMENT,
    ),
)


def in_tuning_half(state: str) -> bool:
    return int(hashlib.sha256(state.encode()).hexdigest(), 16) % 2 == 0


def origins(
    kind: Kind, shared: Path, *, tuning: bool, every: int = 1
) -> Iterator[tuple[int, int, dict[int, float], list[float]]]:
    """Yield the dyad's number, the year, the figures up to it and the next three, at each origin of a half's dyads, or one in so many."""
    states, first, figures = kind.read(shared)
    of_half = [number for number, state in enumerate(states) if in_tuning_half(state) is tuning]
    number = 0
    for place, one in enumerate(of_half):
        for other in of_half[place + 1 :]:
            number += 1
            if number % every:
                continue
            line = figures[one, other].tolist()
            for last in range(len(line) - 3):
                ahead = line[last + 1 : last + 4]
                if math.isnan(line[last]) or any(math.isnan(figure) for figure in ahead):
                    continue
                held = {
                    first + year: line[year] for year in range(max(last - 15, 0), last + 1) if line[year] == line[year]
                }
                if not votes_refusal(held):
                    yield number, first + last, held, ahead


def outcome(kind: Kind, held: dict[int, float], ahead: list[float]) -> tuple[float, float]:
    """Return what came less what was expected, in the spread's unit, and by how much the level of three years changed.

    A gap's error counts away from the other side; its change is that of the distance, a share's is in percentage points.
    """
    expected = kind.expected(held)
    if kind.name == "ideal-points":
        came, sign = math.fsum(ahead) / 3, -1 if expected.level < 0 else 1
        return sign * (came - expected.centre) / expected.spread, abs(came) - abs(expected.level)
    came = math.fsum(arc(share) for share in ahead) / 3
    change = 100 * (math.sin(came) ** 2 - math.sin(expected.level) ** 2)
    return (came - expected.centre) / expected.spread, change


def tuned(kind: Kind, shared: Path) -> np.ndarray:
    """Return a row an origin of the tuning half: the dyad's number, the year, the scaled error, the change."""
    rows = [
        (number, year, *outcome(kind, held, ahead)) for number, year, held, ahead in origins(kind, shared, tuning=True)
    ]
    return np.array(rows)


def calibration_of(kind: Kind, tuning: np.ndarray, until: int = 9999) -> Calibration:
    """Return the quantiles of the errors that were known by the end of a year."""
    used = tuning[tuning[:, 1] + 3 <= until]
    quantiles = tuple(round(float(one), 4) for one in np.quantile(used[:, 2], PROBABILITIES))
    source = f"{kind.source}; {RULE.format(int(used[:, 1].min()), int(used[:, 1].max()))}"
    return Calibration(source, len(np.unique(used[:, 0])), len(used), PROBABILITIES, {"heading": quantiles})


def outcomes(changes: np.ndarray, band: float) -> np.ndarray:
    """Return a row a change: risen, steady, fallen."""
    return np.column_stack([changes > band, np.abs(changes) <= band, changes < -band]).astype(float)


def tell(kind: Kind, shared: Path) -> None:
    """Print reliability, Brier scores and coverage on the unseen half, all years and after what was known in 2000."""
    tuning = tuned(kind, shared)
    held, past = calibration(kind.name), calibration_of(kind, tuning, until=2000)
    base = outcomes(tuning[:, 3], kind.band).mean(axis=0)
    rows = []
    for number, year, figures, ahead in origins(kind, shared, tuning=False):
        row = [number, year, *outcome(kind, figures, ahead)]
        for one in (held, past):
            found = kind.heading(figures, errors=one)
            row += [found.rising, found.steady, found.falling]
        rows.append(row)
    table = np.array(rows)
    print(
        f"\n{kind.name}: {len(np.unique(table[:, 0])):,} unseen dyads, {len(table):,} origins; steady within {kind.band}"
    )
    came = outcomes(table[:, 3], kind.band)
    everything = np.ones(len(table), dtype=bool)
    late = table[:, 1] > 2000
    score(table[:, 4:7], came, base, "all origins", everything)
    score(table[:, 7:10], came, base, "origins after 2000, calibrated on what was known in 2000", late)
    for title, one, chosen in (("all", held, everything), ("after 2000 from 2000", past, late)):
        shares = []
        for level in (0.8, 0.95):
            low, high = one.bounds("heading", level)
            errors = table[chosen, 2]
            shares.append(f"{level:.0%}: {np.mean((errors >= low) & (errors <= high)):.1%}")
        print(f"  coverage of the next three years' mean, {title}: {', '.join(shares)}")
    for first in range(1950, 2020, 10):
        chosen = (table[:, 1] >= first) & (table[:, 1] < first + 10)
        if chosen.any():
            said, truth = table[chosen, 4:7].mean(axis=0), came[chosen].mean(axis=0)
            low, high = held.bounds("heading", 0.8)
            inside = np.mean((table[chosen, 2] >= low) & (table[chosen, 2] <= high))
            print(f"  {first}s said {np.round(said, 2)} came {np.round(truth, 2)}, 80 % covers {inside:.1%}")


def score(said: np.ndarray, came: np.ndarray, base: np.ndarray, title: str, chosen: np.ndarray) -> None:
    """Print the reliability of the three probabilities and their Brier score beside base rates and "steady"."""
    told, truth = said[chosen], came[chosen]
    print(f"  {title}: {len(told):,}; what came: rising, steady, falling {np.round(truth.mean(axis=0), 3)}")
    for column, name in enumerate(("rising", "steady", "falling")):
        cells = []
        for low in np.arange(0, 1, 0.1):
            within = (told[:, column] >= low) & (told[:, column] < low + 0.1)
            if within.sum() >= 1000:
                cells.append(f"{told[within, column].mean():.2f}->{truth[within, column].mean():.2f}")
        print(f"    {name:8} said -> came  {'  '.join(cells)}")
    scores = [((one - truth) ** 2).sum(axis=1).mean() for one in (told, base, np.array([0.0, 1.0, 0.0]))]
    print(
        f"    Brier score {scores[0]:.4f}, of the tuning half's base rates {scores[1]:.4f}, of steady {scores[2]:.4f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--calibrate", action="store_true")
    arguments = parser.parse_args()
    for kind in KINDS:
        if not arguments.calibrate:
            tell(kind, arguments.shared)
            continue
        found = calibration_of(kind, tuned(kind, arguments.shared))
        held = {
            "source": found.source,
            "dyads": found.dyads,
            "cases": found.cases,
            "probabilities": PROBABILITIES,
            "errors": {"heading": found.errors["heading"]},
        }
        (FOLDER / f"{kind.name}.json").write_text(json.dumps(held, indent=None) + "\n", encoding="utf-8")
        print(f"{kind.name}.json from {found.dyads:,} dyads, {found.cases:,} origins")


if __name__ == "__main__":
    main()
