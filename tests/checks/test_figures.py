"""Levels, shares and arithmetic in prose are held against the figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.checks import CheckReport, Evidence, check
from tests.checks.builders import document, observations

_TABLE = """

Caption: Chile's Trade with Peru (US$ million)

| Year | Exports | Imports | Total |
|--|--|--|--|
| 2014 | 1,750 | 1,450 | 3,200 |
| 2015 | 1,990 | 1,600 | 3,590 |
| 2016 | 2,010 | 1,730 | 3,740 |
| 2017 | 1,985 | 1,850 | 3,835 |
| 2018 | 2,005 | 1,995 | 4,000 |
"""


def _report(prose: str) -> CheckReport:
    doc = document(prose + _TABLE)
    columns = {1: "exports", 2: "imports", 3: "total-trade"}
    return check(doc, Evidence(observations=observations(doc, reporter="CHL", partner="PER", indicators=columns)))


def _verdicts(prose: str, rule: str) -> list[str]:
    return [claim.verdict.value for claim in _report(prose).claims if claim.rule == rule]


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        ("Chile's exports to Peru reached US$ 2.0 billion in 2018.", "confirmed"),
        ("Peruvian exports to Chile stood at US$ 1,730 million in 2016.", "confirmed"),
        ("Peruvian exports to Chile stood at US$ 1,731 million in 2016.", "not_checkable"),
        ("Bilateral trade hovered around US$ 3.7 billion in the past five years.", "not_checkable"),
        ("Chile's exports to Peru have been stuck around US$ 2 billion in the past four years.", "confirmed"),
        ("Trade between Chile and Peru exceeded US$ 3 billion in 2014.", "confirmed"),
        ("Trade between Chile and Peru remained below US$ 3 billion in 2014.", "contradicted"),
        ("Chile's exports to Peru reached US$ 2.6 billion in 2018.", "contradicted"),
        ("Chile exported goods worth US$ 1.2 billion to Peru in 2014.", "contradicted"),
        ("Chile's exports to Peru reached US$ 2.6 billion.", "not_checkable"),
        ("Chile's exports to Peru reached US$ 2.6 billion in 2009.", "not_checkable"),
        ("Chile's exports to Peru reached 2.6 billion euros in 2018.", "not_checkable"),
        ("Chile's exports reached US$ 60 billion in 2018.", "not_checkable"),
        ("Bilateral trade, which stood at US$ 3.2 billion in 2014, was noted.", "confirmed"),
        ("Chile's imports from Peru, at US$ 2.0 billion in 2018, were the highest ever.", "confirmed"),
        ("Exports to Peru peaked at US$ 2.6 billion in 2016.", "contradicted"),
        ("Chile's exports to Peru were almost US$ 2 billion in 2017.", "confirmed"),
    ],
)
def test_levels(prose: str, verdict: str) -> None:
    """An amount agrees with the figure of its year, misses it, or cannot be held against one."""
    assert _verdicts(prose, "LVL001") == [verdict]


@pytest.mark.parametrize(
    "prose",
    [
        "Chile's exports to Peru may reach US$ 9 billion in 2018.",
        "Chile's exports to Peru rose by US$ 9 billion in 2018.",
        "Chile's exports to Peru worth US$ 300 million were delayed in 2018.",
        "Chile invested US$ 20 million in a port in 2018.",
        "Chile's exports to Peru reached US$ 900 million in the first half of 2018.",
        "Chile's copper exports to Peru reached US$ 9 billion in 2018.",
        "Chile's exports to Peru did not reach US$ 9 billion in 2018.",
    ],
)
def test_what_is_no_level_raises_no_alarm(prose: str) -> None:
    """Forecasts, differences, parts of a flow and negations are not levels."""
    assert not [finding for finding in _report(prose).findings if finding.code == "LVL001"]


@pytest.mark.parametrize(
    ("prose", "verdicts"),
    [
        ("Norway sent US$ 88.4 million, which was 12 per cent of the total of US$ 736.7 million.", ["confirmed"]),
        ("Norway sent US$ 88.4 million, which was 15 per cent of the total of US$ 736.7 million.", ["contradicted"]),
        ("Norway sent US$ 88.4 million, which comprised 1.8 per cent of its total aid.", ["not_checkable"]),
        ("Chile's exports to Peru made up 50 per cent of bilateral trade in 2018.", ["confirmed"]),
        ("Chile's exports to Peru made up a third of bilateral trade in 2018.", ["contradicted"]),
        ("A third of the cabinet resigned and half of the members were absent.", []),
    ],
)
def test_shares(prose: str, verdicts: list[str]) -> None:
    """A share is part by whole where both are known, and is listed as not checkable where they are not."""
    assert _verdicts(prose, "SHR001") == verdicts


_SECTIONS = "\n\nCaption: {caption}\n\n| Section | 2022 | 2023 |\n|--|--|--|\n| Metals | 700.0 | 641.1 |\n| Food | 300.0 | 340.0 |\n| Other | 1,000.0 | 1,307.1 |\n| Total | 2,000.0 | {total} |"


def _of_sections(prose: str, caption: str, total: str = "2,288.2") -> list[str]:
    report = check(document(prose + _SECTIONS.format(caption=caption, total=total)))
    return [claim.verdict.value for claim in report.claims if claim.rule == "SHR001"]


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        ("Metals made up 28 per cent of imports from Peru in 2023.", "confirmed"),
        ("Metals made up 38 per cent of imports from Peru in 2023.", "contradicted"),
        ("In 2022, metals accounted for 35 per cent of all imports from Peru.", "confirmed"),
        ("In 2022, metals accounted for 28 per cent of all imports from Peru.", "contradicted"),
        ("Metals made up almost a third of imports from Peru in 2023.", "not_checkable"),
        ("Metals made up 38 per cent of imports in 2023.", "not_checkable"),
        ("Metals made up 38 per cent of exports to Peru in 2023.", "not_checkable"),
        ("Metals made up 38 per cent of imports from Peru and Chile in 2023.", "not_checkable"),
        ("Metals made up 38 per cent of imports from Peru in 2021.", "not_checkable"),
        ("Metals made up 38 per cent of imports from Peru.", "not_checkable"),
        ("Metals made up 38 per cent of imports from Peru in the first half of 2023.", "not_checkable"),
        ("Scrap metals made up 38 per cent of imports from Peru in 2023.", "not_checkable"),
        ("Metals made up 38 per cent of steel imports from Peru in 2023.", "not_checkable"),
        ("According to the ministry, metals made up 38 per cent of imports from Peru in 2023.", "not_checkable"),
    ],
)
def test_shares_of_a_printed_table(prose: str, verdict: str) -> None:
    """A share is held against row and total of a table only where its words are those of the row and the caption."""
    assert _of_sections(prose, "Table 2. Imports from Peru by section, US$ million") == [verdict]


@pytest.mark.parametrize(
    "caption",
    [
        "Imports from Peru and Chile (US$ million)",
        "Imports of services from Peru (US$ million)",
        "Food imports from Peru (US$ million)",
        "Imports from Peru (per cent)",
        "Imports from Peru, January to June (US$ million)",
        "Exports and imports from Peru (US$ million)",
        "",
    ],
)
def test_shares_are_not_held_against_a_table_of_something_else(caption: str) -> None:
    """A caption that says more or less than the claim leaves the share unchecked."""
    assert _of_sections("Metals made up 38 per cent of imports from Peru in 2023.", caption) == ["not_checkable"]


def test_a_share_of_the_rows_beside_a_wrong_total_raises_no_alarm() -> None:
    """Where the printed total is wrong, a share that was reckoned with the right one is not called wrong."""
    caption = "Imports from Peru (US$ million)"
    assert _of_sections("Metals made up 28 per cent of imports from Peru in 2023.", caption, "2,882.2") == [
        "not_checkable"
    ]
    assert _of_sections("Metals made up 38 per cent of imports from Peru in 2023.", caption, "2,882.2") == [
        "contradicted"
    ]


@pytest.mark.parametrize(
    ("prose", "verdicts"),
    [
        ("Sales grew by 25 per cent, from US$ 3.2 billion to US$ 4.0 billion.", ["confirmed"]),
        ("Sales grew by 35 per cent, from US$ 3.2 billion to US$ 4.0 billion.", ["contradicted"]),
        ("Sales rose from US$ 4.0 billion to US$ 3.2 billion.", ["contradicted"]),
        ("Sales fell from US$ 4.0 billion to US$ 3.2 billion, a decline of 20 per cent.", ["confirmed"]),
        (
            "Sales reached US$ 4.0 billion in 2018, an increase of 25 per cent from US$ 3.2 billion in 2014.",
            ["confirmed"],
        ),
        ("Sales were worth US$ 1.9 billion in 2017, up from US$ 2.1 billion in 2013.", ["contradicted"]),
        ("Sales may grow by 35 per cent, from US$ 3.2 billion to US$ 4.0 billion.", []),
        (
            "Exports of US$ 12.8 billion and imports of US$ 11.6 billion made a total of US$ 24.4 billion.",
            ["confirmed"],
        ),
        (
            "Exports of US$ 12.8 billion and imports of US$ 11.6 billion made a total of US$ 25.4 billion.",
            ["contradicted"],
        ),
        ("One side gave US$ 10 million and the other US$ 15 million for a project of US$ 40 million in total.", []),
        ("One side gave US$ 10 million and the other US$ 15 million, for a total of US$ 40 million.", ["contradicted"]),
        ("The share climbed from 4.5 per cent in 2015 to 5.1 per cent in 2019.", ["confirmed"]),
        ("The share has fallen steadily, from 9.2 per cent in 2014 to 14.0 per cent in 2018.", ["contradicted"]),
        ("Growth rose from -5 per cent in 2015 to 2 per cent in 2016.", []),
        ("Sales grew by about 24 per cent, from US$ 3.2 billion to US$ 4.0 billion.", ["confirmed"]),
    ],
)
def test_arithmetic(prose: str, verdicts: list[str]) -> None:
    """What a sentence spells out whole adds up or does not."""
    assert _verdicts(prose, "ARI001") == verdicts


@given(st.integers(100, 9999), st.integers(100, 9999))
def test_true_percentages_are_never_contradicted(first: int, last: int) -> None:
    """A percentage of change computed from the two printed figures raises no finding."""
    if first == last:
        return
    change = (Decimal(last) / Decimal(first) - 1) * 100
    verb = "grew" if change > 0 else "fell"
    prose = f"Sales {verb} by {abs(change):.1f} per cent, from US$ {first} million to US$ {last} million."
    assert not [finding for finding in check(document(prose)).findings if finding.code == "ARI001"]
