"""Merging holds its precision on a made world in which the truth is known: acts, and several imperfect reports of each."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from comity.record import merge
from comity.terms import Event
from tests.record.reports import report

DYADS = [
    ("FRA", "IND", "New Delhi"),
    ("BRA", "ARG", "Buenos Aires"),
    ("KEN", "UGA", "Kampala"),
    ("DEU", "POL", "Warsaw"),
]
FAMILY = (
    "Adler Brandt Costa Diallo Eriksen Farouk Gomes Haddad Ibarra Jansen Kamau Lopez Moreau Novak Okoth Prasad".split()
)
GIVEN = "Anna Boris Clara David Elena Felix Grace Henri".split()
RANKS = ["head-of-state", "head-of-government", "foreign-minister", "minister"]


def world(chance: random.Random, acts: int) -> tuple[list[Event], dict[str, int]]:
    """Return reports of that many visits, and the true act of each by its id.

    The world is denser than most: about one visit in four has another by the same person in the same year, which a
    report that gives the year alone cannot tell apart. A visitor holds an office for a few years and may come again; a report may drop the given name, the whole name, the
    place's city or the exact date, may give one day of the stay, or slip by a day.
    """
    holders = {
        (guest, rank, years): f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        for guest, _, _ in DYADS
        for rank in RANKS
        for years in range(1990, 2020, 5)
    }
    reports: list[Event] = []
    truth: dict[str, int] = {}
    for act in range(acts):
        guest, host, city = chance.choice(DYADS)
        first = date(1990, 1, 1) + timedelta(days=chance.randrange(365 * 30 - 10))
        last = first + timedelta(days=chance.randrange(4))
        rank = chance.choice(RANKS)
        person = holders[guest, rank, min(2015, first.year // 5 * 5)]
        for _ in range(chance.choice([1, 1, 2, 2, 3, 5])):
            number = len(reports)
            who = chance.choices([person, person.split()[1], ""], [5, 3, 2])[0]
            spec: dict[str, Any] = {
                "type": "CONSULT",
                "modes": ["visit"],
                "doc": f"doc-{chance.randrange(120)}",
                "actors": [f"{guest} {who}/{rank}"],
                "recipients": [host],
                "place": chance.choice([host, f"{host} {city}"]),
                "date": _told(chance, first, last),
            }
            reports.append(report(spec, number=number))
            truth[reports[-1].id] = act
    return reports, truth


def _told(chance: random.Random, first: date, last: date) -> str:
    kind = chance.choices(["stay", "day", "slip", "month", "year", "none"], [8, 4, 1, 3, 2, 1])[0]
    day = first + timedelta(days=chance.randrange((last - first).days + 1))
    if kind == "slip":
        day = last + timedelta(days=1)
    written = {"stay": f"{first}/{last}", "month": f"{first:%Y-%m}", "year": f"{first:%Y}", "none": ""}
    return written.get(kind, day.isoformat())


def test_made_world() -> None:
    """Of the pairs that merging joins nearly all are one act, and it finds most of the pairs that are."""
    joined: Counter[str] = Counter()
    for seed in range(5):
        reports, truth = world(random.Random(seed), acts=150)
        found = {frozenset((one.id, other.id)) for act in merge(reports) for one, other in combinations(act.reports, 2)}
        true = {
            frozenset((one.id, other.id)) for one, other in combinations(reports, 2) if truth[one.id] == truth[other.id]
        }
        joined.update(right=len(found & true), wrong=len(found - true), missed=len(true - found))
    precision = joined["right"] / (joined["right"] + joined["wrong"])
    recall = joined["right"] / (joined["right"] + joined["missed"])
    print(f"precision {precision:.3f} recall {recall:.3f} {dict(joined)}")
    assert precision >= 0.97
    assert recall >= 0.7
