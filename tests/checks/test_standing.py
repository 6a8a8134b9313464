"""Claims are held only against the year, the measure and the voice that they speak of themselves."""

from __future__ import annotations

import pytest

from comity.checks import CheckReport, Evidence, check
from tests.checks.builders import document, observations

_COLUMNS = {1: "exports", 2: "imports", 3: "total-trade"}
_ROWS = {2013: (760, 180), 2014: (701, 217), 2015: (684, 226), 2016: (613, 190), 2017: (598, 415), 2018: (611, 490)}


def _report(prose: str) -> CheckReport:
    lines = [f"| {year} | {out:,} | {back:,} | {out + back:,} |" for year, (out, back) in _ROWS.items()]
    doc = document(
        f"{prose}\n\nCaption: Peru's Trade with Bolivia (US$ million)\n\n| Year | Exports | Imports | Total |\n|--|--|--|--|\n"
        + "\n".join(lines)
    )
    return check(doc, Evidence(observations=observations(doc, reporter="PER", partner="BOL", indicators=_COLUMNS)))


def _verdicts(prose: str) -> list[str]:
    rules = ("TRD001", "LVL001")
    return [claim.verdict.value for claim in _report(prose).claims if claim.rule in rules]


@pytest.mark.parametrize(
    "prose",
    [
        # what is compared with is not the year of the claim
        "Peru's imports from Bolivia leapt to US$ 415 million, more than double the figure of 2016.",
        "Although Peru's exports to Bolivia rose in 2018, they stayed under US$ 760 million, the level of 2013.",
        "Peru's imports from Bolivia jumped in 2018 compared with 2013.",
        # up to a year, or of another verb's year
        "By 2018 Peru's exports to Bolivia had declined to 80 per cent of their 2013 level.",
        "Trade between Peru and Bolivia fell until 2016 and rose in 2017.",
        "Bilateral trade, which had fallen to US$ 803 million in 2016, rallied to more than US$ 1 billion in 2017.",
        "In 2015 as in 2013, exports to Bolivia increased.",
        # other measures
        "Peru's exports to Bolivia rose in real terms in 2016.",
        "In volume, exports to Bolivia rose by 10 per cent in 2016.",
        "In sol terms, Peru's exports to Bolivia rose in 2016.",
        "Excluding gas, Peru's exports to Bolivia rose in 2016.",
        # other voices
        "The minister said that Peruvian exports to Bolivia had doubled in 2018.",
        "According to Bolivian figures, Peru's exports to Bolivia rose in 2016.",
        "It is a myth that Peruvian exports to Bolivia rose in 2016.",
        "Contrary to claims that exports to Bolivia rose in 2016, they fell.",
        # no single year
        "Peru's exports to Bolivia in FY2016 rose.",
        "Exports to Bolivia grew a third time in 2018.",
        "Peru's imports from Bolivia rose in every year but 2016.",
    ],
)
def test_other_years_measures_and_voices_raise_no_alarm(prose: str) -> None:
    """A claim whose year, measure or voice is another one is not contradicted by the printed figures."""
    assert not _report(prose).findings


@pytest.mark.parametrize(
    "prose",
    [
        "Peru's exports to Bolivia fell in 2014, 2015 and 2016.",
        "Peru's exports to Bolivia fell for the fourth consecutive year in 2017.",
        "Peru's exports to Bolivia fell in every year from 2013 to 2017.",
        "Peru's exports to Bolivia fell by a fifth between 2013 and 2017.",
        "Peru's exports to Bolivia fell by US$ 162 million between 2013 and 2017.",
        "Trade between Peru and Bolivia rebounded in 2017.",
        "Peru's imports from Bolivia rose in 2017 compared with 2013.",
        "In 2018, Peru's exports to Bolivia rose.",
        "According to Table 1, Peru's exports to Bolivia rose in 2018.",
    ],
)
def test_years_in_a_row_and_sizes_are_confirmed(prose: str) -> None:
    """Years in a row, fractions and differences in money are confirmed where each figure bears them out."""
    assert _verdicts(prose) == ["confirmed"]


@pytest.mark.parametrize(
    "prose",
    [
        "Peru's imports from Bolivia rose for the third consecutive year in 2016.",
        "Peru's exports to Bolivia fell in every year from 2013 to 2018.",
        "Bilateral trade between Peru and Bolivia fell by a third in 2016.",
        "Peru's exports to Bolivia fell by US$ 262 million between 2013 and 2017.",
        "Peru's exports to Bolivia rose in 2014, 2015 and 2016.",
    ],
)
def test_a_year_out_of_line_or_a_wrong_size_is_reported(prose: str) -> None:
    """One year against a run of years, a wrong fraction or a wrong difference is an error."""
    assert [finding.code for finding in _report(prose).findings] == ["TRD001"]


def test_the_figure_of_last_year_is_that_before_publication() -> None:
    """A figure for last year is never held against a year that it is only compared with."""
    assert not _report("Peruvian exports to Bolivia hit US$ 611 million last year, less than in 2013.").findings
