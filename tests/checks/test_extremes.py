"""Peaks, lows, records, firsts and balances that a text asserts are held against the figures."""

from __future__ import annotations

import pytest

from comity.checks import CheckReport, Evidence, check
from tests.checks.builders import document, observations

_COLUMNS = {1: "exports", 2: "imports", 3: "total-trade"}
_ROWS = {
    2013: (760, 180),
    2014: (701, 217),
    2015: (684, 226),
    2016: (613, 190),
    2017: (598, 415),
    2018: (611, 490),
    2019: (640, 372),
}


def _report(prose: str) -> CheckReport:
    lines = [f"| {year} | {out:,} | {back:,} | {out + back:,} |" for year, (out, back) in _ROWS.items()]
    doc = document(
        f"{prose}\n\nCaption: Ghana's Trade with Togo (US$ million)\n\n| Year | Exports | Imports | Total |\n|--|--|--|--|\n"
        + "\n".join(lines)
    )
    return check(doc, Evidence(observations=observations(doc, reporter="GHA", partner="TGO", indicators=_COLUMNS)))


def _verdicts(prose: str, rule: str) -> list[str]:
    return [claim.verdict.value for claim in _report(prose).claims if claim.rule == rule]


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        ("Ghana's exports to Togo peaked in 2013.", "confirmed"),
        ("Ghana's exports to Togo bottomed out in 2017.", "confirmed"),
        ("Ghana's imports from Togo reached a record high of US$ 490 million in 2018.", "confirmed"),
        ("In 2018, imports from Togo reached their highest level.", "confirmed"),
        ("Ghana's imports from Togo hit a new high in 2017.", "confirmed"),
        ("Ghana's exports to Togo reached US$ 640 million in 2019, the highest since 2015.", "confirmed"),
        ("Bilateral trade exceeded US$ 1 billion for the first time in 2017.", "confirmed"),
        ("Ghana's exports to Togo peaked in 2016.", "contradicted"),
        ("Ghana's imports from Togo reached a record high in 2019.", "contradicted"),
        ("Ghana's exports to Togo were at their lowest in 2019.", "contradicted"),
        ("Ghana's imports from Togo reached US$ 372 million in 2019, the highest since 2016.", "contradicted"),
        ("Bilateral trade exceeded US$ 1 billion for the first time in 2018.", "contradicted"),
    ],
)
def test_extremes_are_held_against_the_years_they_speak_of(prose: str, verdict: str) -> None:
    """A peak counts against all years, a record against earlier ones, "since 2015" against the years between."""
    assert _verdicts(prose, "EXT001") == [verdict]


@pytest.mark.parametrize(
    "prose",
    [
        "Ghana's exports to Togo did not peak in 2016.",
        "Ghana's exports to Togo remained at a high level in 2016.",
        "Ghana's exports to Togo stood at a low level in 2018.",
        "Ghana's gold exports to Togo reached a record high in 2016.",
        "The share of exports to Togo in trade peaked in 2014.",
        "Ghana's exports to Togo peaked in the second quarter of 2016.",
        "In volume, Ghana's exports to Togo peaked in 2016.",
        "Exports to Togo were US$ 611 million in 2018, the highest in the region.",
        "In 2019 bilateral trade exceeded US$ 1 billion for the third time.",
        "Ghana's exports to Togo came close to a record high in 2016.",
        "Ghana's exports to Togo rose by some US$ 40 million between 2017 and 2019.",
    ],
)
def test_other_superlatives_raise_no_alarm(prose: str) -> None:
    """Parts of a flow or of a year, shares, other measures, other places and plain levels are no extremes of the figures."""
    assert not _report(prose).findings


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        ("Ghana ran a trade surplus of US$ 268 million with Togo in 2019.", "confirmed"),
        ("Togo's deficit with Ghana narrowed to US$ 121 million in 2018.", "confirmed"),
        ("Ghana's trade surplus with Togo was about US$ 270 million in 2019.", "confirmed"),
        ("In 2019 Ghana recorded a trade deficit of US$ 268 million with its neighbour.", "contradicted"),
        ("Ghana's surplus with Togo was US$ 468 million in 2019.", "contradicted"),
        ("Ghana's trade deficit was US$ 9 billion in 2019.", "not_checkable"),
    ],
)
def test_balances_are_exports_less_imports(prose: str, verdict: str) -> None:
    """Sign and size of a balance follow from both directions; without a named partner it is not contradicted."""
    assert _verdicts(prose, "BAL001") == [verdict]


@pytest.mark.parametrize(
    "prose",
    [
        "Ghana's budget deficit was US$ 5 billion in 2018.",
        "Ghana ran a deficit in services of US$ 30 million with Togo in 2018.",
        "Togolese statistics show that Ghana ran a surplus of US$ 320 million with Togo in 2019.",
        "Ghana has run a surplus of more than US$ 100 million with Togo since 2013.",
        "Ghana's surplus with Benin was US$ 50 million in 2019.",
    ],
)
def test_other_balances_raise_no_alarm(prose: str) -> None:
    """Budgets, services, other partners, other voices and several years at once are left alone."""
    assert not _report(prose).findings
